#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "cli/cli.h"
#include "config/config.h"
#include "json/jx.h"
#include "model/change.h"
#include "model/event.h"
#include "notify/memory.h"
#include "notify/outbox.h"
#include "notify/send.h"

extern char **environ;

enum { LOG_LINES = 20 };

typedef struct Options {
    const char *project;
    const char *run;
    const char *type;
    const char *severity;
    const char *summary;
    const char *data;
    const char *since;
    int lines;
    bool queue_only;
    bool json;
} Options;

static const char *const severities[] = {"info", "success", "warning", "error", "critical", NULL};

static const CliOption option_rows[] = {
    {"project", 'C', CLI_STRING, offsetof(Options, project), "DIR", "the project's directory",
     NULL},
    {"run", 0, CLI_STRING, offsetof(Options, run), "ID",
     "what the event belongs to: the same ID and type make the same event", NULL},
    {"type", 't', CLI_STRING, offsetof(Options, type), "TYPE",
     "send: type of the event; list: only this type (a pattern)", NULL},
    {"severity", 's', CLI_STRING, offsetof(Options, severity), "SEVERITY",
     "send: info, success, warning, error or critical", severities},
    {"summary", 'm', CLI_STRING, offsetof(Options, summary), "TEXT", "send: one sentence", NULL},
    {"data", 'd', CLI_STRING, offsetof(Options, data), "FILE",
     "send: a JSON object to carry along (- is stdin)", NULL},
    {"queue-only", 0, CLI_FLAG, offsetof(Options, queue_only), NULL,
     "enqueue without sending what is due", NULL},
    {"since", 0, CLI_STRING, offsetof(Options, since), "TIME",
     "list: not older than 30m, 12h, 7d or a date", NULL},
    {"lines", 'n', CLI_INT, offsetof(Options, lines), "N", "log: the newest N lines (0 is all)",
     NULL},
    {"json", 0, CLI_FLAG, offsetof(Options, json), NULL,
     "log, list, status: one JSON object a line", NULL},
    {NULL, 0, CLI_END, 0, NULL, NULL, NULL},
};

typedef struct Run {
    const Options *options;
    Config *config;
    Sender sender;
    const char *argument; /* what follows the command, or NULL */
    FILE *in;
    FILE *out;
} Run;

/* ---- enqueueing commands ---- */
static void report(const Drained *drained)
{
    if (drained->failed > 0)
        cli_note("%zu to be tried again: %s", drained->failed, drained->error);
    else if (drained->dead > 0)
        cli_note("%zu given up: %s", drained->dead, drained->error);
}

static bool drain(Run *run, Err *err)
{
    Drained drained = {0};

    if (!sender_drain(&run->sender, &drained, err))
        return false;
    report(&drained);
    return true;
}

static bool enqueue(Run *run, const json_t *event, bool again, Err *err)
{
    return sender_enqueue(&run->sender, event, again, err) &&
           (run->options->queue_only || drain(run, err));
}

static void input_close(const Run *run, FILE **file)
{
    if (*file && *file != run->in)
        (void)fclose(*file);
    *file = NULL;
}

static json_t *input_read(Run *run, const char *path, Err *err)
{
    FILE *in = cli_open_input(path, run->in, err);
    json_t *doc = in ? jx_read(in, path ? path : "-", err) : NULL;

    input_close(run, &in);
    return doc;
}

static int verb_changes(Run *run, Err *err)
{
    FILE *in = cli_open_input(run->argument, run->in, err);
    json_auto_t *changes = in ? changes_load(in, run->argument ? run->argument : "-", err) : NULL;

    input_close(run, &in);
    if (!changes)
        return (int)err->code;
    if (changes_count(changes) == 0)
        return EXIT_OK;
    CLEANUP(cleanup_free) char *key = changes_key(changes);
    const char *id = run->options->run ? run->options->run : key;
    json_auto_t *event = event_from_changes(changes, config_name(run->config), id, err);
    return event && enqueue(run, event, false, err) ? EXIT_OK : (int)err->code;
}

static int verb_send(Run *run, Err *err)
{
    const Options *options = run->options;
    char unique[CLOCK_ULID_SIZE];
    EventSeverity severity = EVENT_INFO;
    json_t *data = NULL;

    if (!options->type || !options->severity || !options->summary) {
        err_set(err, EXIT_USAGE, "send needs --type, --severity and --summary");
        return EXIT_USAGE;
    }
    event_severity_parse(options->severity, &severity);
    clock_ulid(unique);
    if (options->data && !(data = input_read(run, options->data, err)))
        return (int)err->code;
    if (data && !json_is_object(data)) {
        json_decref(data);
        err_set(err, EXIT_DATA, "'%s' is not a JSON object", options->data);
        return EXIT_DATA;
    }
    json_auto_t *event =
        event_new(options->type, severity, config_name(run->config),
                  options->run ? options->run : unique, options->summary, data, err);
    return event && enqueue(run, event, false, err) ? EXIT_OK : (int)err->code;
}

static int verb_event(Run *run, Err *err)
{
    json_auto_t *event = input_read(run, run->argument, err);

    return event && enqueue(run, event, false, err) ? EXIT_OK : (int)err->code;
}

static int verb_replay(Run *run, Err *err)
{
    if (!run->argument) {
        err_set(err, EXIT_USAGE, "replay needs the id of an event");
        return EXIT_USAGE;
    }
    json_auto_t *event = sender_find_event(&run->sender, run->argument, err);
    if (event && !run->sender.enabled)
        cli_note("notifications are off (monitoring.enableNotifications)");
    return event && enqueue(run, event, true, err) ? EXIT_OK : (int)err->code;
}

static int verb_drain(Run *run, Err *err)
{
    return drain(run, err) ? EXIT_OK : (int)err->code;
}

/* ---- test ---- */
static void print_delivery(FILE *out, const Channel *channel, const Delivery *delivery)
{
    fprintf(out, "%s: %s", channel->name,
            delivery->outcome == OUTCOME_DEAD ? outcome_name(OUTCOME_FAILED)
                                              : outcome_name(delivery->outcome));
    if (delivery->outcome == OUTCOME_DELIVERED && delivery->code > 0)
        fprintf(out, " (%d, %" PRId64 " ms)", delivery->code, delivery->latency_ms);
    if (delivery->error[0] != '\0') {
        fputs(": ", out);
        text_print_safe(out, delivery->error);
    }
    fputc('\n', out);
}

static int verb_test(Run *run, Err *err)
{
    const Channels *channels = &run->sender.channels;
    const Channel *only = NULL;
    char unique[CLOCK_ULID_SIZE];
    int status = EXIT_OK;

    if (run->argument && !(only = channels_need(channels, run->argument, err)))
        return (int)err->code;
    clock_ulid(unique);
    json_auto_t *event = event_new("test", EVENT_INFO, config_name(run->config), unique,
                                   "This is a test of the notification channels.", NULL, err);
    if (!event)
        return (int)err->code;
    for (size_t i = 0; i < channels->count; i++) {
        Delivery delivery = {0};
        if (only && only != &channels->items[i])
            continue;
        if (!sender_try(&run->sender, &channels->items[i], event, &delivery, err))
            return (int)err->code;
        print_delivery(run->out, &channels->items[i], &delivery);
        if (delivery.outcome == OUTCOME_FAILED || delivery.outcome == OUTCOME_DEAD)
            status = EXIT_FINDING;
    }
    if (channels->count == 0)
        cli_note("no channel is configured");
    return status;
}

/* ---- reading commands ---- */
typedef void Printer(FILE *out, const json_t *object);

static int print_lines(Run *run, json_t *lines, Printer *printer, Err *err)
{
    size_t index = 0;
    json_t *line = NULL;

    if (!lines)
        return (int)err->code;
    json_array_foreach(lines, index, line)
    {
        CLEANUP(cleanup_free) char *text = run->options->json ? jx_text(line) : NULL;
        if (text)
            fprintf(run->out, "%s\n", text);
        else
            printer(run->out, line);
    }
    return EXIT_OK;
}

static void print_word(FILE *out, const json_t *object, const char *key, const char *otherwise)
{
    text_print_safe(out, jx_string(object, key, otherwise));
    fputs("  ", out);
}

static void print_event(FILE *out, const json_t *event)
{
    print_word(out, event, "timestamp", "-");
    print_word(out, event, "id", "-");
    print_word(out, event, "severity", "-");
    print_word(out, event, "type", "-");
    text_print_safe(out, jx_string(event, "summary", ""));
    fputc('\n', out);
}

static void print_history(FILE *out, const json_t *line)
{
    const char *why = jx_string(line, "error", "");

    print_word(out, line, "time", "-");
    print_word(out, line, "event", "-");
    print_word(out, line, "outcome", "-");
    print_word(out, line, "channel", "-");
    print_word(out, line, "type", "-");
    text_print_safe(out, *why ? why : jx_string(line, "summary", ""));
    fputc('\n', out);
}

static int verb_log(Run *run, Err *err)
{
    json_auto_t *lines = history_load(&run->sender.history, (size_t)run->options->lines, err);

    return print_lines(run, lines, print_history, err);
}

/* "30m", "12h", "7d", "2026-11-22", or a whole time. */
static bool since_parse(const char *text, int64_t now_ms, int64_t *ret_ms, Err *err)
{
    static const struct {
        char unit;
        int64_t seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
    CLEANUP(arena_free) Arena arena = {0};
    size_t digits = strspn(text, "0123456789");

    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (digits > 0 && digits < 8 && text[digits] == units[i].unit && text[digits + 1] == '\0') {
            *ret_ms = now_ms - strtoll(text, NULL, 10) * units[i].seconds * 1000;
            return true;
        }
    return clock_parse(text, ret_ms) ||
           clock_parse(arena_printf(&arena, "%sT00:00:00Z", text), ret_ms) ||
           err_set(err, EXIT_USAGE,
                   "--since cannot be '%s': it is a time, a date, or like 12h or 7d", text);
}

static int verb_list(Run *run, Err *err)
{
    int64_t since_ms = 0;

    if (run->options->since && !since_parse(run->options->since, clock_now_ms(), &since_ms, err))
        return (int)err->code;
    json_auto_t *events = memory_list(run->sender.memory, run->options->type, since_ms, err);
    return print_lines(run, events, print_event, err);
}

static void print_status(FILE *out, const json_t *status)
{
    fprintf(out, "%" JSON_INTEGER_FORMAT " pending, %" JSON_INTEGER_FORMAT " dead",
            jx_int(status, "pending", 0), jx_int(status, "dead", 0));
    if (json_object_get(status, "oldest"))
        fprintf(out, ", oldest %s", jx_string(status, "oldest", ""));
    fputc('\n', out);
}

static int verb_status(Run *run, Err *err)
{
    json_auto_t *status = outbox_status(run->sender.outbox, err);
    json_auto_t *lines = status ? json_pack("[O]", status) : NULL;

    return print_lines(run, lines, print_status, err);
}

/* ---- the tool ---- */
static const char *const verb_names[] = {"changes", "send", "event",  "drain",  "test",
                                         "log",     "list", "status", "replay", NULL};

static const struct {
    bool takes_argument;
    bool sends;
    int (*run)(Run *run, Err *err);
} verbs[] = {
    {true, true, verb_changes}, {false, true, verb_send},    {true, true, verb_event},
    {false, true, verb_drain},  {true, true, verb_test},     {false, false, verb_log},
    {false, false, verb_list},  {false, false, verb_status}, {true, true, verb_replay},
};
static_assert(sizeof verbs / sizeof verbs[0] == sizeof verb_names / sizeof verb_names[0] - 1,
              "a row per command");

static const char *resolve(const void *context, const char *value, Err *err)
{
    return config_secret(context, value, err);
}

static bool sender_set(Run *run, Arena *arena, bool sends, Err *err)
{
    Config *config = run->config;

    run->sender = (Sender){
        .enabled = config_bool(config, "monitoring.enableNotifications"),
        .history = {.path = config_path(config, "logs/notifications/history.jsonl"),
                    .keep = (size_t)config_int(config, "history.notifications")},
        .outbox = config_state_path(config, "outbox"),
        .memory = config_state_path(config, "memory/events.jsonl"),
        .environment = environ,
        .user_agent = "schema-monitor/" VERSION,
        .resolve = resolve,
        .resolve_context = config,
    };
    return !sends || channels_load(arena, config_bool(config, "notifications.push"),
                                   config_bool(config, "notifications.memory"),
                                   config_object(config, "channels"), &run->sender.channels, err);
}

static int run_verb(Run *run, size_t verb, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};

    if (!sender_set(run, &arena, verbs[verb].sends, err))
        return (int)err->code;
    int status = verbs[verb].run(run, err);
    http_close(&run->sender.http);
    return status;
}

static int run(const void *options, char **args, FILE *in, FILE *out, Err *err)
{
    Run run = {.options = options, .in = in, .out = out, .argument = args[1]};
    size_t verb = 0;

    while (strcmp(verb_names[verb], args[0]) != 0)
        verb++;
    if (args[1] && !verbs[verb].takes_argument) {
        err_set(err, EXIT_USAGE, "'%s' is one argument too many", args[1]);
        return EXIT_USAGE;
    }
    CLEANUP(config_close) Config *config = config_open(run.options->project, err);
    run.config = config;
    return config ? run_verb(&run, verb, err) : (int)err->code;
}

int main(int argc, char **argv)
{
    static const Tool tool = {
        .name = "notify",
        .synopsis = "COMMAND [ARGUMENT]",
        .summary = "Announce events on the project's channels through a durable outbox.",
        .options = option_rows,
        .verbs = verb_names,
        .verbs_help = "  changes [FILE]  announce the differences in a changes/1 document\n"
                      "  send            announce an event made of --type, --severity, --summary\n"
                      "  event [FILE]    announce an event/1 document\n"
                      "  drain           send what is due in the outbox\n"
                      "  test [CHANNEL]  try the channels at once and say what came of it\n"
                      "  log             show the history of events and deliveries\n"
                      "  list            show the events the memory channel keeps\n"
                      "  status          count what waits in the outbox and what was given up\n"
                      "  replay ID       announce a kept event again\n",
        .min_args = 1,
        .max_args = 2,
        .run = run,
    };
    Options options = {.lines = LOG_LINES};

    return cli_main(&tool, &options, argc, argv);
}
