#include "sql/normal.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buffer.h"
#include "sql/parse.h"

/* ---- calls and SQL's own syntax ---- */

/* How a construct is found and what becomes of it. In a form, $1 to $4 are its parts. */
typedef struct Construct {
    const char *word;          /* in front of the parenthesis, as servers print it */
    const char *separators[4]; /* what stands between its parts, at the top of the parentheses */
    const char *form;
} Construct;

/* More parts before fewer. Source: get_func_sql_syntax(). */
static const Construct constructs[] = {
    {"timezone", {", "}, "($2 AT TIME ZONE $1)"},
    {"\"overlaps\"", {", ", ", ", ", "}, "(($1, $2) OVERLAPS ($3, $4))"},
    {"\"substring\"", {", ", ", "}, "SUBSTRING($1 FROM $2 FOR $3)"},
    {"\"substring\"", {", "}, "SUBSTRING($1 FROM $2)"},
    {"SUBSTRING", {" SIMILAR ", " ESCAPE "}, "SUBSTRING($1 FROM $2 FOR $3)"},
    {"\"overlay\"", {", ", ", ", ", "}, "OVERLAY($1 PLACING $2 FROM $3 FOR $4)"},
    {"\"overlay\"", {", ", ", "}, "OVERLAY($1 PLACING $2 FROM $3)"},
    {"\"position\"", {", "}, "POSITION(($2) IN ($1))"},
    {"btrim", {", "}, "TRIM(BOTH $2 FROM $1)"},
    {"ltrim", {", "}, "TRIM(LEADING $2 FROM $1)"},
    {"rtrim", {", "}, "TRIM(TRAILING $2 FROM $1)"},
    {"btrim", {NULL}, "TRIM(BOTH FROM $1)"},
    {"ltrim", {NULL}, "TRIM(LEADING FROM $1)"},
    {"rtrim", {NULL}, "TRIM(TRAILING FROM $1)"},
    {"\"normalize\"", {", 'nfc'::text"}, "NORMALIZE($1, NFC)"},
    {"\"normalize\"", {", 'nfd'::text"}, "NORMALIZE($1, NFD)"},
    {"\"normalize\"", {", 'nfkc'::text"}, "NORMALIZE($1, NFKC)"},
    {"\"normalize\"", {", 'nfkd'::text"}, "NORMALIZE($1, NFKD)"},
    {"\"normalize\"", {NULL}, "NORMALIZE($1)"},
    {"is_normalized", {", 'nfc'::text"}, "($1 IS NFC NORMALIZED)"},
    {"is_normalized", {", 'nfd'::text"}, "($1 IS NFD NORMALIZED)"},
    {"is_normalized", {", 'nfkc'::text"}, "($1 IS NFKC NORMALIZED)"},
    {"is_normalized", {", 'nfkd'::text"}, "($1 IS NFKD NORMALIZED)"},
    {"is_normalized", {NULL}, "($1 IS NORMALIZED)"},
    {"pg_collation_for", {NULL}, "COLLATION FOR ($1)"},
    {"\"xmlexists\"", {", "}, "XMLEXISTS(($1) PASSING ($2))"},
};

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

const char *normal_skip_piece(const char *text)
{
    bool escapes = *text == 'E' && text[1] == '\'';
    const char *at = text + escapes;
    char quote = *at;

    if (quote != '\'' && quote != '"')
        return text + 1;
    for (at++; *at; at++) {
        if (escapes && *at == '\\' && at[1])
            at++;
        else if (*at == quote && at[1] == quote)
            at++;
        else if (*at == quote)
            return at + 1;
    }
    return at;
}

/* The bracket that closes the one at text; NULL when there is none. */
static const char *closing(const char *text)
{
    int depth = 0;

    for (const char *at = text; *at; at = normal_skip_piece(at)) {
        depth += (*at == '(' || *at == '[') - (*at == ')' || *at == ']');
        if (depth == 0)
            return at;
    }
    return NULL;
}

/* Where separator stands between from and to, not within brackets or quotes; NULL when nowhere. Not
 * all versions have the name of a normalization form in the same case. */
static const char *find_top(const char *from, const char *to, const char *separator)
{
    size_t length = strlen(separator);

    for (const char *at = from; at < to;) {
        if ((size_t)(to - at) >= length && strncasecmp(at, separator, length) == 0)
            return at;
        const char *end = *at == '(' || *at == '[' ? closing(at) : NULL;
        at = end ? end + 1 : normal_skip_piece(at);
    }
    return NULL;
}

typedef struct Part {
    const char *start;
    const char *end;
} Part;

enum { PARTS_MAX = 5 };

/* The parts between the separators; false when this is another construct. */
static bool parts_split(const Construct *construct, Part content, Part parts[PARTS_MAX])
{
    const char *last = ", ";
    size_t count = 0;

    for (; count < 4 && construct->separators[count]; count++) {
        const char *at = find_top(content.start, content.end, construct->separators[count]);
        if (!at)
            return false;
        parts[count] = (Part){content.start, at};
        last = construct->separators[count];
        content.start = at + strlen(last);
    }
    parts[count] = content;
    /* A call with more arguments is another one. */
    return strcmp(last, ", ") != 0 || !find_top(content.start, content.end, ", ");
}

static void put(Buffer *out, const char *from, const char *to);

static void put_form(Buffer *out, const char *form, const Part parts[PARTS_MAX])
{
    for (; *form; form++) {
        if (*form != '$') {
            buffer_char(out, *form);
            continue;
        }
        Part part = parts[*++form - '1'];
        put(out, part.start, part.end);
    }
}

/* A construct at text, which begins a word: written, and what is behind it returned;
 * NULL when there is none. */
static const char *put_construct(Buffer *out, const char *text, const char *to)
{
    for (size_t i = 0; i < sizeof constructs / sizeof *constructs; i++) {
        const Construct *construct = &constructs[i];
        size_t length = strlen(construct->word);
        Part parts[PARTS_MAX] = {0};

        if (strncmp(text, construct->word, length) != 0 || text[length] != '(')
            continue;
        const char *end = closing(text + length);
        if (!end || end >= to || !parts_split(construct, (Part){text + length + 1, end}, parts))
            continue;
        put_form(out, construct->form, parts);
        return end + 1;
    }
    return NULL;
}

/* ---- what reads back as another tree ---- */

/* Behind the name of a type at text that ends in "[]"; NULL when there is none. */
static const char *array_type(const char *text)
{
    for (const char *at = text; *at; at = normal_skip_piece(at)) {
        if (at > text && at[0] == '[' && at[1] == ']')
            return at + 2;
        if (*at == '(' && isdigit((unsigned char)at[1]))
            at += strspn(at + 1, "0123456789,");
        else if (!is_word(*at) && !strchr("\"$. )", *at))
            return NULL;
        else if (*at == ')' && (at == text || !isdigit((unsigned char)at[-1])))
            return NULL;
    }
    return NULL;
}

/* (ARRAY[a, b])::t[] at text: as ARRAY[(a)::t, (b)::t]; what is behind it returned, NULL when it is
 * none. */
static const char *put_cast_array(Buffer *out, const char *text, const char *to)
{
    static const char start[] = "(ARRAY[";
    const char *first = text + sizeof start - 1, *at = first;

    if (strncmp(text, start, sizeof start - 1) != 0)
        return NULL;
    const char *end = closing(at - 1);
    if (!end || strncmp(end, "])::", 4) != 0 || end == at || find_top(at, end, "ARRAY["))
        return NULL;
    const char *type = end + 4, *behind = array_type(type);
    if (!behind || behind > to || *at == ' ')
        return NULL;
    buffer_text(out, "ARRAY[");
    for (const char *stop = NULL; at < end; at = stop + 2) {
        stop = find_top(at, end, ", ");
        stop = stop ? stop : end;
        buffer_text(out, at == first ? "(" : ", (");
        put(out, at, stop);
        buffer_text(out, ")::");
        buffer_add(out, type, (size_t)(behind - 2 - type));
    }
    buffer_char(out, ']');
    return behind;
}

static const char *const junctions[] = {" AND ", " OR "};

/* Where the brackets at from end that hold a list of the same junction as they are the first item
 * of; NULL when they do not. */
static const char *first_list(const char *from, const char *to, const char *junction)
{
    const char *end = *from == '(' && from[1] != ' ' ? closing(from) : NULL;

    return end && end < to && strncmp(end + 1, junction, strlen(junction)) == 0 &&
                   find_top(from + 1, end, junction)
               ? end
               : NULL;
}

/* The items from there to there, those of a list that is the first of them among them. */
static void put_items(Buffer *out, const char *from, const char *to, const char *junction)
{
    const char *end = first_list(from, to, junction);

    if (end) {
        put_items(out, from + 1, end, junction);
        from = end + 1;
    }
    put(out, from, to);
}

/* ((a AND b) AND c) at text: as (a AND b AND c), and so with OR. As put_cast_array. */
static const char *put_list(Buffer *out, const char *text, const char *to)
{
    if (text[0] != '(' || text[1] != '(')
        return NULL;
    for (size_t i = 0; i < sizeof junctions / sizeof *junctions; i++) {
        if (!first_list(text + 1, to, junctions[i]))
            continue;
        const char *end = closing(text);
        if (!end || end >= to)
            return NULL;
        buffer_char(out, '(');
        put_items(out, text + 1, end, junctions[i]);
        buffer_char(out, ')');
        return end + 1;
    }
    return NULL;
}

/* Brackets that are open at some place of a text. */
typedef struct Open {
    const char *start;
    bool has[sizeof junctions / sizeof *junctions];
} Open;

/* Whether put_list has something to do in it, or perhaps. */
static bool may_have_list(const char *text)
{
    Open open[32] = {{0}}, last = {0};
    size_t depth = 0;

    if (!strstr(text, "((") || (!strstr(text, junctions[0]) && !strstr(text, junctions[1])))
        return false;
    for (const char *at = text; *at;
         at = *at == '\'' || *at == '"' || *at == 'E' ? normal_skip_piece(at) : at + 1) {
        if (*at == '(') {
            if (++depth == sizeof open / sizeof *open)
                return true;
            open[depth] = (Open){.start = at};
        } else if (*at == ')' && depth > 0) {
            last = open[depth--];
        } else if (*at == ' ') {
            for (size_t i = 0; i < sizeof junctions / sizeof *junctions; i++) {
                if (strncmp(at, junctions[i], strlen(junctions[i])) != 0)
                    continue;
                if (at > text && at[-1] == ')' && last.has[i] && last.start > text &&
                    last.start[-1] == '(')
                    return true;
                open[depth].has[i] = true;
            }
        }
    }
    return false;
}

static void put(Buffer *out, const char *from, const char *to)
{
    for (const char *at = from; at < to;) {
        bool begins = at == from || (!is_word(at[-1]) && at[-1] != '.');
        const char *next = begins ? put_construct(out, at, to) : NULL;
        if (!next && *at == '(')
            next = put_cast_array(out, at, to);
        if (!next && *at == '(')
            next = put_list(out, at, to);
        if (!next) {
            next = normal_skip_piece(at);
            buffer_add(out, at, (size_t)((next < to ? next : to) - at));
        }
        at = next;
    }
}

/* Whether put_construct or put_cast_array has something to do in it, or perhaps. */
static bool may_have_construct(const char *text)
{
    for (const char *at = text; (at = strchr(at, '(')); at++) {
        if (strncmp(at, "(ARRAY[", 7) == 0)
            return true;
        for (size_t i = 0; i < sizeof constructs / sizeof *constructs; i++) {
            size_t length = strlen(constructs[i].word);
            if (length <= (size_t)(at - text) &&
                memcmp(at - length, constructs[i].word, length) == 0)
                return true;
        }
    }
    return false;
}

const char *normal_expression(Arena *arena, const char *text)
{
    if (!may_have_construct(text) && !may_have_list(text))
        return text;
    CLEANUP(buffer_free) Buffer out = {0};
    put(&out, text, text + strlen(text));
    return arena_strndup(arena, out.bytes, out.length);
}

/* Words that became keywords after version 15, so that a name of that kind is in quotes since. */
static const char *const new_keywords[] = {
    "json",           "json_array",   "json_arrayagg", "json_exists",    "json_object",
    "json_objectagg", "json_query",   "json_scalar",   "json_serialize", "json_table",
    "json_value",     "merge_action", "system_user"};

bool normal_may_have_names(const char *text)
{
    const char *quote = strchr(text, '"');

    return quote && (strstr(quote, "\"json") || strstr(quote, "\"merge_action\"") ||
                     strstr(quote, "\"system_user\""));
}

const char *normal_names(Arena *arena, const char *text)
{
    if (!normal_may_have_names(text))
        return text;
    char *ret = arena_alloc(arena, strlen(text) + 1), *next = ret;
    for (const char *at = text; *at;) {
        const char *end = normal_skip_piece(at);
        size_t length = (size_t)(end - at), inner = 0;
        for (size_t i = 0; *at == '"' && i < sizeof new_keywords / sizeof *new_keywords; i++)
            if (strlen(new_keywords[i]) + 2 == length &&
                memcmp(at + 1, new_keywords[i], length - 2) == 0)
                inner = 1;
        memcpy(next, at + inner, length - 2 * inner);
        next += length - 2 * inner;
        at = end;
    }
    return ret;
}

const char *normal_procedure_arguments(Arena *arena, const char *text)
{
    static const char *const modes[] = {"IN ", "INOUT ", "OUT ", "VARIADIC "};
    const char *ret = "", *end = text + strlen(text);

    for (const char *at = text; at < end;) {
        const char *stop = find_top(at, end, ", ");
        bool told = false;
        stop = stop ? stop : end;
        for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
            told |= strncmp(at, modes[i], strlen(modes[i])) == 0;
        ret = arena_printf(arena, "%s%s%s%.*s", ret, at > text ? ", " : "", told ? "" : "IN ",
                           (int)(stop - at), at);
        at = stop < end ? stop + 2 : end;
    }
    return ret;
}

/* ---- queries that read from one place ---- */

typedef struct Query {
    const char *text;
    const char *source; /* the name of the one place */
    const PgQuery__SelectStmt *select;
    size_t *cuts; /* offsets of names to leave out, in no order */
    size_t count;
    size_t room;
} Query;

static void cut_add(Query *query, int32_t location)
{
    if (query->count == query->room) {
        query->room = query->room ? query->room * 2 : 16;
        query->cuts = arena_realloc_or_exit(query->cuts, query->room * sizeof *query->cuts);
    }
    query->cuts[query->count++] = (size_t)location;
}

static const PgQuery__ColumnRef *column_of(const Node *node)
{
    return node && node->node_case == NODE(COLUMN_REF) ? node->column_ref : NULL;
}

/* In ORDER BY, PARTITION BY and DISTINCT ON a bare name is that of a column of the result before it
 * is one of the source. column: NULL for an expression. */
static bool is_taken(const Query *query, const PgQuery__ColumnRef *column)
{
    const char *name = column ? tree_last(column->fields, column->n_fields) : "";

    for (size_t i = 0; column && i < query->select->n_target_list; i++) {
        const PgQuery__ResTarget *target = query->select->target_list[i]->res_target;
        const PgQuery__ColumnRef *shown = column_of(target->val);
        const char *own = shown ? tree_last(shown->fields, shown->n_fields) : "";
        const char *result = target->name && *target->name ? target->name : own;
        if (strcmp(result, name) == 0 && strcmp(own, name) != 0)
            return true;
    }
    return false;
}

static void column_visit(Query *query, const PgQuery__ColumnRef *column)
{
    if (column->n_fields == 2 && column->fields[1]->node_case == NODE(STRING) &&
        strcmp(tree_string(column->fields[0]), query->source) == 0)
        cut_add(query, column->location);
}

/* Every message below, but not the queries within the query: their columns keep their places. */
static void visit(Query *query, const ProtobufCMessage *message)
{
    const ProtobufCMessageDescriptor *type = message->descriptor;

    if (type == &pg_query__column_ref__descriptor) {
        column_visit(query, (const PgQuery__ColumnRef *)message);
        return;
    }
    if (type == &pg_query__select_stmt__descriptor && (const void *)message != query->select)
        return;
    if (type == &pg_query__sort_by__descriptor) {
        if (is_taken(query, column_of(((const PgQuery__SortBy *)message)->node)))
            return;
    }
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        const char *member = (const char *)message + field->offset;
        if (field->type != PROTOBUF_C_TYPE_MESSAGE)
            continue;
        if (field->label == PROTOBUF_C_LABEL_REPEATED) {
            size_t count = *(const size_t *)((const char *)message + field->quantifier_offset);
            ProtobufCMessage *const *items = *(ProtobufCMessage *const *const *)member;
            bool names_results = strcmp(field->name, "partition_clause") == 0 ||
                                 strcmp(field->name, "distinct_clause") == 0;
            for (size_t item = 0; item < count; item++)
                if (!names_results || !is_taken(query, column_of((const Node *)items[item])))
                    visit(query, items[item]);
        } else if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) == 0 ||
                   *(const uint32_t *)((const char *)message + field->quantifier_offset) ==
                       field->id) {
            const ProtobufCMessage *inner = *(ProtobufCMessage *const *)member;
            if (inner)
                visit(query, inner);
        }
    }
}

static const char *alias_name(const PgQuery__Alias *alias, const char *otherwise)
{
    return alias && alias->aliasname && *alias->aliasname ? alias->aliasname : otherwise;
}

/* The name of the one place the query reads from; NULL when there is none or there are several. */
static const char *single_source(const PgQuery__SelectStmt *select)
{
    if (select->op != PG_QUERY__SET_OPERATION__SETOP_NONE || select->n_from_clause != 1)
        return NULL;
    const Node *from = select->from_clause[0];
    switch ((int)from->node_case) {
    case NODE(RANGE_VAR):
        return alias_name(from->range_var->alias, from->range_var->relname);
    case NODE(RANGE_TABLE_SAMPLE):
        from = from->range_table_sample->relation;
        return from && from->node_case == NODE(RANGE_VAR)
                   ? alias_name(from->range_var->alias, from->range_var->relname)
                   : NULL;
    case NODE(RANGE_SUBSELECT):
        return alias_name(from->range_subselect->alias, NULL);
    case NODE(RANGE_TABLE_FUNC):
        return alias_name(from->range_table_func->alias, "xmltable");
    case NODE(RANGE_FUNCTION):
        return alias_name(from->range_function->alias, NULL);
    default:
        return NULL;
    }
}

static int cut_compare(const void *a, const void *b)
{
    size_t left = *(const size_t *)a, right = *(const size_t *)b;

    return (left > right) - (left < right);
}

/* The text without the names at the cuts and the full stops behind them. */
static const char *cut(Arena *arena, Query *query)
{
    char *ret = arena_alloc(arena, strlen(query->text) + 1), *next = ret;
    const char *from = query->text;

    if (query->count > 1)
        qsort(query->cuts, query->count, sizeof *query->cuts, cut_compare);
    for (size_t i = 0; i < query->count; i++) {
        const char *at = query->text + query->cuts[i], *end = at;
        if (*end == '"')
            end = normal_skip_piece(end);
        else
            while (is_word(*end) || *end == '$')
                end++;
        if (*end != '.' || at < from)
            continue;
        memcpy(next, from, (size_t)(at - from));
        next += at - from;
        from = end + 1;
    }
    memcpy(next, from, strlen(from) + 1);
    return ret;
}

/* ---- the same for the plainest queries, without the parser ---- */

static bool has_any(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (strstr(text, *words))
            return true;
    return false;
}

/* The last word of "FROM schema.relation alias", when that is all there is. */
static const char *plain_source(Arena *arena, const char *from, const char **ret_end)
{
    const char *last = from, *end = from;
    int spaces = 0;

    for (; is_word(*end) || *end == '.' || (*end == ' ' && is_word(end[1])); end++) {
        spaces += *end == ' ';
        if (*end == '.' || *end == ' ')
            last = end + 1;
    }
    *ret_end = end;
    return (*end == ';' || *end == '\n') && end > last && spaces <= 1
               ? arena_strndup(arena, last, (size_t)(end - last))
               : NULL;
}

/* Whether the word at that place is the source's name before a column's. *ret_sure: not when it
 * could be a schema's name. */
static bool is_prefix(const char *text, const char *at, const char *source, bool *ret_sure)
{
    size_t length = strlen(source);

    if (strncmp(at, source, length) != 0 || at[length] != '.' ||
        (at > text && (is_word(at[-1]) || strchr(".$\"", at[-1]))))
        return false;
    const char *name = at + length + 1, *end = name;
    if (*end == '"')
        end = normal_skip_piece(end);
    else
        while (is_word(*end) || *end == '$')
            end++;
    *ret_sure = end > name && *end != '(' && *end != '.' && at[-1] != ':';
    return true;
}

/* Adds the cuts of a query of one level from one relation; false when it may be another. */
static bool plain_query(Arena *arena, Query *query)
{
    static const char *const others[] = {"PARTITION BY", "DISTINCT ON", "UNION",    "INTERSECT",
                                         "EXCEPT",       "WITH ",       "ORDER BY", "COLLATE",
                                         "OPERATOR(",    NULL};
    static const char from[] = "\n   FROM ";
    const char *text = query->text, *start = strstr(text, from), *end = NULL;

    if (strncmp(text, " SELECT ", 8) != 0 || strstr(text + 8, "SELECT") || !start ||
        strstr(start + 1, from) || has_any(text, others))
        return false;
    start += sizeof from - 1;
    const char *source = plain_source(arena, start, &end);
    if (!source)
        return false;
    for (const char *at = text; *at; at = at == start ? end : normal_skip_piece(at)) {
        bool sure = true;
        if (at != start && is_prefix(text, at, source, &sure))
            cut_add(query, (int32_t)(at - text));
        if (!sure)
            return false;
    }
    return true;
}

/* Most queries that read from several places say so at the top: no need to parse them. A join is in
 * brackets, and so is a query in FROM, behind a blank. */
static bool is_join(const char *text)
{
    static const char from[] = "\n   FROM (";
    const char *end = text + strlen(text), *join = find_top(text, end, from);

    return find_top(text, end, " JOIN ") || (join && join[sizeof from - 1] != ' ');
}

/* VALUES alone, which is read from a place of that name. */
static const char *values_query(Arena *arena, const char *text)
{
    static const char place[] = "\"*VALUES*\".";
    const char *end = text + strlen(text), *at;
    CLEANUP(buffer_free) Buffer out = {0};

    for (; (at = find_top(text, end, place)); text = at + sizeof place - 1)
        buffer_add(&out, text, (size_t)(at - text));
    buffer_add(&out, text, (size_t)(end - text));
    return arena_strndup(arena, out.bytes, out.length);
}

const char *normal_query(Arena *arena, const char *text)
{
    if (strncmp(text, " VALUES ", 8) == 0)
        return values_query(arena, text);
    if (is_join(text))
        return text;
    Query plain = {.text = text};
    bool is_plain = plain_query(arena, &plain);
    const char *ret = is_plain && plain.count ? cut(arena, &plain) : text;
    free(plain.cuts);
    if (is_plain)
        return ret;
    SqlParse *parse = sql_parse(text, strlen(text));
    if (parse->count == 1 && parse->statements[0].node &&
        parse->statements[0].node->node_case == NODE(SELECT_STMT)) {
        const PgQuery__SelectStmt *select = parse->statements[0].node->select_stmt;
        Query query = {.text = text, .select = select, .source = single_source(select)};
        if (query.source) {
            visit(&query, &select->base);
            ret = query.count ? cut(arena, &query) : text;
        }
        free(query.cuts);
    }
    sql_parse_close(&parse);
    return ret;
}
