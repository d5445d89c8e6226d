// “Still missing” beside the text, asked for anew once something was saved and nobody types: rarely, and
// apart from the talk of the live text.
const QUIET = 3_000; // ms without a change of the text
const APART = 10_000; // ms at least between two questions

/** Gives a function that is told the text's number after every round. */
export function watchMissing(url) {
  let known = null;
  let askedAt = 0;
  let timer = null;

  async function renew() {
    askedAt = Date.now();
    try {
      const answer = await fetch(url, { cache: "no-store", redirect: "manual" });
      if (answer.ok) put(await answer.text());
    } catch {
      // Nobody waits for it: what is saved next asks again.
    }
  }

  return (number) => {
    if (number === known) return;
    if (known !== null) {
      clearTimeout(timer);
      timer = setTimeout(renew, Math.max(QUIET, askedAt + APART - Date.now()));
    }
    known = number;
  };
}

function put(html) {
  for (const fresh of new DOMParser().parseFromString(html, "text/html").querySelectorAll("[data-missing]")) {
    const old = document.querySelector(`[data-missing="${fresh.dataset.missing}"]`);
    // Who stands on one of its links keeps it under the finger.
    if (old && !old.contains(document.activeElement)) old.replaceWith(document.adoptNode(fresh));
  }
}
