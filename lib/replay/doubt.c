#include <string.h>
#include <strings.h>

#include "replay/parts.h"
#include "replay/value.h"

const char doubt_name[] = "what_is_not_known";

static bool is_any_name(const char *name)
{
    return name && strstr(name, doubt_name);
}

/* ---- relations ---- */

static void doubt_member(Replay *replay, Relation *relation, const char *member)
{
    catalog_inexact(replay->catalog, &relation->inexact, member);
    if (relation->known)
        replay->unread[KIND_PLATFORM_TABLE] = true;
}

static bool is_named(Replay *replay, const Relation *relation, const char *schema, const char *name)
{
    if (is_any_name(name))
        return strchr("rpfvm", relation->kind) &&
               (!schema || is_any_name(schema) || strcmp(schema, relation->schema) == 0);
    return strcmp(relation->name, name) == 0 &&
           (schema ? is_any_name(schema) || strcmp(schema, relation->schema) == 0
                   : vec_has_text(&replay->catalog->path, relation->schema));
}

/* What is nested in a relation, of those of that name. */
static void doubt_relations(Replay *replay, const char *schema, const char *name,
                            const char *member)
{
    for (size_t i = 0; i < replay->catalog->relations.count; i++) {
        Relation *relation = replay->catalog->relations.items[i];

        if (is_named(replay, relation, schema, name))
            doubt_member(replay, relation, member);
    }
}

static void doubt_range(Replay *replay, const PgQuery__RangeVar *range, const char *member)
{
    if (range)
        doubt_relations(replay, tree_given(range->schemaname), range->relname, member);
}

static void doubt_columns(Replay *replay, const PgQuery__RangeVar *range)
{
    static const char *const members[] = {"columns", "constraints", "indexes", "policies",
                                          "triggers"};

    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        doubt_range(replay, range, members[i]);
    /* Of serial and identity columns. */
    replay->unread[KIND_SEQUENCE] = true;
}

static void doubt_alter(Replay *replay, const PgQuery__AlterTableStmt *alter)
{
    for (size_t i = 0; i < alter->n_cmds; i++) {
        const PgQuery__AlterTableCmd *command = alter->cmds[i]->alter_table_cmd;

        switch (command->subtype) {
        case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableRowSecurity:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableRowSecurity:
            doubt_range(replay, alter->relation, "row_security");
            break;
        case PG_QUERY__ALTER_TABLE_TYPE__AT_ForceRowSecurity:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_NoForceRowSecurity:
            doubt_range(replay, alter->relation, "force_row_security");
            break;
        case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterConstraint:
            doubt_range(replay, alter->relation, "constraints");
            doubt_range(replay, alter->relation, "columns");
            doubt_range(replay, alter->relation, "indexes");
            break;
        case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage:
            doubt_range(replay, alter->relation, "columns");
            break;
        case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig:
            doubt_range(replay, alter->relation, "triggers");
            break;
        case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
            doubt_range(replay, alter->relation, "owner");
            doubt_range(replay, alter->relation, "grants");
            doubt_range(replay, alter->relation, "revokes");
            break;
        case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
            doubt_range(replay, alter->relation, "options");
            doubt_range(replay, alter->relation, "toast_options");
            break;
        case PG_QUERY__ALTER_TABLE_TYPE__AT_ReplicaIdentity:
            doubt_range(replay, alter->relation, "replica_identity");
            break;
        case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
        case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
            doubt_columns(replay, alter->relation);
            /* With CASCADE what hangs on it goes too. */
            if (command->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE)
                replay->unread[KIND_VIEW] = true;
            break;
        default:
            replay->unread[KIND_TABLE] = true;
            replay->unread[KIND_SEQUENCE] = true;
            break;
        }
    }
}

/* ---- sections ---- */

/* Which section objects are in; those of tables go with the relation named. */
static const struct {
    PgQuery__ObjectType type;
    KindId kind;
} sections[] = {
    {PG_QUERY__OBJECT_TYPE__OBJECT_TABLE, KIND_TABLE},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE, KIND_TABLE},
    {PG_QUERY__OBJECT_TYPE__OBJECT_INDEX, KIND_TABLE},
    {PG_QUERY__OBJECT_TYPE__OBJECT_VIEW, KIND_VIEW},
    {PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW, KIND_VIEW},
    {PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE, KIND_SEQUENCE},
    {PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA, KIND_SCHEMA},
    {PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION, KIND_EXTENSION},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION, KIND_FUNCTION},
    {PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE, KIND_FUNCTION},
    {PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE, KIND_FUNCTION},
    {PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE, KIND_FUNCTION},
    {PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN, KIND_DOMAIN},
    {PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT, KIND_DOMAIN},
    {PG_QUERY__OBJECT_TYPE__OBJECT_ROLE, KIND_ROLE},
    {PG_QUERY__OBJECT_TYPE__OBJECT_PUBLICATION, KIND_PUBLICATION},
    {PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE, KIND_DATABASE},
    {PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION, KIND_COLLATION},
    {PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR, KIND_OPERATOR},
    {PG_QUERY__OBJECT_TYPE__OBJECT_CAST, KIND_CAST},
    {PG_QUERY__OBJECT_TYPE__OBJECT_STATISTIC_EXT, KIND_STATISTICS},
    {PG_QUERY__OBJECT_TYPE__OBJECT_EVENT_TRIGGER, KIND_EVENT_TRIGGER},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_SERVER, KIND_SERVER},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FDW, KIND_FOREIGN_DATA_WRAPPER},
};

static void doubt_types(Replay *replay)
{
    static const KindId types[] = {KIND_ENUM, KIND_DOMAIN, KIND_COMPOSITE, KIND_RANGE,
                                   KIND_BASE_TYPE};

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        replay->unread[types[i]] = true;
}

static void doubt_everything(Replay *replay)
{
    replay->doubtful_roles = true;
    for (int kind = 0; kind < KIND_COUNT; kind++)
        if (kind_of((KindId)kind)->parent == KIND_NONE)
            replay->unread[kind] = true;
}

static void doubt_object(Replay *replay, PgQuery__ObjectType type)
{
    if (type == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE) {
        doubt_types(replay);
        return;
    }
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        if (sections[i].type == type) {
            replay->unread[sections[i].kind] = true;
            return;
        }
    doubt_everything(replay);
}

/* A trigger, policy, rule, column or constraint: within the relation that the name begins with. */
static const char *nested_member(PgQuery__ObjectType type)
{
    switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
        return "triggers";
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
        return "policies";
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
        return "rules";
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
        return "columns";
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
        return "constraints";
    default:
        return NULL;
    }
}

/* An index by its name: of which table it is. */
static void doubt_index(Replay *replay, const Named *name)
{
    for (size_t i = 0; i < replay->catalog->relations.count; i++) {
        Relation *relation = replay->catalog->relations.items[i];
        bool found = is_any_name(name->name) && strchr("rpm", relation->kind);

        for (size_t k = 0; k < relation->indexes.count && !found; k++)
            found = strcmp(((const Index *)relation->indexes.items[k])->name, name->name) == 0;
        if (found)
            doubt_member(replay, relation, "indexes");
    }
}

static void doubt_drop(Replay *replay, const PgQuery__DropStmt *drop)
{
    const char *member = nested_member(drop->remove_type);

    for (size_t i = 0; i < drop->n_objects; i++) {
        Named name = object_name(drop->objects[i], member != NULL);

        if (member)
            doubt_relations(replay, name.schema, name.name, member);
        else if (drop->remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX)
            doubt_index(replay, &name);
        else
            doubt_object(replay, drop->remove_type);
    }
    if (drop->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE) {
        replay->unread[KIND_TABLE] = replay->unread[KIND_VIEW] = true;
        replay->unread[KIND_FUNCTION] = true;
    }
    if (drop->remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE)
        replay->unread[KIND_SEQUENCE] = replay->unread[KIND_STATISTICS] = true;
    if (drop->remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA &&
        drop->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE)
        doubt_everything(replay);
}

static void doubt_comment(Replay *replay, const PgQuery__CommentStmt *comment)
{
    const char *member = nested_member(comment->objtype);
    Named name = object_name(comment->object, member != NULL);

    if (member)
        doubt_relations(replay, name.schema, name.name, member);
    else if (comment->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX)
        doubt_index(replay, &name);
    else if (comment->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE ||
             comment->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_VIEW)
        doubt_relations(replay, name.schema, name.name, "comment");
    else
        doubt_object(replay, comment->objtype);
}

static void doubt_rename(Replay *replay, const PgQuery__RenameStmt *rename)
{
    const char *member = nested_member(rename->rename_type);

    if (rename->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN) {
        doubt_columns(replay, rename->relation);
        /* What names it is written anew. */
        replay->unread[KIND_VIEW] = true;
    } else if (member && rename->relation) {
        doubt_range(replay, rename->relation, member);
    } else if (rename->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX && rename->relation) {
        Named name = {NULL, rename->relation->relname, NULL};

        doubt_index(replay, &name);
    } else {
        /* And who names it. */
        doubt_everything(replay);
    }
}

/* ---- rights ---- */

static void doubt_grant(Replay *replay, const PgQuery__GrantStmt *grant)
{
    Catalog *catalog = replay->catalog;

    switch (grant->objtype) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
        for (size_t i = 0; i < catalog->relations.count; i++) {
            Relation *relation = catalog->relations.items[i];
            bool named = grant->targtype != PG_QUERY__GRANT_TARGET_TYPE__ACL_TARGET_OBJECT;

            for (size_t k = 0; k < grant->n_objects && !named; k++) {
                const PgQuery__RangeVar *range = grant->objects[k]->node_case == NODE(RANGE_VAR)
                                                     ? grant->objects[k]->range_var
                                                     : NULL;

                named = !range || is_any_name(range->relname) ||
                        is_named(replay, relation, tree_given(range->schemaname), range->relname);
            }
            if (named) {
                relation->rights.doubtful = true;
                for (size_t k = 0; k < relation->columns.count; k++)
                    ((Column *)relation->columns.items[k])->rights.doubtful = true;
            }
        }
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
        for (size_t i = 0; i < catalog->functions.count; i++) {
            Function *function = catalog->functions.items[i];
            bool named = grant->targtype != PG_QUERY__GRANT_TARGET_TYPE__ACL_TARGET_OBJECT;

            for (size_t k = 0; k < grant->n_objects && !named; k++) {
                const PgQuery__ObjectWithArgs *object =
                    grant->objects[k]->node_case == NODE(OBJECT_WITH_ARGS)
                        ? grant->objects[k]->object_with_args
                        : NULL;
                const char *name = object ? tree_last(object->objname, object->n_objname) : NULL;

                named = !name || is_any_name(name) || strcmp(name, function->proc.name) == 0;
            }
            function->rights.doubtful |= named;
        }
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
        for (size_t i = 0; i < catalog->schemas.count; i++)
            ((Schema *)catalog->schemas.items[i])->rights.doubtful = true;
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
        doubt_types(replay);
        break;
    default:
        doubt_object(replay, grant->objtype);
        break;
    }
}

/* ---- statements ---- */

void doubt_statement(Replay *replay, const Node *node)
{
    switch (node->node_case) {
    case NODE(ALTER_TABLE_STMT):
        if (node->alter_table_stmt->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE)
            doubt_alter(replay, node->alter_table_stmt);
        else
            doubt_object(replay, node->alter_table_stmt->objtype);
        break;
    case NODE(INDEX_STMT):
        doubt_range(replay, node->index_stmt->relation, "indexes");
        break;
    case NODE(CREATE_TRIG_STMT):
        doubt_range(replay, node->create_trig_stmt->relation, "triggers");
        break;
    case NODE(CREATE_POLICY_STMT):
        doubt_range(replay, node->create_policy_stmt->table, "policies");
        break;
    case NODE(ALTER_POLICY_STMT):
        doubt_range(replay, node->alter_policy_stmt->table, "policies");
        break;
    case NODE(RULE_STMT):
        doubt_range(replay, node->rule_stmt->relation, "rules");
        break;
    case NODE(CREATE_STMT):
    case NODE(CREATE_FOREIGN_TABLE_STMT):
        replay->unread[KIND_TABLE] = replay->unread[KIND_SEQUENCE] = true;
        break;
    case NODE(CREATE_TABLE_AS_STMT):
        replay->unread[KIND_TABLE] = replay->unread[KIND_VIEW] = true;
        break;
    case NODE(VIEW_STMT):
        replay->unread[KIND_VIEW] = true;
        break;
    case NODE(CREATE_FUNCTION_STMT):
    case NODE(ALTER_FUNCTION_STMT):
        replay->unread[KIND_FUNCTION] = true;
        break;
    case NODE(CREATE_SEQ_STMT):
    case NODE(ALTER_SEQ_STMT):
        replay->unread[KIND_SEQUENCE] = true;
        break;
    case NODE(CREATE_SCHEMA_STMT):
        if (node->create_schema_stmt->n_schema_elts)
            doubt_everything(replay);
        replay->unread[KIND_SCHEMA] = true;
        break;
    case NODE(CREATE_EXTENSION_STMT):
    case NODE(ALTER_EXTENSION_STMT):
        replay->unread[KIND_EXTENSION] = true;
        break;
    case NODE(CREATE_ENUM_STMT):
    case NODE(ALTER_ENUM_STMT):
        replay->unread[KIND_ENUM] = true;
        break;
    case NODE(CREATE_DOMAIN_STMT):
    case NODE(ALTER_DOMAIN_STMT):
        replay->unread[KIND_DOMAIN] = true;
        break;
    case NODE(COMPOSITE_TYPE_STMT):
        replay->unread[KIND_COMPOSITE] = true;
        break;
    case NODE(CREATE_RANGE_STMT):
        replay->unread[KIND_RANGE] = replay->unread[KIND_FUNCTION] = true;
        break;
    case NODE(CREATE_ROLE_STMT):
        replay->doubtful_roles = replay->unread[KIND_ROLE] = true;
        break;
    case NODE(ALTER_ROLE_STMT):
    case NODE(ALTER_ROLE_SET_STMT):
    case NODE(DROP_ROLE_STMT):
    case NODE(GRANT_ROLE_STMT):
        replay->unread[KIND_ROLE] = true;
        break;
    case NODE(ALTER_DATABASE_STMT):
    case NODE(ALTER_DATABASE_SET_STMT):
        replay->unread[KIND_DATABASE] = true;
        break;
    case NODE(CREATE_PUBLICATION_STMT):
    case NODE(ALTER_PUBLICATION_STMT):
        replay->unread[KIND_PUBLICATION] = true;
        break;
    case NODE(CREATE_EVENT_TRIG_STMT):
    case NODE(ALTER_EVENT_TRIG_STMT):
        replay->unread[KIND_EVENT_TRIGGER] = true;
        break;
    case NODE(CREATE_STATS_STMT):
    case NODE(ALTER_STATS_STMT):
        replay->unread[KIND_STATISTICS] = true;
        break;
    case NODE(CREATE_CAST_STMT):
        replay->unread[KIND_CAST] = true;
        break;
    case NODE(GRANT_STMT):
        doubt_grant(replay, node->grant_stmt);
        break;
    case NODE(ALTER_DEFAULT_PRIVILEGES_STMT): {
        /* Whatever is made after it may have other rights. */
        replay->unread[KIND_DEFAULT_PRIVILEGES] = true;
        replay->doubtful_defaults = true;
        break;
    }
    case NODE(DROP_STMT):
        doubt_drop(replay, node->drop_stmt);
        break;
    case NODE(COMMENT_STMT):
        doubt_comment(replay, node->comment_stmt);
        break;
    case NODE(RENAME_STMT):
        doubt_rename(replay, node->rename_stmt);
        break;
    case NODE(SELECT_STMT):
        /* A function that nobody knows: at its worst it makes tables of its own. */
        replay->unread[KIND_TABLE] = replay->unread[KIND_SEQUENCE] = true;
        replay->unread[KIND_VIEW] = replay->unread[KIND_FUNCTION] = true;
        break;
    default:
        if (effects_of_statement(replay, node))
            doubt_everything(replay);
        break;
    }
}

/* Words of a text that is not SQL as a whole. */
static bool has_word(const char *text, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = text; *at; at++)
        if (strncasecmp(at, word, length) == 0)
            return true;
    return false;
}

static void doubt_words(Replay *replay, const char *text)
{
    static const struct {
        const char *word;
        KindId kind;
    } words[] = {{"table", KIND_TABLE},
                 {"index", KIND_TABLE},
                 {"policy", KIND_TABLE},
                 {"trigger", KIND_TABLE},
                 {"constraint", KIND_TABLE},
                 {"column", KIND_TABLE},
                 {"partition", KIND_TABLE},
                 {"view", KIND_VIEW},
                 {"function", KIND_FUNCTION},
                 {"procedure", KIND_FUNCTION},
                 {"sequence", KIND_SEQUENCE},
                 {"type", KIND_ENUM},
                 {"schema", KIND_SCHEMA},
                 {"extension", KIND_EXTENSION},
                 {"publication", KIND_PUBLICATION},
                 {"role", KIND_ROLE},
                 {"user", KIND_ROLE},
                 {"database", KIND_DATABASE},
                 {"domain", KIND_DOMAIN},
                 {"default privileges", KIND_DEFAULT_PRIVILEGES}};
    bool found = false;

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (has_word(text, words[i].word)) {
            replay->unread[words[i].kind] = found = true;
            if (words[i].kind == KIND_TABLE)
                replay->unread[KIND_PLATFORM_TABLE] = replay->unread[KIND_SEQUENCE] = true;
            if (words[i].kind == KIND_ENUM)
                doubt_types(replay);
            if (words[i].kind == KIND_ROLE)
                replay->doubtful_roles = true;
        }
    if (has_word(text, "cascade") || has_word(text, "rename") || has_word(text, "set schema") ||
        !found)
        doubt_everything(replay);
}

void doubt_text(Replay *replay, const char *text)
{
    const char *filled = "";
    SqlParse *parse;
    bool parsed = true;

    for (const char *at = text; *at;) {
        const char stop[] = {VALUE_ANY, VALUE_DATABASE, '\0'};
        size_t length = strcspn(at, stop);

        filled = arena_join(replay->arena, filled, arena_strndup(replay->arena, at, length),
                            at[length] ? doubt_name : "", NULL);
        at += length;
        at += *at != '\0';
    }
    parse = sql_parse(filled, strlen(filled));
    for (size_t i = 0; i < parse->count; i++)
        parsed = parsed && parse->statements[i].node;
    /* Alone it might be anything. */
    if (!parsed || !parse->count || strcmp(filled, doubt_name) == 0)
        doubt_words(replay, strcmp(filled, doubt_name) == 0 ? "" : text);
    for (size_t i = 0; i < parse->count && parsed; i++)
        doubt_statement(replay, parse->statements[i].node);
    sql_parse_close(&parse);
}
