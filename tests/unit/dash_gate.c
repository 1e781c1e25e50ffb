#include "dash/gate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define TOKEN "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define KEY "dGhlIHNhbXBsZSBub25jZQ=="

enum { HEADERS_MAX = 70, TEXT_MAX = 2048 };

/* What a request of these header lines ("Name: value\n...") is told. */
static GateVerdict verdict_of(const GateRules *rules, const char *method, const char *path,
                              const char *lines)
{
    static char text[TEXT_MAX];
    GateHeader headers[HEADERS_MAX];
    GateRequest request = {.method = method, .path = path, .headers = headers};
    GateVerdict verdict;

    snprintf(text, sizeof text, "%s", lines);
    for (char *line = text; *line && request.header_count < HEADERS_MAX;) {
        char *end = strchr(line, '\n');
        char *colon = strstr(line, ": ");
        assert_non_null(end);
        assert_non_null(colon);
        *end = *colon = '\0';
        headers[request.header_count++] = (GateHeader){line, colon + 2};
        line = end + 1;
    }
    gate_check(rules, &request, &verdict);
    return verdict;
}

typedef struct Row {
    int status;
    const char *method;
    const char *path;
    const char *lines;
} Row;

static void check_rows(const GateRules *rules, const Row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        GateVerdict verdict = verdict_of(rules, rows[i].method, rows[i].path, rows[i].lines);
        if (verdict.status != rows[i].status)
            print_error("%s %s\n%s\n", rows[i].method, rows[i].path, rows[i].lines);
        assert_int_equal(verdict.status, rows[i].status);
        assert_true(verdict.status == 0 || verdict.why);
    }
}

#define CHECK(rules, rows) check_rows(rules, rows, sizeof(rows) / sizeof *(rows))
#define HOST "Host: localhost:3001\n"
#define OURS "Origin: http://localhost:3001\n"
#define JSON "Content-Type: application/json\nContent-Length: 2\n"
#define BEARER "Authorization: Bearer " TOKEN "\n"
#define UPGRADE                                                                                    \
    "Connection: keep-alive, Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\n"             \
    "Sec-WebSocket-Key: " KEY "\n"
#define TICKET "Sec-WebSocket-Protocol: schema.live.1, ticket." TOKEN "\n"

static const GateRules rules = {3001, TOKEN, false};

static void only_the_exact_host_with_its_port_is_answered(void **state)
{
    static const Row rows[] = {
        {0, "GET", "/", "Host: localhost:3001\n"},
        {0, "GET", "/", "host: 127.0.0.1:3001\n"},
        {421, "GET", "/", ""},
        {421, "GET", "/", "Host: \n"},
        {421, "GET", "/", "Host: localhost\n"},
        {421, "GET", "/", "Host: localhost:3002\n"},
        {421, "GET", "/", "Host: LOCALHOST:3001\n"},
        {421, "GET", "/", "Host: localhost.:3001\n"},
        {421, "GET", "/", "Host: localhost:3001.\n"},
        {421, "GET", "/", "Host: localhost:03001\n"},
        {421, "GET", "/", "Host: 127.0.0.1.evil:3001\n"},
        {421, "GET", "/", "Host: 127.1:3001\n"},
        {421, "GET", "/", "Host: 2130706433:3001\n"},
        {421, "GET", "/", "Host: [::1]:3001\n"},
        {421, "GET", "/", "Host: a@localhost:3001\n"},
        {421, "GET", "/", "Host: localhost:3001, evil\n"},
        {421, "GET", "/", "Host: localhost:3001\nHost: localhost:3001\n"},
        {421, "GET", "/", "Host: evil.example:3001\nOrigin: http://evil.example:3001\n"},
    };

    (void)state;
    CHECK(&rules, rows);
}

static void on_port_80_the_host_may_come_without_port(void **state)
{
    static const GateRules port_80 = {80, TOKEN, false};
    static const Row rows[] = {
        {0, "GET", "/", "Host: localhost\n"},
        {0, "GET", "/", "Host: 127.0.0.1:80\n"},
        {421, "GET", "/", "Host: evil\n"},
    };

    (void)state;
    CHECK(&port_80, rows);
}

static void ambiguous_framing_is_refused(void **state)
{
    static const Row rows[] = {
        {400, "GET", "/", HOST "Transfer-Encoding: chunked\n"},
        {400, "POST", "/api/v1/actions", HOST "Transfer-Encoding: chunked\nContent-Length: 2\n"},
        {400, "POST", "/api/v1/actions", HOST "Content-Length: 2\nContent-Length: 2\n"},
        {400, "POST", "/api/v1/actions", HOST "Content-Length: +2\n"},
        {400, "POST", "/api/v1/actions", HOST "Content-Length: \n"},
        {400, "GET", "/", HOST "Content-Length: 5\n"},
        {0, "GET", "/", HOST "Content-Length: 0\n"},
    };

    (void)state;
    CHECK(&rules, rows);
}

static void more_headers_than_can_be_seen_are_refused(void **state)
{
    char lines[TEXT_MAX] = HOST;

    (void)state;
    for (int i = 1; i < GATE_HEADERS_MAX - 1; i++)
        strcat(lines, "X: y\n");
    assert_int_equal(verdict_of(&rules, "GET", "/", lines).status, 0);
    strcat(lines, "X: y\n");
    assert_int_equal(verdict_of(&rules, "GET", "/", lines).status, 431);
}

static void only_rows_of_the_table_are_there_and_only_their_methods(void **state)
{
    static const Row rows[] = {
        {404, "GET", "/index.html", HOST},
        {404, "GET", "//", HOST},
        {404, "GET", "/api/v1/status/", HOST},
        {404, "GET", "/../etc/passwd", HOST},
        {404, "GET", "/%2e%2e/etc/passwd", HOST},
        {404, "GET", "http://localhost:3001/", HOST},
        {405, "DELETE", "/", HOST},
        {405, "POST", "/", HOST OURS},
        {405, "GET", "/api/v1/actions", HOST},
        {405, "HEAD", "/api/v1/ticket", HOST},
        {0, "HEAD", "/healthz", HOST},
        {0, "OPTIONS", "/api/v1/actions", HOST},
        {404, "OPTIONS", "*", HOST},
    };

    (void)state;
    CHECK(&rules, rows);
}

static void other_sites_are_kept_out_but_may_link_to_the_page(void **state)
{
    static const Row rows[] = {
        {0, "GET", "/api/v1/status", HOST "Sec-Fetch-Site: same-origin\n"},
        {0, "GET", "/api/v1/status", HOST "Sec-Fetch-Site: none\n"},
        {403, "GET", "/api/v1/status", HOST "Sec-Fetch-Site: cross-site\n"},
        {403, "GET", "/api/v1/status", HOST "Sec-Fetch-Site: same-site\n"},
        {403, "GET", "/app.js", HOST "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: no-cors\n"},
        {0, "GET", "/",
         HOST "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document\n"},
        {403, "GET", "/",
         HOST "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: iframe\n"},
        {403, "GET", "/api/v1/status",
         HOST "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document\n"},
        {400, "GET", "/", HOST "Sec-Fetch-Site: none\nSec-Fetch-Site: none\n"},
        {0, "GET", "/api/v1/status", HOST OURS},
        {403, "GET", "/api/v1/status", HOST "Origin: http://evil.example\n"},
        {403, "GET", "/api/v1/status", HOST "Origin: null\n"},
        {403, "GET", "/api/v1/status", HOST "Origin: https://localhost:3001\n"},
        {403, "GET", "/api/v1/status", HOST "Origin: http://localhost:5173\n"},
        {403, "GET", "/api/v1/status", HOST "Origin: http://localhost:3001/\n"},
        {400, "GET", "/api/v1/status", HOST OURS OURS},
        {403, "OPTIONS", "/api/v1/actions",
         HOST "Origin: http://evil.example\nAccess-Control-Request-Method: POST\n"},
    };

    (void)state;
    CHECK(&rules, rows);
}

static void acting_needs_an_origin_the_token_and_json(void **state)
{
    static const Row rows[] = {
        {0, "POST", "/api/v1/actions", HOST OURS BEARER JSON},
        {0, "POST", "/api/v1/actions", HOST "Sec-Fetch-Site: same-origin\n" BEARER JSON},
        {403, "POST", "/api/v1/actions", HOST BEARER JSON},
        {403, "POST", "/api/v1/actions", HOST "Origin: http://evil.example\n" BEARER JSON},
        {403, "POST", "/api/v1/actions", HOST OURS "Sec-Fetch-Site: cross-site\n" BEARER JSON},
        {401, "POST", "/api/v1/actions", HOST OURS JSON},
        {401, "POST", "/api/v1/actions", HOST OURS JSON "Authorization: Bearer \n"},
        {401, "POST", "/api/v1/actions", HOST OURS JSON "Authorization: Bearer 0011\n"},
        {401, "POST", "/api/v1/actions", HOST OURS JSON "Authorization: Basic " TOKEN "\n"},
        {401, "POST", "/api/v1/actions", HOST OURS JSON BEARER BEARER},
        {415, "POST", "/api/v1/actions", HOST OURS BEARER "Content-Length: 2\n"},
        {415, "POST", "/api/v1/actions",
         HOST OURS BEARER "Content-Type: text/plain\nContent-Length: 2\n"},
        {415, "POST", "/api/v1/actions",
         HOST OURS BEARER "Content-Type: application/jsonp\nContent-Length: 2\n"},
        {0, "POST", "/api/v1/actions",
         HOST OURS BEARER "Content-Type: application/json; charset=utf-8\nContent-Length: 2\n"},
        {411, "POST", "/api/v1/actions", HOST OURS BEARER "Content-Type: application/json\n"},
        {0, "POST", "/api/v1/actions",
         HOST OURS BEARER "Content-Type: application/json\nContent-Length: 16384\n"},
        {413, "POST", "/api/v1/actions",
         HOST OURS BEARER "Content-Type: application/json\nContent-Length: 16385\n"},
        {413, "POST", "/api/v1/actions",
         HOST OURS BEARER "Content-Type: application/json\nContent-Length: 99999999999999999999\n"},
    };

    (void)state;
    CHECK(&rules, rows);
}

static void the_session_is_for_our_own_page_alone(void **state)
{
    static const GateRules strict = {3001, TOKEN, true};
    static const char own[] = HOST "Sec-Fetch-Site: same-origin\n";
    static const Row rows[] = {
        {0, "GET", "/api/v1/session", own},
        {403, "GET", "/api/v1/session", HOST},
        {403, "GET", "/api/v1/session", HOST OURS},
        {403, "GET", "/api/v1/session", HOST "Sec-Fetch-Site: none\n"},
    };

    (void)state;
    CHECK(&rules, rows);
    assert_int_equal(verdict_of(&strict, "GET", "/api/v1/session", own).status, 403);
}

static void with_require_token_reading_needs_it_too(void **state)
{
    static const GateRules strict = {3001, TOKEN, true};
    static const Row rows[] = {
        {401, "GET", "/api/v1/status", HOST}, {0, "GET", "/api/v1/status", HOST BEARER},
        {401, "GET", "/metrics", HOST},       {401, "GET", "/api/v1/live", HOST},
        {0, "GET", "/healthz", HOST},         {0, "GET", "/", HOST},
    };

    (void)state;
    CHECK(&strict, rows);
}

static void a_websocket_needs_an_origin_and_a_ticket(void **state)
{
    static const Row rows[] = {
        {0, "GET", "/api/v1/live", HOST OURS UPGRADE TICKET},
        {403, "GET", "/api/v1/live", HOST UPGRADE TICKET},
        {403, "GET", "/api/v1/live", HOST "Origin: http://evil.example\n" UPGRADE TICKET},
        {403, "GET", "/api/v1/live", HOST OURS "Sec-Fetch-Site: cross-site\n" UPGRADE TICKET},
        {401, "GET", "/api/v1/live", HOST OURS UPGRADE},
        {401, "GET", "/api/v1/live", HOST OURS UPGRADE "Sec-WebSocket-Protocol: schema.live.1\n"},
        {401, "GET", "/api/v1/live", HOST OURS UPGRADE "Sec-WebSocket-Protocol: ticket.\n"},
        {401, "GET", "/api/v1/live", HOST OURS UPGRADE TICKET TICKET},
        {400, "GET", "/api/v1/status", HOST OURS UPGRADE TICKET},
        {400, "GET", "/", HOST OURS "Connection: Upgrade\nUpgrade: h2c\n"},
        {400, "GET", "/api/v1/live", HOST OURS "Upgrade: websocket\n" TICKET},
        {400, "GET", "/api/v1/live",
         HOST OURS "Connection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 8\n"
                   "Sec-WebSocket-Key: " KEY "\n" TICKET},
        {400, "GET", "/api/v1/live",
         HOST OURS "Connection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\n" TICKET},
    };

    (void)state;
    CHECK(&rules, rows);
    GateVerdict verdict = verdict_of(&rules, "GET", "/api/v1/live", HOST OURS UPGRADE TICKET);
    assert_true(verdict.upgrade);
    assert_string_equal(verdict.ticket, TOKEN);
}

static void a_list_has_its_items_whole_and_not_denied(void **state)
{
    (void)state;
    assert_true(gate_list_has("gzip, deflate, br", "gzip"));
    assert_true(gate_list_has("br;q=1.0, GZIP;q=0.5", "gzip"));
    assert_false(gate_list_has("gzip;q=0", "gzip"));
    assert_false(gate_list_has("gzip; q=0.0, br", "gzip"));
    assert_false(gate_list_has("xgzip, gzipx", "gzip"));
    assert_false(gate_list_has("", "gzip"));
    assert_false(gate_list_has(NULL, "gzip"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_exact_host_with_its_port_is_answered),
        cmocka_unit_test(on_port_80_the_host_may_come_without_port),
        cmocka_unit_test(ambiguous_framing_is_refused),
        cmocka_unit_test(more_headers_than_can_be_seen_are_refused),
        cmocka_unit_test(only_rows_of_the_table_are_there_and_only_their_methods),
        cmocka_unit_test(other_sites_are_kept_out_but_may_link_to_the_page),
        cmocka_unit_test(acting_needs_an_origin_the_token_and_json),
        cmocka_unit_test(the_session_is_for_our_own_page_alone),
        cmocka_unit_test(with_require_token_reading_needs_it_too),
        cmocka_unit_test(a_websocket_needs_an_origin_and_a_ticket),
        cmocka_unit_test(a_list_has_its_items_whole_and_not_denied),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
