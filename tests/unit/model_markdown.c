#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "model/markdown.h"

static void check(void (*put)(FILE *, const char *), const char *value, const char *wanted)
{
    CLEANUP(cleanup_free) char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    assert_non_null(out);
    put(out, value);
    assert_int_equal(fclose(out), 0);
    assert_string_equal(text, wanted);
}

static void sql(FILE *out, const char *text)
{
    markdown_fence(out, "sql", text);
}

static void anchor(FILE *out, const char *text)
{
    markdown_anchor(out, "table", text);
}

static void plain_names_are_code_spans(void **state)
{
    (void)state;
    check(markdown_code, "orders", "`orders`");
    check(markdown_code, "CHECK (a > 0 AND b < 1)", "`CHECK (a > 0 AND b < 1)`");
    check(markdown_code, "; --", "`; --`");
    check(markdown_code, "[x](javascript:alert(1))", "`[x](javascript:alert(1))`");
    check(markdown_code, "", "");
}

static void what_could_end_a_span_or_a_cell_is_an_entity(void **state)
{
    (void)state;
    check(markdown_code, "a|b", "<code>a&#124;b</code>");
    check(markdown_code, "`", "<code>&#96;</code>");
    check(markdown_code, "a\\|b", "<code>a&#92;&#124;b</code>");
    check(markdown_code, "</script>", "<code>&#60;/script&#62;</code>");
    check(markdown_code, "a\nb", "<code>a⏎b</code>");
    check(markdown_code, " x_y_ `_z", "<code> x_y&#95; &#96;&#95;z</code>");
}

static void controls_and_overrides_are_shown_as_replaced(void **state)
{
    (void)state;
    check(markdown_code, "a\x1b[31m", "`a\uFFFD[31m`");
    check(markdown_code, "a\u202eb", "`a\uFFFDb`");
    check(markdown_text,
          "a\u2066b\xC2\x85"
          "c\x7f",
          "a\uFFFDb\uFFFDc\uFFFD");
}

static void comments_are_text_and_nothing_else(void **state)
{
    (void)state;
    check(markdown_text, "a <b>bold</b> & | b", "a &#60;b&#62;bold&#60;/b&#62; &#38; &#124; b");
    check(markdown_text, "user_id and *x* and _y_ [l](u) `c` $m$",
          "user_id and \\*x\\* and \\_y\\_ \\[l\\](u) \\`c\\` \\$m\\$");
    check(markdown_text, "# no\r\nheading\n\n- no", "\\# no<br>heading<br><br>- no");
    check(markdown_text, "12. no list", "12\\. no list");
    check(markdown_text, "- no", "\\- no");
    check(markdown_paragraph, "x", "x\n\n");
    check(markdown_paragraph, NULL, "");
}

static void a_fence_is_longer_than_what_it_holds(void **state)
{
    (void)state;
    check(sql, "select 1", "```sql\nselect 1\n```\n");
    check(sql, "x\n````\ny", "`````sql\nx\n````\ny\n`````\n");
}

static void anchors_hold_only_what_ids_may(void **state)
{
    (void)state;
    check(anchor, "public.orders", "table-public-orders");
    check(anchor, "public.\"a\"\"b ü\"", "table-public-.22a.22.22b.20.c3.bc.22");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_names_are_code_spans),
        cmocka_unit_test(what_could_end_a_span_or_a_cell_is_an_entity),
        cmocka_unit_test(controls_and_overrides_are_shown_as_replaced),
        cmocka_unit_test(comments_are_text_and_nothing_else),
        cmocka_unit_test(a_fence_is_longer_than_what_it_holds),
        cmocka_unit_test(anchors_hold_only_what_ids_may),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
