/* Names in a Mermaid diagram of entities and relationships: encoded so that none can end a string
 * or start a statement. Source: mermaid.js.org/syntax/entityRelationshipDiagram. */
#ifndef MODEL_MERMAID_H
#define MODEL_MERMAID_H

#include <stdbool.h>
#include <stdio.h>

/* Mermaid refuses a longer text or more relationships (its maxTextSize, 50,000 characters, and
 * maxEdges, 500; GitHub keeps them): a little less. */
enum { MERMAID_TEXT_MAX = 48000, MERMAID_EDGES_MAX = 480 };

/* The characters of a text that stands between quotes, with what Mermaid might take for something
 * else as #code; */
void mermaid_put_quoted(FILE *out, const char *text);
/* The text as a word: letters, digits, _ and, but for the first, those brackets; anything else is
 * _. True when that is all it was. */
bool mermaid_put_word(FILE *out, const char *text, const char *brackets);

#endif
