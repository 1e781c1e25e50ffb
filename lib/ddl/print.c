#include "ddl/print.h"

static void print_hazards(const DdlStatement *statement, FILE *out)
{
    const DdlHazard *hazard = ddl_hazard(statement->form);
    const char *between = "-- ";

    if (hazard->lock) {
        fprintf(out, "%s%s lock", between, hazard->lock);
        between = "; ";
    }
    for (int bit = 0; bit < HAZARD_COUNT; bit++)
        if (hazard->flags & (1u << bit)) {
            fprintf(out, "%s%s", between, ddl_hazard_text(1u << bit));
            between = "; ";
        }
    if (between[0] == ';')
        fputc('\n', out);
}

void ddl_print(const DdlPlan *plan, const char *from, const char *to, FILE *out)
{
    if (to)
        fprintf(out, "-- from %s\n-- to   %s\n", from ? from : "an empty database", to);
    for (const char *const *remark = plan->remarks; *remark; remark++)
        fprintf(out, "-- %s\n", *remark);
    if (plan->count == 0)
        return;
    fputs("SET check_function_bodies = off;\nSET search_path = '';\n", out);
    for (size_t i = 0; i < plan->count; i++) {
        fputc('\n', out);
        print_hazards(&plan->statements[i], out);
        fprintf(out, "%s;\n", plan->statements[i].text);
    }
}
