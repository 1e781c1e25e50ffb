#include "docs/sections.h"

#include <jansson.h>
#include <string.h>

#include "docs/grid.h"
#include "docs/relation.h"
#include "docs/routine.h"
#include "json/jx.h"
#include "model/markdown.h"

/* clang-format off: a row for each kind */
const Section docs_sections[] = {
    {.kind = KIND_TABLE, .title = "Tables", .anchor = "table", .put = relation_put_table},
    {.kind = KIND_VIEW, .title = "Views", .anchor = "view", .put = relation_put_view},
    {.kind = KIND_FUNCTION, .title = "Functions", .anchor = "function", .put = routine_put},
    {.kind = KIND_ENUM,
     .title = "Enums",
     .anchor = "enum",
     .cells = {{"Values", "labels", CELL_CODES}}},
    {.kind = KIND_DOMAIN,
     .title = "Domains",
     .anchor = "domain",
     .cells = {{"Type", "base_type", CELL_CODE},
               {"Not null", "not_null", CELL_FLAG},
               {"Default", "default", CELL_CODE},
               {"Collation", "collation", CELL_CODE},
               {"Constraints", "constraints", CELL_RULES}}},
    {.kind = KIND_COMPOSITE,
     .title = "Composite types",
     .anchor = "type",
     .put = relation_put_composite},
    {.kind = KIND_RANGE,
     .title = "Range types",
     .anchor = "range",
     .cells = {{"Of", "subtype", CELL_CODE},
               {"Operator class", "subtype_operator_class", CELL_CODE},
               {"Collation", "collation", CELL_CODE},
               {"Canonical", "canonical", CELL_CODE},
               {"Difference", "subtype_diff", CELL_CODE},
               {"Multirange", "multirange", CELL_CODE}}},
    {.kind = KIND_BASE_TYPE,
     .title = "Base types",
     .anchor = "basetype",
     .cells = {{"Input", "input", CELL_CODE},
               {"Output", "output", CELL_CODE},
               {"Bytes:", "length", CELL_NUMBER},
               {"Category", "category", CELL_CODE},
               {"Default", "default", CELL_CODE},
               {"Shell", "shell", CELL_FLAG}}},
    {.kind = KIND_SEQUENCE,
     .title = "Sequences",
     .anchor = "sequence",
     .cells = {{"Type", "data_type", CELL_CODE},
               {"Start:", "start", CELL_NUMBER},
               {"Step:", "increment", CELL_NUMBER},
               {"Minimum:", "minimum", CELL_NUMBER},
               {"Maximum:", "maximum", CELL_NUMBER},
               {"Cache:", "cache", CELL_NUMBER},
               {"Cycle", "cycle", CELL_FLAG},
               {"Owned by", "owned_by", CELL_CODE},
               {"Identity", "identity", CELL_FLAG}}},
    {.kind = KIND_COLLATION,
     .title = "Collations",
     .anchor = "collation",
     .cells = {{"Provider", "provider", CELL_TEXT},
               {"Locale", "locale", CELL_CODE},
               {"LC_COLLATE", "lc_collate", CELL_CODE},
               {"LC_CTYPE", "lc_ctype", CELL_CODE},
               {"Deterministic", "deterministic", CELL_FLAG},
               {"Rules", "rules", CELL_CODE}}},
    {.kind = KIND_STATISTICS,
     .title = "Statistics",
     .anchor = "statistics",
     .cells = {{"Definition", "definition", CELL_CODE}, {"Target:", "target", CELL_NUMBER}}},
    {.kind = KIND_OPERATOR,
     .title = "Operators",
     .anchor = "operator",
     .cells = {{"Result", "result", CELL_CODE},
               {"Function", "function", CELL_CODE},
               {"Commutator", "commutator", CELL_CODE},
               {"Negator", "negator", CELL_CODE}}},
    {.kind = KIND_OPERATOR_FAMILY,
     .title = "Operator families",
     .anchor = "opfamily",
     .cells = {{"Method", "method", CELL_CODE},
               {"Operators", "operators", CELL_CODES},
               {"Functions", "functions", CELL_CODES}}},
    {.kind = KIND_OPERATOR_CLASS,
     .title = "Operator classes",
     .anchor = "opclass",
     .cells = {{"Method", "method", CELL_CODE},
               {"Type", "type", CELL_CODE},
               {"Default", "is_default", CELL_FLAG},
               {"Family", "family", CELL_CODE},
               {"Operators", "operators", CELL_CODES},
               {"Functions", "functions", CELL_CODES}}},
    {.kind = KIND_CONVERSION,
     .title = "Conversions",
     .anchor = "conversion",
     .cells = {{"From", "source", CELL_CODE},
               {"To", "target", CELL_CODE},
               {"Function", "function", CELL_CODE},
               {"Default", "is_default", CELL_FLAG}}},
    {.kind = KIND_TEXT_SEARCH_CONFIGURATION,
     .title = "Text search configurations",
     .anchor = "tsconfig",
     .cells = {{"Parser", "parser", CELL_CODE}, {"Mappings", "mappings", CELL_CODES}}},
    {.kind = KIND_TEXT_SEARCH_DICTIONARY,
     .title = "Text search dictionaries",
     .anchor = "tsdict",
     .cells = {{"Template", "template", CELL_CODE}, {"Options", "options", CELL_CODE}}},
    {.kind = KIND_TEXT_SEARCH_PARSER,
     .title = "Text search parsers",
     .anchor = "tsparser",
     .cells = {{"Start", "start", CELL_CODE},
               {"Token", "token", CELL_CODE},
               {"End", "end", CELL_CODE},
               {"Headline", "headline", CELL_CODE},
               {"Types", "lexeme_types", CELL_CODE}}},
    {.kind = KIND_TEXT_SEARCH_TEMPLATE,
     .title = "Text search templates",
     .anchor = "tstemplate",
     .cells = {{"Init", "init", CELL_CODE}, {"Lexize", "lexize", CELL_CODE}}},
    {.kind = KIND_EXTENSION,
     .title = "Extensions",
     .anchor = "extension",
     .of_database = true,
     .cells = {{"Version", "version", CELL_CODE}, {"Schema", "schema", CELL_CODE}}},
    {.kind = KIND_ROLE,
     .title = "Roles",
     .anchor = "role",
     .of_database = true,
     .cells = {{"Login", "login", CELL_FLAG},
               {"Superuser", "superuser", CELL_FLAG},
               {"Past row security", "bypass_rls", CELL_FLAG},
               {"Makes roles", "createrole", CELL_FLAG},
               {"Makes databases", "createdb", CELL_FLAG},
               {"Inherits", "inherit", CELL_FLAG},
               {"Replication", "replication", CELL_FLAG},
               {"Member of", "member_of", CELL_RIGHTS},
               {"Settings", "settings", CELL_CODES},
               {"Valid until", "valid_until", CELL_TEXT}}},
    {.kind = KIND_PLATFORM_TABLE,
     .title = "On tables of the platform",
     .anchor = "platform",
     .of_database = true,
     .put = relation_put_platform},
    {.kind = KIND_EVENT_TRIGGER,
     .title = "Event triggers",
     .anchor = "eventtrigger",
     .of_database = true,
     .cells = {{"Event", "event", CELL_CODE},
               {"Tags", "tags", CELL_CODES},
               {"Function", "function", CELL_CODE},
               {"Fires", "firing", CELL_TEXT}}},
    {.kind = KIND_PUBLICATION,
     .title = "Publications",
     .anchor = "publication",
     .of_database = true,
     .cells = {{"All tables", "all_tables", CELL_FLAG},
               {"Tables", "tables", CELL_NAMES},
               {"Schemas", "schemas", CELL_CODES},
               {"Insert", "insert", CELL_FLAG},
               {"Update", "update", CELL_FLAG},
               {"Delete", "delete", CELL_FLAG},
               {"Truncate", "truncate", CELL_FLAG},
               {"As the root", "via_root", CELL_FLAG}}},
    {.kind = KIND_SUBSCRIPTION,
     .title = "Subscriptions",
     .anchor = "subscription",
     .of_database = true,
     .cells = {{"Enabled", "enabled", CELL_FLAG},
               {"Publications", "publications", CELL_CODES},
               {"Slot", "slot", CELL_CODE}}},
    {.kind = KIND_FOREIGN_DATA_WRAPPER,
     .title = "Foreign-data wrappers",
     .anchor = "wrapper",
     .of_database = true,
     .cells = {{"Handler", "handler", CELL_CODE},
               {"Validator", "validator", CELL_CODE},
               {"Options", "options", CELL_CODES}}},
    {.kind = KIND_SERVER,
     .title = "Foreign servers",
     .anchor = "server",
     .of_database = true,
     .cells = {{"Wrapper", "wrapper", CELL_CODE},
               {"Type", "type", CELL_CODE},
               {"Version", "version", CELL_CODE},
               {"Options", "options", CELL_CODES}}},
    {.kind = KIND_USER_MAPPING,
     .title = "User mappings",
     .anchor = "usermapping",
     .of_database = true,
     .cells = {{"Server", "server", CELL_CODE},
               {"Role", "role", CELL_CODE},
               {"Options", "options", CELL_CODES}}},
    {.kind = KIND_LANGUAGE,
     .title = "Languages",
     .anchor = "language",
     .of_database = true,
     .cells = {{"Trusted", "trusted", CELL_FLAG}, {"Handler", "handler", CELL_CODE}}},
    {.kind = KIND_CAST,
     .title = "Casts",
     .anchor = "cast",
     .of_database = true,
     .cells = {{"Method", "method", CELL_TEXT},
               {"Function", "function", CELL_CODE},
               {"Context", "context", CELL_TEXT}}},
    {.kind = KIND_TRANSFORM,
     .title = "Transforms",
     .anchor = "transform",
     .of_database = true,
     .cells = {{"From SQL", "from_sql", CELL_CODE}, {"To SQL", "to_sql", CELL_CODE}}},
    {.kind = KIND_ACCESS_METHOD,
     .title = "Access methods",
     .anchor = "accessmethod",
     .of_database = true,
     .cells = {{"Of", "type", CELL_TEXT}, {"Handler", "handler", CELL_CODE}}},
    {.kind = KIND_BUCKET,
     .title = "Storage buckets",
     .anchor = "bucket",
     .of_database = true,
     .cells = {{"Public", "public", CELL_FLAG},
               {"Bytes at most:", "file_size_limit", CELL_NUMBER},
               {"Types", "allowed_mime_types", CELL_CODES},
               {"Kind", "type", CELL_TEXT}}},
    {.kind = KIND_CRON_JOB,
     .title = "Scheduled jobs",
     .anchor = "job",
     .of_database = true,
     .cells = {{"Schedule", "schedule", CELL_CODE},
               {"Command", "command", CELL_CODE},
               {"Role", "role", CELL_CODE},
               {"Active", "active", CELL_FLAG}}},
    {.kind = KIND_QUEUE,
     .title = "Queues",
     .anchor = "queue",
     .of_database = true,
     .cells = {{"Partitioned", "partitioned", CELL_FLAG}, {"Unlogged", "unlogged", CELL_FLAG}}},
    {.kind = KIND_VAULT_SECRET,
     .title = "Secrets in the vault",
     .anchor = "secret",
     .of_database = true,
     .cells = {{"Called", "name", CELL_CODE}}},
    {.kind = KIND_DEFAULT_PRIVILEGES,
     .title = "Default privileges",
     .anchor = "defaults",
     .of_database = true,
     .cells = {{"Made by", "role", CELL_CODE},
               {"In schema", "schema", CELL_CODE},
               {"Objects", "objects", CELL_TEXT}}},
    {.kind = KIND_PRIVILEGES,
     .title = "Other privileges",
     .anchor = "privileges",
     .of_database = true,
     .cells = {{"On", "kind", CELL_TEXT}}},
    {.kind = KIND_SECURITY_LABEL,
     .title = "Security labels",
     .anchor = "label",
     .of_database = true,
     .cells = {{"On", "kind", CELL_TEXT},
               {"Object", "object", CELL_CODE},
               {"Provider", "provider", CELL_CODE},
               {"Label", "label", CELL_CODE}}},
    {.kind = KIND_DATABASE,
     .title = "Settings of the database",
     .anchor = "database",
     .of_database = true,
     .cells = {{"Settings", "settings", CELL_CODES},
               {"Connections at most:", "connection_limit", CELL_NUMBER}}},
    {.kind = KIND_TABLESPACE,
     .title = "Tablespaces",
     .anchor = "tablespace",
     .of_database = true,
     .cells = {{"Options", "options", CELL_CODES}}},
    {.kind = KIND_PARAMETER,
     .title = "Parameters",
     .anchor = "parameter",
     .of_database = true,
     .cells = {{NULL, NULL, CELL_CODE}}},
};
/* clang-format on */
const size_t docs_section_count = sizeof docs_sections / sizeof *docs_sections;

const Section *section_of(KindId kind)
{
    for (size_t i = 0; i < docs_section_count; i++)
        if (docs_sections[i].kind == kind)
            return &docs_sections[i];
    return NULL;
}

/* ---- pieces ---- */

void section_heading(FILE *out, int level)
{
    while (level-- > 0)
        fputc('#', out);
    fputc(' ', out);
}

void section_codes(FILE *out, const json_t *array)
{
    size_t index = 0;
    const json_t *item = NULL;

    json_array_foreach(array, index, item)
    {
        const char *text = json_is_string(item) ? json_string_value(item) : "";

        fputs(index ? ", " : "", out);
        if (*text)
            markdown_code(out, text);
        else
            fputs("*empty*", out);
    }
}

void section_rights(FILE *out, const json_t *rights)
{
    const char *role = NULL;
    const json_t *words = NULL;
    bool any = false;

    json_object_foreach((json_t *)rights, role, words)
    {
        size_t index = 0;
        const json_t *word = NULL;

        fputs(any ? "; " : "", out);
        any = true;
        markdown_code(out, role);
        json_array_foreach(words, index, word)
        {
            const char *text = json_is_string(word) ? json_string_value(word) : "";
            const char *star = strchr(text, '*');
            CLEANUP(arena_free) Arena arena = {0};

            fputs(index ? ", " : ": ", out);
            markdown_text(out,
                          arena_strndup(&arena, text, star ? (size_t)(star - text) : strlen(text)));
            fputs(star ? " with grant option" : "", out);
        }
    }
}

static void put_members(FILE *out, const json_t *array, const char *member, const char *between)
{
    size_t index = 0;
    const json_t *item = NULL;

    json_array_foreach(array, index, item)
    {
        fputs(index ? between : "", out);
        markdown_code(out, jx_string(item, member, ""));
    }
}

static void put_cell(FILE *out, const Cell *cell, const json_t *value)
{
    const json_t *member = json_object_get(value, cell->member);

    switch (cell->type) {
    case CELL_CODE:
        markdown_code(out, jx_string(value, cell->member, ""));
        break;
    case CELL_TEXT:
        markdown_text(out, jx_string(value, cell->member, ""));
        break;
    case CELL_NUMBER:
        if (json_is_integer(member))
            fprintf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(member));
        break;
    case CELL_FLAG:
        fputs(json_is_true(member) ? "yes" : "", out);
        break;
    case CELL_CODES:
        section_codes(out, member);
        break;
    case CELL_NAMES:
        put_members(out, member, "name", ", ");
        break;
    case CELL_RIGHTS:
        section_rights(out, member);
        break;
    case CELL_RULES:
        put_members(out, member, "definition", "<br>");
        break;
    }
}

/* Which columns are of that type: the first few of them. */
static void put_users(const Writing *writing, FILE *out, const FactsObject *object)
{
    enum { USERS_MAX = 20 };
    size_t count = 0;
    const FactsLink *links = facts_links(writing->facts, object, LINK_USED, &count);

    for (size_t i = 0; i < count && i < USERS_MAX; i++) {
        fputs(i ? ", " : "", out);
        place_name(writing, out, links[i].other, object->schema);
        if (links[i].detail) {
            fputc('.', out);
            markdown_code(out, links[i].detail);
        }
    }
    if (count > USERS_MAX)
        fprintf(out, " and %zu more", count - USERS_MAX);
}

static void put_grants(FILE *out, const json_t *value)
{
    const json_t *revokes = json_object_get(value, "revokes");

    section_rights(out, json_object_get(value, "grants"));
    if (revokes) {
        fputs(json_object_get(value, "grants") ? "; not " : "not ", out);
        section_rights(out, revokes);
    }
}

/* ---- sections ---- */

static bool put_rows(Writing *writing, const Section *section, FactsRun run)
{
    const char *titles[CELLS_MAX + 6] = {"Name"};
    size_t cells = 0;

    for (; cells < CELLS_MAX && section->cells[cells].title; cells++)
        titles[cells + 1] = section->cells[cells].title;
    titles[cells + 1] = "Used by";
    titles[cells + 2] = "Owner";
    titles[cells + 3] = "Privileges";
    titles[cells + 4] = "Comment";
    CLEANUP(grid_close) Grid *grid = grid_open(titles, writing->err);

    for (size_t i = 0; grid && i < run.count; i++) {
        const FactsObject *object = &run.first[i];
        json_auto_t *value = jx_parse(object->text, object->length, object->id, writing->err);
        FILE *out = grid_cell(grid);

        if (!value)
            return false;
        place_target(out, object);
        markdown_code(out, object->name);
        for (size_t j = 0; j < cells; j++)
            put_cell(grid_cell(grid), &section->cells[j], value);
        put_users(writing, grid_cell(grid), object);
        markdown_code(grid_cell(grid), jx_string(value, "owner", ""));
        put_grants(grid_cell(grid), value);
        markdown_text(grid_cell(grid), jx_string(value, "comment", ""));
    }
    return grid && grid_write(grid, NULL, writing->out, writing->err);
}

bool section_put_object(Writing *writing, const FactsObject *object)
{
    FILE *out = writing->out;
    json_auto_t *value = jx_parse(object->text, object->length, object->id, writing->err);

    if (!value)
        return false;
    place_target(out, object);
    fputs("\n\n", out);
    section_heading(out, writing->level);
    markdown_code(out, place_label(object));
    fputs("\n\n", out);
    markdown_paragraph(out, jx_string(value, "comment", NULL));
    return section_of(object->kind)->put(writing, object, value) ||
           err_in(writing->err, "in '%s'", object->id);
}

/* Tables and views that have pages of their own: which there are, and what they are for. */
static bool put_list(Writing *writing, FactsRun run)
{
    static const char *const titles[] = {"Name", "Columns:", "Comment", NULL};
    CLEANUP(grid_close) Grid *grid = grid_open(titles, writing->err);

    for (size_t i = 0; grid && i < run.count; i++) {
        const FactsObject *object = &run.first[i];
        json_auto_t *value = jx_parse(object->text, object->length, object->id, writing->err);

        if (!value)
            return false;
        place_link(writing, grid_cell(grid), object->name, object);
        fprintf(grid_cell(grid), "%zu", object->column_count);
        markdown_text(grid_cell(grid), jx_string(value, "comment", ""));
    }
    return grid && grid_write(grid, NULL, writing->out, writing->err);
}

bool section_put(Writing *writing, const Section *section, const char *schema)
{
    FactsRun run = facts_run(writing->facts, schema, section->kind);

    if (!run.count)
        return true;
    section_heading(writing->out, writing->level - 1);
    fprintf(writing->out, "%s\n\n", section->title);
    if (!section->put)
        return put_rows(writing, section, run);
    if (place_page(writing, run.first) != writing->page)
        return put_list(writing, run);
    for (size_t i = 0; i < run.count; i++) {
        if (!section_put_object(writing, &run.first[i]))
            return false;
    }
    return true;
}
