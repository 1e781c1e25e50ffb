#include "source/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "ddl/document.h"
#include "ddl/whole.h"
#include "json/jx.h"
#include "model/snapshot.h"

static void stream_close(FILE **file)
{
    if (*file)
        fclose(*file);
}

static bool is_snapshot(const char *path)
{
    static const char mark[] = "{\"format\":\"";
    char begin[sizeof mark] = "";
    struct stat status;
    /* A pipe that nobody writes to would be waited for. */
    bool is_file = stat(path, &status) == 0 && S_ISREG(status.st_mode);
    CLEANUP(stream_close) FILE *file = is_file ? fopen(path, "re") : NULL;

    return file && fread(begin, 1, sizeof mark - 1, file) == sizeof mark - 1 &&
           memcmp(begin, mark, sizeof mark - 1) == 0;
}

static Chain *write_chain(const json_t *document, const char *name, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    DdlWhole whole = {0};

    if (!ddl_write_whole(document, &arena, &whole, err))
        return NULL;
    Chain *chain = chain_of_text(name, whole.text, whole.length, whole.remarks);
    chain->supabase = whole.is_supabase;
    free(whole.text);
    return chain;
}

Chain *base_open(const char *path, Err *err)
{
    if (!is_snapshot(path))
        return chain_open(path, true, err);
    CLEANUP(cleanup_free) char *shown = layout_shown(path);
    CLEANUP(stream_close) FILE *file = file_open(path, err);
    CLEANUP(snapshot_reader_close)
    SnapshotReader *reader = file ? snapshot_reader_open(file, shown, err) : NULL;
    json_auto_t *document = reader ? ddl_document(reader, err) : NULL;

    return document ? write_chain(document, shown, err) : NULL;
}
