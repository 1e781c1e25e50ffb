#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "backup/backup.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/cli.h"
#include "config/config.h"
#include "json/jx.h"
#include "types/access.h"
#include "types/engine.h"
#include "types/existing.h"
#include "types/merge.h"
#include "types/official.h"
#include "types/role.h"
#include "types/schemas.h"
#include "types/split.h"
#include "types/typescript.h"
#include "types/unknowns.h"

typedef struct Options {
    const char *project;
    CliList schemas;
    const char *compat;
    const char *default_schema;
    const char *postgrest_version;
    bool no_one_to_one;
    const char *output;
    const char *check;
    bool precise;
    bool bigint;
    bool jsdoc;
    bool utilities;
    const char *unknowns;
    CliList include;
    CliList exclude;
    bool no_partitions;
    const char *merge;
    const char *as_role;
    const char *lang;
    bool split;
    const char *engine;
} Options;

static const CliOption opts[] = {
    {"project", 'C', CLI_STRING, offsetof(Options, project), "DIR",
     "the project (default: the nearest one above)", NULL},
    {"schemas", 'n', CLI_LIST, offsetof(Options, schemas), "LIST",
     "the schemas to write; * for all (default: the project's, or public)", NULL},
    {"compat", 0, CLI_STRING, offsetof(Options, compat), "DIALECT",
     "cli2 or cli3, the official generator to be like (default: cli3)", typescript_compats},
    {"default-schema", 0, CLI_STRING, offsetof(Options, default_schema), "SCHEMA",
     "the schema the helper types take names from (default: public)", NULL},
    {"postgrest-version", 0, CLI_STRING, offsetof(Options, postgrest_version), "VERSION",
     "tell supabase-js this version of PostgREST", NULL},
    {"no-one-to-one", 0, CLI_FLAG, offsetof(Options, no_one_to_one), NULL, "leave out isOneToOne",
     NULL},
    {"output", 'o', CLI_STRING, offsetof(Options, output), "FILE",
     "replace FILE when it would change, instead of writing to stdout", NULL},
    {"check", 0, CLI_STRING, offsetof(Options, check), "FILE",
     "write nothing; list what is out of date in FILE and exit 1", NULL},
    {"precise", 0, CLI_FLAG, offsetof(Options, precise), NULL,
     "types as PostgREST's JSON has them, by CHECKs and domains too", NULL},
    {"bigint", 0, CLI_FLAG, offsetof(Options, bigint), NULL,
     "let int8 be written as a bigint or as digits, too", NULL},
    {"jsdoc", 0, CLI_FLAG, offsetof(Options, jsdoc), NULL, "write comments as JSDoc", NULL},
    {"utilities", 0, CLI_FLAG, offsetof(Options, utilities), NULL, "write more helper types", NULL},
    {"unknowns", 0, CLI_STRING, offsetof(Options, unknowns), "FORMAT",
     "write no types; list what is unknown and why, as text or json", unknowns_formats},
    {"include", 0, CLI_LIST, offsetof(Options, include), "PATTERN",
     "write only objects whose schema.name matches; may be given again", NULL},
    {"exclude", 0, CLI_LIST, offsetof(Options, exclude), "PATTERN",
     "leave out objects whose schema.name matches; may be given again", NULL},
    {"no-partitions", 0, CLI_FLAG, offsetof(Options, no_partitions), NULL,
     "leave out partitions, but not what they are partitions of", NULL},
    {"merge", 0, CLI_STRING, offsetof(Options, merge), "FILE",
     "replace the generated part of FILE, keep its custom regions", NULL},
    {"as-role", 0, CLI_STRING, offsetof(Options, as_role), "ROLE",
     "only what that role may select, insert, update and execute", NULL},
    {"lang", 0, CLI_STRING, offsetof(Options, lang), "LANGUAGE",
     "typescript, zod or json-schema (default: typescript)", schemas_langs},
    {"split", 0, CLI_FLAG, offsetof(Options, split), NULL,
     "a file for each table and view, and an index", NULL},
    {"engine", 0, CLI_STRING, offsetof(Options, engine), "NAME",
     "own, or official: the types of the official CLI, which is run (default: own)", engine_names},
    {NULL, 0, CLI_END, 0, NULL, NULL, NULL},
};

enum { CHECK_LINES = 20, LOCK_WAIT_MS = 10000, SCHEMAS_MAX = CLI_LIST_MAX };

/* What the project may say, too. */
typedef struct Settings {
    Compat compat;
    Lang lang;
    const char *as_role; /* "": none */
    bool split;
    bool official;
} Settings;

/* What only our own types have. */
static bool agree_official(const Options *options, char **args, Err *err)
{
    const struct {
        bool given;
        const char *name;
    } own[] = {
        {options->compat, "--compat"},
        {options->default_schema, "--default-schema"},
        {options->postgrest_version, "--postgrest-version"},
        {options->no_one_to_one, "--no-one-to-one"},
        {options->precise, "--precise"},
        {options->bigint, "--bigint"},
        {options->jsdoc, "--jsdoc"},
        {options->utilities, "--utilities"},
        {options->unknowns, "--unknowns"},
        {options->include.count, "--include"},
        {options->exclude.count, "--exclude"},
        {options->no_partitions, "--no-partitions"},
        {options->as_role, "--as-role"},
        {options->lang, "--lang"},
        {options->split, "--split"},
        {args[0], "a snapshot"},
    };

    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (own[i].given)
            return err_set(err, EXIT_USAGE,
                           "the types of the official CLI are what it makes of the database: "
                           "--engine official excludes %s",
                           own[i].name);
    return true;
}

/* What cannot go together. */
static bool agree(const Options *options, const Settings *settings, Err *err)
{
    bool typescript = settings->lang == LANG_TYPESCRIPT;

    if (options->check && (options->output || options->merge))
        return err_set(err, EXIT_USAGE, "--check and --%s exclude each other",
                       options->output ? "output" : "merge");
    if (options->unknowns && (options->output || options->check || options->merge))
        return err_set(err, EXIT_USAGE, "--unknowns excludes --output, --check and --merge");
    if (options->merge && (settings->split || !typescript))
        return err_set(err, EXIT_USAGE, "--merge is of one file of typescript");
    return !settings->split || (typescript && (options->output || options->check)) ||
           err_set(err, EXIT_USAGE, "--split needs --output or --check, and is of typescript");
}

/* What the command line leaves open is the project's. */
static bool settle(const Options *options, Config **config, const char **schemas, Settings *ret,
                   Err *err)
{
    const char *dialect = options->compat, *lang = options->lang;
    size_t count = 0;

    for (; count < options->schemas.count; count++)
        schemas[count] = options->schemas.items[count];
    *config = config_open(options->project, err);
    if (!*config)
        return false;
    const json_t *list = config_list(*config, "types.schemas");

    for (; !options->schemas.count && count < json_array_size(list) && count < SCHEMAS_MAX; count++)
        schemas[count] = json_string_value(json_array_get(list, count));
    schemas[count] = NULL;
    dialect = dialect ? dialect : config_string(*config, "types.compat");
    lang = lang ? lang : config_string(*config, "types.lang");
    ret->official =
        strcmp(options->engine ? options->engine : config_string(*config, "types.engine"),
               "official") == 0;
    if (ret->official) { /* always that of typescript, in one file */
        ret->as_role = "";
        return agree(options, ret, err);
    }
    ret->as_role = options->as_role ? options->as_role : config_string(*config, "types.asRole");
    for (ret->lang = 0; strcmp(lang, schemas_langs[ret->lang]) != 0;)
        ret->lang++;
    /* Only where there are types to split: what goes to stdout, or is merged, is one file. */
    ret->split =
        options->split || ((options->output || options->check) && !options->merge &&
                           ret->lang == LANG_TYPESCRIPT && config_bool(*config, "types.split"));
    for (ret->compat = COMPAT_CLI2; ret->compat < COMPAT_COUNT; ret->compat++)
        if (strcmp(dialect, typescript_compats[ret->compat]) == 0)
            return agree(options, ret, err);
    return err_set(err, EXIT_CONFIG, "types.compat is '%s', not cli2 or cli3", dialect);
}

/* Whether what is there is as it should be. */
static int check(const Options *options, const Settings *settings, const char *fresh, FILE *out,
                 Err *err)
{
    bool same = false;
    bool checked = settings->split
                       ? split_check(options->check, fresh, CHECK_LINES, out, &same, err)
                       : existing_check(options->check, settings->lang, fresh, out, &same, err);

    return !checked ? (int)err->code : same ? EXIT_OK : EXIT_FINDING;
}

/* ---- merging ---- */

/* Says what is about to go, and where it is kept; kept is "" when it stays where it is. */
static void tell_edited(const char *path, const Merge *file, const char *fresh, const char *kept)
{
    CLEANUP(cleanup_free) char *edits = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&edits, &length);

    if (memory) {
        existing_put_edits(file, fresh, memory);
        (void)fclose(memory);
    }
    cli_note("'%s' %s outside of its custom regions; %s%s; other now: %s", path,
             file->is_marked ? "was edited" : "has code that no merge wrote",
             *kept ? "as it was it is kept as backup types " : "it stays as it is", kept,
             edits ? edits : "");
}

/* Keeps the bytes among the project's types for good: pinned, so that no pruning takes them. */
static bool save_edited(const Options *options, const Config *config, const char *path,
                        const char *bytes, size_t length, const char **ret_id, Arena *arena,
                        Err *err)
{
    static const char why[] = "edited by hand";
    const char *slash = strrchr(path, '/');
    BackupContent content = {
        .bytes = bytes, .length = length, .name = slash ? slash + 1 : path, .reason = why};

    if (!config_found(config) && !options->project)
        return err_set(err, EXIT_DATA,
                       "'%s' was edited outside of its custom regions, and there is no project to "
                       "keep it in: name one by --project, or write another file by --output",
                       path);
    const char *project = config_directory(config);
    CLEANUP(cleanup_close) int lock = backup_lock(project, LOCK_WAIT_MS, err);
    CLEANUP(backup_close)
    Backup *backup = lock < 0 ? NULL : backup_open_write(project, "types", err);

    if (!backup)
        return err_in(err, "(to keep '%s', which was edited)", path);
    json_auto_t *known = backup_known(backup, &content);
    json_auto_t *entry = known ? json_incref(known) : backup_add(backup, &content, err);

    *ret_id = arena_strdup(arena, jx_string(entry, "id", ""));
    return (entry && (jx_string(entry, "pinned", NULL) || backup_pin(backup, *ret_id, why, err))) ||
           err_in(err, "(to keep '%s', which was edited)", path);
}

/* Whether both paths are of one file. */
static bool is_same_file(const char *one, const char *two)
{
    struct stat first, second;

    return strcmp(one, two) == 0 ||
           (stat(one, &first) == 0 && stat(two, &second) == 0 && first.st_dev == second.st_dev &&
            first.st_ino == second.st_ino);
}

/* Whether the file still holds what was read: an editor may have saved it meanwhile. */
static bool check_unchanged(const char *path, const char *bytes, size_t length, Err *err)
{
    CLEANUP(cleanup_free) char *now = NULL;
    size_t size = 0;

    if (!file_exists(path) && !bytes)
        return true;
    if (!file_read(path, 0, &now, &size, err))
        return false;
    return (bytes && size == length && memcmp(now, bytes, length) == 0) ||
           err_set(err, EXIT_TEMPFAIL, "'%s' was changed while it was merged: try again", path);
}

static bool merge(const Options *options, const Config *config, const char *fresh, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(cleanup_free) char *text = NULL;
    CLEANUP(buffer_free) Buffer wanted = {0};
    const char *output = options->output ? options->output : options->merge;
    bool in_place = is_same_file(options->merge, output);
    const char *id = "";
    size_t length = 0;
    Merge file = {0};

    if (!existing_read(options->merge, &arena, &text, &length, &file, err))
        return false;
    if (merge_is_edited(&file, fresh)) {
        if (in_place &&
            !save_edited(options, config, options->merge, text, length, &id, &arena, err))
            return false;
        tell_edited(options->merge, &file, fresh, id);
    }
    if (merge_is_current(&file, fresh))
        buffer_add(&wanted, text, length);
    else
        merge_put(&file, fresh, &wanted);
    return (!in_place || check_unchanged(output, text, length, err)) &&
           file_make_parents(output, 0755, err) &&
           file_write_if_changed(output, wanted.bytes, wanted.length, 0644, NULL, err);
}

static int deliver(const Options *options, const Config *config, const Settings *settings,
                   const char *text, size_t length, FILE *out, Err *err)
{
    if (options->check)
        return check(options, settings, text, out, err);
    if (settings->split)
        return split_write(options->output, text, err) ? EXIT_OK : (int)err->code;
    if (options->merge)
        return merge(options, config, text, err) ? EXIT_OK : (int)err->code;
    if (!file_make_parents(options->output, 0755, err) ||
        !file_write_if_changed(options->output, text, length, 0644, NULL, err))
        return (int)err->code;
    return EXIT_OK;
}

/* Whether tags in comments count: where the project says so, and in files that are merged. */
static bool comments_count(const Options *options, const Config *config)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    Merge file = {0};
    Err ignored = {0};

    return config_bool(config, "types.commentTags") || options->merge ||
           (options->check && file_exists(options->check) &&
            file_read(options->check, 0, &text, &length, &ignored) &&
            merge_read(&arena, text, length, &file, &ignored) && existing_is_merged(&file));
}

static bool prepare(const Options *options, const Config *config, Overrides *overrides,
                    TypescriptOptions *typescript, Arena *arena, Err *err)
{
    if (!overrides_read(overrides, arena, config_object(config, "types.overrides"),
                        config_object(config, "types.brand"), err))
        return false;
    overrides->comments = comments_count(options, config);
    if (overrides->count || overrides->comments)
        typescript->overrides = overrides;
    return true;
}

/* The notes, a line each. */
static void tell_notes(char *notes)
{
    for (char *rest = notes; rest && *rest;) {
        char *line = rest;

        rest = text_split(rest, '\n');
        cli_note("%s", line);
    }
}

/* ---- the official CLI ---- */

static bool is_there(const Config *config, const char *name)
{
    CLEANUP(arena_free) Arena arena = {0};

    return file_exists(arena_join(&arena, config_directory(config), "/supabase/", name, NULL));
}

/* The first source that is a database, in the order of source.order; of a Supabase project the
 * linked one where there is what it takes to reach it, else the local stack. */
static bool find_target(const Config *config, EngineOptions *ret, Err *err)
{
    const json_t *order = config_list(config, "source.order");
    Err unset = {0};

    for (size_t i = 0; i < json_array_size(order); i++) {
        const char *source = json_string_value(json_array_get(order, i));
        const char *url = config_string(config, "source.databaseUrl");

        ret->url = *url ? config_secret(config, url, &unset) : NULL;
        if (!ret->url)
            ret->url = config_env(config, "SUPABASE_DB_URL");
        if (strcmp(source, "live") == 0 && ret->url && *ret->url) {
            ret->target = ENGINE_URL;
            return true;
        }
        if (strcmp(source, "supabase") != 0)
            continue;
        ret->target = ENGINE_LINKED;
        if (is_there(config, ".temp/project-ref") && (config_env(config, "SUPABASE_ACCESS_TOKEN") ||
                                                      config_env(config, "SUPABASE_DB_PASSWORD")))
            return true;
        ret->target = ENGINE_LOCAL;
        if (is_there(config, "config.toml"))
            return true;
    }
    return err_set(err, EXIT_UNAVAILABLE,
                   "the official CLI needs a database, and there is none: set DATABASE_URL, or "
                   "link the project, or start its local stack");
}

/* What a project may keep in .env, and the CLI looks for in its environment. */
static const char *const cli_variables[] = {"SUPABASE_ACCESS_TOKEN",
                                            "SUPABASE_DB_PASSWORD",
                                            "PGPASSWORD",
                                            "PGSSLMODE",
                                            "PGSSLROOTCERT",
                                            NULL};

static bool run_official(const Config *config, const char *const *schemas, Arena *arena,
                         char **ret_output, size_t *ret_length, Err *err)
{
    const char *variables[sizeof cli_variables / sizeof *cli_variables] = {NULL};
    EngineOptions engine = {
        .directory = config_directory(config), .schemas = schemas, .variables = variables};
    size_t count = 0;

    for (const char *const *schema = schemas; *schema; schema++)
        if (strcmp(*schema, "*") == 0)
            return err_set(err, EXIT_USAGE,
                           "the official CLI wants the names of the schemas: --schemas");
    for (const char *const *name = cli_variables; *name; name++)
        if (config_env(config, *name))
            variables[count++] = arena_join(arena, *name, "=", config_env(config, *name), NULL);
    return find_target(config, &engine, err) && engine_run(&engine, ret_output, ret_length, err);
}

/* The types of the official CLI, with those that people say. */
static bool write_official(const Config *config, const char *const *schemas, Overrides *overrides,
                           Arena *arena, Buffer *text, Err *err)
{
    CLEANUP(cleanup_free) char *output = NULL;
    Official official = {0};
    size_t length = 0;

    if (!run_official(config, schemas, arena, &output, &length, err) ||
        !official_read(arena, output, length, &official, err))
        return false;
    official_put(&official, overrides, text);
    return true;
}

/* ---- our own ---- */

static bool read_catalog(const Settings *settings, char **args, FILE *in,
                         const char *const *schemas, Catalog *catalog, Err *err)
{
    const char *name = args[0] && strcmp(args[0], "-") != 0 ? args[0] : "stdin";
    FILE *input = cli_open_input(args[0], in, err);
    Texts told = {0};

    if (!input)
        return false;
    bool read = catalog_read(catalog, input, name, schemas, err);

    if (input != in)
        (void)fclose(input);
    if (!read || (*settings->as_role && !role_apply(catalog, settings->as_role, &told, err)))
        return false;
    for (size_t i = 0; i < told.count; i++)
        cli_note("%s", told.items[i]);
    return true;
}

static int run(const void *arguments, char **args, FILE *in, FILE *out, Err *err)
{
    const Options *options = arguments;
    CLEANUP(config_close) Config *config = NULL;
    CLEANUP(catalog_free) Catalog catalog = {0};
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(buffer_free) Buffer text = {0};
    CLEANUP(cleanup_free) char *notes = NULL;
    const char *schemas[SCHEMAS_MAX + 1] = {NULL};
    Overrides overrides = {0};
    TypescriptOptions typescript = {.default_schema = options->default_schema,
                                    .postgrest_version = options->postgrest_version,
                                    .no_one_to_one = options->no_one_to_one};
    size_t notes_length = 0;
    Settings settings = {0};

    if (!settle(options, &config, schemas, &settings, err) ||
        !prepare(options, config, &overrides, &typescript, &arena, err) ||
        (settings.official && !agree_official(options, args, err)))
        return (int)err->code;
    typescript.compat = settings.compat;
    typescript.bigint = options->bigint || config_bool(config, "types.bigint");
    typescript.utilities = options->utilities || config_bool(config, "types.utilities");
    catalog.wants =
        (CatalogWants){.precise = options->precise || config_bool(config, "types.precise"),
                       .comments = options->jsdoc || config_bool(config, "types.jsdoc"),
                       .no_partitions = options->no_partitions,
                       .include = options->include.items,
                       .exclude = options->exclude.items};
    if (*settings.as_role)
        access_want(&catalog);
    if (!settings.official && !read_catalog(&settings, args, in, schemas, &catalog, err))
        return (int)err->code;
    if (options->unknowns)
        return unknowns_write(&catalog, settings.compat, options->unknowns, out, err)
                   ? EXIT_OK
                   : (int)err->code;
    overrides.notes = open_memstream(&notes, &notes_length);
    bool written = settings.official
                       ? write_official(config, schemas, typescript.overrides, &arena, &text, err)
                       : schemas_write(&catalog, &typescript, settings.lang, &text, err);

    if (overrides.notes)
        (void)fclose(overrides.notes);
    if (!written)
        return (int)err->code;
    tell_notes(notes);
    if (options->output || options->check || options->merge)
        return deliver(options, config, &settings, text.bytes, text.length, out, err);
    (void)fwrite(text.bytes, 1, text.length, out);
    return EXIT_OK;
}

int main(int argc, char **argv)
{
    static const Tool tool = {
        .name = "gen-ts-types",
        .synopsis = "[SNAPSHOT]",
        .summary = "Write the TypeScript types of a snapshot, for supabase-js.",
        .options = opts,
        .max_args = 1,
        .run = run,
    };
    Options options = {0};

    return cli_main(&tool, &options, argc, argv);
}
