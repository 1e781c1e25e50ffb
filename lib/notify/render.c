#include "notify/render.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "json/jx.h"

static const char ellipsis[] = "\xe2\x80\xa6";

static const char *safe_cut(Arena *arena, const char *text, size_t max)
{
    CLEANUP(cleanup_free) char *safe = NULL;
    size_t length = 0, keep = 0;
    FILE *out = open_memstream(&safe, &length);

    if (!out)
        return "";
    text_print_safe(out, text);
    if (fclose(out) != 0)
        return "";
    keep = text_cut(safe, max);
    if (keep == length)
        return arena_strdup(arena, safe);
    keep = text_cut(safe, max - strlen(ellipsis));
    return arena_printf(arena, "%.*s%s", (int)keep, safe, ellipsis);
}

const char *render_title(Arena *arena, const Event *event)
{
    return safe_cut(arena, arena_printf(arena, "%s: %s", event->project, event->type),
                    RENDER_TITLE_MAX);
}

const char *render_text(Arena *arena, const Event *event)
{
    return safe_cut(arena, event->summary, RENDER_TEXT_MAX);
}

const char *render_markup(Arena *arena, const char *text)
{
    static const struct {
        char character;
        const char *entity;
    } entities[] = {
        {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"},
    };
    char *escaped = arena_alloc(arena, strlen(text) * strlen("&quot;") + 1);
    char *end = escaped;

    for (; *text; text++) {
        const char *entity = NULL;
        for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++)
            if (entities[i].character == *text)
                entity = entities[i].entity;
        if (entity) {
            memcpy(end, entity, strlen(entity));
            end += strlen(entity);
        } else {
            *end++ = *text;
        }
    }
    return escaped;
}

const char *render_excerpt(Arena *arena, const char *text)
{
    char *line = arena_strndup(arena, text, strnlen(text, (size_t)RENDER_EXCERPT_MAX * 2));
    size_t length = strlen(line);

    while (length > 0 && strchr(" \t\r\n", line[length - 1]))
        line[--length] = '\0';
    for (char *at = line; *at; at++)
        if (strchr("\t\r\n", *at))
            *at = ' ';
    return safe_cut(arena, line, RENDER_EXCERPT_MAX);
}

static bool document_write(const json_t *event, char **ret_bytes, size_t *ret_length, Err *err)
{
    CLEANUP(cleanup_free) char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);

    if (!out)
        return err_errno(err, EXIT_OS, "cannot make the event's text");
    bool wrote = jx_write(event, out, err);
    if (fclose(out) != 0 && wrote)
        wrote = err_errno(err, EXIT_OS, "cannot make the event's text");
    if (!wrote)
        return false;
    *ret_bytes = bytes;
    *ret_length = length;
    bytes = NULL;
    return true;
}

static size_t text_length(const json_t *value)
{
    CLEANUP(cleanup_free) char *text = jx_text(value);

    return text ? strlen(text) : 0;
}

/* The event with as many of its changes as fit when the whole has length bytes. */
static json_t *shortened(const json_t *event, size_t length, Err *err)
{
    const json_t *data = json_object_get(event, "data");
    const json_t *changes = json_object_get(data, "changes");
    size_t total = json_array_size(changes), kept = 0;
    size_t used = length - text_length(changes) + strlen("\"omitted\":,") + 20;
    json_auto_t *shorter = json_copy((json_t *)event);
    json_auto_t *less = json_copy((json_t *)data);
    json_t *some = json_array();

    for (; kept < total; kept++) {
        const json_t *change = json_array_get(changes, kept);
        used += text_length(change) + 1;
        if (used > RENDER_DOCUMENT_MAX)
            break;
        json_array_append(some, (json_t *)change);
    }
    return jx_set(less, "changes", some, err) &&
                   jx_set(less, "omitted", json_integer((json_int_t)(total - kept)), err) &&
                   jx_set(shorter, "data", json_incref(less), err)
               ? json_incref(shorter)
               : NULL;
}

bool render_document(const json_t *event, char **ret_bytes, size_t *ret_length, Err *err)
{
    CLEANUP(cleanup_free) char *bytes = NULL;
    size_t length = 0;

    if (!document_write(event, &bytes, &length, err))
        return false;
    if (length > RENDER_DOCUMENT_MAX &&
        json_is_array(json_object_get(json_object_get(event, "data"), "changes"))) {
        json_auto_t *shorter = shortened(event, length, err);
        return shorter && document_write(shorter, ret_bytes, ret_length, err);
    }
    *ret_bytes = bytes;
    *ret_length = length;
    bytes = NULL;
    return true;
}
