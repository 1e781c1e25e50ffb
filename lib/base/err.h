/* The error value and the exit codes.
 *
 * What can fail returns bool, or a pointer with NULL for failure, and takes Err *err last. An Err
 * owns nothing; {0} is "no error". Libraries fill it, cli_main prints it once and exits with it.
 *
 * Messages: lower case, no full stop, what failed first, the subject in single quotes, the cause
 * after a colon. Never a password. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

#include "base/cleanup.h"

/* design.md section 5; the numbers are those of sysexits(3). */
typedef enum ExitCode {
    EXIT_OK = 0,           /* nothing to report */
    EXIT_FINDING = 1,      /* the finding is on stdout */
    EXIT_USAGE = 64,       /* the command line is wrong */
    EXIT_DATA = 65,        /* the input is not what it should be */
    EXIT_UNAVAILABLE = 69, /* database or network not there */
    EXIT_SOFTWARE = 70,    /* our bug */
    EXIT_OS = 71,          /* the system refused: fork, memory */
    EXIT_CREATE = 73,      /* an output cannot be made */
    EXIT_IO = 74,          /* reading or writing failed */
    EXIT_TEMPFAIL = 75,    /* busy: try later */
    EXIT_DENIED = 77,      /* no permission */
    EXIT_CONFIG = 78       /* the configuration is wrong */
} ExitCode;

typedef struct Err {
    ExitCode code;
    char msg[1024];
} Err;

/* Sets code and message; a longer text is cut. Returns false, so that "return err_set(...)" reads
 * well in a bool function. */
bool err_set(Err *err, ExitCode code, const char *format, ...) PRINTF(3, 4);

/* As err_set, with ": " and the text of errno behind the message. EACCES, EPERM and EROFS turn
 * the code into EXIT_DENIED, ENOMEM into EXIT_OS, ENOSPC and EDQUOT into EXIT_IO. */
bool err_errno(Err *err, ExitCode code, const char *format, ...) PRINTF(3, 4);

/* Adds a blank and more text behind the message: where it happened. Returns false. */
bool err_in(Err *err, const char *format, ...) PRINTF(2, 3);

#endif
