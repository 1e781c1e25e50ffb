/* Changes in place that are more than one template: lists, settings, labels, definitions. Each is a
 * DdlAlter (ddl/rules.h).
 *
 * alter_column.c: columns, and their types; alter_options.c: lists of key=value, settings;
 * alter_list.c: lists whose items come and go; alter_object.c: the rest. */
#ifndef DDL_ALTER_H
#define DDL_ALTER_H

#include "ddl/rules.h"

bool alter_options(const DdlChange *change, DdlScript *script);
bool alter_toast_options(const DdlChange *change, DdlScript *script);
bool alter_foreign_options(const DdlChange *change, DdlScript *script);
bool alter_own_options(const DdlChange *change, DdlScript *script);
bool alter_column_options(const DdlChange *change, DdlScript *script);
bool alter_column_foreign_options(const DdlChange *change, DdlScript *script);
bool alter_column_type(const DdlChange *change, DdlScript *script);
bool alter_column_generated(const DdlChange *change, DdlScript *script);
bool alter_column_not_null(const DdlChange *change, DdlScript *script);
bool alter_column_identity(const DdlChange *change, DdlScript *script);
bool alter_attribute_type(const DdlChange *change, DdlScript *script);
bool alter_inherits(const DdlChange *change, DdlScript *script);
bool alter_sequence(const DdlChange *change, DdlScript *script);
bool alter_extension_schema(const DdlChange *change, DdlScript *script);
bool alter_labels(const DdlChange *change, DdlScript *script);
bool alter_constraint(const DdlChange *change, DdlScript *script);
bool alter_domain_constraint(const DdlChange *change, DdlScript *script);
bool alter_policy(const DdlChange *change, DdlScript *script);
bool alter_view(const DdlChange *change, DdlScript *script);
bool alter_function(const DdlChange *change, DdlScript *script);
bool alter_index_statistics(const DdlChange *change, DdlScript *script);
bool alter_mappings(const DdlChange *change, DdlScript *script);
bool alter_family_operators(const DdlChange *change, DdlScript *script);
bool alter_family_functions(const DdlChange *change, DdlScript *script);
bool alter_sequence_name(const DdlChange *change, DdlScript *script);
bool alter_publication(const DdlChange *change, DdlScript *script);
bool alter_subscription(const DdlChange *change, DdlScript *script);
bool alter_settings(const DdlChange *change, DdlScript *script);
bool alter_storage(const DdlChange *change, DdlScript *script);
bool alter_database_comment(const DdlChange *change, DdlScript *script);
bool alter_database_limit(const DdlChange *change, DdlScript *script);
bool alter_memberships(const DdlChange *change, DdlScript *script);

#endif
