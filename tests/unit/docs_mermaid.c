#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "docs/facts.h"
#include "docs/mermaid.h"
#include "json/jx.h"
#include "model/snapshot.h"

/* The facts of a snapshot of these tables, ascending by id. */
static void read_tables(Facts *facts, const json_t *tables)
{
    static const FactsFilter all = {NULL, NULL};
    Err err = {0};
    FILE *file = tmpfile();
    json_auto_t *meta = json_object();
    size_t index = 0;
    json_t *table = NULL;

    assert_non_null(file);
    CLEANUP(snapshot_writer_close)
    SnapshotWriter *writer = snapshot_writer_open(file, meta, &err);

    assert_non_null(writer);
    json_array_foreach((json_t *)tables, index, table)
    {
        assert_true(snapshot_writer_add_json(writer, KIND_TABLE, table, &err));
    }
    assert_true(snapshot_writer_finish(writer, NULL, &err));
    rewind(file);
    assert_true(facts_read(facts, file, "test", &all, &err));
    assert_int_equal(fclose(file), 0);
}

/* The diagram of schema public, or what is one key away from the table of that id; to be freed. */
static char *draw(const Facts *facts, const char *id)
{
    Err err = {0};
    char *text = NULL;
    size_t length = 0;
    bool drawn = false;
    FILE *out = open_memstream(&text, &length);

    assert_non_null(out);
    assert_true(
        id ? mermaid_draw_neighbours(facts, facts_relation(facts, id), "<", ">", out, &drawn, &err)
           : mermaid_draw_schema(facts, "public", "<", ">", out, &drawn, &err));
    assert_int_equal(fclose(out), 0);
    assert_int_equal(drawn, length > 0);
    return text;
}

static char *draw_text(const char *json, const char *id)
{
    Err err = {0};
    CLEANUP(facts_free) Facts facts = {0};
    json_auto_t *tables = jx_parse(json, strlen(json), "test", &err);

    assert_non_null(tables);
    read_tables(&facts, tables);
    return draw(&facts, id);
}

static const char orders[] =
    "[{\"id\":\"public.orders\",\"schema\":\"public\",\"name\":\"orders\",\"kind\":\"table\","
    "\"columns\":[{\"name\":\"id\",\"type\":\"bigint\",\"not_null\":true},"
    "{\"name\":\"user id\",\"type\":\"numeric(8,2)\"},{\"name\":\"note\",\"type\":\"text\"}],"
    "\"constraints\":[{\"name\":\"orders_pkey\",\"type\":\"primary key\",\"columns\":[\"id\"]},"
    "{\"name\":\"to user\",\"type\":\"foreign key\",\"columns\":[\"user id\"],"
    "\"references\":\"auth.users\",\"reference_columns\":[\"id\"]}]}]";

static void a_table_is_drawn_with_its_keys(void **state)
{
    CLEANUP(cleanup_free) char *text = draw_text(orders, NULL);

    (void)state;
    assert_string_equal(text, "<```mermaid\n"
                              "erDiagram\n"
                              "    \"orders\" {\n"
                              "        bigint id PK\n"
                              "        numeric(8_2) user_id FK \"user id\"\n"
                              "        text note\n"
                              "    }\n"
                              "    \"auth.users\" |o--o{ \"orders\" : \"to user\"\n"
                              "```\n\n>");
}

static void beside_its_neighbours_a_table_has_its_keys_alone(void **state)
{
    CLEANUP(cleanup_free) char *text = draw_text(orders, "public.orders");

    (void)state;
    assert_string_equal(text, "<```mermaid\n"
                              "erDiagram\n"
                              "    \"orders\" {\n"
                              "        bigint id PK\n"
                              "        numeric(8_2) user_id FK \"user id\"\n"
                              "    }\n"
                              "    \"auth.users\" |o--o{ \"orders\" : \"to user\"\n"
                              "```\n\n>");
}

static void without_tables_or_without_neighbours_nothing_is_drawn(void **state)
{
    CLEANUP(cleanup_free) char *none = draw_text("[]", NULL);
    CLEANUP(cleanup_free)
    char *alone = draw_text("[{\"id\":\"public.a\",\"schema\":\"public\",\"name\":\"a\","
                            "\"kind\":\"table\"}]",
                            "public.a");

    (void)state;
    assert_string_equal(none, "");
    assert_string_equal(alone, "");
}

static void a_hostile_name_cannot_end_its_string(void **state)
{
    CLEANUP(cleanup_free)
    char *text =
        draw_text("[{\"id\":\"x\",\"schema\":\"public\",\"name\":\"a\\\"\\n%%{init}``` <script>.\","
                  "\"kind\":\"table\"}]",
                  NULL);

    (void)state;
    assert_string_equal(text,
                        "<```mermaid\nerDiagram\n    \"a#34;⏎#37;#37;#123;init#125;#96;#96;#96; "
                        "#60;script#62;#46;\"\n```\n\n>");
}

/* count tables t0000, t0001, ..., each but the first with a key to one before it: the first, or the
 * one in the middle between. */
static void read_many(Facts *facts, int count, bool to_the_first)
{
    json_auto_t *tables = json_array();

    for (int i = 0; i < count; i++) {
        CLEANUP(arena_free) Arena arena = {0};
        json_t *table = json_pack(
            "{s:s, s:s, s:s, s:s, s:[{s:s, s:s}]}", "id", arena_printf(&arena, "public.t%04d", i),
            "schema", "public", "name", arena_printf(&arena, "t%04d", i), "kind", "table",
            "columns", "name", "a_column_with_a_name_that_is_as_long_as_names_may_be_in_postgresql",
            "type", "timestamp with time zone");

        if (i)
            json_object_set_new(
                table, "constraints",
                json_pack("[{s:s, s:s, s:[s], s:s, s:[s]}]", "name",
                          arena_printf(&arena, "key%04d", i), "type", "foreign key", "columns",
                          "a_column_with_a_name_that_is_as_long_as_names_may_be_in_postgresql",
                          "references",
                          arena_printf(&arena, "public.t%04d", to_the_first ? 0 : i / 2),
                          "reference_columns",
                          "a_column_with_a_name_that_is_as_long_as_names_may_be_in_postgresql"));
        json_array_append_new(tables, table);
    }
    read_tables(facts, tables);
}

static size_t occurrences(const char *text, const char *end, const char *part)
{
    size_t count = 0;

    for (const char *at = text; (at = strstr(at, part)) && at < end; at++)
        count++;
    return count;
}

/* How many parts there are; each is within the limits of Mermaid. */
static size_t parts_within_limits(const char *text)
{
    size_t parts = 0;

    for (const char *at = text; (at = strstr(at, "erDiagram\n")); parts++) {
        const char *end = strstr(at, "```");

        assert_non_null(end);
        assert_true(end - at <= 50000);
        assert_true(occurrences(at, end, "--") <= 500);
        at = end;
    }
    return parts;
}

static void many_tables_are_cut_into_parts_and_none_is_lost(void **state)
{
    CLEANUP(facts_free) Facts facts = {0};
    CLEANUP(cleanup_free) char *text = NULL;
    char name[32];

    (void)state;
    read_many(&facts, 1000, false);
    text = draw(&facts, NULL);
    assert_int_equal(parts_within_limits(text), 40);
    assert_non_null(strstr(text, "<Part 1 of 40:\n"));
    for (int i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, i ? "\n    \"t%04d\" {" : "\n    \"t%04d\"\n", i);
        assert_int_equal(occurrences(text, text + strlen(text), name), 1);
        snprintf(name, sizeof name, " : \"key%04d\"", i);
        assert_int_equal(occurrences(text, text + strlen(text), name), i > 0);
    }
}

static void a_table_with_many_neighbours_is_cut_into_parts(void **state)
{
    CLEANUP(facts_free) Facts facts = {0};
    CLEANUP(cleanup_free) char *text = NULL;

    (void)state;
    read_many(&facts, 1200, true);
    text = draw(&facts, "public.t0000");
    assert_true(parts_within_limits(text) > 1);
    assert_int_equal(occurrences(text, text + strlen(text), " : \"key"), 1199);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_is_drawn_with_its_keys),
        cmocka_unit_test(beside_its_neighbours_a_table_has_its_keys_alone),
        cmocka_unit_test(without_tables_or_without_neighbours_nothing_is_drawn),
        cmocka_unit_test(a_hostile_name_cannot_end_its_string),
        cmocka_unit_test(many_tables_are_cut_into_parts_and_none_is_lost),
        cmocka_unit_test(a_table_with_many_neighbours_is_cut_into_parts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
