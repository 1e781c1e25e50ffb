#include "diff/render.h"

#include <assert.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "json/jx.h"
#include "model/change.h"

enum { VALUE_MAX = 100, FILES_SHOWN = 5 };

static const struct {
    const char *mark;
    const char *colour;
} ops[] = {
    [OP_ADDED] = {"+", "\x1b[32m"},    [OP_REMOVED] = {"-", "\x1b[31m"},
    [OP_CHANGED] = {"~", "\x1b[33m"},  [OP_RENAMED] = {">", "\x1b[36m"},
    [OP_REPLACED] = {"*", "\x1b[35m"},
};
static_assert(sizeof ops / sizeof *ops == OP_COUNT, "a mark for every op");

static const char *const severity_colours[] = {
    [SEVERITY_SAFE] = "\x1b[32m",
    [SEVERITY_RISKY] = "\x1b[33m",
    [SEVERITY_BREAKING] = "\x1b[1;31m",
};
static_assert(sizeof severity_colours / sizeof *severity_colours == SEVERITY_COUNT,
              "a colour each");

/* Of drift, which side has the object: what a person wants to know. The rows are in the order in
 * which they are told. */
typedef enum Place { PLACE_DATABASE, PLACE_FILES, PLACE_BOTH, PLACE_COUNT } Place;

static const char *const places[] = {
    [PLACE_DATABASE] = "in the database, made by no migration:",
    [PLACE_FILES] = "in the migrations, not in the database:",
    [PLACE_BOTH] = "in both, but not the same",
};
static_assert(sizeof places / sizeof *places == PLACE_COUNT, "a heading for each");

static const char *const directions[] = {
    [DRIFT_NONE] = "",
    [DRIFT_TO_DATABASE] = " (migrations -> database):",
    [DRIFT_TO_FILES] = " (database -> migrations):",
};

typedef struct Pen {
    FILE *out;
    bool colour;
    Drift drift;
} Pen;

static void put(const Pen *pen, const char *colour, const char *text)
{
    if (pen->colour)
        fputs(colour, pen->out);
    text_print_safe(pen->out, text);
    if (pen->colour)
        fputs("\x1b[0m", pen->out);
}

/* A value on one line: a text as it is, anything else as JSON, both cut. */
static void put_value(const Pen *pen, const json_t *value)
{
    CLEANUP(cleanup_free) char *json = json_is_string(value) ? NULL : jx_text(value);
    const char *text = json ? json : json_string_value(value);
    char cut[VALUE_MAX + 4];

    if (!value) {
        fputs("none", pen->out);
        return;
    }
    size_t length = text_cut(text, VALUE_MAX);
    snprintf(cut, sizeof cut, "%.*s%s", (int)length, text, text[length] ? "..." : "");
    for (char *c = cut; *c; c++)
        if (*c == '\n' || *c == '\t')
            *c = ' ';
    text_print_safe(pen->out, cut);
}

static void put_fields(const Pen *pen, const Change *change, Op op)
{
    bool whole = op == OP_ADDED || op == OP_REMOVED;
    size_t index = 0;
    json_t *field = NULL;

    json_array_foreach(change->fields, index, field)
    {
        const json_t *old = json_object_get(field, "old"), *new = json_object_get(field, "new");
        if (whole && (json_is_array(old) || json_is_array(new)))
            continue;
        if (index == 0 && change_old_id(change))
            continue;
        fputs("      ", pen->out);
        text_print_safe(pen->out, jx_string(field, "name", ""));
        fputs(": ", pen->out);
        if (op != OP_ADDED)
            put_value(pen, old);
        if (!whole)
            fputs(" -> ", pen->out);
        if (op != OP_REMOVED)
            put_value(pen, new);
        fputc('\n', pen->out);
    }
}

/* What roles may do now and could not, one a line. */
static void put_effects(const Pen *pen, const Change *change)
{
    size_t index = 0;
    json_t *effect = NULL;

    json_array_foreach(change->effects, index, effect)
    {
        fputs("      ", pen->out);
        text_print_safe(pen->out, json_string_value(effect));
        fputc('\n', pen->out);
    }
}

static void put_change(const Pen *pen, const Change *change)
{
    Op op = OP_ADDED;
    Severity severity = SEVERITY_SAFE;

    op_parse(change->op, &op);
    severity_parse(change->severity, &severity);
    fputs("  ", pen->out);
    put(pen, ops[op].colour, ops[op].mark);
    fprintf(pen->out, " %s ", change->kind);
    const char *old = change_old_id(change);
    put(pen, pen->colour ? "\x1b[1m" : "", old ? old : change->id);
    if (pen->drift == DRIFT_NONE || (op != OP_ADDED && op != OP_REMOVED))
        fprintf(pen->out, " %s", change_is_move(change) ? "moved" : change->op);
    if (old) {
        fputs(" to ", pen->out);
        put(pen, pen->colour ? "\x1b[1m" : "", change->id);
    }
    int score = change_matched(change);
    if (score > 0)
        fprintf(pen->out, " (by structure, %d.%02d)", score / 100, score % 100);
    fputs("  ", pen->out);
    put(pen, severity_colours[severity], change->severity);
    fputc('\n', pen->out);
    put_fields(pen, change, op);
    if (severity != SEVERITY_SAFE) {
        fputs("      ", pen->out);
        put(pen, "\x1b[2m", change->why);
        fputc('\n', pen->out);
    }
    put_effects(pen, change);
}

static Place place_of(const Change *change, Drift drift)
{
    Op op = OP_ADDED;

    op_parse(change->op, &op);
    return op != OP_ADDED && op != OP_REMOVED                 ? PLACE_BOTH
           : (op == OP_ADDED) == (drift == DRIFT_TO_DATABASE) ? PLACE_DATABASE
                                                              : PLACE_FILES;
}

static bool put_changes(const Pen *pen, const json_t *changes, Err *err)
{
    Change change = {0};

    for (size_t i = 0; i < changes_count(changes); i++) {
        if (!changes_view(changes, i, &change, err))
            return false;
        put_change(pen, &change);
    }
    return true;
}

static bool put_drift(const Pen *pen, const json_t *changes, Err *err)
{
    Change change = {0};

    for (int place = 0; place < PLACE_COUNT; place++) {
        bool is_begun = false;
        for (size_t i = 0; i < changes_count(changes); i++) {
            if (!changes_view(changes, i, &change, err))
                return false;
            if (place_of(&change, pen->drift) != (Place)place)
                continue;
            if (!is_begun)
                fprintf(pen->out, "%s%s\n", places[place],
                        place == PLACE_BOTH ? directions[pen->drift] : "");
            is_begun = true;
            put_change(pen, &change);
        }
    }
    return true;
}

/* "; edited 1_notes.sql, 2_tags.sql", the first one without the semicolon. */
static void put_files(const Pen *pen, const json_t *files, const char *what, bool *is_first)
{
    const json_t *names = json_object_get(files, what);
    size_t count = json_array_size(names);

    if (count == 0)
        return;
    fprintf(pen->out, "%s%s", *is_first ? " " : "; ", what);
    *is_first = false;
    for (size_t i = 0; i < count && i < FILES_SHOWN; i++) {
        fputs(i ? ", " : " ", pen->out);
        text_print_safe(pen->out, json_string_value(json_array_get(names, i)));
    }
    if (count > FILES_SHOWN)
        fprintf(pen->out, " and %zu more", count - FILES_SHOWN);
}

static void put_migrations(const Pen *pen, const json_t *files)
{
    bool is_first = true;

    if (!files)
        return;
    fputs("migrations:", pen->out);
    put_files(pen, files, "added", &is_first);
    put_files(pen, files, "edited", &is_first);
    put_files(pen, files, "removed", &is_first);
    fputc('\n', pen->out);
}

/* Never silent: what is left out is counted. */
static void put_ignored(const json_t *changes, FILE *out)
{
    long long ignored = (long long)jx_int(changes, "ignored", 0);

    if (ignored > 0)
        fprintf(out, "%lld change%s ignored\n", ignored, ignored == 1 ? "" : "s");
}

bool render_text(const json_t *changes, bool colour, FILE *out, Err *err)
{
    const json_t *summary = json_object_get(changes, "summary");
    Pen pen = {out, colour, changes_drift(changes)};
    size_t count = changes_count(changes);

    if (count > 0)
        fprintf(out, "%zu %s%s%s", count, pen.drift ? "difference" : "change",
                count == 1 ? "" : "s", pen.drift ? " between database and migrations" : "");
    for (int severity = SEVERITY_COUNT - 1; severity >= 0 && count > 0; severity--) {
        json_int_t number = jx_int(summary, severity_name((Severity)severity), 0);
        if (number > 0)
            fprintf(out, "%s%lld %s", severity == (int)changes_worst(changes) ? ": " : ", ",
                    (long long)number, severity_name((Severity)severity));
    }
    if (count > 0)
        fputc('\n', out);
    put_migrations(&pen, changes_migrations(changes));
    if (!(pen.drift ? put_drift(&pen, changes, err) : put_changes(&pen, changes, err)))
        return false;
    put_ignored(changes, out);
    return true;
}
