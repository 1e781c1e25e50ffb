#include "source/apply.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "model/ident.h"
#include "pg/db.h"
#include "source/rewrite.h"
#include "sql/parse.h"

enum { STATEMENT_MS = 120000 };

/* How a file runs. */
typedef enum Way {
    WAY_TOGETHER, /* in one transaction */
    WAY_STEPWISE, /* in one, a savepoint before each statement */
    WAY_ALONE,    /* each statement by itself */
} Way;

typedef enum Outcome {
    OUTCOME_DONE,
    OUTCOME_ALONE,   /* no transaction allows it */
    OUTCOME_AGAIN,   /* what it lacked is there now */
    OUTCOME_REFUSED, /* by the server: Apply.refusal */
    OUTCOME_LOST,    /* err */
} Outcome;

typedef struct Apply {
    const ApplyOptions *options;
    const DbTarget *target;
    Db *db;
    Arena arena;
    json_t *warnings;
    const char *const *extensions; /* that the server has files of */
    const char *settings;          /* of databases and roles */
    ExitCode code;                 /* of the refusal */
    int roles;                     /* how many were made */
    size_t line;                   /* of the statement at which the connection was lost, or 0 */
    char refusal[1024];            /* of the last file: "NAME:LINE:COLUMN: why" */
} Apply;

typedef struct Script {
    const ChainFile *file;
    SqlParse *parse;
} Script;

/* ---- one statement ---- */

/* Of a statement that did not parse the offset is the error's place: it begins behind the one
 * before. */
static size_t start_of(const Script *script, size_t index)
{
    const SqlStatement *statement = &script->parse->statements[index];
    size_t start = index > 0 ? script->parse->statements[index - 1].end : 0;
    const char *text = script->file->text;

    if (statement->node)
        return statement->offset;
    while (start < statement->end && (text[start] == ';' || isspace((unsigned char)text[start])))
        start++;
    return start;
}

/* Where in the file: of the server's position, in characters, or the statement's beginning. */
static void place(const Script *script, size_t start, size_t position, size_t *ret_line,
                  size_t *ret_column)
{
    const char *text = script->file->text;

    for (; position > 1 && text[start]; position--) {
        start++;
        while (((unsigned char)text[start] & 0xC0) == 0x80)
            start++;
    }
    sql_position(text, start, ret_line, ret_column);
}

/* The C library says of a program that may not be started that there is no memory. */
static void explain(DbProblem *problem)
{
    static const char program[] = "could not execute command";

    if (strncmp(problem->text, program, sizeof program - 1) != 0)
        return;
    snprintf(problem->text, sizeof problem->text,
             "COPY ... PROGRAM starts no program: migrations run confined");
    snprintf(problem->sqlstate, sizeof problem->sqlstate, "42501");
}

static void refuse(Apply *apply, const Script *script, size_t start, const DbProblem *problem)
{
    size_t line = 0, column = 0;

    place(script, start, problem->position, &line, &column);
    /* Without room or memory it is not the statement's fault. */
    apply->code = strncmp(problem->sqlstate, "53", 2) == 0 ? EXIT_TEMPFAIL : EXIT_DATA;
    snprintf(apply->refusal, sizeof apply->refusal, "%s:%zu:%zu: %s", script->file->name, line,
             column, problem->text);
}

/* A warning; but not that of what was refused because something before it was. */
static void warn(Apply *apply, const Script *script, size_t start, const DbProblem *problem)
{
    size_t line = 0, column = 0;

    if (strcmp(problem->sqlstate, "25P02") == 0)
        return;
    place(script, start, problem->position, &line, &column);
    json_array_append_new(apply->warnings,
                          json_sprintf("%s:%zu: %s", script->file->name, line, problem->text));
}

static bool send(Apply *apply, const char *sql, DbProblem *problem, Err *err)
{
    return db_try(apply->db, sql, STATEMENT_MS, problem, err);
}

/* Of ours; nothing should be wrong with it. */
static bool must(Apply *apply, const char *sql, Err *err)
{
    DbProblem problem;

    return send(apply, sql, &problem, err) ||
           (err->code != EXIT_OK
                ? false
                : err_set(err, EXIT_SOFTWARE, "the shadow database refuses '%s': %s", sql,
                          problem.text));
}

/* A role that a dump names and that only the cluster it comes from has: it is made, so that what
 * follows can be had. */
static bool make_role(Apply *apply, const Script *script, size_t start, size_t end,
                      const DbProblem *problem, Err *err)
{
    enum { ROLES_MAX = 200 };
    static const char head[] = "role \"", tail[] = "\" does not exist";
    size_t length = strlen(problem->text), ends = sizeof head + sizeof tail - 2;
    DbProblem refused;

    if (apply->roles >= ROLES_MAX || strcmp(problem->sqlstate, "42704") != 0 || length <= ends ||
        strncmp(problem->text, head, sizeof head - 1) != 0 ||
        strcmp(problem->text + length - (sizeof tail - 1), tail) != 0)
        return false;
    const char *name = arena_strndup(&apply->arena, problem->text + sizeof head - 1, length - ends);
    const char *text =
        arena_strndup(&apply->arena, script->file->text + start, end > start ? end - start : 0);
    if (!strstr(text, name))
        return false;
    if (!send(apply,
              arena_join(&apply->arena, "create role ", ident_quote(&apply->arena, name), NULL),
              &refused, err))
        return false;
    size_t line = 0, column = 0;
    apply->roles++;
    place(script, start, problem->position, &line, &column);
    json_array_append_new(apply->warnings,
                          json_sprintf("%s:%zu: no file makes role '%s': it was made, without any "
                                       "attribute",
                                       script->file->name, line, name));
    return true;
}

/* What is about another database is none of this one's. */
static bool is_elsewhere(Apply *apply, const Script *script, const Node *node, size_t start)
{
    DbProblem problem = {.text = "what is done to another database is left out"};

    if (!node || (node->node_case != NODE(CREATEDB_STMT) && node->node_case != NODE(DROPDB_STMT)))
        return false;
    warn(apply, script, start, &problem);
    return true;
}

static bool run(Apply *apply, const Script *script, size_t index, DbProblem *problem, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    const SqlStatement *statement = &script->parse->statements[index];
    size_t start = start_of(script, index);
    const char *text = arena_strndup(&arena, script->file->text + start, statement->end - start);

    if (is_elsewhere(apply, script, statement->node, start))
        return true;
    Rewrite rewrite = rewrite_statement(statement->node, text, apply->extensions, &arena);
    bool ok = send(apply, rewrite.text, problem, err);
    size_t column = 0;

    if (rewrite.text != text)
        problem->position = 0;
    ok = ok && (!rewrite.after || send(apply, rewrite.after, problem, err));
    if (!ok && err->code != EXIT_OK)
        sql_position(script->file->text, start, &apply->line, &column);
    else if (!ok)
        explain(problem);
    return ok;
}

/* ---- one file ---- */

static bool needs_alone(const DbProblem *problem)
{
    static const char *const states[] = {
        "25001", /* cannot run inside a transaction block */
        "2D000", /* invalid transaction termination */
        "55P04", /* a new enum value used too soon */
    };

    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (strcmp(problem->sqlstate, states[i]) == 0)
            return true;
    return false;
}

static void forget_warnings(Apply *apply, size_t kept)
{
    while (json_array_size(apply->warnings) > kept)
        json_array_remove(apply->warnings, json_array_size(apply->warnings) - 1);
}

static Outcome run_together(Apply *apply, const Script *script, Way way, Err *err)
{
    size_t warned = json_array_size(apply->warnings);

    if (!must(apply, "begin", err))
        return OUTCOME_LOST;
    for (size_t i = 0; i < script->parse->count; i++) {
        DbProblem problem = {0};
        if (way == WAY_STEPWISE && !must(apply, "savepoint schema_step", err))
            return OUTCOME_LOST;
        if (run(apply, script, i, &problem, err)) {
            if (way == WAY_STEPWISE && !must(apply, "release schema_step", err))
                return OUTCOME_LOST;
            continue;
        }
        if (err->code != EXIT_OK ||
            !must(apply,
                  way == WAY_STEPWISE ? "rollback to schema_step; release schema_step" : "rollback",
                  err))
            return OUTCOME_LOST;
        if (way == WAY_STEPWISE && !needs_alone(&problem)) {
            if (make_role(apply, script, start_of(script, i), script->parse->statements[i].end,
                          &problem, err))
                i--; /* again */
            else
                warn(apply, script, start_of(script, i), &problem);
            continue;
        }
        refuse(apply, script, start_of(script, i), &problem);
        if (way == WAY_STEPWISE && !must(apply, "rollback", err))
            return OUTCOME_LOST;
        forget_warnings(apply, warned);
        if (make_role(apply, script, start_of(script, i), script->parse->statements[i].end,
                      &problem, err))
            return OUTCOME_AGAIN;
        return needs_alone(&problem) ? OUTCOME_ALONE : OUTCOME_REFUSED;
    }
    /* Deferred constraints are looked at here. */
    DbProblem problem = {0};
    if (send(apply, "commit", &problem, err))
        return OUTCOME_DONE;
    if (err->code != EXIT_OK)
        return OUTCOME_LOST;
    refuse(apply, script, script->file->length, &problem);
    forget_warnings(apply, warned);
    return way == WAY_STEPWISE ? OUTCOME_ALONE : OUTCOME_REFUSED;
}

static Outcome run_alone(Apply *apply, const Script *script, Err *err)
{
    for (size_t i = 0; i < script->parse->count; i++) {
        DbProblem problem = {0};
        if (run(apply, script, i, &problem, err))
            continue;
        if (err->code != EXIT_OK)
            return OUTCOME_LOST;
        if (make_role(apply, script, start_of(script, i), script->parse->statements[i].end,
                      &problem, err)) {
            i--; /* again */
            continue;
        }
        if (!apply->options->keep_going) {
            refuse(apply, script, start_of(script, i), &problem);
            return OUTCOME_REFUSED;
        }
        warn(apply, script, start_of(script, i), &problem);
    }
    return OUTCOME_DONE;
}

/* Whether it begins or ends transactions of its own; savepoints are within any. */
static bool has_own_transaction(const SqlParse *parse)
{
    for (size_t i = 0; i < parse->count; i++) {
        const Node *node = parse->statements[i].node;
        if (!node || node->node_case != NODE(TRANSACTION_STMT))
            continue;
        switch ((int)node->transaction_stmt->kind) {
        case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_SAVEPOINT:
        case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_RELEASE:
        case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK_TO:
            break;
        default:
            return true;
        }
    }
    return false;
}

static Outcome run_script(Apply *apply, const Script *script, bool may_skip, Err *err)
{
    Outcome outcome = OUTCOME_ALONE;

    if (!script->file->no_transaction && !has_own_transaction(script->parse))
        do
            outcome = run_together(apply, script, WAY_TOGETHER, err);
        while (outcome == OUTCOME_AGAIN);
    if (outcome == OUTCOME_REFUSED && may_skip)
        outcome = run_together(apply, script, WAY_STEPWISE, err);
    if (outcome != OUTCOME_ALONE)
        return outcome;
    return must(apply, "discard all", err) ? run_alone(apply, script, err) : OUTCOME_LOST;
}

static void script_close(Script *script)
{
    sql_parse_close(&script->parse);
}

static bool reopen(Apply *apply, Err *err)
{
    db_close(&apply->db);
    apply->db = db_open(apply->target, err);
    return apply->db;
}

/* The value of a query of ours that gives one row. */
static bool ask(Apply *apply, const char *sql, const char **ret, Err *err)
{
    int got = 0;

    if (!db_queue(apply->db, sql, NULL, 0, err) || !db_flush(apply->db, err))
        return false;
    while ((got = db_row(apply->db, err)) > 0)
        *ret = arena_strdup(&apply->arena, db_value(apply->db, 0));
    return got == 0 && db_finish(apply->db, err);
}

/* Settings of a database or role are those of sessions that begin after them. */
static bool session_end(Apply *apply, Err *err)
{
    const char *settings = "";

    if (!must(apply, "rollback", err) || !must(apply, "discard all", err) ||
        !ask(apply,
             "select coalesce(pg_catalog.string_agg(s::text, ' ' order by s::text), '') "
             "from pg_catalog.pg_db_role_setting s",
             &settings, err))
        return false;
    bool same = strcmp(settings, apply->settings) == 0;
    apply->settings = settings;
    return same || reopen(apply, err);
}

static Outcome run_file(Apply *apply, const ChainFile *file, bool may_skip, Err *err)
{
    CLEANUP(script_close)
    Script script = {.file = file, .parse = sql_parse(file->text, file->length)};
    Outcome outcome = run_script(apply, &script, may_skip, err);

    if (outcome == OUTCOME_LOST)
        return outcome;
    if (outcome == OUTCOME_DONE && db_is_within(apply->db))
        json_array_append_new(
            apply->warnings,
            json_sprintf("%s: the transaction that it leaves open is rolled back", file->name));
    return session_end(apply, err) ? outcome : OUTCOME_LOST;
}

/* ---- all ---- */

/* It let us in when it was started: that it does no longer is what the file did. */
static bool lost_in(const Apply *apply, const char *name, Err *err)
{
    if (err->code == EXIT_DENIED || err->code == EXIT_CONFIG || err->code == EXIT_SOFTWARE)
        err->code = EXIT_DATA;
    return apply->line > 0 ? err_in(err, "in '%s:%zu'", name, apply->line)
                           : err_in(err, "after '%s'", name);
}

/* One pass over what is left; which files ran is in done. */
static bool pass(Apply *apply, const Chain *chain, bool *done, bool may_skip, size_t *ret_ran,
                 Err *err)
{
    *ret_ran = 0;
    for (size_t i = 0; i < chain->count; i++) {
        if (done[i])
            continue;
        Outcome outcome = run_file(apply, &chain->files[i], may_skip, err);
        if (outcome == OUTCOME_LOST)
            return lost_in(apply, chain->files[i].name, err);
        done[i] = outcome == OUTCOME_DONE;
        *ret_ran += done[i];
        if (!done[i] && !chain->by_need)
            return true;
    }
    return true;
}

static size_t left_of(const bool *done, size_t count)
{
    size_t left = 0;

    for (size_t i = 0; i < count; i++)
        left += !done[i];
    return left;
}

static void apply_free(Apply *apply)
{
    db_close(&apply->db);
    arena_free(&apply->arena);
}

bool apply_chain(const ApplyOptions *options, const Chain *chain, json_t *warnings, Err *err)
{
    CLEANUP(apply_free)
    Apply apply = {.options = options, .warnings = warnings, .settings = ""};
    const char *extensions = "{}";
    size_t ran = 0, count = chain->count;
    bool *done = arena_alloc(&apply.arena, (count + 1) * sizeof *done);
    bool keep_going = options->keep_going;

    apply.target = db_target(options->conninfo, "schema-snapshot", &apply.arena, err);
    if (!apply.target || !reopen(&apply, err) ||
        !ask(&apply,
             "select coalesce(pg_catalog.array_agg(x.name::text), '{}') "
             "from pg_catalog.pg_available_extensions x",
             &extensions, err))
        return false;
    apply.extensions = db_array_items(&apply.arena, extensions);
    /* Where a later file may help, nothing is skipped until none does. */
    do {
        if (!pass(&apply, chain, done, keep_going && !chain->by_need, &ran, err))
            return false;
    } while (chain->by_need && ran > 0 && left_of(done, count) > 0);
    if (chain->by_need && keep_going && left_of(done, count) > 0 &&
        !pass(&apply, chain, done, true, &ran, err))
        return false;
    return left_of(done, count) == 0 || err_set(err, apply.code, "%s", apply.refusal);
}
