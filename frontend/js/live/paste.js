// Pasting from Word, Google Docs or a web page keeps headings, lists, tables, links, bold and italic.
const KEEPS = new Set(
  "P H1 H2 H3 H4 UL OL LI BLOCKQUOTE TABLE THEAD TBODY TR TH TD A STRONG EM BR".split(" "),
);
const DROPS = "script, style, meta, link, title, xml, img, svg, video, audio, iframe, object, form input, button";
const SAME = { B: "STRONG", I: "EM", H5: "H4", H6: "H4", DIV: "P" };
const ATTRIBUTES = { A: ["href"], TD: ["colspan", "rowspan"], TH: ["colspan", "rowspan"], OL: ["start"] };
const BLOCKS = "p, h1, h2, h3, h4, h5, h6, ul, ol, li, blockquote, table, div";
export const LONGEST = 150_000;

export function cleanPasted(html) {
  if (html.includes("data-pm-slice")) return html; // from one of our own editors
  const body = new DOMParser().parseFromString(quiet(html), "text/html").body;
  body.querySelectorAll(DROPS).forEach((element) => element.remove());
  dropComments(body);
  wordLists(body);
  looseLists(body);
  [...body.querySelectorAll("*")].reverse().forEach(settle);
  body.querySelectorAll(":scope > br").forEach((gap) => gap.remove());
  return body.innerHTML;
}

/** Styles are read here and never applied: our policy would report each of them. */
function quiet(html) {
  return html
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/<[^>]*>/g, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
}

function dropComments(body) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  found.forEach((comment) => comment.remove());
}

/** Word writes lists as paragraphs: `mso-list:l0 level2 lfo1`, the mark in a span of its own. */
function wordLists(body) {
  let open = []; // the list of each level
  for (const paragraph of [...body.querySelectorAll("p, h1, h2, h3, h4, h5, h6, table")]) {
    const level = Number(/mso-list:[^;"]*level(\d)/i.exec(styleOf(paragraph))?.[1] ?? 0);
    if (!level) {
      if (!paragraph.closest("li")) open = [];
      continue;
    }
    const mark = [...paragraph.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/i.test(styleOf(span)));
    const name = /^\W*(\d+|[a-z]{1,4})[.)]/i.test(mark?.textContent ?? "") ? "ol" : "ul";
    mark?.remove();
    open.length = Math.min(open.length, level);
    while (open.length < level) open.push(begin(name, open.at(-1), paragraph));
    const item = document.createElement("li");
    open.at(-1).append(item);
    item.append(...paragraph.childNodes);
    paragraph.remove();
  }
}

function begin(name, outer, paragraph) {
  const list = document.createElement(name);
  if (outer) (outer.lastElementChild ?? outer.appendChild(document.createElement("li"))).append(list);
  else paragraph.before(list);
  return list;
}

/** Google Docs puts an inner list beside its item instead of into it. */
function looseLists(body) {
  for (const list of body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")) {
    const before = list.previousElementSibling;
    if (before?.tagName === "LI") before.append(list);
  }
}

/** One element, its children already settled: kept bare, renamed, or replaced by what it holds. */
function settle(element) {
  const name = SAME[element.tagName] ?? element.tagName;
  const weight = /font-weight:\s*([^;"]+)/i.exec(styleOf(element))?.[1].trim().toLowerCase();
  if (element.tagName === "SPAN") return unwrap(element, emphasis(element, weight));
  if (name === "STRONG" && (weight === "normal" || weight === "400")) return unwrap(element); // Google's wrapper
  if (name === "P" && element.querySelector(BLOCKS)) return unwrap(element);
  if (name === "P" && !element.textContent.trim()) return element.remove();
  if (name === "A" && !/^(https?:|mailto:)/i.test(element.getAttribute("href") ?? "")) return unwrap(element);
  if (!KEEPS.has(name)) return unwrap(element);
  const kept = document.createElement(name);
  for (const attribute of ATTRIBUTES[name] ?? []) {
    if (element.hasAttribute(attribute)) kept.setAttribute(attribute, element.getAttribute(attribute));
  }
  kept.append(...element.childNodes);
  return element.replaceWith(kept);
}

/** Google Docs says bold and italic by style. */
function emphasis(span, weight) {
  const names = [];
  if (weight === "bold" || Number(weight) >= 600) names.push("strong");
  if (/font-style:\s*italic/i.test(styleOf(span))) names.push("em");
  return span.closest("h1, h2, h3, h4, h5, h6") ? [] : names;
}

function unwrap(element, names = []) {
  let inner = [...element.childNodes];
  for (const name of names) {
    const around = document.createElement(name);
    around.append(...inner);
    inner = [around];
  }
  element.replaceWith(...inner);
}

function styleOf(element) {
  return element.dataset.style ?? "";
}
