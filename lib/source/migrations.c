#include "source/migrations.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "base/text.h"
#include "json/jx.h"
#include "replay/replay.h"
#include "source/history.h"
#include "sql/layout.h"

typedef struct Source {
    char *text;
    size_t length;
} Source;

/* Whether the text has a mark, whatever the case of its letters and the quotes around names. */
static bool has_mark(const char *text, const char *mark)
{
    for (; *text; text++) {
        const char *at = text, *want = mark;

        while (*want && (*at == '"' || tolower((unsigned char)*at) == *want)) {
            want += *at != '"';
            at++;
        }
        if (!*want)
            return true;
    }
    return false;
}

static bool has_any(const char *text, const char *const *marks)
{
    for (; *marks; marks++)
        if (has_mark(text, *marks))
            return true;
    return false;
}

/* What only a Supabase project's migrations mention. */
static const char *const mentions[] = {"auth.uid(",       "auth.users",       "auth.jwt(",
                                       "auth.role(",      "storage.objects",  "storage.buckets",
                                       "to service_role", "to authenticated", NULL};

/* What no such project makes itself: it is there from the start. */
static const char *const makes[] = {
    "create table auth.users",      "create table if not exists auth.users",
    "create table storage.buckets", "create table if not exists storage.buckets",
    "create role authenticated",    NULL};

static bool replay_files(Replay *replay, const Layout *layout, Source *sources, Err *err)
{
    for (size_t i = 0; i < layout->count; i++) {
        if (!text_is_utf8(sources[i].text, sources[i].length))
            return err_set(err, EXIT_DATA, "migration file '%s' is not UTF-8",
                           layout->files[i].path);
        replay_text(replay, layout->files[i].name, sources[i].text, sources[i].length);
    }
    return true;
}

static json_t *history_of(const Layout *layout, const Source *sources)
{
    json_t *history = json_array();

    for (size_t i = 0; i < layout->count; i++)
        history_add(history, layout->files[i].name, sources[i].text, sources[i].length);
    return history;
}

static json_t *meta_new(const MigrationsOptions *options, const Layout *layout,
                        const Source *sources, const Replay *replay, Err *err)
{
    json_auto_t *meta = options->meta_base ? json_deep_copy(options->meta_base) : json_object();
    const char *newest = layout->files[layout->count - 1].name;

    if (!jx_set(meta, "source", json_string("migrations"), err) ||
        !jx_set(meta, "files", json_integer((json_int_t)layout->count), err) ||
        !jx_set(meta, "migrations", json_string(newest), err) ||
        !jx_set(meta, "history", history_of(layout, sources), err) ||
        !jx_set(meta, "unread", replay_unread(replay), err) ||
        (json_array_size(replay->warnings) &&
         !jx_set(meta, "warnings", json_incref(replay->warnings), err))) {
        err_in(err, "in the meta data of the snapshot");
        return NULL;
    }
    return json_incref(meta);
}

static void sources_close(Source *sources, size_t count)
{
    for (size_t i = 0; sources && i < count; i++)
        cleanup_free(&sources[i].text);
    cleanup_free(&sources);
}

bool migrations_snapshot(const MigrationsOptions *options, FILE *out,
                         char ret_hash[SNAPSHOT_HASH_SIZE], Err *err)
{
    CLEANUP(layout_close) Layout *layout = layout_open(options->directory, err);
    CLEANUP(replay_close) Replay *replay = NULL;
    CLEANUP(snapshot_writer_close) SnapshotWriter *writer = NULL;
    json_auto_t *meta = NULL;
    Source *sources;
    bool supabase, own = false;
    bool ok = true;

    if (!layout)
        return false;
    sources = arena_realloc_or_exit(NULL, layout->count * sizeof *sources);
    memset(sources, 0, layout->count * sizeof *sources);
    supabase = layout->supabase;
    for (size_t i = 0; ok && i < layout->count; i++) {
        ok = file_read(layout->files[i].path, LAYOUT_FILE_MAX, &sources[i].text, &sources[i].length,
                       err);
        supabase = supabase || (ok && has_any(sources[i].text, mentions));
        own = own || (ok && has_any(sources[i].text, makes));
    }
    if (ok) {
        replay = replay_open(layout->supabase || (supabase && !own));
        ok = replay_files(replay, layout, sources, err);
    }
    meta = ok ? meta_new(options, layout, sources, replay, err) : NULL;
    writer = meta ? snapshot_writer_open(out, meta, err) : NULL;
    ok = writer && replay_write(replay, options->schemas, options->exclude, writer, err) &&
         snapshot_writer_finish(writer, ret_hash, err);
    sources_close(sources, layout->count);
    return ok;
}
