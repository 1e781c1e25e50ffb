#include "prove/prove.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "ddl/document.h"
#include "ddl/print.h"
#include "ddl/whole.h"
#include "diff/diff.h"
#include "json/jx.h"
#include "model/change.h"
#include "side/program.h"
#include "side/scratch.h"

static const char *const names[] = {
    [PROVE_OLD] = "making the old schema",
    [PROVE_UP] = "up",
    [PROVE_DOWN] = "down",
};

const char *prove_part_name(ProvePart part)
{
    return names[part];
}

typedef struct Trial {
    const ProveOptions *options;
    const json_t *changes;
    Arena arena;
    Scratch scratch;
    SnapshotReader *sides[2]; /* old, new */
    json_t *documents[2];
    const char *folder; /* of the files, in the scratch directory */
    Proof *proof;
} Trial;

static void trial_close(Trial *trial)
{
    scratch_close(&trial->scratch);
    json_decref(trial->documents[0]);
    json_decref(trial->documents[1]);
    arena_free(&trial->arena);
}

/* The part's file: its name tells the order, its folder whether the platform is there. */
static bool keep_part(Trial *trial, ProvePart part, const char *text, size_t length, Err *err)
{
    return scratch_write(
        &trial->scratch,
        arena_printf(&trial->arena, "%s/2000010100000%d_part.sql", trial->folder, (int)part), text,
        length, err);
}

/* The old schema, from nothing. */
static bool write_old(Trial *trial, Err *err)
{
    DdlWhole whole = {0};

    if (!ddl_write_whole(trial->documents[0], &trial->arena, &whole, err))
        return false;
    if (whole.is_supabase)
        trial->folder = "supabase/migrations";
    bool ok = keep_part(trial, PROVE_OLD, whole.text, whole.length, err);
    free(whole.text);
    return ok;
}

static bool write_part(Trial *trial, ProvePart part, Err *err)
{
    const DdlOptions options = {
        .online = trial->options->online, .changes = trial->changes, .is_back = part == PROVE_DOWN};
    char *text = NULL;
    size_t length = 0;

    if (part == PROVE_OLD)
        return !trial->documents[0] || write_old(trial, err);
    FILE *stream = open_memstream(&text, &length);
    if (!stream)
        return err_errno(err, EXIT_OS, "cannot write the migration");
    DdlPlan plan = ddl_plan(&trial->arena, trial->documents[part == PROVE_DOWN],
                            trial->documents[part == PROVE_UP], &options);
    ddl_print(&plan, NULL, NULL, stream);
    fclose(stream);
    bool ok = keep_part(trial, part, text, length, err);
    free(text);
    return ok;
}

static void add_patterns(Trial *trial, const char **argv, size_t *count, const char *option,
                         const char *member)
{
    const json_t *meta = snapshot_reader_meta(trial->sides[1]);
    size_t index = 0;
    json_t *pattern = NULL;

    json_array_foreach(json_object_get(meta, member), index, pattern)
    {
        argv[(*count)++] = arena_printf(&trial->arena, "%s=%s", option, json_string_value(pattern));
    }
}

/* What the files so far make. NULL: err filled. */
static FILE *run(Trial *trial, Err *err)
{
    const json_t *meta = snapshot_reader_meta(trial->sides[1]);
    const char **argv =
        arena_alloc(&trial->arena, (16 + json_array_size(json_object_get(meta, "schemas")) +
                                    json_array_size(json_object_get(meta, "exclude"))) *
                                       sizeof *argv);
    size_t count = 0;

    argv[count++] = program_beside(&trial->arena, trial->options->called, "schema-snapshot");
    argv[count++] = "--quiet";
    argv[count++] = "--source=shadow";
    argv[count++] = "--exec";
    argv[count++] =
        arena_printf(&trial->arena, "--migrations=%s/%s", trial->scratch.path, trial->folder);
    argv[count++] = arena_printf(&trial->arena, "--project=%s", trial->scratch.path);
    if (trial->options->server_bin)
        argv[count++] = arena_printf(&trial->arena, "--server-bin=%s", trial->options->server_bin);
    add_patterns(trial, argv, &count, "--schemas", "schemas");
    add_patterns(trial, argv, &count, "--exclude", "exclude");
    Program program = {
        .argv = argv,
        .name = "schema-snapshot",
        .subject = "the migration",
        .hidden = arena_printf(&trial->arena, "%s/%s", trial->scratch.path, trial->folder),
        .shown = "the migration",
    };
    return program_run(&program, err);
}

/* ---- what a server of our own does not have ---- */

static const char *const places[] = {"tablespace", "index_tablespace", NULL};
/* Data of extensions, and what nobody knows: kind_is_opted of model/kind.h. */
static const char *const sections[] = {"tablespaces", "buckets", "cron_jobs", "vault_secrets",
                                       "queues",      "facts",   NULL};
static const char *const kinds[] = {"tablespace", "storage bucket", "cron job", "vault secret",
                                    "queue",      "fact",           NULL};
static const char *const orders[] = {"column order", NULL};

static bool is_one_of(const char *name, const char *const *names_of)
{
    for (; *names_of; names_of++)
        if (strcmp(name, *names_of) == 0)
            return true;
    return false;
}

/* Where things are stored is not to be tried. */
static void forget_places(json_t *value)
{
    const char *key = NULL;
    json_t *item = NULL;
    size_t index = 0;

    for (const char *const *place = places; *place; place++)
        json_object_del(value, *place);
    json_object_foreach(value, key, item)
    {
        forget_places(item);
    }
    json_array_foreach(value, index, item)
    {
        forget_places(item);
    }
}

static json_t *document(SnapshotReader *reader, Err *err)
{
    json_t *doc = ddl_document(reader, err);

    for (const char *const *section = sections; doc && *section; section++)
        json_object_del(doc, *section);
    if (doc)
        forget_places(doc);
    return doc;
}

static bool has_only(const Change *change, const char *const *fields)
{
    size_t index = 0;
    json_t *field = NULL;

    json_array_foreach(change->fields, index, field)
    {
        if (!is_one_of(jx_string(field, "name", ""), fields))
            return false;
    }
    return index > 0;
}

static bool judge(Trial *trial, const json_t *changes, ProvePart part, Err *err)
{
    Proof *proof = trial->proof;
    size_t count = changes_count(changes), others = 0;

    for (size_t i = 0; i < count; i++) {
        Change change;
        if (!changes_view(changes, i, &change, err))
            return false;
        if (is_one_of(change.kind, kinds) || has_only(&change, places))
            continue;
        if (has_only(&change, orders)) {
            proof->but_order = true;
            continue;
        }
        if (others++ == 0)
            snprintf(proof->reason, sizeof proof->reason, "%s %s is %s (%s)", change.kind,
                     change.id,
                     strcmp(change.op, "removed") == 0 ? "not there"
                     : strcmp(change.op, "added") == 0 ? "there and should not be"
                                                       : "not the same",
                     jx_string(json_array_get(change.fields, 0), "name", ""));
    }
    proof->is_proved = others == 0;
    proof->part = part;
    return true;
}

static bool compare(Trial *trial, FILE *made, ProvePart part, Err *err)
{
    SnapshotReader *wanted = trial->sides[part == PROVE_UP];
    CLEANUP(snapshot_reader_close)
    SnapshotReader *got = snapshot_reader_open(made, names[part], err);

    if (!got || !snapshot_reader_again(wanted, err))
        return false;
    json_auto_t *changes = diff_snapshots(wanted, got, err);
    return changes && judge(trial, changes, part, err);
}

/* False: it could not be tried; else the proof tells whether it held. */
static bool try_part(Trial *trial, ProvePart part, Err *err)
{
    Err said = {0};

    if (!write_part(trial, part, err))
        return false;
    if (!trial->documents[part == PROVE_UP]) /* nothing was there before */
        return true;
    CLEANUP(program_close) FILE *made = run(trial, &said);
    if (!made && said.code != EXIT_DATA) {
        *err = said;
        return false;
    }
    if (!made) {
        trial->proof->is_proved = false;
        trial->proof->part = part;
        snprintf(trial->proof->reason, sizeof trial->proof->reason, "%s", said.msg);
        return true;
    }
    return compare(trial, made, part, err);
}

bool prove(const ProveOptions *options, const json_t *changes, SnapshotReader *old,
           SnapshotReader *new, Proof *ret, Err *err)
{
    CLEANUP(trial_close)
    Trial trial = {.options = options,
                   .changes = changes,
                   .sides = {old, new},
                   .folder = "migrations",
                   .proof = ret};

    *ret = (Proof){.is_proved = true};
    trial.documents[0] = old ? document(old, err) : NULL;
    trial.documents[1] = trial.documents[0] || !old ? document(new, err) : NULL;
    if (!trial.documents[1] || !scratch_open(&trial.scratch, err))
        return false;
    for (int part = 0; part < PROVE_PART_COUNT && ret->is_proved; part++)
        if (!try_part(&trial, (ProvePart)part, err))
            return false;
    return true;
}
