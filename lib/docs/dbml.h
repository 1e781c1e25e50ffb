/* The tables of a schema as DBML, which dbdiagram.io and others draw: tables, columns, keys,
 * indexes, checks, enums, references, notes. DBML knows no views, policies or functions.
 *
 * What it cannot say is left out or said in another way, so that its parser takes all of it: no
 * backtick in an expression (U+02CB instead), no table without columns, no reference of columns to
 * themselves, none of two that have the same ends, none to a table that is not told of. Source:
 * dbml.dbdiagram.io/docs; tests/cases/docs.sh holds it to the parser of @dbml/core. */
#ifndef DOCS_DBML_H
#define DOCS_DBML_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "docs/facts.h"

bool dbml_write(const Facts *facts, const char *title, FILE *out, Err *err);

#endif
