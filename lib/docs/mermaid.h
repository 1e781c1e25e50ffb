/* Entity-relationship diagrams of tables, as Mermaid text in a fence.
 *
 * Mermaid refuses a text of more than 50,000 characters or 500 relationships (its maxTextSize and
 * maxEdges; GitHub keeps them), and nobody reads a picture of a thousand tables: a diagram of many
 * is cut into parts, in which tables that hang together stand together. Names are encoded so that
 * none can end a string or start a statement. Source:
 * mermaid.js.org/syntax/entityRelationshipDiagram.
 */
#ifndef DOCS_MERMAID_H
#define DOCS_MERMAID_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "docs/facts.h"

/* The tables of a schema but partitions, and what of others they reference; nothing when there are
 * none. */
bool mermaid_draw_schema(const Facts *facts, const char *schema, const char *before,
                         const char *after, FILE *out, bool *ret_drawn, Err *err);
/* A table, what it references and what references it; nothing when there are no such tables.
 * before and after are written around it, when there is something. */
bool mermaid_draw_neighbours(const Facts *facts, const FactsObject *table, const char *before,
                             const char *after, FILE *out, bool *ret_drawn, Err *err);

#endif
