#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cli/cli.h"
#include "config/config.h"
#include "types/access.h"
#include "types/compare.h"
#include "types/role.h"
#include "types/schemas.h"
#include "types/split.h"

typedef struct Options {
    const char *project;
    CliList schemas;
    const char *compat;
    const char *default_schema;
    const char *postgrest_version;
    bool no_one_to_one;
    const char *output;
    const char *check;
    const char *as_role;
    const char *lang;
    bool split;
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
    {"as-role", 0, CLI_STRING, offsetof(Options, as_role), "ROLE",
     "only what that role may select, insert, update and execute", NULL},
    {"lang", 0, CLI_STRING, offsetof(Options, lang), "LANGUAGE",
     "typescript, zod or json-schema (default: typescript)", schemas_langs},
    {"split", 0, CLI_FLAG, offsetof(Options, split), NULL,
     "a file for each table and view, and an index", NULL},
    {NULL, 0, CLI_END, 0, NULL, NULL, NULL},
};

/* What the project may say, too. */
typedef struct Settings {
    Compat compat;
    Lang lang;
    const char *as_role; /* "": none */
    bool split;
} Settings;

enum { CHECK_LINES = 20, SCHEMAS_MAX = CLI_LIST_MAX };

/* What the command line leaves open is the project's, when there is one. */
static bool settle(const Options *options, Config **config, const char **schemas, Settings *ret,
                   Err *err)
{
    const char *dialect = options->compat, *lang = options->lang;
    size_t count = 0;

    for (; count < options->schemas.count; count++)
        schemas[count] = options->schemas.items[count];
    ret->as_role = options->as_role;
    ret->split = options->split;
    if (!count || !dialect || !lang || !ret->as_role || !ret->split || options->project) {
        *config = config_open(options->project, err);
        if (!*config)
            return false;
        const json_t *list = config_list(*config, "types.schemas");

        for (; !options->schemas.count && count < json_array_size(list) && count < SCHEMAS_MAX;
             count++)
            schemas[count] = json_string_value(json_array_get(list, count));
        dialect = dialect ? dialect : config_string(*config, "types.compat");
        lang = lang ? lang : config_string(*config, "types.lang");
        ret->as_role = ret->as_role ? ret->as_role : config_string(*config, "types.asRole");
        /* Only where there are types to split: what goes to stdout is one file. */
        ret->split |= (options->output || options->check) && strcmp(lang, "typescript") == 0 &&
                      config_bool(*config, "types.split");
    }
    schemas[count] = NULL;
    for (ret->lang = 0; strcmp(lang, schemas_langs[ret->lang]) != 0;)
        ret->lang++;
    if (ret->split && (ret->lang != LANG_TYPESCRIPT || !(options->output || options->check)))
        return err_set(err, EXIT_USAGE, "--split needs --output or --check, and is of typescript");
    for (ret->compat = COMPAT_CLI2; ret->compat < COMPAT_COUNT; ret->compat++) {
        if (strcmp(dialect, typescript_compats[ret->compat]) == 0)
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

/* As check, of many files. */
static int check_split(const char *path, const char *text, FILE *out, Err *err)
{
    bool same = false;

    if (!split_check(path, text, CHECK_LINES, out, &same, err))
        return (int)err->code;
    return same ? EXIT_OK : EXIT_FINDING;
}

static int deliver(const Options *options, bool split, const char *text, size_t length, FILE *out,
                   Err *err)
{
    if (split && options->check)
        return check_split(options->check, text, out, err);
    if (split)
        return split_write(options->output, text, err) ? EXIT_OK : (int)err->code;
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
    Settings settings = {0};
    Texts notes = {0};
    size_t length = 0;

    if (options->output && options->check) {
        err_set(err, EXIT_USAGE, "--output and --check exclude each other");
        return (int)err->code;
    }
    if (!settle(options, &config, schemas, &settings, err))
        return (int)err->code;
    typescript.compat = settings.compat;
    if (*settings.as_role)
        access_want(&catalog);
    FILE *input = cli_open_input(args[0], in, err);

    if (!input)
        return (int)err->code;
    bool read = catalog_read(&catalog, input, name, schemas, err);

    if (input != in)
        (void)fclose(input);
    if (!read || (*settings.as_role && !role_apply(&catalog, settings.as_role, &notes, err)))
        return (int)err->code;
    for (size_t i = 0; i < notes.count; i++)
        cli_note("%s", notes.items[i]);
    if (!options->output && !options->check)
        return schemas_write(&catalog, &typescript, settings.lang, out, err) ? EXIT_OK
                                                                             : (int)err->code;
    FILE *memory = open_memstream(&text, &length);

    if (!memory) {
        err_errno(err, EXIT_OS, "cannot make room for the types");
        return (int)err->code;
    }
    bool written = schemas_write(&catalog, &typescript, settings.lang, memory, err);

    if (fclose(memory) != 0 && written)
        written = err_errno(err, EXIT_OS, "cannot make room for the types");
    if (!written)
        return (int)err->code;
    return deliver(options, settings.split, text, length, out, err);
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
