#include "source/template.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/embed.h"
#include "base/file.h"
#include "base/lock.h"
#include "base/tree.h"
#include "pg/db.h"
#include "shadow_files.h"

enum { MAKING_MS = 120000, UNUSED_S = 30 * 24 * 3600 };

typedef struct Template {
    Arena arena;
    const char *cache; /* directory of all; NULL: there is none */
    const char *path;
    bool supabase;
} Template;

static const char *text_of(const char *file)
{
    return (const char *)embedded_find(shadow_files, file)->bytes;
}

/* ---- its name ---- */

/* Two servers with one program are the same: its path, size and time tell. */
static const char *key_of(Template *template, const char *bin)
{
    const char *program = arena_printf(&template->arena, "%s/postgres", bin);
    struct stat status = {0};
    char hex[DIGEST_HEX_SIZE];

    (void)stat(program, &status);
    const char *text =
        arena_printf(&template->arena, "%s %lld %lld %s%s", program, (long long)status.st_size,
                     (long long)status.st_mtime, text_of("extensions.sql"),
                     template->supabase ? text_of("shim.sql") : "");
    digest_hex(text, strlen(text), hex);
    return arena_strndup(&template->arena, hex, 16);
}

static const char *cache_of(Template *template)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    const char *ret = NULL;
    Err ignored = {0};

    if (cache && *cache == '/')
        ret = arena_printf(&template->arena, "%s/schema-monitor/shadow", cache);
    else if (home && *home == '/')
        ret = arena_printf(&template->arena, "%s/.cache/schema-monitor/shadow", home);
    return ret && file_make_directories(ret, 0700, &ignored) ? ret : NULL;
}

/* ---- making one ---- */

static bool load(const Server *server, bool supabase, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    const DbTarget *target = db_target(server_conninfo(server), "schema-snapshot", &arena, err);
    CLEANUP(db_close) Db *db = target ? db_open(target, err) : NULL;

    if (!db || !db_execute(db, text_of("extensions.sql"), err) ||
        (supabase && !db_execute(db, text_of("shim.sql"), err))) {
        err->code = EXIT_UNAVAILABLE;
        return err_in(err, "while the shadow database was prepared%s",
                      supabase ? " (a Supabase project needs PostgreSQL 14 or later)" : "");
    }
    /* What is not there need not be copied. */
    return db_execute(db, "update pg_database set datistemplate = false", err) &&
           db_execute(db, "drop database template1", err) &&
           db_execute(db, "drop database template0", err) && db_execute(db, "vacuum", err);
}

static bool make(Template *template, Server *server, Err *err)
{
    return server_make_data(server, err) && server_start(server, err) &&
           load(server, template->supabase, err) && server_stop(server, true, err);
}

/* Those that nobody used for long, and what was half made. Under the lock. */
static void prune(Template *template)
{
    DIR *directory = opendir(template->cache);
    const struct dirent *entry = NULL;
    Err ignored = {0};

    while (directory && (entry = readdir(directory))) {
        const char *path = arena_printf(&template->arena, "%s/%s", template->cache, entry->d_name);
        struct stat status;
        if (*entry->d_name == '.' && strncmp(entry->d_name, ".new-", 5) != 0)
            continue;
        if (lstat(path, &status) == 0 && S_ISDIR(status.st_mode) &&
            (*entry->d_name == '.' || status.st_mtime + UNUSED_S < time(NULL)))
            tree_remove(path, &ignored);
    }
    if (directory)
        closedir(directory);
}

/* A copy in the cache. It has its name when it is whole and on the disk; failing does no harm. */
static void keep(Template *template, const Server *server)
{
    const char *new =
        arena_printf(&template->arena, "%s/.new-%ld", template->cache, (long)getpid());
    Err ignored = {0};

    if (tree_copy(server_data(server), new, NULL, &ignored)) {
        sync();
        if (rename(new, template->path) == 0)
            return;
    }
    tree_remove(new, &ignored);
}

/* ---- taking one ---- */

static bool is_there(const Template *template)
{
    struct stat status;

    return template->cache && lstat(template->path, &status) == 0 && S_ISDIR(status.st_mode) &&
           status.st_uid == geteuid();
}

/* False when it is of no use; then it is gone, and data is as it was. */
static bool start_copy(Template *template, Server *server)
{
    Err ignored = {0};

    if (is_there(template) &&
        tree_copy(template->path, server_data(server), server_user(server), &ignored) &&
        server_start(server, &ignored)) {
        utimensat(AT_FDCWD, template->path, NULL, 0);
        return true;
    }
    tree_remove(server_data(server), &ignored);
    if (is_there(template))
        tree_remove(template->path, &ignored);
    return false;
}

static bool start_new(Template *template, Server *server, Err *err)
{
    Err ignored = {0};
    int lock = template->cache
                   ? lock_take(arena_printf(&template->arena, "%s/lock", template->cache),
                               MAKING_MS, &ignored)
                   : -1;
    CLEANUP(cleanup_close) int held = lock;

    /* Another may have made it while we waited. */
    if (start_copy(template, server))
        return true;
    if (!make(template, server, err))
        return false;
    if (held >= 0) {
        prune(template);
        keep(template, server);
    }
    return server_start(server, err);
}

static void template_free(Template *template)
{
    arena_free(&template->arena);
}

bool template_start(Server *server, const char *bin, bool supabase, Err *err)
{
    CLEANUP(template_free) Template template = {.supabase = supabase};

    template.cache = cache_of(&template);
    if (template.cache)
        template.path =
            arena_printf(&template.arena, "%s/%s", template.cache, key_of(&template, bin));
    return start_copy(&template, server) || start_new(&template, server, err);
}
