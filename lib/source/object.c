#include "source/object.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "json/jx.h"
#include "model/text.h"
#include "source/acl.h"
#include "source/constraint.h"
#include "sql/normal.h"

/* ---- layouts ---- */

typedef enum MemberForm {
    MEMBER_COLUMN, /* a column of the row */
    MEMBER_NESTED, /* objects of another kind */
    MEMBER_OWNER,
    MEMBER_GRANTS,
    MEMBER_REVOKES,
} MemberForm;

typedef struct Member {
    const char *name;
    const char *key; /* ,"name": */
    size_t key_length;
    MemberForm form;
    TextRule rule;
    int column;
    KindId kind; /* nested in it, else its own */
    bool is_definition;
    bool is_type;
    bool is_name; /* both: model/text.h */
    bool is_set;
} Member;

enum { MEMBERS_MAX = ROWS_COLUMNS_MAX + 16 };

/* How the rows of a kind become objects: made once. Columns are -1 when there are none. */
struct ObjectLayout {
    Member members[MEMBERS_MAX];
    int count;
    int query;
    int oid, number, age, id, name, keys, inexact, references;
    int owner, owner_built_in, acl, acl_default, acl_kind;
};

static int member_compare(const void *a, const void *b)
{
    return strcmp(((const Member *)a)->name, ((const Member *)b)->name);
}

static void layout_add(ObjectLayout *layout, Member member)
{
    assert(layout->count < MEMBERS_MAX);
    layout->members[layout->count++] = member;
}

static Member column_member(KindId kind, const char *name, int column)
{
    size_t length = strlen(name);

    return (Member){.name = name,
                    .rule = text_rule(kind, name),
                    .column = column,
                    .kind = kind,
                    .is_definition = strcmp(name, "definition") == 0,
                    .is_type = length >= 4 && strcmp(name + length - 4, "type") == 0,
                    .is_name = text_is_name(kind, name),
                    .is_set = text_is_set(name)};
}

static const ObjectLayout *layout_make(Reading *reading, KindId kind, int query)
{
    const Rows *rows = &reading->rows[query];
    ObjectLayout *layout = arena_alloc(&reading->arena, sizeof *layout);

    *layout = (ObjectLayout){.query = query,
                             .oid = rows_column(rows, "_oid"),
                             .number = rows_column(rows, "_number"),
                             .age = rows_column(rows, "_age"),
                             .id = rows_column(rows, "id"),
                             .name = rows_column(rows, "name"),
                             .keys = rows_column(rows, "_keys"),
                             .inexact = rows_column(rows, "inexact"),
                             .references = rows_column(rows, "_references"),
                             .owner = rows_column(rows, "_owner"),
                             .owner_built_in = rows_column(rows, "_owner_built_in"),
                             .acl = rows_column(rows, "_acl"),
                             .acl_default = rows_column(rows, "_acl_default"),
                             .acl_kind = rows_column(rows, "_acl_kind")};
    for (int i = 0; i < rows->columns; i++)
        if (*rows->names[i] != '_')
            layout_add(layout, column_member(kind, rows->names[i], i));
    if (layout->owner >= 0)
        layout_add(layout, (Member){.name = "owner", .form = MEMBER_OWNER});
    if (layout->acl >= 0) {
        layout_add(layout, (Member){.name = "grants", .form = MEMBER_GRANTS});
        layout_add(layout, (Member){.name = "revokes", .form = MEMBER_REVOKES});
    }
    for (int nested = 0; nested < KIND_COUNT; nested++)
        if (kind_of((KindId)nested)->parent == (int)kind)
            layout_add(layout, (Member){.name = kind_of((KindId)nested)->member,
                                        .form = MEMBER_NESTED,
                                        .kind = (KindId)nested});
    qsort(layout->members, (size_t)layout->count, sizeof *layout->members, member_compare);
    for (int i = 0; i < layout->count; i++) {
        Member *member = &layout->members[i];

        member->key = arena_join(&reading->arena, ",\"", member->name, "\":", NULL);
        member->key_length = strlen(member->key);
    }
    return layout;
}

bool object_prepare(Reading *reading, Err *err)
{
    for (int i = 0; i < query_count(); i++) {
        Rows *rows = &reading->rows[i];
        if (rows->is_requoted && rows_column(rows, "_parent") < 0 &&
            !rows_sort(rows, rows_column(rows, "id"), err))
            return false;
    }
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        int query = query_of_kind((KindId)kind, reading->server_version);
        bool shown = query >= 0 && reading->rows[query].columns > 0 &&
                     kind_is_chosen(reading->choice, (KindId)kind);
        reading->layouts[kind] = shown ? layout_make(reading, (KindId)kind, query) : NULL;
    }
    return true;
}

static const char *value_at(const Row *row, int column)
{
    return column < 0 ? NULL : row->values[column];
}

static uint32_t oid_at(const Row *row, int column)
{
    const char *value = value_at(row, column);

    return value ? (uint32_t)strtoul(value, NULL, 10) : 0;
}

/* ---- an object under way ---- */

/* The members of a line in the lineage. */
typedef struct Pieces {
    struct {
        const char *name;
        const char *text; /* JSON */
    } items[16];
    size_t count;
} Pieces;

typedef struct Object {
    const Reading *reading;
    const ObjectLayout *layout;
    const CatalogQuery *query;
    const Row *row;
    const char *id;                 /* of the top-level object */
    const char *nested_in, *nested; /* "columns", "email"; NULL at the top */
    uint32_t relation;              /* whose columns numbers mean */
    Arena *arena;
    PrivilegeForm acl;
    Buffer *out;
    Pieces *pieces;
    const char **secrets; /* "name":"hash",... in the arena; "" when there are none */
    Err *err;
} Object;

static void piece_add(Pieces *pieces, const char *name, const char *text)
{
    assert(pieces->count < sizeof pieces->items / sizeof *pieces->items);
    pieces->items[pieces->count].name = name;
    pieces->items[pieces->count++].text = text;
}

/* ---- values ---- */

static void put_text(Buffer *out, const char *text)
{
    jx_add_string(out, text, strlen(text));
}

static const char *json_of(Arena *arena, const char *text)
{
    CLEANUP(buffer_free) Buffer json = {0};

    if (jx_is_bare(text))
        return arena_join(arena, "\"", text, "\"", NULL);
    put_text(&json, text);
    return arena_strdup(arena, json.bytes);
}

static void secret_add(const Object *object, const char *member, const char *option,
                       const char *value)
{
    Arena *arena = object->arena;
    char hash[SECRET_HASH_SIZE];
    const char *place = *option ? arena_printf(arena, "%s.%s", member, option) : member;

    if (object->nested)
        place = arena_printf(arena, "%s.%s.%s", object->nested_in, object->nested, place);
    secret_hash(object->reading->key, value, strlen(value), hash);
    *object->secrets = arena_printf(arena, "%s%s%s:\"%s\"", *object->secrets,
                                    **object->secrets ? "," : "", json_of(arena, place), hash);
}

static void put_member_text(const Object *object, const Member *member, const char *text)
{
    Arena *arena = object->arena;
    int version = object->reading->server_version;

    switch (member->rule) {
    case TEXT_QUERY:
        text = version < 160000 ? normal_query(arena, text) : normal_names(arena, text);
        text = normal_expression(arena, text);
        break;
    case TEXT_DEPARSED:
        text = normal_expression(arena, version < 160000 ? text : normal_names(arena, text));
        break;
    case TEXT_ARGUMENTS:
        if (version < 140000 && strcmp(member->name, "arguments") == 0 &&
            strcmp(row_value(object->row, "kind"), "procedure") == 0)
            text = normal_procedure_arguments(arena, text);
        text = version < 160000 ? text : normal_names(arena, text);
        break;
    case TEXT_BODY:
        if (text_is_statement(text))
            text = normal_names(arena, text);
        break;
    case TEXT_WRITTEN:
        break;
    case TEXT_PLAIN:
        put_text(object->out, member->is_name ? text : normal_names(arena, text));
        return;
    case TEXT_OPTIONS:
        put_text(object->out, text);
        return;
    }
    const char *shown = secret_hide(arena, text);
    if (shown != text)
        secret_add(object, member->name, "", text);
    put_text(object->out, shown);
}

/* name=value, the value hidden when the rule says so. */
static void put_option(const Object *object, const Member *member, const char *option)
{
    size_t length = strcspn(option, "=");
    const char *name = arena_strndup(object->arena, option, length);
    const char *bare = strrchr(name, ' '); /* "in this database: name" */
    const char *shown = secret_hide(object->arena, option);

    if (option[length] == '=' &&
        secret_is_option(text_secrets(member->kind), bare ? bare + 1 : name))
        shown = arena_printf(object->arena, "%s=" SECRET_SHOWN, name);
    if (shown != option)
        secret_add(object, member->name, name, option);
    put_text(object->out, shown);
}

/* Of what begins with a pointer to its text. */
static int text_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void put_array(const Object *object, const Member *member, const char *text)
{
    const char **items = db_array_items(object->arena, text);
    const char *comma = "";
    size_t count = 0;

    while (items[count])
        count++;
    if (member->is_set)
        qsort(items, count, sizeof *items, text_compare);
    buffer_char(object->out, '[');
    for (const char **item = items; *item; item++) {
        buffer_text(object->out, comma);
        if (member->rule == TEXT_OPTIONS)
            put_option(object, member, *item);
        else
            put_text(object->out, member->is_name ? *item : normal_names(object->arena, *item));
        comma = ",";
    }
    buffer_char(object->out, ']');
}

/* Numbers of columns, as their names; 0 is an expression. */
static bool put_numbers(const Object *object, const Member *member, const char *text)
{
    uint32_t relation = strcmp(member->name, "reference_columns") == 0
                            ? oid_at(object->row, object->layout->references)
                            : object->relation;
    const char *comma = "";

    buffer_char(object->out, '[');
    for (const char **item = db_array_items(object->arena, text); *item; item++) {
        int number = atoi(*item);
        const NamedColumn *column = names_find(&object->reading->names, relation, number);
        if (number > 0 && !column)
            return reading_torn(object->err);
        buffer_text(object->out, comma);
        put_text(object->out, column ? column->name : "");
        comma = ",";
    }
    buffer_char(object->out, ']');
    return true;
}

static bool put_json(const Object *object, const char *text)
{
    json_auto_t *value = jx_parse(text, strlen(text), "a catalog", object->err);
    CLEANUP(cleanup_free) char *canonical = value ? jx_text(value) : NULL;

    if (!canonical)
        return false;
    buffer_text(object->out, canonical);
    return true;
}

/* Null, false and empty arrays are left out: model/snapshot.h. */
static bool is_absent(const char *value, DbType type)
{
    return !value || (type == DB_BOOL && *value == 'f') ||
           ((type == DB_TEXT_ARRAY || type == DB_NUMBERS) && strcmp(value, "{}") == 0);
}

/* What format_type() says of a type that was dropped a moment ago. */
static bool is_lost_type(const Member *member, const char *value)
{
    return member->is_type && strcmp(value, "???") == 0;
}

static void put_name(const Object *object, const Member *member, const char **comma)
{
    size_t first = **comma ? 0 : 1;

    buffer_add(object->out, member->key + first, member->key_length - first);
    *comma = ",";
}

static bool put_value(const Object *object, const Member *member, const char *value, DbType type)
{
    switch (type) {
    case DB_BOOL:
        buffer_text(object->out, "true");
        return true;
    case DB_INT:
        buffer_text(object->out, value);
        return true;
    case DB_JSON:
        return put_json(object, value);
    case DB_TEXT_ARRAY:
        put_array(object, member, value);
        return true;
    case DB_NUMBERS:
        return put_numbers(object, member, value);
    case DB_TEXT:
    case DB_ACL:
        if (is_lost_type(member, value))
            return reading_torn(object->err);
        put_member_text(object, member, value);
        return true;
    }
    return true;
}

/* ---- objects ---- */

static bool put_object(Object *object);

/* The objects nested in the one at hand, as an array, and their identities beside it. */
static bool put_nested(const Object *object, const Member *member, const char **comma)
{
    const Reading *reading = object->reading;
    const ObjectLayout *layout = reading->layouts[member->kind];
    CLEANUP(row_free) Row row = {0};
    size_t first = 0, count = 0;
    bool ok = true;

    if (!layout)
        return true;
    const Rows *rows = &reading->rows[layout->query];
    Object inner = *object;
    inner.layout = layout;
    inner.query = query_at(layout->query);
    inner.row = &row;
    inner.relation = oid_at(object->row, object->layout->oid);
    rows_find(rows, inner.relation, &first, &count);
    if (count == 0)
        return true;
    CLEANUP(buffer_free) Buffer pairs = {0}; /* [NUMBER,TRANSACTION],... */
    put_name(object, member, comma);
    for (size_t i = 0; i < count && ok; i++) {
        ok = rows_get(rows, first + i, &row, object->err);
        if (!ok)
            break;
        inner.nested_in = member->name;
        inner.nested = value_at(&row, layout->name);
        buffer_char(object->out, i ? ',' : '[');
        ok = put_object(&inner);
        buffer_text(&pairs, i ? ",[" : "[[");
        buffer_text(&pairs, value_at(&row, layout->number >= 0 ? layout->number : layout->oid));
        buffer_char(&pairs, ',');
        buffer_number(&pairs, reading_transaction(reading, rows, value_at(&row, layout->age)));
        buffer_char(&pairs, ']');
    }
    buffer_char(object->out, ']');
    buffer_char(&pairs, ']');
    piece_add(object->pieces, member->name, arena_strdup(object->arena, pairs.bytes));
    return ok;
}

static bool definition_make(const Object *object, const char **ret)
{
    const Names *names = &object->reading->names;

    return object->query->kind == KIND_INDEX
               ? index_definition(&object->reading->forms, names, object->row, object->relation,
                                  object->id, object->arena, ret)
               : constraint_definition(names, object->row, object->relation, object->arena, ret);
}

/* The definition of a plain index or key is put together here; any other that is missing was lost.
 */
static bool put_definition(const Object *object, const Member *member, const char *value)
{
    if (!value && value_at(object->row, object->layout->keys) && !definition_make(object, &value))
        return reading_torn(object->err);
    if (!value)
        return reading_torn(object->err);
    put_member_text(object, member, value);
    return true;
}

static bool is_inexact(const Object *object, const char *member)
{
    const char *list = value_at(object->row, object->layout->inexact);
    const char **item = list ? db_array_items(object->arena, list) : NULL;

    for (; item && *item; item++)
        if (strcmp(*item, member) == 0)
            return true;
    return false;
}

static const char *owner_shown(const Object *object)
{
    const char *owner = value_at(object->row, object->layout->owner);
    const char *built_in = value_at(object->row, object->layout->owner_built_in);
    bool usual =
        !owner || (built_in && *built_in == 't') || strcmp(owner, object->reading->owner) == 0;

    return usual ? NULL : owner;
}

static bool put_column(const Object *object, const Member *member, const char **comma)
{
    const char *value = object->row->values[member->column];
    DbType type = object->row->rows->types[member->column];
    bool needed = member->is_definition && !is_inexact(object, member->name);

    if (!needed && is_absent(value, type))
        return true;
    put_name(object, member, comma);
    return needed ? put_definition(object, member, value) : put_value(object, member, value, type);
}

static void put_derived(const Object *object, const Member *member, const char *text,
                        const char **comma)
{
    if (!text)
        return;
    put_name(object, member, comma);
    if (member->form == MEMBER_OWNER)
        put_text(object->out, text);
    else
        buffer_text(object->out, text);
}

static bool put_member(const Object *object, const Member *member, const char **comma)
{
    switch (member->form) {
    case MEMBER_COLUMN:
        return put_column(object, member, comma);
    case MEMBER_NESTED:
        return put_nested(object, member, comma);
    case MEMBER_OWNER:
        put_derived(object, member, owner_shown(object), comma);
        return true;
    case MEMBER_GRANTS:
        put_derived(object, member, object->acl.grants, comma);
        return true;
    case MEMBER_REVOKES:
        put_derived(object, member, object->acl.revokes, comma);
        return true;
    }
    return true;
}

static void acl_fill(Object *object)
{
    const ObjectLayout *layout = object->layout;
    const char *acl = value_at(object->row, layout->acl);
    const char *base = value_at(object->row, layout->acl_default);
    const char *kind = value_at(object->row, layout->acl_kind);
    const char *owner = value_at(object->row, layout->owner);

    object->acl = (PrivilegeForm){0};
    if (acl || base)
        object->acl = acl_form(
            object->arena, acl, base, kind ? *kind : object->query->acl_kind, owner ? owner : "",
            owner && strcmp(owner, "pg_database_owner") == 0 ? object->reading->owner : NULL,
            object->reading->server_version);
}

static bool put_object(Object *object)
{
    const char *comma = "";

    acl_fill(object);
    buffer_char(object->out, '{');
    for (int i = 0; i < object->layout->count; i++)
        if (!put_member(object, &object->layout->members[i], &comma))
            return false;
    buffer_char(object->out, '}');
    return true;
}

static void secrets_of_columns(const Object *object)
{
    const Rows *rows = object->row->rows;

    for (int i = 0; i < rows->columns; i++)
        if (strncmp(rows->names[i], "_secret_", 8) == 0 && object->row->values[i])
            secret_add(object, rows->names[i] + 8, "", object->row->values[i]);
}

/* What stands in a statement of its own because not every role may read it: how a subscription
 * connects. */
static bool secrets_apart(const Object *object)
{
    const Rows *rows = &object->reading->rows[query_of_file("secrets.sql")];
    CLEANUP(row_free) Row row = {0};
    size_t first = 0, count = 0;

    if (object->query->kind != KIND_SUBSCRIPTION)
        return true;
    rows_find(rows, oid_at(object->row, object->layout->oid), &first, &count);
    if (count == 0)
        return true;
    if (!rows_get(rows, first, &row, object->err))
        return false;
    secret_add(object, "connection", "", row_value(&row, "connection"));
    return true;
}

/* ---- lineage ---- */

static void lineage_put(const Object *object, KindId kind, const char *secrets, const char *stamp,
                        Buffer *out)
{
    const char *oid = value_at(object->row, object->layout->oid);
    int64_t transaction = reading_transaction(object->reading, object->row->rows,
                                              value_at(object->row, object->layout->age));
    Pieces *pieces = object->pieces;
    Arena *arena = object->arena;

    if (!oid)
        return;
    piece_add(pieces, "id", json_of(arena, object->id));
    piece_add(pieces, "kind", json_of(arena, kind_of(kind)->name));
    piece_add(pieces, "oid", oid);
    if (transaction)
        piece_add(pieces, "xid", arena_printf(arena, "%" PRId64, transaction));
    if (stamp)
        piece_add(pieces, "stamp", json_of(arena, stamp));
    if (*secrets)
        piece_add(pieces, "secrets", arena_printf(arena, "{%s}", secrets));
    qsort(pieces->items, pieces->count, sizeof *pieces->items, text_compare);
    for (size_t i = 0; i < pieces->count; i++) {
        buffer_text(out, i ? ",\"" : "{\"");
        buffer_text(out, pieces->items[i].name);
        buffer_text(out, "\":");
        buffer_text(out, pieces->items[i].text);
    }
    buffer_char(out, '}');
}

bool object_put(const Reading *reading, KindId kind, size_t index, const char *stamp, Arena *arena,
                Buffer *out, Buffer *lineage, Err *err)
{
    CLEANUP(row_free) Row row = {0};
    const char *secrets = "";
    Pieces pieces = {.count = 0};
    const ObjectLayout *layout = reading->layouts[kind];

    if (!rows_get(&reading->rows[layout->query], index, &row, err))
        return false;
    Object object = {.reading = reading,
                     .layout = layout,
                     .query = query_at(layout->query),
                     .row = &row,
                     .id = normal_names(arena, value_at(&row, layout->id)),
                     .arena = arena,
                     .out = out,
                     .pieces = &pieces,
                     .secrets = &secrets,
                     .err = err};
    secrets_of_columns(&object);
    bool ok = secrets_apart(&object) && put_object(&object);
    if (ok && lineage)
        lineage_put(&object, kind, secrets, stamp, lineage);
    return ok;
}

size_t object_count(const Reading *reading, KindId kind)
{
    const ObjectLayout *layout = reading->layouts[kind];

    return layout ? reading->rows[layout->query].count : 0;
}

const char *object_id(const Reading *reading, KindId kind, size_t index, uint32_t *ret_oid,
                      Arena *arena, Err *err)
{
    const ObjectLayout *layout = reading->layouts[kind];
    CLEANUP(row_free) Row row = {0};

    if (!rows_get(&reading->rows[layout->query], index, &row, err))
        return NULL;
    *ret_oid = oid_at(&row, layout->oid);
    return normal_names(arena, arena_strdup(arena, value_at(&row, layout->id)));
}
