/* Two snapshots compared: one walk over both documents, line by line, for every kind alike.
 *
 * Equal lines are never parsed; a line that differs is parsed on both sides and kept until the
 * lineages, which stand behind the objects, have told who is who. Memory is that of the changes. */
#ifndef DIFF_DIFF_H
#define DIFF_DIFF_H

#include <jansson.h>

#include "base/err.h"
#include "diff/ignore.h"
#include "model/snapshot.h"

/* A changes/1 document, finished. old NULL: there was none before, so that nothing is said to have
 * changed. Both readers are fresh and are read to their ends.
 *
 * Objects are known by their lineage where both documents have one of the same database, else by
 * their ids. When a lineage tells a change of an object whose text is the same, one of the two
 * documents is read once more: EXIT_IO when both are pipes.
 *
 * Sections that one side could not read, or was not asked for, are not compared (meta.unread,
 * meta.kinds). A member that either side lists as "inexact" is not compared; how many such members
 * differ is the document's "uncertain". The short form of an unchanged schema stands for the
 * document with its hash: EXIT_DATA when the other side has another hash. */
json_t *diff_snapshots(SnapshotReader *old, SnapshotReader *new, Err *err);
/* The same without what the rules ignore; how many changes they took something of, or all, is the
 * document's "ignored". */
json_t *diff_snapshots_but(SnapshotReader *old, SnapshotReader *new, const Ignore *ignore,
                           Err *err);

#endif
