#include "model/privilege.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/jx.h"

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

Privileges privilege_by_letter(char letter)
{
    for (size_t i = 0; i < PRIVILEGE_COUNT; i++)
        if (privileges[i].letter == letter)
            return (Privileges)1 << i;
    return 0;
}

Privileges privilege_by_name(const char *name)
{
    for (size_t i = 0; i < PRIVILEGE_COUNT; i++)
        if (strcmp(privileges[i].name, name) == 0)
            return (Privileges)1 << i;
    return 0;
}

static Privileges set_of_all(const char *letters)
{
    Privileges set = 0;

    for (; *letters; letters++)
        set |= privilege_by_letter(*letters);
    return set;
}

Privileges privilege_all(char kind, int server_version)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].kind == kind)
            return set_of_all(kinds[i].all) |
                   (kind == 'r' && server_version >= 170000 ? privilege_by_letter('m') : 0);
    return 0;
}

Privileges privilege_everybodys(char kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].kind == kind)
            return set_of_all(kinds[i].everybody);
    return 0;
}

Privileges privilege_of_names(const json_t *names, char kind)
{
    Privileges set = 0;
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(names, index, item)
    {
        char name[sizeof "alter system"] = "";
        const char *text = json_string_value(item);
        size_t length = text ? strcspn(text, "*") : 0;

        if (length == 0 || length >= sizeof name)
            continue;
        memcpy(name, text, length);
        set |= strcmp(name, "all") == 0 ? privilege_all(kind, 0) : privilege_by_name(name);
    }
    return set;
}

Grantee *grantees_at(Grantees *all, const char *name)
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

static int grantee_compare(const void *a, const void *b)
{
    const char *left = ((const Grantee *)a)->name, *right = ((const Grantee *)b)->name;

    return strcmp(*left ? left : "public", *right ? right : "public");
}

/* Before 17 there was no MAINTAIN, and who has REFERENCES, TRIGGER and TRUNCATE was given ALL. So
 * beside these three it goes without saying, and its lack is what is told: that way a GRANT ALL
 * with something revoked from it reads the same from every server. */
static bool maintain_is_implied(Privileges set, Privileges passes_on, Privileges all)
{
    Privileges maintain = privilege_by_letter('m'), truncate = privilege_by_letter('D');
    Privileges others = truncate | privilege_by_letter('t') | privilege_by_letter('x');

    return (all & maintain) && (set & others) == others &&
           (!(set & maintain) || !(passes_on & maintain) == !(passes_on & truncate));
}

static void put_role(Buffer *out, const char *name, Privileges set, Privileges passes_on,
                     Privileges all, const char **comma)
{
    const char *inner = "";

    if (!set)
        return;
    buffer_text(out, *comma);
    *comma = ",";
    name = *name ? name : "public";
    jx_add_string(out, name, strlen(name));
    buffer_text(out, ":[");
    if (set == all && ((passes_on & set) == 0 || (passes_on & set) == set)) {
        buffer_text(out, passes_on & set ? "\"all*\"" : "\"all\"");
    } else {
        if (maintain_is_implied(set, passes_on, all)) {
            Privileges maintain = privilege_by_letter('m');
            if (!(set & maintain)) {
                buffer_text(out, "\"no maintain\"");
                inner = ",";
            }
            set &= ~maintain;
        }
        for (size_t i = 0; i < PRIVILEGE_COUNT; i++) {
            if (!(set & ((Privileges)1 << i)))
                continue;
            buffer_text(out, inner);
            buffer_char(out, '"');
            buffer_text(out, privileges[i].name);
            buffer_text(out, passes_on & ((Privileges)1 << i) ? "*\"" : "\"");
            inner = ",";
        }
    }
    buffer_char(out, ']');
}

static const char *form(Arena *arena, const Grantees *grantees, Privileges all, bool revokes)
{
    CLEANUP(buffer_free) Buffer text = {0};
    const char *comma = "";

    buffer_char(&text, '{');
    for (size_t i = 0; i < grantees->count; i++) {
        const Grantee *role = &grantees->items[i];
        Privileges more = (role->has & ~role->base) | (role->passes_on & ~role->base_passes_on);
        if (revokes)
            put_role(&text, role->name, role->base & ~role->has, 0, all, &comma);
        else
            put_role(&text, role->name, more, role->passes_on, all, &comma);
    }
    buffer_char(&text, '}');
    return text.length > 2 ? arena_strdup(arena, text.bytes) : NULL;
}

void grantees_free(Grantees *grantees)
{
    free(grantees->items);
    *grantees = (Grantees){0};
}

void grantees_default(Grantees *grantees, char kind, const char *owner, int server_version,
                      bool is_base)
{
    Privileges everything = privilege_all(kind, server_version);
    Privileges everybody = privilege_everybodys(kind);

    if (kind == 'c')
        return;
    if (is_base) {
        grantees_at(grantees, owner)->base |= everything;
        grantees_at(grantees, "")->base |= everybody;
    } else {
        grantees_at(grantees, owner)->has |= everything;
        grantees_at(grantees, "")->has |= everybody;
    }
}

PrivilegeForm privilege_form(Arena *arena, Grantees *grantees, Privileges all)
{
    if (grantees->count > 1)
        qsort(grantees->items, grantees->count, sizeof *grantees->items, grantee_compare);
    return (PrivilegeForm){.grants = form(arena, grantees, all, false),
                           .revokes = form(arena, grantees, all, true)};
}
