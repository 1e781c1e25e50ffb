#include "ddl/document.h"

#include "json/jx.h"
#include "model/kind.h"

static bool add_line(json_t *doc, const SnapshotLine *line, const char *name, Err *err)
{
    if (line->part != SNAPSHOT_OBJECT)
        return true;
    const char *section = kind_of(line->kind)->member;
    if (!json_object_get(doc, section) && !jx_set(doc, section, json_array(), err))
        return false;
    json_t *object = snapshot_line_parse(line, name, err);
    return object && jx_append(json_object_get(doc, section), object, err);
}

json_t *ddl_document(SnapshotReader *reader, Err *err)
{
    const char *name = snapshot_reader_name(reader);
    SnapshotLine line = {0};
    int more = 0;

    if (snapshot_reader_is_short(reader)) {
        err_set(err, EXIT_DATA,
                "'%s' is the short form of an unchanged schema, of which no SQL can "
                "be written",
                name);
        return NULL;
    }
    json_auto_t *doc = json_pack("{s:O}", "meta", (json_t *)snapshot_reader_meta(reader));
    if (!snapshot_reader_again(reader, err))
        return NULL;
    while ((more = snapshot_reader_next(reader, &line, err)) > 0)
        if (!add_line(doc, &line, name, err))
            return NULL;
    return more == 0 ? json_incref(doc) : NULL;
}
