#include "source/source.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "json/jx.h"
#include "source/live.h"
#include "source/migrations.h"

static bool serve_live(const SourceOptions *options, FILE *out, char *ret_hash, Err *err)
{
    LiveOptions live = {.conninfo = options->conninfo,
                        .schemas = options->schemas,
                        .exclude = options->exclude,
                        .time = options->time};

    if (!options->conninfo)
        return err_set(err, EXIT_UNAVAILABLE,
                       "no database is configured (set DATABASE_URL, here or in .env)");
    return live_snapshot(&live, out, ret_hash, err);
}

static bool serve_migrations(const SourceOptions *options, FILE *out, char *ret_hash, Err *err)
{
    MigrationsOptions migrations = {
        .directory = options->migrations, .schemas = options->schemas, .exclude = options->exclude};
    struct stat status;

    if (!options->migrations || stat(options->migrations, &status) != 0)
        return err_set(err, EXIT_UNAVAILABLE, "there are no migrations at '%s'",
                       options->migrations ? options->migrations : "");
    return migrations_snapshot(&migrations, options->time, out, ret_hash, err);
}

static const char *const names[] = {"live", "migrations", NULL};
static bool (*const servers[])(const SourceOptions *, FILE *, char *, Err *) = {serve_live,
                                                                                serve_migrations};

const char *const *source_names(void)
{
    return names;
}

static int index_of(const char *name)
{
    for (int i = 0; names[i]; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

static bool empty(FILE *out, Err *err)
{
    if (fflush(out) != 0 || ftruncate(fileno(out), 0) != 0 || fseek(out, 0, SEEK_SET) != 0)
        return err_errno(err, EXIT_IO, "cannot empty a temporary file");
    return true;
}

bool source_snapshot(const SourceOptions *options, FILE *out, SourceResult *ret, Err *err)
{
    SourceResult result = {0};
    Err last = {0};
    size_t used = 0;

    err_set(&last, EXIT_CONFIG, "no source is given");
    for (const char *const *name = options->order; *name; name++) {
        int index = index_of(*name);
        if (index < 0)
            return err_set(err, EXIT_CONFIG, "'%s' is not a source", *name);
        if (!empty(out, err))
            return false;
        last = (Err){0};
        if (servers[index](options, out, result.hash, &last)) {
            result.source = names[index];
            *ret = result;
            return true;
        }
        if (last.code != EXIT_UNAVAILABLE)
            break;
        if (used < sizeof result.passed)
            used += (size_t)snprintf(result.passed + used, sizeof result.passed - used, "%s%s",
                                     used ? "; " : "", last.msg);
    }
    if (last.code == EXIT_UNAVAILABLE)
        return err_set(err, EXIT_UNAVAILABLE, "%s", result.passed);
    *err = last;
    return false;
}
