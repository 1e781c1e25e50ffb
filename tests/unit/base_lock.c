#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"

static int directory_new(void **state)
{
    static char path[] = "/tmp/base_lock.XXXXXX";

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

/* A process that takes the lock, says so, and keeps it until it is killed or hold_ms are over. */
static pid_t holder_start(int hold_ms)
{
    int said[2];
    char byte = 0;

    assert_int_equal(pipe(said), 0);
    pid_t child = fork();
    if (child == 0) {
        Err err = {0};
        int lock = lock_take("lock", 0, &err);
        (void)!write(said[1], lock >= 0 ? "y" : "n", 1);
        nanosleep(&(struct timespec){hold_ms / 1000, hold_ms % 1000 * 1000000L}, NULL);
        _exit(0);
    }
    close(said[1]);
    assert_int_equal(read(said[0], &byte, 1), 1);
    assert_int_equal(byte, 'y');
    close(said[0]);
    return child;
}

static void end(pid_t child)
{
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

static void a_free_lock_is_taken_and_its_file_is_private(void **state)
{
    Err err = {0};
    struct stat status;
    int lock = lock_take("lock", 0, &err);

    (void)state;
    assert_true(lock >= 0);
    assert_int_equal(stat("lock", &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    close(lock);
}

static void a_held_lock_is_75_at_once_and_names_its_holder(void **state)
{
    Err err = {0};
    char want[64];
    pid_t child = holder_start(60000);
    int64_t start = clock_monotonic_ms();

    (void)state;
    assert_true(lock_take("lock", 0, &err) < 0);
    assert_true(clock_monotonic_ms() - start < 1000);
    assert_int_equal(err.code, EXIT_TEMPFAIL);
    snprintf(want, sizeof want, "'lock' is held by process %ld", (long)child);
    assert_string_equal(err.msg, want);
    assert_int_equal(lock_holder("lock"), child);
    end(child);
}

static void a_killed_holder_holds_nothing(void **state)
{
    Err err = {0};
    pid_t child = holder_start(60000);

    (void)state;
    end(child);
    assert_int_equal(lock_holder("lock"), 0);
    int lock = lock_take("lock", 0, &err);
    assert_true(lock >= 0);
    close(lock);
}

static void waiting_ends_when_the_lock_is_free(void **state)
{
    Err err = {0};
    pid_t child = holder_start(200);
    int64_t start = clock_monotonic_ms();
    int lock = lock_take("lock", 5000, &err);

    (void)state;
    assert_true(lock >= 0);
    assert_true(clock_monotonic_ms() - start < 3000);
    close(lock);
    end(child);
}

static void waiting_ends_with_its_time(void **state)
{
    Err err = {0};
    pid_t child = holder_start(60000);
    int64_t start = clock_monotonic_ms();

    (void)state;
    assert_true(lock_take("lock", 150, &err) < 0);
    int64_t took = clock_monotonic_ms() - start;
    assert_true(took >= 140 && took < 2000);
    assert_int_equal(err.code, EXIT_TEMPFAIL);
    end(child);
}

static void a_closed_lock_is_free(void **state)
{
    Err err = {0};
    int lock = lock_take("lock", 0, &err);

    (void)state;
    assert_true(lock >= 0);
    close(lock);
    pid_t child = holder_start(60000); /* asserts that it gets it */
    end(child);
}

static void a_child_does_not_inherit_the_lock_but_exec_keeps_it(void **state)
{
    Err err = {0};
    int said[2];
    char byte = 0;

    (void)state;
    assert_int_equal(pipe(said), 0);
    pid_t child = fork();
    if (child == 0) {
        if (lock_take("lock", 0, &err) < 0)
            _exit(1);
        dup2(said[1], STDOUT_FILENO);
        close(said[0]);
        close(said[1]);
        execlp("sh", "sh", "-c", "printf y; exec sleep 60", (char *)NULL);
        _exit(1);
    }
    close(said[1]);
    assert_int_equal(read(said[0], &byte, 1), 1);
    close(said[0]);
    assert_int_equal(lock_holder("lock"), child);
    end(child);
    assert_int_equal(lock_holder("lock"), 0);
}

static void a_lock_that_nobody_made_has_no_holder(void **state)
{
    (void)state;
    assert_int_equal(lock_holder("missing"), 0);
    assert_true(access("missing", F_OK) != 0);
}

static void a_link_or_a_missing_directory_is_refused(void **state)
{
    Err err = {0};

    (void)state;
    assert_true(lock_take("no/lock", 0, &err) < 0);
    assert_int_equal(err.code, EXIT_CREATE);
    assert_int_equal(symlink("elsewhere", "link"), 0);
    assert_true(lock_take("link", 0, &err) < 0);
    assert_true(access("elsewhere", F_OK) != 0);
}

static void the_descriptor_is_above_those_of_a_shell_and_open_across_exec(void **state)
{
    Err err = {0};
    int lock = lock_take("lock", 0, &err);

    (void)state;
    assert_true(lock > 9);
    assert_int_equal(fcntl(lock, F_GETFD) & FD_CLOEXEC, 0);
    close(lock);
}

#define IN_DIRECTORY(test) cmocka_unit_test_setup_teardown(test, directory_new, directory_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_DIRECTORY(a_free_lock_is_taken_and_its_file_is_private),
        IN_DIRECTORY(a_held_lock_is_75_at_once_and_names_its_holder),
        IN_DIRECTORY(a_killed_holder_holds_nothing),
        IN_DIRECTORY(waiting_ends_when_the_lock_is_free),
        IN_DIRECTORY(waiting_ends_with_its_time),
        IN_DIRECTORY(a_closed_lock_is_free),
        IN_DIRECTORY(a_child_does_not_inherit_the_lock_but_exec_keeps_it),
        IN_DIRECTORY(a_lock_that_nobody_made_has_no_holder),
        IN_DIRECTORY(a_link_or_a_missing_directory_is_refused),
        IN_DIRECTORY(the_descriptor_is_above_those_of_a_shell_and_open_across_exec),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
