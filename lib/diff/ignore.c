#include "diff/ignore.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "model/change.h"
#include "model/kind.h"

enum { DAY_MS = 24 * 60 * 60 * 1000 };

/* ---- patterns ---- */

/* Behind the character of UTF-8 that text begins with. */
static const char *next(const char *text)
{
    do
        text++;
    while (((unsigned char)*text & 0xc0) == 0x80);
    return text;
}

static bool is_in_range(const char *text, const char *from, const char *to)
{
    size_t length = (size_t)(next(text) - text);
    size_t from_length = (size_t)(next(from) - from), to_length = (size_t)(next(to) - to);

    /* UTF-8 orders as code points do, and longer sequences are greater. */
    return (length > from_length || (length == from_length && memcmp(text, from, length) >= 0)) &&
           (length < to_length || (length == to_length && memcmp(text, to, length) <= 0));
}

/* Behind the set that begins at pattern, "["; NULL: it has no end. */
static const char *set_end(const char *pattern)
{
    const char *at = pattern + 1 + (pattern[1] == '!' || pattern[1] == '^');

    for (at += *at == ']'; *at && *at != ']'; at++)
        at += *at == '\\' && at[1];
    return *at ? at + 1 : NULL;
}

static bool set_fits(const char *pattern, const char *end, const char *text)
{
    bool is_negative = pattern[1] == '!' || pattern[1] == '^', fits = false;
    const char *at = pattern + 1 + is_negative;

    do {
        at += *at == '\\' && at + 1 < end - 1;
        const char *from = at;
        at = next(at);
        const char *to = from;
        if (*at == '-' && at + 1 < end - 1) {
            to = at + 1 + (at[1] == '\\' && at + 2 < end - 1);
            at = next(to);
        }
        fits = fits || is_in_range(text, from, to);
    } while (at < end - 1);
    return fits != is_negative;
}

/* Whether the one character that text begins with fits what pattern begins with; *ret: behind that.
 */
static bool one_fits(const char *pattern, const char *text, const char **ret)
{
    const char *end = *pattern == '[' ? set_end(pattern) : NULL;

    if (end) {
        *ret = end;
        return set_fits(pattern, end, text);
    }
    if (*pattern == '?') {
        *ret = pattern + 1;
        return true;
    }
    pattern += *pattern == '\\' && pattern[1];
    *ret = *pattern ? next(pattern) : pattern;
    return *pattern && is_in_range(text, pattern, pattern);
}

bool ignore_glob(const char *pattern, const char *text)
{
    const char *star = NULL, *retry = NULL, *behind = NULL;

    while (*text) {
        if (*pattern == '*') {
            star = ++pattern;
            retry = text;
        } else if (one_fits(pattern, text, &behind)) {
            pattern = behind;
            text = next(text);
        } else if (star) {
            pattern = star;
            text = retry = next(retry);
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}

/* ---- rules ---- */

typedef enum TermId {
    TERM_KIND,
    TERM_NAME,
    TERM_SCHEMA,
    TERM_ID,
    TERM_FIELD,
    TERM_GRANTEE,
    TERM_CLASS,
    TERM_SEVERITY,
    TERM_OP,
    TERM_UNTIL,
    TERM_COUNT
} TermId;

static const char *const term_names[TERM_COUNT + 1] = {
    [TERM_KIND] = "kind",   [TERM_NAME] = "name",         [TERM_SCHEMA] = "schema",
    [TERM_ID] = "id",       [TERM_FIELD] = "field",       [TERM_GRANTEE] = "grantee",
    [TERM_CLASS] = "class", [TERM_SEVERITY] = "severity", [TERM_OP] = "op",
    [TERM_UNTIL] = "until",
};

typedef struct Term {
    TermId what;
    bool is_negative;
    const char *const *patterns; /* NULL-terminated */
    const struct Term *next;
} Term;

typedef struct Rule {
    bool keeps;
    bool is_of_members;
    bool is_of_grantees;
    const Term *terms;
    struct Rule *next;
} Rule;

struct Ignore {
    Arena arena;
    Rule *first;
    Rule **end;
    bool has_grantees;
};

Ignore *ignore_new(void)
{
    Ignore *ignore = arena_realloc_or_exit(NULL, sizeof *ignore);

    *ignore = (Ignore){0};
    ignore->end = &ignore->first;
    return ignore;
}

void ignore_close(Ignore **ignore)
{
    if (!*ignore)
        return;
    arena_free(&(*ignore)->arena);
    free(*ignore);
    *ignore = NULL;
}

bool ignore_has_grantees(const Ignore *ignore)
{
    return ignore && ignore->has_grantees;
}

/* ---- reading ---- */

typedef struct Reader {
    Arena *arena;
    const char *text;
    const char *at;
    const char *place;
    ExitCode code;
    Err *err;
} Reader;

static bool fault(const Reader *reader, const char *at, const char *what, const char *subject)
{
    return err_set(reader->err, reader->code, "%s: column %zu: %s%s%s%s", reader->place,
                   (size_t)(at - reader->text) + 1, what, subject ? " '" : "",
                   subject ? subject : "", subject ? "'" : "");
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool read_name(Reader *reader, TermId *ret)
{
    const char *start = reader->at;
    size_t length = strspn(start, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-");
    char *name = arena_strndup(reader->arena, start, length);

    for (int i = 0; i < TERM_COUNT; i++)
        if (strcmp(term_names[i], name) == 0) {
            *ret = (TermId)i;
            reader->at += length;
            return true;
        }
    if (length == 0)
        return fault(reader, start, "NAME=VALUE is wanted here", NULL);
    const char *near = text_nearest(name, term_names);
    return fault(reader, start,
                 near ? arena_printf(reader->arena, "no '%s' in a rule, did you mean", name)
                      : "a rule knows kind, name, schema, id, field, grantee, class, severity, op "
                        "and until, not",
                 near ? near : name);
}

/* One pattern: bare, in quotes, or both in a row. */
static bool read_pattern(Reader *reader, const char **ret)
{
    const char *start = reader->at;
    char *pattern = arena_alloc(reader->arena, strlen(start) + 1);
    size_t length = 0;
    bool is_quoted = false;

    while (*reader->at && !is_blank(*reader->at) && *reader->at != '|') {
        char quote = *reader->at;
        if (quote != '"' && quote != '\'') {
            if (quote == '\\' && reader->at[1])
                pattern[length++] = *reader->at++;
            pattern[length++] = *reader->at++;
            continue;
        }
        is_quoted = true;
        const char *opened = reader->at++;
        while (*reader->at && (*reader->at != quote || reader->at[1] == quote)) {
            reader->at += *reader->at == quote;
            pattern[length++] = *reader->at++;
        }
        if (*reader->at++ != quote) {
            reader->at = opened;
            return fault(reader, opened, "a quote that is not closed", NULL);
        }
    }
    *ret = pattern;
    return length > 0 || is_quoted || fault(reader, start, "a value is wanted here", NULL);
}

static bool read_patterns(Reader *reader, const char *const **ret)
{
    const char **patterns = arena_alloc(reader->arena, (strlen(reader->at) + 2) * sizeof *patterns);
    size_t count = 0;

    for (;;) {
        if (!read_pattern(reader, &patterns[count++]))
            return false;
        if (*reader->at != '|')
            break;
        reader->at++;
    }
    *ret = patterns;
    return true;
}

/* The end of the day that the text names. */
static bool read_until(Reader *reader, const char *start, const Term *term, int64_t *ret)
{
    char time[CLOCK_TEXT_SIZE];

    if (term->is_negative || term->patterns[1] || strlen(term->patterns[0]) != 10)
        return fault(reader, start, "until=YYYY-MM-DD is wanted here", NULL);
    snprintf(time, sizeof time, "%.10sT00:00:00.000Z", term->patterns[0]);
    if (!clock_parse(time, ret))
        return fault(reader, start, "no such day:", term->patterns[0]);
    *ret += DAY_MS;
    return true;
}

static bool is_kind(const char *name)
{
    for (int kind = 0; kind < KIND_COUNT; kind++)
        if (strcmp(kind_of((KindId)kind)->name, name) == 0)
            return true;
    return false;
}

/* A word that is none of those there are would never fit: a slip. */
static bool check_words(Reader *reader, const char *start, const Term *term)
{
    for (const char *const *pattern = term->patterns; *pattern; pattern++) {
        Op op = OP_ADDED;
        Severity severity = SEVERITY_SAFE;
        Class class = CLASS_UNKNOWN;
        bool is_known = strpbrk(*pattern, "*?[\\") ||
                        (term->what == TERM_KIND       ? is_kind(*pattern)
                         : term->what == TERM_OP       ? op_parse(*pattern, &op)
                         : term->what == TERM_SEVERITY ? severity_parse(*pattern, &severity)
                         : term->what == TERM_CLASS    ? class_parse(*pattern, &class)
                                                       : true);
        if (!is_known)
            return fault(reader, start,
                         arena_printf(reader->arena, "there is no %s", term_names[term->what]),
                         *pattern);
    }
    return true;
}

static bool read_term(Reader *reader, Rule *rule, int64_t *until)
{
    Term *term = arena_alloc(reader->arena, sizeof *term);
    const char *start = reader->at;

    if (!read_name(reader, &term->what))
        return false;
    term->is_negative = *reader->at == '!';
    reader->at += term->is_negative;
    if (*reader->at != '=')
        return fault(reader, reader->at, "= or != is wanted here", NULL);
    reader->at++;
    if (!read_patterns(reader, &term->patterns))
        return false;
    if (term->what == TERM_UNTIL)
        return read_until(reader, start, term, until);
    term->next = rule->terms;
    rule->terms = term;
    rule->is_of_grantees |= term->what == TERM_GRANTEE;
    rule->is_of_members |= term->what == TERM_FIELD || term->what == TERM_GRANTEE;
    return check_words(reader, start, term);
}

bool ignore_add(Ignore *ignore, const char *text, const char *place, int64_t now_ms, ExitCode code,
                bool *ret_expired, Err *err)
{
    Reader reader = {&ignore->arena, text, text, place, code, err};
    Rule *rule = arena_alloc(&ignore->arena, sizeof *rule);
    int64_t until = INT64_MAX;

    *ret_expired = false;
    reader.at += strspn(reader.at, " \t");
    rule->keeps = *reader.at == '!';
    reader.at += rule->keeps;
    do {
        reader.at += strspn(reader.at, " \t");
        if (!read_term(&reader, rule, &until))
            return false;
        reader.at += strspn(reader.at, " \t");
    } while (*reader.at);
    if (!rule->terms)
        return fault(&reader, text, "a rule that says nothing but until when", NULL);
    *ret_expired = now_ms >= until;
    if (*ret_expired)
        return true;
    *ignore->end = rule;
    ignore->end = &rule->next;
    ignore->has_grantees |= rule->is_of_grantees;
    return true;
}

/* ---- asking ---- */

static bool fits_any(const char *const *patterns, const char *text)
{
    for (; text && *patterns; patterns++)
        if (ignore_glob(*patterns, text))
            return true;
    return false;
}

static bool term_fits(const Term *term, const IgnoreFact *fact)
{
    const char *const texts[TERM_COUNT] = {
        [TERM_KIND] = fact->kind,         [TERM_NAME] = fact->name,
        [TERM_SCHEMA] = fact->schema,     [TERM_ID] = fact->id,
        [TERM_FIELD] = fact->field,       [TERM_CLASS] = fact->class,
        [TERM_SEVERITY] = fact->severity, [TERM_OP] = fact->op,
        [TERM_GRANTEE] = fact->grantee,
    };
    bool fits = fits_any(term->patterns, texts[term->what]) ||
                (term->what == TERM_ID && fits_any(term->patterns, fact->old_id));

    return fits != term->is_negative;
}

static bool rule_fits(const Rule *rule, const IgnoreFact *fact)
{
    if ((rule->is_of_members && !fact->field) || (rule->is_of_grantees && !fact->grantee))
        return false;
    for (const Term *term = rule->terms; term; term = term->next)
        if (!term_fits(term, fact))
            return false;
    return true;
}

bool ignore_takes(const Ignore *ignore, const IgnoreFact *fact)
{
    for (const Rule *rule = ignore ? ignore->first : NULL; rule; rule = rule->next)
        if (rule_fits(rule, fact))
            return !rule->keeps;
    return false;
}
