/* The token that lets a page act, and the tickets that open a live connection.
 *
 * The token is 256 random bits as 64 hexadecimal digits in a file that only its owner can read. A
 * browser's WebSocket cannot send an Authorization header, and an address ends up in logs; so the
 * page trades the token for a ticket, which works once and for 30 seconds. */
#ifndef DASH_TOKEN_H
#define DASH_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { TOKEN_SIZE = 65, TICKET_LIFE_MS = 30000, TICKETS_MAX = 32 };

/* Reads the file, or makes it (0600, O_EXCL) when it is not there. EXIT_DENIED when it is not a
 * plain file of ours that others cannot read, EXIT_DATA when no token is in it. */
bool token_load(const char *path, char ret[TOKEN_SIZE], Err *err);

typedef struct Ticket {
    char text[TOKEN_SIZE];
    int64_t until_ms; /* by the clock that never jumps; 0: unused */
} Ticket;
typedef struct Tickets {
    Ticket items[TICKETS_MAX]; /* when all are out the oldest gives way */
} Tickets;

void tickets_issue(Tickets *tickets, int64_t now_ms, char ret[TOKEN_SIZE]);
/* Whether text is a ticket that still holds; it does not any more. */
bool tickets_redeem(Tickets *tickets, int64_t now_ms, const char *text);

#endif
