// Requests of the live text: the address, the token, and who is signed in.
const PATIENCE = 20_000; // ms until a request counts as lost

export class Link {
  constructor({ url, person, token }) {
    Object.assign(this, { url, person, token });
  }

  ask = async (method, path, body) => {
    const answer = await fetch(this.url + path, {
      method,
      headers: this.#headers(body),
      body: body && JSON.stringify(body),
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.type === "opaqueredirect") return { status: 401, body: {} };
    const plain = await answer.text();
    return { status: answer.status, body: parsed(plain) ?? (answer.ok ? fail() : {}) };
  };

  /** The page is closing: what still waits goes along, if it is small enough for that. */
  farewell(body) {
    const text = JSON.stringify(body);
    if (text.length > 60_000) return;
    fetch(this.url, { method: "POST", headers: this.#headers(body), body: text, keepalive: true }).catch(() => {});
  }

  /** Who is signed in now? Signing in anew also gives a new token. */
  renew = async () => {
    const page = await fetch(location.pathname, {
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (page.type === "opaqueredirect" || page.status === 401) return "out";
    if (page.status === 403 || page.status === 404) return "gone";
    if (!page.ok) return "away";
    const found = new DOMParser().parseFromString(await page.text(), "text/html");
    const person = personOf(found);
    if (!person) return "out";
    if (person !== this.person) return "other";
    this.token = tokenOf(found);
    // Ordinary forms of this page carry the old one, too.
    tokenPlace(document).content = this.token;
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => (field.value = this.token));
    return "same";
  };

  #headers(body) {
    return {
      Accept: "application/json",
      ...(body && { "Content-Type": "application/json", "X-CSRFToken": this.token }),
    };
  }
}

export function personOf(page) {
  return page.querySelector('meta[name="person"]')?.content ?? "";
}

export function tokenOf(page) {
  return tokenPlace(page).content;
}

function tokenPlace(page) {
  return page.querySelector('meta[name="csrf-token"]');
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function fail() {
  throw new TypeError("The answer is no JSON.");
}
