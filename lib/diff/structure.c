#include "diff/structure.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "diff/alike.h"
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

/* ---- shapes: objects without their names ---- */

static bool is_name_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

/* What is a name's place in a text, besides one where it stands alone. */
typedef enum Place {
    PLACE_ALONE,
    PLACE_BEFORE, /* as the beginning of a longer one, "name_" */
    PLACE_BEHIND, /* behind that of its table */
} Place;

/* Where the name stands in the text, not as a part of another; NULL when nowhere. */
static const char *find_name(const char *text, const char *name, Place place)
{
    size_t length = strlen(name);

    for (const char *at = text; length > 0 && (at = strstr(at, name)) != NULL; at++) {
        char last = at > text ? at[-1] : ' ', next = at[length];
        if (is_name_byte(last) || (last == '.' && place != PLACE_BEHIND) || last == '"')
            continue;
        if (name[length - 1] == '.' || (place == PLACE_BEFORE && next == '_') ||
            (!is_name_byte(next) && next != '"'))
            return at;
    }
    return NULL;
}

/* text with the name replaced, everywhere or only once; from malloc. */
static char *replaced(const char *text, const char *name, const char *by, Place place, bool once)
{
    Buffer out = {0};
    const char *at = NULL;

    while ((at = find_name(text, name, place)) != NULL) {
        /* What precedes was looked at already: a name that begins there is whole. */
        buffer_add(&out, text, (size_t)(at - text));
        buffer_text(&out, by);
        text = at + strlen(name);
        if (once)
            break;
    }
    buffer_add(&out, text, strlen(text));
    return out.bytes ? out.bytes : strdup("");
}

/* The names that a shape does not have. */
typedef struct Names {
    Arena arena;
    const char *schema; /* "shop." */
    const char *whole;  /* "shop.orders" */
} Names;

static void names_free(Names *names)
{
    arena_free(&names->arena);
}

static void names_of(const json_t *object, Names *ret)
{
    const char *schema = jx_string(object, "schema", ""), *name = jx_string(object, "name", "");

    *ret = (Names){0};
    if (!*schema) {
        ret->schema = "";
        ret->whole = ident_quote(&ret->arena, name);
        return;
    }
    ret->schema = arena_printf(&ret->arena, "%s.", ident_quote(&ret->arena, schema));
    ret->whole = arena_printf(&ret->arena, "%s%s", ret->schema, ident_quote(&ret->arena, name));
}

/* own: the name that a statement which makes the object begins with. */
static json_t *shape_text(const char *text, const Names *names, const char *own)
{
    bool makes = strncmp(text, "CREATE ", 7) == 0;
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(cleanup_free)
    char *bare =
        replaced(text, makes && *own ? ident_quote(&arena, own) : "", "\x03", PLACE_ALONE, true);
    CLEANUP(cleanup_free) char *itself = replaced(bare, names->whole, "\x02", PLACE_BEFORE, false);
    CLEANUP(cleanup_free) char *ret = replaced(itself, names->schema, "\x01", PLACE_ALONE, false);

    return json_string(ret);
}

static int text_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The items as texts in order: their own order is that of their names. */
static json_t *sorted(const json_t *items)
{
    size_t count = json_array_size(items);
    char **texts = arena_realloc_or_exit(NULL, (count + 1) * sizeof *texts);
    json_t *ret = json_array();

    for (size_t i = 0; i < count; i++)
        texts[i] = jx_text(json_array_get(items, i));
    qsort(texts, count, sizeof *texts, text_compare);
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(ret, json_string(texts[i]));
        free(texts[i]);
    }
    free(texts);
    return ret;
}

static json_t *shape_value(const json_t *value, const Names *names, const char *own)
{
    size_t index = 0;
    json_t *item = NULL;
    const char *key = NULL;

    if (json_is_string(value))
        return shape_text(json_string_value(value), names, own);
    if (json_is_array(value)) {
        json_t *ret = json_array();
        json_array_foreach(value, index, item)
        {
            json_array_append_new(ret, shape_value(item, names, own));
        }
        return ret;
    }
    if (!json_is_object(value))
        return json_incref((json_t *)value);
    json_t *ret = json_object();
    json_object_foreach((json_t *)value, key, item)
    {
        json_object_set_new(ret, key, shape_value(item, names, own));
    }
    return ret;
}

/* An object without its name. */
static json_t *shape_alone(const json_t *object, const Names *names)
{
    json_t *ret = shape_value(object, names, jx_string(object, "name", ""));

    json_object_del(ret, "name");
    return ret;
}

/* A top-level object without its names, perhaps but that of its schema, what is nested in it
 * without theirs where their order is none. */
static json_t *shape_of(KindId kind, const json_t *object, bool with_schema)
{
    static const char *const names_only[] = {"id", "name", "schema", "inexact"};
    CLEANUP(names_free) Names names = {0};
    json_t *ret = json_object();
    KindId inner = KIND_SCHEMA;
    const char *key = NULL;
    json_t *value = NULL;
    size_t index = 0;
    json_t *item = NULL;

    names_of(object, &names);
    if (with_schema)
        names.schema = "";
    json_object_foreach((json_t *)object, key, value)
    {
        if (!kind_nested(kind, key, &inner) || kind_of(inner)->ordered || !json_is_array(value)) {
            json_object_set_new(ret, key,
                                shape_value(value, &names, jx_string(object, "name", "")));
            continue;
        }
        json_auto_t *alone = json_array();
        json_array_foreach(value, index, item)
        {
            json_array_append_new(alone, shape_alone(item, &names));
        }
        json_object_set_new(ret, key, sorted(alone));
    }
    for (size_t i = 0; i < sizeof names_only / sizeof *names_only; i++)
        json_object_del(ret, names_only[i]);
    if (kind == KIND_SEQUENCE) /* whose it is, is evidence */
        json_object_del(ret, "owned_by");
    return ret;
}

/* ---- how alike two shapes are ---- */

typedef struct Likeness {
    double common, all; /* all: of both together */
    int points;         /* of evidence */
} Likeness;

/* What makes a column more than one of many: a type of the schema's own or with numbers (how long a
 * text may be is no more than a habit), a default and so on. */
static int column_points(const json_t *column)
{
    static const char *const marks[] = {"comment",   "comment", "identity", "identity", "generated",
                                        "generated", "default", "grants",   "collation"};
    const char *type = jx_string(column, "type", "");
    bool has_numbers = strchr(type, '(') && strncmp(type, "character", 9) != 0;
    int points = jx_bool(column, "not_null") + has_numbers +
                 (strchr(type, '.') != NULL || strchr(type, '\x01') != NULL);

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        points += json_object_get(column, marks[i]) != NULL;
    return points;
}

/* What a column that two tables have says for their being one, by its name: many tables have some.
 */
static int common_points(const char *name)
{
    static const char *const usual[] = {"uuid",        "name",       "title",      "slug",
                                        "description", "created_at", "updated_at", "deleted_at",
                                        "inserted_at", "created_by", "updated_by"};

    if (strcmp(name, "id") == 0)
        return 0;
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (strcmp(name, usual[i]) == 0)
            return 1;
    return 2;
}

static const json_t *by_name(const json_t *items, const char *name)
{
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(items, index, item)
    {
        if (strcmp(jx_string(item, "name", ""), name) == 0)
            return item;
    }
    return NULL;
}

/* Columns: an equal one counts, one of the same type for the most part. */
static void compare_columns(const json_t *old, const json_t *new, Likeness *ret)
{
    size_t index = 0;
    json_t *item = NULL;

    ret->all += (double)(json_array_size(old) + json_array_size(new));
    json_array_foreach(old, index, item)
    {
        const json_t *other = by_name(new, jx_string(item, "name", ""));
        if (!other)
            continue;
        bool equal = json_equal(item, other);
        bool typed = strcmp(jx_string(item, "type", ""), jx_string(other, "type", "")) == 0;
        ret->common += equal ? 2 : typed ? 1.4 : 0.6;
        if (typed)
            ret->points += common_points(jx_string(item, "name", ""));
    }
}

/* Texts, each once for each time it is there. */
static void compare_texts(const json_t *old, const json_t *new, int points, Likeness *ret)
{
    json_auto_t *left = json_copy((json_t *)new);
    size_t index = 0;
    json_t *item = NULL;

    ret->all += (double)(json_array_size(old) + json_array_size(new));
    json_array_foreach(old, index, item)
    {
        size_t at = 0;
        while (at < json_array_size(left) && !json_equal(item, json_array_get(left, at)))
            at++;
        if (at == json_array_size(left))
            continue;
        json_array_remove(left, at);
        ret->common += 2;
        const char *text = json_string_value(item);
        if (!text || !strstr(text, "\"PRIMARY KEY ("))
            ret->points += points;
    }
}

static json_t *lines_of(const char *text)
{
    json_t *lines = json_array();

    while (*text) {
        size_t length = strcspn(text, "\n"), skip = strspn(text, " \t\r");
        skip = skip < length ? skip : length;
        if (length > skip)
            json_array_append_new(lines, json_stringn(text + skip, length - skip));
        text += length + (text[length] == '\n');
    }
    return lines;
}

/* A definition or body, by its lines. It weighs as much as five other members. */
static void compare_code(const json_t *old, const json_t *new, Likeness *ret)
{
    const char *before = json_string_value(old), *after = json_string_value(new);
    Likeness lines = {0};

    ret->all += 10;
    if (!before || !after)
        return;
    if (strcmp(before, after) == 0) {
        size_t length = strlen(before) / 6;
        ret->common += 10;
        ret->points += length < 8 ? (int)length : 8;
        return;
    }
    json_auto_t *old_lines = lines_of(before);
    json_auto_t *new_lines = lines_of(after);
    compare_texts(old_lines, new_lines, 1, &lines);
    ret->common += lines.all > 0 ? 10 * lines.common / lines.all : 0;
    ret->points += lines.points < 6 ? lines.points : 6;
}

static bool is_code(const char *key)
{
    return strcmp(key, "definition") == 0 || strcmp(key, "body") == 0;
}

static void compare_member(KindId kind, const char *key, const json_t *old, const json_t *new,
                           Likeness *ret)
{
    KindId inner = KIND_SCHEMA;
    const json_t *either = old ? old : new;
    bool nested = kind_nested(kind, key, &inner);

    if (nested && kind_of(inner)->ordered) {
        compare_columns(old, new, ret);
    } else if (json_is_array(either)) {
        /* What an index, a policy or a label says; types of arguments are much the same. */
        compare_texts(old, new, nested || strcmp(key, "labels") == 0 ? 2 : 0, ret);
    } else if (is_code(key)) {
        compare_code(old, new, ret);
    } else {
        bool equal = old && new &&json_equal((json_t *)old, (json_t *)new);
        ret->all += (old != NULL) + (new != NULL);
        ret->common += equal ? 2 : 0;
        ret->points += equal && strcmp(key, "comment") == 0 ? 3 : 0;
    }
}

static Likeness likeness_of(KindId kind, const json_t *old, const json_t *new)
{
    Likeness ret = {0};
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach((json_t *)old, key, value)
    {
        compare_member(kind, key, value, json_object_get(new, key), &ret);
    }
    json_object_foreach((json_t *)new, key, value)
    {
        if (!json_object_get(old, key))
            compare_member(kind, key, NULL, value, &ret);
    }
    return ret;
}

/* 0 to 100; 100 only when they are equal. */
static int score_shapes(KindId kind, const json_t *old, const json_t *new, Likeness *ret)
{
    *ret = likeness_of(kind, old, new);
    int score = ret->all > 0 ? (int)(100 * ret->common / ret->all + 0.5) : 0;

    if (json_equal((json_t *)old, (json_t *)new))
        return 100;
    return score < 100 ? score : 99;
}

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
    Likeness likeness = {0};
    int score = score_shapes(match->kind, before, after, &likeness);
    if (moved && score < 100) { /* what it speaks of has stayed where it was */
        json_auto_t *old_shape = shape_of(match->kind, old, true);
        json_auto_t *new_shape = shape_of(match->kind, new, true);
        Likeness whole = {0};
        int whole_score = score_shapes(match->kind, old_shape, new_shape, &whole);
        likeness = whole_score > score ? whole : likeness;
        score = whole_score > score ? whole_score : score;
    }
    if (score < SCORE_LEAST)
        return 0;
    bool alike = moved || alike_names(name, other);
    int wanted = !alike ? STRUCTURE_ENOUGH : score == 100 ? 0 : POINTS_OF_ALIKE;
    if (match->kind == KIND_SCHEMA || json_object_get(old, "owned_by") ||
        json_object_get(new, "owned_by"))
        wanted = STRUCTURE_ENOUGH; /* its structure tells nothing, and what it goes with all */
    if (likeness.points < wanted && match->uses->points)
        likeness.points += match->uses->points(match->uses->context, match->kind, old, new);
    return likeness.points >= wanted ? score : 0;
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

static json_t *shapes_of(KindId kind, const StructureSide *side)
{
    json_t *ret = json_array();

    for (size_t i = 0; i < json_array_size(side->items); i++)
        json_array_append_new(ret, is_free(side, i)
                                       ? shape_of(kind, json_array_get(side->items, i), false)
                                       : json_null());
    return ret;
}

static void match_whole(Match *match)
{
    json_auto_t *old_shapes = shapes_of(match->kind, match->old);
    json_auto_t *new_shapes = shapes_of(match->kind, match->new);
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

/* The value with all texts made anew by the function. */
typedef json_t *Rewrite(const char *text, const char *name, const char *other);

/* A column named otherwise: in a list of names, or within a text. */
static json_t *column_text(const char *text, const char *name, const char *other)
{
    CLEANUP(arena_free) Arena arena = {0};

    if (strcmp(text, name) == 0)
        return json_string(other);
    CLEANUP(cleanup_free)
    char *ret =
        replaced(text, ident_quote(&arena, name), ident_quote(&arena, other), PLACE_BEHIND, false);
    return json_string(ret);
}

/* Another object named otherwise; both names as SQL has them. */
static json_t *object_text(const char *text, const char *name, const char *other)
{
    CLEANUP(cleanup_free) char *ret = replaced(text, name, other, PLACE_ALONE, false);

    return json_string(ret);
}

static json_t *rewritten(const json_t *value, Rewrite *rewrite, const char *name, const char *other)
{
    size_t index = 0;
    json_t *item = NULL;
    const char *key = NULL;

    if (json_is_string(value))
        return rewrite(json_string_value(value), name, other);
    if (json_is_array(value)) {
        json_t *ret = json_array();
        json_array_foreach(value, index, item)
        {
            json_array_append_new(ret, rewritten(item, rewrite, name, other));
        }
        return ret;
    }
    if (!json_is_object(value))
        return json_incref((json_t *)value);
    json_t *ret = json_object();
    json_object_foreach((json_t *)value, key, item)
    {
        json_object_set_new(ret, key, rewritten(item, rewrite, name, other));
    }
    return ret;
}

/* The value with all that is named {OLD: NEW} named anew; takes the value over. */
static json_t *all_rewritten(json_t *value, Rewrite *rewrite, json_t *names)
{
    const char *name = NULL;
    json_t *other = NULL;

    json_object_foreach(names, name, other)
    {
        json_t *now = rewritten(value, rewrite, name, json_string_value(other));
        json_decref(value);
        value = now;
    }
    return value;
}

/* An item of the old side as the new side would call what is in it: other objects first, whose
 * names the shape no longer has in full. */
static json_t *old_shape(const Match *match, const json_t *item, const Names *names)
{
    json_t *renamed = match->uses->renamed;
    json_auto_t *named = all_rewritten(json_incref((json_t *)item), object_text, renamed);

    return all_rewritten(shape_alone(named, names), column_text, match->columns);
}

/* Whether something on the table is the same but for the column's name: an index, a constraint. */
static bool same_use(const Match *match, const char *name, const char *other)
{
    static const char *const members[] = {"constraints", "indexes", "policies", "triggers"};
    CLEANUP(names_free) Names old_names = {0};
    CLEANUP(names_free) Names new_names = {0};
    bool same = false;

    names_of(match->old->parent, &old_names);
    names_of(match->new->parent, &new_names);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const json_t *olds = json_object_get(match->old->parent, members[i]);
        const json_t *news = json_object_get(match->new->parent, members[i]);
        for (size_t from = 0; from < json_array_size(olds) && !same; from++) {
            json_auto_t *shape = old_shape(match, json_array_get(olds, from), &old_names);
            json_auto_t *wanted = rewritten(shape, column_text, name, other);
            bool mentions = !json_equal(shape, wanted);
            for (size_t to = 0; mentions && to < json_array_size(news) && !same; to++) {
                json_auto_t *now = shape_alone(json_array_get(news, to), &new_names);
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
    int points = column_points(shape);

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
    CLEANUP(names_free) Names names = {0};
    json_t *ret = json_array();

    names_of(side->parent, &names);
    for (size_t i = 0; i < json_array_size(side->items); i++) {
        const json_t *item = json_array_get(side->items, i);
        json_array_append_new(ret, !is_free(side, i)    ? json_null()
                                   : side == match->old ? old_shape(match, item, &names)
                                                        : shape_alone(item, &names));
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

static bool mentions(const json_t *value, const char *name)
{
    size_t index = 0;
    json_t *item = NULL;
    const char *key = NULL;
    bool found = json_is_string(value) && find_name(json_string_value(value), name, PLACE_ALONE);

    json_array_foreach(value, index, item)
    {
        found = found || mentions(item, name);
    }
    json_object_foreach((json_t *)value, key, item)
    {
        found = found || mentions(item, name);
    }
    return found;
}

void structure_add_renamed(json_t *renamed, const json_t *old, const json_t *new)
{
    CLEANUP(names_free) Names before = {0};
    CLEANUP(names_free) Names after = {0};

    names_of(old, &before);
    names_of(new, &after);
    if (strcmp(before.whole, after.whole) != 0)
        json_object_set_new(renamed, before.whole, json_string(after.whole));
}

bool structure_follows(const json_t *old_user, const json_t *new_user, const json_t *old,
                       const json_t *new)
{
    CLEANUP(names_free) Names before = {0};
    CLEANUP(names_free) Names after = {0};

    names_of(old, &before);
    names_of(new, &after);
    return mentions(old_user, before.whole) && mentions(new_user, after.whole) &&
           !mentions(new_user, before.whole) && !mentions(old_user, after.whole);
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
