/* The webhook channel: the event/1 document as the body of a POST, signed after Standard Webhooks
 * 1.0.0 (headers webhook-id, webhook-timestamp, webhook-signature). The id is the event's, the same
 * on every try and on every channel. */
#ifndef NOTIFY_WEBHOOK_H
#define NOTIFY_WEBHOOK_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "net/http.h"
#include "notify/delivery.h"

/* "v1," and the base64 of HMAC-SHA-256 over "id.timestamp.body", from malloc. secret: "whsec_" and
 * the key in base64, or any other text, which is the key itself. NULL with EXIT_CONFIG when what
 * follows whsec_ is not base64 or is empty. */
char *webhook_signature(const char *secret, const char *id, int64_t timestamp_s, const void *body,
                        size_t length, Err *err);

typedef struct Webhook {
    const char *url;
    const char *secret; /* NULL: unsigned */
    const char *user_agent;
    int64_t timeout_ms;
} Webhook;

/* One try at now_ms. An answer's text is in the delivery's error only when it is no success, and
 * then without what url and secret hold. */
Delivery webhook_send(Http *http, const Webhook *webhook, const json_t *event, int64_t now_ms,
                      Arena *arena);

#endif
