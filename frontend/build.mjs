// One script and one style sheet for every page: static/dist/app.js, static/dist/app.css.
// The editor is a script of its own, static/dist/editor.js, for the page where sections are written;
// so is static/dist/remarks.js, for the page where words of the text are marked and commented on.
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(here);
const target = path.join(root, "static", "dist");

async function buildScript(name) {
  await esbuild.build({
    entryPoints: [path.join(here, "js", name)],
    outfile: path.join(target, name),
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2022"],
    legalComments: "none",
    logLevel: "warning",
  });
}

async function buildStyle() {
  const { css } = sass.compile(path.join(here, "scss", "app.scss"), {
    loadPaths: [path.join(root, "node_modules")],
    style: "compressed",
    quietDeps: true,
    // Bootstrap 5 still imports; its own release will end that.
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
  });
  const { code } = await esbuild.transform(css, { loader: "css", minify: true, target: "es2022" });
  await writeFile(path.join(target, "app.css"), code);
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
await Promise.all([buildScript("app.js"), buildScript("editor.js"), buildScript("remarks.js"), buildStyle()]);
for (const name of ["app.js", "editor.js", "remarks.js", "app.css"]) {
  const file = path.join(target, name);
  const packed = brotliCompressSync(await readFile(file)).length;
  const plain = (await stat(file)).size;
  console.log(`${name}: ${(plain / 1000).toFixed(0)} kB, ${(packed / 1000).toFixed(0)} kB compressed`);
}
