#include "diff/bump.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cleanup.h"

static void the_worst_decides_which_part_comes_next(void **state)
{
    static const struct {
        int breaking, risky, added, total;
        Bump bump;
    } rows[] = {
        {0, 0, 0, 0, BUMP_NONE},  {0, 0, 0, 3, BUMP_PATCH}, {0, 0, 1, 3, BUMP_MINOR},
        {0, 1, 0, 1, BUMP_MINOR}, {1, 1, 1, 3, BUMP_MAJOR},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_auto_t *changes =
            json_pack("{s:{s:i, s:i, s:i, s:i}}", "summary", "breaking", rows[i].breaking, "risky",
                      rows[i].risky, "added", rows[i].added, "total", rows[i].total);
        assert_int_equal(bump_of(changes), rows[i].bump);
    }
}

static void the_next_version_is_that_of_semver(void **state)
{
    static const struct {
        const char *version;
        Bump bump;
        const char *next;
    } rows[] = {
        {"1.2.3", BUMP_NONE, "1.2.3"},
        {"1.2.3", BUMP_PATCH, "1.2.4"},
        {"1.2.3", BUMP_MINOR, "1.3.0"},
        {"1.2.3", BUMP_MAJOR, "2.0.0"},
        {"0.9.9", BUMP_MAJOR, "1.0.0"},
        {"v0.0.0", BUMP_PATCH, "v0.0.1"},
        {"1.2.3+build.5", BUMP_PATCH, "1.2.4"},
        {"1.2.3-rc.1", BUMP_PATCH, "1.2.3"},
        {"1.2.3-rc.1", BUMP_MINOR, "1.3.0"},
        {"1.3.0-rc.1", BUMP_MINOR, "1.3.0"},
        {"1.3.0-rc.1", BUMP_MAJOR, "2.0.0"},
        {"2.0.0-0", BUMP_MAJOR, "2.0.0"},
        {"1.2.3-rc.1", BUMP_NONE, "1.2.3-rc.1"},
        {"1.2.999999999999999999", BUMP_PATCH, "1.2.1000000000000000000"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Err err = {0};
        CLEANUP(cleanup_free) char *next = bump_next(rows[i].version, rows[i].bump, &err);
        assert_non_null(next);
        assert_string_equal(next, rows[i].next);
    }
}

static void anything_else_is_no_version(void **state)
{
    static const char *const texts[] = {"",
                                        "1",
                                        "1.2",
                                        "1.2.3.4",
                                        "01.2.3",
                                        "1.2.x",
                                        "1.2.3-",
                                        "1.2.3-a..b",
                                        "1.2.3 ",
                                        "-1.2.3",
                                        "1.2.1000000000000000000"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Err err = {0};
        assert_false(bump_is_version(texts[i]));
        assert_null(bump_next(texts[i], BUMP_MAJOR, &err));
        assert_int_equal(err.code, EXIT_USAGE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worst_decides_which_part_comes_next),
        cmocka_unit_test(the_next_version_is_that_of_semver),
        cmocka_unit_test(anything_else_is_no_version),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
