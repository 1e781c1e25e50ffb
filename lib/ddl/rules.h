/* What SQL makes, changes and drops each kind of object, and each member of it: two tables.
 *
 * A member is one of: written by the statement that makes its object (and changed by a rule of its
 * own, or not at all, and then the object is made again); a facet, which a statement of its own
 * sets once its object is there; or nothing that could be set, since it follows from others.
 * Source: the manual's reference of SQL commands; what is locked is in ddl/hazard.h. */
#ifndef DDL_RULES_H
#define DDL_RULES_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "ddl/hazard.h"
#include "ddl/template.h"
#include "model/kind.h"

typedef struct DdlStatement {
    const char *text; /* without the semicolon */
    DdlForm form;
} DdlStatement;

typedef struct DdlScript {
    Arena *arena;
    DdlStatement *items;
    size_t count, room;
} DdlScript;

void ddl_add(DdlScript *script, DdlForm form, const char *text);

/* Two versions of one object; of a facet alone, one may be NULL. */
typedef struct DdlChange {
    KindId kind;
    const json_t *old, *new;
    const json_t *old_parent, *new_parent; /* NULL of what is not nested */
    const struct DdlSide *new_side;        /* that new is of */
    int server_version;                    /* that is to run it: server_version_num, 0 unknown */
} DdlChange;

/* Adds what turns old into new; false: nothing does but to make it again. */
typedef bool DdlAlter(const DdlChange *change, DdlScript *script);

typedef enum DdlUse {
    DDL_INLINE, /* its object's own statement has it */
    DDL_FACET,
    DDL_FOLLOWS /* from others */
} DdlUse;

typedef struct DdlRule {
    int kind; /* or KIND_NONE: all that no other row is for */
    const char *member;
    DdlUse use;
    const char *set, *unset; /* templates; both NULL and no alter: it is made again */
    DdlForm form;            /* of set */
    DdlForm unset_form;
    DdlAlter *alter; /* instead of set and unset, where both sides have the object */
} DdlRule;

typedef struct DdlKind {
    const char *word;   /* TABLE */
    const char *name;   /* template; NULL: {id} */
    const char *create; /* template; NULL: by a writer (ddl/write.h), or not by SQL */
    const char *drop;   /* NULL: DROP {@} */
    const char *grants; /* ... ON what; NULL: it has no rights; {@}: as it is called */
    DdlForm form, drop_form;
    int order; /* what is lower is made earlier where no need decides, and dropped later */
} DdlKind;

const DdlKind *ddl_kind(KindId kind);
/* NULL: there is none, and a change of the member makes the object again. */
const DdlRule *ddl_rule(KindId kind, const json_t *object, const char *member);

/* TABLE public.orders; public.orders. In the scope's arena. */
const char *ddl_target(const DdlScope *scope);
const char *ddl_name(const DdlScope *scope);

#endif
