#include "dash/asset.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/embed.h"
#include "dash_files.h"

enum { ASSETS_MAX = 8, TAG_DIGITS = 40 };

typedef struct Asset {
    const Embedded *file;
    const char *type;
    char digest[DIGEST_HEX_SIZE];
    char *packed; /* NULL: not smaller */
    size_t packed_length;
} Asset;

struct Assets {
    Asset items[ASSETS_MAX];
    size_t count;
};

static const struct {
    const char *ending;
    const char *type;
} types[] = {
    {".html", "text/html; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".svg", "image/svg+xml"},
};

static const char *type_of(const char *name)
{
    const char *ending = strrchr(name, '.');

    for (size_t i = 0; ending && i < sizeof types / sizeof types[0]; i++)
        if (strcmp(ending, types[i].ending) == 0)
            return types[i].type;
    return "application/octet-stream";
}

Assets *assets_open(void)
{
    Assets *assets = arena_realloc_or_exit(NULL, sizeof *assets);

    *assets = (Assets){0};
    for (const Embedded *file = dash_files; file->name && assets->count < ASSETS_MAX; file++) {
        Asset *asset = &assets->items[assets->count++];
        asset->file = file;
        asset->type = type_of(file->name);
        digest_hex(file->bytes, file->size, asset->digest);
        asset->packed = reply_gzip(file->bytes, file->size, &asset->packed_length);
    }
    return assets;
}

void assets_close(Assets **assets)
{
    if (*assets)
        for (size_t i = 0; i < (*assets)->count; i++)
            free((*assets)->items[i].packed);
    free(*assets);
    *assets = NULL;
}

void assets_reply(const Assets *assets, const char *name, const GateRequest *request, Reply *ret)
{
    for (size_t i = 0; i < assets->count; i++) {
        const Asset *asset = &assets->items[i];
        if (strcmp(asset->file->name, name) != 0)
            continue;
        bool gzip = asset->packed && gate_list_has(gate_header(request, "Accept-Encoding"), "gzip");
        *ret = (Reply){.status = 200, .type = asset->type, .keeps = true, .varies = true};
        ret->gzip = gzip;
        ret->body = gzip ? asset->packed : (const char *)asset->file->bytes;
        ret->length = gzip ? asset->packed_length : asset->file->size;
        snprintf(ret->etag, sizeof ret->etag, "\"%.*s%s\"", TAG_DIGITS, asset->digest,
                 gzip ? "-gzip" : "");
        reply_not_modified(ret, request);
        return;
    }
    reply_error(ret, 404, "there is nothing at this address");
}
