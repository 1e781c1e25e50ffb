#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
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

/* What split_prepare leaves, and the beginning of its only note. */
static void leaves(const char *text, const char *wanted, size_t offset, const char *why)
{
    char *copy = strdup(text);
    Split split;

    split_prepare(copy, strlen(copy), false, &split);
    assert_string_equal(copy, wanted);
    assert_int_equal(split.note_count, why ? 1 : 0);
    if (why) {
        assert_int_equal(split.notes[0].offset, offset);
        assert_memory_equal(split.notes[0].why, why, strlen(why));
    }
    split_close(&split);
    free(copy);
}

static void a_statement_with_a_template_is_left_out(void **state)
{
    (void)state;
    leaves("a;\ncreate {{ .x }}.t (b);\nc;", "a;\n                      \nc;", 10,
           "'{{ .x }}' is a template");
    leaves("{{ if x }}\na;", "          \na;", 0, "'{{ if x }}' is a template: what it stands for");
    leaves("a ${x};b;", "       b;", 2, "'${x}' is a template");
    leaves("select '{{1,2},{3,4}}', '${x}', $1;", "select '{{1,2},{3,4}}', '${x}', $1;", 0, NULL);
    leaves("-- {{x}}\na;", "-- {{x}}\na;", 0, NULL);
}

static void a_statement_with_a_psql_variable_is_left_out(void **state)
{
    (void)state;
    leaves("create schema :\"S\";a;", "                   a;", 14, "':\"S\"' is a variable");
    leaves("select :x;", "          ", 7, "':x' is a variable");
    leaves("select a::b, c[1:d], ':e', $$:f$$; x := y", "select a::b, c[1:d], ':e', $$:f$$; x := y",
           0, NULL);
}

static void what_psql_would_have_done_is_noted(void **state)
{
    (void)state;
    leaves("\\ir x.sql\na;", "         \na;", 0, "'\\ir x.sql' is not followed");
    leaves("\\set a 1 \\\\ b;", "            b;", 0, NULL);
    leaves("a\\; b;", "a ; b;", 0, NULL);
    leaves("\\connect one\na;\n\\c two", "            \na;\n      ", 16, "'\\c two'");
    leaves("\\restrict abc\na;\n\\q\nb;", "             \na;\n  \n  ", 0, NULL);
    leaves("-- Data\nCOPY t FROM stdin;\n'\n\\.\na;", "-- Data\n                  \n \n  \na;", 0,
           NULL);
}

static void what_has_no_end_is_noted(void **state)
{
    (void)state;
    leaves("a;\n/* b /* c */\nd;", "a;\n            \n  ", 3,
           "'/* b /* c */' is a comment without");
    leaves("a;/* b */", "a;/* b */", 0, NULL);
    leaves("a /* b /* c */ d */;", "a                  ;", 0, NULL);
    leaves("copy t from stdin;\n1\nb;\n", "                  \n \n  \n", 19,
           "'1' and all that follows are rows of a COPY");
    leaves("copy t from stdin;\n\n", "                  \n\n", 0, NULL);
}

static void the_marks_of_a_tool_are_told(void **state)
{
    char goose[] = "-- +goose NO TRANSACTION\n-- +goose Up\na;";
    char pair[] = "-- Up Migration\na;\n-- Down Migration\nb;";
    char alone[] = "-- Down migration:\nb;";
    Split split;

    (void)state;
    split_prepare(goose, strlen(goose), false, &split);
    assert_string_equal(split.tool, "goose");
    assert_true(split.no_transaction);
    split_close(&split);
    split_prepare(pair, strlen(pair), false, &split);
    assert_string_equal(split.tool, "node-pg-migrate");
    assert_null(strstr(pair, "b;"));
    split_close(&split);
    split_prepare(alone, strlen(alone), false, &split);
    assert_null(split.tool);
    assert_non_null(strstr(alone, "b;"));
    split_close(&split);
}

static void a_latin_space_between_words_is_a_space(void **state)
{
    char text[] = "a\xC2\xA0"
                  "b '\xC2\xA0'";
    Split split;

    (void)state;
    split_prepare(text, strlen(text), true, &split);
    assert_string_equal(text, "a  b '\xC2\xA0'");
    split_close(&split);
}

static void a_token_that_is_wrong_costs_only_its_statement(void **state)
{
    const char *text = "create table a ();\nselect 1a;\ncreate table b ();\nselect 2b;\n";
    SqlParse *parse = sql_parse(text, strlen(text));

    (void)state;
    assert_int_equal(parse->count, 4);
    assert_non_null(parse->statements[2].node);
    sql_parse_close(&parse);
}

static void rows_of_a_large_text_get_no_tree(void **state)
{
    static const char row[] = "insert into a values ('row; of (text');\n";
    enum { ROWS = SQL_WHOLE_MAX / (sizeof row - 1) + 10 };
    char *text = malloc(ROWS * sizeof row + 200), *to = text;
    SqlParse *parse;

    (void)state;
    to += sprintf(to, "create table a (b text);\n");
    for (size_t i = 0; i < ROWS; i++)
        to += sprintf(to, "%s", row);
    to += sprintf(to, "create function f() returns int begin atomic select 1; end;\nselect 1");
    parse = sql_parse(text, strlen(text));
    assert_int_equal(parse->count, ROWS + 3);
    assert_non_null(parse->statements[0].node);
    assert_null(parse->statements[1].node);
    assert_null(parse->statements[1].error);
    assert_int_equal(text[parse->statements[1].offset], 'i');
    assert_non_null(parse->statements[ROWS + 1].node);
    assert_int_equal(text[parse->statements[ROWS + 1].offset], 'c');
    assert_non_null(parse->statements[ROWS + 2].node);
    sql_parse_close(&parse);
    free(text);
}

static void lines_of_an_old_mac_end_in_cr(void **state)
{
    const char *text = "a;\rb;\r\rc";
    size_t line = 0, column = 0;

    (void)state;
    sql_position(text, 7, &line, &column);
    assert_int_equal(line, 4);
    assert_int_equal(column, 1);
    sql_position("a\r\nb", 3, &line, &column);
    assert_int_equal(line, 2);
    assert_int_equal(column, 1);
}

static void whatever_comes_in_nothing_is_read_beyond(void **state)
{
    static const char *const texts[] = {
        "",     "'",  "$",   "$$",     "$a$ x", "/*",    "/* /* */",          "{{",   "${",
        "a{{b", ":",  ":\"", "a[",     "\\!",   "\\set", "-- +goose",         "\xC2", "--",
        "E'\\", "\\", ";",   "copy ;", "\"",    "$1$",   "copy x from stdin;"};

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
    strcpy(text, "select 1");
    for (size_t i = 0; i < COUNT / 10; i++)
        strcat(text + 8 + 12 * i, " collate \"C\"");
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
        cmocka_unit_test(a_statement_with_a_template_is_left_out),
        cmocka_unit_test(a_statement_with_a_psql_variable_is_left_out),
        cmocka_unit_test(what_psql_would_have_done_is_noted),
        cmocka_unit_test(what_has_no_end_is_noted),
        cmocka_unit_test(the_marks_of_a_tool_are_told),
        cmocka_unit_test(a_latin_space_between_words_is_a_space),
        cmocka_unit_test(a_token_that_is_wrong_costs_only_its_statement),
        cmocka_unit_test(rows_of_a_large_text_get_no_tree),
        cmocka_unit_test(lines_of_an_old_mac_end_in_cr),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
