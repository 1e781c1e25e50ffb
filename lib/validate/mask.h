/* What a program printed, made fit for a report: known secrets hidden, bytes that are not UTF-8
 * replaced. */
#ifndef VALIDATE_MASK_H
#define VALIDATE_MASK_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct Mask Mask;

/* Never NULL. */
Mask *mask_open(void);
/* Takes note of a variable when it looks like a secret: KEY, SECRET, TOKEN, PASSWORD, PASSWD,
 * PASSPHRASE or CREDENTIAL in its name, or a URL with a password as its value (then the URL and the
 * password are each hidden). Values shorter than 6 bytes are not hidden: they would shred the text.
 * Of a value of several lines each long one is hidden too. */
void mask_add(Mask *mask, const char *name, const char *value);
/* As mask_add for every member of {"NAME":"value"}. */
void mask_add_all(Mask *mask, const json_t *variables);
/* Whether a name looks like that of a secret, by the rule above. */
bool mask_is_secret_name(const char *name);
/* A copy (malloc) with each secret as "***" and each byte that is not of a UTF-8 sequence, and NUL,
 * as U+FFFD. gap is where bytes were left out (0 or length: nowhere): a secret cut in two by the
 * gap is hidden as well. */
char *mask_clean(const Mask *mask, const char *bytes, size_t length, size_t gap,
                 size_t *ret_length);
void mask_close(Mask **mask);

#endif
