#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cli/cli.h"
#include "config/config.h"
#include "types/compare.h"
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
    {NULL, 0, CLI_END, 0, NULL, NULL, NULL},
};

enum { CHECK_LINES = 20, SCHEMAS_MAX = CLI_LIST_MAX };

/* What the command line leaves open is the project's. */
static bool settle(const Options *options, Config **config, const char **schemas, Compat *compat,
                   Err *err)
{
    const char *dialect = options->compat;
    size_t count = 0;

    for (; count < options->schemas.count; count++)
        schemas[count] = options->schemas.items[count];
    *config = config_open(options->project, err);
    if (!*config)
        return false;
    const json_t *list = config_list(*config, "types.schemas");

    for (; !options->schemas.count && count < json_array_size(list) && count < SCHEMAS_MAX; count++)
        schemas[count] = json_string_value(json_array_get(list, count));
    dialect = dialect ? dialect : config_string(*config, "types.compat");
    schemas[count] = NULL;
    for (*compat = COMPAT_CLI2; *compat < COMPAT_COUNT; (*compat)++) {
        if (strcmp(dialect, typescript_compats[*compat]) == 0)
            return true;
    }
    return err_set(err, EXIT_CONFIG, "types.compat is '%s', not cli2 or cli3", dialect);
}

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
    return compare_texts(old, text, CHECK_LINES, out) && length == strlen(text) ? EXIT_OK
                                                                                : EXIT_FINDING;
}

static int deliver(const Options *options, const char *text, size_t length, FILE *out, Err *err)
{
    if (options->check)
        return check(options->check, text, out, err);
    if (!file_make_parents(options->output, 0755, err) ||
        !file_write_if_changed(options->output, text, length, 0644, NULL, err))
        return (int)err->code;
    return EXIT_OK;
}

static int run(const void *arguments, char **args, FILE *in, FILE *out, Err *err)
{
    const Options *options = arguments;
    CLEANUP(config_close) Config *config = NULL;
    CLEANUP(catalog_free) Catalog catalog = {0};
    CLEANUP(cleanup_free) char *text = NULL;
    const char *schemas[SCHEMAS_MAX + 1] = {NULL};
    const char *name = args[0] && strcmp(args[0], "-") != 0 ? args[0] : "stdin";
    TypescriptOptions typescript = {.default_schema = options->default_schema,
                                    .postgrest_version = options->postgrest_version,
                                    .no_one_to_one = options->no_one_to_one};
    size_t length = 0;

    if (options->output && options->check) {
        err_set(err, EXIT_USAGE, "--output and --check exclude each other");
        return (int)err->code;
    }
    if (options->unknowns && (options->output || options->check)) {
        err_set(err, EXIT_USAGE, "--unknowns excludes --output and --check");
        return (int)err->code;
    }
    if (!settle(options, &config, schemas, &typescript.compat, err))
        return (int)err->code;
    typescript.bigint = options->bigint || config_bool(config, "types.bigint");
    typescript.utilities = options->utilities || config_bool(config, "types.utilities");
    catalog.wants =
        (CatalogWants){.precise = options->precise || config_bool(config, "types.precise"),
                       .comments = options->jsdoc || config_bool(config, "types.jsdoc"),
                       .no_partitions = options->no_partitions,
                       .include = options->include.items,
                       .exclude = options->exclude.items};
    FILE *input = cli_open_input(args[0], in, err);

    if (!input)
        return (int)err->code;
    bool read = catalog_read(&catalog, input, name, schemas, err);

    if (input != in)
        (void)fclose(input);
    if (!read)
        return (int)err->code;
    if (options->unknowns)
        return unknowns_write(&catalog, typescript.compat, options->unknowns, out, err)
                   ? EXIT_OK
                   : (int)err->code;
    if (!options->output && !options->check)
        return typescript_write(&catalog, &typescript, out, err) ? EXIT_OK : (int)err->code;
    FILE *memory = open_memstream(&text, &length);

    if (!memory) {
        err_errno(err, EXIT_OS, "cannot make room for the types");
        return (int)err->code;
    }
    bool written = typescript_write(&catalog, &typescript, memory, err);

    if (fclose(memory) != 0 && written)
        written = err_errno(err, EXIT_OS, "cannot make room for the types");
    if (!written)
        return (int)err->code;
    return deliver(options, text, length, out, err);
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
