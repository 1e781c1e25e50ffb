#include "json/item.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static json_t *value_of(const JxItem *item)
{
    json_t *value = NULL;

    switch (item->kind) {
    case JX_ITEM_NULL:
        return json_null();
    case JX_ITEM_FALSE:
    case JX_ITEM_TRUE:
        return json_boolean(item->kind == JX_ITEM_TRUE);
    case JX_ITEM_INTEGER:
        return json_integer(item->value.integer);
    case JX_ITEM_REAL:
        return json_real(item->value.real);
    case JX_ITEM_STRING:
        return json_string(item->value.text);
    case JX_ITEM_ARRAY:
        value = json_array();
        for (const JxItem *each = jx_item_first(item); each; each = jx_item_next(item, each))
            json_array_append_new(value, value_of(each));
        assert_int_equal(json_array_size(value), jx_item_count(item));
        return value;
    case JX_ITEM_OBJECT:
        value = json_object();
        for (const JxItem *each = jx_item_first(item); each; each = jx_item_next(item, each))
            json_object_set_new(value, each->key, value_of(each));
        assert_int_equal(json_object_size(value), jx_item_count(item));
        return value;
    }
    return NULL;
}

/* Both take it, for the same, or neither. */
static void check(JxItems *items, const char *text, size_t length)
{
    Err err = {0};
    json_auto_t *wanted = jx_parse(text, length, "t", &err);
    const JxItem *item = jx_items_parse(items, text, length);

    if (!wanted != !item)
        fail_msg("'%.*s' was %s: %s", (int)length, text, item ? "taken" : "refused", err.msg);
    if (!item)
        return;
    json_auto_t *value = value_of(item);
    if (!json_equal(value, wanted))
        fail_msg("'%.*s' is another value", (int)length, text);
}

static const char *const texts[] = {
    "{}",
    "[]",
    "{\"a\":[1,-2,0,{\"b\":null,\"c\":[]}],\"b\":{\"x\":\"y\"},\"c\":true,\"d\":false}",
    " { \"a\" : [ 1 , 2 ] ,\n\"b\" :\t\"c\" } \r\n",
    "[\"\",\"a\\\"b\\\\c\\/d\\b\\f\\n\\r\\t\",\"\\u00e9\\u20AC\\ud83d\\ude00\\u0001\",\"é€😀\"]",
    "[1.5,1e3,-0.0,12E-2,1e400,9223372036854775807,9223372036854775808,-9223372036854775808]",
    "[123456789012345678,1234567890123456789]",
    "{\"b\":1,\"a\":2}",
    "{\"a\":1,\"a\":2}",
    "{\"b\":1,\"a\":2,\"b\":3}",
    "[\"\\u0000\"]",
    "[\"\\ud83d\"]",
    "[\"\\ude00\"]",
    "[\"\\ud83d\\u0041\"]",
    "[\"\xc3\\u0041\"]",
    "[\"\xff\"]",
    "[\"\xed\xa0\x80\"]",
    "[\"a\nb\"]",
    "[\"a\tb\"]",
    "[01]",
    "[-]",
    "[+1]",
    "[1.]",
    "[.5]",
    "[1e]",
    "[0x10]",
    "[1,]",
    "[,1]",
    "[1 2]",
    "{\"a\"}",
    "{\"a\":}",
    "{a:1}",
    "{\"a\":1,}",
    "[tru]",
    "[truex]",
    "[nul]",
    "[\"a]",
    "[\"\\x\"]",
    "[\"\\u12\"]",
    "[",
    "]",
    "[}",
    "\"a\"",
    "1",
    "[] []",
    "",
};

static void it_takes_and_refuses_what_jansson_does(void **state)
{
    JxItems items = {0};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check(&items, texts[i], strlen(texts[i]));
    jx_items_free(&items);
}

static void so_it_does_of_damaged_texts(void **state)
{
    static const char pieces[] = "{}[]\",:\\u0d8e1-.tfn \n\xc3\xa9";
    enum { ROUNDS = 3000 };
    JxItems items = {0};
    unsigned random = 1;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t length = strlen(texts[i]);
        char *text = length ? malloc(length + 1) : NULL;

        for (int round = 0; text && round < ROUNDS; round++) {
            memcpy(text, texts[i], length + 1);
            for (unsigned hits = 1 + random % 3; hits; hits--) {
                random = random * 1664525 + 1013904223;
                text[(random >> 8) % length] = pieces[(random >> 20) % (sizeof pieces - 1)];
            }
            check(&items, text, length);
        }
        for (size_t cut = 0; text && cut < length; cut++)
            check(&items, texts[i], cut);
        free(text);
    }
    jx_items_free(&items);
}

static void nesting_has_the_same_end(void **state)
{
    char text[2 * (JX_DEPTH_MAX + 2) + 1];
    JxItems items = {0};

    (void)state;
    for (size_t depth = JX_DEPTH_MAX - 2; depth <= JX_DEPTH_MAX + 2; depth++) {
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        check(&items, text, 2 * depth);
        text[depth - 1] = '1';
        check(&items, text, 2 * depth - 1);
    }
    jx_items_free(&items);
}

typedef struct Thing {
    const char *name;
    const char *note;
    bool flag;
    json_int_t number;
    const JxItem *list;
} Thing;

static const JxField fields[] = {
    {"name", JX_STRING, offsetof(Thing, name)}, {"note", JX_STRING_OPT, offsetof(Thing, note)},
    {"flag", JX_BOOL, offsetof(Thing, flag)},   {"number", JX_INT, offsetof(Thing, number)},
    {"list", JX_ARRAY, offsetof(Thing, list)},  {NULL, JX_END, 0},
};

static bool view(JxItems *items, const char *text, Thing *ret, Err *err)
{
    const JxItem *item = jx_items_parse(items, text, strlen(text));

    assert_non_null(item);
    *ret = (Thing){0};
    return jx_item_view(item, fields, ret, err);
}

static void members_are_seen_by_the_table_of_fields(void **state)
{
    JxItems items = {0};
    Thing thing;
    Err err = {0};

    (void)state;
    assert_true(view(&items,
                     "{\"flag\":true,\"list\":[7],\"name\":\"n\",\"number\":5,\"other\":{}}",
                     &thing, &err));
    assert_string_equal(thing.name, "n");
    assert_null(thing.note);
    assert_true(thing.flag);
    assert_int_equal(thing.number, 5);
    assert_int_equal(jx_item_first(thing.list)->value.integer, 7);
    assert_true(view(&items, "{\"list\":null,\"name\":\"n\"}", &thing, &err));
    assert_null(thing.list);
    assert_false(view(&items, "{\"flag\":true}", &thing, &err));
    assert_string_equal(err.msg, "member 'name' is missing");
    assert_false(view(&items, "{\"list\":{},\"name\":\"n\"}", &thing, &err));
    assert_string_equal(err.msg, "member 'list' has the wrong type");
    assert_false(view(&items, "[]", &thing, &err));
    assert_string_equal(err.msg, "an object is expected");
    jx_items_free(&items);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_takes_and_refuses_what_jansson_does),
        cmocka_unit_test(so_it_does_of_damaged_texts),
        cmocka_unit_test(nesting_has_the_same_end),
        cmocka_unit_test(members_are_seen_by_the_table_of_fields),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
