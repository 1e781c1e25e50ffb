#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sql/order.h"

/* The files, NULL behind the last, and the order wanted: "2 0 1"; files in brackets need each
 * other. Those whose text begins with "--1" have a numbered name. */
static void becomes(const char *const *texts, const char *wanted)
{
    Order *order = order_open();
    char got[128] = "";
    const size_t *places;
    size_t count = 0;

    for (; texts[count]; count++)
        order_add(order, texts[count], strlen(texts[count]), strncmp(texts[count], "--1", 3) == 0);
    places = order_find(order);
    for (size_t i = 0; i < count; i++)
        sprintf(got + strlen(got), order_circle(order, places[i]) ? "%s(%zu)" : "%s%zu",
                i ? " " : "", places[i]);
    assert_string_equal(got, wanted);
    order_close(&order);
    assert_null(order);
}

#define BECOMES(wanted, ...) becomes((const char *const[]){__VA_ARGS__, NULL}, wanted)

static void what_needs_nothing_stays(void **state)
{
    (void)state;
    BECOMES("0 1 2", "create table a ();", "", "create tabel c;");
}

static void what_is_needed_comes_first(void **state)
{
    (void)state;
    BECOMES("1 0", "create view v as select * from t;", "create table t ();");
    BECOMES("1 0", "create table a (b int references public.b);", "create table b (b int);");
    BECOMES("2 1 0", "create table a (k app.kind);", "create type app.kind as enum ('x');",
            "create schema app;");
    BECOMES("1 0", "create trigger t before insert on x execute function f();",
            "create function f() returns trigger language plpgsql as 'begin end';");
    BECOMES("1 0", "create function f() returns int language sql as 'select count(*) from t';",
            "create table t ();");
    BECOMES("0 1", "create function f() returns int language plpgsql as 'select count(*) from t';",
            "create table t ();");
    BECOMES("1 0", "alter table t add a int;", "create table t ();");
    BECOMES("1 0", "comment on column t.a is 'x';", "create table t (a int);");
    BECOMES("1 0", "create table t (a int default nextval('s'));", "create sequence s;");
    BECOMES("1 0", "grant select on t to reader;", "create role reader;");
    BECOMES("1 0", "create table t (a kind);",
            "do $$ begin create type kind as enum ('x'); exception when duplicate_object then "
            "null; end $$;");
}

static void a_search_path_says_where(void **state)
{
    (void)state;
    BECOMES("1 2 0", "set search_path = b; create view v as select * from t;",
            "create table a.t ();", "create table b.t ();");
    BECOMES("0 2 1", "create table a.t ();", "create view v as select * from b.t;",
            "create table b.t ();");
}

static void names_of_common_table_expressions_are_no_tables(void **state)
{
    (void)state;
    BECOMES("0 1", "create view v as with t as (select 1) select * from t;", "create table t ();");
}

static void what_may_be_missing_is_not_needed(void **state)
{
    (void)state;
    BECOMES("0 1", "drop table if exists t;", "create table t ();");
    BECOMES("1 0", "drop table t;", "create table t ();");
}

static void extensions_come_early(void **state)
{
    (void)state;
    BECOMES("2 1 0", "create table a ();", "create extension x schema s;", "create schema s;");
}

static void a_grant_on_all_comes_behind_all(void **state)
{
    (void)state;
    BECOMES("1 2 0", "grant select on all tables in schema public to public;", "create table a ();",
            "create table b ();");
    BECOMES("0 1", "create table b (); grant select on all tables in schema public to public;",
            "create table a ();");
}

static void circles_stay_and_are_told(void **state)
{
    (void)state;
    BECOMES("(0) 2 3 (1)", "create table a (b int references b);",
            "create table b (a int references a, c kind);", "create view v as select * from a;",
            "create type kind as enum ('x');");
}

static void numbers_keep_their_order(void **state)
{
    (void)state;
    BECOMES("1 2 0", "create view v as select * from b;", "--1\ncreate table a ();",
            "--1\ncreate table b ();");
    BECOMES("0 (1) (2)", "", "--1\ncreate view v as select * from b;", "--1\ncreate table b ();");
}

static void later_versions_stay_behind(void **state)
{
    (void)state;
    BECOMES("1 0 2", "create view v as select f();",
            "create function f() returns int language sql as 'select 1';",
            "create or replace function f() returns int language sql as 'select 2';");
}

static void ten_thousand_files_in_a_chain(void **state)
{
    enum { COUNT = 10000 };
    Order *order = order_open();
    char text[64];
    const size_t *places;

    (void)state;
    for (int i = 0; i < COUNT; i++) {
        int length = snprintf(text, sizeof text, "create table t%d (like t%d);", i, i + 1);

        order_add(order, text, (size_t)length, false);
    }
    places = order_find(order);
    for (size_t i = 0; i < COUNT; i++)
        assert_int_equal(places[i], COUNT - 1 - i);
    order_close(&order);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_needs_nothing_stays),
        cmocka_unit_test(what_is_needed_comes_first),
        cmocka_unit_test(a_search_path_says_where),
        cmocka_unit_test(names_of_common_table_expressions_are_no_tables),
        cmocka_unit_test(what_may_be_missing_is_not_needed),
        cmocka_unit_test(extensions_come_early),
        cmocka_unit_test(a_grant_on_all_comes_behind_all),
        cmocka_unit_test(circles_stay_and_are_told),
        cmocka_unit_test(numbers_keep_their_order),
        cmocka_unit_test(later_versions_stay_behind),
        cmocka_unit_test(ten_thousand_files_in_a_chain),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
