/* The whole of a snapshot as ddl/plan.h wants it: its meta, and an array for each section. */
#ifndef DDL_DOCUMENT_H
#define DDL_DOCUMENT_H

#include <jansson.h>

#include "base/err.h"
#include "model/snapshot.h"

/* The reader is read from its first object to its end, whatever of it was read before. EXIT_DATA
 * for the short form, EXIT_IO when it cannot be read again. */
json_t *ddl_document(SnapshotReader *reader, Err *err);

#endif
