#include "diff/privileges.h"

#include <stdlib.h>
#include <string.h>

#include "json/jx.h"
#include "model/ident.h"
#include "model/privilege.h"
#include "sql/older.h"
#include "sql/parse.h"
#include "sql/tree.h"

#define DATABASE_OWNER "pg_database_owner"
enum { NOBODY = -1, STEPS_MAX = 1000 };

/* A snapshot does not tell the attributes of the roles that Supabase makes. Those of PostgREST's:
 * share/supabase/shim.sql. */
static const struct {
    const char *name;
    bool bypass_rls;
} known_roles[] = {
    {"anon", false}, {"authenticated", false}, {"authenticator", false}, {"service_role", true}};

typedef struct Holder {
    int role;
    Privileges has;
} Holder;

struct PrivilegeHolders {
    size_t count;
    Holder items[];
};

typedef struct PrivilegePolicy {
    const char *command;
    const char *using_text; /* NULL: none */
    const char *check;
    bool restrictive;
    int *roles;
    size_t role_count;
} PrivilegePolicy;

/* What the query of a view names. */
typedef struct PrivilegeSources {
    const char **relations; /* ids */
    size_t relation_count;
    const char **functions; /* "schema.name(" */
    size_t function_count;
    bool undecided; /* it names what is not told */
} PrivilegeSources;

typedef struct Role {
    const char *name;
    bool told; /* by its section */
    bool superuser;
    bool bypass_rls;
    bool inherits_none;
    int *inherits;
    size_t inherit_count;
    unsigned char *held; /* by role: whether it has the rights of that one; NULL: not worked out */
} Role;

typedef struct Schema {
    const char *name;
    const PrivilegeHolders *holders;
} Schema;

struct PrivilegeWorld {
    Arena arena;
    PrivilegeRename *rename;
    void *context;
    json_t *places; /* {"role":number} */
    Role *roles;
    size_t role_count;
    size_t role_room;
    Schema *schemas;
    size_t schema_count;
    PrivilegeObject *objects;
    size_t object_count;
    size_t object_room;
    const char *database_owner;
    int server_version;
    bool roles_unread;
};

/* ---- reading ---- */

static const char *renamed(const PrivilegeWorld *world, KindId kind, const char *id)
{
    const char *name = world->rename ? world->rename(world->context, kind, id) : NULL;

    return name ? name : id;
}

static int place_of(const PrivilegeWorld *world, const char *role)
{
    return (int)jx_int(world->places, role, NOBODY);
}

/* The number of the role, which is added when it is new. The name is as the document has it. */
static int role_at(PrivilegeWorld *world, const char *given)
{
    const char *name = renamed(world, KIND_ROLE, given);
    int place = place_of(world, name);

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
    int place = role_at(world, role);

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

static bool lists(const json_t *array, const char *wanted)
{
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(array, index, item)
    {
        if (json_is_string(item) && strcmp(json_string_value(item), wanted) == 0)
            return true;
    }
    return false;
}

static bool is_inexact(const json_t *object)
{
    static const char *const members[] = {"grants",       "revokes", "owner",     "policies",
                                          "row_security", "options", "definition"};

    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (lists(json_object_get(object, "inexact"), members[i]))
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
                policy->roles[policy->role_count++] = role_at(world, json_string_value(role));
        }
        if (policy->role_count == 0)
            policy->roles[policy->role_count++] = role_at(world, PRIVILEGES_EVERYBODY);
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
            name = renamed(world, KIND_COLUMN, id) == id ? name : renamed(world, KIND_COLUMN, id);
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
        .id = arena_strdup(arena, renamed(world, kind, id)),
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
    object->owner = world->roles[role_at(world, owner)].name;
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
    int place = role_at(world, jx_string(value, "name", ""));
    int *inherits = arena_alloc(&world->arena, (json_object_size(of) + 1) * sizeof *inherits);
    size_t count = 0;
    const char *name = NULL;
    json_t *options = NULL;

    json_object_foreach((json_t *)of, name, options)
    {
        bool inherits_it = lists(options, "inherit") || (inherit && !lists(options, "no inherit"));
        int other = role_at(world, name);
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
    world->roles_unread =
        (kinds && !lists(kinds, "roles")) || lists(json_object_get(meta, "unread"), "roles");
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

static int object_order(const void *a, const void *b)
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
    role_at(world, PRIVILEGES_EVERYBODY);
    read_meta(world, snapshot_reader_meta(reader));
    while ((got = snapshot_reader_next(reader, &line, err)) > 0 && line.part == SNAPSHOT_OBJECT)
        if (!read_line(world, &line, snapshot_reader_name(reader), err))
            return NULL;
    if (got < 0)
        return NULL;
    if (world->object_count > 0)
        qsort(world->objects, world->object_count, sizeof *world->objects, object_order);
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

static PrivilegeObject *object_of(const PrivilegeWorld *world, KindId kind, const char *id)
{
    const PrivilegeObject wanted = {.kind = kind, .id = id};

    return world->object_count == 0
               ? NULL
               : bsearch(&wanted, world->objects, world->object_count, sizeof wanted, object_order);
}

const PrivilegeObject *privileges_object(const PrivilegeWorld *world, KindId kind, const char *id)
{
    return object_of(world, kind, id);
}

const json_t *privileges_roles(const PrivilegeWorld *world)
{
    return world->places;
}

/* ---- who has whose rights ---- */

/* What a platform makes is listed for what was set of it, without what it is. */
static bool is_platform(const char *role)
{
    return strcmp(role, "postgres") == 0 || strncmp(role, "supabase_", 9) == 0 ||
           strcmp(role, "dashboard_user") == 0 || strcmp(role, "pgbouncer") == 0;
}

bool privileges_is_known(const PrivilegeWorld *world, const char *role)
{
    int place = place_of(world, role);

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
    int owners = place_of(world, DATABASE_OWNER), owner = place_of(world, world->database_owner);

    memset(held, 0, world->role_count);
    held[place_of(world, PRIVILEGES_EVERYBODY)] = 1;
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

static bool holds(PrivilegeWorld *world, int place, int other)
{
    return held_by(world, place)[other];
}

/* One that is not there has what everybody has. */
static int asked(const PrivilegeWorld *world, const char *role)
{
    int place = place_of(world, role);

    return place == NOBODY ? place_of(world, PRIVILEGES_EVERYBODY) : place;
}

bool privileges_is_member(const PrivilegeWorld *world, const char *role, const char *of)
{
    int place = place_of(world, role), other = place_of(world, of);

    return place != NOBODY && other != NOBODY && holds((PrivilegeWorld *)world, place, other);
}

static bool has(PrivilegeWorld *world, int role, const PrivilegeHolders *holders, Privileges wanted)
{
    if (world->roles[role].superuser)
        return true;
    for (size_t i = 0; i < holders->count; i++)
        if ((holders->items[i].has & wanted) && holds(world, role, holders->items[i].role))
            return true;
    return false;
}

/* The built-in roles that may read and write everything. */
static bool has_everywhere(PrivilegeWorld *world, int role, Command command)
{
    int reader = place_of(world, "pg_read_all_data"), writer = place_of(world, "pg_write_all_data");

    return command == COMMAND_SELECT
               ? reader >= 0 && holds(world, role, reader)
               : command != COMMAND_EXECUTE && writer >= 0 && holds(world, role, writer);
}

static Reach usage_of(PrivilegeWorld *world, int role, const char *schema)
{
    Privileges usage = privilege_by_name("usage");

    if (has_everywhere(world, role, COMMAND_SELECT) ||
        has_everywhere(world, role, COMMAND_INSERT) || world->roles[role].superuser)
        return REACH_YES;
    for (size_t i = 0; i < world->schema_count; i++)
        if (strcmp(world->schemas[i].name, schema) == 0)
            return !world->schemas[i].holders                           ? REACH_UNKNOWN
                   : has(world, role, world->schemas[i].holders, usage) ? REACH_YES
                                                                        : REACH_NO;
    return REACH_UNKNOWN;
}

/* ---- rows ---- */

static const char *const command_names[] = {"select", "insert", "update", "delete", "execute"};

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
            held |= holds(world, role, policy->roles[k]);
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

/* Whether any row passes; *ret_rows as in Access. */
static bool rows_pass(PrivilegeWorld *world, const PrivilegeObject *object, int role,
                      Command command, Arena *arena, const char **ret_rows)
{
    int owner = place_of(world, object->owner);

    *ret_rows = NULL;
    if (!object->row_security || bypasses(&world->roles[role]) ||
        (holds(world, role, owner) && !object->forced))
        return true;
    const char *name = command_names[command];
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

/* ---- views ---- */

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
    const char *table = renamed(world, KIND_TABLE, id);

    return table != id ? arena_strdup(&world->arena, table) : renamed(world, KIND_VIEW, id);
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
    PrivilegeObject *table = object_of(world, KIND_TABLE, id);

    return table ? table : object_of(world, KIND_VIEW, id);
}

/* The first object that does not come before that kind and text. */
static size_t first_from(const PrivilegeWorld *world, KindId kind, const char *text)
{
    const PrivilegeObject wanted = {.kind = kind, .id = text};
    size_t low = 0, high = world->object_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (object_order(&world->objects[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

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
            if (!has(world, role, world->objects[at].holders, execute))
                return REACH_UNKNOWN;
        if (found == 0)
            return REACH_UNKNOWN;
    }
    return REACH_YES;
}

/* Through how much a question has come. */
typedef struct Path {
    int role;   /* who asked */
    int *steps; /* so many relations may still be looked at */
    Arena *arena;
} Path;

static Reach lesser(Reach one, Reach other)
{
    return one < other ? one : other;
}

static Reach view_reach(PrivilegeWorld *world, PrivilegeObject *view, int checker, Command command,
                        const Path *path, const char **ret_rows, bool *ret_filtered);

/* Whether who is asked for in a view may do the same with one of its relations. */
static Reach source_reach(PrivilegeWorld *world, PrivilegeObject *object, int checker,
                          Command command, const Path *path, const char **ret_rows,
                          bool *ret_filtered)
{
    Privileges wanted = privilege_by_name(command_names[command]);
    const Role *role = &world->roles[checker];
    bool known = privileges_is_known(world, role->name);
    const char *rows = NULL;

    if (!object || object->inexact)
        return REACH_UNKNOWN;
    bool any =
        has(world, checker, object->holders, wanted) || has_everywhere(world, checker, command);
    Reach reach = any ? REACH_YES : known ? REACH_NO : REACH_UNKNOWN;
    for (size_t i = 0; !any && i < object->column_count; i++)
        if (has(world, checker, object->columns[i].holders, wanted))
            reach = REACH_UNKNOWN;
    *ret_filtered |= object->row_security;
    bool passes = rows_pass(world, object, checker, command, path->arena, &rows);
    if ((!passes || rows) && !known)
        return REACH_UNKNOWN;
    /* A query may give rows that come of none. */
    if (!passes)
        return command == COMMAND_SELECT ? lesser(reach, REACH_UNKNOWN) : REACH_NO;
    if (rows)
        *ret_rows =
            arena_join(path->arena, "as the policies of ", object->id, " allow", (char *)NULL);
    if (object->kind != KIND_VIEW || object->stored)
        return reach;
    int next = object->by_caller ? checker : place_of(world, object->owner);
    return lesser(reach, view_reach(world, object, next, command, path, ret_rows, ret_filtered));
}

static Reach view_reach(PrivilegeWorld *world, PrivilegeObject *view, int checker, Command command,
                        const Path *path, const char **ret_rows, bool *ret_filtered)
{
    const PrivilegeSources *sources = sources_of(world, view);
    const char *rows = NULL;
    Reach reach = sources->undecided ? REACH_UNKNOWN : REACH_YES;

    if ((*path->steps)-- <= 0)
        return REACH_UNKNOWN;
    reach = lesser(reach, functions_reach(world, sources, path->role));
    for (size_t i = 0; i < sources->relation_count; i++) {
        PrivilegeObject *object = relation_of(world, sources->relations[i]);
        reach = lesser(
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
    return write == REACH_NO ? REACH_NO : lesser(write, reach == REACH_YES ? reach : REACH_UNKNOWN);
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
        if (reads(world, object_of(world, KIND_VIEW, sources->relations[i]), relation, steps))
            return true;
    return false;
}

bool privileges_reads(PrivilegeWorld *world, const PrivilegeObject *view, const char *relation)
{
    int steps = STEPS_MAX;

    return reads(world, object_of(world, view->kind, view->id), relation, &steps);
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
    Privileges wanted = privilege_by_name(command_names[command]);
    bool whole =
        has(world, place, object->holders, wanted) || has_everywhere(world, place, command);
    bool by_column = command <= COMMAND_UPDATE;
    Reach usage = usage_of(world, place, object->schema), beyond = REACH_YES;
    Access access = {.right = whole, .usage = usage != REACH_NO};

    if ((object->kind == KIND_FUNCTION) != (command == COMMAND_EXECUTE))
        return access;
    if (object->kind == KIND_TABLE) {
        access.filtered = object->row_security;
        beyond =
            rows_pass(world, object, place, command, arena, &access.rows) ? REACH_YES : REACH_NO;
    } else if (object->kind == KIND_VIEW) {
        int steps = STEPS_MAX;
        const Path path = {place, &steps, arena};
        PrivilegeObject *view = object_of(world, KIND_VIEW, object->id);
        beyond = form_reach(object, command);
        if (beyond != REACH_NO && !object->stored)
            beyond = lesser(beyond,
                            view_reach(world, view,
                                       object->by_caller ? place : place_of(world, object->owner),
                                       command, &path, &access.rows, &access.filtered));
    }
    if (object->inexact && beyond != REACH_NO)
        beyond = REACH_UNKNOWN;
    beyond = lesser(beyond, usage);
    if (by_column)
        access.columns = arena_alloc(arena, (object->column_count + 1) * sizeof *access.columns);
    for (size_t i = 0; by_column && i < object->column_count; i++) {
        const PrivilegeColumn *column = &object->columns[i];
        bool fits = object->kind != KIND_VIEW || command == COMMAND_SELECT || column->updatable ||
                    object->redirected;
        bool right = whole || has(world, place, column->holders, wanted);
        access.right |= right;
        access.columns[i] = right && fits ? beyond : REACH_NO;
        if (access.columns[i] > access.reach)
            access.reach = access.columns[i];
    }
    if (!by_column || (object->column_count == 0 && whole))
        access.reach = whole ? beyond : REACH_NO;
    return access;
}
