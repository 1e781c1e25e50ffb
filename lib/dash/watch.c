#include "dash/watch.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/lock.h"
#include "json/jx.h"

/* A file's replacement shows in the inode, an append in size and time. st_mtim has nanoseconds on
 * Linux; elsewhere the size and the inode tell what happened within a second. */
typedef struct Print {
    ino_t inode;
    off_t size;
    int64_t changed_ns;
} Print;

static const struct {
    const char *name;
    WatchKind kind;
} files[] = {
    {".schema/status.json", WATCH_STATUS},
    {".schema/runs.jsonl", WATCH_STATUS},
    {".schema/memory/events.jsonl", WATCH_CHANGES},
    {"logs/notifications/history.jsonl", WATCH_NOTIFICATIONS},
    {".schema/outbox/new", WATCH_NOTIFICATIONS},
    {".schema/outbox/dead", WATCH_NOTIFICATIONS},
    {"logs/validation/history.jsonl", WATCH_VALIDATION},
    {"backups/schema-versions/manifest.jsonl", WATCH_BACKUPS},
    {"backups/types/manifest.jsonl", WATCH_BACKUPS},
    {"backups/workspace/manifest.jsonl", WATCH_BACKUPS},
};

/* Held while a supervisor or a cycle runs, which status tells. */
static const char *const locks[] = {".schema/lock.supervisor", ".schema/lock.cycle"};

enum { FILES = sizeof files / sizeof files[0], LOCKS = sizeof locks / sizeof locks[0] };

static const char *const kinds[] = {
    [WATCH_STATUS] = "status",         [WATCH_CHANGES] = "changes",
    [WATCH_VALIDATION] = "validation", [WATCH_NOTIFICATIONS] = "notifications",
    [WATCH_BACKUPS] = "backups",
};
static_assert(sizeof kinds / sizeof kinds[0] == WATCH_KIND_COUNT, "a name for each kind");

struct Watch {
    pthread_mutex_t mutex;
    char *paths[FILES];
    Print prints[FILES];
    char *lock_paths[LOCKS];
    bool is_held[LOCKS];
    int64_t first;
    int64_t sequence;
    int64_t moved[WATCH_KIND_COUNT];
};

const char *watch_kind_name(WatchKind kind)
{
    assert(kind < WATCH_KIND_COUNT);
    return kinds[kind];
}

static Print print_of(const char *path)
{
    struct stat status = {0};

    if (stat(path, &status) != 0)
        return (Print){0};
#ifdef __APPLE__
    const struct timespec *time = &status.st_mtimespec;
#else
    const struct timespec *time = &status.st_mtim;
#endif
    return (Print){status.st_ino, status.st_size,
                   (int64_t)time->tv_sec * 1000000000 + time->tv_nsec};
}

static bool is_same(const Print *a, const Print *b)
{
    return a->inode == b->inode && a->size == b->size && a->changed_ns == b->changed_ns;
}

Watch *watch_open(const State *state, int64_t now_ms)
{
    Watch *watch = arena_realloc_or_exit(NULL, sizeof *watch);

    *watch = (Watch){.first = now_ms, .sequence = now_ms};
    pthread_mutex_init(&watch->mutex, NULL);
    for (size_t i = 0; i < FILES; i++) {
        watch->paths[i] = state_path(state, files[i].name);
        watch->prints[i] = print_of(watch->paths[i]);
    }
    for (size_t i = 0; i < LOCKS; i++) {
        watch->lock_paths[i] = state_path(state, locks[i]);
        watch->is_held[i] = lock_holder(watch->lock_paths[i]) > 0;
    }
    return watch;
}

void watch_close(Watch **watch)
{
    if (*watch) {
        for (size_t i = 0; i < FILES; i++)
            free((*watch)->paths[i]);
        for (size_t i = 0; i < LOCKS; i++)
            free((*watch)->lock_paths[i]);
        pthread_mutex_destroy(&(*watch)->mutex);
    }
    free(*watch);
    *watch = NULL;
}

static void look_at_all(Watch *watch, bool moved[WATCH_KIND_COUNT])
{
    for (size_t i = 0; i < FILES; i++) {
        Print print = print_of(watch->paths[i]);
        if (is_same(&print, &watch->prints[i]))
            continue;
        watch->prints[i] = print;
        moved[files[i].kind] = true;
    }
    for (size_t i = 0; i < LOCKS; i++) {
        bool is_held = lock_holder(watch->lock_paths[i]) > 0;
        if (is_held != watch->is_held[i])
            moved[WATCH_STATUS] = true;
        watch->is_held[i] = is_held;
    }
    /* Without the memory channel the timeline comes from the notification history. */
    moved[WATCH_CHANGES] = moved[WATCH_CHANGES] || moved[WATCH_NOTIFICATIONS];
}

void watch_look(Watch *watch, void (*moved)(WatchKind kind, int64_t sequence, void *context),
                void *context)
{
    bool is_moved[WATCH_KIND_COUNT] = {0};

    look_at_all(watch, is_moved);
    for (int kind = 0; kind < WATCH_KIND_COUNT; kind++) {
        if (!is_moved[kind])
            continue;
        pthread_mutex_lock(&watch->mutex);
        int64_t sequence = ++watch->sequence;
        watch->moved[kind] = sequence;
        pthread_mutex_unlock(&watch->mutex);
        moved((WatchKind)kind, sequence, context);
    }
}

int64_t watch_sequence(Watch *watch)
{
    pthread_mutex_lock(&watch->mutex);
    int64_t sequence = watch->sequence;
    pthread_mutex_unlock(&watch->mutex);
    return sequence;
}

json_t *watch_since(Watch *watch, int64_t since, Err *err)
{
    json_auto_t *doc = json_object();
    json_auto_t *names = json_array();

    pthread_mutex_lock(&watch->mutex);
    int64_t sequence = watch->sequence;
    bool is_foreign = since < watch->first || since > sequence;
    for (int kind = 0; kind < WATCH_KIND_COUNT; kind++)
        if (is_foreign || watch->moved[kind] > since)
            json_array_append_new(names, json_string(kinds[kind]));
    pthread_mutex_unlock(&watch->mutex);
    return jx_set(doc, "seq", json_integer(sequence), err) &&
                   jx_set(doc, "kinds", json_incref(names), err)
               ? json_incref(doc)
               : NULL;
}
