#include <string.h>

#include "replay/analyse.h"
#include "replay/names.h"
#include "replay/parts.h"
#include "replay/types.h"

const char *table_schema(const Replay *replay, const PgQuery__RangeVar *range)
{
    if (tree_given(range->relpersistence) && *range->relpersistence == 't')
        return catalog_temporary;
    return tree_given(range->schemaname) ? range->schemaname
                                         : catalog_creation_schema(replay->catalog);
}

Relation *table_find(Replay *replay, const PgQuery__RangeVar *range, bool missing_ok)
{
    Relation *relation = range ? catalog_relation(replay->catalog, tree_given(range->schemaname),
                                                  names_cut(replay->arena, range->relname))
                               : NULL;

    if (!relation && !missing_ok)
        replay_warn(replay, "relation '%s' is not known", range ? range->relname : "?");
    return relation;
}

Constraint *table_constraint(const Relation *relation, const char *name)
{
    return catalog_constraint(&relation->constraints, name);
}

void table_set_default(Replay *replay, Relation *relation, Column *column, const Node *node,
                       bool generated)
{
    Analysis analysis = analyse_open(replay->catalog);
    Expr *expr;

    if (generated)
        analyse_relation(&analysis, relation, NULL);
    expr = analyse_assigned(&analysis, node, column->type);
    column->inexact = (Vec){0};
    /* A plain NULL is no default at all. */
    if (!generated && expr->kind == EXPR_CONST && expr->null) {
        column->default_expr = NULL;
        return;
    }
    column->default_expr = expr;
    column->generated = generated ? 's' : 0;
    replay_settle(replay, &analysis, &column->inexact, "default",
                  arena_printf(replay->arena, "%s.%s", relation->name, column->name));
}

bool table_is_toasted(const Catalog *catalog, Oid type, bool *ret_main)
{
    static const char *const wide[] = {
        "bit",           "bpchar",      "bytea",  "json",    "jsonb",     "jsonpath",
        "path",          "polygon",     "record", "text",    "refcursor", "tsvector",
        "txid_snapshot", "pg_snapshot", "varbit", "varchar", "xml",
    };
    const Type *base = catalog_type(catalog, catalog_base_type(catalog, type, NULL));

    *ret_main = base && (base->oid == NUMERICOID || base->oid == INETOID ||
                         (base->oid < BUILTIN_OID_END && strcmp(base->name, "cidr") == 0));
    if (!base || *ret_main)
        return true;
    if (base->oid == INT2VECTOROID || base->oid == OIDVECTOROID)
        return false;
    if (base->category == 'A' || strchr("crm", base->kind))
        return true;
    if (base->oid >= BUILTIN_OID_END)
        return base->kind != TYPE_ENUM; /* of an extension: most are */
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (strcmp(wide[i], base->name) == 0)
            return true;
    return false;
}

/* type_maximum_size() in format_type.c, of a type that can be toasted; 0: there is no limit. In
 * UTF-8 a character has four bytes at most. */
static size_t maximum_size(TypeRef type)
{
    const int32_t header = 4;
    const int32_t modifier = type.modifier;

    if (modifier < 0)
        return 0;
    switch (type.oid) {
    case BPCHAROID:
    case VARCHAROID:
        return (size_t)(modifier - header) * 4 + (size_t)header;
    case NUMERICOID:
        return 8 + ((((size_t)(modifier - header) >> 16) & 0xffff) + 6) / 4 * 2;
    case BITOID:
    case VARBITOID:
        return ((size_t)modifier + 7) / 8 + 8;
    default:
        return 0;
    }
}

/* heapam_relation_needs_toast_table(). What is of one length is between 1 and 64 bytes here, with
 * what aligns it; ret_sure: that does not matter. */
static bool has_toast(const Catalog *catalog, const Relation *relation, bool *ret_sure)
{
    enum { THRESHOLD = 2032, FIXED_MAX = 72, ALIGNED = 8 };
    size_t least = 24, most = 24 + relation->columns.count / 8 + ALIGNED;
    bool toasted = false;

    *ret_sure = true;
    for (size_t i = 0; i < relation->columns.count; i++) {
        const Column *column = relation->columns.items[i];
        bool is_main = false;
        bool plain = column->storage && strcmp(column->storage, "plain") == 0;
        size_t size;

        if (catalog_base_type(catalog, column->type.oid, NULL) == TSQUERYOID) {
            /* Of any length, but always stored as it is. */
            least += THRESHOLD;
            most += THRESHOLD;
            continue;
        }
        if (!table_is_toasted(catalog, column->type.oid, &is_main)) {
            least++;
            most += FIXED_MAX;
            continue;
        }
        size = maximum_size(column->type);
        toasted |= !plain;
        least += size ? size : THRESHOLD;
        most += size ? size + ALIGNED : THRESHOLD;
    }
    *ret_sure = !toasted || (least > THRESHOLD) == (most > THRESHOLD);
    return toasted && most > THRESHOLD;
}

void table_note_toast(const Catalog *catalog, Relation *relation)
{
    bool sure = false;
    bool toast = has_toast(catalog, relation, &sure);

    relation->toasted |= toast && sure;
}

void table_options(Replay *replay, Relation *relation, Node *const *options, size_t count)
{
    bool sure = true;
    bool toast =
        relation->kind != 'p' && (relation->toasted || has_toast(replay->catalog, relation, &sure));

    for (size_t i = 0; i < count; i++) {
        if (!tree_given(options[i]->def_elem->defnamespace)) {
            /* Of former times: transformRelOptions() leaves it out. */
            if (strcmp(options[i]->def_elem->defname, "oids") == 0)
                continue;
            index_options_add(replay, &relation->options, options + i, 1);
            continue;
        }
        if (toast)
            index_options_add(replay, &relation->toast_options, options + i, 1);
        if (!sure) {
            replay_warn(replay, "it is not certain that '%s' has a TOAST table", relation->name);
            catalog_inexact(replay->catalog, &relation->inexact, "toast_options");
        }
    }
}

void table_rewrite(Replay *replay, Relation *relation, bool surely)
{
    bool sure = true;

    if (relation->toast_options.count == 0 || (has_toast(replay->catalog, relation, &sure) && sure))
        return;
    if (surely && sure)
        relation->toast_options = (Vec){0};
    else
        catalog_inexact(replay->catalog, &relation->inexact, "toast_options");
}

/* A constraint node on a column, made to name that column. */
static PgQuery__Constraint *column_constraint(Replay *replay, const PgQuery__Constraint *node,
                                              const char *column)
{
    PgQuery__Constraint *copy = arena_alloc(replay->arena, sizeof *copy);
    PgQuery__String *string = arena_alloc(replay->arena, sizeof *string);
    Node *name = arena_alloc(replay->arena, sizeof *name);
    Node **names = arena_alloc(replay->arena, sizeof *names);

    *copy = *node;
    string->sval = arena_strdup(replay->arena, column);
    name->node_case = NODE(STRING);
    name->string = string;
    names[0] = name;
    if (node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN) {
        copy->fk_attrs = names;
        copy->n_fk_attrs = 1;
    } else if (node->contype != PG_QUERY__CONSTR_TYPE__CONSTR_CHECK) {
        copy->keys = names;
        copy->n_keys = 1;
    }
    return copy;
}

static void pend(Replay *replay, Pending *pending, PgQuery__Constraint *node)
{
    switch (node->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        vec_add(replay->arena, &pending->checks, node);
        break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
        vec_insert(replay->arena, &pending->indexes, 0, node);
        break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
        vec_add(replay->arena, &pending->indexes, node);
        break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
        vec_add(replay->arena, &pending->foreign, node);
        break;
    default:
        break;
    }
}

/* DEFERRABLE and INITIALLY DEFERRED stand behind the constraint they belong to. */
static void apply_attribute(PgQuery__Constraint *last, PgQuery__ConstrType type)
{
    if (!last)
        return;
    if (type == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE)
        last->deferrable = true;
    if (type == PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED)
        last->deferrable = last->initdeferred = true;
}

Column *table_add_column(Replay *replay, Relation *relation, const PgQuery__ColumnDef *node,
                         Pending *pending)
{
    const char *problem = NULL;
    Oid serial = 0;
    bool is_serial = node->type_name && types_is_serial(node->type_name, &serial);
    TypeRef type = is_serial         ? (TypeRef){serial, -1}
                   : node->type_name ? types_resolve(replay->catalog, node->type_name, &problem)
                                     : (TypeRef){0, -1};
    Column *column = catalog_column(relation, names_cut(replay->arena, node->colname));
    PgQuery__Constraint *last = NULL;

    if (column && (column->inherited || !node->type_name)) {
        /* Options alone, of a partition or of a type's column, do not make it the table's own. */
        column->inherited &= !node->type_name;
    } else {
        column = catalog_column_add(replay->catalog, relation,
                                    names_cut(replay->arena, node->colname), type);
    }
    if (tree_given(node->compression))
        column->compression = strcmp(node->compression, "default") != 0 ? node->compression : NULL;
    thing_options(replay, &column->foreign_options, node->fdwoptions, node->n_fdwoptions);
    if (problem) {
        replay_warn(replay, "%s (column '%s.%s')", problem, relation->name, column->name);
        catalog_inexact(replay->catalog, &column->inexact, "type");
        /* Not all types that are there are known, of extensions. */
        if (replay->catching && !replay->failure)
            replay->failure = "unknown";
    }
    if (node->coll_clause) {
        column->collation = operator_collation(replay, node->coll_clause->collname,
                                               node->coll_clause->n_collname, type.oid);
    }
    column->not_null |= node->is_not_null;
    if (is_serial) {
        Relation *sequence = sequence_for_column(replay, relation, column, NULL, 0);
        Analysis analysis = analyse_open(replay->catalog);
        PgQuery__FuncCall call = PG_QUERY__FUNC_CALL__INIT;
        PgQuery__String name = PG_QUERY__STRING__INIT;
        Node name_node = PG_QUERY__NODE__INIT;
        Node *names[1];
        Vec arguments = {0};
        Expr *regclass = expr_const(&analysis, REGCLASSOID, "");

        regclass->relation = sequence;
        name.sval = arena_strdup(replay->arena, "nextval");
        name_node.node_case = NODE(STRING);
        name_node.string = &name;
        names[0] = &name_node;
        call.funcname = names;
        call.n_funcname = 1;
        vec_add(replay->arena, &arguments, regclass);
        column->default_expr = coerce_to(&analysis, call_function(&analysis, &call, &arguments),
                                         column->type, COERCE_ASSIGNMENT, FORM_IMPLICIT_CAST);
        column->default_expr->text = NULL;
        column->not_null = true;
    }
    for (size_t i = 0; i < node->n_constraints; i++) {
        const PgQuery__Constraint *constraint = node->constraints[i]->constraint;

        switch (constraint->contype) {
        case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
            column->not_null = true;
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
            /* A partition's own, of a column that is generated above, is what it is generated by.
             */
            table_set_default(replay, relation, column, constraint->raw_expr,
                              column->generated != 0);
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY: {
            Relation *sequence = sequence_for_column(replay, relation, column, constraint->options,
                                                     constraint->n_options);

            sequence->identity = true;
            column->identity =
                tree_given(constraint->generated_when) ? *constraint->generated_when : 'a';
            column->not_null = true;
            break;
        }
        case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
            column->generated = 's';
            vec_insert(replay->arena, &pending->checks, 0,
                       column_constraint(replay, constraint, column->name));
            ((PgQuery__Constraint *)pending->checks.items[0])->conname =
                arena_strdup(replay->arena, column->name);
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE:
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_DEFERRABLE:
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED:
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_IMMEDIATE:
            apply_attribute(last, constraint->contype);
            break;
        default:
            last = column_constraint(replay, constraint, column->name);
            pend(replay, pending, last);
            break;
        }
    }
    return column;
}

void table_finish(Replay *replay, Relation *relation, const Pending *pending, size_t first_new)
{
    for (size_t i = 0; i < pending->checks.count; i++) {
        const PgQuery__Constraint *node = pending->checks.items[i];

        if (node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED) {
            Column *column = catalog_column(relation, node->conname);

            if (column)
                table_set_default(replay, relation, column, node->raw_expr, true);
        } else {
            constraint_add_check(replay, relation, node);
        }
    }
    for (size_t i = 0; i < pending->indexes.count; i++) {
        const PgQuery__Constraint *node = pending->indexes.items[i];

        constraint_add_index(replay, relation, node,
                             node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY  ? 'p'
                             : node->contype == PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE ? 'u'
                                                                                     : 'x',
                             first_new);
    }
    for (size_t i = 0; i < pending->foreign.count; i++)
        constraint_add_foreign(replay, relation, pending->foreign.items[i]);
}

void table_copy_column(Replay *replay, Relation *relation, const Column *from, bool inherited,
                       bool with_default)
{
    Column *column = catalog_column(relation, from->name);

    if (column) {
        column->not_null |= from->not_null;
        column->inherited &= inherited;
        return;
    }
    column = catalog_column_add(replay->catalog, relation, from->name, from->type);
    column->collation = from->collation;
    column->not_null = from->not_null;
    column->inherited = inherited;
    column->storage = inherited ? from->storage : NULL;
    column->compression = inherited ? from->compression : NULL;
    column->inexact = vec_copy(replay->arena, &from->inexact);
    if (with_default) {
        column->default_expr = from->default_expr;
        column->generated = from->generated;
    }
}

void table_inherit(Replay *replay, Relation *relation, Relation *parent, bool is_new)
{
    vec_add(replay->arena, &relation->parents, parent);
    vec_add(replay->arena, &parent->children, relation);
    if (vec_has_text(&parent->inexact, "constraints"))
        catalog_inexact(replay->catalog, &relation->inexact, "constraints");
    for (size_t i = 0; i < parent->columns.count; i++) {
        const Column *from = parent->columns.items[i];
        Column *own = catalog_column(relation, from->name);

        table_copy_column(replay, relation, from, true, true);
        if (is_new && own && !own->compression)
            own->compression = from->compression;
        if (is_new && own && !own->default_expr) {
            own->default_expr = from->default_expr;
            own->generated = from->generated;
            if (vec_has_text(&from->inexact, "default"))
                catalog_inexact(replay->catalog, &own->inexact, "default");
        }
    }
    for (size_t i = 0; i < parent->constraints.count; i++) {
        const Constraint *constraint = parent->constraints.items[i];
        Constraint *own;

        if (constraint->type != 'c' || constraint->no_inherit ||
            table_constraint(relation, constraint->name))
            continue;
        own = table_hand_down(replay, relation, constraint);
        /* There is no row yet that it would have to be checked on. */
        own->not_valid &= !is_new;
    }
}

Expr *table_like_expr(Replay *replay, const Expr *expr, RangeEntry *entry)
{
    Expr *copy;

    if (!expr)
        return NULL;
    copy = arena_alloc(replay->arena, sizeof *copy);
    *copy = *expr;
    copy->args = copy->order = (Vec){0};
    for (size_t i = 0; i < expr->args.count; i++)
        vec_add(replay->arena, &copy->args, table_like_expr(replay, expr->args.items[i], entry));
    for (size_t i = 0; i < expr->order.count; i++) {
        const Sort *sort = expr->order.items[i];
        Sort *own = arena_alloc(replay->arena, sizeof *own);

        *own = *sort;
        own->expr = table_like_expr(replay, sort->expr, entry);
        vec_add(replay->arena, &copy->order, own);
    }
    copy->filter = table_like_expr(replay, expr->filter, entry);
    if (expr->kind == EXPR_COLUMN && expr->place < expr->entry->columns.count) {
        const RangeColumn *column = expr->entry->columns.items[expr->place];
        const char *name = column->column ? column->column->name : column->name;

        for (size_t i = 0; i < entry->columns.count; i++) {
            const RangeColumn *own = entry->columns.items[i];

            if (strcmp(own->column ? own->column->name : own->name, name) == 0) {
                copy->entry = entry;
                copy->place = i;
            }
        }
    } else if (expr->kind == EXPR_ROW_OF) {
        copy->entry = entry;
    }
    return copy;
}

static void like_columns(Replay *replay, const Vec *columns, const Relation *relation, Vec *ret)
{
    for (size_t i = 0; i < columns->count; i++) {
        const Column *column = columns->items[i];

        vec_add(replay->arena, ret, column ? catalog_column(relation, column->name) : NULL);
    }
}

Constraint *table_hand_down(Replay *replay, Relation *child, const Constraint *constraint)
{
    Analysis analysis = analyse_open(replay->catalog);
    Constraint *copy = arena_alloc(replay->arena, sizeof *copy);

    *copy = *constraint;
    copy->columns = (Vec){0};
    like_columns(replay, &constraint->columns, child, &copy->columns);
    copy->check =
        table_like_expr(replay, constraint->check, analyse_relation(&analysis, child, NULL));
    copy->inexact = vec_copy(replay->arena, &constraint->inexact);
    copy->comment = NULL;
    copy->inherited = true;
    catalog_constraint_add(replay->catalog, child, copy);
    return copy;
}

static Index *like_index(Replay *replay, const Index *index, Relation *relation, RangeEntry *entry,
                         bool comments)
{
    Index *copy = arena_alloc(replay->arena, sizeof *copy);

    *copy = *index;
    copy->number = 0;
    copy->keys = copy->included = copy->lacking = (Vec){0};
    copy->options = vec_copy(replay->arena, &index->options);
    copy->inexact = vec_copy(replay->arena, &index->inexact);
    copy->of_partition = false;
    if (!comments)
        copy->comment = NULL;
    for (size_t i = 0; i < index->keys.count; i++) {
        const IndexKey *key = index->keys.items[i];
        IndexKey *own = arena_alloc(replay->arena, sizeof *own);

        *own = *key;
        own->statistics = 0;
        if (key->column)
            own->column = catalog_column(relation, key->column->name);
        else if (key->expr)
            own->expr = table_like_expr(replay, key->expr, entry);
        vec_add(replay->arena, &copy->keys, own);
    }
    like_columns(replay, &index->included, relation, &copy->included);
    copy->predicate = table_like_expr(replay, index->predicate, entry);
    return copy;
}

/* sequence_options() in sequence.c of the server: all but the type, which is the column's. */
static void like_identity(Replay *replay, Relation *relation, Column *copy, const Relation *source,
                          const Column *column)
{
    Relation *sequence = sequence_for_column(replay, relation, copy, NULL, 0);

    sequence->identity = true;
    sequence->data_type = "bigint";
    for (size_t i = 0; i < source->sequences.count; i++) {
        const Relation *model = source->sequences.items[i];

        if (model->owner_column != column || !model->identity)
            continue;
        sequence->start = model->start;
        sequence->increment = model->increment;
        sequence->minimum = model->minimum;
        sequence->maximum = model->maximum;
        sequence->cache = model->cache;
        sequence->cycle = model->cycle;
    }
}

static void like(Replay *replay, Relation *relation, const PgQuery__TableLikeClause *clause)
{
    enum {
        COMMENTS = 1,
        CONSTRAINTS = 4,
        DEFAULTS = 8,
        GENERATED = 16,
        IDENTITY = 32,
        INDEXES = 64,
        STATISTICS = 128,
        STORAGE = 256,
        COMPRESSION = 2
    };
    Relation *source = table_find(replay, clause->relation, false);
    Analysis analysis = analyse_open(replay->catalog);
    RangeEntry *entry;
    bool generated = false;

    if (!source) {
        catalog_inexact(replay->catalog, &relation->inexact, "columns");
        return;
    }
    /* What is not known of a source is not of its copy. */
    if ((clause->options & (CONSTRAINTS | INDEXES)) &&
        vec_has_text(&source->inexact, "constraints"))
        catalog_inexact(replay->catalog, &relation->inexact, "constraints");
    if ((clause->options & INDEXES) && vec_has_text(&source->inexact, "indexes"))
        catalog_inexact(replay->catalog, &relation->inexact, "indexes");
    for (size_t i = 0; i < source->columns.count; i++) {
        const Column *column = source->columns.items[i];
        Column *copy;

        table_copy_column(replay, relation, column, false,
                          column->generated ? (clause->options & GENERATED) != 0
                                            : (clause->options & DEFAULTS) != 0);
        copy = catalog_column(relation, column->name);
        generated |= copy->generated != 0;
        if (clause->options & COMMENTS)
            copy->comment = column->comment;
        if (clause->options & STORAGE)
            copy->storage = column->storage;
        if (clause->options & COMPRESSION)
            copy->compression = column->compression;
        if (column->identity && (clause->options & IDENTITY)) {
            copy->identity = column->identity;
            like_identity(replay, relation, copy, source, column);
        }
    }
    entry = analyse_relation(&analysis, relation, NULL);
    for (size_t i = 0; i < source->columns.count && generated; i++) {
        const Column *column = source->columns.items[i];
        Column *copy = catalog_column(relation, column->name);

        if (copy->generated && column->default_expr)
            copy->default_expr = table_like_expr(replay, column->default_expr, entry);
    }
    for (size_t i = 0; i < source->constraints.count; i++) {
        const Constraint *constraint = source->constraints.items[i];

        if (constraint->type == 'c' && (clause->options & CONSTRAINTS)) {
            Constraint *copy = constraint_merge_check(relation, constraint->name);

            if (copy) {
                if (constraint->comment && (clause->options & COMMENTS))
                    copy->comment = constraint->comment;
                continue;
            }
            copy = arena_alloc(replay->arena, sizeof *copy);
            *copy = *constraint;
            copy->columns = (Vec){0};
            like_columns(replay, &constraint->columns, relation, &copy->columns);
            copy->inexact = vec_copy(replay->arena, &constraint->inexact);
            copy->inherited = false;
            copy->not_valid = false;
            copy->check = table_like_expr(replay, constraint->check, entry);
            if (!(clause->options & COMMENTS))
                copy->comment = NULL;
            catalog_constraint_add(replay->catalog, relation, copy);
        } else if (constraint->index && (clause->options & INDEXES)) {
            Constraint *copy = arena_alloc(replay->arena, sizeof *copy);

            *copy = *constraint;
            copy->columns = (Vec){0};
            like_columns(replay, &constraint->columns, relation, &copy->columns);
            copy->inexact = vec_copy(replay->arena, &constraint->inexact);
            copy->index =
                like_index(replay, constraint->index, relation, entry, clause->options & COMMENTS);
            copy->name = copy->index->name = constraint_key_name(replay, relation, copy);
            copy->of_parent = copy->inherited = copy->name_chosen = false;
            copy->comment = NULL;
            catalog_constraint_add(replay->catalog, relation, copy);
        }
    }
    for (size_t i = 0; i < source->indexes.count && (clause->options & INDEXES); i++) {
        Index *copy = like_index(replay, source->indexes.items[i], relation, entry,
                                 clause->options & COMMENTS);

        copy->name = naming_choose(replay, relation->schema, relation->name,
                                   naming_join(replay, &copy->names), "idx", true, false);
        catalog_index_add(replay->catalog, relation, copy);
    }
    for (size_t i = 0; i < source->parents.count && (clause->options & INDEXES); i++) {
        const Relation *parent = source->parents.items[i];

        if (!partition_hands_down(parent))
            continue;
        replay_warn(replay, "what indexes '%s' has of its parent is not replayed", source->name);
        catalog_inexact(replay->catalog, &relation->inexact, "constraints");
        catalog_inexact(replay->catalog, &relation->inexact, "indexes");
    }
    if (clause->options & STATISTICS)
        statistics_like(replay, source, relation, entry, clause->options & COMMENTS);
}

Relation *table_create(Replay *replay, const PgQuery__CreateStmt *create, bool foreign)
{
    const char *schema = table_schema(replay, create->relation);
    const char *name = names_cut(replay->arena, create->relation->relname);
    bool temporary = strcmp(schema, catalog_temporary) == 0;
    Pending pending = {0};
    Relation *relation;
    PgQuery__Constraint *last = NULL;

    relation = catalog_relation(replay->catalog, schema, name);
    /* What is there in every project of a platform is there only on it. */
    if (relation && relation->known && (!create->if_not_exists || !replay->supabase))
        drop_relation(replay, relation, true);
    if (catalog_name_taken(replay->catalog, schema, name)) {
        if (!create->if_not_exists)
            replay_warn(replay, "relation '%s' exists already", name);
        return NULL;
    }
    if (catalog_row_taken(replay->catalog, schema, name)) {
        replay_warn(replay, "type '%s' exists already", name);
        return NULL;
    }
    if (!catalog_schema(replay->catalog, schema) && !temporary)
        replay_warn(replay, "schema '%s' is not known", schema);
    relation = catalog_relation_add(replay->catalog, schema, name, foreign ? 'f' : 'r');
    relation->member = temporary || replay->extensions;
    relation->until_commit = create->oncommit == PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_DROP;
    relation->known = !replay->file;
    relation->unlogged =
        create->relation->relpersistence && *create->relation->relpersistence == 'u';
    rights_begin(replay, &relation->rights, 'r', schema);
    if (relation->type)
        relation->type->rights.owner = relation->rights.owner;
    relation->tablespace = names_tablespace(create->tablespacename);
    relation->access_method = tree_given(create->access_method);
    for (size_t i = 0; i < create->n_inh_relations; i++) {
        Relation *parent = create->inh_relations[i]->node_case == NODE(RANGE_VAR)
                               ? table_find(replay, create->inh_relations[i]->range_var, false)
                               : NULL;

        if (parent) {
            table_inherit(replay, relation, parent, true);
            if (create->partbound)
                partition_bind(replay, relation, parent, create->partbound);
        } else {
            catalog_inexact(replay->catalog, &relation->inexact, "columns");
        }
    }
    if (create->of_typename) {
        const Relation *row = catalog_row_type(
            replay->catalog, types_resolve(replay->catalog, create->of_typename, NULL).oid);

        for (size_t i = 0; row && i < row->columns.count; i++)
            table_copy_column(replay, relation, row->columns.items[i], false, false);
        relation->of_type = row ? row->type : NULL;
    }
    for (size_t i = 0; i < create->n_table_elts; i++) {
        const Node *element = create->table_elts[i];

        if (element->node_case == NODE(COLUMN_DEF)) {
            table_add_column(replay, relation, element->column_def, &pending);
        } else if (element->node_case == NODE(CONSTRAINT)) {
            last = arena_alloc(replay->arena, sizeof *last);
            *last = *element->constraint;
            /* There is no row yet that it would have to be checked on. */
            last->initially_valid |= !foreign;
            pend(replay, &pending, last);
        } else if (element->node_case == NODE(TABLE_LIKE_CLAUSE)) {
            like(replay, relation, element->table_like_clause);
        }
    }
    table_finish(replay, relation, &pending, relation->constraints.count);
    if (create->partspec)
        partition_by(replay, relation, create->partspec);
    table_options(replay, relation, create->options, create->n_options);
    return relation;
}

void table_create_foreign(Replay *replay, const PgQuery__CreateForeignTableStmt *create)
{
    Relation *relation = table_create(replay, create->base_stmt, true);

    if (!relation)
        return;
    relation->server = replay_keep(replay, create->servername);
    if (!thing_find(replay, KIND_SERVER, NULL, create->servername))
        replay_warn(replay, "server '%s' is not known", create->servername);
    thing_options(replay, &relation->foreign_options, create->options, create->n_options);
}
