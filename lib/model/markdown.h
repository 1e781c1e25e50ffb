/* Text from a database as Markdown: whatever a name or comment holds, it is shown and does nothing.
 *
 * Control characters and bidirectional overrides come out as U+FFFD, line ends as a line break or a
 * sign. Sources: CommonMark 0.31 and GitHub Flavored Markdown (tables, autolinks, math). */
#ifndef MODEL_MARKDOWN_H
#define MODEL_MARKDOWN_H

#include <stdbool.h>
#include <stdio.h>

/* A code span, fit for a line of text, a heading and a cell. Empty text gives nothing. */
void markdown_code(FILE *out, const char *text);
/* A comment as text, fit for a cell; also for a paragraph of its own. */
void markdown_text(FILE *out, const char *text);
/* A comment as a paragraph; nothing for NULL. */
void markdown_paragraph(FILE *out, const char *comment);
/* A fenced block of that language, a newline behind it. */
void markdown_fence(FILE *out, const char *language, const char *text);
/* The id of a place on the page: kind, a hyphen and the text, what is no letter or digit as hex. */
void markdown_anchor(FILE *out, const char *kind, const char *text);
/* <a id="..."></a> on a line of its own. */
void markdown_target(FILE *out, const char *kind, const char *text);
/* One character of hostile text and what to show of it: the replacement, or as many bytes of text
 * as there are in the character. */
size_t markdown_character(const char *text, const char **ret_shown, size_t *ret_length);

#endif
