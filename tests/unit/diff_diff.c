#include "diff/diff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "base/digest.h"
#include "json/jx.h"
#include "model/change.h"

/* A document of these sections, whose hash is right; ' stands for ". */
static char *document(const char *meta, const char *sections)
{
    char hex[DIGEST_HEX_SIZE], text[4096] = "";
    char *whole = malloc(8192);

    snprintf(text, sizeof text, "%s", sections);
    for (char *c = text; *c; c++)
        if (*c == '\'')
            *c = '"';
    digest_hex(text, strlen(text), hex);
    snprintf(whole, 8192,
             "{\"format\":\"snapshot/1\",\n\"meta\":{%s},\n%s\"hash\":\"sha256:%s\"}\n", meta, text,
             hex);
    return whole;
}

static json_t *diff_texts(const char *old, const char *new, Err *err)
{
    FILE *old_in = old ? fmemopen((char *)(uintptr_t)old, strlen(old), "r") : NULL;
    FILE *new_in = fmemopen((char *)(uintptr_t) new, strlen(new), "r");
    CLEANUP(snapshot_reader_close)
    SnapshotReader *old_reader = old ? snapshot_reader_open(old_in, "old.json", err) : NULL;
    CLEANUP(snapshot_reader_close)
    SnapshotReader *new_reader = snapshot_reader_open(new_in, "new.json", err);
    json_t *changes =
        new_reader && (!old || old_reader) ? diff_snapshots(old_reader, new_reader, err) : NULL;

    if (old_in)
        fclose(old_in);
    fclose(new_in);
    return changes;
}

static json_t *diff_sections(const char *old, const char *new)
{
    CLEANUP(cleanup_free) char *before = document("", old);
    CLEANUP(cleanup_free) char *after = document("\"source\":\"live\"", new);
    Err err = {0};
    json_t *changes = diff_texts(before, after, &err);

    if (!changes)
        fail_msg("%s", err.msg);
    assert_memory_equal(changes_from(changes), strstr(before, "sha256:"), 71);
    assert_memory_equal(changes_to(changes), strstr(after, "sha256:"), 71);
    return changes;
}

/* "op kind id; op kind id; " in the document's order. */
static void gives(const char *old, const char *new, const char *want)
{
    json_auto_t *changes = diff_sections(old, new);
    char got[2048] = "";

    for (size_t i = 0; i < changes_count(changes); i++) {
        Change change = {0};
        Err err = {0};
        assert_true(changes_view(changes, i, &change, &err));
        snprintf(got + strlen(got), sizeof got - strlen(got), "%s %s %s; ", change.op, change.kind,
                 change.id);
    }
    assert_string_equal(got, want);
}

#define SCHEMAS(objects) "'schemas':[\n" objects "\n],\n"
#define TABLES(objects) "'tables':[\n" objects "\n],\n"
#define VIEWS(objects) "'views':[\n" objects "\n],\n"
#define COMPOSITES(objects) "'composites':[\n" objects "\n],\n"

static void equal_documents_have_no_changes(void **state)
{
    (void)state;
    gives(SCHEMAS("{'id':'a'},\n{'id':'b'}") TABLES("{'id':'a.t'}"),
          SCHEMAS("{'id':'a'},\n{'id':'b'}") TABLES("{'id':'a.t'}"), "");
    gives("", "", "");
}

static void objects_come_and_go_anywhere(void **state)
{
    (void)state;
    gives("", TABLES("{'id':'a'},\n{'id':'b'}"), "added table a; added table b; ");
    gives(TABLES("{'id':'a'},\n{'id':'b'}"), "", "removed table a; removed table b; ");
    gives(TABLES("{'id':'b'}"), TABLES("{'id':'a'},\n{'id':'b'},\n{'id':'c'}"),
          "added table a; added table c; ");
    gives(TABLES("{'id':'a'},\n{'id':'b'},\n{'id':'c'}"), TABLES("{'id':'b'}"),
          "removed table a; removed table c; ");
    gives(TABLES("{'id':'a'}"), TABLES("{'id':'b'}"), "removed table a; added table b; ");
}

static void sections_come_and_go(void **state)
{
    (void)state;
    gives(TABLES("{'id':'z'}"), SCHEMAS("{'id':'a'}") TABLES("{'id':'z'}") VIEWS("{'id':'v'}"),
          "added schema a; added view v; ");
    gives(SCHEMAS("{'id':'a'}") TABLES("{'id':'z'}") VIEWS("{'id':'v'}"), TABLES("{'id':'z'}"),
          "removed schema a; removed view v; ");
    gives(SCHEMAS("{'id':'z'}"), VIEWS("{'id':'a'}"), "removed schema z; added view a; ");
}

static void an_object_that_turns_into_another_kind_goes_and_comes(void **state)
{
    (void)state;
    gives(TABLES("{'id':'a.x'}"), VIEWS("{'id':'a.x'}"), "removed table a.x; added view a.x; ");
}

static void nested_objects_are_changes_of_their_own(void **state)
{
    (void)state;
    gives(TABLES("{'columns':[{'name':'a','type':'integer'},{'name':'b'}],'id':'p.t'}"),
          TABLES("{'columns':[{'name':'a','type':'text'},{'name':'c'}],'id':'p.t'}"),
          "changed column p.t.a; removed column p.t.b; added column p.t.c; ");
    gives(TABLES("{'id':'p.t'}"), TABLES("{'id':'p.t','policies':[{'name':'read it'}]}"),
          "added policy p.t.\"read it\"; ");
    gives(TABLES("{'id':'p.t','indexes':[{'name':'i'},{'name':'j'}]}"), TABLES("{'id':'p.t'}"),
          "removed index p.t.i; removed index p.t.j; ");
    gives(VIEWS("{'columns':[{'name':'a'}],'id':'p.v'}"),
          VIEWS("{'columns':[{'name':'a','type':'x'}],'id':'p.v'}"), "changed view column p.v.a; ");
}

static void nested_objects_of_a_new_or_lost_parent_are_in_it(void **state)
{
    (void)state;
    gives("", TABLES("{'columns':[{'name':'a'}],'id':'p.t'}"), "added table p.t; ");
    gives(TABLES("{'columns':[{'name':'a'}],'id':'p.t'}"), "", "removed table p.t; ");
    json_auto_t *changes =
        diff_sections("", TABLES("{'columns':[{'name':'a'}],'id':'p.t','name':'t','schema':'p',"
                                 "'unlogged':true}"));
    Change change = {0};
    Err err = {0};
    assert_true(changes_view(changes, 0, &change, &err));
    /* all members but those that are its identity */
    json_auto_t *want = json_pack("[{s:s,s:[{s:s}]},{s:s,s:b}]", "name", "columns", "new", "name",
                                  "a", "name", "unlogged", "new", 1);
    assert_true(json_equal(change.fields, want));
}

static void plain_members_make_one_change_with_their_fields(void **state)
{
    json_auto_t *changes =
        diff_sections(TABLES("{'comment':'x','id':'p.t','kind':'table','row_security':true}"),
                      TABLES("{'comment':'y','id':'p.t','kind':'table','unlogged':true}"));
    json_auto_t *want =
        json_pack("[{s:s,s:s,s:s},{s:s,s:b},{s:s,s:b}]", "name", "comment", "old", "x", "new", "y",
                  "name", "row_security", "old", 1, "name", "unlogged", "new", 1);
    Change change = {0};
    Err err = {0};

    (void)state;
    assert_int_equal(changes_count(changes), 1);
    assert_true(changes_view(changes, 0, &change, &err));
    assert_true(json_equal(change.fields, want));
    /* the worst of them, and everybody they affect once */
    assert_string_equal(change.severity, "breaking");
    json_auto_t *affects = json_pack("[s,s,s]", "security", "readers", "writers");
    assert_true(json_equal(change.affects, affects));
    assert_string_equal(change.why,
                        "without row security every role with a grant reaches every row");
}

static void who_is_affected_twice_is_named_once(void **state)
{
    json_auto_t *changes = diff_sections(TABLES("{'id':'p.t'}"),
                                         TABLES("{'id':'p.t','options':['a=b'],'unlogged':true}"));
    json_auto_t *affects = json_pack("[s,s]", "readers", "writers");
    Change change = {0};
    Err err = {0};

    (void)state;
    assert_true(changes_view(changes, 0, &change, &err));
    assert_true(json_equal(change.affects, affects));
}

static void a_moved_column_is_a_change_of_the_table(void **state)
{
    (void)state;
    gives(TABLES("{'columns':[{'name':'a'},{'name':'b'}],'id':'p.t'}"),
          TABLES("{'columns':[{'name':'b'},{'name':'a'}],'id':'p.t'}"), "changed table p.t; ");
    /* a new column in front moves nobody */
    gives(TABLES("{'columns':[{'name':'a'},{'name':'b'}],'id':'p.t'}"),
          TABLES("{'columns':[{'name':'x'},{'name':'a'},{'name':'b'}],'id':'p.t'}"),
          "added column p.t.x; ");
    gives(TABLES("{'columns':[{'name':'a'},{'name':'b'},{'name':'c'}],'id':'p.t'}"),
          TABLES("{'columns':[{'name':'a'},{'name':'c'}],'id':'p.t'}"), "removed column p.t.b; ");
    gives(COMPOSITES("{'attributes':[{'name':'a'},{'name':'b'}],'id':'p.c'}"),
          COMPOSITES("{'attributes':[{'name':'b'},{'name':'a'}],'id':'p.c'}"),
          "changed composite type p.c; ");
}

static void the_order_of_a_set_is_no_change(void **state)
{
    (void)state;
    gives(TABLES("{'id':'p.t','indexes':[{'name':'a'},{'name':'b'}]}"),
          TABLES("{'id':'p.t','indexes':[{'name':'b'},{'name':'a'}]}"), "");
}

static void ids_are_compared_by_byte(void **state)
{
    (void)state;
    gives(TABLES("{'id':'Z'},\n{'id':'a'},\n{'id':'é'}"),
          TABLES("{'id':'B'},\n{'id':'Z'},\n{'id':'b'},\n{'id':'é'}"),
          "removed table a; added table B; added table b; ");
    gives(TABLES("{'id':'a'},\n{'id':'a.b'}"), TABLES("{'id':'a'},\n{'id':'ab'}"),
          "removed table a.b; added table ab; ");
}

static void an_escaped_id_is_the_same_id(void **state)
{
    (void)state;
    gives(TABLES("{'id':'\\u00e9','unlogged':true}"), TABLES("{'id':'é','unlogged':true}"), "");
}

static void nothing_is_said_to_have_changed_without_an_old_one(void **state)
{
    CLEANUP(cleanup_free) char *new = document("", TABLES("{'id':'a'}"));
    Err err = {0};
    json_auto_t *changes = diff_texts(NULL, new, &err);

    (void)state;
    assert_non_null(changes);
    assert_int_equal(changes_count(changes), 0);
    assert_string_equal(changes_from(changes), "");
    assert_memory_equal(changes_to(changes), strstr(new, "sha256:"), 71);
}

static char *short_of(const char *whole)
{
    char *text = malloc(512);

    snprintf(text, 512,
             "{\"format\":\"snapshot/1\",\n\"meta\":{\"unchanged\":true},\n\"hash\":\"%.71s\"}\n",
             strstr(whole, "sha256:"));
    return text;
}

static void the_short_form_of_the_old_one_is_no_change(void **state)
{
    CLEANUP(cleanup_free) char *whole = document("", TABLES("{'id':'a'}"));
    CLEANUP(cleanup_free) char *brief = short_of(whole);
    Err err = {0};
    json_auto_t *changes = diff_texts(whole, brief, &err);

    (void)state;
    assert_non_null(changes);
    assert_int_equal(changes_count(changes), 0);
    assert_string_equal(changes_from(changes), changes_to(changes));
}

static void the_short_form_of_another_schema_is_refused(void **state)
{
    CLEANUP(cleanup_free) char *whole = document("", TABLES("{'id':'a'}"));
    CLEANUP(cleanup_free) char *other = document("", TABLES("{'id':'b'}"));
    CLEANUP(cleanup_free) char *brief = short_of(other);
    Err err = {0};

    (void)state;
    assert_null(diff_texts(whole, brief, &err));
    assert_int_equal(err.code, EXIT_DATA);
    err = (Err){0};
    assert_null(diff_texts(brief, whole, &err));
    assert_int_equal(err.code, EXIT_DATA);
}

static void a_document_that_turns_out_altered_gives_no_changes(void **state)
{
    CLEANUP(cleanup_free) char *old = document("", TABLES("{'id':'a'},\n{'id':'b'}"));
    CLEANUP(cleanup_free) char *new = document("", TABLES("{'id':'a'}"));
    Err err = {0};

    (void)state;
    *strstr(old, "\"b\"}") = '\'';
    assert_null(diff_texts(old, new, &err));
    assert_int_equal(err.code, EXIT_DATA);
    assert_memory_equal(err.msg, "'old.json':5:", 13);
}

static void an_object_that_is_not_json_is_named_with_its_place(void **state)
{
    CLEANUP(cleanup_free) char *old = document("", TABLES("{'id':'a','x':1}"));
    CLEANUP(cleanup_free) char *new = document("", TABLES("{'id':'a','x':}"));
    CLEANUP(cleanup_free) char *nameless = document("", TABLES("{'name':'a'}"));
    Err err = {0};

    (void)state;
    assert_null(diff_texts(old, new, &err));
    assert_int_equal(err.code, EXIT_DATA);
    assert_memory_equal(err.msg, "'new.json':4:15: ", 17);
    err = (Err){0};
    assert_null(diff_texts(nameless, old, &err));
    assert_int_equal(err.code, EXIT_DATA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_documents_have_no_changes),
        cmocka_unit_test(objects_come_and_go_anywhere),
        cmocka_unit_test(sections_come_and_go),
        cmocka_unit_test(an_object_that_turns_into_another_kind_goes_and_comes),
        cmocka_unit_test(nested_objects_are_changes_of_their_own),
        cmocka_unit_test(nested_objects_of_a_new_or_lost_parent_are_in_it),
        cmocka_unit_test(plain_members_make_one_change_with_their_fields),
        cmocka_unit_test(who_is_affected_twice_is_named_once),
        cmocka_unit_test(a_moved_column_is_a_change_of_the_table),
        cmocka_unit_test(the_order_of_a_set_is_no_change),
        cmocka_unit_test(ids_are_compared_by_byte),
        cmocka_unit_test(an_escaped_id_is_the_same_id),
        cmocka_unit_test(nothing_is_said_to_have_changed_without_an_old_one),
        cmocka_unit_test(the_short_form_of_the_old_one_is_no_change),
        cmocka_unit_test(the_short_form_of_another_schema_is_refused),
        cmocka_unit_test(a_document_that_turns_out_altered_gives_no_changes),
        cmocka_unit_test(an_object_that_is_not_json_is_named_with_its_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
