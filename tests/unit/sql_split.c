#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sql/parse.h"
#include "sql/split.h"

/* Blanks a copy and says whether it became what is wanted. */
static void becomes(const char *text, const char *wanted, size_t wanted_count)
{
    char *copy = strdup(text);
    size_t count = 0;

    split_blank(copy, strlen(copy), &count);
    assert_string_equal(copy, wanted);
    assert_int_equal(strlen(copy), strlen(text));
    assert_int_equal(count, wanted_count);
    free(copy);
}

static void plain_sql_stays_as_it_is(void **state)
{
    (void)state;
    becomes("select 'a\\b', $$ \\x ; $$, \"\\q\" -- \\d\n/* \\i x */;",
            "select 'a\\b', $$ \\x ; $$, \"\\q\" -- \\d\n/* \\i x */;", 0);
}

static void commands_of_psql_are_blanked(void **state)
{
    (void)state;
    becomes("\\set x 1\nselect 1;\n\\i other.sql\n", "        \nselect 1;\n            \n", 1);
    becomes("select 1 \\gexec\n", "select 1 ;     \n", 1);
}

static void rows_behind_copy_are_blanked(void **state)
{
    (void)state;
    becomes("copy t (a) from stdin;\n1\ndrop table t;\n\\.\nselect 2;",
            "                      \n \n             \n  \nselect 2;", 0);
    becomes("copy t from '/x';\nselect 2;", "copy t from '/x';\nselect 2;", 0);
}

static void the_undoing_half_is_blanked(void **state)
{
    (void)state;
    becomes("-- +goose Up\na;\n-- +goose Down\nb;\n", "-- +goose Up\na;\n              \n  \n", 0);
    becomes("-- migrate:up\na;\n-- migrate:down\nb;", "-- migrate:up\na;\n               \n  ", 0);
    becomes("-- +migrate Down\nb;\n-- +migrate Up\na;", "                \n  \n-- +migrate Up\na;",
            0);
}

static void whatever_comes_in_nothing_is_read_beyond(void **state)
{
    static const char *const texts[] = {"",   "'",        "$",  "$$",   "$a$ x",
                                        "/*", "/* /* */", "--", "E'\\", "\\",
                                        ";",  "copy ;",   "\"", "$1$",  "copy x from stdin;"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t length = strlen(texts[i]);
        char *exact = malloc(length ? length : 1); /* no NUL: a read behind it is found */

        memcpy(exact, texts[i], length);
        split_blank(exact, length, NULL);
        free(exact);
    }
}

static void a_statement_that_fails_costs_only_itself(void **state)
{
    const char *text = "create table a ();\ncreate tabel b;\n  create table c ();";
    SqlParse *parse = sql_parse(text, strlen(text));
    size_t line = 0;
    size_t column = 0;

    (void)state;
    assert_int_equal(parse->count, 3);
    assert_non_null(parse->statements[0].node);
    assert_null(parse->statements[1].node);
    assert_non_null(strstr(parse->statements[1].error, "tabel"));
    assert_non_null(parse->statements[2].node);
    sql_position(text, parse->statements[1].offset, &line, &column);
    assert_int_equal(line, 2);
    assert_int_equal(column, 8);
    sql_position(text, parse->statements[2].offset, &line, &column);
    assert_int_equal(line, 3);
    assert_int_equal(column, 3);
    sql_parse_close(&parse);
    assert_null(parse);
}

static void positions_count_characters_not_bytes(void **state)
{
    const char *text = "select '\xC3\xA9\xC3\xA9' frm x y;";
    SqlParse *parse = sql_parse(text, strlen(text));
    size_t line = 0;
    size_t column = 0;

    (void)state;
    assert_int_equal(parse->count, 1);
    sql_position(text, parse->statements[0].offset, &line, &column);
    assert_int_equal(column, 17);
    assert_int_equal(text[parse->statements[0].offset], 'x');
    sql_parse_close(&parse);
}

static void what_stands_before_an_open_quote_is_still_read(void **state)
{
    const char *text = "create table a ();\nselect 'never ends;\n";
    SqlParse *parse = sql_parse(text, strlen(text));

    (void)state;
    assert_int_equal(parse->count, 2);
    assert_non_null(parse->statements[0].node);
    assert_non_null(parse->statements[1].error);
    sql_parse_close(&parse);
}

static void nesting_without_end_is_refused(void **state)
{
    enum { COUNT = 200000 };
    char *text = malloc(2 * COUNT + 16);
    SqlParse *parse;

    (void)state;
    strcpy(text, "select 1");
    for (size_t i = 0; i < COUNT; i++)
        memcpy(text + 8 + 2 * i, "+1", 3);
    parse = sql_parse(text, strlen(text));
    assert_int_equal(parse->count, 1);
    assert_null(parse->statements[0].node);
    sql_parse_close(&parse);
    memset(text, '(', COUNT);
    strcpy(text + COUNT, "1");
    parse = sql_parse(text, strlen(text));
    assert_true(parse->count >= 1);
    assert_null(parse->statements[0].node);
    sql_parse_close(&parse);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_sql_stays_as_it_is),
        cmocka_unit_test(commands_of_psql_are_blanked),
        cmocka_unit_test(rows_behind_copy_are_blanked),
        cmocka_unit_test(the_undoing_half_is_blanked),
        cmocka_unit_test(whatever_comes_in_nothing_is_read_beyond),
        cmocka_unit_test(a_statement_that_fails_costs_only_itself),
        cmocka_unit_test(positions_count_characters_not_bytes),
        cmocka_unit_test(what_stands_before_an_open_quote_is_still_read),
        cmocka_unit_test(nesting_without_end_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
