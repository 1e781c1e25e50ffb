#include <inttypes.h>
#include <string.h>

#include "replay/names.h"
#include "replay/parts.h"
#include "replay/types.h"

void sequence_limits(Relation *sequence)
{
    bool small = strcmp(sequence->data_type, "smallint") == 0;
    bool middle = strcmp(sequence->data_type, "integer") == 0;
    int64_t top = small ? INT16_MAX : middle ? INT32_MAX : INT64_MAX;
    int64_t bottom = small ? INT16_MIN : middle ? INT32_MIN : INT64_MIN;

    sequence->maximum = sequence->increment > 0 ? top : -1;
    sequence->minimum = sequence->increment > 0 ? 1 : bottom;
}

void sequence_retype(Relation *sequence, const char *data_type)
{
    int64_t maximum = sequence->maximum, minimum = sequence->minimum;
    Relation before = *sequence;

    sequence_limits(&before);
    sequence->data_type = data_type;
    sequence_limits(sequence);
    if (maximum != before.maximum)
        sequence->maximum = maximum;
    if (minimum != before.minimum)
        sequence->minimum = minimum;
}

void sequence_options(Replay *replay, Relation *sequence, Node *const *options, size_t count,
                      bool fresh)
{
    bool start = false;
    Relation usual;

    for (size_t i = 0; i < count; i++) {
        const PgQuery__DefElem *option = options[i]->def_elem;

        if (strcmp(option->defname, "as") == 0 && option->arg &&
            option->arg->node_case == NODE(TYPE_NAME)) {
            const char *type = types_format(
                replay->catalog, types_resolve(replay->catalog, option->arg->type_name, NULL));

            if (fresh)
                sequence->data_type = type;
            else
                sequence_retype(sequence, type);
        } else if (strcmp(option->defname, "increment") == 0) {
            sequence->increment = types_integer(option->arg, 1);
        }
    }
    usual = *sequence;
    sequence_limits(&usual);
    if (fresh)
        sequence_limits(sequence);
    for (size_t i = 0; i < count; i++) {
        const PgQuery__DefElem *option = options[i]->def_elem;
        const char *name = option->defname;

        if (strcmp(name, "start") == 0) {
            sequence->start = types_integer(option->arg, 1);
            start = true;
        } else if (strcmp(name, "minvalue") == 0) {
            sequence->minimum = option->arg ? types_integer(option->arg, 1) : usual.minimum;
        } else if (strcmp(name, "maxvalue") == 0) {
            sequence->maximum = option->arg ? types_integer(option->arg, 1) : usual.maximum;
        } else if (strcmp(name, "cache") == 0) {
            sequence->cache = types_integer(option->arg, 1);
        } else if (strcmp(name, "cycle") == 0) {
            sequence->cycle = option->arg && option->arg->node_case == NODE(BOOLEAN) &&
                              option->arg->boolean->boolval;
        } else if (strcmp(name, "owned_by") == 0 && option->arg &&
                   option->arg->node_case == NODE(LIST)) {
            const PgQuery__List *list = option->arg->list;

            Relation *owner =
                list->n_items > 1
                    ? catalog_relation(
                          replay->catalog,
                          list->n_items > 2 ? tree_string(list->items[list->n_items - 3]) : NULL,
                          tree_qualifier(list->items, list->n_items))
                    : NULL;
            Column *column =
                owner ? catalog_column(owner, tree_last(list->items, list->n_items)) : NULL;

            catalog_sequence_own(replay->catalog, sequence, column ? owner : NULL, column);
            if (!column && list->n_items > 1)
                replay_warn(replay, "the owner of sequence '%s' is not known", sequence->name);
        }
    }
    if (fresh && !start)
        sequence->start = sequence->increment > 0 ? sequence->minimum : sequence->maximum;
}

static Relation *sequence_new(Replay *replay, const char *schema, const char *name,
                              const char *data_type, Node *const *options, size_t count)
{
    Relation *sequence = catalog_relation_add(replay->catalog, schema, name, 'S');

    sequence->data_type = data_type;
    sequence->increment = 1;
    sequence->cache = 1;
    sequence->member = replay->extensions;
    sequence->known = !replay->file;
    rights_begin(replay, &sequence->rights, 's', schema);
    sequence_options(replay, sequence, options, count, true);
    return sequence;
}

void sequence_create(Replay *replay, const PgQuery__CreateSeqStmt *create)
{
    const char *schema = table_schema(replay, create->sequence);
    const char *name = names_cut(replay->arena, create->sequence->relname);
    Relation *sequence;

    if (catalog_name_taken(replay->catalog, schema, name)) {
        if (!create->if_not_exists)
            replay_warn(replay, "relation '%s' exists already", name);
        return;
    }
    sequence = sequence_new(replay, schema, name, "bigint", create->options, create->n_options);
    if (strcmp(schema, catalog_temporary) == 0)
        sequence->member = true;
    sequence->unlogged =
        create->sequence->relpersistence && *create->sequence->relpersistence == 'u';
}

void sequence_alter(Replay *replay, const PgQuery__AlterSeqStmt *alter)
{
    Relation *sequence = table_find(replay, alter->sequence, alter->missing_ok);

    if (sequence && sequence->kind == 'S')
        sequence_options(replay, sequence, alter->options, alter->n_options, false);
}

/* The sequence behind a serial or identity column. */
Relation *sequence_for_column(Replay *replay, Relation *relation, Column *column,
                              Node *const *options, size_t count)
{
    const char *name = NULL;
    const char *schema = relation->schema;
    const char *type = types_format(replay->catalog, (TypeRef){column->type.oid, -1});
    Relation *sequence;

    for (size_t i = 0; i < count; i++) {
        const PgQuery__DefElem *option = options[i]->def_elem;

        if (strcmp(option->defname, "sequence_name") == 0 && option->arg &&
            option->arg->node_case == NODE(LIST)) {
            name = names_cut(replay->arena,
                             tree_last(option->arg->list->items, option->arg->list->n_items));
            if (tree_qualifier(option->arg->list->items, option->arg->list->n_items))
                schema = tree_qualifier(option->arg->list->items, option->arg->list->n_items);
        }
    }
    if (!name)
        name = naming_choose(replay, schema, relation->name, column->name, "seq", true, false);
    sequence = sequence_new(replay, schema, name, type, options, count);
    catalog_sequence_own(replay->catalog, sequence, relation, column);
    sequence->member = relation->member;
    sequence->unlogged = relation->unlogged;
    /* An owner that was given to the table is the sequence's. */
    if (relation->rights.owner != sequence->rights.owner)
        rights_own(replay, &sequence->rights, rights_owner(&relation->rights));
    return sequence;
}
