#include "source/consent.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/tree.h"

static int home_new(void **state)
{
    static char path[] = "/tmp/source_consent.XXXXXX";

    *state = mkdtemp(path);
    return *state && setenv("XDG_CONFIG_HOME", path, 1) == 0 ? 0 : -1;
}

static int home_end(void **state)
{
    Err err = {0};

    return tree_remove(*state, &err) ? 0 : -1;
}

static void the_last_answer_counts(void **state)
{
    Err err = {0};

    (void)state;
    assert_int_equal(consent_of("/a"), CONSENT_UNKNOWN);
    assert_true(consent_keep("/a", true, &err));
    assert_true(consent_keep("/a b", false, &err));
    assert_int_equal(consent_of("/a"), CONSENT_YES);
    assert_int_equal(consent_of("/a b"), CONSENT_NO);
    assert_int_equal(consent_of("/a/b"), CONSENT_UNKNOWN);
    assert_true(consent_keep("/a", false, &err));
    assert_int_equal(consent_of("/a"), CONSENT_NO);
}

static void a_name_cannot_bring_an_answer_along(void **state)
{
    Err err = {0};

    (void)state;
    assert_false(consent_keep("/x\nyes /y", false, &err));
    assert_int_equal(consent_of("/y"), CONSENT_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_answer_counts),
        cmocka_unit_test(a_name_cannot_bring_an_answer_along),
    };

    return cmocka_run_group_tests(tests, home_new, home_end);
}
