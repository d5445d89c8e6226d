// The form for a word on the text: brought under the section that it speaks of, filled in. Without script it
// is filled by hand.
import "./names.js";

export const AROUND = 60; // letters in front of a passage that are sent along

export function drawer() {
  return document.querySelector("[data-remark]");
}

/** `place` is what it comes under; `field` the one to write in. */
export function openDrawer(place, { section, quote = "", before = "" }, field = "text") {
  const form = drawer().querySelector("form");
  form.elements.section.value = section;
  form.elements.quote.value = quote;
  form.elements.before.value = before;
  const { wording } = form.elements;
  if (wording.value === (wording.dataset.offered ?? "")) wording.value = field === "wording" ? quote : ""; // not what was typed
  wording.dataset.offered = wording.value;
  place.after(drawer());
  drawer().open = true;
  form.elements[field].focus();
}
