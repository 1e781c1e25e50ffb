#include "replay/block_parts.h"

#include <string.h>

#include "base/text.h"
#include "replay/ask.h"
#include "replay/deparse.h"

static const Value *run_called(void *context, Function *function, const Vec *arguments);

Variable *block_variable_find(const Run *run, const char *name)
{
    for (const Frame *frame = run->frame; frame; frame = frame->outer)
        for (size_t i = frame->variables.count; i > 0; i--) {
            Variable *variable = frame->variables.items[i - 1];

            if (strcmp(variable->name, name) == 0)
                return variable;
        }
    return NULL;
}

Variable *block_variable_add(Run *run, const char *name, const Value *value)
{
    Variable *variable = arena_alloc(&run->scratch, sizeof *variable);

    *variable = (Variable){.name = name, .value = value};
    vec_add(&run->scratch, &run->frame->variables, variable);
    return variable;
}

static const Value *variable_value(void *context, const char *name, const char *field)
{
    const Run *run = context;
    const Variable *variable = block_variable_find(run, name);

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

void block_assign(Run *run, const char *name, const Value *value)
{
    const char *point = strchr(name, '.');
    Variable *variable = block_variable_find(
        run, point ? arena_strndup(&run->scratch, name, (size_t)(point - name)) : name);

    if (!variable && point)
        variable = block_variable_find(run, point + 1);
    else if (point)
        value = &value_unknown;
    if (variable)
        variable->value = run->doubt ? &value_unknown : value;
}

void block_set_found(Run *run, const Value *value)
{
    block_assign(run, "found", value);
}

void block_forget(Run *run, const Vec *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        const Step *step = steps->items[i];

        for (size_t k = 0; k < step->targets.count; k++)
            block_assign(run, step->targets.items[k], &value_unknown);
        for (size_t k = 0; k < step->arms.count; k++)
            block_forget(run, &((const Arm *)step->arms.items[k])->steps);
        for (size_t k = 0; k < step->handlers.count; k++)
            block_forget(run, &((const Arm *)step->handlers.items[k])->steps);
        block_forget(run, &step->steps);
        if (step->kind == STEP_SQL || step->kind == STEP_PERFORM || step->kind == STEP_QUERY)
            block_set_found(run, &value_unknown);
    }
}

const Node *block_parsed(Run *run, const char *text)
{
    SqlParse *parse = sql_parse(text, strlen(text));

    vec_add(&run->scratch, &run->parses, parse);
    return parse->count == 1 ? parse->statements[0].node : NULL;
}

const Value *block_expression(Run *run, const char *text)
{
    const Node *node = block_parsed(run, arena_printf(&run->scratch, "select %s", text));
    Answer answer;

    if (!node || node->node_case != NODE(SELECT_STMT))
        return &value_unknown;
    answer = ask_select(&run->ask, node->select_stmt);
    return ask_scalar(&answer);
}

const char *block_shortened(Run *run, const char *text)
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

const char *block_begin_doubt(Run *run, const char *text)
{
    const char *before = run->doubt;

    if (!before)
        run->doubt = block_shortened(run, text);
    return before;
}

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
            value = place < arguments->count ? arguments->items[place]
                    : one->default_expr
                        ? block_expression(
                              run, deparse_expr(run->replay->catalog, one->default_expr, NULL))
                        : &value_unknown;
            if (one->mode == 'v')
                value = &value_unknown;
            value = ask_as_type(&run->ask, value, one->type.oid);
            block_variable_add(run, arena_printf(&run->scratch, "$%zu", ++place), value);
        }
        if (*one->name)
            block_variable_add(run, one->name, value);
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
    block_variable_add(run, "found", &value_false);
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
                block_run_sql(run, node, NULL);
            }
        }
    } else {
        const Step *body = effects_body(replay, function->body);

        if (body) {
            block_run_block(run, body);
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

void block_select(Replay *replay, const PgQuery__SelectStmt *select)
{
    Run run;
    Frame frame = {0};
    Node node = PG_QUERY__NODE__INIT;

    node.node_case = NODE(SELECT_STMT);
    node.select_stmt = (PgQuery__SelectStmt *)(uintptr_t)select;
    run_open(&run, replay);
    run.frame = &frame;
    block_run_query(&run, &node, NULL);
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
    block_variable_add(&run, "found", &value_false);
    if (block_run_block(&run, steps) == FLOW_RAISE && !run.doubt && !replay->catching)
        replay_warn(replay, "a DO block ends with an exception");
    run_close(&run);
}
