#include <stdlib.h>
#include <string.h>

#include "replay/analyse.h"
#include "replay/names.h"
#include "replay/parts.h"

Policy *policy_find(const Relation *relation, const char *name)
{
    for (size_t i = 0; i < relation->policies.count; i++) {
        Policy *policy = relation->policies.items[i];

        if (strcmp(policy->name, name) == 0)
            return policy;
    }
    return NULL;
}

static int compare_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void set_roles(Replay *replay, Policy *policy, Node *const *roles, size_t count)
{
    policy->roles = (Vec){0};
    for (size_t i = 0; i < count; i++) {
        const PgQuery__RoleSpec *role = roles[i]->role_spec;

        if (role->roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC) {
            policy->roles = (Vec){0};
            vec_add(replay->arena, &policy->roles, "public");
            return;
        }
        if (role->roletype != PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CSTRING) {
            catalog_inexact(replay->catalog, &policy->inexact, "roles");
            replay_warn(replay, "the role of policy '%s' is who runs the migration", policy->name);
            continue;
        }
        if (!vec_has_text(&policy->roles, role->rolename))
            vec_add(replay->arena, &policy->roles, replay_keep(replay, role->rolename));
    }
    if (policy->roles.count > 1)
        qsort(policy->roles.items, policy->roles.count, sizeof *policy->roles.items, compare_text);
}

static Expr *policy_expr(Replay *replay, Relation *relation, Policy *policy, const Node *node,
                         const char *member)
{
    Analysis analysis = analyse_open(replay->catalog);
    Expr *expr;

    analyse_relation(&analysis, relation, NULL);
    expr = analyse_boolean(&analysis, node);
    replay_settle(replay, &analysis, &policy->inexact, member, policy->name);
    return expr;
}

void policy_create(Replay *replay, const PgQuery__CreatePolicyStmt *create)
{
    Relation *relation = table_find(replay, create->table, false);
    Policy *policy;

    if (!relation)
        return;
    if (policy_find(relation, names_cut(replay->arena, create->policy_name))) {
        replay_warn(replay, "policy '%s' exists already", create->policy_name);
        return;
    }
    policy = arena_alloc(replay->arena, sizeof *policy);
    policy->name = names_cut(replay->arena, replay_keep(replay, create->policy_name));
    policy->command = replay_keep(replay, tree_given(create->cmd_name) ? create->cmd_name : "all");
    policy->restrictive = !create->permissive;
    set_roles(replay, policy, create->roles, create->n_roles);
    if (create->qual)
        policy->using_expr = policy_expr(replay, relation, policy, create->qual, "using");
    if (create->with_check)
        policy->check = policy_expr(replay, relation, policy, create->with_check, "check");
    vec_add(replay->arena, &relation->policies, policy);
}

void policy_alter(Replay *replay, const PgQuery__AlterPolicyStmt *alter)
{
    Relation *relation = table_find(replay, alter->table, false);
    Policy *policy =
        relation ? policy_find(relation, names_cut(replay->arena, alter->policy_name)) : NULL;

    if (!policy) {
        replay_warn(replay, "policy '%s' is not known", alter->policy_name);
        return;
    }
    if (alter->n_roles)
        set_roles(replay, policy, alter->roles, alter->n_roles);
    if (alter->qual)
        policy->using_expr = policy_expr(replay, relation, policy, alter->qual, "using");
    if (alter->with_check)
        policy->check = policy_expr(replay, relation, policy, alter->with_check, "check");
}
