#include "dash/gate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/digest.h"

enum { HTTP_PORT = 80, NAME_SIZE = 64 };

static const char *const names[] = {"localhost", "127.0.0.1"};

const char *gate_header(const GateRequest *request, const char *name)
{
    for (size_t i = 0; i < request->header_count; i++)
        if (strcasecmp(request->headers[i].name, name) == 0)
            return request->headers[i].value;
    return NULL;
}

static size_t header_times(const GateRequest *request, const char *name)
{
    size_t times = 0;

    for (size_t i = 0; i < request->header_count; i++)
        times += strcasecmp(request->headers[i].name, name) == 0;
    return times;
}

/* One item of a comma list: its text without blanks around it. False behind the last. */
static bool next_item(const char **list, const char **ret, size_t *ret_length)
{
    const char *text = *list;

    text += strspn(text, " \t,");
    if (!*text)
        return false;
    size_t whole = strcspn(text, ",");
    size_t length = whole;
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    *ret = text;
    *ret_length = length;
    *list = text + whole;
    return true;
}

static bool is_denied(const char *parameters, size_t length)
{
    char text[16] = "";

    if (length >= sizeof text)
        return false;
    memcpy(text, parameters, length);
    const char *weight = strstr(text, "q=");
    return weight && strtod(weight + 2, NULL) <= 0.0;
}

bool gate_list_has(const char *list, const char *item)
{
    const char *text = NULL;
    size_t length = 0;

    while (list && next_item(&list, &text, &length)) {
        const char *semicolon = memchr(text, ';', length);
        size_t name = semicolon ? (size_t)(semicolon - text) : length;
        while (name > 0 && text[name - 1] == ' ')
            name--;
        if (name == strlen(item) && strncasecmp(text, item, name) == 0)
            return !(semicolon && is_denied(semicolon, length - (size_t)(semicolon - text)));
    }
    return false;
}

static bool is_ours(const GateRules *rules, const char *prefix, const char *text)
{
    char wanted[NAME_SIZE];

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(wanted, sizeof wanted, "%s%s:%d", prefix, names[i], rules->port);
        if (strcmp(text, wanted) == 0)
            return true;
        snprintf(wanted, sizeof wanted, "%s%s", prefix, names[i]);
        if (rules->port == HTTP_PORT && strcmp(text, wanted) == 0)
            return true;
    }
    return false;
}

static bool refuse(GateVerdict *ret, int status, const char *why)
{
    ret->status = status;
    ret->why = why;
    return false;
}

static bool host_check(const GateRules *rules, const GateRequest *request, GateVerdict *ret)
{
    if (header_times(request, "Host") != 1 || !is_ours(rules, "", gate_header(request, "Host")))
        return refuse(ret, 421,
                      "this server answers to localhost and 127.0.0.1 with its port only");
    return true;
}

static bool framing_check(const GateRequest *request, GateVerdict *ret)
{
    const char *length = gate_header(request, "Content-Length");

    if (request->header_count >= GATE_HEADERS_MAX)
        return refuse(ret, 431, "too many headers");
    if (header_times(request, "Transfer-Encoding") > 0)
        return refuse(ret, 400, "Transfer-Encoding is not taken");
    if (header_times(request, "Content-Length") > 1)
        return refuse(ret, 400, "more than one Content-Length");
    if (length && (!*length || length[strspn(length, "0123456789")] != '\0'))
        return refuse(ret, 400, "the Content-Length is no number");
    return true;
}

static bool route_check(const GateRequest *request, GateVerdict *ret)
{
    ret->route = route_find(request->path);
    if (!ret->route)
        return refuse(ret, 404, "there is nothing at this address");
    if (!route_takes(ret->route, request->method) && strcmp(request->method, "OPTIONS") != 0)
        return refuse(ret, 405, "this method does not work here");
    return true;
}

static bool is_opening_the_page(const GateRequest *request)
{
    const char *mode = gate_header(request, "Sec-Fetch-Mode");
    const char *destination = gate_header(request, "Sec-Fetch-Dest");

    return strcmp(request->method, "GET") == 0 && strcmp(request->path, "/") == 0 && mode &&
           strcmp(mode, "navigate") == 0 && destination && strcmp(destination, "document") == 0;
}

static bool origin_check(const GateRules *rules, const GateRequest *request, GateVerdict *ret)
{
    const char *site = gate_header(request, "Sec-Fetch-Site");
    const char *origin = gate_header(request, "Origin");
    bool is_post = strcmp(request->method, "POST") == 0;
    bool is_same = site && strcmp(site, "same-origin") == 0;

    if (header_times(request, "Origin") > 1 || header_times(request, "Sec-Fetch-Site") > 1)
        return refuse(ret, 400, "a header came twice");
    if (site && !is_same && strcmp(site, "none") != 0 && !is_opening_the_page(request))
        return refuse(ret, 403, "the request comes from another site");
    if (origin && !is_ours(rules, "http://", origin))
        return refuse(ret, 403, "the request comes from another origin");
    if (is_post && !site && !origin)
        return refuse(ret, 403, "a POST must say where it comes from: Origin or Sec-Fetch-Site");
    if (ret->route->auth == ROUTE_OWN_PAGE && (!is_same || rules->require_token))
        return refuse(ret, 403, "only the dashboard's own page may ask this");
    return true;
}

static bool token_check(const GateRules *rules, const GateRequest *request, GateVerdict *ret)
{
    static const char scheme[] = "Bearer ";
    const char *sent = gate_header(request, "Authorization");
    bool is_wanted = ret->route->auth == ROUTE_TOKEN ||
                     (ret->route->auth == ROUTE_READ && rules->require_token && !ret->upgrade);

    if (!is_wanted)
        return true;
    if (header_times(request, "Authorization") != 1 ||
        strncasecmp(sent, scheme, sizeof scheme - 1) != 0)
        return refuse(ret, 401, "this needs the dashboard's token");
    sent += sizeof scheme - 1;
    if (strlen(sent) != strlen(rules->token) ||
        !digest_equal(sent, rules->token, strlen(rules->token)))
        return refuse(ret, 401, "this is not the dashboard's token");
    return true;
}

static bool body_check(const GateRequest *request, GateVerdict *ret)
{
    const char *type = gate_header(request, "Content-Type");
    const char *length = gate_header(request, "Content-Length");

    if (strcmp(request->method, "POST") != 0) {
        if (length && length[strspn(length, "0")] != '\0')
            return refuse(ret, 400, "this method takes no body");
        return true;
    }
    static const char json[] = "application/json";
    if (!type || strncasecmp(type, json, sizeof json - 1) != 0 ||
        !strchr("; ", type[sizeof json - 1]))
        return refuse(ret, 415, "the body must be application/json");
    if (!length)
        return refuse(ret, 411, "a Content-Length is needed");
    if (strlen(length) > 9 || strtol(length, NULL, 10) > GATE_BODY_MAX)
        return refuse(ret, 413, "the body is larger than 16 kB");
    return true;
}

static bool ticket_take(const GateRequest *request, GateVerdict *ret)
{
    static const char prefix[] = "ticket.";
    const char *list = gate_header(request, "Sec-WebSocket-Protocol");
    const char *text = NULL;
    size_t length = 0;

    while (list && next_item(&list, &text, &length)) {
        if (length < sizeof prefix || strncmp(text, prefix, sizeof prefix - 1) != 0)
            continue;
        length -= sizeof prefix - 1;
        if (length >= sizeof ret->ticket)
            return false;
        memcpy(ret->ticket, text + sizeof prefix - 1, length);
        ret->ticket[length] = '\0';
        return true;
    }
    return false;
}

static bool upgrade_check(const GateRequest *request, GateVerdict *ret)
{
    const char *upgrade = gate_header(request, "Upgrade");
    const char *version = gate_header(request, "Sec-WebSocket-Version");
    const char *key = gate_header(request, "Sec-WebSocket-Key");

    if (!ret->upgrade)
        return true;
    if (ret->route->id != ROUTE_LIVE || strcmp(request->method, "GET") != 0 ||
        header_times(request, "Upgrade") != 1 || strcasecmp(upgrade, "websocket") != 0 ||
        !gate_list_has(gate_header(request, "Connection"), "upgrade"))
        return refuse(ret, 400, "only the live address can be upgraded, to a WebSocket");
    if (!version || strcmp(version, "13") != 0 || header_times(request, "Sec-WebSocket-Key") != 1 ||
        strlen(key) != 24)
        return refuse(ret, 400, "this is not WebSocket version 13");
    if (!gate_header(request, "Origin"))
        return refuse(ret, 403, "a WebSocket must say its Origin");
    if (header_times(request, "Sec-WebSocket-Protocol") != 1 || !ticket_take(request, ret))
        return refuse(ret, 401, "a WebSocket needs a ticket");
    return true;
}

void gate_check(const GateRules *rules, const GateRequest *request, GateVerdict *ret)
{
    *ret = (GateVerdict){0};
    ret->upgrade = gate_header(request, "Upgrade") != NULL;
    (void)(host_check(rules, request, ret) && framing_check(request, ret) &&
           route_check(request, ret) && origin_check(rules, request, ret) &&
           (strcmp(request->method, "OPTIONS") == 0 ||
            (token_check(rules, request, ret) && body_check(request, ret) &&
             upgrade_check(request, ret))));
}
