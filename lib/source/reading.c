#include "source/reading.h"

#include <stdlib.h>

void reading_free(Reading *reading)
{
    for (int i = 0; i < QUERY_MAX; i++)
        rows_free(&reading->rows[i]);
    index_forms_free(&reading->forms);
    names_free(&reading->names);
    arena_free(&reading->arena);
}

int64_t reading_latest(const Reading *reading, const Rows *rows)
{
    return reading->latest + (int32_t)((uint32_t)rows->reference - (uint32_t)reading->reference);
}

int64_t reading_transaction(const Reading *reading, const Rows *rows, const char *age)
{
    enum { PERMANENT = 2147483647 }; /* age() of what has no transaction of its own */
    long long value = age ? strtoll(age, NULL, 10) : PERMANENT;

    return value == PERMANENT ? 0 : reading_latest(reading, rows) - value;
}

bool reading_torn(Err *err)
{
    return err_set(err, EXIT_TEMPFAIL, "the schema changed while it was read");
}
