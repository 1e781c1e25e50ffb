#include "docs/routine.h"

#include <string.h>

#include "docs/relation.h"
#include "docs/sections.h"
#include "json/jx.h"
#include "model/markdown.h"
#include "model/views.h"

static void put_fact(FILE *out, const char *label, const char *code)
{
    if (code && *code) {
        fprintf(out, "- %s ", label);
        markdown_code(out, code);
        fputc('\n', out);
    }
}

/* Who calls it by a trigger. */
static void put_triggers(const Writing *writing, const FactsObject *object)
{
    size_t count = 0;
    const FactsLink *links = facts_links(writing->facts, object, LINK_FIRED, &count);

    fputs(count ? "- called by triggers: " : "", writing->out);
    for (size_t i = 0; i < count; i++) {
        fputs(i ? ", " : "", writing->out);
        markdown_code(writing->out, links[i].detail);
        fputs(" of ", writing->out);
        place_name(writing, writing->out, links[i].other, object->schema);
    }
    fputs(count ? "\n" : "", writing->out);
}

/* A language that may stand behind a fence. */
static const char *fence_language(const char *language)
{
    return language && (strcmp(language, "sql") == 0 || strcmp(language, "plpgsql") == 0) ? "sql"
                                                                                          : "";
}

bool routine_put(Writing *writing, const FactsObject *object, const json_t *value)
{
    FILE *out = writing->out;
    FunctionView function = {0};
    const char *body = jx_string(value, "body", NULL);

    if (!view_function(value, &function, writing->err))
        return false;
    fputs("- ", out);
    markdown_text(out, function.kind);
    if (function.language) {
        fputs(" in ", out);
        markdown_code(out, function.language);
    }
    if (function.volatility) {
        fputs(", ", out);
        markdown_text(out, function.volatility);
    }
    if (function.parallel && strcmp(function.parallel, "unsafe") != 0) {
        fputs(", parallel ", out);
        markdown_text(out, function.parallel);
    }
    fprintf(out, "%s%s%s\n", function.strict ? ", strict" : "",
            jx_bool(value, "leakproof") ? ", leakproof" : "",
            function.security_definer ? ", **security definer**" : "");
    put_fact(out, "arguments", function.arguments);
    put_fact(out, "returns", function.returns);
    put_fact(out, "library", jx_string(value, "library", NULL));
    put_fact(out, "state", jx_string(value, "aggregate_state", NULL));
    put_fact(out, "transition", jx_string(value, "aggregate_transition", NULL));
    put_fact(out, "final", jx_string(value, "aggregate_final", NULL));
    if (json_array_size(function.config)) {
        fputs("- settings: ", out);
        section_codes(out, function.config);
        fputc('\n', out);
    }
    put_triggers(writing, object);
    put_fact(out, "owner", jx_string(value, "owner", NULL));
    fputc('\n', out);
    if (!relation_put_privileges(writing, value))
        return false;
    if (body && *body && strcmp(function.kind, "aggregate") != 0) {
        fputs("<details><summary>Source</summary>\n\n", out);
        markdown_fence(out, fence_language(function.language), body);
        fputs("\n</details>\n\n", out);
    }
    return true;
}
