#include "diff/outcome.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "json/jx.h"

enum { SENTENCE_MAX = 200, WORDS_MAX = 4 + CLASS_COUNT };

/* ---- which count ---- */

static bool word_add(const char *word, FailOn *ret)
{
    Severity least = SEVERITY_SAFE;
    Class class = CLASS_UNKNOWN;

    if (strcmp(word, "any") == 0 || (strcmp(word, "safe") != 0 && severity_parse(word, &least))) {
        ret->least = ret->by_severity && ret->least < least ? ret->least : least;
        ret->by_severity = true;
        return true;
    }
    if (!class_parse(word, &class))
        return false;
    ret->classes[class] = true;
    return true;
}

static bool word_fault(const char *word, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    const char *words[WORDS_MAX + 1] = {"any", "risky", "breaking", "none"};
    const char *list = "any, risky, breaking, none";

    for (int class = CLASS_COUNT - 1, at = 4; class >= 0; class --, at++) {
        words[at] = class_name((Class) class);
        list = arena_printf(&arena, "%s, %s", list, words[at]);
    }
    const char *near = text_nearest(word, words);
    if (near)
        return err_set(err, EXIT_USAGE, "--fail-on cannot be '%s', did you mean '%s'?", word, near);
    return err_set(err, EXIT_USAGE, "--fail-on cannot be '%s': it is one of %s", word, list);
}

bool fail_on_parse(const char *const *items, FailOn *ret, Err *err)
{
    *ret = (FailOn){.is_given = *items != NULL, .by_severity = !*items};
    for (const char *const *item = items; *item; item++) {
        if (strcmp(*item, "none") == 0) {
            if (items[1])
                return err_set(err, EXIT_USAGE, "--fail-on 'none' stands alone");
        } else if (!word_add(*item, ret)) {
            return word_fault(*item, err);
        }
    }
    return true;
}

Outcome outcome_of(const json_t *changes, const FailOn *fail_on)
{
    Outcome outcome = {.worst = SEVERITY_SAFE};
    Change change = {0};
    Err ignored = {0};

    for (size_t i = 0; changes_view(changes, i, &change, &ignored); i++) {
        Severity severity = SEVERITY_SAFE;
        Class class = CLASS_UNKNOWN;
        severity_parse(change.severity, &severity);
        if (change.class)
            class_parse(change.class, &class);
        if (!(fail_on->by_severity && severity >= fail_on->least) && !fail_on->classes[class])
            continue;
        outcome.is_finding = true;
        if (severity > outcome.worst)
            outcome.worst = severity;
    }
    return outcome;
}

/* ---- exit status ---- */

static const struct {
    int same;
    int differs;
    int trouble; /* 0: the code it has */
} styles[] = {
    [STYLE_SYSEXITS] = {EXIT_OK, EXIT_FINDING, 0},
    [STYLE_DIFF] = {0, 1, 2},
    [STYLE_TERRAFORM] = {0, 2, 1},
    [STYLE_NAGIOS] = {0, 1, 3},
};
static_assert(sizeof styles / sizeof *styles == STYLE_COUNT, "a row for every style");

const char *const *exit_style_names(void)
{
    static const char *const names[] = {"sysexits", "diff", "terraform", "nagios", NULL};

    static_assert(sizeof names / sizeof *names == STYLE_COUNT + 1, "a name for every style");
    return names;
}

ExitStyle exit_style_of(const char *name)
{
    int style = 0;

    while (name && style < STYLE_COUNT && strcmp(exit_style_names()[style], name) != 0)
        style++;
    return style < STYLE_COUNT ? (ExitStyle)style : STYLE_SYSEXITS;
}

/* OK, WARNING, CRITICAL: a safe change is worth a warning to who asked for it. */
static int nagios_state(const Outcome *outcome, const FailOn *fail_on)
{
    if (!outcome->is_finding)
        return 0;
    return outcome->worst == SEVERITY_BREAKING                     ? 2
           : outcome->worst == SEVERITY_RISKY || fail_on->is_given ? 1
                                                                   : 0;
}

int exit_style_status(ExitStyle style, int status, const Outcome *outcome, const FailOn *fail_on)
{
    if (status > EXIT_FINDING)
        return styles[style].trouble ? styles[style].trouble : status;
    if (style == STYLE_NAGIOS)
        return nagios_state(outcome, fail_on);
    return status == EXIT_FINDING ? styles[style].differs : styles[style].same;
}

/* ---- the line ---- */

/* What a bar is behind is numbers. */
static void put_text(const char *text, FILE *out)
{
    CLEANUP(arena_free) Arena arena = {0};
    char *copy = arena_strdup(&arena, text);

    for (char *c = copy; *c; c++)
        if (*c == '|' || *c == '\n')
            *c = ' ';
    text_print_safe(out, copy);
}

void outcome_write_line(const json_t *changes, const Outcome *outcome, const FailOn *fail_on,
                        const char *text, FILE *out)
{
    static const char *const states[] = {"OK", "WARNING", "CRITICAL"};
    static const char *const numbers[] = {"breaking", "risky", "safe"};
    const json_t *summary = json_object_get(changes, "summary");
    CLEANUP(cleanup_free) char *sentence = text ? NULL : changes_sentence(changes, SENTENCE_MAX);

    fprintf(out, "SCHEMA %s - ", changes ? states[nagios_state(outcome, fail_on)] : "UNKNOWN");
    put_text(text ? text : sentence ? sentence : "", out);
    if (changes)
        fprintf(out, " | changes=%zu", changes_count(changes));
    for (size_t i = 0; changes && i < sizeof numbers / sizeof *numbers; i++)
        fprintf(out, " %s=%lld", numbers[i], (long long)jx_int(summary, numbers[i], 0));
    if (changes)
        fprintf(out, " ignored=%lld", (long long)jx_int(changes, "ignored", 0));
    fputc('\n', out);
}
