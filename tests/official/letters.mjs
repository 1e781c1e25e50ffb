// Writes lib/types/letters.inc: where characters beyond ASCII stand in ICU's root collation, asked of the ICU that node
// has.
const spans = [[0xa0, 0x52f], [0x2010, 0x20c0]];
const base = new Intl.Collator("und", { sensitivity: "base" });
const accent = new Intl.Collator("und", { sensitivity: "accent" });
const variant = new Intl.Collator("und");
const ascii = [...Array(0x7f - 0x20).keys()].map((i) => String.fromCharCode(i + 0x20)).filter((x) => !/[A-Z]/.test(x));
ascii.sort(base.compare);
const plain = ascii.filter((x) => /[a-z0-9]/.test(x));

// The one or two plain characters that it is but for accents; null: one of its own.
function likeness(c) {
  for (const x of plain) if (base.compare(c, x) === 0) return x;
  for (const x of plain) for (const y of plain) if (base.compare(c, x + y) === 0) return x + y;
  return null;
}

const all = [];
for (const [first, last] of spans)
  for (let code = first; code <= last; code++) {
    const c = String.fromCodePoint(code);
    if (/\p{M}|\p{C}/u.test(c) || base.compare(c, "") === 0) continue;
    const of = likeness(c);
    all.push({ c, code, of, at: of ? of[0] : ascii.filter((x) => base.compare(x, c) < 0).pop() ?? "\t" });
  }

// Ranks in that order, from 1; equal ones alike.
function rank(list, compare, member) {
  list.sort(compare);
  let last = 0;
  list.forEach((one, i) => (one[member] = i && compare(list[i - 1], one) === 0 ? last : ++last));
}

for (const x of ascii.concat("\t")) {
  const here = all.filter((one) => one.at === x);
  const second = here.find((one) => one.of?.length === 2)?.of[1] ?? "";
  const whole = (one) => (one.of.length === 1 ? one.c + second : one.c);
  rank(here.filter((one) => one.of), (a, b) => accent.compare(whole(a), whole(b)), "accent");
  // What is like the plain one but for its form has no accent.
  const formed = here.filter((one) => one.of && accent.compare(whole(one), x + second) === 0);
  for (const one of formed) one.accent = 0;
  rank(here.filter((one) => !one.of), (a, b) => base.compare(a.c, b.c), "own");
  for (const one of here) {
    const twins = here.filter((other) => accent.compare(other.c, one.c) === 0);
    if (formed.includes(one)) twins.push({ c: x });
    one.form = one.of && twins.length === 1 ? (/\p{Lu}/u.test(one.c) ? 1 : 0)
      : twins.filter((other) => variant.compare(other.c, one.c) < 0).length;
  }
  for (const own of new Set(here.filter((one) => !one.of).map((one) => one.own))) {
    const same = here.filter((one) => !one.of && one.own === own);
    rank(same, (a, b) => accent.compare(a.c, b.c), "accent");
    same.forEach((one) => (one.accent -= 1));
  }
}
const quoted = (x) => `'${x === "\t" ? "\\t" : /['\\]/.test(x) ? "\\" + x : x}'`;
for (const [first, last] of spans)
  for (let code = first; code <= last; code++) {
    const one = all.find((other) => other.code === code);
    const second = one?.of?.[1] ? quoted(one.of[1]) : 0;
    const row = one ? `{${quoted(one.at)}, ${second}, ${one.own ?? 0}, ${one.accent}, ${one.form}}` : "{0}";
    console.log(`    ${row}, /* U+${code.toString(16).toUpperCase().padStart(4, "0")} */`);
  }
