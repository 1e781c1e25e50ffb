#include "cycle/follow.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/file.h"

static int folder_new(void **state)
{
    static char path[] = "/tmp/cycle_follow.XXXXXX";

    strcpy(path + sizeof path - 7, "XXXXXX");
    *state = mkdtemp(path);
    return *state && chdir(path) == 0 && mkdir("m", 0700) == 0 ? 0 : -1;
}

static int folder_end(void **state)
{
    char command[64];

    snprintf(command, sizeof command, "rm -rf '%s'", (const char *)*state);
    return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static void put(const char *path, const char *text)
{
    Err err = {0};

    assert_true(file_write(path, text, strlen(text), 0600, &err));
}

/* What one wait for path says. */
static void says(const char *path, const char *want)
{
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    Err err = {0};

    assert_true(follow_wait(path, "state", out, &err));
    fclose(out);
    assert_string_equal(text, want);
}

/* A child that does it a moment later. */
static pid_t later(void (*what)(void))
{
    pid_t child = fork();

    if (child == 0) {
        poll(NULL, 0, 300);
        what();
        _exit(0);
    }
    return child;
}

static void the_first_time_it_only_remembers(void **state)
{
    (void)state;
    put("m/1_a.sql", "a");
    says("m", "");
    assert_true(file_exists("state"));
}

static void what_happened_between_two_calls_is_told(void **state)
{
    (void)state;
    put("m/1_a.sql", "a");
    put("m/2_b.sql", "b");
    put("m/3_same.sql", "s");
    says("m", "");
    put("m/1_a.sql", "A");
    put("m/3_same.sql", "s"); /* replaced by the same */
    assert_int_equal(unlink("m/2_b.sql"), 0);
    put("m/4_d.sql", "");
    put("m/.5_hidden.sql", "");
    put("m/#5#.sql", "");
    put("m/notes.txt", "");
    says("m", "edited 1_a.sql\nadded 4_d.sql\nremoved 2_b.sql\n");
}

static void add_one(void)
{
    put("m/sub/up.sql", "x");
}

static void it_waits_and_is_told_at_once(void **state)
{
    (void)state;
    assert_int_equal(mkdir("m/sub", 0700), 0);
    says("m", "");
    int64_t before = clock_monotonic_ms();
    pid_t child = later(add_one);
    says("m", "added sub/up.sql\n");
    assert_in_range(clock_monotonic_ms() - before, 300, 1900);
    assert_int_equal(waitpid(child, NULL, 0), child);
}

static void make_folder(void)
{
    assert_int_equal(mkdir("none", 0700), 0);
    put("none/1_a.sql", "a");
}

static void a_folder_that_comes_later_is_found(void **state)
{
    (void)state;
    says("none", "");
    pid_t child = later(make_folder);
    says("none", "added 1_a.sql\n");
    assert_int_equal(waitpid(child, NULL, 0), child);
}

static void replace_file(void)
{
    put("m/all.sql", "b");
}

static void a_single_file_may_be_followed(void **state)
{
    (void)state;
    put("m/all.sql", "a");
    says("m/all.sql", "");
    pid_t child = later(replace_file);
    says("m/all.sql", "edited all.sql\n");
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_int_equal(unlink("m/all.sql"), 0);
    says("m/all.sql", "removed all.sql\n");
}

static void names_that_are_no_utf8_are_followed_too(void **state)
{
    (void)state;
    says("m", "");
    put("m/\xe4\x1b.sql", "a");
    says("m", "added ?\xef\xbf\xbd.sql\n");
}

static void a_state_that_cannot_be_read_begins_anew(void **state)
{
    (void)state;
    put("m/1_a.sql", "a");
    put("state", "{\"files\":7}");
    says("m", "");
    put("state", "not JSON");
    says("m", "");
    put("m/1_a.sql", "b");
    says("m", "edited 1_a.sql\n");
}

#define FOLDER_TEST(test) cmocka_unit_test_setup_teardown(test, folder_new, folder_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(the_first_time_it_only_remembers),
        FOLDER_TEST(what_happened_between_two_calls_is_told),
        FOLDER_TEST(it_waits_and_is_told_at_once),
        FOLDER_TEST(a_folder_that_comes_later_is_found),
        FOLDER_TEST(a_single_file_may_be_followed),
        FOLDER_TEST(names_that_are_no_utf8_are_followed_too),
        FOLDER_TEST(a_state_that_cannot_be_read_begins_anew),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
