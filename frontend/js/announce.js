// Says a sentence where everybody notices it: in the page's toast, which screen readers announce.
export function announce(sentence) {
  document.getElementById("announcement").textContent = sentence;
}

// Says what a swap brought to those who do not see it: what the new part marks with `data-tell`, or its
// first words. The line stands from the start, since a line that comes together with its words is not heard.
export function tellSwaps() {
  const line = document.createElement("div");
  line.id = "swapped";
  line.className = "visually-hidden";
  line.setAttribute("role", "status");
  document.body.append(line);
  document.addEventListener("htmx:beforeRequest", () => (line.textContent = ""));
  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.target.closest?.("[data-tells]");
    if (part) line.textContent = (part.querySelector("[data-tell]") ?? part).innerText.trim().slice(0, 300);
  });
}
