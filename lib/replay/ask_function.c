#include "replay/ask_parts.h"

#include <stdlib.h>
#include <string.h>

#include "replay/names.h"

typedef const Value *CallFn(Ask *ask, const Vec *arguments);

static const Value *argument(const Vec *arguments, size_t place)
{
    return place < arguments->count ? arguments->items[place] : &value_null;
}

/* Letters from first to last by that much further on; what is beyond ASCII is the locale's. */
static const Value *shifted(Ask *ask, const Vec *arguments, char first, char last, int by)
{
    char *text = arena_strdup(ask->arena, ask_text(ask, argument(arguments, 0)));

    for (char *c = text; text && *c; c++) {
        if (*c & 0x80)
            return &value_unknown;
        *c = *c >= first && *c <= last ? (char)(*c + by) : *c;
    }
    return value_text(ask->arena, text);
}

static const Value *fn_lower(Ask *ask, const Vec *arguments)
{
    return shifted(ask, arguments, 'A', 'Z', 32);
}

static const Value *fn_upper(Ask *ask, const Vec *arguments)
{
    return shifted(ask, arguments, 'a', 'z', -32);
}

static const Value *fn_concat(Ask *ask, const Vec *arguments)
{
    const char *text = "";

    for (size_t i = 0; i < arguments->count; i++) {
        const char *one = ask_text(ask, arguments->items[i]);

        text = arena_join(ask->arena, text, one ? one : "", NULL);
    }
    return value_text(ask->arena, text);
}

static const Value *joined(Ask *ask, const char *between, const Vec *items, size_t first)
{
    const char *text = NULL;

    for (size_t i = first; i < items->count; i++) {
        const char *one = ask_text(ask, items->items[i]);

        if (one)
            text = text ? arena_join(ask->arena, text, between, one, NULL) : one;
    }
    return value_text(ask->arena, text ? text : "");
}

static const Value *fn_concat_ws(Ask *ask, const Vec *arguments)
{
    const char *between = ask_text(ask, argument(arguments, 0));

    return between ? joined(ask, between, arguments, 1) : &value_null;
}

static const Value *fn_array_to_string(Ask *ask, const Vec *arguments)
{
    const Value *array = argument(arguments, 0);
    const char *between = ask_text(ask, argument(arguments, 1));

    return array->kind == VALUE_ARRAY && between ? joined(ask, between, &array->items, 0)
                                                 : &value_unknown;
}

static const Value *fn_string_to_array(Ask *ask, const Vec *arguments)
{
    const char *text = ask_text(ask, argument(arguments, 0));
    const char *between = ask_text(ask, argument(arguments, 1));
    Vec items = {0};

    if (!text || !between || !*between || strchr(text, VALUE_ANY))
        return &value_unknown;
    while (*text) {
        const char *end = strstr(text, between);

        vec_add(ask->arena, &items,
                value_text(ask->arena,
                           end ? arena_strndup(ask->arena, text, (size_t)(end - text)) : text));
        if (!end)
            break;
        text = end + strlen(between);
        if (!*text)
            vec_add(ask->arena, &items, value_text(ask->arena, ""));
    }
    return value_array(ask->arena, &items);
}

static const Value *fn_quote_ident(Ask *ask, const Vec *arguments)
{
    const char *text = ask_text(ask, argument(arguments, 0));

    return text ? value_text(ask->arena, names_quote(ask->arena, text)) : &value_null;
}

/* A backslash makes it an E'' string. */
static const char *quoted_literal(Ask *ask, const char *text)
{
    const char *literal = names_literal(ask->arena, text);
    char *result, *to;

    if (!strchr(text, '\\'))
        return literal;
    result = to = arena_alloc(ask->arena, 2 * strlen(literal) + 3);
    *to++ = ' ';
    *to++ = 'E';
    for (; *literal; literal++) {
        if (*literal == '\\')
            *to++ = '\\';
        *to++ = *literal;
    }
    return result;
}

static const Value *fn_quote_literal(Ask *ask, const Vec *arguments)
{
    const char *text = ask_text(ask, argument(arguments, 0));

    return text ? value_text(ask->arena, quoted_literal(ask, text)) : &value_null;
}

static const Value *fn_quote_nullable(Ask *ask, const Vec *arguments)
{
    const char *text = ask_text(ask, argument(arguments, 0));

    return value_text(ask->arena, text ? quoted_literal(ask, text) : "NULL");
}

static const Value *fn_format(Ask *ask, const Vec *arguments)
{
    const char *text = ask_text(ask, argument(arguments, 0)), *result = "";
    size_t at = 0;

    if (!text)
        return &value_null;
    while (*text) {
        size_t length = strcspn(text, "%");
        const Value *value;
        const char *one, *end = NULL;
        long place;

        result = arena_join(ask->arena, result, arena_strndup(ask->arena, text, length), NULL);
        text += length;
        if (!*text++)
            break;
        if (*text == '%') {
            result = arena_join(ask->arena, result, "%", NULL);
            text++;
            continue;
        }
        place = strtol(text, (char **)(uintptr_t)&end, 10);
        if (end > text && *end == '$') {
            text = end + 1;
            at = (size_t)place;
        } else {
            at++;
        }
        if (!*text || !strchr("sIL", *text))
            return &value_unknown; /* with a width, or wrong */
        if (at >= arguments->count)
            return &value_unknown;
        value = arguments->items[at];
        one = ask_text(ask, value);
        if (*text == 'I' && one)
            one = names_quote(ask->arena, one);
        else if (*text == 'L')
            one = one ? quoted_literal(ask, one) : "NULL";
        result = arena_join(ask->arena, result, one ? one : "", NULL);
        text++;
    }
    return value_text(ask->arena, result);
}

static const Value *fn_replace(Ask *ask, const Vec *arguments)
{
    const char *text = ask_text(ask, argument(arguments, 0));
    const char *from = ask_text(ask, argument(arguments, 1));
    const char *to = ask_text(ask, argument(arguments, 2)), *result = "";

    if (!text || !from || !to)
        return &value_null;
    if (strchr(text, VALUE_ANY) || strchr(from, VALUE_ANY) || strchr(text, VALUE_DATABASE))
        return &value_unknown;
    for (const char *found; *from && (found = strstr(text, from)); text = found + strlen(from))
        result = arena_join(ask->arena, result,
                            arena_strndup(ask->arena, text, (size_t)(found - text)), to, NULL);
    return value_text(ask->arena, arena_join(ask->arena, result, text, NULL));
}

static const Value *fn_trim(Ask *ask, const Vec *arguments)
{
    const char *text = ask_text(ask, argument(arguments, 0));
    size_t length;

    if (!text || arguments->count > 1 || strchr(text, VALUE_ANY))
        return text ? &value_unknown : &value_null;
    text += strspn(text, " ");
    length = strlen(text);
    while (length && text[length - 1] == ' ')
        length--;
    return value_text(ask->arena, arena_strndup(ask->arena, text, length));
}

static const Value *fn_split_part(Ask *ask, const Vec *arguments)
{
    const Value *array = fn_string_to_array(ask, arguments);
    const Value *place = value_as_number(ask->arena, argument(arguments, 2));

    if (array->kind != VALUE_ARRAY || place->kind != VALUE_NUMBER || place->number < 1)
        return &value_unknown;
    return (size_t)place->number <= array->items.count ? array->items.items[place->number - 1]
                                                       : value_text(ask->arena, "");
}

static const Value *fn_left(Ask *ask, const Vec *arguments)
{
    const char *text = ask_text(ask, argument(arguments, 0));
    const Value *length = value_as_number(ask->arena, argument(arguments, 1));

    if (!text || length->kind != VALUE_NUMBER || length->number < 0 || strchr(text, VALUE_ANY))
        return &value_unknown;
    for (const char *c = text; *c; c++)
        if (*c & 0x80)
            return &value_unknown;
    return value_text(ask->arena, (size_t)length->number < strlen(text)
                                      ? arena_strndup(ask->arena, text, (size_t)length->number)
                                      : text);
}

static const Value *fn_length(Ask *ask, const Vec *arguments)
{
    const char *text = ask_text(ask, argument(arguments, 0));
    int64_t length = 0;

    if (!text || strchr(text, VALUE_ANY) || strchr(text, VALUE_DATABASE))
        return text ? &value_unknown : &value_null;
    for (; *text; text++)
        length += ((unsigned char)*text & 0xc0) != 0x80;
    return value_number(ask->arena, length);
}

static const Value *fn_cardinality(Ask *ask, const Vec *arguments)
{
    const Value *array = ask_array_of_text(ask, argument(arguments, 0));

    if (array->kind != VALUE_ARRAY)
        return array->kind == VALUE_NULL ? &value_null : &value_unknown;
    return value_number(ask->arena, (int64_t)array->items.count);
}

/* array_length() and array_upper() of an empty array are null. */
static const Value *fn_array_length(Ask *ask, const Vec *arguments)
{
    const Value *array = ask_array_of_text(ask, argument(arguments, 0));

    if (array->kind == VALUE_ARRAY && !array->items.count)
        return &value_null;
    return fn_cardinality(ask, arguments);
}

static const Value *fn_array_append(Ask *ask, const Vec *arguments)
{
    const Value *array = argument(arguments, 0);

    return array->kind == VALUE_ARRAY ? ask_concatenated(ask, array, argument(arguments, 1))
                                      : &value_unknown;
}

const Value *ask_coalesce(Ask *ask, const Vec *arguments)
{
    (void)ask;
    for (size_t i = 0; i < arguments->count; i++) {
        const Value *value = arguments->items[i];

        if (value->kind != VALUE_NULL)
            return value;
    }
    return &value_null;
}

static const Value *fn_current_setting(Ask *ask, const Vec *arguments)
{
    const char *name = ask_text(ask, argument(arguments, 0));
    bool missing_ok = value_is_true(argument(arguments, 1));

    if (!name)
        return &value_null;
    /* Of the versions there are, as a number that any of them is. */
    if (strcmp(name, "server_version_num") == 0)
        return value_between(ask->arena, 130000, 199999);
    /* One of somebody's own that nobody set. */
    if (strchr(name, '.') && missing_ok && !strchr(name, VALUE_ANY) &&
        !vec_has_text(&ask->replay->settings, name))
        return &value_null;
    return &value_unknown;
}

static const Value *fn_current_database(Ask *ask, const Vec *arguments)
{
    static const char name[] = {VALUE_DATABASE, '\0'};

    (void)arguments;
    return value_text(ask->arena, name);
}

static const Value *fn_current_schema(Ask *ask, const Vec *arguments)
{
    (void)arguments;
    return value_text(ask->arena, catalog_creation_schema(ask->replay->catalog));
}

static const Value *found_or_null(const Value *value)
{
    return value ? value : &value_null;
}

static const Value *to_registered(Ask *ask, const Vec *arguments, const char *kind)
{
    const Value *value = argument(arguments, 0);

    if (value->kind != VALUE_TEXT)
        return value->kind == VALUE_NULL ? &value_null : &value_unknown;
    return found_or_null(ask_object_named(ask, kind, value->text));
}

static const Value *fn_to_regclass(Ask *ask, const Vec *arguments)
{
    return to_registered(ask, arguments, "regclass");
}

static const Value *fn_to_regtype(Ask *ask, const Vec *arguments)
{
    return to_registered(ask, arguments, "regtype");
}

static const Value *fn_to_regprocedure(Ask *ask, const Vec *arguments)
{
    return to_registered(ask, arguments, "regprocedure");
}

static const Value *fn_to_regnamespace(Ask *ask, const Vec *arguments)
{
    return to_registered(ask, arguments, "regnamespace");
}

static const Value *fn_pg_get_userbyid(Ask *ask, const Vec *arguments)
{
    const Value *value = argument(arguments, 0);

    (void)ask;
    return value->kind == VALUE_TEXT ? value : &value_unknown;
}

/* regexp_replace(), pg_get_constraintdef() and such: there is a text, but not known which. */
static const Value *fn_some_text(Ask *ask, const Vec *arguments)
{
    (void)ask;
    for (size_t i = 0; i < arguments->count; i++)
        if (((const Value *)arguments->items[i])->kind == VALUE_NULL)
            return &value_unknown;
    return &ask_any_text;
}

static const struct {
    const char *name;
    CallFn *call;
} calls[] = {
    {"lower", fn_lower},
    {"upper", fn_upper},
    {"concat", fn_concat},
    {"concat_ws", fn_concat_ws},
    {"array_to_string", fn_array_to_string},
    {"string_to_array", fn_string_to_array},
    {"quote_ident", fn_quote_ident},
    {"quote_literal", fn_quote_literal},
    {"quote_nullable", fn_quote_nullable},
    {"format", fn_format},
    {"replace", fn_replace},
    {"btrim", fn_trim},
    {"split_part", fn_split_part},
    {"left", fn_left},
    {"length", fn_length},
    {"char_length", fn_length},
    {"cardinality", fn_cardinality},
    {"array_length", fn_array_length},
    {"array_upper", fn_array_length},
    {"array_append", fn_array_append},
    {"current_setting", fn_current_setting},
    {"current_database", fn_current_database},
    {"current_schema", fn_current_schema},
    {"to_regclass", fn_to_regclass},
    {"to_regtype", fn_to_regtype},
    {"to_regproc", fn_to_regprocedure},
    {"to_regprocedure", fn_to_regprocedure},
    {"to_regnamespace", fn_to_regnamespace},
    {"pg_get_userbyid", fn_pg_get_userbyid},
    {"regexp_replace", fn_some_text},
    {"pg_get_constraintdef", fn_some_text},
    {"pg_get_indexdef", fn_some_text},
    {"pg_get_viewdef", fn_some_text},
    {"pg_get_functiondef", fn_some_text},
    {"pg_get_function_identity_arguments", fn_some_text},
    {"md5", fn_some_text},
};

bool ask_is_aggregate(const PgQuery__FuncCall *call)
{
    size_t count = 0;
    const BuiltinFunction *rows =
        builtin_functions(tree_last(call->funcname, call->n_funcname), &count);

    return count && rows[0].kind != 'f' && rows[0].kind != 'p' && rows[0].kind != 'w' &&
           !call->over;
}

void ask_bind(AskScope *scope, const Vec *rows)
{
    for (size_t i = 0; i < scope->items.count; i++)
        ((Item *)scope->items.items[i])->row = rows->items[i];
}

static const Value *aggregate(State *state, const PgQuery__FuncCall *call)
{
    Ask *ask = state->ask;
    AskScope *scope = state->scope;
    const char *name = tree_last(call->funcname, call->n_funcname);
    Vec *group = scope->group, values = {0};
    const char *between = "";
    int64_t certain = 0;
    bool sure = !scope->group_maybe;

    scope->group = NULL;
    for (size_t i = 0; i < group->count; i++) {
        const Vec *rows = group->items[i];
        const Value *value;
        bool maybe = false;

        ask_bind(scope, rows);
        for (size_t k = 0; k < rows->count; k++)
            maybe |= rows->items[k] && ((const Row *)rows->items[k])->maybe;
        if (call->agg_filter && !value_is_true(ask_evaluate(state, call->agg_filter))) {
            sure = sure && value_is_false(ask_evaluate(state, call->agg_filter));
            continue;
        }
        value = call->n_args ? ask_evaluate(state, call->args[0]) : &value_true;
        if (call->n_args > 1) {
            const char *text = ask_text(ask, ask_evaluate(state, call->args[1]));

            between = text ? text : "";
        }
        if (value->kind == VALUE_NULL && strcmp(name, "array_agg") != 0)
            continue;
        certain += !maybe && value->kind != VALUE_UNKNOWN;
        vec_add(ask->arena, &values, value);
    }
    scope->group = group;
    if (call->agg_distinct)
        sure = sure && values.count <= 1;
    if (strcmp(name, "count") == 0)
        return sure ? value_number(ask->arena, (int64_t)values.count)
                    : value_between(ask->arena, scope->group_maybe ? 0 : certain, INT32_MAX);
    if (!sure)
        return &value_unknown;
    if (!values.count)
        return &value_null;
    if (strcmp(name, "string_agg") == 0)
        return call->n_agg_order && values.count > 1 ? &value_unknown
                                                     : joined(ask, between, &values, 0);
    if (strcmp(name, "array_agg") == 0)
        return call->n_agg_order && values.count > 1 ? &value_unknown
                                                     : value_array(ask->arena, &values);
    if (values.count == 1 && (strcmp(name, "max") == 0 || strcmp(name, "min") == 0))
        return values.items[0];
    if (strcmp(name, "bool_or") == 0)
        return ask_over_values(ask, "=", &value_true, &values, false);
    if (strcmp(name, "bool_and") == 0 || strcmp(name, "every") == 0)
        return ask_over_values(ask, "=", &value_true, &values, true);
    return &value_unknown;
}

/* What the arguments fit best: by name and number, when that leaves one. */
static Function *function_called(Ask *ask, const char *schema, const char *name, size_t count)
{
    Catalog *catalog = ask->replay->catalog;
    Function *function, *found = NULL;
    size_t at = 0;

    while ((function = catalog_function_next(catalog, name, &at))) {
        if ((schema ? strcmp(function->proc.schema, schema) != 0
                    : !vec_has_text(&catalog->path, function->proc.schema)) ||
            count > function->proc.count || count + function->proc.defaults < function->proc.count)
            continue;
        if (found)
            return NULL;
        found = function;
    }
    return found;
}

const Value *ask_function_call(State *state, const PgQuery__FuncCall *call)
{
    Ask *ask = state->ask;
    const char *name = tree_last(call->funcname, call->n_funcname);
    const char *schema = tree_qualifier(call->funcname, call->n_funcname);
    bool named = false;
    Function *function;
    Vec arguments = {0};

    if (ask_is_aggregate(call))
        return state->scope && state->scope->group ? aggregate(state, call) : &value_unknown;
    for (size_t i = 0; i < call->n_args; i++) {
        named |= call->args[i]->node_case == NODE(NAMED_ARG_EXPR);
        vec_add(ask->arena, &arguments,
                ask_evaluate(state, call->args[i]->node_case == NODE(NAMED_ARG_EXPR)
                                        ? call->args[i]->named_arg_expr->arg
                                        : call->args[i]));
    }
    if (!schema || strcmp(schema, "pg_catalog") == 0)
        for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
            if (strcmp(calls[i].name, name) == 0)
                return call->func_variadic ? &value_unknown : calls[i].call(ask, &arguments);
    function = function_called(ask, schema, name, arguments.count);
    if (!function || !ask->call || ask->looking)
        return &value_unknown;
    /* Which argument has which name does not matter to one that is not known at all. */
    for (size_t i = 0; named && i < arguments.count; i++)
        arguments.items[i] = (void *)(uintptr_t)&value_unknown;
    return ask->call(ask->context, function, &arguments);
}
