/* JSON: strict reading with places named, canonical writing, views on members.
 *
 * Our documents name their format in their first member and are read strictly; a duplicate member
 * or a nesting deeper than JX_DEPTH_MAX is refused. Canonical text is compact, members sorted by
 * byte, UTF-8 as it is, no floats. */
#ifndef JSON_JX_H
#define JSON_JX_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/buffer.h"
#include "base/err.h"

enum { JX_DEPTH_MAX = 256 };

/* First in main: without memory the process ends, as by arena_alloc, where jansson would leave out
 * a member that is set or refuse a text that is sound. */
void jx_start(void);

/* For CLEANUP and plain ownership: json_auto_t is jansson's own. */

/* Parses length bytes. On failure EXIT_DATA and "NAME:LINE:COLUMN: what". */
json_t *jx_parse(const char *text, size_t length, const char *name, Err *err);
json_t *jx_read(FILE *in, const char *name, Err *err);
json_t *jx_load(const char *path, Err *err);

/* Whether doc is an object whose "format" is format; EXIT_DATA naming both otherwise. */
bool jx_check_format(const json_t *doc, const char *format, const char *name, Err *err);

/* Canonical text of a value, from malloc. Never NULL for a value made by jx_parse or jx_set. */
char *jx_text(const json_t *value);
/* A document: one top-level member a line, "format" first and the rest sorted, each in canonical
 * text, newline at the end. */
bool jx_write(const json_t *doc, FILE *out, Err *err);
/* The same indented for eyes. */
bool jx_write_pretty(const json_t *doc, FILE *out, Err *err);
/* Replaces path by the document, atomically. */
bool jx_store(const json_t *doc, const char *path, mode_t mode, Err *err);
/* A JSON string literal of these bytes, exactly as jansson writes it. */
void jx_add_string(Buffer *out, const char *text, size_t length);
void jx_put_string(FILE *out, const char *text, size_t length);
/* Whether that literal is the text itself between quotes. */
bool jx_is_bare(const char *text);

/* Sets a member, taking over value (also on failure). False with EXIT_DATA when value is NULL: a
 * text that is not UTF-8, for example. */
bool jx_set(json_t *object, const char *key, json_t *value, Err *err);
bool jx_append(json_t *array, json_t *value, Err *err);

/* A read-only view of an object in a struct; strings are borrowed from the object. */
typedef enum JxType {
    JX_END,
    JX_STRING,
    JX_STRING_OPT,
    JX_BOOL,
    JX_INT,
    JX_ARRAY,
    JX_OBJECT
} JxType;
typedef struct JxField {
    const char *name;
    JxType type;
    size_t offset; /* of a const char *, bool, json_int_t or const json_t * */
} JxField;

/* Fills view by the table. Members absent or null leave what is there ({0}), except JX_STRING,
 * which must be. A member of another type is EXIT_DATA. Members not in the table are ignored. */
bool jx_view(const json_t *object, const JxField *fields, void *view, Err *err);

/* Short forms for foreign or optional members: never fail. */
const char *jx_string(const json_t *object, const char *key, const char *otherwise);
/* Of an item of an array: its text, "" when it is none. */
const char *jx_item(const json_t *item);
/* Whether an array has that text among its items. */
bool jx_has_item(const json_t *array, const char *text);
json_int_t jx_int(const json_t *object, const char *key, json_int_t otherwise);
bool jx_bool(const json_t *object, const char *key);

#endif
