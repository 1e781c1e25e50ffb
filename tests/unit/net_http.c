#include "net/http.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>

#include "base/cleanup.h"

static HttpReach reach(const char *text)
{
    struct sockaddr_in in4 = {.sin_family = AF_INET};
    struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};
    struct sockaddr_storage storage = {0};

    if (inet_pton(AF_INET, text, &in4.sin_addr) == 1)
        memcpy(&storage, &in4, sizeof in4);
    else if (inet_pton(AF_INET6, text, &in6.sin6_addr) == 1)
        memcpy(&storage, &in6, sizeof in6);
    else
        fail_msg("'%s' is no address", text);
    return http_reach((const struct sockaddr *)&storage);
}

static void link_local_metadata_and_multicast_addresses_are_refused(void **state)
{
    static const char *const refused[] = {
        "169.254.169.254",
        "169.254.0.1",
        "0.0.0.0",
        "0.1.2.3",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "::",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1",
        "fd00:ec2::254",
        "fd20:ce::254",
        "::ffff:169.254.169.254",
        "::169.254.169.254",
        "64:ff9b::169.254.169.254",
        "2002:a9fe:a9fe::1",
    };

    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        if (reach(refused[i]) != HTTP_REACH_REFUSED)
            fail_msg("%s is not refused", refused[i]);
}

static void loopback_is_known_in_both_families(void **state)
{
    static const char *const loopback[] = {"127.0.0.1", "127.255.1.2", "::1", "::ffff:127.0.0.1"};

    (void)state;
    for (size_t i = 0; i < sizeof loopback / sizeof loopback[0]; i++)
        if (reach(loopback[i]) != HTTP_REACH_LOOPBACK)
            fail_msg("%s is not loopback", loopback[i]);
}

static void public_and_private_addresses_serve(void **state)
{
    static const char *const served[] = {"93.184.216.34", "10.1.2.3",       "192.168.7.7",
                                         "172.16.0.1",    "128.0.0.1",      "169.253.255.255",
                                         "169.255.0.1",   "223.1.1.1",      "2606:4700::1",
                                         "fd12:3456::1",  "2002:101:101::", "::ffff:8.8.8.8"};

    (void)state;
    for (size_t i = 0; i < sizeof served / sizeof served[0]; i++)
        if (reach(served[i]) != HTTP_REACH_PUBLIC)
            fail_msg("%s does not serve", served[i]);
}

static void an_unknown_address_family_is_refused(void **state)
{
    struct sockaddr address = {.sa_family = AF_UNIX};

    (void)state;
    assert_int_equal(http_reach(&address), HTTP_REACH_REFUSED);
}

static void retry_after_takes_seconds_and_every_form_of_date(void **state)
{
    const int64_t now = INT64_C(1792586300000); /* Wed, 21 Oct 2026 12:38:20 GMT */
    static const struct {
        const char *value;
        int64_t wait;
    } cases[] = {
        {"0", 0},
        {"120", 120000},
        {"99999999999999999999", INT64_C(366) * 24 * 3600 * 1000},
        {"Wed, 21 Oct 2026 12:39:20 GMT", 60000},
        {"Wednesday, 21-Oct-26 12:39:20 GMT", 60000},
        {"Wed Oct 21 12:39:20 2026", 60000},
        {"Wed, 21 Oct 2015 07:28:00 GMT", 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t wait = -7;
        if (!http_retry_after(cases[i].value, now, &wait))
            fail_msg("'%s' is not taken", cases[i].value);
        if (wait != cases[i].wait)
            fail_msg("'%s' is %lld ms", cases[i].value, (long long)wait);
    }
}

static void retry_after_refuses_what_is_neither(void **state)
{
    static const char *const values[] = {
        "", "soon", "-1", "1.5", "5 s", "tomorrow", "not a date at all, but long enough"};

    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        int64_t wait = -7;
        if (http_retry_after(values[i], 0, &wait) || wait != -7)
            fail_msg("'%s' is taken", values[i]);
    }
}

static void an_origin_holds_no_credential(void **state)
{
    static const struct {
        const char *url, *origin;
    } cases[] = {
        {"https://user:pass@hooks.example.com:8443/T0/B0/key?token=t#f",
         "https://hooks.example.com:8443"},
        {"https://hooks.example.com/T0/B0/key", "https://hooks.example.com"},
        {"http://[::1]:80/x", "http://[::1]:80"},
        {"HTTPS://Example.com/x", "https://Example.com"},
        {"hunter2", "a malformed URL"},
        {"", "a malformed URL"},
        {"https://exa mple.com/hunter2", "a malformed URL"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        CLEANUP(cleanup_free) char *origin = http_origin(cases[i].url);
        assert_string_equal(origin, cases[i].origin);
    }
}

static void only_http_and_https_are_urls(void **state)
{
    static const char *const wrong[] = {"file:///etc/passwd", "ftp://example.com/x",
                                        "example.com/x",      "https://",
                                        "gopher://h/x",       ""};
    Err err = {0};

    (void)state;
    assert_true(http_check_url("https://example.com/x", &err));
    assert_true(http_check_url("http://localhost:3000/", &err));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        if (http_check_url(wrong[i], &err))
            fail_msg("'%s' is taken", wrong[i]);
        assert_int_equal(err.code, EXIT_DATA);
    }
}

static void an_echo_of_the_request_is_masked(void **state)
{
    static const char url[] =
        "https://robot:swordfish@h.example/services/T0SECRET/a%2Fb-key?token=tok-123&x=1";
    CLEANUP(cleanup_free)
    char *masked = http_mask(
        "no hook at /services/T0SECRET/a%2Fb-key, nor T0SECRET or a/b-key for robot:swordfish with "
        "tok-123 and whsec_c2VjcmV0 (x=1)",
        url, "whsec_c2VjcmV0");

    (void)state;
    assert_null(strstr(masked, "T0SECRET"));
    assert_null(strstr(masked, "b-key"));
    assert_null(strstr(masked, "swordfish"));
    assert_null(strstr(masked, "tok-123"));
    assert_null(strstr(masked, "c2VjcmV0"));
    assert_non_null(strstr(masked, "no hook at ***"));
    assert_non_null(strstr(masked, "(x=1)"));
}

static void masking_survives_a_text_that_grows_nothing(void **state)
{
    CLEANUP(cleanup_free) char *empty = http_mask("", "https://h.example/secret", "abcd");
    CLEANUP(cleanup_free) char *whole = http_mask("abcd", "https://h.example/", "abcd");
    CLEANUP(cleanup_free) char *twice = http_mask("abcdabcd.", "not a url", "abcd");

    (void)state;
    assert_string_equal(empty, "");
    assert_string_equal(whole, "***");
    assert_string_equal(twice, "******.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(link_local_metadata_and_multicast_addresses_are_refused),
        cmocka_unit_test(loopback_is_known_in_both_families),
        cmocka_unit_test(public_and_private_addresses_serve),
        cmocka_unit_test(an_unknown_address_family_is_refused),
        cmocka_unit_test(retry_after_takes_seconds_and_every_form_of_date),
        cmocka_unit_test(retry_after_refuses_what_is_neither),
        cmocka_unit_test(an_origin_holds_no_credential),
        cmocka_unit_test(only_http_and_https_are_urls),
        cmocka_unit_test(an_echo_of_the_request_is_masked),
        cmocka_unit_test(masking_survives_a_text_that_grows_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
