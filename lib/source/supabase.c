#include "source/supabase.h"

#include <jansson.h>
#include <string.h>

#include "base/file.h"
#include "base/proc.h"

enum {
    STATUS_TIMEOUT_MS = 10000,
    STATUS_MAX_BYTES = 256 * 1024,
    TEMP_FILE_MAX = 4096,
    REF_LENGTH = 20,
    URL_MAX = 2048
};

/* ---- the linked project ---- */

/* Where the CLI connects to for a linked project. */
static const char *const linked_hosts[] = {".pooler.supabase.com", ".supabase.co", NULL};

static bool is_linked_host(const char *host, size_t length)
{
    if (strspn(host, "abcdefghijklmnopqrstuvwxyz0123456789.-") < length)
        return false;
    for (const char *const *ending = linked_hosts; *ending; ending++) {
        size_t size = strlen(*ending);
        if (length > size && memcmp(host + length - size, *ending, size) == 0)
            return true;
    }
    return false;
}

/* A value of a connection string, in quotes. */
static const char *quoted(Arena *arena, const char *value)
{
    char *text = arena_alloc(arena, 2 * strlen(value) + 3);
    char *end = text;

    *end++ = '\'';
    for (; *value; value++) {
        if (*value == '\'' || *value == '\\')
            *end++ = '\\';
        *end++ = *value;
    }
    *end = '\'';
    return text;
}

const char *supabase_linked_conninfo(const char *ref, const char *pooler, const char *password,
                                     Arena *arena)
{
    static const char scheme[] = "postgresql://", name[] = "abcdefghijklmnopqrstuvwxyz0123456789_.";
    const char *user = "postgres", *port = "5432", *database = "postgres";

    if (strlen(ref) != REF_LENGTH || strspn(ref, "abcdefghijklmnopqrstuvwxyz") != REF_LENGTH)
        return NULL;
    const char *host = arena_printf(arena, "db.%s.supabase.co", ref);
    if (pooler && *pooler) {
        /* postgresql://USER[:PASSWORD]@HOST:PORT/DATABASE[?...] */
        if (strncmp(pooler, scheme, sizeof scheme - 1) != 0)
            return NULL;
        const char *start = pooler + sizeof scheme - 1;
        const char *at = memchr(start, '@', strcspn(start, "/?"));
        if (!at)
            return NULL;
        size_t user_length = strspn(start, name), host_length = strcspn(at + 1, ":/?");
        const char *behind = at + 1 + host_length;
        if (user_length == 0 || (start[user_length] != '@' && start[user_length] != ':') ||
            !is_linked_host(at + 1, host_length))
            return NULL;
        user = arena_strndup(arena, start, user_length);
        host = arena_strndup(arena, at + 1, host_length);
        if (*behind == ':') {
            size_t length = strspn(behind + 1, "0123456789");
            if (length == 0 || length > 5)
                return NULL;
            port = arena_strndup(arena, behind + 1, length);
            behind += 1 + length;
        }
        if (*behind == '/' && strspn(behind + 1, name) > 0)
            database = arena_strndup(arena, behind + 1, strspn(behind + 1, name));
    }
    return arena_join(arena, "host=", host, " port=", port, " user=", user, " dbname=", database,
                      " password=", quoted(arena, password), NULL);
}

/* What the CLI keeps in supabase/.temp; NULL when there is no such file. */
static const char *temp_file(const char *directory, const char *name, Arena *arena)
{
    CLEANUP(cleanup_free) char *text = NULL;
    const char *path = arena_printf(arena, "%s/supabase/.temp/%s", directory, name);
    size_t length = 0;
    Err ignored = {0};

    if (!file_exists(path) || !file_read(path, TEMP_FILE_MAX, &text, &length, &ignored))
        return NULL;
    return arena_strndup(arena, text, strcspn(text, " \t\r\n"));
}

/* ---- the local stack ---- */

/* A line that only PostgreSQL's client will read. */
static bool is_url(const char *text)
{
    size_t length = text ? strlen(text) : 0;

    if (length > URL_MAX || (strncmp(text ? text : "", "postgresql://", 13) != 0 &&
                             strncmp(text ? text : "", "postgres://", 11) != 0))
        return false;
    for (const char *c = text; *c; c++)
        if ((unsigned char)*c <= ' ' || *c == 0x7f)
            return false;
    return true;
}

const char *supabase_status_url(const char *output, size_t length, Arena *arena)
{
    enum { TRIES = 32 }; /* lines that may begin it */
    const char *end = output + length;
    int tries = 0;

    /* The document begins a line; what comes before and behind it are remarks. */
    for (const char *line = output; line && line < end && tries < TRIES;) {
        json_error_t where;
        json_auto_t *doc =
            *line == '{' ? json_loadb(line, (size_t)(end - line), JSON_DISABLE_EOF_CHECK, &where)
                         : NULL;
        tries += *line == '{';
        const char *url = json_string_value(json_object_get(doc, "DB_URL"));
        if (is_url(url))
            return arena_strdup(arena, url);
        line = memchr(line, '\n', (size_t)(end - line));
        line = line ? line + 1 : NULL;
    }
    return NULL;
}

/* Why there is no stack, by a word in what the CLI says. The first that fits. */
static const struct {
    const char *word;
    const char *reason;
} failures[] = {
    {"docker daemon", "Docker is not running, which the local Supabase stack needs"},
    {"docker desktop", "Docker is not running, which the local Supabase stack needs"},
    {"no such container", "the local Supabase stack is not running (supabase start)"},
    {"is not running", "the local Supabase stack is not running (supabase start)"},
};

static bool has_word(const char *text, size_t length, const char *word)
{
    size_t size = strlen(word);

    for (size_t i = 0; i + size <= length; i++) {
        size_t same = 0;
        while (same < size && (text[i + same] | 0x20) == (word[same] | 0x20))
            same++;
        if (same == size)
            return true;
    }
    return false;
}

static bool status_failed(const ProcResult *result, Err *err)
{
    if (result->timed_out)
        return err_set(err, EXIT_UNAVAILABLE, "'supabase status' did not answer in %d seconds",
                       STATUS_TIMEOUT_MS / 1000);
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
        if (has_word(result->output, result->output_length, failures[i].word))
            return err_set(err, EXIT_UNAVAILABLE, "%s", failures[i].reason);
    if (result->exit_code > 0)
        return err_set(err, EXIT_UNAVAILABLE, "'supabase status' failed with exit code %d",
                       result->exit_code);
    return err_set(err, EXIT_UNAVAILABLE, "'supabase status' %s",
                   result->exit_code == 0 ? "told of no database" : "was killed");
}

static const char *find_local(const char *directory, Arena *arena, Err *err)
{
    static const char *const argv[] = {"supabase", "status", "-o", "json", NULL};
    const ProcSpec spec = {
        .argv = (char *const *)argv,
        .directory = directory,
        .timeout_ms = STATUS_TIMEOUT_MS,
        .head_bytes = STATUS_MAX_BYTES,
    };
    CLEANUP(proc_result_free) ProcResult result = {0};
    const char *url = NULL;

    if (!file_exists(arena_printf(arena, "%s/supabase/config.toml", directory))) {
        err_set(err, EXIT_UNAVAILABLE, "there is no supabase/config.toml");
        return NULL;
    }
    if (!proc_exists(argv[0])) {
        err_set(err, EXIT_UNAVAILABLE, "the Supabase CLI is not installed");
        return NULL;
    }
    if (!proc_run(&spec, &result, err))
        return NULL;
    if (result.exit_code == 0 && !result.timed_out)
        url = supabase_status_url(result.output, result.output_length, arena);
    if (!url)
        status_failed(&result, err);
    return url;
}

/* ---- */

const char *supabase_find(const char *directory, const char *password, Arena *arena, Err *err)
{
    const char *ref = temp_file(directory, "project-ref", arena);

    if (ref && password) {
        const char *conninfo = supabase_linked_conninfo(
            ref, temp_file(directory, "pooler-url", arena), password, arena);
        if (!conninfo)
            err_set(err, EXIT_UNAVAILABLE,
                    "supabase/.temp does not hold what the Supabase CLI writes there (supabase "
                    "link)");
        return conninfo;
    }
    const char *url = find_local(directory, arena, err);
    if (!url && ref)
        err_in(err, "and the linked project needs SUPABASE_DB_PASSWORD");
    return url;
}
