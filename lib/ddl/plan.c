#include "ddl/plan.h"

#include "ddl/planning.h"
#include "ddl/remark.h"
#include "ddl/rename.h"

DdlPlan ddl_plan(Arena *arena, const json_t *old, const json_t *new, const DdlOptions *options)
{
    json_auto_t *empty = json_pack("{s:[{s:s, s:s}]}", "schemas", "id", "public", "name", "public");
    DdlScript script = {.arena = arena};
    Plan plan = {.arena = arena, .options = options};
    json_t *own = json_copy(empty);

    if (!old && json_object_get(new, "meta"))
        json_object_set(own, "meta", json_object_get(new, "meta"));
    if (old && options->changes) {
        json_decref(own);
        own = ddl_rename(old, new, options->changes, options->is_back, &script);
    }
    ddl_side_open(&plan.old, arena, old && !options->changes ? old : own);
    ddl_side_open(&plan.new, arena, new);
    plan.server_version =
        plan.old.server_version ? plan.old.server_version : plan.new.server_version;
    plan.old.server_version = plan.new.server_version = plan.server_version;
    step_graph_open(&plan.graph, arena);
    plan_decide(&plan);
    plan_order(&plan);
    size_t count = 0;
    Step **steps = step_sort(&plan.graph, &count);
    for (size_t i = 0; i < count; i++)
        plan_write(&plan, steps[i], &script);
    const char *const *remarks =
        ddl_remarks(arena, &plan.old, &plan.new, options->changes, &script);
    json_decref(own);
    return (DdlPlan){script.items, script.count, remarks};
}
