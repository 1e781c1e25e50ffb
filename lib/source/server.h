/* A PostgreSQL server of our own: from programs found on this machine, on a socket in a directory
 * that nobody else may enter, without TCP, confined where the system can (source/confine.h), and
 * gone with us.
 *
 * Its directory, made where files are in memory if there is such a place:
 *
 *   BASE/schema-shadow-XXXXXX/        ours
 *     lock                            held while we live: who can take it may remove all
 *     run/                            the server's: its socket and
 *       data/
 *
 * Root cannot run a server: then it runs as nobody, who owns nothing else. One thread waits for
 * what would end us, to take the server along. */
#ifndef SOURCE_SERVER_H
#define SOURCE_SERVER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/proc.h"

/* Where PostgreSQL's programs are, in the arena: given, if there is any; else the newest that
 * PATH, the distributions' places and the project's node_modules have. project: a directory, or
 * NULL. EXIT_UNAVAILABLE: nowhere; EXIT_CONFIG: not in given. */
const char *server_find(const char *given, const char *project, Arena *arena, Err *err);

typedef struct Server Server;

/* A directory for one, with no data yet; what died left behind is cleaned first. */
Server *server_open(const char *bin, Err *err);
/* Stops it and removes the directory. Fits CLEANUP. */
void server_close(Server **server);

/* Where data is, and whose it must be (NULL: ours). */
const char *server_data(const Server *server);
const ProcUser *server_user(const Server *server);
/* What to connect to. */
const char *server_conninfo(const Server *server);

/* initdb. */
bool server_make_data(Server *server, Err *err);
/* Starts it on what is in data, and waits until it answers. */
bool server_start(Server *server, Err *err);
/* False when it was killed because it took more than 15 minutes or 4 GB of files (on Linux): err
 * says that then instead of what came of it. Where one of its processes wants more than 4 GB of
 * memory, that alone fails. */
bool server_blame(const Server *server, Err *err);
/* Ends it; clean: so that data may be used again. */
bool server_stop(Server *server, bool clean, Err *err);

#endif
