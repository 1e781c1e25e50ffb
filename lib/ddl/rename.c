#include "ddl/rename.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "ddl/side.h"
#include "json/jx.h"
#include "model/change.h"
#include "model/ident.h"
#include "model/text.h"
#include "sql/lex.h"

/* No text of a schema ends with it: what has it is not what it was. */
#define STALE "\x01"

typedef struct Rename {
    KindId kind;
    const char *old_id, *new_id; /* of a nested one with its parent's */
    json_t *object;              /* in the copy */
    json_t *parent;              /* likewise; NULL of what is not nested */
    const char *old_name, *new_name;
    const char *old_schema, *new_schema; /* NULL of what has none */
} Rename;

typedef struct Renaming {
    Arena *arena;
    json_t *doc; /* the copy */
    const json_t *new;
    DdlScript *script;
} Renaming;

/* ---- texts ---- */

/* Whether the name there, bare or quoted, is this one. */
static bool is_name(const char *text, size_t from, size_t to, const char *quoted)
{
    return strlen(quoted) == to - from && memcmp(text + from, quoted, to - from) == 0;
}

static bool is_cast(const char *text, size_t at)
{
    return at >= 2 && text[at - 1] == ':' && text[at - 2] == ':';
}

/* A column's name stands alone: no call, no type, not behind a full stop. */
static bool stands_alone(const char *text, size_t length, size_t from, size_t to)
{
    return (from == 0 || text[from - 1] != '.') && !is_cast(text, from) &&
           (to >= length || (text[to] != '.' && text[to] != '('));
}

/* The text with each name that stands alone and is old as new. Both quoted as needed. */
static const char *replace_word(Arena *arena, const char *text, const char *old, const char *new)
{
    CLEANUP(buffer_free) Buffer out = {0};
    size_t length = strlen(text);

    for (size_t at = 0; at < length;) {
        size_t next = text[at] == '"' ? at : lex_skip(text, length, at);
        if (next > at) {
            buffer_add(&out, text + at, next - at);
        } else if (text[at] == '"' || lex_is_word(text[at])) {
            next = lex_name_end(text, length, at);
            if (is_name(text, at, next, old) && stands_alone(text, length, at, next))
                buffer_text(&out, new);
            else
                buffer_add(&out, text + at, next - at);
        } else
            buffer_char(&out, text[(next = at + 1) - 1]);
        at = next;
    }
    return arena_strndup(arena, out.bytes ? out.bytes : "", out.length);
}

/* Where "schema.name" stands in the text as a whole, from at on; NULL: nowhere. */
static const char *find_id(const char *text, const char *id)
{
    size_t length = strlen(id);

    for (const char *at = text; (at = strstr(at, id)); at += length)
        if ((at == text || (!lex_is_word(at[-1]) && at[-1] != '.' && at[-1] != '"')) &&
            !lex_is_word(at[length]) && at[length] != '"')
            return at;
    return NULL;
}

/* The text with id as new, everywhere or where before stands before it and after behind. */
static const char *replace_id(Arena *arena, const char *text, const char *before, const char *id,
                              const char *after, const char *new)
{
    CLEANUP(buffer_free) Buffer out = {0};
    size_t length = strlen(id), ahead = strlen(before);
    const char *from = text;

    for (const char *at = text; (at = find_id(at, id)); at += length) {
        if ((size_t)(at - text) < ahead || memcmp(at - ahead, before, ahead) != 0 ||
            strncmp(at + length, after, strlen(after)) != 0)
            continue;
        buffer_add(&out, from, (size_t)(at - from));
        buffer_text(&out, new);
        from = at + length;
    }
    buffer_text(&out, from);
    return arena_strndup(arena, out.bytes ? out.bytes : "", out.length);
}

static void set_text(json_t *object, const char *member, const char *text)
{
    json_object_set_new(object, member, json_string(text));
}

static void rewrite_word(const Renaming *renaming, json_t *object, const char *member,
                         const char *old, const char *new)
{
    const char *text = jx_string(object, member, NULL);

    if (text)
        set_text(object, member, replace_word(renaming->arena, text, old, new));
}

/* An item of an array of names. */
static void rewrite_item(json_t *array, const char *old, const char *new)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *item = json_string_value(json_array_get(array, i));
        if (item && strcmp(item, old) == 0)
            json_array_set_new(array, i, json_string(new));
    }
}

/* ---- what names a relation or a type ---- */

/* Members that are ids, or types, and nothing else. */
static const char *const id_members[] = {
    "references", "partition_of", "of_type",     "table",     "type",   "base_type", "subtype",
    "arguments",  "returns",      "return_type", "collation", "family", NULL};
/* Texts of expressions and definitions. */
static const char *const text_members[] = {"definition", "default", "using", "check",
                                           "predicate",  "where",   "body",  NULL};

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

/* What is left of the old name is of an unknown meaning. */
static const char *mark_stale(Arena *arena, const char *text, const char *old)
{
    return find_id(text, old) ? arena_join(arena, text, STALE, NULL) : text;
}

static const char *rewrite_text(Arena *arena, const char *text, const Rename *rename)
{
    static const char *const places[][2] = {{" ON ", " USING "},  {" ON ONLY ", " USING "},
                                            {"REFERENCES ", "("}, {" FROM ", ""},
                                            {"::", ""},           {"nextval('", "'"}};

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        /* " FROM public.a" ends the definition of statistics, and begins much in a view. */
        const char *at = i == 3 ? find_id(text, rename->old_id) : NULL;
        if (i == 3 && (!at || at[strlen(rename->old_id)]))
            continue;
        text = replace_id(arena, text, places[i][0], rename->old_id, places[i][1], rename->new_id);
    }
    return mark_stale(arena, text, rename->old_id);
}

static void rewrite_ids(const Renaming *renaming, json_t *value, const Rename *rename)
{
    const char *key = NULL;
    json_t *item = NULL;
    void *next = NULL;
    size_t index = 0;
    size_t length = strlen(rename->old_id);

    json_object_foreach_safe(value, next, key, item)
    {
        const char *text = json_string_value(item);
        if (!text)
            rewrite_ids(renaming, item, rename);
        else if (is_one_of(key, id_members))
            set_text(value, key,
                     replace_id(renaming->arena, text, "", rename->old_id, "", rename->new_id));
        else if (is_one_of(key, text_members))
            set_text(value, key, rewrite_text(renaming->arena, text, rename));
        else if (strcmp(key, "owned_by") == 0 && strncmp(text, rename->old_id, length) == 0 &&
                 text[length] == '.')
            set_text(value, key, arena_join(renaming->arena, rename->new_id, text + length, NULL));
        else if (strcmp(key, "id") == 0 && strchr(text, '(')) /* of a function */
            set_text(value, key,
                     replace_id(renaming->arena, text, "", rename->old_id, "", rename->new_id));
    }
    json_array_foreach(value, index, item)
    {
        const char *text = json_string_value(item);
        if (!text)
            rewrite_ids(renaming, item, rename);
        else if (strcmp(text, rename->old_id) == 0) /* parents, types of arguments */
            json_array_set_new(value, index, json_string(rename->new_id));
    }
}

/* A publication knows its tables by their ids. */
static void rewrite_publications(const Renaming *renaming, const Rename *rename)
{
    size_t index = 0, place = 0;
    json_t *publication = NULL, *table = NULL;

    json_array_foreach(json_object_get(renaming->doc, "publications"), index, publication)
    {
        json_array_foreach(json_object_get(publication, "tables"), place, table)
        {
            if (strcmp(jx_string(table, "name", ""), rename->old_id) == 0)
                set_text(table, "name", rename->new_id);
        }
    }
}

/* ---- what names a role ---- */

static void rewrite_key(json_t *object, const char *old, const char *new)
{
    json_t *value = json_object_get(object, old);

    if (!value)
        return;
    json_object_set(object, new, value);
    json_object_del(object, old);
}

/* Owners, rights, memberships: names that are nothing else. */
static void rewrite_roles(json_t *value, const char *old, const char *new)
{
    static const char *const named[] = {"owner", "role", NULL};
    static const char *const keyed[] = {"grants", "revokes", "member_of", NULL};
    const char *key = NULL;
    json_t *item = NULL;
    void *next = NULL;
    size_t index = 0;

    json_object_foreach_safe(value, next, key, item)
    {
        if (is_one_of(key, named) && strcmp(jx_item(item), old) == 0)
            set_text(value, key, new);
        else if (is_one_of(key, keyed))
            rewrite_key(item, old, new);
        else if (strcmp(key, "roles") == 0 && json_is_string(json_array_get(item, 0)))
            rewrite_item(item, old, new);
        else
            rewrite_roles(item, old, new);
    }
    json_array_foreach(value, index, item)
    {
        rewrite_roles(item, old, new);
    }
}

/* What is known by its role: "role ON tables", "server FOR role". */
static void rewrite_role_ids(const Renaming *renaming, const Rename *rename)
{
    static const char *const places[][3] = {{"default_privileges", "", " ON "},
                                            {"user_mappings", " FOR ", ""}};

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        size_t index = 0;
        json_t *object = NULL;

        json_array_foreach(json_object_get(renaming->doc, places[i][0]), index, object)
        {
            if (strcmp(jx_string(object, "role", ""), rename->new_name) == 0)
                set_text(object, "id",
                         replace_id(renaming->arena, jx_string(object, "id", ""), places[i][1],
                                    rename->old_id, places[i][2], rename->new_id));
        }
    }
}

static void rewrite_object(const Renaming *renaming, const Rename *rename)
{
    if (rename->kind == KIND_ROLE) {
        rewrite_roles(renaming->doc, rename->old_name, rename->new_name);
        rewrite_role_ids(renaming, rename);
    }
    set_text(rename->object, "id", rename->new_id);
    set_text(rename->object, "name", rename->new_name);
    if (rename->new_schema)
        set_text(rename->object, "schema", rename->new_schema);
    if (rename->kind != KIND_FUNCTION) {
        rewrite_ids(renaming, renaming->doc, rename);
        rewrite_publications(renaming, rename);
    }
}

/* ---- what names a column ---- */

/* The columns of a foreign key's other table. */
static void rewrite_references(const Renaming *renaming, const Rename *rename, const char *old,
                               const char *new)
{
    const char *table_id = jx_string(rename->parent, "id", "");
    size_t index = 0, place = 0;
    json_t *table = NULL, *constraint = NULL;

    json_array_foreach(json_object_get(renaming->doc, "tables"), index, table)
    {
        json_array_foreach(json_object_get(table, "constraints"), place, constraint)
        {
            const char *text = jx_string(constraint, "definition", "");
            const char *at = strstr(text, "REFERENCES ");
            if (strcmp(jx_string(constraint, "references", ""), table_id) != 0 || !at)
                continue;
            rewrite_item(json_object_get(constraint, "reference_columns"), rename->old_name,
                         rename->new_name);
            at += strlen("REFERENCES ") + strlen(table_id);
            set_text(constraint, "definition",
                     arena_printf(renaming->arena, "%.*s%s", (int)(at - text), text,
                                  replace_word(renaming->arena, at, old, new)));
        }
    }
}

/* The part of a key's definition that is about its own table. */
static void rewrite_constraint(const Renaming *renaming, json_t *constraint, const Rename *rename,
                               const char *old, const char *new)
{
    const char *text = jx_string(constraint, "definition", "");
    const char *at = strstr(text, " REFERENCES ");
    size_t own = at ? (size_t)(at - text) : strlen(text);

    rewrite_item(json_object_get(constraint, "columns"), rename->old_name, rename->new_name);
    set_text(constraint, "definition",
             arena_join(
                 renaming->arena,
                 replace_word(renaming->arena, arena_strndup(renaming->arena, text, own), old, new),
                 text + own, NULL));
}

static void mark_member(const Renaming *renaming, json_t *object, const char *member)
{
    const char *text = jx_string(object, member, NULL);

    if (text)
        set_text(object, member, arena_join(renaming->arena, text, STALE, NULL));
}

static void mark_all(const Renaming *renaming, const json_t *array, const char *member,
                     const char *word)
{
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(array, index, item)
    {
        if (strstr(jx_string(item, member, ""), word))
            mark_member(renaming, item, member);
    }
}

/* Whatever else may name the column is made again. */
static void mark_users(const Renaming *renaming, const json_t *table, const char *word)
{
    size_t index = 0;
    json_t *item = NULL;

    mark_all(renaming, json_object_get(table, "policies"), "using", word);
    mark_all(renaming, json_object_get(table, "policies"), "check", word);
    mark_all(renaming, json_object_get(table, "triggers"), "definition", word);
    mark_all(renaming, json_object_get(table, "rules"), "definition", word);
    mark_all(renaming, json_object_get(renaming->doc, "views"), "definition", word);
    json_array_foreach(json_object_get(renaming->doc, "functions"), index, item)
    {
        const char *body = jx_string(item, "body", "");
        if (text_is_statement(body) && strstr(body, word))
            mark_member(renaming, item, "body");
    }
    json_array_foreach(json_object_get(renaming->doc, "publications"), index, item)
    {
        mark_all(renaming, json_object_get(item, "tables"), "where", word);
    }
}

static void rewrite_column(const Renaming *renaming, const Rename *rename)
{
    const char *old = ident_quote(renaming->arena, rename->old_name);
    const char *new = ident_quote(renaming->arena, rename->new_name);
    const char *table_id = jx_string(rename->parent, "id", "");
    size_t index = 0;
    json_t *item = NULL;

    set_text(rename->object, "name", rename->new_name);
    json_array_foreach(json_object_get(rename->parent, "constraints"), index, item)
    {
        rewrite_constraint(renaming, item, rename, old, new);
    }
    json_array_foreach(json_object_get(rename->parent, "indexes"), index, item)
    {
        rewrite_item(json_object_get(item, "columns"), rename->old_name, rename->new_name);
        rewrite_word(renaming, item, "predicate", old, new);
        const char *text = jx_string(item, "definition", ""), *at = strstr(text, " USING ");
        if (at) /* the index may have the column's name */
            set_text(item, "definition",
                     arena_printf(renaming->arena, "%.*s%s", (int)(at - text), text,
                                  replace_word(renaming->arena, at, old, new)));
    }
    json_array_foreach(json_object_get(rename->parent, "columns"), index, item)
    {
        if (json_object_get(item, "generated"))
            rewrite_word(renaming, item, "default", old, new);
    }
    json_array_foreach(json_object_get(renaming->doc, "statistics"), index, item)
    {
        const char *text = jx_string(item, "definition", ""), *at = strstr(text, " ON ");
        if (at && strcmp(jx_string(item, "table", ""), table_id) == 0)
            set_text(item, "definition",
                     arena_printf(renaming->arena, "%.*s%s", (int)(at - text), text,
                                  replace_word(renaming->arena, at, old, new)));
    }
    rewrite_word(renaming, rename->parent, "partition_key", old, new);
    rewrite_references(renaming, rename, old, new);
    json_array_foreach(json_object_get(renaming->doc, "sequences"), index, item)
    {
        if (strcmp(jx_string(item, "owned_by", ""),
                   arena_printf(renaming->arena, "%s.%s", table_id, old)) == 0)
            set_text(item, "owned_by", arena_printf(renaming->arena, "%s.%s", table_id, new));
    }
    json_array_foreach(json_object_get(renaming->doc, "publications"), index, item)
    {
        const json_t *tables = json_object_get(item, "tables");
        for (size_t i = 0; i < json_array_size(tables); i++)
            if (strcmp(jx_string(json_array_get(tables, i), "name", ""), table_id) == 0)
                rewrite_item(json_object_get(json_array_get(tables, i), "columns"),
                             rename->old_name, rename->new_name);
    }
    mark_users(renaming, rename->parent, rename->old_name);
}

/* ---- what is nested and has its name in its own definition ---- */

static void rewrite_nested(const Renaming *renaming, const Rename *rename)
{
    static const char *const heads[] = {"INDEX ", "TRIGGER ", "RULE "};
    const char *old = ident_quote(renaming->arena, rename->old_name);
    const char *new = ident_quote(renaming->arena, rename->new_name);
    const char *text = jx_string(rename->object, "definition", NULL);

    set_text(rename->object, "name", rename->new_name);
    for (size_t i = 0; text && i < sizeof heads / sizeof *heads; i++) {
        const char *at = strstr(text, heads[i]);
        if (!at || strncmp(at + strlen(heads[i]), old, strlen(old)) != 0)
            continue;
        at += strlen(heads[i]);
        set_text(rename->object, "definition",
                 arena_printf(renaming->arena, "%.*s%s%s", (int)(at - text), text, new,
                              at + strlen(old)));
        break;
    }
    if (strcmp(jx_string(rename->parent, "cluster_on", ""), rename->old_name) == 0)
        set_text(rename->parent, "cluster_on", rename->new_name);
    if (strcmp(jx_string(rename->parent, "replica_identity", ""),
               arena_printf(renaming->arena, "index %s", rename->old_name)) == 0)
        set_text(rename->parent, "replica_identity",
                 arena_printf(renaming->arena, "index %s", rename->new_name));
}

/* ---- statements ---- */

static const struct {
    KindId kind;
    const char *rename; /* with {@}, {^id}, {name:i}; the new name follows */
    DdlForm form;
} forms[] = {
    {KIND_SCHEMA, "ALTER {@}", DDL_PLAIN},
    {KIND_TABLE, "ALTER {@}", DDL_TABLE_SET},
    {KIND_VIEW, "ALTER {@}", DDL_TABLE_SET},
    {KIND_SEQUENCE, "ALTER {@}", DDL_TABLE_SET},
    {KIND_ENUM, "ALTER {@}", DDL_PLAIN},
    {KIND_DOMAIN, "ALTER {@}", DDL_PLAIN},
    {KIND_COMPOSITE, "ALTER {@}", DDL_PLAIN},
    {KIND_RANGE, "ALTER {@}", DDL_PLAIN},
    {KIND_FUNCTION, "ALTER {@}", DDL_PLAIN},
    {KIND_STATISTICS, "ALTER {@}", DDL_PLAIN},
    {KIND_ROLE, "ALTER {@}", DDL_RIGHTS},
    {KIND_PUBLICATION, "ALTER {@}", DDL_PLAIN},
    {KIND_COLUMN, "ALTER TABLE {^id} RENAME COLUMN {name:i}", DDL_TABLE_SET},
    {KIND_ATTRIBUTE, "ALTER TYPE {^id} RENAME ATTRIBUTE {name:i}", DDL_PLAIN},
    {KIND_CONSTRAINT, "ALTER TABLE {^id} RENAME CONSTRAINT {name:i}", DDL_TABLE_SET},
    {KIND_INDEX, "ALTER {@}", DDL_TABLE_OPTIONS},
    {KIND_VIEW_INDEX, "ALTER {@}", DDL_TABLE_OPTIONS},
    {KIND_POLICY, "ALTER {@}", DDL_TABLE_SET},
    {KIND_TRIGGER, "ALTER {@}", DDL_TABLE_SET},
    {KIND_RULE, "ALTER {@}", DDL_TABLE_SET},
};

static bool find_form(KindId kind, size_t *ret)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (forms[i].kind == kind) {
            *ret = i;
            return true;
        }
    return false;
}

/* What a parent's column is called is so in its partitions and children too. */
static bool follows_parent(const Rename *rename)
{
    return rename->kind == KIND_COLUMN && (json_object_get(rename->parent, "partition_of") ||
                                           jx_bool(rename->object, "inherited"));
}

/* Where things move to must be there. */
static void make_schema(const Renaming *renaming, const char *name)
{
    const char *id = ident_quote(renaming->arena, name);
    size_t index = 0;
    json_t *schema = NULL;

    json_array_foreach(json_object_get(renaming->doc, "schemas"), index, schema)
    {
        if (strcmp(jx_string(schema, "name", ""), name) == 0)
            return;
    }
    ddl_add(renaming->script, DDL_PLAIN, arena_printf(renaming->arena, "CREATE SCHEMA %s", id));
    if (!json_object_get(renaming->doc, "schemas"))
        json_object_set_new(renaming->doc, "schemas", json_array());
    json_array_append_new(json_object_get(renaming->doc, "schemas"),
                          json_pack("{s:s, s:s}", "id", id, "name", name));
}

static void say(const Renaming *renaming, const Rename *rename, const char *new_name)
{
    const DdlScope scope = {renaming->arena, rename->kind, rename->object, rename->parent};
    size_t form = 0;

    if (!find_form(rename->kind, &form) || follows_parent(rename))
        return;
    bool goes_along = json_object_get(rename->object, "owned_by") != NULL; /* with its table */
    if (rename->new_schema && strcmp(rename->old_schema, rename->new_schema) != 0) {
        make_schema(renaming, rename->new_schema);
        if (!goes_along)
            ddl_add(renaming->script, forms[form].form,
                    arena_printf(renaming->arena, "%s SET SCHEMA %s",
                                 ddl_expand(&scope, forms[form].rename),
                                 ident_quote(renaming->arena, rename->new_schema)));
        const char *moved =
            arena_printf(renaming->arena, "%s.%s", ident_quote(renaming->arena, rename->new_schema),
                         ident_quote(renaming->arena, rename->old_name));
        const char *old_id = jx_string(rename->object, "id", "");
        const char *open = strchr(old_id, '(');
        set_text(rename->object, "id",
                 open ? arena_join(renaming->arena, moved, open, NULL) : moved);
        set_text(rename->object, "schema", rename->new_schema);
    }
    if (strcmp(rename->old_name, new_name) != 0)
        ddl_add(renaming->script, forms[form].form,
                arena_printf(renaming->arena,
                             rename->kind == KIND_COLUMN || rename->kind == KIND_ATTRIBUTE ||
                                     rename->kind == KIND_CONSTRAINT
                                 ? "%s TO %s"
                                 : "%s RENAME TO %s",
                             ddl_expand(&scope, forms[form].rename),
                             ident_quote(renaming->arena, new_name)));
}

/* ---- which object it is ---- */

static json_t *by_id(const json_t *doc, KindId kind, const char *id)
{
    size_t index = 0;
    json_t *object = NULL;

    json_array_foreach(json_object_get(doc, kind_of(kind)->member), index, object)
    {
        if (strcmp(jx_string(object, "id", ""), id) == 0)
            return object;
    }
    return NULL;
}

/* The nested object of that kind whose id with its parent's is id. */
static json_t *nested_by_id(const json_t *doc, KindId kind, const char *id, json_t **ret_parent)
{
    KindId outer = (KindId)kind_of(kind)->parent;
    size_t index = 0, place = 0;
    json_t *parent = NULL, *object = NULL;

    json_array_foreach(json_object_get(doc, kind_of(outer)->member), index, parent)
    {
        const char *parent_id = jx_string(parent, "id", "");
        if (strncmp(id, parent_id, strlen(parent_id)) != 0)
            continue;
        json_array_foreach(json_object_get(parent, kind_of(kind)->member), place, object)
        {
            CLEANUP(cleanup_free) char *own = ident_join(parent_id, jx_string(object, "name", ""));
            if (strcmp(own, id) == 0) {
                *ret_parent = parent;
                return object;
            }
        }
    }
    return NULL;
}

/* Kinds share their names: an index is one of a table or of a view. */
static bool find(const Renaming *renaming, const char *kind, const char *old_id, const char *new_id,
                 Rename *ret)
{
    for (int id = 0; id < KIND_COUNT; id++) {
        size_t form = 0;
        json_t *parent = NULL, *other = NULL;
        if (strcmp(kind_of((KindId)id)->name, kind) != 0 || !find_form((KindId)id, &form))
            continue;
        bool is_nested = kind_of((KindId)id)->parent != KIND_NONE;
        json_t *old = is_nested ? nested_by_id(renaming->doc, (KindId)id, old_id, &parent)
                                : by_id(renaming->doc, (KindId)id, old_id);
        json_t *new = is_nested ? nested_by_id(renaming->new, (KindId)id, new_id, &other)
                                : by_id(renaming->new, (KindId)id, new_id);
        if (!old || !new)
            continue;
        *ret = (Rename){.kind = (KindId)id,
                        .old_id = arena_strdup(renaming->arena, old_id),
                        .new_id = arena_strdup(renaming->arena, new_id),
                        .object = old,
                        .parent = parent,
                        .old_name = arena_strdup(renaming->arena, jx_string(old, "name", "")),
                        .new_name = jx_string(new, "name", "")};
        if (!is_nested && json_object_get(old, "schema")) {
            ret->old_schema = arena_strdup(renaming->arena, jx_string(old, "schema", ""));
            ret->new_schema = jx_string(new, "schema", "");
        }
        return true;
    }
    return false;
}

/* Whether something of the old schema still has the name. */
static bool is_taken(const Renaming *renaming, const Rename *rename)
{
    static const KindId sharing[] = {KIND_TABLE,  KIND_VIEW,      KIND_SEQUENCE, KIND_ENUM,
                                     KIND_DOMAIN, KIND_COMPOSITE, KIND_RANGE};
    size_t index = 0;
    json_t *sibling = NULL;

    if (rename->parent) {
        json_array_foreach(json_object_get(rename->parent, kind_of(rename->kind)->member), index,
                           sibling)
        {
            if (sibling != rename->object &&
                strcmp(jx_string(sibling, "name", ""), rename->new_name) == 0)
                return true;
        }
        return false;
    }
    for (size_t i = 0; i < sizeof sharing / sizeof *sharing; i++)
        if (rename->kind != KIND_FUNCTION && by_id(renaming->doc, sharing[i], rename->new_id))
            return true;
    return by_id(renaming->doc, rename->kind, rename->new_id) != NULL;
}

static void apply(const Renaming *renaming, Rename *rename)
{
    say(renaming, rename, rename->new_name);
    if (!rename->parent)
        rewrite_object(renaming, rename);
    else if (rename->kind == KIND_COLUMN)
        rewrite_column(renaming, rename);
    else
        rewrite_nested(renaming, rename);
}

/* Whom another one of the list has to make room for gets a name of its own meanwhile. */
static void step_aside(const Renaming *renaming, Rename *rename)
{
    const char *name = rename->new_name, *id = rename->new_id, *schema = rename->new_schema;

    rename->new_name = arena_printf(renaming->arena, "%.50s__new", name);
    rename->new_schema = rename->old_schema;
    rename->new_id =
        rename->parent
            ? rename->new_id
            : arena_printf(
                  renaming->arena, "%s%s%s",
                  rename->old_schema ? ident_quote(renaming->arena, rename->old_schema) : "",
                  rename->old_schema ? "." : "", ident_quote(renaming->arena, rename->new_name));
    apply(renaming, rename);
    rename->old_id = rename->new_id;
    rename->old_name = rename->new_name;
    rename->new_name = name;
    rename->new_id = id;
    rename->new_schema = schema;
}

/* ---- all ---- */

/* Schemas first, then what is in them, then what is nested: each is named by what is around it. */
static int depth_of(const char *kind)
{
    KindId id = KIND_SCHEMA;

    return !kind_by_name(kind, &id) ? 2 : id == KIND_SCHEMA ? 0 : 1;
}

typedef struct Pair {
    const char *kind, *old_id, *new_id;
} Pair;

static size_t pairs_of(const json_t *changes, bool is_back, Pair *pairs)
{
    size_t count = 0;

    for (int depth = 0; depth < 3; depth++)
        for (size_t i = 0; i < changes_count(changes); i++) {
            Change change;
            Err err = {0};
            if (!changes_view(changes, i, &change, &err) || !change_old_id(&change) ||
                depth_of(change.kind) != depth)
                continue;
            pairs[count++] = (Pair){change.kind, is_back ? change.id : change_old_id(&change),
                                    is_back ? change_old_id(&change) : change.id};
        }
    return count;
}

/* The old id of what is nested is told with the old name of its parent, which may have another one
 * by now. */
static const char *current_id(const Renaming *renaming, const Pair *pairs, size_t count,
                              const char *id)
{
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(pairs[i].old_id);
        if (depth_of(pairs[i].kind) < 2 && strncmp(id, pairs[i].old_id, length) == 0 &&
            id[length] == '.')
            return arena_join(renaming->arena, pairs[i].new_id, id + length, NULL);
    }
    for (size_t i = 0; strchr(id, '(') && i < count; i++) /* types of arguments */
        id = replace_id(renaming->arena, id, "", pairs[i].old_id, "", pairs[i].new_id);
    return id;
}

json_t *ddl_rename(const json_t *old, const json_t *new, const json_t *changes, bool is_back,
                   DdlScript *script)
{
    Renaming renaming = {script->arena, json_deep_copy(old), new, script};
    size_t room = changes_count(changes) + 1;
    Pair *pairs = arena_alloc(script->arena, room * sizeof *pairs);
    Rename *waiting = arena_alloc(script->arena, room * sizeof *waiting);
    size_t count = pairs_of(changes, is_back, pairs), left = 0;

    for (size_t i = 0; i < count; i++) {
        Rename rename = {0};
        const char *old_id = pairs[i].old_id;
        if (!find(&renaming, pairs[i].kind, old_id, pairs[i].new_id, &rename) &&
            !find(&renaming, pairs[i].kind, current_id(&renaming, pairs, i, old_id),
                  pairs[i].new_id, &rename))
            continue;
        if (strcmp(jx_string(rename.object, "id", ""), rename.new_id) == 0 && !rename.parent)
            continue; /* its id had another one's name in it */
        if (!is_taken(&renaming, &rename))
            apply(&renaming, &rename);
        else
            waiting[left++] = rename;
    }
    /* Who has the name may have left it meanwhile; two that swap need a third one. */
    for (size_t i = 0; i < left; i++) {
        bool is_swapped = false;
        for (size_t j = i + 1; j < left && !is_swapped; j++)
            is_swapped = strcmp(waiting[j].old_name, waiting[i].new_name) == 0 &&
                         waiting[j].parent == waiting[i].parent;
        if (is_swapped && is_taken(&renaming, &waiting[i]))
            step_aside(&renaming, &waiting[i]);
    }
    for (size_t i = left; i > 0; i--)
        if (!is_taken(&renaming, &waiting[i - 1]))
            apply(&renaming, &waiting[i - 1]);
    return renaming.doc;
}
