/* Tables and views on a page. */
#ifndef DOCS_RELATION_H
#define DOCS_RELATION_H

#include <jansson.h>
#include <stdbool.h>

#include "docs/facts.h"
#include "docs/place.h"

bool relation_put_table(Writing *writing, const FactsObject *object, const json_t *value);
bool relation_put_view(Writing *writing, const FactsObject *object, const json_t *value);
/* A table that the platform made: what is the project's on it. */
bool relation_put_platform(Writing *writing, const FactsObject *object, const json_t *value);
/* A composite type and its attributes. */
bool relation_put_composite(Writing *writing, const FactsObject *object, const json_t *value);
/* **Privileges**: who was given or refused what, on the object and its columns. */
bool relation_put_privileges(Writing *writing, const json_t *value);
/* Of a schema: the tables with row level security or policies, and whom they let do what. */
bool relation_put_access(Writing *writing, const char *schema);

#endif
