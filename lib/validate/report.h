/* report/1: what a validation found. Made from the runner's results, kept under logs/validation,
 * shown as text and as JUnit XML. Rules: man/report.5. */
#ifndef VALIDATE_REPORT_H
#define VALIDATE_REPORT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/err.h"

typedef struct ReportHead {
    char id[CLOCK_ULID_SIZE];
    const char *project;
    const char *run; /* the cycle it belongs to; NULL: none */
    int64_t started_ms;
    int64_t duration_ms;
    const json_t *selection; /* what was chosen by hand; NULL or empty: nothing */
    int signal;              /* that ended the run early; 0: none */
} ReportHead;

/* "result" is error when a signal came, failed when a step is neither passed nor skipped, skipped
 * when none ran, else passed. results is borrowed; a new reference. */
json_t *report_new(const ReportHead *head, const json_t *results, Err *err);
const char *report_result(const json_t *report);
/* The line for logs/validation/history.jsonl. */
json_t *report_line(const json_t *report, Err *err);

/* One line for a result: a mark, its name and how it ended; under a failed one its output,
 * indented, at most the last 200 lines. */
void report_print_step(const json_t *result, bool colour, FILE *out);
/* The last line: the counts. */
void report_print_end(const json_t *report, bool colour, FILE *out);
/* JUnit XML, the dialect CI servers read: one suite, a case per step. */
void report_print_junit(const json_t *report, FILE *out);

/* DIRECTORY/ID.json (0600), then a line in DIRECTORY/history.jsonl, then removes the oldest reports
 * above keep: files named by a ULID and ".json", in the order of their names. */
bool report_store(const json_t *report, const char *directory, size_t keep, Err *err);

#endif
