#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/err.h"

static void a_text_is_what_was_written(void **state)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = memory_open(&text, &length);

    (void)state;
    errno = 0;
    for (int i = 0; i < 10000; i++)
        fprintf(out, "%04d", i);
    memory_close(out);
    assert_int_equal(length, 40000);
    assert_memory_equal(text + 39996, "9999", 5);
    free(text);
}

static void a_text_that_lacks_a_piece_ends_the_process(void **state)
{
    char *text = NULL;
    size_t length = 0;
    int status = 0;
    pid_t child = fork();

    (void)state;
    if (child == 0) {
        FILE *out = memory_open(&text, &length);
        if (dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO) < 0)
            _exit(EXIT_SOFTWARE);
        fputs("a piece", out);
        errno = ENOMEM;
        memory_close(out);
        _exit(EXIT_OK);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), EXIT_OS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_what_was_written),
        cmocka_unit_test(a_text_that_lacks_a_piece_ends_the_process),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
