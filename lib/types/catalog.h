/* What the types need of a snapshot, in structs that live as long as the run: read line by line, so
 * that no more of the document is in memory than this. */
#ifndef TYPES_CATALOG_H
#define TYPES_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/typename.h"
#include "sql/allowed.h"

typedef struct Texts {
    size_t count;
    const char **items;
} Texts;

/* What can be done with a relation or column; a set of them. */
typedef enum CatalogRight {
    RIGHT_SELECT = 1,
    RIGHT_INSERT = 2,
    RIGHT_UPDATE = 4,
    RIGHT_DELETE = 8,
    RIGHTS_ALL = 15
} CatalogRight;

typedef struct CatalogType { /* what an enum, domain, composite, relation and function begin with */
    const char *schema;
    const char *name;
    const char *comment; /* NULL too when comments were not wanted */
    bool included; /* it is written: its schema is one of those, and no filter leaves it out */
    unsigned char state;          /* of a walk over types that name each other: schemas.c */
    struct CatalogAccess *access; /* types/access.h; NULL unless a role is asked for */
} CatalogType;

typedef struct CatalogEnum {
    CatalogType type;
    Texts labels;
} CatalogEnum;

typedef struct CatalogDomain {
    CatalogType type;
    TypeName base;
    bool not_null;
    bool has_default;
    const Allowed *allowed; /* by its CHECKs; NULL: anything */
    bool collated;          /* by a collation that is not the server's own */
} CatalogDomain;

typedef struct CatalogExtension {
    CatalogType type;
    bool told; /* the snapshot has what belongs to it and matters to types */
} CatalogExtension;

typedef struct CatalogColumn {
    const char *name;
    TypeName declared;
    TypeName type; /* as the types see it: of a domain its base type, one step; the domain itself
                      when precise types are wanted */
    const char *comment;
    const Allowed *allowed; /* by CHECKs of the table; NULL: anything */
    bool nullable;
    bool proven;      /* of a view: its query, or "@notNull" in its comment, says it is not NULL */
    bool optional;    /* may be left out in an insert */
    bool read_only;   /* GENERATED, or GENERATED ALWAYS AS IDENTITY */
    bool updatable;   /* of a view */
    const char *tags; /* the comment, when it may have @type or @brand; or NULL */
    const struct ScriptType *given; /* instead of the type's; NULL: none (types/override.h) */
    const char *brand;              /* or NULL */
    unsigned denied;                /* rights the role does not have: role_apply */
} CatalogColumn;

typedef struct CatalogKey { /* a foreign key; a primary or unique one has only columns */
    const char *name;
    Texts columns;
    const char *schema; /* of what it references */
    const char *relation;
    Texts references;
    bool one_to_one;
    bool inherited; /* a partition's copy of its parent's */
} CatalogKey;

/* What the column of a view is, where its query just takes it over. */
typedef struct CatalogOrigin {
    struct CatalogRelation *relation; /* table or view; NULL: an expression, or nothing known */
    size_t column;
    bool kept; /* the query makes no NULL of it */
} CatalogOrigin;

/* A foreign key as one of the relations sees it that have its columns: the table, or a view. */
typedef struct CatalogLink {
    const CatalogKey *key;
    const char *schema;   /* of what it leads to; NULL: the same one */
    const char *relation; /* what it leads to */
    const Texts *columns; /* NULL: not known to the official generator */
    const Texts *references;
    const char *column_text; /* both as JSON: their order */
    const char *reference_text;
    bool one_to_one;
} CatalogLink;

/* That a view has a column of a table, perhaps by way of other views. */
typedef struct CatalogExposure {
    struct CatalogRelation *view;
    const char *column; /* of the table */
    const char *name;   /* in the view */
} CatalogExposure;

/* In the order in which a bare name finds them. A composite is not listed as a relation, but its
 * values are rows. */
typedef enum RelationKind {
    RELATION_COMPOSITE,
    RELATION_TABLE,
    RELATION_FOREIGN,
    RELATION_VIEW,
    RELATION_MATERIALIZED
} RelationKind;

typedef struct CatalogRelation {
    CatalogType type;
    RelationKind kind;
    const char *id;
    size_t column_count;
    CatalogColumn *columns; /* in their own order */
    CatalogOrigin *origins; /* of a view's columns, or NULL: links_resolve */
    CatalogColumn **sorted; /* by name */
    bool insertable;
    bool updatable;
    bool triggered;         /* a view that a trigger writes */
    const char *definition; /* of a view, or NULL */
    Texts inherits;         /* ids of other parents, when precise types are wanted */
    bool unchecked;         /* its CHECKs tell nothing: it is or has a foreign table */
    size_t key_count;
    CatalogKey *keys; /* foreign keys */
    size_t unique_count;
    CatalogKey *uniques;
    const char *parent;    /* id of the table it is a partition of, or NULL */
    size_t exposure_count; /* of a table, those of one view side by side: links_resolve */
    size_t exposure_room;
    CatalogExposure *exposures;
    size_t link_count; /* as they are written, in their order: links_resolve */
    size_t link_room;
    CatalogLink *links;
    unsigned denied;    /* as of a column; all of them: the role has nothing of it */
    size_t field_count; /* its computed fields: routines_link */
    const struct CatalogFunction **fields;
} CatalogRelation;

typedef struct CatalogArgument {
    const char *name; /* "" when it has none */
    TypeName type;
    bool is_input;
    bool is_table;
    bool is_output;   /* an INOUT is both */
    bool has_default; /* as the official generator sees it: intake.c */
} CatalogArgument;

typedef struct CatalogFunction CatalogFunction;
struct CatalogFunction {
    CatalogType type; /* its schema and name */
    size_t argument_count;
    CatalogArgument *arguments;
    size_t input_count;
    CatalogArgument **inputs;  /* of arguments, sorted by name */
    const char *argument_text; /* as a session with public in its search_path shows them */
    const char *result_text;
    TypeName result;
    bool returns_set;
    bool returns_many; /* a set with an estimate of more than one row */
    bool strict;
    bool kept;   /* PostgREST can call it: routines_link */
    bool denied; /* the role cannot: role_apply */
};

typedef struct CatalogList {
    size_t count;
    size_t capacity;
    CatalogType **items;   /* by schema and name; functions then by arguments and result */
    CatalogType **by_name; /* by the bytes of the name, then by schema */
} CatalogList;

/* What is read, and how, beyond what the official generator looks at. */
typedef struct CatalogWants {
    bool precise; /* CHECKs; domains are not resolved; defaults are not shifted */
    bool comments;
    bool no_partitions;         /* partitions are not written, the tables they are of are */
    const char *const *include; /* globs on schema.name of what is written, ended by NULL; */
    const char *const *exclude; /* NULL or empty: all of it, none of it */
} CatalogWants;
typedef struct CatalogRoles CatalogRoles;

typedef struct Catalog {
    CatalogWants wants; /* set before catalog_read */
    Arena arena;
    CatalogRoles *roles; /* types/access.h; NULL: what everybody together can do is written */
    bool all;            /* every schema is written */
    Texts schemas;       /* those written that there are, sorted */
    Texts quoted;        /* of these, the ones whose name SQL must quote */
    CatalogList enums;
    CatalogList domains;
    CatalogList relations; /* composites among them */
    CatalogList functions; /* those that are written only, plain functions only */
    CatalogList opaque;    /* ranges, multiranges and base types */
    CatalogList
        json_casts; /* types with a cast to json that a function makes, by their own names */
    CatalogList extensions; /* by the schema that their objects are in */
} Catalog;

/* Reads a snapshot. wanted is a NULL-terminated list of schemas; "*" in it means all. After a
 * failure the catalog is to be freed all the same. */
bool catalog_read(Catalog *catalog, FILE *in, const char *name, const char *const *wanted,
                  Err *err);
/* Fits CLEANUP. */
void catalog_free(Catalog *catalog);

/* The one of exactly that schema and name, or NULL. */
CatalogType *catalog_find(const CatalogList *list, const char *schema, const char *name);
/* The relation or composite of that schema and name, or NULL. */
const CatalogRelation *catalog_relation(const Catalog *catalog, const char *schema,
                                        const char *name);
/* What a bare type name finds: the one in that schema, else the first by schema; NULL when there is
 * none. Enums need a label and composites an attribute to be found; relations an included schema.
 */
const CatalogEnum *catalog_find_enum(const Catalog *catalog, const char *schema, const char *name);
const CatalogRelation *catalog_find_composite(const Catalog *catalog, const char *schema,
                                              const char *name);
const CatalogRelation *catalog_find_relation(const Catalog *catalog, const char *schema,
                                             const char *name);
bool texts_have(const Texts *texts, const char *text);
/* Whether the schema is one of those written and its name must be quoted in SQL. */
bool catalog_is_quoted(const Catalog *catalog, const char *schema);

#endif
