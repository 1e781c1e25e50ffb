#include "types/role.h"

#include <stdlib.h>
#include <string.h>

#include "json/jx.h"
#include "model/privilege.h"
#include "types/names.h"

typedef struct CatalogAccess CatalogAccess;

typedef struct Grants { /* who has what, the owner's own rights among them */
    size_t count;
    struct Granted {
        const char *role; /* "public" is everybody */
        Privileges has;
    } * items;
} Grants;

typedef struct Policy {
    const char *command; /* "all", "select", ... */
    bool restrictive;
    Texts roles;
    const char *using_text; /* NULL: none */
    const char *check;
} Policy;

struct CatalogAccess {
    const char *owner;
    Grants grants;
    Grants *columns; /* in their own order; NULL for a function */
    bool row_security;
    bool forced; /* for the owner, too */
    size_t policy_count;
    Policy *policies;
    bool by_caller; /* a view that reads and writes with the rights of who asks */
    bool unreached; /* the role may not use the schema: it can do nothing by this name */
};

typedef struct Role {
    const char *name;
    bool superuser;
    bool bypass_rls;
    bool inherits_none;
    Texts inherits; /* the roles whose rights it has */
} Role;

typedef struct SchemaAccess {
    const char *name;
    Grants grants;
} SchemaAccess;

struct CatalogRoles {
    const char *database_owner;
    int server_version; /* as server_version_num */
    bool unread;        /* the snapshot does not say which roles there are */
    size_t schema_count;
    SchemaAccess *schemas;
    size_t role_count;
    Role *roles;
    Texts named; /* by a right, a policy, an owner, or a membership */
    size_t inexact_count;
    const char *inexact; /* the first of them */
};

/* A snapshot does not tell the attributes of the roles that Supabase makes. Those of PostgREST's:
 * share/supabase/shim.sql. None of them inherits. */
static const struct {
    const char *name;
    bool bypass_rls;
} known_roles[] = {
    {"anon", false}, {"authenticated", false}, {"authenticator", false}, {"service_role", true}};

static const char everybody[] = "public", database_owner[] = "pg_database_owner";

/* ---- reading ---- */

void role_want(Catalog *catalog)
{
    catalog->roles = arena_alloc(&catalog->arena, sizeof *catalog->roles);
}

void role_read_meta(Catalog *catalog, const json_t *meta)
{
    static const char section[] = "roles";
    const json_t *kinds = json_object_get(meta, "kinds"), *unread = json_object_get(meta, "unread");
    size_t index = 0;
    const json_t *item = NULL;

    if (!catalog->roles)
        return;
    catalog->roles->database_owner =
        arena_strdup(&catalog->arena, jx_string(meta, "owner", database_owner));
    catalog->roles->server_version = (int)jx_int(meta, "server_version_num", 160000);
    catalog->roles->unread = json_array_size(kinds) > 0;
    json_array_foreach(kinds, index, item)
    {
        const char *text = json_string_value(item);

        if (text && strcmp(text, section) == 0)
            catalog->roles->unread = false;
    }
    json_array_foreach(unread, index, item)
    {
        const char *text = json_string_value(item);

        if (text && strcmp(text, section) == 0)
            catalog->roles->unread = true;
    }
}

/* One more element behind count of them: room doubles when count reaches a power of two. */
static void *grown(Arena *arena, void *items, size_t count, size_t size)
{
    if (count & (count - 1))
        return items;
    char *more = arena_alloc(arena, (count ? count * 2 : 1) * size);

    if (count)
        memcpy(more, items, count * size);
    return more;
}

static void texts_add(Arena *arena, Texts *texts, const char *text)
{
    texts->items = grown(arena, texts->items, texts->count, sizeof *texts->items);
    texts->items[texts->count++] = text;
}

/* The name as it is kept, once for all that mention it. */
static const char *named(Catalog *catalog, const char *name)
{
    Texts *all = &catalog->roles->named;

    for (size_t i = 0; i < all->count; i++) {
        if (strcmp(all->items[i], name) == 0)
            return all->items[i];
    }
    texts_add(&catalog->arena, all, arena_strdup(&catalog->arena, name));
    return all->items[all->count - 1];
}

static struct Granted *granted_at(Catalog *catalog, Grants *grants, const char *role)
{
    for (size_t i = 0; i < grants->count; i++) {
        if (strcmp(grants->items[i].role, role) == 0)
            return &grants->items[i];
    }
    grants->items = grown(&catalog->arena, grants->items, grants->count, sizeof *grants->items);
    grants->items[grants->count] = (struct Granted){.role = named(catalog, role)};
    return &grants->items[grants->count++];
}

/* ["select*","update"] or ["all"]. */
static Privileges privileges_of(const json_t *names, char kind)
{
    Privileges set = 0;
    size_t index = 0;
    const json_t *item = NULL;

    json_array_foreach(names, index, item)
    {
        char name[sizeof "alter system"] = "";
        const char *text = json_string_value(item);
        size_t length = text ? strcspn(text, "*") : 0;

        if (!length || length >= sizeof name)
            continue;
        memcpy(name, text, length);
        set |= strcmp(name, "all") == 0 ? privilege_all(kind, 0) : privilege_by_name(name);
    }
    return set;
}

static Grants grants_of(Catalog *catalog, const json_t *value, char kind, const char *owner,
                        Privileges everybodys)
{
    Grants grants = {0};
    const char *role = NULL;
    json_t *names = NULL;

    if (owner)
        granted_at(catalog, &grants, owner)->has = privilege_all(kind, 0);
    if (everybodys)
        granted_at(catalog, &grants, everybody)->has |= everybodys;
    json_object_foreach(json_object_get(value, "grants"), role, names)
        granted_at(catalog, &grants, role)
            ->has |= privileges_of(names, kind);
    json_object_foreach(json_object_get(value, "revokes"), role, names)
        granted_at(catalog, &grants, role)
            ->has &= ~privileges_of(names, kind);
    return grants;
}

static const char *owner_of(Catalog *catalog, const json_t *value)
{
    return named(catalog, jx_string(value, "owner", catalog->roles->database_owner));
}

static void note_inexact(Catalog *catalog, const json_t *value)
{
    static const char *const members[] = {"grants", "revokes", "owner", "policies", "row_security"};
    size_t index = 0;
    const json_t *item = NULL;

    json_array_foreach(json_object_get(value, "inexact"), index, item)
    {
        const char *text = json_string_value(item);

        for (size_t i = 0; text && i < sizeof members / sizeof *members; i++) {
            if (strcmp(text, members[i]) != 0)
                continue;
            if (!catalog->roles->inexact_count++)
                catalog->roles->inexact = arena_strdup(&catalog->arena, jx_string(value, "id", ""));
            return;
        }
    }
}

static void policies_read(Catalog *catalog, CatalogAccess *access, const json_t *list)
{
    Arena *arena = &catalog->arena;
    size_t index = 0, at = 0;
    const json_t *item = NULL, *role = NULL;

    access->policies = arena_alloc(arena, (json_array_size(list) + 1) * sizeof(Policy));
    json_array_foreach(list, index, item)
    {
        Policy *policy = &access->policies[access->policy_count++];

        policy->command = arena_strdup(arena, jx_string(item, "command", "all"));
        policy->restrictive = jx_bool(item, "restrictive");
        policy->using_text = arena_strdup(arena, jx_string(item, "using", NULL));
        policy->check = arena_strdup(arena, jx_string(item, "check", NULL));
        json_array_foreach(json_object_get(item, "roles"), at, role)
        {
            if (json_is_string(role))
                texts_add(arena, &policy->roles, named(catalog, json_string_value(role)));
        }
    }
}

static bool reads_by_caller(const json_t *options)
{
    static const char *const set[] = {"security_invoker=true", "security_invoker=on",
                                      "security_invoker=1", "security_invoker=yes"};
    size_t index = 0;
    const json_t *item = NULL;

    json_array_foreach(options, index, item)
    {
        const char *text = json_string_value(item);

        for (size_t i = 0; text && i < sizeof set / sizeof *set; i++) {
            if (strcmp(text, set[i]) == 0)
                return true;
        }
    }
    return false;
}

static CatalogAccess *relation_read(Catalog *catalog, const json_t *value)
{
    CatalogAccess *access = arena_alloc(&catalog->arena, sizeof *access);
    const json_t *columns = json_object_get(value, "columns"), *column = NULL;
    size_t index = 0;

    access->owner = owner_of(catalog, value);
    access->grants = grants_of(catalog, value, 'r', access->owner, 0);
    access->row_security = jx_bool(value, "row_security");
    access->forced = jx_bool(value, "force_row_security");
    access->by_caller = reads_by_caller(json_object_get(value, "options"));
    access->columns = arena_alloc(&catalog->arena, (json_array_size(columns) + 1) * sizeof(Grants));
    json_array_foreach(columns, index, column) access->columns[index] =
        grants_of(catalog, column, 'c', NULL, 0);
    policies_read(catalog, access, json_object_get(value, "policies"));
    return access;
}

static void schema_read(Catalog *catalog, const json_t *value)
{
    CatalogRoles *roles = catalog->roles;
    const char *name = jx_string(value, "name", "");
    const char *owner = owner_of(catalog, value);
    Privileges usual = 0;

    /* Its rights are told beyond those it is made with, and its owner is when it is another: since
     * 15 who owns the database, before that the first superuser. */
    if (strcmp(name, everybody) == 0) {
        usual = privilege_by_name("usage");
        if (!jx_string(value, "owner", NULL))
            owner = roles->server_version < 150000 ? NULL : database_owner;
    }
    roles->schemas =
        grown(&catalog->arena, roles->schemas, roles->schema_count, sizeof *roles->schemas);
    roles->schemas[roles->schema_count++] =
        (SchemaAccess){.name = arena_strdup(&catalog->arena, name),
                       .grants = grants_of(catalog, value, 'n', owner, usual)};
}

static void role_read(Catalog *catalog, const json_t *value)
{
    CatalogRoles *roles = catalog->roles;
    Role role = {.name = named(catalog, jx_string(value, "name", "")),
                 .superuser = jx_bool(value, "superuser"),
                 .bypass_rls = jx_bool(value, "bypass_rls"),
                 .inherits_none = !jx_bool(value, "inherit")};
    const char *of = NULL;
    json_t *options = NULL;

    json_object_foreach(json_object_get(value, "member_of"), of, options)
    {
        bool inherits = jx_bool(value, "inherit");
        size_t index = 0;
        const json_t *item = NULL;

        json_array_foreach(options, index, item)
        {
            const char *text = json_string_value(item);

            if (text && strcmp(text, "inherit") == 0)
                inherits = true;
            else if (text && strcmp(text, "no inherit") == 0)
                inherits = false;
        }
        const char *kept = named(catalog, of);

        if (inherits)
            texts_add(&catalog->arena, &role.inherits, kept);
    }
    roles->roles = grown(&catalog->arena, roles->roles, roles->role_count, sizeof *roles->roles);
    roles->roles[roles->role_count++] = role;
}

CatalogAccess *role_read_object(Catalog *catalog, KindId kind, const json_t *value)
{
    CatalogAccess *access = NULL;

    if (!catalog->roles)
        return NULL;
    if (kind == KIND_ROLE) {
        role_read(catalog, value);
    } else if (kind == KIND_SCHEMA) {
        schema_read(catalog, value);
    } else if (kind == KIND_TABLE || kind == KIND_VIEW) {
        access = relation_read(catalog, value);
    } else if (kind == KIND_FUNCTION) {
        access = arena_alloc(&catalog->arena, sizeof *access);
        access->owner = owner_of(catalog, value);
        access->grants = grants_of(catalog, value, 'f', access->owner, privilege_everybodys('f'));
    }
    if (access || kind == KIND_SCHEMA)
        note_inexact(catalog, value);
    return access;
}

/* ---- deciding ---- */

typedef struct Holder { /* the role, with all whose rights it has */
    Texts held;
    bool superuser;
    bool bypass_rls;
} Holder;

static const Role *role_of(const CatalogRoles *roles, const char *name)
{
    for (size_t i = 0; i < roles->role_count; i++) {
        if (strcmp(roles->roles[i].name, name) == 0)
            return &roles->roles[i];
    }
    return NULL;
}

static bool holds(const Holder *holder, const char *role)
{
    return strcmp(role, everybody) == 0 || texts_have(&holder->held, role);
}

static bool has(const Holder *holder, const Grants *grants, Privileges wanted)
{
    for (size_t i = 0; i < grants->count && !holder->superuser; i++) {
        if ((grants->items[i].has & wanted) && holds(holder, grants->items[i].role))
            return true;
    }
    return holder->superuser;
}

static Holder holder_of(Catalog *catalog, const char *name)
{
    CatalogRoles *roles = catalog->roles;
    const Role *role = role_of(roles, name);
    Holder holder = {.superuser = role && role->superuser, .bypass_rls = role && role->bypass_rls};

    for (size_t i = 0; i < sizeof known_roles / sizeof *known_roles; i++) {
        if (strcmp(known_roles[i].name, name) == 0)
            holder.bypass_rls |= known_roles[i].bypass_rls;
    }
    texts_add(&catalog->arena, &holder.held, name);
    for (size_t i = 0; i < holder.held.count; i++) {
        const Role *member = role_of(roles, holder.held.items[i]);

        for (size_t k = 0; member && k < member->inherits.count; k++) {
            if (!texts_have(&holder.held, member->inherits.items[k]))
                texts_add(&catalog->arena, &holder.held, member->inherits.items[k]);
        }
        /* Before 16 who inherits nothing does not inherit this one either. */
        if (strcmp(holder.held.items[i], roles->database_owner) == 0 &&
            !(roles->server_version < 160000 && member && member->inherits_none) &&
            !texts_have(&holder.held, database_owner))
            texts_add(&catalog->arena, &holder.held, database_owner);
    }
    return holder;
}

/* The built-in roles that may read and write everything. */
static bool has_everywhere(const Holder *holder, CatalogRight right)
{
    return texts_have(&holder->held,
                      right == RIGHT_SELECT ? "pg_read_all_data" : "pg_write_all_data");
}

static bool may_use_schema(const Catalog *catalog, const Holder *holder, const char *schema)
{
    const CatalogRoles *roles = catalog->roles;

    if (has_everywhere(holder, RIGHT_SELECT) || has_everywhere(holder, RIGHT_UPDATE))
        return true;
    for (size_t i = 0; i < roles->schema_count; i++) {
        if (strcmp(roles->schemas[i].name, schema) == 0)
            return has(holder, &roles->schemas[i].grants, privilege_by_name("usage"));
    }
    return holder->superuser;
}

/* Whether the policies of a command let anything through: by USING, or by WITH CHECK, in whose
 * place USING stands where it is missing. */
static bool policies_let(const CatalogAccess *access, const Holder *holder, const char *command,
                         bool check)
{
    bool permitted = false;

    for (size_t i = 0; i < access->policy_count; i++) {
        const Policy *policy = &access->policies[i];
        const char *text = check && policy->check ? policy->check : policy->using_text;
        bool applies = strcmp(policy->command, "all") == 0 || strcmp(policy->command, command) == 0;
        bool held = false;

        for (size_t k = 0; k < policy->roles.count; k++)
            held |= holds(holder, policy->roles.items[k]);
        if (!applies || !held || !text)
            continue;
        bool never = strcmp(text, "false") == 0;

        if (policy->restrictive && never)
            return false;
        permitted |= !policy->restrictive && !never;
    }
    return permitted;
}

static bool rows_pass(const CatalogAccess *access, const Holder *holder, CatalogRight right,
                      const char *command)
{
    if (!access->row_security || holder->superuser || holder->bypass_rls ||
        (holds(holder, access->owner) && !access->forced))
        return true;
    return (right == RIGHT_INSERT || policies_let(access, holder, command, false)) &&
           (right == RIGHT_SELECT || right == RIGHT_DELETE ||
            policies_let(access, holder, command, true));
}

static bool is_view(const CatalogRelation *relation)
{
    return relation->kind == RELATION_VIEW || relation->kind == RELATION_MATERIALIZED;
}

static void relation_apply(const Catalog *catalog, const Holder *holder, CatalogRelation *relation)
{
    static const struct {
        CatalogRight right;
        const char *name;
    } rights[] = {{RIGHT_SELECT, "select"},
                  {RIGHT_INSERT, "insert"},
                  {RIGHT_UPDATE, "update"},
                  {RIGHT_DELETE, "delete"}};
    CatalogAccess *access = relation->type.access;

    access->unreached = !may_use_schema(catalog, holder, relation->type.schema);

    for (size_t i = 0; i < sizeof rights / sizeof *rights; i++) {
        CatalogRight right = rights[i].right;
        Privileges wanted = privilege_by_name(rights[i].name);
        bool passes = rows_pass(access, holder, right, rights[i].name);
        bool whole =
            passes && (has(holder, &access->grants, wanted) || has_everywhere(holder, right));
        bool any = whole;

        for (size_t k = 0; k < relation->column_count; k++) {
            if (whole || (passes && has(holder, &access->columns[k], wanted)))
                any = true;
            else
                relation->columns[k].denied |= right;
        }
        if (!any)
            relation->denied |= right;
    }
    if (!is_view(relation))
        return;
    relation->denied |= relation->insertable ? 0 : RIGHT_INSERT;
    relation->denied |= relation->updatable ? 0 : RIGHT_UPDATE;
    relation->denied |= relation->insertable || relation->updatable ? 0 : RIGHT_DELETE;
}

static int by_text(const void *a, const void *b)
{
    return names_compare(*(const char *const *)a, *(const char *const *)b);
}

/* "a, b and 3 more" */
static const char *list_of(Arena *arena, Texts *texts)
{
    enum { MOST = 20 };
    const char *list = "";

    qsort(texts->items, texts->count, sizeof *texts->items, by_text);
    for (size_t i = 0; i < texts->count && i < MOST; i++)
        list = arena_printf(arena, "%s%s'%s'", list, i ? ", " : "", texts->items[i]);
    return texts->count > MOST ? arena_printf(arena, "%s and %zu more", list, texts->count - MOST)
                               : list;
}

static bool role_is_there(Catalog *catalog, const char *role, Err *err)
{
    Texts there = {0};
    Arena *arena = &catalog->arena;

    for (size_t i = 0; i < catalog->roles->named.count; i++) {
        const char *name = catalog->roles->named.items[i];

        if (strcmp(name, everybody) != 0 && strncmp(name, "pg_", 3) != 0)
            texts_add(arena, &there, name);
    }
    if (texts_have(&there, role))
        return true;
    return err_set(err, EXIT_DATA, "the snapshot has no role '%s', only %s", role,
                   there.count ? list_of(arena, &there) : "the server's own");
}

static void add_notes(Catalog *catalog, const char *role, Texts *notes)
{
    Arena *arena = &catalog->arena;
    CatalogRoles *roles = catalog->roles;
    bool known = role_of(roles, role);
    Texts callers = {0};

    for (size_t i = 0; i < sizeof known_roles / sizeof *known_roles; i++)
        known |= strcmp(known_roles[i].name, role) == 0;
    if (roles->unread || !known)
        texts_add(arena, notes,
                  arena_printf(arena,
                               "the snapshot does not say what '%s' is: it is taken for no "
                               "superuser, without BYPASSRLS, a member of no role",
                               role));
    if (roles->inexact_count)
        texts_add(arena, notes,
                  arena_printf(
                      arena,
                      "the rights on '%s'%s are not certain: the migrations "
                      "do not tell them exactly",
                      roles->inexact,
                      roles->inexact_count > 1
                          ? arena_printf(arena, " and %zu other objects", roles->inexact_count - 1)
                          : ""));
    for (size_t i = 0; i < catalog->relations.count; i++) {
        const CatalogRelation *relation = (const CatalogRelation *)catalog->relations.items[i];

        if (relation->type.included && relation->type.access && relation->type.access->by_caller &&
            !relation->type.access->unreached && relation->denied != RIGHTS_ALL)
            texts_add(arena, &callers, relation->id);
    }
    if (callers.count)
        texts_add(arena, notes,
                  arena_printf(
                      arena,
                      "views that read with the rights of who asks: what they need of their tables "
                      "is known of the columns they show, not of others: %s",
                      list_of(arena, &callers)));
}

bool role_apply(Catalog *catalog, const char *role, Texts *notes, Err *err)
{
    if (!role_is_there(catalog, role, err))
        return false;
    Holder holder = holder_of(catalog, role);
    Privileges execute = privilege_by_name("execute");

    for (size_t i = 0; i < catalog->relations.count; i++) {
        CatalogRelation *relation = (CatalogRelation *)catalog->relations.items[i];

        if (relation->type.access)
            relation_apply(catalog, &holder, relation);
    }
    for (size_t i = 0; i < catalog->functions.count; i++) {
        CatalogFunction *function = (CatalogFunction *)catalog->functions.items[i];

        function->denied = !has(&holder, &function->type.access->grants, execute) ||
                           !may_use_schema(catalog, &holder, function->type.schema);
    }
    add_notes(catalog, role, notes);
    return true;
}

/* ---- what follows ---- */

static bool can_read(const CatalogRelation *relation, const Texts *columns)
{
    for (size_t i = 0; i < relation->column_count; i++) {
        if ((relation->columns[i].denied & RIGHT_SELECT) &&
            (!columns || texts_have(columns, relation->columns[i].name)))
            return false;
    }
    return !(relation->denied & RIGHT_SELECT);
}

/* Whether the column, or one further on that it comes from, is generated. */
static bool is_fixed(const CatalogOrigin *origin)
{
    while (origin && origin->relation) {
        const CatalogRelation *relation = origin->relation;

        if (!is_view(relation) || !relation->origins)
            return relation->columns[origin->column].read_only;
        origin = &relation->origins[origin->column];
    }
    return false;
}

/* What the role lacks of the column that one of a view is. */
static unsigned denied_below(const CatalogOrigin *origin)
{
    return origin->relation ? origin->relation->columns[origin->column].denied : 0;
}

/* A view that reads as who asks needs all its columns to be read, whichever are asked for. */
static void caller_trim(CatalogRelation *view)
{
    unsigned hidden = 0;

    for (size_t i = 0; view->origins && i < view->column_count; i++) {
        hidden |= denied_below(&view->origins[i]) & RIGHT_SELECT;
        if (view->triggered)
            continue;
        view->columns[i].denied |= denied_below(&view->origins[i]) & ~RIGHT_SELECT;
        if (view->origins[i].relation)
            view->denied |= view->origins[i].relation->denied & RIGHT_DELETE;
    }
    for (size_t i = 0; i < view->column_count; i++)
        view->columns[i].denied |= hidden;
    view->denied |= hidden;
}

/* A view gives on what is written: what takes no value below takes none here. */
static void write_trim(CatalogRelation *view)
{
    static const CatalogRight rights[] = {RIGHT_INSERT, RIGHT_UPDATE};

    for (size_t i = 0; i < sizeof rights / sizeof *rights; i++) {
        bool any = false;

        for (size_t k = 0; k < view->column_count; k++) {
            CatalogColumn *column = &view->columns[k];

            if (!view->triggered && view->origins && is_fixed(&view->origins[k]))
                column->denied |= rights[i];
            any |= column->updatable && !(column->denied & rights[i]);
        }
        if (!any)
            view->denied |= rights[i];
    }
}

/* Views of views may come in any order, so until nothing more is denied. */
static void views_trim(Catalog *catalog)
{
    bool more = true;

    while (more) {
        more = false;
        for (size_t i = 0; i < catalog->relations.count; i++) {
            CatalogRelation *view = (CatalogRelation *)catalog->relations.items[i];
            unsigned before = view->denied, after = 0;

            if (!is_view(view) || !view->type.access)
                continue;
            for (size_t k = 0; k < view->column_count; k++)
                before += view->columns[k].denied;
            if (view->type.access->by_caller)
                caller_trim(view);
            if (view->kind == RELATION_VIEW)
                write_trim(view);
            after = view->denied;
            for (size_t k = 0; k < view->column_count; k++)
                after += view->columns[k].denied;
            more |= after != before;
        }
    }
}

static void unreached_trim(Catalog *catalog)
{
    for (size_t i = 0; i < catalog->relations.count; i++) {
        CatalogRelation *relation = (CatalogRelation *)catalog->relations.items[i];

        if (!relation->type.access || !relation->type.access->unreached)
            continue;
        relation->denied = RIGHTS_ALL;
        for (size_t k = 0; k < relation->column_count; k++)
            relation->columns[k].denied = RIGHTS_ALL;
    }
}

void role_trim(Catalog *catalog)
{
    if (!catalog->roles)
        return;
    views_trim(catalog);
    unreached_trim(catalog);
    for (size_t i = 0; i < catalog->relations.count; i++) {
        CatalogRelation *relation = (CatalogRelation *)catalog->relations.items[i];
        size_t links = 0, fields = 0;

        for (size_t k = 0; k < relation->link_count; k++) {
            const CatalogLink *link = &relation->links[k];
            const CatalogRelation *to =
                catalog_relation(catalog, relation->type.schema, link->relation);

            if (to && can_read(to, link->references ? link->references : &(Texts){0}) &&
                can_read(relation, link->columns ? link->columns : &(Texts){0}))
                relation->links[links++] = *link;
        }
        relation->link_count = links;
        /* The whole row is the argument. */
        for (size_t k = 0; k < relation->field_count; k++) {
            if (!relation->fields[k]->denied && can_read(relation, NULL))
                relation->fields[fields++] = relation->fields[k];
        }
        relation->field_count = fields;
    }
}
