#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "replay/analyse.h"
#include "replay/deparse.h"
#include "replay/parts.h"

typedef struct Row {
    const char *written;
    const char *shown; /* as pg_get_expr() of PostgreSQL 15 prints it */
} Row;

/* Every expression over a table t (a int, b text, c varchar(9), n numeric, at timestamptz, flag
 * boolean, list text[], j jsonb). */
static const Row rows[] = {
    {"a > 0", "(a > 0)"},
    {"n > 0", "(n > (0)::numeric)"},
    {"n > 0.5", "(n > 0.5)"},
    {"b = 'x'", "(b = 'x'::text)"},
    {"c = 'x'", "((c)::text = 'x'::text)"},
    {"c in ('x', 'y')",
     "((c)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[]))"},
    {"a in (1)", "(a = 1)"},
    {"a not in (1, 2)", "(a <> ALL (ARRAY[1, 2]))"},
    {"b like 'a%'", "(b ~~ 'a%'::text)"},
    {"a between 1 and -2", "((a >= 1) AND (a <= '-2'::integer))"},
    {"not flag or a is null and b is not null",
     "((NOT flag) OR ((a IS NULL) AND (b IS NOT NULL)))"},
    {"flag is true", "(flag IS TRUE)"},
    {"coalesce(b, 'x') = lower(c)", "(COALESCE(b, 'x'::text) = lower((c)::text))"},
    {"at > now() - interval '1 day'", "(at > (now() - '1 day'::interval))"},
    {"at > current_timestamp", "(at > CURRENT_TIMESTAMP)"},
    {"(at at time zone 'utc')::date = current_date",
     "(((at AT TIME ZONE 'utc'::text))::date = CURRENT_DATE)"},
    {"extract(year from at) = 2020", "(EXTRACT(year FROM at) = (2020)::numeric)"},
    {"j ->> 'k' = 'v'", "((j ->> 'k'::text) = 'v'::text)"},
    {"j @> '{\"b\":1,\"a\":[]}'", "(j @> '{\"a\": [], \"b\": 1}'::jsonb)"},
    {"list[1] = 'x'", "(list[1] = 'x'::text)"},
    {"b = any (list)", "(b = ANY (list))"},
    {"b = any ('{x,y}')", "(b = ANY ('{x,y}'::text[]))"},
    {"list || 'x'::text = list", "((list || 'x'::text) = list)"},
    {"a::text = '1' and '5'::int = a", "(((a)::text = '1'::text) AND (5 = a))"},
    {"n::numeric(5,1) = 1", "((n)::numeric(5,1) = (1)::numeric)"},
    {"nullif(a, 0) is distinct from 1", "(NULLIF(a, 0) IS DISTINCT FROM 1)"},
    {"case a when 1 then flag else false end",
     "\nCASE a\n    WHEN 1 THEN flag\n    ELSE false\nEND"},
    {"exists (select 1 from t x where x.a = t.a)",
     "(EXISTS ( SELECT 1\n   FROM public.t x\n  WHERE (x.a = t.a)))"},
    {"a = (select max(a) from t)", "(a = ( SELECT max(t_1.a) AS max\n   FROM public.t t_1))"},
    {"auth.uid() is null", "(auth.uid() IS NULL)"},
    {"b ~ '^\\d+$'", "(b ~ '^\\d+$'::text)"},
    {"a + 1 * 2 > a % 3", "((a + (1 * 2)) > (a % 3))"},
};

static const char *shown(Replay *replay, const char *written, const char **ret_problem)
{
    Relation *relation = catalog_relation(replay->catalog, NULL, "t");
    char text[512];
    const SqlParse *parse;
    Analysis analysis = analyse_open(replay->catalog);
    const Expr *expr;

    snprintf(text, sizeof text, "select 1 where %s", written);
    parse = replay_parse(replay, text, strlen(text));
    assert_int_equal(parse->count, 1);
    assert_non_null(parse->statements[0].node);
    analyse_relation(&analysis, relation, NULL);
    expr = analyse_boolean(&analysis, parse->statements[0].node->select_stmt->where_clause);
    *ret_problem = analysis.problem;
    return deparse_expr(replay->catalog, expr, relation);
}

static Replay *with_table(void)
{
    Replay *replay = replay_open(false);
    char table[] = "create table t (a int, b text, c varchar(9), n numeric, at timestamptz,"
                   " flag boolean, list text[], j jsonb);";

    replay_text(replay, "table.sql", table, strlen(table));
    assert_int_equal(json_array_size(replay->warnings), 0);
    return replay;
}

static void expressions_come_out_as_the_server_prints_them(void **state)
{
    Replay *replay = with_table();

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *problem = NULL;
        const char *text = shown(replay, rows[i].written, &problem);

        if (problem)
            print_message("%s: %s\n", rows[i].written, problem);
        assert_null(problem);
        assert_string_equal(text, rows[i].shown);
    }
    replay_close(&replay);
    assert_null(replay);
}

static void what_is_not_known_is_said(void **state)
{
    static const char *const written[] = {"nosuch(a) = 1",    "x = 1",
                                          "b = 1 + b",        "a = 'x'",
                                          "at > 'yesterday'", "a in (select y from gone)"};
    Replay *replay = with_table();

    (void)state;
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        const char *problem = NULL;

        assert_non_null(shown(replay, written[i], &problem));
        assert_non_null(problem);
    }
    replay_close(&replay);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expressions_come_out_as_the_server_prints_them),
        cmocka_unit_test(what_is_not_known_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
