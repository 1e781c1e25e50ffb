#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "json/jx.h"
#include "model/snapshot.h"

enum { KEY_MAX = 4 };

/* The quote that ends the string which starts at that one; the length where none does. */
static size_t string_end(const char *text, size_t start, size_t length)
{
    for (size_t i = start + 1; i < length; i++) {
        const char *quote = memchr(text + i, '"', length - i);
        if (!quote)
            return length;
        size_t escapes = 0;
        for (i = (size_t)(quote - text); text[i - 1 - escapes] == '\\'; escapes++)
            continue;
        if (escapes % 2 == 0)
            return i;
    }
    return length;
}

/* How many of what is open are opened there, less those that are ended: compilers look at many
 * bytes at a time. */
static int depth_of(const char *text, size_t length)
{
    int depth = 0;

    for (size_t i = 0; i < length; i++)
        depth += ((text[i] | 0x20) == '{') - ((text[i] | 0x20) == '}');
    return depth;
}

/* Those keys ("\"id\":\"") at the top level, found by skipping what is nested, without building a
 * value: the last character of each, or NULL. */
static void text_find(const SnapshotLine *line, const char *const *keys, int count,
                      const char *ret[KEY_MAX])
{
    const char *text = line->text;
    size_t length = line->length;
    int depth = 0, left = count;

    memset(ret, 0, KEY_MAX * sizeof *ret);
    for (size_t i = 0; i < length && left > 0; i++) {
        const char *quote = memchr(text + i, '"', length - i);
        if (!quote)
            return;
        depth += depth_of(text + i, (size_t)(quote - text) - i);
        i = (size_t)(quote - text);
        for (int key = 0; depth == 1 && key < count; key++) {
            size_t size = strlen(keys[key]);
            if (ret[key] || length - i <= size || memcmp(quote, keys[key], size) != 0)
                continue;
            ret[key] = quote + size - 1;
            left--;
        }
        i = string_end(text, i, length);
    }
}

/* How long the string is that starts there, when it has no escapes; 0: it has, or ends nowhere. */
static size_t bare_length(const SnapshotLine *line, const char *start)
{
    size_t left = line->length - (size_t)(start - line->text), length = 1;

    while (length < left && start[length] != '"' && start[length] != '\\')
        length++;
    return length < left && start[length] == '"' ? length : 0;
}

/* The string that starts there, with escapes. */
static json_t *text_value(const SnapshotLine *line, const char *start)
{
    size_t left = line->length - (size_t)(start - line->text);

    return json_loadb(start, left, JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK, NULL);
}

/* The string that starts there, unescaped, from malloc; NULL when there is none. */
static char *text_string(const SnapshotLine *line, const char *start)
{
    size_t bare = start ? bare_length(line, start) : 0;

    if (!start)
        return NULL;
    if (bare > 0) {
        char *plain = memcpy(arena_realloc_or_exit(NULL, bare), start + 1, bare - 1);
        plain[bare - 1] = '\0';
        return plain;
    }
    json_auto_t *value = text_value(line, start);
    const char *text = json_string_value(value);
    size_t size = text ? strlen(text) + 1 : 0;
    return text ? memcpy(arena_realloc_or_exit(NULL, size), text, size) : NULL;
}

/* The same in the arena. */
static const char *text_kept(const SnapshotLine *line, const char *start, Arena *arena)
{
    size_t bare = start ? bare_length(line, start) : 0;

    if (bare > 0)
        return arena_strndup(arena, start + 1, bare - 1);
    json_auto_t *value = start ? text_value(line, start) : NULL;
    return arena_strdup(arena, json_string_value(value));
}

/* What a line is about, for messages. */
static const char *line_what(const SnapshotLine *line)
{
    return line->part == SNAPSHOT_LINEAGE       ? "lineage"
           : line->part == SNAPSHOT_TRANSACTION ? "transaction"
                                                : kind_of(line->kind)->name;
}

static void refuse_id(const SnapshotLine *line, Err *err)
{
    err_set(err, EXIT_DATA, "'%s':%lu: a %s without an id", line->name, line->number,
            line_what(line));
}

static bool kind_string(const SnapshotLine *line, const char *start, KindId *ret, Err *err)
{
    char name[32]; /* longer than any kind's */
    size_t bare = start ? bare_length(line, start) : 0;
    bool fits = bare > 0 && bare <= sizeof name;
    CLEANUP(cleanup_free) char *other = fits ? NULL : text_string(line, start);

    if (fits) {
        memcpy(name, start + 1, bare - 1);
        name[bare - 1] = '\0';
    }
    if (!(fits || other) || !kind_by_name(fits ? name : other, ret))
        return err_set(err, EXIT_DATA, "'%s':%lu: a %s of a kind this version does not know",
                       line->name, line->number, line_what(line));
    return true;
}

static const char id_key[] = "\"id\":\"", kind_key[] = "\"kind\":\"";

char *snapshot_line_id(const SnapshotLine *line, Err *err)
{
    const char *const keys[] = {id_key};
    const char *found[KEY_MAX];

    text_find(line, keys, 1, found);
    char *id = text_string(line, found[0]);
    if (!id)
        refuse_id(line, err);
    return id;
}

bool snapshot_line_kind(const SnapshotLine *line, KindId *ret, Err *err)
{
    const char *const keys[] = {kind_key};
    const char *found[KEY_MAX];

    if (line->part == SNAPSHOT_OBJECT) {
        *ret = line->kind;
        return true;
    }
    text_find(line, keys, 1, found);
    return kind_string(line, found[0], ret, err);
}

bool snapshot_line_lineage(const SnapshotLine *line, SnapshotLineage *ret, Arena *arena, Err *err)
{
    static const char *const keys[] = {id_key, kind_key, "\"oid\":", "\"stamp\":\""};
    const char *found[KEY_MAX];

    *ret = (SnapshotLineage){0};
    text_find(line, keys, KEY_MAX, found);
    if (!kind_string(line, found[1], &ret->kind, err))
        return false;
    ret->id = text_kept(line, found[0], arena);
    ret->oid = found[2] ? (uint32_t)strtoul(found[2] + 1, NULL, 10) : 0;
    ret->stamp = text_kept(line, found[3], arena);
    if (!ret->id) {
        refuse_id(line, err);
        return false;
    }
    ret->named = found[0] + 2 - sizeof id_key;
    ret->named_length = string_end(line->text, (size_t)(found[0] - line->text), line->length) + 1 -
                        (size_t)(ret->named - line->text);
    return true;
}

json_t *snapshot_line_parse(const SnapshotLine *line, const char *name, Err *err)
{
    Err in_line = {0};
    json_t *object = jx_parse(line->text, line->length, name, &in_line);

    /* The place is that in the document, not in the line. */
    if (!object) {
        json_error_t error = {0};
        json_t *again = json_loadb(line->text, line->length, JSON_REJECT_DUPLICATES, &error);
        err_set(err, EXIT_DATA, "'%s':%lu:%d: %s", name, line->number, again ? 1 : error.column,
                again ? in_line.msg : error.text);
        json_decref(again);
    }
    return object;
}

const JxItem *snapshot_line_items(const SnapshotLine *line, JxItems *items, const char *name,
                                  Err *err)
{
    const JxItem *object = jx_items_parse(items, line->text, line->length);

    if (!object) {
        json_auto_t *again = snapshot_line_parse(line, name, err);

        if (again)
            err_set(err, EXIT_DATA, "'%s':%lu: not the JSON of a snapshot", name, line->number);
    }
    return object;
}

/* Where the value that starts there ends: at the comma or brace behind it. */
static size_t value_end(const char *text, size_t start, size_t length)
{
    int depth = 0;

    for (size_t i = start; i < length; i++) {
        if (text[i] == '"')
            i = string_end(text, i, length);
        else if (text[i] == '{' || text[i] == '[')
            depth++;
        else if (depth == 0 && (text[i] == ',' || text[i] == '}'))
            return i;
        else if (text[i] == '}' || text[i] == ']')
            depth--;
    }
    return length;
}

static bool is_one_of(const char *name, size_t length, const char *const *names)
{
    for (; *names; names++)
        if (strlen(*names) == length && memcmp(*names, name, length) == 0)
            return true;
    return false;
}

json_t *snapshot_line_parse_without(const SnapshotLine *line, const char *const *members,
                                    const char *name, Err *err)
{
    const char *text = line->text;
    CLEANUP(cleanup_free) char *rest = arena_realloc_or_exit(NULL, line->length + 1);
    size_t length = 0;
    bool all = true;

    for (size_t i = 0, next = 0; i + 1 < line->length; i = next) { /* at what is before a member */
        size_t end = text[i + 1] == '"' ? string_end(text, i + 1, line->length) : line->length;

        next = end < line->length ? value_end(text, end + 1, line->length) : line->length;
        if (end < line->length && is_one_of(text + i + 2, end - i - 2, members)) {
            all = false;
            continue;
        }
        memcpy(rest + length, text + i, next - i);
        rest[length] = length == 0 ? '{' : text[i];
        length += next - i;
    }
    if (all)
        return snapshot_line_parse(line, name, err);
    if (length == 0)
        rest[length++] = '{';
    rest[length++] = '}';
    const SnapshotLine shorter = {.name = line->name,
                                  .part = line->part,
                                  .kind = line->kind,
                                  .text = rest,
                                  .length = length,
                                  .number = line->number};

    Err at_another_place = {0};
    json_t *object = snapshot_line_parse(&shorter, name, &at_another_place);

    return object ? object : snapshot_line_parse(line, name, err);
}
