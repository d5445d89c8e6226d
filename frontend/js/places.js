// On a small screen the places are one row that scrolls: it begins where the current one is seen.
export function showPlace() {
  const row = document.querySelector(".places ul");
  const here = row?.querySelector("[aria-current]");
  if (here && row.scrollWidth > row.clientWidth) {
    // It sticks to the edges, so the one before it says where it belongs.
    const before = here.closest("li").previousElementSibling;
    const left = before ? before.offsetLeft + before.offsetWidth : 0;
    row.scrollLeft = left - (row.clientWidth - here.offsetWidth) / 2;
  }
}
