/* What becomes of a column's values under another type: whether it holds them all, and whether the
 * server writes every row anew.
 *
 * Types are what format_type says. Sources, of PostgreSQL's manual: "Data Types" (ranges,
 * precision, what a cast cuts or rounds); CREATE TYPE (what a type writes out it reads back, so
 * that text holds the values of every type); ALTER TABLE, Notes (no row is written anew where the
 * old type is binary coercible to the new one, or the change of its length or precision changes no
 * value). tests/unit/model_typechange.tsv has the pairs of types, which servers are asked about
 * too. */
#ifndef MODEL_TYPECHANGE_H
#define MODEL_TYPECHANGE_H

#include <stdbool.h>

typedef enum TypeHold {
    HOLD_SAME,    /* the same type */
    HOLD_ROOM,    /* every value fits, and clients see the same type: varchar(5) to text */
    HOLD_KEEPS,   /* every value fits, in a type that clients tell apart: integer to bigint */
    HOLD_NARROWS, /* some values do not fit: bigint to integer, timestamp to date */
    HOLD_SHIFTS,  /* read by the session's time zone: timestamp to timestamp with time zone */
    HOLD_UNKNOWN  /* neither is known to hold the other's values */
} TypeHold;

typedef struct TypeChange {
    TypeHold hold;
    bool rewrites; /* every row is written anew; false only where it is known that none is */
} TypeChange;

TypeChange typechange_of(const char *old_type, const char *new_type);

#endif
