#include <string.h>

#include "replay/names.h"
#include "replay/parts.h"

Rule *rule_find(const Relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->rules.count; i++) {
        Rule *rule = relation->rules.items[i];

        if (strcmp(rule->name, name) == 0)
            return rule;
    }
    return NULL;
}

static const char *event_name(PgQuery__CmdType event)
{
    switch ((int)event) {
    case PG_QUERY__CMD_TYPE__CMD_INSERT:
        return "INSERT";
    case PG_QUERY__CMD_TYPE__CMD_UPDATE:
        return "UPDATE";
    case PG_QUERY__CMD_TYPE__CMD_DELETE:
        return "DELETE";
    default:
        return "SELECT";
    }
}

void rule_create(Replay *replay, const PgQuery__RuleStmt *create)
{
    Relation *relation = table_find(replay, create->relation, false);
    const char *name = names_cut(replay->arena, replay_keep(replay, create->rulename));
    Rule *rule;

    if (!relation)
        return;
    /* Servers up to 15 make a view of the table. */
    if (strcmp(name, "_RETURN") == 0) {
        replay->unread[KIND_TABLE] = replay->unread[KIND_VIEW] = true;
        replay_warn(replay, "that '%s' becomes a view is not replayed", relation->name);
        return;
    }
    rule = rule_find(relation, name);
    if (rule && !create->replace) {
        replay_warn(replay, "rule '%s' exists already", name);
        return;
    }
    if (!rule) {
        rule = arena_alloc(replay->arena, sizeof *rule);
        rule->firing = 'O';
        vec_add(replay->arena, &relation->rules, rule);
    }
    *rule = (Rule){.name = name,
                   .event = event_name(create->event),
                   .instead = create->instead,
                   .nothing = create->n_actions == 0,
                   .firing = rule->firing,
                   .comment = rule->comment};
    if (!rule->nothing) {
        replay_warn(replay, "what rule '%s' does is not replayed", name);
        catalog_inexact(replay->catalog, &rule->inexact, "definition");
    }
    if (create->where_clause) {
        Analysis analysis = analyse_open(replay->catalog);

        analyse_relation(&analysis, relation, "old");
        analyse_relation(&analysis, relation, "new");
        rule->where = analyse_boolean(&analysis, create->where_clause);
        replay_settle(replay, &analysis, &rule->inexact, "definition", name);
    }
}
