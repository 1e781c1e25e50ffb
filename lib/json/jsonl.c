#include "json/jsonl.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/lock.h"
#include "json/jx.h"

enum { LOCK_WAIT_MS = 10000 };

/* The file's text, empty when there is no file. */
static bool history_read(const char *path, char **ret_text, size_t *ret_length, Err *err)
{
    if (file_exists(path))
        return file_read(path, 0, ret_text, ret_length, err);
    *ret_text = arena_realloc_or_exit(NULL, 1);
    **ret_text = '\0';
    *ret_length = 0;
    return true;
}

/* The start of the newest count lines. */
static const char *newest(const char *text, size_t length, size_t count)
{
    const char *start = text + length;

    if (start > text && start[-1] == '\n')
        start--;
    while (start > text) {
        if (start[-1] == '\n' && --count == 0)
            break;
        start--;
    }
    return start;
}

static size_t count_lines(const char *text, size_t length)
{
    size_t lines = 0;

    for (size_t i = 0; i < length; i++)
        lines += text[i] == '\n';
    return lines;
}

static json_t *parse_lines(const char *text, const char *end)
{
    json_t *array = json_array();

    while (text < end) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        size_t length = stop ? (size_t)(stop - text) : (size_t)(end - text);
        json_t *object = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
        if (json_is_object(object))
            json_array_append(array, object);
        json_decref(object);
        text += length + 1;
    }
    return array;
}

static bool is_known(const char *text, size_t length, size_t keep, const json_t *object,
                     const char *key)
{
    const char *wanted = json_string_value(json_object_get(object, key));
    json_auto_t *lines = parse_lines(keep ? newest(text, length, keep) : text, text + length);
    size_t index = 0;
    json_t *line = NULL;

    json_array_foreach(lines, index, line)
    {
        const char *found = json_string_value(json_object_get(line, key));
        if (found && wanted && strcmp(found, wanted) == 0)
            return true;
    }
    return false;
}

static bool append_locked(const char *path, const json_t *object, const char *once_key, size_t keep,
                          Err *err)
{
    CLEANUP(cleanup_free) char *old = NULL;
    CLEANUP(cleanup_free) char *line = NULL;
    CLEANUP(cleanup_free) char *text = jx_text(object);
    size_t length = 0;

    if (!text)
        return err_set(err, EXIT_SOFTWARE, "an entry of '%s' cannot be written as JSON", path);
    if (!history_read(path, &old, &length, err))
        return false;
    if (once_key && is_known(old, length, keep, object, once_key))
        return true;
    /* A line that a kill or a full disk left without its end is ended first. */
    bool broken = length > 0 && old[length - 1] != '\n';
    size_t size = strlen(text) + 3;
    line = arena_realloc_or_exit(NULL, size);
    snprintf(line, size, "%s%s\n", broken ? "\n" : "", text);
    if (!file_append(path, line, strlen(line), 0600, err))
        return false;
    if (keep == 0 || count_lines(old, length) + 1 <= keep + keep / 10)
        return true;
    free(old);
    old = NULL;
    if (!history_read(path, &old, &length, err))
        return false;
    const char *start = newest(old, length, keep);
    return file_write(path, start, (size_t)(old + length - start), 0600, err);
}

static bool append(const char *path, const json_t *object, const char *once_key, size_t keep,
                   Err *err)
{
    size_t size = strlen(path) + sizeof ".lock";
    CLEANUP(cleanup_free) char *lock_path = arena_realloc_or_exit(NULL, size);

    if (!file_make_parents(path, 0700, err))
        return false;
    snprintf(lock_path, size, "%s.lock", path);
    CLEANUP(cleanup_close) int lock = lock_take(lock_path, LOCK_WAIT_MS, err);
    return lock >= 0 && append_locked(path, object, once_key, keep, err);
}

bool jsonl_append(const char *path, const json_t *object, size_t keep, Err *err)
{
    return append(path, object, NULL, keep, err);
}

bool jsonl_append_once(const char *path, const json_t *object, const char *key, size_t keep,
                       Err *err)
{
    return append(path, object, key, keep, err);
}

json_t *jsonl_tail(const char *path, size_t count, Err *err)
{
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    json_t *array = NULL;

    if (!history_read(path, &text, &length, err))
        return NULL;
    /* Lines that are left out make room for older ones. */
    for (size_t lines = count;; lines *= 2) {
        const char *start = count ? newest(text, length, lines) : text;
        array = parse_lines(start, text + length);
        if (start == text || json_array_size(array) >= count)
            break;
        json_decref(array);
    }
    while (count && json_array_size(array) > count)
        json_array_remove(array, 0);
    return array;
}
