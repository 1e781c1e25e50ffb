/* Names as PostgreSQL writes and makes them: quoting, and the names it invents for constraints,
 * indexes and sequences. Source: quote_identifier() of ruleutils.c, makeObjectName() and
 * ChooseRelationName() of indexcmds.c. */
#ifndef REPLAY_NAMES_H
#define REPLAY_NAMES_H

#include "base/arena.h"

enum { NAMES_LENGTH_MAX = 63 };

/* The identifier, quoted when it must be. */
const char *names_quote(Arena *arena, const char *name);
/* schema.name, both quoted as needed. */
const char *names_qualified(Arena *arena, const char *schema, const char *name);
/* A string constant as standard_conforming_strings has it: 'it''s', 'a\b'. */
const char *names_literal(Arena *arena, const char *text);
/* first_second_label cut to 63 bytes, the longer of the two first. second may be NULL. */
const char *names_make(Arena *arena, const char *first, const char *second, const char *label);
/* The name cut to 63 bytes, at a whole character, as the server does with any identifier. */
const char *names_cut(Arena *arena, const char *name);
/* NULL for none and for the one where things are anyway. */
const char *names_tablespace(const char *name);
/* The name that a text has at *at, which goes to what ended it: quoted, or bare up to one of
 * `ends`, folded; cut; without the blanks around it. Source: SplitIdentifierString(). */
const char *names_read(Arena *arena, const char **at, const char *ends);

#endif
