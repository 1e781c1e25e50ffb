#include "ddl/planning.h"

#include <string.h>

#include "ddl/online.h"
#include "ddl/rights.h"
#include "ddl/write.h"
#include "json/jx.h"
#include "model/ident.h"

/* ---- what is dropped ---- */

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
    if ((node->kind == KIND_INDEX || node->kind == KIND_VIEW_INDEX) &&
        jx_bool(node->object, "unique"))
        return DDL_UNIQUE_DROP;
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
    const char *name = jx_string(node->object, "name", ""),
               *schema = jx_string(node->object, "schema", "");
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

/* What drops functions that call each other; NULL: it is none, or has none to go with. */
static const char *drop_of_circle(const Plan *plan, const Step *step)
{
    const DdlScope scope = ddl_scope(&plan->old, step->node);
    const char *text = NULL;

    for (size_t i = 0; i < step->merged_count; i++) {
        const DdlNode *other = step->merged[i]->node;
        const DdlScope own = ddl_scope(&plan->old, other);
        if (!plan_is_circle(step->node, other))
            continue;
        text = text ? text : ddl_expand(&scope, "DROP ROUTINE {id}");
        text = arena_join(plan->arena, text, ", ", ddl_name(&own), NULL);
    }
    return text;
}

static void write_drop(Plan *plan, const Step *step, DdlScript *script)
{
    const DdlNode *node = step->node;
    const char *circle = drop_of_circle(plan, step);
    const DdlScope scope = ddl_scope(&plan->old, node);
    const DdlChange change = plan_change(plan, node, NULL);
    const char *drop = ddl_kind(node->kind)->drop;
    DdlRights before = rights_of(node->object), after = {0};

    if (node->state == STATE_REBUILT && !node->rule) {
        ddl_add(script, DDL_ENUM_REBUILD,
                arena_printf(plan->arena, "%s RENAME TO %s", ddl_expand(&scope, "ALTER {@}"),
                             old_name(plan, node)));
        return;
    }
    if (!node->rule) {
        const char *text = circle ? circle : ddl_expand(&scope, drop ? drop : "DROP {@}");
        if (*text && !is_identity_sequence(node))
            ddl_add(script, drop_form(node), text);
    } else if (ddl_is_facet(node, "rights"))
        rights_change(&scope, &before, &after, NULL, plan->server_version, script);
    else if (node->rule->alter)
        node->rule->alter(&change, script);
    else if (node->rule->unset && !(ddl_is_facet(node, "owned_by") && is_identity_sequence(node)))
        ddl_add(script, node->rule->unset_form, ddl_expand(&scope, node->rule->unset));
}

/* ---- what is made ---- */

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
        (!node->rule || ddl_is_facet(node, "owned_by") || ddl_is_facet(node, "owner")))
        return;
    clear_name(plan, node, script);
    if (node->in_circle) {
        ddl_add(script, ddl_function_form(&scope), ddl_write_function(&scope, true));
    } else if (!node->rule) {
        ddl_write(&plan->new, node, &parts, script);
    } else if (ddl_is_facet(node, "rights")) {
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

/* ---- what an extension brings ---- */

/* Where the members of an extension are made. */
static bool is_of_schema(const DdlNode *extension, const char *schema)
{
    return extension && strcmp(jx_string(extension->object, "schema", ""), schema) == 0;
}

/* Takes back, or gives again, the default privileges that the members would get: what each of them
 * has is told by itself (section privileges), and many of them by nothing at all. */
static void write_defaults(Plan *plan, const DdlNode *extension, bool again, DdlScript *script)
{
    const DdlRights none = {0};

    for (size_t i = 0; i < plan->old.count; i++) {
        const DdlNode *node = plan->old.nodes[i];
        const char *schema = jx_string(node->object, "schema", NULL);
        if (node->kind != KIND_DEFAULT_PRIVILEGES || node->rule ||
            strcmp(jx_string(node->object, "role", ""), plan->old.owner) != 0 ||
            (schema && !is_of_schema(extension, schema) && !is_of_schema(extension->twin, schema)))
            continue;
        const DdlScope scope = ddl_scope(&plan->old, node);
        const DdlRights rights = rights_of(node->object);
        rights_change(&scope, again ? &none : &rights, again ? &rights : &none, NULL,
                      plan->server_version, script);
    }
}

/* Whether the step makes members of an extension. */
static bool brings(const Step *step)
{
    const DdlNode *node = step->node;

    return node->kind == KIND_EXTENSION && !node->rule &&
           (step->type == STEP_CREATE ||
            (step->type == STEP_ALTER && plan_has_form(node->alteration, DDL_EXTENSION_UPDATE)));
}

/* ---- heirs ---- */

/* What the column of an heir has to change that the statements for its origin do not. */
static void write_heir(const DdlNode *origin, const Step *step, DdlScript *script)
{
    const DdlScript *own = step->node->alteration;

    for (size_t i = 0; step->type == STEP_ALTER && i < own->count; i++)
        if (*own->items[i].text && !plan_has_form(origin->alteration, own->items[i].form))
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
    if (node->rule && !plan_keeps(origin, column, node->rule->member))
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

/* ---- all ---- */

static void write_step(Plan *plan, const Step *step, DdlScript *script)
{
    const DdlNode *node = step->node;

    switch (step->type) {
    case STEP_DROP:
        write_drop(plan, step, script);
        plan_write_leave(plan, step, script);
        break;
    case STEP_ALTER:
        if (is_owned_sequence(node) && ddl_is_facet(node, "owner"))
            break; /* it goes with its table */
        plan_write_join(plan, step, script);
        for (size_t i = 0; i < node->alteration->count; i++)
            if (*node->alteration->items[i].text)
                ddl_add(script, node->alteration->items[i].form, node->alteration->items[i].text);
        for (size_t i = 0; i < step->merged_count; i++)
            write_heir(node, step->merged[i], script);
        plan_write_leave(plan, step, script);
        break;
    case STEP_CREATE:
        plan_write_join(plan, step, script);
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
        ddl_add(script, DDL_PLAIN,
                node->kind == KIND_FUNCTION ? ddl_write_function_shell(&scope)
                                            : ddl_expand(&scope, "CREATE TYPE {id}"));
        break;
    }
    case STEP_TYPE_COUNT:
        break;
    }
}

/* ---- whom it disturbs ---- */

static bool makes_partition(const DdlNode *table)
{
    for (size_t i = 0; i < table->child_count; i++) {
        const Step *attach = step_of(table->children[i], STEP_CREATE);
        if (ddl_is_facet(table->children[i], "partition_of"))
            return attach && attach->into;
    }
    return false;
}

/* What a statement on an object that the script itself made does to relations that others use: what
 * it refers to, is a part of, or reads. */
static DdlForm form_of_new(const Plan *plan, const DdlNode *node, DdlForm form)
{
    const json_t *object = node->object;
    size_t index = 0;
    json_t *parent = NULL;

    if (!node->rule && node->kind == KIND_TABLE) {
        if (makes_partition(node) && plan_is_in_use(plan, jx_string(object, "partition_of", "")))
            return DDL_TABLE_SET;
        json_array_foreach(json_object_get(object, "inherits"), index, parent)
        {
            if (plan_is_in_use(plan, json_string_value(parent)))
                return DDL_TABLE_OPTIONS;
        }
    }
    if (ddl_is_facet(node, "partition_of") &&
        plan_is_in_use(plan, jx_string(object, "partition_of", "")))
        return DDL_ATTACH_NEW;
    if (!node->rule && node->kind == KIND_CONSTRAINT && form == DDL_FOREIGN_KEY_ADD &&
        plan_is_in_use(plan, jx_string(object, "references", "")))
        return DDL_FOREIGN_KEY_ADD_NOT_VALID; /* there is no row to be read */
    if (node->kind == KIND_STATISTICS && plan_is_in_use(plan, jx_string(object, "table", "")))
        return form;
    if (node->kind == KIND_PUBLICATION_TABLE && plan_is_in_use(plan, jx_string(object, "name", "")))
        return form;
    return ddl_hazard(form)->lock ? DDL_PLAIN : form;
}

static bool is_relation(KindId kind)
{
    return kind == KIND_TABLE || kind == KIND_VIEW || kind == KIND_SEQUENCE ||
           kind == KIND_COLUMN || kind == KIND_VIEW_COLUMN || kind == KIND_INDEX ||
           kind == KIND_VIEW_INDEX || kind == KIND_PLATFORM_TABLE;
}

/* Whether tables have values of a type, or are of it. */
static bool is_in_tables(const DdlNode *type)
{
    for (size_t i = 0; i < type->user_count; i++)
        if (type->users[i]->kind == KIND_TABLE || type->users[i]->kind == KIND_COLUMN)
            return true;
    return false;
}

/* The form as it is on this node: what is locked is told of relations that others use. */
static DdlForm form_in(const Plan *plan, const DdlNode *node, DdlForm form)
{
    const DdlNode *top = node;

    while (top->container)
        top = top->container;
    if (top->steps[STEP_CREATE])
        return form_of_new(plan, node, form);
    if (form == DDL_OWNER && !is_relation(node->kind))
        return DDL_RIGHTS;
    if (form == DDL_COMMENT && !is_relation(node->kind) && !ddl_is_facet(node, "index_comment"))
        return DDL_PLAIN;
    if ((form == DDL_TYPE_SET || form == DDL_ATTRIBUTE_DROP || form == DDL_DOMAIN_CHECK ||
         form == DDL_DOMAIN_VALIDATE) &&
        !is_in_tables(top))
        return DDL_PLAIN;
    return form;
}

void plan_write(Plan *plan, const Step *step, DdlScript *script)
{
    DdlScript own = {.arena = plan->arena};
    const DdlNode *node = step->node;
    const DdlScope scope = ddl_scope(step->type == STEP_CREATE ? &plan->new : &plan->old, node);

    if (brings(step))
        write_defaults(plan, node, false, &own);
    write_step(plan, step, &own);
    if (brings(step))
        write_defaults(plan, node, true, &own);
    for (size_t i = 0; i < own.count; i++) {
        DdlStatement statement = {own.items[i].text, form_in(plan, node, own.items[i].form)};
        const char *rest = without_heirs(node, statement.text);
        if (rest)
            statement.text = arena_printf(plan->arena, "ALTER TABLE ONLY %s", rest);
        if (plan->options->online)
            ddl_add_online(script, &scope, &statement);
        else
            ddl_add(script, statement.form, statement.text);
    }
}
