#include "base/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"

/* FIPS 180-4 examples. */
static const struct {
    const char *text;
    const char *hex;
} sums[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

static void known_texts_have_their_known_sums(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        char hex[DIGEST_HEX_SIZE];

        digest_hex(sums[i].text, strlen(sums[i].text), hex);
        assert_string_equal(hex, sums[i].hex);
    }
}

static void adding_in_pieces_gives_the_same(void **state)
{
    char bytes[1000], whole[DIGEST_HEX_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 7);
    digest_hex(bytes, sizeof bytes, whole);
    for (size_t step = 1; step < 200; step += 13) {
        CLEANUP(digest_close) Digest *digest = digest_open();
        char hex[DIGEST_HEX_SIZE];

        for (size_t at = 0; at < sizeof bytes; at += step)
            digest_add(digest, bytes + at, at + step < sizeof bytes ? step : sizeof bytes - at);
        digest_end_hex(digest, hex);
        assert_string_equal(hex, whole);
    }
}

static void a_closed_digest_is_null_and_may_be_closed_again(void **state)
{
    Digest *digest = digest_open();

    (void)state;
    digest_close(&digest);
    assert_null(digest);
    digest_close(&digest);
}

/* RFC 4231, test cases 1, 2 and 6. */
static void hmac_is_that_of_rfc_4231(void **state)
{
    static const unsigned char one[] = {0xb0, 0x34, 0x4c, 0x61, 0xd8, 0xdb, 0x38, 0x53,
                                        0x5c, 0xa8, 0xaf, 0xce, 0xaf, 0x0b, 0xf1, 0x2b,
                                        0x88, 0x1d, 0xc2, 0x00, 0xc9, 0x83, 0x3d, 0xa7,
                                        0x26, 0xe9, 0x37, 0x6c, 0x2e, 0x32, 0xcf, 0xf7};
    static const unsigned char two[] = {0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e,
                                        0x6a, 0x04, 0x24, 0x26, 0x08, 0x95, 0x75, 0xc7,
                                        0x5a, 0x00, 0x3f, 0x08, 0x9d, 0x27, 0x39, 0x83,
                                        0x9d, 0xec, 0x58, 0xb9, 0x64, 0xec, 0x38, 0x43};
    static const unsigned char six[] = {0x60, 0xe4, 0x31, 0x59, 0x1e, 0xe0, 0xb6, 0x7f,
                                        0x0d, 0x8a, 0x26, 0xaa, 0xcb, 0xf5, 0xb7, 0x7f,
                                        0x8e, 0x0b, 0xc6, 0x21, 0x37, 0x28, 0xc5, 0x14,
                                        0x05, 0x46, 0x04, 0x0f, 0x0e, 0xe3, 0x7f, 0x54};
    static const char long_key_text[] = "Test Using Larger Than Block-Size Key - Hash Key First";
    unsigned char key[131], got[DIGEST_SIZE];

    (void)state;
    memset(key, 0x0b, 20);
    digest_hmac(key, 20, "Hi There", 8, got);
    assert_memory_equal(got, one, sizeof one);
    digest_hmac("Jefe", 4, "what do ya want for nothing?", 28, got);
    assert_memory_equal(got, two, sizeof two);
    memset(key, 0xaa, sizeof key);
    digest_hmac(key, sizeof key, long_key_text, strlen(long_key_text), got);
    assert_memory_equal(got, six, sizeof six);
}

/* RFC 4648 section 10. */
static const struct {
    const char *text;
    const char *encoded;
} pairs[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
    {"\xff\xfe\xfb", "//77"},
};

static void base64_is_that_of_rfc_4648(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char encoded[32];
        unsigned char decoded[32] = {0};
        size_t length = 99;

        digest_base64(pairs[i].text, strlen(pairs[i].text), encoded);
        assert_string_equal(encoded, pairs[i].encoded);
        assert_true(digest_base64_decode(pairs[i].encoded, decoded, sizeof decoded, &length));
        assert_int_equal(length, strlen(pairs[i].text));
        assert_memory_equal(decoded, pairs[i].text, length);
    }
}

static void what_is_not_base64_is_refused(void **state)
{
    static const char *const texts[] = {
        "Z",        "Zg",       "Zg=",  "Zg===",    "====",     "Z===",         "Z=g=",
        "=Zg=",     "Zm9v\n",   "Zm9 ", "    Zm9v", "Zm9v    ", "Zm9v\n\n\n\n", "Zm-_",
        "Zm9v!!!!", "Zg==Zg==", "ÄÄ"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        unsigned char decoded[32];
        size_t length = 99;

        if (digest_base64_decode(texts[i], decoded, sizeof decoded, &length))
            fail_msg("'%s' was taken", texts[i]);
        assert_int_equal(length, 99);
    }
}

static void what_does_not_fit_is_refused(void **state)
{
    unsigned char decoded[5];
    size_t length = 0;

    (void)state;
    assert_true(digest_base64_decode("Zm9vYmE=", decoded, 5, &length));
    assert_int_equal(length, 5);
    assert_false(digest_base64_decode("Zm9vYmFy", decoded, 5, &length));
    assert_false(digest_base64_decode("Zg==", decoded, 0, &length));
}

static void random_bytes_differ(void **state)
{
    unsigned char one[32] = {0}, two[32] = {0}, none[32] = {0};

    (void)state;
    digest_random(one, sizeof one);
    digest_random(two, sizeof two);
    assert_memory_not_equal(one, two, sizeof one);
    assert_memory_not_equal(one, none, sizeof one);
    digest_random(none, 0);
}

static void equal_means_every_byte(void **state)
{
    (void)state;
    assert_true(digest_equal("abcd", "abcd", 4));
    assert_false(digest_equal("abcd", "abce", 4));
    assert_false(digest_equal("bbcd", "abcd", 4));
    assert_true(digest_equal("abcd", "abxx", 2));
    assert_true(digest_equal("a", "b", 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_texts_have_their_known_sums),
        cmocka_unit_test(adding_in_pieces_gives_the_same),
        cmocka_unit_test(a_closed_digest_is_null_and_may_be_closed_again),
        cmocka_unit_test(hmac_is_that_of_rfc_4231),
        cmocka_unit_test(base64_is_that_of_rfc_4648),
        cmocka_unit_test(what_is_not_base64_is_refused),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(random_bytes_differ),
        cmocka_unit_test(equal_means_every_byte),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
