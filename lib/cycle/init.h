/* Makes a directory a monitored project: supabase/monitor-config.json, the npm scripts, .gitignore.
 * What is there is never overwritten; package.json keeps every byte but the lines added. */
#ifndef CYCLE_INIT_H
#define CYCLE_INIT_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"

/* Tells on out what it did, a line each. */
bool init_project(const char *directory, FILE *out, Err *err);

#endif
