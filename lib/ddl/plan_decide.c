#include "ddl/planning.h"

#include <assert.h>
#include <string.h>

#include "ddl/change.h"
#include "ddl/rights.h"
#include "json/jx.h"
#include "model/ident.h"

/* ---- what differs ---- */

DdlChange plan_change(Plan *plan, const DdlNode *old, const DdlNode *new)
{
    assert(old || new);
    return (DdlChange){.kind = old ? old->kind : new->kind,
                       .old = old ? old->object : NULL,
                       .new = new ? new->object : NULL,
                       .old_parent = old ? old->parent : NULL,
                       .new_parent = new ? new->parent : NULL,
                       .new_side = &plan->new,
                       .server_version = plan->server_version};
}

bool plan_keeps(const DdlNode *old, const DdlNode *new, const char *member)
{
    const DdlChange change = {.old = old->object, .new = new->object};

    return change_keeps(&change, member);
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

    if (change_keeps(change, member) || kind_nested(change->kind, member, &inner) ||
        (rule && rule->use != DDL_INLINE))
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
    const DdlChange change = plan_change(plan, old, old->twin);
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
    const DdlChange change = plan_change(plan, old, old->twin);
    const DdlScope scope = ddl_scope(&plan->new, old->twin);
    DdlRights before = rights_of(old->object), after = rights_of(old->twin->object);
    const char *owner = jx_string(old->twin->object, "owner", NULL);

    if (strcmp(member, "rights") == 0) {
        if (plan_keeps(old, old->twin, "grants") && plan_keeps(old, old->twin, "revokes"))
            return STATE_SAME;
        rights_change(&scope, &before, &after, plan_keeps(old, old->twin, "owner") ? NULL : owner,
                      plan->server_version, script);
        return STATE_CHANGED;
    }
    if (plan_keeps(old, old->twin, member) &&
        (strcmp(member, "partition_of") != 0 || plan_keeps(old, old->twin, "partition_bound")))
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

bool plan_is_type(KindId kind)
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
              plan_is_type(old->kind) && !old->rule && holds_values(old) ? STATE_REBUILT
                                                                         : STATE_AGAIN);
}

bool plan_shares_names(KindId kind)
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

    if (old->rule || old->parent || !schema || !plan_shares_names(old->kind))
        return NULL;
    const HashItem *items =
        hash_items(&plan->new.names, hash_key(schema, jx_string(old->object, "name", "")), &count);
    for (size_t i = 0; i < count; i++) {
        DdlNode *new = items[i].item;
        if (!new->parent && plan_shares_names(new->kind) &&
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

bool plan_has_form(const DdlScript *script, DdlForm form)
{
    for (size_t i = 0; script && i < script->count; i++)
        if (script->items[i].form == form)
            return true;
    return false;
}

/* ALTER COLUMN ... TYPE. */
static bool is_type_form(DdlForm form)
{
    return form == DDL_COLUMN_TYPE || form == DDL_COLUMN_TYPE_LOSSLESS ||
           form == DDL_COLUMN_TYPE_WIDER || form == DDL_COLUMN_COLLATION;
}

/* Whether the server refuses to change it under those who use it. */
static bool disturbs(const DdlNode *node)
{
    bool ret = false;

    for (size_t i = 0; node->alteration && i < node->alteration->count; i++)
        ret = ret || is_type_form(node->alteration->items[i].form);
    return ret && node->state == STATE_CHANGED && node->kind == KIND_COLUMN && !node->rule;
}

/* Of those who use a column whose type changes, who cannot stay: the server makes plain indexes and
 * keys anew by itself, and what has an expression may not fit the new type. */
static bool is_disturbed(const DdlNode *user, const DdlNode *column)
{
    static const KindId always[] = {KIND_VIEW,    KIND_RULE,     KIND_VIEW_RULE,        KIND_POLICY,
                                    KIND_TRIGGER, KIND_FUNCTION, KIND_PUBLICATION_TABLE};
    const char *definition = jx_string(user->object, "definition", "");
    bool wider = plan_has_form(column->alteration, DDL_COLUMN_TYPE_WIDER) ||
                 plan_has_form(column->alteration, DDL_COLUMN_COLLATION);

    if (user->rule)
        return ddl_is_facet(user, "default");
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        if (user->kind == always[i])
            return true;
    if (user->kind == KIND_COLUMN)
        return json_object_get(user->object, "generated") != NULL;
    if (user->kind == KIND_CONSTRAINT)
        return !wider;
    return user->kind == KIND_INDEX && !wider && strchr(definition, '(') &&
           (json_object_get(user->object, "predicate") || strstr(definition, "(("));
}

/* The server changes no column that rows are told to partitions by. */
static bool is_in_partition_key(Plan *plan, const DdlNode *column)
{
    const char *key = jx_string(column->parent, "partition_key", "");
    const char *name = ident_quote(plan->arena, jx_string(column->object, "name", ""));
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
        if (!is_type_form(column->alteration->items[i].form))
            ddl_add(script, column->alteration->items[i].form, column->alteration->items[i].text);
    ddl_add(script, DDL_COLUMN_TYPE,
            ddl_expand(&scope, "ALTER TABLE {^id} ALTER COLUMN {name:i} TYPE {type}[ COLLATE "
                               "{collation}] USING {name:i}::text::{type}"));
    column->alteration = script;
    column->state = STATE_SAME;
    set_state(plan, column, STATE_CHANGED);
}

/* A check that a table has from above only: it goes and comes with that one, and need not leave. */
static bool is_handed_down(const DdlNode *user, const DdlNode *check)
{
    return check->kind == KIND_CONSTRAINT && !check->rule &&
           (ddl_is_facet(user, "inherits") || ddl_is_facet(user, "partition_of")) &&
           !plan_find_check(user->container, jx_string(check->object, "name", ""));
}

static void spread_from(Plan *plan, DdlNode *node)
{
    bool again = node->state == STATE_AGAIN || node->state == STATE_REBUILT;

    if (disturbs(node) && is_in_partition_key(plan, node))
        make_again(plan, node->container);
    for (size_t i = 0; i < node->user_count; i++) {
        DdlNode *user = node->users[i];
        if (!user->twin || user->state == STATE_AGAIN || user->state == STATE_REBUILT ||
            is_handed_down(user, node))
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

/* Those of its name that may call it go and come with it. */
static void spread_to_namesakes(Plan *plan, const DdlNode *node)
{
    size_t count = 0;
    const HashItem *items = hash_items(
        &plan->old.names,
        hash_key(jx_string(node->object, "schema", ""), jx_string(node->object, "name", "")),
        &count);

    for (size_t i = 0; i < count; i++) {
        DdlNode *other = items[i].item;
        if (node->state == STATE_AGAIN && plan_may_call(&plan->old, other, node))
            make_again(plan, other);
    }
}

void plan_decide(Plan *plan)
{
    compare(plan);
    for (size_t i = 0; i < plan->queued; i++) /* it grows meanwhile */
    {
        spread_from(plan, plan->queue[i]);
        spread_to_namesakes(plan, plan->queue[i]);
    }
}
