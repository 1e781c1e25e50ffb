/* A Mermaid diagram of the tables that changed and of those a foreign key away, with the columns
 * that changed and the keys. What is there is read from the new snapshot, what is gone the changes
 * tell whole. Source: mermaid.js.org/syntax/entityRelationshipDiagram. */
#include "diff/format.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "diff/tree.h"
#include "json/jx.h"
#include "model/ident.h"
#include "model/mermaid.h"

/* What is left out, step by step, when the text would be longer than Mermaid takes. */
typedef enum Detail { DETAIL_ALL, DETAIL_CHANGED, DETAIL_NAMES } Detail;

enum { TABLES_SHOWN = 256, COLUMNS_SHOWN = 60 };

typedef struct Edge {
    const char *from; /* id of the table that has the key */
    const char *to;
    const char *name;
    const json_t *columns;
    const json_t *references;
    const char *sign; /* "", or "+ ", "- ": the key came or went */
    bool is_optional;
    bool is_single;
} Edge;

typedef struct Drawing {
    Tree tree;
    const Leaf **leaves; /* those about tables, by table */
    size_t leaf_count;
    json_t *numbers; /* {"ID": what it is called in the diagram} */
    json_t *drawn;   /* {"ID": true} */
    json_t *left;    /* the same of tables that changed, of which there are too many */
    json_t *kept;    /* what the edges borrow from */
    Edge *edges;     /* from malloc */
    size_t edge_count;
    size_t most; /* tables that may be shown */
    Detail detail;
} Drawing;

static void drawing_free(Drawing *drawing)
{
    free(drawing->edges);
    json_decref(drawing->numbers);
    json_decref(drawing->drawn);
    json_decref(drawing->left);
    json_decref(drawing->kept);
    tree_free(&drawing->tree);
}

/* ---- what changed ---- */

static int by_table(const void *a, const void *b)
{
    const Leaf *one = *(const Leaf *const *)a, *two = *(const Leaf *const *)b;
    int order = strcmp(one->object, two->object);

    return order ? order : one->is_nested - two->is_nested;
}

static void find_leaves(Drawing *drawing)
{
    Tree *tree = &drawing->tree;

    drawing->leaves = arena_alloc(&tree->arena, (tree->count + 1) * sizeof *drawing->leaves);
    for (size_t i = 0; i < tree->count; i++)
        if (strcmp(tree->leaves[i].object_kind, "table") == 0 ||
            strcmp(tree->leaves[i].object_kind, "relation") == 0)
            drawing->leaves[drawing->leaf_count++] = &tree->leaves[i];
    if (drawing->leaf_count > 0)
        qsort(drawing->leaves, drawing->leaf_count, sizeof *drawing->leaves, by_table);
}

/* Those about that table: that of the table itself first, when there is one. */
static const Leaf **leaves_of(const Drawing *drawing, const char *table, size_t *ret_count)
{
    size_t first = 0, end = drawing->leaf_count;

    while (first < end) {
        size_t middle = first + (end - first) / 2;

        if (strcmp(drawing->leaves[middle]->object, table) < 0)
            first = middle + 1;
        else
            end = middle;
    }
    while (end < drawing->leaf_count && strcmp(drawing->leaves[end]->object, table) == 0)
        end++;
    *ret_count = end - first;
    return &drawing->leaves[first];
}

static bool is_changed(const Drawing *drawing, const char *table)
{
    size_t count = 0;

    leaves_of(drawing, table, &count);
    return count > 0;
}

/* The change of what is nested in a table; NULL. */
static const Leaf *change_of(Drawing *drawing, const char *table, const char *kind,
                             const char *name)
{
    size_t count = 0;
    const Leaf **leaves = leaves_of(drawing, table, &count);
    const char *quoted = ident_quote(&drawing->tree.arena, name);

    for (size_t i = 0; i < count; i++)
        if (leaves[i]->is_nested && strcmp(leaves[i]->change.kind, kind) == 0 &&
            strcmp(leaves[i]->name, quoted) == 0)
            return leaves[i];
    return NULL;
}

/* A member of what was removed. */
static const json_t *old_member(const Leaf *leaf, const char *name)
{
    size_t index = 0;
    json_t *field = NULL;

    json_array_foreach(leaf->change.fields, index, field)
    {
        if (strcmp(jx_string(field, "name", ""), name) == 0)
            return json_object_get(field, "old");
    }
    return NULL;
}

/* ---- keys ---- */

static bool has(const json_t *names, const char *name)
{
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(names, index, item)
    {
        const char *text = json_string_value(item);

        if (text && strcmp(text, name) == 0)
            return true;
    }
    return false;
}

static bool is_optional(const json_t *columns, const json_t *key)
{
    size_t index = 0;
    json_t *column = NULL;

    json_array_foreach(columns, index, column)
    {
        if (has(key, jx_string(column, "name", "")) && !jx_bool(column, "not_null"))
            return true;
    }
    return false;
}

static bool is_unique(const json_t *constraint)
{
    const char *type = jx_string(constraint, "type", "");

    return strcmp(type, "primary key") == 0 || strcmp(type, "unique") == 0;
}

/* Whether a key of the table has no column but those, so that there is one row at most. */
static bool is_single(const json_t *constraints, const json_t *columns)
{
    size_t index = 0, place = 0;
    json_t *constraint = NULL, *name = NULL;

    json_array_foreach(constraints, index, constraint)
    {
        const json_t *unique = json_object_get(constraint, "columns");
        bool all = is_unique(constraint) && json_array_size(unique) > 0;

        json_array_foreach(unique, place, name)
        {
            all = all && json_is_string(name) && has(columns, json_string_value(name));
        }
        if (all)
            return true;
    }
    return false;
}

/* Whether the table is shown: it has a number, or gets one. */
static bool number(Drawing *drawing, const char *table)
{
    size_t count = json_object_size(drawing->numbers);

    if (json_object_get(drawing->numbers, table))
        return true;
    if (count == drawing->most)
        return false;
    json_object_set_new(drawing->numbers, table, json_integer((json_int_t)count + 1));
    return true;
}

static void edge_add(Drawing *drawing, Edge edge)
{
    if (drawing->edge_count == MERMAID_EDGES_MAX || !number(drawing, edge.from) ||
        !number(drawing, edge.to))
        return;
    /* Doubled at each power of two. */
    if ((drawing->edge_count & (drawing->edge_count + 1)) == 0)
        drawing->edges = arena_realloc_or_exit(drawing->edges, 2 * (drawing->edge_count + 1) *
                                                                   sizeof *drawing->edges);
    drawing->edges[drawing->edge_count++] = edge;
}

/* The foreign keys of a table that has them or, with a sign, had them. */
static void add_keys(Drawing *drawing, const char *table, const json_t *columns,
                     const json_t *constraints, bool is_gone)
{
    size_t index = 0;
    json_t *constraint = NULL;

    json_array_foreach(constraints, index, constraint)
    {
        const char *to = jx_string(constraint, "references", NULL);
        const char *name = jx_string(constraint, "name", "");
        const json_t *key = json_object_get(constraint, "columns");

        if (!to || (!is_changed(drawing, table) && !is_changed(drawing, to)))
            continue;
        const Leaf *leaf = change_of(drawing, table, "constraint", name);
        json_array_append(drawing->kept, constraint);
        edge_add(drawing, (Edge){.from = arena_strdup(&drawing->tree.arena, table),
                                 .to = to,
                                 .name = name,
                                 .columns = key,
                                 .references = json_object_get(constraint, "reference_columns"),
                                 .sign = is_gone                        ? "- "
                                         : leaf && leaf->op == OP_ADDED ? "+ "
                                                                        : "",
                                 .is_optional = is_optional(columns, key),
                                 .is_single = is_single(constraints, key)});
    }
}

/* A name as it is, of one as SQL has it. */
static const char *unquoted(Arena *arena, const char *name)
{
    char *plain = arena_strdup(arena, name), *end = plain;

    if (*name != '"')
        return name;
    for (const char *at = name + 1; *at && (*at != '"' || at[1]); at++) {
        *end++ = *at;
        at += *at == '"';
    }
    *end = '\0';
    return plain;
}

/* Numbers what changed, the worst first, and adds the keys that went, alone or with their tables.
 */
static void add_changed(Drawing *drawing)
{
    for (size_t i = 0; i < drawing->tree.count; i++) {
        const Leaf *leaf = &drawing->tree.leaves[i];

        if (is_changed(drawing, leaf->object) && !number(drawing, leaf->object))
            json_object_set_new(drawing->left, leaf->object, json_true());
    }
    for (size_t i = 0; i < drawing->leaf_count; i++) {
        const Leaf *leaf = drawing->leaves[i];

        if (leaf->op != OP_REMOVED)
            continue;
        if (!leaf->is_nested) {
            add_keys(drawing, leaf->object, old_member(leaf, "columns"),
                     old_member(leaf, "constraints"), true);
        } else if (json_is_string(old_member(leaf, "references"))) {
            json_auto_t *alone =
                json_pack("[{s:s, s:O, s:O*, s:O*}]", "name",
                          unquoted(&drawing->tree.arena, leaf->name), "references",
                          old_member(leaf, "references"), "columns", old_member(leaf, "columns"),
                          "reference_columns", old_member(leaf, "reference_columns"));
            add_keys(drawing, leaf->object, NULL, alone, true);
        }
    }
}

/* ---- the tables that are there ---- */

static const char *const unneeded[] = {"comment", "grants",   "indexes",  "options",
                                       "rules",   "policies", "triggers", NULL};

/* Calls put for each table of the snapshot that is wanted: an object without what is not needed. */
static bool each_table(Drawing *drawing, const FormatContext *context, bool is_numbered, FILE *out,
                       void (*put)(Drawing *, const json_t *, FILE *), Err *err)
{
    SnapshotLine line = {0};
    int got = 0;

    if (!snapshot_reader_again(context->new, err))
        return false;
    while ((got = snapshot_reader_next(context->new, &line, err)) > 0) {
        if (line.part != SNAPSHOT_OBJECT || line.kind != KIND_TABLE)
            continue;
        CLEANUP(cleanup_free) char *id = snapshot_line_id(&line, err);
        if (!id)
            return false;
        if (is_numbered && !json_object_get(drawing->numbers, id))
            continue;
        json_auto_t *table =
            snapshot_line_parse_without(&line, unneeded, snapshot_reader_name(context->new), err);
        if (!table)
            return false;
        put(drawing, table, out);
    }
    return got == 0;
}

static void find_keys(Drawing *drawing, const json_t *table, FILE *out)
{
    const char *id = jx_string(table, "id", "");

    (void)out;
    /* A partition has the keys of its table once more. */
    if (!json_object_get(table, "partition_of") || is_changed(drawing, id))
        add_keys(drawing, id, json_object_get(table, "columns"),
                 json_object_get(table, "constraints"), false);
}

/* ---- entities ---- */

/* Whether a key between it and another table that is shown uses the column. */
static bool is_between(const Drawing *drawing, const char *table, const char *column)
{
    for (size_t i = 0; i < drawing->edge_count; i++) {
        const Edge *edge = &drawing->edges[i];

        if ((strcmp(edge->from, table) == 0 && has(edge->columns, column)) ||
            (strcmp(edge->to, table) == 0 && has(edge->references, column)))
            return true;
    }
    return false;
}

static bool is_in(const json_t *constraints, const char *type, const char *column)
{
    size_t index = 0;
    json_t *constraint = NULL;

    json_array_foreach(constraints, index, constraint)
    {
        const json_t *columns = json_object_get(constraint, "columns");

        if (strcmp(jx_string(constraint, "type", ""), type) == 0 && has(columns, column) &&
            (strcmp(type, "unique") != 0 || json_array_size(columns) == 1))
            return true;
    }
    return false;
}

/* What became of the column, in short: "changed: type, was integer; default". */
static const char *remark(Arena *arena, const Leaf *leaf)
{
    const char *text = leaf ? leaf->word : NULL, *before = ": ";
    size_t index = 0;
    json_t *field = NULL;

    if (!leaf || leaf->op == OP_ADDED || leaf->op == OP_REMOVED)
        return text;
    if (leaf->old_name)
        text = arena_printf(arena, "%s, was %s", text, leaf->old_name);
    json_array_foreach(leaf->change.fields, index, field)
    {
        const char *name = jx_string(field, "name", "");
        bool is_type = strcmp(name, "type") == 0;

        if (!tree_tells(leaf, index))
            continue;
        text = arena_printf(arena, "%s%s%s%s%s", text, before, name, is_type ? ", was " : "",
                            is_type ? jx_string(field, "old", "") : "");
        before = "; ";
    }
    return text;
}

static void put_column(Drawing *drawing, const json_t *column, const json_t *constraints,
                       const Leaf *leaf, FILE *out)
{
    static const struct {
        const char *type;
        const char *mark;
    } marks[] = {{"primary key", "PK"}, {"foreign key", "FK"}, {"unique", "UK"}};
    const char *name = jx_string(column, "name", "");
    const char *text = remark(&drawing->tree.arena, leaf);
    const char *before = " ";

    fputs("        ", out);
    mermaid_put_word(out, jx_string(column, "type", ""), "[]()");
    fputc(' ', out);
    bool same = mermaid_put_word(out, name, "");
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!is_in(constraints, marks[i].type, name))
            continue;
        fprintf(out, "%s%s", before, marks[i].mark);
        before = ", ";
    }
    if (text || !same) {
        fputs(" \"", out);
        mermaid_put_quoted(out, same ? "" : name);
        fputs(same || !text ? "" : ": ", out);
        mermaid_put_quoted(out, text ? text : "");
        fputc('"', out);
    }
    fputc('\n', out);
}

static bool is_shown(Drawing *drawing, const char *table, const json_t *constraints,
                     const char *column, const Leaf *table_leaf, const Leaf *leaf)
{
    bool is_key = is_in(constraints, "primary key", column) || is_between(drawing, table, column);
    bool is_whole = table_leaf && !table_leaf->is_nested &&
                    (table_leaf->op == OP_ADDED || table_leaf->op == OP_REMOVED);

    switch (drawing->detail) {
    case DETAIL_ALL:
        return leaf || is_whole || (table_leaf ? is_key : is_between(drawing, table, column));
    case DETAIL_CHANGED:
        return leaf || (is_whole && is_key);
    case DETAIL_NAMES:
        break;
    }
    return false;
}

/* A column that is gone, of a table that is not. */
static void put_gone(Drawing *drawing, const Leaf *leaf, FILE *out)
{
    json_auto_t *column =
        json_pack("{s:s, s:O*}", "name", unquoted(&drawing->tree.arena, leaf->name), "type",
                  old_member(leaf, "type"));

    put_column(drawing, column, NULL, leaf, out);
}

static void put_columns(Drawing *drawing, const char *table, const json_t *columns,
                        const json_t *constraints, bool is_gone, FILE *out)
{
    size_t count = 0, index = 0, shown = 0, left = 0;
    const Leaf **leaves = leaves_of(drawing, table, &count);
    const Leaf *table_leaf = count ? leaves[0] : NULL;
    json_t *column = NULL;

    json_array_foreach(columns, index, column)
    {
        const char *name = jx_string(column, "name", "");
        const Leaf *leaf = count == 0 ? NULL : change_of(drawing, table, "column", name);

        leaf = is_gone ? table_leaf : leaf;
        if (!is_shown(drawing, table, constraints, name, table_leaf, leaf))
            continue;
        if (shown == COLUMNS_SHOWN) {
            left++;
            continue;
        }
        fputs(shown++ ? "" : " {\n", out);
        put_column(drawing, column, constraints, is_gone ? NULL : leaf, out);
    }
    for (size_t i = 0; drawing->detail != DETAIL_NAMES && i < count; i++) {
        if (!leaves[i]->is_nested || leaves[i]->op != OP_REMOVED ||
            strcmp(leaves[i]->change.kind, "column") != 0)
            continue;
        fputs(shown++ ? "" : " {\n", out);
        put_gone(drawing, leaves[i], out);
    }
    if (left > 0)
        fprintf(out, "        etc _ \"%zu more\"\n", left);
    fputs(shown ? "    }\n" : "\n", out);
}

static void put_entity(Drawing *drawing, const char *table, const json_t *columns,
                       const json_t *constraints, FILE *out)
{
    size_t count = 0;
    const Leaf **leaves = leaves_of(drawing, table, &count);
    const Leaf *leaf = count ? leaves[0] : NULL;
    bool is_whole = leaf && !leaf->is_nested && (leaf->op == OP_ADDED || leaf->op == OP_REMOVED);

    json_object_set_new(drawing->drawn, table, json_true());
    fprintf(out, "    t%lld[\"", (long long)jx_int(drawing->numbers, table, 0));
    mermaid_put_quoted(out, table);
    if (leaf && leaf->old_name && !leaf->is_nested) {
        fputs(", was ", out);
        mermaid_put_quoted(out, leaf->old_name);
    }
    fprintf(out, "\"]%s%s", leaf ? ":::" : "", !leaf ? "" : is_whole ? leaf->change.op : "changed");
    put_columns(drawing, table, columns, constraints, is_whole && leaf->op == OP_REMOVED, out);
}

static void put_table(Drawing *drawing, const json_t *table, FILE *out)
{
    put_entity(drawing, jx_string(table, "id", ""), json_object_get(table, "columns"),
               json_object_get(table, "constraints"), out);
}

/* Tables that the new snapshot has not: removed ones, and those of which only a key tells. */
static void put_others(Drawing *drawing, FILE *out)
{
    const char *id = NULL;
    json_t *value = NULL;

    json_object_foreach(drawing->numbers, id, value)
    {
        size_t count = 0;
        const Leaf **leaves = leaves_of(drawing, id, &count);

        if (json_object_get(drawing->drawn, id))
            continue;
        if (count > 0 && !leaves[0]->is_nested && leaves[0]->op == OP_REMOVED)
            put_entity(drawing, id, old_member(leaves[0], "columns"),
                       old_member(leaves[0], "constraints"), out);
        else
            put_entity(drawing, id, NULL, NULL, out);
    }
}

static void put_edges(const Drawing *drawing, FILE *out)
{
    for (size_t i = 0; i < drawing->edge_count; i++) {
        const Edge *edge = &drawing->edges[i];

        fprintf(out, "    t%lld %s%s%s t%lld : \"%s",
                (long long)jx_int(drawing->numbers, edge->to, 0), edge->is_optional ? "|o" : "||",
                *edge->sign == '-' ? ".." : "--", edge->is_single ? "o|" : "o{",
                (long long)jx_int(drawing->numbers, edge->from, 0), edge->sign);
        mermaid_put_quoted(out, edge->name);
        fputs("\"\n", out);
    }
}

/* ---- the diagram ---- */

static bool draw(Drawing *drawing, const FormatContext *context, char **ret_text,
                 size_t *ret_length, Err *err)
{
    static const char classes[] = "    classDef added fill:#d9f2e1,stroke:#1a7346,color:#111\n"
                                  "    classDef removed fill:#fbdeda,stroke:#b3261e,color:#111\n"
                                  "    classDef changed fill:#fdf0cf,stroke:#8a5a00,color:#111\n";
    FILE *out = open_memstream(ret_text, ret_length);

    if (!out)
        return err_errno(err, EXIT_OS, "cannot make room for a diagram");
    json_object_clear(drawing->drawn);
    fputs("erDiagram\n", out);
    bool ok = json_object_size(drawing->numbers) == 0 ||
              each_table(drawing, context, true, out, put_table, err);
    put_others(drawing, out);
    put_edges(drawing, out);
    if (json_object_size(drawing->left) > 0)
        fprintf(out, "    %%%% and %zu more tables that changed\n",
                json_object_size(drawing->left));
    fputs(json_object_size(drawing->numbers) > 0 ? classes : "", out);
    return fclose(out) == 0 ? ok : err_errno(err, EXIT_OS, "cannot make room for a diagram");
}

/* With at most so many tables, and as much detail as fits. */
static bool attempt(const json_t *changes, const FormatContext *context, size_t most,
                    char **ret_text, size_t *ret_length, Err *err)
{
    CLEANUP(drawing_free)
    Drawing drawing = {
        .numbers = json_object(),
        .drawn = json_object(),
        .left = json_object(),
        .kept = json_array(),
        .most = most,
    };

    if (!tree_grow(&drawing.tree, changes, err))
        return false;
    find_leaves(&drawing);
    add_changed(&drawing);
    if (drawing.leaf_count > 0 && !each_table(&drawing, context, false, NULL, find_keys, err))
        return false;
    for (int detail = DETAIL_ALL; detail <= DETAIL_NAMES; detail++) {
        free(*ret_text);
        *ret_text = NULL;
        drawing.detail = (Detail)detail;
        if (!draw(&drawing, context, ret_text, ret_length, err))
            return false;
        if (*ret_length <= MERMAID_TEXT_MAX)
            break;
    }
    return true;
}

bool format_mermaid(const json_t *changes, const FormatContext *context, FILE *out, Err *err)
{
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = MERMAID_TEXT_MAX + 1;

    for (size_t most = TABLES_SHOWN; most > 0 && length > MERMAID_TEXT_MAX; most /= 2)
        if (!attempt(changes, context, most, &text, &length, err))
            return false;
    fwrite(text, 1, length, out);
    return true;
}
