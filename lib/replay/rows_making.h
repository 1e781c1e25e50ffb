/* How the rows of catalogs (replay/rows.h) are made: of lib/replay/rows*.c alone. */
#ifndef REPLAY_ROWS_MAKING_H
#define REPLAY_ROWS_MAKING_H

#include "replay/parts.h"
#include "replay/rows.h"

typedef struct Making {
    Replay *replay;
    Arena *arena;
    Catalog *catalog;
    RowSet *set;
} Making;

typedef void MakeFn(Making *making);
typedef void RelationFn(Making *making, Relation *relation);

typedef struct RowsCatalog {
    const char *name;
    MakeFn *make; /* NULL: nothing is known of its rows */
    KindId kind;  /* when this section is not known, neither is the catalog */
    const char *names[16];
} RowsCatalog;

/* ---- rows.c ---- */

extern const char rows_server_schema[];
extern const char rows_standard_schema[];
extern const char making_something[];
/* The values in the order of the names; what is left out at the end is not known. */
void making_add(Making *making, bool maybe, const Value *first, ...) SENTINEL;
const Value *making_text(Making *making, const char *value);
const Value *making_letter(Making *making, char value);
const Value *making_number(Making *making, int64_t value);
const Value *making_object(Making *making, char of, const void *value);
const Value *making_database(Making *making);
/* A text of which only that it is there is known. */
const Value *making_some_text(Making *making);
const Value *making_yes_no(Making *making, bool value);
const Value *making_schema(Making *making, const char *name);
/* What only every Supabase project has is there only in one. */
bool making_is_there(const Making *making, bool known);
bool making_schema_is_there(const Making *making, const Schema *schema_);
bool making_is_table(const Relation *relation);
bool making_has_columns(const Relation *relation);
bool making_in_doubt(const Relation *relation, const char *member);
const Value *making_owner(Making *making, const Rights *rights);
void making_relations(Making *making, RelationFn *fn);

/* ---- rows_server.c ---- */

extern const RowsCatalog rows_of_server[];

/* ---- rows_standard.c ---- */

extern const RowsCatalog rows_of_standard[];

#endif
