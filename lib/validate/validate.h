/* A validation from a project's configuration and files to its report. */
#ifndef VALIDATE_VALIDATE_H
#define VALIDATE_VALIDATE_H

#include <jansson.h>
#include <stddef.h>

#include "base/err.h"
#include "config/config.h"
#include "validate/steps.h"

/* {"format":"validation-plan/1","project","steps":[..]}: see validate/steps.h. */
json_t *validate_plan(Config *config, const StepsChoice *choice, Err *err);

typedef struct ValidateSpec {
    const json_t *plan;
    const StepsChoice *choice;
    size_t jobs;     /* 0: as many as there are processors, at most 4 */
    const char *run; /* the cycle's id; NULL: none */
    void (*done)(void *context, const json_t *result);
    void *done_context;
} ValidateSpec;

/* Runs it. The report (report/1), not yet stored. */
json_t *validate_run(Config *config, const ValidateSpec *spec, Err *err);

#endif
