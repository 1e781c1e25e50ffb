#include "diff/privileges.h"

#include <stdlib.h>
#include <string.h>

#include "diff/privileges_world.h"

/* ---- who has whose rights ---- */

/* A snapshot does not tell the attributes of the roles that Supabase makes. Those of PostgREST's:
 * share/supabase/shim.sql. */
static const struct {
    const char *name;
    bool bypass_rls;
} known_roles[] = {
    {"anon", false}, {"authenticated", false}, {"authenticator", false}, {"service_role", true}};

/* What a platform makes is listed for what was set of it, without what it is. */
static bool is_platform(const char *role)
{
    return strcmp(role, "postgres") == 0 || strncmp(role, "supabase_", 9) == 0 ||
           strcmp(role, "dashboard_user") == 0 || strcmp(role, "pgbouncer") == 0;
}

bool privileges_is_known(const PrivilegeWorld *world, const char *role)
{
    int place = world_place(world, role);

    for (size_t i = 0; i < sizeof known_roles / sizeof *known_roles; i++)
        if (strcmp(known_roles[i].name, role) == 0)
            return true;
    return strcmp(role, PRIVILEGES_EVERYBODY) == 0 ||
           (!world->roles_unread && !is_platform(role) &&
            (place == NOBODY || world->roles[place].told));
}

static bool bypasses(const Role *role)
{
    for (size_t i = 0; i < sizeof known_roles / sizeof *known_roles; i++)
        if (known_roles[i].bypass_rls && strcmp(known_roles[i].name, role->name) == 0)
            return true;
    return role->bypass_rls || role->superuser;
}

/* Fills held: all that the role inherits from, and PUBLIC. */
static const unsigned char *held_by(PrivilegeWorld *world, int place)
{
    Role *role = &world->roles[place];

    if (role->held)
        return role->held;
    unsigned char *held = arena_realloc_or_exit(NULL, world->role_count);
    CLEANUP(cleanup_free)
    int *waiting = arena_realloc_or_exit(NULL, world->role_count * sizeof(int));
    size_t count = 0;
    int owners = world_place(world, DATABASE_OWNER),
        owner = world_place(world, world->database_owner);

    memset(held, 0, world->role_count);
    held[world_place(world, PRIVILEGES_EVERYBODY)] = 1;
    held[place] = 1;
    waiting[count++] = place;
    while (count > 0) {
        const Role *at = &world->roles[waiting[--count]];
        for (size_t i = 0; i < at->inherit_count; i++) {
            if (held[at->inherits[i]])
                continue;
            held[at->inherits[i]] = 1;
            waiting[count++] = at->inherits[i];
        }
        /* Before 16 a role that inherits nothing does not inherit what it has for owning the
         * database either. */
        if (owner >= 0 && at == &world->roles[owner] && owners >= 0 && !held[owners] &&
            (world->server_version >= 160000 || !at->told || !at->inherits_none)) {
            held[owners] = 1;
            waiting[count++] = owners;
        }
    }
    role->held = held;
    return held;
}

bool world_holds(PrivilegeWorld *world, int place, int other)
{
    return held_by(world, place)[other];
}

/* One that is not there has what everybody has. */
static int asked(const PrivilegeWorld *world, const char *role)
{
    int place = world_place(world, role);

    return place == NOBODY ? world_place(world, PRIVILEGES_EVERYBODY) : place;
}

bool privileges_is_member(const PrivilegeWorld *world, const char *role, const char *of)
{
    int place = world_place(world, role), other = world_place(world, of);

    return place != NOBODY && other != NOBODY && world_holds((PrivilegeWorld *)world, place, other);
}

bool world_has(PrivilegeWorld *world, int role, const PrivilegeHolders *holders, Privileges wanted)
{
    if (world->roles[role].superuser)
        return true;
    for (size_t i = 0; i < holders->count; i++)
        if ((holders->items[i].has & wanted) && world_holds(world, role, holders->items[i].role))
            return true;
    return false;
}

bool world_has_everywhere(PrivilegeWorld *world, int role, Command command)
{
    int reader = world_place(world, "pg_read_all_data"),
        writer = world_place(world, "pg_write_all_data");

    return command == COMMAND_SELECT
               ? reader >= 0 && world_holds(world, role, reader)
               : command != COMMAND_EXECUTE && writer >= 0 && world_holds(world, role, writer);
}

static Reach usage_of(PrivilegeWorld *world, int role, const char *schema)
{
    Privileges usage = privilege_by_name("usage");

    if (world_has_everywhere(world, role, COMMAND_SELECT) ||
        world_has_everywhere(world, role, COMMAND_INSERT) || world->roles[role].superuser)
        return REACH_YES;
    for (size_t i = 0; i < world->schema_count; i++)
        if (strcmp(world->schemas[i].name, schema) == 0)
            return !world->schemas[i].holders                                 ? REACH_UNKNOWN
                   : world_has(world, role, world->schemas[i].holders, usage) ? REACH_YES
                                                                              : REACH_NO;
    return REACH_UNKNOWN;
}

/* ---- rows ---- */

const char *const world_command_names[COMMAND_COUNT] = {"select", "insert", "update", "delete",
                                                        "execute"};

static int text_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The texts once each, in the order of their bytes, between words; NULL for none. */
static const char *joined(Arena *arena, const char **texts, size_t count, const char *word)
{
    const char *all = NULL;

    if (count > 1)
        qsort(texts, count, sizeof *texts, text_order);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || strcmp(texts[i - 1], texts[i]) != 0)
            all = all ? arena_join(arena, all, word, texts[i], (char *)NULL) : texts[i];
    return all;
}

/* What must hold by the policies of a command: "true", "false", or what they say. By USING, or by
 * WITH CHECK, in whose place USING stands where it is missing. */
static const char *condition(PrivilegeWorld *world, const PrivilegeObject *object, int role,
                             const char *command, bool check, Arena *arena)
{
    const char **permits = arena_alloc(arena, (object->policy_count + 1) * sizeof *permits);
    const char **restricts = arena_alloc(arena, (object->policy_count + 1) * sizeof *restricts);
    size_t permit_count = 0, restrict_count = 0;
    bool open = false;

    for (size_t i = 0; i < object->policy_count; i++) {
        const PrivilegePolicy *policy = &object->policies[i];
        const char *text = check && policy->check ? policy->check : policy->using_text;
        bool applies = strcmp(policy->command, "all") == 0 || strcmp(policy->command, command) == 0;
        bool held = false;

        for (size_t k = 0; k < policy->role_count; k++)
            held |= world_holds(world, role, policy->roles[k]);
        if (!applies || !held || !text)
            continue;
        if (policy->restrictive && strcmp(text, "false") == 0)
            return "false";
        if (policy->restrictive && strcmp(text, "true") != 0)
            restricts[restrict_count++] = text;
        else if (!policy->restrictive && strcmp(text, "true") == 0)
            open = true;
        else if (!policy->restrictive && strcmp(text, "false") != 0)
            permits[permit_count++] = text;
    }
    if (!open && permit_count == 0)
        return "false";
    const char *permit = open ? NULL : joined(arena, permits, permit_count, " or ");
    const char *restriction = joined(arena, restricts, restrict_count, " and ");
    if (!permit || !restriction)
        return permit ? permit : restriction ? restriction : "true";
    return permit_count > 1 ? arena_join(arena, "(", permit, ") and ", restriction, (char *)NULL)
                            : arena_join(arena, permit, " and ", restriction, (char *)NULL);
}

bool world_rows_pass(PrivilegeWorld *world, const PrivilegeObject *object, int role,
                     Command command, Arena *arena, const char **ret_rows)
{
    int owner = world_place(world, object->owner);

    *ret_rows = NULL;
    if (!object->row_security || bypasses(&world->roles[role]) ||
        (world_holds(world, role, owner) && !object->forced))
        return true;
    const char *name = world_command_names[command];
    const char *old =
        command == COMMAND_INSERT ? "true" : condition(world, object, role, name, false, arena);
    const char *new = command == COMMAND_SELECT || command == COMMAND_DELETE
                          ? "true"
                          : condition(world, object, role, name, true, arena);
    if (strcmp(old, "false") == 0 || strcmp(new, "false") == 0)
        return false;
    if (strcmp(old, "true") == 0 && strcmp(new, "true") == 0)
        return true;
    if (strcmp(new, "true") == 0 || strcmp(new, old) == 0)
        *ret_rows = arena_join(arena, "where ", old, (char *)NULL);
    else if (command == COMMAND_INSERT)
        *ret_rows = arena_join(arena, "where ", new, (char *)NULL);
    else
        *ret_rows = arena_join(arena, "where ", old, ", to rows where ", new, (char *)NULL);
    return true;
}

Reach world_lesser(Reach one, Reach other)
{
    return one < other ? one : other;
}

/* ---- all of it ---- */

/* What the view itself lets be done, whatever the rights. */
static Reach form_reach(const PrivilegeObject *view, Command command)
{
    if (command == COMMAND_SELECT)
        return REACH_YES;
    if (view->stored)
        return REACH_NO;
    if (view->redirected)
        return REACH_UNKNOWN;
    return command == COMMAND_INSERT   ? (view->insertable ? REACH_YES : REACH_NO)
           : view->updatable           ? REACH_YES
           : command == COMMAND_UPDATE ? REACH_NO
                                       : (view->insertable ? REACH_UNKNOWN : REACH_NO);
}

Access privileges_access(PrivilegeWorld *world, const PrivilegeObject *object, const char *role,
                         Command command, Arena *arena)
{
    int place = asked(world, role);
    Privileges wanted = privilege_by_name(world_command_names[command]);
    bool whole = world_has(world, place, object->holders, wanted) ||
                 world_has_everywhere(world, place, command);
    bool by_column = command <= COMMAND_UPDATE;
    Reach usage = usage_of(world, place, object->schema), beyond = REACH_YES;
    Access access = {.right = whole, .usage = usage != REACH_NO};

    if ((object->kind == KIND_FUNCTION) != (command == COMMAND_EXECUTE))
        return access;
    if (object->kind == KIND_TABLE) {
        access.filtered = object->row_security;
        beyond = world_rows_pass(world, object, place, command, arena, &access.rows) ? REACH_YES
                                                                                     : REACH_NO;
    } else if (object->kind == KIND_VIEW) {
        int steps = STEPS_MAX;
        const Path path = {place, &steps, arena};
        PrivilegeObject *view = world_object(world, KIND_VIEW, object->id);
        beyond = form_reach(object, command);
        if (beyond != REACH_NO && !object->stored)
            beyond = world_lesser(
                beyond,
                world_view_reach(world, view,
                                 object->by_caller ? place : world_place(world, object->owner),
                                 command, &path, &access.rows, &access.filtered));
    }
    if (object->inexact && beyond != REACH_NO)
        beyond = REACH_UNKNOWN;
    beyond = world_lesser(beyond, usage);
    if (by_column)
        access.columns = arena_alloc(arena, (object->column_count + 1) * sizeof *access.columns);
    for (size_t i = 0; by_column && i < object->column_count; i++) {
        const PrivilegeColumn *column = &object->columns[i];
        bool fits = object->kind != KIND_VIEW || command == COMMAND_SELECT || column->updatable ||
                    object->redirected;
        bool right = whole || world_has(world, place, column->holders, wanted);
        access.right |= right;
        access.columns[i] = right && fits ? beyond : REACH_NO;
        if (access.columns[i] > access.reach)
            access.reach = access.columns[i];
    }
    if (!by_column || (object->column_count == 0 && whole))
        access.reach = whole ? beyond : REACH_NO;
    return access;
}
