/* Between the modules of replay: one file a kind of object, each making, changing and dropping its
 * own in the catalog. All of them warn through replay_warn about what they cannot do. */
#ifndef REPLAY_PARTS_H
#define REPLAY_PARTS_H

#include "replay/analyse.h"
#include "replay/replay.h"
#include "replay/search.h"
#include "sql/parse.h"
#include "sql/tree.h"

/* ---- replay.c ---- */
/* After analysis of a member: when it has a problem, warns and lists the member as inexact. */
void replay_settle(Replay *replay, const Analysis *analysis, Vec *inexact, const char *member,
                   const char *object);
/* Parses a text that stays as long as the replay does. */
const SqlParse *replay_parse(Replay *replay, const char *text, size_t length);
void replay_statement(Replay *replay, const Node *node);
/* A copy that lives as long as the catalog. */
const char *replay_keep(Replay *replay, const char *text);

/* ---- table.c ---- */
/* table_find warns when the relation is not there, unless missing_ok. A column definition leaves
 * the constraints it holds in pending; table_finish adds them in the order the server names them.
 */
typedef struct Pending {
    Vec checks;  /* const PgQuery__Constraint * */
    Vec indexes; /* the same; primary keys first */
    Vec foreign;
} Pending;
const char *table_schema(const Replay *replay, const PgQuery__RangeVar *range);
Relation *table_find(Replay *replay, const PgQuery__RangeVar *range, bool missing_ok);
Constraint *table_constraint(const Relation *relation, const char *name);
void table_set_default(Replay *replay, Relation *relation, Column *column, const Node *node,
                       bool generated);
Column *table_add_column(Replay *replay, Relation *relation, const PgQuery__ColumnDef *node,
                         Pending *pending);
void table_finish(Replay *replay, Relation *relation, const Pending *pending, size_t first_new);
void table_copy_column(Replay *replay, Relation *relation, const Column *from, bool inherited,
                       bool with_default);
void table_inherit(Replay *replay, Relation *relation, Relation *parent);
void table_create(Replay *replay, const PgQuery__CreateStmt *create, bool foreign);

/* ---- naming.c ---- */
/* ChooseRelationName() and ChooseConstraintName(): first_second_label, numbered until no relation
 * and no constraint of the schema has it, as asked. The joins put names together with "_". */
const char *naming_choose(Replay *replay, const char *schema, const char *first, const char *second,
                          const char *label, bool relation, bool constraint);
const char *naming_join(Replay *replay, const Vec *names);
const char *naming_join_columns(Replay *replay, const Vec *columns);

/* ---- sequence.c ---- */
/* sequence_for_column makes the sequence behind a serial or identity column. fresh: options not
 * given take their defaults. */
void sequence_limits(Relation *sequence);
void sequence_options(Replay *replay, Relation *sequence, Node *const *options, size_t count,
                      bool fresh);
void sequence_create(Replay *replay, const PgQuery__CreateSeqStmt *create);
void sequence_alter(Replay *replay, const PgQuery__AlterSeqStmt *alter);
Relation *sequence_for_column(Replay *replay, Relation *relation, Column *column,
                              Node *const *options, size_t count);

/* ---- index.c ---- */
/* Problems of keys and predicates are listed in inexact. index_options_add replaces options of the
 * same name. */
void index_options_add(Replay *replay, Vec *ret, Node *const *options, size_t count);
IndexKey *index_key_new(Replay *replay, Relation *relation, const char *method,
                        const PgQuery__IndexElem *element, Vec *inexact);
Expr *index_predicate(Replay *replay, Relation *relation, const Node *node, Vec *inexact,
                      const char *member, const char *name);
void index_create(Replay *replay, const PgQuery__IndexStmt *statement);

/* ---- constraint.c ---- */
/* type is p, u or x; first_new is where the constraints of this very CREATE TABLE begin, among
 * which two of the same are one. */
void constraint_add_check(Replay *replay, Relation *relation, const PgQuery__Constraint *node);
void constraint_add_index(Replay *replay, Relation *relation, const PgQuery__Constraint *node,
                          char type, size_t first_new);
void constraint_add_foreign(Replay *replay, Relation *relation, const PgQuery__Constraint *node);
void constraint_add(Replay *replay, Relation *relation, const PgQuery__Constraint *node);
void constraint_add_domain(Replay *replay, Type *type, const PgQuery__Constraint *node);

/* ---- partition.c ---- */
/* The bound of a partition, the key of a partitioned table. */
void partition_bind(Replay *replay, Relation *relation, const Relation *parent,
                    const PgQuery__PartitionBoundSpec *bound);
void partition_by(Replay *replay, Relation *relation, const PgQuery__PartitionSpec *spec);

/* ---- view.c ---- */
/* Views, materialized views, tables made by a query. */
void view_create(Replay *replay, const PgQuery__ViewStmt *statement);
void view_create_as(Replay *replay, const PgQuery__CreateTableAsStmt *create);

/* ---- drop.c ---- */
/* With cascade all that depends on it goes too. drop_users does that for a function or type, which
 * stays the caller's to remove. */
void drop_users(Replay *replay, const Function *function, const Type *type);
void drop_relation(Replay *replay, Relation *relation, bool cascade);
void drop_column(Replay *replay, Relation *relation, Column *column, bool cascade);

/* ---- alter.c ---- */
/* ALTER TABLE, on whatever has columns. */
void alter_table(Replay *replay, const PgQuery__AlterTableStmt *alter);

/* ---- schema.c ---- */
/* Schemas, and extensions with what they are known to bring. */
void schema_create(Replay *replay, const PgQuery__CreateSchemaStmt *create);
void schema_create_extension(Replay *replay, const PgQuery__CreateExtensionStmt *create);

/* ---- type.c ---- */
/* Types but for row types. type_new takes over the placeholder that an earlier mention made. */
Type *type_find(Replay *replay, const char *schema, const char *name, bool missing_ok);
Type *type_new(Replay *replay, Node *const *names, size_t count, char kind);
void type_create_enum(Replay *replay, const PgQuery__CreateEnumStmt *create);
void type_alter_enum(Replay *replay, const PgQuery__AlterEnumStmt *alter);
void type_create_domain(Replay *replay, const PgQuery__CreateDomainStmt *create);
void type_alter_domain(Replay *replay, const PgQuery__AlterDomainStmt *alter);
void type_create_composite(Replay *replay, const PgQuery__CompositeTypeStmt *create);
void type_create_range(Replay *replay, const PgQuery__CreateRangeStmt *create);
void type_create_operator(Replay *replay, const PgQuery__DefineStmt *define);

/* ---- function.c ---- */
/* function_find: any takes the first of that name. function_named resolves a name with arguments.
 */
Function *function_find(const Catalog *catalog, const char *schema, const char *name,
                        const Oid *types, size_t count, bool any);
Function *function_named(Replay *replay, const PgQuery__ObjectWithArgs *object);
void function_create(Replay *replay, const PgQuery__CreateFunctionStmt *create);
void function_create_aggregate(Replay *replay, const PgQuery__DefineStmt *define);
void function_alter(Replay *replay, const PgQuery__AlterFunctionStmt *alter);

/* ---- policy.c ---- */
Policy *policy_find(const Relation *relation, const char *name);
void policy_create(Replay *replay, const PgQuery__CreatePolicyStmt *create);
void policy_alter(Replay *replay, const PgQuery__AlterPolicyStmt *alter);

/* ---- trigger.c ---- */
Trigger *trigger_find(const Relation *relation, const char *name);
void trigger_create(Replay *replay, const PgQuery__CreateTrigStmt *create);

/* ---- object.c ---- */
/* object_name takes a qualified name apart; inner: the last part names something within a relation.
 * object_statement is false for a statement that is none of its own. */
typedef struct Named {
    const char *schema;
    const char *name;
    const char *inner; /* column, constraint, policy, trigger */
} Named;
Named object_name(const Node *node, bool inner);
Index *object_index(Replay *replay, const char *schema, const char *name, Relation **ret_relation);
Constraint *object_index_constraint(Replay *replay, const char *schema, const char *name);
bool object_statement(Replay *replay, const Node *node);

/* ---- rename.c ---- */
/* Renames and moves to another schema. */
void rename_object(Replay *replay, const PgQuery__RenameStmt *rename);
void rename_schema(Replay *replay, const PgQuery__AlterObjectSchemaStmt *alter);

#endif
