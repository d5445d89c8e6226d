// The page where sections are written: its own script, loaded there alone.
import * as Y from "yjs";
import { openDrawer } from "./drawer.js";
import { asJson } from "./live/bytes.js";
import { Link, personOf, tokenOf } from "./live/link.js";
import { openOutbox } from "./live/outbox.js";
import { watchMissing } from "./live/missing.js";
import { Carets, Present, comings, showChips } from "./live/people.js";
import { Queue } from "./live/queue.js";
import { Section } from "./live/section.js";
import { Sync } from "./live/sync.js";
import { Texts } from "./live/texts.js";

async function start(form) {
  const url = form.dataset.live;
  const page = document.querySelector("[data-texts]"); // the sections stand beside their form, not in it
  const person = personOf(document);
  const store = await openOutbox(person);
  const link = new Link({ url, person, token: tokenOf(document) });
  const queue = new Queue({ url, store, merge: Y.mergeUpdates });
  const left = await store.of(url);
  const sections = [...page.querySelectorAll("[data-kind]")].map((element) => new Section(element));
  const texts = new Texts(sections.map((section) => section.kind), (kind, update) => {
    queue.add(kind, texts.client, update);
    sync.typed();
  });
  const here = { kind: "", client: texts.client, caret: null };
  const tell = speaker(page);
  const announced = comings(tell);
  const present = new Present();
  const numbered = watchMissing(`${url}still-missing/`);

  const sync = new Sync({
    ask: link.ask,
    renew: link.renew,
    queue,
    texts,
    here: () => here,
    hidden: () => document.hidden,
    onPeople: (people) => {
      const others = present.now(people.filter((one) => one.client !== texts.client));
      sections.forEach((section) => section.showPeople(others.filter((one) => one.kind === section.kind)));
      showChips(page.querySelector("[data-people]"), once(others));
      announced(others);
    },
    changed: () => show(),
  });

  let mounted = false;
  function show() {
    if (!mounted && sync.status === "well") {
      mounted = !sections.some((section) => section.typedPlainly);
      if (mounted) mountAll();
    }
    if (!mounted) return sections.forEach((section) => section.wait(sync.status));
    const { status, closed } = sync;
    if (status === "well") numbered(sync.number);
    for (const section of sections) {
      const refused = queue.refused.get(section.kind);
      section.allow(!["closed", "other"].includes(status) && !refused);
      section.say({ status, closed, late: sync.kept.length > 0, refused, waiting: queue.waiting(section.kind), kept: store.database !== null });
    }
    return undefined;
  }

  function mountAll() {
    texts.apply(left);
    queue.restore(left);
    for (const section of sections) {
      const carets = new Carets(texts.client, (caret) => {
        if (caret) Object.assign(here, { kind: section.kind, caret });
        else if (here.kind === section.kind) Object.assign(here, { kind: "", caret: null });
      });
      const remark = (passage) => openDrawer(section.element, { section: section.kind, ...passage });
      section.mount({ doc: texts.docs.get(section.kind), carets, tell, remark });
    }
    page.classList.add("is-live");
    form.removeAttribute("data-guard");
    if (left.length) sync.typed();
  }

  form.addEventListener("submit", (event) => {
    if (!mounted) return;
    event.preventDefault();
    sync.wake();
  });
  ["online", "focus"].forEach((name) => window.addEventListener(name, () => sync.wake()));
  document.addEventListener("visibilitychange", () => sync.wake());
  window.addEventListener("beforeunload", (event) => {
    if ((queue.waiting() && !store.keeps) || queue.refused.size) event.preventDefault();
  });
  window.addEventListener("pagehide", () => {
    const updates = mounted && sync.status !== "other" ? queue.take().map(asJson) : [];
    if (sync.status === "well" || updates.length) {
      link.farewell({ since: sync.number, updates, here: { client: texts.client, gone: true } });
    }
  });
  sections.forEach((section) => section.wait("opening"));
  sync.wake();
}

function once(people) {
  return people.filter((one, at) => people.findIndex((other) => other.name === one.name) === at);
}

/** Says it politely: when a screen reader has finished its sentence. */
function speaker(page) {
  const place = page.querySelector("[data-said]");
  return (sentence) => (place.textContent = sentence);
}

const form = document.querySelector("form[data-live]");
if (form) start(form);
