#include "history/versions.h"

#include <stdlib.h>
#include <string.h>

#include "backup/backup.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/file.h"
#include "diff/diff.h"
#include "json/jx.h"
#include "model/change.h"
#include "side/program.h"

enum { KEPT_COUNT = 4 };

void versions_init(Versions *versions)
{
    *versions = (Versions){.steps = json_array(), .warnings = json_array()};
}

void versions_free(Versions *versions)
{
    json_decref(versions->steps);
    json_decref(versions->warnings);
}

/* True for trouble with one version alone, which is told; else err stays as it is. */
static bool pass_over(Versions *versions, Err *err)
{
    if (err->code != EXIT_DATA)
        return false;
    json_array_append_new(versions->warnings, json_string(err->msg));
    *err = (Err){0};
    return true;
}

static json_t *compare(FILE *old, const char *old_name, FILE *new, const char *new_name,
                       json_t **ret_meta, Err *err)
{
    rewind(old);
    rewind(new);
    CLEANUP(snapshot_reader_close)
    SnapshotReader *before = snapshot_reader_open(old, old_name, err);
    CLEANUP(snapshot_reader_close)
    SnapshotReader *after = before ? snapshot_reader_open(new, new_name, err) : NULL;
    json_t *changes = after ? diff_snapshots(before, after, err) : NULL;

    if (changes && ret_meta)
        *ret_meta = json_incref((json_t *)snapshot_reader_meta(after));
    return changes;
}

/* ---- what was accepted ---- */

/* One version more; the file of side is taken over when it can be read. */
static bool accept_next(Versions *versions, Side *last, Side *side, Err *err)
{
    json_auto_t *meta = NULL;
    json_auto_t *changes =
        last->file ? compare(last->file, last->name, side->file, side->name, &meta, err) : NULL;

    if (last->file && !changes)
        return pass_over(versions, err);
    versions->count++;
    if (changes && changes_count(changes) > 0 &&
        !jx_append(
            versions->steps,
            json_pack("{s:O, s:s*}", "changes", changes, "time", jx_string(meta, "time", NULL)),
            err))
        return false;
    side_close(last);
    *last = *side;
    *side = (Side){0};
    return true;
}

static bool accept_one(const SideContext *context, const char *which, Versions *versions,
                       Side *last, Err *err)
{
    CLEANUP(side_close) Side side = {0};

    if (!side_open(context, which, NULL, &side, err))
        return pass_over(versions, err);
    return !side.file || accept_next(versions, last, &side, err);
}

bool versions_accepted(const SideContext *context, Versions *ret, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(side_close) Side last = {0};
    CLEANUP(backup_close)
    Backup *backup = backup_open(config_directory(context->config), "schema-versions", err);
    json_auto_t *entries = backup ? backup_entries(backup, err) : NULL;
    const char *hash = "";
    size_t index = 0;
    json_t *entry = NULL;

    if (!entries)
        return false;
    json_array_foreach(entries, index, entry)
    {
        const char *next = jx_string(entry, "sha256", "");
        const char *which = arena_printf(&arena, "backup:%s", jx_string(entry, "id", ""));
        if (strcmp(hash, next) != 0 && !accept_one(context, which, ret, &last, err))
            return false;
        hash = next;
    }
    return accept_one(context, "cache", ret, &last, err);
}

/* ---- what was committed ---- */

/* The snapshot of an object of the repository, kept for the next commit. */
typedef struct Kept {
    char oid[GIT_OID_SIZE];
    FILE *file;
} Kept;

typedef struct Tracked {
    const SideContext *context;
    Versions *versions;
    Git git;
    const char *rev; /* an object's name */
    const char *path;
    Kept kept[KEPT_COUNT];
    size_t next; /* of them to be used anew */
} Tracked;

static void tracked_free(Tracked *tracked)
{
    for (size_t i = 0; i < KEPT_COUNT; i++)
        program_close(&tracked->kept[i].file);
}

static FILE *read_object(Tracked *tracked, const char *commit, const GitObject *object, Err *err)
{
    SideGit from = {&tracked->git, object, commit, tracked->path, tracked->path};

    if (object->type == GIT_BLOB && !side_is_sql(tracked->path))
        return git_blob(&tracked->git, object->oid, err);
    return side_git_migrations(tracked->context, "migrations", &from, NULL, err);
}

/* Borrowed; NULL: it cannot be read. other stays what it is. */
static FILE *version_of(Tracked *tracked, const char *commit, const GitObject *object,
                        const FILE *other, Err *err)
{
    for (size_t i = 0; i < KEPT_COUNT; i++)
        if (tracked->kept[i].file && strcmp(tracked->kept[i].oid, object->oid) == 0)
            return tracked->kept[i].file;
    FILE *file = read_object(tracked, commit, object, err);
    if (!file)
        return NULL;
    tracked->next += other && tracked->kept[tracked->next % KEPT_COUNT].file == other;
    Kept *kept = &tracked->kept[tracked->next++ % KEPT_COUNT];
    program_close(&kept->file);
    *kept = (Kept){.file = file};
    memcpy(kept->oid, object->oid, sizeof kept->oid);
    tracked->versions->count++;
    return file;
}

/* Nothing at all, of the same sort as that document. */
static FILE *nothing_like(FILE *file, const char *name, Err *err)
{
    rewind(file);
    CLEANUP(snapshot_reader_close) SnapshotReader *reader = snapshot_reader_open(file, name, err);
    json_auto_t *meta = reader ? json_copy((json_t *)snapshot_reader_meta(reader)) : NULL;
    CLEANUP(program_close) FILE *empty = meta ? program_temporary(err) : NULL;

    if (!empty)
        return NULL;
    json_object_set_new(meta, "history", json_array());
    CLEANUP(snapshot_writer_close)
    SnapshotWriter *writer = snapshot_writer_open(empty, meta, err);
    if (!writer || !snapshot_writer_finish(writer, NULL, err) ||
        !file_flush(empty, "a temporary file", err))
        return NULL;
    FILE *made = empty;
    empty = NULL;
    return made;
}

static json_t *compare_objects(Tracked *tracked, const GitCommit *commit, const GitObject *before,
                               const GitObject *after, Err *err)
{
    CLEANUP(program_close) FILE *nothing = NULL;
    const char *name = tracked->git.subject;
    FILE *old =
        before->type != GIT_NONE ? version_of(tracked, commit->parent, before, NULL, err) : NULL;
    FILE *new = NULL;

    if (before->type != GIT_NONE && !old)
        return NULL;
    if (after->type != GIT_NONE && !(new = version_of(tracked, commit->id, after, old, err)))
        return NULL;
    if (!old || !new) {
        nothing = nothing_like(old ? old : new, name, err);
        if (!nothing)
            return NULL;
    }
    return compare(old ? old : nothing, name, new ? new : nothing, name, NULL, err);
}

static bool commit_step(Tracked *tracked, const GitCommit *commit, const GitObject *before,
                        const GitObject *after, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    char time[CLOCK_TEXT_SIZE];

    if (strcmp(before->oid, after->oid) == 0)
        return true;
    tracked->git.subject = arena_printf(&arena, "git:%.12s:%s", commit->id, tracked->path);
    json_auto_t *changes = compare_objects(tracked, commit, before, after, err);
    if (!changes)
        return pass_over(tracked->versions, err);
    if (changes_count(changes) == 0)
        return true;
    clock_format(commit->time_s * 1000, time);
    return jx_append(tracked->versions->steps,
                     json_pack("{s:O, s:s, s:s, s:s*}", "changes", changes, "time", time, "commit",
                               commit->id, "author", commit->author),
                     err);
}

static bool commits_compare(Tracked *tracked, Arena *arena, const GitCommit *commits, size_t count,
                            Err *err)
{
    const char **names = arena_alloc(arena, (2 * count + 1) * sizeof *names);
    GitObject *objects = arena_alloc(arena, (2 * count + 1) * sizeof *objects);

    for (size_t i = 0; i < count; i++) {
        names[2 * i] = commits[i].parent
                           ? arena_printf(arena, "%s:%s", commits[i].parent, tracked->path)
                           : "0000000000000000000000000000000000000000";
        names[2 * i + 1] = arena_printf(arena, "%s:%s", commits[i].id, tracked->path);
    }
    if (!git_find(&tracked->git, names, 2 * count, objects, err))
        return false;
    for (size_t i = count; i-- > 0;)
        if (!commit_step(tracked, &commits[i], &objects[2 * i], &objects[2 * i + 1], err))
            return false;
    return true;
}

/* Fills rev (a name) and where it is; path NULL: in no repository. */
static bool tracked_find(Tracked *tracked, Arena *arena, const char *which, const char **ret_rev,
                         Err *err)
{
    const char *path = NULL, *top = NULL, *place = NULL, *project = tracked->context->project;
    bool is_named = strncmp(which, "git:", 4) == 0;

    *ret_rev = "HEAD";
    if ((is_named && !git_split(arena, which + 4, ret_rev, &path, err)) ||
        !git_place(arena,
                   !is_named ? which
                   : project ? project
                             : ".",
                   &top, &place, err))
        return false;
    if (is_named && place && !(place = side_git_place(arena, tracked->context, path, err)))
        return false;
    tracked->git = (Git){top, which};
    tracked->path = place;
    return true;
}

bool versions_committed(const SideContext *context, const char *which, Versions *ret, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(tracked_free) Tracked tracked = {.context = context, .versions = ret};
    const char *rev = NULL;
    GitCommit *commits = NULL;
    GitObject object = {0};
    size_t count = 0;

    if (!tracked_find(&tracked, &arena, which, &rev, err))
        return false;
    if (!tracked.path)
        return true;
    const char *names[] = {arena_printf(&arena, "%s^{commit}", rev)};
    if (!git_find(&tracked.git, names, 1, &object, err))
        return false;
    if (object.type == GIT_NONE)
        return strcmp(rev, "HEAD") == 0 ||
               err_set(err, EXIT_DATA, "there is no revision '%s'", rev);
    return git_log(&tracked.git, &arena, object.oid, tracked.path, &commits, &count, err) &&
           (count == 0 || commits_compare(&tracked, &arena, commits, count, err));
}
