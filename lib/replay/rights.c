#include <string.h>

#include "model/scope.h"
#include "replay/names.h"
#include "replay/parts.h"
#include "replay/types.h"

/* The database's owner, who runs the migrations. */
const char rights_database_owner[] = "postgres";

/* Who owns the schema public from version 15 on. */
static const char public_owner[] = "pg_database_owner";

const char *rights_owner(const Rights *rights)
{
    if (rights->owner)
        return rights->owner;
    return rights->initial ? public_owner : rights_database_owner;
}

const char *rights_role(Replay *replay, const PgQuery__RoleSpec *role)
{
    if (role && role->roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC)
        return "";
    if (role && role->roletype == PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CSTRING)
        return names_cut(replay->arena, replay_keep(replay, role->rolename));
    return replay->role ? replay->role : rights_database_owner;
}

/* ---- what there is ---- */

static Grant *grant_at(Replay *replay, Vec *grants, const char *role)
{
    Grant *grant;

    for (size_t i = 0; i < grants->count; i++) {
        grant = grants->items[i];
        if (strcmp(grant->role, role) == 0)
            return grant;
    }
    grant = arena_alloc(replay->arena, sizeof *grant);
    grant->role = role;
    vec_add(replay->arena, grants, grant);
    return grant;
}

static void merge(Replay *replay, Vec *grants, const Vec *from)
{
    for (size_t i = 0; i < from->count; i++) {
        const Grant *other = from->items[i];
        Grant *grant = grant_at(replay, grants, other->role);

        grant->has |= other->has;
        grant->passes_on |= other->passes_on;
    }
}

/* Writes out what the kind starts with, before that is changed. */
static void open(Replay *replay, Rights *rights)
{
    if (rights->given || rights->kind == 'c')
        return;
    rights->given = true;
    grant_at(replay, &rights->grants, rights_owner(rights))->has =
        privilege_all(rights->kind, replay->server_version);
    grant_at(replay, &rights->grants, "")->has = privilege_everybodys(rights->kind);
    if (rights->initial)
        grant_at(replay, &rights->grants, "")->has = privilege_by_name("usage");
}

static DefaultRights *find_default(const Replay *replay, const char *role, const char *schema,
                                   char kind)
{
    for (size_t i = 0; i < replay->catalog->defaults.count; i++) {
        DefaultRights *entry = replay->catalog->defaults.items[i];

        if (entry->rights.kind == kind && strcmp(entry->role, role) == 0 &&
            (schema ? entry->schema && strcmp(entry->schema, schema) == 0 : !entry->schema))
            return entry;
    }
    return NULL;
}

static bool has_any(const Vec *grants)
{
    for (size_t i = 0; i < grants->count; i++)
        if (((const Grant *)grants->items[i])->has)
            return true;
    return false;
}

/* get_user_default_acl() in aclchk.c */
void rights_begin(Replay *replay, Rights *rights, char kind, const char *schema)
{
    const char *owner = replay->role ? replay->role : rights_database_owner;
    const DefaultRights *global = find_default(replay, owner, NULL, kind);
    const DefaultRights *local = schema ? find_default(replay, owner, schema, kind) : NULL;

    *rights = (Rights){.owner = replay->role, .kind = kind, .doubtful = replay->doubtful_defaults};
    if (global) {
        rights->given = true;
        merge(replay, &rights->grants, &global->rights.grants);
    }
    if (local) {
        open(replay, rights);
        merge(replay, &rights->grants, &local->rights.grants);
    }
    /* aclmerge() of nothing is NULL, which stands for what the kind starts with. */
    if (rights->given && !has_any(&rights->grants))
        *rights = (Rights){.owner = replay->role, .kind = kind, .doubtful = rights->doubtful};
}

/* aclnewowner() in acl.c */
/* aclnewowner(): what the old owner may do, the new one may. */
static void pass_on(Replay *replay, Rights *rights, const char *old, const char *owner)
{
    Vec grants = {0};

    for (size_t i = 0; i < rights->grants.count; i++) {
        const Grant *grant = rights->grants.items[i];
        Grant *kept =
            grant_at(replay, &grants, strcmp(grant->role, old) == 0 ? owner : grant->role);

        kept->has |= grant->has;
        kept->passes_on |= grant->passes_on;
    }
    rights->grants = grants;
}

void rights_own(Replay *replay, Rights *rights, const char *owner)
{
    if (rights->initial)
        open(replay, rights);
    pass_on(replay, rights, rights_owner(rights), owner);
    rights->owner = owner;
}

static void change(Replay *replay, Rights *rights, const PgQuery__GrantStmt *statement,
                   Privileges set)
{
    open(replay, rights);
    for (size_t i = 0; i < statement->n_grantees; i++) {
        Grant *grant = grant_at(replay, &rights->grants,
                                rights_role(replay, statement->grantees[i]->role_spec));

        if (statement->is_grant) {
            grant->has |= set;
            if (statement->grant_option)
                grant->passes_on |= set;
            continue;
        }
        grant->passes_on &= ~set;
        if (!statement->grant_option)
            grant->has &= ~set;
    }
}

/* ---- GRANT and REVOKE ---- */

/* What the statement names for a whole object of the kind; what is said of columns is left out. */
static Privileges named(Replay *replay, const PgQuery__GrantStmt *statement, char kind)
{
    Privileges all = privilege_all(kind, replay->server_version), set = 0;

    if (!statement->n_privileges)
        return all;
    for (size_t i = 0; i < statement->n_privileges; i++) {
        const PgQuery__AccessPriv *privilege = statement->privileges[i]->access_priv;
        Privileges one;

        if (privilege->n_cols)
            continue;
        if (!tree_given(privilege->priv_name))
            return all;
        if (strcmp(privilege->priv_name, "maintain") == 0)
            replay->server_version = 170000;
        one = privilege_by_name(strcmp(privilege->priv_name, "temp") == 0 ? "temporary"
                                                                          : privilege->priv_name);
        if (!one)
            replay_warn(replay, "privilege '%s' is not known", privilege->priv_name);
        set |= one;
    }
    return set & privilege_all(kind, replay->server_version);
}

static void change_column(Replay *replay, Column *column, const PgQuery__GrantStmt *statement,
                          Privileges set)
{
    column->rights.kind = 'c';
    change(replay, &column->rights, statement, set & privilege_all('c', replay->server_version));
}

static void change_columns(Replay *replay, Relation *relation, const PgQuery__GrantStmt *statement)
{
    for (size_t i = 0; i < statement->n_privileges; i++) {
        const PgQuery__AccessPriv *privilege = statement->privileges[i]->access_priv;
        Privileges set = tree_given(privilege->priv_name)
                             ? privilege_by_name(privilege->priv_name)
                             : privilege_all('c', replay->server_version);

        for (size_t k = 0; k < privilege->n_cols; k++) {
            Column *column =
                catalog_column(relation, names_cut(replay->arena, tree_string(privilege->cols[k])));

            if (column)
                change_column(replay, column, statement, set);
            else
                replay_warn(replay, "column '%s' of '%s' is not known",
                            tree_string(privilege->cols[k]), relation->name);
        }
    }
}

/* Rights of what an extension made are in a section of their own, which is not replayed. */
static void note_member(Replay *replay, const char *schema)
{
    if (!scope_is_platform(schema, replay->supabase))
        replay->unread[KIND_PRIVILEGES] = true;
}

static void change_relation(Replay *replay, Relation *relation, const PgQuery__GrantStmt *statement)
{
    char kind = relation->kind == 'S' ? 's' : 'r';
    Privileges set = named(replay, statement, kind);

    if (relation->member && !relation->known)
        note_member(replay, relation->schema);
    relation->rights.kind = kind;
    if (set)
        change(replay, &relation->rights, statement, set);
    change_columns(replay, relation, statement);
    /* Taken from the whole, it is taken from each column too. */
    for (size_t i = 0; i < relation->columns.count && set && !statement->is_grant; i++)
        change_column(replay, relation->columns.items[i], statement, set);
}

static void change_function(Replay *replay, Function *function, const PgQuery__GrantStmt *statement)
{
    if (function->member)
        note_member(replay, function->proc.schema);
    function->rights.kind = 'f';
    change(replay, &function->rights, statement, named(replay, statement, 'f'));
}

static void change_all(Replay *replay, const PgQuery__GrantStmt *statement, const char *schema)
{
    Catalog *catalog = replay->catalog;
    PgQuery__ObjectType type = statement->objtype;
    bool sequences = type == PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE;

    if (type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE || sequences) {
        for (size_t i = 0; i < catalog->relations.count; i++) {
            Relation *relation = catalog->relations.items[i];

            if (strcmp(relation->schema, schema) == 0 && relation->kind != 'c' &&
                (relation->kind == 'S') == sequences)
                change_relation(replay, relation, statement);
        }
        return;
    }
    for (size_t i = 0; i < catalog->functions.count; i++) {
        Function *function = catalog->functions.items[i];
        bool procedure = function->proc.kind == 'p';

        if (strcmp(function->proc.schema, schema) == 0 &&
            (type == PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE ||
             procedure == (type == PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE)))
            change_function(replay, function, statement);
    }
    for (size_t i = 0; i < catalog->extensions.count; i++)
        if (strcmp(((const Extension *)catalog->extensions.items[i])->schema, schema) == 0)
            note_member(replay, schema);
}

/* The rights of a thing without a schema; NULL when there is none of that name. */
static Rights *thing_rights(Replay *replay, PgQuery__ObjectType type, const char *name)
{
    KindId kind = type == PG_QUERY__OBJECT_TYPE__OBJECT_FDW              ? KIND_FOREIGN_DATA_WRAPPER
                  : type == PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_SERVER ? KIND_SERVER
                                                                         : KIND_LANGUAGE;
    Thing *thing = thing_find(replay, kind, NULL, name);

    return thing ? &thing->rights : NULL;
}

/* A function that a range type brings, whose rights no snapshot tells. */
static bool is_constructor(const Catalog *catalog, const Named *name)
{
    for (size_t i = 0; i < catalog->types.count; i++) {
        const Type *type = catalog->types.items[i];

        if (type->kind == TYPE_RANGE &&
            (!name->schema || strcmp(type->schema, name->schema) == 0) &&
            (strcmp(type->name, name->name) == 0 ||
             (type->multirange && strcmp(type->multirange, name->name) == 0)))
            return true;
    }
    return false;
}

static void change_object(Replay *replay, const PgQuery__GrantStmt *statement, const Node *object)
{
    Named name = object_name(object, false);
    Rights *rights = NULL;

    switch (statement->objtype) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE: {
        const PgQuery__RangeVar *range =
            object->node_case == NODE(RANGE_VAR) ? object->range_var : NULL;
        Relation *relation = range ? table_find(replay, range, true) : NULL;

        if (relation) {
            change_relation(replay, relation, statement);
            return;
        }
        name = (Named){range ? tree_given(range->schemaname) : NULL, range ? range->relname : "",
                       NULL};
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE: {
        const PgQuery__ObjectWithArgs *with =
            object->node_case == NODE(OBJECT_WITH_ARGS) ? object->object_with_args : NULL;
        Function *function = with ? function_named(replay, with) : NULL;

        if (function) {
            change_function(replay, function, statement);
            return;
        }
        if (with)
            name = (Named){tree_qualifier(with->objname, with->n_objname),
                           tree_last(with->objname, with->n_objname), NULL};
        if (with && is_constructor(replay->catalog, &name))
            return;
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: {
        Schema *schema = catalog_schema(replay->catalog, name.name);

        rights = schema ? &schema->rights : NULL;
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN: {
        Type *type = type_find(replay, name.schema, name.name, true);

        rights = type ? &type->rights : NULL;
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE:
        rights = &thing_database(replay)->rights;
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FDW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_SERVER:
    case PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE:
        rights = thing_rights(replay, statement->objtype, name.name);
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLESPACE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PARAMETER_ACL:
    case PG_QUERY__OBJECT_TYPE__OBJECT_LARGEOBJECT:
        return; /* of no section that is replayed */
    default:
        break;
    }
    if (rights) {
        change(replay, rights, statement, named(replay, statement, rights->kind));
        return;
    }
    if (name.schema && scope_is_platform(name.schema, replay->supabase))
        return; /* not shown */
    replay->unread[KIND_PRIVILEGES] = true;
    replay_warn(replay, "what the rights are on is not known: '%s'", name.name);
}

void rights_grant(Replay *replay, const PgQuery__GrantStmt *statement)
{
    for (size_t i = 0; i < statement->n_objects; i++) {
        if (statement->targtype == PG_QUERY__GRANT_TARGET_TYPE__ACL_TARGET_ALL_IN_SCHEMA)
            change_all(replay, statement, tree_string(statement->objects[i]));
        else
            change_object(replay, statement, statement->objects[i]);
    }
}

/* ---- ALTER DEFAULT PRIVILEGES ---- */

static bool is_as_made(const Replay *replay, const DefaultRights *entry)
{
    PrivilegeForm form = rights_form(replay, &entry->rights, entry->schema != NULL);

    return !form.grants && !form.revokes;
}

static void change_default(Replay *replay, const char *role, const char *schema, char kind,
                           const PgQuery__GrantStmt *action)
{
    DefaultRights *entry = find_default(replay, role, schema, kind);

    if (!entry) {
        entry = arena_alloc(replay->arena, sizeof *entry);
        entry->role = role;
        entry->schema = schema;
        entry->rights = (Rights){.owner = role, .kind = kind, .given = schema != NULL};
        vec_add(replay->arena, &replay->catalog->defaults, entry);
    }
    change(replay, &entry->rights, action, named(replay, action, kind));
    if (is_as_made(replay, entry))
        vec_remove(&replay->catalog->defaults, entry);
}

void rights_default(Replay *replay, const PgQuery__AlterDefaultPrivilegesStmt *alter)
{
    static const struct {
        PgQuery__ObjectType type;
        char kind;
    } kinds[] = {
        {PG_QUERY__OBJECT_TYPE__OBJECT_TABLE, 'r'},
        {PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE, 's'},
        {PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION, 'f'},
        {PG_QUERY__OBJECT_TYPE__OBJECT_TYPE, 'T'},
        {PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA, 'n'},
    };
    Vec roles = {0}, schemas = {0};
    char kind = 0;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].type == alter->action->objtype)
            kind = kinds[i].kind;
    if (!kind) {
        replay_warn(replay, "default privileges of this kind are not replayed");
        return;
    }
    for (size_t i = 0; i < alter->n_options; i++) {
        const PgQuery__DefElem *option = alter->options[i]->def_elem;
        const PgQuery__List *list =
            option->arg && option->arg->node_case == NODE(LIST) ? option->arg->list : NULL;

        for (size_t k = 0; list && k < list->n_items; k++) {
            if (strcmp(option->defname, "roles") == 0)
                vec_add(replay->arena, &roles, rights_role(replay, list->items[k]->role_spec));
            else
                vec_add(replay->arena, &schemas, replay_keep(replay, tree_string(list->items[k])));
        }
    }
    if (!roles.count)
        vec_add(replay->arena, &roles, rights_role(replay, NULL));
    for (size_t i = 0; i < roles.count; i++) {
        if (!schemas.count)
            change_default(replay, roles.items[i], NULL, kind, alter->action);
        for (size_t k = 0; k < schemas.count; k++)
            change_default(replay, roles.items[i], schemas.items[k], kind, alter->action);
    }
}

bool rights_reach_extension(const Replay *replay, const char *schema)
{
    const char *owner = replay->role ? replay->role : rights_database_owner;

    if (scope_is_platform(schema, replay->supabase))
        return false;
    for (size_t i = 0; i < replay->catalog->defaults.count; i++) {
        const DefaultRights *entry = replay->catalog->defaults.items[i];

        if (strcmp(entry->role, owner) == 0 &&
            (!entry->schema || strcmp(entry->schema, schema) == 0))
            return true;
    }
    return false;
}

/* ---- owners ---- */

static void own_relation(Replay *replay, Relation *relation, const char *owner)
{
    for (size_t i = 0; i < relation->columns.count; i++)
        pass_on(replay, &((Column *)relation->columns.items[i])->rights,
                rights_owner(&relation->rights), owner);
    rights_own(replay, &relation->rights, owner);
    if (relation->type)
        rights_own(replay, &relation->type->rights, owner);
    for (size_t i = 0; i < relation->sequences.count; i++)
        rights_own(replay, &((Relation *)relation->sequences.items[i])->rights, owner);
}

void rights_own_relation(Replay *replay, Relation *relation, const PgQuery__RoleSpec *owner)
{
    own_relation(replay, relation, rights_role(replay, owner));
}

void rights_alter_owner(Replay *replay, const PgQuery__AlterOwnerStmt *alter)
{
    const char *owner = rights_role(replay, alter->newowner);
    Named name = object_name(alter->object, false);
    Rights *rights = NULL;

    switch (alter->object_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA: {
        Schema *schema = catalog_schema(replay->catalog, name.name);

        rights = schema ? &schema->rights : NULL;
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN: {
        Type *type = type_find(replay, name.schema, name.name, true);

        if (type && type->relation) {
            own_relation(replay, type->relation, owner);
            return;
        }
        rights = type ? &type->rights : NULL;
        break;
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
        if (alter->object && alter->object->node_case == NODE(OBJECT_WITH_ARGS)) {
            const PgQuery__ObjectWithArgs *with = alter->object->object_with_args;
            Function *function = function_named(replay, with);

            rights = function ? &function->rights : NULL;
            name.schema = tree_qualifier(with->objname, with->n_objname);
            name.name = tree_last(with->objname, with->n_objname);
        }
        break;
    case PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_LARGEOBJECT:
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLESPACE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SUBSCRIPTION:
        return; /* of no section that is replayed */
    default: {
        bool known = false;
        Thing *thing = thing_named(replay, alter->object_type, alter->object, &known);
        Operator *own = alter->object && alter->object->node_case == NODE(OBJECT_WITH_ARGS)
                            ? operator_named(replay, alter->object->object_with_args)
                            : NULL;

        rights = thing ? &thing->rights : own ? &own->rights : NULL;
        if (!known && !own && alter->object_type != PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR)
            return; /* with its object, of which a warning has told */
        break;
    }
    }
    if (rights)
        rights_own(replay, rights, owner);
    else if (!name.schema || !scope_is_platform(name.schema, replay->supabase))
        replay_warn(replay, "whose owner is to be '%s' is not known: '%s'", owner, name.name);
}

/* ---- all of them ---- */

typedef struct Turn {
    Replay *replay;
    const char *from;
    const char *to; /* NULL: nobody */
    bool owns;
} Turn;

/* Puts another role, or none, in the place of one. */
static void turn(Turn *turn_, Rights *rights)
{
    Vec kept = {0};

    if (turn_->owns && turn_->to && strcmp(rights_owner(rights), turn_->from) == 0 &&
        rights->kind != 'c')
        rights_own(turn_->replay, rights, turn_->to);
    if (turn_->owns)
        return;
    for (size_t i = 0; i < rights->grants.count; i++) {
        Grant *grant = rights->grants.items[i];

        if (strcmp(grant->role, turn_->from) == 0 && turn_->to)
            grant->role = turn_->to;
        if (strcmp(grant->role, turn_->from) != 0)
            vec_add(turn_->replay->arena, &kept, grant);
    }
    rights->grants = kept;
    if (turn_->to && rights->owner && strcmp(rights->owner, turn_->from) == 0)
        rights->owner = turn_->to;
}

static void turn_all(Turn *each)
{
    Catalog *catalog = each->replay->catalog;

    for (size_t i = 0; i < catalog->schemas.count; i++)
        turn(each, &((Schema *)catalog->schemas.items[i])->rights);
    for (size_t i = 0; i < catalog->types.count; i++)
        turn(each, &((Type *)catalog->types.items[i])->rights);
    for (size_t i = 0; i < catalog->functions.count; i++)
        turn(each, &((Function *)catalog->functions.items[i])->rights);
    for (size_t i = 0; i < catalog->operators.count; i++)
        turn(each, &((Operator *)catalog->operators.items[i])->rights);
    for (size_t i = 0; i < catalog->things.count; i++)
        turn(each, &((Thing *)catalog->things.items[i])->rights);
    for (size_t i = 0; i < catalog->relations.count; i++) {
        Relation *relation = catalog->relations.items[i];

        turn(each, &relation->rights);
        for (size_t k = 0; k < relation->columns.count; k++)
            turn(each, &((Column *)relation->columns.items[k])->rights);
    }
    for (size_t i = catalog->defaults.count; i > 0; i--) {
        DefaultRights *entry = catalog->defaults.items[i - 1];

        if (each->owns)
            continue;
        turn(each, &entry->rights);
        if (strcmp(entry->role, each->from) == 0 && each->to)
            entry->role = each->to;
        if (strcmp(entry->role, each->from) == 0 || is_as_made(each->replay, entry))
            vec_remove(&catalog->defaults, entry);
    }
}

void rights_reassign(Replay *replay, const PgQuery__ReassignOwnedStmt *reassign)
{
    for (size_t i = 0; i < reassign->n_roles; i++) {
        Turn each = {.replay = replay,
                     .from = rights_role(replay, reassign->roles[i]->role_spec),
                     .to = rights_role(replay, reassign->newrole),
                     .owns = true};

        if (strcmp(each.from, rights_database_owner) == 0)
            replay_warn(replay, "what role '%s' owns is not reassigned", each.from);
        else
            turn_all(&each);
    }
}

/* RemoveRoleFromObjectPolicy(): one that is for nobody else goes. */
static void leave_policies(Replay *replay, const char *role)
{
    for (size_t i = 0; i < replay->catalog->relations.count; i++) {
        Relation *relation = replay->catalog->relations.items[i];

        for (size_t k = relation->policies.count; k > 0; k--) {
            Policy *policy = relation->policies.items[k - 1];
            Vec kept = {0};

            for (size_t n = 0; n < policy->roles.count; n++) {
                if (strcmp(policy->roles.items[n], role) != 0)
                    vec_add(replay->arena, &kept, policy->roles.items[n]);
            }
            if (policy->roles.count && !kept.count)
                vec_remove(&relation->policies, policy);
            else
                policy->roles = kept;
        }
    }
}

static bool is_owned(const Rights *rights, const char *role)
{
    return rights->kind && rights->kind != 'c' && strcmp(rights_owner(rights), role) == 0;
}

static void add_drop(Replay *replay, Vec *drops, const char *what, const char *schema,
                     const char *name)
{
    vec_add(replay->arena, drops,
            arena_printf(replay->arena, "drop %s if exists %s cascade", what,
                         names_qualified(replay->arena, schema, name)));
}

/* The statements that drop what a role owns; what none is made for is in doubt. */
static void add_drops(Replay *replay, const char *role, Vec *ret)
{
    const Catalog *catalog = replay->catalog;

    for (size_t i = 0; i < catalog->relations.count; i++) {
        const Relation *relation = catalog->relations.items[i];

        if (is_owned(&relation->rights, role) && !relation->known)
            add_drop(replay, ret,
                     relation->kind == 'v'   ? "view"
                     : relation->kind == 'm' ? "materialized view"
                     : relation->kind == 'S' ? "sequence"
                     : relation->kind == 'f' ? "foreign table"
                     : relation->kind == 'c' ? "type"
                                             : "table",
                     relation->schema, relation->name);
    }
    for (size_t i = 0; i < catalog->types.count; i++) {
        const Type *type = catalog->types.items[i];

        if (is_owned(&type->rights, role) && !type->known && !type->relation)
            add_drop(replay, ret, "type", type->schema, type->name);
    }
    for (size_t i = 0; i < catalog->functions.count; i++) {
        const Function *function = catalog->functions.items[i];
        const char *arguments = "";

        for (size_t k = 0; k < function->proc.count; k++)
            arguments = arena_printf(
                replay->arena, "%s%s%s", arguments, k ? ", " : "",
                types_format(replay->catalog, (TypeRef){function->proc.arguments[k], -1}));
        if (is_owned(&function->rights, role) && !function->known)
            vec_add(replay->arena, ret,
                    arena_printf(
                        replay->arena, "drop routine if exists %s(%s) cascade",
                        names_qualified(replay->arena, function->proc.schema, function->proc.name),
                        arguments));
    }
    for (size_t i = 0; i < catalog->schemas.count; i++) {
        const Schema *schema = catalog->schemas.items[i];

        if (is_owned(&schema->rights, role) && !schema->known)
            add_drop(replay, ret, "schema", NULL, schema->name);
    }
    for (size_t i = 0; i < catalog->things.count; i++) {
        const Thing *thing = catalog->things.items[i];

        if (!is_owned(&thing->rights, role))
            continue;
        replay->unread[thing->kind] = true;
        replay_warn(replay, "whether '%s' of role '%s' is dropped is not replayed", thing->name,
                    role);
    }
}

void rights_drop_owned(Replay *replay, const PgQuery__DropOwnedStmt *drop)
{
    for (size_t i = 0; i < drop->n_roles; i++) {
        Turn each = {.replay = replay, .from = rights_role(replay, drop->roles[i]->role_spec)};
        Vec drops = {0};

        /* The server needs what is its first role's. */
        if (strcmp(each.from, rights_database_owner) == 0) {
            replay_warn(replay, "what role '%s' owns is not dropped", each.from);
            continue;
        }
        turn_all(&each);
        leave_policies(replay, each.from);
        add_drops(replay, each.from, &drops);
        for (size_t k = 0; k < drops.count; k++) {
            const char *text = drops.items[k];
            const SqlParse *parse = replay_parse(replay, text, strlen(text));

            for (size_t n = 0; n < parse->count; n++)
                if (parse->statements[n].node)
                    replay_statement(replay, parse->statements[n].node);
        }
    }
}

void rights_rename_role(Replay *replay, const char *old, const char *name)
{
    Turn each = {.replay = replay, .from = old, .to = name};

    turn_all(&each);
}

/* ---- as told ---- */

PrivilegeForm rights_form(const Replay *replay, const Rights *rights, bool is_empty_base)
{
    const char *owner = rights_owner(rights);
    Grantees grantees = {0};
    PrivilegeForm form;

    if (!rights->kind || (!rights->given && !rights->grants.count))
        return (PrivilegeForm){0};
    if (!is_empty_base)
        grantees_default(&grantees, rights->kind, owner, replay->server_version, true);
    if (rights->initial)
        grantees_at(&grantees, "")->base |= privilege_by_name("usage");
    for (size_t i = 0; i < rights->grants.count; i++) {
        const Grant *grant = rights->grants.items[i];
        /* Who owns the database is the owner of its first schema. */
        bool owns = rights->initial && strcmp(owner, public_owner) == 0 &&
                    strcmp(grant->role, rights_database_owner) == 0;
        const char *role = owns ? owner : grant->role;
        Grantee *grantee = grantees_at(&grantees, role);

        grantee->has |= grant->has;
        if (strcmp(role, owner) != 0 || rights->kind == 'c')
            grantee->passes_on |= grant->passes_on;
    }
    form = privilege_form(replay->arena, &grantees,
                          privilege_all(rights->kind, replay->server_version));
    grantees_free(&grantees);
    return form;
}
