#include "source/shadow.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/tree.h"
#include "json/jx.h"
#include "source/apply.h"
#include "source/folder.h"
#include "source/live.h"
#include "source/stage.h"
#include "source/template.h"

/* What was left out of the files, before any of them runs. */
static void add_notes(const Chain *chain, json_t *warnings)
{
    for (size_t i = 0; i < chain->warnings.count; i++)
        json_array_append_new(warnings, json_string(chain->warnings.items[i]));
    for (size_t i = 0; i < chain->count; i++)
        for (size_t j = 0; j < chain->files[i].warnings.count; j++)
            json_array_append_new(warnings, json_string(chain->files[i].warnings.items[j]));
}

/* The files from one on, before another. */
static bool run(const ShadowOptions *options, const Server *server, const Chain *chain, size_t from,
                size_t to, json_t *warnings, Err *err)
{
    ApplyOptions apply = {.conninfo = server_conninfo(server), .keep_going = options->keep_going};
    Chain part = *chain;

    part.files += from;
    part.count = to - from;
    return part.count == 0 || apply_chain(&apply, &part, warnings, err);
}

/* Starts the server from where a run before this one came to: *ret_done files, whose warnings are
 * in said. */
static bool begin(const ShadowOptions *options, const Folder *folder, Stages *stages,
                  Server *server, const char *key, size_t *ret_done, json_t *said, Err *err)
{
    const Chain *base = folder->base;

    *ret_done = stages_start(stages, server, said);
    if (*ret_done > 0)
        return true;
    return template_start(server, key, folder->is_supabase, err) &&
           (!base || run(options, server, base, 0, base->count, said, err) ||
            err_in(err, "(of '%s')", options->base));
}

/* Keeps what is there, and begins with that again: as if the files behind it were run later. */
static bool keep_here(const ShadowOptions *options, const Folder *folder, Stages *stages,
                      Server *server, const char *key, size_t *done, json_t *said, Err *err)
{
    if (!server_stop(server, true, err))
        return false;
    stages_keep(stages, *done, server, said);
    json_array_clear(said);
    return tree_remove(server_data(server), err) &&
           begin(options, folder, stages, server, key, done, said, err);
}

/* All files of the project. *ret_from: how many had been run before. */
static bool run_own(const ShadowOptions *options, const Folder *folder, Stages *stages,
                    Server *server, const char *key, size_t *ret_from, json_t *said, Err *err)
{
    const Chain *own = folder->own;

    if (!begin(options, folder, stages, server, key, ret_from, said, err))
        return false;
    size_t done = *ret_from, fork = stages_fork(stages, done);
    if (fork > 0 && run(options, server, own, done, fork, said, err)) {
        done = fork;
        if (!keep_here(options, folder, stages, server, key, &done, said, err))
            return false;
        *ret_from = done;
    }
    return (err->code == EXIT_OK && run(options, server, own, done, own->count, said, err)) ||
           err_in(err, "(of '%s')", options->directory);
}

/* What fails on a state that was kept may run from the beginning: what is of a session alone, a
 * setting of a name of its own, say, is not kept. */
static bool run_anew(const ShadowOptions *options, const Folder *folder, Server *server,
                     const char *key, size_t *ret_from, json_t *said, Err *err)
{
    if (*ret_from == 0 || err->code != EXIT_DATA)
        return false;
    *err = (Err){0};
    json_array_clear(said);
    return server_stop(server, false, err) && tree_remove(server_data(server), err) &&
           run_own(options, folder, NULL, server, key, ret_from, said, err);
}

static bool introspect(const ShadowOptions *options, const Server *server, const json_t *meta,
                       FILE *out, char ret_hash[SNAPSHOT_HASH_SIZE], Err *err)
{
    LiveOptions live = {.conninfo = server_conninfo(server),
                        .schemas = options->schemas,
                        .exclude = options->exclude,
                        .meta = meta,
                        .is_throwaway = true,
                        .secret = options->secret};
    LiveResult result = {0};

    if (!live_snapshot(&live, out, &result, err)) {
        /* Nobody else's rights and settings are there. */
        if (err->code == EXIT_DENIED || err->code == EXIT_CONFIG || err->code == EXIT_SOFTWARE)
            err->code = EXIT_DATA;
        return err_in(err, "after all migrations (of '%s')", options->directory);
    }
    memcpy(ret_hash, result.hash, SNAPSHOT_HASH_SIZE);
    return true;
}

bool shadow_snapshot(const ShadowOptions *options, FILE *out, char ret_hash[SNAPSHOT_HASH_SIZE],
                     Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(folder_close) Folder *folder = folder_open(options->directory, options->base, err);
    json_auto_t *warnings = json_array(), *said = json_array();
    const char *bin =
        folder ? server_find(options->server_bin, options->project, &arena, err) : NULL;
    CLEANUP(server_close) Server *server = bin ? server_open(bin, err) : NULL;
    size_t from = 0;

    if (!server)
        return false;
    /* A service that this names is for somebody else's database. */
    unsetenv("PGSERVICE");
    const char *key = template_key(bin, folder->is_supabase, &arena);
    bool may_keep = !folder->base && !options->keep_going;
    CLEANUP(stages_close) Stages *stages = may_keep ? stages_open(folder->own, key) : NULL;
    if (folder->base)
        add_notes(folder->base, warnings);
    add_notes(folder->own, warnings);
    if (!run_own(options, folder, stages, server, key, &from, said, err) &&
        (!stages || !run_anew(options, folder, server, key, &from, said, err)))
        return server_blame(server, err) && false;
    json_array_extend(warnings, said);
    json_auto_t *meta = folder_meta(folder, options->meta, "shadow", options->base);
    if (json_array_size(warnings) > 0)
        json_object_set(meta, "warnings", warnings);
    if (!introspect(options, server, meta, out, ret_hash, err))
        return server_blame(server, err) && false;
    Err ignored = {0};
    if (stages && from < folder->own->count && server_stop(server, true, &ignored))
        stages_keep(stages, folder->own->count, server, said);
    return true;
}
