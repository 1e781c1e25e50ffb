/* The members of extensions that types are written of, as a server that has them would list them
 * (share/sql/members.sql). */
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "json/jx.h"
#include "replay/emit.h"
#include "replay/names.h"

typedef struct KnownMember {
    const char *extension;
    const char *section;
    const char *object; /* where its schema is called @@ */
} KnownMember;

static const KnownMember known[] = {
#include "replay/members.inc"
};
static const char own[] = "@@", own_quoted[] = "\"@@\"";

/* Every mention of the schema in the text. */
static json_t *placed(Emit *emit, const char *text, const char *schema)
{
    if (strcmp(text, own) == 0)
        return json_string(schema);
    Buffer buffer = {0};
    const char *at = NULL;

    while ((at = strstr(text, own_quoted))) {
        buffer_add(&buffer, text, (size_t)(at - text));
        buffer_text(&buffer, names_quote(emit->arena, schema));
        text = at + sizeof own_quoted - 1;
    }
    buffer_text(&buffer, text);
    json_t *value = json_string(buffer.bytes);

    buffer_free(&buffer);
    return value;
}

static void place(Emit *emit, json_t *value, const char *schema)
{
    const char *key = NULL;
    json_t *item = NULL;
    size_t index = 0;
    void *next = NULL;

    json_object_foreach_safe(value, next, key, item)
    {
        if (json_is_string(item))
            json_object_set_new(value, key, placed(emit, json_string_value(item), schema));
        else
            place(emit, item, schema);
    }
    json_array_foreach(value, index, item)
    {
        if (json_is_string(item))
            json_array_set_new(value, index, placed(emit, json_string_value(item), schema));
        else
            place(emit, item, schema);
    }
}

typedef struct Line {
    const KnownMember *member;
    const char *id;
    json_t *object;
} Line;

static int by_place(const void *a, const void *b)
{
    const Line *one = a, *two = b;
    int order = strcmp(one->member->section, two->member->section);

    return order ? order : strcmp(one->id, two->id);
}

static bool lines_write(Line *lines, size_t count, SnapshotWriter *writer, Err *err)
{
    bool written = true;

    if (count)
        qsort(lines, count, sizeof *lines, by_place);
    for (size_t i = 0; i < count; i++) {
        const KnownMember *member = lines[i].member;
        KindId kind = KIND_SCHEMA;

        written = written && kind_by_section(member->section, strlen(member->section), &kind) &&
                  snapshot_writer_member(writer, member->extension, kind, lines[i].object, err);
        json_decref(lines[i].object);
    }
    return written;
}

bool emit_members(Emit *emit, SnapshotWriter *writer)
{
    const Vec *extensions = &emit->catalog->extensions;
    Line *lines = arena_alloc(emit->arena, sizeof known / sizeof *known * sizeof *lines);
    size_t count = 0;

    for (size_t i = 0; i < extensions->count; i++) {
        const Extension *extension = extensions->items[i];

        for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
            if (strcmp(known[k].extension, extension->name) != 0 ||
                !emit_shows(emit, extension->schema))
                continue;
            json_t *object =
                jx_parse(known[k].object, strlen(known[k].object), "a member", emit->err);
            if (!object)
                return lines_write(lines, count, writer, emit->err) && false;
            place(emit, object, extension->schema);
            lines[count++] =
                (Line){&known[k], json_string_value(json_object_get(object, "id")), object};
        }
    }
    return lines_write(lines, count, writer, emit->err);
}
