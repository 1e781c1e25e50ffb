#include "sql/chain.h"

#include <stdlib.h>
#include <string.h>

#include "sql/order.h"
#include "sql/parse.h"
#include "sql/split.h"
#include "sql/text.h"

static void warn(Arena *arena, ChainWarnings *warnings, const char *text)
{
    if ((warnings->count & (warnings->count - 1)) == 0) {
        size_t capacity = warnings->count ? warnings->count * 2 : 1;
        const char **items = arena_alloc(arena, capacity * sizeof *items);

        if (warnings->count)
            memcpy(items, warnings->items, warnings->count * sizeof *items);
        warnings->items = items;
    }
    warnings->items[warnings->count++] = text;
}

/* Takes over the text. */
static void prepare(Chain *chain, ChainFile *file, const SqlText *text)
{
    CLEANUP(split_close) Split split = {0};
    SqlPlace place = {0};
    size_t line = 1;

    file->text = text->text;
    file->length = text->length;
    if (text->latin)
        warn(&chain->arena, &file->warnings,
             arena_printf(&chain->arena,
                          "%s:%zu: not UTF-8 from byte 0x%02X on: read as Windows-1252", file->name,
                          text->latin_line, text->latin_byte));
    split_prepare(file->text, file->length, text->latin, &split);
    file->no_transaction = split.no_transaction;
    chain->tool = split.tool ? split.tool : chain->tool;
    for (size_t i = 0; i < split.note_count; i++) {
        sql_place(&place, file->text, split.notes[i].offset, &line);
        warn(&chain->arena, &file->warnings,
             arena_printf(&chain->arena, "%s:%zu: %s", file->name, line, split.notes[i].why));
    }
    if (split.unsaid)
        warn(&chain->arena, &file->warnings,
             arena_printf(&chain->arena, "%s: and %zu more of these", file->name, split.unsaid));
}

static bool read_files(Chain *chain, const Layout *layout, bool full_names, Err *err)
{
    size_t total = 0;

    chain->files = arena_alloc(&chain->arena, layout->count * sizeof *chain->files);
    for (size_t i = 0; i < layout->count; i++) {
        CLEANUP(cleanup_free) char *shown = layout_shown(layout->files[i].path);
        SqlText text = {0};
        ChainFile *file = &chain->files[i];

        file->name = arena_strdup(&chain->arena, full_names ? shown : layout->files[i].name);
        if (!sql_text_read(layout->files[i].path, shown, &text, err))
            return false;
        chain->count++;
        prepare(chain, file, &text);
        total += file->length;
        if (total > LAYOUT_TOTAL_MAX)
            return err_set(err, EXIT_DATA,
                           "the migrations are larger than %d MB together: leave their data out",
                           LAYOUT_TOTAL_MAX / (1024 * 1024));
    }
    return true;
}

/* The files of a circle, named once. */
static void warn_circle(Chain *chain, const Order *order, size_t first)
{
    enum { SHOWN = 5 };
    size_t number = order_circle(order, first), count = 0;
    const char *names = "";

    for (size_t i = 0; i < chain->count; i++) {
        if (order_circle(order, i) != number)
            continue;
        if (i < first)
            return;
        if (count++ < SHOWN)
            names = arena_printf(&chain->arena, "%s%s%s", names, *names ? ", " : "",
                                 chain->files[i].name);
    }
    warn(
        &chain->arena, &chain->warnings,
        count > SHOWN
            ? arena_printf(&chain->arena,
                           "%s and %zu more: need each other, and stay in the order of their names",
                           names, count - SHOWN)
            : arena_printf(&chain->arena,
                           "%s: need each other, and stay in the order of their names", names));
}

static void sort_by_need(Chain *chain, const Layout *layout)
{
    CLEANUP(order_close) Order *order = order_open();
    ChainFile *sorted = arena_alloc(&chain->arena, chain->count * sizeof *sorted);
    size_t circle = 0;
    const size_t *places;

    for (size_t i = 0; i < chain->count; i++)
        order_add(order, chain->files[i].text, chain->files[i].length, layout->files[i].numbered);
    places = order_find(order);
    for (size_t i = 0; i < chain->count; i++) {
        size_t number = order_circle(order, i);

        sorted[i] = chain->files[places[i]];
        if (number && number != circle)
            warn_circle(chain, order, i);
        circle = number ? number : circle;
    }
    chain->files = sorted;
    chain->by_need = true;
}

Chain *chain_of_text(const char *name, const char *text, size_t length, const char *const *warnings)
{
    Chain *chain = arena_realloc_or_exit(NULL, sizeof *chain);
    SqlText whole = {.text = arena_realloc_or_exit(NULL, length + 1), .length = length};

    *chain =
        (Chain){.form = LAYOUT_ONE_FILE, .tool = layout_form_name(LAYOUT_ONE_FILE), .count = 1};
    memcpy(whole.text, text, length);
    whole.text[length] = '\0';
    chain->files = arena_alloc(&chain->arena, sizeof *chain->files);
    chain->files[0].name = arena_strdup(&chain->arena, name);
    prepare(chain, &chain->files[0], &whole);
    for (; *warnings; warnings++)
        warn(&chain->arena, &chain->warnings,
             arena_printf(&chain->arena, "%s: %s", name, *warnings));
    return chain;
}

Chain *chain_open(const char *path, bool full_names, Err *err)
{
    CLEANUP(layout_close) Layout *layout = layout_open(path, err);
    Chain *chain;

    if (!layout)
        return NULL;
    chain = arena_realloc_or_exit(NULL, sizeof *chain);
    *chain = (Chain){
        .form = layout->form, .tool = layout_form_name(layout->form), .supabase = layout->supabase};
    for (size_t i = 0; i < layout->note_count; i++)
        warn(&chain->arena, &chain->warnings,
             arena_printf(&chain->arena, "%s: %s", layout->notes[i].name, layout->notes[i].why));
    if (!read_files(chain, layout, full_names, err)) {
        chain_close(&chain);
        return NULL;
    }
    if (!layout->is_ordered && chain->count > 1)
        sort_by_need(chain, layout);
    return chain;
}

void chain_close(Chain **chain)
{
    if (!*chain)
        return;
    for (size_t i = 0; i < (*chain)->count; i++)
        free((*chain)->files[i].text);
    arena_free(&(*chain)->arena);
    free(*chain);
    *chain = NULL;
}
