/* The memory channel: the newest events, whole, in a file of one event/1 a line
 * (.schema/memory/events.jsonl) that local agents and scripts read, with notify list or directly.
 */
#ifndef NOTIFY_MEMORY_H
#define NOTIFY_MEMORY_H

#include <jansson.h>
#include <stdint.h>

#include "base/err.h"
#include "notify/delivery.h"

/* An event that is there already is not added again. */
Delivery memory_send(const char *path, const json_t *event, size_t keep);
/* Events oldest first: of types that match the pattern type (NULL: all; base/text.h text_glob), not
 * older than since_ms. A new reference. */
json_t *memory_list(const char *path, const char *type, int64_t since_ms, Err *err);
/* The event of that id, a new reference; NULL when it is not there (err is then untouched) or the
 * file cannot be read. */
json_t *memory_find(const char *path, const char *id, Err *err);

#endif
