#include "notify/channel.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "json/jx.h"
#include "net/http.h"

static const char file[] = "supabase/monitor-config.json";

static const struct {
    const char *name;
    bool configurable;
} types[] = {
    [CHANNEL_DESKTOP] = {"desktop", false},
    [CHANNEL_MEMORY] = {"memory", false},
    [CHANNEL_WEBHOOK] = {"webhook", true},
};
static_assert(sizeof types / sizeof types[0] == CHANNEL_TYPE_COUNT, "a row per type");

/* What stands under channels.NAME. */
typedef struct Entry {
    const char *type;
    const char *url;
    const char *secret;
    const char *min_severity;
    json_int_t timeout;
} Entry;

static const JxField fields[] = {
    {"type", JX_STRING, offsetof(Entry, type)},
    {"url", JX_STRING, offsetof(Entry, url)},
    {"secret", JX_STRING_OPT, offsetof(Entry, secret)},
    {"minSeverity", JX_STRING_OPT, offsetof(Entry, min_severity)},
    {"timeout", JX_INT, offsetof(Entry, timeout)},
    {NULL, JX_END, 0},
};

static bool name_check(const char *name, Err *err)
{
    for (size_t i = 0; i < CHANNEL_TYPE_COUNT; i++)
        if (!types[i].configurable && strcmp(name, types[i].name) == 0)
            return err_set(err, EXIT_CONFIG, "%s: channels.%s: the name is a built-in channel's",
                           file, name);
    return name[0] != '.' && name[0] != '\0' && !strchr(name, '/')
               ? true
               : err_set(err, EXIT_CONFIG, "%s: channels: '%s' cannot be a channel's name", file,
                         name);
}

static bool type_parse(const char *name, const char *text, ChannelType *ret, Err *err)
{
    for (size_t i = 0; i < CHANNEL_TYPE_COUNT; i++)
        if (types[i].configurable && strcmp(types[i].name, text) == 0) {
            *ret = (ChannelType)i;
            return true;
        }
    return err_set(err, EXIT_CONFIG, "%s: channels.%s.type: unknown channel type '%s'", file, name,
                   text);
}

static bool is_reference(const char *value)
{
    return strncmp(value, "env(", 4) == 0;
}

static bool entry_load(const char *name, const json_t *object, Channel *ret, Err *err)
{
    Entry entry = {.timeout = HTTP_TIMEOUT_MS, .min_severity = event_severity_name(EVENT_INFO)};
    Err why = {0};

    *ret = (Channel){.name = name};
    if (!name_check(name, err))
        return false;
    if (!jx_view(object, fields, &entry, &why))
        return err_set(err, EXIT_CONFIG, "%s: channels.%s: %s", file, name, why.msg);
    if (!type_parse(name, entry.type, &ret->type, err))
        return false;
    if (!is_reference(entry.url) && !http_check_url(entry.url, &why))
        return err_set(err, EXIT_CONFIG, "%s: channels.%s.url: %s", file, name, why.msg);
    if (!event_severity_parse(entry.min_severity, &ret->min_severity))
        return err_set(err, EXIT_CONFIG, "%s: channels.%s.minSeverity: unknown severity '%s'", file,
                       name, entry.min_severity);
    ret->url = entry.url;
    ret->secret = entry.secret && entry.secret[0] ? entry.secret : NULL;
    ret->timeout_ms = entry.timeout;
    return true;
}

bool channels_load(Arena *arena, bool push, bool memory, const json_t *configured, Channels *ret,
                   Err *err)
{
    Channel *items = arena_alloc(arena, (json_object_size(configured) + 2) * sizeof *items);
    size_t count = 0;
    const char *name = NULL;
    json_t *object = NULL;

    if (memory)
        items[count++] = (Channel){.name = types[CHANNEL_MEMORY].name, .type = CHANNEL_MEMORY};
    if (push)
        items[count++] = (Channel){.name = types[CHANNEL_DESKTOP].name, .type = CHANNEL_DESKTOP};
    json_object_foreach((json_t *)configured, name, object)
    {
        if (!entry_load(name, object, &items[count++], err))
            return false;
    }
    *ret = (Channels){.count = count, .items = items};
    return true;
}

const Channel *channels_find(const Channels *channels, const char *name)
{
    for (size_t i = 0; i < channels->count; i++)
        if (strcmp(channels->items[i].name, name) == 0)
            return &channels->items[i];
    return NULL;
}

const Channel *channels_need(const Channels *channels, const char *name, Err *err)
{
    const Channel *found = channels_find(channels, name);
    const Channel *nearest = NULL;
    unsigned best = 3;

    for (size_t i = 0; !found && i < channels->count; i++) {
        unsigned distance = text_distance(name, channels->items[i].name);
        if (distance < best) {
            best = distance;
            nearest = &channels->items[i];
        }
    }
    if (!found)
        err_set(err, EXIT_USAGE, "no channel '%s' is configured%s%s%s", name,
                nearest ? "; did you mean '" : "", nearest ? nearest->name : "",
                nearest ? "'?" : "");
    return found;
}
