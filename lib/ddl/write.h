/* The statements that make an object, where one template does not do. */
#ifndef DDL_WRITE_H
#define DDL_WRITE_H

#include "base/buffer.h"
#include "ddl/side.h"

/* What else the statement that makes an object is to make: of a table columns, defaults, keys. */
typedef struct DdlParts {
    DdlNode **items;
    size_t count;
} DdlParts;

/* Adds what makes the object; parts: nodes (facets of columns, constraints) that its own statement
 * is to make too. */
void ddl_write(const DdlSide *side, const DdlNode *node, const DdlParts *parts, DdlScript *script);
/* The form of the statement that makes it: what a body in the SQL standard's way uses is known. */
DdlForm ddl_function_form(const DdlScope *scope);
/* BEGIN ATOMIC, or RETURN: in the server's own text, which is written as it is; it knows what the
 * function uses. */
bool ddl_has_standard_body(const DdlScope *scope);
/* Its name, arguments and type, with nothing in it: for those that call each other. */
const char *ddl_write_function_shell(const DdlScope *scope);
/* The same in place of one of its name: CREATE OR REPLACE. */
const char *ddl_write_function(const DdlScope *scope, bool replace);
const char *ddl_write_view(const DdlScope *scope, bool replace);
/* "name type ..." as ADD COLUMN has it; with_default: the default too. */
const char *ddl_write_column(const DdlSide *side, const DdlScope *scope, bool with_default);
/* GENERATED ALWAYS AS IDENTITY (...). */
const char *ddl_write_identity(const DdlSide *side, const DdlScope *scope);
/* Whether a partition has its columns just as its parent, as one has that CREATE TABLE ...
 * PARTITION OF makes. */
bool ddl_is_like_parent(const DdlSide *side, const json_t *table);
/* WITH (...) of a publication without the parentheses. */
const char *ddl_write_publish(const DdlScope *scope);
const char *ddl_write_subscription_options(const DdlScope *scope, bool at_creation);
/* DO with that block, quoted. */
const char *ddl_write_do(Arena *arena, const char *block);
/* Where the name of the current database is: "... %I ..." run by DO. */
const char *ddl_write_for_database(Arena *arena, const char *statement);

#endif
