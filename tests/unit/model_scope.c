#include "model/scope.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

typedef const char *const List[4];

static const struct {
    const char *schema;
    List include;
    List exclude;
    bool want;
} rows[] = {
    /* nothing asked: the user's schemas */
    {"public", {NULL}, {NULL}, true},
    {"shop", {NULL}, {NULL}, true},
    {"Odd name", {NULL}, {NULL}, true},
    {"pgx", {NULL}, {NULL}, true},
    {"auth", {NULL}, {NULL}, false},
    {"storage", {NULL}, {NULL}, false},
    {"extensions", {NULL}, {NULL}, false},
    {"supabase_migrations", {NULL}, {NULL}, false},
    {"authx", {NULL}, {NULL}, true},
    {"Auth", {NULL}, {NULL}, true},
    /* the server's own never */
    {"pg_catalog", {NULL}, {NULL}, false},
    {"pg_toast", {"*"}, {NULL}, false},
    {"pg_temp_3", {"pg_temp_3"}, {NULL}, false},
    {"information_schema", {"information_schema"}, {NULL}, false},
    /* asked for by pattern: exactly what matches */
    {"public", {"shop"}, {NULL}, false},
    {"shop", {"shop"}, {NULL}, true},
    {"shop_eu", {"shop_*"}, {NULL}, true},
    {"shop", {"shop_*"}, {NULL}, false},
    {"shop", {"public", "sh?p"}, {NULL}, true},
    {"auth", {"auth"}, {NULL}, true},
    {"auth", {"*"}, {NULL}, true},
    {"auth", {"public"}, {NULL}, false},
    /* exclusion wins */
    {"shop", {NULL}, {"shop"}, false},
    {"public", {NULL}, {"shop"}, true},
    {"shop_test", {"shop_*"}, {"*_test"}, false},
    {"shop_eu", {"shop_*"}, {"*_test"}, true},
    {"auth", {NULL}, {"other"}, false},
    {"shop", {"shop"}, {"*"}, false},
};

static void a_schema_is_in_scope_by_rule_or_by_pattern(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (scope_includes(rows[i].schema, rows[i].include, rows[i].exclude, true) != rows[i].want)
            fail_msg("row %zu: %s", i, rows[i].schema);
}

static void a_schema_is_the_platforms_only_where_that_is(void **state)
{
    (void)state;
    assert_true(scope_includes("auth", NULL, NULL, false));
    assert_false(scope_is_platform("auth", false));
    assert_false(scope_includes("supabase_migrations", NULL, NULL, false));
    assert_true(scope_is_platform("supabase_migrations", false));
    assert_false(scope_includes("pg_catalog", NULL, NULL, false));
}

static void no_list_is_an_empty_list(void **state)
{
    (void)state;
    assert_true(scope_includes("public", NULL, NULL, true));
    assert_false(scope_includes("auth", NULL, NULL, true));
    assert_false(scope_includes("pg_catalog", NULL, NULL, true));
}

static void the_platform_s_schemas_are_known_by_their_whole_name(void **state)
{
    (void)state;
    assert_true(scope_is_platform("auth", true));
    assert_true(scope_is_platform("vault", true));
    assert_true(scope_is_platform("_analytics", true));
    assert_false(scope_is_platform("public", true));
    assert_false(scope_is_platform("aut", true));
    assert_false(scope_is_platform("auth2", true));
    assert_false(scope_is_platform("", true));
}

static void a_platform_s_roles_fit_its_patterns(void **state)
{
    (void)state;
    assert_true(scope_is_platform_role("anon"));
    assert_true(scope_is_platform_role("supabase_admin"));
    assert_true(scope_is_platform_role("cloudsqladmin"));
    assert_false(scope_is_platform_role("anonymous"));
    assert_false(scope_is_platform_role("supabaseadmin"));
    assert_false(scope_is_platform_role("app_anon"));
    assert_false(scope_is_platform_role(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_schema_is_in_scope_by_rule_or_by_pattern),
        cmocka_unit_test(a_schema_is_the_platforms_only_where_that_is),
        cmocka_unit_test(no_list_is_an_empty_list),
        cmocka_unit_test(the_platform_s_schemas_are_known_by_their_whole_name),
        cmocka_unit_test(a_platform_s_roles_fit_its_patterns),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
