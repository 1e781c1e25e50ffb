#include "side/side.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "backup/backup.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "json/jx.h"
#include "side/git.h"
#include "side/program.h"
#include "side/scratch.h"

/* Who is opened first: what tells its schemas by itself. */
typedef enum Rank { RANK_DOCUMENT, RANK_DATABASE, RANK_FILES } Rank;

typedef struct Scheme {
    const char *mark;
    bool is_whole; /* the mark is all of it, not its beginning */
    Rank rank;
    /* rest: behind the mark. Fills file (may leave NULL: nothing there yet), name and is_made. */
    bool (*open)(const SideContext *context, const char *rest, const json_t *meta, Side *ret,
                 Err *err);
} Scheme;

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), size = strlen(end);

    return length > size && strcmp(text + length - size, end) == 0;
}

/* ---- asking schema-snapshot ---- */

/* Snapshots of other schemas do not compare. */
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

static FILE *ask(const SideContext *context, const char *source, const char *from,
                 const json_t *meta, Program *program, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    const json_t *schemas = json_object_get(meta, "schemas");
    const json_t *exclude = json_object_get(meta, "exclude");
    const char **argv = arena_alloc(
        &arena, (8 + json_array_size(schemas) + json_array_size(exclude)) * sizeof *argv);
    size_t count = 0;

    argv[count++] = program_beside(&arena, context->called, "schema-snapshot");
    argv[count++] = "--quiet";
    argv[count++] = arena_printf(&arena, "--source=%s", source);
    argv[count++] = from;
    if (context->project)
        argv[count++] = arena_printf(&arena, "--project=%s", context->project);
    add_patterns(&arena, argv, &count, "--schemas", schemas);
    add_patterns(&arena, argv, &count, "--exclude", exclude);
    program->argv = argv;
    program->name = "schema-snapshot";
    return program_run(program, err);
}

/* ---- one opener a scheme ---- */

static bool open_stdin(const SideContext *context, const char *rest, const json_t *meta, Side *ret,
                       Err *err)
{
    (void)rest;
    (void)meta;
    (void)err;
    ret->name = "stdin";
    ret->file = context->in;
    return true;
}

static bool open_cache(const SideContext *context, const char *rest, const json_t *meta, Side *ret,
                       Err *err)
{
    (void)rest;
    (void)meta;
    ret->name = config_state_path(context->config, "cache/snapshot.json");
    ret->file = file_exists(ret->name) ? file_open(ret->name, err) : NULL;
    return ret->file || !file_exists(ret->name);
}

static bool open_backup(const SideContext *context, const char *rest, const json_t *meta, Side *ret,
                        Err *err)
{
    const char *which = strcmp(rest, "latest") == 0 ? "newest" : rest;
    CLEANUP(backup_close)
    Backup *backup = backup_open(config_directory(context->config), "schema-versions", err);
    Err none = {0};
    json_auto_t *entry = backup ? backup_find(backup, which, &none) : NULL;
    CLEANUP(cleanup_free) char *bytes = NULL;
    size_t length = 0;

    (void)meta;
    if (backup && !entry)
        return err_set(err, EXIT_DATA,
                       "there is no backup '%s' (see 'backup-rotate list schema-versions')", rest);
    if (!entry || !backup_read(backup, entry, &bytes, &length, err))
        return false;
    ret->name = arena_printf(&ret->arena, "backup:%s", rest);
    ret->file = program_temporary(err);
    if (!ret->file)
        return false;
    if (fwrite(bytes, 1, length, ret->file) != length || fflush(ret->file) != 0)
        return err_errno(err, EXIT_IO, "cannot keep '%s' in a temporary file", ret->name);
    rewind(ret->file);
    return true;
}

/* Where the host begins, behind the user and the password. */
static const char *host_of(const char *rest)
{
    const char *host = rest, *end = rest + strcspn(rest, "/?#");

    for (const char *at = rest; at < end; at++)
        if (*at == '@')
            host = at + 1;
    return host;
}

/* A password in the user part, or as a parameter however it is written. */
static bool has_password(const char *rest)
{
    const char *mark = strpbrk(rest, "?&");

    if (memchr(rest, ':', (size_t)(host_of(rest) - rest)))
        return true;
    for (; mark; mark = strpbrk(mark + 1, "?&")) {
        size_t name = strcspn(mark + 1, "=&");
        if ((name == 8 && strncmp(mark + 1, "password", 8) == 0) ||
            (name == 11 && strncmp(mark + 1, "sslpassword", 11) == 0) ||
            memchr(mark + 1, '%', name))
            return true;
    }
    return false;
}

/* The URL goes by the environment, which other users do not see. */
static bool open_url(const SideContext *context, const char *rest, const json_t *meta, Side *ret,
                     Err *err)
{
    static const char variable[] = "SCHEMA_DIFF_DATABASE_URL";
    CLEANUP(arena_free) Arena arena = {0};
    const char *host = host_of(rest);

    ret->name = arena_printf(&ret->arena, "postgres://%.*s", (int)strcspn(host, "?#"), host);
    if (has_password(rest))
        return err_set(err, EXIT_USAGE,
                       "a password in a URL is seen by every user of this machine: put the URL in "
                       "a variable and give 'env(NAME)'");
    if (setenv(variable, arena_printf(&arena, "postgresql://%s", rest), 1) != 0)
        arena_die("out of memory");
    Program program = {.subject = ret->name};
    ret->file = ask(context, "live", "--db-url=env(SCHEMA_DIFF_DATABASE_URL)", meta, &program, err);
    unsetenv(variable);
    return ret->file != NULL;
}

static bool open_variable(const SideContext *context, const char *rest, const json_t *meta,
                          Side *ret, Err *err)
{
    Program program = {.subject = ret->name = arena_printf(&ret->arena, "env(%s", rest)};

    ret->file = ask(context, "live", arena_printf(&ret->arena, "--db-url=env(%s", rest), meta,
                    &program, err);
    return ret->file != NULL;
}

static bool open_web(const SideContext *context, const char *rest, const json_t *meta, Side *ret,
                     Err *err)
{
    (void)context;
    (void)rest;
    (void)meta;
    (void)ret;
    return err_set(err, EXIT_USAGE,
                   "a document is not fetched from the web: fetch it, and give its file or -");
}

const char *side_git_place(Arena *arena, const SideContext *context, const char *path, Err *err)
{
    const char *top = NULL, *here = "", *whole = path;

    if (*path == '.' &&
        !git_place(arena, context->project ? context->project : ".", &top, &here, err))
        return NULL;
    if (*path == '.' && here && strcmp(here, ".") != 0)
        whole = arena_printf(arena, "%s/%s", here, path);
    char *place = arena_alloc(arena, strlen(whole) + sizeof "files");
    size_t length = 0;
    for (const char *at = whole; *at; at += strspn(at, "/")) {
        size_t size = strcspn(at, "/");
        if (size == 2 && strncmp(at, "..", 2) == 0) {
            while (length > 0 && place[--length] != '/')
                ;
        } else if (size > 0 && (size != 1 || *at != '.')) {
            if (length > 0)
                place[length++] = '/';
            memcpy(place + length, at, size);
            length += size;
        }
        at += size;
    }
    place[length] = '\0';
    return length > 0 ? place : "files";
}

/* supabase/schemas are ordered by the configuration beside them. */
static bool export_config(const Git *git, const char *rev, const char *path, const char *prefix,
                          const Scratch *scratch, Err *err)
{
    static const char folder[] = "/schemas", name[] = "/config.toml";
    CLEANUP(arena_free) Arena arena = {0};
    GitObject object = {0};

    if (!ends_with(path, folder))
        return true;
    int length = (int)(strlen(path) - strlen(folder));
    int shown = (int)(strlen(prefix) - strlen(folder));
    const char *names[] = {arena_printf(&arena, "%s:%.*s%s", rev, length, path, name)};
    if (shown <= 0 || !git_find(git, names, 1, &object, err) || object.type != GIT_BLOB)
        return shown <= 0 || !err->code;
    CLEANUP(program_close) FILE *blob = git_blob(git, object.oid, err);
    CLEANUP(cleanup_free) char *bytes = NULL;
    size_t size = 0;
    return blob && file_read_stream(blob, names[0], 0, &bytes, &size, err) &&
           scratch_write(scratch, arena_printf(&arena, "%.*s%s", shown, prefix, name), bytes, size,
                         err);
}

static bool export_file(const Git *git, const char *oid, const char *name, const Scratch *scratch,
                        Err *err)
{
    CLEANUP(program_close) FILE *blob = git_blob(git, oid, err);
    CLEANUP(cleanup_free) char *bytes = NULL;
    size_t size = 0;

    return blob && file_read_stream(blob, git->subject, 0, &bytes, &size, err) &&
           scratch_write(scratch, name, bytes, size, err);
}

bool side_is_sql(const char *path)
{
    return ends_with(path, ".sql");
}

FILE *side_git_migrations(const SideContext *context, const char *source, const SideGit *from,
                          const json_t *meta, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(scratch_close) Scratch scratch = {0};
    const Git *git = from->git;
    const GitObject *object = from->object;
    bool ok = scratch_open(&scratch, err) &&
              (object->type == GIT_TREE
                   ? git_export(git, object->oid, from->place, &scratch, err) &&
                         export_config(git, from->rev, from->path, from->place, &scratch, err)
                   : export_file(git, object->oid, from->place, &scratch, err));

    if (!ok)
        return NULL;
    const char *path = arena_printf(&arena, "%s/%s", scratch.path, from->place);
    Program program = {.subject = git->subject, .hidden = path, .shown = git->subject};
    return ask(context, source, arena_printf(&arena, "--migrations=%s", path), meta, &program, err);
}

static bool open_git(const SideContext *context, const char *rest, const json_t *meta, Side *ret,
                     Err *err)
{
    const char *rev = NULL, *path = NULL;
    GitObject object = {0};

    ret->name = arena_printf(&ret->arena, "git:%s", rest);
    if (!git_split(&ret->arena, rest, &rev, &path, err))
        return false;
    Git git = {context->project, ret->name};
    if (!git_find_path(&git, rev, path, &object, err))
        return false;
    ret->is_made = object.type == GIT_TREE || side_is_sql(path);
    if (!ret->is_made) {
        ret->file = git_blob(&git, object.oid, err);
        return ret->file != NULL;
    }
    const char *place = side_git_place(&ret->arena, context, path, err);
    SideGit from = {&git, &object, rev, path, place};
    ret->file = place ? side_git_migrations(context, "offline", &from, meta, err) : NULL;
    return ret->file != NULL;
}

static bool is_migrations(const char *path)
{
    struct stat status;

    return (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) || side_is_sql(path);
}

static bool open_path(const SideContext *context, const char *rest, const json_t *meta, Side *ret,
                      Err *err)
{
    ret->name = rest;
    ret->is_made = is_migrations(rest);
    Program program = {.subject = rest};
    ret->file = ret->is_made
                    ? ask(context, "offline", arena_printf(&ret->arena, "--migrations=%s", rest),
                          meta, &program, err)
                    : file_open(rest, err);
    return ret->file != NULL;
}

/* First match wins. */
static const Scheme schemes[] = {
    {"-", true, RANK_DOCUMENT, open_stdin},
    {"cache", true, RANK_DOCUMENT, open_cache},
    {"backup:", false, RANK_DOCUMENT, open_backup},
    {"git:", false, RANK_FILES, open_git},
    {"postgres://", false, RANK_DATABASE, open_url},
    {"postgresql://", false, RANK_DATABASE, open_url},
    {"env(", false, RANK_DATABASE, open_variable},
    {"https://", false, RANK_DOCUMENT, open_web},
    {"http://", false, RANK_DOCUMENT, open_web},
    {"", false, RANK_DOCUMENT, open_path},
};

static const Scheme *scheme_of(const char *which, const char **ret_rest)
{
    const Scheme *scheme = schemes;

    while (scheme->is_whole ? strcmp(which, scheme->mark) != 0
                            : strncmp(which, scheme->mark, strlen(scheme->mark)) != 0)
        scheme++;
    *ret_rest = which + strlen(scheme->mark);
    return scheme;
}

static Rank rank_of(const char *which)
{
    const char *rest = NULL;
    const Scheme *scheme = scheme_of(which, &rest);

    if (scheme->open == open_path && is_migrations(rest))
        return RANK_FILES;
    return scheme->open == open_git && ends_with(rest, ".json") ? RANK_DOCUMENT : scheme->rank;
}

/* ---- both ---- */

/* What lineages alone tell of an object, what roles may do, and what SQL is written of, is looked
 * up in the documents once more, which a pipe does not allow. */
static bool make_seekable(FILE **file, Err *err)
{
    char bytes[64 * 1024];
    size_t got = 0;

    if (fseeko(*file, 0, SEEK_CUR) == 0)
        return true;
    CLEANUP(program_close) FILE *copy = program_temporary(err);
    if (!copy)
        return false;
    while ((got = fread(bytes, 1, sizeof bytes, *file)) > 0)
        fwrite(bytes, 1, got, copy);
    if (ferror(*file) || fflush(copy) != 0 || fseeko(copy, 0, SEEK_SET) != 0)
        return err_errno(err, EXIT_IO, "cannot keep a side in a temporary file");
    FILE *piped = *file;
    *file = copy;
    copy = piped;
    return true;
}

static bool open_one(const SideContext *context, const char *which, const json_t *meta, Side *ret,
                     Err *err)
{
    const char *rest = NULL;
    const Scheme *scheme = scheme_of(which, &rest);

    if (!scheme->open(context, rest, meta, ret, err) ||
        (ret->file && !make_seekable(&ret->file, err)))
        return false;
    ret->reader = ret->file ? snapshot_reader_open(ret->file, ret->name, err) : NULL;
    return ret->reader || !ret->file;
}

bool side_open(const SideContext *context, const char *which, const json_t *meta, Side *ret,
               Err *err)
{
    return open_one(context, which, meta, ret, err);
}

bool side_open_both(const SideContext *context, const char *old, const char *new, Side *ret_old,
                    Side *ret_new, Err *err)
{
    bool old_first = rank_of(old) < rank_of(new);
    Side *first = old_first ? ret_old : ret_new, *second = old_first ? ret_new : ret_old;

    if (strcmp(old, "-") == 0 && strcmp(new, "-") == 0)
        return err_set(err, EXIT_USAGE, "both sides cannot be stdin");
    if (!open_one(context, old_first ? old : new, NULL, first, err) ||
        !open_one(context, old_first ? new : old,
                  first->reader ? snapshot_reader_meta(first->reader) : NULL, second, err))
        return false;
    return ret_new->reader || err_set(err, EXIT_DATA, "there is no '%s' yet", ret_new->name);
}

void side_close(Side *side)
{
    snapshot_reader_close(&side->reader);
    program_close(&side->file);
    arena_free(&side->arena);
    *side = (Side){0};
}
