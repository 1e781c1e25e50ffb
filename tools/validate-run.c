#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "cli/cli.h"
#include "config/config.h"
#include "json/jx.h"
#include "validate/report.h"
#include "validate/validate.h"

typedef struct Options {
    const char *project;
    bool plan;
    CliList only;
    CliList skip;
    int jobs;
    bool json;
    const char *junit;
    const char *run;
} Options;

static const CliOption opts[] = {
    {"project", 'C', CLI_STRING, offsetof(Options, project), "DIR",
     "the project (default: the nearest one above)", NULL},
    {"plan", 'n', CLI_FLAG, offsetof(Options, plan), NULL, "show what would run and run nothing",
     NULL},
    {"only", 0, CLI_LIST, offsetof(Options, only), "LIST", "run these steps and no others", NULL},
    {"skip", 0, CLI_LIST, offsetof(Options, skip), "LIST", "leave these steps out", NULL},
    {"jobs", 'j', CLI_INT, offsetof(Options, jobs), "N",
     "steps at once (default: the processors, at most 4)", NULL},
    {"json", 0, CLI_FLAG, offsetof(Options, json), NULL, "write the report instead of text", NULL},
    {"junit", 0, CLI_STRING, offsetof(Options, junit), "FILE", "write JUnit XML to FILE as well",
     NULL},
    {"run", 0, CLI_STRING, offsetof(Options, run), "ID", "the cycle this belongs to", NULL},
    {NULL, 0, CLI_END, 0, NULL, NULL, NULL},
};

/* Told as they end; whoever waits wants to know. */
static void print_step(void *context, const json_t *result)
{
    FILE *out = context;

    report_print_step(result, cli_colour(out), out);
    (void)fflush(out);
}

static void print_plan(const json_t *plan, FILE *out)
{
    size_t i = 0;
    const json_t *step = NULL;

    json_array_foreach(json_object_get(plan, "steps"), i, step)
    {
        size_t j = 0;
        const json_t *word = NULL;
        const char *skip = jx_string(step, "skip", NULL);

        text_print_safe(out, jx_string(step, "name", ""));
        (void)fputc(':', out);
        json_array_foreach(json_object_get(step, "command"), j, word)
        {
            (void)fputc(' ', out);
            text_print_safe(out, json_string_value(word));
        }
        (void)fprintf(out, "  (%s", jx_string(step, "from", ""));
        if (skip) {
            bool fails = jx_bool(step, "missing") && jx_bool(step, "required");

            (void)fputs(fails ? "; fails: " : "; skipped: ", out);
            text_print_safe(out, skip);
        }
        (void)fputs(")\n", out);
    }
    if (i == 0) {
        (void)fputs("no steps: nothing in the configuration, package.json or tsconfig.json\n", out);
    }
}

static bool write_junit(const json_t *report, const char *path, Err *err)
{
    CLEANUP(file_replace_close) FileReplace *file = file_replace_open(path, 0644, err);

    if (!file) {
        return false;
    }
    report_print_junit(report, file->out);
    return file_replace_commit(file, err);
}

static int exit_code(const json_t *report, Err *err)
{
    const char *result = report_result(report);

    if (strcmp(result, "error") == 0) {
        err_set(err, EXIT_TEMPFAIL, "interrupted by signal %lld",
                (long long)jx_int(report, "signal", 0));
        return EXIT_TEMPFAIL;
    }
    return strcmp(result, "failed") == 0 ? EXIT_FINDING : EXIT_OK;
}

static int validate(Config *config, const Options *options, const json_t *plan,
                    const StepsChoice *choice, FILE *out, Err *err)
{
    ValidateSpec spec = {
        .plan = plan,
        .choice = choice,
        .jobs = (size_t)options->jobs,
        .run = options->run,
        .done = options->json ? NULL : print_step,
        .done_context = out,
    };
    json_auto_t *report = validate_run(config, &spec, err);

    if (!report ||
        !report_store(report, config_path(config, "logs/validation"),
                      (size_t)config_int(config, "history.validation"), err) ||
        (options->junit && !write_junit(report, options->junit, err))) {
        return (int)err->code;
    }
    if (!options->json) {
        report_print_end(report, cli_colour(out), out);
    } else if (!jx_write(report, out, err)) {
        return (int)err->code;
    }
    return exit_code(report, err);
}

static int run(const void *given, char **args, FILE *in, FILE *out, Err *err)
{
    const Options *options = given;
    StepsChoice choice = {
        .only = options->only.items,
        .skip = options->skip.items,
        .environment = getenv("SCHEMA_SKIP"),
    };
    CLEANUP(config_close) Config *config = config_open(options->project, err);
    json_auto_t *plan = config ? validate_plan(config, &choice, err) : NULL;

    (void)args;
    (void)in;
    if (!plan) {
        return (int)err->code;
    }
    if (!options->plan) {
        return validate(config, options, plan, &choice, out, err);
    }
    if (!options->json) {
        print_plan(plan, out);
    } else if (!jx_write(plan, out, err)) {
        return (int)err->code;
    }
    return EXIT_OK;
}

int main(int argc, char **argv)
{
    static const Tool tool = {
        .name = "validate-run",
        .synopsis = "",
        .summary = "Run the project's checks; exit 1 when one fails.",
        .options = opts,
        .run = run,
    };
    Options options = {0};

    return cli_main(&tool, &options, argc, argv);
}
