#include "source/known.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "json/jx.h"

struct Known {
    const char *path;
    FILE *file;
    SnapshotReader *reader;
    char hash[SNAPSHOT_HASH_SIZE];
    json_t *probe; /* of FILE.probe, or NULL */
    Arena arena;
    KnownObject *objects; /* in the order of the document */
    size_t count;
    size_t room;
    const KnownObject **by_oid;
    KnownLine *lines; /* of the sections, likewise */
    size_t line_count;
    size_t line_room;
    size_t first_line[KIND_COUNT + 1]; /* of each kind; behind them the end */
    bool has_names;
};

static const char *probe_path(Known *known)
{
    return arena_printf(&known->arena, "%s.probe", known->path);
}

/* Of the moment when the document's stamps were counted, whatever was found since. */
static const char *const stamped[] = {"since", "elsewhere"};

static void probe_read(Known *known)
{
    const char *path = probe_path(known);
    Err ignored = {0};
    json_auto_t *kept = file_exists(path) ? jx_load(path, &ignored) : NULL;

    const json_t *own = json_object_get(known_meta(known), "probe");
    json_t *probe = json_object_get(kept, "probe");
    bool belongs = strcmp(jx_string(kept, "hash", ""), known->hash) == 0;

    /* The same schema may have been written at another time. */
    for (size_t i = 0; i < sizeof stamped / sizeof *stamped; i++)
        belongs &= strcmp(jx_string(own, stamped[i], ""), jx_string(probe, stamped[i], "")) == 0;
    if (belongs)
        known->probe = json_incref(probe);
}

Known *known_open(const char *path)
{
    Err ignored = {0};
    char hash[SNAPSHOT_HASH_SIZE];

    if (!path || !snapshot_peek_hash(path, hash, &ignored))
        return NULL;
    Known *known = arena_realloc_or_exit(NULL, sizeof *known);
    *known = (Known){.path = path, .file = fopen(path, "re")};
    known->reader = known->file ? snapshot_reader_open(known->file, path, &ignored) : NULL;
    if (!known->reader || snapshot_reader_is_short(known->reader)) {
        known_close(&known);
        return NULL;
    }
    memcpy(known->hash, hash, sizeof hash);
    probe_read(known);
    return known;
}

void known_close(Known **known)
{
    if (!*known)
        return;
    snapshot_reader_close(&(*known)->reader);
    if ((*known)->file)
        fclose((*known)->file);
    json_decref((*known)->probe);
    arena_free(&(*known)->arena);
    free((*known)->objects);
    free((*known)->by_oid);
    free((*known)->lines);
    free(*known);
    *known = NULL;
}

const char *known_hash(const Known *known)
{
    return known->hash;
}

const json_t *known_meta(const Known *known)
{
    return snapshot_reader_meta(known->reader);
}

const json_t *known_probe(const Known *known)
{
    return known->probe ? known->probe : json_object_get(known_meta(known), "probe");
}

const char *known_fingerprint(const Known *known)
{
    return jx_string(known ? known_probe(known) : NULL, "fingerprint", "");
}

void known_keep_probe(const Known *known, const json_t *probe)
{
    CLEANUP(arena_free) Arena arena = {0};
    const char *path = arena_printf(&arena, "%s.probe", known->path);
    Err ignored = {0};
    json_auto_t *fresh = json_copy((json_t *)probe);
    json_auto_t *kept =
        json_pack("{s:s, s:s, s:O}", "format", "probe/1", "hash", known->hash, "probe", fresh);

    for (size_t i = 0; i < sizeof stamped / sizeof *stamped; i++)
        json_object_set(fresh, stamped[i],
                        json_object_get(json_object_get(known_meta(known), "probe"), stamped[i]));
    CLEANUP(file_replace_close)
    FileReplace *replace = kept ? file_replace_open(path, 0600, &ignored) : NULL;
    if (!replace)
        return;
    replace->may_be_lost = true;
    if (jx_write(kept, replace->out, &ignored))
        file_replace_commit(replace, &ignored);
}

static bool object_add(Known *known, const SnapshotLine *line)
{
    SnapshotLineage lineage = {0};
    Err ignored = {0};

    if (!snapshot_line_lineage(line, &lineage, &known->arena, &ignored))
        return false;
    if (known->count == known->room) {
        known->room = known->room ? known->room * 2 : 256;
        known->objects =
            arena_realloc_or_exit(known->objects, known->room * sizeof *known->objects);
    }
    known->objects[known->count++] = (KnownObject){
        .kind = lineage.kind,
        .oid = lineage.oid,
        .id = lineage.id,
        .stamp = lineage.stamp ? lineage.stamp : "",
        .lineage = {line->text, line->length},
        .named = {lineage.named, lineage.named_length},
    };
    return true;
}

static void line_add(Known *known, const SnapshotLine *line)
{
    if (known->line_count == known->line_room) {
        known->line_room = known->line_room ? known->line_room * 2 : 256;
        known->lines = arena_realloc_or_exit(known->lines, known->line_room * sizeof *known->lines);
    }
    known->lines[known->line_count++] = (KnownLine){line->text, line->length};
    known->first_line[line->kind + 1]++; /* counted first */
}

static int oid_compare(const void *a, const void *b)
{
    const KnownObject *left = *(const KnownObject *const *)a,
                      *right = *(const KnownObject *const *)b;

    if (left->kind != right->kind)
        return left->kind < right->kind ? -1 : 1;
    return (left->oid > right->oid) - (left->oid < right->oid);
}

/* Constants of types that have numbers of relations, functions, types in them stand in texts by
 * name: arrays of them, composite types, domains and ranges of them, bounds of partitions by them.
 */
static bool has(const KnownLine *line, const char *text)
{
    return text_within(line->text, line->length, text, strlen(text));
}

static bool has_names(const KnownLine *line, KindId kind)
{
    static const char cast[] = "'::reg";
    const char *text = line->text, *end = line->text + line->length;

    if (!has(line, "reg"))
        return false;
    if (((kind == KIND_COMPOSITE || kind == KIND_DOMAIN || kind == KIND_RANGE) &&
         (has(line, "type\":\"reg") || has(line, "type\":\"pg_catalog.reg"))) ||
        (kind == KIND_TABLE && has(line, "\"type\":\"reg") && has(line, "\"partition_")))
        return true;
    while ((text = text_within(text, (size_t)(end - text), cast, sizeof cast - 1))) {
        for (text += sizeof cast - 1; text < end && *text >= 'a' && *text <= 'z'; text++)
            continue;
        if (end - text >= 2 && memcmp(text, "[]", 2) == 0)
            return true;
    }
    return false;
}

bool known_has_names(const Known *known)
{
    return known->has_names;
}

bool known_load(Known *known)
{
    Err ignored = {0};
    SnapshotLine line = {0};
    int got = 0;

    if (known->by_oid)
        return true;
    if (!snapshot_reader_keep(known->reader, &ignored))
        return false;
    snapshot_reader_with_asides(known->reader);
    while ((got = snapshot_reader_next(known->reader, &line, &ignored)) > 0) {
        if (line.part == SNAPSHOT_LINEAGE && !object_add(known, &line))
            got = -1;
        if (line.part == SNAPSHOT_OBJECT) {
            line_add(known, &line);
            known->has_names |=
                !known->has_names && has_names(&(KnownLine){line.text, line.length}, line.kind);
        }
    }
    if (got < 0) {
        known->count = 0;
        return false;
    }
    for (int kind = 0; kind < KIND_COUNT; kind++)
        known->first_line[kind + 1] += known->first_line[kind];
    known->by_oid = arena_realloc_or_exit(NULL, (known->count + 1) * sizeof *known->by_oid);
    for (size_t i = 0; i < known->count; i++)
        known->by_oid[i] = &known->objects[i];
    qsort(known->by_oid, known->count, sizeof *known->by_oid, oid_compare);
    return true;
}

size_t known_count(const Known *known)
{
    return known->count;
}

const KnownObject *known_at(const Known *known, size_t index)
{
    return &known->objects[index];
}

const KnownObject *known_find(const Known *known, KindId kind, uint32_t oid)
{
    const KnownObject wanted = {.kind = kind, .oid = oid}, *key = &wanted;
    const KnownObject **found = known->count ? bsearch(&key, known->by_oid, known->count,
                                                       sizeof *known->by_oid, oid_compare)
                                             : NULL;

    return found ? *found : NULL;
}

SnapshotReader *known_reader(const Known *known)
{
    return known->by_oid ? known->reader : NULL;
}

const KnownLine *known_lines(const Known *known, KindId kind, size_t *ret_count)
{
    *ret_count = known->first_line[kind + 1] - known->first_line[kind];
    return known->lines + known->first_line[kind];
}

bool known_is_of(const KnownLine *line, const KnownObject *object)
{
    return text_within(line->text, line->length, object->named.text, object->named.length);
}

const KnownLine *known_line(const Known *known, const KnownObject *object)
{
    size_t count = 0;
    const KnownLine *lines = known_lines(known, object->kind, &count);

    for (size_t i = 0; i < count; i++)
        if (known_is_of(&lines[i], object))
            return &lines[i];
    return NULL;
}
