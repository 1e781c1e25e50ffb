#!/usr/bin/python3
"""Documents that are none: each must be refused with exit code 65 and one line that names the file and the place in
it, without a crash and without more memory than a few times its longest line. Run by malformed.sh with the program,
a directory to work in and, when the program has AddressSanitizer, "sanitized"."""
import hashlib
import os
import resource
import subprocess
import sys

program, work, sanitized = sys.argv[1], sys.argv[2], "sanitized" in sys.argv[3:]
failed = 0
count = 0
MB = 1024 * 1024


def document(lines, meta=b'{"source":"live"}', asides=(), digest=None):
    """lines: those of the sections, without their ends."""
    body = b"".join(line + b"\n" for line in lines)
    digest = digest or hashlib.sha256(body).hexdigest().encode()
    return (b'{"format":"snapshot/1",\n"meta":' + meta + b",\n" + body
            + b"".join(line + b"\n" for line in asides) + b'"hash":"sha256:' + digest + b'"}\n')


def section(name, *objects):
    return [b'"' + name + b'":['] + [each + b"," for each in objects[:-1]] + [objects[-1], b"],"]


def tables(*objects):
    return document(section(b"tables", *objects))


def lineage(*lines, meta=b'{"database_oid":1,"system_identifier":"1"}', objects=(b'{"id":"a.t"}',)):
    return document(section(b"tables", *objects), meta, section(b"lineage", *lines))


def run(old, new, limit):
    """Exit code, standard error and peak memory."""
    environment = dict(os.environ, LC_ALL="C")
    if sanitized:
        environment["ASAN_OPTIONS"] = "quarantine_size_mb=1:malloc_context_size=2"

    def confine():
        if limit and not sanitized:
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))

    with open(os.path.join(work, "out"), "wb") as out:
        done = subprocess.run([program, "-a", old, "-f", "json", new], stdout=out, stderr=subprocess.PIPE, env=environment,
                              preexec_fn=confine, check=False)
    return done.returncode, done.stderr.decode(errors="replace")


def write(name, content):
    path = os.path.join(work, name)
    with open(path, "wb") as out:
        out.write(content)
    return path


def wrong(what, why):
    global failed
    failed += 1
    print(f"FAILED: {what}: {why}"[:600], file=sys.stderr)


def refused(what, content, place, other=None, limit=None):
    """The content, as either side, is refused; place: what the line says besides the file's name."""
    global count
    good = write("good", other or tables(b'{"id":"a.s"}'))
    for sides in ("bad", "good"), ("good", "bad"):
        count += 1
        bad = write("bad", content)
        code, said = run(*[bad if side == "bad" else good for side in sides], limit)
        if code != 65:
            wrong(what, f"exit code {code}: {said[:300]}")
        elif said.count("\n") != 1 or bad not in said or place not in said:
            wrong(what, f"says '{said.strip()}', wanted {bad} and '{place}'")
        elif any(ord(c) < 32 for c in said.rstrip("\n")):
            wrong(what, "raw bytes on the terminal")


def fine(what, old, new, code, limit=None):
    global count
    count += 1
    got, said = run(write("old", old), write("new", new), limit)
    if got != code or (said and code < 2):
        wrong(what, f"exit code {got}: {said[:300]}")


# ---- cut at every byte ----

whole = document(section(b"schemas", b'{"id":"a","name":"a"}') + section(b"tables", b'{"columns":[{"name":"x"}],"id":"a.t"}'),
                 b'{"database_oid":1}', section(b"lineage", b'{"id":"a.t","kind":"table","oid":5}'))
fine("whole", whole, whole, 0)
path = write("whole", whole)
# Cut at every byte, or without LONG at every fifth.
for length in range(0, len(whole), 1 if os.environ.get("LONG") else 5):
    count += 1
    cut = write("cut", whole[:length])
    code, said = run(*((cut, path) if length % 2 else (path, cut)), None)
    if code != 65 or said.count("\n") != 1 or cut not in said:
        wrong(f"cut at {length}", f"exit code {code}: {said[:300]}")

# ---- layout ----

refused("nothing", b"", "empty")
refused("a newline", b"\n", "not a snapshot")
refused("another format", b'{"format":"changes/1",\n', "changes/1")
refused("no meta", b'{"format":"snapshot/1",\n"tables":[\n', ":2: ")
refused("meta is an array", document([], b"[]"), ":2: ")
refused("meta has a member twice", document([], b'{"a":1,"a":2}'), ":2: ")
refused("meta is nested deeply", document([], b'{"a":' + b"[" * 100000 + b"]" * 100000 + b"}"), ":2: ")
refused("a wrong hash", document(section(b"tables", b'{"id":"a.t"}'), digest=b"0" * 64), "hash")
refused("a hash in capitals", document([], digest=hashlib.sha256(b"").hexdigest().upper().encode()), ":3: ")
refused("a section twice", document(section(b"tables", b'{"id":"a"}') + section(b"tables", b'{"id":"b"}')), ":6: ")
refused("sections out of order", document(section(b"tables", b'{"id":"a"}') + section(b"schemas", b'{"id":"b"}')), ":6: ")
refused("an unknown section", document(section(b"gadgets", b'{"id":"a"}')), ":3: ")
refused("an empty section", document([b'"tables":[', b"],"]), ":4: ")
refused("a comma too many", document([b'"tables":[', b'{"id":"a"},', b"],"]), ":5: ")
refused("a comma too few", document([b'"tables":[', b'{"id":"a"}', b'{"id":"b"}', b"],"]), ":5: ")
refused("something behind the end", tables(b'{"id":"a"}') + b"x\n", ":6: ")
refused("an object in two lines", document([b'"tables":[', b'{"id":', b'"a"}', b"],"]), ":4: ")
refused("a NUL byte", tables(b'{"id":"a\0"}'), ":4: ")
refused("a NUL byte in meta", document([], b'{"a":"\0"}'), ":2: ")
refused("a NUL, escaped", tables(b'{"id":"a\\u0000b"}'), ":4:")

# ---- objects ----

refused("bad UTF-8", tables(b'{"id":"a.t","name":"\xff\xfe"}'), ":4:")
refused("bad UTF-8 in the id", tables(b'{"id":"a.\xc3\x28"}'), ":4:")
refused("half a surrogate", tables(b'{"id":"a.t","name":"\\ud800"}'), ":4:")
refused("no id", tables(b'{"name":"a"}'), ":4: ")
refused("an id that is a number", tables(b'{"id":1}'), ":4: ")
refused("an id in another object only", tables(b'{"columns":[{"id":"a"}]}'), ":4: ")
refused("a member twice", tables(b'{"id":"a.t","name":"a","name":"b"}'), ":4:")
refused("an id twice in one object", tables(b'{"id":"a.t","id":"a.u"}'), ":4:")
refused("ids out of order", tables(b'{"id":"b"}', b'{"id":"a"}'), ":5: ")
refused("the same id again", tables(b'{"id":"a"}', b'{"id":"a"}'), ":5: ")
refused("no JSON", tables(b"{what is this}"), ":4:")
refused("brackets that do not match", tables(b'{"id":"a","columns":[}'), ":4:")
refused("a huge number", tables(b'{"id":"a","cache":99999999999999999999999999}'), ":4:")
refused("a huge exponent", tables(b'{"id":"a","cache":1e999999}'), ":4:")
refused("a very long number", tables(b'{"id":"a","cache":' + b"9" * MB + b"}"), ":4:")
for depth in 300, 2000, 100000:
    refused(f"{depth} levels of arrays", tables(b'{"a":' + b"[" * depth + b"]" * depth + b',"id":"a"}'), ":4:")
    refused(f"{depth} levels of objects", tables(b'{"id":"a","z":' + b'{"a":' * depth + b"1" + b"}" * depth + b"}"), ":4:")
refused("100,000 brackets without an end", tables(b'{"id":"a","z":' + b"[" * 100000 + b"}"), ":4:")

# ---- asides ----

one = lineage(b'{"id":"a.t","kind":"table","oid":1}')
two = lineage(b'{"id":"a.t","kind":"table","oid":1}', b'{"id":"a.u","kind":"table","oid":1}')
refused("a lineage without a kind", lineage(b'{"id":"a.t","oid":2}'), ":7: ", one)
refused("a lineage of an unknown kind", lineage(b'{"id":"a.t","kind":"gadget","oid":2}'), ":7: ", one)
refused("a lineage without an oid", lineage(b'{"id":"a.t","kind":"table"}'), "line 7", one)
refused("a lineage with an oid that is a text", lineage(b'{"id":"a.t","kind":"table","oid":"1"}'), "line 7", one)
refused("a lineage with columns that are none", lineage(b'{"columns":{},"id":"a.t","kind":"table","oid":1}'), "line 7", one)
refused("a lineage with more columns than the table",
        lineage(b'{"columns":[[1,2],[2,3]],"id":"a.t","kind":"table","oid":1}', objects=(b'{"columns":[{"name":"x"}],"id":"a.t"}',)),
        "a.t", one)
refused("a lineage out of order", lineage(b'{"id":"a.u","kind":"table","oid":1}', b'{"id":"a.t","kind":"table","oid":1}'), ":8: ", two)

# ---- members of the wrong type ----

for what, bad in (
        ("columns that are a number", b'{"columns":5,"id":"a.s"}'),
        ("columns that are none", b'{"columns":[1,null,[]],"id":"a.s"}'),
        ("a column whose name is a number", b'{"columns":[{"name":1}],"id":"a.s"}'),
        ("a column without a name", b'{"columns":[{"type":"text"}],"id":"a.s"}'),
        ("columns by their names", b'{"columns":{"x":1},"id":"a.s"}'),
        ("indexes that are a text", b'{"id":"a.s","indexes":"x"}')):
    refused(what, tables(bad), "a.s")
# What is not looked into is compared as it is.
for old, new in (
        (b'{"grants":[1],"id":"a.t","inexact":{}}', b'{"grants":{"public":1},"id":"a.t","inexact":[1]}'),
        (b'{"grants":{"public":[1,null]},"id":"a.t"}', b'{"grants":{"public":["select",[]]},"id":"a.t"}'),
        (b'{"id":"a.t","name":1,"schema":[]}', b'{"id":"a.u","name":[],"schema":{}}')):
    fine(f"{old} and {new}", tables(old), tables(new), 1)

# ---- memory: a few times the longest line ----

long = 100 * MB
text = b"x" * long
limit = 60 * MB + 6 * long
fine("a text of 100 MB", tables(b'{"comment":"' + text + b'","id":"a"}'), tables(b'{"comment":"' + text + b'","id":"a"}'), 0, limit)
fine("a text of 100 MB that is another", tables(b'{"comment":"' + text + b'","id":"a"}'), tables(b'{"comment":"y","id":"a"}'), 1,
     60 * MB + 8 * long)
refused("a line of 100 MB without an end", document([], digest=b"0" * 64)[:40] + text, ":2: ", limit=limit)
refused("a text of 100 MB without an end", tables(b'{"id":"' + text + b"}"), ":4:", limit=limit)
refused("100 MB of brackets", tables(b'{"id":"a","z":' + b"[" * long + b"}"), ":4:", limit=limit)
refused("a document of one line of 100 MB", b'{"format":"snapshot/1","meta":{"a":"' + text + b'"}}\n', "one object a line", limit=limit)
many = [b'{"id":"%08d","name":"%s"}' % (i, b"x" * 50) for i in range(200000)]
fine("200,000 objects", tables(*many), tables(*many), 0, 60 * MB)

print(f"{count} documents, {failed} wrong")
sys.exit(failed > 0)
