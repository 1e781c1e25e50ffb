#include "net/http.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/clock.h"

enum { RETRY_AFTER_MAX_S = 366 * 24 * 3600, MASK_MIN = 4 };

struct Http {
    CURL *easy;
};

typedef struct Exchange {
    bool plain; /* http: loopback only */
    HttpReach reach;
    bool reach_denied;
    char address[INET6_ADDRSTRLEN];
    bool body_cut;
    HttpResponse response;
} Exchange;

/* ---- addresses ---- */
static bool in_net4(const unsigned char *address, uint32_t net, unsigned bits)
{
    uint32_t value = (uint32_t)address[0] << 24 | (uint32_t)address[1] << 16 |
                     (uint32_t)address[2] << 8 | address[3];

    return (value ^ net) >> (32 - bits) == 0;
}

static HttpReach reach4(const unsigned char *address)
{
    static const struct {
        uint32_t net;
        unsigned bits;
    } refused[] = {
        {0x00000000, 8},  /* this network: 0.0.0.0 is this host */
        {0xa9fe0000, 16}, /* link-local, and nearly every cloud's metadata */
        {0x646464c8, 32}, /* Alibaba metadata, 100.100.100.200 */
        {0xc00000c0, 32}, /* Oracle metadata, 192.0.0.192 */
        {0xa83f8110, 32}, /* Azure platform address, 168.63.129.16 */
        {0xe0000000, 4},  /* multicast */
        {0xf0000000, 4},  /* reserved and broadcast */
    };

    if (in_net4(address, 0x7f000000, 8))
        return HTTP_REACH_LOOPBACK;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        if (in_net4(address, refused[i].net, refused[i].bits))
            return HTTP_REACH_REFUSED;
    return HTTP_REACH_PUBLIC;
}

static HttpReach reach6(const unsigned char *address)
{
    static const unsigned char loopback[16] = {[15] = 1};
    /* An IPv4 address at offset behind a prefix of length bytes. */
    static const struct {
        unsigned char prefix[12];
        size_t length, offset;
    } embedding[] = {
        {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 12, 12}, /* mapped */
        {{0}, 12, 12},                                        /* compatible; :: is 0.0.0.0 */
        {{0x00, 0x64, 0xff, 0x9b}, 12, 12},                   /* NAT64 */
        {{0x20, 0x02}, 2, 2},                                 /* 6to4 */
    };
    static const unsigned char refused[][16] = {
        {0xfd, 0x00, 0x0e, 0xc2, [14] = 0x02, [15] = 0x54}, /* AWS metadata, fd00:ec2::254 */
        {0xfd, 0x20, 0x00, 0xce, [14] = 0x02, [15] = 0x54}, /* Google metadata, fd20:ce::254 */
    };

    if (memcmp(address, loopback, sizeof loopback) == 0)
        return HTTP_REACH_LOOPBACK;
    for (size_t i = 0; i < sizeof embedding / sizeof embedding[0]; i++)
        if (memcmp(address, embedding[i].prefix, embedding[i].length) == 0)
            return reach4(address + embedding[i].offset);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        if (memcmp(address, refused[i], sizeof refused[i]) == 0)
            return HTTP_REACH_REFUSED;
    if (address[0] == 0xff || (address[0] == 0xfe && address[1] >= 0x80))
        return HTTP_REACH_REFUSED; /* multicast, link-local, the old site-local */
    return HTTP_REACH_PUBLIC;
}

HttpReach http_reach(const struct sockaddr *address)
{
    unsigned char bytes[16];

    if (address->sa_family == AF_INET) {
        struct sockaddr_in in4;

        memcpy(&in4, address, sizeof in4);
        memcpy(bytes, &in4.sin_addr, 4);
        return reach4(bytes);
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 in6;

        memcpy(&in6, address, sizeof in6);
        memcpy(bytes, &in6.sin6_addr, 16);
        return reach6(bytes);
    }
    return HTTP_REACH_REFUSED;
}

static void address_name(const struct sockaddr *address, char text[INET6_ADDRSTRLEN])
{
    const void *bytes =
        address->sa_family == AF_INET6
            ? (const void *)&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr
            : (const void *)&((const struct sockaddr_in *)(const void *)address)->sin_addr;

    if (!inet_ntop(address->sa_family, bytes, text, INET6_ADDRSTRLEN))
        text[0] = '\0';
}

static curl_socket_t socket_open(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
    Exchange *exchange = context;
    HttpReach reach = http_reach(&address->addr);
    int fd;

    (void)purpose;
    if (reach == HTTP_REACH_REFUSED || (exchange->plain && reach != HTTP_REACH_LOOPBACK)) {
        exchange->reach_denied = true;
        exchange->reach = reach;
        address_name(&address->addr, exchange->address);
        return CURL_SOCKET_BAD;
    }
    fd = socket(address->family, address->socktype, address->protocol);
    if (fd >= 0 && fcntl(fd, F_SETFD, FD_CLOEXEC) != 0) {
        close(fd);
        fd = -1;
    }
    return fd < 0 ? CURL_SOCKET_BAD : fd;
}

/* ---- URLs ---- */
static void url_free(CURLU **url)
{
    curl_url_cleanup(*url);
    *url = NULL;
}

static void part_free(char **part)
{
    curl_free(*part);
    *part = NULL;
}

static CURLU *url_parse(const char *text)
{
    CURLU *url = curl_url();

    if (url && curl_url_set(url, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK)
        return url;
    curl_url_cleanup(url);
    return NULL;
}

static char *url_part(CURLU *url, CURLUPart part)
{
    char *text = NULL;

    return url && curl_url_get(url, part, &text, 0) == CURLUE_OK ? text : NULL;
}

static bool url_check(const char *text, bool *ret_plain, Err *err)
{
    CLEANUP(url_free) CURLU *url = url_parse(text);
    CLEANUP(part_free) char *scheme = url_part(url, CURLUPART_SCHEME);
    CLEANUP(part_free) char *host = url_part(url, CURLUPART_HOST);

    if (!scheme || !host || host[0] == '\0')
        return err_set(err, EXIT_DATA, "not a URL");
    *ret_plain = strcmp(scheme, "https") != 0;
    if (*ret_plain && strcmp(scheme, "http") != 0)
        return err_set(err, EXIT_DATA, "not an https URL");
    return true;
}

bool http_check_url(const char *text, Err *err)
{
    bool plain = false;

    return url_check(text, &plain, err);
}

static char *copy_of(const char *text)
{
    size_t size = strlen(text) + 1;

    return memcpy(arena_realloc_or_exit(NULL, size), text, size);
}

char *http_origin(const char *text)
{
    CLEANUP(url_free) CURLU *url = url_parse(text);
    CLEANUP(part_free) char *scheme = url_part(url, CURLUPART_SCHEME);
    CLEANUP(part_free) char *host = url_part(url, CURLUPART_HOST);
    CLEANUP(part_free) char *port = url_part(url, CURLUPART_PORT);
    size_t size;
    char *origin;

    if (!scheme || !host || host[0] == '\0')
        return copy_of("a malformed URL");
    size = strlen(scheme) + strlen("://") + strlen(host) + (port ? strlen(port) + 1 : 0) + 1;
    origin = arena_realloc_or_exit(NULL, size);
    snprintf(origin, size, "%s://%s%s%s", scheme, host, port ? ":" : "", port ? port : "");
    return origin;
}

/* Every occurrence of the piece in *text becomes "***"; *text is from malloc and may move. */
static void mask_piece(char **text, const char *piece, size_t length)
{
    size_t total = strlen(*text);

    if (length < MASK_MIN || total < length)
        return;
    for (size_t i = 0; i + length <= total;) {
        if (memcmp(*text + i, piece, length) != 0) {
            i++;
            continue;
        }
        memmove(*text + i + 3, *text + i + length, total - i - length + 1);
        memcpy(*text + i, "***", 3);
        total = total - length + 3;
        i += 3;
    }
}

static void mask_both(char **text, const char *piece, size_t length)
{
    int decoded_length = 0;
    char *decoded =
        length >= MASK_MIN ? curl_easy_unescape(NULL, piece, (int)length, &decoded_length) : NULL;

    mask_piece(text, piece, length);
    if (decoded)
        mask_piece(text, decoded, (size_t)decoded_length);
    curl_free(decoded);
}

/* The whole part, then what stands between the separators in it. */
static void mask_part(char **text, const char *part, const char *separators)
{
    if (!part)
        return;
    mask_both(text, part, strlen(part));
    for (const char *at = part; *at != '\0';) {
        size_t length = strcspn(at, separators);

        mask_both(text, at, length);
        at += length;
        if (*at != '\0')
            at++;
    }
}

char *http_mask(const char *text, const char *url_text, const char *secret)
{
    CLEANUP(url_free) CURLU *url = url_parse(url_text);
    CLEANUP(part_free) char *user = url_part(url, CURLUPART_USER);
    CLEANUP(part_free) char *password = url_part(url, CURLUPART_PASSWORD);
    CLEANUP(part_free) char *path = url_part(url, CURLUPART_PATH);
    CLEANUP(part_free) char *query = url_part(url, CURLUPART_QUERY);
    char *masked = copy_of(text);

    if (secret)
        mask_piece(&masked, secret, strlen(secret));
    mask_part(&masked, path, "/");
    mask_part(&masked, query, "&=");
    mask_part(&masked, user, "");
    mask_part(&masked, password, "");
    return masked;
}

bool http_retry_after(const char *value, int64_t now_ms, int64_t *ret_ms)
{
    size_t digits = strspn(value, "0123456789");

    if (digits > 0 && value[digits] == '\0') {
        long long seconds = digits > 9 ? RETRY_AFTER_MAX_S : strtoll(value, NULL, 10);

        *ret_ms = (seconds > RETRY_AFTER_MAX_S ? RETRY_AFTER_MAX_S : seconds) * INT64_C(1000);
        return true;
    }
    /* All three forms of an HTTP date begin with the day's name; curl's parser takes much else. */
    if (digits > 0 || strlen(value) < 24)
        return false;
    time_t date = curl_getdate(value, NULL);

    if (date < 0)
        return false;
    *ret_ms = (int64_t)date * 1000 > now_ms ? (int64_t)date * 1000 - now_ms : 0;
    return true;
}

/* ---- the exchange ---- */
Http *http_open(Err *err)
{
    Http *http = arena_realloc_or_exit(NULL, sizeof *http);

    *http = (Http){0};
    if (curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK)
        http->easy = curl_easy_init();
    if (!http->easy) {
        free(http);
        err_set(err, EXIT_OS, "cannot set up the HTTP library");
        return NULL;
    }
    return http;
}

/* NOSIGNAL stops curl's own signals only: TLS still writes with write(2), which may raise SIGPIPE
 * when the other side has gone. */
static void pipe_ignore(struct sigaction *ret_old)
{
    struct sigaction ignore = {0};

    ignore.sa_handler = SIG_IGN;
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGPIPE, &ignore, ret_old);
}

void http_close(Http **http)
{
    struct sigaction old;

    if (!*http)
        return;
    pipe_ignore(&old);
    curl_easy_cleanup((*http)->easy);
    curl_global_cleanup();
    sigaction(SIGPIPE, &old, NULL);
    free(*http);
    *http = NULL;
}

void http_response_free(HttpResponse *response)
{
    free(response->body);
    *response = (HttpResponse){0};
}

static size_t body_add(char *bytes, size_t size, size_t count, void *context)
{
    Exchange *exchange = context;
    HttpResponse *response = &exchange->response;
    size_t length = size * count;
    size_t room = HTTP_BODY_MAX - response->body_length;
    size_t take = length < room ? length : room;

    response->body = arena_realloc_or_exit(response->body, response->body_length + take + 1);
    memcpy(response->body + response->body_length, bytes, take);
    response->body_length += take;
    response->body[response->body_length] = '\0';
    exchange->body_cut = take < length;
    return take;
}

static size_t header_see(char *bytes, size_t size, size_t count, void *context)
{
    static const char name[] = "retry-after:";
    Exchange *exchange = context;
    size_t length = size * count;
    char value[64];
    size_t start = sizeof name - 1;

    if (length <= start || !curl_strnequal(bytes, name, start))
        return length;
    while (start < length && (bytes[start] == ' ' || bytes[start] == '\t'))
        start++;
    size_t end = length;
    while (end > start && strchr(" \t\r\n", bytes[end - 1]))
        end--;
    if (end - start >= sizeof value)
        return length;
    memcpy(value, bytes + start, end - start);
    value[end - start] = '\0';
    http_retry_after(value, clock_now_ms(), &exchange->response.retry_after_ms);
    return length;
}

static bool set_up(CURL *easy, const HttpRequest *request, struct curl_slist *headers,
                   Exchange *exchange)
{
    long timeout = (long)(request->timeout_ms > 0 ? request->timeout_ms : HTTP_TIMEOUT_MS);
    long connect = timeout < HTTP_CONNECT_TIMEOUT_MS ? timeout : HTTP_CONNECT_TIMEOUT_MS;
    bool ok = true;

#define SET(option, value) ok = ok && curl_easy_setopt(easy, option, value) == CURLE_OK
    SET(CURLOPT_URL, request->url);
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    SET(CURLOPT_SSL_VERIFYPEER, 1L);
    SET(CURLOPT_SSL_VERIFYHOST, 2L);
    SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    SET(CURLOPT_CONNECTTIMEOUT_MS, connect);
    SET(CURLOPT_TIMEOUT_MS, timeout);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    SET(CURLOPT_PROXY, "");
    SET(CURLOPT_NOPROXY, "*");
    SET(CURLOPT_USERAGENT, request->user_agent);
    SET(CURLOPT_HTTPHEADER, headers);
    SET(CURLOPT_POST, 1L);
    SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_length);
    SET(CURLOPT_POSTFIELDS, request->body_length > 0 ? request->body : "");
    SET(CURLOPT_OPENSOCKETFUNCTION, socket_open);
    SET(CURLOPT_OPENSOCKETDATA, exchange);
    SET(CURLOPT_WRITEFUNCTION, body_add);
    SET(CURLOPT_WRITEDATA, exchange);
    SET(CURLOPT_HEADERFUNCTION, header_see);
    SET(CURLOPT_HEADERDATA, exchange);
#undef SET
    return ok;
}

/* Curl's own message buffer is not used: it may quote the URL. */
static bool failed(CURL *easy, CURLcode code, const Exchange *exchange, const char *url, Err *err)
{
    CLEANUP(cleanup_free) char *origin = http_origin(url);
    long number = 0;

    if (exchange->reach_denied && exchange->reach == HTTP_REACH_REFUSED)
        return err_set(err, EXIT_DENIED,
                       "%s: address %s is refused (link-local, metadata or no unicast address)",
                       origin, exchange->address);
    if (exchange->reach_denied)
        return err_set(err, EXIT_DENIED, "%s: plain http to %s is refused (loopback only)", origin,
                       exchange->address);
    if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL)
        return err_set(err, EXIT_DATA, "%s: %s", origin, curl_easy_strerror(code));
    if (code == CURLE_COULDNT_CONNECT &&
        curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &number) == CURLE_OK && number > 0)
        return err_set(err, EXIT_UNAVAILABLE, "%s: %s", origin, strerror((int)number));
    return err_set(err, EXIT_UNAVAILABLE, "%s: %s", origin, curl_easy_strerror(code));
}

static void slist_free(struct curl_slist **list)
{
    curl_slist_free_all(*list);
    *list = NULL;
}

static bool headers_make(const HttpRequest *request, struct curl_slist **ret)
{
    bool ok = true;

    /* "Expect:" keeps curl from waiting for a 100-continue before a large body. */
    for (size_t i = 0; ok; i++) {
        const char *line = i == 0 ? "Expect:" : request->headers ? request->headers[i - 1] : NULL;
        struct curl_slist *longer = line ? curl_slist_append(*ret, line) : NULL;

        if (!line)
            break;
        ok = longer != NULL;
        *ret = longer ? longer : *ret;
    }
    return ok;
}

bool http_post(Http *http, const HttpRequest *request, HttpResponse *ret, Err *err)
{
    Exchange exchange = {.response = {.retry_after_ms = HTTP_NO_RETRY_AFTER}};
    CLEANUP(slist_free) struct curl_slist *headers = NULL;
    int64_t start = clock_monotonic_ms();
    struct sigaction old;
    CURLcode code;
    long status = 0;

    if (!url_check(request->url, &exchange.plain, err))
        return false;
    curl_easy_reset(http->easy);
    if (!headers_make(request, &headers) || !set_up(http->easy, request, headers, &exchange))
        return err_set(err, EXIT_OS, "cannot set up the HTTP request");
    pipe_ignore(&old);
    code = curl_easy_perform(http->easy);
    sigaction(SIGPIPE, &old, NULL);
    curl_easy_getinfo(http->easy, CURLINFO_RESPONSE_CODE, &status);
    if (code != CURLE_OK && !(code == CURLE_WRITE_ERROR && exchange.body_cut)) {
        failed(http->easy, code, &exchange, request->url, err);
        http_response_free(&exchange.response);
        return false;
    }
    if (!exchange.response.body) {
        exchange.response.body = arena_realloc_or_exit(NULL, 1);
        exchange.response.body[0] = '\0';
    }
    exchange.response.status = (int)status;
    exchange.response.latency_ms = clock_monotonic_ms() - start;
    *ret = exchange.response;
    return true;
}
