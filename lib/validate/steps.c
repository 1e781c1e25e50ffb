#include "validate/steps.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "json/jx.h"

enum { TIMEOUT_MS = 120000 };

json_t *steps_from_config(const json_t *list, Err *err)
{
    json_auto_t *steps = json_deep_copy(list);
    size_t i = 0;
    json_t *step = NULL;

    json_array_foreach(steps, i, step)
    {
        if (!jx_set(step, "from", json_string("configuration"), err)) {
            return NULL;
        }
    }
    return json_incref(steps);
}

/* ---- what a project has ---- */

static const struct {
    const char *lock_file;
    const char *manager;
} managers[] = {
    {"pnpm-lock.yaml", "pnpm"}, {"yarn.lock", "yarn"},        {"bun.lockb", "bun"},
    {"bun.lock", "bun"},        {"package-lock.json", "npm"}, {NULL, "npm"},
};

/* Each row is one step: the first of its scripts there is. */
static const struct {
    const char *step;
    const char *scripts[4];
} wanted[] = {
    {"types", {"typecheck", "type-check", "tsc", NULL}},
    {"lint", {"lint", NULL}},
    {"test", {"test", NULL}},
    {"build", {"build", NULL}},
};

static json_t *step_new(const char *name, json_t *command, const char *from)
{
    return json_pack("{s:s, s:o, s:i, s:b, s:[], s:[], s:s, s:s}", "name", name, "command", command,
                     "timeout", (int)TIMEOUT_MS, "required", 0, "requires", "environment",
                     "directory", ".", "from", from);
}

static const char *manager_of(StepsHas has, const void *context)
{
    size_t i = 0;

    while (managers[i].lock_file && !has(context, managers[i].lock_file)) {
        i++;
    }
    return managers[i].manager;
}

static bool has_dependencies(const json_t *package)
{
    return json_object_size(json_object_get(package, "dependencies")) > 0 ||
           json_object_size(json_object_get(package, "devDependencies")) > 0;
}

/* What "npm init" writes where a test should be; it always fails, and tests nothing. */
static bool is_placeholder(const char *script)
{
    return strstr(script, "no test specified") != NULL;
}

static bool require(json_t *step, const char *what, Err *err)
{
    return jx_append(json_object_get(step, "requires"), json_string(what), err);
}

static bool add_script(json_t *steps, const char *script, const char *text, const char *manager,
                       bool needs_modules, Err *err)
{
    json_t *command = json_pack("[s, s, s]", manager, "run", script);
    json_t *step = step_new(script, command, "package.json");

    return jx_append(steps, step, err) && require(step, manager, err) &&
           (!needs_modules || require(step, "node_modules", err)) &&
           (!is_placeholder(text) ||
            jx_set(step, "skip", json_string("the placeholder of npm init, not a test"), err));
}

static bool add_compiler(json_t *steps, Err *err)
{
    json_t *command = json_pack("[s, s, s, s]", "npx", "--no-install", "tsc", "--noEmit");
    json_t *step = step_new("tsc", command, "tsconfig.json");

    return jx_append(steps, step, err) && require(step, "npx", err);
}

json_t *steps_find(const json_t *package, StepsHas has, const void *context, Err *err)
{
    json_auto_t *steps = json_array();
    const json_t *scripts = json_object_get(package, "scripts");
    const char *manager = manager_of(has, context);
    bool needs_modules = has_dependencies(package) && !has(context, ".pnp.cjs");
    bool good = true;

    for (size_t i = 0; good && i < sizeof wanted / sizeof wanted[0]; i++) {
        const char *const *script = wanted[i].scripts;

        while (*script && !json_is_string(json_object_get(scripts, *script))) {
            script++;
        }
        if (*script) {
            good = add_script(steps, *script, jx_string(scripts, *script, ""), manager,
                              needs_modules, err);
        } else if (i == 0 && has(context, "tsconfig.json") &&
                   has(context, "node_modules/typescript")) {
            good = add_compiler(steps, err);
        }
    }
    return good ? json_incref(steps) : NULL;
}

/* ---- what of it is to run ---- */

static bool is_in(const char *name, const char *const *list)
{
    while (list && *list && strcmp(*list, name) != 0) {
        list++;
    }
    return list && *list;
}

static bool is_in_text(const char *name, const char *list)
{
    size_t length = strlen(name);

    for (const char *at = list; at && *at;) {
        size_t part = strcspn(at, ",");
        const char *word = at;
        size_t word_length = part;

        while (word_length > 0 && *word == ' ') {
            word++;
            word_length--;
        }
        while (word_length > 0 && word[word_length - 1] == ' ') {
            word_length--;
        }
        if (word_length == length && strncmp(word, name, length) == 0) {
            return true;
        }
        at += part;
        at += *at == ',';
    }
    return false;
}

static const json_t *find_step(const json_t *steps, const char *name)
{
    size_t i = 0;
    const json_t *step = NULL;

    json_array_foreach(steps, i, step)
    {
        if (strcmp(jx_string(step, "name", ""), name) == 0) {
            return step;
        }
    }
    return NULL;
}

static bool check_names(const json_t *steps, const char *const *names, const char *option, Err *err)
{
    for (; names && *names; names++) {
        if (!find_step(steps, *names)) {
            Arena arena = {0};
            const char **known = arena_alloc(&arena, (json_array_size(steps) + 1) * sizeof *known);
            const char *near = NULL;
            size_t i = 0;
            const json_t *step = NULL;

            json_array_foreach(steps, i, step)
            {
                known[i] = jx_string(step, "name", "");
            }
            near = text_nearest(*names, known);
            (void)err_set(err, EXIT_USAGE, "--%s: no step '%s'%s%s%s", option, *names,
                          near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
            arena_free(&arena);
            return false;
        }
    }
    return true;
}

static const json_t *first_missing(const json_t *step, StepsHas has, const void *context)
{
    size_t i = 0;
    const json_t *item = NULL;

    json_array_foreach(json_object_get(step, "requires"), i, item)
    {
        if (!has(context, json_string_value(item))) {
            return item;
        }
    }
    return NULL;
}

static bool mark(json_t *step, const StepsChoice *choice, StepsHas has, const void *context,
                 Err *err)
{
    const char *name = jx_string(step, "name", "");
    const json_t *missing = NULL;

    if (choice->only && choice->only[0] && !is_in(name, choice->only)) {
        return jx_set(step, "skip", json_string("not named by --only"), err);
    }
    if (is_in(name, choice->skip)) {
        return jx_set(step, "skip", json_string("named by --skip"), err);
    }
    if (is_in_text(name, choice->environment)) {
        return jx_set(step, "skip", json_string("named by SCHEMA_SKIP"), err);
    }
    missing = json_object_get(step, "skip") ? NULL : first_missing(step, has, context);
    return !missing ||
           (jx_set(step, "missing", json_true(), err) &&
            jx_set(step, "skip",
                   json_sprintf("requires '%s', which is not there", json_string_value(missing)),
                   err));
}

bool steps_mark(json_t *steps, const StepsChoice *choice, StepsHas has, const void *context,
                Err *err)
{
    size_t i = 0;
    json_t *step = NULL;

    if (!check_names(steps, choice->only, "only", err) ||
        !check_names(steps, choice->skip, "skip", err)) {
        return false;
    }
    json_array_foreach(steps, i, step)
    {
        if (!mark(step, choice, has, context, err)) {
            return false;
        }
    }
    return true;
}
