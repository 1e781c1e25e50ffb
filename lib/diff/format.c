#include "diff/format.h"

#include <string.h>

#include "json/jx.h"

#define ROW(name, write, reads_snapshots) {name, write, reads_snapshots},
static const Format formats[] = {FORMATS(ROW)};

#define NAME(name, write, reads_snapshots) name,
const char *const format_names[] = {FORMATS(NAME) NULL};

#define HELP(name, write, reads_snapshots) " " name
const char format_help[] = "text on a terminal, json elsewhere; or one of" FORMATS(HELP);

const Format *format_by_name(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

bool format_json(const json_t *changes, const FormatContext *context, FILE *out, Err *err)
{
    (void)context;
    return jx_write(changes, out, err);
}
