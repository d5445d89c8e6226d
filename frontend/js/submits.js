// A double click sends a form once. The server holds to that too; this saves the wait.
const waiting = new WeakSet();

export function guardSubmits() {
  document.addEventListener("submit", hold, { capture: true });
  document.addEventListener("htmx:afterRequest", (event) => release(event.target.closest?.("form")));
  // Coming back by the browser's Back button finds the form usable again.
  window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach(release));
}

function hold(event) {
  const form = event.target;
  if (form.method !== "post" || "repeatable" in form.dataset) return;
  if (waiting.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  waiting.add(form);
  // After the browser has read the form, so that the pressed button's value goes along.
  setTimeout(() => settle(form, event), 0);
}

function settle(form, event) {
  const sentByHtmx = form.matches("[hx-post], [hx-put], [hx-boost], .htmx-request");
  if (event.defaultPrevented && !sentByHtmx) {
    release(form);
    return;
  }
  if (sentByHtmx && !form.matches(".htmx-request") && !form.querySelector(".htmx-request")) {
    release(form);
    return;
  }
  form.setAttribute("aria-busy", "true");
  buttons(form).forEach((button) => (button.disabled = true));
}

function release(form) {
  if (!form) return;
  waiting.delete(form);
  form.removeAttribute("aria-busy");
  buttons(form).forEach((button) => {
    if (!("blocked" in button.dataset)) button.disabled = false;
  });
}

function buttons(form) {
  return [...form.elements].filter((element) => element.type === "submit");
}
