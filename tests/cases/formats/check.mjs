// What must hold of every pair of snapshots in the formats that programs read: the JSON Patch makes the new
// document of the old one, the workflow commands and the SARIF log tell each change once and nothing else,
// the Markdown fits in a comment. RFC 6902 is implemented here anew.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pairs, shown } from "./pairs.mjs";

const { BIN, SOURCE, SEED = "1", LONG, COUNT = LONG ? "60" : "16", PAIRS = "" } = process.env;
const work = mkdtempSync(join(tmpdir(), "formats-"));

function diff(format, before, after) {
  const { status, stdout, stderr } = spawnSync(join(BIN, "schema-diff"), ["-a", before, "-f", format, after], { encoding: "utf8", maxBuffer: 1 << 28 });
  assert(status === 0 || status === 1, `${format}: ${status} ${stderr}`);
  return stdout;
}

// ---- RFC 6902 ----

const tokens = (path) => path.split("/").slice(1).map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
const place = (list, token, end) => {
  assert(/^(0|[1-9][0-9]*)$/.test(token) && +token < list.length + end, `no place ${token}`);
  return +token;
};

function patched(doc, patch) {
  for (const { op, path, value, ...others } of patch) {
    assert.deepEqual(others, {});
    const way = tokens(path), last = way.pop();
    const inside = way.reduce((at, token) => (Array.isArray(at) ? at[place(at, token, 0)] : (assert(Object.hasOwn(at, token), `no ${token}`), at[token])), doc);
    const isList = Array.isArray(inside);
    if (op !== "add") assert(isList ? place(inside, last, 0) >= 0 : Object.hasOwn(inside, last), `${op} of what is not there: ${path}`);
    if (op === "test") assert.deepEqual(isList ? inside[last] : inside[last], value);
    else if (op === "add" && isList) inside.splice(place(inside, last, 1), 0, value);
    else if (op === "remove" && isList) inside.splice(+last, 1);
    else if (op === "remove") delete inside[last];
    else if (op === "add" || op === "replace") inside[last] = value;
    else assert.fail(op);
  }
  return doc;
}

function checkPatch(before, after, changes) {
  const read = (file) => JSON.parse(readFileSync(file, "utf8"));
  const patch = JSON.parse(diff("jsonpatch", before, after));
  assert.deepEqual(patch[0], { op: "test", path: "/hash", value: changes.from });
  assert.deepEqual(patched(read(before), patch), read(after));
  // As small as it can be told: no operation that changes nothing.
  assert(changes.summary.total > 0 || patch.every(({ path }) => /^\/(hash|meta|members|transactions|lineage|[a-z_]+)/.test(path)));
  return patch.length;
}

// ---- workflow commands ----

const unescape = (data) => data.replace(/%(3A|2C|0D|0A|25)/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
const level = { breaking: "error", risky: "warning", safe: "notice" };
// What the title of a change may be: of a renamed one it tells whether it only went to another schema.
const titlesOf = ({ kind, id, op, fields }) => {
  const old = op === "renamed" && fields[0].name === "id" ? fields[0].old : null;
  return (old === null ? [`${kind} ${id} ${op}`] : ["renamed", "moved"].map((word) => `${kind} ${old} ${word} to ${id}`)).map(plain);
};

function checkCommands(before, after, { changes }) {
  const lines = diff("github", before, after).split("\n");
  assert.equal(lines.pop(), "");
  assert.equal(lines.length, changes.length, "a command for each change");
  const told = lines.map((line) => {
    const [, command, properties, data] = line.match(/^::(error|warning|notice) ([^:\r\n]*)::([^\r\n]*)$/);
    const all = Object.fromEntries(properties.split(",").map((property) => property.match(/^([a-z]+)=([^,:]*)$/).slice(1)));
    assert(!/%(?!(3A|2C|0D|0A|25))/.test(properties + data), "a bare percent sign");
    return [command, unescape(all.title), unescape(data).split("\n")[0]];
  });
  const rest = [...told];
  for (const change of changes) {
    const titles = titlesOf(change);
    const at = rest.findIndex(([command, title, why]) => command === level[change.severity] && why === change.why && titles.includes(title));
    assert(at >= 0, `not told: ${titles[0]}`);
    rest.splice(at, 1);
  }
  const order = ["error", "warning", "notice"];
  assert.deepEqual(told.map(([c]) => c), told.map(([c]) => c).sort((a, b) => order.indexOf(a) - order.indexOf(b)));
}

// Line ends are data; other controls come out as U+FFFD.
const plain = (name) => name.split(/([\r\n])/).map((part, i) => (i % 2 ? part : shown(part))).join("");

// ---- SARIF ----

function checkSarif(before, after, { changes }) {
  const log = JSON.parse(diff("sarif", before, after));
  assert.equal(log.version, "2.1.0");
  assert.equal(log.runs.length, 1);
  const [{ tool: { driver }, results }] = log.runs;
  assert.equal(driver.name, "schema-diff");
  assert.equal(new Set(driver.rules.map(({ id }) => id)).size, driver.rules.length);
  assert.equal(results.length, changes.length);
  assert.equal(new Set(results.map(({ partialFingerprints }) => partialFingerprints["change/v1"])).size, results.length, "fingerprints are unique");
  const names = (list) => list.map((item) => item.join("\0")).sort();
  assert.deepEqual(
    names(results.map(({ locations: [{ logicalLocations: [{ fullyQualifiedName, kind }] }], level, properties }) => [fullyQualifiedName, kind, level, properties.op])),
    names(changes.map(({ id, kind, severity, op }) => [id, kind, { breaking: "error", risky: "warning", safe: "note" }[severity], op])),
  );
  for (const { ruleId, ruleIndex, message } of results) {
    assert.equal(driver.rules[ruleIndex].id, ruleId);
    assert.match(ruleId, /^[a-z-]+$/);
    assert(message.text.length > 0);
    assert(!/(?<!\\)\[[^\]]*\]\(/.test(message.text), `a link: ${message.text}`);
    assert(!/[\u0000-\u001f\u202a-\u202e]/.test(message.text));
    assert(!/[{}]/.test(message.text.replaceAll("{{", "").replaceAll("}}", "")), "a brace alone");
  }
}

// ---- all of it ----

let operations = 0, count = 0;
for (const [name, before, after] of pairs(SOURCE, work, { count: +COUNT, seed: +SEED, given: PAIRS })) {
  try {
    const changes = JSON.parse(diff("json", before, after));
    operations += checkPatch(before, after, changes);
    checkCommands(before, after, changes);
    checkSarif(before, after, changes);
    assert(diff("markdown", before, after).length <= 65536);
    count++;
  } catch (error) {
    console.error(`${name}: ${error.stack}`);
    process.exitCode = 1;
  }
}
rmSync(work, { recursive: true, force: true });
assert(count > 100 && operations > count);
console.log(`${count} pairs, ${operations} operations`);
