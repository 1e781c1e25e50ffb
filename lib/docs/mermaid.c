#include "docs/mermaid.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/mermaid.h"

/* What is still to be read in a picture. */
enum { TABLES_MAX = 25 };
typedef enum Detail { DETAIL_COLUMNS, DETAIL_KEYS, DETAIL_NAMES } Detail;

typedef struct Drawing {
    const Facts *facts;
    const char *schema; /* whose names stand alone */
    Err *err;
    FILE *out; /* the parts, one behind the other, each ended by a NUL */
    char *parts;
    size_t parts_length;
    size_t part_count;
    char *piece; /* an entity or a relationship, before it is known where it goes */
    size_t piece_length;
    size_t length; /* of the part that is written */
    size_t edges;
    size_t tables;
} Drawing;

/* ---- names ---- */

static void put_name(FILE *out, const char *schema, const char *name, const char *of)
{
    fputc('"', out);
    if (strcmp(schema, of) != 0) {
        mermaid_put_quoted(out, schema);
        fputc('.', out);
    }
    mermaid_put_quoted(out, name);
    fputc('"', out);
}

/* ---- entities and relationships ---- */

static bool has(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void put_column(FILE *out, const FactsColumn *column)
{
    const char *const marks[] = {column->primary ? "PK" : NULL, column->foreign ? "FK" : NULL,
                                 column->unique ? "UK" : NULL};
    bool any = false;

    fputs("        ", out);
    mermaid_put_word(out, column->type, "[]()");
    fputc(' ', out);
    bool same = mermaid_put_word(out, column->name, "");

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (marks[i])
            fprintf(out, "%s%s", any ? ", " : " ", marks[i]);
        any |= marks[i] != NULL;
    }
    if (!same) {
        fputs(" \"", out);
        mermaid_put_quoted(out, column->name);
        fputc('"', out);
    }
    fputc('\n', out);
}

/* Whether a key between the two uses the column of the one. */
static bool is_between(const FactsObject *one, const FactsObject *other, const char *column)
{
    for (size_t i = 0; i < one->key_count; i++)
        if (one->keys[i].to == other && has(one->keys[i].columns, one->keys[i].count, column))
            return true;
    for (size_t i = 0; i < other->key_count; i++)
        if (other->keys[i].to == one &&
            has(other->keys[i].references, other->keys[i].reference_count, column))
            return true;
    return false;
}

/* centre: NULL, or the table whose neighbour it is: then only what lies between is shown. */
static void put_entity(FILE *out, const Drawing *drawing, const FactsObject *table, Detail detail,
                       const FactsObject *centre)
{
    bool open = false;

    fputs("    ", out);
    put_name(out, table->schema, table->name, drawing->schema);
    for (size_t i = 0; detail != DETAIL_NAMES && i < table->column_count; i++) {
        const FactsColumn *column = &table->columns[i];

        if (centre
                ? !is_between(table, centre, column->name)
                : detail == DETAIL_KEYS && !column->primary && !column->foreign && !column->unique)
            continue;
        fputs(open ? "" : " {\n", out);
        open = true;
        put_column(out, column);
    }
    fputs(open ? "    }\n" : "\n", out);
}

static void put_edge(FILE *out, const Drawing *drawing, const FactsKey *key)
{
    fputs("    ", out);
    put_name(out, key->target_schema, key->target_name, drawing->schema);
    fprintf(out, " %s--%s ", key->optional ? "|o" : "||", key->single ? "o|" : "o{");
    put_name(out, key->from->schema, key->from->name, drawing->schema);
    fputs(" : \"", out);
    mermaid_put_quoted(out, key->name);
    fputs("\"\n", out);
}

/* ---- parts ---- */

static void drawing_close(Drawing *drawing)
{
    if (drawing->out)
        (void)fclose(drawing->out);
    free(drawing->parts);
    free(drawing->piece);
}

static void part_start(Drawing *drawing)
{
    static const char head[] = "erDiagram\n";

    if (drawing->part_count)
        fputc('\0', drawing->out);
    fputs(head, drawing->out);
    drawing->part_count++;
    drawing->length = sizeof head - 1;
    drawing->edges = 0;
    drawing->tables = 0;
}

static bool part_is_full(const Drawing *drawing, size_t length, bool is_edge)
{
    return !drawing->part_count || drawing->length + length > MERMAID_TEXT_MAX ||
           (is_edge ? drawing->edges >= MERMAID_EDGES_MAX : drawing->tables >= TABLES_MAX);
}

static FILE *piece_open(Drawing *drawing)
{
    free(drawing->piece);
    drawing->piece = NULL;
    FILE *out = open_memstream(&drawing->piece, &drawing->piece_length);

    if (!out)
        err_errno(drawing->err, EXIT_OS, "cannot make room for a diagram");
    return out;
}

static bool piece_close(Drawing *drawing, FILE *piece)
{
    return fclose(piece) == 0 || err_errno(drawing->err, EXIT_OS, "cannot make room for a diagram");
}

static void piece_put(Drawing *drawing, bool is_edge)
{
    if (part_is_full(drawing, drawing->piece_length, is_edge))
        part_start(drawing);
    fwrite(drawing->piece, 1, drawing->piece_length, drawing->out);
    drawing->length += drawing->piece_length;
    drawing->edges += is_edge;
    drawing->tables += !is_edge;
}

/* What is too long even alone is drawn with less. */
static bool entity_add(Drawing *drawing, const FactsObject *table, Detail detail,
                       const FactsObject *centre)
{
    for (;; detail++) {
        FILE *piece = piece_open(drawing);

        if (!piece)
            return false;
        put_entity(piece, drawing, table, detail, centre);
        if (!piece_close(drawing, piece))
            return false;
        if (detail == DETAIL_NAMES || drawing->piece_length < MERMAID_TEXT_MAX / 2)
            break;
    }
    piece_put(drawing, false);
    return true;
}

static bool edge_add(Drawing *drawing, const FactsKey *key)
{
    FILE *piece = piece_open(drawing);

    if (!piece)
        return false;
    put_edge(piece, drawing, key);
    if (!piece_close(drawing, piece))
        return false;
    piece_put(drawing, true);
    return true;
}

static bool drawing_open(Drawing *drawing)
{
    drawing->out = open_memstream(&drawing->parts, &drawing->parts_length);
    return drawing->out || err_errno(drawing->err, EXIT_OS, "cannot make room for a diagram");
}

static bool drawing_write(Drawing *drawing, const char *before, const char *after, FILE *out)
{
    if (fflush(drawing->out) != 0)
        return err_errno(drawing->err, EXIT_OS, "cannot make room for a diagram");
    const char *part = drawing->parts;

    fputs(before, out);
    for (size_t i = 0; i < drawing->part_count; i++) {
        if (drawing->part_count > 1)
            fprintf(out, "Part %zu of %zu:\n\n", i + 1, drawing->part_count);
        fprintf(out, "```mermaid\n%s```\n\n", part);
        part += strlen(part) + 1;
    }
    fputs(after, out);
    return true;
}

/* ---- the tables of a schema ---- */

/* In an order in which tables that keys connect follow each other: from each, in the order of the
 * snapshot, all that hangs together with it, nearest first. */
static const FactsObject **order(const Facts *facts, FactsRun run, Arena *arena)
{
    /* Partitions count as seen: they look like the table that they are of. */
    const FactsObject **ordered = arena_alloc(arena, (run.count + 1) * sizeof *ordered);
    bool *seen = arena_alloc(arena, run.count + 1);
    size_t count = 0;

    for (size_t i = 0; i < run.count; i++)
        seen[i] = run.first[i].is_partition;
    for (size_t start = 0; start < run.count; start++) {
        size_t next = count;

        if (seen[start])
            continue;
        seen[start] = true;
        ordered[count++] = &run.first[start];
        for (; next < count; next++) {
            const FactsObject *table = ordered[next];
            size_t links = 0;
            const FactsLink *link = facts_links(facts, table, LINK_REFERENCED, &links);

            for (size_t i = 0; i < table->key_count + links; i++) {
                const FactsObject *other =
                    i < table->key_count ? table->keys[i].to : link[i - table->key_count].other;

                if (!other || other < run.first || other >= run.first + run.count ||
                    seen[other - run.first])
                    continue;
                seen[other - run.first] = true;
                ordered[count++] = other;
            }
        }
    }
    return ordered;
}

static bool draw_all(Drawing *drawing, const FactsObject *const *tables, size_t count,
                     Detail detail)
{
    for (size_t i = 0; i < count; i++)
        if (!entity_add(drawing, tables[i], detail, NULL))
            return false;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < tables[i]->key_count; j++)
            if (!edge_add(drawing, &tables[i]->keys[j]))
                return false;
    return true;
}

bool mermaid_draw_schema(const Facts *facts, const char *schema, const char *before,
                         const char *after, FILE *out, bool *ret_drawn, Err *err)
{
    FactsRun run = facts_run(facts, schema, KIND_TABLE);
    CLEANUP(arena_free) Arena arena = {0};
    size_t count = 0;
    const FactsObject **tables = arena_alloc(&arena, (run.count + 1) * sizeof *tables);

    *ret_drawn = false;
    for (size_t i = 0; i < run.count; i++)
        if (!run.first[i].is_partition)
            tables[count++] = &run.first[i];
    if (!count)
        return true;
    bool many = count > TABLES_MAX;

    if (many)
        tables = order(facts, run, &arena);
    /* All columns, if it is one part then; keys alone otherwise. */
    for (Detail detail = many ? DETAIL_KEYS : DETAIL_COLUMNS; !*ret_drawn; detail++) {
        CLEANUP(drawing_close) Drawing drawing = {.facts = facts, .schema = schema, .err = err};

        if (!drawing_open(&drawing))
            return false;
        /* A part at a time, its tables with their keys. */
        size_t step = many ? TABLES_MAX : count;

        for (size_t i = 0; i < count; i += step) {
            if (i)
                part_start(&drawing);
            if (!draw_all(&drawing, tables + i, count - i < step ? count - i : step, detail))
                return false;
        }
        if (drawing.part_count > 1 && detail == DETAIL_COLUMNS)
            continue;
        *ret_drawn = true;
        if (!drawing_write(&drawing, before, after, out))
            return false;
    }
    return true;
}

/* ---- a table and those one key away ---- */

static int by_place(const void *a, const void *b)
{
    const FactsObject *one = *(const FactsObject *const *)a, *two = *(const FactsObject *const *)b;

    return (one > two) - (one < two);
}

/* The tables on the other ends of its keys and of those to it, each once, by id; and not itself. */
static const FactsObject **neighbours(const FactsObject *table, const FactsLink *links,
                                      size_t link_count, Arena *arena, size_t *ret_count)
{
    const FactsObject **found =
        arena_alloc(arena, (table->key_count + link_count + 1) * sizeof *found);
    size_t count = 0, kept = 0;

    for (size_t i = 0; i < table->key_count; i++)
        if (table->keys[i].to && table->keys[i].to != table)
            found[count++] = table->keys[i].to;
    for (size_t i = 0; i < link_count; i++)
        if (links[i].other != table)
            found[count++] = links[i].other;
    if (count)
        qsort(found, count, sizeof(FactsObject *), by_place);
    for (size_t i = 0; i < count; i++)
        if (!kept || found[kept - 1] != found[i])
            found[kept++] = found[i];
    *ret_count = kept;
    return found;
}

bool mermaid_draw_neighbours(const Facts *facts, const FactsObject *table, const char *before,
                             const char *after, FILE *out, bool *ret_drawn, Err *err)
{
    CLEANUP(drawing_close)
    Drawing drawing = {.facts = facts, .schema = table->schema, .err = err};
    CLEANUP(arena_free) Arena arena = {0};
    size_t links = 0, count = 0;
    const FactsLink *link = facts_links(facts, table, LINK_REFERENCED, &links);
    const FactsObject **near = neighbours(table, link, links, &arena, &count);

    *ret_drawn = table->key_count || links;
    if (!*ret_drawn)
        return true;
    if (!drawing_open(&drawing) || !entity_add(&drawing, table, DETAIL_KEYS, NULL))
        return false;
    for (size_t i = 0; i < table->key_count; i++)
        if ((!table->keys[i].to || table->keys[i].to == table) &&
            !edge_add(&drawing, &table->keys[i]))
            return false;
    /* Each neighbour with its keys, so that a part that begins with one has what belongs to it. */
    for (size_t i = 0; i < count; i++) {
        if (!entity_add(&drawing, near[i], DETAIL_KEYS, table))
            return false;
        for (size_t j = 0; j < table->key_count; j++)
            if (table->keys[j].to == near[i] && !edge_add(&drawing, &table->keys[j]))
                return false;
        for (size_t j = 0; j < near[i]->key_count; j++)
            if (near[i]->keys[j].to == table && !edge_add(&drawing, &near[i]->keys[j]))
                return false;
    }
    return drawing_write(&drawing, before, after, out);
}
