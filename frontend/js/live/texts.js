// The sections as Yjs documents, all written by one client: this page.
import * as Y from "yjs";
import { fromBase64, toBase64 } from "./bytes.js";

const SERVER = "server";

export class Texts {
  /** `onTyped(kind, update)` hears what this page writes. */
  constructor(kinds, onTyped) {
    this.client = 2 + Math.floor(Math.random() * 0xfffffff0); // 1 is the server's own
    this.docs = new Map(kinds.map((kind) => [kind, this.#open(kind, onTyped)]));
  }

  #open(kind, onTyped) {
    const doc = new Y.Doc();
    doc.clientID = this.client;
    doc.on("update", (update, origin) => origin !== SERVER && onTyped(kind, update));
    return doc;
  }

  /** Rows of the server, or of an earlier page: in any order, any number of times. */
  apply(rows) {
    for (const [kind, doc] of this.docs) {
      const updates = rows.filter((row) => row.kind === kind).map((row) => row.data);
      if (!updates.length) continue;
      const bytes = updates.map((data) => (typeof data === "string" ? fromBase64(data) : data));
      try {
        Y.applyUpdate(doc, Y.mergeUpdates(bytes), SERVER);
      } catch {
        bytes.forEach((one) => this.#applyAlone(doc, one));
      }
    }
  }

  /** A row that this browser cannot read keeps no other one away. */
  #applyAlone(doc, bytes) {
    try {
      Y.applyUpdate(doc, bytes, SERVER);
    } catch (error) {
      console.warn(error);
    }
  }

  vectors() {
    return Object.fromEntries([...this.docs].map(([kind, doc]) => [kind, toBase64(Y.encodeStateVector(doc))]));
  }

  /** Queue what this page wrote and the server turned out not to have; what others wrote is theirs to give. */
  resend(vectors, queue) {
    for (const [kind, doc] of this.docs) {
      const theirs = vectors[kind] ? Y.decodeStateVector(fromBase64(vectors[kind])) : new Map();
      const known = Y.decodeStateVector(Y.encodeStateVector(doc));
      const from = theirs.get(this.client) ?? 0;
      if ((known.get(this.client) ?? 0) <= from || queue.waiting(kind)) continue;
      known.set(this.client, from);
      queue.add(kind, this.client, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(known)));
    }
  }
}
