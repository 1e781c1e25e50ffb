/* The SQL files of a path, read and ready to run: found (sql/layout.h), decoded (sql/text.h), made
 * plain SQL (sql/split.h), and in order, by what they need where their names tell none
 * (sql/order.h). All that was left out or is not certain on the way is a warning. */
#ifndef SQL_CHAIN_H
#define SQL_CHAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "sql/layout.h"

typedef struct ChainWarnings {
    const char **items; /* "file:line: why", or "file: why" of all of it; UTF-8, one line */
    size_t count;
} ChainWarnings;

typedef struct ChainFile {
    const char *name; /* for messages */
    char *text;       /* NUL behind it; offsets and lines are the file's, unless it was no UTF-8 */
    size_t length;
    bool no_transaction; /* its tool is told not to run it in one */
    ChainWarnings warnings;
} ChainFile;

typedef struct Chain {
    ChainFile *files; /* in the order to run */
    size_t count;
    ChainWarnings warnings; /* of the chain as a whole */
    LayoutForm form;
    const char *tool; /* whose marks the files have, or else the form's name */
    bool by_need;     /* the names tell no order */
    bool supabase;
    Arena arena;
} Chain;

/* full_names: files are named by path and all, as is fit for a second chain. Fails as layout_open
 * and sql_text_read do, and with EXIT_DATA for more than LAYOUT_TOTAL_MAX bytes. */
Chain *chain_open(const char *path, bool full_names, Err *err);
/* One file of that name and text; warnings, NULL behind the last, are of the chain as a whole. */
Chain *chain_of_text(const char *name, const char *text, size_t length,
                     const char *const *warnings);
void chain_close(Chain **chain);

#endif
