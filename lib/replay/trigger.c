#include <string.h>

#include "replay/analyse.h"
#include "replay/names.h"
#include "replay/parts.h"

Trigger *trigger_find(const Relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->triggers.count; i++) {
        Trigger *trigger = relation->triggers.items[i];

        if (strcmp(trigger->name, name) == 0)
            return trigger;
    }
    return NULL;
}

void trigger_create(Replay *replay, const PgQuery__CreateTrigStmt *create)
{
    Relation *relation = table_find(replay, create->relation, false);
    const char *name = names_cut(replay->arena, replay_keep(replay, create->trigname));
    const char *schema = tree_qualifier(create->funcname, create->n_funcname);
    const char *function = tree_last(create->funcname, create->n_funcname);
    Trigger *trigger;

    if (!relation)
        return;
    trigger = trigger_find(relation, name);
    if (trigger && !create->replace) {
        replay_warn(replay, "trigger '%s' exists already", name);
        return;
    }
    if (!trigger) {
        trigger = arena_alloc(replay->arena, sizeof *trigger);
        vec_add(replay->arena, &relation->triggers, trigger);
    }
    *trigger = (Trigger){.name = name,
                         .constraint = create->isconstraint,
                         .timing = create->timing,
                         .events = create->events,
                         .row = create->row,
                         .deferrable = create->deferrable,
                         .initially_deferred = create->initdeferred,
                         .firing = 'O',
                         .comment = trigger->comment};
    for (size_t i = 0; i < create->n_columns; i++) {
        Column *column =
            catalog_column(relation, names_cut(replay->arena, tree_string(create->columns[i])));

        if (column)
            vec_add(replay->arena, &trigger->columns, column);
    }
    for (size_t i = 0; i < create->n_args; i++)
        vec_add(replay->arena, &trigger->arguments,
                replay_keep(replay, tree_string(create->args[i])));
    for (size_t i = 0; i < create->n_transition_rels; i++) {
        const PgQuery__TriggerTransition *transition =
            create->transition_rels[i]->trigger_transition;

        if (transition->is_new)
            trigger->new_table = replay_keep(replay, transition->name);
        else
            trigger->old_table = replay_keep(replay, transition->name);
    }
    if (create->constrrel)
        trigger->from = table_find(replay, create->constrrel, false);
    if (create->when_clause) {
        Analysis analysis = analyse_open(replay->catalog);

        analyse_relation(&analysis, relation, "old");
        analyse_relation(&analysis, relation, "new");
        trigger->when = analyse_boolean(&analysis, create->when_clause);
        replay_settle(replay, &analysis, &trigger->inexact, "definition", name);
    }
    trigger->function = function_find(replay->catalog, schema, function, NULL, 0, false);
    if (!trigger->function) {
        size_t count = 0;

        builtin_functions(function, &count);
        if (count && (!schema || strcmp(schema, "pg_catalog") == 0)) {
            trigger->function_name = names_quote(replay->arena, function);
        } else {
            trigger->function_name = names_qualified(
                replay->arena, schema ? schema : catalog_creation_schema(replay->catalog),
                function);
            replay_warn(replay, "function '%s' of trigger '%s' is not known", function, name);
            catalog_inexact(replay->catalog, &trigger->inexact, "definition");
            catalog_inexact(replay->catalog, &trigger->inexact, "function");
        }
    }
}
