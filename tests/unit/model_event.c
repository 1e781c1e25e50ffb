#include "model/event.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "json/jx.h"
#include "model/change.h"

static void a_new_event_has_every_member_and_is_accepted(void **state)
{
    Err err = {0};
    int64_t time_ms = 0;
    json_auto_t *event = event_new("types.failed", EVENT_ERROR, "shop", "RUN", "it failed",
                                   json_pack("{s:i}", "x", 1), &err);
    Event view = {0};

    (void)state;
    assert_non_null(event);
    assert_true(event_view(event, &view, &err));
    assert_string_equal(view.type, "types.failed");
    assert_string_equal(view.severity, "error");
    assert_string_equal(view.project, "shop");
    assert_string_equal(view.summary, "it failed");
    assert_true(clock_is_ulid(view.id));
    assert_true(clock_parse(view.timestamp, &time_ms));
    assert_int_equal(jx_int(view.data, "x", 0), 1);
    assert_string_equal(jx_string(event, "format", ""), "event/1");
    assert_true(json_is_object(json_object_get(event, "links")));
    assert_int_equal(json_object_size(event), 9);
}

static void an_event_without_data_has_an_empty_object(void **state)
{
    Err err = {0};
    json_auto_t *event = event_new("test", EVENT_INFO, "shop", "RUN", "hello", NULL, &err);

    (void)state;
    assert_true(json_is_object(json_object_get(event, "data")));
}

static void the_same_run_and_type_give_the_same_id(void **state)
{
    char one[CLOCK_ULID_SIZE], two[CLOCK_ULID_SIZE];

    (void)state;
    event_id("run 1", "schema.changed", one);
    event_id("run 1", "schema.changed", two);
    assert_string_equal(one, two);
    assert_true(clock_is_ulid(one));
    event_id("run 1", "types.failed", two);
    assert_string_not_equal(one, two);
    event_id("run 2", "schema.changed", two);
    assert_string_not_equal(one, two);
    /* what belongs to the run does not run into the type */
    event_id("ab", "c", one);
    event_id("a", "bc", two);
    assert_string_not_equal(one, two);
}

static void every_type_there_is_makes_an_event_and_no_other(void **state)
{
    Err err = {0};
    size_t count = 0;

    (void)state;
    for (const char *const *type = event_types(); *type; type++, count++) {
        json_auto_t *event = event_new(*type, EVENT_INFO, "p", "r", "s", NULL, &err);
        Event view = {0};
        assert_true(event_view(event, &view, &err));
    }
    assert_true(count >= 10);
    assert_null(event_new("schema.change", EVENT_INFO, "p", "r", "s", json_object(), &err));
    assert_int_equal(err.code, EXIT_USAGE);
    assert_non_null(strstr(err.msg, "'schema.change'"));
}

static void a_text_that_is_not_utf8_is_refused(void **state)
{
    Err err = {0};

    (void)state;
    assert_null(event_new("test", EVENT_INFO, "p", "r", "\xff", json_object(), &err));
    assert_int_equal(err.code, EXIT_DATA);
}

static void every_severity_has_a_name_that_is_read_back(void **state)
{
    EventSeverity severity = EVENT_CRITICAL;

    (void)state;
    for (int i = 0; i < EVENT_SEVERITY_COUNT; i++) {
        assert_true(event_severity_parse(event_severity_name((EventSeverity)i), &severity));
        assert_int_equal(severity, i);
    }
    assert_false(event_severity_parse("Warning", &severity));
    assert_false(event_severity_parse("", &severity));
    assert_int_equal(severity, EVENT_CRITICAL);
}

static json_t *changes(Severity severity)
{
    Err err = {0};
    json_t *doc = changes_new("sha256:1", "sha256:2", &err);

    assert_true(changes_add(doc, OP_REMOVED, "column", "public.orders.total", NULL, severity,
                            "readers", "it is gone", &err));
    assert_true(changes_finish(doc, &err));
    return doc;
}

static void changes_make_an_event_that_carries_them(void **state)
{
    Err err = {0};
    json_auto_t *doc = changes(SEVERITY_BREAKING);
    json_auto_t *event = event_from_changes(doc, "shop", "RUN", &err);
    Event view = {0};
    char id[CLOCK_ULID_SIZE];

    (void)state;
    assert_true(event_view(event, &view, &err));
    event_id("RUN", "schema.changed", id);
    assert_string_equal(view.id, id);
    assert_string_equal(view.type, "schema.changed");
    assert_string_equal(view.severity, "warning");
    assert_string_equal(view.summary, "1 change, 1 breaking: column public.orders.total removed");
    assert_string_equal(jx_string(view.data, "from", ""), "sha256:1");
    assert_string_equal(jx_string(view.data, "to", ""), "sha256:2");
    assert_int_equal(json_array_size(json_object_get(view.data, "changes")), 1);
    assert_int_equal(jx_int(json_object_get(view.data, "summary"), "breaking", 0), 1);
}

static void only_what_breaks_is_a_warning(void **state)
{
    Err err = {0};
    json_auto_t *safe_doc = changes(SEVERITY_SAFE), *risky_doc = changes(SEVERITY_RISKY);
    json_auto_t *safe = event_from_changes(safe_doc, "shop", "RUN", &err);
    json_auto_t *risky = event_from_changes(risky_doc, "shop", "RUN", &err);

    (void)state;
    assert_string_equal(jx_string(safe, "severity", ""), "info");
    assert_string_equal(jx_string(risky, "severity", ""), "info");
}

static void what_is_not_an_event_of_ours_is_refused(void **state)
{
    static const struct {
        const char *member;
        const char *value; /* JSON; NULL: the member is left out */
    } rows[] = {
        {"format", "\"changes/1\""},
        {"format", NULL},
        {"id", "\"x\""},
        {"id", NULL},
        {"type", "\"nope\""},
        {"type", "1"},
        {"severity", "\"disastrous\""},
        {"severity", NULL},
        {"summary", NULL},
        {"data", "[]"},
        {"timestamp", NULL},
        {"project", "null"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Err err = {0};
        Event view = {.id = "untouched"};
        json_auto_t *event = event_new("test", EVENT_INFO, "p", "r", "s", NULL, &err);

        if (rows[i].value)
            json_object_set_new(event, rows[i].member,
                                json_loads(rows[i].value, JSON_DECODE_ANY, NULL));
        else
            json_object_del(event, rows[i].member);
        if (event_view(event, &view, &err))
            fail_msg("%s %s was taken", rows[i].member, rows[i].value);
        assert_int_equal(err.code, EXIT_DATA);
        assert_string_equal(view.id, "untouched");
    }
    Err err = {0};
    Event view = {0};
    assert_false(event_view(NULL, &view, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_event_has_every_member_and_is_accepted),
        cmocka_unit_test(an_event_without_data_has_an_empty_object),
        cmocka_unit_test(the_same_run_and_type_give_the_same_id),
        cmocka_unit_test(every_type_there_is_makes_an_event_and_no_other),
        cmocka_unit_test(a_text_that_is_not_utf8_is_refused),
        cmocka_unit_test(every_severity_has_a_name_that_is_read_back),
        cmocka_unit_test(changes_make_an_event_that_carries_them),
        cmocka_unit_test(only_what_breaks_is_a_warning),
        cmocka_unit_test(what_is_not_an_event_of_ours_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
