#include "dash/server.h"

#include <civetweb.h>

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/clock.h"

#define SUBPROTOCOL "schema.live.1"

enum {
    LOOK_MS = 500,
    HEARTBEAT_MS = 15000,
    RESERVED_MS = 5000,
    MESSAGE_SIZE = 128,
    INBOUND_MAX = 1024,
    FRAME_OPCODE = 0x0f,
    FRAME_RESERVED = 0x70,
    CLOSE_GOING_AWAY = 1001,
    CLOSE_PROTOCOL_ERROR = 1002,
    CLOSE_TOO_BIG = 1009,
    DESCRIPTORS_MOST = 4096
};

/* A socket is reserved when its upgrade is let in, and gets messages once the handshake is done.
 * A reservation that came to nothing falls after RESERVED_MS: the library tells of a connection's
 * end only under that connection's lock, which broadcast takes after the mutex, not before. */
typedef struct Socket {
    struct mg_connection *connection;
    int64_t reserved_ms;
    bool is_ready;
    bool is_broken; /* a write failed; the library will find out and close */
} Socket;

struct Server {
    App *app;
    struct mg_context *context;
    int port;
    pthread_mutex_t mutex; /* of the sockets */
    Socket sockets[SERVER_SOCKETS_MAX];
    const char *protocol; /* the library keeps pointers to these two */
    struct mg_websocket_subprotocols protocols;
};

bool server_find_port(int port, int *ret_port, Err *err)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    socklen_t length = sizeof address;
    int on = 1;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CLEANUP(cleanup_close) int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0)
        return err_errno(err, EXIT_OS, "cannot make a socket");
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, 1) != 0) {
        if (errno == EADDRINUSE)
            return err_set(
                err, EXIT_UNAVAILABLE,
                "port %d is in use (another dash-serve? choose by --port or dashboard.port)", port);
        return err_errno(err, EXIT_UNAVAILABLE, "cannot listen on port %d", port);
    }
    if (getsockname(fd, (struct sockaddr *)&address, &length) != 0)
        return err_errno(err, EXIT_OS, "cannot examine a socket");
    *ret_port = ntohs(address.sin_port);
    return true;
}

/* ---- answers ---- */

static void send_reply(struct mg_connection *connection, const Reply *reply, bool with_body)
{
    char *head = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&head, &length);

    if (!out)
        return;
    reply_head(reply, clock_now_ms(), out);
    /* One write for a small answer: one packet. */
    bool together = with_body && reply->length > 0 && reply->length <= GATE_BODY_MAX;
    if (together)
        fwrite(reply->body, 1, reply->length, out);
    fclose(out);
    mg_disable_connection_keep_alive(connection);
    mg_write(connection, head, length);
    if (with_body && !together && reply->length > 0)
        mg_write(connection, reply->body, reply->length);
    free(head);
}

static size_t take_headers(const struct mg_request_info *info, GateHeader *ret)
{
    size_t count = (size_t)info->num_headers;

    for (size_t i = 0; i < count; i++)
        ret[i] = (GateHeader){info->http_headers[i].name, info->http_headers[i].value};
    return count;
}

/* The body, whole: false when less came than was announced. */
static bool read_body(struct mg_connection *connection, size_t length, char *ret)
{
    size_t got = 0;

    while (got < length) {
        int read = mg_read(connection, ret + got, length - got);
        if (read <= 0)
            return false;
        got += (size_t)read;
    }
    return true;
}

/* ---- sockets ---- */

static bool is_free(const Socket *slot, const struct mg_connection *connection, int64_t now_ms)
{
    return !slot->connection || slot->connection == connection ||
           (!slot->is_ready && now_ms - slot->reserved_ms > RESERVED_MS);
}

static bool socket_reserve(Server *server, struct mg_connection *connection)
{
    int64_t now_ms = clock_monotonic_ms();
    bool is_reserved = false;

    pthread_mutex_lock(&server->mutex);
    for (size_t i = 0; i < SERVER_SOCKETS_MAX && !is_reserved; i++) {
        if (!is_free(&server->sockets[i], connection, now_ms))
            continue;
        server->sockets[i] = (Socket){.connection = connection, .reserved_ms = now_ms};
        is_reserved = true;
    }
    pthread_mutex_unlock(&server->mutex);
    return is_reserved;
}

static void socket_release(Server *server, const struct mg_connection *connection)
{
    pthread_mutex_lock(&server->mutex);
    for (size_t i = 0; i < SERVER_SOCKETS_MAX; i++)
        if (server->sockets[i].connection == connection)
            server->sockets[i] = (Socket){0};
    pthread_mutex_unlock(&server->mutex);
}

static void broadcast(Server *server, int opcode, const char *bytes, size_t length)
{
    pthread_mutex_lock(&server->mutex);
    for (size_t i = 0; i < SERVER_SOCKETS_MAX; i++) {
        Socket *to = &server->sockets[i];
        if (to->is_ready && !to->is_broken &&
            mg_websocket_write(to->connection, opcode, bytes, length) <= 0)
            to->is_broken = true;
    }
    pthread_mutex_unlock(&server->mutex);
}

static void tell(const char *kind, int64_t sequence, Server *server)
{
    char text[MESSAGE_SIZE];
    int length =
        snprintf(text, sizeof text, "{\"seq\":%" PRId64 ",\"kind\":\"%s\"}", sequence, kind);

    broadcast(server, MG_WEBSOCKET_OPCODE_TEXT, text, (size_t)length);
}

static void on_moved(WatchKind kind, int64_t sequence, void *context)
{
    tell(watch_kind_name(kind), sequence, context);
}

static void close_text(unsigned code, char ret[2])
{
    ret[0] = (char)(code >> 8);
    ret[1] = (char)(code & 0xff);
}

static int on_socket_connect(const struct mg_connection *connection, void *context)
{
    (void)connection;
    (void)context;
    return 0;
}

/* The hello and the readiness under one lock: what moves after the number that the hello tells is
 * told, too, and who has the hello is told of the end. */
static void on_socket_ready(struct mg_connection *connection, void *context)
{
    Server *server = context;
    char text[MESSAGE_SIZE];

    pthread_mutex_lock(&server->mutex);
    int length = snprintf(text, sizeof text, "{\"seq\":%" PRId64 ",\"kind\":\"hello\"}",
                          watch_sequence(app_watch(server->app)));
    mg_websocket_write(connection, MG_WEBSOCKET_OPCODE_TEXT, text, (size_t)length);
    for (size_t i = 0; i < SERVER_SOCKETS_MAX; i++)
        if (server->sockets[i].connection == connection)
            server->sockets[i].is_ready = true;
    pthread_mutex_unlock(&server->mutex);
}

/* Nothing that a page says on the socket means anything; what is no proper frame ends it. */
static int on_socket_data(struct mg_connection *connection, int bits, char *bytes, size_t length,
                          void *context)
{
    char reason[2];

    (void)context;
    if ((bits & FRAME_OPCODE) == MG_WEBSOCKET_OPCODE_CONNECTION_CLOSE) {
        mg_websocket_write(connection, MG_WEBSOCKET_OPCODE_CONNECTION_CLOSE, bytes,
                           length < sizeof reason ? 0 : sizeof reason);
        return 0;
    }
    if (length <= INBOUND_MAX && (bits & FRAME_RESERVED) == 0)
        return 1;
    close_text(length > INBOUND_MAX ? CLOSE_TOO_BIG : CLOSE_PROTOCOL_ERROR, reason);
    mg_websocket_write(connection, MG_WEBSOCKET_OPCODE_CONNECTION_CLOSE, reason, sizeof reason);
    return 0;
}

static void on_socket_close(const struct mg_connection *connection, void *context)
{
    socket_release(context, connection);
}

/* ---- the library's callbacks ---- */

/* True: the upgrade goes on. */
static bool let_upgrade(Server *server, struct mg_connection *connection, GateVerdict *verdict)
{
    if (!socket_reserve(server, connection)) {
        verdict->status = 503;
        verdict->why = "too many live connections: ask again with since";
        return false;
    }
    if (app_redeem(server->app, verdict->ticket))
        return true;
    socket_release(server, connection);
    verdict->status = 401;
    verdict->why = "the ticket is unknown, used or too old";
    return false;
}

static int on_request(struct mg_connection *connection)
{
    const struct mg_request_info *info = mg_get_request_info(connection);
    GateHeader headers[sizeof info->http_headers / sizeof info->http_headers[0]];
    GateRequest request = {.method = info->request_method,
                           .path = info->request_uri,
                           .query = info->query_string,
                           .headers = headers,
                           .header_count = take_headers(info, headers)};
    Server *server = info->user_data;
    GateVerdict verdict;
    char body[GATE_BODY_MAX + 1] = "";
    size_t length = 0;

    app_check(server->app, &request, &verdict);
    if (!verdict.status && verdict.upgrade && let_upgrade(server, connection, &verdict))
        return 0;
    if (!verdict.status && strcmp(request.method, "POST") == 0) {
        length = (size_t)strtoul(gate_header(&request, "Content-Length"), NULL, 10);
        if (!read_body(connection, length, body)) {
            verdict.status = 400;
            verdict.why = "the body is shorter than announced";
        }
    }
    CLEANUP(reply_free) Reply reply = {0};
    app_answer(server->app, &request, &verdict, body, length, clock_now_ms(), &reply);
    send_reply(connection, &reply, strcmp(request.method, "HEAD") != 0);
    return reply.status;
}

/* The library's own refusals, in our form and with our headers. */
static int on_error(struct mg_connection *connection, int status, const char *message)
{
    CLEANUP(reply_free) Reply reply = {0};

    (void)message;
    reply_error(&reply, status, "the request could not be understood");
    send_reply(connection, &reply, true);
    return 0;
}

/* Nothing is logged: what matters went to the client. */
static int on_log(const struct mg_connection *connection, const char *message)
{
    (void)connection;
    (void)message;
    return 1;
}

/* ---- life ---- */

static void on_signal(int number)
{
    (void)number; /* that it came ends pselect */
}

static void signals_of_end(sigset_t *ret)
{
    sigemptyset(ret);
    sigaddset(ret, SIGINT);
    sigaddset(ret, SIGTERM);
    sigaddset(ret, SIGHUP);
}

static void signals_prepare(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigset_t ends;

    signals_of_end(&ends);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

static void register_socket(Server *server)
{
    char pattern[64];

    snprintf(pattern, sizeof pattern, "%s$", route_path(ROUTE_LIVE));
    mg_set_websocket_handler_with_subprotocols(server->context, pattern, &server->protocols,
                                               on_socket_connect, on_socket_ready, on_socket_data,
                                               on_socket_close, server);
}

/* The library's defaults answer other origins, list directories and run CGI programs. */
static const struct {
    const char *name;
    const char *value;
} settings[] = {
    {"access_control_allow_origin", ""},
    {"access_control_allow_methods", ""},
    {"enable_directory_listing", "no"},
    {"decode_url", "no"}, /* the gate compares what was sent */
    {"enable_keep_alive", "no"},
    {"max_request_size", "16384"},
    {"request_timeout_ms", "2000"},
    {"websocket_timeout_ms", "30000"},
    {"enable_websocket_ping_pong", "yes"},
    {"tcp_nodelay", "1"},
};

enum { SETTINGS = sizeof settings / sizeof settings[0], OPTIONS = 2 * (SETTINGS + 2) + 1 };

Server *server_open(App *app, int port, Err *err)
{
    char listening[32], threads[8], message[256] = "";
    const char *options[OPTIONS] = {"listening_ports", listening, "num_threads", threads};
    static const struct mg_callbacks callbacks = {
        .begin_request = on_request, .http_error = on_error, .log_message = on_log};
    Server *server = arena_realloc_or_exit(NULL, sizeof *server);
    struct mg_init_data init = {&callbacks, server, options};
    struct mg_error_data error = {.text = message, .text_buffer_size = sizeof message};

    *server = (Server){.app = app, .port = port, .protocol = SUBPROTOCOL};
    server->protocols = (struct mg_websocket_subprotocols){1, &server->protocol};
    pthread_mutex_init(&server->mutex, NULL);
    for (size_t i = 0; i < SETTINGS; i++) {
        options[2 * (i + 2)] = settings[i].name;
        options[2 * (i + 2) + 1] = settings[i].value;
    }
    snprintf(listening, sizeof listening, "127.0.0.1:%d", port);
    snprintf(threads, sizeof threads, "%d", SERVER_THREADS);
    signals_prepare();
    mg_init_library(MG_FEATURES_WEBSOCKET);
    server->context = mg_start2(&init, &error);
    if (!server->context) {
        err_set(err, EXIT_UNAVAILABLE, "cannot listen on port %d: %s", port, message);
        server_close(&server);
        return NULL;
    }
    register_socket(server);
    return server;
}

void server_run(Server *server)
{
    const struct timespec pause = {0, (long)LOOK_MS * 1000000};
    int64_t beat_ms = clock_monotonic_ms();
    sigset_t waiting;

    pthread_sigmask(SIG_BLOCK, NULL, &waiting);
    sigdelset(&waiting, SIGINT);
    sigdelset(&waiting, SIGTERM);
    sigdelset(&waiting, SIGHUP);
    while (pselect(0, NULL, NULL, NULL, &pause, &waiting) == 0) {
        watch_look(app_watch(server->app), on_moved, server);
        if (clock_monotonic_ms() - beat_ms < HEARTBEAT_MS)
            continue;
        beat_ms = clock_monotonic_ms();
        tell("heartbeat", watch_sequence(app_watch(server->app)), server);
    }
}

static bool is_at_port(int fd, int port)
{
    struct sockaddr_in address = {0};
    socklen_t length = sizeof address;

    return getsockname(fd, (struct sockaddr *)&address, &length) == 0 &&
           address.sin_family == AF_INET && ntohs(address.sin_port) == port;
}

/* The threads sit in poll(2) for up to two seconds at a time; a socket that is shut down wakes
 * them. The library does not tell its descriptors: they are those at our port. */
static void wake_all(int port)
{
    struct rlimit limit = {0};
    int most = DESCRIPTORS_MOST;

    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < DESCRIPTORS_MOST)
        most = (int)limit.rlim_cur;
    for (int fd = STDERR_FILENO + 1; fd < most; fd++)
        if (is_at_port(fd, port))
            shutdown(fd, SHUT_RDWR);
}

void server_close(Server **server)
{
    if (*server && (*server)->context) {
        char reason[2];
        close_text(CLOSE_GOING_AWAY, reason);
        broadcast(*server, MG_WEBSOCKET_OPCODE_CONNECTION_CLOSE, reason, sizeof reason);
        wake_all((*server)->port);
        mg_stop((*server)->context);
        mg_exit_library();
    }
    if (*server)
        pthread_mutex_destroy(&(*server)->mutex);
    free(*server);
    *server = NULL;
}
