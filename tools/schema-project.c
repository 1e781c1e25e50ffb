#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/lock.h"
#include "base/text.h"
#include "cli/cli.h"
#include "config/config.h"
#include "cycle/cycle.h"
#include "cycle/follow.h"
#include "cycle/init.h"
#include "cycle/launch.h"
#include "json/jx.h"
#include "model/change.h"

enum { SENTENCE_MAX = 240 };

typedef struct Options {
    const char *project;
    const char *lock;
    int wait;
    const char *log;
    const char *run;
    const char *result;
    const char *failure;
    const char *message;
    const char *started;
    const char *snapshot;
    const char *changes;
    const char *planned;
    const char *since;
    bool group;
    int most;
    int fd;
    int pid;
    bool json;
} Options;

static const CliOption opts[] = {
    {"project", 'C', CLI_STRING, offsetof(Options, project), "DIR",
     "the project (default: the nearest one above)", NULL},
    {"lock", 0, CLI_STRING, offsetof(Options, lock), "NAME",
     "exec: hold .schema/lock.NAME meanwhile", NULL},
    {"wait", 0, CLI_INT, offsetof(Options, wait), "MS", "exec: wait so long for the lock", NULL},
    {"log", 0, CLI_STRING, offsetof(Options, log), "NAME",
     "exec: as a daemon that writes .schema/NAME", NULL},
    {"run", 0, CLI_STRING, offsetof(Options, run), "ID", "end: the run's id", NULL},
    {"result", 0, CLI_STRING, offsetof(Options, result), "NAME",
     "end: ok, first, changed or failed",
     (const char *const[]){"ok", "first", "changed", "failed", NULL}},
    {"failure", 0, CLI_STRING, offsetof(Options, failure), "TYPE",
     "end: the event type of the failure", NULL},
    {"message", 0, CLI_STRING, offsetof(Options, message), "TEXT", "end: one sentence", NULL},
    {"started", 0, CLI_STRING, offsetof(Options, started), "MS", "end: when it began, since 1970",
     NULL},
    {"snapshot", 0, CLI_STRING, offsetof(Options, snapshot), "FILE", "end: what is the schema now",
     NULL},
    {"changes", 0, CLI_STRING, offsetof(Options, changes), "FILE", "end: what changed", NULL},
    {"planned", 0, CLI_STRING, offsetof(Options, planned), "MS", "end: when it should have begun",
     NULL},
    {"since", 0, CLI_STRING, offsetof(Options, since), "MS",
     "wait: until monitoring.interval after this", NULL},
    {"group", 0, CLI_FLAG, offsetof(Options, group), NULL, "exec: in a process group of its own",
     NULL},
    {"most", 0, CLI_INT, offsetof(Options, most), "MS", "wait: no longer than this", NULL},
    {"fd", 0, CLI_INT, offsetof(Options, fd), "N", "wait: for a line on this descriptor", NULL},
    {"pid", 0, CLI_INT, offsetof(Options, pid), "N", "wait: for the end of this process", NULL},
    {"json", 0, CLI_FLAG, offsetof(Options, json), NULL, "status: the status/1 document", NULL},
    {NULL, 0, CLI_END, 0, NULL, NULL, NULL},
};

typedef struct Context {
    const Options *options;
    Config *config;
    char **args; /* behind the verb */
    FILE *out;
} Context;

static int64_t number(const char *text)
{
    return text ? (int64_t)strtoll(text, NULL, 10) : 0;
}

static int done(bool ok, const Err *err)
{
    return ok ? EXIT_OK : (int)err->code;
}

static int verb_exec(const Context *context, Err *err)
{
    const Options *options = context->options;
    char name[64];

    if (!context->args[0])
        return done(err_set(err, EXIT_USAGE, "exec needs a program"), err);
    if (!config_found(context->config))
        return done(err_set(err, EXIT_CONFIG,
                            "'%s' is no project: neither it nor a directory above has "
                            "supabase/monitor-config.json or supabase/config.toml (schema init)",
                            config_directory(context->config)),
                    err);
    if (!launch_make_state(context->config, err) || !launch_environment(context->config, err))
        return (int)err->code;
    if (options->log && !launch_daemon(config_state_path(context->config, options->log), err))
        return (int)err->code;
    if (options->group && setpgid(0, 0) != 0)
        return done(err_errno(err, EXIT_OS, "cannot make a process group"), err);
    if (options->lock) {
        snprintf(name, sizeof name, "lock.%.40s", options->lock);
        /* Kept by this process, whatever program it becomes. */
        if (lock_take(config_state_path(context->config, name), options->wait, err) < 0)
            return (int)err->code;
    }
    return done(launch_exec(context->args, err), err);
}

static int verb_holder(const Context *context, Err *err)
{
    char name[64];

    if (!context->args[0])
        return done(err_set(err, EXIT_USAGE, "holder needs a lock's name"), err);
    snprintf(name, sizeof name, "lock.%.40s", context->args[0]);
    pid_t holder = lock_holder(config_state_path(context->config, name));
    if (holder)
        fprintf(context->out, "%ld\n", (long)holder);
    return holder ? EXIT_OK : EXIT_FINDING;
}

static int verb_begin(const Context *context, Err *err)
{
    char id[CLOCK_ULID_SIZE];

    json_auto_t *changes = context->args[0] ? jx_load(context->args[0], err) : NULL;
    if (!context->args[0])
        err_set(err, EXIT_USAGE, "begin needs the changes");
    if (!changes || !jx_check_format(changes, "changes/1", context->args[0], err))
        return (int)err->code;
    CLEANUP(cleanup_free) char *key = changes_key(changes);
    if (!cycle_begin(context->config, key, id, err))
        return (int)err->code;
    CLEANUP(cleanup_free) char *sentence = changes_sentence(changes, SENTENCE_MAX);
    fprintf(context->out, "%s\n", id);
    text_print_safe(context->out, sentence ? sentence : "");
    fputc('\n', context->out);
    return EXIT_OK;
}

static int verb_accept(const Context *context, Err *err)
{
    if (!context->args[0])
        return done(err_set(err, EXIT_USAGE, "accept needs a snapshot"), err);
    return done(cycle_accept(context->config, context->args[0], err), err);
}

static int verb_end(const Context *context, Err *err)
{
    const Options *options = context->options;
    CycleEnd end = {
        .run = options->run,
        .result = options->result ? options->result : "ok",
        .failure = options->failure,
        .message = options->message,
        .planned_ms = number(options->planned),
        .started_ms = options->started ? number(options->started) : clock_now_ms(),
        .snapshot = options->snapshot,
        .changes = options->changes,
        .steps = (const char *const *)context->args,
    };

    return done(cycle_end(context->config, &end, err), err);
}

static void put_line(FILE *out, const char *label, const char *text)
{
    fprintf(out, "%-14s", label);
    text_print_safe(out, text);
    fputc('\n', out);
}

/* "3m ago", "in 40s"; false when time is none. */
static bool age_text(const char *time, char text[32])
{
    int64_t then = 0;

    if (!clock_parse(time, &then))
        return false;
    long long seconds = (long long)((clock_now_ms() - then) / 1000);
    bool ago = seconds >= 0;
    seconds = ago ? seconds : -seconds;
    long long number = seconds < 120 ? seconds : seconds < 7200 ? seconds / 60 : seconds / 3600;
    snprintf(text, 32, "%s%lld%s%s", ago ? "" : "in ", number,
             seconds < 120    ? "s"
             : seconds < 7200 ? "m"
                              : "h",
             ago ? " ago" : "");
    return true;
}

static void put_age(FILE *out, const char *label, const char *time, const char *behind)
{
    char age[32], text[160];

    if (!age_text(time, age))
        return;
    snprintf(text, sizeof text, "%s%s", age, behind);
    put_line(out, label, text);
}

static void put_source(FILE *out, const json_t *status)
{
    long long warnings = (long long)jx_int(status, "warnings", 0);
    char text[128];

    snprintf(text, sizeof text, "%s", jx_string(status, "source", ""));
    if (warnings > 0)
        snprintf(text, sizeof text, "%s, %lld statement%s not replayed (schema check names them)",
                 jx_string(status, "source", ""), warnings, warnings == 1 ? "" : "s");
    put_line(out, "source", text);
}

/* ": a, b and 3 more" */
static void put_names(FILE *out, const json_t *names, long long count)
{
    enum { SHOWN = 3 };

    for (size_t i = 0; i < json_array_size(names) && i < SHOWN; i++) {
        fputs(i ? ", " : ": ", out);
        text_print_safe(out, json_string_value(json_array_get(names, i)));
    }
    if (count > SHOWN)
        fprintf(out, " and %lld more", count - SHOWN);
}

static void put_migrations(FILE *out, const json_t *migrations)
{
    long long files = (long long)jx_int(migrations, "files", 0);
    long long applied = (long long)jx_int(migrations, "applied", -1);
    long long pending = (long long)jx_int(migrations, "pending", 0);
    long long missing = (long long)jx_int(migrations, "missing", 0);
    char age[32];

    if (!migrations)
        return;
    fprintf(out, "%-14s", "migrations");
    if (applied < 0)
        fprintf(out, "%lld file%s; the database shows no list of applied ones", files,
                files == 1 ? "" : "s");
    else if (pending == 0 && missing == 0)
        fprintf(out, "none pending, %lld applied", applied);
    if (pending > 0) {
        fprintf(out, "%lld pending", pending);
        put_names(out, json_object_get(migrations, "pending_files"), pending);
    }
    if (missing > 0) {
        fprintf(out, "%s%lld applied without a file", pending > 0 ? "; " : "", missing);
        put_names(out, json_object_get(migrations, "missing_versions"), missing);
    }
    if (applied >= 0 && age_text(jx_string(migrations, "time", ""), age))
        fprintf(out, " (read %s)", age);
    fputc('\n', out);
}

static void status_text(const json_t *status, FILE *out)
{
    const json_t *check = json_object_get(status, "last_check");
    const json_t *change = json_object_get(status, "last_change");
    const json_t *validation = json_object_get(status, "validation");
    const json_t *notifications = json_object_get(status, "notifications");
    const json_t *supervisor = json_object_get(status, "supervisor");
    const json_t *dashboard = json_object_get(status, "dashboard");
    char text[512];

    put_line(out, "project", jx_string(status, "project", ""));
    if (supervisor)
        snprintf(text, sizeof text, "running, process %lld",
                 (long long)jx_int(supervisor, "pid", 0));
    put_line(out, "monitor", supervisor ? text : "stopped (schema start)");
    put_line(out, "schema",
             check ? jx_string(status, "message", "") : "never checked (schema check)");
    put_age(out, "last check", jx_string(check, "time", ""), "");
    put_age(out, "next check", jx_string(status, "next_check", ""), "");
    if (check)
        put_source(out, status);
    put_migrations(out, json_object_get(status, "migrations"));
    put_line(out, "hash", jx_string(status, "hash", "none"));
    if (change) {
        snprintf(text, sizeof text, ": %s", jx_string(change, "summary", ""));
        text[text_cut(text, 100)] = '\0';
        put_age(out, "last change", jx_string(change, "time", ""), text);
    }
    put_line(out, "types", jx_string(json_object_get(status, "types"), "result", "none"));
    put_line(out, "docs", jx_string(json_object_get(status, "docs"), "result", "none"));
    put_line(out, "validation", jx_string(validation, "result", "none"));
    snprintf(text, sizeof text, "%lld waiting, %lld given up",
             (long long)jx_int(notifications, "pending", 0),
             (long long)jx_int(notifications, "dead", 0));
    put_line(out, "notifications", text);
    put_line(out, "dashboard", jx_string(dashboard, "url", "stopped"));
}

static int verb_status(const Context *context, Err *err)
{
    json_auto_t *status = cycle_status(context->config);

    if (!context->options->json)
        status_text(status, context->out);
    else if (!jx_write(status, context->out, err))
        return (int)err->code;
    return strcmp(jx_string(status, "state", ""), "failed") == 0 ? EXIT_FINDING : EXIT_OK;
}

static int verb_wait(const Context *context, Err *err)
{
    const Options *options = context->options;
    LaunchWait wait = {
        .fd = options->fd,
        .until_ms = INT64_MAX,
        .most_ms = options->most,
        .pid = options->pid,
    };

    if (config_bool(context->config, "monitoring.enabled"))
        wait.until_ms = number(options->since) + config_int(context->config, "monitoring.interval");
    return done(launch_wait(&wait, context->out, err), err);
}

static int verb_follow(const Context *context, Err *err)
{
    Config *config = context->config;

    if (!launch_make_state(config, err))
        return (int)err->code;
    return done(follow_wait(config_path(config, config_string(config, "source.migrations")),
                            config_state_path(config, "run/followed.json"), context->out, err),
                err);
}

static int verb_message(const Context *context, Err *err)
{
    json_auto_t *status = cycle_status_stored(context->config);

    (void)err;
    text_print_safe(context->out, jx_string(status, "message", ""));
    fputc('\n', context->out);
    return EXIT_OK;
}

static int verb_directory(const Context *context, Err *err)
{
    (void)err;
    fprintf(context->out, "%s\n", config_directory(context->config));
    return EXIT_OK;
}

static int verb_get(const Context *context, Err *err)
{
    CLEANUP(cleanup_free)
    char *text = context->args[0] ? config_text(context->config, context->args[0]) : NULL;

    if (!text)
        return done(err_set(err, EXIT_USAGE, "get needs the name of a key"), err);
    fprintf(context->out, "%s\n", text);
    return EXIT_OK;
}

static int verb_url(const Context *context, Err *err)
{
    (void)err;
    fprintf(context->out, "http://%s:%lld\n", config_string(context->config, "dashboard.host"),
            (long long)config_int(context->config, "dashboard.port"));
    return EXIT_OK;
}

static int verb_now(const Context *context, Err *err)
{
    (void)err;
    fprintf(context->out, "%lld\n", (long long)clock_now_ms());
    return EXIT_OK;
}

static int verb_init(const Context *context, Err *err)
{
    return done(init_project(config_directory(context->config), context->out, err), err);
}

static const struct {
    const char *name;
    int (*run)(const Context *context, Err *err);
} table[] = {
    {"exec", verb_exec},
    {"holder", verb_holder},
    {"begin", verb_begin},
    {"accept", verb_accept},
    {"end", verb_end},
    {"status", verb_status},
    {"wait", verb_wait},
    {"follow", verb_follow},
    {"message", verb_message},
    {"now", verb_now},
    {"url", verb_url},
    {"get", verb_get},
    {"directory", verb_directory},
    {"init", verb_init},
};

/* What stops the monitor must work when its configuration is broken. */
static Config *open_config(const char *project, const char *verb, Err *err)
{
    bool bare = strcmp(verb, "holder") == 0 || strcmp(verb, "directory") == 0;

    return bare ? config_open_bare(project, err) : config_open(project, err);
}

static int run(const void *tool_options, char **args, FILE *in, FILE *out, Err *err)
{
    const Options *options = tool_options;
    CLEANUP(config_close) Config *config = open_config(options->project, args[0], err);
    Context context = {options, config, args + 1, out};

    (void)in;
    if (!config)
        return (int)err->code;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].name, args[0]) == 0)
            return table[i].run(&context, err);
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    static const char *const verbs[] = {"exec",      "holder", "begin",  "accept",  "end",
                                        "status",    "wait",   "now",    "get",     "url",
                                        "directory", "init",   "follow", "message", NULL};
    const Tool tool = {
        /* Called by the supervisor, which exports this, we speak in its name. */
        .name = getenv("SCHEMA_QUIET") ? "schema" : "schema-project",
        .synopsis = "COMMAND [ARGUMENT]...",
        .summary = "What the supervisor 'schema' does with the help of the system; see schema(1).",
        .options = opts,
        .verbs = verbs,
        .verbs_help = "  exec PROGRAM [ARG]...   run it with the configuration in its environment\n"
                      "  holder NAME             the process that holds a lock\n"
                      "  begin CHANGES           the id of the run that carries these changes "
                      "through, and a sentence\n"
                      "  accept SNAPSHOT         make it the cache\n"
                      "  end [STEP=RESULT]...    write status and history\n"
                      "  status                  how things stand\n"
                      "  wait                    for a request, a time or the end of a process\n"
                      "  follow                  wait until migration files change; which\n"
                      "  message                 what the last run ended with\n"
                      "  now                     milliseconds since 1970\n"
                      "  get KEY                 a value of the configuration\n"
                      "  url                     where the dashboard is\n"
                      "  directory               the project's\n"
                      "  init                    make the directory a project\n",
        .min_args = 1,
        .max_args = -1,
        .run = run,
    };
    Options options = {0};

    return cli_main(&tool, &options, argc, argv);
}
