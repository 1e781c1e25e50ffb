#include "dash/watch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/proc.h"

static char directory[64];

static int make_place(void **context)
{
    snprintf(directory, sizeof directory, "/tmp/dash_watch.XXXXXX");
    assert_non_null(mkdtemp(directory));
    *context = state_open(directory, "shop", 60000);
    return 0;
}

static int remove_place(void **context)
{
    char rm[] = "rm", how[] = "-rf";
    char *argv[] = {rm, how, directory, NULL};
    const ProcSpec spec = {.argv = argv};
    ProcResult result = {0};
    State *state = *context;
    Err err = {0};

    state_close(&state);
    assert_true(proc_run(&spec, &result, &err));
    proc_result_free(&result);
    return 0;
}

static void put(const State *state, const char *name, const char *text)
{
    CLEANUP(cleanup_free) char *path = state_path(state, name);
    Err err = {0};

    assert_true(file_make_parents(path, 0700, &err));
    assert_true(file_write(path, text, strlen(text), 0600, &err));
}

static void count_move(WatchKind kind, int64_t sequence, void *context)
{
    int *counts = context;

    (void)sequence;
    counts[kind]++;
}

static void what_moved_is_told_once_and_by_kind(void **context)
{
    const State *state = *context;
    int counts[WATCH_KIND_COUNT] = {0};
    Watch *watch = watch_open(state, 1000);
    Err err = {0};

    watch_look(watch, count_move, counts);
    assert_int_equal(watch_sequence(watch), 1000);
    put(state, ".schema/status.json", "{}");
    watch_look(watch, count_move, counts);
    watch_look(watch, count_move, counts);
    assert_int_equal(counts[WATCH_STATUS], 1);
    assert_int_equal(counts[WATCH_CHANGES], 0);
    put(state, "logs/notifications/history.jsonl", "{}\n");
    watch_look(watch, count_move, counts);
    assert_int_equal(counts[WATCH_NOTIFICATIONS], 1);
    assert_int_equal(counts[WATCH_CHANGES], 1);
    json_auto_t *since = watch_since(watch, 1001, &err);
    assert_int_equal(json_array_size(json_object_get(since, "kinds")), 2);
    json_auto_t *nothing = watch_since(watch, watch_sequence(watch), &err);
    assert_int_equal(json_array_size(json_object_get(nothing, "kinds")), 0);
    watch_close(&watch);
}

static void a_sequence_of_another_life_gives_all_kinds(void **context)
{
    const State *state = *context;
    Watch *watch = watch_open(state, 1000);
    static const int64_t foreign[] = {0, 999, 1001, INT64_MAX};
    Err err = {0};

    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        json_auto_t *doc = watch_since(watch, foreign[i], &err);
        assert_int_equal(json_array_size(json_object_get(doc, "kinds")), WATCH_KIND_COUNT);
    }
    watch_close(&watch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_moved_is_told_once_and_by_kind, make_place,
                                        remove_place),
        cmocka_unit_test_setup_teardown(a_sequence_of_another_life_gives_all_kinds, make_place,
                                        remove_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
