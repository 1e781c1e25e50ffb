#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "config/config.h"
#include "json/jx.h"

#define CONFIG_FILE "supabase/monitor-config.json"

static void put(const char *directory, const char *name, const char *text)
{
    Arena arena = {0};
    Err err = {0};
    const char *path = arena_printf(&arena, "%s/%s", directory, name);

    if (!file_make_parents(path, 0700, &err) || !file_write(path, text, strlen(text), 0600, &err))
        fail_msg("%s", err.msg);
    arena_free(&arena);
}

static int directory_make(void **state)
{
    char name[] = "/tmp/config_config.XXXXXX";

    *state = mkdtemp(name) ? realpath(name, NULL) : NULL;
    unsetenv("SUPABASE_ENV");
    return *state ? 0 : -1;
}

static int directory_remove(void **state)
{
    char *command = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&command, &length);
    int status = chdir("/");

    fprintf(out, "rm -rf '%s'", (char *)*state);
    fclose(out);
    status |= system(command);
    free(command);
    free(*state);
    return status;
}

static Config *opened(const char *directory)
{
    Err err = {0};
    Config *config = config_open(directory, &err);

    if (!config)
        fail_msg("%s", err.msg);
    return config;
}

static void refused(const char *directory, const char *text, const char *want)
{
    Err err = {0};

    put(directory, CONFIG_FILE, text);
    assert_null(config_open(directory, &err));
    assert_string_equal(err.msg, want);
    assert_int_equal(err.code, EXIT_CONFIG);
}

static void text_equals(const Config *config, const char *key, const char *want)
{
    char *text = config_text(config, key);

    assert_non_null(text);
    assert_string_equal(text, want);
    free(text);
}

/* The configuration a new project gets: design.md section 6. */
static const char seed[] =
    "{\n"
    "  \"monitoring\": { \"enabled\": true, \"interval\": 300000 /* ms */, "
    "\"autoTypeGeneration\": true, \"enableNotifications\": true },\n"
    "  \"dashboard\": { \"enabled\": true, \"port\": 3001, \"host\": \"localhost\" },\n"
    "  \"notifications\": { \"push\": true, \"memory\": true }\n"
    "}\n";

static void the_seed_configuration_is_the_defaults(void **state)
{
    Config *config = opened(*state);
    json_t *defaults = json_deep_copy(config_effective(config));

    assert_false(config_found(config));
    config_close(&config);
    assert_null(config);
    put(*state, CONFIG_FILE, seed);
    config = opened(*state);
    assert_true(config_found(config));
    assert_true(json_equal(defaults, config_effective(config)));
    config_close(&config);
    json_decref(defaults);
}

static void every_default_is_as_documented(void **state)
{
    static const struct {
        const char *key, *value;
    } defaults[] = {
        {"monitoring.enabled", "true"},
        {"monitoring.interval", "300000"},
        {"monitoring.autoTypeGeneration", "true"},
        {"monitoring.enableNotifications", "true"},
        {"dashboard.enabled", "true"},
        {"dashboard.port", "3001"},
        {"dashboard.host", "localhost"},
        {"notifications.push", "true"},
        {"notifications.memory", "true"},
        {"channels", "{}"},
        {"project.name", ""},
        {"source.order", "live,supabase,shadow,migrations"},
        {"source.databaseUrl", "env(DATABASE_URL)"},
        {"source.migrations", "supabase/migrations"},
        {"source.schemas", ""},
        {"source.exclude", ""},
        {"types.output", "src/types/database.ts"},
        {"types.schemas", "public"},
        {"types.compat", "cli3"},
        {"types.asRole", ""},
        {"types.lang", "typescript"},
        {"types.split", "false"},
        {"docs.enabled", "true"},
        {"docs.output", "docs/database-schema.md"},
        {"validation.enabled", "true"},
        {"validation.steps", "[]"},
        {"backups.keep", "10"},
        {"history.notifications", "1000"},
        {"history.validation", "500"},
    };
    Config *config = opened(*state);

    for (size_t i = 0; i < sizeof defaults / sizeof defaults[0]; i++)
        text_equals(config, defaults[i].key, defaults[i].value);
    assert_null(config_text(config, "monitoring"));
    assert_null(config_text(config, "monitoring.intervall"));
    assert_null(config_text(config, "channels.*.url"));
    assert_null(config_text(config, ""));
    config_close(&config);
}

static void values_come_by_their_key_and_type(void **state)
{
    put(*state, CONFIG_FILE,
        "{\"$schema\": \"./schema.json\",\n"
        " \"monitoring\": {\"enabled\": false, \"interval\": 1000},\n"
        " \"project\": {\"name\": \"caf\xc3\xa9\"},\n"
        " \"source\": {\"order\": [\"migrations\"], \"databaseUrl\": \"\", \"schemas\": "
        "[\"public\", \"app_*\"]},\n"
        " \"channels\": {\"ops.team\": {\"type\": \"webhook\", \"url\": \"env(HOOK)\"}},\n"
        " \"validation\": {\"steps\": [{\"name\": \"types\", \"command\": [\"tsc\", \"\"]}]},\n"
        "}\n");
    Config *config = opened(*state);

    assert_false(config_bool(config, "monitoring.enabled"));
    assert_true(config_bool(config, "monitoring.autoTypeGeneration"));
    assert_int_equal(config_int(config, "monitoring.interval"), 1000);
    assert_int_equal(config_int(config, "backups.keep"), 10);
    assert_string_equal(config_string(config, "source.databaseUrl"), "");
    assert_string_equal(config_name(config), "caf\xc3\xa9");
    assert_int_equal(json_array_size(config_list(config, "source.order")), 1);
    assert_int_equal(json_array_size(config_list(config, "validation.steps")), 1);
    assert_int_equal(json_object_size(config_object(config, "channels")), 1);
    text_equals(config, "source.schemas", "public,app_*");
    text_equals(config, "monitoring.enabled", "false");
    text_equals(config, "channels",
                "{\"ops.team\":{\"minSeverity\":\"info\",\"timeout\":20000,\"type\":\"webhook\","
                "\"url\":\"env(HOOK)\"}}");
    text_equals(config, "validation.steps",
                "[{\"command\":[\"tsc\",\"\"],\"directory\":\".\",\"environment\":[],"
                "\"name\":\"types\",\"required\":false,\"requires\":[],\"timeout\":120000}]");
    config_close(&config);
}

static void a_project_is_found_from_inside_it(void **state)
{
    Arena arena = {0};
    Config *config = NULL;

    put(*state, "a/supabase/config.toml", "");
    put(*state, "a/b/c/file", "");
    assert_int_equal(chdir(arena_printf(&arena, "%s/a/b/c", (char *)*state)), 0);
    config = opened(NULL);
    assert_true(config_found(config));
    assert_string_equal(config_directory(config), arena_printf(&arena, "%s/a", (char *)*state));
    assert_string_equal(config_name(config), "a");
    assert_string_equal(config_path(config, "x/y"),
                        arena_printf(&arena, "%s/a/x/y", (char *)*state));
    assert_string_equal(config_path(config, "/x/y"), "/x/y");
    assert_string_equal(config_state_path(config, "cache/snapshot.json"),
                        arena_printf(&arena, "%s/a/.schema/cache/snapshot.json", (char *)*state));
    config_close(&config);
    /* A directory that is named is not left. */
    config = opened(".");
    assert_false(config_found(config));
    assert_string_equal(config_directory(config), arena_printf(&arena, "%s/a/b/c", (char *)*state));
    config_close(&config);
    arena_free(&arena);
}

static void a_directory_that_is_none_is_refused(void **state)
{
    Arena arena = {0};
    Err err = {0};
    const char *path = arena_printf(&arena, "%s/none", (char *)*state);

    assert_null(config_open(path, &err));
    assert_string_equal(err.msg, arena_printf(&arena,
                                              "cannot use project directory '%s': No such file or "
                                              "directory",
                                              path));
    assert_int_equal(err.code, EXIT_CONFIG);
    put(*state, "none", "");
    assert_null(config_open(path, &err));
    assert_string_equal(
        err.msg, arena_printf(&arena, "cannot use project directory '%s': not a directory", path));
    arena_free(&arena);
}

static void variables_come_from_the_process_before_the_files(void **state)
{
    Err err = {0};
    Config *config = NULL;

    put(*state, ".env", "SCM_TEST_A=file\nSCM_TEST_B=file\nSCM_TEST_C=\n");
    setenv("SCM_TEST_B", "process", 1);
    unsetenv("SCM_TEST_A");
    unsetenv("SCM_TEST_C");
    unsetenv("SCM_TEST_D");
    config = opened(*state);
    assert_string_equal(config_env(config, "SCM_TEST_A"), "file");
    assert_string_equal(config_env(config, "SCM_TEST_B"), "process");
    assert_null(config_env(config, "SCM_TEST_C"));
    assert_null(config_env(config, "SCM_TEST_D"));
    assert_string_equal(config_secret(config, "env(SCM_TEST_A)", &err), "file");
    assert_string_equal(config_secret(config, "plain", &err), "plain");
    assert_string_equal(config_secret(config, "env(no name)", &err), "env(no name)");
    assert_null(config_secret(config, "env(SCM_TEST_D)", &err));
    assert_string_equal(err.msg, "variable 'SCM_TEST_D' is not set: the configuration names it as "
                                 "env(SCM_TEST_D), set it in .env or in the environment");
    assert_int_equal(err.code, EXIT_CONFIG);
    config_close(&config);
    put(*state, ".env", "nonsense\n");
    assert_null(config_open(*state, &err));
    assert_string_equal(err.msg, "'.env':1: not a line of the form KEY=VALUE");
}

#define AT "'supabase/monitor-config.json':"
#define WEBHOOK "\"type\": \"webhook\", \"url\": \"https://example.org/x\""
#define STEP(name, more) "{\"name\": \"" name "\", \"command\": [\"x\"]" more "}"
#define REMEDY "write env(NAME) here and set NAME in .env or in the environment"

typedef struct Refusal {
    const char *text, *want;
} Refusal;

static void an_unknown_key_is_refused_with_its_nearest(void **state)
{
    static const Refusal cases[] = {
        {"{\n  \"monitoring\": {\n    \"intervall\": 5}}",
         AT "3:5: unknown key 'monitoring.intervall' (did you mean 'monitoring.interval'?)"},
        {"{\"monitor\": {}}", AT "1:2: unknown key 'monitor' (did you mean 'monitoring'?)"},
        {"{\"interval\": 5}",
         AT "1:2: unknown key 'interval' (did you mean 'monitoring.interval'?)"},
        {"{\"dashboard\": {/* TLS */ \"certificate\": \"x\"}}",
         AT "1:26: unknown key 'dashboard.certificate'"},
        {"{\"dashboard.port\": 1}",
         AT "1:2: unknown key 'dashboard.port' (one object in another, not a dot)"},
        {"{\"channels\": {\"*\": {" WEBHOOK "}}}",
         AT "1:15: 'channels.*': a name in 'channels' has letters, digits, '_', '.' and '-', "
            "begins with a letter or digit and is at most 64 long"},
        {"{\"channels.*.url\": 1}",
         AT "1:2: unknown key 'channels.*.url' (one object in another, not a dot)"},
        {"{\"channels\": {\"a\": {" WEBHOOK ", \"secrets\": 1}}}",
         AT "1:72: unknown key 'channels.a.secrets' (did you mean 'channels.a.secret'?)"},
        {"{\"validation\": {\"steps\": [{\"name\": \"a\", \"comand\": []}]}}",
         AT "1:41: unknown key 'validation.steps[0].comand' (did you mean "
            "'validation.steps[0].command'?)"},
        {"{\"monitoring\": {\"$schema\": \"x\"}}", AT "1:17: unknown key 'monitoring.$schema'"},
        {"{\"\": 1}", AT "1:2: unknown key ''"},
        {"{\"\\u001b[2J\": 1}", AT "1:2: unknown key ' [2J'"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        refused(*state, cases[i].text, cases[i].want);
}

static void a_value_of_another_kind_is_refused(void **state)
{
    static const Refusal cases[] = {
        {"[]", AT "1:1: the configuration must be an object, not an array"},
        {"// only\n 1", AT "2:2: '[' or '{' expected"},
        {"{\"$schema\": 1}", AT "1:2: '$schema' must be a string, not an integer"},
        {"{\"monitoring\": true}", AT "1:2: 'monitoring' must be an object, not true or false"},
        {"{\"monitoring\": {\"enabled\": \"yes\"}}",
         AT "1:17: 'monitoring.enabled' must be true or false, not a string"},
        {"{\"monitoring\": {\"enabled\": null}}",
         AT "1:17: 'monitoring.enabled' must be true or false, not null"},
        {"{\"monitoring\": {\"interval\": 1000.0}}",
         AT "1:17: 'monitoring.interval' must be an integer, not a number with a fraction"},
        {"{\"dashboard\": {\"host\": {}}}",
         AT "1:16: 'dashboard.host' must be a string, not an object"},
        {"{\"source\": {\"order\": \"live\"}}",
         AT "1:13: 'source.order' must be an array of strings, not a string"},
        {"{\"source\": {\"exclude\": [\"a\", 1]}}",
         AT "1:30: 'source.exclude[1]' must be a string, not an integer"},
        {"{\"channels\": []}", AT "1:2: 'channels' must be an object, not an array"},
        {"{\"channels\": {\"a\": \"https://hunter2\"}}",
         AT "1:15: 'channels.a' must be an object, not a string"},
        {"{\"validation\": {\"steps\": {}}}",
         AT "1:17: 'validation.steps' must be an array of objects, not an object"},
        {"{\"validation\": {\"steps\": [\n\"tsc\"]}}",
         AT "2:1: 'validation.steps[0]' must be an object, not a string"},
        {"{\"validation\": {\"steps\": [{\"name\": \"a\", \"command\": \"tsc\"}]}}",
         AT "1:41: 'validation.steps[0].command' must be an array of strings, not a string"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        refused(*state, cases[i].text, cases[i].want);
}

static void a_value_out_of_its_bounds_is_refused(void **state)
{
    static const Refusal cases[] = {
        {"{\"monitoring\": {\"interval\": 999}}",
         AT "1:17: 'monitoring.interval' must be between 1000 and 604800000"},
        {"{\"monitoring\": {\"interval\": -1}}",
         AT "1:17: 'monitoring.interval' must be between 1000 and 604800000"},
        {"{\"dashboard\": {\"port\": 65536}}",
         AT "1:16: 'dashboard.port' must be between 1 and 65535"},
        {"{\"dashboard\": {\"host\": \"0.0.0.0\"}}",
         AT "1:16: 'dashboard.host' must be one of 'localhost', '127.0.0.1'"},
        {"{\"docs\": {\"output\": \"\"}}", AT "1:11: 'docs.output' must not be empty"},
        {"{\"docs\": {\"output\": \"a\\nb\"}}", AT "1:11: 'docs.output' has a control character"},
        {"{\"project\": {\"name\": \"12345678901234567890123456789012345678901234567890123456789012"
         "345\"}}",
         AT "1:14: 'project.name' must not be longer than 64 bytes"},
        {"{\"source\": {\"order\": []}}", AT "1:13: 'source.order' must not be empty"},
        {"{\"source\": {\"order\": [\"live\", \"cloud\"]}}",
         AT "1:31: 'source.order[1]' must be one of 'live', 'supabase', 'shadow', 'migrations'"},
        {"{\"source\": {\"schemas\": [\"\"]}}", AT "1:25: 'source.schemas[0]' must not be empty"},
        {"{\"types\": {\"compat\": \"cli1\"}}",
         AT "1:12: 'types.compat' must be one of 'cli2', 'cli3'"},
        {"{\"backups\": {\"keep\": 0}}", AT "1:14: 'backups.keep' must be between 1 and 100000"},
        {"{\"channels\": {\"a\": {\"type\": \"smoke\", \"url\": \"env(A)\"}}}",
         AT "1:21: 'channels.a.type' must be 'webhook'"},
        {"{\"channels\": {\"a\": {" WEBHOOK ", \"timeout\": 99}}}",
         AT "1:72: 'channels.a.timeout' must be between 100 and 3600000"},
        {"{\"channels\": {\"a\": {" WEBHOOK ", \"minSeverity\": \"loud\"}}}",
         AT "1:72: 'channels.a.minSeverity' must be one of 'info', 'success', 'warning', 'error', "
            "'critical'"},
        {"{\"channels\": {\"a\": {\"type\": \"webhook\"}}}", AT "1:15: 'channels.a' has no 'url'"},
        {"{\"channels\": {\"a\": {}}}", AT "1:15: 'channels.a' has no 'type'"},
        {"{\"validation\": {\"steps\": [{\"command\": [\"a\"]}]}}",
         AT "1:27: 'validation.steps[0]' has no 'name'"},
        {"{\"validation\": {\"steps\": [{\"name\": \"a\", \"command\": []}]}}",
         AT "1:41: 'validation.steps[0].command' must not be empty"},
        {"{\"validation\": {\"steps\": [{\"name\": \"a\", \"command\": [\"\"]}]}}",
         AT "1:53: 'validation.steps[0].command[0]' must not be empty"},
        {"{\"validation\": {\"steps\": [{\"name\": \"a\", \"command\": [\"b\"], \"environment\": "
         "[\"A=b\"]}]}}",
         AT "1:75: 'validation.steps[0].environment[0]' must be names of environment variables"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        refused(*state, cases[i].text, cases[i].want);
}

static void a_step_that_cannot_be_is_refused(void **state)
{
    static const struct {
        const char *steps, *want;
    } cases[] = {
        {STEP("-a", ""),
         "1:28: 'validation.steps[0].name' must not begin with '-' or have a comma"},
        {STEP("a,b", ""),
         "1:28: 'validation.steps[0].name' must not begin with '-' or have a comma"},
        {STEP("a\\u001b", ""), "1:28: 'validation.steps[0].name' has a control character"},
        {STEP("a", ", \"timeout\": 99"),
         "1:59: 'validation.steps[0].timeout' must be between 100 and 86400000"},
        {STEP("a", ", \"required\": 1"),
         "1:59: 'validation.steps[0].required' must be true or false, not an integer"},
        {STEP("a", ", \"requires\": \"f\""),
         "1:59: 'validation.steps[0].requires' must be an array of strings, not a string"},
        {STEP("a", ", \"directory\": \"/etc\""),
         "1:59: 'validation.steps[0].directory' must be a directory inside the project"},
        {STEP("a", ", \"directory\": \"..\""),
         "1:59: 'validation.steps[0].directory' must be a directory inside the project"},
        {STEP("a", ", \"directory\": \"a/../..\""),
         "1:59: 'validation.steps[0].directory' must be a directory inside the project"},
        {STEP("a", ", \"directory\": \"env(A\""),
         "1:59: 'validation.steps[0].directory' must be written env(NAME), NAME of letters, digits "
         "and _"},
        {STEP("a", "") ", " STEP("b", "") ", " STEP("a", ""),
         "1:93: 'validation.steps[2]': another step has the name 'a'"},
    };
    Arena arena = {0};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        refused(*state, arena_printf(&arena, "{\"validation\": {\"steps\": [%s]}}", cases[i].steps),
                arena_printf(&arena, AT "%s", cases[i].want));
    arena_free(&arena);
}

static void a_secret_in_clear_is_refused_and_never_quoted(void **state)
{
    static const Refusal cases[] = {
        {"{\"channels\": {\"a\": {" WEBHOOK ", \"secret\": \"hunter2\"}}}",
         AT "1:72: 'channels.a.secret' must not stand in this file: " REMEDY},
        {"{\"channels\": {\"a\": {\"type\": \"webhook\", \"url\": \"https://u:hunter2@h/\"}}}",
         AT "1:40: 'channels.a.url' has a user name or password, which must not stand in this "
            "file: " REMEDY},
        {"{\"channels\": {\"a\": {\"type\": \"webhook\", \"url\": \"https://hunter2@h/\"}}}",
         AT "1:40: 'channels.a.url' has a user name or password, which must not stand in this "
            "file: " REMEDY},
        {"{\"channels\": {\"a\": {\"type\": \"webhook\", \"url\": \"ftp://h/hunter2\"}}}",
         AT "1:40: 'channels.a.url' must be an http or https URL, or env(NAME)"},
        {"{\"channels\": {\"a\": {\"type\": \"webhook\", \"url\": \"https:///hunter2\"}}}",
         AT "1:40: 'channels.a.url' has no host"},
        {"{\"channels\": {\"a\": {\"type\": \"webhook\", \"url\": \"env(hunter 2)\"}}}",
         AT "1:40: 'channels.a.url' must be an http or https URL, or env(NAME)"},
        {"{\"source\": {\"databaseUrl\": \"postgresql://u:hunter2@h/d\"}}", AT
         "1:13: 'source.databaseUrl' has a password, which must not stand in this file: " REMEDY},
        {"{\"source\": {\"databaseUrl\": \"postgres://u:hu@nter2@h/d\"}}", AT
         "1:13: 'source.databaseUrl' has a password, which must not stand in this file: " REMEDY},
        {"{\"source\": {\"databaseUrl\": \"postgresql://h/d?user=u&password=hunter2\"}}", AT
         "1:13: 'source.databaseUrl' has a password, which must not stand in this file: " REMEDY},
        {"{\"source\": {\"databaseUrl\": \"host=h PASSWORD = hunter2\"}}", AT
         "1:13: 'source.databaseUrl' has a password, which must not stand in this file: " REMEDY},
        {"{\"source\": {\"databaseUrl\": \"env(DATABASE URL)\"}}",
         AT "1:13: 'source.databaseUrl' must be written env(NAME), NAME of letters, digits and _"},
        {"{\"docs\": {\"output\": \"env(FILE.md\"}}",
         AT "1:11: 'docs.output' must be written env(NAME), NAME of letters, digits and _"},
        {"{\"channels\": {\"a\": {\"secret\" \"hunter2\"}}}", AT "1:38: ':' expected"},
        {"{\"a\": 1, \"a\": 2}", AT "1:12: duplicate object key near '\"a\"'"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_null(strstr(cases[i].want, "hunter2"));
        refused(*state, cases[i].text, cases[i].want);
    }
}

static void what_holds_no_secret_is_accepted(void **state)
{
    static const char *const texts[] = {
        "{}",
        "{\"channels\": {\"a\": {" WEBHOOK ", \"secret\": \"env(HOOK_SECRET)\"}}}",
        "{\"channels\": {\"a\": {\"type\": \"webhook\", \"url\": \"http://127.0.0.1:9/@x:y\"}}}",
        "{\"channels\": {\"a\": {\"type\": \"webhook\", \"url\": \"HTTPS://[::1]/\"}}}",
        "{\"source\": {\"databaseUrl\": \"postgresql://reader@h:5432/d?sslmode=require\"}}",
        "{\"source\": {\"databaseUrl\": \"postgresql:///d?host=/tmp/x@y:z\"}}",
        "{\"source\": {\"databaseUrl\": \"host=/run/postgresql dbname=d\"}}",
        "{\"source\": {\"databaseUrl\": \"env(A_1)\"}}",
        "{\"validation\":{\"steps\":[{\"name\":\"a\",\"command\":[\"sh\",\"one\\ntwo\",\"\"]}]}}",
        "{\"validation\":{\"steps\":[" STEP("a-b", ",\"directory\":\"a/..b/c..\"") "]}}",
    };

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        put(*state, CONFIG_FILE, texts[i]);
        Config *config = opened(*state);
        config_close(&config);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, directory_make, directory_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_seed_configuration_is_the_defaults),
        TEST(every_default_is_as_documented),
        TEST(values_come_by_their_key_and_type),
        TEST(a_project_is_found_from_inside_it),
        TEST(a_directory_that_is_none_is_refused),
        TEST(variables_come_from_the_process_before_the_files),
        TEST(an_unknown_key_is_refused_with_its_nearest),
        TEST(a_value_of_another_kind_is_refused),
        TEST(a_value_out_of_its_bounds_is_refused),
        TEST(a_step_that_cannot_be_is_refused),
        TEST(a_secret_in_clear_is_refused_and_never_quoted),
        TEST(what_holds_no_secret_is_accepted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
