#include "source/folder.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "source/base.h"
#include "source/history.h"
#include "sql/platform.h"

static bool has_any(const Chain *chain, bool (*is_so)(const char *text))
{
    for (size_t i = 0; chain && i < chain->count; i++)
        if (is_so(chain->files[i].text))
            return true;
    return false;
}

Folder *folder_open(const char *path, const char *base, Err *err)
{
    Folder *folder = arena_realloc_or_exit(NULL, sizeof *folder);

    *folder = (Folder){0};
    if (base && !(folder->base = base_open(base, err)))
        err_in(err, "(the base)");
    else
        folder->own = chain_open(path, false, err);
    if (!folder->own) {
        folder_close(&folder);
        return NULL;
    }
    folder->is_supabase =
        folder->own->supabase || (folder->base && folder->base->supabase) ||
        ((has_any(folder->base, platform_is_mentioned) ||
          has_any(folder->own, platform_is_mentioned)) &&
         !has_any(folder->base, platform_is_made) && !has_any(folder->own, platform_is_made));
    return folder;
}

void folder_close(Folder **folder)
{
    if (!*folder)
        return;
    chain_close(&(*folder)->base);
    chain_close(&(*folder)->own);
    free(*folder);
    *folder = NULL;
}

static json_t *history_of(const Chain *chain)
{
    json_t *history = json_array();

    for (size_t i = 0; i < chain->count; i++)
        history_add(history, chain->files[i].name, chain->files[i].text, chain->files[i].length);
    return history;
}

json_t *folder_meta(const Folder *folder, const json_t *start, const char *source, const char *base)
{
    const Chain *chain = folder->own;
    json_t *meta = start ? json_deep_copy(start) : json_object();

    json_object_set_new(meta, "source", json_string(source));
    json_object_set_new(meta, "files", json_integer((json_int_t)chain->count));
    json_object_set_new(meta, "migrations", json_string(chain->files[chain->count - 1].name));
    json_object_set_new(meta, "history", history_of(chain));
    json_object_set_new(meta, "layout", json_string(chain->tool));
    if (chain->by_need)
        json_object_set_new(meta, "order", json_string("need"));
    if (folder->base) {
        CLEANUP(cleanup_free) char *shown = layout_shown(base);
        json_object_set_new(meta, "base", json_string(shown));
    }
    return meta;
}
