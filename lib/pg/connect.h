/* Opening a connection: what holds unless the user says otherwise, and what to do when it fails.
 *
 * A host that is not this machine is spoken to by TLS that checks the server's certificate and name
 * (sslmode=verify-full): libpq's own default, prefer, lets whoever is in between take it away
 * unseen. What the user says in conninfo, service file or environment wins always. Nothing is ever
 * sent as startup options, which transaction poolers refuse. Source: the libpq chapters "Parameter
 * Key Words" and "SSL Support". */
#ifndef PG_CONNECT_H
#define PG_CONNECT_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

/* A libpq key word and its value; a list ends with a NULL keyword. */
typedef struct ConnectOption {
    const char *keyword;
    const char *value;
} ConnectOption;

enum { CONNECT_OPTIONS_MAX = 16 };

/* All that connecting takes, from conninfo, environment, service file and our defaults; in the
 * arena. NULL: err filled. */
const ConnectOption *connect_options(const char *conninfo, const char *program, Arena *arena,
                                     Err *err);
/* Connects as db_open says. NULL: err filled. */
PGconn *connect_open(const ConnectOption *options, Err *err);
enum { CONNECT_CANCEL = 'c' };
/* The same for a connection that may as well not be had, in 10 s at most (but for looking up its
 * name) and to the first address that answers. NULL without a word, also soon after CONNECT_CANCEL
 * was written to the pipe whose other end is words; other bytes there are passed over. */
PGconn *connect_open_aside(const ConnectOption *options, int words);
/* "host:port/database", for messages. */
void connect_where(const PGconn *connection, char *where, size_t size);
/* Whether conninfo itself carries a password. What cannot be read may hold one that is not encoded:
 * true. */
bool connect_has_password(const char *conninfo);

/* What the user says, and libpq's defaults for what connect_defaults does not know; strings in the
 * arena. The environment is changed for the time of the call. NULL: conninfo cannot be read. */
const ConnectOption *connect_user(const char *conninfo, Arena *arena, Err *err);
/* What is set beside it: only what the user did not. roots is from connect_roots. */
const ConnectOption *connect_defaults(const ConnectOption *user, const char *roots, Arena *arena);
/* The sslrootcert that stands for the authorities this machine trusts, for this PQlibVersion():
 * "system" where libpq knows it (16), else SSL_CERT_FILE or the system's bundle. NULL: there is
 * none, or the user keeps ~/.postgresql/root.crt. */
const char *connect_roots(int libpq_version);
/* Whether no network is in between: socket directory, "localhost", loopback address, or "" for
 * libpq's default. A name is never looked up: only what cannot lead elsewhere is local. */
bool connect_is_local(const char *host);

/* A failure, from libpq's or a server's text. */
typedef struct ConnectFailure {
    ExitCode code;
    const char *line; /* the line that tells why, in text */
    int length;
    const char *remedy;  /* NULL: none is known */
    const char *project; /* to be written behind the remedy: "" or the Supabase project's name */
    int project_length;
} ConnectFailure;

/* host is the one that was tried. otherwise is the code of what is not in the table. libpq keeps
 * the SQLSTATE of a connection that failed to itself, so the words decide. */
ConnectFailure connect_failure(const char *text, const char *host, ExitCode otherwise);
/* Adds the remedy behind the message, if there is one. Returns false. */
bool connect_advise(const ConnectFailure *failure, Err *err);

#endif
