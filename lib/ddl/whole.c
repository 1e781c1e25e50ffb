#include "ddl/whole.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/embed.h"
#include "ddl/print.h"
#include "ddl_files.h"
#include "json/jx.h"
#include "sql/platform.h"

static bool write(const json_t *from, const json_t *document, Arena *arena, DdlWhole *ret, Err *err)
{
    FILE *stream = open_memstream(&ret->text, &ret->length);

    if (!stream)
        return err_errno(err, EXIT_OS, "cannot write the SQL of a schema");
    DdlPlan plan = ddl_plan(arena, from, document, &(DdlOptions){0});
    ddl_print(&plan, NULL, NULL, stream);
    ret->remarks = plan.remarks;
    return fclose(stream) == 0 || err_errno(err, EXIT_OS, "cannot write the SQL of a schema");
}

bool ddl_write_whole(const json_t *document, Arena *arena, DdlWhole *ret, Err *err)
{
    DdlWhole whole = {0};

    if (!write(NULL, document, arena, &whole, err))
        return false;
    whole.is_supabase = platform_is_mentioned(whole.text) && !platform_is_made(whole.text);
    if (whole.is_supabase) {
        const Embedded *file = embedded_find(ddl_files, "baseline.json");
        json_auto_t *baseline = jx_parse((const char *)file->bytes, file->size, file->name, err);

        free(whole.text);
        whole.text = NULL;
        if (!baseline ||
            !jx_set(baseline, "meta", json_deep_copy(json_object_get(document, "meta")), err) ||
            !write(baseline, document, arena, &whole, err))
            return false;
    }
    *ret = whole;
    return true;
}
