/* The parsed tree of a statement, as libpg_query hands it over: PostgreSQL 15's raw parse tree in
 * protobuf structs. Only sql and what is built on it see these; short names keep the code readable.
 * Source of the meaning of every node: PostgreSQL's grammar (gram.y) and parsenodes.h. */
#ifndef SQL_TREE_H
#define SQL_TREE_H

#include <stdbool.h>

#include "pg_query.pb-c.h"

typedef PgQuery__Node Node;

/* NODE(SELECT_STMT): the node_case of a kind of node. */
#define NODE(kind) PG_QUERY__NODE__NODE_##kind

/* The text, or NULL when it is empty: a string that is not there is empty in protobuf. */
const char *tree_given(const char *text);
/* The text of a String node; "" for any other. */
const char *tree_string(const Node *node);
/* The text of the last String of a list (the unqualified name); "" for an empty list. */
const char *tree_last(Node *const *names, size_t count);
/* The String before the last (the schema), or NULL. */
const char *tree_qualifier(Node *const *names, size_t count);
/* Looks at the node and all below it; true as soon as fn is, for a message of any kind. */
typedef bool TreeFn(void *context, const ProtobufCMessage *message);
bool tree_any(const Node *node, TreeFn *fn, void *context);
/* What a node is called in messages: "CREATE TABLE", "GRANT". */
const char *tree_statement_name(const Node *node);

#endif
