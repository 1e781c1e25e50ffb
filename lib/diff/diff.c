#include "diff/diff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "diff/compare.h"
#include "diff/effects.h"
#include "diff/lineage.h"
#include "diff/structure.h"
#include "json/jx.h"
#include "model/change.h"

typedef enum SideId { OLD, NEW, SIDE_COUNT } SideId;

/* A document under way. */
typedef struct Side {
    SnapshotReader *reader; /* NULL: nothing on this side */
    SnapshotLine line;
    int got;
    /* What the line at hand is about, once it was asked for. */
    bool has_key;
    KindId kind;
    char *id;
    json_int_t xid;
    /* The line that was asked before it. */
    SnapshotPart last_part;
    KindId last_kind;
    char *last_id;
} Side;

/* An object that may have changed, with what each document says of it. */
typedef struct Pending {
    KindId kind;
    char *id;
    json_t *object[SIDE_COUNT];
    json_t *lineage[SIDE_COUNT];
    size_t partner; /* the pending whose new version the old one turned into */
    bool taken;     /* the new version is somebody's partner */
    int score;      /* of the new version, when structure made it a partner */
} Pending;

enum { NOBODY = -1 };

typedef struct Walk {
    Side side[SIDE_COUNT];
    bool skipped[KIND_COUNT];
    Comparison comparison;
    Pending *pending;
    size_t count;
    size_t
        known; /* so many of them the objects brought, in their order; behind them the lineages' */
    size_t at; /* of the known ones, where the lineages are */
    json_t *transactions;
} Walk;

static void walk_free(Walk *walk)
{
    for (int side = OLD; side <= NEW; side++) {
        free(walk->side[side].id);
        free(walk->side[side].last_id);
    }
    for (size_t i = 0; i < walk->count; i++) {
        for (int side = OLD; side <= NEW; side++) {
            json_decref(walk->pending[i].object[side]);
            json_decref(walk->pending[i].lineage[side]);
        }
        free(walk->pending[i].id);
    }
    free(walk->pending);
    json_decref(walk->transactions);
    json_decref(walk->comparison.changes);
    json_decref(walk->comparison.renamed);
    json_decref(walk->comparison.names);
}

static Pending *pending_add(Walk *walk, const Side *side)
{
    /* Doubled at each power of two. */
    if ((walk->count & (walk->count + 1)) == 0)
        walk->pending =
            arena_realloc_or_exit(walk->pending, 2 * (walk->count + 1) * sizeof *walk->pending);
    Pending *pending = &walk->pending[walk->count++];
    size_t size = strlen(side->id) + 1;
    *pending = (Pending){.kind = side->kind};
    pending->id = memcpy(arena_realloc_or_exit(NULL, size), side->id, size);
    return pending;
}

static int key_order(KindId kind, const char *id, KindId other_kind, const char *other_id)
{
    return kind != other_kind ? (kind < other_kind ? -1 : 1) : strcmp(id, other_id);
}

static int pending_order(const void *a, const void *b)
{
    const Pending *one = a, *two = b;

    return key_order(one->kind, one->id, two->kind, two->id);
}

/* ---- one document ---- */

static bool side_next(Side *side, Err *err)
{
    if (side->has_key) {
        free(side->last_id);
        side->last_part = side->line.part;
        side->last_kind = side->kind;
        side->last_id = side->id;
        side->id = NULL;
        side->has_key = false;
    }
    side->got = side->reader ? snapshot_reader_next(side->reader, &side->line, err) : 0;
    return side->got >= 0;
}

static json_t *side_parse(const Side *side, Err *err)
{
    return snapshot_line_parse(&side->line, snapshot_reader_name(side->reader), err);
}

/* Fills kind and id, or xid. */
static bool side_key(Side *side, Err *err)
{
    if (side->has_key)
        return true;
    if (side->line.part == SNAPSHOT_TRANSACTION) {
        json_auto_t *transaction = side_parse(side, err);
        side->xid = jx_int(transaction, "xid", 0);
        side->has_key = transaction != NULL;
        return side->has_key;
    }
    if (snapshot_line_kind(&side->line, &side->kind, err))
        side->id = snapshot_line_id(&side->line, err);
    if (!side->id) { /* what is no JSON at all is said to be that, and where */
        Err place = {0};
        json_auto_t *value = side_parse(side, &place);
        if (!value)
            *err = place;
        return false;
    }
    side->has_key = true;
    return !side->last_id || side->last_part != side->line.part ||
           key_order(side->last_kind, side->last_id, side->kind, side->id) < 0 ||
           err_set(err, EXIT_DATA, "'%s':%lu: %s '%s' stands after '%s'",
                   snapshot_reader_name(side->reader), side->line.number, kind_of(side->kind)->name,
                   side->id, side->last_id);
}

static bool drain(Side *side, Err *err)
{
    while (side->got > 0)
        if (!side_next(side, err))
            return false;
    return true;
}

/* ---- the walk over both ---- */

/* The sections that a side could not read or was not asked for: some are read only by request. */
static void skip_sections(Walk *walk, const json_t *meta)
{
    KindChoice choice = {0};
    size_t index = 0;
    json_t *name = NULL;
    KindId kind = KIND_SCHEMA;

    snapshot_choice(meta, &choice);
    for (int i = 0; i < KIND_COUNT; i++)
        walk->skipped[i] |= !kind_is_chosen(&choice, (KindId)i);
    json_array_foreach(json_object_get(meta, "unread"), index, name)
    {
        if (kind_by_section(json_string_value(name) ? json_string_value(name) : "",
                            json_string_length(name), &kind))
            walk->skipped[kind] = true;
    }
}

static bool is_same_line(const Side *old, const Side *new)
{
    return old->line.part == new->line.part && old->line.kind == new->line.kind &&
           (snapshot_reader_is_same(new->reader) ||
            (old->line.length ==
             new->line.length &&memcmp(old->line.text, new->line.text, old->line.length) == 0));
}

/* What is nested in objects of that kind and was not read on both sides. */
static void drop_skipped(const Walk *walk, KindId kind, json_t *object)
{
    for (int id = 0; id < KIND_COUNT; id++)
        if (walk->skipped[id] && kind_of((KindId)id)->parent == (int)kind)
            json_object_del(object, kind_of((KindId)id)->member);
}

static bool take_object(Walk *walk, const bool takes[SIDE_COUNT], Err *err)
{
    Pending *pending = pending_add(walk, &walk->side[takes[OLD] ? OLD : NEW]);

    walk->known = walk->count;
    for (int side = OLD; side <= NEW; side++) {
        if (!takes[side])
            continue;
        pending->object[side] = side_parse(&walk->side[side], err);
        if (!pending->object[side])
            return false;
        drop_skipped(walk, pending->kind, pending->object[side]);
    }
    return true;
}

static bool take_transaction(Walk *walk, const bool takes[SIDE_COUNT], Err *err)
{
    json_t *transaction = takes[NEW] ? side_parse(&walk->side[NEW], err) : NULL;

    return !takes[NEW] || (transaction && jx_append(walk->transactions, transaction, err));
}

/* The pending that this lineage is of, one of the known, or NULL. */
static Pending *pending_at(Walk *walk, const Side *side)
{
    int order = 1;

    while (walk->at < walk->known &&
           (order = key_order(walk->pending[walk->at].kind, walk->pending[walk->at].id, side->kind,
                              side->id)) < 0)
        walk->at++;
    return order == 0 ? &walk->pending[walk->at] : NULL;
}

/* Whether the line at hand, which is the same on both sides, may be passed over. The lineage of
 * what changed may not, nor a transaction of a database that is another one in the old document;
 * one that the old document knows too made no change since. */
static bool is_passed(Walk *walk, bool *ret, Err *err)
{
    Side *side = &walk->side[OLD];

    *ret = side->line.part != SNAPSHOT_TRANSACTION || walk->comparison.identity;
    if (side->line.part != SNAPSHOT_LINEAGE || walk->at == walk->known)
        return true;
    if (!side_key(side, err))
        return false;
    *ret = !pending_at(walk, side);
    return true;
}

static json_t *parse_lineage(const Side *side, Err *err)
{
    json_auto_t *lineage = side_parse(side, err);

    if (!lineage)
        return NULL;
    if (!lineage_check(lineage, side->kind, err)) {
        err_in(err, "in line %lu of '%s'", side->line.number, snapshot_reader_name(side->reader));
        return NULL;
    }
    return json_incref(lineage);
}

/* Whether the line at hand tells of a secret, or only has a name that looks as if. */
static bool mentions_secrets(const SnapshotLine *line)
{
    static const char member[] = "\"secrets\":";
    const char *at = line->text, *end = line->text + line->length;

    while ((at = memchr(at, '"', (size_t)(end - at))) && (size_t)(end - at) >= sizeof member - 1 &&
           memcmp(at, member, sizeof member - 1) != 0)
        at++;
    return at && (size_t)(end - at) >= sizeof member - 1;
}

/* Whether the lineages of an object whose text is the same can tell of a change: those of one
 * database do, of another one only what they say of secrets. */
static bool is_telling(const Walk *walk, const bool takes[SIDE_COUNT])
{
    return takes[OLD] && takes[NEW] &&
           (walk->comparison.identity ||
            (walk->comparison.secrets && mentions_secrets(&walk->side[OLD].line)));
}

static bool take_lineage(Walk *walk, const bool takes[SIDE_COUNT], Err *err)
{
    const Side *first = &walk->side[takes[OLD] ? OLD : NEW];
    Pending *pending = pending_at(walk, first);
    json_auto_t *old = NULL;
    json_auto_t *new = NULL;

    if (!pending && !is_telling(walk, takes))
        return true;
    if ((takes[OLD] && !(old = parse_lineage(&walk->side[OLD], err))) ||
        (takes[NEW] && !(new = parse_lineage(&walk->side[NEW], err))))
        return false;
    if (!pending && lineage_is_change(first->kind, old, new, walk->comparison.identity,
                                      walk->comparison.secrets))
        pending = pending_add(walk, first);
    if (pending) {
        pending->lineage[OLD] = json_incref(old);
        pending->lineage[NEW] = json_incref(new);
    }
    return true;
}

/* Which of the two lines comes first; 0: they are about the same. */
static bool lines_order(Walk *walk, int *ret, Err *err)
{
    Side *old = &walk->side[OLD], *new = &walk->side[NEW];

    if ((old->got && !side_key(old, err)) || (new->got && !side_key(new, err)))
        return false;
    if (!old->got || !new->got)
        *ret = old->got ? -1 : 1;
    else if (old->line.part != new->line.part)
        *ret = old->line.part < new->line.part ? -1 : 1;
    else if (old->line.part == SNAPSHOT_TRANSACTION)
        *ret = (old->xid > new->xid) - (old->xid < new->xid);
    else
        *ret = key_order(old->kind, old->id, new->kind, new->id);
    return true;
}

static bool step(Walk *walk, Err *err)
{
    static bool (*const take[])(Walk *, const bool *, Err *) = {
        [SNAPSHOT_OBJECT] = take_object,
        [SNAPSHOT_TRANSACTION] = take_transaction,
        [SNAPSHOT_LINEAGE] = take_lineage,
    };
    Side *old = &walk->side[OLD], *new = &walk->side[NEW];
    bool passed = false;
    int order = 0;

    if (old->got && new->got && is_same_line(old, new) && !is_passed(walk, &passed, err))
        return false;
    if (passed)
        return side_next(old, err) && side_next(new, err);
    if (!lines_order(walk, &order, err))
        return false;
    const bool takes[SIDE_COUNT] = {order <= 0, order >= 0};
    const Side *first = takes[OLD] ? old : new;
    bool is_skipped = first->line.part != SNAPSHOT_TRANSACTION && walk->skipped[first->kind];
    return (is_skipped || take[first->line.part](walk, takes, err)) &&
           (!takes[OLD] || side_next(old, err)) && (!takes[NEW] || side_next(new, err));
}

/* ---- what only the lineages told ---- */

/* The next pending whose object is not known, from index on. */
static size_t next_missing(const Walk *walk, size_t index)
{
    while (index < walk->count &&
           (walk->pending[index].object[OLD] || walk->pending[index].object[NEW]))
        index++;
    return index;
}

/* Finds the objects of those pendings whose text is the same in both documents. */
static bool fetch(Walk *walk, SnapshotReader *reader, Err *err)
{
    size_t at = next_missing(walk, 0);
    SnapshotLine line = {0};
    int got = 1;

    while (at < walk->count && (got = snapshot_reader_next(reader, &line, err)) > 0 &&
           line.part == SNAPSHOT_OBJECT) {
        Pending *pending = &walk->pending[at];
        if (line.kind < pending->kind)
            continue;
        if (line.kind > pending->kind)
            break;
        CLEANUP(cleanup_free) char *id = snapshot_line_id(&line, err);
        int order = id ? strcmp(id, pending->id) : 0;
        if (!id)
            return false;
        if (order > 0)
            break;
        if (order < 0)
            continue;
        pending->object[OLD] = snapshot_line_parse(&line, snapshot_reader_name(reader), err);
        pending->object[NEW] = json_incref(pending->object[OLD]);
        if (!pending->object[OLD])
            return false;
        at = next_missing(walk, at + 1);
    }
    if (got < 0)
        return false;
    return at == walk->count ||
           err_set(err, EXIT_DATA, "'%s' has a lineage of %s '%s' without it",
                   snapshot_reader_name(reader), kind_of(walk->pending[at].kind)->name,
                   walk->pending[at].id);
}

static bool fetch_missing(Walk *walk, Err *err)
{
    SnapshotReader *old = walk->side[OLD].reader, *new = walk->side[NEW].reader;
    Err ignored = {0};

    if (walk->known == walk->count)
        return true;
    qsort(walk->pending, walk->count, sizeof *walk->pending, pending_order);
    return snapshot_reader_again(old, &ignored)
               ? fetch(walk, old, err)
               : snapshot_reader_again(new, err) && fetch(walk, new, err);
}

/* ---- who is who ---- */

static const char *identity_of(const Pending *pending, SideId side, char text[48])
{
    snprintf(text, 48, "%d %lld", (int)pending->kind,
             (long long)lineage_oid(pending->lineage[side]));
    return text;
}

static void pair(Walk *walk, size_t old, size_t new)
{
    walk->pending[old].partner = new;
    walk->pending[new].taken = true;
}

/* The same oid first, whatever the name; then the same name. */
static void make_pairs(Walk *walk)
{
    json_auto_t *places = json_object();
    char text[48];

    for (size_t i = 0; i < walk->count; i++) {
        const Pending *pending = &walk->pending[i];
        walk->pending[i].partner = (size_t)NOBODY;
        if (walk->comparison.identity && pending->object[NEW] && pending->lineage[NEW])
            json_object_set_new(places, identity_of(pending, NEW, text),
                                json_integer((json_int_t)i));
    }
    for (size_t i = 0; i < walk->count; i++) {
        const Pending *pending = &walk->pending[i];
        json_int_t place = pending->object[OLD] && pending->lineage[OLD]
                               ? jx_int(places, identity_of(pending, OLD, text), NOBODY)
                               : NOBODY;
        if (place != NOBODY && !walk->pending[place].taken)
            pair(walk, i, (size_t)place);
    }
    for (size_t i = 0; i < walk->count; i++) {
        const Pending *pending = &walk->pending[i];
        if (pending->object[OLD] && pending->partner == (size_t)NOBODY && pending->object[NEW] &&
            !pending->taken)
            pair(walk, i, i);
    }
}

/* ---- who is who where no lineage tells ---- */

/* So often evidence is looked for, among so many changed objects: enough where it matters. */
enum { USES_MAX = 500, USERS_MAX = 500 };

typedef struct Lookup {
    const Walk *walk;
    int left;
} Lookup;

/* The id of the object that the sequence's column is of, as it is now; the arena's. */
static const char *owner_now(const Walk *walk, Arena *arena, const char *column)
{
    for (size_t i = 0; i < walk->count; i++) {
        const Pending *pending = &walk->pending[i];
        size_t length = strlen(pending->id);
        if (pending->kind == KIND_TABLE && pending->object[OLD] &&
            pending->partner != (size_t)NOBODY && strncmp(column, pending->id, length) == 0 &&
            column[length] == '.')
            return arena_printf(arena, "%s%s", walk->pending[pending->partner].id, column + length);
    }
    return "";
}

/* How many objects went from the one schema to the other; none when some went elsewhere. */
static int moves(const Walk *walk, const char *from, const char *to)
{
    int count = 0;

    for (size_t i = 0; i < walk->count; i++) {
        const Pending *pending = &walk->pending[i];
        if (!pending->object[OLD] || pending->partner == (size_t)NOBODY)
            continue;
        const json_t *now = walk->pending[pending->partner].object[NEW];
        if (strcmp(jx_string(pending->object[OLD], "schema", ""), from) != 0)
            continue;
        if (strcmp(jx_string(now, "schema", ""), to) != 0)
            return 0;
        count++;
    }
    return count;
}

/* Points of evidence, for structure_match: what goes with the object went with it. */
static int evidence(void *context, KindId kind, const json_t *old, const json_t *new)
{
    Lookup *lookup = context;
    const Walk *walk = lookup->walk;
    CLEANUP(arena_free) Arena arena = {0};
    const char *owned = jx_string(old, "owned_by", "");

    if (lookup->left-- <= 0)
        return 0;
    if (kind == KIND_SCHEMA)
        return STRUCTURE_ENOUGH / 2 *
               moves(walk, jx_string(old, "name", ""), jx_string(new, "name", ""));
    if (*owned)
        return strcmp(owner_now(walk, &arena, owned), jx_string(new, "owned_by", "")) == 0
                   ? STRUCTURE_ENOUGH
                   : 0;
    for (size_t i = 0, users = 0; i < walk->count && users < USERS_MAX; i++) {
        const Pending *user = &walk->pending[i];
        if (!user->object[OLD] || user->partner == (size_t)NOBODY)
            continue;
        users++;
        if (structure_follows(user->object[OLD], walk->pending[user->partner].object[NEW], old,
                              new))
            return STRUCTURE_ENOUGH;
    }
    return 0;
}

static bool is_free(const Pending *pending, SideId side)
{
    return pending->object[side] &&
           (side == OLD ? pending->partner == (size_t)NOBODY : !pending->taken);
}

/* Those of a kind that have no partner, and room for what structure_match tells of them. */
typedef struct Free {
    json_t *items;
    size_t *places; /* among the pendings */
    int *partners;
    int *scores;
} Free;

static void free_close(Free *some)
{
    json_decref(some->items);
    free(some->places);
    free(some->partners);
    free(some->scores);
}

static Free free_open(const Walk *walk, KindId kind, SideId side)
{
    size_t size = walk->count + 1;
    Free ret = {.items = json_array(),
                .places = arena_realloc_or_exit(NULL, size * sizeof *ret.places),
                .partners = arena_realloc_or_exit(NULL, size * sizeof *ret.partners),
                .scores = arena_realloc_or_exit(NULL, size * sizeof *ret.scores)};

    for (size_t i = 0; i < walk->count; i++) {
        if (walk->pending[i].kind != kind || !is_free(&walk->pending[i], side))
            continue;
        size_t at = json_array_size(ret.items);
        ret.places[at] = i;
        ret.partners[at] = STRUCTURE_NOBODY;
        ret.scores[at] = 0;
        json_array_append(ret.items, walk->pending[i].object[side]);
    }
    return ret;
}

static void pair_kind(Walk *walk, KindId kind)
{
    CLEANUP(free_close) Free olds = free_open(walk, kind, OLD);
    CLEANUP(free_close) Free news = free_open(walk, kind, NEW);
    const StructureSide old = {NULL, olds.items, olds.partners, olds.scores};
    const StructureSide new = {NULL, news.items, news.partners, news.scores};
    Lookup lookup = {walk, USES_MAX};
    const StructureUses uses = {evidence, &lookup, NULL};

    structure_match(kind, &old, &new, &uses);
    for (size_t i = 0; i < json_array_size(olds.items); i++) {
        if (olds.partners[i] == STRUCTURE_NOBODY)
            continue;
        size_t place = news.places[olds.partners[i]];
        pair(walk, olds.places[i], place);
        walk->pending[place].score = olds.scores[i];
        structure_add_renamed(walk->comparison.renamed, walk->pending[olds.places[i]].object[OLD],
                              walk->pending[place].object[NEW]);
    }
}

/* Schemas are known by what they have, sequences by whose they are. */
static void make_pairs_by_structure(Walk *walk)
{
    if (walk->comparison.identity)
        return;
    for (int kind = 0; kind < KIND_COUNT; kind++)
        if (kind_of((KindId)kind)->parent == KIND_NONE && kind != KIND_SCHEMA &&
            kind != KIND_SEQUENCE)
            pair_kind(walk, (KindId)kind);
    pair_kind(walk, KIND_SEQUENCE);
    pair_kind(walk, KIND_SCHEMA);
}

static Version version_of(const Pending *pending, SideId side)
{
    return (Version){pending->id, pending->object[side], pending->lineage[side],
                     side == NEW ? pending->score : 0};
}

static bool compare_pendings(Walk *walk, Err *err)
{
    static const Version nobody = {0};

    for (size_t i = 0; i < walk->count; i++) {
        const Pending *pending = &walk->pending[i];
        Version old = version_of(pending, OLD), new = version_of(pending, NEW);
        Version partner = pending->partner == (size_t)NOBODY
                              ? nobody
                              : version_of(&walk->pending[pending->partner], NEW);
        if (old.object && !compare_versions(&walk->comparison, pending->kind, &old, &partner, err))
            return false;
        if (new.object && !pending->taken &&
            !compare_versions(&walk->comparison, pending->kind, &nobody, &new, err))
            return false;
    }
    return true;
}

/* ---- all of it ---- */

static bool compare_documents(Walk *walk, Err *err)
{
    const json_t *old_meta = snapshot_reader_meta(walk->side[OLD].reader);
    const json_t *new_meta = snapshot_reader_meta(walk->side[NEW].reader);
    Comparison *comparison = &walk->comparison;

    skip_sections(walk, old_meta);
    skip_sections(walk, new_meta);
    comparison->identity = lineage_is_of_one_database(old_meta, new_meta);
    comparison->secrets = lineage_is_of_one_key(old_meta, new_meta);
    while (walk->side[OLD].got || walk->side[NEW].got)
        if (!step(walk, err))
            return false;
    if (!fetch_missing(walk, err))
        return false;
    make_pairs(walk);
    make_pairs_by_structure(walk);
    if (!compare_pendings(walk, err))
        return false;
    if (json_object_size(comparison->names) > 0) { /* what follows from them is known only now */
        json_decref(comparison->changes);
        comparison->changes = changes_new(NULL, "", err);
        if (!comparison->changes || !compare_pendings(walk, err))
            return false;
    }
    return changes_set_transactions(comparison->changes, walk->transactions, err);
}

/* What the two metas tell besides: which files, and whether it is drift. */
static bool set_origins(json_t *found, const SnapshotReader *old, const SnapshotReader *new,
                        Err *err)
{
    const json_t *from = snapshot_reader_meta(old), *to = snapshot_reader_meta(new);

    return changes_set_migrations(found, json_object_get(from, "history"),
                                  json_object_get(to, "history"), err) &&
           changes_set_sources(found, jx_string(from, "source", ""), jx_string(to, "source", ""),
                               err);
}

json_t *diff_snapshots(SnapshotReader *old, SnapshotReader *new, Err *err)
{
    return diff_snapshots_but(old, new, NULL, err);
}

json_t *diff_snapshots_but(SnapshotReader *old_reader, SnapshotReader *new_reader,
                           const Ignore *ignore, Err *err)
{
    CLEANUP(walk_free)
    Walk walk = {
        .side = {{.reader = old_reader}, {.reader = new_reader}},
        .comparison = {.changes = changes_new(NULL, "", err),
                       .ignore = ignore,
                       .old_name = old_reader ? snapshot_reader_name(old_reader) : NULL,
                       .new_name = snapshot_reader_name(new_reader),
                       .renamed = json_object(),
                       .names = json_object()},
        .transactions = json_array(),
    };
    Side *old = &walk.side[OLD], *new = &walk.side[NEW];
    bool is_short = snapshot_reader_is_short(new_reader) ||
                    (old_reader && snapshot_reader_is_short(old_reader));

    if (old_reader && !is_short) {
        snapshot_reader_with_asides(old_reader);
        snapshot_reader_with_asides(new_reader);
        snapshot_reader_beside(new_reader, old_reader);
    }
    if (!walk.comparison.changes || !side_next(old, err) || !side_next(new, err))
        return NULL;
    bool ok = is_short || !old_reader ? drain(old, err) && drain(new, err)
                                      : compare_documents(&walk, err);
    if (!ok)
        return NULL;
    json_t *found = walk.comparison.changes;
    const char *from = old_reader ? snapshot_reader_hash(old_reader) : NULL;
    const char *to = snapshot_reader_hash(new_reader);
    if (is_short && from && strcmp(from, to) != 0) {
        err_set(err, EXIT_DATA,
                "the short form says 'unchanged' of another schema than the old one");
        return NULL;
    }
    if ((from && !jx_set(found, "from", json_string(from), err)) ||
        (old_reader && !set_origins(found, old_reader, new_reader, err)) ||
        (old_reader && !is_short && !effects_add(found, old_reader, new_reader, err)) ||
        !jx_set(found, "to", json_string(to), err) || !changes_finish(found, err))
        return NULL;
    return json_incref(found);
}
