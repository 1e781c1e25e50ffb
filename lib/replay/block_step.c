#include "replay/block_parts.h"

#include <string.h>

#include "base/text.h"
#include "replay/ask.h"
#include "replay/deparse.h"
#include "replay/undo.h"

static Flow run_steps(Run *run, const Vec *steps);

/* Steps of which it is not known whether they are run. */
static void run_doubted(Run *run, const Vec *steps, const char *why)
{
    const char *before;
    Flow flow;

    block_forget(run, steps);
    before = block_begin_doubt(run, why);
    flow = run_steps(run, steps);
    block_forget(run, steps);
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
            arm->condition ? value_as_bool(block_expression(run, arm->condition)) : &value_true;

        if (value_is_true(holds))
            return run_steps(run, &arm->steps);
        if (value_is_false(holds))
            continue;
        /* This one, or one of those behind it. */
        for (; i < step->arms.count; i++) {
            const Arm *one = step->arms.items[i];

            if (one->condition && value_is_false(block_expression(run, one->condition)))
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
        const Value *holds =
            step->text ? value_as_bool(block_expression(run, step->text)) : &value_true;

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
    const Value *from = value_as_number(&run->scratch, block_expression(run, step->text));
    const Value *to = value_as_number(&run->scratch, block_expression(run, step->until));
    const Value *by = step->by ? value_as_number(&run->scratch, block_expression(run, step->by))
                               : value_number(&run->scratch, 1);
    Vec variables = run->frame->variables;
    Variable *variable = block_variable_add(run, step->targets.items[0], &value_unknown);
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
    const Value *array = block_expression(run, step->text);
    Flow flow = FLOW_NEXT;

    if (array->kind == VALUE_TEXT) {
        const Value *cast =
            block_expression(run, arena_printf(&run->scratch, "(%s)::text[]", step->text));

        array = cast;
    }
    if (array->kind != VALUE_ARRAY) {
        run_doubted(run, &step->steps, step->text);
        return FLOW_NEXT;
    }
    for (size_t i = 0; i < array->items.count; i++) {
        block_assign(run, step->targets.items[0], array->items.items[i]);
        if (run_round(run, step, &flow))
            break;
    }
    return flow;
}

/* The rows that FOR goes through. */
static Answer loop_rows(Run *run, const Step *step)
{
    const Variable *cursor = block_variable_find(run, step->text);
    const char *text = cursor && cursor->cursor ? cursor->cursor : step->text;
    const Node *node;

    if (step->dynamic) {
        const Value *value = block_expression(run, step->text);

        text = value->kind == VALUE_TEXT && value_is_certain(value) ? value->text : "";
    }
    node = block_parsed(run, text);
    return node && node->node_case == NODE(SELECT_STMT) ? ask_select(&run->ask, node->select_stmt)
                                                        : (Answer){0};
}

static Flow run_rows(Run *run, const Step *step)
{
    Answer answer = loop_rows(run, step);
    Vec variables = run->frame->variables;
    Flow flow = FLOW_NEXT;

    /* The variable of a loop need not be declared where it is a cursor's. */
    if (!block_variable_find(run, step->targets.items[0]))
        block_variable_add(run, step->targets.items[0], &value_unknown)->record = true;
    for (size_t i = 0; i < answer.set.rows.count && answer.known; i++)
        answer.known = !((const Row *)answer.set.rows.items[i])->maybe;
    if (!answer.known) {
        run_doubted(run, &step->steps, step->text);
    } else {
        for (size_t i = 0; i < answer.set.rows.count; i++) {
            Answer one = answer;

            one.set.rows = (Vec){0};
            vec_add(&run->scratch, &one.set.rows, answer.set.rows.items[i]);
            block_assign_answer(run, &step->targets, &one);
            if (run_round(run, step, &flow))
                break;
        }
    }
    run->frame->variables = variables;
    return flow;
}

static Flow run_leave(Run *run, const Step *step, Flow flow)
{
    const Value *holds =
        step->text ? value_as_bool(block_expression(run, step->text)) : &value_true;

    if (value_is_false(holds))
        return FLOW_NEXT;
    if (!value_is_true(holds)) {
        block_begin_doubt(run, step->text);
        return FLOW_NEXT;
    }
    run->label = step->label;
    return flow;
}

static Flow run_return(Run *run, const Step *step)
{
    run->result = step->text ? block_expression(run, step->text) : &value_null;
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
        const Value *value = one->value ? block_expression(run, one->value) : &value_null;
        Variable *variable;

        if (strncmp(one->type, "alias", 5) == 0 || strncmp(one->type, "ALIAS", 5) == 0)
            value = &value_unknown;
        if (one->value && value->kind == VALUE_TEXT && !strstr(one->type, "[]"))
            value = ask_as_type(&run->ask, value, ask_type(&run->ask, one->type));
        variable = block_variable_add(run, one->name, value);
        variable->cursor = one->cursor;
        variable->record = is_record(run, one->type);
        /* A list is one, however it was written. */
        if (value->kind == VALUE_TEXT && strstr(one->type, "[]"))
            variable->value =
                block_expression(run, arena_printf(&run->scratch, "(%s)::text[]", one->value));
    }
}

static bool catches(const char *names, const char *failure)
{
    return strstr(names, "others") || strstr(names, failure);
}

/* Whether a block has more to take back, should it fail, than what one statement has not done. */
static bool may_leave_some(Run *run, const Vec *steps)
{
    const Step *only = steps->count == 1 ? steps->items[0] : NULL;
    const Node *node = only && only->kind == STEP_SQL ? block_parsed(run, only->text) : NULL;

    if (!node)
        return effects_of_steps(run->replay, steps);
    switch (node->node_case) {
    case NODE(ALTER_TABLE_STMT):
        return node->alter_table_stmt->n_cmds > 1;
    case NODE(CREATE_ENUM_STMT):
    case NODE(CREATE_POLICY_STMT):
    case NODE(CREATE_TRIG_STMT):
    case NODE(INDEX_STMT):
        return false;
    default:
        return effects_of_steps(run->replay, steps);
    }
}

/* What was run before a statement failed is taken back; where it is not known whether one has, or
 * how it was before, what that was is in doubt. */
static void take_back(Run *run, const Vec *ran, Undo *undo)
{
    if (undo && !run->perhaps) {
        undo_all(undo);
        return;
    }
    for (size_t i = 0; i < ran->count; i++) {
        if (i == 0)
            replay_warn(run->replay, "what a block did before it failed is taken back: that is "
                                     "not replayed");
        doubt_statement(run->replay, ran->items[i]);
    }
}

Flow block_run_block(Run *run, const Step *block)
{
    Replay *replay = run->replay;
    Frame frame = {.outer = run->frame, .label = block->label};
    bool catching = replay->catching;
    const char *failure = replay->failure;
    Vec *outer_ran = run->ran;
    Vec ran = {0};
    Flow flow = FLOW_NEXT;
    CLEANUP(undo_end) Undo *undo = NULL;

    run->frame = &frame;
    declare(run, block);
    if (block->handlers.count) {
        if (!run->doubt && may_leave_some(run, &block->steps))
            undo = undo_begin(replay);
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
        if (run->perhaps) {
            take_back(run, &ran, undo);
            run->perhaps = false;
            for (size_t i = 0; i < block->handlers.count; i++)
                run_doubted(run, &((const Arm *)block->handlers.items[i])->steps,
                            "what was to be changed before is not known");
        } else if (failed) {
            const Arm *handler = NULL;

            for (size_t i = 0; i < block->handlers.count && !handler; i++)
                if (catches(((const Arm *)block->handlers.items[i])->condition, failed))
                    handler = block->handlers.items[i];
            take_back(run, &ran, undo);
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
        return block_run_block(run, step);
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
        block_assign(run, step->targets.items[0], block_expression(run, step->text));
        break;
    case STEP_SQL:
        block_run_text(run, step->text, &step->targets);
        break;
    case STEP_PERFORM: {
        const Node *node = block_parsed(run, arena_printf(&run->scratch, "select %s", step->text));

        if (node && node->node_case == NODE(SELECT_STMT))
            block_run_query(run, node, &step->targets);
        break;
    }
    case STEP_EXECUTE:
        block_run_execute(run, step);
        break;
    case STEP_IDLE:
        for (size_t i = 0; i < step->targets.count; i++)
            block_assign(run, step->targets.items[i], &value_unknown);
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
        if (!run->replay->catching || !run->replay->failure)
            continue;
        if (strcmp(run->replay->failure, "unknown") != 0)
            return FLOW_RAISE;
        run->replay->failure = NULL;
        run->perhaps = true;
        run_doubted(run, &(Vec){.items = steps->items + i + 1, .count = steps->count - i - 1},
                    "what was to be changed before is not known");
        return FLOW_NEXT;
    }
    return FLOW_NEXT;
}
