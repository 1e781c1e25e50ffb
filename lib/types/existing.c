#include "types/existing.h"

#include <string.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/text.h"
#include "types/compare.h"
#include "types/difference.h"
#include "types/script.h"
#include "types/token.h"

enum { LINES_SHOWN = 20, DIFFERENCES_SHOWN = 200, EDITS_SHOWN = 3 };

bool existing_is_merged(const Merge *file)
{
    return file->is_marked || file->regions;
}

/* What differs between the types in a file and those it should have. */
static void report(const char *path, const Merge *old, const char *wanted, const char *fresh,
                   const char *text, FILE *out)
{
    CLEANUP(arena_free) Arena arena = {0};
    Script olds = {0}, news = {0};
    Err why = {0};

    if (script_read(&arena, old->generated, old->length, &olds, &why) &&
        script_read(&arena, fresh, strlen(fresh), &news, &why)) {
        Differences differences = differences_find(&arena, &olds, &news);

        differences_put(&differences, DIFFERENCES_SHOWN, out);
        return;
    }
    fputc('\'', out);
    text_print_safe(out, path);
    fputs("' cannot be read as generated types, so its lines are compared: ", out);
    text_print_safe(out, why.msg);
    fputc('\n', out);
    (void)compare_texts(text, wanted, LINES_SHOWN, out);
}

bool existing_check(const char *path, Lang lang, const char *fresh, FILE *out, bool *ret_same,
                    Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(cleanup_free) char *text = NULL;
    CLEANUP(buffer_free) Buffer wanted = {0};
    size_t length = 0;
    Merge file = {0};

    *ret_same = false;
    if (!file_exists(path)) {
        fprintf(out, "there is no '%s'\n", path);
        return true;
    }
    if (!file_read(path, 0, &text, &length, err))
        return false;
    if (lang != LANG_TYPESCRIPT) {
        *ret_same = compare_texts(text, fresh, LINES_SHOWN, out) && length == strlen(fresh);
        return true;
    }
    if (!merge_read(&arena, text, length, &file, err))
        return err_in(err, "in '%s'", path);
    if (existing_is_merged(&file))
        merge_put(&file, fresh, &wanted);
    else
        buffer_text(&wanted, fresh);
    *ret_same = (existing_is_merged(&file) && merge_is_current(&file, fresh)) ||
                (length == wanted.length && memcmp(text, wanted.bytes, length) == 0);
    if (!*ret_same)
        report(path, &file, wanted.bytes, fresh, text, out);
    return true;
}

bool existing_read(const char *path, Arena *arena, char **ret_text, size_t *ret_length, Merge *ret,
                   Err *err)
{
    if (file_exists(path) && !file_read(path, 0, ret_text, ret_length, err))
        return false;
    if (!merge_read(arena, *ret_text ? *ret_text : "", *ret_length, ret, err))
        return err_in(err, "in '%s'", path);
    Tokens tokens = tokens_of(ret->generated, ret->length);
    Token token = {0};

    while (merge_has_generated(ret) && !token_is(&token, "Database")) {
        token = tokens_next(&tokens);
        if (token.kind == TOKEN_END)
            return err_set(err, EXIT_DATA,
                           "'%s' has no type Database: it is no file of types (put what it has "
                           "into a custom region to keep it)",
                           path);
    }
    return true;
}

void existing_put_edits(const Merge *file, const char *fresh, FILE *out)
{
    CLEANUP(arena_free) Arena arena = {0};
    Script olds = {0}, news = {0};
    size_t places = 0;
    Err why = {0};

    if (!script_read(&arena, file->generated, file->length, &olds, &why) ||
        !script_read(&arena, fresh, strlen(fresh), &news, &why)) {
        fprintf(out, "it cannot be read as types, %s", why.msg);
        return;
    }
    Differences found = differences_find(&arena, &olds, &news);

    if (!found.count)
        fputs(found.helpers ? "the helper types" : "comments or layout", out);
    for (size_t i = 0; i < found.count; i++) {
        const Difference *each = &found.items[i];

        if (i && strcmp(each->place, each[-1].place) == 0)
            continue;
        if (places++ < EDITS_SHOWN)
            fprintf(out, "%s%s (%.*s)", i ? "; " : "", each->place, (int)strcspn(each->what, ":"),
                    each->what);
    }
    if (places > EDITS_SHOWN)
        fprintf(out, "; and %zu more", places - EDITS_SHOWN);
}
