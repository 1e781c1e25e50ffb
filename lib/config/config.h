/* The project: its directory, supabase/monitor-config.json and the .env files.
 *
 * Every key is a row of one table (name, type, default, bounds, help), from which come reading,
 * checking, defaults and man/monitor-config.5's list. Comments and trailing commas are allowed; an
 * unknown key is EXIT_CONFIG naming file, line, column and the nearest known key. A file that is
 * not there means the defaults. */
#ifndef CONFIG_CONFIG_H
#define CONFIG_CONFIG_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

typedef struct Config Config;

/* directory: --project, or NULL for the nearest ancestor of the working directory that has
 * supabase/monitor-config.json or supabase/config.toml, and the working directory itself when none
 * has (config_found tells). */
Config *config_open(const char *directory, Err *err);
/* The same project without its configuration and .env files, so that what does not need them works
 * when they are broken: every key has its default. */
Config *config_open_bare(const char *directory, Err *err);
void config_close(Config **config);

/* The project's absolute directory, and its name: project.name of the configuration, else the last
 * part of the directory. */
const char *config_directory(const Config *config);
const char *config_name(const Config *config);
/* Whether a marker file (see config_open) was there. */
bool config_found(const Config *config);
/* path joined to the project directory, unless absolute; owned by the config. */
const char *config_path(Config *config, const char *path);
/* ".schema/NAME" in the project directory. */
const char *config_state_path(Config *config, const char *name);

/* Values by dotted key, "dashboard.port". A key that is not in the table, or of another type, is
 * our bug (assert). Strings of the form env(NAME) come as they stand: see config_secret. */
bool config_bool(const Config *config, const char *key);
int64_t config_int(const Config *config, const char *key);
const char *config_string(const Config *config, const char *key); /* "" when empty */
const json_t *config_list(const Config *config, const char *key); /* array, perhaps empty */
const json_t *config_object(const Config *config, const char *key);
/* A value as text, for scripts ("true", "3001", "a,b"), from malloc; NULL when there is no such
 * key. */
char *config_text(const Config *config, const char *key);
/* The effective configuration, defaults filled in, env(NAME) left as it stands; borrowed. */
const json_t *config_effective(const Config *config);

/* A variable: from the process environment, else the .env files; NULL when unset or empty. */
const char *config_env(const Config *config, const char *name);
/* value itself, or of env(NAME) the variable's value; EXIT_CONFIG naming the variable when unset.
 */
const char *config_secret(const Config *config, const char *value, Err *err);

#endif
