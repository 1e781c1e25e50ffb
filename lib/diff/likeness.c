#include "diff/likeness.h"

#include <string.h>

#include "json/jx.h"

typedef struct Likeness {
    double common, all; /* all: of both together */
    int points;         /* of evidence */
} Likeness;

int likeness_column_points(const json_t *column)
{
    static const char *const marks[] = {"comment",   "comment", "identity", "identity", "generated",
                                        "generated", "default", "grants",   "collation"};
    const char *type = jx_string(column, "type", "");
    bool has_numbers = strchr(type, '(') && strncmp(type, "character", 9) != 0;
    int points = jx_bool(column, "not_null") + has_numbers +
                 (strchr(type, '.') != NULL || strchr(type, '\x01') != NULL);

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        points += json_object_get(column, marks[i]) != NULL;
    return points;
}

/* What a column that two tables have says for their being one, by its name: many tables have some.
 */
static int common_points(const char *name)
{
    static const char *const usual[] = {"uuid",        "name",       "title",      "slug",
                                        "description", "created_at", "updated_at", "deleted_at",
                                        "inserted_at", "created_by", "updated_by"};

    if (strcmp(name, "id") == 0)
        return 0;
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (strcmp(name, usual[i]) == 0)
            return 1;
    return 2;
}

static const json_t *by_name(const json_t *items, const char *name)
{
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(items, index, item)
    {
        if (strcmp(jx_string(item, "name", ""), name) == 0)
            return item;
    }
    return NULL;
}

/* Columns: an equal one counts, one of the same type for the most part. */
static void compare_columns(const json_t *old, const json_t *new, Likeness *ret)
{
    size_t index = 0;
    json_t *item = NULL;

    ret->all += (double)(json_array_size(old) + json_array_size(new));
    json_array_foreach(old, index, item)
    {
        const json_t *other = by_name(new, jx_string(item, "name", ""));
        if (!other)
            continue;
        bool equal = json_equal(item, other);
        bool typed = strcmp(jx_string(item, "type", ""), jx_string(other, "type", "")) == 0;
        ret->common += equal ? 2 : typed ? 1.4 : 0.6;
        if (typed)
            ret->points += common_points(jx_string(item, "name", ""));
    }
}

/* Texts, each once for each time it is there. */
static void compare_texts(const json_t *old, const json_t *new, int points, Likeness *ret)
{
    json_auto_t *left = json_copy((json_t *)new);
    size_t index = 0;
    json_t *item = NULL;

    ret->all += (double)(json_array_size(old) + json_array_size(new));
    json_array_foreach(old, index, item)
    {
        size_t at = 0;
        while (at < json_array_size(left) && !json_equal(item, json_array_get(left, at)))
            at++;
        if (at == json_array_size(left))
            continue;
        json_array_remove(left, at);
        ret->common += 2;
        const char *text = json_string_value(item);
        if (!text || !strstr(text, "\"PRIMARY KEY ("))
            ret->points += points;
    }
}

static json_t *lines_of(const char *text)
{
    json_t *lines = json_array();

    while (*text) {
        size_t length = strcspn(text, "\n"), skip = strspn(text, " \t\r");
        skip = skip < length ? skip : length;
        if (length > skip)
            json_array_append_new(lines, json_stringn(text + skip, length - skip));
        text += length + (text[length] == '\n');
    }
    return lines;
}

/* A definition or body, by its lines. It weighs as much as five other members. */
static void compare_code(const json_t *old, const json_t *new, Likeness *ret)
{
    const char *before = json_string_value(old), *after = json_string_value(new);
    Likeness lines = {0};

    ret->all += 10;
    if (!before || !after)
        return;
    if (strcmp(before, after) == 0) {
        size_t length = strlen(before) / 6;
        ret->common += 10;
        ret->points += length < 8 ? (int)length : 8;
        return;
    }
    json_auto_t *old_lines = lines_of(before);
    json_auto_t *new_lines = lines_of(after);
    compare_texts(old_lines, new_lines, 1, &lines);
    ret->common += lines.all > 0 ? 10 * lines.common / lines.all : 0;
    ret->points += lines.points < 6 ? lines.points : 6;
}

static bool is_code(const char *key)
{
    return strcmp(key, "definition") == 0 || strcmp(key, "body") == 0;
}

static void compare_member(KindId kind, const char *key, const json_t *old, const json_t *new,
                           Likeness *ret)
{
    KindId inner = KIND_SCHEMA;
    const json_t *either = old ? old : new;
    bool nested = kind_nested(kind, key, &inner);

    if (nested && kind_of(inner)->ordered) {
        compare_columns(old, new, ret);
    } else if (json_is_array(either)) {
        /* What an index, a policy or a label says; types of arguments are much the same. */
        compare_texts(old, new, nested || strcmp(key, "labels") == 0 ? 2 : 0, ret);
    } else if (is_code(key)) {
        compare_code(old, new, ret);
    } else {
        bool equal = old && new &&json_equal((json_t *)old, (json_t *)new);
        ret->all += (old != NULL) + (new != NULL);
        ret->common += equal ? 2 : 0;
        ret->points += equal && strcmp(key, "comment") == 0 ? 3 : 0;
    }
}

static Likeness likeness_of(KindId kind, const json_t *old, const json_t *new)
{
    Likeness ret = {0};
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach((json_t *)old, key, value)
    {
        compare_member(kind, key, value, json_object_get(new, key), &ret);
    }
    json_object_foreach((json_t *)new, key, value)
    {
        if (!json_object_get(old, key))
            compare_member(kind, key, NULL, value, &ret);
    }
    return ret;
}

int likeness_score(KindId kind, const json_t *old, const json_t *new, int *ret_points)
{
    const Likeness likeness = likeness_of(kind, old, new);
    int score = likeness.all > 0 ? (int)(100 * likeness.common / likeness.all + 0.5) : 0;

    *ret_points = likeness.points;
    if (json_equal((json_t *)old, (json_t *)new))
        return 100;
    return score < 100 ? score : 99;
}
