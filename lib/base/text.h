/* Small text matters: nearest names, globs, UTF-8, what may be shown on a terminal. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Edits (insert, delete, replace, swap of neighbours) that turn a into b; at most 255. */
unsigned text_distance(const char *a, const char *b);
/* The name in the NULL-terminated list nearest to text, or NULL when none is near (more edits
 * away than a third of its length and one more). */
const char *text_nearest(const char *text, const char *const *names);

/* Shell-like pattern: * any run, ? one character (of UTF-8), the rest literal. */
bool text_glob(const char *pattern, const char *text);

/* The first place where those bytes stand within others, NULL when there is none: for long texts in
 * which few places begin like it. */
const char *text_within(const char *bytes, size_t length, const char *wanted, size_t size);

/* Whether the bytes are UTF-8 (RFC 3629: no surrogates, no overlong forms). */
bool text_is_utf8(const char *bytes, size_t length);
/* How many bytes from the beginning on are. */
size_t text_utf8_length(const char *bytes, size_t length);
/* Puts a question mark for each byte that is part of no well-formed sequence. */
void text_mend_utf8(char *bytes, size_t length);
/* The longest prefix of at most max bytes that does not cut a UTF-8 sequence. */
size_t text_cut(const char *text, size_t max);

/* Ends the text at the next mark; what stands behind it, "" when there is none. */
char *text_split(char *text, char mark);

/* Writes hostile text for a terminal: control characters and bidirectional overrides come out as
 * U+FFFD, so no name can move the cursor or reorder what is read. */
void text_print_safe(FILE *out, const char *text);

#endif
