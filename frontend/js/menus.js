// A menu that is open closes on a click elsewhere and on Escape, which gives the focus back.
export function closeMenus() {
  document.addEventListener("click", (event) => {
    open().forEach((menu) => menu.contains(event.target) || (menu.open = false));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open().forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
}

function open() {
  return document.querySelectorAll("details.menu[open]");
}
