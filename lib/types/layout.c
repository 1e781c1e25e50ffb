#include "types/layout.h"

#include <string.h>

#include "types/jsdoc.h"
#include "types/names.h"

Layout *layout_new(Arena *arena, LayoutKind kind, bool forced, const char *text)
{
    Layout *node = arena_alloc(arena, sizeof *node);

    *node = (Layout){.kind = kind, .forced = forced, .text = text};
    return node;
}

Layout *layout_atom(Arena *arena, const char *text)
{
    return layout_new(arena, LAYOUT_ATOM, false, text);
}

void layout_add(Arena *arena, Layout *parent, const char *name, bool optional, Layout *member)
{
    if (name) {
        char *key = names_key(arena, name);

        member->key = optional ? arena_printf(arena, "%s?", key) : key;
    }
    if (parent->last)
        parent->last->next = member;
    else
        parent->first = member;
    parent->last = member;
}

/* As it stands in another type. */
static Layout *inner(Arena *arena, Layout *type)
{
    return type->kind == LAYOUT_ATOM && type->compound
               ? layout_atom(arena, arena_printf(arena, "(%s)", type->text))
               : type;
}

Layout *layout_array(Arena *arena, Layout *element)
{
    Layout *node = layout_new(arena, LAYOUT_ARRAY, false, NULL);

    node->first = node->last = inner(arena, element);
    return node;
}

Layout *layout_or_null(Arena *arena, Layout *type)
{
    Layout *node = type;
    const Layout *last = type->kind == LAYOUT_UNION ? type->last : type;

    if (last->kind == LAYOUT_ATOM &&
        (strcmp(last->text, "null") == 0 || (last == type && strcmp(last->text, "unknown") == 0)))
        return type;
    if (type->kind != LAYOUT_UNION) {
        node = layout_new(arena, LAYOUT_UNION, false, NULL);
        layout_add(arena, node, NULL, false, inner(arena, type));
    }
    for (const Layout *member = node->first; member && type->compound; member = member->next)
        if (member->kind == LAYOUT_ATOM && strcmp(member->text, "null") == 0)
            return node;
    layout_add(arena, node, NULL, false, layout_atom(arena, "null"));
    return node;
}

/* What stands between, before and behind the members on one line. */
static size_t flat_width(Layout *node)
{
    size_t width = node->text ? names_width(node->text) : 0;

    if (node->measured)
        return node->width;
    for (Layout *member = node->first; member; member = member->next) {
        width += flat_width(member) + (member->key ? names_width(member->key) + 2 : 0);
        if (member->next)
            width += node->kind == LAYOUT_UNION ? 3 : 2;
    }
    switch (node->kind) {
    case LAYOUT_ATOM:
    case LAYOUT_UNION:
        break;
    case LAYOUT_ARRAY:
        width += node->first && node->first->kind == LAYOUT_UNION ? 4 : 2;
        break;
    case LAYOUT_GENERIC:
        width += 2;
        break;
    case LAYOUT_OBJECT:
        width += node->first ? 4 : 2;
        break;
    case LAYOUT_ERROR:
        width = LAYOUT_WIDTH + 1;
        break;
    }
    if (node->forced || width > LAYOUT_WIDTH)
        width = LAYOUT_WIDTH + 1;
    node->measured = true;
    node->width = width;
    return width;
}

static void put_indent(FILE *out, size_t indent)
{
    fprintf(out, "%*s", (int)indent, "");
}

static void put_flat(FILE *out, const Layout *node)
{
    static const struct {
        const char *before, *between, *behind;
    } marks[] = {
        [LAYOUT_ATOM] = {"", "", ""},         [LAYOUT_ARRAY] = {"", "", "[]"},
        [LAYOUT_UNION] = {"", " | ", ""},     [LAYOUT_GENERIC] = {"<", ", ", ">"},
        [LAYOUT_OBJECT] = {"{ ", "; ", " }"}, [LAYOUT_ERROR] = {"", "", ""},
    };
    bool group = node->kind == LAYOUT_ARRAY && node->first->kind == LAYOUT_UNION;
    bool empty = node->kind == LAYOUT_OBJECT && !node->first;

    fprintf(out, "%s%s%s", node->text ? node->text : "", empty ? "{" : marks[node->kind].before,
            group ? "(" : "");
    for (const Layout *member = node->first; member; member = member->next) {
        if (member->key)
            fprintf(out, "%s: ", member->key);
        put_flat(out, member);
        if (member->next)
            fputs(marks[node->kind].between, out);
    }
    fprintf(out, "%s%s", group ? ")" : "", empty ? "}" : marks[node->kind].behind);
}

/* A union of null and one that brings its own brackets, or Json, hugs it. */
static bool is_hugging(const Layout *node)
{
    const Layout *one = node->first;
    const Layout *two = one->next;

    return two && !two->next && two->kind == LAYOUT_ATOM && strcmp(two->text, "null") == 0 &&
           (one->kind == LAYOUT_OBJECT || one->kind == LAYOUT_GENERIC ||
            one->kind == LAYOUT_ERROR ||
            (one->kind == LAYOUT_ATOM && strcmp(one->text, "Json") == 0));
}

static void put_broken(FILE *out, size_t indent, Layout *node);

/* The type at that column of a line that is indented by indent. */
static void put_at(FILE *out, size_t indent, size_t column, Layout *node)
{
    if (column + flat_width(node) <= LAYOUT_WIDTH)
        put_flat(out, node);
    else
        put_broken(out, indent, node);
}

static void put_piped(FILE *out, size_t indent, Layout *node)
{
    for (Layout *member = node->first; member; member = member->next) {
        put_indent(out, indent);
        fputs("| ", out);
        put_at(out, indent + LAYOUT_STEP, indent + LAYOUT_STEP, member);
        fputs(member->next ? "\n" : "", out);
    }
}

static void put_broken(FILE *out, size_t indent, Layout *node)
{
    size_t inner = indent + LAYOUT_STEP;

    switch (node->kind) {
    case LAYOUT_ATOM:
        fputs(node->text, out);
        break;
    case LAYOUT_ARRAY:
        if (node->first->kind == LAYOUT_UNION) {
            fputs("(\n", out);
            put_piped(out, inner, node->first);
            fputc('\n', out);
            put_indent(out, indent);
            fputs(")[]", out);
        } else {
            put_broken(out, indent, node->first);
            fputs("[]", out);
        }
        break;
    case LAYOUT_UNION: /* the others begin on a line of their own: layout_put_member */
        put_broken(out, indent, node->first);
        fputs(" | null", out);
        break;
    case LAYOUT_GENERIC:
        fprintf(out, "%s<\n", node->text);
        for (Layout *member = node->first; member; member = member->next) {
            put_indent(out, inner);
            put_at(out, inner, inner, member);
            fputs(member->next ? ",\n" : "\n", out);
        }
        put_indent(out, indent);
        fputc('>', out);
        break;
    case LAYOUT_OBJECT:
        if (!node->first) {
            fputs("{}", out);
            break;
        }
        fputs("{\n", out);
        for (Layout *member = node->first; member; member = member->next)
            layout_put_member(out, inner, member->key, member);
        put_indent(out, indent);
        fputc('}', out);
        break;
    case LAYOUT_ERROR:
        fputs("{\n", out);
        put_indent(out, inner);
        fputs("error: true\n", out);
        put_indent(out, indent);
        fprintf(out, "} & %s", node->text);
        break;
    }
}

void layout_put_member(FILE *out, size_t indent, const char *key, Layout *type)
{
    size_t column = indent + names_width(key) + 2;

    jsdoc_put(out, indent, type->doc);
    put_indent(out, indent);
    fprintf(out, "%s:", key);
    if (type->kind == LAYOUT_UNION && column + flat_width(type) > LAYOUT_WIDTH &&
        !is_hugging(type)) {
        fputc('\n', out);
        put_piped(out, indent + LAYOUT_STEP, type);
    } else {
        fputc(' ', out);
        put_at(out, indent, column, type);
    }
    fputc('\n', out);
}

void layout_put_list(FILE *out, size_t indent, const char *key, const char *const *values,
                     size_t count, const char *trailing)
{
    size_t width = indent + names_width(key) + 4 + names_width(trailing);

    for (size_t i = 0; i < count; i++)
        width += names_width(values[i]) + (i ? 2 : 0);
    bool flat = width <= LAYOUT_WIDTH || count == 0;

    put_indent(out, indent);
    fprintf(out, "%s: [%s", key, flat ? "" : "\n");
    for (size_t i = 0; i < count; i++) {
        if (!flat)
            put_indent(out, indent + LAYOUT_STEP);
        fprintf(out, "%s%s", values[i], flat ? (i + 1 < count ? ", " : "") : ",\n");
    }
    if (!flat)
        put_indent(out, indent);
    fprintf(out, "]%s\n", trailing);
}
