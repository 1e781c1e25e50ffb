#include "sql/split.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

typedef struct Scan {
    char *text;
    size_t length;
    size_t blanked;
} Scan;

static void blank(Scan *scan, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        if (scan->text[i] != '\n' && scan->text[i] != '\r')
            scan->text[i] = ' ';
    }
}

static size_t line_end(const Scan *scan, size_t at)
{
    while (at < scan->length && scan->text[at] != '\n')
        at++;
    return at;
}

static bool has_prefix(const char *text, size_t length, const char *prefix)
{
    size_t size = strlen(prefix);

    return length >= size && strncasecmp(text, prefix, size) == 0;
}

/* Marker comments: 1 begins what is undone, 0 what is done, -1 is none. */
static int marker(const char *line, size_t length)
{
    static const char *const up[] = {"+goose up", "migrate:up", "+migrate up"};
    static const char *const down[] = {"+goose down", "migrate:down", "+migrate down"};

    while (length && (*line == ' ' || *line == '\t'))
        line++, length--;
    if (!has_prefix(line, length, "--"))
        return -1;
    line += 2, length -= 2;
    while (length && (*line == ' ' || *line == '\t'))
        line++, length--;
    for (size_t i = 0; i < 3; i++) {
        if (has_prefix(line, length, up[i]))
            return 0;
        if (has_prefix(line, length, down[i]))
            return 1;
    }
    return -1;
}

static void blank_down(Scan *scan)
{
    bool down = false;

    for (size_t at = 0; at < scan->length;) {
        size_t end = line_end(scan, at);
        int mark = marker(scan->text + at, end - at);

        if (mark >= 0)
            down = mark == 1;
        if (down)
            blank(scan, at, end);
        at = end + 1;
    }
}

/* Where a quoted piece that starts at `at` ends; `at` itself when none starts there. */
static size_t skip_quoted(const Scan *scan, size_t at)
{
    const char *text = scan->text;
    size_t end = scan->length;
    char c = text[at];

    if (c == '\'' || c == '"') {
        bool escapes = c == '\'' && at > 0 && (text[at - 1] == 'E' || text[at - 1] == 'e') &&
                       (at < 2 || !(isalnum((unsigned char)text[at - 2]) || text[at - 2] == '_'));

        for (at++; at < end; at++) {
            if (escapes && text[at] == '\\')
                at++;
            else if (text[at] == c)
                break;
        }
        return at < end ? at + 1 : end;
    }
    if (c == '-' && at + 1 < end && text[at + 1] == '-')
        return line_end(scan, at);
    if (c == '/' && at + 1 < end && text[at + 1] == '*') {
        size_t depth = 0;

        do {
            if (at + 1 < end && text[at] == '/' && text[at + 1] == '*')
                depth++, at++;
            else if (at + 1 < end && text[at] == '*' && text[at + 1] == '/')
                depth--, at++;
            at++;
        } while (depth && at < end);
        return at < end ? at : end;
    }
    if (c == '$' && !(at > 0 && (isalnum((unsigned char)text[at - 1]) || text[at - 1] == '_'))) {
        size_t tag = at + 1;

        while (tag < end && (isalnum((unsigned char)text[tag]) || text[tag] == '_' ||
                             (unsigned char)text[tag] >= 0x80))
            tag++;
        if (tag < end && text[tag] == '$' && !isdigit((unsigned char)text[at + 1])) {
            size_t size = tag + 1 - at;

            for (size_t i = tag + 1; i + size <= end; i++) {
                if (text[i] == '$' && memcmp(text + i, text + at, size) == 0)
                    return i + size;
            }
            return end;
        }
    }
    return at;
}

static bool is_copy_from_stdin(const char *text, size_t length)
{
    bool from = false;

    while (length && isspace((unsigned char)*text))
        text++, length--;
    if (!has_prefix(text, length, "copy") || length < 5 || !isspace((unsigned char)text[4]))
        return false;
    for (size_t i = 4; i < length; i++) {
        if (isspace((unsigned char)text[i - 1]) && has_prefix(text + i, length - i, "from"))
            from = true;
        if (from && isspace((unsigned char)text[i - 1]) &&
            has_prefix(text + i, length - i, "stdin"))
            return true;
    }
    return false;
}

/* \i and its kin, and \gexec. */
static bool runs_sql(const char *command, size_t length)
{
    static const char *const names[] = {"i", "ir", "include", "include_relative", "gexec"};
    size_t size = 0;

    while (size < length && (isalpha((unsigned char)command[size]) || command[size] == '_'))
        size++;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strlen(names[i]) == size && strncmp(names[i], command, size) == 0)
            return true;
    }
    return false;
}

void split_blank(char *text, size_t length, size_t *ret_blanked)
{
    Scan scan = {text, length, 0};
    size_t statement = 0;
    bool line_start = true;

    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        blank(&scan, 0, 3);
    blank_down(&scan);
    for (size_t at = 0; at < length;) {
        size_t next = skip_quoted(&scan, at);

        if (next > at) {
            if (!(text[at] == '-' || text[at] == '/'))
                line_start = false;
            at = next;
        } else if (text[at] == '\\') {
            size_t end = line_end(&scan, at);

            /* \g and its kin end the statement in front of them. */
            bool sends = !line_start && at + 1 < length && text[at + 1] == 'g';

            scan.blanked += runs_sql(text + at + 1, end - at - 1);
            blank(&scan, at, end);
            if (sends)
                text[at] = ';';
            at = end;
        } else if (text[at] == ';') {
            bool copy = is_copy_from_stdin(text + statement, at - statement);

            at++;
            if (copy) {
                blank(&scan, statement, at);
                for (at = line_end(&scan, at) + 1; at < length;) {
                    size_t end = line_end(&scan, at);
                    bool last = end - at >= 2 && text[at] == '\\' && text[at + 1] == '.';

                    blank(&scan, at, end);
                    at = end + 1;
                    if (last)
                        break;
                }
                at = at > length ? length : at;
            }
            statement = at;
        } else {
            if (text[at] == '\n')
                line_start = true;
            else if (!isspace((unsigned char)text[at]))
                line_start = false;
            at++;
        }
    }
    if (ret_blanked)
        *ret_blanked = scan.blanked;
}
