#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cli/cli.h"
#include "docs/page.h"
#include "docs/stale.h"

typedef struct Options {
    const char *output;
    const char *check;
    const char *title;
} Options;

static const CliOption opts[] = {
    {"output", 'o', CLI_STRING, offsetof(Options, output), "FILE",
     "replace FILE when it would change, instead of writing to stdout", NULL},
    {"check", 0, CLI_STRING, offsetof(Options, check), "FILE",
     "write nothing; list what is out of date in FILE and exit 1", NULL},
    {"title", 0, CLI_STRING, offsetof(Options, title), "TEXT",
     "the page's title (default: Database schema)", NULL},
    {NULL, 0, CLI_END, 0, NULL, NULL, NULL},
};

enum { CHECK_LINES = 10 };

static int check(const char *path, const char *text, FILE *out, Err *err)
{
    CLEANUP(cleanup_free) char *old = NULL;
    size_t length = 0;

    if (!file_exists(path)) {
        fprintf(out, "there is no '%s'\n", path);
        return EXIT_FINDING;
    }
    if (!file_read(path, 0, &old, &length, err))
        return (int)err->code;
    return stale_compare(old, text, CHECK_LINES, out) && length == strlen(text) ? EXIT_OK
                                                                                : EXIT_FINDING;
}

static int deliver(const Options *options, const char *text, size_t length, FILE *out, Err *err)
{
    if (options->check)
        return check(options->check, text, out, err);
    if (options->output) {
        bool written = file_make_parents(options->output, 0755, err) &&
                       file_write_if_changed(options->output, text, length, 0644, NULL, err);

        return written ? EXIT_OK : (int)err->code;
    }
    fwrite(text, 1, length, out);
    return EXIT_OK;
}

static int run(const void *arguments, char **args, FILE *in, FILE *out, Err *err)
{
    const Options *options = arguments;
    CLEANUP(page_free) Page page = {0};
    CLEANUP(cleanup_free) char *text = NULL;
    const char *name = args[0] && strcmp(args[0], "-") != 0 ? args[0] : "stdin";
    size_t length = 0;

    if (options->output && options->check) {
        err_set(err, EXIT_USAGE, "--output and --check exclude each other");
        return (int)err->code;
    }
    FILE *input = cli_open_input(args[0], in, err);

    if (!input)
        return (int)err->code;
    bool read = page_read(&page, input, name, err);

    if (input != in)
        (void)fclose(input);
    if (!read)
        return (int)err->code;
    FILE *memory = open_memstream(&text, &length);

    if (!memory) {
        err_errno(err, EXIT_OS, "cannot make room for the page");
        return (int)err->code;
    }
    bool written = page_write(&page, options->title, memory, err);

    if (fclose(memory) != 0 && written)
        written = err_errno(err, EXIT_OS, "cannot make room for the page");
    while (written && length > 1 && text[length - 2] == '\n')
        text[--length] = '\0';
    return written ? deliver(options, text, length, out, err) : (int)err->code;
}

int main(int argc, char **argv)
{
    static const Tool tool = {
        .name = "gen-schema-docs",
        .synopsis = "[SNAPSHOT]",
        .summary = "Write the documentation of a snapshot as a Markdown page.",
        .options = opts,
        .max_args = 1,
        .run = run,
    };
    Options options = {0};

    return cli_main(&tool, &options, argc, argv);
}
