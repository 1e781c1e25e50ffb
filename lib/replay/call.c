#include <string.h>

#include "replay/analyse.h"
#include "replay/types.h"

enum { CALL_ARGUMENTS_MAX = 100 };

typedef struct Candidate {
    Oid arguments[CALL_ARGUMENTS_MAX];
    size_t count;
    Oid result;
    const Proc *proc;
    const char *schema;  /* of an operator */
    const Operator *own; /* which that is, unless it is the server's */
    bool variadic;       /* expanded */
} Candidate;

static bool is_preferred(const Analysis *analysis, char category, Oid oid)
{
    const Type *type = catalog_type(analysis->catalog, oid);

    return type && type->category == category && type->preferred;
}

static char category_of(const Analysis *analysis, Oid oid)
{
    const Type *type = catalog_type(analysis->catalog, oid);

    return type ? type->category : 'U';
}

static bool is_family(Oid oid, bool compatible)
{
    return compatible ? oid == ANYCOMPATIBLEOID || oid == ANYCOMPATIBLEARRAYOID ||
                            oid == ANYCOMPATIBLENONARRAYOID || oid == ANYCOMPATIBLERANGEOID ||
                            oid == ANYCOMPATIBLEMULTIRANGEOID
                      : oid == ANYELEMENTOID || oid == ANYARRAYOID || oid == ANYNONARRAYOID ||
                            oid == ANYENUMOID || oid == ANYRANGEOID || oid == ANYMULTIRANGEOID;
}

/* check_generic_type_consistency(): the element types that a family of polymorphic arguments would
 * stand for must be one, or have one in common. */
static bool is_consistent(const Analysis *analysis, const Candidate *candidate, const Oid *types,
                          size_t arguments, bool compatible)
{
    Oid found = 0;

    for (size_t i = 0; i < arguments; i++) {
        Oid declared = candidate->arguments[i];
        Oid actual = types[i];

        if (!is_family(declared, compatible) || actual == UNKNOWNOID || !actual)
            continue;
        if (declared == ANYARRAYOID || declared == ANYCOMPATIBLEARRAYOID)
            actual = catalog_element(analysis->catalog, actual);
        else if (declared != ANYELEMENTOID && declared != ANYNONARRAYOID &&
                 declared != ANYENUMOID && declared != ANYCOMPATIBLEOID &&
                 declared != ANYCOMPATIBLENONARRAYOID)
            continue;
        if (!actual || !found) {
            found = actual ? actual : found;
        } else if (found != actual) {
            if (!compatible || category_of(analysis, found) != category_of(analysis, actual))
                return false;
            if (coerce_possible(analysis, found, actual, COERCE_IMPLICIT))
                found = actual;
            else if (!coerce_possible(analysis, actual, found, COERCE_IMPLICIT))
                return false;
        }
    }
    return true;
}

/* func_match_argtypes(): keeps the candidates that the arguments can be coerced to. */
static size_t keep_possible(const Analysis *analysis, Candidate **candidates, size_t count,
                            const Oid *types, size_t arguments)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        bool possible = true;

        for (size_t k = 0; possible && k < arguments; k++)
            possible =
                coerce_possible(analysis, types[k], candidates[i]->arguments[k], COERCE_IMPLICIT);
        possible = possible && is_consistent(analysis, candidates[i], types, arguments, false) &&
                   is_consistent(analysis, candidates[i], types, arguments, true);
        if (possible)
            candidates[kept++] = candidates[i];
    }
    return kept;
}

typedef int (*Score)(const Analysis *analysis, const Candidate *candidate, const Oid *types,
                     const char *categories, size_t arguments);

static int score_exact(const Analysis *analysis, const Candidate *candidate, const Oid *types,
                       const char *categories, size_t arguments)
{
    int score = 0;

    (void)analysis;
    (void)categories;
    for (size_t i = 0; i < arguments; i++)
        score += types[i] != UNKNOWNOID && candidate->arguments[i] == types[i];
    return score;
}

static int score_preferred(const Analysis *analysis, const Candidate *candidate, const Oid *types,
                           const char *categories, size_t arguments)
{
    int score = 0;

    for (size_t i = 0; i < arguments; i++)
        score += types[i] != UNKNOWNOID &&
                 (candidate->arguments[i] == types[i] ||
                  is_preferred(analysis, categories[i], candidate->arguments[i]));
    return score;
}

static size_t keep_best(const Analysis *analysis, Score score, Candidate **candidates, size_t count,
                        const Oid *types, const char *categories, size_t arguments)
{
    int best = -1;
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        int value = score(analysis, candidates[i], types, categories, arguments);

        if (value > best) {
            best = value;
            kept = 0;
        }
        if (value == best)
            candidates[kept++] = candidates[i];
    }
    return kept;
}

/* func_select_candidate(): the best of several that fit, or NULL when none is. */
static Candidate *select_candidate(const Analysis *analysis, Candidate **candidates, size_t count,
                                   const Oid *given, size_t arguments)
{
    Oid types[CALL_ARGUMENTS_MAX];
    char categories[CALL_ARGUMENTS_MAX];
    size_t unknowns = 0;
    bool resolved = false;

    for (size_t i = 0; i < arguments; i++) {
        types[i] = given[i] == UNKNOWNOID ? given[i]
                                          : catalog_base_type(analysis->catalog, given[i], NULL);
        unknowns += given[i] == UNKNOWNOID;
        categories[i] = category_of(analysis, types[i]);
    }
    count = keep_best(analysis, score_exact, candidates, count, types, categories, arguments);
    if (count == 1)
        return candidates[0];
    count = keep_best(analysis, score_preferred, candidates, count, types, categories, arguments);
    if (count == 1)
        return candidates[0];
    if (!unknowns)
        return NULL;
    for (size_t i = 0; i < arguments; i++) {
        bool conflict = false;
        bool preferred = false;
        char category = 0;

        if (types[i] != UNKNOWNOID)
            continue;
        resolved = true;
        for (size_t k = 0; k < count; k++) {
            char current = category_of(analysis, candidates[k]->arguments[i]);
            bool is = is_preferred(analysis, current, candidates[k]->arguments[i]);

            if (k == 0) {
                category = current;
                preferred = is;
            } else if (current == category) {
                preferred |= is;
            } else if (current == 'S') {
                category = current;
                preferred = is;
                conflict = true;
            } else {
                conflict = true;
            }
        }
        if (conflict && category != 'S') {
            resolved = false;
            break;
        }
        categories[i] = category;
        types[i] = UNKNOWNOID;
        if (preferred)
            categories[i] = (char)(category | 0x80);
    }
    if (resolved) {
        size_t kept = 0;

        for (size_t k = 0; k < count; k++) {
            bool keep = true;

            for (size_t i = 0; i < arguments && keep; i++) {
                char wanted = (char)(categories[i] & 0x7f);

                if (types[i] != UNKNOWNOID)
                    continue;
                if (category_of(analysis, candidates[k]->arguments[i]) != wanted)
                    keep = false;
                else if ((categories[i] & 0x80) &&
                         !is_preferred(analysis, wanted, candidates[k]->arguments[i]))
                    keep = false;
            }
            if (keep)
                candidates[kept++] = candidates[k];
        }
        if (kept)
            count = kept;
        if (count == 1)
            return candidates[0];
    }
    if (unknowns < arguments) {
        Oid known = UNKNOWNOID;
        Oid assumed[CALL_ARGUMENTS_MAX];

        for (size_t i = 0; i < arguments; i++) {
            Oid base = given[i] == UNKNOWNOID
                           ? UNKNOWNOID
                           : catalog_base_type(analysis->catalog, given[i], NULL);

            if (base == UNKNOWNOID)
                continue;
            if (known == UNKNOWNOID) {
                known = base;
            } else if (known != base) {
                known = UNKNOWNOID;
                break;
            }
        }
        if (known != UNKNOWNOID) {
            Candidate *fit = NULL;
            size_t fits = 0;

            for (size_t i = 0; i < arguments; i++)
                assumed[i] = known;
            for (size_t k = 0; k < count; k++) {
                Candidate *one = candidates[k];

                if (keep_possible(analysis, &one, 1, assumed, arguments)) {
                    fit = candidates[k];
                    fits++;
                }
            }
            if (fits == 1)
                return fit;
        }
    }
    return NULL;
}

/* ---- polymorphic results ---- */

static Oid multirange_of(Oid range)
{
    static const Oid pairs[][2] = {{3904, 4451}, {3906, 4532}, {3908, 4533},
                                   {3910, 4534}, {3912, 4535}, {3926, 4536}};

    for (size_t i = 0; i < 6; i++) {
        if (pairs[i][0] == range)
            return pairs[i][1];
    }
    return 0;
}

static Oid subtype_of(const Analysis *analysis, Oid range)
{
    static const Oid pairs[][2] = {{3904, 23},   {3906, 1700}, {3908, 1114},
                                   {3910, 1184}, {3912, 1082}, {3926, 20}};
    const Type *type = catalog_type(analysis->catalog, range);

    for (size_t i = 0; i < 6; i++) {
        if (pairs[i][0] == range)
            return pairs[i][1];
    }
    return type && type->kind == TYPE_RANGE ? type->base.oid : 0;
}

/* The element type a family of polymorphic arguments stands for; range in *ret_range. */
static Oid family_type(Analysis *analysis, const Oid *declared, const Vec *arguments,
                       bool compatible, Oid *ret_range)
{
    Vec elements = {0};
    Oid found = 0;

    *ret_range = 0;
    for (size_t i = 0; i < arguments->count; i++) {
        Oid actual = ((const Expr *)arguments->items[i])->type.oid;
        Expr *sample;

        if (!is_family(declared[i], compatible) || actual == UNKNOWNOID || actual == 0)
            continue;
        if (declared[i] == ANYARRAYOID || declared[i] == ANYCOMPATIBLEARRAYOID)
            actual = catalog_element(analysis->catalog, actual);
        else if (declared[i] == ANYRANGEOID || declared[i] == ANYCOMPATIBLERANGEOID) {
            *ret_range = catalog_base_type(analysis->catalog, actual, NULL);
            actual = subtype_of(analysis, *ret_range);
        } else if (declared[i] == ANYMULTIRANGEOID || declared[i] == ANYCOMPATIBLEMULTIRANGEOID) {
            actual = 0;
        }
        if (!actual)
            continue;
        if (!found)
            found = actual;
        sample = expr_new(analysis, EXPR_CONST, actual);
        vec_add(analysis->arena, &elements, sample);
    }
    if (compatible && elements.count)
        found = coerce_common(analysis, &elements);
    return found;
}

static Oid concrete(Analysis *analysis, Oid declared, Oid element, Oid range)
{
    const Type *type = catalog_type(analysis->catalog, element);

    switch (declared) {
    case ANYARRAYOID:
    case ANYCOMPATIBLEARRAYOID:
        return type ? type->array : 0;
    case ANYRANGEOID:
    case ANYCOMPATIBLERANGEOID:
        return range;
    case ANYMULTIRANGEOID:
    case ANYCOMPATIBLEMULTIRANGEOID:
        return multirange_of(range);
    default:
        return element;
    }
}

/* Coerces the arguments to what the candidate declares and returns the result type. */
static Oid apply(Analysis *analysis, const Candidate *candidate, Vec *arguments, Oid result)
{
    for (int compatible = 0; compatible < 2; compatible++) {
        Oid range = 0;
        Oid element = family_type(analysis, candidate->arguments, arguments, compatible, &range);
        bool used = false;

        for (size_t i = 0; i < arguments->count; i++)
            used |= is_family(candidate->arguments[i], compatible);
        if (!used && !is_family(result, compatible))
            continue;
        if (!element)
            element = TEXTOID;
        for (size_t i = 0; i < arguments->count; i++) {
            Oid declared = candidate->arguments[i];
            Expr *argument = arguments->items[i];
            Oid wanted;

            if (!is_family(declared, compatible))
                continue;
            wanted = concrete(analysis, declared, element, range);
            /* An unknown literal takes the type; of the compatible family, everything does. */
            if (wanted && (argument->type.oid == UNKNOWNOID || compatible ||
                           (declared == ANYARRAYOID &&
                            catalog_base_type(analysis->catalog, argument->type.oid, NULL) !=
                                argument->type.oid)))
                arguments->items[i] = coerce_type(analysis, argument, (TypeRef){wanted, -1},
                                                  COERCE_IMPLICIT, FORM_IMPLICIT_CAST);
        }
        if (is_family(result, compatible))
            result = concrete(analysis, result, element, range);
    }
    for (size_t i = 0; i < arguments->count; i++) {
        Oid declared = candidate->arguments[i];
        Expr *argument = arguments->items[i];

        if (is_family(declared, false) || is_family(declared, true))
            continue;
        if (argument->kind == EXPR_NAMED_ARGUMENT) {
            argument->args.items[0] =
                coerce_type(analysis, argument->args.items[0], (TypeRef){declared, -1},
                            COERCE_IMPLICIT, FORM_IMPLICIT_CAST);
            argument->type = expr_arg(argument, 0)->type;
        } else {
            arguments->items[i] = coerce_type(analysis, argument, (TypeRef){declared, -1},
                                              COERCE_IMPLICIT, FORM_IMPLICIT_CAST);
        }
    }
    return result;
}

/* ---- operators ---- */

static void add_operators(Analysis *analysis, const char *schema, const char *name, bool prefix,
                          Vec *candidates)
{
    Catalog *catalog = analysis->catalog;
    size_t count = 0;
    const BuiltinOperator *rows = builtin_operators(name, &count);

    if (schema && strcmp(schema, "pg_catalog") != 0)
        count = 0;
    for (size_t i = 0; i < count; i++) {
        Candidate *candidate;

        if ((rows[i].left == 0) != prefix)
            continue;
        candidate = arena_alloc(analysis->arena, sizeof *candidate);
        candidate->count = prefix ? 1 : 2;
        candidate->arguments[0] = prefix ? rows[i].right : rows[i].left;
        candidate->arguments[1] = rows[i].right;
        candidate->result = rows[i].result;
        vec_add(analysis->arena, candidates, candidate);
    }
    for (size_t i = 0; i < catalog->operators.count; i++) {
        const Operator *operator= catalog->operators.items[i];
        Candidate *candidate;

        if (strcmp(operator->name, name) != 0 || (operator->left == 0) != prefix ||
            (schema ? strcmp(schema, operator->schema) != 0
                    : !vec_has_text(&catalog->path, operator->schema)))
            continue;
        candidate = arena_alloc(analysis->arena, sizeof *candidate);
        candidate->count = prefix ? 1 : 2;
        candidate->arguments[0] = prefix ? operator->right : operator->left;
        candidate->arguments[1] = operator->right;
        candidate->result = operator->result;
        candidate->schema = operator->schema;
        candidate->own = operator;
        vec_add(analysis->arena, candidates, candidate);
    }
}

/* oper() and left_oper(). */
static Candidate *find_operator(Analysis *analysis, const char *schema, const char *name, Oid left,
                                Oid right)
{
    Vec candidates = {0};
    Candidate **list;
    Oid types[2];
    size_t arguments = left ? 2 : 1;
    size_t count;

    add_operators(analysis, schema, name, left == 0, &candidates);
    list = (Candidate **)candidates.items;
    if (!list)
        return NULL;
    /* An exact match, one unknown side taken for the other's type; domains looked through. */
    for (int pass = 0; pass < 2; pass++) {
        types[0] = left ? left : right;
        types[1] = right;
        if (left && types[0] == UNKNOWNOID)
            types[0] = right;
        else if (left && types[1] == UNKNOWNOID)
            types[1] = left;
        if (pass == 1) {
            Oid a = catalog_base_type(analysis->catalog, types[0], NULL);
            Oid b = catalog_base_type(analysis->catalog, types[1], NULL);

            if (a == types[0] && b == types[1])
                break;
            if (left != UNKNOWNOID && right != UNKNOWNOID)
                break;
            types[0] = a;
            types[1] = b;
        }
        for (size_t i = 0; i < candidates.count; i++) {
            if (list[i]->arguments[0] == types[0] &&
                (arguments == 1 || list[i]->arguments[1] == types[1]))
                return list[i];
        }
    }
    types[0] = left ? left : right;
    types[1] = right;
    count = keep_possible(analysis, list, candidates.count, types, arguments);
    if (count == 0)
        return NULL;
    return count == 1 ? list[0] : select_candidate(analysis, list, count, types, arguments);
}

Oid call_operator_type(Analysis *analysis, const char *name, Oid left, Oid right)
{
    const Candidate *candidate = find_operator(analysis, NULL, name, left, right);

    return candidate ? candidate->result : 0;
}

Expr *call_operator(Analysis *analysis, const char *schema, const char *name, Expr *left,
                    Expr *right)
{
    Expr *result = expr_new(analysis, EXPR_OPERATOR, 0);
    Candidate *candidate = NULL;
    Oid left_type = left ? left->type.oid : 0;

    result->text = name;
    if ((left && !left_type) || !right->type.oid) {
        analyse_problem(analysis, "operand of '%s' has an unknown type", name);
    } else {
        candidate = find_operator(analysis, schema, name, left_type, right->type.oid);
        if (!candidate)
            analyse_problem(analysis, "no operator '%s' for %s and %s", name,
                            left ? types_format(analysis->catalog, (TypeRef){left_type, -1}) : "-",
                            types_format(analysis->catalog, (TypeRef){right->type.oid, -1}));
    }
    if (left)
        expr_add(analysis, result, left);
    expr_add(analysis, result, right);
    if (candidate) {
        result->type.oid = apply(analysis, candidate, &result->args, candidate->result);
        result->schema = candidate->schema;
        result->own = candidate->own;
    } else if (strchr("=<>", *name)) {
        result->type.oid = BOOLOID;
    }
    return result;
}

Expr *call_any_all(Analysis *analysis, const char *schema, const char *name, Expr *left,
                   Expr *right, bool all)
{
    Expr *result = expr_new(analysis, EXPR_ANY_ALL, BOOLOID);
    Oid right_type = right->type.oid;
    Oid element =
        right_type == UNKNOWNOID ? UNKNOWNOID : catalog_element(analysis->catalog, right_type);
    Candidate *candidate = NULL;

    result->text = name;
    result->all = all;
    if (left->type.oid && element)
        candidate = find_operator(analysis, schema, name, left->type.oid, element);
    if (!candidate) {
        analyse_problem(analysis, "no operator '%s' for an array", name);
        expr_add(analysis, result, left);
        expr_add(analysis, result, right);
        return result;
    }
    {
        Vec arguments = {0};
        Expr *sample = expr_new(analysis, EXPR_PARAM, element);
        Oid wanted;

        sample->text = "";
        vec_add(analysis->arena, &arguments, left);
        vec_add(analysis->arena, &arguments, sample);
        wanted = candidate->arguments[1];
        apply(analysis, candidate, &arguments, BOOLOID);
        if (wanted == ANYELEMENTOID || wanted == ANYENUMOID || wanted == ANYNONARRAYOID ||
            wanted == ANYARRAYOID || wanted == RECORDOID)
            wanted = element == UNKNOWNOID ? left->type.oid : element;
        expr_add(analysis, result, arguments.items[0]);
        wanted = catalog_array(analysis->catalog, wanted);
        expr_add(analysis, result,
                 wanted ? coerce_type(analysis, right, (TypeRef){wanted, -1}, COERCE_IMPLICIT,
                                      FORM_IMPLICIT_CAST)
                        : right);
    }
    result->schema = candidate->schema;
    result->own = candidate->own;
    return result;
}

/* ---- functions ---- */

static const char *const *split_names(Arena *arena, const char *list, const char *all, size_t count)
{
    const char **names = arena_alloc(arena, (count + 1) * sizeof *names);
    size_t given = 0;

    if (!list)
        return NULL;
    while (given < count) {
        size_t length = strcspn(list, ",");
        bool in = !all || *all == 'i' || *all == 'b' || *all == 'v';

        if (in)
            names[given++] = arena_strndup(arena, list, length);
        if (all) {
            all += strcspn(all, ",");
            all += *all == ',';
        }
        list += length;
        if (!*list++)
            break;
    }
    while (given < count)
        names[given++] = "";
    return names;
}

static const Vec *split_all(Arena *arena, const char *names, const char *all)
{
    Vec *result;

    if (!all)
        return NULL;
    result = arena_alloc(arena, sizeof *result);
    while (*all) {
        Argument *argument = arena_alloc(arena, sizeof *argument);
        size_t length = names ? strcspn(names, ",") : 0;
        unsigned oid = 0;

        argument->mode = *all++;
        while (*all >= '0' && *all <= '9')
            oid = oid * 10 + (unsigned)(*all++ - '0');
        all += *all == ',';
        argument->type = (TypeRef){oid, -1};
        argument->name = names ? arena_strndup(arena, names, length) : "";
        if (names) {
            names += length;
            names += *names == ',';
        }
        vec_add(arena, result, argument);
    }
    return result;
}

static const Proc *server_proc(Arena *arena, const BuiltinFunction *row)
{
    Proc *proc = arena_alloc(arena, sizeof *proc);
    Oid *arguments = arena_alloc(arena, (row->count + 1U) * sizeof *arguments);
    const unsigned short *types = builtin_arguments(row);

    for (size_t i = 0; i < row->count; i++)
        arguments[i] = types[i];
    *proc = (Proc){.schema = "pg_catalog",
                   .name = row->name,
                   .result = row->result,
                   .set = row->set,
                   .kind = row->kind,
                   .count = row->count,
                   .arguments = arguments,
                   .defaults = row->defaults,
                   .variadic = row->variadic,
                   .direct = row->direct,
                   .names = split_names(arena, row->names, row->all, row->count),
                   .all = split_all(arena, row->names, row->all),
                   .oid = row->oid};
    return proc;
}

/* Adds a candidate when so many arguments fit it; named ones are put in place by the caller. */
static void add_candidate(Analysis *analysis, const Proc *proc, const Vec *arguments,
                          bool variadic_call, Vec *candidates)
{
    Candidate *candidate;
    size_t count = arguments->count;
    bool expand = proc->variadic && !variadic_call && count >= proc->count;
    bool named = false;

    for (size_t i = 0; i < count; i++)
        named |= ((const Expr *)arguments->items[i])->kind == EXPR_NAMED_ARGUMENT;
    if (count > CALL_ARGUMENTS_MAX || proc->count > CALL_ARGUMENTS_MAX)
        return;
    if (!expand && (count > proc->count || count + proc->defaults < proc->count))
        return;
    candidate = arena_alloc(analysis->arena, sizeof *candidate);
    candidate->proc = proc;
    candidate->result = proc->result;
    candidate->count = count;
    for (size_t i = 0; i < count; i++) {
        const Expr *argument = arguments->items[i];

        if (argument->kind == EXPR_NAMED_ARGUMENT) {
            size_t k = 0;

            while (proc->names && k < proc->count && strcmp(proc->names[k], argument->text) != 0)
                k++;
            if (!proc->names || k == proc->count)
                return;
            candidate->arguments[i] = proc->arguments[k];
        } else if (expand && !named && i + 1 >= proc->count) {
            candidate->arguments[i] = proc->variadic;
            candidate->variadic = true;
        } else {
            candidate->arguments[i] = proc->arguments[i];
        }
    }
    vec_add(analysis->arena, candidates, candidate);
}

static void add_functions(Analysis *analysis, const char *schema, const char *name,
                          const Vec *arguments, bool variadic_call, Vec *candidates)
{
    Catalog *catalog = analysis->catalog;
    size_t count = 0;
    const BuiltinFunction *rows = builtin_functions(name, &count);
    size_t at = 0;
    const Function *function;

    if (!schema || strcmp(schema, "pg_catalog") == 0) {
        for (size_t i = 0; i < count; i++) {
            if (rows[i].variadic || arguments->count <= rows[i].count)
                add_candidate(analysis, server_proc(analysis->arena, &rows[i]), arguments,
                              variadic_call, candidates);
        }
    }
    while ((function = catalog_function_next(catalog, name, &at))) {
        if (schema ? strcmp(schema, function->proc.schema) == 0
                   : vec_has_text(&catalog->path, function->proc.schema))
            add_candidate(analysis, &function->proc, arguments, variadic_call, candidates);
    }
}

/* f(x) where f is a type and x can become one is a cast. */
static Expr *as_cast(Analysis *analysis, const char *schema, const char *name, Expr *argument)
{
    const Type *type = catalog_type_named(analysis->catalog, schema, name);
    Oid from = argument->type.oid;

    if (!type || type->kind == TYPE_COMPOSITE || type->kind == TYPE_MISSING || !from)
        return NULL;
    if (from != UNKNOWNOID || argument->kind != EXPR_CONST) {
        bool text_form = false;

        if (!coerce_is_relabel(analysis, from, type->oid, &text_form) &&
            !(text_form && !catalog_row_type(analysis->catalog, from)))
            return NULL;
    }
    return coerce_type(analysis, argument, (TypeRef){type->oid, -1}, COERCE_EXPLICIT,
                       FORM_EXPLICIT_CAST);
}

static Candidate *find_function(Analysis *analysis, const char *schema, const char *name,
                                Vec *arguments, bool variadic_call, Expr **ret_cast)
{
    Vec candidates = {0};
    Candidate **list;
    Oid types[CALL_ARGUMENTS_MAX] = {0};
    size_t count;

    if (arguments->count > CALL_ARGUMENTS_MAX)
        return NULL;
    for (size_t i = 0; i < arguments->count; i++)
        types[i] = ((const Expr *)arguments->items[i])->type.oid;
    add_functions(analysis, schema, name, arguments, variadic_call, &candidates);
    list = (Candidate **)candidates.items;
    for (size_t i = 0; list && i < candidates.count; i++) {
        if (memcmp(list[i]->arguments, types, arguments->count * sizeof *types) == 0 &&
            !list[i]->variadic)
            return list[i];
    }
    /* Before anything less than a perfect fit, a type's name is a cast. */
    if (ret_cast && arguments->count == 1) {
        *ret_cast = as_cast(analysis, schema, name, arguments->items[0]);
        if (*ret_cast)
            return NULL;
    }
    if (!list)
        return NULL;
    count = keep_possible(analysis, list, candidates.count, types, arguments->count);
    if (count == 0)
        return NULL;
    /* Of the same signature, the one not expanded and earlier in the path is meant. */
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i + 1; k < count;) {
            if (memcmp(list[i]->arguments, list[k]->arguments, arguments->count * sizeof *types) ==
                0) {
                if (list[i]->variadic && !list[k]->variadic)
                    list[i] = list[k];
                memmove(list + k, list + k + 1, (count - k - 1) * sizeof *list);
                count--;
            } else {
                k++;
            }
        }
    }
    return count == 1 ? list[0] : select_candidate(analysis, list, count, types, arguments->count);
}

/* What an expanded VARIADIC parameter took becomes the ARRAY[...] that it is. */
static void collect_variadic(Analysis *analysis, const Proc *proc, Vec *arguments, Expr *call)
{
    size_t first = proc->count - 1;
    Expr *array = expr_new(analysis, EXPR_ARRAY, 0);

    for (size_t i = first; i < arguments->count; i++)
        expr_add(analysis, array, arguments->items[i]);
    array->type.oid = catalog_array(analysis->catalog, expr_arg(array, 0)->type.oid);
    arguments->count = first;
    vec_add(analysis->arena, arguments, array);
    call->variadic = true;
}

Expr *call_function(Analysis *analysis, const PgQuery__FuncCall *call, Vec *arguments)
{
    const char *schema = tree_qualifier(call->funcname, call->n_funcname);
    const char *name = tree_last(call->funcname, call->n_funcname);
    Expr *result = expr_new(analysis, EXPR_FUNCTION, 0);
    Candidate *candidate = NULL;
    Expr *cast = NULL;
    bool known = true;

    for (size_t i = 0; i < arguments->count; i++)
        known &= ((const Expr *)arguments->items[i])->type.oid != 0;
    candidate = find_function(analysis, schema, name, arguments, call->func_variadic,
                              call->agg_star || call->over ? NULL : &cast);
    if (cast)
        return cast;
    result->text = name;
    result->schema = schema;
    result->variadic = call->func_variadic;
    if (candidate) {
        Oid type = apply(analysis, candidate, arguments, candidate->result);

        result->proc = candidate->proc;
        result->type = (TypeRef){type, -1};
        if (!known)
            analyse_problem(analysis, "argument of %s() has an unknown type", name);
        if (candidate->variadic && candidate->proc->variadic != ANYOID)
            collect_variadic(analysis, candidate->proc, arguments, result);
    } else {
        analyse_problem(analysis, "function %s%s%s() with these arguments is not known",
                        schema ? schema : "", schema ? "." : "", name);
    }
    result->args = *arguments;
    return result;
}
