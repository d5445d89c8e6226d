// Says a sentence where everybody notices it: a line on the page that screen readers announce.
export function announce(sentence) {
  place("announcement", "alert", "announcement").textContent = sentence;
}

// Says what a swap brought to those who do not see it: what the new part marks with `data-tell`, or its
// first words. The line stands from the start, since a line that comes together with its words is not heard.
export function tellSwaps() {
  const line = place("swapped", "status", "visually-hidden");
  document.addEventListener("htmx:beforeRequest", () => (line.textContent = ""));
  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.target.closest?.("[data-tells]");
    if (part) line.textContent = (part.querySelector("[data-tell]") ?? part).innerText.trim().slice(0, 300);
  });
}

function place(id, role, look) {
  const found = document.getElementById(id);
  if (found) return found;
  const line = document.createElement("div");
  line.id = id;
  line.className = look;
  line.setAttribute("role", role);
  document.body.append(line);
  return line;
}
