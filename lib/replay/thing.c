#include <string.h>

#include "replay/names.h"
#include "replay/parts.h"

/* The kinds by what statements call them. */
static const struct {
    PgQuery__ObjectType type;
    KindId kind;
    bool in_schema;
} kinds[] = {
    {PG_QUERY__OBJECT_TYPE__OBJECT_STATISTIC_EXT, KIND_STATISTICS, true},
    {PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION, KIND_COLLATION, true},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY, KIND_TEXT_SEARCH_DICTIONARY, true},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION, KIND_TEXT_SEARCH_CONFIGURATION, true},
    {PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE, KIND_LANGUAGE, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FDW, KIND_FOREIGN_DATA_WRAPPER, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_SERVER, KIND_SERVER, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_EVENT_TRIGGER, KIND_EVENT_TRIGGER, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_PUBLICATION, KIND_PUBLICATION, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_ROLE, KIND_ROLE, false},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* Letters of the kinds on which rights can be granted. */
static char rights_kind(KindId kind)
{
    switch ((int)kind) {
    case KIND_LANGUAGE:
        return 'l';
    case KIND_FOREIGN_DATA_WRAPPER:
        return 'F';
    case KIND_SERVER:
        return 'S';
    case KIND_DATABASE:
        return 'd';
    default:
        return 0;
    }
}

static bool is_in_schema(KindId kind)
{
    for (size_t i = 0; i < KINDS; i++)
        if (kinds[i].kind == kind)
            return kinds[i].in_schema;
    return false;
}

Thing *thing_find(Replay *replay, KindId kind, const char *schema, const char *name)
{
    bool by_path = is_in_schema(kind) && !schema;

    name = names_cut(replay->arena, name);
    for (size_t i = 0; i < replay->catalog->things.count; i++) {
        Thing *thing = replay->catalog->things.items[i];

        if (thing->kind == kind && strcmp(thing->name, name) == 0 &&
            (by_path ? vec_has_text(&replay->catalog->path, thing->schema)
                     : !schema || strcmp(thing->schema, schema) == 0))
            return thing;
    }
    return NULL;
}

Thing *thing_named(Replay *replay, PgQuery__ObjectType type, const Node *object, bool *ret_known)
{
    Named name = object_name(object, false);

    *ret_known = true;
    for (size_t i = 0; i < KINDS; i++)
        if (kinds[i].type == type)
            return thing_find(replay, kinds[i].kind, kinds[i].in_schema ? name.schema : NULL,
                              name.name);
    if (type == PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE)
        return thing_database(replay);
    *ret_known = false;
    return NULL;
}

static Thing *thing_new(Replay *replay, KindId kind, const char *schema, const char *name)
{
    Thing *thing = arena_alloc(replay->arena, sizeof *thing);

    *thing = (Thing){.kind = kind,
                     .schema = schema ? replay_keep(replay, schema) : NULL,
                     .name = names_cut(replay->arena, replay_keep(replay, name)),
                     .suffix = "",
                     .members = replay_object(replay),
                     .known = !replay->file || replay->extensions};
    rights_begin(replay, &thing->rights, rights_kind(kind), NULL);
    vec_add(replay->arena, &replay->catalog->things, thing);
    return thing;
}

Thing *thing_add(Replay *replay, KindId kind, Node *const *names, size_t count)
{
    const char *schema = tree_qualifier(names, count), *name = tree_last(names, count);

    if (!schema)
        schema = catalog_creation_schema(replay->catalog);
    if (thing_find(replay, kind, schema, name)) {
        replay_warn(replay, "%s '%s' exists already", kind_of(kind)->name, name);
        return NULL;
    }
    return thing_new(replay, kind, schema, name);
}

Thing *thing_add_named(Replay *replay, KindId kind, const char *name)
{
    if (thing_find(replay, kind, NULL, name)) {
        replay_warn(replay, "%s '%s' exists already", kind_of(kind)->name, name);
        return NULL;
    }
    return thing_new(replay, kind, NULL, name);
}

Thing *thing_database(Replay *replay)
{
    Thing *thing = thing_find(replay, KIND_DATABASE, NULL, "database");

    if (!thing) {
        thing = thing_new(replay, KIND_DATABASE, NULL, "database");
        thing->rights.owner = NULL;
    }
    return thing;
}

void thing_set(Thing *thing, const char *member, const char *text)
{
    if (text)
        json_object_set_new(thing->members, member, json_string(text));
    else
        json_object_del(thing->members, member);
}

void thing_flag(Thing *thing, const char *member, bool value)
{
    json_object_set_new(thing->members, member, json_boolean(value));
}

/* ---- what goes ---- */

void thing_drop(Replay *replay, Thing *thing)
{
    vec_remove(&replay->catalog->things, thing);
    /* What is of a server is only told by its name. */
    for (size_t i = replay->catalog->things.count; i > 0 && thing->kind == KIND_SERVER; i--) {
        Thing *mapping = replay->catalog->things.items[i - 1];

        if (mapping->kind == KIND_USER_MAPPING && strcmp(mapping->name, thing->name) == 0)
            vec_remove(&replay->catalog->things, mapping);
    }
    for (size_t i = replay->catalog->relations.count; i > 0 && thing->kind == KIND_SERVER; i--) {
        Relation *table = replay->catalog->relations.items[i - 1];

        if (table->server && strcmp(table->server, thing->name) == 0)
            drop_relation(replay, table, true);
    }
}

static bool is_of(const Thing *thing, const Relation *relation, const Column *column)
{
    Search search = {.column = column};

    if (thing->kind != KIND_STATISTICS || thing->relation != relation)
        return false;
    for (size_t i = 0; i < thing->items.count && column; i++) {
        const IndexKey *key = thing->items.items[i];

        if (key->column == column || search_expr(key->expr, &search))
            return true;
    }
    return !column;
}

void thing_drop_of(Replay *replay, const Relation *relation, const Column *column)
{
    for (size_t i = replay->catalog->things.count; i > 0; i--) {
        Thing *thing = replay->catalog->things.items[i - 1];

        for (size_t k = thing->items.count; k > 0 && thing->kind == KIND_PUBLICATION; k--) {
            Published *published = thing->items.items[k - 1];

            if (published->relation == relation && !column)
                vec_remove(&thing->items, published);
        }
        if (is_of(thing, relation, column))
            vec_remove(&replay->catalog->things, thing);
    }
}

/* ---- what several kinds have ---- */

void thing_options(Replay *replay, Vec *ret, Node *const *options, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const PgQuery__DefElem *option = options[i]->def_elem;
        size_t length = strlen(option->defname);
        const char *text =
            arena_printf(replay->arena, "%s=%s", option->defname, tree_string(option->arg));
        bool done = false;

        for (size_t k = ret->count; k > 0 && !done; k--) {
            const char *old = ret->items[k - 1];

            if (strncmp(old, text, length + 1) != 0)
                continue;
            if (option->defaction == PG_QUERY__DEF_ELEM_ACTION__DEFELEM_DROP)
                vec_remove(ret, old);
            else
                ret->items[k - 1] = (void *)(uintptr_t)text;
            done = true;
        }
        if (!done && option->defaction != PG_QUERY__DEF_ELEM_ACTION__DEFELEM_DROP)
            vec_add(replay->arena, ret, text);
    }
}

static bool has_end(const char *text, const char *end)
{
    size_t length = strlen(text), wanted = strlen(end);

    return length >= wanted && strcmp(text + length - wanted, end) == 0;
}

/* regprocout(): the schema is left out where the name alone finds it, and only it. */
const char *thing_function(Replay *replay, Node *const *names, size_t count, bool *ret_known)
{
    const char *schema = tree_qualifier(names, count), *name = tree_last(names, count);
    const Function *function;
    size_t own = 0;

    if (ret_known)
        *ret_known = true;
    if (!count || !*name)
        return NULL;
    function = function_find(replay->catalog, schema, name, NULL, 0, true);
    builtin_functions(name, &own);
    if (own && (!function || !schema || strcmp(schema, "pg_catalog") == 0)) {
        name = names_quote(replay->arena, name);
        return own == 1 ? name : arena_printf(replay->arena, "pg_catalog.%s", name);
    }
    /* Estimators and their like take types that no expression has: they are not in the tables. */
    if (!function && !schema && (has_end(name, "sel") || has_end(name, "_support")))
        return names_quote(replay->arena, name);
    if (ret_known)
        *ret_known = function || schema;
    if (!function && !schema)
        replay_warn(replay, "function '%s' is not known", name);
    if (!schema)
        schema = function ? function->proc.schema : catalog_creation_schema(replay->catalog);
    return names_qualified(replay->arena, schema, name);
}

/* ---- languages, event triggers ---- */

static void create_language(Replay *replay, const PgQuery__CreatePLangStmt *create)
{
    Thing *thing = thing_add_named(replay, KIND_LANGUAGE, create->plname);

    if (!thing)
        return;
    thing_flag(thing, "trusted", create->pltrusted);
    thing_set(thing, "handler",
              thing_function(replay, create->plhandler, create->n_plhandler, NULL));
    thing_set(thing, "inline_handler",
              thing_function(replay, create->plinline, create->n_plinline, NULL));
    thing_set(thing, "validator",
              thing_function(replay, create->plvalidator, create->n_plvalidator, NULL));
}

static void create_event_trigger(Replay *replay, const PgQuery__CreateEventTrigStmt *create)
{
    Thing *thing = thing_add_named(replay, KIND_EVENT_TRIGGER, create->trigname);
    const char *name = tree_last(create->funcname, create->n_funcname);

    if (!thing)
        return;
    thing_set(thing, "event", create->eventname);
    thing->function =
        function_find(replay->catalog, tree_qualifier(create->funcname, create->n_funcname), name,
                      NULL, 0, false);
    if (!thing->function) {
        replay_warn(replay, "function '%s' of event trigger '%s' is not known", name, thing->name);
        catalog_inexact(replay->catalog, &thing->inexact, "function");
    } else {
        block_doubt_function(replay, thing->function);
    }
    for (size_t i = 0; i < create->n_whenclause; i++) {
        const PgQuery__DefElem *when = create->whenclause[i]->def_elem;

        for (size_t k = 0;
             when->arg && when->arg->node_case == NODE(LIST) && k < when->arg->list->n_items; k++) {
            char *tag = arena_strdup(replay->arena, tree_string(when->arg->list->items[k]));

            for (char *c = tag; *c; c++)
                *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 32) : *c;
            vec_add(replay->arena, &thing->texts, tag);
        }
    }
}

static void alter_event_trigger(Replay *replay, const PgQuery__AlterEventTrigStmt *alter)
{
    Thing *thing = thing_find(replay, KIND_EVENT_TRIGGER, NULL, alter->trigname);
    char enabled = tree_given(alter->tgenabled) ? *alter->tgenabled : 'O';

    if (thing)
        thing_set(thing, "firing",
                  enabled == 'D'   ? "disabled"
                  : enabled == 'R' ? "replica"
                  : enabled == 'A' ? "always"
                                   : NULL);
    else
        replay_warn(replay, "event trigger '%s' is not known", alter->trigname);
}

bool thing_statement(Replay *replay, const Node *node)
{
    switch (node->node_case) {
    case NODE(CREATE_PLANG_STMT):
        create_language(replay, node->create_plang_stmt);
        return true;
    case NODE(CREATE_EVENT_TRIG_STMT):
        create_event_trigger(replay, node->create_event_trig_stmt);
        return true;
    case NODE(ALTER_EVENT_TRIG_STMT):
        alter_event_trigger(replay, node->alter_event_trig_stmt);
        return true;
    default:
        return role_statement(replay, node) || publication_statement(replay, node) ||
               foreign_statement(replay, node) || textsearch_statement(replay, node) ||
               statistics_statement(replay, node);
    }
}
