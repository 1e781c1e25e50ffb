/* Bytes that are appended and read again: in memory as long as they are few, then in an unlinked
 * temporary file, so that memory does not grow with the schema. */
#ifndef SOURCE_STORE_H
#define SOURCE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

typedef struct Store Store;

Store *store_open(void);
void store_close(Store **store);
/* How many bytes there are: where the next ones will stand. */
uint64_t store_size(const Store *store);
/* EXIT_IO when a temporary file cannot be made or written. */
bool store_add(Store *store, const void *bytes, size_t length, Err *err);
/* length bytes from offset on; both within what was added. */
bool store_get(const Store *store, uint64_t offset, void *ret, size_t length, Err *err);

#endif
