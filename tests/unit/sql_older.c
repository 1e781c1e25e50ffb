#include "sql/older.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "sql/parse.h"

/* Blanks one behind the other count as one. */
static void squeeze(char *text)
{
    char *to = text;

    for (const char *from = text; *from; from++)
        if (*from != ' ' || to == text || to[-1] != ' ')
            *to++ = *from;
    *to = '\0';
}

static void newer_syntax_is_blanked(void **state)
{
    static const char *const cases[][2] = {
        {"SELECT JSON_OBJECT('a' : b.x RETURNING jsonb) AS o, b.id FROM b",
         "SELECT JSON_OBJECT( ) AS o, b.id FROM b"},
        {"SELECT a IS JSON OBJECT WITH UNIQUE KEYS AS j, (b IS NOT JSON) AS k FROM t",
         "SELECT a IS null AS j, (b IS NOT null) AS k FROM t"},
        {"SELECT j.x FROM t, LATERAL JSON_TABLE(t.d, '$[*])' COLUMNS (x integer PATH '$.\"(\"')) j",
         "SELECT j.x FROM t, LATERAL JSON_TABLE( ) j"},
        {"SELECT XMLSERIALIZE(DOCUMENT d AS text NO INDENT) AS x, XMLSERIALIZE(CONTENT d AS text "
         "INDENT) AS y FROM t",
         "SELECT XMLSERIALIZE(DOCUMENT d AS text ) AS x, XMLSERIALIZE(CONTENT d AS text ) AS y "
         "FROM "
         "t"},
        {"SELECT JSON_ARRAYAGG(x ORDER BY x RETURNING text) FILTER (WHERE x > 1) AS a FROM t",
         "SELECT JSON_ARRAYAGG( ) FILTER (WHERE x > 1) AS a FROM t"},
        {"SELECT 'x is json ' || json_scalar(1) AS s, \"is json\" AS \"json_value(\" FROM t",
         "SELECT 'x is json ' || json_scalar( ) AS s, \"is json\" AS \"json_value(\" FROM t"},
        {"SELECT JSON_VALUE(d, '$' -- )\n RETURNING int) AS v FROM t",
         "SELECT JSON_VALUE( ) AS v FROM t"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = strdup(cases[i][0]);

        assert_true(older_make(text, strlen(text)));
        assert_int_equal(strlen(text), strlen(cases[i][0]));
        squeeze(text);
        assert_string_equal(text, cases[i][1]);
        SqlParse *parse = sql_parse(text, strlen(text));
        assert_int_equal(parse->count, 1);
        assert_non_null(parse->statements[0].node);
        sql_parse_close(&parse);
        free(text);
    }
}

static void nothing_else_is_changed(void **state)
{
    static const char *const texts[] = {"",
                                        " ",
                                        "SELECT",
                                        "json_table",
                                        "json_table(",
                                        "is",
                                        "is not",
                                        "is json",
                                        "SELECT a IS NULL, jsonb_agg(b), \"json\" FROM t",
                                        "xmlserialize(",
                                        "'",
                                        "((((",
                                        "/* json("};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char *text = strdup(texts[i]);
        bool changed = older_make(text, strlen(text));

        assert_int_equal(strlen(text), strlen(texts[i]));
        if (!changed)
            assert_string_equal(text, texts[i]);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(newer_syntax_is_blanked),
        cmocka_unit_test(nothing_else_is_changed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
