/* Functions, procedures and aggregates on a page. */
#ifndef DOCS_ROUTINE_H
#define DOCS_ROUTINE_H

#include <jansson.h>
#include <stdbool.h>

#include "docs/facts.h"
#include "docs/place.h"

bool routine_put(Writing *writing, const FactsObject *object, const json_t *value);

#endif
