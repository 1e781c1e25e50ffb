#include "diff/effects.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "base/digest.h"
#include "diff/diff.h"
#include "json/jx.h"
#include "model/change.h"

/* A document of these sections, whose hash is right; from malloc. ' stands for ". */
static char *document(const char *meta, const char *sections)
{
    size_t room = strlen(meta) + strlen(sections) + 256;
    CLEANUP(cleanup_free) char *text = strdup(sections);
    char hex[DIGEST_HEX_SIZE];
    char *whole = malloc(room);

    for (char *c = text; *c; c++)
        if (*c == '\'')
            *c = '"';
    digest_hex(text, strlen(text), hex);
    snprintf(whole, room,
             "{\"format\":\"snapshot/1\",\n\"meta\":{%s},\n%s\"hash\":\"sha256:%s\"}\n", meta, text,
             hex);
    return whole;
}

static json_t *diff_sections(const char *meta, const char *old, const char *new)
{
    CLEANUP(cleanup_free) char *before = document(meta, old);
    CLEANUP(cleanup_free) char *after = document(meta, new);
    FILE *old_in = fmemopen(before, strlen(before), "r");
    FILE *new_in = fmemopen(after, strlen(after), "r");
    Err err = {0};
    CLEANUP(snapshot_reader_close)
    SnapshotReader *old_reader = snapshot_reader_open(old_in, "old", &err);
    CLEANUP(snapshot_reader_close)
    SnapshotReader *new_reader = snapshot_reader_open(new_in, "new", &err);
    json_t *changes = diff_snapshots(old_reader, new_reader, &err);

    if (!changes)
        fail_msg("%s", err.msg);
    fclose(old_in);
    fclose(new_in);
    return changes;
}

/* All effects, a line each; from malloc. */
static char *effects_of(const json_t *changes)
{
    char *text = NULL;
    size_t size = 0, at = 0;
    FILE *out = open_memstream(&text, &size);
    json_t *effect = NULL;
    Change change = {0};
    Err err = {0};

    for (size_t i = 0; i < changes_count(changes); i++) {
        assert_true(changes_view(changes, i, &change, &err));
        json_array_foreach(change.effects, at, effect)
        {
            fprintf(out, "%s\n", json_string_value(effect));
        }
    }
    fclose(out);
    return text;
}

#define LIVE "\"source\":\"live\",\"owner\":\"boss\""
#define SCHEMAS "'schemas':[\n{'id':'public','name':'public'}\n],\n"
#define TABLE(more)                                                                                \
    "'tables':[\n{'columns':[{'name':'a','type':'text'},{'name':'b','type':'text'}]," more         \
    "'id':'public.t','kind':'table','name':'t'"
#define END ",'schema':'public'}\n],\n"
#define ROLES(list) "'roles':[\n" list "\n],\n"
#define APP "{'id':'app','inherit':true,'name':'app'}"

static const struct {
    const char *meta;
    const char *old;
    const char *new;
    const char *want;
} rows[] = {
    /* a right on all, on a column, and one that is taken */
    {LIVE, SCHEMAS TABLE("") END ROLES(APP),
     SCHEMAS TABLE("'grants':{'app':['select']},") END ROLES(APP), "app can now SELECT public.t\n"},
    {LIVE, SCHEMAS TABLE("'grants':{'app':['insert']},") END ROLES(APP),
     SCHEMAS TABLE("") END ROLES(APP), "app can no longer INSERT INTO public.t\n"},
    {LIVE, SCHEMAS TABLE("") END ROLES(APP),
     SCHEMAS
     "'tables':[\n{'columns':[{'grants':{'app':['update']},'name':'a','type':'text'},{'name':"
     "'b','type':'text'}],'id':'public.t','kind':'table','name':'t'" END ROLES(APP),
     "app can now UPDATE public.t.a\n"},
    {LIVE, SCHEMAS TABLE("'grants':{'app':['select']},") END ROLES(APP),
     SCHEMAS TABLE("'grants':{'app':['select'],'public':['select']},") END ROLES(APP),
     "everybody can now SELECT public.t\n"},
    /* of what is not compared nothing is certain */
    {LIVE, SCHEMAS TABLE("'grants':{'app':['truncate']},") END ROLES(APP),
     SCHEMAS TABLE("") END ROLES(APP), ""},
    {LIVE, SCHEMAS TABLE("'grants':{'app':['select'],'public':['select']},") END ROLES(APP),
     SCHEMAS TABLE("'grants':{'public':['select']},") END ROLES(APP),
     "no role can do more or less than before\n"},
    {LIVE, SCHEMAS TABLE("'grants':{'app':['select']},") END ROLES(APP),
     SCHEMAS TABLE("'grants':{'app':['select']},'inexact':['grants'],") END ROLES(APP), ""},
    /* the schema that has it may not be used */
    {LIVE,
     "'schemas':[\n{'id':'public','name':'public','revokes':{'public':['usage']}}\n],\n" TABLE("")
         END ROLES(APP),
     "'schemas':[\n{'id':'public','name':'public','revokes':{'public':['usage']}}\n],\n" TABLE(
         "'grants':{'app':['select']},") END ROLES(APP),
     "no role can do more or less than before\n"},
    /* what a role is, is not told; that the first superuser may do more is not news */
    {LIVE ",\"unread\":[\"roles\"]", SCHEMAS TABLE("") END,
     SCHEMAS TABLE("'grants':{'app':['select']},") END, "app may now SELECT public.t\n"},
    {LIVE, SCHEMAS TABLE("") END ROLES(APP),
     SCHEMAS TABLE("'grants':{'boss':['select*'],'postgres':['select']},") END ROLES(APP), ""},
    /* memberships, and what a role is */
    {LIVE, SCHEMAS TABLE("'grants':{'app':['select']},") END ROLES(APP ",\n{'id':'x','name':'x'}"),
     SCHEMAS TABLE("'grants':{'app':['select']},")
         END ROLES(APP ",\n{'id':'x','inherit':true,'member_of':{'app':[]},'name':'x'}"),
     "x can now SELECT public.t\n"},
    {LIVE, SCHEMAS TABLE("'grants':{'app':['select']},") END ROLES(APP ",\n{'id':'x','name':'x'}"),
     SCHEMAS TABLE("'grants':{'app':['select']},")
         END ROLES(APP ",\n{'id':'x','member_of':{'app':[]},'name':'x'}"),
     ""},
    {LIVE, SCHEMAS TABLE("'row_security':true,'grants':{'app':['select']},") END ROLES(APP),
     SCHEMAS TABLE("'row_security':true,'grants':{'app':['select']},")
         END ROLES("{'bypass_rls':true,'id':'app','inherit':true,'name':'app'}"),
     "app can now SELECT public.t (all rows)\n"},
    /* row security: on without a policy, and an expression that is another one */
    {LIVE, SCHEMAS TABLE("'grants':{'app':['all']},") END ROLES(APP),
     SCHEMAS TABLE("'grants':{'app':['all']},'row_security':true,") END ROLES(APP),
     "app can no longer SELECT, INSERT, UPDATE or DELETE in public.t\n"},
    {LIVE,
     SCHEMAS TABLE(
         "'grants':{'app':['select']},'row_security':true,'policies':[{'command':'select',"
         "'name':'p','using':'(a = 1)'}],") END ROLES(APP),
     SCHEMAS TABLE(
         "'grants':{'app':['select']},'row_security':true,'policies':[{'command':'select',"
         "'name':'p','using':'(a = 2)'}],") END ROLES(APP),
     "app can now SELECT public.t where (a = 2) (before: where (a = 1))\n"},
    {LIVE, SCHEMAS TABLE("'grants':{'app':['select']},") END ROLES(APP),
     SCHEMAS TABLE(
         "'grants':{'app':['select']},'row_security':true,'policies':[{'command':'select',"
         "'name':'p','using':'(a = 2)'}],") END ROLES(APP),
     "app can now SELECT public.t only where (a = 2) (before: all rows)\n"},
};

static void each_change_has_its_effects(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_auto_t *changes = diff_sections(rows[i].meta, rows[i].old, rows[i].new);
        CLEANUP(cleanup_free) char *got = effects_of(changes);

        if (strcmp(got, rows[i].want) != 0)
            fail_msg("row %zu: '%s', not '%s'", i, got, rows[i].want);
    }
}

/* Views that read each other in a circle, and so many of each other that nobody could follow. */
static void hostile_views_end(void **state)
{
    enum { VIEWS = 60 };
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    (void)state;
    fputs(SCHEMAS TABLE("") END "'views':[\n", out);
    for (int i = 10; i < 10 + VIEWS; i++)
        fprintf(out,
                "{'columns':[{'name':'a','type':'text'}],'definition':'SELECT 1 FROM public.v%d, "
                "public.v%d, public.v%d;',%s'id':'public.v%d','name':'v%d','schema':'public'}%s\n",
                10 + (i - 9) % VIEWS, 10 + (i - 8) % VIEWS, 10 + (i - 7) % VIEWS,
                "'grants':{'app':['select']},", i, i, i + 1 < 10 + VIEWS ? "," : "");
    fputs("],\n" ROLES(APP), out);
    fclose(out);
    CLEANUP(cleanup_free) char *old = text;
    CLEANUP(cleanup_free) char *new = strdup(old);
    memcpy(strstr(new, "'select'"), "'update'", 8);
    clock_t begin = clock();
    json_auto_t *changes = diff_sections(LIVE, old, new);
    CLEANUP(cleanup_free) char *got = effects_of(changes);

    assert_string_equal(got, "");
    assert_true((clock() - begin) / CLOCKS_PER_SEC < 20);
}

/* A right on each of many tables, of two kinds. */
static void many_are_counted(void **state)
{
    char *texts[2] = {NULL};

    (void)state;
    for (int side = 0; side < 2; side++) {
        size_t size = 0;
        FILE *out = open_memstream(&texts[side], &size);

        fprintf(out, "'schemas':[\n{%s'id':'s','name':'s'}\n],\n'tables':[\n",
                side ? "'grants':{'app':['usage']}," : "");
        for (int i = 10; i < 40; i++)
            fprintf(
                out,
                "{'columns':[{'name':'a','type':'text'}],'grants':{'app':['%s']},'id':'s.t%d',"
                "'kind':'table','name':'t%d','policies':[{'command':'all','name':'p','using':'(a "
                "= %d)'}],%s'schema':'s'}%s\n",
                i < 25 ? "select" : "delete", i, i, i, i < 25 ? "'row_security':true," : "",
                i < 39 ? "," : "");
        fputs("],\n" ROLES(APP), out);
        fclose(out);
    }
    CLEANUP(cleanup_free) char *old = texts[0];
    CLEANUP(cleanup_free) char *new = texts[1];
    json_auto_t *changes = diff_sections(LIVE, old, new);
    Change change = {0};
    Err err = {0};

    assert_int_equal(changes_count(changes), 1);
    assert_true(changes_view(changes, 0, &change, &err));
    assert_int_equal(json_array_size(change.effects), EFFECTS_MAX);
    assert_string_equal(json_string_value(json_array_get(change.effects, 0)),
                        "app can now SELECT s.t10 where (a = 10)");
    assert_string_equal(json_string_value(json_array_get(change.effects, EFFECTS_MAX - 1)),
                        "and 5 more like these");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_change_has_its_effects),
        cmocka_unit_test(hostile_views_end),
        cmocka_unit_test(many_are_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
