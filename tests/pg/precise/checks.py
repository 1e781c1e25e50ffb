"""checks.py SEED COUNT: SQL that makes tables with random CHECKs, and prints of each which values pass."""
import random
import sys

random.seed(int(sys.argv[1]))
LETTERS = ["a", "b", "ab", ".", "-", "é", "_", "$", "`", "1"]
TEXTS = ["", "a", "b", "ab", "ba", "aa", "abb", "a.b", "a-b", "éa", "_a", "a_", "A", "a ", "%", "\\", "$a", "`a", "a\nb", "1", "ab$"]


def quote(text):
    return "'" + text.replace("'", "''") + "'"


def text():
    return random.choice(TEXTS) if random.random() < 0.7 else "".join(random.choices(LETTERS, k=random.randint(0, 3)))


def like():
    return "".join(random.choices(LETTERS + ["%", "%", "_", "\\%", "\\_", "\\a"], k=random.randint(0, 4)))


def regex(depth=0):
    atoms = LETTERS + ["\\.", "\\$", "\\d", "[ab]", "[^a]", "[]|]", "[[:alpha:]|]", ".", "\\y", "\\w"]
    parts = []
    for _ in range(random.randint(0, 4)):
        part = random.choice(atoms)
        if random.random() < 0.3 and depth < 2:
            part = random.choice(["(", "(?:"]) + random.choice(["|", ""]).join([regex(depth + 1), regex(depth + 1)]) + ")"
        part += random.choice(["", "", "", "", "*", "?", "+", "{2}", "{0,1}", "+?", "{,1}"])
        parts.append(part)
    if depth:
        return "".join(parts)
    start = random.choices(["^", "", "(?i)^", "***:^", "(?x)^", "^^"], [20, 4, 1, 1, 1, 1])[0]
    return start + random.choices(["", "|"], [9, 1])[0].join(parts) + random.choices(["$", "", "\\Z", "\\$", "|"], [9, 6, 1, 1, 1])[0]


def atom(column):
    kind = random.randrange(12)
    values = [text() for _ in range(random.randint(1, 3))]
    if kind <= 2:
        return f"{column} in ({', '.join([quote(v) for v in values] + random.choices([[], ['null']], [9, 1])[0])})"
    if kind == 3 and random.random() < 0.5:
        inside = ",".join(random.choice([v, " " + v, '"' + v.replace("\\", "\\\\").replace('"', '\\"') + '"', "NULL"]) for v in values)
        return f"{column} = any ({quote('{' + inside + '}')}::text[])"
    if kind == 3:
        return f"{column} = any (array[{', '.join(map(quote, values))}])"
    if kind == 4:
        return random.choice([f"{column} = {quote(values[0])}", f"{quote(values[0])} = {column}", f"{column} <> {quote(values[0])}"])
    if kind == 5:
        return random.choice([f"{column} is null", f"{column} is not null", f"starts_with({column}, {quote(values[0])})",
                              f"{column} ^@ {quote(values[0])}", f"length({column}) < 3", "other = 'a'"])
    if kind <= 8:
        return f"{column} {random.choice(['like'] * 6 + ['not like', 'ilike'])} {quote(like())}"
    return f"{column} {random.choice(['~'] * 8 + ['~*', '!~'])} {quote(regex())}"


def check(column, depth=0):
    if depth == 2 or random.random() < 0.6:
        return atom(column)
    joined = random.choice([" and ", " or "]).join(check(column, depth + 1) for _ in range(random.randint(2, 3)))
    return f"{random.choices(['', 'not '], [9, 1])[0]}({joined})"


print("create table candidates (v text, other text);")
texts = set(TEXTS)
while len(texts) < 250:
    texts.add("".join(random.choices(LETTERS + ["A", "\n", "%", "ba", "aa"], k=random.randint(0, 5))))
for value in sorted(texts):
    print(f"insert into candidates values ({quote(value)}, null), ({quote(value)}, 'a'), ({quote(value)}, 'b');")
print("insert into candidates values (null, null), (null, 'a');")
print("create table passed (n text, v text); set client_min_messages = error;")
for n in range(int(sys.argv[2])):
    kind = random.choice(["text", "text", "text", "varchar", "varchar(10)", "char(3)", "domain", "array", "integer"])
    expression = check("v")
    table, cast, values = kind, "v", "candidates"
    if kind == "array":
        values = "(select array[c.v, d.v] as v, c.other from candidates c, candidates d where c.v is not null and d.v in ('a', 'b', 'A')) as x"
        expression = random.choice([f"v <@ array[{quote(text())}, {quote(text())}, 'a']", f"v <@ array[{quote(text())}, null]", "v && array['a']"])
        table = "text[]"
    if kind == "integer":
        values = "(select n as v, null::text as other from generate_series(-5, 9) as n) as x"
        expression = random.choice(["v in (1, -2, 5)", "v = 3 or v = 4", "v > 5 and v in (4, 7)", "v::text in ('1', '2')", "v between 1 and 2",
                                    "v in (1, 2, 3.0)", "v in (1, null)"])
        table = random.choice(["integer", "smallint", "bigint"])
    if kind == "char(3)":
        values = "(select v::char(3) as v, other from candidates where length(v) < 4) as x"
    if kind == "varchar(10)":
        values = "(select v::varchar(10) as v, other from candidates) as x"
    make = [f"create table t{n} (v {table} check ({expression}), other text)"]
    if kind == "domain":
        expression = expression.replace("other = 'a'", "v = 'a'")
        make = [f"create domain d{n} as text check ({expression.replace('v ', 'value ').replace('(v,', '(value,').replace('(v)', '(value)').replace('= v', '= value')})",
                f"create table t{n} (v d{n}, other text)"]
    body = " ".join(f"execute {quote(m)};" for m in make)
    insert = f"insert into passed select 't{n}', to_json(v)::text from {values} where ({expression}) is not false and v is not null"
    print(f"do $do$ begin {body} execute {quote(insert)}; exception when others then null; end $do$;")
print("copy (select n, json_agg(distinct v) from passed group by n order by n) to stdout;")
