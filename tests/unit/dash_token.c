#include "dash/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"

typedef struct Place {
    char directory[64];
    char path[96];
} Place;

static int make_place(void **state)
{
    static Place place;

    snprintf(place.directory, sizeof place.directory, "/tmp/dash_token.XXXXXX");
    assert_non_null(mkdtemp(place.directory));
    snprintf(place.path, sizeof place.path, "%s/token", place.directory);
    *state = &place;
    return 0;
}

static int remove_place(void **state)
{
    const Place *place = *state;

    unlink(place->path);
    return rmdir(place->directory);
}

static void a_token_is_made_once_and_for_its_owner_only(void **state)
{
    const Place *place = *state;
    char first[TOKEN_SIZE], again[TOKEN_SIZE];
    struct stat status;
    Err err = {0};

    assert_true(token_load(place->path, first, &err));
    assert_int_equal(strlen(first), 64);
    assert_int_equal(stat(place->path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_true(token_load(place->path, again, &err));
    assert_string_equal(first, again);
}

static void a_token_others_can_read_is_refused(void **state)
{
    const Place *place = *state;
    char token[TOKEN_SIZE];
    Err err = {0};

    assert_true(token_load(place->path, token, &err));
    assert_int_equal(chmod(place->path, 0640), 0);
    assert_false(token_load(place->path, token, &err));
    assert_int_equal(err.code, EXIT_DENIED);
    assert_null(strstr(err.msg, token));
}

static void a_link_in_place_of_the_token_is_refused(void **state)
{
    const Place *place = *state;
    char token[TOKEN_SIZE];
    Err err = {0};

    assert_int_equal(symlink("/etc/hostname", place->path), 0);
    assert_false(token_load(place->path, token, &err));
    assert_int_not_equal(err.code, EXIT_OK);
}

static void what_is_no_token_is_not_taken_for_one(void **state)
{
    static const char *const texts[] = {"", "short\n", "G", "00112233\n"};
    const Place *place = *state;
    char token[TOKEN_SIZE];

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Err err = {0};
        assert_true(file_write(place->path, texts[i], strlen(texts[i]), 0600, &err));
        assert_false(token_load(place->path, token, &err));
        assert_int_equal(err.code, EXIT_DATA);
    }
}

static void a_ticket_works_once(void **state)
{
    Tickets tickets = {0};
    char ticket[TOKEN_SIZE];

    (void)state;
    tickets_issue(&tickets, 1000, ticket);
    assert_true(tickets_redeem(&tickets, 1001, ticket));
    assert_false(tickets_redeem(&tickets, 1002, ticket));
}

static void a_ticket_is_good_for_thirty_seconds(void **state)
{
    Tickets tickets = {0};
    char ticket[TOKEN_SIZE];

    (void)state;
    tickets_issue(&tickets, 1000, ticket);
    assert_false(tickets_redeem(&tickets, 1000 + TICKET_LIFE_MS, ticket));
    tickets_issue(&tickets, 1000, ticket);
    assert_true(tickets_redeem(&tickets, 999 + TICKET_LIFE_MS, ticket));
}

static void nothing_is_a_ticket_before_one_was_issued(void **state)
{
    Tickets tickets = {0};
    char zeros[TOKEN_SIZE];

    (void)state;
    memset(zeros, '0', sizeof zeros);
    zeros[TOKEN_SIZE - 1] = '\0';
    assert_false(tickets_redeem(&tickets, 0, zeros));
    assert_false(tickets_redeem(&tickets, 0, ""));
}

static void the_oldest_ticket_gives_way(void **state)
{
    Tickets tickets = {0};
    char first[TOKEN_SIZE], ticket[TOKEN_SIZE];

    (void)state;
    tickets_issue(&tickets, 1, first);
    for (int i = 0; i < TICKETS_MAX; i++)
        tickets_issue(&tickets, 2 + i, ticket);
    assert_false(tickets_redeem(&tickets, 100, first));
    assert_true(tickets_redeem(&tickets, 100, ticket));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_token_is_made_once_and_for_its_owner_only, make_place,
                                        remove_place),
        cmocka_unit_test_setup_teardown(a_token_others_can_read_is_refused, make_place,
                                        remove_place),
        cmocka_unit_test_setup_teardown(a_link_in_place_of_the_token_is_refused, make_place,
                                        remove_place),
        cmocka_unit_test_setup_teardown(what_is_no_token_is_not_taken_for_one, make_place,
                                        remove_place),
        cmocka_unit_test(a_ticket_works_once),
        cmocka_unit_test(a_ticket_is_good_for_thirty_seconds),
        cmocka_unit_test(nothing_is_a_ticket_before_one_was_issued),
        cmocka_unit_test(the_oldest_ticket_gives_way),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
