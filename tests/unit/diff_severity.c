#include "diff/severity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "json/jx.h"

/* Every rule by an example: objects as JSON, NULL for the side that is not there. */
static const struct {
    KindId kind;
    Op op;
    const char *field;
    const char *old;
    const char *new;
    Severity want;
    const char *affects;
} rows[] = {
    {KIND_TABLE, OP_CHANGED, "comment", "{}", "{}", SEVERITY_SAFE, ""},
    {KIND_COLUMN, OP_CHANGED, "comment", "{}", "{}", SEVERITY_SAFE, ""},
    {KIND_CONSTRAINT, OP_CHANGED, "comment", "{}", "{}", SEVERITY_SAFE, ""},

    {KIND_TABLE, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, "types"},
    {KIND_TABLE, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, "readers,writers,data,types"},
    {KIND_TABLE, OP_CHANGED, "row_security", "{'row_security':true}", "{}", SEVERITY_BREAKING,
     "security"},
    {KIND_TABLE, OP_CHANGED, "row_security", "{}", "{'row_security':true}", SEVERITY_RISKY,
     "readers,writers,security"},
    {KIND_TABLE, OP_CHANGED, "force_row_security", "{'force_row_security':true}", "{}",
     SEVERITY_RISKY, "security"},
    {KIND_TABLE, OP_CHANGED, "force_row_security", "{}", "{'force_row_security':true}",
     SEVERITY_RISKY, "readers,writers,security"},
    {KIND_TABLE, OP_CHANGED, "column order", "[]", "[]", SEVERITY_SAFE, ""},
    {KIND_TABLE, OP_CHANGED, "partition_key", "{}", "{}", SEVERITY_RISKY, "readers,writers"},
    {KIND_TABLE, OP_CHANGED, "a member of tomorrow", "{}", "{}", SEVERITY_RISKY, "readers,writers"},

    {KIND_COLUMN, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, "types"},
    {KIND_COLUMN, OP_ADDED, NULL, NULL, "{'not_null':true}", SEVERITY_BREAKING, "writers,types"},
    {KIND_COLUMN, OP_ADDED, NULL, NULL, "{'not_null':true,'default':'0'}", SEVERITY_SAFE, "types"},
    {KIND_COLUMN, OP_ADDED, NULL, NULL, "{'not_null':true,'identity':'always'}", SEVERITY_SAFE,
     "types"},
    {KIND_COLUMN, OP_ADDED, NULL, NULL, "{'not_null':true,'generated':'stored'}", SEVERITY_SAFE,
     "types"},
    {KIND_COLUMN, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, "readers,writers,data,types"},
    {KIND_COLUMN, OP_CHANGED, "not_null", "{}", "{'not_null':true}", SEVERITY_BREAKING,
     "writers,types"},
    {KIND_COLUMN, OP_CHANGED, "not_null", "{'not_null':true}", "{}", SEVERITY_RISKY,
     "readers,types"},
    {KIND_COLUMN, OP_CHANGED, "default", "{'default':'0','not_null':true}", "{'not_null':true}",
     SEVERITY_BREAKING, "writers,types"},
    {KIND_COLUMN, OP_CHANGED, "default", "{'default':'0'}", "{}", SEVERITY_RISKY, "writers"},
    {KIND_COLUMN, OP_CHANGED, "default", "{'default':'0'}", "{'default':'1'}", SEVERITY_RISKY,
     "writers"},
    {KIND_COLUMN, OP_CHANGED, "default", "{}", "{'default':'1'}", SEVERITY_SAFE, "types"},
    {KIND_COLUMN, OP_CHANGED, "identity", "{}", "{'identity':'always'}", SEVERITY_RISKY,
     "readers,writers"},

    {KIND_CONSTRAINT, OP_ADDED, NULL, NULL, "{'type':'foreign key'}", SEVERITY_BREAKING,
     "writers,types"},
    {KIND_CONSTRAINT, OP_ADDED, NULL, NULL, "{'type':'check'}", SEVERITY_BREAKING, "writers,types"},
    {KIND_CONSTRAINT, OP_REMOVED, NULL, "{'type':'foreign key'}", NULL, SEVERITY_RISKY,
     "data,types"},
    {KIND_CONSTRAINT, OP_REMOVED, NULL, "{'type':'unique'}", NULL, SEVERITY_RISKY, "data,types"},
    {KIND_CONSTRAINT, OP_CHANGED, "definition", "{}", "{}", SEVERITY_RISKY, "writers,data,types"},

    {KIND_INDEX, OP_ADDED, NULL, NULL, "{'unique':true}", SEVERITY_BREAKING, "writers"},
    {KIND_INDEX, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, "performance"},
    {KIND_INDEX, OP_REMOVED, NULL, "{'unique':true}", NULL, SEVERITY_RISKY, "data,performance"},
    {KIND_INDEX, OP_REMOVED, NULL, "{}", NULL, SEVERITY_RISKY, "performance"},
    {KIND_INDEX, OP_CHANGED, "definition", "{}", "{}", SEVERITY_RISKY, "writers,performance"},
    {KIND_INDEX, OP_CHANGED, "invalid", "{}", "{'invalid':true}", SEVERITY_RISKY, "performance"},
    {KIND_INDEX, OP_CHANGED, "invalid", "{'invalid':true}", "{}", SEVERITY_SAFE, "performance"},

    {KIND_POLICY, OP_ADDED, NULL, NULL, "{}", SEVERITY_RISKY, "security"},
    {KIND_POLICY, OP_ADDED, NULL, NULL, "{'restrictive':true}", SEVERITY_RISKY,
     "readers,writers,security"},
    {KIND_POLICY, OP_REMOVED, NULL, "{}", NULL, SEVERITY_RISKY, "readers,writers,security"},
    {KIND_POLICY, OP_REMOVED, NULL, "{'restrictive':true}", NULL, SEVERITY_RISKY, "security"},
    {KIND_POLICY, OP_CHANGED, "using", "{}", "{}", SEVERITY_RISKY, "readers,writers,security"},
    {KIND_TRIGGER, OP_ADDED, NULL, NULL, "{}", SEVERITY_RISKY, "writers,data"},
    {KIND_TRIGGER, OP_REMOVED, NULL, "{}", NULL, SEVERITY_RISKY, "writers,data"},
    {KIND_TRIGGER, OP_CHANGED, "firing", "{}", "{}", SEVERITY_RISKY, "writers,data"},

    {KIND_VIEW, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, "types"},
    {KIND_VIEW, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, "readers,types"},
    {KIND_VIEW, OP_CHANGED, "options", "{}", "{}", SEVERITY_RISKY, "readers,security"},
    {KIND_VIEW, OP_CHANGED, "definition", "{}", "{}", SEVERITY_RISKY, "readers"},
    {KIND_VIEW_COLUMN, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, "types"},
    {KIND_VIEW_COLUMN, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, "readers,types"},
    {KIND_VIEW_COLUMN, OP_CHANGED, "type", "{'type':'integer'}", "{'type':'text'}",
     SEVERITY_BREAKING, "readers,types"},
    {KIND_VIEW_INDEX, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, "performance"},

    {KIND_FUNCTION, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, "types"},
    {KIND_FUNCTION, OP_ADDED, NULL, NULL, "{'security_definer':true}", SEVERITY_RISKY,
     "security,types"},
    {KIND_FUNCTION, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, "readers,types"},
    {KIND_FUNCTION, OP_CHANGED, "security_definer", "{}", "{}", SEVERITY_RISKY, "security"},
    {KIND_FUNCTION, OP_CHANGED, "config", "{}", "{}", SEVERITY_RISKY, "readers,security"},
    {KIND_FUNCTION, OP_CHANGED, "returns", "{}", "{}", SEVERITY_BREAKING, "readers,types"},
    {KIND_FUNCTION, OP_CHANGED, "argument_names", "{}", "{}", SEVERITY_BREAKING, "readers,types"},
    {KIND_FUNCTION, OP_CHANGED, "body", "{}", "{}", SEVERITY_RISKY, "readers"},
    {KIND_FUNCTION, OP_CHANGED, "volatility", "{}", "{}", SEVERITY_RISKY, "readers,writers"},

    {KIND_ENUM, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, "types"},
    {KIND_ENUM, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, "types"},
    {KIND_ENUM, OP_CHANGED, "labels", "{'labels':['a']}", "{'labels':['a','b']}", SEVERITY_RISKY,
     "readers,types"},
    {KIND_ENUM, OP_CHANGED, "labels", "{'labels':['a','b']}", "{'labels':['b','a']}",
     SEVERITY_RISKY, "readers,types"},
    {KIND_ENUM, OP_CHANGED, "labels", "{'labels':['a','b']}", "{'labels':['a','c','d']}",
     SEVERITY_BREAKING, "readers,writers,types"},
    {KIND_ENUM, OP_CHANGED, "labels", "{'labels':['a']}", "{}", SEVERITY_BREAKING,
     "readers,writers,types"},
    {KIND_DOMAIN, OP_CHANGED, "not_null", "{}", "{'not_null':true}", SEVERITY_BREAKING,
     "writers,types"},
    {KIND_DOMAIN, OP_CHANGED, "not_null", "{'not_null':true}", "{}", SEVERITY_RISKY,
     "readers,writers"},
    {KIND_DOMAIN_CONSTRAINT, OP_ADDED, NULL, NULL, "{}", SEVERITY_BREAKING, "writers"},
    {KIND_DOMAIN_CONSTRAINT, OP_REMOVED, NULL, "{}", NULL, SEVERITY_RISKY, "readers,writers"},
    {KIND_ATTRIBUTE, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, "readers,writers,types"},
    {KIND_ATTRIBUTE, OP_ADDED, NULL, NULL, "{}", SEVERITY_RISKY, "readers,writers"},
    {KIND_ATTRIBUTE, OP_CHANGED, "type", "{}", "{}", SEVERITY_BREAKING, "readers,writers,types"},

    {KIND_SCHEMA, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, "types"},
    {KIND_SCHEMA, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, "readers,writers,data,types"},
    {KIND_EXTENSION, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, ""},
    {KIND_EXTENSION, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, "readers,writers"},
    {KIND_EXTENSION, OP_CHANGED, "version", "{}", "{}", SEVERITY_RISKY, "readers"},
    {KIND_SEQUENCE, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, ""},
    {KIND_SEQUENCE, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, "writers,data"},
    {KIND_SEQUENCE, OP_CHANGED, "increment", "{}", "{}", SEVERITY_RISKY, "writers"},

    {KIND_VIEW, OP_CHANGED, "grants", "{}", "{'grants':{'anon':['select']}}", SEVERITY_RISKY,
     "security"},
    {KIND_COLUMN, OP_CHANGED, "grants", "{'grants':{'a':['select']}}", "{}", SEVERITY_BREAKING,
     "readers,writers,security"},
    {KIND_TABLE, OP_CHANGED, "owner", "{'owner':'a'}", "{'owner':'b'}", SEVERITY_RISKY, "security"},
    {KIND_SERVER, OP_CHANGED, "secret", "{}", "{}", SEVERITY_RISKY, "security"},
    {KIND_SUBSCRIPTION, OP_CHANGED, "comment", "{}", "{}", SEVERITY_SAFE, ""},

    {KIND_TABLE, OP_RENAMED, NULL, "{}", "{}", SEVERITY_BREAKING, "readers,writers,types"},
    {KIND_COLUMN, OP_RENAMED, NULL, "{}", "{}", SEVERITY_BREAKING, "readers,writers,types"},
    {KIND_FUNCTION, OP_RENAMED, NULL, "{}", "{}", SEVERITY_BREAKING, "readers,types"},
    {KIND_ROLE, OP_RENAMED, NULL, "{}", "{}", SEVERITY_BREAKING, "readers,writers,security"},
    {KIND_INDEX, OP_RENAMED, NULL, "{}", "{}", SEVERITY_SAFE, ""},
    {KIND_CONSTRAINT, OP_RENAMED, NULL, "{}", "{}", SEVERITY_SAFE, "types"},
    {KIND_TRIGGER, OP_RENAMED, NULL, "{}", "{}", SEVERITY_RISKY, "writers"},
    {KIND_CONVERSION, OP_RENAMED, NULL, "{}", "{}", SEVERITY_RISKY, "readers,writers"},
    {KIND_TABLE, OP_REPLACED, NULL, "{'kind':'table'}", "{}", SEVERITY_BREAKING,
     "readers,writers,security,data"},
    {KIND_TABLE, OP_REPLACED, NULL, "{'kind':'foreign table'}", "{}", SEVERITY_RISKY,
     "readers,writers,security"},
    {KIND_COLUMN, OP_REPLACED, NULL, "{}", "{}", SEVERITY_BREAKING, "readers,writers,data"},
    {KIND_SEQUENCE, OP_REPLACED, NULL, "{}", "{}", SEVERITY_BREAKING, "writers,data"},
    {KIND_VIEW, OP_REPLACED, NULL, "{'materialized':true}", "{}", SEVERITY_BREAKING,
     "readers,data"},
    {KIND_VIEW, OP_REPLACED, NULL, "{}", "{}", SEVERITY_SAFE, ""},
    {KIND_FUNCTION, OP_REPLACED, NULL, "{}", "{}", SEVERITY_SAFE, ""},

    {KIND_TABLE, OP_CHANGED, "unlogged", "{}", "{'unlogged':true}", SEVERITY_RISKY,
     "data,replication"},
    {KIND_TABLE, OP_CHANGED, "unlogged", "{'unlogged':true}", "{}", SEVERITY_SAFE, "performance"},
    {KIND_TABLE, OP_CHANGED, "options", "{}", "{}", SEVERITY_SAFE, "performance"},
    {KIND_TABLE, OP_CHANGED, "replica_identity", "{}", "{'replica_identity':'full'}",
     SEVERITY_RISKY, "replication"},
    {KIND_TABLE, OP_CHANGED, "replica_identity", "{}", "{'replica_identity':'nothing'}",
     SEVERITY_RISKY, "writers,replication"},
    {KIND_COLUMN, OP_CHANGED, "storage", "{}", "{}", SEVERITY_SAFE, "performance"},
    {KIND_COLUMN, OP_CHANGED, "statistics", "{}", "{}", SEVERITY_SAFE, "performance"},
    {KIND_COLUMN, OP_CHANGED, "options", "{}", "{}", SEVERITY_SAFE, "performance"},
    {KIND_CONSTRAINT, OP_CHANGED, "disabled", "{}", "{'disabled':true}", SEVERITY_BREAKING, "data"},
    {KIND_CONSTRAINT, OP_CHANGED, "disabled", "{'disabled':true}", "{}", SEVERITY_RISKY, "writers"},
    {KIND_CONSTRAINT, OP_CHANGED, "not_valid", "{}", "{'not_valid':true}", SEVERITY_RISKY,
     "writers,data,types"},
    {KIND_CONSTRAINT, OP_CHANGED, "index_comment", "{}", "{}", SEVERITY_SAFE, ""},
    {KIND_TRIGGER, OP_CHANGED, "firing", "{}", "{'firing':'disabled'}", SEVERITY_RISKY,
     "writers,security,data"},
    {KIND_EVENT_TRIGGER, OP_CHANGED, "firing", "{}", "{'firing':'disabled'}", SEVERITY_RISKY,
     "security"},
    {KIND_RULE, OP_ADDED, NULL, NULL, "{}", SEVERITY_RISKY, "writers,data"},
    {KIND_STATISTICS, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, "performance"},
    {KIND_STATISTICS, OP_CHANGED, "target", "{}", "{}", SEVERITY_SAFE, "performance"},
    {KIND_STATISTICS, OP_REMOVED, NULL, "{}", NULL, SEVERITY_RISKY, "performance"},
    {KIND_COLLATION, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, "readers"},
    {KIND_COLLATION, OP_CHANGED, "locale", "{}", "{}", SEVERITY_RISKY, "readers,data"},
    {KIND_FUNCTION, OP_CHANGED, "leakproof", "{}", "{'leakproof':true}", SEVERITY_RISKY,
     "security"},
    {KIND_FUNCTION, OP_CHANGED, "cost", "{}", "{}", SEVERITY_SAFE, "performance"},
    {KIND_CAST, OP_ADDED, NULL, NULL, "{}", SEVERITY_RISKY, "readers,writers"},

    {KIND_PUBLICATION, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, "replication"},
    {KIND_PUBLICATION, OP_CHANGED, "update", "{'update':true}", "{}", SEVERITY_BREAKING,
     "replication"},
    {KIND_PUBLICATION, OP_CHANGED, "update", "{}", "{'update':true}", SEVERITY_RISKY,
     "security,replication"},
    {KIND_PUBLICATION, OP_CHANGED, "schemas", "{'schemas':['a','b']}", "{'schemas':['b','c']}",
     SEVERITY_BREAKING, "replication"},
    {KIND_PUBLICATION_TABLE, OP_ADDED, NULL, NULL, "{}", SEVERITY_RISKY, "security,replication"},
    {KIND_PUBLICATION_TABLE, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, "replication"},
    {KIND_SUBSCRIPTION, OP_CHANGED, "enabled", "{'enabled':true}", "{}", SEVERITY_BREAKING,
     "data,replication"},
    {KIND_SUBSCRIPTION, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, "data,replication"},
    {KIND_DEFAULT_PRIVILEGES, OP_CHANGED, "grants", "{'grants':{'a':['select']}}", "{}",
     SEVERITY_RISKY, "security"},
    {KIND_PRIVILEGES, OP_ADDED, NULL, NULL, "{}", SEVERITY_RISKY, "security"},
    {KIND_ROLE, OP_ADDED, NULL, NULL, "{}", SEVERITY_RISKY, "security"},
    {KIND_ROLE, OP_ADDED, NULL, NULL, "{'bypass_rls':true}", SEVERITY_BREAKING, "security"},
    {KIND_ROLE, OP_CHANGED, "superuser", "{}", "{'superuser':true}", SEVERITY_BREAKING, "security"},
    {KIND_ROLE, OP_CHANGED, "superuser", "{'superuser':true}", "{}", SEVERITY_RISKY,
     "readers,writers,security"},
    {KIND_ROLE, OP_CHANGED, "bypass_rls", "{}", "{'bypass_rls':true}", SEVERITY_BREAKING,
     "security"},
    {KIND_ROLE, OP_CHANGED, "createrole", "{}", "{'createrole':true}", SEVERITY_BREAKING,
     "security"},
    {KIND_ROLE, OP_CHANGED, "login", "{'login':true}", "{}", SEVERITY_BREAKING,
     "readers,writers,security"},
    {KIND_ROLE, OP_CHANGED, "member_of", "{}", "{'member_of':{'a':['inherit']}}", SEVERITY_RISKY,
     "security"},
    {KIND_ROLE, OP_CHANGED, "member_of", "{'member_of':{'a':['inherit']}}", "{}", SEVERITY_BREAKING,
     "readers,writers,security"},
    {KIND_ROLE, OP_CHANGED, "settings", "{}", "{}", SEVERITY_RISKY, "readers,writers,security"},
    {KIND_BUCKET, OP_CHANGED, "public", "{}", "{'public':true}", SEVERITY_BREAKING, "security"},
    {KIND_BUCKET, OP_CHANGED, "public", "{'public':true}", "{}", SEVERITY_BREAKING,
     "readers,security"},
    {KIND_CRON_JOB, OP_CHANGED, "schedule", "{}", "{}", SEVERITY_RISKY, "writers,data"},
    {KIND_FACT, OP_CHANGED, "hash", "{}", "{}", SEVERITY_RISKY, "readers,writers"},
    {KIND_FACT, OP_ADDED, NULL, NULL, "{}", SEVERITY_RISKY, "readers,writers"},
};

static json_t *value_of(const char *text)
{
    char json[256] = "";

    if (!text)
        return NULL;
    snprintf(json, sizeof json, "%s", text);
    for (char *c = json; *c; c++)
        if (*c == '\'')
            *c = '"';
    return json_loads(json, 0, NULL);
}

static void every_rule_judges_its_example(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_auto_t *old = value_of(rows[i].old);
        json_auto_t *new = value_of(rows[i].new);

        assert_true(old || new);
        Verdict got = severity_judge(rows[i].kind, rows[i].op, rows[i].field, old, new);
        if (got.severity != rows[i].want || strcmp(got.affects, rows[i].affects) != 0)
            fail_msg("%s %s %s %s -> %s: %s '%s' (%s)", kind_of(rows[i].kind)->name,
                     op_name(rows[i].op), rows[i].field ? rows[i].field : "", rows[i].old,
                     rows[i].new, severity_name(got.severity), got.affects, got.why);
    }
}

static const struct {
    const char *member;
    const char *old;
    const char *new;
    Severity want;
    const char *why;
} rights[] = {
    {"grants", "{'a':['select']}", "{'a':['select','update']}", SEVERITY_RISKY, "a role"},
    {"grants", "{'a':['select']}", "{'a':['all']}", SEVERITY_RISKY, "a role"},
    {"grants", "{'a':['select']}", "{'a':['select*']}", SEVERITY_RISKY, "a role"},
    {"grants", "{'a':['select*','update']}", "{'a':['all*']}", SEVERITY_RISKY, "a role"},
    {"grants", "{}", "{'public':['select']}", SEVERITY_RISKY, "everybody"},
    {"grants", "{'anon':['select']}", "{'anon':['insert','select']}", SEVERITY_RISKY, "everybody"},
    {"grants", "{'a':['select'],'anon':['all']}", "{'a':['all'],'anon':['all']}", SEVERITY_RISKY,
     "a role may now"},
    {"grants", "{'a':['all']}", "{'a':['select']}", SEVERITY_BREAKING, "a role may no longer"},
    {"grants", "{'a':['select*']}", "{'a':['select']}", SEVERITY_BREAKING, "a role may no longer"},
    {"grants", "{'a':['select'],'b':['select']}", "{'a':['select'],'public':['select']}",
     SEVERITY_BREAKING, "a role may no longer"},
    {"revokes", "{}", "{'public':['execute']}", SEVERITY_BREAKING, "what roles may do by default"},
    {"revokes", "{'public':['execute']}", "{}", SEVERITY_RISKY, "everybody may again"},
    {"revokes", "{'a':['all']}", "{}", SEVERITY_RISKY, "a role may again"},
};

static void rights_are_judged_by_their_direction(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rights / sizeof *rights; i++) {
        json_auto_t *old = json_pack("{s:o}", rights[i].member, value_of(rights[i].old));
        json_auto_t *new = json_pack("{s:o}", rights[i].member, value_of(rights[i].new));
        Verdict got = severity_judge(KIND_TABLE, OP_CHANGED, rights[i].member, old, new);

        if (got.severity != rights[i].want ||
            strncmp(got.why, rights[i].why, strlen(rights[i].why)) != 0)
            fail_msg("%s %s -> %s: %s (%s)", rights[i].member, rights[i].old, rights[i].new,
                     severity_name(got.severity), got.why);
    }
}

static const struct {
    const char *old;
    const char *new;
    Severity want;
} types[] = {
    {"character varying(10)", "character varying(20)", SEVERITY_SAFE},
    {"character varying(10)", "character varying(10)", SEVERITY_SAFE},
    {"character varying(10)", "character varying", SEVERITY_SAFE},
    {"character varying(10)", "text", SEVERITY_SAFE},
    {"character varying(20)", "character varying(10)", SEVERITY_BREAKING},
    {"character varying(10)", "character(10)", SEVERITY_BREAKING},
    {"character varying(10)", "integer", SEVERITY_BREAKING},
    {"character varying", "character varying(10)", SEVERITY_BREAKING},
    {"text", "character varying(10)", SEVERITY_BREAKING},
    {"integer", "bigint", SEVERITY_BREAKING},
    {"character varying(10)", "text[]", SEVERITY_BREAKING},
    {"character varying(10)[]", "text", SEVERITY_BREAKING},
    {"character varying(10)[]", "character varying", SEVERITY_BREAKING},
    {"character varying(10)", "character varying(20)[]", SEVERITY_BREAKING},
    {"character varying(10)[]", "character varying(20)", SEVERITY_BREAKING},
};

static void only_a_longer_text_is_a_safe_type(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        json_auto_t *old = json_pack("{s:s}", "type", types[i].old);
        json_auto_t *new = json_pack("{s:s}", "type", types[i].new);
        Verdict column = severity_judge(KIND_COLUMN, OP_CHANGED, "type", old, new);
        Verdict view = severity_judge(KIND_VIEW_COLUMN, OP_CHANGED, "type", old, new);

        if (column.severity != types[i].want || view.severity != types[i].want)
            fail_msg("%s -> %s is %s", types[i].old, types[i].new, severity_name(column.severity));
    }
}

/* changes.5: "What no rule knows is risky, never safe", and every verdict can be put in a document.
 */
static void every_kind_and_op_has_a_verdict_of_known_words(void **state)
{
    static const char *const words[] = {"readers", "writers",     "security",   "data",
                                        "types",   "performance", "replication"};
    json_auto_t *object = json_object();

    (void)state;
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        for (int op = 0; op < OP_COUNT; op++) {
            bool added = op == OP_ADDED, removed = op == OP_REMOVED;
            Verdict got = severity_judge((KindId)kind, (Op)op, added || removed ? NULL : "strange",
                                         added ? NULL : object, removed ? NULL : object);

            assert_true(got.why && *got.why);
            if (op == OP_CHANGED)
                assert_int_not_equal(got.severity, SEVERITY_SAFE);
            for (const char *word = got.affects; *word;) {
                size_t length = strcspn(word, ",");
                bool known = false;
                for (size_t i = 0; i < sizeof words / sizeof *words; i++)
                    known |= strlen(words[i]) == length && memcmp(words[i], word, length) == 0;
                assert_true(known);
                word += length + (word[length] == ',');
            }
        }
    }
}

static void losing_what_people_use_is_never_safe(void **state)
{
    json_auto_t *object = json_object();

    (void)state;
    for (int kind = 0; kind < KIND_COUNT; kind++)
        assert_int_not_equal(severity_judge((KindId)kind, OP_REMOVED, NULL, object, NULL).severity,
                             SEVERITY_SAFE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_judges_its_example),
        cmocka_unit_test(rights_are_judged_by_their_direction),
        cmocka_unit_test(only_a_longer_text_is_a_safe_type),
        cmocka_unit_test(every_kind_and_op_has_a_verdict_of_known_words),
        cmocka_unit_test(losing_what_people_use_is_never_safe),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
