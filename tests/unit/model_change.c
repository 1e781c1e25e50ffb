#include "model/change.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "json/jx.h"

static void add(json_t *doc, Op op, const char *kind, const char *id, Severity severity)
{
    Err err = {0};

    assert_true(changes_add(doc, op, kind, id, NULL, severity, "readers,types", "why", &err));
}

static json_t *sample(void)
{
    Err err = {0};
    json_t *doc = changes_new("sha256:1", "sha256:2", &err);

    add(doc, OP_ADDED, "table", "public.b", SEVERITY_SAFE);
    add(doc, OP_CHANGED, "policy", "public.z.p", SEVERITY_RISKY);
    add(doc, OP_REMOVED, "column", "public.b.x", SEVERITY_BREAKING);
    add(doc, OP_ADDED, "index", "public.a.i", SEVERITY_SAFE);
    add(doc, OP_ADDED, "column", "public.a.i", SEVERITY_SAFE);
    add(doc, OP_REMOVED, "table", "public.a", SEVERITY_BREAKING);
    assert_true(changes_finish(doc, &err));
    return doc;
}

static void every_op_severity_and_class_has_a_name_that_is_read_back(void **state)
{
    Op op = OP_COUNT;
    Severity severity = SEVERITY_COUNT;
    Class class = CLASS_COUNT;

    (void)state;
    for (int i = 0; i < OP_COUNT; i++) {
        assert_true(op_parse(op_name((Op)i), &op));
        assert_int_equal(op, i);
    }
    for (int i = 0; i < SEVERITY_COUNT; i++) {
        assert_true(severity_parse(severity_name((Severity)i), &severity));
        assert_int_equal(severity, i);
    }
    for (int i = 0; i < CLASS_COUNT; i++) {
        assert_true(class_parse(class_name((Class)i), &class));
        assert_int_equal(class, i);
    }
    assert_false(class_parse("Security", &class));
    assert_false(op_parse("dropped", &op));
    assert_false(severity_parse("SAFE", &severity));
    assert_int_equal(severity, SEVERITY_COUNT - 1);
}

static void the_worst_class_is_that_of_the_worst_change(void **state)
{
    Err err = {0};
    json_auto_t *doc = sample();
    Class class = CLASS_COUNT;

    (void)state;
    assert_false(changes_worst_class(doc, &class));
    add(doc, OP_CHANGED, "policy", "public.z.p", SEVERITY_RISKY);
    assert_true(changes_set_class(doc, CLASS_SECURITY, &err));
    add(doc, OP_CHANGED, "table", "public.z", SEVERITY_SAFE);
    assert_true(changes_set_class(doc, CLASS_COSMETIC, &err));
    assert_true(changes_worst_class(doc, &class));
    assert_int_equal(class, CLASS_SECURITY);
    json_object_set_new(json_array_get(json_object_get(doc, "changes"), 0), "class",
                        json_string("harmless"));
    Change change = {0};
    assert_false(changes_view(doc, 0, &change, &err));
    assert_int_equal(err.code, EXIT_DATA);
    json_object_set_new(json_array_get(json_object_get(doc, "changes"), 1), "effects",
                        json_pack("[i]", 1));
    assert_false(changes_view(doc, 1, &change, &err));
}

static void an_empty_document_says_from_and_to(void **state)
{
    Err err = {0};
    json_auto_t *doc = changes_new("sha256:1", "sha256:2", &err);
    json_auto_t *first = changes_new(NULL, "sha256:2", &err);

    (void)state;
    assert_true(changes_finish(doc, &err));
    assert_string_equal(changes_from(doc), "sha256:1");
    assert_string_equal(changes_to(doc), "sha256:2");
    assert_string_equal(changes_from(first), "");
    assert_null(json_object_get(first, "from"));
    assert_int_equal(changes_count(doc), 0);
    assert_int_equal(changes_worst(doc), SEVERITY_SAFE);
}

static void the_worst_come_first_then_by_id_and_kind(void **state)
{
    static const char *const want[] = {"table public.a",    "column public.b.x",
                                       "policy public.z.p", "column public.a.i",
                                       "index public.a.i",  "table public.b"};
    json_auto_t *doc = sample();

    (void)state;
    assert_int_equal(changes_count(doc), sizeof want / sizeof *want);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        char got[64];
        Change change = {0};
        Err err = {0};
        assert_true(changes_view(doc, i, &change, &err));
        snprintf(got, sizeof got, "%s %s", change.kind, change.id);
        assert_string_equal(got, want[i]);
    }
}

static void the_summary_counts_everything(void **state)
{
    json_auto_t *doc = sample();
    json_auto_t *want =
        json_pack("{s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:i,s:{s:i,s:i,s:i,s:i}}", "total", 6, "added",
                  3, "removed", 2, "changed", 1, "renamed", 0, "replaced", 0, "safe", 3, "risky", 1,
                  "breaking", 2, "kinds", "table", 2, "column", 2, "index", 1, "policy", 1);
    Err err = {0};

    (void)state;
    assert_true(json_equal(json_object_get(doc, "summary"), want));
    assert_int_equal(changes_worst(doc), SEVERITY_BREAKING);
    assert_true(changes_finish(doc, &err)); /* once more counts nothing twice */
    assert_true(json_equal(json_object_get(doc, "summary"), want));
}

static void a_change_has_its_words_and_fields(void **state)
{
    Err err = {0};
    json_auto_t *doc = changes_new(NULL, "sha256:2", &err);
    Change change = {0};

    (void)state;
    assert_true(changes_add(doc, OP_CHANGED, "column", "a.b.c",
                            json_pack("[{s:s,s:s}]", "name", "type", "new", "text"), SEVERITY_RISKY,
                            "readers,writers,types", "because", &err));
    add(doc, OP_ADDED, "table", "a.b", SEVERITY_SAFE);
    assert_true(changes_add(doc, OP_ADDED, "table", "a.c", NULL, SEVERITY_SAFE, "", "w", &err));
    assert_true(changes_view(doc, 0, &change, &err));
    assert_string_equal(change.op, "changed");
    assert_string_equal(change.severity, "risky");
    assert_string_equal(change.why, "because");
    json_auto_t *words = json_pack("[s,s,s]", "readers", "writers", "types");
    assert_true(json_equal(change.affects, words));
    assert_int_equal(json_array_size(change.fields), 1);
    assert_true(changes_view(doc, 2, &change, &err));
    assert_int_equal(json_array_size(change.affects), 0);
    assert_int_equal(json_array_size(change.fields), 0);
    assert_false(changes_view(doc, 3, &change, &err));
}

static void an_id_that_is_not_utf8_is_refused(void **state)
{
    Err err = {0};
    json_auto_t *doc = changes_new(NULL, "sha256:2", &err);

    (void)state;
    assert_false(
        changes_add(doc, OP_ADDED, "table", "\xff", json_array(), SEVERITY_SAFE, "", "w", &err));
    assert_int_equal(err.code, EXIT_DATA);
    assert_int_equal(changes_count(doc), 0);
}

static json_t *load(const char *text, Err *err)
{
    FILE *in = fmemopen((char *)(uintptr_t)text, strlen(text), "r");
    json_t *doc = changes_load(in, "c.json", err);

    fclose(in);
    return doc;
}

static void a_document_that_was_written_is_loaded(void **state)
{
    json_auto_t *doc = sample();
    CLEANUP(cleanup_free) char *text = NULL;
    size_t size = 0;
    Err err = {0};
    FILE *out = open_memstream(&text, &size);

    (void)state;
    assert_true(jx_write(doc, out, &err));
    fclose(out);
    json_auto_t *loaded = load(text, &err);
    assert_non_null(loaded);
    assert_true(json_equal(doc, loaded));
}

#define ONE "{\"op\":\"added\",\"kind\":\"table\",\"id\":\"a\",\"fields\":[],\"affects\":[],"
#define TAIL "],\"summary\":{},\"to\":\"sha256:2\"}"
#define START "{\"format\":\"changes/1\",\"changes\":["

static void what_is_not_a_whole_document_is_refused(void **state)
{
    static const struct {
        const char *text;
        const char *want;
    } rows[] = {
        {" ", "'c.json':1:"},
        {"{}", "'c.json' is not a changes/1 document"},
        {"{\"format\":\"event/1\"}", "'c.json' is a event/1 document, not changes/1"},
        {"{\"format\":\"changes/1\"}", "'c.json' lacks changes, summary or to"},
        {"{\"format\":\"changes/1\",\"changes\":{},\"summary\":{},\"to\":\"x\"}",
         "'c.json' lacks changes, summary or to"},
        {"{\"format\":\"changes/1\",\"changes\":[],\"to\":\"x\"}",
         "'c.json' lacks changes, summary or to"},
        {"{\"format\":\"changes/1\",\"changes\":[],\"summary\":{}}",
         "'c.json' lacks changes, summary or to"},
        {START "1" TAIL, "an object is expected in change 1 of 'c.json'"},
        {START ONE "\"severity\":\"safe\"}" TAIL, "member 'why' is missing in change 1"},
        {START ONE "\"severity\":\"safe\",\"why\":\"\"}," ONE
                   "\"severity\":\"odd\",\"why\":\"\"}" TAIL,
         "change 2 has an unknown op or severity of 'c.json'"},
        {START "{\"op\":\"moved\",\"kind\":\"table\",\"id\":\"a\",\"fields\":[],\"affects\":[],"
               "\"severity\":\"safe\",\"why\":\"\"}" TAIL,
         "change 1 has an unknown op or severity"},
        {START ONE "\"severity\":\"safe\",\"transaction\":\"7\",\"why\":\"\"}" TAIL,
         "member 'transaction' has the wrong type in change 1 of 'c.json'"},
        {"{\"format\":\"changes/1\",\"changes\":[],\"summary\":{},\"to\":\"x\","
         "\"transactions\":[{}]}",
         "'transactions' is not an array of transactions of 'c.json'"},
        {START "{\"op\":\"added\",\"kind\":\"table\",\"id\":\"a\",\"fields\":{},\"affects\":[],"
               "\"severity\":\"safe\",\"why\":\"\"}" TAIL,
         "member 'fields' has the wrong type in change 1"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Err err = {0};

        assert_null(load(rows[i].text, &err));
        assert_int_equal(err.code, EXIT_DATA);
        if (!strstr(err.msg, rows[i].want))
            fail_msg("row %zu: '%s' without '%s'", i, err.msg, rows[i].want);
    }
}

static void sentences(const json_t *doc, size_t max, const char *want)
{
    CLEANUP(cleanup_free) char *got = changes_sentence(doc, max);

    assert_string_equal(got, want);
}

static void the_sentence_names_the_worst_and_is_cut(void **state)
{
    Err err = {0};
    json_auto_t *none = changes_new(NULL, "sha256:2", &err);
    json_auto_t *one = changes_new(NULL, "sha256:2", &err);
    json_auto_t *doc = sample();

    (void)state;
    assert_true(changes_finish(none, &err));
    sentences(none, 200, "no changes");
    add(one, OP_ADDED, "table", "public.a", SEVERITY_SAFE);
    assert_true(changes_finish(one, &err));
    sentences(one, 200, "1 change: table public.a added");
    sentences(doc, 1000,
              "6 changes, 2 breaking: table public.a removed, column public.b.x removed, policy "
              "public.z.p changed, column public.a.i added, index public.a.i added, table public.b "
              "added");
    sentences(
        doc, 100,
        "6 changes, 2 breaking: table public.a removed, column public.b.x removed and 4 more");
    sentences(doc, 10, "6 changes, 2 breaking: 6 more");
    for (size_t max = 30; max < 400; max++) {
        CLEANUP(cleanup_free) char *got = changes_sentence(doc, max);
        assert_true(strlen(got) <= max + 24);
    }
}

static json_t *renamed(const char *old, const char *new)
{
    Err err = {0};
    json_t *doc = changes_new("sha256:1", "sha256:2", &err);

    assert_true(changes_add(doc, OP_RENAMED, "table", new,
                            json_pack("[{s:s,s:s,s:s}]", "name", "id", "old", old, "new", new),
                            SEVERITY_BREAKING, "", "w", &err));
    assert_true(changes_finish(doc, &err));
    return doc;
}

static void the_sentence_tells_an_effect_where_it_fits(void **state)
{
    Err err = {0};
    json_auto_t *doc = changes_new("sha256:1", "sha256:2", &err);

    (void)state;
    add(doc, OP_CHANGED, "table", "public.users", SEVERITY_RISKY);
    json_t *change = json_array_get(json_object_get(doc, "changes"), 0);
    assert_true(changes_add_effect(change, "anon can now SELECT public.users", &err));
    assert_true(changes_add_effect(change, "app can now SELECT public.users", &err));
    assert_true(changes_finish(doc, &err));
    CLEANUP(cleanup_free) char *sentence = changes_sentence(doc, 200);
    assert_string_equal(sentence, "1 change: table public.users changed (anon can now SELECT "
                                  "public.users; 1 more effect)");
    CLEANUP(cleanup_free) char *shorter = changes_sentence(doc, 80);
    assert_string_equal(shorter, "1 change: table public.users changed");
}

static void a_renamed_one_tells_its_old_name_and_whether_it_moved(void **state)
{
    static const struct {
        const char *old;
        const char *new;
        const char *want;
    } rows[] = {
        {"a.t", "a.u", "1 change, 1 breaking: table a.t renamed to a.u"},
        {"a.t", "b.t", "1 change, 1 breaking: table a.t moved to b.t"},
        {"a.t", "b.u", "1 change, 1 breaking: table a.t renamed to b.u"},
        {"\"a.x\".t", "\"b.\"\"y\".t",
         "1 change, 1 breaking: table \"a.x\".t moved to "
         "\"b.\"\"y\".t"},
        {"\"a.t\"", "\"b.t\"", "1 change, 1 breaking: table \"a.t\" renamed to \"b.t\""},
        {"a", "b", "1 change, 1 breaking: table a renamed to b"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_auto_t *doc = renamed(rows[i].old, rows[i].new);
        Change change = {0};
        Err err = {0};
        sentences(doc, 200, rows[i].want);
        assert_true(changes_view(doc, 0, &change, &err));
        assert_string_equal(change_old_id(&change), rows[i].old);
    }
    json_auto_t *doc = sample();
    Change change = {0};
    Err err = {0};
    assert_true(changes_view(doc, 0, &change, &err));
    assert_null(change_old_id(&change));
    assert_false(change_is_move(&change));
}

static void only_transactions_that_a_change_names_are_kept(void **state)
{
    Err err = {0};
    json_auto_t *doc = changes_new("sha256:1", "sha256:2", &err);
    json_auto_t *known =
        json_pack("[{s:i},{s:i,s:s},{s:i}]", "xid", 1, "xid", 2, "time", "x", "xid", 3);
    json_auto_t *want = json_pack("[{s:i,s:s}]", "xid", 2, "time", "x");
    Change change = {0};

    (void)state;
    add(doc, OP_ADDED, "table", "public.a", SEVERITY_SAFE);
    assert_true(changes_set_transactions(doc, known, &err));
    assert_null(json_object_get(doc, "transactions"));
    assert_true(changes_set_transaction(doc, 2, &err));
    assert_true(changes_set_transactions(doc, known, &err));
    assert_true(json_equal(json_object_get(doc, "transactions"), want));
    assert_true(changes_view(doc, 0, &change, &err));
    assert_int_equal(change.transaction, 2);
}

static void documents_of_the_same_two_hashes_have_keys_of_their_own(void **state)
{
    Err err = {0};
    json_auto_t *doc = changes_new("sha256:1", "sha256:2", &err);
    json_auto_t *one = changes_new("sha256:1", "sha256:1", &err);
    json_auto_t *two = changes_new("sha256:1", "sha256:1", &err);

    (void)state;
    add(doc, OP_REPLACED, "table", "a.t", SEVERITY_BREAKING);
    CLEANUP(cleanup_free) char *plain = changes_key(doc);
    assert_string_equal(plain, "sha256:1..sha256:2");
    add(one, OP_REPLACED, "table", "a.t", SEVERITY_BREAKING);
    add(two, OP_REPLACED, "table", "a.t", SEVERITY_BREAKING);
    CLEANUP(cleanup_free) char *first = changes_key(one);
    CLEANUP(cleanup_free) char *same = changes_key(two);
    assert_string_equal(first, same);
    assert_memory_equal(first, "sha256:1..sha256:1#", 19);
    assert_true(changes_set_transaction(two, 9, &err)); /* once more, by another transaction */
    CLEANUP(cleanup_free) char *again = changes_key(two);
    assert_string_not_equal(first, again);
}

static void migrations_are_those_that_differ(void **state)
{
    Err err = {0};
    json_auto_t *doc = changes_new("sha256:1", "sha256:2", &err);
    json_auto_t *old = json_pack("[s,s,s,s]", "1_a.sql 00", "2 b.sql 11", "3_c.sql 22", "odd");
    json_auto_t *new = json_pack("[s,s,s,i]", "1_a.sql 00", "2 b.sql 12", "4_d.sql 22", 5);
    json_auto_t *want = json_pack("{s:[s],s:[s],s:[s]}", "added", "4_d.sql", "edited", "2 b.sql",
                                  "removed", "3_c.sql");

    (void)state;
    assert_true(changes_set_migrations(doc, old, old, &err));
    assert_true(changes_set_migrations(doc, NULL, new, &err));
    assert_true(changes_set_migrations(doc, old, want, &err)); /* no array */
    assert_null(changes_migrations(doc));
    assert_true(changes_set_migrations(doc, old, new, &err));
    assert_true(json_equal(changes_migrations(doc), want));
    add(doc, OP_ADDED, "table", "a.t", SEVERITY_SAFE);
    assert_true(changes_finish(doc, &err));
    CLEANUP(cleanup_free) char *sentence = changes_sentence(doc, 240);
    assert_string_equal(sentence, "1 change: table a.t added (4_d.sql and 2 more files)");
    CLEANUP(cleanup_free) char *cut = changes_sentence(doc, 50);
    assert_string_equal(cut, "1 change: table a.t added");
}

static void drift_is_between_a_database_and_files(void **state)
{
    static const struct {
        const char *from, *to;
        Drift drift;
    } cases[] = {
        {"migrations", "live", DRIFT_TO_DATABASE},
        {"shadow", "supabase", DRIFT_TO_DATABASE},
        {"live", "migrations", DRIFT_TO_FILES},
        {"supabase", "shadow", DRIFT_TO_FILES},
        {"live", "supabase", DRIFT_NONE},
        {"shadow", "migrations", DRIFT_NONE},
        {"", "live", DRIFT_NONE},
        {"migrations", "elsewhere", DRIFT_NONE},
    };
    Err err = {0};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_auto_t *doc = changes_new("sha256:1", "sha256:2", &err);
        assert_true(changes_set_sources(doc, cases[i].from, cases[i].to, &err));
        assert_int_equal(changes_drift(doc), cases[i].drift);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_op_severity_and_class_has_a_name_that_is_read_back),
        cmocka_unit_test(the_worst_class_is_that_of_the_worst_change),
        cmocka_unit_test(an_empty_document_says_from_and_to),
        cmocka_unit_test(the_worst_come_first_then_by_id_and_kind),
        cmocka_unit_test(the_summary_counts_everything),
        cmocka_unit_test(a_change_has_its_words_and_fields),
        cmocka_unit_test(an_id_that_is_not_utf8_is_refused),
        cmocka_unit_test(a_document_that_was_written_is_loaded),
        cmocka_unit_test(what_is_not_a_whole_document_is_refused),
        cmocka_unit_test(the_sentence_names_the_worst_and_is_cut),
        cmocka_unit_test(the_sentence_tells_an_effect_where_it_fits),
        cmocka_unit_test(a_renamed_one_tells_its_old_name_and_whether_it_moved),
        cmocka_unit_test(only_transactions_that_a_change_names_are_kept),
        cmocka_unit_test(documents_of_the_same_two_hashes_have_keys_of_their_own),
        cmocka_unit_test(migrations_are_those_that_differ),
        cmocka_unit_test(drift_is_between_a_database_and_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
