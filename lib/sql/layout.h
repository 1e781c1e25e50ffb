/* Which files make up a migration history, and in which order they run.
 *
 * Known forms: a plain folder of NUMBER_name.sql (supabase, dbmate, goose, sql-migrate,
 * golang-migrate's NAME.up.sql, flyway's V1__name.sql), one folder a migration (prisma's
 * NAME/migration.sql, diesel's NAME/up.sql), or a single .sql file. Leading numbers compare as
 * numbers, piece by piece; what only undoes (*.down.sql, down.sql, U1__name.sql) is left out. */
#ifndef SQL_LAYOUT_H
#define SQL_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum { LAYOUT_FILE_MAX = 64 * 1024 * 1024 };

typedef struct LayoutFile {
    char *path; /* to open */
    char *name; /* relative to the folder, for messages */
} LayoutFile;

typedef struct Layout {
    LayoutFile *files;
    size_t count;
    bool supabase; /* the folder is .../supabase/migrations */
} Layout;

/* path: a folder or a file. No file at all is EXIT_DATA "no migration files in 'x'". */
Layout *layout_open(const char *path, Err *err);
void layout_close(Layout **layout);

/* Orders two file names as the migration tools do; for qsort-like use and tests. */
int layout_compare(const char *a, const char *b);

#endif
