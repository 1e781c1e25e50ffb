/* Which files make up a schema's history, and in which order they run.
 *
 * Known forms are the rows of the table in layout.c. Leading numbers compare as numbers, piece by
 * piece; what only undoes (*.down.sql, down.sql, U1__name.sql) is left out. What looks like a
 * migration and is not read - written in another language, a symbolic link out of the folder, a
 * FIFO - is a note. Source: the manuals of the tools for which names they take, and in which order.
 *
 * Nothing in the folder is trusted: links are not followed out of it, depth and number of its
 * entries are bounded, nothing but regular files is opened. */
#ifndef SQL_LAYOUT_H
#define SQL_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum {
    LAYOUT_FILE_MAX = 256 * 1024 * 1024,
    LAYOUT_TOTAL_MAX = 512 * 1024 * 1024,
    LAYOUT_ENTRIES_MAX = 100000,
    LAYOUT_DEPTH_MAX = 16
};

typedef enum LayoutForm {
    LAYOUT_ONE_FILE,
    LAYOUT_PLAIN,       /* names that tell no order */
    LAYOUT_NUMBERED,    /* NUMBER_name.sql: dbmate, goose, sql-migrate, node-pg-migrate ... */
    LAYOUT_SUPABASE,    /* the same, nothing else */
    LAYOUT_DECLARATIVE, /* supabase/schemas */
    LAYOUT_PRISMA,      /* NAME/migration.sql */
    LAYOUT_DIESEL,      /* NAME/up.sql; hasura too */
    LAYOUT_UP_DOWN,     /* NUMBER_name.up.sql: golang-migrate */
    LAYOUT_FLYWAY,      /* V1__name.sql, R__name.sql, B1__name.sql; folders within too */
    LAYOUT_DRIZZLE,     /* meta/_journal.json, or NAME/migration.sql with a snapshot.json */
    LAYOUT_FORM_COUNT
} LayoutForm;

typedef struct LayoutFile {
    char *path;    /* to open */
    char *name;    /* relative to the folder, for messages: UTF-8 without control characters */
    bool numbered; /* its name begins with a number */
} LayoutFile;

typedef struct LayoutNote {
    char *name; /* as in LayoutFile */
    char *why;
} LayoutNote;

typedef struct Layout {
    LayoutFile *files;
    size_t count;
    LayoutForm form;
    bool is_ordered; /* false: the names do not tell the order, see sql/order.h */
    bool supabase;   /* the folder is .../supabase/migrations or .../supabase/schemas */
    LayoutNote *notes;
    size_t note_count;
} Layout;

/* path: a folder or a file. No SQL file at all is EXIT_DATA "no migration files in 'x'". */
Layout *layout_open(const char *path, Err *err);
void layout_close(Layout **layout);

/* "supabase", "flyway", "one file" ... */
const char *layout_form_name(LayoutForm form);

/* Orders two names, relative to the folder, as the migration tools do; for qsort-like use. */
int layout_compare(const char *a, const char *b);

/* A name that may be anything as text that can be shown: bytes that are no UTF-8 and control
 * characters as \xNN. From malloc. */
char *layout_shown(const char *name);

#endif
