#include "source/names.h"

#include <stdlib.h>
#include <string.h>

static size_t hash(const char *text)
{
    uint64_t value = 1469598103934665603U; /* FNV-1a */

    for (; *text; text++)
        value = (value ^ (unsigned char)*text) * 1099511628211U;
    return (size_t)value;
}

static const char **slot(const Names *names, const char *text)
{
    size_t at = hash(text) & (names->text_room - 1);

    while (names->texts[at] && strcmp(names->texts[at], text) != 0)
        at = (at + 1) & (names->text_room - 1);
    return &names->texts[at];
}

static void grow(Names *names)
{
    const char **old = names->texts;
    size_t room = names->text_room;

    names->text_room = room ? room * 2 : 256;
    names->texts = arena_realloc_or_exit(NULL, names->text_room * sizeof *names->texts);
    memset(names->texts, 0, names->text_room * sizeof *names->texts);
    for (size_t i = 0; i < room; i++)
        if (old[i])
            *slot(names, old[i]) = old[i];
    free(old);
}

/* Columns of many tables are called alike. */
static const char *keep(Names *names, const char *text)
{
    if (!text)
        return NULL;
    if (names->text_count * 2 >= names->text_room)
        grow(names);
    const char **place = slot(names, text);
    if (!*place) {
        *place = arena_strdup(&names->arena, text);
        names->text_count++;
    }
    return *place;
}

static bool add_all(Names *names, const Rows *rows, Err *err)
{
    CLEANUP(row_free) Row row = {0};
    int number = rows_column(rows, "_number"), name = rows_column(rows, "name");
    int type = rows_column(rows, "type"), collation = rows_column(rows, "collation");

    for (size_t i = 0; i < rows->count; i++) {
        if (!rows_get(rows, i, &row, err))
            return false;
        if (names->count == names->room) {
            names->room = names->room ? names->room * 2 : 256;
            names->columns =
                arena_realloc_or_exit(names->columns, names->room * sizeof *names->columns);
        }
        names->columns[names->count++] = (NamedColumn){
            .relation = rows->places[i].parent,
            .number = atoi(row.values[number]),
            .name = keep(names, row.values[name]),
            .type = type < 0 ? NULL : keep(names, row.values[type]),
            .collation = collation < 0 ? NULL : keep(names, row.values[collation]),
        };
    }
    return true;
}

static int compare(const void *a, const void *b)
{
    const NamedColumn *left = a, *right = b;

    if (left->relation != right->relation)
        return left->relation < right->relation ? -1 : 1;
    return left->number - right->number;
}

static bool is_sorted(const Names *names)
{
    for (size_t i = 1; i < names->count; i++)
        if (compare(&names->columns[i - 1], &names->columns[i]) > 0)
            return false;
    return true;
}

bool names_fill(Names *names, const Rows *columns, const Rows *referenced, Err *err)
{
    if (!add_all(names, columns, err) || !add_all(names, referenced, err))
        return false;
    if (!is_sorted(names))
        qsort(names->columns, names->count, sizeof *names->columns, compare);
    return true;
}

const NamedColumn *names_find(const Names *names, uint32_t relation, int number)
{
    NamedColumn wanted = {.relation = relation, .number = number};

    return names->count
               ? bsearch(&wanted, names->columns, names->count, sizeof *names->columns, compare)
               : NULL;
}

void names_free(Names *names)
{
    arena_free(&names->arena);
    free(names->columns);
    free(names->texts);
    *names = (Names){0};
}
