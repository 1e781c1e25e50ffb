/* Text for people: a tree on a terminal, plain lines in a pipe. Names are made harmless. */
#include "diff/format.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "diff/tree.h"
#include "diff/value.h"
#include "json/jx.h"

enum {
    PIPE_VALUE = 100,
    FILES_SHOWN = 5,
    LINES_SHOWN = 20,
    LINES_NEAR = 1,
    WIDTH_LEAST = 40,
    LIST_SHORT = 60
};

#define RESET "\x1b[0m"
#define BOLD "\x1b[1m"
#define DIM "\x1b[2m"

static const struct {
    const char *sign;
    const char *colour;
} ops[] = {
    [OP_ADDED] = {"+", "\x1b[32m"},    [OP_REMOVED] = {"-", "\x1b[31m"},
    [OP_CHANGED] = {"~", "\x1b[33m"},  [OP_RENAMED] = {">", "\x1b[36m"},
    [OP_REPLACED] = {"*", "\x1b[35m"},
};
static_assert(sizeof ops / sizeof *ops == OP_COUNT, "a sign for every op");

static const char *const severity_colours[] = {
    [SEVERITY_SAFE] = "\x1b[32m",
    [SEVERITY_RISKY] = "\x1b[33m",
    [SEVERITY_BREAKING] = "\x1b[1;31m",
};
static_assert(sizeof severity_colours / sizeof *severity_colours == SEVERITY_COUNT,
              "a colour each");

typedef struct Pen {
    FILE *out;
    const FormatContext *context;
    Tree *tree;
    const char *guide; /* what stands before the lines beneath a change */
    size_t near;       /* how many lines are told around those that changed */
    size_t shown;      /* lines of the value at hand */
    size_t left;       /* that are not */
} Pen;

static void put(const Pen *pen, const char *colour, const char *text)
{
    if (pen->context->colour)
        fputs(colour, pen->out);
    text_print_safe(pen->out, text);
    if (pen->context->colour)
        fputs(RESET, pen->out);
}

/* ---- lines ---- */

static void put_guide(const Pen *pen)
{
    bool is_blank = pen->guide[strspn(pen->guide, " ")] == '\0';

    if (is_blank)
        fputs(pen->guide, pen->out);
    else
        put(pen, DIM, pen->guide);
}

/* Columns behind the guide. */
static size_t room_of(const Pen *pen)
{
    size_t width = (size_t)pen->context->width, guide = value_columns(pen->guide);

    return (width < WIDTH_LEAST ? WIDTH_LEAST : width) - (guide < WIDTH_LEAST / 2 ? guide : 0);
}

/* A sentence, on a terminal word by word on as many lines as it needs. */
static void put_sentence(const Pen *pen, const char *colour, const char *text)
{
    size_t room = pen->context->width ? room_of(pen) : SIZE_MAX;

    while (*text) {
        size_t length = 0, end = 0;

        while (text[length]) {
            size_t next = length + strcspn(text + length, " ");
            const char *part = arena_strndup(&pen->tree->arena, text, next);

            if (length > 0 && value_columns(part) > room)
                break;
            end = next;
            length = text[next] ? next + 1 : next;
        }
        put_guide(pen);
        put(pen, colour, arena_strndup(&pen->tree->arena, text, end));
        fputc('\n', pen->out);
        text += length;
    }
}

static void put_line(void *aim, LineMark mark, const char *text, size_t length)
{
    static const struct {
        const char *sign;
        const char *colour;
    } marks[] = {
        [LINE_SAME] = {"  ", DIM},
        [LINE_OLD] = {"- ", "\x1b[31m"},
        [LINE_NEW] = {"+ ", "\x1b[32m"},
        [LINE_SKIPPED] = {"", DIM},
    };
    Pen *pen = aim;
    Arena *arena = &pen->tree->arena;

    if (mark == LINE_SKIPPED && pen->near == 0)
        return;
    if (pen->shown == LINES_SHOWN) {
        pen->left += mark == LINE_SKIPPED ? length : 1;
        return;
    }
    pen->shown++;
    put_guide(pen);
    fputs("  ", pen->out);
    if (mark == LINE_SKIPPED)
        text = arena_printf(arena, "  (%zu more line%s)", length, length == 1 ? "" : "s");
    else
        text = arena_strndup(arena, text, length);
    char *shown = arena_printf(arena, "%s%s", marks[mark].sign, text);
    for (char *tab = shown; *tab; tab++)
        *tab = *tab == '\t' || *tab == '\r' ? ' ' : *tab;
    put(pen, marks[mark].colour,
        pen->context->width ? value_cut(arena, shown, NULL, room_of(pen) - 2) : shown);
    fputc('\n', pen->out);
}

/* ---- values ---- */

static void put_name(const Pen *pen, const char *name)
{
    put_guide(pen);
    text_print_safe(pen->out, name);
}

/* Of a member one value, or the old and the new. */
static void put_pair(const Pen *pen, const char *name, const char *old, const char *new, Op op)
{
    bool is_whole = op == OP_ADDED || op == OP_REMOVED;

    put_name(pen, name);
    fputs(": ", pen->out);
    if (op != OP_ADDED)
        put(pen, is_whole ? "" : "\x1b[31m", old);
    if (!is_whole)
        fputs(pen->context->utf8 && pen->context->width ? " → " : " -> ", pen->out);
    if (op != OP_REMOVED)
        put(pen, is_whole ? "" : "\x1b[32m", new);
    fputc('\n', pen->out);
}

static void put_lines(Pen *pen, const char *name, const char *old, const char *new)
{
    put_name(pen, name);
    fputs(":\n", pen->out);
    pen->shown = pen->left = 0;
    value_compare(old, new, pen->near, put_line, pen);
    if (pen->left > 0) {
        put_guide(pen);
        put(pen, DIM, arena_printf(&pen->tree->arena, "    (%zu more lines)", pen->left));
        fputc('\n', pen->out);
    }
}

/* What changed is told so that the change is seen. */
static void put_change_of(Pen *pen, const char *name, const json_t *old, const json_t *new)
{
    Arena *arena = &pen->tree->arena;
    const char *old_lines = value_lines(arena, old), *new_lines = value_lines(arena, new);
    const char *old_line = value_line(arena, old), *new_line = value_line(arena, new);
    size_t room = pen->context->width ? room_of(pen) : 2 * PIPE_VALUE;
    size_t length = value_columns(name) + 6 + value_columns(old_line) + value_columns(new_line);
    bool is_text = json_is_string(old ? old : new), is_long = value_is_long(old_lines, new_lines);

    pen->near = json_is_object(old ? old : new) ? 0 : LINES_NEAR;
    if (is_long && (is_text || length > LIST_SHORT))
        put_lines(pen, name, old_lines, new_lines);
    else if (length <= room)
        put_pair(pen, name, old_line, new_line, OP_CHANGED);
    else if (pen->context->width && !(old && new))
        put_pair(pen, name, value_cut(arena, old_line, NULL, room - value_columns(name) - 9),
                 value_cut(arena, new_line, NULL, room - value_columns(name) - 9), OP_CHANGED);
    else if (pen->context->width)
        put_lines(pen, name, value_cut(arena, old_line, new_line, room - 4),
                  value_cut(arena, new_line, old_line, room - 4));
    else
        put_pair(pen, name, value_cut(arena, old_line, new_line, PIPE_VALUE),
                 value_cut(arena, new_line, old_line, PIPE_VALUE), OP_CHANGED);
}

/* What came or went whole is told in short. */
static void put_field(Pen *pen, const Leaf *leaf, const json_t *field)
{
    Arena *arena = &pen->tree->arena;
    const json_t *old = json_object_get(field, "old"), *new = json_object_get(field, "new");
    const char *name = jx_string(field, "name", "");
    size_t room = pen->context->width ? room_of(pen) - value_columns(name) - 2 : PIPE_VALUE;

    if (leaf->op == OP_ADDED || leaf->op == OP_REMOVED)
        put_pair(pen, name, value_cut(arena, value_line(arena, old), NULL, room),
                 value_cut(arena, value_line(arena, new), NULL, room), leaf->op);
    else
        put_change_of(pen, name, old, new);
}

static void put_fields(Pen *pen, const Leaf *leaf)
{
    size_t index = 0;
    json_t *field = NULL;
    const char *nested = NULL;

    json_array_foreach(leaf->change.fields, index, field)
    {
        const char *count = tree_nested_count(&pen->tree->arena, leaf, field);

        if (count)
            nested = arena_printf(&pen->tree->arena, "%s%s%s", nested ? nested : "",
                                  nested ? ", " : "", count);
        else if (tree_tells(leaf, index))
            put_field(pen, leaf, field);
    }
    if (nested)
        put_sentence(pen, "", nested);
}

/* ---- changes ---- */

static void put_change(const Pen *pen, const Leaf *leaf)
{
    const char *name = leaf->old_name ? leaf->old_name : leaf->name;

    put(pen, ops[leaf->op].colour, ops[leaf->op].sign);
    fprintf(pen->out, " %s ", leaf->change.kind);
    put(pen, BOLD, name);
    if (!pen->tree->drift || (leaf->op != OP_ADDED && leaf->op != OP_REMOVED))
        fprintf(pen->out, " %s", leaf->word);
    if (leaf->old_name) {
        fputs(" to ", pen->out);
        put(pen, BOLD, leaf->name);
    }
    if (pen->tree->drift) {
        fputs("  ", pen->out);
        put(pen, severity_colours[leaf->severity], leaf->change.severity);
    }
    if (leaf->change.class) {
        fputs("  ", pen->out);
        put(pen, DIM, leaf->change.class);
    }
    fputc('\n', pen->out);
}

static void put_reasons(const Pen *pen, const Leaf *leaf)
{
    size_t index = 0;
    json_t *effect = NULL;

    if (leaf->severity != SEVERITY_SAFE)
        put_sentence(pen, DIM, leaf->change.why);
    json_array_foreach(leaf->change.effects, index, effect)
    {
        const char *text = json_string_value(effect);

        put_sentence(pen, severity_colours[leaf->severity], text ? text : "");
    }
    if (leaf->score > 0)
        put_sentence(pen, DIM,
                     arena_printf(&pen->tree->arena, "the same object (by structure, %d.%02d)",
                                  leaf->score / 100, leaf->score % 100));
}

static void put_leaf(Pen *pen, size_t index)
{
    const Leaf *leaf = &pen->tree->leaves[index];
    bool drawn = pen->context->utf8 && pen->context->width;
    bool is_last = index + 1 == pen->tree->count || tree_is_first(pen->tree, index + 1);

    if (leaf->is_nested && tree_is_first(pen->tree, index)) {
        fprintf(pen->out, "  %s ", leaf->object_kind);
        put(pen, BOLD, leaf->object);
        fputc('\n', pen->out);
    }
    fputs("  ", pen->out);
    if (leaf->is_nested)
        put(pen, DIM, !drawn ? "  " : is_last ? "└─ " : "├─ ");
    put_change(pen, leaf);
    pen->guide = !leaf->is_nested ? (drawn && !is_last ? "  │   " : "      ")
                 : !drawn         ? "        "
                 : is_last        ? "         "
                                  : "  │      ";
    put_fields(pen, leaf);
    put_reasons(pen, leaf);
}

static void put_section(Pen *pen, int section)
{
    const char *colour = pen->tree->drift ? BOLD : severity_colours[SEVERITY_COUNT - 1 - section];

    if (pen->tree->sizes[section] == 0)
        return;
    fputc('\n', pen->out);
    put(pen, colour, tree_title(pen->tree, section));
    fputs(":\n", pen->out);
    for (size_t i = 0; i < pen->tree->count; i++)
        if (pen->tree->leaves[i].section == section)
            put_leaf(pen, i);
}

/* ---- migration files ---- */

/* "; edited 1_notes.sql, 2_tags.sql", the first one without the semicolon. */
static const char *add_files(Arena *arena, const char *text, const json_t *files, const char *what)
{
    const json_t *names = json_object_get(files, what);
    size_t count = json_array_size(names);

    if (count == 0)
        return text;
    text = arena_printf(arena, "%s%s %s", text, text[strlen(text) - 1] == ':' ? "" : ";", what);
    for (size_t i = 0; i < count && i < FILES_SHOWN; i++)
        text = arena_printf(arena, "%s%s %s", text, i ? "," : "",
                            json_string_value(json_array_get(names, i)));
    return count > FILES_SHOWN ? arena_printf(arena, "%s and %zu more", text, count - FILES_SHOWN)
                               : text;
}

static void put_migrations(const Pen *pen, const json_t *files)
{
    static const char *const members[] = {"added", "edited", "removed"};
    const char *text = "migrations:";

    for (size_t i = 0; files && i < sizeof members / sizeof *members; i++)
        text = add_files(&pen->tree->arena, text, files, members[i]);
    if (files)
        put_sentence(pen, "", text);
}

bool format_text(const json_t *changes, const FormatContext *context, FILE *out, Err *err)
{
    CLEANUP(tree_free) Tree tree = {0};
    Pen pen = {.out = out, .context = context, .tree = &tree, .guide = ""};

    if (!tree_grow(&tree, changes, err))
        return false;
    if (tree.count > 0 || json_object_get(changes, "ignored")) {
        put(&pen, BOLD, tree_summary(&tree, changes));
        fputc('\n', out);
    }
    put_migrations(&pen, changes_migrations(changes));
    for (int section = 0; section < TREE_SECTIONS; section++)
        put_section(&pen, section);
    return true;
}
