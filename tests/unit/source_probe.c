#include "source/probe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void the_newest_transaction_keeps_its_epoch(void **state)
{
    (void)state;
    assert_int_equal(probe_latest("700:705:", "702"), 705);
    assert_int_equal(probe_latest("700:705:701", "705"), 708);
    /* Ages are signed: transaction 4,294,967,300 is the fourth of the second round. */
    assert_int_equal(probe_latest("4294967290:4294967300:", "1"), 4294967300);
    assert_int_equal(probe_latest("4294967290:4294967294:", "-5"), 4294967294);
}

static void a_fingerprint_is_told_from_a_later_base(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};
    const char *text = "pg_am:7:,pg_class:20:0=1@16400;5=2@16401+16402;12=3,pg_roles:2=-7";

    (void)state;
    assert_string_equal(probe_rebase(&arena, text, "90:100:90 start", "90:110:90 start"), text);
    assert_string_equal(probe_rebase(&arena, text, "90:100:90 start", "95:110:95 start"),
                        "pg_am:7:,pg_class:20:0=2@16401+16402;7=3,pg_roles:2=-7");
    assert_string_equal(probe_rebase(&arena, text, "90:100:90 start", "110:110: start"),
                        "pg_am:7:,pg_class:20:,pg_roles:2=-7");
    assert_string_equal(probe_rebase(&arena, "", "90:100:90 start", "110:110: start"), "");
    assert_string_equal(probe_rebase(&arena, "pg_am:7:,pg_index:0:5=1@16400,pg_subscription:0",
                                     "90:100: start", "110:110: start"),
                        "pg_am:7:,pg_subscription:0");
    /* A row of half the numbers away, which cannot be told from a new one, is kept. */
    assert_string_equal(
        probe_rebase(&arena, "pg_class:1:4000000000=1", "90:100: start", "110:110: start"),
        "pg_class:1:3999999980=1");
}

static void a_fingerprint_is_taken_apart(void **state)
{
    const char *text = "pg_class:20:5=2@16401+16402;12=3,pg_roles:2=-7,pg_am:7:";
    ProbeItem item = {0}, other = {0};

    (void)state;
    assert_true(probe_next(&text, &item));
    assert_int_equal(item.name_length, 8);
    assert_int_equal(item.rows, 20);
    assert_memory_equal(item.written, "5=2@16401+16402;12=3,", item.written_length + 1);
    assert_true(probe_next(&text, &other));
    assert_int_equal(other.rows, 2);
    assert_false(probe_item_is_same(&item, &other));
    assert_true(probe_next(&text, &other));
    assert_int_equal(other.rows, 7);
    assert_int_equal(other.written_length, 0);
    assert_false(probe_next(&text, &other));
}

static void what_has_no_rows_is_left_out(void **state)
{
    const char *old = "pg_am:7:,pg_type:1:", *new = "pg_policy:2:5=2@16400,pg_type:1:,pg_user:0";
    ProbeItem before, after;

    (void)state;
    assert_true(probe_next_pair(&old, &new, &before, &after));
    assert_memory_equal(after.text, "pg_am", after.name_length);
    assert_int_equal(before.rows, 7);
    assert_int_equal(after.rows, 0);
    assert_false(probe_item_is_same(&before, &after));
    assert_true(probe_next_pair(&old, &new, &before, &after));
    assert_memory_equal(after.text, "pg_policy:2:", after.name_length);
    assert_int_equal(before.rows, 0);
    assert_int_equal(before.written_length, 0);
    assert_int_equal(after.written_length, strlen("5=2@16400"));
    assert_true(probe_next_pair(&old, &new, &before, &after));
    assert_true(probe_item_is_same(&before, &after));
    assert_true(probe_next_pair(&old, &new, &before, &after));
    assert_int_equal(before.length, 0);
    assert_false(probe_next_pair(&old, &new, &before, &after));
}

static void what_was_under_way_counts_as_later(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};

    (void)state;
    assert_string_equal(probe_since(&arena, "90:100:90,95 start", "1:1: start", 110), "90");
    assert_string_equal(probe_since(&arena, "110:110: start", "1:1: start", 110), "110");
    assert_string_equal(
        probe_since(&arena, "4294967396:4294967400: start", "1:1: start", 4294967500), "100");
    assert_null(probe_since(&arena, "5:100: start", "1:1: start", 3000000000));
    assert_null(probe_since(&arena, "110:110: start", "1:1: start", 109));
    assert_null(probe_since(&arena, "90:100: start", "1:1: later", 110));
    assert_null(probe_since(&arena, "", "1:1: start", 110));
}

static void what_reaches_far_is_told_from_what_does_not(void **state)
{
    (void)state;
    assert_true(probe_is_local("pg_class:1:,pg_type:1:", "pg_class:2:5=1@16400,pg_type:1:"));
    assert_false(probe_is_local("pg_class:1:,pg_type:1:", "pg_class:2:5=1@16400,pg_type:1:2=1"));
    assert_true(
        probe_is_local("pg_type of rows and arrays:0:", "pg_type of rows and arrays:0:3=2"));
    assert_true(probe_is_local("pg_class:1:", "pg_class:1:,pg_policy:1:5=1@16400"));
    assert_false(probe_is_local("pg_class:1:", "pg_class:1:,pg_extension:1:"));
    assert_false(probe_is_local("", "pg_class:1:"));
    assert_false(probe_is_local("pg_roles:1=1", "pg_roles:1=2"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_transaction_keeps_its_epoch),
        cmocka_unit_test(a_fingerprint_is_told_from_a_later_base),
        cmocka_unit_test(a_fingerprint_is_taken_apart),
        cmocka_unit_test(what_has_no_rows_is_left_out),
        cmocka_unit_test(what_was_under_way_counts_as_later),
        cmocka_unit_test(what_reaches_far_is_told_from_what_does_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
