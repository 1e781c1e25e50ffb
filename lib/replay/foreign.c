#include <string.h>

#include "replay/names.h"
#include "replay/parts.h"

/* HANDLER, VALIDATOR and their NO. */
static void set_functions(Replay *replay, Thing *thing, Node *const *options, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const PgQuery__DefElem *option = options[i]->def_elem;
        const PgQuery__List *list =
            option->arg && option->arg->node_case == NODE(LIST) ? option->arg->list : NULL;

        thing_set(thing, option->defname,
                  list ? thing_function(replay, list->items, list->n_items, NULL) : NULL);
    }
}

static void create_wrapper(Replay *replay, const PgQuery__CreateFdwStmt *create)
{
    Thing *thing = thing_add_named(replay, KIND_FOREIGN_DATA_WRAPPER, create->fdwname);

    if (!thing)
        return;
    set_functions(replay, thing, create->func_options, create->n_func_options);
    thing_options(replay, &thing->texts, create->options, create->n_options);
}

static void create_server(Replay *replay, const PgQuery__CreateForeignServerStmt *create)
{
    Thing *thing;

    if (create->if_not_exists && thing_find(replay, KIND_SERVER, NULL, create->servername))
        return;
    thing = thing_add_named(replay, KIND_SERVER, create->servername);
    if (!thing)
        return;
    thing_set(thing, "wrapper", create->fdwname);
    thing_set(thing, "type", tree_given(create->servertype));
    thing_set(thing, "version", tree_given(create->version));
    thing_options(replay, &thing->texts, create->options, create->n_options);
}

static void alter_wrapper(Replay *replay, const PgQuery__AlterFdwStmt *alter)
{
    Thing *thing = thing_find(replay, KIND_FOREIGN_DATA_WRAPPER, NULL, alter->fdwname);

    if (!thing) {
        replay_warn(replay, "foreign-data wrapper '%s' is not known", alter->fdwname);
        return;
    }
    set_functions(replay, thing, alter->func_options, alter->n_func_options);
    thing_options(replay, &thing->texts, alter->options, alter->n_options);
}

static void alter_server(Replay *replay, const PgQuery__AlterForeignServerStmt *alter)
{
    Thing *thing = thing_find(replay, KIND_SERVER, NULL, alter->servername);

    if (!thing) {
        replay_warn(replay, "server '%s' is not known", alter->servername);
        return;
    }
    if (alter->has_version)
        thing_set(thing, "version", tree_given(alter->version));
    thing_options(replay, &thing->texts, alter->options, alter->n_options);
}

/* ---- user mappings: a server's name, and whose ---- */

static Thing *find_mapping(Replay *replay, const char *server, const char *role)
{
    for (size_t i = 0; i < replay->catalog->things.count; i++) {
        Thing *thing = replay->catalog->things.items[i];

        if (thing->kind == KIND_USER_MAPPING && strcmp(thing->name, server) == 0 &&
            strcmp(json_string_value(json_object_get(thing->members, "role")), role) == 0)
            return thing;
    }
    return NULL;
}

static const char *mapped_role(Replay *replay, const PgQuery__RoleSpec *user)
{
    const char *role = rights_role(replay, user);

    return *role ? role : "public";
}

static void create_mapping(Replay *replay, const PgQuery__CreateUserMappingStmt *create)
{
    const char *role = mapped_role(replay, create->user);
    Thing *thing = find_mapping(replay, create->servername, role);

    if (thing) {
        if (!create->if_not_exists)
            replay_warn(replay, "user mapping for '%s' exists already", role);
        return;
    }
    thing = arena_alloc(replay->arena, sizeof *thing);
    *thing = (Thing){.kind = KIND_USER_MAPPING,
                     .name = replay_keep(replay, create->servername),
                     .members = replay_object(replay)};
    thing_set(thing, "role", role);
    thing->suffix = arena_printf(replay->arena, " FOR %s",
                                 create->user->roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC
                                     ? "PUBLIC"
                                     : names_quote(replay->arena, role));
    vec_add(replay->arena, &replay->catalog->things, thing);
}

static void drop_mapping(Replay *replay, const PgQuery__DropUserMappingStmt *drop)
{
    const char *role = mapped_role(replay, drop->user);
    Thing *thing = find_mapping(replay, drop->servername, role);

    if (thing)
        vec_remove(&replay->catalog->things, thing);
    else if (!drop->missing_ok)
        replay_warn(replay, "user mapping for '%s' is not known", role);
}

bool foreign_statement(Replay *replay, const Node *node)
{
    switch (node->node_case) {
    case NODE(CREATE_FDW_STMT):
        create_wrapper(replay, node->create_fdw_stmt);
        return true;
    case NODE(ALTER_FDW_STMT):
        alter_wrapper(replay, node->alter_fdw_stmt);
        return true;
    case NODE(CREATE_FOREIGN_SERVER_STMT):
        create_server(replay, node->create_foreign_server_stmt);
        return true;
    case NODE(ALTER_FOREIGN_SERVER_STMT):
        alter_server(replay, node->alter_foreign_server_stmt);
        return true;
    case NODE(CREATE_USER_MAPPING_STMT):
        create_mapping(replay, node->create_user_mapping_stmt);
        return true;
    case NODE(ALTER_USER_MAPPING_STMT):
        return true; /* its options are not shown */
    case NODE(DROP_USER_MAPPING_STMT):
        drop_mapping(replay, node->drop_user_mapping_stmt);
        return true;
    default:
        return false;
    }
}
