#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"

enum { OPTION_MAX = 64, FIRST_VALUE = 1000, HELP_COLUMN = 30 };

/* The only state of a process that is everywhere the same: who it is and whether it may talk. */
static const char *tool_name = "";
static bool quiet = false;

static const CliOption common[] = {
    {"quiet", 'q', CLI_FLAG, 0, NULL, "say nothing on stderr but what failed", NULL},
    {"help", 'h', CLI_FLAG, 0, NULL, "show this help and exit", NULL},
    {"version", 'V', CLI_FLAG, 0, NULL, "show the version and exit", NULL},
    {NULL, 0, CLI_END, 0, NULL, NULL, NULL},
};
enum { COMMON_QUIET, COMMON_HELP, COMMON_VERSION };

void cli_note(const char *format, ...)
{
    char text[1024];
    va_list arguments;

    if (quiet)
        return;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    fprintf(stderr, "%s: ", tool_name);
    text_print_safe(stderr, text);
    fputc('\n', stderr);
}

bool cli_colour(FILE *out)
{
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");

    return isatty(fileno(out)) && (!no_color || !*no_color) && term && strcmp(term, "dumb") != 0;
}

int cli_width(FILE *out)
{
    enum { WIDTH = 80, WIDTH_MAX = 10000 };
    const char *columns = getenv("COLUMNS");
    long given = columns ? strtol(columns, NULL, 10) : 0;
    struct winsize size = {0};

    if (!isatty(fileno(out)))
        return 0;
    if (given > 0 && given < WIDTH_MAX)
        return (int)given;
    return ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : WIDTH;
}

bool cli_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    static const char *const endings[] = {"UTF-8", "utf8"};
    const char *locale = NULL;

    for (size_t i = 0; i < sizeof names / sizeof *names && !(locale && *locale); i++)
        locale = getenv(names[i]);
    for (size_t i = 0; locale && i < sizeof endings / sizeof *endings; i++) {
        const char *dot = strchr(locale, '.');

        if (dot && strncasecmp(dot + 1, endings[i], strlen(endings[i])) == 0)
            return true;
    }
    return false;
}

FILE *cli_open_input(const char *path, FILE *in, Err *err)
{
    return !path || strcmp(path, "-") == 0 ? in : file_open(path, err);
}

static void help_option(FILE *out, const CliOption *option)
{
    const char *before = !option->argument ? "" : option->type == CLI_OPTIONAL ? "[=" : " ";
    int width = fprintf(out, "  %c%c%s--%s%s%s%s", option->letter ? '-' : ' ',
                        option->letter ? option->letter : ' ', option->letter ? ", " : "  ",
                        option->name, before, option->argument ? option->argument : "",
                        option->type == CLI_OPTIONAL ? "]" : "");

    fprintf(out, "%*s%s\n", width < HELP_COLUMN ? HELP_COLUMN - width : 2, "", option->help);
}

static void help(const Tool *tool, FILE *out)
{
    fprintf(out, "Usage: %s [OPTION]...%s%s\n%s\n", tool->name, *tool->synopsis ? " " : "",
            tool->synopsis, tool->summary);
    if (tool->verbs_help)
        fprintf(out, "\nCommands:\n%s", tool->verbs_help);
    fputs("\nOptions:\n", out);
    for (const CliOption *option = tool->options; option && option->name; option++)
        help_option(out, option);
    for (const CliOption *option = common; option->name; option++)
        help_option(out, option);
    fprintf(out, "\nManual: man %s\n", tool->name);
}

static bool item_add(CliList *list, const char *item, const char *name, Err *err)
{
    if (list->count == CLI_LIST_MAX)
        return err_set(err, EXIT_USAGE, "--%s has more than %d items", name, CLI_LIST_MAX);
    list->items[list->count++] = item;
    return true;
}

static bool list_add(CliList *list, char *text, const char *name, Err *err)
{
    for (char *item = text; item;) {
        char *comma = strchr(item, ',');
        if (comma)
            *comma++ = '\0';
        if (*item && !item_add(list, item, name, err))
            return false;
        item = comma;
    }
    return true;
}

static bool choice_check(const CliOption *option, const char *value, Err *err)
{
    char all[256] = "";
    size_t used = 0;

    for (const char *const *choice = option->choices; choice && *choice; choice++) {
        if (strcmp(*choice, value) == 0)
            return true;
        used += (size_t)snprintf(all + used, sizeof all - used, "%s%s", used ? ", " : "", *choice);
        if (used >= sizeof all)
            used = sizeof all - 1;
    }
    return !option->choices || err_set(err, EXIT_USAGE, "--%s cannot be '%s': it is one of %s",
                                       option->name, value, all);
}

static bool value_set(const CliOption *option, void *options, char *value, Err *err)
{
    void *place = (char *)options + option->offset;
    char *end = NULL;

    switch (option->type) {
    case CLI_FLAG:
        *(bool *)place = true;
        return true;
    case CLI_STRING:
        *(const char **)place = value;
        return choice_check(option, value, err);
    case CLI_INT:
        errno = 0;
        long number = strtol(value, &end, 10);
        if (errno || end == value || *end || number < 0 || number > INT_MAX)
            return err_set(err, EXIT_USAGE, "--%s needs a whole number, not '%s'", option->name,
                           value);
        *(int *)place = (int)number;
        return true;
    case CLI_LIST:
        return list_add(place, value, option->name, err);
    case CLI_MANY:
        return item_add(place, value, option->name, err);
    case CLI_OPTIONAL:
        *(const char **)place = value ? value : "";
        return true;
    case CLI_END:
        break;
    }
    return err_set(err, EXIT_SOFTWARE, "option '%s' has no type", option->name);
}

typedef struct Parsed {
    bool help;
    bool version;
    int rest; /* index of the first argument */
} Parsed;

/* Fills getopt's tables: row i of options gets value FIRST_VALUE + i, its letter the same. */
static int tables_fill(const Tool *tool, struct option *longs, char *letters,
                       const CliOption **rows)
{
    const CliOption *const sources[] = {tool->options, common};
    int count = 0;

    *letters++ = ':';
    for (int source = 0; source < 2; source++) {
        for (const CliOption *option = sources[source]; option && option->name; option++) {
            rows[count] = option;
            longs[count] = (struct option){option->name,
                                           option->type == CLI_FLAG       ? no_argument
                                           : option->type == CLI_OPTIONAL ? optional_argument
                                                                          : required_argument,
                                           NULL, FIRST_VALUE + count};
            if (option->letter) {
                *letters++ = option->letter;
                if (option->type != CLI_FLAG)
                    *letters++ = ':';
            }
            count++;
        }
    }
    *letters = '\0';
    longs[count] = (struct option){0};
    return count;
}

static const CliOption *row_of(const CliOption **rows, int count, int value)
{
    if (value >= FIRST_VALUE)
        return rows[value - FIRST_VALUE];
    for (int i = 0; i < count; i++)
        if (rows[i]->letter == value)
            return rows[i];
    return NULL;
}

static bool parse(const Tool *tool, void *options, int argc, char **argv, Parsed *ret, Err *err)
{
    struct option longs[OPTION_MAX];
    char letters[2 * OPTION_MAX + 2];
    const CliOption *rows[OPTION_MAX];
    int count = tables_fill(tool, longs, letters, rows);
    int value = 0;

    opterr = 0;
    while ((value = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
        if (value == ':')
            return err_set(err, EXIT_USAGE, "option '%s' needs a value", argv[optind - 1]);
        const CliOption *option = row_of(rows, count, value);
        if (value == '?' || !option) {
            if (optopt && optopt < FIRST_VALUE)
                return err_set(err, EXIT_USAGE, "unknown option '-%c'", optopt);
            if (optopt)
                return err_set(err, EXIT_USAGE, "option '--%s' takes no value",
                               rows[optopt - FIRST_VALUE]->name);
            return err_set(err, EXIT_USAGE, "unknown option '%s'", argv[optind - 1]);
        }
        if (option == &common[COMMON_HELP])
            ret->help = true;
        else if (option == &common[COMMON_VERSION])
            ret->version = true;
        else if (option == &common[COMMON_QUIET])
            quiet = true;
        else if (!value_set(option, options, optarg, err))
            return false;
    }
    ret->rest = optind;
    return true;
}

static bool arguments_check(const Tool *tool, int count, char **args, Err *err)
{
    if (count < tool->min_args)
        return err_set(err, EXIT_USAGE,
                       count == 0 && tool->verbs ? "a command is needed"
                                                 : "an argument is missing");
    if (tool->max_args >= 0 && count > tool->max_args)
        return err_set(err, EXIT_USAGE, "'%s' is one argument too many", args[tool->max_args]);
    for (const char *const *verb = tool->verbs; verb; verb++) {
        if (!*verb)
            return err_set(err, EXIT_USAGE, "unknown command '%s'", args[0]);
        if (strcmp(*verb, args[0]) == 0)
            return true;
    }
    return true;
}

static int run(const Tool *tool, void *options, int argc, char **argv, Err *err)
{
    Parsed parsed = {0};

    if (!parse(tool, options, argc, argv, &parsed, err))
        return EXIT_USAGE;
    if (parsed.help) {
        help(tool, stdout);
        return EXIT_OK;
    }
    if (parsed.version) {
        printf("%s %s\n", tool->name, VERSION);
        return EXIT_OK;
    }
    if (!arguments_check(tool, argc - parsed.rest, argv + parsed.rest, err))
        return EXIT_USAGE;
    return tool->run(options, argv + parsed.rest, stdin, stdout, err);
}

/* A reader that went away is no failure of ours: end as SIGPIPE would have, without its noise. */
static bool is_broken_pipe(void)
{
    return errno == EPIPE;
}

/* A stream that was closed when we started must not become the next file we open. Opened the wrong
 * way round on purpose: using it fails. */
static void hold_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0)
            (void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int cli_main(const Tool *tool, void *options, int argc, char **argv)
{
    Err err = {0};

    hold_standard_streams();
    tool_name = tool->name;
    int status = run(tool, options, argc, argv, &err);
    errno = 0;
    bool flushed = fflush(stdout) == 0 && !ferror(stdout);
    if (!flushed && status <= EXIT_FINDING && err.code == EXIT_OK) {
        if (is_broken_pipe())
            return status;
        err_errno(&err, EXIT_IO, "cannot write to stdout");
        status = (int)err.code;
    }
    if (status > EXIT_FINDING) {
        fprintf(stderr, "%s: ", tool->name);
        text_print_safe(stderr, *err.msg ? err.msg : "failed without saying why");
        if (status == EXIT_USAGE)
            fprintf(stderr, " (see '%s --help')", tool->name);
        fputc('\n', stderr);
    }
    return status;
}
