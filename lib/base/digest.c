/* The plain functions for SHA-256: behind the ones that OpenSSL 3 would rather see, a library of
 * providers starts up, which takes longer than most of what is hashed here, and 1.4 MB. */
#define OPENSSL_SUPPRESS_DEPRECATED

#include "base/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/memory.h"

struct Digest {
    SHA256_CTX context;
};

Digest *digest_open(void)
{
    Digest *digest = arena_realloc_or_exit(NULL, sizeof *digest);

    SHA256_Init(&digest->context);
    return digest;
}

Digest *digest_copy(const Digest *digest)
{
    Digest *copy = arena_realloc_or_exit(NULL, sizeof *copy);

    *copy = *digest;
    return copy;
}

void digest_add(Digest *digest, const void *bytes, size_t length)
{
    SHA256_Update(&digest->context, bytes, length);
}

void digest_end(Digest *digest, unsigned char ret[DIGEST_SIZE])
{
    SHA256_Final(ret, &digest->context);
}

static void hex(const unsigned char bytes[DIGEST_SIZE], char ret[DIGEST_HEX_SIZE])
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < DIGEST_SIZE; i++) {
        ret[2 * i] = digits[bytes[i] >> 4];
        ret[2 * i + 1] = digits[bytes[i] & 15];
    }
    ret[DIGEST_HEX_SIZE - 1] = '\0';
}

void digest_end_hex(Digest *digest, char ret[DIGEST_HEX_SIZE])
{
    unsigned char bytes[DIGEST_SIZE];

    digest_end(digest, bytes);
    hex(bytes, ret);
}

void digest_close(Digest **digest)
{
    free(*digest);
    *digest = NULL;
}

void digest_bytes(const void *bytes, size_t length, unsigned char ret[DIGEST_SIZE])
{
    CLEANUP(digest_close) Digest *digest = digest_open();

    digest_add(digest, bytes, length);
    digest_end(digest, ret);
}

void digest_hex(const void *bytes, size_t length, char ret[DIGEST_HEX_SIZE])
{
    unsigned char raw[DIGEST_SIZE];

    digest_bytes(bytes, length, raw);
    hex(raw, ret);
}

static void *allocate(size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    return memory_malloc(size);
}

static void *reallocate(void *old, size_t size, const char *file, int line)
{
    (void)file;
    (void)line;
    if (size > 0)
        return memory_realloc(old, size);
    free(old);
    return NULL;
}

static void release(void *bytes, const char *file, int line)
{
    (void)file;
    (void)line;
    free(bytes);
}

/* Without the system's openssl.cnf, which has no say in a checksum. And without libcrypto's ways
 * when memory is wanting, of which one is to crash; once it has allocated something it goes on as
 * it is. Nor does it tidy up at the end, for which it would need memory again. */
static void library_start(void)
{
    CRYPTO_set_mem_functions(allocate, reallocate, release);
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT, NULL);
}

void digest_hmac(const void *key, size_t key_length, const void *bytes, size_t length,
                 unsigned char ret[DIGEST_SIZE])
{
    library_start();
    if (!HMAC(EVP_sha256(), key, (int)key_length, bytes, length, ret, NULL))
        arena_die("the checksum library or the random device does not work");
}

void digest_base64(const void *bytes, size_t length, char *ret)
{
    EVP_EncodeBlock((unsigned char *)ret, bytes, (int)length);
}

bool digest_base64_decode(const char *text, unsigned char *ret, size_t max, size_t *ret_length)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t length = strlen(text);
    size_t padding = 0;

    while (padding < 2 && padding < length && text[length - 1 - padding] == '=')
        padding++;
    /* libcrypto takes blanks, and '=' anywhere for a zero. */
    if (length % 4 != 0 || strspn(text, alphabet) != length - padding ||
        length / 4 * 3 - padding > max)
        return false;
    unsigned char *whole = arena_realloc_or_exit(NULL, length / 4 * 3);
    bool ok = EVP_DecodeBlock(whole, (const unsigned char *)text, (int)length) >= 0;
    if (ok) {
        *ret_length = length / 4 * 3 - padding;
        memcpy(ret, whole, *ret_length);
    }
    free(whole);
    return ok;
}

void digest_random(void *ret, size_t length)
{
    CLEANUP(cleanup_close) int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    char *next = ret;

    while (length > 0) {
        ssize_t got = fd < 0 ? -1 : read(fd, next, length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            arena_die("the checksum library or the random device does not work");
        next += got;
        length -= (size_t)got;
    }
}

bool digest_equal(const void *a, const void *b, size_t length)
{
    return CRYPTO_memcmp(a, b, length) == 0;
}
