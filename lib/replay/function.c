#include <string.h>

#include "replay/analyse.h"
#include "replay/names.h"
#include "replay/parts.h"
#include "replay/types.h"

static bool same_arguments(const Proc *proc, const Oid *types, size_t count)
{
    return proc->count == count &&
           (!count || memcmp(proc->arguments, types, count * sizeof *types) == 0);
}

Function *function_find(const Catalog *catalog, const char *schema, const char *name,
                        const Oid *types, size_t count, bool any)
{
    for (size_t i = 0; i < catalog->functions.count; i++) {
        Function *function = catalog->functions.items[i];

        if (strcmp(function->proc.name, name) == 0 &&
            (schema ? strcmp(function->proc.schema, schema) == 0
                    : vec_has_text(&catalog->path, function->proc.schema)) &&
            (any || same_arguments(&function->proc, types, count)))
            return function;
    }
    return NULL;
}

Function *function_named(Replay *replay, const PgQuery__ObjectWithArgs *object)
{
    size_t count = object->n_objargs;
    Oid *types = arena_alloc(replay->arena, (count + 1) * sizeof *types);
    const char *schema = tree_qualifier(object->objname, object->n_objname);
    const char *name = names_cut(replay->arena, tree_last(object->objname, object->n_objname));

    for (size_t i = 0; i < count; i++) {
        if (object->objargs[i] && object->objargs[i]->node_case == NODE(TYPE_NAME))
            types[i] = types_resolve(replay->catalog, object->objargs[i]->type_name, NULL).oid;
    }
    return function_find(replay->catalog, schema, name, types, count, object->args_unspecified);
}

static char mode_of(PgQuery__FunctionParameterMode mode)
{
    switch (mode) {
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT:
        return 'o';
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_INOUT:
        return 'b';
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_VARIADIC:
        return 'v';
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE:
        return 't';
    default:
        return 'i';
    }
}

static bool option_bool(const PgQuery__DefElem *option)
{
    return option->arg && option->arg->node_case == NODE(BOOLEAN) && option->arg->boolean->boolval;
}

/* The text of "name=value" as pg_proc.proconfig has it; NULL for RESET and what is not a value. */
static void set_config(Replay *replay, Function *function, const PgQuery__VariableSetStmt *set)
{
    static const char *const lists[] = {"search_path",
                                        "temp_tablespaces",
                                        "session_preload_libraries",
                                        "shared_preload_libraries",
                                        "local_preload_libraries",
                                        NULL};
    const char *text = arena_printf(replay->arena, "%s=", set->name);
    size_t length = strlen(text);
    bool list = false;

    for (size_t i = 0; lists[i]; i++)
        list |= strcmp(lists[i], set->name) == 0;
    for (size_t i = function->config.count; i > 0; i--) {
        const char *old = function->config.items[i - 1];

        if (set->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL ||
            strncmp(old, text, length) == 0)
            vec_remove(&function->config, old);
    }
    if (set->kind != PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE) {
        if (set->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_CURRENT) {
            replay_warn(replay, "SET %s FROM CURRENT of function '%s' is not replayed", set->name,
                        function->proc.name);
            catalog_inexact(replay->catalog, &function->inexact, "config");
        }
        return;
    }
    for (size_t i = 0; i < set->n_args; i++) {
        const Node *argument = set->args[i];
        const char *value = "";

        if (argument->node_case == NODE(A_CONST)) {
            switch (argument->a_const->val_case) {
            case PG_QUERY__A__CONST__VAL_SVAL:
                value = argument->a_const->sval->sval ? argument->a_const->sval->sval : "";
                if (list)
                    value = *value ? names_quote(replay->arena, value) : "\"\"";
                break;
            case PG_QUERY__A__CONST__VAL_IVAL:
                value = arena_printf(replay->arena, "%d", (int)argument->a_const->ival->ival);
                break;
            case PG_QUERY__A__CONST__VAL_FVAL:
                value = argument->a_const->fval->fval;
                break;
            case PG_QUERY__A__CONST__VAL_BOOLVAL:
                value = argument->a_const->boolval->boolval ? "true" : "false";
                break;
            default:
                break;
            }
        }
        text = arena_printf(replay->arena, "%s%s%s", text, i ? ", " : "", value);
    }
    vec_add(replay->arena, &function->config, text);
}

static const char *number_text(Replay *replay, const Node *node)
{
    if (node && node->node_case == NODE(FLOAT))
        return replay_keep(replay, node->float_->fval);
    return arena_printf(replay->arena, "%d", (int)types_integer(node, 0));
}

static void function_option(Replay *replay, Function *function, const PgQuery__DefElem *option)
{
    const char *name = option->defname;
    const char *text = tree_string(option->arg);

    if (strcmp(name, "as") == 0 && option->arg && option->arg->node_case == NODE(LIST)) {
        const PgQuery__List *list = option->arg->list;

        function->body =
            list->n_items ? replay_keep(replay, tree_string(list->items[list->n_items - 1])) : "";
    } else if (strcmp(name, "language") == 0) {
        function->language = replay_keep(replay, text);
    } else if (strcmp(name, "volatility") == 0) {
        function->volatility = *text;
    } else if (strcmp(name, "strict") == 0) {
        function->strict = option_bool(option);
    } else if (strcmp(name, "security") == 0) {
        function->security_definer = option_bool(option);
    } else if (strcmp(name, "leakproof") == 0) {
        function->leakproof = option_bool(option);
    } else if (strcmp(name, "window") == 0) {
        function->proc.kind = 'w';
    } else if (strcmp(name, "parallel") == 0) {
        function->parallel = *text;
    } else if (strcmp(name, "cost") == 0) {
        function->cost = number_text(replay, option->arg);
    } else if (strcmp(name, "rows") == 0) {
        function->rows = types_integer(option->arg, 0);
    } else if (strcmp(name, "set") == 0 && option->arg &&
               option->arg->node_case == NODE(VARIABLE_SET_STMT)) {
        set_config(replay, function, option->arg->variable_set_stmt);
    }
}

void function_create(Replay *replay, const PgQuery__CreateFunctionStmt *create)
{
    const char *schema = tree_qualifier(create->funcname, create->n_funcname);
    const char *name = names_cut(replay->arena, tree_last(create->funcname, create->n_funcname));
    Oid *types = arena_alloc(replay->arena, (create->n_parameters + 1) * sizeof *types);
    const char **names = arena_alloc(replay->arena, (create->n_parameters + 1) * sizeof *names);
    Vec arguments = {0};
    Vec inexact = {0};
    Vec *all = NULL;
    size_t count = 0;
    size_t defaults = 0;
    size_t outs = 0;
    Oid variadic = 0;
    TypeRef result = {0, -1};
    Function *function;
    const char *comment;
    const char *problem = NULL;

    if (!schema)
        schema = catalog_creation_schema(replay->catalog);
    for (size_t i = 0; i < create->n_parameters; i++) {
        const PgQuery__FunctionParameter *parameter = create->parameters[i]->function_parameter;
        Argument *argument = arena_alloc(replay->arena, sizeof *argument);

        argument->name =
            parameter->name ? names_cut(replay->arena, replay_keep(replay, parameter->name)) : "";
        argument->mode = mode_of(parameter->mode);
        argument->type = types_resolve(replay->catalog, parameter->arg_type, &problem);
        argument->type.modifier = -2;
        if (parameter->defexpr) {
            Analysis analysis = analyse_open(replay->catalog);

            argument->default_expr =
                analyse_assigned(&analysis, parameter->defexpr, (TypeRef){argument->type.oid, -1});
            replay_settle(replay, &analysis, &inexact, "arguments", name);
            defaults++;
        }
        vec_add(replay->arena, &arguments, argument);
        if (argument->mode != 'o' && argument->mode != 't') {
            names[count] = argument->name;
            types[count++] = argument->type.oid;
        }
        if (argument->mode == 'v')
            variadic = catalog_element(replay->catalog, argument->type.oid);
        if (argument->mode != 'i' && argument->mode != 'v') {
            outs++;
            result.oid = argument->type.oid;
        }
    }
    if (outs) {
        all = arena_alloc(replay->arena, sizeof *all);
        *all = arguments;
    }
    if (outs > 1)
        result.oid = RECORDOID;
    if (create->return_type) {
        TypeRef said = types_resolve(replay->catalog, create->return_type, &problem);

        if (!outs || said.oid != RECORDOID)
            result.oid = outs > 1 ? (TypeRef){RECORDOID, -1}.oid : said.oid;
    } else if (create->is_procedure) {
        result.oid = outs ? RECORDOID : VOIDOID;
    } else if (!outs) {
        result.oid = VOIDOID;
    }
    function = function_find(replay->catalog, schema, name, types, count, false);
    if (function && !create->replace && !function->known) {
        replay_warn(replay, "function '%s' exists already", name);
        return;
    }
    comment = function ? function->comment : NULL;
    if (!function) {
        function = arena_alloc(replay->arena, sizeof *function);
        vec_add(replay->arena, &replay->catalog->functions, function);
    }
    *function = (Function){
        .proc = {.schema = replay_keep(replay, schema),
                 .name = name,
                 .result = result.oid,
                 .set = create->return_type && create->return_type->setof,
                 .kind = create->is_procedure ? 'p' : 'f',
                 .count = count,
                 .arguments = types,
                 .defaults = defaults,
                 .variadic = variadic,
                 .names = names,
                 .all = all},
        .arguments = arguments,
        .language = create->sql_body ? "sql" : "",
        .volatility = 'v',
        .parallel = 'u',
        .member = replay->extensions,
        .known = !replay->file,
        .comment = comment,
        .inexact = inexact,
    };
    for (size_t i = 0; i < arguments.count; i++)
        function->table |= ((const Argument *)arguments.items[i])->mode == 't';
    if (problem) {
        replay_warn(replay, "%s (function '%s')", problem, name);
        catalog_inexact(replay->catalog, &function->inexact, "arguments");
        catalog_inexact(replay->catalog, &function->inexact, "returns");
    }
    for (size_t i = 0; i < create->n_options; i++)
        function_option(replay, function, create->options[i]->def_elem);
    if (create->sql_body) {
        replay_warn(replay, "the SQL-standard body of function '%s' is not replayed", name);
        catalog_inexact(replay->catalog, &function->inexact, "body");
    }
    if (!function->cost)
        function->cost =
            strcmp(function->language, "c") == 0 || strcmp(function->language, "internal") == 0
                ? "1"
                : "100";
    if (function->proc.set && !function->rows)
        function->rows = 1000;
}

void function_create_aggregate(Replay *replay, const PgQuery__DefineStmt *define)
{
    const char *schema = tree_qualifier(define->defnames, define->n_defnames);
    const char *name = replay_keep(replay, tree_last(define->defnames, define->n_defnames));
    const PgQuery__List *list =
        define->n_args && define->args[0]->node_case == NODE(LIST) ? define->args[0]->list : NULL;
    size_t total = list ? list->n_items : 0;
    Oid *types = arena_alloc(replay->arena, (total + 1) * sizeof *types);
    Function *function = arena_alloc(replay->arena, sizeof *function);
    size_t count = 0;

    *function =
        (Function){.proc = {.schema = replay_keep(
                                replay, schema ? schema : catalog_creation_schema(replay->catalog)),
                            .name = name,
                            .kind = 'a',
                            .arguments = types},
                   .language = "internal",
                   .volatility = 'i',
                   .parallel = 'u',
                   .cost = "1",
                   .body = "aggregate_dummy",
                   .member = replay->extensions};
    for (size_t i = 0; i < total; i++) {
        const PgQuery__FunctionParameter *parameter =
            list->items[i]->node_case == NODE(FUNCTION_PARAMETER)
                ? list->items[i]->function_parameter
                : NULL;
        Argument *argument;

        if (!parameter)
            continue;
        argument = arena_alloc(replay->arena, sizeof *argument);
        argument->name = parameter->name ? replay_keep(replay, parameter->name) : "";
        argument->mode = mode_of(parameter->mode);
        argument->type = types_resolve(replay->catalog, parameter->arg_type, NULL);
        argument->type.modifier = -2;
        types[count++] = argument->type.oid;
        vec_add(replay->arena, &function->arguments, argument);
    }
    function->proc.count = count;
    for (size_t i = 0; i < define->n_definition; i++) {
        const PgQuery__DefElem *option = define->definition[i]->def_elem;

        if (strcmp(option->defname, "stype") == 0 && option->arg &&
            option->arg->node_case == NODE(TYPE_NAME))
            function->proc.result =
                types_resolve(replay->catalog, option->arg->type_name, NULL).oid;
    }
    for (size_t i = 0; i < define->n_definition; i++) {
        const PgQuery__DefElem *option = define->definition[i]->def_elem;
        const PgQuery__TypeName *type;
        const Function *final;

        if (strcmp(option->defname, "finalfunc") != 0 || !option->arg ||
            option->arg->node_case != NODE(TYPE_NAME))
            continue;
        type = option->arg->type_name;
        final = function_find(replay->catalog, tree_qualifier(type->names, type->n_names),
                              tree_last(type->names, type->n_names), NULL, 0, true);
        function->proc.result = final ? final->proc.result : 0;
    }
    if (!function->proc.result) {
        catalog_inexact(replay->catalog, &function->inexact, "returns");
        catalog_inexact(replay->catalog, &function->inexact, "return_type");
        replay_warn(replay, "the result type of aggregate '%s' is not known", name);
    }
    vec_add(replay->arena, &replay->catalog->functions, function);
}

void function_alter(Replay *replay, const PgQuery__AlterFunctionStmt *alter)
{
    Function *function = function_named(replay, alter->func);

    if (!function) {
        replay_warn(replay, "function '%s' is not known",
                    tree_last(alter->func->objname, alter->func->n_objname));
        return;
    }
    for (size_t i = 0; i < alter->n_actions; i++)
        function_option(replay, function, alter->actions[i]->def_elem);
}
