/* How the changes between two snapshots can be told: one table of formats, which the option
 * --format of schema-diff reads its choices and its help from.
 *
 * Whatever the names and texts of a schema hold, in every format they are shown and do nothing. A
 * format costs a row here, a writer in a file of its own, a case and its lines in the manual. */
#ifndef DIFF_FORMAT_H
#define DIFF_FORMAT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/err.h"
#include "model/snapshot.h"

/* What a writer may need besides the changes. {0} is plain text for a pipe, of any length. */
typedef struct FormatContext {
    bool colour;
    bool utf8;          /* lines and arrows may be drawn */
    int width;          /* of the terminal, in columns; 0: it is none */
    size_t max_length;  /* in bytes, for Markdown; 0: no limit */
    const char *folder; /* of the migration files that the changes name; NULL: unknown */
    /* Only where the format reads them: both read to the end, and able to be read again. old NULL:
     * this is the first snapshot, and there are no changes. */
    SnapshotReader *old;
    SnapshotReader *new;
    bool down;   /* SQL from the new schema back to the old one */
    bool online; /* SQL that lets others work meanwhile (ddl/online.h) */
} FormatContext;

/* Writes a changes/1 document. EXIT_DATA when it does not hold together, EXIT_IO when a snapshot
 * cannot be read again; what became of out is the caller's to check. */
typedef bool FormatWriter(const json_t *changes, const FormatContext *context, FILE *out, Err *err);

/* What GitHub takes in one comment, in characters, which are never more than the bytes. */
enum { FORMAT_COMMENT_MAX = 65536 };

FormatWriter format_text;
FormatWriter format_json;
FormatWriter format_markdown;
FormatWriter format_github;
FormatWriter format_sarif;
FormatWriter format_jsonpatch;
FormatWriter format_html;
FormatWriter format_mermaid;
FormatWriter format_unified;
FormatWriter format_sql;

/* name, writer, whether it reads the snapshots. */
#define FORMATS(ROW)                                                                               \
    ROW("text", format_text, false)                                                                \
    ROW("json", format_json, false)                                                                \
    ROW("markdown", format_markdown, false)                                                        \
    ROW("github", format_github, false)                                                            \
    ROW("sarif", format_sarif, false)                                                              \
    ROW("jsonpatch", format_jsonpatch, true)                                                       \
    ROW("html", format_html, false)                                                                \
    ROW("mermaid", format_mermaid, true)                                                           \
    ROW("unified", format_unified, true)                                                           \
    ROW("sql", format_sql, true)

typedef struct Format {
    const char *name;
    FormatWriter *write;
    bool reads_snapshots;
} Format;

/* The row of that name; NULL when there is none. */
const Format *format_by_name(const char *name);
/* The names, NULL behind the last; and as a line of help. */
extern const char *const format_names[];
extern const char format_help[];

#endif
