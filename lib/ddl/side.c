#include "ddl/side.h"

#include <string.h>

#include "ddl/side_needs.h"
#include "ddl/write.h"
#include "json/jx.h"
#include "model/ident.h"

DdlScope ddl_scope(const DdlSide *side, const DdlNode *node)
{
    return (DdlScope){side->arena, node->kind, node->object, node->parent};
}

/* ---- nodes ---- */

const char *ddl_key(Arena *arena, KindId kind, const json_t *object, const json_t *parent,
                    const DdlRule *facet)
{
    /* The sequence of an identity column is that column's, whatever its name. */
    bool is_identity = kind == KIND_SEQUENCE && jx_bool(object, "identity");
    const char *own = jx_string(object, is_identity ? "owned_by" : parent ? "name" : "id", "");

    return arena_printf(arena, "%d%s\x1f%s\x1f%s\x1f%s", (int)kind, is_identity ? "i" : "",
                        jx_string(parent, "id", ""), own, facet ? facet->member : "");
}

static void push(Arena *arena, DdlNode ***items, size_t *count, size_t *room, DdlNode *node)
{
    if (*count == *room) {
        size_t more = *room ? *room * 2 : 4;
        DdlNode **grown = arena_alloc(arena, more * sizeof(DdlNode *));

        if (*count > 0)
            memcpy(grown, *items, *count * sizeof(DdlNode *));
        *items = grown;
        *room = more;
    }
    (*items)[(*count)++] = node;
}

bool ddl_needs(const DdlNode *node, const DdlNode *other)
{
    for (size_t i = 0; i < node->need_count; i++)
        if (node->needs[i] == other)
            return true;
    return false;
}

void ddl_need(DdlSide *side, DdlNode *node, DdlNode *other)
{
    if (!other || other == node || ddl_needs(node, other))
        return;
    push(side->arena, &node->needs, &node->need_count, &node->need_room, other);
    push(side->arena, &other->users, &other->user_count, &other->user_room, node);
}

void ddl_hope(DdlSide *side, DdlNode *node, DdlNode *other)
{
    push(side->arena, &node->hopes, &node->hope_count, &node->hope_room, other);
}

static void put(DdlSide *side, Hash *hash, const char *first, const char *second, DdlNode *node)
{
    hash_add(side->arena, hash, hash_key(first, second), (uint64_t)(uintptr_t)node, node);
}

/* Kinds of what is in no schema, found by name. */
static bool is_alone(KindId kind)
{
    return kind == KIND_SCHEMA || kind == KIND_EXTENSION || kind == KIND_LANGUAGE ||
           kind == KIND_ROLE || kind == KIND_SERVER || kind == KIND_FOREIGN_DATA_WRAPPER ||
           kind == KIND_ACCESS_METHOD || kind == KIND_PUBLICATION || kind == KIND_TABLESPACE;
}

static const char *kind_key(KindId kind)
{
    return kind_of(kind)->name;
}

static DdlNode *add_node(DdlSide *side, KindId kind, const json_t *object, DdlNode *container,
                         const DdlRule *facet)
{
    DdlNode *node = arena_alloc(side->arena, sizeof *node);
    const json_t *parent = facet ? container->parent : container ? container->object : NULL;

    *node = (DdlNode){.kind = kind,
                      .rule = facet,
                      .object = object,
                      .parent = parent,
                      .container = container,
                      .key = ddl_key(side->arena, kind, object, parent, facet)};
    push(side->arena, &side->nodes, &side->count, &side->room, node);
    put(side, &side->keys, node->key, "", node);
    if (container) {
        push(side->arena, &container->children, &container->child_count, &container->child_room,
             node);
        ddl_need(side, node, container);
    }
    return node;
}

static void add_facets(DdlSide *side, DdlNode *node)
{
    bool rights =
        json_object_get(node->object, "grants") || json_object_get(node->object, "revokes");
    const char *member = NULL;
    json_t *value = NULL;

    json_object_foreach((json_t *)node->object, member, value)
    {
        const DdlRule *rule = ddl_rule(node->kind, node->object, member);
        if (rule && rule->use == DDL_FACET && strcmp(rule->member, "rights") != 0)
            add_node(side, node->kind, node->object, node, rule);
    }
    /* What is made may get rights by default that it is not to have. */
    if (ddl_kind(node->kind)->grants && (rights || !node->parent))
        add_node(side, node->kind, node->object, node,
                 ddl_rule(node->kind, node->object, "grants"));
}

static void add_names(DdlSide *side, DdlNode *node)
{
    const char *schema = jx_string(node->parent ? node->parent : node->object, "schema", NULL);
    const char *name = jx_string(node->object, "name", "");

    if (schema && (!node->parent || node->kind == KIND_INDEX || node->kind == KIND_VIEW_INDEX ||
                   node->kind == KIND_CONSTRAINT))
        put(side, &side->names, schema, name, node);
    if (node->kind == KIND_SEQUENCE && jx_bool(node->object, "identity"))
        put(side, &side->identities, jx_string(node->object, "owned_by", ""), "", node);
    if (is_alone(node->kind))
        put(side, &side->alone, kind_key(node->kind), name, node);
    if (node->kind == KIND_EXTENSION && schema)
        put(side, &side->brought, "", schema, node);
}

static void add_object(DdlSide *side, KindId kind, const json_t *object, DdlNode *container)
{
    DdlNode *node = add_node(side, kind, object, container, NULL);

    add_names(side, node);
    add_facets(side, node);
    for (int inner = 0; inner < KIND_COUNT; inner++) {
        size_t index = 0;
        json_t *item = NULL;

        if (kind_of((KindId)inner)->parent != (int)kind)
            continue;
        json_array_foreach(json_object_get(object, kind_of((KindId)inner)->member), index, item)
        {
            add_object(side, (KindId)inner, item, node);
        }
    }
}

/* ---- looking up ---- */

static DdlNode *first(const Hash *hash, const char *key, const char *second)
{
    size_t count = 0;
    const HashItem *items = hash_items(hash, hash_key(key, second), &count);

    return count > 0 ? items[0].item : NULL;
}

DdlNode *ddl_side_find(const DdlSide *side, const char *key)
{
    size_t count = 0;
    const HashItem *items = hash_items(&side->keys, hash_key(key, ""), &count);

    for (size_t i = 0; i < count; i++)
        if (strcmp(((DdlNode *)items[i].item)->key, key) == 0)
            return items[i].item;
    return NULL;
}

DdlNode *ddl_side_alone(const DdlSide *side, KindId kind, const char *name)
{
    DdlNode *node = first(&side->alone, kind_key(kind), name);

    return node && strcmp(jx_string(node->object, "name", ""), name) == 0 ? node : NULL;
}

DdlNode *ddl_side_object(const DdlSide *side, KindId kind, const char *id)
{
    json_auto_t *named = json_pack("{s:s}", "id", id);

    return ddl_side_find(side, ddl_key(side->arena, kind, named, NULL, NULL));
}

DdlNode *ddl_side_table(const DdlSide *side, const char *id)
{
    return ddl_side_object(side, KIND_TABLE, id);
}

DdlNode *ddl_side_composite(const DdlSide *side, const char *id)
{
    return ddl_side_object(side, KIND_COMPOSITE, id);
}

DdlNode *ddl_side_child(const DdlNode *node, const char *name)
{
    for (size_t i = 0; i < node->child_count; i++) {
        DdlNode *child = node->children[i];
        if (!child->rule && (child->kind == KIND_COLUMN || child->kind == KIND_ATTRIBUTE) &&
            strcmp(jx_string(child->object, "name", ""), name) == 0)
            return child;
    }
    return NULL;
}

bool ddl_is_facet(const DdlNode *node, const char *member)
{
    return node->rule && strcmp(node->rule->member, member) == 0;
}

DdlNode *ddl_facet(const DdlNode *node, const char *member)
{
    for (size_t i = 0; node && i < node->child_count; i++)
        if (ddl_is_facet(node->children[i], member))
            return node->children[i];
    return NULL;
}

const json_t *ddl_side_identity(const DdlSide *side, const json_t *table, const json_t *column)
{
    size_t count = 0;
    const char *id = arena_printf(side->arena, "%s.%s", jx_string(table, "id", ""),
                                  ident_quote(side->arena, jx_string(column, "name", "")));
    const HashItem *items = hash_items(&side->identities, hash_key(id, ""), &count);

    for (size_t i = 0; i < count; i++) {
        const json_t *sequence = ((const DdlNode *)items[i].item)->object;
        if (strcmp(jx_string(sequence, "owned_by", ""), id) == 0)
            return sequence;
    }
    return NULL;
}

bool ddl_side_is_strict(const DdlSide *side, const char *type)
{
    const DdlNode *domain = ddl_side_object(side, KIND_DOMAIN, type);

    while (domain) {
        if (jx_bool(domain->object, "not_null") ||
            json_array_size(json_object_get(domain->object, "constraints")) > 0)
            return true;
        domain = ddl_side_object(side, KIND_DOMAIN, jx_string(domain->object, "base_type", ""));
    }
    return false;
}

/* ---- all ---- */

/* What no template sets. */
static bool special_facet(const DdlSide *side, const DdlNode *node, DdlScript *script)
{
    const DdlScope scope = ddl_scope(side, node);
    const char *member = node->rule->member;
    const char *identity = jx_string(node->object, "replica_identity", "");

    if (strcmp(member, "partition_of") == 0)
        ddl_add(script, DDL_ATTACH,
                ddl_expand(&scope, "ALTER TABLE ONLY {partition_of} ATTACH PARTITION {id} "
                                   "{partition_bound}"));
    else if (strcmp(member, "replica_identity") == 0)
        ddl_add(script, DDL_TABLE_SET,
                strncmp(identity, "index ", 6) == 0
                    ? arena_printf(side->arena, "%s USING INDEX %s",
                                   ddl_expand(&scope, "ALTER TABLE {id} REPLICA IDENTITY"),
                                   ident_quote(side->arena, identity + strlen("index ")))
                    : ddl_expand(&scope, "ALTER TABLE {id} REPLICA IDENTITY {replica_identity:w}"));
    else
        return false;
    return true;
}

void ddl_side_script(const DdlSide *side, const DdlNode *node, DdlScript *script)
{
    const DdlScope scope = ddl_scope(side, node);
    const DdlChange change = {.kind = node->kind,
                              .new = node->object,
                              .new_parent = node->parent,
                              .new_side = side,
                              .server_version = side->server_version};

    if (!node->rule)
        ddl_write(side, node, NULL, script);
    else if (node->rule->alter)
        node->rule->alter(&change, script);
    else if (node->rule->set)
        ddl_add(script, node->rule->form, ddl_expand(&scope, node->rule->set));
    else
        special_facet(side, node, script);
}

void ddl_side_open(DdlSide *side, Arena *arena, const json_t *snapshot)
{
    const json_t *meta = json_object_get(snapshot, "meta");

    *side = (DdlSide){.arena = arena,
                      .snapshot = snapshot,
                      .owner = jx_string(meta, "owner", "postgres"),
                      .server_version = (int)jx_int(meta, "server_version_num", 0)};
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        size_t index = 0;
        json_t *object = NULL;

        if (kind_of((KindId)kind)->parent != KIND_NONE)
            continue;
        json_array_foreach(json_object_get(snapshot, kind_of((KindId)kind)->member), index, object)
        {
            add_object(side, (KindId)kind, object, NULL);
        }
    }
    for (size_t i = 0; i < side->count; i++)
        side_find_needs(side, side->nodes[i]);
}
