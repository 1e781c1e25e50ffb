#include "validate/mask.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum { SECRET_MIN = 6, LINE_MIN = 16, PIECE_MIN = 4 };

typedef struct Secret {
    const char *text;
    size_t length;
} Secret;

struct Mask {
    Arena arena;
    Secret *secrets;
    size_t count;
    bool first[256]; /* the bytes a secret begins with */
};

Mask *mask_open(void)
{
    Mask *mask = arena_realloc_or_exit(NULL, sizeof *mask);

    *mask = (Mask){0};
    return mask;
}

void mask_close(Mask **mask)
{
    if (*mask) {
        arena_free(&(*mask)->arena);
        free((*mask)->secrets);
        free(*mask);
        *mask = NULL;
    }
}

static void add(Mask *mask, const char *text, size_t length)
{
    if (length < SECRET_MIN) {
        return;
    }
    mask->secrets = arena_realloc_or_exit(mask->secrets, (mask->count + 1) * sizeof *mask->secrets);
    mask->secrets[mask->count++] = (Secret){arena_strndup(&mask->arena, text, length), length};
    mask->first[(unsigned char)text[0]] = true;
}

static bool contains(const char *text, const char *upper)
{
    size_t length = strlen(upper);

    for (; *text; text++) {
        size_t i = 0;

        while (i < length && toupper((unsigned char)text[i]) == upper[i]) {
            i++;
        }
        if (i == length) {
            return true;
        }
    }
    return false;
}

bool mask_is_secret_name(const char *name)
{
    static const char *const words[] = {"KEY",        "SECRET",     "TOKEN", "PASSWORD",
                                        "PASSPHRASE", "CREDENTIAL", "PASSWD"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (contains(name, words[i])) {
            return true;
        }
    }
    return false;
}

/* The password of scheme://user:password@host (RFC 3986 section 3.2.1); NULL when there is none. */
static const char *url_password(const char *value, size_t *ret_length)
{
    const char *authority = strstr(value, "://");
    const char *colon = NULL;
    const char *at = NULL;

    if (!authority) {
        return NULL;
    }
    authority += 3;
    for (const char *c = authority; *c && !strchr("/?#", *c); c++) {
        if (*c == '@') {
            at = c;
        }
    }
    colon = at ? memchr(authority, ':', (size_t)(at - authority)) : NULL;
    if (!colon || colon + 1 == at) {
        return NULL;
    }
    *ret_length = (size_t)(at - colon - 1);
    return colon + 1;
}

static int hex_digit(char c)
{
    const char *digits = "0123456789abcdef";
    const char *at = c ? strchr(digits, tolower((unsigned char)c)) : NULL;

    return at ? (int)(at - digits) : -1;
}

static void add_password(Mask *mask, const char *text, size_t length)
{
    char *plain = arena_strndup(&mask->arena, text, length);
    size_t used = 0;

    add(mask, text, length);
    for (size_t i = 0; i < length; i++) {
        int high = text[i] == '%' && i + 2 < length ? hex_digit(text[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(text[i + 2]) : -1;

        if (low >= 0) {
            plain[used++] = (char)(high * 16 + low);
            i += 2;
        } else {
            plain[used++] = text[i];
        }
    }
    if (used != length) {
        add(mask, plain, used);
    }
}

static void add_lines(Mask *mask, const char *value)
{
    while (*value) {
        size_t length = strcspn(value, "\r\n");

        if (length >= LINE_MIN) {
            add(mask, value, length);
        }
        value += length;
        value += strspn(value, "\r\n");
    }
}

void mask_add(Mask *mask, const char *name, const char *value)
{
    size_t length = strlen(value);
    size_t password_length = 0;
    const char *password = url_password(value, &password_length);

    if (password) {
        add_password(mask, password, password_length);
    }
    if (password || mask_is_secret_name(name)) {
        add(mask, value, length);
        if (strcspn(value, "\r\n") < length) {
            add_lines(mask, value);
        }
    }
}

void mask_add_all(Mask *mask, const json_t *variables)
{
    const char *name = NULL;
    json_t *value = NULL;

    json_object_foreach((json_t *)variables, name, value)
    {
        if (json_is_string(value)) {
            mask_add(mask, name, json_string_value(value));
        }
    }
}

/* How many bytes at the start of text are a secret, by the longest that fits. */
static size_t secret_at(const Mask *mask, const char *text, size_t length)
{
    size_t longest = 0;

    if (!mask->first[(unsigned char)text[0]]) {
        return 0;
    }
    for (size_t i = 0; i < mask->count; i++) {
        const Secret *secret = &mask->secrets[i];

        if (secret->length > longest && secret->length <= length &&
            memcmp(text, secret->text, secret->length) == 0) {
            longest = secret->length;
        }
    }
    return longest;
}

/* How many bytes at the end of text begin a secret. */
static size_t begun_at_end(const Mask *mask, const char *text, size_t length)
{
    size_t longest = 0;

    for (size_t i = 0; i < mask->count; i++) {
        const Secret *secret = &mask->secrets[i];
        size_t piece = secret->length - 1 < length ? secret->length - 1 : length;

        while (piece > longest && memcmp(text + length - piece, secret->text, piece) != 0) {
            piece--;
        }
        longest = piece > longest ? piece : longest;
    }
    return longest >= PIECE_MIN ? longest : 0;
}

/* How many bytes at the start of text end a secret. */
static size_t ended_at_start(const Mask *mask, const char *text, size_t length)
{
    size_t longest = 0;

    for (size_t i = 0; i < mask->count; i++) {
        const Secret *secret = &mask->secrets[i];
        size_t piece = secret->length - 1 < length ? secret->length - 1 : length;

        while (piece > longest && memcmp(text, secret->text + secret->length - piece, piece) != 0) {
            piece--;
        }
        longest = piece > longest ? piece : longest;
    }
    return longest >= PIECE_MIN ? longest : 0;
}

/* The length of the UTF-8 sequence at the start of text; 0 when there is none. */
static size_t sequence(const char *text, size_t length)
{
    unsigned char lead = (unsigned char)text[0];
    size_t want = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;

    return lead != 0 && want <= length && text_is_utf8(text, want) ? want : 0;
}

static void put(const Mask *mask, FILE *out, const char *text, size_t length)
{
    while (length > 0) {
        size_t secret = secret_at(mask, text, length);
        size_t part = secret ? secret : sequence(text, length);

        if (secret) {
            (void)fputs("***", out);
        } else if (part) {
            (void)fwrite(text, 1, part, out);
        } else {
            (void)fputs("\xef\xbf\xbd", out);
            part = 1;
        }
        text += part;
        length -= part;
    }
}

char *mask_clean(const Mask *mask, const char *bytes, size_t length, size_t gap, size_t *ret_length)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, ret_length);
    bool has_gap = gap > 0 && gap < length;
    size_t head = has_gap ? gap : length;
    size_t begun = has_gap ? begun_at_end(mask, bytes, head) : 0;
    size_t ended = has_gap ? ended_at_start(mask, bytes + head, length - head) : 0;

    if (!out) {
        *ret_length = 0;
        text = arena_realloc_or_exit(NULL, 1);
        *text = '\0';
        return text;
    }
    put(mask, out, bytes, head - begun);
    (void)fputs(begun ? "***" : "", out);
    (void)fputs(ended ? "***" : "", out);
    put(mask, out, bytes + head + ended, length - head - ended);
    (void)fclose(out);
    return text;
}
