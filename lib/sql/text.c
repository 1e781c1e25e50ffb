#include "sql/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "sql/layout.h"
#include "sql/parse.h"

/* 0x80 to 0x9F; 0 where the code page has nothing, and Latin-1's control character stands. */
static const uint16_t windows[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

static size_t put_character(char *to, unsigned char byte)
{
    unsigned code =
        byte >= 0x80 && byte < 0xA0 && windows[byte - 0x80] ? windows[byte - 0x80] : byte;

    if (code < 0x800) {
        to[0] = (char)(0xC0 | code >> 6);
        to[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    to[0] = (char)(0xE0 | code >> 12);
    to[1] = (char)(0x80 | (code >> 6 & 0x3F));
    to[2] = (char)(0x80 | (code & 0x3F));
    return 3;
}

/* How many bytes are no UTF-8, from a place that is none on. */
static size_t count_latin(const char *text, size_t length, size_t at)
{
    size_t count = 0;

    while (at < length) {
        count++;
        at++;
        at += text_utf8_length(text + at, length - at);
    }
    return count;
}

static void decode(SqlText *text, size_t first)
{
    size_t room = text->length + 2 * count_latin(text->text, text->length, first) + 1;
    char *decoded = arena_realloc_or_exit(NULL, room);
    size_t column, used = 0;

    text->latin = true;
    text->latin_byte = (unsigned char)text->text[first];
    sql_position(text->text, first, &text->latin_line, &column);
    for (size_t at = 0; at < text->length;) {
        size_t size =
            at < first ? first - at : text_utf8_length(text->text + at, text->length - at);

        memcpy(decoded + used, text->text + at, size);
        used += size;
        at += size;
        if (at < text->length)
            used += put_character(decoded + used, (unsigned char)text->text[at++]);
    }
    decoded[used] = '\0';
    free(text->text);
    text->text = arena_realloc_or_exit(decoded, used + 1);
    text->length = used;
}

/* What some files begin with that are taken for SQL, and what to do about it. */
static const struct {
    const char *bytes;
    size_t size;
    const char *what;
} beginnings[] = {
    {"\xFF\xFE", 2, "is UTF-16: save it as UTF-8 (iconv -f UTF-16 -t UTF-8)"},
    {"\xFE\xFF", 2, "is UTF-16: save it as UTF-8 (iconv -f UTF-16 -t UTF-8)"},
    {"PGDMP", 5, "is an archive of pg_dump: make it SQL (pg_restore -f FILE.sql)"},
    {"\x1F\x8B", 2, "is compressed: unpack it first (gunzip)"},
    {"\x28\xB5\x2F\xFD", 4, "is compressed: unpack it first (unzstd)"},
    {"{\"format\":\"snapshot/1\"", 22,
     "is a snapshot: give SQL, a dump by pg_dump -s or a folder of SQL files"},
};

static bool check(const SqlText *text, const char *name, Err *err)
{
    const char *nul = memchr(text->text, '\0', text->length);
    size_t line = 1, column = 1;

    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (text->length >= beginnings[i].size &&
            memcmp(text->text, beginnings[i].bytes, beginnings[i].size) == 0)
            return err_set(err, EXIT_DATA, "'%s' %s", name, beginnings[i].what);
    if (!nul)
        return true;
    sql_position(text->text, (size_t)(nul - text->text), &line, &column);
    return err_set(err, EXIT_DATA,
                   "'%s' has a NUL byte at line %zu, column %zu: it is no SQL, or UTF-16 to be "
                   "saved as UTF-8",
                   name, line, column);
}

static bool read_all(int fd, const char *name, SqlText *text, size_t room, Err *err)
{
    text->text = arena_realloc_or_exit(NULL, room + 1);
    for (;;) {
        ssize_t got = 0;

        if (text->length == room) {
            if (room > LAYOUT_FILE_MAX)
                return err_set(err, EXIT_DATA,
                               "'%s' is larger than %d MB: leave its data out (pg_dump -s)", name,
                               LAYOUT_FILE_MAX / (1024 * 1024));
            room = room * 2 > LAYOUT_FILE_MAX ? (size_t)LAYOUT_FILE_MAX + 1 : room * 2;
            text->text = arena_realloc_or_exit(text->text, room + 1);
        }
        got = read(fd, text->text + text->length, room - text->length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_errno(err, EXIT_IO, "cannot read '%s'", name);
        if (got == 0)
            break;
        text->length += (size_t)got;
    }
    text->text[text->length] = '\0';
    return true;
}

bool sql_text_read(const char *path, const char *name, SqlText *ret, Err *err)
{
    CLEANUP(cleanup_close) int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    SqlText text = {0};
    struct stat status;
    size_t room, valid;

    if (fd < 0)
        return errno == ENOENT
                   ? err_set(err, EXIT_TEMPFAIL, "'%s' is gone while it is read: try again", name)
                   : err_errno(err, EXIT_DATA, "cannot open '%s'", name);
    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode))
        return err_set(err, EXIT_DATA, "'%s' is no regular file any more", name);
    room =
        status.st_size > LAYOUT_FILE_MAX ? (size_t)LAYOUT_FILE_MAX + 1 : (size_t)status.st_size + 1;
    if (!read_all(fd, name, &text, room, err) || !check(&text, name, err)) {
        free(text.text);
        return false;
    }
    valid = text_utf8_length(text.text, text.length);
    if (valid < text.length)
        decode(&text, valid);
    *ret = text;
    return true;
}

void sql_text_close(SqlText *text)
{
    free(text->text);
    *text = (SqlText){0};
}
