#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A message goes to terminals and logs: one line, nothing that moves a cursor. */
static void msg_flatten(char *text)
{
    for (unsigned char *c = (unsigned char *)text; *c; c++)
        if (*c < 0x20 || *c == 0x7f)
            *c = ' ';
}

/* Cuts a text that vsnprintf cut inside a UTF-8 sequence back to its last whole character. */
static void msg_mend(char *text)
{
    size_t length = strlen(text);
    size_t start = length;

    while (start > 0 && length - start < 4 && ((unsigned char)text[start - 1] & 0xc0) == 0x80)
        start--;
    if (start == 0 || (unsigned char)text[start - 1] < 0xc0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t need = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if (length - start < need)
        text[start - 1] = '\0';
}

bool err_set(Err *err, ExitCode code, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(err->msg, sizeof err->msg, format, arguments);
    va_end(arguments);
    msg_mend(err->msg);
    msg_flatten(err->msg);
    err->code = code;
    return false;
}

bool err_errno(Err *err, ExitCode code, const char *format, ...)
{
    int error = errno;
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(err->msg, sizeof err->msg, format, arguments);
    va_end(arguments);
    msg_mend(err->msg);
    msg_flatten(err->msg);
    size_t length = strlen(err->msg);
    snprintf(err->msg + length, sizeof err->msg - length, ": %s", strerror(error));
    if (error == EACCES || error == EPERM || error == EROFS)
        code = EXIT_DENIED;
    else if (error == ENOMEM)
        code = EXIT_OS;
    else if (error == ENOSPC || error == EDQUOT)
        code = EXIT_IO;
    err->code = code;
    return false;
}

bool err_in(Err *err, const char *format, ...)
{
    size_t length = strlen(err->msg);
    va_list arguments;

    if (length + 1 < sizeof err->msg) {
        err->msg[length] = ' ';
        va_start(arguments, format);
        vsnprintf(err->msg + length + 1, sizeof err->msg - length - 1, format, arguments);
        va_end(arguments);
        msg_mend(err->msg);
        msg_flatten(err->msg);
    }
    return false;
}
