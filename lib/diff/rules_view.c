#include "diff/rules_part.h"

#include <string.h>

#include "json/jx.h"

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

static bool ends_earlier(const json_t *old, const json_t *new)
{
    bool falls = jx_int(new, "increment", 1) < 0;
    const char *end = falls ? "minimum" : "maximum";
    json_int_t from = jx_int(old, end, 0), to = jx_int(new, end, 0);

    return falls ? to > from : to < from;
}

static bool is_open_view(const json_t *old, const json_t *new)
{
    return !is_on(new, "security_invoker") && rules_grants_to_everybody(old, new);
}

static const Rule rules[] = {
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
    {KIND_VIEW, OP_CHANGED, "options", rules_is_materialized,
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
    {KIND_VIEW_COLUMN, OP_CHANGED, "type", rules_gives_room,
     SAFE(ADDITIVE, "", "every value that fitted still fits")},
    {KIND_VIEW_COLUMN, OP_CHANGED, "type", NULL,
     BREAKING(BREAKING_READERS, "readers,types", "clients read another type")},
    {KIND_VIEW_COLUMN, OP_CHANGED, "default", rules_gains_default,
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
    {KIND_VIEW_INDEX, OP_REMOVED, NULL, rules_is_unique,
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
    {KIND_VIEW_INDEX, OP_CHANGED, "definition", rules_is_same_index,
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
};

const RuleSet rules_view = {rules, sizeof rules / sizeof *rules};
