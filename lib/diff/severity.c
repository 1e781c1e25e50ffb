#include "diff/severity.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "json/jx.h"

typedef bool Test(const json_t *old, const json_t *new);

typedef struct Rule {
    int kind; /* or KIND_NONE: any */
    Op op;
    const char *field; /* NULL: any */
    Test *test;        /* NULL: always */
    Verdict verdict;
} Rule;

static bool needs_value(const json_t *old, const json_t *new)
{
    (void)old;
    return jx_bool(new, "not_null") && !json_object_get(new, "default") &&
           !json_object_get(new, "identity") && !json_object_get(new, "generated");
}

static bool becomes_not_null(const json_t *old, const json_t *new)
{
    return !jx_bool(old, "not_null") && jx_bool(new, "not_null");
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

static bool has_label(const json_t *labels, const json_t *label)
{
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(labels, index, item)
    {
        if (json_equal(item, label))
            return true;
    }
    return false;
}

static bool loses_label(const json_t *old, const json_t *new)
{
    const json_t *labels = json_object_get(new, "labels");
    size_t index = 0;
    json_t *label = NULL;

    json_array_foreach(json_object_get(old, "labels"), index, label)
    {
        if (!has_label(labels, label))
            return true;
    }
    return false;
}

static bool row_security_ends(const json_t *old, const json_t *new)
{
    return jx_bool(old, "row_security") && !jx_bool(new, "row_security");
}

static bool force_ends(const json_t *old, const json_t *new)
{
    return jx_bool(old, "force_row_security") && !jx_bool(new, "force_row_security");
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

static const Rule rules[] = {
    {KIND_NONE, OP_CHANGED, "comment", NULL, SAFE("", "a comment has no effect on queries")},

    {KIND_TABLE, OP_ADDED, NULL, NULL, SAFE("types", "a new table is used by nobody yet")},
    {KIND_TABLE, OP_REMOVED, NULL, NULL,
     BREAKING("readers,writers,data,types", "the table's rows are gone and every use of it fails")},
    {KIND_TABLE, OP_CHANGED, "row_security", row_security_ends,
     BREAKING("security", "without row security every role with a grant reaches every row")},
    {KIND_TABLE, OP_CHANGED, "row_security", NULL,
     RISKY("readers,writers,security", "with row security only what a policy allows is seen")},
    {KIND_TABLE, OP_CHANGED, "force_row_security", force_ends,
     RISKY("security", "the table's owner is no longer held by its policies")},
    {KIND_TABLE, OP_CHANGED, "force_row_security", NULL,
     RISKY("readers,writers,security", "the table's owner is now held by its policies")},
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
    {KIND_COLUMN, OP_CHANGED, "not_null", becomes_not_null,
     BREAKING("writers,types", "a write that leaves the column null now fails")},
    {KIND_COLUMN, OP_CHANGED, "not_null", NULL,
     RISKY("readers,types", "readers may now meet null")},
    {KIND_COLUMN, OP_CHANGED, "default", loses_needed_default,
     BREAKING("writers,types", "an insert that relied on the default now fails")},
    {KIND_COLUMN, OP_CHANGED, "default", gains_default,
     SAFE("types", "only inserts that left it null see the default")},
    {KIND_COLUMN, OP_CHANGED, "default", NULL,
     RISKY("writers", "inserts that rely on the default store another value")},

    {KIND_CONSTRAINT, OP_ADDED, NULL, is_foreign_key,
     BREAKING("writers,types", "a row whose reference does not exist is now refused")},
    {KIND_CONSTRAINT, OP_ADDED, NULL, NULL,
     BREAKING("writers,types", "rows that were accepted may now be refused")},
    {KIND_CONSTRAINT, OP_REMOVED, NULL, is_foreign_key,
     RISKY("data,types", "references are no longer checked")},
    {KIND_CONSTRAINT, OP_REMOVED, NULL, NULL,
     RISKY("data,types", "what the constraint kept out may now be stored")},
    {KIND_CONSTRAINT, OP_CHANGED, NULL, NULL,
     RISKY("writers,data,types", "other rows are accepted than before")},

    {KIND_INDEX, OP_ADDED, NULL, is_unique,
     BREAKING("writers", "a second row with the same key is now refused")},
    {KIND_INDEX, OP_ADDED, NULL, NULL, SAFE("", "an index changes speed, not results")},
    {KIND_INDEX, OP_REMOVED, NULL, is_unique,
     RISKY("data", "rows with the same key may now be stored")},
    {KIND_INDEX, OP_REMOVED, NULL, NULL, RISKY("readers", "queries that used the index slow down")},
    {KIND_INDEX, OP_CHANGED, NULL, NULL,
     RISKY("readers,writers", "queries that used the index may slow down")},

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
    {KIND_TRIGGER, OP_CHANGED, NULL, NULL, RISKY("writers,data", "writes do something else")},

    {KIND_VIEW, OP_ADDED, NULL, NULL, SAFE("types", "a new view is used by nobody yet")},
    {KIND_VIEW, OP_REMOVED, NULL, NULL, BREAKING("readers,types", "every query of the view fails")},
    {KIND_VIEW, OP_CHANGED, "options", NULL,
     RISKY("readers,security", "security_invoker and the like decide whose rights a view uses")},
    {KIND_VIEW, OP_CHANGED, "definition", NULL,
     RISKY("readers", "the view may give other rows or values")},
    {KIND_VIEW, OP_CHANGED, "insertable", NULL, RISKY("writers,types", "inserts into the view")},
    {KIND_VIEW, OP_CHANGED, "updatable", NULL, RISKY("writers,types", "updates of the view")},
    {KIND_VIEW_COLUMN, OP_ADDED, NULL, NULL, SAFE("types", "existing queries need not name it")},
    {KIND_VIEW_COLUMN, OP_REMOVED, NULL, NULL,
     BREAKING("readers,types", "every query that names it fails")},
    {KIND_VIEW_COLUMN, OP_CHANGED, "type", widens_text,
     SAFE("", "every text that fitted still fits")},
    {KIND_VIEW_COLUMN, OP_CHANGED, "type", NULL,
     BREAKING("readers,types", "clients read another type")},
    {KIND_VIEW_INDEX, OP_ADDED, NULL, NULL, SAFE("", "an index changes speed, not results")},
    {KIND_VIEW_INDEX, OP_REMOVED, NULL, NULL,
     RISKY("readers", "queries that used the index slow down")},
    {KIND_VIEW_INDEX, OP_CHANGED, NULL, NULL,
     RISKY("readers", "queries that used the index may slow down")},
    {KIND_VIEW_TRIGGER, OP_ADDED, NULL, NULL,
     RISKY("writers,data,types", "writes to the view now do more than they say")},
    {KIND_VIEW_TRIGGER, OP_REMOVED, NULL, NULL,
     RISKY("writers,data,types", "writes to the view may now be refused")},
    {KIND_VIEW_TRIGGER, OP_CHANGED, NULL, NULL,
     RISKY("writers,data", "writes to the view do something else")},

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

    {KIND_ENUM, OP_ADDED, NULL, NULL, SAFE("types", "a new type is used by nobody yet")},
    {KIND_ENUM, OP_REMOVED, NULL, NULL, BREAKING("types", "every use of the type fails")},
    {KIND_ENUM, OP_CHANGED, "labels", loses_label,
     BREAKING("readers,writers,types", "a label that clients write or compare is gone")},
    {KIND_ENUM, OP_CHANGED, "labels", NULL,
     RISKY("readers,types", "readers may meet a label they do not know, or another order")},
    {KIND_DOMAIN, OP_ADDED, NULL, NULL, SAFE("types", "a new type is used by nobody yet")},
    {KIND_DOMAIN, OP_REMOVED, NULL, NULL, BREAKING("types", "every use of the type fails")},
    {KIND_DOMAIN, OP_CHANGED, "not_null", becomes_not_null,
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
    {KIND_SEQUENCE, OP_CHANGED, NULL, NULL, RISKY("writers", "it gives other numbers")},
};

Verdict severity_judge(KindId kind, Op op, const char *field, const json_t *old, const json_t *new)
{
    static const Verdict unknown = RISKY("readers,writers", "no rule says that this is harmless");

    assert(old || new);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const Rule *rule = &rules[i];
        if ((rule->kind == KIND_NONE || rule->kind == (int)kind) && rule->op == op &&
            (!rule->field || (field && strcmp(rule->field, field) == 0)) &&
            (!rule->test || rule->test(old, new)))
            return rule->verdict;
    }
    return unknown;
}
