#include "notify/channel.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "json/jx.h"

static bool load(Arena *arena, const char *text, json_t **ret_doc, Channels *ret, Err *err)
{
    *ret_doc = jx_parse(text, strlen(text), "test", err);
    assert_non_null(*ret_doc);
    return channels_load(arena, true, true, *ret_doc, ret, err);
}

static void built_in_channels_follow_their_switches(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};
    json_auto_t *none = json_object();
    Channels channels = {0};
    Err err = {0};

    (void)state;
    assert_true(channels_load(&arena, false, false, none, &channels, &err));
    assert_int_equal(channels.count, 0);
    assert_true(channels_load(&arena, true, false, none, &channels, &err));
    assert_non_null(channels_find(&channels, "desktop"));
    assert_null(channels_find(&channels, "memory"));
    assert_true(channels_load(&arena, false, true, none, &channels, &err));
    assert_null(channels_find(&channels, "desktop"));
    assert_non_null(channels_find(&channels, "memory"));
}

static void a_webhook_is_read_with_its_defaults(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};
    json_auto_t *doc = NULL;
    Channels channels = {0};
    Err err = {0};

    (void)state;
    assert_true(load(&arena,
                     "{\"a\":{\"type\":\"webhook\",\"url\":\"env(URL)\"},"
                     "\"b\":{\"type\":\"webhook\",\"url\":\"https://h.example/x\",\"secret\":"
                     "\"env(S)\",\"minSeverity\":\"error\",\"timeout\":3000}}",
                     &doc, &channels, &err));
    assert_int_equal(channels.count, 4);
    const Channel *a = channels_find(&channels, "a"), *b = channels_find(&channels, "b");
    assert_string_equal(a->url, "env(URL)");
    assert_null(a->secret);
    assert_int_equal(a->min_severity, EVENT_INFO);
    assert_int_equal(a->timeout_ms, 20000);
    assert_string_equal(b->secret, "env(S)");
    assert_int_equal(b->min_severity, EVENT_ERROR);
    assert_int_equal(b->timeout_ms, 3000);
}

static void what_is_wrong_names_file_and_key_but_not_the_url(void **state)
{
    static const struct {
        const char *text, *key;
    } cases[] = {
        {"{\"a\":{\"type\":\"slack\",\"url\":\"env(U)\"}}", "channels.a.type"},
        {"{\"a\":{\"type\":\"desktop\",\"url\":\"env(U)\"}}", "channels.a.type"},
        {"{\"a\":{\"url\":\"env(U)\"}}", "channels.a: member 'type'"},
        {"{\"a\":{\"type\":\"webhook\"}}", "channels.a: member 'url'"},
        {"{\"a\":{\"type\":\"webhook\",\"url\":\"ftp://h/hunter2\"}}", "channels.a.url"},
        {"{\"a\":{\"type\":\"webhook\",\"url\":\"hunter2\"}}", "channels.a.url"},
        {"{\"a\":{\"type\":\"webhook\",\"url\":\"env(U)\",\"minSeverity\":\"x\"}}",
         "channels.a.minSeverity"},
        {"{\"memory\":{\"type\":\"webhook\",\"url\":\"env(U)\"}}", "channels.memory"},
        {"{\"../x\":{\"type\":\"webhook\",\"url\":\"env(U)\"}}", "channels: '../x'"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CLEANUP(arena_free) Arena arena = {0};
        json_auto_t *doc = NULL;
        Channels channels = {0};
        Err err = {0};
        assert_false(load(&arena, cases[i].text, &doc, &channels, &err));
        assert_int_equal(err.code, EXIT_CONFIG);
        assert_non_null(strstr(err.msg, "supabase/monitor-config.json"));
        if (!strstr(err.msg, cases[i].key) || strstr(err.msg, "hunter2"))
            fail_msg("%s", err.msg);
    }
}

static void an_unknown_channel_is_a_usage_error_with_the_nearest_name(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};
    json_auto_t *doc = NULL;
    Channels channels = {0};
    Err err = {0};

    (void)state;
    assert_true(
        load(&arena, "{\"ops\":{\"type\":\"webhook\",\"url\":\"env(U)\"}}", &doc, &channels, &err));
    assert_null(channels_need(&channels, "opps", &err));
    assert_int_equal(err.code, EXIT_USAGE);
    assert_non_null(strstr(err.msg, "'ops'"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(built_in_channels_follow_their_switches),
        cmocka_unit_test(a_webhook_is_read_with_its_defaults),
        cmocka_unit_test(what_is_wrong_names_file_and_key_but_not_the_url),
        cmocka_unit_test(an_unknown_channel_is_a_usage_error_with_the_nearest_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
