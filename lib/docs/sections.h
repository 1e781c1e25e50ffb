/* The sections of a schema on the page, in their order: a row for each kind of object, with what
 * writes one. */
#ifndef DOCS_SECTIONS_H
#define DOCS_SECTIONS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "docs/page.h"
#include "model/kind.h"

typedef struct Writing {
    const Page *page;
    FILE *out;
    Err *err;
} Writing;

typedef struct Section {
    KindId kind;
    const char *title;
    const char *anchor; /* of its objects, NULL when they have none */
    const char *head;   /* of the table its objects are rows of */
    bool (*put)(Writing *writing, const json_t *value);
} Section;

enum { SECTION_COUNT = 7 };
extern const Section docs_sections[];

#endif
