#include "types/routine.h"

#include <stdlib.h>
#include <string.h>

#include "types/names.h"
#include "types/precise.h"

static const CatalogRelation *row_type(const Catalog *catalog, const TypeName *type)
{
    return type->array ? NULL : catalog_relation(catalog, type->schema, type->name);
}

/* The types that PostgREST takes a whole request body as. */
static bool is_body(const TypeName *type)
{
    return !type->array && strcmp(type->schema, "pg_catalog") == 0 &&
           (strcmp(type->name, "json") == 0 || strcmp(type->name, "jsonb") == 0 ||
            strcmp(type->name, "text") == 0);
}

static bool is_kept(const Catalog *catalog, const CatalogFunction *function)
{
    bool every = true;

    for (size_t i = 0; i < function->input_count; i++) {
        const CatalogArgument *input = function->inputs[i];

        every &= *input->name || (input->has_default && is_body(&input->type));
    }
    if (every || function->input_count != 1)
        return every;
    const TypeName *type = &function->inputs[0]->type;

    return is_body(type) || row_type(catalog, type);
}

static bool has_column(const CatalogRelation *relation, const char *name)
{
    for (size_t i = 0; i < relation->column_count; i++)
        if (strcmp(relation->columns[i].name, name) == 0)
            return true;
    return false;
}

/* The relation, of the function's own schema, that has it as a computed field: from cli3 on a
 * column of that name goes before it. */
static CatalogRelation *field_owner(const Catalog *catalog, const CatalogFunction *function,
                                    Compat compat)
{
    const CatalogType *type = &function->type;
    bool strict = compat >= COMPAT_CLI3 || catalog->wants.precise;
    const CatalogRelation *row =
        function->input_count == 1 ? row_type(catalog, &function->inputs[0]->type) : NULL;

    if (!row && !strict) /* it also took the text of the arguments for a name */
        row = catalog_relation(catalog, type->schema, function->argument_text);
    return row && row->kind != RELATION_COMPOSITE && strcmp(row->type.schema, type->schema) == 0 &&
                   (!strict || !has_column(row, type->name))
               ? (CatalogRelation *)row
               : NULL;
}

void routines_link(Catalog *catalog, Compat compat)
{
    for (size_t i = 0; i < catalog->functions.count; i++) {
        CatalogFunction *function = (CatalogFunction *)catalog->functions.items[i];

        function->kept = is_kept(catalog, function);
        CatalogRelation *owner = function->kept ? field_owner(catalog, function, compat) : NULL;

        if (!owner)
            continue;
        const CatalogFunction **fields =
            arena_alloc(&catalog->arena, (owner->field_count + 1) * sizeof(CatalogFunction *));

        if (owner->field_count)
            memcpy(fields, owner->fields, owner->field_count * sizeof(CatalogFunction *));
        fields[owner->field_count++] = function;
        owner->fields = fields;
    }
}

static int by_argument_name(const void *a, const void *b)
{
    const CatalogArgument *one = *(const CatalogArgument *const *)a;
    const CatalogArgument *two = *(const CatalogArgument *const *)b;
    int order = names_compare(one->name, two->name);

    return order ? order : (one > two) - (one < two);
}

Layout *routine_value(const Mapping *mapping, const CatalogFunction *function)
{
    Arena *arena = mapping->arena;
    const CatalogArgument **columns =
        arena_alloc(arena, (function->argument_count + 1) * sizeof(CatalogArgument *));
    size_t count = 0;

    if (mapping->catalog->wants.precise)
        return precise_result(mapping, function);
    for (size_t i = 0; i < function->argument_count; i++) {
        if (function->arguments[i].is_table)
            columns[count++] = &function->arguments[i];
    }
    if (count) {
        Layout *table = layout_new(arena, LAYOUT_OBJECT, true, NULL);

        qsort(columns, count, sizeof(CatalogArgument *), by_argument_name);
        for (size_t i = 0; i < count; i++)
            layout_add(arena, table, columns[i]->name, false,
                       mapping_type(mapping, &columns[i]->type));
        return table;
    }
    const CatalogRelation *row = row_type(mapping->catalog, &function->result);

    if (row && row->kind != RELATION_COMPOSITE &&
        strcmp(row->type.schema, function->type.schema) == 0)
        return mapping_row(mapping, row, 0);
    return mapping_type(mapping, &function->result);
}

static const char *call_text(Arena *arena, const CatalogFunction *function, const char *arguments)
{
    return arena_printf(arena, "%s.%s(%s)", function->type.schema, function->type.name, arguments);
}

static const char *ambiguous(Arena *arena, const char *calls)
{
    return arena_printf(arena,
                        "Could not choose the best candidate function between: %s. Try renaming "
                        "the parameters or the function itself in the database so function "
                        "overloading can be resolved",
                        calls);
}

/* One without arguments beside one whose only argument has no name but a default. */
static const char *conflict_without_arguments(Arena *arena, const CatalogFunction *function,
                                              const CatalogFunction *const *all, size_t count)
{
    for (size_t i = 0; i < count && !function->input_count; i++) {
        const CatalogFunction *other = all[i];

        if (other->input_count == 1 && !*other->inputs[0]->name && other->inputs[0]->has_default) {
            const char *given =
                arena_printf(arena, " => %s", mapping_typname(arena, &other->result));

            return ambiguous(arena, arena_printf(arena, "%s, %s", call_text(arena, function, ""),
                                                 call_text(arena, function, given)));
        }
    }
    return NULL;
}

static int by_input_type(const void *a, const void *b)
{
    const CatalogFunction *one = *(const CatalogFunction *const *)a;
    const CatalogFunction *two = *(const CatalogFunction *const *)b;

    return mapping_compare_types(&one->inputs[0]->type, &two->inputs[0]->type);
}

/* Several whose only argument has the same name and another type. */
static const char *conflict_of_types(Arena *arena, const CatalogFunction *function,
                                     const CatalogFunction *const *all, size_t count)
{
    const CatalogFunction **rivals = arena_alloc(arena, (count + 1) * sizeof(CatalogFunction *));
    size_t rival_count = 0;
    const char *calls = "";

    if (function->input_count != 1 || !*function->inputs[0]->name)
        return NULL;
    const CatalogArgument *own = function->inputs[0];

    for (size_t i = 0; i < count; i++) {
        const CatalogFunction *other = all[i];

        if (other == function ||
            (other->input_count == 1 && strcmp(other->inputs[0]->name, own->name) == 0 &&
             !typename_equal(&other->inputs[0]->type, &own->type)))
            rivals[rival_count++] = other;
    }
    if (rival_count < 2)
        return NULL;
    qsort(rivals, rival_count, sizeof(CatalogFunction *), by_input_type);
    for (size_t i = 0; i < rival_count; i++) {
        const char *given = arena_printf(arena, "%s => %s", own->name,
                                         mapping_typname(arena, &rivals[i]->inputs[0]->type));

        calls =
            arena_printf(arena, "%s%s%s", calls, i ? ", " : "", call_text(arena, function, given));
    }
    return ambiguous(arena, calls);
}

/* A row without a name gives a field of that row, not something to call; up to cli2 only when what
 * comes back is no row. */
static const char *uncallable(const Mapping *mapping, const CatalogFunction *function)
{
    const CatalogArgument *input = function->input_count == 1 ? function->inputs[0] : NULL;

    if (!input || *input->name || !row_type(mapping->catalog, &input->type) ||
        (mapping->compat < COMPAT_CLI3 && row_type(mapping->catalog, &function->result)))
        return NULL;
    return arena_printf(mapping->arena,
                        "the function %s.%s with parameter or with a single unnamed json/jsonb "
                        "parameter, but no matches were found in the schema cache",
                        function->type.schema, function->type.name);
}

/* The name of a row type as format_type() gives it to a session with public in its search_path.
 * Those few that pg_catalog has too are qualified there. */
static const char *visible_name(Arena *arena, const CatalogRelation *relation)
{
    static const char *const hidden[] = {"bit",  "box",   "char",     "circle", "date",    "inet",
                                         "json", "line",  "lseg",     "money",  "name",    "oid",
                                         "path", "point", "polygon",  "text",   "time",    "uuid",
                                         "xml",  "cidr",  "interval", "record", "numeric", "any"};
    static const char public[] = "public.";

    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) {
        if (strcmp(relation->type.name, hidden[i]) == 0)
            return relation->id;
    }
    return arena_strdup(arena, strncmp(relation->id, public, sizeof public - 1) == 0
                                   ? relation->id + sizeof public - 1
                                   : relation->id);
}

static void add_literal(Arena *arena, Layout *block, const char *name, const char *value)
{
    layout_add(arena, block, name, false, layout_atom(arena, names_literal(arena, value)));
}

static void add_flag(Arena *arena, Layout *block, const char *name, bool value)
{
    layout_add(arena, block, name, false, layout_atom(arena, value ? "true" : "false"));
}

static Layout *setof_options(const Mapping *mapping, const CatalogFunction *function,
                             const CatalogRelation *to)
{
    Arena *arena = mapping->arena;
    Layout *block = layout_new(arena, LAYOUT_OBJECT, true, NULL);
    const CatalogRelation *from = function->argument_count == 1
                                      ? row_type(mapping->catalog, &function->arguments[0].type)
                                      : NULL;

    add_literal(arena, block, "from", from ? visible_name(arena, from) : "*");
    add_literal(arena, block, "to", to->type.name);
    add_flag(arena, block, "isOneToOne", !function->returns_many);
    add_flag(arena, block, "isSetofReturn", function->returns_set);
    return block;
}

/* The type followed by "[]": of a union of labels only the last, as the official text reads. */
static Layout *as_set(Arena *arena, Layout *type)
{
    if (type->kind != LAYOUT_UNION || type->compound)
        return layout_array(arena, type);
    Layout *copy = layout_new(arena, LAYOUT_UNION, false, NULL);

    for (const Layout *member = type->first; member; member = member->next) {
        Layout *one = layout_atom(arena, member->text);

        layout_add(arena, copy, NULL, false, member->next ? one : layout_array(arena, one));
    }
    return copy;
}

static Layout *signature(const Mapping *mapping, const CatalogFunction *function,
                         const CatalogFunction *const *all, size_t count)
{
    Arena *arena = mapping->arena;
    Layout *node = layout_new(arena, LAYOUT_OBJECT, false, NULL);
    Layout *arguments = NULL, *returns = NULL;
    const CatalogRelation *to = row_type(mapping->catalog, &function->result);
    bool precise = mapping->catalog->wants.precise;
    bool array = function->returns_set && (function->returns_many || !to);

    if (to && !to->type.included && texts_have(&mapping->catalog->schemas, to->type.schema))
        to = NULL; /* a filter leaves it out */
    const char *error = count > 1 ? conflict_without_arguments(arena, function, all, count) : NULL;

    if (!error && count > 1)
        error = conflict_of_types(arena, function, all, count);
    if (!error) {
        error = uncallable(mapping, function);
        array = array && (!error || mapping->compat < COMPAT_CLI3);
    }
    if (function->input_count) {
        arguments = layout_new(arena, LAYOUT_OBJECT, false, NULL);
        for (size_t i = 0; i < function->input_count; i++)
            layout_add(arena, arguments, function->inputs[i]->name,
                       function->inputs[i]->has_default,
                       precise ? precise_argument(mapping, function, function->inputs[i])
                               : mapping_argument(mapping, function->inputs[i]));
    } else {
        arguments = layout_atom(arena, "Record<PropertyKey, never>");
    }
    if (error) {
        const char *literal = names_literal(arena, error);

        returns = layout_new(arena, LAYOUT_ERROR, true,
                             arena_printf(arena, "%s%s", literal, array ? "[]" : ""));
    } else {
        returns = routine_value(mapping, function);
        if (array)
            returns = precise ? layout_array(arena, returns) : as_set(arena, returns);
    }
    layout_add(arena, node, "Args", false, arguments);
    layout_add(arena, node, "Returns", false, returns);
    if (to)
        layout_add(arena, node, "SetofOptions", false, setof_options(mapping, function, to));
    return node;
}

Layout *routine_overloads(const Mapping *mapping, const CatalogFunction *const *functions,
                          size_t count)
{
    size_t callable = 0;

    for (size_t i = 0; i < count; i++)
        callable += !functions[i]->denied;
    if (count == 1)
        return signature(mapping, functions[0], functions, count);
    Layout *node = layout_new(mapping->arena, LAYOUT_UNION, true, NULL);

    for (size_t i = 0; i < count; i++) {
        Layout *one = signature(mapping, functions[i], functions, count);

        if (functions[i]->denied)
            continue;
        if (callable == 1)
            return one;
        layout_add(mapping->arena, node, NULL, false, one);
    }
    return node;
}
