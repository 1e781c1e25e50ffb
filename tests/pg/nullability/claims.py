#!/usr/bin/env python3
"""claims.py: from generated types on the standard input, a statement for each view that has columns which are said to
be never NULL; each gives its name, how many rows there are, and the columns that hold a NULL all the same."""
import ast
import re
import sys


def name_of(key):
    key = key.rstrip("?")
    return ast.literal_eval(key) if key[0] in "\"'" else key


def columns_of(lines):
    """The members of a block whose members stand at ten blanks."""
    members = []
    for line in lines:
        if re.match(r" {10}\S", line) and not re.match(r" {10}[|)\]}>]", line):
            members.append(line.strip())
        elif members:
            members[-1] += " " + line.strip()
    for member in members:
        key, type_ = re.match(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^:\s]+):\s*(.*)""", member).groups()
        yield name_of(key), type_


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def literal(text):
    return "'" + text.replace("'", "''") + "'"


schema = section = view = None
block = None
for line in sys.stdin.read().split("\n"):
    if block is not None:
        if line == "        }":
            never = [c for c, type_ in columns_of(block) if type_ != "unknown" and not type_.endswith("| null")]
            if never:
                holds = ", ".join(f"case when bool_or({quoted(c)} is not distinct from null) then {literal(c)} end" for c in never)
                print(f"select {literal(view)}, {len(never)}, count(*), concat_ws(' ', {holds}) "
                      f"from {quoted(schema)}.{quoted(view)};")
            block = None
        else:
            block.append(line)
    elif re.match(r"  \S.*: \{$", line):
        schema = name_of(line[2:-3])
    elif re.match(r"    \S.*: \{$", line):
        section = line[4:-3]
    elif re.match(r"      \S.*: \{$", line):
        view = name_of(line[6:-3])
    elif line == "        Row: {" and section == "Views":
        block = []
    elif line == "}":
        break
