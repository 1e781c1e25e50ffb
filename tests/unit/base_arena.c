#include "base/arena.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void memory_is_zeroed_and_aligned(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};

    (void)state;
    for (size_t size = 0; size < 300; size++) {
        unsigned char *piece = arena_alloc(&arena, size);

        assert_int_equal((uintptr_t)piece % alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(piece[i], 0);
        memset(piece, 0xff, size);
    }
}

static void pieces_do_not_overlap_and_stay(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};
    unsigned char *pieces[2000];

    (void)state;
    for (size_t i = 0; i < 2000; i++) {
        pieces[i] = arena_alloc(&arena, i % 257 + 1);
        memset(pieces[i], (int)(i % 251), i % 257 + 1);
    }
    for (size_t i = 0; i < 2000; i++)
        for (size_t at = 0; at <= i % 257; at++)
            assert_int_equal(pieces[i][at], i % 251);
}

static void a_piece_larger_than_a_block_is_given_too(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};
    char *small = arena_strdup(&arena, "small");
    char *large = arena_alloc(&arena, 1000000);

    (void)state;
    memset(large, 'x', 1000000);
    assert_string_equal(small, "small");
    assert_string_equal(arena_strdup(&arena, "after"), "after");
    assert_int_equal(large[999999], 'x');
}

static void texts_are_copied_and_ended(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};
    char source[] = "abcdef";
    char *copy = arena_strdup(&arena, source);
    char *part = arena_strndup(&arena, source, 3);

    (void)state;
    source[0] = 'X';
    assert_string_equal(copy, "abcdef");
    assert_string_equal(part, "abc");
    assert_null(arena_strdup(&arena, NULL));
    assert_string_equal(arena_strndup(&arena, NULL, 0), "");
    assert_string_equal(arena_printf(&arena, "%s-%d", "a", 42), "a-42");
    assert_string_equal(arena_printf(&arena, "%s", ""), "");
}

static void a_printed_text_may_be_longer_than_a_block(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};
    char *text = arena_printf(&arena, "%200000d", 7);

    (void)state;
    assert_int_equal(strlen(text), 200000);
    assert_int_equal(text[199999], '7');
}

static void a_freed_arena_is_empty_and_may_be_used_again(void **state)
{
    Arena arena = {0};

    (void)state;
    arena_free(&arena);
    arena_alloc(&arena, 100000);
    arena_alloc(&arena, 100000);
    arena_free(&arena);
    assert_null(arena.last);
    assert_string_equal(arena_strdup(&arena, "again"), "again");
    arena_free(&arena);
    arena_free(&arena);
}

static void realloc_of_nothing_is_a_pointer(void **state)
{
    (void)state;
    char *text = arena_realloc_or_exit(NULL, 0);
    assert_non_null(text);
    text = arena_realloc_or_exit(text, 10);
    strcpy(text, "123456789");
    text = arena_realloc_or_exit(text, 100);
    assert_string_equal(text, "123456789");
    cleanup_free(&text);
    assert_null(text);
    cleanup_free(&text);
}

static void an_image_is_put_back_and_what_came_since_stays(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(arena_image_free) ArenaImage *image = NULL;
    char *pieces[3000], *since;

    (void)state;
    image = arena_save(&arena); /* of an empty one */
    arena_restore(image);
    arena_image_free(&image);
    for (size_t i = 0; i < 3000; i++)
        pieces[i] = arena_printf(&arena, "piece %zu", i);
    assert_true(arena_size(&arena) >= (size_t)3000 * 8);
    image = arena_save(&arena);
    for (size_t i = 0; i < 3000; i++)
        *pieces[i] = 'x';
    since = arena_strdup(&arena, "since");
    for (size_t i = 0; i < 3000; i++)
        arena_strdup(&arena, "much more");
    arena_restore(image);
    for (size_t i = 0; i < 3000; i++) {
        char want[32];

        snprintf(want, sizeof want, "piece %zu", i);
        assert_string_equal(pieces[i], want);
    }
    assert_string_equal(since, "since");
    assert_string_equal(arena_strdup(&arena, "after"), "after");
    assert_string_equal(since, "since");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned),
        cmocka_unit_test(pieces_do_not_overlap_and_stay),
        cmocka_unit_test(a_piece_larger_than_a_block_is_given_too),
        cmocka_unit_test(texts_are_copied_and_ended),
        cmocka_unit_test(a_printed_text_may_be_longer_than_a_block),
        cmocka_unit_test(a_freed_arena_is_empty_and_may_be_used_again),
        cmocka_unit_test(realloc_of_nothing_is_a_pointer),
        cmocka_unit_test(an_image_is_put_back_and_what_came_since_stays),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
