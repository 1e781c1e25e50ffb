#include "model/typename.h"

#include <string.h>

/* The names SQL has for types of pg_catalog, beside those that are their own. */
static const struct Spelling {
    const char *sql;
    const char *name;
} spellings[] = {
    {"bigint", "int8"},
    {"bit varying", "varbit"},
    {"boolean", "bool"},
    {"character", "bpchar"},
    {"character varying", "varchar"},
    {"double precision", "float8"},
    {"integer", "int4"},
    {"real", "float4"},
    {"smallint", "int2"},
    {"time with time zone", "timetz"},
    {"time without time zone", "time"},
    {"timestamp with time zone", "timestamptz"},
    {"timestamp without time zone", "timestamp"},
};

char *typename_identifier(Arena *arena, const char **text)
{
    const char *from = *text;

    if (*from != '"') {
        size_t length = strcspn(from, ".([\" ,)");

        *text = from + length;
        return length ? arena_strndup(arena, from, length) : NULL;
    }
    char *name = arena_strdup(arena, from + 1);
    char *to = name;

    for (from++; *from && (*from != '"' || from[1] == '"'); from++) {
        if (*from == '"')
            from++;
        *to++ = *from;
    }
    *to = '\0';
    if (*from != '"')
        return NULL;
    *text = from + 1;
    return name;
}

bool typename_split_id(Arena *arena, const char *text, const char **ret_schema,
                       const char **ret_name)
{
    const char *schema = typename_identifier(arena, &text);

    if (!schema || *text++ != '.')
        return false;
    const char *name = typename_identifier(arena, &text);

    if (!name || *text)
        return false;
    *ret_schema = schema;
    *ret_name = name;
    return true;
}

/* The text of a type of pg_catalog without its modifier: "timestamp(3) with time zone" loses its
 * "(3)", and an interval its fields. */
static const char *catalog_name(char *text)
{
    char *open = strchr(text, '(');

    if (strncmp(text, "interval", 8) == 0 && (text[8] == ' ' || text[8] == '('))
        return "interval";
    if (open) {
        const char *close = strchr(open, ')');

        if (close)
            memmove(open, close + 1, strlen(close + 1) + 1);
    }
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        if (strcmp(text, spellings[i].sql) == 0)
            return spellings[i].name;
    }
    return text;
}

TypeName typename_parse(Arena *arena, const char *text)
{
    TypeName type = {.schema = "pg_catalog"};
    size_t length = strlen(text);

    while (length > 2 && strncmp(text + length - 2, "[]", 2) == 0) {
        type.array = true;
        length -= 2;
    }
    char *element = arena_strndup(arena, text, length);
    const char *rest = element;
    const char *first = typename_identifier(arena, &rest);

    if (first && *rest == '.') {
        rest++;
        const char *second = typename_identifier(arena, &rest);

        if (second && (!*rest || *rest == '(')) {
            type.schema = first;
            type.name = second;
            return type;
        }
    }
    type.name =
        first && *element == '"' && (!*rest || *rest == '(') ? first : catalog_name(element);
    return type;
}

bool typename_equal(const TypeName *a, const TypeName *b)
{
    return a->array == b->array && strcmp(a->name, b->name) == 0 &&
           strcmp(a->schema, b->schema) == 0;
}
