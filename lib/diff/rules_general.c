#include "diff/rules_part.h"

#include <string.h>

static bool grants_less(const json_t *old, const json_t *new)
{
    return rules_gives_more(old, new, "grants", false);
}

static bool revokes_more(const json_t *old, const json_t *new)
{
    return rules_gives_more(new, old, "revokes", false);
}

static bool gives_back_to_everybody(const json_t *old, const json_t *new)
{
    return rules_gives_more(old, new, "revokes", true);
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
    {KIND_DEFAULT_PRIVILEGES, OP_ADDED, NULL, rules_grants_to_everybody,
     RISKY(SECURITY, "security", "everybody may do more with what is created from now on")},
    {KIND_DEFAULT_PRIVILEGES, OP_ADDED, NULL, NULL,
     RISKY(SECURITY, "security", "what is created from now on has other rights")},
    {KIND_DEFAULT_PRIVILEGES, OP_REMOVED, NULL, NULL,
     RISKY(SECURITY, "security", "what is created from now on has other rights")},
    {KIND_DEFAULT_PRIVILEGES, OP_CHANGED, "comment", NULL,
     SAFE(COSMETIC, "", "a comment has no effect on queries")},
    {KIND_DEFAULT_PRIVILEGES, OP_CHANGED, "grants", rules_grants_to_everybody,
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
    {KIND_NONE, OP_CHANGED, "grants", rules_grants_to_everybody,
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
    {KIND_FUNCTION, OP_CHANGED, "config=search_path", rules_is_unpinned_definer,
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
    {KIND_TABLE, OP_REPLACED, NULL, rules_is_foreign_table,
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
    {KIND_VIEW, OP_REPLACED, NULL, rules_is_materialized,
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
};

const RuleSet rules_general = {rules, sizeof rules / sizeof *rules};
