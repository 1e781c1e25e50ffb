#include "diff/lineage.h"

#include <stdio.h>
#include <string.h>

#include "json/jx.h"

/* Both have that member, and the same. */
static bool agree(const json_t *old, const json_t *new, const char *member)
{
    const json_t *one = json_object_get(old, member), *two = json_object_get(new, member);

    return one && two && json_equal((json_t *)one, (json_t *)two);
}

bool lineage_is_of_one_database(const json_t *old_meta, const json_t *new_meta)
{
    return agree(old_meta, new_meta, "system_identifier") &&
           agree(old_meta, new_meta, "database_oid");
}

bool lineage_is_of_one_key(const json_t *old_meta, const json_t *new_meta)
{
    return agree(old_meta, new_meta, "secret_key");
}

static bool is_numbers(const json_t *numbers)
{
    size_t index = 0;
    json_t *pair = NULL;

    if (!json_is_array(numbers))
        return false;
    json_array_foreach(numbers, index, pair)
    {
        if (json_array_size(pair) != 2 || !json_is_integer(json_array_get(pair, 0)) ||
            !json_is_integer(json_array_get(pair, 1)))
            return false;
    }
    return true;
}

bool lineage_check(const json_t *lineage, KindId kind, Err *err)
{
    const json_t *xid = json_object_get(lineage, "xid");
    const json_t *secrets = json_object_get(lineage, "secrets");
    KindId nested = KIND_SCHEMA;
    const char *key = NULL;
    json_t *value = NULL;
    bool ok = json_is_integer(json_object_get(lineage, "oid")) && (!xid || json_is_integer(xid)) &&
              (!secrets || json_is_object(secrets));

    json_object_foreach((json_t *)lineage, key, value)
    {
        ok = ok && (!kind_nested(kind, key, &nested) || is_numbers(value));
    }
    return ok || err_set(err, EXIT_DATA, "the lineage of %s '%s' is malformed", kind_of(kind)->name,
                         jx_string(lineage, "id", ""));
}

json_int_t lineage_oid(const json_t *lineage)
{
    return jx_int(lineage, "oid", 0);
}

json_int_t lineage_xid(const json_t *lineage)
{
    return jx_int(lineage, "xid", 0);
}

json_int_t lineage_nested_number(const json_t *numbers, size_t index)
{
    return json_integer_value(json_array_get(json_array_get(numbers, index), 0));
}

json_int_t lineage_nested_xid(const json_t *numbers, size_t index)
{
    return json_integer_value(json_array_get(json_array_get(numbers, index), 1));
}

static bool secrets_differ(const json_t *old, const json_t *new)
{
    const json_t *after = json_object_get(new, "secrets");
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach(json_object_get(old, "secrets"), key, value)
    {
        const json_t *other = json_object_get(after, key);
        if (other && !json_equal(value, (json_t *)other))
            return true;
    }
    return false;
}

/* Whether a number stands elsewhere than before: its object has the name that another one had. */
static bool is_shuffled(const json_t *old, const json_t *new)
{
    json_auto_t *places = json_object();
    char key[24];

    for (size_t i = 0; i < json_array_size(old); i++) {
        snprintf(key, sizeof key, "%lld", (long long)lineage_nested_number(old, i));
        json_object_set_new(places, key, json_integer((json_int_t)i));
    }
    for (size_t i = 0; i < json_array_size(new); i++) {
        snprintf(key, sizeof key, "%lld", (long long)lineage_nested_number(new, i));
        if (jx_int(places, key, (json_int_t)i) != (json_int_t)i)
            return true;
    }
    return false;
}

static bool numbers_are_change(KindId nested, const json_t *old, const json_t *new)
{
    size_t count = json_array_size(old), i = 0;

    if (json_array_size(new) != count)
        return true; /* one of them does not fit the object, which compare_versions says */
    while (i < count && lineage_nested_number(old, i) == lineage_nested_number(new, i))
        i++;
    return i < count && (kind_of(nested)->ordered || is_shuffled(old, new));
}

bool lineage_is_change(KindId kind, const json_t *old, const json_t *new, bool with_numbers,
                       bool with_secrets)
{
    if (with_secrets && secrets_differ(old, new))
        return true;
    if (!with_numbers)
        return false;
    if (lineage_oid(old) != lineage_oid(new))
        return true;
    for (int nested = 0; nested < KIND_COUNT; nested++) {
        const char *member = kind_of((KindId)nested)->member;
        const json_t *before = json_object_get(old, member), *after = json_object_get(new, member);
        if (kind_of((KindId)nested)->parent == (int)kind && before && after &&
            numbers_are_change((KindId)nested, before, after))
            return true;
    }
    return false;
}
