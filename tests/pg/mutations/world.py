"""A schema that grows and changes at random, and what each step must look like to schema-diff.

A World has objects; a mutation picks some, gives the SQL that changes one thing, and the changes that this is:
what it is called is decided here, by what was done, and by nothing that a snapshot says. An object knows what
it uses, and which of its members follow when that is renamed; what is used is not dropped.
"""

import collections
import random
import re

RESERVED = {"order", "user", "table", "select", "from", "check", "column", "end"}
NAMES = ["ship", "port", "crew", "cargo", "berth", "tide", "quay", "mast", "hull", "sail", "rope", "buoy", "dock", "pilot", "chart",
         "order", "user", "select", "end", "Ship", "Cargo Item", "näme", 'quo"te', "a.b", "x-y", "1st", "UPPER", "emoji⚓"]
TEXTS = ["it's a comment", "plain", 'with "quotes"', "two\nlines", "back\\slash", "ünïcode ⚓", "$$dollar$$", "; drop table x; --"]


class Skip(Exception):
    """Nothing in this world that the mutation could be done to."""


def q(name):
    """As format('%I') does."""
    return name if re.fullmatch(r"[a-z_][a-z0-9_]*", name) and name not in RESERVED else '"%s"' % name.replace('"', '""')


def lit(text):
    return ("E" if "\\" in text else "") + "'%s'" % text.replace("'", "''").replace("\\", "\\\\")


class Obj:
    """An object; nested when it has a parent. uses: [(what, members that follow its name, or None: must keep it)]."""

    def __init__(self, kind, name, schema=None, parent=None, uses=(), **about):
        self.kind, self.name, self.schema, self.parent, self.uses = kind, name, schema, parent, list(uses)
        self.comment, self.owner, self.grants, self.revoked = None, "postgres", {}, set()
        self.__dict__.update(about)

    what = ""  # TABLE, FOREIGN TABLE ... in SQL, where that is not the kind
    args = None

    @property
    def id(self):
        if self.kind == "publication table":
            return self.parent.id + "." + self.uses[0][0].id
        if self.parent:
            return self.parent.id + "." + q(self.name)
        return self.sql if self.kind not in ("operator family", "operator class") else self.sql.replace(" using ", " USING ")

    @property
    def sql(self):
        """Its name in SQL; of what is nested that in its parent."""
        if self.parent and self.kind != "index":
            return q(self.name)
        schema = self.parent.schema if self.kind == "index" else self.schema
        name = (self.name if self.kind == "operator" else q(self.name))
        return (q(schema) + "." if schema else "") + name + (self.args or "")

    @property
    def command(self):
        return self.what or {"enum": "type", "composite type": "type", "range type": "type", "statistics object": "statistics",
                             "foreign-data wrapper": "foreign data wrapper", "view column": "column",
                             "domain constraint": "constraint"}.get(self.kind, self.kind)

    def on(self):
        """As COMMENT ON has it."""
        if self.kind in ("column", "view column", "attribute"):
            return "column %s.%s" % (self.parent.sql, q(self.name))
        if self.kind == "domain constraint":
            return "constraint %s on domain %s" % (q(self.name), self.parent.sql)
        if self.kind in ("constraint", "trigger", "policy", "rule"):
            return "%s %s on %s" % (self.kind, q(self.name), self.parent.sql)
        return "%s %s" % (self.command, self.sql)

    def is_in(self, other):
        return self is other or (self.parent is not None and self.parent.is_in(other))


class Change:
    """One that must be found: with the lineages of one database, and without."""

    def __init__(self, op, obj_or_kind, id_=None, fields=(), old_id=None, of=None):
        self.kind = obj_or_kind.kind if isinstance(obj_or_kind, Obj) else obj_or_kind
        self.op, self.obj, self.fields, self.old_id = op, obj_or_kind if isinstance(obj_or_kind, Obj) else None, set(fields), old_id
        self.known_id = id_
        self.of = of  # whose new name it only follows: told where that one is taken for gone

    def line(self):
        id_ = self.known_id or self.obj.id
        fields = "" if self.op in ("added", "removed") or not self.fields else ": " + ",".join(sorted(self.fields))
        return "%s %s %s%s" % (self.op, self.kind, id_, fields)

    def lines_without(self):
        """By names alone: a renamed one is another one, and one made again is seen where it is not the same."""
        id_ = self.known_id or self.obj.id
        if self.op == "ordered":
            return ["changed %s %s: %s" % (self.kind, id_, ",".join(sorted(self.fields)))]
        if self.op == "renamed":
            return ["removed %s %s" % (self.kind, self.old_id), "added %s %s" % (self.kind, id_)]
        if self.op == "replaced":
            return [self.line().replace("replaced", "changed", 1)] if self.fields else []
        return [self.line()]


class World:
    def __init__(self, seed, version):
        self.random, self.version, self.objs, self.serial = random.Random(seed), version, [], 0
        self.seen = collections.Counter()  # mutations by name
        self.gives, self.given = False, None  # whether default privileges give each new type to a role, and to which

    # ---- picking ----

    def new_name(self):
        self.serial += 1
        name = self.random.choice(NAMES)
        return "%s_%d" % (name, self.serial) if self.random.random() < 0.9 else "%s%d" % (name, self.serial)

    def all(self, *kinds, **about):
        return [o for o in self.objs if (not kinds or o.kind in kinds) and
                all(getattr(o, key, None) == value for key, value in about.items())]

    def pick(self, *kinds, where=None, **about):
        found = [o for o in self.all(*kinds, **about) if not where or where(o)]
        if not found:
            raise Skip
        return self.random.choice(found)

    def some(self, items):
        items = list(items)
        if not items:
            raise Skip
        return self.random.choice(items)

    def nested(self, parent, *kinds):
        return [o for o in self.objs if o.parent is parent and (not kinds or o.kind in kinds)]

    def users(self, target):
        """Who uses it or what is nested in it, nested ones of itself not counted."""
        return [o for o in self.objs if not o.is_in(target) and any(used.is_in(target) for used, _ in o.uses)]

    def is_free(self, target):
        return not self.users(target)

    def is_free_column(self, column):
        return not any(used is column for o in self.objs for used, _ in o.uses)

    # ---- recording ----

    def add(self, obj):
        self.objs.append(obj)
        return obj

    def remove(self, obj):
        self.objs = [o for o in self.objs if not o.is_in(obj)]

    def follow(self, target):
        """Whose members follow a new name of the target. Whoever must keep it forbids that."""
        fields = {}
        for o in self.objs:
            for used, members in o.uses:
                if used is target:
                    if members is None:
                        raise Skip
                    fields.setdefault(o, set()).update(members)
        return [Change("changed", o, fields=members, of=target) for o, members in fields.items() if members]
