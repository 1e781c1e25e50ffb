/* Markdown for pull requests and chats: a table of the changes, breaking ones first, and what they
 * changed from what to what folded away. All that comes from the schema stands in code, where
 * nothing is a tag, link or mention (GitHub Flavored Markdown). When the whole would be too long,
 * details go first, then the last changes; how much was left out is said. */
#include "diff/format.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "diff/tree.h"
#include "diff/value.h"
#include "json/jx.h"
#include "model/markdown.h"

enum {
    CELL_COLUMNS = 60,
    LINE_COLUMNS = 500,
    LINES_SHOWN = 100,
    LINES_NEAR = 3,
    FILES_SHOWN = 20,
    NOTES = 600 /* what headings and notes of what was left out may need, in bytes */
};

static const char *const marks[] = {
    [SEVERITY_SAFE] = "🟢",
    [SEVERITY_RISKY] = "🟠",
    [SEVERITY_BREAKING] = "🔴",
};

/* A change as it is to be written; NULL: left out, or there is nothing to tell. */
typedef struct Piece {
    char *row; /* both from malloc */
    char *detail;
    size_t row_length;
    size_t detail_length;
} Piece;

typedef struct Page {
    const json_t *changes;
    Tree tree;
    Piece *pieces; /* in the tree's arena */
    size_t rows_left;
    size_t details_left;
} Page;

static void page_free(Page *page)
{
    for (size_t i = 0; page->pieces && i < page->tree.count; i++) {
        free(page->pieces[i].row);
        free(page->pieces[i].detail);
    }
    tree_free(&page->tree);
}

/* ---- a change in its row ---- */

static void put_object(FILE *out, const Leaf *leaf)
{
    const char *old = change_old_id(&leaf->change);

    fprintf(out, "%s ", leaf->change.kind);
    markdown_code(out, old ? old : leaf->change.id);
    if (old) {
        fputs(" to ", out);
        markdown_code(out, leaf->change.id);
    }
}

static void put_row(FILE *out, Page *page, const Leaf *leaf)
{
    const char *file = tree_file(&page->tree.arena, page->changes, leaf, NULL);
    size_t index = 0;
    json_t *effect = NULL;
    const char *before = "";

    fprintf(out, "| %s%s%s", page->tree.drift ? marks[leaf->severity] : "",
            page->tree.drift ? " " : "", leaf->word);
    if (leaf->change.class)
        fprintf(out, "<br>%s", leaf->change.class);
    fputs(" | ", out);
    put_object(out, leaf);
    if (leaf->score > 0)
        fprintf(out, "<br>(by structure, %d.%02d)", leaf->score / 100, leaf->score % 100);
    fputs(" | ", out);
    if (leaf->severity != SEVERITY_SAFE) {
        markdown_text(out, leaf->change.why);
        before = "<br>";
    }
    json_array_foreach(leaf->change.effects, index, effect)
    {
        fputs(before, out);
        markdown_code(out, json_string_value(effect) ? json_string_value(effect) : "");
        before = "<br>";
    }
    if (file) {
        fprintf(out, "%sby ", before);
        markdown_code(out, file);
    }
    fputs(" |\n", out);
}

/* ---- a change in detail ---- */

typedef struct Lines {
    Arena *arena;
    Buffer text;
    bool is_whole; /* there is only one side */
    size_t shown;
    size_t left;
} Lines;

static void add_line(void *aim, LineMark mark, const char *text, size_t length)
{
    static const char *const signs[] = {
        [LINE_SAME] = " ",
        [LINE_OLD] = "-",
        [LINE_NEW] = "+",
    };
    Lines *lines = aim;

    if (lines->shown == LINES_SHOWN) {
        lines->left += mark == LINE_SKIPPED ? length : 1;
        return;
    }
    lines->shown++;
    if (mark == LINE_SKIPPED) {
        buffer_text(&lines->text, arena_printf(lines->arena, "@@ %zu more @@\n", length));
        return;
    }
    buffer_text(&lines->text, lines->is_whole ? "" : signs[mark]);
    buffer_text(&lines->text, value_cut(lines->arena, arena_strndup(lines->arena, text, length),
                                        NULL, LINE_COLUMNS));
    buffer_char(&lines->text, '\n');
}

/* A member that takes more than a cell: its lines, as they differ. */
static void put_lines(FILE *out, Arena *arena, const char *name, const char *old, const char *new)
{
    Lines lines = {.arena = arena, .is_whole = !old || !new};

    fputs("\n", out);
    markdown_code(out, name);
    fputs(":\n\n", out);
    value_compare(old, new, LINES_NEAR, add_line, &lines);
    if (lines.left > 0)
        buffer_text(&lines.text, arena_printf(arena, "@@ %zu more @@\n", lines.left));
    if (lines.text.length > 0)
        lines.text.bytes[lines.text.length - 1] = '\0';
    markdown_fence(out, lines.is_whole ? "sql" : "diff",
                   lines.text.length > 0 ? lines.text.bytes : "");
    buffer_free(&lines.text);
}

static bool is_short(const char *text)
{
    return !text || (!strchr(text, '\n') && value_columns(text) <= CELL_COLUMNS);
}

static void put_cells(FILE *out, const char *name, const char *old, const char *new)
{
    fputs("| ", out);
    markdown_code(out, name);
    fputs(" | ", out);
    markdown_code(out, old ? old : "");
    fputs(" | ", out);
    markdown_code(out, new ? new : "");
    fputs(" |\n", out);
}

/* Those of its fields that fit in cells, or those that do not. */
static void put_fields(FILE *out, Arena *arena, const Leaf *leaf, bool in_cells)
{
    size_t index = 0;
    json_t *field = NULL;
    bool any = false;

    json_array_foreach(leaf->change.fields, index, field)
    {
        const char *name = jx_string(field, "name", "");
        const char *old = value_lines(arena, json_object_get(field, "old"));
        const char *new = value_lines(arena, json_object_get(field, "new"));
        const char *nested = tree_nested_count(arena, leaf, field);

        if (nested && leaf->op == OP_ADDED)
            new = nested;
        else if (nested)
            old = nested;
        else if (!tree_tells(leaf, index))
            continue;
        if ((is_short(old) && is_short(new)) != in_cells)
            continue;
        if (!in_cells) {
            put_lines(out, arena, name, old, new);
            continue;
        }
        if (!any)
            fputs("\n| member | old | new |\n| --- | --- | --- |\n", out);
        any = true;
        put_cells(out, name, old, new);
    }
}

static void put_detail(FILE *out, Page *page, const Leaf *leaf)
{
    CLEANUP(arena_free) Arena arena = {0};
    bool any = false;

    (void)page;
    for (size_t i = 0; i < json_array_size(leaf->change.fields); i++)
        any |= tree_tells(leaf, i);
    if (!any)
        return;
    fputs("\n", out);
    put_object(out, leaf);
    fprintf(out, " %s:\n", leaf->word);
    put_fields(out, &arena, leaf, true);
    put_fields(out, &arena, leaf, false);
}

/* ---- what fits ---- */

static bool render(void (*put)(FILE *, Page *, const Leaf *), Page *page, const Leaf *leaf,
                   char **ret_text, size_t *ret_length, Err *err)
{
    FILE *out = open_memstream(ret_text, ret_length);

    if (out)
        put(out, page, leaf);
    return (out && fclose(out) == 0) || err_errno(err, EXIT_OS, "cannot make room for a change");
}

/* Takes it out of the budget, or leaves it out; whether it stays. */
static bool fit(char **text, size_t length, size_t *budget)
{
    if (*text && length <= *budget) {
        *budget -= length;
        return true;
    }
    free(*text);
    *text = NULL;
    return false;
}

static bool render_all(Page *page, size_t budget, Err *err)
{
    Tree *tree = &page->tree;
    bool is_full = false;

    page->pieces = arena_alloc(&tree->arena, (tree->count + 1) * sizeof *page->pieces);
    for (size_t i = 0; i < tree->count; i++) {
        Piece *piece = &page->pieces[i];

        if (is_full) {
            page->rows_left++;
            continue;
        }
        if (!render(put_row, page, &tree->leaves[i], &piece->row, &piece->row_length, err))
            return false;
        is_full = !fit(&piece->row, piece->row_length, &budget);
        page->rows_left += is_full;
    }
    for (size_t i = 0; i < tree->count && page->pieces[i].row; i++) {
        Piece *piece = &page->pieces[i];

        if (!render(put_detail, page, &tree->leaves[i], &piece->detail, &piece->detail_length, err))
            return false;
        bool had = piece->detail_length > 0;
        if (!had || !fit(&piece->detail, piece->detail_length, &budget))
            page->details_left += had;
        if (!had) {
            free(piece->detail);
            piece->detail = NULL;
        }
    }
    return true;
}

/* ---- the page ---- */

static void put_files(FILE *out, const json_t *files)
{
    static const char *const members[] = {"added", "edited", "removed"};
    bool any = false;

    for (size_t i = 0; files && i < sizeof members / sizeof *members; i++) {
        const json_t *names = json_object_get(files, members[i]);
        size_t count = json_array_size(names);

        if (count == 0)
            continue;
        fprintf(out, "%s%s", any ? "; " : "\nMigrations ", members[i]);
        any = true;
        for (size_t j = 0; j < count && j < FILES_SHOWN; j++) {
            fputs(j ? ", " : " ", out);
            markdown_code(out, json_string_value(json_array_get(names, j)));
        }
        if (count > FILES_SHOWN)
            fprintf(out, " and %zu more", count - FILES_SHOWN);
    }
    fputs(any ? ".\n" : "", out);
}

static void put_details(FILE *out, const Page *page, int section)
{
    bool any = false;

    for (size_t i = 0; i < page->tree.count; i++) {
        if (page->tree.leaves[i].section != section || !page->pieces[i].detail)
            continue;
        if (!any)
            fputs("\n<details><summary>Old and new values</summary>\n", out);
        any = true;
        fputs(page->pieces[i].detail, out);
    }
    fputs(any ? "\n</details>\n" : "", out);
}

static void put_section(FILE *out, const Page *page, int section)
{
    const Tree *tree = &page->tree;
    int severity = SEVERITY_COUNT - 1 - section;
    bool is_folded = !tree->drift && severity == SEVERITY_SAFE;
    const char *title = tree_title(tree, section);
    bool any = false;

    for (size_t i = 0; i < tree->count; i++) {
        if (tree->leaves[i].section != section || !page->pieces[i].row)
            continue;
        if (!any) {
            fprintf(out, "\n%s%s%s", is_folded ? "<details><summary>" : "#### ",
                    tree->drift ? "" : marks[severity], tree->drift ? "" : " ");
            fprintf(out, "%c%s: %zu%s\n", title[0] - 'a' + 'A', title + 1, tree->sizes[section],
                    is_folded ? "</summary>" : "");
            fputs("\n| change | object | why |\n| --- | --- | --- |\n", out);
        }
        any = true;
        fputs(page->pieces[i].row, out);
    }
    put_details(out, page, section);
    fputs(any && is_folded ? "\n</details>\n" : "", out);
}

static void put_left_out(FILE *out, const Page *page)
{
    if (page->rows_left == 0 && page->details_left == 0)
        return;
    fputs("\n> Left out, since the text would be too long:", out);
    if (page->rows_left > 0)
        fprintf(out, " %zu change%s", page->rows_left, page->rows_left == 1 ? "" : "s");
    if (page->details_left > 0)
        fprintf(out, "%s the old and new values of %zu more", page->rows_left ? " and" : "",
                page->details_left);
    fputs(".\n", out);
}

static void put_head(FILE *out, Page *page, const Leaf *leaf)
{
    (void)leaf;
    fprintf(out, "### Database schema – %s\n", tree_summary(&page->tree, page->changes));
    put_files(out, changes_migrations(page->changes));
}

bool format_markdown(const json_t *changes, const FormatContext *context, FILE *out, Err *err)
{
    CLEANUP(page_free) Page page = {.changes = changes};
    CLEANUP(cleanup_free) char *head = NULL;
    size_t length = 0, most = context->max_length;

    if (!tree_grow(&page.tree, changes, err) || !render(put_head, &page, NULL, &head, &length, err))
        return false;
    length += NOTES;
    if (!render_all(&page, most == 0 ? SIZE_MAX : most > length ? most - length : 0, err))
        return false;
    fputs(head, out);
    for (int section = 0; section < TREE_SECTIONS; section++)
        put_section(out, &page, section);
    put_left_out(out, &page);
    return true;
}
