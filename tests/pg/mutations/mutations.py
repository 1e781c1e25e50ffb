"""The mutations: each a function from a World to the SQL and the changes that it is. Registered by name."""

from world import Change, Obj, Skip, TEXTS, lit, q

class Cast(Obj):
    @property
    def id(self):
        return "text AS " + self.uses[0][0].id

    @property
    def sql(self):
        return "(text as %s)" % self.uses[0][0].sql


class Mapping(Obj):
    @property
    def id(self):
        return self.uses[0][0].id + " FOR PUBLIC"

    @property
    def sql(self):
        return "for public server " + self.uses[0][0].sql

    def password_sql(self):
        """Whether it has none or another one."""
        return "do $$begin alter user mapping {0} options (set password '{1}'); exception when others then " \
            "alter user mapping {0} options (add password '{1}'); end$$".format(self.sql, "p%d" % self.password)


class Named(Obj):
    @property
    def id(self):
        return self.name


ALL = []  # (name, weight, function)

INTEGERS = ["integer", "bigint", "smallint"]
TYPES = ["integer", "bigint", "text", "varchar(20)", "numeric(10,2)", "boolean", "date", "timestamp with time zone", "jsonb", "uuid",
         "integer[]", "text[]", "bytea", "character(3)", "interval", "double precision"]
DEFAULTS = {"integer": ["1", "2", "3"], "bigint": ["10", "20"], "text": ["'a'::text", "lower('B'::text)"], "boolean": ["true", "false"],
            "date": ["CURRENT_DATE", "'2020-01-01'::date"], "timestamp with time zone": ["now()", "clock_timestamp()"],
            "jsonb": ["'{}'::jsonb", "'[]'::jsonb"], "uuid": ["gen_random_uuid()"]}
RETYPED = {"integer": "bigint", "smallint": "integer", "varchar(20)": "varchar(40)", "varchar(40)": "text", "numeric(10,2)": "numeric(12,4)",
           "text": "varchar(99)", "date": "timestamp with time zone", "double precision": "numeric(10,2)", "integer[]": "bigint[]"}


def mutation(name, weight=2):
    def register(function):
        ALL.append((name, weight, function))
        return function
    return register


def each(kinds, name, weight=1):
    """The same mutation for each kind: how many mutations that are is how many kinds."""
    def register(function):
        for kind in kinds:
            ALL.append(("%s: %s" % (kind, name), weight, lambda w, kind=kind: function(w, kind)))
        return function
    return register


# ---- making things ----

def column(table, name, type_, **about):
    return Obj("column", name, parent=table, type=type_, **dict({"not_null": False, "default": None, "generated": None, "identity": None,
                                                              "statistics": None, "storage": None, "options": None, "collation": None}, **about))


def owned_by(c):
    """What a sequence uses that belongs to a column."""
    return [(c, ("owned_by",)), (c.parent, ("owned_by",))]


@mutation("schema created", 1)
def _(w):
    schema = w.add(Obj("schema", w.new_name()))
    return "create schema " + schema.sql, [Change("added", schema)]


def a_schema(w):
    """One that things are made in."""
    return w.pick("schema").name


def used_type(w):
    """A type, and what it uses: now and then one of our own."""
    if w.random.random() < 0.2 and w.all("enum", "domain"):
        type_ = w.pick("enum", "domain")
        return type_.id, [(type_, ("type",))]
    return w.some(TYPES), []


@mutation("table created", 3)
def _(w):
    table = Obj("table", w.new_name(), a_schema(w), table_kind="table", unlogged=False, fillfactor=None, rls=False, force=False,
                replica="default")
    columns, parts, changes = [], [], [Change("added", table)]
    w.add(table)
    for at in range(w.random.randint(2, 6)):
        type_, uses = used_type(w)
        new = column(table, w.new_name(), type_)
        new.uses = uses
        not_null = w.random.random() < 0.3
        if at == 0 and w.random.random() < 0.5:
            new.type, new.uses, new.identity, not_null = "integer", [], w.some(["always", "by default"]), True
            sequence = w.add(Obj("sequence", ("%s_%s_seq" % (table.name, new.name)), table.schema, owned=new, identity=True,
                                 uses=owned_by(new)))
            new.identity_sequence = sequence
            changes.append(Change("added", sequence))
        elif type_ in DEFAULTS and w.random.random() < 0.3:
            new.default = w.some(DEFAULTS[type_])
        new.not_null = not_null
        parts.append("%s %s%s%s%s" % (q(new.name), new.type, " generated %s as identity" % new.identity if new.identity else "",
                                      " default " + new.default if new.default else "", " not null" if not_null else ""))
        columns.append(w.add(new))
    return "create table %s (%s)" % (table.sql, ", ".join(parts)), changes


def tables(w, **about):
    return w.pick("table", table_kind="table", **about)


def columns_of(w, table, *types):
    return [c for c in w.nested(table, "column") if not types or c.type in types]


@mutation("column added", 3)
def _(w):
    table = tables(w, where=lambda t: not is_parent(w, t))
    type_, uses = used_type(w)
    new = column(table, w.new_name(), type_)
    new.uses = uses
    default = ""
    if type_ in DEFAULTS and w.random.random() < 0.5:
        new.default = w.some(DEFAULTS[type_])
        default = " default " + new.default
    w.add(new)
    return "alter table %s add column %s %s%s" % (table.sql, q(new.name), type_, default), [Change("added", new)]


@mutation("column dropped", 3)
def _(w):
    c = w.pick("column", where=lambda c: w.is_free_column(c) and not c.identity and c.parent.table_kind == "table" and
               not is_parent(w, c.parent) and len(w.nested(c.parent, "column")) > 1)
    w.remove(c)
    return "alter table %s drop column %s" % (c.parent.sql, q(c.name)), [Change("removed", c)]


def is_parent(w, table):
    return any(used is table and members and ("inherits" in members or "partition_of" in members) for o in w.objs for used, members in o.uses)


def is_plain(w):
    return lambda c: c.parent.table_kind == "table" and not is_parent(w, c.parent) and not c.generated


@mutation("column dropped with its index")
def _(w):
    index = w.pick("index", where=lambda i: i.parent.kind == "table" and i.parent.table_kind == "table" and w.is_free(i))
    used = [u for u, _ in index.uses if u.kind == "column"]
    if len(used) != 1 or [o for o in w.users(used[0]) if o is not index] or is_parent(w, index.parent) or used[0].identity or \
            len(w.nested(index.parent, "column")) < 2 or [o for o in w.objs if o is not index and any(u is used[0] for u, _ in o.uses)]:
        raise Skip
    table, gone = index.parent, [Change("removed", used[0]), Change("removed", index)]
    w.remove(used[0])
    w.remove(index)
    return "alter table %s drop column %s" % (table.sql, q(used[0].name)), gone


@mutation("column made again, last")
def _(w):
    table = tables(w, where=lambda t: not getattr(t, "moved", False))
    last = w.nested(table, "column")[-1]
    if not w.is_free_column(last) or last.identity or last.generated or is_parent(w, table) or last.uses:
        raise Skip
    lost = {member for member in ("default", "not_null", "statistics", "storage", "options", "collation") if getattr(last, member)}
    lost |= {"comment"} if last.comment else set()
    lost |= {"grants"} if last.grants else set()
    w.remove(last)
    new = w.add(column(table, last.name, last.type))
    return "alter table %s drop column %s; alter table %s add column %s %s" % (table.sql, q(last.name), table.sql, q(last.name), last.type), \
        [Change("replaced", new, fields=lost)]


@mutation("column's type", 3)
def _(w):
    c = w.pick("column", where=lambda c: is_plain(w)(c) and w.is_free_column(c) and not c.default and not c.identity and c.type in RETYPED
               and not c.storage)
    # What is not named is the type's own.
    lost = {"collation"} if c.collation else set()
    c.type, c.collation = RETYPED[c.type], None
    return "alter table %s alter column %s type %s" % (c.parent.sql, q(c.name), c.type), [Change("changed", c, fields={"type"} | lost)]


@mutation("column not null", 3)
def _(w):
    c = w.pick("column", where=lambda c: is_plain(w)(c) and not c.identity and not in_key(w, c))
    c.not_null = not c.not_null
    return "alter table %s alter column %s %s not null" % (c.parent.sql, q(c.name), "set" if c.not_null else "drop"), \
        [Change("changed", c, fields={"not_null"})]


def in_key(w, c):
    return any(o.kind == "constraint" and o.type == "primary key" and any(u is c for u, _ in o.uses) for o in w.nested(c.parent, "constraint"))


@mutation("column's default", 3)
def _(w):
    c = w.pick("column", where=lambda c: is_plain(w)(c) and not c.identity and c.type in DEFAULTS)
    c.default = w.some([d for d in DEFAULTS[c.type] + [None] if d != c.default])
    return "alter table %s alter column %s %s default %s" % (c.parent.sql, q(c.name), "set" if c.default else "drop", c.default or ""), \
        [Change("changed", c, fields={"default"})]


@mutation("column's identity added")
def _(w):
    c = w.pick("column", where=lambda c: is_plain(w)(c) and not c.identity and not c.default and c.type in INTEGERS and c.not_null)
    name = "%s_%s_seq" % (c.parent.name, c.name)
    if len(name.encode()) > 60 or w.all(name=name):
        raise Skip
    c.identity = "always"
    c.identity_sequence = w.add(Obj("sequence", name, c.parent.schema, owned=c, identity=True, uses=owned_by(c), owner=c.parent.owner))
    if c.parent.owner != "postgres":
        c.identity_sequence.uses.append((c.parent.owner, ("owner",)))
    return "alter table %s alter column %s add generated always as identity" % (c.parent.sql, q(c.name)), \
        [Change("changed", c, fields={"identity"}), Change("added", c.identity_sequence)]


@mutation("column's identity of the other kind")
def _(w):
    c = w.pick("column", where=lambda c: c.identity)
    c.identity = {"always": "by default", "by default": "always"}[c.identity]
    return "alter table %s alter column %s set generated %s" % (c.parent.sql, q(c.name), c.identity), [Change("changed", c, fields={"identity"})]


@mutation("column's identity dropped")
def _(w):
    c = w.pick("column", where=lambda c: c.identity and w.is_free(c.identity_sequence))
    gone = Change("removed", c.identity_sequence)
    w.remove(c.identity_sequence)
    c.identity = None
    return "alter table %s alter column %s drop identity" % (c.parent.sql, q(c.name)), [Change("changed", c, fields={"identity"}), gone]


@mutation("column's identity counts otherwise")
def _(w):
    c = w.pick("column", where=lambda c: c.identity)
    step = w.some([n for n in range(2, 9) if n != getattr(c.identity_sequence, "increment", 1)])
    c.identity_sequence.increment = step
    return "alter table %s alter column %s set increment by %d" % (c.parent.sql, q(c.name), step), \
        [Change("changed", c.identity_sequence, fields={"increment"})]


@mutation("generated column added")
def _(w):
    table = tables(w, where=lambda t: not is_parent(w, t))
    base = w.some(c for c in columns_of(w, table, *INTEGERS) if not c.generated)
    new = column(table, w.new_name(), "bigint", generated="stored")
    new.uses = [(base, ("default",))]
    w.add(new)
    return "alter table %s add column %s bigint generated always as (%s * %d) stored" % (
        table.sql, q(new.name), q(base.name), w.random.randint(2, 9)), [Change("added", new)]


@mutation("column no longer generated")
def _(w):
    c = w.pick("column", where=lambda c: c.generated)
    c.generated, c.uses = None, [u for u in c.uses if u[1] != ("default",)]
    return "alter table %s alter column %s drop expression" % (c.parent.sql, q(c.name)), [Change("changed", c, fields={"default", "generated"})]


@mutation("column's statistics")
def _(w):
    c = w.pick("column", where=lambda c: c.parent.table_kind == "table" and not is_parent(w, c.parent))
    c.statistics = w.some([n for n in (50, 200, 777) if n != c.statistics])
    return "alter table %s alter column %s set statistics %d" % (c.parent.sql, q(c.name), c.statistics), [Change("changed", c, fields={"statistics"})]


@mutation("column's storage")
def _(w):
    c = w.pick("column", where=lambda c: is_plain(w)(c) and c.type in ("text", "bytea", "jsonb", "text[]"))
    c.storage = "external" if c.storage is None else None
    return "alter table %s alter column %s set storage %s" % (c.parent.sql, q(c.name), c.storage or "extended"), \
        [Change("changed", c, fields={"storage"})]


@mutation("column's options")
def _(w):
    c = w.pick("column", where=lambda c: c.parent.table_kind == "table" and not is_parent(w, c.parent))
    c.options = w.some([n for n in (5, 7, 9) if n != c.options])
    return "alter table %s alter column %s set (n_distinct = %d)" % (c.parent.sql, q(c.name), c.options), [Change("changed", c, fields={"options"})]


@mutation("column's collation")
def _(w):
    c = w.pick("column", where=lambda c: is_plain(w)(c) and w.is_free_column(c) and c.type == "text" and not c.collation)
    c.collation = "C"
    return 'alter table %s alter column %s type text collate "C"' % (c.parent.sql, q(c.name)), [Change("changed", c, fields={"collation"})]


@mutation("two columns' order swapped by making one again")
def _(w):
    table = tables(w, where=lambda t: not getattr(t, "moved", False))
    columns = w.nested(table, "column")
    if len(columns) < 2:
        raise Skip
    c = columns[-2]
    if not w.is_free_column(c) or c.identity or c.generated or is_parent(w, table) or c.uses or c.comment or c.grants or \
            any(getattr(c, member) for member in ("default", "not_null", "statistics", "storage", "options", "collation")):
        raise Skip
    w.remove(c)
    new = w.add(column(table, c.name, c.type))
    return "alter table %s drop column %s; alter table %s add column %s %s" % (table.sql, q(c.name), table.sql, q(c.name), c.type), \
        [Change("replaced", new), Change("ordered", table, fields={"column order"})]


# ---- tables ----

@mutation("table unlogged")
def _(w):
    t = tables(w, where=lambda t: not [o for o in w.objs if o.kind == "constraint" and o.type == "foreign key" and
                                       (o.parent is t or any(u is t for u, _ in o.uses))] and
               not any(o.kind in ("publication table",) and any(u is t for u, _ in o.uses) for o in w.objs) and
               not any(o.kind == "sequence" and o.owned and o.owned.parent is t for o in w.objs))
    t.unlogged = not t.unlogged
    return "alter table %s set %s" % (t.sql, "unlogged" if t.unlogged else "logged"), [Change("changed", t, fields={"unlogged"})]


@mutation("table's options")
def _(w):
    t = tables(w)
    t.fillfactor = w.some([n for n in (50, 60, 70) if n != t.fillfactor])
    return "alter table %s set (fillfactor = %d)" % (t.sql, t.fillfactor), [Change("changed", t, fields={"options"})]


@mutation("row security switched")
def _(w):
    t = w.pick("table", where=lambda t: t.table_kind != "foreign table")
    t.rls = not t.rls
    return "alter table %s %s row level security" % (t.sql, "enable" if t.rls else "disable"), [Change("changed", t, fields={"row_security"})]


@mutation("row security forced")
def _(w):
    t = w.pick("table", where=lambda t: t.table_kind != "foreign table")
    t.force = not t.force
    return "alter table %s %sforce row level security" % (t.sql, "" if t.force else "no "), [Change("changed", t, fields={"force_row_security"})]


@mutation("replica identity")
def _(w):
    t = tables(w)
    t.replica = w.some([r for r in ("full", "nothing", "default") if r != t.replica])
    return "alter table %s replica identity %s" % (t.sql, t.replica), [Change("changed", t, fields={"replica_identity"})]


@mutation("clustered")
def _(w):
    i = w.pick("index", where=lambda i: i.parent.kind == "table" and i.parent.table_kind == "table" and i.method == "btree" and
               not i.partial and not any(m == ("cluster_on",) for _, m in i.parent.uses))
    i.parent.uses.append((i, ("cluster_on",)))
    return "alter table %s cluster on %s" % (i.parent.sql, q(i.name)), [Change("changed", i.parent, fields={"cluster_on"})]


@mutation("inherited")
def _(w):
    parent = tables(w, where=lambda t: not any(c.uses for c in w.nested(t, "column")))
    child = Obj("table", w.new_name(), a_schema(w), uses=[(parent, ("inherits",))], table_kind="child", rls=False, force=False)
    w.add(child)
    return "create table %s (%s integer) inherits (%s)" % (child.sql, q(w.new_name()), parent.sql), [Change("added", child)]


@mutation("inherits no more")
def _(w):
    child = w.pick("table", table_kind="child", where=lambda t: t.uses)
    parent = child.uses[0][0]
    if len(child.uses) > 1 or child.owner != "postgres" or w.users(child):
        raise Skip
    changes = [Change("changed", "column", child.id + "." + q(c.name), {"inherited"}) for c in w.nested(parent, "column")]
    # Its checks become its own.
    if w.nested(parent, "constraint"):
        raise Skip
    child.uses = []
    w.remove(child)
    return "alter table %s no inherit %s; " % (child.sql, parent.sql), changes + [Change("changed", "table", child.id, {"inherits"})]


@mutation("partitioned table created")
def _(w):
    t = w.add(Obj("table", w.new_name(), a_schema(w), table_kind="partitioned table", rls=False, force=False))
    w.add(column(t, "n", "integer"))
    return "create table %s (n integer not null, x text) partition by range (n)" % t.sql, [Change("added", t)]


@mutation("partition added")
def _(w):
    t = w.pick("table", table_kind="partitioned table")
    t.bound = getattr(t, "bound", 0) + 10
    part = w.add(Obj("table", w.new_name(), t.schema, uses=[(t, ("partition_of",))], table_kind="partition", rls=False, force=False, low=t.bound))
    return "create table %s partition of %s for values from (%d) to (%d)" % (part.sql, t.sql, t.bound, t.bound + 10), [Change("added", part)]


@mutation("partition detached and attached otherwise")
def _(w):
    part = w.pick("table", table_kind="partition")
    t = part.uses[0][0]
    t.bound = getattr(t, "bound", 0) + 10
    return "alter table %s detach partition %s; alter table %s attach partition %s for values from (%d) to (%d)" % (
        t.sql, part.sql, t.sql, part.sql, t.bound, t.bound + 10), [Change("changed", part, fields={"partition_bound"})]


@mutation("partition detached")
def _(w):
    part = w.pick("table", table_kind="partition")
    t = part.uses[0][0]
    if w.nested(t, "index", "constraint", "trigger"):
        raise Skip
    part.uses, part.table_kind = [], "detached"
    return "alter table %s detach partition %s" % (t.sql, part.sql), [Change("changed", part, fields={"partition_bound", "partition_of"})]


# ---- constraints and indexes ----

def constraint(w, table, type_, uses, **about):
    return w.add(Obj("constraint", w.new_name(), parent=table, uses=uses, type=type_, **about))


@mutation("check added")
def _(w):
    table = tables(w, where=lambda t: not is_parent(w, t))
    c = w.some(columns_of(w, table, *INTEGERS))
    bound, late = w.random.randint(1, 99), w.random.random() < 0.3
    new = constraint(w, table, "check", [(c, ("columns", "definition"))], bound=bound, late=late)
    return "alter table %s add constraint %s check (%s > %d)%s" % (table.sql, q(new.name), q(c.name), bound, " not valid" if late else ""), \
        [Change("added", new)]


@mutation("check's expression")
def _(w):
    c = w.pick("constraint", type="check", where=lambda c: not c.comment)
    c.bound += 1
    late, c.late = c.late, False
    return "alter table %s drop constraint %s; alter table %s add constraint %s check (%s > %d)" % (
        c.parent.sql, q(c.name), c.parent.sql, q(c.name), q(c.uses[0][0].name), c.bound), \
        [Change("changed", c, fields={"definition"} | ({"not_valid"} if late else set()))]


@mutation("check validated")
def _(w):
    c = w.pick("constraint", type="check", late=True)
    c.late = False
    return "alter table %s validate constraint %s" % (c.parent.sql, q(c.name)), [Change("changed", c, fields={"definition", "not_valid"})]


@mutation("unique added")
def _(w):
    table = tables(w)
    c = w.some(c for c in columns_of(w, table, "integer", "bigint", "text", "date", "uuid"))
    new = constraint(w, table, "unique", [(c, ("columns", "definition"))])
    return "alter table %s add constraint %s unique (%s)" % (table.sql, q(new.name), q(c.name)), [Change("added", new)]


@mutation("primary key added", 3)
def _(w):
    table = tables(w, where=lambda t: not is_parent(w, t) and not any(c.type == "primary key" for c in w.nested(t, "constraint")))
    c = w.some(c for c in columns_of(w, table, "integer", "bigint", "text", "date", "uuid"))
    new = constraint(w, table, "primary key", [(c, ("columns", "definition"))])
    changes = [Change("added", new)] + ([] if c.not_null else [Change("changed", c, fields={"not_null"})])
    c.not_null = True
    return "alter table %s add constraint %s primary key (%s)" % (table.sql, q(new.name), q(c.name)), changes


def only_key(w, key):
    """The server takes the oldest that is unique, which a foreign key then rests on."""
    target = key.uses[0][0]
    if any(o is not key and o.uses and o.uses[0][0] is target and (o.kind == "index" and o.unique or o.kind == "constraint" and o.type in ("primary key", "unique"))
           for o in w.objs):
        raise Skip


@mutation("foreign key added", 3)
def _(w):
    key = w.pick("constraint", where=lambda c: c.type in ("primary key", "unique") and c.parent.table_kind == "table" and not c.parent.unlogged)
    only_key(w, key)
    target = key.uses[0][0]
    table = tables(w, unlogged=False)
    c = w.some(columns_of(w, table, target.type))
    if c.collation != target.collation:
        raise Skip
    deferrable = w.random.random() < 0.3
    new = constraint(w, table, "foreign key", [(c, ("columns", "definition")), (target, ("definition", "reference_columns")),
                                              (key, ()), (target.parent, ("definition", "references"))], deferrable=deferrable, action=0)
    return "alter table %s add constraint %s foreign key (%s) references %s (%s)%s" % (
        table.sql, q(new.name), q(c.name), target.parent.sql, q(target.name), " deferrable" if deferrable else ""), [Change("added", new)]


ACTIONS = ["", " on delete cascade", " on delete set null", " on update cascade", " match full"]


@mutation("foreign key's action")
def _(w):
    c = w.pick("constraint", type="foreign key", where=lambda c: not c.comment)
    only_key(w, c.uses[2][0])
    c.action = (c.action + 1) % len(ACTIONS)
    own, target = c.uses[0][0], c.uses[1][0]
    return "alter table %s drop constraint %s; alter table %s add constraint %s foreign key (%s) references %s (%s)%s%s" % (
        c.parent.sql, q(c.name), c.parent.sql, q(c.name), q(own.name), target.parent.sql, q(target.name), ACTIONS[c.action],
        " deferrable" if c.deferrable else ""), [Change("changed", c, fields={"definition"})]


@mutation("foreign key deferrable")
def _(w):
    c = w.pick("constraint", type="foreign key", deferrable=False)
    c.deferrable = True
    return "alter table %s alter constraint %s deferrable" % (c.parent.sql, q(c.name)), [Change("changed", c, fields={"deferrable", "definition"})]


@mutation("exclusion added")
def _(w):
    table = tables(w)
    c = w.some(columns_of(w, table, "integer", "bigint"))
    new = constraint(w, table, "exclusion", [(c, ("columns", "definition"))])
    return "alter table %s add constraint %s exclude (%s with =)" % (table.sql, q(new.name), q(c.name)), [Change("added", new)]


@mutation("constraint dropped", 3)
def _(w):
    # Of two keys of one column the server takes either for a foreign key.
    c = w.pick("constraint", where=lambda c: w.is_free(c) and (c.type not in ("primary key", "unique") or not any(
        o.kind == "constraint" and o.type == "foreign key" and o.uses[1][0] is c.uses[0][0] for o in w.objs)))
    w.remove(c)
    return "alter table %s drop constraint %s" % (c.parent.sql, q(c.name)), [Change("removed", c)]


def index_sql(index):
    column_name = q(index.uses[0][0].name)
    return "create %sindex %s on %s using %s (%s%s)%s" % (
        "unique " if index.unique else "", q(index.name), index.parent.sql, index.method, column_name, " desc" if index.down else "",
        " where %s is not null" % column_name if index.partial else "")


@mutation("index created", 4)
def _(w):
    parent = w.pick("table", "view", where=lambda t: t.kind == "table" and t.table_kind in ("table", "partitioned table") or
                    t.kind == "view" and t.materialized)
    c = w.some(c for c in w.nested(parent, "column", "view column") if c.type in ("integer", "bigint", "text", "date", "uuid"))
    partial = w.random.random() < 0.3
    new = w.add(Obj("index", w.new_name(), parent=parent, method=w.some(["btree", "btree", "hash", "brin"]), partial=partial, unique=False, down=False,
                    uses=[(c, ("columns", "definition") + (("predicate",) if partial else ())), (parent, ("definition",))]))
    if new.method == "btree" and parent.kind == "table" and parent.table_kind == "table":
        new.unique = w.random.random() < 0.3
    return index_sql(new), [Change("added", new)]


@mutation("index on an expression created")
def _(w):
    table = tables(w)
    c = w.some(columns_of(w, table, "text"))
    new = w.add(Obj("index", w.new_name(), parent=table, method="expression", partial=False, unique=False, down=False,
                    uses=[(c, ("definition",)), (table, ("definition",))]))
    return "create index %s on %s (lower(%s))" % (q(new.name), table.sql, q(c.name)), [Change("added", new)]


@mutation("index in descending order")
def _(w):
    i = w.pick("index", method="btree", where=lambda i: plain_index(w, i))
    i.down = not i.down
    return "drop index %s; %s" % (i.sql, index_sql(i)), [Change("changed", i, fields={"definition"})]


@mutation("index unique or not")
def _(w):
    i = w.pick("index", method="btree", where=lambda i: plain_index(w, i))
    i.unique = not i.unique
    return "drop index %s; %s" % (i.sql, index_sql(i)), [Change("changed", i, fields={"definition", "unique"})]


def plain_index(w, i):
    """One whose definition is all that there is to it."""
    return not i.comment and not getattr(i, "loose", None) and i.parent.kind == "table" and i.parent.table_kind == "table" and \
        not any(u is i for o in w.objs for u, _ in o.uses)


@mutation("index partial or not")
def _(w):
    i = w.pick("index", method="btree", where=lambda i: plain_index(w, i))
    i.partial = not i.partial
    i.uses[0] = (i.uses[0][0], ("columns", "definition") + (("predicate",) if i.partial else ()))
    return "drop index %s; %s" % (i.sql, index_sql(i)), [Change("changed", i, fields={"definition", "predicate"})]


@mutation("index of another method")
def _(w):
    i = w.pick("index", where=lambda i: plain_index(w, i) and not i.unique and not i.down and i.method in ("btree", "hash", "brin"))
    i.method = w.some([m for m in ("btree", "hash", "brin") if m != i.method])
    return "drop index %s; %s" % (i.sql, index_sql(i)), [Change("changed", i, fields={"definition", "method"})]


@mutation("index's options")
def _(w):
    i = w.pick("index", method="btree", where=lambda i: i.parent.kind == "table" and i.parent.table_kind == "table")
    i.loose = w.some([n for n in (50, 60, 70) if n != getattr(i, "loose", None)])
    return "alter index %s set (fillfactor = %d)" % (i.sql, i.loose), [Change("changed", i, fields={"definition"})]


@mutation("index made again as it was")
def _(w):
    i = w.pick("index", where=lambda i: plain_index(w, i) and i.method in ("btree", "hash", "brin"))
    return "drop index %s; %s" % (i.sql, index_sql(i)), []


# ---- triggers, rules, policies ----

@mutation("trigger created")
def _(w):
    table = tables(w)
    function = w.pick("function", shape="trigger")
    new = w.add(Obj("trigger", w.new_name(), parent=table, uses=[(function, ("definition", "function")), (table, ("definition",))],
                    firing=None, when=w.some(["before", "after"]), event=w.some(["insert", "update", "delete", "insert or update"])))
    return "create trigger %s %s %s on %s for each row execute function %s" % (q(new.name), new.when, new.event, table.sql, function.sql), \
        [Change("added", new)]


@mutation("trigger's event")
def _(w):
    t = w.pick("trigger", where=lambda t: not t.firing and not t.comment)
    t.event = w.some([e for e in ("insert", "update", "delete", "insert or update") if e != t.event])
    return "drop trigger %s on %s; create trigger %s %s %s on %s for each row execute function %s" % (
        q(t.name), t.parent.sql, q(t.name), t.when, t.event, t.parent.sql, t.uses[0][0].sql), [Change("changed", t, fields={"definition"})]


@mutation("trigger fires otherwise")
def _(w):
    t = w.pick("trigger", where=lambda t: t.parent.table_kind == "table")
    t.firing = w.some([f for f in (None, "disable", "enable replica", "enable always") if f != t.firing])
    return "alter table %s %s trigger %s" % (t.parent.sql, t.firing or "enable", q(t.name)), [Change("changed", t, fields={"firing"})]


@mutation("rule created")
def _(w):
    table = tables(w)
    new = w.add(Obj("rule", w.new_name(), parent=table, uses=[(table, ("definition",))], firing=None, body=0))
    return rule_sql(new), [Change("added", new)]


def rule_sql(rule):
    return "create or replace rule %s as on update to %s do also notify heard_%d" % (q(rule.name), rule.parent.sql, rule.body)


@mutation("rule's action")
def _(w):
    r = w.pick("rule")
    r.body += 1
    return rule_sql(r), [Change("changed", r, fields={"definition"})]


@mutation("rule fires otherwise")
def _(w):
    r = w.pick("rule")
    r.firing = w.some([f for f in (None, "disable", "enable always") if f != r.firing])
    return "alter table %s %s rule %s" % (r.parent.sql, r.firing or "enable", q(r.name)), [Change("changed", r, fields={"firing"})]


@mutation("policy created")
def _(w):
    table = tables(w)
    c = w.some(columns_of(w, table, *INTEGERS))
    new = w.add(Obj("policy", w.new_name(), parent=table, uses=[(c, ("using",))], bound=1, role="public", restrictive=False, check=None))
    new.restrictive = w.random.random() < 0.3
    return "create policy %s on %s as %s using (%s > 1)" % (q(new.name), table.sql, "restrictive" if new.restrictive else "permissive",
                                                           q(c.name)), [Change("added", new)]


@mutation("policy's condition")
def _(w):
    p = w.pick("policy")
    p.bound += 1
    return "alter policy %s on %s using (%s > %d)" % (q(p.name), p.parent.sql, q(p.uses[0][0].name), p.bound), [Change("changed", p, fields={"using"})]


@mutation("policy's check")
def _(w):
    p = w.pick("policy")
    c = p.uses[0][0]
    p.check = (p.check or 0) + 1
    p.uses[0] = (c, ("check", "using"))
    return "alter policy %s on %s with check (%s > %d)" % (q(p.name), p.parent.sql, q(c.name), p.check), [Change("changed", p, fields={"check"})]


@mutation("policy's roles")
def _(w):
    p = w.pick("policy")
    role = w.pick("role", where=lambda r: r is not p.role)
    p.role = role
    p.uses = [u for u in p.uses if u[0].kind != "role"] + [(role, ("roles",))]
    return "alter policy %s on %s to %s" % (q(p.name), p.parent.sql, role.sql), [Change("changed", p, fields={"roles"})]


@mutation("policy restrictive or not")
def _(w):
    p = w.pick("policy", role="public", check=None, where=lambda p: not p.comment)
    p.restrictive = not p.restrictive
    return "drop policy %s on %s; create policy %s on %s as %s using (%s > %d)" % (
        q(p.name), p.parent.sql, q(p.name), p.parent.sql, "restrictive" if p.restrictive else "permissive", q(p.uses[0][0].name), p.bound), \
        [Change("changed", p, fields={"restrictive"})]


@mutation("event trigger created", 1)
def _(w):
    function = w.pick("function", shape="event_trigger")
    new = w.add(Obj("event trigger", w.new_name(), uses=[(function, ("function",))], firing=None))
    return "create event trigger %s on ddl_command_end when tag in ('CREATE CAST') execute function %s" % (new.sql, function.sql), [Change("added", new)]


@mutation("event trigger fires otherwise", 1)
def _(w):
    t = w.pick("event trigger")
    t.firing = w.some([f for f in ("enable", "disable", "enable replica", "enable always") if f != (t.firing or "enable")])
    return "alter event trigger %s %s" % (t.sql, t.firing), [Change("changed", t, fields={"firing"})]


# ---- views ----

def view_sql(view):
    return "%s %s as select %s from %s%s" % (
        "create materialized view" if view.materialized else "create or replace view", view.sql,
        ", ".join(q(c.name) for c in view.reads), view.table.sql, " where %s > %d" % (q(view.filter.name), view.bound) if view.bound else "")


def make_view(w, materialized):
    table = tables(w)
    reads = [c for c in w.nested(table, "column") if not c.identity and not c.generated] [:3]
    if not reads:
        raise Skip
    view = w.add(Obj("view", w.new_name(), a_schema(w), materialized=materialized, table=table, reads=reads, bound=0, options=None,
                     filter=None, what="materialized view" if materialized else "view"))
    view.uses = [(table, ("definition",))] + [(c, ("definition",)) for c in reads]
    for c in reads:
        w.add(Obj("view column", c.name, parent=view, type=c.type, uses=c.uses))
    return view_sql(view), [Change("added", view)]


@mutation("view created", 3)
def _(w):
    return make_view(w, False)


@mutation("materialized view created")
def _(w):
    return make_view(w, True)


def lost_options(view):
    """CREATE OR REPLACE takes back what it does not name."""
    lost = {"options"} if view.options else set()
    view.options = None
    return lost


def shown_as_named(view, w):
    return all(c.name == shown.name for c, shown in zip(w.nested(view, "view column"), view.reads))


@mutation("view's condition")
def _(w):
    v = w.pick("view", materialized=False, where=lambda v: shown_as_named(v, w))
    numbers = [c for c in v.reads if c.type in INTEGERS]
    v.filter = v.filter or w.some(numbers)
    v.bound += 1
    return view_sql(v), [Change("changed", v, fields={"definition"} | lost_options(v))]


@mutation("view's further column")
def _(w):
    v = w.pick("view", materialized=False, where=lambda v: shown_as_named(v, w) and not v.bound)
    more = w.some(c for c in w.nested(v.table, "column") if c not in v.reads and not c.identity and not c.generated)
    v.reads.append(more)
    v.uses.append((more, ("definition",)))
    new = w.add(Obj("view column", more.name, parent=v, type=more.type, uses=more.uses))
    return view_sql(v), [Change("changed", v, fields={"definition"} | lost_options(v)), Change("added", new)]


@mutation("view's options")
def _(w):
    v = w.pick("view", materialized=False)
    v.options = w.some([o for o in (None, "security_invoker", "security_barrier") if o != v.options])
    return "alter view %s reset (security_invoker, security_barrier)%s" % (
        v.sql, "; alter view %s set (%s = true)" % (v.sql, v.options) if v.options else ""), [Change("changed", v, fields={"options"})]


@mutation("view made again as it was")
def _(w):
    v = w.pick("view", materialized=False, where=lambda v: w.is_free(v) and not w.nested(v, "trigger", "rule") and shown_as_named(v, w))
    lost = {member for member, there in (("options", v.options), ("comment", v.comment), ("grants", v.grants or getattr(v, "open", False)),
                                         ("owner", v.owner != "postgres")) if there}
    nested = [c for c in w.nested(v, "view column") if c.comment or c.grants or getattr(c, "default", None)]
    if nested:
        raise Skip
    v.options, v.comment, v.grants, v.owner, v.open = None, None, {}, "postgres", False
    v.uses = [u for u in v.uses if u[0].kind != "role"]
    return "drop view %s; %s" % (v.sql, view_sql(v)), [Change("replaced", v, fields=lost)]


@mutation("view column's default")
def _(w):
    c = w.pick("view column", where=lambda c: not c.parent.materialized and c.type in DEFAULTS)
    c.default = w.some([d for d in DEFAULTS[c.type] + [None] if d != getattr(c, "default", None)])
    return "alter view %s alter column %s %s default %s" % (c.parent.sql, q(c.name), "set" if c.default else "drop", c.default or ""), \
        [Change("changed", c, fields={"default"})]


# ---- functions ----

def function_sql(f):
    return "create or replace function %s(n integer%s) returns integer language sql %s%s as 'select n + %d'" % (
        q(f.schema) + "." + q(f.name), " default %d" % f.default if f.default else "", f.volatility, "", f.body)


@mutation("function created", 2)
def _(w):
    shape = w.some(["plain", "plain", "trigger", "event_trigger", "set"])
    f = Obj("function", w.new_name(), a_schema(w), args="(integer)" if shape in ("plain", "set") else "()", shape=shape, volatility="volatile",
            body=0, default=0, what="function", config=None, strict=False, secdef=False)
    w.add(f)
    if shape == "plain":
        return function_sql(f), [Change("added", f)]
    if shape == "set":
        return "create function %s.%s(n integer) returns setof integer language sql as 'select 1'" % (q(f.schema), q(f.name)), [Change("added", f)]
    return "create function %s returns %s language plpgsql as $$begin%s end$$" % (
        f.sql, shape, " return new;" if shape == "trigger" else ""), [Change("added", f)]


@mutation("procedure created", 1)
def _(w):
    f = w.add(Obj("function", w.new_name(), a_schema(w), args="()", shape="procedure", what="procedure"))
    return "create procedure %s language sql as 'select 1'" % f.sql, [Change("added", f)]


@mutation("aggregate created", 1)
def _(w):
    f = w.add(Obj("function", w.new_name(), a_schema(w), args="(integer)", shape="aggregate", what="aggregate", initial=0))
    return "create aggregate %s (sfunc = int4pl, stype = integer, initcond = '0')" % f.sql, [Change("added", f)]


@mutation("aggregate's first state", 1)
def _(w):
    f = w.pick("function", shape="aggregate")
    f.initial += 1
    return "create or replace aggregate %s (sfunc = int4pl, stype = integer, initcond = '%d')" % (f.sql, f.initial), \
        [Change("changed", f, fields={"aggregate_initial"})]


def altered(f):
    """What CREATE OR REPLACE would take back."""
    return f.strict or f.secdef or f.config or getattr(f, "cost", None)


@mutation("function's body")
def _(w):
    f = w.pick("function", shape="plain", where=lambda f: not altered(f))
    f.body += 1
    return function_sql(f), [Change("changed", f, fields={"body"})]


@mutation("function's argument default", 1)
def _(w):
    f = w.pick("function", shape="plain", default=0, where=lambda f: not altered(f))
    f.default = 5
    return function_sql(f), [Change("changed", f, fields={"arguments", "default_count"})]


@mutation("function's volatility")
def _(w):
    f = w.pick("function", shape="plain")
    f.volatility = w.some([v for v in ("volatile", "stable", "immutable") if v != f.volatility])
    return "alter function %s %s" % (f.sql, f.volatility), [Change("changed", f, fields={"volatility"})]


@mutation("function with its owner's rights")
def _(w):
    f = w.pick("function", where=lambda f: f.shape in ("plain", "set", "trigger"))
    f.secdef = not f.secdef
    return "alter function %s security %s" % (f.sql, "definer" if f.secdef else "invoker"), [Change("changed", f, fields={"security_definer"})]


@mutation("function strict")
def _(w):
    f = w.pick("function", where=lambda f: f.shape in ("plain", "set"))
    f.strict = not f.strict
    return "alter function %s %s" % (f.sql, "strict" if f.strict else "called on null input"), [Change("changed", f, fields={"strict"})]


@mutation("function's settings")
def _(w):
    f = w.pick("function", where=lambda f: f.shape in ("plain", "set", "trigger"))
    f.config = w.some([c for c in ("search_path = ''", "work_mem = '9MB'", None) if c != f.config])
    return "alter function %s reset all%s" % (f.sql, "; alter function %s set %s" % (f.sql, f.config) if f.config else ""), \
        [Change("changed", f, fields={"config"})]


@mutation("function's cost", 1)
def _(w):
    f = w.pick("function", where=lambda f: f.shape in ("plain", "set"))
    f.cost = w.some([n for n in (7, 8, 9) if n != getattr(f, "cost", None)])
    return "alter function %s cost %d" % (f.sql, f.cost), [Change("changed", f, fields={"cost"})]


@mutation("function's rows", 1)
def _(w):
    f = w.pick("function", shape="set")
    f.rows = w.some([n for n in (7, 8, 9) if n != getattr(f, "rows", None)])
    return "alter function %s rows %d" % (f.sql, f.rows), [Change("changed", f, fields={"rows"})]


@mutation("function beside one of its name", 1)
def _(w):
    f = w.pick("function", shape="plain", where=lambda f: not w.all("function", name=f.name, args="(text)"))
    new = w.add(Obj("function", f.name, f.schema, args="(text)", shape="other", what="function"))
    return "create function %s returns text language sql as 'select $1'" % new.sql, [Change("added", new)]


def name_of(f):
    return q(f.schema) + "." + q(f.name)


@mutation("function that calls one of its name created", 1)
def _(w):
    if w.version < 14:
        raise Skip
    f = w.pick("function", shape="plain", where=lambda f: not w.all("function", name=f.name, args="(boolean)"))
    new = w.add(Obj("function", f.name, f.schema, args="(boolean)", shape="caller", what="function", called=f, uses=[(f, ("body",))]))
    return "create function %s returns integer language sql begin atomic select %s(1); end" % (new.sql, name_of(f)), [Change("added", new)]


@mutation("function calls one that calls it", 1)
def _(w):
    g = w.pick("function", shape="caller", where=lambda g: g.called.shape == "plain" and not altered(g.called) and not g.called.default and
               g.called.volatility == "volatile")
    f = g.called
    f.shape = "circle"
    f.uses.append((g, ("body",)))
    return "create or replace function %s(n integer) returns integer language sql begin atomic select %s(n > 0); end" % (
        name_of(f), name_of(g)), [Change("changed", f, fields={"body"})]


@mutation("function made again as it was", 1)
def _(w):
    f = w.pick("function", shape="plain", where=lambda f: w.is_free(f) and not altered(f) and not f.comment and not f.grants and
               not f.revoked and f.owner == "postgres")
    return "drop function %s; %s" % (f.sql, function_sql(f)), [Change("replaced", f)]


# ---- types and sequences ----

@mutation("enum created")
def _(w):
    e = w.add(Obj("enum", w.new_name(), a_schema(w), labels=["a", "b"]))
    return "create type %s as enum ('a', 'b')" % e.sql, [Change("added", e)]


@mutation("enum's further value")
def _(w):
    e = w.pick("enum")
    label = w.new_name()
    place = w.some(["", " before %s" % lit(e.labels[0]), " after %s" % lit(e.labels[0])])
    e.labels.insert({"": len(e.labels), " b": 0, " a": 1}[place[:2]], label)
    return "alter type %s add value %s%s" % (e.sql, lit(label), place), [Change("changed", e, fields={"labels"})]


@mutation("enum's value renamed")
def _(w):
    e = w.pick("enum")
    at, label = w.random.randrange(len(e.labels)), w.new_name()
    old, e.labels[at] = e.labels[at], label
    return "alter type %s rename value %s to %s" % (e.sql, lit(old), lit(label)), [Change("changed", e, fields={"labels"})]


@mutation("domain created")
def _(w):
    d = w.add(Obj("domain", w.new_name(), a_schema(w), default=None, not_null=False))
    return "create domain %s as integer" % d.sql, [Change("added", d)]


@mutation("domain's default")
def _(w):
    d = w.pick("domain")
    d.default = w.some([n for n in (None, 1, 2, 3) if n != d.default])
    return "alter domain %s %s default %s" % (d.sql, "set" if d.default else "drop", d.default or ""), [Change("changed", d, fields={"default"})]


@mutation("domain not null")
def _(w):
    d = w.pick("domain", where=w.is_free)
    d.not_null = not d.not_null
    return "alter domain %s %s not null" % (d.sql, "set" if d.not_null else "drop"), [Change("changed", d, fields={"not_null"})]


@mutation("domain's check added")
def _(w):
    d = w.pick("domain")
    new = w.add(Obj("domain constraint", w.new_name(), parent=d))
    return "alter domain %s add constraint %s check (value > %d)" % (d.sql, q(new.name), w.random.randint(1, 9)), [Change("added", new)]


@mutation("domain's check dropped")
def _(w):
    c = w.pick("domain constraint")
    w.remove(c)
    return "alter domain %s drop constraint %s" % (c.parent.sql, q(c.name)), [Change("removed", c)]


@mutation("composite type created")
def _(w):
    t = w.add(Obj("composite type", w.new_name(), a_schema(w)))
    w.add(Obj("attribute", "first", parent=t, type="integer"))
    w.add(Obj("attribute", "second", parent=t, type="text"))
    return "create type %s as (first integer, second text)" % t.sql, [Change("added", t)]


@mutation("attribute added")
def _(w):
    t = w.pick("composite type")
    new = w.add(Obj("attribute", w.new_name(), parent=t, type="integer"))
    return "alter type %s add attribute %s integer" % (t.sql, q(new.name)), [Change("added", new)]


@mutation("attribute dropped")
def _(w):
    a = w.pick("attribute", where=lambda a: len(w.nested(a.parent, "attribute")) > 1)
    w.remove(a)
    return "alter type %s drop attribute %s" % (a.parent.sql, q(a.name)), [Change("removed", a)]


@mutation("attribute's type")
def _(w):
    a = w.pick("attribute", type="integer")
    a.type = "bigint"
    return "alter type %s alter attribute %s type bigint" % (a.parent.sql, q(a.name)), [Change("changed", a, fields={"type"})]


@mutation("range type created", 1)
def _(w):
    t = w.add(Obj("range type", w.new_name(), a_schema(w), uses=[]))
    # The name of its multirange follows from its own only when it is made.
    t.fixed = True
    return "create type %s as range (subtype = %s)" % (t.sql, w.some(["integer", "text", "double precision"])), [Change("added", t)]


@mutation("sequence created")
def _(w):
    s = w.add(Obj("sequence", w.new_name(), a_schema(w), owned=None, identity=False, cycle=False, increment=1))
    return "create sequence " + s.sql, [Change("added", s)]


@mutation("sequence's step and cycle")
def _(w):
    s = w.pick("sequence", identity=False)
    s.increment, s.cycle = s.increment + 1, not s.cycle
    return "alter sequence %s increment %d %scycle" % (s.sql, s.increment, "" if s.cycle else "no "), [Change("changed", s, fields={"cycle", "increment"})]


@mutation("sequence's type", 1)
def _(w):
    s = w.pick("sequence", identity=False, where=lambda s: not getattr(s, "small", False))
    s.small = True
    return "alter sequence %s as integer" % s.sql, [Change("changed", s, fields={"data_type", "maximum"})]


@mutation("sequence owned by a column")
def _(w):
    s = w.pick("sequence", identity=False, owned=None)
    c = w.pick("column", where=lambda c: c.parent.table_kind == "table" and c.parent.schema == s.schema and c.parent.owner == s.owner and
               not c.parent.unlogged)
    s.owned = c
    s.uses += owned_by(c)
    return "alter sequence %s owned by %s.%s" % (s.sql, c.parent.sql, q(c.name)), [Change("changed", s, fields={"owned_by"})]


@mutation("sequence owned by nobody")
def _(w):
    s = w.pick("sequence", identity=False, where=lambda s: s.owned)
    s.owned, s.uses = None, [u for u in s.uses if u[1] != ("owned_by",)]
    return "alter sequence %s owned by none" % s.sql, [Change("changed", s, fields={"owned_by"})]


# ---- publications, statistics, extensions, text search, operators, casts, foreign data ----

@mutation("publication created", 1)
def _(w):
    p = w.add(Obj("publication", w.new_name(), publish=0, root=False))
    return "create publication " + p.sql, [Change("added", p)]


@mutation("publication's further table")
def _(w):
    p = w.pick("publication")
    t = tables(w, unlogged=False, where=lambda t: not any(o.kind == "publication table" and o.parent is p and o.uses[0][0] is t for o in w.objs))
    new = w.add(Obj("publication table", "", parent=p, uses=[(t, None)]))
    return "alter publication %s add table only %s" % (p.sql, t.sql), [Change("added", new)]


@mutation("publication's table dropped")
def _(w):
    t = w.pick("publication table")
    w.remove(t)
    return "alter publication %s drop table only %s" % (t.parent.sql, t.uses[0][0].sql), [Change("removed", t)]


EVENTS = [("insert, update, delete, truncate", set()), ("insert", {"update", "delete", "truncate"}), ("insert, update", {"delete", "truncate"})]


@mutation("publication's events", 1)
def _(w):
    p = w.pick("publication")
    before = EVENTS[p.publish][1]
    p.publish = (p.publish + 1) % 3
    return "alter publication %s set (publish = '%s')" % (p.sql, EVENTS[p.publish][0]), [Change("changed", p, fields=before ^ EVENTS[p.publish][1])]


@mutation("publication through the root", 1)
def _(w):
    p = w.pick("publication")
    p.root = not p.root
    return "alter publication %s set (publish_via_partition_root = %s)" % (p.sql, p.root), [Change("changed", p, fields={"via_root"})]


@mutation("statistics object created")
def _(w):
    table = tables(w)
    numbers = columns_of(w, table, "integer", "bigint", "text", "date", "uuid")
    if len(numbers) < 2:
        raise Skip
    new = w.add(Obj("statistics object", w.new_name(), a_schema(w), target=None, uses=[(table, ("definition", "table"))] +
                    [(c, ("definition",)) for c in numbers[:2]]))
    return "create statistics %s on %s, %s from %s" % (new.sql, q(numbers[0].name), q(numbers[1].name), table.sql), [Change("added", new)]


@mutation("statistics object's target", 1)
def _(w):
    s = w.pick("statistics object")
    s.target = w.some([n for n in (10, 20, 30) if n != s.target])
    return "alter statistics %s set statistics %d" % (s.sql, s.target), [Change("changed", s, fields={"target"})]


# And the types that they bring.
EXTENSIONS = {"citext": ["citext"], "pg_trgm": ["gtrgm"], "hstore": ["ghstore", "hstore"], "unaccent": [],
              "btree_gist": ["gbtreekey%s" % of for of in ("2", "4", "8", "16", "32", "_var")]}


def brought(e):
    """The rights on its types, which are told by themselves, of one that was made under default privileges."""
    return [Named("privileges", "type %s.%s" % (e.uses[0][0].sql, name), uses=[]) for name in EXTENSIONS[e.name]
            if name != "gbtreekey2" or e.version >= 15]


@mutation("extension created", 1)
def _(w):
    name = w.some(e for e in EXTENSIONS if not w.all("extension", name=e))
    schema = w.pick("schema")
    new = w.add(Obj("extension", name, uses=[(schema, ("schema",))], version=w.version))
    new.brought = brought(new) if w.gives else []
    return "create extension %s schema %s" % (name, schema.sql), [Change("added", o) for o in [new] + new.brought]


@mutation("extension's schema", 1)
def _(w):
    e = w.pick("extension")
    schema = w.pick("schema", where=lambda s: s is not e.uses[0][0])
    e.uses = [(schema, ("schema",))]
    changes = [Change("changed", e, fields={"schema"})] + [Change("removed", o) for o in e.brought]
    e.brought = brought(e) if e.brought else []
    return "alter extension %s set schema %s" % (e.sql, schema.sql), changes + [Change("added", o) for o in e.brought]


@mutation("text search dictionary created", 1)
def _(w):
    d = w.add(Obj("text search dictionary", w.new_name(), a_schema(w), stop=False))
    return "create text search dictionary %s (template = pg_catalog.simple)" % d.sql, [Change("added", d)]


@mutation("text search dictionary's options", 1)
def _(w):
    d = w.pick("text search dictionary")
    d.stop = not d.stop
    return "alter text search dictionary %s (stopwords%s)" % (d.sql, " = 'english'" if d.stop else ""), [Change("changed", d, fields={"options"})]


@mutation("text search configuration created", 1)
def _(w):
    c = w.add(Obj("text search configuration", w.new_name(), a_schema(w), mapped={"word": None}))
    return "create text search configuration %s (copy = pg_catalog.simple)" % c.sql, [Change("added", c)]


@mutation("text search configuration's mapping", 1)
def _(w):
    c, d = w.pick("text search configuration"), w.pick("text search dictionary")
    if c.mapped["word"] is d:
        raise Skip
    c.mapped["word"], c.uses = d, [u for u in c.uses if u[1] != ("mappings",)] + [(d, ("mappings",))]
    return "alter text search configuration %s alter mapping for word with %s" % (c.sql, d.sql), [Change("changed", c, fields={"mappings"})]


@mutation("operator created", 1)
def _(w):
    w.serial += 1
    name = "".join("<>=~!@#%^&|?"[int(d, 12)] for d in "%d" % (w.serial + 1000)) + "%"
    schema = a_schema(w)
    o = w.add(Obj("operator", name, schema, args="(integer, integer)", restrict=False))
    return "create operator %s.%s (leftarg = integer, rightarg = integer, function = int4eq)" % (q(schema), name), [Change("added", o)]


@mutation("operator's estimate", 1)
def _(w):
    o = w.pick("operator")
    o.restrict = not o.restrict
    return "alter operator %s (integer, integer) set (restrict = %s)" % (o.sql.replace(o.args, ""), "eqsel" if o.restrict else "none"), \
        [Change("changed", o, fields={"restriction_estimator"})]


@mutation("operator family created", 1)
def _(w):
    o = w.add(Obj("operator family", w.new_name(), a_schema(w), args=" using btree"))
    return "create operator family " + o.sql, [Change("added", o)]


@mutation("operator family's operator", 1)
def _(w):
    o = w.pick("operator family", where=lambda o: not getattr(o, "filled", False))
    o.filled = True
    return "alter operator family %s add operator 1 < (integer, bigint)" % o.sql, [Change("changed", o, fields={"operators"})]


@mutation("cast created", 1)
def _(w):
    e = w.pick("enum", where=lambda e: not any(o.kind == "cast" and o.uses[0][0] is e for o in w.objs))
    c = w.add(Cast("cast", "", uses=[(e, None)]))
    return "create cast (text as %s) with inout as assignment" % e.sql, [Change("added", c)]



@mutation("conversion created", 1)
def _(w):
    c = w.add(Obj("conversion", w.new_name(), a_schema(w)))
    return "create conversion %s for 'LATIN1' to 'UTF8' from iso8859_1_to_utf8" % c.sql, [Change("added", c)]


@mutation("collation created", 1)
def _(w):
    c = w.add(Obj("collation", w.new_name(), a_schema(w)))
    return 'create collation %s from "C"' % c.sql, [Change("added", c)]


@mutation("language created", 1)
def _(w):
    c = w.add(Obj("language", w.new_name()))
    return "create language %s handler plpgsql_call_handler" % c.sql, [Change("added", c)]


@mutation("access method created", 1)
def _(w):
    c = w.add(Obj("access method", w.new_name()))
    return "create access method %s type table handler heap_tableam_handler" % c.sql, [Change("added", c)]


@mutation("foreign-data wrapper created", 1)
def _(w):
    f = w.add(Obj("foreign-data wrapper", w.new_name(), options=0))
    return "create foreign data wrapper " + f.sql, [Change("added", f)]


@mutation("foreign-data wrapper's options", 1)
def _(w):
    f = w.pick("foreign-data wrapper")
    f.options += 1
    return "alter foreign data wrapper %s options (add o%d '1')" % (f.sql, f.options), [Change("changed", f, fields={"options"})]


@mutation("server created", 1)
def _(w):
    f = w.pick("foreign-data wrapper")
    s = w.add(Obj("server", w.new_name(), uses=[(f, ("wrapper",))], host=0, version=None))
    return "create server %s foreign data wrapper %s options (host 'h0')" % (s.sql, f.sql), [Change("added", s)]


@mutation("server's options", 1)
def _(w):
    s = w.pick("server")
    s.host += 1
    return "alter server %s options (set host 'h%d')" % (s.sql, s.host), [Change("changed", s, fields={"options"})]


@mutation("server's version", 1)
def _(w):
    s = w.pick("server")
    s.version = (s.version or 0) + 1
    return "alter server %s version '%d'" % (s.sql, s.version), [Change("changed", s, fields={"version"})]


@mutation("user mapping created", 1)
def _(w):
    s = w.pick("server", where=lambda s: not any(o.kind == "user mapping" and o.uses[0][0] is s for o in w.objs))
    m = w.add(Mapping("user mapping", "", uses=[(s, None)], password=0))
    return "create user mapping for public server %s options (password 'p0')" % s.sql, [Change("added", m)]



@mutation("user mapping's password", 1)
def _(w):
    m = w.pick("user mapping")
    m.password += 1
    return "alter user mapping %s options (set password 'p%d')" % (m.sql, m.password), [Change("changed", m, fields={"options"})]


@mutation("foreign table created", 1)
def _(w):
    s = w.pick("server")
    t = w.add(Obj("table", w.new_name(), a_schema(w), table_kind="foreign table", what="foreign table", uses=[(s, ("server",))], option=0))
    w.add(column(t, "a", "integer"))
    return "create foreign table %s (a integer) server %s options (t '0')" % (t.sql, s.sql), [Change("added", t)]


@mutation("foreign table's options", 1)
def _(w):
    t = w.pick("table", table_kind="foreign table")
    t.option += 1
    return "alter foreign table %s options (set t '%d')" % (t.sql, t.option), [Change("changed", t, fields={"foreign_options"})]


# ---- roles, the database, default privileges ----

@mutation("role created", 1)
def _(w):
    r = w.add(Obj("role", w.new_name(), flags=set(), member=None, setting=0, limit=-1))
    return "create role " + r.sql, [Change("added", r)]


@mutation("role's attribute")
def _(w):
    r = w.pick("role")
    flag, member = w.some([("createdb", "createdb"), ("createrole", "createrole"), ("login", "login"), ("bypassrls", "bypass_rls"),
                           ("replication", "replication")])
    r.flags ^= {flag}
    return "alter role %s %s%s" % (r.sql, "" if flag in r.flags else "no", flag), [Change("changed", r, fields={member})]


@mutation("role's settings", 1)
def _(w):
    r = w.pick("role")
    r.setting += 1
    return "alter role %s set statement_timeout = '%ds'" % (r.sql, r.setting), [Change("changed", r, fields={"settings"})]


@mutation("role's limit of connections", 1)
def _(w):
    r = w.pick("role")
    r.limit += 2
    return "alter role %s connection limit %d" % (r.sql, r.limit), [Change("changed", r, fields={"connection_limit"})]


@mutation("role a member", 1)
def _(w):
    r, group = w.pick("role", member=None), w.pick("role", member=None)
    if r is group or any(o.member is r for o in w.all("role")):
        raise Skip
    r.member = group
    r.uses.append((group, ("member_of",)))
    return "grant %s to %s" % (group.sql, r.sql), [Change("changed", r, fields={"member_of"})]


@mutation("default privileges", 1)
def _(w):
    role, to = w.pick("role"), w.pick("role")
    schema = w.some([None] + w.all("schema"))
    objects, privilege = w.some([("tables", "select"), ("functions", "execute"), ("sequences", "usage")])
    name = "%s ON %s%s" % (role.sql, objects, " IN " + schema.sql if schema else "")
    if role is to or any(o.kind == "default privileges" and o.id == name for o in w.objs):
        raise Skip
    d = w.add(Named("default privileges", name, uses=[(role, None), (to, None)] + ([(schema, None)] if schema else [])))
    d.undo = "alter default privileges for role %s%s revoke %s on %s from %s" % (
        role.sql, " in schema " + schema.sql if schema else "", privilege, objects, to.sql)
    return d.undo.replace(" revoke ", " grant ").replace(" from ", " to "), [Change("added", d)]



@mutation("default privileges taken back", 1)
def _(w):
    d = w.pick("default privileges")
    w.remove(d)
    return d.undo, [Change("removed", d)]


@mutation("default privileges of who makes things", 1)
def _(w):
    """To a role that nothing else has to do with: what is made from now on has one grant more."""
    changes = [Change("removed" if w.gives else "added", Named("default privileges", "postgres ON types"))]
    made = ""
    w.gives = not w.gives
    if not w.given:
        w.given = Obj("role", w.new_name())
        made, changes = "create role %s; " % w.given.sql, changes + [Change("added", w.given)]
    return made + "alter default privileges %s usage on types %s %s" % (
        "grant" if w.gives else "revoke", "to" if w.gives else "from", w.given.sql), changes


@mutation("right on a built-in function", 1)
def _(w):
    role = w.pick("role")
    p = w.add(Named("privileges", "function pg_catalog.%s()" % w.some(f for f in ("now", "version", "pg_stat_reset", "random") if not
                                                                       w.all("privileges", name="function pg_catalog.%s()" % f)),
                    uses=[(role, ("grants",))]))
    return "grant execute on %s to %s" % (p.name, role.sql), [Change("added", p)]


@mutation("right on a built-in function taken back", 1)
def _(w):
    p = w.pick("privileges")
    w.remove(p)
    return "revoke execute on %s from %s" % (p.name, p.uses[0][0].sql), [Change("removed", p)]


@mutation("database's settings", 1)
def _(w):
    w.setting = getattr(w, "setting", 0) + 1
    return "alter database live set statement_timeout = '%ds'" % w.setting, \
        [Change("added" if w.setting == 1 else "changed", "database", "database", {"settings"})]


# ---- the same for many kinds ----

COMMENTED = ["schema", "table", "column", "constraint", "index", "trigger", "rule", "policy", "view", "view column", "function", "enum",
             "domain", "domain constraint", "composite type", "range type", "sequence", "publication", "statistics object", "event trigger",
             "extension", "text search dictionary", "text search configuration", "operator", "operator family", "cast", "conversion", "collation",
             "language", "access method", "foreign-data wrapper", "server", "role"]


@each(COMMENTED, "comment")
def _(w, kind):
    o = w.pick(kind)
    # An extension has one before anybody wrote any.
    o.comment = w.some(t for t in TEXTS + ([None] if o.comment and kind != "extension" else []) if t != o.comment)
    return "comment on %s is %s" % (o.on(), lit(o.comment) if o.comment else "null"), [Change("changed", o, fields={"comment"})]


OWNED = ["schema", "table", "view", "function", "enum", "domain", "composite type", "range type", "sequence", "publication", "statistics object",
         "text search dictionary", "text search configuration", "operator", "operator family", "conversion", "collation", "language"]


@each(OWNED, "owner")
def _(w, kind):
    o = w.pick(kind, where=lambda o: o.kind != "sequence" or not o.owned)
    role = w.pick("role", where=lambda r: r is not o.owner and r not in o.grants and not any(r in c.grants for c in w.nested(o)))
    all_of_it = [o] + [s for s in w.all("sequence") if s.owned and s.owned.parent is o]
    if any(role in s.grants for s in all_of_it):
        raise Skip
    for s in all_of_it:
        s.owner, s.uses = role, [u for u in s.uses if u[1] != ("owner",)] + [(role, ("owner",))]
    changes = [Change("changed", s, fields={"owner"}) for s in all_of_it]
    return "alter %s %s owner to %s" % (o.command, o.sql, role.sql), changes


PRIVILEGES = {"schema": ["create", "usage"], "table": ["select", "insert", "update", "delete", "truncate", "references", "trigger"],
              "view": ["select", "insert", "update"], "sequence": ["usage", "select"], "function": ["execute"], "enum": ["usage"],
              "domain": ["usage"], "composite type": ["usage"], "range type": ["usage"], "foreign-data wrapper": ["usage"], "server": ["usage"]}


def on_what(o):
    return {"enum": "type", "composite type": "type", "range type": "type", "view": "table", "server": "foreign server",
            "table": "table"}.get(o.kind, "function" if o.what == "aggregate" else o.command)


def granted(w, o, privileges):
    role = w.pick("role", where=lambda r: r is not o.owner)
    return role, [p for p in privileges if p not in o.grants.get(role, set())]


@each(sorted(PRIVILEGES), "granted")
def _(w, kind):
    o = w.pick(kind, where=lambda o: o.name != "public")
    role, left = granted(w, o, PRIVILEGES[kind])
    privilege, option = w.some(left), w.random.random() < 0.2
    o.grants.setdefault(role, set()).add(privilege)
    o.uses.append((role, ("grants",)))
    return "grant %s on %s %s to %s%s" % (privilege, on_what(o), o.sql, role.sql, " with grant option" if option else ""), \
        [Change("changed", o, fields={"grants"})]


@each(sorted(PRIVILEGES), "revoked")
def _(w, kind):
    o = w.pick(kind, where=lambda o: o.grants)
    role = w.some(sorted(o.grants, key=lambda r: r.name))
    privilege = w.some(sorted(o.grants[role]))
    o.grants[role].discard(privilege)
    o.uses.remove((role, ("grants",)))
    if not o.grants[role]:
        del o.grants[role]
    return "revoke %s on %s %s from %s" % (privilege, on_what(o), o.sql, role.sql), [Change("changed", o, fields={"grants"})]


@each(["function", "enum", "domain", "composite type", "range type"], "withheld from everybody or given back")
def _(w, kind):
    o = w.pick(kind)
    o.revoked ^= {"public"}
    return "%s %s on %s %s %s public" % ("revoke" if o.revoked else "grant", PRIVILEGES[kind][0], on_what(o), o.sql,
                                        "from" if o.revoked else "to"), [Change("changed", o, fields={"revokes"})]


@each(["column", "view column"], "granted")
def _(w, kind):
    o = w.pick(kind, where=lambda c: c.kind == "view column" or c.parent.table_kind == "table")
    role, left = granted(w, o, ["select", "update", "insert", "references"])
    if role is o.parent.owner:
        raise Skip
    privilege = w.some(left)
    o.grants.setdefault(role, set()).add(privilege)
    o.uses.append((role, ("grants",)))
    return "grant %s (%s) on %s to %s" % (privilege, q(o.name), o.parent.sql, role.sql), [Change("changed", o, fields={"grants"})]


@each(["table", "view", "function", "sequence"], "granted to everybody")
def _(w, kind):
    o = w.pick(kind, where=lambda o: not getattr(o, "open", False) and not (kind == "function"))
    o.open = True
    return "grant %s on %s %s to public" % (PRIVILEGES[kind][0], on_what(o), o.sql), [Change("changed", o, fields={"grants"})]


DROPPED = ["schema", "table", "view", "function", "enum", "domain", "composite type", "range type", "sequence", "index", "trigger", "rule", "policy",
           "publication", "statistics object", "event trigger", "extension", "text search dictionary", "text search configuration", "operator",
           "operator family", "cast", "conversion", "collation", "language", "access method", "foreign-data wrapper", "server", "user mapping",
           "role"]


@each(DROPPED, "dropped")
def _(w, kind):
    o = w.pick(kind, where=lambda o: w.is_free(o) and (kind != "sequence" or not o.identity) and o.name != "public")
    if kind == "schema" and any(x.schema == o.name for x in w.objs):
        raise Skip
    if kind == "role" and any(x.owner is o or o in x.grants for x in w.objs):
        raise Skip
    w.remove(o)
    place = " on " + o.parent.sql if kind in ("trigger", "rule", "policy") else ""
    return "drop %s %s%s" % (o.command, o.sql, place), [Change("removed", x) for x in [o] + getattr(o, "brought", [])]


@mutation("table dropped with its sequences")
def _(w):
    t = tables(w, where=lambda t: any(s.owned and s.owned.parent is t for s in w.all("sequence")) and
               all(u.kind == "sequence" and u.owned and u.owned.parent is t and w.is_free(u) for u in w.users(t)))
    gone = [s for s in w.all("sequence") if s.owned and s.owned.parent is t]
    for o in gone + [t]:
        w.remove(o)
    return "drop table " + t.sql, [Change("removed", o) for o in gone + [t]]


RENAMED = ["table", "column", "view", "view column", "function", "enum", "domain", "composite type", "sequence", "index", "constraint", "trigger", "rule",
           "policy", "publication", "statistics object", "event trigger", "text search dictionary", "text search configuration", "conversion",
           "collation", "language", "foreign-data wrapper", "server", "attribute", "domain constraint", "operator family", "role"]


@each(RENAMED, "renamed")
def _(w, kind):
    o = w.pick(kind, where=lambda o: kind not in ("column", "constraint") or o.parent.table_kind == "table" and not is_parent(w, o.parent))
    changes, old, name = w.follow(o), o.id, w.new_name()
    target = o.sql
    if kind == "view column":
        changes.append(Change("changed", o.parent, fields={"definition"}, of=o))
    o.name = name
    changes.append(Change("renamed", o, old_id=old))
    if kind in ("column", "attribute", "view column", "constraint", "domain constraint"):
        what = {"view column": "column", "domain constraint": "constraint"}.get(kind, kind)
        return "alter %s %s rename %s %s to %s" % (o.parent.command, o.parent.sql, what, target, q(name)), changes
    if kind in ("trigger", "rule", "policy"):
        return "alter %s %s on %s rename to %s" % (kind, target, o.parent.sql, q(name)), changes
    return "alter %s %s rename to %s" % (o.command, target, q(name)), changes


@each(["table", "view", "function", "enum", "domain", "sequence", "collation", "statistics object", "text search dictionary"], "moved to another schema")
def _(w, kind):
    o = w.pick(kind, where=lambda o: kind != "sequence" or not o.owned)
    schema = w.pick("schema", where=lambda s: s.name != o.schema)
    changes, old, target = w.follow(o), o.id, o.sql
    changes.append(Change("renamed", o, old_id=old))
    if kind == "table":
        for s in w.all("sequence"):
            if s.owned and s.owned.parent is o:
                changes += w.follow(s) + [Change("renamed", s, old_id=s.id)]
                s.schema = schema.name
    o.schema = schema.name
    return "alter %s %s set schema %s" % (o.command, target, schema.sql), changes


# ---- no changes ----

@mutation("nothing: right granted again")
def _(w):
    o = w.pick("table", where=lambda o: o.grants)
    role = w.some(sorted(o.grants, key=lambda r: r.name))
    return "grant %s on table %s to %s" % (sorted(o.grants[role])[0], o.sql, role.sql), []


@mutation("nothing: rolled back", 1)
def _(w):
    t = tables(w)
    return "begin; alter table %s add column never integer; rollback" % t.sql, []


@mutation("nothing: column added and dropped", 1)
def _(w):
    t = tables(w, where=lambda t: not is_parent(w, t))
    return "alter table %s add column passing integer; alter table %s drop column passing" % (t.sql, t.sql), []


@mutation("nothing: vacuum, analyze, rows", 1)
def _(w):
    t = tables(w)
    return "analyze " + t.sql, []


@mutation("nothing: check made again", 1)
def _(w):
    c = w.pick("constraint", type="check", where=lambda c: not c.comment and not c.late)
    return "alter table %s drop constraint %s; alter table %s add constraint %s check (%s > %d)" % (
        c.parent.sql, q(c.name), c.parent.sql, q(c.name), q(c.uses[0][0].name), c.bound), []
