/* The kinds of objects on a page, in their order: a row for each, and with it what writes its
 * objects, one by one or as rows of a table. */
#ifndef DOCS_SECTIONS_H
#define DOCS_SECTIONS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "docs/facts.h"
#include "docs/place.h"
#include "model/kind.h"

/* How a member of an object is shown in its cell. */
typedef enum CellType {
    CELL_CODE,
    CELL_TEXT,
    CELL_NUMBER,
    CELL_FLAG,   /* yes, or nothing */
    CELL_CODES,  /* an array of texts */
    CELL_NAMES,  /* an array of objects with names */
    CELL_RIGHTS, /* an object: to each role, or whatever it is, an array of words */
    CELL_RULES   /* an array of objects with definitions */
} CellType;

typedef struct Cell {
    const char *title;
    const char *member;
    CellType type;
} Cell;

enum { CELLS_MAX = 10 };

typedef struct Section {
    KindId kind;
    const char *title;
    const char *anchor;
    bool of_database;      /* not of a schema */
    Cell cells[CELLS_MAX]; /* of rows; name, users, owner, privileges and comment go around them */
    bool (*put)(Writing *writing, const FactsObject *object, const json_t *value);
} Section;

extern const Section docs_sections[];
extern const size_t docs_section_count;
/* NULL when nothing is told of that kind. */
const Section *section_of(KindId kind);

/* A section of the page with its heading, of one schema or ("") the database; nothing when there
 * are no such objects. */
bool section_put(Writing *writing, const Section *section, const char *schema);
/* One object with its target and heading. */
bool section_put_object(Writing *writing, const FactsObject *object);

/* "#### " of that many. */
void section_heading(FILE *out, int level);

/* For what writes objects: codes separated by commas; an empty one is *empty*. */
void section_codes(FILE *out, const json_t *array);
/* `role`: select, insert; of an object's member grants or revokes. */
void section_rights(FILE *out, const json_t *rights);

#endif
