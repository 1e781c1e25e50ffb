#include "base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static int directory_new(void **state)
{
    static char path[] = "/tmp/base_file.XXXXXX";

    strcpy(path + sizeof path - 7, "XXXXXX");
    umask(022);
    *state = mkdtemp(path);
    return *state && chdir(path) == 0 ? 0 : -1;
}

static int directory_end(void **state)
{
    char command[64];

    snprintf(command, sizeof command, "rm -rf '%s'", (const char *)*state);
    return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static void put(const char *path, const char *text)
{
    Err err = {0};

    assert_true(file_write(path, text, strlen(text), 0644, &err));
}

static void holds(const char *path, const char *want)
{
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    Err err = {0};

    if (!file_read(path, 0, &text, &length, &err))
        fail_msg("%s", err.msg);
    assert_int_equal(length, strlen(want));
    assert_string_equal(text, want);
}

static mode_t mode_of(const char *path)
{
    struct stat status;

    assert_int_equal(lstat(path, &status), 0);
    return status.st_mode & 07777;
}

static size_t count_entries(const char *path)
{
    DIR *entries = opendir(path);
    size_t count = 0;

    assert_non_null(entries);
    for (struct dirent *entry = NULL; (entry = readdir(entries));)
        count += entry->d_name[0] != '.';
    closedir(entries);
    return count;
}

static void what_was_written_is_read(void **state)
{
    static const char bytes[] = "one\0two\xff";
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    Err err = {0};

    (void)state;
    assert_true(file_write("a", bytes, sizeof bytes - 1, 0600, &err));
    assert_true(file_read("a", 0, &text, &length, &err));
    assert_int_equal(length, sizeof bytes - 1);
    assert_memory_equal(text, bytes, sizeof bytes);
    assert_int_equal(mode_of("a"), 0600);
    assert_int_equal(count_entries("."), 1);
}

static void an_empty_file_is_read_as_an_empty_text(void **state)
{
    Err err = {0};

    (void)state;
    assert_true(file_write("empty", NULL, 0, 0600, &err));
    holds("empty", "");
}

static void a_large_file_is_read_whole(void **state)
{
    enum { SIZE = 300000 };
    char *bytes = calloc(1, SIZE + 1);

    (void)state;
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (char)('a' + i % 26);
    put("large", bytes);
    holds("large", bytes);
    free(bytes);
}

static void what_is_not_there_is_data_and_named(void **state)
{
    char *text = NULL;
    size_t length = 7;
    Err err = {0};

    (void)state;
    assert_false(file_read("missing", 0, &text, &length, &err));
    assert_int_equal(err.code, EXIT_DATA);
    assert_string_equal(err.msg, "cannot open 'missing': No such file or directory");
    assert_null(text);
    assert_int_equal(length, 7);
    assert_false(file_exists("missing"));
    assert_true(file_exists("."));
}

static void a_file_over_the_limit_is_refused_and_one_at_it_is_not(void **state)
{
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    Err err = {0};

    (void)state;
    put("a", "12345");
    assert_false(file_read("a", 4, &text, &length, &err));
    assert_int_equal(err.code, EXIT_DATA);
    assert_string_equal(err.msg, "'a' is larger than 4 bytes");
    assert_null(text);
    assert_true(file_read("a", 5, &text, &length, &err));
    assert_int_equal(length, 5);
}

static void a_directory_is_no_file(void **state)
{
    char *text = NULL;
    size_t length = 0;
    Err err = {0};

    (void)state;
    assert_false(file_read(".", 0, &text, &length, &err));
    assert_int_not_equal(err.code, EXIT_OK);
    assert_non_null(strstr(err.msg, "'.'"));
}

static void the_old_file_stays_until_the_commit(void **state)
{
    Err err = {0};

    (void)state;
    put("a", "old");
    FileReplace *replace = file_replace_open("a", 0644, &err);
    assert_non_null(replace);
    fputs("new", replace->out);
    fflush(replace->out);
    holds("a", "old");
    assert_true(file_replace_commit(replace, &err));
    holds("a", "new");
    file_replace_close(&replace);
    assert_null(replace);
    assert_int_equal(count_entries("."), 1);
    file_replace_close(&replace);
}

static void a_replacement_that_is_closed_leaves_nothing(void **state)
{
    Err err = {0};

    (void)state;
    put("a", "old");
    FileReplace *replace = file_replace_open("a", 0644, &err);
    fputs("new", replace->out);
    file_replace_close(&replace);
    holds("a", "old");
    assert_int_equal(count_entries("."), 1);
    replace = file_replace_open("b", 0644, &err);
    file_replace_close(&replace);
    assert_false(file_exists("b"));
    assert_int_equal(count_entries("."), 1);
}

static void two_replacements_at_once_do_not_meet(void **state)
{
    Err err = {0};

    (void)state;
    FileReplace *one = file_replace_open("a", 0644, &err);
    FileReplace *two = file_replace_open("a", 0644, &err);
    assert_non_null(one);
    assert_non_null(two);
    assert_string_not_equal(one->temporary, two->temporary);
    fputs("one", one->out);
    fputs("two", two->out);
    assert_true(file_replace_commit(one, &err));
    assert_true(file_replace_commit(two, &err));
    holds("a", "two");
    file_replace_close(&one);
    file_replace_close(&two);
}

static void a_missing_directory_is_73_and_named(void **state)
{
    Err err = {0};

    (void)state;
    assert_null(file_replace_open("no/such/a", 0644, &err));
    assert_int_equal(err.code, EXIT_CREATE);
    assert_non_null(strstr(err.msg, "'no/such/a'"));
}

static void a_full_disk_fails_and_the_old_file_stays(void **state)
{
    Err err = {0};

    (void)state;
    put("a", "old");
    FileReplace *replace = file_replace_open("a", 0644, &err);
    /* Its bytes go to a device that has no room. */
    int full = open("/dev/full", O_WRONLY);
    if (full < 0) {
        file_replace_close(&replace);
        skip();
    }
    dup2(full, fileno(replace->out));
    close(full);
    fputs("new", replace->out);
    assert_false(file_replace_commit(replace, &err));
    assert_int_equal(err.code, EXIT_IO);
    file_replace_close(&replace);
    holds("a", "old");
    assert_int_equal(count_entries("."), 1);
}

static void a_link_is_followed_and_stays_a_link(void **state)
{
    struct stat status;

    (void)state;
    assert_int_equal(mkdir("real", 0755), 0);
    put("real/a", "old");
    assert_int_equal(symlink("real/a", "link"), 0);
    put("link", "new");
    holds("real/a", "new");
    assert_int_equal(lstat("link", &status), 0);
    assert_true(S_ISLNK(status.st_mode));
}

static void what_a_killed_process_left_is_removed_by_the_next(void **state)
{
    char dead[64], alive[64];
    pid_t child = fork();

    (void)state;
    if (child == 0)
        _exit(0);
    waitpid(child, NULL, 0);
    snprintf(dead, sizeof dead, "a.tmp-%ld-0", (long)child);
    snprintf(alive, sizeof alive, "a.tmp-%ld-7", (long)getpid());
    put("other.tmp-x", "x");
    put(dead, "half");
    put(alive, "half");
    put("b.tmp-1x", "x");
    put("a", "new");
    assert_false(file_exists(dead));
    assert_true(file_exists(alive));
    assert_true(file_exists("other.tmp-x"));
    assert_true(file_exists("b.tmp-1x"));
    holds("a", "new");
}

static void a_process_killed_while_writing_leaves_the_old_file(void **state)
{
    (void)state;
    put("a", "old");
    pid_t child = fork();
    if (child == 0) {
        Err err = {0};
        FileReplace *replace = file_replace_open("a", 0644, &err);
        fputs("new", replace->out);
        fflush(replace->out);
        _exit(0); /* without commit or close, as by a kill */
    }
    waitpid(child, NULL, 0);
    holds("a", "old");
    assert_int_equal(count_entries("."), 2);
    put("a", "newer");
    holds("a", "newer");
    assert_int_equal(count_entries("."), 1);
}

static void the_same_bytes_are_not_written_again(void **state)
{
    struct stat before, after;
    bool changed = true;
    Err err = {0};

    (void)state;
    put("a", "same");
    stat("a", &before);
    assert_true(file_write_if_changed("a", "same", 4, 0644, &changed, &err));
    assert_false(changed);
    stat("a", &after);
    assert_true(before.st_ino == after.st_ino && before.st_mtime == after.st_mtime);
    assert_true(file_write_if_changed("a", "other", 5, 0644, &changed, &err));
    assert_true(changed);
    holds("a", "other");
    assert_true(file_write_if_changed("new", "x", 1, 0644, NULL, &err));
    holds("new", "x");
    assert_true(file_write_if_changed("none", NULL, 0, 0644, &changed, &err) && changed);
    assert_true(file_write_if_changed("none", NULL, 0, 0644, &changed, &err) && !changed);
}

static void appending_keeps_what_is_there(void **state)
{
    Err err = {0};

    (void)state;
    assert_true(file_append("log", "one\n", 4, 0600, &err));
    assert_int_equal(mode_of("log"), 0600);
    assert_true(file_append("log", "two\n", 4, 0600, &err));
    holds("log", "one\ntwo\n");
    assert_false(file_append("no/log", "x", 1, 0600, &err));
    assert_int_equal(err.code, EXIT_CREATE);
    assert_int_equal(symlink("log", "link"), 0);
    assert_false(file_append("link", "x", 1, 0600, &err));
    holds("log", "one\ntwo\n");
}

static void a_full_disk_is_said_when_appending(void **state)
{
    Err err = {0};

    (void)state;
    if (!file_exists("/dev/full"))
        skip();
    assert_false(file_append("/dev/full", "x", 1, 0600, &err));
    assert_int_equal(err.code, EXIT_IO);
    assert_non_null(strstr(err.msg, "'/dev/full'"));
}

static void directories_are_made_with_their_parents(void **state)
{
    Err err = {0};

    (void)state;
    assert_true(file_make_directories("a/b/c", 0700, &err));
    assert_int_equal(mode_of("a"), 0700);
    assert_int_equal(mode_of("a/b/c"), 0700);
    assert_true(file_make_directories("a/b/c", 0755, &err));
    assert_int_equal(mode_of("a/b/c"), 0700);
    assert_true(file_make_directories("a//x/", 0755, &err));
    assert_true(file_exists("a/x"));
    assert_true(file_make_parents("p/q/file", 0755, &err));
    assert_true(file_exists("p/q"));
    assert_false(file_exists("p/q/file"));
    assert_true(file_make_parents("file", 0755, &err));
    assert_true(file_make_directories("/", 0755, &err));
}

static void a_file_in_the_way_of_a_directory_is_said(void **state)
{
    Err err = {0};

    (void)state;
    put("a", "");
    assert_false(file_make_directories("a", 0755, &err));
    assert_int_equal(err.code, EXIT_CREATE);
    assert_non_null(strstr(err.msg, "'a'"));
    assert_false(file_make_directories("a/b", 0755, &err));
    assert_int_equal(err.code, EXIT_CREATE);
}

static void removing_what_is_not_there_is_fine(void **state)
{
    Err err = {0};

    (void)state;
    put("a", "");
    assert_true(file_remove("a", &err));
    assert_false(file_exists("a"));
    assert_true(file_remove("a", &err));
    assert_int_equal(mkdir("d", 0755), 0);
    assert_false(file_remove("d", &err));
}

static void a_flush_tells_what_was_lost_before(void **state)
{
    Err err = {0};
    FILE *out = fopen("/dev/full", "w");

    (void)state;
    if (!out)
        skip();
    fputs("x", out);
    assert_false(file_flush(out, "the document", &err));
    assert_int_equal(err.code, EXIT_IO);
    assert_false(file_flush(out, "the document", &err)); /* the error stays */
    fclose(out);
}

static void a_device_is_written_to_and_not_replaced(void **state)
{
    struct stat status;
    Err err = {0};

    (void)state;
    assert_int_equal(mkfifo("pipe", 0600), 0);
    int reader = open("pipe", O_RDONLY | O_NONBLOCK);
    assert_true(reader >= 0);
    assert_true(file_write("pipe", "x", 1, 0600, &err));
    assert_int_equal(stat("pipe", &status), 0);
    assert_true(S_ISFIFO(status.st_mode));
    char byte = 0;
    assert_int_equal(read(reader, &byte, 1), 1);
    assert_int_equal(byte, 'x');
    close(reader);
}

static void a_replaced_file_keeps_its_mode(void **state)
{
    struct stat status;
    Err err = {0};

    (void)state;
    assert_true(file_write("kept", "old", 3, 0644, &err));
    assert_int_equal(chmod("kept", 0640), 0);
    assert_true(file_write("kept", "new", 3, 0600, &err));
    assert_int_equal(stat("kept", &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
}

#define IN_DIRECTORY(test) cmocka_unit_test_setup_teardown(test, directory_new, directory_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_DIRECTORY(what_was_written_is_read),
        IN_DIRECTORY(an_empty_file_is_read_as_an_empty_text),
        IN_DIRECTORY(a_large_file_is_read_whole),
        IN_DIRECTORY(what_is_not_there_is_data_and_named),
        IN_DIRECTORY(a_file_over_the_limit_is_refused_and_one_at_it_is_not),
        IN_DIRECTORY(a_directory_is_no_file),
        IN_DIRECTORY(the_old_file_stays_until_the_commit),
        IN_DIRECTORY(a_replacement_that_is_closed_leaves_nothing),
        IN_DIRECTORY(two_replacements_at_once_do_not_meet),
        IN_DIRECTORY(a_missing_directory_is_73_and_named),
        IN_DIRECTORY(a_full_disk_fails_and_the_old_file_stays),
        IN_DIRECTORY(a_device_is_written_to_and_not_replaced),
        IN_DIRECTORY(a_replaced_file_keeps_its_mode),
        IN_DIRECTORY(a_link_is_followed_and_stays_a_link),
        IN_DIRECTORY(what_a_killed_process_left_is_removed_by_the_next),
        IN_DIRECTORY(a_process_killed_while_writing_leaves_the_old_file),
        IN_DIRECTORY(the_same_bytes_are_not_written_again),
        IN_DIRECTORY(appending_keeps_what_is_there),
        IN_DIRECTORY(a_full_disk_is_said_when_appending),
        IN_DIRECTORY(directories_are_made_with_their_parents),
        IN_DIRECTORY(a_file_in_the_way_of_a_directory_is_said),
        IN_DIRECTORY(removing_what_is_not_there_is_fine),
        IN_DIRECTORY(a_flush_tells_what_was_lost_before),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
