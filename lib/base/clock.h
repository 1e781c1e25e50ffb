/* Time, and identifiers made from it. Times inside documents are RFC 3339 UTC with milliseconds. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

enum {
    CLOCK_TEXT_SIZE = 32, /* "2026-11-22T20:38:28.123Z" and its NUL fit */
    CLOCK_ULID_SIZE = 27  /* 26 characters of Crockford's base 32 and a NUL */
};

/* Milliseconds since 1970-01-01 UTC. */
int64_t clock_now_ms(void);
/* Milliseconds of a clock that never jumps, for measuring durations. */
int64_t clock_monotonic_ms(void);
void clock_format(int64_t time_ms, char text[CLOCK_TEXT_SIZE]);
/* False when text is not of the form clock_format writes (fraction optional). */
bool clock_parse(const char *text, int64_t *ret_time_ms);

/* A new ULID: 48 bits of time, 80 random bits; sorts by time. Source: github.com/ulid/spec. */
void clock_ulid(char text[CLOCK_ULID_SIZE]);
/* 26 characters made from 128 bits, in the same alphabet: an id derived from a digest. */
void clock_ulid_from_bytes(const unsigned char bytes[16], char text[CLOCK_ULID_SIZE]);
/* Whether text has the form ^[0-9A-HJKMNP-TV-Z]{26}$. */
bool clock_is_ulid(const char *text);

#endif
