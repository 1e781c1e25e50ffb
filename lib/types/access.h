/* Who may do what, as a snapshot tells it: rights, owners, policies and roles, kept with the
 * catalog while it is read. Source: man/snapshot.5. */
#ifndef TYPES_ACCESS_H
#define TYPES_ACCESS_H

#include <jansson.h>

#include "json/item.h"
#include "model/kind.h"
#include "model/privilege.h"
#include "types/catalog.h"

/* The role that stands for all, and the one that has who owns the database for its only member. */
#define ACCESS_EVERYBODY "public"
#define ACCESS_DATABASE_OWNER "pg_database_owner"

typedef struct CatalogAccess CatalogAccess;

typedef struct Grants { /* who has what, the owner's own rights among them */
    size_t count;
    struct Granted {
        const char *role; /* "public" is everybody */
        Privileges has;
    } * items;
} Grants;

typedef struct Policy {
    const char *command; /* "all", "select", ... */
    bool restrictive;
    Texts roles;
    const char *using_text; /* NULL: none */
    const char *check;
} Policy;

struct CatalogAccess {
    const char *owner;
    Grants grants;
    Grants *columns; /* in their own order; NULL for a function */
    bool row_security;
    bool member; /* of an extension: its rights are not told */
    bool forced; /* for the owner, too */
    size_t policy_count;
    Policy *policies;
    bool by_caller; /* a view that reads and writes with the rights of who asks */
    bool unreached; /* the role may not use the schema: it can do nothing by this name */
};

typedef struct Role {
    const char *name;
    bool superuser;
    bool bypass_rls;
    bool inherits_none;
    Texts inherits; /* the roles whose rights it has */
} Role;

typedef struct SchemaAccess {
    const char *name;
    Grants grants;
} SchemaAccess;

struct CatalogRoles {
    const char *database_owner;
    int server_version; /* as server_version_num */
    bool unread;        /* the snapshot does not say which roles there are */
    size_t schema_count;
    SchemaAccess *schemas;
    size_t role_count;
    Role *roles;
    Texts named; /* by a right, a policy, an owner, or a membership */
    size_t inexact_count;
    const char *inexact; /* the first of them */
};

/* From now on the catalog keeps, while it is read, what role_apply needs. Before catalog_read. */
void access_want(Catalog *catalog);
/* For the reader: meta of the snapshot; an object, perhaps a member of an extension (the rights of
 * one that has any are to be kept with it, NULL for others). Nothing is done unless access_want was
 * called. */
void access_read_meta(Catalog *catalog, const json_t *meta);
CatalogAccess *access_read(Catalog *catalog, KindId kind, const JxItem *value, bool member);

/* Adds one behind the last; the text is borrowed. */
void access_add_text(Arena *arena, Texts *texts, const char *text);

#endif
