#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/file.h"
#include "cli/cli.h"
#include "config/config.h"
#include "json/jx.h"
#include "model/kind.h"
#include "model/secret.h"
#include "pg/db.h"
#include "source/confine.h"
#include "source/consent.h"
#include "source/source.h"

typedef struct Options {
    const char *project;
    const char *source;
    const char *db_url;
    const char *migrations;
    const char *base;
    CliList schemas;
    CliList exclude;
    const char *output;
    CliList kinds;
    const char *if_changed;
    const char *server_bin;
    bool keep_going;
    bool exec;
    bool no_exec;
    bool exact;
    bool pretty;
} Options;

static const char *const sources[] = {"auto",       "live",    "supabase", "shadow",
                                      "migrations", "offline", NULL};
/* What migrations make, by the best means there is. */
static const char *const offline[] = {"shadow", "migrations", NULL};
static const CliOption opts[] = {
    {"project", 'C', CLI_STRING, offsetof(Options, project), "DIR",
     "the project (default: the nearest one above)", NULL},
    {"source", 's', CLI_STRING, offsetof(Options, source), "NAME",
     "auto, live, supabase, shadow, migrations or offline", sources},
    {"db-url", 0, CLI_STRING, offsetof(Options, db_url), "URL",
     "the database; env(NAME) keeps it out of sight", NULL},
    {"migrations", 'm', CLI_STRING, offsetof(Options, migrations), "PATH",
     "the migrations folder or file", NULL},
    {"base", 0, CLI_STRING, offsetof(Options, base), "PATH",
     "what was there before the migrations: SQL or a snapshot", NULL},
    {"schemas", 'n', CLI_LIST, offsetof(Options, schemas), "LIST",
     "only schemas like these (* and ?)", NULL},
    {"exclude", 'N', CLI_LIST, offsetof(Options, exclude), "LIST", "not schemas like these", NULL},
    {"kinds", 'k', CLI_LIST, offsetof(Options, kinds), "LIST",
     "only these sections of the document, or +NAME besides the usual ones", NULL},
    {"output", 'o', CLI_STRING, offsetof(Options, output), "FILE",
     "replace FILE instead of writing to stdout", NULL},
    {"if-changed", 0, CLI_STRING, offsetof(Options, if_changed), "FILE",
     "write the short form when the schema is FILE's", NULL},
    {"server-bin", 0, CLI_STRING, offsetof(Options, server_bin), "DIR",
     "the directory of the server's programs, for shadow", NULL},
    {"keep-going", 0, CLI_FLAG, offsetof(Options, keep_going), NULL,
     "with shadow: a statement that fails is a warning", NULL},
    {"exec", 0, CLI_FLAG, offsetof(Options, exec), NULL,
     "let the migrations run in a shadow database without asking", NULL},
    {"no-exec", 0, CLI_FLAG, offsetof(Options, no_exec), NULL,
     "never run the migrations: they are code", NULL},
    {"exact", 0, CLI_FLAG, offsetof(Options, exact), NULL,
     "with --if-changed: look at the catalogs, whatever their counters say", NULL},
    {"pretty", 0, CLI_FLAG, offsetof(Options, pretty), NULL, "indent, for eyes only", NULL},
    {NULL, 0, CLI_END, 0, NULL, NULL, NULL},
};

/* libpq reads these from the environment only; a project may keep them in .env. */
static const char *const pg_variables[] = {"PGHOST",
                                           "PGHOSTADDR",
                                           "PGPORT",
                                           "PGDATABASE",
                                           "PGUSER",
                                           "PGPASSWORD",
                                           "PGPASSFILE",
                                           "PGSERVICE",
                                           "PGSERVICEFILE",
                                           "PGSSLMODE",
                                           "PGSSLROOTCERT",
                                           "PGSSLCERT",
                                           "PGSSLKEY",
                                           "PGSSLNEGOTIATION",
                                           "PGGSSENCMODE",
                                           "PGCHANNELBINDING",
                                           "PGTARGETSESSIONATTRS",
                                           "PGCONNECT_TIMEOUT",
                                           NULL};

static bool pg_environment(const Config *config)
{
    bool configured = false;

    for (const char *const *name = pg_variables; *name; name++) {
        const char *value = config_env(config, *name);
        if (value && setenv(*name, value, 0) != 0)
            arena_die("out of memory");
        configured |=
            value && (strcmp(*name, "PGHOST") == 0 || strcmp(*name, "PGHOSTADDR") == 0 ||
                      strcmp(*name, "PGDATABASE") == 0 || strcmp(*name, "PGSERVICE") == 0);
    }
    return configured;
}

/* --db-url, source.databaseUrl, SUPABASE_DB_URL, PG* variables; NULL in *ret: none of them. */
static bool find_database(const Options *options, const Config *config, const char **ret, Err *err)
{
    const char *url = config_string(config, "source.databaseUrl");
    bool pg = pg_environment(config);
    Err unset = {0};

    *ret = NULL;
    if (options->db_url) {
        if (strncmp(options->db_url, "env(", 4) != 0 && db_has_password(options->db_url))
            return err_set(err, EXIT_USAGE,
                           "a password in --db-url is seen by every user of this machine: put the "
                           "URL in a variable and give --db-url 'env(NAME)'");
        *ret = config_secret(config, options->db_url, err);
        return *ret != NULL;
    }
    if (*url)
        *ret = config_secret(config, url, &unset);
    if (!*ret)
        *ret = config_env(config, "SUPABASE_DB_URL");
    if (!*ret && pg)
        *ret = "";
    return true;
}

static const char **strings(Arena *arena, const json_t *array)
{
    const char **items = arena_alloc(arena, (json_array_size(array) + 1) * sizeof *items);

    for (size_t i = 0; i < json_array_size(array); i++)
        items[i] = json_string_value(json_array_get(array, i));
    return items;
}

static void file_close(FILE **file)
{
    if (*file)
        fclose(*file);
    *file = NULL;
}

static bool copy(FILE *from, FILE *to, Err *err)
{
    char bytes[64 * 1024];
    size_t got = 0;

    rewind(from);
    while ((got = fread(bytes, 1, sizeof bytes, from)) > 0)
        fwrite(bytes, 1, got, to);
    if (ferror(from))
        return err_errno(err, EXIT_IO, "cannot read a temporary file");
    return file_flush(to, "the snapshot", err);
}

static bool write_pretty(FILE *snapshot, FILE *out, Err *err)
{
    rewind(snapshot);
    json_auto_t *doc = jx_read(snapshot, "the snapshot", err);

    return doc && jx_write_pretty(doc, out, err);
}

/* snapshot and out may be the same file. */
static bool write_short(FILE *snapshot, const char *hash, FILE *out, Err *err)
{
    rewind(snapshot);
    CLEANUP(snapshot_reader_close)
    SnapshotReader *reader = snapshot_reader_open(snapshot, "the snapshot", err);
    json_auto_t *meta = reader ? json_copy((json_t *)snapshot_reader_meta(reader)) : NULL;

    if (!meta)
        return false;
    json_object_set_new(meta, "unchanged", json_true());
    CLEANUP(cleanup_free) char *text = jx_text(meta);
    if (out == snapshot && (fseek(out, 0, SEEK_SET) != 0 || ftruncate(fileno(out), 0) != 0))
        return err_errno(err, EXIT_IO, "cannot empty a temporary file");
    fprintf(out, "{\"format\":\"snapshot/1\",\n\"meta\":%s,\n\"hash\":\"%s\"}\n", text, hash);
    return file_flush(out, "the snapshot", err);
}

/* The meta of a document, a reference; NULL with err filled when it is none. */
static json_t *meta_of(FILE *snapshot, Err *err)
{
    rewind(snapshot);
    CLEANUP(snapshot_reader_close)
    SnapshotReader *reader = snapshot_reader_open(snapshot, "the snapshot", err);
    return reader ? json_copy((json_t *)snapshot_reader_meta(reader)) : NULL;
}

/* Whether both were made from the same files: another file is told, though the schema is the same.
 */
static bool is_same_history(const char *known, FILE *snapshot)
{
    CLEANUP(file_close) FILE *file = fopen(known, "re");
    Err ignored = {0};
    json_auto_t *old = file ? meta_of(file, &ignored) : NULL;
    json_auto_t *new = meta_of(snapshot, &ignored);
    const json_t *before = json_object_get(old, "history");
    const json_t *after = json_object_get(new, "history");

    return !before || !after || json_equal(before, after);
}

/* Whether the answer is that nothing changed; of a database it is then written so already. */
static bool is_unchanged(const Options *options, const SourceResult *result, FILE *snapshot)
{
    char old[SNAPSHOT_HASH_SIZE] = "";
    Err ignored = {0};

    return result->unchanged ||
           (options->if_changed && !source_is_database(result->source) &&
            snapshot_peek_hash(options->if_changed, old, &ignored) &&
            strcmp(old, result->hash) == 0 && is_same_history(options->if_changed, snapshot));
}

static bool deliver(const Options *options, FILE *snapshot, const SourceResult *result, FILE *out,
                    Err *err)
{
    if (is_unchanged(options, result, snapshot) && !result->unchanged)
        return write_short(snapshot, result->hash, out, err);
    return options->pretty   ? write_pretty(snapshot, out, err)
           : out == snapshot ? file_flush(out, "the snapshot", err)
                             : copy(snapshot, out, err);
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat left, right;

    return a && b && stat(a, &left) == 0 && stat(b, &right) == 0 && left.st_dev == right.st_dev &&
           left.st_ino == right.st_ino;
}

/* What the source could not replay, or had to leave alone, is in the document, and told here. */
static void note_warnings(const json_t *meta)
{
    enum { SHOWN = 10 };

    const json_t *warnings = json_object_get(meta, "warnings");
    size_t count = json_array_size(warnings);
    for (size_t i = 0; i < count && i < SHOWN; i++)
        cli_note("%s", json_string_value(json_array_get(warnings, i)));
    if (count > SHOWN)
        cli_note("and %zu more, all in meta.warnings", count - SHOWN);
    const json_t *busy = json_object_get(meta, "busy");
    for (size_t i = 0; i < json_array_size(busy); i++)
        cli_note("'%s' is being altered (%s)", jx_string(json_array_get(busy, i), "id", ""),
                 jx_string(json_array_get(busy, i), "by", ""));
}

/* The document is made whole first, in memory or in a temporary file, the one that takes the place
 * of FILE where that will do: what fails half way writes nothing. */
static bool snapshot(const Options *options, SourceOptions *source, FILE *out, Err *err)
{
    bool to_file = options->output && strcmp(options->output, "-") != 0;
    char buffer[FILE_BUFFER];
    CLEANUP(file_close) FILE *temporary = NULL;
    CLEANUP(file_replace_close)
    FileReplace *replace = to_file ? file_replace_open(options->output, 0600, err) : NULL;
    SourceResult result = {0};

    if (to_file && !replace)
        return false;
    out = to_file ? replace->out : out;
    FILE *whole = to_file && replace->temporary && !options->pretty ? out : NULL;
    if (!whole)
        whole = temporary = tmpfile();
    if (!whole)
        return err_errno(err, EXIT_IO, "cannot make a temporary file");
    if (temporary)
        file_set_buffer(temporary, buffer);
    source->direct = to_file || options->pretty ? NULL : out;
    if (!source_snapshot(source, whole, &result, err))
        return false;
    json_auto_t *meta = result.delivered ? result.delivered : meta_of(whole, err);
    if (*result.passed)
        cli_note("read from %s: %s", result.source, result.passed);
    if (!meta)
        return false;
    note_warnings(meta);
    if (result.delivered)
        return true;
    if (is_unchanged(options, &result, whole) && is_same_file(options->if_changed, options->output))
        return true;
    return deliver(options, whole, &result, out, err) &&
           (!to_file || file_replace_commit(replace, err));
}

/* All that gen-ts-types makes something of. */
static const char *const for_types[] = {
    "schemas", "extensions",  "enums",    "domains", "composites", "ranges", "base_types", "tables",
    "columns", "constraints", "policies", "views",   "functions",  "casts",  "roles"};

static bool choose(KindChoice *choice, const char *name, Err *err)
{
    if (strcmp(name, "types") == 0) {
        for (size_t i = 0; i < sizeof for_types / sizeof *for_types; i++)
            kind_choose(choice, for_types[i], strlen(for_types[i]));
        return true;
    }
    return kind_choose(choice, name, strlen(name)) ||
           err_set(err, EXIT_USAGE, "'%s' is no section of a snapshot (see snapshot(5))", name);
}

/* The first name of what is nested that no section asked for has; NULL: there is none. */
static const char *stray(const KindChoice *choice)
{
    for (int id = 0; id < KIND_COUNT; id++) {
        const char *name = kind_of((KindId)id)->member;
        bool has = !choice->named[id];
        for (int other = 0; other < KIND_COUNT && !has; other++)
            has = strcmp(kind_of((KindId)other)->member, name) == 0 &&
                  kind_is_chosen(choice, (KindId)other);
        if (!has)
            return name;
    }
    return NULL;
}

/* What was asked for, each once, whatever it was called; NULL: nothing in particular. */
static const char *const *choice_names(const KindChoice *choice, Arena *arena)
{
    const char **names = arena_alloc(arena, (KIND_COUNT + 1) * sizeof *names);
    size_t count = 0;

    for (int id = 0; id < KIND_COUNT; id++) {
        const char *name = kind_of((KindId)id)->member;
        bool told = !choice->named[id];
        for (size_t i = 0; i < count && !told; i++)
            told = strcmp(names[i], name) == 0;
        if (!told)
            names[count++] = name;
    }
    return choice->any ? names : NULL;
}

/* The sections asked for: those named, or with + the usual ones and those. */
static bool find_kinds(const Options *options, Arena *arena, const char *const **ret, Err *err)
{
    bool adds = options->kinds.count > 0 && *options->kinds.items[0] == '+';
    const KindChoice usual = {0};
    KindChoice choice = {0};

    for (int id = 0; adds && id < KIND_COUNT; id++)
        if (kind_of((KindId)id)->parent == KIND_NONE)
            choice.named[id] = kind_is_chosen(&usual, (KindId)id);
    for (size_t i = 0; i < options->kinds.count; i++)
        if (!choose(&choice, options->kinds.items[i] + (*options->kinds.items[i] == '+'), err))
            return false;
    *ret = choice_names(&choice, arena);
    return !stray(&choice) ||
           err_set(err, EXIT_USAGE, "'%s' are nested in objects of sections not asked for",
                   stray(&choice));
}

/* The machine's key for what is not shown: of the project, made at its first use; without a
 * project, one for this run. */
static void find_secret(Config *config, unsigned char secret[SECRET_KEY_SIZE])
{
    CLEANUP(cleanup_free) char *text = NULL;
    const char *path = config_state_path(config, "secret.key");
    size_t length = 0;
    Err failed = {0};

    digest_random(secret, SECRET_KEY_SIZE);
    if (!file_exists(config_state_path(config, "")))
        return;
    /* Two first runs at once: the one that comes second reads what the first made. */
    int made = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made >= 0) {
        if (write(made, secret, SECRET_KEY_SIZE) != SECRET_KEY_SIZE)
            unlink(path);
        close(made);
    } else if (file_read(path, 1024, &text, &length, &failed) && length == SECRET_KEY_SIZE) {
        memcpy(secret, text, SECRET_KEY_SIZE);
    } else {
        if (!*failed.msg)
            err_set(&failed, EXIT_DATA, "'%s' is no key", path);
        cli_note("%s: whether secrets changed is not told", failed.msg);
    }
}

/* ---- whether migrations may run ---- */

typedef struct Asking {
    const Options *options;
    const char *project;
} Asking;

static bool ask(const char *project, Err *err)
{
    char answer[16] = "";
    Err unkept = {0};

    fprintf(stderr,
            "Migrations are code. Those of '%s' would run in a PostgreSQL of their own,\n"
            "%s. May they? If not, they are only read. [y/N] ",
            project,
            confine_is_there() ? "which reaches neither the network nor your files"
                               : "which can do what you can: this system offers no confinement");
    fflush(stderr);
    bool yes = fgets(answer, sizeof answer, stdin) && (*answer == 'y' || *answer == 'Y');
    if (!consent_keep(project, yes, &unkept))
        cli_note("%s", unkept.msg);
    return yes || err_set(err, EXIT_UNAVAILABLE, "the migrations of '%s' may not run", project);
}

static bool may_run(const void *data, Err *err)
{
    const Asking *asking = data;
    const char *source = asking->options->source;

    if (asking->options->no_exec)
        return err_set(err, EXIT_UNAVAILABLE, "migrations may not run (--no-exec)");
    if (asking->options->exec || (source && strcmp(source, "shadow") == 0)) {
        if (!confine_is_there())
            cli_note("this system offers no confinement: the migrations can do what you can");
        return true;
    }
    switch (consent_of(asking->project)) {
    case CONSENT_YES:
        return true;
    case CONSENT_NO:
        return err_set(err, EXIT_UNAVAILABLE,
                       "the migrations of '%s' may not run (--exec runs them)", asking->project);
    case CONSENT_UNKNOWN:
        break;
    }
    if (isatty(0) && isatty(2))
        return ask(asking->project, err);
    return err_set(err, EXIT_UNAVAILABLE,
                   "nobody has said yet that the migrations of '%s' may run (--exec runs them)",
                   asking->project);
}

static int run(const void *tool_options, char **args, FILE *in, FILE *out, Err *err)
{
    const Options *options = tool_options;
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(config_close) Config *config = config_open(options->project, err);
    const char *only[] = {options->source, NULL};
    char now[CLOCK_TEXT_SIZE];
    unsigned char secret[SECRET_KEY_SIZE];
    SourceOptions source = {.time = now, .secret = secret};
    Asking asking = {.options = options};

    (void)args;
    (void)in;
    if (!config || !find_database(options, config, &source.conninfo, err) ||
        !find_kinds(options, &arena, &source.kinds, err))
        return (int)err->code;
    asking.project = config_directory(config);
    find_secret(config, secret);
    source.password = config_env(config, "SUPABASE_DB_PASSWORD");
    source.known = options->if_changed;
    source.server_bin = options->server_bin;
    source.project = config_directory(config);
    source.keep_going = options->keep_going;
    source.may_run = may_run;
    source.may_run_data = &asking;
    source.exact = options->exact;
    clock_format(clock_now_ms(), now);
    source.order = !options->source || strcmp(options->source, "auto") == 0
                       ? strings(&arena, config_list(config, "source.order"))
                   : strcmp(options->source, "offline") == 0 ? offline
                                                             : only;
    source.migrations = options->migrations
                            ? options->migrations
                            : config_path(config, config_string(config, "source.migrations"));
    const char *base = config_string(config, "source.base");
    source.base = options->base ? options->base : *base ? config_path(config, base) : NULL;
    source.schemas = options->schemas.count
                         ? options->schemas.items
                         : strings(&arena, config_list(config, "source.schemas"));
    source.exclude = options->exclude.count
                         ? options->exclude.items
                         : strings(&arena, config_list(config, "source.exclude"));
    return snapshot(options, &source, out, err) ? EXIT_OK : (int)err->code;
}

int main(int argc, char **argv)
{
    static const Tool tool = {
        .name = "schema-snapshot",
        .synopsis = "",
        .summary =
            "Write the schema of a database, or of its migrations, as a snapshot/1 document.",
        .options = opts,
        .run = run,
    };
    Options options = {0};

    jx_start();
    return cli_main(&tool, &options, argc, argv);
}
