#include "docs/page.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "docs/markdown.h"
#include "docs/mermaid.h"
#include "docs/sections.h"
#include "json/jx.h"
#include "model/snapshot.h"
#include "model/typename.h"
#include "model/views.h"

enum { DIAGRAM_TABLES_MAX = 1500 };

void page_free(Page *page)
{
    arena_free(&page->arena);
}

/* ---- reading ---- */

static bool object_add(Page *page, const SnapshotLine *line, const char *name, Err *err)
{
    json_auto_t *value = snapshot_line_parse(line, name, err);
    ObjectView view = {0};

    if (!value || !view_object(value, &view, err))
        return value && err_in(err, "in a %s of '%s'", kind_of(line->kind)->name, name);
    if (page->count == page->capacity) {
        PageObject *old = page->objects;

        page->capacity = page->capacity ? page->capacity * 2 : 64;
        page->objects = arena_alloc(&page->arena, page->capacity * sizeof *old);
        if (old)
            memcpy(page->objects, old, page->count * sizeof *old);
    }
    const char *schema = line->kind == KIND_SCHEMA      ? view.name
                         : line->kind == KIND_EXTENSION ? ""
                         : view.schema                  ? view.schema
                                                        : "";

    page->objects[page->count++] =
        (PageObject){.kind = line->kind,
                     .id = arena_strdup(&page->arena, view.id),
                     .schema = arena_strdup(&page->arena, schema),
                     .text = arena_strndup(&page->arena, line->text, line->length),
                     .length = line->length};
    return true;
}

/* Extensions have the schema "" here and so come first; within a schema as the snapshot has them.
 */
static int by_schema(const void *a, const void *b)
{
    const PageObject *one = a, *two = b;
    int order = strcmp(one->schema, two->schema);

    if (!order)
        order = (one->kind > two->kind) - (one->kind < two->kind);
    return order ? order : strcmp(one->id, two->id);
}

/* Whether the page says anything of such objects. */
static bool is_told(KindId kind)
{
    for (size_t i = 0; i < SECTION_COUNT; i++)
        if (docs_sections[i].kind == kind)
            return true;
    return kind == KIND_SCHEMA || kind == KIND_EXTENSION;
}

bool page_read(Page *page, FILE *in, const char *name, Err *err)
{
    CLEANUP(snapshot_reader_close) SnapshotReader *reader = snapshot_reader_open(in, name, err);
    SnapshotLine line = {0};
    int more = -1;

    if (!reader)
        return false;
    if (snapshot_reader_is_short(reader))
        return err_set(err, EXIT_DATA, "'%s' is the short form of an unchanged snapshot", name);
    while ((more = snapshot_reader_next(reader, &line, err)) > 0) {
        if (is_told(line.kind) && !object_add(page, &line, name, err))
            return false;
    }
    if (more == 0 && page->count)
        qsort(page->objects, page->count, sizeof *page->objects, by_schema);
    return more == 0;
}

bool page_has(const Page *page, KindId kind, const char *id)
{
    CLEANUP(arena_free) Arena arena = {0};
    PageObject key = {.kind = kind, .id = id};
    const char *name = NULL;

    return page->count && typename_split_id(&arena, id, &key.schema, &name) &&
           bsearch(&key, page->objects, page->count, sizeof key, by_schema);
}

/* ---- writing ---- */

/* The objects of one schema and kind: a run of the page's. */
typedef struct Run {
    const PageObject *first;
    size_t count;
} Run;

static Run run_of(const Page *page, const char *schema, KindId kind)
{
    Run run = {0};

    for (size_t i = 0; i < page->count; i++) {
        const PageObject *object = &page->objects[i];

        if (object->kind == kind && strcmp(object->schema, schema) == 0) {
            if (!run.count)
                run.first = object;
            run.count++;
        } else if (run.count) {
            break;
        }
    }
    return run;
}

static json_t *parse(const PageObject *object, Err *err)
{
    return jx_parse(object->text, object->length, object->id, err);
}

/* A sequence that a column owns is that column's matter. */
static bool is_shown(const json_t *value, KindId kind)
{
    return kind != KIND_SEQUENCE || !json_object_get(value, "owned_by");
}

static bool put_section(Writing *writing, const Section *section, const char *schema)
{
    Run run = run_of(writing->page, schema, section->kind);
    bool any = false;

    for (size_t i = 0; i < run.count; i++) {
        json_auto_t *value = parse(&run.first[i], writing->err);

        if (!value)
            return false;
        if (!is_shown(value, section->kind))
            continue;
        if (!any)
            fprintf(writing->out, "### %s\n\n%s", section->title,
                    section->head ? section->head : "");
        any = true;
        if (!section->put(writing, value))
            return err_in(writing->err, "in '%s'", run.first[i].id);
    }
    if (any && section->head)
        fputc('\n', writing->out);
    return true;
}

static bool put_diagram(Writing *writing, const char *schema)
{
    Run run = run_of(writing->page, schema, KIND_TABLE);
    json_auto_t *holder = json_array();
    json_t **tables = NULL;
    bool drawn = false;
    CLEANUP(arena_free) Arena arena = {0};

    if (!run.count || run.count > DIAGRAM_TABLES_MAX)
        return true;
    tables = arena_alloc(&arena, run.count * sizeof(json_t *));
    for (size_t i = 0; i < run.count; i++) {
        tables[i] = parse(&run.first[i], writing->err);
        if (!tables[i] || !jx_append(holder, tables[i], writing->err))
            return false;
    }
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);

    if (!memory)
        return err_errno(writing->err, EXIT_OS, "cannot make room for a diagram");
    bool done = mermaid_draw(tables, run.count, schema, memory, &drawn, writing->err);

    if (fclose(memory) != 0 && done)
        return err_errno(writing->err, EXIT_OS, "cannot make room for a diagram");
    if (done && drawn)
        fprintf(writing->out, "### Diagram\n\n%s\n", text);
    return done;
}

/* ---- the page ---- */

/* How many of the schema's objects a section shows; sequences are few enough to look at. */
static size_t count_of(const Page *page, const char *schema, KindId kind)
{
    Run run = run_of(page, schema, kind);
    size_t count = 0;

    for (size_t i = 0; i < run.count; i++)
        count += kind != KIND_SEQUENCE || !strstr(run.first[i].text, "\"owned_by\":");
    return count;
}

static bool put_summary(Writing *writing, Run schemas)
{
    FILE *out = writing->out;

    fputs("| Schema |", out);
    for (size_t i = 0; i < SECTION_COUNT; i++)
        fprintf(out, " %s |", docs_sections[i].title);
    fputs("\n| --- |", out);
    for (size_t i = 0; i < SECTION_COUNT; i++)
        fputs(" ---: |", out);
    for (size_t i = 0; i < schemas.count; i++) {
        fputs("\n| ", out);
        markdown_link(out, schemas.first[i].schema, "schema", schemas.first[i].schema);
        fputs(" |", out);
        for (size_t j = 0; j < SECTION_COUNT; j++)
            fprintf(out, " %zu |",
                    count_of(writing->page, schemas.first[i].schema, docs_sections[j].kind));
    }
    fputs("\n\n", out);
    return true;
}

static bool put_extensions(Writing *writing)
{
    FILE *out = writing->out;
    Run run = run_of(writing->page, "", KIND_EXTENSION);

    if (run.count)
        fputs("## Extensions\n\n| Name | Version | Schema | Comment |\n| --- | --- | --- | --- |\n",
              out);
    for (size_t i = 0; i < run.count; i++) {
        json_auto_t *value = parse(&run.first[i], writing->err);
        ExtensionView extension = {0};

        if (!value || !view_extension(value, &extension, writing->err))
            return false;
        fputc('|', out);
        markdown_code_cell(out, extension.object.name);
        markdown_code_cell(out, extension.version);
        markdown_code_cell(out, extension.object.schema);
        markdown_text_cell(out, extension.object.comment);
        fputc('\n', out);
    }
    fputs(run.count ? "\n" : "", out);
    return true;
}

static bool put_contents(Writing *writing, Run schemas)
{
    FILE *out = writing->out;

    fputs("## Contents\n\n", out);
    for (size_t i = 0; i < schemas.count; i++) {
        const char *schema = schemas.first[i].schema;

        fputs("- ", out);
        markdown_link(out, schema, "schema", schema);
        fputc('\n', out);
        for (size_t j = 0; j < SECTION_COUNT; j++) {
            Run run = run_of(writing->page, schema, docs_sections[j].kind);

            if (!run.count || !docs_sections[j].anchor)
                continue;
            fprintf(out, "  - %s: ", docs_sections[j].title);
            for (size_t k = 0; k < run.count; k++) {
                json_auto_t *value = parse(&run.first[k], writing->err);

                if (!value)
                    return false;
                fputs(k ? ", " : "", out);
                markdown_link(out, jx_string(value, "name", ""), docs_sections[j].anchor,
                              run.first[k].id);
            }
            fputc('\n', out);
        }
    }
    fputc('\n', out);
    return true;
}

static bool put_schema(Writing *writing, const PageObject *object)
{
    json_auto_t *value = parse(object, writing->err);

    if (!value)
        return false;
    markdown_target(writing->out, "schema", object->schema);
    fputs("\n## Schema ", writing->out);
    markdown_code(writing->out, object->schema);
    fputs("\n\n", writing->out);
    markdown_paragraph(writing->out, jx_string(value, "comment", NULL));
    if (!put_diagram(writing, object->schema))
        return false;
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (!put_section(writing, &docs_sections[i], object->schema))
            return false;
    }
    return true;
}

bool page_write(const Page *page, const char *title, FILE *out, Err *err)
{
    Writing writing = {.page = page, .out = out, .err = err};
    CLEANUP(arena_free) Arena arena = {0};
    PageObject *found = arena_alloc(&arena, (page->count + 1) * sizeof *found);
    Run schemas = {.first = found};

    for (size_t i = 0; i < page->count; i++) {
        if (page->objects[i].kind == KIND_SCHEMA)
            found[schemas.count++] = page->objects[i];
    }
    fputs("# ", out);
    markdown_text(out, title ? title : "Database schema");
    fputs("\n\n", out);
    if (!schemas.count) {
        fputs("There are no schemas.\n", out);
        return put_extensions(&writing);
    }
    if (!put_summary(&writing, schemas) || !put_contents(&writing, schemas) ||
        !put_extensions(&writing))
        return false;
    for (size_t i = 0; i < schemas.count; i++) {
        if (!put_schema(&writing, &schemas.first[i]))
            return false;
    }
    return true;
}
