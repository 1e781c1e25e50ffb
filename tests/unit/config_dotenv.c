#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "config/dotenv.h"
#include "json/jx.h"

typedef struct Case {
    const char *text;
    const char *want; /* canonical text, or the message */
} Case;

static void every_form_of_a_line_is_read(void **state)
{
    static const Case cases[] = {
        {"", "{}"},
        {"\n\n  \n# comment\n  # another", "{}"},
        {"A=1", "{\"A\":\"1\"}"},
        {"A=1\nB=2\n", "{\"A\":\"1\",\"B\":\"2\"}"},
        {"A=1\r\nB=2\r\n", "{\"A\":\"1\",\"B\":\"2\"}"},
        {"\xef\xbb\xbf"
         "A=1",
         "{\"A\":\"1\"}"},
        {"  A = 1  ", "{\"A\":\"1\"}"},
        {"export A=1", "{\"A\":\"1\"}"},
        {"exported=1", "{\"exported\":\"1\"}"},
        {"export=1", "{\"export\":\"1\"}"},
        {"_a.b-c9=1", "{\"_a.b-c9\":\"1\"}"},
        {"A=", "{\"A\":\"\"}"},
        {"A=\nB=2", "{\"A\":\"\",\"B\":\"2\"}"},
        {"A= # nothing", "{\"A\":\"\"}"},
        {"A=1 # one", "{\"A\":\"1\"}"},
        {"A=1#one", "{\"A\":\"1#one\"}"},
        {"A=#one", "{\"A\":\"#one\"}"},
        {"A=two words\t# and a remark", "{\"A\":\"two words\"}"},
        {"A=it's \"so\"", "{\"A\":\"it's \\\"so\\\"\"}"},
        {"A=x=y==", "{\"A\":\"x=y==\"}"},
        {"A=C:\\new", "{\"A\":\"C:\\\\new\"}"},
        {"A=''", "{\"A\":\"\"}"},
        {"A=' a # \\n $B ' # remark", "{\"A\":\" a # \\\\n $B \"}"},
        {"A=\"\"", "{\"A\":\"\"}"},
        {"A=\"a\\n\\r\\t\\\"\\\\\\$B\\x\"#remark", "{\"A\":\"a\\n\\r\\t\\\"\\\\$B\\\\x\"}"},
        {"A=\"one\ntwo\"\nB=3", "{\"A\":\"one\\ntwo\",\"B\":\"3\"}"},
        {"A='one\ntwo'\nB=3", "{\"A\":\"one\\ntwo\",\"B\":\"3\"}"},
        {"A=caf\xc3\xa9", "{\"A\":\"caf\xc3\xa9\"}"},
        {"A=1\nA=2", "{\"A\":\"2\"}"},
        {"$(touch /tmp/x)=1", "'.env':1: not a line of the form KEY=VALUE"},
        {"A=$(touch /tmp/x) `id`", "{\"A\":\"$(touch /tmp/x) `id`\"}"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        json_t *variables = json_object();
        Err err = {0};
        char *got = NULL;
        if (dotenv_parse(variables, cases[i].text, ".env", &err))
            got = jx_text(variables);
        assert_string_equal(got ? got : err.msg, cases[i].want);
        cleanup_free(&got);
        json_decref(variables);
    }
}

static void references_are_to_earlier_keys_only(void **state)
{
    static const Case cases[] = {
        {"A=1\nB=$A", "{\"A\":\"1\",\"B\":\"1\",\"OLD\":\"o\"}"},
        {"A=1\nB=${A}2", "{\"A\":\"1\",\"B\":\"12\",\"OLD\":\"o\"}"},
        {"A=1\nB=\"<$A-${A}>\"", "{\"A\":\"1\",\"B\":\"<1-1>\",\"OLD\":\"o\"}"},
        {"A=1\nB='$A'", "{\"A\":\"1\",\"B\":\"$A\",\"OLD\":\"o\"}"},
        {"A=1\nB=\\$A", "{\"A\":\"1\",\"B\":\"$A\",\"OLD\":\"o\"}"},
        {"B=$A\nA=1", "{\"A\":\"1\",\"B\":\"$A\",\"OLD\":\"o\"}"},
        {"B=pa$$word$", "{\"B\":\"pa$$word$\",\"OLD\":\"o\"}"},
        {"A=1\nB=${A", "{\"A\":\"1\",\"B\":\"${A\",\"OLD\":\"o\"}"},
        {"A=1\nB=${A:-2}", "{\"A\":\"1\",\"B\":\"${A:-2}\",\"OLD\":\"o\"}"},
        {"B=$OLD", "{\"B\":\"o\",\"OLD\":\"o\"}"},
        {"OLD=n\nB=$OLD", "{\"B\":\"n\",\"OLD\":\"o\"}"},
        {"A=$A\nA=$A$A", "{\"A\":\"$A$A\",\"OLD\":\"o\"}"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        json_t *variables = json_pack("{s:s}", "OLD", "o");
        Err err = {0};
        char *got = NULL;
        assert_true(dotenv_parse(variables, cases[i].text, ".env", &err));
        got = jx_text(variables);
        assert_string_equal(got, cases[i].want);
        cleanup_free(&got);
        json_decref(variables);
    }
}

static void a_bad_line_is_named_and_never_quoted(void **state)
{
    static const Case cases[] = {
        {"hunter2", "'.env':1: not a line of the form KEY=VALUE"},
        {"A=1\n\nhunter2\n", "'.env':3: not a line of the form KEY=VALUE"},
        {"=hunter2", "'.env':1: not a line of the form KEY=VALUE"},
        {"2A=hunter2", "'.env':1: not a line of the form KEY=VALUE"},
        {"A B=hunter2", "'.env':1: not a line of the form KEY=VALUE"},
        {"A: hunter2", "'.env':1: not a line of the form KEY=VALUE"},
        {"A='hunter2", "'.env':1: the value of 'A' has no proper end"},
        {"A=\"hunter2", "'.env':1: the value of 'A' has no proper end"},
        {"A=\"hunter2\\", "'.env':1: the value of 'A' has no proper end"},
        {"A=\"hunter2\\\"", "'.env':1: the value of 'A' has no proper end"},
        {"A=\"one\ntwo\"\nB=\"hunter2\" 3", "'.env':3: the value of 'B' has no proper end"},
        {"A=hunter2\xff", "'.env':1: the value of 'A' is not UTF-8"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        json_t *variables = json_object();
        Err err = {0};
        assert_false(dotenv_parse(variables, cases[i].text, ".env", &err));
        assert_string_equal(err.msg, cases[i].want);
        assert_int_equal(err.code, EXIT_CONFIG);
        assert_int_equal(json_object_size(variables), 0);
        json_decref(variables);
    }
}

/* ---- the files of a project ---- */

static void put(const char *directory, const char *name, const char *text)
{
    Arena arena = {0};
    Err err = {0};
    const char *path = arena_printf(&arena, "%s/%s", directory, name);

    if (!file_make_parents(path, 0700, &err) || !file_write(path, text, strlen(text), 0600, &err))
        fail_msg("%s", err.msg);
    arena_free(&arena);
}

static int directory_make(void **state)
{
    char name[] = "/tmp/config_dotenv.XXXXXX";

    *state = mkdtemp(name) ? strdup(name) : NULL;
    unsetenv("SUPABASE_ENV");
    return *state ? 0 : -1;
}

static int directory_remove(void **state)
{
    char *command = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&command, &length);
    int status = 0;

    fprintf(out, "rm -rf '%s'", (char *)*state);
    fclose(out);
    status = system(command);
    free(command);
    free(*state);
    return status;
}

static void loaded_equals(const char *directory, const char *want)
{
    Err err = {0};
    json_t *variables = dotenv_load(directory, &err);
    char *got = variables ? jx_text(variables) : NULL;

    assert_string_equal(got ? got : err.msg, want);
    free(got);
    json_decref(variables);
}

static void the_first_file_of_a_key_wins(void **state)
{
    static const char *const files[] = {
        "supabase/.env.development.local",
        ".env.development.local",
        "supabase/.env.local",
        ".env.local",
        "supabase/.env.development",
        ".env.development",
        "supabase/.env",
        ".env",
    };
    static const char *const wants[] = {
        "{\"A\":\"0\"}", "{\"A\":\"1\"}", "{\"A\":\"2\"}", "{\"A\":\"3\"}",
        "{\"A\":\"4\"}", "{\"A\":\"5\"}", "{\"A\":\"6\"}", "{\"A\":\"7\"}",
    };
    char text[] = "A=0\n";

    loaded_equals(*state, "{}");
    for (int i = 7; i >= 0; i--) {
        text[2] = (char)('0' + i);
        put(*state, files[i], text);
        loaded_equals(*state, wants[i]);
    }
}

static void the_environment_chooses_the_files(void **state)
{
    put(*state, ".env.local", "A=local\n");
    put(*state, ".env.test", "A=test\n");
    put(*state, ".env.production", "B=production\n");
    loaded_equals(*state, "{\"A\":\"local\"}");
    setenv("SUPABASE_ENV", "test", 1);
    loaded_equals(*state, "{\"A\":\"test\"}");
    setenv("SUPABASE_ENV", "production", 1);
    loaded_equals(*state, "{\"A\":\"local\",\"B\":\"production\"}");
    setenv("SUPABASE_ENV", "../../etc", 1);
    loaded_equals(*state, "SUPABASE_ENV '../../etc' is not a name");
    unsetenv("SUPABASE_ENV");
}

static void only_plain_files_of_text_are_read(void **state)
{
    Arena arena = {0};

    assert_int_equal(mkdir(arena_printf(&arena, "%s/.env", (char *)*state), 0700), 0);
    loaded_equals(*state, "{}");
    put(*state, "supabase/.env", "A=1\nB\n");
    loaded_equals(*state, "'supabase/.env':2: not a line of the form KEY=VALUE");
    FILE *out = fopen(arena_printf(&arena, "%s/supabase/.env", (char *)*state), "w");
    fwrite("A=1\0B=2\n", 1, 8, out);
    fclose(out);
    loaded_equals(*state, "'supabase/.env' has a NUL byte");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_of_a_line_is_read),
        cmocka_unit_test(references_are_to_earlier_keys_only),
        cmocka_unit_test(a_bad_line_is_named_and_never_quoted),
        cmocka_unit_test_setup_teardown(the_first_file_of_a_key_wins, directory_make,
                                        directory_remove),
        cmocka_unit_test_setup_teardown(the_environment_chooses_the_files, directory_make,
                                        directory_remove),
        cmocka_unit_test_setup_teardown(only_plain_files_of_text_are_read, directory_make,
                                        directory_remove),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
