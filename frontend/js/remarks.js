// Words marked in a section of the reading page bring up “Comment” and “Suggest wording”, which open
// the form of the page under that section, filled in. Without script the same form is filled by hand.
import { AROUND, drawer, openDrawer } from "./drawer.js";

if (drawer()) {
  const bar = document.createElement("div");
  bar.className = "mark-bar no-print";
  bar.hidden = true;
  for (const [label, field] of [["Comment", "text"], ["Suggest wording", "wording"]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-primary btn-sm";
    button.textContent = label;
    // The press must not take the marking away before the click reads it.
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("click", () => fill(field));
    bar.append(button);
  }
  document.body.append(bar);
  document.addEventListener("selectionchange", () => requestAnimationFrame(offer));

  let marked = null;

  function offer() {
    marked = passage();
    bar.hidden = !marked;
    if (!marked) return;
    const { left, bottom } = marked.range.getBoundingClientRect();
    bar.style.setProperty("left", `${Math.max(8, Math.min(left + scrollX, innerWidth - bar.offsetWidth - 8))}px`);
    bar.style.setProperty("top", `${bottom + scrollY + 6}px`);
  }

  function passage() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed || bar.contains(document.activeElement)) return null;
    const range = selection.getRangeAt(0);
    const place = closest(range.startContainer);
    const quote = selection.toString().trim();
    if (!place || place !== closest(range.endContainer) || !quote) return null;
    const before = document.createRange();
    before.setStart(place, 0);
    before.setEnd(range.startContainer, range.startOffset);
    return { range, place, quote, before: before.toString().slice(-AROUND) };
  }

  function closest(node) {
    return (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("[data-section]");
  }

  function fill(name) {
    const { place, quote, before } = marked;
    bar.hidden = true;
    getSelection().removeAllRanges();
    openDrawer(place, { section: place.dataset.section, quote, before }, name);
  }
}
