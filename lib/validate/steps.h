/* What there is to run: the steps of the configuration or, when it has none, those found in the
 * project. Deciding only; nothing is started here.
 *
 * A step of a plan: {"name","command":[..],"timeout":ms,"required":bool,"requires":[..],
 * "environment":[..],"directory","from":"configuration"|"package.json"|"tsconfig.json"} and, when
 * it is not to run, "skip": why; "missing": true stands with it when a thing it requires is not
 * there, which makes a required step fail. */
#ifndef VALIDATE_STEPS_H
#define VALIDATE_STEPS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* Whether the project has that file or directory, or the machine that command. */
typedef bool (*StepsHas)(const void *context, const char *name);

typedef struct StepsChoice {
    const char *const *only; /* NULL-terminated, or NULL: all */
    const char *const *skip; /* NULL-terminated, or NULL: none */
    const char *environment; /* the value of SCHEMA_SKIP, a comma list; NULL: unset */
} StepsChoice;

/* The configuration's list, which the config floor has checked and filled, as steps. */
json_t *steps_from_config(const json_t *list, Err *err);
/* Steps for package.json's scripts and tsconfig.json, in the order types, lint, test, build.
 * package is package.json's content or NULL. The package manager is the one whose lock file there
 * is. */
json_t *steps_find(const json_t *package, StepsHas has, const void *context, Err *err);
/* Fills "skip" and "missing". A name in choice->only or ->skip that no step has is EXIT_USAGE; in
 * ->environment it means nothing, as that is shared between projects. */
bool steps_mark(json_t *steps, const StepsChoice *choice, StepsHas has, const void *context,
                Err *err);

#endif
