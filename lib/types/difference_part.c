#include "types/difference_part.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- what a difference means ---- */

/* The severities are for a type that is read (Row, Returns, computed fields) and for one that is
 * written (Insert, Update, Args). man/gen-ts-types.1 has the same table. */
const FindingRule finding_rules[] = {
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
static_assert(sizeof finding_rules / sizeof *finding_rules == RULE_COUNT, "a row for every rule");

Severity finding_worse(Severity a, Severity b)
{
    return a > b ? a : b;
}

void finding_add(Finding *finding, Severity severity, const char *place, const char *what)
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

void finding_add_rule(Finding *finding, Rule rule, const char *place)
{
    const Severity *severity = finding_rules[rule].severity;

    finding_add(finding, finding_worse(severity[READ], severity[WRITTEN]), place,
                finding_rules[rule].text);
}

/* ---- members by their names ---- */

static int by_key(const void *a, const void *b)
{
    const ScriptType *one = *(const ScriptType *const *)a;
    const ScriptType *two = *(const ScriptType *const *)b;
    int order = strcmp(one->key, two->key);

    return order ? order : (one->line > two->line) - (one->line < two->line);
}

Index finding_index(Finding *finding, const ScriptType *object)
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

const ScriptType *finding_in_index(const Index *index, const char *key)
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

void finding_each(Finding *finding, const char *place, const ScriptType *old, const ScriptType *new,
                  Compare *compare)
{
    Index olds = finding_index(finding, old), news = finding_index(finding, new);

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

const char *finding_text(Finding *finding, const ScriptType *type)
{
    return type ? script_text(finding->arena, type) : "";
}

static bool is_text(Finding *finding, const ScriptType *type, const char *text)
{
    return strcmp(finding_text(finding, type), text) == 0;
}

bool finding_is_same(Finding *finding, const ScriptType *old, const ScriptType *new)
{
    return is_text(finding, new, finding_text(finding, old));
}

int finding_by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

Values finding_values(Finding *finding, const ScriptType *type)
{
    Values values = {0};
    size_t most = type->kind == SCRIPT_UNION ? type->count : 1;
    const ScriptType *member = type->kind == SCRIPT_UNION ? type->first : type;

    values.items = arena_alloc(finding->arena, (most + 1) * sizeof *values.items);
    for (size_t i = 0; i < most && member; i++, member = member->next) {
        const char *text = finding_text(finding, member);

        if (strcmp(text, "null") == 0)
            values.null = true;
        else
            values.items[values.count++] = text;
    }
    qsort(values.items, values.count, sizeof *values.items, finding_by_text);
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

Rule finding_rule(Finding *finding, const ScriptType *old, const ScriptType *new)
{
    if (finding_is_same(finding, old, new))
        return RULE_NONE;
    if (is_text(finding, new, "never"))
        return RULE_TO_NEVER;
    if (is_text(finding, old, "never"))
        return RULE_FROM_NEVER;
    if (is_text(finding, new, "unknown"))
        return RULE_TO_UNKNOWN;
    if (is_text(finding, old, "unknown"))
        return RULE_FROM_UNKNOWN;
    Values olds = finding_values(finding, old), news = finding_values(finding, new);
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
