/* What roles may do by one snapshot: role x relation x column x command, with memberships, owners,
 * schemas, row security and views.
 *
 * Sources: pg_class_aclmask_ext(), pg_attribute_aclmask_ext(), roles_is_member_of(),
 * check_enable_rls() and get_row_security_policies() of PostgreSQL; the chapter on rules and
 * privileges of its manual for views; man/snapshot.5 for the members. What cannot be decided from a
 * snapshot is REACH_UNKNOWN: rights on some columns of what a view reads, its functions, owners
 * whose attributes are not told. */
#ifndef DIFF_PRIVILEGES_H
#define DIFF_PRIVILEGES_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/kind.h"
#include "model/snapshot.h"

/* Who everybody is; of a function EXECUTE is asked, of all else the others. */
#define PRIVILEGES_EVERYBODY "public"
typedef enum Command {
    COMMAND_SELECT,
    COMMAND_INSERT,
    COMMAND_UPDATE,
    COMMAND_DELETE,
    COMMAND_EXECUTE,
    COMMAND_COUNT
} Command;

typedef enum Reach { REACH_NO, REACH_UNKNOWN, REACH_YES } Reach;

typedef struct PrivilegeHolders PrivilegeHolders; /* who has what of one object */

typedef struct PrivilegeColumn {
    const char *name;
    const PrivilegeHolders *holders;
    bool updatable; /* of a view */
} PrivilegeColumn;

/* A table, view or function. */
typedef struct PrivilegeObject {
    KindId kind;
    const char *id;
    const char *schema;
    const char *name;
    const char *owner;
    const PrivilegeHolders *holders;
    PrivilegeColumn *columns;
    size_t column_count;
    const struct PrivilegePolicy *policies;
    size_t policy_count;
    bool row_security;
    bool forced;
    bool inexact; /* the source did not know its rights exactly */
    /* of a view */
    bool by_caller;
    bool stored; /* a materialized one */
    bool insertable;
    bool updatable;
    bool redirected; /* by a trigger or a rule */
    const char *definition;
    struct PrivilegeSources *sources; /* NULL: not looked into yet */
} PrivilegeObject;

typedef struct PrivilegeWorld PrivilegeWorld;

/* What one role may do with one object. */
typedef struct Access {
    bool right; /* on the object or some of its columns */
    bool usage; /* of its schema */
    Reach reach;
    Reach *columns;   /* parallel to those of the object; NULL for DELETE and EXECUTE */
    const char *rows; /* NULL: all of them; else "where ...", or what else decides */
    bool filtered;    /* there is row security, whatever it says for this role */
} Access;

/* Called for the id of each table, view, function and role that is read: the one to take in its
 * place, or NULL; of a column (by the id that it would have in a change) its name. */
typedef const char *PrivilegeRename(void *context, KindId kind, const char *id);

/* Reads one object after the other from the reader, which stands before the first. rename: NULL for
 * none. */
PrivilegeWorld *privileges_read(SnapshotReader *reader, PrivilegeRename *rename, void *context,
                                Err *err);
void privileges_close(PrivilegeWorld **world);

/* By id, ascending within a kind. */
const PrivilegeObject *privileges_objects(const PrivilegeWorld *world, size_t *ret_count);
const PrivilegeObject *privileges_object(const PrivilegeWorld *world, KindId kind, const char *id);
/* Every role that is told of, or that something names; "public" among them, as keys. */
const json_t *privileges_roles(const PrivilegeWorld *world);
/* Whether the snapshot says what the role is: whether it may pass over rights and policies. Known
 * too are the four of PostgREST's that Supabase makes. */
bool privileges_is_known(const PrivilegeWorld *world, const char *role);
bool privileges_is_member(const PrivilegeWorld *world, const char *role, const char *of);
/* What the role may do; what is pointed to lives in the arena. */
Access privileges_access(PrivilegeWorld *world, const PrivilegeObject *object, const char *role,
                         Command command, Arena *arena);
/* Whether a view reads the relation, directly or through other views. */
bool privileges_reads(PrivilegeWorld *world, const PrivilegeObject *view, const char *relation);

#endif
