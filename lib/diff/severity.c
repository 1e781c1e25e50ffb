#include "diff/severity.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "json/jx.h"

typedef bool Test(const json_t *old, const json_t *new);

typedef struct Rule {
    int kind; /* or KIND_NONE: any */
    Op op;
    const char *field; /* NULL: any; +NAME: a flag that was not set and is, -NAME: was and is not */
    Test *test;        /* NULL: always */
    Verdict verdict;
} Rule;

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

/* varchar(n) to a longer varchar or to text: every value fits, and clients see the same type. */
static bool widens_text(const json_t *old, const json_t *new)
{
    int from = 0, to = 0, from_end = 0, to_end = 0;
    const char *old_type = jx_string(old, "type", ""), *new_type = jx_string(new, "type", "");

    /* %n is reached only behind the parenthesis; what follows it is [] or nothing. */
    if (sscanf(old_type, "character varying(%d)%n", &from, &from_end) != 1 || from_end == 0 ||
        old_type[from_end])
        return false;
    return strcmp(new_type, "text") == 0 || strcmp(new_type, "character varying") == 0 ||
           (sscanf(new_type, "character varying(%d)%n", &to, &to_end) == 1 && to_end > 0 &&
            !new_type[to_end] && to >= from);
}

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

static bool is_unique(const json_t *old, const json_t *new)
{
    return jx_bool(old ? old : new, "unique");
}

static bool is_foreign_key(const json_t *old, const json_t *new)
{
    return strcmp(jx_string(old ? old : new, "type", ""), "foreign key") == 0;
}

static bool is_restrictive(const json_t *old, const json_t *new)
{
    return jx_bool(old ? old : new, "restrictive");
}

static bool is_definer(const json_t *old, const json_t *new)
{
    return jx_bool(old ? old : new, "security_definer");
}

static bool gains_flag(const json_t *old, const json_t *new, const char *member)
{
    return !jx_bool(old, member) && jx_bool(new, member);
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

/* Whether one side of that member gives what the other does not: to anybody, or only to those whom
 * everybody is (PUBLIC, and Supabase's role for those who did not log in). */
static bool gives_more(const json_t *side, const json_t *other, const char *member,
                       bool to_everybody)
{
    const json_t *others = json_object_get(other, member);
    const char *role = NULL;
    json_t *privileges = NULL, *privilege = NULL;
    size_t index = 0;

    json_object_foreach(json_object_get(side, member), role, privileges)
    {
        if (to_everybody && strcmp(role, "public") != 0 && strcmp(role, "anon") != 0)
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

/* ---- roles and what else has flags ---- */

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

static bool becomes_disabled(const json_t *old, const json_t *new)
{
    (void)old;
    return strcmp(jx_string(new, "firing", ""), "disabled") == 0;
}

static bool becomes_anonymous(const json_t *old, const json_t *new)
{
    (void)old;
    return strcmp(jx_string(new, "replica_identity", ""), "nothing") == 0;
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

static bool is_materialized(const json_t *old, const json_t *new)
{
    (void)new;
    return jx_bool(old, "materialized");
}

static bool is_foreign_table(const json_t *old, const json_t *new)
{
    (void)new;
    return strcmp(jx_string(old, "kind", ""), "foreign table") == 0;
}

#define BREAKING(affects, why)                                                                     \
    {                                                                                              \
        SEVERITY_BREAKING, affects, why                                                            \
    }
#define RISKY(affects, why)                                                                        \
    {                                                                                              \
        SEVERITY_RISKY, affects, why                                                               \
    }
#define SAFE(affects, why)                                                                         \
    {                                                                                              \
        SEVERITY_SAFE, affects, why                                                                \
    }

#define NO_RULE_AFFECTS "readers,writers"
#define UNKNOWN_KIND "something changed of a kind that this version does not know"

/* What statements, types and other objects name: nobody does when it is new, who did fails when it
 * is gone. */
#define USED_BY_NAME(kind, affects)                                                                \
    {kind, OP_ADDED, NULL, NULL, SAFE("", "what is new is used by nobody yet")},                   \
    {                                                                                              \
        kind, OP_REMOVED, NULL, NULL, BREAKING(affects, "every use of it fails")                   \
    }

static const Rule rules[] = {
    /* what they give or take is of no object that there is */
    {KIND_DEFAULT_PRIVILEGES, OP_ADDED, NULL, NULL,
     RISKY("security", "what is created from now on has other rights")},
    {KIND_DEFAULT_PRIVILEGES, OP_REMOVED, NULL, NULL,
     RISKY("security", "what is created from now on has other rights")},
    {KIND_DEFAULT_PRIVILEGES, OP_CHANGED, NULL, NULL,
     RISKY("security", "what is created from now on has other rights")},

    /* what all kinds have */
    {KIND_NONE, OP_CHANGED, "comment", NULL, SAFE("", "a comment has no effect on queries")},
    {KIND_NONE, OP_CHANGED, "grants", grants_less,
     BREAKING("readers,writers,security", "a role may no longer do what it did")},
    {KIND_NONE, OP_CHANGED, "grants", grants_to_everybody,
     RISKY("security", "everybody may now do more with it")},
    {KIND_NONE, OP_CHANGED, "grants", NULL, RISKY("security", "a role may now do more with it")},
    {KIND_NONE, OP_CHANGED, "revokes", revokes_more,
     BREAKING("readers,writers,security", "what roles may do by default was taken from some")},
    {KIND_NONE, OP_CHANGED, "revokes", gives_back_to_everybody,
     RISKY("security", "everybody may again do what had been taken away")},
    {KIND_NONE, OP_CHANGED, "revokes", NULL,
     RISKY("security", "a role may again do what had been taken from it")},
    {KIND_NONE, OP_CHANGED, "owner", NULL,
     RISKY("security",
           "another role may alter, drop and grant it, and is not held by its policies")},
    {KIND_NONE, OP_CHANGED, "secret", NULL,
     RISKY("security", "a secret that is not shown is another one")},

    /* the same object under another name */
    {KIND_TABLE, OP_RENAMED, NULL, NULL,
     BREAKING("readers,writers,types", "every statement with the table's old name fails")},
    {KIND_COLUMN, OP_RENAMED, NULL, NULL,
     BREAKING("readers,writers,types", "every statement with the column's old name fails")},
    {KIND_VIEW, OP_RENAMED, NULL, NULL,
     BREAKING("readers,writers,types", "every statement with the view's old name fails")},
    {KIND_VIEW_COLUMN, OP_RENAMED, NULL, NULL,
     BREAKING("readers,types", "every query with the column's old name fails")},
    {KIND_FUNCTION, OP_RENAMED, NULL, NULL,
     BREAKING("readers,types", "every call by the old name fails")},
    {KIND_SCHEMA, OP_RENAMED, NULL, NULL,
     BREAKING("readers,writers,types", "all in it has another name")},
    {KIND_SEQUENCE, OP_RENAMED, NULL, NULL,
     BREAKING("writers", "every use of the sequence by its old name fails")},
    {KIND_ENUM, OP_RENAMED, NULL, NULL,
     BREAKING("readers,writers,types", "every cast to the type's old name fails")},
    {KIND_DOMAIN, OP_RENAMED, NULL, NULL,
     BREAKING("readers,writers,types", "every cast to the type's old name fails")},
    {KIND_COMPOSITE, OP_RENAMED, NULL, NULL,
     BREAKING("readers,writers,types", "every cast to the type's old name fails")},
    {KIND_RANGE, OP_RENAMED, NULL, NULL,
     BREAKING("readers,writers,types", "every cast to the type's old name fails")},
    {KIND_BASE_TYPE, OP_RENAMED, NULL, NULL,
     BREAKING("readers,writers,types", "every cast to the type's old name fails")},
    {KIND_ATTRIBUTE, OP_RENAMED, NULL, NULL,
     BREAKING("readers,writers,types", "every use of the attribute's old name fails")},
    {KIND_ROLE, OP_RENAMED, NULL, NULL,
     BREAKING("readers,writers,security", "who connects by the role's old name is refused")},
    {KIND_PUBLICATION, OP_RENAMED, NULL, NULL,
     BREAKING("replication", "its subscribers ask for the old name")},
    {KIND_PUBLICATION_TABLE, OP_RENAMED, NULL, NULL,
     RISKY("replication", "subscribers write to a table of the same name")},
    {KIND_CONSTRAINT, OP_RENAMED, NULL, NULL,
     SAFE("types", "only error messages and relationships of generated types name it")},
    {KIND_DOMAIN_CONSTRAINT, OP_RENAMED, NULL, NULL, SAFE("", "only error messages name it")},
    {KIND_INDEX, OP_RENAMED, NULL, NULL, SAFE("", "queries do not name an index")},
    {KIND_VIEW_INDEX, OP_RENAMED, NULL, NULL, SAFE("", "queries do not name an index")},
    {KIND_POLICY, OP_RENAMED, NULL, NULL, SAFE("", "statements do not name a policy")},
    {KIND_STATISTICS, OP_RENAMED, NULL, NULL, SAFE("", "queries do not name it")},
    {KIND_TRIGGER, OP_RENAMED, NULL, NULL,
     RISKY("writers", "triggers fire in the order of their names")},
    {KIND_VIEW_TRIGGER, OP_RENAMED, NULL, NULL,
     RISKY("writers", "triggers fire in the order of their names")},
    {KIND_EVENT_TRIGGER, OP_RENAMED, NULL, NULL,
     RISKY("", "triggers fire in the order of their names")},
    {KIND_RULE, OP_RENAMED, NULL, NULL,
     RISKY("writers", "rules are applied in the order of their names")},
    {KIND_VIEW_RULE, OP_RENAMED, NULL, NULL,
     RISKY("writers", "rules are applied in the order of their names")},

    /* another object under the same name */
    {KIND_TABLE, OP_REPLACED, NULL, is_foreign_table,
     RISKY("readers,writers,security", "it was dropped and created again; it keeps no rows here")},
    {KIND_TABLE, OP_REPLACED, NULL, NULL,
     BREAKING("readers,writers,security,data", "the table was dropped and created again: its rows, "
                                               "and what depended on it, are gone")},
    {KIND_COLUMN, OP_REPLACED, NULL, NULL,
     BREAKING("readers,writers,data",
              "the column was dropped and added again: its values are gone")},
    {KIND_ATTRIBUTE, OP_REPLACED, NULL, NULL,
     BREAKING("readers,writers,data", "the attribute was dropped and added again: its values are "
                                      "gone")},
    {KIND_SEQUENCE, OP_REPLACED, NULL, NULL,
     BREAKING("writers,data", "the sequence was dropped and created again: it begins anew")},
    {KIND_VIEW, OP_REPLACED, NULL, is_materialized,
     BREAKING("readers,data",
              "it was dropped and created again: its rows, and what depended on it, "
              "are gone")},
    {KIND_ROLE, OP_REPLACED, NULL, NULL,
     BREAKING("readers,writers,security",
              "the role was dropped and created again: its password, and "
              "what had been granted to it, are gone")},
    {KIND_EXTENSION, OP_REPLACED, NULL, NULL,
     RISKY("data", "it was dropped and created again: rows of its tables, and what depended on it, "
                   "are gone")},
    {KIND_SUBSCRIPTION, OP_REPLACED, NULL, NULL,
     RISKY("replication,data",
           "it was dropped and created again: its place in the stream is lost")},
    {KIND_NONE, OP_REPLACED, NULL, NULL,
     SAFE("", "it was dropped and created again, which loses nothing of its own")},

    {KIND_TABLE, OP_ADDED, NULL, NULL, SAFE("types", "a new table is used by nobody yet")},
    {KIND_TABLE, OP_REMOVED, NULL, NULL,
     BREAKING("readers,writers,data,types", "the table's rows are gone and every use of it fails")},
    {KIND_TABLE, OP_CHANGED, "-row_security", NULL,
     BREAKING("security", "without row security every role with a grant reaches every row")},
    {KIND_TABLE, OP_CHANGED, "row_security", NULL,
     RISKY("readers,writers,security", "with row security only what a policy allows is seen")},
    {KIND_TABLE, OP_CHANGED, "-force_row_security", NULL,
     RISKY("security", "the table's owner is no longer held by its policies")},
    {KIND_TABLE, OP_CHANGED, "force_row_security", NULL,
     RISKY("readers,writers,security", "the table's owner is now held by its policies")},
    {KIND_TABLE, OP_CHANGED, "+unlogged", NULL,
     RISKY("data,replication", "after a crash it is empty, and replicas do not have its rows")},
    {KIND_TABLE, OP_CHANGED, "unlogged", NULL,
     SAFE("performance", "its rows now survive a crash; writes are slower")},
    {KIND_TABLE, OP_CHANGED, "replica_identity", becomes_anonymous,
     RISKY("writers,replication", "while a publication has the table its rows cannot be updated or "
                                  "deleted")},
    {KIND_TABLE, OP_CHANGED, "replica_identity", NULL,
     RISKY("replication", "subscribers find the rows to update and delete by other columns")},
    {KIND_TABLE, OP_CHANGED, "options", NULL, SAFE("performance", "how it is stored and cleaned")},
    {KIND_TABLE, OP_CHANGED, "toast_options", NULL,
     SAFE("performance", "how long values are stored and cleaned")},
    {KIND_TABLE, OP_CHANGED, "tablespace", NULL, SAFE("performance", "it stands on another disk")},
    {KIND_TABLE, OP_CHANGED, "access_method", NULL,
     RISKY("performance", "another program stores its rows")},
    {KIND_TABLE, OP_CHANGED, "cluster_on", NULL,
     SAFE("performance", "only CLUSTER without an index reads it")},
    {KIND_TABLE, OP_CHANGED, "detach_pending", NULL,
     RISKY("readers,writers", "a partition is, or is no longer, being detached")},
    {KIND_TABLE, OP_CHANGED, "server", NULL,
     RISKY("readers,writers,data", "its rows are elsewhere")},
    {KIND_TABLE, OP_CHANGED, "foreign_options", NULL,
     RISKY("readers,writers,data", "its rows may be elsewhere")},
    {KIND_TABLE, OP_CHANGED, "column order", NULL,
     SAFE("", "only what reads columns by position sees their order")},

    {KIND_COLUMN, OP_ADDED, NULL, needs_value,
     BREAKING("writers,types", "an insert that does not name the new column fails: it is not null "
                               "and has no default")},
    {KIND_COLUMN, OP_ADDED, NULL, NULL, SAFE("types", "existing statements need not name it")},
    {KIND_COLUMN, OP_REMOVED, NULL, NULL,
     BREAKING("readers,writers,data,types", "the column's values are gone and every use of it "
                                            "fails")},
    {KIND_COLUMN, OP_CHANGED, "type", widens_text, SAFE("", "every text that fitted still fits")},
    {KIND_COLUMN, OP_CHANGED, "type", NULL,
     BREAKING("readers,writers,data,types", "clients read and write another type")},
    {KIND_COLUMN, OP_CHANGED, "+not_null", NULL,
     BREAKING("writers,types", "a write that leaves the column null now fails")},
    {KIND_COLUMN, OP_CHANGED, "not_null", NULL,
     RISKY("readers,types", "readers may now meet null")},
    {KIND_COLUMN, OP_CHANGED, "default", loses_needed_default,
     BREAKING("writers,types", "an insert that relied on the default now fails")},
    {KIND_COLUMN, OP_CHANGED, "default", gains_default,
     SAFE("types", "only inserts that left it null see the default")},
    {KIND_COLUMN, OP_CHANGED, "default", NULL,
     RISKY("writers", "inserts that rely on the default store another value")},

    {KIND_COLUMN, OP_CHANGED, "storage", NULL, SAFE("performance", "how long values are stored")},
    {KIND_COLUMN, OP_CHANGED, "compression", NULL,
     SAFE("performance", "how new long values are compressed")},
    {KIND_COLUMN, OP_CHANGED, "statistics", NULL, SAFE("performance", "what the planner knows")},
    {KIND_COLUMN, OP_CHANGED, "options", NULL, SAFE("performance", "what the planner assumes")},
    {KIND_COLUMN, OP_CHANGED, "inherited", NULL,
     SAFE("", "only who drops it with the parent's column")},
    {KIND_COLUMN, OP_CHANGED, "collation", NULL,
     RISKY("readers", "its texts sort and compare otherwise")},
    {KIND_COLUMN, OP_CHANGED, "foreign_options", NULL,
     RISKY("readers,writers,data", "its values may be elsewhere")},

    {KIND_CONSTRAINT, OP_ADDED, NULL, is_foreign_key,
     BREAKING("writers,types", "a row whose reference does not exist is now refused")},
    {KIND_CONSTRAINT, OP_ADDED, NULL, NULL,
     BREAKING("writers,types", "rows that were accepted may now be refused")},
    {KIND_CONSTRAINT, OP_REMOVED, NULL, is_foreign_key,
     RISKY("data,types", "references are no longer checked")},
    {KIND_CONSTRAINT, OP_REMOVED, NULL, NULL,
     RISKY("data,types", "what the constraint kept out may now be stored")},
    {KIND_CONSTRAINT, OP_CHANGED, "+disabled", NULL,
     BREAKING("data", "what the constraint keeps out may now be stored")},
    {KIND_CONSTRAINT, OP_CHANGED, "-disabled", NULL,
     RISKY("writers", "what it kept out before is refused again; what came in stays")},
    {KIND_CONSTRAINT, OP_CHANGED, "index_options", NULL,
     SAFE("performance", "how its index is stored")},
    {KIND_CONSTRAINT, OP_CHANGED, "index_tablespace", NULL,
     SAFE("performance", "its index stands on another disk")},
    {KIND_CONSTRAINT, OP_CHANGED, "index_comment", NULL,
     SAFE("", "a comment has no effect on queries")},
    {KIND_CONSTRAINT, OP_CHANGED, NULL, NULL,
     RISKY("writers,data,types", "other rows are accepted than before")},

    {KIND_INDEX, OP_ADDED, NULL, is_unique,
     BREAKING("writers", "a second row with the same key is now refused")},
    {KIND_INDEX, OP_ADDED, NULL, NULL, SAFE("performance", "an index changes speed, not results")},
    {KIND_INDEX, OP_REMOVED, NULL, is_unique,
     RISKY("data,performance", "rows with the same key may now be stored")},
    {KIND_INDEX, OP_REMOVED, NULL, NULL,
     RISKY("performance", "queries that used the index slow down")},
    {KIND_INDEX, OP_CHANGED, "tablespace", NULL, SAFE("performance", "it stands on another disk")},
    {KIND_INDEX, OP_CHANGED, "statistics", NULL, SAFE("performance", "what the planner knows")},
    {KIND_INDEX, OP_CHANGED, "+invalid", NULL, RISKY("performance", "no query uses the index")},
    {KIND_INDEX, OP_CHANGED, "invalid", NULL, SAFE("performance", "queries use the index")},
    {KIND_INDEX, OP_CHANGED, NULL, NULL,
     RISKY("writers,performance", "queries that used the index may slow down")},

    {KIND_POLICY, OP_ADDED, NULL, is_restrictive,
     RISKY("readers,writers,security", "rows that were reached may now be hidden")},
    {KIND_POLICY, OP_ADDED, NULL, NULL,
     RISKY("security", "its roles may now reach rows that were hidden")},
    {KIND_POLICY, OP_REMOVED, NULL, is_restrictive,
     RISKY("security", "its roles may now reach rows that were hidden")},
    {KIND_POLICY, OP_REMOVED, NULL, NULL,
     RISKY("readers,writers,security", "rows that were reached may now be hidden")},
    {KIND_POLICY, OP_CHANGED, NULL, NULL,
     RISKY("readers,writers,security", "other rows are reached than before")},

    {KIND_TRIGGER, OP_ADDED, NULL, NULL, RISKY("writers,data", "writes now do more than they say")},
    {KIND_TRIGGER, OP_REMOVED, NULL, NULL,
     RISKY("writers,data", "what the trigger did no longer happens")},
    {KIND_TRIGGER, OP_CHANGED, "firing", becomes_disabled,
     RISKY("writers,security,data", "what the trigger did no longer happens")},
    {KIND_TRIGGER, OP_CHANGED, NULL, NULL, RISKY("writers,data", "writes do something else")},

    {KIND_RULE, OP_ADDED, NULL, NULL,
     RISKY("writers,data", "statements now do something else than they say")},
    {KIND_RULE, OP_REMOVED, NULL, NULL,
     RISKY("writers,data", "statements now do what they say, and not what the rule said")},
    {KIND_RULE, OP_CHANGED, NULL, NULL, RISKY("writers,data", "statements do something else")},

    {KIND_VIEW, OP_ADDED, NULL, NULL, SAFE("types", "a new view is used by nobody yet")},
    {KIND_VIEW, OP_REMOVED, NULL, NULL, BREAKING("readers,types", "every query of the view fails")},
    {KIND_VIEW, OP_CHANGED, "options", NULL,
     RISKY("readers,security", "security_invoker and the like decide whose rights a view uses")},
    {KIND_VIEW, OP_CHANGED, "definition", NULL,
     RISKY("readers", "the view may give other rows or values")},
    {KIND_VIEW, OP_CHANGED, "insertable", NULL, RISKY("writers,types", "inserts into the view")},
    {KIND_VIEW, OP_CHANGED, "updatable", NULL, RISKY("writers,types", "updates of the view")},
    {KIND_VIEW, OP_CHANGED, "tablespace", NULL, SAFE("performance", "it stands on another disk")},
    {KIND_VIEW, OP_CHANGED, "access_method", NULL,
     RISKY("performance", "another program stores its rows")},
    {KIND_VIEW, OP_CHANGED, "cluster_on", NULL,
     SAFE("performance", "only CLUSTER without an index reads it")},
    {KIND_VIEW, OP_CHANGED, "column order", NULL,
     SAFE("", "only what reads columns by position sees their order")},
    {KIND_VIEW_COLUMN, OP_ADDED, NULL, NULL, SAFE("types", "existing queries need not name it")},
    {KIND_VIEW_COLUMN, OP_REMOVED, NULL, NULL,
     BREAKING("readers,types", "every query that names it fails")},
    {KIND_VIEW_COLUMN, OP_CHANGED, "type", widens_text,
     SAFE("", "every text that fitted still fits")},
    {KIND_VIEW_COLUMN, OP_CHANGED, "type", NULL,
     BREAKING("readers,types", "clients read another type")},
    {KIND_VIEW_COLUMN, OP_CHANGED, "default", NULL,
     RISKY("writers", "inserts into the view that rely on the default store another value")},
    {KIND_VIEW_COLUMN, OP_CHANGED, "collation", NULL,
     RISKY("readers", "its texts sort and compare otherwise")},
    {KIND_VIEW_COLUMN, OP_CHANGED, "storage", NULL,
     SAFE("performance", "how long values are stored")},
    {KIND_VIEW_COLUMN, OP_CHANGED, "compression", NULL,
     SAFE("performance", "how new long values are compressed")},
    {KIND_VIEW_COLUMN, OP_CHANGED, "statistics", NULL,
     SAFE("performance", "what the planner knows")},
    {KIND_VIEW_COLUMN, OP_CHANGED, "options", NULL,
     SAFE("performance", "what the planner assumes")},
    {KIND_VIEW_INDEX, OP_ADDED, NULL, NULL,
     SAFE("performance", "an index changes speed, not results")},
    {KIND_VIEW_INDEX, OP_REMOVED, NULL, NULL,
     RISKY("performance", "queries that used the index slow down")},
    {KIND_VIEW_INDEX, OP_CHANGED, "tablespace", NULL,
     SAFE("performance", "it stands on another disk")},
    {KIND_VIEW_INDEX, OP_CHANGED, "statistics", NULL,
     SAFE("performance", "what the planner knows")},
    {KIND_VIEW_INDEX, OP_CHANGED, NULL, NULL,
     RISKY("performance", "queries that used the index may slow down")},
    {KIND_VIEW_TRIGGER, OP_ADDED, NULL, NULL,
     RISKY("writers,data,types", "writes to the view now do more than they say")},
    {KIND_VIEW_TRIGGER, OP_REMOVED, NULL, NULL,
     RISKY("writers,data,types", "writes to the view may now be refused")},
    {KIND_VIEW_TRIGGER, OP_CHANGED, NULL, NULL,
     RISKY("writers,data", "writes to the view do something else")},
    {KIND_VIEW_RULE, OP_ADDED, NULL, NULL,
     RISKY("writers,data", "statements on the view now do something else than they say")},
    {KIND_VIEW_RULE, OP_REMOVED, NULL, NULL,
     RISKY("writers,data", "writes to the view may now be refused")},
    {KIND_VIEW_RULE, OP_CHANGED, NULL, NULL,
     RISKY("writers,data", "statements on the view do something else")},

    {KIND_STATISTICS, OP_ADDED, NULL, NULL, SAFE("performance", "the planner knows more")},
    {KIND_STATISTICS, OP_REMOVED, NULL, NULL,
     RISKY("performance", "queries that were planned by it may slow down")},
    {KIND_STATISTICS, OP_CHANGED, "definition", NULL,
     SAFE("performance", "the planner knows something else")},
    {KIND_STATISTICS, OP_CHANGED, "target", NULL,
     SAFE("performance", "the planner knows it in more detail, or in less")},

    {KIND_FUNCTION, OP_ADDED, NULL, is_definer,
     RISKY("security,types", "it runs with its owner's rights, whoever calls it")},
    {KIND_FUNCTION, OP_ADDED, NULL, NULL, SAFE("types", "a new function is called by nobody yet")},
    {KIND_FUNCTION, OP_REMOVED, NULL, NULL,
     BREAKING("readers,types", "every call with these arguments fails")},
    {KIND_FUNCTION, OP_CHANGED, "security_definer", NULL,
     RISKY("security", "it runs with other rights than before")},
    {KIND_FUNCTION, OP_CHANGED, "config", NULL,
     RISKY("readers,security", "its settings, search_path among them, decide what its names mean")},
    {KIND_FUNCTION, OP_CHANGED, "return_type", NULL,
     BREAKING("readers,types", "callers get another type")},
    {KIND_FUNCTION, OP_CHANGED, "returns", NULL,
     BREAKING("readers,types", "callers get another type")},
    {KIND_FUNCTION, OP_CHANGED, "returns_set", NULL,
     BREAKING("readers,types", "callers get a set where one value was, or the reverse")},
    {KIND_FUNCTION, OP_CHANGED, "argument_names", NULL,
     BREAKING("readers,types", "calls that name their arguments fail")},
    {KIND_FUNCTION, OP_CHANGED, "body", NULL, RISKY("readers", "it does something else")},
    {KIND_FUNCTION, OP_CHANGED, "library", NULL, RISKY("readers", "it may do something else")},
    {KIND_FUNCTION, OP_CHANGED, "-leakproof", NULL,
     SAFE("performance", "the planner is more careful with it")},
    {KIND_FUNCTION, OP_CHANGED, "leakproof", NULL,
     RISKY("security", "the planner may let it see rows that a policy hides")},
    {KIND_FUNCTION, OP_CHANGED, "cost", NULL, SAFE("performance", "only the planner reads it")},
    {KIND_FUNCTION, OP_CHANGED, "rows", NULL, SAFE("performance", "only the planner reads it")},
    {KIND_FUNCTION, OP_CHANGED, "support", NULL, SAFE("performance", "only the planner calls it")},

    {KIND_ENUM, OP_ADDED, NULL, NULL, SAFE("types", "a new type is used by nobody yet")},
    {KIND_ENUM, OP_REMOVED, NULL, NULL, BREAKING("types", "every use of the type fails")},
    {KIND_ENUM, OP_CHANGED, "labels", loses_label,
     BREAKING("readers,writers,types", "a label that clients write or compare is gone")},
    {KIND_ENUM, OP_CHANGED, "labels", NULL,
     RISKY("readers,types", "readers may meet a label they do not know, or another order")},
    {KIND_DOMAIN, OP_ADDED, NULL, NULL, SAFE("types", "a new type is used by nobody yet")},
    {KIND_DOMAIN, OP_REMOVED, NULL, NULL, BREAKING("types", "every use of the type fails")},
    {KIND_DOMAIN, OP_CHANGED, "+not_null", NULL,
     BREAKING("writers,types", "a null value is now refused")},
    {KIND_DOMAIN_CONSTRAINT, OP_ADDED, NULL, NULL,
     BREAKING("writers", "values that were accepted may now be refused")},
    {KIND_COMPOSITE, OP_ADDED, NULL, NULL, SAFE("types", "a new type is used by nobody yet")},
    {KIND_COMPOSITE, OP_REMOVED, NULL, NULL, BREAKING("types", "every use of the type fails")},
    {KIND_ATTRIBUTE, OP_REMOVED, NULL, NULL,
     BREAKING("readers,writers,types", "every use of the attribute fails")},
    {KIND_ATTRIBUTE, OP_CHANGED, "type", NULL,
     BREAKING("readers,writers,types", "clients read and write another type")},

    {KIND_SCHEMA, OP_ADDED, NULL, NULL, SAFE("types", "a new schema is used by nobody yet")},
    {KIND_SCHEMA, OP_REMOVED, NULL, NULL,
     BREAKING("readers,writers,data,types", "the schema and all in it are gone")},
    {KIND_EXTENSION, OP_ADDED, NULL, NULL, SAFE("", "an extension adds, it changes nothing")},
    {KIND_EXTENSION, OP_REMOVED, NULL, NULL,
     BREAKING("readers,writers", "every use of what the extension brought fails")},
    {KIND_EXTENSION, OP_CHANGED, "version", NULL,
     RISKY("readers", "another version may behave otherwise")},
    {KIND_SEQUENCE, OP_ADDED, NULL, NULL, SAFE("", "a new sequence is used by nobody yet")},
    {KIND_SEQUENCE, OP_REMOVED, NULL, NULL,
     BREAKING("writers,data", "every use of the sequence fails")},
    {KIND_SEQUENCE, OP_CHANGED, "+unlogged", NULL,
     RISKY("data,replication", "after a crash it begins anew")},
    {KIND_SEQUENCE, OP_CHANGED, "cache", NULL,
     SAFE("performance", "how many numbers are taken at once")},
    {KIND_SEQUENCE, OP_CHANGED, NULL, NULL, RISKY("writers", "it gives other numbers")},

    USED_BY_NAME(KIND_RANGE, "readers,writers,types"),
    USED_BY_NAME(KIND_BASE_TYPE, "readers,writers,types"),
    USED_BY_NAME(KIND_COLLATION, "readers"),
    USED_BY_NAME(KIND_OPERATOR, "readers"),
    USED_BY_NAME(KIND_OPERATOR_FAMILY, "readers"),
    USED_BY_NAME(KIND_OPERATOR_CLASS, "readers"),
    USED_BY_NAME(KIND_CONVERSION, "readers"),
    USED_BY_NAME(KIND_TEXT_SEARCH_PARSER, "readers"),
    USED_BY_NAME(KIND_TEXT_SEARCH_TEMPLATE, "readers"),
    USED_BY_NAME(KIND_TEXT_SEARCH_DICTIONARY, "readers"),
    USED_BY_NAME(KIND_TEXT_SEARCH_CONFIGURATION, "readers"),
    USED_BY_NAME(KIND_LANGUAGE, "readers,writers"),
    USED_BY_NAME(KIND_ACCESS_METHOD, "readers,writers"),
    USED_BY_NAME(KIND_FOREIGN_DATA_WRAPPER, "readers,writers"),
    USED_BY_NAME(KIND_SERVER, "readers,writers,data"),
    {KIND_COLLATION, OP_CHANGED, NULL, NULL,
     RISKY("readers,data", "texts sort and compare otherwise, and indexes may be out of order")},
    {KIND_TEXT_SEARCH_CONFIGURATION, OP_CHANGED, NULL, NULL,
     RISKY("readers", "searches find something else")},
    {KIND_TEXT_SEARCH_DICTIONARY, OP_CHANGED, NULL, NULL,
     RISKY("readers", "searches find something else")},
    {KIND_SERVER, OP_CHANGED, NULL, NULL,
     RISKY("readers,writers,data", "foreign rows may come from elsewhere")},
    {KIND_CAST, OP_ADDED, NULL, NULL,
     RISKY("readers,writers", "statements that name no cast may now use this one")},
    {KIND_CAST, OP_REMOVED, NULL, NULL, BREAKING("readers,writers", "every use of the cast fails")},
    {KIND_USER_MAPPING, OP_ADDED, NULL, NULL,
     RISKY("security", "a role now reaches the foreign server as somebody there")},
    {KIND_USER_MAPPING, OP_REMOVED, NULL, NULL,
     BREAKING("readers,writers,security", "a role no longer reaches the foreign server")},
    {KIND_USER_MAPPING, OP_CHANGED, NULL, NULL,
     RISKY("readers,writers,security", "a role reaches the foreign server as somebody else")},

    {KIND_EVENT_TRIGGER, OP_ADDED, NULL, NULL,
     RISKY("security", "changes of the schema now do more than they say, or are refused")},
    {KIND_EVENT_TRIGGER, OP_REMOVED, NULL, NULL,
     RISKY("security", "what the event trigger watched over is not watched any more")},
    {KIND_EVENT_TRIGGER, OP_CHANGED, "firing", becomes_disabled,
     RISKY("security", "what the event trigger watched over is not watched any more")},
    {KIND_EVENT_TRIGGER, OP_CHANGED, NULL, NULL,
     RISKY("security", "changes of the schema do something else")},

    {KIND_PUBLICATION, OP_ADDED, NULL, NULL,
     SAFE("replication", "nobody subscribes to a new publication yet")},
    {KIND_PUBLICATION, OP_REMOVED, NULL, NULL,
     BREAKING("replication", "its subscribers get nothing any more")},
    {KIND_PUBLICATION, OP_CHANGED, NULL, publishes_less,
     BREAKING("replication", "its subscribers no longer get all they got")},
    {KIND_PUBLICATION, OP_CHANGED, NULL, NULL,
     RISKY("security,replication", "its subscribers get something else")},
    {KIND_PUBLICATION_TABLE, OP_ADDED, NULL, NULL,
     RISKY("security,replication", "the table's rows now go to all who subscribe")},
    {KIND_PUBLICATION_TABLE, OP_REMOVED, NULL, NULL,
     BREAKING("replication", "subscribers get nothing of the table any more")},
    {KIND_PUBLICATION_TABLE, OP_CHANGED, NULL, NULL,
     RISKY("security,replication", "subscribers get other rows or columns of the table")},
    {KIND_SUBSCRIPTION, OP_ADDED, NULL, NULL,
     RISKY("data,replication", "another database's rows are now written here")},
    {KIND_SUBSCRIPTION, OP_REMOVED, NULL, NULL,
     BREAKING("data,replication", "another database's rows do not arrive any more")},
    {KIND_SUBSCRIPTION, OP_CHANGED, "-enabled", NULL,
     BREAKING("data,replication", "another database's rows do not arrive any more")},
    {KIND_SUBSCRIPTION, OP_CHANGED, NULL, NULL,
     RISKY("data,replication", "other rows arrive, or in another way")},

    {KIND_PRIVILEGES, OP_ADDED, NULL, NULL,
     RISKY("security", "rights differ from those it was installed with")},
    {KIND_PRIVILEGES, OP_REMOVED, NULL, NULL,
     RISKY("security", "rights are again those it was installed with")},
    {KIND_SECURITY_LABEL, OP_ADDED, NULL, NULL,
     RISKY("security", "a label decides who may do what")},
    {KIND_SECURITY_LABEL, OP_REMOVED, NULL, NULL,
     RISKY("security", "a label decides who may do what")},
    {KIND_SECURITY_LABEL, OP_CHANGED, NULL, NULL,
     RISKY("security", "a label decides who may do what")},

    {KIND_ROLE, OP_ADDED, NULL, is_powerful,
     BREAKING("security", "a new role stands above the rights of others")},
    {KIND_ROLE, OP_ADDED, NULL, NULL, RISKY("security", "somebody more may connect or be granted")},
    {KIND_ROLE, OP_REMOVED, NULL, NULL,
     BREAKING("readers,writers,security", "who connected as the role, or had its rights, cannot")},
    {KIND_ROLE, OP_CHANGED, "+superuser", NULL,
     BREAKING("security", "no right, policy or owner holds it any more")},
    {KIND_ROLE, OP_CHANGED, "+bypass_rls", NULL,
     BREAKING("security", "no policy holds it any more")},
    {KIND_ROLE, OP_CHANGED, "+createrole", NULL,
     BREAKING("security", "it may make roles and give itself theirs")},
    {KIND_ROLE, OP_CHANGED, "+replication", NULL,
     BREAKING("security", "it may copy the whole server")},
    {KIND_ROLE, OP_CHANGED, "-login", NULL,
     BREAKING("readers,writers,security", "it cannot connect any more")},
    {KIND_ROLE, OP_CHANGED, "member_of", leaves_role,
     BREAKING("readers,writers,security", "it no longer has the rights of another role")},
    {KIND_ROLE, OP_CHANGED, "member_of", NULL,
     RISKY("security", "it now has the rights of another role, or in another way")},
    {KIND_ROLE, OP_CHANGED, "settings", NULL,
     RISKY("readers,writers,security", "its sessions run under other settings")},
    {KIND_ROLE, OP_CHANGED, "connection_limit", NULL,
     RISKY("readers,writers", "it may be refused a connection, or have more of them")},
    {KIND_ROLE, OP_CHANGED, NULL, NULL,
     RISKY("readers,writers,security", "it may do other things")},
    {KIND_DATABASE, OP_CHANGED, "settings", NULL,
     RISKY("readers,writers,security", "all sessions run under other settings")},
    {KIND_PARAMETER, OP_ADDED, NULL, NULL,
     RISKY("security", "other roles than by default may set it")},
    {KIND_PARAMETER, OP_REMOVED, NULL, NULL,
     RISKY("security", "the same roles as by default may set it")},

    {KIND_BUCKET, OP_ADDED, NULL, is_public,
     RISKY("security", "whoever knows a file's address reads it")},
    {KIND_BUCKET, OP_ADDED, NULL, NULL, SAFE("", "a new bucket is used by nobody yet")},
    {KIND_BUCKET, OP_REMOVED, NULL, NULL,
     BREAKING("readers,writers,data", "the bucket's files are gone and every use of it fails")},
    {KIND_BUCKET, OP_CHANGED, "+public", NULL,
     BREAKING("security", "whoever knows a file's address reads it")},
    {KIND_BUCKET, OP_CHANGED, "public", NULL,
     BREAKING("readers,security", "the public addresses of its files fail")},
    {KIND_BUCKET, OP_CHANGED, NULL, NULL, RISKY("writers", "other files are accepted than before")},
    {KIND_CRON_JOB, OP_ADDED, NULL, NULL, RISKY("writers,data", "it runs by itself from now on")},
    {KIND_CRON_JOB, OP_REMOVED, NULL, NULL,
     RISKY("writers,data", "what the job did no longer happens")},
    {KIND_CRON_JOB, OP_CHANGED, NULL, NULL,
     RISKY("writers,data", "it runs at other times or does something else")},
    {KIND_VAULT_SECRET, OP_ADDED, NULL, NULL, SAFE("", "a new secret is read by nobody yet")},
    {KIND_VAULT_SECRET, OP_REMOVED, NULL, NULL,
     BREAKING("readers,security", "what reads the secret finds none")},
    {KIND_QUEUE, OP_ADDED, NULL, NULL, SAFE("", "a new queue is used by nobody yet")},
    {KIND_QUEUE, OP_REMOVED, NULL, NULL,
     BREAKING("readers,writers,data", "the queue's messages are gone and every use of it fails")},

    {KIND_FACT, OP_ADDED, NULL, NULL, RISKY(NO_RULE_AFFECTS, UNKNOWN_KIND)},
    {KIND_FACT, OP_REMOVED, NULL, NULL, RISKY(NO_RULE_AFFECTS, UNKNOWN_KIND)},
    {KIND_FACT, OP_CHANGED, NULL, NULL, RISKY(NO_RULE_AFFECTS, UNKNOWN_KIND)},
};

/* What is the user's on a table of the platform is judged as on any other. */
static KindId ruling(KindId kind)
{
    return kind == KIND_PLATFORM_POLICY    ? KIND_POLICY
           : kind == KIND_PLATFORM_TRIGGER ? KIND_TRIGGER
                                           : kind;
}

static bool is_of_field(const char *wanted, const char *field, const json_t *old, const json_t *new)
{
    if (!wanted)
        return true;
    bool begins = *wanted == '+', is_flag = begins || *wanted == '-';
    if (!field || strcmp(wanted + is_flag, field) != 0)
        return false;
    return !is_flag || (begins ? gains_flag(old, new, field) : gains_flag(new, old, field));
}

Verdict severity_judge(KindId kind, Op op, const char *field, const json_t *old, const json_t *new)
{
    static const Verdict unknown = RISKY(NO_RULE_AFFECTS, "no rule says that this is harmless");

    KindId ruled = ruling(kind);

    assert(old || new);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const Rule *rule = &rules[i];
        if ((rule->kind == KIND_NONE || rule->kind == (int)ruled) && rule->op == op &&
            is_of_field(rule->field, field, old, new) && (!rule->test || rule->test(old, new)))
            return rule->verdict;
    }
    return unknown;
}
