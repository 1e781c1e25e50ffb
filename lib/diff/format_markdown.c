#include "diff/format.h"
bool format_markdown(const json_t *changes, const FormatContext *context, FILE *out, Err *err)
{
    (void)changes;
    (void)context;
    (void)out;
    (void)err;
    return true;
}
