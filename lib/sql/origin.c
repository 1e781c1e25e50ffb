#include "sql/origin.h"

#include <string.h>

typedef struct Field {
    const char *name; /* NULL: none that a plain column would be asked by */
    Origin origin;
} Field;

typedef struct Fields {
    size_t count;
    Field *items;
} Fields;

/* What a name in front of a column can stand for. */
typedef struct Item {
    const char *schema; /* of a relation without an alias */
    const char *name;
    Fields fields;
    bool hidden; /* inside of a join that has a name */
    struct Item *next;
} Item;

typedef struct With {
    const char *name;
    Fields fields;
    struct With *next;
} With;

typedef struct Level {
    const struct Level *outer;
    Item *items;
    With *withs;
} Level;

/* Of all queries and joins of one text together: a join that has a name lists the columns of all in
 * it, whatever their number, so that a short text could ask for more than there is memory. */
enum { FIELDS_MAX = 1000000 };

typedef struct Finding {
    OriginColumns *columns;
    void *context;
    Arena *arena;
    size_t fields;
    bool too_many; /* then there are fewer than there should be, and nothing is told */
} Finding;

static Fields select_fields(Finding *finding, const PgQuery__SelectStmt *select,
                            const Level *outer);

static Fields fields_new(Finding *finding, size_t count)
{
    finding->too_many |= count > FIELDS_MAX - finding->fields;
    if (finding->too_many)
        return (Fields){0};
    finding->fields += count;
    return (Fields){.count = count,
                    .items = arena_alloc(finding->arena, (count + 1) * sizeof(Field))};
}

static const Field *field_named(const Fields *fields, const char *name)
{
    for (size_t i = 0; i < fields->count; i++)
        if (fields->items[i].name && strcmp(fields->items[i].name, name) == 0)
            return &fields->items[i];
    return NULL;
}

static void rename_fields(Finding *finding, Fields *fields, Node *const *names, size_t count)
{
    for (size_t i = 0; i < count && i < fields->count; i++)
        fields->items[i].name = arena_strdup(finding->arena, tree_string(names[i]));
}

/* ---- FROM ---- */

static Item *item_add(Level *level, Finding *finding, const char *name, Fields fields)
{
    Item *item = arena_alloc(finding->arena, sizeof *item);

    *item = (Item){.name = arena_strdup(finding->arena, name), .fields = fields};
    item->next = level->items;
    level->items = item;
    return item;
}

static const With *with_named(const Level *level, const char *name)
{
    for (; level; level = level->outer)
        for (const With *with = level->withs; with; with = with->next)
            if (strcmp(with->name, name) == 0)
                return with;
    return NULL;
}

static Fields fields_copy(Finding *finding, const Fields *fields)
{
    Fields copy = fields_new(finding, fields->count);

    if (copy.count)
        memcpy(copy.items, fields->items, copy.count * sizeof(Field));
    return copy;
}

static Fields relation_fields(Finding *finding, const Level *level,
                              const PgQuery__RangeVar *relation)
{
    const char *schema = tree_given(relation->schemaname);
    const With *with = schema ? NULL : with_named(level, relation->relname);
    size_t count = 0;

    if (with)
        return fields_copy(finding, &with->fields);
    const char *const *names =
        schema && !finding->too_many
            ? finding->columns(finding->context, schema, relation->relname, &count)
            : NULL;
    Fields fields = fields_new(finding, names ? count : 0);

    schema = arena_strdup(finding->arena, schema);
    const char *name = arena_strdup(finding->arena, relation->relname);
    for (size_t i = 0; names && i < fields.count; i++) {
        const char *column = arena_strdup(finding->arena, names[i]);

        fields.items[i] = (Field){column, {schema, name, column, .kept = true}};
    }
    return fields;
}

static void lose(Fields *fields)
{
    for (size_t i = 0; i < fields->count; i++)
        fields->items[i].origin.kept = false;
}

/* What is merged by USING comes first. An inner or outer join has one of the two for it, a full one
 * neither. Where the two have different types it is neither too, but then its name stands alone. */
static Fields join_fields(Finding *finding, const PgQuery__JoinExpr *join, const Fields *left,
                          const Fields *right)
{
    Fields fields = fields_new(finding, join->n_using_clause + left->count + right->count);
    const Fields *sides[] = {left, right};

    if (finding->too_many)
        return fields;
    fields.count = 0;
    for (size_t i = 0; i < join->n_using_clause; i++) {
        const char *name = tree_string(join->using_clause[i]);
        const Field *one =
            field_named(join->jointype == PG_QUERY__JOIN_TYPE__JOIN_RIGHT ? right : left, name);

        fields.items[fields.count++] = one && join->jointype != PG_QUERY__JOIN_TYPE__JOIN_FULL
                                           ? *one
                                           : (Field){.name = arena_strdup(finding->arena, name)};
    }
    size_t merged = fields.count;

    for (size_t side = 0; side < 2; side++)
        for (size_t i = 0; i < sides[side]->count; i++) {
            const Field *field = &sides[side]->items[i];
            const Fields before = {merged, fields.items};

            if (!field->name || !field_named(&before, field->name))
                fields.items[fields.count++] = *field;
        }
    return fields;
}

static Fields from_fields(Finding *finding, Level *level, const Node *node, bool wanted);

static Fields from_join(Finding *finding, Level *level, const PgQuery__JoinExpr *join, bool wanted)
{
    bool inner = wanted || join->alias || join->join_using_alias;
    Item *before = level->items;
    Fields left = from_fields(finding, level, join->larg, inner);
    Item *between = level->items;
    Fields right = from_fields(finding, level, join->rarg, inner);
    bool full = join->jointype == PG_QUERY__JOIN_TYPE__JOIN_FULL;

    if (full || join->jointype == PG_QUERY__JOIN_TYPE__JOIN_RIGHT) {
        lose(&left);
        for (Item *item = between; item != before; item = item->next)
            lose(&item->fields);
    }
    if (full || join->jointype == PG_QUERY__JOIN_TYPE__JOIN_LEFT) {
        lose(&right);
        for (Item *item = level->items; item != between; item = item->next)
            lose(&item->fields);
    }
    if (!inner)
        return (Fields){0};
    Fields fields = join_fields(finding, join, &left, &right);

    if (join->join_using_alias) {
        Fields merged = {finding->too_many ? 0 : join->n_using_clause, fields.items};

        item_add(level, finding, join->join_using_alias->aliasname, fields_copy(finding, &merged));
    }
    if (join->alias) {
        for (Item *item = level->items; item != before; item = item->next)
            item->hidden = true;
        rename_fields(finding, &fields, join->alias->colnames, join->alias->n_colnames);
        item_add(level, finding, join->alias->aliasname, fields_copy(finding, &fields));
    }
    return fields;
}

/* Adds what can be named to the level. Returned are all columns of the node, of a join only where
 * they are wanted for the name of one around it. */
static Fields from_fields(Finding *finding, Level *level, const Node *node, bool wanted)
{
    const PgQuery__Alias *alias = NULL;
    const char *name = NULL, *schema = NULL;
    Fields fields = {0};

    if (!node)
        return fields;
    switch (node->node_case) {
    case NODE(JOIN_EXPR):
        return from_join(finding, level, node->join_expr, wanted);
    case NODE(RANGE_VAR):
        fields = relation_fields(finding, level, node->range_var);
        alias = node->range_var->alias;
        name = node->range_var->relname;
        schema = tree_given(node->range_var->schemaname);
        break;
    case NODE(RANGE_SUBSELECT):
        alias = node->range_subselect->alias;
        if (node->range_subselect->subquery &&
            node->range_subselect->subquery->node_case == NODE(SELECT_STMT))
            fields = select_fields(
                finding, node->range_subselect->subquery->select_stmt,
                &(Level){.outer = level->outer,
                         .items = node->range_subselect->lateral ? level->items : NULL,
                         .withs = level->withs});
        break;
    case NODE(RANGE_TABLE_SAMPLE):
        return from_fields(finding, level, node->range_table_sample->relation, wanted);
    case NODE(RANGE_FUNCTION):
        alias = node->range_function->alias;
        break;
    case NODE(RANGE_TABLE_FUNC):
        alias = node->range_table_func->alias;
        break;
    default:
        break;
    }
    if (alias) {
        rename_fields(finding, &fields, alias->colnames, alias->n_colnames);
        name = alias->aliasname;
        schema = NULL;
    }
    if (name)
        item_add(level, finding, name, fields)->schema = arena_strdup(finding->arena, schema);
    return fields;
}

/* ---- targets ---- */

static const Item *item_named(const Level *level, const char *schema, const char *name)
{
    for (const Item *item = level->items; item; item = item->next)
        if (!item->hidden && strcmp(item->name, name) == 0 &&
            (!schema || (item->schema && strcmp(item->schema, schema) == 0)))
            return item;
    return NULL;
}

/* A column by the name in front of it, at this level or, as it may be NULL for all that this level
 * knows, further out. */
static Origin qualified(const Level *level, const char *schema, const char *name,
                        const char *column)
{
    bool own = true;

    for (; level; level = level->outer, own = false) {
        const Item *item = item_named(level, schema, name);
        const Field *field = item ? field_named(&item->fields, column) : NULL;

        if (item && !field)
            break;
        if (field)
            return (Origin){field->origin.schema, field->origin.relation, field->origin.column,
                            .kept = field->origin.kept && own};
    }
    return (Origin){0};
}

/* A name that stands alone is the only relation's; with several it is a merged column. */
static Origin alone(const Level *level, const char *column)
{
    const Item *only = level->items;
    const Field *field = only && !only->next ? field_named(&only->fields, column) : NULL;

    return field ? field->origin : (Origin){0};
}

static Origin target_origin(const Level *level, const Node *value)
{
    if (!value || value->node_case != NODE(COLUMN_REF))
        return (Origin){0};
    const PgQuery__ColumnRef *ref = value->column_ref;
    const char *parts[3] = {NULL, NULL, NULL};

    if (ref->n_fields == 0 || ref->n_fields > 3)
        return (Origin){0};
    for (size_t i = 0; i < ref->n_fields; i++) {
        if (ref->fields[i]->node_case != NODE(STRING))
            return (Origin){0};
        parts[3 - ref->n_fields + i] = tree_string(ref->fields[i]);
    }
    return parts[1] ? qualified(level, parts[0], parts[1], parts[2]) : alone(level, parts[2]);
}

static const char *target_name(Finding *finding, const PgQuery__ResTarget *target)
{
    const char *name = tree_given(target->name);

    if (!name && target->val && target->val->node_case == NODE(COLUMN_REF) &&
        target->val->column_ref->n_fields)
        name = tree_last(target->val->column_ref->fields, target->val->column_ref->n_fields);
    return arena_strdup(finding->arena, name);
}

static bool has_grouping_sets(const PgQuery__SelectStmt *select)
{
    for (size_t i = 0; i < select->n_group_clause; i++)
        if (select->group_clause[i]->node_case == NODE(GROUPING_SET))
            return true;
    return false;
}

/* Each sees those before it; RECURSIVE only adds what UNION keeps from having an origin. */
static void withs_add(Finding *finding, Level *level, const PgQuery__WithClause *clause)
{
    for (size_t i = 0; clause && i < clause->n_ctes; i++) {
        if (clause->ctes[i]->node_case != NODE(COMMON_TABLE_EXPR))
            continue;
        const PgQuery__CommonTableExpr *cte = clause->ctes[i]->common_table_expr;
        With *with = arena_alloc(finding->arena, sizeof *with);

        with->name = arena_strdup(finding->arena, cte->ctename);
        if (cte->ctequery && cte->ctequery->node_case == NODE(SELECT_STMT))
            with->fields = select_fields(finding, cte->ctequery->select_stmt, level);
        rename_fields(finding, &with->fields, cte->aliascolnames, cte->n_aliascolnames);
        with->next = level->withs;
        level->withs = with;
    }
}

static Fields select_fields(Finding *finding, const PgQuery__SelectStmt *select, const Level *outer)
{
    const PgQuery__SelectStmt *first = select;
    Level level = {.outer = outer};

    while (first->op != PG_QUERY__SET_OPERATION__SETOP_NONE && first->larg)
        first = first->larg;
    Fields fields = fields_new(finding, first->n_target_list);

    if (first == select && !select->n_values_lists) {
        withs_add(finding, &level, select->with_clause);
        for (size_t i = 0; i < select->n_from_clause; i++)
            (void)from_fields(finding, &level, select->from_clause[i], false);
    }
    bool grouped = has_grouping_sets(select);

    for (size_t i = 0; i < fields.count; i++) {
        const PgQuery__ResTarget *target = first->target_list[i]->res_target;

        fields.items[i].name = target_name(finding, target);
        if (first == select)
            fields.items[i].origin = target_origin(&level, target->val);
        fields.items[i].origin.kept &= !grouped;
    }
    return fields;
}

const Origin *origin_of(const Node *query, OriginColumns *columns, void *context, Arena *arena,
                        size_t *ret_count)
{
    Finding finding = {.columns = columns, .context = context, .arena = arena};

    *ret_count = 0;
    if (!query || query->node_case != NODE(SELECT_STMT))
        return NULL;
    Fields fields = select_fields(&finding, query->select_stmt, NULL);
    if (finding.too_many)
        return NULL;
    Origin *origins = arena_alloc(arena, (fields.count + 1) * sizeof *origins);

    for (size_t i = 0; i < fields.count; i++)
        origins[i] = fields.items[i].origin;
    *ret_count = fields.count;
    return origins;
}
