#include "diff/privileges_world.h"

#include <stdlib.h>
#include <string.h>

#include "json/jx.h"
#include "model/ident.h"

const char *world_renamed(const PrivilegeWorld *world, KindId kind, const char *id)
{
    const char *name = world->rename ? world->rename(world->context, kind, id) : NULL;

    return name ? name : id;
}

int world_place(const PrivilegeWorld *world, const char *role)
{
    return (int)jx_int(world->places, role, NOBODY);
}

/* The number of the role, which is added when it is new. The name is as the document has it. */
static int world_role(PrivilegeWorld *world, const char *given)
{
    const char *name = world_renamed(world, KIND_ROLE, given);
    int place = world_place(world, name);

    if (place != NOBODY)
        return place;
    if (world->role_count == world->role_room) {
        world->role_room = world->role_room ? 2 * world->role_room : 32;
        world->roles = arena_realloc_or_exit(world->roles, world->role_room * sizeof *world->roles);
    }
    world->roles[world->role_count] = (Role){.name = arena_strdup(&world->arena, name)};
    json_object_set_new(world->places, name, json_integer((json_int_t)world->role_count));
    return (int)world->role_count++;
}

static Holder *holder_at(PrivilegeWorld *world, PrivilegeHolders *holders, const char *role)
{
    int place = world_role(world, role);

    for (size_t i = 0; i < holders->count; i++)
        if (holders->items[i].role == place)
            return &holders->items[i];
    holders->items[holders->count] = (Holder){.role = place};
    return &holders->items[holders->count++];
}

static const PrivilegeHolders *read_holders(PrivilegeWorld *world, const json_t *object, char kind,
                                            const char *owner, Privileges everybodys)
{
    const json_t *grants = json_object_get(object, "grants");
    const json_t *revokes = json_object_get(object, "revokes");
    size_t room = json_object_size(grants) + json_object_size(revokes) + 2;
    PrivilegeHolders *holders =
        arena_alloc(&world->arena, sizeof *holders + room * sizeof holders->items[0]);
    const char *role = NULL;
    json_t *names = NULL;

    if (owner)
        holder_at(world, holders, owner)->has = privilege_all(kind, 0);
    if (everybodys)
        holder_at(world, holders, PRIVILEGES_EVERYBODY)->has |= everybodys;
    json_object_foreach((json_t *)grants, role, names)
    {
        holder_at(world, holders, role)->has |= privilege_of_names(names, kind);
    }
    json_object_foreach((json_t *)revokes, role, names)
    {
        holder_at(world, holders, role)->has &= ~privilege_of_names(names, kind);
    }
    return holders;
}

static bool is_inexact(const json_t *object)
{
    static const char *const members[] = {"grants",       "revokes", "owner",     "policies",
                                          "row_security", "options", "definition"};

    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (jx_has_item(json_object_get(object, "inexact"), members[i]))
            return true;
    return false;
}

static void read_policies(PrivilegeWorld *world, PrivilegeObject *object, const json_t *list)
{
    Arena *arena = &world->arena;
    PrivilegePolicy *policies = arena_alloc(arena, (json_array_size(list) + 1) * sizeof *policies);
    size_t index = 0, at = 0;
    json_t *item = NULL, *role = NULL;

    json_array_foreach(list, index, item)
    {
        const json_t *roles = json_object_get(item, "roles");
        PrivilegePolicy *policy = &policies[index];
        *policy = (PrivilegePolicy){
            .command = arena_strdup(arena, jx_string(item, "command", "all")),
            .using_text = arena_strdup(arena, jx_string(item, "using", NULL)),
            .check = arena_strdup(arena, jx_string(item, "check", NULL)),
            .restrictive = jx_bool(item, "restrictive"),
            .roles = arena_alloc(arena, (json_array_size(roles) + 1) * sizeof(int)),
        };
        json_array_foreach(roles, at, role)
        {
            if (json_is_string(role))
                policy->roles[policy->role_count++] = world_role(world, json_string_value(role));
        }
        if (policy->role_count == 0)
            policy->roles[policy->role_count++] = world_role(world, PRIVILEGES_EVERYBODY);
        object->inexact |= is_inexact(item);
    }
    object->policies = policies;
    object->policy_count = json_array_size(list);
}

static void read_columns(PrivilegeWorld *world, PrivilegeObject *object, const char *given_id,
                         const json_t *list)
{
    size_t index = 0;
    json_t *item = NULL;

    object->columns =
        arena_alloc(&world->arena, (json_array_size(list) + 1) * sizeof *object->columns);
    json_array_foreach(list, index, item)
    {
        const char *name = jx_string(item, "name", "");
        if (world->rename) {
            CLEANUP(cleanup_free) char *id = ident_join(given_id, name);
            name = world_renamed(world, KIND_COLUMN, id) == id
                       ? name
                       : world_renamed(world, KIND_COLUMN, id);
        }
        object->columns[object->column_count++] = (PrivilegeColumn){
            .name = arena_strdup(&world->arena, name),
            .holders = read_holders(world, item, 'c', NULL, 0),
            .updatable = jx_bool(item, "updatable"),
        };
        object->inexact |= is_inexact(item);
    }
}

/* As parse_bool() of PostgreSQL reads it; an option without a value is on. */
static bool is_by_caller(const json_t *options)
{
    static const char name[] = "security_invoker";
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(options, index, item)
    {
        const char *text = json_string_value(item);
        if (!text || strncmp(text, name, sizeof name - 1) != 0)
            continue;
        const char *value = text + sizeof name - 1;
        if (!*value || (*value == '=' && (strchr("tTyY1", value[1]) || strcmp(value, "=on") == 0)))
            return true;
    }
    return false;
}

static void read_object(PrivilegeWorld *world, KindId kind, const json_t *value)
{
    Arena *arena = &world->arena;
    bool is_function = kind == KIND_FUNCTION;
    const char *id = jx_string(value, "id", "");
    const char *owner = jx_string(value, "owner", world->database_owner);

    if (world->object_count == world->object_room) {
        world->object_room = world->object_room ? 2 * world->object_room : 64;
        world->objects =
            arena_realloc_or_exit(world->objects, world->object_room * sizeof *world->objects);
    }
    PrivilegeObject *object = &world->objects[world->object_count++];
    *object = (PrivilegeObject){
        .kind = kind,
        .id = arena_strdup(arena, world_renamed(world, kind, id)),
        .schema = arena_strdup(arena, jx_string(value, "schema", "")),
        .name = arena_strdup(arena, jx_string(value, "name", "")),
        .holders = read_holders(world, value, is_function ? 'f' : 'r', owner,
                                is_function ? privilege_everybodys('f') : 0),
        .row_security = jx_bool(value, "row_security"),
        .forced = jx_bool(value, "force_row_security"),
        .inexact = is_inexact(value),
        .by_caller = is_by_caller(json_object_get(value, "options")),
        .stored = jx_bool(value, "materialized"),
        .insertable = jx_bool(value, "insertable"),
        .updatable = jx_bool(value, "updatable"),
        .redirected = json_object_get(value, "triggers") || json_object_get(value, "rules"),
        .definition = arena_strdup(arena, jx_string(value, "definition", NULL)),
    };
    object->owner = world->roles[world_role(world, owner)].name;
    read_policies(world, object, json_object_get(value, "policies"));
    read_columns(world, object, id, json_object_get(value, "columns"));
}

static void read_schema(PrivilegeWorld *world, const json_t *value)
{
    const char *name = jx_string(value, "name", "");
    const char *owner = jx_string(value, "owner", world->database_owner);
    Privileges usual = 0;

    /* Its rights are told beyond those it is made with, and its owner is when it is another: since
     * 15 who owns the database, before that the first superuser. */
    if (strcmp(name, "public") == 0) {
        usual = privilege_by_name("usage");
        if (!jx_string(value, "owner", NULL))
            owner = world->server_version < 150000 ? NULL : DATABASE_OWNER;
    }
    /* Doubled at each power of two. */
    if ((world->schema_count & (world->schema_count + 1)) == 0)
        world->schemas = arena_realloc_or_exit(world->schemas, 2 * (world->schema_count + 1) *
                                                                   sizeof *world->schemas);
    world->schemas[world->schema_count++] = (Schema){
        .name = arena_strdup(&world->arena, name),
        .holders = is_inexact(value) ? NULL : read_holders(world, value, 'n', owner, usual),
    };
}

static void read_role(PrivilegeWorld *world, const json_t *value)
{
    const json_t *of = json_object_get(value, "member_of");
    bool inherit = jx_bool(value, "inherit");
    int place = world_role(world, jx_string(value, "name", ""));
    int *inherits = arena_alloc(&world->arena, (json_object_size(of) + 1) * sizeof *inherits);
    size_t count = 0;
    const char *name = NULL;
    json_t *options = NULL;

    json_object_foreach((json_t *)of, name, options)
    {
        bool inherits_it =
            jx_has_item(options, "inherit") || (inherit && !jx_has_item(options, "no inherit"));
        int other = world_role(world, name);
        if (inherits_it)
            inherits[count++] = other;
    }
    Role *role = &world->roles[place];
    role->told = true;
    role->superuser = jx_bool(value, "superuser");
    role->bypass_rls = jx_bool(value, "bypass_rls");
    role->inherits_none = !inherit;
    role->inherits = inherits;
    role->inherit_count = count;
}

static void read_meta(PrivilegeWorld *world, const json_t *meta)
{
    const json_t *kinds = json_object_get(meta, "kinds");

    world->database_owner = arena_strdup(&world->arena, jx_string(meta, "owner", DATABASE_OWNER));
    world->server_version = (int)jx_int(meta, "server_version_num", 160000);
    world->roles_unread = (kinds && !jx_has_item(kinds, "roles")) ||
                          jx_has_item(json_object_get(meta, "unread"), "roles");
}

static bool read_line(PrivilegeWorld *world, const SnapshotLine *line, const char *name, Err *err)
{
    static const char *const passed_over[] = {
        "constraints",    "indexes",        "body", "argument_names",
        "argument_types", "argument_modes", NULL};

    if (line->kind != KIND_SCHEMA && line->kind != KIND_ROLE && line->kind != KIND_TABLE &&
        line->kind != KIND_VIEW && line->kind != KIND_FUNCTION)
        return true;
    json_auto_t *value = snapshot_line_parse_without(line, passed_over, name, err);
    if (!value)
        return false;
    if (line->kind == KIND_SCHEMA)
        read_schema(world, value);
    else if (line->kind == KIND_ROLE)
        read_role(world, value);
    else
        read_object(world, line->kind, value);
    return true;
}

int world_object_order(const void *a, const void *b)
{
    const PrivilegeObject *one = a, *two = b;

    return one->kind != two->kind ? (one->kind < two->kind ? -1 : 1) : strcmp(one->id, two->id);
}

PrivilegeWorld *privileges_read(SnapshotReader *reader, PrivilegeRename *rename, void *context,
                                Err *err)
{
    CLEANUP(privileges_close)
    PrivilegeWorld *world = arena_realloc_or_exit(NULL, sizeof *world);
    SnapshotLine line = {0};
    int got = 0;

    *world = (PrivilegeWorld){.rename = rename, .context = context, .places = json_object()};
    world_role(world, PRIVILEGES_EVERYBODY);
    read_meta(world, snapshot_reader_meta(reader));
    while ((got = snapshot_reader_next(reader, &line, err)) > 0 && line.part == SNAPSHOT_OBJECT)
        if (!read_line(world, &line, snapshot_reader_name(reader), err))
            return NULL;
    if (got < 0)
        return NULL;
    if (world->object_count > 0)
        qsort(world->objects, world->object_count, sizeof *world->objects, world_object_order);
    PrivilegeWorld *kept = world;
    world = NULL;
    return kept;
}

void privileges_close(PrivilegeWorld **world)
{
    if (!*world)
        return;
    for (size_t i = 0; i < (*world)->role_count; i++)
        free((*world)->roles[i].held);
    free((*world)->roles);
    free((*world)->schemas);
    free((*world)->objects);
    json_decref((*world)->places);
    arena_free(&(*world)->arena);
    free(*world);
    *world = NULL;
}

const PrivilegeObject *privileges_objects(const PrivilegeWorld *world, size_t *ret_count)
{
    *ret_count = world->object_count;
    return world->objects;
}

PrivilegeObject *world_object(const PrivilegeWorld *world, KindId kind, const char *id)
{
    const PrivilegeObject wanted = {.kind = kind, .id = id};

    return world->object_count == 0 ? NULL
                                    : bsearch(&wanted, world->objects, world->object_count,
                                              sizeof wanted, world_object_order);
}

const PrivilegeObject *privileges_object(const PrivilegeWorld *world, KindId kind, const char *id)
{
    return world_object(world, kind, id);
}

const json_t *privileges_roles(const PrivilegeWorld *world)
{
    return world->places;
}
