#include "sql/split.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "sql/lex.h"

enum { SHOWN_MAX = 60, TEMPLATE_MAX = 4000 };

static const size_t NONE = SIZE_MAX;

/* ---- the undoing half ---- */

typedef enum Way { WAY_NONE = -1, WAY_UP, WAY_DOWN } Way;

/* A comment that says which way what follows it goes; the rest of its line may say more. */
static const struct {
    const char *tool;
    const char *mark;
    Way way;
    const char *no_transaction;
} marks[] = {
    {"goose", "+goose up", WAY_UP, NULL},
    {"goose", "+goose down", WAY_DOWN, NULL},
    {"goose", "+goose no transaction", WAY_NONE, ""},
    {"dbmate", "migrate:up", WAY_UP, "transaction:false"},
    {"dbmate", "migrate:down", WAY_DOWN, NULL},
    {"sql-migrate", "+migrate up", WAY_UP, "notransaction"},
    {"sql-migrate", "+migrate down", WAY_DOWN, NULL},
    {"node-pg-migrate", "up migration", WAY_UP, NULL},
    {"node-pg-migrate", "down migration", WAY_DOWN, NULL},
};

enum { MARK_COUNT = sizeof marks / sizeof *marks, WORDED = MARK_COUNT - 2 };

static bool has_prefix(const char *text, size_t length, const char *prefix)
{
    size_t size = strlen(prefix);

    return length >= size && strncasecmp(text, prefix, size) == 0;
}

static bool has_inside(const char *text, size_t length, const char *wanted)
{
    for (size_t i = 0; i < length; i++)
        if (has_prefix(text + i, length - i, wanted))
            return true;
    return *wanted == '\0';
}

/* The mark of a line, MARK_COUNT when it is none. */
static size_t mark_of(const char *line, size_t length)
{
    size_t found = 0;

    while (length && (*line == ' ' || *line == '\t'))
        line++, length--;
    if (!has_prefix(line, length, "--"))
        return MARK_COUNT;
    line += 2, length -= 2;
    while (length && (*line == ' ' || *line == '\t'))
        line++, length--;
    while (found < MARK_COUNT && !has_prefix(line, length, marks[found].mark))
        found++;
    return found;
}

static void blank(char *text, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        if (text[i] != '\n' && text[i] != '\r')
            text[i] = ' ';
    }
}

/* Goes over the lines with marks: first to see what there are, then to blank. The marks of
 * node-pg-migrate are plain words, which count only where both are. */
static void blank_down(char *text, size_t length, Split *split)
{
    size_t seen[MARK_COUNT + 1] = {0};
    bool any = false;

    for (int pass = 0; pass < 1 + any; pass++) {
        bool worded = seen[WORDED] && seen[WORDED + 1];
        bool down = false;

        for (size_t at = 0; at < length;) {
            size_t end = lex_line_end(text, length, at);
            size_t mark = mark_of(text + at, end - at);
            bool counts = mark < MARK_COUNT && (mark < WORDED || worded);

            seen[mark] += pass == 0;
            any |= mark < MARK_COUNT;
            if (pass && counts) {
                const char *alone = marks[mark].no_transaction;

                down = marks[mark].way == WAY_NONE ? down : marks[mark].way == WAY_DOWN;
                split->tool = marks[mark].tool;
                split->no_transaction |= alone && has_inside(text + at, end - at, alone);
            }
            if (pass && down)
                blank(text, at, end);
            at = end + 1;
        }
    }
}

/* ---- what is no SQL ---- */

typedef struct Scan {
    char *text;
    size_t length;
    size_t at;
    size_t statement; /* where its code begins; NONE: there is none yet */
    size_t hole;      /* its first template or variable */
    size_t hole_size;
    size_t commands;   /* \connect so far */
    size_t conditions; /* open \if */
    size_t square;     /* open [ */
    bool line_start;   /* nothing but blanks on this line */
    bool styles[2];    /* templates of these are in the code of the file */
    size_t from[4];    /* the next end of each style of template, looked for from here */
    size_t closes[4];
    bool latin;
    Split *split;
} Scan;

/* Says something of the piece of text at offset. */
static void note(Scan *scan, size_t offset, size_t size, const char *what)
{
    Split *split = scan->split;
    char *shown;

    if (split->note_count == SPLIT_NOTES_MAX) {
        split->unsaid++;
        return;
    }
    /* A text cut within a character, or with what moves the cursor, is not shown so. */
    size = size > SHOWN_MAX ? SHOWN_MAX : size;
    while (size && offset + size < scan->length && (scan->text[offset + size] & 0xC0) == 0x80)
        size--;
    shown = arena_strndup(&split->arena, scan->text + offset, size);
    for (char *c = shown; *c; c++)
        *c = (unsigned char)*c < ' ' || *c == '\x7F' ? ' ' : *c;
    if ((split->note_count & (split->note_count - 1)) == 0) {
        size_t capacity = split->note_count ? split->note_count * 2 : 1;
        SplitNote *notes = arena_alloc(&split->arena, capacity * sizeof *notes);

        if (split->note_count)
            memcpy(notes, split->notes, split->note_count * sizeof *notes);
        split->notes = notes;
    }
    split->notes[split->note_count++] =
        (SplitNote){offset, arena_printf(&split->arena, "'%s' %s", shown, what)};
}

/* Where templates begin and end. Those of the first two may also stand in strings and bodies, where
 * they count when the file has others like them. */
static const struct {
    const char *open, *close;
} templates[] = {{"{{", "}}"}, {"${", "}"}, {"{%", "%}"}, {"<%=", "%>"}};

enum { TEMPLATE_COUNT = sizeof templates / sizeof *templates, TEMPLATE_INNER = 2 };

/* The next end of a style from a place on. It is remembered: who looks from many places must not
 * read all that follows again and again. */
static size_t next_close(Scan *scan, size_t style, size_t start)
{
    size_t size = strlen(templates[style].close);
    size_t at = start;

    if (scan->closes[style] && scan->from[style] <= start && start <= scan->closes[style])
        return scan->closes[style];
    while (at + size <= scan->length && memcmp(scan->text + at, templates[style].close, size) != 0)
        at++;
    scan->from[style] = start;
    scan->closes[style] = at + size <= scan->length ? at : NONE;
    return scan->closes[style];
}

/* Behind the template that starts at `at`, or `at`. */
static size_t template_end(Scan *scan, size_t at, size_t *ret_style)
{
    for (size_t i = 0; i < TEMPLATE_COUNT; i++) {
        size_t size, close;

        /* Most often neither; this is asked of every such sign. */
        if (scan->text[at] != templates[i].open[0] || scan->length - at < 2 ||
            scan->text[at + 1] != templates[i].open[1])
            continue;
        size = strlen(templates[i].open);
        if (scan->length - at < size || memcmp(scan->text + at, templates[i].open, size) != 0)
            continue;
        close = next_close(scan, i, at + size);
        if (close != NONE && close - at <= TEMPLATE_MAX) {
            *ret_style = i;
            return close + strlen(templates[i].close);
        }
    }
    return at;
}

/* Which styles of template stand in code. */
static void find_styles(Scan *scan)
{
    for (size_t at = 0; at < scan->length;) {
        size_t style = TEMPLATE_COUNT;
        size_t next = lex_skip(scan->text, scan->length, at);

        if (next == at && (scan->text[at] == '{' || scan->text[at] == '$'))
            next = template_end(scan, at, &style);
        if (style < TEMPLATE_INNER)
            scan->styles[style] = true;
        at = next > at ? next : at + 1;
    }
    memset(scan->closes, 0, sizeof scan->closes);
}

static void open_hole(Scan *scan, size_t at, size_t end)
{
    if (scan->hole != NONE)
        return;
    scan->hole = at;
    scan->hole_size = end - at;
}

/* An array of arrays, '{{1,2},{3,4}}', looks like a template. */
static bool is_array(const Scan *scan, size_t at, size_t end)
{
    return memchr(scan->text + at + 2, '{', end - at - 2) ||
           memchr(scan->text + at + 2, ',', end - at - 2);
}

/* A string or a body that has a template in it. */
static void look_inside(Scan *scan, size_t start, size_t end)
{
    for (size_t at = start; (scan->styles[0] || scan->styles[1]) && at < end; at++) {
        size_t style = 0;
        bool opens = scan->text[at] == '{' || scan->text[at] == '$';
        size_t next = opens ? template_end(scan, at, &style) : at;

        if (next > at && style < TEMPLATE_INNER && scan->styles[style] && next <= end &&
            (style != 0 || !is_array(scan, at, next))) {
            open_hole(scan, at, next);
            return;
        }
    }
}

/* Whether nothing else but templates stands on the line behind `at`. */
static bool line_is_done(Scan *scan, size_t at)
{
    while (at < scan->length && scan->text[at] != '\n' && scan->text[at] != '\r') {
        size_t style = 0;
        size_t next = template_end(scan, at, &style);

        if (next == at && !lex_is_blank(scan->text[at]))
            return false;
        at = next > at ? next : at + 1;
    }
    return true;
}

static bool take_template(Scan *scan)
{
    size_t style = 0;
    size_t end = template_end(scan, scan->at, &style);

    if (end == scan->at)
        return false;
    if (scan->line_start && line_is_done(scan, end) && scan->statement == NONE) {
        note(scan, scan->at, end - scan->at, "is a template: what it stands for is not known");
        end = lex_line_end(scan->text, scan->length, end);
        blank(scan->text, scan->at, end);
    } else {
        if (scan->statement == NONE)
            scan->statement = scan->at;
        open_hole(scan, scan->at, end);
    }
    scan->at = end;
    return true;
}

/* :name, :'name', :"name" and :{?name}; not ::type, := and the bounds of a slice. */
static bool take_variable(Scan *scan)
{
    const char *text = scan->text;
    size_t at = scan->at, end = at + 1;
    char next = end < scan->length ? text[end] : '\0';

    if (scan->square || (at > 0 && text[at - 1] == ':'))
        return false;
    if (next == '\'' || next == '"') {
        end = lex_skip_string(text, scan->length, end);
    } else if (next == '{' && end + 1 < scan->length && text[end + 1] == '?') {
        end = lex_line_end(text, scan->length, end);
    } else if (isalpha((unsigned char)next) || next == '_') {
        while (end < scan->length && lex_is_word(text[end]))
            end++;
    } else {
        return false;
    }
    if (scan->statement == NONE)
        scan->statement = at;
    open_hole(scan, at, end);
    scan->at = end;
    return true;
}

static bool is_copy_from_stdin(const char *text, size_t length)
{
    bool from = false;

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

static bool is_end_of_rows(const Scan *scan, size_t at, size_t end)
{
    return end - at == 2 && scan->text[at] == '\\' && scan->text[at + 1] == '.';
}

/* Or nothing but blanks follows. */
static bool has_end_of_rows(const Scan *scan, size_t at)
{
    bool any = false;

    for (size_t end; at < scan->length; at = end + 1) {
        end = lex_line_end(scan->text, scan->length, at);
        if (is_end_of_rows(scan, at, end))
            return true;
        for (size_t i = at; i < end && !any; i++)
            any = !lex_is_blank(scan->text[i]);
    }
    return !any;
}

/* The rows of a COPY, up to the line of \. that ends them. */
static void blank_rows(Scan *scan)
{
    size_t at = lex_line_end(scan->text, scan->length, scan->at) + 1;
    bool ended = at >= scan->length;

    if (!ended && !has_end_of_rows(scan, at))
        note(scan, at, lex_line_end(scan->text, scan->length, at) - at,
             "and all that follows are rows of a COPY: no line of \\. ends them");
    while (!ended) {
        size_t end = lex_line_end(scan->text, scan->length, at);

        ended = is_end_of_rows(scan, at, end) || end + 1 >= scan->length;
        blank(scan->text, at, end);
        at = end + 1;
    }
    scan->at = at > scan->length ? scan->length : at;
    scan->line_start = true;
}

/* end: behind its semicolon, or the end of the file. */
static void finish_statement(Scan *scan, size_t end)
{
    size_t start = scan->statement;

    scan->at = end;
    scan->statement = NONE;
    scan->square = 0;
    if (start != NONE && scan->hole != NONE) {
        note(scan, scan->hole, scan->hole_size,
             scan->text[scan->hole] == ':'
                 ? "is a variable of psql that nobody sets: the statement is left out"
                 : "is a template that nobody fills in: the statement is left out");
        blank(scan->text, start, end);
    }
    scan->hole = NONE;
    if (start != NONE && end > start && is_copy_from_stdin(scan->text + start, end - start)) {
        blank(scan->text, start, end);
        blank_rows(scan);
    }
}

typedef enum CommandKind {
    COMMAND_QUIET,
    COMMAND_INCLUDE,
    COMMAND_EXECUTE,
    COMMAND_SHELL,
    COMMAND_IF,
    COMMAND_ENDIF,
    COMMAND_CONNECT,
    COMMAND_QUIT
} CommandKind;

/* whole: it takes all of the line; otherwise two backslashes end it. */
static const struct {
    const char *name;
    CommandKind kind;
    bool whole;
} commands[] = {
    {"i", COMMAND_INCLUDE, false},       {"ir", COMMAND_INCLUDE, false},
    {"include", COMMAND_INCLUDE, false}, {"include_relative", COMMAND_INCLUDE, false},
    {"gexec", COMMAND_EXECUTE, false},   {"!", COMMAND_SHELL, true},
    {"copy", COMMAND_QUIET, true},       {"if", COMMAND_IF, false},
    {"endif", COMMAND_ENDIF, false},     {"c", COMMAND_CONNECT, false},
    {"connect", COMMAND_CONNECT, false}, {"q", COMMAND_QUIT, false},
    {"quit", COMMAND_QUIT, false},
};

static size_t command_size(const Scan *scan, size_t start, size_t end)
{
    size_t size = start < end && scan->text[start] == '!';

    while (!size || scan->text[start] != '!') {
        if (start + size >= end ||
            !(isalpha((unsigned char)scan->text[start + size]) || scan->text[start + size] == '_'))
            break;
        size++;
    }
    return size;
}

/* Where a command that starts at `at` ends: with its line, or behind two backslashes. */
static size_t command_end(const Scan *scan, size_t at, size_t line)
{
    char quote = '\0';

    for (size_t i = at; i + 1 < line; i++) {
        char c = scan->text[i];

        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '\'' || c == '"' || c == '`')
            quote = c;
        else if (c == '\\' && scan->text[i + 1] == '\\')
            return i + 2;
    }
    return line;
}

static void note_command(Scan *scan, CommandKind kind, size_t at, size_t end)
{
    static const char *const said[] = {
        [COMMAND_INCLUDE] = "is not followed: what it runs is not known",
        [COMMAND_EXECUTE] = "is not followed: what it runs is not known",
        [COMMAND_SHELL] = "is not run: what it changes is not known",
        [COMMAND_IF] = "is not decided: all of its branches are taken",
        [COMMAND_CONNECT] = "is not followed: what comes behind it may be another database's",
        [COMMAND_QUIT] = NULL};

    scan->split->followed += kind == COMMAND_INCLUDE || kind == COMMAND_EXECUTE;
    scan->conditions += kind == COMMAND_IF;
    scan->conditions -= kind == COMMAND_ENDIF && scan->conditions > 0;
    scan->commands += kind == COMMAND_CONNECT;
    /* A dump connects to its database once. */
    if (said[kind] && (kind != COMMAND_CONNECT || scan->commands > 1))
        note(scan, at, end - at, said[kind]);
}

static void take_command(Scan *scan)
{
    size_t at = scan->at;
    size_t line = lex_line_end(scan->text, scan->length, at);
    size_t size = command_size(scan, at + 1, line);
    CommandKind kind = COMMAND_QUIET;
    size_t end;

    /* \; only parts statements that psql sends together. */
    if (at + 1 < line && scan->text[at + 1] == ';') {
        blank(scan->text, at, at + 1);
        scan->at = at + 1;
        return;
    }
    end = command_end(scan, at + 1, line);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strlen(commands[i].name) == size &&
            memcmp(commands[i].name, scan->text + at + 1, size) == 0) {
            kind = commands[i].kind;
            end = commands[i].whole ? line : end;
        }
    }
    note_command(scan, kind, at, end);
    if (kind == COMMAND_QUIT && !scan->conditions)
        end = scan->length;
    /* \g and its kin end the statement in front of them. */
    if (scan->statement != NONE && at + 1 < line && scan->text[at + 1] == 'g') {
        blank(scan->text, at, end);
        scan->text[at] = ';';
        finish_statement(scan, at + 1);
    } else {
        blank(scan->text, at, end);
    }
    scan->at = scan->at > end ? scan->at : end;
}

/* One that has others within goes: PostgreSQL's scanner reads all that is left of a run of signs
 * again for each of them. */
static void take_comment(Scan *scan, size_t end)
{
    bool open = end == scan->length && lex_is_open(scan->text, end, scan->at);

    if (open)
        note(scan, scan->at, lex_line_end(scan->text, end, scan->at) - scan->at,
             "is a comment without an end: all that follows is left out");
    for (size_t i = scan->at + 2; i + 1 < end && !open; i++)
        open = scan->text[i] == '/' && scan->text[i + 1] == '*';
    if (open)
        blank(scan->text, scan->at, end);
}

static void take_piece(Scan *scan, size_t next)
{
    char c = scan->text[scan->at];

    if (c != '-' && c != '/') {
        scan->line_start = false;
        if (scan->statement == NONE)
            scan->statement = scan->at;
        look_inside(scan, scan->at, next);
    } else if (c == '/') {
        take_comment(scan, next);
    }
    scan->at = next;
}

static void take_character(Scan *scan)
{
    char c = scan->text[scan->at];
    bool space = scan->latin && c == '\xC2' && scan->at + 1 < scan->length &&
                 scan->text[scan->at + 1] == '\xA0';

    if (space) {
        blank(scan->text, scan->at, scan->at + 2);
        scan->at += 2;
        return;
    }
    if (c == '\n' || c == '\r') {
        scan->line_start = true;
    } else if (!lex_is_blank(c)) {
        scan->line_start = false;
        if (scan->statement == NONE)
            scan->statement = scan->at;
        if (c == '[')
            scan->square++;
        else if (c == ']')
            scan->square -= scan->square > 0;
    }
    scan->at++;
}

void split_prepare(char *text, size_t length, bool latin, Split *ret)
{
    Scan scan = {.text = text,
                 .length = length,
                 .statement = NONE,
                 .hole = NONE,
                 .line_start = true,
                 .latin = latin,
                 .split = ret};

    *ret = (Split){0};
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        blank(text, 0, 3);
    blank_down(text, length, ret);
    find_styles(&scan);
    while (scan.at < length) {
        char c = text[scan.at];
        size_t next = lex_skip(text, length, scan.at);

        if (next > scan.at)
            take_piece(&scan, next);
        else if (c == '\\')
            take_command(&scan);
        else if (c == ';')
            finish_statement(&scan, scan.at + 1);
        else if (!((c == '{' || c == '$' || c == '<') && take_template(&scan)) &&
                 !(c == ':' && take_variable(&scan)))
            take_character(&scan);
    }
    finish_statement(&scan, length);
}

void split_close(Split *split)
{
    arena_free(&split->arena);
    *split = (Split){0};
}

void split_blank(char *text, size_t length, size_t *ret_blanked)
{
    CLEANUP(split_close) Split split = {0};

    split_prepare(text, length, false, &split);
    if (ret_blanked)
        *ret_blanked = split.followed;
}
