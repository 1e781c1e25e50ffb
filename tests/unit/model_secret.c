#include "model/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void a_token_in_a_text_is_hidden(void **state)
{
    static const char *const rows[][2] = {
        {"select 'eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZSJ9.abc-_123'", "select '[redacted]'"},
        {"'{\"Authorization\": \"Bearer abcdefgh.ij\"}'", "'{\"Authorization\": \"[redacted]\"}'"},
        {"'{\"apikey\":\"0123456789\"}'", "'{\"apikey\":\"[redacted]\"}'"},
        {"call('postgres://me:open%20sesame@db.example/shop')",
         "call('postgres://me:[redacted]@db.example/shop')"},
        {"key := 'sk_live_0123456789abcdef';", "key := '[redacted]';"},
        {"'Basic dXNlcjpwYXNz'", "'Basic [redacted]'"},
        {"'https://a:b1@x/ https://c:d2@y/'", "'https://a:[redacted]@x/ https://c:[redacted]@y/'"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CLEANUP(arena_free) Arena arena = {0};
        const char *hidden = secret_hide(&arena, rows[i][0]);
        assert_string_equal(hidden, rows[i][1]);
        assert_ptr_equal(secret_hide(&arena, hidden), hidden);
    }
}

static void an_ordinary_text_is_itself(void **state)
{
    static const char *const rows[] = {
        "begin return new; end",        "select 'eyJ'",
        "'https://example.org/a:b@c'",  "'{\"key\": \"value\"}'",
        "'http://example.org:8080/'",   "select 'Basic shapes'",
        "'risk_live_0123456789abcdef'", "",
        "'time is 10:30 at home@work'",
    };
    CLEANUP(arena_free) Arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_ptr_equal(secret_hide(&arena, rows[i]), rows[i]);
}

static void options_are_hidden_by_their_rule(void **state)
{
    (void)state;
    assert_false(secret_is_option(SECRET_RULE_NONE, "password"));
    assert_true(secret_is_option(SECRET_RULE_LISTED, "password"));
    assert_true(secret_is_option(SECRET_RULE_LISTED, "never heard of"));
    assert_false(secret_is_option(SECRET_RULE_LISTED, "host"));
    assert_true(secret_is_option(SECRET_RULE_NAMED, "app.settings.JWT_secret"));
    assert_false(secret_is_option(SECRET_RULE_NAMED, "pgrst.db_schemas"));
    assert_false(secret_is_option(SECRET_RULE_NAMED, "statement_timeout"));
}

static void a_hash_tells_values_and_keys_apart(void **state)
{
    const unsigned char key[SECRET_KEY_SIZE] = {1}, other[SECRET_KEY_SIZE] = {2};
    char one[SECRET_HASH_SIZE], two[SECRET_HASH_SIZE];
    char id[SECRET_KEY_ID_SIZE], other_id[SECRET_KEY_ID_SIZE];

    (void)state;
    secret_hash(key, "a", 1, one);
    secret_hash(key, "a", 1, two);
    assert_string_equal(one, two);
    assert_int_equal(strspn(one, "0123456789abcdef"), 32);
    secret_hash(key, "b", 1, two);
    assert_string_not_equal(one, two);
    secret_hash(other, "a", 1, two);
    assert_string_not_equal(one, two);
    secret_key_id(key, id);
    secret_key_id(other, other_id);
    assert_string_not_equal(id, other_id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_token_in_a_text_is_hidden),
        cmocka_unit_test(an_ordinary_text_is_itself),
        cmocka_unit_test(options_are_hidden_by_their_rule),
        cmocka_unit_test(a_hash_tells_values_and_keys_apart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
