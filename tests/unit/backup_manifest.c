#include "backup/manifest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/digest.h"
#include "json/jx.h"

static const char *id_of(int number)
{
    static char id[27];

    (void)snprintf(id, sizeof id, "01ARZ3NDEKTSV4RRFFQ69G5%03d", number);
    return id;
}

static void add(Manifest *manifest, int number)
{
    char sha256[DIGEST_HEX_SIZE];
    Err err = {0};

    digest_hex(&number, sizeof number, sha256);
    if (!manifest_add(manifest,
                      json_pack("{s:s, s:s, s:s, s:i, s:s}", "id", id_of(number), "time",
                                "2026-01-01T00:00:00.000Z", "sha256", sha256, "size", number,
                                "name", "file"),
                      &err)) {
        fail_msg("%s", err.msg);
    }
}

static Manifest *with(int count)
{
    Manifest *manifest = manifest_parse("", 0, "types");

    for (int i = 1; i <= count; i++) {
        add(manifest, i);
    }
    return manifest;
}

static void drop(Manifest *manifest, const char *digits)
{
    json_auto_t *ids = json_array();
    Err err = {0};

    for (; *digits; digits++) {
        json_array_append_new(ids, json_string(id_of(*digits - '0')));
    }
    assert_true(manifest_drop(manifest, ids, &err));
}

static size_t findings(const Manifest *manifest)
{
    json_auto_t *found = json_array();
    Err err = {0};

    assert_true(manifest_check(manifest, found, &err));
    return json_array_size(found);
}

/* The seqs of what is in it, "1 2 4". */
static void seqs(const Manifest *manifest, char ret[64])
{
    Err err = {0};
    json_auto_t *entries = manifest_entries(manifest, &err);
    size_t i = 0;
    const json_t *entry = NULL;

    *ret = '\0';
    json_array_foreach(entries, i, entry)
    {
        (void)snprintf(ret + strlen(ret), 64 - strlen(ret), "%s%lld", i ? " " : "",
                       (long long)jx_int(entry, "seq", 0));
    }
}

static void an_empty_one_has_a_head_and_no_entry(void **state)
{
    CLEANUP(manifest_close) Manifest *manifest = manifest_parse("", 0, "types");
    size_t length = 0;
    CLEANUP(cleanup_free) char *text = manifest_text(manifest, &length);
    char got[64];

    (void)state;
    assert_string_equal(text, "{\"format\":\"backups/1\",\"set\":\"types\"}\n");
    seqs(manifest, got);
    assert_string_equal(got, "");
    assert_int_equal(findings(manifest), 0);
}

static void what_is_written_reads_the_same(void **state)
{
    CLEANUP(manifest_close) Manifest *manifest = with(3);
    size_t length = 0;
    CLEANUP(cleanup_free) char *text = manifest_text(manifest, &length);
    CLEANUP(manifest_close) Manifest *again = manifest_parse(text, length, "types");
    CLEANUP(cleanup_free) char *second = manifest_text(again, &length);

    (void)state;
    assert_string_equal(text, second);
    assert_int_equal(findings(again), 0);
}

static void every_altered_byte_shows(void **state)
{
    CLEANUP(manifest_close) Manifest *manifest = with(2);
    size_t length = 0;
    CLEANUP(cleanup_free) char *text = manifest_text(manifest, &length);
    const char *last = strstr(strstr(text, "\"seq\":1"), "\n");

    /* What nothing follows cannot be vouched for: the last line's own members. */
    (void)state;
    for (char *at = text; at < last; at++) {
        CLEANUP(manifest_close) Manifest *altered = NULL;

        *at ^= 1;
        altered = manifest_parse(text, length, "types");
        if (findings(altered) == 0) {
            fail_msg("byte %ld", (long)(at - text));
        }
        *at ^= 1;
    }
}

static void a_line_taken_out_by_hand_shows(void **state)
{
    CLEANUP(manifest_close) Manifest *manifest = with(4);
    size_t length = 0;
    CLEANUP(cleanup_free) char *text = manifest_text(manifest, &length);
    char *second = strstr(text, "\n") + 1;
    char *third = strstr(second, "\n") + 1;
    CLEANUP(manifest_close) Manifest *cut = NULL;

    (void)state;
    memmove(second, third, strlen(third) + 1);
    cut = manifest_parse(text, strlen(text), "types");
    assert_int_equal(findings(cut), 1);
}

static void the_chain_survives_any_pruning(void **state)
{
    static const char *const drops[] = {"1", "12", "2", "24", "135", "1234", "3", "5", "12345"};

    (void)state;
    for (size_t i = 0; i < sizeof drops / sizeof drops[0]; i++) {
        for (size_t j = 0; j < sizeof drops / sizeof drops[0]; j++) {
            CLEANUP(manifest_close) Manifest *manifest = with(6);

            drop(manifest, drops[i]);
            assert_int_equal(findings(manifest), 0);
            drop(manifest, drops[j]);
            assert_int_equal(findings(manifest), 0);
            add(manifest, 7);
            assert_int_equal(findings(manifest), 0);
        }
    }
}

static void neighbouring_gaps_become_one(void **state)
{
    CLEANUP(manifest_close) Manifest *manifest = with(5);
    size_t length = 0;
    CLEANUP(cleanup_free) char *text = NULL;
    char got[64];

    (void)state;
    drop(manifest, "2");
    drop(manifest, "4");
    drop(manifest, "3");
    text = manifest_text(manifest, &length);
    assert_non_null(strstr(text, "{\"dropped\":3,"));
    seqs(manifest, got);
    assert_string_equal(got, "1 5");
}

static size_t dropped(const Manifest *manifest)
{
    Err err = {0};
    json_auto_t *objects = manifest_dropped(manifest, &err);

    assert_non_null(objects);
    return json_object_size(objects);
}

static void a_gap_names_the_contents_of_the_last_drop(void **state)
{
    CLEANUP(manifest_close) Manifest *manifest = with(6);

    (void)state;
    assert_int_equal(dropped(manifest), 0);
    drop(manifest, "12");
    assert_int_equal(dropped(manifest), 2);
    drop(manifest, "4");
    assert_int_equal(dropped(manifest), 1);
    {
        size_t length = 0;
        CLEANUP(cleanup_free) char *text = manifest_text(manifest, &length);
        CLEANUP(manifest_close) Manifest *again = manifest_parse(text, length, "types");

        assert_int_equal(dropped(again), 1);
        assert_int_equal(findings(again), 0);
    }
}

static void a_content_that_is_added_again_is_dropped_no_more(void **state)
{
    CLEANUP(manifest_close) Manifest *manifest = with(3);
    size_t length = 0;
    CLEANUP(cleanup_free) char *text = NULL;

    (void)state;
    drop(manifest, "12");
    add(manifest, 1);
    assert_int_equal(dropped(manifest), 1);
    assert_int_equal(findings(manifest), 0);
    text = manifest_text(manifest, &length);
    text[length - 1] = '\0';
    *(strrchr(text, '\n') + 1) = '\0';
    {
        CLEANUP(manifest_close) Manifest *cut = manifest_parse(text, strlen(text), "types");

        assert_int_equal(dropped(cut), 1);
    }
}

static void a_list_begun_beside_lost_contents_stays_a_finding(void **state)
{
    CLEANUP(manifest_close) Manifest *manifest = with(0);
    Err err = {0};

    (void)state;
    assert_true(manifest_mark_lost(manifest, 5, &err));
    add(manifest, 1);
    add(manifest, 2);
    assert_int_equal(findings(manifest), 1);
    drop(manifest, "1");
    assert_int_equal(findings(manifest), 1);
}

static void numbers_are_not_used_again(void **state)
{
    CLEANUP(manifest_close) Manifest *manifest = with(3);
    char got[64];

    (void)state;
    drop(manifest, "12");
    add(manifest, 9);
    seqs(manifest, got);
    assert_string_equal(got, "3 4");
}

static void a_pin_shows_until_it_is_taken_off_and_survives_pruning(void **state)
{
    CLEANUP(manifest_close) Manifest *manifest = with(3);
    Err err = {0};

    (void)state;
    assert_true(manifest_pin(manifest, id_of(1), "t", "before v2", &err));
    assert_true(manifest_pin(manifest, id_of(2), "t", NULL, &err));
    assert_true(manifest_unpin(manifest, id_of(2), "t", &err));
    drop(manifest, "2");
    assert_int_equal(findings(manifest), 0);
    {
        json_auto_t *entries = manifest_entries(manifest, &err);

        assert_int_equal(json_array_size(entries), 2);
        assert_string_equal(jx_string(json_array_get(entries, 0), "pinned", ""), "before v2");
        assert_null(json_object_get(json_array_get(entries, 1), "pinned"));
    }
    {
        size_t length = 0;
        CLEANUP(cleanup_free) char *text = manifest_text(manifest, &length);

        assert_null(strstr(text, "unpin"));
        assert_null(strstr(text, id_of(2)));
    }
}

static void a_line_that_cannot_be_read_is_kept_and_reported(void **state)
{
    CLEANUP(manifest_close) Manifest *manifest = with(2);
    size_t length = 0;
    CLEANUP(cleanup_free) char *text = manifest_text(manifest, &length);
    Arena arena = {0};
    char *spoilt = arena_printf(&arena, "%s{\"id\":\"01\n", text);
    CLEANUP(manifest_close) Manifest *read = manifest_parse(spoilt, strlen(spoilt), "types");
    CLEANUP(cleanup_free) char *written = NULL;
    char got[64];

    (void)state;
    assert_int_equal(findings(read), 1);
    add(read, 3);
    drop(read, "1");
    seqs(read, got);
    assert_string_equal(got, "2 3");
    written = manifest_text(read, &length);
    assert_non_null(strstr(written, "{\"id\":\"01\n"));
    arena_free(&arena);
}

static void hostile_members_make_a_line_unreadable(void **state)
{
    static const char *const lines[] = {
        "{\"id\":\"../../etc/passwd\",\"prev\":\"%s\",\"seq\":1,\"sha256\":\"%s\",\"size\":1,"
        "\"time\":\"2026-01-01T00:00:00.000Z\"}",
        "{\"id\":\"01ARZ3NDEKTSV4RRFFQ69G5001\",\"prev\":\"%s\",\"seq\":1,"
        "\"sha256\":\"../%.60s.\",\"size\":1,\"time\":\"2026-01-01T00:00:00.000Z\"}",
        "{\"id\":\"01ARZ3NDEKTSV4RRFFQ69G5001\",\"prev\":\"%s\",\"seq\":1,\"sha256\":\"%s\","
        "\"size\":-1,\"time\":\"2026-01-01T00:00:00.000Z\"}",
        "{\"dropped\":-5,\"prev\":\"%s\",\"last\":\"%s\"}",
        "{\"dropped\":1,\"prev\":\"%s\",\"last\":\"%s\",\"objects\":[\"../x\"]}",
        "{\"dropped\":1,\"prev\":\"%s\",\"last\":\"%s\",\"objects\":{}}",
        "[\"%s\",\"%s\"]",
    };
    char head[DIGEST_HEX_SIZE];

    (void)state;
    digest_hex("{\"format\":\"backups/1\",\"set\":\"types\"}", 35, head);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        Arena arena = {0};
        char line[512];
        char got[64];
        char *text = NULL;
        Manifest *manifest = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        (void)snprintf(line, sizeof line, lines[i], head, head);
#pragma GCC diagnostic pop
        text = arena_printf(&arena, "{\"format\":\"backups/1\",\"set\":\"types\"}\n%s\n", line);
        manifest = manifest_parse(text, strlen(text), "types");
        assert_int_equal(findings(manifest), 1);
        seqs(manifest, got);
        assert_string_equal(got, "");
        manifest_close(&manifest);
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_one_has_a_head_and_no_entry),
        cmocka_unit_test(what_is_written_reads_the_same),
        cmocka_unit_test(every_altered_byte_shows),
        cmocka_unit_test(a_line_taken_out_by_hand_shows),
        cmocka_unit_test(the_chain_survives_any_pruning),
        cmocka_unit_test(neighbouring_gaps_become_one),
        cmocka_unit_test(a_gap_names_the_contents_of_the_last_drop),
        cmocka_unit_test(a_content_that_is_added_again_is_dropped_no_more),
        cmocka_unit_test(a_list_begun_beside_lost_contents_stays_a_finding),
        cmocka_unit_test(numbers_are_not_used_again),
        cmocka_unit_test(a_pin_shows_until_it_is_taken_off_and_survives_pruning),
        cmocka_unit_test(a_line_that_cannot_be_read_is_kept_and_reported),
        cmocka_unit_test(hostile_members_make_a_line_unreadable),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
