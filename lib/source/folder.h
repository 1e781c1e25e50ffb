/* What a project's migrations are: the files to run, those of a base before them, and what the meta
 * of a document says of them. */
#ifndef SOURCE_FOLDER_H
#define SOURCE_FOLDER_H

#include <jansson.h>
#include <stdbool.h>

#include "base/err.h"
#include "sql/chain.h"

typedef struct Folder {
    Chain *base; /* NULL: nothing comes before them */
    Chain *own;
    bool is_supabase; /* a project of Supabase, whose platform is there from the start */
} Folder;

/* Both paths are a folder or one file; base may be NULL. Fails as chain_open() does. */
Folder *folder_open(const char *path, const char *base, Err *err);
void folder_close(Folder **folder);

/* start (may be NULL) with the members source, files (how many), migrations (the newest one's
 * name), layout, order, base and history: see snapshot(5). */
json_t *folder_meta(const Folder *folder, const json_t *start, const char *source,
                    const char *base);

#endif
