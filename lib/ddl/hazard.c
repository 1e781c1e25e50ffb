#include "ddl/hazard.h"

#include <assert.h>
#include <stddef.h>

#define EXCLUSIVE "ACCESS EXCLUSIVE"

static const DdlHazard hazards[] = {
    [DDL_PLAIN] = {NULL, 0},
    [DDL_TABLE_DROP] = {EXCLUSIVE, HAZARD_DATA_LOSS},
    [DDL_COLUMN_ADD] = {EXCLUSIVE, 0},
    [DDL_COLUMN_ADD_REWRITE] = {EXCLUSIVE, HAZARD_REWRITE},
    [DDL_COLUMN_DROP] = {EXCLUSIVE, HAZARD_DATA_LOSS},
    [DDL_COLUMN_TYPE] = {EXCLUSIVE, HAZARD_REWRITE | HAZARD_DATA_LOSS},
    [DDL_COLUMN_TYPE_LOSSLESS] = {EXCLUSIVE, HAZARD_REWRITE},
    [DDL_COLUMN_TYPE_WIDER] = {EXCLUSIVE, 0},
    [DDL_COLUMN_NOT_NULL] = {EXCLUSIVE, HAZARD_SCAN},
    [DDL_COLUMN_NOT_NULL_PROVED] = {EXCLUSIVE, 0},
    [DDL_COLUMN_SET] = {EXCLUSIVE, 0},
    [DDL_COLUMN_STORAGE] = {EXCLUSIVE, 0},
    [DDL_COLUMN_STATISTICS] = {"SHARE UPDATE EXCLUSIVE", 0},
    [DDL_CHECK_ADD] = {EXCLUSIVE, HAZARD_SCAN},
    [DDL_CHECK_ADD_NOT_VALID] = {EXCLUSIVE, 0},
    [DDL_KEY_ADD] = {EXCLUSIVE, HAZARD_INDEX_BUILD},
    [DDL_KEY_ADD_USING] = {EXCLUSIVE, 0},
    [DDL_FOREIGN_KEY_ADD] = {"SHARE ROW EXCLUSIVE", HAZARD_SCAN},
    [DDL_FOREIGN_KEY_ADD_NOT_VALID] = {"SHARE ROW EXCLUSIVE", 0},
    [DDL_VALIDATE] = {"SHARE UPDATE EXCLUSIVE", 0},
    [DDL_CONSTRAINT_DROP] = {EXCLUSIVE, HAZARD_CORRECTNESS},
    [DDL_CONSTRAINT_ALTER] = {EXCLUSIVE, 0},
    [DDL_KEY_DROP] = {EXCLUSIVE, HAZARD_CORRECTNESS | HAZARD_INDEX_DROP},
    [DDL_INDEX_CREATE] = {"SHARE", HAZARD_INDEX_BUILD},
    [DDL_INDEX_CREATE_CONCURRENTLY] = {"SHARE UPDATE EXCLUSIVE",
                                       HAZARD_INDEX_BUILD | HAZARD_NO_TRANSACTION},
    [DDL_INDEX_DROP] = {EXCLUSIVE, HAZARD_INDEX_DROP},
    [DDL_INDEX_DROP_CONCURRENTLY] = {"SHARE UPDATE EXCLUSIVE",
                                     HAZARD_INDEX_DROP | HAZARD_NO_TRANSACTION},
    [DDL_TABLE_SET] = {EXCLUSIVE, 0},
    [DDL_TABLE_OPTIONS] = {"SHARE UPDATE EXCLUSIVE", 0},
    [DDL_TABLE_REWRITE] = {EXCLUSIVE, HAZARD_REWRITE},
    [DDL_ATTACH] = {"SHARE UPDATE EXCLUSIVE", HAZARD_SCAN},
    [DDL_DETACH] = {EXCLUSIVE, 0},
    [DDL_TRIGGER_CREATE] = {"SHARE ROW EXCLUSIVE", 0},
    [DDL_TRIGGER_SET] = {"SHARE ROW EXCLUSIVE", HAZARD_CORRECTNESS},
    [DDL_TRIGGER_DROP] = {EXCLUSIVE, HAZARD_CORRECTNESS},
    [DDL_RULE_CREATE] = {EXCLUSIVE, 0},
    [DDL_POLICY] = {EXCLUSIVE, HAZARD_RIGHTS},
    [DDL_ROW_SECURITY] = {EXCLUSIVE, HAZARD_RIGHTS},
    [DDL_VIEW_CREATE] = {EXCLUSIVE, 0},
    [DDL_VIEW_DROP] = {EXCLUSIVE, 0},
    [DDL_MATVIEW_DROP] = {EXCLUSIVE, HAZARD_DATA_LOSS},
    [DDL_FUNCTION] = {NULL, HAZARD_UNTRACKED},
    [DDL_TYPE_DROP] = {NULL, 0},
    [DDL_ENUM_VALUE] = {NULL, HAZARD_NO_TRANSACTION},
    [DDL_ENUM_REBUILD] = {NULL, 0},
    [DDL_SEQUENCE_SET] = {"SHARE ROW EXCLUSIVE", 0},
    [DDL_SEQUENCE_DROP] = {EXCLUSIVE, HAZARD_DATA_LOSS},
    [DDL_RIGHTS] = {NULL, HAZARD_RIGHTS},
    [DDL_OWNER] = {EXCLUSIVE, HAZARD_RIGHTS},
    [DDL_ROLE_DROP] = {NULL, HAZARD_RIGHTS | HAZARD_DATA_LOSS},
    [DDL_SCHEMA_DROP] = {NULL, HAZARD_DATA_LOSS},
    [DDL_EXTENSION_UPDATE] = {NULL, HAZARD_EXTENSION},
    [DDL_EXTENSION_DROP] = {NULL, HAZARD_DATA_LOSS},
    [DDL_PUBLICATION] = {"SHARE UPDATE EXCLUSIVE", 0},
    [DDL_SUBSCRIPTION] = {NULL, HAZARD_NO_TRANSACTION},
    [DDL_IMPOSSIBLE] = {NULL, 0},
};
static_assert(sizeof hazards / sizeof *hazards == DDL_FORM_COUNT, "a row for every form");

static const struct {
    unsigned flag;
    const char *name, *text;
} flags[] = {
    {HAZARD_REWRITE, "REWRITE", "writes every row anew"},
    {HAZARD_SCAN, "SCAN", "reads every row under the lock"},
    {HAZARD_INDEX_BUILD, "INDEX_BUILD", "builds an index"},
    {HAZARD_INDEX_DROP, "INDEX_DROPPED", "queries may be slower without the index"},
    {HAZARD_DATA_LOSS, "DATA_LOSS", "irreversible: data is lost"},
    {HAZARD_RIGHTS, "AUTHORIZATION", "changes who may do what"},
    {HAZARD_CORRECTNESS, "CORRECTNESS", "what it kept true is no longer kept"},
    {HAZARD_UNTRACKED, "UNTRACKED_DEPENDENCIES", "what its text uses is not known"},
    {HAZARD_EXTENSION, "EXTENSION_VERSION", "runs the extension's own script"},
    {HAZARD_NO_TRANSACTION, "NO_TRANSACTION", "runs outside a transaction"},
};

const DdlHazard *ddl_hazard(DdlForm form)
{
    assert(form < DDL_FORM_COUNT);
    return &hazards[form];
}

const char *ddl_hazard_text(unsigned flag)
{
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (flags[i].flag == flag)
            return flags[i].text;
    return "";
}

const char *ddl_hazard_name(unsigned flag)
{
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (flags[i].flag == flag)
            return flags[i].name;
    return "";
}
