#include "cycle/cycle.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/lock.h"
#include "json/jsonl.h"
#include "json/jx.h"
#include "model/change.h"
#include "model/snapshot.h"

static Config *config;

static int project_new(void **state)
{
    static char path[] = "/tmp/cycle_cycle.XXXXXX";
    Err err = {0};

    strcpy(path + sizeof path - 7, "XXXXXX");
    *state = mkdtemp(path);
    if (!*state || chdir(path) != 0 || !file_make_directories(".schema/run", 0700, &err) ||
        !file_make_directories("supabase", 0700, &err) ||
        !file_write("supabase/monitor-config.json", "{\"project\":{\"name\":\"shop\"}}", 27, 0600,
                    &err))
        return -1;
    config = config_open(".", &err);
    return config ? 0 : -1;
}

static int project_end(void **state)
{
    char command[64];

    config_close(&config);
    snprintf(command, sizeof command, "rm -rf '%s'", (const char *)*state);
    return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

static void snapshot_put(const char *path, const char *meta, const char *sections)
{
    char hex[DIGEST_HEX_SIZE], text[2048];
    Err err = {0};

    digest_hex(sections, strlen(sections), hex);
    snprintf(text, sizeof text,
             "{\"format\":\"snapshot/1\",\n\"meta\":%s,\n%s\"hash\":\"sha256:%s\"}\n", meta,
             sections, hex);
    assert_true(file_write(path, text, strlen(text), 0600, &err));
}

#define SECTIONS                                                                                   \
    "\"schemas\":[\n{\"id\":\"a\"}\n],\n\"tables\":[\n{\"id\":\"a.t\"},\n{\"id\":\"a.u\"}\n],\n"

static json_t *status_file(void)
{
    Err err = {0};
    json_t *status = jx_load(".schema/status.json", &err);

    assert_non_null(status);
    assert_true(jx_check_format(status, "status/1", "status", &err));
    return status;
}

static void end_or_fail(const CycleEnd *end)
{
    Err err = {0};

    if (!cycle_end(config, end, &err))
        fail_msg("%s", err.msg);
}

static void a_run_that_was_killed_goes_on_under_its_id(void **state)
{
    char one[CLOCK_ULID_SIZE], two[CLOCK_ULID_SIZE];
    Err err = {0};

    (void)state;
    assert_true(cycle_begin(config, "sha256:1..sha256:2", one, &err));
    assert_true(clock_is_ulid(one));
    assert_true(cycle_begin(config, "sha256:1..sha256:2", two, &err));
    assert_string_equal(one, two);
    assert_true(cycle_begin(config, "sha256:1..sha256:3", two, &err));
    assert_string_not_equal(one, two);
    assert_true(cycle_begin(config, "sha256:2..sha256:3", one, &err));
    assert_string_not_equal(one, two);
}

static void a_pending_file_that_is_broken_begins_anew(void **state)
{
    static const char *const texts[] = {"", "{", "[]", "{\"id\":\"../../x\",\"changes\":\"f..t\"}",
                                        "{\"id\":1,\"changes\":\"f..t\"}"};
    char id[CLOCK_ULID_SIZE], again[CLOCK_ULID_SIZE];
    Err err = {0};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_true(file_write(".schema/run/pending.json", texts[i], strlen(texts[i]), 0600, &err));
        assert_true(cycle_begin(config, "f..t", id, &err));
        assert_true(clock_is_ulid(id));
        assert_true(cycle_begin(config, "f..t", again, &err));
        assert_string_equal(id, again);
    }
}

static void the_end_forgets_the_pending_run(void **state)
{
    char one[CLOCK_ULID_SIZE], two[CLOCK_ULID_SIZE];
    Err err = {0};

    (void)state;
    assert_true(cycle_begin(config, "f..t", one, &err));
    end_or_fail(&(CycleEnd){.run = one, .result = "ok", .started_ms = clock_now_ms()});
    assert_true(cycle_begin(config, "f..t", two, &err));
    assert_string_not_equal(one, two);
}

static void a_failed_run_in_between_does_not_forget_the_pending_one(void **state)
{
    char one[CLOCK_ULID_SIZE], two[CLOCK_ULID_SIZE];
    Err err = {0};

    (void)state;
    assert_true(cycle_begin(config, "f..t", one, &err));
    end_or_fail(&(CycleEnd){
        .result = "failed", .failure = "database.unreachable", .started_ms = clock_now_ms()});
    assert_true(cycle_begin(config, "f..t", two, &err));
    assert_string_equal(one, two);
}

static void accepting_makes_it_the_cache_byte_for_byte(void **state)
{
    Err err = {0};
    CLEANUP(cleanup_free) char *one = NULL;
    CLEANUP(cleanup_free) char *two = NULL;
    size_t length = 0;
    struct stat status;

    (void)state;
    snapshot_put(".schema/run/new.json", "{\"source\":\"live\"}", SECTIONS);
    assert_true(cycle_accept(config, ".schema/run/new.json", &err));
    assert_true(file_read(".schema/run/new.json", 0, &one, &length, &err));
    assert_true(file_read(".schema/cache/snapshot.json", 0, &two, &length, &err));
    assert_string_equal(one, two);
    assert_int_equal(stat(".schema/cache/snapshot.json", &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void what_is_no_whole_snapshot_is_not_accepted(void **state)
{
    Err err = {0};

    (void)state;
    assert_false(cycle_accept(config, "missing", &err));
    assert_int_equal(err.code, EXIT_DATA);
    assert_true(file_write("half", "{\"format\":\"snapshot/1\",\n", 24, 0600, &err));
    assert_false(cycle_accept(config, "half", &err));
    assert_int_equal(err.code, EXIT_DATA);
    assert_false(file_exists(".schema/cache/snapshot.json"));
}

static void a_first_run_leaves_a_status_and_a_line(void **state)
{
    static const char *const steps[] = {"types=written", "docs=fresh", "nonsense", "other=x", NULL};
    Err err = {0};

    (void)state;
    snapshot_put("new.json",
                 "{\"source\":\"migrations\",\"fallback\":\"no server\","
                 "\"warnings\":[\"a\",\"b\"]}",
                 SECTIONS);
    int64_t started = clock_now_ms();
    end_or_fail(&(CycleEnd){.run = "01ARYZ6S410000000000000000",
                            .result = "first",
                            .message = "3 objects",
                            .started_ms = started,
                            .planned_ms = started - 40,
                            .snapshot = "new.json",
                            .steps = steps});
    json_auto_t *status = status_file();
    assert_string_equal(jx_string(status, "project", ""), "shop");
    assert_string_equal(jx_string(status, "state", ""), "ok");
    assert_string_equal(jx_string(status, "message", ""), "3 objects");
    assert_string_equal(jx_string(status, "source", ""), "migrations");
    assert_string_equal(jx_string(status, "fallback", ""), "no server");
    assert_int_equal(jx_int(status, "warnings", 0), 2);
    assert_int_equal(jx_int(json_object_get(status, "objects"), "tables", 0), 2);
    assert_int_equal(jx_int(json_object_get(status, "objects"), "schemas", 0), 1);
    assert_int_equal(strlen(jx_string(status, "hash", "")), 71);
    assert_string_equal(jx_string(json_object_get(status, "types"), "result", ""), "written");
    assert_string_equal(jx_string(json_object_get(status, "types"), "path", ""),
                        "src/types/database.ts");
    assert_string_equal(jx_string(json_object_get(status, "docs"), "result", ""), "fresh");
    assert_null(json_object_get(status, "nonsense"));
    assert_null(json_object_get(status, "other"));
    int64_t next = 0;
    assert_true(clock_parse(jx_string(status, "next_check", ""), &next));
    assert_true(next == started + 300000);
    const json_t *check = json_object_get(status, "last_check");
    assert_string_equal(jx_string(check, "id", ""), "01ARYZ6S410000000000000000");
    assert_string_equal(jx_string(check, "result", ""), "first");
    assert_true(jx_int(check, "duration_ms", -1) >= 0);
    json_auto_t *runs = jsonl_tail(".schema/runs.jsonl", 0, &err);
    assert_int_equal(json_array_size(runs), 1);
    const json_t *run = json_array_get(runs, 0);
    assert_int_equal(jx_int(run, "lag_ms", 0), 40);
    assert_string_equal(jx_string(run, "result", ""), "first");
    assert_int_equal(jx_int(run, "changes", -1), 0);
    assert_null(json_object_get(run, "severity"));
}

static void changes_are_told_and_stay_until_the_next(void **state)
{
    Err err = {0};
    json_auto_t *changes = changes_new("sha256:1", "sha256:2", &err);

    (void)state;
    assert_true(changes_add(changes, OP_REMOVED, "table", "a.t", NULL, SEVERITY_BREAKING, "data",
                            "gone", &err));
    assert_true(changes_finish(changes, &err));
    assert_true(jx_store(changes, "changes.json", 0600, &err));
    end_or_fail(&(CycleEnd){.run = "01ARYZ6S410000000000000001",
                            .result = "changed",
                            .message = "it changed",
                            .started_ms = clock_now_ms(),
                            .changes = "changes.json"});
    end_or_fail(&(CycleEnd){.result = "ok", .message = "as before", .started_ms = clock_now_ms()});
    json_auto_t *status = status_file();
    const json_t *change = json_object_get(status, "last_change");
    assert_string_equal(jx_string(change, "id", ""), "01ARYZ6S410000000000000001");
    assert_string_equal(jx_string(change, "severity", ""), "breaking");
    assert_string_equal(jx_string(change, "summary", ""),
                        "1 change, 1 breaking: table a.t removed");
    assert_int_equal(jx_int(change, "total", 0), 1);
    assert_string_equal(jx_string(status, "state", ""), "ok");
    json_auto_t *runs = jsonl_tail(".schema/runs.jsonl", 0, &err);
    assert_int_equal(json_array_size(runs), 2);
    assert_string_equal(jx_string(json_array_get(runs, 0), "severity", ""), "breaking");
    assert_int_equal(jx_int(json_array_get(runs, 0), "changes", 0), 1);
}

static void a_failure_keeps_what_was_known_and_ends_with_the_next_run(void **state)
{
    Err err = {0};

    (void)state;
    snapshot_put("new.json", "{\"source\":\"live\"}", SECTIONS);
    end_or_fail(
        &(CycleEnd){.result = "first", .started_ms = clock_now_ms(), .snapshot = "new.json"});
    end_or_fail(&(CycleEnd){.result = "failed",
                            .failure = "database.unreachable",
                            .message = "nobody there",
                            .started_ms = clock_now_ms()});
    json_auto_t *status = status_file();
    assert_string_equal(jx_string(status, "state", ""), "failed");
    assert_string_equal(cycle_failure(status), "database.unreachable");
    assert_string_equal(jx_string(json_object_get(status, "last_check"), "error", ""),
                        "nobody there");
    assert_int_equal(strlen(jx_string(status, "hash", "")), 71);
    assert_int_equal(jx_int(json_object_get(status, "objects"), "tables", 0), 2);
    json_auto_t *runs = jsonl_tail(".schema/runs.jsonl", 1, &err);
    assert_string_equal(jx_string(json_array_get(runs, 0), "error", ""), "nobody there");
    end_or_fail(&(CycleEnd){.result = "ok", .started_ms = clock_now_ms()});
    json_auto_t *after = status_file();
    assert_string_equal(jx_string(after, "state", ""), "ok");
    assert_string_equal(cycle_failure(after), "");
    assert_null(json_object_get(json_object_get(after, "last_check"), "error"));
}

static void a_run_that_ends_twice_has_one_line(void **state)
{
    const CycleEnd end = {
        .run = "01ARYZ6S410000000000000002", .result = "ok", .started_ms = clock_now_ms()};
    Err err = {0};

    (void)state;
    end_or_fail(&end);
    end_or_fail(&end);
    json_auto_t *runs = jsonl_tail(".schema/runs.jsonl", 0, &err);
    assert_int_equal(json_array_size(runs), 1);
}

static void a_snapshot_that_is_altered_leaves_the_status_alone(void **state)
{
    Err err = {0};

    (void)state;
    assert_true(
        file_write("bad.json", "{\"format\":\"snapshot/1\",\n\"meta\":{},\n", 35, 0600, &err));
    assert_false(cycle_end(
        config, &(CycleEnd){.result = "ok", .started_ms = clock_now_ms(), .snapshot = "bad.json"},
        &err));
    assert_int_equal(err.code, EXIT_DATA);
    assert_false(file_exists(".schema/status.json"));
    assert_false(file_exists(".schema/runs.jsonl"));
}

static void a_broken_status_is_begun_anew(void **state)
{
    Err err = {0};

    (void)state;
    assert_true(file_write(".schema/status.json", "[1,", 3, 0600, &err));
    end_or_fail(&(CycleEnd){.result = "ok", .started_ms = clock_now_ms()});
    json_auto_t *status = status_file();
    assert_string_equal(jx_string(status, "state", ""), "ok");
}

static void without_any_run_the_project_is_stopped(void **state)
{
    json_auto_t *status = cycle_status(config);

    (void)state;
    assert_string_equal(jx_string(status, "state", ""), "stopped");
    assert_string_equal(jx_string(status, "project", ""), "shop");
    assert_null(json_object_get(status, "supervisor"));
    assert_string_equal(cycle_failure(status), "");
    assert_int_equal(jx_int(json_object_get(status, "notifications"), "pending", -1), 0);
    assert_int_equal(jx_int(json_object_get(status, "backups"), "types", -1), 0);
    assert_false(file_exists(".schema/status.json"));
}

static void the_supervisor_is_who_holds_its_lock(void **state)
{
    Err err = {0};
    int said[2];
    char byte = 0;

    (void)state;
    end_or_fail(&(CycleEnd){.result = "ok", .started_ms = clock_now_ms()});
    json_auto_t *alone = cycle_status(config);
    assert_null(json_object_get(alone, "next_check"));
    assert_int_equal(pipe(said), 0);
    pid_t child = fork();
    if (child == 0) {
        int lock = lock_take(".schema/lock.supervisor", 0, &err);
        (void)!write(said[1], lock < 0 ? "n" : "y", 1);
        pause();
        _exit(0);
    }
    assert_int_equal(read(said[0], &byte, 1), 1);
    json_auto_t *status = cycle_status(config);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    assert_int_equal(jx_int(json_object_get(status, "supervisor"), "pid", 0), child);
    assert_non_null(json_object_get(status, "next_check"));
    json_auto_t *after = cycle_status(config);
    assert_null(json_object_get(after, "supervisor"));
    close(said[0]);
    close(said[1]);
}

static void what_other_tools_left_is_counted(void **state)
{
    Err err = {0};

    (void)state;
    assert_true(file_make_directories(".schema/outbox/new", 0700, &err));
    assert_true(file_make_directories(".schema/outbox/dead", 0700, &err));
    assert_true(file_write(".schema/outbox/new/1", "", 0, 0600, &err));
    assert_true(file_write(".schema/outbox/new/2", "", 0, 0600, &err));
    assert_true(file_write(".schema/outbox/new/.hidden", "", 0, 0600, &err));
    assert_true(file_write(".schema/outbox/dead/3", "", 0, 0600, &err));
    assert_true(file_make_directories("backups/types", 0700, &err));
    static const char manifest[] = "{\"format\":\"backups/1\",\"set\":\"types\"}\n{\"id\":\"A\"}\n"
                                   "{\"pin\":\"A\"}\n{\"id\":\"B\"}\n{\"dropped\":3}\n";
    assert_true(file_write("backups/types/manifest.jsonl", manifest, strlen(manifest), 0600, &err));
    json_auto_t *validation = json_pack("{s:s,s:s,s:s,s:i,s:i,s:i}", "id", "V", "result", "failed",
                                        "started", "T", "passed", 3, "failed", 1, "skipped", 2);
    assert_true(jsonl_append("logs/validation/history.jsonl", validation, 0, &err));
    json_auto_t *status = cycle_status(config);
    const json_t *notifications = json_object_get(status, "notifications");
    assert_int_equal(jx_int(notifications, "pending", -1), 2);
    assert_int_equal(jx_int(notifications, "dead", -1), 1);
    assert_int_equal(jx_int(json_object_get(status, "backups"), "types", -1), 2);
    const json_t *last = json_object_get(status, "validation");
    assert_string_equal(jx_string(last, "result", ""), "failed");
    assert_string_equal(jx_string(last, "time", ""), "T");
    assert_int_equal(jx_int(last, "failed", 0), 1);
}

#define IN_PROJECT(test) cmocka_unit_test_setup_teardown(test, project_new, project_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PROJECT(a_run_that_was_killed_goes_on_under_its_id),
        IN_PROJECT(a_pending_file_that_is_broken_begins_anew),
        IN_PROJECT(the_end_forgets_the_pending_run),
        IN_PROJECT(a_failed_run_in_between_does_not_forget_the_pending_one),
        IN_PROJECT(accepting_makes_it_the_cache_byte_for_byte),
        IN_PROJECT(what_is_no_whole_snapshot_is_not_accepted),
        IN_PROJECT(a_first_run_leaves_a_status_and_a_line),
        IN_PROJECT(changes_are_told_and_stay_until_the_next),
        IN_PROJECT(a_failure_keeps_what_was_known_and_ends_with_the_next_run),
        IN_PROJECT(a_run_that_ends_twice_has_one_line),
        IN_PROJECT(a_snapshot_that_is_altered_leaves_the_status_alone),
        IN_PROJECT(a_broken_status_is_begun_anew),
        IN_PROJECT(without_any_run_the_project_is_stopped),
        IN_PROJECT(the_supervisor_is_who_holds_its_lock),
        IN_PROJECT(what_other_tools_left_is_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
