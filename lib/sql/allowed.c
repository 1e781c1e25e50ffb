#include "sql/allowed.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sql/pattern.h"

/* While it is put together: values is NULL where nothing is known, and a set without values has no
 * kind of its own. */
typedef struct Set {
    AllowedKind kind;
    size_t count;
    AllowedValue *values;
} Set;

typedef struct Asking {
    const char *column;
    Arena *arena;
} Asking;

static const Set unknown = {0};

static Set set_new(const Asking *asking, AllowedKind kind, size_t room)
{
    return (Set){.kind = kind,
                 .values = arena_alloc(asking->arena, (room + 1) * sizeof(AllowedValue))};
}

static bool value_equal(const AllowedValue *a, const AllowedValue *b)
{
    return strcmp(a->start, b->start) == 0 &&
           (a->end ? b->end && strcmp(a->end, b->end) == 0 : !b->end);
}

static bool set_has(const Set *set, const AllowedValue *value)
{
    for (size_t i = 0; i < set->count; i++)
        if (value_equal(&set->values[i], value))
            return true;
    return false;
}

static void set_add(Set *set, AllowedValue value)
{
    if (!set_has(set, &value))
        set->values[set->count++] = value;
}

static bool is_whole(const Set *set)
{
    for (size_t i = 0; i < set->count; i++)
        if (set->values[i].end)
            return false;
    return true;
}

static bool value_fits(const AllowedValue *form, const char *text)
{
    if (!form->end)
        return strcmp(form->start, text) == 0;
    size_t length = strlen(text), start = strlen(form->start), end = strlen(form->end);

    return length >= start + end && strncmp(form->start, text, start) == 0 &&
           strcmp(text + length - end, form->end) == 0;
}

static Set set_union(const Asking *asking, Set a, Set b)
{
    if (!a.values || !b.values || (a.count && b.count && a.kind != b.kind) ||
        a.count + b.count > ALLOWED_MAX)
        return unknown;
    Set both = set_new(asking, a.count ? a.kind : b.kind, a.count + b.count);

    for (size_t i = 0; i < a.count; i++)
        set_add(&both, a.values[i]);
    for (size_t i = 0; i < b.count; i++)
        set_add(&both, b.values[i]);
    return both;
}

/* Whole values are looked for among the others; of two sets of forms the first is right as well. */
static Set set_meet(Arena *arena, Set a, Set b)
{
    if (!a.values || !b.values || a.kind != b.kind)
        return a.values ? a : b;
    Set *whole = is_whole(&a) ? &a : is_whole(&b) ? &b : NULL;
    const Set *other = whole == &a ? &b : &a;
    const Asking asking = {.arena = arena};

    if (!whole)
        return a.count <= b.count ? a : b;
    Set met = set_new(&asking, whole->kind, whole->count);

    for (size_t i = 0; i < whole->count; i++) {
        bool fits = false;

        for (size_t k = 0; k < other->count && !fits; k++)
            fits = value_fits(&other->values[k], whole->values[i].start);
        if (fits)
            met.values[met.count++] = whole->values[i];
    }
    return met;
}

/* ---- pieces of expressions ---- */

typedef enum CastKind { CAST_OTHER, CAST_TEXT, CAST_INTEGER } CastKind;

/* A cast that changes no text, or no integer that fits: none with a length. */
static CastKind cast_kind(const PgQuery__TypeName *type, bool array)
{
    static const struct {
        const char *name;
        CastKind kind;
    } kinds[] = {
        {"text", CAST_TEXT},    {"varchar", CAST_TEXT}, {"int2", CAST_INTEGER},
        {"int4", CAST_INTEGER}, {"int8", CAST_INTEGER},
    };

    if (!type || type->n_typmods || type->setof || (type->n_array_bounds > 0) != array ||
        type->n_names > 2 ||
        (type->n_names == 2 && strcmp(tree_string(type->names[0]), "pg_catalog") != 0))
        return CAST_OTHER;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(tree_last(type->names, type->n_names), kinds[i].name) == 0)
            return kinds[i].kind;
    return CAST_OTHER;
}

/* What is under such casts, all of one kind. */
static const Node *uncast(const Node *node, bool array)
{
    CastKind kind = CAST_OTHER;

    while (node && node->node_case == NODE(TYPE_CAST)) {
        CastKind next = cast_kind(node->type_cast->type_name, array);

        if (next == CAST_OTHER || (kind != CAST_OTHER && next != kind))
            break;
        kind = next;
        node = node->type_cast->arg;
    }
    return node;
}

static bool is_column(const Asking *asking, const Node *node, bool array)
{
    const Node *bare = uncast(node, array);

    return bare && bare->node_case == NODE(COLUMN_REF) && bare->column_ref->n_fields == 1 &&
           bare->column_ref->fields[0]->node_case == NODE(STRING) &&
           strcmp(tree_string(bare->column_ref->fields[0]), asking->column) == 0;
}

/* A constant of either kind; an integer in its shortest form. */
static bool constant(const Asking *asking, const Node *node, AllowedKind *ret_kind,
                     const char **ret_text)
{
    const Node *bare = uncast(node, false);
    CastKind cast = node == bare ? CAST_OTHER : cast_kind(node->type_cast->type_name, false);
    bool is_constant = bare && bare->node_case == NODE(A_CONST) && !bare->a_const->isnull;

    if (!is_constant)
        return false;
    if (bare->a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL && cast != CAST_TEXT) {
        *ret_kind = ALLOWED_INTEGER;
        *ret_text = arena_printf(asking->arena, "%" PRId32, bare->a_const->ival->ival);
        return true;
    }
    if (bare->a_const->val_case != PG_QUERY__A__CONST__VAL_SVAL)
        return false;
    const char *text = bare->a_const->sval->sval ? bare->a_const->sval->sval : "";

    if (cast == CAST_INTEGER) {
        char *end = NULL;

        errno = 0;
        long long value = strtoll(text, &end, 10);

        if (errno || end == text || *end)
            return false;
        text = arena_printf(asking->arena, "%lld", value);
    }
    *ret_kind = cast == CAST_INTEGER ? ALLOWED_INTEGER : ALLOWED_TEXT;
    *ret_text = arena_strdup(asking->arena, text);
    return true;
}

static const char *text_constant(const Asking *asking, const Node *node)
{
    AllowedKind kind = ALLOWED_INTEGER;
    const char *text = NULL;

    return constant(asking, node, &kind, &text) && kind == ALLOWED_TEXT ? text : NULL;
}

static Set constants(const Asking *asking, Node *const *nodes, size_t count)
{
    if (count > ALLOWED_MAX)
        return unknown;
    Set set = set_new(asking, ALLOWED_TEXT, count);

    for (size_t i = 0; i < count; i++) {
        AllowedKind kind = ALLOWED_TEXT;
        AllowedValue value = {0};

        if (!constant(asking, nodes[i], &kind, &value.start) || (i && kind != set.kind))
            return unknown;
        set.kind = kind;
        set_add(&set, value);
    }
    return set;
}

/* The element at *at of an array's text, unquoted; NULL when it is NULL or an array. *at moves
 * behind it. Source: the manual's "Array Input and Output Syntax". */
static const char *array_element(const Asking *asking, const char **at)
{
    const char *from = *at + strspn(*at, " ");
    char *text = arena_strdup(asking->arena, from), *to = text;
    bool quoted = *from == '"';

    for (from += quoted; *from && (quoted ? *from != '"' : !strchr(",{}\"", *from)); from++) {
        from += *from == '\\' && from[1];
        *to++ = *from;
    }
    if (quoted != (*from == '"'))
        return NULL;
    *at = from + quoted + strspn(from + quoted, " ");
    while (!quoted && to > text && to[-1] == ' ')
        to--;
    *to = '\0';
    return quoted || (*text && strcasecmp(text, "null") != 0) ? text : NULL;
}

/* '{a,b}'::text[] */
static Set array_text(const Asking *asking, const char *at)
{
    size_t room = 1;

    for (const char *comma = at; (comma = strchr(comma, ',')); comma++)
        room++;
    if (*at++ != '{' || room > ALLOWED_MAX)
        return unknown;
    Set set = set_new(asking, ALLOWED_TEXT, room);

    do {
        AllowedValue value = {.start = array_element(asking, &at)};

        if (!value.start)
            return unknown;
        set_add(&set, value);
    } while (*at == ',' && at++);
    return strcmp(at, "}") == 0 ? set : unknown;
}

static Set array_constants(const Asking *asking, const Node *node)
{
    const Node *bare = uncast(node, true);

    if (bare != node && bare && bare->node_case == NODE(A_CONST) && !bare->a_const->isnull &&
        bare->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL && bare->a_const->sval->sval)
        return cast_kind(node->type_cast->type_name, true) == CAST_TEXT
                   ? array_text(asking, bare->a_const->sval->sval)
                   : unknown;
    return bare && bare->node_case == NODE(A_ARRAY_EXPR)
               ? constants(asking, bare->a_array_expr->elements, bare->a_array_expr->n_elements)
               : unknown;
}

/* A pattern's forms as values. */
static Set forms(const Asking *asking, bool (*read)(const char *, Arena *, Pattern *),
                 const Node *node)
{
    const char *text = text_constant(asking, node);
    Pattern pattern = {0};

    if (!text || !read(text, asking->arena, &pattern))
        return unknown;
    Set set = set_new(asking, ALLOWED_TEXT, pattern.count);

    for (size_t i = 0; i < pattern.count; i++) {
        AllowedValue value = {.start = pattern.starts[i], .end = pattern.end};

        if (value.end && !*value.start && !*value.end)
            return unknown;
        set_add(&set, value);
    }
    return set;
}

static Set beginning(const Asking *asking, const Node *node)
{
    const char *text = text_constant(asking, node);

    if (!text || !*text)
        return unknown;
    Set set = set_new(asking, ALLOWED_TEXT, 1);

    set_add(&set, (AllowedValue){.start = text, .end = ""});
    return set;
}

static Set of_operator(const Asking *asking, const PgQuery__AExpr *expr)
{
    const char *name = tree_last(expr->name, expr->n_name);
    const char *schema = tree_qualifier(expr->name, expr->n_name);
    bool column = is_column(asking, expr->lexpr, false);

    if (schema && strcmp(schema, "pg_catalog") != 0)
        return unknown;
    if (column && expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY && strcmp(name, "=") == 0)
        return array_constants(asking, expr->rexpr);
    if (column && expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_IN && strcmp(name, "=") == 0 &&
        expr->rexpr && expr->rexpr->node_case == NODE(LIST))
        return constants(asking, expr->rexpr->list->items, expr->rexpr->list->n_items);
    if (expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_LIKE)
        return column && strcmp(name, "~~") == 0 ? forms(asking, pattern_like, expr->rexpr)
                                                 : unknown;
    if (expr->kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP)
        return unknown;
    if (strcmp(name, "=") == 0 && (column || is_column(asking, expr->rexpr, false)))
        return constants(asking, column ? &expr->rexpr : &expr->lexpr, 1);
    if (column && strcmp(name, "~~") == 0)
        return forms(asking, pattern_like, expr->rexpr);
    if (column && strcmp(name, "~") == 0)
        return forms(asking, pattern_regex, expr->rexpr);
    if (column && strcmp(name, "^@") == 0)
        return beginning(asking, expr->rexpr);
    if (is_column(asking, expr->lexpr, true) && strcmp(name, "<@") == 0) {
        Set set = array_constants(asking, expr->rexpr);

        if (!set.values || set.kind != ALLOWED_TEXT)
            return unknown;
        set.kind = ALLOWED_ELEMENTS;
        return set;
    }
    return unknown;
}

static Set of_node(const Asking *asking, const Node *node)
{
    if (!node)
        return unknown;
    if (node->node_case == NODE(A_EXPR))
        return of_operator(asking, node->a_expr);
    if (node->node_case == NODE(NULL_TEST))
        return node->null_test->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL &&
                       (is_column(asking, node->null_test->arg, false) ||
                        is_column(asking, node->null_test->arg, true))
                   ? set_new(asking, ALLOWED_TEXT, 0)
                   : unknown;
    if (node->node_case == NODE(FUNC_CALL)) {
        const PgQuery__FuncCall *call = node->func_call;
        const char *schema = tree_qualifier(call->funcname, call->n_funcname);

        return (!schema || strcmp(schema, "pg_catalog") == 0) && call->n_args == 2 &&
                       strcmp(tree_last(call->funcname, call->n_funcname), "starts_with") == 0 &&
                       is_column(asking, call->args[0], false)
                   ? beginning(asking, call->args[1])
                   : unknown;
    }
    if (node->node_case != NODE(BOOL_EXPR) || !node->bool_expr->n_args)
        return unknown;
    const PgQuery__BoolExpr *expr = node->bool_expr;

    if (expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR)
        return unknown;
    Set set = of_node(asking, expr->args[0]);

    for (size_t i = 1; i < expr->n_args; i++) {
        Set next = of_node(asking, expr->args[i]);

        set = expr->boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR
                  ? set_meet(asking->arena, set, next)
                  : set_union(asking, set, next);
    }
    return set;
}

/* ---- whole constraints ---- */

static const PgQuery__Constraint *constraint_of(const SqlParse *parse)
{
    const Node *node = parse && parse->count == 1 ? parse->statements[0].node : NULL;

    if (!node || node->node_case != NODE(ALTER_TABLE_STMT) || node->alter_table_stmt->n_cmds != 1)
        return NULL;
    const Node *command = node->alter_table_stmt->cmds[0];
    const Node *definition =
        command->node_case == NODE(ALTER_TABLE_CMD) ? command->alter_table_cmd->def : NULL;

    return definition && definition->node_case == NODE(CONSTRAINT) ? definition->constraint : NULL;
}

SqlParse *allowed_parse(const char *definition)
{
    CLEANUP(arena_free) Arena arena = {0};
    const char *text = arena_join(&arena, "ALTER TABLE x ADD ", definition, NULL);
    SqlParse *parse = sql_parse(text, strlen(text));
    const PgQuery__Constraint *constraint = constraint_of(parse);

    if (!constraint || constraint->contype != PG_QUERY__CONSTR_TYPE__CONSTR_CHECK ||
        constraint->skip_validation || constraint->is_no_inherit)
        sql_parse_close(&parse);
    return parse;
}

const Allowed *allowed_of(const SqlParse *check, const char *column, Arena *arena)
{
    const Asking asking = {.column = column, .arena = arena};
    const PgQuery__Constraint *constraint = constraint_of(check);
    Set set = constraint ? of_node(&asking, constraint->raw_expr) : unknown;

    if (!set.values || !set.count)
        return NULL;
    Allowed *allowed = arena_alloc(arena, sizeof *allowed);

    *allowed = (Allowed){.kind = set.kind, .count = set.count, .values = set.values};
    return allowed;
}

static Set as_set(const Allowed *allowed)
{
    return (Set){
        .kind = allowed->kind, .count = allowed->count, .values = (AllowedValue *)allowed->values};
}

const Allowed *allowed_meet(const Allowed *a, const Allowed *b, Arena *arena)
{
    if (!a || !b)
        return a ? a : b;
    Set set = set_meet(arena, as_set(a), as_set(b));

    if (!set.count)
        return a;
    Allowed *met = arena_alloc(arena, sizeof *met);

    *met = (Allowed){.kind = set.kind, .count = set.count, .values = set.values};
    return met;
}
