#include "sql/order.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "sql/needs.h"

static const size_t NONE = SIZE_MAX;

/* ---- texts to numbers ---- */

/* Each text gets a number, from 0 on, and a value of the caller's. */
typedef struct Table {
    const char **texts;
    size_t *values;
    size_t count, room;
    size_t *slots; /* number + 1 */
    size_t slot_count;
} Table;

static size_t hash(const char *text)
{
    uint64_t value = 14695981039346656037u;

    for (; *text; text++)
        value = (value ^ (unsigned char)*text) * 1099511628211u;
    return (size_t)(value ^ value >> 32);
}

static size_t *slot_of(const Table *table, const char *text)
{
    size_t at = hash(text) & (table->slot_count - 1);

    while (table->slots[at] && strcmp(table->texts[table->slots[at] - 1], text) != 0)
        at = (at + 1) & (table->slot_count - 1);
    return &table->slots[at];
}

static size_t table_find(const Table *table, const char *text)
{
    return table->count ? *slot_of(table, text) - 1 : NONE;
}

static void table_grow(Table *table)
{
    table->room = table->room ? table->room * 2 : 256;
    table->texts = arena_realloc_or_exit(table->texts, table->room * sizeof *table->texts);
    table->values = arena_realloc_or_exit(table->values, table->room * sizeof *table->values);
    free(table->slots);
    table->slot_count = table->room * 2;
    table->slots = arena_realloc_or_exit(NULL, table->slot_count * sizeof *table->slots);
    memset(table->slots, 0, table->slot_count * sizeof *table->slots);
    for (size_t i = 0; i < table->count; i++)
        *slot_of(table, table->texts[i]) = i + 1;
}

/* The text's number; a new one has the value NONE. It may move all texts and values. */
static size_t table_add(Table *table, Arena *arena, const char *text)
{
    size_t *slot;

    if (table->count == table->room)
        table_grow(table);
    slot = slot_of(table, text);
    if (!*slot) {
        table->texts[table->count] = arena_strdup(arena, text);
        table->values[table->count++] = NONE;
        *slot = table->count;
    }
    return *slot - 1;
}

static void table_free(Table *table)
{
    free(table->texts);
    free(table->values);
    free(table->slots);
}

/* ---- the graph ---- */

/* Of lists that begin at a number and go on by .next. */
typedef struct Link {
    size_t item;
    size_t next;
} Link;

typedef struct Links {
    Link *items;
    size_t count, room;
} Links;

typedef struct Mention {
    size_t file;
    NeedKind kind;
    bool is_qualified;
    const char *where; /* its schema, or the schemas of the path, \x1F behind each */
    const char *name;
} Mention;

struct Order {
    Arena arena;
    Table made;    /* what is made; the value: the list of its makers, newest first */
    Table bare;    /* the same without schemas; the value: its only maker, or MANY */
    Table seen;    /* mentions; the value: the last file that has it */
    Table strings; /* paths and names, once each */
    Links makers;
    Mention *mentions;
    size_t mention_count, mention_room;
    bool *numbered; /* of each file */
    bool *early;    /* makes what others need without it being seen */
    size_t file_count, file_room;
    Table wholes; /* schemas as a whole; the value: its vertex, behind those of the files */
    Links edges;
    size_t *from; /* of each vertex: its list in edges */
    size_t *circles;
    size_t *result;
};

static const size_t MANY = SIZE_MAX - 1;

static void link_add(Links *links, size_t *list, size_t item)
{
    if (links->count == links->room) {
        links->room = links->room ? links->room * 2 : 256;
        links->items = arena_realloc_or_exit(links->items, links->room * sizeof *links->items);
    }
    links->items[links->count] = (Link){item, *list};
    *list = links->count++;
}

/* "kind schema name", in memory of the caller's to free. */
static char *key_of(NeedKind kind, const char *schema, const char *name)
{
    size_t schema_size = schema ? strlen(schema) : 0, size = strlen(name);
    char *key = arena_realloc_or_exit(NULL, schema_size + size + 3);

    key[0] = (char)('a' + kind);
    memcpy(key + 1, schema ? schema : "", schema_size);
    key[schema_size + 1] = '\x1F';
    memcpy(key + schema_size + 2, name, size + 1);
    return key;
}

static const char *string_of(Order *order, const char *text)
{
    size_t number = text ? table_add(&order->strings, &order->arena, text) : NONE;

    return text ? order->strings.texts[number] : NULL;
}

static void take_made(Order *order, const Need *need, size_t file)
{
    char *key = key_of(need->kind, need->schema, need->name);
    char *bare = key_of(need->kind, NULL, need->name);
    size_t made = table_add(&order->made, &order->arena, key);
    size_t named = table_add(&order->bare, &order->arena, bare);
    size_t *makers = &order->made.values[made], *only = &order->bare.values[named];

    if (*makers == NONE || order->makers.items[*makers].item != file)
        link_add(&order->makers, makers, file);
    *only = *only == NONE || *only == file ? file : MANY;
    order->early[file] |=
        need->kind == NEED_SCHEMA || need->kind == NEED_EXTENSION || need->kind == NEED_ROLE;
    free(key);
    free(bare);
}

/* All the names of a path as one text. */
static const char *path_of(Order *order, const char *const *path)
{
    char joined[512] = "";
    size_t used = 0;

    for (; *path && used + strlen(*path) + 2 < sizeof joined; path++) {
        memcpy(joined + used, *path, strlen(*path));
        used += strlen(*path);
        joined[used++] = '\x1F';
        joined[used] = '\0';
    }
    return string_of(order, joined);
}

static void take_mention(Order *order, const Need *need, size_t file)
{
    const char *path = need->schema ? NULL : path_of(order, need->path);
    char *key = key_of(need->kind, need->schema ? need->schema : path, need->name);
    size_t number = table_add(&order->seen, &order->arena, key);
    size_t *last = &order->seen.values[number];

    free(key);
    if (*last == file)
        return;
    *last = file;
    if (order->mention_count == order->mention_room) {
        order->mention_room = order->mention_room ? order->mention_room * 2 : 256;
        order->mentions =
            arena_realloc_or_exit(order->mentions, order->mention_room * sizeof *order->mentions);
    }
    order->mentions[order->mention_count++] =
        (Mention){.file = file,
                  .kind = need->kind,
                  .is_qualified = need->schema != NULL,
                  .where = need->schema ? string_of(order, need->schema) : path,
                  .name = string_of(order, need->name)};
}

static void take_need(void *context, const Need *need)
{
    Order *order = context;

    if (need->makes)
        take_made(order, need, order->file_count - 1);
    else
        take_mention(order, need, order->file_count - 1);
}

Order *order_open(void)
{
    Order *order = arena_realloc_or_exit(NULL, sizeof *order);

    *order = (Order){0};
    return order;
}

void order_add(Order *order, const char *text, size_t length, bool numbered)
{
    if (order->file_count == order->file_room) {
        order->file_room = order->file_room ? order->file_room * 2 : 64;
        order->numbered =
            arena_realloc_or_exit(order->numbered, order->file_room * sizeof *order->numbered);
        order->early = arena_realloc_or_exit(order->early, order->file_room * sizeof *order->early);
    }
    order->numbered[order->file_count] = numbered;
    order->early[order->file_count++] = false;
    needs_find(text, length, take_need, order);
}

/* ---- who needs whom ---- */

static bool makes(const Order *order, size_t list, size_t file)
{
    for (; list != NONE; list = order->makers.items[list].next)
        if (order->makers.items[list].item == file)
            return true;
    return false;
}

static size_t first_maker(const Order *order, size_t list)
{
    while (order->makers.items[list].next != NONE)
        list = order->makers.items[list].next;
    return order->makers.items[list].item;
}

static void edge_add(Order *order, size_t before, size_t after)
{
    if (before != after)
        link_add(&order->edges, &order->from[before], after);
}

/* The list of makers of a name: NONE when no file makes it. */
static size_t makers_of(const Order *order, NeedKind kind, const char *schema, const char *name)
{
    char *key = key_of(kind, schema, name);
    size_t number = table_find(&order->made, key);

    free(key);
    return number == NONE ? NONE : order->made.values[number];
}

/* A name without a schema: the first of the path that has it, or else whoever is alone in making a
 * relation of that name. Functions are often called like PostgreSQL's own. */
static void add_unqualified(Order *order, const Mention *mention)
{
    size_t list = NONE, number;
    char *key;

    for (const char *schema = mention->where; *schema && list == NONE;) {
        size_t size = strcspn(schema, "\x1F");
        char *one = arena_strndup(&order->arena, schema, size);

        list = makers_of(order, mention->kind, one, mention->name);
        schema += size + (schema[size] != '\0');
    }
    if (list == NONE)
        list = makers_of(order, mention->kind, NULL, mention->name);
    if (list != NONE) {
        if (!makes(order, list, mention->file))
            edge_add(order, first_maker(order, list), mention->file);
    } else if (mention->kind != NEED_FUNCTION) {
        key = key_of(mention->kind, NULL, mention->name);
        number = table_find(&order->bare, key);
        free(key);
        if (number != NONE && order->bare.values[number] != MANY)
            edge_add(order, order->bare.values[number], mention->file);
    }
}

static void add_mention(Order *order, const Mention *mention)
{
    size_t list;

    if (mention->kind == NEED_WHOLE_SCHEMA)
        return;
    if (!mention->is_qualified) {
        add_unqualified(order, mention);
        return;
    }
    list = makers_of(order, mention->kind, mention->where, mention->name);
    if (list != NONE && !makes(order, list, mention->file))
        edge_add(order, first_maker(order, list), mention->file);
}

/* Makers of the same thing stay in their order: the later ones change what the first made. */
static void add_makers(Order *order)
{
    for (size_t i = 0; i < order->made.count; i++)
        for (size_t list = order->made.values[i]; order->makers.items[list].next != NONE;
             list = order->makers.items[list].next)
            edge_add(order, order->makers.items[order->makers.items[list].next].item,
                     order->makers.items[list].item);
}

/* Who grants on all of a schema comes behind all that make something in it, unless he is one of
 * them. A vertex of its own for each schema keeps the edges few. */
static void add_wholes(Order *order)
{
    Table own = {0}; /* "file schema" of those that make something */

    for (size_t i = 0; i < order->made.count; i++) {
        const char *key = order->made.texts[i];
        size_t size = strcspn(key + 1, "\x1F");
        char *schema = arena_strndup(&order->arena, key + 1, size);
        size_t number = size ? table_find(&order->wholes, schema) : NONE;

        for (size_t list = order->made.values[i]; number != NONE && list != NONE;
             list = order->makers.items[list].next) {
            size_t file = order->makers.items[list].item;

            edge_add(order, file, order->wholes.values[number]);
            table_add(&own, &order->arena, arena_printf(&order->arena, "%zu %s", file, schema));
        }
    }
    for (size_t i = 0; i < order->mention_count; i++) {
        const Mention *mention = &order->mentions[i];
        const char *name = mention->name;

        if (mention->kind == NEED_WHOLE_SCHEMA &&
            table_find(&own, arena_printf(&order->arena, "%zu %s", mention->file, name)) == NONE)
            edge_add(order, order->wholes.values[table_find(&order->wholes, name)], mention->file);
    }
    table_free(&own);
}

static void add_edges(Order *order, size_t vertices)
{
    size_t last = NONE;

    order->from = arena_alloc(&order->arena, vertices * sizeof *order->from);
    for (size_t i = 0; i < vertices; i++)
        order->from[i] = NONE;
    for (size_t i = 0; i < order->mention_count; i++)
        add_mention(order, &order->mentions[i]);
    add_makers(order);
    add_wholes(order);
    for (size_t i = 0; i < order->file_count; i++) {
        if (!order->numbered[i])
            continue;
        if (last != NONE)
            edge_add(order, last, i);
        last = i;
    }
}

/* ---- circles ---- */

/* Tarjan's strongly connected components, with a stack of its own: chains are as long as there are
 * files. */
typedef struct Search {
    size_t *index, *low, *next, *stack, *path;
    size_t counter, stacked, depth, components;
    size_t *component;
} Search;

static void search_enter(const Order *order, Search *search, size_t vertex)
{
    search->index[vertex] = search->low[vertex] = ++search->counter;
    search->next[vertex] = order->from[vertex];
    search->stack[search->stacked++] = vertex;
    search->path[search->depth++] = vertex;
}

static void search_from(const Order *order, Search *search, size_t start)
{
    search_enter(order, search, start);
    while (search->depth) {
        size_t vertex = search->path[search->depth - 1], link = search->next[vertex];

        if (link != NONE) {
            size_t other = order->edges.items[link].item;

            search->next[vertex] = order->edges.items[link].next;
            if (!search->index[other])
                search_enter(order, search, other);
            else if (search->component[other] == NONE && search->index[other] < search->low[vertex])
                search->low[vertex] = search->index[other];
            continue;
        }
        search->depth--;
        if (search->depth) {
            size_t above = search->path[search->depth - 1];

            if (search->low[vertex] < search->low[above])
                search->low[above] = search->low[vertex];
        }
        if (search->low[vertex] == search->index[vertex]) {
            size_t other;

            do {
                other = search->stack[--search->stacked];
                search->component[other] = search->components;
            } while (other != vertex);
            search->components++;
        }
    }
}

/* The component of each vertex. */
static size_t *find_components(Order *order, size_t vertices)
{
    Search search = {0};
    size_t **const arrays[] = {&search.index, &search.low,  &search.next,
                               &search.stack, &search.path, &search.component};

    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        *arrays[i] = arena_alloc(&order->arena, vertices * sizeof **arrays[i]);
    for (size_t i = 0; i < vertices; i++)
        search.component[i] = NONE;
    for (size_t i = 0; i < vertices; i++)
        if (!search.index[i])
            search_from(order, &search, i);
    return search.component;
}

/* Numbers the circles of more than one file, and puts the order of their files in place of the
 * edges within them. */
static void open_circles(Order *order, const size_t *component, size_t vertices)
{
    size_t *size = arena_alloc(&order->arena, vertices * sizeof *size);
    size_t *last = arena_alloc(&order->arena, vertices * sizeof *last);

    for (size_t i = 0; i < order->file_count; i++)
        size[component[i]]++;
    order->circles = arena_alloc(&order->arena, (order->file_count + 1) * sizeof *order->circles);
    for (size_t i = 0; i < vertices; i++)
        for (size_t *list = &order->from[i]; *list != NONE;) {
            Link *link = &order->edges.items[*list];

            if (component[link->item] == component[i])
                *list = link->next;
            else
                list = &link->next;
        }
    for (size_t i = 0; i < order->file_count; i++) {
        if (size[component[i]] < 2)
            continue;
        order->circles[i] = component[i] + 1;
        if (last[component[i]])
            edge_add(order, last[component[i]] - 1, i);
        last[component[i]] = i + 1;
    }
}

/* ---- the order ---- */

/* A heap of vertices: those behind the files first, then early files, then by number. */
typedef struct Heap {
    const Order *order;
    size_t *items;
    size_t count;
} Heap;

static bool is_before(const Order *order, size_t a, size_t b)
{
    bool a_whole = a >= order->file_count, b_whole = b >= order->file_count;

    if (a_whole || b_whole)
        return a_whole && (!b_whole || a < b);
    if (order->early[a] != order->early[b])
        return order->early[a];
    return a < b;
}

static void swap(size_t *a, size_t *b)
{
    size_t kept = *a;

    *a = *b;
    *b = kept;
}

static void heap_push(Heap *heap, size_t vertex)
{
    size_t at = heap->count++;

    heap->items[at] = vertex;
    for (; at && is_before(heap->order, heap->items[at], heap->items[(at - 1) / 2]);
         at = (at - 1) / 2)
        swap(&heap->items[at], &heap->items[(at - 1) / 2]);
}

static size_t heap_pop(Heap *heap)
{
    size_t first = heap->items[0];

    heap->items[0] = heap->items[--heap->count];
    for (size_t at = 0, child; (child = at * 2 + 1) < heap->count; at = child) {
        if (child + 1 < heap->count &&
            is_before(heap->order, heap->items[child + 1], heap->items[child]))
            child++;
        if (!is_before(heap->order, heap->items[child], heap->items[at]))
            break;
        swap(&heap->items[child], &heap->items[at]);
    }
    return first;
}

const size_t *order_find(Order *order)
{
    size_t vertices = order->file_count, done = 0;
    size_t *waiting;
    Heap heap = {.order = order};

    for (size_t i = 0; i < order->mention_count; i++) {
        size_t number;

        if (order->mentions[i].kind != NEED_WHOLE_SCHEMA)
            continue;
        number = table_add(&order->wholes, &order->arena, order->mentions[i].name);
        if (order->wholes.values[number] == NONE)
            order->wholes.values[number] = vertices++;
    }
    add_edges(order, vertices + 1);
    open_circles(order, find_components(order, vertices), vertices);
    waiting = arena_alloc(&order->arena, (vertices + 1) * sizeof *waiting);
    heap.items = arena_alloc(&order->arena, (vertices + 1) * sizeof *heap.items);
    order->result = arena_alloc(&order->arena, (vertices + 1) * sizeof *order->result);
    for (size_t i = 0; i < vertices; i++)
        for (size_t list = order->from[i]; list != NONE; list = order->edges.items[list].next)
            waiting[order->edges.items[list].item]++;
    for (size_t i = 0; i < vertices; i++)
        if (!waiting[i])
            heap_push(&heap, i);
    while (heap.count) {
        size_t vertex = heap_pop(&heap);

        if (vertex < order->file_count)
            order->result[done++] = vertex;
        for (size_t list = order->from[vertex]; list != NONE; list = order->edges.items[list].next)
            if (!--waiting[order->edges.items[list].item])
                heap_push(&heap, order->edges.items[list].item);
    }
    return order->result;
}

size_t order_circle(const Order *order, size_t file)
{
    return order->circles[file];
}

void order_close(Order **order)
{
    if (!*order)
        return;
    table_free(&(*order)->made);
    table_free(&(*order)->bare);
    table_free(&(*order)->seen);
    table_free(&(*order)->strings);
    table_free(&(*order)->wholes);
    free((*order)->makers.items);
    free((*order)->edges.items);
    free((*order)->mentions);
    free((*order)->numbered);
    free((*order)->early);
    arena_free(&(*order)->arena);
    free(*order);
    *order = NULL;
}
