/* Files: whole reads, atomic replacement, appending, directories.
 *
 * A file is replaced by: write "NAME.tmp-PID-N" beside it, fsync, rename, fsync the directory. A
 * process killed anywhere leaves the old file or the new one (and perhaps a .tmp- file, removed by
 * the next replacement of the same NAME). Source: rename(2), fsync(2). */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

#include "base/err.h"

/* The whole file (at most max bytes; 0 = no limit) with a NUL behind it, from malloc.
 * A missing file is EXIT_DATA, an unreadable one EXIT_DENIED, a too large one EXIT_DATA. */
bool file_read(const char *path, size_t max, char **ret_text, size_t *ret_length, Err *err);
/* The same for an open stream; name is for messages. */
bool file_read_stream(FILE *in, const char *name, size_t max, char **ret_text, size_t *ret_length,
                      Err *err);
bool file_exists(const char *path);
/* To be read as a stream. Missing, or a directory: EXIT_DATA; unreadable: EXIT_DENIED. */
FILE *file_open(const char *path, Err *err);
enum { FILE_BUFFER = 64 * 1024 };

/* For a file that is read or written from end to end, which may be large: few system calls. Before
 * anything else is done with it; the buffer must last until it is closed. */
void file_set_buffer(FILE *file, char buffer[FILE_BUFFER]);

/* A replacement under way: write to ->out, then file_replace_commit. */
typedef struct FileReplace {
    FILE *out; /* can be read and sought in, too, where there is a temporary file */
    char *path;
    char *temporary;  /* NULL: path is no regular file */
    bool may_be_lost; /* by a crash of the machine, the old file too: not waited for the disk */
    char buffer[FILE_BUFFER];
} FileReplace;

/* The directory must exist. mode is that of a new file, as for open(2); a file that is there keeps
 * its own. A symbolic link at path is followed, so the file it names is the one replaced; what is
 * no regular file, /dev/null for example, is written to as it stands. */
FileReplace *file_replace_open(const char *path, mode_t mode, Err *err);
/* For many files of one directory: what killed processes left of earlier replacements is looked for
 * once, of the files that are ours by their name, not at each. */
typedef bool FileIsOurs(const char *name, size_t length);
void file_remove_leftovers(const char *directory, FileIsOurs *is_ours);
FileReplace *file_replace_open_swept(const char *path, mode_t mode, Err *err);
/* Flush, fsync, rename, fsync the directory. After a failure the old file is untouched. */
bool file_replace_commit(FileReplace *replace, Err *err);
/* Frees, and removes the temporary file unless committed. Fits CLEANUP. */
void file_replace_close(FileReplace **replace);

/* Replaces path by these bytes, atomically. */
bool file_write(const char *path, const void *bytes, size_t length, mode_t mode, Err *err);
/* The same, but leaves a file that already has these bytes (and its mtime) alone. ret_changed may
 * be NULL. */
bool file_write_if_changed(const char *path, const void *bytes, size_t length, mode_t mode,
                           bool *ret_changed, Err *err);
/* Appends with one write(2) and fsync; creates the file with mode. The caller holds a lock. */
bool file_append(const char *path, const void *bytes, size_t length, mode_t mode, Err *err);

/* mkdir -p. Directories made get mode; existing ones are left alone. */
bool file_make_directories(const char *path, mode_t mode, Err *err);
/* mkdir -p of the directory part of path. */
bool file_make_parents(const char *path, mode_t mode, Err *err);
/* fsync of the directory that holds path. */
bool file_sync_parent(const char *path, Err *err);
/* Removes a file; one that is not there is fine. */
bool file_remove(const char *path, Err *err);

/* Flushes and says whether everything written to out arrived: EXIT_IO otherwise. */
bool file_flush(FILE *out, const char *name, Err *err);

#endif
