// The dashboard's page. Everything shown comes from the JSON API of this server; every text is put
// in place as text, so no name in a schema can become markup.
"use strict";

// ---- small things ----------------------------------------------------------------------------

const $ = (id) => document.getElementById(id);

function el(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "class") node.className = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  ok: [["circle", { cx: 8, cy: 8, r: 7 }], ["path", { d: "M4.700 8.300l2.300 2.300 4.300-4.800" }]],
  changed: [["path", { d: "M8 1.200 14.800 8 8 14.800 1.200 8Z" }], ["path", { d: "M8 5v6M5 8h6" }]],
  failed: [["path", { d: "M8 1.500 15 14.200H1Z" }], ["path", { d: "M8 6.200v3.600M8 11.600v.600" }]],
  stale: [["circle", { cx: 8, cy: 8, r: 7 }], ["path", { d: "M8 4v4.300l2.700 1.700" }]],
  stopped: [["circle", { cx: 8, cy: 8, r: 7 }], ["path", { d: "M6.200 5.500v5M9.800 5.500v5" }]],
  checking: [["path", { d: "M8 1a7 7 0 1 1-6.600 4.700" }]],
  breaking: [["path", { d: "M8 1.500 15 14.200H1Z", fill: "currentColor" }]],
  risky: [["path", { d: "M8 1 15 8 8 15 1 8Z", fill: "currentColor" }]],
  safe: [["circle", { cx: 8, cy: 8, r: 5.500, fill: "currentColor" }]],
  skipped: [["circle", { cx: 8, cy: 8, r: 7 }], ["path", { d: "M4.500 8h7" }]],
  note: [["circle", { cx: 8, cy: 8, r: 7 }], ["path", { d: "M8 7.300v4M8 4.400v.600" }]],
  sent: [["path", { d: "M1.500 8h12M9 3.500 13.500 8 9 12.500" }]],
  waiting: [["circle", { cx: 8, cy: 8, r: 7 }], ["path", { d: "M8 4v4.300l2.700 1.700" }]],
};

function icon(name, extra) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon" + (extra ? " " + extra : ""));
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("fill", "none");
  svg.setAttribute("stroke", "currentColor");
  svg.setAttribute("stroke-width", "1.600");
  svg.setAttribute("stroke-linecap", "round");
  svg.setAttribute("stroke-linejoin", "round");
  for (const [tag, attributes] of ICONS[name] ?? ICONS.note) {
    const part = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) part.setAttribute(key, value);
    svg.append(part);
  }
  return svg;
}

// Control characters, invisible ones and those that turn the reading direction are shown as such.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const ANSI = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
const safe = (value) => String(value ?? "").replace(HIDDEN, "\ufffd");
const plural = (n, one, many = one + "s") => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

function duration(ms) {
  if (!(ms >= 0)) return "";
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const s = ms / 1000;
  if (s < 10) return `${s.toFixed(1)} s`;
  if (s < 90) return `${Math.round(s)} s`;
  if (s < 5400) return `${Math.round(s / 60)} min`;
  if (s < 129600) return `${Math.round(s / 3600)} h`;
  return `${Math.round(s / 86400)} days`;
}

function countdown(ms) {
  const s = Math.max(0, Math.round(ms / 1000));
  const two = (n) => String(n).padStart(2, "0");
  return s < 3600 ? `${Math.floor(s / 60)}:${two(s % 60)}` : `${Math.floor(s / 3600)}:${two(Math.floor((s % 3600) / 60))} h`;
}

const bytes = (n) => (n < 1000 ? `${n} B` : n < 1e6 ? `${(n / 1000).toFixed(1)} kB` : `${(n / 1e6).toFixed(1)} MB`);
const clockTime = (time) => new Date(time).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
const fullTime = (time) => new Date(time).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" });
const isTime = (time) => !Number.isNaN(Date.parse(time ?? ""));

function dayName(time) {
  const day = new Date(time);
  const today = new Date();
  const days = Math.round((new Date(today.toDateString()) - new Date(day.toDateString())) / 86400000);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return day.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year: days > 300 ? "numeric" : undefined });
}

function ago(time) {
  const s = Math.round((now() - Date.parse(time)) / 1000);
  return s < 2 ? "just now" : `${s < 90 ? `${s} s` : duration(s * 1000)} ago`;
}
const timeTag = (time, text) => el("time", { datetime: time, title: fullTime(time) }, text);
// One that keeps counting: tick() writes it anew.
const agoTag = (time) => el("time", { datetime: time, title: fullTime(time), "data-ago": true }, ago(time));

// ---- what is known ---------------------------------------------------------------------------

const known = {
  docs: {}, // name → the document
  tags: {}, // name → its ETag
  skew: 0, // the server's clock less ours, ms
  answeredAt: Date.now(), // when the server last answered
  reachable: true,
  locked: false,
  token: null,
  socket: "off",
};
const view = { severity: "all", text: "", selected: null, opened: new Set(), older: [], next: undefined, bar: -1, wanted: false };
const now = () => Date.now() + known.skew;
const KIND_DOCS = {
  status: ["status", "runs"],
  changes: ["changes"],
  validation: ["validation"],
  notifications: ["notifications"],
  backups: ["backups"],
};
const ALL_DOCS = ["status", "runs", "changes", "validation", "notifications", "backups"];

async function ask(path, options = {}) {
  const headers = { ...(options.headers ?? {}) };
  if (known.token) headers.Authorization = `Bearer ${known.token}`;
  try {
    const answer = await fetch(path, { ...options, headers, cache: "no-store", credentials: "omit", redirect: "error" });
    known.reachable = true;
    known.answeredAt = Date.now();
    return answer;
  } catch {
    known.reachable = false;
    return null;
  }
}

async function load(name) {
  const answer = await ask(`/api/v1/${name}`, known.tags[name] ? { headers: { "If-None-Match": known.tags[name] } } : {});
  if (!answer || answer.status === 304) return;
  if (answer.status === 401) {
    known.locked = true;
    return;
  }
  if (!answer.ok) return;
  known.locked = false;
  const doc = await answer.json();
  known.tags[name] = answer.headers.get("ETag");
  known.docs[name] = doc;
  if (name === "status" && isTime(doc.server_time)) known.skew = Date.parse(doc.server_time) - Date.now();
  if (name === "changes" && view.older.length === 0) view.next = doc.next;
}

async function loadAll(names) {
  await Promise.all(names.map(load));
  render(names);
}

function post(path, body) {
  return ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

// ---- the status ------------------------------------------------------------------------------

const STATES = {
  ok: { tone: "ok", word: "Healthy", icon: "ok" },
  attention: { tone: "risky", word: "Needs attention", icon: "failed" },
  changed: { tone: "changed", word: "The schema changed", icon: "changed" },
  failed: { tone: "failed", word: "The check failed", icon: "failed" },
  checking: { tone: "changed", word: "Checking", icon: "checking" },
  starting: { tone: "changed", word: "Starting", icon: "checking" },
  stopped: { tone: "stale", word: "Stopped", icon: "stopped" },
  stale: { tone: "stale", word: "Out of date", icon: "stale" },
  lost: { tone: "stale", word: "No answer from the dashboard", icon: "stale" },
  locked: { tone: "stale", word: "The dashboard asks for its token", icon: "stopped" },
  none: { tone: "stale", word: "No check yet", icon: "stopped" },
  loading: { tone: "stale", word: "Loading", icon: "stale" },
};
const GRACE_MS = 30000;
const LOST_MS = 20000;

// What is wrong beside the check itself. A page that says Healthy must mean all of it.
function concerns() {
  const { types, docs, validation } = known.docs.status ?? {};
  const newest = known.docs.validation?.history?.[0] ?? validation;
  const dead = (known.docs.notifications ?? known.docs.status?.notifications)?.dead ?? 0;
  return [
    types?.result === "failed" && "the types could not be generated",
    docs?.result === "failed" && "the documentation could not be written",
    newest?.result === "failed" && `validation failed${newest.failed ? ` in ${plural(newest.failed, "step")}` : ""}`,
    newest?.result === "error" && "validation was interrupted",
    dead > 0 && `${plural(dead, "notification")} could not be delivered`,
  ].filter(Boolean);
}

function currentState() {
  const status = known.docs.status;
  if (known.locked) return "locked";
  if (!known.reachable && Date.now() - known.answeredAt > LOST_MS) return "lost";
  if (!status) return "loading";
  const checked = Date.parse(status.last_check?.time ?? "");
  if (Number.isNaN(checked)) return status.state === "failed" ? "failed" : status.can_act ? "starting" : "none";
  if (now() - checked > 2 * (status.interval_ms ?? 300000) + GRACE_MS) return "stale";
  if (status.state === "ok" && concerns().length > 0) return "attention";
  return STATES[status.state] ? status.state : "ok";
}

function whenSentence(status, state) {
  if (!status || state === "locked") return "";
  const parts = [];
  if (isTime(status.last_check?.time)) parts.push(`checked ${ago(status.last_check.time)}`);
  const next = Date.parse(status.next_check ?? "");
  if (state === "checking") parts.push("checking now");
  else if (!status.can_act && isTime(status.last_check?.time)) parts.push("no supervisor is running");
  else if (!Number.isNaN(next) && state !== "lost") parts.push(next > now() ? `next in ${countdown(next - now())}` : "next check is due");
  const from = { live: "the live database", supabase: "the Supabase CLI's database" };
  if (status.source) parts.push(`from ${from[status.source] ?? safe(status.source)}`);
  return parts.join(" · ");
}

function messageOf(status, state) {
  if (state === "locked") return "";
  if (state === "lost") return "dash-serve does not answer. What is shown is the last that was known.";
  if (!status) return "";
  if (state === "stale") return status.can_act
    ? "The supervisor is running, but its checks do not end. See schema logs."
    : "Nothing has been checked since. Start the supervisor with schema start.";
  const error = status.last_check?.error;
  const parts = [];
  if (state === "failed" && error) parts.push(error);
  else if (state === "changed" && status.last_change?.summary) parts.push(status.last_change.summary);
  else if (state === "attention") parts.push(concerns().join(", "));
  else if (status.message && state !== "none") parts.push(status.message);
  if (state === "changed" && concerns().length > 0) parts.push(concerns().join(", "));
  if (status.warnings > 0) parts.push(`${plural(status.warnings, "thing")} could not be read: see schema logs`);
  if (status.migrations?.pending > 0) parts.push(`${plural(status.migrations.pending, "migration")} pending`);
  if (status.migrations?.missing > 0) parts.push(`${plural(status.migrations.missing, "migration")} applied without a file`);
  if (status.fallback) parts.push(`Read from ${status.source ?? "another source"}: ${status.fallback}`);
  const text = safe(parts.join(" — "));
  return text && text[0].toUpperCase() + text.slice(1);
}

let favicon = "";
function setFavicon(tone) {
  const colours = { ok: "#2c8a57", changed: "#3a6fd8", risky: "#b87910", failed: "#c9372c", stale: "#8b9494" };
  const shapes = {
    ok: "<circle cx='16' cy='16' r='13'/>",
    changed: "<path d='M16 1 31 16 16 31 1 16Z'/>",
    risky: "<path d='M16 2 31 29H1Z'/>",
    failed: "<path d='M16 2 31 29H1Z'/>",
    stale: "<path d='M16 3a13 13 0 1 0 0 26 13 13 0 0 0 0-26Zm0 6a7 7 0 1 1 0 14 7 7 0 0 1 0-14Z'/>",
  };
  const data = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32' fill='${colours[tone]}'>${shapes[tone]}</svg>`;
  if (favicon === tone) return;
  favicon = tone;
  document.querySelector("link[rel=icon]").href = `data:image/svg+xml,${encodeURIComponent(data)}`;
}

const setText = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};

let shownState = "";
function renderHero() {
  const status = known.docs.status;
  const state = currentState();
  const look = STATES[state];
  const project = safe(status?.project ?? "");
  setText($("project"), project || "Schema");
  setText($("headline"), look.word);
  setText($("when"), whenSentence(status, state));
  setText($("message"), messageOf(status, state));
  const aged = isTime(status?.last_check?.time) && state === "stale" ? ` for ${duration(now() - Date.parse(status.last_check.time))}` : "";
  const title = `${look.word}${aged}${project ? " — " + project : ""}`;
  if (document.title !== title) document.title = title;
  document.body.classList.toggle("stale", ["stale", "lost"].includes(state));
  setFavicon(look.tone);
  if (state !== shownState) {
    $("mark").className = `hero-mark tone-${look.tone}`;
    $("mark").replaceChildren(icon(look.icon, look.icon === "checking" ? "spin" : ""));
    shownState = state;
  }
  renderLive();
  renderCheck();
}

function renderLive() {
  const [mark, text] = !known.reachable ? ["lost", "not connected"]
    : known.socket === "on" ? ["on", "live"]
    : ["", "every 5 s"];
  $("live").className = `live ${mark}`;
  setText($("live-text"), text);
}

function renderStart() {
  const state = currentState();
  const start = $("start");
  const isEmpty = state === "none" || state === "starting";
  start.hidden = !isEmpty && state !== "locked";
  const hasHistory = ["changes", "notifications"].some((name) => (known.docs[name]?.[name] ?? []).length > 0);
  for (const part of [$("tiles"), document.querySelector(".split"), document.querySelector(".trio"), document.querySelector(".strip")])
    part.hidden = state === "locked" || (isEmpty && !hasHistory);
  if (start.hidden) return;
  const code = (text) => el("code", {}, text);
  if (state === "locked") {
    start.replaceChildren(
      el("h2", {}, "Open it with its token"),
      el("p", {}, "This dashboard was started with --require-token. Open ", code(`${location.origin}/#token=TOKEN`), " and write the content of ", code(".schema/dashboard.token"), " for TOKEN."));
    return;
  }
  start.replaceChildren(
    el("h2", {}, state === "starting" ? "The first check is on its way" : "Three steps to the first check"),
    el("p", { class: "soft" }, "This page fills itself as soon as a check has ended. There is nothing to reload."),
    el("ol", {},
      el("li", {}, el("p", {}, "See whether the project is ready: ", code("schema doctor"), " names what is missing, a database address for example.")),
      el("li", {}, el("p", {}, "Start the supervisor: ", code("schema start"), " checks now and then every ", duration(known.docs.status?.interval_ms ?? 300000), ".")),
      el("li", {}, el("p", {}, "Or check just once: ", code("schema check"), "."))));
}

// ---- the check button ------------------------------------------------------------------------

const check = { phase: "idle", note: "", bad: false, before: null, since: 0 };
const CHECK_PHASES = { idle: "Check now", asking: "Asking", waiting: "Checking", done: "Checked" };
const CHECK_LIMIT_MS = 120000;
let checkShown = "";

function renderCheck() {
  const status = known.docs.status;
  if (check.phase === "waiting" && status) {
    const last = status.last_check;
    if (last && last.id !== check.before && status.state !== "checking") {
      const words = { ok: "Nothing has changed.", first: "The schema was read for the first time.", changed: "There are changes.", failed: "The check failed." };
      Object.assign(check, { phase: "done", note: words[last.result] ?? "Done.", bad: last.result === "failed", since: Date.now() });
    } else if (Date.now() - check.since > CHECK_LIMIT_MS) {
      Object.assign(check, { phase: "idle", note: "The check was asked for, but none has ended within two minutes.", bad: true });
    }
  }
  if (check.phase === "done" && Date.now() - check.since > 5000) Object.assign(check, { phase: "idle", note: "", bad: false });
  const busy = check.phase === "asking" || check.phase === "waiting" || (check.phase === "idle" && status?.state === "checking");
  const phase = check.phase === "idle" && status?.state === "checking" ? "waiting" : check.phase;
  let note = check.note;
  if (!note && check.phase === "idle" && status && !status.can_act) note = "No supervisor is running: schema start";
  const shown = JSON.stringify([phase, note, check.bad, busy]);
  if (shown === checkShown) return;
  checkShown = shown;
  const button = $("check");
  button.setAttribute("aria-disabled", String(busy));
  button.replaceChildren(...(busy ? [icon("checking", "spin")] : phase === "done" ? [icon(check.bad ? "failed" : "ok")] : []), CHECK_PHASES[phase]);
  $("check-note").className = `check-note${check.bad ? " bad" : ""}`;
  $("check-note").textContent = safe(note);
}

async function askForCheck() {
  if ($("check").getAttribute("aria-disabled") === "true") return;
  Object.assign(check, { phase: "asking", note: "", bad: false, before: known.docs.status?.last_check?.id ?? null });
  renderCheck();
  if (!known.token) await findToken();
  const answer = known.token ? await post("/api/v1/actions", { action: "check" }) : null;
  if (answer?.status === 202) {
    Object.assign(check, { phase: "waiting", note: "The supervisor was asked.", since: Date.now() });
  } else {
    let reason = known.reachable ? "This page has no token: open it with #token= and the content of .schema/dashboard.token behind its address" : "dash-serve does not answer";
    if (answer) reason = (await answer.json().catch(() => ({}))).error ?? `refused (${answer.status})`;
    reason = reason[0].toUpperCase() + reason.slice(1) + ".";
    Object.assign(check, { phase: "idle", note: reason, bad: true });
  }
  renderCheck();
}

// ---- the last checks -------------------------------------------------------------------------

const BARS = 90;
const RESULTS = { ok: ["ok", "no change"], first: ["ok", "first look"], changed: ["changed", "changed"], failed: ["failed", "failed"] };

function runSentence(run) {
  const [, word] = RESULTS[run.result] ?? ["stale", safe(run.result)];
  const parts = [fullTime(run.time), run.result === "changed" && run.changes ? plural(run.changes, "change") + (run.severity ? `, ${safe(run.severity)}` : "") : word];
  if (run.duration_ms >= 0) parts.push(`took ${duration(run.duration_ms)}`);
  if (isLate(run)) parts.push(`${duration(run.lag_ms)} late`);
  if (run.error) parts.push(safe(run.error));
  return parts.join(" · ");
}

const isLate = (run) => run.lag_ms > (known.docs.status?.interval_ms ?? 300000);

function renderBars() {
  const runs = (known.docs.runs?.runs ?? []).slice(-BARS);
  const longest = Math.max(1, ...runs.map((run) => run.duration_ms || 0));
  const bars = Array.from({ length: BARS - runs.length }, () => el("i", { class: "none" }));
  runs.forEach((run, index) => {
    const [tone] = RESULTS[run.result] ?? ["stale"];
    const bar = el("i", { class: `tone-${tone}${tone === "failed" ? " failed" : ""}${isLate(run) ? " late" : ""}`, "data-index": index });
    const part = tone === "ok" ? 18 + 34 * Math.sqrt((run.duration_ms || 0) / longest) : 100;
    bar.style.setProperty("--h", `${part.toFixed(0)}%`);
    bars.push(bar);
  });
  $("bars").replaceChildren(...bars);
  $("bars").setAttribute("aria-label", barsSummary(runs));
  $("bars-table").hidden = runs.length === 0;
  $("bars-table").querySelector("div").replaceChildren(el("table", {},
    el("thead", {}, el("tr", {}, ...["time", "result", "changes", "took"].map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, ...[...runs].reverse().map((run) => el("tr", {},
      el("td", {}, fullTime(run.time)), el("td", {}, (RESULTS[run.result] ?? ["", safe(run.result)])[1]),
      el("td", {}, String(run.changes ?? 0)), el("td", {}, duration(run.duration_ms)))))));
  showBar(view.bar);
}

function barsSummary(runs) {
  if (runs.length === 0) return "No checks yet";
  const count = (result) => runs.filter((run) => run.result === result).length;
  const parts = [`Last ${plural(runs.length, "check")}`];
  if (isTime(runs[0].time)) {
    const day = dayName(runs[0].time);
    parts[0] += ` since ${/day$/.test(day) ? day.toLowerCase() : day} ${clockTime(runs[0].time)}`;
  }
  parts.push(`${count("ok") + count("first")} without change`);
  if (count("changed")) parts.push(`${count("changed")} changed`);
  if (count("failed")) parts.push(`${count("failed")} failed`);
  return parts.join(" · ");
}

function showBar(index) {
  const runs = (known.docs.runs?.runs ?? []).slice(-BARS);
  view.bar = runs[index] ? index : -1;
  for (const bar of $("bars").children) bar.classList.toggle("at", view.bar >= 0 && bar.dataset.index === String(view.bar));
  setText($("bars-text"), view.bar >= 0 ? runSentence(runs[view.bar]) : barsSummary(runs));
}

// ---- tiles -----------------------------------------------------------------------------------

function tile(name, href, tone, iconName, value, more, extra) {
  return el(href ? "a" : "div", { class: `card tile tone-${tone}`, href },
    el("span", { class: "tile-name" }, name),
    el("span", { class: "tile-value" }, iconName && icon(iconName), value),
    more && el("span", { class: "tile-more" }, more), extra);
}

const REPORTS = { passed: ["ok", "ok"], failed: ["failed", "failed"], error: ["failed", "failed"], skipped: ["stale", "skipped"] };

/* A section of a snapshot, as one says it: default_privileges, 3. */
const sectionWords = (section, count) => {
  const words = safe(section).replaceAll("_", " ");
  return count === 1 ? words.replace(/ies$/, "y").replace(/s$/, "") : words;
};

function renderTiles() {
  const status = known.docs.status ?? {};
  const objects = status.objects ?? {};
  const tables = objects.tables ?? 0;
  const others = Object.entries(objects).filter(([kind, n]) => kind !== "tables" && n > 0).sort((a, b) => b[1] - a[1]).slice(0, 3);
  const digest = safe(status.hash ?? "").replace(/^sha256:/, "").slice(0, 10);
  const files = { fresh: ["ok", "ok", "Fresh"], written: ["ok", "ok", "Written"], failed: ["failed", "failed", "Failed"] };
  const types = files[status.types?.result] ?? ["stale", null, "—"];
  const validation = status.validation ?? known.docs.validation?.history?.[0];
  const queue = known.docs.notifications ?? status.notifications ?? {};
  const sets = known.docs.backups?.sets ?? [];
  const versions = sets.reduce((sum, set) => sum + set.count, 0);
  const newest = sets.map((set) => set.newest).filter(isTime).sort().at(-1);
  const history = [...(known.docs.validation?.history ?? [])].reverse();
  $("tiles").replaceChildren(
    tile("Schema", null, "ok", null, status.objects ? plural(tables, "table") : "—",
      others.length ? others.map(([kind, n]) => `${n} ${sectionWords(kind, n)}`).join(" · ") : null,
      digest && el("span", { class: "tile-more mono", title: safe(status.hash) }, digest)),
    tile("Types", null, types[0], types[1], types[2], status.types?.path ? el("span", { class: "mono" }, safe(status.types.path)) : "not generated yet"),
    tile("Validation", "#validation", ...(REPORTS[validation?.result] ?? ["stale", null]),
      !validation ? "—" : validation.passed || validation.failed ? `${validation.passed ?? 0} of ${(validation.passed ?? 0) + (validation.failed ?? 0)}` : "No steps",
      validation ? (isTime(validation.time ?? validation.started) ? `${validation.result}, ${ago(validation.time ?? validation.started)}` : safe(validation.result)) : "no report yet",
      history.length > 1 && el("span", { class: "dots", role: "img", "aria-label": `${history.filter((one) => one.result === "passed").length} of the last ${history.length} passed` },
        ...history.map((one) => el("i", { class: `tone-${(REPORTS[one.result] ?? ["stale"])[0]}` })))),
    tile("Notifications", "#notifications", queue.dead ? "failed" : queue.pending ? "risky" : "ok", queue.dead ? "failed" : queue.pending ? "waiting" : "ok",
      queue.pending ? `${queue.pending} waiting` : queue.dead ? `${queue.dead} given up` : "All sent",
      queue.pending && queue.dead ? `${queue.dead} given up` : lastDelivery()),
    tile("Backups", "#backups", versions ? "ok" : "stale", null, versions ? plural(versions, "version") : "—",
      newest ? `newest ${ago(newest)}` : "made before the first change"));
}

function lastDelivery() {
  const line = (known.docs.notifications?.notifications ?? []).find((one) => one.outcome === "delivered");
  return line && isTime(line.time) ? `last ${ago(line.time)}` : "none so far";
}

// ---- changes ---------------------------------------------------------------------------------

const SEVERITIES = { breaking: ["failed", "breaking"], risky: ["risky", "risky"], safe: ["ok", "safe"] };
const OPS = { added: ["+", "added"], removed: ["−", "removed"], changed: ["~", "changed"], renamed: ["→", "renamed"], replaced: ["↻", "replaced"] };
const FOLDED = 8;

// Added or removed: its fields have one side only.
const isWhole = (change) => change.op === "added" || change.op === "removed";

const badge = (severity) => {
  const [tone, word] = SEVERITIES[severity] ?? ["stale", safe(severity)];
  return el("span", { class: `badge tone-${tone}` }, icon(SEVERITIES[severity] ? severity : "note"), word);
};

function events() {
  const first = known.docs.changes?.changes ?? [];
  const ids = new Set(first.map((event) => event.id));
  return [...first, ...view.older.filter((event) => !ids.has(event.id))];
}

function matches(change) {
  if (view.severity !== "all" && change.severity !== view.severity) return false;
  if (!view.text) return true;
  const text = [change.id, change.kind, change.op, change.severity, change.why, ...(change.affects ?? [])].join(" ").toLowerCase();
  return view.text.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

const DELTA_MAX = 56;

// The first field in one line where it is short; what was added and removed of a list; else its name.
function deltaOf(change) {
  if (isWhole(change)) return null;
  const [field, ...rest] = change.fields ?? [];
  if (!field) return null;
  const parts = [`${fieldName(field)} `];
  const before = shortly(field.old), after = shortly(field.new);
  if (Array.isArray(field.old) && Array.isArray(field.new) && isTexts([...field.old, ...field.new])) {
    const gone = field.old.filter((one) => !field.new.includes(one)), come = field.new.filter((one) => !field.old.includes(one));
    if (gone.length + come.length === 0) parts.push("in another order");
    gone.forEach((one) => parts.push(el("del", {}, safe(one)), " "));
    come.forEach((one) => parts.push(el("ins", {}, `+${safe(one)}`), " "));
  } else if (before.length + after.length <= DELTA_MAX) parts.push(el("del", {}, before), " → ", el("ins", {}, after));
  else if (isLong(field.old) || isLong(field.new)) {
    const lines = difference(written(field.old ?? "").split("\n"), written(field.new ?? "").split("\n"));
    const count = (kind) => lines.filter(([one]) => one === kind).length;
    parts.push(el("ins", {}, `+${count("new")}`), ` −${count("old")} lines`);
  } else return el("span", { class: "delta" }, rest.length ? `${[field, ...rest].map(fieldName).join(", ")} differ` : `${fieldName(field)} differs`);
  if (rest.length) parts.push(`, also ${rest.map(fieldName).join(", ")}`);
  return el("span", { class: "delta" }, ...parts);
}

const fieldName = (field) => safe(field.name).replaceAll("_", " ");
const isLong = (value) => typeof value === "string" && value.includes("\n");
const shortly = (value) => (value === undefined || value === null ? "none" : safe(typeof value === "string" ? value : JSON.stringify(value)));

function changeRow(event, change, index) {
  const key = `${event.id}/${index}`;
  const [sign, word] = OPS[change.op] ?? ["•", safe(change.op)];
  const [tone] = SEVERITIES[change.severity] ?? ["stale"];
  return el("li", {}, el("button", { class: `change tone-${tone}`, type: "button", "data-key": key, "aria-current": view.selected === key ? "true" : null, onclick: () => select(key, true) },
    el("span", { class: "op", title: word }, sign),
    el("span", { class: "what" }, el("span", { class: "kind" }, safe(change.kind), " "), el("bdi", { class: "id" }, safe(change.id)), el("span", { class: "kind" }, ` ${word}`)),
    badge(change.severity), deltaOf(change)));
}

function eventBlock(event) {
  const all = (event.changes ?? []).map((change, index) => [change, index]);
  const found = all.filter(([change]) => matches(change));
  const filtered = view.severity !== "all" || view.text;
  if (filtered && found.length === 0) return null;
  const open = view.opened.has(event.id) || found.length <= FOLDED + 2;
  const shown = open ? found : found.slice(0, FOLDED);
  const total = event.totals?.total ?? all.length;
  return el("div", { class: "event", "data-event": event.id },
    el("p", { class: "event-head" }, timeTag(event.time, clockTime(event.time)),
      el("span", {}, all.length === 0 ? safe(event.summary) : filtered ? `${found.length} of ${plural(total, "change")}` : plural(total, "change"))),
    el("ul", {}, ...shown.map(([change, index]) => changeRow(event, change, index))),
    !open && el("button", { class: "link more", type: "button", onclick: () => { view.opened.add(event.id); renderChanges(); } }, `Show all ${found.length}`),
    open && event.left_out && el("p", { class: "more soft small" }, `and ${plural(event.left_out, "more change")}, in schema logs`));
}

function renderSegments() {
  const counts = { all: 0, breaking: 0, risky: 0, safe: 0 };
  for (const event of events())
    for (const change of event.changes ?? []) {
      counts.all++;
      if (change.severity in counts) counts[change.severity]++;
    }
  const names = { all: "All", breaking: "Breaking", risky: "Risky", safe: "Safe" };
  const shown = JSON.stringify([counts, view.severity]);
  if ($("severities").dataset.shown === shown) return;
  $("severities").dataset.shown = shown;
  $("severities").replaceChildren(...Object.entries(names).map(([key, name]) =>
    el("button", { type: "button", "aria-pressed": String(view.severity === key), "data-severity": key, onclick: () => { view.severity = key; renderChanges(); $("severities").querySelector(`[data-severity=${key}]`).focus(); } },
      key === "all" ? name : `${name} ${counts[key]}`)));
}

function renderChanges() {
  const list = events();
  const focused = document.activeElement?.dataset?.key;
  const blocks = [];
  let day = "";
  for (const event of list) {
    const block = eventBlock(event);
    if (!block) continue;
    const name = isTime(event.time) ? dayName(event.time) : "Some day";
    if (name !== day) blocks.push(el("h3", { class: "day" }, name));
    day = name;
    blocks.push(block);
  }
  const isFiltered = view.severity !== "all" || view.text;
  if (blocks.length === 0)
    blocks.push(el("p", { class: "empty" }, list.length === 0
      ? "No change so far. What changes in the schema is listed here, with what it breaks."
      : "No change fits. ", list.length > 0 && isFiltered && el("button", { class: "link", type: "button", onclick: clearFilters }, "Show all")));
  if (view.next) blocks.push(el("button", { class: "link", type: "button", id: "older", onclick: loadOlder }, "Load older changes"));
  const scrolled = $("timeline").scrollTop;
  $("timeline").replaceChildren(...blocks);
  $("timeline").scrollTop = scrolled;
  if (focused) rowOf(focused)?.focus({ preventScroll: true });
  if (!view.selected || !findChange(view.selected)) {
    const first = document.querySelector(".change");
    view.selected = first?.dataset.key ?? null;
    first?.setAttribute("aria-current", "true");
  }
  renderSegments();
  renderDetail();
}

async function loadOlder() {
  const answer = await ask(`/api/v1/changes?before=${encodeURIComponent(view.next)}`);
  if (!answer?.ok) return;
  const doc = await answer.json();
  view.older.push(...doc.changes);
  view.next = doc.next;
  renderChanges();
}

function clearFilters() {
  view.severity = "all";
  view.text = "";
  $("search").value = "";
  renderChanges();
}

const rowOf = (key) => [...document.querySelectorAll(".change")].find((row) => row.dataset.key === key);

function findChange(key) {
  const slash = (key ?? "").lastIndexOf("/");
  const event = events().find((one) => one.id === key?.slice(0, slash));
  const change = event?.changes?.[Number(key.slice(slash + 1))];
  return change ? { event, change } : null;
}

function select(key, byHand) {
  view.selected = key;
  view.wanted = view.wanted || Boolean(byHand);
  for (const row of document.querySelectorAll(".change")) {
    if (row.dataset.key === key) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
  renderDetail();
  $("detail").scrollTop = 0;
  if (byHand) $("detail").classList.add("open");
}

function move(step) {
  const rows = [...document.querySelectorAll(".change")];
  if (rows.length === 0) return;
  const at = rows.findIndex((row) => row.dataset.key === view.selected);
  const row = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
  select(row.dataset.key, false);
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

// ---- one change ------------------------------------------------------------------------------

// How one list becomes another, by their longest common part: [kind, item] with kind same, old or new.
// Beyond the limit everything old, then everything new.
const DIFF_LIMIT = 250000;
function difference(x, y) {
  if (x.length * y.length > DIFF_LIMIT) return [...x.map((item) => ["old", item]), ...y.map((item) => ["new", item])];
  const width = y.length + 1;
  const best = new Uint32Array((x.length + 1) * width);
  for (let i = x.length - 1; i >= 0; i--)
    for (let j = y.length - 1; j >= 0; j--)
      best[i * width + j] = x[i] === y[j] ? best[(i + 1) * width + j + 1] + 1 : Math.max(best[(i + 1) * width + j], best[i * width + j + 1]);
  const result = [];
  let i = 0, j = 0;
  while (i < x.length || j < y.length) {
    if (i < x.length && j < y.length && x[i] === y[j]) result.push(["same", x[i++], j++]);
    else if (i < x.length && (j === y.length || best[(i + 1) * width + j] >= best[i * width + j + 1])) result.push(["old", x[i++]]);
    else result.push(["new", y[j++]]);
  }
  return result;
}

const line = (kind, ...children) => el("div", { class: kind, "data-sign": { old: "−", new: "+", same: "" }[kind] }, el("span", {}, ...children));

// Two texts of one line each: the words that differ are marked, unless nearly all do.
function wordLines(a, b) {
  const words = (text) => text.match(/[\p{L}\p{N}_.]+|\s+|[^\s]/gu) ?? [];
  const parts = difference(words(a), words(b));
  const common = parts.filter(([kind]) => kind === "same").reduce((sum, [, text]) => sum + text.trim().length, 0);
  const isMarked = common * 3 > Math.max(a.length, b.length);
  const side = (wanted) => parts.filter(([kind]) => kind === "same" || kind === wanted)
    .map(([kind, text]) => (kind === "same" || !isMarked ? text : el("mark", {}, text)));
  return [line("old", ...side("old")), line("new", ...side("new"))];
}

const isTexts = (value) => Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string" && one.length < 80);
const isNamed = (value) => Array.isArray(value) && value.length > 0 && value.every((one) => one && typeof one === "object" && typeof one.name === "string");

// A column or constraint in one line: its name, its type or definition, then what else it has.
function inOneLine({ name, type, definition, ...rest }) {
  const others = Object.entries(rest).map(([key, value]) => (value === true ? key : `${key} ${typeof value === "string" ? value : JSON.stringify(value)}`).replaceAll("_", " "));
  return [name, type, definition, ...others].filter(Boolean).join(" ").replace(/\s+/g, " ");
}

const written = (value) => (typeof value === "string" ? value : isNamed(value) ? value.map(inOneLine).join("\n") : JSON.stringify(value, null, 2));

function chipsOf(before, after) {
  return el("div", { class: "chips" },
    ...(after ?? []).map((one) => el("span", { class: `chip mono${before && !before.includes(one) ? " add" : ""}` }, before && !before.includes(one) ? "+ " : "", safe(one))),
    ...(before ?? []).filter((one) => !(after ?? []).includes(one)).map((one) => el("span", { class: "chip mono del" }, safe(one))));
}

// Line breaks and tabs stay; the rest of what cannot be seen is shown.
const safeText = (value) => written(value).split("\n").map((text) => text.split("\t").map(safe).join("\t")).join("\n");

function fieldBlock(field, isWhole) {
  const hasOld = field.old !== undefined && field.old !== null;
  const hasNew = field.new !== undefined && field.new !== null;
  const block = el("div", { class: "field" }, el("p", { class: "field-name" }, fieldName(field)));
  if ((isTexts(field.old) || !hasOld) && (isTexts(field.new) || !hasNew) && (hasOld || hasNew)) {
    block.append(isWhole ? chipsOf(null, field.new ?? field.old) : chipsOf(field.old ?? [], field.new ?? []));
    return block;
  }
  const before = hasOld ? safeText(field.old) : "", after = hasNew ? safeText(field.new) : "";
  let lines;
  if (hasOld && hasNew && (before.includes("\n") || after.includes("\n"))) lines = difference(before.split("\n"), after.split("\n")).map(([kind, text]) => line(kind, text));
  else if (hasOld && hasNew) lines = wordLines(before, after);
  else if (!isWhole) lines = hasOld ? [line("old", before), line("new", el("span", { class: "soft" }, "none"))] : [line("old", el("span", { class: "soft" }, "none")), line("new", after)];
  else lines = (hasOld ? before : after).split("\n").map((text) => line(hasOld ? "old" : "new", text));
  block.append(el("div", { class: "diff" }, ...lines));
  return block;
}

// The transaction that made a change: its migration, its time, its number, as far as they are known.
function madeBy(event, change) {
  if (!Number.isInteger(change.transaction)) return [];
  const { migration, time } = (event.transactions ?? []).find(({ xid }) => xid === change.transaction) ?? {};
  const facts = [migration && ["migration", safe(migration), "mono"], isTime(time) && ["made", fullTime(time)], ["transaction", String(change.transaction), "mono"]];
  return facts.filter(Boolean).flatMap(([name, text, look]) => [el("dt", {}, name), el("dd", { class: look }, text)]);
}

function renderDetail() {
  const found = findChange(view.selected);
  const panel = $("detail");
  if (!found) {
    panel.classList.remove("open");
    panel.replaceChildren(el("p", { class: "soft" }, "A change chosen in the list is shown here in full."));
    return;
  }
  const { event, change } = found;
  const [, word] = OPS[change.op] ?? ["", safe(change.op)];
  const [tone] = SEVERITIES[change.severity] ?? ["stale"];
  const affects = change.affects ?? [];
  const digest = (text) => el("dd", { class: "mono", title: safe(text) }, safe(text).replace(/^sha256:/, "").slice(0, 16));
  panel.replaceChildren(
    el("div", { class: "crumb" }, el("span", {}, `${safe(change.kind)} ${word}`), timeTag(event.time, `${dayName(event.time)} ${clockTime(event.time)}`),
      el("button", { class: "link close", type: "button", onclick: closeDetail }, "Close")),
    el("h2", {}, el("bdi", {}, safe(change.id))),
    el("div", { class: `why tone-${tone}` }, badge(change.severity),
      change.why && el("p", {}, safe(change.why)[0].toUpperCase() + safe(change.why).slice(1)),
      affects.length > 0 && el("p", { class: "small soft" }, `Felt by: ${affects.map(safe).join(", ")}`)),
    ...(change.fields ?? []).map((field) => fieldBlock(field, isWhole(change))),
    el("dl", { class: "facts" },
      ...(event.from ? [el("dt", {}, "from"), digest(event.from)] : []),
      ...(event.to ? [el("dt", {}, "to"), digest(event.to)] : []),
      ...madeBy(event, change),
      el("dt", {}, "found"), el("dd", {}, fullTime(event.time))));
}

function closeDetail() {
  $("detail").classList.remove("open");
  rowOf(view.selected)?.focus({ preventScroll: true });
}

// ---- validation, notifications, backups ------------------------------------------------------

const STEPS = { passed: ["ok", "ok"], failed: ["failed", "failed"], timeout: ["failed", "failed"], error: ["failed", "failed"], skipped: ["stale", "skipped"] };

function stepBlock(step) {
  const [tone, mark] = STEPS[step.status] ?? ["stale", "note"];
  const output = safeText((step.output ?? "").replace(ANSI, "").replace(/\r\n?/g, "\n")).trimEnd();
  const bad = mark === "failed";
  return el("details", { class: `step tone-${tone}`, open: bad },
    el("summary", {}, icon(mark), el("span", {}, safe(step.name), " ", el("span", { class: "soft small" }, safe(step.status)),
      step.status === "skipped" && step.why && el("span", { class: "why-skipped" }, safe(step.why))),
      el("span", { class: "took" }, step.status === "skipped" ? "" : duration(step.duration_ms))),
    el("div", { class: "step-body" },
      Array.isArray(step.command) && el("p", { class: "mono soft" }, "$ ", safe(step.command.join(" "))),
      step.why && step.status !== "skipped" && el("p", {}, safe(step.why)),
      bad && Number.isInteger(step.exit_code) && el("p", { class: "soft" }, `ended with ${step.exit_code}`),
      (step.output_cut || step.output_skipped) && el("p", { class: "soft" }, `${bytes((step.output_cut ?? 0) + (step.output_skipped ?? 0))} of the output are left out`),
      output ? el("pre", { tabindex: "0" }, output) : el("p", { class: "soft" }, "no output")));
}

function renderValidation() {
  const { report, history } = known.docs.validation ?? {};
  const newest = report ?? history?.[0];
  $("validation-aside").replaceChildren(...(newest ? [safe(newest.result), isTime(newest.started) && ", ", isTime(newest.started) && agoTag(newest.started), newest.duration_ms >= 0 && `, took ${duration(newest.duration_ms)}`].filter(Boolean) : []));
  const steps = report?.steps ?? [];
  $("validation-body").replaceChildren(...(steps.length ? steps.map(stepBlock)
    : [el("p", { class: "empty" }, report ? "There was no step to run. Steps are found from package.json and tsconfig.json, or stand under validation in supabase/monitor-config.json."
      : newest ? "The report of this run is not there any more." : "No report yet. After a change the project's own checks run, and their output is shown here.")]));
}

// Worst first: the mark of an event is that of its worst channel.
const OUTCOMES = { dead: ["failed", "failed"], failed: ["risky", "waiting"], retry: ["risky", "waiting"], queued: ["stale", "waiting"], delivered: ["ok", "sent"], skipped: ["stale", "skipped"] };
const NOTICES = 8;

// The lines of an event, newest first, as one row: of each channel the newest line.
function noticesOf(lines) {
  const byEvent = new Map();
  for (const notice of lines) {
    const key = notice.event ?? notice.time;
    if (!byEvent.has(key)) byEvent.set(key, { first: notice, channels: new Map(), own: null });
    const group = byEvent.get(key);
    if (!notice.channel) group.own = notice;
    else if (!group.channels.has(notice.channel)) group.channels.set(notice.channel, notice);
  }
  return [...byEvent.values()];
}

function noticeRow({ first, channels, own }) {
  const ends = channels.size ? [...channels.values()] : [own];
  const rank = Object.keys(OUTCOMES);
  const worst = ends.map((end) => end.outcome).sort((a, b) => rank.indexOf(a) - rank.indexOf(b))[0];
  const [tone, mark] = OUTCOMES[worst] ?? ["stale", "note"];
  const about = (end) => {
    const facts = [end.outcome !== "delivered" && end.code && `code ${end.code}`, end.attempt > 1 && `${end.attempt} attempts`, end.outcome === "delivered" && end.latency_ms >= 0 && duration(end.latency_ms)].filter(Boolean);
    return safe([end.channel, end.outcome, facts.length > 0 && `(${facts.join(", ")})`].filter(Boolean).join(" "));
  };
  const errors = ends.filter((end) => end.error);
  return el("li", { class: `row tone-${tone}` }, icon(mark),
    el("div", {}, el("p", {}, safe(first.summary || first.type)), el("p", { class: "soft" }, ends.map(about).join(" · ")),
      errors.map((end) => el("p", { class: "soft" }, `${end.channel ? safe(end.channel) + ": " : ""}${safe(end.error)}`))),
    isTime(first.time) ? agoTag(first.time) : null);
}

function renderNotifications() {
  const doc = known.docs.notifications ?? {};
  const all = noticesOf(doc.notifications ?? []);
  const shown = view.opened.has("notifications") ? all : all.slice(0, NOTICES);
  const parts = [doc.pending && `${doc.pending} waiting`, doc.dead && `${doc.dead} given up`].filter(Boolean);
  setText($("notifications-aside"), parts.join(", "));
  $("notifications-body").replaceChildren(...(all.length === 0
    ? [el("p", { class: "empty" }, "Nothing was sent so far. Who is told of a change is set under channels in supabase/monitor-config.json; notify test tries it.")]
    : [el("ul", { class: "scroll", tabindex: "0", "aria-label": "Notifications, newest first" }, ...shown.map(noticeRow)),
      shown.length < all.length && el("button", { class: "link", type: "button", onclick: () => { view.opened.add("notifications"); renderNotifications(); } }, `Show all ${all.length}`)].filter(Boolean)));
}

function renderBackups() {
  const sets = known.docs.backups?.sets ?? [];
  const total = sets.reduce((sum, set) => sum + set.bytes, 0);
  setText($("backups-aside"), total ? bytes(total) : "");
  $("backups-body").replaceChildren(...(sets.length === 0
    ? [el("p", { class: "empty" }, "No version kept yet. The schema and the types from before each change are kept, ten of each.")]
    : sets.map((set) => el("details", { class: "set", open: view.opened.has(`set ${set.name}`), ontoggle: (event) => view.opened[event.target.open ? "add" : "delete"](`set ${set.name}`) },
      el("summary", {}, el("span", {}, safe(set.name)), el("span", { class: "soft small" }, String(set.count), isTime(set.newest) && ", newest ", isTime(set.newest) && agoTag(set.newest))),
      el("table", {}, el("tbody", {}, ...set.items.map((item) => el("tr", {},
        el("td", {}, isTime(item.time) ? timeTag(item.time, `${dayName(item.time)} ${clockTime(item.time)}`) : ""),
        el("td", { class: "soft" }, [item.pinned && "pinned", item.reason].filter(Boolean).map(safe).join(", ")), el("td", { class: "soft" }, item.size >= 0 ? bytes(item.size) : "")))))))));
}

// ---- drawing ---------------------------------------------------------------------------------

const DRAWN = {
  status: [renderHero, renderStart, renderTiles],
  runs: [renderBars],
  changes: [renderChanges, renderStart],
  validation: [renderValidation, renderTiles, renderHero],
  notifications: [renderNotifications, renderTiles, renderHero],
  backups: [renderBackups, renderTiles],
};
const drawnTags = {};

function render(names) {
  const functions = new Set([renderHero]);
  for (const name of names) {
    if (name !== "status" && drawnTags[name] === known.tags[name] && drawnTags[name] !== undefined) continue;
    drawnTags[name] = known.tags[name];
    DRAWN[name].forEach((draw) => functions.add(draw));
  }
  functions.forEach((draw) => draw());
}

setInterval(renderHero, 1000);
setInterval(() => {
  for (const time of document.querySelectorAll("time[data-ago]")) setText(time, ago(time.dateTime));
  if (!$("tiles").contains(document.activeElement)) renderTiles();
}, 30000);

// ---- live ------------------------------------------------------------------------------------

let sequence = 0;
let socket = null;
let heard = 0;
let tries = 0;
let retryTimer = 0;
const POLL_MS = 5000;
const SILENCE_MS = 40000;

async function findToken() {
  const fromAddress = /^#token=([0-9a-f]{64})$/.exec(location.hash)?.[1];
  if (fromAddress) {
    sessionStorage.setItem("token", fromAddress);
    history.replaceState(null, "", location.pathname);
  }
  known.token = sessionStorage.getItem("token");
  if (known.token) return;
  const answer = await ask("/api/v1/session");
  if (answer?.ok) known.token = (await answer.json()).token;
}

function moved(kinds) {
  const names = new Set(kinds.flatMap((kind) => KIND_DOCS[kind] ?? []));
  if (names.size > 0) loadAll([...names]);
}

async function poll() {
  const answer = await ask(`/api/v1/live?since=${sequence}`);
  if (answer?.status === 401) known.locked = true;
  if (answer?.ok) {
    const doc = await answer.json();
    const isFirst = sequence === 0;
    sequence = doc.seq;
    if (!isFirst) moved(doc.kinds);
  }
  renderHero();
}

function retry() {
  clearTimeout(retryTimer);
  known.socket = "off";
  if (document.hidden) return;
  const wait = Math.min(30000, 1000 * 2 ** tries++) * (0.7 + 0.6 * Math.random());
  retryTimer = setTimeout(connect, wait);
}

async function connect() {
  if (socket || document.hidden) return;
  if (!known.token) await findToken();
  const answer = known.token ? await post("/api/v1/ticket", {}) : null;
  if (answer?.status === 401) {
    known.token = null;
    sessionStorage.removeItem("token");
  }
  if (!answer?.ok) return retry();
  const { ticket } = await answer.json();
  socket = new WebSocket(`ws://${location.host}/api/v1/live`, ["schema.live.1", `ticket.${ticket}`]);
  heard = Date.now();
  socket.onmessage = (event) => {
    const message = JSON.parse(event.data);
    heard = Date.now();
    known.answeredAt = heard;
    known.reachable = true;
    if (message.kind === "hello") {
      tries = 0;
      known.socket = "on";
      // What happened between the first look and this connection.
      if (message.seq !== sequence) loadAll(ALL_DOCS);
      renderLive();
    } else if (message.kind !== "heartbeat") moved([message.kind]);
    sequence = message.seq;
  };
  socket.onclose = () => {
    socket = null;
    retry();
    poll();
  };
}

setInterval(() => {
  if (document.hidden) return;
  if (known.socket !== "on") poll();
  else if (Date.now() - heard > SILENCE_MS) socket?.close();
}, POLL_MS);

// The token put into the address of a page that is open already.
window.addEventListener("hashchange", async () => {
  await findToken();
  await loadAll(ALL_DOCS);
  tries = 0;
  connect();
});

let hiddenTimer = 0;
document.addEventListener("visibilitychange", () => {
  clearTimeout(hiddenTimer);
  if (document.hidden) {
    hiddenTimer = setTimeout(() => socket?.close(), 60000);
    return;
  }
  tries = 0;
  loadAll(ALL_DOCS);
  connect();
});

// ---- hands -----------------------------------------------------------------------------------

$("check").addEventListener("click", askForCheck);
$("help-open").addEventListener("click", () => $("help").showModal());
$("search").addEventListener("input", () => {
  view.text = $("search").value.trim();
  renderChanges();
});
$("bars").addEventListener("pointermove", (event) => showBar(Number(event.target.dataset?.index ?? -1)));
$("bars").addEventListener("pointerleave", () => showBar(-1));
// Read out only while it is walked through, not with every check.
$("bars").addEventListener("focus", () => $("bars-text").setAttribute("aria-live", "polite"));
$("bars").addEventListener("blur", () => {
  $("bars-text").removeAttribute("aria-live");
  showBar(-1);
});
$("bars").addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const count = (known.docs.runs?.runs ?? []).slice(-BARS).length;
  if (!step || count === 0) return;
  event.preventDefault();
  showBar(view.bar < 0 ? count - 1 : Math.min(count - 1, Math.max(0, view.bar + step)));
});

const KEYS = {
  "/": () => $("search").focus(),
  j: () => move(1),
  k: () => move(-1),
  c: askForCheck,
  "?": () => $("help").showModal(),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key === "Escape") {
    if (view.text || typing) clearFilters();
    if (typing) event.target.blur();
    closeDetail();
  } else if (!typing && Object.hasOwn(KEYS, event.key)) {
    event.preventDefault();
    KEYS[event.key]();
  }
});

(async () => {
  await findToken();
  await loadAll(ALL_DOCS);
  await poll();
  connect();
})();
