#include "base/proc.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"

static ProcResult run(ProcSpec spec)
{
    ProcResult result = {0};
    Err err = {0};

    if (!spec.head_bytes && !spec.tail_bytes) {
        spec.head_bytes = 4096;
    }
    if (!proc_run(&spec, &result, &err)) {
        fail_msg("%s", err.msg);
    }
    return result;
}

static ProcResult sh(const char *script, int64_t timeout_ms)
{
    const char *argv[] = {"sh", "-c", script, NULL};

    return run((ProcSpec){.argv = (char *const *)argv, .timeout_ms = timeout_ms, .grace_ms = 200});
}

static bool is_alive(pid_t pid)
{
    return kill(pid, 0) == 0;
}

static void pause_ms(long ms)
{
    struct timespec time = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};

    (void)nanosleep(&time, NULL);
}

static void output_and_exit_code_come_back(void **state)
{
    CLEANUP(proc_result_free) ProcResult result = sh("echo out; echo err >&2; exit 3", 0);

    (void)state;
    assert_int_equal(result.exit_code, 3);
    assert_int_equal(result.signal, 0);
    assert_false(result.timed_out);
    assert_string_equal(result.output, "out\nerr\n");
    assert_int_equal(result.output_length, 8);
    assert_int_equal(result.output_skipped, 0);
}

static void a_program_ended_by_a_signal_has_no_exit_code(void **state)
{
    CLEANUP(proc_result_free) ProcResult result = sh("kill -KILL $$", 0);

    (void)state;
    assert_int_equal(result.exit_code, -1);
    assert_int_equal(result.signal, SIGKILL);
}

static void a_missing_program_is_not_found(void **state)
{
    const char *argv[] = {"no-such-program-here", NULL};
    const char *path[] = {"/nonexistent/program", NULL};
    CLEANUP(proc_result_free) ProcResult by_name = run((ProcSpec){.argv = (char *const *)argv});
    CLEANUP(proc_result_free) ProcResult by_path = run((ProcSpec){.argv = (char *const *)path});

    (void)state;
    assert_true(by_name.not_found);
    assert_int_equal(by_name.exit_code, -1);
    assert_true(by_path.not_found);
    assert_string_equal(by_path.output, "");
}

static void a_missing_directory_is_a_start_error(void **state)
{
    const char *argv[] = {"true", NULL};
    CLEANUP(proc_result_free)
    ProcResult result = run((ProcSpec){.argv = (char *const *)argv, .directory = "/nonexistent"});

    (void)state;
    assert_int_not_equal(result.start_errno, 0);
    assert_int_equal(result.exit_code, -1);
}

static void only_programs_exist(void **state)
{
    (void)state;
    assert_true(proc_exists("sh"));
    assert_true(proc_exists("/bin/sh"));
    assert_false(proc_exists("no-such-program-here"));
    assert_false(proc_exists("/etc/passwd"));
    assert_false(proc_exists("/bin"));
    assert_false(proc_exists(""));
}

static void stdin_is_empty_unless_input_is_given(void **state)
{
    const char *argv[] = {"cat", NULL};
    CLEANUP(proc_result_free) ProcResult none = run((ProcSpec){.argv = (char *const *)argv});
    CLEANUP(proc_result_free)
    ProcResult some = run((ProcSpec){.argv = (char *const *)argv, .input = "hello"});

    (void)state;
    assert_int_equal(none.exit_code, 0);
    assert_string_equal(none.output, "");
    assert_string_equal(some.output, "hello");
}

static void input_larger_than_a_pipe_arrives_whole(void **state)
{
    enum { SIZE = 3 << 20 };
    const char *argv[] = {"wc", "-c", NULL};
    char *text = malloc(SIZE + 1);
    ProcResult result;

    (void)state;
    assert_non_null(text);
    memset(text, 'x', SIZE);
    text[SIZE] = '\0';
    result = run((ProcSpec){.argv = (char *const *)argv, .input = text});
    assert_int_equal(strtol(result.output, NULL, 10), SIZE);
    proc_result_free(&result);
    free(text);
}

static void a_program_that_reads_no_input_does_not_end_us(void **state)
{
    enum { SIZE = 1 << 20 };
    const char *argv[] = {"sh", "-c", "exec <&-; sleep 0.1", NULL};
    char *text = malloc(SIZE + 1);
    ProcResult result;

    (void)state;
    assert_non_null(text);
    memset(text, 'x', SIZE);
    text[SIZE] = '\0';
    result = run((ProcSpec){.argv = (char *const *)argv, .input = text});
    assert_int_equal(result.exit_code, 0);
    proc_result_free(&result);
    free(text);
}

static void ten_megabytes_are_cut_in_the_middle(void **state)
{
    const char *argv[] = {
        "sh", "-c", "echo first; head -c 10485760 /dev/zero | tr '\\0' x; echo; echo last", NULL};
    CLEANUP(proc_result_free)
    ProcResult result =
        run((ProcSpec){.argv = (char *const *)argv, .head_bytes = 1000, .tail_bytes = 3000});

    (void)state;
    assert_int_equal(result.exit_code, 0);
    assert_int_equal(result.output_length, 4000);
    assert_int_equal(result.output_head, 1000);
    assert_int_equal(result.output_skipped, 10485760 + 6 + 1 + 5 - 4000);
    assert_memory_equal(result.output, "first\nx", 7);
    assert_string_equal(result.output + 4000 - 7, "x\nlast\n");
}

static void every_size_of_head_and_tail_keeps_the_right_bytes(void **state)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    static const size_t sizes[] = {0, 1, 2, 5, 26, 100};
    const char *argv[] = {"sh", "-c", "for i in abc defgh i jklmnopqrstuvw xyz; do printf $i; done",
                          NULL};

    (void)state;
    for (size_t h = 0; h < 6; h++) {
        for (size_t t = 0; t < 6; t++) {
            ProcResult result = {0};
            ProcSpec spec = {
                .argv = (char *const *)argv, .head_bytes = sizes[h], .tail_bytes = sizes[t]};
            size_t head = sizes[h] < 26 ? sizes[h] : 26;
            size_t tail = sizes[t] < 26 - head ? sizes[t] : 26 - head;
            char want[27] = "";
            Err err = {0};

            assert_true(proc_run(&spec, &result, &err));
            memcpy(want, letters, head);
            memcpy(want + head, letters + 26 - tail, tail);
            want[head + tail] = '\0';
            assert_string_equal(result.output, want);
            assert_int_equal(result.output_skipped, 26 - head - tail);
            proc_result_free(&result);
        }
    }
}

static void a_slow_program_is_stopped(void **state)
{
    CLEANUP(proc_result_free) ProcResult result = sh("echo begun; exec sleep 30", 200);

    (void)state;
    assert_true(result.timed_out);
    assert_int_equal(result.signal, SIGTERM);
    assert_true(result.duration_ms >= 200 && result.duration_ms < 5000);
    assert_string_equal(result.output, "begun\n");
}

static void one_that_ignores_term_is_killed(void **state)
{
    CLEANUP(proc_result_free)
    ProcResult result = sh("trap '' TERM; while :; do sleep 0.05; done", 200);

    (void)state;
    assert_true(result.timed_out);
    assert_int_equal(result.signal, SIGKILL);
    assert_true(result.duration_ms >= 400 && result.duration_ms < 5000);
}

static void one_that_cleans_up_on_term_keeps_its_exit_code(void **state)
{
    CLEANUP(proc_result_free)
    ProcResult result = sh("trap 'echo cleaned; exit 7' TERM; while :; do sleep 0.02; done", 200);

    (void)state;
    assert_true(result.timed_out);
    assert_int_equal(result.exit_code, 7);
    assert_non_null(strstr(result.output, "cleaned\n"));
}

static void a_leftover_that_holds_the_pipe_is_not_waited_for(void **state)
{
    CLEANUP(proc_result_free) ProcResult result = sh("sleep 30 & echo $!", 0);
    pid_t leftover = (pid_t)strtol(result.output, NULL, 10);

    (void)state;
    assert_int_equal(result.exit_code, 0);
    assert_true(result.duration_ms < 5000);
    assert_true(leftover > 1);
    for (int i = 0; i < 100 && is_alive(leftover); i++) {
        pause_ms(20);
    }
    assert_false(is_alive(leftover));
}

static void a_program_that_closes_its_output_is_still_waited_for(void **state)
{
    CLEANUP(proc_result_free) ProcResult result = sh("exec >&- 2>&-; sleep 0.3; exit 5", 0);

    (void)state;
    assert_int_equal(result.exit_code, 5);
    assert_true(result.duration_ms >= 300);
}

static void no_descriptor_and_no_signal_state_is_inherited(void **state)
{
    CLEANUP(cleanup_close) int leak = dup(0);
    struct sigaction action = {.sa_handler = SIG_IGN};
    sigset_t mask;
    sigset_t before;
    CLEANUP(proc_result_free) ProcResult result = {0};

    (void)state;
    assert_true(leak > 2);
    (void)sigaction(SIGPIPE, &action, NULL);
    (void)sigemptyset(&mask);
    (void)sigaddset(&mask, SIGTERM);
    (void)sigprocmask(SIG_BLOCK, &mask, &before);
    result = sh("for fd in 3 4 5 6 7 8 9; do (: <&$fd) 2>/dev/null && echo open $fd; done;"
                "kill -TERM $$; echo survived",
                0);
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    assert_string_equal(result.output, "");
    assert_int_equal(result.signal, SIGTERM);
}

static void the_environment_and_directory_are_those_given(void **state)
{
    const char *argv[] = {"sh", "-c", "echo \"$ONE-$HOME-$(pwd)\"", NULL};
    const char *environment[] = {"ONE=1", NULL};
    CLEANUP(proc_result_free)
    ProcResult result = run((ProcSpec){
        .argv = (char *const *)argv, .environment = (char *const *)environment, .directory = "/"});

    (void)state;
    assert_string_equal(result.output, "1--/\n");
}

static void several_run_at_once(void **state)
{
    const char *argv[] = {"sh", "-c", "sleep 0.4; echo done", NULL};
    ProcSpec spec = {.argv = (char *const *)argv, .head_bytes = 100};
    Proc *procs[4] = {0};
    int64_t started = clock_monotonic_ms();
    int left = 3;
    Err err = {0};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        procs[i] = proc_start(&spec, &err);
        assert_non_null(procs[i]);
    }
    while (left > 0) {
        proc_poll(procs, 4, 1000);
        for (size_t i = 0; i < 4; i++) {
            if (procs[i] && proc_is_done(procs[i])) {
                CLEANUP(proc_result_free) ProcResult result = {0};

                proc_finish(procs[i], &result);
                assert_string_equal(result.output, "done\n");
                proc_close(&procs[i]);
                left--;
            }
        }
    }
    assert_true(clock_monotonic_ms() - started < 1100);
}

static void stopping_one_ends_it_before_its_time(void **state)
{
    const char *argv[] = {"sleep", "30", NULL};
    ProcSpec spec = {.argv = (char *const *)argv};
    Err err = {0};
    CLEANUP(proc_close) Proc *proc = proc_start(&spec, &err);
    CLEANUP(proc_result_free) ProcResult result = {0};

    (void)state;
    assert_non_null(proc);
    proc_poll(&proc, 1, 50);
    assert_false(proc_is_done(proc));
    proc_stop(proc);
    proc_poll(&proc, 1, 5000);
    assert_true(proc_is_done(proc));
    proc_finish(proc, &result);
    assert_int_equal(result.signal, SIGTERM);
    assert_false(result.timed_out);
}

#ifdef __linux__
static void one_that_left_the_group_is_found_and_killed(void **state)
{
    CLEANUP(proc_result_free) ProcResult result = {0};
    pid_t escapee = 0;

    (void)state;
    proc_adopt_orphans();
    result = sh("setsid sh -c 'echo $$; exec sleep 30' & sleep 0.3; exit 0", 0);
    escapee = (pid_t)strtol(result.output, NULL, 10);
    assert_true(escapee > 1);
    assert_false(is_alive(escapee));
}

static void a_chain_of_escapees_is_killed_to_the_last(void **state)
{
    CLEANUP(proc_result_free) ProcResult result = {0};
    char *rest = NULL;

    (void)state;
    proc_adopt_orphans();
    result = sh("setsid sh -c 'echo $$; setsid sh -c \"echo \\$\\$; exec sleep 30\" & wait' &"
                "sleep 0.4",
                0);
    assert_false(is_alive((pid_t)strtol(result.output, &rest, 10)));
    assert_true(strtol(rest, NULL, 10) > 1);
    assert_false(is_alive((pid_t)strtol(rest, NULL, 10)));
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(output_and_exit_code_come_back),
        cmocka_unit_test(a_program_ended_by_a_signal_has_no_exit_code),
        cmocka_unit_test(a_missing_program_is_not_found),
        cmocka_unit_test(a_missing_directory_is_a_start_error),
        cmocka_unit_test(only_programs_exist),
        cmocka_unit_test(stdin_is_empty_unless_input_is_given),
        cmocka_unit_test(input_larger_than_a_pipe_arrives_whole),
        cmocka_unit_test(a_program_that_reads_no_input_does_not_end_us),
        cmocka_unit_test(ten_megabytes_are_cut_in_the_middle),
        cmocka_unit_test(every_size_of_head_and_tail_keeps_the_right_bytes),
        cmocka_unit_test(a_slow_program_is_stopped),
        cmocka_unit_test(one_that_ignores_term_is_killed),
        cmocka_unit_test(one_that_cleans_up_on_term_keeps_its_exit_code),
        cmocka_unit_test(a_leftover_that_holds_the_pipe_is_not_waited_for),
        cmocka_unit_test(a_program_that_closes_its_output_is_still_waited_for),
        cmocka_unit_test(no_descriptor_and_no_signal_state_is_inherited),
        cmocka_unit_test(the_environment_and_directory_are_those_given),
        cmocka_unit_test(several_run_at_once),
        cmocka_unit_test(stopping_one_ends_it_before_its_time),
#ifdef __linux__
        cmocka_unit_test(one_that_left_the_group_is_found_and_killed),
        cmocka_unit_test(a_chain_of_escapees_is_killed_to_the_last),
#endif
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
