#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/arena.h"
#include "config/jsonc.h"
#include "json/jx.h"

typedef struct Case {
    const char *text;
    const char *want; /* canonical text, or the message */
} Case;

static void parsed_equals(const char *text, size_t length, const char *want)
{
    Arena arena = {0};
    Err err = {0};
    char *copy = arena_alloc(&arena, length + 1);
    json_t *value = NULL;

    memcpy(copy, text, length);
    value = jsonc_parse(copy, length, "f", &err);
    if (value) {
        char *got = jx_text(value);
        assert_string_equal(got, want);
        cleanup_free(&got);
        json_decref(value);
    } else {
        if (strcmp(err.msg, want) != 0)
            print_error("%.*s\n", (int)length, text);
        assert_string_equal(err.msg, want);
        assert_int_equal(err.code, EXIT_CONFIG);
    }
    arena_free(&arena);
}

static void comments_and_trailing_commas_are_read_over(void **state)
{
    static const Case cases[] = {
        {"{}", "{}"},
        {"// first\n{}", "{}"},
        {"{} // last", "{}"},
        {"{}//", "{}"},
        {"/**/{/***/}/* // */", "{}"},
        {"{\"a\": 1, // one\n \"b\": 2 /* two */,}", "{\"a\":1,\"b\":2}"},
        {"{\"a\": [1, 2, /* no more */ ],}", "{\"a\":[1,2]}"},
        {"{\"a\": [{\"b\": 1,},],\r\n}", "{\"a\":[{\"b\":1}]}"},
        {"{\"a\": \"// no /* comment */ ,}\"}", "{\"a\":\"// no /* comment */ ,}\"}"},
        {"{\"a\": \"\\\"// still inside\"}", "{\"a\":\"\\\"// still inside\"}"},
        {"{\"a\\\\\": 1, // after a backslash\n}", "{\"a\\\\\":1}"},
        {"\xef\xbb\xbf{}", "{}"},
        {"{/* caf\xc3\xa9 */ \"a\": \"\xc3\xa9\"}", "{\"a\":\"\xc3\xa9\"}"},
        {"{/* \xff not UTF-8, but only a comment */}", "{}"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        parsed_equals(cases[i].text, strlen(cases[i].text), cases[i].want);
}

static void what_is_not_json_is_refused_with_its_place(void **state)
{
    static const Case cases[] = {
        {"", "'f' is empty"},
        {"{\n  \"a\": 1 /* open", "'f':2:10: the comment has no end"},
        {"{} /*/", "'f':1:4: the comment has no end"},
        {"{,}", "'f':1:2: string or '}' expected"},
        {"[,]", "'f':1:2: unexpected token"},
        {"{\"a\": 1,,}", "'f':1:9: string or '}' expected"},
        {"{\"a\":,}", "'f':1:6: unexpected token"},
        {"{\"a\" \"hunter2\"}", "'f':1:14: ':' expected"},
        {"{\"a\": 1}\n{}", "'f':2:1: end of file expected"},
        {"{\"a\": /x}", "'f':1:7: invalid token"},
        {"{\n\"a\": 1,\n\"a\": 2}", "'f':3:3: duplicate object key near '\"a\"'"},
        {"{\"a\": 1", "'f':1:7: '}' expected near end of file"},
        {"{\"a\": \"b", "'f':1:8: premature end of input"},
        {"{\"a\": \"\\u0000\"}", "'f':1:14: \\u0000 is not allowed without JSON_ALLOW_NUL"},
        {"{\"a\": \"\xff\"}", "'f':1:7: unable to decode byte 0xff"},
        {"{\"a\": 99999999999999999999}", "'f':1:26: too big integer"},
        {"{'a': 1}", "'f':1:2: string or '}' expected"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        parsed_equals(cases[i].text, strlen(cases[i].text), cases[i].want);
    parsed_equals("{\"a\": \0}", 8, "'f':1:7: invalid token near end of file");
    parsed_equals("{\"a\": \"b\0c\"}", 12, "'f':1:8: control character 0x0");
}

static void deep_nesting_is_refused_not_run_into(void **state)
{
    char text[3001];

    (void)state;
    memset(text, '[', 3000);
    text[3000] = '\0';
    parsed_equals(text, 3000, "'f':1:2049: maximum parsing depth reached");
}

static void the_place_of_a_member_is_its_key(void **state)
{
    char text[] = "/* \xc3\xa9 */ {\n"
                  "  \"a\": {\"x\": [1, {\"y\": \"],}\"}], /* } */ \"z\": -1.5e3},\n"
                  "  \"\xc3\xa9\": [\"s\", [], {}, null], \"b\":\n"
                  "    [{\"k\" : true},\t{\"k\":false},],\n"
                  "}\n";
    static const struct {
        size_t path[3];
        int depth, line, column;
    } cases[] = {
        {{0}, 0, 1, 9},        {{0}, 1, 2, 3},     {{0, 0}, 2, 2, 9}, {{0, 0, 0}, 3, 2, 15},
        {{0, 0, 1}, 3, 2, 18}, {{0, 1}, 2, 2, 41}, {{1}, 1, 3, 3},    {{1, 1}, 2, 3, 14},
        {{1, 3}, 2, 3, 22},    {{2}, 1, 3, 29},    {{2, 0}, 2, 4, 6}, {{2, 1}, 2, 4, 20},
        {{2, 1, 0}, 3, 4, 21},
    };
    Err err = {0};
    json_t *value = jsonc_parse(text, sizeof text - 1, "f", &err);

    (void)state;
    assert_string_equal(err.msg, "");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        JsoncPlace places[3];
        int line = 0, column = 0;
        for (int j = 0; j < cases[i].depth; j++)
            places[j] = (JsoncPlace){j > 0 ? &places[j - 1] : NULL, cases[i].path[j]};
        jsonc_locate(text, cases[i].depth > 0 ? &places[cases[i].depth - 1] : NULL, &line, &column);
        assert_int_equal(line, cases[i].line);
        assert_int_equal(column, cases[i].column);
    }
    json_decref(value);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comments_and_trailing_commas_are_read_over),
        cmocka_unit_test(what_is_not_json_is_refused_with_its_place),
        cmocka_unit_test(deep_nesting_is_refused_not_run_into),
        cmocka_unit_test(the_place_of_a_member_is_its_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
