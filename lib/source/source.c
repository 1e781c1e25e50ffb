#include "source/source.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "json/jx.h"
#include "source/live.h"
#include "source/migrations.h"
#include "source/shadow.h"
#include "source/supabase.h"

static bool read_database(const SourceOptions *options, const char *conninfo, const json_t *meta,
                          FILE *out, SourceResult *ret, Err *err)
{
    LiveOptions live = {.conninfo = conninfo,
                        .schemas = options->schemas,
                        .exclude = options->exclude,
                        .meta = meta,
                        .known = options->known,
                        .exact = options->exact,
                        .direct = options->direct,
                        .secret = options->secret};
    LiveResult result = {0};

    ret->found = true;
    if (!live_snapshot(&live, out, &result, err))
        return false;
    memcpy(ret->hash, result.hash, sizeof ret->hash);
    ret->unchanged = result.unchanged;
    ret->delivered = result.delivered;
    return true;
}

static bool serve_live(const SourceOptions *options, const json_t *meta, FILE *out,
                       SourceResult *ret, Err *err)
{
    if (!options->conninfo)
        return err_set(err, EXIT_UNAVAILABLE,
                       "no database is configured (set DATABASE_URL, here or in .env)");
    return read_database(options, options->conninfo, meta, out, ret, err);
}

static bool serve_supabase(const SourceOptions *options, const json_t *meta, FILE *out,
                           SourceResult *ret, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    json_auto_t *own = json_copy((json_t *)meta);
    const char *conninfo =
        supabase_find(options->project ? options->project : ".", options->password, &arena, err);

    json_object_set_new(own, "source", json_string("supabase"));
    return conninfo && read_database(options, conninfo, own, out, ret, err);
}

static bool has_migrations(const SourceOptions *options, Err *err)
{
    struct stat status;

    return (options->migrations && stat(options->migrations, &status) == 0) ||
           err_set(err, EXIT_UNAVAILABLE, "there are no migrations at '%s'",
                   options->migrations ? options->migrations : "");
}

static bool serve_migrations(const SourceOptions *options, const json_t *meta, FILE *out,
                             SourceResult *ret, Err *err)
{
    MigrationsOptions migrations = {.directory = options->migrations,
                                    .base = options->base,
                                    .schemas = options->schemas,
                                    .exclude = options->exclude,
                                    .meta_base = meta};

    return has_migrations(options, err) && migrations_snapshot(&migrations, out, ret->hash, err);
}

static bool serve_shadow(const SourceOptions *options, const json_t *meta, FILE *out,
                         SourceResult *ret, Err *err)
{
    ShadowOptions shadow = {.directory = options->migrations,
                            .base = options->base,
                            .server_bin = options->server_bin,
                            .project = options->project,
                            .keep_going = options->keep_going,
                            .schemas = options->schemas,
                            .exclude = options->exclude,
                            .meta = meta,
                            .secret = options->secret};

    return has_migrations(options, err) && options->may_run(options->may_run_data, err) &&
           shadow_snapshot(&shadow, out, ret->hash, err);
}

static const char *const names[] = {"live", "supabase", "shadow", "migrations", NULL};
static bool (*const servers[])(const SourceOptions *, const json_t *, FILE *, SourceResult *,
                               Err *) = {serve_live, serve_supabase, serve_shadow,
                                         serve_migrations};

static int index_of(const char *name)
{
    for (int i = 0; names[i]; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

bool source_is_database(const char *name)
{
    return strcmp(name, "live") == 0 || strcmp(name, "supabase") == 0;
}

static bool empty(FILE *out, Err *err)
{
    if (fflush(out) != 0 || ftruncate(fileno(out), 0) != 0 || fseek(out, 0, SEEK_SET) != 0)
        return err_errno(err, EXIT_IO, "cannot empty a temporary file");
    return true;
}

/* What was asked for, since snapshots of other schemas do not compare. */
static void set_patterns(json_t *meta, const char *key, const char *const *patterns)
{
    json_t *list = json_array();

    for (; patterns && *patterns; patterns++)
        json_array_append_new(list, json_string(*patterns));
    if (json_array_size(list) > 0)
        json_object_set(meta, key, list);
    json_decref(list);
}

/* What every source says alike. */
static json_t *meta_new(const SourceOptions *options)
{
    json_t *meta =
        json_pack("{s:s, s:s}", "time", options->time, "tool", "schema-snapshot " VERSION);

    set_patterns(meta, "schemas", options->schemas);
    set_patterns(meta, "exclude", options->exclude);
    set_patterns(meta, "kinds", options->kinds);
    return meta;
}

static void add_reason(char *reasons, size_t size, const char *reason)
{
    size_t used = strlen(reasons), room = size - used;

    /* What is too long is cut. */
    snprintf(reasons + used, room, "%s%.*s", used ? "; " : "", (int)room, reason);
}

bool source_snapshot(const SourceOptions *options, FILE *out, SourceResult *ret, Err *err)
{
    SourceResult result = {0};
    Err last = {0};
    json_auto_t *meta = meta_new(options);
    char reasons[sizeof result.passed] = "";

    err_set(&last, EXIT_CONFIG, "no source is given");
    for (const char *const *name = options->order; *name; name++) {
        int index = index_of(*name);
        if (index < 0)
            return err_set(err, EXIT_CONFIG, "'%s' is not a source", *name);
        if (!empty(out, err))
            return false;
        last = (Err){0};
        result.found = false;
        if (servers[index](options, meta, out, &result, &last)) {
            result.source = names[index];
            *ret = result;
            return true;
        }
        /* Migrations that do not run may tell something all the same. */
        bool is_broken = index == index_of("shadow") && last.code == EXIT_DATA && name[1];
        if (last.code != EXIT_UNAVAILABLE && !is_broken)
            break;
        add_reason(reasons, sizeof reasons, last.msg);
        /* A source that is there but does not answer is another matter than one that is not there:
         * only then is what follows a makeshift, and says so. */
        if (!is_broken && !result.found)
            continue;
        add_reason(result.passed, sizeof result.passed, last.msg);
        json_object_set_new(meta, "fallback", json_string(result.passed));
    }
    if (last.code == EXIT_UNAVAILABLE)
        return err_set(err, EXIT_UNAVAILABLE, "%s", reasons);
    *err = last;
    return false;
}
