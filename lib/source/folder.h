/* A folder of migrations, read: which files in which order, and what they say. */
#ifndef SOURCE_FOLDER_H
#define SOURCE_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "sql/layout.h"

typedef struct FolderText {
    char *text; /* a NUL behind it */
    size_t length;
} FolderText;

typedef struct Folder {
    Layout *layout;
    FolderText *texts; /* of layout->files */
    bool is_supabase;  /* a project of Supabase, whose platform is there from the start */
} Folder;

/* path: a folder or one file. Errors are those of layout_open() and file_read(). */
Folder *folder_open(const char *path, Err *err);
void folder_close(Folder **folder);

#endif
