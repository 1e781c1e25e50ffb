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
        member->key = names_key(arena, name);
        member->optional = optional;
    }
    if (parent->last)
        parent->last->next = member;
    else
        parent->first = member;
    parent->last = member;
}

static bool is_text(const Layout *atom, const char *text)
{
    return *atom->text == *text && strcmp(atom->text, text) == 0;
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
        (is_text(last, "null") || (last == type && is_text(last, "unknown"))))
        return type;
    if (type->kind != LAYOUT_UNION) {
        node = layout_new(arena, LAYOUT_UNION, false, NULL);
        layout_add(arena, node, NULL, false, inner(arena, type));
    }
    for (const Layout *member = node->first; member && type->compound; member = member->next)
        if (member->kind == LAYOUT_ATOM && is_text(member, "null"))
            return node;
    layout_add(arena, node, NULL, false, layout_atom(arena, "null"));
    return node;
}

/* What stands between, before and behind the members on one line. */
static size_t flat_width(Layout *node)
{
    if (node->measured)
        return node->width;
    size_t width = node->text ? names_width(node->text) : 0;

    for (Layout *member = node->first; member; member = member->next) {
        width += flat_width(member) +
                 (member->key ? names_width(member->key) + member->optional + 2 : 0);
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

static void put_key(Buffer *out, const Layout *member)
{
    buffer_text(out, member->key);
    buffer_text(out, member->optional ? "?: " : ": ");
}

static void put_flat(Buffer *out, const Layout *node)
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

    if (node->text)
        buffer_text(out, node->text);
    if (node->kind == LAYOUT_ATOM)
        return;
    buffer_text(out, empty ? "{" : marks[node->kind].before);
    if (group)
        buffer_char(out, '(');
    for (const Layout *member = node->first; member; member = member->next) {
        if (member->key)
            put_key(out, member);
        put_flat(out, member);
        if (member->next)
            buffer_text(out, marks[node->kind].between);
    }
    if (group)
        buffer_char(out, ')');
    buffer_text(out, empty ? "}" : marks[node->kind].behind);
}

/* A union of null and one that brings its own brackets, or Json, hugs it. */
static bool is_hugging(const Layout *node)
{
    const Layout *one = node->first;
    const Layout *two = one->next;

    return two && !two->next && two->kind == LAYOUT_ATOM && is_text(two, "null") &&
           (one->kind == LAYOUT_OBJECT || one->kind == LAYOUT_GENERIC ||
            one->kind == LAYOUT_ERROR || (one->kind == LAYOUT_ATOM && is_text(one, "Json")));
}

static void put_broken(Buffer *out, size_t indent, Layout *node);
static void put_member(Buffer *out, size_t indent, const char *key, bool optional, Layout *type);

/* The type at that column of a line that is indented by indent. */
static void put_at(Buffer *out, size_t indent, size_t column, Layout *node)
{
    if (column + flat_width(node) <= LAYOUT_WIDTH)
        put_flat(out, node);
    else
        put_broken(out, indent, node);
}

static void put_piped(Buffer *out, size_t indent, Layout *node)
{
    for (Layout *member = node->first; member; member = member->next) {
        buffer_blanks(out, indent);
        buffer_text(out, "| ");
        put_at(out, indent + LAYOUT_STEP, indent + LAYOUT_STEP, member);
        buffer_text(out, member->next ? "\n" : "");
    }
}

static void put_broken(Buffer *out, size_t indent, Layout *node)
{
    size_t inner = indent + LAYOUT_STEP;

    switch (node->kind) {
    case LAYOUT_ATOM:
        buffer_text(out, node->text);
        break;
    case LAYOUT_ARRAY:
        if (node->first->kind == LAYOUT_UNION) {
            buffer_text(out, "(\n");
            put_piped(out, inner, node->first);
            buffer_char(out, '\n');
            buffer_blanks(out, indent);
            buffer_text(out, ")[]");
        } else {
            put_broken(out, indent, node->first);
            buffer_text(out, "[]");
        }
        break;
    case LAYOUT_UNION: /* the others begin on a line of their own: layout_put_member */
        put_broken(out, indent, node->first);
        buffer_text(out, " | null");
        break;
    case LAYOUT_GENERIC:
        buffer_text(out, node->text);
        buffer_text(out, "<\n");
        for (Layout *member = node->first; member; member = member->next) {
            buffer_blanks(out, inner);
            put_at(out, inner, inner, member);
            buffer_text(out, member->next ? ",\n" : "\n");
        }
        buffer_blanks(out, indent);
        buffer_char(out, '>');
        break;
    case LAYOUT_OBJECT:
        if (!node->first) {
            buffer_text(out, "{}");
            break;
        }
        buffer_text(out, "{\n");
        for (Layout *member = node->first; member; member = member->next)
            put_member(out, inner, member->key, member->optional, member);
        buffer_blanks(out, indent);
        buffer_char(out, '}');
        break;
    case LAYOUT_ERROR:
        buffer_text(out, "{\n");
        buffer_blanks(out, inner);
        buffer_text(out, "error: true\n");
        buffer_blanks(out, indent);
        buffer_text(out, "} & ");
        buffer_text(out, node->text);
        break;
    }
}

/* "key: type" or "key?: type". */
static void put_member(Buffer *out, size_t indent, const char *key, bool optional, Layout *type)
{
    size_t column = indent + names_width(key) + optional + 2;

    jsdoc_put(out, indent, type->doc);
    buffer_blanks(out, indent);
    buffer_text(out, key);
    buffer_text(out, optional ? "?:" : ":");
    if (type->kind == LAYOUT_UNION && column + flat_width(type) > LAYOUT_WIDTH &&
        !is_hugging(type)) {
        buffer_char(out, '\n');
        put_piped(out, indent + LAYOUT_STEP, type);
    } else {
        buffer_char(out, ' ');
        put_at(out, indent, column, type);
    }
    buffer_char(out, '\n');
}

void layout_put_member(Buffer *out, size_t indent, const char *key, Layout *type)
{
    put_member(out, indent, key, false, type);
}

void layout_put_list(Buffer *out, size_t indent, const char *key, const char *const *values,
                     size_t count, const char *trailing)
{
    size_t width = indent + names_width(key) + 4 + names_width(trailing);

    for (size_t i = 0; i < count; i++)
        width += names_width(values[i]) + (i ? 2 : 0);
    bool flat = width <= LAYOUT_WIDTH || count == 0;

    buffer_blanks(out, indent);
    buffer_text(out, key);
    buffer_text(out, flat ? ": [" : ": [\n");
    for (size_t i = 0; i < count; i++) {
        if (!flat)
            buffer_blanks(out, indent + LAYOUT_STEP);
        buffer_text(out, values[i]);
        buffer_text(out, flat ? (i + 1 < count ? ", " : "") : ",\n");
    }
    if (!flat)
        buffer_blanks(out, indent);
    buffer_char(out, ']');
    buffer_text(out, trailing);
    buffer_char(out, '\n');
}
