#include "dash/route.h"

#include <assert.h>
#include <string.h>

static const Route routes[] = {
    {"/", ROUTE_ASSET, ROUTE_OPEN, "GET", "index.html"},
    {"/app.js", ROUTE_ASSET, ROUTE_OPEN, "GET", "app.js"},
    {"/style.css", ROUTE_ASSET, ROUTE_OPEN, "GET", "style.css"},
    {"/icon.svg", ROUTE_ASSET, ROUTE_OPEN, "GET", "icon.svg"},
    {"/api/v1/status", ROUTE_STATUS, ROUTE_READ, "GET", NULL},
    {"/api/v1/changes", ROUTE_CHANGES, ROUTE_READ, "GET", NULL},
    {"/api/v1/runs", ROUTE_RUNS, ROUTE_READ, "GET", NULL},
    {"/api/v1/validation", ROUTE_VALIDATION, ROUTE_READ, "GET", NULL},
    {"/api/v1/notifications", ROUTE_NOTIFICATIONS, ROUTE_READ, "GET", NULL},
    {"/api/v1/backups", ROUTE_BACKUPS, ROUTE_READ, "GET", NULL},
    {"/api/v1/live", ROUTE_LIVE, ROUTE_READ, "GET", NULL},
    {"/api/v1/session", ROUTE_SESSION, ROUTE_OWN_PAGE, "GET", NULL},
    {"/api/v1/ticket", ROUTE_TICKET, ROUTE_TOKEN, "POST", NULL},
    {"/api/v1/actions", ROUTE_ACTIONS, ROUTE_TOKEN, "POST", NULL},
    {"/metrics", ROUTE_METRICS, ROUTE_READ, "GET", NULL},
    {"/healthz", ROUTE_HEALTHZ, ROUTE_OPEN, "GET", NULL},
    {"/readyz", ROUTE_READYZ, ROUTE_OPEN, "GET", NULL},
};

enum { ROUTES = sizeof routes / sizeof routes[0] };

const Route *route_find(const char *path)
{
    for (size_t i = 0; i < ROUTES; i++)
        if (strcmp(routes[i].path, path) == 0)
            return &routes[i];
    return NULL;
}

const char *route_path(RouteId id)
{
    size_t i = 0;

    while (routes[i].id != id) {
        i++;
        assert(i < ROUTES);
    }
    return routes[i].path;
}

const char *route_allow(const Route *route)
{
    return strcmp(route->method, "GET") == 0 ? "GET, HEAD, OPTIONS" : "POST, OPTIONS";
}

bool route_takes(const Route *route, const char *method)
{
    if (strcmp(method, "HEAD") == 0)
        return strcmp(route->method, "GET") == 0;
    return strcmp(route->method, method) == 0;
}
