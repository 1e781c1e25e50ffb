#include "ddl/planning.h"

#include <string.h>

#include "json/jx.h"

/* ---- steps ---- */

static bool is_gone(const DdlNode *node)
{
    return node->state == STATE_GONE || node->state == STATE_AGAIN || node->state == STATE_REBUILT;
}

static bool is_made(const DdlNode *node)
{
    return node->state == STATE_FRESH || node->state == STATE_AGAIN || node->state == STATE_REBUILT;
}

static void add_steps(Plan *plan)
{
    for (size_t i = 0; i < plan->old.count; i++) {
        DdlNode *node = plan->old.nodes[i];
        if (is_gone(node))
            step_add(&plan->graph, STEP_DROP, node);
        if (node->state == STATE_REBUILT && !node->rule && plan_is_type(node->kind))
            step_add(&plan->graph, STEP_FINISH, node);
        if (node->state == STATE_CHANGED &&
            (node->kind != KIND_ATTRIBUTE || node->rule || node->container->state != STATE_REBUILT))
            step_add(&plan->graph, STEP_ALTER, node);
    }
    for (size_t i = 0; i < plan->new.count; i++) {
        DdlNode *node = plan->new.nodes[i];
        if (!is_made(node))
            continue;
        step_add(&plan->graph, STEP_CREATE, node);
        if (node->in_circle ||
            (node->kind == KIND_BASE_TYPE && !node->rule && !jx_bool(node->object, "shell")))
            step_add(&plan->graph, STEP_SHELL, node);
    }
}

/* A base type and a function that it is made of, each of which needs the other. */
static bool is_part_of_type(const DdlNode *function, const DdlNode *type)
{
    return type->kind == KIND_BASE_TYPE && !type->rule && function->kind == KIND_FUNCTION &&
           !function->rule && ddl_needs(type, function);
}

/* What is there once node (of the new side) is as it is to be. */
static Step *done_step(const DdlNode *node)
{
    Step *made = step_of(node, STEP_CREATE);

    return made || !node->twin ? made : step_of(node->twin, STEP_ALTER);
}

/* ---- what comes before what ---- */

/* DROP TYPE ... CASCADE takes the functions along. */
static void order_part_of_type(Plan *plan, const DdlNode *node, const DdlNode *other)
{
    Step *drop = step_of(node, STEP_DROP);

    if (node->kind == KIND_FUNCTION && step_of(other, STEP_DROP))
        step_merge(drop, step_of(other, STEP_DROP), false);
    else if (node->kind == KIND_BASE_TYPE)
        step_order(&plan->graph, step_of(node, STEP_ALTER), step_of(other, STEP_DROP));
}

/* The server knows which of them it calls. */
static void order_namesake(Plan *plan, const DdlNode *node, const DdlNode *other)
{
    Step *drop = step_of(node, STEP_DROP), *other_drop = step_of(other, STEP_DROP);

    if (!plan_may_call(&plan->old, node, other))
        return;
    if (plan_is_circle(node, other))
        step_merge(step_top(drop), step_top(other_drop), false);
    step_prefer(&plan->graph, drop, other_drop);
    step_prefer(&plan->graph, step_of(node, STEP_ALTER), other_drop);
}

static void order_old(Plan *plan, DdlNode *node)
{
    Step *drop = step_of(node, STEP_DROP), *alter = step_of(node, STEP_ALTER);
    /* An attribute is there until its type is not. */
    Step *finished = step_of(node->kind == KIND_ATTRIBUTE ? node->container : node, STEP_FINISH);

    for (size_t i = 0; i < node->need_count; i++) {
        DdlNode *other = node->needs[i];
        Step *finish = step_of(other, STEP_FINISH);
        if (other != node->container)
            step_order(&plan->graph, finished, finish ? finish : step_of(other, STEP_DROP));
        if (is_part_of_type(node, other) || is_part_of_type(other, node))
            order_part_of_type(plan, node, other);
        else if (plan_is_circle(node, other))
            step_merge(step_top(drop), step_top(step_of(other, STEP_DROP)), false);
        else if (drop) {
            step_order(&plan->graph, drop, step_of(other, STEP_DROP));
            step_order(&plan->graph, drop, step_of(other, STEP_ALTER));
            step_order(&plan->graph, drop, finish);
        }
        if (alter && finish)
            step_order(&plan->graph, alter, finish);
        else if (alter)
            step_order(&plan->graph, alter, step_of(other, STEP_DROP));
    }
    for (size_t i = 0; i < node->hope_count; i++)
        order_namesake(plan, node, node->hopes[i]);
}

static void order_new(Plan *plan, DdlNode *node)
{
    Step *done = done_step(node);

    step_order(&plan->graph, step_of(node, STEP_SHELL), step_of(node, STEP_CREATE));
    for (size_t i = 0; done && i < node->need_count; i++) {
        const DdlNode *other = node->needs[i];
        bool shell = is_part_of_type(node, other) || plan_is_circle(node, other);
        step_order(&plan->graph, shell ? step_of(other, STEP_SHELL) : done_step(other), done);
        if (node->in_circle ? !other->in_circle
                            : node->kind == KIND_BASE_TYPE && other->kind == KIND_SCHEMA)
            step_order(&plan->graph, done_step(other), step_of(node, STEP_SHELL));
    }
    for (size_t i = 0; done && i < node->hope_count; i++) {
        const DdlNode *other = node->hopes[i];
        if (plan_is_circle(node, other) && plan_may_call(&plan->new, node, other))
            step_order(&plan->graph, step_of(other, STEP_SHELL), done);
        else
            step_prefer(&plan->graph, done_step(other), done);
    }
}

/* The name must be free before another object gets it. */
static void order_names(Plan *plan, DdlNode *node)
{
    Step *made = step_of(node, STEP_CREATE);
    const char *schema = jx_string(node->parent ? node->parent : node->object, "schema", NULL);
    size_t count = 0;

    if (!made || node->rule)
        return;
    if (node->twin)
        step_order(&plan->graph, step_of(node->twin, STEP_DROP), made);
    if (node->twin)
        step_order(&plan->graph, step_of(node->twin, STEP_DROP), step_of(node, STEP_SHELL));
    if (!schema || !plan_shares_names(node->kind))
        return;
    const HashItem *items =
        hash_items(&plan->old.names, hash_key(schema, jx_string(node->object, "name", "")), &count);
    for (size_t i = 0; i < count; i++)
        if (plan_shares_names(((DdlNode *)items[i].item)->kind))
            step_order(&plan->graph, step_of(items[i].item, STEP_DROP), made);
}

/* Default privileges say what is made later gets, the members of extensions too, which also an
 * update makes: they change once all is made. */
static void order_defaults(Plan *plan)
{
    DdlSide *sides[] = {&plan->old, &plan->new};

    for (size_t side = 0; side < 2; side++)
        for (size_t i = 0; i < sides[side]->count; i++) {
            DdlNode *node = sides[side]->nodes[i];
            if (node->kind != KIND_DEFAULT_PRIVILEGES || !node->rule)
                continue;
            for (size_t j = 0; j < plan->new.count; j++) {
                DdlNode *made = plan->new.nodes[j];
                bool has_rights =
                    made->kind == KIND_EXTENSION || ddl_kind(made->kind)->grants != NULL;
                if (made->rule || made->kind == KIND_DEFAULT_PRIVILEGES || made->parent ||
                    !has_rights)
                    continue;
                for (int type = 0; type < STEP_TYPE_COUNT; type++)
                    step_order(&plan->graph,
                               made->kind == KIND_EXTENSION ? done_step(made)
                                                            : step_of(made, STEP_CREATE),
                               node->steps[type]);
            }
        }
}

/* ---- what one statement does for several ---- */

static bool drops_children(KindId kind)
{
    const char *drop = ddl_kind(kind)->drop;

    return !drop || *drop;
}

/* Whether a foreign key is on the table of which that is a partition: the server drops it only once
 * it is no partition any more. */
static bool is_referenced(const Plan *plan, const json_t *partition)
{
    const char *id = jx_string(partition, "partition_of", NULL);
    const DdlNode *table = id ? ddl_side_table(&plan->old, id) : NULL;

    for (size_t i = 0; table && i < table->user_count; i++)
        if (table->users[i]->kind == KIND_CONSTRAINT && !table->users[i]->rule &&
            strcmp(jx_string(table->users[i]->object, "references", ""), id) == 0)
            return true;
    /* Of its own keys none needs it by name. */
    for (size_t i = 0; table && i < table->child_count; i++)
        if (table->children[i]->kind == KIND_CONSTRAINT &&
            strcmp(jx_string(table->children[i]->object, "references", ""), id) == 0)
            return true;
    return table && is_referenced(plan, table->object);
}

/* A partition of such a table is detached, and it has the table's own keys until it is gone. */
static bool leaves_first(Plan *plan, const DdlNode *node)
{
    if (!ddl_is_facet(node, "partition_of") || !is_referenced(plan, node->object))
        return false;
    step_order(&plan->graph, step_of(node->container, STEP_DROP),
               step_of(ddl_side_table(&plan->old, jx_string(node->object, "partition_of", "")),
                       STEP_DROP));
    return true;
}

/* What the column of a table follows: that of the table whose heir it is, the attribute of the type
 * that it is of. NULL: it is one of its own. */
static DdlNode *followed(const DdlSide *side, const DdlNode *column)
{
    const DdlNode *table = column->container, *origin = NULL;
    const DdlNode *attached = ddl_facet(table, "partition_of");
    const json_t *inherits = json_object_get(table->object, "inherits");

    if (attached)
        origin = attached->state == STATE_SAME
                     ? ddl_side_table(side, jx_string(table->object, "partition_of", ""))
                     : NULL;
    else if (json_object_get(table->object, "of_type"))
        origin = ddl_side_composite(side, jx_string(table->object, "of_type", ""));
    for (size_t i = 0; !attached && jx_bool(column->object, "inherited") && !origin &&
                       i < json_array_size(inherits);
         i++) {
        const char *parent = jx_item(json_array_get(inherits, i));
        origin = ddl_side_table(side, parent);
        if (origin &&
            (!ddl_side_child(origin, jx_string(column->object, "name", "")) || !table->twin ||
             !jx_has_item(json_object_get(table->twin->object, "inherits"), parent)))
            origin = NULL;
    }
    return origin ? ddl_side_child(origin, jx_string(column->object, "name", "")) : NULL;
}

/* One statement changes a column in a table and in its heirs. */
static void merge_heirs(const DdlSide *side, const DdlNode *node)
{
    if (node->kind != KIND_COLUMN || node->rule)
        return;
    const DdlNode *origin = followed(side, node);
    for (int type = 0; origin && type < STEP_TYPE_COUNT; type++)
        if (node->steps[type] && !step_of(node->container, type))
            step_merge(node->steps[type], origin->steps[type], false);
}

static void merge_drop(Plan *plan, DdlNode *node)
{
    Step *drop = step_of(node, STEP_DROP);
    Step *container = step_of(node->container, STEP_DROP);

    if (drop && container && node->container->state != STATE_REBUILT &&
        drops_children(node->container->kind) && !leaves_first(plan, node))
        step_merge(drop, container, true);
    if (drop && !node->rule && node->kind == KIND_SEQUENCE &&
        json_object_get(node->object, "owned_by"))
        for (size_t i = 0; i < node->child_count; i++) {
            const DdlNode *owned = node->children[i];
            if (!ddl_is_facet(owned, "owned_by"))
                continue;
            /* With its column, or its table, goes what belongs to it. */
            for (size_t j = 0; j < owned->need_count; j++)
                if (owned->needs[j]->kind == KIND_COLUMN && step_of(owned->needs[j], STEP_DROP)) {
                    step_merge(drop, step_of(owned->needs[j], STEP_DROP), true);
                    step_merge(step_of(owned, STEP_DROP), drop, false);
                }
        }
}

static bool is_key(const char *type)
{
    return strcmp(type, "primary key") == 0 || strcmp(type, "unique") == 0;
}

/* Of two keys with the same columns CREATE TABLE would make one, and of two equal exclusions.
 * Source: transformIndexConstraints() in parse_utilcmd.c. */
static bool is_second_key(const DdlNode *node)
{
    const char *own = jx_string(node->object, "type", "");
    bool is_exclusion = strcmp(own, "exclusion") == 0;
    const char *member = is_exclusion ? "definition" : "columns";

    if (strcmp(own, "unique") != 0 && !is_exclusion)
        return false;
    for (size_t i = 0; i < node->container->child_count; i++) {
        const DdlNode *other = node->container->children[i];
        const char *type = jx_string(other->object, "type", "");
        if (other != node && other->kind == KIND_CONSTRAINT && !other->rule &&
            (is_exclusion ? strcmp(type, own) == 0 : is_key(type)) &&
            json_equal(json_object_get(other->object, member),
                       json_object_get(node->object, member)))
            return true;
    }
    return false;
}

static bool is_key_of_table(const DdlNode *node)
{
    const char *type = jx_string(node->object, "type", "");

    return node->kind == KIND_CONSTRAINT && !node->rule && strcmp(type, "foreign key") != 0 &&
           !jx_bool(node->object, "not_valid") && !is_second_key(node);
}

bool plan_is_in_use(const Plan *plan, const char *id)
{
    static const KindId kinds[] = {KIND_TABLE, KIND_VIEW};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const DdlNode *node = ddl_side_object(&plan->new, kinds[i], id);
        if (node && !step_of(node, STEP_CREATE))
            return true;
    }
    return false;
}

/* PARTITION OF locks the parent's readers out, ATTACH PARTITION does not. */
static bool is_attached_online(const Plan *plan, const DdlNode *node)
{
    return plan->options->online &&
           plan_is_in_use(plan, jx_string(node->object, "partition_of", ""));
}

static void merge_create(Plan *plan, DdlNode *node)
{
    Step *made = step_of(node, STEP_CREATE), *container = step_of(node->container, STEP_CREATE);

    if (!made)
        return;
    if (container && !node->rule &&
        (node->kind == KIND_COLUMN || node->kind == KIND_ATTRIBUTE ||
         node->kind == KIND_VIEW_COLUMN))
        step_merge(made, container, false);
    else if (container && ((ddl_is_facet(node, "default") && node->kind == KIND_COLUMN &&
                            !jx_bool(node->object, "inherited")) ||
                           is_key_of_table(node)))
        step_merge(made, container, true);
    else if (container && ddl_is_facet(node, "inherits"))
        step_merge(made, container, false);
    else if (container && ddl_is_facet(node, "partition_of") && !is_attached_online(plan, node) &&
             ddl_is_like_parent(&plan->new, node->object))
        step_merge(made, container, false);
    else if (node->kind == KIND_SEQUENCE && !node->rule && jx_bool(node->object, "identity"))
        for (size_t i = 0; i < node->child_count; i++)
            for (size_t j = 0; j < node->children[i]->need_count; j++) {
                DdlNode *column = node->children[i]->needs[j];
                if (ddl_is_facet(node->children[i], "owned_by") && column->kind == KIND_COLUMN &&
                    !column->rule && done_step(column)) {
                    step_merge(made, done_step(column), false);
                    if (step_of(node->children[i], STEP_CREATE))
                        step_merge(step_of(node->children[i], STEP_CREATE), made, false);
                }
            }
}

void plan_order(Plan *plan)
{
    plan_find_circles(&plan->old);
    plan_find_circles(&plan->new);
    add_steps(plan);
    for (size_t i = 0; i < plan->old.count; i++) {
        order_old(plan, plan->old.nodes[i]);
        merge_drop(plan, plan->old.nodes[i]);
        merge_heirs(&plan->old, plan->old.nodes[i]);
    }
    for (size_t i = 0; i < plan->new.count; i++) {
        order_new(plan, plan->new.nodes[i]);
        order_names(plan, plan->new.nodes[i]);
        merge_create(plan, plan->new.nodes[i]);
        merge_heirs(&plan->new, plan->new.nodes[i]);
    }
    order_defaults(plan);
}
