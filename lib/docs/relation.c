#include "docs/relation.h"

#include <string.h>

#include "docs/grid.h"
#include "docs/mermaid.h"
#include "docs/sections.h"
#include "json/jx.h"
#include "model/markdown.h"
#include "model/views.h"

static const char *const policy_titles[] = {"Role", "select", "insert", "update", "delete", NULL};

/* Notes in a cell: the first without, the others with a comma before them. */
static void put_note(FILE *out, bool *any)
{
    fputs(*any ? ", " : "", out);
    *any = true;
}

/* What an id names, as a link when it is told of. */
static void put_relation(const Writing *writing, FILE *out, const char *id, const char *schema)
{
    const FactsObject *object = facts_relation(writing->facts, id);

    if (object)
        place_name(writing, out, object, schema);
    else
        markdown_code(out, id);
}

static void put_names(FILE *out, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        fputs(i ? ", " : "", out);
        markdown_code(out, names[i]);
    }
}

/* ---- columns ---- */

static void put_keys(const Writing *writing, FILE *out, const FactsObject *object,
                     const FactsColumn *column)
{
    bool any = false;

    if (column->primary) {
        put_note(out, &any);
        fputs("PK", out);
    }
    if (column->unique) {
        put_note(out, &any);
        fputs("unique", out);
    }
    for (size_t i = 0; column->foreign && i < object->key_count; i++) {
        const FactsKey *key = &object->keys[i];

        for (size_t j = 0; j < key->count; j++) {
            if (strcmp(key->columns[j], column->name) != 0)
                continue;
            put_note(out, &any);
            fputs("FK to ", out);
            put_relation(writing, out, key->target, object->schema);
            if (j < key->reference_count) {
                fputc('.', out);
                markdown_code(out, key->references[j]);
            }
        }
    }
}

static void put_type(const Writing *writing, FILE *out, const FactsColumn *column)
{
    if (column->of_type && column->of_type->home)
        place_link(writing, out, column->type, column->of_type);
    else
        markdown_code(out, column->type);
}

static void put_word(FILE *out, bool *any, const char *label, const char *word)
{
    if (word) {
        put_note(out, any);
        fputs(label, out);
        markdown_code(out, word);
    }
}

static void put_column_notes(FILE *out, const json_t *value, const ColumnView *column)
{
    bool any = false;
    const json_t *statistics = json_object_get(value, "statistics");

    if (column->identity) {
        put_note(out, &any);
        fprintf(out, "identity, generated %s",
                strcmp(column->identity, "always") == 0 ? "always" : "by default");
    }
    if (column->generated) {
        put_note(out, &any);
        fprintf(out, "generated, %s: ",
                strcmp(column->generated, "virtual") == 0 ? "virtual" : "stored");
        markdown_code(out, column->default_text ? column->default_text : "");
    }
    put_word(out, &any, "collation ", column->collation);
    if (jx_bool(value, "inherited")) {
        put_note(out, &any);
        fputs("inherited", out);
    }
    put_word(out, &any, "storage ", jx_string(value, "storage", NULL));
    put_word(out, &any, "compression ", jx_string(value, "compression", NULL));
    if (json_is_integer(statistics)) {
        put_note(out, &any);
        fprintf(out, "statistics %" JSON_INTEGER_FORMAT, json_integer_value(statistics));
    }
    for (const char *const *member = (const char *const[]){"options", "foreign_options", NULL};
         *member; member++) {
        if (json_array_size(json_object_get(value, *member))) {
            put_note(out, &any);
            section_codes(out, json_object_get(value, *member));
        }
    }
}

/* Null or not is known of tables only, and where a column comes from is a matter of views. */
static bool put_columns(Writing *writing, const FactsObject *object, const json_t *columns)
{
    static const char *const titles[] = {"Column", "Type",  "Nullable", "Key", "Default",
                                         "From",   "Notes", "Comment",  NULL};
    CLEANUP(grid_close) Grid *grid = grid_open(titles, writing->err);
    bool is_table = object->kind == KIND_TABLE;
    size_t index = 0;
    const json_t *value = NULL;

    if (!grid)
        return false;
    if (!json_array_size(columns))
        fputs("No columns.\n\n", writing->out);
    json_array_foreach(columns, index, value)
    {
        const FactsColumn *column = &object->columns[index];
        ColumnView view = {0};

        if (!view_column(value, &view, writing->err))
            return false;
        markdown_code(grid_cell(grid), view.name);
        put_type(writing, grid_cell(grid), column);
        fputs(!is_table ? "" : view.not_null ? "no" : "yes", grid_cell(grid));
        put_keys(writing, grid_cell(grid), object, column);
        markdown_code(grid_cell(grid),
                      view.generated || !view.default_text ? "" : view.default_text);
        FILE *out = grid_cell(grid);

        if (column->relation) {
            place_name(writing, out, column->relation, object->schema);
            fputc('.', out);
            markdown_code(out, column->origin);
        }
        put_column_notes(grid_cell(grid), value, &view);
        markdown_text(grid_cell(grid), view.comment ? view.comment : "");
    }
    return grid_write(grid, NULL, writing->out, writing->err);
}

/* ---- keys, indexes, triggers, rules ---- */

static bool put_constraints(Writing *writing, const json_t *constraints)
{
    static const char *const titles[] = {"Name", "Definition", "Notes", "Comment", NULL};
    static const char *const flags[][2] = {{"not_valid", "not validated"},
                                           {"disabled", "not enforced: its triggers are disabled"}};
    CLEANUP(grid_close) Grid *grid = grid_open(titles, writing->err);
    size_t index = 0;
    const json_t *value = NULL;

    json_array_foreach(constraints, index, value)
    {
        ConstraintView constraint = {0};
        bool any = false;

        if (!grid || !view_constraint(value, &constraint, writing->err))
            return false;
        markdown_code(grid_cell(grid), constraint.name);
        markdown_code(grid_cell(grid), constraint.definition ? constraint.definition : "");
        FILE *out = grid_cell(grid);

        for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
            if (jx_bool(value, flags[i][0])) {
                put_note(out, &any);
                fputs(flags[i][1], out);
            }
        }
        markdown_text(grid_cell(grid), constraint.comment ? constraint.comment : "");
    }
    return grid && grid_write(grid, "**Keys and constraints**", writing->out, writing->err);
}

static bool put_referrers(Writing *writing, const FactsObject *object)
{
    static const char *const titles[] = {"Table", "Columns", "To columns", "Constraint", NULL};
    CLEANUP(grid_close) Grid *grid = grid_open(titles, writing->err);
    size_t count = 0;
    const FactsLink *links = facts_links(writing->facts, object, LINK_REFERENCED, &count);

    for (size_t i = 0; grid && i < count; i++) {
        const FactsKey *key = links[i].key;

        place_name(writing, grid_cell(grid), links[i].other, object->schema);
        put_names(grid_cell(grid), key->columns, key->count);
        put_names(grid_cell(grid), key->references, key->reference_count);
        markdown_code(grid_cell(grid), key->name);
    }
    return grid && grid_write(grid, "**Referenced by**", writing->out, writing->err);
}

static bool put_indexes(Writing *writing, const json_t *indexes)
{
    static const char *const titles[] = {"Name", "Definition", "Notes", "Comment", NULL};
    CLEANUP(grid_close) Grid *grid = grid_open(titles, writing->err);
    size_t index = 0;
    const json_t *value = NULL;

    json_array_foreach(indexes, index, value)
    {
        IndexView view = {0};

        if (!grid || !view_index(value, &view, writing->err))
            return false;
        markdown_code(grid_cell(grid), view.name);
        markdown_code(grid_cell(grid), view.definition ? view.definition : "");
        fputs(view.invalid ? "**invalid**" : "", grid_cell(grid));
        markdown_text(grid_cell(grid), view.comment ? view.comment : "");
    }
    return grid && grid_write(grid, "**Indexes**", writing->out, writing->err);
}

static void put_firing(FILE *out, const char *firing)
{
    if (firing)
        markdown_text(out, strcmp(firing, "disabled") == 0 ? "never: disabled" : firing);
}

static bool put_triggers(Writing *writing, const FactsObject *object, const json_t *triggers)
{
    static const char *const titles[] = {"Name",  "Definition", "Function",
                                         "Fires", "Comment",    NULL};
    CLEANUP(grid_close) Grid *grid = grid_open(titles, writing->err);
    size_t index = 0;
    const json_t *value = NULL;

    json_array_foreach(triggers, index, value)
    {
        TriggerView trigger = {0};

        if (!grid || !view_trigger(value, &trigger, writing->err))
            return false;
        markdown_code(grid_cell(grid), trigger.name);
        markdown_code(grid_cell(grid), trigger.definition ? trigger.definition : "");
        const FactsObject *function =
            trigger.function ? facts_function(writing->facts, trigger.function) : NULL;
        FILE *out = grid_cell(grid);

        if (function && function->home)
            place_name(writing, out, function, object->schema);
        else
            markdown_code(out, trigger.function ? trigger.function : "");
        put_firing(grid_cell(grid), trigger.firing);
        markdown_text(grid_cell(grid), trigger.comment ? trigger.comment : "");
    }
    return grid && grid_write(grid, "**Triggers**", writing->out, writing->err);
}

static bool put_rules(Writing *writing, const json_t *rules)
{
    static const char *const titles[] = {"Name", "Definition", "Fires", "Comment", NULL};
    CLEANUP(grid_close) Grid *grid = grid_open(titles, writing->err);
    size_t index = 0;
    const json_t *value = NULL;

    json_array_foreach(rules, index, value)
    {
        if (!grid)
            return false;
        markdown_code(grid_cell(grid), jx_string(value, "name", ""));
        markdown_code(grid_cell(grid), jx_string(value, "definition", ""));
        put_firing(grid_cell(grid), jx_string(value, "firing", NULL));
        markdown_text(grid_cell(grid), jx_string(value, "comment", ""));
    }
    return grid && grid_write(grid, "**Rules**", writing->out, writing->err);
}

/* ---- policies ---- */

static bool put_policies(Writing *writing, const json_t *policies)
{
    static const char *const titles[] = {"Name",  "Command",    "Kind",    "Roles",
                                         "Using", "With check", "Comment", NULL};
    CLEANUP(grid_close) Grid *grid = grid_open(titles, writing->err);
    size_t index = 0;
    const json_t *value = NULL;

    json_array_foreach(policies, index, value)
    {
        PolicyView policy = {0};

        if (!grid || !view_policy(value, &policy, writing->err))
            return false;
        markdown_code(grid_cell(grid), policy.name);
        markdown_text(grid_cell(grid), policy.command ? policy.command : "all");
        fputs(policy.restrictive ? "restrictive" : "", grid_cell(grid));
        section_codes(grid_cell(grid), policy.roles);
        markdown_code(grid_cell(grid), policy.using_text ? policy.using_text : "");
        markdown_code(grid_cell(grid), policy.check ? policy.check : "");
        markdown_text(grid_cell(grid), policy.comment ? policy.comment : "");
    }
    return grid && grid_write(grid, "**Policies**", writing->out, writing->err);
}

/* One of the permissive ones must let a row through, and each of the restrictive ones. */
static void put_let(FILE *out, const FactsObject *object, const char *role, FactsCommand command)
{
    bool any = false;

    for (int restrictive = 0; restrictive < 2; restrictive++) {
        bool first = true;

        for (size_t i = 0; i < object->policy_count; i++) {
            const FactsPolicy *policy = &object->policies[i];

            if (!policy->commands[command] || policy->restrictive != (restrictive == 1) ||
                !facts_policy_is_for(policy, role))
                continue;
            if (restrictive && !any)
                return;
            fputs(!first ? restrictive ? " and " : " or " : restrictive ? ", only if " : "", out);
            markdown_code(out, policy->name);
            first = false;
            any = true;
        }
    }
}

static void put_role(FILE *out, const char *role)
{
    if (strcmp(role, "public") == 0)
        fputs("everybody", out);
    else
        markdown_code(out, role);
}

/* By role and command; that nothing is let is said. Of the platform's tables it is not known
 * whether row level security is on. */
static bool put_access_of(Writing *writing, const FactsObject *object)
{
    if (object->kind == KIND_TABLE && !object->row_security)
        return true;
    CLEANUP(grid_close) Grid *grid = grid_open(policy_titles, writing->err);
    CLEANUP(arena_free) Arena arena = {0};
    size_t count = 0;
    const char **roles = facts_roles(&arena, object, &count);

    for (size_t i = 0; grid && i < count; i++) {
        put_role(grid_cell(grid), roles[i]);
        for (FactsCommand command = COMMAND_SELECT; command < COMMAND_COUNT; command++) {
            FILE *out = grid_cell(grid);
            long before = ftell(out);

            put_let(out, object, roles[i], command);
            if (ftell(out) == before)
                fputs("nothing", out);
        }
    }
    return grid &&
           grid_write(grid, "**Rows a role gets at, by policy**", writing->out, writing->err);
}

/* The roles that a permissive policy lets do it. */
static void put_roles_let(FILE *out, const FactsObject *object, const char *const *roles,
                          size_t count, FactsCommand command)
{
    bool any = false;

    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < object->policy_count; j++) {
            const FactsPolicy *policy = &object->policies[j];
            bool named = false;

            for (size_t k = 0; k < policy->role_count; k++)
                named |= strcmp(policy->roles[k], roles[i]) == 0;
            if (!named || policy->restrictive || !policy->commands[command])
                continue;
            put_note(out, &any);
            put_role(out, roles[i]);
            break;
        }
    }
    fputs(any ? "" : "nobody", out);
}

bool relation_put_access(Writing *writing, const char *schema)
{
    static const char *const titles[] = {
        "Table", "Row level security", "select", "insert", "update", "delete", NULL};
    CLEANUP(grid_close) Grid *grid = grid_open(titles, writing->err);
    FactsRun run = facts_run(writing->facts, schema, KIND_TABLE);
    size_t shown = 0;

    for (size_t i = 0; i < run.count; i++)
        shown += run.first[i].row_security || run.first[i].policy_count;
    if (!shown)
        return true;
    section_heading(writing->out, writing->level - 1);
    fputs("Row level security\n\nWhom the policies let do what, to which rows stands at each "
          "table. The owners of tables, and roles that bypass row level security, need none.\n\n",
          writing->out);
    for (size_t i = 0; grid && i < run.count; i++) {
        const FactsObject *table = &run.first[i];
        CLEANUP(arena_free) Arena arena = {0};
        size_t count = 0;
        const char **roles = facts_roles(&arena, table, &count);

        place_link(writing, grid_cell(grid), table->name, table);
        fputs(table->row_security   ? "on"
              : table->policy_count ? "**off**: its policies do nothing"
                                    : "off",
              grid_cell(grid));
        for (FactsCommand command = COMMAND_SELECT; command < COMMAND_COUNT; command++) {
            FILE *out = grid_cell(grid);

            if (table->row_security)
                put_roles_let(out, table, roles, count, command);
        }
    }
    return grid && grid_write(grid, NULL, writing->out, writing->err);
}

/* ---- privileges ---- */

static void put_rights_row(Grid *grid, const char *on, const json_t *value)
{
    FILE *out = grid_cell(grid);

    if (on)
        markdown_code(out, on);
    section_rights(grid_cell(grid), json_object_get(value, "grants"));
    section_rights(grid_cell(grid), json_object_get(value, "revokes"));
}

bool relation_put_privileges(Writing *writing, const json_t *value)
{
    static const char *const titles[] = {"Column", "Granted to", "Revoked from", NULL};
    CLEANUP(grid_close) Grid *grid = grid_open(titles, writing->err);
    size_t index = 0;
    const json_t *column = NULL;

    if (!grid)
        return false;
    if (json_object_get(value, "grants") || json_object_get(value, "revokes"))
        put_rights_row(grid, NULL, value);
    json_array_foreach(json_object_get(value, "columns"), index, column)
    {
        if (json_object_get(column, "grants") || json_object_get(column, "revokes"))
            put_rights_row(grid, jx_string(column, "name", ""), column);
    }
    return grid_write(grid, "**Privileges**", writing->out, writing->err);
}

/* ---- what hangs on it ---- */

static void put_links(const Writing *writing, const FactsObject *object, FactsLinkKind kind,
                      const char *label)
{
    size_t count = 0;
    const FactsLink *links = facts_links(writing->facts, object, kind, &count);

    if (count)
        fprintf(writing->out, "- %s ", label);
    for (size_t i = 0; i < count; i++) {
        fputs(i ? ", " : "", writing->out);
        place_name(writing, writing->out, links[i].other, object->schema);
    }
    fputs(count ? "\n" : "", writing->out);
}

/* Members that are shown as they are, a line each. */
static void put_settings(FILE *out, const json_t *value)
{
    static const char *const members[][2] = {
        {"of_type", "of the type"},
        {"server", "on the server"},
        {"foreign_options", "foreign options:"},
        {"access_method", "access method"},
        {"tablespace", "tablespace"},
        {"options", "options:"},
        {"toast_options", "TOAST:"},
        {"replica_identity", "replica identity"},
        {"cluster_on", "clustered on"},
        {"owner", "owner"},
    };

    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const json_t *member = json_object_get(value, members[i][0]);

        if (!member)
            continue;
        fprintf(out, "- %s ", members[i][1]);
        if (json_is_string(member))
            markdown_code(out, json_string_value(member));
        else
            section_codes(out, member);
        fputc('\n', out);
    }
}

static void put_table_facts(const Writing *writing, const FactsObject *object, const json_t *value,
                            const TableView *table)
{
    FILE *out = writing->out;
    size_t index = 0;
    const json_t *item = NULL;

    if (strcmp(table->kind, "table") != 0 || table->unlogged) {
        fputs("- ", out);
        if (table->unlogged)
            fputs("unlogged ", out);
        markdown_text(out, table->kind);
        if (table->partition_key) {
            fputs(" by ", out);
            markdown_code(out, table->partition_key);
        }
        fputc('\n', out);
    }
    if (table->partition_of) {
        fputs("- partition of ", out);
        put_relation(writing, out, table->partition_of, object->schema);
        if (table->partition_bound) {
            fputs(": ", out);
            markdown_code(out, table->partition_bound);
        }
        fputs(jx_bool(value, "detach_pending") ? ", being detached\n" : "\n", out);
    }
    json_array_foreach(table->inherits, index, item)
    {
        fputs("- inherits from ", out);
        put_relation(writing, out, json_is_string(item) ? json_string_value(item) : "",
                     object->schema);
        fputc('\n', out);
    }
    put_links(writing, object, LINK_PARTITION, "partitions:");
    put_links(writing, object, LINK_INHERITED, "inherited by");
    put_settings(out, value);
    fprintf(out, "- row level security: %s%s%s\n", table->row_security ? "on" : "off",
            table->force_row_security ? ", forced" : "",
            !table->row_security && object->policy_count ? ", so the policies do nothing"
            : table->row_security && !object->policy_count
                ? ", without a policy: only the owner gets at rows"
                : "");
    put_links(writing, object, LINK_READ, "read by");
    fputc('\n', out);
}

static bool put_neighbours(Writing *writing, const FactsObject *object)
{
    bool drawn = false;

    return mermaid_draw_neighbours(writing->facts, object,
                                   "<details><summary>Diagram: one key away</summary>\n\n",
                                   "</details>\n\n", writing->out, &drawn, writing->err);
}

bool relation_put_table(Writing *writing, const FactsObject *object, const json_t *value)
{
    TableView table = {0};

    if (!view_table(value, &table, writing->err))
        return false;
    put_table_facts(writing, object, value, &table);
    return put_columns(writing, object, table.columns) &&
           put_constraints(writing, table.constraints) && put_referrers(writing, object) &&
           put_indexes(writing, table.indexes) && put_policies(writing, table.policies) &&
           put_access_of(writing, object) && put_triggers(writing, object, table.triggers) &&
           put_rules(writing, json_object_get(value, "rules")) &&
           relation_put_privileges(writing, value) && put_neighbours(writing, object);
}

bool relation_put_view(Writing *writing, const FactsObject *object, const json_t *value)
{
    FILE *out = writing->out;
    RelationView view = {0};

    if (!view_relation(value, &view, writing->err))
        return false;
    fprintf(out, "- %s%s%s\n", view.materialized ? "materialized view" : "view",
            view.insertable ? ", insertable" : "", view.updatable ? ", updatable" : "");
    put_settings(out, value);
    fputs(object->read_count ? "- reads " : "", out);
    for (size_t i = 0; i < object->read_count; i++) {
        fputs(i ? ", " : "", out);
        place_name(writing, out, object->reads[i], object->schema);
    }
    fputs(object->read_count ? "\n" : "", out);
    put_links(writing, object, LINK_READ, "read by");
    fputc('\n', out);
    if (!put_columns(writing, object, view.columns))
        return false;
    if (view.definition) {
        markdown_fence(out, "sql", view.definition);
        fputc('\n', out);
    }
    return put_indexes(writing, view.indexes) && put_triggers(writing, object, view.triggers) &&
           put_rules(writing, json_object_get(value, "rules")) &&
           relation_put_privileges(writing, value);
}

bool relation_put_platform(Writing *writing, const FactsObject *object, const json_t *value)
{
    return put_policies(writing, json_object_get(value, "policies")) &&
           put_access_of(writing, object) &&
           put_triggers(writing, object, json_object_get(value, "triggers"));
}

bool relation_put_composite(Writing *writing, const FactsObject *object, const json_t *value)
{
    put_settings(writing->out, value);
    put_links(writing, object, LINK_USED, "used by");
    fputc('\n', writing->out);
    return put_columns(writing, object, json_object_get(value, "attributes")) &&
           relation_put_privileges(writing, value);
}
