// What the line of state says. Calm while all is well, a full sentence when it is not.
export const SIGNED_OUT =
  "You are signed out. What you typed is kept on this computer. Sign in in a new tab, then it is sent by itself.";
export const SOMEBODY_ELSE =
  "Somebody else has signed in here. What you typed is kept on this computer for you alone, and is sent when you sign in again.";
const LATE = "What you typed after that is kept for you alone: load the page again to see it.";

/** status: "well", "away", "out", "other" or "closed"; waiting: changes of this section. */
export function stateOf({ status, waiting, written, kept, closed, late, refused }) {
  if (refused) return { tone: "bad", text: `Not saved: ${refused} Your text is still here: copy it before you leave.` };
  if (status === "closed") return { tone: "bad", text: late ? `${closed} ${LATE}` : closed };
  if (status === "out") return { tone: "bad", text: SIGNED_OUT };
  if (status === "other") return { tone: "bad", text: SOMEBODY_ELSE };
  if (status === "away") return { tone: "wait", text: away(waiting, kept) };
  if (waiting) return { tone: "quiet", text: "Saving …" };
  return { tone: "quiet", text: written ? "Saved" : "" };
}

function away(waiting, kept) {
  const place = kept ? "kept on this computer" : "kept in this page, so leave it open";
  if (!waiting) return `Offline: what you type is ${place}`;
  return `Offline: ${place}, ${waiting} ${waiting === 1 ? "change waits" : "changes wait"}`;
}
