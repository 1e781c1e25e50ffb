/* Histories: files of one JSON object a line, appended to under a lock, with retention.
 *
 * A line is appended with one write and fsync. When the file holds a tenth more than keep lines,
 * the newest keep are written to a temporary file that replaces it. A last line that a kill left
 * without its newline is ended (and skipped by readers) before the next is written. */
#ifndef JSON_JSONL_H
#define JSON_JSONL_H

#include <jansson.h>

#include "base/err.h"

/* Appends one line to path (parents made, mode 0600, lock file "path.lock"). keep 0: all. */
bool jsonl_append(const char *path, const json_t *object, size_t keep, Err *err);
/* As jsonl_append, unless one of the newest keep lines already has the same string at member key.
 * For writers that may be killed and run again. */
bool jsonl_append_once(const char *path, const json_t *object, const char *key, size_t keep,
                       Err *err);
/* The newest count objects (0: all), oldest first; a file that is not there gives an empty array.
 * Lines that are not JSON objects are left out. */
json_t *jsonl_tail(const char *path, size_t count, Err *err);

#endif
