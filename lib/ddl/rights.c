#include "ddl/rights.h"

#include <string.h>

#include "ddl/write.h"
#include "json/jx.h"
#include "model/ident.h"
#include "model/privilege.h"

static const char *const names[] = {
    "select", "insert", "update",  "delete",    "truncate", "references",   "trigger", "execute",
    "usage",  "create", "connect", "temporary", "set",      "alter system", "maintain"};
enum { MAINTAIN_SINCE = 170000 };

/* As for acldefault(). */
static char letter_of(const DdlScope *scope)
{
    static const struct {
        KindId kind;
        char letter;
    } letters[] = {
        {KIND_SCHEMA, 'n'},      {KIND_ENUM, 'T'},
        {KIND_DOMAIN, 'T'},      {KIND_COMPOSITE, 'T'},
        {KIND_RANGE, 'T'},       {KIND_BASE_TYPE, 'T'},
        {KIND_SEQUENCE, 's'},    {KIND_TABLE, 'r'},
        {KIND_COLUMN, 'c'},      {KIND_VIEW, 'r'},
        {KIND_VIEW_COLUMN, 'c'}, {KIND_FUNCTION, 'f'},
        {KIND_LANGUAGE, 'l'},    {KIND_FOREIGN_DATA_WRAPPER, 'F'},
        {KIND_SERVER, 'S'},      {KIND_DATABASE, 'd'},
        {KIND_TABLESPACE, 't'},  {KIND_PARAMETER, 'p'},
    };
    static const struct {
        const char *objects;
        char letter;
    } defaults[] = {
        {"tables", 'r'}, {"sequences", 's'}, {"functions", 'f'}, {"types", 'T'}, {"schemas", 'n'}};
    const char *what =
        jx_string(scope->object, scope->kind == KIND_PRIVILEGES ? "kind" : "objects", "");

    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (letters[i].kind == scope->kind)
            return letters[i].letter;
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++)
        if (strncmp(defaults[i].objects, what, strlen(what)) == 0)
            return defaults[i].letter;
    return strcmp(what, "language") == 0 ? 'l' : strchr(what, ' ') ? 'c' : 'r';
}

/* ---- sets ---- */

typedef struct Set {
    Privileges has;
    Privileges passes_on; /* among them */
} Set;

static Set set_of(const json_t *list, char letter, int server_version)
{
    Set set = {0};
    bool no_maintain = false;

    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *item = jx_item(json_array_get(list, i));
        size_t length = strcspn(item, "*");
        char name[32] = "";

        no_maintain = no_maintain || strcmp(item, "no maintain") == 0;
        if (length >= sizeof name)
            continue;
        memcpy(name, item, length);
        Privileges one = strcmp(name, "all") == 0 ? privilege_all(letter, server_version)
                                                  : privilege_by_name(name);
        set.has |= one;
        if (item[length] == '*')
            set.passes_on |= one;
    }
    Privileges with = privilege_by_name("references") | privilege_by_name("trigger") |
                      privilege_by_name("truncate");
    if (letter == 'r' && server_version >= MAINTAIN_SINCE && (set.has & with) == with)
        set.has |= privilege_by_name("maintain");
    if (no_maintain)
        set.has &= ~privilege_by_name("maintain");
    return set;
}

static const char *list_of(Arena *arena, Privileges set, char letter, int server_version,
                           const char *column)
{
    CLEANUP(buffer_free) Buffer out = {0};

    if (set == privilege_all(letter, server_version))
        return arena_printf(arena, "ALL%s", column);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!(set & privilege_by_name(names[i])))
            continue;
        if (out.length > 0)
            buffer_text(&out, ", ");
        for (const char *c = names[i]; *c; c++)
            buffer_char(&out, *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c);
        buffer_text(&out, column);
    }
    return arena_strndup(arena, out.bytes ? out.bytes : "", out.length);
}

/* ---- statements ---- */

typedef struct Writer {
    const DdlScope *scope;
    char letter;
    int server_version;
    DdlScript *script;
} Writer;

static const char *object_word(Arena *arena, const char *kind)
{
    static const char *const functions[] = {"function", "aggregate", "procedure"};

    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (strcmp(kind, functions[i]) == 0)
            return "FUNCTION";
    if (strcmp(kind, "view") == 0 || strcmp(kind, "materialized view") == 0 ||
        strcmp(kind, "foreign table") == 0)
        return "TABLE";
    char *word = arena_strdup(arena, kind);
    for (char *c = word; *c; c++)
        *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
    return word;
}

/* What stands behind ON. */
static const char *target(const DdlScope *scope)
{
    Arena *arena = scope->arena;
    const char *grants = ddl_kind(scope->kind)->grants;
    bool is_procedure = strcmp(jx_string(scope->object, "kind", ""), "procedure") == 0;

    if (scope->kind == KIND_DATABASE)
        return "DATABASE %I";
    if (scope->kind == KIND_DEFAULT_PRIVILEGES)
        return object_word(arena, jx_string(scope->object, "objects", ""));
    if (scope->kind == KIND_PRIVILEGES)
        return arena_printf(arena, "%s %s",
                            object_word(arena, jx_string(scope->object, "kind", "")),
                            jx_string(scope->object, "name", ""));
    if (scope->kind == KIND_FUNCTION)
        return ddl_expand(scope, is_procedure ? "PROCEDURE {id}" : "FUNCTION {id}");
    if (scope->kind == KIND_TABLE)
        return ddl_expand(scope, "TABLE {id}");
    return strcmp(grants, "{@}") == 0 ? ddl_target(scope) : ddl_expand(scope, grants);
}

static void say(const Writer *writer, bool grant, Privileges set, const char *role,
                const char *option_for, const char *with)
{
    const DdlScope *scope = writer->scope;
    Arena *arena = scope->arena;
    const char *column =
        writer->letter == 'c' && scope->parent ? ddl_expand(scope, " ({name:i})") : "";
    const char *text = NULL;

    if (!set)
        return;
    text = arena_printf(arena, "%s %s%s ON %s %s %s%s", grant ? "GRANT" : "REVOKE", option_for,
                        list_of(arena, set, writer->letter, writer->server_version, column),
                        target(scope), grant ? "TO" : "FROM",
                        strcmp(role, "public") == 0 ? "PUBLIC" : ident_quote(arena, role), with);
    if (scope->kind == KIND_DATABASE)
        text = ddl_write_for_database(arena, text);
    if (scope->kind == KIND_DEFAULT_PRIVILEGES)
        text = arena_join(arena,
                          ddl_expand(scope, "ALTER DEFAULT PRIVILEGES FOR ROLE {role:i}[ IN SCHEMA "
                                            "{schema:i}] "),
                          text, NULL);
    ddl_add(writer->script, DDL_RIGHTS, text);
}

static void lose(const Writer *writer, const char *role, Set old, Set new)
{
    say(writer, false, old.has & ~new.has, role, "", "");
    say(writer, false, old.passes_on & ~new.passes_on &new.has, role, "GRANT OPTION FOR ", "");
}

static void gain(const Writer *writer, const char *role, Set old, Set new)
{
    Privileges passes_on = new.passes_on & ~old.passes_on;

    say(writer, true, new.has & ~old.has & ~passes_on, role, "", "");
    say(writer, true, passes_on, role, "", " WITH GRANT OPTION");
}

typedef void Step(const Writer *writer, const char *role, Set old, Set new);

/* Each role of either side once. */
static void each(const Writer *writer, const json_t *old, const json_t *new, const char *leave_out,
                 Step *step)
{
    const char *role = NULL;
    json_t *list = NULL;

    json_object_foreach((json_t *)old, role, list)
    {
        if (!leave_out || strcmp(role, leave_out) != 0)
            step(writer, role, set_of(list, writer->letter, writer->server_version),
                 set_of(json_object_get(new, role), writer->letter, writer->server_version));
    }
    json_object_foreach((json_t *)new, role, list)
    {
        if (!json_object_get(old, role))
            step(writer, role, (Set){0}, set_of(list, writer->letter, writer->server_version));
    }
}

void rights_change(const DdlScope *scope, const DdlRights *old, const DdlRights *new,
                   const char *new_owner, int server_version, DdlScript *script)
{
    const Writer writer = {scope, letter_of(scope), server_version, script};

    each(&writer, old->grants, new->grants, new_owner, lose);
    each(&writer, new->revokes, old->revokes, NULL, lose); /* what is missing now */
    each(&writer, old->grants, new->grants, new_owner, gain);
    each(&writer, new->revokes, old->revokes, NULL, gain);
}

/* ---- what default privileges give ---- */

DdlRights rights_of(const json_t *object)
{
    return (DdlRights){json_object_get(object, "grants"), json_object_get(object, "revokes")};
}

void rights_free(DdlRights *rights)
{
    json_decref((json_t *)rights->grants);
    json_decref((json_t *)rights->revokes);
    *rights = (DdlRights){0};
}

static void merge(json_t *into, const json_t *from)
{
    const char *role = NULL;
    json_t *list = NULL;

    json_object_foreach((json_t *)from, role, list)
    {
        json_t *there = json_object_get(into, role);
        if (there)
            json_array_extend(there, list);
        else
            json_object_set_new(into, role, json_copy(list));
    }
}

DdlRights rights_at_creation(const DdlSide *side, const DdlNode *node)
{
    static const struct {
        KindId kind;
        const char *objects;
    } kinds[] = {{KIND_SCHEMA, "schemas"},     {KIND_TABLE, "tables"},       {KIND_VIEW, "tables"},
                 {KIND_SEQUENCE, "sequences"}, {KIND_FUNCTION, "functions"}, {KIND_ENUM, "types"},
                 {KIND_DOMAIN, "types"},       {KIND_COMPOSITE, "types"},    {KIND_RANGE, "types"},
                 {KIND_BASE_TYPE, "types"}};
    json_t *grants = json_object(), *revokes = json_object();
    const char *objects = NULL;
    size_t index = 0;
    json_t *defaults = NULL;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].kind == node->kind)
            objects = kinds[i].objects;
    json_array_foreach(json_object_get(side->snapshot, "default_privileges"), index, defaults)
    {
        const char *schema = jx_string(defaults, "schema", NULL);
        if (!objects || strcmp(jx_string(defaults, "objects", ""), objects) != 0 ||
            strcmp(jx_string(defaults, "role", ""), side->owner) != 0 ||
            (schema && strcmp(schema, jx_string(node->object, "schema", "")) != 0))
            continue;
        merge(grants, json_object_get(defaults, "grants"));
        merge(revokes, json_object_get(defaults, "revokes"));
    }
    return (DdlRights){grants, revokes};
}
