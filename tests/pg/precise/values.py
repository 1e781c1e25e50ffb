"""values.py TYPES < rows of values.sql: the values are of the types that the table every has in TYPES."""
import json
import re
import sys


def read_types(path):
    types = {}
    block = re.search(r"\n      every: \{\n        Row: \{\n(.*?)\n        \}\n", open(path).read(), re.S).group(1)
    for line in block.split("\n"):
        name, text = line.strip().split(": ", 1)
        types[name] = re.sub(r" \| null$", "", text)
    return types


def fits(value, text):
    if text.endswith("[]"):
        inner = text[:-2].removeprefix("(").removesuffix(")")
        return isinstance(value, list) and all(v is None or fits(v, inner) for v in value)
    if text == "Json":
        return True
    if text == "Record<string, string | null>":
        return isinstance(value, dict) and all(v is None or isinstance(v, str) for v in value.values())
    if text == 'Database["public"]["CompositeTypes"]["pair"]':
        return isinstance(value, dict) and set(value) == {"a", "b"}
    if text == 'Database["public"]["Enums"]["mood"]':
        return value in ("a", "1")
    if text == "boolean":
        return isinstance(value, bool)
    if text == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return text == "string" and isinstance(value, str)


types = read_types(sys.argv[1])
kinds = {}
seen = set()
wrong = count = 0
for line in sys.stdin:
    kind, name, value = line.rstrip("\n").split("\t")
    value = value.replace("\\\\", "\\") if value != "\\N" else value
    kinds[name] = kind
    if value == "\\N":
        continue
    text = types[name]
    if value == "[]" and "unknown" in text:
        continue  # an array of what has no values
    seen.add(name)
    if kind in ("real", "double precision", "numeric", "real[]", "double precision[]", "numeric[]") and '"' in value:
        continue  # infinities and NaN are texts in JSON, which the manual says
    count += 1
    if not fits(json.loads(value), text):
        wrong += 1
        if wrong < 20:
            print(f"a {kind} is {value}, and not {text}")
for name in types.keys() - seen:
    if types[name] not in ("unknown", "unknown[]"):
        wrong += 1
        print(f"no value was found for a {kinds[name]}, a {types[name]}")
unknown = [kinds[name] for name in seen if "unknown" in types[name]]
if unknown:
    wrong += 1
    print(f"unknown, and has values: {unknown}")
print(f"{count} values of {len(seen)} types, {wrong} not as they are said to be")
sys.exit(1 if wrong or len(seen) < 150 else 0)
