#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "sql/origin.h"
#include "sql/parse.h"

static const char *names[1600];

/* "wide" has 1600 columns called c; "t" has a and b; others are not known. */
static const char *const *columns(void *context, const char *schema, const char *relation,
                                  size_t *ret_count)
{
    static const char *const two[] = {"a", "b"};

    (void)context, (void)schema;
    *ret_count = strcmp(relation, "wide") == 0 ? 1600 : 2;
    return strcmp(relation, "wide") == 0 ? names : strcmp(relation, "t") == 0 ? two : NULL;
}

static void assert_origin(const char *query, const char *column, bool kept)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(sql_parse_close) SqlParse *parse = sql_parse(query, strlen(query));
    size_t count = 0;

    assert_int_equal(parse->count, 1);
    const Origin *origins = origin_of(parse->statements[0].node, columns, NULL, &arena, &count);
    assert_int_equal(count, 1);
    if (!column) {
        assert_null(origins[0].column);
        return;
    }
    assert_string_equal(origins[0].column, column);
    assert_int_equal(origins[0].kept, kept);
}

static void test_columns_are_traced(void **state)
{
    (void)state;
    assert_origin("SELECT j.x FROM (s.t t LEFT JOIN s.t u USING (a)) j(i, p, x)", "b", false);
    assert_origin("SELECT z.a FROM (s.t t RIGHT JOIN s.t u USING (a) AS z)", "a", true);
    assert_origin("SELECT m.x FROM s.t, LATERAL (SELECT t.a AS x) m", "a", false);
    assert_origin("SELECT a FROM s.t GROUP BY ROLLUP(a)", "a", false);
}

/* Their columns are in no list, and so are those that USING names. */
static void test_using_of_relations_that_are_not_known(void **state)
{
    (void)state;
    static char query[40000] = "SELECT j.u0 FROM (s.no x JOIN pg_class y USING (u0";
    size_t length = strlen(query);

    for (int i = 1; i < 3000; i++)
        length += (size_t)snprintf(query + length, sizeof query - length, ", u%d", i);
    snprintf(query + length, sizeof query - length, ")) j");
    assert_origin(query, NULL, false);
}

static void test_a_join_of_millions_of_columns_tells_nothing(void **state)
{
    (void)state;
    CLEANUP(arena_free) Arena arena = {0};
    static char query[40000] = "SELECT j.c FROM (s.wide w0";
    size_t length = strlen(query), count = 1;

    for (int i = 0; i < 1600; i++)
        names[i] = "c";
    for (int i = 1; i < 1000; i++)
        length +=
            (size_t)snprintf(query + length, sizeof query - length, " CROSS JOIN s.wide w%d", i);
    snprintf(query + length, sizeof query - length, ") j");
    CLEANUP(sql_parse_close) SqlParse *parse = sql_parse(query, strlen(query));
    assert_int_equal(parse->count, 1);
    assert_non_null(parse->statements[0].node);
    assert_null(origin_of(parse->statements[0].node, columns, NULL, &arena, &count));
    assert_int_equal(count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_are_traced),
        cmocka_unit_test(test_using_of_relations_that_are_not_known),
        cmocka_unit_test(test_a_join_of_millions_of_columns_tells_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
