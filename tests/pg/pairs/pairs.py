#!/usr/bin/env python3
"""Pairs of schemas, A and B: does schema-diff tell what an outside observer, pg_dump, tells?

    pairs.py [--sql] --server VERSION=SOCKETS... <DIRECTORIES

Each directory, a line each, has a.sql, b.sql and meta.json, where "minVersion" is the oldest server that can load
them. Each server is a worker, whose roles come and go with each state. Of each pair:
  differs   there are changes exactly when the dumps differ, there and back; pg_dump is that of the
            first server's version, newer servers are not asked by it
  named     each entry of the dumps that differs is about an object that the changes name, and they name
            none whose entries, its own and those of what is nested in it, are all the same
  same      A loaded once more into another database has no changes and the same hash
  sql       --format sql from A to B, applied to A, gives B's hash, and back again that of A; and so
            from nothing to A, and from nothing to B
Prints what fails, and a line of counts.
"""

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading

import outside

BIN = os.environ["BIN"]
# Roles that a pair takes to be there.
ROLES = {"default-privileges-ordering--new-schema-and-default-privs": "test"}
# Pairs that are the same to us: where there is no pg_dump to say so.
SAME = {"role-membership-dedup--same-membership-different-grantors"}  # who granted is not told


class Failure(Exception):
    pass


class Server:
    """One cluster: a state at a time."""

    def __init__(self, version, sockets, dumps, scratch):
        self.version, self.dumps, self.scratch, self.role = version, dumps, scratch, None
        self.env = dict(os.environ, PGHOST=sockets, PGOPTIONS="-c client_min_messages=error", LC_ALL="C")

    def run(self, *argv, database="postgres", good=(0,), stdin=None):
        done = subprocess.run(argv, env=dict(self.env, PGDATABASE=database), input=stdin, capture_output=True, text=True,
                              cwd=self.scratch, timeout=120)
        if done.returncode not in good:
            said = [line for line in done.stderr.split("\n") if line] or ["exit code %d" % done.returncode]
            raise Failure("%s: %s" % (os.path.basename(argv[0]), said[0][:300]))
        return done.stdout

    def sql(self, text, database="postgres"):
        return self.run("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", stdin=text, database=database)

    def make(self, name, file=None):
        self.sql("create database %s template template0 %s" % (name, "strategy file_copy" if self.version >= 15 else ""))
        if file and self.role:
            self.sql("create role " + self.role)
        if file:
            self.run("psql", "-X", "-q", "-o", "/dev/null", "-v", "ON_ERROR_STOP=1", "-f", file, database=name)

    def clear(self, *names):
        """Databases, then all roles but the first: what the whole cluster shares."""
        for name in names:
            if self.sql("select 1 from pg_subscription s join pg_database d on d.oid = s.subdbid where datname = '%s'" % name):
                self.sql("""select format('alter subscription %1$I disable; alter subscription %1$I set (slot_name = none);
                    drop subscription %1$I', subname) from pg_subscription where subdbid =
                    (select oid from pg_database where datname = current_database()) \\gexec""", name)
        if self.version >= 16:
            self.sql("""select format('revoke %I from %I granted by %I cascade', roleid::regrole, member::regrole, grantor::regrole)
                from pg_auth_members where member > 16383 or roleid > 16383 \\gexec""".replace("%I", "%s"))
        self.sql("".join("drop database if exists %s with (force);\n" % name for name in names) + """
            select format('revoke all on parameter %I from %s', parname, grantee::regrole)
                from pg_parameter_acl, aclexplode(paracl) where grantee > 16383 \\gexec
            select format('drop role %I', rolname) from pg_roles where oid > 16383 \\gexec
            select format('alter role %s reset all', setrole::regrole) from pg_db_role_setting where setdatabase = 0 \\gexec"""
                 .replace("pg_parameter_acl, aclexplode(paracl)", "pg_parameter_acl, aclexplode(paracl)"
                          if self.version >= 15 else "(select ''::name as parname, 0::oid as grantee) x"))

    def snapshot(self, database, name):
        path = os.path.join(self.scratch, name)
        self.run(BIN + "/schema-snapshot", "-q", "-s", "live", "-o", path, database=database)
        return path

    def dump(self, database):
        entries = outside.entries_of(self.run("pg_dump", "-s", "-C", database, database=database))
        entries.update(outside.globals_of(self.run("pg_dumpall", "-g")))
        return entries

    def changes(self, old, new):
        return json.loads(self.run(BIN + "/schema-diff", "-f", "json", "-a", old, new, good=(0, 1)))["changes"]

    def statements(self, old, new):
        return self.run(BIN + "/schema-diff", "-f", "sql", "-a", old, new, good=(0, 1))


def hash_of(path):
    with open(path) as file:
        return json.loads("{" + file.readlines()[-1])["hash"]


# ---- is named what changed? ----

def dump_subjects(keys, old, new):
    """{key: subjects}, an index being that of the partitioned table's index it is attached to."""
    attached, tables = {}, {}
    for dump in (old, new):
        for (kind, name, schema), text in dump.items():
            if kind == "INDEX":
                tables[(schema, name)] = outside.table_of_index(text)
            if kind == "CONSTRAINT":
                table = outside.table_of_constraint(text)
                tables[(schema, name[len(table[1]) + 1:])] = table
            if kind == "INDEX ATTACH":
                names, _ = outside.parts_of(text.split("ALTER INDEX ")[1])
                attached[(schema, name)] = (names[0], names[1])
    found = {}
    for key in keys:
        found[key] = []
        for subject in outside.subjects(key, old.get(key, "") + "\n" + new.get(key, "")):
            if subject.klass == "index" and subject.name in attached:
                if tables.get(subject.name):
                    found[key].append(outside.Subject("relation", tables[subject.name], subject.name[-1]))
                subject = subject._replace(name=attached[subject.name])
            elif subject.nested and (subject.name[0], subject.nested) in attached:
                found[key].append(subject)
                subject = outside.Subject("index", attached[(subject.name[0], subject.nested)], None)
            if subject.klass == "index" and tables.get(subject.name):
                subject = outside.Subject("relation", tables[subject.name], subject.name[-1])
            found[key].append(subject)
    return found


def is_about(entry, change):
    """Does the change name what the entry is of? A change of the whole object tells of all in it."""
    if entry.klass == "index":
        return change.nested == entry.name[-1] and change.name[0] == entry.name[0]
    if entry.klass != change.klass or entry.name != change.name:
        return False
    return entry.klass == "function" and outside.same_signature(entry.nested, change.nested) or \
        entry.klass != "function" and (not entry.nested or not change.nested or entry.nested == change.nested)


def follows(change):
    """What a dump has no text for: it follows from something else, as the columns of a view do from what it reads."""
    names = {field["name"] for field in change["fields"]}
    return change["op"] == "changed" and (
        change["kind"] in ("view", "view column") and names <= {"insertable", "updatable", "type", "collation"} or
        change["kind"] == "sequence" and names <= {"data_type", "minimum", "maximum"} or  # of an identity
        names <= {"inherited"})


def with_new_names(text, changes):
    """A dump's text with what was renamed in it by its new name: then nothing else has changed in it."""
    for change in changes:
        if change["op"] == "renamed":
            text = text.replace(next(field["old"] for field in change["fields"] if field["name"] == "id"), change["id"])
    return text


def named(old, new, changes):
    """What the changes do not name, and what they name without reason."""
    keys = dump_subjects(outside.differing(old, new), old, new)
    wrong = []
    told = [(change, subject) for change in changes for subject in outside.subjects_of_change(change)]
    # What a child has of its parent is told of the parent alone, and dumped with both.
    inherited = set()
    lines = {key: outside.lines_differing(old.get(key, ""), new.get(key, "")) for key in keys}
    unnamed = [key for key, entries in sorted(keys.items())
               if not any(is_about(entry, subject) for entry in entries for _, subject in told)]
    for key in keys.keys() - set(unnamed):
        inherited |= lines[key]
    wrong.extend("not named: %s %s" % key[:2] for key in unnamed
                 if with_new_names(old.get(key, ""), changes) != new.get(key, "") and
                 (key[0] != "TABLE" or key not in old or key not in new or not lines[key] <= inherited))
    for change in changes:
        found = [key for key, entries in keys.items() for entry in entries
                 for subject in outside.subjects_of_change(change) if is_about(entry, subject)]
        nested = outside.subject_of_id(change["kind"], change["id"]).nested
        if found and nested and change["op"] != "renamed" and change["kind"] != "function" and \
                all(entry.nested is None and entry.klass != "index" for key in found for entry in keys[key]):
            text = "\n".join("\n".join(lines[key]) for key in found)
            if nested not in text.replace('""', '"'):
                found = []
        if not found and not follows(change):
            wrong.append("named without reason: %s %s %s (%s)" % (
                change["op"], change["kind"], change["id"], ",".join(field["name"] for field in change["fields"])))
    return wrong


# ---- one pair ----

def differs(server, name, ways, wrong):
    for way, old, new in (("a->b", ways[0], ways[1]), ("b->a", ways[1], ways[0])):
        changes = server.changes(old[0], new[0])
        if not server.dumps:
            if bool(changes) != (name not in SAME):
                wrong.append("%s: %d changes" % (way, len(changes)))
            continue
        other = outside.differing(old[1], new[1])
        if bool(changes) != bool(other):
            wrong.append("%s: %d changes, but %d entries of the dump differ" % (way, len(changes), len(other)))
        wrong.extend("%s: %s" % (way, line) for line in named(old[1], new[1], changes))


def apply(server, database, old, new, name, way):
    """The statements from one snapshot to another, applied: the hash must be that of the other."""
    script = server.statements(old, new)
    try:
        server.sql(script, database)
    except Failure as failure:
        return "%s: %s" % (way, failure)
    found = server.snapshot(database, name)
    if hash_of(found) != hash_of(new):
        left = ["%s %s %s (%s)" % (c["op"], c["kind"], c["id"], ",".join(f["name"] for f in c["fields"][:4]))
                for c in server.changes(found, new)]
        # A column that comes back comes last.
        if not left or not all(line.endswith(" (column order)") for line in left):
            return "%s: left to do: %s" % (way, "; ".join(left[:3]))
    return None


def prove(server, directory, a, b, wrong):
    """A is there, in pair_again. Each way from where it begins, and from nothing."""
    good = 0
    there = apply(server, "pair_again", a, b, "applied", "sql a->b")
    if there:
        server.clear("pair_again")
        server.make("pair_again", directory + "/b.sql")
    back = apply(server, "pair_again", b, a, "applied", "sql b->a")
    for said in (there, back):
        good += not said
        wrong.extend([said] if said else [])
    for way, whole in (("sql nothing->a", a), ("sql nothing->b", b)):
        server.clear("pair_again")
        server.make("pair_again")
        said = apply(server, "pair_again", os.path.join(server.scratch, "empty"), whole, "applied", way)
        wrong.extend([said] if said else [])
    return good


def pair(server, directory, sql):
    """Failures, and how many of the two ways the SQL is proved for."""
    wrong, ways, good = [], [], 0
    server.role = ROLES.get(os.path.basename(directory))
    try:
        for state in ("a", "b"):
            server.make("pair", "%s/%s.sql" % (directory, state))
            snapshot = server.snapshot("pair", state)
            ways.append((snapshot, server.dump("pair") if server.dumps else None))
            server.clear("pair")
        differs(server, os.path.basename(directory), ways, wrong)
        a, b = ways[0][0], ways[1][0]
        server.make("pair_again", directory + "/a.sql")
        again = server.snapshot("pair_again", "again")
        if hash_of(again) != hash_of(a) or server.changes(a, again):
            wrong.append("a loaded twice is not the same: %s" % [c["id"] for c in server.changes(a, again)][:5])
        if sql:
            good = prove(server, directory, a, b, wrong)
    except (Failure, subprocess.TimeoutExpired) as failure:
        wrong.append(str(failure))
    except Exception as error:  # pylint: disable=broad-except
        wrong.append("%s: %s" % (type(error).__name__, error))
    try:
        server.clear("pair", "pair_again")
    except Failure as failure:
        wrong.append("cannot be cleared: %s" % failure)
    return wrong, good


def needs(directory):
    with open(directory + "/meta.json") as file:
        return json.load(file).get("minVersion", 0)


def work(server, waiting, results, sql):
    server.make("pair")
    server.snapshot("pair", "empty")
    server.clear("pair")
    while True:
        try:
            directory = waiting.get_nowait()
        except queue.Empty:
            return
        results[directory] = pair(server, directory, sql)
        for line in results[directory][0]:
            print("%s: %s" % (os.path.basename(directory), line), file=sys.stderr, flush=True)


def main():
    arguments, servers, sql = sys.argv[1:], [], False
    while arguments:
        argument = arguments.pop(0)
        if argument == "--sql":
            sql = True
        else:
            servers.append(arguments.pop(0).split("=", 1))
    directories = [line.strip().rstrip("/") for line in sys.stdin]
    # The same pair from two places is one.
    directories = list({os.path.basename(directory): directory for directory in directories}.values())
    versions = sorted({int(version) for version, _ in servers})
    waiting = {version: queue.Queue() for version in versions}
    results, skipped = {}, []
    for directory in directories:
        fit = [version for version in versions if version >= needs(directory)]
        if fit:
            waiting[fit[0]].put(directory)
        else:
            skipped.append(os.path.basename(directory))
    with tempfile.TemporaryDirectory(prefix="pairs.") as scratch:
        workers = []
        for number, (version, sockets) in enumerate(servers):
            own = os.path.join(scratch, str(number))
            os.mkdir(own)
            server = Server(int(version), sockets, int(version) == versions[0], own)
            workers.append(threading.Thread(target=work, args=(server, waiting[int(version)], results, sql)))
            workers[-1].start()
        for worker in workers:
            worker.join()
    bad = sum(bool(wrong) for wrong, _ in results.values())
    if skipped:
        print("no server for: " + " ".join(skipped), file=sys.stderr)
    print("%d pairs, both ways: %d as they should be" % (len(results), len(results) - bad) +
          (", SQL proved %d/%d ways" % (sum(good for _, good in results.values()), 2 * len(results)) if sql else ""))
    return bad > 0 or len(results) + len(skipped) < len(directories)


if __name__ == "__main__":
    sys.exit(main())
