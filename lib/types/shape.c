#include "types/shape.h"

#include <stddef.h>

static const JxField object_fields[] = {
    {"id", JX_STRING, offsetof(ShapeObject, id)},
    {"schema", JX_STRING_OPT, offsetof(ShapeObject, schema)},
    {"name", JX_STRING, offsetof(ShapeObject, name)},
    {"comment", JX_STRING_OPT, offsetof(ShapeObject, comment)},
    {NULL, JX_END, 0},
};

static const JxField enum_fields[] = {
    {"id", JX_STRING, offsetof(ShapeEnum, object.id)},
    {"schema", JX_STRING_OPT, offsetof(ShapeEnum, object.schema)},
    {"name", JX_STRING, offsetof(ShapeEnum, object.name)},
    {"comment", JX_STRING_OPT, offsetof(ShapeEnum, object.comment)},
    {"labels", JX_ARRAY, offsetof(ShapeEnum, labels)},
    {NULL, JX_END, 0},
};

static const JxField domain_fields[] = {
    {"id", JX_STRING, offsetof(ShapeDomain, object.id)},
    {"schema", JX_STRING_OPT, offsetof(ShapeDomain, object.schema)},
    {"name", JX_STRING, offsetof(ShapeDomain, object.name)},
    {"comment", JX_STRING_OPT, offsetof(ShapeDomain, object.comment)},
    {"base_type", JX_STRING, offsetof(ShapeDomain, base_type)},
    {"collation", JX_STRING_OPT, offsetof(ShapeDomain, collation)},
    {"not_null", JX_BOOL, offsetof(ShapeDomain, not_null)},
    {"default", JX_STRING_OPT, offsetof(ShapeDomain, default_text)},
    {"constraints", JX_ARRAY, offsetof(ShapeDomain, constraints)},
    {"inexact", JX_ARRAY, offsetof(ShapeDomain, inexact)},
    {NULL, JX_END, 0},
};

static const JxField column_fields[] = {
    {"name", JX_STRING, offsetof(ShapeColumn, name)},
    {"type", JX_STRING, offsetof(ShapeColumn, type)},
    {"collation", JX_STRING_OPT, offsetof(ShapeColumn, collation)},
    {"not_null", JX_BOOL, offsetof(ShapeColumn, not_null)},
    {"default", JX_STRING_OPT, offsetof(ShapeColumn, default_text)},
    {"identity", JX_STRING_OPT, offsetof(ShapeColumn, identity)},
    {"generated", JX_STRING_OPT, offsetof(ShapeColumn, generated)},
    {"updatable", JX_BOOL, offsetof(ShapeColumn, updatable)},
    {"comment", JX_STRING_OPT, offsetof(ShapeColumn, comment)},
    {NULL, JX_END, 0},
};

static const JxField constraint_fields[] = {
    {"name", JX_STRING, offsetof(ShapeConstraint, name)},
    {"type", JX_STRING, offsetof(ShapeConstraint, type)},
    {"definition", JX_STRING_OPT, offsetof(ShapeConstraint, definition)},
    {"columns", JX_ARRAY, offsetof(ShapeConstraint, columns)},
    {"references", JX_STRING_OPT, offsetof(ShapeConstraint, references)},
    {"reference_columns", JX_ARRAY, offsetof(ShapeConstraint, reference_columns)},
    {"not_valid", JX_BOOL, offsetof(ShapeConstraint, not_valid)},
    {NULL, JX_END, 0},
};

static const JxField table_fields[] = {
    {"id", JX_STRING, offsetof(ShapeTable, object.id)},
    {"schema", JX_STRING_OPT, offsetof(ShapeTable, object.schema)},
    {"name", JX_STRING, offsetof(ShapeTable, object.name)},
    {"comment", JX_STRING_OPT, offsetof(ShapeTable, object.comment)},
    {"kind", JX_STRING, offsetof(ShapeTable, kind)},
    {"partition_of", JX_STRING_OPT, offsetof(ShapeTable, partition_of)},
    {"inherits", JX_ARRAY, offsetof(ShapeTable, inherits)},
    {"columns", JX_ARRAY, offsetof(ShapeTable, columns)},
    {"constraints", JX_ARRAY, offsetof(ShapeTable, constraints)},
    {"inexact", JX_ARRAY, offsetof(ShapeTable, inexact)},
    {NULL, JX_END, 0},
};

static const JxField composite_fields[] = {
    {"id", JX_STRING, offsetof(ShapeComposite, object.id)},
    {"schema", JX_STRING_OPT, offsetof(ShapeComposite, object.schema)},
    {"name", JX_STRING, offsetof(ShapeComposite, object.name)},
    {"comment", JX_STRING_OPT, offsetof(ShapeComposite, object.comment)},
    {"attributes", JX_ARRAY, offsetof(ShapeComposite, attributes)},
    {NULL, JX_END, 0},
};

static const JxField view_fields[] = {
    {"id", JX_STRING, offsetof(ShapeView, object.id)},
    {"schema", JX_STRING_OPT, offsetof(ShapeView, object.schema)},
    {"name", JX_STRING, offsetof(ShapeView, object.name)},
    {"comment", JX_STRING_OPT, offsetof(ShapeView, object.comment)},
    {"materialized", JX_BOOL, offsetof(ShapeView, materialized)},
    {"definition", JX_STRING_OPT, offsetof(ShapeView, definition)},
    {"insertable", JX_BOOL, offsetof(ShapeView, insertable)},
    {"updatable", JX_BOOL, offsetof(ShapeView, updatable)},
    {"columns", JX_ARRAY, offsetof(ShapeView, columns)},
    {"triggers", JX_ARRAY, offsetof(ShapeView, triggers)},
    {NULL, JX_END, 0},
};

static const JxField function_fields[] = {
    {"id", JX_STRING, offsetof(ShapeFunction, object.id)},
    {"schema", JX_STRING_OPT, offsetof(ShapeFunction, object.schema)},
    {"name", JX_STRING, offsetof(ShapeFunction, object.name)},
    {"comment", JX_STRING_OPT, offsetof(ShapeFunction, object.comment)},
    {"kind", JX_STRING, offsetof(ShapeFunction, kind)},
    {"arguments", JX_STRING_OPT, offsetof(ShapeFunction, arguments)},
    {"argument_names", JX_ARRAY, offsetof(ShapeFunction, argument_names)},
    {"argument_types", JX_ARRAY, offsetof(ShapeFunction, argument_types)},
    {"argument_modes", JX_ARRAY, offsetof(ShapeFunction, argument_modes)},
    {"default_count", JX_INT, offsetof(ShapeFunction, default_count)},
    {"returns", JX_STRING_OPT, offsetof(ShapeFunction, returns)},
    {"return_type", JX_STRING_OPT, offsetof(ShapeFunction, return_type)},
    {"returns_set", JX_BOOL, offsetof(ShapeFunction, returns_set)},
    {"strict", JX_BOOL, offsetof(ShapeFunction, strict)},
    {NULL, JX_END, 0},
};

bool shape_object(const JxItem *object, ShapeObject *ret, Err *err)
{
    *ret = (ShapeObject){0};
    return jx_item_view(object, object_fields, ret, err);
}

bool shape_enum(const JxItem *object, ShapeEnum *ret, Err *err)
{
    *ret = (ShapeEnum){0};
    return jx_item_view(object, enum_fields, ret, err);
}

bool shape_domain(const JxItem *object, ShapeDomain *ret, Err *err)
{
    *ret = (ShapeDomain){0};
    return jx_item_view(object, domain_fields, ret, err);
}

bool shape_column(const JxItem *object, ShapeColumn *ret, Err *err)
{
    *ret = (ShapeColumn){0};
    return jx_item_view(object, column_fields, ret, err);
}

bool shape_constraint(const JxItem *object, ShapeConstraint *ret, Err *err)
{
    *ret = (ShapeConstraint){0};
    return jx_item_view(object, constraint_fields, ret, err);
}

bool shape_table(const JxItem *object, ShapeTable *ret, Err *err)
{
    *ret = (ShapeTable){0};
    return jx_item_view(object, table_fields, ret, err);
}

bool shape_composite(const JxItem *object, ShapeComposite *ret, Err *err)
{
    *ret = (ShapeComposite){0};
    return jx_item_view(object, composite_fields, ret, err);
}

bool shape_view(const JxItem *object, ShapeView *ret, Err *err)
{
    *ret = (ShapeView){0};
    return jx_item_view(object, view_fields, ret, err);
}

bool shape_function(const JxItem *object, ShapeFunction *ret, Err *err)
{
    *ret = (ShapeFunction){0};
    return jx_item_view(object, function_fields, ret, err);
}
