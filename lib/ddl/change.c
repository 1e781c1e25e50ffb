#include "ddl/change.h"

DdlScope change_old(const DdlChange *change, DdlScript *script)
{
    return (DdlScope){script->arena, change->kind, change->old, change->old_parent};
}

DdlScope change_new(const DdlChange *change, DdlScript *script)
{
    return (DdlScope){script->arena, change->kind, change->new, change->new_parent};
}

DdlScope change_any(const DdlChange *change, DdlScript *script)
{
    return change->new ? change_new(change, script) : change_old(change, script);
}

bool change_keeps(const DdlChange *change, const char *member)
{
    const json_t *old = json_object_get(change->old, member);
    const json_t *new = json_object_get(change->new, member);

    return old && new ? json_equal(old, new) : !old && !new;
}
