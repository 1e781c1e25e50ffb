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
    [KIND_SEQUENCE] = {"sequence", "sequences", KIND_NONE, false},
    [KIND_TABLE] = {"table", "tables", KIND_NONE, false},
    [KIND_COLUMN] = {"column", "columns", KIND_TABLE, true},
    [KIND_CONSTRAINT] = {"constraint", "constraints", KIND_TABLE, false},
    [KIND_INDEX] = {"index", "indexes", KIND_TABLE, false},
    [KIND_POLICY] = {"policy", "policies", KIND_TABLE, false},
    [KIND_TRIGGER] = {"trigger", "triggers", KIND_TABLE, false},
    [KIND_VIEW] = {"view", "views", KIND_NONE, false},
    [KIND_VIEW_COLUMN] = {"view column", "columns", KIND_VIEW, true},
    [KIND_VIEW_INDEX] = {"index", "indexes", KIND_VIEW, false},
    [KIND_VIEW_TRIGGER] = {"trigger", "triggers", KIND_VIEW, false},
    [KIND_FUNCTION] = {"function", "functions", KIND_NONE, false},
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

const char *kind_key(KindId id)
{
    return kind_of(id)->parent == KIND_NONE ? "id" : "name";
}
