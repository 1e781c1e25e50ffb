/* Replays migrations: statement after statement changes a catalog, at the end the catalog is
 * written as a snapshot.
 *
 * What cannot be replayed is never passed over in silence: it becomes a warning "file:line: why",
 * and a member that is not certain is listed in its object's "inexact". */
#ifndef REPLAY_REPLAY_H
#define REPLAY_REPLAY_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "model/snapshot.h"
#include "replay/catalog.h"
#include "sql/parse.h"

enum { REPLAY_WARNINGS_MAX = 1000 };

typedef struct Replay {
    Catalog *catalog;
    Arena *arena;     /* the catalog's */
    json_t *warnings; /* array of strings, REPLAY_WARNINGS_MAX at most */
    size_t unsaid;    /* how many more there were */
    size_t parsed;    /* statements of files, and those that the grammar refused */
    size_t refused;
    const char *file; /* of the statement at hand; NULL: what was there before */
    const char *text;
    size_t offset;
    SqlPlace place;             /* to count its lines */
    bool supabase;              /* what its platform makes is there from the start */
    bool extensions;            /* members of an extension are being made */
    const Extension *extension; /* which */
    bool filled;                /* any table may have rows */
    Vec settings;               /* const char *: of somebody's own that were set */
    bool only;                  /* ALTER TABLE ONLY is at work: children do not follow */
    bool partly;            /* of the kind that the statement at hand is about not all are known */
    bool catching;          /* behind EXCEPTION: what fails is told in failure, not warned of */
    bool doubtful_defaults; /* it is not known what rights new objects start with */
    bool doubtful_roles;    /* any role may have been made */
    Vec strangers;          /* const char *: roles that nobody made, as a warning has told */
    const char *failure;    /* "duplicate", "undefined", or "unknown": perhaps it does not fail */
    size_t depth;           /* of functions that run each other */
    Vec bodies;             /* of functions, followed: see effects.c */
    const char *path_text;  /* the search_path in force, as SHOW has it */
    const char *role;       /* that makes objects; NULL: the database's owner */
    const char *session_role; /* what RESET ROLE makes it again */
    bool within;              /* a transaction, until whose end SET LOCAL holds */
    struct {
        Vec path;
        const char *path_text;
        const char *role;
    } lasting;               /* what holds then */
    int server_version;      /* whose privileges ALL stands for */
    bool unread[KIND_COUNT]; /* sections that something not replayed belongs to */
    Vec values;              /* json_t: what the catalog's objects hold of them */
    Vec parses;              /* SqlParse: names in the catalog point into the trees */
    size_t copied;           /* bytes, for what may have to be taken back: see undo.c */
} Replay;

/* supabase: start with what every Supabase project has (auth, storage, extensions); otherwise with
 * an empty PostgreSQL that at least knows auth.uid() and its like. */
Replay *replay_open(bool supabase);
void replay_close(Replay **replay);

/* Replays one file; text is blanked in place where it is not SQL (sql/split.h). */
void replay_text(Replay *replay, const char *name, char *text, size_t length);

/* Adds a warning as it stands: "file:line: why". */
void replay_say(Replay *replay, const char *warning);
/* The same for the statement at hand. */
void replay_warn(Replay *replay, const char *format, ...) PRINTF(2, 3);

/* The names of the sections that cannot be known, as meta.unread has them. */
json_t *replay_unread(const Replay *replay);

/* Writes what include and exclude leave (model/scope.h), sections in order. */
bool replay_write(Replay *replay, const char *const *include, const char *const *exclude,
                  SnapshotWriter *writer, Err *err);

#endif
