#include "ddl/side_needs.h"

#include <assert.h>
#include <string.h>

#include "json/jx.h"
#include "sql/lex.h"

/* ---- needs in texts ---- */

typedef struct Scan {
    DdlSide *side;
    DdlNode *node;
    bool hopes; /* what is mentioned is no need, and names without a schema count */
    const char **words;
    size_t count, room;
} Scan;

static void add_word(Scan *scan, const char *word)
{
    if (scan->count == scan->room) {
        size_t room = scan->room ? scan->room * 2 : 32;
        const char **words = arena_alloc(scan->side->arena, room * sizeof *words);

        if (scan->count > 0)
            memcpy(words, scan->words, scan->count * sizeof *words);
        scan->words = words;
        scan->room = room;
    }
    scan->words[scan->count++] = word;
}

/* One name at text, in the arena; *ret_end behind it. NULL: there is none. */
static const char *name_at(Scan *scan, const char *text, const char *end, const char **ret_end)
{
    Arena *arena = scan->side->arena;

    *ret_end = text;
    if (text < end && *text == '"') {
        size_t length = lex_skip_string(text, (size_t)(end - text), 0);
        char *name = arena_strndup(arena, text + 1, length >= 2 ? length - 2 : 0), *to = name;
        for (char *from = name; *from; from++) {
            *to++ = *from;
            from += *from == '"' && from[1] == '"';
        }
        *to = '\0';
        *ret_end = text + length;
        return name;
    }
    while (*ret_end < end && (lex_is_word(**ret_end) || **ret_end == '$'))
        ++*ret_end;
    return *ret_end > text ? arena_strndup(arena, text, (size_t)(*ret_end - text)) : NULL;
}

static bool is_own(const DdlNode *node, const DdlNode *other)
{
    return other == node || other == node->container ||
           (node->container && other == node->container->container);
}

/* Functions of one name are told apart by their arguments, which a text does not show: a body that
 * calls another one of its own name only hopes for them. */
bool side_is_namesake(const DdlNode *node, const DdlNode *other)
{
    return node->kind == KIND_FUNCTION && other->kind == KIND_FUNCTION &&
           strcmp(jx_string(node->object, "name", ""), jx_string(other->object, "name", "")) == 0 &&
           strcmp(jx_string(node->object, "schema", ""), jx_string(other->object, "schema", "")) ==
               0;
}

/* What stands on relations names a function only to call it. */
static bool calls(KindId kind)
{
    return kind == KIND_VIEW || kind == KIND_COLUMN || kind == KIND_CONSTRAINT ||
           kind == KIND_INDEX || kind == KIND_VIEW_INDEX || kind == KIND_POLICY ||
           kind == KIND_RULE || kind == KIND_VIEW_RULE || kind == KIND_TABLE;
}

static void mention(Scan *scan, const char *schema, const char *name, bool is_call)
{
    size_t count = 0;
    const HashItem *items = hash_items(&scan->side->names, hash_key(schema, name), &count);
    bool known = false;

    for (size_t i = 0; i < count; i++) {
        DdlNode *other = items[i].item;
        if (strcmp(jx_string(other->object, "name", ""), name) != 0 || other->parent)
            continue;
        known = true;
        if (is_own(scan->node, other) ||
            (other->kind == KIND_FUNCTION && !is_call && calls(scan->node->kind)))
            continue;
        if (scan->hopes || side_is_namesake(scan->node, other))
            ddl_hope(scan->side, scan->node, other);
        else
            ddl_need(scan->side, scan->node, other);
    }
    if (known || scan->hopes)
        return;
    items = hash_items(&scan->side->brought, hash_key("", schema), &count);
    for (size_t i = 0; i < count; i++)
        ddl_need(scan->side, scan->node, items[i].item);
}

static bool is_sign(char c)
{
    return c && strchr("+-*/<>=~!@#%^&|`?", c);
}

/* A chain of names from text on: schema.thing. */
static const char *scan_chain(Scan *scan, const char *text, const char *end)
{
    const char *at = NULL;
    const char *name = name_at(scan, text, end, &at);
    const char *schema = name;

    add_word(scan, name);
    for (int part = 1; at < end && *at == '.'; part++) {
        const char *next = NULL;

        name = name_at(scan, at + 1, end, &next);
        if (!name && is_sign(at[1])) { /* OPERATOR(public.<) */
            for (next = at + 1; next < end && is_sign(*next);)
                next++;
            name = arena_strndup(scan->side->arena, at + 1, (size_t)(next - at - 1));
        }
        if (!name)
            break;
        if (part == 1)
            mention(scan, schema, name, next < end && *next == '(');
        add_word(scan, name);
        at = next;
    }
    return at > text ? at : text + 1;
}

/* 'public.orders_id_seq', of a regclass: names and nothing else. */
static void scan_literal(Scan *scan, const char *text, const char *end)
{
    const char *at = NULL, *next = NULL;
    const char *schema = name_at(scan, text, end, &at);
    const char *name = schema && at < end && *at == '.' ? name_at(scan, at + 1, end, &next) : NULL;

    if (name && (next == end || *next == '('))
        mention(scan, schema, name, true);
}

static void scan_text(Scan *scan, const char *text)
{
    const char *end = text + strlen(text);

    for (const char *at = text; at < end;) {
        size_t skipped = *at == '"' ? 0 : lex_skip(text, (size_t)(end - text), (size_t)(at - text));
        if (*at == '"' || (lex_is_word(*at) && !(*at >= '0' && *at <= '9')))
            at = scan_chain(scan, at, end);
        else if (lex_is_word(*at))
            while (at < end && lex_is_word(*at))
                at++;
        else if (skipped > (size_t)(at - text)) {
            if (*at == '\'' && skipped > (size_t)(at - text) + 1)
                scan_literal(scan, at + 1, text + skipped - 1);
            at = text + skipped;
        } else
            at++;
    }
}

/* A body in SQL or PL/pgSQL is looked into by the server only when it runs, which it may do before
 * the script has ended: for a materialized view, a check. */
static void scan_body(DdlSide *side, DdlNode *node)
{
    Scan scan = {.side = side, .node = node, .hopes = true};
    const char *language = jx_string(node->object, "language", "");
    const char *schema = jx_string(node->object, "schema", "");

    if (strcmp(language, "sql") != 0 && strcmp(language, "plpgsql") != 0)
        return;
    scan_text(&scan, jx_string(node->object, "body", ""));
    for (size_t i = 0, count = scan.count; i < count; i++)
        mention(&scan, schema, scan.words[i], true);
}

static bool has_word(const Scan *scan, const char *word)
{
    for (size_t i = 0; i < scan->count; i++)
        if (strcmp(scan->words[i], word) == 0)
            return true;
    return false;
}

/* The columns of a relation that is needed whose names occur. */
static void need_columns(Scan *scan, const DdlNode *relation)
{
    for (size_t i = 0; i < relation->child_count; i++) {
        DdlNode *child = relation->children[i];
        if ((child->kind == KIND_COLUMN || child->kind == KIND_ATTRIBUTE) && !child->rule &&
            child != scan->node->container && child != scan->node &&
            has_word(scan, jx_string(child->object, "name", "")))
            ddl_need(scan->side, scan->node, child);
    }
}

/* Those of the composite type that a column is of. */
static void need_attributes(Scan *scan, const DdlNode *column)
{
    const char *type = jx_string(column->object, "type", "");
    size_t length = strlen(type);
    const DdlNode *composite = NULL;

    if (column->kind != KIND_COLUMN || column->rule)
        return;
    while (length > 2 && strncmp(type + length - 2, "[]", 2) == 0)
        length -= 2;
    composite = ddl_side_composite(scan->side, arena_strndup(scan->side->arena, type, length));
    if (composite)
        need_columns(scan, composite);
}

static DdlNode *table_of(const DdlNode *node)
{
    for (DdlNode *at = node->container; at; at = at->container)
        if (at->kind == KIND_TABLE && !at->rule)
            return at;
    return NULL;
}

/* ---- needs that texts do not tell ---- */

static void need_alone(DdlSide *side, DdlNode *node, KindId kind, const char *name)
{
    if (name)
        ddl_need(side, node, ddl_side_alone(side, kind, name));
}

static void need_role_keys(DdlSide *side, DdlNode *node, const json_t *object)
{
    const char *role = NULL;
    json_t *value = NULL;

    json_object_foreach((json_t *)object, role, value)
    {
        need_alone(side, node, KIND_ROLE, role);
    }
}

static void need_all_alone(DdlSide *side, DdlNode *node, KindId kind, const json_t *names)
{
    size_t index = 0;
    json_t *name = NULL;

    json_array_foreach(names, index, name)
    {
        need_alone(side, node, kind, jx_item(name));
    }
}

/* Members that name what is in no schema. */
static const struct {
    int kind;
    const char *member;
    KindId names;
} alone_members[] = {
    {KIND_NONE, "schema", KIND_SCHEMA},
    {KIND_TABLE, "server", KIND_SERVER},
    {KIND_TABLE, "access_method", KIND_ACCESS_METHOD},
    {KIND_VIEW, "access_method", KIND_ACCESS_METHOD},
    {KIND_INDEX, "method", KIND_ACCESS_METHOD},
    {KIND_TABLE, "tablespace", KIND_TABLESPACE},
    {KIND_SERVER, "wrapper", KIND_FOREIGN_DATA_WRAPPER},
    {KIND_USER_MAPPING, "server", KIND_SERVER},
    {KIND_USER_MAPPING, "role", KIND_ROLE},
    {KIND_FUNCTION, "language", KIND_LANGUAGE},
    {KIND_OPERATOR_CLASS, "method", KIND_ACCESS_METHOD},
    {KIND_OPERATOR_FAMILY, "method", KIND_ACCESS_METHOD},
    {KIND_DEFAULT_PRIVILEGES, "role", KIND_ROLE},
};

static void need_members(DdlSide *side, DdlNode *node)
{
    for (size_t i = 0; i < sizeof alone_members / sizeof *alone_members; i++)
        if (alone_members[i].kind == KIND_NONE || alone_members[i].kind == (int)node->kind)
            need_alone(side, node, alone_members[i].names,
                       jx_string(node->object, alone_members[i].member, NULL));
    need_all_alone(side, node, KIND_ROLE, json_object_get(node->object, "roles"));
    if (node->kind == KIND_PUBLICATION)
        need_all_alone(side, node, KIND_SCHEMA, json_object_get(node->object, "schemas"));
}

/* The same columns, in any order. */
static bool is_same_set(const json_t *a, const json_t *b)
{
    size_t index = 0, other = 0, found = 0;
    json_t *item = NULL, *same = NULL;

    json_array_foreach(a, index, item)
    {
        json_array_foreach(b, other, same)
        {
            found += json_equal(item, same) != 0;
        }
    }
    return found == json_array_size(a) && json_array_size(a) == json_array_size(b);
}

/* A foreign key stands on a key, or a unique index, of the other table. */
static void need_key(DdlSide *side, DdlNode *node)
{
    for (size_t i = 0; i < node->need_count; i++) {
        const DdlNode *table = node->needs[i];
        if (table->kind != KIND_TABLE || table->rule ||
            strcmp(jx_string(table->object, "id", ""), jx_string(node->object, "references", "")) !=
                0)
            continue;
        for (size_t j = 0; j < table->child_count; j++) {
            DdlNode *child = table->children[j];
            bool is_key = child->kind == KIND_CONSTRAINT || jx_bool(child->object, "unique");
            if (!child->rule && child != node && is_key &&
                strcmp(jx_string(child->object, "type", ""), "foreign key") != 0 &&
                strcmp(jx_string(child->object, "type", ""), "check") != 0 &&
                is_same_set(json_object_get(child->object, "columns"),
                            json_object_get(node->object, "reference_columns")))
                ddl_need(side, node, child);
        }
    }
}

/* The index of the same table that a facet names. */
static void need_index(DdlSide *side, DdlNode *node, const char *name)
{
    for (size_t i = 0; i < node->container->child_count; i++) {
        DdlNode *child = node->container->children[i];
        if (!child->rule &&
            (child->kind == KIND_INDEX || child->kind == KIND_VIEW_INDEX ||
             child->kind == KIND_CONSTRAINT) &&
            strcmp(jx_string(child->object, "name", ""), name) == 0)
            ddl_need(side, node, child);
    }
}

/* A sequence and the table that owns it have one owner: before they are linked each is given it. */
static void need_owners(DdlSide *side, DdlNode *node)
{
    for (size_t i = 0; i < node->need_count; i++) {
        if (node->needs[i]->kind == KIND_TABLE && !node->needs[i]->rule)
            ddl_need(side, node, ddl_facet(node->needs[i], "owner"));
    }
    ddl_need(side, node, ddl_facet(node->container, "owner"));
}

/* A column that follows one of another table, or an attribute, is there when that is. */
static void need_origin(DdlSide *side, DdlNode *node)
{
    const json_t *table = node->parent, *inherits = json_object_get(table, "inherits");
    const char *name = jx_string(node->object, "name", "");
    const DdlNode *origins[] = {ddl_side_table(side, jx_string(table, "partition_of", "")),
                                ddl_side_composite(side, jx_string(table, "of_type", ""))};

    for (size_t i = 0; i < 2; i++)
        if (origins[i])
            ddl_need(side, node, ddl_side_child(origins[i], name));
    for (size_t i = 0; jx_bool(node->object, "inherited") && i < json_array_size(inherits); i++) {
        const DdlNode *parent = ddl_side_table(side, jx_item(json_array_get(inherits, i)));
        if (parent)
            ddl_need(side, node, ddl_side_child(parent, name));
    }
}

/* An index of a type of the schema's own is by the operator class that is that type's default,
 * which it does not name. */
static void need_operator_classes(DdlSide *side, DdlNode *node)
{
    size_t index = 0, place = 0;
    json_t *name = NULL, *class = NULL;

    json_array_foreach(json_object_get(node->object, "columns"), index, name)
    {
        const DdlNode *column = ddl_side_child(node->container, jx_item(name));
        json_array_foreach(json_object_get(side->snapshot, "operator_classes"), place, class)
        {
            if (column &&
                strcmp(jx_string(column->object, "type", ""), jx_string(class, "type", "-")) == 0)
                ddl_need(side, node,
                         ddl_side_object(side, KIND_OPERATOR_CLASS, jx_string(class, "id", "")));
        }
    }
}

/* A table that becomes the heir of another has all that the other hands down, and gives it up only
 * when it is no longer one. */
static void need_heritage(DdlSide *side, DdlNode *node, const char *parent)
{
    DdlNode *tables[] = {node->container, ddl_side_table(side, parent)};

    assert(node->container); /* it is a facet's */
    if (!tables[1])
        return;
    tables[1]->has_heirs = true;
    ddl_need(side, node, tables[1]);
    for (size_t i = 0; i < 2; i++)
        for (size_t j = 0; j < tables[i]->child_count; j++) {
            DdlNode *child = tables[i]->children[j];
            if (!child->rule && (child->kind == KIND_COLUMN ||
                                 strcmp(jx_string(child->object, "type", ""), "check") == 0))
                ddl_need(side, node, child);
        }
}

static void facet_needs(DdlSide *side, DdlNode *node)
{
    size_t index_of = 0;
    json_t *parent = NULL;
    const char *member = node->rule->member;
    const char *index = jx_string(node->object, "replica_identity", "");

    if (strcmp(member, "owner") == 0)
        need_alone(side, node, KIND_ROLE, jx_string(node->object, "owner", NULL));
    else if (strcmp(member, "rights") == 0) {
        need_role_keys(side, node, json_object_get(node->object, "grants"));
        need_role_keys(side, node, json_object_get(node->object, "revokes"));
        ddl_need(side, node, ddl_facet(node->container, "owner"));
    } else if (strcmp(member, "member_of") == 0)
        need_role_keys(side, node, json_object_get(node->object, "member_of"));
    else if (strcmp(member, "cluster_on") == 0)
        need_index(side, node, jx_string(node->object, "cluster_on", ""));
    else if (strcmp(member, "replica_identity") == 0 && strncmp(index, "index ", 6) == 0)
        need_index(side, node, index + strlen("index "));
    else if (strcmp(member, "owned_by") == 0)
        need_owners(side, node);
    else if (strcmp(member, "partition_of") == 0)
        need_heritage(side, node, jx_string(node->object, "partition_of", ""));
    else if (strcmp(member, "inherits") == 0)
        json_array_foreach(json_object_get(node->object, "inherits"), index_of, parent)
        {
            need_heritage(side, node, jx_item(parent));
        }
}

/* ---- all ---- */

/* What makes a function, from its arguments on: it does not call what it is called. */
static const char *behind_name(const DdlSide *side, const DdlNode *node, const char *text)
{
    const DdlScope scope = ddl_scope(side, node);
    const char *name = NULL;

    if (node->kind != KIND_FUNCTION || node->rule)
        return text;
    name = ddl_expand(&scope, "{schema:i}.{name:i}");
    const char *at = strstr(text, name);
    return at ? at + strlen(name) : text;
}

void side_find_needs(DdlSide *side, DdlNode *node)
{
    DdlScript script = {.arena = side->arena};
    Scan scan = {.side = side, .node = node};
    DdlNode *table = table_of(node);

    if (node->rule)
        facet_needs(side, node);
    else
        need_members(side, node);
    /* A comment or an owner names nothing but its object. */
    if (node->rule &&
        (strcmp(node->rule->member, "comment") == 0 || strcmp(node->rule->member, "owner") == 0))
        return;
    /* The columns of a table, and the attributes of a type, have needs of their own. */
    if (!node->rule && (node->kind == KIND_TABLE || node->kind == KIND_COMPOSITE)) {
        const DdlScope scope = ddl_scope(side, node);
        ddl_add(&script, DDL_PLAIN, ddl_expand(&scope, "[{of_type} ][{partition_key}]"));
    } else
        ddl_side_script(side, node, &script);
    for (size_t i = 0; i < script.count; i++)
        scan_text(&scan, behind_name(side, node, script.items[i].text));
    if (table)
        need_columns(&scan, table);
    for (size_t i = 0, count = node->need_count; i < count; i++)
        if ((node->needs[i]->kind == KIND_TABLE || node->needs[i]->kind == KIND_COMPOSITE) &&
            !node->needs[i]->rule)
            need_columns(&scan, node->needs[i]);
    for (size_t i = 0, count = node->need_count; i < count; i++)
        need_attributes(&scan, node->needs[i]);
    if (node->kind == KIND_FUNCTION && !node->rule)
        scan_body(side, node);
    if (node->kind == KIND_COLUMN && !node->rule)
        need_origin(side, node);
    if ((node->kind == KIND_INDEX || node->kind == KIND_CONSTRAINT) && !node->rule)
        need_operator_classes(side, node);
    if (node->kind == KIND_CONSTRAINT && json_object_get(node->object, "references"))
        need_key(side, node);
    if (ddl_is_facet(node, "owned_by"))
        need_owners(side, node);
}
