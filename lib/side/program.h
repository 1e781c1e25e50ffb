/* Programs asked for a document: what they write goes to a temporary file, however large it is, and
 * what they say of a failure becomes ours. */
#ifndef SIDE_PROGRAM_H
#define SIDE_PROGRAM_H

#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"

typedef struct Program {
    const char *const *argv; /* NULL-terminated; argv[0] as for base/proc.h */
    const char *name;        /* of the program, for messages */
    const char *subject;     /* what is read, for messages */
    const char *directory;   /* where it runs; NULL: here */
    const char *input;       /* on its standard input; NULL: nothing */
    ExitCode failure;        /* its failures are this; EXIT_OK: what it says itself */
    const char *hidden;      /* of a path in its message that people do not know ... */
    const char *shown;       /* ... what they know instead; NULL: nothing is hidden */
} Program;

/* Its output from the beginning on; NULL: err has the first line it said, without its name. EXIT_OS
 * when it is not there, was killed or took ten minutes, or a signal ends us (side/scratch.h). */
FILE *program_run(const Program *program, Err *err);

/* The command of that name beside the one we were called as; else by PATH. In the arena. */
const char *program_beside(Arena *arena, const char *called, const char *name);

/* An empty temporary file. */
FILE *program_temporary(Err *err);
/* For CLEANUP; stdin stays open. */
void program_close(FILE **file);

#endif
