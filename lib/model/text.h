/* Which members of objects are texts that are not shown as they are: tokens in them are hidden
 * (model/secret.h), and what servers deparse is brought to the form that all versions share
 * (sql/normal.h). */
#ifndef MODEL_TEXT_H
#define MODEL_TEXT_H

#include <stdbool.h>

#include "model/kind.h"
#include "model/secret.h"

typedef enum TextRule {
    TEXT_PLAIN,
    TEXT_WRITTEN,   /* tokens in it are hidden */
    TEXT_DEPARSED,  /* and it is brought to the form that all versions share */
    TEXT_QUERY,     /* the same, of a view */
    TEXT_ARGUMENTS, /* of a function */
    TEXT_BODY,      /* the same; deparsed where it is a statement of SQL itself */
    TEXT_OPTIONS,   /* name=value, some of them hidden */
} TextRule;

TextRule text_rule(KindId kind, const char *member);
/* Whether a body is a statement of SQL itself, BEGIN ATOMIC or RETURN, which the server deparses.
 */
bool text_is_statement(const char *body);
/* Names as they are; in what else is plain they are quoted where SQL needs it. */
bool text_is_name(KindId kind, const char *member);
/* Whether the array is a set: options and settings, which a dump and its restoration may leave in
 * another order. It is written sorted. */
bool text_is_set(const char *member);
/* Which of the options of a kind are hidden. */
SecretRule text_secrets(KindId kind);

#endif
