/* SHA-256, HMAC-SHA-256, base64 and random bytes, by OpenSSL's libcrypto. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

enum { DIGEST_SIZE = 32, DIGEST_HEX_SIZE = 65 };

typedef struct Digest Digest;

/* A running SHA-256. Never NULL (no memory ends the process as base/arena.h says). */
Digest *digest_open(void);
/* Another one that has been given the same bytes. */
Digest *digest_copy(const Digest *digest);
void digest_add(Digest *digest, const void *bytes, size_t length);
/* Ends it; the Digest is then only to be closed. */
void digest_end(Digest *digest, unsigned char ret[DIGEST_SIZE]);
void digest_end_hex(Digest *digest, char ret[DIGEST_HEX_SIZE]);
void digest_close(Digest **digest);

void digest_bytes(const void *bytes, size_t length, unsigned char ret[DIGEST_SIZE]);
void digest_hex(const void *bytes, size_t length, char ret[DIGEST_HEX_SIZE]);
void digest_hmac(const void *key, size_t key_length, const void *bytes, size_t length,
                 unsigned char ret[DIGEST_SIZE]);

/* Standard alphabet with padding (RFC 4648 section 4). ret must hold 4 * ((length + 2) / 3) + 1. */
void digest_base64(const void *bytes, size_t length, char *ret);
/* Decodes into at most max bytes; false when text is not base64 or too long. */
bool digest_base64_decode(const char *text, unsigned char *ret, size_t max, size_t *ret_length);

/* Unpredictable bytes for tokens and ids. */
void digest_random(void *ret, size_t length);
/* Compares in constant time. */
bool digest_equal(const void *a, const void *b, size_t length);

#endif
