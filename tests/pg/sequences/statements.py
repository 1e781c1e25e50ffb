"""The statements of random sequences: each a function from a Maker, which knows what is there, to the text of one or some of them.

What is there comes from the server (state.sql), so that a statement is mostly one that it takes. Registered with a weight.
"""

import re
import types

from expressions import BOOL, DATE, INT, INTS, JSON, KEYWORDS, NUM, OTHER, SORTS, STAMP, TEXT, TEXTARR, TYPES, Writer
from world import Skip, lit

# What a world of ../mutations starts with.
FIRST = ["schema created"] * 2 + ["role created"] * 2 + ["table created"] * 3 + ["enum created", "domain created", "function created",
                                                                                "primary key added", "index created", "view created"]
ALL = []  # (name, weight, function)
TABLES, VIEWS = "rp", "vm"
KINDS = {"r": "table", "p": "table", "v": "view", "m": "materialized view", "S": "sequence", "i": "index", "I": "index", "c": "type", "f": "foreign table"}
# After these what is there is asked for again at once, because the next statement might well be about what is gone or new.
STALE = re.compile(r"\b(drop|rename|schema|rollback|cascade|create|attach|detach|do|add|alter)\b", re.I)


def statement(weight=2):
    def register(function):
        ALL.append((function.__name__.replace("_", " "), weight, function))
        return function
    return register


class Maker(Writer):
    def __init__(self, chooser, state):
        super().__init__(chooser)
        self.since, self.open, self.look_now = 0, False, False
        self.look(state)
        # A sequence is about some things more than others.
        self.weights = [weight * chooser.choice((0.2, 1, 1, 3)) for _, weight, _ in ALL]
        self.plain = chooser.random() < 0.4  # no names of other schemas, no other search_path

    def look(self, state):
        def spaced(value):
            if isinstance(value, dict):
                return types.SimpleNamespace(**{key: spaced(inner) for key, inner in value.items()})
            return [spaced(inner) for inner in value] if isinstance(value, list) else value
        self.state, self.since = spaced(state), 0
        for name, value in vars(self.state).items():
            setattr(self.state, name, value or [])
        for relation in self.state.relations:
            for name in ("columns", "constraints", "triggers", "policies", "rules", "parents"):
                setattr(relation, name, getattr(relation, name) or [])

    def is_stale(self, text):
        self.since += 1
        return self.since >= 4 or (self.since >= 2 and STALE.match(text) is not None)

    # ---- files ----

    def file_begins(self):
        self.open, self.state.path = False, ["public"]

    def file_ends(self):
        return [self.some(("commit", "COMMIT", "end", "rollback"))] if self.open else []

    def begin(self):
        """What most else is about."""
        return create_table(self)

    def statement(self):
        for _ in range(50):
            name, _, make = self.random.choices(ALL, self.weights)[0]
            try:
                made = make(self)
            except Skip:
                continue
            made = [made] if isinstance(made, str) else made
            if self.chance(0.03):
                made = [self.commented(text) for text in made]
            return name, made
        raise Skip

    def commented(self, text):
        return self.some(("-- a comment; with ' in it\n%s", "/* one /* in */ another; */ %s", "%s -- at the end")) % text

    # ---- picking and naming ----

    def relations(self, kinds, where=None):
        return [r for r in self.state.relations if r.kind in kinds and (where is None or where(r))]

    def relation(self, kinds=TABLES, where=None):
        return self.some(self.relations(kinds, where))

    def qualified(self, schema, name):
        """With its schema, mostly, where the search_path would find it."""
        if schema in self.state.path[:1] and self.chance(0.8):
            return self.name(name)
        return "%s.%s" % (self.name(schema), self.name(name))

    def of(self, thing):
        # Unqualified the server's own type or function would be meant, and even be changed.
        if (hasattr(thing, "base") or hasattr(thing, "args")) and thing.name in KEYWORDS:
            return "%s.%s" % (self.name(thing.schema), self.name(thing.name))
        return self.qualified(thing.schema, thing.name)

    def schema(self):
        """One that may be changed or lost: public is what much hangs on."""
        return self.name(self.some(n for n in self.state.schemas if n != "public" or self.chance(0.05)))

    def new(self):
        """A new name in some schema, as written."""
        if self.plain or self.chance(0.6):
            return self.name(self.new_name())
        return "%s.%s" % (self.name(self.some(self.state.schemas)), self.name(self.new_name()))

    def columns(self, relation, prefix=""):
        return [(prefix + self.name(c.name), SORTS.get(c.type, OTHER)) for c in relation.columns]

    def a_column(self, relation, *sorts, where=None):
        return self.some(c for c in relation.columns if (not sorts or SORTS.get(c.type, OTHER) in sorts) and (where is None or where(c)))

    def subquery(self, template):
        """For a condition: about another table."""
        relation = self.relation("rpvm", lambda r: r.columns)
        columns = self.columns(relation)
        alias, whole = "", self.of(relation)
        if self.chance(0.5):
            alias = self.some(("x", "t2", "sub"))
            columns = self.columns(relation, alias + ".")
            whole += " " + alias
        if "{int}" in template:
            template = template.replace("{int}", self.column(columns, INT))
        return template % (whole, self.expression(BOOL, columns, 1))

    def type(self, simple=False):
        """(as written, sort)"""
        own = [t for t in self.state.types if t.kind in "edcr"]
        if own and not simple and self.chance(0.2):
            t = self.some(own)
            array = self.chance(0.15)
            sort = SORTS.get(t.base, OTHER) if t.kind == "d" and not array else OTHER
            return self.of(t) + ("[]" if array else ""), sort
        if not simple and self.chance(0.03) and self.relations("r"):
            return self.of(self.relation("r")), OTHER
        return self.some(TYPES)

    def default(self, written, sort):
        if self.chance(0.1):
            return "null"
        if sort != OTHER:
            return self.wrapped(self.expression(sort, (), 2))
        base = written.lower()
        for t in self.state.types:
            if t.kind == "e" and t.labels and written.replace('"', "").endswith(t.name):
                return lit(self.some(t.labels)) + self.some(("", "::" + written))
        for start, values in (("json", ("'{}'", "'{}'::json")), ("inet", ("'127.0.0.1'",)), ("money", ("0", "'1.50'")), ("varchar(10)[]", ("'{}'", "array['a']")),
                              ("numeric(8", ("'{}'", "array[1.5]")), ("tsvector", ("to_tsvector('english', 'a b')", "''")), ("point", ("point(1, 2)", "'(0,0)'")),
                              ("int4range", ("'[1,2)'", "int4range(1, 5)", "'empty'")), ("bit(8)", ("B'10101010'", "'00000001'")), ("uuid[]", ("'{}'", "array[gen_random_uuid()]")),
                              ("timestamptz[]", ("'{}'", "array[now()]")), ("boolean[]", ("'{t,f}'", "array[true]")), ("oid", ("0", "1")), ("regclass", ("'pg_class'::regclass",)),
                              ("tstzrange", ("tstzrange(now(), null)", "'(,)'")), ("date[]", ("'{}'",)), ("jsonb[]", ("'{}'::jsonb[]",)), ('"char"', ("'a'",))):
            if base.startswith(start):
                return self.some(values)
        raise Skip

    def wrapped(self, expression):
        """An operator at the top of a DEFAULT needs none in the grammar, but people do."""
        return "(%s)" % expression if self.chance(0.3) or re.search(r"\b(and|or|not|in|is|between|like|similar|collate)\b", expression, re.I) else expression

    def one_of_type(self, written, sort):
        return self.default(written, sort)

    # ---- parts of CREATE TABLE ----

    def column_definition(self, others, named=None, simple=False):
        """Text, and (as written, sort); others are the columns before it."""
        name = self.name(named or self.new_name())
        kind = self.random.random()
        if kind < 0.06 and not simple:
            written = self.some(("serial", "bigserial", "smallserial", "SERIAL8", "serial4"))
            return "%s %s%s" % (name, written, self.some(("", " primary key", " not null", " unique"))), (name, INT)
        if kind < 0.12 and not simple:
            options = self.some(("", "", " (start with 10 increment by 5)", " (sequence name %s)" % self.new(), " (minvalue -5 cycle)", " (cache 3)"))
            return "%s %s generated %s as identity%s%s" % (name, self.some(("int", "bigint", "smallint")), self.some(("always", "by default")), options, self.some(
                ("", " primary key"))), (name, INT)
        written, sort = self.type()
        parts = [name, written]
        if sort == TEXT and self.chance(0.06):
            parts.append('collate %s' % self.some(('"C"', '"POSIX"', 'pg_catalog."C"', '"ucs_basic"', '"default"')))
        if sort in (TEXT, TEXTARR, JSON) and self.chance(0.03):
            parts.append("compression pglz")
        extras = []
        if not simple and others and self.chance(0.06) and sort != OTHER:
            extras.append("generated always as (%s) stored" % self.expression(sort, others, 2, False))
        elif self.chance(0.3):
            try:
                extras.append("default " + self.default(written, sort))
            except Skip:
                pass
        if self.chance(0.25):
            extras.append(self.some(("not null", "not null", "NOT NULL", "null")))
        if not simple and self.chance(0.1):
            extras.append(self.named("check (%s)" % self.expression(BOOL, [(name, sort)] + list(others)[:2], 2)))
        if not simple and self.chance(0.06) and sort in (INT, TEXT, DATE):
            extras.append(self.named("unique" + self.some(("", "", " nulls not distinct", " deferrable"))))
        if not simple and self.chance(0.07):
            try:
                extras.append(self.named(self.references([sort])[0]))
            except Skip:
                pass
        self.random.shuffle(extras)
        return " ".join(parts + extras), (name, sort)

    def named(self, constraint):
        return "constraint %s %s" % (self.name(self.new_name()), constraint) if self.chance(0.3) else constraint

    def references(self, sorts):
        """REFERENCES to keys of those sorts; the clause and how many columns it has."""
        def fits(r):
            return any(self.key_columns(r, k) and [SORTS.get(c.type) for c in self.key_columns(r, k)] == sorts for k in r.constraints if k.type in "pu")
        target = self.relation(TABLES, fits)
        key = self.some(k for k in target.constraints if k.type in "pu" and [SORTS.get(c.type) for c in self.key_columns(target, k)] == sorts)
        listed = "" if key.type == "p" and self.chance(0.5) else " (%s)" % ", ".join(self.name(c.name) for c in self.key_columns(target, key))
        actions = self.some(("", "", " on delete cascade", " on delete set null", " on update cascade on delete restrict", " on delete no action", " on update set default",
                             " match full", " on delete set default"))
        return "references %s%s%s%s" % (self.of(target), listed, actions, self.deferrable()), len(sorts)

    def deferrable(self):
        return self.some(("",) * 6 + (" deferrable", " deferrable initially deferred", " initially deferred", " not deferrable", " deferrable initially immediate"))

    def key_columns(self, relation, key):
        """Of a primary or unique constraint: the state does not say, so those that its index's columns are called."""
        for index in self.state.relations:
            if index.kind in "iI" and index.name == key.name and index.table and (index.table.schema, index.table.name) == (relation.schema, relation.name):
                names = {c.name: c for c in relation.columns}
                found = [names.get(c.name) for c in index.columns]
                return found if all(found) else []
        return []

    def table_constraint(self, columns):
        """columns: (as written, sort)"""
        def some_columns(*sorts):
            return [c for c, _ in self.few([c for c in columns if c[1] in sorts], 2)]
        kind = self.random.random()
        if kind < 0.35:
            return self.named("check (%s)%s" % (self.expression(BOOL, columns, 2), self.some(("", "", "", " no inherit"))))
        keys = (INT, TEXT, DATE, STAMP, "uuid", NUM, BOOL)
        if kind < 0.5:
            return self.named("primary key (%s)%s" % (", ".join(some_columns(*keys)), self.some(("", "", " include (%s)" % self.some(columns)[0], " with (fillfactor = 70)",
                                                                                               self.deferrable()))))
        if kind < 0.72:
            return self.named("unique%s (%s)%s" % (self.some(("", "", " nulls not distinct")), ", ".join(some_columns(*keys)), self.some(
                ("", "", " include (%s)" % self.some(columns)[0], self.deferrable()))))
        if kind < 0.8:
            column, sort = self.some([c for c in columns if c[1] in (INT, DATE, STAMP, TEXT)])
            return self.named("exclude %s(%s with =)%s%s" % (self.some(("", "using btree ", "using hash ")), column, self.some(
                ("", "", " where (%s)" % self.expression(BOOL, [(column, sort)], 1, False))), self.deferrable()))
        column, sort = self.some([c for c in columns if c[1] in (INT, TEXT, "uuid")])
        return self.named("foreign key (%s) %s" % (column, self.references([sort])[0]))

    def like(self):
        options = self.some(("", " including all", " including defaults", " including constraints including indexes", " including all excluding indexes", " including identity",
                             " including comments including storage", " including generated including statistics", " including compression"))
        return "like %s%s" % (self.of(self.relation("rpvmc")), options)

    def elements(self):
        """Between the parentheses of CREATE TABLE, and its columns."""
        columns, parts = [], []
        for _ in range(self.random.randint(1, 6)):
            text, column = self.column_definition(columns, "id" if not columns and self.chance(0.4) else None)
            if column[0] in [name for name, _ in columns]:
                continue
            columns.append(column)
            parts.append(text)
        if not any("primary key" in part for part in parts) and self.chance(0.5):
            parts[0] += self.some((" primary key",) * 3 + (" unique",))
        for _ in range(self.random.choice((0, 0, 1, 2))):
            try:
                parts.append(self.table_constraint(columns))
            except Skip:
                pass
        if self.chance(0.05) and self.relations("rpvmc"):
            parts.insert(self.random.randint(0, len(parts)), self.like())
        return ", ".join(parts), columns

    # ---- queries ----

    def query(self, depth=1):
        kind = self.random.random()
        if depth and kind < 0.08:
            return "with %s as (%s) select * from %s" % ("q", self.query(0), "q")
        if depth and kind < 0.14:
            inner = self.query(0)
            return "select %s from (%s) as s" % (self.some(("s.*", "*", "count(*) as n")), inner)
        if depth and kind < 0.22:
            return self.union()
        if kind < 0.27:
            return self.some(("select 1 as one, 'a'::text as two", "select 1", "values (1, 'a'), (2, 'b')", "select null::int as nothing, now() as at",
                              "select generate_series(1, 3) as n", "select * from generate_series(1, 10) g", "select 'x' as unknown, 1.5 as num, true as yes"))
        return self.select(depth)

    def union(self):
        left, right = (self.relation("rpvm", lambda r: r.columns) for _ in range(2))
        sort = self.some((INT, TEXT))
        texts = ["select %s%s from %s" % (self.name(self.a_column(r, sort).name), alias, self.of(r)) for r, alias in ((left, " as u"), (right, ""))]
        return (" %s " % self.some(("union", "union all", "except", "intersect"))).join(texts) + self.some(("", " order by 1", " order by u"))

    def select(self, depth):
        left = self.relation("rpvm", lambda r: r.columns)
        alias = self.some(("", "a", "t", "l"))
        prefix = alias + "." if alias and self.chance(0.6) else ""
        columns = self.columns(left, prefix)
        source = self.of(left) + self.some((" ", " as ")) + alias if alias else self.of(left)
        if depth and self.chance(0.35):
            right = self.relation("rpvm", lambda r: r.columns)
            columns = self.columns(left, (alias or "a") + ".")
            others = self.columns(right, "b.")
            kind = self.some(("join", "left join", "inner join", "right join", "full join"))
            try:
                sort = self.some((INT, TEXT))
                on = "%s = %s" % (self.column(columns, sort), self.column(others, sort))
            except Skip:
                on = "true"
            source = "%s %s %s %s b on %s" % (self.of(left), alias or "a", kind, self.of(right), on)
            if self.chance(0.15):
                source = "%s %s cross join %s b" % (self.of(left), alias or "a", self.of(right))
            if self.chance(0.1):
                shared = {c.name for c in left.columns} & {c.name for c in right.columns}
                source = "%s %s %s %s b using (%s)" % (self.of(left), alias or "a", kind, self.of(right), self.name(self.some(sorted(shared))))
            columns = columns + others
        where = " where %s" % self.expression(BOOL, columns, 2, True, self.subquery) if self.chance(0.4) else ""
        kind = self.random.random()
        if kind < 0.15:
            tail = self.some(("", " order by 1", " limit 10", " for update" if False else ""))
            return "select %s from %s%s%s" % (self.some(("*", (alias or self.name(left.name)) + ".*") if not "join" in source else ((alias or "a") + ".*",)), source, where, tail)
        if kind < 0.3:
            key, _ = self.some(columns)
            aggregate = self.some(("count(*)", "count(*) as n", "max(%s) as top" % self.column(columns, INT, NUM, TEXT), "sum(%s) as total" % self.column(columns, INT, NUM), "array_agg(%s)" %
                                   key, "count(distinct %s) as d" % key, "string_agg(%s, ',')" % self.column(columns, TEXT), "bool_and(%s)" % self.column(columns, BOOL),
                                   "count(*) filter (where %s is not null) as f" % key, "avg(%s) as mean" % self.column(columns, INT, NUM), "jsonb_agg(%s order by %s)" % (key, key),
                                   "min(%s) as low" % self.column(columns, DATE, STAMP)) if self.of_sort(columns, INT) and self.of_sort(columns, TEXT) and self.of_sort(columns, BOOL)
                                  and self.of_sort(columns, DATE, STAMP) else ("count(*)", "count(*) as n", "array_agg(%s) as all_" % key, "count(%s) as c" % key))
            return "select %s, %s from %s%s group by %s%s" % (key, aggregate, source, where, self.some((key, "1")), self.some(("", " having count(*) > 1", " order by 2 desc")))
        items = []
        for _ in range(self.random.randint(1, 4)):
            if self.chance(0.5):
                column, _ = self.some(columns)
                items.append(column + self.some(("", "", " as " + self.name(self.new_name()))))
            else:
                sort = self.some((INT, TEXT, BOOL, NUM, STAMP, JSON, DATE))
                items.append("%s as %s" % (self.expression(sort, columns, 2, True, self.subquery), self.name(self.new_name())))
        if self.chance(0.06):
            items.append("row_number() over (partition by %s order by %s) as rn" % (self.some(columns)[0], self.some(columns)[0]))
        if self.chance(0.05):
            items.append("(select count(*) from %s) as others" % self.of(self.relation("rp")))
        return "select %s%s from %s%s%s" % (self.some(("", "", "", "distinct ")), ", ".join(items), source, where, self.some(("", "", " order by 1", " limit 5 offset 2",
                                                                                                                         " order by 1 desc nulls last")))


def late(maker):
    """IF NOT EXISTS, IF EXISTS, or neither."""
    return maker.chance(0.25)


def cascade(maker):
    return maker.some(("", "", " cascade", " cascade", " restrict"))


def only(maker):
    return "only " if maker.chance(0.08) else ""


# ---- schemas, search_path, transactions ----

@statement(2)
def create_schema(m):
    name = m.some(("app", "private", "Odd Schema", "ext", m.new_name()))
    if m.chance(0.1):
        return "create schema %s create table %s (%s) create view %s as select 1 as one" % (m.name(name), m.name(m.new_name()), "id int primary key, x text", m.name(m.new_name()))
    return "create schema %s%s" % ("if not exists " if late(m) else "", m.name(name))


@statement(0.6)
def drop_schema(m):
    return "drop schema %s%s%s" % ("if exists " if late(m) else "", m.schema(), cascade(m))


@statement(0.7)
def rename_schema(m):
    return "alter schema %s rename to %s" % (m.schema(), m.name(m.new_name()))


@statement(2)
def set_search_path(m):
    if m.plain:
        raise Skip
    names = m.few(m.state.schemas + ["nowhere"], 3)
    m.since = 9
    listed = ", ".join(m.name(n) for n in names)
    return m.some(("set search_path to %s" % listed, "set search_path = %s" % listed, "select set_config('search_path', %s, false)" % lit(", ".join(
        '"%s"' % n.replace('"', '""') for n in names)), "select pg_catalog.set_config('search_path', '', false)", "set search_path to default", "reset search_path",
        "set session search_path to %s" % listed, "set search_path to ''", "set schema %s" % lit(names[0])))


@statement(1.5)
def transaction(m):
    if m.open:
        m.open = m.chance(0.5)
        if not m.open:
            m.since = 9
            return m.some(("commit", "commit", "end", "rollback", "ROLLBACK", "abort", "commit work"))
        m.since = 9
        return m.some(("savepoint s", "savepoint s", "rollback to s", "rollback to savepoint s", "release s", "release savepoint s", "savepoint t", "rollback to t",
                       "set local search_path to %s" % m.name(m.some(m.state.schemas))))
    m.open = True
    return m.some(("begin", "BEGIN", "start transaction", "begin transaction isolation level serializable", "begin work"))


@statement(0.6)
def rolled_back(m):
    """All of it comes to nothing."""
    if m.open:
        raise Skip
    m.since = 9
    inner = []
    for _ in range(m.random.randint(1, 4)):
        name, made = m.statement()
        if name not in ("transaction", "rolled back") and not any("concurrently" in text for text in made):
            inner += made
    return ["begin"] + inner + ["rollback"]


# ---- tables ----

@statement(9)
def create_table(m):
    text, _ = m.elements()
    kind = m.some(("table",) * 8 + ("unlogged table", "TABLE"))
    tail = m.some(("",) * 10 + (" with (fillfactor = 70)", " with (autovacuum_enabled = false, toast.autovacuum_enabled = false)", " using heap"))
    return "create %s %s%s (%s)%s" % (kind, "if not exists " if late(m) else "", m.new(), text, tail)


@statement(1)
def create_temporary_table(m):
    text, _ = m.elements()
    return "create %s table %s (%s)%s" % (m.some(("temp", "temporary")), m.name(m.new_name()), text, m.some(("", "", " on commit drop" if m.open else "")))


@statement(1.5)
def create_table_like(m):
    return "create table %s (%s%s)" % (m.new(), m.like(), m.some(("", "", ", " + m.column_definition([])[0])))


@statement(1.5)
def create_table_as(m):
    return m.some(("create table %s as %s", "create table %s as %s with no data", "create table if not exists %s as %s")) % (m.new(), m.query())


@statement(2)
def create_child(m):
    parents = m.few(m.relations("r", lambda r: not r.part), 2)
    text = m.elements()[0] if m.chance(0.5) else ""
    return "create table %s (%s) inherits (%s)" % (m.new(), text, ", ".join(m.of(p) for p in parents))


@statement(1)
def of_type(m):
    t = m.some(t for t in m.state.types if t.kind == "c")
    extra = " (primary key (%s))" % m.name(t.attributes[0]) if t.attributes and m.chance(0.4) else ""
    return "create table %s of %s%s" % (m.new(), m.of(t), extra)


@statement(2.5)
def create_partitioned_table(m):
    text, columns = m.elements()
    key = m.column([c for c in columns], INT, TEXT, DATE)
    return "create table %s (%s) partition by %s (%s)" % (m.new(), text, m.some(("list", "range", "hash", "range")), m.some((key, key, key, "(%s)" % key)))


def bound(m, parent):
    column = m.some(c for c in parent.columns if c.name == parent.key) if parent.key else m.a_column(parent, INT)
    sort = SORTS.get(column.type, OTHER)
    if m.chance(0.12) and parent.strategy != "h":
        return "default"
    start = m.random.randint(0, 40) * 10
    values = {INT: (str(start), str(start + 10)), TEXT: ("'%c'" % (97 + start // 20), "'%c'" % (98 + start // 20)),
              DATE: ("'20%02d-01-01'" % (start // 10), "'20%02d-01-01'" % (start // 10 + 1)), STAMP: ("'20%02d-01-01'" % (start // 10), "'20%02d-01-01'" % (start // 10 + 1))}
    if sort not in values:
        raise Skip
    low, high = values[sort]
    if parent.strategy == "l":
        return "for values in (%s)" % m.some((low, "%s, %s" % (low, high), low + ", null"))
    if parent.strategy == "h":
        modulus = m.some((2, 4))
        return "for values with (modulus %d, remainder %d)" % (modulus, m.random.randrange(modulus))
    return "for values from (%s) to (%s)" % m.some(((low, high), (low, high), ("minvalue", "'-1'" if sort == INT else low), (high, "maxvalue")))


@statement(3)
def create_partition(m):
    parent = m.relation("p")
    text = ""
    if m.chance(0.25):
        text = " (%s)" % m.some(("constraint %s check (%s)" % (m.name(m.new_name()), m.expression(BOOL, m.columns(parent), 1)),
                                 "%s not null" % m.name(m.a_column(parent).name), "%s default null" % m.name(m.a_column(parent).name)))
    tail = ""
    if m.chance(0.1):
        tail = " partition by %s (%s)" % (m.some(("list", "range")), m.name(m.a_column(parent, INT, TEXT).name))
    return "create table %s%s partition of %s%s %s%s" % ("if not exists " if late(m) else "", m.new(), m.of(parent), text, bound(m, parent), tail)


@statement(1.5)
def make_and_attach(m):
    parent = m.relation("p")
    name = m.new()
    return ["create table %s (like %s%s)" % (name, m.of(parent), m.some(("", " including all", " including constraints"))),
            "alter table %s attach partition %s %s" % (m.of(parent), name, bound(m, parent))]


@statement(1.5)
def detach_partition(m):
    part = m.relation(TABLES, lambda r: r.part and r.parents)
    tail = m.some(("", "", " concurrently") if not m.open else ("",))
    return "alter table %s detach partition %s%s" % (m.of(part.parents[0]), m.of(part), tail)


@statement(1)
def inherit(m):
    child, parent = m.relation("r"), m.relation("r")
    if child.parents and m.chance(0.5):
        return "alter table %s no inherit %s" % (m.of(child), m.of(child.parents[0]))
    return "alter table %s inherit %s" % (m.of(child), m.of(parent))


@statement(1.5)
def drop_table(m):
    tables = m.few(m.relations(TABLES), 2)
    return "drop table %s%s%s" % ("if exists " if late(m) else "", ", ".join(m.of(t) for t in tables), cascade(m))


@statement(2)
def rename_table(m):
    return "alter table %s%s rename to %s" % ("if exists " if late(m) else "", m.of(m.relation("rpvmiS" if m.chance(0.2) else TABLES)), m.name(m.new_name()))


@statement(1.5)
def table_to_another_schema(m):
    return "alter table %s set schema %s" % (m.of(m.relation(TABLES)), m.name(m.some(m.state.schemas)))


@statement(6)
def add_column(m):
    table = m.relation(TABLES, lambda r: not r.part)
    added = []
    for _ in range(m.some((1, 1, 1, 2, 3))):
        added.append("add %s%s%s" % (m.some(("column ", "column ", "")), "if not exists " if late(m) else "", m.column_definition(m.columns(table))[0]))
    return "alter table %s%s%s %s" % ("if exists " if late(m) else "", only(m), m.of(table), ", ".join(added))


@statement(3)
def drop_column(m):
    table = m.relation(TABLES, lambda r: len(r.columns) > 1)
    return "alter table %s%s drop %s%s%s%s" % (only(m), m.of(table), m.some(("column ", "")), "if exists " if late(m) else "", m.name(m.a_column(table).name), cascade(m))


@statement(3)
def rename_column(m):
    table = m.relation("rpvmc" if m.chance(0.2) else TABLES, lambda r: r.columns)
    if table.kind == "c":
        return "alter type %s rename attribute %s to %s%s" % (m.of(table), m.name(m.a_column(table).name), m.name(m.new_name()), cascade(m))
    return "alter %s %s rename %s%s to %s" % (KINDS[table.kind], m.of(table), m.some(("column ", "")), m.name(m.a_column(table).name), m.name(m.new_name()))


RETYPED = {INT: ("bigint", "text", "numeric", "smallint", "integer"), TEXT: ("varchar(99)", "text", "char(5)", 'text collate "C"'), NUM: ("numeric(12,4)", "double precision", "integer"),
           DATE: ("timestamptz", "timestamp", "text"), STAMP: ("timestamptz", "timestamp(0)", "date"), BOOL: ("text",), JSON: ("json", "text"), INTS: ("bigint[]", "text[]"),
           "uuid": ("text",), TEXTARR: ("varchar[]",), "span": ("text",), "time": ("text", "interval")}


@statement(4)
def column_type(m):
    table = m.relation(TABLES, lambda r: not r.part)
    column = m.a_column(table, *RETYPED)
    sort = SORTS[column.type]
    new = m.some(RETYPED[sort])
    using = ""
    if m.chance(0.35):
        using = " using %s" % m.some(("%s::%s" % (m.name(column.name), new.split(" collate")[0]), m.name(column.name), "null"))
    if m.chance(0.15):
        written, new_sort = m.type()
        new, using = written, " using null"
    return "alter table %s%s alter %s%s %stype %s%s" % (only(m), m.of(table), m.some(("column ", "")), m.name(column.name), m.some(("", "set data ")), new, using)


@statement(4)
def column_default(m):
    table = m.relation(TABLES if m.chance(0.9) else "v", lambda r: r.columns)
    column = m.a_column(table)
    if m.chance(0.3):
        action = "drop default"
    else:
        action = "set default " + m.default(column.type, SORTS.get(column.type, OTHER))
    return "alter %s %s alter column %s %s" % (KINDS[table.kind], m.of(table), m.name(column.name), action)


@statement(3)
def column_not_null(m):
    table = m.relation()
    return "alter table %s%s alter %s %s not null" % (only(m), m.of(table), ", alter ".join(m.name(c.name) for c in [m.a_column(table)]), m.some(("set", "drop")))


@statement(2)
def column_options(m):
    table = m.relation()
    column = m.a_column(table)
    action = m.some(("set statistics %d" % m.some((-1, 0, 100, 500)), "set storage %s" % m.some(("plain", "external", "extended", "main", "EXTERNAL")), "set (n_distinct = 5)",
                     "set (n_distinct = -0.5, n_distinct_inherited = 3)", "reset (n_distinct)", "set compression %s" % m.some(("pglz", "default"))))
    return "alter table %s%s alter column %s %s" % (only(m), m.of(table), m.name(column.name), action)


@statement(2)
def identity(m):
    table = m.relation("r")
    column = m.a_column(table, INT)
    if column.identity:
        action = m.some(("drop identity", "drop identity if exists", "set generated always", "set generated by default", "set start with 7 set increment by 2", "restart with 20", "set cycle"))
    elif column.generated:
        action = m.some(("drop expression", "drop expression if exists"))
    else:
        action = "add generated %s as identity%s" % (m.some(("always", "by default")), m.some(("", " (start 5)")))
    texts = [] if column.not_null else ["alter table %s alter column %s drop default, alter column %s set not null" % (m.of(table), m.name(column.name), m.name(column.name))]
    return texts + ["alter table %s alter column %s %s" % (m.of(table), m.name(column.name), action)]


@statement(2)
def table_settings(m):
    table = m.relation(TABLES)
    indexes = m.relations("iI", lambda i: i.table and i.table.name == table.name)
    action = m.some(("set (fillfactor = 80)", "reset (fillfactor)", "set (autovacuum_enabled = false, autovacuum_vacuum_scale_factor = 0.1)", "set (toast.autovacuum_enabled = off)", "set unlogged",
                     "set logged", "replica identity full", "replica identity nothing", "replica identity default", "enable row level security", "force row level security", "no force row level security",
                     "disable row level security", "owner to current_user", "owner to postgres", "set without cluster", "set without oids", "set (parallel_workers = 4)",
                     "enable row level security, force row level security") + (("cluster on %s" % m.name(m.some(indexes).name), "replica identity using index %s" % m.name(m.some(indexes).name))
                                                                               if indexes else ()))
    return "alter table %s%s %s" % ("if exists " if late(m) else "", m.of(table), action)


# ---- constraints ----

@statement(6)
def add_constraint(m):
    table = m.relation(TABLES, lambda r: r.columns)
    text = m.table_constraint(m.columns(table))
    late_ = " not valid" if re.search(r"\b(check \(|foreign key)", text) and m.chance(0.25) and "no inherit" not in text else ""
    return "alter table %s%s add %s%s" % (only(m), m.of(table), text, late_)


@statement(2.5)
def self_reference(m):
    table = m.relation(TABLES)
    key = m.some(k for k in table.constraints if k.type == "p")
    column = m.some(m.key_columns(table, key))
    name = m.name(m.new_name())
    return "alter table %s add column %s %s references %s%s" % (m.of(table), name, column.full, m.of(table), m.some(("", " on delete cascade")))


@statement(1)
def constraint_using_index(m):
    index = m.relation("i", lambda i: i.unique and i.table)
    return "alter table %s add %s %s using index %s%s" % (m.qualified(index.table.schema, index.table.name), m.some(("", "constraint %s" % m.name(m.new_name()))), m.some(("unique", "primary key")),
                                                          m.name(index.name), m.deferrable())


@statement(3)
def change_constraint(m):
    table = m.relation(TABLES, lambda r: r.constraints)
    constraint = m.some(table.constraints)
    name = m.name(constraint.name)
    if constraint.type == "f" and m.chance(0.4):
        return "alter table %s alter constraint %s %s" % (m.of(table), name, m.some(("deferrable", "not deferrable", "initially deferred", "deferrable initially deferred")))
    if not constraint.valid and m.chance(0.6):
        return "alter table %s validate constraint %s" % (m.of(table), name)
    return "alter table %s%s %s" % (only(m), m.of(table), m.some(("drop constraint %s%s%s" % ("if exists " if late(m) else "", name, cascade(m)), "rename constraint %s to %s" % (
        name, m.name(m.new_name())), "validate constraint %s" % name)))


# ---- indexes ----

@statement(7)
def create_index(m):
    table = m.relation("rpm", lambda r: r.columns)
    columns = m.columns(table)
    method = m.some(("", "", "", "using btree ", "using hash ", "using gin ", "using gist ", "using brin ", "using spgist "))
    items = []
    for _ in range(m.some((1, 1, 1, 2, 3)) if method in ("", "using btree ", "using brin ") else 1):
        if method == "using gin ":
            item = m.some((m.column(columns, JSON, INTS, TEXTARR), "to_tsvector('english', %s)" % m.column(columns, TEXT)))
            item += " jsonb_path_ops" if item in [c for c, s in columns if s == JSON] and m.chance(0.4) else ""
        elif method in ("using gist ", "using spgist "):
            item = m.some((m.column(columns, OTHER), "int4range(%s, null)" % m.column(columns, INT), "(point(%s, 0))" % m.column(columns, INT), m.column(columns, TEXT)))
        elif m.chance(0.7):
            column, sort = m.some([c for c in columns if c[1] not in (JSON, OTHER)])
            item = column + (" text_pattern_ops" if sort == TEXT and m.chance(0.15) else ' collate "C"' if sort == TEXT and m.chance(0.1) else "")
        else:
            sort = m.some((TEXT, INT, BOOL, DATE))
            item = "(%s)" % m.expression(sort, columns, 2, False)
            if m.chance(0.3) and m.of_sort(columns, TEXT):
                item = "%s(%s)" % (m.some(("lower", "upper", "md5", "length")), m.column(columns, TEXT))
        if method in ("", "using btree "):
            item += m.some(("",) * 6 + (" desc", " asc", " desc nulls last", " nulls first"))
        items.append(item)
    unique = "unique " if m.chance(0.2) and method in ("", "using btree ") else ""
    tail = m.some(("",) * 8 + (" include (%s)" % m.some(columns)[0], " with (fillfactor = 60)", " nulls not distinct" if unique else ""))
    where = " where %s" % m.expression(BOOL, columns, 2, False) if m.chance(0.2) else ""
    name = m.name(m.new_name()) if m.chance(0.5) else ""
    return "create %sindex %s%s%son %s%s %s(%s)%s%s" % (unique, "concurrently " if m.chance(0.06) and not m.open and table.kind != "p" else "", "if not exists " if name and late(m) else "", name and name + " ",
                                                        "only " if table.kind == "p" and m.chance(0.2) else "", m.of(table), method, ", ".join(items), tail, where)


@statement(1.5)
def change_index(m):
    index = m.relation("iI")
    name = m.of(index)
    parents = m.relations("I")
    return m.some(("drop index %s%s%s" % ("if exists " if late(m) else "", name, cascade(m)), "alter index %s rename to %s" % (name, m.name(m.new_name())), "alter index %s set (fillfactor = 75)" % name,
                   "alter index %s reset (fillfactor)" % name, "alter index %s alter column 1 set statistics 300" % name, "reindex index %s" % name)
                  + (("alter index %s attach partition %s" % (m.of(m.some(parents)), name),) * 2 if parents else ()))


@statement(1.5)
def statistics(m):
    if m.state.statistics and m.chance(0.5):
        s = m.of(m.some(m.state.statistics))
        return m.some(("drop statistics %s" % s, "alter statistics %s rename to %s" % (s, m.name(m.new_name())), "alter statistics %s set statistics 99" % s, "alter statistics %s set schema %s" % (
            s, m.name(m.some(m.state.schemas))), "comment on statistics %s is 'stat'" % s))
    table = m.relation("rm", lambda r: len(r.columns) > 1)
    columns = m.columns(table)
    items = m.some((lambda: ", ".join(c for c, _ in m.few([c for c in columns if c[1] not in (JSON, OTHER)], 3, 2)), lambda: "(%s)" % m.expression(INT, columns, 2, False),
                    lambda: "%s, (%s)" % (m.some(columns)[0], m.expression(TEXT, columns, 1, False))))()
    kinds = m.some(("", "", " (ndistinct)", " (dependencies, mcv)")) if not items.startswith("(") else ""
    return "create statistics %s%s%s on %s from %s" % ("", m.new(), kinds, items, m.of(table))


# ---- views ----

@statement(7)
def create_view(m):
    listed = ""
    if m.chance(0.1):
        return "create view %s (%s, %s) as select 1, 'x'::text" % (m.new(), m.name(m.new_name()), m.name("second"))
    options = m.some(("",) * 8 + (" with (security_barrier)", " with (security_invoker = true)", " with (check_option = local)"))
    tail = m.some(("",) * 12 + (" with check option", " with local check option"))
    return "create %s%sview %s%s%s as %s%s" % (m.some(("", "", "or replace ")), m.some(("",) * 12 + ("temp ",)), m.new(), listed, options, m.query(), tail)


@statement(2)
def replace_view(m):
    view = m.relation("v")
    query = "select * from %s" % m.of(view)
    return m.some(("create or replace view %s as %s" % (m.of(view), m.query()), "create or replace view %s as select %s" % (m.of(view), ", ".join(
        "null::%s as %s" % (c.full, m.name(c.name)) for c in view.columns)) + m.some(("", ", 1 as more")), "create view %s as %s" % (m.new(), query)))


@statement(2)
def create_materialized_view(m):
    return "create materialized view %s%s as %s%s" % ("if not exists " if late(m) else "", m.new(), m.query(), m.some(("", "", " with no data")))


@statement(2)
def change_view(m):
    view = m.relation("vm")
    kind, name = KINDS[view.kind], m.of(view)
    return m.some(("drop %s %s%s%s" % (kind, "if exists " if late(m) else "", name, cascade(m)), "alter %s %s rename to %s" % (kind, name, m.name(m.new_name())), "alter %s %s set schema %s" % (
        kind, name, m.name(m.some(m.state.schemas))), "alter view %s set (security_barrier = true)" % name if view.kind == "v" else "refresh materialized view %s" % name,
        "alter %s %s rename column %s to %s" % (kind, name, m.name(m.a_column(view).name), m.name(m.new_name())), "alter %s %s owner to postgres" % (kind, name)))


@statement(1)
def rule(m):
    relation = m.relation("rpv", lambda r: r.columns)
    if relation.rules and m.chance(0.5):
        name = m.name(m.some(relation.rules))
        return m.some(("drop rule %s on %s" % (name, m.of(relation)), "alter rule %s on %s rename to %s" % (name, m.of(relation), m.name(m.new_name())), "alter table %s disable rule %s" % (m.of(relation), name)))
    event = m.some(("insert", "update", "delete"))
    where = m.some(("", "", " where %s" % m.expression(BOOL, m.columns(relation, "new." if event != "delete" else "old."), 1)))
    return "create %srule %s as on %s to %s%s do %s" % (m.some(("", "or replace ")), m.name(m.new_name()), event, m.of(relation), where, m.some(("nothing", "instead nothing", "also nothing", "also notify x",
                                                                                                                                               "also insert into %s default values" % m.of(m.relation()))))


# ---- functions, triggers, policies ----

BODIES = [("int", "select 1"), ("text", "select 'a'"), ("boolean", "select true"), ("void", "select 1"), ("setof int", "select generate_series(1, 2)"), ("jsonb", "select '{}'::jsonb")]


def arguments(m):
    """As written in CREATE FUNCTION."""
    given, count, defaults = [], m.some((0, 0, 1, 1, 2, 3)), False
    for at in range(count):
        written, sort = m.type()
        mode = m.some(("",) * 8 + ("in ", "inout ")) if not defaults else ""
        name = m.some(("", "p%d " % at, "%s " % m.name(m.new_name()), "p_%d " % at))
        default = ""
        if defaults or m.chance(0.2):
            try:
                default = m.some((" default ", " = ")) + (m.default(written, sort) if m.chance(0.8) else "null")
                defaults = True
            except Skip:
                default, defaults = " default null", True
        given.append(mode + name + written + default)
    if not defaults and m.chance(0.05):
        given.append("variadic %s int[]" % m.name("rest"))
    return ", ".join(given)


@statement(6)
def create_function(m):
    given = arguments(m)
    replace = m.some(("", "or replace "))
    options = " ".join(m.few(("immutable", "strict", "security definer", "parallel safe", "cost 10", "set search_path = ''", "set search_path to public, pg_temp", "stable", "leakproof", "volatile",
                              "called on null input", "set statement_timeout = '5s'", "set timezone to 'UTC'"), 3, 0))
    kind = m.random.random()
    if kind < 0.12:
        given = (given + ", " if given and "variadic" not in given and "default" not in given and " = " not in given else "") + "out a int, out %s text" % m.name("b")
        return "create %sfunction %s(%s) language sql %s as $$ select 1, 'x' $$" % (replace, m.new(), given, options)
    if kind < 0.24:
        return "create %sfunction %s(%s) returns table (%s %s, %s %s) language plpgsql %s as $$ begin return; end $$" % (replace, m.new(), given, m.name(m.new_name()), m.type()[0], "c2", m.type()[0], options)
    if kind < 0.34:
        return "create %sfunction %s() returns trigger language plpgsql as $$ begin return new; end; $$" % (replace, m.new())
    if kind < 0.42:
        relation = m.relation("rpv", lambda r: r.columns)
        return "create function %s(x %s) returns %s language sql stable %s as $f$ select 'a'::text $f$" % (m.new(), m.of(relation), "text", options)
    if kind < 0.5:
        relation = m.relation("rpv", lambda r: r.columns)
        return "create function %s() returns setof %s language sql stable as 'select * from %s'" % (m.new(), m.of(relation), m.of(relation).replace("'", "''"))
    if kind < 0.56:
        return m.some(("create function %s(a int, b int) returns int language sql immutable return a + b", "create function %s(a text) returns text language sql begin atomic select lower(a); end",
                       "create function %s(a int default 5) returns boolean return a > 1")) % m.new()
    if kind < 0.62:
        relation = m.relation("rpv", lambda r: r.columns)
        return "create function %s() returns bigint language sql begin atomic select count(*) from %s where %s; end" % (m.new(), m.of(relation), m.expression(BOOL, m.columns(relation), 1))
    if kind < 0.74:
        return "create %sprocedure %s(%s) language plpgsql %s as $$ begin null; end $$" % (replace, m.new(), given, m.some(("", "security definer")))
    returns, body = m.some(BODIES)
    if "inout" in given:
        raise Skip
    language, body = m.some((("sql", body), ("plpgsql", "begin return null; end")))
    if language == "plpgsql" and (returns == "void" or returns.startswith("setof")):
        body = "begin return; end"
    return "create %sfunction %s(%s) returns %s %s language %s as %s" % (replace, m.new(), given, returns, options, language, m.some(("$$%s$$", "$body$%s$body$", "'%s'")) % (
        body if "'" not in body else body.replace("'a'", "null").replace("'{}'::jsonb", "null::jsonb")))


@statement(3)
def change_routine(m):
    routine = m.some(m.state.routines)
    kind = {"p": "procedure", "a": "aggregate", "f": "function", "w": "function"}[routine.kind]
    if kind != "aggregate" and m.chance(0.15):
        kind = "routine"
    args = routine.args or ("*" if kind == "aggregate" else "")
    whole = "%s(%s)" % (m.of(routine), args)
    if kind != "aggregate" and m.chance(0.3) and len([r for r in m.state.routines if r.name == routine.name]) == 1:
        whole = m.of(routine)
    action = m.some(("drop",) * 3 + ("rename to %s" % m.name(m.new_name()), "rename to %s" % m.name(m.new_name()), "set schema %s" % m.name(m.some(m.state.schemas)), "owner to postgres", "immutable", "stable strict",
                                     "security definer", "cost 50", "set search_path to public", "reset all", "parallel restricted", "set work_mem = '10MB'", "rows 5"))
    if action == "drop":
        return "drop %s %s%s%s" % (kind, "if exists " if late(m) else "", whole, cascade(m))
    return "alter %s %s %s" % (kind, whole, action)


@statement(1)
def replace_function(m):
    routine = m.some(r for r in m.state.routines if r.kind == "f" and r.returns in ("integer", "text", "boolean") and not r.set and "[]" not in r.args)
    names = ", ".join("%s%s" % (m.some(("", "q%d " % at)), arg) for at, arg in enumerate(routine.args.split(", "))) if routine.args else ""
    return "create or replace function %s(%s) returns %s language sql as $$ select null::%s $$" % (m.of(routine), names, routine.returns, routine.returns)


def trigger_function(m):
    return m.of(m.some(r for r in m.state.routines if r.returns == "trigger"))


@statement(4)
def create_trigger(m):
    relation = m.relation("rpv", lambda r: r.columns)
    name = m.name(m.new_name())
    events = m.some(("insert", "update", "delete", "insert or update", "insert or update or delete", "truncate", "update of %s" % ", ".join(m.name(c.name) for c in m.few(relation.columns, 2))))
    if relation.kind == "v":
        return "create trigger %s instead of %s on %s for each row execute function %s()" % (name, events if "of" not in events and events != "truncate" else "insert", m.of(relation), trigger_function(m))
    if m.chance(0.08) and relation.kind == "r":
        return "create constraint trigger %s after %s on %s%s for each row execute procedure %s()" % (name, "insert or update", m.of(relation), m.deferrable(), trigger_function(m))
    level = m.some(("row", "row", "row", "statement")) if events != "truncate" else "statement"
    when, timing = "", m.some(("before", "after", "BEFORE"))
    if level == "row" and m.chance(0.25):
        prefix = "new." if "delete" not in events else "old."
        if not ("insert" in events and "delete" in events):
            when = " when (%s)" % m.some((lambda: m.expression(BOOL, m.columns(relation, prefix), 2, True), lambda: "old.* is distinct from new.*"))()
    tables = ""
    if timing == "after" and events in ("insert", "update", "delete") and m.chance(0.15):
        tables = " referencing %s table as %s" % ({"insert": "new", "update": "new", "delete": "old"}[events], m.name("changed"))
    return "create %strigger %s %s %s on %s%s for each %s%s execute %s %s(%s)" % (m.some(("", "", "or replace ")), name, timing, events, m.of(relation), tables, level, when, m.some(("function", "procedure")), trigger_function(m), m.some(
        ("", "", "'a', 'b'", "1")))


@statement(2)
def change_trigger(m):
    table = m.relation("rp", lambda r: r.triggers)
    name = m.name(m.some(table.triggers))
    return m.some(("drop trigger %s%s on %s%s" % ("if exists " if late(m) else "", name, m.of(table), cascade(m)), "alter trigger %s on %s rename to %s" % (name, m.of(table), m.name(m.new_name())), "alter table %s%s disable trigger %s" % (
        only(m), m.of(table), m.some((name, "all", "user"))), "alter table %s enable %strigger %s" % (m.of(table), m.some(("", "always ", "replica ")), name)))


@statement(4)
def create_policy(m):
    table = m.relation()
    columns = m.columns(table)
    command = m.some(("", "", " for select", " for insert", " for update", " for delete", " for all"))
    using = " using (%s)" % m.expression(BOOL, columns, 2, True, m.subquery) if command != " for insert" else ""
    check = " with check (%s)" % m.expression(BOOL, columns, 2, True, m.subquery) if command in (" for insert", " for update", "", " for all") and m.chance(0.5) else ""
    return "create policy %s on %s%s%s%s%s%s" % (m.name(m.new_name()), m.of(table), m.some(("",) * 5 + (" as restrictive", " as permissive")), command, m.some(("", "", " to public", " to current_user", " to postgres")), using, check)


@statement(1.5)
def change_policy(m):
    table = m.relation(TABLES, lambda r: r.policies)
    name = m.name(m.some(table.policies))
    return m.some(("drop policy %s%s on %s" % ("if exists " if late(m) else "", name, m.of(table)), "alter policy %s on %s rename to %s" % (name, m.of(table), m.name(m.new_name())), "alter policy %s on %s using (%s)" % (
        name, m.of(table), m.expression(BOOL, m.columns(table), 2)), "alter policy %s on %s to public" % (name, m.of(table))))


# ---- types ----

@statement(3)
def create_enum(m):
    return "create type %s as enum (%s)" % (m.new(), ", ".join(lit(label) for label in m.few(("draft", "open", "it's", "Ünï", "done", "A B", "x", "gone"), 4, 0)))


@statement(2.5)
def change_enum(m):
    if m.open:
        raise Skip
    t = m.some(t for t in m.state.types if t.kind == "e" and t.labels)
    label = m.some(t.labels)
    return m.some(("alter type %s add value %s%s%s" % (m.of(t), "if not exists " if late(m) else "", lit(m.some(("new", "newer", "it's new", m.new_name()))), m.some(("", " before %s" % lit(label), " after %s" % lit(label)))),
                   "alter type %s rename value %s to %s" % (m.of(t), lit(label), lit(m.new_name()))))


@statement(2)
def create_composite(m):
    return "create type %s as (%s)" % (m.new(), ", ".join("%s %s" % (m.name(n), m.type()[0]) for n in dict.fromkeys(m.new_name() for _ in range(m.random.randint(1, 3)))))


@statement(1)
def change_composite(m):
    t = m.some(t for t in m.state.types if t.kind == "c" and t.attributes)
    attribute = m.name(m.some(t.attributes))
    return "alter type %s %s%s" % (m.of(t), m.some(("add attribute %s %s" % (m.name(m.new_name()), m.type()[0]), "drop attribute %s" % attribute, "alter attribute %s type %s" % (attribute, m.type()[0]), "rename attribute %s to %s" % (
        attribute, m.name(m.new_name())))), m.some(("", "", " cascade")))


@statement(2.5)
def create_domain(m):
    written, sort = m.type()
    parts = ["create domain %s%s%s" % (m.new(), m.some((" ", " as ")), written)]
    if m.chance(0.3):
        try:
            parts.append("default " + m.default(written, sort))
        except Skip:
            pass
    if m.chance(0.25):
        parts.append("not null")
    for _ in range(m.some((0, 1, 1, 2))):
        try:
            parts.append(m.named("check (%s)" % m.expression(BOOL, [("value", sort)], 2)))
        except Skip:
            pass
    return " ".join(parts)


@statement(1.5)
def change_domain(m):
    d = m.some(t for t in m.state.types if t.kind == "d")
    sort = SORTS.get(d.base, OTHER)
    actions = ["set not null", "drop not null", "drop default", "rename to %s" % m.name(m.new_name()), "owner to postgres"]
    try:
        actions += ["add " + m.named("check (%s)" % m.expression(BOOL, [("value", sort)], 1)) + m.some(("", " not valid")), "set default " + m.default(d.base, sort)]
    except Skip:
        pass
    if d.constraints:
        name = m.name(m.some(d.constraints))
        actions += ["drop constraint %s" % name, "rename constraint %s to %s" % (name, m.name(m.new_name())), "validate constraint %s" % name, "drop constraint if exists %s" % name]
    return "alter domain %s %s" % (m.of(d), m.some(actions))


@statement(0.7)
def create_range(m):
    return "create type %s as range (subtype = %s)" % (m.new(), m.some(("float8", "text", "time", "int4", "date")))


@statement(1.5)
def change_type(m):
    t = m.some(m.state.types)
    return m.some(("drop type %s%s%s" % ("if exists " if late(m) else "", m.of(t), cascade(m)), "alter type %s rename to %s" % (m.of(t), m.name(m.new_name())), "alter type %s set schema %s" % (m.of(t), m.name(m.some(m.state.schemas))),
                   "drop domain %s%s" % (m.of(t), cascade(m)) if t.kind == "d" else "alter type %s owner to postgres" % m.of(t)))


# ---- sequences ----

@statement(2)
def create_sequence(m):
    options = " ".join(m.few(("start 5", "increment by 3", "minvalue 1", "maxvalue 1000", "cycle", "no cycle", "cache 5", "as integer", "as smallint", "no minvalue", "start with 100", "increment -1"), 3, 0))
    owned = ""
    if m.chance(0.2):
        table = m.relation("r")
        owned = " owned by %s.%s" % (m.of(table), m.name(m.a_column(table).name))
    return "create sequence %s%s %s%s" % ("if not exists " if late(m) else "", m.new(), options, owned)


@statement(2)
def change_sequence(m):
    s = m.relation("S")
    name = m.of(s)
    table = m.relation("r")
    column = m.a_column(table)
    return m.some(("alter sequence %s increment by 7" % name, "alter sequence %s restart" % name, "alter sequence %s restart with 50" % name, "alter sequence %s owned by none" % name, "alter sequence %s owned by %s.%s" % (
        name, m.of(table), m.name(column.name)), "alter sequence %s rename to %s" % (name, m.name(m.new_name())), "alter sequence %s set schema %s" % (name, m.name(m.some(m.state.schemas))), "alter sequence %s as smallint" % name,
        "alter sequence %s maxvalue 5000 cache 2" % name, "drop sequence %s%s" % (name, cascade(m)), "alter sequence %s start 3 minvalue 2" % name, "select setval(%s, 10)" % lit('"%s"."%s"' % (
            s.schema.replace('"', '""'), s.name.replace('"', '""'))), "alter table %s alter column %s set default nextval(%s)" % (m.of(table), m.name(column.name), lit('"%s"."%s"' % (s.schema.replace('"', '""'), s.name.replace(
                '"', '""'))) + m.some(("", "::regclass")))))


# ---- rights, comments ----

def grantees(m):
    return m.some(("public", "PUBLIC", "current_user", "postgres"))


@statement(3)
def rights(m):
    give = m.some((("grant", "to"), ("revoke", "from")))
    relation = m.relation("rpvmS")
    if relation.kind == "S":
        what = "%s on sequence %s" % (m.some(("usage", "all", "select, update")), m.of(relation))
    elif m.chance(0.3) and relation.columns:
        what = "%s (%s) on %s" % (m.some(("select", "update", "insert", "references", "all")), ", ".join(m.name(c.name) for c in m.few(relation.columns, 2)), m.of(relation))
    else:
        what = "%s on %s%s" % (m.some(("select", "insert, update", "all", "all privileges", "truncate", "references, trigger")), m.some(("", "table ")), m.of(relation))
    return "%s %s %s %s" % (give[0], what, give[1], grantees(m))


@statement(2)
def other_rights(m):
    give = m.some((("grant", "to"), ("revoke", "from")))
    schema = m.name(m.some(m.state.schemas))
    whats = ["%s on schema %s" % (m.some(("usage", "create", "all")), schema), "select on all tables in schema %s" % schema, "execute on all functions in schema %s" % schema, "usage on all sequences in schema %s" % schema,
             "all on all routines in schema %s" % schema]
    if m.state.types:
        whats.append("usage on type %s" % m.of(m.some(m.state.types)))
    routines = [r for r in m.state.routines if r.kind != "a"]
    if routines:
        r = m.some(routines)
        whats += ["%s on %s %s(%s)" % (m.some(("execute", "all")), "procedure" if r.kind == "p" else "function", m.of(r), r.args)] * 2
    option = " cascade" if give[0] == "revoke" and m.chance(0.2) else ""
    return "%s %s %s %s%s" % (give[0], m.some(whats), give[1], grantees(m), option)


@statement(1.5)
def default_privileges(m):
    give = m.some((("grant", "to"), ("revoke", "from")))
    place = m.some(("", " in schema %s" % m.name(m.some(m.state.schemas)), " for role postgres"))
    what = m.some(("select on tables", "all on tables", "execute on functions", "usage on sequences", "usage on types", "all on functions", "insert, update on tables") + (("usage on schemas",) if "schema" not in place else ()))
    return "alter default privileges%s %s %s %s %s" % (place, give[0], what, give[1], m.some(("public", "postgres")))


@statement(5)
def comment(m):
    text = m.some((m.literal(m.text()),) * 6 + ("null",))
    what = []
    tables = m.relations("rpvmSiI")
    if tables:
        r = m.some(tables)
        what += ["%s %s" % (KINDS[r.kind], m.of(r))] * 2
    tables = m.relations("rpvm", lambda r: r.columns)
    if tables:
        r = m.some(tables)
        what += ["column %s.%s" % (m.of(r), m.name(m.a_column(r).name))] * 3
        for kind in ("constraint", "trigger", "rule"):
            what += ["%s %s on %s" % (kind, m.name(x if isinstance(x, str) else x.name), m.of(r)) for x in getattr(r, kind + "s")[:2]]
        what += ["policy %s on %s" % (m.name(x), m.of(r)) for x in r.policies[:1]]
    if m.state.types:
        t = m.some(m.state.types)
        what += ["%s %s" % ("domain" if t.kind == "d" else "type", m.of(t))]
        what += ["constraint %s on domain %s" % (m.name(x), m.of(t)) for x in (t.constraints or [])[:1]]
        what += ["column %s.%s" % (m.of(t), m.name(x)) for x in (t.attributes or [])[:1]]
    if m.state.routines:
        r = m.some(m.state.routines)
        what += ["%s %s(%s)" % ({"p": "procedure", "a": "aggregate"}.get(r.kind, "function"), m.of(r), r.args or ("*" if r.kind == "a" else ""))]
    what += ["schema %s" % m.name(m.some(m.state.schemas))]
    what += ["operator %s.%s (%s, %s)" % (m.name(o.schema), o.name, o.left or "none", o.right) for o in m.state.operators[:1]]
    return "comment on %s is %s" % (m.some(what), text)


# ---- operators, casts, collations, and what else there is ----

@statement(1.5)
def operator(m):
    if m.state.operators and m.chance(0.5):
        o = m.some(m.state.operators)
        whole = "%s.%s (%s, %s)" % (m.name(o.schema), o.name, o.left or "none", o.right)
        return m.some(("drop operator %s%s" % (whole, cascade(m)), "alter operator %s set schema %s" % (whole, m.name(m.some(m.state.schemas))), "alter operator %s owner to postgres" % whole, "alter operator %s set (restrict = eqsel)" % whole,
                       "alter operator %s set (restrict = none, join = eqjoinsel)" % whole))
    left, right = m.some(("int", "text", "jsonb")), m.some(("int", "text"))
    function = m.name("op_%d" % m.random.randint(1, 99))
    symbol = m.some(("<~>", "###", "@@@", "=~=", "|=|", "<+>"))
    more = m.some(("", "", ", commutator = operator(%s)" % symbol, ", restrict = eqsel, join = eqjoinsel", ", commutator = %s" % symbol, ", negator = !%s" % symbol))
    return ["create function %s(%s, %s) returns boolean language sql immutable as 'select true'" % (function, left, right), "create operator %s (leftarg = %s, rightarg = %s, %s = %s%s)" % (
        symbol, left, right, m.some(("function", "procedure")), function, more)]


@statement(1)
def aggregate(m):
    return m.some(("create aggregate %s (int) (sfunc = int4pl, stype = int, initcond = '0')", "create aggregate %s (sfunc = int4larger, basetype = int, stype = int4)",
                   "create or replace aggregate %s (x bigint) (sfunc = int8pl, stype = bigint)", "create aggregate %s (anyelement) (sfunc = array_append, stype = anyarray, initcond = '{}')",
                   "create aggregate %s (text) (sfunc = textcat, stype = text, parallel = safe)")) % m.new()


@statement(1)
def cast(m):
    if m.state.casts and m.chance(0.5):
        c = m.some(m.state.casts)
        return m.some(("drop cast (%s as %s)", "drop cast if exists (%s as %s)", "comment on cast (%s as %s) is 'cast'")) % (c.source, c.target)
    t = m.some(t for t in m.state.types if t.kind in "ec")
    return "create cast (%s as %s) with inout%s" % (m.some(((m.of(t), "text"), ("text", m.of(t)), (m.of(t), "varchar"))) + (m.some(("", " as assignment", " as implicit")),))


@statement(0.7)
def collation(m):
    if m.state.collations and m.chance(0.5):
        c = m.of(m.some(m.state.collations))
        return m.some(("drop collation %s%s" % (c, cascade(m)), "alter collation %s rename to %s" % (c, m.name(m.new_name())), "alter collation %s set schema %s" % (c, m.name(m.some(m.state.schemas))), "comment on collation %s is 'c'" % c))
    return "create collation %s%s %s" % ("if not exists " if late(m) else "", m.new(), m.some(("(locale = 'C')", "(lc_collate = 'C', lc_ctype = 'C')", 'from "C"', "(provider = icu, locale = 'de')",
                                                                                             "(provider = icu, locale = 'und-u-ks-level2', deterministic = false)")))


@statement(1)
def publication(m):
    if m.state.publications and m.chance(0.6):
        p = m.name(m.some(m.state.publications))
        table = m.of(m.relation())
        return m.some(("alter publication %s add table %s" % (p, table), "alter publication %s drop table %s" % (p, table), "alter publication %s set table %s" % (p, table), "alter publication %s set (publish = 'insert')" % p,
                       "alter publication %s rename to %s" % (p, m.name(m.new_name())), "drop publication %s" % p, "alter publication %s add tables in schema %s" % (p, m.name(m.some(m.state.schemas))), "comment on publication %s is 'p'" % p))
    r = m.relation()
    return "create publication %s%s" % (m.name(m.new_name()), m.some(("", " for all tables", " for table %s" % m.of(r), " for table %s (%s)" % (m.of(r), m.name(m.a_column(r).name)), " for table only %s where (%s)" % (
        m.of(r), m.expression(BOOL, m.columns(r), 1, False)), " for tables in schema %s" % m.name(m.some(m.state.schemas)), " with (publish = 'insert, update')")))


@statement(0.5)
def event_trigger(m):
    if m.state.event_triggers and m.chance(0.7):
        e = m.name(m.some(m.state.event_triggers))
        return m.some(("drop event trigger %s" % e, "alter event trigger %s disable" % e, "alter event trigger %s rename to %s" % (e, m.name(m.new_name())), "alter event trigger %s enable always" % e, "comment on event trigger %s is 'e'" % e))
    function = m.name("ev_%d" % m.random.randint(1, 99))
    return ["create function %s() returns event_trigger language plpgsql as $$ begin null; end $$" % function, "create event trigger %s on %s%s execute function %s()" % (m.name(m.new_name()), m.some(
        ("ddl_command_start", "ddl_command_end", "sql_drop")), m.some(("", " when tag in ('CREATE TABLE', 'DROP TABLE')")), function)]


@statement(0.8)
def text_search(m):
    if m.state.dictionaries and m.chance(0.3):
        d = m.of(m.some(m.state.dictionaries))
        return m.some(("alter text search dictionary %s (stopwords = english)", "drop text search dictionary %s", "alter text search dictionary %%s rename to %s" % m.name(m.new_name()))) % d
    if m.state.configurations and m.chance(0.5):
        c = m.of(m.some(m.state.configurations))
        return m.some(("alter text search configuration %s alter mapping for asciiword, word with simple", "alter text search configuration %s drop mapping if exists for url",
                       "alter text search configuration %s add mapping for url with simple", "drop text search configuration %s", "alter text search configuration %s alter mapping replace english_stem with simple",
                       "comment on text search configuration %s is 'c'")) % c
    return m.some(("create text search dictionary %s (template = simple)", "create text search dictionary %s (template = snowball, language = english)", "create text search configuration %s (copy = simple)",
                   "create text search configuration %s (parser = default)", "create text search configuration %s (copy = pg_catalog.english)")) % m.new()


# ---- blocks ----

@statement(3)
def block(m):
    """DO with statements in it."""
    inner = []
    for _ in range(m.random.randint(1, 3)):
        name, made = m.statement()
        if name in ("transaction", "rolled back", "block", "loop", "set search path", "executed") or any("concurrently" in text or "--" in text for text in made):
            raise Skip
        inner += made
    if any("$" in text for text in inner) or any(re.match(r"select|values|with|reindex", text, re.I) for text in inner):
        raise Skip
    inner = "".join("%s; " % text for text in inner)
    kind = m.random.random()
    if kind < 0.4:
        body = "begin %send" % inner
    elif kind < 0.55:
        body = "begin begin %sexception when duplicate_object or duplicate_table then null; end; end" % inner
    elif kind < 0.7:
        table = m.relation()
        body = "begin if %s (select 1 from information_schema.columns where table_schema = %s and table_name = %s and column_name = %s) then %send if; end" % (m.some(("exists", "not exists")), lit(table.schema), lit(table.name), lit(
            m.a_column(table).name), inner)
    elif kind < 0.8:
        t = m.some(m.state.types + [types.SimpleNamespace(name="no_such_type")])
        body = "begin if not exists (select from pg_type where typname = %s) then %send if; end" % (lit(t.name), inner)
    elif kind < 0.9:
        body = "declare n int := 1; begin if n = 1 then %selse null; end if; end" % inner
    else:
        body = "begin if to_regclass(%s) is null then %send if; end" % (lit(m.new_name()), inner)
    return m.some(("do $$ %s $$", "do $do$ %s $do$", "do language plpgsql $$ %s $$", "DO $$\n%s;\n$$")) % body


@statement(2)
def executed(m):
    """DO with EXECUTE."""
    table = m.relation()
    column = m.new_name()
    return m.some((
        lambda: "do $$ begin execute 'create table %s (a int)'; end $$" % m.name(m.new_name()).replace("'", "''"),
        lambda: "do $$ begin execute format('alter table %%I.%%I add column %%I int', %s, %s, %s); end $$" % (lit(table.schema), lit(table.name), lit(column)),
        lambda: "do $$ declare t text := %s; begin execute 'create index on ' || quote_ident(%s) || '.' || quote_ident(t) || ' (' || quote_ident(%s) || ')'; end $$" % (
            lit(table.name), lit(table.schema), lit(m.a_column(table, INT, TEXT).name)),
        lambda: "do $$ begin for i in 1..3 loop execute format('create table %%I (n int default %%s)', 'part_' || i || '_%d', i); end loop; end $$" % m.random.randint(1, 999)))()


@statement(2)
def loop(m):
    tables = m.few(m.relations(TABLES), 3)
    names = ", ".join(lit(t.name) for t in tables)
    schema = lit(tables[0].schema)
    action = m.some(("alter table %I.%I enable row level security", "comment on table %I.%I is ''x''", "alter table %I.%I add column if not exists extra int", "grant select on %I.%I to public",
                     "create policy looped on %I.%I using (true)", "alter table %I.%I force row level security"))
    return m.some(("do $$ declare t text; begin foreach t in array array[%s] loop execute format('%s', %s, t); end loop; end $$" % (names, action, schema),
                   "do $$ declare t record; begin for t in select table_schema, table_name from information_schema.tables where table_schema = %s and table_type = 'BASE TABLE' order by table_name loop execute format('%s', t.table_schema, t.table_name); "
                   "end loop; end $$" % (schema, action),
                   "do $$ declare r record; begin for r in select schemaname, tablename from pg_tables where schemaname = %s order by tablename loop execute format('%s', r.schemaname, r.tablename); end loop; end $$" % (schema, action),
                   "do $$ declare r record; begin for r in select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = %s and c.relkind = 'r' and c.relname like 's%%' order by 2 loop "
                   "execute format('%s', r.nspname, r.relname); end loop; end $$" % (schema, action)))


@statement(1)
def rows(m):
    table = m.relation("rp")
    return m.some(("insert into %s default values", "delete from %s", "truncate %s", "analyze %s", "lock table %s" if m.open else "analyze %s", "select count(*) from %s")) % m.of(table)
