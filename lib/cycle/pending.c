#include "cycle/pending.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "json/jx.h"
#include "model/snapshot.h"

enum { APPLIED_MAX = 10000 }; /* share/sql/migrations.sql lists no more */

/* The length of the version in a migration file's name; 0: it is none. */
static size_t version_length(const char *name)
{
    size_t digits = strspn(name, "0123456789"), length = strlen(name);

    return digits > 0 && name[digits] == '_' && length > digits + 4 &&
                   strcmp(name + length - 4, ".sql") == 0
               ? digits
               : 0;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names of the migration files, sorted; how many. */
static size_t list_files(const char *directory, Arena *arena, const char ***ret)
{
    DIR *entries = opendir(directory);
    size_t count = 0, room = 0;
    const char **names = NULL;

    for (struct dirent *entry = NULL; entries && (entry = readdir(entries));) {
        if (version_length(entry->d_name) == 0 ||
            !text_is_utf8(entry->d_name, strlen(entry->d_name)))
            continue;
        if (count == room) {
            room = room ? 2 * room : 64;
            names = arena_realloc_or_exit(names, room * sizeof *names);
        }
        names[count++] = arena_strdup(arena, entry->d_name);
    }
    if (entries)
        closedir(entries);
    if (count > 0)
        qsort(names, count, sizeof *names, compare_names);
    *ret = names;
    return count;
}

/* The meta of the snapshot that was accepted last; NULL when there is none. */
static json_t *accepted_meta(Config *config)
{
    const char *path = config_state_path(config, "cache/snapshot.json");
    FILE *in = file_exists(path) ? fopen(path, "re") : NULL;
    Err ignored = {0};
    json_t *meta = NULL;

    if (!in)
        return NULL;
    SnapshotReader *reader = snapshot_reader_open(in, path, &ignored);
    if (reader)
        meta = json_copy((json_t *)snapshot_reader_meta(reader));
    snapshot_reader_close(&reader);
    fclose(in);
    return meta;
}

static void name_one(json_t *names, const char *name)
{
    if (json_array_size(names) < PENDING_NAMED)
        json_array_append_new(names, json_string(name));
}

/* Fills status from the two lists. */
static void compare(json_t *status, const char **files, size_t count, const json_t *applied)
{
    json_auto_t *have = json_object(); /* versions of files */
    json_auto_t *done = json_object(); /* versions applied */
    json_t *pending_files = json_array(), *missing_versions = json_array();
    json_int_t pending = 0, missing = 0;
    size_t index = 0;
    json_t *item = NULL;
    const char *first = json_string_value(json_array_get(applied, 0));
    bool is_cut = json_array_size(applied) >= APPLIED_MAX && first;

    json_array_foreach(applied, index, item)
    {
        if (json_is_string(item))
            json_object_set_new(done, json_string_value(item), json_true());
    }
    for (size_t i = 0; i < count; i++) {
        char *version = strdup(files[i]);
        if (!version)
            arena_die("out of memory");
        version[version_length(files[i])] = '\0';
        json_object_set_new(have, version, json_true());
        if (!json_object_get(done, version) && !(is_cut && strcmp(version, first) < 0)) {
            pending++;
            name_one(pending_files, files[i]);
        }
        free(version);
    }
    json_array_foreach(applied, index, item)
    {
        if (json_is_string(item) && !json_object_get(have, json_string_value(item))) {
            missing++;
            name_one(missing_versions, json_string_value(item));
        }
    }
    json_object_set_new(status, "applied", json_integer((json_int_t)json_array_size(applied)));
    json_object_set_new(status, "pending", json_integer(pending));
    json_object_set_new(status, "pending_files", pending_files);
    json_object_set_new(status, "missing", json_integer(missing));
    json_object_set_new(status, "missing_versions", missing_versions);
}

json_t *pending_survey(Config *config)
{
    CLEANUP(arena_free) Arena arena = {0};
    json_auto_t *meta = accepted_meta(config);
    const json_t *applied = json_object_get(meta, "applied");
    const char *source = jx_string(meta, "source", "");
    const char **files = NULL;
    json_t *status = NULL;

    if (strcmp(source, "live") != 0 && strcmp(source, "supabase") != 0)
        return NULL;
    size_t count =
        list_files(config_path(config, config_string(config, "source.migrations")), &arena, &files);
    if (count > 0 || json_is_array(applied))
        status = json_pack("{s:I}", "files", (json_int_t)count);
    if (status && json_is_array(applied)) {
        compare(status, files, count, applied);
        json_object_set_new(status, "time", json_string(jx_string(meta, "time", "")));
    }
    free(files);
    return status;
}
