/* Where on which page an object is told of, and links to it.
 *
 * One page holds all, or there is an index and a page for each schema, and then also one for each
 * table and view. Names of files and places are made of the objects' names alone, so that they stay
 * when others come and go; files of letters of one case, so that no two are one on a disk that does
 * not tell them apart. */
#ifndef DOCS_PLACE_H
#define DOCS_PLACE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "docs/facts.h"

typedef enum Split { SPLIT_NONE, SPLIT_SCHEMA, SPLIT_TABLE, SPLIT_COUNT } Split;
/* Their names, NULL behind the last. */
extern const char *const split_names[];
#define PLACE_INDEX "README.md"

typedef struct Writing {
    const Facts *facts;
    const char *title;
    Split split;
    const FactsObject *page; /* whose page is written; NULL: the one or the index */
    int level;               /* of the headings of single objects, from 1 */
    FILE *out;
    Err *err;
} Writing;

/* The object whose page it is on; NULL: the one or the index. */
const FactsObject *place_page(const Writing *writing, const FactsObject *object);
/* The name of the file of that page. */
void place_file(FILE *out, const FactsObject *page);
/* <a id="..."></a> */
void place_target(FILE *out, const FactsObject *object);
void place_anchor(FILE *out, const FactsObject *object);
/* [`label`](where) */
void place_link(const Writing *writing, FILE *out, const char *label, const FactsObject *object);
/* The same by the object's name, with its schema in front when that is not the one given. */
void place_name(const Writing *writing, FILE *out, const FactsObject *object, const char *schema);
/* What it is called in its schema: of a function its name and its types. A table of the platform's
 * stands in no schema of ours. */
const char *place_label(const FactsObject *object);

#endif
