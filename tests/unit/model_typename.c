#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/typename.h"

static void check(const char *text, const char *schema, const char *name, bool array)
{
    CLEANUP(arena_free) Arena arena = {0};
    TypeName type = typename_parse(&arena, text);

    assert_string_equal(type.schema, schema);
    assert_string_equal(type.name, name);
    assert_int_equal(type.array, array);
}

static void sql_spellings_become_the_names_of_pg_type(void **state)
{
    (void)state;
    check("character varying(80)", "pg_catalog", "varchar", false);
    check("character(5)", "pg_catalog", "bpchar", false);
    check("bpchar", "pg_catalog", "bpchar", false);
    check("\"char\"", "pg_catalog", "char", false);
    check("timestamp(3) with time zone", "pg_catalog", "timestamptz", false);
    check("timestamp without time zone[]", "pg_catalog", "timestamp", true);
    check("time(0) without time zone", "pg_catalog", "time", false);
    check("time with time zone", "pg_catalog", "timetz", false);
    check("double precision", "pg_catalog", "float8", false);
    check("numeric(8,2)[]", "pg_catalog", "numeric", true);
    check("bit varying(3)", "pg_catalog", "varbit", false);
    check("interval year to month", "pg_catalog", "interval", false);
    check("interval day to second(3)", "pg_catalog", "interval", false);
    check("interval(6)", "pg_catalog", "interval", false);
    check("uuid", "pg_catalog", "uuid", false);
}

static void qualified_names_keep_their_schema_and_lose_their_quotes(void **state)
{
    (void)state;
    check("public.post_status", "public", "post_status", false);
    check("public.\"Odd\"[]", "public", "Odd", true);
    check("\"Odd \"\" Schema\".\"a.b(c)[]\"", "Odd \" Schema", "a.b(c)[]", false);
    check("extensions.vector(1536)", "extensions", "vector", false);
    check("public.geometry(Point,4326)[]", "public", "geometry", true);
    check("public.integer", "public", "integer", false);
}

static void what_is_no_type_name_comes_back_whole(void **state)
{
    (void)state;
    check("", "pg_catalog", "", false);
    check("\"unended", "pg_catalog", "\"unended", false);
    check("a.", "pg_catalog", "a.", false);
    check("[]", "pg_catalog", "[]", false);
}

static void ids_are_taken_apart(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};
    const char *schema = NULL, *name = NULL;

    (void)state;
    assert_true(typename_split_id(&arena, "public.\"Odd \"\"Table\"", &schema, &name));
    assert_string_equal(schema, "public");
    assert_string_equal(name, "Odd \"Table");
    assert_false(typename_split_id(&arena, "public", &schema, &name));
    assert_false(typename_split_id(&arena, "public.f(integer)", &schema, &name));
    assert_false(typename_split_id(&arena, "", &schema, &name));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sql_spellings_become_the_names_of_pg_type),
        cmocka_unit_test(qualified_names_keep_their_schema_and_lose_their_quotes),
        cmocka_unit_test(what_is_no_type_name_comes_back_whole),
        cmocka_unit_test(ids_are_taken_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
