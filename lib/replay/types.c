#include "replay/types.h"

#include <stdlib.h>
#include <string.h>

#include "replay/names.h"

int64_t types_integer(const Node *node, int64_t otherwise)
{
    if (!node)
        return otherwise;
    if (node->node_case == NODE(INTEGER))
        return node->integer->ival;
    if (node->node_case == NODE(FLOAT))
        return strtoll(node->float_->fval, NULL, 10);
    if (node->node_case == NODE(A_CONST) && node->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL)
        return node->a_const->ival->ival;
    if (node->node_case == NODE(A_CONST) && node->a_const->val_case == PG_QUERY__A__CONST__VAL_FVAL)
        return strtoll(node->a_const->fval->fval, NULL, 10);
    return otherwise;
}

bool types_is_serial(const PgQuery__TypeName *name, Oid *ret_oid)
{
    static const struct {
        const char *name;
        Oid oid;
    } serials[] = {{"serial", INT4OID},  {"serial4", INT4OID},     {"bigserial", INT8OID},
                   {"serial8", INT8OID}, {"smallserial", INT2OID}, {"serial2", INT2OID}};

    for (size_t i = 0; name->n_names == 1 && i < sizeof serials / sizeof *serials; i++) {
        if (strcmp(tree_string(name->names[0]), serials[i].name) == 0) {
            *ret_oid = serials[i].oid;
            return true;
        }
    }
    return false;
}

/* As the typmod_in function of the type does. */
static int32_t modifier_of(const Type *type, const PgQuery__TypeName *name)
{
    int64_t first = name->n_typmods ? types_integer(name->typmods[0], -1) : -1;
    int64_t second = name->n_typmods > 1 ? types_integer(name->typmods[1], 0) : 0;

    if (name->n_typmods == 0)
        return -1;
    switch (type->oid) {
    case BPCHAROID:
    case VARCHAROID:
        return (int32_t)(first + 4);
    case NUMERICOID:
        return (int32_t)((((uint32_t)first << 16) | ((uint32_t)second & 0x7ff)) + 4);
    case INTERVALOID: {
        int64_t range = first & 0x7fff;

        /* A range without a precision is "full precision" in the low half. */
        if (name->n_typmods == 1)
            return range == 0x7fff ? -1 : (int32_t)((range << 16) | 0xffff);
        return (int32_t)((range << 16) | (second & 0xffff));
    }
    default:
        return (int32_t)first;
    }
}

TypeRef types_resolve(Catalog *catalog, const PgQuery__TypeName *name, const char **ret_problem)
{
    const char *schema = tree_qualifier(name->names, name->n_names);
    const char *base = names_cut(&catalog->arena, tree_last(name->names, name->n_names));
    const Type *type;
    TypeRef ref = {0, -1};

    if (name->pct_type) {
        const char *table_schema =
            name->n_names > 2 ? tree_string(name->names[name->n_names - 3]) : NULL;
        const Relation *relation = schema ? catalog_relation(catalog, table_schema, schema) : NULL;
        const Column *column = relation ? catalog_column(relation, base) : NULL;

        if (column)
            return (TypeRef){column->type.oid, -1};
        if (ret_problem && !*ret_problem)
            *ret_problem = arena_printf(&catalog->arena, "no column for '%s%%TYPE'", base);
        schema = NULL;
    }
    type = catalog_type_named(catalog, schema, base);
    if (!type || type->kind == TYPE_MISSING) {
        Type *missing = (Type *)(uintptr_t)type;

        if (ret_problem && !*ret_problem)
            *ret_problem = arena_printf(&catalog->arena, "type '%s%s%s' is not known",
                                        schema ? schema : "", schema ? "." : "", base);
        if (!missing)
            missing = catalog_type_add(catalog, schema ? schema : catalog_creation_schema(catalog),
                                       base, TYPE_MISSING);
        type = missing;
    }
    ref.oid = type->oid;
    ref.modifier = modifier_of(type, name);
    if (name->n_array_bounds)
        ref.oid = type->array ? type->array : ref.oid;
    return ref;
}

static const char *interval_fields(int32_t range)
{
    enum {
        MONTH = 1 << 1,
        YEAR = 1 << 2,
        DAY = 1 << 3,
        HOUR = 1 << 10,
        MINUTE = 1 << 11,
        SECOND = 1 << 12
    };

    switch (range) {
    case YEAR:
        return " year";
    case MONTH:
        return " month";
    case DAY:
        return " day";
    case HOUR:
        return " hour";
    case MINUTE:
        return " minute";
    case SECOND:
        return " second";
    case YEAR | MONTH:
        return " year to month";
    case DAY | HOUR:
        return " day to hour";
    case DAY | HOUR | MINUTE:
        return " day to minute";
    case DAY | HOUR | MINUTE | SECOND:
        return " day to second";
    case HOUR | MINUTE:
        return " hour to minute";
    case HOUR | MINUTE | SECOND:
        return " hour to second";
    case MINUTE | SECOND:
        return " minute to second";
    default:
        return "";
    }
}

static const char *format_one(Catalog *catalog, const Type *type, int32_t modifier)
{
    Arena *arena = &catalog->arena;

    if (type->oid >= BUILTIN_OID_END) {
        const char *name = names_qualified(arena, type->schema, type->name);

        return modifier >= 0 ? arena_printf(arena, "%s(%d)", name, (int)modifier) : name;
    }
    if (type->oid == BPCHAROID && modifier < 0)
        return modifier == -1 ? "bpchar" : "character";
    /* As the grammar knows it, "bit" without a length would be bit(1). */
    if (type->oid == BITOID && modifier == -1)
        return "\"bit\"";
    if (modifier < 0)
        return type->shown;
    switch (type->oid) {
    case BPCHAROID:
    case VARCHAROID:
        return arena_printf(arena, "%s(%d)", type->shown, (int)modifier - 4);
    case NUMERICOID: {
        int value = (int)modifier - 4;
        int scale = value & 0x7ff;

        return arena_printf(arena, "numeric(%d,%d)", (value >> 16) & 0xffff, (scale ^ 1024) - 1024);
    }
    case TIMEOID:
        return arena_printf(arena, "time(%d) without time zone", (int)modifier);
    case TIMETZOID:
        return arena_printf(arena, "time(%d) with time zone", (int)modifier);
    case TIMESTAMPOID:
        return arena_printf(arena, "timestamp(%d) without time zone", (int)modifier);
    case TIMESTAMPTZOID:
        return arena_printf(arena, "timestamp(%d) with time zone", (int)modifier);
    case INTERVALOID: {
        int precision = modifier & 0xffff;
        const char *fields = interval_fields((modifier >> 16) & 0x7fff);

        return precision == 0xffff ? arena_printf(arena, "interval%s", fields)
                                   : arena_printf(arena, "interval%s(%d)", fields, precision);
    }
    default:
        return arena_printf(arena, "%s(%d)", type->shown, (int)modifier);
    }
}

const char *types_format(Catalog *catalog, TypeRef ref)
{
    const Type *type = catalog_type(catalog, ref.oid);
    const Type *element;

    if (!type)
        return "unknown";
    element = type->category == 'A' && type->element ? catalog_type(catalog, type->element) : NULL;
    /* int2vector, oidvector and the fixed-length ones keep their own name. */
    if (element && type->name[0] == '_')
        return arena_printf(&catalog->arena, "%s[]", format_one(catalog, element, ref.modifier));
    return format_one(catalog, type, ref.modifier);
}
