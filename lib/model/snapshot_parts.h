/* What writing and reading a snapshot share: the marks of the document, its places, and a reader
 * from whose document a writer may go on. */
#ifndef MODEL_SNAPSHOT_PARTS_H
#define MODEL_SNAPSHOT_PARTS_H

#include <stdio.h>

#include "base/digest.h"
#include "model/snapshot.h"

#define SNAPSHOT_HEAD "{\"format\":\"snapshot/1\","
#define SNAPSHOT_TAIL "\"hash\":\"sha256:"

/* A section's place in the document: the KindId of its objects, and behind them the asides. */
enum { PLACE_MEMBERS = KIND_COUNT, PLACE_TRANSACTIONS, PLACE_LINEAGE };

/* A document under way, either way; one that is kept is what a writer may go on from. */
enum { STATE_STEP = 64 * 1024, HELD_MAX = 64 };

struct SnapshotReader {
    FILE *in;
    const char *name;
    char *buffer; /* what was read of the file last, room bytes and a NUL */
    size_t room;
    size_t next;   /* in buffer: where the next line begins, ... */
    size_t end;    /* ... and what is behind all that was read */
    char *line;    /* the one at hand, in buffer */
    size_t length; /* without its newline */
    unsigned long number;
    json_t *meta;
    Digest *digest;
    int place; /* of the open section, or KIND_NONE */
    int last_place;
    bool with_asides;
    bool with_members;
    bool is_short;
    bool is_verified; /* its hash: read again, it need not be */
    bool ended;
    bool before_first; /* the open section has given no object yet */
    bool comma;        /* the last object said that another follows */
    off_t start;       /* where the objects begin, negative in a pipe */
    unsigned long start_number;
    char hash[SNAPSHOT_HASH_SIZE];
    bool is_kept; /* the buffer has all that is behind meta, and stays as it is */
    size_t hashed_from, hashed_until; /* of it: what the hash is of */
    Digest **states;                  /* after each STATE_STEP of those bytes */
    size_t state_count;
    /* What was read and is not in the digest yet: where sections end and begin, then a line. */
    char held[HELD_MAX];
    size_t held_length;
    bool holds_line;      /* the one at hand */
    unsigned long passed; /* objects that are in the digest */
    /* Of two that are read in step; the leader goes first. */
    SnapshotReader *leader, *follower;
    bool shares;               /* all that was passed is the leader's: so is the digest */
    unsigned long like_number; /* the line at hand is the leader's of that number; 0: of none */
};

/* The place of a section by its name; false: there is no such section. */
bool snapshot_place(const char *section, size_t length, int *ret);
/* The state of the hash after so many bytes of what it is of. */
Digest *snapshot_kept_state(const SnapshotReader *reader, size_t length);

#endif
