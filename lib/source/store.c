#include "source/store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"

enum { STORE_MEMORY = 2 * 1024 * 1024 };

struct Store {
    char *bytes; /* what is not in the file yet */
    size_t length;
    size_t room;
    FILE *file; /* NULL until the first STORE_MEMORY bytes are full */
    uint64_t written;
};

Store *store_open(void)
{
    Store *store = arena_realloc_or_exit(NULL, sizeof *store);

    *store = (Store){0};
    return store;
}

void store_close(Store **store)
{
    if (!*store)
        return;
    if ((*store)->file)
        fclose((*store)->file);
    free((*store)->bytes);
    free(*store);
    *store = NULL;
}

uint64_t store_size(const Store *store)
{
    return store->written + store->length;
}

static bool spill(Store *store, Err *err)
{
    if (!store->file)
        store->file = tmpfile();
    if (!store->file)
        return err_errno(err, EXIT_IO, "cannot make a temporary file");
    for (size_t done = 0; done < store->length;) {
        ssize_t wrote = pwrite(fileno(store->file), store->bytes + done, store->length - done,
                               (off_t)(store->written + done));
        if (wrote < 0 && errno != EINTR)
            return err_errno(err, EXIT_IO, "cannot write a temporary file");
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    store->written += store->length;
    store->length = 0;
    return true;
}

char *store_room(Store *store, size_t length, Err *err)
{
    if (store->length + length > STORE_MEMORY && store->length > 0 && !spill(store, err))
        return NULL;
    if (!store->bytes || store->length + length > store->room) {
        store->room = (store->length + length) * 2;
        store->bytes = arena_realloc_or_exit(store->bytes, store->room);
    }
    return store->bytes + store->length;
}

void store_added(Store *store, size_t length)
{
    store->length += length;
}

bool store_get(const Store *store, uint64_t offset, void *ret, size_t length, Err *err)
{
    /* What was added may stand partly in the file and partly in memory. */
    uint64_t left = offset < store->written ? store->written - offset : 0;
    size_t filed = left < length ? (size_t)left : length;

    for (size_t done = 0; done < filed;) {
        ssize_t got =
            pread(fileno(store->file), (char *)ret + done, filed - done, (off_t)(offset + done));
        if (got == 0)
            return err_set(err, EXIT_IO, "a temporary file was cut short");
        if (got < 0 && errno != EINTR)
            return err_errno(err, EXIT_IO, "cannot read a temporary file");
        done += got > 0 ? (size_t)got : 0;
    }
    if (filed < length)
        memcpy((char *)ret + filed, store->bytes + (offset + filed - store->written),
               length - filed);
    return true;
}

const char *store_at(const Store *store, uint64_t offset)
{
    return offset < store->written ? NULL : store->bytes + (offset - store->written);
}
