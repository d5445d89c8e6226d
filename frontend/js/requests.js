// htmx: partial pages over ordinary links and forms, under a strict content policy.
import htmx from "htmx.org";
import { announce, tellSwaps } from "./announce.js";

const UNREACHABLE = "The server could not be reached. What you typed is still here: try again in a moment.";
const FAILED = "Something went wrong and nothing was changed. What you typed is still here.";
const SIGNED_OUT = "You were signed out. Sign in again in another tab, then come back: what you typed is still here.";

export function startHtmx() {
  Object.assign(htmx.config, {
    includeIndicatorStyles: false, // an inline style, which the policy refuses
    allowEval: false,
    allowScriptTags: false,
    historyCacheSize: 0, // shared computers keep no pages
    refreshOnHistoryMiss: true,
    selfRequestsOnly: true,
    timeout: 20000,
    scrollBehavior: "instant",
    responseHandling: [
      { code: "204", swap: false },
      { code: "[23]..", swap: true },
      { code: "422", swap: true }, // a form with its refusals
      { code: "...", swap: false, error: true },
    ],
  });
  document.addEventListener("htmx:configRequest", addToken);
  document.addEventListener("htmx:oobBeforeSwap", keepChosen);
  tellSwaps();
  document.addEventListener("htmx:sendError", () => announce(UNREACHABLE));
  document.addEventListener("htmx:timeout", () => announce(UNREACHABLE));
  document.addEventListener("htmx:responseError", (event) => {
    announce(event.detail.xhr.status === 403 ? SIGNED_OUT : FAILED);
  });
}

// A list in which a person is just choosing, or chose while the answer was on its way, stays as it is.
function keepChosen(event) {
  const { target, fragment } = event.detail;
  const [now, coming] = [target, fragment].map((part) => part.querySelector?.("select"));
  if (target.contains(document.activeElement) || (now && coming && now.value !== coming.value)) {
    event.detail.shouldSwap = false;
  }
}

function addToken(event) {
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  if (token) event.detail.headers["X-CSRFToken"] = token;
}
