#include "diff/rules_part.h"

#include "json/jx.h"

static bool loses_label(const json_t *old, const json_t *new)
{
    return rules_loses_item(old, new, "labels");
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

static bool is_definer(const json_t *old, const json_t *new)
{
    return jx_bool(old ? old : new, "security_definer");
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
    return rules_is_text(new, "volatility", "volatile") || !json_object_get(new, "volatility");
}

static const Rule rules[] = {
    {KIND_FUNCTION, OP_ADDED, NULL, rules_is_unpinned_definer,
     RISKY(SECURITY, "security,types",
           "it runs with its owner's rights, and its caller's search_path decides what its names "
           "mean")},
    {KIND_FUNCTION, OP_ADDED, NULL, is_definer,
     RISKY(SECURITY, "security,types", "it runs with its owner's rights, whoever calls it")},
    {KIND_FUNCTION, OP_ADDED, NULL, NULL,
     SAFE(ADDITIVE, "types", "a new function is called by nobody yet")},
    {KIND_FUNCTION, OP_REMOVED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,types", "every call with these arguments fails")},
    {KIND_FUNCTION, OP_CHANGED, "+security_definer", rules_is_unpinned_definer,
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
    {KIND_DOMAIN, OP_CHANGED, "default", rules_gains_default,
     SAFE(ADDITIVE, "types", "only inserts that left it null see the default")},
    {KIND_DOMAIN, OP_CHANGED, "default", rules_loses_needed_default,
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
    {KIND_DOMAIN_CONSTRAINT, OP_CHANGED, "definition", rules_is_same_rule,
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
    {KIND_ATTRIBUTE, OP_CHANGED, "type", rules_gives_room,
     SAFE(ADDITIVE, "", "every value that fitted still fits")},
    {KIND_ATTRIBUTE, OP_CHANGED, "type", NULL,
     BREAKING(BREAKING_READERS, "readers,writers,types", "clients read and write another type")},
    {KIND_ATTRIBUTE, OP_CHANGED, "collation", NULL,
     RISKY(BREAKING_READERS, "readers", "its texts sort and compare otherwise")},

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
    {KIND_CAST, OP_ADDED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers,writers",
           "statements that name no cast may now use this one")},
    {KIND_CAST, OP_REMOVED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,writers", "every use of the cast fails")},
    {KIND_CAST, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers,writers", "values are cast otherwise, or no longer unasked")},
};

const RuleSet rules_code = {rules, sizeof rules / sizeof *rules};
