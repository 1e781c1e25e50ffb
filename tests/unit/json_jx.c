#include "json/jx.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/cleanup.h"

static json_t *parse(const char *text)
{
    Err err = {0};
    json_t *value = jx_parse(text, strlen(text), "test", &err);

    if (!value)
        fail_msg("%s", err.msg);
    return value;
}

static void refuses(const char *text, size_t length, const char *want)
{
    Err err = {0};
    json_auto_t *value = jx_parse(text, length, "a.json", &err);

    if (value)
        fail_msg("'%s' was taken", text);
    assert_int_equal(err.code, EXIT_DATA);
    if (strncmp(err.msg, want, strlen(want)) != 0)
        fail_msg("'%s' does not begin with '%s'", err.msg, want);
}

#define REFUSES(text, want) refuses(text, sizeof(text) - 1, want)

static void what_is_not_json_is_refused_with_its_place(void **state)
{
    (void)state;
    REFUSES("", "'a.json' is empty");
    REFUSES("x", "'a.json':1:1: ");
    REFUSES("{\"a\":1,\n \"b\" 2}", "'a.json':2:6: ");
    REFUSES("{\"a\":1,\n\n", "'a.json':3:");
    REFUSES("{\"a\":1} x", "'a.json':1:9: ");
    REFUSES("{\"a\":1,\n\"a\":2}", "'a.json':2:3: duplicate object key");
    REFUSES("[1,]", "'a.json':1:4: ");
    REFUSES("[\"\xff\"]", "'a.json':1:");
    REFUSES("[\"\xed\xa0\x80\"]", "'a.json':1:");
    REFUSES("[\"a\\u0000b\"]", "'a.json':1:");
    REFUSES("[\"a\0b\"]", "'a.json':1:");
    REFUSES("[99999999999999999999]", "'a.json':1:");
    REFUSES("1", "'a.json':1:1: ");
    REFUSES("// comment\n{}", "'a.json':1:1: ");
}

static json_t *nested(int depth, Err *err)
{
    char text[2 * 2100 + 1];

    memset(text, '[', (size_t)depth);
    memset(text + depth, ']', (size_t)depth);
    text[2 * depth] = '\0';
    return jx_parse(text, strlen(text), "deep", err);
}

static void nesting_is_bounded(void **state)
{
    Err err = {0};

    (void)state;
    json_auto_t *deepest = nested(JX_DEPTH_MAX, &err);
    assert_non_null(deepest);
    assert_null(nested(JX_DEPTH_MAX + 1, &err));
    assert_int_equal(err.code, EXIT_DATA);
    assert_string_equal(err.msg, "'deep' is nested deeper than 256");
    assert_null(nested(2100, &err));
    assert_int_equal(err.code, EXIT_DATA);
}

static void canonical_text_is_compact_sorted_and_stable(void **state)
{
    json_auto_t *value = parse("{ \"b\" : [ 1 , true, null ], \"a\": {\"z\":1, \"Z\":2, \"é\":3},\n"
                               " \"\":\"\\u00e9 \\/ \\u20ac \\ud83d\\ude00\"}");
    CLEANUP(cleanup_free) char *text = jx_text(value);
    json_auto_t *again = parse(text);
    CLEANUP(cleanup_free) char *same = jx_text(again);

    (void)state;
    assert_string_equal(text,
                        "{\"\":\"é / € 😀\",\"a\":{\"Z\":2,\"z\":1,\"é\":3},\"b\":[1,true,null]}");
    assert_string_equal(same, text);
}

static void whole_numbers_keep_every_digit(void **state)
{
    json_auto_t *value = parse("[9223372036854775807,-9223372036854775808,0]");
    CLEANUP(cleanup_free) char *text = jx_text(value);

    (void)state;
    assert_string_equal(text, "[9223372036854775807,-9223372036854775808,0]");
}

static char *written(const json_t *doc, bool (*write)(const json_t *, FILE *, Err *))
{
    char *text = NULL;
    size_t size = 0;
    Err err = {0};
    FILE *out = open_memstream(&text, &size);

    assert_true(write(doc, out, &err));
    fclose(out);
    return text;
}

static void a_document_is_one_member_a_line_format_first(void **state)
{
    json_auto_t *doc = parse("{\"b\":{\"y\":1,\"x\":[]},\"a\":1,\"format\":\"x/1\",\"z\":\"\"}");
    json_auto_t *bare = parse("{\"b\":1,\"a\":2}");
    json_auto_t *empty = parse("{}");
    CLEANUP(cleanup_free) char *text = written(doc, jx_write);
    CLEANUP(cleanup_free) char *bare_text = written(bare, jx_write);
    CLEANUP(cleanup_free) char *empty_text = written(empty, jx_write);

    (void)state;
    assert_string_equal(text,
                        "{\"format\":\"x/1\",\n\"a\":1,\n\"b\":{\"x\":[],\"y\":1},\n\"z\":\"\"}\n");
    assert_string_equal(bare_text, "{\"a\":2,\n\"b\":1}\n");
    assert_string_equal(empty_text, "{}\n");
}

static void a_pretty_document_is_the_same_value(void **state)
{
    json_auto_t *doc = parse("{\"format\":\"x/1\",\"a\":[1,{\"b\":null}]}");
    CLEANUP(cleanup_free) char *text = written(doc, jx_write_pretty);
    json_auto_t *again = parse(text);

    (void)state;
    assert_true(json_equal(doc, again));
    assert_non_null(strstr(text, "\n  \"a\": ["));
}

static void a_full_disk_is_74(void **state)
{
    json_auto_t *doc = parse("{\"format\":\"x/1\"}");
    Err err = {0};
    FILE *out = fopen("/dev/full", "w");

    (void)state;
    if (!out)
        skip();
    assert_false(jx_write(doc, out, &err));
    assert_int_equal(err.code, EXIT_IO);
    err = (Err){0};
    assert_false(jx_write_pretty(doc, out, &err));
    assert_int_equal(err.code, EXIT_IO);
    fclose(out);
}

/* For every byte and for sequences of several, as jansson itself writes them. */
static void a_string_is_written_as_jansson_writes_it(void **state)
{
    static const char *const texts[] = {"", "plain", "é€😀", "</script>", "a\\b/\"c\"", "'"};
    char byte[2] = "";

    (void)state;
    for (int c = 1; c < 0x80 + (int)(sizeof texts / sizeof *texts); c++) {
        CLEANUP(cleanup_free) char *got = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&got, &size);
        byte[0] = (char)c;
        const char *text = c < 0x80 ? byte : texts[c - 0x80];
        json_auto_t *value = json_string(text);
        CLEANUP(cleanup_free) char *want = jx_text(value);

        jx_put_string(out, text, strlen(text));
        fclose(out);
        assert_string_equal(got, want);
    }
}

static void a_stored_document_is_loaded(void **state)
{
    static char path[] = "/tmp/json_jx.XXXXXX";
    json_auto_t *doc = parse("{\"format\":\"x/1\",\"a\":[\"b\"]}");
    struct stat status;
    Err err = {0};

    (void)state;
    close(mkstemp(path));
    assert_true(jx_store(doc, path, 0600, &err));
    json_auto_t *loaded = jx_load(path, &err);
    assert_true(json_equal(doc, loaded));
    FILE *in = fopen(path, "r");
    json_auto_t *read = jx_read(in, path, &err);
    fclose(in);
    assert_true(json_equal(doc, read));
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    unlink(path);
    assert_null(jx_load(path, &err));
    assert_int_equal(err.code, EXIT_DATA);
    assert_non_null(strstr(err.msg, path));
}

static void another_format_is_named_beside_the_wanted(void **state)
{
    json_auto_t *event = parse("{\"format\":\"event/1\"}");
    json_auto_t *none = parse("{\"a\":1}");
    json_auto_t *number = parse("{\"format\":1}");
    json_auto_t *array = parse("[]");
    Err err = {0};

    (void)state;
    assert_true(jx_check_format(event, "event/1", "x", &err));
    assert_false(jx_check_format(event, "changes/1", "x", &err));
    assert_int_equal(err.code, EXIT_DATA);
    assert_string_equal(err.msg, "'x' is a event/1 document, not changes/1");
    assert_false(jx_check_format(none, "changes/1", "x", &err));
    assert_string_equal(err.msg, "'x' is not a changes/1 document");
    assert_false(jx_check_format(number, "changes/1", "x", &err));
    assert_false(jx_check_format(array, "changes/1", "x", &err));
}

static void a_member_without_a_value_is_an_error(void **state)
{
    json_auto_t *object = json_object();
    json_auto_t *array = json_array();
    Err err = {0};

    (void)state;
    assert_true(jx_set(object, "a", json_string("x"), &err));
    assert_false(jx_set(object, "b", json_string("\xff"), &err));
    assert_int_equal(err.code, EXIT_DATA);
    assert_non_null(strstr(err.msg, "'b'"));
    assert_int_equal(json_object_size(object), 1);
    assert_true(jx_append(array, json_true(), &err));
    assert_false(jx_append(array, json_string("\xc3"), &err));
    assert_int_equal(json_array_size(array), 1);
    assert_false(jx_set(array, "a", json_true(), &err));
    assert_false(jx_append(object, json_true(), &err));
}

typedef struct Row {
    const char *name;
    const char *comment;
    bool unique;
    json_int_t size;
    const json_t *list;
    const json_t *object;
} Row;

static const JxField row_fields[] = {
    {"name", JX_STRING, offsetof(Row, name)},
    {"comment", JX_STRING_OPT, offsetof(Row, comment)},
    {"unique", JX_BOOL, offsetof(Row, unique)},
    {"size", JX_INT, offsetof(Row, size)},
    {"list", JX_ARRAY, offsetof(Row, list)},
    {"object", JX_OBJECT, offsetof(Row, object)},
    {NULL, JX_END, 0},
};

static void a_view_is_filled_by_its_table(void **state)
{
    json_auto_t *value = parse("{\"name\":\"n\",\"comment\":\"c\",\"unique\":true,\"size\":-7,"
                               "\"list\":[1],\"object\":{},\"more\":[]}");
    json_auto_t *little = parse("{\"name\":\"n\",\"comment\":null,\"list\":null}");
    Row row = {0};
    Err err = {0};

    (void)state;
    assert_true(jx_view(value, row_fields, &row, &err));
    assert_string_equal(row.name, "n");
    assert_string_equal(row.comment, "c");
    assert_true(row.unique);
    assert_int_equal(row.size, -7);
    assert_ptr_equal(row.list, json_object_get(value, "list"));
    assert_ptr_equal(row.object, json_object_get(value, "object"));
    row = (Row){0};
    assert_true(jx_view(little, row_fields, &row, &err));
    assert_null(row.comment);
    assert_false(row.unique);
    assert_int_equal(row.size, 0);
    assert_null(row.list);
}

static void a_view_names_the_member_that_is_wrong(void **state)
{
    static const struct {
        const char *text;
        const char *want;
    } rows[] = {
        {"{}", "member 'name' is missing"},
        {"{\"name\":null}", "member 'name' is missing"},
        {"{\"name\":1}", "member 'name' has the wrong type"},
        {"{\"name\":\"n\",\"comment\":1}", "member 'comment' has the wrong type"},
        {"{\"name\":\"n\",\"unique\":1}", "member 'unique' has the wrong type"},
        {"{\"name\":\"n\",\"size\":\"1\"}", "member 'size' has the wrong type"},
        {"{\"name\":\"n\",\"size\":1.5}", "member 'size' has the wrong type"},
        {"{\"name\":\"n\",\"list\":{}}", "member 'list' has the wrong type"},
        {"{\"name\":\"n\",\"object\":[]}", "member 'object' has the wrong type"},
        {"[]", "an object is expected"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_auto_t *value = parse(rows[i].text);
        Row row = {0};
        Err err = {0};

        assert_false(jx_view(value, row_fields, &row, &err));
        assert_int_equal(err.code, EXIT_DATA);
        assert_string_equal(err.msg, rows[i].want);
    }
    Row row = {0};
    Err err = {0};
    assert_false(jx_view(NULL, row_fields, &row, &err));
}

static void short_forms_never_fail(void **state)
{
    json_auto_t *value = parse("{\"s\":\"x\",\"i\":5,\"t\":true,\"f\":false,\"n\":null}");

    (void)state;
    assert_string_equal(jx_string(value, "s", "no"), "x");
    assert_string_equal(jx_string(value, "i", "no"), "no");
    assert_string_equal(jx_string(NULL, "s", "no"), "no");
    assert_null(jx_string(value, "n", NULL));
    assert_int_equal(jx_int(value, "i", 9), 5);
    assert_int_equal(jx_int(value, "s", 9), 9);
    assert_int_equal(jx_int(NULL, "i", 9), 9);
    assert_true(jx_bool(value, "t"));
    assert_false(jx_bool(value, "f"));
    assert_false(jx_bool(value, "i"));
    assert_false(jx_bool(NULL, "t"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_json_is_refused_with_its_place),
        cmocka_unit_test(nesting_is_bounded),
        cmocka_unit_test(canonical_text_is_compact_sorted_and_stable),
        cmocka_unit_test(whole_numbers_keep_every_digit),
        cmocka_unit_test(a_document_is_one_member_a_line_format_first),
        cmocka_unit_test(a_pretty_document_is_the_same_value),
        cmocka_unit_test(a_full_disk_is_74),
        cmocka_unit_test(a_string_is_written_as_jansson_writes_it),
        cmocka_unit_test(a_stored_document_is_loaded),
        cmocka_unit_test(another_format_is_named_beside_the_wanted),
        cmocka_unit_test(a_member_without_a_value_is_an_error),
        cmocka_unit_test(a_view_is_filled_by_its_table),
        cmocka_unit_test(a_view_names_the_member_that_is_wrong),
        cmocka_unit_test(short_forms_never_fail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
