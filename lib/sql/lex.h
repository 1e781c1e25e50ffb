/* Where the pieces of SQL text begin and end: enough of PostgreSQL's lexical rules to find what is
 * quoted, a comment, or the end of a statement, in text that need not be correct. Linear, reads
 * nothing behind length. Source: the manual's chapter "Lexical Structure"; scan.l, psqlscan.l. */
#ifndef SQL_LEX_H
#define SQL_LEX_H

#include <stdbool.h>
#include <stddef.h>

/* A byte of a name, or of a number. */
bool lex_is_word(char c);
bool lex_is_blank(char c);
/* Of the line that `at` is in: CR ends one as LF does. */
size_t lex_line_end(const char *text, size_t length, size_t at);
/* Behind the string or quoted name whose opening quote is at `at`. */
size_t lex_skip_string(const char *text, size_t length, size_t at);
/* Behind the string, quoted name, dollar-quoted text or comment that starts at `at`, and `at`
 * itself when none starts there. What is not closed goes to the end. */
size_t lex_skip(const char *text, size_t length, size_t at);
/* Whether what lex_skip would skip has no end. */
bool lex_is_open(const char *text, size_t length, size_t at);
/* Behind the semicolon of the statement that `at` is in, or length: one in brackets, or within
 * BEGIN ATOMIC ... END, ends none. */
size_t lex_end(const char *text, size_t length, size_t at);
/* The first byte from `at` on that is neither blank nor of a comment nor a semicolon. */
size_t lex_code(const char *text, size_t length, size_t at);
/* Where the name at text[at], bare or quoted, ends. */
size_t lex_name_end(const char *text, size_t length, size_t at);

#endif
