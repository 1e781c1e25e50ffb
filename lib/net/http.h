/* HTTP out: one POST at a time, with the limits a monitor wants. The only module that knows
 * libcurl.
 *
 * https anywhere; plain http only when the connected address is loopback. TLS 1.2 or later, peer
 * and host always verified, redirects not followed, no proxy, no netrc, no cookies. The address is
 * checked when the socket is made, that is after DNS and whatever form the host was written in:
 * link-local, cloud metadata, unspecified and multicast addresses are refused; private ones serve
 * (webhooks inside a company are the usual case).
 *
 * A URL's userinfo, path and query are credentials: messages name scheme, host and port only. */
#ifndef NET_HTTP_H
#define NET_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/err.h"

enum {
    HTTP_CONNECT_TIMEOUT_MS = 5000,
    HTTP_TIMEOUT_MS = 20000,
    HTTP_BODY_MAX = 64 * 1024, /* of an answer; the rest is not read */
    HTTP_NO_RETRY_AFTER = -1
};

/* Keeps connections between requests. */
typedef struct Http Http;

typedef struct HttpRequest {
    const char *url;
    const char *const *headers; /* "name: value", NULL-terminated; may be NULL */
    const char *user_agent;     /* NULL: none */
    const void *body;
    size_t body_length;
    int64_t timeout_ms; /* of the whole exchange; 0: HTTP_TIMEOUT_MS */
} HttpRequest;

typedef struct HttpResponse {
    int status;
    int64_t latency_ms;
    int64_t retry_after_ms; /* HTTP_NO_RETRY_AFTER without that header */
    char *body;             /* NUL behind it; malloc */
    size_t body_length;
} HttpResponse;

/* NULL with EXIT_OS when the library cannot be set up. */
Http *http_open(Err *err);
void http_close(Http **http);

/* True when an answer came, whatever its status; ret is then to be freed. False: EXIT_UNAVAILABLE,
 * EXIT_DENIED for a refused address, EXIT_DATA for a URL that is none. */
bool http_post(Http *http, const HttpRequest *request, HttpResponse *ret, Err *err);
/* Fits CLEANUP. */
void http_response_free(HttpResponse *response);

/* Whether url is http:// or https:// with a host: EXIT_DATA otherwise. The text is not quoted. */
bool http_check_url(const char *url, Err *err);
/* "scheme://host[:port]" of it, from malloc; "a malformed URL" when it is none. */
char *http_origin(const char *url);

/* The wait a Retry-After header asks for: a number of seconds or a date (RFC 9110 section 10.2.3).
 * A date gone by is 0. False when value is neither. */
bool http_retry_after(const char *value, int64_t now_ms, int64_t *ret_ms);

/* Where an address leads. IPv4 written inside IPv6 (mapped, compatible, NAT64, 6to4) counts as that
 * IPv4 address. Sources: RFC 6890, RFC 4291, RFC 6052, RFC 3056; metadata addresses of AWS, Google,
 * Azure, Oracle and Alibaba. */
typedef enum HttpReach { HTTP_REACH_PUBLIC, HTTP_REACH_LOOPBACK, HTTP_REACH_REFUSED } HttpReach;
HttpReach http_reach(const struct sockaddr *address);

/* text with "***" in place of what must not be shown: secret (NULL: none), and url's userinfo,
 * path, path segments, query and query values, as they stand and percent-decoded; pieces of fewer
 * than four bytes stay. For answers that echo the request. From malloc. */
char *http_mask(const char *text, const char *url, const char *secret);

#endif
