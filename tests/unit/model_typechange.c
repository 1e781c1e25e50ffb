#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/file.h"
#include "model/typechange.h"

static const char *const holds[] = {
    [HOLD_SAME] = "same",       [HOLD_ROOM] = "room",     [HOLD_KEEPS] = "keeps",
    [HOLD_NARROWS] = "narrows", [HOLD_SHIFTS] = "shifts", [HOLD_UNKNOWN] = "unknown"};

/* The next field of a line; line is behind it. */
static char *field(char **line)
{
    char *text = *line, *end = text + strcspn(text, "\t\n");

    *line = *end ? end + 1 : end;
    *end = '\0';
    return text;
}

static void each_pair_of_types_is_what_the_table_says(void **state)
{
    CLEANUP(arena_free) Arena arena = {0};
    Err err = {0};
    const char *source = getenv("SOURCE");
    char line[256], *rest = line;
    size_t count = 0;

    (void)state;
    FILE *in = file_open(
        arena_printf(&arena, "%s/tests/unit/model_typechange.tsv", source ? source : "."), &err);
    assert_non_null(in);
    for (; fgets(line, sizeof line, in); rest = line) {
        if (*line == '#')
            continue;
        const char *from = field(&rest), *to = field(&rest);
        const char *hold = field(&rest), *rewrites = field(&rest);
        const TypeChange change = typechange_of(from, to);
        if (strcmp(holds[change.hold], hold) != 0 ||
            (*rewrites && change.rewrites != (strcmp(rewrites, "yes") == 0)))
            fail_msg("%s to %s: %s, %s", from, to, holds[change.hold],
                     change.rewrites ? "yes" : "no");
        count++;
    }
    fclose(in);
    assert_true(count > 100);
}

static void what_is_no_type_is_unknown(void **state)
{
    char longest[500] = "";

    (void)state;
    memset(longest, 'x', sizeof longest - 1);
    assert_int_equal(typechange_of(longest, "integer").hold, HOLD_UNKNOWN);
    assert_int_equal(typechange_of("", "integer").hold, HOLD_UNKNOWN);
    assert_int_equal(typechange_of("numeric(", "numeric)").hold, HOLD_UNKNOWN);
    assert_int_equal(typechange_of("interval ", "interval").hold, HOLD_ROOM);
    assert_int_equal(typechange_of("[]", "[][]").hold, HOLD_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_pair_of_types_is_what_the_table_says),
        cmocka_unit_test(what_is_no_type_is_unknown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
