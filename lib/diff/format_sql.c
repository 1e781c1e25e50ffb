/* The migration that turns the old schema into the new one, or back. */
#include "base/arena.h"
#include "ddl/document.h"
#include "ddl/print.h"
#include "diff/format.h"

bool format_sql(const json_t *changes, const FormatContext *context, FILE *out, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    const DdlOptions options = {
        .online = context->online, .changes = changes, .is_back = context->down};
    SnapshotReader *from = context->down ? context->new : context->old;
    SnapshotReader *to = context->down ? context->old : context->new;
    json_auto_t *old = from ? ddl_document(from, err) : NULL;
    json_auto_t *new = old || !from ? ddl_document(to, err) : NULL;

    if (!new)
        return false;
    DdlPlan plan = ddl_plan(&arena, old, new, &options);
    ddl_print(&plan, from ? snapshot_reader_hash(from) : NULL, snapshot_reader_hash(to), out);
    return true;
}
