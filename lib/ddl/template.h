/* SQL put together from a template and the members of an object of a snapshot.
 *
 *   {name}      the member as it is: a text, a number, the items of an array with ", " between them
 *   {name:i}    as an identifier, quoted as needed; of an array each item
 *   {name:l}    as a literal; of an array each item
 *   {name:o}    of an array of "key=value": key='value', as WITH (...) and SET (...) have them
 *   {name:f}    the same as OPTIONS (...) has them: key 'value'
 *   {name:r}    as a role, whose name or word PUBLIC it is; of an array each item
 *   {name:w}    the word that SQL has for the value (template.c has the table)
 *   {^name}     a member of the parent
 *   {@}         what ALTER and COMMENT ON call the object: TABLE public.orders (ddl/rules.h)
 *   {@name}     the same without the kind: public.orders
 *   [...]       left out when one of the members in it is not there
 *   [name?...]  left out when the member is not there, [name!...] when it is
 *
 * Brackets do not nest. Text from outside gets into a template only by members. */
#ifndef DDL_TEMPLATE_H
#define DDL_TEMPLATE_H

#include <jansson.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "model/kind.h"

typedef struct DdlScope {
    Arena *arena;
    KindId kind;
    const json_t *object;
    const json_t *parent; /* NULL of what is not nested */
} DdlScope;

/* In the arena. */
const char *ddl_expand(const DdlScope *scope, const char *template);
void ddl_expand_to(Buffer *out, const DdlScope *scope, const char *template);
/* 'text', quotes doubled. */
const char *ddl_literal(Arena *arena, const char *text);
/* $$text$$, with a tag that is not in the text. */
const char *ddl_dollar_quoted(Arena *arena, const char *text);
/* What was put together, in the arena. */
const char *ddl_text(Arena *arena, const Buffer *buffer);

/* Of the scope's object: whether it has the member, and its text, "" when it has none. */
bool ddl_has(const DdlScope *scope, const char *member);
const char *ddl_string(const DdlScope *scope, const char *member);

#endif
