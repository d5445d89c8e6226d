// On a small screen the places are one row that scrolls: it begins where the current one is seen.
export function showPlace() {
  const row = document.querySelector(".places ul");
  const here = row?.querySelector("[aria-current]");
  if (here && row.scrollWidth > row.clientWidth) {
    row.scrollLeft = here.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  }
}
