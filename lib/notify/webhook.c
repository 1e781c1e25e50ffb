#include "notify/webhook.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/digest.h"
#include "json/jx.h"
#include "notify/render.h"
#include "notify/retry.h"

enum { KEY_MAX = 512, SIGNATURE_SIZE = sizeof "v1," + 4 * ((DIGEST_SIZE + 2) / 3) };

static const char encoded_prefix[] = "whsec_";

static bool key_of(const char *secret, unsigned char key[KEY_MAX], const void **ret_key,
                   size_t *ret_length, Err *err)
{
    size_t prefix = strlen(encoded_prefix);

    if (strncmp(secret, encoded_prefix, prefix) != 0) {
        *ret_key = secret;
        *ret_length = strlen(secret);
        return true;
    }
    *ret_key = key;
    if (!digest_base64_decode(secret + prefix, key, KEY_MAX, ret_length) || *ret_length == 0)
        return err_set(err, EXIT_CONFIG, "the secret is not %s and base64", encoded_prefix);
    return true;
}

char *webhook_signature(const char *secret, const char *id, int64_t timestamp_s, const void *body,
                        size_t length, Err *err)
{
    unsigned char key[KEY_MAX], mac[DIGEST_SIZE];
    const void *key_bytes = NULL;
    size_t key_length = 0;
    char head[64];
    int head_length = snprintf(head, sizeof head, "%s.%" PRId64 ".", id, timestamp_s);

    if (head_length < 0 || (size_t)head_length >= sizeof head) {
        err_set(err, EXIT_DATA, "the event's id is too long to sign");
        return NULL;
    }
    if (!key_of(secret, key, &key_bytes, &key_length, err))
        return NULL;
    CLEANUP(cleanup_free) char *message = arena_realloc_or_exit(NULL, (size_t)head_length + length);
    memcpy(message, head, (size_t)head_length);
    memcpy(message + head_length, body, length);
    digest_hmac(key_bytes, key_length, message, (size_t)head_length + length, mac);

    char *signature = arena_realloc_or_exit(NULL, SIGNATURE_SIZE);
    memcpy(signature, "v1,", 3);
    digest_base64(mac, sizeof mac, signature + 3);
    return signature;
}

static Delivery answered(const Webhook *webhook, const HttpResponse *response, Arena *arena)
{
    CLEANUP(cleanup_free) char *origin = http_origin(webhook->url);
    CLEANUP(cleanup_free) char *masked = http_mask(response->body, webhook->url, webhook->secret);
    const char *said = render_excerpt(arena, masked);
    Outcome outcome = retry_outcome(response->status);
    const char *why = response->status == 410                             ? " (gone for good)"
                      : response->status >= 300 && response->status < 400 ? " (redirect refused)"
                                                                          : "";
    Delivery delivery = outcome == OUTCOME_DELIVERED
                            ? delivery_of(outcome, "%s", "")
                            : delivery_of(outcome, "%s answered %d%s%s%s", origin, response->status,
                                          why, *said ? ": " : "", said);

    delivery.code = response->status;
    delivery.latency_ms = response->latency_ms;
    delivery.retry_after_ms = response->retry_after_ms;
    return delivery;
}

Delivery webhook_send(Http *http, const Webhook *webhook, const json_t *event, int64_t now_ms,
                      Arena *arena)
{
    CLEANUP(cleanup_free) char *body = NULL;
    CLEANUP(cleanup_free) char *signature = NULL;
    CLEANUP(http_response_free) HttpResponse response = {0};
    const char *id = jx_string(event, "id", "");
    const char *headers[5] = {"content-type: application/json"};
    int64_t timestamp_s = now_ms / 1000;
    size_t length = 0;
    Err err = {0};

    if (!render_document(event, &body, &length, &err))
        return delivery_of(OUTCOME_FAILED, "%s", err.msg);
    headers[1] = arena_printf(arena, "webhook-id: %s", id);
    headers[2] = arena_printf(arena, "webhook-timestamp: %" PRId64, timestamp_s);
    if (webhook->secret) {
        signature = webhook_signature(webhook->secret, id, timestamp_s, body, length, &err);
        if (!signature)
            return delivery_of(OUTCOME_FAILED, "%s", err.msg);
        headers[3] = arena_printf(arena, "webhook-signature: %s", signature);
    }

    HttpRequest request = {.url = webhook->url,
                           .headers = headers,
                           .user_agent = webhook->user_agent,
                           .body = body,
                           .body_length = length,
                           .timeout_ms = webhook->timeout_ms};
    if (!http_post(http, &request, &response, &err))
        return delivery_of(OUTCOME_FAILED, "%s", err.msg);
    return answered(webhook, &response, arena);
}
