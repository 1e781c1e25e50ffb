/* Values while a block is run: what is known of them without a server. A value may be known, may be
 * a number between two others, a text with parts that are not known, or not known at all; then
 * nothing may depend on it. */
#ifndef REPLAY_VALUE_H
#define REPLAY_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "replay/catalog.h"

/* In a text: what stands here is not known; it is the name of the database, which nothing depends
 * on but that it is that. */
enum { VALUE_ANY = '\001', VALUE_DATABASE = '\002' };

typedef enum ValueKind {
    VALUE_UNKNOWN,
    VALUE_NULL,
    VALUE_BOOL,   /* number */
    VALUE_NUMBER, /* from number to most */
    VALUE_TEXT,
    VALUE_ARRAY, /* items */
    VALUE_ROW,   /* items and names */
    VALUE_OBJECT /* the oid of an object of the catalog, or of the server's own */
} ValueKind;

typedef struct Value {
    ValueKind kind;
    int64_t number;
    int64_t most;
    const char *text;
    Vec items; /* const Value * */
    const char *const *names;
    const void *object;
    char of;         /* of an object: see value_object */
    bool registered; /* regclass and its like: written as a name */
} Value;

extern const Value value_unknown, value_null, value_true, value_false;

const Value *value_bool(bool truth);
const Value *value_number(Arena *arena, int64_t number);
const Value *value_between(Arena *arena, int64_t number, int64_t most);
/* NULL is the null value. */
const Value *value_text(Arena *arena, const char *text);
const Value *value_array(Arena *arena, const Vec *items);
/* of: r relation, n schema, t type, p function, b function of the server's own, c constraint,
 * i index, g trigger, x extension, u publication, o role, y policy, ? something, but no
 * extension. */
const Value *value_object(Arena *arena, char of, const void *object);

bool value_is_certain(const Value *value); /* all of it is known */
bool value_is_true(const Value *value);
bool value_is_false(const Value *value); /* or null: a condition does not hold */
/* -1, 0, 1, or 2: not known which. Neither is null. */
int value_compare(Arena *arena, const Value *a, const Value *b);
/* true, false, null or unknown. */
const Value *value_equal(Arena *arena, const Value *a, const Value *b);
const Value *value_as_number(Arena *arena, const Value *value);
const Value *value_as_bool(const Value *value);
/* LIKE; fold for ILIKE. */
bool value_like(const char *text, const char *pattern, bool fold);

#endif
