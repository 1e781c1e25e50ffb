#include <string.h>

#include "replay/analyse.h"
#include "replay/names.h"
#include "replay/parts.h"

static const char *index_options_text(Replay *replay, Node *const *options, size_t count)
{
    const char *text = NULL;

    for (size_t i = 0; i < count; i++) {
        const PgQuery__DefElem *option = options[i]->def_elem;
        const char *value = "true";

        if (option->arg) {
            switch (option->arg->node_case) {
            case NODE(STRING):
                value = tree_string(option->arg);
                break;
            case NODE(INTEGER):
                value = arena_printf(replay->arena, "%d", (int)option->arg->integer->ival);
                break;
            case NODE(FLOAT):
                value = option->arg->float_->fval;
                break;
            case NODE(BOOLEAN):
                value = option->arg->boolean->boolval ? "true" : "false";
                break;
            case NODE(TYPE_NAME):
                value = tree_last(option->arg->type_name->names, option->arg->type_name->n_names);
                break;
            default:
                break;
            }
        }
        text = arena_printf(replay->arena, "%s%s%s=%s", text ? text : "", text ? "\n" : "",
                            option->defname, value);
    }
    return text;
}

void index_options_add(Replay *replay, Vec *ret, Node *const *options, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *text = index_options_text(replay, options + i, 1);
        size_t length = strcspn(text, "=") + 1;

        for (size_t k = 0; k < ret->count; k++) {
            if (strncmp(ret->items[k], text, length) == 0)
                vec_remove(ret, ret->items[k]);
        }
        vec_add(replay->arena, ret, text);
    }
}

void index_options_drop(Vec *options, Node *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *name = names[i]->def_elem->defname;
        size_t length = strlen(name);

        for (size_t k = options->count; k > 0; k--) {
            const char *option = options->items[k - 1];

            if (strncmp(option, name, length) == 0 && option[length] == '=')
                vec_remove(options, option);
        }
    }
}

/* Drops the operator class when it is the default of the key's type. */
static void settle_class(Replay *replay, const char *method, const char *name, Oid type,
                         IndexKey *key)
{
    size_t count = 0;
    const BuiltinClass *rows = builtin_classes(&count);
    Oid base = catalog_base_type(replay->catalog, type, NULL);

    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].method, method) == 0 && strcmp(rows[i].name, name) == 0) {
            bool fits =
                rows[i].type == base ||
                coerce_possible(&(Analysis){.catalog = replay->catalog, .arena = replay->arena},
                                base, rows[i].type, COERCE_IMPLICIT);

            if (!(rows[i].is_default && fits) || key->class_options)
                key->class_name = name;
            return;
        }
    }
    /* Of an extension: shown with its schema. */
    for (size_t i = 0; i < replay->catalog->extensions.count; i++) {
        const Extension *extension = replay->catalog->extensions.items[i];

        if ((strcmp(extension->name, "pg_trgm") == 0 && strstr(name, "_trgm_ops")) ||
            (strcmp(extension->name, "vector") == 0 &&
             (strncmp(name, "vector_", 7) == 0 || strncmp(name, "halfvec_", 8) == 0))) {
            bool is_default = strcmp(method, "ivfflat") == 0 && strcmp(name, "vector_l2_ops") == 0;

            if (!is_default)
                key->class_name = arena_printf(replay->arena, "%s.%s", extension->schema, name);
            return;
        }
    }
    key->class_name = name;
}

static bool known_class(const Replay *replay, const char *name)
{
    size_t count = 0;
    const BuiltinClass *rows = builtin_classes(&count);

    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].name, name) == 0)
            return true;
    }
    for (size_t i = 0; i < replay->catalog->extensions.count; i++) {
        const char *extension = ((const Extension *)replay->catalog->extensions.items[i])->name;

        if ((strcmp(extension, "pg_trgm") == 0 && strstr(name, "_trgm_ops")) ||
            (strcmp(extension, "vector") == 0 && strstr(name, "_ops")))
            return true;
    }
    return false;
}

void index_drop_own_collation(const Catalog *catalog, IndexKey *key)
{
    static const char server[] = "pg_catalog.";
    const char *own = key->column && key->column->collation ? key->column->collation
                      : key->column ? catalog_collation(catalog, key->column->type.oid)
                                    : NULL;
    const char *said = key->collation;

    if (!said || !own)
        return;
    own += strncmp(own, server, strlen(server)) == 0 ? strlen(server) : 0;
    said += strncmp(said, server, strlen(server)) == 0 ? strlen(server) : 0;
    if (strcmp(own, said) == 0)
        key->collation = NULL;
}

void index_key_settle(const Relation *relation, IndexKey *key)
{
    if (!key->expr || key->expr->kind != EXPR_COLUMN || key->expr->place >= relation->columns.count)
        return;
    key->column = relation->columns.items[key->expr->place];
    key->expr = NULL;
}

IndexKey *index_key_new(Replay *replay, Relation *relation, const char *method,
                        const PgQuery__IndexElem *element, Vec *inexact)
{
    IndexKey *key = arena_alloc(replay->arena, sizeof *key);
    Oid type = 0;

    key->has_order = strcmp(method, "btree") == 0;
    if (tree_given(element->name)) {
        key->column = catalog_column(relation, names_cut(replay->arena, element->name));
        if (!key->column) {
            replay_warn(replay, "column '%s' of '%s' is not known", element->name, relation->name);
            catalog_inexact(replay->catalog, inexact, "definition");
            key->expr = NULL;
        } else {
            type = key->column->type.oid;
        }
    } else {
        Analysis analysis = analyse_open(replay->catalog);

        analyse_relation(&analysis, relation, NULL);
        key->expr = analyse_expr(&analysis, element->expr);
        if (expr_is_unknown(key->expr))
            key->expr = coerce_type(&analysis, key->expr, (TypeRef){TEXTOID, -1}, COERCE_IMPLICIT,
                                    FORM_IMPLICIT_CAST);
        /* A collation of the whole key is the key's own. */
        while (key->expr->kind == EXPR_COLLATE) {
            if (!key->collation)
                key->collation = key->expr->text;
            key->expr = expr_arg(key->expr, 0);
        }
        type = key->expr->type.oid;
        index_key_settle(relation, key);
        replay_settle(replay, &analysis, inexact, "definition", relation->name);
    }
    if (element->n_collation) {
        const char *schema = tree_qualifier(element->collation, element->n_collation);

        key->collation = names_qualified(
            replay->arena, schema && strcmp(schema, "pg_catalog") != 0 ? schema : NULL,
            tree_last(element->collation, element->n_collation));
    }
    index_drop_own_collation(replay->catalog, key);
    if (element->n_opclassopts) {
        const char *options =
            index_options_text(replay, element->opclassopts, element->n_opclassopts);

        key->class_options = options;
    }
    if (element->n_opclass) {
        const char *name = tree_last(element->opclass, element->n_opclass);

        settle_class(replay, method, name, type, key);
        if (!known_class(replay, name)) {
            replay_warn(replay, "operator class '%s' is not known", name);
            catalog_inexact(replay->catalog, inexact, "definition");
        }
    }
    key->descending = element->ordering == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
    key->nulls_first =
        element->nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST ||
        (element->nulls_ordering != PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST && key->descending);
    return key;
}

const char *index_key_base(const Node *expr)
{
    const char *name = expr ? select_name(expr) : "?column?";

    return strcmp(name, "?column?") == 0 ? "expr" : name;
}

static void key_names(Replay *replay, const PgQuery__IndexStmt *statement, Vec *ret)
{
    for (size_t i = 0; i < statement->n_index_params + statement->n_index_including_params; i++) {
        const PgQuery__IndexElem *element =
            i < statement->n_index_params
                ? statement->index_params[i]->index_elem
                : statement->index_including_params[i - statement->n_index_params]->index_elem;

        naming_add_distinct(
            replay, ret, tree_given(element->name) ? element->name : index_key_base(element->expr));
    }
}

Expr *index_predicate(Replay *replay, Relation *relation, const Node *node, Vec *inexact,
                      const char *member, const char *name)
{
    Analysis analysis = analyse_open(replay->catalog);
    Expr *expr;

    analyse_relation(&analysis, relation, NULL);
    expr = analyse_boolean(&analysis, node);
    replay_settle(replay, &analysis, inexact, member, name);
    return expr;
}

void index_where(Replay *replay, Relation *relation, const Node *node, Index *index, Vec *inexact,
                 const char *member, const char *name)
{
    const Expr *expr = index_predicate(replay, relation, node, inexact, member, name);
    bool always = expr->kind == EXPR_CONST && expr->type.oid == BOOLOID && !expr->null &&
                  strcmp(expr->text, "true") == 0;

    index->predicate = always ? NULL : (Expr *)(uintptr_t)expr;
}

void index_create(Replay *replay, const PgQuery__IndexStmt *statement)
{
    Relation *relation = table_find(replay, statement->relation, false);
    Index *index;
    const char *name = tree_given(statement->idxname);
    Vec names = {0};

    if (!relation)
        return;
    if (name &&
        catalog_name_taken(replay->catalog, relation->schema, names_cut(replay->arena, name))) {
        if (!statement->if_not_exists)
            replay_warn(replay, "relation '%s' exists already", name);
        return;
    }
    index = arena_alloc(replay->arena, sizeof *index);
    index->method = tree_given(statement->access_method) ? statement->access_method : "btree";
    index->unique = statement->unique;
    index->nulls_not_distinct = statement->nulls_not_distinct;
    for (size_t i = 0; i < statement->n_index_params; i++)
        vec_add(replay->arena, &index->keys,
                index_key_new(replay, relation, index->method,
                              statement->index_params[i]->index_elem, &index->inexact));
    for (size_t i = 0; i < statement->n_index_including_params; i++) {
        Column *column =
            catalog_column(relation, statement->index_including_params[i]->index_elem->name
                                         ? statement->index_including_params[i]->index_elem->name
                                         : "");

        if (column)
            vec_add(replay->arena, &index->included, column);
    }
    key_names(replay, statement, &names);
    index->names = names;
    for (size_t i = 0; i < index->keys.count && i < names.count; i++) {
        IndexKey *key = index->keys.items[i];

        key->name = key->column ? NULL : names.items[i];
    }
    if (name) {
        index->name = names_cut(replay->arena, name);
    } else {
        partition_doubt_name(replay, relation, &names);
        index->name = naming_choose(replay, relation->schema, relation->name,
                                    naming_join(replay, &names), "idx", true, false);
    }
    index_options_add(replay, &index->options, statement->options, statement->n_options);
    index->tablespace = names_tablespace(statement->table_space);
    if (statement->where_clause) {
        index_where(replay, relation, statement->where_clause, index, &index->inexact, "predicate",
                    index->name);
        if (vec_has_text(&index->inexact, "predicate"))
            catalog_inexact(replay->catalog, &index->inexact, "definition");
    }
    catalog_index_add(replay->catalog, relation, index);
    for (size_t i = 0; i < relation->children.count && relation->kind == 'p'; i++) {
        if (statement->relation->inh)
            partition_adopt_index(replay, relation->children.items[i], relation, index);
        else
            vec_add(replay->arena, &index->lacking, relation->children.items[i]);
    }
}
