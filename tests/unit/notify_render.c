#include "notify/render.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "json/jx.h"
#include "notify/desktop.h"

/* What a schema may be called, and what a screen or a shell would make of it. */
static const char *const nasty[] = {
    "--help",
    "-e",
    "-",
    "[\"list\"]",
    "{a=1}",
    "\\",
    "\"; do shell script \"touch /tmp/x\"; \"",
    "$(touch /tmp/x) `id` ${HOME}",
    "<b>bold</b> & <script>alert(1)</script>",
    "\x1b[2J\x1b]0;title\x07",
    "line one\nline two\r\tthree",
    "\xe2\x80\xae"
    "txt.exe",
    "\xc2\x9b"
    "31m",
    "\xff\xfe broken \xc3",
    "%s%n%d",
    "",
};

static Event event_of(const char *project, const char *summary)
{
    return (Event){.id = "0QVEHJAFEK6J8TNQBMNRHT575P",
                   .type = "schema.changed",
                   .timestamp = "2026-11-22T00:00:00.000Z",
                   .severity = "error",
                   .project = project,
                   .summary = summary};
}

static bool is_clean(const char *text)
{
    for (const unsigned char *at = (const unsigned char *)text; *at; at++)
        if (*at < 0x20 || *at == 0x7f)
            return false;
    return text_is_utf8(text, strlen(text)) && !strstr(text, "\xe2\x80\xae") &&
           !strstr(text, "\xc2\x9b");
}

static size_t count_of(char *const *argv)
{
    size_t count = 0;

    while (argv[count])
        count++;
    return count;
}

static void what_is_shown_cannot_move_the_cursor_or_reorder_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof nasty / sizeof nasty[0]; i++) {
        CLEANUP(arena_free) Arena arena = {0};
        Event event = event_of(nasty[i], nasty[i]);
        assert_true(is_clean(render_title(&arena, &event)));
        assert_true(is_clean(render_text(&arena, &event)));
        assert_true(is_clean(render_excerpt(&arena, nasty[i])));
    }
}

static void a_long_text_ends_with_an_ellipsis_within_its_limit(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};
    char text[1024] = "";

    (void)state;
    for (int i = 0; i < 200; i++)
        strcat(text, "\xe2\x82\xac");
    Event event = event_of(text, text);
    const char *shown = render_text(&arena, &event);
    assert_in_range(strlen(shown), RENDER_TEXT_MAX - 4, RENDER_TEXT_MAX);
    assert_true(text_is_utf8(shown, strlen(shown)));
    assert_string_equal(shown + strlen(shown) - 3, "\xe2\x80\xa6");
    assert_in_range(strlen(render_title(&arena, &event)), 1, RENDER_TITLE_MAX);
    assert_in_range(strlen(render_excerpt(&arena, text)), 1, RENDER_EXCERPT_MAX);
}

static void markup_is_escaped(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};

    (void)state;
    assert_string_equal(render_markup(&arena, "<a href=\"x\">&'</a>"),
                        "&lt;a href=&quot;x&quot;&gt;&amp;&#39;&lt;/a&gt;");
    assert_string_equal(render_markup(&arena, ""), "");
}

static void text_of_an_event_is_never_an_option_of_notify_send(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof nasty / sizeof nasty[0]; i++) {
        CLEANUP(arena_free) Arena arena = {0};
        Event event = event_of(nasty[i], nasty[i]);
        char **argv = desktop_command(DESKTOP_NOTIFY_SEND, &event, &arena);
        assert_int_equal(count_of(argv), 8);
        assert_string_equal(argv[0], "notify-send");
        assert_string_equal(argv[4], "critical");
        assert_string_equal(argv[5], "--");
        assert_null(strchr(argv[7], '<'));
    }
}

static void text_of_an_event_is_an_argument_of_the_script_and_not_part_of_it(void **state)
{
    CLEANUP(arena_free) Arena first = {0};
    Event plain = event_of("shop", "changed");
    char **want = desktop_command(DESKTOP_OSASCRIPT, &plain, &first);

    (void)state;
    for (size_t i = 0; i < sizeof nasty / sizeof nasty[0]; i++) {
        CLEANUP(arena_free) Arena arena = {0};
        Event event = event_of(nasty[i], nasty[i]);
        char **argv = desktop_command(DESKTOP_OSASCRIPT, &event, &arena);
        assert_int_equal(count_of(argv), 6);
        for (int word = 0; word < 4; word++)
            assert_string_equal(argv[word], want[word]);
    }
}

static void values_for_terminal_notifier_begin_with_its_escape(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof nasty / sizeof nasty[0]; i++) {
        CLEANUP(arena_free) Arena arena = {0};
        Event event = event_of(nasty[i], nasty[i]);
        char **argv = desktop_command(DESKTOP_TERMINAL_NOTIFIER, &event, &arena);
        assert_int_equal(count_of(argv), 7);
        assert_int_equal(argv[4][0], '\\');
        assert_int_equal(argv[6][0], '\\');
    }
}

static void the_session_bus_comes_from_the_environment_or_the_runtime_directory(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};
    char set[] = "DBUS_SESSION_BUS_ADDRESS=unix:path=/x", other[] = "HOME=/";
    char *const with[] = {other, set, NULL}, *const without[] = {other, NULL};
    char directory[] = "/tmp/notify-render-XXXXXX";

    (void)state;
    assert_non_null(mkdtemp(directory));
    assert_string_equal(desktop_bus(with, directory, &arena), "unix:path=/x");
    assert_null(desktop_bus(without, directory, &arena));
    const char *path = arena_printf(&arena, "%s/bus", directory);
    FILE *bus = fopen(path, "w");
    assert_non_null(bus);
    fclose(bus);
    assert_string_equal(desktop_bus(without, directory, &arena),
                        arena_printf(&arena, "unix:path=%s", path));
    remove(path);
    remove(directory);
}

static json_t *big_event(size_t changes)
{
    json_t *list = json_array();

    for (size_t i = 0; i < changes; i++)
        json_array_append_new(list, json_pack("{s:i, s:s}", "number", (int)i, "id",
                                              "public.\xe2\x82\xac_a_table_of_some_length.column"));
    return json_pack("{s:s, s:s, s:{s:o, s:s}}", "format", "event/1", "id", "X", "data", "changes",
                     list, "to", "sha256:bb");
}

static void a_large_event_is_sent_with_its_first_changes_and_a_count_of_the_rest(void **state)
{
    json_auto_t *event = big_event(20000);
    CLEANUP(cleanup_free) char *bytes = NULL;
    size_t length = 0;
    Err err = {0};

    (void)state;
    assert_true(render_document(event, &bytes, &length, &err));
    assert_in_range(length, RENDER_DOCUMENT_MAX - 200, RENDER_DOCUMENT_MAX);
    json_auto_t *sent = jx_parse(bytes, length, "sent", &err);
    const json_t *data = json_object_get(sent, "data");
    const json_t *changes = json_object_get(data, "changes");
    size_t kept = json_array_size(changes);
    assert_int_equal(jx_int(data, "omitted", 0) + (json_int_t)kept, 20000);
    assert_int_equal(jx_int(json_array_get(changes, kept - 1), "number", -1), kept - 1);
    assert_string_equal(jx_string(data, "to", ""), "sha256:bb");
    assert_int_equal(json_array_size(json_object_get(json_object_get(event, "data"), "changes")),
                     20000);
}

static void a_small_event_is_sent_whole(void **state)
{
    json_auto_t *event = big_event(3);
    CLEANUP(cleanup_free) char *bytes = NULL;
    size_t length = 0;
    Err err = {0};

    (void)state;
    assert_true(render_document(event, &bytes, &length, &err));
    json_auto_t *sent = jx_parse(bytes, length, "sent", &err);
    assert_true(json_equal(sent, event));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_shown_cannot_move_the_cursor_or_reorder_text),
        cmocka_unit_test(a_long_text_ends_with_an_ellipsis_within_its_limit),
        cmocka_unit_test(markup_is_escaped),
        cmocka_unit_test(a_large_event_is_sent_with_its_first_changes_and_a_count_of_the_rest),
        cmocka_unit_test(a_small_event_is_sent_whole),
        cmocka_unit_test(text_of_an_event_is_never_an_option_of_notify_send),
        cmocka_unit_test(text_of_an_event_is_an_argument_of_the_script_and_not_part_of_it),
        cmocka_unit_test(values_for_terminal_notifier_begin_with_its_escape),
        cmocka_unit_test(the_session_bus_comes_from_the_environment_or_the_runtime_directory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
