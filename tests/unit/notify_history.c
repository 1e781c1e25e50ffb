#include "notify/history.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "json/jx.h"

static json_t *lines_of(const char *text)
{
    Err err = {0};
    json_t *lines = jx_parse(text, strlen(text), "test", &err);

    assert_non_null(lines);
    return lines;
}

static const char text[] =
    "[{\"event\":\"E\",\"outcome\":\"queued\",\"time\":\"2026-01-01T00:00:00.000Z\"},"
    "{\"event\":\"E\",\"channel\":\"a\",\"outcome\":\"failed\",\"time\":\"2026-01-01T00:00:01."
    "000Z\"},"
    "{\"event\":\"E\",\"channel\":\"a\",\"outcome\":\"delivered\",\"time\":\"2026-01-01T00:00:09."
    "000Z\"},"
    "{\"event\":\"E\",\"channel\":\"b\",\"outcome\":\"dead\",\"time\":\"2026-01-01T00:00:09.000Z\"}"
    ","
    "{\"event\":\"E\",\"channel\":\"c\",\"outcome\":\"skipped\",\"time\":\"2026-01-01T00:00:09."
    "000Z\"},"
    "{\"event\":\"E\",\"channel\":\"d\",\"outcome\":\"failed\",\"time\":\"2026-01-01T00:00:09."
    "000Z\"}]";

static void an_event_ends_per_channel_by_delivery_death_or_skip(void **state)
{
    json_auto_t *lines = lines_of(text);

    (void)state;
    assert_int_equal(history_end(lines, "E", "a", ""), OUTCOME_DELIVERED);
    assert_int_equal(history_end(lines, "E", "b", ""), OUTCOME_DEAD);
    assert_int_equal(history_end(lines, "E", "c", ""), OUTCOME_SKIPPED);
}

static void a_failure_is_no_end_and_neither_is_another_event(void **state)
{
    json_auto_t *lines = lines_of(text);

    (void)state;
    assert_int_equal(history_end(lines, "E", "d", ""), OUTCOME_QUEUED);
    assert_int_equal(history_end(lines, "F", "a", ""), OUTCOME_QUEUED);
}

static void an_end_before_the_job_was_queued_is_not_its_end(void **state)
{
    json_auto_t *lines = lines_of(text);

    (void)state;
    assert_int_equal(history_end(lines, "E", "a", "2026-01-01T00:00:09.000Z"), OUTCOME_DELIVERED);
    assert_int_equal(history_end(lines, "E", "a", "2026-01-01T00:00:10.000Z"), OUTCOME_QUEUED);
}

static void lines_about_an_event_are_found_in_the_text(void **state)
{
    static const char content[] =
        "{\"event\":\"0QVEHJAFEK6J8TNQBMNRHT575P\",\"outcome\":\"queued\"}\n"
        "{\"event\":\"1B98Y1FZXX5MGA1MRAPJWQM3E5\",\"summary\":\"0QVEHJAFEK6J8TNQBMNRHT575P\"}\n"
        "{\"event\":\"0QVEHJAFEK6J8TNQBMNRHT575P\",\"outcome\":\"delivered\"}\n"
        "{\"event\":\"0QVEHJAFEK6J8TNQBMNRHT575P\",\"outc";
    char path[] = "/tmp/notify-history-XXXXXX";
    History history = {.path = path};
    Err err = {0};
    int fd = mkstemp(path);

    (void)state;
    assert_true(fd >= 0);
    assert_int_equal(write(fd, content, strlen(content)), strlen(content));
    close(fd);
    json_auto_t *lines = history_about(&history, "0QVEHJAFEK6J8TNQBMNRHT575P", &err);
    json_auto_t *none = history_about(&history, "00000000000000000000000000", &err);
    json_auto_t *empty = history_about(&history, "", &err);
    json_auto_t *newline = history_about(&history, "\n", &err);
    remove(path);
    json_auto_t *absent = history_about(&history, "0QVEHJAFEK6J8TNQBMNRHT575P", &err);
    assert_int_equal(json_array_size(lines), 2);
    assert_string_equal(jx_string(json_array_get(lines, 1), "outcome", ""), "delivered");
    assert_int_equal(json_array_size(none), 0);
    assert_int_equal(json_array_size(empty), 0);
    assert_int_equal(json_array_size(newline), 0);
    assert_int_equal(json_array_size(absent), 0);
    assert_int_equal(err.code, EXIT_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_ends_per_channel_by_delivery_death_or_skip),
        cmocka_unit_test(a_failure_is_no_end_and_neither_is_another_event),
        cmocka_unit_test(an_end_before_the_job_was_queued_is_not_its_end),
        cmocka_unit_test(lines_about_an_event_are_found_in_the_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
