#include "ddl/alter.h"

#include <string.h>

#include "ddl/change.h"
#include "ddl/setting.h"
#include "ddl/write.h"
#include "json/jx.h"

static bool has_key(const json_t *array, const char *item)
{
    size_t length = strcspn(item, "=");

    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *other = jx_item(json_array_get(array, i));
        if (strcspn(other, "=") == length && memcmp(other, item, length) == 0)
            return true;
    }
    return false;
}

/* One option as template {x:o} or {x:f} has it, or its key alone. */
static const char *option(Arena *arena, const char *prefix, const char *item, const char *form)
{
    json_auto_t *object = json_pack("{s:[o]}", "x", json_sprintf("%s%s", prefix, item));
    const DdlScope scope = {.arena = arena, .kind = KIND_TABLE, .object = object};
    const char *text = ddl_expand(&scope, form);

    return text;
}

static const char *option_key(Arena *arena, const char *prefix, const char *item)
{
    const char *text =
        option(arena, prefix, arena_strndup(arena, item, strcspn(item, "=")), "{x:o}");

    return arena_strndup(arena, text, strlen(text) - strlen("=''"));
}

static void add_part(Buffer *out, const char *text)
{
    if (out->length > 0)
        buffer_text(out, ", ");
    buffer_text(out, text);
}

/* head SET (...) and head RESET (...). */
static void set_and_reset(DdlScript *script, DdlForm form, const char *head, const char *prefix,
                          const json_t *old, const json_t *new)
{
    CLEANUP(buffer_free) Buffer set = {0};
    CLEANUP(buffer_free) Buffer reset = {0};

    for (size_t i = 0; i < json_array_size(new); i++)
        if (!jx_has_item(old, jx_item(json_array_get(new, i))))
            add_part(&set, option(script->arena, prefix, jx_item(json_array_get(new, i)), "{x:o}"));
    for (size_t i = 0; i < json_array_size(old); i++)
        if (!has_key(new, jx_item(json_array_get(old, i))))
            add_part(&reset, option_key(script->arena, prefix, jx_item(json_array_get(old, i))));
    if (reset.length > 0)
        ddl_add(script, form, arena_printf(script->arena, "%s RESET (%s)", head, reset.bytes));
    if (set.length > 0)
        ddl_add(script, form, arena_printf(script->arena, "%s SET (%s)", head, set.bytes));
}

/* head OPTIONS (ADD ..., SET ..., DROP ...). */
static void add_set_drop(DdlScript *script, DdlForm form, const char *head, const json_t *old,
                         const json_t *new)
{
    CLEANUP(buffer_free) Buffer out = {0};

    for (size_t i = 0; i < json_array_size(new); i++)
        if (!jx_has_item(old, jx_item(json_array_get(new, i))))
            add_part(
                &out,
                arena_printf(script->arena, "%s %s",
                             has_key(old, jx_item(json_array_get(new, i))) ? "SET" : "ADD",
                             option(script->arena, "", jx_item(json_array_get(new, i)), "{x:f}")));
    for (size_t i = 0; i < json_array_size(old); i++)
        if (!has_key(new, jx_item(json_array_get(old, i))))
            add_part(&out,
                     arena_printf(script->arena, "DROP %s",
                                  option_key(script->arena, "", jx_item(json_array_get(old, i)))));
    if (out.length > 0)
        ddl_add(script, form, arena_printf(script->arena, "%s OPTIONS (%s)", head, out.bytes));
}

/* Whether a change of one of these waits for nobody who reads or writes. Source: the lock modes of
 * the options in PostgreSQL's reloptions.c. */
static bool is_weak_option(const char *item)
{
    static const char *const weak[] = {"autovacuum_",      "log_autovacuum_",  "vacuum_",
                                       "fillfactor",       "parallel_workers", "toast_tuple_target",
                                       "deduplicate_items"};

    for (size_t i = 0; i < sizeof weak / sizeof *weak; i++)
        if (strncmp(item, weak[i], strlen(weak[i])) == 0)
            return true;
    return false;
}

static bool are_weak(const json_t *some, const json_t *others)
{
    for (size_t i = 0; i < json_array_size(some); i++)
        if (!jx_has_item(others, jx_item(json_array_get(some, i))) &&
            !is_weak_option(jx_item(json_array_get(some, i))))
            return false;
    return true;
}

static DdlForm options_form(KindId kind, const json_t *old, const json_t *new)
{
    if (kind == KIND_TABLESPACE)
        return DDL_PLAIN;
    return are_weak(old, new) && are_weak(new, old) ? DDL_TABLE_OPTIONS : DDL_TABLE_SET;
}

bool alter_options(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_any(change, script);
    bool of_key = change->kind == KIND_CONSTRAINT;
    const char *member = of_key ? "index_options" : "options";
    const json_t *old = json_object_get(change->old, member);
    const json_t *new = json_object_get(change->new, member);

    set_and_reset(script, options_form(change->kind, old, new),
                  ddl_expand(&scope, of_key ? "ALTER INDEX {^schema:i}.{name:i}" : "ALTER {@}"), "",
                  old, new);
    return true;
}

bool alter_toast_options(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_any(change, script);

    set_and_reset(script, DDL_TABLE_OPTIONS, ddl_expand(&scope, "ALTER {@}"), "toast.",
                  json_object_get(change->old, "toast_options"),
                  json_object_get(change->new, "toast_options"));
    return true;
}

bool alter_foreign_options(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_any(change, script);

    add_set_drop(script, DDL_TABLE_SET, ddl_expand(&scope, "ALTER {@}"),
                 json_object_get(change->old, "foreign_options"),
                 json_object_get(change->new, "foreign_options"));
    return true;
}

bool alter_own_options(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_any(change, script);

    add_set_drop(script, DDL_PLAIN, ddl_expand(&scope, "ALTER {@}"),
                 json_object_get(change->old, "options"), json_object_get(change->new, "options"));
    return true;
}

bool alter_column_options(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_any(change, script);

    set_and_reset(script, DDL_COLUMN_STATISTICS,
                  ddl_expand(&scope, change->kind == KIND_COLUMN
                                         ? "ALTER TABLE {^id} ALTER COLUMN {name:i}"
                                         : "ALTER MATERIALIZED VIEW {^id} ALTER COLUMN {name:i}"),
                  "", json_object_get(change->old, "options"),
                  json_object_get(change->new, "options"));
    return true;
}

bool alter_column_foreign_options(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = change_any(change, script);

    add_set_drop(script, DDL_TABLE_SET,
                 ddl_expand(&scope, "ALTER FOREIGN TABLE {^id} ALTER COLUMN {name:i}"),
                 json_object_get(change->old, "foreign_options"),
                 json_object_get(change->new, "foreign_options"));
    return true;
}

/* ---- settings ---- */

static const char *const here = "in this database: ";

static void add_for_format(Buffer *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '%')
            buffer_char(out, '%');
        buffer_char(out, *text);
    }
}

/* head and what follows, where %I is the current database. */
static void in_database(DdlScript *script, const char *head, const char *what)
{
    CLEANUP(buffer_free) Buffer format = {0};

    buffer_text(&format, head);
    add_for_format(&format, what);
    ddl_add(script, DDL_PLAIN, ddl_write_for_database(script->arena, format.bytes));
}

bool alter_database_comment(const DdlChange *change, DdlScript *script)
{
    const char *comment = jx_string(change->new, "comment", NULL);

    in_database(script, "COMMENT ON DATABASE %I IS ",
                comment ? ddl_literal(script->arena, comment) : "NULL");
    return true;
}

bool alter_database_limit(const DdlChange *change, DdlScript *script)
{
    in_database(script, "ALTER DATABASE %I CONNECTION LIMIT ",
                arena_printf(script->arena, "%lld",
                             (long long)jx_int(change->new, "connection_limit", -1)));
    return true;
}

static void set_one(const DdlChange *change, DdlScript *script, const char *item, bool reset)
{
    const DdlScope scope = change_any(change, script);
    bool of_database = change->kind == KIND_DATABASE;
    bool is_here = strncmp(item, here, strlen(here)) == 0;
    const char *rest = is_here ? item + strlen(here) : item;
    const char *what =
        reset ? arena_printf(script->arena, "RESET %s", setting_name(script->arena, rest))
              : arena_printf(script->arena, "SET %s", setting_text(script->arena, rest));

    if (!of_database && !is_here) {
        ddl_add(script, DDL_RIGHTS,
                arena_printf(script->arena, "ALTER ROLE %s %s", ddl_name(&scope), what));
        return;
    }
    CLEANUP(buffer_free) Buffer format = {0};
    if (of_database)
        buffer_text(&format, "ALTER DATABASE %I ");
    else {
        buffer_text(&format, "ALTER ROLE ");
        add_for_format(&format, ddl_name(&scope));
        buffer_text(&format, " IN DATABASE %I ");
    }
    add_for_format(&format, what);
    ddl_add(script, DDL_RIGHTS, ddl_write_for_database(script->arena, format.bytes));
}

bool alter_settings(const DdlChange *change, DdlScript *script)
{
    const json_t *old = json_object_get(change->old, "settings");
    const json_t *new = json_object_get(change->new, "settings");

    for (size_t i = 0; i < json_array_size(old); i++)
        if (!has_key(new, jx_item(json_array_get(old, i))))
            set_one(change, script, jx_item(json_array_get(old, i)), true);
    for (size_t i = 0; i < json_array_size(new); i++)
        if (!jx_has_item(old, jx_item(json_array_get(new, i))))
            set_one(change, script, jx_item(json_array_get(new, i)), false);
    return true;
}
