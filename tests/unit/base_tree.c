#include "base/tree.h"

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

#include "base/file.h"

static int directory_new(void **state)
{
    static char path[] = "/tmp/base_tree.XXXXXX";

    strcpy(path + sizeof path - 7, "XXXXXX");
    *state = mkdtemp(path);
    return *state && chdir(path) == 0 ? 0 : -1;
}

static int directory_end(void **state)
{
    Err err = {0};

    return chdir("/") == 0 && tree_remove(*state, &err) ? 0 : -1;
}

static void put(const char *path, const char *text)
{
    Err err = {0};

    assert_true(file_make_parents(path, 0755, &err));
    assert_true(file_write(path, text, strlen(text), 0644, &err));
}

static void a_tree_is_copied(void **state)
{
    char *text = NULL;
    size_t length = 0;
    struct stat status;
    Err err = {0};

    (void)state;
    put("from/a/b/c", "deep");
    put("from/empty", "");
    assert_true(tree_copy("from", "to", NULL, TREE_ANY_SIZE, &err));
    assert_true(file_read("to/a/b/c", 0, &text, &length, &err));
    assert_string_equal(text, "deep");
    free(text);
    assert_int_equal(stat("to/empty", &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(stat("to/a", &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    /* Not over one that is there. */
    assert_false(tree_copy("from", "to", NULL, TREE_ANY_SIZE, &err));
    assert_int_equal(err.code, EXIT_IO);
}

static void links_are_not_followed(void **state)
{
    Err err = {0};

    (void)state;
    put("outside/kept", "kept");
    put("from/file", "x");
    assert_int_equal(symlink("../outside", "from/link"), 0);
    assert_false(tree_copy("from", "to", NULL, TREE_ANY_SIZE, &err));
    assert_false(file_exists("to/link/kept"));
    err = (Err){0};
    assert_true(tree_remove("from", &err));
    assert_false(file_exists("from"));
    assert_true(file_exists("outside/kept"));
}

static void depth_is_no_shelter(void **state)
{
    Err err = {0};

    (void)state;
    assert_int_equal(mkdir("deep", 0755), 0);
    assert_int_equal(chdir("deep"), 0);
    for (int i = 0; i < 300; i++) {
        assert_int_equal(mkdir("d", 0755), 0);
        assert_int_equal(chdir("d"), 0);
    }
    assert_int_equal(chdir(*state), 0);
    assert_true(tree_room("deep") > 0);
    assert_true(tree_remove("deep", &err));
    assert_false(file_exists("deep"));
}

static void what_is_not_there_is_removed_already(void **state)
{
    Err err = {0};

    (void)state;
    assert_true(tree_remove("nothing", &err));
    assert_false(tree_copy("nothing", "to", NULL, TREE_ANY_SIZE, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_tree_is_copied, directory_new, directory_end),
        cmocka_unit_test_setup_teardown(links_are_not_followed, directory_new, directory_end),
        cmocka_unit_test_setup_teardown(depth_is_no_shelter, directory_new, directory_end),
        cmocka_unit_test_setup_teardown(what_is_not_there_is_removed_already, directory_new,
                                        directory_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
