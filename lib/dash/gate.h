/* The gate every request passes before anything else looks at it. Pure: from the request's head and
 * the rules comes a verdict.
 *
 * A page of another site, another program on this machine, and a name that resolves to 127.0.0.1
 * for a moment (DNS rebinding) can all make a browser talk to this port. So, in this order:
 *  1. Host: exactly one, and one of the allowed texts, compared whole           421
 *  2. fewer than GATE_HEADERS_MAX headers                                       431
 *     no Transfer-Encoding; at most one Content-Length, of digits               400
 *  3. the path is a row of the route table (404), the method one of its (405)
 *  4. Sec-Fetch-Site, where sent, is same-origin or none; only opening the page itself may
 *     come from elsewhere. An Origin, where sent, is one of ours. POST needs one
 *     of the two, a WebSocket always needs an Origin                            403
 *  5. the token, where the route asks for it, compared in constant time         401
 *  6. POST: application/json (415), a Content-Length (411) of at most 16 kB (413)
 *  7. an upgrade: only /api/v1/live, WebSocket version 13, with a ticket        400, 401
 * Sources: RFC 9110, RFC 9112 section 6, RFC 6455 section 4.2, W3C Fetch Metadata. */
#ifndef DASH_GATE_H
#define DASH_GATE_H

#include <stdbool.h>
#include <stddef.h>

#include "dash/route.h"
#include "dash/token.h"

enum {
    GATE_BODY_MAX = 16 * 1024,
    GATE_HEADERS_MAX = 64 /* as many as the library keeps: the rest would go unseen */
};

typedef struct GateHeader {
    const char *name;
    const char *value;
} GateHeader;

typedef struct GateRequest {
    const char *method;
    const char *path;  /* as sent, without the query */
    const char *query; /* what follows "?"; NULL without one */
    const GateHeader *headers;
    size_t header_count;
} GateRequest;

typedef struct GateRules {
    int port;
    const char *token;
    bool require_token; /* for reading too, and no session */
} GateRules;

typedef struct GateVerdict {
    int status;      /* 0: let in */
    const char *why; /* one sentence for the client, which never repeats what it sent */
    const Route *route;
    bool upgrade;
    char ticket[TOKEN_SIZE]; /* of an upgrade; still to be redeemed */
} GateVerdict;

void gate_check(const GateRules *rules, const GateRequest *request, GateVerdict *ret);
/* The value of the first header of that name (any case), or NULL. */
const char *gate_header(const GateRequest *request, const char *name);
/* Whether a comma list has that item (any case), and gzip-like ";q=0" does not deny it. */
bool gate_list_has(const char *list, const char *item);

#endif
