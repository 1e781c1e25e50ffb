#include <string.h>
#include <strings.h>

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
    size_t at = 0;
    Function *function;

    while ((function = catalog_function_next(catalog, name, &at))) {
        if ((schema ? strcmp(function->proc.schema, schema) == 0
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
        function->library =
            list->n_items == 2 ? replay_keep(replay, tree_string(list->items[0])) : NULL;
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
        if (!role_setting(replay, &function->config, option->arg->variable_set_stmt)) {
            replay_warn(replay, "SET %s FROM CURRENT of function '%s' is not replayed",
                        option->arg->variable_set_stmt->name, function->proc.name);
            catalog_inexact(replay->catalog, &function->inexact, "config");
        }
    } else if (strcmp(name, "support") == 0 && option->arg &&
               option->arg->node_case == NODE(LIST)) {
        function->support =
            thing_function(replay, option->arg->list->items, option->arg->list->n_items, NULL);
    } else if (strcmp(name, "transform") == 0 && option->arg &&
               option->arg->node_case == NODE(LIST)) {
        for (size_t i = 0; i < option->arg->list->n_items; i++)
            vec_add(replay->arena, &function->transforms,
                    types_format(replay->catalog,
                                 types_resolve(replay->catalog,
                                               option->arg->list->items[i]->type_name, NULL)));
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
    Rights rights;
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
                analyse_specific(&analysis, parameter->defexpr, argument->type.oid);
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
    if (function && function->known && replay->file && !replay->supabase) {
        rights_begin(replay, &function->rights, 'f', schema);
        comment = NULL;
    }
    if (!function) {
        function = arena_alloc(replay->arena, sizeof *function);
        rights_begin(replay, &function->rights, 'f', schema);
        function->proc.name = name;
        catalog_function_add(replay->catalog, function);
    }
    rights = function->rights;
    *function = (Function){
        .number = function->number,
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
        .extension = replay->extension,
        .known = !replay->file,
        .rights = rights,
        .comment = comment,
        .inexact = inexact,
    };
    for (size_t i = 0; i < arguments.count; i++)
        function->table |= ((const Argument *)arguments.items[i])->mode == 't';
    if (problem) {
        replay_warn(replay, "%s (function '%s')", problem, name);
        catalog_inexact(replay->catalog, &function->inexact, "arguments");
        catalog_inexact(replay->catalog, &function->inexact, "returns");
        catalog_inexact(replay->catalog, &function->inexact, "return_type");
    }
    for (size_t i = 0; i < create->n_options; i++)
        function_option(replay, function, create->options[i]->def_elem);
    if (create->sql_body) {
        replay_warn(replay, "the SQL-standard body of function '%s' is not replayed", name);
        catalog_inexact(replay->catalog, &function->inexact, "body");
    }
    /* Of C, the file with its symbol, which is named like the function unless it is said. */
    if (strcmp(function->language, "c") == 0 && !function->library && !function->member) {
        function->library = function->body;
        function->body = function->proc.name;
    }
    if (!function->cost)
        function->cost =
            strcmp(function->language, "c") == 0 || strcmp(function->language, "internal") == 0
                ? "1"
                : "100";
    if (function->proc.set && !function->rows)
        function->rows = 1000;
}

/* Options of CREATE AGGREGATE and the members they become. */
static const struct {
    const char *option;
    const char *member;
    char form; /* f function, t type, n number, s text, b flag, m letter of what it modifies */
} aggregate_options[] = {
    {"sfunc", "aggregate_transition", 'f'},
    {"sfunc1", "aggregate_transition", 'f'},
    {"finalfunc", "aggregate_final", 'f'},
    {"combinefunc", "aggregate_combine", 'f'},
    {"serialfunc", "aggregate_serialize", 'f'},
    {"deserialfunc", "aggregate_deserialize", 'f'},
    {"msfunc", "aggregate_moving_transition", 'f'},
    {"minvfunc", "aggregate_moving_inverse", 'f'},
    {"mfinalfunc", "aggregate_moving_final", 'f'},
    {"finalfunc_extra", "aggregate_final_extra", 'b'},
    {"mfinalfunc_extra", "aggregate_moving_final_extra", 'b'},
    {"finalfunc_modify", "aggregate_final_modify", 'm'},
    {"mfinalfunc_modify", "aggregate_moving_final_modify", 'm'},
    {"stype", "aggregate_state", 't'},
    {"stype1", "aggregate_state", 't'},
    {"sspace", "aggregate_state_size", 'n'},
    {"mstype", "aggregate_moving_state", 't'},
    {"msspace", "aggregate_moving_state_size", 'n'},
    {"initcond", "aggregate_initial", 's'},
    {"initcond1", "aggregate_initial", 's'},
    {"minitcond", "aggregate_moving_initial", 's'},
};

static const char *word_of(Replay *replay, const Node *node)
{
    if (node && node->node_case == NODE(TYPE_NAME))
        return tree_last(node->type_name->names, node->type_name->n_names);
    return node && (node->node_case == NODE(INTEGER) || node->node_case == NODE(FLOAT))
               ? number_text(replay, node)
               : tree_string(node);
}

static void aggregate_option(Replay *replay, Function *function, const PgQuery__DefElem *option)
{
    json_t *value = NULL;
    bool known = true;
    const Node *arg = option->arg;
    const PgQuery__TypeName *type =
        arg && arg->node_case == NODE(TYPE_NAME) ? arg->type_name : NULL;

    if (strcmp(option->defname, "parallel") == 0)
        function->parallel = *word_of(replay, arg);
    if (strcmp(option->defname, "hypothetical") == 0 &&
        (!arg || arg->node_case != NODE(BOOLEAN) || arg->boolean->boolval))
        json_object_set_new(function->aggregate, "aggregate_kind", json_string("h"));
    if (strcmp(option->defname, "sortop") == 0) {
        replay_warn(replay, "the sort operator of aggregate '%s' is not replayed",
                    function->proc.name);
        catalog_inexact(replay->catalog, &function->inexact, "aggregate_sort_operator");
    }
    for (size_t i = 0; i < sizeof aggregate_options / sizeof *aggregate_options; i++) {
        if (strcmp(aggregate_options[i].option, option->defname) != 0)
            continue;
        switch (aggregate_options[i].form) {
        case 'f':
            value = type ? json_string(thing_function(replay, type->names, type->n_names, &known))
                         : NULL;
            if (!known)
                catalog_inexact(replay->catalog, &function->inexact, aggregate_options[i].member);
            break;
        case 't':
            value = type ? json_string(types_format(
                               replay->catalog,
                               (TypeRef){types_resolve(replay->catalog, type, NULL).oid, -1}))
                         : NULL;
            break;
        case 'n':
            value = json_integer(types_integer(arg, 0));
            break;
        case 'b':
            value = json_boolean(!arg || arg->node_case != NODE(BOOLEAN) || arg->boolean->boolval);
            break;
        case 'm': {
            const char *word = word_of(replay, arg);

            value = json_string(strcmp(word, "read_write") == 0  ? "w"
                                : strcmp(word, "shareable") == 0 ? "s"
                                                                 : "r");
            break;
        }
        default:
            value = json_string(word_of(replay, arg));
            break;
        }
        if (value)
            json_object_set_new(function->aggregate, aggregate_options[i].member, value);
    }
}

static void aggregate_arguments(Replay *replay, Function *function, Oid *types,
                                const PgQuery__List *list)
{
    for (size_t i = 0; list && i < list->n_items; i++) {
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
        types[function->proc.count++] = argument->type.oid;
        vec_add(replay->arena, &function->arguments, argument);
    }
}

/* CREATE AGGREGATE name (basetype = ...), as before 8.2: "ANY" is no argument. */
static void aggregate_base_type(Replay *replay, Function *function, Oid *types,
                                const PgQuery__DefineStmt *define)
{
    for (size_t i = 0; define->oldstyle && i < define->n_definition; i++) {
        const PgQuery__DefElem *option = define->definition[i]->def_elem;
        const PgQuery__TypeName *type = option->arg && option->arg->node_case == NODE(TYPE_NAME)
                                            ? option->arg->type_name
                                            : NULL;
        Argument *argument;

        if (!type || strcmp(option->defname, "basetype") != 0 ||
            strcasecmp(tree_last(type->names, type->n_names), "any") == 0)
            continue;
        argument = arena_alloc(replay->arena, sizeof *argument);
        argument->name = "";
        argument->mode = 'i';
        argument->type = (TypeRef){types_resolve(replay->catalog, type, NULL).oid, -2};
        types[function->proc.count++] = argument->type.oid;
        vec_add(replay->arena, &function->arguments, argument);
        return;
    }
}

static Oid aggregate_result(Replay *replay, const PgQuery__DefineStmt *define)
{
    Oid result = 0, state = 0;

    for (size_t i = 0; i < define->n_definition; i++) {
        const PgQuery__DefElem *option = define->definition[i]->def_elem;
        const PgQuery__TypeName *type = option->arg && option->arg->node_case == NODE(TYPE_NAME)
                                            ? option->arg->type_name
                                            : NULL;

        if (!type)
            continue;
        if (strncmp(option->defname, "stype", 5) == 0)
            state = types_resolve(replay->catalog, type, NULL).oid;
        if (strcmp(option->defname, "finalfunc") == 0) {
            const char *schema = tree_qualifier(type->names, type->n_names);
            const char *name = tree_last(type->names, type->n_names);
            const Function *final = function_find(replay->catalog, schema, name, NULL, 0, true);
            size_t count = 0;
            const BuiltinFunction *own = builtin_functions(name, &count);

            if (!final && count != 1)
                return 0;
            result = final ? final->proc.result : own->result;
        }
    }
    return result ? result : state;
}

void function_create_aggregate(Replay *replay, const PgQuery__DefineStmt *define)
{
    const char *schema = tree_qualifier(define->defnames, define->n_defnames);
    const char *name = replay_keep(replay, tree_last(define->defnames, define->n_defnames));
    const PgQuery__List *list =
        define->n_args && define->args[0]->node_case == NODE(LIST) ? define->args[0]->list : NULL;
    Oid *types = arena_alloc(replay->arena, ((list ? list->n_items : 0) + 2) * sizeof *types);
    int64_t direct = define->n_args > 1 ? types_integer(define->args[1], -1) : -1;
    Function *function = arena_alloc(replay->arena, sizeof *function);
    Function *old;

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
                   .extension = replay->extension,
                   .member = replay->extensions,
                   .aggregate = replay_object(replay)};
    rights_begin(replay, &function->rights, 'f', function->proc.schema);
    aggregate_arguments(replay, function, types, list);
    aggregate_base_type(replay, function, types, define);
    for (size_t i = 0; i < 2; i++)
        json_object_set_new(function->aggregate,
                            i ? "aggregate_moving_final_modify" : "aggregate_final_modify",
                            json_string(direct >= 0 ? "w" : "r"));
    if (direct >= 0) {
        function->ordered_from = (size_t)direct + 1;
        json_object_set_new(function->aggregate, "aggregate_kind", json_string("o"));
        if (direct)
            json_object_set_new(function->aggregate, "aggregate_direct_arguments",
                                json_integer(direct));
    }
    for (size_t i = 0; i < define->n_definition; i++)
        aggregate_option(replay, function, define->definition[i]->def_elem);
    function->proc.result = aggregate_result(replay, define);
    if (!function->proc.result) {
        catalog_inexact(replay->catalog, &function->inexact, "returns");
        catalog_inexact(replay->catalog, &function->inexact, "return_type");
        replay_warn(replay, "the result type of aggregate '%s' is not known", name);
    }
    old = function_find(replay->catalog, function->proc.schema, name, types, function->proc.count,
                        false);
    if (old && define->replace) {
        function->rights = old->rights;
        function->comment = old->comment;
        catalog_function_remove(replay->catalog, old);
    }
    catalog_function_add(replay->catalog, function);
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
