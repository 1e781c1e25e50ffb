#include "dash/state.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/lock.h"
#include "base/text.h"
#include "json/jsonl.h"
#include "json/jx.h"

enum {
    FILE_MAX = 32 * 1024 * 1024,
    EVENTS_MAX = 1000,
    SUMMARIES = 30,
    BACKUPS_SHOWN = 20,
    GRACE_MS = 30000
};

struct State {
    char *directory;
    char *project;
    int64_t interval_ms;
};

static char *copy_of(const char *text)
{
    size_t size = strlen(text) + 1;

    return memcpy(arena_realloc_or_exit(NULL, size), text, size);
}

State *state_open(const char *directory, const char *project, int64_t interval_ms)
{
    State *state = arena_realloc_or_exit(NULL, sizeof *state);

    *state = (State){copy_of(directory), copy_of(project), interval_ms};
    return state;
}

void state_close(State **state)
{
    if (*state) {
        free((*state)->directory);
        free((*state)->project);
    }
    free(*state);
    *state = NULL;
}

char *state_path(const State *state, const char *name)
{
    size_t size = strlen(state->directory) + strlen(name) + 2;
    char *path = arena_realloc_or_exit(NULL, size);

    snprintf(path, size, "%s/%s", state->directory, name);
    return path;
}

/* The object in that file, or NULL: err is filled when the file is there and cannot be used. */
static json_t *object_load(const State *state, const char *name, Err *err)
{
    CLEANUP(cleanup_free) char *path = state_path(state, name);
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;

    if (!file_exists(path) || !file_read(path, FILE_MAX, &text, &length, err))
        return NULL;
    json_t *doc = jx_parse(text, length, name, err);
    if (doc && !json_is_object(doc)) {
        err_set(err, EXIT_DATA, "%s is not an object", name);
        json_decref(doc);
        return NULL;
    }
    return doc;
}

/* The newest lines of a history, oldest first; empty when there are none to be had. */
static json_t *lines_load(const State *state, const char *name, size_t count)
{
    CLEANUP(cleanup_free) char *path = state_path(state, name);
    Err unread = {0};
    json_t *lines = jsonl_tail(path, count, &unread);

    return lines ? lines : json_array();
}

static json_t *newest_first(const json_t *lines)
{
    json_t *turned = json_array();

    for (size_t i = json_array_size(lines); i > 0; i--)
        json_array_append(turned, json_array_get(lines, i - 1));
    return turned;
}

static bool is_held(const State *state, const char *lock)
{
    CLEANUP(cleanup_free) char *path = state_path(state, lock);

    return lock_holder(path) > 0;
}

static json_t *status_without_file(const State *state, const Err *unread, bool can_act)
{
    json_t *status = json_pack("{s:s, s:s}", "format", "status/1", "project", state->project);
    const char *phase = can_act ? "starting" : "stopped";
    const char *message = can_act ? "the first check has not ended yet" : "no check has run yet";

    if (unread->code != EXIT_OK) {
        phase = "failed";
        message = unread->msg;
    }
    json_object_set_new(status, "state", json_string(phase));
    json_object_set_new(status, "message", json_string(message));
    return status;
}

/* False when there was no check. */
static bool last_check_ms(const json_t *status, int64_t *ret_ms)
{
    const json_t *check = json_object_get(status, "last_check");

    return clock_parse(jx_string(check, "time", ""), ret_ms);
}

json_t *state_status(const State *state, int64_t now_ms, Err *err)
{
    Err unread = {0};
    json_auto_t *status = object_load(state, ".schema/status.json", &unread);
    bool can_act = is_held(state, ".schema/lock.supervisor");
    int64_t checked_ms = 0;

    if (!status)
        status = status_without_file(state, &unread, can_act);
    if (is_held(state, ".schema/lock.cycle"))
        json_object_set_new(status, "state", json_string("checking"));
    if (!json_object_get(status, "interval_ms") &&
        !jx_set(status, "interval_ms", json_integer(state->interval_ms), err))
        return NULL;
    int64_t interval_ms = jx_int(status, "interval_ms", state->interval_ms);
    bool is_stale =
        !last_check_ms(status, &checked_ms) || now_ms - checked_ms > 2 * interval_ms + GRACE_MS;
    return jx_set(status, "can_act", json_boolean(can_act), err) &&
                   jx_set(status, "stale", json_boolean(is_stale), err)
               ? json_incref(status)
               : NULL;
}

bool state_stamp(json_t *status, int64_t now_ms, Err *err)
{
    char now[CLOCK_TEXT_SIZE];
    int64_t checked_ms = 0;

    clock_format(now_ms, now);
    if (last_check_ms(status, &checked_ms) &&
        !jx_set(status, "age_ms", json_integer(now_ms - checked_ms), err))
        return false;
    return jx_set(status, "server_time", json_string(now), err);
}

static json_t *change_row(const json_t *event, Err *err)
{
    json_auto_t *row = json_object();
    const json_t *data = json_object_get(event, "data");
    const json_t *changes = json_object_get(data, "changes");
    static const char *const texts[] = {"from", "to"};

    if (!jx_set(row, "id", json_string(jx_string(event, "id", "")), err) ||
        !jx_set(row, "time", json_string(jx_string(event, "timestamp", "")), err) ||
        !jx_set(row, "severity", json_string(jx_string(event, "severity", "info")), err) ||
        !jx_set(row, "summary", json_string(jx_string(event, "summary", "")), err))
        return NULL;
    for (size_t i = 0; i < 2; i++) {
        const char *text = jx_string(data, texts[i], NULL);
        if (text && !jx_set(row, texts[i], json_string(text), err))
            return NULL;
    }
    json_t *totals = json_object_get(data, "summary");
    json_t *transactions = json_object_get(data, "transactions");
    if ((totals && !jx_set(row, "totals", json_incref(totals), err)) ||
        (transactions && !jx_set(row, "transactions", json_incref(transactions), err)))
        return NULL;
    size_t total = json_array_size(changes);
    json_auto_t *shown = json_array();
    for (size_t i = 0; i < total && i < STATE_CHANGES_MAX; i++)
        json_array_append(shown, json_array_get(changes, i));
    if (changes && !jx_set(row, "changes", json_incref(shown), err))
        return NULL;
    if (total > STATE_CHANGES_MAX &&
        !jx_set(row, "left_out", json_integer((json_int_t)(total - STATE_CHANGES_MAX)), err))
        return NULL;
    return json_incref(row);
}

/* A line of the notification history as an event without its changes. */
static json_t *event_of_line(const json_t *line)
{
    return json_pack("{s:s, s:s, s:s, s:s}", "id", jx_string(line, "event", ""), "timestamp",
                     jx_string(line, "time", ""), "severity", jx_string(line, "severity", "info"),
                     "summary", jx_string(line, "summary", ""));
}

static int compare_times(const void *a, const void *b)
{
    const json_t *const *left = a;
    const json_t *const *right = b;

    return strcmp(jx_string(*right, "timestamp", ""), jx_string(*left, "timestamp", ""));
}

/* Adds the schema.changed events that are not there yet, by id. */
static void events_add(json_t *events, json_t *known, const json_t *lines, const char *id_member)
{
    size_t index = 0;
    json_t *line = NULL;

    json_array_foreach(lines, index, line)
    {
        const char *id = jx_string(line, id_member, "");
        if (strcmp(jx_string(line, "type", ""), "schema.changed") != 0 || !*id ||
            json_object_get(known, id))
            continue;
        json_object_set_new(known, id, json_true());
        if (strcmp(id_member, "id") == 0)
            json_array_append(events, line);
        else
            json_array_append_new(events, event_of_line(line));
    }
}

/* Newest first: whole events from the memory, and of those it does not have (any more) what the
 * notification history says. */
static json_t *events_load(const State *state)
{
    json_auto_t *memory = lines_load(state, ".schema/memory/events.jsonl", EVENTS_MAX);
    json_auto_t *history = lines_load(state, "logs/notifications/history.jsonl", EVENTS_MAX);
    json_auto_t *known = json_object();
    json_auto_t *events = json_array();

    events_add(events, known, memory, "id");
    events_add(events, known, history, "event");
    size_t count = json_array_size(events);
    const json_t **sorted = arena_realloc_or_exit(NULL, (count + 1) * sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = json_array_get(events, i);
    qsort(sorted, count, sizeof *sorted, compare_times);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append(list, (json_t *)sorted[i]);
    free(sorted);
    return list;
}

json_t *state_changes(const State *state, size_t limit, const char *before, bool *ret_gone,
                      Err *err)
{
    json_auto_t *events = events_load(state);
    json_auto_t *rows = json_array();
    json_auto_t *doc = json_object();
    size_t count = json_array_size(events), at = 0;

    if (*before) {
        while (at < count && strcmp(jx_string(json_array_get(events, at), "id", ""), before) != 0)
            at++;
        if (at++ == count) {
            *ret_gone = true;
            return NULL;
        }
    }
    for (; at < count && json_array_size(rows) < limit; at++)
        if (!jx_append(rows, change_row(json_array_get(events, at), err), err))
            return NULL;
    if (at < count && json_array_size(rows) > 0) {
        const json_t *last = json_array_get(rows, json_array_size(rows) - 1);
        if (!jx_set(doc, "next", json_string(jx_string(last, "id", "")), err))
            return NULL;
    }
    return jx_set(doc, "changes", json_incref(rows), err) ? json_incref(doc) : NULL;
}

json_t *state_runs(const State *state, size_t count, Err *err)
{
    json_auto_t *doc = json_object();

    return jx_set(doc, "runs", lines_load(state, ".schema/runs.jsonl", count), err)
               ? json_incref(doc)
               : NULL;
}

/* The end of a long output, cut where a character begins. */
static bool output_cut(json_t *step, Err *err)
{
    const json_t *output = json_object_get(step, "output");
    size_t length = json_string_length(output);

    if (length <= STATE_OUTPUT_MAX)
        return true;
    const char *text = json_string_value(output);
    size_t start = length - STATE_OUTPUT_MAX;
    while (start < length && ((unsigned char)text[start] & 0xC0) == 0x80)
        start++;
    json_t *end = json_stringn(text + start, length - start);
    return jx_set(step, "output_cut", json_integer((json_int_t)start), err) &&
           jx_set(step, "output", end, err);
}

static json_t *report_load(const State *state, const char *id, Err *err)
{
    char name[64];
    Err unread = {0};

    if (!clock_is_ulid(id))
        return NULL;
    snprintf(name, sizeof name, "logs/validation/%s.json", id);
    json_auto_t *report = object_load(state, name, &unread);
    size_t index = 0;
    json_t *step = NULL;

    json_array_foreach(json_object_get(report, "steps"), index, step)
    {
        if (json_is_object(step) && !output_cut(step, err))
            return NULL;
    }
    return json_incref(report);
}

json_t *state_validation(const State *state, Err *err)
{
    json_auto_t *lines = lines_load(state, "logs/validation/history.jsonl", SUMMARIES);
    json_auto_t *history = newest_first(lines);
    json_auto_t *report = report_load(state, jx_string(json_array_get(history, 0), "id", ""), err);
    json_auto_t *doc = json_object();

    if (report && !jx_set(doc, "report", json_incref(report), err))
        return NULL;
    return jx_set(doc, "history", json_incref(history), err) ? json_incref(doc) : NULL;
}

/* How many files a directory has; those with a dot in front (locks, temporary ones) are not
 * counted. */
static json_int_t files_in(const State *state, const char *name)
{
    CLEANUP(cleanup_free) char *path = state_path(state, name);
    DIR *directory = opendir(path);
    json_int_t count = 0;

    if (!directory)
        return 0;
    for (const struct dirent *entry = readdir(directory); entry; entry = readdir(directory))
        count += entry->d_name[0] != '.';
    closedir(directory);
    return count;
}

json_t *state_notifications(const State *state, size_t count, Err *err)
{
    json_auto_t *lines = lines_load(state, "logs/notifications/history.jsonl", count);
    json_auto_t *doc = json_object();

    return jx_set(doc, "notifications", newest_first(lines), err) &&
                   jx_set(doc, "pending", json_integer(files_in(state, ".schema/outbox/new")),
                          err) &&
                   jx_set(doc, "dead", json_integer(files_in(state, ".schema/outbox/dead")), err)
               ? json_incref(doc)
               : NULL;
}

/* The lines of a manifest that are backups, each with "pinned" when it is. */
static json_t *backups_of(const json_t *lines)
{
    json_t *backups = json_array();
    json_auto_t *by_id = json_object();
    size_t index = 0;
    json_t *line = NULL;

    json_array_foreach(lines, index, line)
    {
        json_t *pinned = json_object_get(by_id, jx_string(line, "pin", ""));
        json_t *unpinned = json_object_get(by_id, jx_string(line, "unpin", ""));
        const char *id = jx_string(line, "id", "");
        if (pinned)
            json_object_set_new(pinned, "pinned", json_true());
        if (unpinned)
            json_object_del(unpinned, "pinned");
        if (!*id)
            continue;
        json_array_append(backups, line);
        json_object_set(by_id, id, line);
    }
    return backups;
}

static json_t *backup_set(const State *state, const char *set, Err *err)
{
    size_t size = strlen(set) + sizeof "backups//manifest.jsonl";
    CLEANUP(cleanup_free) char *name = arena_realloc_or_exit(NULL, size);
    json_auto_t *doc = json_object();
    json_auto_t *items = json_array();
    json_int_t bytes = 0;

    snprintf(name, size, "backups/%s/manifest.jsonl", set);
    json_auto_t *lines = lines_load(state, name, 0);
    json_auto_t *kept = backups_of(lines);
    json_auto_t *turned = newest_first(kept);
    size_t index = 0;
    json_t *line = NULL;
    json_array_foreach(turned, index, line)
    {
        bytes += jx_int(line, "size", 0);
        if (index < BACKUPS_SHOWN)
            json_array_append(items, line);
    }
    const char *newest = jx_string(json_array_get(turned, 0), "time", NULL);
    if (newest && !jx_set(doc, "newest", json_string(newest), err))
        return NULL;
    return jx_set(doc, "name", json_string(set), err) &&
                   jx_set(doc, "count", json_integer((json_int_t)json_array_size(turned)), err) &&
                   jx_set(doc, "bytes", json_integer(bytes), err) &&
                   jx_set(doc, "items", json_incref(items), err)
               ? json_incref(doc)
               : NULL;
}

static int compare_names(const void *a, const void *b)
{
    const json_t *const *left = a;
    const json_t *const *right = b;

    return strcmp(jx_string(*left, "name", ""), jx_string(*right, "name", ""));
}

json_t *state_backups(const State *state, Err *err)
{
    enum { SETS_MAX = 32 };
    CLEANUP(cleanup_free) char *path = state_path(state, "backups");
    DIR *directory = opendir(path);
    json_t *sets[SETS_MAX] = {0};
    size_t count = 0;
    Err skipped = {0};

    while (directory && count < SETS_MAX) {
        const struct dirent *entry = readdir(directory);
        if (!entry)
            break;
        size_t length = strlen(entry->d_name);
        if (entry->d_name[0] != '.' && text_is_utf8(entry->d_name, length))
            sets[count] = backup_set(state, entry->d_name, &skipped);
        count += sets[count] != NULL;
    }
    if (directory)
        closedir(directory);
    qsort(sets, count, sizeof sets[0], compare_names);
    json_auto_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        if (jx_int(sets[i], "count", 0) > 0)
            json_array_append(list, sets[i]);
        json_decref(sets[i]);
    }
    json_auto_t *doc = json_object();
    return jx_set(doc, "sets", json_incref(list), err) ? json_incref(doc) : NULL;
}
