#include "source/migrations.h"

#include <ctype.h>
#include <string.h>

#include "base/cleanup.h"
#include "json/jx.h"
#include "replay/replay.h"
#include "sql/chain.h"

/* Whether the mark stands at the text, whatever the case of its letters and the quotes around
 * names. */
static bool has_mark(const char *text, const char *mark)
{
    while (*mark && (*text == '"' || tolower((unsigned char)*text) == *mark)) {
        mark += *text != '"';
        text++;
    }
    return !*mark;
}

static bool has_any(const Chain *chain, const char *const *marks)
{
    for (size_t i = 0; chain && i < chain->count; i++) {
        char before = ' ';

        for (const char *text = chain->files[i].text; *text; before = *text++)
            if (!isalnum((unsigned char)before) && strchr("acst\"ACST", *text))
                for (const char *const *mark = marks; *mark; mark++)
                    if (has_mark(text, *mark))
                        return true;
    }
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

static void replay_chain(Replay *replay, const Chain *chain)
{
    for (size_t i = 0; i < chain->warnings.count; i++)
        replay_say(replay, chain->warnings.items[i]);
    for (size_t i = 0; i < chain->count; i++) {
        const ChainFile *file = &chain->files[i];

        for (size_t j = 0; j < file->warnings.count; j++)
            replay_say(replay, file->warnings.items[j]);
        replay_text(replay, file->name, file->text, file->length);
    }
}

/* Text in which the parser knows nothing is no schema that became empty. */
static bool check(const Replay *replay, const char *path, Err *err)
{
    if (replay->parsed || !replay->refused)
        return true;
    return err_set(err, EXIT_DATA, "there is no SQL in '%s' that PostgreSQL's parser knows: %s",
                   path, json_string_value(json_array_get(replay->warnings, 0)));
}

static json_t *warnings_of(const Replay *replay)
{
    if (replay->unsaid)
        json_array_append_new(replay->warnings,
                              json_sprintf("and %zu more like these", replay->unsaid));
    return json_incref(replay->warnings);
}

static json_t *shown(const char *path)
{
    CLEANUP(cleanup_free) char *text = layout_shown(path);

    return json_string(text);
}

static json_t *meta_new(const MigrationsOptions *options, const Chain *chain, const Replay *replay,
                        Err *err)
{
    json_auto_t *meta = options->meta_base ? json_deep_copy(options->meta_base) : json_object();
    const char *newest = chain->files[chain->count - 1].name;

    if (!jx_set(meta, "source", json_string("migrations"), err) ||
        !jx_set(meta, "files", json_integer((json_int_t)chain->count), err) ||
        !jx_set(meta, "migrations", json_string(newest), err) ||
        !jx_set(meta, "layout", json_string(chain->tool), err) ||
        (chain->by_need && !jx_set(meta, "order", json_string("need"), err)) ||
        (options->base && !jx_set(meta, "base", shown(options->base), err)) ||
        !jx_set(meta, "unread", replay_unread(replay), err) ||
        (json_array_size(replay->warnings) &&
         !jx_set(meta, "warnings", warnings_of(replay), err))) {
        err_in(err, "in the meta data of the snapshot");
        return NULL;
    }
    return json_incref(meta);
}

bool migrations_snapshot(const MigrationsOptions *options, FILE *out,
                         char ret_hash[SNAPSHOT_HASH_SIZE], Err *err)
{
    CLEANUP(chain_close) Chain *base = NULL;
    CLEANUP(chain_close) Chain *chain = NULL;
    CLEANUP(replay_close) Replay *replay = NULL;
    CLEANUP(snapshot_writer_close) SnapshotWriter *writer = NULL;
    json_auto_t *meta = NULL;
    bool supabase;

    if (options->base && !(base = chain_open(options->base, true, err)))
        return err_in(err, "(the base)");
    chain = chain_open(options->directory, false, err);
    if (!chain)
        return false;
    supabase = (has_any(base, mentions) || has_any(chain, mentions)) &&
               !(has_any(base, makes) || has_any(chain, makes));
    replay = replay_open(chain->supabase || supabase);
    if (base)
        replay_chain(replay, base);
    replay_chain(replay, chain);
    if (!check(replay, options->directory, err))
        return false;
    meta = meta_new(options, chain, replay, err);
    writer = meta ? snapshot_writer_open(out, meta, err) : NULL;
    return writer && replay_write(replay, options->schemas, options->exclude, writer, err) &&
           snapshot_writer_finish(writer, ret_hash, err);
}
