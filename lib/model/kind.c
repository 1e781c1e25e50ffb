#include "model/kind.h"

#include <assert.h>
#include <string.h>

static const Kind kinds[] = {
    [KIND_SCHEMA] = {"schema", "schemas", KIND_NONE, false},
    [KIND_EXTENSION] = {"extension", "extensions", KIND_NONE, false},
    [KIND_ENUM] = {"enum", "enums", KIND_NONE, false},
    [KIND_DOMAIN] = {"domain", "domains", KIND_NONE, false},
    [KIND_DOMAIN_CONSTRAINT] = {"domain constraint", "constraints", KIND_DOMAIN, false},
    [KIND_COMPOSITE] = {"composite type", "composites", KIND_NONE, false},
    [KIND_ATTRIBUTE] = {"attribute", "attributes", KIND_COMPOSITE, true},
    [KIND_RANGE] = {"range type", "ranges", KIND_NONE, false},
    [KIND_BASE_TYPE] = {"base type", "base_types", KIND_NONE, false},
    [KIND_COLLATION] = {"collation", "collations", KIND_NONE, false},
    [KIND_SEQUENCE] = {"sequence", "sequences", KIND_NONE, false},
    [KIND_TABLE] = {"table", "tables", KIND_NONE, false},
    [KIND_COLUMN] = {"column", "columns", KIND_TABLE, true},
    [KIND_CONSTRAINT] = {"constraint", "constraints", KIND_TABLE, false},
    [KIND_INDEX] = {"index", "indexes", KIND_TABLE, false},
    [KIND_POLICY] = {"policy", "policies", KIND_TABLE, false},
    [KIND_TRIGGER] = {"trigger", "triggers", KIND_TABLE, false},
    [KIND_RULE] = {"rule", "rules", KIND_TABLE, false},
    [KIND_VIEW] = {"view", "views", KIND_NONE, false},
    [KIND_VIEW_COLUMN] = {"view column", "columns", KIND_VIEW, true},
    [KIND_VIEW_INDEX] = {"index", "indexes", KIND_VIEW, false},
    [KIND_VIEW_TRIGGER] = {"trigger", "triggers", KIND_VIEW, false},
    [KIND_VIEW_RULE] = {"rule", "rules", KIND_VIEW, false},
    [KIND_PLATFORM_TABLE] = {"platform table", "platform_tables", KIND_NONE, false},
    [KIND_PLATFORM_POLICY] = {"policy", "policies", KIND_PLATFORM_TABLE, false},
    [KIND_PLATFORM_TRIGGER] = {"trigger", "triggers", KIND_PLATFORM_TABLE, false},
    [KIND_STATISTICS] = {"statistics object", "statistics", KIND_NONE, false},
    [KIND_FUNCTION] = {"function", "functions", KIND_NONE, false},
    [KIND_OPERATOR] = {"operator", "operators", KIND_NONE, false},
    [KIND_OPERATOR_FAMILY] = {"operator family", "operator_families", KIND_NONE, false},
    [KIND_OPERATOR_CLASS] = {"operator class", "operator_classes", KIND_NONE, false},
    [KIND_CAST] = {"cast", "casts", KIND_NONE, false},
    [KIND_CONVERSION] = {"conversion", "conversions", KIND_NONE, false},
    [KIND_TEXT_SEARCH_PARSER] = {"text search parser", "text_search_parsers", KIND_NONE, false},
    [KIND_TEXT_SEARCH_TEMPLATE] = {"text search template", "text_search_templates", KIND_NONE,
                                   false},
    [KIND_TEXT_SEARCH_DICTIONARY] = {"text search dictionary", "text_search_dictionaries",
                                     KIND_NONE, false},
    [KIND_TEXT_SEARCH_CONFIGURATION] = {"text search configuration", "text_search_configurations",
                                        KIND_NONE, false},
    [KIND_LANGUAGE] = {"language", "languages", KIND_NONE, false},
    [KIND_TRANSFORM] = {"transform", "transforms", KIND_NONE, false},
    [KIND_ACCESS_METHOD] = {"access method", "access_methods", KIND_NONE, false},
    [KIND_FOREIGN_DATA_WRAPPER] = {"foreign-data wrapper", "foreign_data_wrappers", KIND_NONE,
                                   false},
    [KIND_SERVER] = {"server", "servers", KIND_NONE, false},
    [KIND_USER_MAPPING] = {"user mapping", "user_mappings", KIND_NONE, false},
    [KIND_EVENT_TRIGGER] = {"event trigger", "event_triggers", KIND_NONE, false},
    [KIND_PUBLICATION] = {"publication", "publications", KIND_NONE, false},
    [KIND_PUBLICATION_TABLE] = {"publication table", "tables", KIND_PUBLICATION, false},
    [KIND_SUBSCRIPTION] = {"subscription", "subscriptions", KIND_NONE, false},
    [KIND_DEFAULT_PRIVILEGES] = {"default privileges", "default_privileges", KIND_NONE, false},
    [KIND_PRIVILEGES] = {"privileges", "privileges", KIND_NONE, false},
    [KIND_SECURITY_LABEL] = {"security label", "security_labels", KIND_NONE, false},
    [KIND_DATABASE] = {"database", "database", KIND_NONE, false},
    [KIND_ROLE] = {"role", "roles", KIND_NONE, false},
    [KIND_TABLESPACE] = {"tablespace", "tablespaces", KIND_NONE, false},
    [KIND_PARAMETER] = {"parameter", "parameters", KIND_NONE, false},
    [KIND_BUCKET] = {"storage bucket", "buckets", KIND_NONE, false},
    [KIND_CRON_JOB] = {"cron job", "cron_jobs", KIND_NONE, false},
    [KIND_VAULT_SECRET] = {"vault secret", "vault_secrets", KIND_NONE, false},
    [KIND_QUEUE] = {"queue", "queues", KIND_NONE, false},
    [KIND_FACT] = {"fact", "facts", KIND_NONE, false},
};
static_assert(sizeof kinds / sizeof *kinds == KIND_COUNT, "a row for every kind");

const Kind *kind_of(KindId id)
{
    assert(id < KIND_COUNT);
    return &kinds[id];
}

bool kind_by_section(const char *section, size_t length, KindId *ret)
{
    for (int id = 0; id < KIND_COUNT; id++) {
        if (kinds[id].parent == KIND_NONE && strlen(kinds[id].member) == length &&
            memcmp(kinds[id].member, section, length) == 0) {
            *ret = (KindId)id;
            return true;
        }
    }
    return false;
}

bool kind_by_name(const char *name, KindId *ret)
{
    for (int id = 0; id < KIND_COUNT; id++) {
        if (kinds[id].parent == KIND_NONE && *kinds[id].name == *name &&
            strcmp(kinds[id].name, name) == 0) {
            *ret = (KindId)id;
            return true;
        }
    }
    return false;
}

bool kind_nested(KindId parent, const char *member, KindId *ret)
{
    for (int id = 0; id < KIND_COUNT; id++) {
        if (kinds[id].parent == (int)parent && strcmp(kinds[id].member, member) == 0) {
            *ret = (KindId)id;
            return true;
        }
    }
    return false;
}

bool kind_is_opted(KindId id)
{
    return id == KIND_BUCKET || id == KIND_CRON_JOB || id == KIND_VAULT_SECRET || id == KIND_QUEUE;
}

bool kind_choose(KindChoice *choice, const char *name, size_t length)
{
    KindId section = KIND_COUNT;
    bool found = kind_by_section(name, length, &section);

    if (found)
        choice->named[section] = true;
    for (int id = 0; id < KIND_COUNT && section == KIND_COUNT; id++)
        if (strlen(kinds[id].member) == length && memcmp(kinds[id].member, name, length) == 0)
            choice->named[id] = choice->narrow = found = true;
    choice->any |= found;
    return found;
}

bool kind_is_chosen(const KindChoice *choice, KindId id)
{
    int parent = kinds[id].parent;
    bool is_narrowed = false;

    if (parent == KIND_NONE)
        return choice->any ? choice->named[id] : !kind_is_opted(id);
    for (int other = 0; other < KIND_COUNT; other++)
        is_narrowed |= kinds[other].parent == parent && choice->named[other];
    return kind_is_chosen(choice, (KindId)parent) && (!is_narrowed || choice->named[id]);
}
