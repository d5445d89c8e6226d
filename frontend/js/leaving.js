// A long form says beside its button that it is not saved, and warns before it is left. Forms say `data-guard`.
const changed = new WeakSet();
const states = new WeakMap(); // form → its line, beside a button that may stand elsewhere

export function guardLeaving() {
  document.querySelectorAll("form[data-guard]").forEach(placeState);
  document.addEventListener("input", (event) => mark(event.target), { capture: true });
  document.addEventListener("change", (event) => mark(event.target), { capture: true });
  document.addEventListener("submit", (event) => changed.delete(event.target));
  document.addEventListener("reset", (event) => changed.delete(event.target));
  window.addEventListener("beforeunload", (event) => {
    if ([...document.querySelectorAll("form[data-guard]")].some((form) => changed.has(form))) {
      event.preventDefault();
    }
  });
}

function mark(field) {
  const form = field.form;
  if (!form || !("guard" in form.dataset) || changed.has(form)) return;
  changed.add(form);
  const state = states.get(form) ?? placeState(form);
  if (state) state.textContent = "Not saved yet";
}

/** The line stands from the start, since a line that comes together with its words is not heard. */
function placeState(form) {
  if ("live" in form.dataset) return null; // the sections say it themselves
  const state = document.createElement("span");
  state.dataset.formState = "";
  state.className = "form-state";
  state.setAttribute("role", "status");
  states.set(form, state);
  [...form.elements].findLast((part) => part.type === "submit")?.after(state);
  return state;
}
