#include "diff/ignore.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"

enum { NOW_DAY = 20000, DAY_MS = 24 * 60 * 60 * 1000 }; /* 2024-10-04 */

static const IgnoreFact comment = {
    .kind = "column",
    .op = "changed",
    .id = "public.orders.total",
    .name = "total",
    .schema = "public",
    .field = "comment",
    .severity = "safe",
    .class = "cosmetic",
};
static const IgnoreFact gone = {
    .kind = "table",
    .op = "removed",
    .id = "public.\"Order Items\"",
    .name = "Order Items",
    .schema = "public",
    .severity = "breaking",
    .class = "data-loss",
};
static const IgnoreFact rights = {
    .kind = "table",
    .op = "changed",
    .id = "public.orders",
    .name = "orders",
    .schema = "public",
    .field = "grants",
    .grantee = "supabase_admin",
    .severity = "risky",
    .class = "security",
};

static bool takes(const char *const *rules, const IgnoreFact *fact)
{
    CLEANUP(ignore_close) Ignore *ignore = ignore_new();
    bool is_expired = false;
    Err err = {0};

    for (; *rules; rules++)
        if (!ignore_add(ignore, *rules, "rule", (int64_t)NOW_DAY * DAY_MS, EXIT_USAGE, &is_expired,
                        &err))
            fail_msg("%s: %s", *rules, err.msg);
    return ignore_takes(ignore, fact);
}

#define TAKES(fact, ...) takes((const char *const[]){__VA_ARGS__, NULL}, &(fact))

static void a_pattern_fits_the_whole_text(void **state)
{
    static const struct {
        const char *pattern, *text;
        bool fits;
    } rows[] = {
        {"", "", true},
        {"", "a", false},
        {"*", "", true},
        {"a*", "abc", true},
        {"a*c", "abcd", false},
        {"*a*b*c*", "xxaxxbxxc", true},
        {"?", "\xc3\xa9", true},
        {"??", "\xc3\xa9", false},
        {"[a-c]x", "bx", true},
        {"[!a-c]x", "bx", false},
        {"[^a-c]x", "dx", true},
        {"[]x]", "]", true},
        {"[!]x]", "]", false},
        {"[a-]", "-", true},
        {"[\\]]", "]", true},
        {"[\xc3\xa0-\xc3\xaf]", "\xc3\xa9", true},
        {"[a-z]", "\xc3\xa9", false},
        {"[ab", "[ab", true}, /* no set without its end */
        {"[", "[", true},
        {"a[", "a", false},
        {"\\*", "*", true},
        {"\\*", "x", false},
        {"\\?x", "?x", true},
        {"\\", "\\", true},
        {"a\\", "a", false},
        {"A", "a", false},
        {"*[0-9]", "part_2024_9", true},
        {"*[0-9]", "part_2024_x", false},
        {"[", "", false},
        {"[a", "", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (ignore_glob(rows[i].pattern, rows[i].text) != rows[i].fits)
            fail_msg("'%s' and '%s'", rows[i].pattern, rows[i].text);
}

static void many_stars_cost_no_time(void **state)
{
    char text[20001], pattern[201];

    (void)state;
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (size_t i = 0; i < 200; i += 2)
        memcpy(pattern + i, "*a", 2);
    pattern[199] = 'b';
    pattern[200] = '\0';
    assert_false(ignore_glob(pattern, text));
}

static void every_term_must_fit(void **state)
{
    (void)state;
    assert_true(TAKES(comment, "kind=column"));
    assert_true(TAKES(comment, "kind=column name=tot* schema=public field=comment op=changed"));
    assert_false(TAKES(comment, "kind=column name=x"));
    assert_true(TAKES(comment, "class=cosmetic severity=safe"));
    assert_false(TAKES(gone, "severity=safe|risky"));
    assert_true(TAKES(gone, "severity=safe|breaking"));
    assert_true(TAKES(gone, "severity!=safe"));
    assert_false(TAKES(gone, "severity!=safe|breaking"));
    assert_true(TAKES(comment, "  kind=column\t\tname=total "));
}

static void quotes_hold_blanks_bars_and_quotes(void **state)
{
    static const IgnoreFact odd = {.kind = "table", .op = "added", .name = "a|b 'c'"};

    (void)state;
    assert_true(TAKES(gone, "name=\"Order Items\""));
    assert_true(TAKES(gone, "id='public.\"Order Items\"'"));
    assert_true(TAKES(gone, "id=\"public.\"\"Order Items\"\"\""));
    assert_true(TAKES(gone, "name=x|'Order *'"));
    assert_true(TAKES(odd, "name='a|b ''c'''"));
    assert_true(TAKES(odd, "name=a\\|b\" '\"*"));
    assert_false(TAKES(odd, "name=''"));
}

static void a_rule_of_members_leaves_the_change_as_such(void **state)
{
    (void)state;
    assert_false(TAKES(gone, "field=*"));
    assert_false(TAKES(gone, "field!=comment"));
    assert_true(TAKES(comment, "field!=type"));
    assert_false(TAKES(comment, "grantee!=anon"));
    assert_true(TAKES(rights, "grantee=supabase_*"));
    assert_true(TAKES(rights, "field=grants"));
    assert_false(TAKES(rights, "grantee=anon"));
}

static void the_first_that_fits_decides(void **state)
{
    (void)state;
    assert_false(TAKES(comment, "!name=total", "kind=column"));
    assert_true(TAKES(comment, "kind=column", "!name=total"));
    assert_false(TAKES(comment, "! kind=column field=comment", "field=*"));
    assert_true(TAKES(comment, "!name=other", "kind=column"));
}

static void what_is_not_there_fits_nothing_but_a_not(void **state)
{
    static const IgnoreFact role = {.kind = "role", .op = "added", .id = "app", .name = "app"};

    (void)state;
    assert_false(TAKES(role, "schema=*"));
    assert_true(TAKES(role, "schema!=public"));
}

static void a_renamed_one_is_known_by_both_names(void **state)
{
    static const IgnoreFact renamed = {
        .kind = "table", .op = "renamed", .id = "public.b", .old_id = "public.a", .name = "b"};

    (void)state;
    assert_true(TAKES(renamed, "id=public.a"));
    assert_true(TAKES(renamed, "id=public.b"));
    assert_false(TAKES(renamed, "id!=public.a"));
}

static void a_rule_ends_with_its_last_day(void **state)
{
    static const struct {
        const char *rule;
        bool is_expired;
    } rows[] = {
        {"kind=column until=2024-10-03", true},
        {"kind=column until=2024-10-04", false},
        {"until=2027-01-31 kind=column", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CLEANUP(ignore_close) Ignore *ignore = ignore_new();
        bool is_expired = !rows[i].is_expired;
        Err err = {0};
        assert_true(ignore_add(ignore, rows[i].rule, "rule", (int64_t)NOW_DAY * DAY_MS, EXIT_USAGE,
                               &is_expired, &err));
        assert_int_equal(is_expired, rows[i].is_expired);
        assert_int_equal(ignore_takes(ignore, &comment), !rows[i].is_expired);
    }
}

static void what_is_wrong_is_named_with_its_column(void **state)
{
    static const struct {
        const char *rule, *message;
    } rows[] = {
        {"", "rule: column 1: NAME=VALUE is wanted here"},
        {"!", "rule: column 2: NAME=VALUE is wanted here"},
        {"kind", "rule: column 5: = or != is wanted here"},
        {"kind=", "rule: column 6: a value is wanted here"},
        {"kind=column|", "rule: column 13: a value is wanted here"},
        {"kind=column nam=x", "rule: column 13: no 'nam' in a rule, did you mean 'name'"},
        {"kind=column colour=x", "rule: column 13: a rule knows kind, name, schema, id, field, "
                                 "grantee, class, severity, op and until, not 'colour'"},
        {"kind=colum", "rule: column 1: there is no kind 'colum'"},
        {"op=dropped", "rule: column 1: there is no op 'dropped'"},
        {"severity=bad", "rule: column 1: there is no severity 'bad'"},
        {"class=dataloss", "rule: column 1: there is no class 'dataloss'"},
        {"name='a", "rule: column 6: a quote that is not closed"},
        {"until=2027-01-31", "rule: column 1: a rule that says nothing but until when"},
        {"kind=table until=2027-02-30", "rule: column 12: no such day: '2027-02-30'"},
        {"kind=table until=soon", "rule: column 12: until=YYYY-MM-DD is wanted here"},
        {"kind=table until!=2027-01-01", "rule: column 12: until=YYYY-MM-DD is wanted here"},
        {"kind=table until=2027-01-01|2027-01-02",
         "rule: column 12: until=YYYY-MM-DD is wanted here"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CLEANUP(ignore_close) Ignore *ignore = ignore_new();
        bool is_expired = false;
        Err err = {0};
        assert_false(ignore_add(ignore, rows[i].rule, "rule", 0, EXIT_CONFIG, &is_expired, &err));
        assert_int_equal(err.code, EXIT_CONFIG);
        assert_string_equal(err.msg, rows[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pattern_fits_the_whole_text),
        cmocka_unit_test(many_stars_cost_no_time),
        cmocka_unit_test(every_term_must_fit),
        cmocka_unit_test(quotes_hold_blanks_bars_and_quotes),
        cmocka_unit_test(a_rule_of_members_leaves_the_change_as_such),
        cmocka_unit_test(the_first_that_fits_decides),
        cmocka_unit_test(what_is_not_there_fits_nothing_but_a_not),
        cmocka_unit_test(a_renamed_one_is_known_by_both_names),
        cmocka_unit_test(a_rule_ends_with_its_last_day),
        cmocka_unit_test(what_is_wrong_is_named_with_its_column),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
