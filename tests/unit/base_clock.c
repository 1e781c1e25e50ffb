#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static const struct {
    int64_t time_ms;
    const char *text;
} times[] = {
    {0, "1970-01-01T00:00:00.000Z"},
    {1, "1970-01-01T00:00:00.001Z"},
    {1795379908123, "2026-11-22T20:38:28.123Z"},
    {951782400000, "2000-02-29T00:00:00.000Z"},
    {4107542400000, "2100-03-01T00:00:00.000Z"},
    {1735689599999, "2024-12-31T23:59:59.999Z"},
    {-1, "1969-12-31T23:59:59.999Z"},
    {-1000, "1969-12-31T23:59:59.000Z"},
    {-62135596800000, "0001-01-01T00:00:00.000Z"},
    {253402300799999, "9999-12-31T23:59:59.999Z"},
};

static void a_time_is_rfc_3339_utc_with_milliseconds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        char text[CLOCK_TEXT_SIZE];

        if (times[i].time_ms < -1000) /* strftime need not fill the year with zeros */
            continue;
        clock_format(times[i].time_ms, text);
        assert_string_equal(text, times[i].text);
    }
}

static void a_time_that_was_written_is_read_back(void **state)
{
    int64_t time_ms = 0;

    (void)state;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        assert_true(clock_parse(times[i].text, &time_ms));
        assert_true(time_ms == times[i].time_ms);
    }
    for (int64_t wanted = 0; wanted < 200LL * 365 * 86400000; wanted += 86400000LL * 7 + 3723017) {
        char text[CLOCK_TEXT_SIZE];

        clock_format(wanted, text);
        assert_true(clock_parse(text, &time_ms));
        assert_true(time_ms == wanted);
    }
}

static void a_fraction_may_be_missing_or_of_any_length(void **state)
{
    int64_t time_ms = 0;

    (void)state;
    assert_true(clock_parse("1970-01-01T00:00:01Z", &time_ms) && time_ms == 1000);
    assert_true(clock_parse("1970-01-01T00:00:01.5Z", &time_ms) && time_ms == 1500);
    assert_true(clock_parse("1970-01-01T00:00:01.123456789012345Z", &time_ms) && time_ms == 1123);
}

static void what_is_no_time_is_refused(void **state)
{
    static const char *const texts[] = {
        "",
        "now",
        "2026-11-22",
        "2026-11-22T20:38:28",
        "2026-11-22T20:38:28.123",
        "2026-11-22T20:38:28.Z",
        "2026-11-22T20:38:28.123+01:00",
        "2026-11-22T20:38:28Zx",
        "2026-11-22 20:38:28Z",
        "2026-11-22t20:38:28Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-01-32T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "2100-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:61Z",
        "2026-1-1T1:1:1Z",
        " 2026-01-01T00:00:00Z",
        "2026- 1-01T00:00:00Z",
        "+026-01-01T00:00:00Z",
        "2026-01-01T-1:00:00Z",
        "2026-01-01T00:00:00 Z",
        "20260-01-01T00:00:00Z",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int64_t time_ms = 42;

        if (clock_parse(texts[i], &time_ms))
            fail_msg("'%s' was taken", texts[i]);
        assert_int_equal(time_ms, 42);
    }
}

static void the_clock_is_the_system_s(void **state)
{
    int64_t before = clock_monotonic_ms();
    int64_t now = (int64_t)time(NULL) * 1000;

    (void)state;
    assert_true(llabs((long long)(clock_now_ms() - now)) < 2000);
    assert_true(clock_monotonic_ms() >= before);
}

/* The example of the specification: 1469918176385 ms begin with 01ARYZ6S41. */
static void a_ulid_holds_its_bits_in_order(void **state)
{
    static const unsigned char time_only[16] = {0x01, 0x56, 0x3d, 0xf3, 0x64, 0x81};
    unsigned char bytes[16];
    char text[CLOCK_ULID_SIZE];

    (void)state;
    clock_ulid_from_bytes(time_only, text);
    assert_string_equal(text, "01ARYZ6S410000000000000000");
    memset(bytes, 0xff, sizeof bytes);
    clock_ulid_from_bytes(bytes, text);
    assert_string_equal(text, "7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
    memset(bytes, 0, sizeof bytes);
    bytes[15] = 33;
    clock_ulid_from_bytes(bytes, text);
    assert_string_equal(text, "00000000000000000000000011");
}

static void ulids_are_new_each_time_and_sort_by_time(void **state)
{
    char before[CLOCK_ULID_SIZE], after[CLOCK_ULID_SIZE], other[CLOCK_ULID_SIZE];

    (void)state;
    clock_ulid(before);
    clock_ulid(other);
    assert_string_not_equal(before, other);
    nanosleep(&(struct timespec){.tv_nsec = 3000000}, NULL);
    clock_ulid(after);
    assert_true(strcmp(before, after) < 0);
    assert_true(clock_is_ulid(before) && clock_is_ulid(after));
}

static void only_26_characters_of_the_alphabet_are_a_ulid(void **state)
{
    (void)state;
    assert_true(clock_is_ulid("01ARYZ6S410000000000000000"));
    assert_false(clock_is_ulid(""));
    assert_false(clock_is_ulid("01ARYZ6S41000000000000000"));
    assert_false(clock_is_ulid("01ARYZ6S4100000000000000000"));
    assert_false(clock_is_ulid("01ARYZ6S41000000000000000I"));
    assert_false(clock_is_ulid("01ARYZ6S41000000000000000O"));
    assert_false(clock_is_ulid("01ARYZ6S41000000000000000U"));
    assert_false(clock_is_ulid("01ARYZ6S41000000000000000a"));
    assert_false(clock_is_ulid("../../../../../../etc/pass"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_time_is_rfc_3339_utc_with_milliseconds),
        cmocka_unit_test(a_time_that_was_written_is_read_back),
        cmocka_unit_test(a_fraction_may_be_missing_or_of_any_length),
        cmocka_unit_test(what_is_no_time_is_refused),
        cmocka_unit_test(the_clock_is_the_system_s),
        cmocka_unit_test(a_ulid_holds_its_bits_in_order),
        cmocka_unit_test(ulids_are_new_each_time_and_sort_by_time),
        cmocka_unit_test(only_26_characters_of_the_alphabet_are_a_ulid),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
