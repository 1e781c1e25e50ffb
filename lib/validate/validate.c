#include "validate/validate.h"

#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/proc.h"
#include "config/dotenv.h"
#include "json/jx.h"
#include "validate/mask.h"
#include "validate/report.h"
#include "validate/runner.h"

extern char **environ;

enum { JOBS_DEFAULT_MAX = 4 };

/* context is the project's directory. */
static bool project_has(const void *context, const char *name)
{
    Arena arena = {0};
    bool found = file_exists(arena_printf(&arena, "%s/%s", (const char *)context, name)) ||
                 (!strchr(name, '/') && proc_exists(name));

    arena_free(&arena);
    return found;
}

static json_t *find_steps(Config *config, Err *err)
{
    const char *directory = config_directory(config);
    const char *path = config_path(config, "package.json");
    json_auto_t *package = file_exists(path) ? jx_load(path, err) : json_object();

    return package ? steps_find(package, project_has, directory, err) : NULL;
}

json_t *validate_plan(Config *config, const StepsChoice *choice, Err *err)
{
    const json_t *list = config_list(config, "validation.steps");
    json_auto_t *steps =
        json_array_size(list) > 0 ? steps_from_config(list, err) : find_steps(config, err);
    json_auto_t *plan = NULL;

    if (!steps || !steps_mark(steps, choice, project_has, config_directory(config), err)) {
        return NULL;
    }
    plan = json_pack("{s:s, s:s, s:O}", "format", "validation-plan/1", "project",
                     config_name(config), "steps", steps);
    if (!plan) {
        err_set(err, EXIT_DATA, "the plan holds text that is not UTF-8");
    }
    return json_incref(plan);
}

static const char *look_up(const void *context, const char *name)
{
    return config_env(context, name);
}

/* What must not be seen in a report: the secrets of the process environment and of the .env files,
 * whichever of them wins. */
static Mask *mask_of(Config *config, Err *err)
{
    json_auto_t *variables = dotenv_load(config_directory(config), err);
    Mask *mask = NULL;

    if (!variables) {
        return NULL;
    }
    mask = mask_open();
    mask_add_all(mask, variables);
    for (char **variable = environ; *variable; variable++) {
        CLEANUP(cleanup_free) char *name = strdup(*variable);
        char *equals = name ? strchr(name, '=') : NULL;

        if (equals) {
            *equals = '\0';
            mask_add(mask, name, equals + 1);
        }
    }
    return mask;
}

static bool add_names(json_t *selection, const char *key, const char *const *names, Err *err)
{
    json_t *list = NULL;

    if (!names || !names[0]) {
        return true;
    }
    list = json_array();
    for (; *names; names++) {
        if (!jx_append(list, json_string(*names), err)) {
            json_decref(list);
            return false;
        }
    }
    return jx_set(selection, key, list, err);
}

static json_t *selection_of(const StepsChoice *choice, Err *err)
{
    json_auto_t *selection = json_object();
    bool good = add_names(selection, "only", choice->only, err) &&
                add_names(selection, "skip", choice->skip, err) &&
                (!choice->environment || !choice->environment[0] ||
                 jx_set(selection, "SCHEMA_SKIP", json_string(choice->environment), err));

    return good ? json_incref(selection) : NULL;
}

static size_t jobs_of(size_t wanted)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);

    if (wanted == 0) {
        wanted = processors < 1                  ? 1
                 : processors > JOBS_DEFAULT_MAX ? JOBS_DEFAULT_MAX
                                                 : (size_t)processors;
    }
    return wanted < RUNNER_JOBS_MAX ? wanted : RUNNER_JOBS_MAX;
}

json_t *validate_run(Config *config, const ValidateSpec *spec, Err *err)
{
    CLEANUP(mask_close) Mask *mask = mask_of(config, err);
    json_auto_t *selection = mask ? selection_of(spec->choice, err) : NULL;
    RunnerSpec runner = {
        .steps = json_object_get(spec->plan, "steps"),
        .directory = config_directory(config),
        .jobs = jobs_of(spec->jobs),
        .mask = mask,
        .environment = environ,
        .lookup = look_up,
        .lookup_context = config,
        .done = spec->done,
        .done_context = spec->done_context,
    };
    ReportHead head = {
        .project = config_name(config),
        .run = spec->run,
        .started_ms = clock_now_ms(),
        .selection = selection,
    };
    int64_t started = clock_monotonic_ms();
    json_auto_t *results = NULL;

    clock_ulid(head.id);
    results = selection ? runner_run(&runner, &head.signal, err) : NULL;
    if (!results) {
        return NULL;
    }
    head.duration_ms = clock_monotonic_ms() - started;
    return report_new(&head, results, err);
}
