#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void pieces_follow_each_other(void **state)
{
    Buffer buffer = {0};

    (void)state;
    for (int i = 0; i < 1000; i++) {
        buffer_number(&buffer, i % 10);
        buffer_char(&buffer, ',');
    }
    assert_int_equal(buffer.length, 2000);
    assert_string_equal(buffer.bytes + 1996, "8,9,");
    buffer_clear(&buffer);
    assert_string_equal(buffer.bytes, "");
    buffer_add(&buffer, "a\0b", 3);
    buffer_text(&buffer, "c");
    assert_int_equal(buffer.length, 4);
    assert_memory_equal(buffer.bytes, "a\0bc", 5);
    buffer_free(&buffer);
    assert_null(buffer.bytes);
}

static void numbers_are_written_to_the_last_digit(void **state)
{
    Buffer buffer = {0};

    (void)state;
    buffer_number(&buffer, INT64_MIN);
    buffer_number(&buffer, 0);
    buffer_number(&buffer, INT64_MAX);
    assert_string_equal(buffer.bytes, "-922337203685477580809223372036854775807");
    buffer_free(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_follow_each_other),
        cmocka_unit_test(numbers_are_written_to_the_last_digit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
