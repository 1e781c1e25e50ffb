#include "diff/tree.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "json/jx.h"
#include "model/kind.h"

static const char *const severity_titles[] = {"breaking", "risky", "safe"};
static_assert(sizeof severity_titles / sizeof *severity_titles == TREE_SECTIONS, "one each");
static_assert((int)SEVERITY_COUNT == TREE_SECTIONS, "a section for each severity");

/* Of drift, which side has the object: what a person wants to know. */
typedef enum Place { PLACE_DATABASE, PLACE_FILES, PLACE_BOTH, PLACE_COUNT } Place;
static_assert((int)PLACE_COUNT == TREE_SECTIONS, "a section for each place");

static const char *const places[] = {
    [PLACE_DATABASE] = "in the database, made by no migration",
    [PLACE_FILES] = "in the migrations, not in the database",
    [PLACE_BOTH] = "in both, but not the same",
};

static Place place_of(Op op, Drift drift)
{
    return op != OP_ADDED && op != OP_REMOVED                 ? PLACE_BOTH
           : (op == OP_ADDED) == (drift == DRIFT_TO_DATABASE) ? PLACE_DATABASE
                                                              : PLACE_FILES;
}

/* ---- ids ---- */

/* The full stop between the id of an object and the name of what is nested in it: the last one
 * outside quotes; of what is in a publication, whose name is a relation's, the first. */
static const char *stop_of(const char *id, bool is_first)
{
    const char *found = NULL;
    bool is_quoted = false;

    for (; *id; id++) {
        is_quoted ^= *id == '"';
        if (*id == '.' && !is_quoted && !(is_first && found))
            found = id;
    }
    return found;
}

/* The kinds that one of that name may be nested in, a bit each; 0: it is nested in none. */
static uint64_t parents_of(const char *kind)
{
    static_assert(KIND_COUNT <= 64, "a bit for each kind");
    uint64_t parents = 0;

    for (int id = 0; id < KIND_COUNT; id++)
        if (kind_of((KindId)id)->parent != KIND_NONE &&
            strcmp(kind_of((KindId)id)->name, kind) == 0)
            parents |= UINT64_C(1) << kind_of((KindId)id)->parent;
    return parents;
}

static const char *parent_name(uint64_t parents)
{
    static const uint64_t tables = UINT64_C(1) << KIND_TABLE | UINT64_C(1) << KIND_PLATFORM_TABLE;

    if ((parents & ~tables) == 0)
        return kind_of(KIND_TABLE)->name;
    for (int id = 0; id < KIND_COUNT; id++)
        if (parents == UINT64_C(1) << id)
            return kind_of((KindId)id)->name;
    return "relation";
}

static void find_names(Tree *tree, Leaf *leaf)
{
    const Change *change = &leaf->change;
    bool in_publication = strcmp(change->kind, kind_of(KIND_PUBLICATION_TABLE)->name) == 0;
    const char *stop = parents_of(change->kind) ? stop_of(change->id, in_publication) : NULL;
    const char *old = change_old_id(change);

    leaf->is_nested = stop != NULL;
    leaf->object = change->id;
    leaf->object_kind = change->kind;
    leaf->name = change->id;
    leaf->old_name = old;
    if (!stop)
        return;
    leaf->name = stop + 1;
    leaf->object = arena_strndup(&tree->arena, change->id, (size_t)(stop - change->id));
    leaf->object_kind = NULL;
    if (old && strncmp(old, change->id, (size_t)(stop + 1 - change->id)) == 0)
        leaf->old_name = old + (stop + 1 - change->id);
}

/* ---- the tree ---- */

static bool leaf_fill(Tree *tree, const json_t *changes, size_t index, Leaf *leaf, Err *err)
{
    const json_t *json = json_array_get(json_object_get(changes, "changes"), index);

    if (!changes_view(changes, index, &leaf->change, err))
        return false;
    op_parse(leaf->change.op, &leaf->op);
    severity_parse(leaf->change.severity, &leaf->severity);
    leaf->section = tree->drift ? (int)place_of(leaf->op, tree->drift)
                                : SEVERITY_COUNT - 1 - (int)leaf->severity;
    leaf->word = change_is_move(&leaf->change) ? "moved" : leaf->change.op;
    leaf->score = (int)jx_int(json_object_get(json, "matched"), "score", 0);
    find_names(tree, leaf);
    tree->sizes[leaf->section]++;
    return true;
}

static int by_place(const void *a, const void *b)
{
    const Leaf *one = a, *two = b;
    int order = one->section - two->section;

    if (order == 0)
        order = strcmp(one->object, two->object);
    if (order == 0)
        order = one->is_nested - two->is_nested;
    if (order == 0)
        order = strcmp(one->name, two->name);
    if (order == 0)
        order = strcmp(one->change.kind, two->change.kind);
    return order ? order : (int)one->op - (int)two->op;
}

static int by_object(const void *a, const void *b)
{
    const Leaf *one = a, *two = b;
    int order = strcmp(one->object, two->object);

    return order ? order : one->is_nested - two->is_nested;
}

/* What all that is nested in an object tells of its kind together, or the object itself. */
static void find_kinds(Tree *tree)
{
    for (size_t i = 0, end = 0; i < tree->count; i = end) {
        const Leaf *first = &tree->leaves[i];
        uint64_t parents = UINT64_MAX;

        for (end = i; end < tree->count && strcmp(tree->leaves[end].object, first->object) == 0;
             end++)
            if (tree->leaves[end].is_nested)
                parents &= parents_of(tree->leaves[end].change.kind);
        for (size_t j = i; j < end; j++)
            if (tree->leaves[j].is_nested)
                tree->leaves[j].object_kind =
                    first->is_nested ? parent_name(parents) : first->change.kind;
    }
}

bool tree_grow(Tree *tree, const json_t *changes, Err *err)
{
    tree->drift = changes_drift(changes);
    tree->leaves = arena_alloc(&tree->arena, (changes_count(changes) + 1) * sizeof *tree->leaves);
    for (; tree->count < changes_count(changes); tree->count++)
        if (!leaf_fill(tree, changes, tree->count, &tree->leaves[tree->count], err))
            return false;
    if (tree->count == 0)
        return true;
    qsort(tree->leaves, tree->count, sizeof *tree->leaves, by_object);
    find_kinds(tree);
    qsort(tree->leaves, tree->count, sizeof *tree->leaves, by_place);
    return true;
}

void tree_free(Tree *tree)
{
    arena_free(&tree->arena);
}

const char *tree_title(const Tree *tree, int section)
{
    static const char *const both[] = {
        [DRIFT_TO_DATABASE] = "in both, but not the same (migrations -> database)",
        [DRIFT_TO_FILES] = "in both, but not the same (database -> migrations)",
    };

    return !tree->drift            ? severity_titles[section]
           : section != PLACE_BOTH ? places[section]
                                   : both[tree->drift];
}

bool tree_is_first(const Tree *tree, size_t index)
{
    const Leaf *leaf = &tree->leaves[index];

    return index == 0 || leaf[-1].section != leaf->section ||
           strcmp(leaf[-1].object, leaf->object) != 0;
}

const char *tree_summary(Tree *tree, const json_t *changes)
{
    const json_t *counts = json_object_get(changes, "summary");
    const char *text =
        tree->count == 0
            ? "no changes"
            : arena_printf(&tree->arena, "%zu %s%s%s", tree->count,
                           tree->drift ? "difference" : "change", tree->count == 1 ? "" : "s",
                           tree->drift ? " between database and migrations" : "");
    const char *before = ": ";

    for (int severity = SEVERITY_COUNT - 1; severity >= 0 && tree->count > 0; severity--) {
        json_int_t number = jx_int(counts, severity_name((Severity)severity), 0);

        if (number == 0)
            continue;
        text = arena_printf(&tree->arena, "%s%s%lld %s", text, before, (long long)number,
                            severity_name((Severity)severity));
        before = ", ";
    }
    long long ignored = (long long)jx_int(changes, "ignored", 0);
    return ignored ? arena_printf(&tree->arena, "%s (%lld ignored)", text, ignored) : text;
}

/* Members of a whole object that only say once more, or in parts, what another one says, or are
 * almost always the same. */
static bool is_detail(const Leaf *leaf, const char *name, const json_t *value)
{
    static const char *const details[] = {
        "argument_modes", "argument_names", "argument_types", "columns",  "cost",
        "default_count",  "kind",           "method",         "parallel", "reference_columns",
        "references",     "return_type",    "returns_set",    "rows",
    };

    for (size_t i = 0; i < sizeof details / sizeof *details; i++)
        if (strcmp(details[i], name) == 0)
            return strcmp(name, "kind") != 0 ||
                   strcmp(json_string_value(value) ? json_string_value(value) : "",
                          leaf->change.kind) == 0;
    return json_is_string(value) && json_string_length(value) == 0;
}

bool tree_tells(const Leaf *leaf, size_t field)
{
    const json_t *told = json_array_get(leaf->change.fields, field);
    const char *name = jx_string(told, "name", "");
    const json_t *value = leaf->op == OP_ADDED     ? json_object_get(told, "new")
                          : leaf->op == OP_REMOVED ? json_object_get(told, "old")
                                                   : NULL;

    if (strcmp(name, "inexact") == 0 || (field == 0 && change_old_id(&leaf->change)))
        return false;
    return !value || !is_detail(leaf, name, value);
}

const char *tree_nested_count(Arena *arena, const Leaf *leaf, const json_t *field)
{
    const json_t *array = json_object_get(field, leaf->op == OP_ADDED ? "new" : "old");
    const char *name = jx_string(field, "name", "");
    KindId kind = KIND_SCHEMA, nested = KIND_SCHEMA;
    bool is_whole = leaf->op == OP_ADDED || leaf->op == OP_REMOVED;

    if (!is_whole || !json_is_array(array) || !kind_by_name(leaf->change.kind, &kind) ||
        !kind_nested(kind, name, &nested))
        return NULL;
    /* "column" of "view column" */
    const char *last = strrchr(kind_of(nested)->name, ' ');

    return arena_printf(arena, "%zu %s", json_array_size(array),
                        json_array_size(array) != 1 ? name
                        : last                      ? last + 1
                                                    : kind_of(nested)->name);
}

/* ---- migrations ---- */

static const char *migration_of(const json_t *changes, json_int_t xid)
{
    size_t index = 0;
    json_t *transaction = NULL;

    json_array_foreach(json_object_get(changes, "transactions"), index, transaction)
    {
        if (xid != 0 && jx_int(transaction, "xid", 0) == xid)
            return jx_string(transaction, "migration", NULL);
    }
    return NULL;
}

static const char *only_added(const json_t *changes)
{
    const json_t *added = json_object_get(changes_migrations(changes), "added");
    const json_t *edited = json_object_get(changes_migrations(changes), "edited");
    const json_t *removed = json_object_get(changes_migrations(changes), "removed");

    return json_array_size(added) == 1 && json_array_size(edited) + json_array_size(removed) == 0
               ? json_string_value(json_array_get(added, 0))
               : NULL;
}

const char *tree_file(Arena *arena, const json_t *changes, const Leaf *leaf, const char *folder)
{
    static const char ending[] = ".sql";
    const char *name = migration_of(changes, leaf->change.transaction);

    name = name ? name : only_added(changes);
    if (!name)
        return NULL;
    size_t length = strlen(name), size = sizeof ending - 1;
    bool is_ended = length > size && strcmp(name + length - size, ending) == 0;

    return arena_printf(arena, "%s%s%s%s", folder ? folder : "",
                        folder && *folder && folder[strlen(folder) - 1] != '/' ? "/" : "", name,
                        is_ended ? "" : ending);
}
