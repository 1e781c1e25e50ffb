/* Two snapshots compared: one walk over both documents, line by line, for every kind alike.
 *
 * Equal lines are never parsed; a line that differs is parsed on both sides and compared member by
 * member, nested objects by name. Memory is that of the changes. */
#ifndef DIFF_DIFF_H
#define DIFF_DIFF_H

#include <jansson.h>

#include "base/err.h"
#include "model/snapshot.h"

/* A changes/1 document, finished. old NULL: there was none before, so that nothing is said to have
 * changed. Both readers are fresh and are read to their ends.
 *
 * A member that either side lists as "inexact" is not compared; how many such members differ is the
 * document's "uncertain". The short form of an unchanged schema stands for the document with its
 * hash: EXIT_DATA when the other side has another hash. */
json_t *diff_snapshots(SnapshotReader *old, SnapshotReader *new, Err *err);

#endif
