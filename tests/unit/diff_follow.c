#include "diff/follow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "json/jx.h"

typedef struct Row {
    KindId kind;
    const char *member;
    const char *old, *new; /* JSON, with ' for " */
} Row;

static json_t *parse(const char *text)
{
    char json[1000];
    size_t length = 0;

    for (; text[length] && length < sizeof json - 1; length++)
        json[length] = (char)(text[length] == '\'' ? '"' : text[length]);
    json[length] = '\0';
    json_t *value = json_loads(json, JSON_DECODE_ANY, NULL);
    if (!value)
        fail_msg("no JSON: %s", json);
    return value;
}

/* shop.orders became sale.bills, shop."the user" shop.client, a column id is number now, a role ann
 * is bea, and "a" and "b" swapped their names. */
static json_t *all_names(void)
{
    static const char *const pairs[][2] = {
        {"{'schema':'shop','name':'orders'}", "{'schema':'sale','name':'bills'}"},
        {"{'schema':'shop','name':'the user'}", "{'schema':'shop','name':'client'}"},
        {"{'name':'id'}", "{'name':'number'}"},
        {"{'name':'ann'}", "{'name':'bea'}"},
        {"{'name':'text'}", "{'name':'citext'}"},
        {"{'name':'a'}", "{'name':'b'}"},
        {"{'name':'b'}", "{'name':'a'}"},
    };
    json_t *names = json_object();

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        json_auto_t *old = parse(pairs[i][0]);
        json_auto_t *new = parse(pairs[i][1]);
        follow_add(names, old, new);
    }
    return names;
}

static void each(const Row *rows, size_t count, bool is_kept, bool wanted)
{
    json_auto_t *names = all_names();

    for (size_t i = 0; i < count; i++) {
        json_auto_t *old = parse(rows[i].old);
        json_auto_t *new = parse(rows[i].new);
        if (follow_is(names, rows[i].kind, rows[i].member, old, new, is_kept) != wanted)
            fail_msg("%s: %s and %s", rows[i].member, rows[i].old, rows[i].new);
    }
}

#define EACH(rows, is_kept, wanted) each(rows, sizeof(rows) / sizeof *(rows), is_kept, wanted)

static void what_names_another_object_follows_its_new_name(void **state)
{
    static const Row rows[] = {
        {KIND_VIEW, "definition", "' SELECT orders.id FROM shop.orders;'",
         "' SELECT bills.number AS id FROM sale.bills;'"},
        {KIND_VIEW, "definition", "' SELECT orders.number AS id FROM shop.orders;'",
         "' SELECT bills.number AS id FROM sale.bills;'"},
        {KIND_VIEW, "definition", "' SELECT x.c AS id FROM shop.x;'",
         "' SELECT x.c AS number FROM shop.x;'"},
        {KIND_VIEW, "definition", "' SELECT x.id FROM shop.x;'",
         "' SELECT x.id AS number FROM shop.x;'"},
        {KIND_VIEW, "definition", "' SELECT orders_1.c FROM shop.orders orders_1;'",
         "' SELECT bills_1.c FROM sale.bills bills_1;'"},
        {KIND_VIEW, "definition", "' SELECT a, b FROM shop.x;'",
         "' SELECT b AS a, a AS b FROM shop.x;'"},
        {KIND_POLICY, "using", "'(id IN ( SELECT orders.id FROM shop.orders))'",
         "'(number IN ( SELECT bills.number FROM sale.bills))'"},
        {KIND_CONSTRAINT, "definition", "'FOREIGN KEY (a) REFERENCES shop.orders(id)'",
         "'FOREIGN KEY (b) REFERENCES sale.bills(number)'"},
        {KIND_COLUMN, "default", "'nextval(\\u0027shop.orders\\u0027::regclass)'",
         "'nextval(\\u0027sale.bills\\u0027::regclass)'"},
        {KIND_CONSTRAINT, "references", "'shop.orders'", "'sale.bills'"},
        {KIND_CONSTRAINT, "columns", "['c','id']", "['c','number']"},
        {KIND_COLUMN, "type", "'shop.\\u0022the user\\u0022[]'", "'shop.client[]'"},
        {KIND_SEQUENCE, "owned_by", "'shop.orders.id'", "'sale.bills.number'"},
        {KIND_TABLE, "owner", "'ann'", "'bea'"},
        {KIND_TABLE, "grants", "{'ann':['select'],'x':['insert']}",
         "{'bea':['select'],'x':['insert']}"},
        {KIND_POLICY, "roles", "['ann','azz']", "['azz','bea']"},
        {KIND_FUNCTION, "arguments", "'x shop.orders'", "'x sale.bills'"},
        {KIND_FUNCTION, "body", "'BEGIN ATOMIC\\n SELECT orders.id FROM shop.orders;\\nEND'",
         "'BEGIN ATOMIC\\n SELECT bills.number FROM sale.bills;\\nEND'"},
    };

    (void)state;
    EACH(rows, false, true);
}

static void what_is_another_thing_does_not(void **state)
{
    static const Row rows[] = {
        /* Another table, another column, one more, one fewer, another condition. */
        {KIND_VIEW, "definition", "' SELECT c FROM shop.x;'", "' SELECT c FROM sale.x;'"},
        {KIND_VIEW, "definition", "' SELECT c FROM shop.orders;'", "' SELECT c FROM shop.bills;'"},
        {KIND_VIEW, "definition", "' SELECT c FROM shop.orders;'", "' SELECT d FROM sale.bills;'"},
        {KIND_VIEW, "definition", "' SELECT id FROM shop.x;'", "' SELECT number, c FROM shop.x;'"},
        {KIND_VIEW, "definition", "' SELECT c FROM shop.x;'", "' SELECT c AS id FROM shop.x;'"},
        {KIND_VIEW, "definition", "' SELECT number FROM shop.x;'", "' SELECT id FROM shop.x;'"},
        {KIND_POLICY, "using", "'(id > 1)'", "'(number > 2)'"},
        {KIND_POLICY, "using", "'(role = \\u0027ann\\u0027::text)'",
         "'(role = \\u0027bea\\u0027::text)'"},
        /* Types and functions of PostgreSQL's own. */
        {KIND_COLUMN, "type", "'text'", "'citext'"},
        {KIND_COLUMN, "default", "'(c)::text'", "'(c)::citext'"},
        {KIND_COLUMN, "default", "'a(c)'", "'b(c)'"},
        {KIND_FUNCTION, "arguments", "'text'", "'citext'"},
        /* What people write. */
        {KIND_TABLE, "comment", "'shop.orders'", "'sale.bills'"},
        {KIND_FUNCTION, "body", "'select from shop.orders'", "'select from sale.bills'"},
        {KIND_ENUM, "labels", "['ann']", "['bea']"},
        {KIND_TABLE, "options", "['a=1']", "['b=1']"},
        {KIND_FUNCTION, "argument_names", "['id']", "['number']"},
        /* Lists. */
        {KIND_CONSTRAINT, "columns", "['id','c']", "['c','number']"},
        {KIND_CONSTRAINT, "columns", "['id']", "['number','c']"},
        {KIND_TABLE, "grants", "{'ann':['select']}", "{'bea':['insert']}"},
        {KIND_TABLE, "grants", "{'ann':['select']}", "{'bea':['select'],'x':['select']}"},
        {KIND_TABLE, "grants", "{'ann':['select'],'bea':['select']}", "{'bea':['select']}"},
        {KIND_POLICY, "roles", "['ann','ann2']", "['bea','x']"},
    };

    (void)state;
    EACH(rows, false, false);
}

static void a_body_follows_only_in_what_was_not_written_since(void **state)
{
    static const Row rows[] = {
        {KIND_FUNCTION, "body", "'select orders.id from shop.orders'",
         "'select bills.number from sale.bills'"},
    };

    (void)state;
    EACH(rows, true, true);
    EACH(rows, false, false);
}

static void texts_that_are_no_sql_are_read_to_their_end(void **state)
{
    static const Row rows[] = {
        {KIND_VIEW, "definition", "'\\u0022'", "'\\u0022\\u0022'"},
        {KIND_VIEW, "definition", "'a AS'", "'b AS AS'"},
        {KIND_VIEW, "definition", "'AS id'", "''"},
        {KIND_VIEW, "definition", "'shop.'", "'sale.'"},
        {KIND_VIEW, "definition", "'\\u0027a\\u0027::'", "'\\u0027b\\u0027::'"},
        {KIND_VIEW, "definition", "'\\u0027::regclass'", "'\\u0027a::regclass'"},
    };

    (void)state;
    EACH(rows, false, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_names_another_object_follows_its_new_name),
        cmocka_unit_test(what_is_another_thing_does_not),
        cmocka_unit_test(a_body_follows_only_in_what_was_not_written_since),
        cmocka_unit_test(texts_that_are_no_sql_are_read_to_their_end),
    };

    jx_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
