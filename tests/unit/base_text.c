#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

#include "base/cleanup.h"

static const struct {
    const char *a;
    const char *b;
    unsigned want;
} distances[] = {
    {"", "", 0},         {"abc", "abc", 0}, {"", "abc", 3},           {"abc", "", 3},
    {"abc", "abd", 1},   {"abc", "ab", 1},  {"ab", "abc", 1},         {"abc", "acb", 1},
    {"prot", "port", 1}, {"ca", "abc", 3},  {"kitten", "sitting", 3}, {"abcd", "badc", 2},
};

static void distance_counts_edits_and_swaps(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof distances / sizeof *distances; i++) {
        assert_int_equal(text_distance(distances[i].a, distances[i].b), distances[i].want);
        assert_int_equal(text_distance(distances[i].b, distances[i].a), distances[i].want);
    }
}

static void the_distance_of_long_texts_is_bounded(void **state)
{
    char one[600], two[256];

    (void)state;
    memset(one, 'a', sizeof one - 1);
    one[sizeof one - 1] = '\0';
    memset(two, 'b', sizeof two - 1);
    two[sizeof two - 1] = '\0';
    assert_int_equal(text_distance(one, "a"), 255);
    assert_int_equal(text_distance("a", one), 255);
    assert_int_equal(text_distance(two, one + 344), 255);
    assert_int_equal(text_distance(two, two), 0);
}

static void the_nearest_name_is_found_and_a_far_one_is_not(void **state)
{
    static const char *const names[] = {"dashboard", "monitoring", "types", "port", NULL};
    static const char *const none[] = {NULL};

    (void)state;
    assert_string_equal(text_nearest("dashbord", names), "dashboard");
    assert_string_equal(text_nearest("monitorign", names), "monitoring");
    assert_string_equal(text_nearest("prot", names), "port");
    assert_string_equal(text_nearest("types", names), "types");
    assert_null(text_nearest("webhook", names));
    assert_null(text_nearest("", names));
    assert_null(text_nearest("types", none));
}

static const struct {
    const char *pattern;
    const char *text;
    bool want;
} globs[] = {
    {"", "", true},
    {"", "a", false},
    {"a", "", false},
    {"a", "a", true},
    {"a", "A", false},
    {"a", "aa", false},
    {"*", "", true},
    {"*", "anything", true},
    {"**", "", true},
    {"app_*", "app_", true},
    {"app_*", "app_one", true},
    {"app_*", "ap", false},
    {"*_test", "a_test", true},
    {"*_test", "a_test_", false},
    {"*a*b", "xaxbxb", true},
    {"*a*b*", "xbxa", false},
    {"a?c", "abc", true},
    {"a?c", "ac", false},
    {"?", "", false},
    {"?", "ab", false},
    {"*?", "a", true},
    {"*?", "", false},
    {"?*?", "a", false},
    {"?*?", "ab", true},
    {"[a]", "[a]", true},
    {"[a]", "a", false},
    {"a\\*", "a\\b", true},
    {"*aab", "aaaaab", true},
    {"?", "é", true},
    {"?", "😀", true},
    {"??", "é", false},
    {"?*?", "é", false},
    {"*?*?*", "é", false},
    {"??", "éa", true},
    {"*é", "aé", true},
    {"a?c", "aéc", true},
};

static void globs_match_as_in_a_shell(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof globs / sizeof *globs; i++)
        if (text_glob(globs[i].pattern, globs[i].text) != globs[i].want)
            fail_msg("'%s' on '%s'", globs[i].pattern, globs[i].text);
}

/* Patterns that a backtracking matcher takes exponential time for. */
static void a_hostile_glob_ends_at_once(void **state)
{
    char text[20001];

    (void)state;
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_false(text_glob("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", text));
}

static const struct {
    const char *bytes;
    bool want;
} sequences[] = {
    {"", true},
    {"plain", true},
    {"\x7f", true},
    {"\xc2\x80", true},
    {"\xdf\xbf", true},
    {"\xe0\xa0\x80", true},
    {"\xed\x9f\xbf", true},
    {"\xee\x80\x80", true},
    {"\xef\xbf\xbf", true},
    {"\xf0\x90\x80\x80", true},
    {"\xf4\x8f\xbf\xbf", true},
    {"\x80", false},
    {"\xbf", false},
    {"\xc0\x80", false},
    {"\xc1\xbf", false},
    {"\xc2", false},
    {"\xc2"
     "a",
     false},
    {"\xe0\x9f\xbf", false},
    {"\xe2\x82", false},
    {"\xed\xa0\x80", false},
    {"\xed\xbf\xbf", false},
    {"\xf0\x8f\xbf\xbf", false},
    {"\xf4\x90\x80\x80", false},
    {"\xf5\x80\x80\x80", false},
    {"\xf8\x88\x80\x80\x80", false},
    {"\xfe", false},
    {"\xff", false},
    {"a\xf0\x9f\x98", false},
};

static void what_is_not_utf8_becomes_question_marks(void **state)
{
    static const char *const rows[][2] = {
        {"", ""},
        {"plain text of more than eight bytes", "plain text of more than eight bytes"},
        {"\xe2\x9a\x93 stays", "\xe2\x9a\x93 stays"},
        {"12345678\xe2\x9a\x93\xe2_multirange", "12345678\xe2\x9a\x93?_multirange"},
        {"\xff\xe2\x9a", "???"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CLEANUP(arena_free) Arena arena = {0};
        char *text = arena_strdup(&arena, rows[i][0]);

        text_mend_utf8(text, strlen(text));
        assert_string_equal(text, rows[i][1]);
    }
}

static void utf8_is_that_of_rfc_3629(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++)
        if (text_is_utf8(sequences[i].bytes, strlen(sequences[i].bytes)) != sequences[i].want)
            fail_msg("row %zu", i);
    assert_true(text_is_utf8("a\0b", 3));
    assert_false(text_is_utf8("\xe2\x82\xac", 2));
}

static void a_cut_never_splits_a_character(void **state)
{
    static const char text[] = "aé€😀z";

    (void)state;
    for (size_t max = 0; max <= sizeof text; max++) {
        size_t length = text_cut(text, max);

        assert_true(length <= max);
        assert_true(text_is_utf8(text, length));
        assert_true(max - length < 4 || length == strlen(text));
    }
    assert_int_equal(text_cut(text, 5), 3);
    assert_int_equal(text_cut(text, 6), 6);
    assert_int_equal(text_cut(text, 1000), strlen(text));
    assert_int_equal(text_cut("", 0), 0);
}

static void shows(const char *text, const char *want)
{
    CLEANUP(cleanup_free) char *got = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&got, &size);

    assert_non_null(out);
    text_print_safe(out, text);
    fclose(out);
    assert_string_equal(got, want);
}

#define MARK "\xef\xbf\xbd"

static void hostile_text_is_made_harmless(void **state)
{
    (void)state;
    shows("plain 'text' é€😀 <b>", "plain 'text' é€😀 <b>");
    shows("", "");
    shows("\x1b[31mred\x1b[0m", MARK "[31mred" MARK "[0m");
    shows("a\nb\rc\td\x7f", "a" MARK "b" MARK "c" MARK "d" MARK);
    shows("\xc2\x9b"
          "31m",
          MARK "31m");             /* C1: the one-byte CSI */
    shows("\xc2\xa0", "\xc2\xa0"); /* no-break space */
    shows("user\xe2\x80\xae"
          "gpj.exe",
          "user" MARK "gpj.exe");                      /* right-to-left override */
    shows("\xe2\x81\xa6x\xe2\x81\xa9", MARK "x" MARK); /* isolates */
    shows("\xe2\x80\xa8", MARK);                       /* line separator */
    shows("\xe2\x80\x8b", MARK);                       /* zero width space */
    shows("\xd8\x9c", MARK);                           /* Arabic letter mark */
    shows("\xe2\x80\x94", "\xe2\x80\x94");             /* a dash is one of their neighbours */
    shows("\xff\xfe"
          "a\xe2\x82",
          MARK MARK "a" MARK MARK);
}

static void bytes_are_found_where_they_stand_first(void **state)
{
    char text[300];

    (void)state;
    for (size_t size = 1; size < 80; size += size < 4 ? 1 : 25)
        for (size_t at = 0; at + size <= sizeof text; at++) {
            memset(text, 'a', sizeof text);
            memset(text + at, 'b', size);
            assert_ptr_equal(text_within(text, sizeof text, text + at, size), text + at);
            assert_null(text_within(text, at + size - 1, text + at, size));
        }
    assert_null(text_within(text, sizeof text, "c", 1));
    assert_null(text_within(text, 0, "a", 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distance_counts_edits_and_swaps),
        cmocka_unit_test(the_distance_of_long_texts_is_bounded),
        cmocka_unit_test(the_nearest_name_is_found_and_a_far_one_is_not),
        cmocka_unit_test(globs_match_as_in_a_shell),
        cmocka_unit_test(a_hostile_glob_ends_at_once),
        cmocka_unit_test(utf8_is_that_of_rfc_3629),
        cmocka_unit_test(what_is_not_utf8_becomes_question_marks),
        cmocka_unit_test(a_cut_never_splits_a_character),
        cmocka_unit_test(hostile_text_is_made_harmless),
        cmocka_unit_test(bytes_are_found_where_they_stand_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
