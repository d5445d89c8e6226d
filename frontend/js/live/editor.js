// One section's editor: what it can hold, and how it behaves under the keyboard.
import { Editor } from "@tiptap/core";
import Collaboration from "@tiptap/extension-collaboration";
import CollaborationCaret from "@tiptap/extension-collaboration-caret";
import { TableKit } from "@tiptap/extension-table";
import StarterKit from "@tiptap/starter-kit";
import { AROUND } from "../drawer.js";
import { LONGEST, cleanPasted } from "./paste.js";
import { caretOf } from "./people.js";

// What the server turns into html, and nothing else: both sides must know the same.
const HOLDS = {
  heading: { levels: [3, 4] },
  link: {
    openOnClick: false,
    HTMLAttributes: { rel: "noopener noreferrer nofollow", target: null },
  },
  code: false,
  codeBlock: false,
  horizontalRule: false,
  strike: false,
  underline: false,
  undoRedo: false, // the document has its own: my changes alone
  trailingNode: false, // it would write into a text that is only looked at
};

/** `marks` names the ids of label and hint; `carets` is the section's awareness. */
export function mountEditor({ place, doc, carets, marks, tell }) {
  return new Editor({
    element: place,
    injectCSS: false,
    enablePasteRules: false,
    extensions: [
      StarterKit.configure(HOLDS),
      TableKit.configure({ table: { resizable: false, renderWrapper: true } }),
      Collaboration.configure({ fragment: doc.getXmlFragment("body") }),
      CollaborationCaret.configure({
        provider: { awareness: carets },
        user: {},
        render: caretOf,
        selectionRender: () => ({ class: "selected-by" }),
      }),
    ],
    editorProps: {
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        "aria-labelledby": marks.label,
        "aria-describedby": marks.hint,
        class: "live-text",
      },
      handleKeyDown: (view, event) => event.key === "Escape" && leave(view.dom),
      handlePaste: (_, event) => tooLong(event, tell),
      transformPastedHTML: (html) => headingsAsOurs(cleanPasted(html)),
    },
  });
}

/** What is marked, as a comment quotes it: nothing where the caret only stands. */
export function passageIn({ doc, selection: { from, to } }) {
  const said = (start, end) => doc.textBetween(start, end, "\n", "\n");
  return { quote: said(from, to).trim(), before: said(0, from).slice(-AROUND) };
}

function leave(text) {
  text.blur();
  return true;
}

function tooLong(event, tell) {
  const pasted = event.clipboardData?.getData("text/plain") ?? "";
  if (pasted.length <= LONGEST) return false;
  tell("That is too long to paste at once. Paste it in parts.");
  return true;
}

/** The page's own headings are above: the largest in a text is of level 3. */
function headingsAsOurs(html) {
  return html.replace(/<(\/?)h([1-4])>/gi, (_, slash, level) => `<${slash}h${level < 3 ? 3 : 4}>`);
}
