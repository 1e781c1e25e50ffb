#include "docs/facts.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "docs/sections.h"
#include "json/jx.h"
#include "model/ident.h"
#include "model/snapshot.h"
#include "model/typename.h"
#include "model/views.h"
#include "sql/origin.h"
#include "sql/older.h"

/* That an object names another, in a space of names that SQL keeps apart. */
struct FactsMention {
    FactsMention *next;
    const char *space;
    const char *id;
    FactsLinkKind kind;
    const char *detail;
    const FactsKey *key;
};

static const char relations[] = "relation", functions[] = "function", types[] = "type";
const char *const facts_commands[] = {"select", "insert", "update", "delete", NULL};

void facts_free(Facts *facts)
{
    arena_free(&facts->arena);
}

/* ---- one object ---- */

static void mention(Facts *facts, FactsObject *object, FactsMention said)
{
    FactsMention *kept = arena_alloc(&facts->arena, sizeof *kept);

    *kept = said;
    kept->id = arena_strdup(&facts->arena, said.id);
    kept->detail = arena_strdup(&facts->arena, said.detail);
    kept->next = object->mentions;
    object->mentions = kept;
}

static const char **strings(Arena *arena, const json_t *array, size_t *ret_count)
{
    const char **items = arena_alloc(arena, (json_array_size(array) + 1) * sizeof *items);
    size_t index = 0;
    const json_t *item = NULL;

    *ret_count = 0;
    json_array_foreach(array, index, item)
    {
        if (json_is_string(item))
            items[(*ret_count)++] = arena_strdup(arena, json_string_value(item));
    }
    return items;
}

static bool names_have(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* The id of the type, without the brackets of an array; NULL of one of the server's own. */
static const char *type_id(Arena *arena, const char *text)
{
    TypeName type = typename_parse(arena, text);

    return strcmp(type.schema, "pg_catalog") == 0
               ? NULL
               : arena_join(arena, ident_quote(arena, type.schema), ".",
                            ident_quote(arena, type.name), (char *)NULL);
}

static bool columns_read(Facts *facts, FactsObject *object, const json_t *columns, Err *err)
{
    size_t index = 0;
    const json_t *value = NULL;

    object->columns =
        arena_alloc(&facts->arena, (json_array_size(columns) + 1) * sizeof *object->columns);
    json_array_foreach(columns, index, value)
    {
        ColumnView view = {0};

        if (!view_column(value, &view, err))
            return false;
        FactsColumn *column = &object->columns[object->column_count++];

        *column = (FactsColumn){.name = arena_strdup(&facts->arena, view.name),
                                .type = arena_strdup(&facts->arena, view.type),
                                .not_null = view.not_null};
        const char *id = type_id(&facts->arena, view.type);

        if (id)
            mention(
                facts, object,
                (FactsMention){.space = types, .id = id, .kind = LINK_USED, .detail = view.name});
    }
    return true;
}

static FactsColumn *column_find(FactsObject *object, const char *name)
{
    for (size_t i = 0; i < object->column_count; i++)
        if (strcmp(object->columns[i].name, name) == 0)
            return &object->columns[i];
    return NULL;
}

/* Marks the columns of a constraint and, of a primary or unique one, the foreign keys that have the
 * same columns in whatever order. */
static void constraint_mark(Facts *facts, FactsObject *object, const ConstraintView *view)
{
    size_t count = 0;
    const char **names = strings(&facts->arena, view->columns, &count);
    bool primary = strcmp(view->type, "primary key") == 0;
    bool unique = strcmp(view->type, "unique") == 0;

    for (size_t i = 0; i < count; i++) {
        FactsColumn *column = column_find(object, names[i]);

        if (!column)
            continue;
        column->primary |= primary;
        column->foreign |= strcmp(view->type, "foreign key") == 0;
        column->unique |= unique && count == 1;
    }
    for (size_t i = 0; (primary || unique) && i < object->key_count; i++) {
        FactsKey *key = &object->keys[i];
        bool same = key->count == count;

        for (size_t j = 0; same && j < count; j++)
            same = names_have(key->columns, key->count, names[j]);
        key->single |= same;
    }
}

static bool constraints_read(Facts *facts, FactsObject *object, const json_t *constraints, Err *err)
{
    size_t index = 0;
    const json_t *value = NULL;

    object->keys =
        arena_alloc(&facts->arena, (json_array_size(constraints) + 1) * sizeof *object->keys);
    json_array_foreach(constraints, index, value)
    {
        ConstraintView view = {0};
        FactsKey key = {0};

        if (!view_constraint(value, &view, err))
            return false;
        if (strcmp(view.type, "foreign key") != 0 || !view.references ||
            !typename_split_id(&facts->arena, view.references, &key.target_schema,
                               &key.target_name))
            continue;
        key.name = arena_strdup(&facts->arena, view.name);
        key.target = arena_strdup(&facts->arena, view.references);
        key.columns = strings(&facts->arena, view.columns, &key.count);
        key.references = strings(&facts->arena, view.reference_columns, &key.reference_count);
        for (size_t i = 0; i < key.count; i++) {
            const FactsColumn *column = column_find(object, key.columns[i]);

            key.optional |= column && !column->not_null;
        }
        object->keys[object->key_count++] = key;
        mention(facts, object,
                (FactsMention){.space = relations,
                               .id = key.target,
                               .kind = LINK_REFERENCED,
                               .detail = key.name,
                               .key = &object->keys[object->key_count - 1]});
    }
    json_array_foreach(constraints, index, value)
    {
        ConstraintView view = {0};

        if (view_constraint(value, &view, err))
            constraint_mark(facts, object, &view);
    }
    return true;
}

static bool policies_read(Facts *facts, FactsObject *object, const json_t *policies, Err *err)
{
    size_t index = 0;
    const json_t *value = NULL;

    object->policies =
        arena_alloc(&facts->arena, (json_array_size(policies) + 1) * sizeof *object->policies);
    json_array_foreach(policies, index, value)
    {
        PolicyView view = {0};

        if (!view_policy(value, &view, err))
            return false;
        FactsPolicy *policy = &object->policies[object->policy_count++];
        const char *command = view.command ? view.command : "all";

        policy->name = arena_strdup(&facts->arena, view.name);
        policy->restrictive = view.restrictive;
        policy->roles = strings(&facts->arena, view.roles, &policy->role_count);
        for (size_t i = 0; i < COMMAND_COUNT; i++)
            policy->commands[i] =
                strcmp(command, "all") == 0 || strcmp(command, facts_commands[i]) == 0;
    }
    return true;
}

static bool triggers_read(Facts *facts, FactsObject *object, const json_t *triggers, Err *err)
{
    size_t index = 0;
    const json_t *value = NULL;

    json_array_foreach(triggers, index, value)
    {
        TriggerView view = {0};

        if (!view_trigger(value, &view, err))
            return false;
        if (view.function)
            mention(facts, object,
                    (FactsMention){.space = functions,
                                   .id = view.function,
                                   .kind = LINK_FIRED,
                                   .detail = view.name});
    }
    return true;
}

static bool table_read(Facts *facts, FactsObject *object, const json_t *value, Err *err)
{
    TableView table = {0};
    size_t index = 0;
    const json_t *item = NULL;

    if (!view_table(value, &table, err))
        return false;
    object->row_security = table.row_security;
    object->is_partition = table.partition_of != NULL;
    if (table.partition_of)
        mention(
            facts, object,
            (FactsMention){.space = relations, .id = table.partition_of, .kind = LINK_PARTITION});
    json_array_foreach(table.inherits, index, item)
    {
        if (json_is_string(item))
            mention(facts, object,
                    (FactsMention){
                        .space = relations, .id = json_string_value(item), .kind = LINK_INHERITED});
    }
    return columns_read(facts, object, table.columns, err) &&
           constraints_read(facts, object, table.constraints, err) &&
           policies_read(facts, object, table.policies, err) &&
           triggers_read(facts, object, table.triggers, err);
}

static bool details_read(Facts *facts, FactsObject *object, const json_t *value, Err *err)
{
    RelationView view = {0};

    if (object->kind == KIND_TABLE)
        return table_read(facts, object, value, err);
    if (object->kind == KIND_PLATFORM_TABLE)
        return policies_read(facts, object, json_object_get(value, "policies"), err) &&
               triggers_read(facts, object, json_object_get(value, "triggers"), err);
    if (object->kind == KIND_COMPOSITE)
        return columns_read(facts, object, json_object_get(value, "attributes"), err);
    if (object->kind == KIND_DOMAIN) {
        const char *base = type_id(&facts->arena, jx_string(value, "base_type", ""));

        if (base)
            mention(facts, object, (FactsMention){.space = types, .id = base, .kind = LINK_USED});
        return true;
    }
    return object->kind != KIND_VIEW ||
           (view_relation(value, &view, err) && columns_read(facts, object, view.columns, err) &&
            triggers_read(facts, object, view.triggers, err));
}

/* ---- reading ---- */

static bool is_wanted(const FactsFilter *filter, const char *schema)
{
    bool wanted = !filter->schemas || !*filter->schemas;

    for (const char *const *pattern = filter->schemas; pattern && *pattern; pattern++)
        wanted |= text_glob(*pattern, schema);
    for (const char *const *pattern = filter->exclude; pattern && *pattern; pattern++)
        wanted = wanted && !text_glob(*pattern, schema);
    return wanted;
}

static bool object_add(Facts *facts, const SnapshotLine *line, const Section *section,
                       const char *name, const FactsFilter *filter, Err *err)
{
    json_auto_t *value = snapshot_line_parse(line, name, err);
    const char *id = value ? jx_string(value, "id", NULL) : NULL;

    if (!value)
        return false;
    if (!id)
        return err_set(err, EXIT_DATA, "a %s without an id in '%s'", kind_of(line->kind)->name,
                       name);
    const char *own = jx_string(value, "name", id);
    const char *schema =
        line->kind == KIND_SCHEMA ? own : jx_string(value, "schema", section ? "" : own);

    if (*schema && line->kind != KIND_EXTENSION && !is_wanted(filter, schema))
        return true;
    if (facts->count == facts->capacity) {
        FactsObject *old = facts->objects;

        facts->capacity = facts->capacity ? facts->capacity * 2 : 64;
        facts->objects = arena_alloc(&facts->arena, facts->capacity * sizeof *old);
        if (old)
            memcpy(facts->objects, old, facts->count * sizeof *old);
    }
    FactsObject *object = &facts->objects[facts->count++];

    *object = (FactsObject){
        .kind = line->kind,
        .id = arena_strdup(&facts->arena, id),
        .schema = section && section->of_database ? "" : arena_strdup(&facts->arena, schema),
        .name = arena_strdup(&facts->arena, own),
        .text = arena_strndup(&facts->arena, line->text, line->length),
        .length = line->length};
    return details_read(facts, object, value, err) ||
           err_in(err, "in the %s '%s' of '%s'", kind_of(line->kind)->name, id, name);
}

/* What is the database's has the schema "" here and so comes first; within a schema as the snapshot
 * has them. */
static int by_schema(const void *a, const void *b)
{
    const FactsObject *one = a, *two = b;
    int order = strcmp(one->schema, two->schema);

    if (!order)
        order = (one->kind > two->kind) - (one->kind < two->kind);
    return order ? order : strcmp(one->id, two->id);
}

static int by_object(const void *a, const void *b)
{
    const FactsLink *one = a, *two = b;
    int order = (one->of > two->of) - (one->of < two->of);

    if (!order)
        order = (one->kind > two->kind) - (one->kind < two->kind);
    if (!order)
        order = (one->other > two->other) - (one->other < two->other);
    return order ? order : strcmp(one->detail ? one->detail : "", two->detail ? two->detail : "");
}

static const char *space_of(KindId kind)
{
    switch ((int)kind) {
    case KIND_TABLE:
    case KIND_VIEW:
        return relations;
    case KIND_FUNCTION:
        return functions;
    case KIND_ENUM:
    case KIND_DOMAIN:
    case KIND_COMPOSITE:
    case KIND_RANGE:
    case KIND_BASE_TYPE:
        return types;
    default:
        return NULL;
    }
}

static FactsObject *find(const Facts *facts, const char *space, const char *id)
{
    size_t count = 0;
    const HashItem *items = hash_items(&facts->ids, hash_key(space, id), &count);

    for (size_t i = 0; i < count; i++) {
        FactsObject *object = items[i].item;

        if (space_of(object->kind) == space && strcmp(object->id, id) == 0)
            return object;
    }
    return NULL;
}

const FactsObject *facts_relation(const Facts *facts, const char *id)
{
    return find(facts, relations, id);
}

const FactsObject *facts_function(const Facts *facts, const char *id)
{
    return find(facts, functions, id);
}

/* ---- views ---- */

typedef struct Reading {
    Facts *facts;
    FactsObject *view;
    Arena *arena;
} Reading;

static const char *relation_id(Arena *arena, const char *schema, const char *name)
{
    return arena_join(arena, ident_quote(arena, schema), ".", ident_quote(arena, name),
                      (char *)NULL);
}

/* Every relation that the query names with its schema: the server's texts name all but those of
 * WITH so. */
static bool relation_read(void *context, const ProtobufCMessage *message)
{
    Reading *reading = context;

    if (message->descriptor == &pg_query__range_var__descriptor) {
        const PgQuery__RangeVar *relation = (const PgQuery__RangeVar *)message;

        if (tree_given(relation->schemaname))
            mention(reading->facts, reading->view,
                    (FactsMention){
                        .space = relations,
                        .id = relation_id(reading->arena, relation->schemaname, relation->relname),
                        .kind = LINK_READ});
    }
    return false;
}

static const char *const *column_names(void *context, const char *schema, const char *name,
                                       size_t *ret_count)
{
    Reading *reading = context;
    const FactsObject *relation =
        facts_relation(reading->facts, relation_id(reading->arena, schema, name));

    if (!relation)
        return NULL;
    const char **names = arena_alloc(reading->arena, (relation->column_count + 1) * sizeof *names);

    for (size_t i = 0; i < relation->column_count; i++)
        names[i] = relation->columns[i].name;
    *ret_count = relation->column_count;
    return names;
}

/* A query that does not parse here, or is not known, tells nothing. */
static bool view_trace(Facts *facts, FactsObject *view, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    Reading reading = {.facts = facts, .view = view, .arena = &arena};
    json_auto_t *value = jx_parse(view->text, view->length, view->id, err);

    if (!value)
        return false;
    const char *definition = jx_string(value, "definition", "");
    CLEANUP(sql_parse_close) SqlParse *parse = older_parse(definition, &arena);
    size_t count = 0;

    if (!parse->count || !parse->statements[0].node)
        return true;
    tree_any(parse->statements[0].node, relation_read, &reading);
    const Origin *origins =
        origin_of(parse->statements[0].node, column_names, &reading, &arena, &count);

    for (size_t i = 0; count == view->column_count && i < count; i++) {
        if (!origins[i].schema)
            continue;
        view->columns[i].relation =
            facts_relation(facts, relation_id(&arena, origins[i].schema, origins[i].relation));
        view->columns[i].origin = arena_strdup(&facts->arena, origins[i].column);
    }
    return true;
}

/* ---- how they hang together ---- */

static void link_add(Facts *facts, FactsLink link)
{
    if (facts->link_count == facts->link_capacity) {
        FactsLink *old = facts->links;

        facts->link_capacity = facts->link_capacity ? facts->link_capacity * 2 : 64;
        facts->links = arena_alloc(&facts->arena, facts->link_capacity * sizeof *old);
        if (old)
            memcpy(facts->links, old, facts->link_count * sizeof *old);
    }
    facts->links[facts->link_count++] = link;
}

static int by_place(const void *a, const void *b)
{
    const FactsObject *one = *(const FactsObject *const *)a, *two = *(const FactsObject *const *)b;

    return (one > two) - (one < two);
}

/* What the mentions of an object lead to; what a view reads is noted once. */
static void object_link(Facts *facts, FactsObject *object)
{
    size_t mentions = 0;

    for (const FactsMention *said = object->mentions; said; said = said->next)
        mentions++;
    const FactsObject **reads = arena_alloc(&facts->arena, (mentions + 1) * sizeof *reads);

    for (const FactsMention *said = object->mentions; said; said = said->next) {
        FactsObject *other = find(facts, said->space, said->id);

        if (!other && said->space == types)
            other = find(facts, relations, said->id); /* the row type of a table */
        if (!other)
            continue;
        if (said->kind == LINK_READ) {
            reads[object->read_count++] = other;
            continue;
        }
        if (said->kind == LINK_USED && said->detail) {
            FactsColumn *column = column_find(object, said->detail);

            if (column)
                column->of_type = other;
        }
        link_add(facts, (FactsLink){.of = other,
                                    .kind = said->kind,
                                    .other = object,
                                    .detail = said->detail,
                                    .key = said->key});
    }
    if (object->read_count)
        qsort(reads, object->read_count, sizeof(FactsObject *), by_place);
    size_t kept = 0;

    for (size_t i = 0; i < object->read_count; i++) {
        if (kept && reads[kept - 1] == reads[i])
            continue;
        reads[kept++] = reads[i];
        link_add(facts, (FactsLink){.of = reads[i], .kind = LINK_READ, .other = object});
    }
    object->reads = reads;
    object->read_count = kept;
}

static bool connect(Facts *facts, Err *err)
{
    const FactsObject *home = NULL;

    for (size_t i = 0; i < facts->count; i++) {
        FactsObject *object = &facts->objects[i];
        const char *space = space_of(object->kind);

        if (i == 0 || strcmp(object->schema, object[-1].schema) != 0)
            home = object->kind == KIND_SCHEMA ? object : NULL;
        object->home = home;
        if (space)
            hash_add(&facts->arena, &facts->ids, hash_key(space, object->id), i, object);
    }
    for (size_t i = 0; i < facts->count; i++) {
        if (facts->objects[i].kind == KIND_VIEW && !view_trace(facts, &facts->objects[i], err))
            return false;
    }
    for (size_t i = 0; i < facts->count; i++) {
        FactsObject *object = &facts->objects[i];

        for (size_t j = 0; j < object->key_count; j++) {
            object->keys[j].from = object;
            object->keys[j].to = facts_relation(facts, object->keys[j].target);
        }
        object_link(facts, object);
    }
    if (facts->link_count)
        qsort(facts->links, facts->link_count, sizeof *facts->links, by_object);
    return true;
}

bool facts_read(Facts *facts, FILE *in, const char *name, const FactsFilter *filter, Err *err)
{
    CLEANUP(snapshot_reader_close) SnapshotReader *reader = snapshot_reader_open(in, name, err);
    SnapshotLine line = {0};
    int more = -1;

    if (!reader)
        return false;
    if (snapshot_reader_is_short(reader))
        return err_set(err, EXIT_DATA, "'%s' is the short form of an unchanged snapshot", name);
    while ((more = snapshot_reader_next(reader, &line, err)) > 0) {
        const Section *section = section_of(line.kind);

        if ((section || line.kind == KIND_SCHEMA) &&
            !object_add(facts, &line, section, name, filter, err))
            return false;
    }
    if (more == 0 && facts->count)
        qsort(facts->objects, facts->count, sizeof *facts->objects, by_schema);
    return more == 0 && connect(facts, err);
}

/* ---- asking ---- */

FactsRun facts_run(const Facts *facts, const char *schema, KindId kind)
{
    FactsObject key = {.schema = schema, .kind = kind, .id = ""};
    size_t low = 0, high = facts->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (by_schema(&facts->objects[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    FactsRun run = {.first = facts->objects + low};

    while (low + run.count < facts->count && run.first[run.count].kind == kind &&
           strcmp(run.first[run.count].schema, schema) == 0)
        run.count++;
    return run;
}

const FactsLink *facts_links(const Facts *facts, const FactsObject *of, FactsLinkKind kind,
                             size_t *ret_count)
{
    size_t low = 0, high = facts->link_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const FactsLink *link = &facts->links[middle];

        if (link->of < of || (link->of == of && link->kind < kind))
            low = middle + 1;
        else
            high = middle;
    }
    *ret_count = 0;
    while (low + *ret_count < facts->link_count && facts->links[low + *ret_count].of == of &&
           facts->links[low + *ret_count].kind == kind)
        ++*ret_count;
    return facts->links + low;
}

bool facts_policy_is_for(const FactsPolicy *policy, const char *role)
{
    return names_have(policy->roles, policy->role_count, role) ||
           names_have(policy->roles, policy->role_count, "public");
}

static int by_role(const void *a, const void *b)
{
    const char *one = *(const char *const *)a, *two = *(const char *const *)b;
    bool everybody = strcmp(one, "public") == 0, other = strcmp(two, "public") == 0;

    return everybody != other ? (int)other - (int)everybody : strcmp(one, two);
}

const char **facts_roles(Arena *arena, const FactsObject *table, size_t *ret_count)
{
    size_t count = 0, kept = 0;

    for (size_t i = 0; i < table->policy_count; i++)
        count += table->policies[i].role_count;
    const char **roles = arena_alloc(arena, (count + 1) * sizeof *roles);

    count = 0;
    for (size_t i = 0; i < table->policy_count; i++)
        for (size_t j = 0; j < table->policies[i].role_count; j++)
            roles[count++] = table->policies[i].roles[j];
    if (count)
        qsort(roles, count, sizeof *roles, by_role);
    for (size_t i = 0; i < count; i++)
        if (!kept || strcmp(roles[kept - 1], roles[i]) != 0)
            roles[kept++] = roles[i];
    *ret_count = kept;
    return roles;
}
