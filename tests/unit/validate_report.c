#include "validate/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "json/jx.h"

static json_t *step(const char *status, const char *output)
{
    return json_pack("{s:s, s:[s], s:b, s:s, s:i, s:i, s:s}", "name", "s", "command", "c",
                     "required", 0, "status", status, "exit_code", 1, "duration_ms", 1500, "output",
                     output);
}

/* statuses: one letter a step: p f s t e */
static json_t *report_of(const char *statuses, int signal)
{
    json_auto_t *results = json_array();
    ReportHead head = {.project = "shop",
                       .started_ms = 1000,
                       .duration_ms = 2000,
                       .signal = signal,
                       .id = "01ARZ3NDEKTSV4RRFFQ69G5FAV"};
    Err err = {0};

    for (; *statuses; statuses++) {
        json_array_append_new(results, step(*statuses == 'p'   ? "passed"
                                            : *statuses == 'f' ? "failed"
                                            : *statuses == 's' ? "skipped"
                                            : *statuses == 't' ? "timeout"
                                                               : "error",
                                            "out\n"));
    }
    return report_new(&head, results, &err);
}

static const struct {
    const char *steps;
    int signal;
    const char *result;
} results[] = {
    {"", 0, "skipped"},  {"s", 0, "skipped"}, {"p", 0, "passed"},  {"ps", 0, "passed"},
    {"pf", 0, "failed"}, {"sf", 0, "failed"}, {"pt", 0, "failed"}, {"pe", 0, "failed"},
    {"p", 15, "error"},  {"pes", 2, "error"},
};

static void the_result_follows_from_the_steps(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++) {
        json_auto_t *report = report_of(results[i].steps, results[i].signal);

        assert_string_equal(report_result(report), results[i].result);
    }
}

static void the_history_line_counts(void **state)
{
    json_auto_t *report = report_of("ppfste", 0);
    Err err = {0};
    json_auto_t *line = report_line(report, &err);
    CLEANUP(cleanup_free) char *text = jx_text(line);

    (void)state;
    assert_string_equal(text, "{\"duration_ms\":2000,\"failed\":3,"
                              "\"id\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\",\"passed\":2,"
                              "\"result\":\"failed\",\"skipped\":1,"
                              "\"started\":\"1970-01-01T00:00:01.000Z\"}");
}

static char *printed(const json_t *result)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    assert_non_null(out);
    report_print_step(result, false, out);
    assert_int_equal(fclose(out), 0);
    return text;
}

static void success_is_one_line_and_failure_shows_its_output(void **state)
{
    json_auto_t *good = step("passed", "noise\n");
    json_auto_t *bad = step("failed", "one\r\ntwo\033[0m\n\n");
    CLEANUP(cleanup_free) char *good_text = printed(good);
    CLEANUP(cleanup_free) char *bad_text = printed(bad);

    (void)state;
    assert_string_equal(good_text, "\xe2\x9c\x93 s  1.5 s\n");
    assert_non_null(strstr(bad_text, "exit 1, 1.5 s\n    one\n    two"));
    assert_null(strchr(bad_text, '\033'));
    assert_null(strchr(bad_text, '\r'));
}

static void of_a_long_output_the_end_is_shown(void **state)
{
    static const size_t counts[] = {1, 199, 200, 201, 1000};

    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        char *output = NULL;
        size_t length = 0;
        FILE *lines = open_memstream(&output, &length);
        CLEANUP(cleanup_free) char *text = NULL;
        size_t shown = 0;

        assert_non_null(lines);
        for (size_t n = 1; n <= counts[i]; n++) {
            (void)fprintf(lines, "line %zu\n", n);
        }
        (void)fclose(lines);
        {
            json_auto_t *result = step("failed", output);

            text = printed(result);
        }
        for (const char *at = text; (at = strstr(at, "    line ")); at++) {
            shown++;
        }
        assert_int_equal(shown, counts[i] < 200 ? counts[i] : 200);
        assert_int_equal(strstr(text, " lines above") != NULL, counts[i] > 200);
        free(output);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_result_follows_from_the_steps),
        cmocka_unit_test(the_history_line_counts),
        cmocka_unit_test(success_is_one_line_and_failure_shows_its_output),
        cmocka_unit_test(of_a_long_output_the_end_is_shown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
