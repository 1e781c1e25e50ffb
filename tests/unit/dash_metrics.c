#include "dash/metrics.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void metrics_escape_labels_and_leave_out_what_is_unknown(void **context)
{
    json_auto_t *status = json_pack("{s:s, s:s, s:b, s:{s:i}}", "project", "a\"b\\c\nd", "state",
                                    "ok", "stale", 0, "objects", "tables", 12);
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    (void)context;
    metrics_write(out, status, NULL, NULL, NULL);
    fclose(out);
    assert_non_null(strstr(text, "\nschema_up{project=\"a\\\"b\\\\c\\nd\"} 1\n"));
    assert_non_null(
        strstr(text, "\nschema_objects{project=\"a\\\"b\\\\c\\nd\",kind=\"tables\"} 12\n"));
    assert_null(strstr(text, "schema_last_check"));
    assert_null(strstr(text, "schema_types_stale"));
    assert_string_equal(text + length - 6, "# EOF\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(metrics_escape_labels_and_leave_out_what_is_unknown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
