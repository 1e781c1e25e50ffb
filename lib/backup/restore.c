#include "backup/restore.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backup/beneath.h"
#include "backup/object.h"
#include "base/arena.h"
#include "json/jx.h"

typedef struct Place {
    int directory;
    const char *name; /* of the file in it */
    const char *path; /* the whole, absolute */
} Place;

/* The part of path below directory, or NULL. */
static const char *below(const char *path, const char *directory)
{
    size_t length = strlen(directory);

    while (length > 1 && directory[length - 1] == '/') {
        length--;
    }
    if (strncmp(path, directory, length) != 0 || path[length] != '/') {
        return NULL;
    }
    path += length;
    return path + strspn(path, "/");
}

/* "." and empty parts taken out. ".." is refused: what it means depends on links. */
static const char *tidy(Arena *arena, const char *path, Err *err)
{
    char *tidied = arena_alloc(arena, strlen(path) + 2);
    size_t used = 0;

    while (*path) {
        size_t length = strcspn(path, "/");

        if (length == 2 && strncmp(path, "..", 2) == 0) {
            (void)err_set(err, EXIT_USAGE, "the target has '..' in it");
            return NULL;
        }
        if (length > 0 && !(length == 1 && *path == '.')) {
            tidied[used++] = '/';
            memcpy(tidied + used, path, length);
            used += length;
        }
        path += length;
        path += *path == '/';
    }
    return tidied;
}

static bool find_place(Arena *arena, const Restore *restore, Place *ret, Err *err)
{
    const char *given = restore->target[0] == '/'
                            ? restore->target
                            : arena_printf(arena, "%s/%s", restore->here, restore->target);
    size_t length = strlen(given);
    const char *path = tidy(arena, given, err);
    const char *inside = path ? below(path, restore->project) : NULL;
    const char *relative = inside ? inside : path ? path + 1 : NULL;
    const char *slash = relative ? strrchr(relative, '/') : NULL;
    CLEANUP(cleanup_close) int root = -1;

    if (!path) {
        return false;
    }
    if (given[length - 1] == '/' || *relative == '\0') {
        return err_set(err, EXIT_USAGE, "the target '%s' is a directory", restore->target);
    }
    if (!inside && !restore->outside) {
        return err_set(err, EXIT_USAGE, "the target '%s' is outside of the project (--outside?)",
                       restore->target);
    }
    if (inside && (strncmp(inside, "backups/", 8) == 0 || strcmp(inside, "backups") == 0)) {
        return err_set(err, EXIT_USAGE, "the target '%s' is among the backups", restore->target);
    }
    root = beneath_root(inside ? restore->project : "/", err);
    ret->directory =
        root < 0
            ? -1
            : beneath_open(root,
                           arena_strndup(arena, relative, slash ? (size_t)(slash - relative) : 0),
                           false, err);
    ret->name = slash ? slash + 1 : relative;
    ret->path = path;
    return ret->directory >= 0 || err_in(err, "in the target '%s'", restore->target);
}

/* What the target holds goes to the set workspace first; *ret_id is its entry's. */
static bool save(const Restore *restore, const Place *place, const json_t *entry, const char *bytes,
                 size_t length, json_t **ret_entry, Err *err)
{
    Arena arena = {0};
    CLEANUP(backup_close)
    Backup *workspace = backup_open_write(restore->project, "workspace", err);
    BackupContent content = {
        .bytes = bytes,
        .length = length,
        .name = place->name,
        .reason = arena_printf(&arena, "before the restore of %s to %s", jx_string(entry, "id", ""),
                               place->path),
    };
    json_t *saved = workspace ? backup_known(workspace, &content) : NULL;

    if (workspace && !saved) {
        saved = backup_add(workspace, &content, err);
    }
    arena_free(&arena);
    *ret_entry = saved;
    return saved != NULL;
}

static json_t *outcome(const Place *place, const json_t *entry, bool changed, const json_t *saved,
                       Err *err)
{
    json_auto_t *result =
        json_pack("{s:O, s:s, s:O, s:b}", "restored", json_object_get(entry, "id"), "to",
                  place->path, "size", json_object_get(entry, "size"), "changed", (int)changed);

    if (!result) {
        (void)err_set(err, EXIT_DATA, "the target's name is not UTF-8");
    } else if (saved && !jx_set(result, "saved", json_incref(json_object_get(saved, "id")), err)) {
        return NULL;
    }
    return json_incref(result);
}

static json_t *put_back(const Restore *restore, const Place *place, const json_t *entry,
                        const char *bytes, size_t length, Err *err)
{
    struct stat status = {0};
    int there = beneath_look(place->directory, place->name, &status, err);
    CLEANUP(cleanup_free) char *old = NULL;
    size_t old_length = 0;
    json_auto_t *saved = NULL;
    mode_t mode = there > 0 ? status.st_mode & 0777 : 0666;

    if (there < 0 || (there > 0 && !beneath_read(place->directory, place->name, OBJECT_MAX_BYTES,
                                                 &old, &old_length, err))) {
        return NULL;
    }
    if (there > 0 && old_length == length && memcmp(old, bytes, length) == 0) {
        return outcome(place, entry, false, NULL, err);
    }
    if (restore->dry_run) {
        return outcome(place, entry, true, NULL, err);
    }
    if ((there > 0 && !save(restore, place, entry, old, old_length, &saved, err)) ||
        !beneath_write(place->directory, place->name, bytes, length, mode, err)) {
        return NULL;
    }
    return outcome(place, entry, true, saved, err);
}

json_t *restore_run(const Restore *restore, const Backup *backup, const json_t *entry, Err *err)
{
    Arena arena = {0};
    Place place = {.directory = -1};
    CLEANUP(cleanup_free) char *bytes = NULL;
    size_t length = 0;
    json_t *result = NULL;

    if (find_place(&arena, restore, &place, err) &&
        backup_read(backup, entry, &bytes, &length, err)) {
        result = put_back(restore, &place, entry, bytes, length, err);
    }
    cleanup_close(&place.directory);
    arena_free(&arena);
    return result;
}
