#include "backup/object.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "backup/beneath.h"
#include "backup/manifest.h"
#include "base/arena.h"
#include "base/digest.h"

enum { SMALL = 1 << 20, MIDDLE = 16 << 20 };

void object_name(const char *sha256, char ret[OBJECT_NAME_SIZE])
{
    (void)snprintf(ret, OBJECT_NAME_SIZE, "%.64s.zst", sha256);
}

static bool is_name(const char *name, size_t length)
{
    char digits[DIGEST_HEX_SIZE] = "";

    if (length != OBJECT_NAME_SIZE - 1 || strncmp(name + 64, ".zst", 4) != 0) {
        return false;
    }
    memcpy(digits, name, sizeof digits - 1);
    return manifest_is_sha256(digits);
}

bool object_is_name(const char *name)
{
    return is_name(name, strlen(name));
}

bool object_is_temporary(const char *name)
{
    size_t length = strlen(name);

    return length == 1 + OBJECT_NAME_SIZE - 1 + 4 && name[0] == '.' &&
           strcmp(name + length - 4, ".tmp") == 0 && is_name(name + 1, length - 5);
}

/* The strongest level costs seconds from some megabytes on, with little to show for it. */
static int level_for(size_t length)
{
    return length <= SMALL ? 19 : length <= MIDDLE ? 9 : 3;
}

static bool compress(const void *bytes, size_t length, char **ret, size_t *ret_length, Err *err)
{
    size_t space = ZSTD_compressBound(length);
    CLEANUP(cleanup_free) char *packed = arena_realloc_or_exit(NULL, space);
    ZSTD_CCtx *context = ZSTD_createCCtx();
    size_t made = 0;

    if (!context) {
        return err_set(err, EXIT_OS, "no memory to compress %zu bytes", length);
    }
    (void)ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level_for(length));
    (void)ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    made = ZSTD_compress2(context, packed, space, bytes, length);
    (void)ZSTD_freeCCtx(context);
    if (ZSTD_isError(made)) {
        return err_set(err, EXIT_OS, "cannot compress %zu bytes: %s", length,
                       ZSTD_getErrorName(made));
    }
    *ret_length = made;
    *ret = packed;
    packed = NULL;
    return true;
}

bool object_read(int directory, const char *sha256, size_t size, char **ret_bytes, Err *err)
{
    char name[OBJECT_NAME_SIZE];
    char found[DIGEST_HEX_SIZE];
    CLEANUP(cleanup_free) char *packed = NULL;
    CLEANUP(cleanup_free) char *bytes = NULL;
    size_t packed_length = 0;
    size_t length = 0;

    object_name(sha256, name);
    if (size > OBJECT_MAX_BYTES) {
        return err_set(err, EXIT_DATA, "'%s' is said to be of %zu bytes: too large", name, size);
    }
    if (!beneath_read(directory, name, ZSTD_compressBound(OBJECT_MAX_BYTES), &packed,
                      &packed_length, err)) {
        return false;
    }
    bytes = arena_realloc_or_exit(NULL, size + 1);
    length = ZSTD_decompress(bytes, size, packed, packed_length);
    if (ZSTD_isError(length)) {
        return err_set(err, EXIT_DATA, "'%s' is damaged: %s", name, ZSTD_getErrorName(length));
    }
    digest_hex(bytes, length, found);
    if (length != size || strcmp(found, sha256) != 0) {
        return err_set(err, EXIT_DATA, "'%s' is damaged: its content is another", name);
    }
    bytes[length] = '\0';
    *ret_bytes = bytes;
    bytes = NULL;
    return true;
}

bool object_write(int directory, const char *sha256, const void *bytes, size_t length, Err *err)
{
    char name[OBJECT_NAME_SIZE];
    CLEANUP(cleanup_free) char *there = NULL;
    CLEANUP(cleanup_free) char *packed = NULL;
    size_t packed_length = 0;
    Err ignored = {0};

    if (object_read(directory, sha256, length, &there, &ignored)) {
        return true;
    }
    object_name(sha256, name);
    return compress(bytes, length, &packed, &packed_length, err) &&
           beneath_write(directory, name, packed, packed_length, 0600, err);
}
