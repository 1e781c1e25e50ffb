#include "validate/report.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "json/jsonl.h"
#include "json/jx.h"

enum { SHOWN_LINES = 200, ULID_LENGTH = CLOCK_ULID_SIZE - 1 };

typedef struct Counts {
    int passed;
    int failed;
    int skipped;
} Counts;

static const struct {
    const char *status;
    const char *mark;
    const char *colour;
} marks[] = {
    {"passed", "\xe2\x9c\x93", "\033[32m"}, {"skipped", "\xe2\x80\x93", "\033[33m"},
    {"failed", "\xe2\x9c\x97", "\033[31m"}, {"timeout", "\xe2\x9c\x97", "\033[31m"},
    {"error", "\xe2\x9c\x97", "\033[31m"},
};

static bool is_status(const json_t *result, const char *status)
{
    return strcmp(jx_string(result, "status", ""), status) == 0;
}

static bool is_bad(const json_t *result)
{
    return !is_status(result, "passed") && !is_status(result, "skipped");
}

static Counts count_results(const json_t *results)
{
    Counts counts = {0};
    size_t i = 0;
    const json_t *result = NULL;

    json_array_foreach(results, i, result)
    {
        counts.passed += is_status(result, "passed");
        counts.skipped += is_status(result, "skipped");
        counts.failed += is_bad(result);
    }
    return counts;
}

json_t *report_new(const ReportHead *head, const json_t *results, Err *err)
{
    Counts counts = count_results(results);
    char started[CLOCK_TEXT_SIZE];
    char ended[CLOCK_TEXT_SIZE];
    json_auto_t *report = NULL;

    clock_format(head->started_ms, started);
    clock_format(head->started_ms + head->duration_ms, ended);
    report = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:s, s:O, s:{s:i, s:i, s:i, s:i}}", "format",
        "report/1", "id", head->id, "kind", "validation", "project", head->project, "started",
        started, "ended", ended, "duration_ms", (json_int_t)head->duration_ms, "result",
        head->signal    ? "error"
        : counts.failed ? "failed"
        : counts.passed ? "passed"
                        : "skipped",
        "steps", results, "summary", "passed", counts.passed, "failed", counts.failed, "skipped",
        counts.skipped, "total", counts.passed + counts.failed + counts.skipped);
    if (!report) {
        err_set(err, EXIT_DATA, "the report holds text that is not UTF-8");
        return NULL;
    }
    if ((head->run && !jx_set(report, "run", json_string(head->run), err)) ||
        (json_object_size(head->selection) > 0 &&
         !jx_set(report, "selection", json_copy((json_t *)head->selection), err)) ||
        (head->signal && !jx_set(report, "signal", json_integer(head->signal), err))) {
        return NULL;
    }
    return json_incref(report);
}

const char *report_result(const json_t *report)
{
    return jx_string(report, "result", "");
}

json_t *report_line(const json_t *report, Err *err)
{
    static const char *const copied[] = {"id", "started", "duration_ms", "result", "run"};
    static const char *const counted[] = {"passed", "failed", "skipped"};
    const json_t *summary = json_object_get(report, "summary");
    json_auto_t *line = json_object();

    for (size_t i = 0; i < sizeof copied / sizeof copied[0]; i++) {
        json_t *value = json_object_get(report, copied[i]);

        if (value && !jx_set(line, copied[i], json_incref(value), err)) {
            return NULL;
        }
    }
    for (size_t i = 0; i < sizeof counted / sizeof counted[0]; i++) {
        if (!jx_set(line, counted[i], json_integer(jx_int(summary, counted[i], 0)), err)) {
            return NULL;
        }
    }
    return json_incref(line);
}

/* ---- for people ---- */

static void print_duration(json_int_t ms, FILE *out)
{
    if (ms < 1000) {
        (void)fprintf(out, "%lld ms", (long long)ms);
    } else if (ms < 60000) {
        (void)fprintf(out, "%lld.%lld s", (long long)(ms / 1000), (long long)(ms % 1000 / 100));
    } else {
        (void)fprintf(out, "%lld min %lld s", (long long)(ms / 60000),
                      (long long)(ms % 60000 / 1000));
    }
}

static void print_line(const char *text, size_t length, FILE *out)
{
    char *line = strndup(text, length);

    if (line && length > 0 && line[length - 1] == '\r') {
        line[length - 1] = '\0';
    }
    (void)fputs("    ", out);
    text_print_safe(out, line ? line : "");
    (void)fputc('\n', out);
    free(line);
}

/* The last lines, for a failure is told at the end. */
static void print_output(const json_t *result, FILE *out)
{
    const char *text = jx_string(result, "output", "");
    const char *from = text + strlen(text);
    json_int_t skipped = jx_int(result, "output_skipped", 0);
    size_t lines = 0;
    size_t above = 0;

    while (from > text && (from[-1] == '\n' || from[-1] == '\r')) {
        from--;
    }
    for (const char *end = from; end > text && lines <= SHOWN_LINES; end--) {
        if (end[-1] == '\n' && ++lines == SHOWN_LINES) {
            from = end;
            break;
        }
        from = end - 1;
    }
    for (const char *at = text; at < from; at++) {
        above += *at == '\n';
    }
    if (above > 0 || skipped > 0) {
        (void)fprintf(out, "    (%zu lines above", above);
        if (skipped > 0) {
            (void)fprintf(out, ", %lld bytes left out", (long long)skipped);
        }
        (void)fputs(")\n", out);
    }
    while (*from) {
        size_t length = strcspn(from, "\n");

        print_line(from, length, out);
        from += length;
        from += *from == '\n';
    }
}

static void print_how(const json_t *result, FILE *out)
{
    const char *why = jx_string(result, "why", NULL);

    if (is_status(result, "skipped")) {
        (void)fputs("skipped: ", out);
    } else if (is_status(result, "timeout")) {
        (void)fputs("timeout: ", out);
    }
    if (why) {
        text_print_safe(out, why);
    } else if (is_status(result, "failed")) {
        (void)fprintf(out, "exit %lld, ", (long long)jx_int(result, "exit_code", -1));
    }
    if (!why) {
        print_duration(jx_int(result, "duration_ms", 0), out);
    }
}

void report_print_step(const json_t *result, bool colour, FILE *out)
{
    size_t i = 0;

    while (i + 1 < sizeof marks / sizeof marks[0] && !is_status(result, marks[i].status)) {
        i++;
    }
    (void)fprintf(out, "%s%s%s ", colour ? marks[i].colour : "", marks[i].mark,
                  colour ? "\033[0m" : "");
    text_print_safe(out, jx_string(result, "name", ""));
    (void)fputs("  ", out);
    print_how(result, out);
    (void)fputc('\n', out);
    if (is_bad(result)) {
        print_output(result, out);
    }
}

void report_print_end(const json_t *report, bool colour, FILE *out)
{
    const json_t *summary = json_object_get(report, "summary");
    const char *result = report_result(report);
    bool good = strcmp(result, "passed") == 0;

    if (jx_int(summary, "total", 0) == 0) {
        (void)fputs("no steps: nothing in the configuration, package.json or tsconfig.json\n", out);
        return;
    }
    (void)fprintf(out, "%s%s%s: %lld passed, %lld failed, %lld skipped in ",
                  !colour                          ? ""
                  : good                           ? "\033[32m"
                  : strcmp(result, "skipped") == 0 ? "\033[33m"
                                                   : "\033[31m",
                  result, colour ? "\033[0m" : "", (long long)jx_int(summary, "passed", 0),
                  (long long)jx_int(summary, "failed", 0),
                  (long long)jx_int(summary, "skipped", 0));
    print_duration(jx_int(report, "duration_ms", 0), out);
    (void)fputc('\n', out);
}

/* ---- JUnit ---- */

/* Text for XML 1.0 (section 2.2 Char): controls, U+FFFE and U+FFFF have no place in it. */
static void put_xml(const char *text, FILE *out)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;

        if (c == '<') {
            (void)fputs("&lt;", out);
        } else if (c == '>') {
            (void)fputs("&gt;", out);
        } else if (c == '&') {
            (void)fputs("&amp;", out);
        } else if (c == '"') {
            (void)fputs("&quot;", out);
        } else if (c == '\n' || c == '\t') {
            (void)fprintf(out, "&#%d;", c);
        } else if (c < ' ' || strncmp(text, "\xef\xbf\xbe", 3) == 0 ||
                   strncmp(text, "\xef\xbf\xbf", 3) == 0) {
            (void)fputs("\xef\xbf\xbd", out);
            text += c < ' ' ? 0 : 2;
        } else {
            (void)fputc(c, out);
        }
    }
}

static void put_seconds(json_int_t ms, FILE *out)
{
    (void)fprintf(out, "%lld.%03lld", (long long)(ms / 1000), (long long)(ms % 1000));
}

static void put_case(const json_t *result, FILE *out)
{
    const char *element = is_status(result, "skipped") ? "skipped"
                          : is_status(result, "error") ? "error"
                                                       : "failure";
    char exit_text[32] = "";
    const char *message = jx_string(result, "why", NULL);

    (void)fputs("    <testcase classname=\"validation\" name=\"", out);
    put_xml(jx_string(result, "name", ""), out);
    (void)fputs("\" time=\"", out);
    put_seconds(jx_int(result, "duration_ms", 0), out);
    if (is_status(result, "passed")) {
        (void)fputs("\"/>\n", out);
        return;
    }
    (void)snprintf(exit_text, sizeof exit_text, "exit %lld",
                   (long long)jx_int(result, "exit_code", -1));
    (void)fprintf(out, "\">\n      <%s message=\"", element);
    put_xml(message ? message : exit_text, out);
    if (is_bad(result)) {
        (void)fputs("\">", out);
        put_xml(jx_string(result, "output", ""), out);
        (void)fprintf(out, "</%s>\n    </testcase>\n", element);
    } else {
        (void)fputs("\"/>\n    </testcase>\n", out);
    }
}

void report_print_junit(const json_t *report, FILE *out)
{
    const json_t *steps = json_object_get(report, "steps");
    const json_t *summary = json_object_get(report, "summary");
    size_t errors = 0;
    size_t i = 0;
    const json_t *result = NULL;

    json_array_foreach(steps, i, result)
    {
        errors += is_status(result, "error");
    }
    (void)fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite name=\"",
                out);
    put_xml(jx_string(report, "project", ""), out);
    (void)fprintf(out, "\" tests=\"%zu\" failures=\"%lld\" errors=\"%zu\" skipped=\"%lld\"",
                  json_array_size(steps),
                  (long long)jx_int(summary, "failed", 0) - (long long)errors, errors,
                  (long long)jx_int(summary, "skipped", 0));
    (void)fprintf(out, " timestamp=\"%s\" time=\"", jx_string(report, "started", ""));
    put_seconds(jx_int(report, "duration_ms", 0), out);
    (void)fputs("\">\n", out);
    json_array_foreach(steps, i, result)
    {
        put_case(result, out);
    }
    (void)fputs("  </testsuite>\n</testsuites>\n", out);
}

/* ---- keeping ---- */

static bool is_report_name(const char *name)
{
    char id[CLOCK_ULID_SIZE] = "";

    if (strlen(name) != ULID_LENGTH + 5 || strcmp(name + ULID_LENGTH, ".json") != 0) {
        return false;
    }
    memcpy(id, name, ULID_LENGTH);
    return clock_is_ulid(id);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool trim(const char *directory, size_t keep, Err *err)
{
    Arena arena = {0};
    DIR *reports = opendir(directory);
    const struct dirent *entry = NULL;
    CLEANUP(cleanup_free) const char **names = NULL;
    size_t count = 0;
    bool good = true;

    if (!reports) {
        return err_errno(err, EXIT_IO, "cannot list '%s'", directory);
    }
    while ((entry = readdir(reports))) {
        if (is_report_name(entry->d_name)) {
            names = arena_realloc_or_exit(names, (count + 1) * sizeof *names);
            names[count++] = arena_printf(&arena, "%s/%s", directory, entry->d_name);
        }
    }
    (void)closedir(reports);
    if (count > keep && keep > 0) {
        qsort(names, count, sizeof *names, by_name);
        for (size_t i = 0; good && i < count - keep; i++) {
            good = file_remove(names[i], err);
        }
    }
    arena_free(&arena);
    return good;
}

bool report_store(const json_t *report, const char *directory, size_t keep, Err *err)
{
    Arena arena = {0};
    const char *path = arena_printf(&arena, "%s/%s.json", directory, jx_string(report, "id", ""));
    const char *history = arena_printf(&arena, "%s/history.jsonl", directory);
    json_auto_t *line = report_line(report, err);
    bool good = line && file_make_directories(directory, 0700, err) &&
                jx_store(report, path, 0600, err) && jsonl_append(history, line, keep, err) &&
                trim(directory, keep, err);

    arena_free(&arena);
    return good || err_in(err, "while the report was stored");
}
