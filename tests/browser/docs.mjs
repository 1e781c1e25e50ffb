// What gen-schema-docs writes, given to those who read it: every link of the pages has its place, Mermaid
// draws the diagrams within the limits that GitHub sets, @dbml/core and Graphviz take the rest, and the
// names that come out are those that went in. On the cases, on SNAPSHOTS (more files), and on schemas
// with hostile names made from SEED on.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { BIN, SOURCE, MODULES, CHROMIUM, SNAPSHOTS = "", SEED = "1", LONG } = process.env;
const require = createRequire(join(MODULES, "x.js"));
const { Parser } = require("@dbml/core");
const { chromium } = require("playwright-core");
const { marked } = require("marked");
const keep = process.env.KEEP;
const work = keep ?? mkdtempSync(join(tmpdir(), "docs-"));
const run = (...args) => execFileSync(join(BIN, "gen-schema-docs"), args, { cwd: work, encoding: "utf8", maxBuffer: 1 << 28 });

// ---- schemas with hostile names ----

let state = 0;
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const pick = (list) => list[random(list.length)];
const pieces = [
  "a", "b", "Z", "_", "1", " ", "  ", "|", "`", "``", "```", '"', "'", "'''", "\\", "\\n", "\n", "\r\n", "\t", "<b>", "</table>",
  "&amp;", "&", "#35;", "#", ";", "%%", "%%{init}%%", "{", "}", "[", "]", "(", ")", "*/", "//", "--", "-->", "->", "||--o{", ":",
  ",", ".", "$$", "$", "~", "😀", "é", "日本", "\u202e", "\u0001", "@", "http://x.org", "erDiagram", "end", "Table", "Ref", "Note:",
  "<!--", "![x](y)", "[x](javascript:alert(1))", "graph", "subgraph", "direction", "<script>alert(1)</script>", "x".repeat(70),
];
const text = (most) => Array.from({ length: 1 + random(most) }, () => pick(pieces)).join("");
const quote = (name) => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);
// What may be shown of a name: two that differ in nothing else are one in a diagram.
const shown = (name) =>
  name.replaceAll("\n", "⏎").replaceAll("\t", " ").replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069]/gu, "\ufffd");

function fresh(seen) {
  for (;;) {
    const name = text(5);
    const key = shown(name).replaceAll("\r", "");
    if (name.trim() && !seen.has(key)) {
      seen.add(key);
      return name;
    }
  }
}

const sorted = (value) =>
  Array.isArray(value)
    ? value.map(sorted)
    : value && typeof value === "object"
      ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]))
      : value;
const bytewise = (key) => (a, b) => Buffer.compare(Buffer.from(a[key]), Buffer.from(b[key]));

function hostile(seed) {
  state = seed * 7919;
  const schemas = [], enums = [], tables = [], views = [], seen = new Set();
  for (let i = 0; i < 1 + random(3); i++) {
    const name = fresh(seen);
    schemas.push({ id: quote(name), name, comment: text(6) });
    const inside = new Set();
    for (let j = 0; j < random(3); j++) {
      const type = fresh(inside), labels = new Set();
      enums.push({ id: `${quote(name)}.${quote(type)}`, schema: name, name: type, labels: Array.from({ length: 1 + random(3) }, () => fresh(labels)) });
    }
    for (let j = 0; j < 1 + random(4); j++) {
      const table = fresh(inside), names = new Set();
      const columns = Array.from({ length: 1 + random(5) }, () => ({
        name: fresh(names), comment: text(6), default: random(2) ? text(3) : undefined,
        type: random(3) || !enums.length ? pick(["integer", "text[]", "timestamp with time zone"]) : pick(enums).id,
      }));
      tables.push({
        id: `${quote(name)}.${quote(table)}`, schema: name, name: table, kind: "table", comment: text(8), row_security: random(2) ? true : undefined, columns,
        constraints: [
          { name: "pk", type: "primary key", columns: [columns[0].name], definition: "PRIMARY KEY (x)" },
          { name: text(3), type: "check", columns: [columns[0].name], definition: `CHECK ((${text(3)}))` },
        ],
        policies: [{ name: text(3), command: pick(["all", "select"]), roles: [pick(["public", text(2)])], using: text(4) }],
        triggers: [{ name: text(3), definition: text(5), function: text(2) }],
      });
    }
    const view = fresh(inside);
    views.push({ id: `${quote(name)}.${quote(view)}`, schema: name, name: view, columns: [{ name: text(3), type: "text" }], definition: ` SELECT '${text(4).replaceAll("'", "''")}'` });
  }
  for (const table of tables)
    for (let i = 0; i < random(3); i++) {
      const to = pick(tables);
      table.constraints.push({
        name: `${i}${text(3)}`, type: "foreign key", columns: [pick(table.columns).name], references: to.id, reference_columns: [to.columns[0].name],
        definition: "FOREIGN KEY (x) REFERENCES y(z) ON DELETE CASCADE",
      });
    }
  for (const table of tables) table.constraints.sort(bytewise("name"));
  const sections = Object.entries({ schemas, enums, tables, views }).filter(([, list]) => list.length);
  const body = sections.map(([name, list]) => `"${name}":[\n${list.sort(bytewise("id")).map((one) => JSON.stringify(sorted(one))).join(",\n")}\n],\n`).join("");
  const hash = createHash("sha256").update(body).digest("hex");
  return `{"format":"snapshot/1",\n"meta":{"source":"live"},\n${body}"hash":"sha256:${hash}"}\n`;
}

// ---- Markdown ----

// GitHub's rule for the id of a heading, and the ids that the page gives itself.
function places(html) {
  const found = new Set(), counts = new Map();
  for (const [, id] of html.matchAll(/<a id="([^"]*)"><\/a>/g)) {
    assert(!found.has(id), `the place ${id} is there twice`);
    found.add(id);
  }
  for (const [, inner] of html.matchAll(/<h[1-6]>(.*?)<\/h[1-6]>/gs)) {
    const plain = decode(inner.replace(/<[^>]*>/g, ""));
    const slug = plain.toLowerCase().replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "").replaceAll(" ", "-");
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    found.add(count ? `${slug}-${count}` : slug);
  }
  return found;
}
const decode = (html) =>
  html.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(+code)).replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&amp;", "&");

const live = /<(?!\/?(?:code|br|h[1-6]|p|ul|li|ol|table|thead|tbody|tr|th|td|pre|strong|em|hr|details|summary|a)[ >])/;
let linkCount = 0, placeCount = 0;

function checkPages(pages) {
  const known = new Map();
  const rendered = new Map([...pages].map(([name, markdown]) => [name, marked.parse(markdown, { gfm: true })]));
  for (const [name, html] of rendered) known.set(name, places(html));
  for (const [name, html] of rendered) {
    placeCount += known.get(name).size;
    const bare = html.replace(/<!-- written by gen-schema-docs[^>]*-->/, "");
    assert(!live.test(bare), `${name}: a tag is live: ${bare.match(new RegExp(live.source + ".{0,60}", "s"))}`);
    assert(!/(?:href|src)="javascript:/.test(bare), `${name}: a script`);
    for (const [, href] of bare.matchAll(/<a href="([^"]*)"/g)) {
      if (/^(https?|mailto):/.test(href)) continue; // a comment may have one
      const [file, place] = decode(href).split("#");
      linkCount++;
      assert(known.has(file || name), `${name}: no page ${href}`);
      assert(!place || known.get(file || name).has(place), `${name}: no place ${href}`);
    }
  }
}

const diagramsOf = (markdown) => [...markdown.matchAll(/^```mermaid\n(.*?)^```$/gms)].map(([, text]) => text);

// ---- each snapshot ----

const files = readdirSync(join(SOURCE, "tests/cases/docs")).map((name) => join(SOURCE, "tests/cases/docs", name, "snapshot.json"));
files.push(...SNAPSHOTS.split(" ").filter(Boolean));
for (let i = 0; i < (LONG ? 300 : 30); i++) {
  const file = join(work, `seed-${+SEED + i}.json`);
  writeFileSync(file, hostile(+SEED + i));
  files.push(file);
}
const diagrams = [];
let tableCount = 0;

for (const file of files) {
  try {
    const facts = JSON.parse(run("-f", "json", file));
    const tables = facts.tables ?? [];
    tableCount += tables.length;

    const page = run(file);
    checkPages(new Map([["", page]]));
    for (const split of ["schema", "table"]) {
      const directory = join(work, "split");
      rmSync(directory, { recursive: true, force: true });
      run("--split", split, "-o", directory, file);
      checkPages(new Map(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), "utf8")])));
      run("--split", split, "--check", directory, file);
    }
    for (const diagram of diagramsOf(page)) diagrams.push([file, diagram]);
    const names = page.split("\n").filter((line) => line.startsWith("#### ")).length;
    assert(names >= tables.length, "a table without a heading");

    const parsed = new Parser().parse(run("-f", "dbml", file), "dbmlv2");
    const got = parsed.schemas.flatMap((schema) => schema.tables.map((table) => [schema.name, table.name, ...table.fields.map((field) => field.name)].join("\0"))).sort();
    const want = tables.filter((table) => table.columns).map((table) => [table.schema, table.name, ...table.columns.map((column) => column.name)].map(shown).join("\0")).sort();
    assert.deepEqual(got, want);

    const dot = spawnSync("dot", ["-Tdot_json"], { input: run("-f", "dot", file), encoding: "utf8", maxBuffer: 1 << 28 });
    assert.equal(dot.stderr, "");
    assert.equal(dot.status, 0);
    const nodes = JSON.parse(dot.stdout).objects?.filter((object) => object.label?.startsWith("<")) ?? [];
    assert.equal(nodes.length, tables.length + (facts.views ?? []).length);
  } catch (error) {
    const found = error.diags?.map((diag) => `${diag.message} ${JSON.stringify(diag.location?.start)}`).join("\n");
    console.error(`${file}: ${found ?? error.stack}`);
    process.exitCode = 1;
  }
}

// ---- diagrams ----

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
const tab = await browser.newPage();
await tab.goto("about:blank");
await tab.addScriptTag({ path: join(MODULES, "mermaid/dist/mermaid.min.js") });
await tab.evaluate(() => mermaid.initialize({ startOnLoad: false, maxTextSize: 50000, maxEdges: 500, securityLevel: "strict" }));
for (let at = 0; at < diagrams.length; at += 200) {
  const faults = await tab.evaluate(async (texts) => {
    const found = [];
    for (const [index, text] of texts.entries()) {
      try {
        if (text.length > 50000) throw new Error("longer than maxTextSize");
        if ((text.match(/--/g) ?? []).length > 2 * 500) throw new Error("more than maxEdges");
        await mermaid.parse(text);
        if (index % 20 === 0) {
          const { svg } = await mermaid.render("d", text);
          const all = [...new DOMParser().parseFromString(svg, "text/html").querySelectorAll("*")];
          if (all.some((one) => one.matches("script, img") || [...one.attributes].some(({ name, value }) => name.startsWith("on") || value.startsWith("javascript:"))))
            throw new Error("something in the picture is live");
        }
      } catch (error) {
        found.push([index, String(error.message ?? error)]);
      }
    }
    return found;
  }, diagrams.slice(at, at + 200).map(([, text]) => text));
  for (const [index, message] of faults) {
    console.error(`${diagrams[at + index][0]}: ${message}\n${diagrams[at + index][1].slice(0, 2000)}`);
    process.exitCode = 1;
  }
}
await browser.close();
if (!keep) rmSync(work, { recursive: true, force: true });
assert(linkCount && placeCount && tableCount && diagrams.length);
console.log(`${files.length} snapshots, ${tableCount} tables, ${linkCount} links, ${diagrams.length} diagrams`);
