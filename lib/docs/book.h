/* A documentation of several files in a directory of its own: README.md and the pages it leads to.
 *
 * Only files that begin with our marker are replaced or removed; another one in the place of a page
 * is EXIT_CREATE, before anything is written. A run that is killed leaves whole pages, old or new,
 * and the next one makes up for it. */
#ifndef DOCS_BOOK_H
#define DOCS_BOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"
#include "docs/facts.h"
#include "docs/place.h"

typedef struct BookPage {
    const char *name; /* of the file */
    const char *text;
    size_t length;
} BookPage;

typedef struct Book {
    Arena arena;
    size_t count;
    BookPage *pages; /* by name; the index is one of them */
} Book;

/* After a failure the book is to be freed all the same. */
bool book_make(Book *book, const Facts *facts, const char *title, Split split, Err *err);
/* Makes the directory so; pages of ours that are not in the book are removed last. */
bool book_write(const Book *book, const char *directory, Err *err);
/* Says what book_write would do, at most most lines of each page; *ret_same when that is nothing.
 */
bool book_check(const Book *book, const char *directory, size_t most, FILE *out, bool *ret_same,
                Err *err);
/* Fits CLEANUP. */
void book_free(Book *book);

#endif
