/* The kinds of schema object: one table that drives reading, hashing, writing and comparing.
 *
 * A top-level kind is a section of the snapshot; its objects have a unique "id". A nested kind
 * lives and dies with its parent, as an array member of the parent object, and is known by "name"
 * inside it. Sections and members come in the order of this table. Adding a kind: one .sql, one
 * value here, a row in kind.c, a row in source/queries.c, a case. */
#ifndef MODEL_KIND_H
#define MODEL_KIND_H

#include <stdbool.h>
#include <stddef.h>

typedef enum KindId {
    KIND_SCHEMA,
    KIND_EXTENSION,
    KIND_ENUM,
    KIND_DOMAIN,
    KIND_DOMAIN_CONSTRAINT,
    KIND_COMPOSITE,
    KIND_ATTRIBUTE,
    KIND_RANGE,
    KIND_BASE_TYPE,
    KIND_COLLATION,
    KIND_SEQUENCE,
    KIND_TABLE,
    KIND_COLUMN,
    KIND_CONSTRAINT,
    KIND_INDEX,
    KIND_POLICY,
    KIND_TRIGGER,
    KIND_RULE,
    KIND_VIEW,
    KIND_VIEW_COLUMN,
    KIND_VIEW_INDEX,
    KIND_VIEW_TRIGGER,
    KIND_VIEW_RULE,
    KIND_PLATFORM_TABLE,
    KIND_PLATFORM_POLICY,
    KIND_PLATFORM_TRIGGER,
    KIND_STATISTICS,
    KIND_FUNCTION,
    KIND_OPERATOR,
    KIND_OPERATOR_FAMILY,
    KIND_OPERATOR_CLASS,
    KIND_CAST,
    KIND_CONVERSION,
    KIND_TEXT_SEARCH_PARSER,
    KIND_TEXT_SEARCH_TEMPLATE,
    KIND_TEXT_SEARCH_DICTIONARY,
    KIND_TEXT_SEARCH_CONFIGURATION,
    KIND_LANGUAGE,
    KIND_TRANSFORM,
    KIND_ACCESS_METHOD,
    KIND_FOREIGN_DATA_WRAPPER,
    KIND_SERVER,
    KIND_USER_MAPPING,
    KIND_EVENT_TRIGGER,
    KIND_PUBLICATION,
    KIND_PUBLICATION_TABLE,
    KIND_SUBSCRIPTION,
    KIND_DEFAULT_PRIVILEGES,
    KIND_PRIVILEGES,
    KIND_SECURITY_LABEL,
    KIND_DATABASE,
    KIND_ROLE,
    KIND_TABLESPACE,
    KIND_PARAMETER,
    KIND_BUCKET,
    KIND_CRON_JOB,
    KIND_VAULT_SECRET,
    KIND_QUEUE,
    KIND_FACT,
    KIND_COUNT
} KindId;

enum { KIND_NONE = -1 };

typedef struct Kind {
    const char *name;   /* what people call one: "table", "column" */
    const char *member; /* section of the snapshot, or member of the parent: "tables", "columns" */
    int parent;         /* KindId of the object it is nested in, or KIND_NONE */
    bool ordered;       /* its own order means something (columns); otherwise ascending by key */
} Kind;

/* The row of a kind; id must be below KIND_COUNT. */
const Kind *kind_of(KindId id);
/* The top-level kind with that section name; false when there is none. */
bool kind_by_section(const char *section, size_t length, KindId *ret);
/* The top-level kind with that name; false when there is none. */
bool kind_by_name(const char *name, KindId *ret);
/* The nested kind stored under that member of parent; false when the member is a plain field. */
bool kind_nested(KindId parent, const char *member, KindId *ret);
/* Whether its section is written only when asked for: data that says how a platform behaves. */
bool kind_is_opted(KindId id);

/* What a document was asked to hold ("kinds" of its meta): nothing in particular ({0}) is all that
 * is not opted, else the sections that were named. A name that is no section is that of what is
 * nested in some: then objects of those sections have no other nested ones than the named, and the
 * document has no lineage, which is of whole objects. */
typedef struct KindChoice {
    bool named[KIND_COUNT];
    bool any;
    bool narrow; /* something nested was named */
} KindChoice;

/* False: nothing is called so. */
bool kind_choose(KindChoice *choice, const char *name, size_t length);
/* A nested kind is chosen when what it is nested in is, too. */
bool kind_is_chosen(const KindChoice *choice, KindId id);

#endif
