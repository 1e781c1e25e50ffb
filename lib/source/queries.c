#include "source/queries.h"

#include <assert.h>
#include <string.h>

#include "base/embed.h"
#include "sql_files.h"

/* What is nested comes before what it is nested in. */
static const CatalogQuery queries[] = {
    {"schemas.sql", .kind = KIND_SCHEMA, .acl_kind = 'n'},
    {"extensions.sql", .kind = KIND_EXTENSION},
    {"enums.sql", .kind = KIND_ENUM, .acl_kind = 'T'},
    {"domain_constraints.sql", .kind = KIND_DOMAIN_CONSTRAINT},
    {"domains.sql", .kind = KIND_DOMAIN, .acl_kind = 'T'},
    {"attributes.sql", .kind = KIND_ATTRIBUTE},
    {"composites.sql", .kind = KIND_COMPOSITE, .acl_kind = 'T'},
    {"ranges.sql", .kind = KIND_RANGE, .acl_kind = 'T'},
    {"base_types.sql", .kind = KIND_BASE_TYPE, .acl_kind = 'T'},
    {"collations.sql", .kind = KIND_COLLATION},
    {"sequences.sql", .second = true, .kind = KIND_SEQUENCE, .acl_kind = 's', .by_relation = true},
    {"columns.sql", .second = true, .kind = KIND_COLUMN, .also = {KIND_VIEW_COLUMN},
     .acl_kind = 'c', .by_relation = true},
    {"referenced.sql", .second = true, .use = QUERY_ASIDE, .by_relation = true},
    {"constraints.sql", .kind = KIND_CONSTRAINT, .by_relation = true},
    {"indexes.sql", .kind = KIND_INDEX, .also = {KIND_VIEW_INDEX}, .by_relation = true},
    {"policies.sql", .kind = KIND_POLICY, .also = {KIND_PLATFORM_POLICY}, .by_relation = true},
    {"triggers.sql", .kind = KIND_TRIGGER, .also = {KIND_VIEW_TRIGGER, KIND_PLATFORM_TRIGGER},
     .by_relation = true},
    {"rules.sql", .kind = KIND_RULE, .also = {KIND_VIEW_RULE}, .by_relation = true},
    {"tables.sql", .second = true, .kind = KIND_TABLE, .acl_kind = 'r', .by_relation = true},
    {"views.sql", .kind = KIND_VIEW, .acl_kind = 'r', .by_relation = true},
    {"platform_tables.sql", .kind = KIND_PLATFORM_TABLE},
    {"statistics.sql", .kind = KIND_STATISTICS},
    {"functions_13.sql", .second = true, .kind = KIND_FUNCTION, .max_version = 139999,
     .acl_kind = 'f'},
    {"functions.sql", .second = true, .kind = KIND_FUNCTION, .min_version = 140000,
     .acl_kind = 'f'},
    {"operators.sql", .kind = KIND_OPERATOR},
    {"operator_families.sql", .kind = KIND_OPERATOR_FAMILY},
    {"operator_classes.sql", .kind = KIND_OPERATOR_CLASS},
    {"casts.sql", .kind = KIND_CAST},
    {"conversions.sql", .kind = KIND_CONVERSION},
    {"text_search_parsers.sql", .kind = KIND_TEXT_SEARCH_PARSER},
    {"text_search_templates.sql", .kind = KIND_TEXT_SEARCH_TEMPLATE},
    {"text_search_dictionaries.sql", .kind = KIND_TEXT_SEARCH_DICTIONARY},
    {"text_search_configurations.sql", .kind = KIND_TEXT_SEARCH_CONFIGURATION},
    {"languages.sql", .kind = KIND_LANGUAGE, .acl_kind = 'l'},
    {"transforms.sql", .kind = KIND_TRANSFORM},
    {"access_methods.sql", .kind = KIND_ACCESS_METHOD},
    {"foreign_data_wrappers.sql", .kind = KIND_FOREIGN_DATA_WRAPPER, .acl_kind = 'F'},
    {"servers.sql", .kind = KIND_SERVER, .acl_kind = 'S'},
    {"user_mappings.sql", .kind = KIND_USER_MAPPING},
    {"event_triggers.sql", .kind = KIND_EVENT_TRIGGER},
    {"publication_tables.sql", .kind = KIND_PUBLICATION_TABLE},
    {"publications.sql", .kind = KIND_PUBLICATION, .max_version = 149999},
    {"publications_15.sql", .kind = KIND_PUBLICATION, .min_version = 150000},
    {"subscriptions.sql", .kind = KIND_SUBSCRIPTION, .relation = "pg_catalog.pg_subscription",
     .column = "subsynccommit"},
    {"default_privileges.sql", .kind = KIND_DEFAULT_PRIVILEGES, .acl_kind = '*'},
    {"privileges.sql", .second = true, .kind = KIND_PRIVILEGES, .acl_kind = '*'},
    {"security_labels.sql", .kind = KIND_SECURITY_LABEL},
    {"database.sql", .kind = KIND_DATABASE, .acl_kind = 'd'},
    {"roles.sql", .second = true, .kind = KIND_ROLE},
    {"tablespaces.sql", .kind = KIND_TABLESPACE, .acl_kind = 't'},
    {"parameters.sql", .kind = KIND_PARAMETER, .min_version = 150000, .acl_kind = 'p'},
    {"buckets.sql", .use = QUERY_OPTED, .kind = KIND_BUCKET, .relation = "storage.buckets",
     .column = "id"},
    {"cron_jobs.sql", .use = QUERY_OPTED, .kind = KIND_CRON_JOB, .relation = "cron.job",
     .column = "jobid"},
    {"vault_secrets.sql", .use = QUERY_OPTED, .kind = KIND_VAULT_SECRET,
     .relation = "vault.secrets", .column = "name"},
    {"queues.sql", .use = QUERY_OPTED, .kind = KIND_QUEUE, .relation = "pgmq.meta",
     .column = "queue_name"},
    {"facts.sql", .second = true, .kind = KIND_FACT},
    {"secrets.sql", .use = QUERY_ASIDE, .relation = "pg_catalog.pg_subscription",
     .column = "subconninfo"},
    {"stamps.sql", .second = true, .use = QUERY_ASIDE},
    {"members.sql", .use = QUERY_ASIDE},
    {"left_out.sql", .use = QUERY_ASIDE},
    {"warnings.sql", .use = QUERY_ASIDE},
    {"migrations.sql", .use = QUERY_ASIDE, .relation = "supabase_migrations.schema_migrations",
     .column = "version"},
    {"fingerprint.sql", .second = true, .use = QUERY_ASIDE},
};
static_assert(sizeof queries / sizeof *queries <= QUERY_MAX, "room for every statement");

int query_count(void)
{
    return sizeof queries / sizeof *queries;
}

const CatalogQuery *query_at(int index)
{
    assert(index >= 0 && index < query_count());
    return &queries[index];
}

const char *query_sql(int index)
{
    const Embedded *file = embedded_find(sql_files, query_at(index)->file);

    assert(file);
    return (const char *)file->bytes;
}

bool query_is_for(int index, int server_version)
{
    const CatalogQuery *query = query_at(index);

    return query->min_version <= server_version &&
           (!query->max_version || server_version <= query->max_version);
}

static bool has_also(const CatalogQuery *query, KindId kind)
{
    for (size_t i = 0; i < sizeof query->also / sizeof *query->also; i++)
        if (query->also[i] && query->also[i] == kind)
            return true;
    return false;
}

int query_of_kind(KindId kind, int server_version)
{
    for (int i = 0; i < query_count(); i++)
        if (queries[i].use != QUERY_ASIDE && query_is_for(i, server_version) &&
            (queries[i].kind == kind || has_also(&queries[i], kind)))
            return i;
    return -1;
}

int query_of_file(const char *file)
{
    for (int i = 0; i < query_count(); i++)
        if (*queries[i].file == *file && strcmp(queries[i].file, file) == 0)
            return i;
    return -1;
}
