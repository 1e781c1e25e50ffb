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

/* Writes the names, opens the folder or the part of it, and compares the order and the form. */
static void becomes(const char *part, LayoutForm form, bool is_ordered, const char *wanted)
{
    char path[256], got[1024] = "";
    Err err = {0};
    Layout *layout;

    snprintf(path, sizeof path, "%s/%s", directory, part);
    layout = layout_open(path, &err);
    if (!layout)
        fail_msg("%s", err.msg);
    for (size_t i = 0; i < layout->count; i++) {
        strcat(got, i ? " " : "");
        strcat(got, layout->files[i].name);
    }
    assert_string_equal(got, wanted);
    assert_string_equal(layout_form_name(layout->form), layout_form_name(form));
    assert_int_equal(layout->is_ordered, is_ordered);
    layout_close(&layout);
}

/* Whether a note is on the name and says so. */
static bool notes(const char *name, const char *why)
{
    Err err = {0};
    Layout *layout = layout_open(directory, &err);
    bool found = false;

    assert_non_null(layout);
    for (size_t i = 0; i < layout->note_count; i++)
        found |= strcmp(layout->notes[i].name, name) == 0 && strstr(layout->notes[i].why, why);
    layout_close(&layout);
    return found;
}

static void text(const char *name, const char *content)
{
    char path[256];
    Err err = {0};

    touch(name);
    snprintf(path, sizeof path, "%s/%s", directory, name);
    assert_true(file_write(path, content, strlen(content), 0600, &err));
}

static void flyway_takes_versions_then_repeatables(void **state)
{
    (void)state;
    touch("V1__a.sql");
    touch("V1_1__b.sql");
    touch("more/V1.2__c.sql");
    touch("V2_31_10__d.sql");
    touch("V2_31_1__e.sql");
    touch("V10__f.sql");
    touch("R__views.sql");
    touch("U1__a.sql");
    touch("V3__java.java");
    touch("notes.sql");
    becomes("", LAYOUT_FLYWAY, true,
            "V1__a.sql V1_1__b.sql more/V1.2__c.sql V2_31_1__e.sql V2_31_10__d.sql V10__f.sql "
            "R__views.sql");
    assert_true(notes("V3__java.java", "its effect is not known"));
    assert_true(notes("notes.sql", "left out"));
    touch("B2__all.sql");
    becomes("", LAYOUT_FLYWAY, true,
            "B2__all.sql V2_31_1__e.sql V2_31_10__d.sql V10__f.sql R__views.sql");
}

static void drizzle_has_a_journal(void **state)
{
    (void)state;
    touch("0000_a.sql");
    touch("0001_b.sql");
    touch("0002_gone_again.sql");
    text("meta/_journal.json",
         "{\"entries\":[{\"tag\":\"0001_b\"},{\"tag\":\"0000_a\"},{\"tag\":\"../x\"}]}");
    becomes("", LAYOUT_DRIZZLE, true, "0001_b.sql 0000_a.sql");
    assert_true(notes("0002_gone_again.sql", "not in meta/_journal.json"));
    assert_true(notes("../x.sql", "its effect is not known"));
    text("meta/_journal.json", "{\"entries\":");
    becomes("", LAYOUT_DRIZZLE, true, "0000_a.sql 0001_b.sql 0002_gone_again.sql");
}

static void folders_are_prismas_or_diesels(void **state)
{
    (void)state;
    touch("20240101000000_a/migration.sql");
    touch("20230101000000_b/migration.sql");
    touch("20240201000000_c/migration.ts");
    touch("migration_lock.toml");
    becomes("", LAYOUT_PRISMA, true,
            "20230101000000_b/migration.sql 20240101000000_a/migration.sql");
    assert_true(notes("20240201000000_c/migration.ts", "is no SQL"));
}

static void supabase_takes_its_own_names_only(void **state)
{
    (void)state;
    touch("supabase/migrations/20240101000000_a.sql");
    touch("supabase/migrations/seed.sql");
    touch("supabase/migrations/old/1_b.sql");
    touch("supabase/schemas/b.sql");
    touch("supabase/schemas/a/z.sql");
    touch("supabase/schemas/a-b.sql");
    becomes("supabase/migrations/", LAYOUT_SUPABASE, true, "20240101000000_a.sql");
    becomes("supabase/schemas", LAYOUT_DECLARATIVE, true, "a/z.sql a-b.sql b.sql");
    text("supabase/config.toml", "x = \"[db.migrations]\"\n[db]\nport = 1 # a\n[db.migrations]\n"
                                 "schema_paths = [ # \"no\"\n  \"./schemas/b.sql\",\n"
                                 "  './schemas/**/*.sql',\n  \"../out.sql\"\n]\n[auth]\nz = []\n");
    becomes("supabase/schemas", LAYOUT_DECLARATIVE, true,
            "schemas/b.sql schemas/a/z.sql schemas/a-b.sql");
}

static void names_without_numbers_tell_no_order(void **state)
{
    (void)state;
    touch("tables.sql");
    touch("views/v.sql");
    becomes("", LAYOUT_PLAIN, false, "tables.sql views/v.sql");
    becomes("tables.sql", LAYOUT_ONE_FILE, true, "tables.sql");
}

static void a_number_behind_a_word_is_an_order(void **state)
{
    (void)state;
    touch("schema-2.sql");
    touch("schema-10.sql");
    becomes("", LAYOUT_PLAIN, true, "schema-2.sql schema-10.sql");
}

static void what_is_no_file_is_a_note(void **state)
{
    char path[256];

    (void)state;
    touch("3_a.sql");
    touch("2_b.go");
    touch("2_b_test.go");
    touch("in/other.sql");
    snprintf(path, sizeof path, "%s/1_fifo.sql", directory);
    assert_int_equal(mkfifo(path, 0600), 0);
    snprintf(path, sizeof path, "%s/1_out.sql", directory);
    assert_int_equal(symlink("/etc/passwd", path), 0);
    snprintf(path, sizeof path, "%s/1_circle.sql", directory);
    assert_int_equal(symlink("1_circle.sql", path), 0);
    snprintf(path, sizeof path, "%s/self", directory);
    assert_int_equal(symlink(".", path), 0);
    snprintf(path, sizeof path, "%s/4_in.sql", directory);
    assert_int_equal(symlink("3_a.sql", path), 0);
    snprintf(path, sizeof path, "%s/5_\xff\n.sql", directory);
    assert_int_equal(symlink("3_a.sql", path), 0);
    becomes("", LAYOUT_NUMBERED, true, "3_a.sql 4_in.sql 5_\\xff\\x0a.sql");
    assert_true(notes("1_fifo.sql", "is a FIFO"));
    assert_true(notes("1_out.sql", "out of the folder"));
    assert_true(notes("1_circle.sql", "in a circle"));
    assert_true(notes("self", "not followed"));
    assert_true(notes("2_b.go", "its effect is not known"));
    assert_false(notes("2_b_test.go", ""));
    assert_true(notes("in/other.sql", "left out"));
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
        cmocka_unit_test_setup_teardown(flyway_takes_versions_then_repeatables, make_directory,
                                        remove_directory),
        cmocka_unit_test_setup_teardown(drizzle_has_a_journal, make_directory, remove_directory),
        cmocka_unit_test_setup_teardown(folders_are_prismas_or_diesels, make_directory,
                                        remove_directory),
        cmocka_unit_test_setup_teardown(supabase_takes_its_own_names_only, make_directory,
                                        remove_directory),
        cmocka_unit_test_setup_teardown(names_without_numbers_tell_no_order, make_directory,
                                        remove_directory),
        cmocka_unit_test_setup_teardown(a_number_behind_a_word_is_an_order, make_directory,
                                        remove_directory),
        cmocka_unit_test_setup_teardown(what_is_no_file_is_a_note, make_directory,
                                        remove_directory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
