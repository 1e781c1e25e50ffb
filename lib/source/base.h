/* What is run before migrations that do not begin with nothing: SQL (sql/chain.h), or a snapshot,
 * whose objects are then made by SQL written of it (ddl/plan.h). */
#ifndef SOURCE_BASE_H
#define SOURCE_BASE_H

#include "base/err.h"
#include "sql/chain.h"

/* NULL: err filled, as by chain_open, or EXIT_DATA for a snapshot that is not whole. */
Chain *base_open(const char *path, Err *err);

#endif
