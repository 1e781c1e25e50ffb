/* Many things found by a number that is made of their names: one number may have several, and
 * things of other names too, so who looks compares the name. In an arena. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct HashItem {
    uint64_t place;
    void *item;
} HashItem;

typedef struct HashEntry HashEntry;
typedef struct Hash {
    HashEntry **slots;
    size_t count;
    size_t capacity;
} Hash; /* {0} is an empty one */

/* The key of two texts; "" where there is only one. */
uint64_t hash_key(const char *first, const char *second);
/* place is the item's own, and tells it from others: what is there already is not added again. */
void hash_add(Arena *arena, Hash *hash, uint64_t key, uint64_t place, const void *item);
void hash_remove(Hash *hash, uint64_t key, uint64_t place);
/* The items of a key in the order of their places. They stay what they are until one is added or
 * removed. */
const HashItem *hash_items(const Hash *hash, uint64_t key, size_t *ret_count);

#endif
