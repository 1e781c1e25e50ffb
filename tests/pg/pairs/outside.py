"""What PostgreSQL's own pg_dump and pg_dumpall say of a database, and of which object they say it.

It is the outside observer of schema-diff: it shares no code with it. A dump is taken apart into its
entries, each of which is about one object, or about something nested in one; two dumps differ where
the texts of entries do. What has no meaning is left out: the order of entries, comments, OIDs, who
granted what, passwords.
"""

import collections
import re

# (class, name, nested): the name is (schema, name), (name,), or whatever else is the object's own;
# nested is the name of a part of it, or None.
Subject = collections.namedtuple("Subject", "klass name nested")

HEADER = re.compile(r"^-- Name: (.*); Type: ([^;]*); Schema: (.*); Owner: ?([^;]*?)(?:; Tablespace: (.*))?$")
DEFAULT = re.compile(r'^    ("(?:[^"]|"")*"|\w+) (.*?) DEFAULT (.*?)( NOT NULL)?(,?)$')
PART = re.compile(r'(?:"(?:[^"]|"")*"|[^\s".(),;]+)')

# What an object of a dump is to us. A relation may be a table here and a view there.
CLASSES = {
    "TABLE": "relation", "FOREIGN TABLE": "relation", "VIEW": "relation", "MATERIALIZED VIEW": "relation",
    "SEQUENCE": "relation", "SEQUENCE OWNED BY": "relation", "TABLE ATTACH": "relation",
    "INDEX": "index", "INDEX ATTACH": "index", "TYPE": "type", "DOMAIN": "type", "SHELL TYPE": "type",
    "FUNCTION": "function", "PROCEDURE": "function", "AGGREGATE": "function", "ROUTINE": "function",
    "FOREIGN SERVER": "server", "SERVER": "server", "LARGE OBJECT": "large object",
    "DATABASE PROPERTIES": "database", "PROCEDURAL LANGUAGE": "language", "LANGUAGE": "language",
    "FOREIGN DATA WRAPPER": "foreign-data wrapper", "STATISTICS": "statistics object",
}
# Entries that name the table and what is nested in it, with a blank between.
NESTED = {"CONSTRAINT", "FK CONSTRAINT", "CHECK CONSTRAINT", "DEFAULT", "TRIGGER", "RULE", "POLICY", "STATISTICS DATA"}
KINDS = {
    "enum": "type", "domain": "type", "composite type": "type", "range type": "type", "base type": "type",
    "sequence": "relation", "table": "relation", "view": "relation", "domain constraint": "type",
    "attribute": "type", "column": "relation", "constraint": "relation", "index": "relation",
    "policy": "relation", "trigger": "relation", "rule": "relation", "view column": "relation",
    "publication table": "publication",
}
PARTS = {"domain constraint", "attribute", "column", "constraint", "index", "policy", "trigger", "rule", "view column"}


def unquoted(text):
    return text[1:-1].replace('""', '"') if text.startswith('"') else text


def parts_of(text):
    """The names of an id such as public."Order".total, and what follows them: arguments and the like."""
    names, at = [], 0
    while True:
        part = PART.match(text, at)
        if not part:
            return names, text[at:]
        names.append(unquoted(part.group()))
        at = part.end()
        if at >= len(text) or text[at] != ".":
            return names, text[at:]
        at += 1


def bare(text):
    return re.sub(r"[\s\"]", "", text)


def signature(arguments):
    """Arguments, those of an aggregate written as those of any function."""
    return bare(arguments.replace("(*)", "()").replace(" ORDER BY ", ", ").replace("pg_catalog.", ""))


def same_signature(named, types):
    """Are the arguments, perhaps with modes and names, of these types?"""
    named, types = named.strip("()").split(","), types.strip("()").split(",")
    return len(named) == len(types) and all(map(str.endswith, named, types))


def table_of_index(text):
    """(schema, table) of a CREATE INDEX in an entry."""
    on = re.search(r"CREATE (?:UNIQUE )?INDEX .*? ON (?:ONLY )?(%s\.%s)" % (PART.pattern, PART.pattern), text)
    return tuple(parts_of(on.group(1))[0]) if on else None


def entries_of(text):
    """A dump's entries: {(type, name, schema): text}. A method or tablespace that is not the default is part
    of the text of those entries that it holds for."""
    entries = collections.defaultdict(list)
    key, method, space = None, "", ""
    for line in text.split("\n"):
        header = HEADER.match(line)
        if header:
            name, kind, schema, owner, _ = header.groups()
            key = (kind, name + " OF " + owner if kind == "DEFAULT ACL" else name, schema)
            entries[key].append("owner " + owner)
            if kind in ("TABLE", "MATERIALIZED VIEW", "INDEX", "CONSTRAINT"):
                entries[key].append(method + space)
        elif line.startswith("SET default_table_access_method"):
            method = "" if line.endswith("= heap;") else line
        elif line.startswith("SET default_tablespace"):
            space = "" if line.endswith("= '';") else line
        elif key and line and not re.match(r"--$|-- PostgreSQL|-- Dumped|\\(un)?restrict|\\connect|SET |SELECT pg_catalog.set_config|(RE)?SET SESSION AUTHORIZATION|-- Completed", line):
            entries[key].append(line)
    return defaults_apart({key: "\n".join(sorted(set(lines)) if key[0].endswith("ACL") else lines)
                           for key, lines in entries.items()})


def table_of_constraint(text):
    return tuple(parts_of(text.split("ALTER TABLE ONLY ")[1])[0])


def defaults_apart(entries):
    """A default stands in its table, or by itself where the dump needs to make something in between: here always by
    itself."""
    for (kind, name, schema), text in list(entries.items()):
        lines = text.split("\n")
        for at, line in enumerate(lines):
            told = DEFAULT.match(line) if kind in ("TABLE", "FOREIGN TABLE") else None
            if told:
                column, rest, default, not_null, comma = told.groups()
                lines[at] = "    %s %s%s%s" % (column, rest, not_null or "", comma)
                entries[("DEFAULT", "%s %s" % (name, unquoted(column)), schema)] = default
            if kind == "DEFAULT" and " SET DEFAULT " in line:
                lines = [line.split(" SET DEFAULT ", 1)[1].rstrip(";")]
        entries[(kind, name, schema)] = "\n".join(lines)
    return entries


def globals_of(text):
    """The same of pg_dumpall -g: {role: its lines}."""
    roles = collections.defaultdict(list)
    for line in text.split("\n"):
        line = re.sub(r" GRANTED BY .*;$", ";", line)
        line = re.sub(r" PASSWORD '[^']*'", "", line)
        granted = re.match(r"GRANT (.*) TO (\S+?)(?: WITH .*)?;$", line)
        told = re.match(r'(?:CREATE|ALTER|COMMENT ON) ROLE ("(?:[^"]|"")*"|[^\s;]+)', line)
        if granted and " ON " in granted.group(1):
            roles["parameter " + unquoted(granted.group(1).split(" ON ")[1].split()[-1])].append(line)
        elif granted or told:
            roles["role " + unquoted(granted.group(2) if granted else told.group(1))].append(line)
    # The first superuser is no role of the schema.
    return {("GLOBAL", role, "-"): "\n".join(sorted(lines)) for role, lines in roles.items() if role != "role postgres"}


def differing(old, new):
    """The keys of entries that are not the same."""
    return {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}


def lines_differing(old, new):
    before, after = (set(map(lambda line: line.rstrip(","), text.split("\n"))) for text in (old, new))
    return before ^ after


def spaced(schema, name, klass="relation"):
    """Raw names with a blank between: each place where the blank may be."""
    words = name.split(" ")
    return [Subject(klass, (schema, " ".join(words[:at])), " ".join(words[at:])) for at in range(1, len(words))]


def plain(kind, name, schema):
    klass = CLASSES.get(kind, kind.lower())
    if klass == "function":
        names, arguments = parts_of(name) if name.startswith('"') else ([name[:name.index("(")]], name[name.index("("):])
        return [Subject(klass, (schema, names[-1]), signature(arguments))]
    if schema == "-":
        return [Subject(klass, (unquoted(name),), None)]
    return [Subject(klass, (schema, unquoted(name)), None)]


def about(kind, name, schema):
    """Of what a comment, a right or a label is: "COLUMN ship.name", "TRIGGER stamp ON ship"."""
    for known in sorted(CLASSES.keys() | NESTED | {"COLUMN", "SCHEMA", "EXTENSION", "EVENT TRIGGER", "PUBLICATION",
                        "SUBSCRIPTION", "DATABASE", "COLLATION", "CONVERSION", "OPERATOR", "OPERATOR CLASS",
                        "OPERATOR FAMILY", "CAST", "TEXT SEARCH CONFIGURATION", "TEXT SEARCH DICTIONARY",
                        "TEXT SEARCH PARSER", "TEXT SEARCH TEMPLATE", "ACCESS METHOD", "TRANSFORM"}, key=len, reverse=True):
        if name.startswith(known + " "):
            rest = name[len(known) + 1:]
            break
    else:
        return plain(kind, name, schema)
    if known == "COLUMN":
        names, _ = parts_of(rest)
        return [Subject("relation", (schema, names[0]), names[-1]), Subject("type", (schema, names[0]), names[-1])]
    if known in NESTED:
        of = re.match(r"(.*) ON (DOMAIN )?(.*)$", rest)
        names, _ = parts_of(of.group(3))
        return [Subject("type" if of.group(2) else "relation", (schema, names[-1]), unquoted(of.group(1)))]
    if known in ("OPERATOR", "OPERATOR CLASS", "OPERATOR FAMILY"):
        rest = re.split(r" USING | \(", rest)[0]
    if CLASSES.get(known) == "function":
        return plain(known, rest, schema)
    names, _ = parts_of(rest)
    return plain(known, ".".join(names), schema) if len(names) == 1 else plain(known, rest, schema)


def subjects(key, text):
    """Of what an entry may be; more than one where its name can be read in two ways."""
    kind, name, schema = key
    if kind == "GLOBAL":
        klass, _, rest = name.partition(" ")
        return [Subject(klass, (rest,), None)]
    if kind in ("COMMENT", "ACL", "SECURITY LABEL"):
        return about(kind, name, schema)
    if kind == "DEFAULT ACL":
        of = re.match(r"DEFAULT PRIVILEGES FOR (.*) OF (.*)$", name)
        return [Subject("default privileges", (of.group(2), of.group(1).lower(), schema), None)]
    if kind == "ROW SECURITY":
        return [Subject("relation", (schema, name), None)]
    if kind in NESTED:
        return spaced(schema, name) + (spaced(schema, name, "type") if kind.endswith("CONSTRAINT") else [])
    if kind in ("PUBLICATION TABLE", "PUBLICATION TABLES IN SCHEMA"):
        return [Subject("publication", (s.name[1],), s.nested if kind.endswith("TABLE") else None)
                for s in spaced(schema, name)]
    if kind == "USER MAPPING":
        of = re.match(r"USER MAPPING (.*) SERVER (.*)$", name)
        return [Subject("user mapping", (of.group(2), of.group(1).lower()), None)]
    if kind == "CAST":
        return [Subject("cast", (bare(name[len("CAST ("):-1]),), None)]
    if kind == "DATABASE PROPERTIES":
        roles = re.findall(r"ALTER ROLE (\S+) IN DATABASE", text)
        return [Subject("database", (name,), None)] + [Subject("role", (unquoted(role),), None) for role in roles]
    of = re.search(r"ALTER TABLE (\S+) ALTER COLUMN (\S+) ADD GENERATED", text) if kind == "SEQUENCE" else None
    identity = [Subject("relation", tuple(parts_of(of.group(1))[0]), unquoted(of.group(2)))] if of else []
    return plain(kind, name, schema) + identity


def subject_of_id(kind, id_):
    klass = KINDS.get(kind, kind)
    if kind == "default privileges":
        of = re.match(r"(.*) ON (\w+)(?: IN (.*))?$", id_)
        return Subject(klass, (unquoted(of.group(1)), of.group(2), unquoted(of.group(3)) if of.group(3) else "-"), None)
    if kind == "user mapping":
        server, _, role = id_.partition(" FOR ")
        return Subject(klass, (unquoted(server), unquoted(role).lower()), None)
    if kind == "cast":
        return Subject(klass, (bare(id_),), None)
    if kind == "privileges" and id_.split(" ")[0] in ("function", "procedure", "aggregate"):
        return subject_of_id("function", id_.split(" ", 1)[1])
    if kind in ("privileges", "security label"):
        return Subject(klass, (id_,), None)
    if kind == "database":
        return Subject(klass, ("pair",), None)
    names, rest = parts_of(id_)
    if kind == "function":
        return Subject(klass, tuple(names[:2]), signature(rest))
    if kind == "publication table":
        return Subject(klass, (names[0],), names[-1])
    if kind in PARTS:
        return Subject(klass, tuple(names[:2]), names[-1])
    return Subject(klass, tuple(names), None)


def subjects_of_change(change):
    """The object that a change names, and that of its old name."""
    found = [subject_of_id(change["kind"], change["id"])]
    if change["op"] == "renamed":
        old = next(field["old"] for field in change["fields"] if field["name"] == "id")
        found.append(subject_of_id(change["kind"], old))
    return found
