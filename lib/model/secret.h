/* Secrets in schema text: what is not shown, and how a change of it shows all the same.
 *
 * A hidden value stands in the snapshot as "[redacted]"; its HMAC-SHA-256 under a key of the
 * machine is in the lineage, so that a rotation is seen and nothing can be guessed from the
 * document. Rules: names of options and settings by table; inside of texts, tokens by their form
 * (JSON web tokens, keys of well-known services, Bearer tokens, API keys in headers, passwords in
 * URLs). */
#ifndef MODEL_SECRET_H
#define MODEL_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum { SECRET_KEY_SIZE = 32, SECRET_HASH_SIZE = 33, SECRET_KEY_ID_SIZE = 17 };

#define SECRET_SHOWN "[redacted]"

typedef enum SecretRule {
    SECRET_RULE_NONE,
    SECRET_RULE_LISTED, /* options of servers and wrappers: all but the ones known as harmless */
    SECRET_RULE_NAMED,  /* options of foreign tables, settings: those whose name says so */
} SecretRule;

/* Whether the value of that option or setting is hidden. */
bool secret_is_option(SecretRule rule, const char *name);
/* The text with its tokens hidden, in the arena; the same pointer when there are none. */
const char *secret_hide(Arena *arena, const char *text);

/* 32 hexadecimal digits. */
void secret_hash(const unsigned char key[SECRET_KEY_SIZE], const char *value, size_t length,
                 char ret[SECRET_HASH_SIZE]);
/* What tells two keys apart: hashes under different ones do not compare. */
void secret_key_id(const unsigned char key[SECRET_KEY_SIZE], char ret[SECRET_KEY_ID_SIZE]);

#endif
