/* Functions that call each other. Of a body in the SQL standard's way the server knows what it
 * calls, and refuses what is not there; which of several functions of one name that is, the text
 * does not show. Where they may stand in a circle, or on a way between two, they are made empty
 * first and then replaced, and dropped by one statement. */
#include "ddl/planning.h"

#include "ddl/side_needs.h"
#include "json/jx.h"

static bool has_known_body(const DdlSide *side, const DdlNode *node)
{
    const DdlScope scope = ddl_scope(side, node);

    return node->kind == KIND_FUNCTION && !node->rule && ddl_has_standard_body(&scope);
}

bool plan_may_call(const DdlSide *side, const DdlNode *node, const DdlNode *other)
{
    if (!side_is_namesake(node, other) || !has_known_body(side, node))
        return false;
    for (size_t i = 0; i < node->hope_count; i++)
        if (node->hopes[i] == other)
            return true;
    return false;
}

bool plan_is_circle(const DdlNode *node, const DdlNode *other)
{
    return node->in_circle && other->in_circle;
}

/* Whether it may call one of those that are still in question. */
static bool has_callee(const DdlNode *node)
{
    for (size_t i = 0; i < node->need_count; i++)
        if (node->needs[i]->in_circle)
            return true;
    for (size_t i = 0; i < node->hope_count; i++)
        if (node->hopes[i]->in_circle && side_is_namesake(node, node->hopes[i]))
            return true;
    return false;
}

static bool has_caller(const DdlSide *side, const DdlNode *node)
{
    size_t count = 0;
    const HashItem *items = hash_items(
        &side->names,
        hash_key(jx_string(node->object, "schema", ""), jx_string(node->object, "name", "")),
        &count);

    for (size_t i = 0; i < node->user_count; i++)
        if (node->users[i]->in_circle)
            return true;
    for (size_t i = 0; i < count; i++) {
        const DdlNode *other = items[i].item;
        if (other->in_circle && plan_may_call(side, other, node))
            return true;
    }
    return false;
}

void plan_find_circles(const DdlSide *side)
{
    for (size_t i = 0; i < side->count; i++)
        side->nodes[i]->in_circle = has_known_body(side, side->nodes[i]);
    for (bool any = true; any;) {
        any = false;
        for (size_t i = 0; i < side->count; i++) {
            DdlNode *node = side->nodes[i];
            if (!node->in_circle || (has_callee(node) && has_caller(side, node)))
                continue;
            node->in_circle = false;
            any = true;
        }
    }
}
