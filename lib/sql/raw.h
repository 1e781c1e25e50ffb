/* One text as the parser's tree.
 *
 * libpg_query makes the tree in memory of its own, packs it into bytes and forgets it; what unpacks
 * them gets the same tree again, for four fifths of the time that all of it takes. Where the build
 * can (CMakeLists.txt: PG_QUERY_WEAK), the tree is taken before it is packed, with the memory it is
 * in. Such a tree is of the thread that parsed it, and closed there. */
#ifndef SQL_RAW_H
#define SQL_RAW_H

#include "sql/tree.h"

typedef struct RawTree RawTree;

/* NULL: the grammar refused the text; *ret_error (from malloc) says why, and *ret_position where:
 * the character, from 1, or 0. */
RawTree *raw_parse(const char *text, char **ret_error, int *ret_position);
const PgQuery__ParseResult *raw_result(const RawTree *tree);
void raw_close(RawTree *tree);

#endif
