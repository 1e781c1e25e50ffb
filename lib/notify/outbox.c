#include "notify/outbox.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "json/jx.h"

enum { LEFTOVER_AGE_MS = 60 * 60 * 1000, JOB_MAX = 64 * 1024 * 1024 };

static const char *const boxes[] = {[OUTBOX_NEW] = "new", [OUTBOX_DEAD] = "dead"};
static_assert(sizeof boxes / sizeof boxes[0] == OUTBOX_BOX_COUNT, "a directory per box");

static const char ending[] = ".json";

static const JxField fields[] = {
    {"channel", JX_STRING, offsetof(Job, channel)},   {"queued", JX_STRING, offsetof(Job, queued)},
    {"next_try", JX_STRING, offsetof(Job, next_try)}, {"attempts", JX_INT, offsetof(Job, attempts)},
    {"event", JX_OBJECT, offsetof(Job, event)},       {NULL, JX_END, 0},
};

static const char *path_of(const char *outbox, OutboxBox box, const char *name, Arena *arena)
{
    return arena_printf(arena, "%s/%s/%s", outbox, boxes[box], name);
}

bool outbox_prepare(const char *outbox, Err *err)
{
    static const char *const all[] = {"tmp", "new", "dead"};
    CLEANUP(arena_free) Arena arena = {0};

    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (!file_make_directories(arena_printf(&arena, "%s/%s", outbox, all[i]), 0700, err))
            return false;
    return true;
}

const char *outbox_lock_path(const char *outbox, Arena *arena)
{
    return arena_printf(arena, "%s/lock", outbox);
}

const char *outbox_name(const char *event_id, const char *channel, Arena *arena)
{
    return arena_printf(arena, "%s.%s%s", event_id, channel, ending);
}

bool outbox_has(const char *outbox, OutboxBox box, const char *name, Arena *arena)
{
    return file_exists(path_of(outbox, box, name, arena));
}

static bool store(const char *outbox, const char *name, const json_t *job, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    char unique[CLOCK_ULID_SIZE];
    const char *place = path_of(outbox, OUTBOX_NEW, name, &arena);

    clock_ulid(unique);
    const char *temporary = arena_printf(&arena, "%s/tmp/%s", outbox, unique);
    if (!jx_store(job, temporary, 0600, err))
        return false;
    if (rename(temporary, place) != 0) {
        err_errno(err, EXIT_IO, "cannot write '%s'", place);
        unlink(temporary);
        return false;
    }
    return file_sync_parent(place, err);
}

bool outbox_add(const char *outbox, const char *channel, const json_t *event, int64_t now_ms,
                Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    char now[CLOCK_TEXT_SIZE];

    clock_format(now_ms, now);
    json_auto_t *job =
        json_pack("{s:s, s:i, s:s, s:O, s:s, s:s}", "format", "job/1", "attempts", 0, "channel",
                  channel, "event", event, "next_try", now, "queued", now);
    if (!job)
        return err_set(err, EXIT_SOFTWARE, "cannot make a job for channel '%s'", channel);
    return store(outbox, outbox_name(jx_string(event, "id", ""), channel, &arena), job, err);
}

static bool is_job_name(const char *name)
{
    size_t length = strlen(name), end = strlen(ending);

    return length > end && name[0] != '.' && strcmp(name + length - end, ending) == 0;
}

static void directory_close(DIR **directory)
{
    if (*directory)
        closedir(*directory);
    *directory = NULL;
}

const char **outbox_names(const char *outbox, OutboxBox box, size_t *ret_count, Arena *arena,
                          Err *err)
{
    const char *path = arena_printf(arena, "%s/%s", outbox, boxes[box]);
    CLEANUP(directory_close) DIR *directory = opendir(path);
    CLEANUP(cleanup_free) const char **names = NULL;
    size_t count = 0, room = 0;
    struct dirent *entry = NULL;

    if (!directory && errno != ENOENT) {
        err_errno(err, EXIT_IO, "cannot read '%s'", path);
        return NULL;
    }
    for (;;) {
        errno = 0;
        entry = directory ? readdir(directory) : NULL;
        if (!entry)
            break;
        if (!is_job_name(entry->d_name))
            continue;
        if (count == room) {
            room = room ? room * 2 : 64;
            names = arena_realloc_or_exit(names, room * sizeof *names);
        }
        names[count++] = arena_strdup(arena, entry->d_name);
    }
    if (errno != 0) {
        err_errno(err, EXIT_IO, "cannot read '%s'", path);
        return NULL;
    }
    const char **kept = arena_alloc(arena, (count + 1) * sizeof *kept);
    if (count > 0)
        memcpy(kept, names, count * sizeof *kept);
    *ret_count = count;
    return kept;
}

json_t *outbox_load(const char *outbox, OutboxBox box, const char *name, Job *ret, Arena *arena,
                    Err *err)
{
    const char *path = path_of(outbox, box, name, arena);
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    struct stat status;
    Job view = {0};

    if (lstat(path, &status) != 0) {
        err_errno(err, EXIT_IO, "cannot read '%s'", path);
        return NULL;
    }
    if (!S_ISREG(status.st_mode) || status.st_uid != geteuid()) {
        err_set(err, EXIT_DATA, "'%s' is not a file of this user", path);
        return NULL;
    }
    if (!file_read(path, JOB_MAX, &text, &length, err))
        return NULL;
    json_auto_t *job = jx_parse(text, length, path, err);
    if (!job || !jx_check_format(job, "job/1", path, err) || !jx_view(job, fields, &view, err))
        return NULL;
    const char *event_id = jx_string(view.event, "id", "");
    if (view.attempts < 0 || strcmp(name, outbox_name(event_id, view.channel, arena)) != 0) {
        err_set(err, EXIT_DATA, "'%s' does not hold the job its name says", path);
        return NULL;
    }
    *ret = view;
    return json_incref(job);
}

bool outbox_postpone(const char *outbox, const char *name, json_t *job, int attempts,
                     int64_t next_try_ms, Err *err)
{
    char next_try[CLOCK_TEXT_SIZE];

    clock_format(next_try_ms, next_try);
    return jx_set(job, "attempts", json_integer(attempts), err) &&
           jx_set(job, "next_try", json_string(next_try), err) && store(outbox, name, job, err);
}

bool outbox_remove(const char *outbox, OutboxBox box, const char *name, Arena *arena, Err *err)
{
    const char *path = path_of(outbox, box, name, arena);

    return file_remove(path, err) && file_sync_parent(path, err);
}

bool outbox_bury(const char *outbox, const char *name, Arena *arena, Err *err)
{
    const char *from = path_of(outbox, OUTBOX_NEW, name, arena);
    const char *to = path_of(outbox, OUTBOX_DEAD, name, arena);

    if (rename(from, to) != 0)
        return err_errno(err, EXIT_IO, "cannot move '%s'", from);
    return file_sync_parent(to, err) && file_sync_parent(from, err);
}

void outbox_sweep(const char *outbox, int64_t now_ms, Arena *arena)
{
    CLEANUP(directory_close) DIR *directory = opendir(arena_printf(arena, "%s/tmp", outbox));
    struct dirent *entry = NULL;
    struct stat status;

    while (directory && (entry = readdir(directory)) != NULL)
        if (entry->d_name[0] != '.' &&
            fstatat(dirfd(directory), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISREG(status.st_mode) && now_ms - (int64_t)status.st_mtime * 1000 > LEFTOVER_AGE_MS)
            unlinkat(dirfd(directory), entry->d_name, 0);
}

static bool oldest_find(const char *outbox, const char *const *names, char ret[CLOCK_TEXT_SIZE],
                        Arena *arena)
{
    ret[0] = '\0';
    for (; *names; names++) {
        Job job = {0};
        Err ignored = {0}; /* sent since, or for the drainer to bury */
        json_auto_t *doc = outbox_load(outbox, OUTBOX_NEW, *names, &job, arena, &ignored);
        if (doc && (ret[0] == '\0' || strcmp(job.queued, ret) < 0))
            snprintf(ret, CLOCK_TEXT_SIZE, "%s", job.queued);
    }
    return ret[0] != '\0';
}

json_t *outbox_status(const char *outbox, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    json_auto_t *status = json_object();
    char oldest[CLOCK_TEXT_SIZE];
    size_t pending = 0, dead = 0;
    const char **names = outbox_names(outbox, OUTBOX_NEW, &pending, &arena, err);
    bool ok = names && outbox_names(outbox, OUTBOX_DEAD, &dead, &arena, err) &&
              jx_set(status, "pending", json_integer((json_int_t)pending), err) &&
              jx_set(status, "dead", json_integer((json_int_t)dead), err);

    if (ok && oldest_find(outbox, names, oldest, &arena))
        ok = jx_set(status, "oldest", json_string(oldest), err);
    return ok ? json_incref(status) : NULL;
}
