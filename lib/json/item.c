#include "json/item.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

typedef struct Parse {
    JxItems *items;
    char *at;
    bool doubt; /* something is in it that jansson shall judge: it knows the rest of the rules */
} Parse;

/* What does not just stand for itself in a string. */
static inline bool is_special(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\' || c >= 0x80;
}

static void skip_blanks(Parse *parse)
{
    while (*parse->at == ' ' || *parse->at == '\t' || *parse->at == '\n' || *parse->at == '\r')
        parse->at++;
}

static bool hex_parse(const char *from, unsigned *ret)
{
    unsigned code = 0;

    for (int i = 0; i < 4; i++) {
        char c = from[i];

        if (c >= '0' && c <= '9')
            code = code * 16 + (unsigned)(c - '0');
        else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
            code = code * 16 + (unsigned)((c | 0x20) - 'a') + 10;
        else
            return false;
    }
    *ret = code;
    return true;
}

static char *utf8_put(char *to, unsigned code)
{
    if (code < 0x80) {
        *to++ = (char)code;
        return to;
    }
    int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char starts[] = {0, 0xC0, 0xE0, 0xF0};

    *to++ = (char)(starts[more] | code >> (6 * more));
    while (more-- > 0)
        *to++ = (char)(0x80 | (code >> (6 * more) & 0x3F));
    return to;
}

/* What an escape stands for, at *to; a pair of surrogates is one character. What stands behind it
 * in the text, or NULL. */
static char *escape_parse(char *from, char **to)
{
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    const char *found = from[1] ? strchr(letters, from[1]) : NULL;
    unsigned code = 0, low = 0;

    if (found) {
        *(*to)++ = meant[found - letters];
        return from + 2;
    }
    if (from[1] != 'u' || !hex_parse(from + 2, &code) || code == 0)
        return NULL;
    from += 6;
    if (code >= 0xD800 && code < 0xDC00) {
        if (from[0] != '\\' || from[1] != 'u' || !hex_parse(from + 2, &low) || low < 0xDC00 ||
            low > 0xDFFF)
            return NULL;
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        from += 6;
    } else if (code >= 0xDC00 && code < 0xE000) {
        return NULL;
    }
    *to = utf8_put(*to, code);
    return from;
}

/* The string at that quote, unescaped where it stands; NULL: it is none. */
static const char *string_parse(Parse *parse)
{
    char *start = parse->at + 1, *at = start, *to = NULL;
    bool beyond_ascii = false;

    for (;;) {
        unsigned char c = (unsigned char)*at;

        if (c == '"')
            break;
        if (c == '\\') {
            to = to ? to : at;
            at = escape_parse(at, &to);
            if (!at)
                return NULL;
            continue;
        }
        if (c < 0x20)
            return NULL;
        beyond_ascii |= c >= 0x80;
        if (to) {
            *to++ = *at++;
            continue;
        }
        for (at++; !is_special((unsigned char)*at); at++)
            continue;
    }
    parse->at = at + 1;
    to = to ? to : at;
    *to = '\0';
    return beyond_ascii && !text_is_utf8(start, (size_t)(to - start)) ? NULL : start;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool number_parse(Parse *parse, JxItem *item)
{
    enum { SURE_DIGITS = 18 };
    char *start = parse->at, *digits = start + (*start == '-'), *at = digits;

    while (is_digit(*at))
        at++;
    if (at == digits || (*digits == '0' && at > digits + 1))
        return false;
    if (*at == '.' || *at == 'e' || *at == 'E') {
        item->kind = JX_ITEM_REAL;
        item->value.real = strtod(start, &at);
        parse->doubt = true;
    } else {
        item->kind = JX_ITEM_INTEGER;
        item->value.integer = strtoll(start, &at, 10);
        parse->doubt |= at - digits > SURE_DIGITS;
    }
    parse->at = at;
    return true;
}

static bool word_parse(Parse *parse, JxItem *item, const char *word, JxItemKind kind)
{
    size_t length = strlen(word);

    if (strncmp(parse->at, word, length) != 0)
        return false;
    parse->at += length;
    item->kind = kind;
    return true;
}

static bool value_parse(Parse *parse, const char *key, int depth);

/* The members of an object or elements of an array, behind its bracket; place is the item's. */
static bool inner_parse(Parse *parse, size_t place, int depth)
{
    JxItemKind kind = parse->items->items[place].kind;
    char end = kind == JX_ITEM_OBJECT ? '}' : ']';
    const char *key = NULL, *last = NULL;
    uint32_t count = 0;

    parse->at++;
    skip_blanks(parse);
    for (; *parse->at != end; count++) {
        if (count) {
            if (*parse->at != ',')
                return false;
            parse->at++;
            skip_blanks(parse);
        }
        if (kind == JX_ITEM_OBJECT) {
            key = *parse->at == '"' ? string_parse(parse) : NULL;
            if (!key)
                return false;
            /* Where they are in order none is there twice. */
            parse->doubt |=
                last && (unsigned char)*last >= (unsigned char)*key && strcmp(last, key) >= 0;
            last = key;
            skip_blanks(parse);
            if (*parse->at != ':')
                return false;
            parse->at++;
            skip_blanks(parse);
        }
        if (!value_parse(parse, key, depth))
            return false;
        skip_blanks(parse);
    }
    parse->at++;
    parse->items->items[place].count = count;
    parse->items->items[place].size = (uint32_t)(parse->items->count - place);
    return true;
}

static bool value_parse(Parse *parse, const char *key, int depth)
{
    JxItems *items = parse->items;

    if (depth == JX_DEPTH_MAX || items->count == UINT32_MAX)
        return false;
    if (items->count == items->room) {
        items->room = items->room ? items->room * 2 : 256;
        items->items = arena_realloc_or_exit(items->items, items->room * sizeof *items->items);
    }
    size_t place = items->count++;
    JxItem *item = &items->items[place];

    *item = (JxItem){.key = key, .size = 1};
    switch (*parse->at) {
    case '"':
        item->kind = JX_ITEM_STRING;
        return (item->value.text = string_parse(parse)) != NULL;
    case '{':
        item->kind = JX_ITEM_OBJECT;
        return inner_parse(parse, place, depth + 1);
    case '[':
        item->kind = JX_ITEM_ARRAY;
        return inner_parse(parse, place, depth + 1);
    case 't':
        return word_parse(parse, item, "true", JX_ITEM_TRUE);
    case 'f':
        return word_parse(parse, item, "false", JX_ITEM_FALSE);
    case 'n':
        return word_parse(parse, item, "null", JX_ITEM_NULL);
    default:
        return number_parse(parse, item);
    }
}

static bool is_json(const char *text, size_t length)
{
    Err ignored = {0};
    json_auto_t *value = jx_parse(text, length, "", &ignored);

    return value;
}

const JxItem *jx_items_parse(JxItems *items, const char *text, size_t length)
{
    Parse parse = {.items = items};

    buffer_clear(&items->text);
    buffer_add(&items->text, text, length);
    items->count = 0;
    parse.at = items->text.bytes;
    skip_blanks(&parse);
    if ((*parse.at != '{' && *parse.at != '[') || !value_parse(&parse, NULL, 0))
        return NULL;
    skip_blanks(&parse);
    if (parse.at != items->text.bytes + length || (parse.doubt && !is_json(text, length)))
        return NULL;
    return items->items;
}

void jx_items_free(JxItems *items)
{
    buffer_free(&items->text);
    free(items->items);
    *items = (JxItems){0};
}

const JxItem *jx_item_first(const JxItem *parent)
{
    return parent && parent->count ? parent + 1 : NULL;
}

const JxItem *jx_item_next(const JxItem *parent, const JxItem *item)
{
    const JxItem *next = item + item->size;

    return next < parent + parent->size ? next : NULL;
}

const JxItem *jx_item_get(const JxItem *object, const char *key)
{
    if (!object || object->kind != JX_ITEM_OBJECT)
        return NULL;
    for (const JxItem *item = jx_item_first(object); item; item = jx_item_next(object, item))
        if (strcmp(item->key, key) == 0)
            return item;
    return NULL;
}

const char *jx_item_text(const JxItem *item)
{
    return item && item->kind == JX_ITEM_STRING ? item->value.text : NULL;
}

size_t jx_item_count(const JxItem *item)
{
    return item ? item->count : 0;
}

const char *jx_item_string(const JxItem *object, const char *key, const char *otherwise)
{
    const char *text = jx_item_text(jx_item_get(object, key));

    return text ? text : otherwise;
}

bool jx_item_bool(const JxItem *object, const char *key)
{
    const JxItem *item = jx_item_get(object, key);

    return item && item->kind == JX_ITEM_TRUE;
}

static bool field_set(const JxItem *item, JxType type, void *place)
{
    switch (type) {
    case JX_STRING:
    case JX_STRING_OPT:
        *(const char **)place = jx_item_text(item);
        return item->kind == JX_ITEM_STRING;
    case JX_BOOL:
        *(bool *)place = item->kind == JX_ITEM_TRUE;
        return item->kind == JX_ITEM_TRUE || item->kind == JX_ITEM_FALSE;
    case JX_INT:
        *(json_int_t *)place = item->value.integer;
        return item->kind == JX_ITEM_INTEGER;
    case JX_ARRAY:
        *(const JxItem **)place = item;
        return item->kind == JX_ITEM_ARRAY;
    case JX_OBJECT:
        *(const JxItem **)place = item;
        return item->kind == JX_ITEM_OBJECT;
    case JX_END:
        break;
    }
    return false;
}

bool jx_item_view(const JxItem *object, const JxField *fields, void *view, Err *err)
{
    uint32_t found = 0;

    if (!object || object->kind != JX_ITEM_OBJECT)
        return err_set(err, EXIT_DATA, "an object is expected");
    for (const JxItem *item = jx_item_first(object); item; item = jx_item_next(object, item)) {
        const JxField *field = fields;

        while (field->type != JX_END &&
               (*field->name != *item->key || strcmp(field->name, item->key) != 0))
            field++;
        if (field->type == JX_END || item->kind == JX_ITEM_NULL)
            continue;
        if (!field_set(item, field->type, (char *)view + field->offset))
            return err_set(err, EXIT_DATA, "member '%s' has the wrong type", field->name);
        found |= (uint32_t)1 << (field - fields);
    }
    for (const JxField *field = fields; field->type != JX_END; field++)
        if (field->type == JX_STRING && !(found >> (field - fields) & 1))
            return err_set(err, EXIT_DATA, "member '%s' is missing", field->name);
    return true;
}
