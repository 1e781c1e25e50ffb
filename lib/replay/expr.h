/* Expressions and queries after analysis: names resolved, types known, coercions put in. The shapes
 * are those of PostgreSQL's primnodes.h and parsenodes.h, as far as their text needs them. */
#ifndef REPLAY_EXPR_H
#define REPLAY_EXPR_H

#include <stdbool.h>

#include "replay/catalog.h"

typedef struct RangeEntry RangeEntry;
typedef struct Window Window;

typedef enum ExprKind {
    EXPR_CONST,
    EXPR_COLUMN,
    EXPR_ROW_OF, /* a whole row of a range entry */
    EXPR_PARAM,  /* text: "$1", "VALUE"; with args, a column of VALUES: what is in it */
    EXPR_FUNCTION,
    EXPR_OPERATOR,
    EXPR_ANY_ALL,
    EXPR_AND,
    EXPR_OR,
    EXPR_NOT,
    EXPR_SUBLINK,
    EXPR_RELABEL,
    EXPR_TEXT_FORM,    /* CoerceViaIO */
    EXPR_ARRAY_COERCE, /* ArrayCoerceExpr */
    EXPR_TO_DOMAIN,
    EXPR_CASE, /* args: [argument or NULL], then pairs when/then, then else */
    EXPR_CASE_TEST,
    EXPR_ARRAY,
    EXPR_ROW,
    EXPR_COALESCE,
    EXPR_GREATEST,
    EXPR_LEAST,
    EXPR_SQL_VALUE, /* text: CURRENT_DATE ... */
    EXPR_NULL_TEST,
    EXPR_BOOLEAN_TEST, /* text: "IS TRUE" ... */
    EXPR_DISTINCT,
    EXPR_NULLIF,
    EXPR_COLLATE, /* text: the collation as written out */
    EXPR_AGGREGATE,
    EXPR_WINDOW,
    EXPR_SUBSCRIPT, /* args: base, then lower and upper of each (NULL: none) */
    EXPR_FIELD,
    EXPR_NAMED_ARGUMENT,
    EXPR_GROUPING
} ExprKind;

typedef enum Form { FORM_CALL, FORM_EXPLICIT_CAST, FORM_IMPLICIT_CAST, FORM_SQL } Form;

typedef enum SublinkKind {
    SUBLINK_EXISTS,
    SUBLINK_ALL,
    SUBLINK_ANY,
    SUBLINK_EXPR,
    SUBLINK_ARRAY
} SublinkKind;

struct Expr {
    ExprKind kind;
    TypeRef type;
    Form form;
    Vec args;            /* Expr, NULL allowed where said */
    const char *text;    /* of a constant, an operator, a field */
    const char *schema;  /* of an operator; NULL: the server's own */
    const Operator *own; /* operator, which goes by the schema of the day */
    bool null;           /* a constant: NULL. */
    bool negated;        /* IS NOT NULL, NOT IN */
    bool all;            /* ALL, not ANY */
    bool distinct;
    bool star;
    bool variadic;
    bool slice;
    bool length; /* a function that only applies a type modifier */
    const Proc *proc;
    Relation *relation; /* of a regclass constant */
    RangeEntry *entry;
    size_t place;        /* column of the entry */
    const Column *field; /* of a field, where it is one of a type of somebody's own */
    Query *query;
    SublinkKind sublink;
    Vec order; /* Sort */
    Expr *filter;
    Window *over;
};

typedef struct RangeColumn {
    const char *name; /* as written or when it was made; of a relation's, see column */
    TypeRef type;
    const char *collation;
    Column *column; /* of a relation */
    Expr *source;   /* of a join: what it stands for */
} RangeColumn;

typedef enum RangeKind {
    RANGE_RELATION,
    RANGE_QUERY,
    RANGE_FUNCTION,
    RANGE_CTE,
    RANGE_JOIN,
    RANGE_NAME /* only takes a name: OLD and NEW of a view's rule */
} RangeKind;

struct RangeEntry {
    RangeKind kind;
    Relation *relation;
    Query *query; /* also of a CTE */
    Expr *function;
    const char *name; /* of a CTE or function */
    const char *alias;
    Vec alias_columns;
    Vec columns;            /* RangeColumn */
    const char *definition; /* column definition list, as text */
    bool lateral;
    bool only;
    bool ordinality;
    bool renamed;      /* alias_columns were given */
    bool base;         /* what the expression is about; goes by the relation's name of the day */
    const char *shown; /* while text is made */
    Vec using_names; /* const char *: then, by which JOIN ... USING calls columns of other names */
};

typedef enum JoinKind { JOIN_CROSS, JOIN_INNER, JOIN_LEFT, JOIN_RIGHT, JOIN_FULL } JoinKind;

typedef struct FromItem {
    RangeEntry *entry; /* NULL: a join */
    JoinKind join;
    struct FromItem *left;
    struct FromItem *right;
    Expr *condition;
    Vec using_columns; /* const char * */
    Vec merged;        /* Expr: those columns of both sides */
    const char *alias;
} FromItem;

typedef struct Target {
    Expr *expr;
    const char *name;
} Target;

typedef struct Sort {
    Expr *expr;
    size_t target; /* from 1; 0: not in the list */
    bool descending;
    bool nulls_first;
} Sort;

struct Window {
    const char *name; /* in the WINDOW clause */
    const char *refers;
    bool by_name;  /* OVER name */
    Vec partition; /* Expr */
    Vec order;     /* Sort */
    int frame;
    Expr *start;
    Expr *end;
};

typedef struct Cte {
    const char *name;
    Vec alias_columns;
    Vec columns; /* RangeColumn */
    Query *query;
    int materialized; /* 0 not said, 1 yes, 2 no */
} Cte;

typedef struct SetNode {
    const char *operation; /* NULL: a leaf */
    bool all;
    struct SetNode *left;
    struct SetNode *right;
    Query *query;
} SetNode;

struct Query {
    bool recursive;
    Vec ctes;  /* Cte */
    Vec range; /* RangeEntry, in the order they were met */
    Vec from;  /* FromItem */
    Vec targets;
    bool distinct;
    Vec distinct_on; /* Sort */
    Expr *where;
    Vec group; /* Sort (for target and expr) */
    bool group_distinct;
    Expr *having;
    Vec windows; /* Window with names */
    Vec sort;
    Expr *limit;
    Expr *offset;
    bool with_ties;
    SetNode *set;
    Vec values; /* Vec of Expr */
    Vec locks;  /* const char * */
    bool aggregates;
    bool simple; /* nothing in it keeps a view from being updatable, so far */
};

/* The argument at that place, or NULL. */
Expr *expr_arg(const Expr *expr, size_t place);

#endif
