#include "cycle/pending.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "json/jx.h"

static Config *config;

static int project_new(void **state)
{
    static char path[] = "/tmp/cycle_pending.XXXXXX";
    Err err = {0};

    strcpy(path + sizeof path - 7, "XXXXXX");
    *state = mkdtemp(path);
    if (!*state || chdir(path) != 0 || !file_make_directories(".schema/cache", 0700, &err) ||
        !file_make_directories("supabase/migrations", 0700, &err) ||
        !file_write("supabase/monitor-config.json", "{}", 2, 0600, &err))
        return -1;
    config = config_open(".", &err);
    return config ? 0 : -1;
}

static int project_end(void **state)
{
    char command[64];

    config_close(&config);
    snprintf(command, sizeof command, "rm -rf '%s'", (const char *)*state);
    return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static void accept(const char *meta)
{
    char text[512];
    Err err = {0};

    snprintf(text, sizeof text, "{\"format\":\"snapshot/1\",\n\"meta\":%s,\n\"hash\":\"x\"}\n",
             meta);
    assert_true(file_write(".schema/cache/snapshot.json", text, strlen(text), 0600, &err));
}

static void put(const char *name)
{
    char path[256];
    Err err = {0};

    snprintf(path, sizeof path, "supabase/migrations/%s", name);
    assert_true(file_write(path, "", 0, 0600, &err));
}

static void is(const char *want)
{
    json_auto_t *got = pending_survey(config);
    CLEANUP(cleanup_free) char *text = got ? jx_text(got) : NULL;

    assert_string_equal(text ? text : "", want);
}

static void nothing_is_told_before_a_database_was_read(void **state)
{
    (void)state;
    put("1_a.sql");
    is("");
    accept("{\"source\":\"migrations\"}");
    is("");
    accept("{\"applied\":[\"1\"],\"source\":\"elsewhere\"}");
    is("");
    assert_int_equal(unlink(".schema/cache/snapshot.json"), 0);
    assert_int_equal(mkdir(".schema/cache/snapshot.json", 0700), 0);
    is("");
}

static void without_a_list_there_are_only_files(void **state)
{
    (void)state;
    accept("{\"source\":\"live\"}");
    is("");
    put("1_a.sql");
    is("{\"files\":1}");
}

static void files_are_those_that_the_cli_takes(void **state)
{
    static const char *const none[] = {"a.sql",  "1a.sql",   "1_a.sq",  "1.sql",
                                       "_a.sql", ".1_a.sql", "1_a.sql~"};

    (void)state;
    accept("{\"source\":\"supabase\"}");
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        put(none[i]);
    is("");
    put("20250101000000_a b.sql");
    put("7_.sql");
    is("{\"files\":2}");
}

static void versions_decide_and_are_texts(void **state)
{
    (void)state;
    accept("{\"applied\":[\"01\",\"3\",\"by hand\"],\"source\":\"live\",\"time\":\"t\"}");
    put("1_a.sql");
    put("01_b.sql");
    put("3_c.sql");
    put("10_d.sql");
    is("{\"applied\":3,\"files\":4,\"missing\":1,\"missing_versions\":[\"by hand\"],\"pending\":2,"
       "\"pending_files\":[\"10_d.sql\",\"1_a.sql\"],\"time\":\"t\"}");
    accept("{\"applied\":[],\"source\":\"live\",\"time\":\"t\"}");
    is("{\"applied\":0,\"files\":4,\"missing\":0,\"missing_versions\":[],\"pending\":4,"
       "\"pending_files\":[\"01_b.sql\",\"10_d.sql\",\"1_a.sql\",\"3_c.sql\"],\"time\":\"t\"}");
}

static void a_folder_that_is_not_there_has_no_files(void **state)
{
    (void)state;
    assert_int_equal(rmdir("supabase/migrations"), 0);
    accept("{\"applied\":[\"1\"],\"source\":\"live\",\"time\":\"t\"}");
    is("{\"applied\":1,\"files\":0,\"missing\":1,\"missing_versions\":[\"1\"],\"pending\":0,"
       "\"pending_files\":[],\"time\":\"t\"}");
}

static void only_some_are_named(void **state)
{
    char name[32];

    (void)state;
    accept("{\"applied\":[],\"source\":\"live\"}");
    for (int i = 100; i < 130; i++) {
        snprintf(name, sizeof name, "%d_x.sql", i);
        put(name);
    }
    json_auto_t *got = pending_survey(config);
    assert_int_equal(jx_int(got, "pending", 0), 30);
    assert_int_equal(json_array_size(json_object_get(got, "pending_files")), PENDING_NAMED);
}

#define PROJECT_TEST(test) cmocka_unit_test_setup_teardown(test, project_new, project_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PROJECT_TEST(nothing_is_told_before_a_database_was_read),
        PROJECT_TEST(without_a_list_there_are_only_files),
        PROJECT_TEST(files_are_those_that_the_cli_takes),
        PROJECT_TEST(versions_decide_and_are_texts),
        PROJECT_TEST(a_folder_that_is_not_there_has_no_files),
        PROJECT_TEST(only_some_are_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
