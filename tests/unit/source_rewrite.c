#include "source/rewrite.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sql/parse.h"

static const char *const available[] = {"plpgsql", "pgcrypto", NULL};

/* The first statement of the text, rewritten. */
static Rewrite rewritten(const char *text, Arena *arena)
{
    SqlParse *parse = sql_parse(text, strlen(text));
    Rewrite ret = rewrite_statement(parse->statements[0].node, text, available, arena);

    ret.after = arena_strdup(arena, ret.after);
    sql_parse_close(&parse);
    return ret;
}

static void unchanged(const char *text)
{
    CLEANUP(arena_free) Arena arena = {0};
    Rewrite rewrite = rewritten(text, &arena);

    assert_ptr_equal(rewrite.text, text);
    assert_null(rewrite.after);
}

static void becomes(const char *text, const char *wanted)
{
    CLEANUP(arena_free) Arena arena = {0};

    assert_string_equal(rewritten(text, &arena).text, wanted);
}

static void an_extension_that_is_not_there_is_made_of_sql(void **state)
{
    (void)state;
    unchanged("create extension pgcrypto");
    becomes("create extension vector",
            "select supabase_shim.create_extension('vector', null, false)");
    becomes("create extension if not exists \"pg_net\" with schema \"Odd'One\"",
            "select supabase_shim.create_extension('pg_net', 'Odd''One', true)");
}

static void so_it_is_within_a_block(void **state)
{
    (void)state;
    unchanged("do $$ begin create extension pgcrypto; end $$");
    unchanged("do $$ begin perform 'create extension vector;'; end $$");
    unchanged("do $$ begin -- create extension vector;\n end $$");
    unchanged("do $$ begin recreate extension vector; end $$");
    becomes("do $$ begin CREATE EXTENSION\n IF NOT EXISTS Vector WITH SCHEMA \"x y\" VERSION '1'; "
            "end $$",
            "do $$ begin perform supabase_shim.create_extension('vector', 'x y', true)\n; end $$");
    /* Nothing ends it. */
    unchanged("do $$ begin create extension vector end $$");
}

static void what_a_stub_refuses_is_put_into_the_catalog(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};
    Rewrite rewrite = rewritten("create index on app.\"T\" using hnsw (with_x vector_l2_ops) "
                                "with (m = 16, note = 'a') where \"with\" (x) > 1",
                                &arena);

    (void)state;
    assert_string_equal(
        rewrite.text,
        "create index on app.\"T\" using hnsw (with_x vector_l2_ops)  where \"with\" (x) > 1");
    assert_non_null(strstr(rewrite.after, "'{\"m=16\",\"note=a\"}'"));
    assert_non_null(strstr(rewrite.after, "'app.\"T\"'::pg_catalog.regclass"));
    unchanged("create index on t using hnsw (x)");
    unchanged("create index on t using btree (x) with (fillfactor = 50)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_extension_that_is_not_there_is_made_of_sql),
        cmocka_unit_test(so_it_is_within_a_block),
        cmocka_unit_test(what_a_stub_refuses_is_put_into_the_catalog),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
