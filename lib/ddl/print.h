/* A plan as a file of SQL that psql runs: what each statement locks and risks stands above it. */
#ifndef DDL_PRINT_H
#define DDL_PRINT_H

#include <stdio.h>

#include "ddl/plan.h"

/* from, to: the hashes of the two schemas, for the head; NULL: none. */
void ddl_print(const DdlPlan *plan, const char *from, const char *to, FILE *out);

#endif
