#include "sql/allowed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What is allowed of column v: "a, b...c, #1", of elements in brackets; "?" when nothing is known.
 */
static char *shown(const char *definition)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(sql_parse_close) SqlParse *check = allowed_parse(definition);
    const Allowed *allowed = check ? allowed_of(check, "v", &arena) : NULL;
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    assert_non_null(out);
    if (!allowed)
        fputc('?', out);
    for (size_t i = 0; allowed && i < allowed->count; i++)
        fprintf(out, "%s%s%s%s%s",
                i                                   ? ", "
                : allowed->kind == ALLOWED_ELEMENTS ? "["
                                                    : "",
                allowed->kind == ALLOWED_INTEGER ? "#" : "", allowed->values[i].start,
                allowed->values[i].end ? "..." : "",
                allowed->values[i].end ? allowed->values[i].end : "");
    if (allowed && allowed->kind == ALLOWED_ELEMENTS)
        fputc(']', out);
    assert_int_equal(fclose(out), 0);
    return text;
}

typedef struct Expected {
    const char *definition, *shown;
} Expected;

static void expect(const Expected *expected, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *text = shown(expected[i].definition);

        if (strcmp(text, expected[i].shown) != 0)
            fail_msg("%s: %s instead of %s", expected[i].definition, text, expected[i].shown);
        free(text);
    }
}

#define EXPECT(...)                                                                                \
    do {                                                                                           \
        static const Expected expected[] = {__VA_ARGS__};                                          \
        expect(expected, sizeof expected / sizeof *expected);                                      \
    } while (0)

static void lists_are_read_as_the_server_writes_them(void **state)
{
    (void)state;
    EXPECT({"CHECK ((v = ANY (ARRAY['a'::text, 'b'::text])))", "a, b"},
           {"CHECK (((v)::text = ANY ((ARRAY['a'::character varying, 'it''s'::character "
            "varying])::text[])))",
            "a, it's"},
           {"CHECK ((v = 'a'::text))", "a"}, {"CHECK (('a'::text = v))", "a"},
           {"CHECK ((v = ANY (ARRAY[1, 2, '-3'::integer])))", "#1, #2, #-3"},
           {"CHECK ((v = ANY (ARRAY[(1)::bigint, '9007199254740993'::bigint])))",
            "#1, #9007199254740993"},
           {"CHECK ((v <@ ARRAY['a'::text, 'b'::text]))", "[a, b]"},
           {"CHECK ((v = ANY (ARRAY['a'::text, 'a'::text])))", "a"},
           {"CHECK ((v = ANY ('{a, b c ,\"d,\\\"e\",\"NULL\",f\\,g}'::text[])))",
            "a, b c, d,\"e, NULL, f,g"},
           {"CHECK (((v)::text = ANY (('{a}'::character varying[])::text[])))", "a"});
}

static void what_is_not_certain_says_nothing(void **state)
{
    (void)state;
    EXPECT({"CHECK ((v = ANY (ARRAY['a'::text, NULL::text])))", "?"},
           {"CHECK ((v = ANY ('{a,NULL}'::text[])))", "?"},
           {"CHECK ((v = ANY ('{{a},{b}}'::text[])))", "?"},
           {"CHECK ((v = ANY ('{a,}'::text[])))", "?"}, {"CHECK ((v = ANY ('{}'::text[])))", "?"},
           {"CHECK ((v = ANY ('[0:1]={a,b}'::text[])))", "?"},
           {"CHECK ((v = ANY ('{1,2}'::integer[])))", "?"}, {"CHECK ((v <> 'a'::text))", "?"},
           {"CHECK ((v <> ALL (ARRAY['a'::text])))", "?"}, {"CHECK ((lower(v) = 'a'::text))", "?"},
           {"CHECK ((other = 'a'::text))", "?"}, {"CHECK ((v = 'a'::text) IS NOT TRUE)", "?"},
           {"CHECK (((v)::public.citext = 'a'::public.citext))", "?"},
           {"CHECK (((v)::character(2) = 'a'::bpchar))", "?"},
           {"CHECK ((v OPERATOR(public.=) 'a'::text))", "?"},
           {"CHECK (((v COLLATE \"C\") = 'a'::text))", "?"},
           {"CHECK ((v = (('01'::integer)::text)))", "?"},
           {"CHECK ((v = 'abc'::character varying(2)))", "?"},
           {"CHECK ((v = ANY (ARRAY['a'::text]))) NOT VALID", "?"},
           {"CHECK ((v = ANY (ARRAY['a'::text]))) NO INHERIT", "?"},
           {"CHECK ((v = ANY (ARRAY['a'::text]))) NOT ENFORCED", "?"}, {"UNIQUE (v)", "?"},
           {"nonsense", "?"}, {"CHECK ((v = 'a'::text)); DROP TABLE x", "?"});
}

static void and_or_and_is_null_are_followed(void **state)
{
    (void)state;
    EXPECT({"CHECK (((v = 'a'::text) OR (v = 'b'::text)))", "a, b"},
           {"CHECK (((v IS NULL) OR (v = 'b'::text)))", "b"},
           {"CHECK (((v = 'a'::text) OR (other = 'b'::text)))", "?"},
           {"CHECK (((v = 'a'::text) AND (other = 'b'::text)))", "a"},
           {"CHECK (((v = ANY (ARRAY['a'::text, 'b'::text])) AND (v = ANY (ARRAY['b'::text, "
            "'c'::text]))))",
            "b"},
           {"CHECK (((v = ANY (ARRAY['ab'::text, 'b'::text])) AND (v ~~ 'a%'::text)))", "ab"},
           {"CHECK ((NOT (v = 'a'::text)))", "?"}, {"CHECK ((v IS NOT NULL))", "?"},
           {"CHECK (((v = 'a'::text) OR (v = 1)))", "?"});
}

static void patterns_give_a_beginning_and_an_end(void **state)
{
    (void)state;
    EXPECT({"CHECK ((v ~~ 'a%'::text))", "a..."}, {"CHECK ((v ~~ 'a%b_c%d'::text))", "a...d"},
           {"CHECK ((v ~~ '%b'::text))", "...b"}, {"CHECK ((v ~~ 'a\\%b\\_'::text))", "a%b_"},
           {"CHECK ((v ~~ '%'::text))", "?"}, {"CHECK ((v ~~* 'a%'::text))", "?"},
           {"CHECK ((v ~~ 'ab\\'::text))", "?"}, {"CHECK ((v ^@ 'a'::text))", "a..."},
           {"CHECK (starts_with(v, 'a'::text))", "a..."});
}

static void regular_expressions_too(void **state)
{
    (void)state;
    EXPECT({"CHECK ((v ~ '^ab'::text))", "ab..."}, {"CHECK ((v ~ '^ab$'::text))", "ab"},
           {"CHECK ((v ~ '^(eu|us)-[0-9]+$'::text))", "eu-..., us-..."},
           {"CHECK ((v ~ '^(a|b)$'::text))", "a, b"},
           {"CHECK ((v ~ '^(?:a|b)c$'::text))", "ac, bc"}, {"CHECK ((v ~ '^ab?'::text))", "a..."},
           {"CHECK ((v ~ '^ab{0,2}'::text))", "a..."}, {"CHECK ((v ~ '^(a|b)?c'::text))", "?"},
           {"CHECK ((v ~ '^a|b'::text))", "?"}, {"CHECK ((v ~ '\\.png$'::text))", "....png"},
           {"CHECK ((v ~ '^a[b$'::text))", "?"}, {"CHECK ((v ~ '^a[]|]b$'::text))", "a...b"},
           {"CHECK ((v ~ '^a(b|(c|d))e$'::text))", "a...e"},
           {"CHECK ((v ~ '^a\\u0041bc$'::text))", "?"}, {"CHECK ((v ~ '(?i)^a'::text))", "?"},
           {"CHECK ((v ~ '***=^a'::text))", "?"}, {"CHECK ((v ~ 'ab'::text))", "?"},
           {"CHECK ((v ~ '^a\\$'::text))", "a$..."}, {"CHECK ((v ~ '^a(?#x)b$'::text))", "?"},
           {"CHECK ((v !~ '^a'::text))", "?"}, {"CHECK ((v ~* '^a'::text))", "?"},
           {"CHECK ((v ~ '^é\\.é+$'::text))", "é...."}, {"CHECK ((v ~ '^$'::text))", ""});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_read_as_the_server_writes_them),
        cmocka_unit_test(what_is_not_certain_says_nothing),
        cmocka_unit_test(and_or_and_is_null_are_followed),
        cmocka_unit_test(patterns_give_a_beginning_and_an_end),
        cmocka_unit_test(regular_expressions_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
