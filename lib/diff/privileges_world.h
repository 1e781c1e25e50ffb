/* What is read of a snapshot to tell who may do what: of lib/diff/privileges*.c alone. */
#ifndef DIFF_PRIVILEGES_WORLD_H
#define DIFF_PRIVILEGES_WORLD_H

#include "diff/privileges.h"
#include "model/privilege.h"

#define DATABASE_OWNER "pg_database_owner"
enum { NOBODY = -1, STEPS_MAX = 1000 };

typedef struct Holder {
    int role;
    Privileges has;
} Holder;

struct PrivilegeHolders {
    size_t count;
    Holder items[];
};

typedef struct PrivilegePolicy {
    const char *command;
    const char *using_text; /* NULL: none */
    const char *check;
    bool restrictive;
    int *roles;
    size_t role_count;
} PrivilegePolicy;

/* What the query of a view names. */
typedef struct PrivilegeSources {
    const char **relations; /* ids */
    size_t relation_count;
    const char **functions; /* "schema.name(" */
    size_t function_count;
    bool undecided; /* it names what is not told */
} PrivilegeSources;

typedef struct Role {
    const char *name;
    bool told; /* by its section */
    bool superuser;
    bool bypass_rls;
    bool inherits_none;
    int *inherits;
    size_t inherit_count;
    unsigned char *held; /* by role: whether it has the rights of that one; NULL: not worked out */
} Role;

typedef struct Schema {
    const char *name;
    const PrivilegeHolders *holders;
} Schema;

struct PrivilegeWorld {
    Arena arena;
    PrivilegeRename *rename;
    void *context;
    json_t *places; /* {"role":number} */
    Role *roles;
    size_t role_count;
    size_t role_room;
    Schema *schemas;
    size_t schema_count;
    PrivilegeObject *objects;
    size_t object_count;
    size_t object_room;
    const char *database_owner;
    int server_version;
    bool roles_unread;
};

/* ---- privileges_read.c ---- */

/* As the caller of privileges_read calls it. */
const char *world_renamed(const PrivilegeWorld *world, KindId kind, const char *id);
/* The number of the role, or NOBODY. */
int world_place(const PrivilegeWorld *world, const char *role);
/* By kind and id, for qsort. */
int world_object_order(const void *a, const void *b);
/* NULL: there is none. */
PrivilegeObject *world_object(const PrivilegeWorld *world, KindId kind, const char *id);

/* ---- privileges.c ---- */

extern const char *const world_command_names[COMMAND_COUNT];
/* Whether the role has the rights of the other. */
bool world_holds(PrivilegeWorld *world, int role, int other);
bool world_has(PrivilegeWorld *world, int role, const PrivilegeHolders *holders, Privileges wanted);
/* The built-in roles that may read and write everything. */
bool world_has_everywhere(PrivilegeWorld *world, int role, Command command);
/* Whether any row passes; *ret_rows as in Access. */
bool world_rows_pass(PrivilegeWorld *world, const PrivilegeObject *object, int role,
                     Command command, Arena *arena, const char **ret_rows);
Reach world_lesser(Reach one, Reach other);

/* ---- privileges_view.c ---- */

/* Through how much a question has come. */
typedef struct Path {
    int role;   /* who asked */
    int *steps; /* so many relations may still be looked at */
    Arena *arena;
} Path;

/* Whether who is asked for in a view, which is checker, may do that with what it reads and writes.
 */
Reach world_view_reach(PrivilegeWorld *world, PrivilegeObject *view, int checker, Command command,
                       const Path *path, const char **ret_rows, bool *ret_filtered);

#endif
