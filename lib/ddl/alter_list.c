#include "ddl/alter.h"

#include <string.h>

#include "ddl/change.h"
#include "ddl/write.h"
#include "json/jx.h"
#include "model/ident.h"

/* ---- lists whose items come and go by statements of their own ---- */

typedef const char *ItemText(Arena *arena, const char *item);

typedef struct List {
    const char *member;
    DdlForm form;
    const char *drop; /* what is behind ALTER ..., before each that is no more */
    ItemText *dropped;
    const char *add;
    ItemText *added;
} List;

static bool change_list(const DdlChange *change, DdlScript *script, const List *list)
{
    const DdlScope scope = change_any(change, script);
    const json_t *old = json_object_get(change->old, list->member);
    const json_t *new = json_object_get(change->new, list->member);
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(old, index, item)
    {
        if (!jx_has_item(new, jx_item(item)))
            ddl_add(script, list->form,
                    arena_printf(script->arena, "%s %s %s", ddl_expand(&scope, "ALTER {@}"),
                                 list->drop, list->dropped(script->arena, jx_item(item))));
    }
    json_array_foreach(new, index, item)
    {
        if (!jx_has_item(old, jx_item(item)))
            ddl_add(script, list->form,
                    arena_printf(script->arena, "%s %s %s", ddl_expand(&scope, "ALTER {@}"),
                                 list->add, list->added(script->arena, jx_item(item))));
    }
    return true;
}

static const char *as_it_is(Arena *arena, const char *item)
{
    (void)arena;
    return item;
}

/* TOKEN WITH DICTIONARY, ... */
static const char *token_of(Arena *arena, const char *item)
{
    const char *with = strstr(item, " WITH ");

    return with ? arena_strndup(arena, item, (size_t)(with - item)) : item;
}

/* OPERATOR 1 public.<(integer,integer) is dropped as OPERATOR 1 (integer,integer), FUNCTION 1
 * (integer, integer) f(...) as FUNCTION 1 (integer, integer). */
static const char *loose_name(Arena *arena, const char *item)
{
    const char *open = strchr(item, '('), *close = open ? strchr(open, ')') : NULL;
    size_t head = strcspn(item, " ");
    size_t number = strspn(item + head, " 0123456789");

    if (!close)
        return item;
    return arena_printf(arena, "%.*s%.*s", (int)(head + number), item, (int)(close + 1 - open),
                        open);
}

bool alter_inherits(const DdlChange *change, DdlScript *script)
{
    static const List list = {"inherits", DDL_TABLE_SET, "NO INHERIT",
                              as_it_is,   "INHERIT",     as_it_is};

    return change_list(change, script, &list);
}

bool alter_mappings(const DdlChange *change, DdlScript *script)
{
    static const List list = {"mappings", DDL_PLAIN,         "DROP MAPPING FOR",
                              token_of,   "ADD MAPPING FOR", as_it_is};

    return change_list(change, script, &list);
}

bool alter_family_operators(const DdlChange *change, DdlScript *script)
{
    static const List list = {"operators", DDL_PLAIN, "DROP", loose_name, "ADD", as_it_is};

    return change_list(change, script, &list);
}

bool alter_family_functions(const DdlChange *change, DdlScript *script)
{
    static const List list = {"functions", DDL_PLAIN, "DROP", loose_name, "ADD", as_it_is};

    return change_list(change, script, &list);
}

bool alter_publication(const DdlChange *change, DdlScript *script)
{
    static const List schemas = {
        "schemas",  DDL_PLAIN, "DROP TABLES IN SCHEMA", ident_quote, "ADD TABLES IN SCHEMA",
        ident_quote};
    static const char *const options[] = {"insert",   "update",   "delete",
                                          "truncate", "via_root", "generated_columns"};
    const DdlScope scope = change_new(change, script);
    bool same = true;

    change_list(change, script, &schemas);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        same = same && change_keeps(change, options[i]);
    if (!same)
        ddl_add(script, DDL_PLAIN,
                arena_printf(script->arena, "%s SET (%s%s)", ddl_expand(&scope, "ALTER {@}"),
                             ddl_write_publish(&scope),
                             jx_bool(change->old, "via_root") && !jx_bool(change->new, "via_root")
                                 ? ", publish_via_partition_root = false"
                                 : ""));
    return true;
}

/* ---- enums ---- */

/* One label more or less at a time: which of them stays where another comes. */
static bool rename_label(const DdlChange *change, DdlScript *script, const json_t *old,
                         const json_t *new)
{
    const DdlScope scope = change_new(change, script);
    size_t differ = 0, at = 0;

    if (json_array_size(old) != json_array_size(new))
        return false;
    for (size_t i = 0; i < json_array_size(old); i++)
        if (strcmp(jx_item(json_array_get(old, i)), jx_item(json_array_get(new, i))) != 0)
            differ++, at = i;
    if (differ != 1)
        return false;
    ddl_add(script, DDL_PLAIN,
            arena_printf(script->arena, "%s RENAME VALUE %s TO %s", ddl_expand(&scope, "ALTER {@}"),
                         ddl_literal(script->arena, jx_item(json_array_get(old, at))),
                         ddl_literal(script->arena, jx_item(json_array_get(new, at)))));
    return true;
}

bool alter_labels(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_new(change, script);
    const json_t *old = json_object_get(change->old, "labels");
    const json_t *new = json_object_get(change->new, "labels");
    size_t from = 0;

    for (size_t i = 0; i < json_array_size(new); i++)
        from += strcmp(jx_item(json_array_get(old, from)), jx_item(json_array_get(new, i))) == 0 &&
                from < json_array_size(old);
    if (from < json_array_size(old))
        return rename_label(change, script, old, new);
    for (size_t i = 0; i < json_array_size(new); i++) {
        const char *label = jx_item(json_array_get(new, i));
        const char *next = NULL;
        if (jx_has_item(old, label))
            continue;
        for (size_t j = i + 1; j < json_array_size(new) && !next; j++)
            next = jx_has_item(old, jx_item(json_array_get(new, j)))
                       ? jx_item(json_array_get(new, j))
                       : NULL;
        ddl_add(script, DDL_ENUM_VALUE,
                arena_printf(script->arena, next ? "%s ADD VALUE %s BEFORE %s" : "%s ADD VALUE %s",
                             ddl_expand(&scope, "ALTER {@}"), ddl_literal(script->arena, label),
                             next ? ddl_literal(script->arena, next) : ""));
    }
    return true;
}

/* ---- memberships ---- */

/* What version 16 can say of a membership is said to it alone. */
static const char *membership(Arena *arena, const char *role, const char *member,
                              const json_t *options, int server_version)
{
    bool admin = jx_has_item(options, "admin");
    const char *inherit = jx_has_item(options, "inherit")      ? ", INHERIT TRUE"
                          : jx_has_item(options, "no inherit") ? ", INHERIT FALSE"
                                                               : "";
    const char *set = jx_has_item(options, "no set") ? ", SET FALSE" : "";

    if (server_version >= 160000 && (*inherit || *set))
        return arena_printf(arena, "GRANT %s TO %s WITH ADMIN %s%s%s", role, member,
                            admin ? "TRUE" : "FALSE", inherit, set);
    return arena_printf(arena, "GRANT %s TO %s%s", role, member, admin ? " WITH ADMIN OPTION" : "");
}

bool alter_memberships(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_any(change, script);
    const json_t *old = json_object_get(change->old, "member_of");
    const json_t *new = json_object_get(change->new, "member_of");
    const char *role = NULL;
    json_t *options = NULL;

    json_object_foreach((json_t *)old, role, options)
    {
        const json_t *now = json_object_get(new, role);
        if (!now || !json_equal(options, now))
            ddl_add(script, DDL_RIGHTS,
                    arena_printf(script->arena, "REVOKE %s FROM %s",
                                 ident_quote(script->arena, role), ddl_name(&scope)));
    }
    json_object_foreach((json_t *)new, role, options)
    {
        const json_t *before = json_object_get(old, role);
        if (!before || !json_equal(options, before))
            ddl_add(script, DDL_RIGHTS,
                    membership(script->arena, ident_quote(script->arena, role), ddl_name(&scope),
                               options, change->server_version));
    }
    return true;
}
