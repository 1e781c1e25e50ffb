#include "backup/manifest.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/digest.h"
#include "json/jx.h"

typedef enum LineKind {
    LINE_BAD,
    LINE_HEAD,
    LINE_ENTRY,
    LINE_PIN,
    LINE_UNPIN,
    LINE_GAP,
    LINE_LOST
} LineKind;

typedef struct Line {
    LineKind kind;
    char *text;    /* without the newline */
    size_t length; /* of the text; a bad one may have NULs */
    json_t *value; /* NULL when bad */
} Line;

struct Manifest {
    Line *lines;
    size_t count;
};

bool manifest_is_sha256(const char *text)
{
    return strlen(text) == DIGEST_HEX_SIZE - 1 && strspn(text, "0123456789abcdef") == strlen(text);
}

static bool is_digest(const json_t *value, const char *key)
{
    return manifest_is_sha256(jx_string(value, key, ""));
}

static bool is_id(const json_t *value, const char *key)
{
    return clock_is_ulid(jx_string(value, key, ""));
}

static bool is_count(const json_t *value, const char *key, json_int_t least)
{
    return json_is_integer(json_object_get(value, key)) && jx_int(value, key, -1) >= least;
}

static bool is_entry(const json_t *value)
{
    return is_id(value, "id") && is_digest(value, "sha256") && is_digest(value, "prev") &&
           is_count(value, "seq", 1) && is_count(value, "size", 0) &&
           clock_parse(jx_string(value, "time", ""), &(int64_t){0});
}

static bool is_gap(const json_t *value)
{
    const json_t *objects = json_object_get(value, "objects");
    size_t i = 0;
    const json_t *object = NULL;

    json_array_foreach(objects, i, object)
    {
        if (!json_is_string(object) || !manifest_is_sha256(json_string_value(object))) {
            return false;
        }
    }
    return is_count(value, "dropped", 1) && is_digest(value, "last") && is_digest(value, "prev") &&
           (!objects || json_is_array(objects));
}

static LineKind kind_of(const json_t *value, bool first)
{
    if (first) {
        return strcmp(jx_string(value, "format", ""), "backups/1") == 0 ? LINE_HEAD : LINE_BAD;
    }
    if (json_object_get(value, "dropped")) {
        return is_gap(value) ? LINE_GAP : LINE_BAD;
    }
    if (json_object_get(value, "lost")) {
        return is_count(value, "lost", 1) && is_digest(value, "prev") ? LINE_LOST : LINE_BAD;
    }
    if (json_object_get(value, "pin")) {
        return is_id(value, "pin") && is_digest(value, "prev") ? LINE_PIN : LINE_BAD;
    }
    if (json_object_get(value, "unpin")) {
        return is_id(value, "unpin") && is_digest(value, "prev") ? LINE_UNPIN : LINE_BAD;
    }
    return is_entry(value) ? LINE_ENTRY : LINE_BAD;
}

static void add_line(Manifest *manifest, Line line)
{
    manifest->lines =
        arena_realloc_or_exit(manifest->lines, (manifest->count + 1) * sizeof *manifest->lines);
    manifest->lines[manifest->count++] = line;
}

static void add_text(Manifest *manifest, const char *text, size_t length)
{
    Err ignored = {0};
    Line line = {.text = arena_realloc_or_exit(NULL, length + 1), .length = length};

    memcpy(line.text, text, length);
    line.text[length] = '\0';
    line.value = jx_parse(text, length, "manifest.jsonl", &ignored);
    line.kind = line.value ? kind_of(line.value, manifest->count == 0) : LINE_BAD;
    add_line(manifest, line);
}

/* Takes over value. */
static bool add_value(Manifest *manifest, json_t *value, LineKind kind, Err *err)
{
    Line line = {.kind = kind, .value = value, .text = value ? jx_text(value) : NULL};

    if (!line.text) {
        json_decref(value);
        return err_set(err, EXIT_DATA, "a line of the manifest cannot be written: not UTF-8");
    }
    line.length = strlen(line.text);
    add_line(manifest, line);
    return true;
}

Manifest *manifest_parse(const char *text, size_t length, const char *set)
{
    Manifest *manifest = arena_realloc_or_exit(NULL, sizeof *manifest);

    *manifest = (Manifest){0};
    while (length > 0) {
        const char *end = memchr(text, '\n', length);
        size_t part = end ? (size_t)(end - text) : length;

        if (part > 0) {
            add_text(manifest, text, part);
        }
        part += end != NULL;
        text += part;
        length -= part;
    }
    if (manifest->count == 0) {
        Err ignored = {0};

        (void)add_value(manifest, json_pack("{s:s, s:s}", "format", "backups/1", "set", set),
                        LINE_HEAD, &ignored);
    }
    return manifest;
}

static void free_line(Line *line)
{
    free(line->text);
    json_decref(line->value);
}

void manifest_close(Manifest **manifest)
{
    if (!*manifest) {
        return;
    }
    for (size_t i = 0; i < (*manifest)->count; i++) {
        free_line(&(*manifest)->lines[i]);
    }
    free((*manifest)->lines);
    free(*manifest);
    *manifest = NULL;
}

char *manifest_text(const Manifest *manifest, size_t *ret_length)
{
    size_t length = 0;
    char *text = NULL;
    char *at = NULL;

    for (size_t i = 0; i < manifest->count; i++) {
        length += manifest->lines[i].length + 1;
    }
    text = arena_realloc_or_exit(NULL, length + 1);
    at = text;
    for (size_t i = 0; i < manifest->count; i++) {
        size_t part = manifest->lines[i].length;

        memcpy(at, manifest->lines[i].text, part);
        at[part] = '\n';
        at += part + 1;
    }
    *at = '\0';
    *ret_length = length;
    return text;
}

/* What the next line's "prev" must be. */
static void hash_of(const Line *line, char ret[DIGEST_HEX_SIZE])
{
    if (line->kind == LINE_GAP) {
        memcpy(ret, jx_string(line->value, "last", ""), DIGEST_HEX_SIZE);
    } else {
        digest_hex(line->text, line->length, ret);
    }
}

static bool append(Manifest *manifest, json_t *value, LineKind kind, Err *err)
{
    char prev[DIGEST_HEX_SIZE];

    if (!value) {
        return err_set(err, EXIT_DATA, "a line of the manifest cannot be written: not UTF-8");
    }
    hash_of(&manifest->lines[manifest->count - 1], prev);
    if (!jx_set(value, "prev", json_string(prev), err)) {
        json_decref(value);
        return false;
    }
    return add_value(manifest, value, kind, err);
}

/* The line of the last word on an id's pin, or NULL. */
static const Line *last_pin(const Manifest *manifest, const char *id)
{
    for (size_t i = manifest->count; i-- > 0;) {
        const Line *line = &manifest->lines[i];
        const char *key = line->kind == LINE_PIN     ? "pin"
                          : line->kind == LINE_UNPIN ? "unpin"
                                                     : NULL;

        if (key && strcmp(jx_string(line->value, key, ""), id) == 0) {
            return line;
        }
    }
    return NULL;
}

json_t *manifest_entries(const Manifest *manifest, Err *err)
{
    json_auto_t *entries = json_array();
    json_auto_t *pins = json_object();

    for (size_t i = 0; i < manifest->count; i++) {
        const Line *line = &manifest->lines[i];

        if (line->kind == LINE_PIN &&
            !jx_set(pins, jx_string(line->value, "pin", ""),
                    json_string(jx_string(line->value, "why", "")), err)) {
            return NULL;
        }
        if (line->kind == LINE_UNPIN) {
            (void)json_object_del(pins, jx_string(line->value, "unpin", ""));
        }
    }
    for (size_t i = 0; i < manifest->count; i++) {
        const Line *line = &manifest->lines[i];
        json_t *entry = line->kind == LINE_ENTRY ? json_copy(line->value) : NULL;
        json_t *why = entry ? json_object_get(pins, jx_string(entry, "id", "")) : NULL;

        if (entry && (!jx_append(entries, entry, err) ||
                      (why && !jx_set(entry, "pinned", json_incref(why), err)))) {
            return NULL;
        }
    }
    return json_incref(entries);
}

/* The line's value was altered: its text follows. Only for lines nothing holds the hash of. */
static bool rewrite(Line *line, Err *err)
{
    char *text = jx_text(line->value);

    if (!text) {
        return err_set(err, EXIT_SOFTWARE, "a line of the manifest cannot be written");
    }
    free(line->text);
    line->text = text;
    line->length = strlen(text);
    return true;
}

/* A content that is wanted again must not be taken away should its new line get lost. */
static bool forget_dropped(Manifest *manifest, const char *sha256, Err *err)
{
    for (size_t i = 0; i < manifest->count; i++) {
        Line *line = &manifest->lines[i];
        json_t *objects = line->kind == LINE_GAP ? json_object_get(line->value, "objects") : NULL;

        for (size_t at = json_array_size(objects); at-- > 0;) {
            if (strcmp(json_string_value(json_array_get(objects, at)), sha256) == 0 &&
                (json_array_remove(objects, at) != 0 || !rewrite(line, err))) {
                return false;
            }
        }
    }
    return true;
}

bool manifest_add(Manifest *manifest, json_t *entry, Err *err)
{
    json_int_t seq = 0;

    for (size_t i = 0; i < manifest->count; i++) {
        json_int_t found =
            manifest->lines[i].kind == LINE_ENTRY ? jx_int(manifest->lines[i].value, "seq", 0) : 0;

        seq = found > seq ? found : seq;
    }
    if (entry && (!forget_dropped(manifest, jx_string(entry, "sha256", ""), err) ||
                  !jx_set(entry, "seq", json_integer(seq + 1), err))) {
        json_decref(entry);
        return false;
    }
    return append(manifest, entry, LINE_ENTRY, err);
}

bool manifest_pin(Manifest *manifest, const char *id, const char *time, const char *why, Err *err)
{
    return append(manifest,
                  why && why[0] ? json_pack("{s:s, s:s, s:s}", "pin", id, "time", time, "why", why)
                                : json_pack("{s:s, s:s}", "pin", id, "time", time),
                  LINE_PIN, err);
}

bool manifest_unpin(Manifest *manifest, const char *id, const char *time, Err *err)
{
    return append(manifest, json_pack("{s:s, s:s}", "unpin", id, "time", time), LINE_UNPIN, err);
}

/* ---- taking out ---- */

typedef struct Gap {
    json_int_t dropped;
    json_t *objects; /* NULL: none */
    char prev[DIGEST_HEX_SIZE];
    char last[DIGEST_HEX_SIZE];
} Gap;

static bool widen(Gap *gap, const Line *line, Err *err)
{
    if (gap->dropped == 0) {
        memcpy(gap->prev, jx_string(line->value, "prev", ""), DIGEST_HEX_SIZE);
    }
    gap->dropped += line->kind == LINE_GAP ? jx_int(line->value, "dropped", 1) : 1;
    hash_of(line, gap->last);
    if (line->kind != LINE_ENTRY) {
        return true;
    }
    gap->objects = gap->objects ? gap->objects : json_array();
    return jx_append(gap->objects, json_incref(json_object_get(line->value, "sha256")), err);
}

static bool end_gap(Manifest *kept, Gap *gap, Err *err)
{
    json_t *value = NULL;

    if (gap->dropped == 0) {
        return true;
    }
    value = json_pack("{s:I, s:s, s:o*, s:s}", "dropped", gap->dropped, "last", gap->last,
                      "objects", gap->objects, "prev", gap->prev);
    *gap = (Gap){0};
    return add_value(kept, value, LINE_GAP, err);
}

static bool stays(const Manifest *manifest, const Line *line, const json_t *gone)
{
    const char *pinned = jx_string(line->value, "pin", "");

    switch (line->kind) {
    case LINE_BAD:
    case LINE_HEAD:
    case LINE_LOST:
        return true;
    case LINE_ENTRY:
        return !json_object_get(gone, jx_string(line->value, "id", ""));
    case LINE_PIN:
        return !json_object_get(gone, pinned) && last_pin(manifest, pinned) == line;
    case LINE_UNPIN:
    case LINE_GAP:
        return false;
    }
    return true;
}

bool manifest_drop(Manifest *manifest, const json_t *ids, Err *err)
{
    json_auto_t *gone = json_object();
    CLEANUP(manifest_close) Manifest *kept = arena_realloc_or_exit(NULL, sizeof *kept);
    Manifest swapped = {0};
    Gap gap = {0};
    size_t index = 0;
    const json_t *id = NULL;

    *kept = (Manifest){0};
    json_array_foreach(ids, index, id)
    {
        if (!jx_set(gone, json_string_value(id), json_true(), err)) {
            return false;
        }
    }
    for (size_t i = 0; i < manifest->count; i++) {
        const Line *line = &manifest->lines[i];

        if (!stays(manifest, line, gone)) {
            if (!widen(&gap, line, err)) {
                json_decref(gap.objects);
                return false;
            }
        } else if (!end_gap(kept, &gap, err)) {
            return false;
        } else {
            char *text = arena_realloc_or_exit(NULL, line->length + 1);

            memcpy(text, line->text, line->length + 1);
            add_line(kept, (Line){line->kind, text, line->length, json_incref(line->value)});
        }
    }
    if (!end_gap(kept, &gap, err)) {
        return false;
    }
    swapped = *manifest;
    *manifest = *kept;
    *kept = swapped;
    return true;
}

json_t *manifest_dropped(const Manifest *manifest, Err *err)
{
    json_auto_t *dropped = json_object();

    for (size_t i = 0; i < manifest->count; i++) {
        const Line *line = &manifest->lines[i];
        size_t at = 0;
        const json_t *object = NULL;

        json_array_foreach(line->kind == LINE_GAP ? json_object_get(line->value, "objects") : NULL,
                           at, object)
        {
            if (!jx_set(dropped, json_string_value(object), json_true(), err)) {
                return NULL;
            }
        }
    }
    for (size_t i = 0; i < manifest->count; i++) {
        if (manifest->lines[i].kind == LINE_ENTRY) {
            (void)json_object_del(dropped, jx_string(manifest->lines[i].value, "sha256", ""));
        }
    }
    return json_incref(dropped);
}

bool manifest_mark_lost(Manifest *manifest, size_t contents, Err *err)
{
    return append(manifest, json_pack("{s:I}", "lost", (json_int_t)contents), LINE_LOST, err);
}

/* ---- checking ---- */

static bool find(json_t *findings, const char *what, size_t line, const json_t *value, Err *err)
{
    const char *id = jx_string(value, "id", NULL);

    return jx_append(
        findings,
        id ? json_pack("{s:s, s:I, s:s}", "what", what, "line", (json_int_t)line, "id", id)
           : json_pack("{s:s, s:I}", "what", what, "line", (json_int_t)line),
        err);
}

bool manifest_check(const Manifest *manifest, json_t *findings, Err *err)
{
    json_auto_t *ids = json_object();
    char prev[DIGEST_HEX_SIZE] = "";
    json_int_t seq = 0;
    bool good = true;

    for (size_t i = 0; good && i < manifest->count; i++) {
        const Line *line = &manifest->lines[i];
        const char *id = jx_string(line->value, "id", "");

        if (line->kind == LINE_BAD) {
            good = find(findings, "a line that cannot be read", i + 1, NULL, err);
        } else if (i > 0 && strcmp(jx_string(line->value, "prev", ""), prev) != 0) {
            good = find(findings, "the chain is broken before this line", i + 1, line->value, err);
        }
        if (good && line->kind == LINE_LOST) {
            good = find(findings, "begun anew where a list was lost and its contents were left",
                        i + 1, NULL, err);
        }
        if (good && line->kind == LINE_ENTRY) {
            if (jx_int(line->value, "seq", 0) <= seq || json_object_get(ids, id)) {
                good = find(findings, "out of sequence", i + 1, line->value, err);
            }
            seq = jx_int(line->value, "seq", 0);
            good = good && jx_set(ids, id, json_true(), err);
        }
        hash_of(line, prev);
    }
    return good;
}
