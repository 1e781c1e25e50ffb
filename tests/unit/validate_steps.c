#include "validate/steps.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "json/jx.h"

/* context is a comma list of what there is, with a comma at both ends. */
static bool in_list(const void *context, const char *name)
{
    char want[128];

    (void)snprintf(want, sizeof want, ",%s,", name);
    return strstr(context, want) != NULL;
}

static json_t *parse(const char *text)
{
    Err err = {0};
    json_t *value = jx_parse(text, strlen(text), "test", &err);

    if (!value) {
        fail_msg("%s", err.msg);
    }
    return value;
}

static const struct {
    const char *package;
    const char *has;
    const char *want; /* commands, " | " between them; ~ in front of a skipped one */
} found[] = {
    {"{}", ",", ""},
    {"{}", ",tsconfig.json,", ""},
    {"{}", ",tsconfig.json,node_modules/typescript,npx,", "npx --no-install tsc --noEmit"},
    {"{}", ",tsconfig.json,node_modules/typescript,", "~npx --no-install tsc --noEmit"},
    {"{\"scripts\":{\"typecheck\":\"x\"}}", ",tsconfig.json,node_modules/typescript,npx,npm,",
     "npm run typecheck"},
    {"{\"scripts\":{\"tsc\":\"x\",\"typecheck\":\"x\"}}", ",npm,", "npm run typecheck"},
    {"{\"scripts\":{\"build\":\"b\",\"test\":\"t\",\"lint\":\"l\",\"tsc\":\"c\"}}", ",npm,",
     "npm run tsc | npm run lint | npm run test | npm run build"},
    {"{\"scripts\":{\"dev\":\"x\",\"start\":\"x\"}}", ",npm,", ""},
    {"{\"scripts\":{\"lint\":\"l\"}}", ",pnpm-lock.yaml,pnpm,", "pnpm run lint"},
    {"{\"scripts\":{\"lint\":\"l\"}}", ",yarn.lock,yarn,", "yarn run lint"},
    {"{\"scripts\":{\"lint\":\"l\"}}", ",bun.lockb,bun,", "bun run lint"},
    {"{\"scripts\":{\"lint\":\"l\"}}", ",bun.lock,bun,", "bun run lint"},
    {"{\"scripts\":{\"lint\":\"l\"}}", ",yarn.lock,npm,", "~yarn run lint"},
    {"{\"scripts\":{\"lint\":\"l\"},\"devDependencies\":{\"a\":\"1\"}}", ",npm,", "~npm run lint"},
    {"{\"scripts\":{\"lint\":\"l\"},\"devDependencies\":{\"a\":\"1\"}}", ",npm,node_modules,",
     "npm run lint"},
    {"{\"scripts\":{\"lint\":\"l\"},\"dependencies\":{\"a\":\"1\"}}", ",yarn.lock,yarn,.pnp.cjs,",
     "yarn run lint"},
    {"{\"scripts\":{\"test\":\"echo \\\"Error: no test specified\\\" && exit 1\"}}", ",npm,",
     "~npm run test"},
    {"{\"scripts\":{\"test\":7,\"lint\":{}}}", ",npm,", ""},
    {"{\"scripts\":[]}", ",npm,", ""},
    {"[]", ",npm,", ""},
};

static void steps_are_found_in_projects(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof found / sizeof found[0]; i++) {
        json_auto_t *package = parse(found[i].package);
        Err err = {0};
        json_auto_t *steps = steps_find(package, in_list, found[i].has, &err);
        StepsChoice choice = {0};
        char got[512] = "";
        size_t j = 0;
        const json_t *step = NULL;

        assert_non_null(steps);
        assert_true(steps_mark(steps, &choice, in_list, found[i].has, &err));
        json_array_foreach(steps, j, step)
        {
            size_t k = 0;
            const json_t *word = NULL;

            (void)strcat(got, j ? " | " : "");
            (void)strcat(got, json_object_get(step, "skip") ? "~" : "");
            json_array_foreach(json_object_get(step, "command"), k, word)
            {
                (void)strcat(got, k ? " " : "");
                (void)strcat(got, json_string_value(word));
            }
        }
        assert_string_equal(got, found[i].want);
    }
}

static void a_configured_step_says_where_it_is_from(void **state)
{
    json_auto_t *list = parse("[{\"name\":\"a\",\"command\":[\"x\"],\"timeout\":7}]");
    json_auto_t *want = parse("[{\"name\":\"a\",\"command\":[\"x\"],\"timeout\":7,"
                              "\"from\":\"configuration\"}]");
    Err err = {0};
    json_auto_t *steps = steps_from_config(list, &err);

    (void)state;
    assert_true(json_equal(steps, want));
    assert_null(json_object_get(json_array_get(list, 0), "from"));
}

static json_t *three(void)
{
    json_auto_t *list = parse("[{\"name\":\"one\",\"command\":[\"x\"]},"
                              "{\"name\":\"two\",\"command\":[\"x\"],\"requires\":[\"y\"]},"
                              "{\"name\":\"three\",\"command\":[\"x\"]}]");
    Err err = {0};

    return steps_from_config(list, &err);
}

static void choices_are_marked_with_their_reason(void **state)
{
    const char *only[] = {"one", "two", NULL};
    const char *skip[] = {"one", NULL};
    json_auto_t *steps = three();
    Err err = {0};
    StepsChoice choice = {.only = only, .skip = skip, .environment = "other, three"};

    (void)state;
    assert_true(steps_mark(steps, &choice, in_list, ",", &err));
    assert_string_equal(jx_string(json_array_get(steps, 0), "skip", ""), "named by --skip");
    assert_string_equal(jx_string(json_array_get(steps, 1), "skip", ""),
                        "requires 'y', which is not there");
    assert_true(jx_bool(json_array_get(steps, 1), "missing"));
    assert_string_equal(jx_string(json_array_get(steps, 2), "skip", ""), "not named by --only");
}

static void the_variable_is_a_list_with_blanks(void **state)
{
    json_auto_t *steps = three();
    Err err = {0};
    StepsChoice choice = {.environment = " one ,three,"};

    (void)state;
    assert_true(steps_mark(steps, &choice, in_list, ",y,", &err));
    assert_non_null(json_object_get(json_array_get(steps, 0), "skip"));
    assert_null(json_object_get(json_array_get(steps, 1), "skip"));
    assert_non_null(json_object_get(json_array_get(steps, 2), "skip"));
}

static void a_name_no_step_has_is_a_usage_error(void **state)
{
    const char *only[] = {"tow", NULL};
    json_auto_t *steps = three();
    Err err = {0};
    StepsChoice choice = {.only = only};

    (void)state;
    assert_false(steps_mark(steps, &choice, in_list, ",", &err));
    assert_int_equal(err.code, EXIT_USAGE);
    assert_non_null(strstr(err.msg, "did you mean 'two'?"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_found_in_projects),
        cmocka_unit_test(a_configured_step_says_where_it_is_from),
        cmocka_unit_test(choices_are_marked_with_their_reason),
        cmocka_unit_test(the_variable_is_a_list_with_blanks),
        cmocka_unit_test(a_name_no_step_has_is_a_usage_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
