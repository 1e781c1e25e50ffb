#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "docs/mermaid.h"
#include "json/jx.h"

/* Draws the tables of a JSON array; the text is the caller's to free. */
static char *draw(const char *json, size_t copies, bool *ret_drawn)
{
    Err err = {0};
    char *text = NULL;
    size_t length = 0;
    json_auto_t *array = jx_parse(json, strlen(json), "test", &err);
    json_t *tables[4096] = {NULL};
    size_t count = json_array_size(array);
    FILE *out = open_memstream(&text, &length);

    assert_non_null(array);
    assert_non_null(out);
    for (size_t i = 0; i < count * copies; i++)
        tables[i] = json_array_get(array, i % count);
    assert_true(mermaid_draw(tables, count * copies, "public", out, ret_drawn, &err));
    assert_int_equal(fclose(out), 0);
    return text;
}

static const char orders[] =
    "[{\"id\":\"public.orders\",\"schema\":\"public\",\"name\":\"orders\",\"kind\":\"table\","
    "\"columns\":[{\"name\":\"id\",\"type\":\"bigint\",\"not_null\":true},"
    "{\"name\":\"user id\",\"type\":\"numeric(8,2)\"}],"
    "\"constraints\":[{\"name\":\"orders_pkey\",\"type\":\"primary key\",\"columns\":[\"id\"]},"
    "{\"name\":\"to user\",\"type\":\"foreign key\",\"columns\":[\"user id\"],"
    "\"references\":\"auth.users\",\"reference_columns\":[\"id\"]}]}]";

static void a_table_is_drawn_with_its_keys(void **state)
{
    bool drawn = false;
    CLEANUP(cleanup_free) char *text = draw(orders, 1, &drawn);

    (void)state;
    assert_true(drawn);
    assert_string_equal(text, "```mermaid\n"
                              "erDiagram\n"
                              "    \"orders\" {\n"
                              "        bigint id PK\n"
                              "        numeric(8_2) user_id FK \"user id\"\n"
                              "    }\n"
                              "    \"auth.users\" |o--o{ \"orders\" : \"to user\"\n"
                              "```\n");
}

static void a_hostile_name_cannot_end_its_string(void **state)
{
    bool drawn = false;
    CLEANUP(cleanup_free)
    char *text =
        draw("[{\"id\":\"x\",\"schema\":\"public\",\"name\":\"a\\\"\\n%%{init}``` <script>\","
             "\"kind\":\"table\"}]",
             1, &drawn);

    (void)state;
    assert_true(drawn);
    assert_string_equal(text,
                        "```mermaid\nerDiagram\n    \"a#34;⏎#37;#37;#123;init#125;#96;#96;#96; "
                        "#60;script#62;\"\n```\n");
}

static void too_much_is_drawn_without_columns_or_not_at_all(void **state)
{
    bool drawn = false;
    CLEANUP(cleanup_free) char *some = draw(orders, 470, &drawn);

    (void)state;
    assert_true(drawn);
    assert_null(strstr(some, "bigint id"));
    CLEANUP(cleanup_free) char *none = draw(orders, 2000, &drawn);

    assert_false(drawn);
    assert_string_equal(none, "");
    CLEANUP(cleanup_free) char *nothing = draw("[]", 1, &drawn);

    assert_false(drawn);
    assert_string_equal(nothing, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_is_drawn_with_its_keys),
        cmocka_unit_test(a_hostile_name_cannot_end_its_string),
        cmocka_unit_test(too_much_is_drawn_without_columns_or_not_at_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
