// What was typed and has not reached the server, in this browser, apart for each person.
// A row is one Yjs update: {key, url, kind, client, data, count}.
const TABLE = "updates";

export function openOutbox(person) {
  return new Promise((done) => {
    let opening;
    try {
      opening = indexedDB.open(`unsent-${person}`, 1);
    } catch {
      return done(new Outbox(null));
    }
    opening.onupgradeneeded = () => opening.result.createObjectStore(TABLE, { keyPath: "key" });
    opening.onsuccess = () => done(new Outbox(opening.result));
    opening.onerror = () => done(new Outbox(null)); // no storage, as in some private windows
  });
}

class Outbox {
  constructor(database) {
    this.database = database;
    this.writing = 0;
  }

  /** Is everything that was added safe against a closed tab? */
  get keeps() {
    return this.database !== null && this.writing === 0;
  }

  add(row) {
    return this.#write((table) => table.put(row));
  }

  /** One row in the place of several, all or nothing. */
  replace(keys, row) {
    return this.#write((table) => {
      keys.forEach((key) => table.delete(key));
      table.put(row);
    });
  }

  remove(keys) {
    return this.#write((table) => keys.forEach((key) => table.delete(key)));
  }

  clear() {
    return this.#write((table) => table.clear());
  }

  async all() {
    if (!this.database) return [];
    return new Promise((done) => {
      const asked = this.database.transaction(TABLE).objectStore(TABLE).getAll();
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => done([]);
    });
  }

  async of(url) {
    return (await this.all()).filter((row) => row.url === url);
  }

  #write(change) {
    if (!this.database) return Promise.resolve();
    this.writing += 1;
    return new Promise((done) => {
      const transaction = this.database.transaction(TABLE, "readwrite", { durability: "relaxed" });
      transaction.oncomplete = () => {
        this.writing -= 1;
        done();
      };
      // A full disk: the page itself still holds it, and leaving is guarded.
      transaction.onabort = () => {
        this.writing -= 1;
        this.database = null;
        done();
      };
      change(transaction.objectStore(TABLE));
    });
  }
}
