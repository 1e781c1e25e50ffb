#include "types/engine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/proc.h"

extern char **environ;

const char *const engine_names[] = {"own", "official", NULL};

enum {
    ENGINE_TIMEOUT_MS = 120000,
    VERSION_TIMEOUT_MS = 20000,
    OUTPUT_MAX = 256 * 1024 * 1024,
    REMARKS_MAX = 64 * 1024,
    REMOTE_SINCE = 3 /* the major version */
};

/* ---- the URL ---- */

static int hex_digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = c ? strchr(digits, c >= 'A' && c <= 'F' ? c | 0x20 : c) : NULL;

    return found ? (int)(found - digits) : -1;
}

static const char *decoded(Arena *arena, const char *text, size_t length)
{
    char *copy = arena_strndup(arena, text, length), *to = copy;

    for (const char *from = copy; *from; from++) {
        int high = *from == '%' ? hex_digit(from[1]) : -1;
        int low = high >= 0 ? hex_digit(from[2]) : -1;

        if (low >= 0 && high + low > 0) {
            *to++ = (char)(high * 16 + low);
            from += 2;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    return copy;
}

bool engine_split_url(const char *url, Arena *arena, const char **ret_url,
                      const char **ret_password, Err *err)
{
    bool known = strncmp(url, "postgresql://", 13) == 0 || strncmp(url, "postgres://", 11) == 0;

    if (!known)
        return err_set(err, EXIT_UNAVAILABLE,
                       "the official CLI takes a database as postgresql://..., which "
                       "source.databaseUrl is not");
    const char *from = strstr(url, "://") + 3;
    size_t authority = strcspn(from, "/?#");
    const char *at = NULL;

    for (size_t i = 0; i < authority; i++)
        at = from[i] == '@' ? from + i : at;
    const char *colon = at ? memchr(from, ':', (size_t)(at - from)) : NULL;

    if (strstr(from + authority, "password="))
        return err_set(err, EXIT_UNAVAILABLE,
                       "the URL has a password behind '?', which would be seen by every user of "
                       "this machine: put it before the host, or in PGPASSWORD");
    *ret_url =
        colon ? arena_join(arena, arena_strndup(arena, url, (size_t)(colon - url)), at, NULL) : url;
    *ret_password = colon ? decoded(arena, colon + 1, (size_t)(at - colon - 1)) : NULL;
    return true;
}

/* ---- running it ---- */

/* Why it failed, by a word in what it says. The first that fits. */
static const struct {
    const char *word;
    const char *reason;
} failures[] = {
    {"docker", "Docker is not running, which the local Supabase stack needs"},
    {"access token", "it is not logged in (supabase login, or SUPABASE_ACCESS_TOKEN)"},
    {"cannot find project ref", "the project is not linked (supabase link)"},
    {"password authentication failed", "the database refused the password"},
    {"password must be a string", "the database wants a password"},
    {"econnrefused", "the database cannot be reached"},
    {"connection refused", "the database cannot be reached"},
    {"enotfound", "the database's host is not known"},
    {"timeout", "the database did not answer in time"},
    {"does not exist", "there is no such database or role"},
};

static const char *reason_of(FILE *remarks, const char *output, size_t length, Arena *arena)
{
    char *text = arena_alloc(arena, 2 * REMARKS_MAX + 1);
    size_t said = length < REMARKS_MAX ? length : REMARKS_MAX;

    memcpy(text, output, said);
    rewind(remarks);
    said += fread(text + said, 1, REMARKS_MAX, remarks);
    for (size_t i = 0; i < said; i++)
        text[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] | 0x20)
                  : text[i]                        ? text[i]
                                                   : ' ';
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
        if (strstr(text, failures[i].word))
            return failures[i].reason;
    return NULL;
}

static bool run_failed(const ProcResult *result, FILE *remarks, Arena *arena, Err *err)
{
    static const char *const what = "'supabase gen types'";

    if (result->timed_out)
        return err_set(err, EXIT_UNAVAILABLE, "%s did not end in %d seconds", what,
                       ENGINE_TIMEOUT_MS / 1000);
    if (result->output_skipped)
        return err_set(err, EXIT_UNAVAILABLE, "%s wrote more than %d MB", what,
                       OUTPUT_MAX / 1024 / 1024);
    const char *reason = reason_of(remarks, result->output, result->output_length, arena);

    if (reason)
        return err_set(err, EXIT_UNAVAILABLE, "%s failed: %s", what, reason);
    if (result->exit_code > 0)
        return err_set(err, EXIT_UNAVAILABLE, "%s failed with exit code %d", what,
                       result->exit_code);
    return err_set(err, EXIT_UNAVAILABLE, "%s was killed", what);
}

static bool name_equals(const char *entry, const char *variable)
{
    size_t length = strcspn(variable, "=") + 1;

    return strncmp(entry, variable, length) == 0;
}

/* Our environment, but for those variables. */
static char **environment_with(const char *const *variables, const char *password, Arena *arena)
{
    const char *own = password ? arena_join(arena, "PGPASSWORD=", password, NULL) : NULL;
    size_t count = 0, more = 1;

    while (environ[count])
        count++;
    for (const char *const *each = variables; each && *each; each++)
        more++;
    char **all = arena_alloc(arena, (count + more + 1) * sizeof *all);

    count = 0;
    for (char **entry = environ; *entry; entry++) {
        bool told = own && name_equals(*entry, own);

        for (const char *const *each = variables; each && *each; each++)
            told |= name_equals(*entry, *each);
        if (!told)
            all[count++] = *entry;
    }
    for (const char *const *each = variables; each && *each; each++)
        if (!own || !name_equals(*each, own))
            all[count++] = (char *)*each;
    if (own)
        all[count++] = (char *)own;
    all[count] = NULL;
    return all;
}

static int major_version(const EngineOptions *options, char *const *environment)
{
    static const char *const argv[] = {"supabase", "--version", NULL};
    const ProcSpec spec = {.argv = (char *const *)argv,
                           .environment = environment,
                           .directory = options->directory,
                           .timeout_ms = VERSION_TIMEOUT_MS,
                           .head_bytes = 4096};
    CLEANUP(proc_result_free) ProcResult result = {0};
    Err ignored = {0};

    if (!proc_run(&spec, &result, &ignored) || result.exit_code != 0)
        return REMOTE_SINCE;
    return atoi(result.output + strcspn(result.output, "0123456789"));
}

bool engine_run(const EngineOptions *options, char **ret_output, size_t *ret_length, Err *err)
{
    static const char *const older[] = {"--local", "--linked", "--db-url="};
    static const char *const newer[] = {NULL, "--remote", "--remote="};
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(proc_result_free) ProcResult result = {0};
    const char *url = NULL, *password = NULL, *argv[8] = {"supabase", "gen", "types"};
    const char *schemas = options->schemas[0];
    size_t count = 3;

    if (!proc_exists(argv[0]))
        return err_set(err, EXIT_UNAVAILABLE, "the official CLI, supabase, is not installed");
    if (options->target == ENGINE_URL &&
        !engine_split_url(options->url, &arena, &url, &password, err))
        return false;
    char **environment = environment_with(options->variables, password, &arena);
    const char *target =
        (major_version(options, environment) < REMOTE_SINCE ? older : newer)[options->target];

    argv[count++] = "--lang=typescript";
    if (target)
        argv[count++] = url ? arena_join(&arena, target, url, NULL) : target;
    for (const char *const *each = options->schemas + 1; *each; each++)
        schemas = arena_join(&arena, schemas, ",", *each, NULL);
    argv[count++] = "--schema";
    argv[count++] = schemas;
    FILE *remarks = tmpfile();

    if (!remarks)
        return err_errno(err, EXIT_IO, "cannot make a temporary file");
    const ProcSpec spec = {.argv = (char *const *)argv,
                           .environment = environment,
                           .directory = options->directory,
                           .timeout_ms = ENGINE_TIMEOUT_MS,
                           .head_bytes = OUTPUT_MAX,
                           .remarks = fileno(remarks)};
    bool ran = proc_run(&spec, &result, err);

    if (ran && (result.exit_code != 0 || result.timed_out || result.output_skipped))
        ran = run_failed(&result, remarks, &arena, err);
    (void)fclose(remarks);
    if (!ran)
        return false;
    *ret_output = result.output;
    *ret_length = result.output_length;
    result.output = NULL;
    return true;
}
