/* Files of types read back: the Database type and the constants of what this generator and the
 * official ones write, in any layout (with semicolons or without, as prettier or oxfmt break it, or
 * not broken at all), with other code around.
 *
 * Types are the TypeScript type expressions that stand in such files, and what people put there:
 * unions, intersections, arrays, tuples, objects, index and mapped members, generics, indexed
 * access, literals, templates, functions, conditional types, keyof, typeof and import("...").
 * Methods, constructors and generic functions are not among them. Source: the grammar of types in
 * the TypeScript language specification, section A.1. */
#ifndef TYPES_SCRIPT_H
#define TYPES_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/err.h"

enum { SCRIPT_DEPTH_MAX = 64 };

typedef enum ScriptKind {
    SCRIPT_TEXT,     /* text; binds tighter than any operator */
    SCRIPT_COMPOUND, /* text; has to stand in parentheses inside of others */
    SCRIPT_OBJECT,   /* its members have keys */
    SCRIPT_UNION,    /* of two members or more */
    SCRIPT_LIST,     /* a tuple */
    SCRIPT_ARRAY     /* of its one member */
} ScriptKind;

typedef struct ScriptType ScriptType;
struct ScriptType {
    ScriptKind kind;
    const char *text; /* of TEXT and COMPOUND; the others' is made by script_text */
    ScriptType *first;
    ScriptType *last;
    ScriptType *next;
    size_t count;    /* of members */
    const char *key; /* as a member of an object: bare, or a literal, or "[...]" */
    bool is_optional;
    bool is_readonly;
    const char *start; /* ... and where its type stands in the text, borrowed */
    size_t length;
    size_t line;
};

typedef struct ScriptStatement ScriptStatement; /* at top level, but Database and Constants */
struct ScriptStatement {
    const char *name; /* "type Tables", "import ..." */
    const char *text; /* on one line */
    size_t line;
    ScriptStatement *next;
};

typedef struct Script {
    const ScriptType *database;
    const ScriptType *constants; /* NULL: older generators have none */
    ScriptStatement *statements;
} Script;

/* All of it lives in the arena. False with EXIT_DATA and "line N: what" where the text is not
 * understood as generated types. */
bool script_read(Arena *arena, const char *text, size_t length, Script *ret, Err *err);

/* The text as one type expression, and nothing else: on one line, without comments, control
 * characters or marks that reorder what is read. NULL with EXIT_DATA and the reason. So whatever it
 * is, the type ends where the text ends. */
const ScriptType *script_type(Arena *arena, const char *text, Err *err);
/* The same for what stands in braces at *text, which moves behind the closing one. */
const ScriptType *script_type_in_braces(Arena *arena, const char **text, Err *err);

/* The type on one line. */
const char *script_text(Arena *arena, const ScriptType *type);
/* Whether it has characters that end a line or change the direction of reading. */
bool script_is_hidden(const char *text, size_t length);
const ScriptType *script_member(const ScriptType *object, const char *key);

/* SHA-256 of what the text says, however it is laid out: blanks, line ends, semicolons, commas,
 * leading bars, the kind of quotes and the quotes of keys do not count; comments do. */
void script_digest(const char *text, size_t length, char ret[DIGEST_HEX_SIZE]);

#endif
