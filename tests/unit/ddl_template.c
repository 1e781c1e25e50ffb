#include "ddl/template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char object_text[] =
    "{'id':'public.t','schema':'public','name':'Odd \\'t','number':3,'flag':true,'labels':['a',"
    "'it\\u0027s'],'columns':['a','B c'],'options':['fillfactor=70','x','toast.a b=1'],"
    "'firing':'always','kind':'procedure','word':'[x] {name}'}";

/* A template and what it makes of the object, whose quotes are written as '. */
static const struct {
    const char *template, *text;
} rows[] = {
    {"", ""},
    {"as it is", "as it is"},
    {"{id}", "public.t"},
    {"{number}", "3"},
    {"{name:i}", "\"Odd \"\"t\""},
    {"{name:l}", "'Odd \"t'"},
    {"{labels:l}", "'a', 'it''s'"},
    {"{columns:i}", "a, \"B c\""},
    {"{columns}", "a, B c"},
    {"({options:o})", "(fillfactor='70', x='', toast.\"a b\"='1')"},
    {"({options:f})", "(fillfactor '70', x '', \"toast.a b\" '1')"},
    {"{firing:w}", "ENABLE ALWAYS"},
    {"{kind:w}", "PROCEDURE"},
    {"{word:w}", "[x] {name}"}, /* no word for it, and not read again */
    {"{@}", "TABLE public.t"},
    {"{@name}", "public.t"},
    {"{^name:i}", "parent"},
    {"a[ {id}]", "a public.t"},
    {"a[ {none}]", "a"},
    {"a[ {id} {none}]b", "ab"},
    {"a{none}b", "ab"},
    {"[flag?yes][flag!no]", "yes"},
    {"[none?yes][none!no]", "no"},
    {"[^name?{^name}][^none!without]", "parentwithout"},
    {"[flag? {id}]", " public.t"},
    {"[flag? {none}]", ""},
    {"[, X = {number}][, Y = {none}]", ", X = 3"},
};

static void each_form_of_a_template(void **state)
{
    char text[sizeof object_text];
    CLEANUP(arena_free) Arena arena = {0};
    json_auto_t *parent = json_pack("{s:s, s:s}", "name", "parent", "id", "public.parent");

    (void)state;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = object_text[i] == '\'' ? '"' : object_text[i];
    json_auto_t *object = json_loads(text, 0, NULL);
    assert_non_null(object);
    const DdlScope scope = {
        .arena = &arena, .kind = KIND_TABLE, .object = object, .parent = parent};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(ddl_expand(&scope, rows[i].template), rows[i].text);
}

static void quotes_in_a_literal_are_doubled(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};

    (void)state;
    assert_string_equal(ddl_literal(&arena, ""), "''");
    assert_string_equal(ddl_literal(&arena, "it's"), "'it''s'");
    assert_string_equal(ddl_literal(&arena, "'"), "''''");
    assert_string_equal(ddl_literal(&arena, "a\\b\n"), "'a\\b\n'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_form_of_a_template),
        cmocka_unit_test(quotes_in_a_literal_are_doubled),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
