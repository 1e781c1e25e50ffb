#include "backup/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/beneath.h"
#include "backup/manifest.h"
#include "backup/object.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/lock.h"
#include "json/jx.h"

enum { MANIFEST_MAX_BYTES = 256 << 20 };

static const char manifest_name[] = "manifest.jsonl";

struct Backup {
    const char *set;
    int directory; /* negative: never written */
    int objects;
    bool found; /* the manifest's file */
    Manifest *manifest;
};

const char *const *backup_sets(void)
{
    static const char *const sets[] = {"schema-versions", "types", "workspace", NULL};

    return sets;
}

/* ---- opening ---- */

static const char *set_of(const char *name, Err *err)
{
    for (const char *const *set = backup_sets(); *set; set++) {
        if (strcmp(*set, name) == 0) {
            return *set;
        }
    }
    (void)err_set(err, EXIT_USAGE, "there is no set '%s': schema-versions, types or workspace",
                  name);
    return NULL;
}

int backup_lock(const char *project, int timeout_ms, Err *err)
{
    Arena arena = {0};
    CLEANUP(cleanup_close) int root = beneath_root(project, err);
    CLEANUP(cleanup_close) int backups = root < 0 ? -1 : beneath_open(root, "backups", true, err);
    int lock = -1;

    if (backups >= 0) {
        lock = lock_take(arena_printf(&arena, "%s/backups/.lock", project), timeout_ms, err);
    }
    arena_free(&arena);
    return lock;
}

static Backup *backup_new(const char *set)
{
    Backup *backup = arena_realloc_or_exit(NULL, sizeof *backup);

    *backup = (Backup){.set = set, .directory = -1, .objects = -1};
    return backup;
}

static bool load(Backup *backup, Err *err)
{
    struct stat status;
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    int found =
        backup->directory < 0 ? 0 : beneath_look(backup->directory, manifest_name, &status, err);

    if (found < 0 || (found > 0 && !beneath_read(backup->directory, manifest_name,
                                                 MANIFEST_MAX_BYTES, &text, &length, err))) {
        return err_in(err, "in backups/%s", backup->set);
    }
    backup->found = found > 0;
    backup->manifest = manifest_parse(text ? text : "", length, backup->set);
    return true;
}

/* Steps down; a name that is not there ends the way without being an error. */
static bool step(int *at, const char *name, Err *err)
{
    struct stat status;
    int next = -1;

    if (fstatat(*at, name, &status, AT_SYMLINK_NOFOLLOW) < 0 && errno == ENOENT) {
        cleanup_close(at);
        return true;
    }
    next = beneath_open(*at, name, false, err);
    cleanup_close(at);
    *at = next;
    return next >= 0;
}

Backup *backup_open(const char *project, const char *name, Err *err)
{
    const char *set = set_of(name, err);
    CLEANUP(backup_close) Backup *backup = set ? backup_new(set) : NULL;
    Backup *opened = NULL;

    if (!backup) {
        return NULL;
    }
    backup->directory = beneath_root(project, err);
    if (backup->directory < 0 || !step(&backup->directory, "backups", err) ||
        (backup->directory >= 0 && !step(&backup->directory, set, err))) {
        return NULL;
    }
    if (backup->directory >= 0) {
        backup->objects = fcntl(backup->directory, F_DUPFD_CLOEXEC, 3);
        if (backup->objects < 0 || !step(&backup->objects, "objects", err)) {
            return NULL;
        }
    }
    if (!load(backup, err)) {
        return NULL;
    }
    opened = backup;
    backup = NULL;
    return opened;
}

Backup *backup_open_write(const char *project, const char *name, Err *err)
{
    const char *set = set_of(name, err);
    CLEANUP(cleanup_close) int root = set ? beneath_root(project, err) : -1;
    CLEANUP(cleanup_close) int backups = root < 0 ? -1 : beneath_open(root, "backups", true, err);
    CLEANUP(backup_close) Backup *backup = backups < 0 ? NULL : backup_new(set);
    Backup *opened = NULL;

    if (!backup) {
        return NULL;
    }
    backup->directory = beneath_open(backups, set, true, err);
    if (backup->directory >= 0) {
        backup->objects = beneath_open(backup->directory, "objects", true, err);
    }
    if (backup->objects < 0 || !load(backup, err)) {
        return NULL;
    }
    opened = backup;
    backup = NULL;
    return opened;
}

void backup_close(Backup **backup)
{
    if (*backup) {
        cleanup_close(&(*backup)->directory);
        cleanup_close(&(*backup)->objects);
        manifest_close(&(*backup)->manifest);
        free(*backup);
        *backup = NULL;
    }
}

/* ---- reading ---- */

json_t *backup_entries(const Backup *backup, Err *err)
{
    return manifest_entries(backup->manifest, err);
}

static bool is_which(const json_t *entry, const char *which)
{
    char *end = NULL;
    long long number = strtoll(which, &end, 10);

    return strcmp(jx_string(entry, "id", ""), which) == 0 ||
           (*which && !*end && strlen(which) < 19 && number == jx_int(entry, "seq", -1));
}

json_t *backup_find(const Backup *backup, const char *which, Err *err)
{
    json_auto_t *entries = backup_entries(backup, err);
    size_t count = json_array_size(entries);
    size_t i = 0;
    json_t *entry = NULL;

    if (!entries) {
        return NULL;
    }
    if (strcmp(which, "newest") == 0 && count > 0) {
        return json_incref(json_array_get(entries, count - 1));
    }
    json_array_foreach(entries, i, entry)
    {
        if (is_which(entry, which)) {
            return json_incref(entry);
        }
    }
    (void)err_set(err, EXIT_DATA, "there is no backup '%s' in '%s'", which, backup->set);
    return NULL;
}

bool backup_read(const Backup *backup, const json_t *entry, char **ret_bytes, size_t *ret_length,
                 Err *err)
{
    size_t size = (size_t)jx_int(entry, "size", 0);

    if (!object_read(backup->objects, jx_string(entry, "sha256", ""), size, ret_bytes, err)) {
        return err_in(err, "(backup '%s' in '%s')", jx_string(entry, "id", ""), backup->set);
    }
    *ret_length = size;
    return true;
}

/* ---- damage ---- */

static bool count_objects(const Backup *backup, size_t *ret, Err *err)
{
    CLEANUP(beneath_names_free)
    char **names = backup->objects >= 0 ? beneath_names(backup->objects, err) : NULL;

    if (backup->objects >= 0 && !names) {
        return false;
    }
    *ret = 0;
    for (char **name = names; name && *name; name++) {
        *ret += object_is_name(*name);
    }
    return true;
}

/* Every backup ever made left a line or a gap with a line behind it: none at all is no list. */
static bool find_lost(const Backup *backup, size_t objects, json_t *findings, Err *err)
{
    json_auto_t *entries = backup_entries(backup, err);

    if (!entries || json_array_size(entries) > 0 || (!backup->found && objects <= 1)) {
        return entries != NULL;
    }
    return jx_append(
        findings,
        backup->found
            ? json_pack("{s:s}", "what", "manifest.jsonl lists no backup")
            : json_pack(
                  "{s:o}", "what",
                  json_sprintf("manifest.jsonl is missing, and %zu contents are there", objects)),
        err);
}

static bool find_damage(const Backup *backup, json_t *findings, Err *err)
{
    size_t objects = 0;

    return manifest_check(backup->manifest, findings, err) &&
           (json_array_size(findings) > 0 ||
            (count_objects(backup, &objects, err) && find_lost(backup, objects, findings, err)));
}

bool backup_is_whole(const Backup *backup, Err *err)
{
    json_auto_t *findings = json_array();
    const json_t *first = NULL;
    long long line = 0;

    if (!find_damage(backup, findings, err)) {
        return false;
    }
    first = json_array_get(findings, 0);
    line = (long long)jx_int(first, "line", 0);
    if (line > 0) {
        return err_set(err, EXIT_DATA, "the list of '%s' is damaged: line %lld: %s", backup->set,
                       line, jx_string(first, "what", ""));
    }
    return !first || err_set(err, EXIT_DATA, "the list of '%s' is damaged: %s", backup->set,
                             jx_string(first, "what", ""));
}

/* ---- adding ---- */

json_t *backup_known(const Backup *backup, const BackupContent *content)
{
    Err ignored = {0};
    json_auto_t *entries = backup_entries(backup, &ignored);
    char sha256[DIGEST_HEX_SIZE];
    size_t count = json_array_size(entries);

    digest_hex(content->bytes, content->length, sha256);
    for (size_t i = count; i-- > 0;) {
        json_t *entry = json_array_get(entries, i);
        bool same_run = content->run && strcmp(jx_string(entry, "run", ""), content->run) == 0;

        if ((i + 1 == count || same_run) && strcmp(jx_string(entry, "sha256", ""), sha256) == 0) {
            return json_incref(entry);
        }
    }
    return NULL;
}

static bool save_manifest(const Backup *backup, Err *err)
{
    size_t length = 0;
    CLEANUP(cleanup_free) char *text = manifest_text(backup->manifest, &length);

    return beneath_write(backup->directory, manifest_name, text, length, 0600, err);
}

static json_t *entry_new(const BackupContent *content, const char *sha256, Err *err)
{
    char id[CLOCK_ULID_SIZE];
    char time[CLOCK_TEXT_SIZE];
    json_auto_t *entry = NULL;

    clock_ulid(id);
    clock_format(clock_now_ms(), time);
    entry = json_pack("{s:s, s:s, s:s, s:I, s:s}", "id", id, "time", time, "sha256", sha256, "size",
                      (json_int_t)content->length, "name", content->name);
    if (!entry) {
        (void)err_set(err, EXIT_DATA, "the name of the file is not UTF-8");
        return NULL;
    }
    if ((content->reason && !jx_set(entry, "reason", json_string(content->reason), err)) ||
        (content->run && !jx_set(entry, "run", json_string(content->run), err))) {
        return NULL;
    }
    return json_incref(entry);
}

/* To be called before the first line and its object are written. */
static bool mark_lost(Backup *backup, Err *err)
{
    json_auto_t *findings = json_array();
    size_t objects = 0;

    if (!manifest_check(backup->manifest, findings, err) || !count_objects(backup, &objects, err)) {
        return false;
    }
    return json_array_size(findings) > 0 || objects == 0 ||
           (find_lost(backup, objects, findings, err) &&
            (json_array_size(findings) == 0 || manifest_mark_lost(backup->manifest, objects, err)));
}

json_t *backup_add(Backup *backup, const BackupContent *content, Err *err)
{
    char sha256[DIGEST_HEX_SIZE];
    json_auto_t *entry = NULL;

    if (content->length > OBJECT_MAX_BYTES) {
        (void)err_set(err, EXIT_DATA, "'%s' is larger than %d bytes", content->name,
                      OBJECT_MAX_BYTES);
        return NULL;
    }
    digest_hex(content->bytes, content->length, sha256);
    entry = entry_new(content, sha256, err);
    if (!entry || !mark_lost(backup, err) ||
        !object_write(backup->objects, sha256, content->bytes, content->length, err) ||
        !manifest_add(backup->manifest, json_incref(entry), err) || !save_manifest(backup, err)) {
        return NULL;
    }
    backup->found = true;
    return json_incref(entry);
}

/* ---- pruning ---- */

/* {"<sha256>.zst":true} of every object an entry names. */
static json_t *named_objects(const Backup *backup, Err *err)
{
    json_auto_t *entries = backup_entries(backup, err);
    json_auto_t *named = json_object();
    size_t i = 0;
    const json_t *entry = NULL;

    json_array_foreach(entries, i, entry)
    {
        char name[OBJECT_NAME_SIZE];

        object_name(jx_string(entry, "sha256", ""), name);
        if (!jx_set(named, name, json_true(), err)) {
            return NULL;
        }
    }
    return entries ? json_incref(named) : NULL;
}

/* {"<sha256>.zst":true} of every object that was dropped and nobody names. */
static json_t *dropped_objects(const Backup *backup, Err *err)
{
    json_auto_t *dropped = manifest_dropped(backup->manifest, err);
    json_auto_t *named = json_object();
    const char *sha256 = NULL;
    json_t *value = NULL;

    json_object_foreach(dropped, sha256, value)
    {
        char name[OBJECT_NAME_SIZE];

        object_name(sha256, name);
        if (!jx_set(named, name, json_true(), err)) {
            return NULL;
        }
    }
    return dropped ? json_incref(named) : NULL;
}

/* Only for a manifest that is whole. */
static bool collect(const Backup *backup, bool orphans, Err *err)
{
    json_auto_t *named = named_objects(backup, err);
    json_auto_t *dropped = named ? dropped_objects(backup, err) : NULL;
    CLEANUP(beneath_names_free)
    char **names = dropped ? beneath_names(backup->objects, err) : NULL;
    bool collected = false;

    for (char **name = names; name && *name; name++) {
        bool unnamed = object_is_name(*name) && !json_object_get(named, *name);

        if (object_is_temporary(*name) ||
            (unnamed && (orphans || json_object_get(dropped, *name)))) {
            if (!beneath_remove(backup->objects, *name, err)) {
                return false;
            }
            collected = true;
        }
    }
    return names && (!collected || beneath_sync(backup->objects, err));
}

bool backup_apply(Backup *backup, const json_t *plan, bool orphans, Err *err)
{
    json_auto_t *ids = json_array();
    size_t i = 0;
    const json_t *entry = NULL;

    json_array_foreach(json_object_get(plan, "remove"), i, entry)
    {
        if (!jx_append(ids, json_incref(json_object_get(entry, "id")), err)) {
            return false;
        }
    }
    /* What was dropped before goes first: a full disk then has room for the manifest, and the new
     * gap need not name it. */
    return backup_is_whole(backup, err) && collect(backup, orphans, err) &&
           (json_array_size(ids) == 0 ||
            (manifest_drop(backup->manifest, ids, err) && save_manifest(backup, err) &&
             collect(backup, false, err)));
}

bool backup_pin(Backup *backup, const char *id, const char *why, Err *err)
{
    char time[CLOCK_TEXT_SIZE];

    clock_format(clock_now_ms(), time);
    return manifest_pin(backup->manifest, id, time, why, err) && save_manifest(backup, err);
}

bool backup_unpin(Backup *backup, const char *id, Err *err)
{
    char time[CLOCK_TEXT_SIZE];

    clock_format(clock_now_ms(), time);
    return manifest_unpin(backup->manifest, id, time, err) && save_manifest(backup, err);
}

/* ---- verifying ---- */

static bool verify_objects(const Backup *backup, const json_t *entries, json_t *findings, Err *err)
{
    size_t i = 0;
    const json_t *entry = NULL;

    json_array_foreach(entries, i, entry)
    {
        CLEANUP(cleanup_free) char *bytes = NULL;
        size_t length = 0;
        Err found = {0};

        if (backup->objects < 0) {
            (void)err_set(&found, EXIT_DATA, "the directory 'objects' is not there");
        }
        if ((backup->objects < 0 || !backup_read(backup, entry, &bytes, &length, &found)) &&
            !jx_append(
                findings,
                json_pack("{s:s, s:O}", "what", found.msg, "id", json_object_get(entry, "id")),
                err)) {
            return false;
        }
    }
    return true;
}

static bool verify_names(const Backup *backup, json_t *verdict, Err *err)
{
    json_auto_t *named = named_objects(backup, err);
    json_auto_t *dropped = named ? dropped_objects(backup, err) : NULL;
    CLEANUP(beneath_names_free)
    char **names = dropped && backup->objects >= 0 ? beneath_names(backup->objects, err) : NULL;
    json_int_t objects = 0;

    if (!dropped || (backup->objects >= 0 && !names)) {
        return false;
    }
    for (char **name = names; name && *name; name++) {
        bool is_object = object_is_name(*name);
        const char *key = object_is_temporary(*name) || json_object_get(dropped, *name)
                              ? "leftovers"
                          : is_object && !json_object_get(named, *name) ? "orphans"
                                                                        : NULL;

        objects += is_object;
        if (key && !jx_append(json_object_get(verdict, key), json_string(*name), err)) {
            return false;
        }
    }
    return jx_set(verdict, "objects", json_integer(objects), err);
}

json_t *backup_verify(const Backup *backup, Err *err)
{
    json_auto_t *entries = backup_entries(backup, err);
    json_auto_t *findings = json_array();
    json_auto_t *verdict = json_pack("{s:s, s:I, s:[], s:[], s:O}", "set", backup->set, "backups",
                                     (json_int_t)json_array_size(entries), "orphans", "leftovers",
                                     "findings", findings);

    if (!entries || !find_damage(backup, findings, err) ||
        (json_array_size(findings) > 0 &&
         !jx_set(
             verdict, "remedy",
             json_sprintf("put manifest.jsonl back from a copy, or move backups/%s away to begin "
                          "anew; its contents stay readable with zstdcat",
                          backup->set),
             err)) ||
        !verify_objects(backup, entries, findings, err) || !verify_names(backup, verdict, err)) {
        return NULL;
    }
    return json_incref(verdict);
}
