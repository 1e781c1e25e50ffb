/* The tables and views of a schema as a graph for Graphviz: a node each with its columns, an edge
 * for each foreign key, a dashed one from what a view reads.
 *
 * Names stand in labels as text of XML; the ids of nodes are letters, digits, hyphens and full
 * stops only. Source: graphviz.org/doc/info/lang.html and shapes.html, "HTML-like labels". */
#ifndef DOCS_DOT_H
#define DOCS_DOT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "docs/facts.h"

bool dot_write(const Facts *facts, const char *title, FILE *out, Err *err);

#endif
