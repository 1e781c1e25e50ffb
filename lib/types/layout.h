/* TypeScript types as small trees, and how they are broken into lines of 80 columns.
 *
 * The rules are those of oxfmt 0.66 ("semi": false, "printWidth": 80), as far as the generator's
 * own types need them. A type that fits is one line; otherwise its outermost form decides. */
#ifndef TYPES_LAYOUT_H
#define TYPES_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"

enum { LAYOUT_WIDTH = 80, LAYOUT_STEP = 2 };

typedef enum LayoutKind {
    LAYOUT_ATOM,    /* text; never broken */
    LAYOUT_ARRAY,   /* of its one member */
    LAYOUT_UNION,   /* of two members or more */
    LAYOUT_GENERIC, /* text<members> */
    LAYOUT_OBJECT,  /* { key: member; ... } */
    LAYOUT_ERROR    /* { error: true } & text */
} LayoutKind;

typedef struct Layout Layout;
struct Layout {
    LayoutKind kind;
    bool forced;   /* always over several lines */
    bool compound; /* a type that people gave; of an atom: in others it stands in parentheses */
    const char *text;
    const void *refers;  /* the CatalogType that an atom names, or NULL, ... */
    const char *section; /* ... and where in Database it is */
    Layout *first;       /* members ... */
    Layout *last;
    Layout *next;    /* ... and their list */
    const char *key; /* as a member of an object; ... */
    bool optional;   /* ... "?" stands behind it */
    const char
        *doc; /* then: what is said of it in front, or NULL; only where the object is forced */
    bool measured;
    size_t width; /* on one line; LAYOUT_WIDTH + 1 when it cannot be */
};

/* All of them live in the arena and borrow text and members. */
Layout *layout_atom(Arena *arena, const char *text);
/* Of a single-member union the array is that of the member. */
Layout *layout_array(Arena *arena, Layout *element);
/* An empty union, object or generic to be filled; forced: see above. */
Layout *layout_new(Arena *arena, LayoutKind kind, bool forced, const char *text);
/* Adds a member; name is NULL but for an object's, and is written as a key. */
void layout_add(Arena *arena, Layout *parent, const char *name, bool optional, Layout *member);
/* The same type or null: unknown and what is null already stay, and the members of a union are not
 * nested. */
Layout *layout_or_null(Arena *arena, Layout *type);

/* "key: type" and a newline at that many columns of indentation. */
void layout_put_member(Buffer *out, size_t indent, const char *key, Layout *type);
/* "key: [a, b]" and trailing and a newline; the values are literals already. */
void layout_put_list(Buffer *out, size_t indent, const char *key, const char *const *values,
                     size_t count, const char *trailing);

#endif
