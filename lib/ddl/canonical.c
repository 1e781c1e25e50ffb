#include "ddl/canonical.h"

#include <string.h>

#include "base/buffer.h"
#include "ddl/rights.h"
#include "ddl/side.h"
#include "ddl/write.h"
#include "json/jx.h"

int ddl_block_compare(const DdlBlock *a, const DdlBlock *b)
{
    return a->kind != b->kind ? (a->kind < b->kind ? -1 : 1) : strcmp(a->key, b->key);
}

/* What CREATE TABLE says itself. */
static bool is_part(const DdlNode *node)
{
    if (node->kind == KIND_COLUMN)
        return !node->rule || strcmp(node->rule->member, "default") == 0;
    return (node->kind == KIND_CONSTRAINT && !node->rule) ||
           (node->kind == KIND_ATTRIBUTE && !node->rule) ||
           (node->kind == KIND_VIEW_COLUMN && !node->rule) || ddl_is_facet(node, "partition_of");
}

static void collect(const DdlNode *node, DdlParts *parts, size_t *room, Arena *arena)
{
    for (size_t i = 0; i < node->child_count; i++) {
        DdlNode *child = node->children[i];
        if (is_part(child)) {
            if (parts->count == *room) {
                DdlNode **items = arena_alloc(arena, (*room * 2 + 8) * sizeof(DdlNode *));
                if (parts->count > 0)
                    memcpy(items, parts->items, parts->count * sizeof(DdlNode *));
                parts->items = items;
                *room = *room * 2 + 8;
            }
            parts->items[parts->count++] = child;
        }
        collect(child, parts, room, arena);
    }
}

static void add_facets(const DdlSide *side, const DdlNode *node, DdlScript *script)
{
    static const DdlRights none = {0};

    for (size_t i = 0; i < node->child_count; i++) {
        const DdlNode *child = node->children[i];
        const DdlScope scope = ddl_scope(side, child);
        const DdlRights rights = rights_of(child->object);
        if (ddl_is_facet(child, "rights"))
            rights_change(&scope, &none, &rights, NULL, side->server_version, script);
        else if (!is_part(child))
            ddl_side_script(side, child, script);
        add_facets(side, child, script);
    }
}

static const char *block_text(const DdlSide *side, const DdlNode *node)
{
    CLEANUP(buffer_free) Buffer out = {0};
    DdlScript script = {.arena = side->arena};
    DdlParts parts = {0};
    size_t room = 0;

    collect(node, &parts, &room, side->arena);
    ddl_write(side, node, &parts, &script);
    add_facets(side, node, &script);
    for (size_t i = 0; i < script.count; i++) {
        buffer_text(&out, script.items[i].text);
        buffer_text(&out, ";\n");
    }
    if (out.length > 0)
        buffer_char(&out, '\n');
    return arena_strndup(side->arena, out.bytes ? out.bytes : "", out.length);
}

const DdlBlock *ddl_canonical(Arena *arena, const json_t *snapshot)
{
    DdlSide side;
    size_t count = 0;

    ddl_side_open(&side, arena, snapshot);
    DdlBlock *blocks = arena_alloc(arena, (side.count + 1) * sizeof *blocks);
    for (size_t i = 0; i < side.count; i++) {
        const DdlNode *node = side.nodes[i];
        if (!node->container)
            blocks[count++] =
                (DdlBlock){node->kind, jx_string(node->object, "id", ""), block_text(&side, node)};
    }
    return blocks;
}
