/* Names in TypeScript: in which order they stand, how they are written, how wide they are.
 *
 * The order is that of ICU's root collation, which PostgreSQL calls "en-x-icu": exact for ASCII,
 * for Latin, Greek and Cyrillic letters, and for punctuation; other characters by code point behind
 * them. */
#ifndef TYPES_NAMES_H
#define TYPES_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* <0, 0, >0. Names that the collation takes as equal are told apart by their bytes, so 0 means the
 * same name. */
int names_compare(const char *a, const char *b);

/* A string literal: double quotes, or single ones when the value holds more double than single
 * quotes; escapes are JSON's. */
char *names_literal(Arena *arena, const char *value);
/* The name itself when it is an identifier (ECMAScript's IdentifierName), else a literal of it. */
const char *names_key(Arena *arena, const char *name);

/* Columns the text takes on a terminal: wide characters and emoji two, combining ones none. Source:
 * Unicode Standard Annex 11 and the rules of Rust's unicode-width. */
size_t names_width(const char *text);

/* The value of a name that JavaScript takes as an array index (0 to 4294967294, no leading zeros);
 * such keys come first in an object. */
bool names_index(const char *name, unsigned long *ret);

#endif
