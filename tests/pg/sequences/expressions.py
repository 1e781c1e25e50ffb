"""Random names, types and expressions, as people write them: in many spellings."""

import re

from world import NAMES, Skip, TEXTS, lit

RESERVED = """all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast char
character check coalesce collate collation column concurrently constraint create cross current_catalog current_date current_role
current_schema current_time current_timestamp current_user dec decimal default deferrable desc distinct do else end except exists
extract false fetch float for foreign freeze from full grant greatest group grouping having ilike in initially inner inout int integer
intersect interval into is isnull join lateral leading least left like limit localtime localtimestamp national natural nchar none
normalize not notnull null nullif numeric offset on only or order out outer overlaps overlay placing position precision primary real
references returning right row select session_user setof similar smallint some substring symmetric table tablesample then time
timestamp to trailing treat trim true union unique user using values varchar variadic verbose when where window with xmlattributes
xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable""".split()
KEYWORDS = ["name", "type", "value", "data", "key", "index", "date", "year", "role", "schema", "text", "level", "action", "first", "position",
            "time", "timestamp", "values", "view", "sequence", "status", "count", "domain", "language", "version", "start", "row", "user",
            "order", "group", "default", "left", "interval", "numeric", "int", "public", "new", "old", "id", "oid_", "body", "users"]
LONG = ["a_name_that_goes_on_and_on_until_postgresql_must_cut_it_somewhere_%s", "%s_ünïcödé_nämé_thät_göes_ön_ünd_ön_üntïl_ït_ïs_cüt",
        "%s_short_but_not_so_very_short_forty_bytes", "⚓⚓⚓⚓⚓⚓⚓⚓⚓⚓⚓⚓⚓⚓⚓⚓⚓⚓%s", "thirty_two_bytes_of_a_good_name%s"]

INT, NUM, TEXT, BOOL, DATE, STAMP, TIME, SPAN, JSON, UUID, BYTES, INTS, TEXTARR, OTHER = \
    "int num text bool date stamp time span json uuid bytes ints texts other".split()

# As written, and of what sort it is.
TYPES = [("integer", INT), ("int", INT), ("int4", INT), ("bigint", INT), ("int8", INT), ("smallint", INT), ("INT2", INT), ("numeric", NUM),
         ("numeric(10,2)", NUM), ("decimal(5)", NUM), ("real", NUM), ("float8", NUM), ("double precision", NUM), ("float(20)", NUM),
         ("money", OTHER), ("text", TEXT), ("TEXT", TEXT), ("text", TEXT), ("varchar", TEXT), ("varchar(20)", TEXT), ("character varying(255)", TEXT),
         ("char(3)", TEXT), ("character", TEXT), ("bpchar", TEXT), ("name", TEXT), ('"char"', OTHER), ("boolean", BOOL), ("bool", BOOL), ("date", DATE),
         ("timestamp", STAMP), ("timestamptz", STAMP), ("timestamp(3) with time zone", STAMP), ("timestamp without time zone", STAMP),
         ("timestamptz(6)", STAMP), ("time", TIME), ("timetz", OTHER), ("time(2)", TIME), ("interval", SPAN), ("interval day to second", SPAN),
         ("interval(3)", SPAN), ("jsonb", JSON), ("json", OTHER), ("uuid", UUID), ("bytea", BYTES), ("integer[]", INTS), ("int[3]", INTS),
         ("int array", INTS), ("text[]", TEXTARR), ("text[][]", TEXTARR), ("varchar(10)[]", OTHER), ("numeric(8,3)[]", OTHER), ("inet", OTHER),
         ("cidr", OTHER), ("macaddr", OTHER), ("point", OTHER), ("box", OTHER), ("tsvector", OTHER), ("tsquery", OTHER), ("xml", OTHER),
         ("bit(8)", OTHER), ("bit varying", OTHER), ("varbit(5)", OTHER), ("int4range", OTHER), ("tstzrange", OTHER), ("int4multirange", OTHER),
         ("oid", OTHER), ("regclass", OTHER), ("pg_catalog.int4", INT), ("pg_catalog.text", TEXT), ("jsonb[]", OTHER), ("uuid[]", OTHER),
         ("timestamptz[]", OTHER), ("date[]", OTHER), ("boolean[]", OTHER)]
SORTS = {"integer": INT, "bigint": INT, "smallint": INT, "numeric": NUM, "real": NUM, "double precision": NUM, "text": TEXT,
         "character varying": TEXT, "character": TEXT, "name": TEXT, "boolean": BOOL, "date": DATE, "timestamp without time zone": STAMP,
         "timestamp with time zone": STAMP, "time without time zone": TIME, "interval": SPAN, "jsonb": JSON, "uuid": UUID, "bytea": BYTES,
         "integer[]": INTS, "text[]": TEXTARR, "bpchar": TEXT}


class Writer:
    """Draws from random; schema qualifications come from the state that the Maker keeps."""

    def __init__(self, chooser):
        self.random, self.serial = chooser, 0

    def chance(self, share):
        return self.random.random() < share

    def some(self, items):
        items = list(items or ())
        if not items:
            raise Skip
        return self.random.choice(items)

    def few(self, items, most=3, least=1):
        items = list(items)
        if len(items) < least:
            raise Skip
        return self.random.sample(items, self.random.randint(least, min(most, len(items))))

    # ---- names ----

    def new_name(self):
        """A name as the catalog has it: mostly a new one, now and then one that may be there already."""
        self.serial += 1
        kind = self.random.random()
        if kind < 0.35:
            return self.some(NAMES[:15]) + ("_%d" % self.serial if self.chance(0.6) else "")
        if kind < 0.6:
            return self.some(KEYWORDS) + ("_%d" % self.serial if self.chance(0.3) else "")
        if kind < 0.75:
            return self.some(NAMES) + ("_%d" % self.serial if self.chance(0.5) else "")
        if kind < 0.85:
            return self.some(LONG) % self.some(("", str(self.serial)))
        return "%s_%s" % (self.some(NAMES[:15]), self.some(("id", "no", "at", "name", "key", "seq", "idx", "pkey", "id_seq", "check", "fkey")))

    def name(self, name):
        """How it may be spelled."""
        plain = re.fullmatch(r"[a-z_][a-z0-9_]*", name) and name not in RESERVED
        kind = self.random.random()
        if plain and kind < 0.8:
            return name
        if plain and kind < 0.88:
            return name.upper() if kind < 0.84 else name.capitalize()
        if kind > 0.985 and "'" not in name and "\\" not in name and '"' not in name:
            return 'U&"%s"' % "".join(c if ord(c) < 128 else "\\%04X" % ord(c) if ord(c) < 65536 else "\\+%06X" % ord(c) for c in name)
        return '"%s"' % name.replace('"', '""')

    def text(self):
        return self.some(TEXTS + ["", "x"])

    def literal(self, text):
        kind = self.random.random()
        if kind < 0.8 or "'" in text:
            return lit(text)
        if kind < 0.9 and "$" not in text:
            return "$$%s$$" % text if kind < 0.85 else "$_a$%s$_a$" % text
        return "E'%s'" % text.replace("\\", "\\\\").replace("\n", "\\n")

    # ---- expressions ----

    def of_sort(self, columns, *sorts):
        return [column for column in columns if column[1] in sorts]

    def column(self, columns, *sorts):
        return self.some(self.of_sort(columns, *sorts))[0]

    def expression(self, sort, columns=(), depth=2, stable=True, subquery=None):
        """One of that sort; columns are (as written, sort). stable: what is not immutable may be in it."""
        make = getattr(self, "a_" + sort, None)
        if make is None:
            raise Skip
        for _ in range(20):
            try:
                return make(columns, depth, stable, subquery)
            except Skip:
                continue
        raise Skip

    def _inner(self, sort, columns, depth, stable, subquery):
        return lambda: self.expression(sort, columns, depth - 1, stable, subquery)

    def a_int(self, columns, depth, stable, subquery):
        inner = self._inner(INT, columns, depth, stable, subquery)
        if depth <= 0 or self.chance(0.2):
            return self.some((lambda: self.column(columns, INT), lambda: str(self.random.randint(0, 99)), lambda: "-1", lambda: "0",
                              lambda: "1::smallint", lambda: "'7'::int", lambda: "(5)", lambda: "3000000000"))()
        text = self._inner(TEXT, columns, depth, stable, subquery)
        return self.some((
            lambda: self.column(columns, INT), lambda: self.column(columns, INT), lambda: "%s + %s" % (inner(), inner()),
            lambda: "(%s) * 2" % inner(), lambda: "- (%s)" % inner(), lambda: "length(%s)" % text(), lambda: "char_length(%s)" % text(),
            lambda: "abs(%s)" % inner(), lambda: "mod(%s, 7)" % self.column(columns, INT), lambda: "%s %% 3" % self.column(columns, INT),
            lambda: "coalesce(%s, 0)" % self.column(columns, INT), lambda: "greatest(%s, %s)" % (inner(), inner()),
            lambda: "nullif(%s, 0)" % inner(), lambda: "array_length(%s, 1)" % self.column(columns, INTS, TEXTARR),
            lambda: "cardinality(%s)" % self.column(columns, INTS, TEXTARR), lambda: "extract(year from %s)::int" % self.column(columns, DATE),
            lambda: "(%s)::integer" % self._inner(NUM, columns, depth, stable, subquery)(),
            lambda: "cast(%s as bigint)" % inner(), lambda: "case when %s then %s else %s end" % (
                self._inner(BOOL, columns, depth, stable, subquery)(), inner(), inner()),
            lambda: "(%s)[1]" % self.column(columns, INTS), lambda: "position('a' in %s)" % text(), lambda: "(%s ->> 'n')::int" % self.column(columns, JSON),
            lambda: "%s & 15" % self.column(columns, INT), lambda: "%s << 2" % self.column(columns, INT), lambda: "octet_length(%s)" % text()))()

    def a_num(self, columns, depth, stable, subquery):
        inner = self._inner(NUM, columns, depth, stable, subquery)
        if depth <= 0 or self.chance(0.2):
            return self.some((lambda: self.column(columns, NUM), lambda: "1.5", lambda: "0", lambda: "0.0", lambda: "1e3", lambda: "-2.50",
                              lambda: "'3.14'::numeric", lambda: "1::numeric(10,2)", lambda: "'NaN'::float8"))()
        return self.some((
            lambda: self.column(columns, NUM), lambda: "round(%s, 2)" % inner(), lambda: "(%s) / 2" % inner(), lambda: "%s * 1.1" % self.column(columns, NUM),
            lambda: "(%s)::numeric" % self._inner(INT, columns, depth, stable, subquery)(), lambda: "coalesce(%s, 0)" % self.column(columns, NUM),
            lambda: "(%s)::double precision" % inner(), lambda: "sqrt(%s)" % inner(), lambda: "floor(%s)" % inner(), lambda: "least(%s, 1, 2.5)" % inner(),
            lambda: "extract(epoch from %s)" % self.column(columns, STAMP), lambda: "date_part('hour', %s)" % self.column(columns, STAMP),
            lambda: "%s ^ 2" % self.column(columns, NUM), lambda: "-%s" % self.column(columns, NUM)))()

    def a_text(self, columns, depth, stable, subquery):
        inner = self._inner(TEXT, columns, depth, stable, subquery)
        if depth <= 0 or self.chance(0.2):
            return self.some((lambda: self.column(columns, TEXT), lambda: self.literal(self.text()), lambda: "'a'::text", lambda: "'abc'::varchar(10)",
                              lambda: "'x'", lambda: "''", lambda: "text 'b'", lambda: "cast('c' as text)", lambda: "'d'::character varying"))()
        return self.some((
            lambda: self.column(columns, TEXT), lambda: "lower(%s)" % inner(), lambda: "upper(%s)" % inner(), lambda: "%s || '-x'" % self.column(columns, TEXT),
            lambda: "(%s) || %s" % (inner(), inner()), lambda: "coalesce(%s, 'none')" % self.column(columns, TEXT), lambda: "trim(%s)" % inner(),
            lambda: "trim(both ' ' from %s)" % inner(), lambda: "btrim(%s, 'x')" % inner(), lambda: "substring(%s from 1 for 3)" % inner(),
            lambda: "substr(%s, 2)" % inner(), lambda: "replace(%s, 'a', 'b')" % inner(), lambda: "left(%s, 3)" % inner(),
            lambda: "md5(%s)" % inner(), lambda: "nullif(%s, '')" % inner(), lambda: "(%s)::text" % self.expression(INT, columns, depth - 1, stable),
            lambda: "%s::text" % self.some(columns)[0], lambda: "%s::varchar(5)" % self.column(columns, TEXT),
            lambda: "case %s when 'a' then 'b' when 'c' then %s else 'd' end" % (self.column(columns, TEXT), inner()),
            lambda: "case when %s then %s end" % (self._inner(BOOL, columns, depth, stable, subquery)(), inner()),
            lambda: "%s ->> 'name'" % self.column(columns, JSON), lambda: "%s #>> '{a,b}'" % self.column(columns, JSON),
            lambda: "initcap(%s)" % inner(), lambda: "overlay(%s placing 'z' from 1)" % inner(), lambda: "regexp_replace(%s, '[^a-z]', '', 'g')" % inner(),
            lambda: "%s COLLATE \"C\"" % self.column(columns, TEXT), lambda: "split_part(%s, ',', 1)" % inner(), lambda: "lpad(%s, 5, '0')" % inner(),
            lambda: "(%s)[1]" % self.column(columns, TEXTARR), lambda: "reverse(%s)" % inner(), lambda: "encode(%s, 'hex')" % self.column(columns, BYTES))
            + ((lambda: "concat(%s, 1, %s)" % (inner(), inner()), lambda: "format('%%s-%%s', %s, 1)" % inner(), lambda: "to_char(%s, 'YYYY')" % self.column(columns, STAMP, DATE),
                lambda: "current_user", lambda: "array_to_string(%s, ',')" % self.column(columns, TEXTARR), lambda: "current_setting('app.x', true)",
                lambda: "session_user::text", lambda: "concat_ws(' ', %s)" % inner()) if stable else ()))()

    def a_bool(self, columns, depth, stable, subquery):
        inner = self._inner(BOOL, columns, depth, stable, subquery)
        if depth <= 0 or self.chance(0.1):
            return self.some((lambda: self.column(columns, BOOL), lambda: "true", lambda: "false", lambda: "%s is not null" % self.some(columns)[0],
                              lambda: "%s IS NULL" % self.some(columns)[0], lambda: "not %s" % self.column(columns, BOOL)))()
        number, text = self._inner(INT, columns, depth, stable, subquery), self._inner(TEXT, columns, depth, stable, subquery)
        compare = lambda: self.some(("=", "<>", "!=", "<", ">", "<=", ">="))
        return self.some((
            lambda: "%s %s %s" % (self.column(columns, INT), compare(), number()), lambda: "%s > 0" % self.column(columns, INT, NUM),
            lambda: "%s between 1 and 10" % self.column(columns, INT, NUM), lambda: "%s not between %s and %s" % (self.column(columns, INT), number(), number()),
            lambda: "%s in (1, 2, 3)" % self.column(columns, INT), lambda: "%s in ('a', 'b')" % self.column(columns, TEXT),
            lambda: "%s not in ('a', 'b')" % self.column(columns, TEXT), lambda: "%s in ('a')" % self.column(columns, TEXT),
            lambda: "%s like 'a%%'" % self.column(columns, TEXT), lambda: "%s not ilike '%%b'" % self.column(columns, TEXT),
            lambda: "%s ~ '^[a-z]+$'" % self.column(columns, TEXT), lambda: "%s !~* 'x'" % self.column(columns, TEXT),
            lambda: "%s similar to 'a|b'" % self.column(columns, TEXT), lambda: "%s = %s" % (self.column(columns, TEXT), text()),
            lambda: "%s <> ''" % self.column(columns, TEXT), lambda: "length(%s) <= 255" % self.column(columns, TEXT),
            lambda: "(%s) and (%s)" % (inner(), inner()), lambda: "(%s) or %s" % (inner(), inner()), lambda: "%s and %s and %s" % (inner(), inner(), inner()),
            lambda: "not (%s)" % inner(), lambda: "%s is distinct from %s" % (self.column(columns, INT), number()),
            lambda: "(%s) is true" % inner(), lambda: "%s is not false" % self.column(columns, BOOL), lambda: "%s = any (array[1, 2])" % self.column(columns, INT),
            lambda: "%s = any ('{a,b}')" % self.column(columns, TEXT), lambda: "%s <> all (array['a', 'b']::text[])" % self.column(columns, TEXT),
            lambda: "1 = any (%s)" % self.column(columns, INTS), lambda: "%s @> array['x']" % self.column(columns, TEXTARR),
            lambda: "%s && '{1,2}'" % self.column(columns, INTS), lambda: "%s ? 'k'" % self.column(columns, JSON), lambda: "%s @> '{\"a\": 1}'" % self.column(columns, JSON),
            lambda: "jsonb_typeof(%s) = 'object'" % self.column(columns, JSON), lambda: "%s > '2020-01-01'" % self.column(columns, DATE, STAMP),
            lambda: "%s >= date '2020-01-01'" % self.column(columns, DATE), lambda: "%s is true" % self.column(columns, BOOL),
            lambda: "%s = 1.5" % self.column(columns, NUM), lambda: "%s < 'infinity'" % self.column(columns, NUM),
            lambda: "(%s, %s) = (1, 2)" % (self.column(columns, INT), self.column(columns, INT)), lambda: "starts_with(%s, 'a')" % self.column(columns, TEXT),
            lambda: "coalesce(%s, false)" % self.column(columns, BOOL), lambda: "num_nonnulls(%s, %s) = 1" % (self.some(columns)[0], self.some(columns)[0]),
            lambda: "%s::text = 'x'" % self.some(columns)[0], lambda: "%s > interval '1 day'" % self.column(columns, SPAN),
            lambda: "%s <> '00000000-0000-0000-0000-000000000000'" % self.column(columns, UUID), lambda: "(%s is null) = (%s is null)" % (
                self.some(columns)[0], self.some(columns)[0]), lambda: "%s isnull" % self.some(columns)[0], lambda: "%s = %s" % (
                    self.column(columns, UUID, DATE, STAMP, BYTES), self.column(columns, UUID, DATE, STAMP, BYTES)))
            + ((lambda: "%s < now()" % self.column(columns, STAMP), lambda: "%s < current_date" % self.column(columns, DATE, STAMP),
                lambda: "%s = current_user" % self.column(columns, TEXT), lambda: "%s < now() - interval '7 days'" % self.column(columns, STAMP)) if stable else ())
            + ((lambda: subquery("exists (select 1 from %s where %s)"), lambda: "not " + subquery("exists (select from %s where %s)"),
                lambda: "%s in %s" % (self.column(columns, INT), subquery("(select {int} from %s where %s)")),
                lambda: "%s = %s" % (self.column(columns, INT), subquery("(select max({int}) from %s where %s)"))) if subquery else ()))()

    def a_date(self, columns, depth, stable, subquery):
        return self.some((lambda: self.column(columns, DATE), lambda: "'2020-01-01'", lambda: "date '2020-02-29'", lambda: "make_date(2020, 1, 1)",
                          lambda: "'2020-01-01'::date + 7", lambda: "coalesce(%s, '2000-01-01')" % self.column(columns, DATE))
                         + ((lambda: "current_date", lambda: "CURRENT_DATE + 1", lambda: "now()::date", lambda: "(now() + '1 month'::interval)::date") if stable else ()))()

    def a_stamp(self, columns, depth, stable, subquery):
        return self.some((lambda: self.column(columns, STAMP), lambda: "'2020-01-01 00:00:00'", lambda: "timestamp '2020-01-01'", lambda: "'epoch'::timestamp",
                          lambda: "'infinity'", lambda: "%s + interval '1 hour'" % self.column(columns, STAMP))
                         + ((lambda: "now()", lambda: "CURRENT_TIMESTAMP", lambda: "current_timestamp(3)", lambda: "localtimestamp", lambda: "timezone('utc', now())",
                             lambda: "now() at time zone 'utc'", lambda: "(now() AT TIME ZONE 'UTC'::text)", lambda: "clock_timestamp()", lambda: "transaction_timestamp()",
                             lambda: "date_trunc('day', %s)" % self.column(columns, STAMP), lambda: "now() + interval '30 days'", lambda: "now() - '1 hour'::interval",
                             lambda: "coalesce(%s, now())" % self.column(columns, STAMP)) if stable else ()))()

    def a_time(self, columns, depth, stable, subquery):
        return self.some((lambda: self.column(columns, TIME), lambda: "'12:00'", lambda: "time '12:30:00'", lambda: "'04:05 PM'") +
                         ((lambda: "localtime",) if stable else ()))()

    def a_span(self, columns, depth, stable, subquery):
        return self.some((lambda: self.column(columns, SPAN), lambda: "'1 day'", lambda: "interval '1 day'", lambda: "interval '1' day", lambda: "'1 month 2 days 03:00'::interval",
                          lambda: "'PT15M'", lambda: "make_interval(hours => 2)", lambda: "interval '90 minutes'", lambda: "%s * 2" % self.column(columns, SPAN),
                          lambda: "'00:00:00.5'"))()

    def a_json(self, columns, depth, stable, subquery):
        return self.some((lambda: self.column(columns, JSON), lambda: "'{}'", lambda: "'[]'::jsonb", lambda: "'{\"a\": [1, 2]}'", lambda: "%s -> 'a'" % self.column(columns, JSON),
                          lambda: "%s || '{}'" % self.column(columns, JSON), lambda: "'null'::jsonb", lambda: "coalesce(%s, '{}')" % self.column(columns, JSON))
                         + ((lambda: "jsonb_build_object('a', 1, 'b', 'c')", lambda: "to_jsonb(%s)" % self.some(columns)[0], lambda: "jsonb_build_array()",
                             lambda: "json_build_object('k', 1)::jsonb") if stable else ()))()

    def a_uuid(self, columns, depth, stable, subquery):
        return self.some((lambda: self.column(columns, UUID), lambda: "'00000000-0000-0000-0000-000000000000'", lambda: "'{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}'::uuid")
                         + ((lambda: "gen_random_uuid()", lambda: "pg_catalog.gen_random_uuid()") if stable else ()))()

    def a_bytes(self, columns, depth, stable, subquery):
        return self.some((lambda: self.column(columns, BYTES), lambda: "'\\x00ff'", lambda: "''::bytea", lambda: "sha256(%s)" % self.column(columns, BYTES),
                          lambda: "decode('ab', 'hex')"))()

    def a_ints(self, columns, depth, stable, subquery):
        return self.some((lambda: self.column(columns, INTS), lambda: "'{}'", lambda: "array[1, 2]", lambda: "'{1,2,3}'::int[]", lambda: "array[]::integer[]",
                          lambda: "%s || 1" % self.column(columns, INTS), lambda: "array_append(%s, 2)" % self.column(columns, INTS)))()

    def a_texts(self, columns, depth, stable, subquery):
        return self.some((lambda: self.column(columns, TEXTARR), lambda: "'{}'::text[]", lambda: "array['a', 'b']", lambda: "ARRAY[]::text[]", lambda: "'{a,\"b c\"}'",
                          lambda: "string_to_array('a,b', ',')", lambda: "%s || array['z']" % self.column(columns, TEXTARR)))()
