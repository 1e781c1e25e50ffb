#include "dash/metrics.h"

#include <inttypes.h>
#include <stdint.h>
#include <string.h>

#include "base/clock.h"
#include "json/jx.h"

/* A label's value: backslash, quote and newline escaped. */
static void put_value(FILE *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\n')
            fputs("\\n", out);
        else if (*text == '\\' || *text == '"')
            fprintf(out, "\\%c", *text);
        else
            fputc(*text, out);
    }
}

static void put_family(FILE *out, const char *name, const char *unit, const char *help)
{
    fprintf(out, "# TYPE %s gauge\n", name);
    if (unit)
        fprintf(out, "# UNIT %s %s\n", name, unit);
    fprintf(out, "# HELP %s %s\n", name, help);
}

static void put_sample(FILE *out, const char *name, const char *project, const char *label,
                       const char *value)
{
    fprintf(out, "%s{project=\"", name);
    put_value(out, project);
    if (label && value) {
        fprintf(out, "\",%s=\"", label);
        put_value(out, value);
    }
    fputs("\"} ", out);
}

static void put_ms_as_seconds(FILE *out, int64_t ms)
{
    fprintf(out, "%" PRId64 ".%03d\n", ms / 1000, (int)(ms % 1000));
}

static void put_time(FILE *out, const char *project, const char *name, const char *help,
                     const json_t *at)
{
    int64_t time_ms = 0;

    if (!clock_parse(jx_string(at, "time", ""), &time_ms) || time_ms < 0)
        return;
    put_family(out, name, "seconds", help);
    put_sample(out, name, project, NULL, NULL);
    put_ms_as_seconds(out, time_ms);
}

static void put_count(FILE *out, const char *project, const char *name, const char *help,
                      json_int_t count)
{
    put_family(out, name, NULL, help);
    put_sample(out, name, project, NULL, NULL);
    fprintf(out, "%" JSON_INTEGER_FORMAT "\n", count);
}

static void put_objects(FILE *out, const char *project, const json_t *objects)
{
    const char *kind = NULL;
    json_t *count = NULL;

    if (json_object_size(objects) == 0)
        return;
    put_family(out, "schema_objects", NULL, "Objects in the schema, by kind.");
    json_object_foreach((json_t *)objects, kind, count)
    {
        if (!json_is_integer(count))
            continue;
        put_sample(out, "schema_objects", project, "kind", kind);
        fprintf(out, "%" JSON_INTEGER_FORMAT "\n", json_integer_value(count));
    }
}

static void put_steps(FILE *out, const char *project, const json_t *steps)
{
    size_t index = 0;
    json_t *step = NULL;

    if (json_array_size(steps) == 0)
        return;
    put_family(out, "schema_validation_step_success", NULL,
               "1 when the step passed in the newest report, 0 when it failed.");
    json_array_foreach(steps, index, step)
    {
        const char *status = jx_string(step, "status", "skipped");
        if (strcmp(status, "skipped") == 0)
            continue;
        put_sample(out, "schema_validation_step_success", project, "step",
                   jx_string(step, "name", ""));
        fprintf(out, "%d\n", strcmp(status, "passed") == 0);
    }
    put_family(out, "schema_validation_step_duration_seconds", "seconds",
               "How long the step took in the newest report.");
    json_array_foreach(steps, index, step)
    {
        if (strcmp(jx_string(step, "status", "skipped"), "skipped") == 0)
            continue;
        put_sample(out, "schema_validation_step_duration_seconds", project, "step",
                   jx_string(step, "name", ""));
        put_ms_as_seconds(out, jx_int(step, "duration_ms", 0));
    }
}

static void put_backups(FILE *out, const char *project, const json_t *sets)
{
    size_t index = 0;
    json_t *set = NULL;

    if (json_array_size(sets) == 0)
        return;
    put_family(out, "schema_backup_files", NULL, "Versions kept, by set.");
    json_array_foreach(sets, index, set)
    {
        put_sample(out, "schema_backup_files", project, "set", jx_string(set, "name", ""));
        fprintf(out, "%" JSON_INTEGER_FORMAT "\n", jx_int(set, "count", 0));
    }
}

void metrics_write(FILE *out, const json_t *status, const json_t *validation,
                   const json_t *notifications, const json_t *backups)
{
    const char *project = jx_string(status, "project", "");
    const json_t *types = json_object_get(status, "types");
    const char *state = jx_string(status, "state", "");
    bool is_up = !jx_bool(status, "stale") && strcmp(state, "failed") != 0;

    fputs("# TYPE schema_build info\n# HELP schema_build The running version.\n", out);
    put_sample(out, "schema_build_info", project, "version", VERSION);
    fputs("1\n", out);
    put_count(out, project, "schema_up",
              "1 when the last check is recent and could read the schema.", is_up);
    put_time(out, project, "schema_last_check_timestamp_seconds", "When the last check ended.",
             json_object_get(status, "last_check"));
    put_time(out, project, "schema_last_change_timestamp_seconds",
             "When the last change of the schema was found.",
             json_object_get(status, "last_change"));
    put_objects(out, project, json_object_get(status, "objects"));
    if (types)
        put_count(out, project, "schema_types_stale",
                  "1 when the generated types could not be brought up to date.",
                  strcmp(jx_string(types, "result", ""), "failed") == 0);
    put_steps(out, project, json_object_get(json_object_get(validation, "report"), "steps"));
    put_count(out, project, "schema_notify_queue_depth", "Notifications waiting to be sent.",
              jx_int(notifications, "pending", 0));
    put_backups(out, project, json_object_get(backups, "sets"));
    fputs("# EOF\n", out);
}
