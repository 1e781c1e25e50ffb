#include "json/jx.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/memory.h"

static const size_t canonical = JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY;

void jx_start(void)
{
    json_set_alloc_funcs(memory_malloc, free);
}

/* jansson's own limit (2048) is kept for parsing; ours is checked on the value. */
static bool depth_check(const json_t *value, int left)
{
    const char *key = NULL;
    json_t *item = NULL;
    size_t index = 0;

    if (left == 0)
        return false;
    if (json_is_object(value)) {
        json_object_foreach((json_t *)value, key, item)
        {
            if (!depth_check(item, left - 1))
                return false;
        }
    } else if (json_is_array(value)) {
        json_array_foreach(value, index, item)
        {
            if (!depth_check(item, left - 1))
                return false;
        }
    }
    return true;
}

json_t *jx_parse(const char *text, size_t length, const char *name, Err *err)
{
    json_error_t error = {0};

    memory_check(); /* jansson clears errno before it reads a number */
    json_t *value = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);

    if (!value) {
        if (length == 0)
            err_set(err, EXIT_DATA, "'%s' is empty", name);
        else
            err_set(err, EXIT_DATA, "'%s':%d:%d: %s", name, error.line, error.column, error.text);
        return NULL;
    }
    if (!depth_check(value, JX_DEPTH_MAX)) {
        err_set(err, EXIT_DATA, "'%s' is nested deeper than %d", name, JX_DEPTH_MAX);
        json_decref(value);
        return NULL;
    }
    return value;
}

json_t *jx_read(FILE *in, const char *name, Err *err)
{
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;

    return file_read_stream(in, name, 0, &text, &length, err) ? jx_parse(text, length, name, err)
                                                              : NULL;
}

json_t *jx_load(const char *path, Err *err)
{
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;

    return file_read(path, 0, &text, &length, err) ? jx_parse(text, length, path, err) : NULL;
}

bool jx_check_format(const json_t *doc, const char *format, const char *name, Err *err)
{
    const char *found = json_string_value(json_object_get(doc, "format"));

    if (!found)
        return err_set(err, EXIT_DATA, "'%s' is not a %s document", name, format);
    if (strcmp(found, format) != 0)
        return err_set(err, EXIT_DATA, "'%s' is a %s document, not %s", name, found, format);
    return true;
}

char *jx_text(const json_t *value)
{
    return json_dumps(value, canonical);
}

static int key_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool jx_write(const json_t *doc, FILE *out, Err *err)
{
    size_t count = json_object_size(doc), used = 0;
    CLEANUP(cleanup_free)
    const char **keys = arena_realloc_or_exit(NULL, (count + 1) * sizeof *keys);
    const char *key = NULL;
    json_t *item = NULL;

    json_object_foreach((json_t *)doc, key, item)
    {
        if (strcmp(key, "format") != 0)
            keys[used++] = key;
    }
    qsort(keys, used, sizeof *keys, key_compare);
    item = json_object_get(doc, "format");
    fputs(item ? "{\"format\":" : "{", out);
    if (item && json_dumpf(item, out, canonical) != 0)
        return err_errno(err, EXIT_IO, "cannot write the document");
    for (size_t i = 0; i < used; i++) {
        if (i > 0 || item)
            fputs(",\n", out);
        jx_put_string(out, keys[i], strlen(keys[i]));
        fputc(':', out);
        if (json_dumpf(json_object_get(doc, keys[i]), out, canonical) != 0)
            return err_errno(err, EXIT_IO, "cannot write the document");
    }
    fputs("}\n", out);
    return file_flush(out, "the document", err);
}

bool jx_write_pretty(const json_t *doc, FILE *out, Err *err)
{
    if (json_dumpf(doc, out, JSON_INDENT(2) | JSON_ENCODE_ANY) != 0)
        return err_errno(err, EXIT_IO, "cannot write the document");
    fputc('\n', out);
    return file_flush(out, "the document", err);
}

bool jx_store(const json_t *doc, const char *path, mode_t mode, Err *err)
{
    CLEANUP(file_replace_close) FileReplace *replace = file_replace_open(path, mode, err);

    return replace && jx_write(doc, replace->out, err) && file_replace_commit(replace, err);
}

bool jx_is_bare(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || *text == '"' || *text == '\\')
            return false;
    return true;
}

void jx_add_string(Buffer *out, const char *text, size_t length)
{
    static const char escapes[] = "\bb\ff\nn\rr\tt\"\"\\\\";
    size_t clean = 0;

    buffer_char(out, '"');
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        const char *escape = escapes;
        while (*escape && *escape != (char)c)
            escape += 2;
        buffer_add(out, text + clean, i - clean);
        clean = i + 1;
        if (*escape) {
            buffer_char(out, '\\');
            buffer_char(out, escape[1]);
        } else {
            char code[sizeof "\\u0000"];
            snprintf(code, sizeof code, "\\u%04X", c);
            buffer_text(out, code);
        }
    }
    buffer_add(out, text + clean, length - clean);
    buffer_char(out, '"');
}

void jx_put_string(FILE *out, const char *text, size_t length)
{
    CLEANUP(buffer_free) Buffer quoted = {0};

    jx_add_string(&quoted, text, length);
    fwrite(quoted.bytes, 1, quoted.length, out);
}

bool jx_set(json_t *object, const char *key, json_t *value, Err *err)
{
    if (!value || json_object_set_new(object, key, value) != 0)
        return err_set(err, EXIT_DATA, "member '%s' has no value that JSON can hold", key);
    return true;
}

bool jx_append(json_t *array, json_t *value, Err *err)
{
    if (!value || json_array_append_new(array, value) != 0)
        return err_set(err, EXIT_DATA, "an array item has no value that JSON can hold");
    return true;
}

static bool field_set(const json_t *value, JxType type, void *place)
{
    switch (type) {
    case JX_STRING:
    case JX_STRING_OPT:
        *(const char **)place = json_string_value(value);
        return json_is_string(value);
    case JX_BOOL:
        *(bool *)place = json_is_true(value);
        return json_is_boolean(value);
    case JX_INT:
        *(json_int_t *)place = json_integer_value(value);
        return json_is_integer(value);
    case JX_ARRAY:
        *(const json_t **)place = value;
        return json_is_array(value);
    case JX_OBJECT:
        *(const json_t **)place = value;
        return json_is_object(value);
    case JX_END:
        break;
    }
    return false;
}

bool jx_view(const json_t *object, const JxField *fields, void *view, Err *err)
{
    if (!json_is_object(object))
        return err_set(err, EXIT_DATA, "an object is expected");
    for (; fields->type != JX_END; fields++) {
        const json_t *value = json_object_get(object, fields->name);
        if (!value || json_is_null(value)) {
            if (fields->type == JX_STRING)
                return err_set(err, EXIT_DATA, "member '%s' is missing", fields->name);
        } else if (!field_set(value, fields->type, (char *)view + fields->offset)) {
            return err_set(err, EXIT_DATA, "member '%s' has the wrong type", fields->name);
        }
    }
    return true;
}

const char *jx_item(const json_t *item)
{
    return json_is_string(item) ? json_string_value(item) : "";
}

bool jx_has_item(const json_t *array, const char *text)
{
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(array, index, item)
    {
        if (json_is_string(item) && strcmp(json_string_value(item), text) == 0)
            return true;
    }
    return false;
}

const char *jx_string(const json_t *object, const char *key, const char *otherwise)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : otherwise;
}

json_int_t jx_int(const json_t *object, const char *key, json_int_t otherwise)
{
    const json_t *value = json_object_get(object, key);

    return json_is_integer(value) ? json_integer_value(value) : otherwise;
}

bool jx_bool(const json_t *object, const char *key)
{
    return json_is_true(json_object_get(object, key));
}
