/* Whether a project's migrations may run on this machine. They are code, so a project that was
 * never allowed to is not run unasked. What was answered is kept outside of projects, which might
 * bring an answer along: $XDG_CONFIG_HOME/schema-monitor/may-run, a line "yes DIRECTORY" or "no
 * DIRECTORY" each, the last one of a directory counts. */
#ifndef SOURCE_CONSENT_H
#define SOURCE_CONSENT_H

#include <stdbool.h>

#include "base/err.h"

typedef enum Consent { CONSENT_UNKNOWN, CONSENT_NO, CONSENT_YES } Consent;

/* directory: the project's, absolute. */
Consent consent_of(const char *directory);
bool consent_keep(const char *directory, bool yes, Err *err);

#endif
