// The engine of the live text against a small server in memory: `node --test`.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import * as Y from "yjs";
import { fromBase64, toBase64 } from "../../frontend/js/live/bytes.js";
import { Queue } from "../../frontend/js/live/queue.js";
import { Sync } from "../../frontend/js/live/sync.js";
import { Texts } from "../../frontend/js/live/texts.js";
import { SIGNED_OUT, stateOf } from "../../frontend/js/live/words.js";

const KINDS = ["need", "summary"];

class Server {
  constructor() {
    Object.assign(this, { rows: [], keys: [], faults: [], closed: "" });
  }

  ask = async (method, path, body) => {
    const fault = this.faults.shift();
    if (fault === "lost request") throw new TypeError("no network");
    if (typeof fault === "number") return { status: fault, body: { why: "No." } };
    const answer = path.startsWith("missing") ? this.compare(body) : this.news(path, body);
    if (fault === "lost answer") throw new TypeError("no network");
    return { status: 200, body: answer };
  };

  news(path, body) {
    const since = body ? body.since : Number(/since=(\d+)/.exec(path)[1]);
    const accepted = [];
    for (const { kind, key, client, data } of body?.updates ?? []) {
      accepted.push(key);
      if (this.keys.includes(key)) continue;
      this.keys.push(key);
      this.rows.push({ number: this.rows.length + 1, kind, client, data });
    }
    const rows = this.rows.filter((row) => row.number > since);
    return { number: this.rows.length, rows, accepted, refused: [], people: [], closed: this.closed, wait: 1 };
  }

  doc(kind) {
    const doc = new Y.Doc();
    this.rows.filter((row) => row.kind === kind).forEach((row) => Y.applyUpdate(doc, fromBase64(row.data)));
    return doc;
  }

  compare({ vectors }) {
    const rows = KINDS.map((kind) => {
      const update = Y.encodeStateAsUpdate(this.doc(kind), fromBase64(vectors[kind]));
      return { number: this.rows.length, kind, client: 0, data: toBase64(update) };
    });
    const theirs = KINDS.map((kind) => [kind, toBase64(Y.encodeStateVector(this.doc(kind)))]);
    return { number: this.rows.length, rows, vectors: Object.fromEntries(theirs) };
  }

  text(kind = "need") {
    return this.doc(kind).getText("body").toString();
  }
}

class Store {
  rows = new Map();
  add = (row) => this.rows.set(row.key, row);
  remove = (keys) => keys.forEach((key) => this.rows.delete(key));
  replace = (keys, row) => (this.remove(keys), this.add(row));
}

class Writer {
  constructor(server, store = new Store()) {
    this.store = store;
    this.queue = new Queue({ url: "/live/", store, merge: Y.mergeUpdates });
    this.texts = new Texts(KINDS, (kind, update) => {
      this.queue.add(kind, this.texts.client, update);
      this.sync.typed();
    });
    const left = [...store.rows.values()];
    this.texts.apply(left);
    this.queue.restore(left);
    this.signedIn = "same";
    this.sync = new Sync({
      ask: server.ask,
      renew: async () => this.signedIn,
      queue: this.queue,
      texts: this.texts,
      here: () => ({ kind: "", client: this.texts.client, caret: null }),
      onPeople: () => {},
      changed: () => {},
      random: () => 0.5,
    });
  }

  type(words, at = 0, kind = "need") {
    this.texts.docs.get(kind).getText("body").insert(at, words);
  }

  text(kind = "need") {
    return this.texts.docs.get(kind).getText("body").toString();
  }

  round = () => this.sync.round();
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
});

test("what was typed since the last request goes as one update with one key", async () => {
  const server = new Server();
  const writer = new Writer(server);
  "abc".split("").forEach((letter, at) => writer.type(letter, at));
  assert.equal(writer.queue.waiting(), 3);
  await writer.round();
  assert.equal(server.rows.length, 1);
  assert.equal(server.text(), "abc");
  assert.equal(writer.queue.waiting(), 0);
  assert.equal(writer.store.rows.size, 0);
});

test("an answer that was lost: the same key again, what was typed meanwhile after it", async () => {
  const server = new Server();
  server.faults = ["lost answer"];
  const writer = new Writer(server);
  writer.type("one ");
  await writer.round();
  assert.equal(writer.sync.status, "away");
  assert.equal(writer.store.rows.size, 1);
  writer.type("two", 4);
  await writer.round();
  await writer.round();
  assert.equal(server.rows.length, 2);
  assert.equal(new Set(server.keys).size, 2);
  assert.equal(server.text(), "one two");
});

test("two write at once over a bad network: nothing is lost and both see the same", async () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const chance = dice(seed);
    const server = new Server();
    const writers = [new Writer(server), new Writer(server)];
    const typed = [];
    for (let turn = 0; turn < 40; turn += 1) {
      const writer = writers[Math.floor(chance() * 2)];
      const word = `<${turn}>`;
      if (chance() < 0.6) typed.push(word), writer.type(word, Math.floor(chance() * (writer.text().length + 1)));
      if (chance() < 0.4) server.faults.push(["lost request", "lost answer", 500, 429][Math.floor(chance() * 4)]);
      if (chance() < 0.5) await writer.round();
    }
    server.faults = [];
    for (const writer of [...writers, ...writers]) await writer.round(), await writer.round();
    assert.equal(writers[0].text(), writers[1].text(), `seed ${seed}`);
    assert.equal(server.text(), writers[0].text(), `seed ${seed}`);
    const letters = typed.join("").split("").sort().join("");
    assert.equal(writers[0].text().split("").sort().join(""), letters, `seed ${seed}`);
  }
});

test("a request is never overlapped by a second one", async () => {
  const server = new Server();
  const writer = new Writer(server);
  let inside = 0;
  const ask = writer.sync.ask;
  writer.sync.ask = async (...parts) => {
    inside += 1;
    assert.equal(inside, 1);
    await new Promise((go) => setImmediate(go));
    const answer = await ask(...parts);
    inside -= 1;
    return answer;
  };
  writer.type("x");
  await Promise.all([writer.round(), writer.round(), writer.round()]);
});

test("a closed tab: the next page sends what the last one left", async () => {
  const server = new Server();
  const before = new Writer(server);
  server.faults = ["lost request"];
  before.type("kept");
  await before.round();
  const after = new Writer(server, before.store);
  assert.equal(after.text(), "kept");
  await after.round();
  assert.equal(server.text(), "kept");
  assert.equal(after.store.rows.size, 0);
});

test("signed out: all is kept, and sent once the same person is back", async () => {
  const server = new Server();
  const writer = new Writer(server);
  writer.type("mine");
  server.faults = [401];
  writer.signedIn = "out";
  await writer.round();
  assert.equal(writer.sync.status, "out");
  writer.signedIn = "other";
  await writer.round();
  assert.equal(writer.sync.status, "other");
  assert.equal(server.rows.length, 0);
  writer.signedIn = "same";
  await writer.round();
  assert.equal(writer.sync.status, "well");
  assert.equal(server.text(), "mine");
});

test("a token of an older sign-in is renewed; a lasting no closes", async () => {
  const server = new Server();
  const writer = new Writer(server);
  writer.type("mine");
  server.faults = [403];
  await writer.round();
  await writer.round();
  assert.equal(server.text(), "mine");
  server.faults = [403, 403];
  await writer.round();
  await writer.round();
  assert.equal(writer.sync.status, "closed");
});

test("a closed text says why and opens again", async () => {
  const server = new Server();
  const writer = new Writer(server);
  server.closed = "It was submitted.";
  await writer.round();
  assert.deepEqual([writer.sync.status, writer.sync.closed], ["closed", "It was submitted."]);
  server.closed = "";
  await writer.round();
  assert.equal(writer.sync.status, "well");
});

test("after a server that was set back to a copy, the page gives what is missing there", async () => {
  const server = new Server();
  const writer = new Writer(server);
  for (const word of ["a", "b", "c"]) writer.type(word), await writer.round();
  server.rows.length = 1;
  await writer.round();
  await writer.round();
  await writer.round();
  assert.equal(server.text(), "cba");
});

test("a row that cannot be read keeps no other one away", async () => {
  const server = new Server();
  const [one, two] = [new Writer(server), new Writer(server)];
  one.type("words");
  await one.round();
  server.rows.unshift({ ...server.rows[0], key: "bad", number: 1, data: toBase64(Uint8Array.of(1, 9, 9, 9)) });
  server.rows.forEach((row, n) => (row.number = n + 1));
  mock.method(console, "warn", () => {});
  await two.round();
  assert.equal(two.text(), "words");
});

test("after ten minutes of silence both sides compare", async () => {
  const server = new Server();
  const [one, two] = [new Writer(server), new Writer(server)];
  await one.round();
  two.type("news");
  await two.round();
  const asked = mock.method(server, "compare");
  mock.timers.tick(601_000);
  while (one.sync.busy) await new Promise((go) => setImmediate(go));
  assert.equal(asked.mock.callCount(), 2); // each of the two pages
  assert.equal(one.text(), "news");
});

test("the update that is refused is found, and its section stops", async () => {
  const server = new Server();
  const writer = new Writer(server);
  writer.type("good", 0, "summary");
  writer.type("bad", 0, "need");
  const ask = server.ask;
  writer.sync.ask = async (method, path, body) => {
    if (body?.updates?.some((row) => row.kind === "need")) return { status: 413, body: { why: "Too large." } };
    return ask(method, path, body);
  };
  for (let round = 0; round < 4; round += 1) await writer.round();
  assert.equal(server.text("summary"), "good");
  assert.equal(writer.queue.refused.get("need"), "Too large.");
  assert.equal(writer.queue.waiting(), 0);
});

test("large updates travel in parts that the server takes", async () => {
  const server = new Server();
  const writer = new Writer(server);
  for (let part = 0; part < 6; part += 1) writer.type("x".repeat(150_000));
  const sizes = [];
  const ask = server.ask;
  writer.sync.ask = (method, path, body) => {
    sizes.push(JSON.stringify(body ?? "").length);
    return ask(method, path, body);
  };
  for (let round = 0; round < 5; round += 1) await writer.round();
  assert.ok(Math.max(...sizes) < 1_000_000, String(sizes));
  assert.equal(server.text().length, 6 * 150_000);
});

test("one line of state", () => {
  const calm = { status: "well", waiting: 0, written: false, kept: true };
  assert.equal(stateOf(calm).text, "");
  assert.equal(stateOf({ ...calm, written: true }).text, "Saved");
  assert.equal(stateOf({ ...calm, waiting: 2 }).text, "Saving …");
  const away = { ...calm, status: "away", waiting: 1 };
  assert.equal(stateOf(away).text, "Offline: kept on this computer, 1 change waits");
  assert.match(stateOf({ ...away, kept: false }).text, /leave it open/);
  assert.equal(stateOf({ ...calm, status: "out" }).text, SIGNED_OUT);
  assert.equal(stateOf({ ...calm, status: "closed", closed: "It was submitted." }).text, "It was submitted.");
});

function dice(seed) {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}
