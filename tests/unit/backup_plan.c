#include "backup/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "json/jx.h"

/* "..p.." is five entries, oldest first, the third pinned. */
static json_t *entries_of(const char *picture)
{
    json_t *entries = json_array();

    for (size_t i = 0; picture[i]; i++) {
        json_t *entry = json_pack("{s:s+, s:i}", "id", "E", &picture[i], "seq", (int)i + 1);

        if (picture[i] == 'p') {
            json_object_set_new(entry, "pinned", json_string("why"));
        }
        json_array_append_new(entries, entry);
    }
    return entries;
}

/* The same picture with k for kept and - for removed; ! behind it when --yes is wanted. */
static void draw(const char *picture, int64_t keep, char *ret)
{
    json_auto_t *entries = entries_of(picture);
    Err err = {0};
    json_auto_t *plan = backup_plan(entries, keep, &err);
    size_t count = strlen(picture);
    size_t i = 0;
    const json_t *line = NULL;

    assert_non_null(plan);
    memset(ret, '?', count);
    json_array_foreach(json_object_get(plan, "keep"), i, line)
    {
        ret[jx_int(line, "seq", 0) - 1] = 'k';
    }
    json_array_foreach(json_object_get(plan, "remove"), i, line)
    {
        ret[jx_int(line, "seq", 0) - 1] = '-';
    }
    ret[count] = jx_bool(plan, "needs_yes") ? '!' : '\0';
    ret[count + 1] = '\0';
}

static const struct {
    const char *entries;
    int64_t keep;
    const char *want;
} golden[] = {
    {"", 1, ""},
    {".", 1, "k"},
    {"..", 1, "-k"},
    {"....", 1, "---k"},
    {".....", 1, "----k!"},
    {".....", 2, "---kk!"},
    {".....", 3, "--kkk"},
    {".....", 5, "kkkkk"},
    {".....", 500, "kkkkk"},
    {"...........", 10, "-kkkkkkkkkk"},
    {"............", 10, "--kkkkkkkkkk"},
    {"..........", 2, "--------kk!"},
    {"..........", 5, "-----kkkkk"},
    {"..........", 4, "------kkkk!"},
    {"p....", 1, "k---k!"},
    {"p.p..", 1, "k-k-k"},
    {"ppppp", 1, "kkkkk"},
    {"p...........", 10, "k-kkkkkkkkkk"},
    {"...p", 1, "---k"},
};

static void golden_policies_hold(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof golden / sizeof golden[0]; i++) {
        char got[64] = "";

        draw(golden[i].entries, golden[i].keep, got);
        assert_string_equal(got, golden[i].want);
    }
}

static void a_policy_that_keeps_nothing_is_refused(void **state)
{
    json_auto_t *entries = entries_of("...");
    Err err = {0};

    (void)state;
    assert_null(backup_plan(entries, 0, &err));
    assert_int_equal(err.code, EXIT_USAGE);
    assert_null(backup_plan(entries, -1, &err));
}

static void every_line_has_its_reason(void **state)
{
    json_auto_t *entries = entries_of("p..");
    Err err = {0};
    json_auto_t *plan = backup_plan(entries, 1, &err);
    json_auto_t *want =
        json_pack("{s:s, s:i, s:[{s:s, s:i, s:[s]}, {s:s, s:i, s:[s, s]}],"
                  " s:[{s:s, s:i, s:[s]}], s:b}",
                  "format", "backup-plan/1", "last", 1, "keep", "id", "Ep..", "seq", 1, "why",
                  "pinned: why", "id", "E.", "seq", 3, "why", "the newest", "one of the last 1",
                  "remove", "id", "E..", "seq", 2, "why", "older than the last 1", "needs_yes", 0);

    (void)state;
    assert_true(json_equal(plan, want));
}

/* For all sets up to ten entries with any pins, and all limits: the newest and the pinned stay, all
 * are judged once, a larger limit never removes more, and what is left is left alone. */
static void the_properties_hold_for_all_small_sets(void **state)
{
    (void)state;
    for (size_t count = 1; count <= 10; count++) {
        for (unsigned pins = 0; pins<1U << count; pins += count> 6 ? 7 : 1) {
            char picture[16] = "";
            char before[16] = "";

            for (size_t i = 0; i < count; i++) {
                picture[i] = pins >> i & 1U ? 'p' : '.';
            }
            for (int64_t keep = 1; keep <= 11; keep++) {
                char got[16] = "";
                char left[16] = "";
                char again[16] = "";
                size_t used = 0;

                draw(picture, keep, got);
                assert_int_equal(got[count - 1], 'k');
                for (size_t i = 0; i < count; i++) {
                    assert_true(got[i] == 'k' || (got[i] == '-' && picture[i] == '.'));
                    assert_false(keep > 1 && before[i] == 'k' && got[i] == '-');
                    if (got[i] == 'k') {
                        left[used++] = picture[i];
                    }
                }
                draw(left, keep, again);
                assert_null(strchr(again, '-'));
                memcpy(before, got, sizeof before);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden_policies_hold),
        cmocka_unit_test(a_policy_that_keeps_nothing_is_refused),
        cmocka_unit_test(every_line_has_its_reason),
        cmocka_unit_test(the_properties_hold_for_all_small_sets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
