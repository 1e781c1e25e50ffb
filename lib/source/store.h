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
/* Room for length bytes behind them; what is put there counts once store_added says how much it is.
 * NULL: EXIT_IO, a temporary file cannot be made or written. */
char *store_room(Store *store, size_t length, Err *err);
void store_added(Store *store, size_t length);
/* length bytes from offset on; both within what was added. */
bool store_get(const Store *store, uint64_t offset, void *ret, size_t length, Err *err);
/* What stands from offset on, until something is added; NULL when it is not in memory. */
const char *store_at(const Store *store, uint64_t offset);

#endif
