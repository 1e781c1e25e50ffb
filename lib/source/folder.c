#include "source/folder.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/file.h"

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

static bool is_supabase(const Folder *folder)
{
    bool mentioned = false, made = false;

    for (size_t i = 0; i < folder->layout->count; i++) {
        mentioned = mentioned || has_any(folder->texts[i].text, mentions);
        made = made || has_any(folder->texts[i].text, makes);
    }
    return folder->layout->supabase || (mentioned && !made);
}

Folder *folder_open(const char *path, Err *err)
{
    Folder *folder = arena_realloc_or_exit(NULL, sizeof *folder);
    bool ok = true;

    *folder = (Folder){.layout = layout_open(path, err)};
    if (!folder->layout) {
        folder_close(&folder);
        return NULL;
    }
    size_t count = folder->layout->count;
    folder->texts = arena_realloc_or_exit(NULL, (count + 1) * sizeof *folder->texts);
    for (size_t i = 0; i < count; i++)
        folder->texts[i] = (FolderText){0};
    for (size_t i = 0; ok && i < count; i++)
        ok = file_read(folder->layout->files[i].path, LAYOUT_FILE_MAX, &folder->texts[i].text,
                       &folder->texts[i].length, err);
    if (!ok)
        folder_close(&folder);
    else
        folder->is_supabase = is_supabase(folder);
    return folder;
}

void folder_close(Folder **folder)
{
    if (!*folder)
        return;
    for (size_t i = 0; (*folder)->texts && i < (*folder)->layout->count; i++)
        free((*folder)->texts[i].text);
    free((*folder)->texts);
    layout_close(&(*folder)->layout);
    free(*folder);
    *folder = NULL;
}
