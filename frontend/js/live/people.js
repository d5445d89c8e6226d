// Who else is here: carets for the editors, names beside each section, a word when somebody comes.

const LINGER = 5_000; // ms
const NAMED = 2_000; // ms that a name stands beside a caret that has moved
const named = new Map(); // client → until when

/** What the caret plugin expects of an "awareness", fed from the server's answers. */
export class Carets {
  constructor(client, onMoved) {
    this.clientID = client;
    this.onMoved = onMoved;
    this.states = new Map([[client, {}]]);
    this.listeners = new Map();
  }

  getStates() {
    return this.states;
  }

  getLocalState() {
    return this.states.get(this.clientID);
  }

  setLocalStateField(name, value) {
    this.getLocalState()[name] = value;
    if (name === "cursor") this.onMoved(value);
  }

  on(name, listener) {
    this.listeners.set(listener, name);
  }

  off(_, listener) {
    this.listeners.delete(listener);
  }

  /** The others in this section, as they are now. */
  show(people) {
    const before = this.#picture();
    const stood = new Map([...this.states].map(([client, { cursor }]) => [client, JSON.stringify(cursor)]));
    const mine = this.getLocalState();
    this.states.clear();
    this.states.set(this.clientID, mine);
    for (const { client, name, hue, caret } of people) {
      this.states.set(client, { user: { name, hue, client }, cursor: caret ?? undefined });
    }
    // A caret may stand in words that come with a later answer: draw carets until they are gone.
    if (this.#picture() === before && this.states.size === 1) return;
    for (const listener of this.listeners.keys()) listener();
    for (const { client, caret } of people) {
      if (caret && JSON.stringify(caret) !== stood.get(client)) named.set(client, Date.now() + NAMED);
    }
    setTimeout(showNames, 50); // the editor draws a moment later
  }

  #picture() {
    return JSON.stringify([...this.states].filter(([client]) => client !== this.clientID));
  }
}

/** A caret with its name; the style sheet colours it and writes the name, so that no text holds it. */
export function caretOf({ name, hue, client }) {
  const caret = document.createElement("span");
  caret.className = `caret-of hue-${hue}`;
  Object.assign(caret.dataset, { name, client });
  caret.addEventListener("pointerenter", () => keepInside(caret));
  requestAnimationFrame(() => showName(caret)); // drawn anew while its name stands
  return caret;
}

/** Who comes to a text is told whose carets stand in it. */
export function nameCarets(text) {
  text.querySelectorAll(".caret-of").forEach(({ dataset }) => named.set(Number(dataset.client), Date.now() + NAMED));
  showNames();
}

function showNames() {
  document.querySelectorAll(".caret-of").forEach(showName);
}

function showName(caret) {
  const left = (named.get(Number(caret.dataset.client)) ?? 0) - Date.now();
  caret.classList.toggle("named", left > 0);
  if (left <= 0) return;
  keepInside(caret);
  setTimeout(() => showName(caret), left + 10);
}

/** The name stands on the side, and above or below, where the text has room for it. */
function keepInside(caret) {
  const text = caret.closest(".live-text")?.getBoundingClientRect();
  if (!text) return;
  const { left, top } = caret.getBoundingClientRect();
  caret.classList.toggle("to-the-left", left - text.left > text.width / 2);
  caret.classList.toggle("below", top - text.top < 20);
}

export function showChips(list, people) {
  const known = JSON.stringify(people.map(({ name, unit, hue }) => [name, unit, hue]));
  if (list.dataset.known === known) return;
  list.dataset.known = known;
  list.replaceChildren(
    ...people.map(({ name, unit, hue }) => {
      const chip = document.createElement("li");
      chip.className = `hue-${hue}`;
      chip.textContent = name;
      chip.title = unit;
      return chip;
    }),
  );
  list.hidden = !people.length;
}

/** Somebody is gone when a few answers in a row do not name them: one alone may miss somebody. */
export class Present {
  #seen = new Map();

  now(people, at = Date.now()) {
    people.forEach((person) => this.#seen.set(person.client, { person, at }));
    for (const [client, seen] of this.#seen) if (at - seen.at > LINGER) this.#seen.delete(client);
    return [...this.#seen.values()].map((seen) => seen.person);
  }
}

/** Tells once who came and who went, by name: one person in two windows is one. */
export function comings(tell) {
  let before = null;
  return (people) => {
    const now = new Set(people.map((person) => person.name));
    const came = [...now].filter((name) => !before?.has(name));
    const went = [...(before ?? [])].filter((name) => !now.has(name));
    if (came.length) tell(`${came.join(", ")} ${came.length === 1 ? "is" : "are"} here, too.`);
    else if (went.length) tell(`${went.join(", ")} left.`);
    before = now;
  };
}
