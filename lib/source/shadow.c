#include "source/shadow.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "json/jx.h"
#include "source/apply.h"
#include "source/folder.h"
#include "source/live.h"
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

static bool run(const ShadowOptions *options, const Server *server, const Chain *chain,
                const char *path, json_t *warnings, Err *err)
{
    ApplyOptions apply = {.conninfo = server_conninfo(server), .keep_going = options->keep_going};

    if (!chain)
        return true;
    add_notes(chain, warnings);
    return apply_chain(&apply, chain, warnings, err) || err_in(err, "(of '%s')", path);
}

static bool introspect(const ShadowOptions *options, const Server *server, const json_t *meta,
                       FILE *out, char ret_hash[SNAPSHOT_HASH_SIZE], Err *err)
{
    LiveOptions live = {.conninfo = server_conninfo(server),
                        .schemas = options->schemas,
                        .exclude = options->exclude,
                        .kinds = options->kinds,
                        .meta = meta,
                        .is_throwaway = true,
                        .secret = options->secret};
    LiveResult result = {0};

    if (!live_snapshot(&live, out, &result, err))
        return false;
    memcpy(ret_hash, result.hash, SNAPSHOT_HASH_SIZE);
    return true;
}

bool shadow_snapshot(const ShadowOptions *options, FILE *out, char ret_hash[SNAPSHOT_HASH_SIZE],
                     Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(folder_close) Folder *folder = folder_open(options->directory, options->base, err);
    json_auto_t *warnings = json_array();
    const char *bin =
        folder ? server_find(options->server_bin, options->project, &arena, err) : NULL;
    CLEANUP(server_close) Server *server = bin ? server_open(bin, err) : NULL;

    /* A service that this names is for somebody else's database. */
    unsetenv("PGSERVICE");
    if (!server || !template_start(server, bin, folder->is_supabase, err) ||
        !run(options, server, folder->base, options->base, warnings, err) ||
        !run(options, server, folder->own, options->directory, warnings, err))
        return false;
    json_auto_t *meta = folder_meta(folder, options->meta, "shadow", options->base);
    if (json_array_size(warnings) > 0)
        json_object_set(meta, "warnings", warnings);
    return introspect(options, server, meta, out, ret_hash, err);
}
