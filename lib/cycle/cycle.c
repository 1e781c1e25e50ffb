#include "cycle/cycle.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/lock.h"
#include "cycle/pending.h"
#include "json/jsonl.h"
#include "json/jx.h"
#include "model/change.h"
#include "model/snapshot.h"

enum { RUNS_KEPT = 1000 };

/* ---- identity ---- */

bool cycle_begin(Config *config, const char *key, char ret_id[CLOCK_ULID_SIZE], Err *err)
{
    const char *path = config_state_path(config, "run/pending.json");
    Err ignored = {0};
    json_auto_t *pending = file_exists(path) ? jx_load(path, &ignored) : NULL;
    const char *id = jx_string(pending, "id", "");

    if (clock_is_ulid(id) && strcmp(jx_string(pending, "changes", ""), key) == 0) {
        memcpy(ret_id, id, CLOCK_ULID_SIZE);
        return true;
    }
    clock_ulid(ret_id);
    json_auto_t *fresh = json_pack("{s:s, s:s}", "changes", key, "id", ret_id);
    if (!fresh)
        return err_set(err, EXIT_USAGE, "a hash that is not text");
    return jx_store(fresh, path, 0600, err);
}

bool cycle_accept(Config *config, const char *snapshot, Err *err)
{
    const char *path = config_state_path(config, "cache/snapshot.json");
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    char hash[SNAPSHOT_HASH_SIZE];

    return snapshot_peek_hash(snapshot, hash, err) && file_read(snapshot, 0, &text, &length, err) &&
           file_make_parents(path, 0700, err) && file_write(path, text, length, 0600, err);
}

/* ---- status ---- */

static void set(json_t *object, const char *key, json_t *value)
{
    if (value)
        json_object_set_new(object, key, value);
}

static void set_text(json_t *object, const char *key, const char *text)
{
    if (text && *text)
        json_object_set_new(object, key, json_string(text));
    else
        json_object_del(object, key);
}

json_t *cycle_status_stored(Config *config)
{
    const char *path = config_state_path(config, "status.json");
    Err ignored = {0};
    json_t *status = file_exists(path) ? jx_load(path, &ignored) : NULL;

    if (!json_is_object(status)) {
        json_decref(status);
        status = json_pack("{s:s}", "format", "status/1");
    }
    return status;
}

/* Counts per section, read from a snapshot without keeping it; also its hash, source and fallback.
 * The short form of an unchanged schema has nothing to count. */
static bool count_objects(json_t *status, const char *path, Err *err)
{
    FILE *in = fopen(path, "re");
    SnapshotLine line = {0};
    json_auto_t *counts = json_object();
    int got = 0;

    if (!in)
        return err_errno(err, EXIT_DATA, "cannot open '%s'", path);
    CLEANUP(snapshot_reader_close) SnapshotReader *reader = snapshot_reader_open(in, path, err);
    while (reader && (got = snapshot_reader_next(reader, &line, err)) > 0) {
        const char *section = kind_of(line.kind)->member;
        json_object_set_new(counts, section, json_integer(jx_int(counts, section, 0) + 1));
    }
    fclose(in);
    if (!reader || got < 0)
        return false;
    const json_t *meta = snapshot_reader_meta(reader);
    bool is_short = snapshot_reader_is_short(reader);
    set_text(status, "hash", snapshot_reader_hash(reader));
    set_text(status, "source", jx_string(meta, "source", ""));
    set_text(status, "fallback", jx_string(meta, "fallback", ""));
    if (is_short && json_object_get(status, "objects"))
        return true; /* as the last run counted them */
    set(status, "warnings",
        json_integer((json_int_t)json_array_size(json_object_get(meta, "warnings"))));
    json_object_set(status, "objects", counts);
    return true;
}

static json_int_t count_entries(const char *directory)
{
    DIR *entries = opendir(directory);
    json_int_t count = 0;

    for (struct dirent *entry = NULL; entries && (entry = readdir(entries));)
        count += entry->d_name[0] != '.';
    if (entries)
        closedir(entries);
    return count;
}

/* What the other tools left on disk. */
static void survey(Config *config, json_t *status)
{
    static const char *const sets[] = {"schema-versions", "types", "workspace"};
    Err ignored = {0};
    json_t *backups = json_object();
    char path[64];

    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        snprintf(path, sizeof path, "backups/%s/manifest.jsonl", sets[i]);
        json_auto_t *lines = jsonl_tail(config_path(config, path), 0, &ignored);
        json_int_t count = 0;
        size_t index = 0;
        json_t *line = NULL;
        json_array_foreach(lines, index, line)
        {
            count += json_is_string(json_object_get(line, "id"));
        }
        set(backups, sets[i], json_integer(count));
    }
    set(status, "backups", backups);
    set(status, "notifications",
        json_pack("{s:I, s:I}", "pending", count_entries(config_state_path(config, "outbox/new")),
                  "dead", count_entries(config_state_path(config, "outbox/dead"))));
    json_t *migrations = pending_survey(config);
    json_object_del(status, "migrations");
    set(status, "migrations", migrations);
    json_auto_t *runs =
        jsonl_tail(config_path(config, "logs/validation/history.jsonl"), 1, &ignored);
    const json_t *last = json_array_get(runs, 0);
    if (last)
        set(status, "validation",
            json_pack("{s:s, s:s, s:s, s:I, s:I, s:I}", "id", jx_string(last, "id", ""), "result",
                      jx_string(last, "result", ""), "time", jx_string(last, "started", ""),
                      "passed", jx_int(last, "passed", 0), "failed", jx_int(last, "failed", 0),
                      "skipped", jx_int(last, "skipped", 0)));
}

static void set_steps(Config *config, json_t *status, const char *const *steps, const char *now)
{
    for (; steps && *steps; steps++) {
        const char *equals = strchr(*steps, '=');
        char name[32] = "";
        if (!equals || (size_t)(equals - *steps) >= sizeof name)
            continue;
        memcpy(name, *steps, (size_t)(equals - *steps));
        if (strcmp(name, "types") != 0 && strcmp(name, "docs") != 0)
            continue;
        const char *key = strcmp(name, "types") == 0 ? "types.output" : "docs.output";
        set(status, name,
            json_pack("{s:s, s:s, s:s}", "path", config_string(config, key), "result", equals + 1,
                      "time", now));
    }
}

static json_t *change_summary(const char *path, const char *id, const char *now)
{
    Err ignored = {0};
    FILE *in = path ? fopen(path, "re") : NULL;
    json_auto_t *changes = in ? changes_load(in, path, &ignored) : NULL;

    if (in)
        fclose(in);
    if (!changes || changes_count(changes) == 0)
        return NULL;
    CLEANUP(cleanup_free) char *sentence = changes_sentence(changes, 240);
    return json_pack("{s:s, s:s, s:s, s:s, s:I}", "id", id, "time", now, "summary",
                     sentence ? sentence : "", "severity", severity_name(changes_worst(changes)),
                     "total", (json_int_t)changes_count(changes));
}

static const char *state_of(const char *result)
{
    return strcmp(result, "failed") == 0    ? "failed"
           : strcmp(result, "changed") == 0 ? "changed"
                                            : "ok";
}

static bool run_append(Config *config, const CycleEnd *end, const char *id, const char *started,
                       json_int_t duration, const json_t *change, Err *err)
{
    json_int_t lag = end->planned_ms ? (json_int_t)(end->started_ms - end->planned_ms) : 0;
    json_auto_t *run = json_pack("{s:s, s:s, s:I, s:s, s:I, s:I}", "id", id, "time", started,
                                 "duration_ms", duration, "result", end->result, "lag_ms", lag,
                                 "changes", jx_int(change, "total", 0));

    set_text(run, "severity", jx_string(change, "severity", ""));
    if (strcmp(end->result, "failed") == 0)
        set_text(run, "error", end->message);
    return jsonl_append_once(config_state_path(config, "runs.jsonl"), run, "id", RUNS_KEPT, err);
}

bool cycle_end(Config *config, const CycleEnd *end, Err *err)
{
    char id[CLOCK_ULID_SIZE], now[CLOCK_TEXT_SIZE], started[CLOCK_TEXT_SIZE];
    char next[CLOCK_TEXT_SIZE];
    int64_t now_ms = clock_now_ms();
    json_int_t duration = (json_int_t)(now_ms - end->started_ms);
    json_auto_t *status = cycle_status_stored(config);
    bool failed = strcmp(end->result, "failed") == 0;

    if (end->run)
        snprintf(id, sizeof id, "%s", end->run);
    else
        clock_ulid(id);
    clock_format(now_ms, now);
    clock_format(end->started_ms, started);
    clock_format(end->started_ms + config_int(config, "monitoring.interval"), next);
    json_auto_t *change = change_summary(end->changes, id, now);
    if (end->snapshot && !count_objects(status, end->snapshot, err))
        return false;
    set_text(status, "project", config_name(config));
    set_text(status, "state", state_of(end->result));
    set_text(status, "message", end->message);
    set(status, "interval_ms", json_integer(config_int(config, "monitoring.interval")));
    set_text(status, "next_check", next);
    set(status, "last_check",
        json_pack("{s:s, s:s, s:I, s:s}", "id", id, "time", now, "duration_ms", duration, "result",
                  end->result));
    if (failed) {
        json_t *last = json_object_get(status, "last_check");
        set_text(last, "error", end->message);
        set_text(last, "failure", end->failure);
    }
    if (change)
        json_object_set(status, "last_change", change);
    set_steps(config, status, end->steps, now);
    survey(config, status);
    return jx_store(status, config_state_path(config, "status.json"), 0600, err) &&
           run_append(config, end, id, started, duration, change, err) &&
           (failed || file_remove(config_state_path(config, "run/pending.json"), err));
}

json_t *cycle_status(Config *config)
{
    json_t *status = cycle_status_stored(config);
    pid_t supervisor = lock_holder(config_state_path(config, "lock.supervisor"));
    pid_t dashboard = lock_holder(config_state_path(config, "lock.dashboard"));

    survey(config, status);
    set_text(status, "project", config_name(config));
    if (!json_object_get(status, "state"))
        set_text(status, "state", supervisor ? "starting" : "stopped");
    if (supervisor) {
        set(status, "supervisor", json_pack("{s:i}", "pid", (int)supervisor));
    } else {
        json_object_del(status, "supervisor");
        json_object_del(status, "next_check");
    }
    if (dashboard) {
        char url[128];
        snprintf(url, sizeof url, "http://%s:%lld", config_string(config, "dashboard.host"),
                 (long long)config_int(config, "dashboard.port"));
        set(status, "dashboard", json_pack("{s:i, s:s}", "pid", (int)dashboard, "url", url));
    }
    return status;
}

const char *cycle_failure(const json_t *status)
{
    return jx_string(json_object_get(status, "last_check"), "failure", "");
}
