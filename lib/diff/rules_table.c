#include "diff/rules_part.h"

#include <string.h>

#include "json/jx.h"
#include "model/typechange.h"

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

static bool becomes_always(const json_t *old, const json_t *new)
{
    (void)old;
    return rules_is_text(new, "identity", "always");
}

static bool becomes_by_default(const json_t *old, const json_t *new)
{
    (void)old;
    return rules_is_text(new, "identity", "by default");
}

static bool keeps_values(const json_t *old, const json_t *new)
{
    return rules_hold_of(old, new) == HOLD_KEEPS;
}

static bool narrows(const json_t *old, const json_t *new)
{
    return rules_hold_of(old, new) == HOLD_NARROWS;
}

static bool shifts(const json_t *old, const json_t *new)
{
    return rules_hold_of(old, new) == HOLD_SHIFTS;
}

static bool stays_unique(const json_t *old, const json_t *new)
{
    return jx_bool(old, "unique") && jx_bool(new, "unique");
}

static bool is_foreign_key(const json_t *old, const json_t *new)
{
    return rules_is_text(old ? old : new, "type", "foreign key");
}

static bool is_arbiter(const json_t *old, const json_t *new)
{
    return rules_is_text(old ? old : new, "type", "unique") ||
           rules_is_text(old ? old : new, "type", "primary key");
}

/* A check that held for the tables that inherit, and now does not. */
static bool loses_heirs(const json_t *old, const json_t *new)
{
    static const char words[] = " NO INHERIT";
    const char *before = jx_string(old, "definition", ""),
               *after = jx_string(new, "definition", "");
    size_t length = rules_bare_length(before);

    return rules_bare_length(after) == length + sizeof words - 1 &&
           memcmp(before, after, length) == 0 &&
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

static bool gains_member(const json_t *old, const json_t *new, const char *member)
{
    return !json_object_get(old, member) && json_object_get(new, member);
}

static bool becomes_partition(const json_t *old, const json_t *new)
{
    return gains_member(old, new, "partition_of");
}

static bool becomes_anonymous(const json_t *old, const json_t *new)
{
    (void)old;
    return rules_is_text(new, "replica_identity", "nothing");
}

static bool has_no_policy(const json_t *old, const json_t *new)
{
    (void)old;
    return json_array_size(json_object_get(new, "policies")) == 0;
}

/* A new relation whose every row everybody may read or write. */
static bool is_open(const json_t *old, const json_t *new)
{
    return !jx_bool(new, "row_security") && rules_grants_to_everybody(old, new);
}

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
    return rules_is_text(jx_bool(new, "restrictive") ? old : new, "command", "all");
}

static bool has_fewer_commands(const json_t *old, const json_t *new)
{
    return has_more_commands(new, old);
}

static bool using_opens(const json_t *old, const json_t *new)
{
    return rules_is_text(new, "using", "true") || rules_is_text(old, "using", "false");
}

static bool check_opens(const json_t *old, const json_t *new)
{
    return rules_is_text(new, "check", "true") || rules_is_text(old, "check", "false");
}

static bool using_closes(const json_t *old, const json_t *new)
{
    return using_opens(new, old);
}

static bool check_closes(const json_t *old, const json_t *new)
{
    return check_opens(new, old);
}

static const Rule rules[] = {
    {KIND_TABLE, OP_ADDED, NULL, is_open,
     RISKY(SECURITY, "security,types",
           "everybody may reach every row of the new table: it has no row security")},
    {KIND_TABLE, OP_ADDED, NULL, NULL,
     SAFE(ADDITIVE, "types", "a new table is used by nobody yet")},
    {KIND_TABLE, OP_REMOVED, NULL, rules_is_foreign_table,
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

    {KIND_COLUMN, OP_ADDED, NULL, rules_needs_value,
     BREAKING(BREAKING_WRITERS, "writers,types",
              "an insert that does not name the new column fails: it is not null and has no "
              "default")},
    {KIND_COLUMN, OP_ADDED, NULL, NULL,
     SAFE(ADDITIVE, "types", "existing statements need not name it")},
    {KIND_COLUMN, OP_REMOVED, NULL, NULL,
     BREAKING(DATA_LOSS, "readers,writers,data,types",
              "the column's values are gone and every use of it fails")},
    {KIND_COLUMN, OP_CHANGED, "type", rules_gives_room,
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
    {KIND_COLUMN, OP_CHANGED, "default", rules_loses_needed_default,
     BREAKING(BREAKING_WRITERS, "writers,types", "an insert that relied on the default now fails")},
    {KIND_COLUMN, OP_CHANGED, "default", rules_gains_default,
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
    {KIND_CONSTRAINT, OP_CHANGED, "definition", rules_is_same_rule,
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

    {KIND_INDEX, OP_ADDED, NULL, rules_is_unique,
     BREAKING(BREAKING_WRITERS, "writers", "a second row with the same key is now refused")},
    {KIND_INDEX, OP_ADDED, NULL, NULL,
     SAFE(PERFORMANCE, "performance", "an index changes speed, not results")},
    {KIND_INDEX, OP_REMOVED, NULL, rules_is_unique,
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
    {KIND_INDEX, OP_CHANGED, "definition", rules_is_same_index,
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
    {KIND_TRIGGER, OP_CHANGED, "firing", rules_becomes_silent,
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
    {KIND_RULE, OP_CHANGED, "firing", rules_becomes_silent,
     RISKY(INTEGRITY, "writers,data",
           "statements now do what they say, and not what the rule said")},
    {KIND_RULE, OP_CHANGED, "firing", NULL,
     RISKY(BREAKING_WRITERS, "writers,data", "statements now do something else than they say")},
    {KIND_RULE, OP_CHANGED, "definition", NULL,
     RISKY(BREAKING_WRITERS, "writers,data", "statements do something else")},

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
};

const RuleSet rules_table = {rules, sizeof rules / sizeof *rules};
