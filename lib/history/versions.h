/* The versions of a project's schema that are known, as steps from one to the next:
 *
 *     {"changes":{changes/1},"time"?,"commit"?,"author"?}
 *
 * oldest first. Two lines of them, which tell the same by other means: what the project accepted
 * (backups/schema-versions, then the cache), and what its repository has. Versions that are equal
 * by their hashes are not read. What cannot be read is passed over, and is a line in warnings. */
#ifndef HISTORY_VERSIONS_H
#define HISTORY_VERSIONS_H

#include <jansson.h>
#include <stdbool.h>

#include "base/err.h"
#include "side/side.h"

typedef struct Versions {
    json_t *steps;
    json_t *warnings; /* of texts */
    size_t count;     /* of versions that were seen */
} Versions;           /* {0}, then versions_init */

void versions_init(Versions *versions);
void versions_free(Versions *versions);

bool versions_accepted(const SideContext *context, Versions *ret, Err *err);
/* tracked: "git:REV:PATH", or a path of the file system: of a document or of migrations. Each
 * commit is compared with the one before it, by the parser alone. Nothing when it is in no
 * repository. */
bool versions_committed(const SideContext *context, const char *tracked, Versions *ret, Err *err);

#endif
