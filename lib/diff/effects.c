#include "diff/effects.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "diff/privileges.h"
#include "json/jx.h"
#include "model/change.h"
#include "model/ident.h"

enum { NAMES_SHOWN = 6, CONDITION_MAX = 160 };

/* The members that bear on what a role may do: of the object itself, and of its rows. */
typedef enum Bearing { BEARS_NONE, BEARS_RIGHT, BEARS_ROWS } Bearing;

static const struct {
    const char *kind;
    const char *member;
    Bearing bearing;
} bearing_members[] = {
    {"schema", "grants", BEARS_RIGHT},     {"schema", "revokes", BEARS_RIGHT},
    {"schema", "owner", BEARS_RIGHT},      {"table", "grants", BEARS_RIGHT},
    {"table", "revokes", BEARS_RIGHT},     {"table", "owner", BEARS_RIGHT},
    {"table", "row_security", BEARS_ROWS}, {"table", "force_row_security", BEARS_ROWS},
    {"column", "grants", BEARS_RIGHT},     {"column", "revokes", BEARS_RIGHT},
    {"view", "grants", BEARS_RIGHT},       {"view", "revokes", BEARS_RIGHT},
    {"view", "owner", BEARS_RIGHT},        {"view", "options", BEARS_ROWS},
    {"function", "grants", BEARS_RIGHT},   {"function", "revokes", BEARS_RIGHT},
    {"function", "owner", BEARS_RIGHT},    {"policy", "command", BEARS_ROWS},
    {"policy", "restrictive", BEARS_ROWS}, {"policy", "roles", BEARS_ROWS},
    {"policy", "using", BEARS_ROWS},       {"policy", "check", BEARS_ROWS},
    {"role", "superuser", BEARS_RIGHT},    {"role", "bypass_rls", BEARS_ROWS},
    {"role", "inherit", BEARS_RIGHT},      {"role", "member_of", BEARS_RIGHT},
};

/* A change that bears on what roles may do. */
typedef struct Touch {
    size_t change;
    const char *kind;
    const char *id;
    const char *relation; /* of a column or policy: whose it is */
    bool right;
    bool rows;
    bool other; /* it has members of which nothing is known here */
    bool said;  /* it has a sentence */
} Touch;

typedef enum Verb { GAINS, LOSES, SEES_OTHERWISE } Verb;

/* Something that one role may do now and could not, or the reverse. */
typedef struct Line {
    size_t touch;
    const PrivilegeObject *object;
    const char *role;
    Verb verb;
    unsigned commands;   /* a set */
    const char *columns; /* NULL: all of them */
    const char *suffix;
    bool certain;
    bool dropped; /* everybody's line says it too */
} Line;

typedef struct Effects {
    Arena arena;
    json_t *changes;
    json_t *renames; /* {"kind id":"new id"} */
    PrivilegeWorld *old;
    PrivilegeWorld *new;
    Touch *touches;
    size_t touch_count;
    bool everywhere;     /* a role or a schema was touched */
    bool roles_are_told; /* by both documents */
    Line *lines;
    size_t line_count;
    size_t line_room;
    json_t *roles;  /* {"role": true}: whom lines may be about */
    json_t *spoken; /* {"id": true}: objects that lines are about */
    json_t *unsure; /* {"id": true}: objects of which something could not be decided */
} Effects;

static void effects_free(Effects *effects)
{
    privileges_close(&effects->old);
    privileges_close(&effects->new);
    json_decref(effects->renames);
    json_decref(effects->roles);
    json_decref(effects->spoken);
    json_decref(effects->unsure);
    free(effects->touches);
    free(effects->lines);
    arena_free(&effects->arena);
}

/* ---- which changes ---- */

static Bearing bearing_of(const char *kind, const char *member)
{
    for (size_t i = 0; i < sizeof bearing_members / sizeof *bearing_members; i++)
        if (strcmp(bearing_members[i].kind, kind) == 0 &&
            strcmp(bearing_members[i].member, member) == 0)
            return bearing_members[i].bearing;
    return BEARS_NONE;
}

static bool is(const char *text, const char *other)
{
    return text && strcmp(text, other) == 0;
}

/* Everything but the last name of an id. */
static const char *parent_of(Arena *arena, const char *id)
{
    bool quoted = false;
    size_t end = 0;

    for (size_t i = 0; id[i]; i++) {
        quoted ^= id[i] == '"';
        if (!quoted && id[i] == '.')
            end = i;
    }
    return arena_strndup(arena, id, end);
}

/* The last name of an id, as it is without quotes. */
static const char *last_name(Arena *arena, const char *id)
{
    const char *name = id + strlen(parent_of(arena, id));
    char *bare = arena_strdup(arena, name + (*name == '.'));
    size_t length = 0;

    if (*bare != '"')
        return bare;
    for (const char *at = bare + 1; *at && !(at[0] == '"' && at[1] != '"'); at++) {
        at += at[0] == '"';
        bare[length++] = *at;
    }
    bare[length] = '\0';
    return bare;
}

/* Whether what is there as a whole bears on rights: who is there, what lets rows through, and what
 * is new and open. */
static void touch_whole(Touch *touch, const Change *change)
{
    bool is_new = is(change->op, op_name(OP_ADDED));

    if (is(change->kind, "role") && (is_new || is(change->op, op_name(OP_REMOVED))))
        touch->right = true;
    else if (is(change->kind, "policy") && (is_new || is(change->op, op_name(OP_REMOVED))))
        touch->rows = true;
    else if (is_new && change->class && is(change->class, class_name(CLASS_SECURITY)) &&
             (is(change->kind, "table") || is(change->kind, "view") ||
              is(change->kind, "function")))
        touch->right = touch->other = true;
}

static void touch_members(Touch *touch, const Change *change)
{
    size_t index = 0;
    json_t *field = NULL;

    json_array_foreach(change->fields, index, field)
    {
        const char *name = jx_string(field, "name", "");
        Bearing bearing = bearing_of(change->kind, name);
        touch->right |= bearing == BEARS_RIGHT;
        touch->rows |= bearing == BEARS_ROWS;
        touch->other |= bearing == BEARS_NONE && !is(name, "comment") && !is(name, "id");
    }
}

static void collect(Effects *effects)
{
    size_t count = changes_count(effects->changes);
    Change change = {0};
    Err ignored = {0};

    for (size_t i = 0; i < count && changes_view(effects->changes, i, &change, &ignored); i++) {
        Touch touch = {.change = i, .kind = change.kind, .id = change.id};
        bool whole = is(change.op, op_name(OP_ADDED)) || is(change.op, op_name(OP_REMOVED));

        if (whole)
            touch_whole(&touch, &change);
        else
            touch_members(&touch, &change);
        if (!touch.right && !touch.rows)
            continue;
        /* Doubled at each power of two. */
        if ((effects->touch_count & (effects->touch_count + 1)) == 0)
            effects->touches = arena_realloc_or_exit(effects->touches,
                                                     2 * (effects->touch_count + 1) * sizeof touch);
        if (is(touch.kind, "policy") || is(touch.kind, "column"))
            touch.relation = parent_of(&effects->arena, touch.id);
        effects->everywhere |= is(touch.kind, "schema") || is(touch.kind, "role");
        effects->touches[effects->touch_count++] = touch;
    }
}

static void collect_renames(Effects *effects)
{
    Change change = {0};
    Err ignored = {0};

    for (size_t i = 0; changes_view(effects->changes, i, &change, &ignored); i++) {
        const char *old = change_old_id(&change);
        if (old)
            json_object_set_new(effects->renames,
                                arena_printf(&effects->arena, "%s %s", change.kind, old),
                                json_string(change.id));
    }
}

static const char *renamed(void *context, KindId kind, const char *id)
{
    Effects *effects = context;

    if (json_object_size(effects->renames) == 0)
        return NULL;
    const char *name = jx_string(
        effects->renames, arena_printf(&effects->arena, "%s %s", kind_of(kind)->name, id), NULL);
    /* A role's id is its name, quoted where it must be. */
    if (kind == KIND_ROLE && !name)
        name = jx_string(effects->renames,
                         arena_printf(&effects->arena, "role %s", ident_quote(&effects->arena, id)),
                         NULL);
    return name && (kind == KIND_COLUMN || kind == KIND_ROLE) ? last_name(&effects->arena, name)
                                                              : name;
}

/* ---- what differs ---- */

static const struct {
    const char *alone;
    const char *among;
} command_words[] = {
    [COMMAND_SELECT] = {"SELECT", "SELECT"},    [COMMAND_INSERT] = {"INSERT INTO", "INSERT"},
    [COMMAND_UPDATE] = {"UPDATE", "UPDATE"},    [COMMAND_DELETE] = {"DELETE FROM", "DELETE"},
    [COMMAND_EXECUTE] = {"EXECUTE", "EXECUTE"},
};

/* What caused a difference. */
typedef struct Cause {
    bool right;
    bool usage;
    bool rows;
} Cause;

static int fit_of(const Effects *effects, const Touch *touch, const PrivilegeObject *object,
                  const char *role, Cause cause)
{
    bool of_object =
        is(touch->id, object->id) &&
        (is(touch->kind, "table") || is(touch->kind, "view") || is(touch->kind, "function"));
    bool of_relation = touch->relation && is(touch->relation, object->id);
    bool fits = (cause.right && touch->right) || (cause.rows && touch->rows);

    if (is(touch->kind, "schema"))
        return cause.usage && is(touch->id, ident_quote((Arena *)&effects->arena, object->schema))
                   ? 9
                   : 0;
    if (of_object)
        return fits ? 8 : 4;
    if (of_relation)
        return fits ? 7 : 3;
    if (is(touch->kind, "role")) {
        const char *name = last_name((Arena *)&effects->arena, touch->id);
        return is(name, role) ? (cause.rows && touch->rows ? 9 : 6)
               : privileges_is_member(effects->new, role, name) ||
                       privileges_is_member(effects->old, role, name)
                   ? 5
                   : 0;
    }
    return object->kind == KIND_VIEW &&
                   privileges_reads(effects->new, object,
                                    touch->relation ? touch->relation : touch->id)
               ? 2
               : 0;
}

static size_t touch_of(const Effects *effects, const PrivilegeObject *object, const char *role,
                       Cause cause)
{
    size_t best = 0;
    int fit = 0;

    for (size_t i = 0; i < effects->touch_count; i++) {
        int this_fit = fit_of(effects, &effects->touches[i], object, role, cause);
        if (this_fit > fit) {
            fit = this_fit;
            best = i;
        }
    }
    return best;
}

static void add_line(Effects *effects, Line line)
{
    if (effects->line_count == effects->line_room) {
        effects->line_room = effects->line_room ? 2 * effects->line_room : 64;
        effects->lines =
            arena_realloc_or_exit(effects->lines, effects->line_room * sizeof *effects->lines);
    }
    effects->lines[effects->line_count++] = line;
}

/* One that says the same of another command takes this one in. */
static void merge_line(Effects *effects, size_t first, Line line)
{
    for (size_t i = first; i < effects->line_count; i++) {
        Line *other = &effects->lines[i];
        bool columns = other->columns && line.columns ? is(other->columns, line.columns)
                                                      : other->columns == line.columns;
        if (other->verb == line.verb && other->touch == line.touch && columns &&
            is(other->suffix, line.suffix) && is(other->role, line.role)) {
            other->commands |= line.commands;
            return;
        }
    }
    add_line(effects, line);
}

/* A condition on one line, cut. */
static const char *shown(Arena *arena, const char *rows)
{
    char *text = arena_strdup(arena, rows);
    size_t length = 0;

    for (const char *at = text; *at; at++) {
        bool blank = strchr(" \t\r\n", *at);
        if (!blank || (length > 0 && text[length - 1] != ' '))
            text[length++] = blank ? ' ' : *at;
    }
    text[length] = '\0';
    if (length <= CONDITION_MAX)
        return text;
    for (length = CONDITION_MAX; length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80;)
        length--;
    text[length] = '\0';
    return arena_join(arena, text, "...", (char *)NULL);
}

static const char *suffix_of(Arena *arena, Verb verb, const Access *old, const Access *new)
{
    if (verb == LOSES)
        return "";
    if (verb == GAINS)
        return new->rows       ? arena_join(arena, " ", shown(arena, new->rows), (char *)NULL)
               : new->filtered ? " (all rows)"
                               : "";
    const char *before = old->rows ? shown(arena, old->rows) : "all rows";
    if (!new->rows)
        return arena_join(arena, " (all rows; before: ", before, ")", (char *)NULL);
    return arena_join(arena, old->rows ? " " : " only ", shown(arena, new->rows),
                      " (before: ", before, ")", (char *)NULL);
}

/* The columns of a set, " (a, b)" or ".a"; NULL when they are all that both sides have. */
static const char *columns_text(Arena *arena, const PrivilegeObject *object, const bool *set,
                                size_t shared)
{
    const char *list = NULL, *only = NULL;
    size_t count = 0, more = 0;

    for (size_t i = 0; i < object->column_count; i++) {
        if (!set[i])
            continue;
        const char *name = ident_quote(arena, object->columns[i].name);
        only = name;
        if (++count <= NAMES_SHOWN)
            list = list ? arena_join(arena, list, ", ", name, (char *)NULL) : name;
        else
            more++;
    }
    if (count == shared)
        return NULL;
    if (count == 1)
        return arena_join(arena, ".", only, (char *)NULL);
    return more ? arena_printf(arena, " (%s and %zu more)", list, more)
                : arena_join(arena, " (", list, ")", (char *)NULL);
}

/* Of each column of the new object, its place in the old one, or -1. */
static const int *places_in(Arena *arena, const PrivilegeObject *new, const PrivilegeObject *old)
{
    int *places = arena_alloc(arena, (new->column_count + 1) * sizeof *places);

    for (size_t i = 0; i < new->column_count; i++) {
        places[i] = old ? -1 : (int)i;
        for (size_t k = 0; old && k < old->column_count; k++)
            if (is(old->columns[(i + k) % old->column_count].name, new->columns[i].name)) {
                places[i] = (int)((i + k) % old->column_count);
                break;
            }
    }
    return places;
}

/* What is compared: an object on both sides. */
typedef struct Pair {
    const PrivilegeObject *old; /* NULL: it is new */
    const PrivilegeObject *new;
    const int *places;
    size_t first_line;
} Pair;

static Reach reach_at(const Access *access, size_t column)
{
    return access->columns ? access->columns[column] : access->reach;
}

static void note(json_t *set, const char *id)
{
    json_object_set_new(set, id, json_true());
}

/* Adds a line for the columns with that difference. */
static void compare_columns(Effects *effects, const Pair *pair, const char *role, Command command,
                            Verb verb, const Access *old, const Access *new, Arena *scratch)
{
    static const Access nothing = {0};
    const PrivilegeObject *object = pair->new;
    bool by_column = new->columns && object->column_count > 0, any = false;
    size_t count = by_column ? object->column_count : 1, shared = 0;
    bool *set = arena_alloc(scratch, (count + 1) * sizeof *set);
    bool rows_differ = strcmp(old->rows ? old->rows : "", new->rows ? new->rows : "") != 0;

    for (size_t i = 0; i < count; i++) {
        int place = by_column ? pair->places[i] : 0;
        if (place < 0)
            continue;
        Reach before = !pair->old  ? REACH_NO
                       : by_column ? reach_at(old, (size_t)place)
                                   : old->reach;
        Reach after = by_column ? reach_at(new, i) : new->reach;
        shared++;
        if (before == REACH_UNKNOWN || after == REACH_UNKNOWN) {
            note(effects->unsure, object->id);
            continue;
        }
        set[i] = verb == GAINS   ? before == REACH_NO && after == REACH_YES
                 : verb == LOSES ? before == REACH_YES && after == REACH_NO
                                 : before == REACH_YES && after == REACH_YES && rows_differ;
        any |= set[i];
    }
    if (!any)
        return;
    Cause cause = {
        .right = old->right != new->right || !pair->old,
        .usage = old->usage != new->usage && pair->old,
    };
    cause.rows = verb == SEES_OTHERWISE || (!cause.right && !cause.usage);
    /* Some columns of a relation that was reached before: a right on columns. */
    cause.right |= verb != SEES_OTHERWISE && old->reach == REACH_YES && new->reach == REACH_YES;
    merge_line(effects, pair->first_line,
               (Line){
                   .touch = touch_of(effects, object, role, cause),
                   .object = object,
                   .role = role,
                   .verb = verb,
                   .commands = 1U << command,
                   .columns = by_column ? columns_text(&effects->arena, object, set, shared) : NULL,
                   .suffix = suffix_of(&effects->arena, verb, pair->old ? old : &nothing, new),
                   .certain = privileges_is_known(effects->old, role) &&
                              privileges_is_known(effects->new, role),
               });
    note(effects->spoken, object->id);
}

static void compare_role(Effects *effects, const Pair *pair, const char *role)
{
    for (int command = 0; command < COMMAND_COUNT; command++) {
        CLEANUP(arena_free) Arena scratch = {0};
        Access old = {0};
        if ((pair->new->kind == KIND_FUNCTION) != (command == COMMAND_EXECUTE))
            continue;
        if (pair->old)
            old = privileges_access(effects->old, pair->old, role, (Command)command, &scratch);
        Access new = privileges_access(effects->new, pair->new, role, (Command)command, &scratch);
        for (int verb = GAINS; verb <= SEES_OTHERWISE; verb++)
            compare_columns(effects, pair, role, (Command)command, (Verb)verb, &old, &new,
                            &scratch);
    }
}

/* What everybody may do now, or no longer, is not said of each role again. */
static void drop_everybodys(Effects *effects, size_t first)
{
    for (size_t i = first; i < effects->line_count; i++) {
        const Line *public = &effects->lines[i];
        if (!is(public->role, PRIVILEGES_EVERYBODY))
            continue;
        for (size_t k = first; k < effects->line_count; k++) {
            Line *line = &effects->lines[k];
            bool columns = public->columns && line->columns ? is(public->columns, line->columns)
                                                            : public->columns == line->columns;
            if (k != i && line->verb == public->verb && columns &&
                is(line->suffix, public->suffix) && (line->commands & ~public->commands) == 0)
                line->dropped = true;
        }
    }
}

static bool is_added(const Effects *effects, const PrivilegeObject *object)
{
    for (size_t i = 0; i < effects->touch_count; i++) {
        const Touch *touch = &effects->touches[i];
        if (!touch->relation && is(touch->id, object->id) &&
            is(touch->kind, kind_of(object->kind)->name))
            return true;
    }
    return false;
}

static bool concerns(const Effects *effects, const PrivilegeObject *object)
{
    for (size_t i = 0; i < effects->touch_count; i++) {
        const Touch *touch = &effects->touches[i];
        const char *relation = touch->relation ? touch->relation : touch->id;
        if (effects->everywhere || is(relation, object->id) ||
            (object->kind == KIND_VIEW && privileges_reads(effects->new, object, relation)))
            return true;
    }
    return false;
}

/* Roles to speak of: not the server's own. What roles there are being told, one that is not is the
 * first superuser or a platform's, which stand above rights; else it may be anybody, but not who is
 * only known for owning the database. */
static bool is_spoken_of(const Effects *effects, const char *role, const char *owner)
{
    if (strncmp(role, "pg_", 3) == 0)
        return false;
    return (effects->roles_are_told || is(role, owner))
               ? privileges_is_known(effects->new, role) && privileges_is_known(effects->old, role)
               : true;
}

static int role_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Everybody first, then by name. */
static json_t *roles_of(const Effects *effects, const char *owner)
{
    json_auto_t *all = json_object();
    json_t *roles = json_object();
    const char *role = NULL;
    json_t *place = NULL;
    size_t count = 0;

    json_object_update(all, (json_t *)privileges_roles(effects->old));
    json_object_update(all, (json_t *)privileges_roles(effects->new));
    CLEANUP(cleanup_free)
    const char **sorted = arena_realloc_or_exit(NULL, (json_object_size(all) + 1) * sizeof *sorted);
    json_object_foreach(all, role, place)
    {
        if (is_spoken_of(effects, role, owner))
            sorted[count++] = role;
    }
    if (count > 1)
        qsort(sorted, count, sizeof *sorted, role_order);
    json_object_set_new(roles, PRIVILEGES_EVERYBODY, json_true());
    for (size_t i = 0; i < count; i++)
        json_object_set_new(roles, sorted[i], json_true());
    return roles;
}

static void compare_worlds(Effects *effects, const char *owner)
{
    size_t count = 0;
    const PrivilegeObject *objects = privileges_objects(effects->new, &count);
    const char *role = NULL;
    json_t *there = NULL;

    effects->roles = roles_of(effects, owner);
    for (size_t i = 0; i < count; i++) {
        CLEANUP(arena_free) Arena arena = {0};
        Pair pair = {
            .old = privileges_object(effects->old, objects[i].kind, objects[i].id),
            .new = &objects[i],
            .first_line = effects->line_count,
        };
        if (pair.old ? !concerns(effects, &objects[i]) : !is_added(effects, &objects[i]))
            continue;
        pair.places = places_in(&arena, pair.new, pair.old);
        json_object_foreach(effects->roles, role, there)
        {
            compare_role(effects, &pair, role);
        }
        drop_everybodys(effects, pair.first_line);
    }
}

/* ---- in words ---- */

static const char *list_text(Arena *arena, const json_t *names, const char *what)
{
    size_t count = json_array_size(names);
    const char *list = "";

    for (size_t i = 0; i < count && i < NAMES_SHOWN; i++) {
        bool last = i + 1 == count;
        list = arena_join(arena, list,
                          i == 0 ? ""
                          : last ? " and "
                                 : ", ",
                          json_string_value(json_array_get(names, i)), (char *)NULL);
    }
    return count > NAMES_SHOWN
               ? arena_printf(arena, "%s and %zu more %s", list, count - NAMES_SHOWN, what)
               : list;
}

static const char *commands_text(Arena *arena, unsigned commands, Verb verb)
{
    bool alone = (commands & (commands - 1)) == 0;
    const char *text = "";

    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (!(commands & 1U << i))
            continue;
        unsigned rest = commands >> i >> 1;
        const char *between = !*text ? "" : rest ? ", " : verb == LOSES ? " or " : " and ";
        text = arena_join(arena, text, between,
                          alone ? command_words[i].alone : command_words[i].among, (char *)NULL);
    }
    return alone ? text : arena_join(arena, text, " in", (char *)NULL);
}

static const char *kind_words(const PrivilegeObject *object)
{
    return object->kind == KIND_FUNCTION ? "functions"
           : object->kind == KIND_VIEW   ? "views"
                                         : "tables";
}

static void push(json_t *groups, const char *key, const char *text, size_t touch)
{
    json_t *group = json_object_get(groups, key);

    if (!group) {
        group = json_pack("{s:[], s:I}", "names", "touch", (json_int_t)touch);
        json_object_set_new(groups, key, group);
    }
    json_array_append_new(json_object_get(group, "names"), json_string(text));
}

/* Groups lines that differ only in the role, then those that differ only in the object. */
static json_t *group_lines(Effects *effects)
{
    json_auto_t *by_object = json_object();
    json_t *by_role = json_object();
    Arena *arena = &effects->arena;
    const char *key = NULL;
    json_t *group = NULL;

    /* The key of a group has where its names go marked by a byte that no text has. */
    for (size_t i = 0; i < effects->line_count; i++) {
        const Line *line = &effects->lines[i];
        const char *role = !is(line->role, PRIVILEGES_EVERYBODY) ? ident_quote(arena, line->role)
                           : line->verb == LOSES ? "everybody without a right of their own"
                                                 : "everybody";
        const char *verb = line->verb == LOSES ? (line->certain ? "can no longer" : "may no longer")
                           : line->certain     ? "can now"
                                               : "may now";
        if (line->dropped)
            continue;
        push(by_object,
             arena_printf(arena, "%zu\x01%s %s\x01%s\x01%s\x01%s%s", line->touch, verb,
                          commands_text(arena, line->commands, line->verb), line->object->id,
                          kind_words(line->object), line->columns ? line->columns : "",
                          line->suffix),
             role, line->touch);
    }
    json_object_foreach(by_object, key, group)
    {
        const char *verb = strchr(key, 1) + 1, *object = strchr(verb, 1) + 1;
        const char *what = strchr(object, 1) + 1, *tail = strchr(what, 1) + 1;
        const char *id = arena_strndup(arena, object, (size_t)(what - object) - 1);
        const char *roles = list_text(arena, json_object_get(group, "names"), "roles");
        /* One that tells of some columns stands alone. */
        bool alone = *tail == '.' || strncmp(tail, " (", 2) == 0;
        alone = alone && strncmp(tail, " (all rows", 10) != 0;
        push(by_role,
             arena_printf(arena, "%lld\x01%s %.*s\x01%.*s\x01%s%s%s",
                          (long long)jx_int(group, "touch", 0), roles, (int)(object - verb) - 1,
                          verb, (int)(tail - what) - 1, what, tail, alone ? "\x01" : "",
                          alone ? id : ""),
             id, (size_t)jx_int(group, "touch", 0));
    }
    return by_role;
}

static bool say(Effects *effects, size_t touch, const char *sentence, Err *err)
{
    json_t *change = json_array_get(json_object_get(effects->changes, "changes"),
                                    effects->touches[touch].change);

    effects->touches[touch].said = true;
    return changes_add_effect(change, sentence, err);
}

static bool speak(Effects *effects, Err *err)
{
    json_auto_t *groups = group_lines(effects);
    Arena *arena = &effects->arena;
    size_t *left_out = arena_alloc(arena, (effects->touch_count + 1) * sizeof *left_out);
    size_t *said = arena_alloc(arena, (effects->touch_count + 1) * sizeof *said);
    size_t *all = arena_alloc(arena, (effects->touch_count + 1) * sizeof *all);
    const char *key = NULL;
    json_t *group = NULL;

    json_object_foreach(groups, key, group)
    {
        all[jx_int(group, "touch", 0)]++;
    }
    json_object_foreach(groups, key, group)
    {
        size_t touch = (size_t)jx_int(group, "touch", 0);
        const char *head = strchr(key, 1) + 1, *what = strchr(head, 1) + 1;
        const char *tail = strchr(what, 1) + 1;
        const char *objects = list_text(arena, json_object_get(group, "names"),
                                        arena_strndup(arena, what, (size_t)(tail - what) - 1));
        if (said[touch] + 1 == EFFECTS_MAX && all[touch] > EFFECTS_MAX) {
            left_out[touch]++;
            continue;
        }
        said[touch]++;
        if (!say(effects, touch,
                 arena_printf(arena, "%.*s %s%.*s", (int)(what - head) - 1, head, objects,
                              (int)strcspn(tail, "\x01"), tail),
                 err))
            return false;
    }
    for (size_t i = 0; i < effects->touch_count; i++)
        if (left_out[i] > 0 &&
            !say(effects, i, arena_printf(arena, "and %zu more like these", left_out[i]), err))
            return false;
    return true;
}

/* ---- what has none ---- */

/* Whether two values of grants or revokes differ in nothing but what is compared here. */
static bool differs_only_in_commands(const json_t *one, const json_t *other)
{
    static const char *const compared[] = {"select", "insert", "update", "delete", "execute"};
    const char *role = NULL;
    json_t *names = NULL, *item = NULL;
    size_t index = 0;

    json_object_foreach((json_t *)one, role, names)
    {
        json_array_foreach(names, index, item)
        {
            bool is_compared = false, is_there = false;
            size_t at = 0;
            json_t *there = NULL;
            for (size_t i = 0; i < sizeof compared / sizeof *compared; i++)
                is_compared |= is(json_string_value(item), compared[i]);
            json_array_foreach(json_object_get(other, role), at, there)
            {
                is_there |= json_equal(item, there);
            }
            if (!is_compared && !is_there)
                return false;
        }
    }
    return true;
}

static bool is_fully_compared(const Effects *effects, const Touch *touch)
{
    const json_t *change =
        json_array_get(json_object_get(effects->changes, "changes"), touch->change);
    size_t index = 0;
    json_t *field = NULL;

    if (is(touch->kind, "policy"))
        return true;
    json_array_foreach(json_object_get(change, "fields"), index, field)
    {
        const char *name = jx_string(field, "name", "");
        const json_t *old = json_object_get(field, "old"), *new = json_object_get(field, "new");
        if (is(name, "owner") ||
            ((is(name, "grants") || is(name, "revokes")) &&
             !(differs_only_in_commands(old, new) && differs_only_in_commands(new, old))))
            return false;
    }
    return !touch->other;
}

/* Why a change without a sentence does nothing; NULL where that is not certain. It is of the
 * tables, views and functions that both sides have, when all that differs is compared and nothing
 * about them is undecided. */
static const char *nothing_of(const Effects *effects, const Touch *touch)
{
    const char *id = touch->relation ? touch->relation : touch->id;
    KindId kind = is(touch->kind, "function") ? KIND_FUNCTION
                  : is(touch->kind, "view")   ? KIND_VIEW
                                              : KIND_TABLE;
    const PrivilegeObject *old = privileges_object(effects->old, kind, id);
    const PrivilegeObject *new = privileges_object(effects->new, kind, id);

    if (touch->said || is(touch->kind, "schema") || is(touch->kind, "role") || !old || !new ||
        old->inexact || new->inexact)
        return NULL;
    if (is(touch->kind, "policy") && !old->row_security && !new->row_security)
        return "no role can do more or less by it: row security is off";
    return !json_object_get(effects->spoken, id) && !json_object_get(effects->unsure, id) &&
                   is_fully_compared(effects, touch)
               ? "no role can do more or less than before"
               : NULL;
}

static bool say_nothing_changed(Effects *effects, Err *err)
{
    for (size_t i = 0; i < effects->touch_count && effects->roles_are_told; i++) {
        const char *nothing = nothing_of(effects, &effects->touches[i]);
        if (nothing && !say(effects, i, nothing, err))
            return false;
    }
    return true;
}

static bool tells_roles(const SnapshotReader *reader)
{
    const json_t *meta = snapshot_reader_meta(reader), *kinds = json_object_get(meta, "kinds");
    size_t index = 0;
    json_t *item = NULL;
    bool asked = !kinds;

    json_array_foreach(kinds, index, item)
    {
        asked |= json_is_string(item) && is(json_string_value(item), "roles");
    }
    json_array_foreach(json_object_get(meta, "unread"), index, item)
    {
        asked &= !(json_is_string(item) && is(json_string_value(item), "roles"));
    }
    return asked;
}

bool effects_add(json_t *changes, SnapshotReader *old, SnapshotReader *new, Err *err)
{
    CLEANUP(effects_free)
    Effects effects = {
        .changes = changes,
        .renames = json_object(),
        .spoken = json_object(),
        .unsure = json_object(),
    };
    Err ignored = {0};

    collect(&effects);
    if (effects.touch_count == 0 || !snapshot_reader_again(old, &ignored) ||
        !snapshot_reader_again(new, &ignored))
        return true;
    collect_renames(&effects);
    effects.old = privileges_read(old, renamed, &effects, err);
    effects.new = effects.old ? privileges_read(new, NULL, NULL, err) : NULL;
    if (!effects.new)
        return false;
    effects.roles_are_told = tells_roles(old) && tells_roles(new);
    compare_worlds(&effects, jx_string(snapshot_reader_meta(new), "owner", ""));
    return speak(&effects, err) && say_nothing_changed(&effects, err);
}
