#!/usr/bin/env python3
"""Random schemas, changed at random one thing at a time: does schema-diff find exactly what was done?

    mutate.py [--sql] [--rounds N] [--seed N] [--from N] --server VERSION=SOCKETS...

Each server is a worker with a database called live, that is made anew from time to time. After each mutation
(mutations.py) the changes between the snapshot before and that after must be those that the mutation told, no
more and no less: by lineage, and once more as if the two were of two databases.
With --sql, --format sql takes live back to the snapshot before, and forth again, and the hashes must be the
same; now and then a whole script makes all of it in an empty database.
A failure is told with its seed and round: the same seed gives the same world, of which --from looks only at that
round and those behind it. SIGUSR1 has it tell how far it is.
"""

import argparse
import collections
import copy
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading

import mutations
from world import Skip, World

BIN = os.environ["BIN"]
ROUNDS_OF_A_WORLD = 120
FIRST = ["schema created"] * 3 + ["role created"] * 3 + ["table created"] * 4 + ["enum created", "domain created"] + \
    ["function created"] * 3 + ["primary key added"] * 2 + ["index created"] * 2 + ["view created"]


class Broken(Exception):
    """The world and the database may not agree any longer."""


class Worker:
    def __init__(self, version, sockets, scratch, options):
        self.version, self.scratch, self.options = version, scratch, options
        self.env = dict(os.environ, PGHOST=sockets, PGOPTIONS="-c client_min_messages=error", LC_ALL="C")
        self.done, self.wrong, self.proved, self.unproved = collections.Counter(), 0, 0, 0
        self.moved = set()  # tables of this world whose columns no longer stand in its order

    def run(self, *argv, database="live", good=(0,), stdin=None):
        done = subprocess.run(argv, env=dict(self.env, PGDATABASE=database), input=stdin, capture_output=True, text=True, check=False,
                              cwd=self.scratch, timeout=120)
        if done.returncode not in good:
            raise Broken("%s: %s" % (os.path.basename(argv[0]), (done.stderr or "exit code %d" % done.returncode)[:400].strip()))
        return done.stdout

    def sql(self, text, database="live"):
        return self.run("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", stdin=text, database=database)

    def snapshot(self, name, database="live"):
        self.run(BIN + "/schema-snapshot", "-q", "-s", "live", "-o", name, database=database)
        return name

    def foreign(self, name):
        """The same document, of another database."""
        with open(os.path.join(self.scratch, name)) as file:
            text = file.read()
        with open(os.path.join(self.scratch, name + ".foreign"), "w") as file:
            file.write(text.replace('"database_oid":', '"database_oid":9', 1))
        return name + ".foreign"

    def hash(self, name):
        with open(os.path.join(self.scratch, name)) as file:
            return json.loads("{" + file.readlines()[-1])["hash"]

    def changes(self, old, new):
        """As lines, and the ids of those that were only matched by what they are like: one gone and one come."""
        found, matched = [], set()
        for change in json.loads(self.run(BIN + "/schema-diff", "-f", "json", "-a", old, new, good=(0, 1)))["changes"]:
            names = sorted(field["name"] for field in change["fields"])
            if change["op"] == "renamed":
                names = [name for name in names if name not in ("id", "name", "schema")]
            if "matched" in change:
                old_id = next(field["old"] for field in change["fields"] if field["name"] == "id")
                found += ["removed %s %s" % (change["kind"], old_id), "added %s %s" % (change["kind"], change["id"])]
                matched.add((change["kind"], change["id"]))
                continue
            fields = ": " + ",".join(names) if names and change["op"] not in ("added", "removed") else ""
            found.append("%s %s %s%s" % (change["op"], change["kind"], change["id"], fields))
        return sorted(found), matched

    # ---- one world ----

    def begin(self, seed):
        self.sql("""drop database if exists live with (force); drop database if exists other with (force);
            select format('drop role %I', rolname) from pg_roles where oid > 16383 \\gexec
            create database live template template0""", "postgres")
        world = World(seed, self.version)
        by_name = {name: function for name, _, function in mutations.ALL}
        script = []
        for name in FIRST + [name for name in by_name if name.endswith(" created") or name.endswith(" added")]:
            try:
                script.append(by_name[name](world)[0])
            except Skip:
                pass
        self.sql(";\n".join(script))
        return world

    def choose(self, world):
        names = [name for name, _, _ in mutations.ALL]
        # Rather what this world has not seen yet.
        weights = [weight / (1 + world.seen[name]) ** 2 for name, weight, _ in mutations.ALL]
        while True:
            at = world.random.choices(range(len(names)), weights)[0]
            # A world neither empties nor grows for ever.
            if len(world.objs) > 250 and (names[at].endswith("created") or names[at].endswith("added")):
                continue
            try:
                chosen = (names[at],) + mutations.ALL[at][2](world)
            except Skip:
                continue
            world.seen[names[at]] += 1
            return chosen

    def world(self, seed, rounds):
        world = self.begin(seed)
        self.moved = set()
        self.snapshot("old")
        for number in range(1, rounds + 1):
            name, statements, changes = self.choose(world)
            self.done[name] += 1
            place = "seed %d, round %d, %s: " % (seed, number, name)
            try:
                self.sql(statements)
            except Broken as broken:
                raise Broken("%sthe mutation fails: %s\n    %s" % (place, broken, statements)) from None
            if number < self.options.first:
                if number == self.options.first - 1:
                    self.snapshot("old")
                continue
            self.snapshot("new")
            wrong = self.judge(changes, "old", "new")
            if wrong:
                self.wrong += 1
                print("%s\n    %s\n%s" % (place, statements, wrong), file=sys.stderr, flush=True)
            if self.options.sql:
                try:
                    self.prove(world, number, changes)
                except Broken as broken:
                    self.unproved += 1
                    raise Broken("%sSQL: %s\n    %s" % (place, broken, statements)) from None
            os.replace(os.path.join(self.scratch, "new"), os.path.join(self.scratch, "old"))

    def judge(self, changes, old, new):
        found, _ = self.changes(old, new)
        text = difference("", [c.line() for c in merged(c for c in changes if not c.of) if c.op != "ordered"], found)
        found, matched = self.changes(self.foreign(old), new)
        gone = [c.obj for c in changes if c.op == "renamed" and (c.kind, c.obj.id) not in matched]
        told = [c for c in changes if (not c.of or c.of in gone) and
                not any(c.obj and c.obj is not o and c.obj.is_in(o) for o in gone)]
        return text + difference(" (of two databases)", [line for c in merged(told) for line in c.lines_without()], found)

    # ---- with --format sql ----

    def apply(self, old, new, secrets=(), database="live"):
        script = self.run(BIN + "/schema-diff", "-f", "sql", "-a", old, new, good=(0, 1))
        # What a script cannot bring back it says at its head.
        silent = [m for m in secrets if "-- user mapping %s: " % m.id not in script]
        if silent:
            raise Broken("%s -> %s: nothing is said of the secret of %s" % (old, new, silent[0].id))
        try:
            self.sql(script, database)
        except Broken as broken:
            raise Broken("%s -> %s: %s" % (old, new, broken)) from None
        self.snapshot("after", database)
        if self.hash("after") != self.hash(new):
            left, _ = self.changes(self.foreign("after"), new.replace(".foreign", ""))
            # A column that comes back comes last; one that a parent hands down again was the table's own meanwhile.
            known = [line for line in left if line.endswith(": column order") or
                     line.endswith(": inherited") and "the columns it inherits stay its own too" in script]
            if not left or left != known:
                raise Broken("%s -> %s: left to do: %s" % (old, new, "; ".join(left[:4])))
            self.moved |= {line.split(" ", 2)[2].rsplit(": ", 1)[0] for line in left if line.endswith(": column order")}
        return "its options are not shown: add them" in script

    def prove(self, world, number, changes):
        """Back and forth; every other time as if it were another database, so that what is renamed is made anew."""
        old = "old" if number % 2 else self.foreign("old")
        lost = {op: [c.obj for c in changes if c.kind == "user mapping" and c.op in (op, "changed")] for op in ("added", "removed")}
        told = [self.apply("new", old, lost["removed"]), self.apply(old, "new", lost["added"])]
        for table in world.all("table"):
            table.moved = getattr(table, "moved", False) or table.id in self.moved
        if any(told) or lost["added"]:
            for mapping in world.all("user mapping"):
                self.sql(mapping.password_sql())
            self.snapshot("after")
        # What was made anew has other lineages.
        os.replace(os.path.join(self.scratch, "after"), os.path.join(self.scratch, "new"))
        if number % 40 == 0:
            self.sql("create database other template template0", "postgres")
            self.snapshot("empty", "other")
            self.apply("empty", "new", database="other")
            self.sql("drop database other with (force)", "postgres")
        self.proved += 1

    def work(self, seeds, rounds):
        left = rounds
        while left > 0:
            try:
                before = sum(self.done.values())
                self.world(next(seeds), min(left, ROUNDS_OF_A_WORLD))
            except Broken as broken:
                self.wrong += 1
                print(broken, file=sys.stderr, flush=True)
            except Exception as error:  # pylint: disable=broad-except
                self.wrong += 1
                print("%s: %s" % (type(error).__name__, error), file=sys.stderr, flush=True)
                raise
            finally:
                left -= max(1, sum(self.done.values()) - before)


def merged(changes):
    """One change an object: what follows from something else joins what was done to it."""
    found = {}
    for change in (copy.copy(change) for change in changes):
        key = change.obj or (change.kind, change.known_id)
        if key in found and change.op != "ordered":
            other = found[key]
            other.fields = other.fields | change.fields
            if other.op == "changed":
                other.op, other.old_id = change.op, change.old_id
        else:
            found[key if change.op != "ordered" else (key, "ordered")] = change
    return list(found.values())


def difference(what, wanted, found):
    missing = list((collections.Counter(wanted) - collections.Counter(found)).elements())
    more = list((collections.Counter(found) - collections.Counter(wanted)).elements())
    return "".join("    wanted%s  %s\n" % (what, line) for line in missing) + "".join("    found%s   %s\n" % (what, line) for line in more)


def summary(workers):
    done = sum((worker.done for worker in workers), collections.Counter())
    return "%d mutations of %d kinds (there are %d): %d wrong, SQL proved back and forth for %d" % (
        sum(done.values()), len(done), len(mutations.ALL), sum(worker.wrong for worker in workers),
        sum(worker.proved for worker in workers))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sql", action="store_true")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", dest="first", type=int, default=1)
    parser.add_argument("--server", action="append", required=True)
    options = parser.parse_args()
    seeds = iter(range(options.seed, options.seed + 10000))
    workers, threads = [], []
    signal.signal(signal.SIGUSR1, lambda *_: print(summary(workers), flush=True))
    with tempfile.TemporaryDirectory(prefix="mutate.") as scratch:
        for number, server in enumerate(options.server):
            version, sockets = server.split("=", 1)
            own = os.path.join(scratch, str(number))
            os.mkdir(own)
            workers.append(Worker(int(version), sockets, own, options))
            share = (options.rounds + len(options.server) - 1) // len(options.server)
            threads.append(threading.Thread(target=workers[-1].work, args=(seeds, share)))
            threads[-1].start()
        for thread in threads:
            thread.join()
    never = [name for name, _, _ in mutations.ALL if not any(name in worker.done for worker in workers)]
    if options.rounds >= 1000 and never:
        print("never: " + "; ".join(never))
    print(summary(workers))
    return any(worker.wrong for worker in workers)


if __name__ == "__main__":
    sys.exit(main())
