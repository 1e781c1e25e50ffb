#include "model/kind.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void every_kind_has_a_name_and_a_member(void **state)
{
    (void)state;
    for (int id = 0; id < KIND_COUNT; id++) {
        const Kind *kind = kind_of((KindId)id);

        assert_true(kind->name && *kind->name);
        assert_true(kind->member && *kind->member);
    }
}

/* Reading, writing and live.c go through the table once, from the first row to the last. */
static void a_nested_kind_stands_behind_its_top_level_parent(void **state)
{
    (void)state;
    for (int id = 0; id < KIND_COUNT; id++) {
        int parent = kind_of((KindId)id)->parent;

        if (parent == KIND_NONE)
            continue;
        assert_true(parent < id);
        assert_int_equal(kind_of((KindId)parent)->parent, KIND_NONE);
    }
}

static void every_section_is_found_by_its_name_and_only_by_that(void **state)
{
    KindId found = KIND_COUNT;

    (void)state;
    for (int id = 0; id < KIND_COUNT; id++) {
        const Kind *kind = kind_of((KindId)id);

        if (kind->parent != KIND_NONE)
            continue;
        found = KIND_COUNT;
        assert_true(kind_by_section(kind->member, strlen(kind->member), &found));
        assert_int_equal(found, id);
    }
    found = KIND_COUNT;
    assert_false(kind_by_section("tables", 5, &found));
    assert_false(kind_by_section("tablesx", 7, &found));
    assert_false(kind_by_section("columns", 7, &found));
    assert_false(kind_by_section("", 0, &found));
    assert_int_equal(found, KIND_COUNT);
    assert_true(kind_by_section("tables\":[", 6, &found));
    assert_int_equal(found, KIND_TABLE);
}

static void every_nested_kind_is_found_in_its_parent(void **state)
{
    KindId found = KIND_COUNT;

    (void)state;
    for (int id = 0; id < KIND_COUNT; id++) {
        const Kind *kind = kind_of((KindId)id);

        if (kind->parent == KIND_NONE)
            continue;
        assert_true(kind_nested((KindId)kind->parent, kind->member, &found));
        assert_int_equal(found, id);
    }
    found = KIND_COUNT;
    assert_false(kind_nested(KIND_TABLE, "comment", &found));
    assert_false(kind_nested(KIND_TABLE, "labels", &found));
    assert_false(kind_nested(KIND_ENUM, "columns", &found));
    assert_false(kind_nested(KIND_VIEW, "policies", &found));
    assert_int_equal(found, KIND_COUNT);
}

static void the_columns_of_a_table_and_of_a_view_are_two_kinds(void **state)
{
    KindId found = KIND_COUNT;

    (void)state;
    assert_true(kind_nested(KIND_TABLE, "columns", &found));
    assert_int_equal(found, KIND_COLUMN);
    assert_true(kind_nested(KIND_VIEW, "columns", &found));
    assert_int_equal(found, KIND_VIEW_COLUMN);
}

static void only_columns_and_attributes_have_an_order(void **state)
{
    (void)state;
    for (int id = 0; id < KIND_COUNT; id++)
        assert_int_equal(kind_of((KindId)id)->ordered,
                         id == KIND_COLUMN || id == KIND_VIEW_COLUMN || id == KIND_ATTRIBUTE);
}

static bool chosen(const char *const *names, KindId id)
{
    KindChoice choice = {0};

    for (; *names; names++)
        assert_true(kind_choose(&choice, *names, strlen(*names)));
    return kind_is_chosen(&choice, id);
}

static void what_is_asked_for_is_chosen(void **state)
{
    static const char *const none[] = {NULL}, *const tables[] = {"tables", NULL};
    static const char *const keys[] = {"tables", "views", "publications", "constraints", NULL};
    static const char *const buckets[] = {"buckets", NULL};
    KindChoice choice = {0};

    (void)state;
    assert_true(chosen(none, KIND_TABLE));
    assert_true(chosen(none, KIND_INDEX));
    assert_false(chosen(none, KIND_BUCKET));
    assert_true(chosen(buckets, KIND_BUCKET));
    assert_false(chosen(buckets, KIND_TABLE));
    assert_true(chosen(tables, KIND_INDEX));
    assert_false(chosen(tables, KIND_VIEW_INDEX));
    assert_false(chosen(tables, KIND_PUBLICATION_TABLE));
    assert_true(chosen(keys, KIND_CONSTRAINT));
    assert_false(chosen(keys, KIND_INDEX));
    assert_true(chosen(keys, KIND_VIEW_COLUMN));
    assert_true(chosen(keys, KIND_PUBLICATION_TABLE));
    assert_false(chosen(keys, KIND_DOMAIN_CONSTRAINT));
    assert_false(kind_choose(&choice, "table", 5));
    assert_false(choice.any);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_a_name_and_a_member),
        cmocka_unit_test(a_nested_kind_stands_behind_its_top_level_parent),
        cmocka_unit_test(every_section_is_found_by_its_name_and_only_by_that),
        cmocka_unit_test(every_nested_kind_is_found_in_its_parent),
        cmocka_unit_test(the_columns_of_a_table_and_of_a_view_are_two_kinds),
        cmocka_unit_test(only_columns_and_attributes_have_an_order),
        cmocka_unit_test(what_is_asked_for_is_chosen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
