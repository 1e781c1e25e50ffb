#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "types/difference.h"
#include "types/merge.h"
#include "types/script.h"

static const char generated[] =
    "export type Json =\n  | string\n  | { [key: string]: Json | undefined }\n  | Json[]\n\n"
    "export type Database = {\n  // a comment\n  __InternalSupabase: { PostgrestVersion: \"13\" }\n"
    "  public: {\n    Tables: {\n      users: {\n        Row: {\n          id: string\n"
    "          \"odd name\": (\"a\" | \"b\")[] | null\n          settings: Json | null\n        }\n"
    "        ComputedFields: never\n        Insert: {\n          id?: string\n        }\n"
    "        Update: {}\n        Relationships: [\n          {\n"
    "            foreignKeyName: \"k\"\n            columns: [\"id\"]\n"
    "            isOneToOne: false\n            referencedRelation: \"t\"\n"
    "            referencedColumns: [\"id\"]\n          },\n        ]\n      }\n    }\n"
    "    Views: {\n      [_ in never]: never\n    }\n    Functions: {\n"
    "      f:\n        | { Args: { a: number; b?: string }; Returns: undefined }\n"
    "        | { Args: Record<PropertyKey, never>; Returns: { error: true } & \"no\" }\n    }\n"
    "    Enums: {\n      e: \"x\" | \"y\"\n    }\n    CompositeTypes: {\n"
    "      c: {\n        a: Database[\"public\"][\"Enums\"][\"e\"] | null\n      }\n    }\n  "
    "}\n}\n\n"
    "type DefaultSchema = Database[Extract<keyof Database, \"public\">]\n\n"
    "export type Tables<\n  Name extends keyof DefaultSchema[\"Tables\"],\n"
    "> = DefaultSchema[\"Tables\"][Name]\n\n"
    "export const Constants = {\n  public: {\n    Enums: {\n      e: [\"x\", \"y\"],\n    },\n"
    "  },\n} as const\n";

static void check_type(const char *text, const char *wanted)
{
    CLEANUP(arena_free) Arena arena = {0};
    Err err = {0};
    const ScriptType *type = script_type(&arena, text, &err);

    if (!wanted) {
        if (type)
            print_error("%s was taken as %s\n", text, script_text(&arena, type));
        assert_null(type);
        assert_int_equal(err.code, EXIT_DATA);
        assert_true(err.msg[0] != '\0');
        return;
    }
    if (!type)
        print_error("%s: %s\n", text, err.msg);
    assert_non_null(type);
    assert_string_equal(script_text(&arena, type), wanted);
}

static void types_are_read_whatever_their_layout(void **state)
{
    static const char *const same[] = {
        "string",
        "a.b.C<D, E[]>[\"x\"][]",
        "{ a: string; b?: number; readonly c: D }",
        "{ [key: string]: Json | undefined }",
        "(\"a\" | \"b\")[]",
        "[a: string, ...rest: number[]]",
        "string & { readonly __brand: \"UserId\" }",
        "import(\"./x\").Foo<import(\"y\").Z>",
        "(a: string, b?: number, ...c: D[]) => void",
        "A extends B ? C : D",
        "keyof typeof constants",
        "`${number}px`",
        "-1 | 2 | true | null",
        "{}",
        "[]",
        "unknown[][]",
        "\"it's \\\"so\\\"\"",
        "Record<string, unknown>",
        "readonly string[]",
        "\xC3\xBCn\xC3\xAF<\xE6\x97\xA5>",
    };

    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        check_type(same[i], same[i]);
    check_type("  |'a'|  \"b\"", "\"a\" | \"b\"");
    check_type("{'a':string,b?:number,}", "{ a: string; b?: number }");
    check_type("(((string)))", "string");
    check_type("'it\\'s'", "\"it's\"");
    check_type("(A & B) | null", "(A & B) | null");
    check_type("A & B | null", "(A & B) | null");
}

static void what_is_no_type_is_refused(void **state)
{
    static const char *const wrong[] = {
        "",
        " ",
        "string;",
        "string; export const evil = 1",
        "string }",
        "string } & { a: b",
        "string\nexport const evil = 1",
        "string // comment",
        "string /* comment */",
        "{ a: string",
        "{ a: string /* } */",
        "(string",
        "\"open",
        "'open\\'",
        "`open",
        "`${`${`open`}",
        "a b",
        "a, b",
        "Promise<string",
        "Promise<string>>",
        "string | ",
        "= 5",
        "eval(\"1\")",
        "import(x)",
        "import(\"x\"",
        "a[",
        "new Foo()",
        "\x01",
        "string\x7F",
        "string\xE2\x80\xA8",
        "\"\xE2\x80\xAE\"",
        "\xE2\x81\xA6",
        "a?: b",
        "A extends B ? C",
        "(a) => b",
        "</script>",
        "{ a() { return 1 } }",
        "{ get a(): string }",
        "string\xC2\xA0",
        "a\xE3\x80\x80",
        "\xF0\x9F\x98\x80",
    };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        check_type(wrong[i], NULL);
}

static void a_type_in_braces_ends_with_its_brace(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};
    Err err = {0};
    const char *text = "{ { a: \"}\" }[] } and more }";
    const ScriptType *type = script_type_in_braces(&arena, &text, &err);

    (void)state;
    assert_non_null(type);
    assert_string_equal(script_text(&arena, type), "{ a: \"}\" }[]");
    assert_string_equal(text, " and more }");
    text = "{string\n}";
    assert_null(script_type_in_braces(&arena, &text, &err));
    err = (Err){0};
    text = "{string /* } */ }";
    assert_null(script_type_in_braces(&arena, &text, &err));
    err = (Err){0};
    text = "string";
    assert_null(script_type_in_braces(&arena, &text, &err));
}

static void nesting_has_an_end(void **state)
{
    static const char *const pieces[] = {"(", "{a:", "[", "A<", "keyof ", "a[", "(a: ", "A|(", "&"};
    CLEANUP(arena_free) Arena arena = {0};

    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        CLEANUP(buffer_free) Buffer text = {0};

        for (size_t n = 0; n < 100000; n++)
            buffer_text(&text, pieces[i]);
        check_type(text.bytes, NULL);
    }
    CLEANUP(buffer_free) Buffer text = {0};

    buffer_text(&text, "a");
    for (size_t n = 0; n < 100000; n++)
        buffer_text(&text, n % 2 ? "[]" : "[b]");
    Err err = {0};

    assert_non_null(script_type(&arena, text.bytes, &err));
}

static bool read_text(Arena *arena, const char *text, size_t length, Script *ret, Err *err)
{
    /* A copy of just that size, so that what reads behind it is noticed. */
    char *copy = malloc(length ? length : 1);

    assert_non_null(copy);
    memcpy(copy, text, length);
    bool sound = script_read(arena, copy, length, ret, err);

    free(copy);
    return sound;
}

static void check_same(const char *text)
{
    CLEANUP(arena_free) Arena arena = {0};
    Script one = {0}, two = {0};
    Err err = {0};

    if (!read_text(&arena, generated, sizeof generated - 1, &one, &err) ||
        !read_text(&arena, text, strlen(text), &two, &err))
        fail_msg("%s", err.msg);
    Differences found = differences_find(&arena, &one, &two);

    for (size_t i = 0; i < found.count; i++)
        print_error("%s: %s\n", found.items[i].place, found.items[i].what);
    assert_int_equal(found.count, 0);
    assert_false(found.helpers);
}

static void files_are_read_in_any_layout(void **state)
{
    char digest[2][DIGEST_HEX_SIZE];
    CLEANUP(buffer_free) Buffer flat = {0};
    CLEANUP(buffer_free) Buffer lines = {0};

    (void)state;
    check_same(generated);
    for (const char *at = generated; *at; at++) {
        bool is_word = *at == ' ' && at[1] == ' ';

        buffer_char(&lines, *at == '"' ? '\'' : *at);
        if (*at == '\n' && at[-1] != '{' && at[-1] != '\n' && at[-1] != '=' && at[-1] != ':' &&
            at[-1] != ',' && at[-1] != '<' && at[-1] != '[' && at[1] != '|' && at[1] != '>' &&
            at[-1] != 't') {
            lines.bytes[lines.length - 1] = ';';
            buffer_text(&lines, "\r\n\t ");
        }
        if (!is_word)
            buffer_char(&flat, *at);
    }
    (void)flat.length;
    check_same(flat.bytes);
    script_digest(generated, sizeof generated - 1, digest[0]);
    script_digest(flat.bytes, flat.length, digest[1]);
    assert_string_equal(digest[0], digest[1]);
}

static void what_stands_around_is_passed(void **state)
{
    static const char around[] = "/* eslint-disable */\nimport { z } from 'zod'\n"
                                 "const pattern = /[\"'`{]/g\nconst text = `${ {a: \"}\"}.a }\n`\n"
                                 "export function f(a: { b: string }) {\n  return a.b / 2\n}\n";
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(buffer_free) Buffer text = {0};
    Script script = {0}, plain = {0};
    Err err = {0};

    (void)state;
    buffer_text(&text, around);
    buffer_text(&text, generated);
    buffer_text(&text, around);
    if (!script_read(&arena, text.bytes, text.length, &script, &err))
        fail_msg("%s", err.msg);
    assert_true(script_read(&arena, generated, sizeof generated - 1, &plain, &err));
    Differences found = differences_find(&arena, &script, &plain);

    assert_int_equal(found.count, found.counts[SEVERITY_BREAKING]);
    assert_true(found.count >= 4);
    assert_string_equal(found.items[0].place, "import { z } from \"zod\"");
    assert_string_equal(found.items[0].what, "removed");
}

static void what_is_no_file_of_types_is_refused_with_its_line(void **state)
{
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {"", "line 1: there is no type Database"},
        {"export const a = 1\n", "line 1: there is no type Database"},
        {"export type Database = {\n  a: b c\n}\n", "line 2: "},
        {"export type Database = {\n  a: {\n", "line 3: "},
        {"export type Database = string\n", "line 2: type Database is an object"},
        {"export type Database = {}\n}\n", "line 2: type Database ends here"},
        {"export type Database = {}\nexport type Database = {}\n",
         "line 2: there is one type Database only"},
        {"export type Database = {\n<<<<<<< HEAD\n}", "line 2: "},
        {"export type Database = {\n  a: \"open\n}\n", "line 2: "},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CLEANUP(arena_free) Arena arena = {0};
        Script script = {0};
        Err err = {0};

        assert_false(read_text(&arena, cases[i].text, strlen(cases[i].text), &script, &err));
        assert_int_equal(err.code, EXIT_DATA);
        if (strncmp(err.msg, cases[i].wanted, strlen(cases[i].wanted)) != 0)
            fail_msg("%s: %s", cases[i].text, err.msg);
    }
}

/* ---- anything ---- */

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* Some bytes of the text changed, left out, repeated or put in. */
static void mutate(const Buffer *from, Buffer *to, uint64_t *seed)
{
    static const char *const pieces[] = {"{",
                                         "}",
                                         "(",
                                         ")",
                                         "[",
                                         "]",
                                         "<",
                                         ">",
                                         "|",
                                         "&",
                                         "?",
                                         ":",
                                         ";",
                                         ",",
                                         "\"",
                                         "'",
                                         "`",
                                         "${",
                                         "/*",
                                         "*/",
                                         "//",
                                         "\n",
                                         "\r",
                                         "\\",
                                         "\0",
                                         "=>",
                                         "...",
                                         "export type Database = {",
                                         "keyof ",
                                         "// <custom a>\n",
                                         "// </custom>\n",
                                         "\n// <custom b>\n",
                                         "\xE2\x80\xA8",
                                         "\xFF",
                                         "import(",
                                         "extends",
                                         "// gen-ts-types sha256:",
                                         "\xEF\xBB\xBF",
                                         "interface Database "};
    size_t at = from->length ? next_random(seed) % from->length : 0;
    size_t size = next_random(seed) % 20;

    if (size > from->length - at)
        size = from->length - at;
    buffer_clear(to);
    buffer_add(to, from->bytes, at);
    switch (next_random(seed) % 4) {
    case 0:
        buffer_char(to, (char)next_random(seed));
        break;
    case 1: /* left out */
        break;
    case 2:
        buffer_add(to, from->bytes + at, size);
        buffer_add(to, from->bytes + at, size);
        break;
    default: {
        size_t piece = next_random(seed) % (sizeof pieces / sizeof *pieces);

        buffer_add(to, pieces[piece], *pieces[piece] ? strlen(pieces[piece]) : 1);
        buffer_add(to, from->bytes + at, size);
        break;
    }
    }
    buffer_add(to, from->bytes + at + size, from->length - at - size);
}

/* What holds of every text: it is read without harm, differs from itself in nothing, and when its
 * regions are sound, merging it is done after the first time and keeps every region. */
static void check_any(const Buffer *text)
{
    CLEANUP(arena_free) Arena arena = {0};
    CLEANUP(buffer_free) Buffer once = {0};
    CLEANUP(buffer_free) Buffer twice = {0};
    Script script = {0};
    Merge merge = {0}, again = {0};
    Err err = {0};

    if (read_text(&arena, text->bytes, text->length, &script, &err)) {
        Differences found = differences_find(&arena, &script, &script);

        if (found.count)
            fail_msg("%s %s in %s", found.items[0].place, found.items[0].what, text->bytes);
    } else {
        assert_int_equal(err.code, EXIT_DATA);
    }
    err = (Err){0};
    if (!merge_read(&arena, text->bytes, text->length, &merge, &err)) {
        assert_int_equal(err.code, EXIT_DATA);
        return;
    }
    merge_put(&merge, generated, &once);
    if (!merge_read(&arena, once.bytes, once.length, &again, &err))
        fail_msg("%s in %s", err.msg, once.bytes);
    assert_true(merge_is_current(&again, generated));
    assert_false(merge_is_edited(&again, generated));
    merge_put(&again, generated, &twice);
    assert_int_equal(once.length, twice.length);
    assert_memory_equal(once.bytes, twice.bytes, once.length);
    const MergeRegion *kept = again.regions;

    for (bool before = true;; before = false) {
        for (const MergeRegion *region = merge.regions; region; region = region->next) {
            if (region->is_before != before)
                continue;
            assert_non_null(kept);
            assert_int_equal(kept->length, region->length);
            assert_memory_equal(kept->text, region->text, region->length);
            kept = kept->next;
        }
        if (!before)
            break;
    }
    assert_null(kept);
}

static void any_text_is_read_without_harm(void **state)
{
    const char *set = getenv("LONG");
    size_t rounds = set && *set ? 60000 : 5000;
    CLEANUP(buffer_free) Buffer text = {0};
    CLEANUP(buffer_free) Buffer other = {0};
    uint64_t seed = 20261126;

    (void)state;
    for (size_t i = 0; i < rounds; i++) {
        if (i % 8 == 0) {
            buffer_clear(&text);
            buffer_text(&text, "// <custom a>\nimport type { A } from \"a\"\n// </custom>\n");
            buffer_text(&text, generated);
            buffer_text(&text, "// <custom b>\nexport const b = `}`\n// </custom>\n");
        }
        mutate(&text, &other, &seed);
        Buffer swap = text;

        text = other;
        other = swap;
        check_any(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_are_read_whatever_their_layout),
        cmocka_unit_test(what_is_no_type_is_refused),
        cmocka_unit_test(a_type_in_braces_ends_with_its_brace),
        cmocka_unit_test(nesting_has_an_end),
        cmocka_unit_test(files_are_read_in_any_layout),
        cmocka_unit_test(what_stands_around_is_passed),
        cmocka_unit_test(what_is_no_file_of_types_is_refused_with_its_line),
        cmocka_unit_test(any_text_is_read_without_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
