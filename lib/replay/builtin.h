/* What a fresh PostgreSQL 15 knows: rows taken from its system catalogs by scripts/make-builtin.sh.
 * Oids are the server's own. */
#ifndef REPLAY_BUILTIN_H
#define REPLAY_BUILTIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t Oid;

/* The types the replay treats in their own way. Source: pg_type.dat. */
enum {
    BOOLOID = 16,
    BYTEAOID = 17,
    CHAROID = 18,
    NAMEOID = 19,
    INT8OID = 20,
    INT2OID = 21,
    INT2VECTOROID = 22,
    INT4OID = 23,
    TEXTOID = 25,
    OIDOID = 26,
    OIDVECTOROID = 30,
    JSONOID = 114,
    XMLOID = 142,
    FLOAT4OID = 700,
    FLOAT8OID = 701,
    UNKNOWNOID = 705,
    INETOID = 869,
    BPCHAROID = 1042,
    VARCHAROID = 1043,
    DATEOID = 1082,
    TIMEOID = 1083,
    TIMESTAMPOID = 1114,
    TIMESTAMPTZOID = 1184,
    INTERVALOID = 1186,
    TIMETZOID = 1266,
    BITOID = 1560,
    VARBITOID = 1562,
    NUMERICOID = 1700,
    REGCLASSOID = 2205,
    RECORDOID = 2249,
    CSTRINGOID = 2275,
    ANYOID = 2276,
    ANYARRAYOID = 2277,
    VOIDOID = 2278,
    TRIGGEROID = 2279,
    ANYELEMENTOID = 2283,
    RECORDARRAYOID = 2287,
    ANYNONARRAYOID = 2776,
    UUIDOID = 2950,
    ANYENUMOID = 3500,
    TSQUERYOID = 3615,
    REGCONFIGOID = 3734,
    JSONBOID = 3802,
    ANYRANGEOID = 3831,
    ANYMULTIRANGEOID = 4537,
    ANYCOMPATIBLEMULTIRANGEOID = 4538,
    ANYCOMPATIBLEOID = 5077,
    ANYCOMPATIBLEARRAYOID = 5078,
    ANYCOMPATIBLENONARRAYOID = 5079,
    ANYCOMPATIBLERANGEOID = 5080,
    BUILTIN_OID_END = 16384
};

typedef struct BuiltinType {
    unsigned short oid;
    const char *name;
    const char *shown; /* format_type's text when it is not the name */
    char kind;         /* pg_type.typtype */
    char category;     /* pg_type.typcategory */
    unsigned char preferred;
    unsigned short element;
    unsigned short array;
    unsigned short collation;
} BuiltinType;

typedef struct BuiltinFunction {
    unsigned short oid;
    const char *name;
    unsigned short result;
    unsigned char count;
    unsigned short first; /* of its arguments, in the pool */
    char kind;            /* f, p, w; a, o, h: aggregate by pg_aggregate.aggkind */
    unsigned char set;
    unsigned char defaults;
    unsigned short variadic; /* the element type, or 0 */
    unsigned char direct;    /* pg_aggregate.aggnumdirectargs */
    const char *names;       /* comma list over all arguments, or NULL */
    const char *all;         /* "i25,o3802": mode and type of all arguments, or NULL */
} BuiltinFunction;

typedef struct BuiltinOperator {
    const char *name;
    unsigned short left; /* 0: prefix */
    unsigned short right;
    unsigned short result;
} BuiltinOperator;

typedef struct BuiltinCast {
    unsigned short source;
    unsigned short target;
    unsigned short function; /* 0: none needed */
    char context;            /* i implicit, a assignment, e explicit */
    char method;             /* f function, b binary, i text form */
} BuiltinCast;

typedef struct BuiltinClass {
    const char *method;
    const char *name;
    unsigned short type;
    unsigned char is_default;
} BuiltinClass;

const BuiltinType *builtin_type(Oid oid);
const BuiltinType *builtin_type_named(const char *name);
/* All of them. */
const BuiltinType *builtin_types(size_t *ret_count);
const BuiltinFunction *builtin_all_functions(size_t *ret_count);
/* The first of *ret_count rows of that name, or NULL. */
const BuiltinFunction *builtin_functions(const char *name, size_t *ret_count);
const unsigned short *builtin_arguments(const BuiltinFunction *function);
const BuiltinOperator *builtin_operators(const char *name, size_t *ret_count);
const BuiltinCast *builtin_cast(Oid source, Oid target);
/* All operator classes of all access methods. */
const BuiltinClass *builtin_classes(size_t *ret_count);

#endif
