"""Whether the effects of a changes/1 document are what was tried.

    judge.py CHANGES BEFORE AFTER OBJECTS    two outputs of as_role/try.sql; and effects/objects.sql's, after

Prints what is wrong; the last line counts: sentences, claims in them, differences tried, those of views not told.
"""

import json
import re
import sys

document = json.load(open(sys.argv[1]))
VERBS = {"SELECT": "select", "INSERT": "insert", "INSERT INTO": "insert", "UPDATE": "update", "DELETE": "delete",
         "DELETE FROM": "delete", "EXECUTE": "call"}
ROLES = [f"r{i}" for i in range(1, 7)]
# A right to write them is one to leave them to their default.
NOT_WRITTEN = ("g", "i")

renamed = {}
for change in document["changes"]:
    if change["op"] == "renamed" and change["kind"] == "column":
        old = change["fields"][0]["old"]
        renamed[tuple(old.rsplit(".", 1))] = change["id"].rsplit(".", 1)[1]


def tried(path, is_old):
    lines = set()
    for line in open(path):
        role, name, what, part = line.rstrip("\n").split("|")
        if what == "default" or what.startswith("FAILED"):
            continue
        if what == "call":
            types = [argument.split(" ", 1)[1] for argument in part.split(", ") if argument]
            name, part = f"{name}({','.join(types)})", ""
        elif is_old:
            part = renamed.get((name, part), part)
        if what in ("insert", "update") and part in NOT_WRITTEN:
            continue
        lines.add((role, name, what, part))
    return lines


before, after = tried(sys.argv[2], True), tried(sys.argv[3], False)
kinds, columns = {}, {}
for line in open(sys.argv[4]):
    kind, name, parts = line.rstrip("\n").split("|")
    name = name if "." in name.split("(")[0] else "public." + name
    if kind in ("table", "view"):
        kinds[name], columns[name] = kind, parts.split(",")
wrong = []
claims = {"gain": {}, "lose": {}, "rows": {}}
count, more, silent = 0, False, set()
sentence_form = re.compile(r"^(.*?) (can now|can no longer|may now|may no longer) ((?:[A-Z]+(?: INTO| FROM)?(?:, | and | or )?)+)(?: in)? (.*)$")
object_form = re.compile(r"((?:public|s1|s2)\.\w+)(\.\w+)?(\([^)]*\))?( \((?!all rows|before)[^)]*\))?")
tail_form = re.compile(r" (?:\((?:all rows|before: )|only where |where |only as the |as the policies ).*$")
for change in document["changes"]:
    for sentence in change.get("effects", []):
        count += 1
        if sentence.startswith("and "):
            more = True
            continue
        if sentence.startswith("no role can do more or less"):
            silent.add(change["id"])
            continue
        found = sentence_form.match(sentence)
        if not found:
            wrong.append(f"not understood: {sentence}")
            continue
        names, verb, commands, rest = found.groups()
        more |= "more" in names
        roles = ROLES if names.startswith("everybody") else re.split(r", | and ", names)
        tail = tail_form.search(rest)
        head = rest[:tail.start()] if tail else rest
        more |= " more" in head
        kind = "lose" if "no longer" in verb else "rows" if tail and "before: " in tail.group(0) else "gain"
        for name, column, arguments, some in object_form.findall(head):
            for command in re.split(r", | and | or ", commands):
                what = VERBS[command]
                if what == "call":
                    parts, name_ = [""], name + arguments.replace(" ", "")
                elif what == "delete":
                    parts, name_ = [""], name
                else:
                    parts = [column[1:]] if column else some[2:-1].split(", ") if some else columns.get(name, [])
                    name_ = name
                for role in roles:
                    for part in parts:
                        claims[kind][role, name_, what, part] = (sentence, names.startswith("everybody"), not column and not some)


def is_known(claim):
    return claim[2] not in ("insert", "update") or claim[3] not in NOT_WRITTEN


for claim, (sentence, by_all, whole) in claims["gain"].items():
    view = kinds.get(claim[1]) == "view"
    if is_known(claim) and claim not in after and not (view and claim[3] == "e"):
        wrong.append(f"cannot: {'|'.join(claim)} ({sentence})")
    if is_known(claim) and not by_all and claim in before:
        wrong.append(f"could before: {'|'.join(claim)} ({sentence})")
for claim, (sentence, by_all, whole) in claims["lose"].items():
    if is_known(claim) and not by_all and claim in after:
        wrong.append(f"can: {'|'.join(claim)} ({sentence})")
    if is_known(claim) and not by_all and claim not in before and not whole:
        wrong.append(f"could not before: {'|'.join(claim)} ({sentence})")
for claim, (sentence, by_all, whole) in claims["rows"].items():
    if is_known(claim) and not by_all and (claim not in before or claim not in after):
        wrong.append(f"not so before and after: {'|'.join(claim)} ({sentence})")
untold = 0
gone = {name for _, name, _, _ in before} - {name for _, name, _, _ in after} - set(columns)
for what, lines, said in (("gain", after - before, claims["gain"]), ("loss", before - after, claims["lose"])):
    for line in sorted(lines):
        if line in said or more:
            continue
        if kinds.get(line[1]) == "view" or line[1] not in columns and "(" not in line[1]:
            untold += 1
        else:
            wrong.append(f"a {what} is not told: {'|'.join(line)}")
for problem in wrong:
    print(problem)
print(count, sum(len(some) for some in claims.values()), len(before ^ after), untold)
