/* A table of a Markdown page, put together cell by cell; columns that stay empty are left out, and
 * so is a table without rows. */
#ifndef DOCS_GRID_H
#define DOCS_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/err.h"

typedef struct Grid Grid;

/* titles is NULL-terminated and stays the caller's; a colon at the end of one is not shown: its
 * column holds numbers. Close with grid_close. */
Grid *grid_open(const char *const *titles, Err *err);
/* Where the next cell is written to, from left to right and from top to bottom: what is written is
 * to be fit for a cell. */
FILE *grid_cell(Grid *grid);
/* Writes label, a blank line, the table and a blank line; label may be NULL. */
bool grid_write(Grid *grid, const char *label, FILE *out, Err *err);
/* Fits CLEANUP. */
void grid_close(Grid **grid);

#endif
