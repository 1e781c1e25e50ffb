/* Values as text: what a type's input function followed by its output function makes of a literal,
 * for the types whose values are seen in schemas. */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "replay/analyse.h"
#include "replay/names.h"

static const char *trimmed(Arena *arena, const char *text)
{
    size_t length;

    while (isspace((unsigned char)*text))
        text++;
    length = strlen(text);
    while (length && isspace((unsigned char)text[length - 1]))
        length--;
    return arena_strndup(arena, text, length);
}

static const char *boolean(const char *text)
{
    static const char *const words[] = {"true", "false", "yes", "no"};
    size_t length = strlen(text);

    if (strcmp(text, "1") == 0 || strcasecmp(text, "on") == 0)
        return "true";
    if (strcmp(text, "0") == 0 || strcasecmp(text, "off") == 0 || strcasecmp(text, "of") == 0)
        return "false";
    for (size_t i = 0; length && i < 4; i++) {
        if (strncasecmp(text, words[i], length) == 0)
            return i % 2 ? "false" : "true";
    }
    return NULL;
}

static const char *integer(Arena *arena, const char *text)
{
    char *end = NULL;
    int64_t value = strtoll(text, &end, 10);

    return *text && !*end ? arena_printf(arena, "%" PRId64, value) : NULL;
}

/* 1.5e3 is 1500, 1e-2 is 0.01: numeric keeps no exponent. */
static const char *scientific(Arena *arena, const char *text)
{
    bool negative = *text == '-';
    const char *mantissa = text + (*text == '-' || *text == '+');
    size_t length = strcspn(mantissa, "eE");
    char *end = NULL;
    long exponent = strtol(mantissa + length + 1, &end, 10);
    char *digits;
    size_t used = 0;
    long point = -1;

    if (!mantissa[length + 1] || *end || exponent > 100 || exponent < -100 ||
        strspn(mantissa, "0123456789.") != length)
        return NULL;
    digits = arena_alloc(arena, length + 256);
    for (size_t i = 0; i < length; i++) {
        if (mantissa[i] == '.')
            point = (long)used;
        else
            digits[used++] = mantissa[i];
    }
    point = (point < 0 ? (long)used : point) + exponent;
    while (point <= 0) {
        memmove(digits + 1, digits, used++);
        digits[0] = '0';
        point++;
    }
    while ((long)used < point)
        digits[used++] = '0';
    digits[used] = '\0';
    while (point > 1 && *digits == '0')
        digits++, used--, point--;
    return arena_printf(arena, "%s%.*s%s%s", negative ? "-" : "", (int)point, digits,
                        (long)used > point ? "." : "", digits + point);
}

static const char *numeric(Arena *arena, const char *text, int32_t modifier)
{
    const char *digits = text + (*text == '-' || *text == '+');
    size_t whole = strspn(digits, "0123456789");
    size_t part = digits[whole] == '.' ? strspn(digits + whole + 1, "0123456789") : 0;
    bool zero;

    if (strcasecmp(text, "nan") == 0)
        return "NaN";
    if (modifier < 0 && whole + part && strpbrk(digits, "eE"))
        return scientific(arena, text);
    if (modifier >= 0 || whole + part == 0 || digits[whole + (digits[whole] == '.' ? 1 + part : 0)])
        return NULL;
    zero = strspn(digits, "0.") == strlen(digits);
    while (whole > 1 && *digits == '0')
        digits++, whole--;
    return arena_printf(arena, "%s%s%.*s%s%.*s", *text == '-' && !zero ? "-" : "", whole ? "" : "0",
                        (int)whole, digits, part ? "." : "", (int)part,
                        part ? digits + whole + 1 : "");
}

static const char *floating(Arena *arena, const char *text, bool is_double)
{
    char *end = NULL;
    double value = strtod(text, &end);

    if (strcasecmp(text, "nan") == 0)
        return "NaN";
    if (strcasecmp(text, "infinity") == 0 || strcasecmp(text, "-infinity") == 0)
        return *text == '-' ? "-Infinity" : "Infinity";
    if (!*text || *end || strpbrk(text, "xXiInN"))
        return NULL;
    for (int precision = 1; precision <= 17; precision++) {
        char *shown = arena_printf(arena, "%.*g", precision, value);

        if (is_double ? strtod(shown, NULL) == value : strtof(shown, NULL) == (float)value)
            return shown;
    }
    return NULL;
}

static const char *uuid(Arena *arena, const char *text)
{
    char *result = arena_alloc(arena, 37);
    size_t used = 0;
    size_t length = strlen(text);

    if (length >= 2 && text[0] == '{' && text[length - 1] == '}')
        text++, length -= 2;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '-')
            continue;
        if (!isxdigit((unsigned char)text[i]) || used >= 36)
            return NULL;
        if (used == 8 || used == 13 || used == 18 || used == 23)
            result[used++] = '-';
        result[used++] = (char)tolower((unsigned char)text[i]);
    }
    return used == 36 ? result : NULL;
}

static const char *bytea(Arena *arena, const char *text)
{
    char *result;
    char *to;

    if (text[0] == '\\' && text[1] == 'x') {
        result = arena_strdup(arena, text);
        for (to = result; *to; to++)
            *to = (char)tolower((unsigned char)*to);
        return strspn(result + 2, "0123456789abcdef") == strlen(result + 2) ? result : NULL;
    }
    if (strchr(text, '\\'))
        return NULL;
    result = arena_alloc(arena, 2 * strlen(text) + 3);
    to = result + 2;
    result[0] = '\\';
    result[1] = 'x';
    for (; *text; text++) {
        *to++ = "0123456789abcdef"[(unsigned char)*text >> 4];
        *to++ = "0123456789abcdef"[(unsigned char)*text & 15];
    }
    return result;
}

/* ---- jsonb ---- */

typedef struct JsonReader {
    Arena *arena;
    const char *at;
    int depth;
} JsonReader;

static void json_skip(JsonReader *reader)
{
    reader->at += strspn(reader->at, " \t\r\n");
}

static const char *json_value(JsonReader *reader);

static const char *json_string_token(JsonReader *reader)
{
    const char *start = reader->at++;

    while (*reader->at && *reader->at != '"') {
        if ((unsigned char)*reader->at < 0x20)
            return NULL;
        if (*reader->at == '\\') {
            /* \u escapes and \/ come back as the character itself: left to the server. */
            if (!strchr("\"\\nrtbf", reader->at[1]) || !reader->at[1])
                return NULL;
            reader->at++;
        }
        reader->at++;
    }
    if (*reader->at != '"')
        return NULL;
    reader->at++;
    return arena_strndup(reader->arena, start, (size_t)(reader->at - start));
}

typedef struct JsonPair {
    const char *key;
    const char *value;
    size_t place;
} JsonPair;

static int compare_pairs(const void *a, const void *b)
{
    const JsonPair *x = a;
    const JsonPair *y = b;
    size_t m = strlen(x->key);
    size_t n = strlen(y->key);
    int order = m != n ? (m < n ? -1 : 1) : strcmp(x->key, y->key);

    return order ? order : x->place < y->place ? -1 : 1;
}

static const char *json_object_token(JsonReader *reader)
{
    Vec pairs = {0};
    JsonPair *sorted;
    const char *result = "";
    bool first = true;

    for (reader->at++, json_skip(reader); *reader->at != '}'; json_skip(reader)) {
        JsonPair *pair = arena_alloc(reader->arena, sizeof *pair);

        if (pairs.count) {
            if (*reader->at++ != ',')
                return NULL;
            json_skip(reader);
        }
        pair->key = *reader->at == '"' ? json_string_token(reader) : NULL;
        json_skip(reader);
        if (!pair->key || *reader->at++ != ':')
            return NULL;
        pair->value = json_value(reader);
        pair->place = pairs.count;
        if (!pair->value)
            return NULL;
        vec_add(reader->arena, &pairs, pair);
    }
    reader->at++;
    if (!pairs.count)
        return "{}";
    sorted = arena_alloc(reader->arena, pairs.count * sizeof *sorted);
    for (size_t i = 0; i < pairs.count; i++)
        sorted[i] = *(const JsonPair *)pairs.items[i];
    qsort(sorted, pairs.count, sizeof *sorted, compare_pairs);
    for (size_t i = 0; i < pairs.count; i++) {
        if (i + 1 < pairs.count && strcmp(sorted[i].key, sorted[i + 1].key) == 0)
            continue;
        result = arena_printf(reader->arena, "%s%s%s: %s", result, first ? "" : ", ", sorted[i].key,
                              sorted[i].value);
        first = false;
    }
    return arena_printf(reader->arena, "{%s}", result);
}

static const char *json_value(JsonReader *reader)
{
    static const char *const words[] = {"true", "false", "null"};
    const char *start;
    const char *result = "";

    if (++reader->depth > 200)
        return NULL;
    json_skip(reader);
    start = reader->at;
    if (*start == '{') {
        result = json_object_token(reader);
    } else if (*start == '[') {
        bool first = true;

        for (reader->at++, json_skip(reader); *reader->at != ']'; json_skip(reader)) {
            const char *value;

            if (!first && *reader->at++ != ',')
                return NULL;
            value = json_value(reader);
            if (!value)
                return NULL;
            result = arena_printf(reader->arena, "%s%s%s", result, first ? "" : ", ", value);
            first = false;
        }
        reader->at++;
        result = arena_printf(reader->arena, "[%s]", result);
    } else if (*start == '"') {
        result = json_string_token(reader);
    } else if (*start == '-' || isdigit((unsigned char)*start)) {
        reader->at += strspn(start, "-0123456789.");
        result = *reader->at == 'e' || *reader->at == 'E'
                     ? NULL
                     : arena_strndup(reader->arena, start, (size_t)(reader->at - start));
    } else {
        result = NULL;
        for (size_t i = 0; i < 3; i++) {
            if (strncmp(start, words[i], strlen(words[i])) == 0) {
                reader->at += strlen(words[i]);
                result = words[i];
            }
        }
    }
    json_skip(reader);
    reader->depth--;
    return result;
}

static const char *jsonb(Arena *arena, const char *text)
{
    JsonReader reader = {.arena = arena, .at = text};
    const char *result = json_value(&reader);

    return result && !*reader.at ? result : NULL;
}

/* ---- dates and times ---- */

static bool read_number(const char **at, size_t digits, int *ret)
{
    *ret = 0;
    for (size_t i = 0; i < digits; i++, (*at)++) {
        if (!isdigit((unsigned char)**at))
            return false;
        *ret = *ret * 10 + (**at - '0');
    }
    return true;
}

static const char *date_part(Arena *arena, const char **at)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year, month, day;

    if (!read_number(at, 4, &year) || *(*at)++ != '-' || !read_number(at, 2, &month) ||
        *(*at)++ != '-' || !read_number(at, 2, &day) || month < 1 || month > 12 || day < 1 ||
        day > days[month - 1])
        return NULL;
    return arena_printf(arena, "%04d-%02d-%02d", year, month, day);
}

static const char *time_part(Arena *arena, const char **at)
{
    int hour, minute, second = 0;
    const char *fraction = "";
    size_t length = 0;

    if (!read_number(at, 2, &hour) || *(*at)++ != ':' || !read_number(at, 2, &minute))
        return NULL;
    if (**at == ':') {
        (*at)++;
        if (!read_number(at, 2, &second))
            return NULL;
        if (**at == '.') {
            fraction = *at;
            length = 1 + strspn(fraction + 1, "0123456789");
            *at += length;
            if (length > 7)
                return NULL;
            while (length && (fraction[length - 1] == '0' || fraction[length - 1] == '.'))
                length--;
        }
    }
    if (hour > 23 || minute > 59 || second > 59)
        return NULL;
    return arena_printf(arena, "%02d:%02d:%02d%.*s", hour, minute, second, (int)length, fraction);
}

static const char *moment(Analysis *analysis, Oid type, const char *text)
{
    Arena *arena = analysis->arena;
    const char *date = NULL;
    const char *time = "00:00:00";

    if (strcasecmp(text, "infinity") == 0 || strcasecmp(text, "-infinity") == 0)
        return *text == '-' ? "-infinity" : "infinity";
    if (strcasecmp(text, "epoch") == 0)
        return type == DATEOID          ? "1970-01-01"
               : type == TIMESTAMPTZOID ? "1970-01-01 00:00:00+00"
                                        : "1970-01-01 00:00:00";
    if (type == TIMEOID) {
        time = time_part(arena, &text);
        return *text ? NULL : time;
    }
    date = date_part(arena, &text);
    if (!date)
        return NULL;
    if (*text == 'T' || *text == ' ') {
        text++;
        time = time_part(arena, &text);
    }
    if (!time)
        return NULL;
    if (type == TIMESTAMPTZOID) {
        /* Snapshots show moments in UTC; without a zone it is that of the server, then. */
        static const char *const zones[] = {"Z", "UTC", "GMT", "+00", "+00:00", "+0000", "-00"};

        text += strspn(text, " ");
        if (!*text)
            analyse_problem(analysis, "the time zone of '%s' is the server's", date);
        for (size_t i = 0; *text && i < sizeof zones / sizeof *zones; i++) {
            if (strcasecmp(text, zones[i]) == 0)
                text = "";
        }
        return *text ? NULL : arena_printf(arena, "%s %s+00", date, time);
    }
    if (*text)
        return NULL;
    return type == DATEOID ? date : arena_printf(arena, "%s %s", date, time);
}

/* "N unit ..." and [-]HH:MM[:SS], written back in the style "postgres". */
static const char *interval(Arena *arena, const char *text)
{
    static const struct {
        const char *name;
        int months;
        int days;
        int64_t microseconds;
    } units[] = {
        {"year", 12, 0, 0},
        {"yr", 12, 0, 0},
        {"y", 12, 0, 0},
        {"month", 1, 0, 0},
        {"mon", 1, 0, 0},
        {"week", 0, 7, 0},
        {"w", 0, 7, 0},
        {"day", 0, 1, 0},
        {"d", 0, 1, 0},
        {"hour", 0, 0, 3600000000},
        {"hr", 0, 0, 3600000000},
        {"h", 0, 0, 3600000000},
        {"minute", 0, 0, 60000000},
        {"min", 0, 0, 60000000},
        {"m", 0, 0, 60000000},
        {"second", 0, 0, 1000000},
        {"sec", 0, 0, 1000000},
        {"s", 0, 0, 1000000},
        {"millisecond", 0, 0, 1000},
        {"microsecond", 0, 0, 1},
    };
    int64_t months = 0, days = 0, micro = 0;
    const char *result = "";
    bool any = false;

    for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
        char *end = NULL;
        int64_t value = strtoll(text, &end, 10);
        bool negative = *text == '-';
        size_t length, i;

        if (end == text || value > 1000000000 || value < -1000000000)
            return NULL;
        any = true;
        if (*end == ':') {
            int minute = 0, second = 0;
            int64_t clock;

            end++;
            if (!isdigit((unsigned char)end[0]) || !isdigit((unsigned char)end[1]))
                return NULL;
            minute = (end[0] - '0') * 10 + end[1] - '0';
            end += 2;
            if (*end == ':') {
                if (!isdigit((unsigned char)end[1]) || !isdigit((unsigned char)end[2]))
                    return NULL;
                second = (end[1] - '0') * 10 + end[2] - '0';
                end += 3;
            }
            if (*end && *end != ' ')
                return NULL;
            clock = (llabs(value) * 3600 + minute * 60 + second) * 1000000;
            micro += negative ? -clock : clock;
            text = end;
            continue;
        }
        if (*end == '.')
            return NULL;
        end += strspn(end, " ");
        length = strspn(end, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
        if (length > 1 && strncasecmp(end, "s", length) != 0 &&
            tolower((unsigned char)end[length - 1]) == 's')
            length--;
        for (i = 0; i < sizeof units / sizeof *units; i++) {
            if (strlen(units[i].name) == length && strncasecmp(end, units[i].name, length) == 0)
                break;
        }
        if (i == sizeof units / sizeof *units) {
            if (length == 0 && !*end && !months && !days && !micro) {
                micro = value * 1000000;
                text = end;
                continue;
            }
            return NULL;
        }
        months += value * units[i].months;
        days += value * units[i].days;
        micro += value * units[i].microseconds;
        end += length;
        if (*end == 's' || *end == 'S')
            end++;
        text = end;
    }
    if (!any)
        return NULL;
    if (months / 12)
        result =
            arena_printf(arena, "%" PRId64 " year%s", months / 12, months / 12 == 1 ? "" : "s");
    if (months % 12)
        result = arena_printf(arena, "%s%s%" PRId64 " mon%s", result, *result ? " " : "",
                              months % 12, months % 12 == 1 ? "" : "s");
    if (days)
        result = arena_printf(arena, "%s%s%s%" PRId64 " day%s", result, *result ? " " : "",
                              months < 0 && days > 0 ? "+" : "", days, days == 1 ? "" : "s");
    if (micro || !*result) {
        int64_t seconds = llabs(micro) / 1000000;
        int64_t rest = llabs(micro) % 1000000;
        const char *sign = micro < 0 ? "-" : days < 0 || (days == 0 && months < 0) ? "+" : "";
        const char *fraction = "";

        if (rest) {
            char *digits = arena_printf(arena, ".%06" PRId64, rest);

            for (size_t i = strlen(digits); i && digits[i - 1] == '0'; i--)
                digits[i - 1] = '\0';
            fraction = digits;
        }
        result = arena_printf(arena, "%s%s%s%02" PRId64 ":%02" PRId64 ":%02" PRId64 "%s", result,
                              *result ? " " : "", sign, seconds / 3600, seconds / 60 % 60,
                              seconds % 60, fraction);
    }
    return result;
}

/* A bare number: the last field of the type says of what (DecodeInterval()). */
static const char *interval_in_unit(Arena *arena, const char *text, int32_t modifier)
{
    static const struct {
        int field; /* INTERVAL_MASK() */
        const char *name;
    } units[] = {{1 << 12, "second"}, {1 << 11, "minute"}, {1 << 10, "hour"},
                 {1 << 3, "day"},     {1 << 1, "month"},   {1 << 2, "year"}};
    size_t digits = strspn(text + (*text == '-'), "0123456789");

    if ((modifier & 0xffff) != 0xffff || !digits || text[(*text == '-') + digits])
        return NULL;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if ((modifier >> 16) & units[i].field)
            return interval(arena, arena_printf(arena, "%s %s", text, units[i].name));
    }
    return NULL;
}

/* ---- arrays ---- */

static bool element_needs_quotes(const char *text)
{
    return !*text || strcasecmp(text, "null") == 0 || strpbrk(text, "\"\\{}, \t\r\n\v\f");
}

static const char *quoted_element(Arena *arena, const char *text)
{
    char *result = arena_alloc(arena, 2 * strlen(text) + 3);
    char *to = result;

    *to++ = '"';
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            *to++ = '\\';
        *to++ = *text;
    }
    *to = '"';
    return result;
}

static const char *array(Analysis *analysis, Oid element, const char *text)
{
    Arena *arena = analysis->arena;
    const char *result = "";
    bool first = true;

    if (*text++ != '{')
        return NULL;
    text += strspn(text, " \t\r\n");
    while (*text != '}') {
        char *value;
        size_t used = 0;
        bool quoted = false;
        const char *normal;

        if (!first) {
            if (*text++ != ',')
                return NULL;
            text += strspn(text, " \t\r\n");
        }
        if (!*text || *text == '{')
            return NULL;
        value = arena_alloc(arena, strlen(text) + 1);
        if (*text == '"') {
            quoted = true;
            for (text++; *text && *text != '"'; text++) {
                if (*text == '\\' && text[1])
                    text++;
                value[used++] = *text;
            }
            if (*text++ != '"')
                return NULL;
        } else {
            while (*text && *text != ',' && *text != '}') {
                if (*text == '"' || *text == '{')
                    return NULL;
                if (*text == '\\' && text[1])
                    text++, quoted = true;
                value[used++] = *text++;
            }
            while (used && isspace((unsigned char)value[used - 1]))
                used--;
            if (!used)
                return NULL;
        }
        value[used] = '\0';
        text += strspn(text, " \t\r\n");
        if (!quoted && strcasecmp(value, "null") == 0) {
            normal = "NULL";
        } else {
            normal = literal_normal(analysis, element, -1, value);
            if (!normal)
                return NULL;
            if (element == BOOLOID)
                normal = *normal == 't' ? "t" : "f";
            if (element_needs_quotes(normal))
                normal = quoted_element(arena, normal);
        }
        result = arena_printf(arena, "%s%s%s", result, first ? "" : ",", normal);
        first = false;
    }
    return text[1 + strspn(text + 1, " \t\r\n")] ? NULL : arena_printf(arena, "{%s}", result);
}

/* The text search configurations that every server has. */
static const char *text_search(const char *text)
{
    static const char *const names[] = {
        "arabic",    "armenian",   "basque",   "catalan", "danish",     "dutch",
        "english",   "finnish",    "french",   "german",  "greek",      "hindi",
        "hungarian", "indonesian", "irish",    "italian", "lithuanian", "nepali",
        "norwegian", "portuguese", "romanian", "russian", "serbian",    "simple",
        "spanish",   "swedish",    "tamil",    "turkish", "yiddish"};

    if (strncmp(text, "pg_catalog.", 11) == 0)
        text += 11;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], text) == 0)
            return names[i];
    }
    return NULL;
}

/* Addresses of version 4 in full, a mask that says nothing left out; of version 6, left alone. */
static const char *address(Arena *arena, const char *text)
{
    const char *at = text;
    int number = 0;

    for (int i = 0; i < 4; i++) {
        size_t length = strspn(at, "0123456789");

        if (!length || length > 3 || (length > 1 && *at == '0') || atoi(at) > 255)
            return NULL;
        at += length;
        if (i < 3 && *at++ != '.')
            return NULL;
    }
    if (!*at)
        return text;
    if (*at++ != '/' || !*at || strspn(at, "0123456789") != strlen(at) || strlen(at) > 2)
        return NULL;
    number = atoi(at);
    return number > 32    ? NULL
           : number == 32 ? arena_strndup(arena, text, (size_t)(at - text - 1))
                          : text;
}

const char *literal_normal(Analysis *analysis, Oid oid, int32_t modifier, const char *text)
{
    Arena *arena = analysis->arena;
    const Type *type = catalog_type(analysis->catalog, oid);
    const char *word;

    if (!type || type->kind == TYPE_MISSING)
        return NULL;
    if (type->kind == TYPE_ENUM)
        return vec_has_text(&type->labels, text) ? text : NULL;
    if (type->kind == TYPE_DOMAIN)
        return literal_normal(analysis, catalog_base_type(analysis->catalog, oid, NULL), -1, text);
    if (type->category == 'A' && type->element && type->name[0] == '_')
        return array(analysis, type->element, trimmed(arena, text));
    if (oid >= BUILTIN_OID_END)
        return type->category == 'S' ? text : NULL;
    word = trimmed(arena, text);
    switch (oid) {
    case TEXTOID:
    case VARCHAROID:
    case BPCHAROID:
    case UNKNOWNOID:
    case NAMEOID:
    case CSTRINGOID:
    case JSONOID:
    case XMLOID:
        return text;
    case CHAROID:
        return text[0] && text[1] ? arena_strndup(arena, text, 1) : text;
    case BOOLOID:
        return boolean(word);
    case INT2OID:
    case INT4OID:
    case INT8OID:
    case OIDOID:
        return integer(arena, word);
    case NUMERICOID:
        return numeric(arena, word, modifier);
    case FLOAT4OID:
    case FLOAT8OID:
        return floating(arena, word, oid == FLOAT8OID);
    case UUIDOID:
        return uuid(arena, word);
    case BYTEAOID:
        return bytea(arena, text);
    case JSONBOID:
        return jsonb(arena, text);
    case DATEOID:
    case TIMEOID:
    case TIMESTAMPOID:
    case TIMESTAMPTZOID:
        return moment(analysis, oid, word);
    case INETOID:
        return address(arena, word);
    case REGCONFIGOID:
        return text_search(word);
    case INTERVALOID:
        return modifier < 0 ? interval(arena, word) : interval_in_unit(arena, word, modifier);
    default:
        return NULL;
    }
}

Relation *literal_relation(const Analysis *analysis, const char *text)
{
    const char *parts[3] = {NULL, NULL, NULL};
    size_t count = 0;

    /* regclassin() */
    while (count < 3) {
        parts[count++] = names_read(analysis->arena, &text, ".");
        if (*text++ != '.')
            break;
    }
    if (count == 1)
        return catalog_relation(analysis->catalog, NULL, parts[0]);
    return catalog_relation(analysis->catalog, parts[count - 2], parts[count - 1]);
}
