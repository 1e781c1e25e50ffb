/* The addresses the dashboard answers: one row each. Everything else is 404. */
#ifndef DASH_ROUTE_H
#define DASH_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

typedef enum RouteId {
    ROUTE_ASSET, /* several rows: the page and its files */
    ROUTE_STATUS,
    ROUTE_CHANGES,
    ROUTE_RUNS,
    ROUTE_VALIDATION,
    ROUTE_NOTIFICATIONS,
    ROUTE_BACKUPS,
    ROUTE_LIVE,
    ROUTE_SESSION,
    ROUTE_TICKET,
    ROUTE_ACTIONS,
    ROUTE_METRICS,
    ROUTE_HEALTHZ,
    ROUTE_READYZ,
    ROUTE_COUNT
} RouteId;

typedef enum RouteAuth {
    ROUTE_OPEN,    /* nothing about the project is in the answer */
    ROUTE_READ,    /* the token under --require-token, else open on loopback */
    ROUTE_TOKEN,   /* always the token */
    ROUTE_OWN_PAGE /* only our own page, as the browser vouches (Sec-Fetch-Site) */
} RouteAuth;

typedef struct Route {
    const char *path;
    RouteId id;
    RouteAuth auth;
    const char *method; /* GET (which brings HEAD) or POST */
    const char *asset;  /* of ROUTE_ASSET: name in dash_files */
} Route;

/* The row whose path is exactly path (as sent: nothing decoded, nothing cleaned), or NULL. */
const Route *route_find(const char *path);
/* The path of that id, of ROUTE_ASSET the first. */
const char *route_path(RouteId id);
/* What an Allow header says for it. */
const char *route_allow(const Route *route);
bool route_takes(const Route *route, const char *method);

#endif
