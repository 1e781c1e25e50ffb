/* What a CHECK lets a column hold, where that can be told from its text: a list of texts, of texts
 * with a beginning and an end, or of integers.
 *
 * Sound: whatever value is not NULL and not in the list makes the CHECK false, so that it is never
 * in the column. Read are =, IN and = ANY (ARRAY[...]), LIKE, ^@, starts_with(), regular
 * expressions that are anchored, <@ of an array, IS NULL, and AND and OR of these; a NULL in a list
 * makes the CHECK pass for everything, so such a list says nothing. Of LIKE and regular expressions
 * only a beginning and an end are known, which is more than they let pass, never less.
 * Sources: the manual's "Constraints", "Pattern Matching"; ruleutils.c, whose texts these are.
 *
 * What the text cannot tell is the caller's to know: that the column is of type text or varchar or
 * an integer type (equality of bpchar and citext is another one), and that its collation is
 * deterministic. */
#ifndef SQL_ALLOWED_H
#define SQL_ALLOWED_H

#include <stddef.h>

#include "base/arena.h"
#include "sql/parse.h"

typedef enum AllowedKind {
    ALLOWED_TEXT,
    ALLOWED_INTEGER,
    ALLOWED_ELEMENTS /* of an array of texts */
} AllowedKind;

typedef struct AllowedValue {
    const char *start; /* the text, or how it begins; of an integer its decimal digits */
    const char *end;   /* how it ends; NULL: start is all of it */
} AllowedValue;

typedef struct Allowed {
    AllowedKind kind;
    size_t count; /* not 0 */
    const AllowedValue *values;
} Allowed;

enum { ALLOWED_MAX = 1000 };

/* The constraint, as pg_get_constraintdef() has it; NULL when it does not parse, or holds for some
 * rows only (NOT VALID, NO INHERIT). Close with sql_parse_close. */
SqlParse *allowed_parse(const char *definition);
/* Of that column ("value" in a domain). NULL: nothing is known, or there are more than ALLOWED_MAX.
 * It lives in the arena. */
const Allowed *allowed_of(const SqlParse *check, const char *column, Arena *arena);
/* What both let pass; either may be NULL. */
const Allowed *allowed_meet(const Allowed *a, const Allowed *b, Arena *arena);

#endif
