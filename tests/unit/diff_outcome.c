#include "diff/outcome.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/cleanup.h"

/* A document with one change for each severity and class given; class NULL: it says none. */
static json_t *document(Severity severity, const char *class)
{
    Err err = {0};
    json_t *doc = changes_new("sha256:a", "sha256:b", &err);
    Class parsed = CLASS_UNKNOWN;

    assert_true(
        changes_add(doc, OP_CHANGED, "table", "public.a|b", NULL, severity, "", "why", &err));
    if (class) {
        assert_true(class_parse(class, &parsed));
        assert_true(changes_set_class(doc, parsed, &err));
    }
    assert_true(changes_finish(doc, &err));
    return doc;
}

static FailOn fail_on(const char *one, const char *two)
{
    const char *items[] = {one, two, NULL};
    FailOn parsed = {0};
    Err err = {0};

    if (!fail_on_parse(items, &parsed, &err))
        fail_msg("%s", err.msg);
    return parsed;
}

static void what_counts_is_what_was_asked_for(void **state)
{
    static const struct {
        const char *one, *two;
        Severity severity;
        const char *class;
        bool is_finding;
    } rows[] = {
        {NULL, NULL, SEVERITY_SAFE, "cosmetic", true},
        {"any", NULL, SEVERITY_SAFE, "cosmetic", true},
        {"none", NULL, SEVERITY_BREAKING, "data-loss", false},
        {"risky", NULL, SEVERITY_SAFE, "cosmetic", false},
        {"risky", NULL, SEVERITY_BREAKING, "data-loss", true},
        {"breaking", NULL, SEVERITY_RISKY, "security", false},
        {"breaking", "security", SEVERITY_RISKY, "security", true},
        {"security", NULL, SEVERITY_BREAKING, "data-loss", false}, /* exactly that one */
        {"security", "data-loss", SEVERITY_BREAKING, "data-loss", true},
        {"breaking", "risky", SEVERITY_RISKY, "security", true},
        {"unknown", NULL, SEVERITY_RISKY, NULL, true},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        json_auto_t *doc = document(rows[i].severity, rows[i].class);
        FailOn parsed = fail_on(rows[i].one, rows[i].two);
        Outcome outcome = outcome_of(doc, &parsed);
        if (outcome.is_finding != rows[i].is_finding)
            fail_msg("row %zu", i);
    }
}

static void another_word_is_refused(void **state)
{
    static const struct {
        const char *one, *two, *message;
    } rows[] = {
        {"braking", NULL, "--fail-on cannot be 'braking', did you mean 'breaking'?"},
        {"none", "any", "--fail-on 'none' stands alone"},
        {"risky", "none", "--fail-on 'none' stands alone"},
        {"data-los", NULL, "--fail-on cannot be 'data-los', did you mean 'data-loss'?"},
        {"xyzzyxyzzy", NULL,
         "--fail-on cannot be 'xyzzyxyzzy': it is one of any, risky, breaking, none, data-loss, "
         "breaking-readers, breaking-writers, security, integrity, performance, replication, "
         "unknown, additive, cosmetic"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *items[] = {rows[i].one, rows[i].two, NULL};
        FailOn parsed = {0};
        Err err = {0};
        assert_false(fail_on_parse(items, &parsed, &err));
        assert_int_equal(err.code, EXIT_USAGE);
        assert_string_equal(err.msg, rows[i].message);
    }
}

static void each_style_has_its_numbers(void **state)
{
    static const struct {
        ExitStyle style;
        Severity worst;
        int same, differs, trouble;
    } rows[] = {
        {STYLE_SYSEXITS, SEVERITY_SAFE, 0, 1, 65}, {STYLE_DIFF, SEVERITY_SAFE, 0, 1, 2},
        {STYLE_TERRAFORM, SEVERITY_SAFE, 0, 2, 1}, {STYLE_NAGIOS, SEVERITY_SAFE, 0, 0, 3},
        {STYLE_NAGIOS, SEVERITY_RISKY, 0, 1, 3},   {STYLE_NAGIOS, SEVERITY_BREAKING, 0, 2, 3},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        FailOn all = fail_on(NULL, NULL);
        Outcome same = {0}, differs = {.is_finding = true, .worst = rows[i].worst};
        assert_int_equal(exit_style_status(rows[i].style, 0, &same, &all), rows[i].same);
        assert_int_equal(exit_style_status(rows[i].style, 1, &differs, &all), rows[i].differs);
        assert_int_equal(exit_style_status(rows[i].style, 65, &same, &all), rows[i].trouble);
    }
    FailOn asked = fail_on("any", NULL);
    Outcome safe = {.is_finding = true, .worst = SEVERITY_SAFE};
    assert_int_equal(exit_style_status(STYLE_NAGIOS, 1, &safe, &asked), 1);
}

static void the_line_is_one_line_with_one_bar(void **state)
{
    json_auto_t *doc = document(SEVERITY_RISKY, "security");
    FailOn all = fail_on(NULL, NULL);
    Outcome outcome = outcome_of(doc, &all);
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    (void)state;
    outcome_write_line(doc, &outcome, &all, NULL, out);
    outcome_write_line(NULL, &outcome, &all, "cannot open 'a|b\n'", out);
    fclose(out);
    assert_string_equal(text, "SCHEMA WARNING - 1 change: table public.a b changed | changes=1 "
                              "breaking=0 risky=1 safe=0 ignored=0\n"
                              "SCHEMA UNKNOWN - cannot open 'a b '\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_counts_is_what_was_asked_for),
        cmocka_unit_test(another_word_is_refused),
        cmocka_unit_test(each_style_has_its_numbers),
        cmocka_unit_test(the_line_is_one_line_with_one_bar),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
