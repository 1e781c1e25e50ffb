#include "source/supabase.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define REF "abcdefghijklmnopqrst"

static void the_stacks_url_is_found_among_remarks(void **state)
{
    static const struct {
        const char *output;
        const char *url;
    } cases[] = {
        {"{\"DB_URL\":\"postgresql://postgres:postgres@127.0.0.1:54322/postgres\"}",
         "postgresql://postgres:postgres@127.0.0.1:54322/postgres"},
        {"Stopped services: [{x}]\n{\n  \"ANON_KEY\": \"e\",\n  \"DB_URL\": "
         "\"postgres://h/d\"\n}\nA "
         "new version is available\n",
         "postgres://h/d"},
        {"{not json}\n{\"DB_URL\":\"postgres://h/d\"}", "postgres://h/d"},
        {"{\"a\":1}\n{\"DB_URL\":\"postgres://h/d\"}", "postgres://h/d"},
        {"", NULL},
        {"\n\n{", NULL},
        {"DB_URL=postgres://h/d", NULL},
        {"[{\"DB_URL\":\"postgres://h/d\"}]", NULL},
        {"{\"DB_URL\":null}", NULL},
        {"{\"DB_URL\":\"\"}", NULL},
        {"{\"DB_URL\":\"host=/tmp\"}", NULL},
        {"{\"DB_URL\":\"http://h/d\"}", NULL},
        {"{\"DB_URL\":\"postgres://h/d x\"}", NULL},
        {"{\"DB_URL\":\"postgres://h/d\\u007f\"}", NULL},
        {"{\"DB_URL\":\"postgres://h/d\\u0000\"}", NULL},
        {"{\"DB_URL\":\"postgres://h/d\"", NULL}, /* cut */
    };
    CLEANUP(arena_free) Arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *url = supabase_status_url(cases[i].output, strlen(cases[i].output), &arena);
        if (cases[i].url)
            assert_string_equal(url, cases[i].url);
        else
            assert_null(url);
    }
}

static void a_url_that_is_too_long_is_none(void **state)
{
    static char output[8192] = "{\"DB_URL\":\"postgres://";
    CLEANUP(arena_free) Arena arena = {0};
    size_t length = strlen(output);

    (void)state;
    memset(output + length, 'h', 4096);
    strcpy(output + length + 4096, "\"}");
    assert_null(supabase_status_url(output, strlen(output), &arena));
}

static void a_linked_project_is_reached_where_the_cli_would(void **state)
{
    static const struct {
        const char *ref;
        const char *pooler;
        const char *conninfo; /* up to the password */
    } cases[] = {
        {REF, NULL, "host=db." REF ".supabase.co port=5432 user=postgres dbname=postgres"},
        {REF, "", "host=db." REF ".supabase.co port=5432 user=postgres dbname=postgres"},
        {REF,
         "postgresql://postgres." REF
         ":[YOUR-PASSWORD]@aws-0-eu-west-1.pooler.supabase.com:6543/postgres",
         "host=aws-0-eu-west-1.pooler.supabase.com port=6543 user=postgres." REF
         " dbname=postgres"},
        {REF,
         "postgresql://postgres." REF
         "@aws-1-us-west-2.pooler.supabase.com:5432/postgres?sslmode=disable",
         "host=aws-1-us-west-2.pooler.supabase.com port=5432 user=postgres." REF
         " dbname=postgres"},
        {REF, "postgresql://postgres." REF "@a.pooler.supabase.com",
         "host=a.pooler.supabase.com port=5432 user=postgres." REF " dbname=postgres"},
        {"short", NULL, NULL},
        {"ABCDEFGHIJKLMNOPQRST", NULL, NULL},
        {"abcdefghij/.evil.com", NULL, NULL},
        {REF, "postgres", NULL},
        {REF, "postgresql://", NULL},
        {REF, "postgresql://@a.pooler.supabase.com/postgres", NULL},
        {REF, "postgresql://a.pooler.supabase.com/postgres", NULL},
        {REF, "postgresql://u@evil.com/x@a.pooler.supabase.com", NULL},
        {REF, "postgresql://u@evil.com?x@a.pooler.supabase.com", NULL},
        {REF, "postgresql://u:p@evil.com@a.pooler.supabase.com", NULL},
        {REF, "postgresql://u@evil.com,a.pooler.supabase.com/d", NULL},
        {REF, "postgresql://u@evil.com hostaddr=1.2.3.4 a.pooler.supabase.com/d", NULL},
        {REF, "postgresql://u@pooler.supabase.com.evil.com/d", NULL},
        {REF, "postgresql://u@.supabase.co/d", NULL},
        {REF, "postgresql://u@a.pooler.supabase.com:/d", NULL},
        {REF, "postgresql://u@a.pooler.supabase.com:123456/d", NULL},
        {REF, "postgresql://u'x@a.pooler.supabase.com/d", NULL},
    };
    CLEANUP(arena_free) Arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *conninfo =
            supabase_linked_conninfo(cases[i].ref, cases[i].pooler, "p w", &arena);
        if (!cases[i].conninfo) {
            assert_null(conninfo);
            continue;
        }
        assert_non_null(conninfo);
        assert_memory_equal(conninfo, cases[i].conninfo, strlen(cases[i].conninfo));
        assert_string_equal(conninfo + strlen(cases[i].conninfo), " password='p w'");
    }
}

static void a_password_is_quoted_as_libpq_reads_it(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};
    const char *conninfo = supabase_linked_conninfo(REF, NULL, "it's \\ host=evil", &arena);

    (void)state;
    assert_non_null(strstr(conninfo, " password='it\\'s \\\\ host=evil'"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_stacks_url_is_found_among_remarks),
        cmocka_unit_test(a_url_that_is_too_long_is_none),
        cmocka_unit_test(a_linked_project_is_reached_where_the_cli_would),
        cmocka_unit_test(a_password_is_quoted_as_libpq_reads_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
