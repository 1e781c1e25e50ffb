#include "model/snapshot.h"

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
#include "base/file.h"
#include "json/jx.h"

#define HEAD "{\"format\":\"snapshot/1\",\n"
#define META "\"meta\":{\"source\":\"live\"},\n"
#define SCHEMAS "\"schemas\":[\n{\"id\":\"a\",\"name\":\"a\"},\n{\"id\":\"b\",\"name\":\"b\"}\n],\n"
#define TABLES "\"tables\":[\n{\"id\":\"a.t\",\"name\":\"t\",\"schema\":\"a\"}\n],\n"
#define TRANSACTIONS "\"transactions\":[\n{\"xid\":7},\n{\"time\":\"x\",\"xid\":9}\n],\n"
#define LINEAGE                                                                                    \
    "\"lineage\":[\n{\"columns\":[[1,7]],\"id\":\"a.t\",\"kind\":\"table\",\"oid\":5,\"xid\":9}"   \
    "\n],\n"

/* A document around these sections, whose hash is right, from malloc. */
static char *document(const char *meta, const char *sections, const char *behind)
{
    char hex[DIGEST_HEX_SIZE];
    size_t room = strlen(meta) + strlen(sections) + strlen(behind) + 256;
    char *text = malloc(room);

    digest_hex(sections, strlen(sections), hex);
    snprintf(text, room, "%s%s%s%s\"hash\":\"sha256:%s\"}\n", HEAD, meta, sections, behind, hex);
    return text;
}

/* Reads to the end: how many objects, -1 when it was refused. */
static int walk(const char *text, size_t length, Err *err)
{
    FILE *in = fmemopen((char *)(uintptr_t)text, length, "r");
    CLEANUP(snapshot_reader_close) SnapshotReader *reader = snapshot_reader_open(in, "s.json", err);
    SnapshotLine line = {0};
    int count = 0, got = reader ? 1 : -1;

    while (got > 0 && (got = snapshot_reader_next(reader, &line, err)) > 0)
        count++;
    fclose(in);
    return got < 0 ? -1 : count;
}

static json_t *load(const char *text, Err *err)
{
    FILE *in = fmemopen((char *)(uintptr_t)text, strlen(text), "r");
    json_t *doc = snapshot_load(in, "s.json", err);

    fclose(in);
    return doc;
}

static void refuses(const char *text, const char *want)
{
    Err err = {0};

    if (walk(text, strlen(text), &err) >= 0)
        fail_msg("taken, though '%s': %s", want, text);
    assert_int_equal(err.code, EXIT_DATA);
    if (strncmp(err.msg, want, strlen(want)) != 0)
        fail_msg("'%s' does not begin with '%s'", err.msg, want);
}

/* ---- writing ---- */

typedef struct Made {
    FILE *out;
    char *text;
    size_t size;
    SnapshotWriter *writer;
} Made;

static void made_open(Made *made)
{
    json_auto_t *meta = json_pack("{s:s}", "source", "live");
    Err err = {0};

    *made = (Made){0};
    made->out = open_memstream(&made->text, &made->size);
    made->writer = snapshot_writer_open(made->out, meta, &err);
    assert_non_null(made->writer);
}

static void made_close(Made *made)
{
    snapshot_writer_close(&made->writer);
    fclose(made->out);
    free(made->text);
}

static bool made_add(Made *made, KindId kind, const char *json, Err *err)
{
    json_auto_t *object = json_loads(json, 0, NULL);

    assert_non_null(object);
    return snapshot_writer_add_json(made->writer, kind, object, err);
}

static void what_is_written_has_the_layout_and_the_hash(void **state)
{
    static const char table[] = "{\"id\":\"a.t\",\"name\":\"t\",\"schema\":\"a\"}";
    CLEANUP(cleanup_free) char *want = document(META, SCHEMAS TABLES, "");
    char hash[SNAPSHOT_HASH_SIZE];
    Made made;
    Err err = {0};

    (void)state;
    made_open(&made);
    assert_true(made_add(&made, KIND_SCHEMA, "{\"name\":\"a\",\"id\":\"a\"}", &err));
    assert_true(made_add(&made, KIND_SCHEMA, "{\"id\":\"b\",\"name\":\"b\"}", &err));
    assert_true(snapshot_writer_add(made.writer, KIND_TABLE, "a.t", table, strlen(table), &err));
    assert_true(snapshot_writer_finish(made.writer, hash, &err));
    assert_string_equal(made.text, want);
    assert_non_null(strstr(made.text, hash));
    assert_int_equal(strlen(hash), SNAPSHOT_HASH_SIZE - 1);
    made_close(&made);
}

static void null_false_and_empty_arrays_are_dropped_at_every_depth(void **state)
{
    Made made;
    Err err = {0};

    (void)state;
    made_open(&made);
    assert_true(made_add(&made, KIND_TABLE,
                         "{\"id\":\"a.t\",\"comment\":null,\"unlogged\":false,\"inherits\":[],"
                         "\"columns\":[{\"name\":\"c\",\"not_null\":false,\"default\":null,"
                         "\"list\":[],\"zero\":0,\"empty\":\"\",\"yes\":true}]}",
                         &err));
    assert_true(snapshot_writer_finish(made.writer, NULL, &err));
    assert_non_null(strstr(made.text, "\n{\"columns\":[{\"empty\":\"\",\"name\":\"c\",\"yes\":true,"
                                      "\"zero\":0}],\"id\":\"a.t\"}\n],\n"));
    made_close(&made);
}

static void what_is_out_of_order_is_our_bug(void **state)
{
    Made made;
    Err err = {0};

    (void)state;
    made_open(&made);
    assert_true(made_add(&made, KIND_TABLE, "{\"id\":\"b\"}", &err));
    assert_false(made_add(&made, KIND_TABLE, "{\"id\":\"b\"}", &err));
    assert_int_equal(err.code, EXIT_SOFTWARE);
    assert_false(made_add(&made, KIND_TABLE, "{\"id\":\"a\"}", &err));
    assert_false(made_add(&made, KIND_SCHEMA, "{\"id\":\"z\"}", &err));
    assert_false(made_add(&made, KIND_COLUMN, "{\"id\":\"z\"}", &err));
    assert_false(made_add(&made, KIND_VIEW, "{\"name\":\"z\"}", &err));
    /* by byte, not by language */
    assert_true(made_add(&made, KIND_VIEW, "{\"id\":\"Z\"}", &err));
    assert_true(made_add(&made, KIND_VIEW, "{\"id\":\"a\"}", &err));
    assert_true(made_add(&made, KIND_VIEW, "{\"id\":\"é\"}", &err));
    made_close(&made);
}

static void asides_stand_behind_the_objects_and_in_no_hash(void **state)
{
    static const char *const lines[][2] = {
        {"transactions", "{\"xid\":7}"},
        {"transactions", "{\"time\":\"x\",\"xid\":9}"},
        {"lineage", "{\"columns\":[[1,7]],\"id\":\"a.t\",\"kind\":\"table\",\"oid\":5,\"xid\":9}"},
    };
    CLEANUP(cleanup_free)
    char *want = document(META, "\"schemas\":[\n{\"id\":\"a\"}\n],\n", TRANSACTIONS LINEAGE);
    Made made;
    Err err = {0};

    (void)state;
    made_open(&made);
    assert_true(made_add(&made, KIND_SCHEMA, "{\"id\":\"a\"}", &err));
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_true(snapshot_writer_aside(made.writer, lines[i][0], lines[i][1],
                                          strlen(lines[i][1]), &err));
    assert_true(snapshot_writer_finish(made.writer, NULL, &err));
    assert_string_equal(made.text, want);
    made_close(&made);
}

static void asides_alone_make_a_document(void **state)
{
    CLEANUP(cleanup_free) char *want = document(META, "", "\"lineage\":[\n{}\n],\n");
    Made made;
    Err err = {0};

    (void)state;
    made_open(&made);
    assert_true(snapshot_writer_aside(made.writer, "lineage", "{}", 2, &err));
    assert_true(snapshot_writer_finish(made.writer, NULL, &err));
    assert_string_equal(made.text, want);
    made_close(&made);
}

static void an_aside_out_of_order_is_our_bug(void **state)
{
    Made made;
    Err err = {0};

    (void)state;
    made_open(&made);
    assert_false(snapshot_writer_aside(made.writer, "tables", "{}", 2, &err));
    assert_int_equal(err.code, EXIT_SOFTWARE);
    assert_false(snapshot_writer_aside(made.writer, "odd", "{}", 2, &err));
    assert_true(snapshot_writer_aside(made.writer, "lineage", "{}", 2, &err));
    assert_false(snapshot_writer_aside(made.writer, "transactions", "{}", 2, &err));
    assert_false(made_add(&made, KIND_FACT, "{\"id\":\"z\"}", &err));
    assert_int_equal(err.code, EXIT_SOFTWARE);
    made_close(&made);
}

static void a_full_disk_is_74_when_writing(void **state)
{
    json_auto_t *meta = json_object();
    FILE *out = fopen("/dev/full", "w");
    Err err = {0};

    (void)state;
    if (!out)
        skip();
    SnapshotWriter *writer = snapshot_writer_open(out, meta, &err);
    assert_false(snapshot_writer_finish(writer, NULL, &err));
    assert_int_equal(err.code, EXIT_IO);
    snapshot_writer_close(&writer);
    assert_null(writer);
    fclose(out);
}

/* ---- reading ---- */

static void a_whole_document_is_read_line_by_line(void **state)
{
    CLEANUP(cleanup_free) char *text = document(META, SCHEMAS TABLES, LINEAGE);
    FILE *in = fmemopen(text, strlen(text), "r");
    Err err = {0};
    SnapshotLine line = {0};
    CLEANUP(snapshot_reader_close) SnapshotReader *reader = snapshot_reader_open(in, "s", &err);

    (void)state;
    assert_non_null(reader);
    assert_string_equal(jx_string(snapshot_reader_meta(reader), "source", ""), "live");
    assert_string_equal(snapshot_reader_name(reader), "s");
    assert_false(snapshot_reader_is_short(reader));
    assert_int_equal(snapshot_reader_next(reader, &line, &err), 1);
    assert_int_equal(line.kind, KIND_SCHEMA);
    assert_int_equal(line.number, 4);
    assert_int_equal(line.length, strlen("{\"id\":\"a\",\"name\":\"a\"}"));
    assert_memory_equal(line.text, "{\"id\":\"a\",\"name\":\"a\"}", line.length);
    assert_int_equal(snapshot_reader_next(reader, &line, &err), 1);
    CLEANUP(cleanup_free) char *id = snapshot_line_id(&line, &err);
    assert_string_equal(id, "b");
    assert_int_equal(snapshot_reader_next(reader, &line, &err), 1);
    assert_int_equal(line.kind, KIND_TABLE);
    assert_int_equal(line.number, 8);
    json_auto_t *object = snapshot_line_parse(&line, "s", &err);
    assert_string_equal(jx_string(object, "schema", ""), "a");
    assert_int_equal(snapshot_reader_next(reader, &line, &err), 0);
    assert_int_equal(snapshot_reader_next(reader, &line, &err), 0);
    assert_memory_equal(snapshot_reader_hash(reader), strstr(text, "sha256:"),
                        SNAPSHOT_HASH_SIZE - 1);
    fclose(in);
}

static void meta_and_lineage_have_no_part_in_the_hash(void **state)
{
    CLEANUP(cleanup_free) char *one = document(META, SCHEMAS, "");
    CLEANUP(cleanup_free)
    char *two =
        document("\"meta\":{\"source\":\"migrations\",\"time\":\"x\"},\n", SCHEMAS, LINEAGE);
    Err err = {0};
    json_auto_t *a = load(one, &err), *b = load(two, &err);

    (void)state;
    assert_non_null(a);
    assert_non_null(b);
    assert_string_equal(jx_string(a, "hash", "1"), jx_string(b, "hash", "2"));
    assert_null(json_object_get(b, "lineage"));
}

static void a_document_without_objects_is_whole(void **state)
{
    CLEANUP(cleanup_free) char *text = document(META, "", "");
    Err err = {0};

    (void)state;
    assert_int_equal(walk(text, strlen(text), &err), 0);
}

static void a_document_cut_after_any_byte_is_refused(void **state)
{
    CLEANUP(cleanup_free) char *text = document(META, SCHEMAS TABLES, TRANSACTIONS LINEAGE);
    size_t length = strlen(text);

    (void)state;
    for (size_t cut = 1; cut < length; cut++) {
        Err err = {0};
        size_t lines = 1;

        for (size_t i = 0; i < cut; i++)
            lines += text[i] == '\n';
        if (walk(text, cut, &err) >= 0)
            fail_msg("cut after %zu bytes and taken", cut);
        char want[64];
        snprintf(want, sizeof want, "'s.json':%zu: the snapshot is cut short here", lines);
        assert_string_equal(err.msg, want);
        assert_int_equal(err.code, EXIT_DATA);
    }
}

/* Every byte changed in turn: refused wherever it is, except in meta, lineage and their values. */
static void a_document_altered_anywhere_in_the_schema_is_refused(void **state)
{
    CLEANUP(cleanup_free) char *text = document(META, SCHEMAS TABLES, "");
    size_t length = strlen(text);
    size_t start = strlen(HEAD) + strlen(META);

    (void)state;
    for (size_t i = start; i < length; i++) {
        Err err = {0};
        char old = text[i];

        text[i] = (char)(old == 'x' ? 'y' : 'x');
        if (walk(text, length, &err) >= 0)
            fail_msg("byte %zu altered and taken", i);
        assert_int_equal(err.code, EXIT_DATA);
        text[i] = old;
    }
}

static void what_stands_in_the_wrong_place_is_named_with_its_line(void **state)
{
    static const struct {
        const char *sections;
        const char *want;
    } rows[] = {
        {TABLES SCHEMAS, "'s.json':6: a section twice or out of order"},
        {SCHEMAS SCHEMAS, "'s.json':7: a section twice or out of order"},
        {LINEAGE SCHEMAS, "'s.json':6: a section twice or out of order"},
        {TRANSACTIONS SCHEMAS, "'s.json':7: a section twice or out of order"},
        {LINEAGE TRANSACTIONS, "'s.json':6: a section twice or out of order"},
        {LINEAGE LINEAGE, "'s.json':6: a section twice or out of order"},
        {"\"lineage\":[\n],\n", "'s.json':4: an object is missing before this end"},
        {"\"lineage\":[\n{},\n],\n", "'s.json':5: an object is missing before this end"},
        {"\"lineage\":[\n{}\n{}\n],\n", "'s.json':5: a comma is missing before this object"},
        {"\"transactions\":[\n7\n],\n", "'s.json':4: an object is expected here"},
        {"\"widgets\":[\n{\"id\":\"a\"}\n],\n", "'s.json':3: a section this version does not know"},
        {"\"columns\":[\n{\"id\":\"a\"}\n],\n", "'s.json':3: a section this version does not know"},
        {"\"schemas\":[\n],\n", "'s.json':4: an object is missing before this end"},
        {"\"schemas\":[\n{\"id\":\"a\"},\n],\n",
         "'s.json':5: an object is missing before this end"},
        {"\"schemas\":[\n{\"id\":\"a\"}\n{\"id\":\"b\"}\n],\n",
         "'s.json':5: a comma is missing before this object"},
        {"\"schemas\":[\n\"a\"\n],\n", "'s.json':4: an object is expected here"},
        {"\"schemas\":[\n\n],\n", "'s.json':4: an object is expected here"},
        {"\"schemas\":[\n{\n],\n", "'s.json':4: an object is expected here"},
        {"\"schemas\":[\n{\"id\":\"a\"}\n]\n", "'s.json':5: a comma is missing before this object"},
        {"\"schemas\":[{\"id\":\"a\"}],\n", "'s.json':3: a section is expected here"},
        {"\n", "'s.json':3: a section is expected here"},
        {"{\"id\":\"a\"}\n", "'s.json':3: a section is expected here"},
        {"\"hash\":\"sha256:12\"}\n", "'s.json':3: the hash is not of the form"},
        {"\"schemas\":[\r\n{\"id\":\"a\"}\r\n],\r\n", "'s.json':3: a section is expected here"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CLEANUP(cleanup_free) char *text = document(META, rows[i].sections, "");

        refuses(text, rows[i].want);
    }
    CLEANUP(cleanup_free) char *other = document("\"mete\":{},\n", "", "");
    refuses(other, "'s.json':2: \"meta\" is expected here");
    CLEANUP(cleanup_free) char *array = document("\"meta\":[],\n", "", "");
    refuses(array, "'s.json':2: \"meta\" is not an object");
    CLEANUP(cleanup_free) char *bad = document("\"meta\":{\"a\":1,\"a\":2},\n", "", "");
    refuses(bad, "'s.json':2: \"meta\" is not an object");
    CLEANUP(cleanup_free) char *open = document("\"meta\":{}\n", "", "");
    refuses(open, "'s.json':2: \"meta\" is expected here");
}

static void a_wrong_hash_is_said_plainly(void **state)
{
    CLEANUP(cleanup_free) char *text = document(META, SCHEMAS, "");

    (void)state;
    memcpy(strstr(text, "\"name\":\"b\""), "\"name\":\"c\"", 10);
    refuses(text, "'s.json': the hash does not agree: the snapshot was altered or cut");
}

static void what_follows_the_end_is_refused(void **state)
{
    CLEANUP(cleanup_free) char *text = document(META, SCHEMAS, "");
    CLEANUP(cleanup_free) char *twice = malloc(2 * strlen(text) + 1);

    (void)state;
    snprintf(twice, 2 * strlen(text) + 1, "%s%s", text, text);
    refuses(twice, "'s.json':7: something stands behind the end of the snapshot");
    snprintf(twice, 2 * strlen(text) + 1, "%s\n", text);
    refuses(twice, "'s.json':7: something stands behind the end of the snapshot");
}

static void a_nul_byte_is_refused_with_its_line(void **state)
{
    CLEANUP(cleanup_free) char *text = document(META, SCHEMAS, "");
    size_t length = strlen(text);
    Err err = {0};

    (void)state;
    strstr(text, "\"name\":\"b\"")[8] = '\0';
    assert_true(walk(text, length, &err) < 0);
    assert_int_equal(err.code, EXIT_DATA);
    assert_string_equal(err.msg, "'s.json':5: a NUL byte");
    text[3] = '\0';
    err = (Err){0};
    assert_true(walk(text, length, &err) < 0);
    assert_string_equal(err.msg, "'s.json':1: a NUL byte");
}

static void what_is_no_snapshot_is_told_by_what_it_is(void **state)
{
    static const char anew[] = "'s.json' is a snapshot laid out anew by another program";

    (void)state;
    refuses("\n", "'s.json' is not a snapshot");
    refuses("hello\n", "'s.json' is not a snapshot");
    refuses("hello", "'s.json' is not a snapshot");
    refuses("[]\n", "'s.json' is not a snapshot");
    refuses("{\"format\":\"changes/1\",\n\"changes\":[]}\n",
            "'s.json' is a changes/1 document, not a snapshot/1");
    refuses("{\"format\":\"event/1\",\"a\":1}\n",
            "'s.json' is a event/1 document, not a snapshot/1");
    refuses("{\"format\":\"snapshot/1\",\"meta\":{}}\n", anew);
    refuses("{\"format\":\"snapshot/1\",\"meta\":{}}", anew);
    refuses("{\n  \"format\": \"snapshot/1\",\n  \"meta\": {}\n}\n", anew);
    refuses("{\n  \"format\": \"changes/1\"\n}\n",
            "'s.json' is a changes/1 document, not a snapshot/1");
    refuses("{\"format\":\"snapshot/2\",\n", "'s.json' is a snapshot/2 document, not a snapshot/1");
    refuses("\xef\xbb\xbf" HEAD META, "'s.json' is ");
    Err err = {0};
    FILE *in = fopen("/dev/null", "r");
    assert_null(snapshot_reader_open(in, "s.json", &err));
    assert_string_equal(err.msg, "'s.json' is empty, not a snapshot");
    assert_int_equal(err.code, EXIT_DATA);
    fclose(in);
}

/* ---- asides ---- */

static void asides_are_given_to_those_who_ask(void **state)
{
    static const SnapshotPart want[] = {SNAPSHOT_OBJECT, SNAPSHOT_TRANSACTION, SNAPSHOT_TRANSACTION,
                                        SNAPSHOT_LINEAGE};
    CLEANUP(cleanup_free) char *text = document(META, TABLES, TRANSACTIONS LINEAGE);
    FILE *in = fmemopen(text, strlen(text), "r");
    Err err = {0};
    SnapshotLine line = {0};
    KindId kind = KIND_FACT;
    CLEANUP(snapshot_reader_close) SnapshotReader *reader = snapshot_reader_open(in, "s", &err);

    (void)state;
    assert_int_equal(walk(text, strlen(text), &err), 1);
    snapshot_reader_with_asides(reader);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        assert_int_equal(snapshot_reader_next(reader, &line, &err), 1);
        assert_int_equal(line.part, want[i]);
    }
    assert_int_equal(line.number, 11);
    assert_int_equal(line.text[0], '{');
    assert_int_equal(line.text[line.length - 1], '}');
    CLEANUP(cleanup_free) char *id = snapshot_line_id(&line, &err);
    assert_string_equal(id, "a.t");
    assert_true(snapshot_line_kind(&line, &kind, &err));
    assert_int_equal(kind, KIND_TABLE);
    assert_int_equal(snapshot_reader_next(reader, &line, &err), 0);
    fclose(in);
}

static void a_reader_begins_again_with_the_objects(void **state)
{
    CLEANUP(cleanup_free) char *text = document(META, SCHEMAS TABLES, LINEAGE);
    FILE *in = fmemopen(text, strlen(text), "r");
    Err err = {0};
    SnapshotLine line = {0};
    CLEANUP(snapshot_reader_close) SnapshotReader *reader = snapshot_reader_open(in, "s", &err);

    (void)state;
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 3; i++)
            assert_int_equal(snapshot_reader_next(reader, &line, &err), 1);
        assert_int_equal(line.number, 8);
        assert_int_equal(snapshot_reader_next(reader, &line, &err), 0);
        assert_true(snapshot_reader_again(reader, &err));
    }
    assert_int_equal(snapshot_reader_next(reader, &line, &err), 1); /* half way, and again */
    assert_true(snapshot_reader_again(reader, &err));
    assert_int_equal(snapshot_reader_next(reader, &line, &err), 1);
    assert_int_equal(line.number, 4);
    fclose(in);
}

static void a_lineage_of_an_unknown_kind_is_refused(void **state)
{
    static const char *const texts[] = {"{\"id\":\"a\",\"kind\":\"widget\"}",
                                        "{\"id\":\"a\",\"kind\":\"column\"}", "{\"id\":\"a\"}",
                                        "{\"secrets\":{\"kind\":\"table\"}}"};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        SnapshotLine line = {.name = "s.json",
                             .part = SNAPSHOT_LINEAGE,
                             .kind = KIND_COUNT,
                             .text = texts[i],
                             .length = strlen(texts[i]),
                             .number = 9};
        KindId kind = KIND_SCHEMA;
        Err err = {0};
        assert_false(snapshot_line_kind(&line, &kind, &err));
        assert_int_equal(err.code, EXIT_DATA);
        assert_string_equal(err.msg, "'s.json':9: a lineage of a kind this version does not know");
    }
}

static void what_is_no_object_is_refused_with_its_place(void **state)
{
    static const char *const broken[] = {"{\"a\":1,\"c\":2", "{\"a\"", "{", "{\"a\":1,,\"b\":2}"};
    JxItems items = {0};

    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        SnapshotLine line = {.name = "s.json",
                             .kind = KIND_TABLE,
                             .text = broken[i],
                             .length = strlen(broken[i]),
                             .number = 9};
        Err err = {0};

        assert_null(snapshot_line_items(&line, &items, "s", &err));
        assert_int_equal(err.code, EXIT_DATA);
        assert_non_null(strstr(err.msg, "'s':9:"));
    }
    jx_items_free(&items);
}

/* ---- the short form ---- */

static const char short_form[] =
    HEAD "\"meta\":{\"unchanged\":true},\n\"hash\":\"sha256:"
         "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"}\n";

static void the_short_form_has_no_objects(void **state)
{
    Err err = {0};

    (void)state;
    assert_int_equal(walk(short_form, strlen(short_form), &err), 0);
    assert_null(load(short_form, &err));
    assert_int_equal(err.code, EXIT_DATA);
    assert_non_null(strstr(err.msg, "short form"));
}

static void the_short_form_is_no_way_around_the_hash(void **state)
{
    CLEANUP(cleanup_free) char *text = document("\"meta\":{\"unchanged\":true},\n", SCHEMAS, "");

    (void)state;
    refuses(text, "'s.json':3: a section in the short form");
    CLEANUP(cleanup_free)
    char *aside = document("\"meta\":{\"unchanged\":true},\n", "", LINEAGE);
    refuses(aside, "'s.json':3: a section in the short form");
}

/* ---- ids ---- */

static void finds(const char *text, const char *want)
{
    SnapshotLine line = {
        .name = "s.json", .kind = KIND_TABLE, .text = text, .length = strlen(text), .number = 9};
    Err err = {0};
    CLEANUP(cleanup_free) char *id = snapshot_line_id(&line, &err);

    if (want) {
        assert_non_null(id);
        assert_string_equal(id, want);
    } else {
        assert_null(id);
        assert_int_equal(err.code, EXIT_DATA);
        assert_string_equal(err.msg, "'s.json':9: a table without an id");
    }
}

static void the_id_is_that_of_the_top_level_only(void **state)
{
    (void)state;
    finds("{\"id\":\"a.t\"}", "a.t");
    finds("{\"columns\":[{\"id\":\"no\"}],\"id\":\"yes\"}", "yes");
    finds("{\"a\":{\"id\":\"no\"},\"b\":[[{\"id\":\"no\"}]],\"id\":\"yes\"}", "yes");
    finds("{\"comment\":\"\\\"id\\\":\\\"no\\\"\",\"id\":\"yes\"}", "yes");
    finds("{\"comment\":\"one \\\" of them\",\"id\":\"yes\"}", "yes");
    finds("{\"comment\":\"}]{\\\\\",\"id\":\"yes\"}", "yes");
    finds("{\"id\":\"a.\\\"Odd \\\\ \\u0001\\n€\\\"\"}", "a.\"Odd \\ \x01\n€\"");
    finds("{\"id\":\"\"}", "");
    finds("{\"columns\":[{\"id\":\"no\"}]}", NULL);
    finds("{\"id\":1}", NULL);
    finds("{\"id\":\"unended}", NULL);
    finds("{\"id\":", NULL);
    finds("{}", NULL);
    finds("{", NULL);
    finds("{\"idx\":\"a\",\"xid\":\"b\"}", NULL);
}

static void an_object_that_is_not_json_is_refused_with_its_place(void **state)
{
    CLEANUP(cleanup_free)
    char *text = document(META, "\"schemas\":[\n{\"id\":\"a\"},\n{\"id\":\"b\" \"c\"}\n],\n", "");
    CLEANUP(cleanup_free)
    char *twice = document(META, "\"schemas\":[\n{\"id\":\"a\",\"id\":\"b\"}\n],\n", "");
    Err err = {0};

    (void)state;
    assert_null(load(text, &err));
    assert_int_equal(err.code, EXIT_DATA);
    assert_memory_equal(err.msg, "'s.json':5:13: ", 15);
    assert_null(load(twice, &err));
    assert_memory_equal(err.msg, "'s.json':4:14: duplicate object key", 35);
}

/* ---- the whole ---- */

static void a_whole_document_is_loaded_by_section(void **state)
{
    CLEANUP(cleanup_free) char *text = document(META, SCHEMAS TABLES, TRANSACTIONS LINEAGE);
    Err err = {0};
    json_auto_t *doc = load(text, &err);

    (void)state;
    assert_non_null(doc);
    assert_true(jx_check_format(doc, "snapshot/1", "s", &err));
    assert_int_equal(json_array_size(json_object_get(doc, "schemas")), 2);
    assert_int_equal(json_array_size(json_object_get(doc, "tables")), 1);
    assert_int_equal(json_object_size(doc), 5);
}

static void ids_must_ascend_and_be_there(void **state)
{
    static const struct {
        const char *sections;
        const char *want;
    } rows[] = {
        {"\"schemas\":[\n{\"id\":\"b\"},\n{\"id\":\"a\"}\n],\n",
         "'s.json':5: schema 'a' stands after 'b'"},
        {"\"schemas\":[\n{\"id\":\"a\"},\n{\"id\":\"a\"}\n],\n",
         "'s.json':5: schema 'a' stands after 'a'"},
        {"\"schemas\":[\n{\"name\":\"a\"}\n],\n", "'s.json':4: a schema without an id"},
        {"\"schemas\":[\n{\"id\":1}\n],\n", "'s.json':4: a schema without an id"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CLEANUP(cleanup_free) char *text = document(META, rows[i].sections, "");
        Err err = {0};

        assert_null(load(text, &err));
        assert_int_equal(err.code, EXIT_DATA);
        assert_string_equal(err.msg, rows[i].want);
    }
    /* each section begins anew */
    CLEANUP(cleanup_free)
    char *text =
        document(META, "\"schemas\":[\n{\"id\":\"z\"}\n],\n\"tables\":[\n{\"id\":\"a\"}\n],\n", "");
    Err err = {0};
    json_auto_t *doc = load(text, &err);
    assert_non_null(doc);
}

static void the_hash_is_peeked_from_the_last_line(void **state)
{
    static char path[] = "/tmp/model_snapshot.XXXXXX";
    CLEANUP(cleanup_free) char *text = document(META, SCHEMAS, "");
    char hash[SNAPSHOT_HASH_SIZE] = "untouched";
    size_t length = strlen(text);
    Err err = {0};

    (void)state;
    close(mkstemp(path));
    assert_true(file_write(path, text, length - 1, 0600, &err));
    assert_false(snapshot_peek_hash(path, hash, &err));
    assert_int_equal(err.code, EXIT_DATA);
    assert_string_equal(hash, "untouched");
    text[length - 2] = 'x';
    assert_true(file_write(path, text, length, 0600, &err));
    assert_false(snapshot_peek_hash(path, hash, &err));
    text[length - 2] = '}';
    text[length - 9] = 'X';
    assert_true(file_write(path, text, length, 0600, &err));
    assert_false(snapshot_peek_hash(path, hash, &err));
    assert_true(file_write(path, short_form, strlen(short_form), 0600, &err));
    assert_true(snapshot_peek_hash(path, hash, &err));
    assert_memory_equal(hash, "sha256:0123456789abcdef", 23);
    assert_true(file_write(path, "", 0, 0600, &err));
    assert_false(snapshot_peek_hash(path, hash, &err));
    unlink(path);
    assert_false(snapshot_peek_hash(path, hash, &err));
    assert_false(snapshot_peek_hash("/tmp", hash, &err));
}

/* ---- two in step, and one beside another ---- */

/* Both are read as schema-diff does: in step where lines are alike, else the lesser id's first. */
static bool walk_in_step(const char *old_text, const char *new_text, Err *err)
{
    const char *texts[] = {old_text, new_text};
    FILE *in[2];
    SnapshotReader *readers[2];
    SnapshotLine lines[2] = {{0}, {0}};
    int got[2];
    bool ok = true;

    for (int i = 0; i < 2; i++) {
        in[i] = fmemopen((char *)(uintptr_t)texts[i], strlen(texts[i]), "r");
        readers[i] = snapshot_reader_open(in[i], i ? "new.json" : "old.json", err);
        assert_non_null(readers[i]);
        snapshot_reader_with_asides(readers[i]);
    }
    snapshot_reader_beside(readers[1], readers[0]);
    for (int i = 0; i < 2; i++)
        got[i] = snapshot_reader_next(readers[i], &lines[i], err);
    while (ok && (got[0] > 0 || got[1] > 0)) {
        bool both = got[0] > 0 && got[1] > 0;
        int order = got[0] <= 0 ? 1 : got[1] <= 0 ? -1 : 0;
        if (both) {
            bool same = lines[0].part == lines[1].part && lines[0].kind == lines[1].kind &&
                        lines[0].length == lines[1].length &&
                        memcmp(lines[0].text, lines[1].text, lines[0].length) == 0;
            if (snapshot_reader_is_same(readers[1]))
                assert_true(same);
            order = same                             ? 0
                    : lines[0].part != lines[1].part ? (int)lines[0].part - (int)lines[1].part
                    : lines[0].kind != lines[1].kind ? (int)lines[0].kind - (int)lines[1].kind
                                                     : strcmp(lines[0].text, lines[1].text);
        }
        if (order <= 0)
            ok = (got[0] = snapshot_reader_next(readers[0], &lines[0], err)) >= 0;
        if (ok && order >= 0)
            ok = (got[1] = snapshot_reader_next(readers[1], &lines[1], err)) >= 0;
    }
    ok = ok && got[0] == 0 && got[1] == 0;
    for (int i = 0; i < 2; i++) {
        snapshot_reader_close(&readers[i]);
        fclose(in[i]);
    }
    return ok;
}

#define ROW(id) "{\"id\":\"" id "\"}"

static const char *const variants[] = {
    "",
    SCHEMAS,
    SCHEMAS TABLES,
    TABLES,
    "\"schemas\":[\n" ROW("a") "\n],\n",
    "\"schemas\":[\n" ROW("a") ",\n" ROW("b") "\n],\n",
    "\"schemas\":[\n" ROW("a") ",\n" ROW("b") ",\n" ROW("c") "\n],\n",
    "\"schemas\":[\n" ROW("b") ",\n" ROW("c") "\n],\n",
    "\"schemas\":[\n" ROW("a") "\n],\n\"tables\":[\n" ROW("b") "\n],\n",
    "\"schemas\":[\n" ROW("a") "\n],\n\"views\":[\n" ROW("b") "\n],\n",
    "\"tables\":[\n" ROW("a") "\n],\n\"views\":[\n" ROW("b") "\n],\n",
};
enum { VARIANTS = sizeof variants / sizeof *variants };

static void two_in_step_are_both_checked(void **state)
{
    (void)state;
    for (int old = 0; old < VARIANTS; old++) {
        for (int new = 0; new < VARIANTS; new ++) {
            CLEANUP(cleanup_free) char *left = document(META, variants[old], LINEAGE);
            CLEANUP(cleanup_free) char *right = document(META, variants[new], "");
            Err err = {0};
            if (!walk_in_step(left, right, &err))
                fail_msg("%d beside %d: %s", new, old, err.msg);
            /* What is altered is told, on either side. */
            char *row = strstr(right, "\"id\":");
            if (!row)
                continue;
            row[1] = 'x';
            assert_false(walk_in_step(left, right, &err));
            assert_non_null(strstr(err.msg, "'new.json': the hash does not agree"));
            assert_false(walk_in_step(right, left, &err));
            assert_non_null(strstr(err.msg, "'old.json': the hash does not agree"));
            assert_false(walk_in_step(right, right, &err));
        }
    }
}

static void one_beside_another_is_what_it_is_alone(void **state)
{
    (void)state;
    for (int old = 0; old < VARIANTS; old++) {
        for (int new = 0; new < VARIANTS; new ++) {
            CLEANUP(cleanup_free) char *from = document(META, variants[old], LINEAGE);
            CLEANUP(cleanup_free) char *want = document(META, variants[new], LINEAGE);
            CLEANUP(cleanup_free) char *text = NULL;
            char hash[SNAPSHOT_HASH_SIZE];
            size_t size = 0;
            SnapshotLine line = {0};
            json_auto_t *meta = json_pack("{s:s}", "source", "live");
            FILE *file = tmpfile(), *out = open_memstream(&text, &size);
            FILE *in = fmemopen(want, strlen(want), "r");
            Err err = {0};

            fputs(from, file);
            rewind(file);
            SnapshotReader *kept = snapshot_reader_open(file, "old.json", &err);
            SnapshotReader *reader = snapshot_reader_open(in, "new.json", &err);
            assert_true(snapshot_reader_keep(kept, &err));
            while (snapshot_reader_next(kept, &line, &err) > 0)
                continue;
            assert_int_equal(err.code, EXIT_OK);
            snapshot_reader_with_asides(reader);
            SnapshotWriter *writer = snapshot_writer_open_beside(kept, meta, &err);
            while (snapshot_reader_next(reader, &line, &err) > 0) {
                char *id = snapshot_line_id(&line, &err);
                assert_true(
                    line.part == SNAPSHOT_OBJECT
                        ? snapshot_writer_add(writer, line.kind, id, line.text, line.length, &err)
                        : snapshot_writer_aside(writer, "lineage", line.text, line.length, &err));
                free(id);
            }
            assert_true(snapshot_writer_finish(writer, hash, &err));
            assert_true(snapshot_writer_deliver(writer, out, &err));
            assert_string_equal(text, want);
            assert_string_equal(hash, snapshot_reader_hash(reader));
            snapshot_writer_close(&writer);
            snapshot_reader_close(&reader);
            snapshot_reader_close(&kept);
            fclose(in);
            fclose(out);
            fclose(file);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_has_the_layout_and_the_hash),
        cmocka_unit_test(null_false_and_empty_arrays_are_dropped_at_every_depth),
        cmocka_unit_test(what_is_out_of_order_is_our_bug),
        cmocka_unit_test(asides_stand_behind_the_objects_and_in_no_hash),
        cmocka_unit_test(asides_alone_make_a_document),
        cmocka_unit_test(an_aside_out_of_order_is_our_bug),
        cmocka_unit_test(a_full_disk_is_74_when_writing),
        cmocka_unit_test(a_whole_document_is_read_line_by_line),
        cmocka_unit_test(meta_and_lineage_have_no_part_in_the_hash),
        cmocka_unit_test(a_document_without_objects_is_whole),
        cmocka_unit_test(a_document_cut_after_any_byte_is_refused),
        cmocka_unit_test(a_document_altered_anywhere_in_the_schema_is_refused),
        cmocka_unit_test(what_stands_in_the_wrong_place_is_named_with_its_line),
        cmocka_unit_test(a_wrong_hash_is_said_plainly),
        cmocka_unit_test(what_follows_the_end_is_refused),
        cmocka_unit_test(a_nul_byte_is_refused_with_its_line),
        cmocka_unit_test(what_is_no_snapshot_is_told_by_what_it_is),
        cmocka_unit_test(asides_are_given_to_those_who_ask),
        cmocka_unit_test(a_reader_begins_again_with_the_objects),
        cmocka_unit_test(a_lineage_of_an_unknown_kind_is_refused),
        cmocka_unit_test(what_is_no_object_is_refused_with_its_place),
        cmocka_unit_test(the_short_form_has_no_objects),
        cmocka_unit_test(the_short_form_is_no_way_around_the_hash),
        cmocka_unit_test(the_id_is_that_of_the_top_level_only),
        cmocka_unit_test(an_object_that_is_not_json_is_refused_with_its_place),
        cmocka_unit_test(a_whole_document_is_loaded_by_section),
        cmocka_unit_test(ids_must_ascend_and_be_there),
        cmocka_unit_test(the_hash_is_peeked_from_the_last_line),
        cmocka_unit_test(two_in_step_are_both_checked),
        cmocka_unit_test(one_beside_another_is_what_it_is_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
