#include "side/program.h"

#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/proc.h"
#include "side/scratch.h"

enum { TIMEOUT_MS = 600000, POLL_MS = 100, SAID_MAX = 64 * 1024 };

const char *program_beside(Arena *arena, const char *called, const char *name)
{
    const char *slash = called ? strrchr(called, '/') : NULL;
    const char *path =
        slash ? arena_printf(arena, "%.*s/%s", (int)(slash - called), called, name) : name;

    return proc_exists(path) ? path : name;
}

FILE *program_temporary(Err *err)
{
    FILE *file = tmpfile();

    if (!file)
        err_errno(err, EXIT_IO, "cannot make a temporary file");
    return file;
}

void program_close(FILE **file)
{
    if (*file && *file != stdin)
        fclose(*file);
    *file = NULL;
}

static const char *behind(const char *text, const char *prefix)
{
    size_t length = strlen(prefix);

    return strncmp(text, prefix, length) == 0 ? text + length : text;
}

/* The first line it said, without its name. */
static bool fail(const Program *program, const ProcResult *result, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    ExitCode code = program->failure ? program->failure : (ExitCode)result->exit_code;
    const char *said =
        behind(result->output ? result->output : "", arena_printf(&arena, "%s: ", program->name));
    char *line = arena_strndup(&arena, said, strcspn(said, "\n"));
    const char *text = behind(behind(line, "fatal: "), "error: ");
    const char *at = program->hidden ? strstr(text, program->hidden) : NULL;

    if (at)
        return err_set(err, code, "%.*s%s%s", (int)(at - text), text, program->shown,
                       at + strlen(program->hidden));
    if (program->failure || !*text)
        return err_set(err, code, "cannot read '%s': %s%s", program->subject, program->name,
                       *text ? arena_printf(&arena, ": %s", text) : " failed");
    return err_set(err, code, "%s", text);
}

static bool judge(const Program *program, const ProcResult *result, Err *err)
{
    if (result->exit_code == EXIT_OK)
        return true;
    if (result->not_found)
        return err_set(err, EXIT_OS, "%s, which reads '%s', is not there", program->name,
                       program->subject);
    if (result->start_errno)
        return err_set(err, EXIT_OS, "%s, which reads '%s', cannot be run: %s", program->name,
                       program->subject, strerror(result->start_errno));
    if (result->timed_out || result->exit_code < 0 ||
        (!program->failure && result->exit_code == EXIT_FINDING))
        return err_set(err, EXIT_OS, "%s, which reads '%s', %s", program->name, program->subject,
                       result->timed_out ? "took too long" : "was killed");
    return fail(program, result, err);
}

FILE *program_run(const Program *program, Err *err)
{
    CLEANUP(program_close) FILE *output = program_temporary(err);
    CLEANUP(proc_result_free) ProcResult result = {0};
    FILE *whole = NULL;

    if (!output)
        return NULL;
    ProcSpec spec = {
        .argv = (char *const *)program->argv,
        .directory = program->directory,
        .timeout_ms = TIMEOUT_MS,
        .head_bytes = SAID_MAX,
        .input = program->input,
        .output_fd = fileno(output),
    };
    CLEANUP(proc_close) Proc *proc = proc_start(&spec, err);
    if (!proc)
        return NULL;
    while (!proc_is_done(proc)) {
        if (scratch_is_ending()) {
            err_set(err, EXIT_OS, "interrupted");
            return NULL;
        }
        proc_poll(&proc, 1, POLL_MS);
    }
    proc_finish(proc, &result);
    if (!judge(program, &result, err))
        return NULL;
    rewind(output);
    whole = output;
    output = NULL;
    return whole;
}
