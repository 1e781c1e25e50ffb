#include "base/err.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"

static void err_set_is_false_and_keeps_code_and_text(void **state)
{
    Err err = {0};

    (void)state;
    assert_false(err_set(&err, EXIT_DATA, "cannot read '%s': %d", "a.json", 7));
    assert_int_equal(err.code, EXIT_DATA);
    assert_string_equal(err.msg, "cannot read 'a.json': 7");
    assert_false(err_set(&err, EXIT_USAGE, "another"));
    assert_int_equal(err.code, EXIT_USAGE);
    assert_string_equal(err.msg, "another");
}

static const struct {
    int number;
    ExitCode asked;
    ExitCode want;
} numbers[] = {
    {ENOENT, EXIT_DATA, EXIT_DATA},     {EACCES, EXIT_DATA, EXIT_DENIED},
    {EPERM, EXIT_CREATE, EXIT_DENIED},  {EROFS, EXIT_CREATE, EXIT_DENIED},
    {ENOSPC, EXIT_CREATE, EXIT_IO},     {EDQUOT, EXIT_CREATE, EXIT_IO},
    {EISDIR, EXIT_CREATE, EXIT_CREATE},
};

static void err_errno_takes_text_and_code_from_errno(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        Err err = {0};
        char want[256];

        snprintf(want, sizeof want, "cannot open 'x': %s", strerror(numbers[i].number));
        errno = numbers[i].number;
        assert_false(err_errno(&err, numbers[i].asked, "cannot open '%s'", "x"));
        assert_string_equal(err.msg, want);
        assert_int_equal(err.code, numbers[i].want);
    }
}

static void err_in_adds_behind_and_keeps_the_code(void **state)
{
    Err err = {0};

    (void)state;
    err_set(&err, EXIT_DATA, "member 'id' is missing");
    assert_false(err_in(&err, "in change %d", 3));
    assert_int_equal(err.code, EXIT_DATA);
    assert_string_equal(err.msg, "member 'id' is missing in change 3");
}

static void a_message_is_one_line_without_control_characters(void **state)
{
    Err err = {0};

    (void)state;
    err_set(&err, EXIT_DATA, "no '%s'", "a\nb\tc\x1b[2J\x7f");
    assert_string_equal(err.msg, "no 'a b c [2J '");
    err_in(&err, "of '%s'", "x\r\ny");
    assert_string_equal(err.msg, "no 'a b c [2J ' of 'x  y'");
    errno = ENOENT;
    err_errno(&err, EXIT_DATA, "cannot open '%s'", "a\nb");
    assert_null(strchr(err.msg, '\n'));
}

/* For every length of text in front of it, a character is there whole or not at all. */
static void a_text_too_long_is_cut_between_characters(void **state)
{
    static const char *const characters[] = {"é", "€", "😀"};
    char text[2048];

    (void)state;
    for (size_t c = 0; c < sizeof characters / sizeof *characters; c++) {
        for (size_t before = 1000; before < 1030; before++) {
            Err err = {0};

            memset(text, 'a', before);
            text[before] = '\0';
            strcat(text, characters[c]);
            strcat(text, characters[c]);
            err_set(&err, EXIT_DATA, "%s", text);
            assert_true(strlen(err.msg) < sizeof err.msg);
            assert_true(text_is_utf8(err.msg, strlen(err.msg)));
            assert_memory_equal(err.msg, text, strlen(err.msg));
            assert_true(strlen(err.msg) + 4 >= sizeof err.msg - 1 ||
                        strlen(err.msg) == strlen(text));
        }
    }
}

static void a_whole_character_at_the_end_is_not_cut(void **state)
{
    Err err = {0};

    (void)state;
    err_set(&err, EXIT_DATA, "é");
    assert_string_equal(err.msg, "é");
    err_set(&err, EXIT_DATA, "x😀");
    assert_string_equal(err.msg, "x😀");
    err_in(&err, "€");
    assert_string_equal(err.msg, "x😀 €");
}

static void err_in_on_a_full_message_does_nothing(void **state)
{
    Err err = {0};
    char text[2048];

    (void)state;
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    err_set(&err, EXIT_DATA, "%s", text);
    assert_int_equal(strlen(err.msg), sizeof err.msg - 1);
    err_in(&err, "more");
    assert_int_equal(strlen(err.msg), sizeof err.msg - 1);
    assert_null(strstr(err.msg, "more"));
    errno = ENOENT;
    err_errno(&err, EXIT_DATA, "%s", text);
    assert_int_equal(strlen(err.msg), sizeof err.msg - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(err_set_is_false_and_keeps_code_and_text),
        cmocka_unit_test(err_errno_takes_text_and_code_from_errno),
        cmocka_unit_test(err_in_adds_behind_and_keeps_the_code),
        cmocka_unit_test(a_message_is_one_line_without_control_characters),
        cmocka_unit_test(a_text_too_long_is_cut_between_characters),
        cmocka_unit_test(a_whole_character_at_the_end_is_not_cut),
        cmocka_unit_test(err_in_on_a_full_message_does_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
