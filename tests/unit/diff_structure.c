#include "diff/structure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"

enum { ITEMS_MAX = 1000 };

static int points; /* what the callback gives */

static int give_points(void *context, KindId kind, const json_t *old, const json_t *new)
{
    (void)context;
    (void)kind;
    (void)old;
    (void)new;
    return points;
}

/* ' stands for ". */
static json_t *parsed(const char *text)
{
    CLEANUP(cleanup_free) char *copy = strdup(text);
    json_error_t error = {0};

    for (char *c = copy; *c; c++)
        if (*c == '\'')
            *c = '"';
    json_t *value = json_loads(copy, JSON_DECODE_ANY, &error);
    if (!value)
        fail_msg("%s: %s", error.text, text);
    return value;
}

/* "OLD>NEW SCORE; " by the places of those that were paired. */
static void pairs(KindId kind, const char *parent, const char *olds, const char *news,
                  const char *want)
{
    json_auto_t *table = parent ? parsed(parent) : NULL;
    json_auto_t *old_items = parsed(olds);
    json_auto_t *new_items = parsed(news);
    int partners[2][ITEMS_MAX], scores[2][ITEMS_MAX] = {{0}};
    const StructureSide old = {table, old_items, partners[0], scores[0]};
    const StructureSide new = {table, new_items, partners[1], scores[1]};
    const StructureUses uses = {give_points, NULL, NULL};
    char got[256] = "";

    for (int i = 0; i < ITEMS_MAX; i++)
        partners[0][i] = partners[1][i] = STRUCTURE_NOBODY;
    structure_match(kind, &old, &new, &uses);
    for (size_t i = 0; i < json_array_size(old_items); i++)
        if (partners[0][i] != STRUCTURE_NOBODY) {
            snprintf(got + strlen(got), sizeof got - strlen(got), "%zu>%d %d; ", i, partners[0][i],
                     scores[0][i]);
            assert_int_equal(partners[1][partners[0][i]], i);
        }
    assert_string_equal(got, want);
}

#define OBJECT(schema, name, more)                                                                 \
    "{'id':'" schema "." name "','name':'" name "','schema':'" schema "'" more "}"
#define VIEW(schema, name, text) OBJECT(schema, name, ",'definition':'" text "'")
#define LONG " SELECT a.one, a.two, a.three FROM s.a a WHERE (a.four > 5)"

static void what_is_equal_but_for_the_name_is_one(void **state)
{
    (void)state;
    pairs(KIND_VIEW, NULL, "[" VIEW("s", "v", LONG) "]", "[" VIEW("s", "big", LONG) "]",
          "0>0 100; ");
    pairs(KIND_VIEW, NULL, "[" VIEW("s", "v", LONG) "]", "[" VIEW("s", "big", " SELECT 1") "]", "");
    pairs(KIND_ENUM, NULL, "[" OBJECT("s", "e", ",'labels':['a','b','c']") "]",
          "[" OBJECT("s", "kind", ",'labels':['a','b','c']") "]", "0>0 100; ");
}

static void two_that_are_alike_are_none(void **state)
{
    (void)state;
    pairs(KIND_VIEW, NULL, "[" VIEW("s", "v", LONG) "]",
          "[" VIEW("s", "big", LONG) "," VIEW("s", "tall", LONG) "]", "");
    pairs(KIND_VIEW, NULL, "[" VIEW("s", "v", LONG) "," VIEW("s", "w", LONG) "]",
          "[" VIEW("s", "big", LONG) "]", "");
}

static void the_same_name_in_another_schema_goes_first(void **state)
{
    (void)state;
    pairs(KIND_VIEW, NULL, "[" VIEW("s", "v", LONG) "," VIEW("s", "w", LONG) "]",
          "[" VIEW("t", "v", LONG) "," VIEW("t", "w", LONG) "]", "0>0 100; 1>1 100; ");
    /* The schema's own name in a text is that of the other schema. */
    pairs(KIND_VIEW, NULL, "[" VIEW("s", "v", "SELECT s.f(1), ss.f(2)") "]",
          "[" VIEW("t", "v", "SELECT t.f(1), ss.f(2)") "]", "0>0 100; ");
}

static void what_has_little_to_tell_it_by_wants_more(void **state)
{
    static const char old[] = "[" OBJECT("s", "e", ",'labels':['a']") "]";
    static const char new[] = "[" OBJECT("s", "kind", ",'labels':['a']") "]";

    (void)state;
    pairs(KIND_ENUM, NULL, old, new, "");
    points = STRUCTURE_ENOUGH;
    pairs(KIND_ENUM, NULL, old, new, "0>0 100; ");
    points = 0;
    pairs(KIND_ENUM, NULL, old, "[" OBJECT("s", "es", ",'labels':['a']") "]", "");
    pairs(KIND_ENUM, NULL, "[" OBJECT("s", "size", ",'labels':['a']") "]",
          "[" OBJECT("s", "sizes", ",'labels':['a']") "]", "0>0 100; ");
}

static void other_arguments_make_another_function(void **state)
{
    (void)state;
    pairs(KIND_FUNCTION, NULL, "[{'body':'" LONG "','id':'s.f(integer)','name':'f','schema':'s'}]",
          "[{'body':'" LONG "','id':'s.f(text)','name':'f','schema':'s'}]", "");
    pairs(KIND_FUNCTION, NULL, "[{'body':'" LONG "','id':'s.f(integer)','name':'f','schema':'s'}]",
          "[{'body':'" LONG "','id':'s.g(integer)','name':'g','schema':'s'}]", "0>0 100; ");
}

static void columns_want_their_place_or_a_use(void **state)
{
    static const char bare[] = OBJECT("s", "t", "");
    static const char money[] =
        "{'default':'0','name':'total','not_null':true,'type':'numeric(9,2)'}";
    static const char cash[] =
        "{'default':'0','name':'cash','not_null':true,'type':'numeric(9,2)'}";
    char old[256], new[256];

    (void)state;
    pairs(KIND_COLUMN, bare, "[{'name':'note','type':'text'}]", "[{'name':'memo','type':'text'}]",
          "");
    pairs(KIND_COLUMN, bare, "[{'name':'note','type':'text'}]", "[{'name':'notes','type':'text'}]",
          "0>0 100; ");
    pairs(KIND_COLUMN, bare, "[{'name':'note','type':'text'}]",
          "[{'name':'notes','type':'integer'}]", "");
    pairs(KIND_COLUMN, bare, "[{'name':'note','type':'text'},{'name':'x','type':'date'}]",
          "[{'name':'y','type':'date'},{'name':'notes','type':'text'}]", "");
    snprintf(old, sizeof old, "[%s]", money);
    snprintf(new, sizeof new, "[%s]", cash);
    pairs(KIND_COLUMN, bare, old, new, "0>0 100; ");
    pairs(KIND_COLUMN, OBJECT("s", "t", ",'indexes':[{'columns':['memo'],'name':'i'}]"),
          "[{'name':'note','type':'text'}]", "[{'name':'memo','type':'text'}]", "");
}

static void of_very_many_only_equal_ones_are_found(void **state)
{
    json_auto_t *olds = json_array();
    json_auto_t *news = json_array();
    char text[64];

    (void)state;
    for (int i = 0; i < 900; i++) {
        snprintf(text, sizeof text, "SELECT %d FROM s.something_that_is_long", i);
        json_array_append_new(olds, json_pack("{s:s+, s:s, s:s, s:s}", "id", "s.old", text + 6,
                                              "name", text + 6, "schema", "s", "definition", text));
        json_array_append_new(news, json_pack("{s:s+, s:s+, s:s, s:s}", "id", "s.new", text + 6,
                                              "name", "q", text + 6, "schema", "s", "definition",
                                              i < 899 ? text : "SELECT 'another'"));
    }
    int partners[2][ITEMS_MAX], scores[2][ITEMS_MAX] = {{0}};
    const StructureSide old = {NULL, olds, partners[0], scores[0]};
    const StructureSide new = {NULL, news, partners[1], scores[1]};
    const StructureUses uses = {give_points, NULL, NULL};
    for (int i = 0; i < ITEMS_MAX; i++)
        partners[0][i] = partners[1][i] = STRUCTURE_NOBODY;
    structure_match(KIND_VIEW, &old, &new, &uses);
    for (int i = 0; i < 900; i++)
        assert_int_equal(partners[0][i], i < 899 ? i : STRUCTURE_NOBODY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_equal_but_for_the_name_is_one),
        cmocka_unit_test(two_that_are_alike_are_none),
        cmocka_unit_test(the_same_name_in_another_schema_goes_first),
        cmocka_unit_test(what_has_little_to_tell_it_by_wants_more),
        cmocka_unit_test(other_arguments_make_another_function),
        cmocka_unit_test(columns_want_their_place_or_a_use),
        cmocka_unit_test(of_very_many_only_equal_ones_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
