/* Takes back what was replayed, as a subtransaction does whose statement failed. */
#ifndef REPLAY_UNDO_H
#define REPLAY_UNDO_H

#include "replay/replay.h"

/* The replay as it is now. */
typedef struct Undo Undo;

/* NULL: too much has been copied already (UNDO_COPIED_MAX in all), it cannot be taken back. */
Undo *undo_begin(Replay *replay);
/* All is as it was, the warnings too. What was made since is in nothing any more, but pointers to
 * it stay good. */
void undo_all(Undo *undo);
/* Forgets how it was. Fits CLEANUP. */
void undo_end(Undo **undo);

#endif
