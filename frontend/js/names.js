// “@” and letters in a comment bring up who may be called, to choose from by arrows and Enter or by a
// click. Without script, or while the names cannot be had, one types the whole name.
const FIELD = "form[data-names] textarea[name=text]";
const MOST = 6;
const CALL = /(?:^|[\s(])@([^\n@]{0,60})$/;

const fetched = new Map(); // address → promise of names
let list = null; // what is offered now: { field, box, names, wanted, at }

document.addEventListener("input", (event) => {
  if (event.target.matches?.(FIELD)) offer(event.target);
});
document.addEventListener("focusout", close);
document.addEventListener("keydown", onKey);

function namesAt(address) {
  if (!fetched.has(address)) {
    const asked = fetch(address, { headers: { Accept: "application/json" } })
      .then((answer) => (answer.ok ? answer.json() : { names: [] }))
      .catch(() => ({ names: [] }));
    fetched.set(address, asked.then((body) => body.names ?? []));
  }
  return fetched.get(address);
}

function wantedIn(field) {
  return CALL.exec(field.value.slice(0, field.selectionStart))?.[1];
}

async function offer(field) {
  if (wantedIn(field) === undefined) return close();
  const names = await namesAt(field.form.dataset.names);
  const wanted = wantedIn(field); // one may have gone on typing meanwhile
  close();
  if (wanted === undefined || document.activeElement !== field) return;
  const found = names.filter((name) => fits(name.toLowerCase(), wanted.toLowerCase())).slice(0, MOST);
  if (found.length) open(field, found, wanted);
}

/** Does the name, or its last name, begin so? A name that stands in full is not offered again. */
function fits(name, wanted) {
  const words = name.split(" ");
  return name !== wanted && words.some((_, n) => words.slice(n).join(" ").startsWith(wanted));
}

function open(field, names, wanted) {
  const box = document.createElement("ul");
  box.className = "names";
  box.id = "names-to-call";
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", "People to call");
  names.forEach((name, n) => {
    const row = document.createElement("li");
    row.id = `name-to-call-${n}`;
    row.setAttribute("role", "option");
    row.textContent = name;
    row.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    row.addEventListener("click", () => choose(n));
    box.append(row);
  });
  field.after(box);
  field.setAttribute("aria-controls", box.id);
  list = { field, box, names, wanted };
  point(0);
}

function point(n) {
  list.at = (n + list.names.length) % list.names.length;
  [...list.box.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === list.at)));
  list.field.setAttribute("aria-activedescendant", list.box.children[list.at].id);
}

function onKey(event) {
  if (!list || event.target !== list.field || event.isComposing) return;
  if (event.key === "ArrowDown") point(list.at + 1);
  else if (event.key === "ArrowUp") point(list.at - 1);
  else if (event.key === "Enter" || event.key === "Tab") choose(list.at);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
}

function choose(n) {
  const { field, names, wanted } = list;
  const end = field.selectionStart;
  field.setRangeText(`${names[n]} `, end - wanted.length, end, "end");
  close();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function close() {
  if (!list) return;
  list.box.remove();
  list.field.removeAttribute("aria-controls");
  list.field.removeAttribute("aria-activedescendant");
  list = null;
}
