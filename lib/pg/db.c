#include "pg/db.h"

#include <errno.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/text.h"
#include "pg/connect.h"

struct Db {
    PGconn *connection;
    int socket;
    char where[256];
    PGresult *result; /* holds the row at hand */
    bool ended;       /* the query at hand has given its last row */
    bool open;        /* queries were queued since the last db_flush */
    char sqlstate[6]; /* of the last failure */
};

static const struct {
    const char *prefix; /* of the SQLSTATE, longest first */
    ExitCode code;
} codes[] = {
    {"08", EXIT_UNAVAILABLE},  /* connection exception */
    {"25P03", EXIT_TEMPFAIL},  /* idle in a transaction for too long */
    {"25P04", EXIT_TEMPFAIL},  /* transaction timeout */
    {"28", EXIT_DENIED},       /* invalid authorization */
    {"3D", EXIT_UNAVAILABLE},  /* no such database */
    {"40", EXIT_TEMPFAIL},     /* serialization, conflict with recovery */
    {"42501", EXIT_DENIED},    /* insufficient privilege */
    {"53", EXIT_TEMPFAIL},     /* insufficient resources */
    {"55006", EXIT_TEMPFAIL},  /* object in use */
    {"55P03", EXIT_TEMPFAIL},  /* lock not available */
    {"57014", EXIT_TEMPFAIL},  /* statement timeout */
    {"57P", EXIT_UNAVAILABLE}, /* shutting down, cannot connect now */
    {"58", EXIT_UNAVAILABLE},  /* the server's own trouble with files */
    {"XX000", EXIT_TEMPFAIL},  /* a catalog function met an object that was just dropped */
};

static ExitCode code_of(const char *sqlstate)
{
    for (size_t i = 0; sqlstate && i < sizeof codes / sizeof *codes; i++)
        if (strncmp(sqlstate, codes[i].prefix, strlen(codes[i].prefix)) == 0)
            return codes[i].code;
    return EXIT_SOFTWARE;
}

/* libpq's texts end in a newline and may have several lines: the first says enough. */
static int first_line(const char *text)
{
    return (int)strcspn(text, "\n");
}

/* What libpq says itself. A transaction pooler logs in to its server only when the first query
 * comes: what it says then is what others say at the door. */
static bool library_err(const Db *db, const char *text, Err *err)
{
    bool lost = PQstatus(db->connection) == CONNECTION_BAD;
    ConnectFailure failure = {EXIT_UNAVAILABLE, text, first_line(text), NULL, "", 0};

    if (strstr(text, "FATAL:") || strstr(text, "out of memory"))
        failure = connect_failure(text, PQhost(db->connection), EXIT_UNAVAILABLE);
    err_set(err, failure.code, "the connection to '%s' %s: %.*s", db->where,
            lost ? "was lost" : "failed", failure.length, failure.line);
    return connect_advise(&failure, err);
}

static bool connection_err(const Db *db, Err *err)
{
    return library_err(db, PQerrorMessage(db->connection), err);
}

static bool result_err(Db *db, const PGresult *result, Err *err)
{
    const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY);
    ConnectFailure failure = {.code = code_of(sqlstate)};

    snprintf(db->sqlstate, sizeof db->sqlstate, "%s", sqlstate ? sqlstate : "");
    if (!sqlstate && (!result || PQstatus(db->connection) == CONNECTION_BAD))
        return connection_err(db, err);
    if (!sqlstate && *PQresultErrorMessage(result))
        return library_err(db, PQresultErrorMessage(result), err);
    text = text ? text : "no reason given";
    if (severity && strcmp(severity, "FATAL") == 0)
        failure = connect_failure(text, PQhost(db->connection), failure.code);
    err_set(err, failure.code, "'%s' refused a query: %.*s (SQLSTATE %s)", db->where,
            first_line(text), text, sqlstate ? sqlstate : "none");
    return connect_advise(&failure, err);
}

bool db_has_password(const char *conninfo)
{
    return connect_has_password(conninfo);
}

/* What the server says on the way is not for our stderr. */
static void notice_ignore(void *context, const PGresult *result)
{
    (void)context;
    (void)result;
}

struct DbTarget {
    const ConnectOption *options;
};

const DbTarget *db_target(const char *conninfo, const char *program, Arena *arena, Err *err)
{
    DbTarget *target = arena_alloc(arena, sizeof *target);

    target->options = connect_options(conninfo, program, arena, err);
    return target->options ? target : NULL;
}

static Db *opened(PGconn *connection)
{
    if (!connection)
        return NULL;
    PQsetNoticeReceiver(connection, notice_ignore, NULL);
    Db *db = arena_realloc_or_exit(NULL, sizeof *db);
    *db = (Db){.connection = connection, .socket = PQsocket(connection)};
    connect_where(connection, db->where, sizeof db->where);
    return db;
}

Db *db_open(const DbTarget *target, Err *err)
{
    return opened(connect_open(target->options, err));
}

Db *db_open_aside(const DbTarget *target, int words)
{
    return opened(connect_open_aside(target->options, words));
}

void db_abandon(const Db *db)
{
    shutdown(db->socket, SHUT_RDWR);
}

void db_close(Db **db)
{
    if (!*db)
        return;
    PQclear((*db)->result);
    PQfinish((*db)->connection);
    free(*db);
    *db = NULL;
}

bool db_execute(Db *db, const char *sql, Err *err)
{
    PGresult *result = PQexec(db->connection, sql);
    ExecStatusType status = PQresultStatus(result);
    bool ok = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;

    if (!ok)
        result_err(db, result, err);
    PQclear(result);
    return ok;
}

/* A text that filled its room may have been cut within a character: that goes. */
static void cut(char *text, size_t size)
{
    size_t length = strlen(text);

    if (length + 1 < size)
        return;
    while (length > 0 && (text[length - 1] & 0xC0) == 0x80)
        length--;
    length -= length > 0 && (text[length - 1] & 0x80);
    text[length] = '\0';
}

static void problem_fill(const PGresult *result, DbProblem *ret)
{
    const char *text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *position = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
    const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);

    text = text ? text : "no reason given";
    snprintf(ret->sqlstate, sizeof ret->sqlstate, "%s", sqlstate ? sqlstate : "XX000");
    snprintf(ret->text, sizeof ret->text, "%.*s", first_line(text), text);
    cut(ret->text, sizeof ret->text);
    ret->position = position ? strtoul(position, NULL, 10) : 0;
}

/* COPY in either direction comes to its end. */
static void copy_end(PGconn *connection, ExecStatusType status)
{
    char *row = NULL;

    if (status == PGRES_COPY_IN)
        PQputCopyEnd(connection, NULL);
    while (status == PGRES_COPY_OUT && PQgetCopyData(connection, &row, 0) > 0)
        PQfreemem(row);
}

/* Whether a result can be taken without waiting, in time. */
static bool comes(Db *db, int64_t until, Err *err)
{
    for (;;) {
        struct pollfd fd = {.fd = db->socket, .events = POLLIN};
        int64_t left = until - clock_monotonic_ms();
        if (left <= 0)
            return err_set(err, EXIT_TEMPFAIL, "a statement takes too long");
        if (!PQisBusy(db->connection))
            return true;
        if (poll(&fd, 1, (int)left) < 0 && errno != EINTR)
            return err_errno(err, EXIT_OS, "cannot wait for '%s'", db->where);
        if (fd.revents && !PQconsumeInput(db->connection))
            return connection_err(db, err);
    }
}

bool db_try(Db *db, const char *sql, int timeout_ms, DbProblem *ret, Err *err)
{
    int64_t until = clock_monotonic_ms() + timeout_ms;
    PGresult *result = NULL;
    bool ok = true;

    *ret = (DbProblem){0};
    if (!PQsendQuery(db->connection, sql))
        return connection_err(db, err);
    /* Rows are many, or long: none is kept. */
    PQsetSingleRowMode(db->connection);
    while (comes(db, until, err) && (result = PQgetResult(db->connection)) != NULL) {
        ExecStatusType status = PQresultStatus(result);
        if (status == PGRES_FATAL_ERROR && ok) {
            problem_fill(result, ret);
            ok = false;
        }
        copy_end(db->connection, status);
        PQclear(result);
        if (PQstatus(db->connection) == CONNECTION_BAD)
            return connection_err(db, err);
    }
    return ok && err->code == EXIT_OK;
}

bool db_is_within(const Db *db)
{
    PGTransactionStatusType status = PQtransactionStatus(db->connection);

    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

bool db_send(Db *db, const char *sql, Err *err)
{
    db->sqlstate[0] = '\0';
    db->ended = false;
    return PQsendQuery(db->connection, sql) && PQsetSingleRowMode(db->connection)
               ? true
               : connection_err(db, err);
}

bool db_queue(Db *db, const char *sql, const DbParameter *parameters, int count, Err *err)
{
    static const Oid oids[] = {
        [DB_PARAMETER_TEXT] = 25,
        [DB_PARAMETER_TEXTS] = 1009,
        [DB_PARAMETER_OIDS] = 1028,
        [DB_PARAMETER_XID] = 28,
    };
    Oid types[DB_PARAMETERS_MAX] = {0};
    const char *values[DB_PARAMETERS_MAX] = {0};

    db->sqlstate[0] = '\0';
    if (PQpipelineStatus(db->connection) == PQ_PIPELINE_OFF && !PQenterPipelineMode(db->connection))
        return connection_err(db, err);
    db->open = true;
    if (count > DB_PARAMETERS_MAX)
        return err_set(err, EXIT_SOFTWARE, "a query with %d parameters", count);
    for (int i = 0; i < count; i++) {
        types[i] = oids[parameters[i].type];
        values[i] = parameters[i].value;
    }
    if (!PQsendQueryParams(db->connection, sql, count, types, values, NULL, NULL, 0))
        return connection_err(db, err);
    return true;
}

bool db_flush(Db *db, Err *err)
{
    db->ended = true;
    db->open = false;
    return PQpipelineSync(db->connection) ? true : connection_err(db, err);
}

bool db_queue_answer(Db *db, Err *err)
{
    return PQsendFlushRequest(db->connection) ? true : connection_err(db, err);
}

static bool is_queue(const Db *db)
{
    return PQpipelineStatus(db->connection) != PQ_PIPELINE_OFF;
}

/* The statement at hand has given its last row: in a queue there is a NULL behind its results. */
static int query_end(Db *db)
{
    db->ended = is_queue(db);
    if (db->ended)
        PQclear(PQgetResult(db->connection));
    return 0;
}

/* The server makes names of its own that are cut within a character, in makeMultirangeTypeName().
 */
static void mend_row(const PGresult *row)
{
    for (int i = 0; i < PQnfields(row); i++)
        text_mend_utf8(PQgetvalue(row, 0, i), (size_t)PQgetlength(row, 0, i));
}

int db_row(Db *db, Err *err)
{
    PQclear(db->result);
    if (db->ended && !PQsetSingleRowMode(db->connection)) {
        db->result = NULL;
        return connection_err(db, err) ? 0 : -1;
    }
    db->ended = false;
    db->result = PQgetResult(db->connection);
    switch (PQresultStatus(db->result)) {
    case PGRES_SINGLE_TUPLE:
        mend_row(db->result);
        return 1;
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
        return query_end(db);
    default:
        return result_err(db, db->result, err) ? 0 : -1;
    }
}

bool db_skip(Db *db, Err *err)
{
    int got = 0;

    while ((got = db_row(db, err)) > 0)
        continue;
    return got == 0;
}

/* libpq 15 waits for ever for the end of a queue that it had no memory to tell of. */
static bool end_wait(const Db *db, Err *err)
{
    struct pollfd socket = {.fd = PQsocket(db->connection), .events = POLLIN};

    while (PQisBusy(db->connection))
        if (strstr(PQerrorMessage(db->connection), "out of memory") || socket.fd < 0 ||
            (poll(&socket, 1, -1) < 0 && errno != EINTR) || !PQconsumeInput(db->connection))
            return connection_err(db, err);
    return true;
}

bool db_finish(Db *db, Err *err)
{
    if (!end_wait(db, err))
        return false;
    PQclear(db->result);
    db->result = PQgetResult(db->connection);
    if (!is_queue(db))
        return db->result ? result_err(db, db->result, err) : true;
    if (PQresultStatus(db->result) != PGRES_PIPELINE_SYNC)
        return result_err(db, db->result, err);
    if (!PQexitPipelineMode(db->connection))
        return connection_err(db, err);
    return true;
}

bool db_recover(Db *db, Err *err)
{
    db->sqlstate[0] = '\0';
    /* What was queued and not sent is answered only behind a mark. */
    if (db->open && !db_flush(db, err))
        return false;
    /* Two NULLs in a row: nothing is under way. */
    for (int nulls = 0; nulls < 2 && PQpipelineStatus(db->connection) != PQ_PIPELINE_OFF;) {
        PQclear(db->result);
        db->result = NULL;
        if (!end_wait(db, err))
            return false;
        db->result = PQgetResult(db->connection);
        nulls = db->result ? 0 : nulls + 1;
        if (PQstatus(db->connection) == CONNECTION_BAD)
            return connection_err(db, err);
    }
    if (PQpipelineStatus(db->connection) != PQ_PIPELINE_OFF && !PQexitPipelineMode(db->connection))
        return connection_err(db, err);
    return db_execute(db, "rollback", err);
}

const char *db_sqlstate(const Db *db)
{
    return db->sqlstate;
}

int db_columns(const Db *db)
{
    return PQnfields(db->result);
}

const char *db_column_name(const Db *db, int column)
{
    return PQfname(db->result, column);
}

DbType db_column_type(const Db *db, int column)
{
    enum {
        BOOL = 16,
        INT8 = 20,
        INT2 = 21,
        INT2_VECTOR = 22,
        INT4 = 23,
        OID = 26,
        JSON = 114,
        INT2_ARRAY = 1005,
        TEXT_ARRAY = 1009,
        ACL_ITEM_ARRAY = 1034,
    };

    switch (PQftype(db->result, column)) {
    case BOOL:
        return DB_BOOL;
    case INT8:
    case INT2:
    case INT4:
    case OID:
        return DB_INT;
    case INT2_VECTOR:
    case INT2_ARRAY:
        return DB_NUMBERS;
    case ACL_ITEM_ARRAY:
        return DB_ACL;

    case JSON:
        return DB_JSON;
    case TEXT_ARRAY:
        return DB_TEXT_ARRAY;
    default:
        return DB_TEXT;
    }
}

const char *db_value(const Db *db, int column)
{
    return PQgetisnull(db->result, 0, column) ? NULL : PQgetvalue(db->result, 0, column);
}

const char *db_value_length(const Db *db, int column, size_t *ret_length)
{
    *ret_length = (size_t)PQgetlength(db->result, 0, column);
    return *ret_length ? PQgetvalue(db->result, 0, column) : db_value(db, column);
}

char *db_array_text(Arena *arena, const char *const *items)
{
    size_t size = 3;

    for (const char *const *item = items; *item; item++)
        size += 2 * strlen(*item) + 3;
    char *text = arena_alloc(arena, size), *next = text;
    *next++ = '{';
    for (const char *const *item = items; *item; item++) {
        if (item > items)
            *next++ = ',';
        *next++ = '"';
        for (const char *c = *item; *c; c++) {
            if (*c == '"' || *c == '\\')
                *next++ = '\\';
            *next++ = *c;
        }
        *next++ = '"';
    }
    *next = '}';
    return text;
}

/* One element from *text on, unquoted; *text is left at the comma or brace behind it. */
static const char *array_item(Arena *arena, const char **text)
{
    const char *start = *text, *end = start;

    if (*start != '"') {
        end += strcspn(start, ",}");
        *text = end;
        return strncmp(start, "NULL", 4) == 0 && end == start + 4
                   ? ""
                   : arena_strndup(arena, start, (size_t)(end - start));
    }
    for (end++; *end && *end != '"'; end++)
        end += *end == '\\' && end[1];
    *text = *end ? end + 1 : end;
    char *item = arena_alloc(arena, (size_t)(end - start)), *next = item;
    for (const char *c = start + 1; c < end; c++) {
        c += *c == '\\';
        *next++ = *c;
    }
    return item;
}

const char **db_array_items(Arena *arena, const char *text)
{
    size_t commas = 0, count = 0;

    for (const char *c = text; *c; c++)
        commas += *c == ',';
    const char **items = arena_alloc(arena, (commas + 2) * sizeof *items);
    if (*text++ != '{' || *text == '}')
        return items;
    for (;;) {
        items[count++] = array_item(arena, &text);
        if (*text != ',')
            return items;
        text++;
    }
}
