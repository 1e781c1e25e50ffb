/* What the types read of the objects of a snapshot: views as those of model/views.h, on items
 * (json/item.h) and of the members that matter here only. Their texts and lists are borrowed from
 * the object; a member that is absent leaves NULL, false or 0. Each fails with EXIT_DATA when a
 * member has the wrong type or a needed one is missing. */
#ifndef TYPES_SHAPE_H
#define TYPES_SHAPE_H

#include <jansson.h>
#include <stdbool.h>

#include "base/err.h"
#include "json/item.h"

typedef struct ShapeObject { /* what the others begin with */
    const char *id;
    const char *schema; /* NULL for a schema */
    const char *name;
    const char *comment;
} ShapeObject;

typedef struct ShapeEnum {
    ShapeObject object;
    const JxItem *labels;
} ShapeEnum;

typedef struct ShapeDomain {
    ShapeObject object;
    const char *base_type;
    const char *collation;
    bool not_null;
    const char *default_text;
    const JxItem *constraints;
    const JxItem *inexact;
} ShapeDomain;

typedef struct ShapeColumn {
    const char *name;
    const char *type;
    const char *collation;
    bool not_null;
    const char *default_text;
    const char *identity;
    const char *generated;
    bool updatable;
    const char *comment;
} ShapeColumn;

typedef struct ShapeConstraint {
    const char *name;
    const char *type;
    const char *definition;
    const JxItem *columns;
    const char *references;
    const JxItem *reference_columns;
    bool not_valid;
} ShapeConstraint;

typedef struct ShapeTable {
    ShapeObject object;
    const char *kind;
    const char *partition_of;
    const JxItem *inherits;
    const JxItem *columns;
    const JxItem *constraints;
    const JxItem *inexact;
} ShapeTable;

typedef struct ShapeComposite {
    ShapeObject object;
    const JxItem *attributes;
} ShapeComposite;

typedef struct ShapeView { /* or materialized view */
    ShapeObject object;
    bool materialized;
    const char *definition;
    bool insertable;
    bool updatable;
    const JxItem *columns;
    const JxItem *triggers;
} ShapeView;

typedef struct ShapeFunction {
    ShapeObject object;
    const char *kind;
    const char *arguments;
    const JxItem *argument_names;
    const JxItem *argument_types;
    const JxItem *argument_modes;
    json_int_t default_count;
    const char *returns;
    const char *return_type;
    bool returns_set;
    bool strict;
} ShapeFunction;

bool shape_object(const JxItem *object, ShapeObject *ret, Err *err);
bool shape_enum(const JxItem *object, ShapeEnum *ret, Err *err);
bool shape_domain(const JxItem *object, ShapeDomain *ret, Err *err);
bool shape_column(const JxItem *object, ShapeColumn *ret, Err *err);
bool shape_constraint(const JxItem *object, ShapeConstraint *ret, Err *err);
bool shape_table(const JxItem *object, ShapeTable *ret, Err *err);
bool shape_composite(const JxItem *object, ShapeComposite *ret, Err *err);
bool shape_view(const JxItem *object, ShapeView *ret, Err *err);
bool shape_function(const JxItem *object, ShapeFunction *ret, Err *err);

#endif
