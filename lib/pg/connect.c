#include "pg/connect.h"

#include <arpa/inet.h>
#include <assert.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"

/* ---- whom we speak to ---- */

bool connect_is_local(const char *host)
{
    static const unsigned char loopback[16] = {[15] = 1};
    static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
    unsigned char address[16];

    /* A directory, or an abstract socket. */
    if (!*host || *host == '/' || *host == '@' || strcasecmp(host, "localhost") == 0)
        return true;
    if (inet_pton(AF_INET, host, address) == 1)
        return address[0] == 127;
    if (inet_pton(AF_INET6, host, address) != 1)
        return false;
    return memcmp(address, loopback, sizeof loopback) == 0 ||
           (memcmp(address, mapped, sizeof mapped) == 0 && address[12] == 127);
}

static bool has_suffix(const char *host, const char *suffix)
{
    size_t length = strlen(host), end = strlen(suffix);

    return length > end && strcasecmp(host + length - end, suffix) == 0;
}

static bool is_supabase(const char *host)
{
    return has_suffix(host, ".supabase.com") || has_suffix(host, ".supabase.co");
}

/* The project of a database's own host, db.PROJECT.supabase.co: its length, 0 for other hosts. */
static int project_length(const char *host)
{
    static const char prefix[] = "db.", suffix[] = ".supabase.co";

    if (strncasecmp(host, prefix, strlen(prefix)) != 0 || !has_suffix(host, suffix))
        return 0;
    size_t length = strcspn(host + strlen(prefix), ".");
    return strcasecmp(host + strlen(prefix) + length, suffix) == 0 ? (int)length : 0;
}

typedef enum Scope { ANY, REMOTE, SUPABASE, SUPABASE_DIRECT } Scope;

static bool is_in_scope(const char *host, Scope scope)
{
    switch (scope) {
    case ANY:
        return true;
    case REMOTE:
        return !connect_is_local(host);
    case SUPABASE:
        return is_supabase(host);
    case SUPABASE_DIRECT:
        return project_length(host) > 0;
    }
    return false;
}

/* ---- what holds unless the user says otherwise ---- */

static const struct {
    const char *keyword;
    const char *value;
    Scope scope;
} defaults[] = {
    {"connect_timeout", "10", ANY},
    /* A peer that is gone is noticed after a minute, not after the system's two hours. */
    {"keepalives_idle", "30", ANY},
    {"keepalives_interval", "10", ANY},
    {"keepalives_count", "3", ANY},
    {"tcp_user_timeout", "30000", ANY},
    {"sslmode", "verify-full", REMOTE},
    /* Supavisor drops the connection of a client that asks for GSS encryption first. */
    {"gssencmode", "disable", SUPABASE},
};
enum { DEFAULTS = sizeof defaults / sizeof *defaults };

static const char *value_of(const ConnectOption *options, const char *keyword)
{
    for (; options->keyword; options++)
        if (strcmp(options->keyword, keyword) == 0)
            return options->value;
    return NULL;
}

/* host and hostaddr are lists: one connection may go to any of them, so one that is in scope is
 * enough. A host is what the certificate must name, its hostaddr where the bytes go: both count. */
static bool any_in_scope(const ConnectOption *user, Scope scope, Arena *arena)
{
    static const char *const keywords[] = {"host", "hostaddr"};
    bool found = scope == ANY;

    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        const char *next = value_of(user, keywords[i]);
        while (next) {
            size_t length = strcspn(next, ",");
            found |= is_in_scope(arena_strndup(arena, next, length), scope);
            next = next[length] ? next + length + 1 : NULL;
        }
    }
    return found;
}

const ConnectOption *connect_defaults(const ConnectOption *user, const char *roots, Arena *arena)
{
    static_assert(DEFAULTS + 1 + 3 + 1 <= CONNECT_OPTIONS_MAX, "room for defaults, roots and ours");
    ConnectOption *set = arena_alloc(arena, (DEFAULTS + 2) * sizeof *set);
    size_t count = 0;

    for (size_t i = 0; i < DEFAULTS; i++)
        if (!value_of(user, defaults[i].keyword) && any_in_scope(user, defaults[i].scope, arena))
            set[count++] = (ConnectOption){defaults[i].keyword, defaults[i].value};
    /* Not with a weaker sslmode: there it would begin to check, or be refused. */
    const char *mode = value_of(user, "sslmode");
    mode = mode ? mode : value_of(set, "sslmode");
    if (roots && mode && strcmp(mode, "verify-full") == 0 && !value_of(user, "sslrootcert"))
        set[count++] = (ConnectOption){"sslrootcert", roots};
    return set;
}

static const char *const bundles[] = {
    "/etc/ssl/certs/ca-certificates.crt",                /* Debian, Ubuntu, Arch, Alpine */
    "/etc/pki/tls/certs/ca-bundle.crt",                  /* RHEL, Fedora */
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", /* the same, newer */
    "/etc/ssl/ca-bundle.pem",                            /* SUSE */
    "/etc/ssl/cert.pem",                                 /* macOS, Alpine, OpenBSD */
    "/usr/local/share/certs/ca-root-nss.crt",            /* FreeBSD */
};

const char *connect_roots(int libpq_version)
{
    const char *home = getenv("HOME"), *file = getenv("SSL_CERT_FILE");
    char own[4096];

    snprintf(own, sizeof own, "%s/.postgresql/root.crt", home ? home : "");
    if (home && access(own, F_OK) == 0)
        return NULL;
    if (libpq_version >= 160000)
        return "system";
    if (file && *file)
        return file;
    for (size_t i = 0; i < sizeof bundles / sizeof *bundles; i++)
        if (access(bundles[i], R_OK) == 0)
            return bundles[i];
    return NULL;
}

/* ---- what the user says ---- */

static const char unreadable[] = "the database URL cannot be read (is a special character of the "
                                 "password not percent-encoded?)";

/* A URL whose password holds a bare @ or / is read wrongly: the rest of the password then stands in
 * the host, the port or the database's name, and would be in every message. So would a URL in
 * PGDATABASE, which libpq takes for a name. */
static const char *misread(bool url, const char *keyword, const char *value)
{
    bool name = strcmp(keyword, "dbname") == 0;
    bool wrong = false;

    if (name && strstr(value, "://"))
        return "the database's name is a URL (put that in DATABASE_URL)";
    if (strcmp(keyword, "host") == 0)
        wrong = *value != '/' && strchr(value, '@');
    else if (strcmp(keyword, "port") == 0)
        wrong = value[strspn(value, "0123456789,")] != '\0';
    else
        wrong = name && strchr(value, '@');
    return url && wrong ? unreadable : NULL;
}

/* Variables changed for a while. */
typedef struct Environment {
    struct {
        const char *name;
        char *old; /* NULL: it was not set */
    } variables[DEFAULTS + 2];
    size_t count;
} Environment;

static void variable_set(const char *name, const char *value)
{
    if (setenv(name, value, 1) != 0)
        arena_die("out of memory");
}

static void environment_set(Environment *environment, const char *name, const char *value)
{
    const char *old = getenv(name);

    environment->variables[environment->count].name = name;
    environment->variables[environment->count++].old = old ? memory_strdup(old) : NULL;
    variable_set(name, value);
}

static void environment_restore(Environment *environment)
{
    for (size_t i = 0; i < environment->count; i++) {
        char *old = environment->variables[i].old;
        if (old)
            variable_set(environment->variables[i].name, old);
        else
            unsetenv(environment->variables[i].name);
        free(old);
    }
}

/* Stands in a variable of the user's that is not set, so that what libpq makes up can be told from
 * what a service file says. */
static const char unset[] = "(not set)";

static bool is_default(const char *keyword)
{
    for (size_t i = 0; i < DEFAULTS; i++)
        if (strcmp(keyword, defaults[i].keyword) == 0)
            return true;
    return false;
}

/* NULL when it cannot be read. libpq quotes that, maybe a password: its text is not repeated. */
static PQconninfoOption *parse(const char *conninfo)
{
    char *text = NULL;
    PQconninfoOption *options = PQconninfoParse(conninfo, &text);
    bool memory = options || (text && !strstr(text, "out of memory"));

    PQfreemem(text);
    if (!memory)
        arena_die("out of memory");
    return options;
}

/* What service file and environment say; given names the service. libpq looks into its file only
 * for the service of the environment. */
static PQconninfoOption *surroundings(const PQconninfoOption *given)
{
    CLEANUP(environment_restore) Environment environment = {0};

    for (; given->keyword; given++) {
        bool service =
            strcmp(given->keyword, "service") == 0 || strcmp(given->keyword, "servicefile") == 0;
        if (!given->envvar)
            continue;
        if (service && given->val)
            environment_set(&environment, given->envvar, given->val);
        if (is_default(given->keyword) && !getenv(given->envvar))
            environment_set(&environment, given->envvar, unset);
    }
    PQconninfoOption *options = PQconndefaults();
    if (!options)
        arena_die("out of memory");
    return options;
}

/* The values of given, or else of rest. What comes back is why they cannot be meant, or NULL. */
static const char *merge(bool url, const PQconninfoOption *given, const PQconninfoOption *rest,
                         Arena *arena, ConnectOption *user)
{
    const char *wrong = NULL;

    for (; given->keyword && !wrong; given++) {
        const char *value = given->val;
        for (const PQconninfoOption *option = rest; !value && option && option->keyword; option++)
            if (strcmp(option->keyword, given->keyword) == 0)
                value = option->val;
        if (!value || strcmp(value, unset) == 0)
            continue;
        wrong = misread(url && given->val, given->keyword, value);
        *user++ = (ConnectOption){arena_strdup(arena, given->keyword), arena_strdup(arena, value)};
    }
    return wrong;
}

const ConnectOption *connect_user(const char *conninfo, Arena *arena, Err *err)
{
    PQconninfoOption *given = parse(conninfo);
    PQconninfoOption *rest = given ? surroundings(given) : NULL;
    const char *wrong = unreadable;
    ConnectOption *user = NULL;
    size_t count = 0;

    for (const PQconninfoOption *option = given; option && option->keyword; option++)
        count++;
    user = arena_alloc(arena, (count + 1) * sizeof *user);
    if (given)
        wrong = merge(strstr(conninfo, "://"), given, rest, arena, user);
    if (wrong)
        err_set(err, EXIT_CONFIG, "%s", wrong);
    PQconninfoFree(given);
    PQconninfoFree(rest);
    return wrong ? NULL : user;
}

bool connect_has_password(const char *conninfo)
{
    PQconninfoOption *options = parse(conninfo);
    bool found = !options;

    for (PQconninfoOption *option = options; option && option->keyword; option++)
        /* "*" is libpq's mark of what is not to be shown: password, sslpassword. */
        found |= strcmp(option->dispchar, "*") == 0 && option->val && *option->val;
    PQconninfoFree(options);
    return found;
}

/* ---- what went wrong ---- */

#define WITHOUT_CHECK "or sslmode=require in the URL to encrypt without checking whom"
#define POOLER_URL                                                                                 \
    "copy the pooler's URL from Connect in the Supabase dashboard: its user is postgres.PROJECT, " \
    "its host that of the project's region"
#define SESSION_POOLER                                                                             \
    "the database's own host has an IPv6 address only: without IPv6 use the session pooler, from " \
    "Connect > Session pooler in the Supabase dashboard: host "                                    \
    "aws-N-REGION.pooler.supabase.com, port 5432, user postgres."

#define POOLER_USER "the pooler's auth_file or auth_query does not know the user"
#define POOLER_SERVER "the pooler cannot log in to its server: its log says why"

/* Words of libpq (never translated here: no program calls setlocale), of PostgreSQL, PgBouncer and
 * Supavisor. The first row that fits counts, so the narrower stands before the wider. What waiting
 * does not mend and another source must not cover up is EXIT_CONFIG. */
static const struct {
    const char *words;
    Scope scope;
    ExitCode code;
    const char *remedy;
} failures[] = {
    /* TLS */
    {"certificate verify failed", SUPABASE, EXIT_CONFIG,
     "Supabase has an authority of its own: download its certificate, from Database > Settings > "
     "SSL Configuration in the dashboard, and put its path in PGSSLROOTCERT, " WITHOUT_CHECK},
    {"certificate verify failed", ANY, EXIT_CONFIG,
     "the server's certificate has expired or is not signed by a known authority: put the path of "
     "its root certificate in PGSSLROOTCERT, " WITHOUT_CHECK},
    {"does not match host name", ANY, EXIT_CONFIG,
     "the server's certificate is for another name: put that name in the URL, and the address as "
     "hostaddr=, " WITHOUT_CHECK},
    {"host name must be specified", ANY, EXIT_CONFIG,
     "put the name in the server's certificate in the URL as host=, " WITHOUT_CHECK},
    {"server does not support SSL", ANY, EXIT_CONFIG,
     "the server has no TLS: put sslmode=disable in the URL if nobody else is on the way to it"},
    {"root certificate file \"", ANY, EXIT_CONFIG,
     "put the path of the server's root certificate in PGSSLROOTCERT, " WITHOUT_CHECK},
    {"SSL support is not compiled in", ANY, EXIT_CONFIG, "this libpq was built without TLS"},
    {"a valid client certificate", ANY, EXIT_DENIED,
     "put the paths of the client's certificate and key in PGSSLCERT and PGSSLKEY"},
    {"SSL connection is required", ANY, EXIT_CONFIG, "leave sslmode out of the URL"},
    {"no encryption", REMOTE, EXIT_DENIED,
     "if the server asks for TLS: leave sslmode out of the URL"},
    {"SSL negotiation", ANY, EXIT_UNAVAILABLE, "is this the port of a PostgreSQL server?"},
    {"GSSAPI negotiation", ANY, EXIT_CONFIG, "put gssencmode=disable in the URL"},
    {"SSL error: ", ANY, EXIT_UNAVAILABLE, "does the server speak TLS 1.2 or newer?"},
    /* Supavisor; the later of its two names for each failure is a code in parentheses */
    {"Tenant or user not found", ANY, EXIT_DENIED, POOLER_URL},
    {"(ENOTFOUND)", ANY, EXIT_DENIED, POOLER_URL},
    {"(ENOIDENTIFIER)", ANY, EXIT_DENIED, POOLER_URL},
    {"Invalid format for user or db_name", ANY, EXIT_DENIED, POOLER_URL},
    {"MaxClientsInSessionMode", ANY, EXIT_TEMPFAIL,
     "the session pooler is full: try later, or use the transaction pooler, port 6543"},
    {"(EMAXCLIENTSESSION)", ANY, EXIT_TEMPFAIL,
     "the session pooler is full: try later, or use the transaction pooler, port 6543"},
    {"Max client connections reached", ANY, EXIT_TEMPFAIL, NULL},
    {"(EMAXCONN", ANY, EXIT_TEMPFAIL, NULL},
    {"Max pools count reached", ANY, EXIT_TEMPFAIL, NULL},
    {"Unable to check out process from the pool", ANY, EXIT_TEMPFAIL, NULL},
    {"(ECHECKOUTTIMEOUT)", ANY, EXIT_TEMPFAIL, NULL},
    {"(ECIRCUITBREAKER)", ANY, EXIT_TEMPFAIL,
     "the pooler waits after too many failures: see that user and password are right, then wait "
     "some minutes"},
    {"tenant allow_list", ANY, EXIT_DENIED,
     "let this address in: Database > Settings > Network Restrictions in the Supabase dashboard"},
    /* PgBouncer */
    {"unsupported startup parameter", ANY, EXIT_CONFIG,
     "a pooler takes no options: leave options= out of the URL and PGOPTIONS out of the "
     "environment, or connect to the server itself"},
    {"no such user", ANY, EXIT_DENIED, POOLER_USER},
    {"\"trust\" authentication failed", ANY, EXIT_DENIED, POOLER_USER},
    {"no such database", ANY, EXIT_UNAVAILABLE, "the pooler has no such entry in [databases]"},
    {"no more connections allowed", ANY, EXIT_TEMPFAIL, NULL},
    {"query_wait_timeout", ANY, EXIT_TEMPFAIL, NULL},
    {"client_login_timeout", ANY, EXIT_UNAVAILABLE, POOLER_SERVER},
    {"server login", ANY, EXIT_UNAVAILABLE, POOLER_SERVER},
    {"SASL authentication failed", ANY, EXIT_DENIED, NULL},
    /* PostgreSQL */
    {"FATAL:  database \"", ANY, EXIT_UNAVAILABLE, NULL},             /* 3D000 */
    {"FATAL:  role \"", ANY, EXIT_DENIED, NULL},                      /* 28000 */
    {"pg_hba.conf", ANY, EXIT_DENIED, NULL},                          /* 28000 */
    {"FATAL:  password authentication", ANY, EXIT_DENIED, NULL},      /* 28P01 */
    {"FATAL:  permission denied", ANY, EXIT_DENIED, NULL},            /* 42501 */
    {"FATAL:  too many connections", ANY, EXIT_TEMPFAIL, NULL},       /* 53300 */
    {"FATAL:  sorry, too many clients", ANY, EXIT_TEMPFAIL, NULL},    /* 53300 */
    {"FATAL:  remaining connection slots", ANY, EXIT_TEMPFAIL, NULL}, /* 53300 */
    {"FATAL:  out of memory", ANY, EXIT_TEMPFAIL, NULL},              /* 53200 */
    {"FATAL:  unrecognized configuration", ANY, EXIT_CONFIG, NULL},   /* 42704, of options */
    /* libpq */
    {"out of memory", ANY, EXIT_OS, NULL},
    {"no password supplied", ANY, EXIT_DENIED,
     "put it in ~/.pgpass or the file that PGPASSFILE names, or in the variable of the URL"},
    {"channel binding", ANY, EXIT_DENIED, NULL},
    {"definition of service \"", ANY, EXIT_CONFIG, NULL},
    {"service file \"", ANY, EXIT_CONFIG, NULL},
    {" value: \"", ANY, EXIT_CONFIG, NULL}, /* invalid sslmode value: "..." */
    {"invalid integer value \"", ANY, EXIT_CONFIG, NULL},
    {"invalid port number", ANY, EXIT_CONFIG, NULL},
    {"could not match ", ANY, EXIT_CONFIG, NULL}, /* host names to hostaddr values */
    /* the network */
    {"could not translate host name", SUPABASE_DIRECT, EXIT_UNAVAILABLE, SESSION_POOLER},
    {"Network is unreachable", SUPABASE_DIRECT, EXIT_UNAVAILABLE, SESSION_POOLER},
    {"No route to host", SUPABASE_DIRECT, EXIT_UNAVAILABLE, SESSION_POOLER},
    {"Cannot assign requested address", SUPABASE_DIRECT, EXIT_UNAVAILABLE, SESSION_POOLER},
    {"Address family not supported", SUPABASE_DIRECT, EXIT_UNAVAILABLE, SESSION_POOLER},
};

/* libpq tells each attempt in a line or more, "connection to server at ... failed: " first, which
 * says something only where there was more than one. */
static void line_set(ConnectFailure *failure, const char *text, const char *words)
{
    static const char prefix[] = "connection to server ", failed[] = " failed: ";
    const char *line = words, *first = strstr(text, prefix);
    bool several = first && strstr(first + strlen(prefix), prefix);

    while (line > text && line[-1] != '\n')
        line--;
    int length = (int)strcspn(line, "\n");
    const char *reason = strstr(line, failed);
    if (!several && line == first && reason && reason < line + length) {
        length -= (int)(reason + strlen(failed) - line);
        line = reason + strlen(failed);
    }
    failure->line = line;
    failure->length = length;
}

ConnectFailure connect_failure(const char *text, const char *host, ExitCode otherwise)
{
    ConnectFailure failure = {.code = otherwise, .project = ""};

    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
        const char *words = strstr(text, failures[i].words);
        if (!words || !is_in_scope(host, failures[i].scope))
            continue;
        failure.code = failures[i].code;
        failure.remedy = failures[i].remedy;
        if (failures[i].scope == SUPABASE_DIRECT) {
            failure.project = host + strlen("db.");
            failure.project_length = project_length(host);
        }
        line_set(&failure, text, words);
        return failure;
    }
    line_set(&failure, text, text);
    return failure;
}

bool connect_advise(const ConnectFailure *failure, Err *err)
{
    if (failure->remedy)
        err_in(err, "(%s%.*s)", failure->remedy, failure->project_length, failure->project);
    return false;
}

/* ---- opening ---- */

void connect_where(const PGconn *connection, char *where, size_t size)
{
    const char *host = PQhost(connection), *port = PQport(connection), *database = PQdb(connection);

    snprintf(where, size, "%s:%s/%s", host && *host ? host : "local", port ? port : "",
             database ? database : "");
}

static bool open_err(const PGconn *connection, Err *err)
{
    enum { LINE_MAX_BYTES = 400 };
    const char *host = PQhost(connection);
    bool password = PQconnectionUsedPassword(connection) || PQconnectionNeedsPassword(connection);
    ConnectFailure failure = connect_failure(PQerrorMessage(connection), host ? host : "",
                                             password ? EXIT_DENIED : EXIT_UNAVAILABLE);
    char where[256];

    connect_where(connection, where, sizeof where);
    /* What a server says may be long: the remedy must have room. */
    if (failure.length > LINE_MAX_BYTES)
        failure.length = (int)text_cut(failure.line, LINE_MAX_BYTES);
    /* Options that libpq cannot read leave it without a place. */
    if (!host || !*host)
        err_set(err, failure.code, "cannot connect: %.*s", failure.length, failure.line);
    else
        err_set(err, failure.code, "cannot connect to '%s': %.*s", where, failure.length,
                failure.line);
    return connect_advise(&failure, err);
}

const ConnectOption *connect_options(const char *conninfo, const char *program, Arena *arena,
                                     Err *err)
{
    enum { OURS = 3 };
    const ConnectOption *user = connect_user(conninfo, arena, err);
    size_t count = 0;

    if (!user)
        return NULL;
    const ConnectOption ours[OURS] = {
        {"dbname", arena_strdup(arena, conninfo)},
        {"fallback_application_name", arena_strdup(arena, program)},
        {"client_encoding", "UTF8"},
    };
    const ConnectOption *set = connect_defaults(user, connect_roots(PQlibVersion()), arena);
    ConnectOption *all = arena_alloc(arena, CONNECT_OPTIONS_MAX * sizeof *all);
    for (; set->keyword; set++)
        all[count++] = *set;
    memcpy(all + count, ours, sizeof ours);
    return all;
}

/* Arrays as libpq takes them. */
typedef struct Lists {
    const char *keywords[CONNECT_OPTIONS_MAX];
    const char *values[CONNECT_OPTIONS_MAX];
} Lists;

static Lists lists_of(const ConnectOption *options)
{
    Lists lists = {0};

    for (size_t i = 0; options[i].keyword; i++) {
        lists.keywords[i] = options[i].keyword;
        lists.values[i] = options[i].value;
    }
    return lists;
}

PGconn *connect_open(const ConnectOption *options, Err *err)
{
    Lists lists = lists_of(options);
    PGconn *connection = PQconnectdbParams(lists.keywords, lists.values, 1);

    if (PQstatus(connection) == CONNECTION_OK)
        return connection;
    if (connection)
        open_err(connection, err);
    else
        err_set(err, EXIT_OS, "cannot connect: out of memory");
    PQfinish(connection);
    return NULL;
}

/* Waits until the connection can go on. False: it took too long, or was cancelled. */
static bool may_go_on(PGconn *connection, PostgresPollingStatusType next, int words,
                      int64_t until_ms)
{
    struct pollfd files[] = {
        {PQsocket(connection), next == PGRES_POLLING_READING ? POLLIN : POLLOUT, 0},
        {words, POLLIN, 0},
    };
    int64_t rest = until_ms - clock_monotonic_ms();
    char word = CONNECT_CANCEL;

    if (rest <= 0 || poll(files, 2, (int)rest) <= 0)
        return false;
    if (!files[1].revents)
        return true;
    if (read(words, &word, 1) != 1 || word == CONNECT_CANCEL)
        return false;
    return files[0].revents || may_go_on(connection, next, words, until_ms);
}

PGconn *connect_open_aside(const ConnectOption *options, int words)
{
    enum { LONGEST_MS = 10000 };
    Lists lists = lists_of(options);
    PGconn *connection = PQconnectStartParams(lists.keywords, lists.values, 1);
    PostgresPollingStatusType next =
        PQstatus(connection) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
    int64_t until_ms = clock_monotonic_ms() + LONGEST_MS;

    while (next != PGRES_POLLING_OK && next != PGRES_POLLING_FAILED)
        next = may_go_on(connection, next, words, until_ms) ? PQconnectPoll(connection)
                                                            : PGRES_POLLING_FAILED;
    if (next == PGRES_POLLING_OK)
        return connection;
    PQfinish(connection);
    return NULL;
}
