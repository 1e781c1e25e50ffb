#include "diff/structure.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "diff/alike.h"
#include "diff/likeness.h"
#include "diff/shapes.h"
#include "json/jx.h"
#include "model/ident.h"

/* How objects of a kind are told to be one. */
typedef enum Way {
    WAY_NONE,
    WAY_WHOLE,  /* by how alike they are, and by evidence */
    WAY_EQUAL,  /* nested: equal but for the name */
    WAY_COLUMN, /* equal but for the name, and by evidence */
} Way;

static const unsigned char ways[KIND_COUNT] = {
    [KIND_SCHEMA] = WAY_WHOLE,
    [KIND_ENUM] = WAY_WHOLE,
    [KIND_DOMAIN] = WAY_WHOLE,
    [KIND_COMPOSITE] = WAY_WHOLE,
    [KIND_RANGE] = WAY_WHOLE,
    [KIND_SEQUENCE] = WAY_WHOLE,
    [KIND_TABLE] = WAY_WHOLE,
    [KIND_VIEW] = WAY_WHOLE,
    [KIND_STATISTICS] = WAY_WHOLE,
    [KIND_FUNCTION] = WAY_WHOLE,
    [KIND_COLUMN] = WAY_COLUMN,
    [KIND_ATTRIBUTE] = WAY_COLUMN,
    [KIND_CONSTRAINT] = WAY_EQUAL,
    [KIND_INDEX] = WAY_EQUAL,
    [KIND_POLICY] = WAY_EQUAL,
    [KIND_TRIGGER] = WAY_EQUAL,
    [KIND_RULE] = WAY_EQUAL,
    [KIND_VIEW_INDEX] = WAY_EQUAL,
    [KIND_VIEW_TRIGGER] = WAY_EQUAL,
    [KIND_VIEW_RULE] = WAY_EQUAL,
    [KIND_DOMAIN_CONSTRAINT] = WAY_EQUAL,
};

enum {
    SCORE_LEAST = 75,    /* below it, two objects are two */
    SCORE_APART = 10,    /* a second one that is so much less alike does not come into question */
    PAIRS_MAX = 10000,   /* that are compared one by one; of more, only equal ones are found */
    POINTS_OF_ALIKE = 2, /* evidence that names which are alike leave to be wanted */
};

/* ---- pairs ---- */

typedef struct Match {
    KindId kind;
    const StructureSide *old, *new;
    const StructureUses *uses;
    json_t *old_shapes, *new_shapes; /* arrays; null for those that have a partner */
    json_t *columns;                 /* {OLD: NEW} of the parent's, or NULL */
} Match;

static const char *name_at(const StructureSide *side, size_t index)
{
    return jx_string(json_array_get(side->items, index), "name", "");
}

/* What is one object when it is in another schema: its name, and a routine's arguments. */
static const char *place_free(const json_t *object)
{
    const char *schema = jx_string(object, "schema", ""), *id = jx_string(object, "id", "");
    CLEANUP(arena_free) Arena arena = {0};
    size_t length = strlen(ident_quote(&arena, schema));

    return *schema && strlen(id) > length ? id + length + 1 : id;
}

/* The score of a pair that is one object; 0: it is not, as far as can be told. */
static int pair_score(const Match *match, size_t from, size_t to)
{
    const json_t *old = json_array_get(match->old->items, from);
    const json_t *new = json_array_get(match->new->items, to);
    const json_t *before = json_array_get(match->old_shapes, from);
    const json_t *after = json_array_get(match->new_shapes, to);
    const char *name = jx_string(old, "name", ""), *other = jx_string(new, "name", "");
    bool moved = strcmp(place_free(old), place_free(new)) == 0;

    /* Of a routine only the arguments changed: that is another one. */
    if (!moved && strcmp(name, other) == 0 &&
        strcmp(jx_string(old, "schema", ""), jx_string(new, "schema", "")) == 0)
        return 0;
    int points = 0, score = likeness_score(match->kind, before, after, &points);
    if (moved && score < 100) { /* what it speaks of has stayed where it was */
        json_auto_t *old_shape = shapes_of(match->kind, old, true);
        json_auto_t *new_shape = shapes_of(match->kind, new, true);
        int whole_points = 0;
        int whole_score = likeness_score(match->kind, old_shape, new_shape, &whole_points);
        points = whole_score > score ? whole_points : points;
        score = whole_score > score ? whole_score : score;
    }
    if (score < SCORE_LEAST)
        return 0;
    bool alike = moved || alike_names(name, other);
    int wanted = !alike ? STRUCTURE_ENOUGH : score == 100 ? 0 : POINTS_OF_ALIKE;
    if (match->kind == KIND_SCHEMA || json_object_get(old, "owned_by") ||
        json_object_get(new, "owned_by"))
        wanted = STRUCTURE_ENOUGH; /* its structure tells nothing, and what it goes with all */
    if (points < wanted && match->uses->points)
        points += match->uses->points(match->uses->context, match->kind, old, new);
    return points >= wanted ? score : 0;
}

static void pair(const Match *match, size_t old, size_t new, int score)
{
    match->old->partners[old] = (int)new;
    match->new->partners[new] = (int)old;
    match->old->scores[old] = match->new->scores[new] = score;
}

static bool is_free(const StructureSide *side, size_t index)
{
    return side->partners[index] == STRUCTURE_NOBODY;
}

/* {KEY: index}, -1 where several have it. Of those that are free. */
static json_t *index_of(const StructureSide *side, const json_t *keys)
{
    json_t *ret = json_object();

    for (size_t i = 0; i < json_array_size(side->items); i++) {
        const char *key = json_string_value(json_array_get(keys, i));
        if (is_free(side, i) && key)
            json_object_set_new(ret, key,
                                json_integer(json_object_get(ret, key) ? -1 : (json_int_t)i));
    }
    return ret;
}

/* Pairs those that alone have a key on both sides. */
static void pair_by(const Match *match, const json_t *old_keys, const json_t *new_keys)
{
    json_auto_t *before = index_of(match->old, old_keys);
    json_auto_t *after = index_of(match->new, new_keys);
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach(before, key, value)
    {
        json_int_t from = json_integer_value(value), to = jx_int(after, key, -1);
        int score = from >= 0 && to >= 0 ? pair_score(match, (size_t)from, (size_t)to) : 0;
        if (score > 0)
            pair(match, (size_t)from, (size_t)to, score);
    }
}

static json_t *places(const StructureSide *side)
{
    json_t *ret = json_array();

    for (size_t i = 0; i < json_array_size(side->items); i++)
        json_array_append_new(ret, json_string(place_free(json_array_get(side->items, i))));
    return ret;
}

static json_t *texts(const json_t *shapes)
{
    json_t *ret = json_array();

    for (size_t i = 0; i < json_array_size(shapes); i++) {
        CLEANUP(cleanup_free) char *text = jx_text(json_array_get(shapes, i));
        json_array_append_new(ret, json_string(text ? text : ""));
    }
    return ret;
}

/* The free ones of a side, from malloc. */
static size_t *free_ones(const StructureSide *side, size_t *ret_count)
{
    size_t count = json_array_size(side->items);
    size_t *ret = arena_realloc_or_exit(NULL, (count + 1) * sizeof *ret);

    *ret_count = 0;
    for (size_t i = 0; i < count; i++)
        if (is_free(side, i))
            ret[(*ret_count)++] = i;
    return ret;
}

/* Pairs the best ones, where no other comes into question on either side. scores: rows of old. */
static void pair_best(const Match *match, const size_t *olds, size_t rows, const size_t *news,
                      size_t columns, const int *scores)
{
    for (size_t i = 0; i < rows; i++) {
        size_t best = 0, rivals = 0;
        for (size_t j = 1; j < columns; j++)
            if (scores[i * columns + j] > scores[i * columns + best])
                best = j;
        int score = scores[i * columns + best], least = score == 100 ? 100 : score - SCORE_APART;
        if (score == 0)
            continue;
        for (size_t j = 0; j < columns; j++)
            rivals += j != best && scores[i * columns + j] >= least && scores[i * columns + j] > 0;
        for (size_t k = 0; k < rows; k++)
            rivals +=
                k != i && scores[k * columns + best] >= least && scores[k * columns + best] > 0;
        if (rivals == 0)
            pair(match, olds[i], news[best], score);
    }
}

/* Every one with every other. */
static void pair_each(const Match *match, int (*score)(const Match *, size_t, size_t))
{
    size_t rows = 0, columns = 0;
    CLEANUP(cleanup_free) size_t *olds = free_ones(match->old, &rows);
    CLEANUP(cleanup_free) size_t *news = free_ones(match->new, &columns);

    if (rows == 0 || columns == 0 || rows > PAIRS_MAX / columns)
        return;
    CLEANUP(cleanup_free)
    int *scores = arena_realloc_or_exit(NULL, rows * columns * sizeof *scores);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            scores[i * columns + j] = score(match, olds[i], news[j]);
    pair_best(match, olds, rows, news, columns, scores);
}

static json_t *shapes_of_side(KindId kind, const StructureSide *side)
{
    json_t *ret = json_array();

    for (size_t i = 0; i < json_array_size(side->items); i++)
        json_array_append_new(ret, is_free(side, i)
                                       ? shapes_of(kind, json_array_get(side->items, i), false)
                                       : json_null());
    return ret;
}

static void match_whole(Match *match)
{
    json_auto_t *old_shapes = shapes_of_side(match->kind, match->old);
    json_auto_t *new_shapes = shapes_of_side(match->kind, match->new);
    json_auto_t *old_places = places(match->old);
    json_auto_t *new_places = places(match->new);

    match->old_shapes = old_shapes;
    match->new_shapes = new_shapes;
    pair_by(match, old_places, new_places);
    pair_each(match, pair_score);
    /* Too many for that. */
    json_auto_t *old_texts = texts(old_shapes);
    json_auto_t *new_texts = texts(new_shapes);
    if (json_array_size(old_texts) > PAIRS_MAX / (json_array_size(new_texts) + 1))
        pair_by(match, old_texts, new_texts);
}

static int equal_score(const Match *match, size_t from, size_t to)
{
    return json_equal(json_array_get(match->old_shapes, from),
                      json_array_get(match->new_shapes, to))
               ? 100
               : 0;
}

/* ---- columns ---- */

/* The nearest one before that has a partner, as its place on the other side; and how many free ones
 * are between. */
static int anchor(const StructureSide *side, size_t index, size_t *ret_free)
{
    *ret_free = 0;
    while (index > 0) {
        index--;
        if (!is_free(side, index))
            return side->partners[index];
        (*ret_free)++;
    }
    return STRUCTURE_NOBODY;
}

/* Whether one that has a partner stands behind it. A column that was added is the last one. */
static bool is_followed(const StructureSide *side, size_t index)
{
    while (++index < json_array_size(side->items))
        if (!is_free(side, index))
            return true;
    return false;
}

/* Whether they stand at the same place: as many free ones behind the same one. */
static bool same_place(const Match *match, size_t from, size_t to)
{
    size_t old_free = 0, new_free = 0;
    int old_anchor = anchor(match->old, from, &old_free);
    int new_anchor = anchor(match->new, to, &new_free);

    if (old_free != new_free)
        return false;
    return old_anchor == STRUCTURE_NOBODY || new_anchor == STRUCTURE_NOBODY
               ? old_anchor == new_anchor
               : old_anchor == (int)(to - new_free - 1);
}

/* An item of the old side as the new side would call what is in it: other objects first, whose
 * names the shape no longer has in full. */
static json_t *old_shape(const Match *match, const json_t *item, const ShapeNames *names)
{
    json_t *renamed = match->uses->renamed;
    json_auto_t *named =
        shapes_rewrite_all(json_incref((json_t *)item), shapes_rename_object, renamed);

    return shapes_rewrite_all(shapes_of_nested(named, names), shapes_rename_column, match->columns);
}

/* Whether something on the table is the same but for the column's name: an index, a constraint. */
static bool same_use(const Match *match, const char *name, const char *other)
{
    static const char *const members[] = {"constraints", "indexes", "policies", "triggers"};
    CLEANUP(shapes_names_free) ShapeNames old_names = {0};
    CLEANUP(shapes_names_free) ShapeNames new_names = {0};
    bool same = false;

    shapes_names_of(match->old->parent, &old_names);
    shapes_names_of(match->new->parent, &new_names);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const json_t *olds = json_object_get(match->old->parent, members[i]);
        const json_t *news = json_object_get(match->new->parent, members[i]);
        for (size_t from = 0; from < json_array_size(olds) && !same; from++) {
            json_auto_t *shape = old_shape(match, json_array_get(olds, from), &old_names);
            json_auto_t *wanted = shapes_rewrite(shape, shapes_rename_column, name, other);
            bool mentions = !json_equal(shape, wanted);
            for (size_t to = 0; mentions && to < json_array_size(news) && !same; to++) {
                json_auto_t *now = shapes_of_nested(json_array_get(news, to), &new_names);
                same = json_equal(now, wanted);
            }
        }
    }
    return same;
}

static int column_score(const Match *match, size_t from, size_t to)
{
    const json_t *shape = json_array_get(match->old_shapes, from);
    const char *name = name_at(match->old, from), *other = name_at(match->new, to);
    int points = likeness_column_points(shape);

    if (!json_equal((json_t *)shape, json_array_get(match->new_shapes, to)))
        return 0;
    if (same_use(match, name, other))
        return 100;
    if (!same_place(match, from, to))
        return 0;
    bool between = is_followed(match->old, from) && is_followed(match->new, to);
    return alike_names(name, other) || points >= (between ? 2 : 3) ? 100 : 0;
}

/* ---- what is nested ---- */

static json_t *nested_shapes(const Match *match, const StructureSide *side)
{
    CLEANUP(shapes_names_free) ShapeNames names = {0};
    json_t *ret = json_array();

    shapes_names_of(side->parent, &names);
    for (size_t i = 0; i < json_array_size(side->items); i++) {
        const json_t *item = json_array_get(side->items, i);
        json_array_append_new(ret, !is_free(side, i)    ? json_null()
                                   : side == match->old ? old_shape(match, item, &names)
                                                        : shapes_of_nested(item, &names));
    }
    return ret;
}

/* Partners by name, from malloc. */
static int *same_names(const json_t *items, const json_t *others)
{
    size_t count = json_array_size(items);
    int *ret = arena_realloc_or_exit(NULL, (count + 1) * sizeof *ret);
    json_auto_t *index = json_object();

    for (size_t i = 0; i < json_array_size(others); i++)
        json_object_set_new(index, jx_string(json_array_get(others, i), "name", ""),
                            json_integer((json_int_t)i));
    for (size_t i = 0; i < count; i++)
        ret[i] =
            (int)jx_int(index, jx_string(json_array_get(items, i), "name", ""), STRUCTURE_NOBODY);
    return ret;
}

/* {OLD: NEW} of those that have a partner with another name. */
static json_t *renamed_ones(const StructureSide *old, const StructureSide *new)
{
    json_t *ret = json_object();

    for (size_t i = 0; i < json_array_size(old->items); i++) {
        const char *other = is_free(old, i) ? "" : name_at(new, (size_t)old->partners[i]);
        if (*other && strcmp(name_at(old, i), other) != 0)
            json_object_set_new(ret, name_at(old, i), json_string(other));
    }
    return ret;
}

static void match_nested(Match *match, int (*score)(const Match *, size_t, size_t))
{
    json_auto_t *old_shapes = nested_shapes(match, match->old);
    json_auto_t *new_shapes = nested_shapes(match, match->new);

    match->old_shapes = old_shapes;
    match->new_shapes = new_shapes;
    pair_each(match, score);
}

/* What one column is called now may be the evidence for another one. */
static void match_columns(Match *match)
{
    size_t before = 0, after = 0;

    do {
        json_auto_t *columns = renamed_ones(match->old, match->new);
        match->columns = columns;
        before = json_object_size(columns);
        match_nested(match, column_score);
        json_auto_t *now = renamed_ones(match->old, match->new);
        after = json_object_size(now);
    } while (after > before);
    match->columns = NULL;
}

/* {OLD: NEW} of the columns of two versions of a table. */
static json_t *renamed_columns(const StructureSide *old, const StructureSide *new,
                               const StructureUses *uses)
{
    const char *member = kind_of(KIND_COLUMN)->member;
    const json_t *olds = json_object_get(old->parent, member);
    const json_t *news = json_object_get(new->parent, member);
    size_t count = json_array_size(olds) + json_array_size(news) + 1;
    CLEANUP(cleanup_free) int *partners = same_names(olds, news);
    CLEANUP(cleanup_free) int *new_partners = same_names(news, olds);
    CLEANUP(cleanup_free) int *scores = arena_realloc_or_exit(NULL, count * sizeof *scores);
    const StructureSide before = {old->parent, olds, partners, scores};
    const StructureSide after = {new->parent, news, new_partners, scores + json_array_size(olds)};

    structure_match(KIND_COLUMN, &before, &after, uses);
    return renamed_ones(&before, &after);
}

/* ---- what else speaks for a pair ---- */

void structure_add_renamed(json_t *renamed, const json_t *old, const json_t *new)
{
    CLEANUP(shapes_names_free) ShapeNames before = {0};
    CLEANUP(shapes_names_free) ShapeNames after = {0};

    shapes_names_of(old, &before);
    shapes_names_of(new, &after);
    if (strcmp(before.whole, after.whole) != 0)
        json_object_set_new(renamed, before.whole, json_string(after.whole));
}

bool structure_follows(const json_t *old_user, const json_t *new_user, const json_t *old,
                       const json_t *new)
{
    CLEANUP(shapes_names_free) ShapeNames before = {0};
    CLEANUP(shapes_names_free) ShapeNames after = {0};

    shapes_names_of(old, &before);
    shapes_names_of(new, &after);
    return shapes_mention(old_user, before.whole) && shapes_mention(new_user, after.whole) &&
           !shapes_mention(new_user, before.whole) && !shapes_mention(old_user, after.whole);
}

/* ---- all of it ---- */

void structure_match(KindId kind, const StructureSide *old, const StructureSide *new,
                     const StructureUses *uses)
{
    Match match = {.kind = kind, .old = old, .new = new, .uses = uses};
    size_t rows = 0, columns = 0;

    free(free_ones(old, &rows));
    free(free_ones(new, &columns));
    if (ways[kind] == WAY_NONE || rows == 0 || columns == 0)
        return;
    if (ways[kind] == WAY_WHOLE) {
        match_whole(&match);
        return;
    }
    if (ways[kind] == WAY_COLUMN) {
        match_columns(&match);
        return;
    }
    json_auto_t *renamed = renamed_columns(old, new, uses);
    match.columns = renamed;
    match_nested(&match, equal_score);
}
