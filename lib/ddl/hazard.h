/* What a statement does to those who work while it runs: the lock it takes, and what else is
 * dangerous about it. One table; sources: the manual's "Explicit Locking" and, of each form, the
 * reference page of its command. */
#ifndef DDL_HAZARD_H
#define DDL_HAZARD_H

#include <stdbool.h>

typedef enum DdlForm {
    DDL_PLAIN, /* locks nothing that others use */
    DDL_TABLE_DROP,
    DDL_COLUMN_ADD,
    DDL_COLUMN_ADD_REWRITE, /* a volatile default, an identity, a stored expression */
    DDL_COLUMN_DROP,
    DDL_COLUMN_TYPE,          /* every row is written anew, and values may not come back */
    DDL_COLUMN_TYPE_LOSSLESS, /* every row is written anew */
    DDL_COLUMN_TYPE_WIDER,    /* none is */
    DDL_COLUMN_COLLATION,     /* nor here, but its indexes are built anew */
    DDL_COLUMN_NOT_NULL,      /* every row is read */
    DDL_COLUMN_NOT_NULL_PROVED,
    DDL_COLUMN_NULL,
    DDL_COLUMN_SET, /* a default: only the catalog */
    DDL_COLUMN_STORAGE,
    DDL_COLUMN_STATISTICS,
    DDL_CHECK_ADD,
    DDL_CHECK_ADD_NOT_VALID,
    DDL_KEY_ADD, /* an index is built */
    DDL_KEY_ADD_USING,
    DDL_FOREIGN_KEY_ADD,
    DDL_FOREIGN_KEY_ADD_NOT_VALID,
    DDL_VALIDATE,
    DDL_CONSTRAINT_DROP,
    DDL_CONSTRAINT_ALTER,
    DDL_KEY_DROP,
    DDL_INDEX_CREATE,
    DDL_INDEX_CREATE_CONCURRENTLY,
    DDL_INDEX_DROP,
    DDL_INDEX_DROP_CONCURRENTLY,
    DDL_UNIQUE_DROP,
    DDL_UNIQUE_DROP_CONCURRENTLY,
    DDL_TABLE_SET,     /* ACCESS EXCLUSIVE, only the catalog */
    DDL_TABLE_OPTIONS, /* SHARE UPDATE EXCLUSIVE, only the catalog */
    DDL_TABLE_REWRITE, /* LOGGED, an access method, a tablespace */
    DDL_ATTACH,
    DDL_ATTACH_NEW, /* a table of the script's own */
    DDL_DETACH,
    DDL_TRIGGER_CREATE,
    DDL_TRIGGER_SET,
    DDL_TRIGGER_ENABLE,
    DDL_TRIGGER_DROP,
    DDL_RULE_CREATE,
    DDL_RULE_SET,
    DDL_RULE_DROP,
    DDL_POLICY,
    DDL_ROW_SECURITY,
    DDL_VIEW_CREATE,
    DDL_VIEW_DROP,
    DDL_MATVIEW_DROP,
    DDL_FUNCTION,
    DDL_TYPE_DROP,
    DDL_TYPE_SET,        /* ACCESS EXCLUSIVE on tables of the type */
    DDL_ATTRIBUTE_DROP,  /* likewise */
    DDL_DOMAIN_CHECK,    /* what has it is read */
    DDL_DOMAIN_VALIDATE, /* likewise */
    DDL_DOMAIN_FREE,     /* a constraint less */
    DDL_ENUM_VALUE,
    DDL_ENUM_REBUILD,
    DDL_SEQUENCE_SET,
    DDL_SEQUENCE_DROP,
    DDL_RIGHTS,
    DDL_OWNER,   /* of a relation */
    DDL_COMMENT, /* on a relation or its column */
    DDL_ROLE_DROP,
    DDL_SECRET_DROP, /* what it kept is in no snapshot */
    DDL_EXTENSION_UPDATE,
    DDL_EXTENSION_DROP,
    DDL_PUBLICATION,
    DDL_SUBSCRIPTION,
    DDL_IMPOSSIBLE, /* a comment that says what SQL cannot do */
    DDL_FORM_COUNT
} DdlForm;

enum {
    HAZARD_REWRITE = 1 << 0,        /* every row is written anew under the lock */
    HAZARD_SCAN = 1 << 1,           /* every row is read under the lock */
    HAZARD_INDEX_BUILD = 1 << 2,    /* writes wait, or with a weaker lock it is only work */
    HAZARD_INDEX_DROP = 1 << 3,     /* what it made fast is slow */
    HAZARD_DATA_LOSS = 1 << 4,      /* the way back does not bring the values back */
    HAZARD_RIGHTS = 1 << 5,         /* who may do what */
    HAZARD_CORRECTNESS = 1 << 6,    /* what was kept true is no longer */
    HAZARD_UNTRACKED = 1 << 7,      /* what the text of a function uses is not known */
    HAZARD_EXTENSION = 1 << 8,      /* it runs what the extension brings */
    HAZARD_NO_TRANSACTION = 1 << 9, /* it must not, or its effect may not, be in one */
    HAZARD_COUNT = 10
};

typedef struct DdlHazard {
    const char *lock; /* NULL: none on a table that others use */
    unsigned flags;
} DdlHazard;

const DdlHazard *ddl_hazard(DdlForm form);
/* "rewrites the table" of one flag. */
const char *ddl_hazard_text(unsigned flag);

#endif
