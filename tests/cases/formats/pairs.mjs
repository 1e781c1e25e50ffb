// Pairs of snapshots for the tests of schema-diff's formats: those of cases/diff, both ways and each with the
// next, those that PAIRS names (OLD NEW OLD NEW ...), and COUNT made from SEED on, with hostile names and texts.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const kinds = (source) =>
  [...readFileSync(join(source, "lib/model/kind.c"), "utf8").matchAll(/\[KIND_\w+\] = \{"[^"]*",\s*"([^"]*)",\s*KIND_NONE/g)].map(([, name]) => name);

const sorted = (value) =>
  Array.isArray(value)
    ? value.map(sorted)
    : value && typeof value === "object"
      ? Object.fromEntries(Object.keys(value).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).map((key) => [key, sorted(value[key])]))
      : value;
const lines = (list) => list.map((item) => JSON.stringify(sorted(item))).join(",\n");

function layOut(doc, sections) {
  let body = "", asides = "";
  for (const name of sections) {
    const list = [...(doc[name] ?? [])].sort((a, b) => Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)));
    if (list.length) body += `"${name}":[\n${lines(list)}\n],\n`;
  }
  for (const name of ["members", "transactions", "lineage"]) if (doc[name]?.length) asides += `"${name}":[\n${lines(doc[name])}\n],\n`;
  const hash = createHash("sha256").update(body).digest("hex");
  return `{"format":"snapshot/1",\n"meta":${JSON.stringify(sorted(doc.meta ?? { source: "live" }))},\n${body}${asides}"hash":"sha256:${hash}"}\n`;
}

// ---- made ones ----

let state = 0;
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const pick = (list) => list[random(list.length)];
const pieces = [
  "a", "b", "Z", "_", "1", " ", "|", "`", "```", "~~~", '"', "'", "\\", "\n", "\r\n", "\t", "<b>", "</table>", "</details>", "<!--", "-->", "]]>",
  "&amp;", "&", "#1", "GH-2", ";", "%%", "%0A", "%25", "%", "::", "::error::x", "##[error]x", "\n::error file=a::b\n", "{", "}", "[", "]", "(", ")", "{0}",
  "*", "_x_", "**", "$$", "$", "~0", "~1", "/", "//", "~", "😀", "é", "日本", "עברית", "\u202e", "\u2066", "\u200b", "\u0001", "\u001b[31m", "\u001b]0;x\u0007", "\u009b2J",
  "@team", "@org/team", "user@example.com", "http://x.org", "www.x.org", "https://x.org/a?b=c", "[x](javascript:alert(1))", "![x](http://x.org/y.png)",
  "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:", "erDiagram", "end", ":::", "classDef", ",", ".", ":", "=", "x".repeat(70), "\\u0000",
];
const text = (most) => Array.from({ length: 1 + random(most) }, () => pick(pieces)).join("");
const quote = (name) => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);
// What the formats show of a name; two that are one then are not told apart here.
export const shown = (name) =>
  name.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f]/gu, "\ufffd");

function fresh(seen, tame) {
  for (let i = 0; ; i++) {
    const name = tame ? `${pick(["a", "b", "c", "order", "user"])}${i + random(50)}` : text(5);
    const key = shown(name.replaceAll("\r", "").replaceAll("\n", "⏎").replaceAll("\t", " "));
    if (name.trim() && !seen.has(key)) {
      seen.add(key);
      return name;
    }
  }
}

const types = ["integer", "text", "text[]", "timestamp with time zone", "numeric(8,2)", "jsonb"];
const body = () => Array.from({ length: 1 + random(12) }, () => text(6)).join("\n");
const column = (names, tame) => ({ name: fresh(names, tame), type: pick(types), not_null: random(2) ? true : undefined, default: random(3) ? undefined : text(3), comment: random(3) ? undefined : text(5) });

function make(seed) {
  state = seed * 7919;
  const tame = seed % 3 === 0, names = new Set();
  const schema = tame ? "public" : fresh(names), doc = { schemas: [{ id: quote(schema), name: schema }], enums: [], tables: [], views: [], functions: [] };
  const id = (name) => `${quote(schema)}.${quote(name)}`;
  for (let i = 0; i < 1 + random(6); i++) {
    const name = fresh(names, tame), inside = new Set();
    const columns = Array.from({ length: 1 + random(6) }, () => column(inside, tame));
    doc.tables.push({
      id: id(name), schema, name, kind: "table", columns, comment: random(2) ? text(8) : undefined,
      grants: random(2) ? { [text(2)]: ["select"], anon: ["all"] } : undefined,
      constraints: [{ name: fresh(inside, tame), type: "primary key", columns: [columns[0].name], definition: `PRIMARY KEY (${quote(columns[0].name)})` }],
      policies: random(2) ? [{ name: fresh(inside, tame), command: "select", roles: [text(2)], using: text(4) }] : undefined,
    });
  }
  for (const table of doc.tables) {
    if (!random(2)) continue;
    const target = pick(doc.tables), from = pick(table.columns);
    table.constraints.push({
      name: `k ${text(2)}`, type: "foreign key", columns: [from.name], references: target.id, reference_columns: [target.columns[0].name],
      definition: `FOREIGN KEY (${quote(from.name)}) REFERENCES ${target.id}`,
    });
    table.constraints.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  }
  for (let i = 0; i < random(3); i++) {
    const name = fresh(names, tame);
    doc.enums.push({ id: id(name), schema, name, labels: Array.from({ length: 1 + random(4) }, () => text(2)) });
  }
  for (let i = 0; i < random(3); i++) {
    const name = fresh(names, tame);
    doc.functions.push({ id: `${id(name)}()`, schema, name, kind: "function", arguments: "", returns: "void", language: "plpgsql", body: body() });
    const view = fresh(names, tame);
    doc.views.push({ id: id(view), schema, name: view, definition: body(), columns: [{ name: "a", type: "integer" }] });
  }
  return { doc, names, schema, id, tame };
}

// Another state of it: a few things come, go and change.
function change({ doc, names, schema, id, tame }) {
  const next = structuredClone(doc);
  for (let i = 0; i < 1 + random(8); i++) {
    const table = next.tables.length ? pick(next.tables) : null;
    switch (random(9)) {
      case 0: if (table) next.tables.splice(next.tables.indexOf(table), 1); break;
      case 1: { const name = fresh(names, tame); next.tables.push({ id: id(name), schema, name, kind: "table", columns: [column(new Set(), tame)] }); break; }
      case 2: table?.columns.push(column(new Set(table.columns.map(({ name }) => name)), tame)); break;
      case 3: if (table?.columns.length > 1) table.columns.splice(random(table.columns.length), 1); break;
      case 4: if (table) pick(table.columns).type = pick(types); break;
      case 5: if (table) table.comment = text(8); break;
      case 6: if (next.functions.length) pick(next.functions).body = body(); break;
      case 7: if (next.enums.length) pick(next.enums).labels.splice(random(2), random(2), text(2)); break;
      case 8: if (next.views.length) pick(next.views).definition = body(); break;
    }
  }
  return next;
}

// [name, path of the old one, path of the new one] for each pair, written into that directory.
export function pairs(source, directory, { count = 60, seed = 1, given = "" } = {}) {
  const sections = kinds(source), found = [], cases = [];
  const write = (name, doc) => {
    const file = join(directory, name);
    writeFileSync(file, layOut(doc, sections));
    return file;
  };
  for (const name of readdirSync(join(source, "tests/cases/diff")))
    cases.push([name, ...["old", "new"].map((side) => write(`${name}.${side}`, JSON.parse(readFileSync(join(source, "tests/cases/diff", name, `${side}.json`), "utf8"))))]);
  for (const [i, [name, before, after]] of cases.entries()) {
    const [next, , other] = cases[(i + 1) % cases.length];
    found.push([name, before, after], [`${name}, back`, after, before], [`${name} and ${next}`, after, other]);
  }
  for (let i = seed; i < seed + count; i++) {
    const made = make(i);
    const before = write(`seed-${i}.old`, made.doc), after = write(`seed-${i}.new`, change(made));
    found.push([`seed ${i}`, before, after], [`seed ${i}, back`, after, before]);
  }
  const paths = given.split(" ").filter(Boolean);
  for (let i = 0; i + 1 < paths.length; i += 2) found.push([paths[i + 1], paths[i], paths[i + 1]]);
  return found;
}
