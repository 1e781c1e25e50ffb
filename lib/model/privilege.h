/* Access rights as a snapshot tells them: how they differ from what an object of their kind starts
 * with, per role.
 *
 * Source: acldefault() and ACL_*_CHR of PostgreSQL. Grantors are not told apart, and "all" stands
 * for every privilege that the server knows for the kind, so that the MAINTAIN of version 17 makes
 * no difference. The owner's own rights are what they start with unless some were taken. */
#ifndef MODEL_PRIVILEGE_H
#define MODEL_PRIVILEGE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

typedef uint32_t Privileges; /* a set */

/* One privilege by its letter in an aclitem or its SQL name in lower case; 0 for none. */
Privileges privilege_by_letter(char letter);
Privileges privilege_by_name(const char *name);
/* All there are for a kind of object, which is a letter as for acldefault(), 'c' for a column. */
Privileges privilege_all(char kind, int server_version);
/* What everybody has of it from the start. */
Privileges privilege_everybodys(char kind);

/* What ["select*","update"] or ["all"] gives, whether or not it may be granted on. */
Privileges privilege_of_names(const json_t *names, char kind);

typedef struct Grantee {
    const char *name; /* "" for everybody */
    Privileges has;
    Privileges passes_on; /* with grant option */
    Privileges base;      /* what it would have from the start */
    Privileges base_passes_on;
} Grantee;

/* Zero-initialised; names are borrowed. */
typedef struct Grantees {
    Grantee *items;
    size_t count;
    size_t room;
} Grantees;

void grantees_free(Grantees *grantees);
/* The one of that name, added when there is none. Valid until the next one is added. */
Grantee *grantees_at(Grantees *grantees, const char *name);
/* Adds what a kind of object starts with, as what is had or as what that is compared with. */
void grantees_default(Grantees *grantees, char kind, const char *owner, int server_version,
                      bool is_base);

typedef struct PrivilegeForm {
    const char *grants;  /* {"role":["select*","update"],...}, NULL when empty */
    const char *revokes; /* the same for what is missing */
} PrivilegeForm;

/* Sorts the grantees. */
PrivilegeForm privilege_form(Arena *arena, Grantees *grantees, Privileges all);

#endif
