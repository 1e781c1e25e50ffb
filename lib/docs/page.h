/* The documentation of a schema as Markdown, for people and for pull requests: the same snapshot
 * gives the same bytes, and nothing in it but the schema. */
#ifndef DOCS_PAGE_H
#define DOCS_PAGE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "docs/facts.h"
#include "docs/place.h"

/* The first line of every page of a split documentation: what has it is ours to replace and to
 * remove. */
extern const char page_marker[];

/* One page. of: NULL is all of it or, when it is split, the index; else the schema, table or view
 * whose page it is. title NULL is "Database schema". */
bool page_write(const Facts *facts, const char *title, Split split, const FactsObject *of,
                FILE *out, Err *err);

#endif
