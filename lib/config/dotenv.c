#include "config/dotenv.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/buffer.h"
#include "base/memory.h"
#include "json/jx.h"

enum { FILE_MAX = 1024 * 1024 };

typedef struct Reader {
    const char *at;
    int line;
    json_t *file;            /* the keys of this file so far, the last of a name wins */
    const json_t *variables; /* those of the files before */
} Reader;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static void skip_blanks(Reader *reader)
{
    while (is_blank(*reader->at))
        reader->at++;
}

static void skip_line(Reader *reader)
{
    reader->at += strcspn(reader->at, "\n");
}

static bool is_name(char c, bool first)
{
    return isalpha((unsigned char)c) || c == '_' ||
           (!first && (isdigit((unsigned char)c) || c == '.' || c == '-'));
}

static size_t name_length(const char *text)
{
    size_t length = 0;

    while (is_name(text[length], length == 0))
        length++;
    return length;
}

/* Of $NAME: without the signs that an expansion's name cannot have. */
static size_t reference_length(const char *text)
{
    size_t length = 0;

    while (is_name(text[length], length == 0) && text[length] != '.' && text[length] != '-')
        length++;
    return length;
}

/* At a $: writes the value of the key it names and goes behind it. A name that is no earlier key
 * is no reference, and "$" stays: passwords have such signs. */
static void expand(Reader *reader, Buffer *out)
{
    bool braced = reader->at[1] == '{';
    const char *name = reader->at + 1 + braced;
    size_t length = reference_length(name);
    const json_t *value = NULL;

    if (length > 0 && (!braced || name[length] == '}')) {
        value = json_object_getn(reader->file, name, length);
        if (!value)
            value = json_object_getn(reader->variables, name, length);
    }
    if (!value) {
        buffer_char(out, *reader->at++);
        return;
    }
    buffer_text(out, json_string_value(value));
    reader->at = name + length + braced;
}

static bool single_quoted(Reader *reader, Buffer *out)
{
    const char *end = strchr(++reader->at, '\'');

    if (!end)
        return false;
    for (; reader->at < end; reader->at++) {
        buffer_char(out, *reader->at);
        reader->line += *reader->at == '\n';
    }
    reader->at++;
    return true;
}

static bool double_quoted(Reader *reader, Buffer *out)
{
    static const char letters[] = "nrt\"\\$", meant[] = "\n\r\t\"\\$";

    reader->at++;
    while (*reader->at && *reader->at != '"') {
        const char *letter = NULL;
        if (*reader->at == '$') {
            expand(reader, out);
            continue;
        }
        if (*reader->at == '\\' && reader->at[1])
            letter = strchr(letters, reader->at[1]);
        buffer_char(out, letter ? meant[letter - letters] : *reader->at);
        reader->line += *reader->at == '\n';
        reader->at += letter ? 2 : 1;
    }
    return *reader->at++ == '"';
}

static void unquoted(Reader *reader, Buffer *out)
{
    const char *end = reader->at + strcspn(reader->at, "\n");

    for (const char *mark = reader->at; mark < end; mark++) {
        if (*mark == '#' && is_blank(mark[-1])) {
            end = mark;
            break;
        }
    }
    while (end > reader->at && is_blank(end[-1]))
        end--;
    while (reader->at < end) {
        if (*reader->at == '\\' && reader->at[1] == '$')
            reader->at++;
        else if (*reader->at == '$') {
            expand(reader, out);
            continue;
        }
        buffer_char(out, *reader->at++);
    }
    skip_line(reader);
}

/* The value behind "="; what may follow a closing quote is a comment. */
static bool value_read(Reader *reader, Buffer *out)
{
    bool fine = true;

    if (*reader->at == '\'')
        fine = single_quoted(reader, out);
    else if (*reader->at == '"')
        fine = double_quoted(reader, out);
    else
        unquoted(reader, out);
    if (!fine)
        return false;
    skip_blanks(reader);
    if (*reader->at == '#')
        skip_line(reader);
    return *reader->at == '\n' || *reader->at == '\0';
}

static bool assignment_read(Reader *reader, const char *name, Err *err)
{
    CLEANUP(cleanup_free) char *key = NULL;
    CLEANUP(buffer_free) Buffer value = {0};
    size_t length = 0;
    int line = reader->line; /* where a value of several lines begins */

    if (strncmp(reader->at, "export", 6) == 0 && is_blank(reader->at[6])) {
        reader->at += 6;
        skip_blanks(reader);
    }
    length = name_length(reader->at);
    if (length > 0) {
        key = strndup(reader->at, length);
        memory_check();
        reader->at += length;
        skip_blanks(reader);
    }
    if (!key || *reader->at != '=')
        return err_set(err, EXIT_CONFIG, "'%s':%d: not a line of the form KEY=VALUE", name, line);
    reader->at++;
    skip_blanks(reader);

    buffer_clear(&value);
    if (!value_read(reader, &value))
        return err_set(err, EXIT_CONFIG, "'%s':%d: the value of '%s' has no proper end", name, line,
                       key);
    json_t *text = json_string(value.bytes);
    if (!text)
        return err_set(err, EXIT_CONFIG, "'%s':%d: the value of '%s' is not UTF-8", name, line,
                       key);
    return jx_set(reader->file, key, text, err);
}

bool dotenv_parse(json_t *variables, const char *text, const char *name, Err *err)
{
    json_auto_t *file = json_object();
    Reader reader = {text, 1, file, variables};

    if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
        reader.at += 3;
    for (;;) {
        skip_blanks(&reader);
        if (*reader.at == '#')
            skip_line(&reader);
        else if (*reader.at != '\n' && *reader.at && !assignment_read(&reader, name, err))
            return false;
        if (!*reader.at)
            break;
        reader.at++;
        reader.line++;
    }
    return json_object_update_missing(variables, file) == 0;
}

/* ---- the files of a project ---- */

static bool file_load(json_t *variables, const char *directory, const char *name, Err *err)
{
    Arena arena = {0};
    const char *path = arena_printf(&arena, "%s/%s", directory, name);
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    struct stat status;
    bool fine = true;

    /* Only a plain file: ".env" may also be a directory that another tool made. */
    if (stat(path, &status) == 0 && S_ISREG(status.st_mode)) {
        fine = file_read(path, FILE_MAX, &text, &length, err);
        if (!fine && err->code == EXIT_DATA)
            err->code = EXIT_CONFIG;
        if (fine && strlen(text) != length)
            fine = err_set(err, EXIT_CONFIG, "'%s' has a NUL byte", name);
        fine = fine && dotenv_parse(variables, text, name, err);
    }
    arena_free(&arena);
    return fine;
}

json_t *dotenv_load(const char *directory, Err *err)
{
    const char *environment = getenv("SUPABASE_ENV");
    Arena arena = {0};
    json_auto_t *variables = json_object();
    bool fine = true;

    if (!environment || !*environment)
        environment = "development";
    if (strspn(environment, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") !=
        strlen(environment)) {
        err_set(err, EXIT_CONFIG, "SUPABASE_ENV '%.80s' is not a name", environment);
        return NULL;
    }
    const char *files[] = {
        arena_printf(&arena, ".env.%s.local", environment),
        strcmp(environment, "test") == 0 ? NULL : ".env.local",
        arena_printf(&arena, ".env.%s", environment),
        ".env",
    };
    for (size_t i = 0; fine && i < sizeof files / sizeof files[0]; i++)
        fine = !files[i] || (file_load(variables, directory,
                                       arena_printf(&arena, "supabase/%s", files[i]), err) &&
                             file_load(variables, directory, files[i], err));
    arena_free(&arena);
    return fine ? json_incref(variables) : NULL;
}
