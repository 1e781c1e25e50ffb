/* A line diff of both schemas as SQL: each object's statements in one block, the blocks in the
 * order of the snapshot, so that equal objects are equal text. Readable by patch(1) and by whatever
 * colours diffs. */
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "ddl/canonical.h"
#include "ddl/document.h"
#include "diff/format.h"
#include "diff/value.h"

enum { CONTEXT = 3 };

typedef struct Hunk {
    Buffer lines;
    size_t old_count, new_count;
} Hunk;

/* Where the next line of each side is, from 1. */
typedef struct Place {
    size_t old, new;
} Place;

typedef struct Unified {
    FILE *out;
    Place at;
    Place start; /* of the hunk */
    Hunk hunk;
    bool any; /* in the whole of it */
    const char *names[2];
} Unified;

static void flush(Unified *unified)
{
    Hunk *hunk = &unified->hunk;

    if (hunk->lines.length > 0) {
        if (!unified->any)
            fprintf(unified->out, "--- %s\n+++ %s\n", unified->names[0], unified->names[1]);
        unified->any = true;
        /* A side without lines is said to be at the line before. */
        fprintf(unified->out, "@@ -%zu,%zu +%zu,%zu @@\n",
                unified->start.old - (hunk->old_count == 0), hunk->old_count,
                unified->start.new - (hunk->new_count == 0), hunk->new_count);
        fwrite(hunk->lines.bytes, 1, hunk->lines.length, unified->out);
    }
    buffer_clear(&hunk->lines);
    hunk->old_count = hunk->new_count = 0;
}

static void put_line(void *aim, LineMark mark, const char *text, size_t length)
{
    static const char signs[] = {[LINE_SAME] = ' ', [LINE_OLD] = '-', [LINE_NEW] = '+'};
    Unified *unified = aim;

    if (mark == LINE_SKIPPED) { /* length is their number */
        flush(unified);
        unified->at.old += length;
        unified->at.new += length;
        return;
    }
    if (unified->hunk.lines.length == 0)
        unified->start = unified->at;
    buffer_char(&unified->hunk.lines, signs[mark]);
    buffer_add(&unified->hunk.lines, text, length);
    buffer_char(&unified->hunk.lines, '\n');
    unified->hunk.old_count += mark != LINE_NEW;
    unified->hunk.new_count += mark != LINE_OLD;
    unified->at.old += mark != LINE_NEW;
    unified->at.new += mark != LINE_OLD;
}

static size_t count_lines(const char *text)
{
    size_t count = 0;

    for (; text && (text = strchr(text, '\n')); text++)
        count++;
    return count;
}

static void put_block(Unified *unified, const char *old, const char *new)
{
    if (old && new &&strcmp(old, new) == 0) {
        unified->at.old += count_lines(old);
        unified->at.new += count_lines(new);
        return;
    }
    value_compare(old, new, CONTEXT, put_line, unified);
    flush(unified);
}

/* Blocks of both sides ascend by their keys. */
static void merge(Unified *unified, const DdlBlock *old, const DdlBlock *new)
{
    while (old->key || new->key) {
        int order = !old->key ? 1 : !new->key ? -1 : ddl_block_compare(old, new);

        put_block(unified, order <= 0 ? old->text : NULL, order >= 0 ? new->text : NULL);
        old += order <= 0;
        new += order >= 0;
    }
}

bool format_unified(const json_t *changes, const FormatContext *context, FILE *out, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    json_auto_t *old = context->old ? ddl_document(context->old, err) : json_object();
    json_auto_t *new = old ? ddl_document(context->new, err) : NULL;
    Unified unified = {.out = out, .at = {1, 1}};

    (void)changes;
    if (!new)
        return false;
    unified.names[0] = context->old ? snapshot_reader_hash(context->old) : "/dev/null";
    unified.names[1] = snapshot_reader_hash(context->new);
    merge(&unified, ddl_canonical(&arena, old), ddl_canonical(&arena, new));
    buffer_free(&unified.hunk.lines);
    return true;
}
