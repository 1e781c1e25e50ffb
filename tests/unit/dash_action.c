#include "dash/action.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"

static void only_the_actions_of_the_table_are_taken(void **context)
{
    static const char *const refused[] = {"",
                                          "{}",
                                          "{\"action\":\"rm\"}",
                                          "{\"action\":\"check\\n\"}",
                                          "[]",
                                          "\"check\"",
                                          "{\"action\":\"check\",\"x\":1}",
                                          "{\"action\":[\"check\"]}",
                                          "{\"action\":\"check\",\"action\":\"check\"}"};
    static const char good[] = " {\"action\": \"check\"} ";
    Err err = {0};

    (void)context;
    assert_string_equal(action_parse(good, strlen(good), &err), "check");
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_null(action_parse(refused[i], strlen(refused[i]), &err));
}

static void six_actions_a_minute_are_allowed(void **context)
{
    ActionLimit limit = {0};
    int wait_s = 0;

    (void)context;
    for (int i = 0; i < ACTIONS_A_MINUTE; i++)
        assert_true(action_allow(&limit, 1000 + i, &wait_s));
    assert_false(action_allow(&limit, 31000, &wait_s));
    assert_int_equal(wait_s, 30);
    assert_true(action_allow(&limit, 61000, &wait_s));
}

static void an_action_needs_a_fifo_with_a_reader(void **context)
{
    char directory[] = "/tmp/dash_action.XXXXXX";
    char path[64];
    Err err = {0};

    (void)context;
    assert_non_null(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/requests", directory);
    assert_false(action_send(path, "check", &err));
    assert_int_equal(err.code, EXIT_UNAVAILABLE);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_false(action_send(path, "check", &err));
    assert_int_equal(err.code, EXIT_UNAVAILABLE);
    int reader = open(path, O_RDWR | O_NONBLOCK);
    char word[16] = "";
    assert_true(action_send(path, "check", &err));
    assert_int_equal(read(reader, word, sizeof word - 1), 6);
    assert_string_equal(word, "check\n");
    close(reader);
    unlink(path);
    err = (Err){0};
    assert_true(file_write(path, "", 0, 0600, &err));
    assert_false(action_send(path, "check", &err));
    assert_int_equal(err.code, EXIT_DENIED);
    unlink(path);
    rmdir(directory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_actions_of_the_table_are_taken),
        cmocka_unit_test(six_actions_a_minute_are_allowed),
        cmocka_unit_test(an_action_needs_a_fifo_with_a_reader),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
