#include <string.h>
#include <unistd.h>

#include "backup/backup.h"
#include "backup/beneath.h"
#include "backup/object.h"
#include "backup/plan.h"
#include "backup/restore.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/proc.h"
#include "base/text.h"
#include "cli/cli.h"
#include "config/config.h"
#include "json/jx.h"

enum { LOCK_WAIT_MS = 10000, DIFF_TIMEOUT_MS = 60000, DIFF_MAX_BYTES = 64 << 20 };

typedef struct Options {
    const char *project;
    const char *reason;
    const char *run;
    bool no_prune;
    int keep; /* -1: the configuration's */
    bool yes;
    bool orphans;
    const char *to;
    bool outside;
    bool dry_run;
    bool json;
    const char *program; /* argv[0] */
} Options;

static const CliOption opts[] = {
    {"project", 'C', CLI_STRING, offsetof(Options, project), "DIR",
     "the project (default: the nearest one above)", NULL},
    {"reason", 0, CLI_STRING, offsetof(Options, reason), "TEXT", "add: why it is made", NULL},
    {"run", 0, CLI_STRING, offsetof(Options, run), "ID", "add: the cycle it belongs to", NULL},
    {"no-prune", 0, CLI_FLAG, offsetof(Options, no_prune), NULL, "add: remove nothing", NULL},
    {"keep", 'k', CLI_INT, offsetof(Options, keep), "N",
     "keep the last N (default: backups.keep of the configuration)", NULL},
    {"yes", 'y', CLI_FLAG, offsetof(Options, yes), NULL, "prune: remove more than half of a set",
     NULL},
    {"orphans", 0, CLI_FLAG, offsetof(Options, orphans), NULL,
     "prune: remove contents that no backup names, too", NULL},
    {"to", 0, CLI_STRING, offsetof(Options, to), "PATH", "restore: the file to write", NULL},
    {"outside", 0, CLI_FLAG, offsetof(Options, outside), NULL,
     "restore: PATH may lie outside of the project", NULL},
    {"dry-run", 'n', CLI_FLAG, offsetof(Options, dry_run), NULL,
     "say what would be done and do nothing", NULL},
    {"json", 0, CLI_FLAG, offsetof(Options, json), NULL, "write JSON instead of text", NULL},
    {NULL, 0, CLI_END, 0, NULL, NULL, NULL},
};

/* What every verb gets. lock is held by those that write. */
typedef struct Job {
    const Options *options;
    Config *config;
    const char *project;
    const char *set; /* NULL: none given */
    char **rest;
    int lock;
    FILE *in;
    FILE *out;
} Job;

static int failed(const Err *err)
{
    return (int)err->code;
}

static int print_json(const Job *job, const json_t *value, Err *err)
{
    CLEANUP(cleanup_free) char *text = value ? jx_text(value) : NULL;

    if (!text) {
        (void)err_set(err, EXIT_SOFTWARE, "the answer cannot be written");
        return failed(err);
    }
    (void)fprintf(job->out, "%s\n", text);
    return EXIT_OK;
}

static void print_why(const json_t *reasons, FILE *out)
{
    size_t i = 0;
    const json_t *reason = NULL;

    json_array_foreach(reasons, i, reason)
    {
        (void)fputs(i ? ", " : "", out);
        text_print_safe(out, json_string_value(reason));
    }
}

/* ---- deciding ---- */

static json_t *plan_for(const Job *job, const json_t *entries, Err *err)
{
    bool given = job->options->keep >= 0;
    int64_t keep = given ? job->options->keep : config_int(job->config, "backups.keep");

    if (!given && keep < 1) {
        (void)err_set(err, EXIT_CONFIG, "backups.keep is %lld: that would keep nothing",
                      (long long)keep);
        return NULL;
    }
    return entries ? backup_plan(entries, keep, err) : NULL;
}

static void print_plan(const json_t *plan, const char *key, const char *word, FILE *out)
{
    size_t i = 0;
    const json_t *line = NULL;

    json_array_foreach(json_object_get(plan, key), i, line)
    {
        (void)fprintf(out, "%s %lld %s: ", word, (long long)jx_int(line, "seq", 0),
                      jx_string(line, "id", ""));
        print_why(json_object_get(line, "why"), out);
        (void)fputc('\n', out);
    }
}

static int verb_plan(const Job *job, Err *err)
{
    CLEANUP(backup_close) Backup *backup = backup_open(job->project, job->set, err);
    json_auto_t *entries = backup ? backup_entries(backup, err) : NULL;
    json_auto_t *plan = plan_for(job, entries, err);

    if (!plan || !backup_is_whole(backup, err)) {
        return failed(err);
    }
    if (job->options->json) {
        return print_json(job, plan, err);
    }
    print_plan(plan, "keep", "keep", job->out);
    print_plan(plan, "remove", "remove", job->out);
    return EXIT_OK;
}

static int verb_prune(const Job *job, Err *err)
{
    CLEANUP(backup_close)
    Backup *backup = job->options->dry_run ? backup_open(job->project, job->set, err)
                                           : backup_open_write(job->project, job->set, err);
    json_auto_t *entries = backup ? backup_entries(backup, err) : NULL;
    json_auto_t *plan = plan_for(job, entries, err);

    if (!plan || !backup_is_whole(backup, err)) {
        return failed(err);
    }
    if (!job->options->dry_run) {
        if (jx_bool(plan, "needs_yes") && !job->options->yes) {
            (void)err_set(err, EXIT_USAGE, "%zu of %zu backups in '%s' would go: say --yes",
                          json_array_size(json_object_get(plan, "remove")),
                          json_array_size(entries), job->set);
            return failed(err);
        }
        if (!backup_apply(backup, plan, job->options->orphans, err)) {
            return failed(err);
        }
    }
    if (job->options->json) {
        return print_json(job, plan, err);
    }
    print_plan(plan, "remove", job->options->dry_run ? "would remove" : "removed", job->out);
    return EXIT_OK;
}

/* ---- adding ---- */

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static bool read_content(const Job *job, char **ret, BackupContent *content, Err *err)
{
    const char *path = job->rest[0];

    content->name = strcmp(path, "-") == 0 ? "stdin" : base_name(path);
    if (strcmp(path, "-") != 0) {
        return file_read(path, OBJECT_MAX_BYTES, ret, &content->length, err);
    }
    return file_read_stream(job->in, "stdin", OBJECT_MAX_BYTES, ret, &content->length, err) &&
           (content->length > 0 || err_set(err, EXIT_DATA, "stdin is empty"));
}

/* What an add leaves above the limit. More than that is not its business: it says so. */
static bool prune_after_add(const Job *job, Backup *backup, Err *err)
{
    json_auto_t *entries = backup_entries(backup, err);
    json_auto_t *plan = plan_for(job, entries, err);

    if (!plan) {
        return false;
    }
    if (jx_bool(plan, "needs_yes") && !job->options->yes) {
        cli_note("more than half of '%s' is above the limit: run backup-rotate prune %s --yes",
                 job->set, job->set);
        return true;
    }
    return !backup_plan_removes(plan) || backup_apply(backup, plan, false, err);
}

/* A damaged manifest takes a new line like any other, and nothing goes; ret_whole: whether it is
 * not. */
static bool look_for_damage(const Backup *backup, bool *ret_whole, Err *err)
{
    Err damage = {0};

    *ret_whole = backup_is_whole(backup, &damage);
    if (!*ret_whole && damage.code != EXIT_DATA) {
        *err = damage;
        return false;
    }
    if (!*ret_whole) {
        cli_note("%s; nothing is removed (see backup-rotate verify)", damage.msg);
    }
    return true;
}

static int verb_add(const Job *job, Err *err)
{
    CLEANUP(backup_close)
    Backup *backup = job->options->dry_run ? backup_open(job->project, job->set, err)
                                           : backup_open_write(job->project, job->set, err);
    CLEANUP(cleanup_free) char *bytes = NULL;
    BackupContent content = {.reason = job->options->reason, .run = job->options->run};
    json_auto_t *entry = NULL;
    bool known = false;
    bool whole = false;

    if (!backup || !read_content(job, &bytes, &content, err) ||
        !look_for_damage(backup, &whole, err)) {
        return failed(err);
    }
    content.bytes = bytes;
    entry = backup_known(backup, &content);
    known = entry != NULL;
    if (!known && job->options->dry_run) {
        (void)fprintf(job->out, "would add %zu bytes of %s\n", content.length, content.name);
        return EXIT_OK;
    }
    if (!known) {
        entry = backup_add(backup, &content, err);
        if (!entry) {
            return failed(err);
        }
    }
    if (whole && !job->options->no_prune && !job->options->dry_run &&
        !prune_after_add(job, backup, err)) {
        return failed(err);
    }
    if (job->options->json) {
        return jx_set(entry, "added", json_boolean(!known), err) ? print_json(job, entry, err)
                                                                 : failed(err);
    }
    (void)fprintf(job->out, "%s\n", jx_string(entry, "id", ""));
    return EXIT_OK;
}

/* ---- looking ---- */

/* The entries with what the plan says of each as "kept" and "why". */
static bool explain(json_t *entries, const json_t *plan, Err *err)
{
    static const char *const keys[] = {"keep", "remove"};
    json_auto_t *by_id = json_object();
    size_t i = 0;
    json_t *item = NULL;

    json_array_foreach(entries, i, item)
    {
        if (!jx_set(by_id, jx_string(item, "id", ""), json_incref(item), err)) {
            return false;
        }
    }
    for (size_t k = 0; k < 2; k++) {
        json_array_foreach(json_object_get(plan, keys[k]), i, item)
        {
            json_t *entry = json_object_get(by_id, jx_string(item, "id", ""));

            if (!jx_set(entry, "kept", json_boolean(k == 0), err) ||
                !jx_set(entry, "why", json_incref(json_object_get(item, "why")), err)) {
                return false;
            }
        }
    }
    return true;
}

static void print_entry(const json_t *entry, FILE *out)
{
    const char *reason = jx_string(entry, "reason", "");

    (void)fprintf(out, "%lld  %s  %s  %lld  ", (long long)jx_int(entry, "seq", 0),
                  jx_string(entry, "id", ""), jx_string(entry, "time", ""),
                  (long long)jx_int(entry, "size", 0));
    text_print_safe(out, jx_string(entry, "name", ""));
    (void)fputs(reason[0] ? "  " : "", out);
    text_print_safe(out, reason);
    (void)fputs(jx_bool(entry, "kept") ? "  (" : "  (goes with the next prune: ", out);
    print_why(json_object_get(entry, "why"), out);
    (void)fputs(")\n", out);
}

static int verb_list(const Job *job, Err *err)
{
    CLEANUP(backup_close) Backup *backup = backup_open(job->project, job->set, err);
    json_auto_t *entries = backup ? backup_entries(backup, err) : NULL;
    json_auto_t *plan = plan_for(job, entries, err);
    size_t i = 0;
    const json_t *entry = NULL;

    if (!plan || !explain(entries, plan, err)) {
        return failed(err);
    }
    if (job->options->json) {
        if (print_json(job, entries, err) != EXIT_OK) {
            return failed(err);
        }
    } else {
        json_array_foreach(entries, i, entry)
        {
            print_entry(entry, job->out);
        }
    }
    return backup_is_whole(backup, err) ? EXIT_OK : failed(err);
}

static void print_unnamed(const json_t *verdict, const char *key, const char *why, FILE *out)
{
    size_t i = 0;
    const json_t *item = NULL;

    json_array_foreach(json_object_get(verdict, key), i, item)
    {
        (void)fprintf(out, "%s: nobody names ", jx_string(verdict, "set", ""));
        text_print_safe(out, json_string_value(item));
        (void)fprintf(out, " (%s)\n", why);
    }
}

static void print_verdict(const json_t *verdict, FILE *out)
{
    const char *set = jx_string(verdict, "set", "");
    const char *remedy = jx_string(verdict, "remedy", "");
    size_t i = 0;
    const json_t *item = NULL;

    json_array_foreach(json_object_get(verdict, "findings"), i, item)
    {
        json_int_t line = jx_int(item, "line", 0);

        (void)fprintf(out, "%s: ", set);
        if (line > 0) {
            (void)fprintf(out, "manifest.jsonl:%lld: ", (long long)line);
        }
        text_print_safe(out, jx_string(item, "what", ""));
        (void)fputc('\n', out);
    }
    if (remedy[0]) {
        (void)fprintf(out, "%s: remedy: %s\n", set, remedy);
    }
    print_unnamed(verdict, "orphans",
                  remedy[0] ? "kept" : "a killed add leaves it; it is kept until prune --orphans",
                  out);
    print_unnamed(verdict, "leftovers", remedy[0] ? "kept" : "no harm; the next prune takes it",
                  out);
}

/* Wants no writer at work, but a place where no lock can be made has none. */
static bool wait_for_writers(Job *job, Err *err)
{
    Err refused = {0};

    if (file_exists(config_path(job->config, "backups"))) {
        job->lock = backup_lock(job->project, LOCK_WAIT_MS, &refused);
    }
    if (job->lock < 0 && refused.code == EXIT_TEMPFAIL) {
        *err = refused;
        return false;
    }
    return true;
}

static int verb_verify(const Job *given, Err *err)
{
    Job job = *given;
    CLEANUP(cleanup_close) int lock = -1;
    json_auto_t *verdicts = json_array();
    size_t findings = 0;

    if (!wait_for_writers(&job, err)) {
        return failed(err);
    }
    lock = job.lock;
    for (const char *const *set = backup_sets(); *set; set++) {
        if (!job.set || strcmp(job.set, *set) == 0) {
            CLEANUP(backup_close) Backup *backup = backup_open(job.project, *set, err);
            json_t *verdict = backup ? backup_verify(backup, err) : NULL;

            if (!verdict || !jx_append(verdicts, verdict, err)) {
                return failed(err);
            }
            findings += json_array_size(json_object_get(verdict, "findings"));
            if (!job.options->json) {
                print_verdict(verdict, job.out);
            }
        }
    }
    if (job.options->json && print_json(&job, verdicts, err) != EXIT_OK) {
        return failed(err);
    }
    return findings ? EXIT_FINDING : EXIT_OK;
}

/* ---- using ---- */

static int verb_restore(const Job *job, Err *err)
{
    Arena arena = {0};
    Restore restore = {
        .project = job->project,
        .target = job->options->to,
        .here = getcwd(arena_alloc(&arena, 4096), 4096),
        .outside = job->options->outside,
        .dry_run = job->options->dry_run,
    };
    CLEANUP(backup_close) Backup *backup = NULL;
    json_auto_t *entry = NULL;
    json_auto_t *result = NULL;

    if (!restore.target || !restore.target[0]) {
        (void)err_set(err, EXIT_USAGE, "restore needs --to PATH");
    } else if (!restore.here) {
        (void)err_errno(err, EXIT_OS, "cannot tell the working directory");
    } else {
        backup = backup_open(job->project, job->set, err);
        entry = backup ? backup_find(backup, job->rest[0], err) : NULL;
        result = entry ? restore_run(&restore, backup, entry, err) : NULL;
    }
    arena_free(&arena);
    if (!result) {
        return failed(err);
    }
    if (job->options->json) {
        return print_json(job, result, err);
    }
    (void)fprintf(job->out, "%s ",
                  !jx_bool(result, "changed") ? "already there:"
                  : restore.dry_run           ? "would restore"
                                              : "restored");
    text_print_safe(job->out, jx_string(result, "to", ""));
    if (json_object_get(result, "saved")) {
        (void)fprintf(job->out, " (what it held is workspace %s)", jx_string(result, "saved", ""));
    }
    (void)fputc('\n', job->out);
    return EXIT_OK;
}

/* The command of the same name as ours but for the last part; else by PATH. */
static const char *sibling(Arena *arena, const char *program, const char *name)
{
    const char *slash = program ? strrchr(program, '/') : NULL;
    const char *path =
        slash ? arena_printf(arena, "%.*s/%s", (int)(slash - program), program, name) : name;

    return proc_exists(path) ? path : name;
}

static bool lay_out(const Backup *backup, const char *which, int directory, const char *name,
                    Err *err)
{
    json_auto_t *entry = backup_find(backup, which, err);
    CLEANUP(cleanup_free) char *bytes = NULL;
    size_t length = 0;

    return entry && backup_read(backup, entry, &bytes, &length, err) &&
           beneath_write(directory, name, bytes, length, 0600, err);
}

static int compare(const Job *job, const char *old, const char *new, Err *err)
{
    Arena arena = {0};
    const char *argv[] = {sibling(&arena, job->options->program, "schema-diff"),
                          "--against",
                          old,
                          "--format",
                          job->options->json ? "json" : "text",
                          new,
                          NULL};
    ProcSpec spec = {
        .argv = (char *const *)argv,
        .timeout_ms = DIFF_TIMEOUT_MS,
        .head_bytes = DIFF_MAX_BYTES,
    };
    CLEANUP(proc_result_free) ProcResult result = {0};
    int code = EXIT_SOFTWARE;

    if (!proc_run(&spec, &result, err)) {
        code = failed(err);
    } else if (result.exit_code == EXIT_OK || result.exit_code == EXIT_FINDING) {
        (void)fwrite(result.output, 1, result.output_length, job->out);
        code = result.exit_code;
    } else {
        code = result.exit_code > EXIT_FINDING ? result.exit_code : EXIT_OS;
        (void)err_set(err, (ExitCode)code, "schema-diff failed: %.800s",
                      result.not_found   ? "it is not there"
                      : result.timed_out ? "it took too long"
                                         : result.output);
    }
    arena_free(&arena);
    return code;
}

static int verb_diff(const Job *job, Err *err)
{
    CLEANUP(backup_close) Backup *backup = backup_open(job->project, job->set, err);
    CLEANUP(cleanup_close) int root = backup ? beneath_root(job->project, err) : -1;
    CLEANUP(cleanup_close) int directory = -1;
    int code = EXIT_SOFTWARE;

    if (strcmp(job->set, "schema-versions") != 0) {
        (void)err_set(err, EXIT_USAGE, "diff compares schema-versions, not '%s'", job->set);
        return failed(err);
    }
    directory = root < 0 ? -1 : beneath_open(root, ".schema/tmp", true, err);
    if (directory < 0 || !lay_out(backup, job->rest[0], directory, "diff-old.json", err) ||
        !lay_out(backup, job->rest[1], directory, "diff-new.json", err)) {
        code = failed(err);
    } else {
        Arena arena = {0};

        code = compare(job, arena_printf(&arena, "%s/.schema/tmp/diff-old.json", job->project),
                       arena_printf(&arena, "%s/.schema/tmp/diff-new.json", job->project), err);
        arena_free(&arena);
    }
    if (directory >= 0) {
        (void)unlinkat(directory, "diff-old.json", 0);
        (void)unlinkat(directory, "diff-new.json", 0);
    }
    return code;
}

static int set_pin(const Job *job, bool pin, Err *err)
{
    CLEANUP(backup_close)
    Backup *backup = job->options->dry_run ? backup_open(job->project, job->set, err)
                                           : backup_open_write(job->project, job->set, err);
    json_auto_t *entries = backup ? backup_entries(backup, err) : NULL;
    json_auto_t *entry = entries ? backup_find(backup, job->rest[0], err) : NULL;
    const char *id = jx_string(entry, "id", "");
    const char *why = pin && job->rest[1] ? job->rest[1] : "";
    const char *pinned = jx_string(entry, "pinned", NULL);
    bool same = pin ? pinned && strcmp(pinned, why) == 0 : !pinned;

    if (!entry || (!same && !job->options->dry_run &&
                   !(pin ? backup_pin(backup, id, why, err) : backup_unpin(backup, id, err)))) {
        return failed(err);
    }
    return EXIT_OK;
}

static int verb_pin(const Job *job, Err *err)
{
    return set_pin(job, true, err);
}

static int verb_unpin(const Job *job, Err *err)
{
    return set_pin(job, false, err);
}

/* ---- the command line ---- */

typedef struct Verb {
    const char *name;
    int (*run)(const Job *job, Err *err);
    int least; /* arguments behind the verb */
    int most;
    bool writes; /* holds the lock, unless --dry-run */
    const char *usage;
} Verb;

static const Verb verb_table[] = {
    {"add", verb_add, 2, 2, true, "add SET FILE"},
    {"list", verb_list, 1, 1, false, "list SET"},
    {"plan", verb_plan, 1, 1, false, "plan SET"},
    {"prune", verb_prune, 1, 1, true, "prune SET"},
    {"verify", verb_verify, 0, 1, false, "verify [SET]"},
    {"restore", verb_restore, 2, 2, true, "restore SET ID --to PATH"},
    {"diff", verb_diff, 3, 3, true, "diff schema-versions OLD NEW"},
    {"pin", verb_pin, 2, 3, true, "pin SET ID [WHY]"},
    {"unpin", verb_unpin, 2, 2, true, "unpin SET ID"},
};
static const char *const verbs[] = {"add",     "list", "plan", "prune", "verify",
                                    "restore", "diff", "pin",  "unpin", NULL};
static const char verbs_help[] =
    "  add SET FILE              store FILE's content (- is stdin), then prune; print its id\n"
    "  list SET                  the backups, and why each is kept\n"
    "  plan SET                  what a prune would keep and remove\n"
    "  prune SET                 remove what is older than the last N and not pinned\n"
    "  verify [SET]              check every content and the chain of the list; exit 1 on damage\n"
    "  restore SET ID            put a backup back: --to PATH\n"
    "  diff schema-versions A B  compare two versions of the schema\n"
    "  pin SET ID [WHY]          never remove it\n"
    "  unpin SET ID              remove it in its turn again\n"
    "SET is schema-versions, types or workspace; ID is an id, its number, or newest.\n";

static const Verb *find_verb(char **args, Err *err)
{
    int count = 0;

    while (args[count + 1]) {
        count++;
    }
    for (size_t i = 0; i < sizeof verb_table / sizeof verb_table[0]; i++) {
        const Verb *verb = &verb_table[i];

        if (strcmp(verb->name, args[0]) == 0) {
            if (count >= verb->least && count <= verb->most) {
                return verb;
            }
            (void)err_set(err, EXIT_USAGE, "the form is: backup-rotate %s", verb->usage);
            return NULL;
        }
    }
    (void)err_set(err, EXIT_USAGE, "no command '%s'", args[0]);
    return NULL;
}

static bool check_set(const char *name, Err *err)
{
    const char *near = NULL;

    for (const char *const *set = backup_sets(); *set; set++) {
        if (strcmp(*set, name) == 0) {
            return true;
        }
    }
    near = text_nearest(name, backup_sets());
    return err_set(err, EXIT_USAGE, "there is no set '%s'%s%s%s", name,
                   near ? ", did you mean '" : "", near ? near : "", near ? "'?" : "");
}

static int run(const void *given, char **args, FILE *in, FILE *out, Err *err)
{
    const Options *options = given;
    const Verb *verb = find_verb(args, err);
    bool valid = verb && (!args[1] || check_set(args[1], err));
    CLEANUP(config_close) Config *config = valid ? config_open(options->project, err) : NULL;
    CLEANUP(cleanup_close) int lock = -1;
    Job job = {
        .options = options,
        .config = config,
        .project = config ? config_directory(config) : NULL,
        .set = args[1],
        .rest = args[1] ? args + 2 : args + 1,
        .lock = -1,
        .in = in,
        .out = out,
    };

    if (!config) {
        return failed(err);
    }
    if (verb->writes && !options->dry_run) {
        lock = backup_lock(job.project, LOCK_WAIT_MS, err);
        if (lock < 0) {
            return failed(err);
        }
    }
    return verb->run(&job, err);
}

int main(int argc, char **argv)
{
    static const Tool tool = {
        .name = "backup-rotate",
        .synopsis = "COMMAND [SET] [ARGUMENT ...]",
        .summary = "Keep, list, verify and restore versions of the schema and its types.",
        .options = opts,
        .verbs = verbs,
        .verbs_help = verbs_help,
        .min_args = 1,
        .max_args = 4,
        .run = run,
    };
    Options options = {.keep = -1, .program = argv[0]};

    return cli_main(&tool, &options, argc, argv);
}
