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
    becomes(
        "do $$ begin if true then create extension vector -- schema no\n schema a; end if; end $$",
        "do $$ begin if true then perform supabase_shim.create_extension('vector', 'a', false)"
        "\n; end if; end $$");
    /* Nothing ends it. */
    unchanged("do $$ begin create extension vector end $$");
    /* No statement begins there, or not of this language. */
    unchanged("do $$ begin x := create extension vector; end $$");
    unchanged("do language plperl $$ begin create extension vector; end $$");
    unchanged("do $$ begin perform E'a''b\\'; create extension vector; --'; end $$");
    becomes(
        "do $$ begin perform E'a''b\\''; create extension vector; --'; end $$",
        "do $$ begin perform E'a''b\\''; perform supabase_shim.create_extension('vector', null, "
        "false); --'; end $$");
}

static void a_block_may_be_any_constant(void **state)
{
    (void)state;
    becomes("do 'begin create extension vector; perform ''x''; end'",
            "do 'begin perform supabase_shim.create_extension(''vector'', null, false); "
            "perform ''x''; end'");
    becomes("do /* $$ */ language 'plpgsql' $a$ begin create extension vector; end $a$ -- 'x'",
            "do /* $$ */ language 'plpgsql' $a$ begin perform "
            "supabase_shim.create_extension('vector', null, false); end $a$ -- 'x'");
    unchanged("do 'begin perform $$create extension vector;$$; end'");
    unchanged("do 'begin perform ''create extension vector;''; end'");
    unchanged("do 'begin create extension pgcrypto; end'");
    unchanged("do E'begin create extension vector;\\n end'");
    becomes("do $a$ begin create extension \"a$$\"; end $a$",
            "do $a$ begin perform supabase_shim.create_extension('a$$', null, false); end $a$");
}

static void so_is_what_execute_runs(void **state)
{
    (void)state;
    becomes("do $$ begin execute 'create extension if not exists vector'; end $$",
            "do $$ begin execute 'select supabase_shim.create_extension(''vector'', null, true)'; "
            "end $$");
    becomes(
        "do $$ begin Execute\n$x$create extension vector\n schema s; select 1$x$ ; end $$",
        "do $$ begin Execute\n$x$select supabase_shim.create_extension('vector', 's', false)\n; "
        "select 1$x$ ; end $$");
    becomes("do 'begin execute ''create extension \"x\"''; end'",
            "do 'begin execute ''select supabase_shim.create_extension(''''x'''', null, false)''; "
            "end'");
    becomes("do $a$ begin execute 'do $$ begin create extension x; end $$'; end $a$",
            "do $a$ begin execute 'do $$ begin perform supabase_shim.create_extension(''x'', null, "
            "false); end $$'; end $a$");
    unchanged("do $$ begin execute 'create extension pgcrypto'; end $$");
    /* Data, whatever it looks like. */
    unchanged("do $$ begin execute 'insert into t values (''create extension vector;'')'; end $$");
    unchanged("do $$ begin execute 'comment on table t is ''create extension x;'' '; end $$");
    unchanged("do $$ begin execute 'create function f() returns void language plpgsql as "
              "$f$begin create extension vector; end$f$'; end $$");
    unchanged("do $$ begin insert into t values ('create extension vector'); end $$");
    unchanged("do $$ begin perform 'execute ''create extension vector'';'; end $$");
    unchanged("do $$ begin -- execute 'create extension vector';\n end $$");
    unchanged("do $$ begin /* /* */ execute 'create extension vector'; */ end $$");
    unchanged("do $$ declare x text := 'create extension vector'; begin execute x; end $$");
    /* Not a constant alone, or not SQL alone. */
    unchanged("do $$ begin execute 'create extension ' || 'vector'; end $$");
    unchanged("do $$ begin execute 'create extension vector' using 1; end $$");
    unchanged("do $$ begin execute E'create extension vector'; end $$");
    unchanged("do $$ begin execute 'create extension \\vector'; end $$");
    unchanged("do $$ begin execute 'create extension vector; no SQL'; end $$");
    unchanged("do $$ begin return query execute 'create extension vector'; end $$");
    unchanged("insert into t values ('do $$ begin create extension vector; end $$')");
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
        cmocka_unit_test(a_block_may_be_any_constant),
        cmocka_unit_test(so_is_what_execute_runs),
        cmocka_unit_test(what_a_stub_refuses_is_put_into_the_catalog),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
