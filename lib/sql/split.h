/* Makes a migration file plain SQL by blanking, byte for byte, what is not: psql's backslash
 * commands, the rows behind COPY ... FROM stdin, the undoing half of files that hold both ways
 * (goose, dbmate, sql-migrate, node-pg-migrate), a byte order mark, and statements with a template
 * or a psql variable in them that nobody fills in. Offsets and lines stay what they were.
 *
 * Source: psql(1) for its commands and variables, the manuals of the four tools for their marks. */
#ifndef SQL_SPLIT_H
#define SQL_SPLIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* Something of the file that is not run, or not as it stands. */
typedef struct SplitNote {
    size_t offset;
    const char *why; /* UTF-8, one line */
} SplitNote;

enum { SPLIT_NOTES_MAX = 1000 };

typedef struct Split {
    SplitNote *notes;
    size_t note_count;
    size_t unsaid;       /* what came after SPLIT_NOTES_MAX of them */
    size_t followed;     /* psql commands that would have run more SQL: \i and its kin, \gexec */
    const char *tool;    /* whose marks are in it: "goose", "dbmate" ...; NULL: nobody's */
    bool no_transaction; /* the marks say that it is not to run in one */
    Arena arena;
} Split;

/* Works in place on length bytes of UTF-8. latin: the text was another encoding's (sql/text.h), so
 * a no-break space between words is a space. Close with split_close. */
void split_prepare(char *text, size_t length, bool latin, Split *ret);
void split_close(Split *split);

/* The same for who wants no notes; ret_blanked (may be NULL) is .followed. */
void split_blank(char *text, size_t length, size_t *ret_blanked);

#endif
