#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "replay/names.h"

static void identifiers_are_quoted_when_they_must_be(void **state)
{
    Arena arena = {0};

    (void)state;
    assert_string_equal(names_quote(&arena, "plain_1"), "plain_1");
    assert_string_equal(names_quote(&arena, "Upper"), "\"Upper\"");
    assert_string_equal(names_quote(&arena, "1st"), "\"1st\"");
    assert_string_equal(names_quote(&arena, "a\"b"), "\"a\"\"b\"");
    assert_string_equal(names_quote(&arena, "select"), "\"select\"");
    assert_string_equal(names_quote(&arena, "name"), "name");
    assert_string_equal(names_quote(&arena, ""), "\"\"");
    assert_string_equal(names_qualified(&arena, "s", "T"), "s.\"T\"");
    arena_free(&arena);
}

static void literals_double_only_the_quote(void **state)
{
    Arena arena = {0};

    (void)state;
    assert_string_equal(names_literal(&arena, "it's a \\"), "'it''s a \\'");
    arena_free(&arena);
}

static void made_names_lose_the_longer_part_first(void **state)
{
    Arena arena = {0};
    char fifty[51] = {0};

    (void)state;
    memset(fifty, 'a', 50);
    assert_string_equal(names_make(&arena, "orders", "user_id", "fkey"), "orders_user_id_fkey");
    assert_string_equal(names_make(&arena, "orders", NULL, "pkey"), "orders_pkey");
    assert_int_equal(strlen(names_make(&arena, fifty, fifty, "check")), NAMES_LENGTH_MAX);
    /* 63 = 50 + 1 + 7 + 1 + 4: only the long one is cut. */
    assert_string_equal(names_make(&arena, fifty, "user_id_x", "key") + 49, "_user_id_x_key");
    arena_free(&arena);
}

static void a_name_is_not_cut_within_a_character(void **state)
{
    Arena arena = {0};
    char name[66] = {0};

    (void)state;
    memset(name, 'a', 62);
    memcpy(name + 62, "\xC3\xA9", 2);
    assert_int_equal(strlen(names_cut(&arena, name)), 62);
    assert_string_equal(names_cut(&arena, "short"), "short");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(identifiers_are_quoted_when_they_must_be),
        cmocka_unit_test(literals_double_only_the_quote),
        cmocka_unit_test(made_names_lose_the_longer_part_first),
        cmocka_unit_test(a_name_is_not_cut_within_a_character),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
