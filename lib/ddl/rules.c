#include "ddl/rules.h"

#include <assert.h>
#include <string.h>

#include "ddl/alter.h"
#include "json/jx.h"

/* Rights on what they are called with. */
#define AS_CALLED "{@}"
#define CREATE_POLICY                                                                              \
    "CREATE {@}[restrictive? AS RESTRICTIVE] FOR {command:w} TO {roles:r}[ USING ({using})][ "     \
    "WITH CHECK ({check})]"

static const DdlKind kinds[] = {
    [KIND_SCHEMA] = {.word = "SCHEMA",
                     .name = "{name:i}",
                     .create = "CREATE SCHEMA {@name}",
                     .grants = AS_CALLED,
                     .order = 20},
    [KIND_EXTENSION] = {.word = "EXTENSION",
                        .name = "{name:i}",
                        .drop_form = DDL_EXTENSION_DROP,
                        .order = 30},
    [KIND_ENUM] = {.word = "TYPE",
                   .create = "CREATE TYPE {id} AS ENUM ({labels:l})",
                   .grants = AS_CALLED,
                   .drop_form = DDL_TYPE_DROP,
                   .order = 60},
    [KIND_DOMAIN] = {.word = "DOMAIN",
                     .create = "CREATE DOMAIN {id} AS {base_type}[ COLLATE {collation}][ DEFAULT "
                               "{default}][not_null? NOT NULL]",
                     .grants = AS_CALLED,
                     .drop_form = DDL_TYPE_DROP,
                     .order = 61},
    [KIND_DOMAIN_CONSTRAINT] = {.word = "CONSTRAINT",
                                .name = "{name:i} ON DOMAIN {^id}",
                                .create = "ALTER DOMAIN {^id} ADD CONSTRAINT {name:i} {definition}",
                                .drop = "ALTER DOMAIN {^id} DROP CONSTRAINT {name:i}",
                                .form = DDL_DOMAIN_CHECK,
                                .drop_form = DDL_DOMAIN_FREE,
                                .order = 62},
    [KIND_COMPOSITE] = {.word = "TYPE",
                        .grants = AS_CALLED,
                        .drop_form = DDL_TYPE_DROP,
                        .order = 63},
    [KIND_ATTRIBUTE] = {.word = "COLUMN",
                        .name = "{^id}.{name:i}",
                        .create = "ALTER TYPE {^id} ADD ATTRIBUTE {name:i} {type}[ COLLATE "
                                  "{collation}] CASCADE",
                        .drop = "ALTER TYPE {^id} DROP ATTRIBUTE {name:i} CASCADE",
                        .form = DDL_TYPE_SET,
                        .drop_form = DDL_ATTRIBUTE_DROP,
                        .order = 63},
    [KIND_RANGE] = {.word = "TYPE",
                    .create = "CREATE TYPE {id} AS RANGE (SUBTYPE = {subtype}[, SUBTYPE_OPCLASS = "
                              "{subtype_operator_class}][, COLLATION = {collation}][, CANONICAL = "
                              "{canonical}][, SUBTYPE_DIFF = {subtype_diff}][, "
                              "MULTIRANGE_TYPE_NAME = {multirange}])",
                    .grants = AS_CALLED,
                    .drop_form = DDL_TYPE_DROP,
                    .order = 64},
    [KIND_BASE_TYPE] = {.word = "TYPE",
                        .grants = AS_CALLED,
                        .drop = "DROP TYPE {id} CASCADE",
                        .drop_form = DDL_TYPE_DROP,
                        .order = 65},
    [KIND_COLLATION] =
        {.word = "COLLATION",
         .create = "CREATE COLLATION {schema:i}.{name:i} (PROVIDER = {provider}[, LOCALE = "
                   "{locale:l}][, LC_COLLATE = {lc_collate:l}][, LC_CTYPE = "
                   "{lc_ctype:l}][deterministic!, DETERMINISTIC = false][, RULES = {rules:l}])",
         .order = 50},
    [KIND_SEQUENCE] = {.word = "SEQUENCE",
                       .create = "CREATE[unlogged? UNLOGGED] SEQUENCE {id} AS {data_type} START "
                                 "WITH {start} INCREMENT BY {increment} MINVALUE {minimum} "
                                 "MAXVALUE {maximum} CACHE {cache}[cycle? CYCLE]",
                       .grants = AS_CALLED,
                       .drop_form = DDL_SEQUENCE_DROP,
                       .order = 80},
    [KIND_TABLE] = {.word = "TABLE", .grants = AS_CALLED, .drop_form = DDL_TABLE_DROP, .order = 90},
    [KIND_COLUMN] = {.word = "COLUMN",
                     .name = "{^id}.{name:i}",
                     .drop = "ALTER TABLE {^id} DROP COLUMN {name:i}",
                     .grants = "TABLE {^id}",
                     .form = DDL_COLUMN_ADD,
                     .drop_form = DDL_COLUMN_DROP,
                     .order = 91},
    [KIND_CONSTRAINT] = {.word = "CONSTRAINT",
                         .name = "{name:i} ON {^id}",
                         .drop = "ALTER TABLE {^id} DROP CONSTRAINT {name:i}",
                         .drop_form = DDL_CONSTRAINT_DROP,
                         .order = 100},
    [KIND_INDEX] = {.word = "INDEX",
                    .name = "{^schema:i}.{name:i}",
                    .form = DDL_INDEX_CREATE,
                    .drop_form = DDL_INDEX_DROP,
                    .order = 104},
    [KIND_POLICY] = {.word = "POLICY",
                     .name = "{name:i} ON {^id}",
                     .create = CREATE_POLICY,
                     .form = DDL_POLICY,
                     .drop_form = DDL_POLICY,
                     .order = 130},
    [KIND_TRIGGER] = {.word = "TRIGGER",
                      .name = "{name:i} ON {^id}",
                      .create = "{definition}",
                      .form = DDL_TRIGGER_CREATE,
                      .drop_form = DDL_TRIGGER_DROP,
                      .order = 120},
    [KIND_RULE] = {.word = "RULE",
                   .name = "{name:i} ON {^id}",
                   .create = "{definition}",
                   .form = DDL_RULE_CREATE,
                   .drop_form = DDL_RULE_DROP,
                   .order = 121},
    [KIND_VIEW] = {.word = "VIEW",
                   .grants = "TABLE {id}",
                   .form = DDL_PLAIN,
                   .drop_form = DDL_VIEW_DROP,
                   .order = 110},
    [KIND_VIEW_COLUMN] = {.word = "COLUMN",
                          .name = "{^id}.{name:i}",
                          .drop = "",
                          .grants = "TABLE {^id}",
                          .order = 110},
    [KIND_VIEW_INDEX] = {.word = "INDEX",
                         .name = "{^schema:i}.{name:i}",
                         .form = DDL_INDEX_CREATE,
                         .drop_form = DDL_INDEX_DROP,
                         .order = 111},
    [KIND_VIEW_TRIGGER] = {.word = "TRIGGER",
                           .name = "{name:i} ON {^id}",
                           .create = "{definition}",
                           .form = DDL_TRIGGER_CREATE,
                           .drop_form = DDL_TRIGGER_DROP,
                           .order = 120},
    [KIND_VIEW_RULE] = {.word = "RULE",
                        .name = "{name:i} ON {^id}",
                        .create = "{definition}",
                        .form = DDL_RULE_CREATE,
                        .drop_form = DDL_RULE_DROP,
                        .order = 121},
    [KIND_PLATFORM_TABLE] = {.word = "TABLE", .create = "", .drop = "", .order = 90},
    [KIND_PLATFORM_POLICY] = {.word = "POLICY",
                              .name = "{name:i} ON {^id}",
                              .create = CREATE_POLICY,
                              .form = DDL_POLICY,
                              .drop_form = DDL_POLICY,
                              .order = 130},
    [KIND_PLATFORM_TRIGGER] = {.word = "TRIGGER",
                               .name = "{name:i} ON {^id}",
                               .create = "{definition}",
                               .form = DDL_TRIGGER_CREATE,
                               .drop_form = DDL_TRIGGER_DROP,
                               .order = 120},
    [KIND_STATISTICS] = {.word = "STATISTICS",
                         .create = "{definition}",
                         .form = DDL_TABLE_OPTIONS,
                         .order = 115},
    [KIND_FUNCTION] = {.word = "FUNCTION",
                       .form = DDL_FUNCTION,
                       .drop_form = DDL_FUNCTION,
                       .grants = AS_CALLED,
                       .order = 70},
    [KIND_OPERATOR] = {.word = "OPERATOR", .order = 74},
    [KIND_OPERATOR_FAMILY] = {.word = "OPERATOR FAMILY",
                              .create = "CREATE OPERATOR FAMILY {id}",
                              .order = 75},
    [KIND_OPERATOR_CLASS] = {.word = "OPERATOR CLASS", .order = 76},
    [KIND_CAST] = {.word = "CAST",
                   .name = "({id})",
                   .create = "CREATE {@} {method:w}[ {function}]{context:w}",
                   .order = 78},
    [KIND_CONVERSION] = {.word = "CONVERSION",
                         .create = "CREATE[is_default? DEFAULT] CONVERSION {id} FOR {source:l} TO "
                                   "{target:l} FROM {function}",
                         .order = 78},
    [KIND_TEXT_SEARCH_PARSER] = {.word = "TEXT SEARCH PARSER",
                                 .create = "CREATE TEXT SEARCH PARSER {id} (START = {start}, "
                                           "GETTOKEN = {token}, END = {end}, LEXTYPES = "
                                           "{lexeme_types}[, HEADLINE = {headline}])",
                                 .order = 71},
    [KIND_TEXT_SEARCH_TEMPLATE] = {.word = "TEXT SEARCH TEMPLATE",
                                   .create = "CREATE TEXT SEARCH TEMPLATE {id} (LEXIZE = "
                                             "{lexize}[, INIT = {init}])",
                                   .order = 71},
    [KIND_TEXT_SEARCH_DICTIONARY] = {.word = "TEXT SEARCH DICTIONARY",
                                     .create = "CREATE TEXT SEARCH DICTIONARY {id} (TEMPLATE = "
                                               "{template}[, {options}])",
                                     .order = 72},
    [KIND_TEXT_SEARCH_CONFIGURATION] = {.word = "TEXT SEARCH CONFIGURATION",
                                        .create = "CREATE TEXT SEARCH CONFIGURATION {id} (PARSER "
                                                  "= {parser})",
                                        .order = 73},
    [KIND_LANGUAGE] = {.word = "LANGUAGE",
                       .name = "{name:i}",
                       .create = "CREATE[trusted? TRUSTED] LANGUAGE {name:i}[ HANDLER {handler}][ "
                                 "INLINE {inline_handler}][ VALIDATOR {validator}]",
                       .grants = AS_CALLED,
                       .order = 68},
    [KIND_TRANSFORM] = {.word = "TRANSFORM", .order = 79},
    [KIND_ACCESS_METHOD] = {.word = "ACCESS METHOD",
                            .name = "{name:i}",
                            .create = "CREATE {@} TYPE {type:w} HANDLER {handler}",
                            .order = 58},
    [KIND_FOREIGN_DATA_WRAPPER] = {.word = "FOREIGN DATA WRAPPER",
                                   .name = "{name:i}",
                                   .create = "CREATE FOREIGN DATA WRAPPER {name:i}[ HANDLER "
                                             "{handler}][ VALIDATOR {validator}][ OPTIONS "
                                             "({options:f})]",
                                   .grants = AS_CALLED,
                                   .order = 40},
    [KIND_SERVER] = {.word = "SERVER",
                     .name = "{name:i}",
                     .create =
                         "CREATE SERVER {name:i}[ TYPE {type:l}][ VERSION {version:l}] FOREIGN "
                         "DATA WRAPPER {wrapper:i}[ OPTIONS ({options:f})]",
                     .grants = "FOREIGN SERVER {name:i}",
                     .order = 41},
    [KIND_USER_MAPPING] = {.word = "USER MAPPING",
                           .name = "FOR {role:r} SERVER {server:i}",
                           .create = "CREATE {@}[ OPTIONS ({options:f})]",
                           .drop_form = DDL_SECRET_DROP,
                           .order = 42},
    [KIND_EVENT_TRIGGER] =
        {.word = "EVENT TRIGGER",
         .name = "{name:i}",
         .create = "CREATE {@} ON {event}[ WHEN TAG IN ({tags:l})] EXECUTE FUNCTION {function}",
         .order = 150},
    [KIND_PUBLICATION] = {.word = "PUBLICATION", .name = "{name:i}", .order = 140},
    [KIND_PUBLICATION_TABLE] =
        {.word = "TABLE",
         .name = "{name}",
         .create =
             "ALTER PUBLICATION {^name:i} ADD TABLE ONLY {name}[ ({columns:i})][ WHERE ({where})]",
         .drop = "ALTER PUBLICATION {^name:i} DROP TABLE ONLY {name}",
         .form = DDL_PUBLICATION,
         .drop_form = DDL_PUBLICATION,
         .order = 141},
    [KIND_SUBSCRIPTION] = {.word = "SUBSCRIPTION", .name = "{name:i}", .order = 145},
    [KIND_DEFAULT_PRIVILEGES] = {.create = "", .drop = "", .grants = "{objects}", .order = 160},
    [KIND_PRIVILEGES] = {.create = "", .drop = "", .grants = "{kind} {name}", .order = 155},
    [KIND_SECURITY_LABEL] = {.create = "SECURITY LABEL FOR {provider:i} ON {kind} {object} IS "
                                       "{label:l}",
                             .drop = "SECURITY LABEL FOR {provider:i} ON {kind} {object} IS NULL",
                             .order = 156},
    [KIND_DATABASE] =
        {.word = "DATABASE", .create = "", .drop = "", .grants = AS_CALLED, .order = 5},
    [KIND_ROLE] = {.word = "ROLE",
                   .name = "{name:i}",
                   .form = DDL_RIGHTS,
                   .drop_form = DDL_ROLE_DROP,
                   .order = 10},
    [KIND_TABLESPACE] = {.word = "TABLESPACE",
                         .name = "{name:i}",
                         .grants = AS_CALLED,
                         .order = 12},
    [KIND_PARAMETER] = {.create = "", .drop = "", .grants = "PARAMETER {name}", .order = 13},
    [KIND_BUCKET] = {.create = "", .drop = "", .order = 170},
    [KIND_CRON_JOB] = {.create = "", .drop = "", .order = 170},
    [KIND_VAULT_SECRET] = {.create = "", .drop = "", .order = 170},
    [KIND_QUEUE] = {.create = "", .drop = "", .order = 170},
    [KIND_FACT] = {.create = "", .drop = "", .order = 170},
};
static_assert(sizeof kinds / sizeof *kinds == KIND_COUNT, "a row for every kind");

#define IN_TABLE "ALTER TABLE {^id} "
#define OF_COLUMN "ALTER TABLE {^id} ALTER COLUMN {name:i} "
#define OF_VIEW_COLUMN "ALTER MATERIALIZED VIEW {^id} ALTER COLUMN {name:i} "
#define ROLE_SET                                                                                   \
    "ALTER ROLE {name:i} WITH[superuser? SUPERUSER][superuser! NOSUPERUSER][createrole? "          \
    "CREATEROLE][createrole! NOCREATEROLE][createdb? CREATEDB][createdb! NOCREATEDB][login? "      \
    "LOGIN][login! NOLOGIN][inherit? INHERIT][inherit! NOINHERIT][replication? "                   \
    "REPLICATION][replication! NOREPLICATION][bypass_rls? BYPASSRLS][bypass_rls! NOBYPASSRLS] "    \
    "CONNECTION LIMIT [connection_limit!-1][{connection_limit}] VALID UNTIL [valid_until!"         \
    "'infinity'][{valid_until:l}]"

/* The rule of a member that no statement sets. */
#define FOLLOWS(kind, member)                                                                      \
    {                                                                                              \
        kind, member, DDL_FOLLOWS, NULL, NULL, DDL_PLAIN, DDL_PLAIN, NULL                          \
    }
#define INLINE(kind, member, set, unset, form, unset_form)                                         \
    {                                                                                              \
        kind, member, DDL_INLINE, set, unset, form, unset_form, NULL                               \
    }
#define FACET(kind, member, set, unset, form, unset_form)                                          \
    {                                                                                              \
        kind, member, DDL_FACET, set, unset, form, unset_form, NULL                                \
    }
#define BY(kind, member, alter)                                                                    \
    {                                                                                              \
        kind, member, DDL_INLINE, NULL, NULL, DDL_PLAIN, DDL_PLAIN, alter                          \
    }
#define BASE_TYPE(member, word)                                                                    \
    INLINE(KIND_BASE_TYPE, member, "ALTER TYPE {id} SET (" word " = {" member "})",                \
           "ALTER TYPE {id} SET (" word " = NONE)", DDL_PLAIN, DDL_PLAIN)
#define SEQUENCE(member) BY(KIND_SEQUENCE, member, alter_sequence)
#define ROLE(member) INLINE(KIND_ROLE, member, ROLE_SET, ROLE_SET, DDL_RIGHTS, DDL_RIGHTS)
#define FUNCTION(member) BY(KIND_FUNCTION, member, alter_function)
#define PUBLICATION(member) BY(KIND_PUBLICATION, member, alter_publication)
#define SUBSCRIPTION(member) BY(KIND_SUBSCRIPTION, member, alter_subscription)

static const DdlRule rules[] = {
    /* what all have; rights and owners are written by ddl/rights.h, comments by these */
    BY(KIND_EXTENSION, "schema", alter_extension_schema),
    BY(KIND_SEQUENCE, "name", alter_sequence_name), /* of an identity column, known by that */
    FOLLOWS(KIND_NONE, "id"),
    FOLLOWS(KIND_NONE, "name"),
    FOLLOWS(KIND_NONE, "schema"),
    FOLLOWS(KIND_NONE, "inexact"),
    {KIND_DATABASE, "comment", DDL_FACET, NULL, NULL, DDL_PLAIN, DDL_PLAIN, alter_database_comment},
    FACET(KIND_NONE, "comment", "COMMENT ON {@} IS {comment:l}", "COMMENT ON {@} IS NULL",
          DDL_COMMENT, DDL_COMMENT),
    FACET(KIND_NONE, "owner", "ALTER {@} OWNER TO {owner:i}", "ALTER {@} OWNER TO CURRENT_USER",
          DDL_OWNER, DDL_OWNER),
    FACET(KIND_NONE, "rights", NULL, NULL, DDL_RIGHTS, DDL_RIGHTS),

    INLINE(KIND_EXTENSION, "version", "ALTER EXTENSION {name:i} UPDATE TO {version:l}",
           "ALTER EXTENSION {name:i} UPDATE", DDL_EXTENSION_UPDATE, DDL_EXTENSION_UPDATE),
    BY(KIND_ENUM, "labels", alter_labels),

    INLINE(KIND_DOMAIN, "default", "ALTER DOMAIN {id} SET DEFAULT {default}",
           "ALTER DOMAIN {id} DROP DEFAULT", DDL_PLAIN, DDL_PLAIN),
    INLINE(KIND_DOMAIN, "not_null", "ALTER DOMAIN {id} SET NOT NULL",
           "ALTER DOMAIN {id} DROP NOT NULL", DDL_DOMAIN_CHECK, DDL_DOMAIN_FREE),
    BY(KIND_DOMAIN_CONSTRAINT, "not_valid", alter_domain_constraint),
    BY(KIND_DOMAIN_CONSTRAINT, "definition", alter_domain_constraint),
    BASE_TYPE("receive", "RECEIVE"),
    BASE_TYPE("send", "SEND"),
    BASE_TYPE("modifier_input", "TYPMOD_IN"),
    BASE_TYPE("modifier_output", "TYPMOD_OUT"),
    BASE_TYPE("analyze", "ANALYZE"),
    BASE_TYPE("subscript", "SUBSCRIPT"),
    BY(KIND_ATTRIBUTE, "type", alter_attribute_type),
    BY(KIND_ATTRIBUTE, "collation", alter_attribute_type),

    SEQUENCE("data_type"),
    SEQUENCE("start"),
    SEQUENCE("increment"),
    SEQUENCE("minimum"),
    SEQUENCE("maximum"),
    SEQUENCE("cache"),
    SEQUENCE("cycle"),
    INLINE(KIND_SEQUENCE, "unlogged", "ALTER SEQUENCE {id} SET UNLOGGED",
           "ALTER SEQUENCE {id} SET LOGGED", DDL_TABLE_REWRITE, DDL_TABLE_REWRITE),
    FACET(KIND_SEQUENCE, "owned_by", "ALTER SEQUENCE {id} OWNED BY {owned_by}",
          "ALTER SEQUENCE {id} OWNED BY NONE", DDL_SEQUENCE_SET, DDL_SEQUENCE_SET),

    INLINE(KIND_TABLE, "unlogged", "ALTER TABLE {id} SET UNLOGGED", "ALTER TABLE {id} SET LOGGED",
           DDL_TABLE_REWRITE, DDL_TABLE_REWRITE),
    BY(KIND_TABLE, "options", alter_options),
    BY(KIND_TABLE, "toast_options", alter_toast_options),
    INLINE(KIND_TABLE, "access_method", "ALTER TABLE {id} SET ACCESS METHOD {access_method:i}",
           "ALTER TABLE {id} SET ACCESS METHOD heap", DDL_TABLE_REWRITE, DDL_TABLE_REWRITE),
    INLINE(KIND_TABLE, "tablespace", "ALTER TABLE {id} SET TABLESPACE {tablespace:i}",
           "ALTER TABLE {id} SET TABLESPACE pg_default", DDL_TABLE_REWRITE, DDL_TABLE_REWRITE),
    FACET(KIND_TABLE, "cluster_on", "ALTER TABLE {id} CLUSTER ON {cluster_on:i}",
          "ALTER TABLE {id} SET WITHOUT CLUSTER", DDL_TABLE_OPTIONS, DDL_TABLE_OPTIONS),
    INLINE(KIND_TABLE, "of_type", "ALTER TABLE {id} OF {of_type}", "ALTER TABLE {id} NOT OF",
           DDL_TABLE_SET, DDL_TABLE_SET),
    BY(KIND_TABLE, "foreign_options", alter_foreign_options),
    {KIND_TABLE, "inherits", DDL_FACET, NULL, NULL, DDL_TABLE_SET, DDL_TABLE_SET, alter_inherits},
    FACET(KIND_TABLE, "partition_of", NULL, "ALTER TABLE {partition_of} DETACH PARTITION {id}",
          DDL_ATTACH, DDL_DETACH),
    FOLLOWS(KIND_TABLE, "partition_bound"), /* compared with partition_of */
    FOLLOWS(KIND_TABLE, "detach_pending"),
    FACET(KIND_TABLE, "row_security", "ALTER TABLE {id} ENABLE ROW LEVEL SECURITY",
          "ALTER TABLE {id} DISABLE ROW LEVEL SECURITY", DDL_ROW_SECURITY, DDL_ROW_SECURITY),
    FACET(KIND_TABLE, "force_row_security", "ALTER TABLE {id} FORCE ROW LEVEL SECURITY",
          "ALTER TABLE {id} NO FORCE ROW LEVEL SECURITY", DDL_ROW_SECURITY, DDL_ROW_SECURITY),
    FACET(KIND_TABLE, "replica_identity", NULL, "ALTER TABLE {id} REPLICA IDENTITY DEFAULT",
          DDL_TABLE_SET, DDL_TABLE_SET),

    BY(KIND_COLUMN, "type", alter_column_type),
    BY(KIND_COLUMN, "collation", alter_column_type),
    BY(KIND_COLUMN, "not_null", alter_column_not_null),
    FACET(KIND_COLUMN, "default", OF_COLUMN "SET DEFAULT {default}", OF_COLUMN "DROP DEFAULT",
          DDL_COLUMN_SET, DDL_COLUMN_SET),
    BY(KIND_COLUMN, "generated", alter_column_generated),
    BY(KIND_COLUMN, "identity", alter_column_identity),
    FOLLOWS(KIND_COLUMN, "inherited"),
    {KIND_COLUMN, "storage", DDL_FACET, NULL, NULL, DDL_COLUMN_STORAGE, DDL_COLUMN_STORAGE,
     alter_storage},
    FACET(KIND_COLUMN, "compression", OF_COLUMN "SET COMPRESSION {compression}",
          OF_COLUMN "SET COMPRESSION default", DDL_COLUMN_STORAGE, DDL_COLUMN_STORAGE),
    FACET(KIND_COLUMN, "statistics", OF_COLUMN "SET STATISTICS {statistics}",
          OF_COLUMN "SET STATISTICS -1", DDL_COLUMN_STATISTICS, DDL_COLUMN_STATISTICS),
    {KIND_COLUMN, "options", DDL_FACET, OF_COLUMN "SET ({options:o})", NULL, DDL_COLUMN_STATISTICS,
     DDL_COLUMN_STATISTICS, alter_column_options},
    BY(KIND_COLUMN, "foreign_options", alter_column_foreign_options),

    BY(KIND_CONSTRAINT, "definition", alter_constraint),
    BY(KIND_CONSTRAINT, "not_valid", alter_constraint),
    BY(KIND_CONSTRAINT, "deferrable", alter_constraint),
    BY(KIND_CONSTRAINT, "initially_deferred", alter_constraint),
    BY(KIND_CONSTRAINT, "index_options", alter_options),
    FOLLOWS(KIND_CONSTRAINT, "columns"),
    FOLLOWS(KIND_CONSTRAINT, "references"),
    FOLLOWS(KIND_CONSTRAINT, "reference_columns"),
    INLINE(KIND_CONSTRAINT, "index_tablespace",
           "ALTER INDEX {^schema:i}.{name:i} SET TABLESPACE {index_tablespace:i}",
           "ALTER INDEX {^schema:i}.{name:i} SET TABLESPACE pg_default", DDL_TABLE_REWRITE,
           DDL_TABLE_REWRITE),
    FACET(KIND_CONSTRAINT, "index_comment",
          "COMMENT ON INDEX {^schema:i}.{name:i} IS {index_comment:l}",
          "COMMENT ON INDEX {^schema:i}.{name:i} IS NULL", DDL_COMMENT, DDL_COMMENT),

    FOLLOWS(KIND_INDEX, "unique"),
    FOLLOWS(KIND_INDEX, "method"),
    FOLLOWS(KIND_INDEX, "columns"),
    FOLLOWS(KIND_INDEX, "predicate"),
    INLINE(KIND_INDEX, "tablespace", "ALTER {@} SET TABLESPACE {tablespace:i}",
           "ALTER {@} SET TABLESPACE pg_default", DDL_TABLE_REWRITE, DDL_TABLE_REWRITE),
    {KIND_INDEX, "statistics", DDL_FACET, NULL, NULL, DDL_COLUMN_STATISTICS, DDL_COLUMN_STATISTICS,
     alter_index_statistics},
    FOLLOWS(KIND_VIEW_INDEX, "unique"),
    FOLLOWS(KIND_VIEW_INDEX, "method"),
    FOLLOWS(KIND_VIEW_INDEX, "columns"),
    FOLLOWS(KIND_VIEW_INDEX, "predicate"),
    INLINE(KIND_VIEW_INDEX, "tablespace", "ALTER {@} SET TABLESPACE {tablespace:i}",
           "ALTER {@} SET TABLESPACE pg_default", DDL_TABLE_REWRITE, DDL_TABLE_REWRITE),
    {KIND_VIEW_INDEX, "statistics", DDL_FACET, NULL, NULL, DDL_COLUMN_STATISTICS,
     DDL_COLUMN_STATISTICS, alter_index_statistics},

    BY(KIND_POLICY, "roles", alter_policy),
    BY(KIND_POLICY, "using", alter_policy),
    BY(KIND_POLICY, "check", alter_policy),
    BY(KIND_PLATFORM_POLICY, "roles", alter_policy),
    BY(KIND_PLATFORM_POLICY, "using", alter_policy),
    BY(KIND_PLATFORM_POLICY, "check", alter_policy),

    FOLLOWS(KIND_TRIGGER, "function"),
    FACET(KIND_TRIGGER, "firing", IN_TABLE "{firing:w} TRIGGER {name:i}",
          IN_TABLE "ENABLE TRIGGER {name:i}", DDL_TRIGGER_SET, DDL_TRIGGER_ENABLE),
    FOLLOWS(KIND_VIEW_TRIGGER, "function"),
    FACET(KIND_VIEW_TRIGGER, "firing", IN_TABLE "{firing:w} TRIGGER {name:i}",
          IN_TABLE "ENABLE TRIGGER {name:i}", DDL_TRIGGER_SET, DDL_TRIGGER_ENABLE),
    FOLLOWS(KIND_PLATFORM_TRIGGER, "function"),
    FACET(KIND_PLATFORM_TRIGGER, "firing", IN_TABLE "{firing:w} TRIGGER {name:i}",
          IN_TABLE "ENABLE TRIGGER {name:i}", DDL_TRIGGER_SET, DDL_TRIGGER_ENABLE),
    FACET(KIND_RULE, "firing", IN_TABLE "{firing:w} RULE {name:i}", IN_TABLE "ENABLE RULE {name:i}",
          DDL_RULE_SET, DDL_RULE_CREATE),
    FACET(KIND_VIEW_RULE, "firing", IN_TABLE "{firing:w} RULE {name:i}",
          IN_TABLE "ENABLE RULE {name:i}", DDL_RULE_SET, DDL_RULE_CREATE),

    BY(KIND_VIEW, "definition", alter_view),
    BY(KIND_VIEW, "options", alter_options),
    FOLLOWS(KIND_VIEW, "insertable"),
    FOLLOWS(KIND_VIEW, "updatable"),
    INLINE(KIND_VIEW, "access_method",
           "ALTER MATERIALIZED VIEW {id} SET ACCESS METHOD {access_method:i}",
           "ALTER MATERIALIZED VIEW {id} SET ACCESS METHOD heap", DDL_TABLE_REWRITE,
           DDL_TABLE_REWRITE),
    INLINE(KIND_VIEW, "tablespace", "ALTER MATERIALIZED VIEW {id} SET TABLESPACE {tablespace:i}",
           "ALTER MATERIALIZED VIEW {id} SET TABLESPACE pg_default", DDL_TABLE_REWRITE,
           DDL_TABLE_REWRITE),
    FACET(KIND_VIEW, "cluster_on", "ALTER MATERIALIZED VIEW {id} CLUSTER ON {cluster_on:i}",
          "ALTER MATERIALIZED VIEW {id} SET WITHOUT CLUSTER", DDL_TABLE_OPTIONS, DDL_TABLE_OPTIONS),
    FOLLOWS(KIND_VIEW_COLUMN, "type"), /* from the view's definition */
    FOLLOWS(KIND_VIEW_COLUMN, "collation"),
    FOLLOWS(KIND_VIEW_COLUMN, "updatable"),
    FACET(KIND_VIEW_COLUMN, "default",
          "ALTER VIEW {^id} ALTER COLUMN {name:i} SET DEFAULT {default}",
          "ALTER VIEW {^id} ALTER COLUMN {name:i} DROP DEFAULT", DDL_VIEW_CREATE, DDL_VIEW_CREATE),
    {KIND_VIEW_COLUMN, "storage", DDL_FACET, NULL, NULL, DDL_COLUMN_STORAGE, DDL_COLUMN_STORAGE,
     alter_storage},
    FACET(KIND_VIEW_COLUMN, "compression", OF_VIEW_COLUMN "SET COMPRESSION {compression}",
          OF_VIEW_COLUMN "SET COMPRESSION default", DDL_COLUMN_STORAGE, DDL_COLUMN_STORAGE),
    FACET(KIND_VIEW_COLUMN, "statistics", OF_VIEW_COLUMN "SET STATISTICS {statistics}",
          OF_VIEW_COLUMN "SET STATISTICS -1", DDL_COLUMN_STATISTICS, DDL_COLUMN_STATISTICS),
    {KIND_VIEW_COLUMN, "options", DDL_FACET, OF_VIEW_COLUMN "SET ({options:o})", NULL,
     DDL_COLUMN_STATISTICS, DDL_COLUMN_STATISTICS, alter_column_options},

    FOLLOWS(KIND_STATISTICS, "table"),
    FACET(KIND_STATISTICS, "target", "ALTER STATISTICS {id} SET STATISTICS {target}",
          "ALTER STATISTICS {id} SET STATISTICS -1", DDL_PLAIN, DDL_PLAIN),

    FOLLOWS(KIND_FUNCTION, "argument_names"), /* from arguments */
    FOLLOWS(KIND_FUNCTION, "argument_types"),
    FOLLOWS(KIND_FUNCTION, "argument_modes"),
    FOLLOWS(KIND_FUNCTION, "default_count"),
    FOLLOWS(KIND_FUNCTION, "return_type"), /* from returns */
    FOLLOWS(KIND_FUNCTION, "returns_set"),
    FUNCTION("arguments"),
    FUNCTION("rows"),
    FUNCTION("language"),
    FUNCTION("volatility"),
    FUNCTION("strict"),
    FUNCTION("security_definer"),
    FUNCTION("leakproof"),
    FUNCTION("parallel"),
    FUNCTION("cost"),
    FUNCTION("config"),
    FUNCTION("support"),
    FUNCTION("transforms"),
    FUNCTION("library"),
    FUNCTION("body"),

    {KIND_OPERATOR_FAMILY, "operators", DDL_FACET, NULL, NULL, DDL_PLAIN, DDL_PLAIN,
     alter_family_operators},
    {KIND_OPERATOR_FAMILY, "functions", DDL_FACET, NULL, NULL, DDL_PLAIN, DDL_PLAIN,
     alter_family_functions},
    {KIND_TEXT_SEARCH_CONFIGURATION, "mappings", DDL_FACET, NULL, NULL, DDL_PLAIN, DDL_PLAIN,
     alter_mappings},
    BY(KIND_FOREIGN_DATA_WRAPPER, "options", alter_own_options),
    INLINE(KIND_FOREIGN_DATA_WRAPPER, "handler", "ALTER {@} HANDLER {handler}",
           "ALTER {@} NO HANDLER", DDL_PLAIN, DDL_PLAIN),
    INLINE(KIND_FOREIGN_DATA_WRAPPER, "validator", "ALTER {@} VALIDATOR {validator}",
           "ALTER {@} NO VALIDATOR", DDL_PLAIN, DDL_PLAIN),
    BY(KIND_SERVER, "options", alter_own_options),
    INLINE(KIND_SERVER, "version", "ALTER {@} VERSION {version:l}", "ALTER {@} VERSION NULL",
           DDL_PLAIN, DDL_PLAIN),
    BY(KIND_USER_MAPPING, "options", alter_own_options),
    FACET(KIND_EVENT_TRIGGER, "firing", "ALTER {@} {firing:w}", "ALTER {@} ENABLE", DDL_PLAIN,
          DDL_PLAIN),

    PUBLICATION("insert"),
    PUBLICATION("update"),
    PUBLICATION("delete"),
    PUBLICATION("truncate"),
    PUBLICATION("via_root"),
    PUBLICATION("generated_columns"),
    BY(KIND_PUBLICATION, "schemas", alter_publication),
    SUBSCRIPTION("enabled"),
    SUBSCRIPTION("slot"),
    SUBSCRIPTION("publications"),
    SUBSCRIPTION("synchronous_commit"),
    SUBSCRIPTION("binary"),
    SUBSCRIPTION("streaming"),
    SUBSCRIPTION("disable_on_error"),
    SUBSCRIPTION("origin"),
    SUBSCRIPTION("failover"),
    SUBSCRIPTION("run_as_owner"),
    SUBSCRIPTION("password_not_required"),

    INLINE(KIND_SECURITY_LABEL, "label",
           "SECURITY LABEL FOR {provider:i} ON {kind} {object} IS {label:l}", NULL, DDL_PLAIN,
           DDL_PLAIN),
    {KIND_DATABASE, "settings", DDL_FACET, NULL, NULL, DDL_PLAIN, DDL_PLAIN, alter_settings},
    {KIND_DATABASE, "connection_limit", DDL_FACET, NULL, NULL, DDL_PLAIN, DDL_PLAIN,
     alter_database_limit},
    ROLE("superuser"),
    ROLE("createrole"),
    ROLE("createdb"),
    ROLE("login"),
    ROLE("inherit"),
    ROLE("replication"),
    ROLE("bypass_rls"),
    ROLE("connection_limit"),
    ROLE("valid_until"),
    {KIND_ROLE, "settings", DDL_FACET, NULL, NULL, DDL_RIGHTS, DDL_RIGHTS, alter_settings},
    {KIND_ROLE, "member_of", DDL_FACET, NULL, NULL, DDL_RIGHTS, DDL_RIGHTS, alter_memberships},
    BY(KIND_TABLESPACE, "options", alter_options),
};

const DdlKind *ddl_kind(KindId kind)
{
    assert(kind < KIND_COUNT);
    return &kinds[kind];
}

/* The default of a generated column is its expression, which ADD COLUMN writes. */
static bool is_expression(KindId kind, const json_t *object, const char *member)
{
    return kind == KIND_COLUMN && strcmp(member, "default") == 0 &&
           json_object_get(object, "generated");
}

const DdlRule *ddl_rule(KindId kind, const json_t *object, const char *member)
{
    static const DdlRule expression = BY(KIND_COLUMN, "default", alter_column_generated);

    if (is_expression(kind, object, member))
        return &expression;
    if (strcmp(member, "grants") == 0 || strcmp(member, "revokes") == 0)
        member = "rights";
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if ((rules[i].kind == KIND_NONE || rules[i].kind == (int)kind) &&
            strcmp(rules[i].member, member) == 0)
            return &rules[i];
    return NULL;
}

void ddl_add(DdlScript *script, DdlForm form, const char *text)
{
    if (script->count == script->room) {
        size_t room = script->room ? script->room * 2 : 4;
        DdlStatement *items = arena_alloc(script->arena, room * sizeof *items);

        if (script->count > 0)
            memcpy(items, script->items, script->count * sizeof *items);
        script->items = items;
        script->room = room;
    }
    script->items[script->count++] = (DdlStatement){text, form};
}

/* An aggregate is called by what goes in, and a star when nothing does. */
static const char *aggregate_name(const DdlScope *scope)
{
    if (json_object_get(scope->object, "aggregate_kind"))
        return ddl_expand(scope, "{schema:i}.{name:i}({arguments})");
    return json_array_size(json_object_get(scope->object, "argument_types")) > 0
               ? ddl_expand(scope, "{id}")
               : ddl_expand(scope, "{schema:i}.{name:i}(*)");
}

const char *ddl_name(const DdlScope *scope)
{
    const char *name = kinds[scope->kind].name;

    if (scope->kind == KIND_FUNCTION &&
        strcmp(jx_string(scope->object, "kind", ""), "aggregate") == 0)
        return aggregate_name(scope);
    return ddl_expand(scope, name ? name : "{id}");
}

static const char *word_of(const DdlScope *scope)
{
    if (scope->kind == KIND_VIEW && jx_bool(scope->object, "materialized"))
        return "MATERIALIZED VIEW";
    if (scope->kind == KIND_TABLE &&
        strcmp(jx_string(scope->object, "kind", ""), "foreign table") == 0)
        return "FOREIGN TABLE";
    return scope->kind == KIND_FUNCTION ? ddl_expand(scope, "{kind:w}") : kinds[scope->kind].word;
}

const char *ddl_target(const DdlScope *scope)
{
    const char *word = word_of(scope);

    return arena_printf(scope->arena, "%s %s", word ? word : "", ddl_name(scope));
}
