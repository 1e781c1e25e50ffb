#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "types/layout.h"

static Arena arena;

static int arena_empty(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static Layout *atom(const char *text)
{
    return layout_atom(&arena, text);
}

static Layout *two(LayoutKind kind, const char *text, Layout *a, Layout *b)
{
    Layout *node = layout_new(&arena, kind, false, text);

    layout_add(&arena, node, kind == LAYOUT_OBJECT ? "a" : NULL, false, a);
    layout_add(&arena, node, kind == LAYOUT_OBJECT ? "b" : NULL, true, b);
    return node;
}

static void check(size_t indent, const char *key, Layout *type, const char *wanted)
{
    CLEANUP(buffer_free) Buffer out = {0};

    layout_put_member(&out, indent, key, type);
    assert_string_equal(out.bytes, wanted);
}

#define LONG "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static void what_fits_is_one_line(void **state)
{
    (void)state;
    check(2, "k", two(LAYOUT_OBJECT, NULL, atom("A"), atom("B")), "  k: { a: A; b?: B }\n");
    check(0, "k", layout_array(&arena, two(LAYOUT_UNION, NULL, atom("A"), atom("B"))),
          "k: (A | B)[]\n");
    /* 67 and 13 columns are 80, and one more is too much. */
    check(2, "k", two(LAYOUT_UNION, NULL, atom(LONG), atom("null1")), "  k: " LONG " | null1\n");
    check(2, "k", two(LAYOUT_UNION, NULL, atom(LONG), atom("null12")),
          "  k:\n    | " LONG "\n    | null12\n");
}

static void atoms_are_never_broken(void **state)
{
    (void)state;
    check(0, "key_that_is_long", atom(LONG), "key_that_is_long: " LONG "\n");
    check(0, "key_that_is_long", layout_array(&arena, atom(LONG)),
          "key_that_is_long: " LONG "[]\n");
}

static void arrays_of_unions_break_inside_parentheses(void **state)
{
    (void)state;
    check(0, "k", layout_array(&arena, two(LAYOUT_UNION, NULL, atom(LONG), atom(LONG))),
          "k: (\n  | " LONG "\n  | " LONG "\n)[]\n");
    check(0, "k",
          layout_or_null(&arena,
                         layout_array(&arena, two(LAYOUT_UNION, NULL, atom(LONG), atom(LONG)))),
          "k:\n  | (\n      | " LONG "\n      | " LONG "\n    )[]\n  | null\n");
}

static void objects_and_generics_break_one_member_a_line(void **state)
{
    (void)state;
    check(2, "k", two(LAYOUT_OBJECT, NULL, atom(LONG), atom("B")),
          "  k: {\n    a: " LONG "\n    b?: B\n  }\n");
    check(2, "k", two(LAYOUT_GENERIC, "Omit", atom(LONG), atom("B")),
          "  k: Omit<\n    " LONG ",\n    B\n  >\n");
}

static void null_hugs_what_has_brackets_of_its_own(void **state)
{
    (void)state;
    check(0, "k", layout_or_null(&arena, two(LAYOUT_OBJECT, NULL, atom(LONG), atom(LONG))),
          "k: {\n  a: " LONG "\n  b?: " LONG "\n} | null\n");
    check(0, LONG "aaaaaa", layout_or_null(&arena, atom("Json")), LONG "aaaaaa: Json | null\n");
}

static void unknown_is_never_or_null(void **state)
{
    (void)state;
    check(0, "k", layout_or_null(&arena, atom("unknown")), "k: unknown\n");
}

static void lists_break_with_a_comma_behind_each(void **state)
{
    const char *values[] = {"\"a\"", "\"b\""};
    CLEANUP(buffer_free) Buffer out = {0};

    (void)state;
    layout_put_list(&out, 2, "k", values, 2, ",");
    layout_put_list(&out, 2, LONG, values, 2, ",");
    layout_put_list(&out, 2, "e", values, 0, "");
    assert_string_equal(out.bytes, "  k: [\"a\", \"b\"],\n  " LONG
                                   ": [\n    \"a\",\n    \"b\",\n  ],\n  e: []\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(what_fits_is_one_line, arena_empty),
        cmocka_unit_test_teardown(atoms_are_never_broken, arena_empty),
        cmocka_unit_test_teardown(arrays_of_unions_break_inside_parentheses, arena_empty),
        cmocka_unit_test_teardown(objects_and_generics_break_one_member_a_line, arena_empty),
        cmocka_unit_test_teardown(null_hugs_what_has_brackets_of_its_own, arena_empty),
        cmocka_unit_test_teardown(unknown_is_never_or_null, arena_empty),
        cmocka_unit_test(lists_break_with_a_comma_behind_each),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
