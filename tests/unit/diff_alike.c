#include "diff/alike.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void each(const char *const rows[][2], size_t count, bool wanted)
{
    for (size_t i = 0; i < count; i++)
        if (alike_names(rows[i][0], rows[i][1]) != wanted ||
            alike_names(rows[i][1], rows[i][0]) != wanted)
            fail_msg("%s and %s", rows[i][0], rows[i][1]);
}

static void names_that_were_written_from_each_other_are_alike(void **state)
{
    static const char *const rows[][2] = {
        {"order", "orders"},         {"userId", "user_id"},
        {"name", "full_name"},       {"total", "total_amount"},
        {"colour", "color"},         {"email", "email_address"},
        {"users", "app_users"},      {"ship-to", "ship_to"},
        {"customer", "customer_id"}, {"organisation_id", "organization_id"},
    };

    (void)state;
    each(rows, sizeof rows / sizeof *rows, true);
}

static void names_of_other_things_are_not(void **state)
{
    static const char *const rows[][2] = {
        {"note", "memo"},
        {"first_name", "last_name"},
        {"address1", "address2"},
        {"billing_address", "shipping_address"},
        {"a", "b"},
        {"user_id", "owner_id"},
        {"created_at", "updated_at"},
        {"", "x"},
        {"___", "x"},
        {"line_1", "line_10"},
    };

    (void)state;
    each(rows, sizeof rows / sizeof *rows, false);
}

static void long_names_are_compared_by_what_there_is_room_for(void **state)
{
    char one[1000], two[1000];

    (void)state;
    for (size_t i = 0; i < sizeof one - 1; i++) {
        one[i] = i % 2 ? '_' : 'a';
        two[i] = i % 2 ? '_' : 'b';
    }
    one[sizeof one - 1] = two[sizeof two - 1] = '\0';
    assert_true(alike_names(one, one));
    assert_false(alike_names(one, two));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_that_were_written_from_each_other_are_alike),
        cmocka_unit_test(names_of_other_things_are_not),
        cmocka_unit_test(long_names_are_compared_by_what_there_is_room_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
