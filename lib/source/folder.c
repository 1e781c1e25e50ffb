#include "source/folder.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "source/history.h"

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

/* Outside of comments, at the beginning of a word. */
static bool text_has_any(const char *text, const char *const *marks)
{
    for (char before = ' '; *text; before = *text++) {
        const char *end = text[0] == '/' && text[1] == '*' ? strstr(text, "*/") : NULL;
        if (text[0] == '-' && text[1] == '-')
            text += strcspn(text, "\n");
        else if (end)
            text = end + 1;
        if (!*text)
            break;
        if (isalnum((unsigned char)before) || !strchr("acst\"ACST", *text))
            continue;
        for (const char *const *mark = marks; *mark; mark++)
            if (has_mark(text, *mark))
                return true;
    }
    return false;
}

static bool has_any(const Chain *chain, const char *const *marks)
{
    for (size_t i = 0; chain && i < chain->count; i++)
        if (text_has_any(chain->files[i].text, marks))
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

Folder *folder_open(const char *path, const char *base, Err *err)
{
    Folder *folder = arena_realloc_or_exit(NULL, sizeof *folder);

    *folder = (Folder){0};
    if (base && !(folder->base = chain_open(base, true, err)))
        err_in(err, "(the base)");
    else
        folder->own = chain_open(path, false, err);
    if (!folder->own) {
        folder_close(&folder);
        return NULL;
    }
    folder->is_supabase = folder->own->supabase ||
                          ((has_any(folder->base, mentions) || has_any(folder->own, mentions)) &&
                           !has_any(folder->base, makes) && !has_any(folder->own, makes));
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
