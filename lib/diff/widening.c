#include "diff/widening.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { NAME_ROOM = 80 };

/* "numeric(10,2)[]" taken apart: the name without its modifiers, these, and how many []. */
typedef struct Type {
    char name[NAME_ROOM];
    int modifiers[2];
    int modifier_count;
    size_t dimensions;
} Type;

/* False for what is too long to be one of the types that are known here. */
static bool parse(const char *text, Type *ret)
{
    size_t length = strlen(text);
    Type type = {0};

    for (; length > 2 && memcmp(text + length - 2, "[]", 2) == 0; length -= 2)
        type.dimensions++;
    if (length >= NAME_ROOM)
        return false;
    memcpy(type.name, text, length);
    char *open = strchr(type.name, '('), *close = open ? strchr(open, ')') : NULL;
    if (close) {
        type.modifier_count = sscanf(open, "(%d,%d", &type.modifiers[0], &type.modifiers[1]);
        memmove(open, close + 1, strlen(close + 1) + 1);
    }
    *ret = type;
    return true;
}

static bool is(const Type *type, const char *name)
{
    return strcmp(type->name, name) == 0;
}

static bool is_one_of(const Type *type, const char *const *names)
{
    for (; *names; names++)
        if (is(type, *names))
            return true;
    return false;
}

/* ---- the same type with other modifiers ---- */

static Widening by_size(int from, int to)
{
    return to > from ? WIDENING_ROOM : to < from ? WIDENING_NARROWS : WIDENING_NONE;
}

/* Digits before the point; without modifiers as many as one likes. */
static int whole_digits(const Type *type)
{
    return type->modifier_count == 0   ? INT_MAX
           : type->modifier_count == 1 ? type->modifiers[0]
                                       : type->modifiers[0] - type->modifiers[1];
}

static int fraction_digits(const Type *type)
{
    return type->modifier_count == 0 ? INT_MAX : type->modifier_count == 1 ? 0 : type->modifiers[1];
}

static Widening by_digits(const Type *from, const Type *to)
{
    Widening whole = by_size(whole_digits(from), whole_digits(to));
    Widening fraction = by_size(fraction_digits(from), fraction_digits(to));

    return whole > fraction ? whole : fraction;
}

static Widening by_modifiers(const Type *from, const Type *to)
{
    static const char *const lengths[] = {"character varying", "character", "bit varying", NULL};
    static const char *const precisions[] = {"timestamp without time zone",
                                             "timestamp with time zone",
                                             "time without time zone",
                                             "time with time zone",
                                             "interval",
                                             NULL};
    enum { FULL_PRECISION = 6 };

    if (is(from, "numeric"))
        return by_digits(from, to);
    if (is_one_of(from, lengths))
        return by_size(from->modifier_count ? from->modifiers[0] : INT_MAX,
                       to->modifier_count ? to->modifiers[0] : INT_MAX);
    if (is_one_of(from, precisions))
        return by_size(from->modifier_count ? from->modifiers[0] : FULL_PRECISION,
                       to->modifier_count ? to->modifiers[0] : FULL_PRECISION);
    return from->modifier_count == to->modifier_count &&
                   memcmp(from->modifiers, to->modifiers, sizeof from->modifiers) == 0
               ? WIDENING_NONE
               : WIDENING_UNKNOWN;
}

/* ---- other types ---- */

/* The reverse of a row that keeps or gives room narrows. */
static const struct {
    const char *from;
    const char *to;
    Widening is;
} pairs[] = {
    {"smallint", "integer", WIDENING_KEEPS},
    {"smallint", "bigint", WIDENING_KEEPS},
    {"smallint", "real", WIDENING_KEEPS},
    {"smallint", "double precision", WIDENING_KEEPS},
    {"integer", "bigint", WIDENING_KEEPS},
    {"integer", "double precision", WIDENING_KEEPS},
    {"integer", "real", WIDENING_NARROWS},
    {"real", "integer", WIDENING_NARROWS},
    {"bigint", "real", WIDENING_NARROWS},
    {"real", "bigint", WIDENING_NARROWS},
    {"bigint", "double precision", WIDENING_NARROWS},
    {"double precision", "bigint", WIDENING_NARROWS},
    {"real", "double precision", WIDENING_KEEPS},
    {"numeric", "real", WIDENING_NARROWS},
    {"real", "numeric", WIDENING_NARROWS},
    {"numeric", "double precision", WIDENING_NARROWS},
    {"double precision", "numeric", WIDENING_NARROWS},
    {"date", "timestamp without time zone", WIDENING_KEEPS},
    {"date", "timestamp with time zone", WIDENING_SHIFTS},
    {"timestamp with time zone", "date", WIDENING_NARROWS},
    {"timestamp without time zone", "time without time zone", WIDENING_NARROWS},
    {"timestamp with time zone", "time without time zone", WIDENING_NARROWS},
    {"timestamp with time zone", "time with time zone", WIDENING_NARROWS},
    {"timestamp without time zone", "timestamp with time zone", WIDENING_SHIFTS},
    {"timestamp with time zone", "timestamp without time zone", WIDENING_SHIFTS},
    {"time without time zone", "time with time zone", WIDENING_SHIFTS},
    {"time with time zone", "time without time zone", WIDENING_NARROWS},
    {"character varying", "text", WIDENING_ROOM},
    {"name", "text", WIDENING_KEEPS},
    {"cidr", "inet", WIDENING_KEEPS},
    {"macaddr", "macaddr8", WIDENING_KEEPS},
};

/* What reads back the same from a text; what a client is given for one is another matter. */
static const char *const written_out[] = {"smallint", "integer", "bigint", "numeric", "boolean",
                                          "uuid",     "date",    "json",   NULL};

/* A whole number's digits: those that every one of the type has room for, and those it may have. */
static int integer_digits(const Type *type)
{
    return is(type, "smallint") ? 5 : is(type, "integer") ? 10 : is(type, "bigint") ? 19 : 0;
}

static Widening with_numeric(const Type *from, const Type *to)
{
    if (is(to, "numeric") && integer_digits(from) > 0)
        return whole_digits(to) >= integer_digits(from) && fraction_digits(to) >= 0
                   ? WIDENING_KEEPS
                   : WIDENING_NARROWS;
    if (is(from, "numeric") && integer_digits(to) > 0)
        return whole_digits(from) < integer_digits(to) && fraction_digits(from) <= 0
                   ? WIDENING_KEEPS
                   : WIDENING_NARROWS;
    return WIDENING_NONE;
}

static bool loses_precision(const Type *from, const Type *to)
{
    bool from_time = strncmp(from->name, "time", 4) == 0;

    return from_time && by_size(from->modifier_count ? from->modifiers[0] : 6,
                                to->modifier_count ? to->modifiers[0] : 6) == WIDENING_NARROWS;
}

static Widening by_names(const Type *from, const Type *to)
{
    Widening numeric = with_numeric(from, to);

    if (numeric != WIDENING_NONE)
        return numeric;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (is(from, pairs[i].from) && is(to, pairs[i].to))
            return loses_precision(from, to) ? WIDENING_NARROWS : pairs[i].is;
    }
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        bool is_reversible = pairs[i].is == WIDENING_KEEPS || pairs[i].is == WIDENING_ROOM;
        if (is_reversible && is(to, pairs[i].from) && is(from, pairs[i].to))
            return to->modifier_count || !is(to, "character varying") ? WIDENING_NARROWS
                                                                      : WIDENING_ROOM;
    }
    if (is(to, "text") && is_one_of(from, written_out))
        return WIDENING_KEEPS;
    return WIDENING_UNKNOWN;
}

Widening widening_of(const char *old_type, const char *new_type)
{
    Type from = {0}, to = {0};

    if (strcmp(old_type, new_type) == 0)
        return WIDENING_NONE;
    if (!parse(old_type, &from) || !parse(new_type, &to) || from.dimensions != to.dimensions)
        return WIDENING_UNKNOWN;
    return is(&from, to.name) ? by_modifiers(&from, &to) : by_names(&from, &to);
}
