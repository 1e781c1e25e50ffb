/* Whether an expression may have another value for each row: then a column with it as its default
 * makes the server write every row anew. */
#ifndef DDL_VOLATILE_H
#define DDL_VOLATILE_H

#include <stdbool.h>

#include "ddl/side.h"

/* It calls what is volatile, or what nobody here knows not to be: what an extension brought.
 * Source: pg_proc.provolatile; the manual's "Function Volatility Categories". */
bool ddl_is_volatile(const DdlSide *side, const char *expression);

#endif
