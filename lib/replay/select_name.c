#include <string.h>

#include "replay/analyse.h"
#include "replay/parts.h"
#include "sql/tree.h"

/* FigureColname() in parse_target.c: what a result is called that nobody named. */
static int figure(const Node *node, const char **ret)
{
    int strength;

    if (!node)
        return 0;
    switch (node->node_case) {
    case NODE(COLUMN_REF):
        for (size_t i = node->column_ref->n_fields; i > 0; i--) {
            if (node->column_ref->fields[i - 1]->node_case == NODE(STRING)) {
                *ret = tree_string(node->column_ref->fields[i - 1]);
                return 2;
            }
        }
        return 0;
    case NODE(A_INDIRECTION):
        for (size_t i = node->a_indirection->n_indirection; i > 0; i--) {
            if (node->a_indirection->indirection[i - 1]->node_case == NODE(STRING)) {
                *ret = tree_string(node->a_indirection->indirection[i - 1]);
                return 2;
            }
        }
        return figure(node->a_indirection->arg, ret);
    case NODE(FUNC_CALL):
        *ret = tree_last(node->func_call->funcname, node->func_call->n_funcname);
        return 2;
    case NODE(A_EXPR):
        if (node->a_expr->kind != PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF)
            return 0;
        *ret = "nullif";
        return 2;
    case NODE(TYPE_CAST):
        strength = figure(node->type_cast->arg, ret);
        if (strength <= 1) {
            *ret =
                tree_last(node->type_cast->type_name->names, node->type_cast->type_name->n_names);
            return 1;
        }
        return strength;
    case NODE(COLLATE_CLAUSE):
        return figure(node->collate_clause->arg, ret);
    case NODE(GROUPING_FUNC):
        *ret = "grouping";
        return 2;
    case NODE(SUB_LINK):
        switch (node->sub_link->sub_link_type) {
        case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK:
            *ret = "exists";
            return 2;
        case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK:
            *ret = "array";
            return 2;
        case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK: {
            const PgQuery__SelectStmt *select =
                node->sub_link->subselect &&
                        node->sub_link->subselect->node_case == NODE(SELECT_STMT)
                    ? node->sub_link->subselect->select_stmt
                    : NULL;

            while (select && select->larg)
                select = select->larg;
            if (select && select->n_target_list) {
                const PgQuery__ResTarget *target = select->target_list[0]->res_target;

                *ret = target->name && *target->name ? target->name : select_name(target->val);
                return 2;
            }
            return 0;
        }
        default:
            return 0;
        }
    case NODE(CASE_EXPR):
        strength = figure(node->case_expr->defresult, ret);
        if (strength <= 1) {
            *ret = "case";
            return 1;
        }
        return strength;
    case NODE(A_ARRAY_EXPR):
        *ret = "array";
        return 2;
    case NODE(ROW_EXPR):
        *ret = "row";
        return 2;
    case NODE(COALESCE_EXPR):
        *ret = "coalesce";
        return 2;
    case NODE(MIN_MAX_EXPR):
        *ret = node->min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_LEAST ? "least" : "greatest";
        return 2;
    case NODE(SQLVALUE_FUNCTION): {
        static const char *const names[] = {
            "?column?",       "current_date",      "current_time",
            "current_time",   "current_timestamp", "current_timestamp",
            "localtime",      "localtime",         "localtimestamp",
            "localtimestamp", "current_role",      "current_user",
            "user",           "session_user",      "current_catalog",
            "current_schema"};

        *ret = (size_t)node->sqlvalue_function->op < 16 ? names[node->sqlvalue_function->op]
                                                        : "?column?";
        return 2;
    }
    default:
        return 0;
    }
}

const char *select_name(const Node *node)
{
    const char *name = NULL;

    figure(node, &name);
    return name ? name : "?column?";
}
