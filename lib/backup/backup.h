/* Backups of a project: sets under backups/, each a manifest and a content store.
 *
 *     backups/.lock                        one writer at a time
 *     backups/SET/manifest.jsonl           backup/manifest.h
 *     backups/SET/objects/<sha256>.zst     backup/object.h
 *
 * Order of writing: the object, then the manifest that names it; pruning: the manifest without the
 * names, then the objects. Each file is replaced atomically. So a kill anywhere leaves every name
 * with its object, at worst an object without a name.
 *
 * An object is taken away only when the manifest says that pruning dropped it (manifest_dropped),
 * never for want of a name: should the manifest be lost, in whole or in part, the objects are all
 * that is left. A killed add's stays, to be used when the same content comes again.
 *
 * A manifest is damaged that manifest_check finds fault with, that is there and lists no backup, or
 * that is missing while there are two objects or more (one is what a killed first add leaves). */
#ifndef BACKUP_BACKUP_H
#define BACKUP_BACKUP_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

typedef struct Backup Backup; /* one set */

/* NULL-terminated: schema-versions, types, workspace. */
const char *const *backup_sets(void);

/* Takes backups/.lock of the project, making backups/ (0700) when needed; waits up to timeout_ms.
 * Negative: failure, EXIT_TEMPFAIL when busy. Close it to let go. */
int backup_lock(const char *project, int timeout_ms, Err *err);
/* Opens a set to read; one that was never written is empty. */
Backup *backup_open(const char *project, const char *set, Err *err);
/* The same to write: directories are made. The caller holds the lock. */
Backup *backup_open_write(const char *project, const char *set, Err *err);
void backup_close(Backup **backup);

/* See manifest_entries; a new reference. */
json_t *backup_entries(const Backup *backup, Err *err);
/* The entry of an id, a number ("7" is its seq) or "newest"; a new reference. EXIT_DATA: none. */
json_t *backup_find(const Backup *backup, const char *which, Err *err);
/* The bytes of an entry, from malloc. */
bool backup_read(const Backup *backup, const json_t *entry, char **ret_bytes, size_t *ret_length,
                 Err *err);

typedef struct BackupContent {
    const void *bytes;
    size_t length;
    const char *name;   /* of the file, without its directories */
    const char *reason; /* NULL: none */
    const char *run;    /* the cycle it belongs to; NULL: none */
} BackupContent;

/* The entry this content has in the set, or NULL (not an error) when it would be added: it is there
 * when the newest has the same bytes, or one of the same run has. A new reference. */
json_t *backup_known(const Backup *backup, const BackupContent *content);
/* Adds it, whether known or not; the new entry, a new reference. Where the manifest is gone and its
 * objects are not, the one begun here says so, and is damaged. */
json_t *backup_add(Backup *backup, const BackupContent *content, Err *err);
/* False, EXIT_DATA, when the manifest is damaged: err says how. */
bool backup_is_whole(const Backup *backup, Err *err);
/* Does what a plan (backup/plan.h) says, and takes away the objects of what was dropped; with
 * orphans, those without a name, too. Nothing is done when the manifest is damaged: EXIT_DATA. */
bool backup_apply(Backup *backup, const json_t *plan, bool orphans, Err *err);
/* why NULL or "": no reason. Pinning a pinned one replaces its reason. */
bool backup_pin(Backup *backup, const char *id, const char *why, Err *err);
bool backup_unpin(Backup *backup, const char *id, Err *err);

/* {"set","backups":n,"objects":n,"orphans":[names],"leftovers":[names],"remedy"?,
 * "findings":[{"what","line"?,"id"?}]}: every object read and hashed, the chain followed. Leftovers
 * are files the next prune takes away, orphans other objects without a name; neither is a finding.
 * "remedy": what to do about a damaged manifest. */
json_t *backup_verify(const Backup *backup, Err *err);

#endif
