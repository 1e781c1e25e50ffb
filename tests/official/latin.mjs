// Writes lib/types/latin.inc: where the letters from U+00C0 to U+024F stand in ICU's root collation, asked of the ICU
// that node has.
const FIRST = 0xc0, LAST = 0x24f;
const letters = "abcdefghijklmnopqrstuvwxyz";
const base = new Intl.Collator("und", { sensitivity: "base" });
const accent = new Intl.Collator("und", { sensitivity: "accent" });
const variant = new Intl.Collator("und");

// The one or two plain letters that it is but for accents; null: a letter of its own.
function plain(c) {
  for (const x of letters) if (base.compare(c, x) === 0) return x;
  for (const x of letters) for (const y of letters) if (base.compare(c, x + y) === 0) return x + y;
  return null;
}

// The plain letter that it stands behind.
const behind = (c) => [...letters].filter((x) => base.compare(x, c) < 0).pop() ?? "~";

const all = [];
for (let code = FIRST; code <= LAST; code++) {
  const c = String.fromCodePoint(code);
  if (!/\p{L}/u.test(c)) continue;
  const of = plain(c);
  all.push({ c, code, of, at: of ? of[0] : behind(c) });
}

// Ranks among those that stand at one letter: from 1, equal ones alike.
function rank(list, compare, member) {
  list.sort(compare);
  let last = 0;
  list.forEach((one, i) => (one[member] = i && compare(list[i - 1], one) === 0 ? last : ++last));
}

for (const x of letters + "~") {
  const here = all.filter((one) => one.at === x);
  const whole = (one) => (one.of.length === 1 ? one.c + (here.find((other) => other.of?.length === 2)?.of[1] ?? "") : one.c);
  rank(here.filter((one) => one.of), (a, b) => accent.compare(whole(a), whole(b)), "accent");
  rank(here.filter((one) => !one.of), (a, b) => base.compare(a.c, b.c), "own");
  for (const one of here) {
    const twin = here.find((other) => other !== one && accent.compare(other.c, one.c) === 0);
    one.upper = twin ? (variant.compare(one.c, twin.c) > 0 ? 1 : 0) : /\p{Lu}/u.test(one.c) ? 1 : 0;
    if (!one.of) {
      const same = here.filter((other) => !other.of && other.own === one.own);
      rank(same, (a, b) => accent.compare(a.c, b.c), "accent");
      same.forEach((other) => (other.accent -= 1));
    }
  }
}
all.sort((a, b) => a.code - b.code);
for (let code = FIRST, i = 0; code <= LAST; code++) {
  const one = all[i]?.code === code ? all[i++] : null;
  const row = one ? `{'${one.at}', ${one.of?.[1] ? `'${one.of[1]}'` : 0}, ${one.own ?? 0}, ${one.accent}, ${one.upper}}` : "{0}";
  console.log(`    ${row}, /* U+${code.toString(16).toUpperCase().padStart(4, "0")} */`);
}
