/* Views on the objects of a snapshot: structs whose strings and arrays are borrowed from the
 * object. What the members mean is in man/snapshot.5; a member that is absent leaves NULL, false or
 * 0. Each view_x fails with EXIT_DATA when a member has the wrong type or a needed one is missing.
 */
#ifndef MODEL_VIEWS_H
#define MODEL_VIEWS_H

#include <jansson.h>
#include <stdbool.h>

#include "base/err.h"

/* What schemas, extensions, enums, domains, composites, sequences and functions share. */
typedef struct ObjectView {
    const char *id;
    const char *schema; /* NULL for a schema */
    const char *name;
    const char *comment;
} ObjectView;

typedef struct EnumView {
    ObjectView object;
    const json_t *labels;
} EnumView;

typedef struct DomainView {
    ObjectView object;
    const char *base_type;
    const char *collation;
    bool not_null;
    const char *default_text;
    const json_t *constraints; /* of {name, definition, ...} */
} DomainView;

/* Column of a table or view, or attribute of a composite type. */
typedef struct ColumnView {
    const char *name;
    const char *type;
    const char *collation;
    bool not_null;
    const char *default_text; /* of a generated column its expression */
    const char *identity;     /* "always", "by default" */
    const char *generated;    /* "stored", "virtual" */
    bool updatable;           /* of views only */
    const char *comment;
} ColumnView;

typedef struct ConstraintView {
    const char *name;
    const char *type;
    const char *definition;
    const json_t *columns;
    const char *references;
    const json_t *reference_columns;
    bool not_valid;
    const char *comment;
} ConstraintView;

typedef struct IndexView {
    const char *name;
    const char *definition;
    bool unique;
    bool invalid;
    const char *method;
    const json_t *columns;
    const char *predicate;
    const char *comment;
} IndexView;

typedef struct PolicyView {
    const char *name;
    const char *command;
    bool restrictive;
    const json_t *roles;
    const char *using_text;
    const char *check;
    const char *comment;
} PolicyView;

typedef struct TriggerView {
    const char *name;
    const char *definition;
    const char *function;
    const char *firing;
    const char *comment;
} TriggerView;

typedef struct TableView {
    ObjectView object;
    const char *kind;
    bool unlogged;
    const char *partition_key;
    const char *partition_of;
    const char *partition_bound;
    const json_t *inherits;
    bool row_security;
    bool force_row_security;
    const json_t *columns;
    const json_t *constraints;
    const json_t *indexes;
    const json_t *policies;
    const json_t *triggers;
} TableView;

/* A view or materialized view. */
typedef struct RelationView {
    ObjectView object;
    bool materialized;
    const char *definition;
    const json_t *options;
    bool insertable;
    bool updatable;
    const json_t *columns;
    const json_t *indexes;
    const json_t *triggers;
} RelationView;

typedef struct FunctionView {
    ObjectView object;
    const char *kind;
    const char *arguments;
    const json_t *argument_names;
    const json_t *argument_types;
    const json_t *argument_modes;
    json_int_t default_count;
    const char *returns;
    const char *return_type;
    bool returns_set;
    const json_t *rows; /* a number, or NULL */
    const char *language;
    const char *volatility;
    bool strict;
    bool security_definer;
    const char *parallel;
    const json_t *config;
} FunctionView;

typedef struct ExtensionView {
    ObjectView object;
    const char *version;
} ExtensionView;

bool view_object(const json_t *object, ObjectView *ret, Err *err);
bool view_extension(const json_t *object, ExtensionView *ret, Err *err);
bool view_enum(const json_t *object, EnumView *ret, Err *err);
bool view_domain(const json_t *object, DomainView *ret, Err *err);
bool view_table(const json_t *object, TableView *ret, Err *err);
bool view_relation(const json_t *object, RelationView *ret, Err *err);
bool view_function(const json_t *object, FunctionView *ret, Err *err);
bool view_column(const json_t *object, ColumnView *ret, Err *err);
bool view_constraint(const json_t *object, ConstraintView *ret, Err *err);
bool view_index(const json_t *object, IndexView *ret, Err *err);
bool view_policy(const json_t *object, PolicyView *ret, Err *err);
bool view_trigger(const json_t *object, TriggerView *ret, Err *err);

#endif
