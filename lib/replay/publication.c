#include <string.h>

#include "replay/names.h"
#include "replay/parts.h"

static void set_options(Thing *thing, Node *const *options, size_t count, Replay *replay)
{
    static const char *const actions[] = {"insert", "update", "delete", "truncate"};

    for (size_t i = 0; i < count; i++) {
        const PgQuery__DefElem *option = options[i]->def_elem;
        const char *text = tree_string(option->arg);

        if (strcmp(option->defname, "publish") == 0) {
            for (size_t k = 0; k < 4; k++)
                thing_flag(thing, actions[k], strstr(text, actions[k]) != NULL);
        } else if (strcmp(option->defname, "publish_via_partition_root") == 0) {
            thing_flag(
                thing, "via_root",
                !option->arg || strcmp(text, "true") == 0 || strcmp(text, "on") == 0 ||
                    (option->arg->node_case == NODE(BOOLEAN) && option->arg->boolean->boolval));
        } else {
            replay_warn(replay, "option '%s' of publication '%s' is not replayed", option->defname,
                        thing->name);
        }
    }
}

static Published *published_find(const Thing *thing, const Relation *relation)
{
    for (size_t i = 0; i < thing->items.count; i++) {
        Published *published = thing->items.items[i];

        if (published->relation == relation)
            return published;
    }
    return NULL;
}

/* With what inherits from it, which its partitions do not count as. */
static void add_table(Replay *replay, Thing *thing, Relation *relation,
                      const PgQuery__PublicationTable *table)
{
    Published *published;

    for (size_t i = 0; i < relation->children.count && relation->kind == 'r'; i++)
        if (table->relation->inh)
            add_table(replay, thing, relation->children.items[i], table);
    if (published_find(thing, relation))
        return;
    published = arena_alloc(replay->arena, sizeof *published);
    published->relation = relation;
    for (size_t i = 0; i < table->n_columns; i++) {
        Column *column =
            catalog_column(relation, names_cut(replay->arena, tree_string(table->columns[i])));

        if (column)
            vec_add(replay->arena, &published->columns, column);
    }
    if (table->where_clause)
        published->where = index_predicate(replay, relation, table->where_clause, &thing->inexact,
                                           "tables", thing->name);
    vec_add(replay->arena, &thing->items, published);
}

static void drop_table(Thing *thing, const Relation *relation, bool inherits)
{
    Published *published = published_find(thing, relation);

    for (size_t i = 0; i < relation->children.count && relation->kind == 'r' && inherits; i++)
        drop_table(thing, relation->children.items[i], true);
    if (published)
        vec_remove(&thing->items, published);
}

static void change_object(Replay *replay, Thing *thing, const PgQuery__PublicationObjSpec *object,
                          bool drop)
{
    Relation *relation;
    const char *schema;

    if (object->pubtable) {
        relation = table_find(replay, object->pubtable->relation, false);
        if (relation && drop)
            drop_table(thing, relation, object->pubtable->relation->inh);
        else if (relation && published_find(thing, relation))
            replay_warn(replay, "relation '%s' exists already in publication '%s'", relation->name,
                        thing->name);
        else if (relation)
            add_table(replay, thing, relation, object->pubtable);
        return;
    }
    schema = object->pubobjtype ==
                     PG_QUERY__PUBLICATION_OBJ_SPEC_TYPE__PUBLICATIONOBJ_TABLES_IN_CUR_SCHEMA
                 ? catalog_creation_schema(replay->catalog)
                 : replay_keep(replay, object->name);
    for (size_t i = thing->texts.count; i > 0; i--)
        if (strcmp(thing->texts.items[i - 1], schema) == 0)
            vec_remove(&thing->texts, thing->texts.items[i - 1]);
    if (!drop)
        vec_add(replay->arena, &thing->texts, schema);
}

/* A bare name behind the first one goes on with what that was. */
static void change_objects(Replay *replay, Thing *thing, Node *const *objects, size_t count,
                           bool drop)
{
    bool schemas = false;

    for (size_t i = 0; i < count; i++) {
        PgQuery__PublicationObjSpec object = *objects[i]->publication_obj_spec;
        PgQuery__PublicationTable table = PG_QUERY__PUBLICATION_TABLE__INIT;
        PgQuery__RangeVar range = PG_QUERY__RANGE_VAR__INIT;

        if (object.pubobjtype != PG_QUERY__PUBLICATION_OBJ_SPEC_TYPE__PUBLICATIONOBJ_CONTINUATION)
            schemas =
                object.pubobjtype != PG_QUERY__PUBLICATION_OBJ_SPEC_TYPE__PUBLICATIONOBJ_TABLE;
        else if (!schemas && !object.pubtable && tree_given(object.name)) {
            range.relname = object.name;
            range.inh = true;
            table.relation = &range;
            object.pubtable = &table;
        }
        change_object(replay, thing, &object, drop);
    }
}

static void create_publication(Replay *replay, const PgQuery__CreatePublicationStmt *create)
{
    static const char *const actions[] = {"insert", "update", "delete", "truncate"};
    Thing *thing = thing_add_named(replay, KIND_PUBLICATION, create->pubname);

    if (!thing)
        return;
    for (size_t i = 0; i < 4; i++)
        thing_flag(thing, actions[i], true);
    thing_flag(thing, "all_tables", create->for_all_tables);
    set_options(thing, create->options, create->n_options, replay);
    change_objects(replay, thing, create->pubobjects, create->n_pubobjects, false);
}

static void alter_publication(Replay *replay, const PgQuery__AlterPublicationStmt *alter)
{
    Thing *thing = thing_find(replay, KIND_PUBLICATION, NULL, alter->pubname);

    if (!thing) {
        replay_warn(replay, "publication '%s' is not known", alter->pubname);
        return;
    }
    set_options(thing, alter->options, alter->n_options, replay);
    if (alter->n_pubobjects && alter->action == PG_QUERY__ALTER_PUBLICATION_ACTION__AP_SetObjects)
        thing->items = thing->texts = (Vec){0};
    change_objects(replay, thing, alter->pubobjects, alter->n_pubobjects,
                   alter->action == PG_QUERY__ALTER_PUBLICATION_ACTION__AP_DropObjects);
}

bool publication_statement(Replay *replay, const Node *node)
{
    switch (node->node_case) {
    case NODE(CREATE_PUBLICATION_STMT):
        create_publication(replay, node->create_publication_stmt);
        return true;
    case NODE(ALTER_PUBLICATION_STMT):
        alter_publication(replay, node->alter_publication_stmt);
        return true;
    default:
        return false;
    }
}
