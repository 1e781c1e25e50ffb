#include "replay/ask.h"

#include <stdlib.h>
#include <string.h>

#include "replay/names.h"
#include "replay/types.h"

enum { WORK_MAX = 2000000, DEPTH_MAX = 300, ROWS_MAX = 20000 };

typedef struct Item Item;

/* One entry of FROM. */
struct Item {
    const char *alias;
    RowSet set;
    bool ready;               /* set is filled */
    const Node *node;         /* otherwise: what gives it, once the entries before it have rows */
    bool is_left;             /* joined from the left: */
    const Node *outer_joined; /* ON what */
    const Row *row;           /* the one at hand */
};

typedef struct AskScope {
    struct AskScope *outer;
    Vec items;        /* Item */
    Vec ctes;         /* Item */
    Vec *group;       /* of bindings: aggregates are over these */
    bool group_maybe; /* some of which may not be there */
} AskScope;

typedef struct State {
    Ask *ask;
    AskScope *scope;
    int depth;
} State;

static const Value *evaluate(State *state, const Node *node);
static Answer select_in(State *state, const PgQuery__SelectStmt *select);

static const Value any_text = {.kind = VALUE_TEXT, .text = (const char[]){VALUE_ANY, '\0'}};

const char *ask_text(Ask *ask, const Value *value)
{
    switch (value->kind) {
    case VALUE_NULL:
        return NULL;
    case VALUE_BOOL:
        return value->number ? "true" : "false";
    case VALUE_NUMBER:
        return value->number == value->most
                   ? arena_printf(ask->arena, "%lld", (long long)value->number)
                   : any_text.text;
    case VALUE_TEXT:
        return value->text;
    case VALUE_OBJECT:
        value = rows_name(ask->replay, ask->arena, value);
        return value->kind == VALUE_TEXT ? value->text : any_text.text;
    case VALUE_UNKNOWN:
    case VALUE_ARRAY:
    case VALUE_ROW:
        break;
    }
    return any_text.text;
}

/* As a text, where that is what is wanted. */
static const Value *as_text(Ask *ask, const Value *value)
{
    return value->kind == VALUE_UNKNOWN ? &value_unknown
                                        : value_text(ask->arena, ask_text(ask, value));
}

/* ---- names ---- */

static const Value *row_column(const Item *item, const char *name)
{
    for (size_t i = 0; item->set.names && item->set.names[i]; i++)
        if (strcmp(item->set.names[i], name) == 0)
            return item->row ? item->row->values[i] : &value_unknown;
    return NULL;
}

static const Value *whole_row(Arena *arena, const Item *item)
{
    Value *value = arena_alloc(arena, sizeof *value);

    if (!item->row)
        return &value_unknown;
    /* One column without a name of its own is that value: unnest() AS name. */
    if (item->set.width == 1 && strcmp(item->set.names[0], item->alias) == 0)
        return item->row->values[0];
    *value = (Value){.kind = VALUE_ROW, .names = item->set.names};
    for (size_t i = 0; i < item->set.width; i++)
        vec_add(arena, &value->items, item->row->values[i]);
    return value;
}

static const Value *row_field(const Value *row, const char *name)
{
    for (size_t i = 0; row->kind == VALUE_ROW && i < row->items.count; i++)
        if (row->names && row->names[i] && strcmp(row->names[i], name) == 0)
            return row->items.items[i];
    return row->kind == VALUE_NULL ? &value_null : &value_unknown;
}

static const Value *column(State *state, const char *qualifier, const char *name)
{
    Ask *ask = state->ask;
    const Value *found = NULL;

    for (const AskScope *scope = state->scope; scope; scope = scope->outer) {
        for (size_t i = 0; i < scope->items.count && !found; i++) {
            const Item *item = scope->items.items[i];

            if (!qualifier || strcmp(item->alias, qualifier) == 0)
                found = row_column(item, name);
            /* A table whose columns are not known may have it. */
            if (!found && !item->set.names && item->ready &&
                (!qualifier || strcmp(item->alias, qualifier) == 0))
                found = &value_unknown;
        }
        if (found)
            return found;
        for (size_t i = 0; i < scope->items.count && !qualifier; i++)
            if (strcmp(((const Item *)scope->items.items[i])->alias, name) == 0)
                return whole_row(ask->arena, scope->items.items[i]);
    }
    found = ask->variable
                ? ask->variable(ask->context, qualifier ? qualifier : name, qualifier ? name : NULL)
                : NULL;
    return found ? found : &value_unknown;
}

static const Value *column_reference(State *state, const PgQuery__ColumnRef *reference)
{
    size_t count = reference->n_fields;
    const char *name = tree_last(reference->fields, count);
    const char *qualifier = tree_qualifier(reference->fields, count);

    return *name ? column(state, qualifier, name) : &value_unknown;
}

/* ---- operators ---- */

static const Value *negated(const Value *value)
{
    value = value_as_bool(value);
    return value->kind == VALUE_BOOL ? value_bool(!value->number) : value;
}

static const Value *concatenated(Ask *ask, const Value *a, const Value *b)
{
    if (a->kind == VALUE_NULL || b->kind == VALUE_NULL)
        return &value_null;
    if (a->kind == VALUE_ARRAY || b->kind == VALUE_ARRAY) {
        Vec items = {0};

        if (a->kind == VALUE_UNKNOWN || b->kind == VALUE_UNKNOWN)
            return &value_unknown;
        for (size_t i = 0; a->kind == VALUE_ARRAY && i < a->items.count; i++)
            vec_add(ask->arena, &items, a->items.items[i]);
        if (a->kind != VALUE_ARRAY)
            vec_add(ask->arena, &items, a);
        for (size_t i = 0; b->kind == VALUE_ARRAY && i < b->items.count; i++)
            vec_add(ask->arena, &items, b->items.items[i]);
        if (b->kind != VALUE_ARRAY)
            vec_add(ask->arena, &items, b);
        return value_array(ask->arena, &items);
    }
    return value_text(ask->arena, arena_join(ask->arena, ask_text(ask, a), ask_text(ask, b), NULL));
}

static const Value *like(Ask *ask, const Value *text, const Value *pattern, bool fold)
{
    const char *at = ask_text(ask, text), *want = ask_text(ask, pattern);

    if (!at || !want)
        return &value_null;
    if (strchr(at, VALUE_ANY) || strchr(want, VALUE_ANY) || strchr(at, VALUE_DATABASE))
        return &value_unknown;
    return value_bool(value_like(at, want, fold));
}

/* A regular expression that is a plain text, with ^ and $ at its ends. */
static const Value *matches(Ask *ask, const Value *text, const Value *pattern, bool fold)
{
    const char *at = ask_text(ask, text), *want = ask_text(ask, pattern);
    char *like_pattern, *to;
    bool from_start;
    size_t length;

    if (!at || !want)
        return &value_null;
    if (strchr(at, VALUE_ANY) || strchr(want, VALUE_ANY) || strchr(at, VALUE_DATABASE))
        return &value_unknown;
    from_start = *want == '^';
    want += from_start;
    length = strlen(want);
    to = like_pattern = arena_alloc(ask->arena, 2 * length + 3);
    if (!from_start)
        *to++ = '%';
    for (size_t i = 0; i < length; i++) {
        if (want[i] == '$' && i + 1 == length)
            break;
        if (want[i] == '.' && want[i + 1] == '*') {
            *to++ = '%';
            i++;
            continue;
        }
        if (strchr("\\.*+?()[]{}|^$", want[i]))
            return &value_unknown;
        if (want[i] == '%' || want[i] == '_')
            *to++ = '\\';
        *to++ = want[i];
    }
    if (!length || want[length - 1] != '$')
        *to++ = '%';
    *to = '\0';
    return value_bool(value_like(at, like_pattern, fold));
}

static const Value *compared(Ask *ask, const char *name, const Value *a, const Value *b)
{
    int order;

    if (strcmp(name, "=") == 0)
        return value_equal(ask->arena, a, b);
    if (strcmp(name, "<>") == 0 || strcmp(name, "!=") == 0)
        return negated(value_equal(ask->arena, a, b));
    if (a->kind == VALUE_NULL || b->kind == VALUE_NULL)
        return &value_null;
    /* How texts are sorted is the database's; only the same is the same. */
    if (a->kind == VALUE_TEXT && b->kind == VALUE_TEXT)
        return &value_unknown;
    /* Between two numbers of which one is not certain an order may still be. */
    if (a->kind == VALUE_NUMBER && b->kind == VALUE_NUMBER) {
        bool less = a->most < b->number, at_most = a->most <= b->number;
        bool more = a->number > b->most, at_least = a->number >= b->most;

        if (strcmp(name, "<") == 0)
            return less ? &value_true : at_least ? &value_false : &value_unknown;
        if (strcmp(name, "<=") == 0)
            return at_most ? &value_true : more ? &value_false : &value_unknown;
        if (strcmp(name, ">") == 0)
            return more ? &value_true : at_most ? &value_false : &value_unknown;
        if (strcmp(name, ">=") == 0)
            return at_least ? &value_true : less ? &value_false : &value_unknown;
    }
    order = value_compare(ask->arena, a, b);
    if (order == 2)
        return &value_unknown;
    if (strcmp(name, "<") == 0)
        return value_bool(order < 0);
    if (strcmp(name, "<=") == 0)
        return value_bool(order <= 0);
    if (strcmp(name, ">") == 0)
        return value_bool(order > 0);
    if (strcmp(name, ">=") == 0)
        return value_bool(order >= 0);
    return &value_unknown;
}

static const Value *arithmetic(Ask *ask, char sign, const Value *a, const Value *b)
{
    enum { LARGE = 1000000000 };

    if (a->kind == VALUE_NULL || b->kind == VALUE_NULL)
        return &value_null;
    a = value_as_number(ask->arena, a);
    b = value_as_number(ask->arena, b);
    if (a->kind != VALUE_NUMBER || b->kind != VALUE_NUMBER || !value_is_certain(a) ||
        !value_is_certain(b) || llabs(a->number) > LARGE || llabs(b->number) > LARGE)
        return &value_unknown;
    switch (sign) {
    case '+':
        return value_number(ask->arena, a->number + b->number);
    case '-':
        return value_number(ask->arena, a->number - b->number);
    case '*':
        return value_number(ask->arena, a->number * b->number);
    case '/':
        return b->number ? value_number(ask->arena, a->number / b->number) : &value_unknown;
    case '%':
        return b->number ? value_number(ask->arena, a->number % b->number) : &value_unknown;
    default:
        return &value_unknown;
    }
}

static const Value *operated(Ask *ask, const char *name, const Value *a, const Value *b)
{
    if (strcmp(name, "||") == 0)
        return concatenated(ask, a, b);
    if (strcmp(name, "~~") == 0 || strcmp(name, "~~*") == 0)
        return like(ask, a, b, name[2] == '*');
    if (strcmp(name, "!~~") == 0 || strcmp(name, "!~~*") == 0)
        return negated(like(ask, a, b, name[3] == '*'));
    if (strcmp(name, "~") == 0 || strcmp(name, "~*") == 0)
        return matches(ask, a, b, name[1] == '*');
    if (strcmp(name, "!~") == 0 || strcmp(name, "!~*") == 0)
        return negated(matches(ask, a, b, name[2] == '*'));
    if (strlen(name) == 1 && strchr("+-*/%", *name))
        return arithmetic(ask, *name, a, b);
    return compared(ask, name, a, b);
}

/* Whether one (any) or each of the values fits. */
static const Value *over_values(Ask *ask, const char *name, const Value *left, const Vec *values,
                                bool all)
{
    const Value *result = value_bool(all);

    for (size_t i = 0; i < values->count; i++) {
        const Value *one = operated(ask, name, left, values->items[i]);

        if (all ? (one->kind == VALUE_BOOL && !one->number) : value_is_true(one))
            return value_bool(!all);
        if (one->kind == VALUE_UNKNOWN || (one->kind == VALUE_NULL && result->kind == VALUE_BOOL))
            result = one;
    }
    return result;
}

/* "{a,b}" of texts without quotes. */
static const Value *array_of_text(Ask *ask, const Value *value)
{
    Vec items = {0};
    const char *at;

    if (value->kind != VALUE_TEXT || *value->text != '{' || strpbrk(value->text, "\"\\\001"))
        return value->kind == VALUE_TEXT ? &value_unknown : value;
    for (at = value->text + 1; *at && *at != '}';) {
        size_t length = strcspn(at, ",}");

        vec_add(ask->arena, &items, value_text(ask->arena, arena_strndup(ask->arena, at, length)));
        at += length;
        at += *at == ',';
    }
    return value_array(ask->arena, &items);
}

static void list_values(State *state, const Node *node, Vec *ret)
{
    if (node && node->node_case == NODE(LIST))
        for (size_t i = 0; i < node->list->n_items; i++)
            vec_add(state->ask->arena, ret, evaluate(state, node->list->items[i]));
    else
        vec_add(state->ask->arena, ret, evaluate(state, node));
}

static const Value *operation(State *state, const PgQuery__AExpr *expr)
{
    Ask *ask = state->ask;
    const char *name = tree_last(expr->name, expr->n_name);
    const Value *left = expr->lexpr ? evaluate(state, expr->lexpr) : &value_null;
    const Value *right;
    Vec values = {0};

    switch (expr->kind) {
    case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
        list_values(state, expr->rexpr, &values);
        left = over_values(ask, "=", left, &values, false);
        return strcmp(name, "<>") == 0 ? negated(left) : left;
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL:
        right = array_of_text(ask, evaluate(state, expr->rexpr));
        return right->kind == VALUE_ARRAY
                   ? over_values(ask, name, left, &right->items,
                                 expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL)
               : right->kind == VALUE_NULL ? &value_null
                                           : &value_unknown;
    case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
    case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
        right = evaluate(state, expr->rexpr);
        if (left->kind == VALUE_UNKNOWN || right->kind == VALUE_UNKNOWN)
            return &value_unknown;
        left = left->kind == VALUE_NULL || right->kind == VALUE_NULL
                   ? value_bool(left->kind == right->kind)
                   : value_equal(ask->arena, left, right);
        return expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT ? negated(left) : left;
    case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
        right = evaluate(state, expr->rexpr);
        if (left->kind == VALUE_NULL || right->kind == VALUE_NULL)
            return left;
        right = value_equal(ask->arena, left, right);
        return right->kind == VALUE_BOOL ? (right->number ? &value_null : left) : &value_unknown;
    case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
    case PG_QUERY__A__EXPR__KIND__AEXPR_LIKE:
    case PG_QUERY__A__EXPR__KIND__AEXPR_ILIKE:
        right = evaluate(state, expr->rexpr);
        if (!expr->lexpr)
            return strcmp(name, "-") == 0 ? arithmetic(ask, '-', value_number(ask->arena, 0), right)
                                          : &value_unknown;
        return operated(ask, name, left, right);
    case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
        list_values(state, expr->rexpr, &values);
        if (values.count == 2) {
            left = value_is_false(compared(ask, ">=", left, values.items[0])) ||
                           value_is_false(compared(ask, "<=", left, values.items[1]))
                       ? &value_false
                   : value_is_true(compared(ask, ">=", left, values.items[0])) &&
                           value_is_true(compared(ask, "<=", left, values.items[1]))
                       ? &value_true
                       : &value_unknown;
            return left;
        }
        return &value_unknown;
    default:
        return &value_unknown;
    }
}

static const Value *boolean(State *state, const PgQuery__BoolExpr *expr)
{
    bool and = expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR;
    const Value *result = value_bool(and);

    if (expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR)
        return negated(evaluate(state, expr->args[0]));
    for (size_t i = 0; i < expr->n_args; i++) {
        const Value *one = value_as_bool(evaluate(state, expr->args[i]));

        if (one->kind == VALUE_BOOL && (one->number != 0) != and)
            return one;
        if (one->kind == VALUE_UNKNOWN || (one->kind == VALUE_NULL && result->kind == VALUE_BOOL))
            result = one;
    }
    return result;
}

static const Value *case_of(State *state, const PgQuery__CaseExpr *expr)
{
    const Value *subject = expr->arg ? evaluate(state, expr->arg) : NULL;

    for (size_t i = 0; i < expr->n_args; i++) {
        const PgQuery__CaseWhen *when = expr->args[i]->case_when;
        const Value *condition = evaluate(state, when->expr);

        if (subject)
            condition = value_equal(state->ask->arena, subject, condition);
        if (value_is_true(condition))
            return evaluate(state, when->result);
        if (!value_is_false(condition))
            return &value_unknown;
    }
    return expr->defresult ? evaluate(state, expr->defresult) : &value_null;
}

/* ---- casts ---- */

/* schema.name as a text that is one; false when it is not so plain. */
static bool split_name(Ask *ask, const char *text, const char **ret_schema, const char **ret_name)
{
    const char *parts[2];
    size_t count = 0;

    while (*text && count < 2) {
        if (*text == '"') {
            size_t length = strcspn(text + 1, "\"");

            parts[count++] = arena_strndup(ask->arena, text + 1, length);
            text += length + 1;
            text += *text == '"';
        } else {
            size_t length = strcspn(text, ".(");
            char *part = arena_strndup(ask->arena, text, length);

            for (char *c = part; *c; c++)
                *c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
            parts[count++] = part;
            text += length;
        }
        if (*text != '.')
            break;
        text++;
    }
    if (!count || (*text && *text != '('))
        return false;
    *ret_schema = count == 2 ? parts[0] : NULL;
    *ret_name = parts[count - 1];
    return true;
}

static const Value *registered(Ask *ask, char of, const void *object)
{
    Value *value = arena_alloc(ask->arena, sizeof *value);

    *value = (Value){.kind = VALUE_OBJECT, .of = of, .object = object, .registered = true};
    return value;
}

/* A type as it is written; 0 when it is not so simple. */
static const Type *type_written(Ask *ask, const char *text)
{
    const char *sql = arena_printf(ask->arena, "select null::%s", text);
    SqlParse *parse = sql_parse(sql, strlen(sql));
    const Node *node = parse->count == 1 ? parse->statements[0].node : NULL;
    const Node *value = node && node->node_case == NODE(SELECT_STMT)
                            ? node->select_stmt->target_list[0]->res_target->val
                            : NULL;
    const Type *type = NULL;

    if (value && value->node_case == NODE(TYPE_CAST)) {
        const PgQuery__TypeName *name = value->type_cast->type_name;
        const char *schema = tree_qualifier(name->names, name->n_names);
        const char *last = tree_last(name->names, name->n_names);

        type = catalog_type_named(ask->replay->catalog, schema, last);
        if (type && name->n_array_bounds)
            type = catalog_type(ask->replay->catalog, type->array);
        if (type && (type->kind == TYPE_MISSING || !*type->schema))
            type = NULL;
    }
    sql_parse_close(&parse);
    return type;
}

/* The object of that name; NULL when there is none, value_unknown when that is not known. */
static const Value *object_named(Ask *ask, const char *kind, const char *text)
{
    Catalog *catalog = ask->replay->catalog;
    const char *schema = NULL, *name = NULL;
    Relation *relation = NULL;

    if (strchr(text, VALUE_ANY))
        return &value_unknown;
    if (strcmp(kind, "regtype") == 0) {
        const Type *type = type_written(ask, text);

        return type ? registered(ask, 't', type) : NULL;
    }
    if (!split_name(ask, text, &schema, &name))
        return &value_unknown;
    if (schema && (strcmp(schema, "pg_catalog") == 0 || strcmp(schema, "information_schema") == 0))
        return &value_unknown;
    if (strcmp(kind, "regnamespace") == 0) {
        const void *found = rows_schema(ask->replay, name);

        return found ? registered(ask, 'n', found) : NULL;
    }
    if (strcmp(kind, "regclass") == 0) {
        Relation *found = catalog_relation(catalog, schema, name);

        if (found && found->known && !ask->replay->supabase)
            found = NULL;
        if (found)
            return registered(ask, 'r', found);
        if (ask->replay->unread[KIND_TABLE])
            return &value_unknown;
        {
            const Index *index = object_index(ask->replay, schema, name, &relation);
            const Constraint *constraint =
                object_index_constraint(ask->replay, schema, name, &relation);

            if (index)
                return registered(ask, 'i', index);
            return constraint ? registered(ask, 'i', constraint->index) : NULL;
        }
    }
    if (strcmp(kind, "regproc") == 0 || strcmp(kind, "regprocedure") == 0) {
        const char *bracket = strchr(text, '(');
        size_t count = 0, own = 0;
        Oid types[64];
        bool known = true;
        Function *found;

        builtin_functions(name, &own);
        if (own && !schema)
            return &value_unknown;
        if (bracket) {
            const char *list = arena_strndup(ask->arena, bracket + 1, strcspn(bracket + 1, ")"));

            if (strchr(list, '('))
                return &value_unknown;
            for (const char *at = list; *at && count < 64;) {
                size_t length = strcspn(at, ",");
                const Type *type = type_written(ask, arena_strndup(ask->arena, at, length));

                known = known && type;
                types[count++] = type ? type->oid : 0;
                at += length;
                at += *at == ',';
            }
        }
        if (!known)
            return ask->replay->unread[KIND_FUNCTION] ? &value_unknown : NULL;
        found = function_find(catalog, schema, name, types, count, !bracket);
        if (found && found->known && !ask->replay->supabase)
            found = NULL;
        if (!found && ask->replay->unread[KIND_FUNCTION])
            return &value_unknown;
        return found ? registered(ask, 'p', found) : NULL;
    }
    return &value_unknown;
}

Oid ask_type(Ask *ask, const char *text)
{
    const Type *type = strchr(text, '%') ? NULL : type_written(ask, text);

    return type ? type->oid : 0;
}

const Value *ask_as_type(Ask *ask, const Value *value, Oid type)
{
    const Type *known = catalog_type(ask->replay->catalog, type);
    const Value *found;

    if (value->kind != VALUE_TEXT || !known)
        return value;
    switch (type) {
    case BOOLOID:
        return value_as_bool(value);
    case INT2OID:
    case INT4OID:
    case INT8OID:
        return value_as_number(ask->arena, value);
    default:
        break;
    }
    if (strncmp(known->name, "reg", 3) != 0)
        return known->category == 'A' ? array_of_text(ask, value) : value;
    found = object_named(ask, known->name, value->text);
    return found ? found : &value_unknown;
}

static const Value *cast(State *state, const PgQuery__TypeCast *node)
{
    Ask *ask = state->ask;
    const Value *value = evaluate(state, node->arg);
    const char *name = tree_last(node->type_name->names, node->type_name->n_names);

    if (value->kind == VALUE_NULL || value->kind == VALUE_UNKNOWN)
        return value;
    if (node->type_name->n_array_bounds) {
        value = array_of_text(ask, value);
        return value->kind == VALUE_ARRAY ? value : &value_unknown;
    }
    if (strncmp(name, "reg", 3) == 0) {
        const Value *found;

        if (value->kind == VALUE_OBJECT)
            return registered(ask, value->of, value->object);
        found = value->kind == VALUE_TEXT ? object_named(ask, name, value->text) : &value_unknown;
        /* Without one the statement fails, which is the caller's trouble. */
        return found ? found : &value_unknown;
    }
    if (strcmp(name, "oid") == 0 && value->kind == VALUE_OBJECT)
        return value_object(ask->arena, value->of, value->object);
    if (strcmp(name, "text") == 0 || strcmp(name, "varchar") == 0 || strcmp(name, "name") == 0 ||
        strcmp(name, "bpchar") == 0 || strcmp(name, "char") == 0)
        return as_text(ask, value);
    if (strcmp(name, "int4") == 0 || strcmp(name, "int8") == 0 || strcmp(name, "int2") == 0)
        return value_as_number(ask->arena, value);
    if (strcmp(name, "bool") == 0)
        return value_as_bool(value);
    /* Of an enum and such its label; other types are not compared by their text. */
    {
        const Type *type = catalog_type_named(
            ask->replay->catalog, tree_qualifier(node->type_name->names, node->type_name->n_names),
            name);

        return type && type->kind == TYPE_ENUM && value->kind == VALUE_TEXT ? value
                                                                            : &value_unknown;
    }
}

/* ---- functions ---- */

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
    const Value *array = array_of_text(ask, argument(arguments, 0));

    if (array->kind != VALUE_ARRAY)
        return array->kind == VALUE_NULL ? &value_null : &value_unknown;
    return value_number(ask->arena, (int64_t)array->items.count);
}

/* array_length() and array_upper() of an empty array are null. */
static const Value *fn_array_length(Ask *ask, const Vec *arguments)
{
    const Value *array = array_of_text(ask, argument(arguments, 0));

    if (array->kind == VALUE_ARRAY && !array->items.count)
        return &value_null;
    return fn_cardinality(ask, arguments);
}

static const Value *fn_array_append(Ask *ask, const Vec *arguments)
{
    const Value *array = argument(arguments, 0);

    return array->kind == VALUE_ARRAY ? concatenated(ask, array, argument(arguments, 1))
                                      : &value_unknown;
}

static const Value *fn_coalesce(Ask *ask, const Vec *arguments)
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
    return found_or_null(object_named(ask, kind, value->text));
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
    return &any_text;
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

/* ---- aggregates ---- */

static bool is_aggregate(const PgQuery__FuncCall *call)
{
    size_t count = 0;
    const BuiltinFunction *rows =
        builtin_functions(tree_last(call->funcname, call->n_funcname), &count);

    return count && rows[0].kind != 'f' && rows[0].kind != 'p' && rows[0].kind != 'w' &&
           !call->over;
}

static void bind(AskScope *scope, const Vec *rows)
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

        bind(scope, rows);
        for (size_t k = 0; k < rows->count; k++)
            maybe |= rows->items[k] && ((const Row *)rows->items[k])->maybe;
        if (call->agg_filter && !value_is_true(evaluate(state, call->agg_filter))) {
            sure = sure && value_is_false(evaluate(state, call->agg_filter));
            continue;
        }
        value = call->n_args ? evaluate(state, call->args[0]) : &value_true;
        if (call->n_args > 1) {
            const char *text = ask_text(ask, evaluate(state, call->args[1]));

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
        return over_values(ask, "=", &value_true, &values, false);
    if (strcmp(name, "bool_and") == 0 || strcmp(name, "every") == 0)
        return over_values(ask, "=", &value_true, &values, true);
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

static const Value *function_call(State *state, const PgQuery__FuncCall *call)
{
    Ask *ask = state->ask;
    const char *name = tree_last(call->funcname, call->n_funcname);
    const char *schema = tree_qualifier(call->funcname, call->n_funcname);
    bool named = false;
    Function *function;
    Vec arguments = {0};

    if (is_aggregate(call))
        return state->scope && state->scope->group ? aggregate(state, call) : &value_unknown;
    for (size_t i = 0; i < call->n_args; i++) {
        named |= call->args[i]->node_case == NODE(NAMED_ARG_EXPR);
        vec_add(ask->arena, &arguments,
                evaluate(state, call->args[i]->node_case == NODE(NAMED_ARG_EXPR)
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

static const Value *sql_value(const PgQuery__SQLValueFunction *function)
{
    static const char database[] = {VALUE_DATABASE, '\0'};
    static const Value name = {.kind = VALUE_TEXT, .text = database},
                       user = {.kind = VALUE_TEXT, .text = "postgres"};

    switch (function->op) {
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_CATALOG:
        return &name;
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_USER:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_SESSION_USER:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_USER:
    case PG_QUERY__SQLVALUE_FUNCTION_OP__SVFOP_CURRENT_ROLE:
        return &user;
    default:
        return &value_unknown;
    }
}

/* ---- expressions ---- */

static const Value *constant(Ask *ask, const PgQuery__AConst *node)
{
    if (node->isnull)
        return &value_null;
    switch (node->val_case) {
    case PG_QUERY__A__CONST__VAL_SVAL:
        return value_text(ask->arena, node->sval->sval ? node->sval->sval : "");
    case PG_QUERY__A__CONST__VAL_IVAL:
        return value_number(ask->arena, node->ival->ival);
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
        return value_bool(node->boolval->boolval);
    default:
        return &value_unknown;
    }
}

static const Value *sublink(State *state, const PgQuery__SubLink *link)
{
    Ask *ask = state->ask;
    Answer answer = link->subselect && link->subselect->node_case == NODE(SELECT_STMT)
                        ? select_in(state, link->subselect->select_stmt)
                        : (Answer){0};
    Vec values = {0};
    bool maybe = false;

    if (link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK)
        return ask_exists(&answer);
    if (link->sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK)
        return ask_scalar(&answer);
    if (!answer.known)
        return &value_unknown;
    for (size_t i = 0; i < answer.set.rows.count; i++) {
        const Row *row = answer.set.rows.items[i];

        maybe |= row->maybe;
        vec_add(ask->arena, &values, answer.set.width ? row->values[0] : &value_unknown);
    }
    switch (link->sub_link_type) {
    case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK:
        return maybe ? &value_unknown : value_array(ask->arena, &values);
    case PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK: {
        const char *name = link->n_oper_name ? tree_last(link->oper_name, link->n_oper_name) : "=";
        const Value *left = evaluate(state, link->testexpr);
        const Value *found = over_values(ask, name, left, &values, false);

        /* One that may not be there cannot make it true, nor may its absence make it false. */
        return maybe && !(found->kind == VALUE_BOOL && !found->number) ? &value_unknown : found;
    }
    default:
        return &value_unknown;
    }
}

static const Value *element(State *state, const PgQuery__AIndirection *node)
{
    Ask *ask = state->ask;
    const Value *value = evaluate(state, node->arg);

    for (size_t i = 0; i < node->n_indirection; i++) {
        const Node *step = node->indirection[i];

        if (step->node_case == NODE(STRING)) {
            value = row_field(value, tree_string(step));
        } else if (step->node_case == NODE(A_INDICES) && !step->a_indices->is_slice &&
                   value->kind == VALUE_ARRAY) {
            const Value *place =
                value_as_number(ask->arena, evaluate(state, step->a_indices->uidx));

            if (!value_is_certain(place) || place->kind != VALUE_NUMBER)
                return &value_unknown;
            value = place->number >= 1 && (size_t)place->number <= value->items.count
                        ? value->items.items[place->number - 1]
                        : &value_null;
        } else {
            return &value_unknown;
        }
    }
    return value;
}

static const Value *array(State *state, const PgQuery__AArrayExpr *node)
{
    Vec items = {0};

    for (size_t i = 0; i < node->n_elements; i++)
        vec_add(state->ask->arena, &items, evaluate(state, node->elements[i]));
    return value_array(state->ask->arena, &items);
}

static const Value *row(State *state, const PgQuery__RowExpr *node)
{
    Value *value = arena_alloc(state->ask->arena, sizeof *value);

    *value = (Value){.kind = VALUE_ROW};
    for (size_t i = 0; i < node->n_args; i++)
        vec_add(state->ask->arena, &value->items, evaluate(state, node->args[i]));
    return value;
}

static const Value *null_test(State *state, const PgQuery__NullTest *node)
{
    const Value *value = evaluate(state, node->arg);
    bool want = node->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL;

    if (value->kind == VALUE_UNKNOWN || value->kind == VALUE_ROW)
        return &value_unknown;
    return value_bool((value->kind == VALUE_NULL) == want);
}

static const Value *boolean_test(State *state, const PgQuery__BooleanTest *node)
{
    const Value *value = value_as_bool(evaluate(state, node->arg));

    if (value->kind == VALUE_UNKNOWN)
        return value;
    switch (node->booltesttype) {
    case PG_QUERY__BOOL_TEST_TYPE__IS_TRUE:
        return value_bool(value_is_true(value));
    case PG_QUERY__BOOL_TEST_TYPE__IS_NOT_TRUE:
        return value_bool(!value_is_true(value));
    case PG_QUERY__BOOL_TEST_TYPE__IS_FALSE:
        return value_bool(value->kind == VALUE_BOOL && !value->number);
    case PG_QUERY__BOOL_TEST_TYPE__IS_NOT_FALSE:
        return value_bool(value->kind != VALUE_BOOL || value->number);
    default:
        return &value_unknown;
    }
}

static const Value *parameter(Ask *ask, const PgQuery__ParamRef *node)
{
    const Value *value =
        ask->variable
            ? ask->variable(ask->context, arena_printf(ask->arena, "$%d", node->number), NULL)
            : NULL;

    return value ? value : &value_unknown;
}

static const Value *evaluate_deeper(State *state, const Node *node)
{
    Ask *ask = state->ask;

    switch (node->node_case) {
    case NODE(A_CONST):
        return constant(ask, node->a_const);
    case NODE(COLUMN_REF):
        return column_reference(state, node->column_ref);
    case NODE(PARAM_REF):
        return parameter(ask, node->param_ref);
    case NODE(A_EXPR):
        return operation(state, node->a_expr);
    case NODE(BOOL_EXPR):
        return boolean(state, node->bool_expr);
    case NODE(NULL_TEST):
        return null_test(state, node->null_test);
    case NODE(BOOLEAN_TEST):
        return boolean_test(state, node->boolean_test);
    case NODE(TYPE_CAST):
        return cast(state, node->type_cast);
    case NODE(FUNC_CALL):
        return function_call(state, node->func_call);
    case NODE(SUB_LINK):
        return sublink(state, node->sub_link);
    case NODE(CASE_EXPR):
        return case_of(state, node->case_expr);
    case NODE(COALESCE_EXPR): {
        Vec values = {0};

        for (size_t i = 0; i < node->coalesce_expr->n_args; i++)
            vec_add(ask->arena, &values, evaluate(state, node->coalesce_expr->args[i]));
        return fn_coalesce(ask, &values);
    }
    case NODE(A_ARRAY_EXPR):
        return array(state, node->a_array_expr);
    case NODE(ROW_EXPR):
        return row(state, node->row_expr);
    case NODE(A_INDIRECTION):
        return element(state, node->a_indirection);
    case NODE(COLLATE_CLAUSE):
        return evaluate(state, node->collate_clause->arg);
    case NODE(SQLVALUE_FUNCTION):
        return sql_value(node->sqlvalue_function);
    default:
        return &value_unknown;
    }
}

static const Value *evaluate(State *state, const Node *node)
{
    const Value *value = &value_unknown;

    if (!node || state->depth >= DEPTH_MAX || ++state->ask->work > WORK_MAX)
        return value;
    state->depth++;
    value = evaluate_deeper(state, node);
    state->depth--;
    return value;
}

/* ---- queries ---- */

const Value *ask_exists(const Answer *answer)
{
    bool maybe = !answer->known;

    for (size_t i = 0; answer->known && i < answer->set.rows.count; i++) {
        if (!((const Row *)answer->set.rows.items[i])->maybe)
            return &value_true;
        maybe = true;
    }
    return maybe ? &value_unknown : &value_false;
}

const Value *ask_scalar(const Answer *answer)
{
    const Row *row;

    if (!answer->known || answer->set.rows.count > 1 || !answer->set.width)
        return &value_unknown;
    if (!answer->set.rows.count)
        return &value_null;
    row = answer->set.rows.items[0];
    return row->maybe ? &value_unknown : row->values[0];
}

static const char *alias_of(const PgQuery__Alias *alias, const char *otherwise)
{
    return alias && tree_given(alias->aliasname) ? alias->aliasname : otherwise;
}

/* The columns go by other names: of the query's own rows, so the list is copied. */
static void rename_columns(Ask *ask, RowSet *set, const PgQuery__Alias *alias)
{
    const char **names;

    if (!alias || !alias->n_colnames || !set->names)
        return;
    names = arena_alloc(ask->arena, (set->width + 1) * sizeof *names);
    for (size_t i = 0; i < set->width; i++)
        names[i] = i < alias->n_colnames ? tree_string(alias->colnames[i]) : set->names[i];
    set->names = names;
}

/* A table of the schema: empty when nothing filled it. */
static void table_rows(Ask *ask, const Relation *relation, RowSet *set)
{
    const char **names = arena_alloc(ask->arena, (relation->columns.count + 1) * sizeof *names);

    for (size_t i = 0; i < relation->columns.count; i++)
        names[i] = ((const Column *)relation->columns.items[i])->name;
    *set = (RowSet){.names = names, .width = relation->columns.count};
    if (relation->kind == 'v' || relation->kind == 'm' || relation->kind == 'f' ||
        relation->kind == 'S' || relation->filled || ask->replay->filled ||
        (relation->known && relation->kind != 'r'))
        rows_add_maybe(ask->arena, set);
    for (size_t i = 0; i < relation->children.count; i++) {
        const Relation *child = relation->children.items[i];

        if (child->filled)
            rows_add_maybe(ask->arena, set);
    }
}

static bool range_rows(State *state, const PgQuery__RangeVar *range, RowSet *ret)
{
    Ask *ask = state->ask;
    const char *schema = tree_given(range->schemaname);
    const Relation *relation;

    if (!schema)
        for (const AskScope *scope = state->scope; scope; scope = scope->outer)
            for (size_t i = 0; i < scope->ctes.count; i++) {
                const Item *cte = scope->ctes.items[i];

                if (strcmp(cte->alias, range->relname) == 0) {
                    *ret = cte->set;
                    return true;
                }
            }
    relation = catalog_relation(ask->replay->catalog, schema, range->relname);
    if (!schema || strcmp(schema, "pg_catalog") == 0 || strcmp(schema, "information_schema") == 0)
        if (rows_catalog(ask->replay, ask->arena, schema, range->relname, ret))
            return true;
    if (!relation) {
        *ret = (RowSet){0};
        rows_add_maybe(ask->arena, ret);
        return true;
    }
    table_rows(ask, relation, ret);
    return true;
}

static void one_column(Ask *ask, RowSet *set, const char *name, const Vec *values)
{
    const char **names = arena_alloc(ask->arena, 2 * sizeof *names);

    names[0] = name;
    *set = (RowSet){.names = names, .width = 1};
    for (size_t i = 0; i < values->count && i < ROWS_MAX; i++) {
        Row *one = arena_alloc(ask->arena, sizeof *one);

        one->values = arena_alloc(ask->arena, sizeof *one->values);
        one->values[0] = values->items[i];
        vec_add(ask->arena, &set->rows, one);
    }
}

static bool function_rows(State *state, const PgQuery__RangeFunction *range, const char *alias,
                          RowSet *ret)
{
    Ask *ask = state->ask;
    const Node *list = range->n_functions == 1 ? range->functions[0] : NULL;
    const Node *node = list && list->node_case == NODE(LIST) ? list->list->items[0] : NULL;
    const PgQuery__FuncCall *call =
        node && node->node_case == NODE(FUNC_CALL) ? node->func_call : NULL;
    const char *name = call ? tree_last(call->funcname, call->n_funcname) : "";
    Vec values = {0};

    if (range->ordinality || !call)
        return false;
    if (strcmp(name, "unnest") == 0 && call->n_args == 1) {
        const Value *items = array_of_text(ask, evaluate(state, call->args[0]));

        if (items->kind != VALUE_ARRAY)
            return false;
        one_column(ask, ret, alias, &items->items);
        return true;
    }
    if (strcmp(name, "generate_series") == 0 && call->n_args == 2) {
        const Value *from = value_as_number(ask->arena, evaluate(state, call->args[0]));
        const Value *to = value_as_number(ask->arena, evaluate(state, call->args[1]));

        if (from->kind != VALUE_NUMBER || to->kind != VALUE_NUMBER || !value_is_certain(from) ||
            !value_is_certain(to) || to->number - from->number > ROWS_MAX)
            return false;
        for (int64_t i = from->number; i <= to->number; i++)
            vec_add(ask->arena, &values, value_number(ask->arena, i));
        one_column(ask, ret, alias, &values);
        return true;
    }
    return false;
}

/* Fills an entry from the rows that those before it have at hand. */
static bool item_ready(State *state, Item *item)
{
    const Node *node = item->node;
    bool ok = true;

    if (item->ready)
        return true;
    item->set = (RowSet){0};
    if (node->node_case == NODE(RANGE_VAR)) {
        ok = range_rows(state, node->range_var, &item->set);
        rename_columns(state->ask, &item->set, node->range_var->alias);
        item->ready = true;
    } else if (node->node_case == NODE(RANGE_SUBSELECT)) {
        const Node *query = node->range_subselect->subquery;
        Answer answer = query && query->node_case == NODE(SELECT_STMT)
                            ? select_in(state, query->select_stmt)
                            : (Answer){0};

        ok = answer.known;
        item->set = answer.set;
        rename_columns(state->ask, &item->set, node->range_subselect->alias);
    } else if (node->node_case == NODE(RANGE_FUNCTION)) {
        ok = function_rows(state, node->range_function, item->alias, &item->set);
        rename_columns(state->ask, &item->set, node->range_function->alias);
    } else {
        ok = false;
    }
    return ok;
}

static Item *item_add(State *state, const Node *node, const char *alias)
{
    Item *item = arena_alloc(state->ask->arena, sizeof *item);

    item->node = node;
    item->alias = alias;
    vec_add(state->ask->arena, &state->scope->items, item);
    return item;
}

/* The entries of FROM one behind the other, conditions of inner joins in ret_conditions. */
static bool add_from(State *state, const Node *node, Vec *ret_conditions, const Node *left_on)
{
    Item *item = NULL;

    switch (node->node_case) {
    case NODE(RANGE_VAR):
        item = item_add(state, node, alias_of(node->range_var->alias, node->range_var->relname));
        /* Its columns are known before it has a row. */
        if (!item_ready(state, item))
            return false;
        break;
    case NODE(RANGE_SUBSELECT):
        item = item_add(state, node, alias_of(node->range_subselect->alias, ""));
        break;
    case NODE(RANGE_FUNCTION): {
        const Node *list =
            node->range_function->n_functions == 1 ? node->range_function->functions[0] : NULL;
        const Node *call = list && list->node_case == NODE(LIST) ? list->list->items[0] : NULL;

        item = item_add(
            state, node,
            alias_of(node->range_function->alias,
                     call && call->node_case == NODE(FUNC_CALL)
                         ? tree_last(call->func_call->funcname, call->func_call->n_funcname)
                         : ""));
        break;
    }
    case NODE(JOIN_EXPR): {
        const PgQuery__JoinExpr *join = node->join_expr;
        bool left = join->jointype == PG_QUERY__JOIN_TYPE__JOIN_LEFT;
        size_t before = state->scope->items.count;

        if (left_on || (!left && join->jointype != PG_QUERY__JOIN_TYPE__JOIN_INNER) ||
            join->is_natural || join->alias)
            return false;
        if (!add_from(state, join->larg, ret_conditions, NULL))
            return false;
        if (left && (join->n_using_clause || !join->quals))
            return false;
        if (!add_from(state, join->rarg, ret_conditions, left ? join->quals : NULL))
            return false;
        if (join->n_using_clause) {
            /* The same name on both sides: compared by place. */
            for (size_t i = 0; i < join->n_using_clause; i++)
                vec_add(state->ask->arena, ret_conditions, join->using_clause[i]);
            return state->scope->items.count - before == 2;
        }
        if (!left && join->quals)
            vec_add(state->ask->arena, ret_conditions, join->quals);
        return true;
    }
    default:
        return false;
    }
    if (left_on) {
        item->is_left = true;
        item->outer_joined = left_on;
    }
    return true;
}

/* Conditions that all have to hold, each for itself. */
static void add_conditions(Arena *arena, Vec *ret, const Node *node)
{
    if (!node)
        return;
    if (node->node_case == NODE(BOOL_EXPR) &&
        node->bool_expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) {
        for (size_t i = 0; i < node->bool_expr->n_args; i++)
            add_conditions(arena, ret, node->bool_expr->args[i]);
        return;
    }
    vec_add(arena, ret, node);
}

static bool has_query(const Node *node)
{
    return node->node_case == NODE(SUB_LINK) ||
           (node->node_case == NODE(BOOL_EXPR) && node->bool_expr->n_args == 1 &&
            node->bool_expr->args[0]->node_case == NODE(SUB_LINK));
}

/* A column of USING: equal in the two entries that have it. */
static const Value *using_equal(State *state, const char *name)
{
    const Value *found[2] = {NULL, NULL};
    size_t count = 0;

    for (size_t i = 0; i < state->scope->items.count && count < 2; i++) {
        const Value *value = row_column(state->scope->items.items[i], name);

        if (value)
            found[count++] = value;
    }
    return count == 2 ? value_equal(state->ask->arena, found[0], found[1]) : &value_unknown;
}

static const Value *condition_holds(State *state, const Node *node)
{
    return node->node_case == NODE(STRING) ? using_equal(state, tree_string(node))
                                           : value_as_bool(evaluate(state, node));
}

typedef struct Finding {
    const Vec *conditions;
    Vec *found; /* Vec of Row: bindings */
    Vec maybes; /* parallel: a row when it may not be there */
    bool failed;
} Finding;

static void find_rows(State *state, Finding *finding, size_t level, bool maybe);

static void next_row(State *state, Finding *finding, Item *item, const Row *row, size_t level,
                     bool maybe)
{
    bool last = level + 1 == state->scope->items.count;

    item->row = row;
    maybe |= row && row->maybe;
    for (size_t i = 0; !last && i < finding->conditions->count; i++) {
        const Node *node = finding->conditions->items[i];

        if (!has_query(node) && value_is_false(condition_holds(state, node)))
            return;
    }
    find_rows(state, finding, level + 1, maybe);
}

static void find_rows(State *state, Finding *finding, size_t level, bool maybe)
{
    Ask *ask = state->ask;
    AskScope *scope = state->scope;
    Item *item;
    RowSet set;
    bool matched = false, maybe_matched = false;

    if (finding->failed || ++ask->work > WORK_MAX || finding->found->count > ROWS_MAX) {
        finding->failed = true;
        return;
    }
    if (level == scope->items.count) {
        Vec *binding;

        for (size_t i = 0; i < finding->conditions->count; i++) {
            const Value *holds = condition_holds(state, finding->conditions->items[i]);

            if (value_is_false(holds))
                return;
            maybe |= holds->kind == VALUE_UNKNOWN;
        }
        binding = arena_alloc(ask->arena, sizeof *binding);
        for (size_t i = 0; i < scope->items.count; i++)
            vec_add(ask->arena, binding, ((const Item *)scope->items.items[i])->row);
        vec_add(ask->arena, finding->found, binding);
        vec_add(ask->arena, &finding->maybes, maybe ? binding : NULL);
        return;
    }
    item = scope->items.items[level];
    if (!item_ready(state, item)) {
        finding->failed = true;
        return;
    }
    set = item->set;
    for (size_t i = 0; i < set.rows.count && !finding->failed; i++) {
        const Row *one = set.rows.items[i];

        if (item->is_left) {
            const Value *holds;

            item->row = one;
            holds = value_as_bool(evaluate(state, item->outer_joined));
            if (value_is_false(holds))
                continue;
            if (holds->kind == VALUE_UNKNOWN || one->maybe)
                maybe_matched = true;
            else
                matched = true;
            next_row(state, finding, item, one, level, maybe || holds->kind == VALUE_UNKNOWN);
            continue;
        }
        next_row(state, finding, item, one, level, maybe);
    }
    if (item->is_left && !matched) {
        Row *nothing = arena_alloc(ask->arena, sizeof *nothing);

        nothing->values = arena_alloc(ask->arena, (set.width + 1) * sizeof *nothing->values);
        for (size_t i = 0; i < set.width; i++)
            nothing->values[i] = &value_null;
        next_row(state, finding, item, nothing, level, maybe || maybe_matched);
    }
    item->row = NULL;
}

static bool has_aggregate(const Node *node)
{
    if (!node)
        return false;
    switch (node->node_case) {
    case NODE(FUNC_CALL):
        if (is_aggregate(node->func_call))
            return true;
        for (size_t i = 0; i < node->func_call->n_args; i++)
            if (has_aggregate(node->func_call->args[i]))
                return true;
        return false;
    case NODE(A_EXPR):
        return has_aggregate(node->a_expr->lexpr) || has_aggregate(node->a_expr->rexpr);
    case NODE(BOOL_EXPR):
        for (size_t i = 0; i < node->bool_expr->n_args; i++)
            if (has_aggregate(node->bool_expr->args[i]))
                return true;
        return false;
    case NODE(TYPE_CAST):
        return has_aggregate(node->type_cast->arg);
    case NODE(NULL_TEST):
        return has_aggregate(node->null_test->arg);
    case NODE(COALESCE_EXPR):
        for (size_t i = 0; i < node->coalesce_expr->n_args; i++)
            if (has_aggregate(node->coalesce_expr->args[i]))
                return true;
        return false;
    case NODE(CASE_EXPR):
        for (size_t i = 0; i < node->case_expr->n_args; i++)
            if (has_aggregate(node->case_expr->args[i]->case_when->expr) ||
                has_aggregate(node->case_expr->args[i]->case_when->result))
                return true;
        return has_aggregate(node->case_expr->defresult);
    default:
        return false;
    }
}

static bool is_star(const Node *node)
{
    return node->node_case == NODE(COLUMN_REF) && node->column_ref->n_fields &&
           node->column_ref->fields[node->column_ref->n_fields - 1]->node_case == NODE(A_STAR);
}

/* The names of the result; stars are written out. */
static bool result_names(State *state, const PgQuery__SelectStmt *select, RowSet *set)
{
    Vec names = {0};

    for (size_t i = 0; i < select->n_target_list; i++) {
        const PgQuery__ResTarget *target = select->target_list[i]->res_target;

        if (target->val && is_star(target->val)) {
            const char *qualifier = target->val->column_ref->n_fields > 1
                                        ? tree_string(target->val->column_ref->fields[0])
                                        : NULL;

            for (size_t k = 0; k < state->scope->items.count; k++) {
                const Item *item = state->scope->items.items[k];

                if (qualifier && strcmp(item->alias, qualifier) != 0)
                    continue;
                if (!item->set.names && item->set.rows.count)
                    return false;
                for (size_t n = 0; n < item->set.width; n++)
                    vec_add(state->ask->arena, &names, item->set.names[n]);
            }
            continue;
        }
        vec_add(state->ask->arena, &names,
                tree_given(target->name) ? target->name : select_name(target->val));
    }
    set->width = names.count;
    vec_add(state->ask->arena, &names, NULL);
    set->names = (const char *const *)names.items;
    return true;
}

static Row *result_row(State *state, const PgQuery__SelectStmt *select, size_t width)
{
    Row *result = arena_alloc(state->ask->arena, sizeof *result);
    size_t at = 0;

    result->values = arena_alloc(state->ask->arena, (width + 1) * sizeof *result->values);
    for (size_t i = 0; i < select->n_target_list; i++) {
        const PgQuery__ResTarget *target = select->target_list[i]->res_target;

        if (target->val && is_star(target->val)) {
            const char *qualifier = target->val->column_ref->n_fields > 1
                                        ? tree_string(target->val->column_ref->fields[0])
                                        : NULL;

            for (size_t k = 0; k < state->scope->items.count; k++) {
                const Item *item = state->scope->items.items[k];

                if (qualifier && strcmp(item->alias, qualifier) != 0)
                    continue;
                for (size_t n = 0; n < item->set.width && at < width; n++)
                    result->values[at++] = item->row ? item->row->values[n] : &value_unknown;
            }
        } else if (at < width) {
            result->values[at++] = evaluate(state, target->val);
        }
    }
    return result;
}

/* Whether more than one row may come of a call. */
static bool gives_a_set(Ask *ask, const PgQuery__FuncCall *call)
{
    size_t count = 0;
    const char *name = tree_last(call->funcname, call->n_funcname);
    const BuiltinFunction *rows = builtin_functions(name, &count);
    size_t at = 0;
    const Function *function;
    bool set = false;

    for (size_t i = 0; i < count; i++)
        set |= rows[i].set;
    while ((function = catalog_function_next(ask->replay->catalog, name, &at)))
        set |= function->proc.set;
    return set;
}

/* unnest() and its like among the results: the first that there is, and its place. */
static const Value *result_set(State *state, const PgQuery__SelectStmt *select, size_t *ret_place)
{
    for (size_t i = 0; i < select->n_target_list; i++) {
        const Node *value = select->target_list[i]->res_target->val;
        const PgQuery__FuncCall *call =
            value && value->node_case == NODE(FUNC_CALL) ? value->func_call : NULL;
        const char *name = call ? tree_last(call->funcname, call->n_funcname) : "";

        if (call && strcmp(name, "unnest") == 0 && call->n_args == 1) {
            *ret_place = i;
            return array_of_text(state->ask, evaluate(state, call->args[0]));
        }
        if (call && gives_a_set(state->ask, call))
            return &value_unknown;
    }
    return NULL;
}

static bool same_row(Ask *ask, const RowSet *set, const Row *a, const Row *b)
{
    for (size_t i = 0; i < set->width; i++)
        if (!(a->values[i]->kind == VALUE_NULL && b->values[i]->kind == VALUE_NULL) &&
            !value_is_true(value_equal(ask->arena, a->values[i], b->values[i])))
            return false;
    return true;
}

static void drop_duplicates(Ask *ask, RowSet *set)
{
    for (size_t i = set->rows.count; i > 1; i--)
        for (size_t k = 0; k < i - 1; k++)
            if (!((const Row *)set->rows.items[k])->maybe &&
                same_row(ask, set, set->rows.items[k], set->rows.items[i - 1])) {
                vec_remove(&set->rows, set->rows.items[i - 1]);
                break;
            }
}

static Answer values_in(State *state, const PgQuery__SelectStmt *select)
{
    Ask *ask = state->ask;
    Answer answer = {.known = true};
    const char **names;

    answer.set.width = select->values_lists[0]->list->n_items;
    names = arena_alloc(ask->arena, (answer.set.width + 1) * sizeof *names);
    for (size_t i = 0; i < answer.set.width; i++)
        names[i] = arena_printf(ask->arena, "column%zu", i + 1);
    answer.set.names = names;
    for (size_t i = 0; i < select->n_values_lists; i++) {
        const PgQuery__List *list = select->values_lists[i]->list;
        Row *one = arena_alloc(ask->arena, sizeof *one);

        one->values = arena_alloc(ask->arena, (answer.set.width + 1) * sizeof *one->values);
        for (size_t k = 0; k < answer.set.width; k++)
            one->values[k] = k < list->n_items ? evaluate(state, list->items[k]) : &value_unknown;
        vec_add(ask->arena, &answer.set.rows, one);
    }
    return answer;
}

static Answer union_in(State *state, const PgQuery__SelectStmt *select)
{
    Answer left = select_in(state, select->larg), right = select_in(state, select->rarg);

    if (!left.known || !right.known || select->op != PG_QUERY__SET_OPERATION__SETOP_UNION ||
        left.set.width != right.set.width)
        return (Answer){0};
    for (size_t i = 0; i < right.set.rows.count; i++)
        vec_add(state->ask->arena, &left.set.rows, right.set.rows.items[i]);
    if (!select->all)
        drop_duplicates(state->ask, &left.set);
    return left;
}

static bool add_ctes(State *state, const PgQuery__WithClause *with)
{
    for (size_t i = 0; with && i < with->n_ctes; i++) {
        const PgQuery__CommonTableExpr *cte = with->ctes[i]->common_table_expr;
        Item *item = arena_alloc(state->ask->arena, sizeof *item);
        Answer answer =
            !with->recursive && cte->ctequery && cte->ctequery->node_case == NODE(SELECT_STMT)
                ? select_in(state, cte->ctequery->select_stmt)
                : (Answer){0};

        item->alias = cte->ctename;
        item->set = answer.set;
        if (!answer.known) {
            item->set = (RowSet){0};
            rows_add_maybe(state->ask->arena, &item->set);
        }
        vec_add(state->ask->arena, &state->scope->ctes, item);
    }
    return true;
}

/* In the order asked for, as far as values can be told apart. */
static void sort_rows(State *state, const PgQuery__SelectStmt *select, RowSet *set,
                      const Vec *bindings)
{
    Ask *ask = state->ask;
    const Node *by = select->sort_clause[0]->sort_by->node;
    bool descending =
        select->sort_clause[0]->sort_by->sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
    Vec keys = {0};

    for (size_t i = 0; i < set->rows.count; i++) {
        const Value *key = NULL;

        if (by->node_case == NODE(A_CONST) && by->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL)
            key = (size_t)by->a_const->ival->ival <= set->width && by->a_const->ival->ival > 0
                      ? ((const Row *)set->rows.items[i])->values[by->a_const->ival->ival - 1]
                      : &value_unknown;
        if (!key && by->node_case == NODE(COLUMN_REF) && by->column_ref->n_fields == 1)
            for (size_t k = 0; k < set->width && !key; k++)
                if (strcmp(set->names[k], tree_string(by->column_ref->fields[0])) == 0)
                    key = ((const Row *)set->rows.items[i])->values[k];
        if (!key && bindings && i < bindings->count) {
            bind(state->scope, bindings->items[i]);
            key = evaluate(state, by);
        }
        vec_add(ask->arena, &keys, key ? key : &value_unknown);
    }
    for (size_t i = 1; i < keys.count; i++)
        for (size_t k = i; k > 0; k--) {
            int order = value_compare(ask->arena, keys.items[k - 1], keys.items[k]);
            void *swap;

            if (order == 2 || (descending ? order >= 0 : order <= 0))
                break;
            swap = keys.items[k];
            keys.items[k] = keys.items[k - 1];
            keys.items[k - 1] = swap;
            swap = set->rows.items[k];
            set->rows.items[k] = set->rows.items[k - 1];
            set->rows.items[k - 1] = swap;
        }
}

static bool limited(State *state, const PgQuery__SelectStmt *select, RowSet *set)
{
    const Value *count;

    if (select->limit_offset)
        return false;
    if (!select->limit_count)
        return true;
    count = value_as_number(state->ask->arena, evaluate(state, select->limit_count));
    if (count->kind == VALUE_NULL)
        return true;
    if (count->kind != VALUE_NUMBER || !value_is_certain(count) || count->number < 0)
        return false;
    if ((size_t)count->number >= set->rows.count)
        return true;
    /* Which of them it is matters only where they differ. */
    for (size_t i = 1; i < set->rows.count; i++)
        if (((const Row *)set->rows.items[i])->maybe || !select->n_sort_clause) {
            if (!same_row(state->ask, set, set->rows.items[0], set->rows.items[i])) {
                /* Whether there is one at all is known still. */
                for (size_t k = 0; k < set->rows.count; k++) {
                    Row *one = set->rows.items[k];

                    for (size_t n = 0; n < set->width; n++)
                        one->values[n] = &value_unknown;
                }
                break;
            }
        }
    /* A row that is certain comes first. */
    for (size_t i = 1; i < set->rows.count && ((const Row *)set->rows.items[0])->maybe; i++)
        if (!((const Row *)set->rows.items[i])->maybe) {
            void *swap = set->rows.items[0];

            set->rows.items[0] = set->rows.items[i];
            set->rows.items[i] = swap;
        }
    set->rows.count = (size_t)count->number;
    return true;
}

static Answer select_here(State *state, const PgQuery__SelectStmt *select)
{
    Ask *ask = state->ask;
    Answer answer = {.known = true};
    Vec conditions = {0}, found = {0};
    Finding finding = {.conditions = &conditions, .found = &found};
    bool looking = ask->looking, aggregates = select->having_clause != NULL;
    bool expanded = false; /* more rows than were found */

    add_ctes(state, select->with_clause);
    if (select->n_values_lists)
        return values_in(state, select);
    if (select->larg)
        return union_in(state, select);
    for (size_t i = 0; i < select->n_from_clause; i++)
        if (!add_from(state, select->from_clause[i], &conditions, NULL))
            return (Answer){0};
    {
        Vec flat = {0};

        for (size_t i = 0; i < conditions.count; i++)
            add_conditions(ask->arena, &flat, conditions.items[i]);
        add_conditions(ask->arena, &flat, select->where_clause);
        conditions = flat;
    }
    ask->looking = true;
    find_rows(state, &finding, 0, false);
    ask->looking = looking;
    if (finding.failed)
        return (Answer){0};
    for (size_t i = 0; i < select->n_target_list; i++)
        aggregates |= has_aggregate(select->target_list[i]->res_target->val);
    if (!result_names(state, select, &answer.set))
        return (Answer){0};
    if (aggregates && !select->n_group_clause && !select->having_clause) {
        Row *one;

        state->scope->group = &found;
        for (size_t i = 0; i < found.count; i++)
            state->scope->group_maybe |= finding.maybes.items[i] != NULL;
        one = result_row(state, select, answer.set.width);
        state->scope->group = NULL;
        vec_add(ask->arena, &answer.set.rows, one);
        return answer;
    }
    if (select->n_group_clause || select->having_clause) {
        /* No rows, no groups; otherwise there may be some. */
        if (found.count)
            rows_add_maybe(ask->arena, &answer.set);
        return answer;
    }
    for (size_t i = 0; i < found.count; i++) {
        const Value *values;
        size_t place = 0;
        Row *one;

        bind(state->scope, found.items[i]);
        /* What a row that may not be there would call is not called. */
        ask->looking = looking || finding.maybes.items[i];
        one = result_row(state, select, answer.set.width);
        ask->looking = looking;
        one->maybe = finding.maybes.items[i] != NULL;
        values = result_set(state, select, &place);
        if (!values) {
            vec_add(ask->arena, &answer.set.rows, one);
            continue;
        }
        /* A star before it would have moved its place. */
        if (values->kind != VALUE_ARRAY || answer.set.width != select->n_target_list)
            return (Answer){0};
        for (size_t k = 0; k < values->items.count; k++) {
            Row *copy = arena_alloc(ask->arena, sizeof *copy);

            copy->maybe = one->maybe;
            copy->values = arena_alloc(ask->arena, (answer.set.width + 1) * sizeof *copy->values);
            memcpy(copy->values, one->values, answer.set.width * sizeof *copy->values);
            copy->values[place] = values->items.items[k];
            vec_add(ask->arena, &answer.set.rows, copy);
            expanded = true;
        }
    }
    if (select->n_sort_clause)
        sort_rows(state, select, &answer.set, expanded ? NULL : &found);
    if (select->n_distinct_clause)
        drop_duplicates(ask, &answer.set);
    if (!limited(state, select, &answer.set))
        return (Answer){0};
    return answer;
}

static Answer select_in(State *state, const PgQuery__SelectStmt *select)
{
    AskScope scope = {.outer = state->scope};
    Answer answer = {0};

    if (!select || state->depth >= DEPTH_MAX || ++state->ask->work > WORK_MAX)
        return answer;
    state->scope = &scope;
    state->depth++;
    answer = select_here(state, select);
    state->depth--;
    state->scope = scope.outer;
    return answer;
}

const Value *ask_expr(Ask *ask, const Node *node)
{
    State state = {.ask = ask};

    return evaluate(&state, node);
}

Answer ask_select(Ask *ask, const PgQuery__SelectStmt *select)
{
    State state = {.ask = ask};

    return select_in(&state, select);
}
