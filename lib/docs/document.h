/* schema-docs/1: the facts of the pages as JSON, for other programs. man/schema-docs.5. */
#ifndef DOCS_DOCUMENT_H
#define DOCS_DOCUMENT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "docs/facts.h"

bool document_write(const Facts *facts, const char *title, FILE *out, Err *err);

#endif
