"""What generated types say that a role can do, in the lines of try.sql: claims.py ROLE <types

The types do not say what can be deleted: a relation that is listed for nothing else has "delete".
"""

import re
import sys

role = sys.argv[1]
lines = []
schema = section = name = member = None
listed = {}
for line in sys.stdin.read().split("export const Constants")[0].split("\n"):
    indent = len(line) - len(line.lstrip(" "))
    text = line.strip()
    key = re.match(r'"?(\w+)"?\??:', text)
    if indent == 2 and text.endswith("{"):
        schema = key.group(1)
    elif indent == 4 and text.endswith("{"):
        section = key.group(1)
    elif section == "Functions" and indent == 6 and key:
        name = key.group(1)
    elif section in ("Tables", "Views") and indent == 6 and key:
        name = f"{schema}.{key.group(1)}"
        listed[name] = 0
    elif section in ("Tables", "Views") and indent == 8 and key:
        member = {"Row": "select", "Insert": "insert", "Update": "update"}.get(key.group(1))
    elif section in ("Tables", "Views") and indent == 10 and key and member and not text.endswith(": never"):
        lines.append(f"{role}|{name}|{member}|{key.group(1)}")
        listed[name] += 1
    if section == "Functions" and "Args: " in text:
        arguments = text.split("Args: ")[1]
        if arguments.startswith("Record<"):
            arguments = ""
        types = {"number": "integer", "string": "text"}
        found = re.findall(r"(\w+)\??: (\w+)", arguments.split("; Returns")[0])
        lines.append(f"{role}|{schema}.{name}|call|{', '.join(f'{n} {types[t]}' for n, t in found)}")
lines += [f"{role}|{relation}|listed|" for relation in listed]
print("\n".join(sorted(lines)))
