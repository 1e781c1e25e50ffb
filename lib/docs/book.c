#include "docs/book.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/text.h"
#include "docs/page.h"
#include "docs/stale.h"

void book_free(Book *book)
{
    arena_free(&book->arena);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const BookPage *)a)->name, ((const BookPage *)b)->name);
}

static bool no_room(Err *err)
{
    return err_errno(err, EXIT_OS, "cannot make room for a page");
}

static bool name_page(Book *book, const FactsObject *of, const char **ret_name, Err *err)
{
    CLEANUP(cleanup_free) char *name = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&name, &length);

    if (!memory)
        return no_room(err);
    place_file(memory, of);
    if (fclose(memory) != 0)
        return no_room(err);
    *ret_name = arena_strndup(&book->arena, name, length);
    return true;
}

static bool page_add(Book *book, const Facts *facts, const char *title, Split split,
                     const FactsObject *of, Err *err)
{
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&text, &length);
    BookPage page = {0};

    if (!memory)
        return no_room(err);
    bool written = page_write(facts, title, split, of, memory, err);

    if (fclose(memory) != 0 && written)
        return no_room(err);
    if (!written || !name_page(book, of, &page.name, err))
        return false;
    while (length > 1 && text[length - 2] == '\n')
        length--;
    page.text = arena_strndup(&book->arena, text, length);
    page.length = length;
    book->pages[book->count++] = page;
    return true;
}

bool book_make(Book *book, const Facts *facts, const char *title, Split split, Err *err)
{
    book->pages = arena_alloc(&book->arena, (facts->count + 1) * sizeof *book->pages);
    if (!page_add(book, facts, title, split, NULL, err))
        return false;
    for (size_t i = 0; i < facts->count; i++) {
        const FactsObject *object = &facts->objects[i];
        bool own = object->kind == KIND_SCHEMA ||
                   (split == SPLIT_TABLE && object->home &&
                    (object->kind == KIND_TABLE || object->kind == KIND_VIEW));

        if (own && !page_add(book, facts, title, split, object, err))
            return false;
    }
    qsort(book->pages, book->count, sizeof *book->pages, by_name);
    return true;
}

/* ---- the directory ---- */

static bool has_marker(const char *path)
{
    FILE *in = fopen(path, "re");
    char head[128] = "";
    bool marked = in && fgets(head, sizeof head, in) && strcmp(head, page_marker) == 0;

    if (in)
        (void)fclose(in);
    return marked;
}

/* Links are not followed: what is one is not ours. */
static bool is_file(const char *path)
{
    struct stat info;

    return lstat(path, &info) == 0 && S_ISREG(info.st_mode);
}

static bool is_there(const char *path)
{
    struct stat info;

    return lstat(path, &info) == 0;
}

static bool is_page_name(const char *name)
{
    static const char *const patterns[] = {PLACE_INDEX, "schema.*.md", "table.*.md", "view.*.md"};

    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        if (text_glob(patterns[i], name))
            return true;
    return false;
}

static bool is_ours(const char *name, size_t length)
{
    char copy[NAME_MAX + 1] = "";

    memcpy(copy, name, length < NAME_MAX ? length : NAME_MAX);
    return is_page_name(copy);
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Pages of ours that the book has not, by name. */
static bool leftovers(const Book *book, const char *directory, Arena *arena,
                      const char ***ret_names, size_t *ret_count, Err *err)
{
    DIR *entries = opendir(directory);
    size_t room = 0;
    const char **names = NULL;

    *ret_count = 0;
    *ret_names = NULL;
    if (!entries && errno == ENOENT)
        return true;
    if (!entries)
        return err_errno(err, EXIT_IO, "cannot read the directory '%s'", directory);
    for (const struct dirent *entry = readdir(entries); entry; entry = readdir(entries)) {
        BookPage key = {.name = entry->d_name};
        const char *path = arena_printf(arena, "%s/%s", directory, entry->d_name);

        if (!is_page_name(entry->d_name) ||
            bsearch(&key, book->pages, book->count, sizeof key, by_name) || !is_file(path) ||
            !has_marker(path))
            continue;
        if (*ret_count == room) {
            const char **old = names;

            room = room ? room * 2 : 16;
            names = arena_alloc(arena, room * sizeof *names);
            if (old)
                memcpy(names, old, *ret_count * sizeof *names);
        }
        names[(*ret_count)++] = arena_strdup(arena, entry->d_name);
    }
    (void)closedir(entries);
    if (*ret_count)
        qsort(names, *ret_count, sizeof *names, compare_texts);
    *ret_names = names;
    return true;
}

static bool is_same(const char *path, const BookPage *page)
{
    CLEANUP(cleanup_free) char *old = NULL;
    size_t length = 0;
    Err ignored = {0};

    return file_read(path, 0, &old, &length, &ignored) && length == page->length &&
           memcmp(old, page->text, length) == 0;
}

/* Ten thousand waits for the disk would take minutes; a page that a crash of the machine takes is
 * made again by the next run. */
static bool page_store(const char *path, const BookPage *page, Err *err)
{
    CLEANUP(file_replace_close) FileReplace *replace = file_replace_open_swept(path, 0644, err);

    if (!replace)
        return false;
    replace->may_be_lost = true;
    fwrite(page->text, 1, page->length, replace->out);
    return file_replace_commit(replace, err);
}

bool book_write(const Book *book, const char *directory, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    const char **gone = NULL;
    size_t gone_count = 0;

    for (size_t i = 0; i < book->count; i++) {
        const char *path = arena_printf(&arena, "%s/%s", directory, book->pages[i].name);

        if (is_there(path) && (!is_file(path) || !has_marker(path)))
            return err_set(err, EXIT_CREATE,
                           "'%s' was not written by gen-schema-docs: move it away, or name "
                           "another directory",
                           path);
    }
    if (!file_make_directories(directory, 0755, err) ||
        !leftovers(book, directory, &arena, &gone, &gone_count, err))
        return false;
    file_remove_leftovers(directory, is_ours);
    /* The index, which is the first by name, last: what it leads to is there then. */
    for (size_t i = 1; i <= book->count; i++) {
        const BookPage *page = &book->pages[i % book->count];
        const char *path = arena_printf(&arena, "%s/%s", directory, page->name);

        if (!is_same(path, page) && !page_store(path, page, err))
            return false;
    }
    for (size_t i = 0; i < gone_count; i++)
        if (!file_remove(arena_printf(&arena, "%s/%s", directory, gone[i]), err))
            return false;
    return true;
}

bool book_check(const Book *book, const char *directory, size_t most, FILE *out, bool *ret_same,
                Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    const char **gone = NULL;
    size_t gone_count = 0;
    bool same = true;

    if (!leftovers(book, directory, &arena, &gone, &gone_count, err))
        return false;
    for (size_t i = 0; i < book->count; i++) {
        const char *path = arena_printf(&arena, "%s/%s", directory, book->pages[i].name);
        CLEANUP(cleanup_free) char *old = NULL;
        size_t length = 0;

        if (!file_exists(path)) {
            fputs("there is no '", out);
            text_print_safe(out, path);
            fputs("'\n", out);
            same = false;
        } else if (!is_same(path, &book->pages[i])) {
            if (!file_read(path, 0, &old, &length, err))
                return false;
            text_print_safe(out, path);
            fputs(":\n", out);
            stale_compare(old, book->pages[i].text, most, out);
            same = false;
        }
    }
    for (size_t i = 0; i < gone_count; i++) {
        text_print_safe(out, arena_printf(&arena, "%s/%s", directory, gone[i]));
        fputs(" is of something that is gone\n", out);
    }
    *ret_same = same && !gone_count;
    return true;
}
