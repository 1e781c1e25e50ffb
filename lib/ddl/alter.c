#include "ddl/alter.h"

#include <stdio.h>
#include <string.h>

#include "ddl/setting.h"
#include "ddl/side.h"
#include "ddl/write.h"
#include "json/jx.h"
#include "model/ident.h"

static DdlScope old_scope(const DdlChange *change, DdlScript *script)
{
    return (DdlScope){script->arena, change->kind, change->old, change->old_parent};
}

static DdlScope new_scope(const DdlChange *change, DdlScript *script)
{
    return (DdlScope){script->arena, change->kind, change->new, change->new_parent};
}

/* The side that is there, for what both have: names. */
static DdlScope any_scope(const DdlChange *change, DdlScript *script)
{
    return change->new ? new_scope(change, script) : old_scope(change, script);
}

static const char *item_text(const json_t *array, size_t index)
{
    const char *text = json_string_value(json_array_get(array, index));

    return text ? text : "";
}

static bool has_text(const json_t *array, const char *text)
{
    for (size_t i = 0; i < json_array_size(array); i++)
        if (strcmp(item_text(array, i), text) == 0)
            return true;
    return false;
}

static bool is_same(const DdlChange *change, const char *member)
{
    const json_t *old = json_object_get(change->old, member);
    const json_t *new = json_object_get(change->new, member);

    return old && new ? json_equal(old, new) : !old && !new;
}

/* ---- lists of key=value ---- */

static bool has_key(const json_t *array, const char *item)
{
    size_t length = strcspn(item, "=");

    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *other = item_text(array, i);
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
        if (!has_text(old, item_text(new, i)))
            add_part(&set, option(script->arena, prefix, item_text(new, i), "{x:o}"));
    for (size_t i = 0; i < json_array_size(old); i++)
        if (!has_key(new, item_text(old, i)))
            add_part(&reset, option_key(script->arena, prefix, item_text(old, i)));
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
        if (!has_text(old, item_text(new, i)))
            add_part(&out, arena_printf(script->arena, "%s %s",
                                        has_key(old, item_text(new, i)) ? "SET" : "ADD",
                                        option(script->arena, "", item_text(new, i), "{x:f}")));
    for (size_t i = 0; i < json_array_size(old); i++)
        if (!has_key(new, item_text(old, i)))
            add_part(&out, arena_printf(script->arena, "DROP %s",
                                        option_key(script->arena, "", item_text(old, i))));
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
        if (!has_text(others, item_text(some, i)) && !is_weak_option(item_text(some, i)))
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
    const DdlScope scope = any_scope(change, script);
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
    const DdlScope scope = any_scope(change, script);

    set_and_reset(script, DDL_TABLE_OPTIONS, ddl_expand(&scope, "ALTER {@}"), "toast.",
                  json_object_get(change->old, "toast_options"),
                  json_object_get(change->new, "toast_options"));
    return true;
}

bool alter_foreign_options(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = any_scope(change, script);

    add_set_drop(script, DDL_TABLE_SET, ddl_expand(&scope, "ALTER {@}"),
                 json_object_get(change->old, "foreign_options"),
                 json_object_get(change->new, "foreign_options"));
    return true;
}

bool alter_own_options(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = any_scope(change, script);

    add_set_drop(script, DDL_PLAIN, ddl_expand(&scope, "ALTER {@}"),
                 json_object_get(change->old, "options"), json_object_get(change->new, "options"));
    return true;
}

bool alter_column_options(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = any_scope(change, script);

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
    const DdlScope scope = any_scope(change, script);

    add_set_drop(script, DDL_TABLE_SET,
                 ddl_expand(&scope, "ALTER FOREIGN TABLE {^id} ALTER COLUMN {name:i}"),
                 json_object_get(change->old, "foreign_options"),
                 json_object_get(change->new, "foreign_options"));
    return true;
}

/* ---- types of columns ---- */

/* Types that convert to each other by themselves when a value is assigned. */
static const char *const families[] = {
    "smallint|integer|bigint|numeric|real|double precision|money|",
    "character varying|text|character|name|",
    "timestamp without time zone|timestamp with time zone|date|",
    "time without time zone|time with time zone|interval|",
    "json|jsonb|",
    "inet|cidr|",
    "bit|bit varying|",
};

/* The type without what is in parentheses, which may be in the middle: timestamp(3) with time zone.
 */
static const char *bare(Arena *arena, const char *type)
{
    const char *open = strchr(type, '('), *close = open ? strchr(open, ')') : NULL;

    return close ? arena_printf(arena, "%.*s%s", (int)(open - type), type, close + 1) : type;
}

static int family(Arena *arena, const char *type)
{
    const char *name = arena_printf(arena, "%s|", bare(arena, type));

    for (int i = 0; i < (int)(sizeof families / sizeof *families); i++)
        for (const char *at = families[i]; *at; at = strchr(at, '|') + 1)
            if (strncmp(at, name, strlen(name)) == 0)
                return i;
    return -1;
}

static bool is_array(const char *type)
{
    size_t length = strlen(type);

    return length > 2 && strcmp(type + length - 2, "[]") == 0;
}

const char *alter_type_using(Arena *arena, const char *column, const char *old, const char *new)
{
    int from = family(arena, old), to = family(arena, new);

    if (strcmp(bare(arena, old), bare(arena, new)) == 0 || (from >= 0 && from == to))
        return "";
    if (is_array(old) && is_array(new))
        return arena_printf(arena, " USING %s::text[]::%s", column, new);
    return arena_printf(arena, to == 1 || from == 1 ? " USING %s::%s" : " USING %s::text::%s",
                        column, new);
}

/* 3 of timestamp(3) with time zone, all where there are none; -1: it is another type. */
static int digits_of(const char *type, const char *head, const char *tail, int all)
{
    size_t length = strlen(head);
    const char *rest = type + length;
    int digits = all;

    if (strncmp(type, head, length) != 0)
        return -1;
    if (*rest == '(' && rest[1] >= '0' && rest[1] <= '9' && rest[2] == ')') {
        digits = rest[1] - '0';
        rest += strlen("(0)");
    }
    return strcmp(rest, tail) == 0 ? digits : -1;
}

/* Of times: timestamp(3) with time zone gets as many digits as there are, 6, or more than it has.
 */
static bool has_more_digits(const char *old, const char *new)
{
    static const char *const times[][2] = {{"timestamp", " without time zone"},
                                           {"timestamp", " with time zone"},
                                           {"time", " without time zone"},
                                           {"time", " with time zone"},
                                           {"interval", ""}};
    enum { ALL = 6 };

    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        int before = digits_of(old, times[i][0], times[i][1], ALL);
        int after = digits_of(new, times[i][0], times[i][1], ALL);
        if (before >= 0 && after >= before)
            return true;
    }
    return false;
}

bool alter_type_is_wider(const char *old, const char *new)
{
    static const char *const lengths[] = {"character varying", "bit varying", "numeric"};
    int old_length = 0, new_length = 0, old_scale = 0, new_scale = 0;

    if (strcmp(old, new) == 0 || (strcmp(old, "cidr") == 0 && strcmp(new, "inet") == 0))
        return true;
    if (is_array(old) || is_array(new))
        return false;
    if (has_more_digits(old, new))
        return true;
    if (strncmp(old, "character varying", 17) == 0 && strcmp(new, "text") == 0)
        return true;
    if (strcmp(old, "text") == 0 && strcmp(new, "character varying") == 0)
        return true;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        size_t length = strlen(lengths[i]);
        if (strncmp(old, lengths[i], length) != 0 || strncmp(new, lengths[i], length) != 0)
            continue;
        if (old[length] == '(' && !new[length])
            return true;
        if (sscanf(old + length, "(%d,%d)", &old_length, &old_scale) >= 1 &&
            sscanf(new + length, "(%d,%d)", &new_length, &new_scale) >= 1)
            return new_length >= old_length && new_scale == old_scale;
    }
    return false;
}

/* Whether the way back gives every value as it was. */
static bool is_lossless(Arena *arena, const char *old, const char *new)
{
    static const char *const ways[][2] = {{"smallint", "integer"},
                                          {"smallint", "bigint"},
                                          {"integer", "bigint"},
                                          {"smallint", "numeric"},
                                          {"integer", "numeric"},
                                          {"bigint", "numeric"},
                                          {"real", "double precision"},
                                          {"integer", "double precision"},
                                          {"date", "timestamp without time zone"},
                                          {"json", "text"}};

    if (is_array(old) && is_array(new))
        return is_lossless(arena, arena_strndup(arena, old, strlen(old) - 2),
                           arena_strndup(arena, new, strlen(new) - 2));
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (strcmp(old, ways[i][0]) == 0 && strcmp(new, ways[i][1]) == 0)
            return true;
    return (strcmp(new, "text") == 0 && !is_array(old)) ||
           (alter_type_is_wider(old, new) && strcmp(bare(arena, old), bare(arena, new)) == 0);
}

/* Whether an index, or that of a key, sorts by the column. */
static bool is_indexed(const DdlChange *change)
{
    static const char *const members[] = {"indexes", "constraints"};
    const char *name = jx_string(change->old, "name", "");
    size_t index = 0;
    json_t *object = NULL;

    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        json_array_foreach(json_object_get(change->old_parent, members[i]), index, object)
        {
            const char *type = jx_string(object, "type", "");
            if (strcmp(type, "check") != 0 && strcmp(type, "foreign key") != 0 &&
                strcmp(type, "not null") != 0 && has_text(json_object_get(object, "columns"), name))
                return true;
        }
    return false;
}

static DdlForm type_form(const DdlChange *change, Arena *arena, const char *old, const char *new)
{
    if (alter_type_is_wider(old, new))
        return !is_same(change, "collation") && is_indexed(change) ? DDL_COLUMN_COLLATION
                                                                   : DDL_COLUMN_TYPE_WIDER;
    return is_lossless(arena, old, new) ? DDL_COLUMN_TYPE_LOSSLESS : DDL_COLUMN_TYPE;
}

bool alter_column_type(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = new_scope(change, script);
    const char *old = jx_string(change->old, "type", ""), *new = jx_string(change->new, "type", "");
    const char *name = ddl_expand(&scope, "{name:i}");

    if (json_object_get(change->old, "generated") && !is_same(change, "default"))
        return false;
    if (json_object_get(change->new, "inherited")) { /* the statement for its origin does it */
        ddl_add(script, DDL_COLUMN_TYPE, "");
        return true;
    }
    ddl_add(script, type_form(change, script->arena, old, new),
            arena_printf(script->arena, "%s%s",
                         ddl_expand(&scope, "ALTER TABLE {^id} ALTER COLUMN {name:i} TYPE {type}[ "
                                            "COLLATE {collation}]"),
                         json_object_get(change->new, "generated")
                             ? ""
                             : alter_type_using(script->arena, name, old, new)));
    return true;
}

/* What a column is computed by can be left, and since version 17 be another expression. */
bool alter_column_generated(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = new_scope(change, script);
    const char *how = jx_string(change->old, "generated", "");

    if (strcmp(how, "stored") == 0 && !json_object_get(change->new, "generated")) {
        ddl_add(script, DDL_COLUMN_SET,
                ddl_expand(&scope, "ALTER TABLE {^id} ALTER COLUMN {name:i} DROP EXPRESSION"));
        return true;
    }
    if (change->server_version < 170000 || !is_same(change, "generated"))
        return false;
    ddl_add(script, strcmp(how, "stored") == 0 ? DDL_COLUMN_TYPE : DDL_COLUMN_SET,
            ddl_expand(&scope, "ALTER TABLE {^id} ALTER COLUMN {name:i} SET EXPRESSION AS "
                               "({default})"));
    return true;
}

bool alter_column_not_null(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = new_scope(change, script);
    bool is = jx_bool(change->new, "not_null");

    ddl_add(script, is ? DDL_COLUMN_NOT_NULL : DDL_COLUMN_NULL,
            ddl_expand(&scope, is ? "ALTER TABLE {^id} ALTER COLUMN {name:i} SET NOT NULL"
                                  : "ALTER TABLE {^id} ALTER COLUMN {name:i} DROP NOT NULL"));
    return true;
}

bool alter_column_identity(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = new_scope(change, script);
    bool was = json_object_get(change->old, "identity"),
         is = json_object_get(change->new, "identity");

    if (was && is) {
        ddl_add(script, DDL_COLUMN_SET,
                ddl_expand(&scope, "ALTER TABLE {^id} ALTER COLUMN {name:i} SET GENERATED "
                                   "{identity:w}"));
        return true;
    }
    if (was) {
        ddl_add(script, DDL_COLUMN_SET,
                ddl_expand(&scope, "ALTER TABLE {^id} ALTER COLUMN {name:i} DROP IDENTITY"));
        return true;
    }
    if (!json_object_get(change->old, "not_null"))
        ddl_add(script, DDL_COLUMN_NOT_NULL,
                ddl_expand(&scope, "ALTER TABLE {^id} ALTER COLUMN {name:i} SET NOT NULL"));
    ddl_add(script, DDL_COLUMN_SET,
            arena_printf(script->arena, "%s %s",
                         ddl_expand(&scope, "ALTER TABLE {^id} ALTER COLUMN {name:i} ADD"),
                         ddl_write_identity(change->new_side, &scope)));
    return true;
}

bool alter_attribute_type(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = new_scope(change, script);

    ddl_add(script, DDL_TYPE_SET,
            ddl_expand(&scope, "ALTER TYPE {^id} ALTER ATTRIBUTE {name:i} TYPE {type}[ COLLATE "
                               "{collation}] CASCADE"));
    return true;
}

/* Before version 16 there is no word for what is usual for the type. */
bool alter_storage(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = any_scope(change, script);
    const char *type = bare(script->arena, jx_string(scope.object, "type", ""));
    const char *usual =
        strcmp(type, "numeric") == 0 || strcmp(type, "inet") == 0 || strcmp(type, "cidr") == 0
            ? "main"
            : "extended";

    ddl_add(script, DDL_COLUMN_STORAGE,
            arena_printf(script->arena, "%s SET STORAGE %s",
                         ddl_expand(&scope, change->kind == KIND_COLUMN
                                                ? "ALTER TABLE {^id} ALTER COLUMN {name:i}"
                                                : "ALTER MATERIALIZED VIEW {^id} ALTER COLUMN "
                                                  "{name:i}"),
                         jx_string(change->new, "storage", usual)));
    return true;
}

bool alter_inherits(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = any_scope(change, script);
    const json_t *old = json_object_get(change->old, "inherits");
    const json_t *new = json_object_get(change->new, "inherits");

    for (size_t i = 0; i < json_array_size(old); i++)
        if (!has_text(new, item_text(old, i)))
            ddl_add(script, DDL_TABLE_SET,
                    arena_printf(script->arena, "%s NO INHERIT %s", ddl_expand(&scope, "ALTER {@}"),
                                 item_text(old, i)));
    for (size_t i = 0; i < json_array_size(new); i++)
        if (!has_text(old, item_text(new, i)))
            ddl_add(script, DDL_TABLE_SET,
                    arena_printf(script->arena, "%s INHERIT %s", ddl_expand(&scope, "ALTER {@}"),
                                 item_text(new, i)));
    return true;
}

/* ---- sequences, extensions ---- */

/* Its value is kept but where it began outside the new bounds, which the server refuses. */
bool alter_sequence(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = new_scope(change, script);
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
    const DdlScope old = old_scope(change, script), new = new_scope(change, script);

    ddl_add(script, DDL_TABLE_SET,
            arena_printf(script->arena, "ALTER SEQUENCE %s RENAME TO %s", ddl_expand(&old, "{id}"),
                         ddl_expand(&new, "{name:i}")));
    return true;
}

/* Some extensions cannot be moved, which only the server knows: they are made again, unless
 * something stands on them. */
bool alter_extension_schema(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = new_scope(change, script);

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

/* ---- enums ---- */

/* One label more or less at a time: which of them stays where another comes. */
static bool rename_label(const DdlChange *change, DdlScript *script, const json_t *old,
                         const json_t *new)
{
    const DdlScope scope = new_scope(change, script);
    size_t differ = 0, at = 0;

    if (json_array_size(old) != json_array_size(new))
        return false;
    for (size_t i = 0; i < json_array_size(old); i++)
        if (strcmp(item_text(old, i), item_text(new, i)) != 0)
            differ++, at = i;
    if (differ != 1)
        return false;
    ddl_add(script, DDL_PLAIN,
            arena_printf(script->arena, "%s RENAME VALUE %s TO %s", ddl_expand(&scope, "ALTER {@}"),
                         ddl_literal(script->arena, item_text(old, at)),
                         ddl_literal(script->arena, item_text(new, at))));
    return true;
}

bool alter_labels(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = new_scope(change, script);
    const json_t *old = json_object_get(change->old, "labels");
    const json_t *new = json_object_get(change->new, "labels");
    size_t from = 0;

    for (size_t i = 0; i < json_array_size(new); i++)
        from += strcmp(item_text(old, from), item_text(new, i)) == 0 && from < json_array_size(old);
    if (from < json_array_size(old))
        return rename_label(change, script, old, new);
    for (size_t i = 0; i < json_array_size(new); i++) {
        const char *label = item_text(new, i);
        const char *next = NULL;
        if (has_text(old, label))
            continue;
        for (size_t j = i + 1; j < json_array_size(new) && !next; j++)
            next = has_text(old, item_text(new, j)) ? item_text(new, j) : NULL;
        ddl_add(script, DDL_ENUM_VALUE,
                arena_printf(script->arena, next ? "%s ADD VALUE %s BEFORE %s" : "%s ADD VALUE %s",
                             ddl_expand(&scope, "ALTER {@}"), ddl_literal(script->arena, label),
                             next ? ddl_literal(script->arena, next) : ""));
    }
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
    const DdlScope scope = new_scope(change, script);
    const char *old = core(script->arena, jx_string(change->old, "definition", ""));
    const char *new = core(script->arena, jx_string(change->new, "definition", ""));
    bool deferral = !is_same(change, "deferrable") || !is_same(change, "initially_deferred");
    bool is_foreign = strcmp(jx_string(change->new, "type", ""), "foreign key") == 0;

    if (strcmp(old, new) != 0 || !is_same(change, "type") || (deferral && !is_foreign) ||
        jx_bool(change->new, "not_valid") > jx_bool(change->old, "not_valid"))
        return false;
    if (deferral)
        ddl_add(script, DDL_CONSTRAINT_ALTER,
                ddl_expand(&scope, "ALTER TABLE {^id} ALTER CONSTRAINT {name:i} [deferrable! NOT "
                                   "]DEFERRABLE[initially_deferred? INITIALLY DEFERRED]"));
    if (!is_same(change, "not_valid"))
        ddl_add(script, DDL_VALIDATE,
                ddl_expand(&scope, "ALTER TABLE {^id} VALIDATE CONSTRAINT {name:i}"));
    return true;
}

bool alter_domain_constraint(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = new_scope(change, script);

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
    const DdlScope scope = new_scope(change, script);
    CLEANUP(buffer_free) Buffer out = {0};

    if ((json_object_get(change->old, "using") && !json_object_get(change->new, "using")) ||
        (json_object_get(change->old, "check") && !json_object_get(change->new, "check")))
        return false;
    buffer_text(&out, ddl_expand(&scope, "ALTER POLICY {name:i} ON {^id}"));
    if (!is_same(change, "roles")) {
        buffer_text(&out, " TO ");
        buffer_text(&out, ddl_write_roles(&scope));
    }
    if (!is_same(change, "using"))
        buffer_text(&out, ddl_expand(&scope, " USING ({using})"));
    if (!is_same(change, "check"))
        buffer_text(&out, ddl_expand(&scope, " WITH CHECK ({check})"));
    ddl_add(script, DDL_POLICY, arena_strndup(script->arena, out.bytes, out.length));
    return true;
}

/* CREATE OR REPLACE VIEW keeps the columns there are and adds others behind them. */
bool alter_view(const DdlChange *change, DdlScript *script)
{
    static const char *const kept[] = {"name", "type", "collation"};
    const DdlScope scope = new_scope(change, script);
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
        !is_same(change, "argument_types") || !is_same(change, "argument_modes"))
        return false;
    for (size_t i = 0; i < json_array_size(old); i++)
        if (*item_text(old, i) && strcmp(item_text(old, i), item_text(new, i)) != 0)
            return false;
    return true;
}

/* CREATE OR REPLACE FUNCTION keeps what comes back, and the names of arguments. */
bool alter_function(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = new_scope(change, script);

    if (!is_same(change, "kind") || !is_same(change, "returns") || !keeps_arguments(change) ||
        strcmp(jx_string(change->new, "kind", ""), "aggregate") == 0)
        return false;
    ddl_add(script, ddl_function_form(&scope), ddl_write_function(&scope, true));
    return true;
}

bool alter_index_statistics(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = any_scope(change, script);
    const json_t *old = json_object_get(change->old, "statistics");
    const json_t *new = json_object_get(change->new, "statistics");
    size_t count = json_array_size(new ? new : old);

    for (size_t i = 0; i < count; i++) {
        const char *target = item_text(new, i);
        if (strcmp(target, item_text(old, i)) != 0)
            ddl_add(script, DDL_COLUMN_STATISTICS,
                    arena_printf(script->arena, "%s ALTER COLUMN %zu SET STATISTICS %s",
                                 ddl_expand(&scope, "ALTER {@}"), i + 1, *target ? target : "-1"));
    }
    return true;
}

/* ---- text search, operator families ---- */

/* TOKEN WITH DICTIONARY, ... */
bool alter_mappings(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = any_scope(change, script);
    const char *head = ddl_expand(&scope, "ALTER {@}");
    const json_t *old = json_object_get(change->old, "mappings");
    const json_t *new = json_object_get(change->new, "mappings");

    for (size_t i = 0; i < json_array_size(old); i++) {
        const char *item = item_text(old, i), *with = strstr(item, " WITH ");
        if (!has_text(new, item) && with)
            ddl_add(script, DDL_PLAIN,
                    arena_printf(script->arena, "%s DROP MAPPING FOR %.*s", head,
                                 (int)(with - item), item));
    }
    for (size_t i = 0; i < json_array_size(new); i++)
        if (!has_text(old, item_text(new, i)))
            ddl_add(script, DDL_PLAIN,
                    arena_printf(script->arena, "%s ADD MAPPING FOR %s", head, item_text(new, i)));
    return true;
}

/* OPERATOR 1 public.<(integer,integer) is dropped as OPERATOR 1 (integer,integer), FUNCTION 1
 * (integer, integer) f(...) as FUNCTION 1 (integer, integer). */
static const char *loose_name(Arena *arena, const char *item)
{
    const char *open = strchr(item, '('), *close = open ? strchr(open, ')') : NULL;
    size_t head = strcspn(item, " ");
    size_t number = strspn(item + head, " 0123456789");

    if (!close)
        return item;
    return arena_printf(arena, "%.*s%.*s", (int)(head + number), item, (int)(close + 1 - open),
                        open);
}

static void family_items(const DdlChange *change, DdlScript *script, const char *member)
{
    const DdlScope scope = any_scope(change, script);
    const char *head = ddl_expand(&scope, "ALTER {@}");
    const json_t *old = json_object_get(change->old, member);
    const json_t *new = json_object_get(change->new, member);

    for (size_t i = 0; i < json_array_size(old); i++)
        if (!has_text(new, item_text(old, i)))
            ddl_add(script, DDL_PLAIN,
                    arena_printf(script->arena, "%s DROP %s", head,
                                 loose_name(script->arena, item_text(old, i))));
    for (size_t i = 0; i < json_array_size(new); i++)
        if (!has_text(old, item_text(new, i)))
            ddl_add(script, DDL_PLAIN,
                    arena_printf(script->arena, "%s ADD %s", head, item_text(new, i)));
}

bool alter_family_operators(const DdlChange *change, DdlScript *script)
{
    family_items(change, script, "operators");
    return true;
}

bool alter_family_functions(const DdlChange *change, DdlScript *script)
{
    family_items(change, script, "functions");
    return true;
}

/* ---- replication ---- */

bool alter_publication(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = new_scope(change, script);
    const json_t *old = json_object_get(change->old, "schemas");
    const json_t *new = json_object_get(change->new, "schemas");

    for (size_t i = 0; i < json_array_size(old); i++)
        if (!has_text(new, item_text(old, i)))
            ddl_add(script, DDL_PLAIN,
                    arena_printf(script->arena, "%s DROP TABLES IN SCHEMA %s",
                                 ddl_expand(&scope, "ALTER {@}"),
                                 ident_quote(script->arena, item_text(old, i))));
    for (size_t i = 0; i < json_array_size(new); i++)
        if (!has_text(old, item_text(new, i)))
            ddl_add(script, DDL_PLAIN,
                    arena_printf(script->arena, "%s ADD TABLES IN SCHEMA %s",
                                 ddl_expand(&scope, "ALTER {@}"),
                                 ident_quote(script->arena, item_text(new, i))));
    if (is_same(change, "insert") && is_same(change, "update") && is_same(change, "delete") &&
        is_same(change, "truncate") && is_same(change, "via_root") &&
        is_same(change, "generated_columns"))
        return true;
    ddl_add(script, DDL_PLAIN,
            arena_printf(script->arena, "%s SET (%s%s)", ddl_expand(&scope, "ALTER {@}"),
                         ddl_write_publish(&scope),
                         jx_bool(change->old, "via_root") && !jx_bool(change->new, "via_root")
                             ? ", publish_via_partition_root = false"
                             : ""));
    return true;
}

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
    const DdlScope scope = new_scope(change, script);

    if (!is_same(change, "enabled") && !jx_bool(change->new, "enabled"))
        ddl_add(script, DDL_SUBSCRIPTION, ddl_expand(&scope, "ALTER {@} DISABLE"));
    if (!is_same(change, "publications"))
        ddl_add(script, DDL_SUBSCRIPTION,
                ddl_expand(&scope, "ALTER {@} SET PUBLICATION {publications:i} WITH (refresh = "
                                   "false)"));
    ddl_add(script, DDL_SUBSCRIPTION,
            arena_printf(script->arena, "%s SET (%s)", ddl_expand(&scope, "ALTER {@}"),
                         arena_join(script->arena, ddl_write_subscription_options(&scope, false),
                                    switched_off(change, script), NULL)));
    if (!is_same(change, "enabled") && jx_bool(change->new, "enabled"))
        ddl_add(script, DDL_SUBSCRIPTION, ddl_expand(&scope, "ALTER {@} ENABLE"));
    return true;
}

/* ---- settings and memberships ---- */

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
    const DdlScope scope = any_scope(change, script);
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
        if (!has_key(new, item_text(old, i)))
            set_one(change, script, item_text(old, i), true);
    for (size_t i = 0; i < json_array_size(new); i++)
        if (!has_text(old, item_text(new, i)))
            set_one(change, script, item_text(new, i), false);
    return true;
}

/* What version 16 can say of a membership is said to it alone. */
static const char *membership(Arena *arena, const char *role, const char *member,
                              const json_t *options, int server_version)
{
    bool admin = has_text(options, "admin");
    const char *inherit = has_text(options, "inherit")      ? ", INHERIT TRUE"
                          : has_text(options, "no inherit") ? ", INHERIT FALSE"
                                                            : "";
    const char *set = has_text(options, "no set") ? ", SET FALSE" : "";

    if (server_version >= 160000 && (*inherit || *set))
        return arena_printf(arena, "GRANT %s TO %s WITH ADMIN %s%s%s", role, member,
                            admin ? "TRUE" : "FALSE", inherit, set);
    return arena_printf(arena, "GRANT %s TO %s%s", role, member, admin ? " WITH ADMIN OPTION" : "");
}

bool alter_memberships(const DdlChange *change, DdlScript *script)
{
    const DdlScope scope = any_scope(change, script);
    const json_t *old = json_object_get(change->old, "member_of");
    const json_t *new = json_object_get(change->new, "member_of");
    const char *role = NULL;
    json_t *options = NULL;

    json_object_foreach((json_t *)old, role, options)
    {
        const json_t *now = json_object_get(new, role);
        if (!now || !json_equal(options, now))
            ddl_add(script, DDL_RIGHTS,
                    arena_printf(script->arena, "REVOKE %s FROM %s",
                                 ident_quote(script->arena, role), ddl_name(&scope)));
    }
    json_object_foreach((json_t *)new, role, options)
    {
        const json_t *before = json_object_get(old, role);
        if (!before || !json_equal(options, before))
            ddl_add(script, DDL_RIGHTS,
                    membership(script->arena, ident_quote(script->arena, role), ddl_name(&scope),
                               options, change->server_version));
    }
    return true;
}
