#include "model/privilege.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cleanup.h"

enum { SERVER = 150000 };

static void an_object_as_it_was_made_has_nothing_to_tell(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};

    (void)state;
    for (const char *kind = "rsfnTlFSd"; *kind; kind++) {
        Grantees grantees = {0};

        grantees_default(&grantees, *kind, "owner", SERVER, true);
        grantees_default(&grantees, *kind, "owner", SERVER, false);
        PrivilegeForm form = privilege_form(&arena, &grantees, privilege_all(*kind, SERVER));
        assert_null(form.grants);
        assert_null(form.revokes);
        grantees_free(&grantees);
    }
}

static void grants_and_revokes_are_told_by_role_and_name(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};
    Grantees grantees = {0};

    (void)state;
    grantees_default(&grantees, 'r', "owner", SERVER, true);
    grantees_default(&grantees, 'r', "owner", SERVER, false);
    grantees_at(&grantees, "owner")->has &= ~privilege_by_name("truncate");
    grantees_at(&grantees, "b")->has = privilege_by_name("update") | privilege_by_name("select");
    grantees_at(&grantees, "b")->passes_on = privilege_by_letter('r');
    grantees_at(&grantees, "a")->has = privilege_all('r', SERVER);
    grantees_at(&grantees, "")->has |= privilege_by_name("select");
    PrivilegeForm form = privilege_form(&arena, &grantees, privilege_all('r', SERVER));
    assert_string_equal(form.grants,
                        "{\"a\":[\"all\"],\"b\":[\"select*\",\"update\"],\"public\":[\"select\"]}");
    assert_string_equal(form.revokes, "{\"owner\":[\"truncate\"]}");
    grantees_free(&grantees);
}

static void what_everybody_had_can_be_taken(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};
    Grantees grantees = {0};

    (void)state;
    grantees_default(&grantees, 'f', "owner", SERVER, true);
    grantees_at(&grantees, "owner")->has = privilege_by_name("execute");
    PrivilegeForm form = privilege_form(&arena, &grantees, privilege_all('f', SERVER));
    assert_null(form.grants);
    assert_string_equal(form.revokes, "{\"public\":[\"all\"]}");
    grantees_free(&grantees);
}

static void all_is_what_the_server_knows(void **state)
{
    (void)state;
    assert_false(privilege_all('r', 160000) & privilege_by_name("maintain"));
    assert_true(privilege_all('r', 170000) & privilege_by_name("maintain"));
    assert_int_equal(privilege_by_name("bogus"), 0);
    assert_int_equal(privilege_by_letter('?'), 0);
}

/* What a role is said to have, of which it had everything but `without`. */
static const char *all_without(Arena *arena, int server, const char *without)
{
    Grantees grantees = {0};

    grantees_at(&grantees, "anon")->has = privilege_all('r', server);
    for (; *without; without++)
        grantees_at(&grantees, "anon")->has &= ~privilege_by_letter(*without);
    PrivilegeForm form = privilege_form(arena, &grantees, privilege_all('r', server));
    grantees_free(&grantees);
    return form.grants;
}

static void maintain_goes_without_saying_beside_what_only_all_gives(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};

    (void)state;
    assert_string_equal(all_without(&arena, 170000, "a"), all_without(&arena, 160000, "a"));
    assert_string_equal(all_without(&arena, 170000, "arwdm"),
                        "{\"anon\":[\"no maintain\",\"references\",\"trigger\",\"truncate\"]}");
    assert_string_equal(all_without(&arena, 170000, "arwdD"),
                        "{\"anon\":[\"maintain\",\"references\",\"trigger\"]}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_object_as_it_was_made_has_nothing_to_tell),
        cmocka_unit_test(grants_and_revokes_are_told_by_role_and_name),
        cmocka_unit_test(what_everybody_had_can_be_taken),
        cmocka_unit_test(all_is_what_the_server_knows),
        cmocka_unit_test(maintain_goes_without_saying_beside_what_only_all_gives),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
