/* What the official CLI writes, as the base of a file of types: taken out of what it says beside,
 * looked at whether it is whole, and with the types that people say put in. It stays laid out as it
 * is. */
#ifndef TYPES_OFFICIAL_H
#define TYPES_OFFICIAL_H

#include "base/buffer.h"
#include "types/override.h"
#include "types/script.h"

typedef struct Official {
    const char *text; /* from "export type Json" to the end of its last line; borrowed */
    size_t length;
    Script script; /* the same, read */
} Official;

/* Takes the types out of the program's output. EXIT_UNAVAILABLE where they are not there or cut
 * short: then nothing can be said of the output but that. The script lives in the arena. */
bool official_read(Arena *arena, const char *output, size_t length, Official *ret, Err *err);

/* Adds the types to out. Overrides and brands of columns of tables and views stand where the
 * official type stood, null as that had it; what is never written stays so. Those of types of
 * PostgreSQL are left out with a note, since the text does not name them, and comments are not
 * known. overrides may be NULL. */
void official_put(const Official *official, Overrides *overrides, Buffer *out);

#endif
