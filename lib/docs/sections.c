#include "docs/sections.h"

#include <assert.h>
#include <jansson.h>
#include <string.h>

#include "docs/markdown.h"
#include "json/jx.h"
#include "model/views.h"

/* Several codes in one cell, separated by commas. */
static void put_code_list(FILE *out, const json_t *array)
{
    size_t index = 0;
    const json_t *item = NULL;

    json_array_foreach(array, index, item)
    {
        fputs(index ? ", " : "", out);
        const char *text = json_is_string(item) ? json_string_value(item) : "";

        if (*text)
            markdown_code(out, text);
        else
            fputs("*empty*", out);
    }
}

static bool has(const json_t *array, const char *text)
{
    size_t index = 0;
    const json_t *item = NULL;

    json_array_foreach(array, index, item)
    {
        const char *name = json_string_value(item);

        if (name && strcmp(name, text) == 0)
            return true;
    }
    return false;
}

/* Notes in a cell: the first without, the others with a comma before them. */
static void put_note(FILE *out, bool *any)
{
    fputs(*any ? ", " : "", out);
    *any = true;
}

static void put_key_note(Writing *writing, const ConstraintView *key, bool *any)
{
    FILE *out = writing->out;

    put_note(out, any);
    if (!key->references) {
        fputs(strcmp(key->type, "unique") == 0 ? "unique" : "PK", out);
        return;
    }
    fputs("FK to ", out);
    if (page_has(writing->page, KIND_TABLE, key->references))
        markdown_link(out, key->references, "table", key->references);
    else
        markdown_code(out, key->references);
}

static bool put_key_notes(Writing *writing, const TableView *table, const char *column, bool *any)
{
    static const char *const types[] = {"primary key", "unique", "foreign key"};

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        size_t index = 0;
        const json_t *value = NULL;

        json_array_foreach(table->constraints, index, value)
        {
            ConstraintView key = {0};

            if (!view_constraint(value, &key, writing->err))
                return false;
            if (strcmp(key.type, types[i]) == 0 && has(key.columns, column) &&
                (strcmp(key.type, "unique") != 0 || json_array_size(key.columns) == 1))
                put_key_note(writing, &key, any);
        }
    }
    return true;
}

static bool put_columns(Writing *writing, const json_t *columns, const TableView *table)
{
    FILE *out = writing->out;
    size_t index = 0;
    const json_t *value = NULL;

    if (!json_array_size(columns)) {
        fputs("No columns.\n\n", out);
        return true;
    }
    fputs(table
              ? "| Column | Type | Nullable | Default | Notes |\n| --- | --- | --- | --- | --- |\n"
              : "| Column | Type | Notes |\n| --- | --- | --- |\n",
          out);
    json_array_foreach(columns, index, value)
    {
        ColumnView column = {0};
        bool any = false;

        if (!view_column(value, &column, writing->err))
            return false;
        fputc('|', out);
        markdown_code_cell(out, column.name);
        markdown_code_cell(out, column.type);
        if (table) {
            fputs(column.not_null ? " no |" : " yes |", out);
            markdown_code_cell(out, column.generated ? NULL : column.default_text);
        }
        fputc(' ', out);
        if (table && !put_key_notes(writing, table, column.name, &any))
            return false;
        if (column.identity) {
            put_note(out, &any);
            fprintf(out, "identity, generated %s",
                    strcmp(column.identity, "always") == 0 ? "always" : "by default");
        }
        if (column.generated) {
            put_note(out, &any);
            fprintf(out, "generated, %s: ",
                    strcmp(column.generated, "virtual") == 0 ? "virtual" : "stored");
            markdown_code(out, column.default_text ? column.default_text : "");
        }
        if (column.collation) {
            put_note(out, &any);
            fputs("collation ", out);
            markdown_code(out, column.collation);
        }
        if (column.comment) {
            fputs(any ? ". " : "", out);
            markdown_text(out, column.comment);
        }
        fputs(" |\n", out);
    }
    fputc('\n', out);
    return true;
}

static bool put_constraints(Writing *writing, const json_t *constraints)
{
    FILE *out = writing->out;
    size_t index = 0;
    const json_t *value = NULL;

    if (!json_array_size(constraints))
        return true;
    fputs("**Keys and constraints**\n\n| Name | Definition | Comment |\n| --- | --- | --- |\n",
          out);
    json_array_foreach(constraints, index, value)
    {
        ConstraintView constraint = {0};

        if (!view_constraint(value, &constraint, writing->err))
            return false;
        fputc('|', out);
        markdown_code_cell(out, constraint.name);
        markdown_code_cell(out, constraint.definition);
        markdown_text_cell(out, constraint.comment);
        fputc('\n', out);
    }
    fputc('\n', out);
    return true;
}

static bool put_indexes(Writing *writing, const json_t *indexes)
{
    FILE *out = writing->out;
    size_t index = 0;
    const json_t *value = NULL;

    if (!json_array_size(indexes))
        return true;
    fputs("**Indexes**\n\n| Name | Definition | Comment |\n| --- | --- | --- |\n", out);
    json_array_foreach(indexes, index, value)
    {
        IndexView view = {0};

        if (!view_index(value, &view, writing->err))
            return false;
        fputc('|', out);
        markdown_code_cell(out, view.name);
        markdown_code_cell(out, view.definition);
        fputs(view.invalid ? " **invalid** " : " ", out);
        if (view.comment)
            markdown_text(out, view.comment);
        fputs(" |\n", out);
    }
    fputc('\n', out);
    return true;
}

static bool put_policies(Writing *writing, const json_t *policies)
{
    FILE *out = writing->out;
    size_t index = 0;
    const json_t *value = NULL;

    if (!json_array_size(policies))
        return true;
    fputs("**Policies**\n\n| Name | Command | Roles | Using | With check | Comment |\n"
          "| --- | --- | --- | --- | --- | --- |\n",
          out);
    json_array_foreach(policies, index, value)
    {
        PolicyView policy = {0};

        if (!view_policy(value, &policy, writing->err))
            return false;
        fputc('|', out);
        markdown_code_cell(out, policy.name);
        fputc(' ', out);
        markdown_text(out, policy.command ? policy.command : "all");
        fputs(policy.restrictive ? ", restrictive | " : " | ", out);
        put_code_list(out, policy.roles);
        fputs(" |", out);
        markdown_code_cell(out, policy.using_text);
        markdown_code_cell(out, policy.check);
        markdown_text_cell(out, policy.comment);
        fputc('\n', out);
    }
    fputc('\n', out);
    return true;
}

static bool put_triggers(Writing *writing, const json_t *triggers)
{
    FILE *out = writing->out;
    size_t index = 0;
    const json_t *value = NULL;

    if (!json_array_size(triggers))
        return true;
    fputs("**Triggers**\n\n| Name | Definition | Comment |\n| --- | --- | --- |\n", out);
    json_array_foreach(triggers, index, value)
    {
        TriggerView trigger = {0};

        if (!view_trigger(value, &trigger, writing->err))
            return false;
        fputc('|', out);
        markdown_code_cell(out, trigger.name);
        markdown_code_cell(out, trigger.definition);
        fputc(' ', out);
        if (trigger.firing) {
            fputs("fires ", out);
            markdown_text(out, strcmp(trigger.firing, "disabled") == 0 ? "never: disabled"
                                                                       : trigger.firing);
            fputs(trigger.comment ? ". " : "", out);
        }
        if (trigger.comment)
            markdown_text(out, trigger.comment);
        fputs(" |\n", out);
    }
    fputc('\n', out);
    return true;
}

static void put_heading(FILE *out, const char *kind, const ObjectView *object)
{
    markdown_target(out, kind, object->id);
    fputs("\n#### ", out);
    markdown_code(out, object->name);
    fputs("\n\n", out);
}

/* What a table is beside its columns, a line each. */
static void put_table_facts(FILE *out, const TableView *table)
{
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
        markdown_code(out, table->partition_of);
        if (table->partition_bound) {
            fputs(": ", out);
            markdown_code(out, table->partition_bound);
        }
        fputc('\n', out);
    }
    json_array_foreach(table->inherits, index, item)
    {
        fputs("- inherits from ", out);
        markdown_code(out, json_is_string(item) ? json_string_value(item) : "");
        fputc('\n', out);
    }
    fprintf(out, "- row level security: %s%s\n\n", table->row_security ? "on" : "off",
            table->force_row_security ? ", forced" : "");
}

static bool put_table(Writing *writing, const json_t *value)
{
    TableView table = {0};

    if (!view_table(value, &table, writing->err))
        return false;
    put_heading(writing->out, "table", &table.object);
    markdown_paragraph(writing->out, table.object.comment);
    put_table_facts(writing->out, &table);
    return put_columns(writing, table.columns, &table) &&
           put_constraints(writing, table.constraints) && put_indexes(writing, table.indexes) &&
           put_policies(writing, table.policies) && put_triggers(writing, table.triggers);
}

static bool put_view(Writing *writing, const json_t *value)
{
    FILE *out = writing->out;
    RelationView view = {0};

    if (!view_relation(value, &view, writing->err))
        return false;
    put_heading(out, "view", &view.object);
    markdown_paragraph(out, view.object.comment);
    if (view.materialized || view.insertable || view.updatable || json_array_size(view.options)) {
        fprintf(out, "- %s%s%s%s\n", view.materialized ? "materialized view" : "view",
                view.insertable ? ", insertable" : "", view.updatable ? ", updatable" : "",
                json_array_size(view.options) ? "" : "\n");
        if (json_array_size(view.options)) {
            fputs("- options: ", out);
            put_code_list(out, view.options);
            fputs("\n\n", out);
        }
    }
    if (!put_columns(writing, view.columns, NULL))
        return false;
    if (view.definition) {
        markdown_fence(out, "sql", view.definition);
        fputc('\n', out);
    }
    return put_indexes(writing, view.indexes) && put_triggers(writing, view.triggers);
}

static bool put_function(Writing *writing, const json_t *value)
{
    FILE *out = writing->out;
    FunctionView function = {0};

    if (!view_function(value, &function, writing->err))
        return false;
    markdown_target(out, "function", function.object.id);
    fputs("\n#### ", out);
    markdown_code(out, function.object.name);
    fputs("\n\n", out);
    markdown_paragraph(out, function.object.comment);
    fputs("| | |\n| --- | --- |\n| Kind | ", out);
    markdown_text(out, function.kind);
    fputs(" |\n| Arguments |", out);
    markdown_code_cell(out, function.arguments);
    fputs("\n| Returns |", out);
    markdown_code_cell(out, function.returns);
    fputs("\n| Language | ", out);
    markdown_text(out, function.language ? function.language : "");
    fputs(" |\n| Behaviour | ", out);
    markdown_text(out, function.volatility ? function.volatility : "");
    fprintf(out, "%s%s |\n", function.strict ? ", strict" : "",
            function.security_definer ? ", **security definer**" : "");
    if (json_array_size(function.config)) {
        fputs("| Settings | ", out);
        put_code_list(out, function.config);
        fputs(" |\n", out);
    }
    fputc('\n', out);
    return true;
}

static bool put_enum(Writing *writing, const json_t *value)
{
    EnumView item = {0};

    if (!view_enum(value, &item, writing->err))
        return false;
    fputc('|', writing->out);
    markdown_code_cell(writing->out, item.object.name);
    fputc(' ', writing->out);
    put_code_list(writing->out, item.labels);
    fputs(" |", writing->out);
    markdown_text_cell(writing->out, item.object.comment);
    fputc('\n', writing->out);
    return true;
}

static bool put_domain(Writing *writing, const json_t *value)
{
    FILE *out = writing->out;
    DomainView domain = {0};
    size_t index = 0;
    const json_t *constraint = NULL;

    if (!view_domain(value, &domain, writing->err))
        return false;
    fputc('|', out);
    markdown_code_cell(out, domain.object.name);
    markdown_code_cell(out, domain.base_type);
    fputs(domain.not_null ? " no |" : " yes |", out);
    markdown_code_cell(out, domain.default_text);
    fputc(' ', out);
    json_array_foreach(domain.constraints, index, constraint)
    {
        fputs(index ? "<br>" : "", out);
        markdown_code(out, jx_string(constraint, "definition", ""));
    }
    fputs(" |", out);
    markdown_text_cell(out, domain.object.comment);
    fputc('\n', out);
    return true;
}

static bool put_composite(Writing *writing, const json_t *value)
{
    ObjectView composite = {0};

    if (!view_object(value, &composite, writing->err))
        return false;
    put_heading(writing->out, "type", &composite);
    markdown_paragraph(writing->out, composite.comment);
    return put_columns(writing, json_object_get(value, "attributes"), NULL);
}

static bool put_sequence(Writing *writing, const json_t *value)
{
    FILE *out = writing->out;
    static const char *const numbers[] = {"start", "increment", "minimum", "maximum"};
    ObjectView sequence = {0};

    if (!view_object(value, &sequence, writing->err))
        return false;
    fputc('|', out);
    markdown_code_cell(out, sequence.name);
    markdown_code_cell(out, jx_string(value, "data_type", "bigint"));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        fprintf(out, " %" JSON_INTEGER_FORMAT " |", jx_int(value, numbers[i], 0));
    fprintf(out, " %s |", jx_bool(value, "cycle") ? "yes" : "no");
    markdown_text_cell(out, sequence.comment);
    fputc('\n', out);
    return true;
}

const Section docs_sections[] = {
    {KIND_TABLE, "Tables", "table", NULL, put_table},
    {KIND_VIEW, "Views", "view", NULL, put_view},
    {KIND_FUNCTION, "Functions", "function", NULL, put_function},
    {KIND_ENUM, "Enums", NULL, "| Name | Values | Comment |\n| --- | --- | --- |\n", put_enum},
    {KIND_DOMAIN, "Domains", NULL,
     "| Name | Type | Nullable | Default | Constraints | Comment |\n"
     "| --- | --- | --- | --- | --- | --- |\n",
     put_domain},
    {KIND_COMPOSITE, "Composite types", "type", NULL, put_composite},
    {KIND_SEQUENCE, "Sequences", NULL,
     "| Name | Type | Start | Step | Minimum | Maximum | Cycle | Comment |\n"
     "| --- | --- | ---: | ---: | ---: | ---: | --- | --- |\n",
     put_sequence},
};
static_assert(sizeof docs_sections / sizeof *docs_sections == SECTION_COUNT, "all of them");
