// Updates on their way to the server. What was taken for one request is sent again with the same
// keys until the server has answered for it; what is typed meanwhile waits for the next request.
const ONE = 200_000; // bytes of one update; the server takes 256 kB
const ALL = 600_000; // bytes of one request; base64 makes them 800 kB of its 1 MB

export class Queue {
  /** `merge` makes one Yjs update of several; `store` keeps rows through a closed tab. */
  constructor({ url, store, merge, newKey = anyKey }) {
    Object.assign(this, { url, store, merge, newKey });
    this.rows = [];
    this.taken = [];
    this.refused = new Map(); // kind → why
    this.lonely = false; // after a request as a whole was refused: one update at a time
  }

  add(kind, client, data) {
    const row = { key: this.newKey(), url: this.url, kind, client, data, count: 1 };
    this.rows.push(row);
    this.store.add(row);
  }

  /** What an earlier page left behind. */
  restore(rows) {
    this.rows.push(...rows);
  }

  /** Changes that wait, of one kind or of all. */
  waiting(kind) {
    const rows = [...this.taken, ...this.rows].filter((row) => !kind || row.kind === kind);
    return rows.reduce((sum, row) => sum + row.count, 0);
  }

  /** Rows for the next request; those without an answer first, as they were. */
  take() {
    if (this.taken.length) return this.lonely ? this.taken.slice(0, 1) : this.taken;
    let bytes = 0;
    for (const group of this.#groups()) {
      const size = group.reduce((sum, row) => sum + row.data.length, 0);
      if (bytes && bytes + size > ALL) break;
      bytes += size;
      this.taken.push(this.#one(group));
    }
    return this.lonely ? this.taken.slice(0, 1) : this.taken;
  }

  /** The server has answered for these. */
  settle(accepted, refused = []) {
    const answered = new Set([...accepted, ...refused.map((one) => one.key)]);
    for (const { key, why } of refused) {
      const kind = this.taken.find((row) => row.key === key)?.kind;
      if (!kind) continue;
      this.refused.set(kind, why);
      // What follows in that section builds upon what was refused.
      this.rows.filter((row) => row.kind === kind).forEach((row) => answered.add(row.key));
      this.rows = this.rows.filter((row) => row.kind !== kind);
    }
    this.taken = this.taken.filter((row) => !answered.has(row.key));
    if (!this.taken.length) this.lonely = false;
    this.store.remove([...answered]);
  }

  /** The request as a whole was refused: find out which update it is. */
  refuse(why, sent) {
    if (sent.length > 1) this.lonely = true;
    else this.settle([], [{ key: sent[0].key, why }]);
  }

  /** Rows that one update may stand for: same section, same author, not too large. */
  *#groups() {
    const open = new Map();
    for (const row of this.rows) {
      const name = `${row.kind} ${row.client}`;
      const group = open.get(name) ?? { rows: [], size: 0 };
      if (group.rows.length && group.size + row.data.length > ONE) {
        yield group.rows;
        open.set(name, { rows: [row], size: row.data.length });
        continue;
      }
      group.rows.push(row);
      group.size += row.data.length;
      open.set(name, group);
    }
    for (const group of open.values()) yield group.rows;
  }

  #one(group) {
    const gone = new Set(group);
    this.rows = this.rows.filter((row) => !gone.has(row));
    if (group.length === 1) return group[0];
    const count = group.reduce((sum, row) => sum + row.count, 0);
    const data = this.merge(group.map((row) => row.data));
    const row = { ...group[0], key: this.newKey(), data, count };
    this.store.replace(group.map((one) => one.key), row);
    return row;
  }
}

// randomUUID would need https, which a server on a school's own network may not have.
function anyKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
