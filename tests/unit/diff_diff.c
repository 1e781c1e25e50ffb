#include "diff/diff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "base/digest.h"
#include "json/jx.h"
#include "model/change.h"

/* From malloc; ' stands for ". */
static char *unquoted(const char *text)
{
    char *copy = strdup(text);

    for (char *c = copy; *c; c++)
        if (*c == '\'')
            *c = '"';
    return copy;
}

/* A document of these sections, whose hash is right, and asides; ' stands for ". */
static char *document_with(const char *meta, const char *sections, const char *asides)
{
    CLEANUP(cleanup_free) char *about = unquoted(meta);
    CLEANUP(cleanup_free) char *text = unquoted(sections);
    CLEANUP(cleanup_free) char *behind = unquoted(asides);
    size_t room = strlen(about) + strlen(text) + strlen(behind) + 256;
    char hex[DIGEST_HEX_SIZE];
    char *whole = malloc(room);

    digest_hex(text, strlen(text), hex);
    snprintf(whole, room,
             "{\"format\":\"snapshot/1\",\n\"meta\":{%s},\n%s%s\"hash\":\"sha256:%s\"}\n", about,
             text, behind, hex);
    return whole;
}

static char *document(const char *meta, const char *sections)
{
    return document_with(meta, sections, "");
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

/* "op kind id; op kind old>new; " in the document's order. */
static void has_changes(const json_t *changes, const char *want)
{
    char got[2048] = "";

    for (size_t i = 0; i < changes_count(changes); i++) {
        Change change = {0};
        Err err = {0};
        assert_true(changes_view(changes, i, &change, &err));
        const char *old = change_old_id(&change);
        snprintf(got + strlen(got), sizeof got - strlen(got), "%s %s %s%s%s; ", change.op,
                 change.kind, old ? old : "", old ? ">" : "", change.id);
    }
    assert_string_equal(got, want);
}

static void gives(const char *old, const char *new, const char *want)
{
    json_auto_t *changes = diff_sections(old, new);

    has_changes(changes, want);
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
    json_auto_t *affects = json_pack("[s,s,s]", "security", "data", "replication");
    assert_true(json_equal(change.affects, affects));
    assert_string_equal(change.why,
                        "without row security every role with a grant reaches every row");
}

static void who_is_affected_twice_is_named_once(void **state)
{
    json_auto_t *changes =
        diff_sections(TABLES("{'id':'p.t'}"), TABLES("{'id':'p.t','odd':1,'strange':true}"));
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

/* ---- lineage ---- */

#define ONE "'database_oid':5,'system_identifier':'77'"
#define LINEAGE(lines) "'lineage':[\n" lines "\n],\n"
#define TRANSACTIONS(lines) "'transactions':[\n" lines "\n],\n"
#define SEQUENCES(objects) "'sequences':[\n" objects "\n],\n"
#define FUNCTIONS(objects) "'functions':[\n" objects "\n],\n"
/* What a document is made of. */
typedef struct Parts {
    const char *meta;
    const char *sections;
    const char *asides;
} Parts;

static json_t *diff_parts(Parts old, Parts new, Err *err)
{
    CLEANUP(cleanup_free) char *before = document_with(old.meta, old.sections, old.asides);
    CLEANUP(cleanup_free) char *after = document_with(new.meta, new.sections, new.asides);

    return diff_texts(before, after, err);
}

static void parts_give(Parts old, Parts new, const char *want)
{
    Err err = {0};
    json_auto_t *changes = diff_parts(old, new, &err);

    if (!changes)
        fail_msg("%s", err.msg);
    has_changes(changes, want);
}

/* The same database before and after. */
static void lineage_gives(const char *old, const char *old_lineage, const char *new,
                          const char *new_lineage, const char *want)
{
    parts_give((Parts){ONE, old, old_lineage}, (Parts){ONE, new, new_lineage}, want);
}

static void parts_refuse(Parts old, Parts new, const char *want)
{
    Err err = {0};
    json_auto_t *changes = diff_parts(old, new, &err);

    assert_null(changes);
    assert_int_equal(err.code, EXIT_DATA);
    if (!strstr(err.msg, want))
        fail_msg("'%s' without '%s'", err.msg, want);
}

static void the_same_oid_with_another_id_is_renamed(void **state)
{
    (void)state;
    lineage_gives(TABLES("{'id':'p.a'}"), LINEAGE("{'id':'p.a','kind':'table','oid':1,'xid':1}"),
                  TABLES("{'id':'p.b'}"), LINEAGE("{'id':'p.b','kind':'table','oid':1,'xid':2}"),
                  "renamed table p.a>p.b; ");
    lineage_gives(TABLES("{'id':'p.b'}"), LINEAGE("{'id':'p.b','kind':'table','oid':1,'xid':2}"),
                  TABLES("{'id':'p.a'}"), LINEAGE("{'id':'p.a','kind':'table','oid':1,'xid':3}"),
                  "renamed table p.b>p.a; ");
    /* to another schema, past others that stay */
    lineage_gives(TABLES("{'id':'a.t'},\n{'id':'m.t'}"),
                  LINEAGE("{'id':'a.t','kind':'table','oid':1},\n{'id':'m.t','kind':'table',"
                          "'oid':2}"),
                  TABLES("{'id':'m.t'},\n{'id':'z.t'}"),
                  LINEAGE("{'id':'m.t','kind':'table','oid':2},\n{'id':'z.t','kind':'table',"
                          "'oid':1}"),
                  "renamed table a.t>z.t; ");
}

static void the_same_oid_of_another_kind_is_another_object(void **state)
{
    (void)state;
    lineage_gives(TABLES("{'id':'p.a'}"), LINEAGE("{'id':'p.a','kind':'table','oid':1}"),
                  FUNCTIONS("{'id':'p.b'}"), LINEAGE("{'id':'p.b','kind':'function','oid':1}"),
                  "removed table p.a; added function p.b; ");
}

static void what_else_changed_of_a_renamed_one_is_in_its_fields(void **state)
{
    Err err = {0};
    Change change = {0};
    json_auto_t *want = json_pack("[{s:s,s:s,s:s},{s:s,s:s}]", "name", "id", "old", "p.a", "new",
                                  "q.b", "name", "comment", "new", "x");
    json_auto_t *changes =
        diff_parts((Parts){ONE, TABLES("{'id':'p.a','name':'a','schema':'p'}"),
                           LINEAGE("{'id':'p.a','kind':'table','oid':1}")},
                   (Parts){ONE, TABLES("{'comment':'x','id':'q.b','name':'b','schema':'q'}"),
                           LINEAGE("{'id':'q.b','kind':'table','oid':1}")},
                   &err);

    (void)state;
    assert_int_equal(changes_count(changes), 1);
    assert_true(changes_view(changes, 0, &change, &err));
    assert_true(json_equal(change.fields, want));
    assert_string_equal(change.severity, "breaking");
}

static void the_same_id_with_another_oid_is_replaced(void **state)
{
    Err err = {0};
    Change change = {0};
    json_auto_t *changes = diff_parts((Parts){ONE, TABLES("{'id':'p.a'},\n{'id':'p.b'}"),
                                              LINEAGE("{'id':'p.a','kind':'table','oid':1},\n"
                                                      "{'id':'p.b','kind':'table','oid':2}")},
                                      (Parts){ONE, TABLES("{'id':'p.a'},\n{'id':'p.b'}"),
                                              LINEAGE("{'id':'p.a','kind':'table','oid':1},\n"
                                                      "{'id':'p.b','kind':'table','oid':9}")},
                                      &err);

    (void)state;
    has_changes(changes, "replaced table p.b; ");
    assert_string_equal(changes_from(changes), changes_to(changes)); /* the text is the same */
    assert_true(changes_view(changes, 0, &change, &err));
    assert_int_equal(json_array_size(change.fields), 0);
    assert_string_equal(change.severity, "breaking");
    /* with another text, and what is nested in it */
    lineage_gives(TABLES("{'columns':[{'name':'a'},{'name':'b'}],'id':'p.t'}"),
                  LINEAGE("{'columns':[[1,1],[2,1]],'id':'p.t','kind':'table','oid':1}"),
                  TABLES("{'columns':[{'name':'a'}],'comment':'x','id':'p.t'}"),
                  LINEAGE("{'columns':[[1,2]],'id':'p.t','kind':'table','oid':2}"),
                  "replaced table p.t; removed column p.t.b; ");
}

static void what_a_replaced_one_loses_depends_on_its_kind(void **state)
{
    static const struct {
        const char *section;
        const char *kind;
        const char *object;
        const char *severity;
    } rows[] = {
        {"tables", "table", "{'id':'p.x','kind':'table'}", "breaking"},
        {"tables", "table", "{'id':'p.x','kind':'foreign table'}", "risky"},
        {"sequences", "sequence", "{'id':'p.x'}", "breaking"},
        {"views", "view", "{'id':'p.x','materialized':true}", "breaking"},
        {"views", "view", "{'id':'p.x'}", "safe"},
        {"functions", "function", "{'id':'p.x'}", "safe"},
        {"roles", "role", "{'id':'p.x'}", "breaking"},
        {"enums", "enum", "{'id':'p.x'}", "safe"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char section[256], old[256], new[256];
        Err err = {0};
        Change change = {0};
        snprintf(section, sizeof section, "'%s':[\n%s\n],\n", rows[i].section, rows[i].object);
        snprintf(old, sizeof old, LINEAGE("{'id':'p.x','kind':'%s','oid':1}"), rows[i].kind);
        snprintf(new, sizeof new, LINEAGE("{'id':'p.x','kind':'%s','oid':2}"), rows[i].kind);
        json_auto_t *changes =
            diff_parts((Parts){ONE, section, old}, (Parts){ONE, section, new}, &err);
        assert_int_equal(changes_count(changes), 1);
        assert_true(changes_view(changes, 0, &change, &err));
        assert_string_equal(change.op, "replaced");
        if (strcmp(change.severity, rows[i].severity) != 0)
            fail_msg("%s is %s", rows[i].object, change.severity);
    }
}

static void two_that_swapped_their_names_are_both_renamed(void **state)
{
    static const char *const before = LINEAGE("{'id':'p.a','kind':'table','oid':1},\n"
                                              "{'id':'p.b','kind':'table','oid':2}");
    static const char *const after = LINEAGE("{'id':'p.a','kind':'table','oid':2},\n"
                                             "{'id':'p.b','kind':'table','oid':1}");

    (void)state;
    /* alike, so that only the lineages differ, and unlike */
    lineage_gives(TABLES("{'id':'p.a'},\n{'id':'p.b'}"), before,
                  TABLES("{'id':'p.a'},\n{'id':'p.b'}"), after,
                  "renamed table p.b>p.a; renamed table p.a>p.b; ");
    lineage_gives(TABLES("{'id':'p.a','x':1},\n{'id':'p.b'}"), before,
                  TABLES("{'id':'p.a'},\n{'id':'p.b','x':1}"), after,
                  "renamed table p.b>p.a; renamed table p.a>p.b; ");
}

static void a_new_one_with_the_name_that_a_renamed_one_left_is_added(void **state)
{
    (void)state;
    lineage_gives(TABLES("{'id':'p.a'}"), LINEAGE("{'id':'p.a','kind':'table','oid':1}"),
                  TABLES("{'id':'p.a'},\n{'id':'p.b'}"),
                  LINEAGE("{'id':'p.a','kind':'table','oid':2},\n"
                          "{'id':'p.b','kind':'table','oid':1}"),
                  "renamed table p.a>p.b; added table p.a; ");
    /* and one that was renamed over one that is gone */
    lineage_gives(TABLES("{'id':'p.a'},\n{'id':'p.b'}"),
                  LINEAGE("{'id':'p.a','kind':'table','oid':2},\n"
                          "{'id':'p.b','kind':'table','oid':1}"),
                  TABLES("{'id':'p.a'}"), LINEAGE("{'id':'p.a','kind':'table','oid':1}"),
                  "removed table p.a; renamed table p.b>p.a; ");
}

#define TABLE(columns) TABLES("{'columns':[" columns "],'id':'p.t'}")
#define TABLE_LINEAGE(columns)                                                                     \
    LINEAGE("{'columns':[" columns "],'id':'p.t','kind':'table','oid':1}")

static void columns_are_known_by_their_numbers(void **state)
{
    (void)state;
    lineage_gives(TABLE("{'name':'a'},{'name':'b'}"), TABLE_LINEAGE("[1,1],[2,1]"),
                  TABLE("{'name':'a'},{'name':'c','type':'x'}"), TABLE_LINEAGE("[1,1],[2,5]"),
                  "renamed column p.t.b>p.t.c; ");
    /* a and b swapped their names: no column moved */
    lineage_gives(TABLE("{'name':'a'},{'name':'b'}"), TABLE_LINEAGE("[1,1],[2,1]"),
                  TABLE("{'name':'b'},{'name':'a'}"), TABLE_LINEAGE("[1,1],[2,5]"),
                  "renamed column p.t.b>p.t.a; renamed column p.t.a>p.t.b; ");
    /* one gone, another renamed to its name */
    lineage_gives(TABLE("{'name':'a'},{'name':'b'}"), TABLE_LINEAGE("[1,1],[2,1]"),
                  TABLE("{'name':'a'}"), TABLE_LINEAGE("[2,5]"),
                  "removed column p.t.a; renamed column p.t.b>p.t.a; ");
}

static void a_column_dropped_and_added_again_is_replaced(void **state)
{
    (void)state;
    /* the text is the same */
    lineage_gives(TABLE("{'name':'a'},{'name':'b'}"), TABLE_LINEAGE("[1,1],[2,1]"),
                  TABLE("{'name':'a'},{'name':'b'}"), TABLE_LINEAGE("[1,1],[3,5]"),
                  "replaced column p.t.b; ");
    /* it went to the end, with another type: nothing is said of the order beside that */
    lineage_gives(TABLE("{'name':'a'},{'name':'b'}"), TABLE_LINEAGE("[1,1],[2,1]"),
                  TABLE("{'name':'b'},{'name':'a','type':'x'}"), TABLE_LINEAGE("[2,1],[3,5]"),
                  "replaced column p.t.a; ");
}

static void a_table_and_its_columns_may_be_renamed_at_once(void **state)
{
    (void)state;
    lineage_gives(TABLES("{'columns':[{'name':'a'},{'name':'b'},{'name':'c'}],'id':'p.t'}"),
                  LINEAGE("{'columns':[[1,1],[2,1],[3,1]],'id':'p.t','kind':'table','oid':1}"),
                  TABLES("{'columns':[{'name':'x'},{'name':'b'}],'id':'q.u'}"),
                  LINEAGE("{'columns':[[1,2],[2,1]],'id':'q.u','kind':'table','oid':1}"),
                  "renamed table p.t>q.u; removed column q.u.c; renamed column p.t.a>q.u.x; ");
}

#define PARTS_OF_T(texts) TABLES("{'id':'p.t'," texts "}")
#define LINEAGE_OF_T(arrays) LINEAGE("{'id':'p.t','kind':'table','oid':1," arrays "}")

static void what_was_made_again_in_a_table_is_no_change_while_its_text_is_the_same(void **state)
{
    static const char *const members[][2] = {{"constraints", "constraint"},
                                             {"indexes", "index"},
                                             {"policies", "policy"},
                                             {"triggers", "trigger"},
                                             {"rules", "rule"}};

    (void)state;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        char old[256], other[256], renamed[256], lineage[256], again[256], want[128];
        const char *member = members[i][0], *kind = members[i][1];
        snprintf(old, sizeof old, PARTS_OF_T("'%s':[{'name':'a'}]"), member);
        snprintf(other, sizeof other, PARTS_OF_T("'%s':[{'definition':'x','name':'a'}]"), member);
        snprintf(renamed, sizeof renamed, PARTS_OF_T("'%s':[{'name':'b'}]"), member);
        snprintf(lineage, sizeof lineage, LINEAGE_OF_T("'%s':[[7,1]]"), member);
        snprintf(again, sizeof again, LINEAGE_OF_T("'%s':[[8,2]]"), member);
        lineage_gives(old, lineage, old, again, "");
        snprintf(want, sizeof want, "changed %s p.t.a; ", kind);
        lineage_gives(old, lineage, other, again, want);
        snprintf(want, sizeof want, "renamed %s p.t.a>p.t.b; ", kind);
        lineage_gives(old, lineage, renamed, lineage, want);
        Err err = {0};
        json_auto_t *changes =
            diff_parts((Parts){ONE, old, lineage}, (Parts){ONE, renamed, again}, &err);
        assert_int_equal(changes_count(changes), 2);
    }
    /* two that swapped their names, which nothing but the lineage tells */
    lineage_gives(PARTS_OF_T("'policies':[{'name':'a'},{'name':'b'}]"),
                  LINEAGE_OF_T("'policies':[[7,1],[8,1]]"),
                  PARTS_OF_T("'policies':[{'name':'a'},{'name':'b'}]"),
                  LINEAGE_OF_T("'policies':[[8,2],[7,2]]"),
                  "renamed policy p.t.b>p.t.a; renamed policy p.t.a>p.t.b; ");
}

static void other_transactions_and_stamps_are_no_change(void **state)
{
    enum { COUNT = 5000, LINE = 160 };
    char *sections = malloc((size_t)COUNT * LINE), *old = malloc((size_t)COUNT * LINE),
         *new = malloc((size_t)COUNT * LINE);
    size_t at[3] = {0};

    (void)state;
    at[0] += (size_t)sprintf(sections, "'tables':[\n");
    at[1] += (size_t)sprintf(old, "'lineage':[\n");
    at[2] += (size_t)sprintf(new, "'lineage':[\n");
    for (int i = 0; i < COUNT; i++) {
        const char *comma = i + 1 < COUNT ? "," : "";
        at[0] += (size_t)sprintf(sections + at[0], "{'columns':[{'name':'a'}],'id':'p.t%05d'}%s\n",
                                 i, comma);
        at[1] += (size_t)sprintf(old + at[1],
                                 "{'columns':[[1,5]],'id':'p.t%05d','kind':'table','oid':%d,"
                                 "'stamp':'1:2','xid':7}%s\n",
                                 i, i + 1, comma);
        at[2] += (size_t)sprintf(new + at[2],
                                 "{'columns':[[1,9]],'id':'p.t%05d','kind':'table','oid':%d,"
                                 "'stamp':'3:4','xid':9}%s\n",
                                 i, i + 1, comma);
    }
    sprintf(sections + at[0], "],\n");
    sprintf(old + at[1], "],\n");
    sprintf(new + at[2], "],\n");
    lineage_gives(sections, old, sections, new, "");
    free(sections);
    free(old);
    free(new);
}

static void lineages_of_different_databases_tell_nothing(void **state)
{
    static const char *const metas[][2] = {
        {"", ONE},
        {ONE, ""},
        {"", ""},
        {"'database_oid':5", "'database_oid':5"},
        {"'system_identifier':'77'", "'system_identifier':'77'"},
        {ONE, "'database_oid':5,'system_identifier':'78'"},
        {ONE, "'database_oid':6,'system_identifier':'77'"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof metas / sizeof *metas; i++) {
        parts_give((Parts){metas[i][0], TABLES("{'columns':[{'name':'a'}],'id':'p.a'}"),
                           LINEAGE("{'columns':[[1,1]],'id':'p.a','kind':'table','oid':1}")},
                   (Parts){metas[i][1], TABLES("{'columns':[{'name':'a'}],'id':'p.b'}"),
                           LINEAGE("{'columns':[[1,1]],'id':'p.b','kind':'table','oid':1}")},
                   "removed table p.a; added table p.b; ");
        parts_give((Parts){metas[i][0], TABLE("{'name':'a'}"), TABLE_LINEAGE("[1,1]")},
                   (Parts){metas[i][1], TABLE("{'name':'a'}"), TABLE_LINEAGE("[2,1]")}, "");
    }
}

static void without_a_lineage_names_tell(void **state)
{
    static const char *const line = LINEAGE("{'id':'p.a','kind':'table','oid':1}");

    (void)state;
    lineage_gives(TABLES("{'id':'p.a'}"), line, TABLES("{'id':'p.b'}"), "",
                  "removed table p.a; added table p.b; ");
    lineage_gives(TABLES("{'id':'p.a'}"), "", TABLES("{'id':'p.a'}"), line, "");
    lineage_gives(TABLES("{'id':'p.a'}"), "", TABLES("{'id':'p.a','x':1}"), line,
                  "changed table p.a; ");
    /* of one object, and of one kind of what is nested */
    lineage_gives(TABLES("{'id':'p.a'},\n{'id':'p.c'}"), line,
                  TABLES("{'id':'p.b'},\n{'id':'p.d'}"),
                  LINEAGE("{'id':'p.b','kind':'table','oid':1}"),
                  "renamed table p.a>p.b; removed table p.c; added table p.d; ");
    lineage_gives(TABLE("{'name':'a'}"), LINEAGE("{'id':'p.t','kind':'table','oid':1}"),
                  TABLE("{'name':'b'}"), TABLE_LINEAGE("[1,1]"),
                  "removed column p.t.a; added column p.t.b; ");
}

static void hostile_names_are_matched_like_others(void **state)
{
    (void)state;
    lineage_gives(TABLES("{'columns':[{'name':'\\u001b[2J'}],'id':'p.\\'\\\\\\\\x\\''}"),
                  LINEAGE("{'columns':[[1,1]],'id':'p.\\'\\\\\\\\x\\'','kind':'table','oid':1}"),
                  TABLES("{'columns':[{'name':'a.\\\"b'}],'id':'p.}],{'}"),
                  LINEAGE("{'columns':[[1,2]],'id':'p.}],{','kind':'table','oid':1}"),
                  "renamed table p.\"\\\\x\">p.}],{; "
                  "renamed column p.\"\\\\x\".\"\x1b[2J\">p.}],{.\"a.\"\"b\"; ");
    /* an id that is written in two ways */
    lineage_gives(TABLES("{'id':'\\u00e9'}"), LINEAGE("{'id':'\\u00e9','kind':'table','oid':1}"),
                  TABLES("{'id':'é'}"), LINEAGE("{'id':'é','kind':'table','oid':2}"),
                  "replaced table é; ");
}

static void sections_that_one_side_did_not_read_are_not_compared(void **state)
{
    static const char *const both = TABLES("{'id':'p.t'}") "'roles':[\n{'id':'r'}\n],\n";
    static const char *const roles =
        LINEAGE("{'id':'p.t','kind':'table','oid':1},\n{'id':'r','kind':'role','oid':2}");
    static const char *const others =
        LINEAGE("{'id':'p.t','kind':'table','oid':1},\n{'id':'r','kind':'role','oid':3}");

    (void)state;
    parts_give((Parts){ONE, both, roles}, (Parts){ONE, both, others}, "replaced role r; ");
    parts_give((Parts){ONE, both, roles}, (Parts){ONE ",'unread':['roles']", both, others}, "");
    parts_give((Parts){ONE ",'unread':['roles','odd',7]", TABLES("{'id':'p.t'}"), ""},
               (Parts){ONE, both, others}, "");
    parts_give((Parts){ONE, both, roles},
               (Parts){ONE ",'kinds':['tables']", TABLES("{'id':'p.u'}"),
                       LINEAGE("{'id':'p.u','kind':'table','oid':1}")},
               "renamed table p.t>p.u; ");
    parts_give((Parts){ONE ",'kinds':['roles']", "'roles':[\n{'id':'s'}\n],\n", ""},
               (Parts){ONE, both, roles}, "removed role s; added role r; ");
    parts_give((Parts){ONE ",'kinds':['roles']", "'roles':[\n{'id':'s'}\n],\n", ""},
               (Parts){ONE ",'kinds':['tables']", TABLES("{'id':'p.t'}"), ""}, "");
    /* nor is what is nested and was not asked for */
    parts_give((Parts){ONE, TABLES("{'id':'p.t','indexes':[{'name':'i'}]}"), ""},
               (Parts){ONE ",'kinds':['tables','columns']",
                       TABLES("{'columns':[{'name':'c'}],'id':'p.t'}"), ""},
               "added column p.t.c; ");
    parts_give((Parts){ONE ",'kinds':['tables','columns']", TABLES("{'id':'p.t'}"), ""},
               (Parts){ONE, TABLES("{'id':'p.t','indexes':[{'name':'i'}]}"),
                       LINEAGE("{'id':'p.t','indexes':[[7,1]],'kind':'table','oid':1}")},
               "");
    /* what is read only by request was not, without one */
    parts_give((Parts){ONE, "", ""},
               (Parts){ONE ",'kinds':['buckets']", "'buckets':[\n{'id':'b'}\n],\n", ""}, "");
    parts_give((Parts){ONE ",'kinds':['buckets','tables']", "", ""},
               (Parts){ONE ",'kinds':['buckets']", "'buckets':[\n{'id':'b'}\n],\n", ""},
               "added storage bucket b; ");
}

static void a_secret_that_is_another_one_is_a_change(void **state)
{
    static const char *const old =
        LINEAGE("{'id':'s','kind':'server','oid':1,'secrets':{'options.password':'aa','x':'1'}}");
    static const char *const new =
        LINEAGE("{'id':'s','kind':'server','oid':1,'secrets':{'options.password':'bb','y':'1'}}");
    static const char *const server = "'servers':[\n{'id':'s'}\n],\n";
    json_auto_t *want = json_pack("[{s:s,s:s,s:s}]", "name", "options.password", "old",
                                  "[redacted]", "new", "[redacted]");
    Err err = {0};
    Change change = {0};

    (void)state;
    json_auto_t *changes = diff_parts((Parts){ONE ",'secret_key':'k'", server, old},
                                      (Parts){ONE ",'secret_key':'k'", server, new}, &err);
    has_changes(changes, "changed server s; ");
    assert_true(changes_view(changes, 0, &change, &err));
    assert_true(json_equal(change.fields, want));
    assert_string_equal(change.severity, "risky");
    /* of another database, whose numbers mean nothing */
    parts_give((Parts){"'database_oid':6,'system_identifier':'77','secret_key':'k'", server, old},
               (Parts){ONE ",'secret_key':'k'", server, new}, "changed server s; ");
    /* hashed with another key, or none */
    parts_give((Parts){ONE ",'secret_key':'k'", server, old},
               (Parts){ONE ",'secret_key':'l'", server, new}, "");
    parts_give((Parts){ONE, server, old}, (Parts){ONE, server, new}, "");
}

static json_int_t transaction_of(const json_t *changes, size_t index)
{
    Change change = {0};
    Err err = {0};

    assert_true(changes_view(changes, index, &change, &err));
    return change.transaction;
}

static void a_change_names_the_transaction_that_wrote_its_row(void **state)
{
    Err err = {0};
    json_auto_t *want = json_pack("[{s:s,s:i},{s:i}]", "migration", "m", "xid", 8, "xid", 9);

    (void)state;
    json_auto_t *changes = diff_parts(
        (Parts){ONE,
                TABLES("{'columns':[{'name':'a'}],'comment':'x','id':'p.a'},\n{'id':'p.c'},\n"
                       "{'id':'p.d'}"),
                TRANSACTIONS("{'xid':5}")
                    LINEAGE("{'columns':[[1,5]],'id':'p.a','kind':'table','oid':1,'xid':5},\n"
                            "{'id':'p.c','kind':'table','oid':2,'xid':5},\n"
                            "{'id':'p.d','kind':'table','oid':3,'xid':5}")},
        (Parts){ONE,
                TABLES("{'columns':[{'name':'a','type':'x'}],'comment':'y','id':'p.a'},\n"
                       "{'id':'p.b'},\n{'id':'p.c'}"),
                TRANSACTIONS("{'xid':5},\n{'time':'t','xid':7},\n{'migration':'m','xid':8},\n"
                             "{'xid':9}")
                    LINEAGE("{'columns':[[1,9]],'id':'p.a','kind':'table','oid':1,'xid':5},\n"
                            "{'id':'p.b','kind':'table','oid':3,'xid':8},\n"
                            "{'id':'p.c','kind':'table','oid':2,'xid':7}")},
        &err);
    has_changes(changes, "changed column p.a.a; renamed table p.d>p.b; changed table p.a; ");
    assert_int_equal(transaction_of(changes, 0), 9);
    assert_int_equal(transaction_of(changes, 1), 8);
    assert_int_equal(transaction_of(changes, 2), 0); /* a comment stands in another row */
    assert_true(json_equal(json_object_get(changes, "transactions"), want));
}

static void what_is_gone_names_no_transaction_and_what_is_new_its_own(void **state)
{
    static const char *const old = LINEAGE("{'id':'p.a','kind':'table','oid':1,'xid':5}");
    static const char *const new =
        TRANSACTIONS("{'xid':5}") LINEAGE("{'id':'p.b','kind':'table','oid':2,'xid':5}");
    /* of another database too, where the transaction may have the number of one here */
    static const char *const metas[] = {ONE, ""};

    (void)state;
    for (size_t i = 0; i < sizeof metas / sizeof *metas; i++) {
        Err err = {0};
        json_auto_t *changes = diff_parts((Parts){metas[i], TABLES("{'id':'p.a'}"), old},
                                          (Parts){metas[i], TABLES("{'id':'p.b'}"), new}, &err);
        has_changes(changes, "removed table p.a; added table p.b; ");
        assert_int_equal(transaction_of(changes, 0), 0);
        assert_int_equal(transaction_of(changes, 1), 5);
        assert_int_equal(json_array_size(json_object_get(changes, "transactions")), 1);
    }
}

static void what_is_nested_names_its_own_transaction_without_an_old_lineage_too(void **state)
{
    Err err = {0};

    (void)state;
    json_auto_t *changes = diff_parts(
        (Parts){"", TABLE("{'name':'a'}"), ""},
        (Parts){ONE, TABLE("{'name':'a','type':'x'},{'name':'b'}"), TABLE_LINEAGE("[1,6],[2,7]")},
        &err);
    has_changes(changes, "changed column p.t.a; added column p.t.b; ");
    assert_int_equal(transaction_of(changes, 0), 6);
    assert_int_equal(transaction_of(changes, 1), 7);
}

static void a_lineage_that_does_not_fit_is_refused(void **state)
{
    static const char *const good =
        LINEAGE("{'columns':[[1,1]],'id':'p.t','kind':'table','oid':1}");
    static const struct {
        const char *lineage;
        const char *want;
    } rows[] = {
        {LINEAGE("{'id':'p.t','kind':'table','oid':'1'}"), "lineage of table 'p.t' is malformed"},
        {LINEAGE("{'id':'p.t','kind':'table'}"), "lineage of table 'p.t' is malformed"},
        {LINEAGE("{'id':'p.t','kind':'table','oid':1,'xid':'x'}"), "is malformed"},
        {LINEAGE("{'id':'p.t','kind':'table','oid':1,'secrets':[]}"), "is malformed"},
        {TABLE_LINEAGE("1"), "is malformed"},
        {TABLE_LINEAGE("[1]"), "is malformed"},
        {TABLE_LINEAGE("[1,'2']"), "is malformed"},
        {TABLE_LINEAGE("[1,1],[2,1]"), "lineage of table 'p.t' does not fit its columns"},
        {LINEAGE("{'id':'p.t','kind':'widget','oid':1}"), "a kind this version does not know"},
        {LINEAGE("{'kind':'table','oid':1}"), "'new.json':7: a lineage without an id"},
        {LINEAGE("{'id':'p.t','kind':'table','oid':}"), "'new.json':7:"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        parts_refuse((Parts){ONE, TABLE("{'name':'a'}"), good},
                     (Parts){ONE, TABLE("{'name':'b'}"), rows[i].lineage}, rows[i].want);
    parts_refuse(
        (Parts){ONE, TABLE("{'name':'a'}"), LINEAGE("{'id':'p.x','kind':'table','oid':1}")},
        (Parts){ONE, TABLE("{'name':'a'}"), LINEAGE("{'id':'p.x','kind':'table','oid':2}")},
        "'old.json' has a lineage of table 'p.x' without it");
    parts_refuse((Parts){ONE, TABLE("{'name':'a'}"), TRANSACTIONS("{'xid':}")},
                 (Parts){ONE, TABLE("{'name':'a'}"), TRANSACTIONS("{'xid':1}")}, "'old.json':7:");
}

static void what_stands_out_of_order_is_refused(void **state)
{
    (void)state;
    parts_refuse((Parts){ONE, TABLES("{'id':'b'},\n{'id':'a'}"), ""}, (Parts){ONE, "", ""},
                 "'old.json':5: table 'a' stands after 'b'");
    parts_refuse((Parts){ONE, TABLES("{'id':'a'},\n{'id':'b'}"),
                         LINEAGE("{'id':'b','kind':'table','oid':1},\n"
                                 "{'id':'a','kind':'table','oid':2}")},
                 (Parts){ONE, TABLES("{'id':'a'},\n{'id':'b'}"),
                         LINEAGE("{'id':'b','kind':'table','oid':3},\n"
                                 "{'id':'a','kind':'table','oid':2,'xid':1}")},
                 "table 'a' stands after 'b'");
}

static void what_only_lineages_tell_needs_a_document_that_can_be_read_twice(void **state)
{
    CLEANUP(cleanup_free)
    char *old =
        document_with(ONE, TABLES("{'id':'a'}"), LINEAGE("{'id':'a','kind':'table','oid':1}"));
    CLEANUP(cleanup_free)
    char *new =
        document_with(ONE, TABLES("{'id':'a'}"), LINEAGE("{'id':'a','kind':'table','oid':2}"));
    Err err = {0};
    int ends[2][2];
    FILE *in[2];

    (void)state;
    for (int piped = 1; piped <= 2; piped++) {
        const char *texts[] = {old, new};
        for (int i = 0; i < 2; i++) {
            if (i >= piped) {
                in[i] = fmemopen((char *)(uintptr_t)texts[i], strlen(texts[i]), "r");
                continue;
            }
            assert_int_equal(pipe(ends[i]), 0);
            assert_true(write(ends[i][1], texts[i], strlen(texts[i])) > 0);
            close(ends[i][1]);
            in[i] = fdopen(ends[i][0], "r");
        }
        CLEANUP(snapshot_reader_close)
        SnapshotReader *before = snapshot_reader_open(in[0], "old.json", &err);
        CLEANUP(snapshot_reader_close)
        SnapshotReader *after = snapshot_reader_open(in[1], "new.json", &err);
        json_auto_t *changes = diff_snapshots(before, after, &err);
        if (piped == 1)
            has_changes(changes, "replaced table a; ");
        else
            assert_null(changes);
        fclose(in[0]);
        fclose(in[1]);
    }
    assert_int_equal(err.code, EXIT_IO);
    assert_string_equal(err.msg, "cannot read 'new.json' again");
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
        cmocka_unit_test(the_same_oid_with_another_id_is_renamed),
        cmocka_unit_test(the_same_oid_of_another_kind_is_another_object),
        cmocka_unit_test(what_else_changed_of_a_renamed_one_is_in_its_fields),
        cmocka_unit_test(the_same_id_with_another_oid_is_replaced),
        cmocka_unit_test(what_a_replaced_one_loses_depends_on_its_kind),
        cmocka_unit_test(two_that_swapped_their_names_are_both_renamed),
        cmocka_unit_test(a_new_one_with_the_name_that_a_renamed_one_left_is_added),
        cmocka_unit_test(columns_are_known_by_their_numbers),
        cmocka_unit_test(a_column_dropped_and_added_again_is_replaced),
        cmocka_unit_test(a_table_and_its_columns_may_be_renamed_at_once),
        cmocka_unit_test(what_was_made_again_in_a_table_is_no_change_while_its_text_is_the_same),
        cmocka_unit_test(other_transactions_and_stamps_are_no_change),
        cmocka_unit_test(lineages_of_different_databases_tell_nothing),
        cmocka_unit_test(without_a_lineage_names_tell),
        cmocka_unit_test(hostile_names_are_matched_like_others),
        cmocka_unit_test(sections_that_one_side_did_not_read_are_not_compared),
        cmocka_unit_test(a_secret_that_is_another_one_is_a_change),
        cmocka_unit_test(a_change_names_the_transaction_that_wrote_its_row),
        cmocka_unit_test(what_is_gone_names_no_transaction_and_what_is_new_its_own),
        cmocka_unit_test(what_is_nested_names_its_own_transaction_without_an_old_lineage_too),
        cmocka_unit_test(a_lineage_that_does_not_fit_is_refused),
        cmocka_unit_test(what_stands_out_of_order_is_refused),
        cmocka_unit_test(what_only_lineages_tell_needs_a_document_that_can_be_read_twice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
