/* What the files of deparse share: the text under way, and the texts of an expression, which may
 * have a query in it, and of a query. Source: ruleutils.c. */
#ifndef REPLAY_DEPARSE_PARTS_H
#define REPLAY_DEPARSE_PARTS_H

#include "replay/deparse.h"

/* Widths of the server's layout (ruleutils.c). */
enum { INDENT = 8, INDENT_JOIN = 4, INDENT_VAR = 4, INDENT_LIMIT = 40, DEPTH_MAX = 3000 };

typedef struct Names {
    const struct Names *parent;
    Vec taken; /* const char * */
} Names;

/* Text under way. It is looked back at (blanks cut off a line's end, lines measured), so it is no
 * stream. */
typedef struct Text {
    Arena *arena;
    char *bytes;
    size_t length;
    size_t capacity;
} Text;

typedef struct Deparse {
    Catalog *catalog;
    Arena *arena;
    Text *text;
    const Names *names;
    bool prefix;
    int indent;
    int depth;
    bool one_line;
} Deparse;

/* ---- deparse_text.c ---- */
void deparse_bytes(Text *text, const char *bytes, size_t length);
void deparse_put(Deparse *deparse, const char *string);
/* Quoted as needed. */
void deparse_name(Deparse *deparse, const char *name);
void deparse_type(Deparse *deparse, TypeRef type);
void deparse_cut_blanks(Text *text);
/* appendContextKeyword(): on a line of its own, the indentation changed before and after. */
void deparse_keyword(Deparse *deparse, const char *word, int before, int after, int plus);
/* A part made aside, as the server measures it before it goes in; returns the text until now. */
Text *deparse_aside(Deparse *deparse, Text *aside);

/* ---- deparse.c ---- */
void deparse_any(Deparse *deparse, const Expr *expr, bool show_implicit);
/* What the column at that place goes by, in this text. */
const char *deparse_column_at(const RangeEntry *entry, size_t place);
const char *deparse_column_name(const Expr *expr);
/* Returns the name that the column has by itself. */
const char *deparse_column(Deparse *deparse, const Expr *expr);
void deparse_row(Deparse *deparse, const Expr *expr, bool top);
/* Of GROUP BY and the like: in brackets if it is not simple. */
void deparse_item(Deparse *deparse, const Expr *expr);
void deparse_order(Deparse *deparse, const Vec *order, bool by_place);
void deparse_window(Deparse *deparse, const Window *window);

/* ---- deparse_query.c ---- */
/* columns: the names that the targets go by, or NULL. visible: whether anybody sees those names.
 * rule: it is a view of old, where OLD and NEW are names that are taken. */
void deparse_query(Deparse *deparse, Query *query, const Names *parent, const Vec *columns,
                   bool visible, bool rule);

#endif
