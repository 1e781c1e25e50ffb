#include "source/shadow.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "json/jx.h"
#include "source/apply.h"
#include "source/folder.h"
#include "source/live.h"
#include "source/template.h"
#include "sql/split.h"

/* The files to run, base first. */
typedef struct Files {
    Arena arena;
    Folder *base; /* or NULL */
    Folder *own;
    ApplyFile *list;
    size_t count;
} Files;

static void files_close(Files *files)
{
    folder_close(&files->base);
    folder_close(&files->own);
    arena_free(&files->arena);
}

static bool files_add(Files *files, Folder *folder, Err *err)
{
    for (size_t i = 0; i < folder->layout->count; i++) {
        const LayoutFile *file = &folder->layout->files[i];
        FolderText *text = &folder->texts[i];
        if (!text_is_utf8(text->text, text->length))
            return err_set(err, EXIT_DATA, "migration file '%s' is not UTF-8", file->path);
        split_blank(text->text, text->length, NULL);
        files->list[files->count++] = (ApplyFile){file->path, file->name, text->text, text->length};
    }
    return true;
}

static bool files_open(Files *files, const ShadowOptions *options, Err *err)
{
    files->own = folder_open(options->directory, err);
    if (!files->own)
        return false;
    if (options->base && !(files->base = folder_open(options->base, err)))
        return false;
    size_t count = files->own->layout->count + (files->base ? files->base->layout->count : 0);
    files->list = arena_alloc(&files->arena, (count + 1) * sizeof *files->list);
    return (!files->base || files_add(files, files->base, err)) &&
           files_add(files, files->own, err);
}

static json_t *meta_new(const ShadowOptions *options, const Folder *folder, json_t *warnings)
{
    const Layout *layout = folder->layout;
    json_t *meta = json_deep_copy(options->meta);

    json_object_set_new(meta, "source", json_string("shadow"));
    json_object_set_new(meta, "files", json_integer((json_int_t)layout->count));
    json_object_set_new(meta, "migrations", json_string(layout->files[layout->count - 1].name));
    if (json_array_size(warnings) > 0)
        json_object_set(meta, "warnings", warnings);
    return meta;
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
    CLEANUP(files_close) Files files = {0};
    json_auto_t *warnings = json_array();

    if (!files_open(&files, options, err))
        return false;
    const char *bin = server_find(options->server_bin, options->project, &arena, err);
    CLEANUP(server_close) Server *server = bin ? server_open(bin, err) : NULL;
    ApplyOptions apply = {.keep_going = options->keep_going};
    /* A service that this names is for somebody else's database. */
    unsetenv("PGSERVICE");
    if (!server || !template_start(server, bin, files.own->is_supabase, err))
        return false;
    apply.conninfo = server_conninfo(server);
    if (!apply_files(&apply, files.list, files.count, warnings, err))
        return false;
    json_auto_t *meta = meta_new(options, files.own, warnings);
    return introspect(options, server, meta, out, ret_hash, err);
}
