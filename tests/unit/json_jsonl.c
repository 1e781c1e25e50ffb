#include "json/jsonl.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/lock.h"
#include "json/jx.h"

static int directory_new(void **state)
{
    static char path[] = "/tmp/json_jsonl.XXXXXX";

    strcpy(path + sizeof path - 7, "XXXXXX");
    *state = mkdtemp(path);
    return *state && chdir(path) == 0 ? 0 : -1;
}

static int directory_end(void **state)
{
    char command[64];

    snprintf(command, sizeof command, "rm -rf '%s'", (const char *)*state);
    return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static void append(int number, size_t keep)
{
    json_auto_t *object = json_pack("{s:i}", "n", number);
    Err err = {0};

    if (!jsonl_append("h.jsonl", object, keep, &err))
        fail_msg("%s", err.msg);
}

static void put(const char *text)
{
    Err err = {0};

    assert_true(file_write("h.jsonl", text, strlen(text), 0600, &err));
}

static void holds(const char *want)
{
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    Err err = {0};

    assert_true(file_read("h.jsonl", 0, &text, &length, &err));
    assert_string_equal(text, want);
}

/* The numbers of the newest count objects: "1 2 3 ". */
static void tails(size_t count, const char *want)
{
    Err err = {0};
    json_auto_t *lines = jsonl_tail("h.jsonl", count, &err);
    char got[256] = "";
    size_t index = 0;
    json_t *line = NULL;

    assert_non_null(lines);
    json_array_foreach(lines, index, line)
    {
        snprintf(got + strlen(got), sizeof got - strlen(got), "%d ", (int)jx_int(line, "n", -1));
    }
    assert_string_equal(got, want);
}

static void lines_are_appended_and_read_oldest_first(void **state)
{
    (void)state;
    append(1, 0);
    append(2, 0);
    append(3, 0);
    holds("{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n");
    tails(0, "1 2 3 ");
    tails(2, "2 3 ");
    tails(1, "3 ");
    tails(9, "1 2 3 ");
}

static void a_file_that_is_not_there_is_empty_and_not_made(void **state)
{
    (void)state;
    tails(0, "");
    tails(5, "");
    assert_false(file_exists("h.jsonl"));
}

static void parents_are_made_and_the_file_is_private(void **state)
{
    json_auto_t *object = json_pack("{s:i}", "n", 1);
    struct stat status;
    Err err = {0};

    (void)state;
    assert_true(jsonl_append("a/b/h.jsonl", object, 0, &err));
    assert_int_equal(stat("a/b/h.jsonl", &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(stat("a/b", &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
}

static void a_tenth_more_than_kept_is_cut_to_the_newest(void **state)
{
    (void)state;
    for (int n = 1; n <= 22; n++)
        append(n, 20);
    tails(0, "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 ");
    append(23, 20);
    tails(0, "4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 ");
    append(24, 2);
    tails(0, "23 24 ");
    append(25, 1);
    tails(0, "25 ");
}

static void a_line_that_a_kill_left_is_ended_and_left_out(void **state)
{
    (void)state;
    put("{\"n\":1}\n{\"n\":2");
    tails(0, "1 ");
    append(3, 0);
    holds("{\"n\":1}\n{\"n\":2\n{\"n\":3}\n");
    tails(0, "1 3 ");
}

static void what_is_no_object_is_left_out(void **state)
{
    (void)state;
    put("{\"n\":1}\n\n[2]\nx\n{\"n\":3,\"n\":3}\n\xff\xfe\n{\"n\":4}\n");
    tails(0, "1 4 ");
}

static void left_out_lines_do_not_count(void **state)
{
    (void)state;
    put("{\"n\":1}\n{\"n\":2}\n{\"n\":3}\nbroken\n{\"n\":4}\n{\"half\n");
    tails(1, "4 ");
    tails(2, "3 4 ");
    tails(3, "2 3 4 ");
    tails(4, "1 2 3 4 ");
    put("broken\n\nbroken");
    tails(1, "");
}

static void a_last_line_without_newline_counts_when_it_is_whole(void **state)
{
    (void)state;
    put("{\"n\":1}\n{\"n\":2}");
    tails(1, "2 ");
    tails(0, "1 2 ");
}

static void append_once(const char *id, size_t keep)
{
    json_auto_t *object = json_pack("{s:s, s:i}", "id", id, "n", 1);
    Err err = {0};

    assert_true(jsonl_append_once("h.jsonl", object, "id", keep, &err));
}

static void the_same_id_is_written_once(void **state)
{
    (void)state;
    append_once("a", 10);
    append_once("b", 10);
    append_once("a", 10);
    holds("{\"id\":\"a\",\"n\":1}\n{\"id\":\"b\",\"n\":1}\n");
    append_once("c", 0);
    append_once("a", 0);
    tails(0, "1 1 1 ");
    append_once("a", 2); /* not among the newest two any more */
    tails(0, "1 1 ");
}

static void an_object_without_the_key_is_always_written(void **state)
{
    json_auto_t *object = json_pack("{s:i}", "n", 1);
    Err err = {0};

    (void)state;
    assert_true(jsonl_append_once("h.jsonl", object, "id", 0, &err));
    assert_true(jsonl_append_once("h.jsonl", object, "id", 0, &err));
    tails(0, "1 1 ");
}

static void an_entry_that_is_no_json_is_our_bug(void **state)
{
    Err err = {0};

    (void)state;
    assert_false(jsonl_append("h.jsonl", NULL, 0, &err));
    assert_int_equal(err.code, EXIT_SOFTWARE);
    assert_false(file_exists("h.jsonl"));
}

static void writers_at_once_lose_nothing(void **state)
{
    enum { WRITERS = 4, EACH = 25 };
    Err err = {0};

    (void)state;
    for (int writer = 0; writer < WRITERS; writer++) {
        if (fork() == 0) {
            for (int n = 0; n < EACH; n++) {
                json_auto_t *object = json_pack("{s:i}", "n", writer * EACH + n);
                if (!jsonl_append("h.jsonl", object, 1000, &err))
                    _exit(1);
            }
            _exit(0);
        }
    }
    for (int writer = 0; writer < WRITERS; writer++) {
        int status = 0;
        wait(&status);
        assert_int_equal(status, 0);
    }
    json_auto_t *lines = jsonl_tail("h.jsonl", 0, &err);
    bool seen[WRITERS * EACH] = {false};
    size_t index = 0;
    json_t *line = NULL;
    assert_int_equal(json_array_size(lines), WRITERS * EACH);
    json_array_foreach(lines, index, line)
    {
        json_int_t n = jx_int(line, "n", -1);
        assert_true(n >= 0 && n < WRITERS * EACH && !seen[n]);
        seen[n] = true;
    }
}

static void a_writer_waits_for_the_lock(void **state)
{
    Err err = {0};
    int said[2], status = 0;
    char byte = 0;

    (void)state;
    assert_int_equal(pipe(said), 0);
    pid_t child = fork();
    if (child == 0) {
        int lock = lock_take("h.jsonl.lock", 0, &err);
        (void)!write(said[1], "y", 1);
        nanosleep(&(struct timespec){.tv_nsec = 200000000}, NULL);
        _exit(lock >= 0 && !file_exists("h.jsonl") ? 0 : 1);
    }
    assert_int_equal(read(said[0], &byte, 1), 1);
    append(1, 0);
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    tails(0, "1 ");
    close(said[0]);
    close(said[1]);
}

#define IN_DIRECTORY(test) cmocka_unit_test_setup_teardown(test, directory_new, directory_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_DIRECTORY(lines_are_appended_and_read_oldest_first),
        IN_DIRECTORY(a_file_that_is_not_there_is_empty_and_not_made),
        IN_DIRECTORY(parents_are_made_and_the_file_is_private),
        IN_DIRECTORY(a_tenth_more_than_kept_is_cut_to_the_newest),
        IN_DIRECTORY(a_line_that_a_kill_left_is_ended_and_left_out),
        IN_DIRECTORY(what_is_no_object_is_left_out),
        IN_DIRECTORY(left_out_lines_do_not_count),
        IN_DIRECTORY(a_last_line_without_newline_counts_when_it_is_whole),
        IN_DIRECTORY(the_same_id_is_written_once),
        IN_DIRECTORY(an_object_without_the_key_is_always_written),
        IN_DIRECTORY(an_entry_that_is_no_json_is_our_bug),
        IN_DIRECTORY(a_writer_waits_for_the_lock),
        IN_DIRECTORY(writers_at_once_lose_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
