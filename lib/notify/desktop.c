#include "notify/desktop.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/proc.h"
#include "notify/render.h"

enum { TIMEOUT_MS = 10000, OUTPUT_MAX = 1024 };

static const char *const programs[] = {
    [DESKTOP_NOTIFY_SEND] = "notify-send",
    [DESKTOP_TERMINAL_NOTIFIER] = "terminal-notifier",
    [DESKTOP_OSASCRIPT] = "osascript",
};
static_assert(sizeof programs / sizeof programs[0] == DESKTOP_PROGRAM_COUNT, "a name per program");

/* notification-spec, "Urgency Levels". */
static const char *const urgencies[] = {
    [EVENT_INFO] = "low",       [EVENT_SUCCESS] = "low",       [EVENT_WARNING] = "normal",
    [EVENT_ERROR] = "critical", [EVENT_CRITICAL] = "critical",
};
static_assert(sizeof urgencies / sizeof urgencies[0] == EVENT_SEVERITY_COUNT, "one per severity");

static const char application[] = "Schema Monitor";

static char **argv_of(Arena *arena, const char *const *words, size_t count)
{
    char **argv = arena_alloc(arena, (count + 1) * sizeof *argv);

    for (size_t i = 0; i < count; i++)
        argv[i] = arena_strdup(arena, words[i]);
    return argv;
}

char **desktop_command(DesktopProgram program, const Event *event, Arena *arena)
{
    static const char script[] =
        "on run argv\n"
        "display notification (item 2 of argv) with title (item 1 of argv)\n"
        "end run";
    const char *title = render_title(arena, event);
    const char *text = render_text(arena, event);
    EventSeverity severity = EVENT_INFO;

    event_severity_parse(event->severity, &severity);

    const char *const notify_send[] = {
        programs[program],   "--app-name", application, "--urgency",
        urgencies[severity], "--",         title,       render_markup(arena, text)};
    const char *const terminal_notifier[] = {programs[program],
                                             "-group",
                                             event->id,
                                             "-title",
                                             arena_printf(arena, "\\%s", title),
                                             "-message",
                                             arena_printf(arena, "\\%s", text)};
    const char *const osascript[] = {programs[program], "-e", script, "--", title, text};
    const struct {
        const char *const *words;
        size_t count;
    } commands[] = {
        [DESKTOP_NOTIFY_SEND] = {notify_send, sizeof notify_send / sizeof *notify_send},
        [DESKTOP_TERMINAL_NOTIFIER] = {terminal_notifier,
                                       sizeof terminal_notifier / sizeof *terminal_notifier},
        [DESKTOP_OSASCRIPT] = {osascript, sizeof osascript / sizeof *osascript},
    };
    static_assert(sizeof commands / sizeof commands[0] == DESKTOP_PROGRAM_COUNT, "one per program");

    return argv_of(arena, commands[program].words, commands[program].count);
}

static const char *variable(char *const *environment, const char *name)
{
    size_t length = strlen(name);

    for (; environment && *environment; environment++)
        if (strncmp(*environment, name, length) == 0 && (*environment)[length] == '=')
            return *environment + length + 1;
    return NULL;
}

const char *desktop_bus(char *const *environment, const char *runtime_directory, Arena *arena)
{
    const char *address = variable(environment, "DBUS_SESSION_BUS_ADDRESS");
    const char *path = arena_printf(arena, "%s/bus", runtime_directory);

    if (address && *address)
        return address;
    return file_exists(path) ? arena_printf(arena, "unix:path=%s", path) : NULL;
}

/* environment with the bus in it, for a program that cron started. */
static char *const *with_bus(char *const *environment, const char *bus, Arena *arena)
{
    size_t count = 0;

    while (environment && environment[count])
        count++;
    char **longer = arena_alloc(arena, (count + 2) * sizeof *longer);
    for (size_t i = 0; i < count; i++)
        longer[i] = environment[i];
    longer[count] = arena_printf(arena, "DBUS_SESSION_BUS_ADDRESS=%s", bus);
    return longer;
}

static Delivery show(DesktopProgram program, const Event *event, char *const *environment,
                     Arena *arena)
{
    CLEANUP(proc_result_free) ProcResult result = {0};
    ProcSpec spec = {.argv = desktop_command(program, event, arena),
                     .environment = environment,
                     .timeout_ms = TIMEOUT_MS,
                     .head_bytes = OUTPUT_MAX};
    Err err = {0};

    if (!proc_run(&spec, &result, &err))
        return delivery_of(OUTCOME_SKIPPED, "%s", err.msg);
    if (result.timed_out)
        return delivery_of(OUTCOME_SKIPPED, "%s did not end within %d s", programs[program],
                           TIMEOUT_MS / 1000);
    if (result.exit_code != 0) {
        const char *said = render_excerpt(arena, result.output ? result.output : "");
        return delivery_of(OUTCOME_SKIPPED, "%s failed%s%s", programs[program], *said ? ": " : "",
                           said);
    }
    Delivery delivery = delivery_of(OUTCOME_DELIVERED, "%s", "");
    delivery.latency_ms = result.duration_ms;
    return delivery;
}

Delivery desktop_send(const Event *event, char *const *environment, Arena *arena)
{
#ifdef __APPLE__
    static const DesktopProgram order[] = {DESKTOP_TERMINAL_NOTIFIER, DESKTOP_OSASCRIPT};

    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        if (proc_exists(programs[order[i]]))
            return show(order[i], event, environment, arena);
    return delivery_of(OUTCOME_SKIPPED, "neither terminal-notifier nor osascript is installed");
#else
    const char *runtime = arena_printf(arena, "/run/user/%ld", (long)getuid());
    const char *bus = desktop_bus(environment, runtime, arena);

    if (!proc_exists(programs[DESKTOP_NOTIFY_SEND]))
        return delivery_of(OUTCOME_SKIPPED, "notify-send is not installed");
    if (!bus)
        return delivery_of(OUTCOME_SKIPPED, "no desktop session");
    if (!variable(environment, "DBUS_SESSION_BUS_ADDRESS"))
        environment = with_bus(environment, bus, arena);
    return show(DESKTOP_NOTIFY_SEND, event, environment, arena);
#endif
}
