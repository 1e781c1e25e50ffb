/* A migration tried: on a server of our own the old schema is made from nothing, then the
 * statements up are run, then those down; what is there after each must be the schema it says. */
#ifndef PROVE_PROVE_H
#define PROVE_PROVE_H

#include <jansson.h>
#include <stdbool.h>

#include "base/err.h"
#include "model/snapshot.h"

typedef struct ProveOptions {
    const char *called;     /* argv[0]: schema-snapshot, whose shadow server it is, is beside it */
    const char *project;    /* or NULL */
    const char *server_bin; /* where PostgreSQL's programs are, or NULL */
    bool online;
} ProveOptions;

/* What came of one part, in their order. */
typedef enum ProvePart { PROVE_OLD, PROVE_UP, PROVE_DOWN, PROVE_PART_COUNT } ProvePart;

typedef struct Proof {
    bool is_proved;
    bool but_order;    /* it is, but for the order of columns, which no statement changes */
    ProvePart part;    /* that failed */
    char reason[1024]; /* what the server said, or what differs */
} Proof;

/* changes: from old to new. Both readers are read again (ddl/document.h); old NULL: an empty
 * database. False: it could not be tried: EXIT_UNAVAILABLE without a server, EXIT_IO, EXIT_OS. */
bool prove(const ProveOptions *options, const json_t *changes, SnapshotReader *old,
           SnapshotReader *new, Proof *ret, Err *err);
/* "making the old schema", ... */
const char *prove_part_name(ProvePart part);

#endif
