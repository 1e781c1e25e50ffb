// What schema-diff writes for people, given to those who read it, on the pairs of tests/cases/formats: the page of
// --format html fetches nothing and runs nothing, in it and in the Markdown each change is seen and nothing is
// live, and Mermaid draws the diagrams. With SHOTS a directory, pictures of the first pages are left there.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { pairs, shown } from "../cases/formats/pairs.mjs";

const { BIN, SOURCE, MODULES, CHROMIUM, SEED = "1", COUNT = "30", PAIRS = "", SHOTS } = process.env;
const require = createRequire(join(MODULES, "x.js"));
const { chromium } = require("playwright-core");
const { marked } = require("marked");
const work = mkdtempSync(join(tmpdir(), "diff-"));

function diff(format, before, after) {
  const { status, stdout, stderr } = spawnSync(join(BIN, "schema-diff"), ["-a", before, "-f", format, after], { encoding: "utf8", maxBuffer: 1 << 28 });
  assert(status === 0 || status === 1, `${format}: ${status} ${stderr}`);
  return stdout;
}

// As the pages show it: a line end has a sign, a tab is a blank, other controls are U+FFFD.
const seen = (name) => shown(name.replaceAll("\n", "⏎").replaceAll("\t", " ").replace(/[\u200b-\u200d\u2060-\u2065\u206a-\u206f]/gu, ""));
const squeezed = (text) => text.replace(/[\u200b-\u200d\u2060-\u2065\u206a-\u206f]/gu, "").replace(/\s+/gu, " ");

// ---- Markdown ----

const allowed = /^<\/?(h3|h4|p|code|pre|table|thead|tbody|tr|th|td|details|summary|br|blockquote|strong|em)(>|\s+class="language-(sql|diff)">|\s*\/?>)$/;

const entities = { lt: "<", gt: ">", quot: '"', amp: "&" };
const decoded = (html) =>
  html.replace(/<[^>]*>/g, " ").replace(/&(?:#(\d+)|(lt|gt|quot|amp));/g, (_, code, name) => (code ? String.fromCharCode(code) : entities[name]));

function checkMarkdown(markdown, changes) {
  const html = marked.parse(markdown, { gfm: true });
  for (const [tag] of html.matchAll(/<[^>]*>/g)) assert(allowed.test(tag), `a tag is live: ${tag}`);
  for (const tag of ["details", "summary", "table"])
    assert.equal(html.split(`<${tag}>`).length, html.split(`</${tag}>`).length, `<${tag}> is not closed`);
  // Mentions, issues and links are made of text that is not code.
  const bare = decoded(html.replace(/<(pre|code)\b[^>]*>.*?<\/\1>/gs, " "));
  for (const found of bare.match(/@\w|#\d|GH-\d|https?:|www\.|javascript:/gi) ?? []) assert.fail(`outside of code: ${found}`);
  const text = squeezed(decoded(html));
  for (const { id } of changes) assert(text.includes(squeezed(seen(id))), `not seen: ${id}`);
}

// ---- HTML and diagrams, in the browser ----

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });

async function checkPage(page, name, html, changes) {
  const file = join(work, "page.html"), asked = [], said = [];
  const onRequest = (request) => asked.push(request.url()), onConsole = (message) => said.push(message.text()), onError = (error) => said.push(String(error));
  writeFileSync(file, html);
  page.on("request", onRequest).on("console", onConsole).on("pageerror", onError);
  await page.goto(pathToFileURL(file).href);
  const found = await page.evaluate(() => ({
    text: document.body.textContent,
    changes: document.querySelectorAll(".change").length,
    live: document.querySelectorAll("script, img, iframe, object, embed, form, input, link, base, svg").length,
    tags: [...new Set([...document.body.querySelectorAll("*")].map(({ localName }) => localName))],
    links: [...document.querySelectorAll("a")].filter((link) => !/^#s\d$/.test(link.getAttribute("href")) || !document.querySelector(link.getAttribute("href"))).length,
    handlers: [...document.querySelectorAll("*")].filter((one) => [...one.attributes].some(({ name }) => name.startsWith("on") || name === "style")).length,
    styled: getComputedStyle(document.body).maxWidth,
    wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  }));
  page.off("request", onRequest).off("console", onConsole).off("pageerror", onError);
  assert.deepEqual(asked, [pathToFileURL(file).href], "it fetches something");
  assert.deepEqual(said, []);
  assert.deepEqual([found.live, found.links, found.handlers, found.wide], [0, 0, 0, false]);
  assert.equal(found.changes, changes.length);
  assert.notEqual(found.styled, "none", "the policy keeps its own style out");
  const text = squeezed(found.text);
  for (const { id, kind, fields } of changes) {
    const last = fields.find(({ name }) => name === "type" && kind === "column");
    // Whole, or the object and what is nested in it.
    const parts = [...id.matchAll(/\./g)].map(({ index }) => [id.slice(0, index), id.slice(index + 1)]);
    assert([[id], ...parts].some((all) => all.every((part) => text.includes(squeezed(seen(part))))), `not seen: ${id}`);
    if (last?.new) assert(text.includes(last.new));
  }
}

const failed = (name, error) => {
  console.error(`${name}: ${error.stack ?? error}`);
  process.exitCode = 1;
};

const page = await browser.newPage({ viewport: { width: 900, height: 1200 } });
const diagrams = [];
let count = 0;
for (const [name, before, after] of pairs(SOURCE, work, { count: +COUNT, seed: +SEED, given: PAIRS })) {
  try {
    const { changes } = JSON.parse(diff("json", before, after));
    checkMarkdown(diff("markdown", before, after), changes);
    const html = diff("html", before, after);
    await checkPage(page, name, html, changes);
    if (SHOTS && changes.length > 2 && count < 12) await page.screenshot({ path: join(SHOTS, `${count}.png`), fullPage: true });
    diagrams.push([name, diff("mermaid", before, after), changes]);
    count++;
  } catch (error) {
    failed(name, error);
  }
}

// On paper all is seen: what is folded away, too.
writeFileSync(join(work, "page.html"), readFileSync(join(work, "page.html")));
await page.emulateMedia({ media: "print" });
assert.equal(await page.evaluate(() => [...document.querySelectorAll("details")].filter((one) => one.lastElementChild.getBoundingClientRect().height === 0).length), 0, "folded on paper");

const tab = await browser.newPage();
await tab.goto("about:blank");
await tab.addScriptTag({ path: join(MODULES, "mermaid/dist/mermaid.min.js") });
await tab.evaluate(() => mermaid.initialize({ startOnLoad: false, maxTextSize: 50000, maxEdges: 500, securityLevel: "strict" }));
for (const [index, [name, text, changes]] of diagrams.entries()) {
  try {
    assert(text.length <= 50000);
    const wanted = [...text.matchAll(/^ {4}t\d+\["/gm)].length;
    const found = await tab.evaluate(async ([text, draw]) => {
      await mermaid.parse(text);
      if (!draw) return null;
      const { svg } = await mermaid.render("d", text);
      const all = [...new DOMParser().parseFromString(svg, "text/html").querySelectorAll("*")];
      return {
        live: all.filter((one) => one.matches("script, img") || [...one.attributes].some(({ name, value }) => name.startsWith("on") || value.startsWith("javascript:"))).length,
        tables: new Set(all.filter((one) => one.id.includes("-entity-")).map(({ id }) => id)).size,
        classes: [...new Set(all.flatMap((one) => [...one.classList]).filter((one) => ["added", "removed", "changed"].includes(one)))].sort(),
      };
    }, [text, index % 5 === 0]);
    if (found) {
      assert.deepEqual(found.live, 0);
      assert.equal(found.tables, wanted, text);
      assert.deepEqual(found.classes, [...new Set([...text.matchAll(/\]:::(\w+)/g)].map(([, one]) => one))].sort());
    }
    if (changes.some(({ kind }) => kind === "table")) assert(wanted > 0);
  } catch (error) {
    failed(`${name}\n${text.slice(0, 3000)}`, error);
  }
}
await browser.close();
rmSync(work, { recursive: true, force: true });
assert(count > 50);
console.log(`${count} pairs, ${diagrams.length} diagrams`);
