#include "sql/same.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void each(const char *const rows[][2], size_t count, bool wanted)
{
    for (size_t i = 0; i < count; i++)
        if (sql_same(rows[i][0], rows[i][1]) != wanted ||
            sql_same(rows[i][1], rows[i][0]) != wanted)
            fail_msg("%s and %s", rows[i][0], rows[i][1]);
}

static void what_is_only_written_otherwise_is_the_same(void **state)
{
    static const char *const rows[][2] = {
        {"(a > 0)", "a>0"},
        {"((a)::text = 'x'::text)", "cast(a as text) = 'x'::text"},
        {"((a AND b) AND c)", "(a AND b AND c)"},
        {"CHECK ((a > 0))", "CHECK (a > 0)"},
        {"FOREIGN KEY (a) REFERENCES s.t(id)", "foreign key (a) references s.t (id)"},
        {"CREATE INDEX i ON s.t USING btree (a) WHERE (b <> 1)",
         "create index i on s.t using btree (a) where b != 1"},
        {" SELECT a,\n    b\n   FROM s.t\n  WHERE (a > 0);",
         "SELECT \"a\", b FROM s.t WHERE a > 0"},
        {"now()", "NOW( )"},
        {"CREATE STATISTICS s.x (mcv) ON a, b, (c + 1) FROM s.t",
         "CREATE STATISTICS s.x (mcv) ON b, (c + 1), a FROM s.t"},
    };

    (void)state;
    each(rows, sizeof rows / sizeof *rows, true);
}

static void what_means_something_else_is_not(void **state)
{
    static const char *const rows[][2] = {
        {"(a > 0)", "(a > 1)"},
        {"(a > 0)", "(b > 0)"},
        {"1", "1.0"},
        {"'1'", "1"},
        {"'a'", "'b'"},
        {"a", "\"A\""},
        {"(a AND b)", "(a OR b)"},
        {"(a + b) * c", "a + b * c"},
        {"f(a)", "s.f(a)"},
        {"f(a, b)", "f(b, a)"},
        {"a::numeric(10,2)", "a::numeric(10,3)"},
        {"true", "false"},
        {"CHECK (a > 0)", "CHECK (a > 0) NO INHERIT"},
        {"SELECT a FROM t", "SELECT DISTINCT a FROM t"},
        {"SELECT a FROM t ORDER BY a", "SELECT a FROM t ORDER BY a DESC"},
        {"CREATE STATISTICS s.x ON a, b FROM s.t", "CREATE STATISTICS s.x ON a, c FROM s.t"},
        {"what is this", "what  is this"},
        {"1; 2", "1;2"},
    };

    (void)state;
    each(rows, sizeof rows / sizeof *rows, false);
}

static void what_is_nested_too_deeply_is_not_the_same(void **state)
{
    size_t depth = 100000;
    char *one = malloc(2 * depth + 2), *two = malloc(2 * depth + 4);

    (void)state;
    memset(one, '(', depth);
    one[depth] = '1';
    memset(one + depth + 1, ')', depth);
    one[2 * depth + 1] = '\0';
    memcpy(two, " ", 1);
    memcpy(two + 1, one, 2 * depth + 2);
    assert_false(sql_same(one, two));
    free(one);
    free(two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_only_written_otherwise_is_the_same),
        cmocka_unit_test(what_means_something_else_is_not),
        cmocka_unit_test(what_is_nested_too_deeply_is_not_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
