#include <string.h>

#include "model/scope.h"
#include "replay/names.h"
#include "replay/parts.h"
#include "replay/types.h"

/* ---- settings ---- */

/* Names that the server keeps in a spelling of its own. Source: guc_tables.c. */
static const char *setting_name(const char *name)
{
    static const char *const spelled[][2] = {
        {"datestyle", "DateStyle"}, {"intervalstyle", "IntervalStyle"}, {"timezone", "TimeZone"}};

    for (size_t i = 0; i < sizeof spelled / sizeof *spelled; i++)
        if (strcmp(spelled[i][0], name) == 0)
            return spelled[i][1];
    return name;
}

/* Those whose value is a list of names. */
static bool is_list(const char *name)
{
    static const char *const lists[] = {"search_path", "temp_tablespaces",
                                        "session_preload_libraries", "shared_preload_libraries",
                                        "local_preload_libraries"};

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strcmp(lists[i], name) == 0)
            return true;
    return false;
}

static const char *setting_value(Replay *replay, const PgQuery__AConst *value, bool list)
{
    const char *text;

    switch (value->val_case) {
    case PG_QUERY__A__CONST__VAL_SVAL:
        text = value->sval->sval ? value->sval->sval : "";
        if (!list)
            return text;
        return *text ? names_quote(replay->arena, text) : "\"\"";
    case PG_QUERY__A__CONST__VAL_IVAL:
        return arena_printf(replay->arena, "%d", (int)value->ival->ival);
    case PG_QUERY__A__CONST__VAL_FVAL:
        return value->fval->fval;
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
        return value->boolval->boolval ? "true" : "false";
    default:
        return "";
    }
}

bool role_setting(Replay *replay, Vec *ret, const PgQuery__VariableSetStmt *set)
{
    const char *name = tree_given(set->name) ? set->name : "";
    const char *text = arena_printf(replay->arena, "%s=", setting_name(name));
    size_t length = strlen(text);
    size_t place = ret->count;

    if (set->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL) {
        *ret = (Vec){0};
        return true;
    }
    for (size_t i = ret->count; i > 0; i--) {
        const char *old = ret->items[i - 1];

        if (strncmp(old, text, length) == 0) {
            place = i - 1;
            vec_remove(ret, old);
        }
    }
    if (set->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_CURRENT &&
        strcmp(name, "search_path") == 0) {
        vec_insert(replay->arena, ret, place,
                   arena_printf(replay->arena, "%s%s", text, replay->path_text));
        return true;
    }
    if (set->kind != PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE)
        return set->kind != PG_QUERY__VARIABLE_SET_KIND__VAR_SET_CURRENT;
    for (size_t i = 0; i < set->n_args; i++)
        text = arena_printf(replay->arena, "%s%s%s", text, i ? ", " : "",
                            set->args[i]->node_case == NODE(A_CONST)
                                ? setting_value(replay, set->args[i]->a_const, is_list(name))
                                : "");
    vec_insert(replay->arena, ret, place, text);
    return true;
}

/* ---- roles ---- */

static bool is_there(Replay *replay, const char *name)
{
    return strncmp(name, "pg_", 3) == 0 || scope_is_platform_role(name) || replay->doubtful_roles ||
           thing_find(replay, KIND_ROLE, NULL, name);
}

bool role_expect(Replay *replay, const char *name)
{
    name = names_cut(replay->arena, name);
    if (is_there(replay, name))
        return true;
    if (!vec_has_text(&replay->strangers, name) || replay->catching)
        replay_warn(replay, "role '%s' is not known", name);
    if (replay->catching)
        return false;
    vec_add(replay->arena, &replay->strangers, replay_keep(replay, name));
    return true;
}

typedef struct Expecting {
    Replay *replay;
    bool fails;
} Expecting;

static bool expect_role(void *context, const ProtobufCMessage *message)
{
    Expecting *expecting = context;
    const PgQuery__RoleSpec *role = (const void *)message;

    if (message->descriptor == &pg_query__role_spec__descriptor &&
        role->roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CSTRING)
        expecting->fails |= !role_expect(expecting->replay, role->rolename);
    return expecting->fails;
}

/* Of what is not there nothing is looked at. */
static bool is_passed_over(const Replay *replay, const Node *node)
{
    switch ((int)node->node_case) {
    case NODE(DROP_ROLE_STMT):
        return node->drop_role_stmt->missing_ok;
    case NODE(DROP_USER_MAPPING_STMT):
        return node->drop_user_mapping_stmt->missing_ok;
    case NODE(ALTER_TABLE_STMT): {
        const PgQuery__AlterTableStmt *alter = node->alter_table_stmt;

        return alter->missing_ok &&
               !catalog_relation(replay->catalog, tree_given(alter->relation->schemaname),
                                 names_cut(replay->arena, alter->relation->relname));
    }
    default:
        return false;
    }
}

bool role_expect_all(Replay *replay, const Node *node)
{
    Expecting expecting = {.replay = replay};

    if (!replay->file || is_passed_over(replay, node))
        return true;
    if (node->node_case == NODE(GRANT_ROLE_STMT)) {
        const PgQuery__GrantRoleStmt *grant = node->grant_role_stmt;

        for (size_t i = 0; i < grant->n_granted_roles && !expecting.fails; i++)
            expecting.fails = !role_expect(replay, grant->granted_roles[i]->access_priv->priv_name);
    }
    return !expecting.fails && !tree_any(node, expect_role, &expecting);
}

/* One that a platform makes is there from the start. */
static Thing *find_role(Replay *replay, const char *name)
{
    Thing *thing = thing_find(replay, KIND_ROLE, NULL, name);

    if (!thing && scope_is_platform_role(name))
        thing = thing_add_named(replay, KIND_ROLE, name);
    return thing;
}

static json_t *memberships(Thing *role)
{
    json_t *member_of = json_object_get(role->members, "member_of");

    if (!member_of) {
        json_object_set_new(role->members, "member_of", json_object());
        member_of = json_object_get(role->members, "member_of");
    }
    return member_of;
}

static void join(Replay *replay, const char *member, const char *role, bool admin)
{
    Thing *thing = find_role(replay, member);
    json_t *options;

    if (!thing)
        return;
    options = json_object_get(memberships(thing), role);
    if (!options) {
        options = json_array();
        json_object_set_new(memberships(thing), role, options);
    }
    if (admin && !json_array_size(options))
        json_array_append_new(options, json_string("admin"));
}

static void leave(Replay *replay, const char *member, const char *role, bool only_admin)
{
    Thing *thing = find_role(replay, member);
    json_t *member_of = thing ? memberships(thing) : NULL;

    if (member_of && only_admin)
        json_array_clear(json_object_get(member_of, role));
    else if (member_of)
        json_object_del(member_of, role);
}

static void role_list(Replay *replay, Thing *role, const PgQuery__DefElem *option)
{
    const PgQuery__List *list =
        option->arg && option->arg->node_case == NODE(LIST) ? option->arg->list : NULL;

    for (size_t i = 0; list && i < list->n_items; i++) {
        const char *other = rights_role(replay, list->items[i]->role_spec);

        if (strcmp(option->defname, "addroleto") == 0)
            join(replay, role->name, other, false);
        else
            join(replay, other, role->name, strcmp(option->defname, "adminmembers") == 0);
    }
}

static void role_option(Replay *replay, Thing *role, const PgQuery__DefElem *option)
{
    static const char *const flags[][2] = {
        {"superuser", "superuser"}, {"createrole", "createrole"}, {"createdb", "createdb"},
        {"canlogin", "login"},      {"inherit", "inherit"},       {"isreplication", "replication"},
        {"bypassrls", "bypass_rls"}};

    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (strcmp(flags[i][0], option->defname) == 0)
            thing_flag(role, flags[i][1],
                       option->arg && (option->arg->node_case == NODE(BOOLEAN)
                                           ? option->arg->boolean->boolval
                                           : types_integer(option->arg, 0) != 0));
    if (strcmp(option->defname, "connectionlimit") == 0) {
        int64_t limit = types_integer(option->arg, -1);

        json_object_del(role->members, "connection_limit");
        if (limit >= 0)
            json_object_set_new(role->members, "connection_limit", json_integer(limit));
    } else if (strcmp(option->defname, "validUntil") == 0) {
        Analysis analysis = analyse_open(replay->catalog);
        const char *text = literal_normal(&analysis, TIMESTAMPTZOID, -1, tree_string(option->arg));
        bool known = text && !analysis.problem && strlen(text) == strlen("2020-01-01 00:00:00+00");

        thing_set(role, "valid_until",
                  known ? arena_printf(replay->arena, "%.10sT%.8sZ", text, text + 11) : NULL);
        if (!known) {
            replay_warn(replay, "until when role '%s' is valid is not certain", role->name);
            catalog_inexact(replay->catalog, &role->inexact, "valid_until");
        }
    } else {
        role_list(replay, role, option);
    }
}

static void create_role(Replay *replay, const PgQuery__CreateRoleStmt *create)
{
    Thing *role = scope_is_platform_role(create->role)
                      ? find_role(replay, create->role)
                      : thing_add_named(replay, KIND_ROLE, create->role);

    if (!role)
        return;
    thing_flag(role, "inherit", true);
    thing_flag(role, "login", create->stmt_type == PG_QUERY__ROLE_STMT_TYPE__ROLESTMT_USER);
    for (size_t i = 0; i < create->n_options; i++)
        role_option(replay, role, create->options[i]->def_elem);
}

static void alter_role(Replay *replay, const PgQuery__AlterRoleStmt *alter)
{
    const char *name = rights_role(replay, alter->role);
    Thing *role = find_role(replay, name);

    for (size_t i = 0; i < alter->n_options; i++) {
        const PgQuery__DefElem *option = alter->options[i]->def_elem;

        if (strcmp(option->defname, "rolemembers") == 0 && alter->action < 0) {
            for (size_t k = 0; option->arg && k < option->arg->list->n_items; k++)
                leave(replay, rights_role(replay, option->arg->list->items[k]->role_spec), name,
                      false);
        } else if (role) {
            role_option(replay, role, option);
        }
    }
}

static void set_role(Replay *replay, const PgQuery__AlterRoleSetStmt *alter)
{
    Thing *role;
    Vec settings = {0}, kept = {0};
    const char *mark = tree_given(alter->database) ? "in this database: " : "";
    bool ok;

    if (!alter->role) {
        replay_warn(replay, "what is set for all roles is not replayed");
        return;
    }
    role = find_role(replay, rights_role(replay, alter->role));
    if (!role)
        return;
    /* Those of this database are kept behind those of all, under their mark. */
    for (size_t i = 0; i < role->texts.count; i++) {
        const char *text = role->texts.items[i];
        bool marked = strncmp(text, "in this database: ", 18) == 0;

        if (marked == (*mark != '\0'))
            vec_add(replay->arena, &settings, text + (marked ? 18 : 0));
        else
            vec_add(replay->arena, &kept, text);
    }
    ok = role_setting(replay, &settings, alter->setstmt);
    for (size_t i = 0; i < settings.count; i++)
        vec_add(replay->arena, &kept,
                arena_printf(replay->arena, "%s%s", mark, (const char *)settings.items[i]));
    role->texts = kept;
    if (!ok) {
        replay_warn(replay, "a setting of role '%s' is that of the session", role->name);
        catalog_inexact(replay->catalog, &role->inexact, "settings");
    }
}

static void grant_role(Replay *replay, const PgQuery__GrantRoleStmt *grant)
{
    for (size_t i = 0; i < grant->n_grantee_roles; i++) {
        const char *member = rights_role(replay, grant->grantee_roles[i]->role_spec);

        for (size_t k = 0; k < grant->n_granted_roles; k++) {
            const char *role =
                names_cut(replay->arena,
                          replay_keep(replay, grant->granted_roles[k]->access_priv->priv_name));

            if (grant->is_grant)
                join(replay, member, role, grant->admin_opt);
            else
                leave(replay, member, role, grant->admin_opt);
        }
    }
}

static void drop_role(Replay *replay, const PgQuery__DropRoleStmt *drop)
{
    for (size_t i = 0; i < drop->n_roles; i++) {
        const char *name = rights_role(replay, drop->roles[i]->role_spec);
        Thing *role = thing_find(replay, KIND_ROLE, NULL, name);

        if (role)
            thing_drop(replay, role);
        for (size_t k = 0; k < replay->catalog->things.count; k++) {
            const Thing *other = replay->catalog->things.items[k];

            if (other->kind == KIND_ROLE)
                json_object_del(json_object_get(other->members, "member_of"), name);
        }
    }
}

/* ---- the database ---- */

static void alter_database(Replay *replay, const PgQuery__AlterDatabaseStmt *alter)
{
    Thing *database = thing_database(replay);

    for (size_t i = 0; i < alter->n_options; i++) {
        const PgQuery__DefElem *option = alter->options[i]->def_elem;

        if (strcmp(option->defname, "connection_limit") != 0)
            continue;
        json_object_del(database->members, option->defname);
        if (types_integer(option->arg, -1) >= 0)
            json_object_set_new(database->members, option->defname,
                                json_integer(types_integer(option->arg, -1)));
    }
}

static void set_database(Replay *replay, const PgQuery__AlterDatabaseSetStmt *alter)
{
    Thing *database = thing_database(replay);

    if (!role_setting(replay, &database->texts, alter->setstmt)) {
        replay_warn(replay, "a setting of the database is that of the session");
        catalog_inexact(replay->catalog, &database->inexact, "settings");
    }
}

bool role_statement(Replay *replay, const Node *node)
{
    switch (node->node_case) {
    case NODE(CREATE_ROLE_STMT):
        create_role(replay, node->create_role_stmt);
        return true;
    case NODE(ALTER_ROLE_STMT):
        alter_role(replay, node->alter_role_stmt);
        return true;
    case NODE(ALTER_ROLE_SET_STMT):
        set_role(replay, node->alter_role_set_stmt);
        return true;
    case NODE(DROP_ROLE_STMT):
        drop_role(replay, node->drop_role_stmt);
        return true;
    case NODE(GRANT_ROLE_STMT):
        grant_role(replay, node->grant_role_stmt);
        return true;
    case NODE(ALTER_DATABASE_STMT):
        alter_database(replay, node->alter_database_stmt);
        return true;
    case NODE(ALTER_DATABASE_SET_STMT):
        set_database(replay, node->alter_database_set_stmt);
        return true;
    default:
        return false;
    }
}
