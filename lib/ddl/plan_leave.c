/* Tables that leave their parents, and keep what these handed down; and tables that come to
 * parents, and are to have it before. */
#include "ddl/planning.h"

#include <string.h>

#include "base/buffer.h"
#include "json/jx.h"

/* Whether tables that come from this one get something of it that stays with them. */
static bool hands_down(const Plan *plan, const DdlNode *table, bool to_partitions)
{
    const char *parent = table ? jx_string(table->object, "partition_of", NULL) : NULL;

    for (size_t i = 0; table && i < table->child_count; i++) {
        const DdlNode *child = table->children[i];
        bool is_check = strcmp(jx_string(child->object, "type", ""), "check") == 0;
        if (child->rule || (child->kind == KIND_INDEX && !to_partitions))
            continue;
        if (child->kind == KIND_INDEX ||
            (child->kind == KIND_CONSTRAINT && (to_partitions || is_check)))
            return true;
    }
    return parent && hands_down(plan, ddl_side_table(&plan->old, parent), to_partitions);
}

/* Whether it has no longer a parent that handed something down. */
static bool leaves(const Plan *plan, const DdlNode *node)
{
    const json_t *old = node->object, *new = node->container->twin->object;
    const char *parent = jx_string(old, "partition_of", "");
    const json_t *others = json_object_get(new, "inherits");
    size_t index = 0;
    json_t *item = NULL;

    if (ddl_is_facet(node, "partition_of"))
        return strcmp(jx_string(new, "partition_of", ""), parent) != 0 &&
               hands_down(plan, ddl_side_table(&plan->old, parent), true);
    json_array_foreach(json_object_get(old, "inherits"), index, item)
    {
        if (!jx_has_item(others, jx_item(item)) &&
            hands_down(plan, ddl_side_table(&plan->old, jx_item(item)), false))
            return true;
    }
    return false;
}

/* The names of indexes and constraints that the table has of its own, or is to have, as literals.
 */
static void add_own(Arena *arena, const DdlNode *table, Buffer *names)
{
    for (size_t i = 0; i < table->child_count; i++) {
        const DdlNode *child = table->children[i];
        if (child->rule || (child->kind != KIND_INDEX && child->kind != KIND_CONSTRAINT))
            continue;
        buffer_text(names, names->length > 0 ? ", " : "");
        buffer_text(names, ddl_literal(arena, jx_string(child->object, "name", "")));
    }
}

void plan_write_leave(const Plan *plan, const Step *step, DdlScript *script)
{
    static const char block[] =
        "DECLARE\n"
        "    leaver CONSTANT pg_catalog.regclass := %s;\n"
        "    own CONSTANT pg_catalog.name[] := ARRAY[%s]::pg_catalog.name[];\n"
        "    given pg_catalog.text;\n"
        "BEGIN\n"
        "    FOR given IN SELECT pg_catalog.format('ALTER TABLE %%s DROP CONSTRAINT %%I', leaver, "
        "conname)\n"
        "        FROM pg_catalog.pg_constraint\n"
        "        WHERE conrelid = leaver AND contype IN ('c', 'f', 'p', 'u', 'x') AND coninhcount "
        "= 0\n"
        "            AND conname <> ALL (own)\n"
        "    LOOP\n"
        "        EXECUTE given;\n"
        "    END LOOP;\n"
        "    FOR given IN SELECT pg_catalog.format('DROP INDEX %%s', "
        "indexrelid::pg_catalog.regclass)\n"
        "        FROM pg_catalog.pg_index JOIN pg_catalog.pg_class c ON c.oid = indexrelid\n"
        "        WHERE indrelid = leaver AND NOT relispartition AND relname <> ALL (own)\n"
        "    LOOP\n"
        "        EXECUTE given;\n"
        "    END LOOP;\n"
        "END";
    const DdlNode *node = step->node, *table = node->container;
    CLEANUP(buffer_free) Buffer own = {0};

    if ((!ddl_is_facet(node, "partition_of") && !ddl_is_facet(node, "inherits")) || !table->twin ||
        step_of(table, STEP_DROP) || !leaves(plan, node))
        return;
    add_own(plan->arena, table, &own);
    add_own(plan->arena, table->twin, &own);
    ddl_add(script, DDL_KEY_DROP,
            ddl_write_do(plan->arena,
                         arena_printf(plan->arena, block,
                                      ddl_literal(plan->arena, jx_string(table->object, "id", "")),
                                      own.length > 0 ? own.bytes : "")));
}

/* ---- what comes ---- */

const DdlNode *plan_find_check(const DdlNode *table, const char *name)
{
    for (size_t i = 0; table && i < table->child_count; i++) {
        const DdlNode *child = table->children[i];
        if (!child->rule && child->kind == KIND_CONSTRAINT &&
            strcmp(jx_string(child->object, "name", ""), name) == 0)
            return child;
    }
    return NULL;
}

/* Whether the table, which is there, has the check already, of its own or from its parents. */
static bool has_check(const Plan *plan, const DdlNode *node, const char *name)
{
    const DdlNode *table = node->container->twin, *check = plan_find_check(table, name);
    const DdlNode *left = table ? ddl_facet(table, node->rule->member) : NULL;

    if (plan_find_check(node->container, name))
        return true; /* it needs them */
    if (!table || step_of(table, STEP_DROP))
        return false;
    if (check)
        return !step_of(check, STEP_DROP);
    if (!left || !ddl_is_facet(left, "partition_of") || leaves(plan, left))
        return false;
    for (const json_t *at = table->object; at;) {
        const DdlNode *parent = ddl_side_table(&plan->old, jx_string(at, "partition_of", ""));
        if (plan_find_check(parent, name))
            return true;
        at = parent ? parent->object : NULL;
    }
    return false;
}

/* The checks that parent hands down, of its own or from its own parents. */
static void add_checks(const Plan *plan, const DdlNode *node, const DdlNode *parent,
                       DdlScript *script)
{
    size_t index = 0;
    json_t *item = NULL;

    if (!parent)
        return;
    for (size_t i = 0; i < parent->child_count; i++) {
        const DdlNode *check = parent->children[i];
        const DdlScope scope = {plan->arena, KIND_CONSTRAINT, check->object, node->object};
        const char *definition = jx_string(check->object, "definition", "");
        if (check->rule || check->kind != KIND_CONSTRAINT ||
            strcmp(jx_string(check->object, "type", ""), "check") != 0 ||
            strstr(definition, " NO INHERIT") ||
            has_check(plan, node, jx_string(check->object, "name", "")))
            continue;
        ddl_add(script, DDL_CHECK_ADD,
                ddl_expand(&scope, "ALTER TABLE {^id} ADD CONSTRAINT {name:i} {definition}"));
    }
    add_checks(plan, node,
               ddl_side_table(&plan->new, jx_string(parent->object, "partition_of", "")), script);
    json_array_foreach(json_object_get(parent->object, "inherits"), index, item)
    {
        add_checks(plan, node, ddl_side_table(&plan->new, jx_item(item)), script);
    }
}

void plan_write_join(const Plan *plan, const Step *step, DdlScript *script)
{
    const DdlNode *node = step->type == STEP_CREATE ? step->node : step->node->twin;
    const json_t *old = NULL;
    size_t index = 0;
    json_t *item = NULL;

    if (!node || !node->rule)
        return;
    if (ddl_is_facet(node, "partition_of"))
        add_checks(plan, node,
                   ddl_side_table(&plan->new, jx_string(node->object, "partition_of", "")), script);
    if (!ddl_is_facet(node, "inherits"))
        return;
    old = node->container->twin && !step_of(node->container->twin, STEP_DROP)
              ? json_object_get(node->container->twin->object, "inherits")
              : NULL;
    json_array_foreach(json_object_get(node->object, "inherits"), index, item)
    {
        if (!jx_has_item(old, jx_item(item)))
            add_checks(plan, node, ddl_side_table(&plan->new, jx_item(item)), script);
    }
}
