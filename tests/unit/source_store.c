#include "source/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void close_it(Store **store)
{
    store_close(store);
}

static bool add(Store *store, const void *bytes, size_t length, Err *err)
{
    char *room = store_room(store, length, err);

    if (!room)
        return false;
    memcpy(room, bytes, length);
    store_added(store, length);
    return true;
}

/* Pieces of many lengths, their bytes told by where they stand. */
static void what_was_added_comes_back_from_memory_and_file(void **state)
{
    enum { PIECES = 6000, MOST = 5000 };
    CLEANUP(close_it) Store *store = store_open();
    static unsigned char piece[MOST], got[MOST * 2];
    static uint64_t ends[PIECES];
    Err err = {0};

    (void)state;
    for (size_t i = 0; i < PIECES; i++) {
        uint64_t at = store_size(store);
        size_t length = (i * 7919) % MOST;
        for (size_t k = 0; k < length; k++)
            piece[k] = (unsigned char)((at + k) * 31 >> 3);
        assert_true(add(store, piece, length, &err));
        assert_int_equal(store_size(store), at + length);
        ends[i] = at + length;
    }
    assert_true(store_size(store) > 12 * 1024 * 1024);
    for (size_t i = 0; i + 2 < PIECES; i++) {
        size_t length = (size_t)(ends[i + 2] - ends[i]); /* two pieces at once */
        assert_true(store_get(store, ends[i], got, length, &err));
        for (size_t k = 0; k < length; k++)
            if (got[k] != (unsigned char)((ends[i] + k) * 31 >> 3))
                fail_msg("piece %zu, byte %zu", i, k);
    }
}

static void a_piece_larger_than_the_memory_is_kept(void **state)
{
    enum { LARGE = 9 * 1024 * 1024 };
    CLEANUP(close_it) Store *store = store_open();
    char *large = malloc(LARGE), *got = malloc(LARGE);
    Err err = {0};

    (void)state;
    assert_non_null(large);
    assert_non_null(got);
    memset(large, 'x', LARGE);
    assert_true(add(store, "a", 1, &err));
    assert_true(add(store, large, LARGE, &err));
    assert_true(add(store, "b", 1, &err));
    assert_true(store_get(store, 1, got, LARGE, &err));
    assert_memory_equal(got, large, LARGE);
    assert_true(store_get(store, LARGE, got, 2, &err));
    assert_memory_equal(got, "xb", 2);
    free(large);
    free(got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_added_comes_back_from_memory_and_file),
        cmocka_unit_test(a_piece_larger_than_the_memory_is_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
