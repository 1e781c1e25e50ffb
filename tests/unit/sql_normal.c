#include "sql/normal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void holds(const char *(*rule)(Arena *, const char *), const char *text, const char *want)
{
    CLEANUP(arena_free) Arena arena = {0};

    assert_string_equal(rule(&arena, text), want);
    assert_string_equal(rule(&arena, want), want);
}

static void a_call_and_its_syntax_become_one_text(void **state)
{
    static const char *const rows[][2] = {
        {"timezone('utc'::text, now())", "(now() AT TIME ZONE 'utc'::text)"},
        {"(timezone('utc'::text, now()))::date", "((now() AT TIME ZONE 'utc'::text))::date"},
        {"\"overlaps\"(a, b, c, d)", "((a, b) OVERLAPS (c, d))"},
        {"\"substring\"(name, 1, 2)", "SUBSTRING(name FROM 1 FOR 2)"},
        {"\"substring\"((name)::text, 2)", "SUBSTRING((name)::text FROM 2)"},
        {"SUBSTRING(name SIMILAR 'a'::text ESCAPE '#'::text)",
         "SUBSTRING(name FROM 'a'::text FOR '#'::text)"},
        {"\"overlay\"(a, b, 1, 2)", "OVERLAY(a PLACING b FROM 1 FOR 2)"},
        {"\"overlay\"(a, b, 1)", "OVERLAY(a PLACING b FROM 1)"},
        {"\"position\"(name, 'a'::text)", "POSITION(('a'::text) IN (name))"},
        {"btrim(name)", "TRIM(BOTH FROM name)"},
        {"ltrim(name, 'x'::text)", "TRIM(LEADING 'x'::text FROM name)"},
        {"rtrim(upper(name))", "TRIM(TRAILING FROM upper(name))"},
        {"\"normalize\"(name, 'nfc'::text)", "NORMALIZE(name, NFC)"},
        {"\"normalize\"(name, 'NFD'::text)", "NORMALIZE(name, NFD)"},
        {"\"normalize\"(name, form)", "\"normalize\"(name, form)"},
        {"is_normalized(name, 'nfkd'::text)", "(name IS NFKD NORMALIZED)"},
        {"is_normalized(name)", "(name IS NORMALIZED)"},
        {"pg_collation_for(name)", "COLLATION FOR (name)"},
        {"\"xmlexists\"('//a'::text, doc)", "XMLEXISTS(('//a'::text) PASSING (doc))"},
        {"shop.btrim(name)", "shop.btrim(name)"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        holds(normal_expression, rows[i][0], rows[i][1]);
}

static void constructs_within_constructs_are_found(void **state)
{
    (void)state;
    holds(normal_expression, "btrim(\"substring\"(a, 1, length(ltrim(b))))",
          "TRIM(BOTH FROM SUBSTRING(a FROM 1 FOR length(TRIM(LEADING FROM b))))");
    holds(normal_expression, "timezone('utc'::text, timezone('CET'::text, t.at))",
          "((t.at AT TIME ZONE 'CET'::text) AT TIME ZONE 'utc'::text)");
}

static void what_a_dump_reads_back_as_is_the_same(void **state)
{
    static const char *const rows[][2] = {
        {"((b)::text = ANY ((ARRAY['x'::character varying, 'y, z'::character varying])::text[]))",
         "((b)::text = ANY (ARRAY[('x'::character varying)::text, "
         "('y, z'::character varying)::text]))"},
        {"(n = ANY ((ARRAY[1, f(2, 3)])::shop.\"T\"[]))",
         "(n = ANY (ARRAY[(1)::shop.\"T\", (f(2, 3))::shop.\"T\"]))"},
        {"(ARRAY['1'::text])::character varying(20)[]",
         "ARRAY[('1'::text)::character varying(20)]"},
        {"(((c >= 0) AND (c <= 10)) AND (a ~~ 'x%'::text))",
         "((c >= 0) AND (c <= 10) AND (a ~~ 'x%'::text))"},
        {"CHECK (((((a > 1) OR b) OR c) OR (d AND e)))",
         "CHECK (((a > 1) OR b OR c OR (d AND e)))"},
        {"((((a OR b) AND c) AND d) OR e)", "(((a OR b) AND c AND d) OR e)"},
        {"(((a AND b) AND c) = ((d AND e) AND f))", "((a AND b AND c) = (d AND e AND f))"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        holds(normal_expression, rows[i][0], rows[i][1]);
}

static void what_only_looks_like_one_stays(void **state)
{
    static const char *const rows[] = {
        "'timezone(a, b)'::text",
        "E'\\'timezone(a, b)'::text",
        "shop.timezone(a, b)",
        "\"timezone(a, b)\"",
        "my_timezone(a, b)",
        "timezone(a)",
        "timezone(a, b, c)",
        "'it''s TRIM(BOTH FROM x)'",
        "public.\"overlaps\"(a, b, c, d)",
        "((a AND b) OR c)",
        "(a AND (b AND c))",
        "((a = b) AND (c = d))",
        "(ARRAY[1, 2])::integer",
        "(ARRAY[])::text[]",
        "(ARRAY[ARRAY['x'::text]])::character varying[]",
        "'((a AND b) AND c)'",
        "(ARRAY[1, 2] = b)",
        "(a IS NOT NULL)",
        "timezone('unclosed, now())",
        "TRIM(BOTH FROM (",
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        holds(normal_expression, rows[i], rows[i]);
}

static void columns_of_the_one_source_lose_its_name(void **state)
{
    static const char *const rows[][2] = {
        {" SELECT t.id,\n    t.a AS b\n   FROM shop.t\n  WHERE (t.a > 5);",
         " SELECT id,\n    a AS b\n   FROM shop.t\n  WHERE (a > 5);"},
        {" SELECT \"T\".\"Id\"\n   FROM shop.\"T\";", " SELECT \"Id\"\n   FROM shop.\"T\";"},
        {" SELECT x.id\n   FROM shop.t x;", " SELECT id\n   FROM shop.t x;"},
        {" SELECT g.g\n   FROM generate_series(1, 3) g(g);",
         " SELECT g\n   FROM generate_series(1, 3) g(g);"},
        {" SELECT q.n\n   FROM ( SELECT t.n\n           FROM shop.t) q;",
         " SELECT n\n   FROM ( SELECT t.n\n           FROM shop.t) q;"},
        {" SELECT DISTINCT ON (t.b) t.a AS b,\n    t.c\n   FROM shop.t;",
         " SELECT DISTINCT ON (t.b) a AS b,\n    c\n   FROM shop.t;"},
        {" SELECT rank() OVER (PARTITION BY t.b, t.c) AS b\n   FROM shop.t;",
         " SELECT rank() OVER (PARTITION BY t.b, c) AS b\n   FROM shop.t;"},
        {" SELECT count(*) OVER w AS b\n   FROM shop.t\n  WINDOW w AS (PARTITION BY t.b);",
         " SELECT count(*) OVER w AS b\n   FROM shop.t\n  WINDOW w AS (PARTITION BY t.b);"},
        {" SELECT '\n   FROM (t'::text AS s,\n    t.id\n   FROM shop.t\n  ORDER BY t.id;",
         " SELECT '\n   FROM (t'::text AS s,\n    id\n   FROM shop.t\n  ORDER BY id;"},
        {" SELECT t.id\n   FROM shop.t TABLESAMPLE bernoulli (10);",
         " SELECT id\n   FROM shop.t TABLESAMPLE bernoulli (10);"},
        /* the place is called like its schema, of which are functions, types and operators */
        {" SELECT t.f(t.id) AS f,\n    t.\"F\"(t.\"Id\") AS g\n   FROM t.t;",
         " SELECT t.f(id) AS f,\n    t.\"F\"(\"Id\") AS g\n   FROM t.t;"},
        {" SELECT t.id::t.kind AS kind,\n    (t.pair).a AS a,\n    't.id'::text AS s\n   FROM t.t;",
         " SELECT id::t.kind AS kind,\n    (pair).a AS a,\n    't.id'::text AS s\n   FROM t.t;"},
        {" SELECT (t.a OPERATOR(t.+) t.b) AS c,\n    (t.n COLLATE t.c) AS n\n   FROM t.t;",
         " SELECT (a OPERATOR(t.+) b) AS c,\n    (n COLLATE t.c) AS n\n   FROM t.t;"},
        {" SELECT at.t.id,\n    \"t.t\".id\n   FROM shop.t;",
         " SELECT at.t.id,\n    \"t.t\".id\n   FROM shop.t;"},
        {" SELECT sum(t.n) AS n,\n    t.a$b\n   FROM shop.t\n  GROUP BY t.a$b\n HAVING (sum(t.n) > "
         "1)\n"
         " LIMIT 5;",
         " SELECT sum(n) AS n,\n    a$b\n   FROM shop.t\n  GROUP BY a$b\n HAVING (sum(n) > 1)\n"
         " LIMIT 5;"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        holds(normal_query, rows[i][0], rows[i][1]);
}

static void names_that_tell_something_stay(void **state)
{
    static const char *const rows[] = {
        /* two sources; the whole row; a set operation; a query within */
        " SELECT t.id,\n    u.id AS other\n   FROM shop.t\n     JOIN shop.u ON ((t.id = u.id));",
        " SELECT t.id\n   FROM (shop.t\n     JOIN shop.u ON ((t.id = u.id)));",
        " SELECT t.*::shop.t AS t\n   FROM shop.t;",
        " SELECT t.id\n   FROM shop.t\nUNION\n SELECT u.id\n   FROM shop.u;",
        (" SELECT 1 AS one\n   FROM shop.t\n  WHERE (EXISTS ( SELECT 1\n           FROM shop.u\n"
         "          WHERE (u.id = t.id)));"),
        /* without its source's name it would be the result's column */
        " SELECT (- a) AS a\n   FROM shop.t\n  ORDER BY t.a;",
        /* not for this parser, or for none */
        " SELECT FROM WHERE",
        "",
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        holds(normal_query, rows[i], rows[i]);
}

static void new_keywords_stand_without_quotes(void **state)
{
    (void)state;
    holds(normal_names, "\"json\" json, \"system_user\" text", "json json, system_user text");
    holds(normal_names, "'\"json\"'::text || \"json\"", "'\"json\"'::text || json");
    holds(normal_names, "\"jsonx\" \"Json\" \"merge_action\"", "\"jsonx\" \"Json\" merge_action");
}

static void a_procedure_says_in(void **state)
{
    (void)state;
    holds(normal_procedure_arguments, "a integer, INOUT b text DEFAULT 'x, y'::text",
          "IN a integer, INOUT b text DEFAULT 'x, y'::text");
    holds(normal_procedure_arguments, "VARIADIC v numeric[]", "VARIADIC v numeric[]");
    holds(normal_procedure_arguments, "", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_and_its_syntax_become_one_text),
        cmocka_unit_test(constructs_within_constructs_are_found),
        cmocka_unit_test(what_a_dump_reads_back_as_is_the_same),
        cmocka_unit_test(what_only_looks_like_one_stays),
        cmocka_unit_test(columns_of_the_one_source_lose_its_name),
        cmocka_unit_test(names_that_tell_something_stay),
        cmocka_unit_test(new_keywords_stand_without_quotes),
        cmocka_unit_test(a_procedure_says_in),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
