#include "dash/state.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/proc.h"
#include "json/jx.h"

static const int64_t noon_ms = 1767268800000; /* 2026-01-01T12:00:00Z */

typedef struct Place {
    char directory[64];
    State *state;
} Place;

static int make_place(void **context)
{
    static Place place;

    snprintf(place.directory, sizeof place.directory, "/tmp/dash_state.XXXXXX");
    assert_non_null(mkdtemp(place.directory));
    place.state = state_open(place.directory, "shop", 60000);
    *context = &place;
    return 0;
}

static int remove_place(void **context)
{
    Place *place = *context;
    char rm[] = "rm", how[] = "-rf";
    char *argv[] = {rm, how, place->directory, NULL};
    const ProcSpec spec = {.argv = argv};
    ProcResult result = {0};
    Err err = {0};

    assert_true(proc_run(&spec, &result, &err));
    proc_result_free(&result);
    state_close(&place->state);
    return 0;
}

static void put(const Place *place, const char *name, const char *text)
{
    CLEANUP(cleanup_free) char *path = state_path(place->state, name);
    Err err = {0};

    assert_true(file_make_parents(path, 0700, &err));
    assert_true(file_write(path, text, strlen(text), 0600, &err));
}

static json_t *status_at(const Place *place, int64_t now_ms)
{
    Err err = {0};
    json_t *status = state_status(place->state, now_ms, &err);

    assert_non_null(status);
    assert_string_equal(jx_string(status, "format", ""), "status/1");
    return status;
}

static void without_a_status_the_project_is_stopped_and_stale(void **context)
{
    json_auto_t *status = status_at(*context, noon_ms);

    assert_string_equal(jx_string(status, "state", ""), "stopped");
    assert_string_equal(jx_string(status, "project", ""), "shop");
    assert_true(jx_bool(status, "stale"));
    assert_false(jx_bool(status, "can_act"));
    assert_int_equal(jx_int(status, "interval_ms", 0), 60000);
}

static void a_damaged_status_is_a_failure_that_says_so(void **context)
{
    static const char *const texts[] = {"{\"format\":\"status/1\",", "[]", "", "{\"a\":1,\"a\":2}"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        put(*context, ".schema/status.json", texts[i]);
        json_auto_t *status = status_at(*context, noon_ms);
        assert_string_equal(jx_string(status, "state", ""), "failed");
        assert_non_null(strstr(jx_string(status, "message", ""), ".schema/status.json"));
    }
}

static void a_check_is_stale_after_two_intervals_and_thirty_seconds(void **context)
{
    put(*context, ".schema/status.json",
        "{\"format\":\"status/1\",\"interval_ms\":60000,\"project\":\"shop\",\"state\":\"ok\","
        "\"last_check\":{\"time\":\"2026-01-01T12:00:00.000Z\"}}");
    json_auto_t *fresh = status_at(*context, noon_ms + 150000);
    json_auto_t *old = status_at(*context, noon_ms + 150001);
    Err err = {0};

    assert_false(jx_bool(fresh, "stale"));
    assert_true(jx_bool(old, "stale"));
    assert_true(state_stamp(fresh, noon_ms + 150000, &err));
    assert_int_equal(jx_int(fresh, "age_ms", 0), 150000);
    assert_string_equal(jx_string(fresh, "server_time", ""), "2026-01-01T12:02:30.000Z");
}

static void put_events(const Place *place)
{
    put(place, ".schema/memory/events.jsonl",
        "{\"data\":{\"changes\":[{\"id\":\"public.a\"}],\"from\":\"sha256:1\",\"to\":\"sha256:2\"},"
        "\"format\":\"event/1\",\"id\":\"E1\",\"summary\":\"one\",\"timestamp\":\"2026-01-01T01:00:"
        "00.000Z\",\"type\":\"schema.changed\"}\n"
        "{\"format\":\"event/1\",\"id\":\"E2\",\"summary\":\"two\",\"timestamp\":\"2026-01-01T02:"
        "00:00.000Z\",\"type\":\"types.updated\"}\n"
        "not json\n"
        "{\"format\":\"event/1\",\"id\":\"E3\",\"summary\":\"three\",\"timestamp\":\"2026-01-01T03:"
        "00:00.000Z\",\"type\":\"schema.changed\"}\n");
    put(place, "logs/notifications/history.jsonl",
        "{\"event\":\"E0\",\"outcome\":\"queued\",\"summary\":\"zero\",\"time\":\"2026-01-01T00:00:"
        "00.000Z\",\"type\":\"schema.changed\"}\n"
        "{\"event\":\"E1\",\"outcome\":\"queued\",\"summary\":\"one\",\"time\":\"2026-01-01T01:00:"
        "00.000Z\",\"type\":\"schema.changed\"}\n"
        "{\"channel\":\"ops\",\"event\":\"E0\",\"outcome\":\"delivered\",\"summary\":\"zero\","
        "\"time\":\"2026-01-01T00:00:01.000Z\",\"type\":\"schema.changed\"}\n");
}

static void check_ids(const Place *place, size_t limit, const char *before, const char *wanted,
                      const char *next)
{
    bool is_gone = false;
    Err err = {0};
    json_auto_t *doc = state_changes(place->state, limit, before, &is_gone, &err);
    char ids[64] = "";
    size_t index = 0;
    json_t *row = NULL;

    assert_non_null(doc);
    json_array_foreach(json_object_get(doc, "changes"), index, row)
    {
        strcat(ids, jx_string(row, "id", "?"));
    }
    assert_string_equal(ids, wanted);
    assert_string_equal(jx_string(doc, "next", ""), next);
}

static void changes_come_newest_first_in_pages_and_each_once(void **context)
{
    put_events(*context);
    check_ids(*context, 50, "", "E3E1E0", "");
    check_ids(*context, 2, "", "E3E1", "E1");
    check_ids(*context, 2, "E1", "E0", "");
    check_ids(*context, 2, "E0", "", "");
}

static void a_page_behind_an_event_that_is_gone_is_gone(void **context)
{
    const Place *place = *context;
    bool is_gone = false;
    Err err = {0};

    put_events(place);
    assert_null(state_changes(place->state, 2, "E9", &is_gone, &err));
    assert_true(is_gone);
}

static void of_many_changes_in_one_event_the_first_are_sent(void **context)
{
    const Place *place = *context;
    json_auto_t *event = json_pack("{s:s, s:s, s:s, s:{s:[]}}", "id", "E", "type", "schema.changed",
                                   "timestamp", "2026-01-01T00:00:00.000Z", "data", "changes");
    json_t *changes = json_object_get(json_object_get(event, "data"), "changes");
    bool is_gone = false;
    Err err = {0};

    for (int i = 0; i < STATE_CHANGES_MAX + 7; i++)
        json_array_append_new(changes, json_pack("{s:s}", "id", "public.t"));
    CLEANUP(cleanup_free) char *text = jx_text(event);
    put(place, ".schema/memory/events.jsonl", text);
    json_auto_t *doc = state_changes(place->state, 1, "", &is_gone, &err);
    const json_t *row = json_array_get(json_object_get(doc, "changes"), 0);
    assert_int_equal(json_array_size(json_object_get(row, "changes")), STATE_CHANGES_MAX);
    assert_int_equal(jx_int(row, "left_out", 0), 7);
}

static void a_report_is_only_read_from_where_reports_are(void **context)
{
    const Place *place = *context;
    Err err = {0};

    put(place, "logs/secret.json", "{\"steps\":[]}");
    put(place, "logs/validation/history.jsonl", "{\"id\":\"../secret\"}\n");
    json_auto_t *doc = state_validation(place->state, &err);
    assert_non_null(doc);
    assert_null(json_object_get(doc, "report"));
    assert_int_equal(json_array_size(json_object_get(doc, "history")), 1);
}

static void a_long_output_is_cut_in_front_between_characters(void **context)
{
    enum { PAIRS = STATE_OUTPUT_MAX };
    const Place *place = *context;
    CLEANUP(cleanup_free) char *text = malloc(2 * PAIRS + 4);
    Err err = {0};

    assert_non_null(text);
    for (size_t i = 0; i < PAIRS; i++)
        memcpy(text + 2 * i, "\xc3\xa9", 2);
    memcpy(text + 2 * PAIRS, "end", 4);
    json_auto_t *report = json_pack("{s:[{s:s}]}", "steps", "output", text);
    CLEANUP(cleanup_free) char *written = jx_text(report);
    put(place, "logs/validation/01KAPV4S5Y4PE1M58QJ7ZJ5V0C.json", written);
    put(place, "logs/validation/history.jsonl", "{\"id\":\"01KAPV4S5Y4PE1M58QJ7ZJ5V0C\"}\n");
    json_auto_t *doc = state_validation(place->state, &err);
    const json_t *step =
        json_array_get(json_object_get(json_object_get(doc, "report"), "steps"), 0);
    const char *output = jx_string(step, "output", "");
    assert_true(strlen(output) <= STATE_OUTPUT_MAX);
    assert_memory_equal(output, "\xc3\xa9", 2);
    assert_string_equal(output + strlen(output) - 3, "end");
    assert_int_equal((size_t)jx_int(step, "output_cut", 0) + strlen(output), strlen(text));
}

static void backups_are_the_lines_with_an_id_and_pins_count(void **context)
{
    const Place *place = *context;
    Err err = {0};

    put(place, "backups/types/manifest.jsonl",
        "{\"format\":\"backups/1\",\"set\":\"types\"}\n"
        "{\"id\":\"A\",\"size\":10,\"time\":\"2026-01-01T00:00:00.000Z\"}\n"
        "{\"id\":\"B\",\"size\":20,\"time\":\"2026-01-02T00:00:00.000Z\"}\n"
        "{\"pin\":\"A\"}\n{\"pin\":\"B\"}\n{\"unpin\":\"B\"}\n{\"dropped\":3}\n");
    json_auto_t *doc = state_backups(place->state, &err);
    const json_t *set = json_array_get(json_object_get(doc, "sets"), 0);
    const json_t *items = json_object_get(set, "items");
    assert_string_equal(jx_string(set, "name", ""), "types");
    assert_int_equal(jx_int(set, "count", 0), 2);
    assert_int_equal(jx_int(set, "bytes", 0), 30);
    assert_string_equal(jx_string(json_array_get(items, 0), "id", ""), "B");
    assert_false(jx_bool(json_array_get(items, 0), "pinned"));
    assert_true(jx_bool(json_array_get(items, 1), "pinned"));
}

#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PLACE(without_a_status_the_project_is_stopped_and_stale),
        IN_PLACE(a_damaged_status_is_a_failure_that_says_so),
        IN_PLACE(a_check_is_stale_after_two_intervals_and_thirty_seconds),
        IN_PLACE(changes_come_newest_first_in_pages_and_each_once),
        IN_PLACE(a_page_behind_an_event_that_is_gone_is_gone),
        IN_PLACE(of_many_changes_in_one_event_the_first_are_sent),
        IN_PLACE(a_report_is_only_read_from_where_reports_are),
        IN_PLACE(a_long_output_is_cut_in_front_between_characters),
        IN_PLACE(backups_are_the_lines_with_an_id_and_pins_count),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
