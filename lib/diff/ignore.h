/* Rules that say which changes are not told. One rule is one line:
 *
 *     [!]TERM ...       every term must fit; with ! in front, what fits is told, whatever a later
 *                       rule says: the first rule that fits decides
 *     NAME=VALUE        NAME is kind, name, schema, id, field, grantee, class, severity or op
 *     NAME!=VALUE       what does not fit
 *     until=YYYY-MM-DD  the rule's last day (UTC)
 *
 * A value is one or more patterns with | between them: * any run, ? one character, [a-z] one of a
 * set ([!a-z] none of it), \ takes the next character as it is. What holds a blank, | or a quote is
 * put in single or double quotes; a quote in it is doubled. Patterns fit the whole text and know
 * upper from lower case.
 *
 * A rule with field or grantee is about members of an object that is there on both sides, and takes
 * those out of a change; one without is about the change. Source: man/schema-diff.1. */
#ifndef DIFF_IGNORE_H
#define DIFF_IGNORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

typedef struct Ignore Ignore;

/* No rules. Never NULL. */
Ignore *ignore_new(void);
void ignore_close(Ignore **ignore);
/* Adds a rule behind those there are; one whose last day is over is not added, and *ret_expired is
 * set. A malformed one is code, "PLACE: column N: what". */
bool ignore_add(Ignore *ignore, const char *text, const char *place, int64_t now_ms, ExitCode code,
                bool *ret_expired, Err *err);
/* Whether a rule names grantees. */
bool ignore_has_grantees(const Ignore *ignore);

/* What rules are asked about; NULL where there is no such thing. */
typedef struct IgnoreFact {
    const char *kind;
    const char *op;
    const char *id;
    const char *old_id; /* of a renamed one: either may fit */
    const char *name;
    const char *schema;
    const char *field; /* NULL: the change as such */
    const char *grantee;
    const char *severity;
    const char *class;
} IgnoreFact;

/* Whether it is not to be told; NULL: no rules. */
bool ignore_takes(const Ignore *ignore, const IgnoreFact *fact);

/* Whether a pattern of a rule fits all of text. */
bool ignore_glob(const char *pattern, const char *text);

#endif
