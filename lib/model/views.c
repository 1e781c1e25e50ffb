#include "model/views.h"

#include <stddef.h>

#include "json/jx.h"

static const JxField object_fields[] = {
    {"id", JX_STRING, offsetof(ObjectView, id)},
    {"schema", JX_STRING_OPT, offsetof(ObjectView, schema)},
    {"name", JX_STRING, offsetof(ObjectView, name)},
    {"comment", JX_STRING_OPT, offsetof(ObjectView, comment)},
    {NULL, JX_END, 0},
};

static const JxField enum_fields[] = {
    {"id", JX_STRING, offsetof(EnumView, object.id)},
    {"schema", JX_STRING_OPT, offsetof(EnumView, object.schema)},
    {"name", JX_STRING, offsetof(EnumView, object.name)},
    {"comment", JX_STRING_OPT, offsetof(EnumView, object.comment)},
    {"labels", JX_ARRAY, offsetof(EnumView, labels)},
    {NULL, JX_END, 0},
};

static const JxField domain_fields[] = {
    {"id", JX_STRING, offsetof(DomainView, object.id)},
    {"schema", JX_STRING_OPT, offsetof(DomainView, object.schema)},
    {"name", JX_STRING, offsetof(DomainView, object.name)},
    {"comment", JX_STRING_OPT, offsetof(DomainView, object.comment)},
    {"base_type", JX_STRING, offsetof(DomainView, base_type)},
    {"collation", JX_STRING_OPT, offsetof(DomainView, collation)},
    {"not_null", JX_BOOL, offsetof(DomainView, not_null)},
    {"default", JX_STRING_OPT, offsetof(DomainView, default_text)},
    {"constraints", JX_ARRAY, offsetof(DomainView, constraints)},
    {NULL, JX_END, 0},
};

static const JxField column_fields[] = {
    {"name", JX_STRING, offsetof(ColumnView, name)},
    {"type", JX_STRING, offsetof(ColumnView, type)},
    {"collation", JX_STRING_OPT, offsetof(ColumnView, collation)},
    {"not_null", JX_BOOL, offsetof(ColumnView, not_null)},
    {"default", JX_STRING_OPT, offsetof(ColumnView, default_text)},
    {"identity", JX_STRING_OPT, offsetof(ColumnView, identity)},
    {"generated", JX_STRING_OPT, offsetof(ColumnView, generated)},
    {"updatable", JX_BOOL, offsetof(ColumnView, updatable)},
    {"comment", JX_STRING_OPT, offsetof(ColumnView, comment)},
    {NULL, JX_END, 0},
};

static const JxField constraint_fields[] = {
    {"name", JX_STRING, offsetof(ConstraintView, name)},
    {"type", JX_STRING, offsetof(ConstraintView, type)},
    {"definition", JX_STRING_OPT, offsetof(ConstraintView, definition)},
    {"columns", JX_ARRAY, offsetof(ConstraintView, columns)},
    {"references", JX_STRING_OPT, offsetof(ConstraintView, references)},
    {"reference_columns", JX_ARRAY, offsetof(ConstraintView, reference_columns)},
    {"not_valid", JX_BOOL, offsetof(ConstraintView, not_valid)},
    {"comment", JX_STRING_OPT, offsetof(ConstraintView, comment)},
    {NULL, JX_END, 0},
};

static const JxField index_fields[] = {
    {"name", JX_STRING, offsetof(IndexView, name)},
    {"definition", JX_STRING_OPT, offsetof(IndexView, definition)},
    {"unique", JX_BOOL, offsetof(IndexView, unique)},
    {"invalid", JX_BOOL, offsetof(IndexView, invalid)},
    {"method", JX_STRING_OPT, offsetof(IndexView, method)},
    {"columns", JX_ARRAY, offsetof(IndexView, columns)},
    {"predicate", JX_STRING_OPT, offsetof(IndexView, predicate)},
    {"comment", JX_STRING_OPT, offsetof(IndexView, comment)},
    {NULL, JX_END, 0},
};

static const JxField policy_fields[] = {
    {"name", JX_STRING, offsetof(PolicyView, name)},
    {"command", JX_STRING_OPT, offsetof(PolicyView, command)},
    {"restrictive", JX_BOOL, offsetof(PolicyView, restrictive)},
    {"roles", JX_ARRAY, offsetof(PolicyView, roles)},
    {"using", JX_STRING_OPT, offsetof(PolicyView, using_text)},
    {"check", JX_STRING_OPT, offsetof(PolicyView, check)},
    {"comment", JX_STRING_OPT, offsetof(PolicyView, comment)},
    {NULL, JX_END, 0},
};

static const JxField trigger_fields[] = {
    {"name", JX_STRING, offsetof(TriggerView, name)},
    {"definition", JX_STRING_OPT, offsetof(TriggerView, definition)},
    {"function", JX_STRING_OPT, offsetof(TriggerView, function)},
    {"firing", JX_STRING_OPT, offsetof(TriggerView, firing)},
    {"comment", JX_STRING_OPT, offsetof(TriggerView, comment)},
    {NULL, JX_END, 0},
};

static const JxField table_fields[] = {
    {"id", JX_STRING, offsetof(TableView, object.id)},
    {"schema", JX_STRING_OPT, offsetof(TableView, object.schema)},
    {"name", JX_STRING, offsetof(TableView, object.name)},
    {"comment", JX_STRING_OPT, offsetof(TableView, object.comment)},
    {"kind", JX_STRING, offsetof(TableView, kind)},
    {"unlogged", JX_BOOL, offsetof(TableView, unlogged)},
    {"partition_key", JX_STRING_OPT, offsetof(TableView, partition_key)},
    {"partition_of", JX_STRING_OPT, offsetof(TableView, partition_of)},
    {"partition_bound", JX_STRING_OPT, offsetof(TableView, partition_bound)},
    {"inherits", JX_ARRAY, offsetof(TableView, inherits)},
    {"row_security", JX_BOOL, offsetof(TableView, row_security)},
    {"force_row_security", JX_BOOL, offsetof(TableView, force_row_security)},
    {"columns", JX_ARRAY, offsetof(TableView, columns)},
    {"constraints", JX_ARRAY, offsetof(TableView, constraints)},
    {"indexes", JX_ARRAY, offsetof(TableView, indexes)},
    {"policies", JX_ARRAY, offsetof(TableView, policies)},
    {"triggers", JX_ARRAY, offsetof(TableView, triggers)},
    {NULL, JX_END, 0},
};

static const JxField relation_fields[] = {
    {"id", JX_STRING, offsetof(RelationView, object.id)},
    {"schema", JX_STRING_OPT, offsetof(RelationView, object.schema)},
    {"name", JX_STRING, offsetof(RelationView, object.name)},
    {"comment", JX_STRING_OPT, offsetof(RelationView, object.comment)},
    {"materialized", JX_BOOL, offsetof(RelationView, materialized)},
    {"definition", JX_STRING_OPT, offsetof(RelationView, definition)},
    {"options", JX_ARRAY, offsetof(RelationView, options)},
    {"insertable", JX_BOOL, offsetof(RelationView, insertable)},
    {"updatable", JX_BOOL, offsetof(RelationView, updatable)},
    {"columns", JX_ARRAY, offsetof(RelationView, columns)},
    {"indexes", JX_ARRAY, offsetof(RelationView, indexes)},
    {"triggers", JX_ARRAY, offsetof(RelationView, triggers)},
    {NULL, JX_END, 0},
};

static const JxField function_fields[] = {
    {"id", JX_STRING, offsetof(FunctionView, object.id)},
    {"schema", JX_STRING_OPT, offsetof(FunctionView, object.schema)},
    {"name", JX_STRING, offsetof(FunctionView, object.name)},
    {"comment", JX_STRING_OPT, offsetof(FunctionView, object.comment)},
    {"kind", JX_STRING, offsetof(FunctionView, kind)},
    {"arguments", JX_STRING_OPT, offsetof(FunctionView, arguments)},
    {"argument_names", JX_ARRAY, offsetof(FunctionView, argument_names)},
    {"argument_types", JX_ARRAY, offsetof(FunctionView, argument_types)},
    {"argument_modes", JX_ARRAY, offsetof(FunctionView, argument_modes)},
    {"default_count", JX_INT, offsetof(FunctionView, default_count)},
    {"returns", JX_STRING_OPT, offsetof(FunctionView, returns)},
    {"return_type", JX_STRING_OPT, offsetof(FunctionView, return_type)},
    {"returns_set", JX_BOOL, offsetof(FunctionView, returns_set)},
    {"language", JX_STRING_OPT, offsetof(FunctionView, language)},
    {"volatility", JX_STRING_OPT, offsetof(FunctionView, volatility)},
    {"strict", JX_BOOL, offsetof(FunctionView, strict)},
    {"security_definer", JX_BOOL, offsetof(FunctionView, security_definer)},
    {"parallel", JX_STRING_OPT, offsetof(FunctionView, parallel)},
    {"config", JX_ARRAY, offsetof(FunctionView, config)},
    {NULL, JX_END, 0},
};

static const JxField extension_fields[] = {
    {"id", JX_STRING, offsetof(ExtensionView, object.id)},
    {"schema", JX_STRING_OPT, offsetof(ExtensionView, object.schema)},
    {"name", JX_STRING, offsetof(ExtensionView, object.name)},
    {"comment", JX_STRING_OPT, offsetof(ExtensionView, object.comment)},
    {"version", JX_STRING_OPT, offsetof(ExtensionView, version)},
    {NULL, JX_END, 0},
};

bool view_object(const json_t *object, ObjectView *ret, Err *err)
{
    *ret = (ObjectView){0};
    return jx_view(object, object_fields, ret, err);
}

bool view_extension(const json_t *object, ExtensionView *ret, Err *err)
{
    *ret = (ExtensionView){0};
    return jx_view(object, extension_fields, ret, err);
}

bool view_enum(const json_t *object, EnumView *ret, Err *err)
{
    *ret = (EnumView){0};
    return jx_view(object, enum_fields, ret, err);
}

bool view_domain(const json_t *object, DomainView *ret, Err *err)
{
    *ret = (DomainView){0};
    return jx_view(object, domain_fields, ret, err);
}

bool view_table(const json_t *object, TableView *ret, Err *err)
{
    *ret = (TableView){0};
    return jx_view(object, table_fields, ret, err);
}

bool view_relation(const json_t *object, RelationView *ret, Err *err)
{
    *ret = (RelationView){0};
    return jx_view(object, relation_fields, ret, err);
}

bool view_function(const json_t *object, FunctionView *ret, Err *err)
{
    *ret = (FunctionView){0};
    ret->rows = json_object_get(object, "rows");
    return jx_view(object, function_fields, ret, err);
}

bool view_column(const json_t *object, ColumnView *ret, Err *err)
{
    *ret = (ColumnView){0};
    return jx_view(object, column_fields, ret, err);
}

bool view_constraint(const json_t *object, ConstraintView *ret, Err *err)
{
    *ret = (ConstraintView){0};
    return jx_view(object, constraint_fields, ret, err);
}

bool view_index(const json_t *object, IndexView *ret, Err *err)
{
    *ret = (IndexView){0};
    return jx_view(object, index_fields, ret, err);
}

bool view_policy(const json_t *object, PolicyView *ret, Err *err)
{
    *ret = (PolicyView){0};
    return jx_view(object, policy_fields, ret, err);
}

bool view_trigger(const json_t *object, TriggerView *ret, Err *err)
{
    *ret = (TriggerView){0};
    return jx_view(object, trigger_fields, ret, err);
}
