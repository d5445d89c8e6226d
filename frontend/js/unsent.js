// Words that a closed tab or a lost network left on this computer are sent from whatever page is opened
// next; signing out sends them first, then clears, so that the next person finds nothing.
import { asJson } from "./live/bytes.js";
import { openOutbox } from "./live/outbox.js";

const MOST = 400; // changes in one request
const LARGEST = 600_000; // bytes in one request

export async function sendUnsent() {
  // The page of the live text does it itself.
  if (!person() || document.querySelector("form[data-live]")) return;
  const outbox = await openOutbox(person());
  const rows = await outbox.all();
  if (!rows.length) return;
  const lost = await send(rows, outbox);
  // What came after the text was closed is kept for its author: this page shows it.
  const late = document.querySelector("[data-late]");
  if (late && !lost) location.reload();
}

export function guardSignOut() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!person() || !form.matches('form[action$="/logout/"]')) return;
    event.preventDefault();
    const outbox = await openOutbox(person());
    const lost = await send(await outbox.all(), outbox);
    if (lost && !window.confirm(question(lost))) return;
    await outbox.clear();
    form.submit();
  });
}

/** How many changes did not arrive. */
async function send(rows, outbox) {
  let lost = 0;
  for (const url of new Set(rows.map((row) => row.url))) {
    for (const part of parts(rows.filter((row) => row.url === url))) {
      const accepted = await accept(url, part);
      await outbox.remove(accepted);
      lost += part.filter((row) => !accepted.includes(row.key)).reduce((sum, row) => sum + row.count, 0);
    }
  }
  return lost;
}

function parts(rows) {
  const found = [];
  let bytes = Infinity;
  for (const row of rows) {
    if (bytes + row.data.length > LARGEST || found.at(-1).length === MOST) {
      found.push([]);
      bytes = 0;
    }
    found.at(-1).push(row);
    bytes += row.data.length;
  }
  return found;
}

async function accept(url, rows) {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content },
      body: JSON.stringify({ since: Number.MAX_SAFE_INTEGER, updates: rows.map(asJson), here: null }),
      signal: AbortSignal.timeout(10_000),
    });
    return answer.ok ? (await answer.json()).accepted : [];
  } catch {
    return [];
  }
}

function person() {
  return document.querySelector('meta[name="person"]')?.content;
}

function question(lost) {
  const changes = lost === 1 ? "1 change has" : `${lost} changes have`;
  return `${changes} not reached the server. Sign out and lose what you typed?`;
}
