#include "config/keys.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"
#include "config/jsonc.h"
#include "json/jx.h"

enum {
    TEXT_MAX = 4096,
    LIST_MAX = 256,
    CHANNELS_MAX = 64,
    STEPS_MAX = 64,
    OVERRIDES_MAX = 256,
    NAME_MAX_LENGTH = 64,
    CANDIDATES_MAX = 32,
    DAY_MS = 24 * 60 * 60 * 1000,
    HOUR_MS = 60 * 60 * 1000
};

/* ---- what a text may be ---- */

static bool is_name_start(char c)
{
    return isalpha((unsigned char)c) || c == '_';
}

static bool is_variable(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!is_name_start(text[i]) && (i == 0 || !isdigit((unsigned char)text[i])))
            return false;
    return length > 0;
}

char *keys_variable(const char *text)
{
    size_t length = strlen(text);

    if (length < 6 || strncmp(text, "env(", 4) != 0 || text[length - 1] != ')' ||
        !is_variable(text + 4, length - 5))
        return NULL;
    char *name = arena_realloc_or_exit(NULL, length - 4);
    memcpy(name, text + 4, length - 5);
    name[length - 5] = '\0';
    return name;
}

static bool is_env(const char *text)
{
    CLEANUP(cleanup_free) char *name = keys_variable(text);

    return name != NULL;
}

/* Anything of that look is meant to name a variable, so a slip is not taken for a value. */
static const char *env_fault(const char *text)
{
    return strncmp(text, "env(", 4) == 0 && !is_env(text)
               ? "must be written env(NAME), NAME of letters, digits and _"
               : NULL;
}

static const char *variable_fault(const char *text)
{
    return is_variable(text, strlen(text)) ? NULL : "must be names of environment variables";
}

static const char *secret_fault(const char *text)
{
    return is_env(text) ? NULL
                        : "must not stand in this file: write env(NAME) here and set NAME in .env "
                          "or in the environment";
}

/* The end of scheme:// in a URL, or NULL. */
static const char *authority(const char *text)
{
    const char *mark = strstr(text, "://");

    return mark && mark > text && strcspn(text, "/?#@ '=") > (size_t)(mark - text) ? mark + 3
                                                                                   : NULL;
}

static bool has_userinfo(const char *text, bool with_password)
{
    const char *start = authority(text);
    size_t length = start ? strcspn(start, "/?#") : 0;
    const char *at = NULL;

    for (size_t i = 0; i < length; i++)
        if (start[i] == '@')
            at = start + i;
    return at && (!with_password || memchr(start, ':', (size_t)(at - start)));
}

/* PostgreSQL takes a password in the URL, as its parameter, and in a keyword string. */
static const char *database_fault(const char *text)
{
    if (is_env(text))
        return NULL;
    for (const char *at = text; *at; at++)
        if (strncasecmp(at, "passw", 5) == 0)
            return "has a password, which must not stand in this file: write env(NAME) here and "
                   "set NAME in .env or in the environment";
    if (has_userinfo(text, true))
        return "has a password, which must not stand in this file: write env(NAME) here and set "
               "NAME in .env or in the environment";
    return env_fault(text);
}

static const char *url_fault(const char *text)
{
    if (is_env(text))
        return NULL;
    if (strncasecmp(text, "https://", 8) != 0 && strncasecmp(text, "http://", 7) != 0)
        return "must be an http or https URL, or env(NAME)";
    if (has_userinfo(text, false))
        return "has a user name or password, which must not stand in this file: write env(NAME) "
               "here and set NAME in .env or in the environment";
    return strcspn(authority(text), "/?#:") == 0 ? "has no host" : NULL;
}

/* The tools' --only and --skip take lists of names, with commas between them. */
static const char *step_name_fault(const char *text)
{
    return text[0] == '-' || strchr(text, ',') ? "must not begin with '-' or have a comma" : NULL;
}

static const char *inside_fault(const char *text)
{
    bool is_inside = text[0] != '/';

    for (const char *at = text; *at;) {
        size_t length = strcspn(at, "/");
        is_inside = is_inside && !(length == 2 && strncmp(at, "..", 2) == 0);
        at += length + (at[length] == '/');
    }
    return is_inside ? env_fault(text) : "must be a directory inside the project";
}

static bool ends_with(const char *text, const char *ending)
{
    size_t length = strlen(text), size = strlen(ending);

    return length > size && strcmp(text + length - size, ending) == 0;
}

/* What is generated replaces what is there: only a file of its kind, never .env for example. */
static const char *types_file_fault(const char *text)
{
    return ends_with(text, ".ts") ? env_fault(text) : "must be a file whose name ends in .ts";
}

/* schema.table.column or a type's name, each part bare or in double quotes, with * and ?. */
static const char *pattern_fault(const char *text)
{
    size_t parts = 1;

    for (bool quoted = false; *text; text++) {
        if (*text == '"')
            quoted = !quoted;
        parts += *text == '.' && !quoted;
        if (!text[1] && quoted)
            parts = 0;
    }
    return parts >= 1 && parts <= 3
               ? NULL
               : "must be schema.table.column or the name of a PostgreSQL type";
}

static const char *docs_file_fault(const char *text)
{
    static const char *const ends[] = {".md", ".dbml", ".dot", ".json"};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends_with(text, ends[i]))
            return env_fault(text);
    return "must be a file whose name ends in .md, .dbml, .dot or .json";
}

/* ---- the table ---- */

static const char *const engines[] = {"own", "official", NULL};
static const char *const langs[] = {"typescript", "zod", "json-schema", NULL};
static const char *const hosts[] = {"localhost", "127.0.0.1", NULL};
static const char *const sources[] = {"live", "supabase", "shadow", "migrations", NULL};
static const char *const compats[] = {"cli2", "cli3", NULL};
static const char *const docs_formats[] = {"markdown", "dbml", "dot", "json", NULL};
static const char *const docs_splits[] = {"none", "schema", "table", NULL};
static const char *const channel_types[] = {"webhook", NULL};
static const char *const severities[] = {"info", "success", "warning", "error", "critical", NULL};

static const Key keys[] = {
    {.path = "monitoring.enabled",
     .type = KEY_BOOL,
     .value = "true",
     .help = "whether the supervisor checks the schema at all"},
    {.path = "monitoring.interval",
     .type = KEY_INT,
     .value = "300000",
     .help = "milliseconds between two checks",
     .min = 1000,
     .max = 7 * DAY_MS},
    {.path = "monitoring.autoTypeGeneration",
     .type = KEY_BOOL,
     .value = "true",
     .help = "whether a change rewrites the TypeScript types"},
    {.path = "monitoring.enableNotifications",
     .type = KEY_BOOL,
     .value = "true",
     .help = "whether a change is announced"},
    {.path = "dashboard.enabled",
     .type = KEY_BOOL,
     .value = "true",
     .help = "whether schema start also starts the dashboard"},
    {.path = "dashboard.port",
     .type = KEY_INT,
     .value = "3001",
     .help = "TCP port of the dashboard",
     .min = 1,
     .max = 65535},
    {.path = "dashboard.host",
     .type = KEY_STRING,
     .value = "\"localhost\"",
     .help = "address the dashboard listens on, of this machine alone",
     .max = TEXT_MAX,
     .choices = hosts},
    {.path = "notifications.push",
     .type = KEY_BOOL,
     .value = "true",
     .help = "whether changes are shown as desktop notifications"},
    {.path = "notifications.memory",
     .type = KEY_BOOL,
     .value = "true",
     .help = "whether events are kept in the notification history"},
    {.path = "channels",
     .type = KEY_MAP,
     .value = "{}",
     .help = "where events are sent, by a name of your choice",
     .max = CHANNELS_MAX},
    {.path = "channels.*.type",
     .type = KEY_STRING,
     .help = "kind of channel",
     .max = TEXT_MAX,
     .choices = channel_types,
     .required = true},
    {.path = "channels.*.url",
     .type = KEY_STRING,
     .help = "where to send, as a URL or env(NAME)",
     .min = 1,
     .max = TEXT_MAX,
     .fault = url_fault,
     .required = true},
    {.path = "channels.*.secret",
     .type = KEY_STRING,
     .help = "key that signs each request, as env(NAME)",
     .max = TEXT_MAX,
     .fault = secret_fault},
    {.path = "channels.*.minSeverity",
     .type = KEY_STRING,
     .value = "\"info\"",
     .help = "least severity that is sent",
     .max = TEXT_MAX,
     .choices = severities},
    {.path = "channels.*.timeout",
     .type = KEY_INT,
     .value = "20000",
     .help = "milliseconds one request may take",
     .min = 100,
     .max = HOUR_MS},
    {.path = "project.name",
     .type = KEY_STRING,
     .value = "\"\"",
     .help = "name shown to people; empty is the name of the directory",
     .max = NAME_MAX_LENGTH},
    {.path = "source.order",
     .type = KEY_LIST,
     .value = "[\"live\",\"supabase\",\"shadow\",\"migrations\"]",
     .help = "sources to try, first that serves",
     .min = 1,
     .max = LIST_MAX,
     .choices = sources},
    {.path = "source.databaseUrl",
     .type = KEY_STRING,
     .value = "\"env(DATABASE_URL)\"",
     .help = "database of the live source, as env(NAME) or a URL without password",
     .max = TEXT_MAX,
     .fault = database_fault},
    {.path = "source.migrations",
     .type = KEY_STRING,
     .value = "\"supabase/migrations\"",
     .help = "directory of the migrations source",
     .min = 1,
     .max = TEXT_MAX},
    {.path = "source.base",
     .type = KEY_STRING,
     .value = "\"\"",
     .help = "SQL file or directory that is run before the migrations; empty is none",
     .max = TEXT_MAX},
    {.path = "source.schemas",
     .type = KEY_LIST,
     .value = "[]",
     .help =
         "patterns of the schemas to read; empty is all but those of the system and of Supabase",
     .max = LIST_MAX},
    {.path = "source.exclude",
     .type = KEY_LIST,
     .value = "[]",
     .help = "patterns of schemas to leave out",
     .max = LIST_MAX},
    {.path = "types.output",
     .type = KEY_STRING,
     .value = "\"src/types/database.ts\"",
     .help = "file the TypeScript types are written to",
     .min = 1,
     .max = TEXT_MAX,
     .fault = types_file_fault},
    {.path = "types.schemas",
     .type = KEY_LIST,
     .value = "[\"public\"]",
     .help = "schemas whose types are written",
     .min = 1,
     .max = LIST_MAX},
    {.path = "types.compat",
     .type = KEY_STRING,
     .value = "\"cli3\"",
     .help = "version of the official generator whose output is followed",
     .max = TEXT_MAX,
     .choices = compats},
    {.path = "types.precise",
     .type = KEY_BOOL,
     .value = "false",
     .help = "whether types are as PostgREST's JSON has them, by CHECKs and domains too"},
    {.path = "types.bigint",
     .type = KEY_BOOL,
     .value = "false",
     .help = "whether int8 can be written as a bigint or as digits, too"},
    {.path = "types.jsdoc",
     .type = KEY_BOOL,
     .value = "false",
     .help = "whether comments are written as JSDoc"},
    {.path = "types.utilities",
     .type = KEY_BOOL,
     .value = "false",
     .help = "whether more helper types are written"},
    {.path = "types.merge",
     .type = KEY_BOOL,
     .value = "false",
     .help = "whether the custom parts of the file are kept"},
    {.path = "types.commentTags",
     .type = KEY_BOOL,
     .value = "false",
     .help = "whether @type and @brand in the comment of a column count"},
    {.path = "types.overrides",
     .type = KEY_MAP,
     .value = "{}",
     .help = "TypeScript types by schema.table.column or by PostgreSQL type",
     .max = OVERRIDES_MAX,
     .fault = pattern_fault},
    {.path = "types.overrides.*.type",
     .type = KEY_STRING,
     .help = "the TypeScript type, on one line",
     .min = 1,
     .max = TEXT_MAX,
     .required = true},
    {.path = "types.overrides.*.import",
     .type = KEY_STRING,
     .help = "the import type line that the type needs",
     .max = TEXT_MAX},
    {.path = "types.brand",
     .type = KEY_MAP,
     .value = "{}",
     .help = "ids that are types of their own, by schema.table.column",
     .max = OVERRIDES_MAX,
     .fault = pattern_fault},
    {.path = "types.brand.*.name",
     .type = KEY_STRING,
     .value = "\"\"",
     .help = "name of the brand; empty is made of the table and the column",
     .max = NAME_MAX_LENGTH},
    {.path = "types.asRole",
     .type = KEY_STRING,
     .value = "\"\"",
     .help = "role that the types are of: only what it may do; empty is no role",
     .max = TEXT_MAX},
    {.path = "types.lang",
     .type = KEY_STRING,
     .value = "\"typescript\"",
     .help = "language the types are written in",
     .max = TEXT_MAX,
     .choices = langs},
    {.path = "types.split",
     .type = KEY_BOOL,
     .value = "false",
     .help = "whether each table and view has a file of its own beside types.output"},
    {.path = "types.engine",
     .type = KEY_STRING,
     .value = "\"own\"",
     .help = "whose types are written: our own, or those of the official CLI",
     .max = TEXT_MAX,
     .choices = engines},
    {.path = "docs.enabled",
     .type = KEY_BOOL,
     .value = "true",
     .help = "whether a change rewrites the documentation"},
    {.path = "docs.output",
     .type = KEY_STRING,
     .value = "\"docs/database-schema.md\"",
     .help = "file the documentation is written to",
     .min = 1,
     .max = TEXT_MAX,
     .fault = docs_file_fault},
    {.path = "docs.format",
     .type = KEY_STRING,
     .value = "\"markdown\"",
     .help = "form of the documentation",
     .max = TEXT_MAX,
     .choices = docs_formats},
    {.path = "docs.split",
     .type = KEY_STRING,
     .value = "\"none\"",
     .help = "what has a page of its own, in the directory docs.output without its .md",
     .max = TEXT_MAX,
     .choices = docs_splits},
    {.path = "docs.schemas",
     .type = KEY_LIST,
     .value = "[]",
     .help = "patterns of the schemas to document; empty is all of the snapshot",
     .max = LIST_MAX},
    {.path = "docs.exclude",
     .type = KEY_LIST,
     .value = "[]",
     .help = "patterns of schemas to leave out of the documentation",
     .max = LIST_MAX},
    {.path = "diff.ignore",
     .type = KEY_LIST,
     .value = "[]",
     .help = "rules that say which changes are not told, as schema-diff --ignore takes them",
     .max = LIST_MAX},
    {.path = "validation.enabled",
     .type = KEY_BOOL,
     .value = "true",
     .help = "whether a change runs the validation steps"},
    {.path = "validation.steps",
     .type = KEY_STEPS,
     .value = "[]",
     .help = "steps to run in order; empty is what package.json and tsconfig.json suggest",
     .max = STEPS_MAX},
    {.path = "validation.steps.*.name",
     .type = KEY_STRING,
     .help = "name of the step in reports",
     .min = 1,
     .max = NAME_MAX_LENGTH,
     .fault = step_name_fault,
     .required = true},
    {.path = "validation.steps.*.command",
     .type = KEY_COMMAND,
     .help = "program and arguments, run without a shell",
     .min = 1,
     .max = LIST_MAX,
     .required = true},
    {.path = "validation.steps.*.timeout",
     .type = KEY_INT,
     .value = "120000",
     .help = "milliseconds the step may take",
     .min = 100,
     .max = DAY_MS},
    {.path = "validation.steps.*.required",
     .type = KEY_BOOL,
     .value = "false",
     .help = "whether it is a failure when the step cannot be run"},
    {.path = "validation.steps.*.requires",
     .type = KEY_LIST,
     .value = "[]",
     .help = "files or directories without which the step is skipped",
     .max = LIST_MAX},
    {.path = "validation.steps.*.environment",
     .type = KEY_LIST,
     .value = "[]",
     .help = "further variables the step may see",
     .max = LIST_MAX,
     .fault = variable_fault},
    {.path = "validation.steps.*.directory",
     .type = KEY_STRING,
     .value = "\".\"",
     .help = "working directory of the step, in the project",
     .min = 1,
     .max = TEXT_MAX,
     .fault = inside_fault},
    {.path = "backups.keep",
     .type = KEY_INT,
     .value = "10",
     .help = "versions kept in each backup set",
     .min = 1,
     .max = 100000},
    {.path = "history.notifications",
     .type = KEY_INT,
     .value = "1000",
     .help = "lines kept in the notification history",
     .min = 1,
     .max = 1000000},
    {.path = "history.validation",
     .type = KEY_INT,
     .value = "500",
     .help = "validation reports kept",
     .min = 1,
     .max = 1000000},
};

enum { KEY_COUNT = sizeof keys / sizeof keys[0] };

const Key *keys_find(const char *path)
{
    for (size_t i = 0; i < KEY_COUNT; i++)
        if (strcmp(keys[i].path, path) == 0)
            return &keys[i];
    return NULL;
}

/* Whether path is an object that only groups keys: "monitoring". */
static bool is_section(const char *path)
{
    size_t length = strlen(path);

    for (size_t i = 0; i < KEY_COUNT; i++)
        if (strncmp(keys[i].path, path, length) == 0 && keys[i].path[length] == '.')
            return true;
    return false;
}

/* ---- checking ---- */

typedef struct Check {
    const char *text;
    const char *name;
    Arena arena;
    Err *err;
} Check;

/* The place under check: path as in the table, shown as people know it. */
typedef struct Node {
    bool top; /* the document: no place */
    JsoncPlace place;
    const char *path;
    const char *shown;
} Node;

static bool fault_set(Check *check, const Node *node, const char *format, ...) PRINTF(3, 4);
static bool fault_set(Check *check, const Node *node, const char *format, ...)
{
    int line = 0, column = 0;
    char what[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    jsonc_locate(check->text, node->top ? NULL : &node->place, &line, &column);
    return err_set(check->err, EXIT_CONFIG, "'%s':%d:%d: %s", check->name, line, column, what);
}

static const char *value_kind(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return "an array";
    case JSON_STRING:
        return "a string";
    case JSON_INTEGER:
        return "an integer";
    case JSON_REAL:
        return "a number with a fraction";
    case JSON_TRUE:
    case JSON_FALSE:
        return "true or false";
    case JSON_NULL:
        return "null";
    }
    return "nothing";
}

static bool kind_fault(Check *check, const Node *node, const char *wanted, const json_t *value)
{
    return fault_set(check, node, "'%s' must be %s, not %s", node->shown, wanted,
                     value_kind(value));
}

static bool has_control(const char *text)
{
    for (; *text; text++)
        if (iscntrl((unsigned char)*text))
            return true;
    return false;
}

static bool choice_check(Check *check, const Node *node, const char *const *choices,
                         const char *text)
{
    const char *list = "";

    for (const char *const *choice = choices; *choice; choice++) {
        if (strcmp(*choice, text) == 0)
            return true;
        list =
            arena_printf(&check->arena, "%s%s'%s'", list, choice == choices ? "" : ", ", *choice);
    }
    return fault_set(check, node, "'%s' must be %s%s", node->shown, choices[1] ? "one of " : "",
                     list);
}

static bool text_check(Check *check, const Node *node, const Key *key, const char *text)
{
    const char *fault = key->fault && *text ? key->fault(text)
                        : key->fault        ? NULL
                                            : env_fault(text);

    if (key->type != KEY_COMMAND && has_control(text))
        return fault_set(check, node, "'%s' has a control character", node->shown);
    if (key->choices && !choice_check(check, node, key->choices, text))
        return false;
    return !fault || fault_set(check, node, "'%s' %s", node->shown, fault);
}

static bool string_check(Check *check, const Node *node, const Key *key, const json_t *value)
{
    if (!json_is_string(value))
        return kind_fault(check, node, "a string", value);
    if ((int64_t)json_string_length(value) < key->min)
        return fault_set(check, node, "'%s' must not be empty", node->shown);
    if ((int64_t)json_string_length(value) > key->max)
        return fault_set(check, node, "'%s' must not be longer than %" PRId64 " bytes", node->shown,
                         key->max);
    return text_check(check, node, key, json_string_value(value));
}

static bool count_check(Check *check, const Node *node, const Key *key, size_t count)
{
    if ((int64_t)count < key->min)
        return fault_set(check, node, "'%s' must not be empty", node->shown);
    if ((int64_t)count > key->max)
        return fault_set(check, node, "'%s' must not have more than %" PRId64 " entries",
                         node->shown, key->max);
    return true;
}

static Node item_node(Check *check, const Node *node, size_t index)
{
    return (Node){false,
                  {&node->place, index},
                  arena_printf(&check->arena, "%s.*", node->path),
                  arena_printf(&check->arena, "%s[%zu]", node->shown, index)};
}

static bool list_check(Check *check, const Node *node, const Key *key, const json_t *value)
{
    const json_t *item = NULL;
    size_t index = 0;

    if (!json_is_array(value))
        return kind_fault(check, node, "an array of strings", value);
    if (!count_check(check, node, key, json_array_size(value)))
        return false;
    json_array_foreach(value, index, item)
    {
        Node at = item_node(check, node, index);
        if (!json_is_string(item))
            return kind_fault(check, &at, "a string", item);
        if (json_string_length(item) == 0 && (key->type == KEY_LIST || index == 0))
            return fault_set(check, &at, "'%s' must not be empty", at.shown);
        if (json_string_length(item) > TEXT_MAX)
            return fault_set(check, &at, "'%s' must not be longer than %d bytes", at.shown,
                             TEXT_MAX);
        if (!text_check(check, &at, key, json_string_value(item)))
            return false;
    }
    return true;
}

static bool object_check(Check *check, const Node *node, const json_t *object);

/* Whether no step before the last of these has its name. */
static bool unique_check(Check *check, const Node *node, const json_t *steps, size_t last)
{
    const char *name = jx_string(json_array_get(steps, last), "name", "");

    for (size_t i = 0; i < last; i++)
        if (strcmp(jx_string(json_array_get(steps, i), "name", ""), name) == 0)
            return fault_set(check, node, "'%s': another step has the name '%s'", node->shown,
                             name);
    return true;
}

static bool steps_check(Check *check, const Node *node, const Key *key, const json_t *value)
{
    const json_t *item = NULL;
    size_t index = 0;

    if (!json_is_array(value))
        return kind_fault(check, node, "an array of objects", value);
    if (!count_check(check, node, key, json_array_size(value)))
        return false;
    json_array_foreach(value, index, item)
    {
        Node at = item_node(check, node, index);
        if (!object_check(check, &at, item) || !unique_check(check, &at, value, index))
            return false;
    }
    return true;
}

/* Names of channels become file names and words of scripts. */
static bool is_plain_name(const char *text)
{
    size_t length = strlen(text);

    if (!isalnum((unsigned char)text[0]) || length > NAME_MAX_LENGTH)
        return false;
    for (size_t i = 1; i < length; i++)
        if (!isalnum((unsigned char)text[i]) && !strchr("_.-", text[i]))
            return false;
    return true;
}

static bool map_check(Check *check, const Node *node, const Key *key, json_t *value)
{
    const char *name = NULL;
    json_t *item = NULL;
    size_t index = 0;

    if (!json_is_object(value))
        return kind_fault(check, node, "an object", value);
    if (!count_check(check, node, key, json_object_size(value)))
        return false;
    json_object_foreach(value, name, item)
    {
        Node at = {
            false,
            {&node->place, index++},
            arena_printf(&check->arena, "%s.*", node->path),
            arena_printf(&check->arena, "%s.%.*s", node->shown, (int)text_cut(name, 80), name)};
        if (key->fault && (has_control(name) || strlen(name) > TEXT_MAX || key->fault(name)))
            return fault_set(check, &at, "'%s': a name in '%s' %s", at.shown, node->shown,
                             key->fault(name) ? key->fault(name) : "has a control character");
        if (!key->fault && !is_plain_name(name))
            return fault_set(check, &at,
                             "'%s': a name in '%s' has letters, digits, '_', '.' and '-', begins "
                             "with a letter or digit and is at most %d long",
                             at.shown, node->shown, NAME_MAX_LENGTH);
        if (!object_check(check, &at, item))
            return false;
    }
    return true;
}

static bool value_check(Check *check, const Node *node, const Key *key, json_t *value)
{
    switch (key->type) {
    case KEY_BOOL:
        return json_is_boolean(value) || kind_fault(check, node, "true or false", value);
    case KEY_INT:
        if (!json_is_integer(value))
            return kind_fault(check, node, "an integer", value);
        if (json_integer_value(value) < key->min || json_integer_value(value) > key->max)
            return fault_set(check, node, "'%s' must be between %" PRId64 " and %" PRId64,
                             node->shown, key->min, key->max);
        return true;
    case KEY_STRING:
        return string_check(check, node, key, value);
    case KEY_LIST:
    case KEY_COMMAND:
        return list_check(check, node, key, value);
    case KEY_MAP:
        return map_check(check, node, key, value);
    case KEY_STEPS:
        return steps_check(check, node, key, value);
    }
    return false;
}

/* The names that may stand at path, NULL-terminated. */
static void candidates(Check *check, const char *path, const char *ret[CANDIDATES_MAX + 1])
{
    size_t length = strlen(path), count = 0;

    for (size_t i = 0; i < KEY_COUNT; i++) {
        const char *rest = keys[i].path;
        if (length > 0) {
            if (strncmp(rest, path, length) != 0 || rest[length] != '.')
                continue;
            rest += length + 1;
        }
        const char *name = arena_strndup(&check->arena, rest, strcspn(rest, "."));
        bool known = strcmp(name, "*") == 0;
        for (size_t j = 0; j < count; j++)
            known = known || strcmp(ret[j], name) == 0;
        if (!known && count < CANDIDATES_MAX)
            ret[count++] = name;
    }
    ret[count] = NULL;
}

/* A key of that name which stands elsewhere: "interval" is "monitoring.interval". */
static const char *elsewhere(const char *name)
{
    for (size_t i = 0; i < KEY_COUNT; i++) {
        const char *dot = strrchr(keys[i].path, '.');
        if (!strchr(keys[i].path, '*') && dot && strcasecmp(dot + 1, name) == 0)
            return keys[i].path;
    }
    return NULL;
}

static bool unknown(Check *check, const Node *up, const Node *node, const char *name)
{
    const char *names[CANDIDATES_MAX + 1];
    const char *near = NULL;

    if (keys_find(name) && strchr(name, '.'))
        return fault_set(check, node, "unknown key '%s' (one object in another, not a dot)",
                         node->shown);
    candidates(check, up->path, names);
    near = text_nearest(name, names);
    if (near)
        near = !up->top ? arena_printf(&check->arena, "%s.%s", up->shown, near) : near;
    else
        near = elsewhere(name);
    if (near)
        return fault_set(check, node, "unknown key '%s' (did you mean '%s'?)", node->shown, near);
    return fault_set(check, node, "unknown key '%s'", node->shown);
}

static bool required_check(Check *check, const Node *node, const json_t *object)
{
    size_t length = strlen(node->path);

    for (size_t i = 0; i < KEY_COUNT; i++) {
        const char *name = keys[i].path + length + 1;
        if (keys[i].required && strncmp(keys[i].path, node->path, length) == 0 &&
            keys[i].path[length] == '.' && !strchr(name, '.') && !json_object_get(object, name))
            return fault_set(check, node, "'%s' has no '%s'", node->shown, name);
    }
    return true;
}

static bool object_check(Check *check, const Node *node, const json_t *object)
{
    const char *name = NULL;
    json_t *value = NULL;
    size_t index = 0;

    if (!json_is_object(object))
        return node->top ? fault_set(check, node, "the configuration must be an object, not %s",
                                     value_kind(object))
                         : kind_fault(check, node, "an object", object);
    json_object_foreach((json_t *)object, name, value)
    {
        const char *dot = node->top ? "" : ".";
        Node at = {false,
                   {node->top ? NULL : &node->place, index++},
                   arena_printf(&check->arena, "%s%s%s", node->path, dot, name),
                   arena_printf(&check->arena, "%s%s%.*s", node->shown, dot,
                                (int)text_cut(name, 80), name)};
        const Key *key = strpbrk(name, ".*") ? NULL : keys_find(at.path);
        bool fine = false;
        if (key)
            fine = value_check(check, &at, key, value);
        else if (!strpbrk(name, ".*") && is_section(at.path))
            fine = object_check(check, &at, value);
        else if (node->top && strcmp(name, "$schema") == 0)
            fine = json_is_string(value) || kind_fault(check, &at, "a string", value);
        else
            fine = unknown(check, node, &at, name);
        if (!fine)
            return false;
    }
    return required_check(check, node, object);
}

/* ---- defaults ---- */

static json_t *default_value(const Key *key)
{
    return json_loads(key->value, JSON_DECODE_ANY, NULL);
}

/* The defaults of a KEY_MAP's or KEY_STEPS' entry, where it does not say. */
static bool entry_fill(const Key *key, json_t *entry, Err *err)
{
    size_t length = strlen(key->path);

    for (size_t i = 0; i < KEY_COUNT; i++) {
        const char *path = keys[i].path;
        if (keys[i].value && strncmp(path, key->path, length) == 0 &&
            strncmp(path + length, ".*.", 3) == 0 && !json_object_get(entry, path + length + 3) &&
            !jx_set(entry, path + length + 3, default_value(&keys[i]), err))
            return false;
    }
    return true;
}

static json_t *entries_fill(const Key *key, const json_t *value, Err *err)
{
    json_auto_t *entries = json_deep_copy(value);
    const char *name = NULL;
    json_t *entry = NULL;
    size_t index = 0;

    if (key->type == KEY_MAP) {
        json_object_foreach(entries, name, entry)
        {
            if (!entry_fill(key, entry, err))
                return NULL;
        }
    } else {
        json_array_foreach(entries, index, entry)
        {
            if (!entry_fill(key, entry, err))
                return NULL;
        }
    }
    return json_incref(entries);
}

/* Sets one key of the result; the table has at most one section around a key. */
static bool effective_set(json_t *effective, const json_t *doc, const Key *key, Arena *arena,
                          Err *err)
{
    const char *dot = strchr(key->path, '.');
    const char *section = dot ? arena_strndup(arena, key->path, (size_t)(dot - key->path)) : NULL;
    const char *name = dot ? dot + 1 : key->path;
    json_t *group = section ? json_object_get(effective, section) : effective;
    const json_t *configured = json_object_get(section ? json_object_get(doc, section) : doc, name);
    json_t *value = !configured ? default_value(key)
                    : key->type == KEY_MAP || key->type == KEY_STEPS
                        ? entries_fill(key, configured, err)
                        : json_incref((json_t *)configured);

    if (!group) {
        group = json_object();
        if (!jx_set(effective, section, group, err)) {
            json_decref(value);
            return false;
        }
    }
    return jx_set(group, name, value, err);
}

static void check_end(Check *check)
{
    arena_free(&check->arena);
}

json_t *keys_apply(const json_t *doc, const char *text, const char *name, Err *err)
{
    CLEANUP(check_end) Check check = {text, name, {0}, err};
    Node root = {true, {NULL, 0}, "", ""};
    json_auto_t *effective = json_object();

    if (doc && !object_check(&check, &root, doc))
        return NULL;
    for (size_t i = 0; i < KEY_COUNT; i++)
        if (!strchr(keys[i].path, '*') &&
            !effective_set(effective, doc, &keys[i], &check.arena, err))
            return NULL;
    return json_incref(effective);
}
