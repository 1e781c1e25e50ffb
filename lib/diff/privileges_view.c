#include "diff/privileges_world.h"

#include <string.h>

#include "model/ident.h"
#include "sql/older.h"
#include "sql/parse.h"
#include "sql/tree.h"

/* ---- what the query of a view names ---- */

typedef struct Reading {
    PrivilegeWorld *world;
    PrivilegeSources *sources;
    size_t relation_room;
    size_t function_room;
    const char **local; /* names without a schema */
    size_t local_count;
    size_t local_room;
} Reading;

static void add_text(Arena *arena, const char ***texts, size_t *count, size_t *room,
                     const char *text)
{
    for (size_t i = 0; i < *count; i++)
        if (strcmp((*texts)[i], text) == 0)
            return;
    if (*count == *room) {
        const char **old = *texts;
        *room = *room ? 2 * *room : 8;
        *texts = arena_alloc(arena, *room * sizeof **texts);
        if (old)
            memcpy(*texts, old, *count * sizeof *old);
    }
    (*texts)[(*count)++] = text;
}

/* As its object is called, which another one than the text has seen may be. */
static const char *relation_id(PrivilegeWorld *world, const char *schema, const char *name)
{
    const char *id = arena_join(&world->arena, ident_quote(&world->arena, schema), ".",
                                ident_quote(&world->arena, name), (char *)NULL);
    const char *table = world_renamed(world, KIND_TABLE, id);

    return table != id ? arena_strdup(&world->arena, table) : world_renamed(world, KIND_VIEW, id);
}

static bool read_node(void *context, const ProtobufCMessage *message)
{
    Reading *reading = context;
    PrivilegeSources *sources = reading->sources;
    Arena *arena = &reading->world->arena;

    if (message->descriptor == &pg_query__range_var__descriptor) {
        const PgQuery__RangeVar *relation = (const PgQuery__RangeVar *)message;
        if (tree_given(relation->schemaname))
            add_text(arena, &sources->relations, &sources->relation_count, &reading->relation_room,
                     relation_id(reading->world, relation->schemaname, relation->relname));
        else
            add_text(arena, &reading->local, &reading->local_count, &reading->local_room,
                     arena_strdup(arena, relation->relname));
    } else if (message->descriptor == &pg_query__func_call__descriptor) {
        const PgQuery__FuncCall *call = (const PgQuery__FuncCall *)message;
        const char *schema = tree_qualifier(call->funcname, call->n_funcname);
        if (schema && strcmp(schema, "pg_catalog") != 0)
            add_text(arena, &sources->functions, &sources->function_count, &reading->function_room,
                     arena_join(arena, ident_quote(arena, schema), ".",
                                ident_quote(arena, tree_last(call->funcname, call->n_funcname)),
                                "(", (char *)NULL));
    } else if (message->descriptor == &pg_query__a__expr__descriptor) {
        const PgQuery__AExpr *expression = (const PgQuery__AExpr *)message;
        const char *schema = tree_qualifier(expression->name, expression->n_name);
        sources->undecided |= schema && strcmp(schema, "pg_catalog") != 0;
    }
    return false;
}

/* Whether a name without a schema is one of WITH: else it is a catalog. */
static bool is_local(void *context, const ProtobufCMessage *message)
{
    return message->descriptor == &pg_query__common_table_expr__descriptor &&
           strcmp(((const PgQuery__CommonTableExpr *)message)->ctename, context) == 0;
}

static const PrivilegeSources *sources_of(PrivilegeWorld *world, PrivilegeObject *view)
{
    if (view->sources)
        return view->sources;
    CLEANUP(arena_free) Arena arena = {0};
    view->sources = arena_alloc(&world->arena, sizeof *view->sources);
    Reading reading = {.world = world, .sources = view->sources};
    CLEANUP(sql_parse_close)
    SqlParse *parse = older_parse(view->definition ? view->definition : "", &arena);
    const Node *query = parse->count == 1 ? parse->statements[0].node : NULL;

    view->sources->undecided = !query;
    tree_any(query, read_node, &reading);
    for (size_t i = 0; i < reading.local_count; i++)
        view->sources->undecided |= !tree_any(query, is_local, (void *)reading.local[i]);
    return view->sources;
}

static PrivilegeObject *relation_of(const PrivilegeWorld *world, const char *id)
{
    PrivilegeObject *table = world_object(world, KIND_TABLE, id);

    return table ? table : world_object(world, KIND_VIEW, id);
}

/* The first object that does not come before that kind and text. */
static size_t first_from(const PrivilegeWorld *world, KindId kind, const char *text)
{
    const PrivilegeObject wanted = {.kind = kind, .id = text};
    size_t low = 0, high = world->object_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (world_object_order(&world->objects[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- who reaches it ---- */

/* Who calls a view calls the functions in it. */
static Reach functions_reach(PrivilegeWorld *world, const PrivilegeSources *sources, int role)
{
    Privileges execute = privilege_by_name("execute");

    for (size_t i = 0; i < sources->function_count; i++) {
        const char *begin = sources->functions[i];
        size_t at = first_from(world, KIND_FUNCTION, begin), found = 0;
        for (; at < world->object_count && world->objects[at].kind == KIND_FUNCTION &&
               strncmp(world->objects[at].id, begin, strlen(begin)) == 0;
             at++, found++)
            if (!world_has(world, role, world->objects[at].holders, execute))
                return REACH_UNKNOWN;
        if (found == 0)
            return REACH_UNKNOWN;
    }
    return REACH_YES;
}

/* Whether who is asked for in a view may do the same with one of its relations. */
static Reach source_reach(PrivilegeWorld *world, PrivilegeObject *object, int checker,
                          Command command, const Path *path, const char **ret_rows,
                          bool *ret_filtered)
{
    Privileges wanted = privilege_by_name(world_command_names[command]);
    const Role *role = &world->roles[checker];
    bool known = privileges_is_known(world, role->name);
    const char *rows = NULL;

    if (!object || object->inexact)
        return REACH_UNKNOWN;
    bool any = world_has(world, checker, object->holders, wanted) ||
               world_has_everywhere(world, checker, command);
    Reach reach = any ? REACH_YES : known ? REACH_NO : REACH_UNKNOWN;
    for (size_t i = 0; !any && i < object->column_count; i++)
        if (world_has(world, checker, object->columns[i].holders, wanted))
            reach = REACH_UNKNOWN;
    *ret_filtered |= object->row_security;
    bool passes = world_rows_pass(world, object, checker, command, path->arena, &rows);
    if ((!passes || rows) && !known)
        return REACH_UNKNOWN;
    /* A query may give rows that come of none. */
    if (!passes)
        return command == COMMAND_SELECT ? world_lesser(reach, REACH_UNKNOWN) : REACH_NO;
    if (rows)
        *ret_rows =
            arena_join(path->arena, "as the policies of ", object->id, " allow", (char *)NULL);
    if (object->kind != KIND_VIEW || object->stored)
        return reach;
    int next = object->by_caller ? checker : world_place(world, object->owner);
    return world_lesser(
        reach, world_view_reach(world, object, next, command, path, ret_rows, ret_filtered));
}

Reach world_view_reach(PrivilegeWorld *world, PrivilegeObject *view, int checker, Command command,
                       const Path *path, const char **ret_rows, bool *ret_filtered)
{
    const PrivilegeSources *sources = sources_of(world, view);
    const char *rows = NULL;
    Reach reach = sources->undecided ? REACH_UNKNOWN : REACH_YES;

    if ((*path->steps)-- <= 0)
        return REACH_UNKNOWN;
    reach = world_lesser(reach, functions_reach(world, sources, path->role));
    for (size_t i = 0; i < sources->relation_count; i++) {
        PrivilegeObject *object = relation_of(world, sources->relations[i]);
        reach = world_lesser(
            reach, source_reach(world, object, checker, COMMAND_SELECT, path, &rows, ret_filtered));
    }
    if (command == COMMAND_SELECT) {
        if (rows)
            *ret_rows = rows;
        return reach;
    }
    /* What is written goes to its one relation; what the view's own text reads of it must be
     * readable as well. */
    if (view->redirected || sources->relation_count != 1)
        return REACH_UNKNOWN;
    Reach write = source_reach(world, relation_of(world, sources->relations[0]), checker, command,
                               path, ret_rows, ret_filtered);
    return write == REACH_NO ? REACH_NO
                             : world_lesser(write, reach == REACH_YES ? reach : REACH_UNKNOWN);
}

static bool reads(PrivilegeWorld *world, PrivilegeObject *view, const char *relation, int *steps)
{
    if (!view || view->kind != KIND_VIEW || view->stored || (*steps)-- <= 0)
        return false;
    const PrivilegeSources *sources = sources_of(world, view);
    for (size_t i = 0; i < sources->relation_count; i++)
        if (strcmp(sources->relations[i], relation) == 0)
            return true;
    for (size_t i = 0; i < sources->relation_count; i++)
        if (reads(world, world_object(world, KIND_VIEW, sources->relations[i]), relation, steps))
            return true;
    return false;
}

bool privileges_reads(PrivilegeWorld *world, const PrivilegeObject *view, const char *relation)
{
    int steps = STEPS_MAX;

    return reads(world, world_object(world, view->kind, view->id), relation, &steps);
}
