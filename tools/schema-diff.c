#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/clock.h"
#include "cli/cli.h"
#include "config/config.h"
#include "diff/bump.h"
#include "diff/diff.h"
#include "diff/format.h"
#include "diff/ignore.h"
#include "diff/outcome.h"
#include "history/blame.h"
#include "history/versions.h"
#include "json/jx.h"
#include "model/change.h"
#include "prove/prove.h"
#include "side/side.h"

typedef struct Options {
    const char *project;
    const char *against;
    const char *format;
    CliList fail_on;
    const char *output;
    CliList ignore;
    const char *style;
    const char *bump;    /* "": the word alone */
    const char *history; /* "": of all objects */
    bool down;
    bool online;
    bool prove;
    const char *server_bin;
    const char *program; /* what we were called as */
    FailOn *counts;      /* both filled by run(), for main() */
    Outcome *outcome;
} Options;

enum { WARNINGS_SHOWN = 10 };

static const char *const styles[] = {"sysexits", "diff", "terraform", "nagios", NULL};
static const CliOption opts[] = {
    {"project", 'C', CLI_STRING, offsetof(Options, project), "DIR",
     "the project whose cache is meant (default: the nearest one above)", NULL},
    {"against", 'a', CLI_STRING, offsetof(Options, against), "OLD",
     "the old side: cache (the default), a path, git:REV:PATH, backup:ID, a URL", NULL},
    {"format", 'f', CLI_STRING, offsetof(Options, format), "NAME", format_help, format_names},
    {"fail-on", 0, CLI_LIST, offsetof(Options, fail_on), "LIST",
     "exit 1 for these: any (the default), risky, breaking, none, or classes", NULL},
    {"output", 'o', CLI_STRING, offsetof(Options, output), "FILE",
     "replace FILE by the changes/1 document as well", NULL},
    {"ignore", 0, CLI_MANY, offsetof(Options, ignore), "RULE",
     "leave out what fits, for example 'kind=column field=comment'", NULL},
    {"exit-code-style", 0, CLI_STRING, offsetof(Options, style), "NAME",
     "sysexits (the default), diff, terraform or nagios", styles},
    {"bump", 0, CLI_OPTIONAL, offsetof(Options, bump), "VERSION",
     "tell the version that comes next, or which part of it", NULL},
    {"history", 0, CLI_OPTIONAL, offsetof(Options, history), "ID",
     "tell every known change of an object, or of all", NULL},
    {"down", 0, CLI_FLAG, offsetof(Options, down), NULL,
     "with --format sql: the way back, from NEW to OLD", NULL},
    {"online", 0, CLI_FLAG, offsetof(Options, online), NULL,
     "with --format sql: so that others can work meanwhile", NULL},
    {"prove", 0, CLI_FLAG, offsetof(Options, prove), NULL,
     "try the SQL, up and down, on a server of our own", NULL},
    {"server-bin", 0, CLI_STRING, offsetof(Options, server_bin), "DIR",
     "the directory of that server's programs", NULL},
    {NULL, 0, CLI_END, 0, NULL, NULL, NULL},
};

static bool has_text(const json_t *array, const json_t *text)
{
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(array, index, item)
    {
        if (json_equal(item, text))
            return true;
    }
    return false;
}

/* Those of a side that the other one has not told already. */
static void note_warnings(const Side *side, const json_t *told)
{
    const json_t *meta = side->is_made ? snapshot_reader_meta(side->reader) : NULL;
    size_t index = 0, count = 0;
    json_t *warning = NULL;

    json_array_foreach(json_object_get(meta, "warnings"), index, warning)
    {
        if (!has_text(told, warning) && count++ < WARNINGS_SHOWN)
            cli_note("%s", json_string_value(warning));
    }
    if (count > WARNINGS_SHOWN)
        cli_note("and %zu more statements that could not be replayed", count - WARNINGS_SHOWN);
}

/* What stands between the migrations and an exact comparison is told, though it is in the document
 * too: a difference may come of it, or be hidden by it. */
static void note_doubts(const Side *old, const Side *new, const json_t *changes)
{
    long long uncertain = (long long)jx_int(changes, "uncertain", 0);

    note_warnings(old, NULL);
    note_warnings(new, old->is_made ? json_object_get(snapshot_reader_meta(old->reader), "warnings")
                                    : NULL);
    if (uncertain > 0 && (old->is_made || new->is_made))
        cli_note("%lld member%s that the migrations do not tell exactly not compared", uncertain,
                 uncertain == 1 ? " is" : "s are");
}

/* ---- what is not told ---- */

static bool add_rule(Ignore *ignore, const char *rule, const char *place, ExitCode code, Err *err)
{
    bool is_expired = false;

    if (!ignore_add(ignore, rule, place, clock_now_ms(), code, &is_expired, err))
        return false;
    if (is_expired)
        cli_note("%s: the rule '%s' is over and ignores nothing", place, rule);
    return true;
}

/* Those of the command line first: they decide. */
static bool add_rules(const Options *options, const Config *config, Ignore *ignore, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    const json_t *rules = config_list(config, "diff.ignore");

    for (size_t i = 0; i < options->ignore.count; i++)
        if (!add_rule(ignore, options->ignore.items[i], "--ignore", EXIT_USAGE, err))
            return false;
    for (size_t i = 0; i < json_array_size(rules); i++)
        if (!add_rule(ignore, json_string_value(json_array_get(rules, i)),
                      arena_printf(&arena, "supabase/monitor-config.json: diff.ignore[%zu]", i),
                      EXIT_CONFIG, err))
            return false;
    return true;
}

/* ---- what is told ---- */

static bool write_bump(const char *version, const json_t *changes, FILE *out, Err *err)
{
    Bump bump = bump_of(changes);
    CLEANUP(cleanup_free) char *next = *version ? bump_next(version, bump, err) : NULL;

    if (*version && !next)
        return false;
    fprintf(out, "%s\n", next ? next : bump_name(bump));
    return true;
}

static bool write_line(const Options *options, const json_t *changes, FILE *out)
{
    outcome_write_line(changes, options->outcome, options->counts,
                       *changes_from(changes) ? NULL : "this is the first snapshot", out);
    options->outcome->is_said = true;
    return options->format != NULL;
}

/* Where the migration files are that the changes name, as seen from the project. */
static const char *folder_of(const Options *options, const Config *config)
{
    struct stat status;
    bool is_folder =
        options->against && stat(options->against, &status) == 0 && S_ISDIR(status.st_mode);

    return is_folder ? options->against : config_string(config, "source.migrations");
}

static const Format *format_of(const Options *options, FILE *out)
{
    return format_by_name(options->format ? options->format : cli_width(out) ? "text" : "json");
}

static bool write_out(const Options *options, const json_t *changes, FormatContext *context,
                      FILE *out, Err *err)
{
    if (options->output && !jx_store(changes, options->output, 0600, err))
        return false;
    if (options->bump)
        return write_bump(options->bump, changes, out, err);
    if (exit_style_of(options->style) == STYLE_NAGIOS && !write_line(options, changes, out))
        return true;
    context->colour = cli_colour(out);
    context->utf8 = cli_utf8();
    context->width = cli_width(out);
    context->max_length = FORMAT_COMMENT_MAX;
    return format_of(options, out)->write(changes, context, out, err);
}

/* A migration that does not hold is our fault. */
static bool prove_migration(const Options *options, const json_t *changes, const Side *old,
                            const Side *new, Err *err)
{
    const ProveOptions how = {options->program, options->project, options->server_bin,
                              options->online};
    Proof proof;

    if (!prove(&how, changes, old->reader, new->reader, &proof, err))
        return false;
    if (!proof.is_proved)
        return err_set(err, EXIT_SOFTWARE, "not proved: %s: %s", prove_part_name(proof.part),
                       proof.reason);
    cli_note("proved: up makes the new schema, down brings back the old one%s",
             proof.but_order ? ", but for the order of columns" : "");
    return true;
}

static bool check_options(const Options *options, Err *err)
{
    bool is_line = exit_style_of(options->style) == STYLE_NAGIOS;

    bool is_sql = options->format && strcmp(options->format, "sql") == 0;

    if ((options->down || options->online) && !is_sql)
        return err_set(err, EXIT_USAGE, "--down and --online go with --format sql alone");
    if (options->server_bin && !options->prove)
        return err_set(err, EXIT_USAGE, "--server-bin goes with --prove alone");
    if (is_line && options->format && strcmp(options->format, "text") != 0)
        return err_set(err, EXIT_USAGE, "--exit-code-style nagios goes with --format text alone");
    if (options->history && options->format && strcmp(options->format, "text") != 0 &&
        strcmp(options->format, "json") != 0)
        return err_set(err, EXIT_USAGE, "--history goes with --format text and json alone");
    if (options->history && (options->bump || is_line || options->output))
        return err_set(err, EXIT_USAGE, "--history goes with neither --bump, --output nor nagios");
    if (options->bump && (options->format || is_line))
        return err_set(err, EXIT_USAGE, "--bump goes with neither --format nor nagios");
    if (options->bump && *options->bump && !bump_is_version(options->bump))
        return err_set(err, EXIT_USAGE, "'%s' is no version MAJOR.MINOR.PATCH", options->bump);
    return fail_on_parse(options->fail_on.items, options->counts, err);
}

/* A version number is an answer, not a finding, unless it is asked for one. */
static int verdict(const Options *options)
{
    return options->outcome->is_finding && (!options->bump || options->counts->is_given)
               ? EXIT_FINDING
               : EXIT_OK;
}

static int compare(const Options *options, const char *new_side, FILE *in, FILE *out, Err *err)
{
    CLEANUP(config_close) Config *config = config_open(options->project, err);
    CLEANUP(ignore_close) Ignore *ignore = ignore_new();
    CLEANUP(side_close) Side old = {0};
    CLEANUP(side_close) Side new = {0};
    SideContext context = {options->program, options->project, config, in};

    if (!config || !add_rules(options, config, ignore, err) ||
        !side_open_both(&context, options->against ? options->against : "cache",
                        new_side ? new_side : "-", &old, &new, err))
        return (int)err->code;
    json_auto_t *changes = diff_snapshots_but(old.reader, new.reader, ignore, err);
    if (!changes)
        return (int)err->code;
    *options->outcome = outcome_of(changes, options->counts);
    FormatContext format = {.folder = folder_of(options, config),
                            .old = old.reader,
                            .new = new.reader,
                            .down = options->down,
                            .online = options->online};
    if (!write_out(options, changes, &format, out, err) ||
        (options->prove && !prove_migration(options, changes, &old, &new, err)))
        return (int)err->code;
    note_doubts(&old, &new, changes);
    if (!old.reader)
        cli_note("nothing to compare with yet: this is the first snapshot");
    return verdict(options);
}

/* ---- all that was ever changed ---- */

/* The repository's side: what --against names, but the cache; the project's migrations. */
static bool find_versions(const Options *options, const SideContext *context, Versions *accepted,
                          Versions *committed, Err *err)
{
    const char *tracked = options->against;

    if (!tracked)
        tracked = config_path(context->config, config_string(context->config, "source.migrations"));
    return versions_accepted(context, accepted, err) &&
           (strcmp(tracked, "cache") == 0 || versions_committed(context, tracked, committed, err));
}

static void note_all(const json_t *warnings)
{
    size_t count = json_array_size(warnings);

    for (size_t i = 0; i < count && i < WARNINGS_SHOWN; i++)
        cli_note("passed over: %s", json_string_value(json_array_get(warnings, i)));
    if (count > WARNINGS_SHOWN)
        cli_note("and %zu more versions that cannot be read", count - WARNINGS_SHOWN);
}

static bool write_history(const Options *options, const json_t *events, const char *id, FILE *out,
                          Err *err)
{
    bool text = options->format ? strcmp(options->format, "text") == 0 : cli_width(out) > 0;

    return text ? blame_write_text(events, out, err) : blame_write_json(events, id, out, err);
}

static int history(const Options *options, const char *id, FILE *in, FILE *out, Err *err)
{
    CLEANUP(config_close) Config *config = config_open(options->project, err);
    CLEANUP(versions_free) Versions accepted = {0};
    CLEANUP(versions_free) Versions committed = {0};
    SideContext context = {options->program, options->project, config, in};

    versions_init(&accepted);
    versions_init(&committed);
    if (!config || !find_versions(options, &context, &accepted, &committed, err))
        return (int)err->code;
    note_all(accepted.warnings);
    note_all(committed.warnings);
    size_t count = accepted.count + committed.count;
    if (count == 0) {
        err_set(err, EXIT_DATA,
                "no version of the schema is known: there are no backups, there is no cache, and "
                "no repository has its migrations");
        return (int)err->code;
    }
    json_auto_t *before = blame_events(accepted.steps, id, err);
    json_auto_t *brought = before ? blame_events(committed.steps, id, err) : NULL;
    json_auto_t *events = brought ? blame_merge(before, brought, err) : NULL;
    if (!events || !write_history(options, events, id, out, err))
        return (int)err->code;
    if (json_array_size(events) == 0)
        cli_note("no change of '%s' is known from %zu version%s", id ? id : "anything", count,
                 count == 1 ? "" : "s");
    return EXIT_OK;
}

static int run(const void *tool_options, char **args, FILE *in, FILE *out, Err *err)
{
    Options options = *(const Options *)tool_options;

    /* "--bump 1.2.3" as well as "--bump=1.2.3" */
    if (options.bump && !*options.bump && args[0] && bump_is_version(args[0]))
        options.bump = *args++;
    if (options.history && !*options.history)
        options.history = args[0] ? *args++ : "";
    if (args[0] && (options.history || args[1])) {
        err_set(err, EXIT_USAGE, "'%s' is one argument too many",
                options.history ? args[0] : args[1]);
        return EXIT_USAGE;
    }
    int status = !check_options(&options, err) ? (int)err->code
                 : options.history
                     ? history(&options, *options.history ? options.history : NULL, in, out, err)
                     : compare(&options, args[0], in, out, err);
    if (status > EXIT_FINDING && exit_style_of(options.style) == STYLE_NAGIOS &&
        !options.outcome->is_said) {
        outcome_write_line(NULL, options.outcome, options.counts, err->msg, out);
        options.outcome->is_said = true;
    }
    return status;
}

/* The style counts for a command line that is wrong as well. */
static const char *style_of(int argc, char **argv)
{
    static const char name[] = "--exit-code-style";
    const char *style = NULL;

    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strncmp(argv[i], name, sizeof name - 1) == 0)
            style = argv[i][sizeof name - 1] == '=' ? argv[i] + sizeof name : argv[i + 1];
    return style;
}

int main(int argc, char **argv)
{
    static const Tool tool = {
        .name = "schema-diff",
        .synopsis = "[NEW]",
        .summary = "Tell what a new snapshot (stdin) changed; exit 1 when something did.",
        .options = opts,
        .max_args = 2,
        .run = run,
    };
    FailOn counts = {0};
    Outcome outcome = {0};
    Options options = {.program = argv[0], .counts = &counts, .outcome = &outcome};
    ExitStyle style = exit_style_of(style_of(argc, argv));
    int status = cli_main(&tool, &options, argc, argv);

    if (status > EXIT_FINDING && style == STYLE_NAGIOS && !outcome.is_said)
        puts("SCHEMA UNKNOWN - the command line is wrong");
    return exit_style_status(style, status, &outcome, &counts);
}
