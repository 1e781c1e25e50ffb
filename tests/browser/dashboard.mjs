// The dashboard in Chromium: no violation of its own policy, no request to another host, hostile names
// stay text, changes arrive without a reload, the button reaches the supervisor.
// SHOTS=DIR saves pictures of the page there.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { chromium } = createRequire(import.meta.url)(process.env.PLAYWRIGHT);
const MINUTE = 60000;
const iso = (ms) => new Date(ms).toISOString();
const start = Date.now();
const evil = '"><img src=x onerror=alert(1)><script>alert(2)</script>\u202egnp.exe';

let serial = 0;
const ulid = () => "01KB" + String(serial++).padStart(22, "0");

// ---- a project with a past ----

const change = (op, kind, id, severity, why, affects = [], fields = []) => ({ affects, fields, id, kind, op, severity, why });
const body = (limit) => `
begin
  select count(*) into n from public.orders where customer_id = customer;
  if n > ${limit} then
    raise exception 'too many open orders';
  end if;
  return n;
end`;

const changeSets = [
  [6, [
    change("changed", "column", "public.orders.total", "breaking", "the type of a column changed: integer to bigint, which no longer fits a JavaScript number", ["readers", "types", "data"], [{ name: "type", old: "integer", new: "bigint" }, { name: "default", old: "0", new: null }]),
    change("removed", "column", "public.customers.fax", "breaking", "a column is gone: every query that names it fails", ["readers", "writers", "data"], [{ name: "type", old: "character varying(40)" }]),
    change("changed", "policy", "public.orders.read_own", "risky", "who may read rows changed", ["security", "readers"], [{ name: "using", old: "(auth.uid() = customer_id)", new: "((auth.uid() = customer_id) OR is_support())" }, { name: "roles", old: ["authenticated"], new: ["authenticated", "support"] }]),
    change("added", "table", "public.invoices", "safe", "a new table", ["types"], [{ name: "columns", new: ["id", "order_id", "issued_at", "pdf_path"] }]),
    change("added", "index", "public.orders.orders_customer_idx", "safe", "a new index", [], [{ name: "definition", new: "CREATE INDEX orders_customer_idx ON public.orders USING btree (customer_id)" }]),
  ]],
  [95, [
    change("changed", "function", "public.open_orders(uuid)", "risky", "the body of a function changed", ["readers"], [{ name: "body", old: body(10), new: body(25) }, { name: "volatility", old: "volatile", new: "stable" }]),
    change("changed", "enum", "public.order_status", "safe", "labels were added at the end", ["types"], [{ name: "labels", old: ["draft", "paid", "sent"], new: ["draft", "paid", "sent", "returned"] }]),
  ]],
  [1500, [
    change("added", "column", `public.notes.${evil}`, "safe", "a new column", ["types"], [{ name: "comment", new: evil }, { name: "type", new: "text" }]),
    change("renamed", "table", "public.line_items", "breaking", "a table has another name: public.items before", ["readers", "writers", "types"], [{ name: "name", old: "items", new: "line_items" }]),
    ...Array.from({ length: 12 }, (_, i) => change("added", "column", `public.products.attribute_${i + 1}`, "safe", "a new column that may be null", ["types"], [{ name: "type", new: "text" }])),
  ]],
];

function eventOf(minutes, changes) {
  const count = (severity) => changes.filter((one) => one.severity === severity).length;
  return {
    format: "event/1", id: ulid(), type: "schema.changed", timestamp: iso(start - minutes * MINUTE), project: "shop",
    severity: count("breaking") ? "warning" : "info", summary: `${changes.length} changes, ${count("breaking")} breaking`, links: {},
    data: { from: "sha256:" + "4be1".repeat(16), to: "sha256:" + "3fa9c1d2".repeat(8), changes, summary: { total: changes.length, breaking: count("breaking"), risky: count("risky"), safe: count("safe") } },
  };
}

const lines = (list) => list.map((one) => JSON.stringify(one) + "\n").join("");

function statusOf(check, more = {}) {
  return {
    format: "status/1", project: "shop", state: "ok", message: "the schema has not changed since the last check", source: "live",
    hash: "sha256:" + "3fa9c1d2".repeat(8), objects: { tables: 48, views: 12, functions: 31, enums: 9, policies: 74 },
    last_check: { id: ulid(), time: iso(check), duration_ms: 184, result: "ok" }, interval_ms: 300000, next_check: iso(check + 300000),
    last_change: { id: "x", time: iso(start - 6 * MINUTE), summary: "5 changes, 2 breaking", total: 5 },
    types: { path: "src/types/database.ts", result: "fresh", time: iso(check) }, supervisor: { pid: 1, since: iso(start) }, ...more,
  };
}

function replace(path, text) {
  writeFileSync(path + ".tmp", text);
  renameSync(path + ".tmp", path);
}

function makeProject() {
  const root = mkdtempSync(join(tmpdir(), "dashboard-"));
  for (const name of ["supabase", ".schema/memory", ".schema/outbox/new", ".schema/outbox/dead", "logs/notifications", "logs/validation", "backups/schema-versions", "backups/types"])
    mkdirSync(join(root, name), { recursive: true, mode: 0o700 });
  writeFileSync(join(root, "supabase/monitor-config.json"), '{"project":{"name":"shop"}}');
  return root;
}

function fillProject(root) {
  const put = (name, text) => writeFileSync(join(root, name), text);
  put(".schema/status.json", JSON.stringify(statusOf(start - 42000)));
  put(".schema/runs.jsonl", lines(Array.from({ length: 84 }, (_, i) => {
    const age = 84 - i;
    const result = [83, 64, 41, 20, 2].includes(i + 1) || age === 2 ? "changed" : [52, 53].includes(i) ? "failed" : "ok";
    return { id: ulid(), time: iso(start - 42000 - (age - 1) * 5 * MINUTE), duration_ms: 120 + Math.round(90 * Math.abs(Math.sin(i * 1.7))) + (i === 30 ? 900 : 0), result, changes: result === "changed" ? 5 : 0, severity: result === "changed" ? "breaking" : undefined, lag_ms: i === 54 ? 640000 : 12 };
  })));
  const events = changeSets.map(([minutes, changes]) => eventOf(minutes, changes)).reverse();
  put(".schema/memory/events.jsonl", lines(events));
  put("logs/notifications/history.jsonl", lines(events.flatMap((event, i) => [
    { time: event.timestamp, event: event.id, type: event.type, severity: event.severity, summary: event.summary, outcome: "queued" },
    { time: event.timestamp, event: event.id, type: event.type, severity: event.severity, summary: event.summary, channel: "memory", outcome: "delivered", attempt: 1, latency_ms: 1 },
    { time: event.timestamp, event: event.id, type: event.type, severity: event.severity, summary: event.summary, channel: "ops-chat", outcome: i === 1 ? "dead" : "delivered", attempt: i === 1 ? 10 : 1, code: i === 1 ? 410 : 200, latency_ms: 183, error: i === 1 ? "the address is gone" : undefined },
  ])));
  put(".schema/outbox/dead/a.json", "{}");
  const report = ulid();
  const past = Array.from({ length: 18 }, (_, i) => ({ id: ulid(), started: iso(start - (20 - i) * 60 * MINUTE), duration_ms: 31000, result: [4, 5].includes(i) ? "failed" : "passed", passed: [4, 5].includes(i) ? 3 : 4, failed: [4, 5].includes(i) ? 1 : 0, skipped: 0 }));
  put("logs/validation/history.jsonl", lines([...past, { id: report, started: iso(start - 5 * MINUTE), duration_ms: 38200, result: "failed", passed: 3, failed: 1, skipped: 1 }]));
  const step = (name, command, status, ms, more = {}) => ({ name, command, status, required: true, duration_ms: ms, output: "", exit_code: status === "passed" ? 0 : 1, ...more });
  put(`logs/validation/${report}.json`, JSON.stringify({
    format: "report/1", id: report, kind: "validation", project: "shop", started: iso(start - 5 * MINUTE), ended: iso(start - 4.4 * MINUTE), duration_ms: 38200, result: "failed",
    steps: [
      step("types", ["npx", "tsc", "--noEmit"], "failed", 9400, { output: "\u001b[96msrc/cart.ts\u001b[0m:88:14 - error TS2322: Type 'string' is not assignable to type 'number'.\n\n88   const sum: number = order.total;\n               ~~~\n\nFound 1 error in src/cart.ts:88\n" }),
      step("lint", ["npx", "eslint", "."], "passed", 6200, { output: "" }),
      step("unit", ["npm", "test"], "passed", 14100, { output: "✓ 212 passed (14.1 s)\n" }),
      step("build", ["npm", "run", "build"], "passed", 8500, { output: "built in 8.5 s\n" }),
      step("end to end", ["npm", "run", "e2e"], "skipped", 0, { why: "needs the types step, which failed", exit_code: undefined }),
    ],
    summary: { passed: 3, failed: 1, skipped: 1 },
  }));
  for (const [set, size] of [["schema-versions", 18400], ["types", 6100]])
    put(`backups/${set}/manifest.jsonl`, lines(changeSets.map(([minutes], i) => ({ id: ulid(), time: iso(start - minutes * MINUTE), size: size - i * 310, reason: "before a change" })).reverse()));
}

// ---- the other parties ----

// Holds the supervisor's lock, reads its FIFO, and does a check for each word.
const supervisor = `
import fcntl, json, os, sys, time, datetime
os.chdir(sys.argv[1])
lock = open('.schema/lock.supervisor', 'w'); fcntl.lockf(lock, fcntl.LOCK_EX)
os.mkfifo('.schema/requests', 0o600)
fifo = os.open('.schema/requests', os.O_RDWR)
print('ready', flush=True)
def put(status):
    open('.schema/s', 'w').write(json.dumps(status)); os.rename('.schema/s', '.schema/status.json')
def now(): return datetime.datetime.now(datetime.timezone.utc).strftime('%Y-%m-%dT%H:%M:%S.000Z')
while True:
    word = os.read(fifo, 100).decode().strip()
    print(word, flush=True)
    try: status = json.load(open('.schema/status.json'))
    except FileNotFoundError: status = {'format': 'status/1', 'project': 'shop'}
    put(dict(status, state='checking')); time.sleep(0.8)
    id = '01KC' + str(time.time_ns()).zfill(22)
    put(dict(status, state='ok', message='the schema has not changed', last_check={'id': id, 'time': now(), 'duration_ms': 150, 'result': 'ok'}))
`;

function startSupervisor(root) {
  const child = spawn("python3", ["-c", supervisor, root], { stdio: ["ignore", "pipe", "inherit"] });
  const words = [];
  return new Promise((resolve) => child.stdout.on("data", (text) => {
    words.push(...String(text).split("\n").filter(Boolean));
    resolve({ child, words });
  }));
}

function startServer(root, ...more) {
  const child = spawn(join(process.env.BIN, "dash-serve"), ["-C", root, "--port", "0", ...more], { stdio: ["ignore", "ignore", "pipe"] });
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr.on("data", (text) => {
      said += text;
      const url = /listening on (http:\S+)\n/.exec(said)?.[1];
      if (url) resolve({ child, url, said: () => said });
    });
    child.on("exit", (code) => reject(new Error(`dash-serve ended with ${code}: ${said}`)));
  });
}

const ended = (child) => (child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise((resolve) => child.on("exit", resolve)));

async function stop(child) {
  child.removeAllListeners("exit");
  child.kill("SIGTERM");
  await ended(child);
  return child.exitCode;
}

// ---- the tests ----

let passed = 0, failed = 0;
async function test(sentence, run) {
  try {
    await run();
    passed++;
    console.log(`ok - ${sentence}`);
  } catch (error) {
    failed++;
    console.log(`not ok - ${sentence}\n${String(error.stack).replace(/^/gm, "    ")}`);
  }
}

const profile = mkdtempSync(join(tmpdir(), "chromium-"));
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", ...(process.env.CHROMIUM_FLAGS ?? "").split(" ").filter(Boolean)];
const browser = await chromium.launchPersistentContext(profile, { executablePath: process.env.CHROMIUM, args: flags, viewport: { width: 1280, height: 900 } });
const root = makeProject();
const server = await startServer(root);
const { host } = new URL(server.url);
const trouble = [];
const foreign = [];

async function openPage(url = server.url) {
  const page = await browser.newPage();
  page.on("pageerror", (error) => trouble.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of (401|403|503)|ERR_CONNECTION_REFUSED|WebSocket/.test(message.text())) trouble.push(message.text());
  });
  page.on("dialog", (dialog) => { trouble.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    const { protocol, host: to } = new URL(request.url());
    if (protocol !== "data:" && to !== host) foreign.push(request.url());
  });
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
    window.loads = (window.loads ?? 0) + 1;
  });
  await page.goto(url);
  return page;
}

const text = (page, selector) => page.locator(selector).innerText();
const shot = (page, name, options) => (process.env.SHOTS ? page.screenshot({ path: join(process.env.SHOTS, name), ...options }) : null);
const page = await openPage();

await test("without a check the page says what to do", async () => {
  await page.getByRole("heading", { name: "No check yet" }).waitFor();
  assert.match(await text(page, "#start"), /schema start/);
  assert.equal(await page.locator("#tiles").isVisible(), false);
  await shot(page, "empty.png");
});

await test("the button without a supervisor says why nothing happens", async () => {
  await page.getByRole("button", { name: "Check now" }).click();
  await page.getByText("No supervisor is running: start it with 'schema start'.").waitFor();
});

await test("it connects by WebSocket without being given a token", async () => {
  await page.locator("#live.on").waitFor({ timeout: 10000 });
});

await test("the first status appears without a reload", async () => {
  await page.evaluate(() => { window.still = "here"; });
  fillProject(root);
  await page.getByText("48 tables").waitFor({ timeout: 4000 });
  await page.locator(".change").first().waitFor();
  assert.equal(await page.evaluate(() => window.still), "here");
});

await test("it does not call healthy what has a failed validation", async () => {
  await page.getByRole("heading", { name: "Needs attention" }).waitFor();
  assert.equal(await text(page, "#message"), "Validation failed in 1 step, 1 notification could not be delivered");
  assert.match(await page.title(), /^Needs attention — shop$/);
});

await test("the age counts up by itself", async () => {
  const age = async () => Number(/checked (\d+) s ago/.exec(await text(page, "#when"))?.[1]);
  const before = await age();
  await page.waitForTimeout(3200);
  assert.ok((await age()) >= before + 2);
});

await test("hostile names are shown as text", async () => {
  await page.getByRole("button", { name: "Show all 14" }).click();
  const row = page.locator(".change", { hasText: "public.notes." });
  assert.match(await row.innerText(), /"><img src=x onerror=alert\(1\)><script>alert\(2\)<\/script>/);
  assert.doesNotMatch(await row.innerText(), /\u202e/);
  await row.click();
  assert.match(await text(page, "#detail"), /<script>alert\(2\)<\/script>/);
  assert.equal(await page.locator("main img, main script").count(), 0);
});

await test("a new change arrives by itself, with the old ones in place", async () => {
  const added = eventOf(0, [change("removed", "table", "public.legacy_carts", "breaking", "a table is gone", ["readers", "writers", "data"])]);
  appendFileSync(join(root, ".schema/memory/events.jsonl"), lines([added]));
  await page.locator(".change", { hasText: "public.legacy_carts" }).waitFor({ timeout: 4000 });
  assert.equal(await page.locator(".change", { hasText: "public.orders.total" }).count(), 1);
  assert.equal(await page.evaluate(() => window.still), "here");
});

await test("filters by severity and by text, and says when nothing fits", async () => {
  await page.getByRole("button", { name: /^Breaking/ }).click();
  assert.equal(await page.locator(".change").count(), 4);
  await page.keyboard.press("/");
  await page.keyboard.type("fax");
  assert.equal(await page.locator(".change").count(), 1);
  await page.keyboard.type("nothing of the kind");
  await page.getByText("No change fits.").waitFor();
  await page.keyboard.press("Escape");
  assert.ok((await page.locator(".change").count()) > 10);
});

await test("j and k walk through the changes, and the detail follows", async () => {
  await page.locator(".change", { hasText: "public.orders.total" }).click();
  await page.keyboard.press("j");
  assert.match(await text(page, "#detail h2"), /public\.customers\.fax/);
  await page.keyboard.press("k");
  assert.match(await text(page, "#detail h2"), /public\.orders\.total/);
  assert.match(await text(page, "#detail"), /integer[\s\S]*bigint/);
});

await test("? opens the help and Escape closes it", async () => {
  await page.keyboard.press("?");
  await page.locator("#help[open]").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#help[open]").count(), 0);
});

await test("the report shows what the failed step printed", async () => {
  assert.match(await text(page, "#validation"), /error TS2322/);
  assert.doesNotMatch(await text(page, "#validation"), /\[96m/);
  assert.match(await text(page, "#validation"), /needs the types step/);
});

const overseer = await startSupervisor(root);
await test("the button asks the supervisor, and tells when the check has ended", async () => {
  await page.waitForFunction(() => !document.getElementById("when").textContent.includes("no supervisor"));
  await page.getByRole("button", { name: "Check now" }).click();
  await page.getByRole("button", { name: "Checking" }).waitFor();
  await page.getByText("Nothing has changed.").waitFor({ timeout: 8000 });
  assert.deepEqual(overseer.words, ["ready", "check"]);
  await page.locator("#when", { hasText: /checked (just now|\d s ago)/ }).waitFor();
});

if (process.env.SHOTS) await test("pictures", async () => {
  replace(join(root, ".schema/status.json"), JSON.stringify(statusOf(Date.now() - 42000)));
  await page.waitForTimeout(5500);
  await page.locator(".change", { hasText: "public.orders.read_own" }).click();
  await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
  await shot(page, "dash-light.png", { fullPage: true });
  await page.locator(".change", { hasText: "open_orders" }).click();
  await shot(page, "function.png");
  await page.setViewportSize({ width: 360, height: 740 });
  await shot(page, "phone-detail.png");
  await page.keyboard.press("Escape");
  await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
  await shot(page, "phone.png", { fullPage: true });
  await shot(page, "phone-top.png");
  await page.locator("#changes").scrollIntoViewIfNeeded();
  await page.evaluate(() => document.getElementById("changes").scrollIntoView());
  await shot(page, "phone-changes.png");
  await page.setViewportSize({ width: 1280, height: 900 });
});

await test("what was mended turns it healthy by itself", async () => {
  replace(join(root, ".schema/status.json"), JSON.stringify(statusOf(Date.now() - 42000)));
  rmSync(join(root, ".schema/outbox/dead/a.json"));
  appendFileSync(join(root, "logs/validation/history.jsonl"), lines([{ id: ulid(), started: iso(Date.now()), duration_ms: 1, result: "passed", passed: 4, failed: 0, skipped: 0 }]));
  await page.getByRole("heading", { name: "Healthy" }).waitFor({ timeout: 4000 });
  assert.match(await page.title(), /^Healthy — shop$/);
});

if (process.env.SHOTS) await test("a picture in the dark", async () => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.locator(".change", { hasText: "public.orders.total" }).click();
  await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
  await page.emulateMedia({ colorScheme: "dark" });
  await shot(page, "dash-dark.png", { fullPage: true });
  await page.emulateMedia({ colorScheme: "light" });
});

await test("at 360 px nothing is wider than the window", async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  assert.ok(inner <= outer, `${inner} > ${outer}`);
  await page.setViewportSize({ width: 1280, height: 900 });
});

await test("an old check turns the page grey, and its title tells", async () => {
  replace(join(root, ".schema/status.json"), JSON.stringify(statusOf(Date.now() - 40 * MINUTE)));
  await page.getByRole("heading", { name: "Out of date" }).waitFor({ timeout: 4000 });
  assert.match(await page.title(), /^Out of date for 40 min — shop$/);
  assert.ok(await page.evaluate(() => document.body.classList.contains("stale")));
  await shot(page, "stale.png");
});

await test("a failed check says what failed", async () => {
  replace(join(root, ".schema/status.json"), JSON.stringify(statusOf(Date.now(), { state: "failed", last_check: { id: ulid(), time: iso(Date.now()), result: "failed", error: "cannot connect to 'db.example' port 5432: connection refused" } })));
  await page.getByRole("heading", { name: "The check failed" }).waitFor({ timeout: 4000 });
  assert.match(await text(page, "#message"), /connection refused/);
  await shot(page, "failed.png");
});

await test("with --require-token the page is locked until it is opened with the token", async () => {
  const locked = await startServer(root, "--require-token");
  const seen = foreign.length;
  const other = await openPage(locked.url);
  await other.getByRole("heading", { name: "Open it with its token" }).waitFor();
  const token = readFileSync(join(root, ".schema/dashboard.token"), "utf8").trim();
  await other.goto(`${locked.url}/#token=${token}`);
  await other.locator("#live.on").waitFor({ timeout: 10000 });
  assert.doesNotMatch(other.url(), /token/);
  await other.close();
  foreign.splice(seen, foreign.length, ...foreign.slice(seen).filter((url) => new URL(url).host !== new URL(locked.url).host));
  assert.equal(await stop(locked.child), 0);
});

await test("without its server the page says so and stays", async () => {
  const before = await page.evaluate(() => window.violations);
  assert.deepEqual(before, []);
  const at = Date.now();
  assert.equal(await stop(server.child), 0);
  assert.ok(Date.now() - at < 1000, "dash-serve took longer than a second to stop");
  await page.locator("#live.lost").waitFor({ timeout: 10000 });
  assert.equal(await page.evaluate(() => window.still), "here");
});

await test("no violation of the policy, no error, no dialog, no request to another host", async () => {
  assert.deepEqual(trouble, []);
  assert.deepEqual(foreign, []);
  assert.equal(server.said().split("\n").length, 2, server.said());
});

await browser.close();
overseer.child.kill();
rmSync(root, { recursive: true });
rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
