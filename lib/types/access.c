#include "types/access.h"

#include <string.h>

#include "json/jx.h"

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

void access_add_text(Arena *arena, Texts *texts, const char *text)
{
    texts->items = grown(arena, texts->items, texts->count, sizeof *texts->items);
    texts->items[texts->count++] = text;
}

void access_want(Catalog *catalog)
{
    catalog->roles = arena_alloc(&catalog->arena, sizeof *catalog->roles);
}

void access_read_meta(Catalog *catalog, const json_t *meta)
{
    static const char section[] = "roles";
    const json_t *kinds = json_object_get(meta, "kinds"), *unread = json_object_get(meta, "unread");
    size_t index = 0;
    const json_t *item = NULL;

    if (!catalog->roles)
        return;
    catalog->roles->database_owner =
        arena_strdup(&catalog->arena, jx_string(meta, "owner", ACCESS_DATABASE_OWNER));
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

/* The name as it is kept, once for all that mention it. */
static const char *named(Catalog *catalog, const char *name)
{
    Texts *all = &catalog->roles->named;

    for (size_t i = 0; i < all->count; i++) {
        if (strcmp(all->items[i], name) == 0)
            return all->items[i];
    }
    access_add_text(&catalog->arena, all, arena_strdup(&catalog->arena, name));
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
static Privileges privileges_of(const JxItem *names, char kind)
{
    Privileges set = 0;

    for (const JxItem *item = jx_item_first(names); item; item = jx_item_next(names, item)) {
        char name[sizeof "alter system"] = "";
        const char *text = jx_item_text(item);
        size_t length = text ? strcspn(text, "*") : 0;

        if (!length || length >= sizeof name)
            continue;
        memcpy(name, text, length);
        set |= strcmp(name, "all") == 0 ? privilege_all(kind, 0) : privilege_by_name(name);
    }
    return set;
}

static Grants grants_of(Catalog *catalog, const JxItem *value, char kind, const char *owner,
                        Privileges everybodys)
{
    Grants grants = {0};
    const JxItem *granted = jx_item_get(value, "grants"), *revoked = jx_item_get(value, "revokes");

    if (owner)
        granted_at(catalog, &grants, owner)->has = privilege_all(kind, 0);
    if (everybodys)
        granted_at(catalog, &grants, ACCESS_EVERYBODY)->has |= everybodys;
    for (const JxItem *each = jx_item_first(granted); each; each = jx_item_next(granted, each))
        granted_at(catalog, &grants, each->key)->has |= privileges_of(each, kind);
    for (const JxItem *each = jx_item_first(revoked); each; each = jx_item_next(revoked, each))
        granted_at(catalog, &grants, each->key)->has &= ~privileges_of(each, kind);
    return grants;
}

static const char *owner_of(Catalog *catalog, const JxItem *value)
{
    return named(catalog, jx_item_string(value, "owner", catalog->roles->database_owner));
}

static void note_inexact(Catalog *catalog, const JxItem *value)
{
    static const char *const members[] = {"grants", "revokes", "owner", "policies", "row_security"};
    const JxItem *list = jx_item_get(value, "inexact");

    for (const JxItem *item = jx_item_first(list); item; item = jx_item_next(list, item)) {
        const char *text = jx_item_text(item);

        for (size_t i = 0; text && i < sizeof members / sizeof *members; i++) {
            if (strcmp(text, members[i]) != 0)
                continue;
            if (!catalog->roles->inexact_count++)
                catalog->roles->inexact =
                    arena_strdup(&catalog->arena, jx_item_string(value, "id", ""));
            return;
        }
    }
}

static void policies_read(Catalog *catalog, CatalogAccess *access, const JxItem *list)
{
    Arena *arena = &catalog->arena;

    access->policies = arena_alloc(arena, (jx_item_count(list) + 1) * sizeof(Policy));
    for (const JxItem *item = jx_item_first(list); item; item = jx_item_next(list, item)) {
        const JxItem *roles = jx_item_get(item, "roles");
        Policy *policy = &access->policies[access->policy_count++];

        policy->command = arena_strdup(arena, jx_item_string(item, "command", "all"));
        policy->restrictive = jx_item_bool(item, "restrictive");
        policy->using_text = arena_strdup(arena, jx_item_string(item, "using", NULL));
        policy->check = arena_strdup(arena, jx_item_string(item, "check", NULL));
        for (const JxItem *role = jx_item_first(roles); role; role = jx_item_next(roles, role)) {
            if (jx_item_text(role))
                access_add_text(arena, &policy->roles, named(catalog, jx_item_text(role)));
        }
    }
}

static bool reads_by_caller(const JxItem *options)
{
    static const char *const set[] = {"security_invoker=true", "security_invoker=on",
                                      "security_invoker=1", "security_invoker=yes"};

    for (const JxItem *item = jx_item_first(options); item; item = jx_item_next(options, item)) {
        const char *text = jx_item_text(item);

        for (size_t i = 0; text && i < sizeof set / sizeof *set; i++) {
            if (strcmp(text, set[i]) == 0)
                return true;
        }
    }
    return false;
}

static CatalogAccess *relation_read(Catalog *catalog, const JxItem *value, bool member)
{
    CatalogAccess *access = arena_alloc(&catalog->arena, sizeof *access);
    const JxItem *columns = jx_item_get(value, "columns");
    size_t place = 0;

    access->member = member;
    access->owner = member ? "" : owner_of(catalog, value);
    access->grants = grants_of(catalog, value, 'r', member ? NULL : access->owner, 0);
    access->row_security = jx_item_bool(value, "row_security");
    access->forced = jx_item_bool(value, "force_row_security");
    access->by_caller = reads_by_caller(jx_item_get(value, "options"));
    access->columns = arena_alloc(&catalog->arena, (jx_item_count(columns) + 1) * sizeof(Grants));
    for (const JxItem *each = jx_item_first(columns); each; each = jx_item_next(columns, each))
        access->columns[place++] = grants_of(catalog, each, 'c', NULL, 0);
    policies_read(catalog, access, jx_item_get(value, "policies"));
    return access;
}

static void schema_read(Catalog *catalog, const JxItem *value)
{
    CatalogRoles *roles = catalog->roles;
    const char *name = jx_item_string(value, "name", "");
    const char *owner = owner_of(catalog, value);
    Privileges usual = 0;

    /* Its rights are told beyond those it is made with, and its owner is when it is another: since
     * 15 who owns the database, before that the first superuser. */
    if (strcmp(name, ACCESS_EVERYBODY) == 0) {
        usual = privilege_by_name("usage");
        if (!jx_item_string(value, "owner", NULL))
            owner = roles->server_version < 150000 ? NULL : ACCESS_DATABASE_OWNER;
    }
    roles->schemas =
        grown(&catalog->arena, roles->schemas, roles->schema_count, sizeof *roles->schemas);
    roles->schemas[roles->schema_count++] =
        (SchemaAccess){.name = arena_strdup(&catalog->arena, name),
                       .grants = grants_of(catalog, value, 'n', owner, usual)};
}

static void role_read(Catalog *catalog, const JxItem *value)
{
    CatalogRoles *roles = catalog->roles;
    Role role = {.name = named(catalog, jx_item_string(value, "name", "")),
                 .superuser = jx_item_bool(value, "superuser"),
                 .bypass_rls = jx_item_bool(value, "bypass_rls"),
                 .inherits_none = !jx_item_bool(value, "inherit")};
    const JxItem *of = jx_item_get(value, "member_of");

    for (const JxItem *each = jx_item_first(of); each; each = jx_item_next(of, each)) {
        bool inherits = jx_item_bool(value, "inherit");

        for (const JxItem *item = jx_item_first(each); item; item = jx_item_next(each, item)) {
            const char *text = jx_item_text(item);

            if (text && strcmp(text, "inherit") == 0)
                inherits = true;
            else if (text && strcmp(text, "no inherit") == 0)
                inherits = false;
        }
        const char *kept = named(catalog, each->key);

        if (inherits)
            access_add_text(&catalog->arena, &role.inherits, kept);
    }
    roles->roles = grown(&catalog->arena, roles->roles, roles->role_count, sizeof *roles->roles);
    roles->roles[roles->role_count++] = role;
}

CatalogAccess *access_read(Catalog *catalog, KindId kind, const JxItem *value, bool member)
{
    CatalogAccess *access = NULL;

    if (!catalog->roles)
        return NULL;
    if (kind == KIND_ROLE) {
        role_read(catalog, value);
    } else if (kind == KIND_SCHEMA) {
        schema_read(catalog, value);
    } else if (kind == KIND_TABLE || kind == KIND_VIEW) {
        access = relation_read(catalog, value, member);
    } else if (kind == KIND_FUNCTION) {
        access = arena_alloc(&catalog->arena, sizeof *access);
        access->member = member;
        access->owner = owner_of(catalog, value);
        access->grants = grants_of(catalog, value, 'f', access->owner, privilege_everybodys('f'));
    }
    if (access || kind == KIND_SCHEMA)
        note_inexact(catalog, value);
    return access;
}
