/* Whether another type holds all that one held.
 *
 * Types are what format_type says. Source: the chapter on data types of PostgreSQL's manual
 * (ranges, precision, what a cast rounds) and its casts: one that cuts or rounds without an error,
 * or refuses values that there may be, makes a type narrower. */
#ifndef DIFF_WIDENING_H
#define DIFF_WIDENING_H

typedef enum Widening {
    WIDENING_NONE,    /* the same type */
    WIDENING_ROOM,    /* every value fits, and clients see the same type: varchar(5) to text */
    WIDENING_KEEPS,   /* every value fits, in a type that clients tell apart: integer to bigint */
    WIDENING_NARROWS, /* some values do not fit: bigint to integer, timestamp to date */
    WIDENING_SHIFTS,  /* read by the session's time zone: timestamp to timestamp with time zone */
    WIDENING_UNKNOWN  /* neither is known to hold the other's values */
} Widening;

Widening widening_of(const char *old_type, const char *new_type);

#endif
