#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "replay/ask.h"
#include "replay/deparse.h"
#include "replay/names.h"
#include "replay/parts.h"

enum { STEPS_MAX = 100000, CALLS_MAX = 20 };

/* Where the steps go on. */
typedef enum Flow { FLOW_NEXT, FLOW_EXIT, FLOW_CONTINUE, FLOW_RETURN, FLOW_RAISE } Flow;

typedef struct Variable {
    const char *name;
    const Value *value;
    const char *cursor; /* its query */
    bool record;
} Variable;

typedef struct Frame {
    struct Frame *outer;
    const char *label;
    Vec variables; /* Variable */
} Frame;

typedef struct Run {
    Replay *replay;
    Arena scratch; /* values, and the texts of expressions */
    Ask ask;
    Frame *frame;
    const char *doubt; /* why it is not known whether a step is run; NULL: it is */
    const char *label; /* that EXIT or CONTINUE names */
    const Value *result;
    Vec parses; /* of expressions: SqlParse */
    Vec *ran;   /* statements that a handler would take back */
    size_t steps;
} Run;

static Flow run_steps(Run *run, const Vec *steps);
static const Value *run_called(void *context, Function *function, const Vec *arguments);

/* ---- variables ---- */

static Variable *variable_find(const Run *run, const char *name)
{
    for (const Frame *frame = run->frame; frame; frame = frame->outer)
        for (size_t i = frame->variables.count; i > 0; i--) {
            Variable *variable = frame->variables.items[i - 1];

            if (strcmp(variable->name, name) == 0)
                return variable;
        }
    return NULL;
}

static Variable *variable_add(Run *run, const char *name, const Value *value)
{
    Variable *variable = arena_alloc(&run->scratch, sizeof *variable);

    *variable = (Variable){.name = name, .value = value};
    vec_add(&run->scratch, &run->frame->variables, variable);
    return variable;
}

static const Value *variable_value(void *context, const char *name, const char *field)
{
    const Run *run = context;
    const Variable *variable = variable_find(run, name);

    if (!variable && field)
        for (const Frame *frame = run->frame; frame; frame = frame->outer)
            if (frame->label && strcmp(frame->label, name) == 0)
                return variable_value(context, field, NULL);
    if (!variable)
        return NULL;
    if (!field)
        return variable->value;
    for (size_t i = 0; variable->value->kind == VALUE_ROW && i < variable->value->items.count; i++)
        if (variable->value->names && variable->value->names[i] &&
            strcmp(variable->value->names[i], field) == 0)
            return variable->value->items.items[i];
    return variable->value->kind == VALUE_NULL ? &value_null : &value_unknown;
}

/* Of a field, nothing of the whole is known from then on. */
static void assign(Run *run, const char *name, const Value *value)
{
    const char *point = strchr(name, '.');
    Variable *variable = variable_find(
        run, point ? arena_strndup(&run->scratch, name, (size_t)(point - name)) : name);

    if (!variable && point)
        variable = variable_find(run, point + 1);
    else if (point)
        value = &value_unknown;
    if (variable)
        variable->value = run->doubt ? &value_unknown : value;
}

static void set_found(Run *run, const Value *value)
{
    assign(run, "found", value);
}

/* Whatever the steps give a value has none that is known. */
static void forget(Run *run, const Vec *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        const Step *step = steps->items[i];

        for (size_t k = 0; k < step->targets.count; k++)
            assign(run, step->targets.items[k], &value_unknown);
        for (size_t k = 0; k < step->arms.count; k++)
            forget(run, &((const Arm *)step->arms.items[k])->steps);
        for (size_t k = 0; k < step->handlers.count; k++)
            forget(run, &((const Arm *)step->handlers.items[k])->steps);
        forget(run, &step->steps);
        if (step->kind == STEP_SQL || step->kind == STEP_PERFORM || step->kind == STEP_QUERY)
            set_found(run, &value_unknown);
    }
}

/* ---- expressions ---- */

static const Node *parsed(Run *run, const char *text)
{
    SqlParse *parse = sql_parse(text, strlen(text));

    vec_add(&run->scratch, &run->parses, parse);
    return parse->count == 1 ? parse->statements[0].node : NULL;
}

static const Value *expression(Run *run, const char *text)
{
    const Node *node = parsed(run, arena_printf(&run->scratch, "select %s", text));
    Answer answer;

    if (!node || node->node_case != NODE(SELECT_STMT))
        return &value_unknown;
    answer = ask_select(&run->ask, node->select_stmt);
    return ask_scalar(&answer);
}

/* A condition as a warning names it. */
static const char *shortened(Run *run, const char *text)
{
    enum { LONG = 80 };
    char *line = arena_strndup(run->replay->arena, text, strlen(text));
    char *to = line;

    for (const char *from = line; *from; from++) {
        bool blank = strchr(" \t\r\n", *from) != NULL;

        if (!blank || (to > line && to[-1] != ' '))
            *to++ = blank ? ' ' : *from;
    }
    *to = '\0';
    if (strlen(line) > LONG)
        line = arena_printf(run->replay->arena, "%s...",
                            arena_strndup(run->replay->arena, line, text_cut(line, LONG)));
    return line;
}

/* From here on it is not known what is run, until it is again; returns what was before. */
static const char *begin_doubt(Run *run, const char *text)
{
    const char *before = run->doubt;

    if (!before)
        run->doubt = shortened(run, text);
    return before;
}

/* ---- statements ---- */

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

/* What INTO gets of the first row. */
static void assign_answer(Run *run, const Vec *targets, const Answer *answer)
{
    size_t rows = answer->known ? answer->set.rows.count : 0;
    const Row *first = rows ? answer->set.rows.items[0] : NULL;
    /* Without an order any of several may be the first. */
    bool known = answer->known && rows <= 1 && (!first || !first->maybe);

    set_found(run, ask_exists(answer));
    for (size_t i = 0; i < targets->count; i++) {
        const Variable *variable = variable_find(run, targets->items[i]);
        const Value *value = &value_unknown;

        if (known && !first)
            value = &value_null;
        else if (known && targets->count == 1 && variable && variable->record)
            value = whole(run, answer);
        else if (known && i < answer->set.width)
            value = first->values[i];
        assign(run, targets->items[i], value);
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

static void run_query(Run *run, const Node *node, const Vec *targets)
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
            assign_answer(run, targets, &(Answer){0});
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
        const char *before = begin_doubt(run, "the query is not followed");

        doubted(run, node);
        run->doubt = before;
    }
    if (targets)
        assign_answer(run, targets, &answer);
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

/* One statement of SQL in a body. */
static void run_sql(Run *run, const Node *node, const Vec *targets)
{
    switch (node->node_case) {
    case NODE(SELECT_STMT):
        run_query(run, node, targets);
        break;
    case NODE(INSERT_STMT):
    case NODE(UPDATE_STMT):
    case NODE(DELETE_STMT):
    case NODE(MERGE_STMT):
    case NODE(COPY_STMT):
        /* Rows that may have been written are as good as written. */
        block_change_rows(run->replay, node);
        set_found(run, &value_unknown);
        for (size_t i = 0; targets && i < targets->count; i++)
            assign(run, targets->items[i], &value_unknown);
        break;
    default:
        run_utility(run, node);
        break;
    }
}

static void run_text(Run *run, const char *text, const Vec *targets)
{
    /* What it makes points into its tree: that stays. */
    const SqlParse *parse = replay_parse(run->replay, text, strlen(text));

    for (size_t i = 0; i < parse->count; i++) {
        if (parse->statements[i].node) {
            run_sql(run, parse->statements[i].node, targets);
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
        const Node *node = parsed(run, text);

        known = node && names_database(node);
    }
    if (known) {
        run_text(run, text, targets);
        return;
    }
    for (size_t i = 0; targets && i < targets->count; i++)
        assign(run, targets->items[i], &value_unknown);
    replay_warn(run->replay, "what EXECUTE runs is not known: %s", shortened(run, written));
    doubt_text(run->replay, text);
}

static void run_execute(Run *run, const Step *step)
{
    const Value *text = expression(run, step->text);
    Vec variables = run->frame->variables;

    for (size_t i = 0; i < step->arguments.count; i++)
        variable_add(run, arena_printf(&run->scratch, "$%zu", i + 1),
                     expression(run, step->arguments.items[i]));
    run_dynamic(run, text, step->text, &step->targets);
    run->frame->variables = variables;
}

/* ---- steps ---- */

/* Steps of which it is not known whether they are run. */
static void run_doubted(Run *run, const Vec *steps, const char *why)
{
    const char *before;
    Flow flow;

    forget(run, steps);
    before = begin_doubt(run, why);
    flow = run_steps(run, steps);
    forget(run, steps);
    /* It may have left what is around it: then all that follows is in doubt. An exception would
     * have been the end of the migration. */
    if (flow == FLOW_NEXT || flow == FLOW_RAISE)
        run->doubt = before;
}

static Flow run_if(Run *run, const Step *step)
{
    for (size_t i = 0; i < step->arms.count; i++) {
        const Arm *arm = step->arms.items[i];
        const Value *holds =
            arm->condition ? value_as_bool(expression(run, arm->condition)) : &value_true;

        if (value_is_true(holds))
            return run_steps(run, &arm->steps);
        if (value_is_false(holds))
            continue;
        /* This one, or one of those behind it. */
        for (; i < step->arms.count; i++) {
            const Arm *one = step->arms.items[i];

            if (one->condition && value_is_false(expression(run, one->condition)))
                continue;
            run_doubted(run, &one->steps, arm->condition);
        }
        return FLOW_NEXT;
    }
    return FLOW_NEXT;
}

/* Whether a loop that is left or gone on with is this one. */
static bool is_mine(Run *run, const Step *loop)
{
    bool mine = !run->label || (loop->label && strcmp(run->label, loop->label) == 0);

    if (mine)
        run->label = NULL;
    return mine;
}

/* True when the loop ends, with the flow behind it. */
static bool run_round(Run *run, const Step *loop, Flow *ret_flow)
{
    Flow flow = run_steps(run, &loop->steps);

    *ret_flow = FLOW_NEXT;
    if (flow == FLOW_NEXT || (flow == FLOW_CONTINUE && is_mine(run, loop)))
        return false;
    if (flow != FLOW_EXIT || !is_mine(run, loop))
        *ret_flow = flow;
    return true;
}

/* LOOP and WHILE: as long as it is known that they go on. */
static Flow run_loop(Run *run, const Step *step)
{
    Flow flow = FLOW_NEXT;

    /* Rows alone may be moved in any number of rounds. */
    if (!effects_of_steps(run->replay, &step->steps)) {
        run_doubted(run, &step->steps, step->text ? step->text : "LOOP");
        return FLOW_NEXT;
    }
    for (;;) {
        const Value *holds = step->text ? value_as_bool(expression(run, step->text)) : &value_true;

        if (value_is_false(holds))
            return FLOW_NEXT;
        if (!value_is_true(holds) || run->doubt || run->steps > STEPS_MAX) {
            run_doubted(run, &step->steps, step->text ? step->text : "LOOP");
            return FLOW_NEXT;
        }
        if (run_round(run, step, &flow))
            return flow;
    }
}

static Flow run_range(Run *run, const Step *step)
{
    const Value *from = value_as_number(&run->scratch, expression(run, step->text));
    const Value *to = value_as_number(&run->scratch, expression(run, step->until));
    const Value *by = step->by ? value_as_number(&run->scratch, expression(run, step->by))
                               : value_number(&run->scratch, 1);
    Vec variables = run->frame->variables;
    Variable *variable = variable_add(run, step->targets.items[0], &value_unknown);
    Flow flow = FLOW_NEXT;

    if (from->kind != VALUE_NUMBER || to->kind != VALUE_NUMBER || by->kind != VALUE_NUMBER ||
        !value_is_certain(from) || !value_is_certain(to) || by->number < 1 ||
        llabs(to->number - from->number) / by->number > STEPS_MAX) {
        run_doubted(run, &step->steps, step->until);
    } else {
        for (int64_t i = from->number; step->reverse ? i >= to->number : i <= to->number;
             i += step->reverse ? -by->number : by->number) {
            variable->value = value_number(&run->scratch, i);
            if (run_round(run, step, &flow))
                break;
        }
    }
    run->frame->variables = variables;
    return flow;
}

static Flow run_foreach(Run *run, const Step *step)
{
    const Value *array = expression(run, step->text);
    Flow flow = FLOW_NEXT;

    if (array->kind == VALUE_TEXT) {
        const Value *cast =
            expression(run, arena_printf(&run->scratch, "(%s)::text[]", step->text));

        array = cast;
    }
    if (array->kind != VALUE_ARRAY) {
        run_doubted(run, &step->steps, step->text);
        return FLOW_NEXT;
    }
    for (size_t i = 0; i < array->items.count; i++) {
        assign(run, step->targets.items[0], array->items.items[i]);
        if (run_round(run, step, &flow))
            break;
    }
    return flow;
}

/* The rows that FOR goes through. */
static Answer loop_rows(Run *run, const Step *step)
{
    const Variable *cursor = variable_find(run, step->text);
    const char *text = cursor && cursor->cursor ? cursor->cursor : step->text;
    const Node *node;

    if (step->dynamic) {
        const Value *value = expression(run, step->text);

        text = value->kind == VALUE_TEXT && value_is_certain(value) ? value->text : "";
    }
    node = parsed(run, text);
    return node && node->node_case == NODE(SELECT_STMT) ? ask_select(&run->ask, node->select_stmt)
                                                        : (Answer){0};
}

static Flow run_rows(Run *run, const Step *step)
{
    Answer answer = loop_rows(run, step);
    Vec variables = run->frame->variables;
    Flow flow = FLOW_NEXT;

    /* The variable of a loop need not be declared where it is a cursor's. */
    if (!variable_find(run, step->targets.items[0]))
        variable_add(run, step->targets.items[0], &value_unknown)->record = true;
    for (size_t i = 0; i < answer.set.rows.count && answer.known; i++)
        answer.known = !((const Row *)answer.set.rows.items[i])->maybe;
    if (!answer.known) {
        run_doubted(run, &step->steps, step->text);
    } else {
        for (size_t i = 0; i < answer.set.rows.count; i++) {
            Answer one = answer;

            one.set.rows = (Vec){0};
            vec_add(&run->scratch, &one.set.rows, answer.set.rows.items[i]);
            assign_answer(run, &step->targets, &one);
            if (run_round(run, step, &flow))
                break;
        }
    }
    run->frame->variables = variables;
    return flow;
}

static Flow run_leave(Run *run, const Step *step, Flow flow)
{
    const Value *holds = step->text ? value_as_bool(expression(run, step->text)) : &value_true;

    if (value_is_false(holds))
        return FLOW_NEXT;
    if (!value_is_true(holds)) {
        begin_doubt(run, step->text);
        return FLOW_NEXT;
    }
    run->label = step->label;
    return flow;
}

static Flow run_return(Run *run, const Step *step)
{
    run->result = step->text ? expression(run, step->text) : &value_null;
    if (run->doubt)
        run->result = &value_unknown;
    return FLOW_RETURN;
}

static bool is_record(const Run *run, const char *type)
{
    const char *name = type;

    return strstr(type, "record") || strstr(type, "RECORD") || strstr(type, "rowtype") ||
           strstr(type, "ROWTYPE") || catalog_relation(run->replay->catalog, NULL, name);
}

static void declare(Run *run, const Step *block)
{
    for (size_t i = 0; i < block->declarations.count; i++) {
        const Declaration *one = block->declarations.items[i];
        const Value *value = one->value ? expression(run, one->value) : &value_null;
        Variable *variable;

        if (strncmp(one->type, "alias", 5) == 0 || strncmp(one->type, "ALIAS", 5) == 0)
            value = &value_unknown;
        if (one->value && value->kind == VALUE_TEXT && !strstr(one->type, "[]"))
            value = ask_as_type(&run->ask, value, ask_type(&run->ask, one->type));
        variable = variable_add(run, one->name, value);
        variable->cursor = one->cursor;
        variable->record = is_record(run, one->type);
        /* A list is one, however it was written. */
        if (value->kind == VALUE_TEXT && strstr(one->type, "[]"))
            variable->value =
                expression(run, arena_printf(&run->scratch, "(%s)::text[]", one->value));
    }
}

static bool catches(const char *names, const char *failure)
{
    return strstr(names, "others") || strstr(names, failure);
}

/* What was run before a statement failed is taken back: what that was is in doubt. */
static void take_back(Run *run, const Vec *ran)
{
    for (size_t i = 0; i < ran->count; i++) {
        if (i == 0)
            replay_warn(run->replay, "what a block did before it failed is taken back: that is "
                                     "not replayed");
        doubt_statement(run->replay, ran->items[i]);
    }
}

static Flow run_block(Run *run, const Step *block)
{
    Replay *replay = run->replay;
    Frame frame = {.outer = run->frame, .label = block->label};
    bool catching = replay->catching;
    const char *failure = replay->failure;
    Vec *outer_ran = run->ran;
    Vec ran = {0};
    Flow flow = FLOW_NEXT;

    run->frame = &frame;
    declare(run, block);
    if (block->handlers.count) {
        replay->catching = true;
        replay->failure = NULL;
        run->ran = &ran;
    }
    flow = run_steps(run, &block->steps);
    if (block->handlers.count) {
        const char *failed = replay->failure      ? replay->failure
                             : flow == FLOW_RAISE ? "raise_exception"
                                                  : NULL;

        replay->catching = catching;
        replay->failure = failure;
        run->ran = outer_ran;
        if (failed) {
            const Arm *handler = NULL;

            for (size_t i = 0; i < block->handlers.count && !handler; i++)
                if (catches(((const Arm *)block->handlers.items[i])->condition, failed))
                    handler = block->handlers.items[i];
            take_back(run, &ran);
            flow = FLOW_RAISE;
            if (handler)
                flow = run_steps(run, &handler->steps);
            else
                replay->failure = failed;
        } else {
            for (size_t i = 0; outer_ran && i < ran.count; i++)
                vec_add(replay->arena, outer_ran, ran.items[i]);
        }
    }
    if (flow == FLOW_EXIT && run->label && block->label && strcmp(run->label, block->label) == 0) {
        run->label = NULL;
        flow = FLOW_NEXT;
    }
    run->frame = frame.outer;
    return flow;
}

static Flow run_step(Run *run, const Step *step)
{
    switch (step->kind) {
    case STEP_BLOCK:
        return run_block(run, step);
    case STEP_IF:
        return run_if(run, step);
    case STEP_LOOP:
    case STEP_WHILE:
        return run_loop(run, step);
    case STEP_RANGE:
        return run_range(run, step);
    case STEP_FOREACH:
        return run_foreach(run, step);
    case STEP_QUERY:
        return run_rows(run, step);
    case STEP_EXIT:
        return run_leave(run, step, FLOW_EXIT);
    case STEP_CONTINUE:
        return run_leave(run, step, FLOW_CONTINUE);
    case STEP_RETURN:
        return run_return(run, step);
    case STEP_RAISE:
        return step->fatal ? FLOW_RAISE : FLOW_NEXT;
    case STEP_ASSIGN:
        assign(run, step->targets.items[0], expression(run, step->text));
        break;
    case STEP_SQL:
        run_text(run, step->text, &step->targets);
        break;
    case STEP_PERFORM: {
        const Node *node = parsed(run, arena_printf(&run->scratch, "select %s", step->text));

        if (node && node->node_case == NODE(SELECT_STMT))
            run_query(run, node, &step->targets);
        break;
    }
    case STEP_EXECUTE:
        run_execute(run, step);
        break;
    case STEP_IDLE:
        for (size_t i = 0; i < step->targets.count; i++)
            assign(run, step->targets.items[i], &value_unknown);
        break;
    }
    return FLOW_NEXT;
}

static Flow run_steps(Run *run, const Vec *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        Flow flow;

        run->steps++;
        flow = run_step(run, steps->items[i]);
        if (flow != FLOW_NEXT)
            return flow;
        if (run->replay->catching && run->replay->failure)
            return FLOW_RAISE;
    }
    return FLOW_NEXT;
}

/* ---- functions ---- */

static void run_open(Run *run, Replay *replay)
{
    *run = (Run){.replay = replay, .result = &value_null};
    run->ask =
        (Ask){.replay = replay, .context = run, .variable = variable_value, .call = run_called};
    run->ask.arena = &run->scratch;
}

static void run_close(Run *run)
{
    for (size_t i = 0; i < run->parses.count; i++) {
        SqlParse *parse = run->parses.items[i];

        sql_parse_close(&parse);
    }
    arena_free(&run->scratch);
}

static void bind_arguments(Run *run, const Function *function, const Vec *arguments)
{
    size_t place = 0;

    for (size_t i = 0; i < function->arguments.count; i++) {
        const Argument *one = function->arguments.items[i];
        const Value *value = &value_null;

        if (one->mode != 'o' && one->mode != 't') {
            value =
                place < arguments->count ? arguments->items[place]
                : one->default_expr
                    ? expression(run, deparse_expr(run->replay->catalog, one->default_expr, NULL))
                    : &value_unknown;
            if (one->mode == 'v')
                value = &value_unknown;
            value = ask_as_type(&run->ask, value, one->type.oid);
            variable_add(run, arena_printf(&run->scratch, "$%zu", ++place), value);
        }
        if (*one->name)
            variable_add(run, one->name, value);
    }
}

/* SET of the function itself: its search_path while it runs. */
static void set_path(Replay *replay, const Function *function)
{
    for (size_t i = 0; i < function->config.count; i++) {
        const char *setting = function->config.items[i];

        if (strncmp(setting, "search_path=", 12) == 0)
            replay_set_path(replay, setting + 12);
    }
}

/* In doubt: nothing it is given is known. */
static const Value *run_function(Run *run, Function *function, const Vec *arguments)
{
    Replay *replay = run->replay;
    bool sql = strcmp(function->language, "sql") == 0;
    Frame frame = {.label = function->proc.name};
    Vec path = replay->catalog->path;
    const char *role = replay->role, *path_text = replay->path_text;

    run->frame = &frame;
    variable_add(run, "found", &value_false);
    bind_arguments(run, function, arguments);
    set_path(replay, function);
    if (function->security_definer)
        replay->role = function->rights.owner;
    if (sql) {
        const SqlParse *parse = replay_parse(replay, function->body, strlen(function->body));

        run->result = &value_unknown;
        for (size_t i = 0; i < parse->count; i++) {
            const Node *node = parse->statements[i].node;

            if (!node)
                doubt_text(replay, function->body);
            else if (node->node_case == NODE(SELECT_STMT) && i + 1 == parse->count && !run->doubt &&
                     !effects_of_statement(replay, node)) {
                Answer answer = ask_select(&run->ask, node->select_stmt);

                run->result = ask_scalar(&answer);
            } else {
                run_sql(run, node, NULL);
            }
        }
    } else {
        const Step *body = effects_body(replay, function->body);

        if (body) {
            run_block(run, body);
        } else if (effects_of_function(replay, function)) {
            replay_warn(replay, "function '%s' is not followed: what it changes is not known",
                        function->proc.name);
            doubt_text(replay, function->body);
        }
    }
    replay->catalog->path = path;
    replay->path_text = path_text;
    replay->role = role;
    return function->proc.set ? &value_unknown : run->result;
}

/* Copies what a caller keeps out of the arena that ends with the call. */
static const Value *value_kept(Arena *arena, const Value *value)
{
    switch (value->kind) {
    case VALUE_UNKNOWN:
    case VALUE_NULL:
        break;
    case VALUE_BOOL:
        return value_bool(value->number != 0);
    case VALUE_NUMBER:
        return value_between(arena, value->number, value->most);
    case VALUE_TEXT:
        return value_text(arena, arena_strdup(arena, value->text));
    case VALUE_ARRAY: {
        Vec items = {0};

        for (size_t i = 0; i < value->items.count; i++)
            vec_add(arena, &items, value_kept(arena, value->items.items[i]));
        return value_array(arena, &items);
    }
    case VALUE_OBJECT: {
        Value *copy = arena_alloc(arena, sizeof *copy);

        *copy = *value;
        return copy;
    }
    case VALUE_ROW:
        return &value_unknown;
    }
    return value->kind == VALUE_NULL ? &value_null : &value_unknown;
}

static const Value *run_called(void *context, Function *function, const Vec *arguments)
{
    Run *outer = context;
    Replay *replay = outer->replay;
    const Value *result = &value_unknown;
    bool runs =
        function->language && function->body && !function->member && !function->known &&
        (strcmp(function->language, "sql") == 0 || strcmp(function->language, "plpgsql") == 0);
    Run run;

    if (!runs || replay->depth >= CALLS_MAX) {
        replay->filled |= !function->member && !function->known;
        if (effects_of_function(replay, function)) {
            replay_warn(replay, "the call of %s() is not run: what it changes is not known",
                        function->proc.name);
            doubt_text(replay, function->body);
        }
        return result;
    }
    if (outer->steps > STEPS_MAX)
        return result;
    replay->depth++;
    run_open(&run, replay);
    run.doubt = outer->doubt;
    run.steps = outer->steps;
    run.ran = outer->ran;
    result = value_kept(&outer->scratch, run_function(&run, function, arguments));
    outer->steps = run.steps;
    run_close(&run);
    replay->depth--;
    return result;
}

void block_doubt_function(Replay *replay, Function *function)
{
    Run run;

    if (replay->depth >= CALLS_MAX || !effects_of_function(replay, function))
        return;
    replay->depth++;
    run_open(&run, replay);
    run.doubt = arena_printf(replay->arena, "'%s' is called by a trigger", function->proc.name);
    run_function(&run, function, &(Vec){0});
    run_close(&run);
    replay->depth--;
}

/* ---- from outside ---- */

void block_select(Replay *replay, const PgQuery__SelectStmt *select)
{
    Run run;
    Frame frame = {0};
    Node node = PG_QUERY__NODE__INIT;

    node.node_case = NODE(SELECT_STMT);
    node.select_stmt = (PgQuery__SelectStmt *)(uintptr_t)select;
    run_open(&run, replay);
    run.frame = &frame;
    run_query(&run, &node, NULL);
    run_close(&run);
}

void block_call(Replay *replay, const PgQuery__CallStmt *call)
{
    Run run;
    Frame frame = {0};
    Node node = PG_QUERY__NODE__INIT;

    if (effects_are_unknown(replay, call->funccall)) {
        replay_warn(replay, "procedure '%s' is not known",
                    tree_last(call->funccall->funcname, call->funccall->n_funcname));
        return;
    }
    node.node_case = NODE(FUNC_CALL);
    node.func_call = call->funccall;
    run_open(&run, replay);
    run.frame = &frame;
    ask_expr(&run.ask, &node);
    run_close(&run);
}

void block_run(Replay *replay, const PgQuery__DoStmt *block)
{
    const char *body = "";
    bool plpgsql = true;
    const Step *steps;
    Frame frame = {0};
    Run run;

    for (size_t i = 0; i < block->n_args; i++) {
        const PgQuery__DefElem *option = block->args[i]->def_elem;

        if (strcmp(option->defname, "as") == 0)
            body = tree_string(option->arg);
        else if (strcmp(option->defname, "language") == 0)
            plpgsql = strcmp(tree_string(option->arg), "plpgsql") == 0;
    }
    steps = plpgsql ? plpgsql_parse(replay->arena, body) : NULL;
    if (!steps) {
        replay_warn(replay, "a DO block is not run: what it changes is not known");
        doubt_text(replay, body);
        return;
    }
    run_open(&run, replay);
    run.frame = &frame;
    variable_add(&run, "found", &value_false);
    if (run_block(&run, steps) == FLOW_RAISE && !run.doubt && !replay->catching)
        replay_warn(replay, "a DO block ends with an exception");
    run_close(&run);
}
