#include "replay/builtin.h"

#include <stdlib.h>
#include <string.h>

#include "replay/builtin.inc"

#define LENGTH(table) (sizeof(table) / sizeof *(table))

const BuiltinType *builtin_type(Oid oid)
{
    size_t low = 0;
    size_t high = LENGTH(types);

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (types[middle].oid == oid)
            return &types[middle];
        if (types[middle].oid < oid)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const BuiltinType *builtin_type_named(const char *name)
{
    for (size_t i = 0; i < LENGTH(types); i++) {
        if (strcmp(types[i].name, name) == 0)
            return &types[i];
    }
    return NULL;
}

const BuiltinFunction *builtin_functions(const char *name, size_t *ret_count)
{
    size_t low = 0;
    size_t high = LENGTH(functions);
    size_t count = 0;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (strcmp(functions[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    while (low + count < LENGTH(functions) && strcmp(functions[low + count].name, name) == 0)
        count++;
    *ret_count = count;
    return count ? &functions[low] : NULL;
}

const unsigned short *builtin_arguments(const BuiltinFunction *function)
{
    return arguments + function->first;
}

const BuiltinOperator *builtin_operators(const char *name, size_t *ret_count)
{
    size_t low = 0;
    size_t high = LENGTH(operators);
    size_t count = 0;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (strcmp(operators[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    while (low + count < LENGTH(operators) && strcmp(operators[low + count].name, name) == 0)
        count++;
    *ret_count = count;
    return count ? &operators[low] : NULL;
}

const BuiltinCast *builtin_cast(Oid source, Oid target)
{
    for (size_t i = 0; i < LENGTH(casts); i++) {
        if (casts[i].source == source && casts[i].target == target)
            return &casts[i];
    }
    return NULL;
}

const BuiltinClass *builtin_classes(size_t *ret_count)
{
    *ret_count = LENGTH(classes);
    return classes;
}

const BuiltinType *builtin_types(size_t *ret_count)
{
    *ret_count = LENGTH(types);
    return types;
}

const BuiltinFunction *builtin_all_functions(size_t *ret_count)
{
    *ret_count = LENGTH(functions);
    return functions;
}
