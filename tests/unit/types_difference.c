#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "types/difference.h"

static Script read_section(Arena *arena, const char *section, const char *text)
{
    Script script = {0};
    Err err = {0};
    const char *whole =
        arena_printf(arena, "export type Database = {\n  public: {\n    %s: {\n%s\n    }\n  }\n}\n",
                     section, text);

    if (!script_read(arena, whole, strlen(whole), &script, &err))
        fail_msg("%s in %s", err.msg, whole);
    return script;
}

/* What is said of the change of one section, the line of counts left out. */
static void check(const char *section, const char *old, const char *new, const char *wanted)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    Script olds = read_section(&arena, section, old), news = read_section(&arena, section, new);
    Differences found = differences_find(&arena, &olds, &news);
    FILE *out = open_memstream(&text, &length);

    assert_non_null(out);
    differences_put(&found, 9, out);
    assert_int_equal(fclose(out), 0);
    assert_string_equal(found.count ? strchr(text, '\n') + 1 : text, wanted);
}

static void of_a_table(const char *old, const char *new, const char *wanted)
{
    check("Tables", old, new, wanted);
}

static void what_is_read_and_what_is_written_are_told_apart(void **state)
{
    (void)state;
    of_a_table("t: { Row: { a: string }; Insert: { a: string }; Update: { a?: string } }",
               "t: { Row: { a: string | null }; Insert: { a?: string | null }; Update: { a?: "
               "string | null } }",
               "breaking: table public.t, column a: may be null now: string -> string | null (Row, "
               "Update)\n"
               "safe: table public.t, column a: may be null now: string -> ?string | null "
               "(Insert)\n");
    of_a_table(
        "t: { Row: { a: string | null }; Insert: { a?: string | null } }",
        "t: { Row: { a: string }; Insert: { a: string } }",
        "breaking: table public.t, column a: is never null now: ?string | null -> string "
        "(Insert)\n"
        "safe: table public.t, column a: is never null now: string | null -> string (Row)\n");
    of_a_table("t: { Insert: { a?: string } }", "t: { Insert: { a: string } }",
               "breaking: table public.t, column a: required now: ?string -> string (Insert)\n");
    of_a_table("t: { Insert: { a: string } }", "t: { Insert: { a?: never } }",
               "breaking: table public.t, column a: cannot be given now: string -> ?never "
               "(Insert)\n");
    of_a_table("t: { Row: { a: unknown } }", "t: { Row: { a: string } }",
               "safe: table public.t, column a: is known now: unknown -> string (Row)\n");
    of_a_table("t: { Row: { a: \"x\" } }", "t: { Row: { a: \"x\" | \"y\" } }",
               "risky: table public.t, column a: more values: \"x\" -> \"x\" | \"y\" (Row)\n");
    of_a_table("t: { Row: { a: \"x\" } }", "t: { Row: { a: 'y' | \"x\" | null } }",
               "breaking: table public.t, column a: another type: \"x\" -> \"y\" | \"x\" | null "
               "(Row)\n");
}

static void columns_come_go_and_are_renamed(void **state)
{
    (void)state;
    of_a_table("t: { Row: { a: string }; Insert: { a: string } }",
               "t: { Row: { a: string; b: number; c: Json | null }; Insert: { a: string; b: "
               "number; c?: Json | null } }",
               "breaking: table public.t, column b: added and required (Row, Insert)\n"
               "safe: table public.t, column c: added (Row, Insert)\n");
    of_a_table("t: { Row: { a: string; b: number } }", "t: { Row: { c: string; d: boolean } }",
               "breaking: table public.t, column a: removed, perhaps renamed to c (Row)\n"
               "breaking: table public.t, column b: removed (Row)\n"
               "safe: table public.t, column c: added (Row)\n"
               "safe: table public.t, column d: added (Row)\n");
    of_a_table("t: { Row: {}; Insert: {} }\nu: { Row: {} }", "t: { Row: {} }\nv: { Row: {} }",
               "breaking: table public.t, Insert: removed\n"
               "breaking: table public.u: removed\n"
               "safe: table public.v: added\n");
}

static void relationships_are_known_by_their_key(void **state)
{
#define KEY(name, one)                                                                             \
    "{ foreignKeyName: \"" name "\", columns: [\"a\"], isOneToOne: " one                           \
    ", referencedRelation: \"u\", referencedColumns: [\"id\"] }, "

    (void)state;
    of_a_table("t: { Relationships: [" KEY("k", "false") KEY("l", "true") "] }",
               "t: { Relationships: [" KEY("l", "true") KEY("k", "false") "] }",
               "the types are the same; the layout of the file differs\n");
    of_a_table("t: { Relationships: [" KEY("k", "false") "] }", "t: { Relationships: [] }",
               "breaking: table public.t, relationship \"k\" to \"u\": removed\n");
    of_a_table("t: { Relationships: [] }", "t: { Relationships: [" KEY("k", "false") "] }",
               "risky: table public.t, relationship \"k\" to \"u\": relationship added\n");
    of_a_table(
        "t: { Relationships: [" KEY("k", "false") "] }",
        "t: { Relationships: [" KEY("k", "true") "] }",
        "breaking: table public.t, relationship \"k\" to \"u\": another type: { foreignKeyName: "
        "\"k\"; columns: [\"a\"]; isOneToOne: false; referencedRelation: \"u\"; "
        "referencedColumns: [\"id\"] } -> { foreignKeyName: \"k\"; columns: [\"a\"]; isOneToOne: "
        "true; referencedRelation: \"u\"; referencedColumns: [\"id\"] }\n");
}

static void functions_have_arguments_and_results(void **state)
{
    (void)state;
    check("Functions", "f: { Args: never; Returns: string }",
          "f: { Args: { a: number; b?: number }; Returns: { x: string }[] }",
          "breaking: function public.f, argument a: added and required\n"
          "breaking: function public.f, result: another type: string -> { x: string }[]\n"
          "safe: function public.f, argument b: added\n");
    check("Functions",
          "f: { Args: Record<PropertyKey, never>; Returns: { x: string; y: number }[] }",
          "f: { Args: never; Returns: { x: string | null; y: number }[] }",
          "breaking: function public.f, result column x: may be null now: string -> string | "
          "null\n");
    check("Functions", "f: { Args: { a: number }; Returns: string }",
          "f: | { Args: { a: number }; Returns: string } | { Args: never; Returns: string }",
          "safe: function public.f, signature { Args: never; Returns: string }: added\n");
    check("Functions", "f: { Args: never; Returns: string }", "g: { Args: never; Returns: string }",
          "breaking: function public.f: removed\nsafe: function public.g: added\n");
}

static void labels_and_attributes_are_both_read_and_written(void **state)
{
    (void)state;
    check("Enums", "e: \"a\" | \"b\"", "e: \"b\" | \"c\"",
          "breaking: enum public.e, label \"a\": removed\n"
          "risky: enum public.e, label \"c\": label added\n");
    check("Enums", "e: \"a\" | \"b\"", "e: \"b\" | \"a\"", "safe: enum public.e: another order\n");
    check("CompositeTypes", "c: { a: string | null; b: string | null }",
          "c: { a: number | null; d: string | null }",
          "breaking: composite type public.c, attribute a: another type: string | null -> number | "
          "null\n"
          "breaking: composite type public.c, attribute b: removed\n"
          "risky: composite type public.c, attribute d: attribute added\n");
}

static void only_the_dialect_may_differ(void **state)
{
    (void)state;
    of_a_table("t: { Row: { a: string } }", "t: { Row: { a: string }; ComputedFields: never }",
               "safe: dialect: changed: ComputedFields are written (cli3)\n");
}

static void hostile_names_do_not_reach_the_terminal(void **state)
{
    (void)state;
    of_a_table("t: { Row: { a: string } }", "t: { Row: { a: string; \"\xE2\x80\xAE\": string } }",
               "safe: table public.t, column \xEF\xBF\xBD: added (Row)\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read_and_what_is_written_are_told_apart),
        cmocka_unit_test(columns_come_go_and_are_renamed),
        cmocka_unit_test(relationships_are_known_by_their_key),
        cmocka_unit_test(functions_have_arguments_and_results),
        cmocka_unit_test(labels_and_attributes_are_both_read_and_written),
        cmocka_unit_test(only_the_dialect_may_differ),
        cmocka_unit_test(hostile_names_do_not_reach_the_terminal),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
