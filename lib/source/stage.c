#include "source/stage.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/cleanup.h"
#include "base/digest.h"
#include "base/file.h"
#include "source/kept.h"

/* No longer than a day: files may ask what day it is. */
enum {
    STAGES_MAX = 6,
    STAGE_S = 24 * 3600,
    STAGE_BYTES = 128 * 1024 * 1024,
    NOTE_BYTES = 16 * 1024 * 1024,
    RUN_BYTES = 64
};

static const char prefix[] = "stage-";

struct Stages {
    Arena arena;
    const char *directory;
    const char **names; /* [i]: of the state after i files */
    size_t count;
    time_t born;    /* when the first of its files ran */
    bool is_of_run; /* names tell of this run of the machine: they need not survive its end */
};

/* ---- names ---- */

/* What is told of this run of the machine alone; "" where nothing does. */
static const char *run_of_machine(Arena *arena)
{
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    Err ignored = {0};

    return file_read("/proc/sys/kernel/random/boot_id", RUN_BYTES, &text, &length, &ignored)
               ? arena_strdup(arena, text)
               : "";
}

static void add(Digest *digest, const char *text, size_t length)
{
    digest_add(digest, &length, sizeof length);
    digest_add(digest, text, length);
}

static void add_text(Digest *digest, const char *text)
{
    add(digest, text, strlen(text));
}

/* From the state before it. */
static const char *name_after(const char *before, const ChainFile *file, Arena *arena)
{
    CLEANUP(digest_close) Digest *digest = digest_open();
    char hex[DIGEST_HEX_SIZE];

    add_text(digest, before);
    add_text(digest, file->name);
    add_text(digest, file->no_transaction ? "alone" : "");
    add(digest, file->text, file->length);
    digest_end_hex(digest, hex);
    return arena_join(arena, prefix, hex, NULL);
}

Stages *stages_open(const Chain *chain, const char *key)
{
    Arena arena = {0};
    const char *directory = chain && !chain->by_need ? kept_directory(&arena) : NULL;

    if (!directory) {
        arena_free(&arena);
        return NULL;
    }
    const char *run = run_of_machine(&arena);
    const char **names = arena_alloc(&arena, (chain->count + 1) * sizeof *names);
    names[0] = arena_join(&arena, VERSION, " ", key, " ", run, NULL);
    for (size_t i = 0; i < chain->count; i++)
        names[i + 1] = name_after(names[i], &chain->files[i], &arena);
    Stages *ret = arena_alloc(&arena, sizeof *ret);
    *ret = (Stages){.directory = directory, .names = names, .count = chain->count};
    ret->born = time(NULL);
    ret->is_of_run = *run;
    ret->arena = arena;
    return ret;
}

void stages_close(Stages **stages)
{
    if (*stages) {
        Arena arena = (*stages)->arena;
        arena_free(&arena);
    }
    *stages = NULL;
}

/* ---- what is kept ---- */

/* Of a state that is not too old: its names and warnings. NULL: there is none. */
static json_t *note_read(const char *path)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(cleanup_free) char *text = NULL;
    const char *note = arena_printf(&arena, "%s/" KEPT_NOTE, path);
    size_t length = 0;
    Err ignored = {0};

    if (!kept_has(path) || !file_read(note, NOTE_BYTES, &text, &length, &ignored))
        return NULL;
    json_t *ret = json_loadb(text, length, 0, NULL);
    if (json_integer_value(json_object_get(ret, "born")) + STAGE_S >= time(NULL))
        return ret;
    json_decref(ret);
    return NULL;
}

size_t stages_start(Stages *stages, Server *server, json_t *warnings)
{
    for (size_t i = stages ? stages->count : 0; i > 0; i--) {
        CLEANUP(arena_free) Arena arena = {0};
        const char *path = arena_join(&arena, stages->directory, "/", stages->names[i], NULL);
        json_auto_t *note = kept_has(path) ? note_read(path) : NULL;
        if (note && kept_start(path, server)) {
            json_array_extend(warnings, json_object_get(note, "warnings"));
            stages->born = json_integer_value(json_object_get(note, "born"));
            return i;
        }
    }
    return 0;
}

static bool is_text(const json_t *value, const char *text)
{
    return json_is_string(value) && strcmp(json_string_value(value), text) == 0;
}

/* How many files at its beginning another chain shares, if it goes on otherwise. */
static size_t shared(const Stages *stages, const json_t *names)
{
    size_t count = json_array_size(names), i = 0;

    while (i < count && i < stages->count &&
           is_text(json_array_get(names, i), stages->names[i + 1]))
        i++;
    return i < count ? i : 0;
}

size_t stages_fork(const Stages *stages, size_t applied)
{
    DIR *entries = stages ? opendir(stages->directory) : NULL;
    const struct dirent *entry = NULL;
    size_t ret = 0;

    while (entries && (entry = readdir(entries))) {
        CLEANUP(arena_free) Arena arena = {0};
        if (strncmp(entry->d_name, prefix, sizeof prefix - 1) != 0)
            continue;
        json_auto_t *note =
            note_read(arena_join(&arena, stages->directory, "/", entry->d_name, NULL));
        size_t count = shared(stages, json_object_get(note, "names"));
        ret = count > ret ? count : ret;
    }
    if (entries)
        closedir(entries);
    return ret > applied && ret < stages->count ? ret : 0;
}

/* ---- keeping ---- */

static char *note_text(const Stages *stages, size_t applied, const json_t *warnings)
{
    json_auto_t *names = json_array();

    for (size_t i = 1; i <= applied; i++)
        json_array_append_new(names, json_string(stages->names[i]));
    json_auto_t *note = json_pack("{s:I, s:O, s:O}", "born", (json_int_t)stages->born, "names",
                                  names, "warnings", warnings);
    return json_dumps(note, JSON_COMPACT);
}

void stages_keep(const Stages *stages, size_t applied, const Server *server, const json_t *warnings)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(cleanup_close) int held = kept_lock(stages->directory, 0);

    if (held < 0)
        return;
    CLEANUP(cleanup_free) char *note = note_text(stages, applied, warnings);
    kept_prune(stages->directory, prefix, time(NULL) - STAGE_S, STAGES_MAX - 1);
    kept_put(arena_join(&arena, stages->directory, "/", stages->names[applied], NULL), server, note,
             stages->is_of_run, STAGE_BYTES);
}
