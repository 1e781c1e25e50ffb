#include "notify/webhook.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"

/* The expected values were made with openssl dgst -sha256 -mac HMAC -binary | base64. */
static void the_vector_of_standard_webhooks_is_met(void **state)
{
    static const char body[] = "{\"test\": 2432232314}";
    Err err = {0};
    CLEANUP(cleanup_free)
    char *signature =
        webhook_signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                          1614265330, body, strlen(body), &err);

    (void)state;
    assert_non_null(signature);
    assert_string_equal(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

static void a_secret_without_prefix_is_the_key_itself(void **state)
{
    static const char body[] = "{\"a\":1}";
    Err err = {0};
    CLEANUP(cleanup_free)
    char *signature = webhook_signature("plain secret, no prefix", "0QVEHJAFEK6J8TNQBMNRHT575P",
                                        1700000000, body, strlen(body), &err);

    (void)state;
    assert_non_null(signature);
    assert_string_equal(signature, "v1,tyN59PkCgBl2RHl3tlX+MueHyaLVWp3jrVNYTb1G0wY=");
}

static void a_secret_that_is_not_base64_is_refused_without_being_quoted(void **state)
{
    static const char *const wrong[] = {"whsec_", "whsec_***hunter2***", "whsec_abc"};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        Err err = {0};
        assert_null(webhook_signature(wrong[i], "id", 1, "", 0, &err));
        assert_int_equal(err.code, EXIT_CONFIG);
        assert_null(strstr(err.msg, "hunter2"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vector_of_standard_webhooks_is_met),
        cmocka_unit_test(a_secret_without_prefix_is_the_key_itself),
        cmocka_unit_test(a_secret_that_is_not_base64_is_refused_without_being_quoted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
