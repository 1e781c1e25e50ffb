#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "replay/analyse.h"
#include "replay/types.h"

typedef enum Path { PATH_NONE, PATH_RELABEL, PATH_FUNCTION, PATH_ARRAY, PATH_TEXT_FORM } Path;

static bool is_polymorphic(Oid oid)
{
    switch (oid) {
    case ANYOID:
    case ANYELEMENTOID:
    case ANYNONARRAYOID:
    case ANYCOMPATIBLEOID:
    case ANYCOMPATIBLENONARRAYOID:
    case ANYARRAYOID:
    case ANYCOMPATIBLEARRAYOID:
    case ANYENUMOID:
    case ANYRANGEOID:
    case ANYCOMPATIBLERANGEOID:
    case ANYMULTIRANGEOID:
    case ANYCOMPATIBLEMULTIRANGEOID:
        return true;
    default:
        return false;
    }
}

static char category(const Analysis *analysis, Oid oid)
{
    const Type *type =
        catalog_type(analysis->catalog, catalog_base_type(analysis->catalog, oid, NULL));

    return type ? type->category : 'U';
}

/* The arms of find_coercion_pathway(). */
static Path find_path(const Analysis *analysis, Oid to, Oid from, Context context)
{
    Catalog *catalog = analysis->catalog;
    const BuiltinCast *row;
    const Cast *own = NULL;
    char allowed;

    from = catalog_base_type(catalog, from, NULL);
    to = catalog_base_type(catalog, to, NULL);
    if (from == to)
        return PATH_RELABEL;
    for (size_t i = 0; i < catalog->casts.count; i++) {
        const Cast *cast = catalog->casts.items[i];

        if (cast->source == from && cast->target == to)
            own = cast;
    }
    row = own ? NULL : builtin_cast(from, to);
    if (own || row) {
        allowed = own ? own->context : row->context;
        if (allowed == 'i' || (allowed == 'a' && context >= COERCE_ASSIGNMENT) ||
            context == COERCE_EXPLICIT) {
            if (own)
                return own->text_form  ? PATH_TEXT_FORM
                       : own->function ? PATH_FUNCTION
                                       : PATH_RELABEL;
            return row->method == 'b'   ? PATH_RELABEL
                   : row->method == 'i' ? PATH_TEXT_FORM
                                        : PATH_FUNCTION;
        }
        return PATH_NONE;
    }
    if (to != OIDVECTOROID && to != INT2VECTOROID) {
        Oid to_element = catalog_element(catalog, to);
        Oid from_element = catalog_element(catalog, from);

        if (to_element && from_element) {
            Path path = find_path(analysis, to_element, from_element, context);

            if (path != PATH_NONE)
                return path == PATH_RELABEL ? PATH_RELABEL : PATH_ARRAY;
        }
    }
    if (context >= COERCE_ASSIGNMENT && category(analysis, to) == 'S')
        return PATH_TEXT_FORM;
    if (context >= COERCE_EXPLICIT && category(analysis, from) == 'S')
        return PATH_TEXT_FORM;
    return PATH_NONE;
}

bool coerce_is_relabel(const Analysis *analysis, Oid from, Oid to, bool *ret_text_form)
{
    Path path = find_path(analysis, to, from, COERCE_EXPLICIT);

    *ret_text_form = path == PATH_TEXT_FORM;
    return path == PATH_RELABEL;
}

bool coerce_possible(const Analysis *analysis, Oid from, Oid to, Context context)
{
    const Catalog *catalog = analysis->catalog;

    if (from == to || to == ANYOID || from == 0 || to == 0)
        return true;
    if (is_polymorphic(to)) {
        const Type *type = catalog_type(catalog, catalog_base_type(catalog, from, NULL));

        if (from == UNKNOWNOID)
            return true;
        switch (to) {
        case ANYARRAYOID:
        case ANYCOMPATIBLEARRAYOID:
            return catalog_element(catalog, from) != 0;
        case ANYNONARRAYOID:
        case ANYCOMPATIBLENONARRAYOID:
            return catalog_element(catalog, from) == 0;
        case ANYENUMOID:
            return type && type->kind == TYPE_ENUM;
        case ANYRANGEOID:
        case ANYCOMPATIBLERANGEOID:
            return type && type->kind == TYPE_RANGE;
        case ANYMULTIRANGEOID:
        case ANYCOMPATIBLEMULTIRANGEOID:
            return type && type->kind == TYPE_MULTIRANGE;
        default:
            return true;
        }
    }
    if (from == UNKNOWNOID)
        return true;
    if (find_path(analysis, to, from, context) != PATH_NONE)
        return true;
    if (from == RECORDOID && catalog_row_type(catalog, to))
        return true;
    if (to == RECORDOID && (catalog_row_type(catalog, from)))
        return true;
    if (to == RECORDARRAYOID && catalog_element(catalog, from) &&
        catalog_row_type(catalog, catalog_element(catalog, from)))
        return true;
    return false;
}

static Expr *wrap(Analysis *analysis, ExprKind kind, Expr *expr, TypeRef type, Form form)
{
    Expr *result = expr_new(analysis, kind, type.oid);

    result->type = type;
    result->form = form;
    expr_add(analysis, result, expr);
    return result;
}

static void hide(Expr *expr)
{
    if ((expr->kind == EXPR_FUNCTION && expr->form != FORM_CALL && expr->form != FORM_SQL) ||
        expr->kind == EXPR_RELABEL || expr->kind == EXPR_TEXT_FORM ||
        expr->kind == EXPR_ARRAY_COERCE || expr->kind == EXPR_TO_DOMAIN)
        expr->form = FORM_IMPLICIT_CAST;
}

/* Whether a type has a function that applies its modifier (pg_cast of a type to itself). */
static bool has_length_function(const Analysis *analysis, Oid type)
{
    const Catalog *catalog = analysis->catalog;

    if (catalog_element(catalog, type))
        type = catalog_element(catalog, type);
    for (size_t i = 0; i < catalog->casts.count; i++) {
        const Cast *cast = catalog->casts.items[i];

        if (cast->source == type && cast->target == type)
            return true;
    }
    return builtin_cast(type, type) != NULL;
}

static Expr *apply_modifier(Analysis *analysis, Expr *expr, TypeRef to, Form form, bool hide_input)
{
    Expr *result;

    if (to.modifier == expr->type.modifier)
        return expr;
    if (hide_input)
        hide(expr);
    if (to.modifier >= 0 && has_length_function(analysis, to.oid)) {
        ExprKind kind =
            catalog_element(analysis->catalog, to.oid) ? EXPR_ARRAY_COERCE : EXPR_FUNCTION;

        result = wrap(analysis, kind, expr, to, form);
        result->length = true;
        return result;
    }
    if (expr->kind == EXPR_CONST) {
        /* A constant takes the modifier itself. */
        result = expr_new(analysis, EXPR_CONST, to.oid);
        *result = *expr;
        result->type.modifier = to.modifier;
        return result;
    }
    while (expr->kind == EXPR_RELABEL && expr->args.count)
        expr = expr_arg(expr, 0);
    return wrap(analysis, EXPR_RELABEL, expr, to, form);
}

static Expr *to_domain(Analysis *analysis, Expr *expr, TypeRef base, Oid domain, Context context,
                       Form form, bool hide_input)
{
    (void)context;
    if (base.oid == domain)
        return expr;
    if (hide_input)
        hide(expr);
    expr = apply_modifier(analysis, expr, base, FORM_IMPLICIT_CAST, false);
    return wrap(analysis, EXPR_TO_DOMAIN, expr, (TypeRef){domain, -1}, form);
}

static Expr *literal(Analysis *analysis, Expr *expr, TypeRef to, Context context, Form form)
{
    int32_t modifier = to.modifier;
    Oid base = catalog_base_type(analysis->catalog, to.oid, &modifier);
    Expr *result = expr_new(analysis, EXPR_CONST, base);
    const Type *type = catalog_type(analysis->catalog, base);

    result->null = expr->null;
    result->text = expr->text;
    if (base == INTERVALOID)
        result->type.modifier = modifier;
    if (!expr->null && base == REGCLASSOID) {
        result->relation = literal_relation(analysis, expr->text);
        if (!result->relation && strspn(expr->text, "0123456789") != strlen(expr->text))
            analyse_problem(analysis, "relation '%.80s' is not known", expr->text);
    } else if (!expr->null) {
        const char *text = literal_normal(analysis, base, result->type.modifier, expr->text);

        if (text)
            result->text = text;
        else
            analyse_problem(analysis, "the value '%.40s' of type %s is not evaluated", expr->text,
                            type ? type->name : "?");
    }
    result->type.modifier = base == INTERVALOID ? result->type.modifier : -1;
    if (base != to.oid)
        return to_domain(analysis, result, (TypeRef){base, modifier}, to.oid, context, form, false);
    return result;
}

Expr *coerce_type(Analysis *analysis, Expr *expr, TypeRef to, Context context, Form form)
{
    Catalog *catalog = analysis->catalog;
    Oid from = expr->type.oid;
    int32_t modifier = -1;
    TypeRef base;
    Path path;
    Expr *result = NULL;

    if (from == to.oid || from == 0 || to.oid == 0)
        return expr;
    if (is_polymorphic(to.oid)) {
        if (to.oid == ANYARRAYOID || to.oid == ANYENUMOID || to.oid == ANYRANGEOID ||
            to.oid == ANYCOMPATIBLEARRAYOID || to.oid == ANYCOMPATIBLERANGEOID) {
            Oid plain = catalog_base_type(catalog, from, NULL);

            if (from != UNKNOWNOID && plain != from)
                return wrap(analysis, EXPR_RELABEL, expr, (TypeRef){plain, -1}, form);
        }
        return expr;
    }
    if (from == UNKNOWNOID && expr->kind == EXPR_CONST)
        return literal(analysis, expr, to, context, form);
    if (expr->kind == EXPR_PARAM && from == UNKNOWNOID) {
        expr->type = (TypeRef){to.oid, -1};
        return expr;
    }
    if (expr->kind == EXPR_COLLATE) {
        result = expr_new(analysis, EXPR_COLLATE, to.oid);
        *result = *expr;
        result->args = (Vec){0};
        expr_add(analysis, result, coerce_type(analysis, expr_arg(expr, 0), to, context, form));
        result->type = expr_arg(result, 0)->type;
        return result;
    }
    if (expr->kind == EXPR_ROW && catalog_row_type(catalog, to.oid)) {
        const Relation *row = catalog_row_type(catalog, to.oid);

        result = expr_new(analysis, EXPR_ROW, to.oid);
        result->form = form;
        for (size_t i = 0; i < expr->args.count; i++) {
            const Column *column = i < row->columns.count ? row->columns.items[i] : NULL;
            Expr *argument = expr_arg(expr, i);

            expr_add(analysis, result,
                     column
                         ? coerce_to(analysis, argument, column->type, context, FORM_IMPLICIT_CAST)
                         : argument);
        }
        return result;
    }
    path = find_path(analysis, to.oid, from, context);
    base.oid = catalog_base_type(catalog, to.oid, &modifier);
    base.modifier = to.oid == base.oid ? to.modifier : modifier;
    switch (path) {
    case PATH_RELABEL:
        result =
            to_domain(analysis, expr, (TypeRef){base.oid, to.oid == base.oid ? -1 : base.modifier},
                      to.oid, context, form, false);
        return result == expr ? wrap(analysis, EXPR_RELABEL, expr, (TypeRef){to.oid, -1}, form)
                              : result;
    case PATH_FUNCTION:
        result = wrap(analysis, EXPR_FUNCTION, expr, (TypeRef){base.oid, -1}, form);
        break;
    case PATH_ARRAY:
        result = wrap(analysis, EXPR_ARRAY_COERCE, expr, base, form);
        break;
    case PATH_TEXT_FORM:
        result = wrap(analysis, EXPR_TEXT_FORM, expr, (TypeRef){base.oid, -1}, form);
        break;
    case PATH_NONE:
        /* A row is a record as it stands. */
        if (to.oid == RECORDOID && coerce_possible(analysis, from, to.oid, context))
            return expr;
        if (from == RECORDOID && coerce_possible(analysis, from, to.oid, context))
            return wrap(analysis, EXPR_RELABEL, expr, (TypeRef){to.oid, -1}, form);
        analyse_problem(analysis, "no conversion from %s to %s",
                        types_format(catalog, (TypeRef){from, -1}),
                        types_format(catalog, (TypeRef){to.oid, -1}));
        return wrap(analysis, EXPR_RELABEL, expr, (TypeRef){to.oid, -1}, form);
    }
    if (base.oid != to.oid)
        result = to_domain(analysis, result, base, to.oid, context, form, true);
    return result;
}

Expr *coerce_to(Analysis *analysis, Expr *expr, TypeRef to, Context context, Form form)
{
    Expr *inner = expr;
    Expr *result;

    if (expr->type.oid == 0 || to.oid == 0)
        return expr;
    while (inner->kind == EXPR_COLLATE)
        inner = expr_arg(inner, 0);
    if (!coerce_possible(analysis, inner->type.oid, to.oid, context)) {
        analyse_problem(analysis, "no conversion from %s to %s",
                        types_format(analysis->catalog, (TypeRef){expr->type.oid, -1}),
                        types_format(analysis->catalog, (TypeRef){to.oid, -1}));
        return expr;
    }
    result = coerce_type(analysis, inner, to, context, form);
    {
        const Type *type = catalog_type(analysis->catalog, to.oid);
        bool changed = result != inner && result->kind != EXPR_CONST;

        if (type && type->kind != TYPE_DOMAIN && to.modifier >= 0)
            result = apply_modifier(analysis, result, to, form, changed);
        else if (type && type->kind != TYPE_DOMAIN && result->kind == EXPR_CONST &&
                 to.modifier < 0 && result->type.modifier >= 0) {
            /* applyRelabelType() */
            Expr *constant = arena_alloc(analysis->arena, sizeof *constant);

            *constant = *result;
            constant->type.modifier = -1;
            result = constant;
        } else if (type && type->kind != TYPE_DOMAIN && to.modifier < 0 &&
                   result->type.modifier >= 0 && form == FORM_EXPLICIT_CAST)
            result = apply_modifier(analysis, result, (TypeRef){to.oid, -1}, form, changed);
    }
    if (inner != expr) {
        Expr *collate = expr_new(analysis, EXPR_COLLATE, result->type.oid);

        *collate = *expr;
        collate->args = (Vec){0};
        collate->type = result->type;
        expr_add(analysis, collate, result);
        result = collate;
    }
    return result;
}

Oid coerce_common(Analysis *analysis, const Vec *exprs)
{
    Oid found = 0;
    size_t start = 0;

    for (size_t i = 0; i < exprs->count; i++) {
        Oid oid = ((const Expr *)exprs->items[i])->type.oid;

        if (!found) {
            found = oid;
            start = i;
        } else if (found != oid) {
            start = i;
            break;
        }
        start = i + 1;
    }
    if (found && found != UNKNOWNOID && start >= exprs->count)
        return found;
    found = exprs->count ? catalog_base_type(analysis->catalog,
                                             ((const Expr *)exprs->items[0])->type.oid, NULL)
                         : 0;
    for (size_t i = 1; i < exprs->count; i++) {
        Oid oid =
            catalog_base_type(analysis->catalog, ((const Expr *)exprs->items[i])->type.oid, NULL);
        const Type *a = catalog_type(analysis->catalog, found);
        const Type *b = catalog_type(analysis->catalog, oid);

        if (oid == UNKNOWNOID || oid == found || oid == 0)
            continue;
        if (found == UNKNOWNOID || found == 0) {
            found = oid;
        } else if (a && b && a->category != b->category) {
            analyse_problem(analysis, "types %s and %s cannot be matched",
                            types_format(analysis->catalog, (TypeRef){found, -1}),
                            types_format(analysis->catalog, (TypeRef){oid, -1}));
        } else if (a && !a->preferred && coerce_possible(analysis, found, oid, COERCE_IMPLICIT) &&
                   !coerce_possible(analysis, oid, found, COERCE_IMPLICIT)) {
            found = oid;
        }
    }
    return found == UNKNOWNOID ? TEXTOID : found;
}

int32_t coerce_common_modifier(const Vec *exprs, Oid type)
{
    int32_t modifier = -1;

    for (size_t i = 0; i < exprs->count; i++) {
        const Expr *expr = exprs->items[i];

        if (expr->type.oid != type)
            return -1;
        if (i == 0)
            modifier = expr->type.modifier;
        else if (expr->type.modifier != modifier)
            return -1;
    }
    return modifier;
}
