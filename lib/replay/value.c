#include "replay/value.h"

#include <stdlib.h>
#include <string.h>

const Value value_unknown = {.kind = VALUE_UNKNOWN}, value_null = {.kind = VALUE_NULL},
            value_true = {.kind = VALUE_BOOL, .number = 1}, value_false = {.kind = VALUE_BOOL};

const Value *value_bool(bool truth)
{
    return truth ? &value_true : &value_false;
}

const Value *value_between(Arena *arena, int64_t number, int64_t most)
{
    Value *value = arena_alloc(arena, sizeof *value);

    *value = (Value){.kind = VALUE_NUMBER, .number = number, .most = most};
    return value;
}

const Value *value_number(Arena *arena, int64_t number)
{
    return value_between(arena, number, number);
}

const Value *value_text(Arena *arena, const char *text)
{
    Value *value;

    if (!text)
        return &value_null;
    value = arena_alloc(arena, sizeof *value);
    *value = (Value){.kind = VALUE_TEXT, .text = text};
    return value;
}

const Value *value_array(Arena *arena, const Vec *items)
{
    Value *value = arena_alloc(arena, sizeof *value);

    *value = (Value){.kind = VALUE_ARRAY, .items = *items};
    return value;
}

const Value *value_object(Arena *arena, char of, const void *object)
{
    Value *value;

    if (!object)
        return &value_null;
    value = arena_alloc(arena, sizeof *value);
    *value = (Value){.kind = VALUE_OBJECT, .of = of, .object = object};
    return value;
}

bool value_is_certain(const Value *value)
{
    switch (value->kind) {
    case VALUE_UNKNOWN:
        return false;
    case VALUE_NUMBER:
        return value->number == value->most;
    case VALUE_TEXT:
        return !strchr(value->text, VALUE_ANY);
    case VALUE_ARRAY:
    case VALUE_ROW:
        for (size_t i = 0; i < value->items.count; i++)
            if (!value_is_certain(value->items.items[i]))
                return false;
        return true;
    case VALUE_NULL:
    case VALUE_BOOL:
    case VALUE_OBJECT:
        return true;
    }
    return false;
}

bool value_is_true(const Value *value)
{
    value = value_as_bool(value);
    return value->kind == VALUE_BOOL && value->number;
}

bool value_is_false(const Value *value)
{
    value = value_as_bool(value);
    return value->kind == VALUE_NULL || (value->kind == VALUE_BOOL && !value->number);
}

const Value *value_as_number(Arena *arena, const Value *value)
{
    char *end = NULL;
    int64_t number;

    if (value->kind == VALUE_NUMBER || value->kind == VALUE_NULL)
        return value;
    if (value->kind == VALUE_BOOL)
        return value_number(arena, value->number);
    if (value->kind != VALUE_TEXT || !*value->text || strlen(value->text) > 15)
        return &value_unknown;
    number = strtoll(value->text, &end, 10);
    return *end ? &value_unknown : value_number(arena, number);
}

const Value *value_as_bool(const Value *value)
{
    static const char *const yes[] = {"true", "t", "yes", "y", "on", "1", NULL};
    static const char *const no[] = {"false", "f", "no", "n", "off", "0", NULL};

    if (value->kind == VALUE_BOOL || value->kind == VALUE_NULL)
        return value;
    if (value->kind == VALUE_NUMBER && value->number == value->most)
        return value_bool(value->number != 0);
    for (size_t i = 0; value->kind == VALUE_TEXT && yes[i]; i++) {
        if (strcmp(yes[i], value->text) == 0)
            return &value_true;
        if (strcmp(no[i], value->text) == 0)
            return &value_false;
    }
    return &value_unknown;
}

/* Texts with a part that is not known are not compared; what is before it may tell. */
static int compare_text(const char *a, const char *b)
{
    for (; *a && *a == *b; a++, b++)
        if (*a == VALUE_ANY)
            return 2;
    if (*a == VALUE_ANY || *b == VALUE_ANY || *a == VALUE_DATABASE || *b == VALUE_DATABASE)
        return 2;
    if (*a == *b)
        return 0;
    return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
}

static int compare_items(Arena *arena, const Value *a, const Value *b)
{
    for (size_t i = 0; i < a->items.count && i < b->items.count; i++) {
        const Value *one = a->items.items[i], *other = b->items.items[i];
        int order;

        if (one->kind == VALUE_NULL || other->kind == VALUE_NULL)
            return 2;
        order = value_compare(arena, one, other);
        if (order)
            return order;
    }
    return a->items.count == b->items.count ? 0 : a->items.count < b->items.count ? -1 : 1;
}

int value_compare(Arena *arena, const Value *a, const Value *b)
{
    if (a->kind == VALUE_BOOL || b->kind == VALUE_BOOL) {
        a = value_as_bool(a);
        b = value_as_bool(b);
        return a->kind != VALUE_BOOL || b->kind != VALUE_BOOL
                   ? 2
                   : (a->number > b->number) - (a->number < b->number);
    }
    if (a->kind == VALUE_OBJECT && b->kind == VALUE_OBJECT)
        return a->object == b->object ? 0 : 2;
    if (a->kind == VALUE_NUMBER || b->kind == VALUE_NUMBER) {
        a = value_as_number(arena, a);
        b = value_as_number(arena, b);
        if (a->kind != VALUE_NUMBER || b->kind != VALUE_NUMBER)
            return 2;
        if (a->most < b->number)
            return -1;
        if (a->number > b->most)
            return 1;
        return value_is_certain(a) && value_is_certain(b) ? 0 : 2;
    }
    if (a->kind == VALUE_TEXT && b->kind == VALUE_TEXT)
        return compare_text(a->text, b->text);
    if ((a->kind == VALUE_ARRAY || a->kind == VALUE_ROW) && a->kind == b->kind)
        return compare_items(arena, a, b);
    return 2;
}

const Value *value_equal(Arena *arena, const Value *a, const Value *b)
{
    int order;

    if (a->kind == VALUE_NULL || b->kind == VALUE_NULL)
        return &value_null;
    /* Two oids differ or not, without an order. */
    if (a->kind == VALUE_OBJECT && b->kind == VALUE_OBJECT) {
        if ((a->of == '?' && b->of != 'x') || (b->of == '?' && a->of != 'x'))
            return &value_unknown;
        return value_bool(a->object == b->object);
    }
    if ((a->kind == VALUE_OBJECT && b->kind == VALUE_NUMBER && b->most <= 0) ||
        (b->kind == VALUE_OBJECT && a->kind == VALUE_NUMBER && a->most <= 0))
        return &value_false;
    order = value_compare(arena, a, b);
    return order == 2 ? &value_unknown : value_bool(order == 0);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Behind one character of UTF-8. */
static const char *skip_character(const char *text)
{
    do
        text++;
    while (((unsigned char)*text & 0xc0) == 0x80);
    return text;
}

bool value_like(const char *text, const char *pattern, bool fold)
{
    const char *star = NULL, *from = NULL;

    /* Only the last % has to give way: what the ones before it took is as good as anything. */
    while (*text) {
        if (*pattern == '%') {
            star = ++pattern;
            from = text;
        } else if (*pattern == '_') {
            pattern++;
            text = skip_character(text);
        } else {
            const char *letter = pattern + (*pattern == '\\' && pattern[1]);

            if (*letter && (*letter == *text || (fold && lower(*letter) == lower(*text)))) {
                pattern = letter + 1;
                text++;
            } else if (star) {
                pattern = star;
                text = ++from;
            } else {
                return false;
            }
        }
    }
    while (*pattern == '%')
        pattern++;
    return !*pattern;
}
