#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cli/cli.h"
#include "config/config.h"
#include "docs/book.h"
#include "docs/dbml.h"
#include "docs/document.h"
#include "docs/dot.h"
#include "docs/facts.h"
#include "docs/page.h"
#include "docs/stale.h"

typedef struct Options {
    const char *output;
    const char *check;
    const char *title;
    const char *format;
    const char *split;
    CliList schemas;
    CliList exclude;
    const char *project;
} Options;

typedef bool WriteFn(const Facts *facts, const char *title, FILE *out, Err *err);

static bool markdown_write(const Facts *facts, const char *title, FILE *out, Err *err)
{
    return page_write(facts, title, SPLIT_NONE, NULL, out, err);
}

static const char *const formats[] = {"markdown", "dbml", "dot", "json", NULL};
static WriteFn *const writers[] = {markdown_write, dbml_write, dot_write, document_write};

static const CliOption opts[] = {
    {"output", 'o', CLI_STRING, offsetof(Options, output), "FILE",
     "replace FILE when it would change, instead of writing to stdout", NULL},
    {"check", 0, CLI_STRING, offsetof(Options, check), "FILE",
     "write nothing; list what is out of date in FILE and exit 1", NULL},
    {"title", 0, CLI_STRING, offsetof(Options, title), "TEXT",
     "the page's title (default: Database schema)", NULL},
    {"format", 'f', CLI_STRING, offsetof(Options, format), "FORMAT",
     "markdown, dbml, dot or json (default: the project's, or markdown)", formats},
    {"split", 0, CLI_STRING, offsetof(Options, split), "BY",
     "schema or table: an index and pages in the directory FILE; none: one page", split_names},
    {"schemas", 'n', CLI_LIST, offsetof(Options, schemas), "LIST",
     "schemas like these only (* and ?; default: the project's, or all)", NULL},
    {"exclude", 'N', CLI_LIST, offsetof(Options, exclude), "LIST", "not schemas like these", NULL},
    {"project", 'C', CLI_STRING, offsetof(Options, project), "DIR",
     "the project (default: the nearest one above)", NULL},
    {NULL, 0, CLI_END, 0, NULL, NULL, NULL},
};

enum { CHECK_LINES = 10 };

/* What is to be done, from the command line and, where that leaves it open, from the project. */
typedef struct Plan {
    WriteFn *write;
    Split split;
    const char *schemas[CLI_LIST_MAX + 1];
    const char *exclude[CLI_LIST_MAX + 1];
    FactsFilter filter;
} Plan;

static size_t choice(const char *name, const char *const *names)
{
    size_t index = 0;

    while (names[index] && strcmp(names[index], name) != 0)
        index++;
    return index;
}

static void settle_list(const CliList *given, const Config *config, const char *key,
                        const char **list)
{
    const json_t *kept = config_list(config, key);
    size_t count = given->count;

    for (size_t i = 0; i < count; i++)
        list[i] = given->items[i];
    for (size_t i = 0; !given->count && i < json_array_size(kept) && i < CLI_LIST_MAX; i++)
        list[count++] = json_string_value(json_array_get(kept, i));
    list[count] = NULL;
}

static bool settle(const Options *options, const Config *config, Plan *plan, Err *err)
{
    const char *format = options->format ? options->format : config_string(config, "docs.format");
    bool is_markdown = strcmp(format, "markdown") == 0;
    const char *split = options->split                    ? options->split
                        : options->format && !is_markdown ? "none"
                                                          : config_string(config, "docs.split");

    settle_list(&options->schemas, config, "docs.schemas", plan->schemas);
    settle_list(&options->exclude, config, "docs.exclude", plan->exclude);
    plan->filter = (FactsFilter){.schemas = plan->schemas, .exclude = plan->exclude};
    plan->write = writers[choice(format, formats)];
    plan->split = (Split)choice(split, split_names);
    if (plan->split == SPLIT_NONE)
        return true;
    if (!is_markdown)
        return err_set(err, options->split ? EXIT_USAGE : EXIT_CONFIG,
                       "only markdown is split, not %s", format);
    return options->output || options->check ||
           err_set(err, EXIT_USAGE,
                   "pages split by %s need a directory: --output or --check, or --split none",
                   split);
}

static bool check(const char *path, const char *text, size_t length, FILE *out, bool *ret_same,
                  Err *err)
{
    CLEANUP(cleanup_free) char *old = NULL;
    size_t old_length = 0;

    *ret_same = false;
    if (!file_exists(path)) {
        fprintf(out, "there is no '%s'\n", path);
        return true;
    }
    if (!file_read(path, 0, &old, &old_length, err))
        return false;
    *ret_same = stale_compare(old, text, CHECK_LINES, out) && length == old_length;
    return true;
}

static int deliver(const Options *options, const char *text, size_t length, FILE *out, Err *err)
{
    bool same = true;

    if (options->check && !check(options->check, text, length, out, &same, err))
        return (int)err->code;
    if (options->output && (!file_make_parents(options->output, 0755, err) ||
                            !file_write_if_changed(options->output, text, length, 0644, NULL, err)))
        return (int)err->code;
    if (!options->check && !options->output)
        fwrite(text, 1, length, out);
    return same ? EXIT_OK : EXIT_FINDING;
}

static int put_book(const Options *options, const Facts *facts, Split split, FILE *out, Err *err)
{
    CLEANUP(book_free) Book book = {0};
    bool same = true;

    if (!book_make(&book, facts, options->title, split, err))
        return (int)err->code;
    if (options->check ? !book_check(&book, options->check, CHECK_LINES, out, &same, err)
                       : !book_write(&book, options->output, err))
        return (int)err->code;
    return same ? EXIT_OK : EXIT_FINDING;
}

static int put_text(const Options *options, const Facts *facts, WriteFn *write, FILE *out, Err *err)
{
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);

    if (!memory) {
        err_errno(err, EXIT_OS, "cannot make room for the page");
        return (int)err->code;
    }
    bool written = write(facts, options->title, memory, err);

    if (fclose(memory) != 0 && written)
        written = err_errno(err, EXIT_OS, "cannot make room for the page");
    while (written && length > 1 && text[length - 2] == '\n')
        text[--length] = '\0';
    return written ? deliver(options, text, length, out, err) : (int)err->code;
}

static int run(const void *arguments, char **args, FILE *in, FILE *out, Err *err)
{
    const Options *options = arguments;
    CLEANUP(config_close) Config *config = NULL;
    CLEANUP(facts_free) Facts facts = {0};
    Plan plan = {0};
    const char *name = args[0] && strcmp(args[0], "-") != 0 ? args[0] : "stdin";

    if (options->output && options->check) {
        err_set(err, EXIT_USAGE, "--output and --check exclude each other");
        return (int)err->code;
    }
    config = config_open(options->project, err);
    if (!config || !settle(options, config, &plan, err))
        return (int)err->code;
    FILE *input = cli_open_input(args[0], in, err);

    if (!input)
        return (int)err->code;
    bool read = facts_read(&facts, input, name, &plan.filter, err);

    if (input != in)
        (void)fclose(input);
    if (!read)
        return (int)err->code;
    return plan.split != SPLIT_NONE ? put_book(options, &facts, plan.split, out, err)
                                    : put_text(options, &facts, plan.write, out, err);
}

int main(int argc, char **argv)
{
    static const Tool tool = {
        .name = "gen-schema-docs",
        .synopsis = "[SNAPSHOT]",
        .summary = "Write the documentation of a snapshot: Markdown, DBML, Graphviz or JSON.",
        .options = opts,
        .max_args = 1,
        .run = run,
    };
    Options options = {0};

    return cli_main(&tool, &options, argc, argv);
}
