/* Who writes what makes an object of a kind that no template does (ddl/rules.h): of
 * lib/ddl/write*.c alone. Texts are in the scope's arena. */
#ifndef DDL_WRITERS_H
#define DDL_WRITERS_H

#include "ddl/write.h"

typedef const char *Writer(const DdlScope *scope);

/* write_table.c */
const char *writer_table(const DdlSide *side, const DdlScope *scope, const DdlParts *parts);
/* Adds ALTER TABLE ... ADD COLUMN. */
void writer_column(const DdlSide *side, const DdlScope *scope, const DdlParts *parts,
                   DdlScript *script);
/* Takes away the defaults of columns that came from other tables, and that this one has not. */
void writer_drop_defaults(const DdlSide *side, const DdlScope *scope, DdlScript *script);
Writer writer_constraint;
Writer writer_index;

/* write_code.c */
Writer writer_view;
Writer writer_function;

/* write_type.c */
Writer writer_composite;
Writer writer_base_type;
Writer writer_operator;
Writer writer_operator_class;
Writer writer_transform;

#endif
