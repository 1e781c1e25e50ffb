/* Running other programs: argv arrays only, own process group, time limit, captured output.
 *
 * The child gets /dev/null as stdin, no descriptors above 2, a session and so a process group of
 * its own, default signals, no core dumps (and on Linux the parent-death signal); when its time is
 * over the whole group gets SIGTERM, and SIGKILL after grace_ms. When the program itself has ended,
 * what is left of its group is killed, and nobody waits for a pipe such a leftover holds open. On
 * Linux the caller may call proc_adopt_orphans once, so that a grandchild that left the group is
 * found and killed too. */
#ifndef BASE_PROC_H
#define BASE_PROC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"

typedef struct ProcUser {
    uid_t uid;
    gid_t gid;
} ProcUser;

/* What a child does last before it becomes the program: async-signal-safe calls only. 0 or errno.
 */
typedef int (*ProcEnter)(const void *data);

typedef struct ProcSpec {
    char *const *argv;        /* argv[0] is looked up in the absolute directories of PATH */
    char *const *environment; /* NULL: the caller's */
    const char *directory;    /* NULL: the caller's */
    int64_t timeout_ms;       /* 0: none */
    int64_t grace_ms;         /* between SIGTERM and SIGKILL; 0 is 2000 */
    size_t head_bytes;        /* of the output kept from the beginning ... */
    size_t tail_bytes;        /* ... and from the end; the middle is counted. 0, 0: discard */
    int output_fd;            /* above 2: stdout goes there and stderr alone is kept; 0: both are */
    int remarks;              /* gets stderr instead of the output; 0: none */
    const char *input;        /* NULL: /dev/null, else these bytes on stdin; valid until the end */
    const ProcUser *user;     /* who runs it, without further groups; NULL: the caller */
    int death_signal;         /* what it gets when the caller dies (Linux); 0 is SIGKILL */
    ProcEnter enter;          /* or NULL; descriptors are still open then */
    const void *enter_data;
} ProcSpec;

typedef struct ProcResult {
    int exit_code; /* -1 when it ended by a signal or never started */
    int signal;    /* 0 unless it ended by one */
    bool timed_out;
    bool not_found;  /* argv[0] is no program */
    int start_errno; /* why it never started (chdir, execve); 0 when it did */
    int64_t duration_ms;
    char *output; /* stdout and (but for remarks) stderr as they came, head then tail, NUL behind;
                     malloc */
    size_t output_length;
    size_t output_head;    /* of them before the gap */
    size_t output_skipped; /* bytes left out between head and tail */
} ProcResult;

/* Runs and waits. False only when it could not be tried (fork, pipe): EXIT_OS. */
bool proc_run(const ProcSpec *spec, ProcResult *ret, Err *err);
/* Frees what a result owns. Fits CLEANUP. */
void proc_result_free(ProcResult *result);

/* ---- several at once ---- */
typedef struct Proc Proc;

/* Starts and does not wait. spec may go, its input may not. NULL: as proc_run's false. A program
 * that is not there gives a Proc that is done. */
Proc *proc_start(const ProcSpec *spec, Err *err);
/* Serves the running ones among procs (NULL entries are skipped): takes their output, keeps their
 * time limits, notices their end. Returns when one more is done, or after timeout_ms. */
void proc_poll(Proc *const *procs, size_t count, int timeout_ms);
bool proc_is_done(const Proc *proc);
/* Asks it to end: SIGTERM now, SIGKILL after its grace; proc_poll sees to it. */
void proc_stop(Proc *proc);
/* The same by another signal, which only a group's leader gets. */
void proc_end(Proc *proc, int signal);
/* From any thread, without taking note of it: waits until it has ended, or that long. */
void proc_await(const Proc *proc, int timeout_ms);
/* The result of one that is done; the caller owns it. */
void proc_finish(Proc *proc, ProcResult *ret);
/* Kills it and its group when still running, and frees. Fits CLEANUP. */
void proc_close(Proc **proc);

/* Become the reaper of orphaned descendants (prctl PR_SET_CHILD_SUBREAPER); nothing elsewhere. */
void proc_adopt_orphans(void);
/* After proc_adopt_orphans: kills and reaps every child there is, generation by generation, for at
 * most two seconds. To be called when none of the caller's own is running (which of two running
 * programs an orphan came from cannot be known); proc_run does so by itself. Else nothing. */
void proc_sweep(void);
/* Whether name is an executable in PATH (or a path to one). */
bool proc_exists(const char *name);

#endif
