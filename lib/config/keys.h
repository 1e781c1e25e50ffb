/* The keys of supabase/monitor-config.json: one row each, from which come checking, defaults,
 * share/schema/monitor-config.json and man/monitor-config.5 (tests/repo/config_keys.sh holds the
 * three together). A new key is a row here, an item in the page and a member in the schema. */
#ifndef CONFIG_KEYS_H
#define CONFIG_KEYS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

typedef enum KeyType {
    KEY_BOOL,
    KEY_INT,
    KEY_STRING,
    KEY_LIST,    /* of strings */
    KEY_COMMAND, /* a program and its arguments: any text but an empty program */
    KEY_MAP,     /* objects by a free name; their members are the rows "path.*." */
    KEY_STEPS    /* an array of objects; their members are the rows "path.*.", name is unique */
} KeyType;

typedef struct Key {
    const char *path; /* dotted; * stands for the name or index in a KEY_MAP or KEY_STEPS */
    KeyType type;
    const char *value; /* the default as JSON; NULL: none, and a member of * may be absent */
    const char *help;
    int64_t min, max; /* of the integer, of the characters of a string, of the items of a list */
    const char *const *choices; /* of a string or of each item, NULL-terminated; NULL: any */
    /* What is wrong with a string or an item, put behind the key's name; NULL: nothing, no check.
     */
    const char *(*fault)(const char *text);
    bool required;
} Key;

/* The row with that path, or NULL. */
const Key *keys_find(const char *path);

/* The effective configuration: doc (NULL: nothing is configured) over the defaults; a new
 * reference. text is what doc was parsed from by jsonc_parse and name its file, for messages:
 * EXIT_CONFIG "'NAME':LINE:COLUMN: what". */
json_t *keys_apply(const json_t *doc, const char *text, const char *name, Err *err);

/* NAME of "env(NAME)" from malloc, or NULL when text is not of that form. */
char *keys_variable(const char *text);

#endif
