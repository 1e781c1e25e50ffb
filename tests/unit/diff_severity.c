#include "diff/severity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
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
    Class class;
    const char *affects;
} rows[] = {
    {KIND_TABLE, OP_CHANGED, "comment", "{}", "{}", SEVERITY_SAFE, CLASS_COSMETIC, ""},
    {KIND_COLUMN, OP_CHANGED, "comment", "{}", "{}", SEVERITY_SAFE, CLASS_COSMETIC, ""},
    {KIND_CONSTRAINT, OP_CHANGED, "comment", "{}", "{}", SEVERITY_SAFE, CLASS_COSMETIC, ""},

    {KIND_TABLE, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, CLASS_ADDITIVE, "types"},
    {KIND_TABLE, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, CLASS_DATA_LOSS,
     "readers,writers,data,types"},
    {KIND_TABLE, OP_CHANGED, "row_security", "{'row_security':true}", "{}", SEVERITY_BREAKING,
     CLASS_SECURITY, "security"},
    {KIND_TABLE, OP_CHANGED, "row_security", "{}", "{'row_security':true}", SEVERITY_BREAKING,
     CLASS_SECURITY, "readers,writers,security"},
    {KIND_TABLE, OP_CHANGED, "force_row_security", "{'force_row_security':true}", "{}",
     SEVERITY_RISKY, CLASS_SECURITY, "security"},
    {KIND_TABLE, OP_CHANGED, "force_row_security", "{}", "{'force_row_security':true}",
     SEVERITY_RISKY, CLASS_SECURITY, "readers,writers,security"},
    {KIND_TABLE, OP_CHANGED, "column order", "[]", "[]", SEVERITY_SAFE, CLASS_COSMETIC, ""},
    {KIND_TABLE, OP_CHANGED, "partition_key", "{}", "{}", SEVERITY_RISKY, CLASS_BREAKING_WRITERS,
     "writers,data"},
    {KIND_TABLE, OP_CHANGED, "a member of tomorrow", "{}", "{}", SEVERITY_RISKY, CLASS_UNKNOWN,
     "readers,writers"},

    {KIND_COLUMN, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, CLASS_ADDITIVE, "types"},
    {KIND_COLUMN, OP_ADDED, NULL, NULL, "{'not_null':true}", SEVERITY_BREAKING,
     CLASS_BREAKING_WRITERS, "writers,types"},
    {KIND_COLUMN, OP_ADDED, NULL, NULL, "{'not_null':true,'default':'0'}", SEVERITY_SAFE,
     CLASS_ADDITIVE, "types"},
    {KIND_COLUMN, OP_ADDED, NULL, NULL, "{'not_null':true,'identity':'always'}", SEVERITY_SAFE,
     CLASS_ADDITIVE, "types"},
    {KIND_COLUMN, OP_ADDED, NULL, NULL, "{'not_null':true,'generated':'stored'}", SEVERITY_SAFE,
     CLASS_ADDITIVE, "types"},
    {KIND_COLUMN, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, CLASS_DATA_LOSS,
     "readers,writers,data,types"},
    {KIND_COLUMN, OP_CHANGED, "not_null", "{}", "{'not_null':true}", SEVERITY_BREAKING,
     CLASS_BREAKING_WRITERS, "writers,types"},
    {KIND_COLUMN, OP_CHANGED, "not_null", "{'not_null':true}", "{}", SEVERITY_RISKY,
     CLASS_BREAKING_READERS, "readers,data,types"},
    {KIND_COLUMN, OP_CHANGED, "default", "{'default':'0','not_null':true}", "{'not_null':true}",
     SEVERITY_BREAKING, CLASS_BREAKING_WRITERS, "writers,types"},
    {KIND_COLUMN, OP_CHANGED, "default", "{'default':'0'}", "{}", SEVERITY_RISKY, CLASS_INTEGRITY,
     "writers,data"},
    {KIND_COLUMN, OP_CHANGED, "default", "{'default':'0'}", "{'default':'1'}", SEVERITY_RISKY,
     CLASS_INTEGRITY, "writers,data"},
    {KIND_COLUMN, OP_CHANGED, "default", "{}", "{'default':'1'}", SEVERITY_SAFE, CLASS_ADDITIVE,
     "types"},
    {KIND_COLUMN, OP_CHANGED, "identity", "{}", "{'identity':'always'}", SEVERITY_BREAKING,
     CLASS_BREAKING_WRITERS, "writers,types"},

    {KIND_CONSTRAINT, OP_ADDED, NULL, NULL, "{'type':'foreign key'}", SEVERITY_BREAKING,
     CLASS_BREAKING_WRITERS, "writers,types"},
    {KIND_CONSTRAINT, OP_ADDED, NULL, NULL, "{'type':'check'}", SEVERITY_BREAKING,
     CLASS_BREAKING_WRITERS, "writers,types"},
    {KIND_CONSTRAINT, OP_REMOVED, NULL, "{'type':'foreign key'}", NULL, SEVERITY_RISKY,
     CLASS_INTEGRITY, "data,types"},
    {KIND_CONSTRAINT, OP_REMOVED, NULL, "{'type':'unique'}", NULL, SEVERITY_RISKY, CLASS_INTEGRITY,
     "writers,data,types"},
    {KIND_CONSTRAINT, OP_CHANGED, "definition", "{}", "{}", SEVERITY_RISKY, CLASS_BREAKING_WRITERS,
     "writers,data,types"},

    {KIND_INDEX, OP_ADDED, NULL, NULL, "{'unique':true}", SEVERITY_BREAKING, CLASS_BREAKING_WRITERS,
     "writers"},
    {KIND_INDEX, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, CLASS_PERFORMANCE, "performance"},
    {KIND_INDEX, OP_REMOVED, NULL, "{'unique':true}", NULL, SEVERITY_RISKY, CLASS_INTEGRITY,
     "data,performance"},
    {KIND_INDEX, OP_REMOVED, NULL, "{}", NULL, SEVERITY_RISKY, CLASS_PERFORMANCE, "performance"},
    {KIND_INDEX, OP_CHANGED, "definition", "{}", "{}", SEVERITY_RISKY, CLASS_PERFORMANCE,
     "performance"},
    {KIND_INDEX, OP_CHANGED, "invalid", "{}", "{'invalid':true}", SEVERITY_RISKY, CLASS_PERFORMANCE,
     "performance"},
    {KIND_INDEX, OP_CHANGED, "invalid", "{'invalid':true}", "{}", SEVERITY_SAFE, CLASS_PERFORMANCE,
     "performance"},

    {KIND_POLICY, OP_ADDED, NULL, NULL, "{}", SEVERITY_RISKY, CLASS_SECURITY, "security"},
    {KIND_POLICY, OP_ADDED, NULL, NULL, "{'restrictive':true}", SEVERITY_RISKY, CLASS_SECURITY,
     "readers,writers,security"},
    {KIND_POLICY, OP_REMOVED, NULL, "{}", NULL, SEVERITY_RISKY, CLASS_SECURITY,
     "readers,writers,security"},
    {KIND_POLICY, OP_REMOVED, NULL, "{'restrictive':true}", NULL, SEVERITY_RISKY, CLASS_SECURITY,
     "security"},
    {KIND_POLICY, OP_CHANGED, "using", "{}", "{}", SEVERITY_RISKY, CLASS_SECURITY,
     "readers,writers,security"},
    {KIND_TRIGGER, OP_ADDED, NULL, NULL, "{}", SEVERITY_RISKY, CLASS_BREAKING_WRITERS,
     "writers,data"},
    {KIND_TRIGGER, OP_REMOVED, NULL, "{}", NULL, SEVERITY_RISKY, CLASS_SECURITY,
     "writers,security,data"},
    {KIND_TRIGGER, OP_CHANGED, "firing", "{}", "{}", SEVERITY_RISKY, CLASS_BREAKING_WRITERS,
     "writers,data"},

    {KIND_VIEW, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, CLASS_ADDITIVE, "types"},
    {KIND_VIEW, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, CLASS_BREAKING_READERS,
     "readers,writers,types"},
    {KIND_VIEW, OP_CHANGED, "options", "{}", "{}", SEVERITY_RISKY, CLASS_SECURITY,
     "readers,security"},
    {KIND_VIEW, OP_CHANGED, "definition", "{}", "{}", SEVERITY_RISKY, CLASS_BREAKING_READERS,
     "readers"},
    {KIND_VIEW_COLUMN, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, CLASS_ADDITIVE, "types"},
    {KIND_VIEW_COLUMN, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, CLASS_BREAKING_READERS,
     "readers,types"},
    {KIND_VIEW_COLUMN, OP_CHANGED, "type", "{'type':'integer'}", "{'type':'text'}",
     SEVERITY_BREAKING, CLASS_BREAKING_READERS, "readers,types"},
    {KIND_VIEW_INDEX, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, CLASS_PERFORMANCE, "performance"},

    {KIND_FUNCTION, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, CLASS_ADDITIVE, "types"},
    {KIND_FUNCTION, OP_ADDED, NULL, NULL, "{'security_definer':true}", SEVERITY_RISKY,
     CLASS_SECURITY, "security,types"},
    {KIND_FUNCTION, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, CLASS_BREAKING_READERS,
     "readers,types"},
    {KIND_FUNCTION, OP_CHANGED, "security_definer", "{}", "{}", SEVERITY_RISKY, CLASS_SECURITY,
     "readers,writers,security"},
    {KIND_FUNCTION, OP_CHANGED, "config", "{}", "{}", SEVERITY_RISKY, CLASS_SECURITY,
     "readers,security"},
    {KIND_FUNCTION, OP_CHANGED, "returns", "{}", "{}", SEVERITY_BREAKING, CLASS_BREAKING_READERS,
     "readers,types"},
    {KIND_FUNCTION, OP_CHANGED, "argument_names", "{'argument_names':['a']}",
     "{'argument_names':['b']}", SEVERITY_BREAKING, CLASS_BREAKING_READERS, "readers,types"},
    {KIND_FUNCTION, OP_CHANGED, "body", "{}", "{}", SEVERITY_RISKY, CLASS_BREAKING_READERS,
     "readers"},
    {KIND_FUNCTION, OP_CHANGED, "volatility", "{'volatility':'stable'}",
     "{'volatility':'volatile'}", SEVERITY_RISKY, CLASS_PERFORMANCE, "readers,performance"},

    {KIND_ENUM, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, CLASS_ADDITIVE, "types"},
    {KIND_ENUM, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, CLASS_BREAKING_READERS,
     "readers,writers,types"},
    {KIND_ENUM, OP_CHANGED, "labels", "{'labels':['a']}", "{'labels':['a','b']}", SEVERITY_RISKY,
     CLASS_ADDITIVE, "readers,types"},
    {KIND_ENUM, OP_CHANGED, "labels", "{'labels':['a','b']}", "{'labels':['b','a']}",
     SEVERITY_RISKY, CLASS_BREAKING_READERS, "readers,types"},
    {KIND_ENUM, OP_CHANGED, "labels", "{'labels':['a','b']}", "{'labels':['a','c','d']}",
     SEVERITY_BREAKING, CLASS_BREAKING_READERS, "readers,writers,types"},
    {KIND_ENUM, OP_CHANGED, "labels", "{'labels':['a']}", "{}", SEVERITY_BREAKING,
     CLASS_BREAKING_READERS, "readers,writers,types"},
    {KIND_DOMAIN, OP_CHANGED, "not_null", "{}", "{'not_null':true}", SEVERITY_BREAKING,
     CLASS_BREAKING_WRITERS, "writers,types"},
    {KIND_DOMAIN, OP_CHANGED, "not_null", "{'not_null':true}", "{}", SEVERITY_RISKY,
     CLASS_BREAKING_READERS, "readers,data,types"},
    {KIND_DOMAIN_CONSTRAINT, OP_ADDED, NULL, NULL, "{}", SEVERITY_BREAKING, CLASS_BREAKING_WRITERS,
     "writers"},
    {KIND_DOMAIN_CONSTRAINT, OP_REMOVED, NULL, "{}", NULL, SEVERITY_RISKY, CLASS_INTEGRITY, "data"},
    {KIND_ATTRIBUTE, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, CLASS_DATA_LOSS,
     "readers,writers,data,types"},
    {KIND_ATTRIBUTE, OP_ADDED, NULL, NULL, "{}", SEVERITY_BREAKING, CLASS_BREAKING_WRITERS,
     "readers,writers,types"},
    {KIND_ATTRIBUTE, OP_CHANGED, "type", "{}", "{}", SEVERITY_BREAKING, CLASS_BREAKING_READERS,
     "readers,writers,types"},

    {KIND_SCHEMA, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, CLASS_ADDITIVE, "types"},
    {KIND_SCHEMA, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, CLASS_DATA_LOSS,
     "readers,writers,data,types"},
    {KIND_EXTENSION, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, CLASS_ADDITIVE, ""},
    {KIND_EXTENSION, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, CLASS_BREAKING_READERS,
     "readers,writers"},
    {KIND_EXTENSION, OP_CHANGED, "version", "{}", "{}", SEVERITY_RISKY, CLASS_BREAKING_READERS,
     "readers"},
    {KIND_SEQUENCE, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, CLASS_ADDITIVE, ""},
    {KIND_SEQUENCE, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, CLASS_BREAKING_WRITERS,
     "writers,data"},
    {KIND_SEQUENCE, OP_CHANGED, "increment", "{}", "{}", SEVERITY_RISKY, CLASS_INTEGRITY,
     "writers"},

    {KIND_VIEW, OP_CHANGED, "grants", "{}", "{'grants':{'anon':['select']}}", SEVERITY_RISKY,
     CLASS_SECURITY, "security"},
    {KIND_COLUMN, OP_CHANGED, "grants", "{'grants':{'a':['select']}}", "{}", SEVERITY_BREAKING,
     CLASS_SECURITY, "readers,writers,security"},
    {KIND_TABLE, OP_CHANGED, "owner", "{'owner':'a'}", "{'owner':'b'}", SEVERITY_RISKY,
     CLASS_SECURITY, "security"},
    {KIND_SERVER, OP_CHANGED, "secret", "{}", "{}", SEVERITY_RISKY, CLASS_SECURITY, "security"},
    {KIND_SUBSCRIPTION, OP_CHANGED, "comment", "{}", "{}", SEVERITY_SAFE, CLASS_COSMETIC, ""},

    {KIND_TABLE, OP_RENAMED, NULL, "{}", "{}", SEVERITY_BREAKING, CLASS_BREAKING_READERS,
     "readers,writers,types"},
    {KIND_COLUMN, OP_RENAMED, NULL, "{}", "{}", SEVERITY_BREAKING, CLASS_BREAKING_READERS,
     "readers,writers,types"},
    {KIND_FUNCTION, OP_RENAMED, NULL, "{}", "{}", SEVERITY_BREAKING, CLASS_BREAKING_READERS,
     "readers,types"},
    {KIND_ROLE, OP_RENAMED, NULL, "{}", "{}", SEVERITY_BREAKING, CLASS_SECURITY,
     "readers,writers,security"},
    {KIND_INDEX, OP_RENAMED, NULL, "{}", "{}", SEVERITY_SAFE, CLASS_COSMETIC, ""},
    {KIND_CONSTRAINT, OP_RENAMED, NULL, "{}", "{}", SEVERITY_SAFE, CLASS_COSMETIC, "types"},
    {KIND_TRIGGER, OP_RENAMED, NULL, "{}", "{}", SEVERITY_RISKY, CLASS_BREAKING_WRITERS, "writers"},
    {KIND_CONVERSION, OP_RENAMED, NULL, "{}", "{}", SEVERITY_BREAKING, CLASS_BREAKING_READERS,
     "readers,writers"},
    {KIND_TABLE, OP_REPLACED, NULL, "{'kind':'table'}", "{}", SEVERITY_BREAKING, CLASS_DATA_LOSS,
     "readers,writers,security,data"},
    {KIND_TABLE, OP_REPLACED, NULL, "{'kind':'foreign table'}", "{}", SEVERITY_RISKY,
     CLASS_BREAKING_READERS, "readers,writers,security"},
    {KIND_COLUMN, OP_REPLACED, NULL, "{}", "{}", SEVERITY_BREAKING, CLASS_DATA_LOSS,
     "readers,writers,data"},
    {KIND_SEQUENCE, OP_REPLACED, NULL, "{}", "{}", SEVERITY_BREAKING, CLASS_BREAKING_WRITERS,
     "writers,data"},
    {KIND_VIEW, OP_REPLACED, NULL, "{'materialized':true}", "{}", SEVERITY_BREAKING,
     CLASS_BREAKING_READERS, "readers,data"},
    {KIND_VIEW, OP_REPLACED, NULL, "{}", "{}", SEVERITY_SAFE, CLASS_COSMETIC, ""},
    {KIND_FUNCTION, OP_REPLACED, NULL, "{}", "{}", SEVERITY_SAFE, CLASS_COSMETIC, ""},

    {KIND_TABLE, OP_CHANGED, "unlogged", "{}", "{'unlogged':true}", SEVERITY_RISKY, CLASS_INTEGRITY,
     "data,replication"},
    {KIND_TABLE, OP_CHANGED, "unlogged", "{'unlogged':true}", "{}", SEVERITY_SAFE,
     CLASS_PERFORMANCE, "performance"},
    {KIND_TABLE, OP_CHANGED, "options", "{}", "{}", SEVERITY_SAFE, CLASS_PERFORMANCE,
     "performance"},
    {KIND_TABLE, OP_CHANGED, "replica_identity", "{}", "{'replica_identity':'full'}",
     SEVERITY_RISKY, CLASS_REPLICATION, "replication"},
    {KIND_TABLE, OP_CHANGED, "replica_identity", "{}", "{'replica_identity':'nothing'}",
     SEVERITY_RISKY, CLASS_BREAKING_WRITERS, "writers,replication"},
    {KIND_COLUMN, OP_CHANGED, "storage", "{}", "{}", SEVERITY_SAFE, CLASS_PERFORMANCE,
     "performance"},
    {KIND_COLUMN, OP_CHANGED, "statistics", "{}", "{}", SEVERITY_SAFE, CLASS_PERFORMANCE,
     "performance"},
    {KIND_COLUMN, OP_CHANGED, "options", "{}", "{}", SEVERITY_SAFE, CLASS_PERFORMANCE,
     "performance"},
    {KIND_CONSTRAINT, OP_CHANGED, "disabled", "{}", "{'disabled':true}", SEVERITY_BREAKING,
     CLASS_INTEGRITY, "data"},
    {KIND_CONSTRAINT, OP_CHANGED, "disabled", "{'disabled':true}", "{}", SEVERITY_RISKY,
     CLASS_BREAKING_WRITERS, "writers"},
    {KIND_CONSTRAINT, OP_CHANGED, "not_valid", "{}", "{'not_valid':true}", SEVERITY_RISKY,
     CLASS_INTEGRITY, "data"},
    {KIND_CONSTRAINT, OP_CHANGED, "index_comment", "{}", "{}", SEVERITY_SAFE, CLASS_COSMETIC, ""},
    {KIND_TRIGGER, OP_CHANGED, "firing", "{}", "{'firing':'disabled'}", SEVERITY_RISKY,
     CLASS_SECURITY, "writers,security,data"},
    {KIND_EVENT_TRIGGER, OP_CHANGED, "firing", "{}", "{'firing':'disabled'}", SEVERITY_RISKY,
     CLASS_SECURITY, "security"},
    {KIND_RULE, OP_ADDED, NULL, NULL, "{}", SEVERITY_RISKY, CLASS_BREAKING_WRITERS, "writers,data"},
    {KIND_STATISTICS, OP_ADDED, NULL, NULL, "{}", SEVERITY_SAFE, CLASS_PERFORMANCE, "performance"},
    {KIND_STATISTICS, OP_CHANGED, "target", "{}", "{}", SEVERITY_SAFE, CLASS_PERFORMANCE,
     "performance"},
    {KIND_STATISTICS, OP_REMOVED, NULL, "{}", NULL, SEVERITY_RISKY, CLASS_PERFORMANCE,
     "performance"},
    {KIND_COLLATION, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, CLASS_BREAKING_READERS,
     "readers"},
    {KIND_COLLATION, OP_CHANGED, "locale", "{}", "{}", SEVERITY_RISKY, CLASS_BREAKING_READERS,
     "readers,data"},
    {KIND_FUNCTION, OP_CHANGED, "leakproof", "{}", "{'leakproof':true}", SEVERITY_RISKY,
     CLASS_SECURITY, "security"},
    {KIND_FUNCTION, OP_CHANGED, "cost", "{}", "{}", SEVERITY_SAFE, CLASS_PERFORMANCE,
     "performance"},
    {KIND_CAST, OP_ADDED, NULL, NULL, "{}", SEVERITY_RISKY, CLASS_BREAKING_READERS,
     "readers,writers"},

    {KIND_PUBLICATION, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, CLASS_REPLICATION,
     "replication"},
    {KIND_PUBLICATION, OP_CHANGED, "update", "{'update':true}", "{}", SEVERITY_BREAKING,
     CLASS_REPLICATION, "replication"},
    {KIND_PUBLICATION, OP_CHANGED, "update", "{}", "{'update':true}", SEVERITY_RISKY,
     CLASS_REPLICATION, "security,replication"},
    {KIND_PUBLICATION, OP_CHANGED, "schemas", "{'schemas':['a','b']}", "{'schemas':['b','c']}",
     SEVERITY_BREAKING, CLASS_REPLICATION, "replication"},
    {KIND_PUBLICATION_TABLE, OP_ADDED, NULL, NULL, "{}", SEVERITY_RISKY, CLASS_REPLICATION,
     "security,replication"},
    {KIND_PUBLICATION_TABLE, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, CLASS_REPLICATION,
     "replication"},
    {KIND_SUBSCRIPTION, OP_CHANGED, "enabled", "{'enabled':true}", "{}", SEVERITY_BREAKING,
     CLASS_REPLICATION, "data,replication"},
    {KIND_SUBSCRIPTION, OP_REMOVED, NULL, "{}", NULL, SEVERITY_BREAKING, CLASS_REPLICATION,
     "data,replication"},
    {KIND_DEFAULT_PRIVILEGES, OP_CHANGED, "grants", "{'grants':{'a':['select']}}", "{}",
     SEVERITY_RISKY, CLASS_SECURITY, "security"},
    {KIND_PRIVILEGES, OP_ADDED, NULL, NULL, "{}", SEVERITY_RISKY, CLASS_SECURITY, "security"},
    {KIND_ROLE, OP_ADDED, NULL, NULL, "{}", SEVERITY_RISKY, CLASS_SECURITY, "security"},
    {KIND_ROLE, OP_ADDED, NULL, NULL, "{'bypass_rls':true}", SEVERITY_BREAKING, CLASS_SECURITY,
     "security"},
    {KIND_ROLE, OP_CHANGED, "superuser", "{}", "{'superuser':true}", SEVERITY_BREAKING,
     CLASS_SECURITY, "security"},
    {KIND_ROLE, OP_CHANGED, "superuser", "{'superuser':true}", "{}", SEVERITY_BREAKING,
     CLASS_SECURITY, "readers,writers,security"},
    {KIND_ROLE, OP_CHANGED, "bypass_rls", "{}", "{'bypass_rls':true}", SEVERITY_BREAKING,
     CLASS_SECURITY, "security"},
    {KIND_ROLE, OP_CHANGED, "createrole", "{}", "{'createrole':true}", SEVERITY_BREAKING,
     CLASS_SECURITY, "security"},
    {KIND_ROLE, OP_CHANGED, "login", "{'login':true}", "{}", SEVERITY_BREAKING, CLASS_SECURITY,
     "readers,writers,security"},
    {KIND_ROLE, OP_CHANGED, "member_of", "{}", "{'member_of':{'a':['inherit']}}", SEVERITY_RISKY,
     CLASS_SECURITY, "security"},
    {KIND_ROLE, OP_CHANGED, "member_of", "{'member_of':{'a':['inherit']}}", "{}", SEVERITY_BREAKING,
     CLASS_SECURITY, "readers,writers,security"},
    {KIND_ROLE, OP_CHANGED, "settings", "{}", "{}", SEVERITY_RISKY, CLASS_SECURITY,
     "readers,writers,security"},
    {KIND_BUCKET, OP_CHANGED, "public", "{}", "{'public':true}", SEVERITY_BREAKING, CLASS_SECURITY,
     "security"},
    {KIND_BUCKET, OP_CHANGED, "public", "{'public':true}", "{}", SEVERITY_BREAKING, CLASS_SECURITY,
     "readers,security"},
    {KIND_CRON_JOB, OP_CHANGED, "schedule", "{}", "{}", SEVERITY_RISKY, CLASS_INTEGRITY,
     "writers,data"},
    {KIND_FACT, OP_CHANGED, "hash", "{}", "{}", SEVERITY_RISKY, CLASS_UNKNOWN, "readers,writers"},
    {KIND_FACT, OP_ADDED, NULL, NULL, "{}", SEVERITY_RISKY, CLASS_UNKNOWN, "readers,writers"},
    {KIND_COLUMN, OP_CHANGED, "identity", "{'identity':'always'}", "{'identity':'by default'}",
     SEVERITY_SAFE, CLASS_ADDITIVE, "types"},
    {KIND_COLUMN, OP_CHANGED, "identity", "{'identity':'always'}", "{}", SEVERITY_BREAKING,
     CLASS_BREAKING_WRITERS, "writers,types"},
    {KIND_COLUMN, OP_CHANGED, "generated", "{'generated':'stored'}", "{}", SEVERITY_RISKY,
     CLASS_INTEGRITY, "readers,data,types"},
    {KIND_COLUMN, OP_CHANGED, "default", "{'generated':'stored','default':'1'}",
     "{'generated':'stored','default':'2'}", SEVERITY_RISKY, CLASS_BREAKING_READERS,
     "readers,data"},
    {KIND_CONSTRAINT, OP_CHANGED, "not_valid", "{'not_valid':true}", "{}", SEVERITY_SAFE,
     CLASS_INTEGRITY, "data"},
    {KIND_CONSTRAINT, OP_CHANGED, "definition", "{'definition':'CHECK (a) NOT VALID'}",
     "{'definition':'CHECK (a)'}", SEVERITY_SAFE, CLASS_COSMETIC, ""},
    {KIND_CONSTRAINT, OP_CHANGED, "definition", "{'definition':'CHECK (a)'}",
     "{'definition':'CHECK (a) NO INHERIT'}", SEVERITY_RISKY, CLASS_INTEGRITY, "data"},
    {KIND_CONSTRAINT, OP_CHANGED, "definition", "{'definition':'CHECK (a) NO INHERIT'}",
     "{'definition':'CHECK (a)'}", SEVERITY_RISKY, CLASS_BREAKING_WRITERS, "writers,data,types"},
    {KIND_CONSTRAINT, OP_CHANGED, "definition",
     "{'type':'foreign key','definition':'F ON DELETE CASCADE'}",
     "{'type':'foreign key','definition':'F'}", SEVERITY_BREAKING, CLASS_BREAKING_WRITERS,
     "writers,data"},
    {KIND_CONSTRAINT, OP_CHANGED, "deferrable", "{'type':'unique'}",
     "{'type':'unique','deferrable':true}", SEVERITY_BREAKING, CLASS_BREAKING_WRITERS, "writers"},
    {KIND_CONSTRAINT, OP_CHANGED, "deferrable", "{'type':'check'}",
     "{'type':'check','deferrable':true}", SEVERITY_RISKY, CLASS_INTEGRITY, "writers,data"},
    {KIND_INDEX, OP_CHANGED, "definition", "{'definition':'CREATE INDEX i ON s.t (a)'}",
     "{'definition':'CREATE INDEX j ON s.t (a)'}", SEVERITY_SAFE, CLASS_COSMETIC, ""},
    {KIND_INDEX, OP_CHANGED, "definition", "{'definition':'CREATE INDEX i ON s.t (a)'}",
     "{'definition':'CREATE INDEX j ON s.t (b)'}", SEVERITY_RISKY, CLASS_PERFORMANCE,
     "performance"},
    {KIND_INDEX, OP_CHANGED, "unique", "{}", "{'unique':true}", SEVERITY_BREAKING,
     CLASS_BREAKING_WRITERS, "writers"},
    {KIND_INDEX, OP_CHANGED, "unique", "{'unique':true}", "{}", SEVERITY_RISKY, CLASS_INTEGRITY,
     "data"},
    {KIND_INDEX, OP_CHANGED, "definition", "{'unique':true}", "{'unique':true}", SEVERITY_RISKY,
     CLASS_BREAKING_WRITERS, "writers,performance"},
    {KIND_TABLE, OP_CHANGED, "row_security", "{}",
     "{'row_security':true,'policies':[{'name':'p'}]}", SEVERITY_RISKY, CLASS_SECURITY,
     "readers,writers,security"},
    {KIND_TABLE, OP_ADDED, NULL, NULL, "{'grants':{'anon':['select']}}", SEVERITY_RISKY,
     CLASS_SECURITY, "security,types"},
    {KIND_TABLE, OP_ADDED, NULL, NULL, "{'grants':{'anon':['select']},'row_security':true}",
     SEVERITY_SAFE, CLASS_ADDITIVE, "types"},
    {KIND_TABLE, OP_ADDED, NULL, NULL, "{'grants':{'app':['select']}}", SEVERITY_SAFE,
     CLASS_ADDITIVE, "types"},
    {KIND_VIEW, OP_ADDED, NULL, NULL, "{'grants':{'public':['select']}}", SEVERITY_RISKY,
     CLASS_SECURITY, "security,types"},
    {KIND_VIEW, OP_ADDED, NULL, NULL,
     "{'grants':{'public':['select']},'options':['security_invoker=on']}", SEVERITY_SAFE,
     CLASS_ADDITIVE, "types"},
    {KIND_VIEW, OP_CHANGED, "options", "{'options':['security_invoker=true']}", "{}",
     SEVERITY_BREAKING, CLASS_SECURITY, "security"},
    {KIND_VIEW, OP_CHANGED, "options", "{'options':['security_invoker=true']}",
     "{'options':['security_invoker=false']}", SEVERITY_BREAKING, CLASS_SECURITY, "security"},
    {KIND_VIEW, OP_CHANGED, "options", "{'options':['security_invoker=true']}",
     "{'options':['security_invoker=on']}", SEVERITY_SAFE, CLASS_COSMETIC, ""},
    {KIND_VIEW, OP_CHANGED, "options", "{}", "{'options':['security_invoker=true']}",
     SEVERITY_RISKY, CLASS_SECURITY, "readers,writers,security"},
    {KIND_VIEW, OP_CHANGED, "options", "{}", "{'options':['check_option=local']}",
     SEVERITY_BREAKING, CLASS_BREAKING_WRITERS, "writers"},
    {KIND_VIEW, OP_CHANGED, "options", "{'options':['security_invoker=true']}",
     "{'options':['check_option=local']}", SEVERITY_BREAKING, CLASS_BREAKING_WRITERS,
     "security,writers"},
    {KIND_VIEW, OP_CHANGED, "options", "{'options':['security_barrier=true']}", "{}",
     SEVERITY_RISKY, CLASS_SECURITY, "security"},
    {KIND_VIEW, OP_CHANGED, "options", "{'materialized':true}",
     "{'options':['autovacuum_enabled=false']}", SEVERITY_SAFE, CLASS_PERFORMANCE, "performance"},
    {KIND_VIEW, OP_CHANGED, "insertable", "{'insertable':true}", "{}", SEVERITY_BREAKING,
     CLASS_BREAKING_WRITERS, "writers,types"},
    {KIND_FUNCTION, OP_CHANGED, "security_definer", "{}", "{'security_definer':true}",
     SEVERITY_BREAKING, CLASS_SECURITY, "security"},
    {KIND_FUNCTION, OP_CHANGED, "security_definer", "{}",
     "{'security_definer':true,'config':['search_path=']}", SEVERITY_RISKY, CLASS_SECURITY,
     "security"},
    {KIND_FUNCTION, OP_CHANGED, "config", "{'security_definer':true,'config':['search_path=']}",
     "{'security_definer':true}", SEVERITY_BREAKING, CLASS_SECURITY, "security"},
    {KIND_FUNCTION, OP_CHANGED, "config", "{'config':['work_mem=1MB']}",
     "{'config':['work_mem=2MB']}", SEVERITY_SAFE, CLASS_PERFORMANCE, "performance"},
    {KIND_FUNCTION, OP_CHANGED, "arguments", "{'arguments':'x integer'}",
     "{'arguments':'x integer DEFAULT 5','default_count':1}", SEVERITY_SAFE, CLASS_ADDITIVE,
     "types"},
    {KIND_FUNCTION, OP_CHANGED, "arguments",
     "{'arguments':'x integer DEFAULT 4','default_count':1}",
     "{'arguments':'x integer DEFAULT 5','default_count':1}", SEVERITY_RISKY,
     CLASS_BREAKING_READERS, "readers"},
    {KIND_FUNCTION, OP_CHANGED, "default_count", "{'default_count':1}", "{}", SEVERITY_BREAKING,
     CLASS_BREAKING_READERS, "readers,types"},
    {KIND_FUNCTION, OP_CHANGED, "volatility", "{'volatility':'volatile'}",
     "{'volatility':'stable'}", SEVERITY_RISKY, CLASS_BREAKING_READERS,
     "readers,writers,performance"},
    {KIND_POLICY, OP_CHANGED, "roles", "{'roles':['a']}", "{'roles':['a','b']}", SEVERITY_RISKY,
     CLASS_SECURITY, "security"},
    {KIND_POLICY, OP_CHANGED, "roles", "{'roles':['public']}", "{'roles':['a','b']}",
     SEVERITY_RISKY, CLASS_SECURITY, "readers,writers,security"},
    {KIND_POLICY, OP_CHANGED, "roles", "{'roles':['a'],'restrictive':true}",
     "{'roles':['a','b'],'restrictive':true}", SEVERITY_RISKY, CLASS_SECURITY,
     "readers,writers,security"},
    {KIND_POLICY, OP_CHANGED, "using", "{'using':'a'}", "{'using':'true'}", SEVERITY_RISKY,
     CLASS_SECURITY, "security"},
    {KIND_POLICY, OP_CHANGED, "using", "{'using':'true'}", "{'using':'a'}", SEVERITY_RISKY,
     CLASS_SECURITY, "readers,writers,security"},
    {KIND_TRIGGER, OP_CHANGED, "firing", "{}", "{'firing':'replica'}", SEVERITY_RISKY,
     CLASS_SECURITY, "writers,security,data"},
    {KIND_TRIGGER, OP_CHANGED, "firing", "{'firing':'disabled'}", "{}", SEVERITY_RISKY,
     CLASS_BREAKING_WRITERS, "writers,data"},
    {KIND_SEQUENCE, OP_CHANGED, "maximum", "{'maximum':9}", "{'maximum':5}", SEVERITY_RISKY,
     CLASS_BREAKING_WRITERS, "writers"},
    {KIND_SEQUENCE, OP_CHANGED, "owned_by", "{}", "{'owned_by':'a.b.c'}", SEVERITY_RISKY,
     CLASS_REPLICATION, "writers,replication"},
    {KIND_ROLE, OP_CHANGED, "settings", "{}", "{'settings':['work_mem=9MB']}", SEVERITY_SAFE,
     CLASS_PERFORMANCE, "performance"},
    {KIND_ROLE, OP_CHANGED, "settings", "{'settings':['pgrst.db_schemas=public']}",
     "{'settings':['pgrst.db_schemas=public, api']}", SEVERITY_RISKY, CLASS_SECURITY, "security"},
    {KIND_ROLE, OP_CHANGED, "settings", "{'settings':['pgrst.db_schemas=public, api']}",
     "{'settings':['pgrst.db_schemas=public']}", SEVERITY_BREAKING, CLASS_BREAKING_READERS,
     "readers,writers,security"},
    {KIND_ROLE, OP_CHANGED, "settings", "{'settings':['work_mem=9MB']}",
     "{'settings':['statement_timeout=9s']}", SEVERITY_RISKY, CLASS_BREAKING_READERS,
     "performance,readers,writers"},
    {KIND_DATABASE, OP_ADDED, NULL, NULL, "{'id':'database','settings':['work_mem=9MB']}",
     SEVERITY_SAFE, CLASS_PERFORMANCE, "performance"},
    {KIND_DATABASE, OP_ADDED, NULL, NULL,
     "{'id':'database','settings':['search_path=a'],'grants':{'a':['connect']}}", SEVERITY_RISKY,
     CLASS_SECURITY, "readers,writers,security"},
    {KIND_DATABASE, OP_ADDED, NULL, NULL, "{'id':'database'}", SEVERITY_RISKY, CLASS_UNKNOWN,
     "readers,writers"},
    {KIND_LANGUAGE, OP_CHANGED, "trusted", "{}", "{'trusted':true}", SEVERITY_RISKY, CLASS_SECURITY,
     "security"},
    {KIND_BUCKET, OP_CHANGED, "file_size_limit", "{}", "{'file_size_limit':5}", SEVERITY_RISKY,
     CLASS_BREAKING_WRITERS, "writers"},
    {KIND_BUCKET, OP_CHANGED, "file_size_limit", "{'file_size_limit':5}", "{'file_size_limit':6}",
     SEVERITY_RISKY, CLASS_SECURITY, "security"},
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

static Judgement judge(KindId kind, Op op, const char *field, const json_t *old, const json_t *new)
{
    Judgement judgement = {0};

    severity_judge(&judgement, kind, op, field, old, new);
    assert_true(judgement.any);
    return judgement;
}

static void every_rule_judges_its_example(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_auto_t *old = value_of(rows[i].old);
        json_auto_t *new = value_of(rows[i].new);

        assert_true(old || new);
        Judgement got = judge(rows[i].kind, rows[i].op, rows[i].field, old, new);
        if (got.severity != rows[i].want || got.class != rows[i].class ||
            strcmp(got.affects, rows[i].affects) != 0)
            fail_msg("%s %s %s %s -> %s: %s, %s '%s' (%s)", kind_of(rows[i].kind)->name,
                     op_name(rows[i].op), rows[i].field ? rows[i].field : "", rows[i].old,
                     rows[i].new, severity_name(got.severity), class_name(got.class), got.affects,
                     got.why);
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
        Judgement got = judge(KIND_TABLE, OP_CHANGED, rights[i].member, old, new);

        if (got.severity != rights[i].want ||
            strncmp(got.why, rights[i].why, strlen(rights[i].why)) != 0)
            fail_msg("%s %s -> %s: %s (%s)", rights[i].member, rights[i].old, rights[i].new,
                     severity_name(got.severity), got.why);
    }
}

/* What PostgreSQL's casts do with the values, and what clients see. */
static const struct {
    const char *old;
    const char *new;
    Severity want;
    Class class;
} types[] = {
    {"character varying(10)", "character varying(20)", SEVERITY_SAFE, CLASS_ADDITIVE},
    {"character varying(10)", "character varying", SEVERITY_SAFE, CLASS_ADDITIVE},
    {"character varying(10)", "text", SEVERITY_SAFE, CLASS_ADDITIVE},
    {"character varying(10)[]", "text[]", SEVERITY_SAFE, CLASS_ADDITIVE},
    {"text", "character varying", SEVERITY_SAFE, CLASS_ADDITIVE},
    {"numeric(10,2)", "numeric(12,3)", SEVERITY_SAFE, CLASS_ADDITIVE},
    {"numeric(10,2)", "numeric", SEVERITY_SAFE, CLASS_ADDITIVE},
    {"timestamp(3) with time zone", "timestamp(6) with time zone", SEVERITY_SAFE, CLASS_ADDITIVE},
    {"timestamp(3) without time zone", "timestamp without time zone", SEVERITY_SAFE,
     CLASS_ADDITIVE},
    {"character varying(20)", "character varying(10)", SEVERITY_BREAKING, CLASS_DATA_LOSS},
    {"character varying", "character varying(10)", SEVERITY_BREAKING, CLASS_DATA_LOSS},
    {"text", "character varying(10)", SEVERITY_BREAKING, CLASS_DATA_LOSS},
    {"numeric(10,2)", "numeric(10,1)", SEVERITY_BREAKING, CLASS_DATA_LOSS},
    {"numeric(10,2)", "numeric(10,3)", SEVERITY_BREAKING, CLASS_DATA_LOSS},
    {"numeric", "numeric(10,3)", SEVERITY_BREAKING, CLASS_DATA_LOSS},
    {"timestamp with time zone", "timestamp(3) with time zone", SEVERITY_BREAKING, CLASS_DATA_LOSS},
    {"bigint", "integer", SEVERITY_BREAKING, CLASS_DATA_LOSS},
    {"double precision", "real", SEVERITY_BREAKING, CLASS_DATA_LOSS},
    {"bigint", "double precision", SEVERITY_BREAKING, CLASS_DATA_LOSS},
    {"numeric(5,2)", "integer", SEVERITY_BREAKING, CLASS_DATA_LOSS},
    {"integer", "numeric(5,0)", SEVERITY_BREAKING, CLASS_DATA_LOSS},
    {"timestamp without time zone", "date", SEVERITY_BREAKING, CLASS_DATA_LOSS},
    {"timestamp with time zone", "date", SEVERITY_BREAKING, CLASS_DATA_LOSS},
    {"inet", "cidr", SEVERITY_BREAKING, CLASS_DATA_LOSS},
    {"integer", "bigint", SEVERITY_BREAKING, CLASS_BREAKING_READERS},
    {"integer[]", "bigint[]", SEVERITY_BREAKING, CLASS_BREAKING_READERS},
    {"bigint", "numeric", SEVERITY_BREAKING, CLASS_BREAKING_READERS},
    {"numeric(5,0)", "integer", SEVERITY_BREAKING, CLASS_BREAKING_READERS},
    {"real", "double precision", SEVERITY_BREAKING, CLASS_BREAKING_READERS},
    {"uuid", "text", SEVERITY_BREAKING, CLASS_BREAKING_READERS},
    {"date", "timestamp without time zone", SEVERITY_BREAKING, CLASS_BREAKING_READERS},
    {"timestamp without time zone", "timestamp with time zone", SEVERITY_BREAKING,
     CLASS_BREAKING_READERS},
    {"timestamp with time zone", "timestamp without time zone", SEVERITY_BREAKING,
     CLASS_BREAKING_READERS},
    {"timestamp with time zone", "timestamp(0) without time zone", SEVERITY_BREAKING,
     CLASS_DATA_LOSS},
    {"character varying(10)", "character(10)", SEVERITY_BREAKING, CLASS_BREAKING_READERS},
    {"character varying(10)", "integer", SEVERITY_BREAKING, CLASS_BREAKING_READERS},
    {"character varying(10)", "text[]", SEVERITY_BREAKING, CLASS_BREAKING_READERS},
    {"character varying(10)[]", "text", SEVERITY_BREAKING, CLASS_BREAKING_READERS},
    {"character varying(10)", "character varying(20)[]", SEVERITY_BREAKING, CLASS_BREAKING_READERS},
    {"public.mood", "public.feeling", SEVERITY_BREAKING, CLASS_BREAKING_READERS},
};

static void a_type_is_judged_by_what_fits_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        json_auto_t *old = json_pack("{s:s}", "type", types[i].old);
        json_auto_t *new = json_pack("{s:s}", "type", types[i].new);
        Judgement column = judge(KIND_COLUMN, OP_CHANGED, "type", old, new);
        Judgement view = judge(KIND_VIEW_COLUMN, OP_CHANGED, "type", old, new);

        if (column.severity != types[i].want || view.severity != types[i].want ||
            column.class != types[i].class)
            fail_msg("%s -> %s is %s, %s", types[i].old, types[i].new,
                     severity_name(column.severity), class_name(column.class));
        assert_int_not_equal(view.class, CLASS_DATA_LOSS);
    }
}

static void the_worst_of_several_speaks(void **state)
{
    json_auto_t *old = value_of("{'type':'text','not_null':true}");
    json_auto_t *new = value_of("{'type':'character varying(9)','comment':'c'}");
    Judgement judgement = {0};

    (void)state;
    severity_judge(&judgement, KIND_COLUMN, OP_CHANGED, "comment", old, new);
    assert_int_equal(judgement.class, CLASS_COSMETIC);
    severity_judge(&judgement, KIND_COLUMN, OP_CHANGED, "not_null", old, new);
    assert_int_equal(judgement.severity, SEVERITY_RISKY);
    severity_judge(&judgement, KIND_COLUMN, OP_CHANGED, "type", old, new);
    assert_int_equal(judgement.severity, SEVERITY_BREAKING);
    assert_int_equal(judgement.class, CLASS_DATA_LOSS);
    assert_string_equal(judgement.affects, "readers,data,types,writers");
    severity_judge(&judgement, KIND_COLUMN, OP_CHANGED, "statistics", old, new);
    assert_int_equal(judgement.class, CLASS_DATA_LOSS);
    assert_non_null(strstr(judgement.why, "narrower"));
}

/* ---- share/schema/snapshot.json: all that an object may have ---- */

static json_t *snapshot_schema(void)
{
    const char *source = getenv("SOURCE");
    char path[1024];

    assert_non_null(source);
    snprintf(path, sizeof path, "%s/share/schema/snapshot.json", source);
    json_t *schema = json_load_file(path, 0, NULL);
    assert_non_null(schema);
    return schema;
}

/* The members of a kind there, found by the section or the parent's member that it is. */
static const json_t *members_of(const json_t *schema, KindId kind)
{
    const Kind *row = kind_of(kind);
    const json_t *of = row->parent == KIND_NONE ? json_object_get(schema, "properties")
                                                : members_of(schema, (KindId)row->parent);
    const char *reference = json_string_value(
        json_object_get(json_object_get(json_object_get(of, row->member), "items"), "$ref"));

    assert_non_null(reference);
    const json_t *found = json_object_get(
        json_object_get(json_object_get(schema, "$defs"), strrchr(reference, '/') + 1),
        "properties");
    assert_non_null(found);
    return found;
}

/* Two values of a member, by its type there. */
static void values_of(const json_t *property, json_t **ret_one, json_t **ret_other)
{
    const char *type = jx_string(property, "type", "");

    if (strcmp(type, "integer") == 0) {
        *ret_one = json_integer(5);
        *ret_other = json_integer(7);
    } else if (strcmp(type, "array") == 0) {
        *ret_one = json_pack("[s]", "one=1");
        *ret_other = json_pack("[s]", "one=2");
    } else if (json_object_get(property, "const")) {
        *ret_one = json_true();
        *ret_other = NULL;
    } else if (json_object_get(property, "$ref") || strcmp(type, "object") == 0) {
        *ret_one = json_pack("{s:[s]}", "a", "select");
        *ret_other = json_pack("{s:[s]}", "b", "select");
    } else {
        *ret_one = json_string("one");
        *ret_other = json_string("other");
    }
}

static void note(char **list, const char *kind, const char *op, const char *member)
{
    size_t length = *list ? strlen(*list) : 0;

    *list = realloc(*list, length + 200);
    assert_non_null(*list);
    snprintf(*list + length, 200, "%s %s%s%s\n", kind, op, *member ? " " : "", member);
}

static void note_unknown(char **list, KindId kind, const char *member, json_t *before,
                         json_t *after)
{
    json_auto_t *old = json_object();
    json_auto_t *new = json_object();

    if (before)
        json_object_set_new(old, member, before);
    if (after)
        json_object_set_new(new, member, after);
    if (judge(kind, OP_CHANGED, member, old, new).class == CLASS_UNKNOWN)
        note(list, kind_of(kind)->name, "changed", member);
}

/* What only the answer to everything answers is what nobody knows: facts. */
static void every_member_of_every_kind_has_a_rule(void **state)
{
    static const Op whole[] = {OP_ADDED, OP_REMOVED, OP_RENAMED, OP_REPLACED};
    json_auto_t *schema = snapshot_schema();
    json_auto_t *nothing = json_object();
    char *unknown = calloc(1, 1);
    size_t asked = 0;

    (void)state;
    for (int i = 0; i < KIND_COUNT; i++) {
        KindId kind = (KindId)i, inner = KIND_SCHEMA;
        const json_t *members = members_of(schema, kind);
        const char *member = NULL;
        json_t *property = NULL;

        for (size_t op = 0; op < sizeof whole / sizeof *whole; op++) {
            const json_t *old = whole[op] == OP_ADDED ? NULL : nothing;
            const json_t *new = whole[op] == OP_REMOVED ? NULL : nothing;
            /* These come and go with what is set of them. */
            if (kind == KIND_DATABASE || kind == KIND_PLATFORM_TABLE)
                continue;
            if (judge(kind, whole[op], NULL, old, new).class == CLASS_UNKNOWN)
                note(&unknown, kind_of(kind)->name, op_name(whole[op]), "");
        }
        json_object_foreach((json_t *)members, member, property)
        {
            json_t *one = NULL, *other = NULL;
            /* An object that is not the same by its id is another one, or renamed; what is inexact
             * is no change; the schema of an extension is not part of its id. */
            bool is_id = strcmp(member, "id") == 0 || strcmp(member, "name") == 0 ||
                         (strcmp(member, "schema") == 0 && kind != KIND_EXTENSION);
            if ((is_id && kind < KIND_BUCKET) || strcmp(member, "id") == 0 ||
                strcmp(member, "inexact") == 0 || kind_nested(kind, member, &inner))
                continue;
            values_of(property, &one, &other);
            note_unknown(&unknown, kind, member, NULL, json_incref(one));
            note_unknown(&unknown, kind, member, json_incref(one), NULL);
            if (other)
                note_unknown(&unknown, kind, member, json_incref(one), json_incref(other));
            json_decref(one);
            json_decref(other);
            asked++;
        }
    }
    assert_true(asked > 400);
    assert_string_equal(unknown, "fact added\nfact removed\nfact renamed\nfact replaced\n"
                                 "fact changed catalog\nfact changed catalog\n"
                                 "fact changed catalog\nfact changed object\n"
                                 "fact changed object\nfact changed object\n"
                                 "fact changed hash\nfact changed hash\nfact changed hash\n");
    free(unknown);
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
            Judgement got = judge((KindId)kind, (Op)op, added || removed ? NULL : "strange",
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
        assert_int_not_equal(judge((KindId)kind, OP_REMOVED, NULL, object, NULL).severity,
                             SEVERITY_SAFE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_judges_its_example),
        cmocka_unit_test(rights_are_judged_by_their_direction),
        cmocka_unit_test(a_type_is_judged_by_what_fits_it),
        cmocka_unit_test(the_worst_of_several_speaks),
        cmocka_unit_test(every_member_of_every_kind_has_a_rule),
        cmocka_unit_test(every_kind_and_op_has_a_verdict_of_known_words),
        cmocka_unit_test(losing_what_people_use_is_never_safe),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
