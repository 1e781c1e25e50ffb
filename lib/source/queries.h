/* The statements that read a live schema, and what they are about: one row a statement. */
#ifndef SOURCE_QUERIES_H
#define SOURCE_QUERIES_H

#include <stdbool.h>

#include "model/kind.h"

/* What a statement asks of the server; the others are told by their kind. */
typedef enum QueryUse {
    QUERY_OBJECTS, /* rows of its kind */
    QUERY_ASIDE,   /* no objects: read by whoever knows its name */
    QUERY_OPTED    /* rows of its kind, only when that is asked for by name */
} QueryUse;

typedef struct CatalogQuery {
    const char *file; /* in share/sql */
    QueryUse use;
    KindId kind;
    KindId also[2];       /* other nested kinds that its rows may be; 0 (a top-level kind): none */
    int min_version;      /* of the server, 150000 for example */
    int max_version;      /* 0: none */
    char acl_kind;        /* letter as for acldefault(), 0 when it has no rights */
    bool second;          /* all is read, and this by the second connection, when there is one */
    bool by_relation;     /* takes $2, a list of relations to keep to */
    const char *relation; /* what reading it takes, where not everybody may or every database has */
    const char *column;
} CatalogQuery;

enum { QUERY_MAX = 64 };

int query_count(void);
const CatalogQuery *query_at(int index);
/* The statement itself. */
const char *query_sql(int index);
/* The statement whose rows are of that kind, for that server; -1 when there is none. */
int query_of_kind(KindId kind, int server_version);
int query_of_file(const char *file);
bool query_is_for(int index, int server_version);

#endif
