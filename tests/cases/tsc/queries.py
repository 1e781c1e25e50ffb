#!/usr/bin/env python3
"""queries.py SNAPSHOT MODULE: supabase-js queries on a snapshot's tables and views, as a program would have them, typed by
MODULE, the generated types: some columns of a row, a row through each relationship, an insert of no more than what is
required, an update, a call of each function. Every result is taken as what the table's own types say."""
import json
import re
import sys

TABLES, LINKS, FUNCTIONS = 25, 25, 25
snapshot = json.load(open(sys.argv[1]))
simple = re.compile(r"[a-z_][a-z0-9_]*$").match


def text(name):
    return json.dumps(name)


def put(line):
    print(line)


put('import { createClient } from "@supabase/supabase-js"')
put(f'import type {{ Database }} from "{sys.argv[2]}"')
put('const client = createClient<Database>("http://localhost", "key")')
put("type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false")
put("declare function same<A, B>(yes: Same<A, B>): void")
put("export async function queries() {")
never = {d["id"] for d in snapshot.get("domains", []) if d.get("not_null")}
tables = {t["id"]: t for t in snapshot.get("tables", []) if simple(t["name"]) and t.get("columns")}
counts = {}
for section, objects in (("Tables", list(tables.values())), ("Views", snapshot.get("views", []))):
    for table in objects:
        schema, name = table["schema"], table["name"]
        columns = [c for c in table.get("columns", []) if simple(c["name"])]
        counts[section] = counts.get(section, 0) + 1
        if not columns or not simple(name) or counts[section] > TABLES:
            continue
        row = f'Database[{text(schema)}][{text(section)}][{text(name)}]["Row"]'
        some = [c["name"] for c in columns[:4]]
        place = f"client.schema({text(schema)}).from({text(name)})"
        picked = " | ".join(text(c) for c in some)
        put(f"  {{ const {{ data }} = await {place}.select({text(', '.join(some))}).limit(1)")
        put(f"    if (data) for (const row of data) for (const name of {json.dumps(some)} as const) {{")
        put(f"      const value: {row}[{picked}] = row[name]; void value }} }}")
        put(f"  {{ const {{ data }} = await {place}.select().eq({text(some[0])}, null as never).single()")
        put(f"    if (data) same<typeof data[{text(some[0])}], {row}[{text(some[0])}]>(true) }}")
        if section == "Views":
            continue
        required = [c["name"] for c in table["columns"] if (c.get("not_null") or c["type"] in never) and "default" not in c
                    and not c.get("identity") and not c.get("generated")]
        insert = row.replace('["Row"]', '["Insert"]')
        values = ", ".join(f"{text(c)}: null as unknown as {row}[{text(c)}]" for c in required)
        put(f"  await {place}.insert({{ {values} }} satisfies {insert})")
        if required:
            put("  // @ts-expect-error a column is missing")
            put(f"  await {place}.insert({{ {values.split(', ', 1)[1] if ', ' in values else ''} }})")
        put("  // @ts-expect-error there is no such column")
        put(f"  await {place}.update({{ no_such_column_here: 1 }})")
put("}")
links = 0
# supabase-js takes what is computed of a row for one more way to the table.
computed = {type_ for f in snapshot.get("functions", []) for type_ in f.get("argument_types", [])}
put("export async function relationships() {")
for table in tables.values():
    for key in table.get("constraints", []):
        target = tables.get(key.get("references"))
        if key.get("type") != "foreign key" or not target or target["schema"] != table["schema"] or links >= LINKS:
            continue
        # From a table to itself the name of the key does not tell which way.
        if table.get("partition_of") or not simple(key["name"]) or target is table \
                or table["id"] in computed or target["id"] in computed:
            continue
        field = next((c["name"] for c in target["columns"] if simple(c["name"])), None)
        if not field:
            continue
        links += 1
        place = f"client.schema({text(table['schema'])}).from({text(table['name'])})"
        row = f'Database[{text(target["schema"])}]["Tables"][{text(target["name"])}]["Row"]'
        put(f"  {{ const {{ data }} = await {place}.select({text('far:' + target['name'] + '!' + key['name'] + '(' + field + ')')})")
        put(f"    if (data) for (const {{ far }} of data) {{ const value: {row}[{text(field)}] | undefined = far?.{field}; void value }} }}")
put("}")
put("export async function calls() {")
seen = set()
for function in snapshot.get("functions", []):
    if function.get("kind") != "function" or function.get("return_type") in ("trigger", "event_trigger"):
        continue
    inputs = [n for n, m in zip(function.get("argument_names", []), function.get("argument_modes", [])) if m not in ("out", "table")]
    if not all(inputs) or not simple(function["name"]) or len(seen) >= FUNCTIONS:
        continue
    if sum(f["id"].split("(")[0] == function["id"].split("(")[0] for f in snapshot["functions"]) > 1:
        continue
    seen.add(function["id"])
    type_ = f'Database[{text(function["schema"])}]["Functions"][{text(function["name"])}]'
    put(f"  {{ const {{ data }} = await client.schema({text(function['schema'])}).rpc({text(function['name'])}, null as unknown as {type_}[\"Args\"])")
    put(f"    const value: {type_}[\"Returns\"] | null = data; void value }}")
put("}")
print(f"{min(counts.get('Tables', 0), TABLES)} tables, {min(counts.get('Views', 0), TABLES)} views, {links} relationships, {len(seen)} functions",
      file=sys.stderr)
