/* The documentation of a schema as one Markdown page, for people and for pull requests: the same
 * snapshot gives the same bytes, and nothing in it but the schema. */
#ifndef DOCS_PAGE_H
#define DOCS_PAGE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/kind.h"

typedef struct PageObject {
    KindId kind;
    const char *id;
    const char *schema; /* of a schema its own name */
    const char *text;   /* canonical, as in the snapshot */
    size_t length;
} PageObject;

typedef struct Page {
    Arena arena;
    size_t count;
    size_t capacity;
    PageObject *objects; /* by schema, then as the snapshot has them */
} Page;

/* Reads a snapshot; after a failure the page is to be freed all the same. */
bool page_read(Page *page, FILE *in, const char *name, Err *err);
/* Writes it; title NULL is "Database schema". */
bool page_write(const Page *page, const char *title, FILE *out, Err *err);
/* Whether the page has that object; id as the snapshot has it. */
bool page_has(const Page *page, KindId kind, const char *id);
/* Fits CLEANUP. */
void page_free(Page *page);

#endif
