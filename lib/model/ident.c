#include "model/ident.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Reserved, type-or-function and column-name keywords; sorted. */
static const char *const keywords[] = {
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "between",
    "bigint",
    "binary",
    "bit",
    "boolean",
    "both",
    "case",
    "cast",
    "char",
    "character",
    "check",
    "coalesce",
    "collate",
    "collation",
    "column",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "dec",
    "decimal",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "exists",
    "extract",
    "false",
    "fetch",
    "float",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "greatest",
    "group",
    "grouping",
    "having",
    "ilike",
    "in",
    "initially",
    "inner",
    "inout",
    "int",
    "integer",
    "intersect",
    "interval",
    "into",
    "is",
    "isnull",
    "join",
    "lateral",
    "leading",
    "least",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "national",
    "natural",
    "nchar",
    "none",
    "normalize",
    "not",
    "notnull",
    "null",
    "nullif",
    "numeric",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "out",
    "outer",
    "overlaps",
    "overlay",
    "placing",
    "position",
    "precision",
    "primary",
    "real",
    "references",
    "returning",
    "right",
    "row",
    "select",
    "session_user",
    "setof",
    "similar",
    "smallint",
    "some",
    "substring",
    "symmetric",
    "table",
    "tablesample",
    "then",
    "time",
    "timestamp",
    "to",
    "trailing",
    "treat",
    "trim",
    "true",
    "union",
    "unique",
    "user",
    "using",
    "values",
    "varchar",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
    "xmlattributes",
    "xmlconcat",
    "xmlelement",
    "xmlexists",
    "xmlforest",
    "xmlnamespaces",
    "xmlparse",
    "xmlpi",
    "xmlroot",
    "xmlserialize",
    "xmltable",
};

static int keyword_compare(const void *name, const void *row)
{
    return strcmp(name, *(const char *const *)row);
}

static bool is_bare(const char *name)
{
    if (!(*name >= 'a' && *name <= 'z') && *name != '_')
        return false;
    for (const char *c = name; *c; c++)
        if (!(*c >= 'a' && *c <= 'z') && !(*c >= '0' && *c <= '9') && *c != '_')
            return false;
    return !bsearch(name, keywords, sizeof keywords / sizeof *keywords, sizeof *keywords,
                    keyword_compare);
}

const char *ident_quote(Arena *arena, const char *name)
{
    if (is_bare(name))
        return name;
    char *quoted = arena_alloc(arena, 2 * strlen(name) + 3), *next = quoted;
    *next++ = '"';
    for (; *name; name++) {
        if (*name == '"')
            *next++ = '"';
        *next++ = *name;
    }
    *next = '"';
    return quoted;
}

char *ident_join(const char *parent, const char *name)
{
    CLEANUP(arena_free) Arena arena = {0};
    const char *joined = arena_printf(&arena, "%s.%s", parent, ident_quote(&arena, name));
    size_t size = strlen(joined) + 1;

    return memcpy(arena_realloc_or_exit(NULL, size), joined, size);
}
