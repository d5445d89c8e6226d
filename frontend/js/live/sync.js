// The talk with the server: one request at a time, new updates up, what others wrote down.
import { asJson } from "./bytes.js";

const SOON = 300; // ms from a keystroke to its sending
const HIDDEN = 12; // s between questions while nobody looks; the server forgets after 15 who is here
const QUICK = 500; // ms while somebody else is typing
const LOOKED_AT = 4; // s at most while somebody looks
const LONGEST = 30; // s between tries while the server is away
const LONG_AWAY = 600_000; // ms after which both sides compare what they have

export class Sync {
  /**
   * `ask(method, path, body)` gives {status, body} or throws; `renew()` gives "same", "other", "out",
   * "gone" or "away" after the sign-in was in doubt; `texts` holds the documents; `changed()` is told after
   * every round.
   */
  constructor({ ask, renew, queue, texts, here, onPeople, changed, hidden = () => false, random = Math.random }) {
    Object.assign(this, { ask, renew, queue, texts, here, onPeople, changed, hidden, random });
    this.number = 0;
    this.status = "opening";
    this.closed = "";
    this.kept = [];
    this.failures = 0;
    this.wait = 1;
    this.heardAt = 0;
    this.busy = false;
    this.doubted = false;
    this.moving = false;
    this.typedAt = 0; // the first keystroke that no request has taken yet
    this.compares = false;
    this.timer = null;
    this.due = Infinity;
  }

  /** Something was typed: it leaves soon, unless the server is away. */
  typed() {
    this.typedAt ||= Date.now();
    if (!this.failures) this.#plan(this.#soon());
    this.changed();
  }

  /** The network came back, the page was looked at again, somebody signed in: try now. */
  wake() {
    this.#plan(0);
  }

  #plan(delay) {
    const due = Date.now() + delay;
    if (this.busy || due >= this.due) return;
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => this.round(), delay);
  }

  async round() {
    if (this.busy) return;
    clearTimeout(this.timer);
    this.busy = true;
    this.due = Infinity;
    try {
      await this.#exchange();
      this.failures = 0;
    } catch (error) {
      if (!(error instanceof Away)) console.warn(error);
      this.failures += 1;
      if (["well", "opening"].includes(this.status)) this.status = "away";
    }
    this.busy = false;
    this.#plan(this.#pause());
    this.changed();
  }

  async #exchange() {
    if (["out", "other"].includes(this.status) && !(await this.#signedIn())) throw new Away();
    if (this.compares || (this.heardAt && Date.now() - this.heardAt > LONG_AWAY)) await this.#compare();
    const sent = this.queue.take();
    this.typedAt = 0;
    const here = this.here();
    const answer = sent.length
      ? await this.ask("POST", "", { since: this.number, updates: sent.map(asJson), here })
      : await this.ask("GET", `?since=${this.number}&here=${encodeURIComponent(JSON.stringify(here))}`);
    await this.#hear(answer, sent);
  }

  async #hear({ status, body }, sent) {
    if (status === 200) return this.#news(body);
    if (status === 401 || status === 403 || status === 404) {
      // A token of an older sign-in also answers 403.
      if (!(await this.#signedIn())) throw new Away();
      if (status === 404 || this.doubted) this.#close(body.why);
      this.doubted = true;
      throw new Away();
    }
    if (status === 400 || status === 413) {
      if (sent.length) this.queue.refuse(body.why || "It is too large.", sent);
      else this.#close(body.why);
      return undefined;
    }
    throw new Away(); // 429, 5xx, a proxy's own page
  }

  #news(body) {
    this.doubted = false;
    this.heardAt = Date.now();
    this.queue.settle(body.accepted ?? [], body.refused ?? []);
    this.texts.apply(body.rows);
    this.moving = body.rows.length > 0 && this.number > 0;
    // A smaller number means that the server was set back to a copy: give it what it lacks.
    if (body.number < this.number) this.compares = true;
    this.number = Math.max(this.number, body.number);
    this.kept.push(...(body.kept ?? []).filter((one) => !this.kept.includes(one)));
    this.wait = body.wait ?? 4;
    this.status = "well";
    this.closed = "";
    if (body.closed) this.#close(body.closed);
    this.onPeople(body.people ?? []);
  }

  async #compare() {
    const { status, body } = await this.ask("POST", "missing/", { vectors: this.texts.vectors() });
    if (status !== 200) return this.#hear({ status, body }, []).then(() => Promise.reject(new Away()));
    this.texts.apply(body.rows);
    this.texts.resend(body.vectors, this.queue);
    this.number = body.number;
    this.heardAt = Date.now();
    this.compares = false;
    return undefined;
  }

  async #signedIn() {
    const found = await this.renew();
    if (found === "same") return true;
    if (found === "gone") this.#close("");
    else if (found !== "away") this.status = found;
    return false;
  }

  #close(why) {
    this.status = "closed";
    this.closed = why || "You cannot change this text any more.";
  }

  #pause() {
    if (this.failures) {
      const longest = this.status === "out" ? LONGEST / 3 : LONGEST;
      const step = Math.min(longest, 2 ** (this.failures - 1));
      return 1000 * step * (0.75 + this.random() / 2); // apart from each other after an outage
    }
    if (this.queue.waiting() && this.status === "well") return this.#soon();
    if (this.hidden() || this.status === "closed") return 1000 * HIDDEN;
    if (this.moving) return QUICK;
    return 1000 * Math.min(this.wait, LOOKED_AT);
  }

  #soon() {
    return Math.max(0, (this.typedAt || Date.now()) + SOON - Date.now());
  }
}

/** No answer that could be used; nothing is lost, and it is tried again. */
class Away extends Error {}
