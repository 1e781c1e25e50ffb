#include "validate/runner.h"

#include <signal.h>
#include <string.h>

#include "base/arena.h"
#include "base/proc.h"
#include "json/jx.h"

enum { POLL_MS = 100, GRACE_MS = 2000 };

typedef struct Running {
    Proc *procs[RUNNER_JOBS_MAX];
    size_t steps[RUNNER_JOBS_MAX]; /* the index of each one's step */
    size_t count;                  /* how many there are */
    size_t next;                   /* the step to look at next */
    int signal;
} Running;

/* ---- signals: blocked and asked for, so that no handler and no global is needed ---- */

/* Those our caller has us ignore stay ignored: a blocked one would be pending all the same. */
static void stop_signals(sigset_t *set)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};

    (void)sigemptyset(set);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        struct sigaction action;

        if (sigaction(numbers[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN) {
            (void)sigaddset(set, numbers[i]);
        }
    }
}

/* The stop signal that came, taken away; 0 when none did. */
static int take_signal(void)
{
    sigset_t stops;
    sigset_t pending;
    int number = 0;

    stop_signals(&stops);
    if (sigpending(&pending) == 0) {
        for (int i = 1; i <= SIGTERM; i++) {
            if (sigismember(&pending, i) == 1 && sigismember(&stops, i) == 1) {
                return sigwait(&stops, &number) == 0 ? number : i;
            }
        }
    }
    return 0;
}

/* ---- results ---- */

/* The command as a report may show it: somebody may have written a secret into it. */
static json_t *command_of(const RunnerSpec *spec, const json_t *step)
{
    json_t *command = json_array();
    size_t i = 0;
    const json_t *word = NULL;

    json_array_foreach(json_object_get(step, "command"), i, word)
    {
        size_t length = 0;
        CLEANUP(cleanup_free)
        char *text =
            mask_clean(spec->mask, json_string_value(word), json_string_length(word), 0, &length);

        (void)json_array_append_new(command, json_stringn(text, length));
    }
    return command;
}

static json_t *result_new(const RunnerSpec *spec, const json_t *step, const char *status)
{
    return json_pack("{s:O, s:o, s:O, s:s, s:i, s:s}", "name", json_object_get(step, "name"),
                     "command", command_of(spec, step), "required",
                     json_object_get(step, "required"), "status", status, "duration_ms", 0,
                     "output", "");
}

static bool finish(const RunnerSpec *spec, json_t *results, size_t index, json_t *result, Err *err)
{
    if (!result) {
        return err_set(err, EXIT_OS, "no memory for the result of step %zu", index);
    }
    if (spec->done) {
        spec->done(spec->done_context, result);
    }
    return json_array_set_new(results, index, result) == 0 ||
           err_set(err, EXIT_OS, "no memory for the result of step %zu", index);
}

static bool set_output(const RunnerSpec *spec, json_t *result, const ProcResult *ended, Err *err)
{
    bool passed = ended->exit_code == 0 && !ended->timed_out;
    size_t from = 0;
    size_t skipped = ended->output_skipped;
    size_t gap = skipped > 0 ? ended->output_head : 0;
    size_t length = 0;
    CLEANUP(cleanup_free) char *text = NULL;

    if (passed && ended->output_length > RUNNER_PASSED_BYTES) {
        from = ended->output_length - RUNNER_PASSED_BYTES;
        skipped += from;
        gap = gap > from ? gap - from : 0;
    }
    text = mask_clean(spec->mask, ended->output + from, ended->output_length - from, gap, &length);
    return jx_set(result, "output", json_stringn(text, length), err) &&
           (skipped == 0 ||
            jx_set(result, "output_skipped", json_integer((json_int_t)skipped), err));
}

static json_t *result_of(const RunnerSpec *spec, const json_t *step, const ProcResult *ended,
                         int stop, Err *err)
{
    const char *program = json_string_value(json_array_get(json_object_get(step, "command"), 0));
    bool never = ended->start_errno != 0;
    bool passed = ended->exit_code == 0 && !ended->timed_out && !stop;
    const char *status = never || stop      ? "error"
                         : ended->timed_out ? "timeout"
                         : passed           ? "passed"
                                            : "failed";
    json_auto_t *result = result_new(spec, step, status);
    json_t *why = NULL;

    if (ended->not_found) {
        why = json_sprintf("'%s' cannot be run: no such program or directory", program);
    } else if (never) {
        why = json_sprintf("'%s' cannot be run: %s", program, strerror(ended->start_errno));
    } else if (stop) {
        why = json_sprintf("interrupted by signal %d", stop);
    } else if (ended->timed_out) {
        why = json_sprintf("not done after %lld ms", (long long)jx_int(step, "timeout", 0));
    } else if (ended->signal) {
        why = json_sprintf("ended by signal %d", ended->signal);
    }
    if (!result || (why && !jx_set(result, "why", why, err)) ||
        !jx_set(result, "duration_ms", json_integer(ended->duration_ms), err) ||
        (ended->exit_code >= 0 &&
         !jx_set(result, "exit_code", json_integer(ended->exit_code), err)) ||
        (ended->signal && !jx_set(result, "signal", json_integer(ended->signal), err)) ||
        !set_output(spec, result, ended, err)) {
        return NULL;
    }
    return json_incref(result);
}

static json_t *result_skipped(const RunnerSpec *spec, const json_t *step, const char *why)
{
    bool fails = jx_bool(step, "missing") && jx_bool(step, "required");
    json_t *result = result_new(spec, step, fails ? "failed" : "skipped");

    if (result && json_object_set_new(result, "why", json_string(why)) < 0) {
        json_decref(result);
        result = NULL;
    }
    return result;
}

/* ---- running ---- */

static bool start(const RunnerSpec *spec, const json_t *step, Running *running, Err *err)
{
    Arena arena = {0};
    const json_t *command = json_object_get(step, "command");
    size_t count = json_array_size(command);
    char **argv = arena_alloc(&arena, (count + 1) * sizeof *argv);
    ProcSpec proc = {
        .argv = argv,
        .environment =
            environment_build(&arena, spec->environment, json_object_get(step, "environment"),
                              spec->lookup, spec->lookup_context),
        .directory =
            arena_printf(&arena, "%s/%s", spec->directory, jx_string(step, "directory", ".")),
        .timeout_ms = jx_int(step, "timeout", 0),
        .grace_ms = GRACE_MS,
        .head_bytes = RUNNER_HEAD_BYTES,
        .tail_bytes = RUNNER_TAIL_BYTES,
    };
    Proc *started = NULL;

    for (size_t i = 0; i < count; i++) {
        argv[i] = arena_strdup(&arena, json_string_value(json_array_get(command, i)));
    }
    started = proc_start(&proc, err);
    arena_free(&arena);
    if (!started) {
        return false;
    }
    running->procs[running->count] = started;
    running->steps[running->count++] = running->next;
    return true;
}

/* Starts, or passes over, steps until all jobs are taken. */
static bool fill(const RunnerSpec *spec, Running *running, json_t *results, Err *err)
{
    while (running->next < json_array_size(spec->steps) && running->count < spec->jobs) {
        const json_t *step = json_array_get(spec->steps, running->next);
        const char *skip = jx_string(step, "skip", running->signal ? "interrupted" : NULL);

        if (skip ? !finish(spec, results, running->next, result_skipped(spec, step, skip), err)
                 : !start(spec, step, running, err)) {
            return false;
        }
        running->next++;
    }
    return true;
}

/* Takes the results of those that are done. */
static bool collect(const RunnerSpec *spec, Running *running, json_t *results, Err *err)
{
    for (size_t i = running->count; i-- > 0;) {
        if (proc_is_done(running->procs[i])) {
            CLEANUP(proc_result_free) ProcResult ended = {0};
            size_t index = running->steps[i];

            proc_finish(running->procs[i], &ended);
            proc_close(&running->procs[i]);
            running->count--;
            running->procs[i] = running->procs[running->count];
            running->steps[i] = running->steps[running->count];
            running->procs[running->count] = NULL;
            if (!finish(spec, results, index,
                        result_of(spec, json_array_get(spec->steps, index), &ended, running->signal,
                                  err),
                        err)) {
                return false;
            }
        }
    }
    return true;
}

static void heed_signals(Running *running)
{
    int number = take_signal();

    if (number && !running->signal) {
        running->signal = number;
        for (size_t i = 0; i < running->count; i++) {
            if (!proc_is_done(running->procs[i])) {
                proc_stop(running->procs[i]);
            }
        }
    }
}

static bool run_all(const RunnerSpec *spec, Running *running, json_t *results, Err *err)
{
    do {
        heed_signals(running);
        if (!fill(spec, running, results, err)) {
            return false;
        }
        if (running->count > 0 && !proc_is_done(running->procs[running->count - 1])) {
            proc_poll(running->procs, running->count, POLL_MS);
        }
        if (!collect(spec, running, results, err)) {
            return false;
        }
        if (running->count == 0) {
            proc_sweep();
        }
    } while (running->count > 0 || running->next < json_array_size(spec->steps));
    return true;
}

json_t *runner_run(const RunnerSpec *spec, int *ret_signal, Err *err)
{
    json_auto_t *results = json_array();
    Running running = {0};
    sigset_t stops;
    sigset_t before;
    bool good = true;

    for (size_t i = 0; i < json_array_size(spec->steps); i++) {
        good = good && jx_append(results, json_null(), err);
    }
    stop_signals(&stops);
    (void)sigprocmask(SIG_BLOCK, &stops, &before);
    proc_adopt_orphans();
    good = good && run_all(spec, &running, results, err);
    for (size_t i = 0; i < running.count; i++) {
        proc_close(&running.procs[i]);
    }
    proc_sweep();
    while (take_signal()) { /* too late to stop anything: what there is is reported */
    }
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    if (!good) {
        return NULL;
    }
    *ret_signal = running.signal;
    return json_incref(results);
}
