#include "cycle/init.h"

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
#include "config/config.h"
#include "json/jx.h"

static int directory_new(void **state)
{
    static char path[] = "/tmp/cycle_init.XXXXXX";

    strcpy(path + sizeof path - 7, "XXXXXX");
    *state = mkdtemp(path);
    return *state && chdir(path) == 0 ? 0 : -1;
}

static int directory_end(void **state)
{
    char command[64];

    snprintf(command, sizeof command, "rm -rf '%s'", (const char *)*state);
    return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static void put(const char *path, const char *text)
{
    Err err = {0};

    assert_true(file_make_parents(path, 0755, &err));
    assert_true(file_write(path, text, strlen(text), 0644, &err));
}

static char *get(const char *path)
{
    char *text = NULL;
    size_t length = 0;
    Err err = {0};

    if (!file_read(path, 0, &text, &length, &err))
        fail_msg("%s", err.msg);
    return text;
}

static void holds(const char *path, const char *want)
{
    CLEANUP(cleanup_free) char *text = get(path);

    assert_string_equal(text, want);
}

static bool init(char **ret_said, Err *err)
{
    size_t size = 0;
    FILE *out = open_memstream(ret_said, &size);
    bool ok = init_project(".", out, err);

    fclose(out);
    return ok;
}

static void init_or_fail(void)
{
    CLEANUP(cleanup_free) char *said = NULL;
    Err err = {0};

    if (!init(&said, &err))
        fail_msg("%s", err.msg);
}

static void an_empty_directory_becomes_a_project(void **state)
{
    CLEANUP(cleanup_free) char *said = NULL;
    Err err = {0};

    (void)state;
    assert_true(init(&said, &err));
    assert_non_null(strstr(said, "supabase/monitor-config.json"));
    assert_non_null(strstr(said, ".gitignore"));
    assert_null(strstr(said, "package.json"));
    assert_false(file_exists("package.json"));
    holds(".gitignore", "/.schema/\n/backups/\n/logs/\n");
    /* the configuration it writes is one that is read, and says the defaults */
    CLEANUP(config_close) Config *config = config_open(".", &err);
    if (!config)
        fail_msg("%s", err.msg);
    assert_true(config_found(config));
    assert_int_equal(config_int(config, "monitoring.interval"), 300000);
    assert_int_equal(config_int(config, "dashboard.port"), 3001);
}

static void a_second_time_changes_nothing(void **state)
{
    struct stat before, after;
    CLEANUP(cleanup_free) char *said = NULL;
    Err err = {0};

    (void)state;
    put("package.json", "{\n  \"name\": \"shop\"\n}\n");
    init_or_fail();
    stat("package.json", &before);
    CLEANUP(cleanup_free) char *package = get("package.json");
    assert_true(init(&said, &err));
    stat("package.json", &after);
    assert_true(before.st_ino == after.st_ino);
    holds("package.json", package);
    assert_null(strstr(said, "written"));
    assert_null(strstr(said, "scripts"));
    assert_null(strstr(said, "ignored"));
}

static void what_is_there_is_kept(void **state)
{
    (void)state;
    put("supabase/monitor-config.json", "{ /* mine */ }");
    put(".gitignore", "node_modules\n/logs/\n.env");
    init_or_fail();
    holds("supabase/monitor-config.json", "{ /* mine */ }");
    holds(".gitignore", "node_modules\n/logs/\n.env\n/.schema/\n/backups/\n");
}

static void a_gitignore_with_other_line_ends_is_understood(void **state)
{
    (void)state;
    put(".gitignore", "/.schema/\r\n/backups/\r\n/logs/\r\n");
    init_or_fail();
    holds(".gitignore", "/.schema/\r\n/backups/\r\n/logs/\r\n");
}

/* What was there is a subsequence of lines of what is there now, and all seven scripts are in it.
 */
static void adds_scripts_to(const char *before)
{
    Err err = {0};

    put("package.json", before);
    init_or_fail();
    CLEANUP(cleanup_free) char *after = get("package.json");
    json_auto_t *was = jx_parse(before, strlen(before), "before", &err);
    json_auto_t *package = jx_parse(after, strlen(after), "after", &err);
    if (!package)
        fail_msg("%s: %s", err.msg, after);
    const json_t *scripts = json_object_get(package, "scripts");
    assert_string_equal(jx_string(scripts, "schema:start", ""), "schema start");
    assert_string_equal(jx_string(scripts, "schema:check", ""), "schema check");
    assert_string_equal(jx_string(scripts, "schema:validate", ""), "schema validate");
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(was, key, value)
    {
        if (strcmp(key, "scripts") != 0)
            assert_true(json_equal(value, json_object_get(package, key)));
    }
    json_object_foreach(json_object_get(was, "scripts"), key, value)
    {
        assert_true(json_equal(value, json_object_get(scripts, key)));
    }
    /* every byte that was there is still there, in its order */
    const char *place = after;
    for (const char *c = before; *c; c++) {
        place = strchr(place, *c);
        assert_non_null(place);
        place++;
    }
}

static void scripts_are_added_to_any_package(void **state)
{
    static const char *const packages[] = {
        "{}",
        "{ }\n",
        "{\"name\":\"x\"}",
        "{\n}\n",
        "{\n  \"name\": \"x\"\n}\n",
        "{\n\t\"name\": \"x\",\n\t\"scripts\": {\n\t\t\"test\": \"jest\"\n\t}\n}\n",
        "{\"scripts\":{}}",
        "{\"scripts\":{\"a\":\"b\"},\"z\":1}",
        "{\n  \"scripts\" : {\n  },\n  \"z\": [1, {\"scripts\": {}}]\n}",
        "{\"a\":{\"scripts\":{\"x\":\"y\"}},\"b\":\"\\\"scripts\\\":{\",\"scripts\":{\"t\":\"{\"}}",
        "{\"a\":\"scripts\",\"scripts\":{\"t\":\"1\"}}",
        "{\r\n  \"name\": \"x\",\r\n  \"scripts\": {\r\n    \"t\": \"1\"\r\n  }\r\n}\r\n",
        "{\"scripts\":{\"schema:start\":\"schema start\"}}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof packages / sizeof *packages; i++)
        adds_scripts_to(packages[i]);
}

static void added_lines_have_the_indent_of_their_neighbours(void **state)
{
    static const char wide[] =
        "{\n    \"scripts\": {\n        \"schema:start\": \"schema start\",\n";
    static const char narrow[] = "{\n  \"scripts\": {\n    \"schema:start\"";

    (void)state;
    put("package.json", "{\n    \"scripts\": {\n        \"test\": \"jest\"\n    }\n}\n");
    init_or_fail();
    CLEANUP(cleanup_free) char *one = get("package.json");
    assert_memory_equal(one, wide, strlen(wide));
    assert_non_null(strstr(one, ",\n        \"test\": \"jest\"\n    }\n}\n"));
    put("package.json", "{\n  \"name\": \"x\"\n}\n");
    init_or_fail();
    CLEANUP(cleanup_free) char *two = get("package.json");
    assert_memory_equal(two, narrow, strlen(narrow));
    assert_non_null(strstr(two, "\n  },\n  \"name\": \"x\"\n}\n"));
}

static void a_script_of_that_name_is_not_replaced(void **state)
{
    Err err = {0};

    (void)state;
    put("package.json", "{\"scripts\":{\"schema:check\":\"mine\"}}");
    init_or_fail();
    json_auto_t *package = jx_load("package.json", &err);
    assert_string_equal(jx_string(json_object_get(package, "scripts"), "schema:check", ""), "mine");
    assert_string_equal(jx_string(json_object_get(package, "scripts"), "schema:start", ""),
                        "schema start");
}

static void a_package_that_is_none_is_refused_and_kept(void **state)
{
    static const char *const packages[] = {
        "",
        "x",
        "[]",
        "{\"name\":\"x\",}",
        "{\"scripts\":[]}",
        "{\"scripts\":\"x\"}",
        "{\"scripts\":{},\"scripts\":{}}",
        "{\"\\u0073cripts\":{\"a\":\"b\"}}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof packages / sizeof *packages; i++) {
        CLEANUP(cleanup_free) char *said = NULL;
        Err err = {0};

        put("package.json", packages[i]);
        if (init(&said, &err))
            fail_msg("'%s' was taken", packages[i]);
        assert_int_equal(err.code, EXIT_DATA);
        assert_non_null(strstr(err.msg, "package.json'"));
        holds("package.json", packages[i]);
    }
}

#define IN_DIRECTORY(test) cmocka_unit_test_setup_teardown(test, directory_new, directory_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_DIRECTORY(an_empty_directory_becomes_a_project),
        IN_DIRECTORY(a_second_time_changes_nothing),
        IN_DIRECTORY(what_is_there_is_kept),
        IN_DIRECTORY(a_gitignore_with_other_line_ends_is_understood),
        IN_DIRECTORY(scripts_are_added_to_any_package),
        IN_DIRECTORY(added_lines_have_the_indent_of_their_neighbours),
        IN_DIRECTORY(a_script_of_that_name_is_not_replaced),
        IN_DIRECTORY(a_package_that_is_none_is_refused_and_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
