#include "source/template.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/cleanup.h"
#include "base/digest.h"
#include "base/embed.h"
#include "base/tree.h"
#include "pg/db.h"
#include "shadow_files.h"
#include "source/kept.h"

enum { MAKING_MS = 120000, UNUSED_S = 30 * 24 * 3600, TEMPLATES_MAX = 100 };

static const char *text_of(const char *file)
{
    return (const char *)embedded_find(shadow_files, file)->bytes;
}

/* ---- its name ---- */

/* When an extension was last added or taken away: the directories that their files are in. */
static const char *extensions_of(const char *bin, Arena *arena)
{
    const char *last = strrchr(bin, '/');
    const char *above = arena_strndup(arena, bin, last ? (size_t)(last - bin) : 0);
    const char *slash = strrchr(above, '/');
    const char *places[] = {
        arena_printf(arena, "%s/../share/extension", bin),
        arena_printf(arena, "%s/../share/postgresql/extension", bin),
        arena_printf(arena, "/usr/share/postgresql/%s/extension", slash ? slash + 1 : ""),
    };
    const char *ret = "";

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct stat status = {0};
        if (stat(places[i], &status) == 0)
            ret = arena_printf(arena, "%s %lld", ret, (long long)status.st_mtime);
    }
    return ret;
}

const char *template_key(const char *bin, bool supabase, Arena *arena)
{
    const char *program = arena_printf(arena, "%s/postgres", bin);
    struct stat status = {0};
    char hex[DIGEST_HEX_SIZE];

    (void)stat(program, &status);
    const char *text =
        arena_printf(arena, "%s %lld %lld%s %s%s", program, (long long)status.st_size,
                     (long long)status.st_mtime, extensions_of(bin, arena),
                     text_of("extensions.sql"), supabase ? text_of("shim.sql") : "");
    digest_hex(text, strlen(text), hex);
    return arena_strndup(arena, hex, 16);
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

static bool make(Server *server, bool supabase, Err *err)
{
    return server_make_data(server, err) && server_start(server, err) &&
           load(server, supabase, err) && server_stop(server, true, err);
}

/* ---- taking one ---- */

static bool start_new(const char *cache, const char *path, bool supabase, Server *server, Err *err)
{
    CLEANUP(cleanup_close) int held = kept_lock(cache, MAKING_MS);

    /* Another may have made it while we waited. */
    if (kept_start(path, server))
        return true;
    if (!make(server, supabase, err))
        return false;
    if (held >= 0) {
        kept_prune(cache, "", time(NULL) - UNUSED_S, TEMPLATES_MAX);
        kept_put(path, server, NULL, false, TREE_ANY_SIZE);
    }
    return server_start(server, err);
}

bool template_start(Server *server, const char *key, bool supabase, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    const char *cache = kept_directory(&arena);
    const char *path = cache ? arena_printf(&arena, "%s/%s", cache, key) : NULL;

    return kept_start(path, server) || start_new(cache, path, supabase, server, err);
}
