/* Between the modules of replay: one file a kind of object, each making, changing and dropping its
 * own in the catalog. All of them warn through replay_warn about what they cannot do. */
#ifndef REPLAY_PARTS_H
#define REPLAY_PARTS_H

#include "model/privilege.h"
#include "replay/analyse.h"
#include "replay/plpgsql.h"
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

/* An empty object that lives as long as the replay. */
json_t *replay_object(Replay *replay);

/* The search_path as a setting's text has it. */
void replay_set_path(Replay *replay, const char *text);
/* What a SELECT sets in the session. */
void replay_set_session(Replay *replay, const PgQuery__SelectStmt *select);

/* ---- block.c ---- */
/* Runs what holds SQL of its own: DO blocks, and the functions and procedures that migrations made
 * and call. Conditions and loops are decided by what the catalog knows (replay/ask.h); where it
 * does not, what may happen is left in doubt, with a warning. */
void block_run(Replay *replay, const PgQuery__DoStmt *block);
void block_call(Replay *replay, const PgQuery__CallStmt *call);
void block_select(Replay *replay, const PgQuery__SelectStmt *select);
/* INSERT, UPDATE, DELETE, MERGE and COPY: which tables may have rows now, and what triggers do. */
void block_change_rows(Replay *replay, const Node *node);
/* Whether a query has rows that a table made of it would have. */
bool block_gives_rows(Replay *replay, const Node *query);
/* What an event trigger's function may do to the schema, at any statement from now on. */
void block_doubt_function(Replay *replay, Function *function);

/* ---- effects.c ---- */
/* Whether a statement, the function or one that a statement calls may change the schema. */
bool effects_of_statement(Replay *replay, const Node *node);
bool effects_of_function(Replay *replay, const Function *function);
bool effects_of_steps(Replay *replay, const Vec *steps);
bool effects_of_call(Replay *replay, const PgQuery__FuncCall *call);
/* Whether nothing is known of what a function of that name does. */
bool effects_are_unknown(Replay *replay, const PgQuery__FuncCall *call);
/* Whether the statement changes no part of a snapshot, whatever it holds. */
bool effects_none(const Node *node);
/* The body as steps; NULL when it is not followed. Kept with the replay. */
const Step *effects_body(Replay *replay, const char *body);

/* ---- doubt.c ---- */
/* Marks what a statement changes if it is run, where it is not known whether it is: members of the
 * objects it names as inexact, or the section it may add to or take from as unread. A text may have
 * parts that are not known (VALUE_ANY). */
extern const char doubt_name[]; /* stands for a name that is not known */
void doubt_statement(Replay *replay, const Node *node);
void doubt_text(Replay *replay, const char *text);

/* ---- rights.c ---- */
/* Owners and privileges. rights_begin: what a new object of that kind starts with. rights_role is
 * "" for PUBLIC. rights_form tells them as the snapshot does. */
extern const char rights_database_owner[];
void rights_begin(Replay *replay, Rights *rights, char kind, const char *schema);
void rights_own(Replay *replay, Rights *rights, const char *owner);
const char *rights_role(Replay *replay, const PgQuery__RoleSpec *role);
const char *rights_owner(const Rights *rights);
void rights_grant(Replay *replay, const PgQuery__GrantStmt *grant);
void rights_default(Replay *replay, const PgQuery__AlterDefaultPrivilegesStmt *alter);
void rights_alter_owner(Replay *replay, const PgQuery__AlterOwnerStmt *alter);
void rights_reassign(Replay *replay, const PgQuery__ReassignOwnedStmt *reassign);
void rights_drop_owned(Replay *replay, const PgQuery__DropOwnedStmt *drop);
void rights_rename_role(Replay *replay, const char *old, const char *name);
/* Whether what extensions bring to that schema has other rights than it starts with. */
void rights_own_relation(Replay *replay, Relation *relation, const PgQuery__RoleSpec *owner);
bool rights_reach_extension(const Replay *replay, const char *schema);
PrivilegeForm rights_form(const Replay *replay, const Rights *rights, bool is_empty_base);

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
/* To be called before a column goes or becomes another. */
void table_note_toast(const Catalog *catalog, Relation *relation);
/* An expression over a source's columns becomes one over those of the same names in entry, and goes
 * its own way from now on. There are no queries in such. */
Expr *table_like_expr(Replay *replay, const Expr *expr, RangeEntry *entry);
/* A check becomes one that the child has of its parent, over the child's own columns. */
Constraint *table_hand_down(Replay *replay, Relation *child, const Constraint *constraint);
/* A table that is written anew, surely or perhaps, has a TOAST table only if it needs one now. */
void table_rewrite(Replay *replay, Relation *relation, bool surely);
/* is_new: made with INHERITS, which hands defaults down to columns that have none. */
void table_inherit(Replay *replay, Relation *relation, Relation *parent, bool is_new);
Relation *table_create(Replay *replay, const PgQuery__CreateStmt *create, bool foreign);
void table_create_foreign(Replay *replay, const PgQuery__CreateForeignTableStmt *create);
/* Whether values of the type can lie outside of their row; then main and not extended is what its
 * storage starts with. */
bool table_is_toasted(const Catalog *catalog, Oid type, bool *ret_main);
/* Storage parameters, those of the toast table apart. */
void table_options(Replay *replay, Relation *relation, Node *const *options, size_t count);

/* ---- naming.c ---- */
/* ChooseRelationName() and ChooseConstraintName(): first_second_label, numbered until no relation
 * and no constraint of the schema has it, as asked. The joins put names together with "_". */
const char *naming_choose(Replay *replay, const char *schema, const char *first, const char *second,
                          const char *label, bool relation, bool constraint);
/* ChooseIndexColumnNames(): with a number when it is among them already. */
void naming_add_distinct(Replay *replay, Vec *names, const char *base);
const char *naming_join(Replay *replay, const Vec *names);
const char *naming_join_columns(Replay *replay, const Vec *columns);

/* ---- sequence.c ---- */
/* sequence_for_column makes the sequence behind a serial or identity column. fresh: options not
 * given take their defaults. */
void sequence_limits(Relation *sequence);
/* Limits that were those of the old type become those of the new: init_params() in sequence.c. */
void sequence_retype(Relation *sequence, const char *data_type);
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
void index_options_drop(Vec *options, Node *const *names, size_t count);
IndexKey *index_key_new(Replay *replay, Relation *relation, const char *method,
                        const PgQuery__IndexElem *element, Vec *inexact);
/* An expression that is a column and nothing else is the column. */
void index_key_settle(const Relation *relation, IndexKey *key);
/* What a column of an index over an expression is called. */
const char *index_key_base(const Node *expr);
/* The collation that the column has anyway is not told. */
void index_drop_own_collation(const Catalog *catalog, IndexKey *key);
/* Sets the index's predicate: make_ands_implicit() leaves nothing of TRUE. */
void index_where(Replay *replay, Relation *relation, const Node *node, Index *index, Vec *inexact,
                 const char *member, const char *name);
Expr *index_predicate(Replay *replay, Relation *relation, const Node *node, Vec *inexact,
                      const char *member, const char *name);
void index_create(Replay *replay, const PgQuery__IndexStmt *statement);

/* ---- constraint.c ---- */
/* type is p, u or x; first_new is where the constraints of this very CREATE TABLE begin, among
 * which two of the same are one. */
/* MergeWithExistingConstraint(): a check that the relation has of a parent becomes its own, too;
 * NULL: it has none of that name. */
Constraint *constraint_merge_check(const Relation *relation, const char *name);
void constraint_add_check(Replay *replay, Relation *relation, const PgQuery__Constraint *node);
void constraint_add_index(Replay *replay, Relation *relation, const PgQuery__Constraint *node,
                          char type, size_t first_new);
/* The name that a key or exclusion without one gets. */
const char *constraint_key_name(Replay *replay, const Relation *relation,
                                const Constraint *constraint);
void constraint_add_foreign(Replay *replay, Relation *relation, const PgQuery__Constraint *node);
/* The table has become a partition: what foreign keys to those above get for it. */
void constraint_refer_partition(Replay *replay, const Relation *partition);
void constraint_add(Replay *replay, Relation *relation, const PgQuery__Constraint *node);
void constraint_add_domain(Replay *replay, Type *type, const PgQuery__Constraint *node);

/* ---- partition.c ---- */
/* Whether a partitioned table, or one above it, has what its partitions get of their own: indexes,
 * constraints, triggers. */
bool partition_hands_down(const Relation *parent);
/* Marks the relation when its parents may have given it one of the name that is chosen for those
 * columns' names: what partitions get from above is not kept. */
void partition_doubt_name(Replay *replay, Relation *relation, const Vec *names);
/* The bound of a partition, the key of a partitioned table. */
void partition_bind(Replay *replay, Relation *relation, const Relation *parent,
                    const PgQuery__PartitionBoundSpec *bound);
/* ATTACH PARTITION: what the relation has already becomes that of the parent where it is the same.
 */
void partition_adopt(Replay *replay, Relation *relation, const Relation *parent);
/* A new index or key of a partitioned table, for each of its partitions. */
void partition_adopt_index(Replay *replay, Relation *relation, const Relation *parent,
                           const Index *above);
void partition_adopt_key(Replay *replay, Relation *relation, const Relation *parent,
                         const Constraint *above);
void partition_by(Replay *replay, Relation *relation, const PgQuery__PartitionSpec *spec);

/* ---- view.c ---- */
/* Views, materialized views, tables made by a query. */
enum { VIEW_UPDATE = 4, VIEW_INSERT = 8, VIEW_DELETE = 16 };

/* What can be done to it, as relation_is_updatable() in rewriteHandler.c says it: to those columns
 * of it, or (NULL) to any. triggers: also where triggers do it. */
unsigned view_events(Arena *arena, const Relation *relation, bool triggers, const Vec *columns);
void view_create(Replay *replay, const PgQuery__ViewStmt *statement);
void view_create_as(Replay *replay, const PgQuery__CreateTableAsStmt *create);

/* ---- drop.c ---- */
bool index_uses(const Index *index, const Search *search);
/* Views, columns' defaults, policies and the like that mention what is searched for. */
void drop_dependents(Replay *replay, const Search *search);
/* The foreign keys that rest on an index of the relation. */
void drop_foreign_of(const Relation *relation, const Index *index);
/* With cascade all that depends on it goes too. drop_users does that for a function or type, which
 * stays the caller's to remove. */
void drop_users(Replay *replay, const Function *function, const Type *type);
void drop_relation(Replay *replay, Relation *relation, bool cascade);
void drop_column(Replay *replay, Relation *relation, Column *column, bool cascade);

/* ---- alter.c ---- */
/* ALTER TABLE, on whatever has columns. alter_again: an expression analysed anew from its own text,
 * after a column it names has changed its type. */
Expr *alter_again(Replay *replay, Relation *relation, const Expr *expr, bool boolean);
void alter_table(Replay *replay, const PgQuery__AlterTableStmt *alter);
void alter_cluster(Replay *replay, const PgQuery__ClusterStmt *cluster);

/* ---- schema.c ---- */
/* Schemas, and extensions with what they are known to bring. */
void schema_create(Replay *replay, const PgQuery__CreateSchemaStmt *create);
/* Warns of a schema that is not known, where the statement makes something in it. */
void schema_expect(Replay *replay, const Node *node);
/* With what it has brought, and with what uses that. */
void schema_drop_extension(Replay *replay, Extension *extension);
void schema_create_extension(Replay *replay, const PgQuery__CreateExtensionStmt *create);
void schema_alter_extension(Replay *replay, const PgQuery__AlterExtensionStmt *alter);
/* comment NULL takes it away; the one an extension brings is none. */
void schema_comment_extension(Replay *replay, const char *name, const char *comment);
Extension *schema_extension(const Catalog *catalog, const char *name);
/* What is shipped with PostgreSQL: names and their comments, NULL where it is a package of its own.
 */
const char *const (*schema_shipped(size_t *ret_count))[2];

/* ---- type.c ---- */
/* Types but for row types. type_new takes over the placeholder that an earlier mention made. */
Type *type_find(Replay *replay, const char *schema, const char *name, bool missing_ok);
Type *type_new(Replay *replay, Node *const *names, size_t count, char kind);
void type_create_enum(Replay *replay, const PgQuery__CreateEnumStmt *create);
void type_alter_enum(Replay *replay, const PgQuery__AlterEnumStmt *alter);
void type_create_domain(Replay *replay, const PgQuery__CreateDomainStmt *create);
void type_alter_domain(Replay *replay, const PgQuery__AlterDomainStmt *alter);
void type_create_composite(Replay *replay, const PgQuery__CompositeTypeStmt *create);
/* makeMultirangeTypeName() in multirangetypes.c: what the server would choose. */
const char *type_multirange(Replay *replay, const char *range);
void type_create_range(Replay *replay, const PgQuery__CreateRangeStmt *create);

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

/* ---- thing.c ---- */
/* Objects of the kinds that no other object is made of. thing_find: schema NULL is the search path,
 * for kinds that are in a schema. thing_named: by what a statement says; NULL when there is none of
 * it, or the kind is none of these. ret_known says which. */
Thing *thing_find(Replay *replay, KindId kind, const char *schema, const char *name);
Thing *thing_named(Replay *replay, PgQuery__ObjectType type, const Node *object, bool *ret_known);
/* NULL, with a warning, when there is one of that name already. The name may be qualified when the
 * kind is in a schema. */
Thing *thing_add(Replay *replay, KindId kind, Node *const *names, size_t count);
Thing *thing_add_named(Replay *replay, KindId kind, const char *name);
Thing *thing_database(Replay *replay);
void thing_set(Thing *thing, const char *member, const char *text);
void thing_flag(Thing *thing, const char *member, bool value);
void thing_drop(Replay *replay, Thing *thing);
/* What goes with a relation, column, function, schema or role. */
void thing_drop_of(Replay *replay, const Relation *relation, const Column *column);
/* ADD, SET and DROP of "name=value". */
void thing_options(Replay *replay, Vec *ret, Node *const *options, size_t count);
/* The text of regproc: a function by name alone. NULL for no name. ret_known (may be NULL): false
 * where no such function is known and its schema is only supposed. */
const char *thing_function(Replay *replay, Node *const *names, size_t count, bool *ret_known);
bool thing_statement(Replay *replay, const Node *node);

/* ---- role.c ---- */
/* role_setting: "name=value" as the server keeps it, put in the place of an older one. False when
 * the value is that of the session. */
bool role_setting(Replay *replay, Vec *ret, const PgQuery__VariableSetStmt *set);
/* Warns, once for each, of a role that is not known: neither made by a file nor the server's or a
 * platform's own. False: the statement fails, and a handler is there for it. role_expect_all: of
 * all that the statement names. */
bool role_expect(Replay *replay, const char *name);
bool role_expect_all(Replay *replay, const Node *node);
bool role_statement(Replay *replay, const Node *node);

/* ---- publication.c, foreign.c, textsearch.c, statistics.c, rule.c ---- */
/* Each is false for a statement that is none of its own. */
bool publication_statement(Replay *replay, const Node *node);
bool foreign_statement(Replay *replay, const Node *node);
bool textsearch_statement(Replay *replay, const Node *node);
/* LIKE ... INCLUDING STATISTICS: entry has the columns of the new relation. */
void statistics_like(Replay *replay, const Relation *source, Relation *relation, RangeEntry *entry,
                     bool comments);
/* The column is of another type. */
void statistics_retype(Replay *replay, Relation *relation, const Column *column);
bool statistics_statement(Replay *replay, const Node *node);
Rule *rule_find(const Relation *relation, const char *name);
void rule_create(Replay *replay, const PgQuery__RuleStmt *create);

/* ---- operator.c ---- */
/* Operators, casts, collations. operator_named: NULL when it is not known. */
void operator_create(Replay *replay, const PgQuery__DefineStmt *define);
Operator *operator_named(Replay *replay, const PgQuery__ObjectWithArgs *object);
void operator_alter(Replay *replay, const PgQuery__AlterOperatorStmt *alter);
void operator_drop(Catalog *catalog, const Operator *own);
/* Also takes away casts; function or type may be NULL. */
void operator_drop_users(Catalog *catalog, const Function *function, const Type *type);
void operator_create_cast(Replay *replay, const PgQuery__CreateCastStmt *create);
Cast *operator_cast(Replay *replay, const Node *object);
void operator_create_collation(Replay *replay, const PgQuery__DefineStmt *define);
/* The collation of a COLLATE clause, qualified; NULL for the one that the type has anyway. */
const char *operator_collation(Replay *replay, Node *const *names, size_t count, Oid type);
/* "name(argument,argument)" of regprocedure. */
const char *operator_procedure(Replay *replay, const Function *function);
/* The same of regoperator. */
const char *operator_text(Replay *replay, const Operator *operator_);

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
Constraint *object_index_constraint(Replay *replay, const char *schema, const char *name,
                                    Relation **ret_relation);
bool object_statement(Replay *replay, const Node *node);

/* ---- rename.c ---- */
/* Renames and moves to another schema. */
void rename_object(Replay *replay, const PgQuery__RenameStmt *rename);
void rename_schema(Replay *replay, const PgQuery__AlterObjectSchemaStmt *alter);

#endif
