#include "diff/rules.h"

#include <string.h>

#include "json/jx.h"
#include "model/typechange.h"

/* ---- columns and their types ---- */

static bool needs_value(const json_t *old, const json_t *new)
{
    (void)old;
    return jx_bool(new, "not_null") && !json_object_get(new, "default") &&
           !json_object_get(new, "identity") && !json_object_get(new, "generated");
}

static bool loses_needed_default(const json_t *old, const json_t *new)
{
    return json_object_get(old, "default") && needs_value(old, new);
}

static bool gains_default(const json_t *old, const json_t *new)
{
    (void)new;
    return !json_object_get(old, "default");
}

static bool is_generated(const json_t *old, const json_t *new)
{
    return json_object_get(old, "generated") && json_object_get(new, "generated");
}

static bool becomes_generated(const json_t *old, const json_t *new)
{
    return !json_object_get(old, "generated") && json_object_get(new, "generated");
}

static bool ceases_generated(const json_t *old, const json_t *new)
{
    return becomes_generated(new, old);
}

static bool is_text(const json_t *object, const char *member, const char *text)
{
    return strcmp(jx_string(object, member, ""), text) == 0;
}

static bool becomes_always(const json_t *old, const json_t *new)
{
    (void)old;
    return is_text(new, "identity", "always");
}

static bool becomes_by_default(const json_t *old, const json_t *new)
{
    (void)old;
    return is_text(new, "identity", "by default");
}

static TypeHold hold_of(const json_t *old, const json_t *new)
{
    return typechange_of(jx_string(old, "type", ""), jx_string(new, "type", "")).hold;
}

static bool gives_room(const json_t *old, const json_t *new)
{
    return hold_of(old, new) == HOLD_ROOM;
}

static bool keeps_values(const json_t *old, const json_t *new)
{
    return hold_of(old, new) == HOLD_KEEPS;
}

static bool narrows(const json_t *old, const json_t *new)
{
    return hold_of(old, new) == HOLD_NARROWS;
}

static bool shifts(const json_t *old, const json_t *new)
{
    return hold_of(old, new) == HOLD_SHIFTS;
}

/* ---- lists ---- */

static bool has_item(const json_t *array, const json_t *wanted)
{
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(array, index, item)
    {
        if (json_equal(item, wanted))
            return true;
    }
    return false;
}

static bool loses_item(const json_t *old, const json_t *new, const char *member)
{
    const json_t *items = json_object_get(new, member);
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(json_object_get(old, member), index, item)
    {
        if (!has_item(items, item))
            return true;
    }
    return false;
}

static bool loses_label(const json_t *old, const json_t *new)
{
    return loses_item(old, new, "labels");
}

/* The labels of both are in another order, whatever came between them. */
static bool reorders_labels(const json_t *old, const json_t *new)
{
    const json_t *before = json_object_get(old, "labels"), *after = json_object_get(new, "labels");
    size_t at = 0, index = 0;
    json_t *label = NULL;

    json_array_foreach(before, index, label)
    {
        while (at < json_array_size(after) && !json_equal(json_array_get(after, at), label))
            at++;
    }
    return at == json_array_size(after);
}

const char *rules_item_value(const json_t *list, const char *name, size_t length)
{
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(list, index, item)
    {
        const char *text = json_string_value(item) ? json_string_value(item) : "";
        if (strcspn(text, "=") == length && memcmp(text, name, length) == 0)
            return text[length] ? text + length + 1 : text + length;
    }
    return NULL;
}

/* As parse_bool() of PostgreSQL reads it; an option without a value is on. */
static bool is_on(const json_t *object, const char *option)
{
    const char *value =
        rules_item_value(json_object_get(object, "options"), option, strlen(option));

    return value &&
           (!*value || strchr("tTyY1", *value) ||
            ((value[0] == 'o' || value[0] == 'O') && (value[1] == 'n' || value[1] == 'N')));
}

static bool gains_invoker(const json_t *old, const json_t *new)
{
    return !is_on(old, "security_invoker") && is_on(new, "security_invoker");
}

static bool loses_invoker(const json_t *old, const json_t *new)
{
    return gains_invoker(new, old);
}

static bool gains_barrier(const json_t *old, const json_t *new)
{
    return !is_on(old, "security_barrier") && is_on(new, "security_barrier");
}

static bool loses_barrier(const json_t *old, const json_t *new)
{
    return gains_barrier(new, old);
}

static bool loses_check_option(const json_t *old, const json_t *new)
{
    static const char name[] = "check_option";

    (void)old;
    return !rules_item_value(json_object_get(new, "options"), name, sizeof name - 1);
}

/* ---- constraints and indexes ---- */

static bool is_unique(const json_t *old, const json_t *new)
{
    return jx_bool(old ? old : new, "unique");
}

static bool stays_unique(const json_t *old, const json_t *new)
{
    return jx_bool(old, "unique") && jx_bool(new, "unique");
}

static bool is_foreign_key(const json_t *old, const json_t *new)
{
    return is_text(old ? old : new, "type", "foreign key");
}

static bool is_arbiter(const json_t *old, const json_t *new)
{
    return is_text(old ? old : new, "type", "unique") ||
           is_text(old ? old : new, "type", "primary key");
}

/* What stands behind the name in CREATE [UNIQUE] INDEX. */
static const char *behind_index_name(const char *definition)
{
    bool quoted = false;
    const char *name = strstr(definition, "INDEX ");

    for (name = name ? name + strlen("INDEX ") : definition; *name; name++) {
        quoted ^= *name == '"';
        if (!quoted && *name == ' ')
            return name;
    }
    return definition;
}

/* The definition of an index names it: under another name it is another text. */
static bool is_same_index(const json_t *old, const json_t *new)
{
    const char *before = jx_string(old, "definition", ""),
               *after = jx_string(new, "definition", "");

    return *before && jx_bool(old, "unique") == jx_bool(new, "unique") &&
           strcmp(behind_index_name(before), behind_index_name(after)) == 0;
}

/* What a definition says beyond what the words at its end say, which have members of their own. */
static size_t bare_length(const char *definition)
{
    static const char *const words[] = {" NOT VALID", " INITIALLY DEFERRED", " DEFERRABLE"};
    size_t length = strlen(definition);

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t word = strlen(words[i]);
        if (length > word && memcmp(definition + length - word, words[i], word) == 0)
            length -= word;
    }
    return length;
}

static bool is_same_rule(const json_t *old, const json_t *new)
{
    const char *before = jx_string(old, "definition", ""),
               *after = jx_string(new, "definition", "");
    size_t length = bare_length(before);

    return *before && length == bare_length(after) && memcmp(before, after, length) == 0;
}

/* A check that held for the tables that inherit, and now does not. */
static bool loses_heirs(const json_t *old, const json_t *new)
{
    static const char words[] = " NO INHERIT";
    const char *before = jx_string(old, "definition", ""),
               *after = jx_string(new, "definition", "");
    size_t length = bare_length(before);

    return bare_length(after) == length + sizeof words - 1 && memcmp(before, after, length) == 0 &&
           memcmp(after + length, words, sizeof words - 1) == 0;
}

static bool has_text(const char *text, const char *part)
{
    return strstr(text, part);
}

/* A deletion or a change of a key that carried over to the rows that refer to it, and now fails. */
static bool loses_action(const json_t *old, const json_t *new)
{
    static const char *const events[] = {" ON DELETE ", " ON UPDATE "};
    const char *before = jx_string(old, "definition", ""),
               *after = jx_string(new, "definition", "");

    for (size_t i = 0; is_foreign_key(old, new) && i < sizeof events / sizeof *events; i++) {
        const char *had = strstr(before, events[i]), *has = strstr(after, events[i]);
        size_t length = strlen(events[i]);
        if (had && strncmp(had + length, "RESTRICT", 8) != 0 &&
            (!has || strncmp(has + length, "RESTRICT", 8) == 0))
            return true;
    }
    return false;
}

static bool is_same_reference(const json_t *old, const json_t *new)
{
    static const char *const members[] = {"columns", "references", "reference_columns"};

    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (!json_equal(json_object_get(old, members[i]), json_object_get(new, members[i])))
            return false;
    return is_foreign_key(old, new) &&
           has_text(jx_string(old, "definition", ""), " MATCH FULL") ==
               has_text(jx_string(new, "definition", ""), " MATCH FULL");
}

/* ---- flags and words ---- */

static bool gains_flag(const json_t *old, const json_t *new, const char *member)
{
    return !jx_bool(old, member) && jx_bool(new, member);
}

static bool gains_member(const json_t *old, const json_t *new, const char *member)
{
    return !json_object_get(old, member) && json_object_get(new, member);
}

static bool becomes_partition(const json_t *old, const json_t *new)
{
    return gains_member(old, new, "partition_of");
}

static bool is_definer(const json_t *old, const json_t *new)
{
    return jx_bool(old ? old : new, "security_definer");
}

static bool is_pinned(const json_t *function)
{
    static const char name[] = "search_path";

    return rules_item_value(json_object_get(function, "config"), name, sizeof name - 1);
}

/* Whose names mean what its caller's search_path says, while it has its owner's rights. */
static bool is_unpinned_definer(const json_t *old, const json_t *new)
{
    (void)old;
    return jx_bool(new, "security_definer") && !is_pinned(new);
}

static bool adds_only_defaults(const json_t *old, const json_t *new)
{
    return jx_int(new, "default_count", 0) > jx_int(old, "default_count", 0);
}

static bool keeps_arguments(const json_t *old, const json_t *new)
{
    static const char *const members[] = {"argument_names", "argument_types", "argument_modes",
                                          "default_count"};

    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        json_t *before = json_object_get(old, members[i]),
               *after = json_object_get(new, members[i]);
        if (i < 3 && before != after && !json_equal(before, after))
            return false;
    }
    return jx_int(new, "default_count", 0) >= jx_int(old, "default_count", 0);
}

/* An argument without a name that was given one: nobody can have named it. */
static bool only_names_more(const json_t *old, const json_t *new)
{
    const json_t *before = json_object_get(old, "argument_names");
    const json_t *after = json_object_get(new, "argument_names");
    size_t index = 0;
    json_t *name = NULL;

    json_array_foreach(before, index, name)
    {
        const char *text = json_string_value(name);
        if (text && *text && !json_equal(name, json_array_get(after, index)))
            return false;
    }
    return true;
}

static bool becomes_volatile(const json_t *old, const json_t *new)
{
    (void)old;
    return is_text(new, "volatility", "volatile") || !json_object_get(new, "volatility");
}

static bool becomes_silent(const json_t *old, const json_t *new)
{
    bool was = is_text(old, "firing", "disabled") || is_text(old, "firing", "replica");

    return !was && (is_text(new, "firing", "disabled") || is_text(new, "firing", "replica"));
}

static bool becomes_anonymous(const json_t *old, const json_t *new)
{
    (void)old;
    return is_text(new, "replica_identity", "nothing");
}

static bool has_no_policy(const json_t *old, const json_t *new)
{
    (void)old;
    return json_array_size(json_object_get(new, "policies")) == 0;
}

static bool is_materialized(const json_t *old, const json_t *new)
{
    (void)new;
    return jx_bool(old, "materialized");
}

static bool is_foreign_table(const json_t *old, const json_t *new)
{
    (void)new;
    return is_text(old, "kind", "foreign table");
}

/* What a publication told of and no longer tells. */
static bool publishes_less(const json_t *old, const json_t *new)
{
    static const char *const flags[] = {"all_tables", "insert", "update", "delete", "truncate"};

    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (gains_flag(new, old, flags[i]))
            return true;
    return loses_item(old, new, "schemas");
}

static bool ends_earlier(const json_t *old, const json_t *new)
{
    bool falls = jx_int(new, "increment", 1) < 0;
    const char *end = falls ? "minimum" : "maximum";
    json_int_t from = jx_int(old, end, 0), to = jx_int(new, end, 0);

    return falls ? to > from : to < from;
}

static bool takes_less(const json_t *old, const json_t *new)
{
    json_int_t from = jx_int(old, "file_size_limit", 0), to = jx_int(new, "file_size_limit", 0);

    return (to > 0 && (from == 0 || to < from)) || (json_object_get(new, "allowed_mime_types") &&
                                                    (!json_object_get(old, "allowed_mime_types") ||
                                                     loses_item(old, new, "allowed_mime_types")));
}

/* ---- rights: {"role":["select","update*"]}, see snapshot(5) ---- */

/* Whether the list gives that privilege; "all" is every one, and one with the right to grant it on
 * is the privilege too. */
static bool gives(const json_t *privileges, const char *privilege)
{
    bool grantable = privilege[strlen(privilege) - 1] == '*';
    size_t length = strlen(privilege) - grantable, index = 0;
    json_t *item = NULL;

    json_array_foreach(privileges, index, item)
    {
        const char *name = json_string_value(item) ? json_string_value(item) : "";
        size_t bare = strcspn(name, "*");
        if ((!grantable || name[bare] == '*') &&
            ((bare == length && memcmp(name, privilege, length) == 0) ||
             (bare == 3 && memcmp(name, "all", 3) == 0)))
            return true;
    }
    return false;
}

/* Those whom everybody is: PUBLIC, and Supabase's role for those who did not log in. */
static bool is_everybody(const char *role)
{
    return strcmp(role, "public") == 0 || strcmp(role, "anon") == 0;
}

/* Whether one side of that member gives what the other does not: to anybody, or only to everybody.
 */
static bool gives_more(const json_t *side, const json_t *other, const char *member,
                       bool to_everybody)
{
    const json_t *others = json_object_get(other, member);
    const char *role = NULL;
    json_t *privileges = NULL, *privilege = NULL;
    size_t index = 0;

    json_object_foreach(json_object_get(side, member), role, privileges)
    {
        if (to_everybody && !is_everybody(role))
            continue;
        json_array_foreach(privileges, index, privilege)
        {
            const char *name = json_string_value(privilege);
            if (name && *name && !gives(json_object_get(others, role), name))
                return true;
        }
    }
    return false;
}

static bool grants_less(const json_t *old, const json_t *new)
{
    return gives_more(old, new, "grants", false);
}

static bool grants_to_everybody(const json_t *old, const json_t *new)
{
    return gives_more(new, old, "grants", true);
}

static bool revokes_more(const json_t *old, const json_t *new)
{
    return gives_more(new, old, "revokes", false);
}

static bool gives_back_to_everybody(const json_t *old, const json_t *new)
{
    return gives_more(old, new, "revokes", true);
}

/* A new relation whose every row everybody may read or write. */
static bool is_open(const json_t *old, const json_t *new)
{
    return !jx_bool(new, "row_security") && grants_to_everybody(old, new);
}

static bool is_open_view(const json_t *old, const json_t *new)
{
    return !is_on(new, "security_invoker") && grants_to_everybody(old, new);
}

static bool leaves_role(const json_t *old, const json_t *new)
{
    const json_t *after = json_object_get(new, "member_of");
    const char *role = NULL;
    json_t *options = NULL;

    json_object_foreach(json_object_get(old, "member_of"), role, options)
    {
        if (!json_object_get(after, role))
            return true;
    }
    return false;
}

/* ---- policies ---- */

static bool is_restrictive(const json_t *old, const json_t *new)
{
    return jx_bool(old ? old : new, "restrictive");
}

static bool has_role(const json_t *policy, const char *wanted)
{
    const json_t *roles = json_object_get(policy, "roles");
    size_t index = 0;
    json_t *role = NULL;

    json_array_foreach(roles, index, role)
    {
        const char *name = json_string_value(role) ? json_string_value(role) : "";
        if (strcmp(name, wanted) == 0 || strcmp(name, "public") == 0)
            return true;
    }
    return json_array_size(roles) == 0;
}

/* Whether the policy is one for every role of the other. */
static bool covers_roles(const json_t *policy, const json_t *other)
{
    size_t index = 0;
    json_t *role = NULL;

    json_array_foreach(json_object_get(other, "roles"), index, role)
    {
        if (!has_role(policy, json_string_value(role) ? json_string_value(role) : ""))
            return false;
    }
    return json_array_size(json_object_get(other, "roles")) > 0 || has_role(policy, "public");
}

/* What a permissive policy lets through a restrictive one holds back. */
static bool has_more_roles(const json_t *old, const json_t *new)
{
    return jx_bool(new, "restrictive") ? covers_roles(old, new) : covers_roles(new, old);
}

static bool has_fewer_roles(const json_t *old, const json_t *new)
{
    return has_more_roles(new, old);
}

static bool has_more_commands(const json_t *old, const json_t *new)
{
    return is_text(jx_bool(new, "restrictive") ? old : new, "command", "all");
}

static bool has_fewer_commands(const json_t *old, const json_t *new)
{
    return has_more_commands(new, old);
}

static bool using_opens(const json_t *old, const json_t *new)
{
    return is_text(new, "using", "true") || is_text(old, "using", "false");
}

static bool check_opens(const json_t *old, const json_t *new)
{
    return is_text(new, "check", "true") || is_text(old, "check", "false");
}

static bool using_closes(const json_t *old, const json_t *new)
{
    return using_opens(new, old);
}

static bool check_closes(const json_t *old, const json_t *new)
{
    return check_opens(new, old);
}

/* ---- roles and buckets ---- */

/* What makes a role stand above the rights of others. */
static bool is_powerful(const json_t *old, const json_t *new)
{
    const json_t *role = new ? new : old;

    return jx_bool(role, "superuser") || jx_bool(role, "bypass_rls") ||
           jx_bool(role, "createrole") || jx_bool(role, "replication");
}

static bool is_public(const json_t *old, const json_t *new)
{
    return jx_bool(new ? new : old, "public");
}

static const char *next_name(const char *list, size_t *ret_length)
{
    list += strspn(list, ", \"");
    *ret_length = strcspn(list, ", \"");
    return list;
}

static bool lists_name(const char *list, const char *wanted, size_t length)
{
    size_t own = 0;

    for (list = next_name(list, &own); own > 0; list = next_name(list + own, &own))
        if (own == length && memcmp(list, wanted, length) == 0)
            return true;
    return false;
}

/* The schemas that the API serves. Source: PostgREST's db-schemas, by default public. */
static const char *served(const json_t *role)
{
    static const char here[] = RULES_IN_DATABASE "pgrst.db_schemas";
    static const char everywhere[] = "pgrst.db_schemas";
    const json_t *settings = json_object_get(role, "settings");
    const char *list = rules_item_value(settings, here, sizeof here - 1);

    if (!list)
        list = rules_item_value(settings, everywhere, sizeof everywhere - 1);
    return list ? list : "public";
}

/* Whether the API serves a schema that it did not. */
static bool serves_more(const json_t *old, const json_t *new)
{
    size_t length = 0;

    for (const char *name = next_name(served(new), &length); length > 0;
         name = next_name(name + length, &length))
        if (!lists_name(served(old), name, length))
            return true;
    return false;
}

static bool serves_less(const json_t *old, const json_t *new)
{
    return serves_more(new, old);
}

#define VERDICT(severity, class, affects, why)                                                     \
    {                                                                                              \
        SEVERITY_##severity, CLASS_##class, affects, why                                           \
    }
#define BREAKING(class, affects, why) VERDICT(BREAKING, class, affects, why)
#define RISKY(class, affects, why) VERDICT(RISKY, class, affects, why)
#define SAFE(class, affects, why) VERDICT(SAFE, class, affects, why)

#define NO_RULE_AFFECTS "readers,writers"
#define UNKNOWN_KIND "something changed of a kind that this version does not know"

/* What statements, types and other objects name: nobody does when it is new, who did fails when it
 * is gone. */
#define USED_BY_NAME(kind, affects)                                                                \
    {kind, OP_ADDED, NULL, NULL, SAFE(ADDITIVE, "", "what is new is used by nobody yet")},         \
    {                                                                                              \
        kind, OP_REMOVED, NULL, NULL, BREAKING(BREAKING_READERS, affects, "every use of it fails") \
    }

/* What is told of the planner and of the disk of a column, wherever that is. */
#define STORED(kind)                                                                               \
    {kind, OP_CHANGED, "storage", NULL,                                                            \
     SAFE(PERFORMANCE, "performance", "how long values are stored")},                              \
        {kind, OP_CHANGED, "compression", NULL,                                                    \
         SAFE(PERFORMANCE, "performance", "how new long values are compressed")},                  \
        {kind, OP_CHANGED, "statistics", NULL,                                                     \
         SAFE(PERFORMANCE, "performance", "what the planner knows")},                              \
        {kind, OP_CHANGED, "options", NULL,                                                        \
         SAFE(PERFORMANCE, "performance", "what the planner assumes")},                            \
    {                                                                                              \
        kind, OP_CHANGED, "collation", NULL,                                                       \
            RISKY(BREAKING_READERS, "readers", "its texts sort and compare otherwise")             \
    }

#define PLANNING "how statements are planned, and with how much memory"
#define SHOWN "values are written, read or sorted otherwise"
#define CUT_OFF "statements may be cut off, or run longer"
#define WATCHED "other statements are logged or counted"
#define PLANNED(name)                                                                              \
    {                                                                                              \
        KIND_NONE, OP_CHANGED, name, NULL, SAFE(PERFORMANCE, "performance", PLANNING)              \
    }
#define READ_OTHERWISE(name)                                                                       \
    {                                                                                              \
        KIND_NONE, OP_CHANGED, name, NULL, RISKY(BREAKING_READERS, "readers", SHOWN)               \
    }
#define ENDED(name)                                                                                \
    {                                                                                              \
        KIND_NONE, OP_CHANGED, name, NULL, RISKY(BREAKING_READERS, "readers,writers", CUT_OFF)     \
    }

static const Rule rules[] = {
    /* what they give or take is of no object that there is */
    {KIND_DEFAULT_PRIVILEGES, OP_ADDED, NULL, grants_to_everybody,
     RISKY(SECURITY, "security", "everybody may do more with what is created from now on")},
    {KIND_DEFAULT_PRIVILEGES, OP_ADDED, NULL, NULL,
     RISKY(SECURITY, "security", "what is created from now on has other rights")},
    {KIND_DEFAULT_PRIVILEGES, OP_REMOVED, NULL, NULL,
     RISKY(SECURITY, "security", "what is created from now on has other rights")},
    {KIND_DEFAULT_PRIVILEGES, OP_CHANGED, "comment", NULL,
     SAFE(COSMETIC, "", "a comment has no effect on queries")},
    {KIND_DEFAULT_PRIVILEGES, OP_CHANGED, "grants", grants_to_everybody,
     RISKY(SECURITY, "security", "everybody may do more with what is created from now on")},
    {KIND_DEFAULT_PRIVILEGES, OP_CHANGED, "revokes", gives_back_to_everybody,
     RISKY(SECURITY, "security", "everybody may do more with what is created from now on")},
    {KIND_DEFAULT_PRIVILEGES, OP_CHANGED, NULL, NULL,
     RISKY(SECURITY, "security", "what is created from now on has other rights")},

    /* what all kinds have */
    {KIND_NONE, OP_CHANGED, "comment", NULL,
     SAFE(COSMETIC, "", "a comment has no effect on queries")},
    {KIND_NONE, OP_CHANGED, "grants", grants_less,
     BREAKING(SECURITY, "readers,writers,security", "a role may no longer do what it did")},
    {KIND_NONE, OP_CHANGED, "grants", grants_to_everybody,
     RISKY(SECURITY, "security", "everybody may now do more with it")},
    {KIND_NONE, OP_CHANGED, "grants", NULL,
     RISKY(SECURITY, "security", "a role may now do more with it")},
    {KIND_NONE, OP_CHANGED, "revokes", revokes_more,
     BREAKING(SECURITY, "readers,writers,security",
              "what roles may do by default was taken from some")},
    {KIND_NONE, OP_CHANGED, "revokes", gives_back_to_everybody,
     RISKY(SECURITY, "security", "everybody may again do what had been taken away")},
    {KIND_NONE, OP_CHANGED, "revokes", NULL,
     RISKY(SECURITY, "security", "a role may again do what had been taken from it")},
    {KIND_NONE, OP_CHANGED, "owner", NULL,
     RISKY(SECURITY, "security",
           "another role may alter, drop and grant it, and is not held by its policies")},
    {KIND_NONE, OP_CHANGED, "secret", NULL,
     RISKY(SECURITY, "security", "a secret that is not shown is another one")},

    /* settings of roles, databases and functions */
    {KIND_FUNCTION, OP_CHANGED, "config=search_path", is_unpinned_definer,
     BREAKING(SECURITY, "security",
              "it runs with its owner's rights, and its caller's search_path now decides what its "
              "names mean")},
    {KIND_FUNCTION, OP_CHANGED, "config=search_path", NULL,
     RISKY(SECURITY, "readers,security", "its names may mean something else")},
    {KIND_NONE, OP_CHANGED, "settings=pgrst.db_schemas", serves_less,
     BREAKING(BREAKING_READERS, "readers,writers,security",
              "requests for a schema that the API served are refused")},
    {KIND_NONE, OP_CHANGED, "settings=pgrst.db_schemas", serves_more,
     RISKY(SECURITY, "security", "the API serves a schema that it did not")},
    {KIND_NONE, OP_CHANGED, "$pgrst.*", NULL,
     RISKY(SECURITY, "readers,writers,security", "the API serves something else, or otherwise")},
    {KIND_NONE, OP_CHANGED, "$search_path", NULL,
     RISKY(SECURITY, "readers,writers,security", "names without a schema may mean something else")},
    {KIND_NONE, OP_CHANGED, "$session_replication_role", NULL,
     RISKY(SECURITY, "writers,security,data",
           "it decides whether triggers and foreign keys are heeded")},
    {KIND_NONE, OP_CHANGED, "$row_security", NULL,
     RISKY(SECURITY, "readers,security",
           "where a policy would hide rows the query fails, or does not")},
    {KIND_NONE, OP_CHANGED, "$log_*", NULL, RISKY(SECURITY, "security", WATCHED)},
    {KIND_NONE, OP_CHANGED, "$track_*", NULL, RISKY(SECURITY, "security", WATCHED)},
    {KIND_NONE, OP_CHANGED, "$pgaudit.*", NULL, RISKY(SECURITY, "security", WATCHED)},
    {KIND_NONE, OP_CHANGED, "$auto_explain.*", NULL, SAFE(PERFORMANCE, "performance", WATCHED)},
    {KIND_NONE, OP_CHANGED, "$default_transaction_*", NULL,
     RISKY(BREAKING_WRITERS, "readers,writers", "transactions may be refused, or see other rows")},
    {KIND_NONE, OP_CHANGED, "$synchronous_commit", NULL,
     RISKY(INTEGRITY, "data,performance,replication",
           "whether the last commits survive a crash may be otherwise")},
    ENDED("$statement_timeout"),
    ENDED("$lock_timeout"),
    ENDED("$deadlock_timeout"),
    ENDED("$transaction_timeout"),
    ENDED("$idle_*"),
    ENDED("$tcp_*"),
    READ_OTHERWISE("$TimeZone"),
    READ_OTHERWISE("$timezone"),
    READ_OTHERWISE("$DateStyle"),
    READ_OTHERWISE("$datestyle"),
    READ_OTHERWISE("$IntervalStyle"),
    READ_OTHERWISE("$intervalstyle"),
    READ_OTHERWISE("$lc_*"),
    READ_OTHERWISE("$client_encoding"),
    READ_OTHERWISE("$bytea_output"),
    READ_OTHERWISE("$extra_float_digits"),
    READ_OTHERWISE("$xml*"),
    READ_OTHERWISE("$standard_conforming_strings"),
    READ_OTHERWISE("$default_text_search_config"),
    READ_OTHERWISE("$transform_null_equals"),
    READ_OTHERWISE("$array_nulls"),
    PLANNED("$work_mem"),
    PLANNED("$maintenance_work_mem"),
    PLANNED("$logical_decoding_work_mem"),
    PLANNED("$hash_mem_multiplier"),
    PLANNED("$temp_buffers"),
    PLANNED("$effective_*"),
    PLANNED("$maintenance_io_concurrency"),
    PLANNED("$random_page_cost"),
    PLANNED("$seq_page_cost"),
    PLANNED("$cpu_*"),
    PLANNED("$parallel_*"),
    PLANNED("$max_parallel_*"),
    PLANNED("$min_parallel_*"),
    PLANNED("$enable_*"),
    PLANNED("$jit*"),
    PLANNED("$geqo*"),
    PLANNED("$from_collapse_limit"),
    PLANNED("$join_collapse_limit"),
    PLANNED("$default_statistics_target"),
    PLANNED("$plan_cache_mode"),
    PLANNED("$constraint_exclusion"),
    PLANNED("$cursor_tuple_fraction"),
    PLANNED("$recursive_worktable_factor"),
    PLANNED("$default_table*"),
    PLANNED("$default_toast_compression"),
    PLANNED("$temp_tablespaces"),
    PLANNED("$gin_*"),
    PLANNED("$hnsw.*"),
    PLANNED("$ivfflat.*"),
    {KIND_NONE, OP_CHANGED, "$application_name", NULL,
     SAFE(COSMETIC, "", "only who watches sessions reads it")},
    {KIND_FUNCTION, OP_CHANGED, "config", NULL,
     RISKY(SECURITY, "readers,security", "it runs under other settings")},
    {KIND_ROLE, OP_CHANGED, "settings", NULL,
     RISKY(SECURITY, "readers,writers,security", "its sessions run under other settings")},
    {KIND_DATABASE, OP_CHANGED, "settings", NULL,
     RISKY(SECURITY, "readers,writers,security", "all sessions run under other settings")},

    /* the same object under another name */
    {KIND_TABLE, OP_RENAMED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,writers,types",
              "every statement with the table's old name fails")},
    {KIND_COLUMN, OP_RENAMED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,writers,types",
              "every statement with the column's old name fails")},
    {KIND_VIEW, OP_RENAMED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,writers,types",
              "every statement with the view's old name fails")},
    {KIND_VIEW_COLUMN, OP_RENAMED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,types", "every query with the column's old name fails")},
    {KIND_FUNCTION, OP_RENAMED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,types", "every call by the old name fails")},
    {KIND_SCHEMA, OP_RENAMED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,writers,types", "all in it has another name")},
    {KIND_SEQUENCE, OP_RENAMED, NULL, NULL,
     BREAKING(BREAKING_WRITERS, "writers", "every use of the sequence by its old name fails")},
    {KIND_ENUM, OP_RENAMED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,writers,types",
              "every cast to the type's old name fails")},
    {KIND_DOMAIN, OP_RENAMED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,writers,types",
              "every cast to the type's old name fails")},
    {KIND_COMPOSITE, OP_RENAMED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,writers,types",
              "every cast to the type's old name fails")},
    {KIND_RANGE, OP_RENAMED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,writers,types",
              "every cast to the type's old name fails")},
    {KIND_BASE_TYPE, OP_RENAMED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,writers,types",
              "every cast to the type's old name fails")},
    {KIND_ATTRIBUTE, OP_RENAMED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,writers,types",
              "every use of the attribute's old name fails")},
    {KIND_ROLE, OP_RENAMED, NULL, NULL,
     BREAKING(SECURITY, "readers,writers,security",
              "who connects by the role's old name is refused")},
    {KIND_PUBLICATION, OP_RENAMED, NULL, NULL,
     BREAKING(REPLICATION, "replication", "its subscribers ask for the old name")},
    {KIND_PUBLICATION_TABLE, OP_RENAMED, NULL, NULL,
     RISKY(REPLICATION, "replication", "subscribers write to a table of the same name")},
    {KIND_SUBSCRIPTION, OP_RENAMED, NULL, NULL,
     SAFE(COSMETIC, "", "only who looks after it names a subscription")},
    {KIND_CONSTRAINT, OP_RENAMED, NULL, NULL,
     SAFE(COSMETIC, "types", "only error messages and relationships of generated types name it")},
    {KIND_DOMAIN_CONSTRAINT, OP_RENAMED, NULL, NULL,
     SAFE(COSMETIC, "", "only error messages name it")},
    {KIND_INDEX, OP_RENAMED, NULL, NULL, SAFE(COSMETIC, "", "queries do not name an index")},
    {KIND_VIEW_INDEX, OP_RENAMED, NULL, NULL, SAFE(COSMETIC, "", "queries do not name an index")},
    {KIND_POLICY, OP_RENAMED, NULL, NULL, SAFE(COSMETIC, "", "statements do not name a policy")},
    {KIND_STATISTICS, OP_RENAMED, NULL, NULL, SAFE(COSMETIC, "", "queries do not name it")},
    {KIND_TRIGGER, OP_RENAMED, NULL, NULL,
     RISKY(BREAKING_WRITERS, "writers", "triggers fire in the order of their names")},
    {KIND_VIEW_TRIGGER, OP_RENAMED, NULL, NULL,
     RISKY(BREAKING_WRITERS, "writers", "triggers fire in the order of their names")},
    {KIND_EVENT_TRIGGER, OP_RENAMED, NULL, NULL,
     RISKY(SECURITY, "security", "triggers fire in the order of their names")},
    {KIND_RULE, OP_RENAMED, NULL, NULL,
     RISKY(BREAKING_WRITERS, "writers", "rules are applied in the order of their names")},
    {KIND_VIEW_RULE, OP_RENAMED, NULL, NULL,
     RISKY(BREAKING_WRITERS, "writers", "rules are applied in the order of their names")},
    {KIND_FACT, OP_RENAMED, NULL, NULL, RISKY(UNKNOWN, NO_RULE_AFFECTS, UNKNOWN_KIND)},
    {KIND_NONE, OP_RENAMED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,writers", "every use of it by its old name fails")},

    /* another object under the same name */
    {KIND_TABLE, OP_REPLACED, NULL, is_foreign_table,
     RISKY(BREAKING_READERS, "readers,writers,security",
           "it was dropped and created again; it keeps no rows here")},
    {KIND_TABLE, OP_REPLACED, NULL, NULL,
     BREAKING(DATA_LOSS, "readers,writers,security,data",
              "the table was dropped and created again: its rows, and what depended on it, are "
              "gone")},
    {KIND_COLUMN, OP_REPLACED, NULL, NULL,
     BREAKING(DATA_LOSS, "readers,writers,data",
              "the column was dropped and added again: its values are gone")},
    {KIND_ATTRIBUTE, OP_REPLACED, NULL, NULL,
     BREAKING(DATA_LOSS, "readers,writers,data",
              "the attribute was dropped and added again: its values are gone")},
    {KIND_SEQUENCE, OP_REPLACED, NULL, NULL,
     BREAKING(BREAKING_WRITERS, "writers,data",
              "the sequence was dropped and created again: it begins anew")},
    {KIND_VIEW, OP_REPLACED, NULL, is_materialized,
     BREAKING(BREAKING_READERS, "readers,data",
              "it was dropped and created again: its rows, and what depended on it, are gone")},
    {KIND_ROLE, OP_REPLACED, NULL, NULL,
     BREAKING(SECURITY, "readers,writers,security",
              "the role was dropped and created again: its password, and what had been granted to "
              "it, are gone")},
    {KIND_EXTENSION, OP_REPLACED, NULL, NULL,
     RISKY(DATA_LOSS, "data",
           "it was dropped and created again: rows of its tables, and what depended on it, are "
           "gone")},
    {KIND_SUBSCRIPTION, OP_REPLACED, NULL, NULL,
     RISKY(REPLICATION, "replication,data",
           "it was dropped and created again: its place in the stream is lost")},
    {KIND_FACT, OP_REPLACED, NULL, NULL, RISKY(UNKNOWN, NO_RULE_AFFECTS, UNKNOWN_KIND)},
    {KIND_NONE, OP_REPLACED, NULL, NULL,
     SAFE(COSMETIC, "", "it was dropped and created again, which loses nothing of its own")},

    {KIND_TABLE, OP_ADDED, NULL, is_open,
     RISKY(SECURITY, "security,types",
           "everybody may reach every row of the new table: it has no row security")},
    {KIND_TABLE, OP_ADDED, NULL, NULL,
     SAFE(ADDITIVE, "types", "a new table is used by nobody yet")},
    {KIND_TABLE, OP_REMOVED, NULL, is_foreign_table,
     BREAKING(BREAKING_READERS, "readers,writers,types",
              "every use of the table fails; its rows are elsewhere")},
    {KIND_TABLE, OP_REMOVED, NULL, NULL,
     BREAKING(DATA_LOSS, "readers,writers,data,types",
              "the table's rows are gone and every use of it fails")},
    {KIND_TABLE, OP_CHANGED, "-row_security", NULL,
     BREAKING(SECURITY, "security",
              "without row security every role with a grant reaches every row")},
    {KIND_TABLE, OP_CHANGED, "row_security", has_no_policy,
     BREAKING(SECURITY, "readers,writers,security",
              "with row security and no policy only its owner reaches a row")},
    {KIND_TABLE, OP_CHANGED, "row_security", NULL,
     RISKY(SECURITY, "readers,writers,security",
           "with row security only what a policy allows is seen")},
    {KIND_TABLE, OP_CHANGED, "-force_row_security", NULL,
     RISKY(SECURITY, "security", "the table's owner is no longer held by its policies")},
    {KIND_TABLE, OP_CHANGED, "force_row_security", NULL,
     RISKY(SECURITY, "readers,writers,security", "the table's owner is now held by its policies")},
    {KIND_TABLE, OP_CHANGED, "+unlogged", NULL,
     RISKY(INTEGRITY, "data,replication",
           "after a crash it is empty, and replicas do not have its rows")},
    {KIND_TABLE, OP_CHANGED, "unlogged", NULL,
     SAFE(PERFORMANCE, "performance", "its rows now survive a crash; writes are slower")},
    {KIND_TABLE, OP_CHANGED, "replica_identity", becomes_anonymous,
     RISKY(BREAKING_WRITERS, "writers,replication",
           "while a publication has the table its rows cannot be updated or deleted")},
    {KIND_TABLE, OP_CHANGED, "replica_identity", NULL,
     RISKY(REPLICATION, "replication",
           "subscribers find the rows to update and delete by other columns")},
    {KIND_TABLE, OP_CHANGED, "options", NULL,
     SAFE(PERFORMANCE, "performance", "how it is stored and cleaned")},
    {KIND_TABLE, OP_CHANGED, "toast_options", NULL,
     SAFE(PERFORMANCE, "performance", "how long values are stored and cleaned")},
    {KIND_TABLE, OP_CHANGED, "tablespace", NULL,
     SAFE(PERFORMANCE, "performance", "it stands on another disk")},
    {KIND_TABLE, OP_CHANGED, "access_method", NULL,
     RISKY(PERFORMANCE, "performance", "another program stores its rows")},
    {KIND_TABLE, OP_CHANGED, "cluster_on", NULL,
     SAFE(PERFORMANCE, "performance", "only CLUSTER without an index reads it")},
    {KIND_TABLE, OP_CHANGED, "detach_pending", NULL,
     RISKY(
         BREAKING_READERS, "readers,writers",
         "a partition is, or is no longer, being detached: the partitioned table has other rows")},
    {KIND_TABLE, OP_CHANGED, "kind", NULL,
     BREAKING(BREAKING_READERS, "readers,writers,data",
              "it is a table of another kind: its rows are elsewhere")},
    {KIND_TABLE, OP_CHANGED, "server", NULL,
     RISKY(BREAKING_READERS, "readers,writers,data", "its rows are elsewhere")},
    {KIND_TABLE, OP_CHANGED, "foreign_options", NULL,
     RISKY(BREAKING_READERS, "readers,writers,data", "its rows may be elsewhere")},
    {KIND_TABLE, OP_CHANGED, "partition_key", NULL,
     RISKY(BREAKING_WRITERS, "writers,data", "rows go to other partitions, or to none")},
    {KIND_TABLE, OP_CHANGED, "partition_of", becomes_partition,
     RISKY(BREAKING_READERS, "readers,writers,data",
           "the partitioned table now has its rows, and rows outside its bounds are refused")},
    {KIND_TABLE, OP_CHANGED, "partition_of", NULL,
     RISKY(BREAKING_READERS, "readers,writers,data",
           "the partitioned table no longer has its rows")},
    {KIND_TABLE, OP_CHANGED, "partition_bound", NULL,
     RISKY(BREAKING_WRITERS, "writers,data", "it takes other rows, and refuses others")},
    {KIND_TABLE, OP_CHANGED, "inherits", NULL,
     RISKY(BREAKING_READERS, "readers,writers,data",
           "who reads or writes a parent reaches its rows as well, or no longer does")},
    {KIND_TABLE, OP_CHANGED, "of_type", NULL,
     SAFE(COSMETIC, "", "only who alters it is held by its type")},
    {KIND_TABLE, OP_CHANGED, "column order", NULL,
     SAFE(COSMETIC, "", "only what reads columns by position sees their order")},

    {KIND_COLUMN, OP_ADDED, NULL, needs_value,
     BREAKING(BREAKING_WRITERS, "writers,types",
              "an insert that does not name the new column fails: it is not null and has no "
              "default")},
    {KIND_COLUMN, OP_ADDED, NULL, NULL,
     SAFE(ADDITIVE, "types", "existing statements need not name it")},
    {KIND_COLUMN, OP_REMOVED, NULL, NULL,
     BREAKING(DATA_LOSS, "readers,writers,data,types",
              "the column's values are gone and every use of it fails")},
    {KIND_COLUMN, OP_CHANGED, "type", gives_room,
     SAFE(ADDITIVE, "", "every value that fitted still fits")},
    {KIND_COLUMN, OP_CHANGED, "type", narrows,
     BREAKING(DATA_LOSS, "readers,writers,data,types",
              "values that do not fit the narrower type were cut or rounded, and are refused from "
              "now on")},
    {KIND_COLUMN, OP_CHANGED, "type", keeps_values,
     BREAKING(BREAKING_READERS, "readers,writers,types",
              "no value is lost, but clients read and write another type")},
    {KIND_COLUMN, OP_CHANGED, "type", shifts,
     BREAKING(BREAKING_READERS, "readers,writers,data,types",
              "its times were converted by the time zone of a session, and clients read and write "
              "another type")},
    {KIND_COLUMN, OP_CHANGED, "type", NULL,
     BREAKING(BREAKING_READERS, "readers,writers,data,types",
              "clients read and write another type")},
    {KIND_COLUMN, OP_CHANGED, "+not_null", NULL,
     BREAKING(BREAKING_WRITERS, "writers,types", "a write that leaves the column null now fails")},
    {KIND_COLUMN, OP_CHANGED, "not_null", NULL,
     RISKY(BREAKING_READERS, "readers,data,types", "readers may now meet null")},
    {KIND_COLUMN, OP_CHANGED, "default", becomes_generated,
     SAFE(ADDITIVE, "", "it is the expression that the column is generated by")},
    {KIND_COLUMN, OP_CHANGED, "default", is_generated,
     RISKY(BREAKING_READERS, "readers,data", "its values are computed otherwise")},
    {KIND_COLUMN, OP_CHANGED, "default", loses_needed_default,
     BREAKING(BREAKING_WRITERS, "writers,types", "an insert that relied on the default now fails")},
    {KIND_COLUMN, OP_CHANGED, "default", gains_default,
     SAFE(ADDITIVE, "types", "only inserts that left it null see the default")},
    {KIND_COLUMN, OP_CHANGED, "default", ceases_generated,
     RISKY(INTEGRITY, "readers,data", "its values are no longer computed")},
    {KIND_COLUMN, OP_CHANGED, "default", NULL,
     RISKY(INTEGRITY, "writers,data", "inserts that rely on the default store another value")},
    {KIND_COLUMN, OP_CHANGED, "identity", becomes_always,
     BREAKING(BREAKING_WRITERS, "writers,types", "an insert that gives it a value now fails")},
    {KIND_COLUMN, OP_CHANGED, "identity", becomes_by_default,
     SAFE(ADDITIVE, "types", "an insert may give it a value or leave it out")},
    {KIND_COLUMN, OP_CHANGED, "identity", NULL,
     BREAKING(BREAKING_WRITERS, "writers,types",
              "an insert that left it out gets no number any more")},
    {KIND_COLUMN, OP_CHANGED, "generated", becomes_generated,
     BREAKING(BREAKING_WRITERS, "readers,writers,data,types",
              "a write that gives it a value fails")},
    {KIND_COLUMN, OP_CHANGED, "generated", ceases_generated,
     RISKY(INTEGRITY, "readers,data,types", "its values are no longer computed")},
    {KIND_COLUMN, OP_CHANGED, "generated", NULL,
     SAFE(PERFORMANCE, "performance", "whether its values are stored or computed when read")},
    STORED(KIND_COLUMN),
    {KIND_COLUMN, OP_CHANGED, "inherited", NULL,
     SAFE(COSMETIC, "", "only who drops it with the parent's column")},
    {KIND_COLUMN, OP_CHANGED, "foreign_options", NULL,
     RISKY(BREAKING_READERS, "readers,writers,data", "its values may be elsewhere")},

    {KIND_CONSTRAINT, OP_ADDED, NULL, is_foreign_key,
     BREAKING(BREAKING_WRITERS, "writers,types",
              "a row whose reference does not exist is now refused")},
    {KIND_CONSTRAINT, OP_ADDED, NULL, NULL,
     BREAKING(BREAKING_WRITERS, "writers,types", "rows that were accepted may now be refused")},
    {KIND_CONSTRAINT, OP_REMOVED, NULL, is_foreign_key,
     RISKY(INTEGRITY, "data,types", "references are no longer checked")},
    {KIND_CONSTRAINT, OP_REMOVED, NULL, is_arbiter,
     RISKY(INTEGRITY, "writers,data,types",
           "rows with the same key may now be stored, and an ON CONFLICT that named it fails")},
    {KIND_CONSTRAINT, OP_REMOVED, NULL, NULL,
     RISKY(INTEGRITY, "data,types", "what the constraint kept out may now be stored")},
    {KIND_CONSTRAINT, OP_CHANGED, "+disabled", NULL,
     BREAKING(INTEGRITY, "data", "what the constraint keeps out may now be stored")},
    {KIND_CONSTRAINT, OP_CHANGED, "-disabled", NULL,
     RISKY(BREAKING_WRITERS, "writers",
           "what it kept out before is refused again; what came in stays")},
    {KIND_CONSTRAINT, OP_CHANGED, "+not_valid", NULL,
     RISKY(INTEGRITY, "data", "rows that were there before it need not fulfil it")},
    {KIND_CONSTRAINT, OP_CHANGED, "not_valid", NULL,
     SAFE(INTEGRITY, "data", "every row now fulfils it")},
    {KIND_CONSTRAINT, OP_CHANGED, "+deferrable", is_arbiter,
     BREAKING(BREAKING_WRITERS, "writers", "an ON CONFLICT that relies on it fails")},
    {KIND_CONSTRAINT, OP_CHANGED, "+deferrable", NULL,
     RISKY(INTEGRITY, "writers,data", "a transaction may put it off to its end")},
    {KIND_CONSTRAINT, OP_CHANGED, "deferrable", NULL,
     RISKY(BREAKING_WRITERS, "writers", "a transaction that puts it off fails")},
    {KIND_CONSTRAINT, OP_CHANGED, "+initially_deferred", NULL,
     RISKY(INTEGRITY, "writers,data", "it is checked at the end of a transaction")},
    {KIND_CONSTRAINT, OP_CHANGED, "initially_deferred", NULL,
     RISKY(BREAKING_WRITERS, "writers",
           "a transaction that fulfils it only at its end fails before")},
    {KIND_CONSTRAINT, OP_CHANGED, "definition", is_same_rule,
     SAFE(COSMETIC, "", "only when it is checked is otherwise, which it has members for")},
    {KIND_CONSTRAINT, OP_CHANGED, "definition", loses_heirs,
     RISKY(INTEGRITY, "data", "tables that inherit may now store what it keeps out")},
    {KIND_CONSTRAINT, OP_CHANGED, "definition", loses_action,
     BREAKING(BREAKING_WRITERS, "writers,data",
              "a change that carried over to the rows that refer to it is now refused")},
    {KIND_CONSTRAINT, OP_CHANGED, "definition", is_same_reference,
     RISKY(INTEGRITY, "writers,data",
           "rows that refer to one that is deleted or changed are treated otherwise")},
    {KIND_CONSTRAINT, OP_CHANGED, "index_options", NULL,
     SAFE(PERFORMANCE, "performance", "how its index is stored")},
    {KIND_CONSTRAINT, OP_CHANGED, "index_tablespace", NULL,
     SAFE(PERFORMANCE, "performance", "its index stands on another disk")},
    {KIND_CONSTRAINT, OP_CHANGED, "index_comment", NULL,
     SAFE(COSMETIC, "", "a comment has no effect on queries")},
    {KIND_CONSTRAINT, OP_CHANGED, "definition", NULL,
     RISKY(BREAKING_WRITERS, "writers,data,types", "other rows are accepted than before")},
    {KIND_CONSTRAINT, OP_CHANGED, "type", NULL,
     RISKY(BREAKING_WRITERS, "writers,data,types", "other rows are accepted than before")},
    {KIND_CONSTRAINT, OP_CHANGED, "columns", NULL,
     RISKY(BREAKING_WRITERS, "writers,data,types", "other rows are accepted than before")},
    {KIND_CONSTRAINT, OP_CHANGED, "references", NULL,
     RISKY(BREAKING_WRITERS, "writers,data,types", "it refers to another table")},
    {KIND_CONSTRAINT, OP_CHANGED, "reference_columns", NULL,
     RISKY(BREAKING_WRITERS, "writers,data,types", "it refers to other columns")},

    {KIND_INDEX, OP_ADDED, NULL, is_unique,
     BREAKING(BREAKING_WRITERS, "writers", "a second row with the same key is now refused")},
    {KIND_INDEX, OP_ADDED, NULL, NULL,
     SAFE(PERFORMANCE, "performance", "an index changes speed, not results")},
    {KIND_INDEX, OP_REMOVED, NULL, is_unique,
     RISKY(INTEGRITY, "data,performance", "rows with the same key may now be stored")},
    {KIND_INDEX, OP_REMOVED, NULL, NULL,
     RISKY(PERFORMANCE, "performance", "queries that used the index slow down")},
    {KIND_INDEX, OP_CHANGED, "tablespace", NULL,
     SAFE(PERFORMANCE, "performance", "it stands on another disk")},
    {KIND_INDEX, OP_CHANGED, "statistics", NULL,
     SAFE(PERFORMANCE, "performance", "what the planner knows")},
    {KIND_INDEX, OP_CHANGED, "+invalid", NULL,
     RISKY(PERFORMANCE, "performance", "no query uses the index")},
    {KIND_INDEX, OP_CHANGED, "invalid", NULL,
     SAFE(PERFORMANCE, "performance", "queries use the index")},
    {KIND_INDEX, OP_CHANGED, "+unique", NULL,
     BREAKING(BREAKING_WRITERS, "writers", "a second row with the same key is now refused")},
    {KIND_INDEX, OP_CHANGED, "unique", NULL,
     RISKY(INTEGRITY, "data", "rows with the same key may now be stored")},
    {KIND_INDEX, OP_CHANGED, "definition", is_same_index,
     SAFE(COSMETIC, "", "only its name is another one")},
    {KIND_INDEX, OP_CHANGED, "definition", stays_unique,
     RISKY(BREAKING_WRITERS, "writers,performance", "other rows count as having the same key")},
    {KIND_INDEX, OP_CHANGED, "definition", NULL,
     RISKY(PERFORMANCE, "performance", "queries that used the index may slow down")},
    {KIND_INDEX, OP_CHANGED, "method", NULL,
     RISKY(PERFORMANCE, "performance", "queries that used the index may slow down")},
    {KIND_INDEX, OP_CHANGED, "columns", NULL,
     RISKY(PERFORMANCE, "performance", "queries that used the index may slow down")},
    {KIND_INDEX, OP_CHANGED, "predicate", NULL,
     RISKY(PERFORMANCE, "performance", "queries that used the index may slow down")},

    {KIND_POLICY, OP_ADDED, NULL, is_restrictive,
     RISKY(SECURITY, "readers,writers,security", "rows that were reached may now be hidden")},
    {KIND_POLICY, OP_ADDED, NULL, NULL,
     RISKY(SECURITY, "security", "its roles may now reach rows that were hidden")},
    {KIND_POLICY, OP_REMOVED, NULL, is_restrictive,
     RISKY(SECURITY, "security", "its roles may now reach rows that were hidden")},
    {KIND_POLICY, OP_REMOVED, NULL, NULL,
     RISKY(SECURITY, "readers,writers,security", "rows that were reached may now be hidden")},
    {KIND_POLICY, OP_CHANGED, "roles", has_more_roles,
     RISKY(SECURITY, "security", "more roles reach the rows that it lets through")},
    {KIND_POLICY, OP_CHANGED, "roles", has_fewer_roles,
     RISKY(SECURITY, "readers,writers,security",
           "fewer roles reach the rows that it lets through")},
    {KIND_POLICY, OP_CHANGED, "command", has_more_commands,
     RISKY(SECURITY, "security", "it lets more statements through, or holds back fewer")},
    {KIND_POLICY, OP_CHANGED, "command", has_fewer_commands,
     RISKY(SECURITY, "readers,writers,security",
           "it lets fewer statements through, or holds back more")},
    {KIND_POLICY, OP_CHANGED, "+restrictive", NULL,
     RISKY(SECURITY, "readers,writers,security",
           "it lets no row through any more, and holds back what other policies do")},
    {KIND_POLICY, OP_CHANGED, "restrictive", NULL,
     RISKY(SECURITY, "security", "it holds back no row any more, and lets some through")},
    {KIND_POLICY, OP_CHANGED, "using", using_opens,
     RISKY(SECURITY, "security", "its expression holds back fewer rows than before")},
    {KIND_POLICY, OP_CHANGED, "using", using_closes,
     RISKY(SECURITY, "readers,writers,security", "its expression lets fewer rows through")},
    {KIND_POLICY, OP_CHANGED, "check", check_opens,
     RISKY(SECURITY, "security", "its expression holds back fewer writes than before")},
    {KIND_POLICY, OP_CHANGED, "check", check_closes,
     RISKY(SECURITY, "writers,security", "its expression lets fewer writes through")},
    {KIND_POLICY, OP_CHANGED, "using", NULL,
     RISKY(SECURITY, "readers,writers,security",
           "other rows are reached than before, more or fewer")},
    {KIND_POLICY, OP_CHANGED, "check", NULL,
     RISKY(SECURITY, "writers,security", "other rows may be written than before, more or fewer")},
    {KIND_POLICY, OP_CHANGED, "roles", NULL,
     RISKY(SECURITY, "readers,writers,security",
           "other roles reach the rows that it lets through")},
    {KIND_POLICY, OP_CHANGED, "command", NULL,
     RISKY(SECURITY, "readers,writers,security", "it is about other statements")},

    {KIND_TRIGGER, OP_ADDED, NULL, NULL,
     RISKY(BREAKING_WRITERS, "writers,data", "writes now do more than they say, or are refused")},
    {KIND_TRIGGER, OP_REMOVED, NULL, NULL,
     RISKY(SECURITY, "writers,security,data",
           "what the trigger did, kept out or watched over no longer happens")},
    {KIND_TRIGGER, OP_CHANGED, "firing", becomes_silent,
     RISKY(SECURITY, "writers,security,data",
           "what the trigger did, kept out or watched over no longer happens")},
    {KIND_TRIGGER, OP_CHANGED, "firing", NULL,
     RISKY(BREAKING_WRITERS, "writers,data", "it fires where it did not")},
    {KIND_TRIGGER, OP_CHANGED, "definition", NULL,
     RISKY(BREAKING_WRITERS, "writers,data", "writes do something else, or are refused")},
    {KIND_TRIGGER, OP_CHANGED, "function", NULL,
     RISKY(BREAKING_WRITERS, "writers,data", "writes do something else, or are refused")},

    {KIND_RULE, OP_ADDED, NULL, NULL,
     RISKY(BREAKING_WRITERS, "writers,data", "statements now do something else than they say")},
    {KIND_RULE, OP_REMOVED, NULL, NULL,
     RISKY(INTEGRITY, "writers,data",
           "statements now do what they say, and not what the rule said")},
    {KIND_RULE, OP_CHANGED, "firing", becomes_silent,
     RISKY(INTEGRITY, "writers,data",
           "statements now do what they say, and not what the rule said")},
    {KIND_RULE, OP_CHANGED, "firing", NULL,
     RISKY(BREAKING_WRITERS, "writers,data", "statements now do something else than they say")},
    {KIND_RULE, OP_CHANGED, "definition", NULL,
     RISKY(BREAKING_WRITERS, "writers,data", "statements do something else")},

    {KIND_VIEW, OP_ADDED, NULL, is_open_view,
     RISKY(SECURITY, "security,types",
           "everybody reads through the new view what its owner may read")},
    {KIND_VIEW, OP_ADDED, NULL, NULL, SAFE(ADDITIVE, "types", "a new view is used by nobody yet")},
    {KIND_VIEW, OP_REMOVED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,writers,types", "every query of the view fails")},
    {KIND_VIEW, OP_CHANGED, "options=security_invoker", loses_invoker,
     BREAKING(SECURITY, "security",
              "it reads with its owner's rights, past the policies that hold who asks")},
    {KIND_VIEW, OP_CHANGED, "options=security_invoker", gains_invoker,
     RISKY(SECURITY, "readers,writers,security",
           "it reads with the rights of who asks, which may not suffice")},
    {KIND_VIEW, OP_CHANGED, "options=security_invoker", NULL,
     SAFE(COSMETIC, "", "another word for the same")},
    {KIND_VIEW, OP_CHANGED, "options=security_barrier", loses_barrier,
     RISKY(SECURITY, "security", "a function in a query may see rows that the view hides")},
    {KIND_VIEW, OP_CHANGED, "options=security_barrier", gains_barrier,
     SAFE(PERFORMANCE, "performance", "conditions of a query are applied after those of the view")},
    {KIND_VIEW, OP_CHANGED, "options=security_barrier", NULL,
     SAFE(COSMETIC, "", "another word for the same")},
    {KIND_VIEW, OP_CHANGED, "options=check_option", loses_check_option,
     RISKY(INTEGRITY, "writers,data",
           "rows that the view does not show may be written through it")},
    {KIND_VIEW, OP_CHANGED, "options=check_option", NULL,
     BREAKING(BREAKING_WRITERS, "writers",
              "a write through the view of a row that it does not show now fails")},
    {KIND_VIEW, OP_CHANGED, "options", is_materialized,
     SAFE(PERFORMANCE, "performance", "how it is stored and cleaned")},
    {KIND_VIEW, OP_CHANGED, "options", NULL,
     RISKY(SECURITY, "readers,security", "an option may decide whose rights a view uses")},
    {KIND_VIEW, OP_CHANGED, "definition", NULL,
     RISKY(BREAKING_READERS, "readers", "the view may give other rows or values")},
    {KIND_VIEW, OP_CHANGED, "materialized", NULL,
     RISKY(BREAKING_READERS, "readers,writers,performance",
           "its rows are those of its last refresh, or no longer are")},
    {KIND_VIEW, OP_CHANGED, "-insertable", NULL,
     BREAKING(BREAKING_WRITERS, "writers,types", "inserts into the view fail")},
    {KIND_VIEW, OP_CHANGED, "insertable", NULL,
     SAFE(ADDITIVE, "types", "rows can be inserted into the view")},
    {KIND_VIEW, OP_CHANGED, "-updatable", NULL,
     BREAKING(BREAKING_WRITERS, "writers,types", "updates of the view fail")},
    {KIND_VIEW, OP_CHANGED, "updatable", NULL,
     SAFE(ADDITIVE, "types", "rows of the view can be updated")},
    {KIND_VIEW, OP_CHANGED, "tablespace", NULL,
     SAFE(PERFORMANCE, "performance", "it stands on another disk")},
    {KIND_VIEW, OP_CHANGED, "access_method", NULL,
     RISKY(PERFORMANCE, "performance", "another program stores its rows")},
    {KIND_VIEW, OP_CHANGED, "cluster_on", NULL,
     SAFE(PERFORMANCE, "performance", "only CLUSTER without an index reads it")},
    {KIND_VIEW, OP_CHANGED, "column order", NULL,
     SAFE(COSMETIC, "", "only what reads columns by position sees their order")},
    {KIND_VIEW_COLUMN, OP_ADDED, NULL, NULL,
     SAFE(ADDITIVE, "types", "existing queries need not name it")},
    {KIND_VIEW_COLUMN, OP_REMOVED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,types", "every query that names it fails")},
    {KIND_VIEW_COLUMN, OP_REPLACED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers", "its values may come from elsewhere")},
    {KIND_VIEW_COLUMN, OP_CHANGED, "type", gives_room,
     SAFE(ADDITIVE, "", "every value that fitted still fits")},
    {KIND_VIEW_COLUMN, OP_CHANGED, "type", NULL,
     BREAKING(BREAKING_READERS, "readers,types", "clients read another type")},
    {KIND_VIEW_COLUMN, OP_CHANGED, "default", gains_default,
     SAFE(ADDITIVE, "", "only inserts into the view that left it null see the default")},
    {KIND_VIEW_COLUMN, OP_CHANGED, "default", NULL,
     RISKY(INTEGRITY, "writers,data",
           "inserts into the view that rely on the default store another value")},
    {KIND_VIEW_COLUMN, OP_CHANGED, "-updatable", NULL,
     BREAKING(BREAKING_WRITERS, "writers,types", "a write of it through the view fails")},
    {KIND_VIEW_COLUMN, OP_CHANGED, "updatable", NULL,
     SAFE(ADDITIVE, "types", "it can be written through the view")},
    STORED(KIND_VIEW_COLUMN),
    {KIND_VIEW_INDEX, OP_ADDED, NULL, NULL,
     SAFE(PERFORMANCE, "performance", "an index changes speed, not results")},
    {KIND_VIEW_INDEX, OP_REMOVED, NULL, is_unique,
     RISKY(
         PERFORMANCE, "performance",
         "queries that used the index slow down, and REFRESH ... CONCURRENTLY needs a unique one")},
    {KIND_VIEW_INDEX, OP_REMOVED, NULL, NULL,
     RISKY(PERFORMANCE, "performance", "queries that used the index slow down")},
    {KIND_VIEW_INDEX, OP_CHANGED, "tablespace", NULL,
     SAFE(PERFORMANCE, "performance", "it stands on another disk")},
    {KIND_VIEW_INDEX, OP_CHANGED, "statistics", NULL,
     SAFE(PERFORMANCE, "performance", "what the planner knows")},
    {KIND_VIEW_INDEX, OP_CHANGED, "-invalid", NULL,
     SAFE(PERFORMANCE, "performance", "queries use the index")},
    {KIND_VIEW_INDEX, OP_CHANGED, "definition", is_same_index,
     SAFE(COSMETIC, "", "only its name is another one")},
    {KIND_VIEW_INDEX, OP_CHANGED, NULL, NULL,
     RISKY(PERFORMANCE, "performance", "queries that used the index may slow down")},
    {KIND_VIEW_TRIGGER, OP_ADDED, NULL, NULL,
     RISKY(BREAKING_WRITERS, "writers,data,types", "writes to the view now do more than they say")},
    {KIND_VIEW_TRIGGER, OP_REMOVED, NULL, NULL,
     RISKY(BREAKING_WRITERS, "writers,security,data,types",
           "writes to the view may now be refused, and what the trigger did no longer happens")},
    {KIND_VIEW_TRIGGER, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_WRITERS, "writers,security,data", "writes to the view do something else")},
    {KIND_VIEW_RULE, OP_ADDED, NULL, NULL,
     RISKY(BREAKING_WRITERS, "writers,data",
           "statements on the view now do something else than they say")},
    {KIND_VIEW_RULE, OP_REMOVED, NULL, NULL,
     RISKY(BREAKING_WRITERS, "writers,data", "writes to the view may now be refused")},
    {KIND_VIEW_RULE, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_WRITERS, "writers,data", "statements on the view do something else")},

    {KIND_STATISTICS, OP_ADDED, NULL, NULL,
     SAFE(PERFORMANCE, "performance", "the planner knows more")},
    {KIND_STATISTICS, OP_REMOVED, NULL, NULL,
     RISKY(PERFORMANCE, "performance", "queries that were planned by it may slow down")},
    {KIND_STATISTICS, OP_CHANGED, "target", NULL,
     SAFE(PERFORMANCE, "performance", "the planner knows it in more detail, or in less")},
    {KIND_STATISTICS, OP_CHANGED, "definition", NULL,
     SAFE(PERFORMANCE, "performance", "the planner knows something else")},
    {KIND_STATISTICS, OP_CHANGED, "table", NULL,
     SAFE(PERFORMANCE, "performance", "the planner knows something else")},

    {KIND_FUNCTION, OP_ADDED, NULL, is_unpinned_definer,
     RISKY(SECURITY, "security,types",
           "it runs with its owner's rights, and its caller's search_path decides what its names "
           "mean")},
    {KIND_FUNCTION, OP_ADDED, NULL, is_definer,
     RISKY(SECURITY, "security,types", "it runs with its owner's rights, whoever calls it")},
    {KIND_FUNCTION, OP_ADDED, NULL, NULL,
     SAFE(ADDITIVE, "types", "a new function is called by nobody yet")},
    {KIND_FUNCTION, OP_REMOVED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,types", "every call with these arguments fails")},
    {KIND_FUNCTION, OP_CHANGED, "+security_definer", is_unpinned_definer,
     BREAKING(SECURITY, "security",
              "it runs with its owner's rights, and its caller's search_path decides what its "
              "names mean")},
    {KIND_FUNCTION, OP_CHANGED, "+security_definer", NULL,
     RISKY(SECURITY, "security", "it runs with its owner's rights, whoever calls it")},
    {KIND_FUNCTION, OP_CHANGED, "security_definer", NULL,
     RISKY(SECURITY, "readers,writers,security",
           "it runs with the rights of who calls it, which may not suffice")},
    {KIND_FUNCTION, OP_CHANGED, "kind", NULL,
     BREAKING(BREAKING_READERS, "readers,types", "it is called otherwise")},
    {KIND_FUNCTION, OP_CHANGED, "return_type", NULL,
     BREAKING(BREAKING_READERS, "readers,types", "callers get another type")},
    {KIND_FUNCTION, OP_CHANGED, "returns", NULL,
     BREAKING(BREAKING_READERS, "readers,types", "callers get another type")},
    {KIND_FUNCTION, OP_CHANGED, "returns_set", NULL,
     BREAKING(BREAKING_READERS, "readers,types",
              "callers get a set where one value was, or the reverse")},
    {KIND_FUNCTION, OP_CHANGED, "argument_names", only_names_more,
     SAFE(ADDITIVE, "types", "a call may name more of its arguments")},
    {KIND_FUNCTION, OP_CHANGED, "argument_names", NULL,
     BREAKING(BREAKING_READERS, "readers,types", "calls that name their arguments fail")},
    {KIND_FUNCTION, OP_CHANGED, "argument_types", NULL,
     BREAKING(BREAKING_READERS, "readers,types", "callers give or get other types")},
    {KIND_FUNCTION, OP_CHANGED, "argument_modes", NULL,
     BREAKING(BREAKING_READERS, "readers,types", "callers give or get other values")},
    {KIND_FUNCTION, OP_CHANGED, "default_count", adds_only_defaults,
     SAFE(ADDITIVE, "types", "a call may leave more of its arguments out")},
    {KIND_FUNCTION, OP_CHANGED, "default_count", NULL,
     BREAKING(BREAKING_READERS, "readers,types", "calls that leave an argument out fail")},
    {KIND_FUNCTION, OP_CHANGED, "arguments", adds_only_defaults,
     SAFE(ADDITIVE, "types", "a call may leave more of its arguments out")},
    {KIND_FUNCTION, OP_CHANGED, "arguments", keeps_arguments,
     RISKY(BREAKING_READERS, "readers",
           "calls that leave an argument out get another value for it")},
    {KIND_FUNCTION, OP_CHANGED, "arguments", only_names_more,
     SAFE(ADDITIVE, "types", "a call may name more of its arguments")},
    {KIND_FUNCTION, OP_CHANGED, "arguments", NULL,
     BREAKING(BREAKING_READERS, "readers,types", "calls with other arguments fail")},
    {KIND_FUNCTION, OP_CHANGED, "body", NULL,
     RISKY(BREAKING_READERS, "readers", "it does something else")},
    {KIND_FUNCTION, OP_CHANGED, "library", NULL,
     RISKY(BREAKING_READERS, "readers", "it may do something else")},
    {KIND_FUNCTION, OP_CHANGED, "language", NULL,
     RISKY(BREAKING_READERS, "readers", "it may do something else")},
    {KIND_FUNCTION, OP_CHANGED, "transforms", NULL,
     RISKY(BREAKING_READERS, "readers", "its arguments come to it in another form")},
    {KIND_FUNCTION, OP_CHANGED, "volatility", becomes_volatile,
     RISKY(PERFORMANCE, "readers,performance",
           "it is called for every row, and an index may not use it")},
    {KIND_FUNCTION, OP_CHANGED, "volatility", NULL,
     RISKY(BREAKING_READERS, "readers,writers,performance",
           "the planner may call it less often, and what it writes is refused")},
    {KIND_FUNCTION, OP_CHANGED, "+strict", NULL,
     RISKY(BREAKING_READERS, "readers", "with a null among its arguments it gives null, uncalled")},
    {KIND_FUNCTION, OP_CHANGED, "strict", NULL,
     RISKY(BREAKING_READERS, "readers", "it is called with null as well")},
    {KIND_FUNCTION, OP_CHANGED, "parallel", NULL,
     SAFE(PERFORMANCE, "performance", "whether the planner may call it in several processes")},
    {KIND_FUNCTION, OP_CHANGED, "-leakproof", NULL,
     SAFE(PERFORMANCE, "performance", "the planner is more careful with it")},
    {KIND_FUNCTION, OP_CHANGED, "leakproof", NULL,
     RISKY(SECURITY, "security", "the planner may let it see rows that a policy hides")},
    {KIND_FUNCTION, OP_CHANGED, "cost", NULL,
     SAFE(PERFORMANCE, "performance", "only the planner reads it")},
    {KIND_FUNCTION, OP_CHANGED, "rows", NULL,
     SAFE(PERFORMANCE, "performance", "only the planner reads it")},
    {KIND_FUNCTION, OP_CHANGED, "support", NULL,
     SAFE(PERFORMANCE, "performance", "only the planner calls it")},
    {KIND_FUNCTION, OP_CHANGED, "aggregate_state_size", NULL,
     SAFE(PERFORMANCE, "performance", "only the planner reads it")},
    {KIND_FUNCTION, OP_CHANGED, "aggregate_moving_state_size", NULL,
     SAFE(PERFORMANCE, "performance", "only the planner reads it")},
    {KIND_FUNCTION, OP_CHANGED, "aggregate_*", NULL,
     RISKY(BREAKING_READERS, "readers", "it is computed otherwise")},

    {KIND_ENUM, OP_ADDED, NULL, NULL, SAFE(ADDITIVE, "types", "a new type is used by nobody yet")},
    {KIND_ENUM, OP_REMOVED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,writers,types", "every use of the type fails")},
    {KIND_ENUM, OP_CHANGED, "labels", loses_label,
     BREAKING(BREAKING_READERS, "readers,writers,types",
              "a label that clients write or compare is gone")},
    {KIND_ENUM, OP_CHANGED, "labels", reorders_labels,
     RISKY(BREAKING_READERS, "readers,types", "its values compare and sort otherwise")},
    {KIND_ENUM, OP_CHANGED, "labels", NULL,
     RISKY(ADDITIVE, "readers,types", "readers may meet a label that they do not know")},
    {KIND_DOMAIN, OP_ADDED, NULL, NULL,
     SAFE(ADDITIVE, "types", "a new type is used by nobody yet")},
    {KIND_DOMAIN, OP_REMOVED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,writers,types", "every use of the type fails")},
    {KIND_DOMAIN, OP_CHANGED, "base_type", NULL,
     BREAKING(BREAKING_READERS, "readers,writers,data,types",
              "clients read and write another type")},
    {KIND_DOMAIN, OP_CHANGED, "collation", NULL,
     RISKY(BREAKING_READERS, "readers", "its texts sort and compare otherwise")},
    {KIND_DOMAIN, OP_CHANGED, "+not_null", NULL,
     BREAKING(BREAKING_WRITERS, "writers,types", "a null value is now refused")},
    {KIND_DOMAIN, OP_CHANGED, "not_null", NULL,
     RISKY(BREAKING_READERS, "readers,data,types", "readers may now meet null")},
    {KIND_DOMAIN, OP_CHANGED, "default", gains_default,
     SAFE(ADDITIVE, "types", "only inserts that left it null see the default")},
    {KIND_DOMAIN, OP_CHANGED, "default", loses_needed_default,
     BREAKING(BREAKING_WRITERS, "writers,types", "an insert that relied on the default now fails")},
    {KIND_DOMAIN, OP_CHANGED, "default", NULL,
     RISKY(INTEGRITY, "writers,data", "inserts that rely on the default store another value")},
    {KIND_DOMAIN_CONSTRAINT, OP_ADDED, NULL, NULL,
     BREAKING(BREAKING_WRITERS, "writers", "values that were accepted may now be refused")},
    {KIND_DOMAIN_CONSTRAINT, OP_REMOVED, NULL, NULL,
     RISKY(INTEGRITY, "data", "what the constraint kept out may now be stored")},
    {KIND_DOMAIN_CONSTRAINT, OP_CHANGED, "+not_valid", NULL,
     RISKY(INTEGRITY, "data", "values that were there before it need not fulfil it")},
    {KIND_DOMAIN_CONSTRAINT, OP_CHANGED, "not_valid", NULL,
     SAFE(INTEGRITY, "data", "every value now fulfils it")},
    {KIND_DOMAIN_CONSTRAINT, OP_CHANGED, "definition", is_same_rule,
     SAFE(COSMETIC, "", "only whether it is validated is otherwise, which it has a member for")},
    {KIND_DOMAIN_CONSTRAINT, OP_CHANGED, "definition", NULL,
     RISKY(BREAKING_WRITERS, "writers,data", "other values are accepted than before")},
    {KIND_COMPOSITE, OP_ADDED, NULL, NULL,
     SAFE(ADDITIVE, "types", "a new type is used by nobody yet")},
    {KIND_COMPOSITE, OP_REMOVED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,writers,types", "every use of the type fails")},
    {KIND_COMPOSITE, OP_CHANGED, "column order", NULL,
     RISKY(BREAKING_READERS, "readers,writers", "rows of it are written and read by position")},
    {KIND_ATTRIBUTE, OP_ADDED, NULL, NULL,
     BREAKING(BREAKING_WRITERS, "readers,writers,types",
              "a row that is written without it does not fit the type any more")},
    {KIND_ATTRIBUTE, OP_REMOVED, NULL, NULL,
     BREAKING(DATA_LOSS, "readers,writers,data,types",
              "every use of the attribute fails, and what was stored of it is gone")},
    {KIND_ATTRIBUTE, OP_CHANGED, "type", gives_room,
     SAFE(ADDITIVE, "", "every value that fitted still fits")},
    {KIND_ATTRIBUTE, OP_CHANGED, "type", NULL,
     BREAKING(BREAKING_READERS, "readers,writers,types", "clients read and write another type")},
    {KIND_ATTRIBUTE, OP_CHANGED, "collation", NULL,
     RISKY(BREAKING_READERS, "readers", "its texts sort and compare otherwise")},

    {KIND_SCHEMA, OP_ADDED, NULL, NULL,
     SAFE(ADDITIVE, "types", "a new schema is used by nobody yet")},
    {KIND_SCHEMA, OP_REMOVED, NULL, NULL,
     BREAKING(DATA_LOSS, "readers,writers,data,types", "the schema and all in it are gone")},
    {KIND_EXTENSION, OP_ADDED, NULL, NULL,
     SAFE(ADDITIVE, "", "an extension adds, it changes nothing")},
    {KIND_EXTENSION, OP_REMOVED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,writers",
              "every use of what the extension brought fails")},
    {KIND_EXTENSION, OP_CHANGED, "version", NULL,
     RISKY(BREAKING_READERS, "readers", "another version may behave otherwise")},
    {KIND_EXTENSION, OP_CHANGED, "schema", NULL,
     BREAKING(BREAKING_READERS, "readers,writers",
              "every use by the old schema's name of what it brought fails")},
    {KIND_SEQUENCE, OP_ADDED, NULL, NULL,
     SAFE(ADDITIVE, "", "a new sequence is used by nobody yet")},
    {KIND_SEQUENCE, OP_REMOVED, NULL, NULL,
     BREAKING(BREAKING_WRITERS, "writers,data", "every use of the sequence fails")},
    {KIND_SEQUENCE, OP_CHANGED, "+unlogged", NULL,
     RISKY(INTEGRITY, "data,replication", "after a crash it begins anew")},
    {KIND_SEQUENCE, OP_CHANGED, "unlogged", NULL,
     SAFE(PERFORMANCE, "performance", "it now survives a crash")},
    {KIND_SEQUENCE, OP_CHANGED, "cache", NULL,
     SAFE(PERFORMANCE, "performance", "how many numbers are taken at once")},
    {KIND_SEQUENCE, OP_CHANGED, "-cycle", NULL,
     RISKY(BREAKING_WRITERS, "writers", "at its end it gives no number any more")},
    {KIND_SEQUENCE, OP_CHANGED, "maximum", ends_earlier,
     RISKY(BREAKING_WRITERS, "writers", "it ends earlier, and then gives no number any more")},
    {KIND_SEQUENCE, OP_CHANGED, "minimum", ends_earlier,
     RISKY(BREAKING_WRITERS, "writers", "it ends earlier, and then gives no number any more")},
    {KIND_SEQUENCE, OP_CHANGED, "owned_by", NULL,
     RISKY(REPLICATION, "writers,replication", "it is dropped with another column, or with none")},
    {KIND_SEQUENCE, OP_CHANGED, "identity", NULL,
     SAFE(COSMETIC, "", "whose numbers it makes is told of the column")},
    {KIND_SEQUENCE, OP_CHANGED, "data_type", NULL,
     RISKY(INTEGRITY, "writers", "it gives numbers of another size")},
    {KIND_SEQUENCE, OP_CHANGED, "start", NULL,
     SAFE(INTEGRITY, "writers", "where it begins when it is started again")},
    {KIND_SEQUENCE, OP_CHANGED, "increment", NULL,
     RISKY(INTEGRITY, "writers", "it gives other numbers")},
    {KIND_SEQUENCE, OP_CHANGED, "maximum", NULL,
     RISKY(INTEGRITY, "writers", "it gives other numbers")},
    {KIND_SEQUENCE, OP_CHANGED, "minimum", NULL,
     RISKY(INTEGRITY, "writers", "it gives other numbers")},
    {KIND_SEQUENCE, OP_CHANGED, "cycle", NULL,
     RISKY(INTEGRITY, "writers", "at its end it gives the first numbers again")},

    USED_BY_NAME(KIND_RANGE, "readers,writers,types"),
    {KIND_RANGE, OP_CHANGED, "subtype_diff", NULL,
     SAFE(PERFORMANCE, "performance", "only indexes and statistics of the range call it")},
    {KIND_RANGE, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers,writers,types", "its values are, or compare, otherwise")},
    USED_BY_NAME(KIND_BASE_TYPE, "readers,writers,types"),
    {KIND_BASE_TYPE, OP_CHANGED, "analyze", NULL,
     SAFE(PERFORMANCE, "performance", "what the planner knows")},
    {KIND_BASE_TYPE, OP_CHANGED, "-shell", NULL,
     SAFE(ADDITIVE, "types", "what was only a name can be used")},
    {KIND_BASE_TYPE, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers,writers,data,types",
           "its values are read, written or stored otherwise")},
    USED_BY_NAME(KIND_COLLATION, "readers"),
    {KIND_COLLATION, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers,data",
           "texts sort and compare otherwise, and indexes may be out of order")},
    USED_BY_NAME(KIND_OPERATOR, "readers"),
    {KIND_OPERATOR, OP_CHANGED, "commutator", NULL,
     SAFE(PERFORMANCE, "performance", "only the planner reads it")},
    {KIND_OPERATOR, OP_CHANGED, "negator", NULL,
     SAFE(PERFORMANCE, "performance", "only the planner reads it")},
    {KIND_OPERATOR, OP_CHANGED, "restriction_estimator", NULL,
     SAFE(PERFORMANCE, "performance", "only the planner calls it")},
    {KIND_OPERATOR, OP_CHANGED, "join_estimator", NULL,
     SAFE(PERFORMANCE, "performance", "only the planner calls it")},
    {KIND_OPERATOR, OP_CHANGED, "hashes", NULL,
     RISKY(PERFORMANCE, "performance", "how it may be joined by")},
    {KIND_OPERATOR, OP_CHANGED, "merges", NULL,
     RISKY(PERFORMANCE, "performance", "how it may be joined by")},
    {KIND_OPERATOR, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers", "it gives something else")},
    USED_BY_NAME(KIND_OPERATOR_FAMILY, "readers"),
    {KIND_OPERATOR_FAMILY, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers,performance",
           "what is sorted, compared or indexed by it is so otherwise")},
    USED_BY_NAME(KIND_OPERATOR_CLASS, "readers"),
    {KIND_OPERATOR_CLASS, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers,performance",
           "what is sorted, compared or indexed by it is so otherwise")},
    USED_BY_NAME(KIND_CONVERSION, "readers"),
    {KIND_CONVERSION, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers,writers", "texts are converted otherwise")},
    USED_BY_NAME(KIND_TEXT_SEARCH_PARSER, "readers"),
    USED_BY_NAME(KIND_TEXT_SEARCH_TEMPLATE, "readers"),
    USED_BY_NAME(KIND_TEXT_SEARCH_DICTIONARY, "readers"),
    USED_BY_NAME(KIND_TEXT_SEARCH_CONFIGURATION, "readers"),
    {KIND_TEXT_SEARCH_PARSER, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers", "searches find something else")},
    {KIND_TEXT_SEARCH_TEMPLATE, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers", "searches find something else")},
    {KIND_TEXT_SEARCH_CONFIGURATION, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers", "searches find something else")},
    {KIND_TEXT_SEARCH_DICTIONARY, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers", "searches find something else")},
    USED_BY_NAME(KIND_LANGUAGE, "readers,writers"),
    {KIND_LANGUAGE, OP_CHANGED, "+trusted", NULL,
     RISKY(SECURITY, "security", "roles that are no superusers may write functions in it")},
    {KIND_LANGUAGE, OP_CHANGED, "trusted", NULL,
     RISKY(BREAKING_WRITERS, "writers,security", "only superusers may write functions in it")},
    {KIND_LANGUAGE, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers,writers", "another program runs its functions")},
    USED_BY_NAME(KIND_TRANSFORM, "readers,writers"),
    {KIND_TRANSFORM, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers,writers",
           "values come to the functions of a language in another form")},
    USED_BY_NAME(KIND_ACCESS_METHOD, "readers,writers"),
    {KIND_ACCESS_METHOD, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers,writers,data,performance",
           "another program stores and finds what uses it")},
    USED_BY_NAME(KIND_FOREIGN_DATA_WRAPPER, "readers,writers"),
    {KIND_FOREIGN_DATA_WRAPPER, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers,writers,data",
           "foreign rows may come from elsewhere, or otherwise")},
    USED_BY_NAME(KIND_SERVER, "readers,writers,data"),
    {KIND_SERVER, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers,writers,data", "foreign rows may come from elsewhere")},
    {KIND_CAST, OP_ADDED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers,writers",
           "statements that name no cast may now use this one")},
    {KIND_CAST, OP_REMOVED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,writers", "every use of the cast fails")},
    {KIND_CAST, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers,writers", "values are cast otherwise, or no longer unasked")},
    {KIND_USER_MAPPING, OP_ADDED, NULL, NULL,
     RISKY(SECURITY, "security", "a role now reaches the foreign server as somebody there")},
    {KIND_USER_MAPPING, OP_REMOVED, NULL, NULL,
     BREAKING(SECURITY, "readers,writers,security", "a role no longer reaches the foreign server")},
    {KIND_USER_MAPPING, OP_CHANGED, NULL, NULL,
     RISKY(SECURITY, "readers,writers,security",
           "a role reaches the foreign server as somebody else")},

    {KIND_EVENT_TRIGGER, OP_ADDED, NULL, NULL,
     RISKY(SECURITY, "security",
           "changes of the schema now do more than they say, or are refused")},
    {KIND_EVENT_TRIGGER, OP_REMOVED, NULL, NULL,
     RISKY(SECURITY, "security", "what the event trigger watched over is not watched any more")},
    {KIND_EVENT_TRIGGER, OP_CHANGED, "firing", becomes_silent,
     RISKY(SECURITY, "security", "what the event trigger watched over is not watched any more")},
    {KIND_EVENT_TRIGGER, OP_CHANGED, NULL, NULL,
     RISKY(SECURITY, "security", "changes of the schema do something else")},

    {KIND_PUBLICATION, OP_ADDED, NULL, NULL,
     SAFE(REPLICATION, "replication", "nobody subscribes to a new publication yet")},
    {KIND_PUBLICATION, OP_REMOVED, NULL, NULL,
     BREAKING(REPLICATION, "replication", "its subscribers get nothing any more")},
    {KIND_PUBLICATION, OP_CHANGED, NULL, publishes_less,
     BREAKING(REPLICATION, "replication", "its subscribers no longer get all they got")},
    {KIND_PUBLICATION, OP_CHANGED, NULL, NULL,
     RISKY(REPLICATION, "security,replication", "its subscribers get something else")},
    {KIND_PUBLICATION_TABLE, OP_ADDED, NULL, NULL,
     RISKY(REPLICATION, "security,replication", "the table's rows now go to all who subscribe")},
    {KIND_PUBLICATION_TABLE, OP_REMOVED, NULL, NULL,
     BREAKING(REPLICATION, "replication", "subscribers get nothing of the table any more")},
    {KIND_PUBLICATION_TABLE, OP_CHANGED, NULL, NULL,
     RISKY(REPLICATION, "security,replication",
           "subscribers get other rows or columns of the table")},
    {KIND_SUBSCRIPTION, OP_ADDED, NULL, NULL,
     RISKY(REPLICATION, "data,replication", "another database's rows are now written here")},
    {KIND_SUBSCRIPTION, OP_REMOVED, NULL, NULL,
     BREAKING(REPLICATION, "data,replication", "another database's rows do not arrive any more")},
    {KIND_SUBSCRIPTION, OP_CHANGED, "-enabled", NULL,
     BREAKING(REPLICATION, "data,replication", "another database's rows do not arrive any more")},
    {KIND_SUBSCRIPTION, OP_CHANGED, NULL, NULL,
     RISKY(REPLICATION, "data,replication", "other rows arrive, or in another way")},

    {KIND_PRIVILEGES, OP_ADDED, NULL, NULL,
     RISKY(SECURITY, "security", "rights differ from those it was installed with")},
    {KIND_PRIVILEGES, OP_REMOVED, NULL, NULL,
     RISKY(SECURITY, "security", "rights are again those it was installed with")},
    {KIND_PRIVILEGES, OP_CHANGED, NULL, NULL,
     RISKY(SECURITY, "security", "rights differ from those it was installed with")},
    {KIND_SECURITY_LABEL, OP_ADDED, NULL, NULL,
     RISKY(SECURITY, "security", "a label decides who may do what")},
    {KIND_SECURITY_LABEL, OP_REMOVED, NULL, NULL,
     RISKY(SECURITY, "security", "a label decides who may do what")},
    {KIND_SECURITY_LABEL, OP_CHANGED, NULL, NULL,
     RISKY(SECURITY, "security", "a label decides who may do what")},

    {KIND_ROLE, OP_ADDED, NULL, is_powerful,
     BREAKING(SECURITY, "security", "a new role stands above the rights of others")},
    {KIND_ROLE, OP_ADDED, NULL, NULL,
     RISKY(SECURITY, "security", "somebody more may connect or be granted")},
    {KIND_ROLE, OP_REMOVED, NULL, NULL,
     BREAKING(SECURITY, "readers,writers,security",
              "who connected as the role, or had its rights, cannot")},
    {KIND_ROLE, OP_CHANGED, "+superuser", NULL,
     BREAKING(SECURITY, "security", "no right, policy or owner holds it any more")},
    {KIND_ROLE, OP_CHANGED, "+bypass_rls", NULL,
     BREAKING(SECURITY, "security", "no policy holds it any more")},
    {KIND_ROLE, OP_CHANGED, "+createrole", NULL,
     BREAKING(SECURITY, "security", "it may make roles and give itself theirs")},
    {KIND_ROLE, OP_CHANGED, "+replication", NULL,
     BREAKING(SECURITY, "security", "it may copy the whole server")},
    {KIND_ROLE, OP_CHANGED, "-superuser", NULL,
     BREAKING(SECURITY, "readers,writers,security",
              "it may do only what it was granted, and policies hold it")},
    {KIND_ROLE, OP_CHANGED, "-bypass_rls", NULL,
     BREAKING(SECURITY, "readers,writers,security", "policies now hold it")},
    {KIND_ROLE, OP_CHANGED, "-createrole", NULL,
     BREAKING(SECURITY, "writers,security", "it may make no role any more")},
    {KIND_ROLE, OP_CHANGED, "-replication", NULL,
     BREAKING(SECURITY, "security,replication", "it may not replicate any more")},
    {KIND_ROLE, OP_CHANGED, "+createdb", NULL,
     RISKY(SECURITY, "security", "it may make databases")},
    {KIND_ROLE, OP_CHANGED, "createdb", NULL,
     BREAKING(SECURITY, "writers,security", "it may make no database any more")},
    {KIND_ROLE, OP_CHANGED, "-login", NULL,
     BREAKING(SECURITY, "readers,writers,security", "it cannot connect any more")},
    {KIND_ROLE, OP_CHANGED, "login", NULL, RISKY(SECURITY, "security", "it may now connect")},
    {KIND_ROLE, OP_CHANGED, "+inherit", NULL,
     RISKY(SECURITY, "security", "it has the rights of its roles without asking for them")},
    {KIND_ROLE, OP_CHANGED, "inherit", NULL,
     RISKY(SECURITY, "readers,writers,security",
           "it has the rights of its roles only when it asks for them")},
    {KIND_ROLE, OP_CHANGED, "member_of", leaves_role,
     BREAKING(SECURITY, "readers,writers,security", "it no longer has the rights of another role")},
    {KIND_ROLE, OP_CHANGED, "member_of", NULL,
     RISKY(SECURITY, "security", "it now has the rights of another role, or in another way")},
    {KIND_ROLE, OP_CHANGED, "connection_limit", NULL,
     RISKY(BREAKING_READERS, "readers,writers",
           "it may be refused a connection, or have more of them")},
    {KIND_ROLE, OP_CHANGED, "valid_until", NULL,
     RISKY(SECURITY, "readers,writers,security", "its password holds for another time")},
    {KIND_DATABASE, OP_CHANGED, "connection_limit", NULL,
     RISKY(BREAKING_READERS, "readers,writers",
           "sessions may be refused, or there may be more of them")},
    {KIND_TABLESPACE, OP_ADDED, NULL, NULL,
     SAFE(ADDITIVE, "", "a new tablespace is used by nobody yet")},
    {KIND_TABLESPACE, OP_REMOVED, NULL, NULL,
     BREAKING(BREAKING_WRITERS, "writers", "whatever is to be made in it cannot be")},
    {KIND_TABLESPACE, OP_CHANGED, "options", NULL,
     SAFE(PERFORMANCE, "performance", "what the planner assumes of it")},
    {KIND_PARAMETER, OP_ADDED, NULL, NULL,
     RISKY(SECURITY, "security", "other roles than by default may set it")},
    {KIND_PARAMETER, OP_REMOVED, NULL, NULL,
     RISKY(SECURITY, "security", "the same roles as by default may set it")},

    {KIND_BUCKET, OP_ADDED, NULL, is_public,
     RISKY(SECURITY, "security", "whoever knows a file's address reads it")},
    {KIND_BUCKET, OP_ADDED, NULL, NULL, SAFE(ADDITIVE, "", "a new bucket is used by nobody yet")},
    {KIND_BUCKET, OP_REMOVED, NULL, NULL,
     BREAKING(DATA_LOSS, "readers,writers,data",
              "the bucket's files are gone and every use of it fails")},
    {KIND_BUCKET, OP_CHANGED, "+public", NULL,
     BREAKING(SECURITY, "security", "whoever knows a file's address reads it")},
    {KIND_BUCKET, OP_CHANGED, "public", NULL,
     BREAKING(SECURITY, "readers,security", "the public addresses of its files fail")},
    {KIND_BUCKET, OP_CHANGED, "file_size_limit", takes_less,
     RISKY(BREAKING_WRITERS, "writers", "files that were accepted are refused")},
    {KIND_BUCKET, OP_CHANGED, "allowed_mime_types", takes_less,
     RISKY(BREAKING_WRITERS, "writers", "files that were accepted are refused")},
    {KIND_BUCKET, OP_CHANGED, "file_size_limit", NULL,
     RISKY(SECURITY, "security", "files that were refused are accepted")},
    {KIND_BUCKET, OP_CHANGED, "allowed_mime_types", NULL,
     RISKY(SECURITY, "security", "files that were refused are accepted")},
    {KIND_BUCKET, OP_CHANGED, "name", NULL,
     BREAKING(BREAKING_READERS, "readers,writers", "every use of it by its old name fails")},
    {KIND_BUCKET, OP_CHANGED, "type", NULL,
     RISKY(BREAKING_READERS, "readers,writers", "it holds something else")},
    {KIND_CRON_JOB, OP_ADDED, NULL, NULL,
     RISKY(INTEGRITY, "writers,data", "it runs by itself from now on")},
    {KIND_CRON_JOB, OP_REMOVED, NULL, NULL,
     RISKY(INTEGRITY, "writers,data", "what the job did no longer happens")},
    {KIND_CRON_JOB, OP_CHANGED, "name", NULL,
     SAFE(COSMETIC, "", "only who looks after it names a job")},
    {KIND_CRON_JOB, OP_CHANGED, "role", NULL,
     RISKY(SECURITY, "writers,security,data", "it runs with the rights of another role")},
    {KIND_CRON_JOB, OP_CHANGED, NULL, NULL,
     RISKY(INTEGRITY, "writers,data", "it runs at other times or does something else")},
    {KIND_VAULT_SECRET, OP_ADDED, NULL, NULL,
     SAFE(ADDITIVE, "", "a new secret is read by nobody yet")},
    {KIND_VAULT_SECRET, OP_REMOVED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,security", "what reads the secret finds none")},
    {KIND_VAULT_SECRET, OP_CHANGED, "name", NULL,
     BREAKING(BREAKING_READERS, "readers,security",
              "what reads the secret by its old name finds none")},
    {KIND_QUEUE, OP_ADDED, NULL, NULL, SAFE(ADDITIVE, "", "a new queue is used by nobody yet")},
    {KIND_QUEUE, OP_REMOVED, NULL, NULL,
     BREAKING(DATA_LOSS, "readers,writers,data",
              "the queue's messages are gone and every use of it fails")},
    {KIND_QUEUE, OP_CHANGED, "name", NULL,
     BREAKING(BREAKING_READERS, "readers,writers", "every use of it by its old name fails")},
    {KIND_QUEUE, OP_CHANGED, "+unlogged", NULL,
     RISKY(INTEGRITY, "data,replication", "after a crash it is empty")},
    {KIND_QUEUE, OP_CHANGED, NULL, NULL,
     RISKY(PERFORMANCE, "performance", "how its messages are stored")},

    {KIND_FACT, OP_ADDED, NULL, NULL, RISKY(UNKNOWN, NO_RULE_AFFECTS, UNKNOWN_KIND)},
    {KIND_FACT, OP_REMOVED, NULL, NULL, RISKY(UNKNOWN, NO_RULE_AFFECTS, UNKNOWN_KIND)},
    {KIND_FACT, OP_CHANGED, NULL, NULL, RISKY(UNKNOWN, NO_RULE_AFFECTS, UNKNOWN_KIND)},
};

const Rule *rules_all(size_t *ret_count)
{
    *ret_count = sizeof rules / sizeof *rules;
    return rules;
}
