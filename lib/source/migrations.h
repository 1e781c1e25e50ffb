/* PLACEHOLDER by the lead until the replay helper writes the real one: same interface. */
#ifndef SOURCE_MIGRATIONS_H
#define SOURCE_MIGRATIONS_H
#include <jansson.h>
#include "model/snapshot.h"
typedef struct MigrationsOptions {
    const char *directory;
    const char *const *schemas;
    const char *const *exclude;
    const json_t *meta_base;
} MigrationsOptions;
bool migrations_snapshot(const MigrationsOptions *options, const char *time_text, FILE *out,
                         char ret_hash[SNAPSHOT_HASH_SIZE], Err *err);
#endif
