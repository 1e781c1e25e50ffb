#include "diff/rules_part.h"

#include "json/jx.h"

static bool gains_flag(const json_t *old, const json_t *new, const char *member)
{
    return !jx_bool(old, member) && jx_bool(new, member);
}

/* What a publication told of and no longer tells. */
static bool publishes_less(const json_t *old, const json_t *new)
{
    static const char *const flags[] = {"all_tables", "insert", "update", "delete", "truncate"};

    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (gains_flag(new, old, flags[i]))
            return true;
    return rules_loses_item(old, new, "schemas");
}

static bool takes_less(const json_t *old, const json_t *new)
{
    json_int_t from = jx_int(old, "file_size_limit", 0), to = jx_int(new, "file_size_limit", 0);

    return (to > 0 && (from == 0 || to < from)) ||
           (json_object_get(new, "allowed_mime_types") &&
            (!json_object_get(old, "allowed_mime_types") ||
             rules_loses_item(old, new, "allowed_mime_types")));
}

static bool leaves_role(const json_t *old, const json_t *new)
{
    const json_t *after = json_object_get(new, "member_of");
    const char *role = NULL;
    json_t *options = NULL;

    json_object_foreach(json_object_get(old, "member_of"), role, options)
    {
        if (!json_object_get(after, role))
            return true;
    }
    return false;
}

/* What makes a role stand above the rights of others. */
static bool is_powerful(const json_t *old, const json_t *new)
{
    const json_t *role = new ? new : old;

    return jx_bool(role, "superuser") || jx_bool(role, "bypass_rls") ||
           jx_bool(role, "createrole") || jx_bool(role, "replication");
}

static bool is_public(const json_t *old, const json_t *new)
{
    return jx_bool(new ? new : old, "public");
}

static const Rule rules[] = {
    {KIND_SCHEMA, OP_ADDED, NULL, NULL,
     SAFE(ADDITIVE, "types", "a new schema is used by nobody yet")},
    {KIND_SCHEMA, OP_REMOVED, NULL, NULL,
     BREAKING(DATA_LOSS, "readers,writers,data,types", "the schema and all in it are gone")},
    {KIND_EXTENSION, OP_ADDED, NULL, NULL,
     SAFE(ADDITIVE, "", "an extension adds, it changes nothing")},
    {KIND_EXTENSION, OP_REMOVED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,writers",
              "every use of what the extension brought fails")},
    {KIND_EXTENSION, OP_CHANGED, "version", NULL,
     RISKY(BREAKING_READERS, "readers", "another version may behave otherwise")},
    {KIND_EXTENSION, OP_CHANGED, "schema", NULL,
     BREAKING(BREAKING_READERS, "readers,writers",
              "every use by the old schema's name of what it brought fails")},
    USED_BY_NAME(KIND_FOREIGN_DATA_WRAPPER, "readers,writers"),
    {KIND_FOREIGN_DATA_WRAPPER, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers,writers,data",
           "foreign rows may come from elsewhere, or otherwise")},
    USED_BY_NAME(KIND_SERVER, "readers,writers,data"),
    {KIND_SERVER, OP_CHANGED, NULL, NULL,
     RISKY(BREAKING_READERS, "readers,writers,data", "foreign rows may come from elsewhere")},
    {KIND_USER_MAPPING, OP_ADDED, NULL, NULL,
     RISKY(SECURITY, "security", "a role now reaches the foreign server as somebody there")},
    {KIND_USER_MAPPING, OP_REMOVED, NULL, NULL,
     BREAKING(SECURITY, "readers,writers,security", "a role no longer reaches the foreign server")},
    {KIND_USER_MAPPING, OP_CHANGED, NULL, NULL,
     RISKY(SECURITY, "readers,writers,security",
           "a role reaches the foreign server as somebody else")},

    {KIND_EVENT_TRIGGER, OP_ADDED, NULL, NULL,
     RISKY(SECURITY, "security",
           "changes of the schema now do more than they say, or are refused")},
    {KIND_EVENT_TRIGGER, OP_REMOVED, NULL, NULL,
     RISKY(SECURITY, "security", "what the event trigger watched over is not watched any more")},
    {KIND_EVENT_TRIGGER, OP_CHANGED, "firing", rules_becomes_silent,
     RISKY(SECURITY, "security", "what the event trigger watched over is not watched any more")},
    {KIND_EVENT_TRIGGER, OP_CHANGED, NULL, NULL,
     RISKY(SECURITY, "security", "changes of the schema do something else")},

    {KIND_PUBLICATION, OP_ADDED, NULL, NULL,
     SAFE(REPLICATION, "replication", "nobody subscribes to a new publication yet")},
    {KIND_PUBLICATION, OP_REMOVED, NULL, NULL,
     BREAKING(REPLICATION, "replication", "its subscribers get nothing any more")},
    {KIND_PUBLICATION, OP_CHANGED, NULL, publishes_less,
     BREAKING(REPLICATION, "replication", "its subscribers no longer get all they got")},
    {KIND_PUBLICATION, OP_CHANGED, NULL, NULL,
     RISKY(REPLICATION, "security,replication", "its subscribers get something else")},
    {KIND_PUBLICATION_TABLE, OP_ADDED, NULL, NULL,
     RISKY(REPLICATION, "security,replication", "the table's rows now go to all who subscribe")},
    {KIND_PUBLICATION_TABLE, OP_REMOVED, NULL, NULL,
     BREAKING(REPLICATION, "replication", "subscribers get nothing of the table any more")},
    {KIND_PUBLICATION_TABLE, OP_CHANGED, NULL, NULL,
     RISKY(REPLICATION, "security,replication",
           "subscribers get other rows or columns of the table")},
    {KIND_SUBSCRIPTION, OP_ADDED, NULL, NULL,
     RISKY(REPLICATION, "data,replication", "another database's rows are now written here")},
    {KIND_SUBSCRIPTION, OP_REMOVED, NULL, NULL,
     BREAKING(REPLICATION, "data,replication", "another database's rows do not arrive any more")},
    {KIND_SUBSCRIPTION, OP_CHANGED, "-enabled", NULL,
     BREAKING(REPLICATION, "data,replication", "another database's rows do not arrive any more")},
    {KIND_SUBSCRIPTION, OP_CHANGED, NULL, NULL,
     RISKY(REPLICATION, "data,replication", "other rows arrive, or in another way")},

    {KIND_PRIVILEGES, OP_ADDED, NULL, NULL,
     RISKY(SECURITY, "security", "rights differ from those it was installed with")},
    {KIND_PRIVILEGES, OP_REMOVED, NULL, NULL,
     RISKY(SECURITY, "security", "rights are again those it was installed with")},
    {KIND_PRIVILEGES, OP_CHANGED, NULL, NULL,
     RISKY(SECURITY, "security", "rights differ from those it was installed with")},
    {KIND_SECURITY_LABEL, OP_ADDED, NULL, NULL,
     RISKY(SECURITY, "security", "a label decides who may do what")},
    {KIND_SECURITY_LABEL, OP_REMOVED, NULL, NULL,
     RISKY(SECURITY, "security", "a label decides who may do what")},
    {KIND_SECURITY_LABEL, OP_CHANGED, NULL, NULL,
     RISKY(SECURITY, "security", "a label decides who may do what")},

    {KIND_ROLE, OP_ADDED, NULL, is_powerful,
     BREAKING(SECURITY, "security", "a new role stands above the rights of others")},
    {KIND_ROLE, OP_ADDED, NULL, NULL,
     RISKY(SECURITY, "security", "somebody more may connect or be granted")},
    {KIND_ROLE, OP_REMOVED, NULL, NULL,
     BREAKING(SECURITY, "readers,writers,security",
              "who connected as the role, or had its rights, cannot")},
    {KIND_ROLE, OP_CHANGED, "+superuser", NULL,
     BREAKING(SECURITY, "security", "no right, policy or owner holds it any more")},
    {KIND_ROLE, OP_CHANGED, "+bypass_rls", NULL,
     BREAKING(SECURITY, "security", "no policy holds it any more")},
    {KIND_ROLE, OP_CHANGED, "+createrole", NULL,
     BREAKING(SECURITY, "security", "it may make roles and give itself theirs")},
    {KIND_ROLE, OP_CHANGED, "+replication", NULL,
     BREAKING(SECURITY, "security", "it may copy the whole server")},
    {KIND_ROLE, OP_CHANGED, "-superuser", NULL,
     BREAKING(SECURITY, "readers,writers,security",
              "it may do only what it was granted, and policies hold it")},
    {KIND_ROLE, OP_CHANGED, "-bypass_rls", NULL,
     BREAKING(SECURITY, "readers,writers,security", "policies now hold it")},
    {KIND_ROLE, OP_CHANGED, "-createrole", NULL,
     BREAKING(SECURITY, "writers,security", "it may make no role any more")},
    {KIND_ROLE, OP_CHANGED, "-replication", NULL,
     BREAKING(SECURITY, "security,replication", "it may not replicate any more")},
    {KIND_ROLE, OP_CHANGED, "+createdb", NULL,
     RISKY(SECURITY, "security", "it may make databases")},
    {KIND_ROLE, OP_CHANGED, "createdb", NULL,
     BREAKING(SECURITY, "writers,security", "it may make no database any more")},
    {KIND_ROLE, OP_CHANGED, "-login", NULL,
     BREAKING(SECURITY, "readers,writers,security", "it cannot connect any more")},
    {KIND_ROLE, OP_CHANGED, "login", NULL, RISKY(SECURITY, "security", "it may now connect")},
    {KIND_ROLE, OP_CHANGED, "+inherit", NULL,
     RISKY(SECURITY, "security", "it has the rights of its roles without asking for them")},
    {KIND_ROLE, OP_CHANGED, "inherit", NULL,
     RISKY(SECURITY, "readers,writers,security",
           "it has the rights of its roles only when it asks for them")},
    {KIND_ROLE, OP_CHANGED, "member_of", leaves_role,
     BREAKING(SECURITY, "readers,writers,security", "it no longer has the rights of another role")},
    {KIND_ROLE, OP_CHANGED, "member_of", NULL,
     RISKY(SECURITY, "security", "it now has the rights of another role, or in another way")},
    {KIND_ROLE, OP_CHANGED, "connection_limit", NULL,
     RISKY(BREAKING_READERS, "readers,writers",
           "it may be refused a connection, or have more of them")},
    {KIND_ROLE, OP_CHANGED, "valid_until", NULL,
     RISKY(SECURITY, "readers,writers,security", "its password holds for another time")},
    {KIND_DATABASE, OP_CHANGED, "connection_limit", NULL,
     RISKY(BREAKING_READERS, "readers,writers",
           "sessions may be refused, or there may be more of them")},
    {KIND_TABLESPACE, OP_ADDED, NULL, NULL,
     SAFE(ADDITIVE, "", "a new tablespace is used by nobody yet")},
    {KIND_TABLESPACE, OP_REMOVED, NULL, NULL,
     BREAKING(BREAKING_WRITERS, "writers", "whatever is to be made in it cannot be")},
    {KIND_TABLESPACE, OP_CHANGED, "options", NULL,
     SAFE(PERFORMANCE, "performance", "what the planner assumes of it")},
    {KIND_PARAMETER, OP_ADDED, NULL, NULL,
     RISKY(SECURITY, "security", "other roles than by default may set it")},
    {KIND_PARAMETER, OP_REMOVED, NULL, NULL,
     RISKY(SECURITY, "security", "the same roles as by default may set it")},

    {KIND_BUCKET, OP_ADDED, NULL, is_public,
     RISKY(SECURITY, "security", "whoever knows a file's address reads it")},
    {KIND_BUCKET, OP_ADDED, NULL, NULL, SAFE(ADDITIVE, "", "a new bucket is used by nobody yet")},
    {KIND_BUCKET, OP_REMOVED, NULL, NULL,
     BREAKING(DATA_LOSS, "readers,writers,data",
              "the bucket's files are gone and every use of it fails")},
    {KIND_BUCKET, OP_CHANGED, "+public", NULL,
     BREAKING(SECURITY, "security", "whoever knows a file's address reads it")},
    {KIND_BUCKET, OP_CHANGED, "public", NULL,
     BREAKING(SECURITY, "readers,security", "the public addresses of its files fail")},
    {KIND_BUCKET, OP_CHANGED, "file_size_limit", takes_less,
     RISKY(BREAKING_WRITERS, "writers", "files that were accepted are refused")},
    {KIND_BUCKET, OP_CHANGED, "allowed_mime_types", takes_less,
     RISKY(BREAKING_WRITERS, "writers", "files that were accepted are refused")},
    {KIND_BUCKET, OP_CHANGED, "file_size_limit", NULL,
     RISKY(SECURITY, "security", "files that were refused are accepted")},
    {KIND_BUCKET, OP_CHANGED, "allowed_mime_types", NULL,
     RISKY(SECURITY, "security", "files that were refused are accepted")},
    {KIND_BUCKET, OP_CHANGED, "name", NULL,
     BREAKING(BREAKING_READERS, "readers,writers", "every use of it by its old name fails")},
    {KIND_BUCKET, OP_CHANGED, "type", NULL,
     RISKY(BREAKING_READERS, "readers,writers", "it holds something else")},
    {KIND_CRON_JOB, OP_ADDED, NULL, NULL,
     RISKY(INTEGRITY, "writers,data", "it runs by itself from now on")},
    {KIND_CRON_JOB, OP_REMOVED, NULL, NULL,
     RISKY(INTEGRITY, "writers,data", "what the job did no longer happens")},
    {KIND_CRON_JOB, OP_CHANGED, "name", NULL,
     SAFE(COSMETIC, "", "only who looks after it names a job")},
    {KIND_CRON_JOB, OP_CHANGED, "role", NULL,
     RISKY(SECURITY, "writers,security,data", "it runs with the rights of another role")},
    {KIND_CRON_JOB, OP_CHANGED, NULL, NULL,
     RISKY(INTEGRITY, "writers,data", "it runs at other times or does something else")},
    {KIND_VAULT_SECRET, OP_ADDED, NULL, NULL,
     SAFE(ADDITIVE, "", "a new secret is read by nobody yet")},
    {KIND_VAULT_SECRET, OP_REMOVED, NULL, NULL,
     BREAKING(BREAKING_READERS, "readers,security", "what reads the secret finds none")},
    {KIND_VAULT_SECRET, OP_CHANGED, "name", NULL,
     BREAKING(BREAKING_READERS, "readers,security",
              "what reads the secret by its old name finds none")},
    {KIND_QUEUE, OP_ADDED, NULL, NULL, SAFE(ADDITIVE, "", "a new queue is used by nobody yet")},
    {KIND_QUEUE, OP_REMOVED, NULL, NULL,
     BREAKING(DATA_LOSS, "readers,writers,data",
              "the queue's messages are gone and every use of it fails")},
    {KIND_QUEUE, OP_CHANGED, "name", NULL,
     BREAKING(BREAKING_READERS, "readers,writers", "every use of it by its old name fails")},
    {KIND_QUEUE, OP_CHANGED, "+unlogged", NULL,
     RISKY(INTEGRITY, "data,replication", "after a crash it is empty")},
    {KIND_QUEUE, OP_CHANGED, NULL, NULL,
     RISKY(PERFORMANCE, "performance", "how its messages are stored")},

    {KIND_FACT, OP_ADDED, NULL, NULL, RISKY(UNKNOWN, NO_RULE_AFFECTS, UNKNOWN_KIND)},
    {KIND_FACT, OP_REMOVED, NULL, NULL, RISKY(UNKNOWN, NO_RULE_AFFECTS, UNKNOWN_KIND)},
    {KIND_FACT, OP_CHANGED, NULL, NULL, RISKY(UNKNOWN, NO_RULE_AFFECTS, UNKNOWN_KIND)},
};

const RuleSet rules_server = {rules, sizeof rules / sizeof *rules};
