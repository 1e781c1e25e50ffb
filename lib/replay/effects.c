#include <string.h>
#include <strings.h>

#include "replay/parts.h"
#include "replay/value.h"

typedef struct Body {
    const char *text;
    const Step *block;
    bool looked_at; /* whether it has effects is known */
    bool effects;
    bool looking; /* at it right now: it calls itself */
} Body;

bool effects_none(const Node *node)
{
    switch (node->node_case) {
    case NODE(TRUNCATE_STMT):
    case NODE(TRANSACTION_STMT):
    case NODE(CREATEDB_STMT):
    case NODE(VACUUM_STMT):
    case NODE(REINDEX_STMT):
    case NODE(LOCK_STMT):
    case NODE(NOTIFY_STMT):
    case NODE(LISTEN_STMT):
    case NODE(UNLISTEN_STMT):
    case NODE(EXPLAIN_STMT):
    case NODE(VARIABLE_SHOW_STMT):
    case NODE(CONSTRAINTS_SET_STMT):
    case NODE(CHECK_POINT_STMT):
    case NODE(REFRESH_MAT_VIEW_STMT):
    case NODE(ALTER_SYSTEM_STMT):
    case NODE(CREATE_TABLE_SPACE_STMT):
    case NODE(PREPARE_STMT):
    case NODE(DEALLOCATE_STMT):
    case NODE(REPLICA_IDENTITY_STMT):
        return true;
    default:
        return false;
    }
}

static Body *body_of(Replay *replay, const char *text)
{
    Body *body;

    for (size_t i = 0; i < replay->bodies.count; i++) {
        body = replay->bodies.items[i];
        if (body->text == text || strcmp(body->text, text) == 0)
            return body;
    }
    body = arena_alloc(replay->arena, sizeof *body);
    body->text = replay_keep(replay, text);
    body->block = plpgsql_parse(replay->arena, body->text);
    vec_add(replay->arena, &replay->bodies, body);
    return body;
}

const Step *effects_body(Replay *replay, const char *body)
{
    return body_of(replay, body)->block;
}

/* ---- calls ---- */

/* Queues are tables. */
static bool makes_queue(const char *schema, const char *name)
{
    return strcmp(schema, "pgmq") == 0 && (strncmp(name, "create", strlen("create")) == 0 ||
                                           strncmp(name, "drop", strlen("drop")) == 0 ||
                                           strncmp(name, "convert", strlen("convert")) == 0);
}

/* Where the functions of a hosting platform and of its extensions are: but for queues none of them
 * changes what is in a snapshot. */
static bool is_harmless(const char *schema, const char *name)
{
    static const char *const schemas[] = {"auth",
                                          "cron",
                                          "extensions",
                                          "graphql",
                                          "graphql_public",
                                          "information_schema",
                                          "net",
                                          "pg_temp",
                                          "pgmq",
                                          "pgsodium",
                                          "realtime",
                                          "storage",
                                          "supabase_functions",
                                          "vault"};

    for (size_t i = 0; i < sizeof schemas / sizeof *schemas; i++)
        if (strcmp(schemas[i], schema) == 0)
            return !makes_queue(schema, name);
    return false;
}

static bool is_callable(const Replay *replay, const Function *function, const char *schema)
{
    return schema ? strcmp(function->proc.schema, schema) == 0
                  : vec_has_text(&replay->catalog->path, function->proc.schema);
}

bool effects_are_unknown(Replay *replay, const PgQuery__FuncCall *call)
{
    const char *name = tree_last(call->funcname, call->n_funcname);
    const char *schema = tree_qualifier(call->funcname, call->n_funcname);
    size_t at = 0;
    const Function *function;
    size_t count = 0;

    if (!schema || strcmp(schema, "pg_catalog") == 0)
        builtin_functions(name, &count);
    while (!count && (function = catalog_function_next(replay->catalog, name, &at)))
        count += is_callable(replay, function, schema);
    return !count && !(schema && is_harmless(schema, name));
}

bool effects_of_call(Replay *replay, const PgQuery__FuncCall *call)
{
    const char *name = tree_last(call->funcname, call->n_funcname);
    const char *schema = tree_qualifier(call->funcname, call->n_funcname);
    size_t at = 0;
    const Function *function;

    while ((function = catalog_function_next(replay->catalog, name, &at))) {
        if (is_callable(replay, function, schema) && effects_of_function(replay, function))
            return true;
    }
    return false;
}

static bool calls_with_effects(void *context, const ProtobufCMessage *message)
{
    Replay *replay = context;

    return message->descriptor == &pg_query__func_call__descriptor &&
           effects_of_call(replay, (const PgQuery__FuncCall *)(const void *)message);
}

static bool unknown_target(Replay *replay, const PgQuery__SelectStmt *select)
{
    for (size_t i = 0; i < select->n_target_list; i++) {
        const Node *value = select->target_list[i]->res_target->val;

        if (value && value->node_case == NODE(FUNC_CALL) && !value->func_call->over &&
            effects_are_unknown(replay, value->func_call))
            return true;
    }
    return false;
}

bool effects_of_statement(Replay *replay, const Node *node)
{
    switch (node->node_case) {
    case NODE(SELECT_STMT):
        return node->select_stmt->into_clause || unknown_target(replay, node->select_stmt) ||
               tree_any(node, calls_with_effects, replay);
    case NODE(INSERT_STMT):
    case NODE(UPDATE_STMT):
    case NODE(DELETE_STMT):
    case NODE(MERGE_STMT):
    case NODE(COPY_STMT):
        return tree_any(node, calls_with_effects, replay);
    case NODE(CALL_STMT):
        return effects_of_call(replay, node->call_stmt->funccall) ||
               effects_are_unknown(replay, node->call_stmt->funccall);
    case NODE(VARIABLE_SET_STMT):
    case NODE(DISCARD_STMT):
        return false;
    default:
        return !effects_none(node);
    }
}

/* ---- texts ---- */

static bool text_has_effects(Replay *replay, const char *text)
{
    SqlParse *parse = sql_parse(text, strlen(text));
    bool effects = false;

    for (size_t i = 0; i < parse->count && !effects; i++)
        effects =
            !parse->statements[i].node || effects_of_statement(replay, parse->statements[i].node);
    sql_parse_close(&parse);
    return effects;
}

/* A text that is made and then run: only its first word is known, if that. */
static bool dynamic_has_effects(const char *expression)
{
    static const char *const words[] = {"insert",  "update",  "delete",  "select", "truncate",
                                        "analyze", "vacuum",  "refresh", "with",   "notify",
                                        "lock",    "reindex", "copy",    "set",    "reset"};
    const char *quote = expression;

    quote += strspn(quote, " \t\r\n(");
    if (strncasecmp(quote, "format", 6) == 0)
        quote += 6 + strspn(quote + 6, " \t\r\n(");
    quote += (*quote == 'E' || *quote == 'e') && quote[1] == '\'';
    if (*quote != '\'' && *quote != '$')
        return true;
    quote += *quote == '$' ? strcspn(quote + 1, "$") + 2 : 1;
    quote += strspn(quote, " \t\r\n");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncasecmp(quote, words[i], strlen(words[i])) == 0)
            return false;
    return true;
}

static bool step_has_effects(Replay *replay, const Step *step);

bool effects_of_steps(Replay *replay, const Vec *steps)
{
    for (size_t i = 0; i < steps->count; i++)
        if (step_has_effects(replay, steps->items[i]))
            return true;
    return false;
}

static bool arms_have_effects(Replay *replay, const Vec *arms)
{
    for (size_t i = 0; i < arms->count; i++)
        if (effects_of_steps(replay, &((const Arm *)arms->items[i])->steps))
            return true;
    return false;
}

/* Of an expression: what it calls. */
static bool expression_has_effects(Replay *replay, const char *text)
{
    if (!text || !strchr(text, '('))
        return false;
    return text_has_effects(replay, arena_printf(replay->arena, "select (%s)", text));
}

static bool step_has_effects(Replay *replay, const Step *step)
{
    switch (step->kind) {
    case STEP_SQL:
        return text_has_effects(replay, step->text);
    case STEP_PERFORM:
        return text_has_effects(replay, arena_printf(replay->arena, "select %s", step->text));
    case STEP_EXECUTE:
        return dynamic_has_effects(step->text);
    case STEP_ASSIGN:
        return expression_has_effects(replay, step->text);
    case STEP_QUERY:
        if (!step->dynamic && strpbrk(step->text, " \t\n") && text_has_effects(replay, step->text))
            return true;
        break;
    case STEP_IF:
        for (size_t i = 0; i < step->arms.count; i++)
            if (expression_has_effects(replay, ((const Arm *)step->arms.items[i])->condition))
                return true;
        break;
    case STEP_BLOCK:
    case STEP_LOOP:
    case STEP_WHILE:
    case STEP_RANGE:
    case STEP_FOREACH:
    case STEP_EXIT:
    case STEP_CONTINUE:
    case STEP_RETURN:
    case STEP_RAISE:
    case STEP_IDLE:
        break;
    }
    return effects_of_steps(replay, &step->steps) || arms_have_effects(replay, &step->arms) ||
           arms_have_effects(replay, &step->handlers);
}

/* Whether a body that cannot be followed speaks of anything that would have effects. */
static bool words_have_effects(const char *body)
{
    static const char *const words[] = {"create ", "alter ",     "drop ",   "grant ",
                                        "revoke ", "comment on", "execute "};

    for (const char *at = body; *at; at++)
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (strncasecmp(at, words[i], strlen(words[i])) == 0)
                return true;
    return false;
}

bool effects_of_function(Replay *replay, const Function *function)
{
    Body *body;
    bool plpgsql = function->language && strcmp(function->language, "plpgsql") == 0;
    bool sql = function->language && strcmp(function->language, "sql") == 0;

    if (function->member || function->known || !function->body || !*function->body)
        return false;
    if (!plpgsql && !sql)
        return strcmp(function->language, "c") != 0 &&
               strcmp(function->language, "internal") != 0 && words_have_effects(function->body);
    body = body_of(replay, function->body);
    if (body->looked_at || body->looking)
        return body->effects;
    body->looking = true;
    body->effects = sql           ? text_has_effects(replay, function->body)
                    : body->block ? effects_of_steps(replay, &body->block->steps) ||
                                        arms_have_effects(replay, &body->block->handlers)
                                  : words_have_effects(function->body);
    body->looking = false;
    body->looked_at = true;
    return body->effects;
}
