#include "diff/shapes.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "json/jx.h"
#include "model/ident.h"

/* ---- names in a text ---- */

static bool is_name_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

/* What is a name's place in a text, besides one where it stands alone. */
typedef enum Place {
    PLACE_ALONE,
    PLACE_BEFORE, /* as the beginning of a longer one, "name_" */
    PLACE_BEHIND, /* behind that of its table */
} Place;

/* Where the name stands in the text, not as a part of another; NULL when nowhere. */
static const char *find_name(const char *text, const char *name, Place place)
{
    size_t length = strlen(name);

    for (const char *at = text; length > 0 && (at = strstr(at, name)) != NULL; at++) {
        char last = at > text ? at[-1] : ' ', next = at[length];
        if (is_name_byte(last) || (last == '.' && place != PLACE_BEHIND) || last == '"')
            continue;
        if (name[length - 1] == '.' || (place == PLACE_BEFORE && next == '_') ||
            (!is_name_byte(next) && next != '"'))
            return at;
    }
    return NULL;
}

/* text with the name replaced, everywhere or only once; from malloc. */
static char *replaced(const char *text, const char *name, const char *by, Place place, bool once)
{
    Buffer out = {0};
    const char *at = NULL;

    while ((at = find_name(text, name, place)) != NULL) {
        /* What precedes was looked at already: a name that begins there is whole. */
        buffer_add(&out, text, (size_t)(at - text));
        buffer_text(&out, by);
        text = at + strlen(name);
        if (once)
            break;
    }
    buffer_add(&out, text, strlen(text));
    return out.bytes ? out.bytes : strdup("");
}

bool shapes_mention(const json_t *value, const char *name)
{
    size_t index = 0;
    json_t *item = NULL;
    const char *key = NULL;
    bool found = json_is_string(value) && find_name(json_string_value(value), name, PLACE_ALONE);

    json_array_foreach(value, index, item)
    {
        found = found || shapes_mention(item, name);
    }
    json_object_foreach((json_t *)value, key, item)
    {
        found = found || shapes_mention(item, name);
    }
    return found;
}

/* ---- taken out ---- */

void shapes_names_free(ShapeNames *names)
{
    arena_free(&names->arena);
}

void shapes_names_of(const json_t *object, ShapeNames *ret)
{
    const char *schema = jx_string(object, "schema", ""), *name = jx_string(object, "name", "");

    *ret = (ShapeNames){0};
    if (!*schema) {
        ret->schema = "";
        ret->whole = ident_quote(&ret->arena, name);
        return;
    }
    ret->schema = arena_printf(&ret->arena, "%s.", ident_quote(&ret->arena, schema));
    ret->whole = arena_printf(&ret->arena, "%s%s", ret->schema, ident_quote(&ret->arena, name));
}

/* own: the name that a statement which makes the object begins with. */
static json_t *shape_text(const char *text, const ShapeNames *names, const char *own)
{
    bool makes = strncmp(text, "CREATE ", 7) == 0;
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(cleanup_free)
    char *bare =
        replaced(text, makes && *own ? ident_quote(&arena, own) : "", "\x03", PLACE_ALONE, true);
    CLEANUP(cleanup_free) char *itself = replaced(bare, names->whole, "\x02", PLACE_BEFORE, false);
    CLEANUP(cleanup_free) char *ret = replaced(itself, names->schema, "\x01", PLACE_ALONE, false);

    return json_string(ret);
}

static int text_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The items as texts in order: their own order is that of their names. */
static json_t *sorted(const json_t *items)
{
    size_t count = json_array_size(items);
    char **texts = arena_realloc_or_exit(NULL, (count + 1) * sizeof *texts);
    json_t *ret = json_array();

    for (size_t i = 0; i < count; i++)
        texts[i] = jx_text(json_array_get(items, i));
    qsort(texts, count, sizeof *texts, text_compare);
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(ret, json_string(texts[i]));
        free(texts[i]);
    }
    free(texts);
    return ret;
}

static json_t *shape_value(const json_t *value, const ShapeNames *names, const char *own)
{
    size_t index = 0;
    json_t *item = NULL;
    const char *key = NULL;

    if (json_is_string(value))
        return shape_text(json_string_value(value), names, own);
    if (json_is_array(value)) {
        json_t *ret = json_array();
        json_array_foreach(value, index, item)
        {
            json_array_append_new(ret, shape_value(item, names, own));
        }
        return ret;
    }
    if (!json_is_object(value))
        return json_incref((json_t *)value);
    json_t *ret = json_object();
    json_object_foreach((json_t *)value, key, item)
    {
        json_object_set_new(ret, key, shape_value(item, names, own));
    }
    return ret;
}

json_t *shapes_of_nested(const json_t *object, const ShapeNames *names)
{
    json_t *ret = shape_value(object, names, jx_string(object, "name", ""));

    json_object_del(ret, "name");
    return ret;
}

json_t *shapes_of(KindId kind, const json_t *object, bool with_schema)
{
    static const char *const names_only[] = {"id", "name", "schema", "inexact"};
    CLEANUP(shapes_names_free) ShapeNames names = {0};
    json_t *ret = json_object();
    KindId inner = KIND_SCHEMA;
    const char *key = NULL;
    json_t *value = NULL;
    size_t index = 0;
    json_t *item = NULL;

    shapes_names_of(object, &names);
    if (with_schema)
        names.schema = "";
    json_object_foreach((json_t *)object, key, value)
    {
        if (!kind_nested(kind, key, &inner) || kind_of(inner)->ordered || !json_is_array(value)) {
            json_object_set_new(ret, key,
                                shape_value(value, &names, jx_string(object, "name", "")));
            continue;
        }
        json_auto_t *alone = json_array();
        json_array_foreach(value, index, item)
        {
            json_array_append_new(alone, shapes_of_nested(item, &names));
        }
        json_object_set_new(ret, key, sorted(alone));
    }
    for (size_t i = 0; i < sizeof names_only / sizeof *names_only; i++)
        json_object_del(ret, names_only[i]);
    if (kind == KIND_SEQUENCE) /* whose it is, is evidence */
        json_object_del(ret, "owned_by");
    return ret;
}

/* ---- made others ---- */

json_t *shapes_rename_column(const char *text, const char *name, const char *other)
{
    CLEANUP(arena_free) Arena arena = {0};

    if (strcmp(text, name) == 0)
        return json_string(other);
    CLEANUP(cleanup_free)
    char *ret =
        replaced(text, ident_quote(&arena, name), ident_quote(&arena, other), PLACE_BEHIND, false);
    return json_string(ret);
}

json_t *shapes_rename_object(const char *text, const char *name, const char *other)
{
    CLEANUP(cleanup_free) char *ret = replaced(text, name, other, PLACE_ALONE, false);

    return json_string(ret);
}

json_t *shapes_rewrite(const json_t *value, ShapesRewrite *rewrite, const char *name,
                       const char *other)
{
    size_t index = 0;
    json_t *item = NULL;
    const char *key = NULL;

    if (json_is_string(value))
        return rewrite(json_string_value(value), name, other);
    if (json_is_array(value)) {
        json_t *ret = json_array();
        json_array_foreach(value, index, item)
        {
            json_array_append_new(ret, shapes_rewrite(item, rewrite, name, other));
        }
        return ret;
    }
    if (!json_is_object(value))
        return json_incref((json_t *)value);
    json_t *ret = json_object();
    json_object_foreach((json_t *)value, key, item)
    {
        json_object_set_new(ret, key, shapes_rewrite(item, rewrite, name, other));
    }
    return ret;
}

json_t *shapes_rewrite_all(json_t *value, ShapesRewrite *rewrite, json_t *names)
{
    const char *name = NULL;
    json_t *other = NULL;

    json_object_foreach(names, name, other)
    {
        json_t *now = shapes_rewrite(value, rewrite, name, json_string_value(other));
        json_decref(value);
        value = now;
    }
    return value;
}
