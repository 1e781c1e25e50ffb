#include "types/merge.h"

#include <string.h>

#include "types/script.h"
#include "types/token.h"

static const char hash_start[] = "// gen-ts-types sha256:";
static const char hash_rest[] = " is the part outside of the custom regions: do not edit it";
static const char byte_order_mark[] = "\xEF\xBB\xBF";

typedef struct Line {
    const char *start; /* without the blanks around it */
    size_t length;
    const char *end;   /* behind its end */
    const char *whole; /* its first character */
} Line;

typedef struct Reader {
    Arena *arena;
    const char *at;
    const char *end;
    size_t number;
    Line line;
    Err *err;
} Reader;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool next_line(Reader *reader)
{
    if (reader->at == reader->end)
        return false;
    const char *newline = memchr(reader->at, '\n', (size_t)(reader->end - reader->at));
    const char *start = reader->at, *end = newline ? newline : reader->end;

    reader->line.whole = start;
    reader->line.end = newline ? newline + 1 : reader->end;
    while (start < end && is_blank(*start))
        start++;
    while (end > start && is_blank(end[-1]))
        end--;
    reader->line.start = start;
    reader->line.length = (size_t)(end - start);
    reader->at = reader->line.end;
    reader->number++;
    return true;
}

static bool line_begins(const Line *line, const char *text)
{
    size_t length = strlen(text);

    return line->length >= length && memcmp(line->start, text, length) == 0;
}

/* What stands behind "//" and blanks, or NULL when the line is no comment. */
static const char *comment(const Line *line)
{
    const char *at = line->start + 2, *end = line->start + line->length;

    if (!line_begins(line, "//"))
        return NULL;
    while (at < end && is_blank(*at))
        at++;
    return at;
}

/* The name of the region that the line opens, or NULL. */
static const char *opened(const Reader *reader)
{
    static const char start[] = "<custom";
    const char *at = comment(&reader->line), *end = reader->line.start + reader->line.length;
    size_t size = sizeof start - 1;

    if (!at || (size_t)(end - at) <= size || memcmp(at, start, size) != 0 || end[-1] != '>' ||
        (at[size] != ' ' && at[size] != '\t' && at[size] != '>'))
        return NULL;
    for (at += size, end--; at < end && is_blank(*at);)
        at++;
    while (end > at && is_blank(end[-1]))
        end--;
    return arena_strndup(reader->arena, at, (size_t)(end - at));
}

static bool is_closing(const Line *line)
{
    static const char text[] = "</custom>";
    const char *at = comment(line);

    return at && (size_t)(line->start + line->length - at) == sizeof text - 1 &&
           memcmp(at, text, sizeof text - 1) == 0;
}

/* Whether the line is that of the hash; ret gets its digits. */
static bool is_hash(const Line *line, char ret[DIGEST_HEX_SIZE])
{
    size_t start = sizeof hash_start - 1;

    if (!line_begins(line, hash_start) || line->length < start + DIGEST_HEX_SIZE - 1)
        return false;
    memcpy(ret, line->start + start, DIGEST_HEX_SIZE - 1);
    ret[DIGEST_HEX_SIZE - 1] = '\0';
    return strspn(ret, "0123456789abcdef") == DIGEST_HEX_SIZE - 1;
}

static bool refuse(const Reader *reader, const MergeRegion *region, const char *what)
{
    return err_set(reader->err, EXIT_DATA, "line %zu: the custom region '%s' %s", region->line,
                   region->name, what);
}

/* The rest of a region whose first line is at hand. */
static bool read_region(Reader *reader, MergeRegion *region)
{
    region->text = reader->line.whole;
    region->line = reader->number;
    while (next_line(reader)) {
        if (opened(reader))
            return refuse(reader, region, "is not closed before the next one: add // </custom>");
        if (line_begins(&reader->line, "<<<<<<< ") || line_begins(&reader->line, ">>>>>>> "))
            return refuse(reader, region, "has a conflict that git left: resolve it first");
        if (is_closing(&reader->line)) {
            const char *end = reader->line.start + reader->line.length;

            region->length = (size_t)(end - region->text);
            return true;
        }
    }
    return refuse(reader, region, "is not closed: add // </custom>");
}

static bool add_region(const Reader *reader, Merge *merge, MergeRegion *region)
{
    MergeRegion **last = &merge->regions;

    for (; *last; last = &(*last)->next)
        if (*region->name && strcmp((*last)->name, region->name) == 0)
            return refuse(reader, region, "is there twice: give each its own name");
    *last = region;
    return true;
}

static bool begins_database(const Token *token, Tokens ahead)
{
    Token word = *token;

    while (token_is(&word, "export") || token_is(&word, "declare"))
        word = tokens_next_code(&ahead);
    if (!token_is(&word, "type") && !token_is(&word, "interface"))
        return false;
    word = tokens_next_code(&ahead);
    return token_is(&word, "Database");
}

/* Says of each region whether it stands before the type Database, and refuses one inside of
 * something. What is left open by an edit ends with the next line that begins with "export". */
static bool place_regions(const Reader *reader, Merge *merge)
{
    Tokens tokens = tokens_of(merge->generated, merge->length);
    MergeRegion *region = merge->regions;
    bool is_before = true;
    size_t open = 0;

    while (region) {
        Token token = tokens_next_code(&tokens);
        Tokens ahead = tokens;
        Token next = tokens_next_code(&ahead);
        bool begins = token.is_first && token_is(&token, "export") && !token_is(&next, ":") &&
                      !token_is(&next, "?");

        if (begins && (token.start == merge->generated || token.start[-1] == '\n'))
            open = 0;
        for (; region && (token.kind == TOKEN_END || token.line > region->line);
             region = region->next) {
            if (open)
                return refuse(reader, region,
                              "stands inside of the generated types: move it "
                              "before or behind them");
            region->is_before = is_before;
        }
        if (token.kind == TOKEN_MARK && strchr("{([", *token.start))
            open++;
        if (token.kind == TOKEN_MARK && strchr("})]", *token.start) && open)
            open--;
        if (!open && token.is_first && begins_database(&token, tokens))
            is_before = false;
    }
    return true;
}

/* Without generated types a region's place says nothing: imports go first, the rest behind. */
static bool is_import(const MergeRegion *region)
{
    Tokens tokens = tokens_of(region->text, region->length);
    Token token = tokens_next_code(&tokens);

    return token_is(&token, "import");
}

bool merge_read(Arena *arena, const char *text, size_t length, Merge *ret, Err *err)
{
    Reader reader = {.arena = arena, .at = text, .end = text + length, .err = err};
    Buffer rest = {0};
    size_t lines = 0, returns = 0;
    bool sound = true;

    *ret = (Merge){0};
    if (length >= 3 && memcmp(text, byte_order_mark, 3) == 0) {
        ret->has_mark = true;
        reader.at += 3;
    }
    while (sound && next_line(&reader)) {
        const Line *line = &reader.line;
        const char *name = opened(&reader);
        size_t size = (size_t)(line->end - line->whole);

        lines += size > 0 && line->end[-1] == '\n';
        returns += size > 1 && line->end[-1] == '\n' && line->end[-2] == '\r';
        if (name) {
            MergeRegion *region = arena_alloc(arena, sizeof *region);
            size_t first = reader.number;

            *region = (MergeRegion){.name = name};
            sound = read_region(&reader, region) && add_region(&reader, ret, region);
            for (; first <= reader.number; first++)
                buffer_char(&rest, '\n');
        } else if (is_closing(line)) {
            sound = err_set(err, EXIT_DATA, "line %zu: </custom> closes no custom region",
                            reader.number);
        } else if (is_hash(line, ret->mark)) {
            ret->is_marked = true;
            buffer_char(&rest, '\n');
        } else {
            buffer_add(&rest, line->whole, size);
        }
    }
    ret->generated = arena_strndup(arena, rest.bytes ? rest.bytes : "", rest.length);
    ret->length = rest.length;
    ret->has_returns = lines > 0 && lines == returns;
    buffer_free(&rest);
    if (!sound || !place_regions(&reader, ret))
        return false;
    for (MergeRegion *region = ret->regions; region && !merge_has_generated(ret);
         region = region->next)
        region->is_before = is_import(region);
    script_digest(ret->generated, ret->length, ret->digest);
    return true;
}

bool merge_has_generated(const Merge *merge)
{
    for (size_t i = 0; i < merge->length; i++)
        if (!is_blank(merge->generated[i]) && merge->generated[i] != '\n')
            return true;
    return false;
}

static bool says(const Merge *merge, const char *fresh)
{
    char digest[DIGEST_HEX_SIZE];

    script_digest(fresh, strlen(fresh), digest);
    return strcmp(digest, merge->digest) == 0;
}

bool merge_is_edited(const Merge *merge, const char *fresh)
{
    return merge_has_generated(merge) &&
           (!merge->is_marked || strcmp(merge->mark, merge->digest) != 0) && !says(merge, fresh);
}

bool merge_is_current(const Merge *merge, const char *fresh)
{
    return merge->is_marked && strcmp(merge->mark, merge->digest) == 0 && says(merge, fresh);
}

static void put_lines(const Merge *merge, const char *text, Buffer *out)
{
    for (const char *at = text; *at; at++) {
        if (*at == '\n' && merge->has_returns)
            buffer_char(out, '\r');
        buffer_char(out, *at);
    }
}

void merge_put(const Merge *merge, const char *fresh, Buffer *out)
{
    char digest[DIGEST_HEX_SIZE];

    buffer_text(out, merge->has_mark ? byte_order_mark : "");
    for (const MergeRegion *region = merge->regions; region; region = region->next) {
        if (!region->is_before)
            continue;
        buffer_add(out, region->text, region->length);
        put_lines(merge, "\n\n", out);
    }
    put_lines(merge, fresh, out);
    for (const MergeRegion *region = merge->regions; region; region = region->next) {
        if (region->is_before)
            continue;
        put_lines(merge, "\n", out);
        buffer_add(out, region->text, region->length);
        put_lines(merge, "\n", out);
    }
    script_digest(fresh, strlen(fresh), digest);
    put_lines(merge, "\n", out);
    buffer_text(out, hash_start);
    buffer_text(out, digest);
    buffer_text(out, hash_rest);
    put_lines(merge, "\n", out);
}
