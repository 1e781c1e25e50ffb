/* What the documentation tells of a snapshot: its objects as they stand there, and how they hang
 * together, which the snapshot does not say: who references a table, which views read it, what a
 * policy lets which role do. All of it lives as long as the run. */
#ifndef DOCS_FACTS_H
#define DOCS_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"
#include "model/kind.h"

typedef struct FactsObject FactsObject;

typedef struct FactsColumn {
    const char *name;
    const char *type;
    bool not_null;
    bool primary;
    bool foreign;
    bool unique;                 /* alone */
    const FactsObject *of_type;  /* what the snapshot tells of the type, or NULL */
    const FactsObject *relation; /* of a view: where the column is taken from, or NULL */
    const char *origin;          /* the column's name there */
} FactsColumn;

typedef struct FactsKey { /* a foreign key */
    const char *name;
    const FactsObject *from;
    const FactsObject *to; /* NULL when the snapshot has no such table */
    const char *target;    /* its id */
    const char *target_schema;
    const char *target_name;
    size_t count;
    const char **columns;
    size_t reference_count;
    const char **references;
    bool optional; /* one of the columns may be NULL */
    bool single;   /* the columns are a primary or unique key */
} FactsKey;

typedef enum FactsCommand {
    COMMAND_SELECT,
    COMMAND_INSERT,
    COMMAND_UPDATE,
    COMMAND_DELETE,
    COMMAND_COUNT
} FactsCommand;

typedef struct FactsPolicy {
    const char *name;
    bool restrictive;
    bool commands[COMMAND_COUNT];
    size_t role_count;
    const char **roles; /* "public" is everybody */
} FactsPolicy;

/* What one object is to another: of is the one that is asked about. */
typedef enum FactsLinkKind {
    LINK_REFERENCED, /* other has the foreign key */
    LINK_READ,       /* other is a view whose query names it */
    LINK_PARTITION,  /* other is a partition of it */
    LINK_INHERITED,  /* other inherits from it */
    LINK_FIRED,      /* other has the trigger that calls it: detail */
    LINK_USED        /* other has the column of this type: detail */
} FactsLinkKind;

typedef struct FactsLink {
    const FactsObject *of;
    FactsLinkKind kind;
    const FactsObject *other;
    const char *detail;
    const FactsKey *key;
} FactsLink;

typedef struct FactsMention FactsMention; /* private */

struct FactsObject {
    KindId kind;
    const char *id;
    const char *schema; /* of a schema its own name; "" of what is the database's */
    const char *name;
    const char *text; /* canonical, as in the snapshot */
    size_t length;
    size_t column_count; /* of tables and views */
    FactsColumn *columns;
    size_t key_count;
    FactsKey *keys;
    size_t policy_count;
    FactsPolicy *policies;
    bool row_security;
    bool is_partition;
    size_t read_count; /* of a view: the relations its query names, by id */
    const FactsObject **reads;
    const FactsObject *home; /* its schema; NULL of what is the database's */
    FactsMention *mentions;
};

typedef struct Facts {
    Arena arena;
    size_t count;
    size_t capacity;
    FactsObject *objects; /* by schema, then as the snapshot has them */
    Hash ids;
    size_t link_count;
    size_t link_capacity;
    FactsLink *links;
} Facts;

/* Both lists of patterns NULL-terminated, or NULL: which schemas are told of. */
typedef struct FactsFilter {
    const char *const *schemas;
    const char *const *exclude;
} FactsFilter;

/* Reads a snapshot; after a failure the facts are to be freed all the same. */
bool facts_read(Facts *facts, FILE *in, const char *name, const FactsFilter *filter, Err *err);
/* Fits CLEANUP. */
void facts_free(Facts *facts);

/* Objects of one schema and kind: a run of them. */
typedef struct FactsRun {
    const FactsObject *first;
    size_t count;
} FactsRun;

FactsRun facts_run(const Facts *facts, const char *schema, KindId kind);
/* The links of an object, of one kind: by id of the other. */
const FactsLink *facts_links(const Facts *facts, const FactsObject *of, FactsLinkKind kind,
                             size_t *ret_count);
/* The table or view of that id; NULL when there is none. */
const FactsObject *facts_relation(const Facts *facts, const char *id);
/* The function of that id. */
const FactsObject *facts_function(const Facts *facts, const char *id);
/* The roles that the policies name, each once, "public" first, then by name; in the arena. */
const char **facts_roles(Arena *arena, const FactsObject *table, size_t *ret_count);
/* Whether a policy is for that role, be it as one of everybody. */
bool facts_policy_is_for(const FactsPolicy *policy, const char *role);
/* Names of the commands, as SQL has them in lower case. */
extern const char *const facts_commands[];

#endif
