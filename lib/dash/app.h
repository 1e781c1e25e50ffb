/* The answers: from a request that passed the gate to a reply. Knows nothing of sockets. Safe
 * between threads. */
#ifndef DASH_APP_H
#define DASH_APP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dash/gate.h"
#include "dash/reply.h"
#include "dash/watch.h"

typedef struct AppOptions {
    const char *directory; /* the project's */
    const char *project;
    const char *token;
    int64_t interval_ms;
    int port;
    bool require_token;
} AppOptions;

typedef struct App App;

App *app_open(const AppOptions *options, int64_t now_ms);
void app_close(App **app);
Watch *app_watch(App *app);

/* The gate with this app's rules. */
void app_check(const App *app, const GateRequest *request, GateVerdict *ret);
/* The reply to a request: the gate's refusal, or the answer of the route. body is that of a POST.
 */
void app_answer(App *app, const GateRequest *request, const GateVerdict *verdict, const char *body,
                size_t length, int64_t now_ms, Reply *ret);
/* Whether the ticket of an upgrade was good; it is not any more. */
bool app_redeem(App *app, const char *ticket);

#endif
