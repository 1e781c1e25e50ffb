/* The listening half: HTTP and WebSocket on the loopback interface, by libcivetweb. The only module
 * that knows civetweb.h.
 *
 * Every request goes to one function of ours before the library looks at it, and every answer,
 * the library's own error pages included, is written by one function of ours. There is no document
 * root: the library serves no file. One request a connection. At most SERVER_SOCKETS_MAX
 * WebSockets, each of which holds one of SERVER_THREADS threads. */
#ifndef DASH_SERVER_H
#define DASH_SERVER_H

#include <stdbool.h>

#include "base/err.h"
#include "dash/app.h"

enum { SERVER_SOCKETS_MAX = 16, SERVER_THREADS = 24 };

typedef struct Server Server;

/* A port of 127.0.0.1 that can be listened on: port itself or, for 0, a free one.
 * EXIT_UNAVAILABLE when it is in use, EXIT_DENIED when this user may not. */
bool server_find_port(int port, int *ret_port, Err *err);
/* Listens. SIGINT, SIGTERM and SIGHUP are blocked from here on: server_run takes them. */
Server *server_open(App *app, int port, Err *err);
/* Watches the state files and tells the sockets, until one of those signals comes. */
void server_run(Server *server);
/* Ends all connections and waits for the threads: well below a second. */
void server_close(Server **server);

#endif
