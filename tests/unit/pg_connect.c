#include "pg/connect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "base/file.h"

static void only_what_cannot_lead_elsewhere_is_local(void **state)
{
    static const struct {
        const char *host;
        bool local;
    } rows[] = {
        {"", true},
        {"/var/run/postgresql", true},
        {"@abstract", true},
        {"localhost", true},
        {"LocalHost", true},
        {"127.0.0.1", true},
        {"127.255.255.254", true},
        {"::1", true},
        {"0:0:0:0:0:0:0:1", true},
        {"::ffff:127.0.0.1", true},
        {"localhost.example.test", false},
        {"localhost.", false},
        {"127.0.0.1.example.test", false},
        {"127.example.test", false},
        {"127.1", false},
        {"128.0.0.1", false},
        {"0.0.0.0", false},
        {"10.0.0.1", false},
        {"::", false},
        {"::2", false},
        {"::ffff:10.0.0.1", false},
        {"fe80::1", false},
        {"db", false},
        {"db.example.test", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (connect_is_local(rows[i].host) != rows[i].local)
            fail_msg("'%s' is taken for %s", rows[i].host, rows[i].local ? "remote" : "local");
}

/* "a=1 b=2" of a list, in the arena. */
static const char *text_of(const ConnectOption *options, Arena *arena)
{
    const char *text = "";

    for (; options->keyword; options++)
        text = arena_printf(arena, "%s%s%s=%s", text, *text ? " " : "", options->keyword,
                            options->value);
    return text;
}

#define ALWAYS                                                                                     \
    "connect_timeout=10 keepalives_idle=30 keepalives_interval=10 keepalives_count=3 "             \
    "tcp_user_timeout=30000"
#define CHECKED " sslmode=verify-full"

static const struct {
    const char *name;
    ConnectOption user[8];
    const char *roots;
    const char *want;
} cases[] = {
    {"nothing said: the local socket", {{0}}, "system", ALWAYS},
    {"a loopback address", {{"host", "127.0.0.1"}}, "system", ALWAYS},
    {"another machine",
     {{"host", "db.example.test"}},
     "system",
     ALWAYS CHECKED " sslrootcert=system"},
    {"no authorities are known", {{"host", "db.example.test"}}, NULL, ALWAYS CHECKED},
    {"the address alone", {{"hostaddr", "192.0.2.1"}}, "/r", ALWAYS CHECKED " sslrootcert=/r"},
    {"the name decides, not its address",
     {{"host", "db.example.test"}, {"hostaddr", "127.0.0.1"}},
     "/r",
     ALWAYS CHECKED " sslrootcert=/r"},
    {"the address decides, not its name",
     {{"host", "localhost"}, {"hostaddr", "192.0.2.1"}},
     "/r",
     ALWAYS CHECKED " sslrootcert=/r"},
    {"one of several is elsewhere",
     {{"host", "localhost,/tmp,db.example.test"}},
     "/r",
     ALWAYS CHECKED " sslrootcert=/r"},
    {"one of several addresses is elsewhere",
     {{"hostaddr", "127.0.0.1,,192.0.2.1"}},
     "/r",
     ALWAYS CHECKED " sslrootcert=/r"},
    {"all of several are here", {{"host", "localhost,,127.0.0.1"}}, "/r", ALWAYS},
    {"require is left alone, and no authority given to it, which would make it check",
     {{"host", "db.example.test"}, {"sslmode", "require"}},
     "/r",
     ALWAYS},
    {"disable", {{"host", "db.example.test"}, {"sslmode", "disable"}}, "/r", ALWAYS},
    {"verify-ca is left alone: 'system' would be refused with it",
     {{"host", "db.example.test"}, {"sslmode", "verify-ca"}},
     "system",
     ALWAYS},
    {"verify-full said without an authority",
     {{"host", "localhost"}, {"sslmode", "verify-full"}},
     "/r",
     ALWAYS " sslrootcert=/r"},
    {"an authority of the user's own",
     {{"host", "db.example.test"}, {"sslrootcert", "/mine"}},
     "/r",
     ALWAYS CHECKED},
    {"timeouts of the user's own",
     {{"connect_timeout", "2"}, {"keepalives_idle", "5"}, {"tcp_user_timeout", "0"}},
     "/r",
     "keepalives_interval=10 keepalives_count=3"},
    {"a Supabase pooler",
     {{"host", "aws-0-eu-central-1.pooler.supabase.com"}},
     "/r",
     ALWAYS CHECKED " gssencmode=disable sslrootcert=/r"},
    {"gssencmode said",
     {{"host", "aws-0-eu-central-1.pooler.supabase.com"}, {"gssencmode", "prefer"}},
     "/r",
     ALWAYS CHECKED " sslrootcert=/r"},
    {"not Supabase",
     {{"host", "pooler.supabase.com.example.test"}},
     "/r",
     ALWAYS CHECKED " sslrootcert=/r"},
};

static void what_the_user_left_open_is_set_and_nothing_else(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CLEANUP(arena_free) Arena arena = {0};
        const char *got = text_of(connect_defaults(cases[i].user, cases[i].roots, &arena), &arena);

        if (strcmp(got, cases[i].want) != 0)
            fail_msg("%s: '%s', not '%s'", cases[i].name, got, cases[i].want);
    }
}

static const struct {
    const char *name;
    const char *conninfo;
    const char *environment; /* NAME=VALUE */
    const char *keyword;
    const char *want; /* NULL: the user did not say */
} sayings[] = {
    {"nobody says", "", "", "sslmode", NULL},
    {"the URL", "postgresql://h/d?sslmode=require", "", "sslmode", "require"},
    {"key words", "host=h sslmode=allow", "", "sslmode", "allow"},
    {"the environment", "host=h", "PGSSLMODE=prefer", "sslmode", "prefer"},
    {"the URL before the environment", "host=h sslmode=allow", "PGSSLMODE=prefer", "sslmode",
     "allow"},
    {"a service of the URL", "service=far", "", "host", "db.example.test"},
    {"a service of the environment", "", "PGSERVICE=far", "host", "db.example.test"},
    {"the URL's service before the environment's", "service=far", "PGSERVICE=near", "host",
     "db.example.test"},
    {"a service says what is libpq's default too", "service=far", "", "sslmode", "prefer"},
    {"a service leaves it open", "service=near", "", "sslmode", NULL},
    {"a service before the environment", "service=far", "PGSSLMODE=require", "sslmode", "prefer"},
    {"the URL before its service", "service=far sslmode=disable", "", "sslmode", "disable"},
    {"a timeout in the environment", "", "PGCONNECT_TIMEOUT=3", "connect_timeout", "3"},
    {"a service that is not there", "service=lost", "", "host", NULL},
    {"an address in the environment", "", "PGHOSTADDR=192.0.2.1", "hostaddr", "192.0.2.1"},
};

static void url_service_and_environment_are_what_the_user_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sayings / sizeof *sayings; i++) {
        CLEANUP(arena_free) Arena arena = {0};
        Err err = {0};
        const char *value = strchr(sayings[i].environment, '=');
        const char *name = value ? arena_strndup(&arena, sayings[i].environment,
                                                 (size_t)(value - sayings[i].environment))
                                 : NULL;
        const char *got = NULL;

        if (name)
            setenv(name, value + 1, 1);
        const ConnectOption *user = connect_user(sayings[i].conninfo, &arena, &err);
        assert_non_null(user);
        for (; user->keyword; user++)
            if (strcmp(user->keyword, sayings[i].keyword) == 0)
                got = user->value;
        if (!got != !sayings[i].want || (got && strcmp(got, sayings[i].want) != 0))
            fail_msg("%s: '%s'", sayings[i].name, got ? got : "(nothing)");
        /* The environment is as it was. */
        if (name) {
            assert_string_equal(getenv(name), value + 1);
            unsetenv(name);
        }
        assert_null(getenv("PGSSLMODE"));
        assert_null(getenv("PGSERVICE"));
        assert_null(getenv("PGGSSENCMODE"));
        assert_null(getenv("PGCONNECT_TIMEOUT"));
    }
}

static void what_may_hold_a_password_is_not_repeated(void **state)
{
    static const char *const conninfos[] = {
        "postgresql://u:ses@me@h/d", "postgresql://u:ses/me@h/d",
        "postgresql://u:12/ses@h/d", "postgresql://u:ses%me@h/d",
        "host=h password=ses me pw", "dbname=postgresql://u:sesame@h/d",
    };

    (void)state;
    for (size_t i = 0; i < sizeof conninfos / sizeof *conninfos; i++) {
        CLEANUP(arena_free) Arena arena = {0};
        Err err = {0};

        if (connect_user(conninfos[i], &arena, &err))
            fail_msg("'%s' was read", conninfos[i]);
        assert_int_equal(err.code, EXIT_CONFIG);
        assert_null(strstr(err.msg, "ses"));
    }
    setenv("PGDATABASE", "postgresql://u:sesame@h/d", 1);
    CLEANUP(arena_free) Arena arena = {0};
    Err err = {0};
    assert_null(connect_user("", &arena, &err));
    assert_null(strstr(err.msg, "sesame"));
    unsetenv("PGDATABASE");
}

#define AT "connection to server at \"h\" (192.0.2.1), port 5432 failed: "
#define DIRECT "db.abcdefghijklmnopqrst.supabase.co"
#define POOLER "aws-0-eu-central-1.pooler.supabase.com"

static const struct {
    const char *host;
    const char *text;
    ExitCode code;
    const char *line;
    const char *advice; /* a part of it; NULL: none */
} failures[] = {
    {"h", AT "Connection refused\n\tIs the server running?\n", EXIT_UNAVAILABLE,
     "Connection refused", NULL},
    {"h", AT "SSL error: certificate verify failed\n", EXIT_CONFIG,
     "SSL error: certificate verify failed", "PGSSLROOTCERT, or sslmode=require"},
    {POOLER, AT "SSL error: certificate verify failed\n", EXIT_CONFIG,
     "SSL error: certificate verify failed", "SSL Configuration"},
    {"h", AT "server certificate for \"a\" does not match host name \"h\"\n", EXIT_CONFIG,
     "server certificate for \"a\" does not match host name \"h\"", "hostaddr="},
    {"h", AT "server does not support SSL, but SSL was required\n", EXIT_CONFIG,
     "server does not support SSL, but SSL was required", "sslmode=disable"},
    {"h", AT "SSL error: wrong version number\n", EXIT_UNAVAILABLE,
     "SSL error: wrong version number", "TLS 1.2"},
    {"h", AT "root certificate file \"/r\" does not exist\nEither provide the file\n", EXIT_CONFIG,
     "root certificate file \"/r\" does not exist", "PGSSLROOTCERT"},
    {"h", AT "FATAL:  password authentication failed for user \"u\"\n", EXIT_DENIED,
     "FATAL:  password authentication failed for user \"u\"", NULL},
    {"h", AT "FATAL:  sorry, too many clients already\n", EXIT_TEMPFAIL,
     "FATAL:  sorry, too many clients already", NULL},
    {"h",
     AT "FATAL:  no pg_hba.conf entry for host \"h\", user \"u\", database \"d\", no encryption\n",
     EXIT_DENIED,
     "FATAL:  no pg_hba.conf entry for host \"h\", user \"u\", database \"d\", no encryption",
     "leave sslmode out"},
    {"/tmp", "FATAL:  no pg_hba.conf entry for host \"[local]\", no encryption\n", EXIT_DENIED,
     "FATAL:  no pg_hba.conf entry for host \"[local]\", no encryption", NULL},
    {"h", AT "FATAL:  unsupported startup parameter: options\n", EXIT_CONFIG,
     "FATAL:  unsupported startup parameter: options", "PGOPTIONS"},
    {"h", AT "FATAL:  no such user\n", EXIT_DENIED, "FATAL:  no such user", "auth_file"},
    {"h", AT "FATAL:  no more connections allowed (max_client_conn)\n", EXIT_TEMPFAIL,
     "FATAL:  no more connections allowed (max_client_conn)", NULL},
    {POOLER, AT "FATAL:  Tenant or user not found\n", EXIT_DENIED,
     "FATAL:  Tenant or user not found", "postgres.PROJECT"},
    {POOLER, AT "FATAL:  (ENOTFOUND) tenant/user postgres.x not found\n", EXIT_DENIED,
     "FATAL:  (ENOTFOUND) tenant/user postgres.x not found", "postgres.PROJECT"},
    {POOLER, AT "FATAL:  MaxClientsInSessionMode: max clients reached - in Session mode\n",
     EXIT_TEMPFAIL, "FATAL:  MaxClientsInSessionMode: max clients reached - in Session mode",
     "port 6543"},
    {POOLER, AT "FATAL:  Unable to check out process from the pool due to timeout\n", EXIT_TEMPFAIL,
     "FATAL:  Unable to check out process from the pool due to timeout", NULL},
    {DIRECT, AT "Network is unreachable\n\tIs the server running?\n", EXIT_UNAVAILABLE,
     "Network is unreachable", "user postgres.abcdefghijklmnopqrst)"},
    {DIRECT, "could not translate host name \"" DIRECT "\" to address: No address associated\n",
     EXIT_UNAVAILABLE,
     "could not translate host name \"" DIRECT "\" to address: No address associated",
     "user postgres.abcdefghijklmnopqrst)"},
    {"h", AT "Network is unreachable\n", EXIT_UNAVAILABLE, "Network is unreachable", NULL},
    {"db.a.b.supabase.co", AT "Network is unreachable\n", EXIT_UNAVAILABLE,
     "Network is unreachable", NULL},
    {"h", "definition of service \"x\" not found\n", EXIT_CONFIG,
     "definition of service \"x\" not found", NULL},
    {"h", "invalid sslmode value: \"x\"\n", EXIT_CONFIG, "invalid sslmode value: \"x\"", NULL},
    /* Of several attempts, the one that tells most, and where it went. */
    {"h",
     "connection to server at \"a\" (192.0.2.1), port 1 failed: Connection refused\n\tIs it?\n"
     "connection to server at \"b\" (192.0.2.2), port 1 failed: FATAL:  role \"u\" does not "
     "exist\n",
     EXIT_DENIED,
     "connection to server at \"b\" (192.0.2.2), port 1 failed: FATAL:  role \"u\" does not exist",
     NULL},
    {"h",
     "connection to server at \"a\" (192.0.2.1), port 1 failed: Connection refused\n\tIs it?\n"
     "connection to server at \"b\" (192.0.2.2), port 1 failed: Connection refused\n\tIs it?\n",
     EXIT_UNAVAILABLE,
     "connection to server at \"a\" (192.0.2.1), port 1 failed: Connection refused", NULL},
    {"h", "", EXIT_UNAVAILABLE, "", NULL},
};

static void a_failure_has_its_code_and_its_remedy(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
        ConnectFailure got = connect_failure(failures[i].text, failures[i].host, EXIT_UNAVAILABLE);
        Err err = {0};

        assert_int_equal(got.code, failures[i].code);
        assert_int_equal(got.length, strlen(failures[i].line));
        assert_memory_equal(got.line, failures[i].line, strlen(failures[i].line));
        err_set(&err, got.code, "%s", "x");
        assert_false(connect_advise(&got, &err));
        if (failures[i].advice ? !strstr(err.msg, failures[i].advice) : strcmp(err.msg, "x") != 0)
            fail_msg("'%s': '%s'", failures[i].text, err.msg);
    }
}

static void an_unknown_failure_keeps_the_code_given(void **state)
{
    (void)state;
    assert_int_equal(connect_failure("FATAL:  nein\n", "h", EXIT_DENIED).code, EXIT_DENIED);
}

static void the_trusted_authorities_are_the_system_s(void **state)
{
    char directory[] = "/tmp/pg_connect.XXXXXX";
    Err err = {0};

    (void)state;
    assert_non_null(mkdtemp(directory));
    setenv("HOME", directory, 1);
    setenv("SSL_CERT_FILE", "/some/bundle", 1);
    assert_string_equal(connect_roots(160000), "system");
    assert_string_equal(connect_roots(150018), "/some/bundle");
    unsetenv("SSL_CERT_FILE");
    const char *bundle = connect_roots(150018);
    if (bundle)
        assert_int_equal(access(bundle, R_OK), 0);

    CLEANUP(arena_free) Arena arena = {0};
    const char *own = arena_printf(&arena, "%s/.postgresql/root.crt", directory);
    assert_true(file_make_parents(own, 0700, &err));
    assert_true(file_write(own, "", 0, 0600, &err));
    assert_null(connect_roots(150018));
    assert_null(connect_roots(180000));
    assert_int_equal(unlink(own), 0);
    assert_int_equal(rmdir(arena_printf(&arena, "%s/.postgresql", directory)), 0);
    assert_int_equal(rmdir(directory), 0);
}

static void passwords_are_seen_in_conninfo(void **state)
{
    (void)state;
    assert_true(connect_has_password("postgresql://u:p@h/d"));
    assert_true(connect_has_password("host=h sslpassword=p"));
    assert_true(connect_has_password("postgresql://u:%p@h"));
    assert_false(connect_has_password("postgresql://u@h/d"));
    assert_false(connect_has_password("host=h passfile=/f"));
}

/* Nothing of the user's own may decide; a service file for all tests. */
static int prepare(void **state)
{
    static const char *const names[] = {"PGHOST",        "PGHOSTADDR",        "PGSSLMODE",
                                        "PGSERVICE",     "PGDATABASE",        "PGPORT",
                                        "PGSSLROOTCERT", "PGCONNECT_TIMEOUT", "PGGSSENCMODE",
                                        "PGSYSCONFDIR",  "PGREQUIRESSL"};
    static const char services[] =
        "[far]\nhost=db.example.test\nsslmode=prefer\n[near]\nhost=::1\n";
    static char path[] = "/tmp/pg_service.XXXXXX";
    int fd = mkstemp(path);

    if (fd < 0 || write(fd, services, strlen(services)) < 0 || close(fd) != 0)
        return -1;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unsetenv(names[i]);
    setenv("PGSERVICEFILE", path, 1);
    *state = path;
    return 0;
}

static int tidy(void **state)
{
    return unlink(*state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_cannot_lead_elsewhere_is_local),
        cmocka_unit_test(what_the_user_left_open_is_set_and_nothing_else),
        cmocka_unit_test(url_service_and_environment_are_what_the_user_says),
        cmocka_unit_test(what_may_hold_a_password_is_not_repeated),
        cmocka_unit_test(a_failure_has_its_code_and_its_remedy),
        cmocka_unit_test(an_unknown_failure_keeps_the_code_given),
        cmocka_unit_test(the_trusted_authorities_are_the_system_s),
        cmocka_unit_test(passwords_are_seen_in_conninfo),
    };

    return cmocka_run_group_tests(tests, prepare, tidy);
}
