#include "side/git.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "side/program.h"

#define GIT "git", "--no-pager", "--literal-pathspecs"

enum { EXPORT_MAX_BYTES = 1 << 30 };

bool git_split(Arena *arena, const char *text, const char **ret_rev, const char **ret_path,
               Err *err)
{
    int depth = 0;
    const char *colon = text;

    while (*colon && (*colon != ':' || depth > 0)) {
        depth += (*colon == '{') - (*colon == '}');
        colon++;
    }
    if (*colon != ':' || colon == text || !colon[1])
        return err_set(err, EXIT_USAGE, "'git:%s' is not of the form git:REV:PATH", text);
    *ret_rev = arena_strndup(arena, text, (size_t)(colon - text));
    char *path = arena_strdup(arena, colon + 1);
    for (size_t length = strlen(path); length > 1 && path[length - 1] == '/'; length--)
        path[length - 1] = '\0';
    *ret_path = path;
    return true;
}

static FILE *git_run(const Git *git, const char *const *argv, const char *input, Err *err)
{
    Program program = {
        .argv = argv,
        .name = "git",
        .subject = git->subject,
        .directory = git->directory,
        .input = input,
        .failure = EXIT_DATA,
    };

    return program_run(&program, err);
}

/* A line of "cat-file --batch-check": "OID TYPE SIZE", or anything else. */
static GitObject object_of(const char *line)
{
    static const struct {
        const char *name;
        GitType type;
    } types[] = {
        {"blob ", GIT_BLOB}, {"tree ", GIT_TREE}, {"commit ", GIT_OTHER}, {"tag ", GIT_OTHER}};
    GitObject object = {0};
    size_t length = strspn(line, "0123456789abcdef");

    if ((length != 40 && length != 64) || line[length] != ' ')
        return object;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strncmp(line + length + 1, types[i].name, strlen(types[i].name)) == 0 &&
            isdigit((unsigned char)line[length + 1 + strlen(types[i].name)]))
            object.type = types[i].type;
    if (object.type != GIT_NONE)
        snprintf(object.oid, sizeof object.oid, "%.*s", (int)length, line);
    return object;
}

bool git_find(const Git *git, const char *const *names, size_t count, GitObject *ret, Err *err)
{
    static const char *const argv[] = {GIT, "cat-file", "--batch-check", NULL};
    CLEANUP(buffer_free) Buffer input = {0};
    CLEANUP(cleanup_free) char *line = NULL;
    size_t room = 0;

    for (size_t i = 0; i < count; i++) {
        if (strchr(names[i], '\n'))
            return err_set(err, EXIT_DATA, "a name in '%s' has a line break", git->subject);
        buffer_text(&input, names[i]);
        buffer_char(&input, '\n');
    }
    CLEANUP(program_close) FILE *out = git_run(git, argv, input.bytes ? input.bytes : "", err);
    if (!out)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (getline(&line, &room, out) < 0)
            return err_set(err, EXIT_DATA, "cannot read '%s': git answers too little",
                           git->subject);
        ret[i] = object_of(line);
    }
    return true;
}

bool git_find_path(const Git *git, const char *rev, const char *path, GitObject *ret, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    const char *names[] = {arena_printf(&arena, "%s^{tree}", rev),
                           arena_printf(&arena, "%s:%s", rev, path)};
    GitObject found[2] = {{0}};

    if (!git_find(git, names, 2, found, err))
        return false;
    if (found[0].type != GIT_TREE)
        return err_set(err, EXIT_DATA, "cannot read '%s': there is no revision '%s'", git->subject,
                       rev);
    if (found[1].type != GIT_BLOB && found[1].type != GIT_TREE)
        return err_set(err, EXIT_DATA, "cannot read '%s': there is no '%s' in revision '%s'",
                       git->subject, path, rev);
    *ret = found[1];
    return true;
}

FILE *git_blob(const Git *git, const char *oid, Err *err)
{
    const char *const argv[] = {GIT, "cat-file", "blob", oid, NULL};

    return git_run(git, argv, NULL, err);
}

/* ---- folders ---- */

typedef struct Entry {
    const char *oid;
    const char *name;
} Entry;

static bool is_sql(const char *name)
{
    size_t length = strlen(name);

    return length > 4 && strcmp(name + length - 4, ".sql") == 0;
}

/* Of "MODE TYPE OID SIZE\tNAME": a file to write, or nothing of the kind. */
static bool entry_read(const Git *git, Arena *arena, const char *line, Entry *ret, long long *total,
                       Err *err)
{
    const char *tab = strchr(line, '\t');
    char mode[8], type[8], oid[GIT_OID_SIZE];
    long long size = 0;

    *ret = (Entry){0};
    if (!tab || sscanf(line, "%7s %7s %64s %lld", mode, type, oid, &size) != 4)
        return true; /* a submodule has no size */
    if (strcmp(mode, "120000") == 0 && is_sql(tab + 1))
        return err_set(err, EXIT_DATA, "cannot read '%s': '%s' is a symbolic link", git->subject,
                       tab + 1);
    if (strcmp(type, "blob") != 0 || strcmp(mode, "120000") == 0)
        return true;
    *total += size;
    if (*total > EXPORT_MAX_BYTES)
        return err_set(err, EXIT_DATA, "cannot read '%s': it has more than a GiB", git->subject);
    *ret = (Entry){arena_strdup(arena, oid), arena_strdup(arena, tab + 1)};
    return true;
}

static bool entries_list(const Git *git, const char *oid, Arena *arena, Entry **ret,
                         size_t *ret_count, Err *err)
{
    const char *const argv[] = {GIT, "ls-tree", "-r", "-l", "-z", "--full-tree", oid, NULL};
    CLEANUP(program_close) FILE *out = git_run(git, argv, NULL, err);
    CLEANUP(cleanup_free) char *line = NULL;
    size_t room = 0;
    long long total = 0;
    bool ok = out != NULL;

    *ret = NULL;
    *ret_count = 0;
    while (ok && getdelim(&line, &room, '\0', out) >= 0) {
        if ((*ret_count & (*ret_count + 1)) == 0)
            *ret = arena_realloc_or_exit(*ret, 2 * (*ret_count + 1) * sizeof **ret);
        ok = entry_read(git, arena, line, &(*ret)[*ret_count], &total, err);
        *ret_count += ok && (*ret)[*ret_count].name;
    }
    return ok;
}

/* One object of "cat-file --batch": "OID blob SIZE", its bytes, a newline. */
static bool batch_read(const Git *git, FILE *batch, Buffer *ret, Err *err)
{
    char head[128], bytes[16 * 1024];
    unsigned long long size = 0;
    bool ok = fgets(head, sizeof head, batch) && sscanf(head, "%*64s blob %llu", &size) == 1;

    buffer_clear(ret);
    while (ok && size > 0) {
        size_t want = size < sizeof bytes ? (size_t)size : sizeof bytes;
        ok = fread(bytes, 1, want, batch) == want;
        buffer_add(ret, bytes, want);
        size -= want;
    }
    return (ok && fgetc(batch) == '\n') ||
           err_set(err, EXIT_DATA, "cannot read '%s': git answers too little", git->subject);
}

static bool entries_write(const Git *git, const Entry *entries, size_t count, const char *prefix,
                          const Scratch *scratch, Err *err)
{
    static const char *const argv[] = {GIT, "cat-file", "--batch", NULL};
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(buffer_free) Buffer input = {0};
    CLEANUP(buffer_free) Buffer bytes = {0};

    for (size_t i = 0; i < count; i++) {
        buffer_text(&input, entries[i].oid);
        buffer_char(&input, '\n');
    }
    CLEANUP(program_close)
    FILE *batch = count > 0 ? git_run(git, argv, input.bytes, err) : NULL;
    bool ok = count == 0 || batch;
    for (size_t i = 0; ok && i < count; i++)
        ok = batch_read(git, batch, &bytes, err) &&
             scratch_write(scratch, arena_printf(&arena, "%s/%s", prefix, entries[i].name),
                           bytes.bytes, bytes.length, err);
    return ok;
}

bool git_export(const Git *git, const char *oid, const char *prefix, const Scratch *scratch,
                Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(cleanup_free) Entry *entries = NULL;
    size_t count = 0;

    return file_make_directories(arena_printf(&arena, "%s/%s", scratch->path, prefix), 0700, err) &&
           entries_list(git, oid, &arena, &entries, &count, err) &&
           entries_write(git, entries, count, prefix, scratch, err);
}

/* ---- history ---- */

/* The next line without its end; NULL: there is none. */
static const char *next_line(FILE *out, char **line, size_t *room)
{
    ssize_t length = getline(line, room, out);

    if (length < 0)
        return NULL;
    (*line)[strcspn(*line, "\n")] = '\0';
    return *line;
}

bool git_place(Arena *arena, const char *path, const char **ret_top, const char **ret, Err *err)
{
    static const char *const argv[] = {GIT, "rev-parse", "--show-toplevel", "--show-prefix", NULL};
    struct stat status;
    bool is_folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    const char *slash = strrchr(path, '/');
    const char *name = is_folder ? "" : slash ? slash + 1 : path;
    const char *directory = is_folder       ? path
                            : slash == path ? "/"
                            : slash         ? arena_strndup(arena, path, (size_t)(slash - path))
                                            : ".";
    Git git = {directory, path};
    CLEANUP(cleanup_free) char *line = NULL;
    size_t room = 0;
    Err none = {0};

    *ret = NULL;
    if (!file_exists(directory))
        return true;
    CLEANUP(program_close) FILE *out = git_run(&git, argv, NULL, &none);
    if (!out) /* no git, or no repository: nothing is known, but for a signal that ends us */
        return !scratch_is_ending() || err_set(err, EXIT_OS, "interrupted");
    if (!next_line(out, &line, &room))
        return true;
    *ret_top = arena_strdup(arena, line);
    const char *prefix = next_line(out, &line, &room);
    char *whole = arena_printf(arena, "%s%s", prefix ? prefix : "", name);
    size_t length = strlen(whole);
    if (length > 0 && whole[length - 1] == '/')
        whole[length - 1] = '\0';
    *ret = *whole ? whole : ".";
    return true;
}

/* Four lines each: id, parents, time, author. */
static bool commit_read(FILE *out, Arena *arena, char **line, size_t *room, GitCommit *ret)
{
    const char *id = next_line(out, line, room);

    if (!id || !*id)
        return false;
    ret->id = arena_strdup(arena, id);
    const char *parents = next_line(out, line, room);
    ret->parent = parents && *parents ? arena_strndup(arena, parents, strcspn(parents, " ")) : NULL;
    const char *time = next_line(out, line, room);
    ret->time_s = time ? strtoll(time, NULL, 10) : 0;
    const char *author = next_line(out, line, room);
    ret->author = arena_strdup(arena, author ? author : "");
    return author != NULL;
}

bool git_log(const Git *git, Arena *arena, const char *rev, const char *path, GitCommit **ret,
             size_t *ret_count, Err *err)
{
    const char *const argv[] = {GIT,
                                "log",
                                "--topo-order",
                                "--no-merges",
                                "--no-show-signature",
                                "--no-color",
                                "--format=%H%n%P%n%ct%n%aN",
                                rev,
                                "--",
                                path,
                                NULL};
    CLEANUP(program_close) FILE *out = git_run(git, argv, NULL, err);
    CLEANUP(cleanup_free) char *line = NULL;
    size_t room = 0, count = 0;
    GitCommit *commits = NULL, commit = {0};

    if (!out)
        return false;
    while (commit_read(out, arena, &line, &room, &commit)) {
        if ((count & (count + 1)) == 0) {
            GitCommit *more = arena_alloc(arena, 2 * (count + 1) * sizeof *more);
            if (count > 0)
                memcpy(more, commits, count * sizeof *more);
            commits = more;
        }
        commits[count++] = commit;
    }
    *ret = commits;
    *ret_count = count;
    return true;
}

#undef GIT
