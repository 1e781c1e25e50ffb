#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "sql/layout.h"

static char directory[64];

static int make_directory(void **state)
{
    (void)state;
    strcpy(directory, "/tmp/layout-test.XXXXXX");
    return mkdtemp(directory) ? 0 : -1;
}

static int remove_directory(void **state)
{
    char command[128];

    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", directory);
    return system(command);
}

static void touch(const char *name)
{
    char path[256];
    Err err = {0};

    snprintf(path, sizeof path, "%s/%s", directory, name);
    assert_true(file_make_parents(path, 0700, &err));
    assert_true(file_write(path, "select 1;", 9, 0600, &err));
}

static void leading_numbers_compare_as_numbers(void **state)
{
    (void)state;
    assert_true(layout_compare("0002_a.sql", "00010_b.sql") < 0);
    assert_true(layout_compare("V2_31_1__a.sql", "V2_31_10__a.sql") < 0);
    assert_true(layout_compare("20240101000000_b.sql", "20240101000001_a.sql") < 0);
    assert_true(layout_compare("1_a.sql", "1_b.sql") < 0);
    assert_true(layout_compare("99999999999999999999999_a.sql", "100000000000000000000000_a.sql") <
                0);
    assert_int_equal(layout_compare("1_a.sql", "1_a.sql"), 0);
}

static void a_dashed_date_is_the_number_without_dashes(void **state)
{
    (void)state;
    assert_true(layout_compare("20170530000000_a/up.sql", "2017-08-31-230457_b/up.sql") < 0);
    assert_true(layout_compare("2017-08-31-230457_b/up.sql", "20170901000000_a/up.sql") < 0);
    assert_true(layout_compare("2017-08-31-230457_b", "2017-08-31-230458_a") < 0);
}

static void what_is_repeatable_comes_last(void **state)
{
    (void)state;
    assert_true(layout_compare("R__views.sql", "V9__z.sql") > 0);
}

static void what_only_undoes_is_left_out(void **state)
{
    Err err = {0};
    Layout *layout;

    (void)state;
    touch("10_b.up.sql");
    touch("10_b.down.sql");
    touch("2_a.sql");
    touch("U1__x.sql");
    touch("readme.md");
    touch("3_c/down.sql");
    touch("3_c/up.sql");
    touch("4_d/migration.sql");
    touch(".hidden.sql");
    layout = layout_open(directory, &err);
    assert_non_null(layout);
    assert_int_equal(layout->count, 4);
    assert_string_equal(layout->files[0].name, "2_a.sql");
    assert_string_equal(layout->files[1].name, "3_c/up.sql");
    assert_string_equal(layout->files[2].name, "4_d/migration.sql");
    assert_string_equal(layout->files[3].name, "10_b.up.sql");
    assert_false(layout->supabase);
    layout_close(&layout);
    assert_null(layout);
}

static void an_empty_folder_is_bad_data(void **state)
{
    Err err = {0};

    (void)state;
    assert_null(layout_open(directory, &err));
    assert_int_equal(err.code, EXIT_DATA);
    assert_non_null(strstr(err.msg, "no migration files in '"));
    err = (Err){0};
    assert_null(layout_open("/tmp/there-is-no-such-folder", &err));
    assert_int_equal(err.code, EXIT_DATA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leading_numbers_compare_as_numbers),
        cmocka_unit_test(a_dashed_date_is_the_number_without_dashes),
        cmocka_unit_test(what_is_repeatable_comes_last),
        cmocka_unit_test_setup_teardown(what_only_undoes_is_left_out, make_directory,
                                        remove_directory),
        cmocka_unit_test_setup_teardown(an_empty_folder_is_bad_data, make_directory,
                                        remove_directory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
