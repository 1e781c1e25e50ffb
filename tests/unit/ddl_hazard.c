#include "ddl/hazard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Table 13.2 of the manual's "Explicit Locking", as far as changes of a schema go. */
static const char *const locks[] = {"SHARE UPDATE EXCLUSIVE", "SHARE", "SHARE ROW EXCLUSIVE",
                                    "ACCESS EXCLUSIVE"};

static bool is_lock(const char *lock)
{
    for (size_t i = 0; i < sizeof locks / sizeof *locks; i++)
        if (strcmp(locks[i], lock) == 0)
            return true;
    return false;
}

static void every_lock_is_one_that_the_server_has(void **state)
{
    (void)state;
    for (int form = 0; form < DDL_FORM_COUNT; form++) {
        const DdlHazard *hazard = ddl_hazard((DdlForm)form);
        if (hazard->lock)
            assert_true(is_lock(hazard->lock));
    }
}

static void what_works_on_rows_holds_a_lock_meanwhile(void **state)
{
    (void)state;
    for (int form = 0; form < DDL_FORM_COUNT; form++) {
        const DdlHazard *hazard = ddl_hazard((DdlForm)form);
        if (hazard->flags & (HAZARD_REWRITE | HAZARD_SCAN | HAZARD_INDEX_BUILD | HAZARD_INDEX_DROP))
            assert_non_null(hazard->lock);
        if (hazard->flags & HAZARD_REWRITE)
            assert_string_equal(hazard->lock, "ACCESS EXCLUSIVE");
    }
}

static void what_is_done_concurrently_lets_others_write(void **state)
{
    static const struct {
        DdlForm usual, online;
    } pairs[] = {{DDL_INDEX_CREATE, DDL_INDEX_CREATE_CONCURRENTLY},
                 {DDL_INDEX_DROP, DDL_INDEX_DROP_CONCURRENTLY},
                 {DDL_UNIQUE_DROP, DDL_UNIQUE_DROP_CONCURRENTLY}};

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const DdlHazard *usual = ddl_hazard(pairs[i].usual), *online = ddl_hazard(pairs[i].online);
        assert_string_equal(online->lock, "SHARE UPDATE EXCLUSIVE");
        assert_string_not_equal(usual->lock, online->lock);
        assert_int_equal(online->flags, usual->flags | HAZARD_NO_TRANSACTION);
    }
}

static void what_is_plain_is_no_hazard(void **state)
{
    (void)state;
    assert_null(ddl_hazard(DDL_PLAIN)->lock);
    assert_int_equal(ddl_hazard(DDL_PLAIN)->flags, 0);
}

static void each_hazard_is_said_in_words_of_its_own(void **state)
{
    (void)state;
    for (int bit = 0; bit < HAZARD_COUNT; bit++) {
        const char *text = ddl_hazard_text(1u << bit);
        assert_true(*text);
        assert_null(strchr(text, '\n'));
        for (int other = 0; other < bit; other++)
            assert_string_not_equal(text, ddl_hazard_text(1u << other));
    }
    assert_string_equal(ddl_hazard_text(1u << HAZARD_COUNT), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_lock_is_one_that_the_server_has),
        cmocka_unit_test(what_works_on_rows_holds_a_lock_meanwhile),
        cmocka_unit_test(what_is_done_concurrently_lets_others_write),
        cmocka_unit_test(what_is_plain_is_no_hazard),
        cmocka_unit_test(each_hazard_is_said_in_words_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
