#include "diff/compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "diff/follow.h"
#include "diff/lineage.h"
#include "diff/severity.h"
#include "diff/structure.h"
#include "json/jx.h"
#include "model/change.h"
#include "model/ident.h"
#include "model/text.h"
#include "sql/same.h"

/* An object of one side, top-level or nested, with all that a change of it tells. */
typedef struct Subject {
    Version version;
    json_int_t xid;
    const char *schema; /* it is in, with its parent; NULL: in none */
} Subject;

/* ---- one change ---- */

/* What makes up one change while its object is compared. */
typedef struct Draft {
    const Ignore *ignore;
    IgnoreFact fact;
    bool is_cut; /* something of it is ignored */
    json_t *fields;
    Judgement judgement; /* none: there is nothing to tell */
} Draft;

static void draft_free(Draft *draft)
{
    json_decref(draft->fields);
}

static const char *name_of(const Subject *subject)
{
    return jx_string(subject->version.object, "name", NULL);
}

static Draft draft_new(const Comparison *comparison, KindId kind, Op op, const Subject *old,
                       const Subject *new)
{
    const Subject *shown = op == OP_REMOVED ? old : new;

    return (Draft){
        .ignore = comparison->ignore,
        .fact = {.kind = kind_of(kind)->name,
                 .op = op_name(op),
                 .id = shown->version.id,
                 .old_id = op == OP_RENAMED ? old->version.id : NULL,
                 .name = name_of(shown),
                 .schema = kind == KIND_SCHEMA ? name_of(shown) : shown->schema},
        .fields = json_array(),
    };
}

/* Whether a rule says that it is not to be told: the change as such (field NULL), or a member of
 * it. */
static bool draft_ignores(Draft *draft, const char *field, const char *grantee,
                          const Judgement *judgement)
{
    IgnoreFact fact = draft->fact;

    fact.field = field;
    fact.grantee = grantee;
    fact.severity = severity_name(judgement->severity);
    fact.class = class_name(judgement->class);
    bool takes = ignore_takes(draft->ignore, &fact);
    draft->is_cut |= takes;
    return takes;
}

/* As severity_judge, unless a rule ignores it: false. shown: what people see the field called. */
static bool draft_judge(Draft *draft, const char *shown, KindId kind, Op op, const char *field,
                        const json_t *old, const json_t *new)
{
    Judgement alone = {0};

    if (draft->ignore) {
        severity_judge(&alone, kind, op, field, old, new);
        if (draft_ignores(draft, shown, NULL, &alone))
            return false;
    }
    severity_judge(&draft->judgement, kind, op, field, old, new);
    return true;
}

static bool draft_add(Draft *draft, const char *name, const json_t *old, const json_t *new,
                      Err *err)
{
    return jx_append(draft->fields,
                     json_pack("{s:s, s:O*, s:O*}", "name", name, "old", old, "new", new), err);
}

static void count_in(json_t *changes, const char *member)
{
    json_object_set_new(changes, member, json_integer(jx_int(changes, member, 0) + 1));
}

/* The transaction that made the change: that which wrote the row last, unless it had done so
 * before (a comment, or a text that follows another object's name, stands in no row of its own). */
static json_int_t made_by(const Comparison *comparison, Op op, const Subject *old,
                          const Subject *new)
{
    bool rewritten = op == OP_ADDED || op == OP_REPLACED || !comparison->identity;

    return op == OP_REMOVED || (!rewritten && old->xid == new->xid) ? 0 : new->xid;
}

static bool tell(const Comparison *comparison, KindId kind, Op op, const Subject *old,
                 const Subject *new, const Draft *draft, Err *err)
{
    json_int_t xid = made_by(comparison, op, old, new);

    if (draft->is_cut)
        count_in(comparison->changes, "ignored");
    if (!draft->judgement.any)
        return true;
    return changes_add(comparison->changes, op, kind_of(kind)->name,
                       op == OP_REMOVED ? old->version.id : new->version.id,
                       json_incref(draft->fields), draft->judgement.severity,
                       draft->judgement.affects, draft->judgement.why, err) &&
           changes_set_class(comparison->changes, draft->judgement.class, err) &&
           (!xid || changes_set_transaction(comparison->changes, xid, err)) &&
           (!new->version.matched ||
            changes_set_matched(comparison->changes, new->version.matched, err));
}

static bool is_identity(const char *member)
{
    return strcmp(member, "id") == 0 || strcmp(member, "name") == 0 ||
           strcmp(member, "schema") == 0;
}

/* ---- rights ---- */

static bool is_rights(const char *member)
{
    return strcmp(member, "grants") == 0 || strcmp(member, "revokes") == 0;
}

/* A copy of the object with that value of the member; NULL or empty: without it. */
static json_t *with_member(const json_t *object, const char *member, json_t *value)
{
    json_t *copy = json_copy((json_t *)object);

    if (json_object_size(value) > 0)
        json_object_set(copy, member, value);
    else
        json_object_del(copy, member);
    return copy;
}

/* What differs for one role alone. */
static Judgement judge_grantee(KindId kind, const char *member, const char *role, const json_t *old,
                               const json_t *new)
{
    const json_t *before = json_object_get(old, member);
    json_t *now = json_object_get(json_object_get(new, member), role);
    json_auto_t *rights = before ? json_copy((json_t *)before) : json_object();

    if (now)
        json_object_set(rights, role, now);
    else
        json_object_del(rights, role);
    json_auto_t *changed = with_member(old, member, rights);
    Judgement judgement = {0};
    severity_judge(&judgement, kind, OP_CHANGED, member, old, changed);
    return judgement;
}

/* Takes the roles out of both sides that a rule names. */
static void drop_grantees(Draft *draft, KindId kind, const char *member, const Version *old,
                          const Version *new, json_t *before, json_t *after)
{
    json_auto_t *roles = json_copy(before);
    const char *role = NULL;
    json_t *rights = NULL;

    json_object_update(roles, after);
    json_object_foreach(roles, role, rights)
    {
        json_t *then = json_object_get(before, role), *now = json_object_get(after, role);
        if (then && now && json_equal(then, now))
            continue;
        Judgement judgement = judge_grantee(kind, member, role, old->object, new->object);
        if (!draft_ignores(draft, member, role, &judgement))
            continue;
        json_object_del(before, role);
        json_object_del(after, role);
    }
}

/* grants or revokes, role by role, where rules name grantees. */
static bool rights_member(Draft *draft, KindId kind, const char *member, const Version *old,
                          const Version *new, Err *err)
{
    const json_t *then = json_object_get(old->object, member);
    const json_t *now = json_object_get(new->object, member);
    json_auto_t *before = then ? json_copy((json_t *)then) : json_object();
    json_auto_t *after = now ? json_copy((json_t *)now) : json_object();

    drop_grantees(draft, kind, member, old, new, before, after);
    if (json_equal(before, after))
        return true;
    json_auto_t *from = with_member(old->object, member, before);
    json_auto_t *to = with_member(new->object, member, after);
    severity_judge(&draft->judgement, kind, OP_CHANGED, member, from, to);
    return draft_add(draft, member, json_object_get(from, member), json_object_get(to, member),
                     err);
}

/* Whether an object is nothing but rights of roles that rules name. */
static bool is_rights_ignored(Draft *draft, KindId kind, const json_t *object,
                              const Judgement *judgement)
{
    static const char *const members[] = {"grants", "revokes"};
    bool any = false, all = true, was_cut = draft->is_cut;
    const char *role = NULL;
    json_t *rights = NULL;

    if ((kind != KIND_DEFAULT_PRIVILEGES && kind != KIND_PRIVILEGES) ||
        !ignore_has_grantees(draft->ignore))
        return false;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        json_object_foreach(json_object_get(object, members[i]), role, rights)
        {
            any = true;
            all = all && draft_ignores(draft, members[i], role, judgement);
        }
    draft->is_cut = was_cut || (any && all);
    return any && all;
}

/* ---- whole objects ---- */

static bool whole(const Comparison *comparison, KindId kind, Op op, const Subject *old,
                  const Subject *new, Err *err)
{
    bool added = op == OP_ADDED;
    const json_t *object = added ? new->version.object : old->version.object;
    CLEANUP(draft_free) Draft draft = draft_new(comparison, kind, op, old, new);
    Judgement judgement = {0};
    const char *key = NULL;
    json_t *value = NULL;

    severity_judge(&judgement, kind, op, NULL, added ? NULL : object, added ? object : NULL);
    if (!draft_ignores(&draft, NULL, NULL, &judgement) &&
        !is_rights_ignored(&draft, kind, object, &judgement))
        draft.judgement = judgement;
    json_object_foreach((json_t *)object, key, value)
    {
        if (!is_identity(key))
            json_array_append_new(
                draft.fields, json_pack("{s:s, s:O}", "name", key, added ? "new" : "old", value));
    }
    return tell(comparison, kind, op, old, new, &draft, err);
}

/* ---- nested objects ---- */

static bool versions(const Comparison *comparison, KindId kind, Op op, const Subject *old,
                     const Subject *new, Err *err);

enum { NOBODY = STRUCTURE_NOBODY };

/* The objects of one nested kind of one side, and whom each is on the other. */
typedef struct List {
    KindId kind;
    const char *parent;
    const char *schema; /* the parent is in */
    const json_t *items;
    const json_t *numbers; /* parallel to items; NULL: unknown */
    bool identity;         /* they mean the same on both sides */
    size_t count;
    int *partners; /* from malloc; and how alike those are that structure_match made */
    int *scores;
} List;

static void list_free(List *list)
{
    free(list->partners);
    free(list->scores);
}

static bool is_named_list(const json_t *items)
{
    size_t index = 0;
    json_t *item = NULL;
    bool ok = !items || json_is_array(items);

    json_array_foreach(items, index, item)
    {
        ok = ok && json_is_string(json_object_get(item, "name"));
    }
    return ok;
}

/* document: whose it is, for messages. */
static bool list_open(List *list, KindId kind, const Version *parent, bool identity,
                      const char *document, Err *err)
{
    const char *member = kind_of(kind)->member;

    list->kind = kind;
    list->parent = parent->id;
    list->schema = jx_string(parent->object, "schema", NULL);
    list->items = json_object_get(parent->object, member);
    list->numbers = json_object_get(parent->lineage, member);
    list->identity = identity && list->numbers;
    list->count = json_array_size(list->items);
    list->partners = arena_realloc_or_exit(NULL, (list->count + 1) * sizeof *list->partners);
    list->scores = arena_realloc_or_exit(NULL, (list->count + 1) * sizeof *list->scores);
    for (size_t i = 0; i < list->count; i++) {
        list->partners[i] = NOBODY;
        list->scores[i] = 0;
    }
    const char *what = kind_of((KindId)kind_of(kind)->parent)->name;
    if (!is_named_list(list->items))
        return err_set(err, EXIT_DATA, "'%s': '%s' of %s '%s' is no list of objects with names",
                       document, member, what, parent->id);
    return !list->numbers || json_array_size(list->numbers) == list->count ||
           err_set(err, EXIT_DATA, "'%s': the lineage of %s '%s' does not fit its %s", document,
                   what, parent->id, member);
}

static const char *list_name(const List *list, size_t index)
{
    return jx_string(json_array_get(list->items, index), "name", "");
}

typedef enum MatchBy { BY_NUMBER, BY_NAME } MatchBy;

/* What is matched by, as a text that can be looked up. */
static const char *list_key(const List *list, MatchBy by, size_t index, char number[24])
{
    if (by == BY_NAME)
        return list_name(list, index);
    snprintf(number, 24, "%lld", (long long)lineage_nested_number(list->numbers, index));
    return number;
}

/* Makes partners of those that are nobody's yet. */
static void match(List *old, List *new, MatchBy by)
{
    json_auto_t *places = json_object();
    char number[24];

    for (size_t i = 0; i < new->count; i++)
        if (new->partners[i] == NOBODY)
            json_object_set_new(places, list_key(new, by, i, number), json_integer((json_int_t)i));
    for (size_t i = 0; i < old->count; i++) {
        json_int_t place = old->partners[i] == NOBODY
                               ? jx_int(places, list_key(old, by, i, number), NOBODY)
                               : NOBODY;
        if (place == NOBODY || new->partners[place] != NOBODY)
            continue;
        old->partners[i] = (int)place;
        new->partners[place] = (int)i;
    }
}

/* Those that only have other names. */
static void match_by_structure(const Comparison *comparison, List *old, List *new,
                               const Version *old_parent, const Version *new_parent)
{
    const StructureUses uses = {.renamed = comparison->renamed};
    const StructureSide before = {old_parent->object, old->items, old->partners, old->scores};
    const StructureSide after = {new_parent->object, new->items, new->partners, new->scores};

    structure_match(old->kind, &before, &after, &uses);
}

/* A column of the same name with another number has other values; anything else that was made again
 * with its name is as good as changed. */
static Op nested_op(const List *old, size_t from, const List *new, size_t to)
{
    bool known = old->identity && new->identity;

    if (strcmp(list_name(old, from), list_name(new, to)) != 0)
        return OP_RENAMED;
    return known && kind_of(old->kind)->ordered &&
                   lineage_nested_number(old->numbers, from) !=
                       lineage_nested_number(new->numbers, to)
               ? OP_REPLACED
               : OP_CHANGED;
}

/* The names, as they are now, of what both sides have, in the order of one of them. */
static json_t *common_names(const List *old, const List *new, bool in_old_order)
{
    const List *side = in_old_order ? old : new;
    json_t *names = json_array();

    for (size_t i = 0; i < side->count; i++) {
        if (side->partners[i] == NOBODY)
            continue;
        size_t partner = (size_t)side->partners[i];
        size_t from = in_old_order ? i : partner, to = in_old_order ? partner : i;
        if (nested_op(old, from, new, to) != OP_REPLACED)
            json_array_append_new(names, json_string(list_name(new, to)));
    }
    return names;
}

static bool nested_order(Draft *draft, const List *old, const List *new, Err *err)
{
    json_auto_t *before = common_names(old, new, true);
    json_auto_t *after = common_names(old, new, false);

    return json_equal(before, after) ||
           !draft_judge(draft, "column order", (KindId)kind_of(old->kind)->parent, OP_CHANGED,
                        "column order", before, after) ||
           draft_add(draft, "column order", before, after, err);
}

/* The name of a publication's table is an id already. */
static char *nested_id(KindId kind, const char *parent, const char *name)
{
    if (kind != KIND_PUBLICATION_TABLE)
        return ident_join(parent, name);
    size_t size = strlen(parent) + strlen(name) + sizeof ".";
    char *id = arena_realloc_or_exit(NULL, size);
    snprintf(id, size, "%s.%s", parent, name);
    return id;
}

static Subject nested_subject(const List *list, const char *parent, size_t index, char **ret_id)
{
    *ret_id = nested_id(list->kind, parent, list_name(list, index));
    return (Subject){
        .version = {.id = *ret_id,
                    .object = json_array_get(list->items, index),
                    .matched = list->scores[index]},
        .xid = list->numbers ? lineage_nested_xid(list->numbers, index) : 0,
        .schema = list->schema,
    };
}

static bool nested_both(const Comparison *comparison, const List *old, size_t from, const List *new,
                        size_t to, Err *err)
{
    CLEANUP(cleanup_free) char *old_id = NULL;
    CLEANUP(cleanup_free) char *new_id = NULL;
    Op op = nested_op(old, from, new, to);

    if (op == OP_CHANGED &&
        json_equal(json_array_get(old->items, from), json_array_get(new->items, to)))
        return true;
    Subject before = nested_subject(old, old->parent, from, &old_id);
    Subject after = nested_subject(new, new->parent, to, &new_id);
    return versions(comparison, old->kind, op, &before, &after, err);
}

/* What is gone from a parent with another name is known by that one's name now. */
static bool nested_alone(const Comparison *comparison, Op op, const List *list, const char *parent,
                         size_t index, Err *err)
{
    static const Subject nobody = {0};
    CLEANUP(cleanup_free) char *id = NULL;
    Subject subject = nested_subject(list, parent, index, &id);

    return op == OP_ADDED ? whole(comparison, list->kind, op, &nobody, &subject, err)
                          : whole(comparison, list->kind, op, &subject, &nobody, err);
}

static bool nested(const Comparison *comparison, Draft *draft, KindId kind, const Version *old,
                   const Version *new, bool identity, Err *err)
{
    CLEANUP(list_free) List before = {0};
    CLEANUP(list_free) List after = {0};

    if (!list_open(&before, kind, old, identity, comparison->old_name, err) ||
        !list_open(&after, kind, new, identity, comparison->new_name, err))
        return false;
    if (before.identity && after.identity)
        match(&before, &after, BY_NUMBER);
    match(&before, &after, BY_NAME);
    if (!comparison->identity)
        match_by_structure(comparison, &before, &after, old, new);
    if (kind_of(kind)->ordered && !nested_order(draft, &before, &after, err))
        return false;
    for (size_t i = 0; i < before.count; i++) {
        bool ok =
            before.partners[i] == NOBODY
                ? nested_alone(comparison, OP_REMOVED, &before, new->id, i, err)
                : nested_both(comparison, &before, i, &after, (size_t)before.partners[i], err);
        if (!ok)
            return false;
    }
    for (size_t i = 0; i < after.count; i++)
        if (after.partners[i] == NOBODY &&
            !nested_alone(comparison, OP_ADDED, &after, new->id, i, err))
            return false;
    return true;
}

/* ---- objects on both sides ---- */

static int key_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The members of both objects, each once, sorted; borrowed, NULL-terminated, from malloc. */
static const char **members_of(const json_t *old, const json_t *new)
{
    size_t room = json_object_size(old) + json_object_size(new) + 1, count = 0, kept = 0;
    const char **keys = arena_realloc_or_exit(NULL, room * sizeof *keys);
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach((json_t *)old, key, value)
    {
        keys[count++] = key;
    }
    json_object_foreach((json_t *)new, key, value)
    {
        keys[count++] = key;
    }
    qsort(keys, count, sizeof *keys, key_compare);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || strcmp(keys[kept - 1], keys[i]) != 0)
            keys[kept++] = keys[i];
    keys[kept] = NULL;
    return keys;
}

/* Whether the member's value is one that its source could not know exactly (man/snapshot.5), so
 * that another value on the other side is no change. */
static bool is_inexact(const json_t *object, const char *member)
{
    size_t index = 0;
    json_t *name = NULL;

    json_array_foreach(json_object_get(object, "inexact"), index, name)
    {
        if (strcmp(json_string_value(name) ? json_string_value(name) : "", member) == 0)
            return true;
    }
    return false;
}

/* Whether both are SQL, and the same but for how it is written: sources differ in brackets. */
static bool is_rewritten(KindId kind, const char *name, const json_t *old, const json_t *new)
{
    TextRule rule = text_rule(kind, name);

    return (rule == TEXT_DEPARSED || rule == TEXT_QUERY) && json_is_string(old) &&
           json_is_string(new) && sql_same(json_string_value(old), json_string_value(new));
}

/* Whether the object's own row is known to be as it was, and to be another: that of one that is
 * renamed, or whose parent is, says nothing. */
static bool is_kept(const Subject *old, const Subject *new, bool identity)
{
    return identity && old->xid && old->xid == new->xid;
}

static bool is_written(const Subject *old, const Subject *new, bool identity)
{
    return identity && old->xid != new->xid &&strcmp(old->version.id, new->version.id) == 0;
}

static bool is_following(const Comparison *comparison, KindId kind, const char *name,
                         const Subject *old, const Subject *new, bool identity)
{
    return !is_written(old, new, identity) &&
           follow_is(comparison->names, kind, name, json_object_get(old->version.object, name),
                     json_object_get(new->version.object, name), is_kept(old, new, identity));
}

static bool member(const Comparison *comparison, Draft *draft, KindId kind, const char *name,
                   const Subject *old_subject, const Subject *new_subject, bool identity, Err *err)
{
    const Version *old = &old_subject->version, *new = &new_subject->version;
    const json_t *before = json_object_get(old->object, name);
    const json_t *after = json_object_get(new->object, name);
    bool equal = before && after && json_equal((json_t *)before, (json_t *)after);
    KindId inner = KIND_SCHEMA;

    if (!equal && (is_inexact(old->object, name) || is_inexact(new->object, name))) {
        count_in(comparison->changes, "uncertain");
        return true;
    }
    if (kind_nested(kind, name, &inner)) /* that are equal may have swapped their names */
        return (equal && !identity) || nested(comparison, draft, inner, old, new, identity, err);
    if (equal || is_rewritten(kind, name, before, after) ||
        is_following(comparison, kind, name, old_subject, new_subject, identity))
        return true;
    if (is_rights(name) && ignore_has_grantees(draft->ignore))
        return rights_member(draft, kind, name, old, new, err);
    return !draft_judge(draft, name, kind, OP_CHANGED, name, old->object, new->object) ||
           draft_add(draft, name, before, after, err);
}

/* A secret is told apart by its hash and never shown. */
static bool secrets(Draft *draft, KindId kind, const Version *old, const Version *new, Err *err)
{
    json_auto_t *shown = json_string("[redacted]");
    const json_t *after = json_object_get(new->lineage, "secrets");
    const char *key = NULL;
    json_t *value = NULL;

    json_object_foreach(json_object_get(old->lineage, "secrets"), key, value)
    {
        const json_t *other = json_object_get(after, key);
        if (!other || json_equal(value, (json_t *)other))
            continue;
        if (draft_judge(draft, key, kind, OP_CHANGED, "secret", old->object, new->object) &&
            !draft_add(draft, key, shown, shown, err))
            return false;
    }
    return true;
}

static bool versions(const Comparison *comparison, KindId kind, Op op, const Subject *old,
                     const Subject *new, Err *err)
{
    const Version *before = &old->version, *after = &new->version;
    CLEANUP(cleanup_free) const char **members = members_of(before->object, after->object);
    CLEANUP(draft_free) Draft draft = draft_new(comparison, kind, op, old, new);
    bool identity = comparison->identity && op != OP_REPLACED && before->lineage && after->lineage;

    if (op == OP_RENAMED)
        follow_add(comparison->names, before->object, after->object);
    if (op != OP_CHANGED)
        draft_judge(&draft, NULL, kind, op, NULL, before->object, after->object);
    if (op == OP_RENAMED &&
        !jx_append(draft.fields,
                   json_pack("{s:s, s:s, s:s}", "name", "id", "old", before->id, "new", after->id),
                   err))
        return false;
    for (const char **name = members; *name; name++) {
        if (strcmp(*name, "inexact") == 0 || (op == OP_RENAMED && is_identity(*name)))
            continue;
        if (!member(comparison, &draft, kind, *name, old, new, identity, err))
            return false;
    }
    if (comparison->secrets && !secrets(&draft, kind, before, after, err))
        return false;
    return tell(comparison, kind, op, old, new, &draft, err);
}

/* A platform's table is in a document for what is the user's on it, and comes and goes with that:
 * the side without it has the same table with nothing on it. */
static bool bare_platform_table(const Comparison *comparison, Subject *old, Subject *new, Err *err)
{
    const json_t *object = old->version.object ? old->version.object : new->version.object;
    json_auto_t *bare =
        json_pack("{s:O*, s:O*, s:O*}", "id", json_object_get(object, "id"), "name",
                  json_object_get(object, "name"), "schema", json_object_get(object, "schema"));

    if (!old->version.object)
        old->version = (Version){.id = new->version.id, .object = bare};
    else
        new->version = (Version){.id = old->version.id, .object = bare};
    return versions(comparison, KIND_PLATFORM_TABLE, OP_CHANGED, old, new, err);
}

static Subject subject_of(const Version *version)
{
    return (Subject){*version, lineage_xid(version->lineage),
                     jx_string(version->object, "schema", NULL)};
}

bool compare_versions(const Comparison *comparison, KindId kind, const Version *old,
                      const Version *new, Err *err)
{
    Subject before = subject_of(old), after = subject_of(new);
    Op op = OP_CHANGED;

    if ((!old->object || !new->object) && kind == KIND_PLATFORM_TABLE)
        return bare_platform_table(comparison, &before, &after, err);
    if (!old->object || !new->object)
        return whole(comparison, kind, old->object ? OP_REMOVED : OP_ADDED, &before, &after, err);
    if (strcmp(old->id, new->id) != 0)
        op = OP_RENAMED;
    else if (comparison->identity && old->lineage &&
             new->lineage &&lineage_oid(old->lineage) != lineage_oid(new->lineage))
        op = OP_REPLACED;
    return versions(comparison, kind, op, &before, &after, err);
}
