#include "source/constraint.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/ident.h"

/* The names of the columns, with commas between; NULL when one is not there. */
static const char *list(const Names *names, uint32_t relation, const char *const *numbers,
                        Arena *arena)
{
    const char *ret = "";

    for (size_t i = 0; numbers[i]; i++) {
        const NamedColumn *column = names_find(names, relation, atoi(numbers[i]));
        if (!column)
            return NULL;
        ret = arena_join(arena, ret, i ? ", " : "", ident_quote(arena, column->name), NULL);
    }
    return ret;
}

static const char *list_of_array(const Names *names, uint32_t relation, const char *array,
                                 Arena *arena)
{
    return list(names, relation, db_array_items(arena, array), arena);
}

static const char *list_of_words(const Names *names, uint32_t relation, char *words, Arena *arena)
{
    const char **numbers = arena_alloc(arena, (strlen(words) / 2 + 2) * sizeof *numbers);
    char *rest = NULL;
    size_t count = 0;

    for (char *word = strtok_r(words, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
        numbers[count++] = word;
    numbers[count] = NULL;
    return list(names, relation, numbers, arena);
}

bool constraint_definition(const Names *names, const Row *row, uint32_t relation, Arena *arena,
                           const char **ret)
{
    char *what = arena_strdup(arena, row_value(row, "_keys"));
    char *actions = text_split(what, '|'), *further = text_split(actions, '|'),
         *enforcement = text_split(further, '|');
    const char *columns = list_of_array(names, relation, row_value(row, "columns"), arena);
    const char *others = list_of_words(names, relation, further, arena);
    const char *target = row_value(row, "references"), *target_columns = "";

    if (target)
        target_columns =
            list_of_array(names, (uint32_t)strtoul(row_value(row, "_references"), NULL, 10),
                          row_value(row, "reference_columns"), arena);
    if (!columns || !others || !target_columns)
        return false;
    const char *aim =
        target ? arena_join(arena, " REFERENCES ", target, "(", target_columns, ")", actions, NULL)
               : "";
    const char *rest =
        *others ? arena_join(arena, target ? "" : " INCLUDE", " (", others, ")", NULL) : "";
    *ret = arena_join(arena, what, " (", columns, ")", aim, rest, enforcement, NULL);
    return true;
}
