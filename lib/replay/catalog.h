/* The schema as it stands while migrations are replayed: what PostgreSQL keeps in its catalogs, as
 * structs in one arena.
 *
 * Expressions and queries are kept analysed (replay/expr.h) and point to the columns, relations and
 * functions they use; their text is made at the end, so that renames reach it as they do in the
 * server. */
#ifndef REPLAY_CATALOG_H
#define REPLAY_CATALOG_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/hash.h"
#include "model/kind.h"
#include "model/privilege.h"
#include "replay/builtin.h"

typedef struct Expr Expr;
typedef struct Query Query;
typedef struct Relation Relation;
typedef struct Extension Extension;

/* A growing array of pointers in an arena. */
typedef struct Vec {
    void **items;
    size_t count;
    size_t capacity;
} Vec;

void vec_add(Arena *arena, Vec *vec, const void *item);
void vec_insert(Arena *arena, Vec *vec, size_t at, const void *item);
/* One of its own that holds the same items: what is changed in one is not in the other. */
Vec vec_copy(Arena *arena, const Vec *vec);
void vec_remove(Vec *vec, const void *item);
bool vec_has(const Vec *vec, const void *item);
bool vec_has_text(const Vec *vec, const char *text);

/* What a role may do with an object. */
typedef struct Grant {
    const char *role; /* "" for everybody */
    Privileges has;
    Privileges passes_on;
} Grant;

typedef struct Rights {
    const char *owner; /* NULL: the database's */
    char kind;         /* letter as for acldefault(); 0: none can be granted */
    bool given;        /* grants is what there is; otherwise what the kind starts with */
    bool initial;      /* of the schema public as initdb makes it */
    bool doubtful;     /* something that was not run may have changed it */
    Vec grants;        /* Grant */
} Rights;

typedef struct TypeRef {
    Oid oid; /* 0: not known */
    int32_t modifier;
} TypeRef;

typedef enum TypeKind {
    TYPE_BASE = 'b',
    TYPE_COMPOSITE = 'c',
    TYPE_DOMAIN = 'd',
    TYPE_ENUM = 'e',
    TYPE_PSEUDO = 'p',
    TYPE_RANGE = 'r',
    TYPE_MULTIRANGE = 'm',
    TYPE_MISSING = '?' /* named, but never made: only its name is known */
} TypeKind;

typedef struct Type {
    Oid oid;
    const char *schema; /* "pg_catalog" for the server's own */
    const char *name;
    const char *shown;
    char kind; /* TypeKind */
    char category;
    bool preferred;
    Oid element; /* of an array */
    Oid array;
    Oid collation; /* 0, 100 or 950 */
    bool member;   /* of an extension: not in the snapshot */
    bool known;    /* there before the first migration: may be made again, is not in the snapshot */
    TypeRef base;  /* of a domain; the subtype of a range */
    bool not_null;
    const char *collation_name;
    Expr *default_expr;
    Vec constraints;    /* Constraint: of a domain */
    Vec labels;         /* const char *: of an enum */
    Vec renames;        /* const char *: old label, new label, ... */
    Relation *relation; /* of a composite or row type */
    json_t *members;    /* of a range: what is told besides; the replay's to free */
    const char *multirange_schema;
    const char *multirange;
    const Extension *extension; /* it is a member of, when that is known */
    Rights rights;
    const char *comment;
    Vec inexact; /* const char *: members that are not certain */
} Type;

typedef struct Column {
    const char *name;
    TypeRef type;
    const char *collation; /* qualified, when not the type's */
    bool not_null;
    Expr *default_expr;
    const char *storage;     /* when not the type's */
    const char *compression; /* "pglz", "lz4" or NULL */
    int statistics;          /* target + 1; 0 for none */
    Vec options;             /* const char *: "name=value" */
    Vec foreign_options;
    Rights rights;
    char identity;  /* 'a', 'd' or 0 */
    char generated; /* 's' or 0 */
    const char *comment;
    bool inherited;
    bool dropped; /* while old expressions still point here */
    Relation *relation;
    Vec inexact;
} Column;

typedef struct IndexKey {
    Column *column; /* NULL: an expression */
    Expr *expr;
    const char *name;       /* of the index's column, for an expression */
    const char *class_name; /* when not the default */
    const char *class_options;
    const char *collation;
    bool descending;
    bool nulls_first;
    bool has_order;       /* the access method can */
    const char *operator; /* exclusion constraints */
    int statistics;       /* target + 1; 0 for none */
} IndexKey;

typedef struct Index {
    size_t number; /* in the order of their making */
    const char *name;
    bool unique;
    bool nulls_not_distinct;
    const char *method;
    Vec keys;     /* IndexKey */
    Vec included; /* Column */
    Vec options;  /* const char *: "name=value" */
    const char *tablespace;
    Expr *predicate;
    bool of_partition; /* attached to one of the parent's */
    Vec lacking;       /* Relation: partitions without one to attach, made ON ONLY */
    Vec names;         /* const char *: its columns', with those included, as they were made */
    const char *comment;
    Vec inexact;
} Index;

/* What a foreign key has of a partition of the table it refers to: no more than its name is taken.
 */
typedef struct ForeignPart {
    const char *name;
    const Relation *partition;
} ForeignPart;

typedef struct Constraint {
    const char *name;
    char type;   /* p u f c x */
    Vec columns; /* Column; NULL for an expression of an exclusion */
    Expr *check;
    bool no_inherit;
    bool inherited;
    bool of_parent;   /* conparentid: copied to a partition */
    bool name_chosen; /* by us: nobody gave one */
    Index *index;     /* p u x */
    Relation *references;
    Vec parts; /* ForeignPart */
    Vec reference_columns;
    const Index *reference_index; /* it rests on; NULL: not known */
    char match;
    char on_update;
    char on_delete;
    Vec set_columns; /* ON DELETE SET NULL (...) */
    bool deferrable;
    bool initially_deferred;
    bool not_valid;
    bool disabled;         /* its triggers on its own table are */
    bool disabled_foreign; /* those on the table it refers to */
    const char *comment;
    Vec inexact;
} Constraint;

typedef struct Policy {
    const char *name;
    const char *command;
    bool restrictive;
    Vec roles;
    Expr *using_expr;
    Expr *check;
    const char *comment;
    Vec inexact;
} Policy;

typedef struct Function Function;

typedef struct Trigger {
    const char *name;
    bool constraint;
    int timing; /* bits of pg_trigger.tgtype */
    int events;
    bool row;
    Vec columns; /* Column */
    Vec arguments;
    const char *old_table;
    const char *new_table;
    Relation *from;
    bool deferrable;
    bool initially_deferred;
    Expr *when;
    Function *function;        /* NULL: not known, or the server's own */
    const char *function_name; /* qualified, then */
    char firing;               /* 'O' 'D' 'R' 'A' */
    bool of_parent;
    const char *comment;
    Vec inexact;
} Trigger;

typedef struct Rule {
    const char *name;
    const char *event; /* "insert" */
    bool instead;
    bool nothing; /* it does; otherwise what it does is not known */
    Expr *where;
    char firing; /* as of a trigger */
    const char *comment;
    Vec inexact;
} Rule;

struct Relation {
    size_t number; /* in the order of their making */
    char kind;     /* pg_class.relkind: r p v m f c S (sequence) */
    const char *schema;
    const char *name;
    bool member; /* of an extension, or temporary */
    bool until_commit;
    bool toasted; /* it has had columns that take a TOAST table, which stays */
    bool known;
    Type *type;
    Vec columns; /* Column */
    Vec constraints;
    Vec indexes;
    Vec policies;
    Vec triggers;
    Vec rules;     /* Rule */
    Vec parents;   /* Relation */
    Vec children;  /* Relation */
    Vec referrers; /* Relation: those that had a foreign key to it, some more than once */
    Vec sequences; /* Relation: it owns */
    bool is_partition;
    const char *bound;
    char strategy;      /* of a partition key: l r h */
    Vec partition_keys; /* IndexKey */
    bool unlogged;
    bool row_security;
    bool force_row_security;
    Query *query; /* of a view */
    Vec options;  /* const char *: "name=value" */
    Vec toast_options;
    Vec foreign_options;
    const char *server;
    const char *tablespace;
    const char *access_method;
    char replica_identity; /* as of pg_class.relreplident; 0 for the default */
    const Index *identity_index;
    const Index *cluster_on;
    const Type *of_type;
    Rights rights; /* of a composite: in its type */
    bool filled;   /* a table that may have rows */
    const char *comment;
    Vec inexact;
    /* Of a sequence. */
    const char *data_type;
    int64_t start, increment, minimum, maximum, cache;
    bool cycle;
    bool identity;
    Relation *owner; /* by catalog_sequence_own */
    Column *owner_column;
};

typedef struct Argument {
    const char *name; /* "" for none */
    TypeRef type;
    char mode; /* i o b v t */
    Expr *default_expr;
} Argument;

/* What resolving a call needs to know of a function, the server's own or not. */
typedef struct Proc {
    const char *schema;
    const char *name;
    Oid result;
    bool set;
    char kind; /* f p w a o h */
    size_t count;
    const Oid *arguments; /* those that are given in a call */
    size_t defaults;
    Oid variadic;
    size_t direct;
    const char *const *names; /* of the input arguments, or NULL */
    const Vec *all;           /* Argument, with those that come out; NULL when none does */
    Oid oid;                  /* of the server's own, else 0 */
} Proc;

/* Where temporary relations are: looked into first, and emptied when the session ends. */
extern const char catalog_temporary[];
/* What initdb has the schema public be called. */
extern const char catalog_public_comment[];

struct Function {
    size_t number; /* in the order of their making */
    Proc proc;
    Vec arguments; /* Argument */
    const char *language;
    char volatility;
    bool strict;
    bool security_definer;
    bool leakproof;
    char parallel;
    const char *cost;
    int64_t rows;
    Vec config;
    const char *body;
    const char *library;
    const char *support;
    Vec transforms;      /* const char *: types */
    json_t *aggregate;   /* members of an aggregate's; the replay's to free */
    size_t ordered_from; /* of an ordered-set aggregate: which argument, from 1, it orders by; 0 */
    Rights rights;
    bool table;                 /* RETURNS TABLE */
    const Extension *extension; /* it is a member of, when that is known */
    bool member;
    bool known;
    const char *comment;
    Vec inexact;
};

typedef struct Operator {
    const char *schema;
    const char *name;
    Oid left; /* 0: prefix */
    Oid right;
    Oid result;
    const char *function;  /* as regprocedure writes it; NULL: only named so far */
    const Function *calls; /* which that is now, unless it is the server's own */
    const struct Operator *commutator;
    const struct Operator *negator;
    const char *commutator_name; /* when it is the server's own */
    const char *negator_name;
    const char *restriction;
    const char *join;
    bool hashes;
    bool merges;
    bool member;
    Rights rights;
    const char *comment;
    Vec inexact;
} Operator;

typedef struct Cast {
    Oid source;
    Oid target;
    bool function; /* false: nothing to call */
    bool text_form;
    char context;
    const char *function_name; /* as regprocedure writes it */
    const Function *calls;     /* which that is now, unless it is the server's own */
    bool member;               /* of an extension, or there before */
    const char *comment;
} Cast;

/* An object of a kind that nothing else here looks into. */
typedef struct Thing {
    KindId kind;
    const char *schema; /* NULL: it is in none */
    const char *name;
    const char *suffix; /* of the id, behind the name; "" */
    json_t *members;    /* as the snapshot has them; the replay's to free */
    Relation *relation; /* of a statistics object */
    Function *function; /* of an event trigger */
    Vec items;          /* of a publication: Published; of a statistics object: IndexKey */
    Vec texts;          /* const char *: labels, options: what each kind says */
    Rights rights;
    bool known;
    const char *comment;
    Vec inexact;
} Thing;

typedef struct Published {
    Relation *relation;
    Vec columns; /* Column */
    Expr *where;
} Published;

/* What ALTER DEFAULT PRIVILEGES says of the objects that a role will make. */
typedef struct DefaultRights {
    const char *role;
    const char *schema; /* NULL: everywhere */
    Rights rights;
} DefaultRights;

struct Extension {
    const char *name;
    const char *schema;
    const char *version;
    const char *comment;
    const char *owner;
    bool platform; /* comes with every project: not in the snapshot */
    bool complete; /* what it brings is known */
    Vec inexact;
};

typedef struct Schema {
    const char *name;
    bool known; /* there before the first migration, as are types, tables and functions below */
    Rights rights;
    const char *comment;
} Schema;

typedef struct Catalog {
    Arena arena;
    Vec schemas;      /* Schema */
    Vec types;        /* Type: not the server's own; oid = BUILTIN_OID_END + place */
    Vec relations;    /* Relation: tables, views, composites, sequences */
    Vec functions;    /* Function */
    Vec operators;    /* Operator */
    Vec casts;        /* Cast */
    Vec extensions;   /* Extension */
    Vec things;       /* Thing */
    Vec defaults;     /* DefaultRights */
    Vec classes;      /* BuiltinClass of extensions; type holds no more than a builtin's oid */
    Vec path;         /* const char *: the search_path in force, pg_catalog not in it */
    Vec server_types; /* Type: copies of the server's own, made when asked for */
    size_t numbers;   /* given to relations, indexes and functions so far */
    /* Who finds one there looks whether it has that name still. */
    Hash relation_names; /* relations by their names, and those of their indexes and constraints */
    Hash type_names;     /* types by their names and those of their constraints */
    Hash function_names; /* functions by their names alone */
} Catalog;

Catalog *catalog_open(void);
void catalog_close(Catalog **catalog);

Schema *catalog_schema(const Catalog *catalog, const char *name);
/* Where a new object without a schema goes: the first schema of the path that exists. */
const char *catalog_creation_schema(const Catalog *catalog);

/* NULL for an oid nobody knows. */
const Type *catalog_type(const Catalog *catalog, Oid oid);
Type *catalog_type_own(const Catalog *catalog, Oid oid);
/* schema NULL: by search path, the server's own first. */
const Type *catalog_type_named(const Catalog *catalog, const char *schema, const char *name);
/* A new type with its array type, which is named _NAME. */
Type *catalog_type_add(Catalog *catalog, const char *schema, const char *name, char kind);
/* Its oid stays taken, nobody finds it by name: its schema is "". */
void catalog_type_drop(Catalog *catalog, Type *type);
/* Gives it the names, which are kept as they are; its array type has its own. */
void catalog_type_place(Catalog *catalog, Type *type, const char *schema, const char *name);
void catalog_type_add_constraint(Catalog *catalog, Type *type, const Constraint *constraint);
void catalog_type_rename_constraint(Catalog *catalog, Type *type, Constraint *constraint,
                                    const char *name);
/* The domain's base, domains of domains followed; anything else is itself. */
/* Whether a relation with rows cannot be made for its type: one of that name is there. An array's
 * would give way. */
bool catalog_row_taken(const Catalog *catalog, const char *schema, const char *name);
/* Which collation values of a type have unless another is said, qualified; NULL: they have none. */
const char *catalog_collation(const Catalog *catalog, Oid oid);
Oid catalog_base_type(const Catalog *catalog, Oid oid, int32_t *modifier);
/* The element type of an array (through domains), or 0. */
Oid catalog_element(const Catalog *catalog, Oid oid);
Oid catalog_array(const Catalog *catalog, Oid oid);
/* The relation whose row type this is, or NULL. */
Relation *catalog_row_type(const Catalog *catalog, Oid oid);

/* Any relation, sequences and composites too. schema NULL: by search path. */
Relation *catalog_relation(const Catalog *catalog, const char *schema, const char *name);
/* The first that was made of those that have something of that name; schema NULL: in any of the
 * search path. */
Relation *catalog_relation_having(const Catalog *catalog, const char *schema, const char *name,
                                  bool (*has)(const Relation *, const char *));
/* Whether the name is taken by a relation or an index in that schema. */
bool catalog_name_taken(const Catalog *catalog, const char *schema, const char *name);
/* Whether a constraint of a relation or type in that schema has the name. */
bool catalog_constraint_taken(const Catalog *catalog, const char *schema, const char *name);
Relation *catalog_relation_add(Catalog *catalog, const char *schema, const char *name, char kind);
void catalog_relation_remove(Catalog *catalog, Relation *relation);
/* Gives it the names, which are kept as they are; its types have their own. */
void catalog_relation_place(Catalog *catalog, Relation *relation, const char *schema,
                            const char *name);
/* owner and column NULL: nobody's. */
void catalog_sequence_own(Catalog *catalog, Relation *sequence, Relation *owner, Column *column);
/* Adds what has its name already; vec_remove takes it away again. */
void catalog_index_add(Catalog *catalog, Relation *relation, Index *index);
void catalog_index_rename(Catalog *catalog, Relation *relation, Index *index, const char *name);
void catalog_constraint_add(Catalog *catalog, Relation *relation, const Constraint *constraint);
void catalog_constraint_add_part(Catalog *catalog, Relation *relation, Constraint *constraint,
                                 const char *name, const Relation *partition);
/* Its index too. */
void catalog_constraint_rename(Catalog *catalog, Relation *relation, Constraint *constraint,
                               const char *name);
Index *catalog_index(const Relation *relation, const char *name);
Constraint *catalog_constraint(const Vec *constraints, const char *name);
Column *catalog_column(const Relation *relation, const char *name);
Column *catalog_column_add(Catalog *catalog, Relation *relation, const char *name, TypeRef type);

/* Adds one that has its name already. */
void catalog_function_add(Catalog *catalog, Function *function);
void catalog_function_remove(Catalog *catalog, Function *function);
void catalog_function_place(Catalog *catalog, Function *function, const char *schema,
                            const char *name);
/* The next of a name, in any schema, in the order of their making; at starts at 0. NULL when there
 * is none any more. */
Function *catalog_function_next(const Catalog *catalog, const char *name, size_t *at);

/* Adds a member's name to an inexact list, once. */
void catalog_inexact(Catalog *catalog, Vec *inexact, const char *member);

#endif
