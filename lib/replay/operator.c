#include <string.h>

#include "replay/names.h"
#include "replay/parts.h"
#include "replay/types.h"

/* ---- texts ---- */

static const char *type_text(Replay *replay, Oid oid)
{
    return oid ? types_format(replay->catalog, (TypeRef){oid, -1}) : "NONE";
}

static const char *procedure_text(Replay *replay, const char *schema, const char *name,
                                  const Oid *types, size_t count)
{
    const char *text =
        schema ? names_qualified(replay->arena, schema, name) : names_quote(replay->arena, name);

    for (size_t i = 0; i < count; i++)
        text =
            arena_printf(replay->arena, "%s%s%s", text, i ? "," : "(", type_text(replay, types[i]));
    return arena_printf(replay->arena, "%s%s", text, count ? ")" : "()");
}

const char *operator_procedure(Replay *replay, const Function *function)
{
    return procedure_text(replay, function->proc.schema, function->proc.name,
                          function->proc.arguments, function->proc.count);
}

static const char *signature(Replay *replay, const char *schema, const char *name, Oid left,
                             Oid right)
{
    return arena_printf(replay->arena, "%s%s%s(%s,%s)",
                        schema ? names_quote(replay->arena, schema) : "", schema ? "." : "", name,
                        type_text(replay, left), type_text(replay, right));
}

const char *operator_text(Replay *replay, const Operator *operator_)
{
    return signature(replay, operator_->schema, operator_->name, operator_->left, operator_->right);
}

/* ---- operators ---- */

static Operator *find(const Catalog *catalog, const char *schema, const char *name, Oid left,
                      Oid right)
{
    for (size_t i = 0; i < catalog->operators.count; i++) {
        Operator *each = catalog->operators.items[i];

        if (strcmp(each->name, name) == 0 && each->left == left && each->right == right &&
            (schema ? strcmp(each->schema, schema) == 0
                    : vec_has_text(&catalog->path, each->schema)))
            return each;
    }
    return NULL;
}

Operator *operator_named(Replay *replay, const PgQuery__ObjectWithArgs *object)
{
    Oid types[2] = {0};

    for (size_t i = 0; i < 2 && i < object->n_objargs; i++)
        if (object->objargs[i] && object->objargs[i]->node_case == NODE(TYPE_NAME))
            types[i] = types_resolve(replay->catalog, object->objargs[i]->type_name, NULL).oid;
    return find(replay->catalog, tree_qualifier(object->objname, object->n_objname),
                tree_last(object->objname, object->n_objname), types[0], types[1]);
}

static Operator *add(Replay *replay, const char *schema, const char *name, Oid left, Oid right)
{
    Operator *fresh = arena_alloc(replay->arena, sizeof *fresh);

    *fresh = (Operator){.schema = replay_keep(replay, schema),
                        .name = replay_keep(replay, name),
                        .left = left,
                        .right = right,
                        .member = replay->extensions || !replay->file};
    rights_begin(replay, &fresh->rights, 0, NULL);
    vec_add(replay->arena, &replay->catalog->operators, fresh);
    return fresh;
}

/* Names as an option has them: of a type, or a list. */
static void option_names(const Node *arg, Node *const **ret_names, size_t *ret_count)
{
    *ret_names = NULL;
    *ret_count = 0;
    if (arg && arg->node_case == NODE(TYPE_NAME)) {
        *ret_names = arg->type_name->names;
        *ret_count = arg->type_name->n_names;
    } else if (arg && arg->node_case == NODE(LIST)) {
        *ret_names = arg->list->items;
        *ret_count = arg->list->n_items;
    }
}

/* The commutator or negator: that is made by its name until it is made, and learns of this one. */
static void link_other(Replay *replay, Operator *own, const Node *arg, bool commutes)
{
    Oid left = commutes ? own->right : own->left, right = commutes ? own->left : own->right;
    Node *const *names;
    size_t count, rows = 0;
    const char *schema, *name;
    const BuiltinOperator *server;
    Operator *other;

    option_names(arg, &names, &count);
    schema = tree_qualifier(names, count);
    name = count ? tree_last(names, count) : tree_string(arg);
    other = find(replay->catalog, schema, name, left, right);
    server = builtin_operators(name, &rows);
    for (size_t i = 0; !other && i < rows; i++)
        if (server[i].left == left && server[i].right == right &&
            (!schema || strcmp(schema, "pg_catalog") == 0)) {
            *(commutes ? &own->commutator_name : &own->negator_name) =
                signature(replay, NULL, name, left, right);
            return;
        }
    if (!other)
        other = add(replay, schema ? schema : own->schema, name, left, right);
    if (commutes) {
        own->commutator = other;
        other->commutator = other->commutator ? other->commutator : own;
    } else {
        own->negator = other;
        other->negator = other->negator ? other->negator : own;
    }
}

/* The function, by its name and the operator's arguments. */
static void set_function(Replay *replay, Operator *own, const Node *arg)
{
    Oid types[2] = {own->left ? own->left : own->right, own->right};
    size_t given = own->left ? 2 : 1, count, rows = 0;
    Node *const *names;
    const char *schema, *name;
    const BuiltinFunction *server;
    const Function *function;

    option_names(arg, &names, &count);
    schema = tree_qualifier(names, count);
    name = count ? tree_last(names, count) : tree_string(arg);
    function = function_find(replay->catalog, schema, name, types, given, false);
    if (!function)
        function = function_find(replay->catalog, schema, name, NULL, 0, true);
    if (function) {
        own->function = operator_procedure(replay, function);
        own->calls = function;
        own->result = function->proc.result;
        return;
    }
    server = builtin_functions(name, &rows);
    for (size_t i = 0; i < rows && !own->function; i++) {
        const unsigned short *arguments = builtin_arguments(&server[i]);
        bool same = server[i].count == given;

        for (size_t k = 0; same && k < given; k++)
            same = arguments[k] == types[k];
        if (same) {
            own->function = procedure_text(replay, NULL, name, types, given);
            own->result = server[i].result;
        }
    }
    if (!own->function) {
        replay_warn(replay, "function '%s' of operator '%s' is not known", name, own->name);
        catalog_inexact(replay->catalog, &own->inexact, "function");
        catalog_inexact(replay->catalog, &own->inexact, "result");
    }
}

static bool flag(const PgQuery__DefElem *option)
{
    return !option->arg || option->arg->node_case != NODE(BOOLEAN) || option->arg->boolean->boolval;
}

void operator_create(Replay *replay, const PgQuery__DefineStmt *define)
{
    const char *schema = tree_qualifier(define->defnames, define->n_defnames);
    const char *name = tree_last(define->defnames, define->n_defnames);
    Oid left = 0, right = 0;
    Operator *own;

    if (!schema)
        schema = catalog_creation_schema(replay->catalog);
    for (size_t i = 0; i < define->n_definition; i++) {
        const PgQuery__DefElem *option = define->definition[i]->def_elem;

        if (!option->arg || option->arg->node_case != NODE(TYPE_NAME))
            continue;
        if (strcmp(option->defname, "leftarg") == 0)
            left = types_resolve(replay->catalog, option->arg->type_name, NULL).oid;
        if (strcmp(option->defname, "rightarg") == 0)
            right = types_resolve(replay->catalog, option->arg->type_name, NULL).oid;
    }
    own = find(replay->catalog, schema, name, left, right);
    if (own && own->function) {
        replay_warn(replay, "operator '%s' exists already", name);
        return;
    }
    if (!own)
        own = add(replay, schema, name, left, right);
    /* OperatorCreate(): one that was there for others to name has now what is said here. */
    own->commutator = own->negator = NULL;
    own->commutator_name = own->negator_name = NULL;
    for (size_t i = 0; i < define->n_definition; i++) {
        const PgQuery__DefElem *option = define->definition[i]->def_elem;
        const char *word = option->defname;
        Node *const *names;
        size_t count;

        option_names(option->arg, &names, &count);
        if (strcmp(word, "function") == 0 || strcmp(word, "procedure") == 0)
            set_function(replay, own, option->arg);
        else if (strcmp(word, "commutator") == 0)
            link_other(replay, own, option->arg, true);
        else if (strcmp(word, "negator") == 0)
            link_other(replay, own, option->arg, false);
        else if (strcmp(word, "restrict") == 0)
            own->restriction = thing_function(replay, names, count, NULL);
        else if (strcmp(word, "join") == 0)
            own->join = thing_function(replay, names, count, NULL);
        else if (strcmp(word, "hashes") == 0)
            own->hashes = flag(option);
        else if (strcmp(word, "merges") == 0)
            own->merges = flag(option);
        else if (strcmp(word, "result") == 0 && option->arg &&
                 option->arg->node_case == NODE(TYPE_NAME))
            own->result = types_resolve(replay->catalog, option->arg->type_name, NULL).oid;
    }
}

void operator_alter(Replay *replay, const PgQuery__AlterOperatorStmt *alter)
{
    Operator *own = operator_named(replay, alter->opername);

    if (!own) {
        replay_warn(replay, "operator '%s' is not known",
                    tree_last(alter->opername->objname, alter->opername->n_objname));
        return;
    }
    for (size_t i = 0; i < alter->n_options; i++) {
        const PgQuery__DefElem *option = alter->options[i]->def_elem;
        Node *const *names;
        size_t count;

        option_names(option->arg, &names, &count);
        /* NONE takes it away. */
        if (strcmp(option->defname, "restrict") == 0)
            own->restriction = count ? thing_function(replay, names, count, NULL) : NULL;
        else if (strcmp(option->defname, "join") == 0)
            own->join = count ? thing_function(replay, names, count, NULL) : NULL;
    }
}

void operator_drop(Catalog *catalog, const Operator *own)
{
    for (size_t i = 0; i < catalog->operators.count; i++) {
        Operator *other = catalog->operators.items[i];

        other->commutator = other->commutator == own ? NULL : other->commutator;
        other->negator = other->negator == own ? NULL : other->negator;
    }
    vec_remove(&catalog->operators, own);
}

static bool is_of(const Type *type, Oid oid)
{
    return type && oid && (oid == type->oid || oid == type->array);
}

void operator_drop_users(Catalog *catalog, const Function *function, const Type *type)
{
    for (size_t i = catalog->operators.count; i > 0; i--) {
        const Operator *own = catalog->operators.items[i - 1];

        if ((function && own->calls == function) || is_of(type, own->left) ||
            is_of(type, own->right) || is_of(type, own->result))
            operator_drop(catalog, own);
    }
    for (size_t i = catalog->casts.count; i > 0; i--) {
        const Cast *cast = catalog->casts.items[i - 1];

        if ((function && cast->calls == function) || is_of(type, cast->source) ||
            is_of(type, cast->target))
            vec_remove(&catalog->casts, cast);
    }
}

/* ---- casts ---- */

static Cast *find_cast(const Catalog *catalog, Oid source, Oid target)
{
    for (size_t i = 0; i < catalog->casts.count; i++) {
        Cast *cast = catalog->casts.items[i];

        if (cast->source == source && cast->target == target)
            return cast;
    }
    return NULL;
}

Cast *operator_cast(Replay *replay, const Node *object)
{
    const PgQuery__List *list = object && object->node_case == NODE(LIST) ? object->list : NULL;

    if (!list || list->n_items != 2 || list->items[0]->node_case != NODE(TYPE_NAME) ||
        list->items[1]->node_case != NODE(TYPE_NAME))
        return NULL;
    return find_cast(replay->catalog,
                     types_resolve(replay->catalog, list->items[0]->type_name, NULL).oid,
                     types_resolve(replay->catalog, list->items[1]->type_name, NULL).oid);
}

void operator_create_cast(Replay *replay, const PgQuery__CreateCastStmt *create)
{
    const char *source_problem = NULL, *target_problem = NULL;
    Oid source = types_resolve(replay->catalog, create->sourcetype, &source_problem).oid;
    Oid target = types_resolve(replay->catalog, create->targettype, &target_problem).oid;
    const Function *function = create->func ? function_named(replay, create->func) : NULL;
    Cast *cast;

    if (source_problem || target_problem)
        replay_warn(replay, "%s (of a cast)", source_problem ? source_problem : target_problem);
    if (find_cast(replay->catalog, source, target)) {
        replay_warn(replay, "this cast exists already");
        return;
    }
    cast = arena_alloc(replay->arena, sizeof *cast);
    *cast = (Cast){.source = source,
                   .target = target,
                   .function = create->func != NULL,
                   .text_form = create->inout,
                   .member = replay->extensions || !replay->file,
                   .context = create->context == PG_QUERY__COERCION_CONTEXT__COERCION_IMPLICIT ? 'i'
                              : create->context == PG_QUERY__COERCION_CONTEXT__COERCION_ASSIGNMENT
                                  ? 'a'
                                  : 'e'};
    if (function) {
        cast->function_name = operator_procedure(replay, function);
        cast->calls = function;
    } else if (create->func) {
        Oid *types = arena_alloc(replay->arena, (create->func->n_objargs + 1) * sizeof *types);
        const char *schema = tree_qualifier(create->func->objname, create->func->n_objname);
        const char *name = tree_last(create->func->objname, create->func->n_objname);
        size_t rows = 0;

        for (size_t i = 0; i < create->func->n_objargs; i++)
            types[i] =
                types_resolve(replay->catalog, create->func->objargs[i]->type_name, NULL).oid;
        builtin_functions(name, &rows);
        if (!rows)
            replay_warn(replay, "function '%s' of a cast is not known", name);
        cast->function_name = procedure_text(
            replay, rows && (!schema || strcmp(schema, "pg_catalog") == 0) ? NULL : schema, name,
            types, create->func->n_objargs);
    }
    vec_add(replay->arena, &replay->catalog->casts, cast);
}

/* ---- collations ---- */

const char *operator_collation(Replay *replay, Node *const *names, size_t count, Oid type)
{
    const char *schema = tree_qualifier(names, count);
    const char *name = tree_last(names, count);
    const Vec *path = &replay->catalog->path;
    const char *usual;

    for (size_t i = 0; !schema && i < path->count; i++)
        if (thing_find(replay, KIND_COLLATION, path->items[i], name))
            schema = path->items[i];
    name = names_qualified(replay->arena, schema ? schema : "pg_catalog", name);
    usual = catalog_collation(replay->catalog, type);
    return usual && strcmp(name, usual) == 0 ? NULL : name;
}

void operator_create_collation(Replay *replay, const PgQuery__DefineStmt *define)
{
    const char *schema = tree_qualifier(define->defnames, define->n_defnames);
    const char *provider = "libc", *locale = NULL, *collate = NULL, *ctype = NULL, *from = NULL;
    bool deterministic = true;
    Thing *thing;

    if (define->if_not_exists &&
        thing_find(replay, KIND_COLLATION,
                   schema ? schema : catalog_creation_schema(replay->catalog),
                   tree_last(define->defnames, define->n_defnames)))
        return;
    thing = thing_add(replay, KIND_COLLATION, define->defnames, define->n_defnames);
    if (!thing)
        return;
    for (size_t i = 0; i < define->n_definition; i++) {
        const PgQuery__DefElem *option = define->definition[i]->def_elem;
        Node *const *names;
        size_t count;
        const char *text;

        option_names(option->arg, &names, &count);
        text = count ? tree_last(names, count) : tree_string(option->arg);
        if (strcmp(option->defname, "provider") == 0)
            provider = text;
        else if (strcmp(option->defname, "locale") == 0)
            locale = text;
        else if (strcmp(option->defname, "lc_collate") == 0)
            collate = text;
        else if (strcmp(option->defname, "lc_ctype") == 0)
            ctype = text;
        else if (strcmp(option->defname, "from") == 0)
            from = text;
        else if (strcmp(option->defname, "deterministic") == 0)
            deterministic = (!count && option->arg && option->arg->node_case == NODE(BOOLEAN))
                                ? option->arg->boolean->boolval
                                : strcmp(text, "false") != 0 && strcmp(text, "off") != 0;
    }
    if (from && strcmp(from, "C") != 0 && strcmp(from, "POSIX") != 0) {
        replay_warn(replay, "what collation '%s' is copied from is not known", thing->name);
        for (size_t i = 0; i < 3; i++) {
            static const char *const members[] = {"lc_collate", "lc_ctype", "provider"};

            catalog_inexact(replay->catalog, &thing->inexact, members[i]);
        }
    }
    locale = from ? from : locale;
    thing_set(thing, "provider", provider);
    thing_flag(thing, "deterministic", deterministic);
    if (strcmp(provider, "icu") == 0) {
        thing_set(thing, "locale", locale);
        return;
    }
    thing_set(thing, "lc_collate", collate ? collate : locale);
    thing_set(thing, "lc_ctype", ctype ? ctype : locale);
}
