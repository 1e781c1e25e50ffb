/* /metrics: what the state documents say, as OpenMetrics text (openmetrics.io, version 1.0.0). */
#ifndef DASH_METRICS_H
#define DASH_METRICS_H

#include <jansson.h>
#include <stdio.h>

#define METRICS_TYPE "application/openmetrics-text; version=1.0.0; charset=utf-8"

/* Each document as by dash/state.h; a metric whose source is missing is left out. */
void metrics_write(FILE *out, const json_t *status, const json_t *validation,
                   const json_t *notifications, const json_t *backups);

#endif
