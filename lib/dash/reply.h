/* An answer before it is sent: status, body, validator, encoding; and the head that goes before it,
 * with the same protective headers on every answer, errors included. */
#ifndef DASH_REPLY_H
#define DASH_REPLY_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "dash/gate.h"

enum { REPLY_ETAG_SIZE = 80 };

typedef struct Reply {
    int status;
    const char *type;  /* media type; NULL: no body */
    const char *allow; /* for the Allow header, or NULL */
    int retry_after_s; /* 0: no such header */
    bool keeps;        /* the browser may keep it and ask again (assets); otherwise no-store */
    bool gzip;         /* body is gzip */
    bool varies;       /* with Accept-Encoding */
    char etag[REPLY_ETAG_SIZE]; /* with its quotes; "" for none */
    const void *body;
    size_t length;
    char *owned; /* what reply_free frees; body may point into it */
} Reply;

/* {"error":"<sentence>"}. */
void reply_error(Reply *reply, int status, const char *format, ...) PRINTF(3, 4);
/* A document: weak ETag over etag_of (NULL: over the text itself), 304 when the request knows it,
 * gzip when it wants that and the text is long enough to gain. */
bool reply_json(Reply *reply, const GateRequest *request, int status, const json_t *doc,
                const json_t *etag_of, Err *err);
/* Text of that type, from malloc, taken over. */
void reply_text(Reply *reply, const GateRequest *request, const char *type, char *text,
                size_t length);
/* Turns it into 304 when If-None-Match names its etag. */
void reply_not_modified(Reply *reply, const GateRequest *request);
/* The status line and the headers, with the empty line. time_ms is for Date. */
void reply_head(const Reply *reply, int64_t time_ms, FILE *out);
/* Fits CLEANUP. */
void reply_free(Reply *reply);

/* gzip of the bytes from malloc; NULL when it would not be smaller. */
char *reply_gzip(const void *bytes, size_t length, size_t *ret_length);

#endif
