/* Makes a migration file plain SQL by blanking, byte for byte, what is not: psql's backslash
 * commands, the rows behind COPY ... FROM stdin, the undoing half of files that hold both ways
 * (goose, dbmate, sql-migrate), a byte order mark. Offsets and lines stay what they were. */
#ifndef SQL_SPLIT_H
#define SQL_SPLIT_H

#include <stdbool.h>
#include <stddef.h>

/* Works in place on length bytes. ret_blanked (may be NULL) counts the psql commands among what was
 * lost that would have run more SQL: \i and its kin, \gexec. */
void split_blank(char *text, size_t length, size_t *ret_blanked);

#endif
