#include "types/difference.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* ---- what a difference means ---- */

/* Where a type stands: code takes values out of it, or puts them in. */
typedef enum Position { READ, WRITTEN, POSITION_COUNT } Position;

typedef enum Rule {
    RULE_NONE,
    RULE_ADDED,
    RULE_ADDED_REQUIRED,
    RULE_REMOVED,
    RULE_TYPE,
    RULE_NULL_ADDED,
    RULE_NULL_REMOVED,
    RULE_VALUES_ADDED,
    RULE_VALUES_REMOVED,
    RULE_TO_UNKNOWN,
    RULE_FROM_UNKNOWN,
    RULE_TO_NEVER,
    RULE_FROM_NEVER,
    RULE_REQUIRED,
    RULE_OPTIONAL,
    RULE_LABEL_ADDED,
    RULE_ATTRIBUTE_ADDED,
    RULE_RELATIONSHIP_ADDED,
    RULE_ORDER,
    RULE_OTHER,
    RULE_COUNT
} Rule;

/* The severities are for a type that is read (Row, Returns, computed fields) and for one that is
 * written (Insert, Update, Args). man/gen-ts-types.1 has the same table. */
static const struct {
    const char *text;
    Severity severity[POSITION_COUNT];
} rules[] = {
    [RULE_NONE] = {"the same", {SEVERITY_SAFE, SEVERITY_SAFE}},
    [RULE_ADDED] = {"added", {SEVERITY_SAFE, SEVERITY_SAFE}},
    [RULE_ADDED_REQUIRED] = {"added and required", {SEVERITY_SAFE, SEVERITY_BREAKING}},
    [RULE_REMOVED] = {"removed", {SEVERITY_BREAKING, SEVERITY_BREAKING}},
    [RULE_TYPE] = {"another type", {SEVERITY_BREAKING, SEVERITY_BREAKING}},
    [RULE_NULL_ADDED] = {"may be null now", {SEVERITY_BREAKING, SEVERITY_SAFE}},
    [RULE_NULL_REMOVED] = {"is never null now", {SEVERITY_SAFE, SEVERITY_BREAKING}},
    [RULE_VALUES_ADDED] = {"more values", {SEVERITY_RISKY, SEVERITY_SAFE}},
    [RULE_VALUES_REMOVED] = {"fewer values", {SEVERITY_SAFE, SEVERITY_BREAKING}},
    [RULE_TO_UNKNOWN] = {"is unknown now", {SEVERITY_BREAKING, SEVERITY_SAFE}},
    [RULE_FROM_UNKNOWN] = {"is known now", {SEVERITY_SAFE, SEVERITY_BREAKING}},
    [RULE_TO_NEVER] = {"cannot be given now", {SEVERITY_BREAKING, SEVERITY_BREAKING}},
    [RULE_FROM_NEVER] = {"can be given now", {SEVERITY_BREAKING, SEVERITY_SAFE}},
    [RULE_REQUIRED] = {"required now", {SEVERITY_SAFE, SEVERITY_BREAKING}},
    [RULE_OPTIONAL] = {"optional now", {SEVERITY_BREAKING, SEVERITY_SAFE}},
    [RULE_LABEL_ADDED] = {"label added", {SEVERITY_RISKY, SEVERITY_SAFE}},
    [RULE_ATTRIBUTE_ADDED] = {"attribute added", {SEVERITY_SAFE, SEVERITY_RISKY}},
    [RULE_RELATIONSHIP_ADDED] = {"relationship added", {SEVERITY_RISKY, SEVERITY_SAFE}},
    [RULE_ORDER] = {"another order", {SEVERITY_SAFE, SEVERITY_SAFE}},
    [RULE_OTHER] = {"changed", {SEVERITY_RISKY, SEVERITY_RISKY}},
};
static_assert(sizeof rules / sizeof *rules == RULE_COUNT, "a row for every rule");

typedef struct Finding {
    Arena *arena;
    Differences *found;
    size_t room;
    bool enums;     /* some differ */
    bool fields[2]; /* the old, the new file has ComputedFields */
} Finding;

static Severity worse(Severity a, Severity b)
{
    return a > b ? a : b;
}

static void add(Finding *finding, Severity severity, const char *place, const char *what)
{
    Differences *found = finding->found;

    if (found->count == finding->room) {
        Difference *old = found->items;

        finding->room = finding->room ? finding->room * 2 : 16;
        found->items = arena_alloc(finding->arena, finding->room * sizeof *found->items);
        if (old)
            memcpy(found->items, old, found->count * sizeof *old);
    }
    found->items[found->count++] = (Difference){severity, place, what};
    found->counts[severity]++;
}

/* Of what is both read and written. */
static void add_rule(Finding *finding, Rule rule, const char *place)
{
    const Severity *severity = rules[rule].severity;

    add(finding, worse(severity[READ], severity[WRITTEN]), place, rules[rule].text);
}

/* ---- members by their names ---- */

typedef struct Index {
    size_t count;
    const ScriptType **items; /* by key, then as they stand */
} Index;

static int by_key(const void *a, const void *b)
{
    const ScriptType *one = *(const ScriptType *const *)a;
    const ScriptType *two = *(const ScriptType *const *)b;
    int order = strcmp(one->key, two->key);

    return order ? order : (one->line > two->line) - (one->line < two->line);
}

static Index index_of(Finding *finding, const ScriptType *object)
{
    Index index = {0};

    index.items = arena_alloc(finding->arena,
                              ((object ? object->count : 0) + 1) * sizeof(const ScriptType *));
    for (const ScriptType *member = object ? object->first : NULL; member; member = member->next)
        if (member->key && *member->key != '[')
            index.items[index.count++] = member;
    qsort(index.items, index.count, sizeof(const ScriptType *), by_key);
    size_t kept = 0; /* of those with one key the first: a field beside a column of its name */

    for (size_t i = 0; i < index.count; i++)
        if (!i || strcmp(index.items[i]->key, index.items[kept - 1]->key) != 0)
            index.items[kept++] = index.items[i];
    index.count = kept;
    return index;
}

static const ScriptType *index_find(const Index *index, const char *key)
{
    size_t low = 0, high = index->count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (strcmp(index->items[middle]->key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < index->count && strcmp(index->items[low]->key, key) == 0 ? index->items[low]
                                                                          : NULL;
}

typedef void Compare(Finding *finding, const char *place, const ScriptType *old,
                     const ScriptType *new);

/* compare is called for what either has; old or new is NULL where the other alone has it. */
static void each(Finding *finding, const char *place, const ScriptType *old, const ScriptType *new,
                 Compare *compare)
{
    Index olds = index_of(finding, old), news = index_of(finding, new);

    for (size_t i = 0, j = 0; i < olds.count || j < news.count;) {
        const ScriptType *one = i < olds.count ? olds.items[i] : NULL;
        const ScriptType *two = j < news.count ? news.items[j] : NULL;

        if (one && two) {
            int order = strcmp(one->key, two->key);

            one = order <= 0 ? one : NULL;
            two = order >= 0 ? two : NULL;
        }
        const ScriptType *either = one ? one : two;

        if (!either)
            return;
        compare(finding, arena_printf(finding->arena, "%s%s", place, either->key), one, two);
        i += one != NULL;
        j += two != NULL;
    }
}

/* ---- types ---- */

static const char *text_of(Finding *finding, const ScriptType *type)
{
    return type ? script_text(finding->arena, type) : "";
}

static bool is_text(Finding *finding, const ScriptType *type, const char *text)
{
    return strcmp(text_of(finding, type), text) == 0;
}

static bool is_same(Finding *finding, const ScriptType *old, const ScriptType *new)
{
    return is_text(finding, new, text_of(finding, old));
}

/* The type's alternatives, sorted; null is counted apart. */
typedef struct Values {
    size_t count;
    const char **items;
    bool null;
} Values;

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static Values values_of(Finding *finding, const ScriptType *type)
{
    Values values = {0};
    size_t most = type->kind == SCRIPT_UNION ? type->count : 1;
    const ScriptType *member = type->kind == SCRIPT_UNION ? type->first : type;

    values.items = arena_alloc(finding->arena, (most + 1) * sizeof *values.items);
    for (size_t i = 0; i < most && member; i++, member = member->next) {
        const char *text = text_of(finding, member);

        if (strcmp(text, "null") == 0)
            values.null = true;
        else
            values.items[values.count++] = text;
    }
    qsort(values.items, values.count, sizeof *values.items, by_text);
    return values;
}

/* How many of the first are not in the other; literals: all of those are string literals. */
static size_t missing(const Values *from, const Values *in, bool *ret_literals)
{
    size_t count = 0;

    *ret_literals = true;
    for (size_t i = 0, j = 0; i < from->count; i++) {
        while (j < in->count && strcmp(in->items[j], from->items[i]) < 0)
            j++;
        if (j < in->count && strcmp(in->items[j], from->items[i]) == 0)
            continue;
        count++;
        *ret_literals &= *from->items[i] == '"';
    }
    return count;
}

static Rule rule_of(Finding *finding, const ScriptType *old, const ScriptType *new)
{
    if (is_same(finding, old, new))
        return RULE_NONE;
    if (is_text(finding, new, "never"))
        return RULE_TO_NEVER;
    if (is_text(finding, old, "never"))
        return RULE_FROM_NEVER;
    if (is_text(finding, new, "unknown"))
        return RULE_TO_UNKNOWN;
    if (is_text(finding, old, "unknown"))
        return RULE_FROM_UNKNOWN;
    Values olds = values_of(finding, old), news = values_of(finding, new);
    bool gone_literals = false, come_literals = false;
    size_t gone = missing(&olds, &news, &gone_literals);
    size_t come = missing(&news, &olds, &come_literals);

    if (!gone && !come && olds.null == news.null)
        return RULE_NONE; /* another order */
    if (!gone && !come)
        return news.null ? RULE_NULL_ADDED : RULE_NULL_REMOVED;
    if (olds.null != news.null || (gone && come))
        return RULE_TYPE;
    if (come)
        return come_literals ? RULE_VALUES_ADDED : RULE_TYPE;
    return gone_literals ? RULE_VALUES_REMOVED : RULE_TYPE;
}

/* ---- columns and arguments, which may stand in several types ---- */

typedef struct Part {
    const char *key;
    Position position;
} Part;

typedef struct Sides {           /* of one part */
    const ScriptType *old, *new; /* the objects */
    Index olds, news;
} Sides;

enum { PARTS_MAX = 3 };

/* "removed (Row, Insert)" */
static void add_listed(Finding *finding, const char *place, Severity severity, const char *what,
                       const char *listed)
{
    add(finding, severity, place,
        *listed ? arena_printf(finding->arena, "%s (%s)", what, listed) : what);
}

static const char *list(Finding *finding, const char *listed, const char *key)
{
    return arena_printf(finding->arena, "%s%s%s", listed, *listed && *key ? ", " : "", key);
}

/* What one member is of each part. */
typedef struct Faces {
    const ScriptType *old[PARTS_MAX], *new[PARTS_MAX];
    Rule rule[PARTS_MAX];
    const char *what[PARTS_MAX];
    Severity severity[PARTS_MAX];
} Faces;

static void face_set(Finding *finding, Faces *faces, size_t i, Position position, Rule rule)
{
    const ScriptType *old = faces->old[i], *new = faces->new[i];
    const char *text = rules[rule].text;
    bool told = old && new && old->is_optional != new->is_optional;

    faces->rule[i] = rule;
    faces->severity[i] = rules[rule].severity[position];
    if (rule == RULE_NONE)
        faces->what[i] = "";
    else if (!old || !new)
        faces->what[i] = text;
    else
        faces->what[i] = arena_printf(finding->arena, "%s: %s%s -> %s%s", text,
                                      told && old->is_optional ? "?" : "", text_of(finding, old),
                                      told && new->is_optional ? "?" : "", text_of(finding, new));
}

static Rule optional_rule(const ScriptType *old, const ScriptType *new)
{
    return old->is_optional == new->is_optional ? RULE_NONE
           : new->is_optional                   ? RULE_OPTIONAL
                                                : RULE_REQUIRED;
}

/* The worse of what the type and what "?" say; both, where they are equally bad, is the type's. */
static Rule face_rule(Finding *finding, const ScriptType *old, const ScriptType *new,
                      Position position)
{
    if (!old)
        return new->is_optional ? RULE_ADDED : RULE_ADDED_REQUIRED;
    if (!new)
        return RULE_REMOVED;
    Rule type = rule_of(finding, old, new), optional = optional_rule(old, new);

    if (type == RULE_NONE)
        return optional;
    return optional != RULE_NONE &&
                   rules[optional].severity[position] > rules[type].severity[position]
               ? optional
               : type;
}

/* The only member of that type that is in one of the lists and not in the other; NULL: none, or
 * several. */
static const ScriptType *only_one(Finding *finding, const Index *in, const Index *not_in,
                                  const ScriptType *like)
{
    const ScriptType *found = NULL;

    for (size_t i = 0; i < in->count; i++) {
        if (!is_same(finding, in->items[i], like) || index_find(not_in, in->items[i]->key))
            continue;
        if (found)
            return NULL;
        found = in->items[i];
    }
    return found;
}

/* The name that what went may have now: the only one that came of its type. */
static const char *new_name(Finding *finding, const Sides *side, const ScriptType *gone)
{
    const ScriptType *come = only_one(finding, &side->news, &side->olds, gone);

    return come && only_one(finding, &side->olds, &side->news, gone) ? come->key : NULL;
}

/* One line for each thing said, with the parts of which it is said. */
static void faces_add(Finding *finding, const char *place, const Part *parts, size_t count,
                      Faces *faces)
{
    for (size_t i = 0; i < count; i++) {
        const char *listed = "";
        Severity severity = faces->severity[i];

        if (faces->rule[i] == RULE_NONE)
            continue;
        for (size_t j = i; j < count; j++) {
            bool is_added = !faces->old[i] && !faces->old[j] && faces->rule[j] != RULE_NONE;

            if (!is_added && strcmp(faces->what[i], faces->what[j]) != 0)
                continue;
            severity = worse(severity, faces->severity[j]);
            listed = list(finding, listed, parts[j].key);
            if (faces->severity[j] > faces->severity[i]) {
                faces->what[i] = faces->what[j];
                faces->severity[i] = faces->severity[j];
            }
            if (j > i)
                faces->rule[j] = RULE_NONE;
        }
        add_listed(finding, place, severity, faces->what[i], listed);
    }
}

static void member_compare(Finding *finding, const char *place, const Part *parts,
                           const Sides *sides, size_t count, const char *key)
{
    Faces faces = {0};
    bool is_old = false, is_new = false;
    const char *renamed = NULL;

    for (size_t i = 0; i < count; i++) {
        faces.what[i] = "";
        if (!sides[i].old || !sides[i].new)
            continue;
        faces.old[i] = index_find(&sides[i].olds, key);
        faces.new[i] = index_find(&sides[i].news, key);
        is_old |= faces.old[i] != NULL;
        is_new |= faces.new[i] != NULL;
        if (!faces.old[i] && !faces.new[i])
            continue;
        Rule rule = face_rule(finding, faces.old[i], faces.new[i], parts[i].position);

        if (rule == RULE_ADDED_REQUIRED && parts[i].position == READ)
            rule = RULE_ADDED;
        face_set(finding, &faces, i, parts[i].position, rule);
        if (rule == RULE_REMOVED && !renamed)
            renamed = new_name(finding, &sides[i], faces.old[i]);
        if (rule == RULE_REMOVED && renamed)
            faces.what[i] = arena_printf(finding->arena, "removed, perhaps renamed to %s", renamed);
    }
    if (is_old || is_new)
        faces_add(finding, arena_printf(finding->arena, "%s%s", place, key), parts, count, &faces);
}

/* All members that one of the objects has, in the order of their keys. */
static void members_compare(Finding *finding, const char *place, const Part *parts, Sides *sides,
                            size_t count)
{
    size_t most = 0, used = 0;

    for (size_t i = 0; i < count; i++) {
        sides[i].olds = index_of(finding, sides[i].old);
        sides[i].news = index_of(finding, sides[i].new);
        most += sides[i].olds.count + sides[i].news.count;
    }
    const char **keys = arena_alloc(finding->arena, (most + 1) * sizeof *keys);

    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < sides[i].olds.count; j++)
            keys[used++] = sides[i].olds.items[j]->key;
        for (size_t j = 0; j < sides[i].news.count; j++)
            keys[used++] = sides[i].news.items[j]->key;
    }
    qsort(keys, used, sizeof *keys, by_text);
    for (size_t i = 0; i < used; i++)
        if (!i || strcmp(keys[i], keys[i - 1]) != 0)
            member_compare(finding, place, parts, sides, count, keys[i]);
}

/* ---- tables and views ---- */

static const char *relationship_name(Finding *finding, const ScriptType *item)
{
    const char *key = text_of(finding, script_member(item, "foreignKeyName"));
    const char *to = text_of(finding, script_member(item, "referencedRelation"));

    return arena_printf(finding->arena, "%s to %s", key, to);
}

static bool is_same_key(Finding *finding, const ScriptType *one, const ScriptType *two)
{
    static const char *const parts[] = {"foreignKeyName", "referencedRelation", "columns"};
    bool same = true;

    for (size_t i = 0; i < sizeof parts / sizeof *parts && same; i++)
        same = is_same(finding, script_member(one, parts[i]), script_member(two, parts[i]));
    return same;
}

/* The item of the other list that says the same, or, unless whole, is about the same key. */
static const ScriptType *relationship_twin(Finding *finding, const ScriptType *list_of,
                                           const ScriptType *item, bool whole)
{
    const ScriptType *other = list_of ? list_of->first : NULL;

    while (other && !(whole ? is_same(finding, item, other) : is_same_key(finding, item, other)))
        other = other->next;
    return other;
}

static void relationships_one_way(Finding *finding, const char *place, const ScriptType *from,
                                  const ScriptType *to, Rule rule)
{
    for (const ScriptType *item = from ? from->first : NULL; item; item = item->next) {
        if (item->kind != SCRIPT_OBJECT || relationship_twin(finding, to, item, true))
            continue;
        const ScriptType *other = relationship_twin(finding, to, item, false);
        const char *where = arena_printf(finding->arena, "%s, relationship %s", place,
                                         relationship_name(finding, item));

        if (!other) {
            add_rule(finding, rule, where);
        } else if (rule == RULE_REMOVED) {
            add(finding, SEVERITY_BREAKING, where,
                arena_printf(finding->arena, "another type: %s -> %s", text_of(finding, item),
                             text_of(finding, other)));
        }
    }
}

static void fields_compare(Finding *finding, const char *place, const ScriptType *old,
                           const ScriptType *new)
{
    if (finding->fields[0] && finding->fields[1] && old && new && !is_same(finding, old, new))
        add(finding, SEVERITY_RISKY, arena_printf(finding->arena, "%s, computed fields", place),
            arena_printf(finding->arena, "changed: %s -> %s", text_of(finding, old),
                         text_of(finding, new)));
}

static void relation_compare(Finding *finding, const char *place, const ScriptType *old,
                             const ScriptType *new)
{
    static const Part parts[PARTS_MAX] = {{"Row", READ}, {"Insert", WRITTEN}, {"Update", WRITTEN}};
    Sides sides[PARTS_MAX] = {{0}};

    if (!old || !new) {
        add_rule(finding, old ? RULE_REMOVED : RULE_ADDED, place);
        return;
    }
    for (size_t i = 0; i < PARTS_MAX; i++) {
        sides[i].old = script_member(old, parts[i].key);
        sides[i].new = script_member(new, parts[i].key);
        if (!sides[i].old != !sides[i].new)
            add_rule(finding, sides[i].old ? RULE_REMOVED : RULE_ADDED,
                     arena_printf(finding->arena, "%s, %s", place, parts[i].key));
    }
    members_compare(finding, arena_printf(finding->arena, "%s, column ", place), parts, sides,
                    PARTS_MAX);
    fields_compare(finding, place, script_member(old, "ComputedFields"),
                   script_member(new, "ComputedFields"));
    const ScriptType *olds = script_member(old, "Relationships");
    const ScriptType *news = script_member(new, "Relationships");

    relationships_one_way(finding, place, olds, news, RULE_REMOVED);
    relationships_one_way(finding, place, news, olds, RULE_RELATIONSHIP_ADDED);
}

/* ---- functions ---- */

/* The object of a type that is one, or a list of one. */
static const ScriptType *object_in(const ScriptType *type)
{
    if (type && type->kind == SCRIPT_ARRAY)
        type = type->first;
    return type && type->kind == SCRIPT_OBJECT ? type : NULL;
}

static void returns_compare(Finding *finding, const char *place, const ScriptType *old,
                            const ScriptType *new)
{
    static const Part part = {"", READ};
    const char *what = arena_printf(finding->arena, "%s, result", place);
    Sides side = {.old = object_in(old), .new = object_in(new)};

    if (side.old && side.new && old->kind == new->kind) {
        members_compare(finding, arena_printf(finding->arena, "%s column ", what), &part, &side, 1);
        return;
    }
    Rule rule = rule_of(finding, old, new);

    if (rule != RULE_NONE)
        add(finding, rules[rule].severity[READ], what,
            arena_printf(finding->arena, "%s: %s -> %s", rules[rule].text, text_of(finding, old),
                         text_of(finding, new)));
}

static void signature_compare(Finding *finding, const char *place, const ScriptType *old,
                              const ScriptType *new)
{
    static const Part part = {"", WRITTEN};
    static const ScriptType none = {.kind = SCRIPT_OBJECT};
    const ScriptType *old_arguments = script_member(old, "Args");
    const ScriptType *new_arguments = script_member(new, "Args");
    const ScriptType *old_options = script_member(old, "SetofOptions");
    const ScriptType *new_options = script_member(new, "SetofOptions");
    Sides side = {.old = object_in(old_arguments), .new = object_in(new_arguments)};

    /* "never" and "Record<PropertyKey, never>" */
    side.old = side.old ? side.old : &none;
    side.new = side.new ? side.new : &none;
    members_compare(finding, arena_printf(finding->arena, "%s, argument ", place), &part, &side, 1);
    const ScriptType *old_returns = script_member(old, "Returns");
    const ScriptType *new_returns = script_member(new, "Returns");

    if (old_returns && new_returns)
        returns_compare(finding, place, old_returns, new_returns);
    if (!is_same(finding, old_options, new_options))
        add(finding, rules[RULE_OTHER].severity[READ],
            arena_printf(finding->arena, "%s, rows it returns", place),
            arena_printf(finding->arena, "%s: %s -> %s", rules[RULE_OTHER].text,
                         old_options ? text_of(finding, old_options) : "none",
                         new_options ? text_of(finding, new_options) : "none"));
}

static void signatures_one_way(Finding *finding, const char *place, const ScriptType *from,
                               const ScriptType *to, Rule rule)
{
    Values all = values_of(finding, from), others = values_of(finding, to);

    for (size_t i = 0; i < all.count; i++) {
        if (!bsearch(&all.items[i], others.items, others.count, sizeof *others.items, by_text))
            add_rule(finding, rule,
                     arena_printf(finding->arena, "%s, signature %s", place, all.items[i]));
    }
}

static void function_compare(Finding *finding, const char *place, const ScriptType *old,
                             const ScriptType *new)
{
    if (!old || !new) {
        add_rule(finding, old ? RULE_REMOVED : RULE_ADDED, place);
    } else if (old->kind == SCRIPT_OBJECT && new->kind == SCRIPT_OBJECT) {
        signature_compare(finding, place, old, new);
    } else {
        signatures_one_way(finding, place, old, new, RULE_REMOVED);
        signatures_one_way(finding, place, new, old, RULE_ADDED);
    }
}

/* ---- enums and composite types ---- */

static void labels_one_way(Finding *finding, const char *place, const ScriptType *from,
                           const ScriptType *to, Rule rule)
{
    Values all = values_of(finding, from), others = values_of(finding, to);

    for (size_t i = 0; i < all.count; i++) {
        if (bsearch(&all.items[i], others.items, others.count, sizeof *others.items, by_text))
            continue;
        finding->enums = true;
        add_rule(finding, rule, arena_printf(finding->arena, "%s, label %s", place, all.items[i]));
    }
}

static void enum_compare(Finding *finding, const char *place, const ScriptType *old,
                         const ScriptType *new)
{
    size_t before = finding->found->count;

    if (!old || !new) {
        finding->enums = true;
        add_rule(finding, old ? RULE_REMOVED : RULE_ADDED, place);
        return;
    }
    labels_one_way(finding, place, old, new, RULE_REMOVED);
    labels_one_way(finding, place, new, old, RULE_LABEL_ADDED);
    if (before == finding->found->count && !is_same(finding, old, new)) {
        finding->enums = true;
        add_rule(finding, RULE_ORDER, place);
    }
}

static void composite_compare(Finding *finding, const char *place, const ScriptType *old,
                              const ScriptType *new)
{
    if (!old || !new) {
        add_rule(finding, old ? RULE_REMOVED : RULE_ADDED, place);
        return;
    }
    Index olds = index_of(finding, old), news = index_of(finding, new);

    for (size_t i = 0; i < olds.count; i++) {
        const ScriptType *was = olds.items[i], *is = index_find(&news, was->key);
        const char *where = arena_printf(finding->arena, "%s, attribute %s", place, was->key);
        Rule rule = is ? rule_of(finding, was, is) : RULE_REMOVED;

        if (!is)
            add_rule(finding, rule, where);
        else if (rule != RULE_NONE)
            add(finding, worse(rules[rule].severity[READ], rules[rule].severity[WRITTEN]), where,
                arena_printf(finding->arena, "%s: %s -> %s", rules[rule].text,
                             text_of(finding, was), text_of(finding, is)));
    }
    for (size_t i = 0; i < news.count; i++)
        if (!index_find(&olds, news.items[i]->key))
            add_rule(finding, RULE_ATTRIBUTE_ADDED,
                     arena_printf(finding->arena, "%s, attribute %s", place, news.items[i]->key));
}

/* ---- the whole ---- */

static const struct Section {
    const char *key;
    const char *word;
    Compare *compare;
} sections[] = {
    {"Tables", "table", relation_compare},
    {"Views", "view", relation_compare},
    {"Functions", "function", function_compare},
    {"Enums", "enum", enum_compare},
    {"CompositeTypes", "composite type", composite_compare},
};

static void other_compare(Finding *finding, const char *place, const ScriptType *old,
                          const ScriptType *new)
{
    const char *key = old ? old->key : new->key;

    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        if (strcmp(sections[i].key, key) == 0)
            return;
    if (!old || !new)
        add_rule(finding, old ? RULE_REMOVED : RULE_ADDED, place);
    else if (!is_same(finding, old, new))
        add_rule(finding, RULE_OTHER, place);
}

static void schema_compare(Finding *finding, const char *place, const ScriptType *old,
                           const ScriptType *new)
{
    const char *key = old ? old->key : new->key;

    if (strcmp(key, "__InternalSupabase") == 0) {
        if (!is_same(finding, old, new))
            add(finding, SEVERITY_SAFE, "version of PostgREST",
                arena_printf(finding->arena, "%s: %s -> %s", rules[RULE_OTHER].text,
                             old ? text_of(finding, old) : "none",
                             new ? text_of(finding, new) : "none"));
        return;
    }
    if (!old || !new) {
        add_rule(finding, old ? RULE_REMOVED : RULE_ADDED,
                 arena_printf(finding->arena, "schema %s", place));
        return;
    }
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        each(finding, arena_printf(finding->arena, "%s %s.", sections[i].word, key),
             script_member(old, sections[i].key), script_member(new, sections[i].key),
             sections[i].compare);
    each(finding, arena_printf(finding->arena, "schema %s, ", place), old, new, other_compare);
}

/* Whether a table or view of the file says which of its fields are computed: from cli3 on. */
static bool has_fields(const ScriptType *database)
{
    for (const ScriptType *schema = database->first; schema; schema = schema->next)
        for (size_t i = 0; i < 2; i++) {
            const ScriptType *section = script_member(schema, sections[i].key);

            for (const ScriptType *item = section ? section->first : NULL; item; item = item->next)
                if (script_member(item, "ComputedFields"))
                    return true;
        }
    return false;
}

static bool has_relations(const ScriptType *database)
{
    for (const ScriptType *schema = database->first; schema; schema = schema->next)
        for (size_t i = 0; i < 2; i++) {
            const ScriptType *section = script_member(schema, sections[i].key);

            if (section && section->first && section->first->kind == SCRIPT_OBJECT)
                return true;
        }
    return false;
}

static bool has_statement(const ScriptStatement *list_of, const ScriptStatement *like)
{
    while (list_of && strcmp(list_of->text, like->text) != 0)
        list_of = list_of->next;
    return list_of != NULL;
}

static const ScriptStatement *statement_named(const ScriptStatement *list_of,
                                              const ScriptStatement *like)
{
    bool is_import = strcmp(like->name, "import") == 0 || strcmp(like->name, "export") == 0;

    while (list_of && strcmp(is_import ? list_of->text : list_of->name,
                             is_import ? like->text : like->name) != 0)
        list_of = list_of->next;
    return list_of;
}

/* Of older generators, beside the names that ours are the same as. */
static bool is_helper(const char *name)
{
    static const char *const names[] = {"type PublicSchema",
                                        "type DatabaseWithoutInternals",
                                        "type DefaultSchema",
                                        "type InSchema",
                                        "type SchemaOf",
                                        "type Part",
                                        "type Relations",
                                        "type Entry",
                                        "type NameIn",
                                        "type Tables",
                                        "type TablesInsert",
                                        "type TablesUpdate",
                                        "type Enums",
                                        "type CompositeTypes",
                                        NULL};

    for (const char *const *known = names; *known; known++)
        if (strcmp(*known, name) == 0)
            return true;
    return false;
}

/* The first line of an import tells more than the word. */
static const char *shown(const ScriptStatement *statement)
{
    return strcmp(statement->name, "import") == 0 || strcmp(statement->name, "export") == 0
               ? statement->text
               : statement->name;
}

static void statements_compare(Finding *finding, const Script *old, const Script *new)
{
    for (const ScriptStatement *was = old->statements; was; was = was->next) {
        const ScriptStatement *is = statement_named(new->statements, was);

        if (has_statement(new->statements, was))
            continue;
        if (is_helper(was->name))
            finding->found->helpers = true;
        else
            add_rule(finding, is ? RULE_OTHER : RULE_REMOVED, shown(was));
    }
    for (const ScriptStatement *is = new->statements; is; is = is->next) {
        if (statement_named(old->statements, is))
            continue;
        if (is_helper(is->name))
            finding->found->helpers = true;
        else
            add_rule(finding, RULE_ADDED, shown(is));
    }
}

static void sort(Arena *arena, Differences *found)
{
    Difference *sorted = arena_alloc(arena, (found->count + 1) * sizeof *sorted);
    size_t count = 0;

    for (int severity = SEVERITY_COUNT - 1; severity >= 0; severity--)
        for (size_t i = 0; i < found->count; i++)
            if (found->items[i].severity == (Severity)severity)
                sorted[count++] = found->items[i];
    found->items = sorted;
}

Differences differences_find(Arena *arena, const Script *old, const Script *new)
{
    Differences found = {0};
    Finding finding = {.arena = arena, .found = &found};

    finding.fields[0] = has_fields(old->database);
    finding.fields[1] = has_fields(new->database);
    each(&finding, "", old->database, new->database, schema_compare);
    if (finding.fields[0] != finding.fields[1] && has_relations(old->database) &&
        has_relations(new->database))
        add(&finding, SEVERITY_SAFE, "dialect",
            finding.fields[0] ? "changed: ComputedFields are left out (cli2)"
                              : "changed: ComputedFields are written (cli3)");
    if (!finding.enums && new->constants && !is_same(&finding, old->constants, new->constants))
        add_rule(&finding, old->constants ? RULE_OTHER : RULE_ADDED, "constant Constants");
    statements_compare(&finding, old, new);
    sort(arena, &found);
    return found;
}

void differences_put(const Differences *differences, size_t most, FILE *out)
{
    if (!differences->count) {
        fputs(differences->helpers
                  ? "the types are the same; the helper types at the end of the file differ\n"
                  : "the types are the same; the layout of the file differs\n",
              out);
        return;
    }
    fprintf(out, "%zu difference%s", differences->count, differences->count == 1 ? "" : "s");
    for (int severity = SEVERITY_COUNT - 1, any = 0; severity >= 0; severity--) {
        size_t count = differences->counts[severity];

        if (count)
            fprintf(out, "%s%zu %s", any++ ? ", " : ": ", count, severity_name((Severity)severity));
    }
    fputc('\n', out);
    for (size_t i = 0; i < differences->count && i < most; i++) {
        const Difference *each_one = &differences->items[i];

        fprintf(out, "%s: ", severity_name(each_one->severity));
        text_print_safe(out, each_one->place);
        fputs(": ", out);
        text_print_safe(out, each_one->what);
        fputc('\n', out);
    }
    if (differences->count > most)
        fprintf(out, "... and %zu more\n", differences->count - most);
}
