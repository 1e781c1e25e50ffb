/* Whether two texts are one piece of SQL, written in two ways: other brackets, blanks, quotes, a
 * cast as a function or an operator. They are parsed, and the raw trees compared, which have none
 * of that; what stands for another tree (a AND (b AND c)) is another piece. */
#ifndef SQL_SAME_H
#define SQL_SAME_H

#include <stdbool.h>

/* Statements, expressions, or constraints as ALTER TABLE adds them. False when they differ, or when
 * the parser does not know one of them. */
bool sql_same(const char *one, const char *two);

#endif
