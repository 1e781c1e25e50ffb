#include <string.h>

#include "base/file.h"
#include "cli/cli.h"
#include "config/config.h"
#include "diff/diff.h"
#include "diff/render.h"
#include "json/jx.h"
#include "model/change.h"

typedef struct Options {
    const char *project;
    const char *against;
    const char *format;
    const char *fail_on;
    const char *output;
} Options;

static const char *const formats[] = {"text", "json", NULL};
static const char *const levels[] = {"any", "risky", "breaking", "none", NULL};
static const CliOption opts[] = {
    {"project", 'C', CLI_STRING, offsetof(Options, project), "DIR",
     "the project whose cache is meant (default: the nearest one above)", NULL},
    {"against", 'a', CLI_STRING, offsetof(Options, against), "OLD",
     "the old side: a file, or cache (the default)", NULL},
    {"format", 'f', CLI_STRING, offsetof(Options, format), "NAME",
     "text or json (default: text on a terminal, json elsewhere)", formats},
    {"fail-on", 0, CLI_STRING, offsetof(Options, fail_on), "LEVEL",
     "exit 1 from this on: any (the default), risky, breaking, none", levels},
    {"output", 'o', CLI_STRING, offsetof(Options, output), "FILE",
     "replace FILE by the changes/1 document as well", NULL},
    {NULL, 0, CLI_END, 0, NULL, NULL, NULL},
};

static void input_close(FILE **file)
{
    if (*file && *file != stdin)
        fclose(*file);
    *file = NULL;
}

/* The old side; *ret NULL when it is the cache and there is none yet. */
static bool open_old(const Options *options, Config **config, FILE **ret, const char **ret_name,
                     Err *err)
{
    *ret = NULL;
    *ret_name = options->against;
    if (!options->against || strcmp(options->against, "cache") == 0) {
        *config = config_open(options->project, err);
        if (!*config)
            return false;
        *ret_name = config_state_path(*config, "cache/snapshot.json");
        if (!file_exists(*ret_name))
            return true;
    }
    *ret = cli_open_input(*ret_name, stdin, err);
    return *ret != NULL;
}

/* What lineages alone tell of an object is looked up in the old document once more, which a pipe
 * does not allow. */
static bool make_seekable(FILE **file, Err *err)
{
    char bytes[64 * 1024];
    size_t got = 0;

    if (fseeko(*file, 0, SEEK_CUR) == 0)
        return true;
    CLEANUP(input_close) FILE *copy = tmpfile();
    if (!copy)
        return err_errno(err, EXIT_IO, "cannot make a temporary file");
    while ((got = fread(bytes, 1, sizeof bytes, *file)) > 0)
        fwrite(bytes, 1, got, copy);
    if (ferror(*file) || fflush(copy) != 0 || fseeko(copy, 0, SEEK_SET) != 0)
        return err_errno(err, EXIT_IO, "cannot keep the old side in a temporary file");
    FILE *piped = *file;
    *file = copy;
    copy = piped;
    return true;
}

static bool write_out(const Options *options, const json_t *changes, FILE *out, Err *err)
{
    bool text = options->format ? strcmp(options->format, "text") == 0 : cli_colour(out);

    if (options->output && !jx_store(changes, options->output, 0600, err))
        return false;
    return text ? render_text(changes, cli_colour(out), out, err) : jx_write(changes, out, err);
}

static int verdict(const Options *options, const json_t *changes)
{
    Severity from = SEVERITY_SAFE;

    if (options->fail_on && strcmp(options->fail_on, "none") == 0)
        return EXIT_OK;
    if (options->fail_on)
        severity_parse(options->fail_on, &from); /* "any" leaves it at safe */
    return changes_count(changes) > 0 && changes_worst(changes) >= from ? EXIT_FINDING : EXIT_OK;
}

static int run(const void *tool_options, char **args, FILE *in, FILE *out, Err *err)
{
    const Options *options = tool_options;
    CLEANUP(config_close) Config *config = NULL;
    CLEANUP(input_close) FILE *new_file = cli_open_input(args[0], in, err);
    CLEANUP(input_close) FILE *old_file = NULL;
    const char *old_name = NULL;

    if (!new_file)
        return (int)err->code;
    CLEANUP(snapshot_reader_close)
    SnapshotReader *new = snapshot_reader_open(
        new_file, args[0] && strcmp(args[0], "-") != 0 ? args[0] : "stdin", err);
    if (!new || !open_old(options, &config, &old_file, &old_name, err))
        return (int)err->code;
    if (old_file == new_file) {
        err_set(err, EXIT_USAGE, "both sides cannot be stdin");
        return EXIT_USAGE;
    }
    if (old_file && !make_seekable(&old_file, err))
        return (int)err->code;
    CLEANUP(snapshot_reader_close)
    SnapshotReader *old = old_file ? snapshot_reader_open(old_file, old_name, err) : NULL;
    if (old_file && !old)
        return (int)err->code;
    json_auto_t *changes = diff_snapshots(old, new, err);
    if (!changes || !write_out(options, changes, out, err))
        return (int)err->code;
    if (!old)
        cli_note("nothing to compare with yet: this is the first snapshot");
    return verdict(options, changes);
}

int main(int argc, char **argv)
{
    static const Tool tool = {
        .name = "schema-diff",
        .synopsis = "[NEW]",
        .summary = "Tell what a new snapshot (stdin) changed; exit 1 when something did.",
        .options = opts,
        .max_args = 1,
        .run = run,
    };
    Options options = {0};

    return cli_main(&tool, &options, argc, argv);
}
