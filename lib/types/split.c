#include "types/split.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "types/compare.h"

static const char marker[] =
    "// Written by gen-ts-types --split. Changes to this file are lost; without this line it is "
    "left alone.\n";

enum { MODE = 0644, DIRECTORY_MODE = 0755 };

typedef struct Part {
    const char *path;
    Buffer text;
} Part;

typedef struct Split {
    Arena arena;
    const char *directory; /* of the parts */
    const char *root;      /* the index, as a part imports it */
    const char *below;     /* the parts, as the index imports them */
    Part index;
    size_t count;
    size_t room;
    Part *parts;
} Split;

static void split_free(Split *split)
{
    for (size_t i = 0; i < split->count; i++)
        buffer_free(&split->parts[i].text);
    free(split->parts);
    buffer_free(&split->index.text);
    arena_free(&split->arena);
}

static bool has_end(const char *text, size_t length, const char *end)
{
    return length >= strlen(end) && strncmp(text + length - strlen(end), end, strlen(end)) == 0;
}

/* A key as it stands in the text, as the name of a file. */
static const char *file_name(Arena *arena, const char *key, size_t length)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";
    CLEANUP(buffer_free) Buffer name = {0};

    if (length > 1 && (*key == '"' || *key == '\'')) {
        key++;
        length -= 2;
    }
    for (size_t i = 0; i < length; i++) {
        if (key[i] && strchr(plain, key[i])) {
            buffer_char(&name, key[i]);
        } else {
            static const char digits[] = "0123456789abcdef";
            unsigned char byte = (unsigned char)key[i];

            buffer_char(&name, '+');
            buffer_char(&name, digits[byte >> 4]);
            buffer_char(&name, digits[byte & 15]);
        }
    }
    return arena_strdup(arena, name.length ? name.bytes : "+");
}

/* The key of a line "  key: {", indentation told; NULL when it is none. */
static const char *opened(const char *line, size_t length, size_t indent, size_t *ret_length)
{
    static const char end[] = ": {";

    if (length <= indent + sizeof end - 1 || strspn(line, " ") != indent ||
        !has_end(line, length, end))
        return NULL;
    *ret_length = length - indent - (sizeof end - 1);
    return line + indent;
}

static bool is_line(const char *line, size_t length, const char *text)
{
    return length == strlen(text) && strncmp(line, text, length) == 0;
}

static Part *part_add(Split *split, const char *schema, const char *name)
{
    if (split->count == split->room) {
        split->room = split->room ? split->room * 2 : 64;
        split->parts = arena_realloc_or_exit(split->parts, split->room * sizeof *split->parts);
    }
    split->parts[split->count] =
        (Part){.path = arena_printf(&split->arena, "%s/%s/%s.ts", split->directory, schema, name)};
    return &split->parts[split->count++];
}

/* Takes the block of a relation, up to its last line, from the text; where that goes on. */
static const char *part_fill(const Split *split, Part *part, const char *text)
{
    enum { INDENT = 6 };
    CLEANUP(buffer_free) Buffer body = {0};
    bool ends = false;

    while (*text && !ends) {
        size_t length = strcspn(text, "\n");
        size_t skip = strspn(text, " ") < INDENT ? strspn(text, " ") : INDENT;

        ends = is_line(text, length, "      }");
        buffer_add(&body, text + skip, length - skip);
        buffer_char(&body, '\n');
        text += length + (text[length] == '\n');
    }
    bool database = strstr(body.bytes, "Database[") != NULL;
    bool json = strstr(body.bytes, "Json") != NULL;

    buffer_text(&part->text, marker);
    if (database || json) {
        buffer_text(&part->text, "import type { ");
        buffer_text(&part->text, database ? "Database" : "");
        buffer_text(&part->text, database && json ? ", " : "");
        buffer_text(&part->text, json ? "Json" : "");
        buffer_text(&part->text, " } from \"");
        buffer_text(&part->text, split->root);
        buffer_text(&part->text, "\"\n\n");
    }
    buffer_text(&part->text, "export type Relation = {\n");
    buffer_add(&part->text, body.bytes, body.length);
    return text;
}

static void cut(Split *split, const char *text)
{
    enum { AT_SCHEMA = 2, AT_SECTION = 4, AT_OBJECT = 6 };
    const char *schema = "";
    bool relations = false;

    buffer_text(&split->index.text, marker);
    while (*text) {
        size_t length = strcspn(text, "\n"), key_length = 0;
        const char *key = opened(text, length, AT_SCHEMA, &key_length);
        const char *next = text + length + (text[length] == '\n');

        if (key)
            schema = file_name(&split->arena, key, key_length);
        if (is_line(text, length, "    }"))
            relations = false;
        else if (is_line(text, length, "    Tables: {") || is_line(text, length, "    Views: {"))
            relations = true;
        key = relations ? opened(text, length, AT_OBJECT, &key_length) : NULL;
        if (key) {
            const char *name = file_name(&split->arena, key, key_length);

            next = part_fill(split, part_add(split, schema, name), next);
            buffer_add(&split->index.text, text, length - 1);
            buffer_text(&split->index.text, "import(\"");
            buffer_text(&split->index.text, split->below);
            buffer_text(&split->index.text, schema);
            buffer_char(&split->index.text, '/');
            buffer_text(&split->index.text, name);
            buffer_text(&split->index.text, ".js\").Relation\n");
        } else {
            buffer_add(&split->index.text, text, (size_t)(next - text));
        }
        text = next;
    }
}

static void split_fill(Split *split, const char *output, const char *text)
{
    static const char end[] = ".ts";
    Arena *arena = &split->arena;
    size_t length = strlen(output);
    const char *base = strrchr(output, '/');

    base = base ? base + 1 : output;
    if (has_end(base, strlen(base), end) && strlen(base) > sizeof end - 1) {
        const char *stem = arena_strndup(arena, base, strlen(base) - (sizeof end - 1));

        split->index.path = output;
        split->directory = arena_strndup(arena, output, length - (sizeof end - 1));
        split->root = arena_printf(arena, "../../%s.js", stem);
        split->below = arena_printf(arena, "./%s/", stem);
    } else {
        while (length > 1 && output[length - 1] == '/')
            length--;
        split->directory = arena_strndup(arena, output, length);
        split->index.path = arena_printf(arena, "%s/index.ts", split->directory);
        split->root = "../index.js";
        split->below = "./";
    }
    cut(split, text);
}

/* Whether the file begins with our marker; one that cannot be read does not. */
static bool is_ours(const char *path)
{
    char start[sizeof marker] = "";
    FILE *in = fopen(path, "r");

    if (!in)
        return false;
    size_t length = fread(start, 1, sizeof marker - 1, in);

    (void)fclose(in);
    return length == sizeof marker - 1 && memcmp(start, marker, length) == 0;
}

static bool may_replace(const char *path, Err *err)
{
    return !file_exists(path) || is_ours(path) ||
           err_set(err, EXIT_CREATE,
                   "'%s' was not written by gen-ts-types --split: move it away, or write elsewhere",
                   path);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const Part *)a)->path, ((const Part *)b)->path);
}

static bool is_wanted(const Split *split, const char *path)
{
    const Part wanted = {.path = path};

    return split->count &&
           bsearch(&wanted, split->parts, split->count, sizeof *split->parts, by_path);
}

/* Calls visit for each of our files in the directory, or in those in it, that is not wanted. */
static bool each_gone(Split *split, const char *directory, bool deeper,
                      bool (*visit)(void *, const char *, Err *), void *context, Err *err)
{
    DIR *listing = opendir(directory);
    bool good = true;

    if (!listing)
        return errno == ENOENT || err_errno(err, EXIT_IO, "cannot list '%s'", directory);
    for (const struct dirent *entry = readdir(listing); entry && good; entry = readdir(listing)) {
        struct stat status = {0};

        if (*entry->d_name == '.')
            continue;
        const char *path = arena_printf(&split->arena, "%s/%s", directory, entry->d_name);

        if (lstat(path, &status) != 0)
            continue;
        if (deeper && S_ISDIR(status.st_mode)) {
            good = each_gone(split, path, false, visit, context, err);
        } else if (!deeper && S_ISREG(status.st_mode) && has_end(path, strlen(path), ".ts") &&
                   !is_wanted(split, path) && is_ours(path)) {
            good = visit(context, path, err);
        }
    }
    (void)closedir(listing);
    return good;
}

static bool remove_gone(void *context, const char *path, Err *err)
{
    Split *split = context;
    const char *name = strrchr(path, '/');

    if (!file_remove(path, err))
        return false;
    (void)rmdir(arena_strndup(&split->arena, path, (size_t)(name - path))); /* when it is empty */
    return true;
}

bool split_write(const char *output, const char *text, Err *err)
{
    CLEANUP(split_free) Split split = {0};

    split_fill(&split, output, text);
    if (!may_replace(split.index.path, err))
        return false;
    for (size_t i = 0; i < split.count; i++) {
        if (!may_replace(split.parts[i].path, err))
            return false;
    }
    if (split.count > 1)
        qsort(split.parts, split.count, sizeof *split.parts, by_path);
    for (size_t i = 0; i < split.count; i++) {
        const Part *part = &split.parts[i];

        if (!file_make_parents(part->path, DIRECTORY_MODE, err) ||
            !file_write_if_changed(part->path, part->text.bytes, part->text.length, MODE, NULL,
                                   err))
            return false;
    }
    return file_make_parents(split.index.path, DIRECTORY_MODE, err) &&
           file_write_if_changed(split.index.path, split.index.text.bytes, split.index.text.length,
                                 MODE, NULL, err) &&
           each_gone(&split, split.directory, true, remove_gone, &split, err);
}

typedef struct Listing {
    FILE *out;
    bool same;
} Listing;

static bool list_gone(void *context, const char *path, Err *err)
{
    Listing *listing = context;

    (void)err;
    listing->same = false;
    fprintf(listing->out, "'%s' is of something that is gone\n", path);
    return true;
}

static bool check_part(const Part *part, size_t most, Listing *listing, Err *err)
{
    CLEANUP(cleanup_free) char *old = NULL;
    size_t length = 0;

    if (!file_exists(part->path)) {
        fprintf(listing->out, "there is no '%s'\n", part->path);
        listing->same = false;
        return true;
    }
    if (!file_read(part->path, 0, &old, &length, err))
        return false;
    if (length == part->text.length && memcmp(old, part->text.bytes, length) == 0)
        return true;
    listing->same = false;
    fprintf(listing->out, "'%s':\n", part->path);
    (void)compare_texts(old, part->text.bytes, most, listing->out);
    return true;
}

bool split_check(const char *output, const char *text, size_t most, FILE *out, bool *ret_same,
                 Err *err)
{
    CLEANUP(split_free) Split split = {0};
    Listing listing = {.out = out, .same = true};

    split_fill(&split, output, text);
    if (split.count > 1)
        qsort(split.parts, split.count, sizeof *split.parts, by_path);
    bool good = check_part(&split.index, most, &listing, err);

    for (size_t i = 0; good && i < split.count; i++)
        good = check_part(&split.parts[i], most, &listing, err);
    good = good && each_gone(&split, split.directory, true, list_gone, &listing, err);
    *ret_same = listing.same;
    return good;
}
