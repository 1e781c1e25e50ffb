#include <string.h>

#include "base/text.h"
#include "replay/names.h"
#include "replay/parts.h"

/* ChooseRelationName() and ChooseConstraintName(). */
const char *naming_choose(Replay *replay, const char *schema, const char *first, const char *second,
                          const char *label, bool relation, bool constraint)
{
    const char *name = names_make(replay->arena, first, second, label);

    for (int pass = 1; (relation && catalog_name_taken(replay->catalog, schema, name)) ||
                       (constraint && catalog_constraint_taken(replay->catalog, schema, name));
         pass++)
        name = names_make(replay->arena, first, second,
                          arena_printf(replay->arena, "%s%d", label, pass));
    return name;
}

/* ChooseIndexColumnNames() in indexcmds.c */
void naming_add_distinct(Replay *replay, Vec *names, const char *base)
{
    const char *name = base;

    for (int number = 1; vec_has_text(names, name); number++) {
        const char *suffix = arena_printf(replay->arena, "%d", number);

        name = arena_printf(replay->arena, "%.*s%s",
                            (int)text_cut(base, NAMES_LENGTH_MAX - strlen(suffix)), base, suffix);
    }
    vec_add(replay->arena, names, name);
}

/* The names of columns joined by "_", as far as a name can be long. */
const char *naming_join(Replay *replay, const Vec *names)
{
    const char *text = NULL;

    for (size_t i = 0; i < names->count; i++) {
        text = text ? arena_printf(replay->arena, "%s_%s", text, (const char *)names->items[i])
                    : names->items[i];
        if (strlen(text) >= NAMES_LENGTH_MAX + 1)
            break;
    }
    return text;
}

const char *naming_join_columns(Replay *replay, const Vec *columns)
{
    Vec names = {0};

    for (size_t i = 0; i < columns->count; i++)
        vec_add(replay->arena, &names, ((const Column *)columns->items[i])->name);
    return naming_join(replay, &names);
}
