#include "ddl/alter.h"

#include <string.h>

#include "ddl/change.h"
#include "ddl/write.h"
#include "json/jx.h"

/* ---- sequences, extensions ---- */

/* Its value is kept but where it began outside the new bounds, which the server refuses. */
bool alter_sequence(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_new(change, script);
    json_int_t start = jx_int(change->old, "start", 0);
    bool is_outside = start < jx_int(change->new, "minimum", start) ||
                      start > jx_int(change->new, "maximum", start);

    ddl_add(script, DDL_SEQUENCE_SET,
            arena_printf(script->arena, "%s%s",
                         ddl_expand(&scope, "ALTER SEQUENCE {id} AS {data_type} START WITH {start} "
                                            "INCREMENT BY {increment} MINVALUE {minimum} MAXVALUE "
                                            "{maximum} CACHE {cache}[cycle? CYCLE][cycle! NO "
                                            "CYCLE]"),
                         is_outside ? " RESTART" : ""));
    return true;
}

bool alter_sequence_name(const DdlChange *change, DdlScript *script)
{
    const DdlScope old = change_old(change, script), new = change_new(change, script);

    ddl_add(script, DDL_TABLE_SET,
            arena_printf(script->arena, "ALTER SEQUENCE %s RENAME TO %s", ddl_expand(&old, "{id}"),
                         ddl_expand(&new, "{name:i}")));
    return true;
}

/* Some extensions cannot be moved, which only the server knows: they are made again, unless
 * something stands on them. */
bool alter_extension_schema(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_new(change, script);

    ddl_add(
        script, DDL_EXTENSION_UPDATE,
        ddl_write_do(script->arena,
                     ddl_expand(&scope, "BEGIN\n"
                                        "    ALTER EXTENSION {name:i} SET SCHEMA {schema:i};\n"
                                        "EXCEPTION WHEN feature_not_supported THEN\n"
                                        "    DROP EXTENSION {name:i};\n"
                                        "    CREATE EXTENSION {name:i} WITH SCHEMA {schema:i};\n"
                                        "END")));
    return true;
}

/* ---- constraints ---- */

/* A definition without what can be set by itself. */
static const char *core(Arena *arena, const char *definition)
{
    static const char *const ends[] = {" NOT VALID", " INITIALLY DEFERRED", " DEFERRABLE"};
    size_t length = strlen(definition);

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t end = strlen(ends[i]);
        if (length >= end && memcmp(definition + length - end, ends[i], end) == 0)
            length -= end;
    }
    return arena_strndup(arena, definition, length);
}

bool alter_constraint(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_new(change, script);
    const char *old = core(script->arena, jx_string(change->old, "definition", ""));
    const char *new = core(script->arena, jx_string(change->new, "definition", ""));
    bool deferral =
        !change_keeps(change, "deferrable") || !change_keeps(change, "initially_deferred");
    bool is_foreign = strcmp(jx_string(change->new, "type", ""), "foreign key") == 0;

    if (strcmp(old, new) != 0 || !change_keeps(change, "type") || (deferral && !is_foreign) ||
        jx_bool(change->new, "not_valid") > jx_bool(change->old, "not_valid"))
        return false;
    if (deferral)
        ddl_add(script, DDL_CONSTRAINT_ALTER,
                ddl_expand(&scope, "ALTER TABLE {^id} ALTER CONSTRAINT {name:i} [deferrable! NOT "
                                   "]DEFERRABLE[initially_deferred? INITIALLY DEFERRED]"));
    if (!change_keeps(change, "not_valid"))
        ddl_add(script, DDL_VALIDATE,
                ddl_expand(&scope, "ALTER TABLE {^id} VALIDATE CONSTRAINT {name:i}"));
    return true;
}

bool alter_domain_constraint(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_new(change, script);

    if (strcmp(core(script->arena, jx_string(change->old, "definition", "")),
               core(script->arena, jx_string(change->new, "definition", ""))) != 0 ||
        jx_bool(change->new, "not_valid"))
        return false;
    ddl_add(script, DDL_DOMAIN_VALIDATE,
            ddl_expand(&scope, "ALTER DOMAIN {^id} VALIDATE CONSTRAINT {name:i}"));
    return true;
}

/* ---- policies, views, functions ---- */

bool alter_policy(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_new(change, script);
    CLEANUP(buffer_free) Buffer out = {0};

    if ((json_object_get(change->old, "using") && !json_object_get(change->new, "using")) ||
        (json_object_get(change->old, "check") && !json_object_get(change->new, "check")))
        return false;
    ddl_expand_to(&out, &scope, "ALTER {@}");
    if (!change_keeps(change, "roles"))
        ddl_expand_to(&out, &scope, " TO {roles:r}");
    if (!change_keeps(change, "using"))
        ddl_expand_to(&out, &scope, " USING ({using})");
    if (!change_keeps(change, "check"))
        ddl_expand_to(&out, &scope, " WITH CHECK ({check})");
    ddl_add(script, DDL_POLICY, ddl_text(script->arena, &out));
    return true;
}

/* CREATE OR REPLACE VIEW keeps the columns there are and adds others behind them. */
bool alter_view(const DdlChange *change, DdlScript *script)
{
    static const char *const kept[] = {"name", "type", "collation"};
    const DdlScope scope = change_new(change, script);
    const json_t *old = json_object_get(change->old, "columns");
    const json_t *new = json_object_get(change->new, "columns");

    if (jx_bool(change->old, "materialized") || jx_bool(change->new, "materialized") ||
        json_array_size(old) > json_array_size(new))
        return false;
    for (size_t i = 0; i < json_array_size(old); i++)
        for (size_t j = 0; j < sizeof kept / sizeof *kept; j++)
            if (strcmp(jx_string(json_array_get(old, i), kept[j], ""),
                       jx_string(json_array_get(new, i), kept[j], "")) != 0)
                return false;
    ddl_add(script, DDL_VIEW_CREATE, ddl_write_view(&scope, true));
    return true;
}

static bool keeps_arguments(const DdlChange *change)
{
    const json_t *old = json_object_get(change->old, "argument_names");
    const json_t *new = json_object_get(change->new, "argument_names");

    if (json_array_size(old) != json_array_size(new) ||
        jx_int(change->old, "default_count", 0) > jx_int(change->new, "default_count", 0) ||
        !change_keeps(change, "argument_types") || !change_keeps(change, "argument_modes"))
        return false;
    for (size_t i = 0; i < json_array_size(old); i++)
        if (*jx_item(json_array_get(old, i)) &&
            strcmp(jx_item(json_array_get(old, i)), jx_item(json_array_get(new, i))) != 0)
            return false;
    return true;
}

/* CREATE OR REPLACE FUNCTION keeps what comes back, and the names of arguments. */
bool alter_function(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_new(change, script);

    if (!change_keeps(change, "kind") || !change_keeps(change, "returns") ||
        !keeps_arguments(change) || strcmp(jx_string(change->new, "kind", ""), "aggregate") == 0)
        return false;
    ddl_add(script, ddl_function_form(&scope), ddl_write_function(&scope, true));
    return true;
}

/* ---- subscriptions ---- */

/* What was on and is not: SET does not say it by being silent. */
static const char *switched_off(const DdlChange *change, DdlScript *script)
{
    static const char *const options[][2] = {{"binary", "binary = false"},
                                             {"streaming", "streaming = off"},
                                             {"disable_on_error", "disable_on_error = false"},
                                             {"origin", "origin = any"},
                                             {"failover", "failover = false"},
                                             {"run_as_owner", "run_as_owner = false"},
                                             {"password_not_required", "password_required = true"}};
    const char *text = "";

    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (json_object_get(change->old, options[i][0]) &&
            !json_object_get(change->new, options[i][0]))
            text = arena_join(script->arena, text, ", ", options[i][1], NULL);
    return text;
}

bool alter_subscription(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_new(change, script);

    if (!change_keeps(change, "enabled") && !jx_bool(change->new, "enabled"))
        ddl_add(script, DDL_SUBSCRIPTION, ddl_expand(&scope, "ALTER {@} DISABLE"));
    if (!change_keeps(change, "publications"))
        ddl_add(script, DDL_SUBSCRIPTION,
                ddl_expand(&scope, "ALTER {@} SET PUBLICATION {publications:i} WITH (refresh = "
                                   "false)"));
    ddl_add(script, DDL_SUBSCRIPTION,
            arena_printf(script->arena, "%s SET (%s)", ddl_expand(&scope, "ALTER {@}"),
                         arena_join(script->arena, ddl_write_subscription_options(&scope, false),
                                    switched_off(change, script), NULL)));
    if (!change_keeps(change, "enabled") && jx_bool(change->new, "enabled"))
        ddl_add(script, DDL_SUBSCRIPTION, ddl_expand(&scope, "ALTER {@} ENABLE"));
    return true;
}
