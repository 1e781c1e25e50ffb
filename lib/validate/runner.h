/* Runs the steps of a plan, several at once, each with its time limit, and says how each ended. */
#ifndef VALIDATE_RUNNER_H
#define VALIDATE_RUNNER_H

#include <jansson.h>
#include <stddef.h>

#include "base/err.h"
#include "validate/environment.h"
#include "validate/mask.h"

enum {
    RUNNER_HEAD_BYTES = 256 << 10,  /* of a step's output kept from the beginning */
    RUNNER_TAIL_BYTES = 768 << 10,  /* and from the end */
    RUNNER_PASSED_BYTES = 64 << 10, /* from the end, when the step passed */
    RUNNER_JOBS_MAX = 64
};

typedef struct RunnerSpec {
    const json_t *steps;   /* a plan of validate/steps.h, marked */
    const char *directory; /* the project's */
    size_t jobs;           /* at once; 1 to RUNNER_JOBS_MAX */
    const Mask *mask;
    char *const *environment; /* the caller's; each step gets what environment.h lets through */
    EnvironmentLookup lookup; /* for the names a step asks for */
    const void *lookup_context;
    void (*done)(void *context, const json_t *result); /* as each ends; NULL: nobody asks */
    void *done_context;
} RunnerSpec;

/* The results, in the plan's order: {"name","command","required","status","why"?,"exit_code"?,
 * "signal"?,"duration_ms","output","output_skipped"?}. While it runs, SIGINT, SIGTERM and SIGHUP
 * stop the steps: *ret_signal is then that signal (else 0) and the results say so. NULL only for
 * want of processes or memory: EXIT_OS. */
json_t *runner_run(const RunnerSpec *spec, int *ret_signal, Err *err);

#endif
