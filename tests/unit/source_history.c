#include "source/history.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void a_file_is_its_name_and_half_of_its_digest(void **state)
{
    json_auto_t *history = json_array();

    (void)state;
    history_add(history, "1_a.sql", "", 0);
    history_add(history, "a folder/up.sql", "abc", 3);
    history_add(history, "\xe4.sql", "a\0c", 3);
    /* SHA-256 of nothing and of "abc": FIPS 180-4. */
    assert_string_equal(json_string_value(json_array_get(history, 0)), "1_a.sql e3b0c44298fc1c14");
    assert_string_equal(json_string_value(json_array_get(history, 1)),
                        "a folder/up.sql ba7816bf8f01cfea");
    assert_memory_equal(json_string_value(json_array_get(history, 2)), "?.sql ", 6);
    assert_int_equal(json_array_size(history), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_its_name_and_half_of_its_digest),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
