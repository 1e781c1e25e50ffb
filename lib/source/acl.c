#include "source/acl.h"

#include <stdbool.h>
#include <string.h>

#include "pg/db.h"

/* A role's name from *text on, in quotes when it is not plain; *text is left behind it. */
static const char *role_name(Arena *arena, const char **text)
{
    const char *from = *text;
    bool quoted = *from == '"';
    size_t length = 0;

    if (!quoted) {
        length = strcspn(from, "=/");
        *text = from + length;
        return arena_strndup(arena, from, length);
    }
    char *name = arena_alloc(arena, strlen(from) + 1);
    for (from++; *from && (*from != '"' || from[1] == '"'); from++) {
        name[length++] = *from;
        from += *from == '"';
    }
    *text = *from ? from + 1 : from;
    return name;
}

/* grantee=letters/grantor */
static void item_add(Arena *arena, Grantees *all, const char *item, const char *owner,
                     const char *also, bool is_base)
{
    const char *name = role_name(arena, &item);
    Privileges has = 0, passes_on = 0;

    if (*item == '=')
        item++;
    for (; *item && *item != '/'; item++) {
        has |= privilege_by_letter(*item);
        if (item[1] == '*')
            passes_on |= privilege_by_letter(*item++);
    }
    if (*item == '/')
        item++;
    /* What the first owner gave himself is the owner's. */
    if (is_base && strcmp(name, role_name(arena, &item)) == 0)
        name = owner;
    if (also && strcmp(name, also) == 0)
        name = owner;
    Grantee *role = grantees_at(all, name);
    if (strcmp(name, owner) == 0)
        passes_on = 0;
    if (is_base) {
        role->base |= has;
        role->base_passes_on |= passes_on;
    } else {
        role->has |= has;
        role->passes_on |= passes_on;
    }
}

static void list_add(Arena *arena, Grantees *all, const char *acl, const char *owner,
                     const char *also, bool is_base)
{
    for (const char **item = db_array_items(arena, acl); *item; item++)
        item_add(arena, all, *item, owner, also, is_base);
}

PrivilegeForm acl_form(Arena *arena, const char *acl, const char *base, char kind,
                       const char *owner, const char *also, int server_version)
{
    Grantees grantees = {0};
    PrivilegeForm ret = {0};

    if (!acl && !base)
        return ret;
    if (acl)
        list_add(arena, &grantees, acl, owner, also, false);
    else
        grantees_default(&grantees, kind, owner, server_version, false);
    if (base)
        list_add(arena, &grantees, base, owner, also, true);
    else
        grantees_default(&grantees, kind, owner, server_version, true);
    ret = privilege_form(arena, &grantees, privilege_all(kind, server_version));
    grantees_free(&grantees);
    return ret;
}
