/* A PostgreSQL connection: many queries in one round trip, results row by row.
 *
 * Never puts a password in a message: an address is named by host, port and database. Errors carry
 * the exit code that fits the server's SQLSTATE (one table in db.c). */
#ifndef PG_DB_H
#define PG_DB_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

typedef struct Db Db;
/* Where a connection is to lead. */
typedef struct DbTarget DbTarget;

/* What a column's type asks for. Source: pg_type.dat. */
typedef enum DbType {
    DB_TEXT,
    DB_BOOL,
    DB_INT, /* int2, int4, int8, oid */
    DB_TEXT_ARRAY,
    DB_JSON,
    DB_ACL,     /* aclitem[] */
    DB_NUMBERS, /* int2[], int2vector: numbers of a relation's columns */
} DbType;

/* A parameter: its type and its text as PostgreSQL reads it; NULL is an SQL null. */
typedef enum DbParameterType {
    DB_PARAMETER_TEXT,
    DB_PARAMETER_TEXTS,
    DB_PARAMETER_OIDS,
    DB_PARAMETER_XID
} DbParameterType;
typedef struct DbParameter {
    DbParameterType type;
    const char *value;
} DbParameter;
enum { DB_PARAMETERS_MAX = 8 };

/* Where conninfo leads, made out once: connections to it may then be opened in several threads, for
 * nothing changes the environment any more. conninfo: a URL or keywords as libpq takes them; ""
 * leaves all to PGHOST, PGDATABASE, service and password files. program is shown in
 * pg_stat_activity. In the arena. NULL: EXIT_CONFIG, conninfo cannot be read. */
const DbTarget *db_target(const char *conninfo, const char *program, Arena *arena, Err *err);
/* Unless the user says otherwise, connecting takes 10 s at most, and a host that is not this
 * machine is spoken to by checked TLS (pg/connect.h). EXIT_UNAVAILABLE: not reached; EXIT_TEMPFAIL:
 * no connection is free; EXIT_DENIED: password or right refused; EXIT_CONFIG: the server's TLS or
 * pooler asks for another conninfo. The message ends with the remedy where one is known. */
Db *db_open(const DbTarget *target, Err *err);
/* A connection that may as well not be had; see connect_open_aside. */
Db *db_open_aside(const DbTarget *target, int words);
/* From another thread than the one that waits for an answer: there will be none, the connection is
 * lost. */
void db_abandon(const Db *db);
/* Whether conninfo itself carries a password, which then must not stand on a command line. */
bool db_has_password(const char *conninfo);
void db_close(Db **db);

/* Statements without results, several in one round trip, separated by semicolons. */
bool db_execute(Db *db, const char *sql, Err *err);

/* What the server has against a statement. */
typedef struct DbProblem {
    char sqlstate[6]; /* "" when there is none */
    char text[512];   /* its message, one line */
    size_t position;  /* the character of the statement, from 1; 0: not told */
} DbProblem;

/* A statement of somebody else's, whatever it is: rows are thrown away, COPY FROM stdin gets none.
 * False: the server refused it (ret->sqlstate), or err: the connection was lost, or the statement
 * takes longer than that, EXIT_TEMPFAIL, and the connection is of no more use. */
bool db_try(Db *db, const char *sql, int timeout_ms, DbProblem *ret, Err *err);
/* Whether a transaction is under way. */
bool db_is_within(const Db *db);
/* Sends statements, separated by semicolons, as one simple query: they are one transaction, and are
 * answered one by one as those of a queue are, to db_finish. */
bool db_send(Db *db, const char *sql, Err *err);
/* Queues a statement, sent with all others by db_flush in one round trip. It may leave parameters
 * unused. */
bool db_queue(Db *db, const char *sql, const DbParameter *parameters, int count, Err *err);
bool db_flush(Db *db, Err *err);
/* Queues that the server is to send its answers so far, rather than wait until it has many. */
bool db_queue_answer(Db *db, Err *err);
/* The next row of the query at hand: 1; its end: 0, and the next call is about the next query
 * queued; -1: err filled, and the rest of the queue is lost. A query whose end was reported still
 * names its columns (db_columns) until then. What of a value is not UTF-8 is question marks. */
int db_row(Db *db, Err *err);
/* The next statement of the queue, which gives no rows (BEGIN, say) or whose rows are of no use. */
bool db_skip(Db *db, Err *err);
/* After the last query of a queue. */
bool db_finish(Db *db, Err *err);
/* After a failure: reads what is left of the queue and rolls back. False when the connection is
 * lost. */
bool db_recover(Db *db, Err *err);
/* The SQLSTATE of the last statement that failed; "" when none did or the connection was lost. */
const char *db_sqlstate(const Db *db);

/* Of the row at hand. */
int db_columns(const Db *db);
const char *db_column_name(const Db *db, int column);
DbType db_column_type(const Db *db, int column);
/* NULL for an SQL null. */
const char *db_value(const Db *db, int column);
/* The same, and how many bytes it has. */
const char *db_value_length(const Db *db, int column, size_t *ret_length);

/* The array syntax of a NULL-terminated list, and the elements of an array's text (one dimension,
 * nulls as ""), NULL-terminated; both in the arena. */
char *db_array_text(Arena *arena, const char *const *items);
const char **db_array_items(Arena *arena, const char *text);

#endif
