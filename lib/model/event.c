#include "model/event.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/digest.h"
#include "json/jx.h"
#include "model/change.h"

enum { SENTENCE_MAX = 240 };

static const char *const severities[] = {
    [EVENT_INFO] = "info",   [EVENT_SUCCESS] = "success",   [EVENT_WARNING] = "warning",
    [EVENT_ERROR] = "error", [EVENT_CRITICAL] = "critical",
};
static_assert(sizeof severities / sizeof *severities == EVENT_SEVERITY_COUNT, "a name for each");

/* A failure and its end come in pairs: what is announced broken is announced mended. */
static const char *const types[] = {
    "schema.changed",
    "schema.baseline",
    "types.updated",
    "types.failed",
    "docs.failed",
    "backup.failed",
    "validation.failed",
    "validation.recovered",
    "monitor.error",
    "monitor.recovered",
    "database.unreachable",
    "database.recovered",
    "sync.complete",
    "test",
    NULL,
};

const char *event_severity_name(EventSeverity severity)
{
    assert(severity < EVENT_SEVERITY_COUNT);
    return severities[severity];
}

bool event_severity_parse(const char *name, EventSeverity *ret)
{
    for (int i = 0; i < EVENT_SEVERITY_COUNT; i++) {
        if (strcmp(severities[i], name) == 0) {
            *ret = (EventSeverity)i;
            return true;
        }
    }
    return false;
}

const char *const *event_types(void)
{
    return types;
}

static bool is_type(const char *name)
{
    for (const char *const *type = types; *type; type++)
        if (strcmp(*type, name) == 0)
            return true;
    return false;
}

void event_id(const char *run, const char *type, char ret[CLOCK_ULID_SIZE])
{
    CLEANUP(digest_close) Digest *digest = digest_open();
    unsigned char bytes[DIGEST_SIZE];

    digest_add(digest, run, strlen(run) + 1);
    digest_add(digest, type, strlen(type));
    digest_end(digest, bytes);
    clock_ulid_from_bytes(bytes, ret);
}

json_t *event_new(const char *type, EventSeverity severity, const char *project, const char *run,
                  const char *summary, json_t *data, Err *err)
{
    char id[CLOCK_ULID_SIZE], now[CLOCK_TEXT_SIZE];

    if (!is_type(type)) {
        err_set(err, EXIT_USAGE, "'%s' is not a type of event", type);
        json_decref(data);
        return NULL;
    }
    event_id(run, type, id);
    clock_format(clock_now_ms(), now);
    json_t *event = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:{}}", "format", "event/1",
                              "id", id, "type", type, "timestamp", now, "severity",
                              event_severity_name(severity), "project", project, "summary", summary,
                              "data", data ? data : json_object(), "links");
    if (!event)
        err_set(err, EXIT_DATA, "the event's text is not UTF-8");
    return event;
}

json_t *event_from_changes(const json_t *changes, const char *project, const char *run, Err *err)
{
    static const char *const members[] = {"from",         "to",         "summary", "changes",
                                          "transactions", "migrations", "sources"};
    CLEANUP(cleanup_free) char *sentence = changes_sentence(changes, SENTENCE_MAX);
    json_t *data = json_object();

    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        json_t *value = json_object_get(changes, members[i]);
        if (value)
            json_object_set(data, members[i], value);
    }
    return event_new("schema.changed",
                     changes_worst(changes) == SEVERITY_BREAKING ? EVENT_WARNING : EVENT_INFO,
                     project, run, sentence ? sentence : "the schema changed", data, err);
}

static const JxField fields[] = {
    {"id", JX_STRING, offsetof(Event, id)},
    {"type", JX_STRING, offsetof(Event, type)},
    {"timestamp", JX_STRING, offsetof(Event, timestamp)},
    {"severity", JX_STRING, offsetof(Event, severity)},
    {"project", JX_STRING, offsetof(Event, project)},
    {"summary", JX_STRING, offsetof(Event, summary)},
    {"data", JX_OBJECT, offsetof(Event, data)},
    {NULL, JX_END, 0},
};

bool event_view(const json_t *doc, Event *ret, Err *err)
{
    EventSeverity severity = EVENT_INFO;
    Event view = {0};

    if (!jx_check_format(doc, "event/1", "the event", err) || !jx_view(doc, fields, &view, err))
        return err_in(err, "in the event");
    if (!clock_is_ulid(view.id) || !is_type(view.type) ||
        !event_severity_parse(view.severity, &severity))
        return err_set(err, EXIT_DATA, "the event's id, type or severity is not one of ours");
    *ret = view;
    return true;
}
