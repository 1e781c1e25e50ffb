/* Putting a backup back in place. */
#ifndef BACKUP_RESTORE_H
#define BACKUP_RESTORE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "backup/backup.h"
#include "base/err.h"

typedef struct Restore {
    const char *project; /* absolute */
    const char *target;  /* absolute, or relative to here */
    const char *here;    /* the working directory, absolute */
    bool outside;        /* the target may lie outside of the project */
    bool dry_run;
} Restore;

/* Writes the entry's bytes to the target: read and verified first, what the target holds is added
 * to the set workspace, then the new file is written beside it and renamed. No component of the
 * target (of the path below the project, or below / with outside) may be a symbolic link, its
 * directory must exist, and backups/ itself is no target. The caller holds the lock, unless
 * dry_run.
 *
 * {"restored":id,"to":path,"size":n,"changed":bool,"saved"?:id}; a new reference. "changed" is
 * false when the target had these bytes already. */
json_t *restore_run(const Restore *restore, const Backup *backup, const json_t *entry, Err *err);

#endif
