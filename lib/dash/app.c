#include "dash/app.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "dash/action.h"
#include "dash/asset.h"
#include "dash/metrics.h"
#include "dash/state.h"
#include "dash/token.h"
#include "json/jx.h"

enum {
    CHANGES_SHOWN = 50,
    CHANGES_MOST = 200,
    RUNS_SHOWN = 90,
    NOTIFICATIONS_SHOWN = 100,
    VALUE_SIZE = 40,
    BUSY_WAIT_S = 2
};

struct App {
    State *state;
    Watch *watch;
    Assets *assets;
    GateRules rules;
    char token[TOKEN_SIZE];
    pthread_mutex_t mutex; /* of the two below */
    Tickets tickets;
    ActionLimit limit;
};

typedef struct Call {
    App *app;
    const GateRequest *request;
    const Route *route;
    const char *body;
    size_t length;
    int64_t now_ms;
    Reply *reply;
} Call;

void app_close(App **app)
{
    if (*app) {
        assets_close(&(*app)->assets);
        watch_close(&(*app)->watch);
        state_close(&(*app)->state);
        pthread_mutex_destroy(&(*app)->mutex);
    }
    free(*app);
    *app = NULL;
}

Watch *app_watch(App *app)
{
    return app->watch;
}

void app_check(const App *app, const GateRequest *request, GateVerdict *ret)
{
    gate_check(&app->rules, request, ret);
}

bool app_redeem(App *app, const char *ticket)
{
    pthread_mutex_lock(&app->mutex);
    bool is_good = tickets_redeem(&app->tickets, clock_monotonic_ms(), ticket);
    pthread_mutex_unlock(&app->mutex);
    return is_good;
}

/* The value of a query's parameter: letters and digits only. False when it is there and is anything
 * else; "" when it is not there. */
static bool query_value(const char *query, const char *name, char ret[VALUE_SIZE])
{
    static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    size_t length = strlen(name);

    ret[0] = '\0';
    for (const char *part = query; part && *part;) {
        size_t whole = strcspn(part, "&");
        if (whole > length && strncmp(part, name, length) == 0 && part[length] == '=') {
            const char *value = part + length + 1;
            size_t size = whole - length - 1;
            if (size >= VALUE_SIZE || strspn(value, letters) < size)
                return false;
            memcpy(ret, value, size);
            ret[size] = '\0';
            return true;
        }
        part += whole + (part[whole] == '&');
    }
    return true;
}

static bool query_number(const char *query, const char *name, int64_t least, int64_t most,
                         int64_t *number)
{
    char value[VALUE_SIZE];

    if (!query_value(query, name, value))
        return false;
    if (!*value)
        return true;
    if (strspn(value, "0123456789") != strlen(value) || strlen(value) > 15)
        return false;
    *number = strtoll(value, NULL, 10);
    return *number >= least && *number <= most;
}

static bool send_document(const Call *call, json_t *doc, Err *err)
{
    json_auto_t *held = doc;

    return held && reply_json(call->reply, call->request, 200, held, NULL, err);
}

static bool get_asset(const Call *call, Err *err)
{
    (void)err;
    assets_reply(call->app->assets, call->route->asset, call->request, call->reply);
    return true;
}

static bool get_status(const Call *call, Err *err)
{
    json_auto_t *status = state_status(call->app->state, call->now_ms, err);
    json_auto_t *lasting = json_copy(status);

    /* The tag is over what lasts, or every answer would differ by its time. */
    return status && state_stamp(status, call->now_ms, err) &&
           reply_json(call->reply, call->request, 200, status, lasting, err);
}

static bool get_changes(const Call *call, Err *err)
{
    char before[VALUE_SIZE];
    int64_t limit = CHANGES_SHOWN;
    bool is_gone = false;

    if (!query_number(call->request->query, "limit", 1, CHANGES_MOST, &limit) ||
        !query_value(call->request->query, "before", before)) {
        reply_error(call->reply, 400, "limit is a number up to %d, before an id", CHANGES_MOST);
        return true;
    }
    json_t *doc = state_changes(call->app->state, (size_t)limit, before, &is_gone, err);
    if (is_gone) {
        reply_error(call->reply, 410, "there is no such change any more: begin anew");
        return true;
    }
    return send_document(call, doc, err);
}

static bool get_runs(const Call *call, Err *err)
{
    return send_document(call, state_runs(call->app->state, RUNS_SHOWN, err), err);
}

static bool get_validation(const Call *call, Err *err)
{
    return send_document(call, state_validation(call->app->state, err), err);
}

static bool get_notifications(const Call *call, Err *err)
{
    json_t *doc = state_notifications(call->app->state, NOTIFICATIONS_SHOWN, err);

    return send_document(call, doc, err);
}

static bool get_backups(const Call *call, Err *err)
{
    return send_document(call, state_backups(call->app->state, err), err);
}

static bool get_live(const Call *call, Err *err)
{
    int64_t since = 0;

    if (!query_number(call->request->query, "since", 0, INT64_MAX, &since)) {
        reply_error(call->reply, 400, "since is the last seq seen");
        return true;
    }
    return send_document(call, watch_since(call->app->watch, since, err), err);
}

static bool send_secret(const Call *call, const char *member, const char *text, Err *err)
{
    json_auto_t *doc = json_object();

    return jx_set(doc, member, json_string(text), err) &&
           reply_json(call->reply, call->request, 200, doc, NULL, err);
}

static bool get_session(const Call *call, Err *err)
{
    return send_secret(call, "token", call->app->token, err);
}

static bool post_ticket(const Call *call, Err *err)
{
    char ticket[TOKEN_SIZE];

    pthread_mutex_lock(&call->app->mutex);
    tickets_issue(&call->app->tickets, clock_monotonic_ms(), ticket);
    pthread_mutex_unlock(&call->app->mutex);
    return send_secret(call, "ticket", ticket, err);
}

static bool post_action(const Call *call, Err *err)
{
    CLEANUP(cleanup_free) char *path = state_path(call->app->state, ".schema/requests");
    Err refused = {0};
    int wait_s = 0;
    const char *action = action_parse(call->body, call->length, &refused);

    if (!action) {
        reply_error(call->reply, 400, "%s", refused.msg);
        return true;
    }
    pthread_mutex_lock(&call->app->mutex);
    bool may = action_allow(&call->app->limit, clock_monotonic_ms(), &wait_s);
    pthread_mutex_unlock(&call->app->mutex);
    if (!may) {
        call->reply->retry_after_s = wait_s;
        reply_error(call->reply, 429, "at most %d requests a minute: try again in %d s",
                    ACTIONS_A_MINUTE, wait_s);
        return true;
    }
    if (!action_send(path, action, &refused)) {
        reply_error(call->reply, 503, "%s", refused.msg);
        return true;
    }
    json_auto_t *doc = json_object();
    return jx_set(doc, "accepted", json_string(action), err) &&
           reply_json(call->reply, call->request, 202, doc, NULL, err);
}

static bool get_metrics(const Call *call, Err *err)
{
    const State *state = call->app->state;
    json_auto_t *status = state_status(state, call->now_ms, err);
    json_auto_t *validation = status ? state_validation(state, err) : NULL;
    json_auto_t *notifications = validation ? state_notifications(state, 1, err) : NULL;
    json_auto_t *backups = notifications ? state_backups(state, err) : NULL;
    char *text = NULL;
    size_t length = 0;

    FILE *out = backups ? open_memstream(&text, &length) : NULL;
    if (!out)
        return false;
    metrics_write(out, status, validation, notifications, backups);
    fclose(out);
    reply_text(call->reply, call->request, METRICS_TYPE, text, length);
    return true;
}

static bool get_healthz(const Call *call, Err *err)
{
    return send_secret(call, "health", "ok", err);
}

static bool get_readyz(const Call *call, Err *err)
{
    json_auto_t *status = state_status(call->app->state, call->now_ms, err);

    if (!status)
        return false;
    if (!jx_bool(status, "stale"))
        return send_secret(call, "ready", "yes", err);
    call->reply->retry_after_s = BUSY_WAIT_S;
    reply_error(call->reply, 503, "%s",
                json_object_get(status, "last_check") ? "the last check is too long ago"
                                                      : "no check has run yet");
    return true;
}

static bool (*const handlers[])(const Call *call, Err *err) = {
    [ROUTE_ASSET] = get_asset,           [ROUTE_STATUS] = get_status,
    [ROUTE_CHANGES] = get_changes,       [ROUTE_RUNS] = get_runs,
    [ROUTE_VALIDATION] = get_validation, [ROUTE_NOTIFICATIONS] = get_notifications,
    [ROUTE_BACKUPS] = get_backups,       [ROUTE_LIVE] = get_live,
    [ROUTE_SESSION] = get_session,       [ROUTE_TICKET] = post_ticket,
    [ROUTE_ACTIONS] = post_action,       [ROUTE_METRICS] = get_metrics,
    [ROUTE_HEALTHZ] = get_healthz,       [ROUTE_READYZ] = get_readyz,
};
static_assert(sizeof handlers / sizeof handlers[0] == ROUTE_COUNT, "a handler per route");

App *app_open(const AppOptions *options, int64_t now_ms)
{
    App *app = arena_realloc_or_exit(NULL, sizeof *app);

    for (size_t i = 0; i < ROUTE_COUNT; i++)
        assert(handlers[i]);
    *app = (App){.state = state_open(options->directory, options->project, options->interval_ms)};
    app->watch = watch_open(app->state, now_ms);
    app->assets = assets_open();
    snprintf(app->token, sizeof app->token, "%s", options->token);
    app->rules = (GateRules){options->port, app->token, options->require_token};
    pthread_mutex_init(&app->mutex, NULL);
    return app;
}

void app_answer(App *app, const GateRequest *request, const GateVerdict *verdict, const char *body,
                size_t length, int64_t now_ms, Reply *ret)
{
    Call call = {app, request, verdict->route, body, length, now_ms, ret};
    Err err = {0};

    *ret = (Reply){0};
    if (verdict->status == 405)
        ret->allow = route_allow(verdict->route);
    if (verdict->status) {
        reply_error(ret, verdict->status, "%s", verdict->why);
        return;
    }
    if (strcmp(request->method, "OPTIONS") == 0) {
        ret->status = 204;
        ret->allow = route_allow(verdict->route);
        return;
    }
    /* What went wrong inside is not for the network. */
    if (!handlers[verdict->route->id](&call, &err))
        reply_error(ret, 500, "the dashboard could not make this answer");
}
