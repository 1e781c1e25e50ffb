/* How a comparison ends: which of its changes count, and with what exit status. Source:
 * man/schema-diff.1, "EXIT STATUS". */
#ifndef DIFF_OUTCOME_H
#define DIFF_OUTCOME_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "model/change.h"

/* Which changes count (--fail-on). */
typedef struct FailOn {
    bool is_given;
    bool by_severity;
    Severity least;            /* those at least this severe, when by_severity ... */
    bool classes[CLASS_COUNT]; /* ... and those of these classes */
} FailOn;

/* items: NULL-terminated; any, risky, breaking, none and names of classes. None given: any.
 * EXIT_USAGE: another word, or none beside others. */
bool fail_on_parse(const char *const *items, FailOn *ret, Err *err);

typedef struct Outcome {
    bool is_finding; /* a change counts */
    Severity worst;  /* of those that count */
    bool is_said;    /* the status line was written */
} Outcome;

Outcome outcome_of(const json_t *changes, const FailOn *fail_on);

typedef enum ExitStyle {
    STYLE_SYSEXITS,
    STYLE_DIFF,
    STYLE_TERRAFORM,
    STYLE_NAGIOS,
    STYLE_COUNT
} ExitStyle;

/* NULL-terminated, in the order of ExitStyle. */
const char *const *exit_style_names(void);
/* NULL: sysexits. name is one of them. */
ExitStyle exit_style_of(const char *name);
/* status as cli_main gives it: EXIT_OK, EXIT_FINDING or trouble. */
int exit_style_status(ExitStyle style, int status, const Outcome *outcome, const FailOn *fail_on);

/* One line as a plugin of Nagios writes it: "SCHEMA WARNING - text | numbers". changes NULL: an
 * UNKNOWN with that text. */
void outcome_write_line(const json_t *changes, const Outcome *outcome, const FailOn *fail_on,
                        const char *text, FILE *out);

#endif
