/* JSON read without building trees of it: one row of items that lie one behind the other in memory,
 * what is in an array or object behind it. For readers of many lines that take a few members of
 * each and are done; what is passed on or changed is a json_t (json/jx.h).
 *
 * What is taken and refused is the same as by jx_parse. */
#ifndef JSON_ITEM_H
#define JSON_ITEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/err.h"
#include "json/jx.h"

typedef enum JxItemKind {
    JX_ITEM_NULL,
    JX_ITEM_FALSE,
    JX_ITEM_TRUE,
    JX_ITEM_INTEGER,
    JX_ITEM_REAL,
    JX_ITEM_STRING,
    JX_ITEM_ARRAY,
    JX_ITEM_OBJECT
} JxItemKind;

typedef struct JxItem {
    const char *key; /* of a member of an object, otherwise NULL */
    union {
        const char *text; /* of a string, unescaped */
        int64_t integer;
        double real;
    } value;
    JxItemKind kind;
    uint32_t count; /* elements or members */
    uint32_t size;  /* items it takes, itself and all that is in it */
} JxItem;

typedef struct JxItems {
    Buffer text;
    JxItem *items;
    size_t count;
    size_t room;
} JxItems; /* {0} is empty */

/* The value in length bytes of text; it lives until the next call or jx_items_free. NULL when it is
 * no JSON, which jx_parse then says, and where. */
const JxItem *jx_items_parse(JxItems *items, const char *text, size_t length);
void jx_items_free(JxItems *items);

/* The first element or member and the one behind another, NULL at the end and in what has none
 * (NULL itself too). */
const JxItem *jx_item_first(const JxItem *parent);
const JxItem *jx_item_next(const JxItem *parent, const JxItem *item);
/* As their namesakes for json_t: NULL or 0 where there is none of that kind. */
const JxItem *jx_item_get(const JxItem *object, const char *key);
const char *jx_item_text(const JxItem *item);
size_t jx_item_count(const JxItem *item);
/* Members of an object: jx_string, jx_bool. */
const char *jx_item_string(const JxItem *object, const char *key, const char *otherwise);
bool jx_item_bool(const JxItem *object, const char *key);

/* jx_view, but that JX_ARRAY and JX_OBJECT fill in a const JxItem *. At most 32 fields. */
bool jx_item_view(const JxItem *object, const JxField *fields, void *view, Err *err);

#endif
