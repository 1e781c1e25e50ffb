/* Files of types that people wrote in: what stands between the lines
 *
 *     // <custom NAME>
 *     // </custom>
 *
 * is theirs and kept byte for byte, before or behind the generated part; the rest is replaced. Such
 * a file ends with the line
 *
 *     // gen-ts-types sha256:HEX ...
 *
 * where HEX is the script_digest of the generated part: by it an edit there is noticed. */
#ifndef TYPES_MERGE_H
#define TYPES_MERGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/digest.h"
#include "base/err.h"

typedef struct MergeRegion MergeRegion;
struct MergeRegion {
    const char *text; /* of the file: with its two lines, without the last one's end */
    size_t length;
    const char *name; /* "" when it has none */
    size_t line;
    bool is_before;
    MergeRegion *next;
};

typedef struct Merge {
    MergeRegion *regions;  /* in the order of the file */
    const char *generated; /* the rest; where a region was are empty lines */
    size_t length;
    bool is_marked;   /* the file has the line of the hash */
    bool has_mark;    /* the file begins with a byte order mark */
    bool has_returns; /* its lines end in CR LF */
    char mark[DIGEST_HEX_SIZE];
    char digest[DIGEST_HEX_SIZE]; /* of generated */
} Merge;

/* Takes a file apart. EXIT_DATA with "line N: what" where the regions are not sound: open, nested,
 * two of a name, inside of a type, or with a conflict that git left. text must last as long. */
bool merge_read(Arena *arena, const char *text, size_t length, Merge *ret, Err *err);

/* Whether there is anything but regions. */
bool merge_has_generated(const Merge *merge);
/* Whether the generated part is neither what the hash says (or there is none) nor what it would be
 * now: so somebody edited it, or another program wrote it. */
bool merge_is_edited(const Merge *merge, const char *fresh);
/* Whether nothing is to be done: the generated part says what fresh does, in whatever layout. */
bool merge_is_current(const Merge *merge, const char *fresh);
/* The file with fresh for its generated part. */
void merge_put(const Merge *merge, const char *fresh, Buffer *out);

#endif
