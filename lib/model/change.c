#include "model/change.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/text.h"
#include "json/jx.h"

static const char *const ops[] = {
    [OP_ADDED] = "added",     [OP_REMOVED] = "removed",   [OP_CHANGED] = "changed",
    [OP_RENAMED] = "renamed", [OP_REPLACED] = "replaced",
};
static_assert(sizeof ops / sizeof *ops == OP_COUNT, "a name for every op");

static const char *const severities[] = {
    [SEVERITY_SAFE] = "safe",
    [SEVERITY_RISKY] = "risky",
    [SEVERITY_BREAKING] = "breaking",
};
static_assert(sizeof severities / sizeof *severities == SEVERITY_COUNT, "a name for each");

static const char *const classes[] = {
    [CLASS_COSMETIC] = "cosmetic",
    [CLASS_ADDITIVE] = "additive",
    [CLASS_UNKNOWN] = "unknown",
    [CLASS_REPLICATION] = "replication",
    [CLASS_PERFORMANCE] = "performance",
    [CLASS_INTEGRITY] = "integrity",
    [CLASS_SECURITY] = "security",
    [CLASS_BREAKING_WRITERS] = "breaking-writers",
    [CLASS_BREAKING_READERS] = "breaking-readers",
    [CLASS_DATA_LOSS] = "data-loss",
};
static_assert(sizeof classes / sizeof *classes == CLASS_COUNT, "a name for each class");

const char *op_name(Op op)
{
    assert(op < OP_COUNT);
    return ops[op];
}

const char *severity_name(Severity severity)
{
    assert(severity < SEVERITY_COUNT);
    return severities[severity];
}

const char *class_name(Class class)
{
    assert(class < CLASS_COUNT);
    return classes[class];
}

static int find(const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

bool op_parse(const char *name, Op *ret)
{
    int found = find(ops, OP_COUNT, name);

    if (found >= 0)
        *ret = (Op)found;
    return found >= 0;
}

bool severity_parse(const char *name, Severity *ret)
{
    int found = find(severities, SEVERITY_COUNT, name);

    if (found >= 0)
        *ret = (Severity)found;
    return found >= 0;
}

bool class_parse(const char *name, Class *ret)
{
    int found = find(classes, CLASS_COUNT, name);

    if (found >= 0)
        *ret = (Class)found;
    return found >= 0;
}

json_t *changes_new(const char *from, const char *to, Err *err)
{
    json_t *doc = json_pack("{s:s, s:[], s:s*, s:s}", "format", "changes/1", "changes", "from",
                            from, "to", to);

    if (!doc)
        err_set(err, EXIT_SOFTWARE, "a hash that is not text");
    return doc;
}

static json_t *words(const char *list)
{
    json_t *array = json_array();

    while (*list) {
        size_t length = strcspn(list, ",");
        json_array_append_new(array, json_stringn(list, length));
        list += length + (list[length] == ',');
    }
    return array;
}

bool changes_add(json_t *doc, Op op, const char *kind, const char *id, json_t *fields,
                 Severity severity, const char *affects, const char *why, Err *err)
{
    json_t *change = json_pack("{s:s, s:s, s:s, s:o, s:s, s:o, s:s}", "op", op_name(op), "kind",
                               kind, "id", id, "fields", fields ? fields : json_array(), "severity",
                               severity_name(severity), "affects", words(affects), "why", why);

    return jx_append(json_object_get(doc, "changes"), change, err);
}

static json_t *last_change(const json_t *doc)
{
    json_t *changes = json_object_get(doc, "changes");

    assert(json_array_size(changes) > 0);
    return json_array_get(changes, json_array_size(changes) - 1);
}

bool changes_set_class(json_t *doc, Class class, Err *err)
{
    return jx_set(last_change(doc), "class", json_string(class_name(class)), err);
}

bool changes_add_effect(json_t *change, const char *sentence, Err *err)
{
    if (!json_object_get(change, "effects") && !jx_set(change, "effects", json_array(), err))
        return false;
    return jx_append(json_object_get(change, "effects"), json_string(sentence), err);
}

bool changes_set_transaction(json_t *doc, json_int_t xid, Err *err)
{
    return jx_set(last_change(doc), "transaction", json_integer(xid), err);
}

bool changes_set_matched(json_t *doc, int score, Err *err)
{
    json_t *changes = json_object_get(doc, "changes");

    assert(json_array_size(changes) > 0);
    return jx_set(json_array_get(changes, json_array_size(changes) - 1), "matched",
                  json_pack("{s:s, s:i}", "by", "structure", "score", score), err);
}

bool changes_set_transactions(json_t *doc, const json_t *known, Err *err)
{
    json_auto_t *named = json_object();
    json_auto_t *kept = json_array();
    size_t index = 0;
    json_t *item = NULL;
    char xid[24];

    json_array_foreach(json_object_get(doc, "changes"), index, item)
    {
        snprintf(xid, sizeof xid, "%lld", (long long)jx_int(item, "transaction", 0));
        json_object_set_new(named, xid, json_true());
    }
    json_array_foreach(known, index, item)
    {
        snprintf(xid, sizeof xid, "%lld", (long long)jx_int(item, "xid", 0));
        if (json_object_get(named, xid))
            json_array_append(kept, item);
    }
    return json_array_size(kept) == 0 || jx_set(doc, "transactions", json_incref(kept), err);
}

/* ---- migration files ---- */

/* Of "NAME HASH", as source/history.h writes it: the length of the name; 0: it is none of that. */
static size_t history_name(const char *item)
{
    const char *blank = item ? strrchr(item, ' ') : NULL;

    return blank ? (size_t)(blank - item) : 0;
}

/* {"NAME":"HASH"} */
static json_t *history_index(const json_t *history)
{
    json_t *files = json_object();
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(history, index, item)
    {
        const char *text = json_string_value(item);
        size_t length = history_name(text);
        if (length > 0)
            json_object_setn_new(files, text, length, json_string(text + length + 1));
    }
    return files;
}

bool changes_set_migrations(json_t *doc, const json_t *old, const json_t *new, Err *err)
{
    json_auto_t *before = history_index(old);
    json_auto_t *after = history_index(new);
    json_t *added = json_array(), *edited = json_array(), *removed = json_array();
    json_auto_t *found =
        json_pack("{s:o, s:o, s:o}", "added", added, "edited", edited, "removed", removed);
    const char *name = NULL;
    json_t *hash = NULL;

    if (!json_is_array(old) || !json_is_array(new))
        return true;
    json_object_foreach(after, name, hash)
    {
        const json_t *other = json_object_get(before, name);
        if (!other)
            json_array_append_new(added, json_string(name));
        else if (!json_equal(other, hash))
            json_array_append_new(edited, json_string(name));
    }
    json_object_foreach(before, name, hash)
    {
        if (!json_object_get(after, name))
            json_array_append_new(removed, json_string(name));
    }
    return json_array_size(added) + json_array_size(edited) + json_array_size(removed) == 0 ||
           jx_set(doc, "migrations", json_incref(found), err);
}

const json_t *changes_migrations(const json_t *doc)
{
    return json_object_get(doc, "migrations");
}

/* ---- drift ---- */

static bool is_files(const char *source)
{
    return strcmp(source, "migrations") == 0 || strcmp(source, "shadow") == 0;
}

static bool is_database(const char *source)
{
    return strcmp(source, "live") == 0 || strcmp(source, "supabase") == 0;
}

bool changes_set_sources(json_t *doc, const char *old, const char *new, Err *err)
{
    if (!(is_files(old) && is_database(new)) && !(is_database(old) && is_files(new)))
        return true;
    return jx_set(doc, "sources", json_pack("{s:s, s:s}", "from", old, "to", new), err);
}

Drift changes_drift(const json_t *doc)
{
    const json_t *sources = json_object_get(doc, "sources");

    return !sources                                   ? DRIFT_NONE
           : is_files(jx_string(sources, "from", "")) ? DRIFT_TO_DATABASE
                                                      : DRIFT_TO_FILES;
}

/* ---- the end, and reading ---- */

static int severity_rank(const json_t *change)
{
    Severity severity = SEVERITY_SAFE;

    severity_parse(jx_string(change, "severity", ""), &severity);
    return SEVERITY_COUNT - (int)severity;
}

static int change_compare(const void *a, const void *b)
{
    const json_t *one = *(const json_t *const *)a, *two = *(const json_t *const *)b;
    int order = severity_rank(one) - severity_rank(two);

    if (order == 0)
        order = strcmp(jx_string(one, "id", ""), jx_string(two, "id", ""));
    if (order == 0)
        order = strcmp(jx_string(one, "kind", ""), jx_string(two, "kind", ""));
    return order ? order : strcmp(jx_string(one, "op", ""), jx_string(two, "op", ""));
}

static void count(json_t *counts, const char *name)
{
    json_object_set_new(counts, name, json_integer(jx_int(counts, name, 0) + 1));
}

bool changes_finish(json_t *doc, Err *err)
{
    json_t *changes = json_object_get(doc, "changes");
    size_t size = json_array_size(changes);
    CLEANUP(cleanup_free)
    json_t **sorted = arena_realloc_or_exit(NULL, (size + 1) * sizeof *sorted);
    json_auto_t *summary = json_object();
    json_t *kinds = json_object();

    for (int i = 0; i < OP_COUNT; i++)
        json_object_set_new(summary, ops[i], json_integer(0));
    for (int i = 0; i < SEVERITY_COUNT; i++)
        json_object_set_new(summary, severities[i], json_integer(0));
    json_object_set_new(summary, "total", json_integer((json_int_t)size));
    json_object_set_new(summary, "kinds", kinds);
    for (size_t i = 0; i < size; i++) {
        sorted[i] = json_incref(json_array_get(changes, i));
        count(summary, jx_string(sorted[i], "op", ""));
        count(summary, jx_string(sorted[i], "severity", ""));
        count(kinds, jx_string(sorted[i], "kind", ""));
    }
    qsort(sorted, size, sizeof *sorted, change_compare);
    json_array_clear(changes);
    for (size_t i = 0; i < size; i++)
        json_array_append_new(changes, sorted[i]);
    return jx_set(doc, "summary", json_incref(summary), err);
}

static const JxField fields[] = {
    {"op", JX_STRING, offsetof(Change, op)},
    {"kind", JX_STRING, offsetof(Change, kind)},
    {"id", JX_STRING, offsetof(Change, id)},
    {"severity", JX_STRING, offsetof(Change, severity)},
    {"class", JX_STRING_OPT, offsetof(Change, class)},
    {"why", JX_STRING, offsetof(Change, why)},
    {"affects", JX_ARRAY, offsetof(Change, affects)},
    {"fields", JX_ARRAY, offsetof(Change, fields)},
    {"effects", JX_ARRAY, offsetof(Change, effects)},
    {"transaction", JX_INT, offsetof(Change, transaction)},
    {NULL, JX_END, 0},
};

static bool is_texts(const json_t *array)
{
    size_t index = 0;
    json_t *text = NULL;
    bool ok = json_is_array(array);

    json_array_foreach(array, index, text)
    {
        ok = ok && json_is_string(text);
    }
    return ok;
}

bool changes_view(const json_t *doc, size_t index, Change *ret, Err *err)
{
    Change view = {0};
    Op op = OP_ADDED;
    Severity severity = SEVERITY_SAFE;
    Class class = CLASS_UNKNOWN;

    if (!jx_view(json_array_get(json_object_get(doc, "changes"), index), fields, &view, err))
        return err_in(err, "in change %zu", index + 1);
    if (!op_parse(view.op, &op) || !severity_parse(view.severity, &severity))
        return err_set(err, EXIT_DATA, "change %zu has an unknown op or severity", index + 1);
    if (view.class && !class_parse(view.class, &class))
        return err_set(err, EXIT_DATA, "change %zu has an unknown class", index + 1);
    if (view.effects && !is_texts(view.effects))
        return err_set(err, EXIT_DATA, "the effects of change %zu are not sentences", index + 1);
    *ret = view;
    return true;
}

static bool migrations_check(const json_t *doc, Err *err)
{
    const json_t *files = changes_migrations(doc);

    return !files ||
           (is_texts(json_object_get(files, "added")) &&
            is_texts(json_object_get(files, "edited")) &&
            is_texts(json_object_get(files, "removed"))) ||
           err_set(err, EXIT_DATA, "'migrations' does not hold the names of files");
}

static bool transactions_check(const json_t *doc, Err *err)
{
    const json_t *transactions = json_object_get(doc, "transactions");
    size_t index = 0;
    json_t *transaction = NULL;
    bool ok = !transactions || json_is_array(transactions);

    json_array_foreach(transactions, index, transaction)
    {
        ok = ok && json_is_integer(json_object_get(transaction, "xid"));
    }
    return ok || err_set(err, EXIT_DATA, "'transactions' is not an array of transactions");
}

json_t *changes_load(FILE *in, const char *name, Err *err)
{
    json_auto_t *doc = jx_read(in, name, err);
    Change ignored = {0};

    if (!doc || !jx_check_format(doc, "changes/1", name, err))
        return NULL;
    if (!json_is_array(json_object_get(doc, "changes")) ||
        !json_is_object(json_object_get(doc, "summary")) || !*changes_to(doc)) {
        err_set(err, EXIT_DATA, "'%s' lacks changes, summary or to", name);
        return NULL;
    }
    bool ok = transactions_check(doc, err) && migrations_check(doc, err);
    for (size_t i = 0; ok && i < changes_count(doc); i++)
        ok = changes_view(doc, i, &ignored, err);
    if (!ok) {
        err_in(err, "of '%s'", name);
        return NULL;
    }
    return json_incref(doc);
}

size_t changes_count(const json_t *doc)
{
    return json_array_size(json_object_get(doc, "changes"));
}

const char *changes_from(const json_t *doc)
{
    return jx_string(doc, "from", "");
}

const char *changes_to(const json_t *doc)
{
    return jx_string(doc, "to", "");
}

char *changes_key(const json_t *doc)
{
    const char *from = changes_from(doc), *to = changes_to(doc);
    size_t room = strlen(from) + strlen(to) + sizeof "..#" + DIGEST_HEX_SIZE;
    char *key = arena_realloc_or_exit(NULL, room);
    char hex[DIGEST_HEX_SIZE];
    Err ignored = {0};
    Change change = {0};

    snprintf(key, room, "%s..%s", from, to);
    if (strcmp(from, to) != 0)
        return key;
    CLEANUP(digest_close) Digest *digest = digest_open();
    for (size_t i = 0; changes_view(doc, i, &change, &ignored); i++) {
        char xid[24];
        snprintf(xid, sizeof xid, "%lld", (long long)change.transaction);
        digest_add(digest, change.op, strlen(change.op) + 1);
        digest_add(digest, change.kind, strlen(change.kind) + 1);
        digest_add(digest, change.id, strlen(change.id) + 1);
        digest_add(digest, xid, strlen(xid) + 1);
    }
    digest_end_hex(digest, hex);
    snprintf(key, room, "%s..%s#%s", from, to, hex);
    return key;
}

const char *change_old_id(const Change *change)
{
    const json_t *first = json_array_get(change->fields, 0);

    return strcmp(change->op, ops[OP_RENAMED]) == 0 &&
                   strcmp(jx_string(first, "name", ""), "id") == 0
               ? jx_string(first, "old", NULL)
               : NULL;
}

/* What stands behind the first name of an id, which may be quoted. */
static const char *behind_first(const char *id)
{
    bool quoted = false;

    for (; *id && (quoted || *id != '.'); id++)
        quoted ^= *id == '"';
    return id;
}

bool change_is_move(const Change *change)
{
    const char *old = change_old_id(change);
    const char *rest = behind_first(change->id);

    return old && *rest && strcmp(behind_first(old), rest) == 0;
}

Severity changes_worst(const json_t *doc)
{
    const json_t *summary = json_object_get(doc, "summary");

    for (int severity = SEVERITY_COUNT - 1; severity > SEVERITY_SAFE; severity--)
        if (jx_int(summary, severities[severity], 0) > 0)
            return (Severity)severity;
    return SEVERITY_SAFE;
}

bool changes_worst_class(const json_t *doc, Class *ret)
{
    bool any = false;
    size_t index = 0;
    json_t *change = NULL;
    Class class = CLASS_COSMETIC;

    json_array_foreach(json_object_get(doc, "changes"), index, change)
    {
        if (class_parse(jx_string(change, "class", ""), &class) && (!any || class > *ret)) {
            *ret = class;
            any = true;
        }
    }
    return any;
}

/* The first file that was added, else edited, else removed; *ret_count: how many there are. */
static const char *first_migration(const json_t *doc, size_t *ret_count)
{
    static const char *const members[] = {"added", "edited", "removed"};
    const char *first = NULL;

    *ret_count = 0;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const json_t *names = json_object_get(changes_migrations(doc), members[i]);
        if (!first)
            first = json_string_value(json_array_get(names, 0));
        *ret_count += json_array_size(names);
    }
    return first;
}

/* The first effect of a change, in brackets, where it and what may follow fit. */
static void put_effect(FILE *out, const Change *change, size_t room)
{
    const char *effect = json_string_value(json_array_get(change->effects, 0));
    size_t count = json_array_size(change->effects);

    if (!effect || strlen(effect) + 64 > room)
        return;
    fprintf(out, " (%s", effect);
    if (count > 1)
        fprintf(out, "; %zu more effect%s", count - 1, count == 2 ? "" : "s");
    fputc(')', out);
}

char *changes_sentence(const json_t *doc, size_t max)
{
    const json_t *summary = json_object_get(doc, "summary");
    size_t total = changes_count(doc), size = 0;
    json_int_t breaking = jx_int(summary, severities[SEVERITY_BREAKING], 0);
    char *text = NULL;
    Err ignored = {0};
    Change change = {0};
    FILE *out = open_memstream(&text, &size);

    if (!out)
        return NULL;
    if (total == 0)
        fputs("no changes", out);
    else
        fprintf(out, "%zu change%s", total, total == 1 ? "" : "s");
    if (breaking > 0)
        fprintf(out, ", %lld breaking", (long long)breaking);
    for (size_t i = 0; i < total && changes_view(doc, i, &change, &ignored); i++) {
        fflush(out);
        const char *old = change_old_id(&change);
        size_t length = strlen(change.kind) + strlen(change.id) + (old ? strlen(old) + 4 : 0);
        if (size + length + 24 > max) {
            fprintf(out, "%s%zu more", i ? " and " : ": ", total - i);
            break;
        }
        fprintf(out, "%s%s %s %s", i ? ", " : ": ", change.kind, old ? old : change.id,
                change_is_move(&change) ? "moved" : change.op);
        if (old)
            fprintf(out, " to %s", change.id);
        fflush(out);
        put_effect(out, &change, size < max ? max - size : 0);
    }
    fflush(out);
    size_t files = 0;
    const char *file = first_migration(doc, &files);
    if (file && size + strlen(file) + 24 <= max) {
        fprintf(out, " (%s", file);
        if (files > 1)
            fprintf(out, " and %zu more file%s", files - 1, files == 2 ? "" : "s");
        fputc(')', out);
    }
    fclose(out);
    return text;
}
