#include "source/migrations.h"

#include "base/cleanup.h"
#include "json/jx.h"
#include "replay/replay.h"
#include "source/folder.h"

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

static json_t *meta_new(const MigrationsOptions *options, const Folder *folder,
                        const Replay *replay, Err *err)
{
    json_auto_t *meta = folder_meta(folder, options->meta_base, "migrations", options->base);

    if ((folder->is_supabase && !jx_set(meta, "platform", json_string("supabase"), err)) ||
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
    CLEANUP(folder_close) Folder *folder = folder_open(options->directory, options->base, err);
    CLEANUP(replay_close) Replay *replay = NULL;
    CLEANUP(snapshot_writer_close) SnapshotWriter *writer = NULL;
    json_auto_t *meta = NULL;

    if (!folder)
        return false;
    replay = replay_open(folder->is_supabase);
    if (folder->base)
        replay_chain(replay, folder->base);
    replay_chain(replay, folder->own);
    if (!check(replay, options->directory, err))
        return false;
    meta = meta_new(options, folder, replay, err);
    writer = meta ? snapshot_writer_open(out, meta, err) : NULL;
    return writer && replay_write(replay, options->schemas, options->exclude, writer, err) &&
           snapshot_writer_finish(writer, ret_hash, err);
}
