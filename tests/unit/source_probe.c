#include "source/probe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

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

static void ages_become_sums_that_do_not_age(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};

    (void)state;
    /* Rows of transactions 100 and 90, seen from 110 and later from 200. */
    assert_string_equal(probe_fingerprint(&arena, "pg_class:2:30:500", 110),
                        "pg_class:2:190:18100");
    assert_string_equal(probe_fingerprint(&arena, "pg_class:2:210:22100", 200),
                        "pg_class:2:190:18100");
    assert_string_equal(probe_fingerprint(&arena, "pg_roles:2=-7,pg_class:2:30:500", 110),
                        "pg_roles:2=-7,pg_class:2:190:18100");
    /* A row written anew, or gone, shows; also when its number makes up for another's. */
    assert_string_not_equal(probe_fingerprint(&arena, "pg_class:2:209:21681", 200),
                            "pg_class:2:190:18100");
    assert_string_equal(probe_fingerprint(&arena, "pg_class:2:30:450", 110),
                        "pg_class:2:190:18050");
    /* Sums beyond 64 bits. */
    assert_string_equal(
        probe_fingerprint(&arena, "pg_class:8:16000000000:32000000000000000000", 2000000001),
        "pg_class:8:8:8");
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
    assert_true(probe_is_local("pg_class:1:1,pg_type:1:1", "pg_class:2:5,pg_type:1:1"));
    assert_false(probe_is_local("pg_class:1:1,pg_type:1:1", "pg_class:2:5,pg_type:1:2"));
    assert_true(probe_is_local("pg_type of rows and arrays:1:1", "pg_type of rows and arrays:1:2"));
    assert_false(probe_is_local("pg_class:1:1", "pg_class:1:1,pg_new:1:1"));
    assert_false(probe_is_local("", "pg_class:1:1"));
    assert_false(probe_is_local("pg_roles:1=1", "pg_roles:1=2"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_transaction_keeps_its_epoch),
        cmocka_unit_test(ages_become_sums_that_do_not_age),
        cmocka_unit_test(what_was_under_way_counts_as_later),
        cmocka_unit_test(what_reaches_far_is_told_from_what_does_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
