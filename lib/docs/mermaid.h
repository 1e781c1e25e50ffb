/* The entity-relationship diagram of a schema's tables, as Mermaid text.
 *
 * Mermaid refuses a text of more than 50,000 characters or 500 relationships, so a large schema is
 * drawn with its key columns only, then with none, then not at all. Names are encoded so that none
 * can end a string or start a statement. Source: mermaid.js.org/syntax/entityRelationshipDiagram.
 */
#ifndef DOCS_MERMAID_H
#define DOCS_MERMAID_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"

/* Draws the tables, values as the snapshot has them, all of one schema. What references a table
 * elsewhere is drawn too. ret_drawn: false when there is nothing to draw or too much of it. */
bool mermaid_draw(json_t *const *tables, size_t count, const char *schema, FILE *out,
                  bool *ret_drawn, Err *err);

#endif
