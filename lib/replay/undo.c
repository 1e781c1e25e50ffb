#include "replay/undo.h"

#include <stdlib.h>
#include <string.h>

enum {
    UNDO_COPIED_MAX = 256 << 20, /* bytes: some 50 ms */
    VALUE_SIZE = 1024            /* about what one takes */
};

struct Undo {
    Replay *replay;
    Replay before;
    Catalog catalog;
    ArenaImage *memory;
    json_t **values; /* copies of those that there were */
    size_t warnings;
};

Undo *undo_begin(Replay *replay)
{
    size_t size = arena_size(replay->arena) + replay->values.count * VALUE_SIZE;
    Undo *undo;

    if (size > UNDO_COPIED_MAX - replay->copied)
        return NULL;
    replay->copied += size;
    undo = arena_realloc_or_exit(NULL, sizeof *undo);
    *undo = (Undo){.replay = replay, .before = *replay, .catalog = *replay->catalog};
    undo->memory = arena_save(replay->arena);
    undo->values = arena_realloc_or_exit(NULL, replay->values.count * sizeof *undo->values);
    for (size_t i = 0; i < replay->values.count; i++)
        undo->values[i] = json_deep_copy(replay->values.items[i]);
    undo->warnings = json_array_size(replay->warnings);
    return undo;
}

/* What has been added to a list since: the list goes back to what it was, but owns them still. */
static void keep_new(Arena *arena, Vec *list, const Vec *since, void *const *added)
{
    for (size_t i = list->count; i < since->count; i++)
        vec_add(arena, list, added[i]);
}

static void **copy_items(const Vec *list)
{
    void **copy = arena_realloc_or_exit(NULL, list->count * sizeof *copy);

    if (list->count)
        memcpy(copy, list->items, list->count * sizeof *copy);
    return copy;
}

void undo_all(Undo *undo)
{
    Replay *replay = undo->replay;
    Arena arena = replay->catalog->arena;
    Vec values = replay->values, parses = replay->parses;
    void **value_items = copy_items(&values), **parse_items = copy_items(&parses);
    size_t copied = replay->copied;

    arena_restore(undo->memory);
    *replay = undo->before;
    replay->copied = copied;
    *replay->catalog = undo->catalog;
    replay->catalog->arena = arena;
    for (size_t i = 0; i < replay->values.count; i++) {
        json_object_clear(replay->values.items[i]);
        json_object_update(replay->values.items[i], undo->values[i]);
    }
    keep_new(replay->arena, &replay->values, &values, value_items);
    keep_new(replay->arena, &replay->parses, &parses, parse_items);
    while (json_array_size(replay->warnings) > undo->warnings)
        json_array_remove(replay->warnings, json_array_size(replay->warnings) - 1);
    free(value_items);
    free(parse_items);
}

void undo_end(Undo **undo)
{
    if (!*undo)
        return;
    for (size_t i = 0; i < (*undo)->before.values.count; i++)
        json_decref((*undo)->values[i]);
    free((*undo)->values);
    arena_image_free(&(*undo)->memory);
    free(*undo);
    *undo = NULL;
}
