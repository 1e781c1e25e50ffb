/* The command line of every tool: options by table, --help and --version from the same table, one
 * place that prints an error and one that exits.
 *
 * stdout is the document, stderr one line per failure; silence is success. cli_main flushes and
 * checks stdout last (a full disk is EXIT_IO), and a reader that went away (SIGPIPE) ends the tool
 * quietly. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/err.h"

typedef enum CliType {
    CLI_END,
    CLI_FLAG,    /* bool: true when given */
    CLI_STRING,  /* const char * */
    CLI_INT,     /* int, not negative */
    CLI_LIST,    /* CliList: may be given again; commas separate */
    CLI_MANY,    /* CliList: may be given again; each is one item, commas and all */
    CLI_OPTIONAL /* const char *: "" when given without =VALUE */
} CliType;

enum { CLI_LIST_MAX = 64 };
typedef struct CliList {
    size_t count;
    const char *items[CLI_LIST_MAX + 1]; /* NULL behind the last */
} CliList;

typedef struct CliOption {
    const char *name; /* without the dashes */
    char letter;      /* 0: none */
    CliType type;
    size_t offset;              /* in the tool's Options struct */
    const char *argument;       /* "FILE" in the help; NULL for flags */
    const char *help;           /* one line, lower case, no full stop */
    const char *const *choices; /* NULL-terminated, for CLI_STRING; NULL: any */
} CliOption;

typedef struct Tool {
    const char *name;
    const char *synopsis;     /* what follows the options, for example "[OLD] NEW" */
    const char *summary;      /* one sentence */
    const CliOption *options; /* CLI_END ends it; help, version and quiet are added */
    const char *const *verbs; /* NULL, or the names args[0] may have, NULL-terminated */
    const char *verbs_help;   /* NULL, or lines shown under "Commands:" */
    int min_args;
    int max_args; /* -1: any number */
    /* options is the tool's filled struct; args the rest of the command line, NULL-terminated.
     * Returns EXIT_OK, EXIT_FINDING, or another code with err filled. */
    int (*run)(const void *options, char **args, FILE *in, FILE *out, Err *err);
} Tool;

/* Parses, runs, prints what went wrong, flushes, and returns main's value. */
int cli_main(const Tool *tool, void *options, int argc, char **argv);

/* A remark on stderr ("tool: text"), not a failure; nothing under --quiet. */
void cli_note(const char *format, ...) PRINTF(1, 2);
/* Whether colour may be used on this stream: a terminal, NO_COLOR unset, TERM not dumb. */
bool cli_colour(FILE *out);
/* Columns of the terminal (COLUMNS, else what it says, else 80); 0 when the stream is none. */
int cli_width(FILE *out);
/* Whether the locale of the environment has UTF-8. */
bool cli_utf8(void);
/* The stream of a path argument: "-" or NULL is in. Opened files are the caller's to fclose.
 * A missing file is EXIT_DATA, an unreadable one EXIT_DENIED. */
FILE *cli_open_input(const char *path, FILE *in, Err *err);

#endif
