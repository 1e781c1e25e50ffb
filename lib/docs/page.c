#include "docs/page.h"

#include <jansson.h>
#include <string.h>

#include "docs/grid.h"
#include "docs/mermaid.h"
#include "docs/relation.h"
#include "docs/sections.h"
#include "json/jx.h"
#include "model/markdown.h"

enum { SECTIONS_MAX = 64 };
const char page_marker[] = "<!-- written by gen-schema-docs: changes made here are lost -->\n";

static bool is_schema(const FactsObject *object)
{
    return object->kind == KIND_SCHEMA;
}

/* ---- the index ---- */

static bool put_summary(const Writing *writing)
{
    const char *titles[SECTIONS_MAX + 2] = {"Schema"};
    char numbers[SECTIONS_MAX][64];
    size_t columns = 1;

    for (size_t i = 0; i < docs_section_count && columns <= SECTIONS_MAX; i++) {
        if (docs_sections[i].of_database)
            continue;
        snprintf(numbers[columns - 1], sizeof numbers[0], "%s:", docs_sections[i].title);
        titles[columns] = numbers[columns - 1];
        columns++;
    }
    CLEANUP(grid_close) Grid *grid = grid_open(titles, writing->err);

    for (size_t i = 0; grid && i < writing->facts->count; i++) {
        const FactsObject *schema = &writing->facts->objects[i];

        if (!is_schema(schema))
            continue;
        place_link(writing, grid_cell(grid), schema->name, schema);
        for (size_t j = 0; j < docs_section_count; j++) {
            if (docs_sections[j].of_database)
                continue;
            FactsRun run = facts_run(writing->facts, schema->schema, docs_sections[j].kind);
            FILE *out = grid_cell(grid);

            if (run.count)
                fprintf(out, "%zu", run.count);
        }
    }
    return grid && grid_write(grid, NULL, writing->out, writing->err);
}

/* A function's types only where there are several of its name, which stand side by side. */
static const char *label_of(FactsRun run, size_t index)
{
    const FactsObject *object = &run.first[index];
    bool same = (index > 0 && strcmp(object->name, object[-1].name) == 0) ||
                (index + 1 < run.count && strcmp(object->name, object[1].name) == 0);

    return object->kind == KIND_FUNCTION && !same ? object->name : place_label(object);
}

/* Of one schema, or of the database. */
static void put_contents_of(const Writing *writing, const char *schema)
{
    FILE *out = writing->out;

    for (size_t i = 0; i < docs_section_count; i++) {
        FactsRun run = facts_run(writing->facts, schema, docs_sections[i].kind);

        if (!run.count || docs_sections[i].of_database != !*schema)
            continue;
        fprintf(out, "  - %s: ", docs_sections[i].title);
        for (size_t j = 0; j < run.count; j++) {
            fputs(j ? ", " : "", out);
            place_link(writing, out, label_of(run, j), &run.first[j]);
        }
        fputc('\n', out);
    }
}

static void put_contents(const Writing *writing)
{
    FILE *out = writing->out;

    fputs("## Contents\n\n", out);
    for (size_t i = 0; i < writing->facts->count; i++) {
        const FactsObject *schema = &writing->facts->objects[i];

        if (!is_schema(schema))
            continue;
        fputs("- ", out);
        place_link(writing, out, schema->name, schema);
        fputc('\n', out);
        put_contents_of(writing, schema->schema);
    }
    if (writing->facts->count && !*writing->facts->objects[0].schema) {
        fputs("- the database\n", out);
        put_contents_of(writing, "");
    }
    fputc('\n', out);
}

/* ---- parts ---- */

static bool put_sections(Writing *writing, const char *schema)
{
    for (size_t i = 0; i < docs_section_count; i++) {
        if (docs_sections[i].of_database == !*schema &&
            !section_put(writing, &docs_sections[i], schema))
            return false;
    }
    return true;
}

static bool put_database(Writing *writing)
{
    if (!writing->facts->count || *writing->facts->objects[0].schema)
        return true;
    fputs("## The database\n\n", writing->out);
    return put_sections(writing, "");
}

static bool put_schema(Writing *writing, const FactsObject *schema)
{
    CLEANUP(cleanup_free) char *heading = NULL;
    size_t length = 0;
    json_auto_t *value = jx_parse(schema->text, schema->length, schema->id, writing->err);
    FILE *memory = value ? open_memstream(&heading, &length) : NULL;
    const char *owner = jx_string(value, "owner", NULL);
    bool drawn = false;

    if (!memory)
        return value && err_errno(writing->err, EXIT_OS, "cannot make room for a heading");
    section_heading(memory, writing->level - 1);
    fputs("Diagram\n\n", memory);
    if (fclose(memory) != 0)
        return err_errno(writing->err, EXIT_OS, "cannot make room for a heading");
    place_target(writing->out, schema);
    fputs("\n\n", writing->out);
    section_heading(writing->out, writing->level - 2);
    fputs("Schema ", writing->out);
    markdown_code(writing->out, schema->name);
    fputs("\n\n", writing->out);
    markdown_paragraph(writing->out, jx_string(value, "comment", NULL));
    if (owner) {
        fputs("- owner ", writing->out);
        markdown_code(writing->out, owner);
        fputs("\n\n", writing->out);
    }
    return relation_put_privileges(writing, value) &&
           mermaid_draw_schema(writing->facts, schema->schema, heading, "", writing->out, &drawn,
                               writing->err) &&
           relation_put_access(writing, schema->schema) && put_sections(writing, schema->schema);
}

/* ---- pages ---- */

/* The way back, on every page but the index. */
static void put_way(const Writing *writing)
{
    const FactsObject *page = writing->page;

    fputc('[', writing->out);
    markdown_text(writing->out, writing->title);
    fputs("](" PLACE_INDEX ")", writing->out);
    if (!is_schema(page)) {
        fputs(" › ", writing->out);
        place_link(writing, writing->out, page->schema, page->home);
    }
    fputs("\n\n", writing->out);
}

static bool put_index(Writing *writing)
{
    fputs("# ", writing->out);
    markdown_text(writing->out, writing->title);
    fputs("\n\n", writing->out);
    bool any = false;

    for (size_t i = 0; !any && i < writing->facts->count; i++)
        any = is_schema(&writing->facts->objects[i]);
    if (!any)
        fputs("There are no schemas.\n\n", writing->out);
    else if (!put_summary(writing))
        return false;
    if (any)
        put_contents(writing);
    for (size_t i = 0; writing->split == SPLIT_NONE && i < writing->facts->count; i++) {
        const FactsObject *object = &writing->facts->objects[i];

        if (is_schema(object) && !put_schema(writing, object))
            return false;
    }
    return put_database(writing);
}

bool page_write(const Facts *facts, const char *title, Split split, const FactsObject *of,
                FILE *out, Err *err)
{
    Writing writing = {.facts = facts,
                       .title = title ? title : "Database schema",
                       .split = split,
                       .page = of,
                       .level = 4,
                       .out = out,
                       .err = err};

    if (split != SPLIT_NONE)
        fputs(page_marker, out);
    if (!of)
        return put_index(&writing);
    put_way(&writing);
    writing.level = is_schema(of) ? 3 : 1;
    return is_schema(of) ? put_schema(&writing, of) : section_put_object(&writing, of);
}
