#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "types/names.h"

static void check_order(const char *const *names)
{
    for (size_t i = 0; names[i]; i++) {
        for (size_t j = 0; names[j]; j++) {
            int order = names_compare(names[i], names[j]);

            if ((order > 0) - (order < 0) != (i > j) - (i < j))
                fail_msg("'%s' and '%s' compare as %d", names[i], names[j], order);
        }
    }
}

static void names_stand_in_the_order_of_the_icu_root_collation(void **state)
{
    static const char *const one[] = {"_a", "a b", "a_b", "A_b", "a_c", "a-b",  "a1",  "a10", "a2",
                                      "ab", "aB",  "Ab",  "AB",  "ab_", "ab_c", "abc", "abC", NULL};
    static const char *const two[] = {"user",    "User",    "USER",  "usér",   "user id", "user_",
                                      "user_id", "user-id", "user$", "userId", "users",   NULL};
    static const char *const three[] = {"a", "ä", "b",  "ss", "ß",  "st", "z", "ж",
                                        "Ж", "з", "한", "あ", "ア", "本", NULL};
    static const char *const four[] = {"a-b", "ad", "ae", "aé", "æ",  "Æ", "af", "id", "iz", "ı",
                                       "j",   "kz", "łz", "oe", "øe", "œ", "of", "z",  "þ",  NULL};

    (void)state;
    check_order(one);
    check_order(two);
    check_order(three);
    check_order(four);
}

static void symbols_come_before_digits_and_letters(void **state)
{
    static const char *const names[] = {"a ", "a_", "a~", "a❤", "a😀", "a$", "a0", "aa", NULL};

    (void)state;
    check_order(names);
}

static void check_text(const char *(*make)(Arena *, const char *), const char *value,
                       const char *wanted)
{
    CLEANUP(arena_free) Arena arena = {0};

    assert_string_equal(make(&arena, value), wanted);
}

static const char *literal(Arena *arena, const char *value)
{
    return names_literal(arena, value);
}

static void literals_take_the_quote_that_needs_fewer_escapes(void **state)
{
    (void)state;
    check_text(literal, "plain", "\"plain\"");
    check_text(literal, "it's", "\"it's\"");
    check_text(literal, "say \"x\"", "'say \"x\"'");
    check_text(literal, "both ' and \"", "\"both ' and \\\"\"");
    check_text(literal, "''\"\"\"", "'\\'\\'\"\"\"'");
    check_text(literal, "a\\b\n\t\x01</script>", "\"a\\\\b\\n\\t\\u0001</script>\"");
    check_text(literal, "", "\"\"");
}

static void keys_are_bare_when_they_are_identifiers(void **state)
{
    (void)state;
    check_text(names_key, "class", "class");
    check_text(names_key, "__proto__", "__proto__");
    check_text(names_key, "$a1", "$a1");
    check_text(names_key, "ünï", "ünï");
    check_text(names_key, "日本", "日本");
    check_text(names_key, "1st", "\"1st\"");
    check_text(names_key, "a-b", "\"a-b\"");
    check_text(names_key, "", "\"\"");
    check_text(names_key, "😀", "\"😀\"");
    check_text(names_key, "; --", "\"; --\"");
}

static void widths_are_those_of_a_terminal(void **state)
{
    (void)state;
    assert_int_equal(names_width("abc"), 3);
    assert_int_equal(names_width("naïve"), 5);
    assert_int_equal(names_width("日本"), 4);
    assert_int_equal(names_width("😀"), 2);
    assert_int_equal(names_width("a\u200bb"), 2);
    assert_int_equal(names_width("e\u0301"), 1);
    assert_int_equal(names_width("❤\uFE0F"), 2);
    assert_int_equal(names_width("C\uFE0F"), 1);
    assert_int_equal(names_width("👩\u200d👩"), 2);
}

static void array_indexes_are_told_from_other_keys(void **state)
{
    unsigned long value = 7;

    (void)state;
    assert_true(names_index("0", &value));
    assert_int_equal(value, 0);
    assert_true(names_index("4294967294", &value));
    assert_true(value == 4294967294UL);
    assert_false(names_index("4294967295", &value));
    assert_false(names_index("09", &value));
    assert_false(names_index("", &value));
    assert_false(names_index("1a", &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_stand_in_the_order_of_the_icu_root_collation),
        cmocka_unit_test(symbols_come_before_digits_and_letters),
        cmocka_unit_test(literals_take_the_quote_that_needs_fewer_escapes),
        cmocka_unit_test(keys_are_bare_when_they_are_identifiers),
        cmocka_unit_test(widths_are_those_of_a_terminal),
        cmocka_unit_test(array_indexes_are_told_from_other_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
