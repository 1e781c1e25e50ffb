#include "types/difference_part.h"

#include <stdlib.h>
#include <string.h>

/* "removed (Row, Insert)" */
static void add_listed(Finding *finding, const char *place, Severity severity, const char *what,
                       const char *listed)
{
    finding_add(finding, severity, place,
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
    const char *text = finding_rules[rule].text;
    bool told = old && new && old->is_optional != new->is_optional;

    faces->rule[i] = rule;
    faces->severity[i] = finding_rules[rule].severity[position];
    if (rule == RULE_NONE)
        faces->what[i] = "";
    else if (!old || !new)
        faces->what[i] = text;
    else
        faces->what[i] =
            arena_printf(finding->arena, "%s: %s%s -> %s%s", text,
                         told && old->is_optional ? "?" : "", finding_text(finding, old),
                         told && new->is_optional ? "?" : "", finding_text(finding, new));
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
    Rule type = finding_rule(finding, old, new), optional = optional_rule(old, new);

    if (type == RULE_NONE)
        return optional;
    return optional != RULE_NONE && finding_rules[optional].severity[position] >
                                        finding_rules[type].severity[position]
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
        if (!finding_is_same(finding, in->items[i], like) ||
            finding_in_index(not_in, in->items[i]->key))
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
            severity = finding_worse(severity, faces->severity[j]);
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
        faces.old[i] = finding_in_index(&sides[i].olds, key);
        faces.new[i] = finding_in_index(&sides[i].news, key);
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

void finding_members(Finding *finding, const char *place, const Part *parts, Sides *sides,
                     size_t count)
{
    size_t most = 0, used = 0;

    for (size_t i = 0; i < count; i++) {
        sides[i].olds = finding_index(finding, sides[i].old);
        sides[i].news = finding_index(finding, sides[i].new);
        most += sides[i].olds.count + sides[i].news.count;
    }
    const char **keys = arena_alloc(finding->arena, (most + 1) * sizeof *keys);

    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < sides[i].olds.count; j++)
            keys[used++] = sides[i].olds.items[j]->key;
        for (size_t j = 0; j < sides[i].news.count; j++)
            keys[used++] = sides[i].news.items[j]->key;
    }
    qsort(keys, used, sizeof *keys, finding_by_text);
    for (size_t i = 0; i < used; i++)
        if (!i || strcmp(keys[i], keys[i - 1]) != 0)
            member_compare(finding, place, parts, sides, count, keys[i]);
}
