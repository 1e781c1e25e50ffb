/* From an event to what a channel shows or sends. Pure.
 *
 * Everything in an event that comes from a schema is hostile: for eyes, control characters and
 * marks that reorder text become U+FFFD, and each channel's own markup is escaped here, not by the
 * sender. */
#ifndef NOTIFY_RENDER_H
#define NOTIFY_RENDER_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/event.h"

enum {
    RENDER_TITLE_MAX = 80,
    RENDER_TEXT_MAX = 240,
    RENDER_EXCERPT_MAX = 256,
    RENDER_DOCUMENT_MAX = 256 * 1024 /* many receivers refuse more than this with 413 */
};

/* "PROJECT: TYPE", and the summary: safe to show, cut to RENDER_..._MAX bytes between characters,
 * with an ellipsis behind what was cut. */
const char *render_title(Arena *arena, const Event *event);
const char *render_text(Arena *arena, const Event *event);
/* & < > and quotes as entities, as the body of a D-Bus notification wants them
 * (specifications.freedesktop.org/notification-spec, "Markup"). */
const char *render_markup(Arena *arena, const char *text);
/* What a foreign program or server said, for a log: one line, safe to show, cut to
 * RENDER_EXCERPT_MAX bytes. */
const char *render_excerpt(Arena *arena, const char *text);
/* The bytes of the event as a document, as they are sent and signed; from malloc. Of an event
 * larger than RENDER_DOCUMENT_MAX the first data.changes are kept, which are the worst, and
 * data.omitted counts the others. The same event gives the same bytes. */
bool render_document(const json_t *event, char **ret_bytes, size_t *ret_length, Err *err);

#endif
