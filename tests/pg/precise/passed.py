"""passed.py TYPES < what checks.py's SQL prints: a TypeScript file in which each value is of its table's type."""
import json
import re
import sys

types = dict(re.findall(r"\n      (t\d+): \{\n        Row: \{\n          other: .*\n          v:(.*(?:\n            .*)*)\n", open(sys.argv[1]).read()))
narrow = 0
print('import type { Database } from "./types.js"')
print('type Of<T extends keyof Database["public"]["Tables"]> = Database["public"]["Tables"][T]')
for line in sys.stdin:
    name, values = line.rstrip("\n").replace("\\\\", "\\").split("\t")
    narrow += '"' in types[name] or "`" in types[name] or bool(re.search(r"\d", types[name]))
    values = ", ".join(json.loads(values))
    print(f'export const {name}: Of<"{name}">["Row"]["v"][] = [{values}]')
    print(f'export const {name}_i: Of<"{name}">["Insert"]["v"][] = {name}')
print(f"{narrow} of {len(types)} columns are narrowed", file=sys.stderr)
sys.exit(0 if narrow > len(types) / 5 else 1)
