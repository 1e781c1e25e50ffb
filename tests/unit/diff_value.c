#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "diff/value.h"

static void note(void *aim, LineMark mark, const char *text, size_t length)
{
    static const char signs[] = {
        [LINE_SAME] = ' ', [LINE_OLD] = '-', [LINE_NEW] = '+', [LINE_SKIPPED] = '@'};
    Buffer *told = aim;

    buffer_char(told, signs[mark]);
    if (mark == LINE_SKIPPED)
        buffer_number(told, (int64_t)length);
    else
        buffer_add(told, text, length);
    buffer_char(told, '\n');
}

static void check(const char *old, const char *new, size_t context, const char *wanted)
{
    Buffer told = {0};

    value_compare(old, new, context, note, &told);
    assert_string_equal(told.bytes ? told.bytes : "", wanted);
    buffer_free(&told);
}

static void lines_are_told_with_what_is_near(void **state)
{
    (void)state;
    check("a\nb\nc\nd\ne\nf\ng", "a\nb\nc\nD\ne\nf\ng", 1, "@2\n c\n-d\n+D\n e\n@2\n");
    check("a\nb\nc\nd\ne\nf\ng", "a\nb\nc\nD\ne\nf\ng", 0, "@3\n-d\n+D\n@3\n");
    /* One line is told, not that there is one. */
    check("a\nb\nc\nd", "a\nb\nc\nD", 2, " a\n b\n c\n-d\n+D\n");
    check("a\nx\nb\ny\nc", "a\nX\nb\nY\nc", 1, " a\n-x\n+X\n b\n-y\n+Y\n c\n");
    check("a\nb\nc", "b\nc\nd", 9, "-a\n b\n c\n+d\n");
}

static void what_is_not_there_has_no_lines(void **state)
{
    (void)state;
    check(NULL, "a\nb", 1, "+a\n+b\n");
    check("a\nb\n", NULL, 1, "-a\n-b\n");
    check(NULL, NULL, 1, "");
    check("a", "a", 1, " a\n");
    check("", "a", 1, "-\n+a\n");
}

static void a_line_end_at_the_end_makes_a_difference_alone(void **state)
{
    (void)state;
    check("a\n", "b\n", 1, "-a\n+b\n");
    check("a", "a\n", 1, " a\n+\n");
}

static void very_many_lines_are_not_searched_for_what_is_the_same(void **state)
{
    Buffer old = {0}, new = {0}, told = {0};

    (void)state;
    for (int i = 0; i < 40000; i++) {
        buffer_text(&old, i % 2 ? "a\n" : "b\n");
        buffer_text(&new, i % 2 ? "c\n" : "b\n");
    }
    value_compare(old.bytes, new.bytes, 0, note, &told);
    assert_int_equal(told.length, 3 + 3 * 2 * 39999L); /* "@1", and then each of the others */
    buffer_free(&old);
    buffer_free(&new);
    buffer_free(&told);
}

static void what_is_cut_shows_what_differs(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};
    static const char old[] = "CREATE INDEX a_long_name ON public.some_table USING btree (one)";
    static const char new[] = "CREATE INDEX a_long_name ON public.some_table USING btree (two)";

    (void)state;
    assert_string_equal(value_cut(&arena, old, new, 100), old);
    assert_string_equal(value_cut(&arena, old, new, 40), "...USING btree (one)");
    assert_string_equal(value_cut(&arena, new, old, 40), "...USING btree (two)");
    assert_string_equal(value_cut(&arena, old, NULL, 15), "CREATE INDEX...");
    assert_string_equal(value_cut(&arena, "éééééé", NULL, 5), "éé...");
    /* No character is cut in two, and a wide one takes two columns. */
    assert_string_equal(value_cut(&arena, "日本日本", NULL, 6), "日...");
    assert_int_equal(value_columns("日本e\xcc\x81"), 5);
}

static void arrays_and_objects_have_an_item_a_line(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};
    json_auto_t *roles = json_pack("[s, s]", "a", "b\nc");
    json_auto_t *grants = json_pack("{s:[s], s:b}", "anon", "all", "x", 1);
    json_auto_t *one = json_pack("[s]", "a");

    (void)state;
    assert_string_equal(value_lines(&arena, roles), "a\nb\nc");
    assert_string_equal(value_line(&arena, roles), "[\"a\",\"b\\nc\"]");
    assert_string_equal(value_lines(&arena, grants), "anon: [\"all\"]\nx: true");
    assert_string_equal(value_lines(&arena, one), "[\"a\"]");
    assert_null(value_lines(&arena, NULL));
    assert_string_equal(value_line(&arena, NULL), "none");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_told_with_what_is_near),
        cmocka_unit_test(what_is_not_there_has_no_lines),
        cmocka_unit_test(a_line_end_at_the_end_makes_a_difference_alone),
        cmocka_unit_test(very_many_lines_are_not_searched_for_what_is_the_same),
        cmocka_unit_test(what_is_cut_shows_what_differs),
        cmocka_unit_test(arrays_and_objects_have_an_item_a_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
