// Says a sentence where everybody notices it: a status line that screen readers announce.
export function announce(sentence) {
  let place = document.getElementById("announcement");
  if (!place) {
    place = document.createElement("div");
    place.id = "announcement";
    place.className = "announcement";
    place.setAttribute("role", "alert");
    document.body.append(place);
  }
  place.textContent = sentence;
}
