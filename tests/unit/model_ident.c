#include "model/ident.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"

static const struct {
    const char *name;
    const char *want;
} rows[] = {
    {"orders", "p.orders"},
    {"_x9", "p._x9"},
    {"a", "p.a"},
    {"", "p.\"\""},
    {"9a", "p.\"9a\""},
    {"Orders", "p.\"Orders\""},
    {"a b", "p.\"a b\""},
    {"a-b", "p.\"a-b\""},
    {"a$b", "p.\"a$b\""},
    {"a.b", "p.\"a.b\""},
    {"\"", "p.\"\"\"\""},
    {"a\"b\"", "p.\"a\"\"b\"\"\""},
    {"a\nb", "p.\"a\nb\""},
    {"größe", "p.\"größe\""},
    {"😀", "p.\"😀\""},
    {"'; drop table x; --", "p.\"'; drop table x; --\""},
    /* reserved, of types and functions, of columns */
    {"select", "p.\"select\""},
    {"user", "p.\"user\""},
    {"all", "p.\"all\""},
    {"xmltable", "p.\"xmltable\""},
    {"left", "p.\"left\""},
    {"timestamp", "p.\"timestamp\""},
    {"verbose", "p.\"verbose\""},
    {"between", "p.\"between\""},
    /* unreserved keywords and what only looks like one */
    {"name", "p.name"},
    {"type", "p.type"},
    {"index", "p.index"},
    {"value", "p.value"},
    {"key", "p.key"},
    {"selects", "p.selects"},
    {"selec", "p.selec"},
};

static void a_name_is_quoted_as_quote_ident_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CLEANUP(cleanup_free) char *got = ident_join("p", rows[i].name);

        assert_string_equal(got, rows[i].want);
    }
}

static void the_parent_stands_as_it_is(void **state)
{
    CLEANUP(cleanup_free) char *odd = ident_join("public.\"Odd \"\"T\"\"\"", "Total");
    CLEANUP(cleanup_free) char *function = ident_join("public.f(integer, text)", "x");

    (void)state;
    assert_string_equal(odd, "public.\"Odd \"\"T\"\"\".\"Total\"");
    assert_string_equal(function, "public.f(integer, text).x");
}

static void a_name_of_quotes_only_has_room(void **state)
{
    char name[64];

    (void)state;
    memset(name, '"', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    CLEANUP(cleanup_free) char *got = ident_join("", name);
    assert_int_equal(strlen(got), 1 + 2 + 2 * 63);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_quoted_as_quote_ident_does),
        cmocka_unit_test(the_parent_stands_as_it_is),
        cmocka_unit_test(a_name_of_quotes_only_has_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
