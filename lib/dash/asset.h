/* The page's files, as embedded: compressed and digested once. */
#ifndef DASH_ASSET_H
#define DASH_ASSET_H

#include "dash/gate.h"
#include "dash/reply.h"

typedef struct Assets Assets;

Assets *assets_open(void);
void assets_close(Assets **assets);
/* The file of that name; its bytes stay the assets'. */
void assets_reply(const Assets *assets, const char *name, const GateRequest *request, Reply *ret);

#endif
