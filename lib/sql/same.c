#include "sql/same.h"

#include <string.h>

#include "base/arena.h"
#include "sql/parse.h"

static bool same_message(const ProtobufCMessage *one, const ProtobufCMessage *two);

/* One value of a field, or one of many. */
static bool same_value(const ProtobufCFieldDescriptor *field, const void *one, const void *two)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_MESSAGE:
        return same_message(*(ProtobufCMessage *const *)one, *(ProtobufCMessage *const *)two);
    case PROTOBUF_C_TYPE_STRING: {
        const char *text = *(char *const *)one, *other = *(char *const *)two;
        return strcmp(text ? text : "", other ? other : "") == 0;
    }
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_DOUBLE:
        return memcmp(one, two, 8) == 0;
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_ENUM:
    case PROTOBUF_C_TYPE_FLOAT:
        return memcmp(one, two, 4) == 0;
    case PROTOBUF_C_TYPE_BOOL:
        return *(const protobuf_c_boolean *)one == *(const protobuf_c_boolean *)two;
    case PROTOBUF_C_TYPE_SINT32:
    case PROTOBUF_C_TYPE_SINT64:
    case PROTOBUF_C_TYPE_FIXED32:
    case PROTOBUF_C_TYPE_FIXED64:
    case PROTOBUF_C_TYPE_SFIXED32:
    case PROTOBUF_C_TYPE_SFIXED64:
    case PROTOBUF_C_TYPE_BYTES:
        break; /* no tree has any */
    }
    return false;
}

/* Statistics are told by the columns' places in their table, which mean nothing. */
static bool is_unordered(const ProtobufCFieldDescriptor *field, const ProtobufCMessage *of)
{
    return of->descriptor == &pg_query__create_stats_stmt__descriptor &&
           strcmp(field->name, "exprs") == 0;
}

static bool is_among(const ProtobufCMessage *wanted, ProtobufCMessage *const *items, size_t count)
{
    bool found = false;

    for (size_t i = 0; i < count && !found; i++)
        found = same_message(wanted, items[i]);
    return found;
}

/* Both of as many items, none of which is there twice. */
static bool same_set(ProtobufCMessage *const *one, ProtobufCMessage *const *two, size_t count)
{
    bool same = true;

    for (size_t i = 0; i < count && same; i++)
        same = is_among(one[i], two, count);
    return same;
}

static bool same_field(const ProtobufCFieldDescriptor *field, const ProtobufCMessage *of,
                       const ProtobufCMessage *other_of)
{
    const char *one = (const char *)of, *two = (const char *)other_of;
    const char *value = one + field->offset, *other = two + field->offset;

    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        size_t count = *(const size_t *)(one + field->quantifier_offset);
        if (count != *(const size_t *)(two + field->quantifier_offset))
            return false;
        /* All lists in the trees are of nodes. */
        ProtobufCMessage *const *items = *(ProtobufCMessage *const *const *)value;
        ProtobufCMessage *const *others = *(ProtobufCMessage *const *const *)other;
        if (is_unordered(field, of))
            return same_set(items, others, count);
        for (size_t i = 0; i < count; i++)
            if (field->type != PROTOBUF_C_TYPE_MESSAGE || !same_message(items[i], others[i]))
                return false;
        return true;
    }
    if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) {
        uint32_t which = *(const uint32_t *)(one + field->quantifier_offset);
        if (which != *(const uint32_t *)(two + field->quantifier_offset))
            return false;
        if (which != field->id)
            return true;
    }
    return same_value(field, value, other);
}

static bool same_message(const ProtobufCMessage *one, const ProtobufCMessage *two)
{
    if (!one || !two)
        return one == two;
    if (one->descriptor != two->descriptor)
        return false;
    for (unsigned i = 0; i < one->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &one->descriptor->fields[i];
        /* Where something stands in its text. */
        if (strcmp(field->name, "location") != 0 && strcmp(field->name, "stmt_location") != 0 &&
            strcmp(field->name, "stmt_len") != 0 && !same_field(field, one, two))
            return false;
    }
    return true;
}

/* The tree of the text behind those words; NULL when it is none. */
static SqlParse *parsed(Arena *arena, const char *words, const char *text)
{
    const char *whole = arena_printf(arena, "%s%s", words, text);
    SqlParse *parse = sql_parse(whole, strlen(whole));

    if (parse->count != 1 || !parse->statements[0].node)
        sql_parse_close(&parse);
    return parse;
}

bool sql_same(const char *one, const char *two)
{
    static const char *const words[] = {"", "SELECT ", "ALTER TABLE t ADD "};
    CLEANUP(arena_free) Arena arena = {0};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        CLEANUP(sql_parse_close) SqlParse *first = parsed(&arena, words[i], one);
        if (!first)
            continue;
        CLEANUP(sql_parse_close) SqlParse *second = parsed(&arena, words[i], two);
        return second &&
               same_message(&first->statements[0].node->base, &second->statements[0].node->base);
    }
    return false;
}
