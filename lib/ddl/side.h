/* A snapshot as what SQL has to make: a node for each object, and for each of its members that a
 * statement of its own sets (ddl/rules.h), with what it needs to be there.
 *
 * Needs are found in the texts of the snapshot, which name all that is not in pg_catalog with its
 * schema, by PostgreSQL's lexical rules alone: also in what a newer server wrote. What the text of
 * a function in a language other than SQL uses is not known to anybody. */
#ifndef DDL_SIDE_H
#define DDL_SIDE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/hash.h"
#include "ddl/rules.h"
#include "model/kind.h"

typedef struct DdlNode DdlNode;
struct DdlNode {
    KindId kind;
    const DdlRule *rule; /* of a facet; NULL: the object itself */
    const json_t *object;
    const json_t *parent; /* the object it is nested in, or NULL */
    DdlNode *container;   /* of a nested object its parent's node, of a facet its object's */
    const char *key;      /* the same on both sides */
    DdlNode **children;   /* nested objects and facets */
    size_t child_count, child_room;
    DdlNode **needs;
    size_t need_count, need_room;
    DdlNode **hopes; /* what the body of a function seems to use, to be there first where it can */
    size_t hope_count, hope_room;
    DdlNode **users; /* who need it, contained ones included */
    size_t user_count, user_room;
    DdlNode *twin;               /* on the other side; NULL: it is not there */
    bool has_heirs;              /* of a table: partitions, or tables that inherit from it */
    struct DdlStep *steps[5];    /* of ddl/planning.h: by what they do */
    const DdlScript *alteration; /* likewise: what turns it into its twin, NULL: nothing */
    int state;                   /* likewise */
    bool in_circle;              /* likewise: a function that may call one that may call it */
};

struct DdlSide {
    Arena *arena;
    const json_t *snapshot;
    const char *owner; /* of the database, who makes things; where it is not told postgres */
    int server_version;
    DdlNode **nodes;
    size_t count, room;
    Hash keys;       /* key -> node */
    Hash names;      /* schema, name -> nodes of objects */
    Hash alone;      /* kind, name of what is in no schema -> node */
    Hash brought;    /* "", schema -> extensions in it */
    Hash identities; /* column's id -> its sequence's node */
};
typedef struct DdlSide DdlSide;

/* Borrows snapshot (as snapshot_load gives it). */
void ddl_side_open(DdlSide *side, Arena *arena, const json_t *snapshot);
DdlNode *ddl_side_find(const DdlSide *side, const char *key);
/* The object of that kind in no schema: a role, a language. NULL: none. */
DdlNode *ddl_side_alone(const DdlSide *side, KindId kind, const char *name);
/* By its id; NULL: there is none. */
DdlNode *ddl_side_table(const DdlSide *side, const char *id);
DdlNode *ddl_side_composite(const DdlSide *side, const char *id);
/* Its column or attribute of that name; NULL: there is none. */
DdlNode *ddl_side_child(const DdlNode *node, const char *name);
/* Whether it is the facet that sets member. */
bool ddl_is_facet(const DdlNode *node, const char *member);
/* The facet of an object that sets member; NULL: there is none. */
DdlNode *ddl_facet(const DdlNode *node, const char *member);
/* The sequence of an identity column; NULL: there is none. */
const json_t *ddl_side_identity(const DdlSide *side, const json_t *table, const json_t *column);
/* The object itself of that kind with an id, as snapshots write it; NULL: there is none. */
DdlNode *ddl_side_object(const DdlSide *side, KindId kind, const char *id);
/* Whether a domain, or one that it is of, refuses values. */
bool ddl_side_is_strict(const DdlSide *side, const char *type);
/* Of an object nested in parent, or of a member of an object, key being ddl_key's. */
const char *ddl_key(Arena *arena, KindId kind, const json_t *object, const json_t *parent,
                    const DdlRule *facet);

/* What makes it alone: of a facet what sets it, beyond nothing set. */
void ddl_side_script(const DdlSide *side, const DdlNode *node, DdlScript *script);
bool ddl_needs(const DdlNode *node, const DdlNode *other);

DdlScope ddl_scope(const DdlSide *side, const DdlNode *node);

#endif
