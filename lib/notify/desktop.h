/* The desktop channel: a message on this machine's screen, shown by a program that is there anyway:
 * notify-send (a D-Bus session is needed), terminal-notifier or osascript. Where none can show
 * anything the event is skipped with the reason; that is no failure and is not tried again. */
#ifndef NOTIFY_DESKTOP_H
#define NOTIFY_DESKTOP_H

#include <stddef.h>

#include "base/arena.h"
#include "model/event.h"
#include "notify/delivery.h"

typedef enum DesktopProgram {
    DESKTOP_NOTIFY_SEND,
    DESKTOP_TERMINAL_NOTIFIER,
    DESKTOP_OSASCRIPT,
    DESKTOP_PROGRAM_COUNT
} DesktopProgram;

/* The command that shows the event, NULL behind the last. Text from the event is never an option
 * and never part of a script: it stands behind "--", or behind an option with an escape in front
 * (terminal-notifier takes [ and { at the start of a value for a list), or is an argument of the
 * script. Pure. */
char **desktop_command(DesktopProgram program, const Event *event, Arena *arena);
/* The D-Bus session's address: of environment (NULL-terminated NAME=value), else, for programs
 * started by cron, that of the socket bus in runtime_directory when it exists, else NULL. */
const char *desktop_bus(char *const *environment, const char *runtime_directory, Arena *arena);

Delivery desktop_send(const Event *event, char *const *environment, Arena *arena);

#endif
