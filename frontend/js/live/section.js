// One section of the page: its textarea until the live text is there, then its editor.
import { mountEditor, passageIn } from "./editor.js";
import { nameCarets, showChips } from "./people.js";
import { makeToolbar } from "./toolbar.js";
import { stateOf } from "./words.js";

export class Section {
  constructor(element) {
    this.element = element;
    this.kind = element.dataset.kind;
    this.field = element.querySelector("textarea");
    this.editor = null;
    this.written = false;
  }

  /** Was something typed into the plain field? Then it stays the way to save. */
  get typedPlainly() {
    return this.field.value !== this.field.defaultValue;
  }

  /** Until the first answer nobody types where it would be overtaken; without one, they may. */
  wait(status) {
    this.field.readOnly = status === "opening";
  }

  /** `remark` opens the form for a word on a passage, or on the whole section. */
  mount({ doc, carets, tell, remark }) {
    const label = this.#part("label");
    const box = this.#part("box");
    this.carets = carets;
    this.field.disabled = true; // not sent with the form
    this.field.hidden = true;
    box.hidden = false;
    this.editor = mountEditor({
      place: box,
      doc,
      carets,
      tell: (sentence) => {
        this.#show("bad", sentence); // for who sees, and is said to who does not
        tell(sentence);
      },
      marks: { label: label.id, hint: `${this.#part("hint").id} live-keys` },
    });
    const said = () => remark(passageIn(this.editor.state));
    this.bar = makeToolbar(this.editor, this.#part("bar"), label.textContent.trim(), said);
    label.addEventListener("click", () => this.editor.commands.focus());
    this.editor.on("focus", () => nameCarets(this.editor.view.dom));
    this.#part("comment").addEventListener("click", (event) => (event.preventDefault(), remark({})));
  }

  showPeople(people) {
    showChips(this.#part("here"), people);
    this.carets?.show(people);
  }

  allow(editable) {
    if (this.editor.isEditable === editable) return;
    this.editor.setEditable(editable, false);
    this.editor.view.dom.setAttribute("aria-readonly", String(!editable));
    this.bar.update();
  }

  say(facts) {
    this.written ||= facts.waiting > 0;
    const { tone, text } = stateOf({ ...facts, written: this.written });
    if (this.said === text) return; // what was shown since stands until the state is another
    this.said = text;
    this.#show(tone, text);
  }

  #show(tone, text) {
    const place = this.#part("state");
    place.textContent = text;
    place.dataset.tone = tone;
  }

  #part(name) {
    return this.element.querySelector(`[data-${name}]`);
  }
}
