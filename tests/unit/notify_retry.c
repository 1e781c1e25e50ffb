#include "notify/retry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const int64_t second = 1000, minute = 60000, hour = 3600000;

static int64_t wait_of(int attempts, int64_t retry_after_ms, uint32_t random)
{
    int64_t wait = -1;

    assert_true(retry_wait(attempts, retry_after_ms, random, &wait));
    return wait;
}

static void the_waits_are_those_of_standard_webhooks(void **state)
{
    const int64_t waits[] = {5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour,
                             10 * hour,  14 * hour,  20 * hour,   24 * hour};

    (void)state;
    for (int i = 0; i < RETRY_ATTEMPTS - 1; i++) {
        assert_int_equal(wait_of(i + 1, -1, INT32_MAX), waits[i]);
        assert_int_equal(wait_of(i + 1, -1, 0), waits[i] * 4 / 5);
        assert_in_range(wait_of(i + 1, -1, UINT32_MAX), waits[i] * 119 / 100, waits[i] * 6 / 5);
    }
}

static void after_the_tenth_attempt_a_job_is_given_up(void **state)
{
    int64_t wait = -1;

    (void)state;
    assert_false(retry_wait(RETRY_ATTEMPTS, -1, 0, &wait));
    assert_false(retry_wait(1000, 5000, 0, &wait));
    assert_int_equal(wait, -1);
}

static void a_longer_retry_after_wins_and_a_shorter_one_does_not(void **state)
{
    (void)state;
    assert_int_equal(wait_of(1, 90 * second, INT32_MAX), 90 * second);
    assert_int_equal(wait_of(2, 90 * second, INT32_MAX), 5 * minute);
    assert_int_equal(wait_of(1, 0, INT32_MAX), 5 * second);
}

static void of_retry_after_one_day_is_honoured(void **state)
{
    (void)state;
    assert_int_equal(wait_of(1, 300 * hour, INT32_MAX), 24 * hour);
}

static void a_status_decides_between_done_again_and_never(void **state)
{
    static const struct {
        int status;
        Outcome outcome;
    } cases[] = {
        {200, OUTCOME_DELIVERED}, {204, OUTCOME_DELIVERED}, {299, OUTCOME_DELIVERED},
        {100, OUTCOME_FAILED},    {301, OUTCOME_FAILED},    {307, OUTCOME_FAILED},
        {429, OUTCOME_FAILED},    {408, OUTCOME_FAILED},    {425, OUTCOME_FAILED},
        {500, OUTCOME_FAILED},    {503, OUTCOME_FAILED},    {599, OUTCOME_FAILED},
        {400, OUTCOME_DEAD},      {401, OUTCOME_DEAD},      {404, OUTCOME_DEAD},
        {410, OUTCOME_DEAD},      {422, OUTCOME_DEAD},      {0, OUTCOME_FAILED},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (retry_outcome(cases[i].status) != cases[i].outcome)
            fail_msg("%d is %s", cases[i].status, outcome_name(retry_outcome(cases[i].status)));
}

static void a_long_reason_is_cut_between_characters(void **state)
{
    char text[1200] = "";

    (void)state;
    for (int i = 0; i < 500; i++)
        strcat(text, "\xc3\xa9");
    Delivery even = delivery_of(OUTCOME_FAILED, "%s", text);
    Delivery odd = delivery_of(OUTCOME_FAILED, "x%s", text);
    assert_int_equal(strlen(even.error), 510);
    assert_int_equal(strlen(odd.error), 511);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_waits_are_those_of_standard_webhooks),
        cmocka_unit_test(after_the_tenth_attempt_a_job_is_given_up),
        cmocka_unit_test(a_longer_retry_after_wins_and_a_shorter_one_does_not),
        cmocka_unit_test(of_retry_after_one_day_is_honoured),
        cmocka_unit_test(a_status_decides_between_done_again_and_never),
        cmocka_unit_test(a_long_reason_is_cut_between_characters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
