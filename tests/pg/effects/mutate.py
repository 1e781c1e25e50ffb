"""One to three random changes of who may do what, for a schema of as_role/random.py.

    mutate.py SEED <objects    the lines of objects.sql; writes SQL
"""

import random
import sys

rnd = random.Random(1000003 * int(sys.argv[1]) + 7)
ROLES = [f"r{i}" for i in range(1, 7)]
objects = {}
for line in sys.stdin:
    kind, name, parts = line.rstrip("\n").split("|")
    objects.setdefault(kind, []).append((name, [part for part in parts.split(",") if part]))
tables, views = objects["table"], objects.get("view", [])
policies, functions = objects.get("policy", []), objects.get("function", [])
EXPRESSIONS = ["true", "(1 = 1)", "(current_user is not null)", "false"]


def grantee():
    return rnd.choice(ROLES + ["public"])


def rights():
    return rnd.choice(["all", ", ".join(rnd.sample(["select", "insert", "update", "delete"], rnd.randint(1, 3)))])


def grant_relation():
    name, _ = rnd.choice(tables + views)
    return f"grant {rights()} on {name} to {grantee()}"


def revoke_relation():
    name, _ = rnd.choice(tables + views)
    return f"revoke {rights()} on {name} from {grantee()}"


def grant_columns():
    name, columns = rnd.choice(tables + views)
    some = ", ".join(rnd.sample(columns, rnd.randint(1, len(columns))))
    return f"grant {rnd.choice(['select', 'insert', 'update'])} ({some}) on {name} to {grantee()}"


def revoke_columns():
    name, columns = rnd.choice(tables + views)
    return f"revoke {rnd.choice(['select', 'insert', 'update', 'all'])} ({rnd.choice(columns)}) on {name} from {grantee()}"


def schema_usage():
    schema = rnd.choice(["public", "s1", "s2"])
    if rnd.random() < 0.5:
        return f"grant usage on schema {schema} to {grantee()}"
    return f"revoke usage on schema {schema} from {grantee()}"


def row_security():
    word = rnd.choice(["enable", "enable", "disable", "force", "no force"])
    return f"alter table {rnd.choice(tables)[0]} {word} row level security"


def new_policy():
    command = rnd.choice(["all", "select", "insert", "update", "delete"])
    kind = rnd.choice(["permissive", "permissive", "restrictive"])
    roles = ", ".join(rnd.sample(ROLES + ["public"], rnd.randint(1, 2)))
    text = f"create policy q{rnd.randint(1, 999)} on {rnd.choice(tables)[0]} as {kind} for {command} to {roles}"
    if command != "insert":
        text += f" using ({rnd.choice(EXPRESSIONS)})"
    if command not in ("select", "delete"):
        text += f" with check ({rnd.choice(EXPRESSIONS)})"
    return text


def old_policy():
    if not policies:
        return new_policy()
    table, (name,) = rnd.choice(policies)
    what = rnd.random()
    if what < 0.4:
        return f"drop policy {name} on {table}"
    if what < 0.7:
        return f"alter policy {name} on {table} to {grantee()}"
    return f"alter policy {name} on {table} using ({rnd.choice(EXPRESSIONS)})"


def role():
    words = ["superuser", "nosuperuser", "bypassrls", "nobypassrls", "inherit", "noinherit", "createdb"]
    return f"alter role {rnd.choice(ROLES)} {rnd.choice(words)}"


def membership():
    one, other = rnd.sample(ROLES, 2)
    if rnd.random() < 0.2:
        other = rnd.choice(["pg_read_all_data", "pg_write_all_data"])
    return f"grant {other} to {one}" if rnd.random() < 0.6 else f"revoke {other} from {one}"


def owner():
    name, _ = rnd.choice(tables + views)
    return f"alter table {name} owner to {rnd.choice(ROLES)}"


def execute():
    name, _ = rnd.choice(functions)
    return f"grant execute on function {name} to {grantee()}" if rnd.random() < 0.5 else f"revoke execute on function {name} from {grantee()}"


def function_owner():
    return f"alter function {rnd.choice(functions)[0]} owner to {rnd.choice(ROLES)}"


def invoker():
    if not views:
        return grant_relation()
    word = "set (security_invoker)" if rnd.random() < 0.5 else "reset (security_invoker)"
    return f"alter view {rnd.choice(views)[0]} {word}"


def rename():
    name, columns = rnd.choice(tables)
    return f"alter table {name} rename column {rnd.choice(columns)} to z{rnd.randint(1, 99)}"


def new_table():
    name = f"s1.n{rnd.randint(1, 99)}"
    return f"create table {name} (c0 int, c1 text); insert into {name} values (1, 'one'); grant {rights()} on {name} to public, {grantee()}"


CHANGES = [grant_relation] * 4 + [revoke_relation] * 3 + [grant_columns] * 3 + [revoke_columns] * 2 + [schema_usage] * 2
CHANGES += [row_security] * 3 + [new_policy] * 3 + [old_policy] * 3 + [role] * 2 + [membership] * 3 + [owner, execute]
CHANGES += [execute, function_owner, invoker, rename, new_table]
for _ in range(rnd.randint(1, 3)):
    print(rnd.choice(CHANGES)() + ";")
