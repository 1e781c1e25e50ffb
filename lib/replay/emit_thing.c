#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "json/jx.h"
#include "model/scope.h"
#include "replay/deparse.h"
#include "replay/emit.h"
#include "replay/names.h"
#include "replay/types.h"

/* ---- rules ---- */

/* pg_get_ruledef() */
static const char *rule_text(Emit *emit, const Relation *relation, const Rule *rule)
{
    const char *text = arena_printf(emit->arena, "CREATE RULE %s AS\n    ON %s TO %s",
                                    names_quote(emit->arena, rule->name), rule->event,
                                    emit_qualified(emit, relation));

    if (rule->where)
        text = arena_printf(emit->arena, "%s\n   WHERE %s", text,
                            deparse_when(emit->catalog, rule->where));
    return arena_printf(emit->arena, "%s DO %s%s;", text, rule->instead ? "INSTEAD " : "",
                        rule->nothing ? "NOTHING" : "?");
}

void emit_rules(Emit *emit, json_t *object, const Relation *relation)
{
    Rows rows = {0};

    for (size_t i = 0; i < relation->rules.count; i++) {
        Rule *rule = relation->rules.items[i];
        json_t *item = json_object();

        emit_text(emit, item, "name", rule->name);
        emit_text(emit, item, "definition", rule_text(emit, relation, rule));
        emit_firing(emit, item, rule->firing);
        emit_text(emit, item, "comment", rule->comment);
        emit_inexact(emit, item, &rule->inexact);
        emit_row(emit, &rows, rule->name, item);
    }
    emit_rows(emit, object, "rules", &rows);
}

/* ---- what each kind tells besides its plain members ---- */

static int compare_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort(Vec *texts)
{
    if (texts->count > 1)
        qsort(texts->items, texts->count, sizeof *texts->items, compare_text);
}

/* pg_get_statisticsobjdef(): the kinds only where they are not all of them. */
static void tell_statistics(Emit *emit, json_t *object, const Thing *thing)
{
    static const char *const all[] = {"ndistinct", "dependencies", "mcv"};
    const char *text = arena_printf(emit->arena, "CREATE STATISTICS %s",
                                    names_qualified(emit->arena, thing->schema, thing->name));
    const char *kinds = "";

    for (size_t i = 0; i < 3; i++)
        if (vec_has_text(&thing->texts, all[i]))
            kinds = arena_printf(emit->arena, "%s%s%s", kinds, *kinds ? ", " : "", all[i]);
    if (*kinds && thing->texts.count < 3 && thing->items.count > 1)
        text = arena_printf(emit->arena, "%s (%s)", text, kinds);
    for (size_t i = 0; i < thing->items.count; i++) {
        const IndexKey *key = thing->items.items[i];
        const char *one = emit_key(emit, thing->relation, key, false);

        /* Those that stand around it are its own here. */
        if (key->expr && !deparse_is_call(key->expr) && strncmp(one, "((", 2) == 0)
            one = arena_strndup(emit->arena, one + 1, strlen(one) - 2);
        text = arena_printf(emit->arena, "%s%s%s", text, i ? ", " : " ON ", one);
    }
    emit_text(emit, object, "definition",
              arena_printf(emit->arena, "%s FROM %s", text, emit_qualified(emit, thing->relation)));
    emit_text(emit, object, "table", emit_qualified(emit, thing->relation));
}

/* Of what Supabase makes only the user's tables are told. */
static bool is_platform_publication(const Thing *thing)
{
    return strcmp(thing->name, "supabase_realtime") == 0 ||
           strcmp(thing->name, "supabase_realtime_messages_publication") == 0;
}

static size_t tell_publication(Emit *emit, json_t *object, Thing *thing)
{
    Rows rows = {0};

    for (size_t i = 0; i < thing->items.count; i++) {
        const Published *published = thing->items.items[i];
        const char *name = emit_qualified(emit, published->relation);
        json_t *item;
        Vec columns = {0};

        if (is_platform_publication(thing) && !emit_shows(emit, published->relation->schema))
            continue;
        item = json_object();
        emit_text(emit, item, "name", name);
        for (size_t k = 0; k < published->relation->columns.count; k++)
            if (vec_has(&published->columns, published->relation->columns.items[k]))
                vec_add(emit->arena, &columns, published->relation->columns.items[k]);
        emit_columns_of(emit, item, "columns", &columns);
        if (published->where)
            emit_text(emit, item, "where",
                      deparse_expr(emit->catalog, published->where, published->relation));
        emit_row(emit, &rows, name, item);
    }
    sort(&thing->texts);
    emit_texts(emit, object, "schemas", &thing->texts);
    emit_rows(emit, object, "tables", &rows);
    return rows.rows.count;
}

static void tell_event_trigger(Emit *emit, json_t *object, const Thing *thing)
{
    const Proc *proc = thing->function ? &thing->function->proc : NULL;

    emit_texts(emit, object, "tags", &thing->texts);
    if (proc)
        emit_text(emit, object, "function",
                  arena_printf(emit->arena, "%s()",
                               names_qualified(emit->arena, proc->schema, proc->name)));
}

/* What a platform sets itself, of its roles and of the database: see roles.sql, database.sql. */
static bool is_platform_setting(const Emit *emit, const Thing *thing, const char *text)
{
    static const char *const roles[] = {"statement_timeout=3s",
                                        "statement_timeout=8s",
                                        "lock_timeout=8s",
                                        "log_statement=none",
                                        "statement_timeout=2min",
                                        "search_path=*",
                                        "session_preload_libraries=*",
                                        "idle_in_transaction_session_timeout=*",
                                        "default_transaction_read_only=*",
                                        NULL};
    static const char *const database[] = {"search_path=\"$user\", public, extensions",
                                           "app.settings.jwt_*", NULL};
    const char *const *patterns =
        thing->kind == KIND_ROLE && scope_is_platform_role(thing->name) ? roles
        : thing->kind == KIND_DATABASE && emit->replay->supabase        ? database
                                                                        : NULL;

    for (; patterns && *patterns; patterns++)
        if (text_glob(*patterns, text))
            return true;
    return false;
}

static void tell_settings(Emit *emit, json_t *object, const Thing *thing)
{
    Vec told = {0};

    for (size_t i = 0; i < thing->texts.count; i++)
        if (!is_platform_setting(emit, thing, thing->texts.items[i]))
            vec_add(emit->arena, &told, thing->texts.items[i]);
    emit_texts(emit, object, "settings", &told);
}

/* Of a role that a platform makes only what a user did to it is told. False when that is nothing.
 */
static bool tell_role(Emit *emit, json_t *object, const Thing *thing)
{
    json_t *member_of = json_object_get(object, "member_of");
    const char *role = NULL;
    json_t *options = NULL;
    void *next = NULL;

    if (scope_is_platform_role(thing->name)) {
        json_object_foreach_safe(member_of, next, role, options)
        {
            if (scope_is_platform_role(role) || strncmp(role, "pg_", 3) == 0)
                json_object_del(member_of, role);
        }
        json_incref(member_of);
        json_object_clear(object);
        emit_text(emit, object, "id", names_quote(emit->arena, thing->name));
        emit_text(emit, object, "name", thing->name);
        if (member_of)
            emit_set(emit, object, "member_of", member_of);
    }
    if (!json_object_size(member_of))
        json_object_del(object, "member_of");
    tell_settings(emit, object, thing);
    return json_object_size(object) > 2;
}

/* ---- one of them ---- */

static bool is_left_out(const Emit *emit, const Thing *thing)
{
    switch ((int)thing->kind) {
    case KIND_ROLE: /* the one that runs the migrations is the server's own */
        return strcmp(thing->name, rights_database_owner) == 0 ||
               strncmp(thing->name, "pg_", 3) == 0;
    case KIND_EVENT_TRIGGER:
        return thing->function &&
               scope_is_platform(thing->function->proc.schema, emit->replay->supabase);
    case KIND_PUBLICATION:
        return false;
    default:
        return thing->known || (thing->schema && !emit_shows(emit, thing->schema));
    }
}

static void emit_thing(Emit *emit, Thing *thing, Rows *rows)
{
    const char *id = thing->schema ? names_qualified(emit->arena, thing->schema, thing->name)
                                   : names_quote(emit->arena, thing->name);
    json_t *object;
    bool shown = true;

    id = arena_printf(emit->arena, "%s%s", id, thing->suffix);
    object = json_deep_copy(thing->members);
    emit_text(emit, object, "id", id);
    emit_text(emit, object, "schema", thing->schema);
    if (thing->kind != KIND_DATABASE)
        emit_text(emit, object, thing->kind == KIND_USER_MAPPING ? "server" : "name", thing->name);
    switch ((int)thing->kind) {
    case KIND_STATISTICS:
        tell_statistics(emit, object, thing);
        break;
    case KIND_PUBLICATION:
        shown = tell_publication(emit, object, thing) || !is_platform_publication(thing);
        break;
    case KIND_EVENT_TRIGGER:
        tell_event_trigger(emit, object, thing);
        break;
    case KIND_TEXT_SEARCH_CONFIGURATION:
        emit_texts(emit, object, "mappings", &thing->texts);
        break;
    case KIND_FOREIGN_DATA_WRAPPER:
    case KIND_SERVER:
        emit_texts(emit, object, "options", &thing->texts);
        break;
    case KIND_DATABASE:
        tell_settings(emit, object, thing);
        shown = json_object_size(object) > 1 || thing->rights.given || thing->comment;
        break;
    case KIND_ROLE:
        shown = tell_role(emit, object, thing);
        break;
    default:
        break;
    }
    if (thing->kind != KIND_ROLE)
        emit_rights(emit, object, &thing->rights);
    if (thing->kind != KIND_ROLE || !scope_is_platform_role(thing->name))
        emit_text(emit, object, "comment", thing->comment);
    emit_inexact(emit, object, &thing->inexact);
    if (shown)
        emit_row(emit, rows, id, object);
    else
        json_decref(object);
}

/* ---- operators, casts, default privileges ---- */

static void emit_operator(Emit *emit, Operator *own, Rows *rows)
{
    const char *left = own->left ? types_format(emit->catalog, (TypeRef){own->left, -1}) : "NONE";
    const char *right =
        own->right ? types_format(emit->catalog, (TypeRef){own->right, -1}) : "NONE";
    const char *id = arena_printf(emit->arena, "%s.%s(%s, %s)",
                                  names_quote(emit->arena, own->schema), own->name, left, right);
    json_t *object = emit_head(emit, id, own->schema, own->name);

    if (own->result)
        emit_text(emit, object, "result", types_format(emit->catalog, (TypeRef){own->result, -1}));
    emit_text(emit, object, "function",
              own->calls ? operator_procedure(emit->replay, own->calls) : own->function);
    emit_text(emit, object, "commutator",
              own->commutator ? operator_text(emit->replay, own->commutator)
                              : own->commutator_name);
    emit_text(emit, object, "negator",
              own->negator ? operator_text(emit->replay, own->negator) : own->negator_name);
    emit_text(emit, object, "restriction_estimator", own->restriction);
    emit_text(emit, object, "join_estimator", own->join);
    emit_flag(emit, object, "hashes", own->hashes);
    emit_flag(emit, object, "merges", own->merges);
    emit_rights(emit, object, &own->rights);
    emit_text(emit, object, "comment", own->comment);
    emit_inexact(emit, object, &own->inexact);
    emit_row(emit, rows, id, object);
}

static void emit_cast(Emit *emit, const Cast *cast, Rows *rows)
{
    const char *source = types_format(emit->catalog, (TypeRef){cast->source, -1});
    const char *target = types_format(emit->catalog, (TypeRef){cast->target, -1});
    const char *id = arena_printf(emit->arena, "%s AS %s", source, target);
    json_t *object = json_object();

    emit_text(emit, object, "id", id);
    emit_text(emit, object, "function",
              cast->calls ? operator_procedure(emit->replay, cast->calls) : cast->function_name);
    emit_text(emit, object, "method",
              cast->text_form  ? "inout"
              : cast->function ? "function"
                               : "binary");
    emit_text(emit, object, "context",
              cast->context == 'a'   ? "assignment"
              : cast->context == 'i' ? "implicit"
                                     : "explicit");
    emit_text(emit, object, "comment", cast->comment);
    emit_row(emit, rows, id, object);
}

static void emit_default(Emit *emit, const DefaultRights *entry, Rows *rows)
{
    static const char *const objects[][2] = {
        {"r", "tables"}, {"s", "sequences"}, {"f", "functions"}, {"T", "types"}, {"n", "schemas"}};
    PrivilegeForm form = rights_form(emit->replay, &entry->rights, entry->schema != NULL);
    const char *const texts[] = {form.grants, form.revokes};
    const char *name = "", *id;
    json_t *object;

    /* Supabase's own roles have some of theirs. */
    if ((entry->schema && !emit_shows(emit, entry->schema)) ||
        strncmp(entry->role, "supabase_", 9) == 0)
        return;
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
        if (*objects[i][0] == entry->rights.kind)
            name = objects[i][1];
    id = arena_printf(emit->arena, "%s ON %s", names_quote(emit->arena, entry->role), name);
    if (entry->schema)
        id = arena_printf(emit->arena, "%s IN %s", id, names_quote(emit->arena, entry->schema));
    object = json_object();
    emit_text(emit, object, "id", id);
    emit_text(emit, object, "role", entry->role);
    emit_text(emit, object, "schema", entry->schema);
    emit_text(emit, object, "objects", name);
    for (size_t i = 0; i < 2; i++)
        if (texts[i])
            emit_set(emit, object, i ? "revokes" : "grants",
                     jx_parse(texts[i], strlen(texts[i]), "rights", emit->err));
    emit_row(emit, rows, id, object);
}

void emit_things(Emit *emit, KindId kind, Rows *rows)
{
    const Catalog *catalog = emit->catalog;

    for (size_t i = 0; i < catalog->things.count; i++) {
        Thing *thing = catalog->things.items[i];

        if (thing->kind == kind && !is_left_out(emit, thing))
            emit_thing(emit, thing, rows);
    }
    for (size_t i = 0; kind == KIND_OPERATOR && i < catalog->operators.count; i++) {
        Operator *own = catalog->operators.items[i];

        if (!own->member && emit_shows(emit, own->schema))
            emit_operator(emit, own, rows);
    }
    for (size_t i = 0; kind == KIND_CAST && i < catalog->casts.count; i++) {
        const Cast *cast = catalog->casts.items[i];

        if (!cast->member)
            emit_cast(emit, cast, rows);
    }
    for (size_t i = 0; kind == KIND_DEFAULT_PRIVILEGES && i < catalog->defaults.count; i++)
        emit_default(emit, catalog->defaults.items[i], rows);
}
