#!/usr/bin/env python3
"""Random sequences of DDL, replayed from their files and run by a server: are the two snapshots the same?

    sequences.py [--count N] [--seed N] [--keep DIRECTORY] [--store DIRECTORY] --server SOCKETS...

Each server is a worker. A sequence is some files of statements (statements.py; every fifth is made of the mutations of ../mutations):
each is given to psql as soon as it is made, and what the server refuses is not in the file. Then the file is one that a server
has run, and what `schema-snapshot -s migrations` makes of it must be what `-s live` finds, but for what it says is uncertain.
A sequence that differs elsewhere is told with its seed, and cut down to the statements without which it would not.
"""

import argparse
import collections
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading

import mutations
import statements
from world import Skip, World

BIN = os.environ["BIN"]
HERE = os.path.dirname(os.path.abspath(__file__))
FRESH = """drop database if exists live with (force);
select format('drop role %I', rolname) from pg_roles where oid > 16383 \\gexec
create database live template template0 strategy file_copy;
"""
# What was temporary has gone only when the sessions have.
ALONE = """do $$ begin
    while exists (select from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()) loop
        perform pg_sleep(0.001), pg_stat_clear_snapshot();
    end loop;
end $$"""
MARK = "@@done"


# What an index that could not be built concurrently leaves, which no migration has.
LEFT_BEHIND = """do $$ declare one regclass; begin
    for one in select indexrelid from pg_index join pg_class on oid = indexrelid where not indisvalid and relkind = 'i' loop
        execute format('drop index %s', one);
    end loop;
end $$"""


class Broken(Exception):
    """The test cannot go on with this sequence."""


class Server:
    """A psql that runs one statement after another."""

    def __init__(self, env, scratch):
        self.psql = subprocess.Popen(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_ROLLBACK=on", "-v", "VERBOSITY=terse", "-d", "postgres"],
                                     env=env, cwd=scratch, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace")

    def run(self, text):
        """What it printed, and whether all of it was done."""
        self.psql.stdin.write("%s\n;\n\\echo %s\n" % (text, MARK))
        self.psql.stdin.flush()
        said = []
        for line in self.psql.stdout:
            if line.rstrip("\n") == MARK:
                break
            said.append(line)
        else:
            raise Broken("psql has gone: " + "".join(said)[-400:])
        said = "".join(said)
        return said, not re.search(r"^(psql:.*?: )?(ERROR|FATAL|PANIC|invalid command|unterminated)", said, re.M)

    def fresh(self):
        said, good = self.run("rollback;\n\\connect postgres\n" + FRESH + "\\connect live\n")
        if not good:
            raise Broken("no database: " + said)

    def reconnect(self):
        self.run("\\connect live")

    def alone(self):
        self.reconnect()
        self.run(ALONE)

    def close(self):
        self.psql.stdin.close()
        self.psql.wait()


class Worker:
    def __init__(self, sockets, scratch, options):
        self.scratch, self.options = scratch, options
        self.env = dict(os.environ, PGHOST=sockets, PGOPTIONS="-c client_min_messages=error", PGDATABASE="live", LC_ALL="C.UTF-8")
        self.server = Server(self.env, scratch)
        with open(os.path.join(HERE, "state.sql"), encoding="utf-8") as file:
            self.state_query = file.read()
        self.counts, self.refused, self.done = collections.Counter(), collections.Counter(), collections.Counter()
        self.said, self.claimed, self.found = collections.Counter(), collections.Counter(), {}

    # ---- making one ----

    def state(self):
        said, good = self.server.run(self.state_query)
        if not good:
            raise Broken("state: " + said)
        return json.loads(said)

    def make(self, seed):
        """Files, each a list of statements that the server has run."""
        self.server.fresh()
        return self.mutated(seed) if seed % 5 == 0 else self.free(seed)

    def free(self, seed):
        chooser = random.Random(seed)
        maker = statements.Maker(chooser, self.state())
        files = []
        for _ in range(chooser.choice((1, 1, 2, 3))):
            files.append([])
            maker.file_begins()
            self.server.reconnect()
            for number in range(chooser.randint(8, 30)):
                try:
                    name, texts = ("create table", [maker.begin()]) if number < 3 and len(files) == 1 else maker.statement()
                except Skip:
                    continue
                for text in texts:
                    said, good = self.server.run(text)
                    self.done[name] += 1
                    if good:
                        files[-1].append(text)
                    else:
                        self.refused[name] += 1
                        if "concurrently" in text.lower():
                            self.server.run(LEFT_BEHIND)
                        if self.options.refused:
                            print("%s\n    %s\n    %s" % (name, text, said.strip()), file=sys.stderr)
                    if good and maker.is_stale(text):
                        maker.look(self.state())
            for text in maker.file_ends():
                if self.server.run(text)[1]:
                    files[-1].append(text)
            maker.look(self.state())
        return [file for file in files if file]

    def mutated(self, seed):
        world = World(seed, 15)
        files, chosen = [[]], list(statements.FIRST)
        by_name = {name: function for name, _, function in mutations.ALL}
        names, weights = [name for name, _, _ in mutations.ALL], [weight for _, weight, _ in mutations.ALL]
        for _ in range(world.random.randint(20, 70)):
            chosen += world.random.choices(names, weights)
        self.server.reconnect()
        for name in chosen:
            try:
                text = by_name[name](world)[0]
            except Skip:
                continue
            said, good = self.server.run(text)
            if not good:
                raise Broken("%s: %s\n    %s" % (name, text, said.strip()))
            self.done["mutation"] += 1
            if world.random.random() < 0.05:
                files.append([])
            files[-1].append(text)
        return [file for file in files if file]

    # ---- judging it ----

    def snapshot(self, name, *argv):
        done = subprocess.run([BIN + "/schema-snapshot", "-q", *argv, "-o", name], env=self.env, cwd=self.scratch, capture_output=True,
                              text=True, check=False, timeout=120)
        if done.returncode != 0:
            raise Broken("schema-snapshot %s: %s (exit code %d)" % (argv[1], done.stderr.strip()[:2000], done.returncode))
        with open(os.path.join(self.scratch, name), encoding="utf-8") as file:
            return json.load(file)

    def judge(self, files, stored=None):
        """What differs and is not said to; what does, and is; the replay's document."""
        folder = os.path.join(self.scratch, "migrations")
        shutil.rmtree(folder, ignore_errors=True)
        write(folder, files)
        try:
            replay = self.snapshot("replay.json", "-s", "migrations", "-m", folder)
        except Broken as broken:
            return ["replay " + str(broken)], [], {"meta": {}}
        if stored:
            shutil.copy(os.path.join(stored, "live.json"), self.scratch)
            with open(os.path.join(stored, "live.json"), encoding="utf-8") as file:
                live = json.load(file)
        else:
            self.server.alone()
            live = self.snapshot("live.json", "-s", "live")
        if live["hash"] == replay["hash"]:
            return [], [], replay
        lines = subprocess.run(["jq", "-n", "-r", "--slurpfile", "live", "live.json", "--slurpfile", "replay", "replay.json", "-f",
                                os.path.join(HERE, "..", "uncertain.jq")],
                               cwd=self.scratch, capture_output=True, text=True, check=True).stdout.splitlines()
        return [l[8:] for l in lines if l.startswith("differs ")], [l[10:] for l in lines if l.startswith("uncertain ")], replay

    def again(self, files):
        """The same statements in a new database: files without what it refuses now, committed."""
        self.server.fresh()
        kept = []
        for file in files:
            self.server.reconnect()
            # Without its end a transaction would be another one.
            kept.append([text for text in file + ["commit"] if self.server.run(text)[1]])
        return [file for file in kept if file]

    def reduce(self, files, like):
        """Statements of which each is needed for a difference of that sort."""
        flat = [(number, text) for number, file in enumerate(files) for text in file]

        def folded(items):
            return [[text for at, text in items if at == number] for number in range(len(files))]

        def is_bad(items):
            return like in map(sort_of, self.judge(self.again(folded(items)))[0])
        size = max(1, len(flat) // 2)
        while size:
            at, cut = 0, False
            while at < len(flat):
                rest = flat[:at] + flat[at + size:]
                if is_bad(rest):
                    flat, cut = rest, True
                else:
                    at += size
            size = size // 2 if size > 1 else int(cut)
        return [[text for text in file if text != "commit" or len(file) > 1] for file in self.again(folded(flat))]

    def tell(self, seed, files, differs):
        sorts = sorted(set(map(sort_of, differs)))
        print("seed %d: %s" % (seed, "; ".join(differs)[:600]), file=sys.stderr, flush=True)
        for like in sorts:
            self.found.setdefault(like, []).append(seed)
            if len(self.found[like]) > self.options.each or sum(map(len, self.found.values())) > 200:
                continue
            few = self.reduce(files, like)
            differs = self.judge(few)[0]
            text = "\n-- another file\n".join("\n;\n".join(file) + "\n;" for file in few)
            text = "-- seed %d: %s\n%s\n" % (seed, "; ".join(differs)[:2000], text)
            for path in differs[:2]:
                text += "-- live:   %s\n-- replay: %s\n" % tuple(self.member(name, path)[:1500] for name in ("live.json", "replay.json"))
            print(text, file=sys.stderr, flush=True)
            if self.options.keep:
                name = re.sub(r"[^a-zA-Z0-9.]+", "_", like)[:80]
                write(os.path.join(self.options.keep, "%s.%d" % (name, seed)), few)
                with open(os.path.join(self.options.keep, "%s.%d.sql" % (name, seed)), "w", encoding="utf-8") as file:
                    file.write(text)

    def member(self, name, path):
        """What is at a path of uncertain.jq."""
        with open(os.path.join(self.scratch, name), encoding="utf-8") as file:
            found = json.load(file)
        section, _, path = path.partition(".")
        found = {item.get("id"): item for item in found.get(section, [])}
        while path and isinstance(found, dict):
            key = max((key for key in found if key and (path == key or path.startswith(key + "."))), key=len, default=None)
            if key is None:
                return "nothing"
            found, path = found[key], path[len(key) + 1:]
            if isinstance(found, list) and path:
                found = {item["name"]: item for item in found if isinstance(item, dict)}
        return json.dumps(found, ensure_ascii=False)

    def store(self, place, files):
        self.server.alone()
        self.snapshot("live.json", "-s", "live")
        os.makedirs(place)
        with open(os.path.join(place, "files.json"), "w", encoding="utf-8") as file:
            json.dump(files, file)
        shutil.copy(os.path.join(self.scratch, "live.json"), place)

    def one(self, seed):
        place = os.path.join(self.options.store, str(seed)) if self.options.store else None
        if place and os.path.exists(place):
            with open(os.path.join(place, "files.json"), encoding="utf-8") as file:
                files = json.load(file)
        else:
            files = self.make(seed)
            if place:
                self.store(place, files)
        self.counts["statements"] += sum(map(len, files))
        differs, uncertain, replay = self.judge(files, place)
        claims = list(claimed(replay))
        self.counts["claims"] += len(claims)
        self.counts["uncertain"] += len(uncertain)
        for claim in claims:
            self.claimed[claim] += 1
        for warning in replay["meta"].get("warnings", []):
            self.said[re.sub(r"'[^']*'|\"[^\"]*\"|[0-9]+", "_", warning.split(": ", 1)[-1])[:110]] += 1
        if differs:
            self.counts["outside"] += 1
            self.tell(seed, files, differs)
        else:
            self.counts["within" if uncertain else "claimed" if claims else "equal"] += 1

    def work(self, seeds):
        for seed in seeds:
            try:
                self.one(seed)
            except Broken as broken:
                self.counts["broken"] += 1
                print("seed %d: %s" % (seed, broken), file=sys.stderr, flush=True)
                self.server.close()
                self.server = Server(self.env, self.scratch)
            except Exception as error:  # pylint: disable=broad-except
                self.counts["broken"] += 1
                print("seed %d: %s: %s" % (seed, type(error).__name__, error), file=sys.stderr, flush=True)
                raise
        self.server.close()


def write(folder, files):
    os.makedirs(folder, exist_ok=True)
    for number, file in enumerate(files, 1):
        with open(os.path.join(folder, "%03d_sequence.sql" % number), "w", encoding="utf-8") as out:
            out.write("".join(text + "\n;\n" for text in file))


def sort_of(path):
    """A difference without the names: its section and the member."""
    section, _, rest = path.partition(".")
    parts = re.sub(r'"(""|[^"])*"', "_", rest).split(".")
    members = [part for part in parts if part in MEMBERS]
    return section + (" " + ".".join(members) if members else " whole" if rest else "")


def claimed(found):
    """What a snapshot says to be uncertain: section and member."""
    for section in found["meta"].get("unread", []):
        if section not in ("tablespaces", "parameters", "facts"):
            yield "unread: " + section

    def walk(value, path):
        if isinstance(value, dict):
            for member in value.get("inexact", []):
                yield "%s.%s" % (path, member)
            for key, inner in value.items():
                yield from walk(inner, path + "." + key)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner, path)
    for section, objects in found.items():
        if section not in ("meta", "lineage"):
            yield from walk(objects, section)


with open(os.path.join(os.environ["SOURCE"], "man", "snapshot.5"), encoding="utf-8") as manual:
    MEMBERS = set(re.findall(r"^\.It Va (\w+)", manual.read(), re.M)) | {"columns", "constraints", "indexes", "triggers", "policies", "rules"}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=80)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=2, help="sequences cut down of one sort")
    parser.add_argument("--keep", help="where what was cut down goes")
    parser.add_argument("--store", help="where sequences and what the server made of them go, and are taken from when they are there")
    parser.add_argument("--refused", action="store_true", help="tell what the server refuses")
    parser.add_argument("--claims", action="store_true", help="tell what is said to be uncertain")
    parser.add_argument("--server", action="append", required=True)
    options = parser.parse_args()
    every = range(options.seed, options.seed + options.count)
    with tempfile.TemporaryDirectory(prefix="sequences.") as scratch:
        workers, threads = [], []
        for number, server in enumerate(options.server):
            own = os.path.join(scratch, str(number))
            os.mkdir(own)
            workers.append(Worker(server, own, options))
            threads.append(threading.Thread(target=workers[-1].work, args=(every[number::len(options.server)],)))
            threads[-1].start()
        for thread in threads:
            thread.join()

    def total(what):
        return sum((getattr(worker, what) for worker in workers), collections.Counter())
    counts, refused, done = total("counts"), total("refused"), total("done")
    if options.claims or options.refused:
        for name, number in done.most_common():
            print("%6d %5.1f %% refused  %s" % (number, 100 * refused[name] / number, name))
        for name, number in total("claimed").most_common() + total("said").most_common():
            print("%6d  %s" % (number, name))
    found = collections.Counter()
    for worker in workers:
        found.update({like: len(seeds) for like, seeds in worker.found.items()})
    for like, number in found.most_common():
        print("%6d  differ in %s" % (number, like))
    print("%d sequences of %d statements: %d equal, %d equal and said to be uncertain, %d equal but for what is said, %d differ in what nothing says, "
          "%d broken; %d members said to be uncertain, of which %d differ; %d of %d statements refused" % (
              len(every), counts["statements"], counts["equal"], counts["claimed"], counts["within"], counts["outside"], counts["broken"],
              counts["claims"], counts["uncertain"], sum(refused.values()), sum(done.values())))
    return counts["outside"] + counts["broken"] > 0


if __name__ == "__main__":
    sys.exit(main())
