#include "source/acl.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/jx.h"
#include "pg/db.h"

/* In the order of their names. */
static const struct {
    char letter;
    const char *name;
} privileges[] = {
    {'A', "alter system"}, {'c', "connect"}, {'C', "create"},    {'d', "delete"},
    {'X', "execute"},      {'a', "insert"},  {'m', "maintain"},  {'x', "references"},
    {'r', "select"},       {'s', "set"},     {'T', "temporary"}, {'t', "trigger"},
    {'D', "truncate"},     {'w', "update"},  {'U', "usage"},
};
enum { PRIVILEGE_COUNT = sizeof privileges / sizeof *privileges };

/* What there is to grant on each kind, and what everybody has from the start. */
static const struct {
    char kind;
    const char *all;
    const char *everybody;
} kinds[] = {
    {'c', "arwx", ""}, {'r', "arwdDxt", ""}, {'s', "rwU", ""}, {'d', "CTc", "Tc"}, {'f', "X", "X"},
    {'l', "U", "U"},   {'L', "rw", ""},      {'n', "UC", ""},  {'p', "sA", ""},    {'t', "C", ""},
    {'F', "U", ""},    {'S', "U", ""},       {'T', "U", "U"},
};

typedef uint32_t Set; /* of privileges, by their place in the table */

typedef struct Grantee {
    const char *name; /* "" for everybody */
    Set has;
    Set passes_on; /* with grant option */
    Set base;
    Set base_passes_on;
} Grantee;

typedef struct Grantees {
    Grantee *items;
    size_t count;
    size_t room;
} Grantees;

static Set set_of(char letter)
{
    for (size_t i = 0; i < PRIVILEGE_COUNT; i++)
        if (privileges[i].letter == letter)
            return (Set)1 << i;
    return 0;
}

static Set set_of_all(const char *letters)
{
    Set set = 0;

    for (; *letters; letters++)
        set |= set_of(*letters);
    return set;
}

static Set all_of(char kind, int server_version)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].kind == kind)
            return set_of_all(kinds[i].all) |
                   (kind == 'r' && server_version >= 170000 ? set_of('m') : 0);
    return 0;
}

static Set everybodys(char kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].kind == kind)
            return set_of_all(kinds[i].everybody);
    return 0;
}

static Grantee *grantee(Grantees *all, const char *name)
{
    for (size_t i = 0; i < all->count; i++)
        if (strcmp(all->items[i].name, name) == 0)
            return &all->items[i];
    if (all->count == all->room) {
        all->room = all->room ? all->room * 2 : 8;
        all->items = arena_realloc_or_exit(all->items, all->room * sizeof *all->items);
    }
    all->items[all->count] = (Grantee){.name = name};
    return &all->items[all->count++];
}

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
    Set has = 0, passes_on = 0;

    if (*item == '=')
        item++;
    for (; *item && *item != '/'; item++) {
        has |= set_of(*item);
        if (item[1] == '*')
            passes_on |= set_of(*item++);
    }
    if (*item == '/')
        item++;
    /* What the first owner gave himself is the owner's. */
    if (is_base && strcmp(name, role_name(arena, &item)) == 0)
        name = owner;
    if (also && strcmp(name, also) == 0)
        name = owner;
    Grantee *role = grantee(all, name);
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

static int grantee_compare(const void *a, const void *b)
{
    const char *left = ((const Grantee *)a)->name, *right = ((const Grantee *)b)->name;

    return strcmp(*left ? left : "public", *right ? right : "public");
}

static void put_role(FILE *out, const char *name, Set set, Set passes_on, Set all,
                     const char **comma)
{
    const char *inner = "";

    if (!set)
        return;
    fputs(*comma, out);
    *comma = ",";
    name = *name ? name : "public";
    jx_put_string(out, name, strlen(name));
    fputs(":[", out);
    if (set == all && ((passes_on & set) == 0 || (passes_on & set) == set)) {
        fputs(passes_on & set ? "\"all*\"" : "\"all\"", out);
    } else {
        for (size_t i = 0; i < PRIVILEGE_COUNT; i++) {
            if (!(set & ((Set)1 << i)))
                continue;
            fprintf(out, "%s\"%s%s\"", inner, privileges[i].name,
                    passes_on & ((Set)1 << i) ? "*" : "");
            inner = ",";
        }
    }
    putc(']', out);
}

static const char *form(Arena *arena, const Grantees *grantees, Set all, bool revokes)
{
    char *text = NULL;
    size_t length = 0;
    const char *comma = "";
    FILE *out = open_memstream(&text, &length);

    if (!out)
        arena_die("memory");
    putc('{', out);
    for (size_t i = 0; i < grantees->count; i++) {
        const Grantee *role = &grantees->items[i];
        Set more = (role->has & ~role->base) | (role->passes_on & ~role->base_passes_on);
        if (revokes)
            put_role(out, role->name, role->base & ~role->has, 0, all, &comma);
        else
            put_role(out, role->name, more, role->passes_on, all, &comma);
    }
    putc('}', out);
    fclose(out);
    const char *kept = length > 2 ? arena_strdup(arena, text) : NULL;
    free(text);
    return kept;
}

static void list_add(Arena *arena, Grantees *all, const char *acl, const char *owner,
                     const char *also, bool is_base)
{
    for (const char **item = db_array_items(arena, acl); *item; item++)
        item_add(arena, all, *item, owner, also, is_base);
}

static void default_add(Grantees *all, char kind, const char *owner, Set everything, bool is_base)
{
    Set everybody = everybodys(kind);

    if (kind == 'c')
        return;
    if (is_base) {
        grantee(all, owner)->base |= everything;
        grantee(all, "")->base |= everybody;
    } else {
        grantee(all, owner)->has |= everything;
        grantee(all, "")->has |= everybody;
    }
}

AclForm acl_form(Arena *arena, const char *acl, const char *base, char kind, const char *owner,
                 const char *also, int server_version)
{
    Set all = all_of(kind, server_version);
    Grantees grantees = {0};
    AclForm ret = {0};

    if (!acl && !base)
        return ret;
    if (acl)
        list_add(arena, &grantees, acl, owner, also, false);
    else
        default_add(&grantees, kind, owner, all, false);
    if (base)
        list_add(arena, &grantees, base, owner, also, true);
    else
        default_add(&grantees, kind, owner, all, true);
    qsort(grantees.items, grantees.count, sizeof *grantees.items, grantee_compare);
    ret.grants = form(arena, &grantees, all, false);
    ret.revokes = form(arena, &grantees, all, true);
    free(grantees.items);
    return ret;
}
