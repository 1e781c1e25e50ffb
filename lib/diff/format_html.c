/* One page for a browser or a printer: no script, nothing that is fetched, and a policy that says
 * so; what comes from the schema is escaped. Its style is share/diff/changes.css. */
#include "diff/format.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "diff/tree.h"
#include "diff/value.h"
#include "diff_files.h"
#include "json/jx.h"
#include "model/markdown.h"

enum { CELL_COLUMNS = 60, LINE_COLUMNS = 2000, LINES_SHOWN = 400, LINES_NEAR = 3, FILES_OPEN = 5 };

static const char *const signs[] = {
    [OP_ADDED] = "+",   [OP_REMOVED] = "−",  [OP_CHANGED] = "~",
    [OP_RENAMED] = "→", [OP_REPLACED] = "*",
};
static_assert(sizeof signs / sizeof *signs == OP_COUNT, "a sign for every op");

static void put(FILE *out, const char *text)
{
    const char *shown = NULL;
    size_t length = 0;

    while (*text) {
        text += markdown_character(text, &shown, &length);
        if (length == 1 && strchr("&<>\"'", *shown))
            fprintf(out, "&#%d;", *shown);
        else
            fwrite(shown, 1, length, out);
    }
}

static void put_code(FILE *out, const char *text)
{
    fputs("<code>", out);
    put(out, text);
    fputs("</code>", out);
}

/* ---- values ---- */

typedef struct Lines {
    FILE *out;
    Arena *arena;
    size_t shown;
    size_t left;
} Lines;

static void put_line(void *aim, LineMark mark, const char *text, size_t length)
{
    static const struct {
        const char *class;
        const char *sign;
    } marks[] = {
        [LINE_SAME] = {"same", "  "},
        [LINE_OLD] = {"old", "− "},
        [LINE_NEW] = {"new", "+ "},
        [LINE_SKIPPED] = {"skip", ""},
    };
    Lines *lines = aim;

    if (lines->shown == LINES_SHOWN) {
        lines->left += mark == LINE_SKIPPED ? length : 1;
        return;
    }
    lines->shown++;
    fprintf(lines->out, "<span class=\"%s\">%s", marks[mark].class, marks[mark].sign);
    if (mark == LINE_SKIPPED)
        fprintf(lines->out, "%zu more", length);
    else
        put(lines->out,
            value_cut(lines->arena, arena_strndup(lines->arena, text, length), NULL, LINE_COLUMNS));
    fputs("</span>", lines->out);
}

static void put_lines(FILE *out, Arena *arena, const char *name, const char *old, const char *new)
{
    Lines lines = {.out = out, .arena = arena};

    fputs("<p>", out);
    put_code(out, name);
    fputs("</p>\n<div class=\"lines\">", out);
    value_compare(old, new, LINES_NEAR, put_line, &lines);
    if (lines.left > 0)
        fprintf(out, "<span class=\"skip\">%zu more</span>", lines.left);
    fputs("</div>\n", out);
}

static bool is_short(const char *text)
{
    return !text || (!strchr(text, '\n') && value_columns(text) <= CELL_COLUMNS);
}

static void put_cell(FILE *out, const char *class, const char *value)
{
    if (!value) {
        fputs("<td></td>", out);
        return;
    }
    fprintf(out, "<td class=\"%s\">", class);
    put_code(out, value);
    fputs("</td>", out);
}

/* Those of the fields that fit in cells, or those that do not. */
static void put_fields(FILE *out, Arena *arena, const Leaf *leaf, bool in_cells)
{
    size_t index = 0;
    json_t *field = NULL;
    bool any = false;

    json_array_foreach(leaf->change.fields, index, field)
    {
        const char *name = jx_string(field, "name", "");
        const char *nested = tree_nested_count(arena, leaf, field);
        const char *old = value_lines(arena, json_object_get(field, "old"));
        const char *new = value_lines(arena, json_object_get(field, "new"));

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
            fputs("<table><thead><tr><th scope=\"col\">member</th><th scope=\"col\">old</th>"
                  "<th scope=\"col\">new</th></tr></thead><tbody>\n",
                  out);
        any = true;
        fputs("<tr><th scope=\"row\">", out);
        put(out, name);
        fputs("</th>", out);
        put_cell(out, "old", old);
        put_cell(out, "new", new);
        fputs("</tr>\n", out);
    }
    fputs(any ? "</tbody></table>\n" : "", out);
}

static void put_values(FILE *out, const Leaf *leaf)
{
    CLEANUP(arena_free) Arena arena = {0};
    bool any = false;

    for (size_t i = 0; i < json_array_size(leaf->change.fields); i++)
        any |= tree_tells(leaf, i);
    if (!any)
        return;
    fprintf(out, "<details%s><summary>Old and new values</summary>\n",
            leaf->op == OP_ADDED || leaf->op == OP_REMOVED ? "" : " open");
    put_fields(out, &arena, leaf, true);
    put_fields(out, &arena, leaf, false);
    fputs("</details>\n", out);
}

/* ---- changes ---- */

static void put_reasons(FILE *out, const Leaf *leaf, const char *file)
{
    size_t index = 0;
    json_t *effect = NULL;

    if (leaf->severity != SEVERITY_SAFE) {
        fputs("<p class=\"why\">", out);
        put(out, leaf->change.why);
        fputs("</p>\n", out);
    }
    if (json_array_size(leaf->change.effects) > 0)
        fputs("<ul class=\"effects\">", out);
    json_array_foreach(leaf->change.effects, index, effect)
    {
        fputs("<li>", out);
        put(out, json_string_value(effect) ? json_string_value(effect) : "");
        fputs("</li>\n", out);
    }
    if (json_array_size(leaf->change.effects) > 0)
        fputs("</ul>\n", out);
    if (leaf->score > 0)
        fprintf(out, "<p class=\"why\">the same object (by structure, %d.%02d)</p>\n",
                leaf->score / 100, leaf->score % 100);
    if (file) {
        fputs("<p class=\"why\">by ", out);
        put_code(out, file);
        fputs("</p>\n", out);
    }
}

static void put_tag(FILE *out, const char *text)
{
    fputs(" <span class=\"tag\">", out);
    put(out, text);
    fputs("</span>", out);
}

static void put_change(FILE *out, Tree *tree, const json_t *changes, const Leaf *leaf)
{
    fprintf(out,
            "<div class=\"change %s %s%s\"><p class=\"change-head\"><span class=\"sign\">%s"
            "</span> <span class=\"kind\">",
            leaf->change.op, leaf->change.severity, leaf->is_nested ? " nested" : "",
            signs[leaf->op]);
    put(out, leaf->change.kind);
    fputs("</span> ", out);
    put_code(out, leaf->old_name ? leaf->old_name : leaf->name);
    fprintf(out, " %s", leaf->word);
    if (leaf->old_name) {
        fputs(" to ", out);
        put_code(out, leaf->name);
    }
    if (tree->drift)
        put_tag(out, leaf->change.severity);
    if (leaf->change.class)
        put_tag(out, leaf->change.class);
    fputs("</p>\n", out);
    put_reasons(out, leaf, tree_file(&tree->arena, changes, leaf, NULL));
    put_values(out, leaf);
    fputs("</div>\n", out);
}

static const char *class_of(const Tree *tree, int section)
{
    return tree->drift ? "place" : severity_name((Severity)(SEVERITY_COUNT - 1 - section));
}

static void put_section(FILE *out, Tree *tree, const json_t *changes, int section)
{
    bool is_open = false;

    if (tree->sizes[section] == 0)
        return;
    fprintf(out, "<section class=\"%s\" id=\"s%d\"><h2>", class_of(tree, section), section);
    put(out, tree_title(tree, section));
    fprintf(out, " (%zu)</h2>\n", tree->sizes[section]);
    for (size_t i = 0; i < tree->count; i++) {
        const Leaf *leaf = &tree->leaves[i];

        if (leaf->section != section)
            continue;
        if (tree_is_first(tree, i)) {
            fputs(is_open ? "</article>\n<article>" : "<article>", out);
            is_open = true;
            if (leaf->is_nested) {
                fputs("<h3><span class=\"kind\">", out);
                put(out, leaf->object_kind);
                fputs("</span> ", out);
                put_code(out, leaf->object);
                fputs("</h3>\n", out);
            }
        }
        put_change(out, tree, changes, leaf);
    }
    fputs("</article></section>\n", out);
}

/* ---- the page ---- */

/* The style and its hash, by which alone the policy lets it in. Source: CSP level 3, section 8.3.
 */
static void put_head(FILE *out, const char *title)
{
    const Embedded *style = embedded_find(diff_files, "changes.css");
    unsigned char digest[DIGEST_SIZE];
    char base64[4 * ((DIGEST_SIZE + 2) / 3) + 1];

    digest_bytes(style->bytes, style->size, digest);
    digest_base64(digest, sizeof digest, base64);
    fprintf(out,
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "style-src 'sha256-%s'; base-uri 'none'; form-action 'none'\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"color-scheme\" content=\"light dark\">\n<title>",
            base64);
    put(out, title);
    fputs("</title>\n<style>", out);
    fwrite(style->bytes, 1, style->size, out);
    fputs("</style></head>\n", out);
}

/* How much is in which section, and the way there. */
static void put_ways(FILE *out, const Tree *tree)
{
    fputs("<ul class=\"counts\">", out);
    for (int section = 0; section < TREE_SECTIONS; section++) {
        if (tree->sizes[section] == 0)
            continue;
        fprintf(out, "<li class=\"%s\"><a href=\"#s%d\">%zu ", class_of(tree, section), section,
                tree->sizes[section]);
        put(out, tree_title(tree, section));
        fputs("</a></li>\n", out);
    }
    fputs("</ul>\n", out);
}

static void put_files(FILE *out, const json_t *files)
{
    static const char *const members[] = {"added", "edited", "removed"};

    for (size_t i = 0; files && i < sizeof members / sizeof *members; i++) {
        const json_t *names = json_object_get(files, members[i]);
        size_t count = json_array_size(names), index = 0;
        json_t *name = NULL;

        if (count == 0)
            continue;
        fprintf(out, "<details%s><summary>%zu migration%s %s</summary>\n<ul>",
                count > FILES_OPEN ? "" : " open", count, count == 1 ? "" : "s", members[i]);
        json_array_foreach(names, index, name)
        {
            fputs("<li>", out);
            put_code(out, json_string_value(name));
            fputs("</li>\n", out);
        }
        fputs("</ul></details>\n", out);
    }
}

bool format_html(const json_t *changes, const FormatContext *context, FILE *out, Err *err)
{
    CLEANUP(tree_free) Tree tree = {0};

    (void)context;
    if (!tree_grow(&tree, changes, err))
        return false;
    const char *summary = tree_summary(&tree, changes);

    put_head(out, arena_printf(&tree.arena, "Database schema: %s", summary));
    fputs("<body><header><h1>Database schema</h1>\n<p>", out);
    put(out, summary);
    fputs("</p>\n", out);
    put_ways(out, &tree);
    put_files(out, changes_migrations(changes));
    if (*changes_from(changes)) {
        fputs("<p>from ", out);
        put_code(out, changes_from(changes));
        fputs("<br>to ", out);
        put_code(out, changes_to(changes));
        fputs("</p>\n", out);
    }
    fputs("</header>\n<main>\n", out);
    for (int section = 0; section < TREE_SECTIONS; section++)
        put_section(out, &tree, changes, section);
    fputs("</main></body></html>\n", out);
    return true;
}
