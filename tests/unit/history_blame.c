#include "history/blame.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "model/change.h"

/* One step of one change. fields: JSON, or NULL. */
static void step(json_t *steps, const char *time, Op op, const char *kind, const char *id,
                 const char *fields)
{
    Err err = {0};
    json_t *doc = changes_new("sha256:a", "sha256:b", &err);
    json_t *list = fields ? json_loads(fields, 0, NULL) : NULL;

    assert_true(!fields || list);
    assert_true(changes_add(doc, op, kind, id, list, SEVERITY_SAFE, "", "why", &err));
    assert_true(changes_finish(doc, &err));
    json_array_append_new(steps, json_pack("{s:o, s:s}", "changes", doc, "time", time));
}

/* "op id" of each event, with blanks between them. */
static const char *told(const json_t *steps, const char *id, char text[512])
{
    Err err = {0};
    json_auto_t *events = blame_events(steps, id, &err);
    size_t index = 0, used = 0;
    json_t *event = NULL;

    assert_non_null(events);
    text[0] = '\0';
    json_array_foreach(events, index, event)
    {
        used += (size_t)snprintf(text + used, 512 - used, "%s%s %s", index ? ", " : "",
                                 json_string_value(json_object_get(event, "op")),
                                 json_string_value(json_object_get(event, "id")));
    }
    return text;
}

static json_t *orders(void)
{
    json_t *steps = json_array();

    step(steps, "1", OP_ADDED, "table", "public.orders",
         "[{\"name\":\"columns\",\"new\":[{\"name\":\"id\",\"type\":\"integer\"},"
         "{\"name\":\"Net Sum\",\"type\":\"integer\"}]}]");
    step(steps, "2", OP_ADDED, "column", "public.orders.total",
         "[{\"name\":\"type\",\"new\":\"integer\"}]");
    step(steps, "3", OP_RENAMED, "column", "public.orders.amount",
         "[{\"name\":\"id\",\"old\":\"public.orders.total\",\"new\":\"public.orders.amount\"}]");
    step(steps, "4", OP_RENAMED, "table", "shop.purchases",
         "[{\"name\":\"id\",\"old\":\"public.orders\",\"new\":\"shop.purchases\"}]");
    step(steps, "5", OP_CHANGED, "column", "shop.purchases.amount",
         "[{\"name\":\"type\",\"old\":\"integer\",\"new\":\"numeric\"}]");
    step(steps, "6", OP_ADDED, "table", "public.orders_old", NULL);
    return steps;
}

static void names_are_followed_back(void **state)
{
    json_auto_t *steps = orders();
    char text[512];

    (void)state;
    assert_string_equal(
        told(steps, "shop.purchases.amount", text),
        "added public.orders.total, renamed public.orders.amount, renamed shop.purchases.amount, "
        "changed shop.purchases.amount");
    assert_string_equal(
        told(steps, "shop.purchases", text),
        "added public.orders, added public.orders.total, renamed public.orders.amount, "
        "renamed shop.purchases, changed shop.purchases.amount");
}

static void an_old_name_is_the_one_it_became(void **state)
{
    static const char *const names[] = {"public.orders.total", "public.orders.amount",
                                        "shop.purchases.amount"};
    json_auto_t *steps = orders();
    char text[512], wanted[512];

    (void)state;
    told(steps, "shop.purchases.amount", wanted);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_string_equal(told(steps, names[i], text), wanted);
}

static void what_is_nested_came_with_its_table_when_it_had_it(void **state)
{
    json_auto_t *steps = orders();
    char text[512];
    Err err = {0};

    (void)state;
    assert_string_equal(told(steps, "shop.purchases.\"Net Sum\"", text),
                        "added public.orders.\"Net Sum\", renamed shop.purchases.\"Net Sum\"");
    json_auto_t *events = blame_events(steps, "shop.purchases.id", &err);
    const json_t *first = json_array_get(events, 0);
    assert_string_equal(json_string_value(json_object_get(first, "with")), "public.orders");
    assert_string_equal(json_string_value(json_object_get(first, "kind")), "column");
    assert_string_equal(told(steps, "public.nothing", text), "");
    assert_string_equal(told(steps, "public.order", text), "");
}

static void names_that_were_swapped_are_told_apart(void **state)
{
    json_auto_t *steps = json_array();
    char text[512];
    Err err = {0};
    json_t *doc = changes_new("sha256:a", "sha256:b", &err);

    (void)state;
    step(steps, "1", OP_ADDED, "table", "a", NULL);
    step(steps, "2", OP_ADDED, "table", "b", NULL);
    assert_true(changes_add(doc, OP_RENAMED, "table", "b",
                            json_pack("[{s:s, s:s, s:s}]", "name", "id", "old", "a", "new", "b"),
                            SEVERITY_SAFE, "", "why", &err));
    assert_true(changes_add(doc, OP_RENAMED, "table", "a",
                            json_pack("[{s:s, s:s, s:s}]", "name", "id", "old", "b", "new", "a"),
                            SEVERITY_SAFE, "", "why", &err));
    assert_true(changes_finish(doc, &err));
    json_array_append_new(steps, json_pack("{s:o, s:s}", "changes", doc, "time", "3"));
    assert_string_equal(told(steps, "a", text), "added b, renamed a");
    assert_string_equal(told(steps, "b", text), "added a, renamed b");
    assert_string_equal(told(steps, NULL, text), "added a, added b, renamed a, renamed b");
}

static json_t *event(const char *time, const char *op, const char *new, const char *commit)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:[{s:s, s:s}], s:s*}", "time", time, "op", op, "kind",
                     "column", "id", "a.b", "fields", "name", "type", "new", new, "commit", commit);
}

static void what_both_lines_have_is_one_event(void **state)
{
    json_auto_t *accepted = json_array();
    json_auto_t *committed = json_array();
    Err err = {0};

    (void)state;
    json_array_append_new(accepted, event("20", "changed", "integer", NULL));
    json_array_append_new(accepted, event("40", "changed", "text", NULL));
    json_array_append_new(accepted, event("60", "changed", "integer", NULL));
    json_array_append_new(committed, event("10", "changed", "integer", "c1"));
    json_array_append_new(committed, event("30", "changed", "date", "c2"));
    json_array_append_new(committed, event("50", "changed", "integer", "c3"));
    json_auto_t *events = blame_merge(accepted, committed, &err);
    static const char *const wanted[][2] = {{"20", "c1"}, {"30", "c2"}, {"40", NULL}, {"60", "c3"}};
    assert_int_equal(json_array_size(events), 4);
    for (size_t i = 0; i < 4; i++) {
        const json_t *got = json_array_get(events, i);
        const char *commit = json_string_value(json_object_get(got, "commit"));
        assert_string_equal(json_string_value(json_object_get(got, "time")), wanted[i][0]);
        assert_string_equal(commit ? commit : "", wanted[i][1] ? wanted[i][1] : "");
        assert_null(json_object_get(got, "place"));
    }
}

static void hostile_names_stay_on_their_line(void **state)
{
    json_auto_t *events = json_pack("[{s:s, s:s, s:s, s:[{s:s, s:s}], s:s}]", "op", "changed",
                                    "kind", "table", "id", "a\x1b[2J\nb", "fields", "name",
                                    "comment", "new", "x\ny\x1b[0m", "author", "A\nB");
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    Err err = {0};
    FILE *out = open_memstream(&text, &length);

    (void)state;
    assert_true(blame_write_text(events, out, &err));
    fclose(out);
    assert_null(strchr(text, '\x1b'));
    assert_ptr_equal(strchr(text, '\n'), text + length - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_followed_back),
        cmocka_unit_test(an_old_name_is_the_one_it_became),
        cmocka_unit_test(what_is_nested_came_with_its_table_when_it_had_it),
        cmocka_unit_test(names_that_were_swapped_are_told_apart),
        cmocka_unit_test(what_both_lines_have_is_one_event),
        cmocka_unit_test(hostile_names_stay_on_their_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
