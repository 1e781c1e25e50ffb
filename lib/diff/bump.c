#include "diff/bump.h"

#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "json/jx.h"
#include "model/change.h"

static const char *const names[] = {
    [BUMP_NONE] = "none",
    [BUMP_PATCH] = "patch",
    [BUMP_MINOR] = "minor",
    [BUMP_MAJOR] = "major",
};
static_assert(sizeof names / sizeof *names == BUMP_COUNT, "a name for each");

/* The first row with a number in the summary decides. */
static const struct {
    const char *number;
    Bump bump;
} rules[] = {
    {"breaking", BUMP_MAJOR},
    {"risky", BUMP_MINOR},
    {"added", BUMP_MINOR},
    {"total", BUMP_PATCH},
};

Bump bump_of(const json_t *changes)
{
    const json_t *summary = json_object_get(changes, "summary");

    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (jx_int(summary, rules[i].number, 0) > 0)
            return rules[i].bump;
    return BUMP_NONE;
}

const char *bump_name(Bump bump)
{
    return names[bump];
}

typedef struct Number {
    uint64_t part[3];
    bool is_before; /* has PRE */
} Number;

/* Identifiers of letters, digits and hyphens between full stops; behind them, or NULL. */
static const char *identifiers(const char *text)
{
    for (;;) {
        size_t length = 0;
        while (isalnum((unsigned char)text[length]) || text[length] == '-')
            length++;
        if (length == 0)
            return NULL;
        text += length;
        if (*text != '.')
            return text;
        text++;
    }
}

static bool parse(const char *text, Number *ret)
{
    const char *at = text + (*text == 'v');

    for (int i = 0; i < 3; i++) {
        size_t digits = strspn(at, "0123456789");
        if (digits == 0 || digits > 18 || (digits > 1 && *at == '0'))
            return false;
        sscanf(at, "%" SCNu64, &ret->part[i]);
        at += digits;
        if (i < 2 && *at++ != '.')
            return false;
    }
    ret->is_before = *at == '-';
    if (*at == '-')
        at = identifiers(at + 1);
    if (at && *at == '+')
        at = identifiers(at + 1);
    return at && !*at;
}

bool bump_is_version(const char *text)
{
    Number ignored = {0};

    return parse(text, &ignored);
}

char *bump_next(const char *text, Bump bump, Err *err)
{
    Number number = {0};
    size_t room = strlen(text) + 64;
    char *next = NULL;

    if (!parse(text, &number)) {
        err_set(err, EXIT_USAGE, "'%s' is no version MAJOR.MINOR.PATCH", text);
        return NULL;
    }
    next = arena_realloc_or_exit(NULL, room);
    if (bump == BUMP_NONE)
        return memcpy(next, text, strlen(text) + 1);
    size_t at = bump == BUMP_MAJOR ? 0 : bump == BUMP_MINOR ? 1 : 2;
    bool is_enough = number.is_before;
    for (size_t i = at + 1; i < 3; i++) {
        is_enough = is_enough && number.part[i] == 0;
        number.part[i] = 0;
    }
    number.part[at] += !is_enough;
    snprintf(next, room, "%s%" PRIu64 ".%" PRIu64 ".%" PRIu64, *text == 'v' ? "v" : "",
             number.part[0], number.part[1], number.part[2]);
    return next;
}
