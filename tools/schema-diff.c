#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/proc.h"
#include "cli/cli.h"
#include "config/config.h"
#include "diff/diff.h"
#include "diff/format.h"
#include "json/jx.h"
#include "model/change.h"

typedef struct Options {
    const char *project;
    const char *against;
    const char *format;
    const char *fail_on;
    const char *output;
    const char *program; /* what we were called as */
} Options;

enum { REPLAY_TIMEOUT_MS = 600000, REPLAY_MAX_BYTES = 1 << 30, WARNINGS_SHOWN = 10 };

static const char *const levels[] = {"any", "risky", "breaking", "none", NULL};
static const CliOption opts[] = {
    {"project", 'C', CLI_STRING, offsetof(Options, project), "DIR",
     "the project whose cache is meant (default: the nearest one above)", NULL},
    {"against", 'a', CLI_STRING, offsetof(Options, against), "OLD",
     "the old side: a file, a folder of migrations, or cache (the default)", NULL},
    {"format", 'f', CLI_STRING, offsetof(Options, format), "NAME", format_help, format_names},
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

/* A folder, or SQL: migrations instead of a snapshot. */
static bool is_migrations(const char *path)
{
    size_t length = strlen(path);
    struct stat status;

    return (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) ||
           (length > 4 && strcmp(path + length - 4, ".sql") == 0);
}

/* The command of the same name as ours but for the last part; else by PATH. */
static const char *sibling(Arena *arena, const char *program, const char *name)
{
    const char *slash = program ? strrchr(program, '/') : NULL;
    const char *path =
        slash ? arena_printf(arena, "%.*s/%s", (int)(slash - program), program, name) : name;

    return proc_exists(path) ? path : name;
}

/* Snapshots of other schemas do not compare: the migrations are asked for those of the new side. */
static void add_patterns(Arena *arena, const char **argv, size_t *count, const char *option,
                         const json_t *patterns)
{
    size_t index = 0;
    json_t *pattern = NULL;

    json_array_foreach(patterns, index, pattern)
    {
        argv[(*count)++] = arena_printf(arena, "%s=%s", option, json_string_value(pattern));
    }
}

static bool replay(const Options *options, const json_t *meta, Arena *arena, ProcResult *ret,
                   Err *err)
{
    const json_t *schemas = json_object_get(meta, "schemas");
    const json_t *exclude = json_object_get(meta, "exclude");
    const char **argv = arena_alloc(
        arena, (8 + json_array_size(schemas) + json_array_size(exclude)) * sizeof *argv);
    size_t count = 0;

    argv[count++] = sibling(arena, options->program, "schema-snapshot");
    argv[count++] = "--quiet";
    argv[count++] = "--source=offline";
    argv[count++] = arena_printf(arena, "--migrations=%s", options->against);
    if (options->project)
        argv[count++] = arena_printf(arena, "--project=%s", options->project);
    add_patterns(arena, argv, &count, "--schemas", schemas);
    add_patterns(arena, argv, &count, "--exclude", exclude);
    ProcSpec spec = {
        .argv = (char *const *)argv,
        .timeout_ms = REPLAY_TIMEOUT_MS,
        .head_bytes = REPLAY_MAX_BYTES,
    };
    if (!proc_run(&spec, ret, err))
        return false;
    if (ret->exit_code == EXIT_OK && ret->output_skipped == 0)
        return true;
    if (ret->not_found)
        return err_set(err, EXIT_OS, "schema-snapshot, which reads '%s', is not there",
                       options->against);
    if (ret->timed_out || ret->output_skipped > 0 || ret->exit_code <= EXIT_FINDING)
        return err_set(err, EXIT_OS, "schema-snapshot, which reads '%s', %s", options->against,
                       ret->timed_out            ? "took too long"
                       : ret->output_skipped > 0 ? "wrote too much"
                                                 : "was killed");
    /* Its one line of why, without its name. */
    static const char name[] = "schema-snapshot: ";
    const char *line = ret->output ? ret->output : "";
    if (strncmp(line, name, sizeof name - 1) == 0)
        line += sizeof name - 1;
    return err_set(err, (ExitCode)ret->exit_code, "%.*s", (int)strcspn(line, "\n"), line);
}

/* What the migrations make, as a stream; NULL: err filled. meta is that of the new side. */
static FILE *open_migrations(const Options *options, const json_t *meta, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(proc_result_free) ProcResult result = {0};

    if (!replay(options, meta, &arena, &result, err))
        return NULL;
    FILE *whole = tmpfile();
    if (whole && (fwrite(result.output, 1, result.output_length, whole) != result.output_length ||
                  fflush(whole) != 0)) {
        fclose(whole);
        whole = NULL;
    }
    if (!whole) {
        err_errno(err, EXIT_IO, "cannot keep the old side in a temporary file");
        return NULL;
    }
    rewind(whole);
    return whole;
}

/* The old side; *ret NULL when it is the cache and there is none yet. */
static bool open_old(const Options *options, const json_t *meta, Config **config, FILE **ret,
                     const char **ret_name, Err *err)
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
    } else if (is_migrations(options->against)) {
        *ret = open_migrations(options, meta, err);
        return *ret != NULL;
    }
    *ret = cli_open_input(*ret_name, stdin, err);
    return *ret != NULL;
}

/* What stands between the migrations and an exact comparison is told, though it is in the document
 * too: a difference may come of it, or be hidden by it. */
static void note_doubts(const json_t *meta, const json_t *changes)
{
    const json_t *warnings = json_object_get(meta, "warnings");
    size_t count = json_array_size(warnings);
    long long uncertain = (long long)jx_int(changes, "uncertain", 0);

    for (size_t i = 0; i < count && i < WARNINGS_SHOWN; i++)
        cli_note("%s", json_string_value(json_array_get(warnings, i)));
    if (count > WARNINGS_SHOWN)
        cli_note("and %zu more statements that could not be replayed", count - WARNINGS_SHOWN);
    if (uncertain > 0)
        cli_note("%lld member%s that the migrations do not tell exactly not compared", uncertain,
                 uncertain == 1 ? " is" : "s are");
}

/* What lineages alone tell of an object is looked up in the old document once more, and some
 * formats read both again, which a pipe does not allow. */
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
        return err_errno(err, EXIT_IO, "cannot keep a side in a temporary file");
    FILE *piped = *file;
    *file = copy;
    copy = piped;
    return true;
}

/* Where the migration files are that the changes name, as seen from the project. */
static const char *folder_of(const Options *options, const Config *config)
{
    struct stat status;
    bool is_folder =
        options->against && stat(options->against, &status) == 0 && S_ISDIR(status.st_mode);

    return is_folder ? options->against
           : config  ? config_string(config, "source.migrations")
                     : "supabase/migrations";
}

static const Format *format_of(const Options *options, FILE *out)
{
    return format_by_name(options->format ? options->format : cli_width(out) ? "text" : "json");
}

static bool write_out(const Options *options, const json_t *changes, FormatContext *context,
                      FILE *out, Err *err)
{
    context->colour = cli_colour(out);
    context->utf8 = cli_utf8();
    context->width = cli_width(out);
    context->max_length = FORMAT_COMMENT_MAX;
    return (!options->output || jx_store(changes, options->output, 0600, err)) &&
           format_of(options, out)->write(changes, context, out, err);
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

    if (!new_file || (format_of(options, out)->reads_snapshots && !make_seekable(&new_file, err)))
        return (int)err->code;
    CLEANUP(snapshot_reader_close)
    SnapshotReader *new = snapshot_reader_open(
        new_file, args[0] && strcmp(args[0], "-") != 0 ? args[0] : "stdin", err);
    if (!new || !open_old(options, snapshot_reader_meta(new), &config, &old_file, &old_name, err))
        return (int)err->code;
    if (old_file == in && (!args[0] || strcmp(args[0], "-") == 0)) {
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
    FormatContext context = {.folder = folder_of(options, config), .old = old, .new = new};
    if (!changes || !write_out(options, changes, &context, out, err))
        return (int)err->code;
    if (old && options->against && is_migrations(options->against))
        note_doubts(snapshot_reader_meta(old), changes);
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
    Options options = {.program = argv[0]};

    return cli_main(&tool, &options, argc, argv);
}
