#include "replay/rows.h"

#include <stdarg.h>
#include <string.h>

#include "replay/names.h"
#include "replay/rows_making.h"
#include "replay/types.h"

const char rows_server_schema[] = "pg_catalog";

const char rows_standard_schema[] = "information_schema";

const char making_something[] = "something";

void making_add(Making *making, bool maybe, const Value *first, ...)
{
    Row *row = arena_alloc(making->arena, sizeof *row);
    va_list values;
    const Value *value = first;

    row->maybe = maybe;
    row->values = arena_alloc(making->arena, (making->set->width + 1) * sizeof *row->values);
    va_start(values, first);
    for (size_t i = 0; i < making->set->width; i++) {
        row->values[i] = value ? value : &value_unknown;
        if (value)
            value = va_arg(values, const Value *);
    }
    va_end(values);
    vec_add(making->arena, &making->set->rows, row);
}

const Value *making_text(Making *making, const char *value)
{
    return value_text(making->arena, value);
}

const Value *making_letter(Making *making, char value)
{
    return making_text(making, value ? arena_printf(making->arena, "%c", value) : "");
}

const Value *making_number(Making *making, int64_t value)
{
    return value_number(making->arena, value);
}

const Value *making_object(Making *making, char of, const void *value)
{
    return value_object(making->arena, of, value);
}

const Value *making_database(Making *making)
{
    static const char name[] = {VALUE_DATABASE, '\0'};

    return making_text(making, name);
}

const Value *making_some_text(Making *making)
{
    static const char any[] = {VALUE_ANY, '\0'};

    return making_text(making, any);
}

const Value *making_yes_no(Making *making, bool value)
{
    return making_text(making, value ? "YES" : "NO");
}

const void *rows_schema(Replay *replay, const char *name)
{
    if (strcmp(name, rows_server_schema) == 0)
        return rows_server_schema;
    if (strcmp(name, rows_standard_schema) == 0)
        return rows_standard_schema;
    return catalog_schema(replay->catalog, name);
}

const Value *making_schema(Making *making, const char *name)
{
    return making_object(making, 'n', rows_schema(making->replay, name));
}

void rows_add_maybe(Arena *arena, RowSet *set)
{
    Making making = {.arena = arena, .set = set};

    making_add(&making, true, &value_unknown, NULL);
}

bool making_is_there(const Making *making, bool known)
{
    return !known || making->replay->supabase;
}

bool making_schema_is_there(const Making *making, const Schema *schema_)
{
    return making_is_there(making, schema_->known);
}

bool making_is_table(const Relation *relation)
{
    return relation->kind == 'r' || relation->kind == 'p' || relation->kind == 'f';
}

bool making_has_columns(const Relation *relation)
{
    return relation->kind != 'S';
}

bool making_in_doubt(const Relation *relation, const char *member)
{
    return vec_has_text(&relation->inexact, member);
}

const Value *making_owner(Making *making, const Rights *rights)
{
    return making_text(making, rights_owner(rights));
}

void making_relations(Making *making, RelationFn *fn)
{
    for (size_t i = 0; i < making->catalog->relations.count; i++) {
        Relation *relation = making->catalog->relations.items[i];

        if (making_is_there(making, relation->known))
            fn(making, relation);
    }
}

/* Whether the section that the catalog tells of is itself in doubt. */
static bool is_unread(const Replay *replay, KindId kind)
{
    static const KindId types[] = {KIND_ENUM, KIND_DOMAIN, KIND_COMPOSITE, KIND_RANGE,
                                   KIND_BASE_TYPE};

    for (size_t i = 0; kind == KIND_ENUM && i < sizeof types / sizeof *types; i++)
        if (replay->unread[types[i]])
            return true;
    return replay->unread[kind] ||
           (kind == KIND_TABLE && (replay->unread[KIND_VIEW] || replay->unread[KIND_SEQUENCE]));
}

/* Others there are, but nothing is known of their rows: NULL. */
static const RowsCatalog *catalog_named(const char *schema_, const char *name)
{
    const RowsCatalog *found = !schema_ || strcmp(schema_, rows_server_schema) == 0 ? rows_of_server
                               : strcmp(schema_, rows_standard_schema) == 0 ? rows_of_standard
                                                                            : NULL;

    while (found && found->name && strcmp(found->name, name) != 0)
        found++;
    return found && found->name ? found : NULL;
}

bool rows_catalog(Replay *replay, Arena *arena, const char *schema_, const char *name, RowSet *ret)
{
    Making making = {.replay = replay, .arena = arena, .catalog = replay->catalog, .set = ret};
    const RowsCatalog *catalog = catalog_named(schema_, name);

    if (!catalog)
        return false;
    *ret = (RowSet){.names = catalog->names};
    while (ret->names[ret->width])
        ret->width++;
    if (catalog->make)
        catalog->make(&making);
    if (is_unread(replay, catalog->kind) || !catalog->make) {
        for (size_t i = 0; i < ret->rows.count; i++)
            ((Row *)ret->rows.items[i])->maybe = true;
        rows_add_maybe(arena, ret);
    }
    return true;
}

static const char *shown_name(Arena *arena, const char *schema_, const char *name, bool visible)
{
    return visible || strcmp(schema_, rows_server_schema) == 0
               ? names_quote(arena, name)
               : names_qualified(arena, schema_, name);
}

static bool is_visible(Replay *replay, const Relation *relation)
{
    return catalog_relation(replay->catalog, NULL, relation->name) == relation;
}

static const char *function_name(Replay *replay, Arena *arena, const Function *function)
{
    const Proc *proc = &function->proc;
    bool visible = function_find(replay->catalog, NULL, proc->name, proc->arguments, proc->count,
                                 false) == function;
    const char *arguments = "";

    for (size_t i = 0; i < proc->count; i++)
        arguments = arena_printf(arena, "%s%s%s", arguments, i ? "," : "",
                                 types_format(replay->catalog, (TypeRef){proc->arguments[i], -1}));
    return arena_printf(arena, "%s(%s)", shown_name(arena, proc->schema, proc->name, visible),
                        arguments);
}

const Value *rows_name(Replay *replay, Arena *arena, const Value *value)
{
    if (value->kind != VALUE_OBJECT || !value->registered)
        return value;
    if (value->of == 'r') {
        const Relation *relation = value->object;

        return value_text(arena, shown_name(arena, relation->schema, relation->name,
                                            is_visible(replay, relation)));
    }
    if (value->of == 'p')
        return value_text(arena, function_name(replay, arena, value->object));
    if (value->of == 't')
        return value_text(arena, types_format(replay->catalog,
                                              (TypeRef){((const Type *)value->object)->oid, -1}));
    if (value->of == 'n' && value->object != rows_server_schema &&
        value->object != rows_standard_schema)
        return value_text(arena, names_quote(arena, ((const Schema *)value->object)->name));
    return &value_unknown;
}
