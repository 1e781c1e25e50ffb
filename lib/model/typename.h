/* Type texts: what format_type(oid, typmod) says, taken apart into what pg_type holds.
 *
 * "character varying(80)" is pg_catalog.varchar, "public.\"Odd\"[]" an array of public.Odd,
 * "timestamp(3) with time zone" pg_catalog.timestamptz. The texts are those of a session with an
 * empty search_path, so a name without a schema is one of pg_catalog. Sources: format_type_extended
 * in PostgreSQL's utils/adt/format_type.c; catalog pg_type. */
#ifndef MODEL_TYPENAME_H
#define MODEL_TYPENAME_H

#include <stdbool.h>

#include "base/arena.h"

typedef struct TypeName {
    const char *schema; /* "pg_catalog" when the text names none */
    const char *name;   /* as in pg_type.typname, of the element when it is an array */
    bool array;
} TypeName;

/* Takes text apart; the strings live in the arena or are constants. Text that is no type name comes
 * back whole as the name: nothing fails, and no such type will be found. */
TypeName typename_parse(Arena *arena, const char *text);

/* Whether both name the same type. */
bool typename_equal(const TypeName *a, const TypeName *b);

/* An id such as public."Odd Table", taken apart into its two names; the same rules of quoting.
 * False when text is not of that form. */
bool typename_split_id(Arena *arena, const char *text, const char **ret_schema,
                       const char **ret_name);

/* The quoted or bare SQL identifier at *text, unquoted; *text moves behind it. NULL when none is
 * there. */
char *typename_identifier(Arena *arena, const char **text);

#endif
