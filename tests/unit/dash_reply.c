#include "dash/reply.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

#include "base/clock.h"

static const GateRequest plain = {.method = "GET", .path = "/"};

static char *head_of(const Reply *reply)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    reply_head(reply, 784111777000, out);
    fclose(out);
    return text;
}

static json_t *long_document(void)
{
    json_t *doc = json_object();

    for (int i = 0; i < 200; i++) {
        char name[16];
        snprintf(name, sizeof name, "member%d", i);
        json_object_set_new(doc, name, json_string("the same text again"));
    }
    return doc;
}

static void every_answer_carries_the_protective_headers(void **state)
{
    static const char *const wanted[] = {"\r\nContent-Security-Policy: default-src 'none'; ",
                                         "require-trusted-types-for 'script'",
                                         "\r\nX-Content-Type-Options: nosniff\r\n",
                                         "\r\nX-Frame-Options: DENY\r\n",
                                         "\r\nReferrer-Policy: no-referrer\r\n",
                                         "\r\nCross-Origin-Resource-Policy: same-origin\r\n",
                                         "\r\nConnection: close\r\n",
                                         "\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"};
    static const int statuses[] = {200, 304, 404, 500};

    (void)state;
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        CLEANUP(cleanup_free) char *head = head_of(&(Reply){.status = statuses[i]});
        for (size_t j = 0; j < sizeof wanted / sizeof *wanted; j++)
            assert_non_null(strstr(head, wanted[j]));
        assert_null(strstr(head, "Access-Control"));
    }
}

static void an_error_is_one_sentence_as_json(void **state)
{
    CLEANUP(reply_free) Reply reply = {.allow = "GET"};

    (void)state;
    reply_error(&reply, 405, "not \"%s\"", "here");
    assert_int_equal(reply.status, 405);
    assert_memory_equal(reply.body, "{\"error\":\"not \\\"here\\\"\"}\n", reply.length);
    CLEANUP(cleanup_free) char *head = head_of(&reply);
    assert_non_null(strstr(head, "HTTP/1.1 405 Method Not Allowed\r\n"));
    assert_non_null(strstr(head, "\r\nAllow: GET\r\n"));
    assert_non_null(strstr(head, "\r\nCache-Control: no-store\r\n"));
}

static void a_known_document_is_not_sent_again(void **state)
{
    json_auto_t *doc = json_pack("{s:s}", "a", "b");
    CLEANUP(reply_free) Reply first = {0};
    CLEANUP(reply_free) Reply again = {0};
    Err err = {0};

    (void)state;
    assert_true(reply_json(&first, &plain, 200, doc, NULL, &err));
    assert_memory_equal(first.etag, "W/\"", 3);
    const GateHeader headers[] = {{"if-none-match", first.etag}};
    GateRequest knowing = {.method = "GET", .path = "/", .headers = headers, .header_count = 1};
    assert_true(reply_json(&again, &knowing, 200, doc, NULL, &err));
    assert_int_equal(again.status, 304);
    assert_int_equal(again.length, 0);
    json_object_set_new(doc, "a", json_string("c"));
    assert_true(reply_json(&again, &knowing, 200, doc, NULL, &err));
    assert_int_equal(again.status, 200);
}

static void a_tag_may_be_over_part_of_the_document(void **state)
{
    json_auto_t *lasting = json_pack("{s:s}", "state", "ok");
    json_auto_t *one = json_pack("{s:s, s:i}", "state", "ok", "age_ms", 1);
    json_auto_t *two = json_pack("{s:s, s:i}", "state", "ok", "age_ms", 2);
    CLEANUP(reply_free) Reply first = {0};
    CLEANUP(reply_free) Reply second = {0};
    Err err = {0};

    (void)state;
    assert_true(reply_json(&first, &plain, 200, one, lasting, &err));
    assert_true(reply_json(&second, &plain, 200, two, lasting, &err));
    assert_string_equal(first.etag, second.etag);
}

static void a_long_document_is_gzip_for_those_who_take_it(void **state)
{
    json_auto_t *doc = long_document();
    const GateHeader headers[] = {{"Accept-Encoding", "br, gzip"}};
    GateRequest taking = {.method = "GET", .path = "/", .headers = headers, .header_count = 1};
    CLEANUP(reply_free) Reply packed = {0};
    CLEANUP(reply_free) Reply whole = {0};
    Err err = {0};
    char text[16384];
    z_stream stream = {.next_out = (Bytef *)text, .avail_out = sizeof text};

    (void)state;
    assert_true(reply_json(&whole, &plain, 200, doc, NULL, &err));
    assert_true(reply_json(&packed, &taking, 200, doc, NULL, &err));
    assert_false(whole.gzip);
    assert_true(packed.gzip);
    assert_true(packed.length < whole.length / 4);
    stream.next_in = (Bytef *)packed.owned;
    stream.avail_in = (uInt)packed.length;
    assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(stream.total_out, whole.length);
    assert_memory_equal(text, whole.body, whole.length);
    inflateEnd(&stream);
}

static void bytes_that_do_not_shrink_are_left_alone(void **state)
{
    unsigned char bytes[2048];
    size_t length = 0;
    unsigned value = 1;

    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++) {
        value = value * 1664525U + 1013904223U;
        bytes[i] = (unsigned char)(value >> 24);
    }
    assert_null(reply_gzip(bytes, sizeof bytes, &length));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_answer_carries_the_protective_headers),
        cmocka_unit_test(an_error_is_one_sentence_as_json),
        cmocka_unit_test(a_known_document_is_not_sent_again),
        cmocka_unit_test(a_tag_may_be_over_part_of_the_document),
        cmocka_unit_test(a_long_document_is_gzip_for_those_who_take_it),
        cmocka_unit_test(bytes_that_do_not_shrink_are_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
