#include "replay/block_parts.h"

#include <string.h>

#include "base/text.h"
#include "replay/ask.h"
#include "replay/deparse.h"
#include "replay/names.h"

static void doubted(Run *run, const Node *node)
{
    replay_warn(run->replay, "whether %s is run is not certain: %s", tree_statement_name(node),
                run->doubt);
    doubt_statement(run->replay, node);
}

/* A statement that may change the schema. */
static void run_utility(Run *run, const Node *node)
{
    if (run->doubt) {
        if (effects_of_statement(run->replay, node))
            doubted(run, node);
        return;
    }
    replay_statement(run->replay, node);
    if (run->ran && !run->replay->failure)
        vec_add(run->replay->arena, run->ran, node);
}

static const Value *whole(Run *run, const Answer *answer)
{
    Value *value = arena_alloc(&run->scratch, sizeof *value);
    const Row *row = answer->set.rows.items[0];

    *value = (Value){.kind = VALUE_ROW, .names = answer->set.names};
    for (size_t i = 0; i < answer->set.width; i++)
        vec_add(&run->scratch, &value->items, row->values[i]);
    return value;
}

void block_assign_answer(Run *run, const Vec *targets, const Answer *answer)
{
    size_t rows = answer->known ? answer->set.rows.count : 0;
    const Row *first = rows ? answer->set.rows.items[0] : NULL;
    /* Without an order any of several may be the first. */
    bool known = answer->known && rows <= 1 && (!first || !first->maybe);

    block_set_found(run, ask_exists(answer));
    for (size_t i = 0; i < targets->count; i++) {
        const Variable *variable = block_variable_find(run, targets->items[i]);
        const Value *value = &value_unknown;

        if (known && !first)
            value = &value_null;
        else if (known && targets->count == 1 && variable && variable->record)
            value = whole(run, answer);
        else if (known && i < answer->set.width)
            value = first->values[i];
        block_assign(run, targets->items[i], value);
    }
}

static void fill_rows(Replay *replay, const PgQuery__RangeVar *range)
{
    Relation *relation =
        range ? catalog_relation(replay->catalog, tree_given(range->schemaname), range->relname)
              : NULL;

    if (!relation) {
        replay->filled = true;
        return;
    }
    relation->filled = true;
    for (size_t i = 0; i < relation->children.count; i++)
        ((Relation *)relation->children.items[i])->filled = true;
    for (size_t i = 0; i < relation->parents.count; i++)
        ((Relation *)relation->parents.items[i])->filled = true;
    if (relation->kind == 'v' || relation->rules.count)
        replay->filled = true;
}

/* Triggers of a table whose rows are changed: what their functions do is not followed. */
static void fire_triggers(Replay *replay, const PgQuery__RangeVar *range)
{
    const Relation *relation =
        range ? catalog_relation(replay->catalog, tree_given(range->schemaname), range->relname)
              : NULL;

    for (size_t i = 0; relation && i < relation->triggers.count; i++) {
        const Trigger *trigger = relation->triggers.items[i];

        replay->filled = true;
        if (trigger->function && effects_of_function(replay, trigger->function))
            block_doubt_function(replay, trigger->function);
    }
}

bool block_gives_rows(Replay *replay, const Node *query)
{
    Ask ask = {.replay = replay, .looking = true};
    Arena arena = {0};
    bool gives = true;

    if (query && query->node_case == NODE(SELECT_STMT)) {
        Answer answer;

        ask.arena = &arena;
        answer = ask_select(&ask, query->select_stmt);
        gives = !value_is_false(ask_exists(&answer));
    }
    arena_free(&arena);
    return gives;
}

typedef struct Change {
    Replay *replay;
    bool calls; /* a function that somebody wrote */
} Change;

/* All tables that a statement writes, in WITH too. */
static bool change_one(void *context, const ProtobufCMessage *message)
{
    Change *change = context;
    Replay *replay = change->replay;

    if (message->descriptor == &pg_query__insert_stmt__descriptor) {
        const PgQuery__InsertStmt *insert = (const void *)message;

        if (!insert->select_stmt || block_gives_rows(replay, insert->select_stmt)) {
            fill_rows(replay, insert->relation);
            fire_triggers(replay, insert->relation);
        }
    } else if (message->descriptor == &pg_query__merge_stmt__descriptor) {
        fill_rows(replay, ((const PgQuery__MergeStmt *)(const void *)message)->relation);
        fire_triggers(replay, ((const PgQuery__MergeStmt *)(const void *)message)->relation);
    } else if (message->descriptor == &pg_query__copy_stmt__descriptor) {
        const PgQuery__CopyStmt *copy = (const void *)message;

        if (copy->is_from) {
            fill_rows(replay, copy->relation);
            fire_triggers(replay, copy->relation);
        }
    } else if (message->descriptor == &pg_query__update_stmt__descriptor ||
               message->descriptor == &pg_query__delete_stmt__descriptor) {
        const PgQuery__RangeVar *range =
            message->descriptor == &pg_query__update_stmt__descriptor
                ? ((const PgQuery__UpdateStmt *)(const void *)message)->relation
                : ((const PgQuery__DeleteStmt *)(const void *)message)->relation;
        const Relation *relation =
            catalog_relation(replay->catalog, tree_given(range->schemaname), range->relname);

        /* Of a table without rows none is changed. */
        if (!relation || relation->filled || replay->filled)
            fire_triggers(replay, range);
    } else if (message->descriptor == &pg_query__func_call__descriptor) {
        const PgQuery__FuncCall *call = (const void *)message;
        const char *name = tree_last(call->funcname, call->n_funcname);

        size_t at = 0;
        const Function *function;

        while ((function = catalog_function_next(replay->catalog, name, &at)))
            change->calls |= !function->member && !function->known;
    }
    return false;
}

void block_run_query(Run *run, const Node *node, const Vec *targets)
{
    const PgQuery__SelectStmt *select = node->select_stmt;
    bool effects = effects_of_statement(run->replay, node);
    Change change = {.replay = run->replay};
    Answer answer;

    /* Functions are run below; what WITH writes is written here. */
    tree_any(node, change_one, &change);
    if (run->doubt && effects) {
        doubted(run, node);
        if (targets)
            block_assign_answer(run, targets, &(Answer){0});
        return;
    }
    if (!run->doubt)
        replay_set_session(run->replay, select);
    for (size_t i = 0; effects && i < select->n_target_list; i++) {
        const Node *value = select->target_list[i]->res_target->val;

        if (value && value->node_case == NODE(FUNC_CALL) &&
            effects_are_unknown(run->replay, value->func_call)) {
            replay_warn(run->replay, "the call of %s() is not run: what it changes is not known",
                        tree_last(value->func_call->funcname, value->func_call->n_funcname));
            doubt_statement(run->replay, node);
            effects = false;
        }
    }
    answer = ask_select(&run->ask, select);
    if (select->into_clause && !run->doubt) {
        PgQuery__CreateTableAsStmt create = PG_QUERY__CREATE_TABLE_AS_STMT__INIT;

        create.query = (Node *)(uintptr_t)node;
        create.into = select->into_clause;
        create.objtype = PG_QUERY__OBJECT_TYPE__OBJECT_TABLE;
        view_create_as(run->replay, &create);
    }
    /* A query that cannot be followed calls what has effects. */
    if (!answer.known && effects) {
        const char *before = block_begin_doubt(run, "the query is not followed");

        doubted(run, node);
        run->doubt = before;
    }
    if (targets)
        block_assign_answer(run, targets, &answer);
}

void block_change_rows(Replay *replay, const Node *node)
{
    Change change = {.replay = replay};

    tree_any(node, change_one, &change);
    if (change.calls) {
        replay->filled = true;
        if (effects_of_statement(replay, node)) {
            replay_warn(replay, "what functions that %s calls change is not known",
                        "a change of rows");
            doubt_statement(replay, node);
        }
    }
}

void block_run_sql(Run *run, const Node *node, const Vec *targets)
{
    switch (node->node_case) {
    case NODE(SELECT_STMT):
        block_run_query(run, node, targets);
        break;
    case NODE(INSERT_STMT):
    case NODE(UPDATE_STMT):
    case NODE(DELETE_STMT):
    case NODE(MERGE_STMT):
    case NODE(COPY_STMT):
        /* Rows that may have been written are as good as written. */
        block_change_rows(run->replay, node);
        block_set_found(run, &value_unknown);
        for (size_t i = 0; targets && i < targets->count; i++)
            block_assign(run, targets->items[i], &value_unknown);
        break;
    default:
        run_utility(run, node);
        break;
    }
}

void block_run_text(Run *run, const char *text, const Vec *targets)
{
    /* What it makes points into its tree: that stays. */
    const SqlParse *parse = replay_parse(run->replay, text, strlen(text));

    for (size_t i = 0; i < parse->count; i++) {
        if (parse->statements[i].node) {
            block_run_sql(run, parse->statements[i].node, targets);
        } else {
            replay_warn(run->replay, "not parsed in a block: %s", parse->statements[i].error);
            doubt_text(run->replay, text);
        }
    }
}

/* The name of the database stands for itself where that is what is named. */
static bool names_database(const Node *node)
{
    switch (node->node_case) {
    case NODE(ALTER_DATABASE_STMT):
    case NODE(ALTER_DATABASE_SET_STMT):
        return true;
    case NODE(ALTER_ROLE_SET_STMT):
        return true;
    case NODE(GRANT_STMT):
        return node->grant_stmt->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE;
    case NODE(COMMENT_STMT):
        return node->comment_stmt->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE;
    case NODE(ALTER_OWNER_STMT):
        return node->alter_owner_stmt->object_type == PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE;
    default:
        return false;
    }
}

/* A text that was put together, with $1 and so on still in it. */
static void run_dynamic(Run *run, const Value *value, const char *written, const Vec *targets)
{
    const char *text = ask_text(&run->ask, value);
    bool known = text && !strchr(text, VALUE_ANY);

    if (!text) /* EXECUTE of null fails */
        return;
    text = replay_keep(run->replay, text);
    if (known && strchr(text, VALUE_DATABASE)) {
        const Node *node = block_parsed(run, text);

        known = node && names_database(node);
    }
    if (known) {
        block_run_text(run, text, targets);
        return;
    }
    for (size_t i = 0; targets && i < targets->count; i++)
        block_assign(run, targets->items[i], &value_unknown);
    replay_warn(run->replay, "what EXECUTE runs is not known: %s", block_shortened(run, written));
    doubt_text(run->replay, text);
}

void block_run_execute(Run *run, const Step *step)
{
    const Value *text = block_expression(run, step->text);
    Vec variables = run->frame->variables;

    for (size_t i = 0; i < step->arguments.count; i++)
        block_variable_add(run, arena_printf(&run->scratch, "$%zu", i + 1),
                           block_expression(run, step->arguments.items[i]));
    run_dynamic(run, text, step->text, &step->targets);
    run->frame->variables = variables;
}
