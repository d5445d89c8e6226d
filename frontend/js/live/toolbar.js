// The small row of buttons under an editor: one stop of the Tab key, arrows inside.
const MARKS = [
  ["Bold", (chain) => chain.toggleBold(), (editor) => editor.isActive("bold"), "bold"],
  ["Italic", (chain) => chain.toggleItalic(), (editor) => editor.isActive("italic"), "italic"],
  ["Heading", (chain) => chain.toggleHeading({ level: 3 }), (editor) => editor.isActive("heading")],
  ["List", (chain) => chain.toggleBulletList(), (editor) => editor.isActive("bulletList")],
  ["Numbers", (chain) => chain.toggleOrderedList(), (editor) => editor.isActive("orderedList")],
  ["Quote", (chain) => chain.toggleBlockquote(), (editor) => editor.isActive("blockquote")],
];
const IN_TABLE = [
  ["Add row", (chain) => chain.addRowAfter()],
  ["Add column", (chain) => chain.addColumnAfter()],
  ["Remove row", (chain) => chain.deleteRow()],
  ["Remove column", (chain) => chain.deleteColumn()],
  ["Remove table", (chain) => chain.deleteTable()],
];

/** `remark` is called to say a word on what is marked. */
export function makeToolbar(editor, place, label, remark) {
  place.className = "live-bar";
  place.setAttribute("role", "toolbar");
  place.setAttribute("aria-label", `Form of “${label}”`);
  const shown = MARKS.map(([name, act, active, look]) => ({
    button: add(place, name, () => act(editor.chain().focus()).run(), look),
    active,
  }));
  const link = makeLink(editor, place);
  const table = add(place, "Table", () => {
    editor.chain().focus().insertTable({ rows: 3, cols: 2, withHeaderRow: true }).run();
  });
  const inTable = IN_TABLE.map(([name, act]) => add(place, name, () => act(editor.chain().focus()).run()));
  add(place, "Comment", remark);
  place.addEventListener("keydown", (event) => walk(place, event));

  const update = () => {
    shown.forEach(({ button, active }) => button.setAttribute("aria-pressed", String(active(editor))));
    link.update();
    const within = editor.isActive("table");
    table.hidden = within;
    inTable.forEach((button) => (button.hidden = !within));
    place.querySelectorAll("button").forEach((button) => (button.disabled = !editor.isEditable));
    keepOneStop(place);
  };
  editor.on("transaction", update);
  editor.on("update", update);
  update();
  return { update };
}

function add(place, name, act, look = "") {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = name;
  button.className = look;
  // The text keeps its selection while the mouse presses.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", act);
  place.append(button);
  return button;
}

/** The address is asked for in a row of its own, which is no field of the form around it. */
function makeLink(editor, place) {
  const button = add(place, "Link", () => (row.hidden ? open() : close()));
  const row = document.createElement("div");
  row.className = "live-link";
  row.hidden = true;
  const label = document.createElement("label");
  label.textContent = "Address ";
  const field = document.createElement("input");
  field.type = "url";
  field.className = "form-control form-control-sm";
  field.placeholder = "https://";
  field.setAttribute("form", "none");
  label.append(field);
  row.append(label);
  const set = () => {
    const href = complete(field.value);
    const chain = editor.chain().focus().extendMarkRange("link");
    if (!href) chain.unsetLink().run();
    else if (editor.state.selection.empty && !editor.isActive("link")) chain.insertContent(linked(href)).run();
    else chain.setLink({ href }).run();
    row.hidden = true;
  };
  const open = () => {
    field.value = editor.getAttributes("link").href ?? "";
    row.hidden = false;
    field.focus();
  };
  const close = () => {
    row.hidden = true;
    editor.commands.focus();
  };
  add(row, "Set link", set);
  add(row, "Remove link", () => ((field.value = ""), set()));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(), set();
    if (event.key === "Escape") close();
  });
  place.before(row);
  return { update: () => button.setAttribute("aria-pressed", String(editor.isActive("link"))) };
}

function linked(href) {
  return { type: "text", text: href, marks: [{ type: "link", attrs: { href } }] };
}

/** "example.org" means https; nothing but web and mail addresses. */
function complete(text) {
  const href = text.trim();
  if (!href || /^(https?:\/\/|mailto:)/i.test(href)) return href;
  if (/^[^\s@/]+@[^\s@/]+$/.test(href)) return `mailto:${href}`;
  return /^[a-z][a-z0-9+.-]*:/i.test(href) ? "" : `https://${href}`;
}

function walk(place, event) {
  const buttons = [...place.querySelectorAll("button:not([hidden])")];
  const at = buttons.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined || at < 0) return;
  event.preventDefault();
  const next = buttons[(to + buttons.length) % buttons.length];
  next.focus();
  keepOneStop(place);
}

function keepOneStop(place) {
  const buttons = [...place.querySelectorAll("button:not([hidden])")];
  const one = buttons.includes(document.activeElement)
    ? document.activeElement
    : (buttons.find((button) => button.tabIndex === 0) ?? buttons[0]);
  place.querySelectorAll("button").forEach((button) => (button.tabIndex = button === one ? 0 : -1));
}
