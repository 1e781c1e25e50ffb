#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "types/compare.h"

static void check(const char *old_text, const char *new_text, size_t most, bool same,
                  const char *wanted)
{
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    assert_non_null(out);
    assert_int_equal(compare_texts(old_text, new_text, most, out), same);
    assert_int_equal(fclose(out), 0);
    assert_string_equal(text, wanted);
}

static void the_same_text_has_nothing_to_say(void **state)
{
    (void)state;
    check("a: {\n  b: c\n}\n", "a: {\n  b: c\n}\n", 9, true, "");
    check("", "", 9, true, "");
}

static void a_difference_is_named_by_its_place(void **state)
{
    (void)state;
    check("x = {\n  public: {\n    t: {\n      a: string\n    }\n  }\n}\n",
          "x = {\n  public: {\n    t: {\n      a: number\n      b: string\n    }\n  }\n}\n", 9,
          false, "+ public.t: a: number\n- public.t: a: string\n+ public.t: b: string\n");
}

static void moved_objects_are_no_difference_but_not_the_same(void **state)
{
    (void)state;
    check("  a: 1\n  b: 2\n", "  b: 2\n  a: 1\n", 9, false,
          "the same lines in another order, or another ending\n");
    check("a\n", "a", 9, false, "the same lines in another order, or another ending\n");
}

static void many_differences_are_counted(void **state)
{
    (void)state;
    check("a\nb\nc\n", "", 1, false, "- a\n... and 2 more\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_text_has_nothing_to_say),
        cmocka_unit_test(a_difference_is_named_by_its_place),
        cmocka_unit_test(moved_objects_are_no_difference_but_not_the_same),
        cmocka_unit_test(many_differences_are_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
