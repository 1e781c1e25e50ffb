#include "ddl/plan.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ddl/online.h"
#include "ddl/remark.h"
#include "ddl/rights.h"
#include "ddl/side.h"
#include "ddl/step.h"
#include "ddl/write.h"
#include "json/jx.h"
#include "model/ident.h"

/* What becomes of a node of the old side; of one of the new side only FRESH or what its twin is. */
typedef enum State {
    STATE_SAME,
    STATE_CHANGED, /* in place: alteration */
    STATE_AGAIN,   /* dropped and made again */
    STATE_REBUILT, /* a type: renamed away, made again, dropped once nothing has it */
    STATE_GONE,
    STATE_FRESH
} State;

typedef struct Plan {
    Arena *arena;
    DdlSide old, new;
    const DdlOptions *options;
    int server_version;
    StepGraph graph;
    DdlNode **queue; /* whose users are to be looked at */
    size_t queued, queue_room;
} Plan;

static const char *name_of(const json_t *object)
{
    return jx_string(object, "name", "");
}

/* ---- what differs ---- */

static DdlChange change_of(Plan *plan, const DdlNode *old, const DdlNode *new)
{
    return (DdlChange){.kind = old ? old->kind : new->kind,
                       .old = old ? old->object : NULL,
                       .new = new ? new->object : NULL,
                       .old_parent = old ? old->parent : NULL,
                       .new_parent = new ? new->parent : NULL,
                       .new_side = &plan->new,
                       .server_version = plan->server_version};
}

static bool is_equal(const json_t *a, const json_t *b)
{
    return a && b ? json_equal(a, b) : !a && !b;
}

static bool is_same_member(const DdlNode *old, const DdlNode *new, const char *member)
{
    return is_equal(json_object_get(old->object, member), json_object_get(new->object, member));
}

static bool alter_member(const DdlChange *change, const DdlRule *rule, DdlScript *script)
{
    const DdlScope scope = {script->arena, change->kind, change->new, change->new_parent};
    bool has = json_object_get(change->new, rule->member);
    const char *template = has ? rule->set : rule->unset;

    if (rule->alter)
        return rule->alter(change, script);
    if (template)
        ddl_add(script, has ? rule->form : rule->unset_form, ddl_expand(&scope, template));
    return template != NULL;
}

/* Statements that two members have in common are said once. */
static void drop_doubles(DdlScript *script)
{
    size_t kept = 0;

    for (size_t i = 0; i < script->count; i++) {
        bool known = false;
        for (size_t j = 0; j < kept && !known; j++)
            known = strcmp(script->items[j].text, script->items[i].text) == 0;
        if (!known)
            script->items[kept++] = script->items[i];
    }
    script->count = kept;
}

static State differ_in_member(const DdlChange *change, const char *member, DdlScript *script)
{
    const DdlRule *rule = ddl_rule(change->kind, change->new, member);
    KindId inner = KIND_SCHEMA;

    if (is_equal(json_object_get(change->old, member), json_object_get(change->new, member)) ||
        kind_nested(change->kind, member, &inner) || (rule && rule->use != DDL_INLINE))
        return STATE_SAME;
    return rule && alter_member(change, rule, script) ? STATE_CHANGED : STATE_AGAIN;
}

static State worse(State a, State b)
{
    return a > b ? a : b;
}

/* What is taken away comes first, then the type, then the rest: an identity is of a type that has
 * one. */
static State compare_objects(Plan *plan, DdlNode *old, DdlScript *script)
{
    const DdlChange change = change_of(plan, old, old->twin);
    State state = STATE_SAME;
    const char *member = NULL;
    json_t *value = NULL;

    json_object_foreach((json_t *)change.old, member, value)
    {
        if (!json_object_get(change.new, member))
            state = worse(state, differ_in_member(&change, member, script));
    }
    state = worse(state, differ_in_member(&change, "type", script));
    json_object_foreach((json_t *)change.new, member, value)
    {
        state = worse(state, differ_in_member(&change, member, script));
    }
    drop_doubles(script);
    return state;
}

static State compare_facets(Plan *plan, DdlNode *old, DdlScript *script)
{
    const char *member = old->rule->member;
    const DdlChange change = change_of(plan, old, old->twin);
    const DdlScope scope = ddl_scope(&plan->new, old->twin);
    DdlRights before = rights_of(old->object), after = rights_of(old->twin->object);
    const char *owner = jx_string(old->twin->object, "owner", NULL);

    if (strcmp(member, "rights") == 0) {
        if (is_same_member(old, old->twin, "grants") && is_same_member(old, old->twin, "revokes"))
            return STATE_SAME;
        rights_change(&scope, &before, &after,
                      is_same_member(old, old->twin, "owner") ? NULL : owner, plan->server_version,
                      script);
        return STATE_CHANGED;
    }
    if (is_same_member(old, old->twin, member) &&
        (strcmp(member, "partition_of") != 0 || is_same_member(old, old->twin, "partition_bound")))
        return STATE_SAME;
    if (old->rule->alter) {
        old->rule->alter(&change, script);
        return STATE_CHANGED;
    }
    if (strcmp(member, "partition_of") == 0)
        return STATE_AGAIN;
    ddl_side_script(&plan->new, old->twin, script);
    return STATE_CHANGED;
}

static bool is_type(KindId kind)
{
    return kind == KIND_ENUM || kind == KIND_DOMAIN || kind == KIND_COMPOSITE || kind == KIND_RANGE;
}

/* Whether it has columns of tables, which are to keep their values. */
static bool holds_values(const DdlNode *node)
{
    for (size_t i = 0; i < node->user_count; i++) {
        const DdlNode *user = node->users[i];
        if (user->rule || !user->twin)
            continue;
        if (user->kind == KIND_COLUMN && user->container->twin)
            return true;
    }
    return false;
}

static void push(Plan *plan, DdlNode *node)
{
    if (plan->queued == plan->queue_room) {
        size_t room = plan->queue_room ? plan->queue_room * 2 : 64;
        DdlNode **queue = arena_alloc(plan->arena, room * sizeof(DdlNode *));

        if (plan->queued > 0)
            memcpy(queue, plan->queue, plan->queued * sizeof(DdlNode *));
        plan->queue = queue;
        plan->queue_room = room;
    }
    plan->queue[plan->queued++] = node;
}

static void set_state(Plan *plan, DdlNode *old, State state)
{
    if (old->state == (int)state)
        return;
    old->state = (int)state;
    if (old->twin)
        old->twin->state = (int)state;
    if (state != STATE_SAME)
        push(plan, old);
}

static void make_again(Plan *plan, DdlNode *old)
{
    if (old->state == STATE_AGAIN || old->state == STATE_REBUILT || !old->twin)
        return;
    set_state(plan, old,
              is_type(old->kind) && !old->rule && holds_values(old) ? STATE_REBUILT : STATE_AGAIN);
}

/* Relations, and the types that each of them is too, share their names; functions do not. */
static bool shares_names(KindId kind)
{
    return kind == KIND_ENUM || kind == KIND_DOMAIN || kind == KIND_COMPOSITE ||
           kind == KIND_RANGE || kind == KIND_BASE_TYPE || kind == KIND_SEQUENCE ||
           kind == KIND_TABLE || kind == KIND_VIEW || kind == KIND_INDEX ||
           kind == KIND_VIEW_INDEX || kind == KIND_CONSTRAINT;
}

/* What has its name on the other side and is of another kind: a view that was a table. Whoever
 * names it means something else now. */
static DdlNode *find_namesake(const Plan *plan, const DdlNode *old)
{
    const char *schema = jx_string(old->object, "schema", NULL);
    size_t count = 0;

    if (old->rule || old->parent || !schema || !shares_names(old->kind))
        return NULL;
    const HashItem *items =
        hash_items(&plan->new.names, hash_key(schema, name_of(old->object)), &count);
    for (size_t i = 0; i < count; i++) {
        DdlNode *new = items[i].item;
        if (!new->parent && shares_names(new->kind) &&
            !new->twin &&strcmp(jx_string(new->object, "id", ""),
                                jx_string(old->object, "id", "")) == 0)
            return new;
    }
    return NULL;
}

static void match(Plan *plan)
{
    for (size_t i = 0; i < plan->new.count; i++)
        plan->new.nodes[i]->state = STATE_FRESH;
    for (size_t i = 0; i < plan->old.count; i++) {
        DdlNode *old = plan->old.nodes[i];
        old->twin = ddl_side_find(&plan->new, old->key);
        if (old->twin)
            old->twin->twin = old;
    }
    for (size_t i = 0; i < plan->old.count; i++) {
        DdlNode *old = plan->old.nodes[i];
        if (!old->twin && (old->twin = find_namesake(plan, old)))
            old->twin->twin = old;
        old->state = old->twin ? STATE_SAME : STATE_GONE;
        if (old->twin)
            old->twin->state = STATE_SAME;
    }
}

/* A composite type that columns have is changed by making it anew, when their values still fit;
 * else the attribute is. */
static void compare_attribute(Plan *plan, DdlNode *old)
{
    const DdlNode *type = old->container, *new = type ? type->twin : NULL;
    bool fits = new &&new->kind == type->kind && type->child_count == new->child_count;

    if (old->state != STATE_CHANGED || old->rule || old->kind != KIND_ATTRIBUTE ||
        !holds_values(type))
        return;
    for (size_t i = 0; fits && i < type->child_count; i++)
        fits = strcmp(type->children[i]->key, new->children[i]->key) == 0;
    for (size_t i = 0; fits && i < type->user_count; i++)
        fits = type->users[i]->kind != KIND_TABLE;
    make_again(plan, fits ? old->container : old);
}

static void compare(Plan *plan)
{
    match(plan);
    for (size_t i = 0; i < plan->old.count; i++) {
        DdlNode *old = plan->old.nodes[i];
        DdlScript *script = arena_alloc(plan->arena, sizeof *script);
        if (!old->twin || old->twin->kind != old->kind) {
            if (old->twin)
                make_again(plan, old);
            else
                push(plan, old);
            continue;
        }
        script->arena = plan->arena;
        State state =
            old->rule ? compare_facets(plan, old, script) : compare_objects(plan, old, script);
        old->alteration = script;
        if (state == STATE_AGAIN)
            make_again(plan, old);
        else if (old->state == STATE_SAME)
            set_state(plan, old, state);
    }
    for (size_t i = 0; i < plan->old.count; i++)
        compare_attribute(plan, plan->old.nodes[i]);
}

/* ---- what that does to what stands on it ---- */

static bool has_form(const DdlScript *script, DdlForm form)
{
    for (size_t i = 0; script && i < script->count; i++)
        if (script->items[i].form == form)
            return true;
    return false;
}

/* Whether the server refuses to change it under those who use it. */
static bool disturbs(const DdlNode *node)
{
    return node->state == STATE_CHANGED && node->kind == KIND_COLUMN && !node->rule &&
           (has_form(node->alteration, DDL_COLUMN_TYPE) ||
            has_form(node->alteration, DDL_COLUMN_TYPE_LOSSLESS) ||
            has_form(node->alteration, DDL_COLUMN_TYPE_WIDER));
}

/* Of those who use a column whose type changes, who cannot stay: the server makes plain indexes and
 * keys anew by itself, and what has an expression may not fit the new type. */
static bool is_disturbed(const DdlNode *user, const DdlNode *column)
{
    bool wider = has_form(column->alteration, DDL_COLUMN_TYPE_WIDER);

    if (user->rule)
        return strcmp(user->rule->member, "default") == 0;
    switch (user->kind) {
    case KIND_VIEW:
    case KIND_RULE:
    case KIND_VIEW_RULE:
    case KIND_POLICY:
    case KIND_TRIGGER:
    case KIND_FUNCTION:
    case KIND_PUBLICATION_TABLE:
        return true;
    case KIND_COLUMN:
        return json_object_get(user->object, "generated") != NULL;
    case KIND_CONSTRAINT:
        return !wider;
    case KIND_INDEX:
        return !wider && strchr(jx_string(user->object, "definition", ""), '(') &&
               (json_object_get(user->object, "predicate") ||
                strstr(jx_string(user->object, "definition", ""), "(("));
    default:
        return false;
    }
}

/* The server changes no column that rows are told to partitions by. */
static bool is_in_partition_key(Plan *plan, const DdlNode *column)
{
    const char *key = jx_string(column->parent, "partition_key", "");
    const char *name = ident_quote(plan->arena, name_of(column->object));
    size_t length = strlen(name);

    for (const char *at = strstr(key, name); at; at = strstr(at + 1, name))
        if ((at == key || strchr(" (,", at[-1])) && strchr(" (,):.", at[length]))
            return true;
    return false;
}

/* A column of a type that is made again is written anew, even when it says the same. */
static void retype(Plan *plan, DdlNode *column)
{
    DdlScript *script = arena_alloc(plan->arena, sizeof *script);
    const DdlScope scope = ddl_scope(&plan->new, column->twin);

    if (column->state == STATE_AGAIN)
        return;
    script->arena = plan->arena;
    for (size_t i = 0; column->alteration && i < column->alteration->count; i++)
        if (column->alteration->items[i].form != DDL_COLUMN_TYPE &&
            column->alteration->items[i].form != DDL_COLUMN_TYPE_LOSSLESS &&
            column->alteration->items[i].form != DDL_COLUMN_TYPE_WIDER)
            ddl_add(script, column->alteration->items[i].form, column->alteration->items[i].text);
    ddl_add(script, DDL_COLUMN_TYPE,
            ddl_expand(&scope, "ALTER TABLE {^id} ALTER COLUMN {name:i} TYPE {type}[ COLLATE "
                               "{collation}] USING {name:i}::text::{type}"));
    column->alteration = script;
    column->state = STATE_SAME;
    set_state(plan, column, STATE_CHANGED);
}

static void spread_from(Plan *plan, DdlNode *node)
{
    bool again = node->state == STATE_AGAIN || node->state == STATE_REBUILT;

    if (disturbs(node) && is_in_partition_key(plan, node))
        make_again(plan, node->container);
    for (size_t i = 0; i < node->user_count; i++) {
        DdlNode *user = node->users[i];
        if (!user->twin || user->state == STATE_AGAIN || user->state == STATE_REBUILT)
            continue;
        if (node->state == STATE_GONE) {
            /* It has the same text and means another function of that name. */
            if (user->state == STATE_SAME && node->kind == KIND_FUNCTION && !node->rule &&
                user->kind != KIND_TABLE && user->container != node)
                make_again(plan, user);
        } else if (again && ddl_needs(user->twin, node->twin)) {
            if (node->state == STATE_REBUILT && user->kind == KIND_COLUMN && !user->rule &&
                is_in_partition_key(plan, user))
                make_again(plan, user->container);
            else if (node->state == STATE_REBUILT && user->kind == KIND_COLUMN && !user->rule)
                retype(plan, user);
            else if (node->state == STATE_REBUILT && user->kind == KIND_ATTRIBUTE && !user->rule)
                make_again(plan, user->container);
            else if (node->state != STATE_REBUILT || user->container != node || user->rule)
                make_again(plan, user);
        } else if (!again && disturbs(node) && is_disturbed(user, node))
            make_again(plan, user);
    }
}

static void spread(Plan *plan)
{
    for (size_t i = 0; i < plan->queued; i++) /* it grows meanwhile */
        spread_from(plan, plan->queue[i]);
}

/* ---- steps ---- */

static Step *step_of(const DdlNode *node, StepType type)
{
    return node ? node->steps[type] : NULL;
}

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
        if (node->state == STATE_REBUILT && !node->rule && is_type(node->kind))
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
        if (node->kind == KIND_BASE_TYPE && !node->rule && !jx_bool(node->object, "shell"))
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

/* DROP TYPE ... CASCADE takes the functions along. */
static void order_part_of_type(Plan *plan, const DdlNode *node, const DdlNode *other)
{
    Step *drop = step_of(node, STEP_DROP);

    if (node->kind == KIND_FUNCTION && step_of(other, STEP_DROP))
        step_merge(drop, step_of(other, STEP_DROP), false);
    else if (node->kind == KIND_BASE_TYPE)
        step_order(&plan->graph, step_of(node, STEP_ALTER), step_of(other, STEP_DROP));
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
}

static void order_new(Plan *plan, DdlNode *node)
{
    Step *done = done_step(node);

    step_order(&plan->graph, step_of(node, STEP_SHELL), step_of(node, STEP_CREATE));
    for (size_t i = 0; done && i < node->need_count; i++) {
        const DdlNode *other = node->needs[i];
        step_order(&plan->graph,
                   is_part_of_type(node, other) ? step_of(other, STEP_SHELL) : done_step(other),
                   done);
        if (node->kind == KIND_BASE_TYPE && other->kind == KIND_SCHEMA)
            step_order(&plan->graph, done_step(other), step_of(node, STEP_SHELL));
    }
    for (size_t i = 0; done && i < node->hope_count; i++)
        step_prefer(&plan->graph, done_step(node->hopes[i]), done);
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
    if (!schema || !shares_names(node->kind))
        return;
    const HashItem *items =
        hash_items(&plan->old.names, hash_key(schema, name_of(node->object)), &count);
    for (size_t i = 0; i < count; i++)
        if (shares_names(((DdlNode *)items[i].item)->kind))
            step_order(&plan->graph, step_of(items[i].item, STEP_DROP), made);
}

/* Default privileges say what is made later gets: they change once all is made. */
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
                if (made->rule || made->kind == KIND_DEFAULT_PRIVILEGES || made->parent ||
                    !ddl_kind(made->kind)->grants)
                    continue;
                for (int type = 0; type < STEP_TYPE_COUNT; type++)
                    step_order(&plan->graph, step_of(made, STEP_CREATE), node->steps[type]);
            }
        }
}

/* ---- what one statement does for several ---- */

static bool drops_children(KindId kind)
{
    const char *drop = ddl_kind(kind)->drop;

    return !drop || *drop;
}

static bool is_facet(const DdlNode *node, const char *member)
{
    return node->rule && strcmp(node->rule->member, member) == 0;
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
    if (!is_facet(node, "partition_of") || !is_referenced(plan, node->object))
        return false;
    step_order(&plan->graph, step_of(node->container, STEP_DROP),
               step_of(ddl_side_table(&plan->old, jx_string(node->object, "partition_of", "")),
                       STEP_DROP));
    return true;
}

static bool has_text(const json_t *array, const char *text)
{
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(array, index, item)
    {
        if (strcmp(jx_item(item), text) == 0)
            return true;
    }
    return false;
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
        if (origin && (!ddl_side_child(origin, name_of(column->object)) || !table->twin ||
                       !has_text(json_object_get(table->twin->object, "inherits"), parent)))
            origin = NULL;
    }
    return origin ? ddl_side_child(origin, name_of(column->object)) : NULL;
}

/* One statement changes a column in a table and in its heirs. */
static void merge_heirs(Plan *plan, const DdlSide *side, const DdlNode *node)
{
    if (node->kind != KIND_COLUMN || node->rule)
        return;
    const DdlNode *origin = followed(side, node);
    for (int type = 0; origin && type < STEP_TYPE_COUNT; type++)
        if (node->steps[type] && !step_of(node->container, type))
            step_merge(node->steps[type], origin->steps[type], false);
    (void)plan;
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
            if (!owned->rule || strcmp(owned->rule->member, "owned_by") != 0)
                continue;
            /* With its column, or its table, goes what belongs to it. */
            for (size_t j = 0; j < owned->need_count; j++)
                if (owned->needs[j]->kind == KIND_COLUMN && step_of(owned->needs[j], STEP_DROP)) {
                    step_merge(drop, step_of(owned->needs[j], STEP_DROP), true);
                    step_merge(step_of(owned, STEP_DROP), drop, false);
                }
        }
}

/* Of two keys with the same columns CREATE TABLE would make one. */
static bool is_second_key(const DdlNode *node)
{
    const json_t *columns = json_object_get(node->object, "columns");

    if (strcmp(jx_string(node->object, "type", ""), "unique") != 0)
        return false;
    for (size_t i = 0; i < node->container->child_count; i++) {
        const DdlNode *other = node->container->children[i];
        const char *type = jx_string(other->object, "type", "");
        if (other != node && other->kind == KIND_CONSTRAINT && !other->rule &&
            (strcmp(type, "primary key") == 0 || strcmp(type, "unique") == 0) &&
            json_equal(json_object_get(other->object, "columns"), columns))
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

static void merge_create(Plan *plan, DdlNode *node)
{
    Step *made = step_of(node, STEP_CREATE), *container = step_of(node->container, STEP_CREATE);

    if (!made)
        return;
    if (container && !node->rule &&
        (node->kind == KIND_COLUMN || node->kind == KIND_ATTRIBUTE ||
         node->kind == KIND_VIEW_COLUMN))
        step_merge(made, container, false);
    else if (container && ((is_facet(node, "default") && node->kind == KIND_COLUMN &&
                            !jx_bool(node->object, "inherited")) ||
                           is_key_of_table(node)))
        step_merge(made, container, true);
    else if (container && is_facet(node, "inherits"))
        step_merge(made, container, false);
    else if (container && is_facet(node, "partition_of") &&
             ddl_is_like_parent(&plan->new, node->object))
        step_merge(made, container, false);
    else if (node->kind == KIND_SEQUENCE && !node->rule && jx_bool(node->object, "identity"))
        for (size_t i = 0; i < node->child_count; i++)
            for (size_t j = 0; j < node->children[i]->need_count; j++) {
                DdlNode *column = node->children[i]->needs[j];
                if (is_facet(node->children[i], "owned_by") && column->kind == KIND_COLUMN &&
                    !column->rule && done_step(column)) {
                    step_merge(made, done_step(column), false);
                    if (step_of(node->children[i], STEP_CREATE))
                        step_merge(step_of(node->children[i], STEP_CREATE), made, false);
                }
            }
}

/* ---- statements ---- */

static bool is_identity_sequence(const DdlNode *node)
{
    return node->kind == KIND_SEQUENCE && jx_bool(node->object, "identity");
}

static bool is_owned_sequence(const DdlNode *node)
{
    return node->kind == KIND_SEQUENCE && json_object_get(node->object, "owned_by");
}

static DdlForm drop_form(const DdlNode *node)
{
    const char *type = jx_string(node->object, "type", "");

    if (node->kind == KIND_VIEW && jx_bool(node->object, "materialized"))
        return DDL_MATVIEW_DROP;
    if (node->kind == KIND_CONSTRAINT &&
        (strcmp(type, "primary key") == 0 || strcmp(type, "unique") == 0 ||
         strcmp(type, "exclusion") == 0))
        return DDL_KEY_DROP;
    return ddl_kind(node->kind)->drop_form;
}

static bool is_taken(const Plan *plan, const char *schema, const char *name)
{
    size_t old = 0, new = 0;

    hash_items(&plan->old.names, hash_key(schema, name), &old);
    hash_items(&plan->new.names, hash_key(schema, name), &new);
    return old + new > 0;
}

/* What a type is called meanwhile: of a long name the beginning, as whole characters, and its hash.
 */
static const char *old_name(const Plan *plan, const DdlNode *node)
{
    enum { KEPT = 36 };
    const char *name = name_of(node->object), *schema = jx_string(node->object, "schema", "");
    size_t length = strlen(name);
    uint64_t hash = hash_key(schema, name);
    const char *old = NULL;

    for (length = length > KEPT ? KEPT : length; ((unsigned char)name[length] & 0xc0) == 0x80;)
        length--;
    if (name[length])
        name = arena_printf(plan->arena, "%.*s_%08x", (int)length, name, (unsigned)hash);
    old = arena_printf(plan->arena, "%s__old", name);
    for (int i = 2; is_taken(plan, schema, old); i++)
        old = arena_printf(plan->arena, "%s__old%d", name, i);
    return ident_quote(plan->arena, old);
}

static void write_drop(Plan *plan, const DdlNode *node, DdlScript *script)
{
    const DdlScope scope = ddl_scope(&plan->old, node);
    const DdlChange change = change_of(plan, node, NULL);
    const char *drop = ddl_kind(node->kind)->drop;
    DdlRights before = rights_of(node->object), after = {0};

    if (node->state == STATE_REBUILT && !node->rule) {
        ddl_add(script, DDL_ENUM_REBUILD,
                arena_printf(plan->arena, "%s RENAME TO %s", ddl_expand(&scope, "ALTER {@}"),
                             old_name(plan, node)));
        return;
    }
    if (!node->rule) {
        const char *text = ddl_expand(&scope, drop ? drop : "DROP {@}");
        if (*text && !is_identity_sequence(node))
            ddl_add(script, drop_form(node), text);
    } else if (is_facet(node, "rights"))
        rights_change(&scope, &before, &after, NULL, plan->server_version, script);
    else if (node->rule->alter)
        node->rule->alter(&change, script);
    else if (node->rule->unset && !(is_facet(node, "owned_by") && is_identity_sequence(node)))
        ddl_add(script, node->rule->unset_form, ddl_expand(&scope, node->rule->unset));
}

/* What a partition had from its parent's indexes it keeps when it is detached, under names that are
 * not told. */
static void clear_name(Plan *plan, const DdlNode *node, DdlScript *script)
{
    const DdlNode *old = node->container ? node->container->twin : NULL;
    const DdlScope scope = ddl_scope(&plan->new, node);

    if (node->rule || (node->kind != KIND_INDEX && node->kind != KIND_CONSTRAINT) || !old ||
        !step_of(ddl_facet(old, "partition_of"), STEP_DROP) || step_of(old, STEP_DROP) ||
        (node->twin && step_of(node->twin, STEP_DROP)))
        return;
    if (node->kind == KIND_INDEX)
        ddl_add(script, DDL_INDEX_DROP,
                ddl_expand(&scope, "DROP INDEX IF EXISTS {^schema:i}.{name:i}"));
    else
        ddl_add(script, DDL_CONSTRAINT_DROP,
                ddl_expand(&scope, "ALTER TABLE {^id} DROP CONSTRAINT IF EXISTS {name:i}"));
}

static void write_create(Plan *plan, const Step *step, DdlScript *script)
{
    DdlNode *node = step->node;
    const DdlScope scope = ddl_scope(&plan->new, node);
    DdlParts parts = step_parts(&plan->graph, step);

    if (is_identity_sequence(node) &&
        (!node->rule || is_facet(node, "owned_by") || is_facet(node, "owner")))
        return;
    clear_name(plan, node, script);
    if (!node->rule) {
        ddl_write(&plan->new, node, &parts, script);
    } else if (is_facet(node, "rights")) {
        bool is_new = step_of(node->container, STEP_CREATE) != NULL;
        DdlRights given = is_new ? rights_at_creation(&plan->old, node) : (DdlRights){0};
        DdlRights wanted = rights_of(node->object);
        rights_change(&scope, &given, &wanted, jx_string(node->object, "owner", plan->new.owner),
                      plan->server_version, script);
        if (is_new)
            rights_free(&given);
    } else
        ddl_side_script(&plan->new, node, script);
}

/* What the column of an heir has to change that the statements for its origin do not. */
static void write_heir(const DdlNode *origin, const Step *step, DdlScript *script)
{
    const DdlScript *own = step->node->alteration;

    for (size_t i = 0; step->type == STEP_ALTER && i < own->count; i++)
        if (*own->items[i].text && !has_form(origin->alteration, own->items[i].form))
            ddl_add(script, own->items[i].form, own->items[i].text);
}

/* The column of an heir came with its origin's; what else it is is said of it alone. */
static void write_new_heir(Plan *plan, const DdlNode *origin, const DdlNode *node,
                           DdlScript *script)
{
    const DdlScope scope = ddl_scope(&plan->new, node);
    const DdlNode *column = node->rule ? node->container : node;

    if (node->kind != KIND_COLUMN || column->container == origin->container ||
        column->container == origin || step_of(column->container, STEP_CREATE))
        return;
    if (node->rule && !is_same_member(origin, column, node->rule->member))
        ddl_side_script(&plan->new, node, script);
    if (node->rule)
        return;
    if (jx_bool(column->object, "not_null") && !jx_bool(origin->object, "not_null"))
        ddl_add(script, DDL_COLUMN_NOT_NULL,
                ddl_expand(&scope, "ALTER TABLE {^id} ALTER COLUMN {name:i} SET NOT NULL"));
    if (json_object_get(origin->object, "default") && !json_object_get(column->object, "default"))
        ddl_add(script, DDL_COLUMN_SET,
                ddl_expand(&scope, "ALTER TABLE ONLY {^id} ALTER COLUMN {name:i} DROP DEFAULT"));
}

/* A default is handed down when it is set, to heirs that may have others: each is told its own. */
static const char *without_heirs(const DdlNode *node, const char *text)
{
    static const char head[] = "ALTER TABLE ";
    const DdlNode *table = node->container ? node->container->container : NULL;
    bool heirs = table && (table->has_heirs || (table->twin && table->twin->has_heirs));

    return node->rule && node->kind == KIND_COLUMN && heirs &&
                   strncmp(text, head, sizeof head - 1) == 0
               ? text + sizeof head - 1
               : NULL;
}

static void write_step(Plan *plan, const Step *step, DdlScript *script)
{
    const DdlNode *node = step->node;

    switch (step->type) {
    case STEP_DROP:
        write_drop(plan, node, script);
        break;
    case STEP_ALTER:
        if (is_owned_sequence(node) && is_facet(node, "owner"))
            break; /* it goes with its table */
        for (size_t i = 0; i < node->alteration->count; i++)
            if (*node->alteration->items[i].text)
                ddl_add(script, node->alteration->items[i].form, node->alteration->items[i].text);
        for (size_t i = 0; i < step->merged_count; i++)
            write_heir(node, step->merged[i], script);
        break;
    case STEP_CREATE:
        write_create(plan, step, script);
        for (size_t i = 0; i < step->merged_count; i++)
            write_new_heir(plan, node, step->merged[i]->node, script);
        break;
    case STEP_FINISH:
        ddl_add(script, DDL_TYPE_DROP,
                arena_printf(plan->arena, "DROP %s %s.%s",
                             node->kind == KIND_DOMAIN ? "DOMAIN" : "TYPE",
                             ident_quote(plan->arena, jx_string(node->object, "schema", "")),
                             old_name(plan, node)));
        break;
    case STEP_SHELL: {
        const DdlScope scope = ddl_scope(&plan->new, node);
        ddl_add(script, DDL_PLAIN, ddl_expand(&scope, "CREATE TYPE {id}"));
        break;
    }
    case STEP_TYPE_COUNT:
        break;
    }
}

/* Nobody uses yet what the script itself makes: nobody waits for its locks. */
static DdlForm form_in(const DdlNode *node, DdlForm form)
{
    const DdlHazard *hazard = ddl_hazard(form);
    const DdlNode *top = node;

    while (top->container)
        top = top->container;
    if (top->steps[STEP_CREATE] && !top->twin && hazard->lock &&
        !(hazard->flags & HAZARD_NO_TRANSACTION))
        return DDL_PLAIN;
    return form;
}

static void add_step(Plan *plan, const Step *step, DdlScript *script)
{
    DdlScript own = {.arena = plan->arena};
    const DdlNode *node = step->node;
    const DdlScope scope = ddl_scope(step->type == STEP_CREATE ? &plan->new : &plan->old, node);

    write_step(plan, step, &own);
    for (size_t i = 0; i < own.count; i++) {
        DdlStatement statement = {own.items[i].text, form_in(node, own.items[i].form)};
        const char *rest = without_heirs(node, statement.text);
        if (rest)
            statement.text = arena_printf(plan->arena, "ALTER TABLE ONLY %s", rest);
        if (plan->options->online)
            ddl_add_online(script, &scope, &statement);
        else
            ddl_add(script, statement.form, statement.text);
    }
}

DdlPlan ddl_plan(Arena *arena, const json_t *old, const json_t *new, const DdlOptions *options)
{
    json_auto_t *empty = json_pack("{s:[{s:s, s:s}]}", "schemas", "id", "public", "name", "public");
    DdlScript script = {.arena = arena};
    Plan plan = {.arena = arena, .options = options};
    json_t *own = json_copy(empty);

    if (!old && json_object_get(new, "meta"))
        json_object_set(own, "meta", json_object_get(new, "meta"));
    ddl_side_open(&plan.old, arena, old ? old : own);
    ddl_side_open(&plan.new, arena, new);
    plan.server_version =
        plan.old.server_version ? plan.old.server_version : plan.new.server_version;
    plan.old.server_version = plan.new.server_version = plan.server_version;
    step_graph_open(&plan.graph, arena);
    compare(&plan);
    spread(&plan);
    add_steps(&plan);
    for (size_t i = 0; i < plan.old.count; i++) {
        order_old(&plan, plan.old.nodes[i]);
        merge_drop(&plan, plan.old.nodes[i]);
        merge_heirs(&plan, &plan.old, plan.old.nodes[i]);
    }
    for (size_t i = 0; i < plan.new.count; i++) {
        order_new(&plan, plan.new.nodes[i]);
        order_names(&plan, plan.new.nodes[i]);
        merge_create(&plan, plan.new.nodes[i]);
        merge_heirs(&plan, &plan.new, plan.new.nodes[i]);
    }
    order_defaults(&plan);
    size_t count = 0;
    Step **steps = step_sort(&plan.graph, &count);
    for (size_t i = 0; i < count; i++)
        add_step(&plan, steps[i], &script);
    json_decref(own);
    return (DdlPlan){script.items, script.count, ddl_remarks(arena, &plan.old, &plan.new, &script)};
}
