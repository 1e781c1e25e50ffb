#include "docs/grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum { TITLES_MAX = 32 };

struct Grid {
    const char *const *titles;
    size_t columns;
    FILE *memory;
    char *text;
    size_t length;
    size_t *starts; /* of the cells */
    size_t count;
    size_t room;
};

Grid *grid_open(const char *const *titles, Err *err)
{
    Grid *grid = arena_realloc_or_exit(NULL, sizeof *grid);

    *grid = (Grid){.titles = titles};
    while (grid->columns < TITLES_MAX && titles[grid->columns])
        grid->columns++;
    grid->memory = open_memstream(&grid->text, &grid->length);
    if (!grid->memory) {
        err_errno(err, EXIT_OS, "cannot make room for a table");
        grid_close(&grid);
    }
    return grid;
}

FILE *grid_cell(Grid *grid)
{
    if (grid->count == grid->room) {
        grid->room = grid->room ? grid->room * 2 : 128;
        grid->starts = arena_realloc_or_exit(grid->starts, grid->room * sizeof *grid->starts);
    }
    grid->starts[grid->count++] = (size_t)ftello(grid->memory);
    return grid->memory;
}

static size_t cell_end(const Grid *grid, size_t cell)
{
    return cell + 1 < grid->count ? grid->starts[cell + 1] : grid->length;
}

bool grid_write(Grid *grid, const char *label, FILE *out, Err *err)
{
    bool used[TITLES_MAX] = {false};

    if (fflush(grid->memory) != 0)
        return err_errno(err, EXIT_OS, "cannot make room for a table");
    if (!grid->count)
        return true;
    for (size_t i = 0; i < grid->count; i++)
        used[i % grid->columns] |= cell_end(grid, i) > grid->starts[i];
    if (label)
        fprintf(out, "%s\n\n", label);
    fputc('|', out);
    for (size_t i = 0; i < grid->columns; i++) {
        if (used[i])
            fprintf(out, " %.*s |", (int)strcspn(grid->titles[i], ":"), grid->titles[i]);
    }
    fputs("\n|", out);
    for (size_t i = 0; i < grid->columns; i++) {
        if (used[i])
            fputs(strchr(grid->titles[i], ':') ? " ---: |" : " --- |", out);
    }
    for (size_t i = 0; i < grid->count; i++) {
        if (i % grid->columns == 0)
            fputs("\n|", out);
        if (!used[i % grid->columns])
            continue;
        size_t length = cell_end(grid, i) - grid->starts[i];

        fputc(' ', out);
        fwrite(grid->text + grid->starts[i], 1, length, out);
        fputs(length ? " |" : "|", out);
    }
    fputs("\n\n", out);
    return true;
}

void grid_close(Grid **grid)
{
    if (!*grid)
        return;
    if ((*grid)->memory)
        (void)fclose((*grid)->memory);
    free((*grid)->text);
    free((*grid)->starts);
    free(*grid);
    *grid = NULL;
}
