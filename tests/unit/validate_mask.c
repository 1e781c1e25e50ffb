#include "validate/mask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "validate/environment.h"

static Mask *mask;

static int set_up(void **state)
{
    (void)state;
    mask = mask_open();
    mask_add(mask, "API_KEY", "abcdef123456");
    mask_add(mask, "LONGER_TOKEN", "abcdef123456789");
    mask_add(mask, "SHORT_SECRET", "abc");
    mask_add(mask, "PLAIN", "not-a-secret");
    mask_add(mask, "DATABASE_URL", "postgres://user:p%40ssw0rd@host/db");
    mask_add(mask, "OTHER_URL", "https://host/path?at=a@b");
    mask_add(mask, "PEM_KEY", "-----BEGIN-----\nAAAABBBBCCCCDDDDEEEE\nzz\n");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    mask_close(&mask);
    return 0;
}

static const struct {
    const char *text;
    const char *want;
} cleaned[] = {
    {"", ""},
    {"nothing here", "nothing here"},
    {"key=abcdef123456.", "key=***."},
    {"abcdef123456abcdef123456", "******"},
    {"abcdef123456789", "***"},
    {"abcdef12345", "abcdef12345"},
    {"abc", "abc"},
    {"not-a-secret", "not-a-secret"},
    {"at postgres://user:p%40ssw0rd@host/db now", "at *** now"},
    {"password p%40ssw0rd or p@ssw0rd", "password *** or ***"},
    {"https://host/path?at=a@b", "https://host/path?at=a@b"},
    {"line AAAABBBBCCCCDDDDEEEE zz", "line *** zz"},
    {"gr\xc3\xbc\xc3\x9f \xf0\x9f\x98\x80", "gr\xc3\xbc\xc3\x9f \xf0\x9f\x98\x80"},
    {"\xff\xfe", "\xef\xbf\xbd\xef\xbf\xbd"},
    {"\xc3", "\xef\xbf\xbd"},
    {"\xc0\x80", "\xef\xbf\xbd\xef\xbf\xbd"},
    {"\xed\xa0\x80.", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd."},
    {"\x80"
     "abcdef123456\x80",
     "\xef\xbf\xbd***\xef\xbf\xbd"},
};

static void secrets_and_bad_bytes_are_replaced(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cleaned / sizeof cleaned[0]; i++) {
        size_t length = 0;
        CLEANUP(cleanup_free)
        char *got = mask_clean(mask, cleaned[i].text, strlen(cleaned[i].text), 0, &length);

        assert_string_equal(got, cleaned[i].want);
        assert_int_equal(length, strlen(cleaned[i].want));
    }
}

static void nul_is_a_bad_byte(void **state)
{
    size_t length = 0;
    CLEANUP(cleanup_free) char *got = mask_clean(mask, "a\0b", 3, 0, &length);

    (void)state;
    assert_string_equal(got, "a\xef\xbf\xbd"
                             "b");
}

static void a_secret_cut_by_the_gap_is_hidden(void **state)
{
    static const char secret[] = "abcdef123456";

    (void)state;
    for (size_t head = 4; head <= sizeof secret - 2; head++) {
        for (size_t tail = 4; tail <= sizeof secret - 2; tail++) {
            char text[64];
            size_t length = 0;
            CLEANUP(cleanup_free) char *got = NULL;

            (void)snprintf(text, sizeof text, "x %.*s%s y", (int)head, secret,
                           secret + sizeof secret - 1 - tail);
            got = mask_clean(mask, text, strlen(text), 2 + head, &length);
            assert_string_equal(got, "x ****** y");
        }
    }
}

static void any_bytes_come_out_as_utf8(void **state)
{
    (void)state;
    srand(7);
    for (int round = 0; round < 500; round++) {
        char bytes[200];
        size_t length = 0;
        CLEANUP(cleanup_free) char *got = NULL;

        for (size_t i = 0; i < sizeof bytes; i++) {
            bytes[i] = (char)(rand() & 0xff);
        }
        got = mask_clean(mask, bytes, sizeof bytes, (size_t)(rand() % 200), &length);
        assert_true(text_is_utf8(got, length));
        assert_int_equal(strlen(got), length);
    }
}

static void names_tell_secrets(void **state)
{
    (void)state;
    assert_true(mask_is_secret_name("SUPABASE_SERVICE_ROLE_KEY"));
    assert_true(mask_is_secret_name("github_token"));
    assert_true(mask_is_secret_name("PGPASSWORD"));
    assert_false(mask_is_secret_name("NODE_ENV"));
    assert_false(mask_is_secret_name("PATH"));
}

static void the_allow_list_lets_through_what_it_names(void **state)
{
    static const char *const yes[] = {"PATH",   "HOME", "LANG",     "LC_ALL",
                                      "TZ",     "CI",   "NODE_ENV", "npm_config_cache",
                                      "TMPDIR", "SHELL"};
    static const char *const no[] = {"DATABASE_URL",
                                     "PGPASSWORD",
                                     "LD_PRELOAD",
                                     "NODE_AUTH_TOKEN",
                                     "npm_config_//registry/:_authToken",
                                     "npm_config__auth",
                                     "PATHS",
                                     "",
                                     "SUPABASE_URL"};

    (void)state;
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
        assert_true(environment_is_allowed(yes[i]));
    }
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++) {
        assert_false(environment_is_allowed(no[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(secrets_and_bad_bytes_are_replaced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nul_is_a_bad_byte, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_secret_cut_by_the_gap_is_hidden, set_up, tear_down),
        cmocka_unit_test_setup_teardown(any_bytes_come_out_as_utf8, set_up, tear_down),
        cmocka_unit_test(names_tell_secrets),
        cmocka_unit_test(the_allow_list_lets_through_what_it_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
