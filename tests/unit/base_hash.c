#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void items_are_in_the_order_of_their_places(void **state)
{
    static const uint64_t places[] = {5, 1, 9, 5, 3};
    static const uint64_t ordered[] = {1, 3, 5, 9};
    Arena arena = {0};
    Hash hash = {0};
    size_t count = 1;
    const HashItem *items;

    (void)state;
    assert_null(hash_items(&hash, 7, &count));
    assert_int_equal(count, 0);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        hash_add(&arena, &hash, 7, places[i], &places[i]);
    items = hash_items(&hash, 7, &count);
    assert_int_equal(count, 4);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(items[i].place, ordered[i]);
    assert_ptr_equal(items[2].item, &places[0]);
    arena_free(&arena);
}

static void what_is_removed_is_not_found(void **state)
{
    Arena arena = {0};
    Hash hash = {0};
    size_t count;

    (void)state;
    hash_remove(&hash, 7, 1);
    hash_add(&arena, &hash, 7, 1, "a");
    hash_add(&arena, &hash, 7, 2, "b");
    hash_remove(&hash, 7, 3);
    hash_remove(&hash, 8, 1);
    hash_remove(&hash, 7, 1);
    assert_string_equal(hash_items(&hash, 7, &count)->item, "b");
    assert_int_equal(count, 1);
    hash_remove(&hash, 7, 2);
    hash_items(&hash, 7, &count);
    assert_int_equal(count, 0);
    arena_free(&arena);
}

static void many_keys_stay_apart(void **state)
{
    Arena arena = {0};
    Hash hash = {0};
    static const char names[] = "abcdefghijklmnopqrstuvwxyz";

    (void)state;
    for (size_t i = 0; i < 26; i++)
        for (size_t k = 0; k < 26; k++)
            hash_add(&arena, &hash, hash_key(names + i, names + k), i, names + k);
    for (size_t i = 0; i < 26; i++)
        for (size_t k = 0; k < 26; k++) {
            size_t count;
            const HashItem *items = hash_items(&hash, hash_key(names + i, names + k), &count);

            assert_int_equal(count, 1);
            assert_int_equal(items->place, i);
            assert_ptr_equal(items->item, names + k);
        }
    arena_free(&arena);
}

static void the_texts_of_a_key_do_not_run_together(void **state)
{
    (void)state;
    assert_int_not_equal(hash_key("ab", "c"), hash_key("a", "bc"));
    assert_int_not_equal(hash_key("", "a"), hash_key("a", ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_are_in_the_order_of_their_places),
        cmocka_unit_test(what_is_removed_is_not_found),
        cmocka_unit_test(many_keys_stay_apart),
        cmocka_unit_test(the_texts_of_a_key_do_not_run_together),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
