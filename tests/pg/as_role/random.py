"""A random schema with roles, memberships, owners, grants, revokes and row security policies.

    random.py SEED [VERSION]    writes SQL; the roles are r1 to r6; for what no server below that major version has
                                there is something else

Every table has rows, every expression of a policy but "false" lets them all through, and what a view reads its owner
may read: so what a role can do depends on nothing but rights and on which policies there are.
"""

import random
import sys

seed = int(sys.argv[1])
version = int(sys.argv[2]) if len(sys.argv) > 2 else 15
rnd = random.Random(seed)
ROLES = [f"r{i}" for i in range(1, 7)]
SCHEMAS = ["public", "s1", "s2"]


def some(items, least=1, most=None):
    return rnd.sample(items, rnd.randint(least, min(most or len(items), len(items))))


def say(text):
    print(text + ";")


def grantee():
    return rnd.choice(ROLES + ["public"])


for number, role in enumerate(ROLES):
    flags = [
        "superuser" if rnd.random() < 0.05 else "nosuperuser",
        rnd.choice(["inherit", "inherit", "noinherit"]),
        "bypassrls" if rnd.random() < 0.15 else "nobypassrls",
    ]
    say(f"create role {role} {' '.join(flags)}")
for number, role in enumerate(ROLES):
    for other in ROLES[:number]:
        if rnd.random() < 0.2:
            say(f"grant {other} to {role}")
    if rnd.random() < 0.08:
        all_data = rnd.choice(["pg_read_all_data", "pg_write_all_data"])
        if version >= 14:
            say(f"grant {all_data} to {role}")

database_owner = rnd.choice(ROLES) if rnd.random() < 0.4 else "postgres"
say(f"do $$ begin execute format('alter database %I owner to {database_owner}', current_database()); end $$")
for schema in SCHEMAS[1:]:
    say(f"create schema {schema}")
    if rnd.random() < 0.3:
        say(f"alter schema {schema} owner to {rnd.choice(ROLES)}")
    for role in some(ROLES + ["public"], 0, 5):
        say(f"grant usage on schema {schema} to {role}")
if rnd.random() < 0.2:
    say("revoke usage on schema public from public")
    for role in some(ROLES, 0, 3):
        if role != database_owner:  # a snapshot does not tell this from the owner's own right
            say(f"grant usage on schema public to {role}")

tables = {}  # name: columns
owners = {}
viewed = set()
for number in range(rnd.randint(4, 7)):
    name = f"{rnd.choice(SCHEMAS)}.t{number}"
    columns = [f"c{i} {rnd.choice(['int', 'text'])}" for i in range(rnd.randint(1, 4))]
    if rnd.random() < 0.3:
        columns.append("d int not null default 3")
    if rnd.random() < 0.25:
        columns.append(f"i int generated {rnd.choice(['always', 'by default'])} as identity")
    if rnd.random() < 0.2:
        columns.append("g int generated always as (5) stored")
    say(f"create table {name} ({', '.join(columns)})")
    names = [column.split()[0] for column in columns]
    plain = [column for column in columns if column.startswith("c")]
    values = ", ".join("1" if column.endswith("int") else "'one'" for column in plain)
    say(f"insert into {name} ({', '.join(c.split()[0] for c in plain)}) values ({values})")
    tables[name] = names
    if rnd.random() < 0.4:
        owners[name] = rnd.choice(ROLES)

views = {}
for number in range(rnd.randint(1, 4)):
    base = rnd.choice(list(tables))
    name = f"{rnd.choice(SCHEMAS)}.v{number}"
    names = some([c for c in tables[base] if c != "g"])
    kind = rnd.choice(["view", "view", "view", "materialized view"])
    extra = rnd.choice(["", "", ", 1 + 1 as e"])
    tail = rnd.choice(["", "", "", " limit 10"])
    # One that reads as who asks is on a table whose owner may lack anything.
    if kind == "view" and rnd.random() < 0.3 and version >= 15:
        kind = "view by caller"
    say(f"create {kind.replace('by caller', name + ' with (security_invoker)')}{'' if 'caller' in kind else ' ' + name} as select {', '.join(names)}{extra} from {base}{tail}")
    views[name] = names + (["e"] if extra else [])
    if "caller" in kind:
        continue
    viewed.add(base)
    if base in owners:
        owners[name] = owners[base]
    elif rnd.random() < 0.2:
        # The rows are those that its owner sees, so that has to own the table as well.
        owners[name] = owners[base] = rnd.choice(ROLES)
for name, role in owners.items():
    say(f"alter table {name} owner to {role}")

everything = {**tables, **views}
for name, columns in everything.items():
    for _ in range(rnd.randint(0, 5)):
        rights = rnd.choice(["all", ", ".join(some(["select", "insert", "update", "delete"], 1, 3))])
        say(f"grant {rights} on {name} to {grantee()}")
    for _ in range(rnd.randint(0, 4)):
        right = rnd.choice(["select", "insert", "update", "all"])
        say(f"grant {right} ({', '.join(some(columns))}) on {name} to {grantee()}")
    for _ in range(rnd.randint(0, 2)):
        right = rnd.choice(["select", "insert", "update", "delete", "all"])
        who = grantee()
        if name in owners and name not in viewed and rnd.random() < 0.4:
            who = owners[name]
        elif name in viewed and who == owners.get(name):
            continue
        if rnd.random() < 0.3 and right != "delete":
            say(f"revoke {right} ({rnd.choice(columns)}) on {name} from {who}")
        else:
            say(f"revoke {right} on {name} from {who}")

for name, columns in tables.items():
    if rnd.random() < 0.4:
        continue
    say(f"alter table {name} enable row level security")
    if rnd.random() < 0.3 and name not in viewed:
        say(f"alter table {name} force row level security")
    for number in range(rnd.randint(0, 4)):
        command = rnd.choice(["all", "select", "insert", "update", "delete"])
        kind = rnd.choice(["permissive", "permissive", "permissive", "restrictive"])
        c = rnd.choice(columns)
        expressions = ["true", f"({c} is not distinct from {c})", "current_user is not null", "false"]
        text = f"create policy p{number} on {name} as {kind} for {command} to {', '.join(some(ROLES + ['public'], 1, 3))}"
        if command != "insert" and rnd.random() < 0.9:
            text += f" using ({rnd.choice(expressions)})"
        if command not in ("select", "delete") and rnd.random() < 0.6:
            text += f" with check ({rnd.choice(expressions)})"
        say(text)

for number in range(rnd.randint(2, 6)):
    schema = rnd.choice(SCHEMAS)
    name = f"f{number % 4}"  # so that some are overloaded
    argument = rnd.choice(["", "a int", "b text", "a int, b text"])
    say(f"create or replace function {schema}.{name}({argument}) returns int language sql as 'select 1'")
    name = f"{schema}.{name}({argument})"
    if rnd.random() < 0.4:
        say(f"alter function {name} owner to {rnd.choice(ROLES)}")
    if rnd.random() < 0.6:
        say(f"revoke execute on function {name} from public")
    for role in some(ROLES, 0, 3):
        say(f"grant execute on function {name} to {role}")
    if rnd.random() < 0.2:
        say(f"revoke execute on function {name} from {rnd.choice(ROLES)}")
