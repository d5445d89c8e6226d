// Warns before a long form with changes that were not saved is left. Forms say `data-guard`.
const changed = new WeakSet();

export function guardLeaving() {
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
  if (form && "guard" in form.dataset) changed.add(form);
}
