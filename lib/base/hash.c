#include "base/hash.h"

#include <string.h>

struct HashEntry {
    HashEntry *next;
    uint64_t key;
    HashItem *items;
    size_t count;
    size_t capacity;
};

/* FNV-1a, the NUL behind the first text among what it goes over. */
uint64_t hash_key(const char *first, const char *second)
{
    uint64_t key = 0xcbf29ce484222325;

    do
        key = (key ^ (unsigned char)*first) * 0x100000001b3;
    while (*first++);
    for (; *second; second++)
        key = (key ^ (unsigned char)*second) * 0x100000001b3;
    return key;
}

static HashEntry *find(const Hash *hash, uint64_t key)
{
    HashEntry *entry = hash->capacity ? hash->slots[key & (hash->capacity - 1)] : NULL;

    while (entry && entry->key != key)
        entry = entry->next;
    return entry;
}

static void put(Hash *hash, HashEntry *entry)
{
    HashEntry **slot = &hash->slots[entry->key & (hash->capacity - 1)];

    entry->next = *slot;
    *slot = entry;
}

static HashEntry *entry_new(Arena *arena, Hash *hash, uint64_t key)
{
    HashEntry *entry = arena_alloc(arena, sizeof *entry);

    if (hash->count == hash->capacity) {
        Hash old = *hash;

        hash->capacity = old.capacity ? old.capacity * 2 : 64;
        hash->slots = arena_alloc(arena, hash->capacity * sizeof(HashEntry *));
        for (size_t i = 0; i < old.capacity; i++) {
            for (HashEntry *each = old.slots[i], *next; each; each = next) {
                next = each->next;
                put(hash, each);
            }
        }
    }
    entry->key = key;
    put(hash, entry);
    hash->count++;
    return entry;
}

/* Where the item stands, or where it would. */
static size_t place_of(const HashEntry *entry, uint64_t place)
{
    size_t low = 0, high = entry->count;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (entry->items[middle].place < place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void hash_add(Arena *arena, Hash *hash, uint64_t key, uint64_t place, const void *item)
{
    HashEntry *entry = find(hash, key);
    size_t at;

    if (!entry)
        entry = entry_new(arena, hash, key);
    at = place_of(entry, place);
    if (at < entry->count && entry->items[at].place == place)
        return;
    if (entry->count == entry->capacity) {
        size_t capacity = entry->capacity ? entry->capacity * 2 : 1;
        HashItem *items = arena_alloc(arena, capacity * sizeof *items);

        if (entry->count)
            memcpy(items, entry->items, entry->count * sizeof *items);
        entry->items = items;
        entry->capacity = capacity;
    }
    memmove(entry->items + at + 1, entry->items + at, (entry->count - at) * sizeof *entry->items);
    entry->items[at] = (HashItem){.place = place, .item = (void *)(uintptr_t)item};
    entry->count++;
}

void hash_remove(Hash *hash, uint64_t key, uint64_t place)
{
    HashEntry *entry = find(hash, key);
    size_t at = entry ? place_of(entry, place) : 0;

    if (!entry || at == entry->count || entry->items[at].place != place)
        return;
    entry->count--;
    memmove(entry->items + at, entry->items + at + 1, (entry->count - at) * sizeof *entry->items);
}

const HashItem *hash_items(const Hash *hash, uint64_t key, size_t *ret_count)
{
    const HashEntry *entry = find(hash, key);

    *ret_count = entry ? entry->count : 0;
    return entry ? entry->items : NULL;
}
