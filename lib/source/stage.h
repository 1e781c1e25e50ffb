/* States of a shadow database after the first files of a chain, kept (source/kept.h) for a day
 * after the first of them ran, so that a chain that goes on where one ended, or ends otherwise than
 * one did, does not begin anew.
 *
 * A state's name is a digest of all that it comes from: the program, the template, and each file's
 * name and text. So nothing that a file does can be met by who does not run that very file. */
#ifndef SOURCE_STAGE_H
#define SOURCE_STAGE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "source/server.h"
#include "sql/chain.h"

typedef struct Stages Stages;

/* key: of the template. NULL: nothing can be kept, or the files have no order of their own. */
Stages *stages_open(const Chain *chain, const char *key);
/* Fits CLEANUP; *stages may be NULL. */
void stages_close(Stages **stages);
/* Starts the server, which has no data, with as many files applied as can be: how many. What was
 * said of them is added to warnings. 0: it is not started. */
size_t stages_start(Stages *stages, Server *server, json_t *warnings);
/* After how many files, beyond those that are applied, another chain that was kept goes on
 * otherwise: people are at work behind them. 0: there is no such place. */
size_t stages_fork(const Stages *stages, size_t applied);
/* Keeps what the server, which was ended, has with that many files applied. */
void stages_keep(const Stages *stages, size_t applied, const Server *server,
                 const json_t *warnings);

#endif
