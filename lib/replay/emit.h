/* Between the modules that write the catalog as snapshot objects. */
#ifndef REPLAY_EMIT_H
#define REPLAY_EMIT_H

#include "replay/parts.h"

typedef struct Emit {
    Replay *replay;
    Catalog *catalog;
    Arena *arena;
    const char *const *include;
    const char *const *exclude;
    Err *err;
    bool failed;
} Emit;

/* Objects on the way to their place. */
typedef struct Rows {
    Vec rows;
} Rows;

void emit_set(Emit *emit, json_t *object, const char *name, json_t *value);
void emit_text(Emit *emit, json_t *object, const char *name, const char *text);
void emit_flag(Emit *emit, json_t *object, const char *name, bool value);
void emit_texts(Emit *emit, json_t *object, const char *name, const Vec *texts);
/* The names of columns; "" for NULL, an expression. */
void emit_columns_of(Emit *emit, json_t *object, const char *name, const Vec *columns);
void emit_inexact(Emit *emit, json_t *object, const Vec *inexact);
/* Owner, grants and revokes: before emit_inexact, for they may be in doubt. */
void emit_rights(Emit *emit, json_t *object, const Rights *rights);
/* "disabled", "replica", "always". */
void emit_firing(Emit *emit, json_t *object, char firing);

bool emit_shows(const Emit *emit, const char *schema);
const char *emit_qualified(Emit *emit, const Relation *relation);
/* The text of an index's key. */
const char *emit_key(Emit *emit, const Relation *relation, const IndexKey *key, bool order);
json_t *emit_head(Emit *emit, const char *id, const char *schema, const char *name);
void emit_row(Emit *emit, Rows *rows, const char *id, json_t *object);
void emit_rows(Emit *emit, json_t *object, const char *name, Rows *rows);

/* ---- emit_thing.c ---- */
void emit_things(Emit *emit, KindId kind, Rows *rows);
void emit_rules(Emit *emit, json_t *object, const Relation *relation);

/* ---- emit_member.c ---- */
/* What types are written of among the members of the extensions there are, behind all objects. */
bool emit_members(Emit *emit, SnapshotWriter *writer);

#endif
