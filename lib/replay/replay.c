#include "replay/replay.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "replay/known.h"
#include "replay/names.h"
#include "replay/parts.h"
#include "sql/split.h"

static bool has_end(const char *text, const char *end)
{
    size_t length = strlen(text), wanted = strlen(end);

    return length >= wanted && strcmp(text + length - wanted, end) == 0;
}

void replay_say(Replay *replay, const char *warning)
{
    size_t count = json_array_size(replay->warnings);
    const char *last = count ? json_string_value(json_array_get(replay->warnings, count - 1)) : "";

    if (strcmp(last, warning) == 0)
        return;
    if (count == REPLAY_WARNINGS_MAX)
        replay->unsaid++;
    else
        json_array_append_new(replay->warnings, json_string(warning));
}

void replay_warn(Replay *replay, const char *format, ...)
{
    char why[700];
    size_t line = 1;
    va_list arguments;

    if (!replay->file)
        return;
    if (replay->catching && has_end(format, "exists already")) {
        replay->failure = "duplicate";
        return;
    }
    if (replay->catching &&
        (has_end(format, " is not known") || strstr(format, "is not known: '"))) {
        replay->failure =
            replay->partly || strstr(format, "function") || strstr(format, "the rights are on")
                ? "unknown"
                : "undefined";
        return;
    }
    va_start(arguments, format);
    vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    /* A name cut within a character is no UTF-8. */
    why[text_utf8_length(why, strlen(why))] = '\0';
    sql_place(&replay->place, replay->text, replay->offset, &line);
    replay_say(replay, arena_printf(replay->arena, "%s:%zu: %s", replay->file, line, why));
}

void replay_settle(Replay *replay, const Analysis *analysis, Vec *inexact, const char *member,
                   const char *object)
{
    if (!analysis->problem)
        return;
    catalog_inexact(replay->catalog, inexact, member);
    replay_warn(replay, "%s of '%s' is not certain: %s", member, object, analysis->problem);
}

const char *replay_keep(Replay *replay, const char *text)
{
    return arena_strdup(replay->arena, text);
}

const SqlParse *replay_parse(Replay *replay, const char *text, size_t length)
{
    SqlParse *parse = sql_parse(text, length);

    vec_add(replay->arena, &replay->parses, parse);
    return parse;
}

json_t *replay_object(Replay *replay)
{
    json_t *object = json_object();

    vec_add(replay->arena, &replay->values, object);
    return object;
}

/* ---- what cannot be known ---- */

/* Statements that are not replayed, and the section that what they do belongs to. */
static const struct {
    int node;
    KindId kind;
} left_alone[] = {
    {NODE(CREATE_OP_CLASS_STMT), KIND_OPERATOR_CLASS},
    {NODE(CREATE_OP_FAMILY_STMT), KIND_OPERATOR_FAMILY},
    {NODE(ALTER_OP_FAMILY_STMT), KIND_OPERATOR_FAMILY},
    {NODE(ALTER_TYPE_STMT), KIND_BASE_TYPE},
    {NODE(CREATE_CONVERSION_STMT), KIND_CONVERSION},
    {NODE(CREATE_TRANSFORM_STMT), KIND_TRANSFORM},
    {NODE(CREATE_AM_STMT), KIND_ACCESS_METHOD},
    {NODE(CREATE_SUBSCRIPTION_STMT), KIND_SUBSCRIPTION},
    {NODE(ALTER_SUBSCRIPTION_STMT), KIND_SUBSCRIPTION},
    {NODE(DROP_SUBSCRIPTION_STMT), KIND_SUBSCRIPTION},
    {NODE(SEC_LABEL_STMT), KIND_SECURITY_LABEL},
};

static void leave_alone(Replay *replay, const Node *node)
{
    for (size_t i = 0; i < sizeof left_alone / sizeof *left_alone; i++)
        if (left_alone[i].node == (int)node->node_case) {
            replay->unread[left_alone[i].kind] = true;
            /* An operator class brings a family of its own. */
            replay->unread[KIND_OPERATOR_FAMILY] |= left_alone[i].kind == KIND_OPERATOR_CLASS;
        }
    replay_warn(replay, "%s is not replayed", tree_statement_name(node));
}

json_t *replay_unread(const Replay *replay)
{
    /* Made outside of any migration: what a host or a later server has. */
    static const KindId always[] = {KIND_TABLESPACE, KIND_PARAMETER, KIND_FACT};
    json_t *sections = json_array();

    for (int kind = 0; kind < KIND_COUNT; kind++) {
        bool unread = replay->unread[kind];

        for (size_t i = 0; i < sizeof always / sizeof *always; i++)
            unread |= always[i] == (KindId)kind;
        if (unread)
            json_array_append_new(sections, json_string(kind_of((KindId)kind)->member));
    }
    return sections;
}

/* ---- settings of the session ---- */

void replay_set_path(Replay *replay, const char *text)
{
    const char *rest = text;

    replay->path_text = replay_keep(replay, text);
    replay->catalog->path = (Vec){0};
    for (; *rest; rest += *rest == ',') {
        const char *name = names_read(replay->arena, &rest, ",");

        if (*name && strcmp(name, "$user") != 0 && strcmp(name, "pg_catalog") != 0)
            vec_add(replay->arena, &replay->catalog->path, name);
    }
}

/* What a session starts with: as the role or the database has it, else as it is shipped; and where
 * extensions are on the hosting platform. */
static void default_path(Replay *replay)
{
    static const char mark[] = "search_path=";
    const Vec *things = &replay->catalog->things;

    for (int role = 1; role >= 0; role--)
        for (size_t i = 0; i < things->count; i++) {
            const Thing *thing = things->items[i];

            if (thing->kind != (role ? KIND_ROLE : KIND_DATABASE) ||
                (role && strcmp(thing->name, rights_database_owner) != 0))
                continue;
            for (size_t k = 0; k < thing->texts.count; k++)
                if (strncmp(thing->texts.items[k], mark, strlen(mark)) == 0) {
                    replay_set_path(replay, (const char *)thing->texts.items[k] + strlen(mark));
                    return;
                }
        }
    replay->path_text = replay->supabase ? "\"$user\", public, extensions" : "\"$user\", public";
    replay->catalog->path = (Vec){0};
    vec_add(replay->arena, &replay->catalog->path, "public");
    vec_add(replay->arena, &replay->catalog->path, "extensions");
}

/* Whose objects are made from now on; NULL: the session's user. */
static void set_role(Replay *replay, const char *name)
{
    if (!name || strcmp(name, "none") == 0)
        replay->role = replay->session_role;
    else if (strcmp(name, rights_database_owner) == 0)
        replay->role = NULL;
    else if (role_expect(replay, name))
        replay->role = replay_keep(replay, name);
}

static void set_session_role(Replay *replay, const PgQuery__VariableSetStmt *set)
{
    const char *name = set->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE &&
                               set->n_args == 1 && set->args[0]->node_case == NODE(A_CONST) &&
                               set->args[0]->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL
                           ? set->args[0]->a_const->sval->sval
                           : NULL;

    if (strcmp(set->name, "session_authorization") == 0) {
        replay->session_role = NULL;
        set_role(replay, name);
        replay->session_role = replay->role;
    } else {
        set_role(replay, name);
    }
}

/* One of somebody's own, which has a point in its name, has some value from now on. */
static void note_setting(Replay *replay, const char *name)
{
    if (name && strchr(name, '.') && !vec_has_text(&replay->settings, name))
        vec_add(replay->arena, &replay->settings, replay_keep(replay, name));
}

/* What is set now stays when the transaction ends. */
static void keep_settings(Replay *replay)
{
    replay->lasting.path = replay->catalog->path;
    replay->lasting.path_text = replay->path_text;
    replay->lasting.role = replay->role;
}

static void end_transaction(Replay *replay)
{
    if (replay->within) {
        replay->catalog->path = replay->lasting.path;
        replay->path_text = replay->lasting.path_text;
        replay->role = replay->lasting.role;
    }
    replay->within = false;
}

static void set_one(Replay *replay, const PgQuery__VariableSetStmt *set)
{
    if (set->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL) {
        default_path(replay);
        return;
    }
    if (set->name &&
        (strcmp(set->name, "role") == 0 || strcmp(set->name, "session_authorization") == 0)) {
        set_session_role(replay, set);
        return;
    }
    note_setting(replay, set->name);
    if (!set->name || strcmp(set->name, "search_path") != 0)
        return;
    if (set->kind != PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE) {
        default_path(replay);
        return;
    }
    replay->catalog->path = (Vec){0};
    replay->path_text = "";
    for (size_t i = 0; i < set->n_args; i++) {
        const PgQuery__AConst *value =
            set->args[i]->node_case == NODE(A_CONST) ? set->args[i]->a_const : NULL;
        const char *name =
            value && value->val_case == PG_QUERY__A__CONST__VAL_SVAL && value->sval->sval
                ? value->sval->sval
                : "";

        replay->path_text = arena_printf(replay->arena, "%s%s%s", replay->path_text, i ? ", " : "",
                                         *name ? names_quote(replay->arena, name) : "\"\"");
        if (*name && strcmp(name, "$user") != 0 && strcmp(name, "pg_catalog") != 0)
            vec_add(replay->arena, &replay->catalog->path, arena_strdup(replay->arena, name));
    }
}

static void set_variable(Replay *replay, const PgQuery__VariableSetStmt *set)
{
    /* Outside of a transaction SET LOCAL is void. */
    if (set->is_local && !replay->within)
        return;
    set_one(replay, set);
    if (!set->is_local)
        keep_settings(replay);
}

static const char *text_constant(const Node *node)
{
    return node->node_case == NODE(A_CONST) &&
                   node->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL
               ? node->a_const->sval->sval
               : NULL;
}

static bool is_true(const Node *node)
{
    return node && node->node_case == NODE(A_CONST) &&
           node->a_const->val_case == PG_QUERY__A__CONST__VAL_BOOLVAL &&
           node->a_const->boolval->boolval;
}

void replay_set_session(Replay *replay, const PgQuery__SelectStmt *select)
{
    for (size_t i = 0; i < select->n_target_list; i++) {
        const Node *value = select->target_list[i]->res_target->val;
        const PgQuery__FuncCall *call =
            value && value->node_case == NODE(FUNC_CALL) ? value->func_call : NULL;
        const char *name = call ? tree_last(call->funcname, call->n_funcname) : "";
        const char *setting = strcmp(name, "set_config") == 0 && call->n_args >= 2
                                  ? text_constant(call->args[0])
                                  : NULL;

        if (!setting)
            continue;
        if (is_true(call->n_args > 2 ? call->args[2] : NULL) && !replay->within)
            continue;
        if (strcmp(setting, "search_path") == 0 && text_constant(call->args[1]))
            replay_set_path(replay, text_constant(call->args[1]));
        if (strcmp(setting, "role") == 0)
            set_role(replay, text_constant(call->args[1]));
        note_setting(replay, setting);
    }
}

static void drop_temporary(Replay *replay, bool committed)
{
    for (size_t i = replay->catalog->relations.count; i > 0; i--) {
        Relation *relation = replay->catalog->relations.items[i - 1];

        if (strcmp(relation->schema, catalog_temporary) != 0 ||
            (committed && !relation->until_commit))
            continue;
        drop_relation(replay, relation, true);
        i = replay->catalog->relations.count + 1;
    }
}

static void follow_transaction(Replay *replay, const PgQuery__TransactionStmt *statement)
{
    switch ((int)statement->kind) {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
        if (!replay->within)
            keep_settings(replay);
        replay->within = true;
        break;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
        drop_temporary(replay, true);
        end_transaction(replay);
        replay->within = statement->chain;
        break;
    default:
        break;
    }
}

/* DO and CALL are a transaction of their own where none is under way. */
static void run_block(Replay *replay, const Node *node)
{
    bool alone = !replay->within;

    if (alone)
        keep_settings(replay);
    replay->within = true;
    if (node->node_case == NODE(DO_STMT))
        block_run(replay, node->do_stmt);
    else
        block_call(replay, node->call_stmt);
    if (alone)
        end_transaction(replay);
}

/* Functions, types and what is made for them are also there of extensions, and of types. */
static bool is_partly_known(const Node *node)
{
    static const PgQuery__ObjectType types[] = {
        PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE, PG_QUERY__OBJECT_TYPE__OBJECT_CAST,
        PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN,    PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION,
        PG_QUERY__OBJECT_TYPE__OBJECT_OPCLASS,   PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR,
        PG_QUERY__OBJECT_TYPE__OBJECT_OPFAMILY,  PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE,
        PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE,   PG_QUERY__OBJECT_TYPE__OBJECT_TYPE,
    };
    PgQuery__ObjectType type;

    switch (node->node_case) {
    case NODE(RENAME_STMT):
        type = node->rename_stmt->rename_type;
        break;
    case NODE(ALTER_OBJECT_SCHEMA_STMT):
        type = node->alter_object_schema_stmt->object_type;
        break;
    case NODE(ALTER_OWNER_STMT):
        type = node->alter_owner_stmt->object_type;
        break;
    case NODE(DROP_STMT):
        type = node->drop_stmt->remove_type;
        break;
    case NODE(COMMENT_STMT):
        type = node->comment_stmt->objtype;
        break;
    default:
        return false;
    }
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i] == type)
            return true;
    return false;
}

void replay_statement(Replay *replay, const Node *node)
{
    replay->partly = is_partly_known(node);
    schema_expect(replay, node);
    if (!role_expect_all(replay, node))
        return;
    switch (node->node_case) {
    case NODE(CREATE_STMT):
        table_create(replay, node->create_stmt, false);
        break;
    case NODE(CREATE_FOREIGN_TABLE_STMT):
        table_create_foreign(replay, node->create_foreign_table_stmt);
        break;
    case NODE(CREATE_TABLE_AS_STMT):
        view_create_as(replay, node->create_table_as_stmt);
        break;
    case NODE(ALTER_TABLE_STMT):
        alter_table(replay, node->alter_table_stmt);
        break;
    case NODE(INDEX_STMT):
        index_create(replay, node->index_stmt);
        break;
    case NODE(CREATE_SEQ_STMT):
        sequence_create(replay, node->create_seq_stmt);
        break;
    case NODE(ALTER_SEQ_STMT):
        sequence_alter(replay, node->alter_seq_stmt);
        break;
    case NODE(VIEW_STMT):
        view_create(replay, node->view_stmt);
        break;
    case NODE(VARIABLE_SET_STMT):
        set_variable(replay, node->variable_set_stmt);
        break;
    case NODE(SELECT_STMT):
        block_select(replay, node->select_stmt);
        break;
    case NODE(CALL_STMT):
        run_block(replay, node);
        break;
    case NODE(INSERT_STMT):
    case NODE(UPDATE_STMT):
    case NODE(DELETE_STMT):
    case NODE(MERGE_STMT):
    case NODE(COPY_STMT):
        block_change_rows(replay, node);
        break;
    case NODE(DISCARD_STMT):
        if (node->discard_stmt->target == PG_QUERY__DISCARD_MODE__DISCARD_ALL ||
            node->discard_stmt->target == PG_QUERY__DISCARD_MODE__DISCARD_TEMP)
            drop_temporary(replay, false);
        if (node->discard_stmt->target != PG_QUERY__DISCARD_MODE__DISCARD_ALL)
            break;
        default_path(replay);
        replay->role = replay->session_role = NULL;
        break;
    case NODE(TRANSACTION_STMT):
        follow_transaction(replay, node->transaction_stmt);
        break;
    case NODE(GRANT_STMT):
        rights_grant(replay, node->grant_stmt);
        break;
    case NODE(ALTER_DEFAULT_PRIVILEGES_STMT):
        rights_default(replay, node->alter_default_privileges_stmt);
        break;
    case NODE(ALTER_OWNER_STMT):
        rights_alter_owner(replay, node->alter_owner_stmt);
        break;
    case NODE(REASSIGN_OWNED_STMT):
        rights_reassign(replay, node->reassign_owned_stmt);
        break;
    case NODE(DROP_OWNED_STMT):
        rights_drop_owned(replay, node->drop_owned_stmt);
        break;
    case NODE(RULE_STMT):
        rule_create(replay, node->rule_stmt);
        break;
    case NODE(CREATE_CAST_STMT):
        operator_create_cast(replay, node->create_cast_stmt);
        break;
    case NODE(ALTER_OPERATOR_STMT):
        operator_alter(replay, node->alter_operator_stmt);
        break;
    case NODE(CLUSTER_STMT):
        alter_cluster(replay, node->cluster_stmt);
        break;
    case NODE(ALTER_EXTENSION_STMT):
        schema_alter_extension(replay, node->alter_extension_stmt);
        break;
    case NODE(DO_STMT):
        run_block(replay, node);
        break;
    default:
        if (!effects_none(node) && !object_statement(replay, node) &&
            !thing_statement(replay, node))
            leave_alone(replay, node);
        break;
    }
}

typedef struct Transactions {
    Replay *replay;
    bool *undone;   /* of each statement of the file */
    size_t begun;   /* statement + 1; 0: none is open */
    Vec names;      /* const char *: of savepoints, oldest first */
    Vec savepoints; /* const bool *: into undone */
} Transactions;

static void undo(Transactions *transactions, bool *from, size_t to)
{
    while (from <= transactions->undone + to)
        *from++ = true;
}

static void savepoints_forget(Transactions *transactions, size_t left)
{
    transactions->names.count = left;
    transactions->savepoints.count = left;
}

/* The last of that name + 1; 0: there is none. */
static size_t savepoint_find(const Transactions *transactions, const char *name)
{
    size_t found = transactions->names.count;

    while (found && strcmp(transactions->names.items[found - 1], name) != 0)
        found--;
    return found;
}

static void transaction_follow(Transactions *transactions,
                               const PgQuery__TransactionStmt *statement, size_t at)
{
    size_t savepoint;

    switch ((int)statement->kind) {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
        if (!transactions->begun)
            transactions->begun = at + 1;
        return;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_SAVEPOINT:
        if (!transactions->begun)
            return;
        vec_add(transactions->replay->arena, &transactions->names, statement->savepoint_name);
        vec_add(transactions->replay->arena, &transactions->savepoints, &transactions->undone[at]);
        return;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_RELEASE:
        savepoint = savepoint_find(transactions, statement->savepoint_name);
        if (savepoint)
            savepoints_forget(transactions, savepoint - 1);
        return;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_TO:
        savepoint = savepoint_find(transactions, statement->savepoint_name);
        if (savepoint) {
            undo(transactions, transactions->savepoints.items[savepoint - 1], at);
            savepoints_forget(transactions, savepoint);
        }
        return;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK:
        if (transactions->begun)
            undo(transactions, &transactions->undone[transactions->begun - 1], at);
        break;
    default:
        break;
    }
    transactions->begun = transactions->begun && statement->chain ? at + 1 : 0;
    savepoints_forget(transactions, 0);
}

/* Which statements a ROLLBACK, also to a savepoint, or the end of the session takes back. */
static const bool *find_undone(Replay *replay, const SqlParse *parse)
{
    Transactions transactions = {.replay = replay};

    transactions.undone = arena_alloc(replay->arena, parse->count + 1);
    memset(transactions.undone, 0, parse->count + 1);
    for (size_t i = 0; i < parse->count; i++) {
        const Node *node = parse->statements[i].node;

        if (node && node->node_case == NODE(TRANSACTION_STMT))
            transaction_follow(&transactions, node->transaction_stmt, i);
    }
    if (transactions.begun) {
        replay->offset = parse->statements[transactions.begun - 1].offset;
        replay_warn(replay, "what is begun here is never committed: it comes to nothing");
        undo(&transactions, &transactions.undone[transactions.begun - 1], parse->count);
    }
    return transactions.undone;
}

/* Whether a file runs in one transaction: unless it has its own, or something that none allows. */
static bool is_one_transaction(const SqlParse *parse)
{
    for (size_t i = 0; i < parse->count; i++) {
        const Node *node = parse->statements[i].node;

        switch (node ? node->node_case : NODE(_NOT_SET)) {
        case NODE(TRANSACTION_STMT):
        case NODE(VACUUM_STMT):
            return false;
        case NODE(INDEX_STMT):
            if (node->index_stmt->concurrent)
                return false;
            break;
        case NODE(DROP_STMT):
            if (node->drop_stmt->concurrent)
                return false;
            break;
        case NODE(DISCARD_STMT):
            if (node->discard_stmt->target == PG_QUERY__DISCARD_MODE__DISCARD_ALL)
                return false;
            break;
        default:
            break;
        }
    }
    return true;
}

void replay_text(Replay *replay, const char *name, char *text, size_t length)
{
    size_t blanked = 0;
    const SqlParse *parse;
    const bool *undone;

    replay->file = arena_strdup(replay->arena, name);
    replay->text = text;
    replay->place = (SqlPlace){0};
    /* A session of its own for each file. */
    default_path(replay);
    replay->role = replay->session_role = NULL;
    keep_settings(replay);
    /* The parser reads up to the first NUL. */
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\0')
            text[i] = ' ';
    }
    split_blank(text, length, &blanked);
    replay->offset = 0;
    if (blanked) {
        replay_warn(replay, "%zu psql commands that run more SQL are not followed", blanked);
        replay->doubtful_roles = true;
    }
    parse = replay_parse(replay, text, length);
    undone = find_undone(replay, parse);
    replay->within = is_one_transaction(parse);
    for (size_t i = 0; i < parse->count; i++) {
        const SqlStatement *statement = &parse->statements[i];

        replay->offset = statement->offset;
        replay->parsed += !statement->error;
        replay->refused += statement->error != NULL;
        if (statement->error && json_array_size(replay->warnings) == REPLAY_WARNINGS_MAX) {
            replay->unsaid++;
        } else if (statement->error) {
            size_t line = 1;
            size_t column = 1;

            sql_position(text, statement->offset, &line, &column);
            replay_warn(replay, "not parsed, column %zu: %s", column, statement->error);
        } else if (statement->node && !undone[i]) {
            replay_statement(replay, statement->node);
        }
    }
    drop_temporary(replay, false);
    replay->file = NULL;
    replay->text = NULL;
}

static void replay_pieces(Replay *replay, const char *const *pieces)
{
    for (; *pieces; pieces++) {
        const SqlParse *parse = replay_parse(replay, *pieces, strlen(*pieces));

        for (size_t i = 0; i < parse->count; i++) {
            if (parse->statements[i].node)
                replay_statement(replay, parse->statements[i].node);
        }
    }
}

Replay *replay_open(bool supabase)
{
    Replay *replay = arena_realloc_or_exit(NULL, sizeof *replay);

    *replay = (Replay){.supabase = supabase, .server_version = 150000};
    replay->catalog = catalog_open();
    replay->arena = &replay->catalog->arena;
    replay->warnings = json_array();
    default_path(replay);
    replay_pieces(replay, known_platform());
    if (supabase)
        replay_pieces(replay, known_project());
    for (size_t i = 0; i < replay->catalog->extensions.count; i++)
        ((Extension *)replay->catalog->extensions.items[i])->platform = true;
    return replay;
}

void replay_close(Replay **replay)
{
    if (!*replay)
        return;
    for (size_t i = 0; i < (*replay)->parses.count; i++) {
        SqlParse *parse = (*replay)->parses.items[i];

        sql_parse_close(&parse);
    }
    for (size_t i = 0; i < (*replay)->values.count; i++)
        json_decref((*replay)->values.items[i]);
    json_decref((*replay)->warnings);
    catalog_close(&(*replay)->catalog);
    free(*replay);
    *replay = NULL;
}
