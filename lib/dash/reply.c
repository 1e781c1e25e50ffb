#include "dash/reply.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/digest.h"
#include "json/jx.h"

enum { GZIP_LEAST = 1024, GZIP_WINDOW = 15 + 16, GZIP_LEVEL = 6, GZIP_MEMORY = 8 };

static const char media_json[] = "application/json; charset=utf-8";

/* Nothing but our own files runs, nothing is loaded from or sent to elsewhere, nobody frames the
 * page, and no text becomes script or markup. */
static const char guards[] =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Embedder-Policy: require-corp\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n";

static const struct {
    int status;
    const char *phrase;
} phrases[] = {
    {200, "OK"},
    {202, "Accepted"},
    {204, "No Content"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {410, "Gone"},
    {411, "Length Required"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {421, "Misdirected Request"},
    {426, "Upgrade Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {503, "Service Unavailable"},
};

static const char *phrase_of(int status)
{
    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++)
        if (phrases[i].status == status)
            return phrases[i].phrase;
    return "Error";
}

void reply_free(Reply *reply)
{
    free(reply->owned);
    *reply = (Reply){0};
}

static void set_body(Reply *reply, char *text, size_t length)
{
    free(reply->owned);
    reply->owned = text;
    reply->body = text;
    reply->length = length;
}

char *reply_gzip(const void *bytes, size_t length, size_t *ret_length)
{
    z_stream stream = {0};

    if (length > UINT32_MAX / 2 || deflateInit2(&stream, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW,
                                                GZIP_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
        return NULL;
    char *packed = arena_realloc_or_exit(NULL, length + 1);
    stream.next_in = (Bytef *)bytes;
    stream.avail_in = (uInt)length;
    stream.next_out = (Bytef *)packed;
    stream.avail_out = (uInt)length;
    int result = deflate(&stream, Z_FINISH);
    *ret_length = stream.total_out;
    deflateEnd(&stream);
    if (result == Z_STREAM_END)
        return packed;
    free(packed);
    return NULL;
}

static void compress_if_wanted(Reply *reply, const GateRequest *request)
{
    size_t length = 0;

    reply->varies = true;
    if (reply->length < GZIP_LEAST ||
        !gate_list_has(gate_header(request, "Accept-Encoding"), "gzip"))
        return;
    char *packed = reply_gzip(reply->body, reply->length, &length);
    if (!packed)
        return;
    set_body(reply, packed, length);
    reply->gzip = true;
}

void reply_not_modified(Reply *reply, const GateRequest *request)
{
    const char *known = gate_header(request, "If-None-Match");
    const char *etag = strncmp(reply->etag, "W/", 2) == 0 ? reply->etag + 2 : reply->etag;

    /* Our tags are quoted digests: found inside the list means listed. */
    if (!known || !*etag || !strstr(known, etag))
        return;
    reply->status = 304;
    reply->type = NULL;
    reply->gzip = false;
    set_body(reply, NULL, 0);
}

bool reply_json(Reply *reply, const GateRequest *request, int status, const json_t *doc,
                const json_t *etag_of, Err *err)
{
    char *text = jx_text(doc);
    CLEANUP(cleanup_free) char *tagged = etag_of ? jx_text(etag_of) : NULL;
    char hex[DIGEST_HEX_SIZE];

    if (!text || (etag_of && !tagged)) {
        free(text);
        return err_set(err, EXIT_SOFTWARE, "an answer cannot be written as JSON");
    }
    reply->status = status;
    reply->type = media_json;
    set_body(reply, text, strlen(text));
    if (status != 200)
        return true;
    const char *of = tagged ? tagged : text;
    digest_hex(of, strlen(of), hex);
    snprintf(reply->etag, sizeof reply->etag, "W/\"%s\"", hex);
    reply_not_modified(reply, request);
    if (reply->status == 200)
        compress_if_wanted(reply, request);
    return true;
}

void reply_text(Reply *reply, const GateRequest *request, const char *type, char *text,
                size_t length)
{
    reply->status = 200;
    reply->type = type;
    set_body(reply, text, length);
    compress_if_wanted(reply, request);
}

void reply_error(Reply *reply, int status, const char *format, ...)
{
    char sentence[256];
    va_list arguments;
    char *text = NULL;
    size_t length = 0;

    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    const char *allow = reply->allow;
    int retry_after_s = reply->retry_after_s;
    reply_free(reply);
    FILE *out = open_memstream(&text, &length);
    if (out) {
        fputs("{\"error\":", out);
        jx_put_string(out, sentence, strlen(sentence));
        fputs("}\n", out);
        fclose(out);
    }
    *reply = (Reply){.status = status,
                     .type = media_json,
                     .allow = allow,
                     .retry_after_s = retry_after_s,
                     .body = text,
                     .length = length,
                     .owned = text};
}

/* RFC 9110 section 5.6.7. strftime's names would follow the locale, which no tool of ours sets. */
static void put_date(int64_t time_ms, FILE *out)
{
    time_t seconds = (time_t)(time_ms / 1000);
    struct tm parts = {0};
    char text[64];

    gmtime_r(&seconds, &parts);
    strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    fprintf(out, "Date: %s\r\n", text);
}

void reply_head(const Reply *reply, int64_t time_ms, FILE *out)
{
    fprintf(out, "HTTP/1.1 %d %s\r\n", reply->status, phrase_of(reply->status));
    put_date(time_ms, out);
    fputs(guards, out);
    fprintf(out, "Cache-Control: %s\r\n", reply->keeps ? "no-cache" : "no-store");
    if (reply->etag[0])
        fprintf(out, "ETag: %s\r\n", reply->etag);
    if (reply->varies)
        fputs("Vary: Accept-Encoding\r\n", out);
    if (reply->allow)
        fprintf(out, "Allow: %s\r\n", reply->allow);
    if (reply->retry_after_s)
        fprintf(out, "Retry-After: %d\r\n", reply->retry_after_s);
    if (reply->status == 401)
        fputs("WWW-Authenticate: Bearer realm=\"schema dashboard\"\r\n", out);
    if (reply->type)
        fprintf(out, "Content-Type: %s\r\n", reply->type);
    if (reply->gzip)
        fputs("Content-Encoding: gzip\r\n", out);
    if (reply->status != 304 && reply->status != 204)
        fprintf(out, "Content-Length: %zu\r\n", reply->length);
    fputs("Connection: close\r\n\r\n", out);
}
