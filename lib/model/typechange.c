#include "model/typechange.h"

#include <limits.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum { NAME_ROOM = 80, FULL_PRECISION = 6 };

/* "numeric(10,2)[]" taken apart: the name without its modifiers, these, and how many []. */
typedef struct Type {
    char name[NAME_ROOM];
    int modifiers[2];
    int modifier_count;
    size_t dimensions;
    int least_field; /* of an interval: 0 seconds ... 5 years, what is below is cut */
} Type;

static const TypeChange unknown = {HOLD_UNKNOWN, true}, narrows = {HOLD_NARROWS, true};

/* ---- types taken apart ---- */

static bool is(const Type *type, const char *name)
{
    return strcmp(type->name, name) == 0;
}

/* "interval day to minute" is an interval that ends with minutes. */
static void take_fields(Type *type)
{
    static const char *const fields[] = {"second", "minute", "hour", "day", "month", "year"};
    static const char head[] = "interval ";

    if (strncmp(type->name, head, sizeof head - 1) != 0)
        return;
    const char *last = strrchr(type->name, ' ') + 1;
    for (int i = 0; i < (int)(sizeof fields / sizeof *fields); i++)
        if (strcmp(last, fields[i]) == 0)
            type->least_field = i;
    type->name[sizeof head - 2] = '\0';
}

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
    take_fields(&type);
    *ret = type;
    return true;
}

/* ---- what a modifier measures ---- */

typedef enum Measure {
    MEASURE_NONE,
    MEASURE_LENGTH,    /* so many at most; without a modifier as many as one likes */
    MEASURE_PADDED,    /* likewise, but each value is filled up with what means nothing */
    MEASURE_EXACT,     /* just so many */
    MEASURE_DIGITS,    /* in all, and behind the point */
    MEASURE_PRECISION, /* of seconds */
} Measure;

static const struct {
    const char *name;
    Measure measure;
} measures[] = {
    {"text", MEASURE_LENGTH},
    {"character varying", MEASURE_LENGTH},
    {"character", MEASURE_PADDED},
    {"bpchar", MEASURE_LENGTH},
    {"bit varying", MEASURE_LENGTH},
    {"bit", MEASURE_EXACT},
    {"numeric", MEASURE_DIGITS},
    {"timestamp without time zone", MEASURE_PRECISION},
    {"timestamp with time zone", MEASURE_PRECISION},
    {"time without time zone", MEASURE_PRECISION},
    {"time with time zone", MEASURE_PRECISION},
    {"interval", MEASURE_PRECISION},
};

static Measure measure_of(const Type *type)
{
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
        if (is(type, measures[i].name))
            return measures[i].measure;
    return MEASURE_NONE;
}

/* Digits before the point; without modifiers as many as one likes. */
static int whole_digits(const Type *type)
{
    return type->modifier_count == 0 ? INT_MAX : type->modifiers[0] - type->modifiers[1];
}

static int fraction_digits(const Type *type)
{
    return type->modifier_count == 0 ? INT_MAX : type->modifiers[1];
}

/* Of what is measured by one number. */
static int room_of(const Type *type)
{
    bool is_precision = measure_of(type) == MEASURE_PRECISION;

    return type->modifier_count > 0 ? type->modifiers[0] : is_precision ? FULL_PRECISION : INT_MAX;
}

/* ---- the same type with other modifiers ---- */

static TypeChange change_of_modifiers(const Type *from, const Type *to)
{
    switch (measure_of(from)) {
    case MEASURE_LENGTH:
        return room_of(to) >= room_of(from) ? (TypeChange){HOLD_ROOM, false} : narrows;
    case MEASURE_PADDED:
        return room_of(to) >= room_of(from) ? (TypeChange){HOLD_ROOM, true} : narrows;
    case MEASURE_DIGITS:
        return whole_digits(to) >= whole_digits(from) &&
                       fraction_digits(to) >= fraction_digits(from)
                   ? (TypeChange){HOLD_ROOM, to->modifier_count > 0 &&
                                                 fraction_digits(to) != fraction_digits(from)}
                   : narrows;
    case MEASURE_PRECISION:
        /* What has no seconds needs no precision of them. */
        return to->least_field <= from->least_field &&
                       (from->least_field > 0 || room_of(to) >= room_of(from))
                   ? (TypeChange){HOLD_ROOM, false}
                   : narrows;
    case MEASURE_EXACT:
        return narrows;
    case MEASURE_NONE:
        break;
    }
    return unknown;
}

/* ---- other types ---- */

/* The reverse of a row that keeps or gives room narrows. */
static const struct {
    const char *from;
    const char *to;
    TypeChange change;
} pairs[] = {
    {"smallint", "integer", {HOLD_KEEPS, true}},
    {"smallint", "bigint", {HOLD_KEEPS, true}},
    {"smallint", "real", {HOLD_KEEPS, true}},
    {"smallint", "double precision", {HOLD_KEEPS, true}},
    {"integer", "bigint", {HOLD_KEEPS, true}},
    {"integer", "double precision", {HOLD_KEEPS, true}},
    {"integer", "real", {HOLD_NARROWS, true}},
    {"real", "integer", {HOLD_NARROWS, true}},
    {"bigint", "real", {HOLD_NARROWS, true}},
    {"real", "bigint", {HOLD_NARROWS, true}},
    {"bigint", "double precision", {HOLD_NARROWS, true}},
    {"double precision", "bigint", {HOLD_NARROWS, true}},
    {"real", "double precision", {HOLD_KEEPS, true}},
    {"numeric", "real", {HOLD_NARROWS, true}},
    {"real", "numeric", {HOLD_NARROWS, true}},
    {"numeric", "double precision", {HOLD_NARROWS, true}},
    {"double precision", "numeric", {HOLD_NARROWS, true}},
    {"date", "timestamp without time zone", {HOLD_KEEPS, true}},
    {"date", "timestamp with time zone", {HOLD_SHIFTS, true}},
    {"timestamp with time zone", "date", {HOLD_NARROWS, true}},
    {"timestamp without time zone", "time without time zone", {HOLD_NARROWS, true}},
    {"timestamp with time zone", "time without time zone", {HOLD_NARROWS, true}},
    {"timestamp with time zone", "time with time zone", {HOLD_NARROWS, true}},
    /* Where the session's time zone is UTC no row is written anew, but who knows. */
    {"timestamp without time zone", "timestamp with time zone", {HOLD_SHIFTS, true}},
    {"timestamp with time zone", "timestamp without time zone", {HOLD_SHIFTS, true}},
    {"time without time zone", "time with time zone", {HOLD_SHIFTS, true}},
    {"time with time zone", "time without time zone", {HOLD_NARROWS, true}},
    {"character varying", "text", {HOLD_ROOM, false}},
    /* Blanks at the end are lost, of no value to many. */
    {"text", "character", {HOLD_UNKNOWN, true}},
    {"character varying", "character", {HOLD_UNKNOWN, true}},
    {"character", "bpchar", {HOLD_ROOM, false}},
    {"character", "character varying", {HOLD_KEEPS, true}},
    {"bit", "bit varying", {HOLD_KEEPS, false}},
    {"name", "text", {HOLD_KEEPS, true}},
    {"cidr", "inet", {HOLD_KEEPS, false}},
    {"xml", "text", {HOLD_KEEPS, false}},
    {"macaddr", "macaddr8", {HOLD_KEEPS, true}},
    {"jsonb", "json", {HOLD_KEEPS, true}},
    /* Blanks, the order of keys and all but the last of the same are lost. */
    {"json", "jsonb", {HOLD_UNKNOWN, true}},
};

static bool is_reversible(TypeHold hold)
{
    return hold == HOLD_KEEPS || hold == HOLD_ROOM;
}

/* A whole number's digits: those that every one of the type has room for, and those it may have. */
static int integer_digits(const Type *type)
{
    return is(type, "smallint") ? 5 : is(type, "integer") ? 10 : is(type, "bigint") ? 19 : 0;
}

static TypeChange change_with_numeric(const Type *from, const Type *to)
{
    static const TypeChange keeps = {HOLD_KEEPS, true};

    if (is(to, "numeric") && integer_digits(from) > 0)
        return whole_digits(to) >= integer_digits(from) && fraction_digits(to) >= 0 ? keeps
                                                                                    : narrows;
    if (is(from, "numeric") && integer_digits(to) > 0)
        return whole_digits(from) < integer_digits(to) && fraction_digits(from) <= 0 ? keeps
                                                                                     : narrows;
    return unknown;
}

/* A row of the table, where both have a length or a precision the new one's being enough. */
static TypeChange change_by_row(const Type *from, const Type *to, TypeChange change)
{
    bool is_measured = measure_of(from) && measure_of(to);

    if (is_measured && room_of(to) < room_of(from))
        return narrows;
    /* A length that is given is seen to in each row. */
    return (TypeChange){change.hold, change.rewrites || (is_measured && to->modifier_count > 0)};
}

static TypeChange change_of_names(const Type *from, const Type *to)
{
    TypeChange numeric = change_with_numeric(from, to);
    bool is_any_length = is(to, "text") || is(to, "character varying");

    if (numeric.hold != HOLD_UNKNOWN)
        return numeric;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (is(from, pairs[i].from) && is(to, pairs[i].to))
            return change_by_row(from, to, pairs[i].change);
    if (is(from, "text") && is_any_length && to->modifier_count == 0)
        return (TypeChange){HOLD_ROOM, false};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (is_reversible(pairs[i].change.hold) && is(to, pairs[i].from) && is(from, pairs[i].to))
            return narrows;
    return unknown;
}

TypeChange typechange_of(const char *old_type, const char *new_type)
{
    Type from = {0}, to = {0};

    if (strcmp(old_type, new_type) == 0)
        return (TypeChange){HOLD_SAME, false};
    if (!parse(old_type, &from) || !parse(new_type, &to))
        return unknown;
    bool holds_any = to.dimensions == 0 && to.modifier_count == 0 &&
                     (is(&to, "text") || is(&to, "character varying"));
    TypeChange change = from.dimensions != to.dimensions ? unknown
                        : is(&from, to.name)             ? change_of_modifiers(&from, &to)
                                                         : change_of_names(&from, &to);
    /* An array's elements are converted one by one, unless there is nothing to convert to. */
    if (to.dimensions > 0 && !(is(&from, to.name) && to.modifier_count == 0))
        change.rewrites = true;
    return change.hold == HOLD_UNKNOWN && holds_any ? (TypeChange){HOLD_KEEPS, true} : change;
}
