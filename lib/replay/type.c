#include <string.h>

#include "base/text.h"
#include "replay/analyse.h"
#include "replay/names.h"
#include "replay/parts.h"
#include "replay/types.h"

static const char *type_schema(Replay *replay, Node *const *names, size_t count)
{
    const char *schema = tree_qualifier(names, count);

    return schema ? schema : catalog_creation_schema(replay->catalog);
}

Type *type_find(Replay *replay, const char *schema, const char *name, bool missing_ok)
{
    Type *type = (Type *)(uintptr_t)catalog_type_named(replay->catalog, schema,
                                                       names_cut(replay->arena, name));

    if (type && (type->oid < BUILTIN_OID_END || type->kind == TYPE_MISSING))
        type = NULL;
    if (!type && !missing_ok)
        replay_warn(replay, "type '%s' is not known", name);
    return type;
}

/* A new type, or the placeholder that an earlier mention made. */
Type *type_new(Replay *replay, Node *const *names, size_t count, char kind)
{
    const char *schema = type_schema(replay, names, count);
    const char *name = names_cut(replay->arena, tree_last(names, count));
    Type *type = (Type *)(uintptr_t)catalog_type_named(replay->catalog, schema, name);

    if (type && type->known) {
        catalog_type_drop(replay->catalog, type);
        type = NULL;
    }
    if (type && type->kind != TYPE_MISSING) {
        replay_warn(replay, "type '%s' exists already", name);
        return NULL;
    }
    if (!type) {
        type = catalog_type_add(replay->catalog, schema, name, kind);
    } else {
        type->kind = kind;
        type->category = kind == TYPE_ENUM ? 'E' : type->category;
    }
    type->member = replay->extensions;
    type->known = !replay->file;
    rights_begin(replay, &type->rights, 'T', schema);
    return type;
}

void type_create_enum(Replay *replay, const PgQuery__CreateEnumStmt *create)
{
    Type *type = type_new(replay, create->type_name, create->n_type_name, TYPE_ENUM);

    for (size_t i = 0; type && i < create->n_vals; i++)
        vec_add(replay->arena, &type->labels, replay_keep(replay, tree_string(create->vals[i])));
}

static size_t label_place(const Type *type, const char *label)
{
    for (size_t i = 0; i < type->labels.count; i++) {
        if (strcmp(type->labels.items[i], label) == 0)
            return i;
    }
    return type->labels.count;
}

void type_alter_enum(Replay *replay, const PgQuery__AlterEnumStmt *alter)
{
    Type *type = type_find(replay, tree_qualifier(alter->type_name, alter->n_type_name),
                           tree_last(alter->type_name, alter->n_type_name), false);
    size_t place;

    if (!type)
        return;
    if (tree_given(alter->old_val)) {
        place = label_place(type, alter->old_val);
        if (place < type->labels.count) {
            /* Constants made before go by the new name too. */
            vec_add(replay->arena, &type->renames, replay_keep(replay, alter->old_val));
            vec_add(replay->arena, &type->renames, replay_keep(replay, alter->new_val));
            type->labels.items[place] = (void *)(uintptr_t)replay_keep(replay, alter->new_val);
        } else {
            replay_warn(replay, "enum '%s' has no label '%s'", type->name, alter->old_val);
        }
        return;
    }
    if (vec_has_text(&type->labels, alter->new_val)) {
        if (!alter->skip_if_new_val_exists)
            replay_warn(replay, "enum '%s' has label '%s' already", type->name, alter->new_val);
        return;
    }
    place = type->labels.count;
    if (tree_given(alter->new_val_neighbor)) {
        place = label_place(type, alter->new_val_neighbor);
        if (place == type->labels.count)
            replay_warn(replay, "enum '%s' has no label '%s'", type->name, alter->new_val_neighbor);
        else
            place += alter->new_val_is_after;
    }
    vec_insert(replay->arena, &type->labels, place, replay_keep(replay, alter->new_val));
}

/* Of a domain; NULL for none, which a plain NULL is too. */
static void set_default(Replay *replay, Type *type, const Node *node)
{
    Analysis analysis = analyse_open(replay->catalog);
    Expr *expr = node ? analyse_assigned(&analysis, node, type->base) : NULL;

    type->default_expr = expr && expr->kind == EXPR_CONST && expr->null ? NULL : expr;
    replay_settle(replay, &analysis, &type->inexact, "default", type->name);
}

void type_create_domain(Replay *replay, const PgQuery__CreateDomainStmt *create)
{
    const char *problem = NULL;
    TypeRef base = types_resolve(replay->catalog, create->type_name, &problem);
    Type *type = type_new(replay, create->domainname, create->n_domainname, TYPE_DOMAIN);
    const Type *base_type = catalog_type(replay->catalog, base.oid);

    if (!type)
        return;
    type->base = base;
    type->category = base_type ? base_type->category : 'U';
    type->collation = base_type ? base_type->collation : 0;
    /* DefineDomain(): a default of the base goes on. */
    if (base_type && base_type->kind == TYPE_DOMAIN) {
        type->default_expr = base_type->default_expr;
        if (vec_has_text(&base_type->inexact, "default"))
            catalog_inexact(replay->catalog, &type->inexact, "default");
    }
    if (problem) {
        replay_warn(replay, "%s (domain '%s')", problem, type->name);
        catalog_inexact(replay->catalog, &type->inexact, "base_type");
    }
    if (create->coll_clause)
        type->collation_name = operator_collation(replay, create->coll_clause->collname,
                                                  create->coll_clause->n_collname, base.oid);
    for (size_t i = 0; i < create->n_constraints; i++) {
        const PgQuery__Constraint *constraint = create->constraints[i]->constraint;

        switch (constraint->contype) {
        case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
            type->not_null = true;
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
            set_default(replay, type, constraint->raw_expr);
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
            constraint_add_domain(replay, type, constraint);
            break;
        default:
            break;
        }
    }
}

void type_alter_domain(Replay *replay, const PgQuery__AlterDomainStmt *alter)
{
    Type *type = type_find(replay, tree_qualifier(alter->type_name, alter->n_type_name),
                           tree_last(alter->type_name, alter->n_type_name), alter->missing_ok);

    if (!type)
        return;
    switch (tree_given(alter->subtype) ? *alter->subtype : 0) {
    case 'T':
        set_default(replay, type, alter->def);
        break;
    case 'N':
        type->not_null = false;
        break;
    case 'O':
        type->not_null = true;
        break;
    case 'C':
        if (alter->def && alter->def->node_case == NODE(CONSTRAINT))
            constraint_add_domain(replay, type, alter->def->constraint);
        break;
    case 'X':
    case 'V':
        for (size_t i = type->constraints.count; i > 0; i--) {
            Constraint *constraint = type->constraints.items[i - 1];

            if (strcmp(constraint->name, alter->name) != 0)
                continue;
            if (*alter->subtype == 'V')
                constraint->not_valid = false;
            else
                vec_remove(&type->constraints, constraint);
        }
        break;
    default:
        break;
    }
}

void type_create_composite(Replay *replay, const PgQuery__CompositeTypeStmt *create)
{
    const char *schema = table_schema(replay, create->typevar);
    const char *name = names_cut(replay->arena, create->typevar->relname);
    Relation *relation;

    if (catalog_name_taken(replay->catalog, schema, name)) {
        replay_warn(replay, "type '%s' exists already", name);
        return;
    }
    relation = catalog_relation_add(replay->catalog, schema, name, 'c');
    relation->member = replay->extensions;
    rights_begin(replay, &relation->type->rights, 'T', schema);
    for (size_t i = 0; i < create->n_coldeflist; i++) {
        const PgQuery__ColumnDef *definition = create->coldeflist[i]->column_def;
        const char *problem = NULL;
        Column *column =
            catalog_column_add(replay->catalog, relation, definition->colname,
                               types_resolve(replay->catalog, definition->type_name, &problem));

        if (problem) {
            replay_warn(replay, "%s (type '%s')", problem, name);
            catalog_inexact(replay->catalog, &column->inexact, "type");
        }
        if (definition->coll_clause)
            column->collation = names_qualified(
                replay->arena, "pg_catalog",
                tree_last(definition->coll_clause->collname, definition->coll_clause->n_collname));
    }
}

/* The name of a class or collation, qualified; the server's own when no schema is said. */
static const char *named_in_option(Replay *replay, const PgQuery__TypeName *type)
{
    const char *schema = tree_qualifier(type->names, type->n_names);

    return names_qualified(replay->arena, schema ? schema : "pg_catalog",
                           tree_last(type->names, type->n_names));
}

/* The class of that name, or the default one of the subtype, when it is not the subtype's own
 * default. */
static const char *subtype_class(Replay *replay, const Type *range, const char *name)
{
    size_t count = 0;
    const BuiltinClass *classes = builtin_classes(&count);
    Oid base = catalog_base_type(replay->catalog, range->base.oid, NULL);
    const Type *type = catalog_type(replay->catalog, base);

    if (!name && base == VARCHAROID)
        base = TEXTOID;
    if (!name && type && type->kind == TYPE_ENUM)
        base = ANYENUMOID;
    for (size_t i = 0; i < count; i++)
        if (strcmp(classes[i].method, "btree") == 0 &&
            (name ? strcmp(classes[i].name, name) == 0
                  : classes[i].is_default && classes[i].type == base))
            return classes[i].is_default && classes[i].type == range->base.oid
                       ? NULL
                       : names_qualified(replay->arena, "pg_catalog", classes[i].name);
    return name;
}

const char *type_multirange(Replay *replay, const char *range)
{
    static const char end[] = "_multirange";
    const char *at = strstr(range, "range");
    char *name;

    if (at)
        return names_cut(replay->arena,
                         arena_printf(replay->arena, "%.*smulti%s", (int)(at - range), range, at));
    /* Cut at a byte, not a character. */
    name = arena_printf(replay->arena, "%.*s%s", NAMES_LENGTH_MAX - (int)strlen(end), range, end);
    text_mend_utf8(name, strlen(name));
    return name;
}

void type_create_range(Replay *replay, const PgQuery__CreateRangeStmt *create)
{
    Type *type = type_new(replay, create->type_name, create->n_type_name, TYPE_RANGE);
    const char *subtype, *class_name;
    bool said = false;

    if (!type)
        return;
    type->members = replay_object(replay);
    type->multirange_schema = type->schema;
    type->multirange = type_multirange(replay, type->name);
    for (size_t i = 0; i < create->n_params; i++) {
        const PgQuery__DefElem *option = create->params[i]->def_elem;

        if (strcmp(option->defname, "subtype") == 0 && option->arg &&
            option->arg->node_case == NODE(TYPE_NAME))
            type->base = types_resolve(replay->catalog, option->arg->type_name, NULL);
    }
    for (size_t i = 0; i < create->n_params; i++) {
        const PgQuery__DefElem *option = create->params[i]->def_elem;
        const PgQuery__TypeName *name = option->arg && option->arg->node_case == NODE(TYPE_NAME)
                                            ? option->arg->type_name
                                            : NULL;
        const char *member = option->defname, *text = NULL;

        if (!name || strcmp(member, "subtype") == 0)
            continue;
        if (strcmp(member, "subtype_opclass") == 0) {
            member = "subtype_operator_class";
            text = subtype_class(replay, type, tree_last(name->names, name->n_names));
            said = true;
        } else if (strcmp(member, "collation") == 0) {
            text = named_in_option(replay, name);
        } else if (strcmp(member, "multirange_type_name") == 0) {
            const char *schema = tree_qualifier(name->names, name->n_names);
            const char *last = tree_last(name->names, name->n_names);

            type->multirange_schema =
                replay_keep(replay, schema ? schema : catalog_creation_schema(replay->catalog));
            type->multirange = replay_keep(replay, last);
            continue;
        } else {
            text = thing_function(replay, name->names, name->n_names, NULL);
        }
        if (text)
            json_object_set_new(type->members, member, json_string(text));
    }
    class_name = said ? NULL : subtype_class(replay, type, NULL);
    if (class_name)
        json_object_set_new(type->members, "subtype_operator_class", json_string(class_name));
    subtype = types_format(replay->catalog, (TypeRef){type->base.oid, -1});
    json_object_set_new(type->members, "subtype", json_string(subtype));
}
