#include "types/role.h"

#include <stdlib.h>
#include <string.h>

#include "types/access.h"
#include "types/names.h"

/* A snapshot does not tell the attributes of the roles that Supabase makes. Those of PostgREST's:
 * share/supabase/shim.sql. None of them inherits. */
static const struct {
    const char *name;
    bool bypass_rls;
} known_roles[] = {
    {"anon", false}, {"authenticated", false}, {"authenticator", false}, {"service_role", true}};

typedef struct Holder { /* the role, with all whose rights it has */
    Texts held;
    bool superuser;
    bool bypass_rls;
} Holder;

static const Role *role_of(const CatalogRoles *roles, const char *name)
{
    for (size_t i = 0; i < roles->role_count; i++) {
        if (strcmp(roles->roles[i].name, name) == 0)
            return &roles->roles[i];
    }
    return NULL;
}

/* Before 16 such a role does not inherit what it has for owning the database either. */
static bool role_inherits_nothing(const CatalogRoles *roles, const char *name)
{
    const Role *role = role_of(roles, name);

    return roles->server_version < 160000 && role && role->inherits_none;
}

static bool holds(const Holder *holder, const char *role)
{
    return strcmp(role, ACCESS_EVERYBODY) == 0 || texts_have(&holder->held, role);
}

static bool has(const Holder *holder, const Grants *grants, Privileges wanted)
{
    for (size_t i = 0; i < grants->count && !holder->superuser; i++) {
        if ((grants->items[i].has & wanted) && holds(holder, grants->items[i].role))
            return true;
    }
    return holder->superuser;
}

static Holder holder_of(Catalog *catalog, const char *name)
{
    CatalogRoles *roles = catalog->roles;
    const Role *role = role_of(roles, name);
    Holder holder = {.superuser = role && role->superuser, .bypass_rls = role && role->bypass_rls};

    for (size_t i = 0; i < sizeof known_roles / sizeof *known_roles; i++) {
        if (strcmp(known_roles[i].name, name) == 0)
            holder.bypass_rls |= known_roles[i].bypass_rls;
    }
    access_add_text(&catalog->arena, &holder.held, name);
    for (size_t i = 0; i < holder.held.count; i++) {
        const Role *member = role_of(roles, holder.held.items[i]);

        for (size_t k = 0; member && k < member->inherits.count; k++) {
            if (!texts_have(&holder.held, member->inherits.items[k]))
                access_add_text(&catalog->arena, &holder.held, member->inherits.items[k]);
        }
        if (strcmp(holder.held.items[i], roles->database_owner) == 0 &&
            !role_inherits_nothing(roles, roles->database_owner) &&
            !texts_have(&holder.held, ACCESS_DATABASE_OWNER))
            access_add_text(&catalog->arena, &holder.held, ACCESS_DATABASE_OWNER);
    }
    return holder;
}

/* The built-in roles that may read and write everything. */
static bool has_everywhere(const Holder *holder, CatalogRight right)
{
    return texts_have(&holder->held,
                      right == RIGHT_SELECT ? "pg_read_all_data" : "pg_write_all_data");
}

static bool may_use_schema(const Catalog *catalog, const Holder *holder, const char *schema)
{
    const CatalogRoles *roles = catalog->roles;

    if (has_everywhere(holder, RIGHT_SELECT) || has_everywhere(holder, RIGHT_UPDATE))
        return true;
    for (size_t i = 0; i < roles->schema_count; i++) {
        if (strcmp(roles->schemas[i].name, schema) == 0)
            return has(holder, &roles->schemas[i].grants, privilege_by_name("usage"));
    }
    return holder->superuser;
}

/* Whether the policies of a command let anything through: by USING, or by WITH CHECK, in whose
 * place USING stands where it is missing. */
static bool policies_let(const CatalogAccess *access, const Holder *holder, const char *command,
                         bool check)
{
    bool permitted = false;

    for (size_t i = 0; i < access->policy_count; i++) {
        const Policy *policy = &access->policies[i];
        const char *text = check && policy->check ? policy->check : policy->using_text;
        bool applies = strcmp(policy->command, "all") == 0 || strcmp(policy->command, command) == 0;
        bool held = false;

        for (size_t k = 0; k < policy->roles.count; k++)
            held |= holds(holder, policy->roles.items[k]);
        if (!applies || !held || !text)
            continue;
        bool never = strcmp(text, "false") == 0;

        if (policy->restrictive && never)
            return false;
        permitted |= !policy->restrictive && !never;
    }
    return permitted;
}

static bool rows_pass(const CatalogAccess *access, const Holder *holder, CatalogRight right,
                      const char *command)
{
    if (!access->row_security || holder->superuser || holder->bypass_rls ||
        (holds(holder, access->owner) && !access->forced))
        return true;
    return (right == RIGHT_INSERT || policies_let(access, holder, command, false)) &&
           (right == RIGHT_SELECT || right == RIGHT_DELETE ||
            policies_let(access, holder, command, true));
}

static bool is_view(const CatalogRelation *relation)
{
    return relation->kind == RELATION_VIEW || relation->kind == RELATION_MATERIALIZED;
}

static void relation_apply(const Catalog *catalog, const Holder *holder, CatalogRelation *relation)
{
    static const struct {
        CatalogRight right;
        const char *name;
    } rights[] = {{RIGHT_SELECT, "select"},
                  {RIGHT_INSERT, "insert"},
                  {RIGHT_UPDATE, "update"},
                  {RIGHT_DELETE, "delete"}};
    CatalogAccess *access = relation->type.access;

    access->unreached = !may_use_schema(catalog, holder, relation->type.schema);

    for (size_t i = 0; i < sizeof rights / sizeof *rights; i++) {
        CatalogRight right = rights[i].right;
        Privileges wanted = privilege_by_name(rights[i].name);
        bool passes = rows_pass(access, holder, right, rights[i].name);
        bool whole =
            passes && (has(holder, &access->grants, wanted) || has_everywhere(holder, right));
        bool any = whole;

        for (size_t k = 0; k < relation->column_count; k++) {
            if (whole || (passes && has(holder, &access->columns[k], wanted)))
                any = true;
            else
                relation->columns[k].denied |= right;
        }
        if (!any)
            relation->denied |= right;
    }
    if (!is_view(relation))
        return;
    relation->denied |= relation->insertable ? 0 : RIGHT_INSERT;
    relation->denied |= relation->updatable ? 0 : RIGHT_UPDATE;
    relation->denied |= relation->insertable || relation->updatable ? 0 : RIGHT_DELETE;
}

static int by_text(const void *a, const void *b)
{
    return names_compare(*(const char *const *)a, *(const char *const *)b);
}

/* "a, b and 3 more" */
static const char *list_of(Arena *arena, Texts *texts)
{
    enum { MOST = 20 };
    const char *list = "";

    qsort(texts->items, texts->count, sizeof *texts->items, by_text);
    for (size_t i = 0; i < texts->count && i < MOST; i++)
        list = arena_printf(arena, "%s%s'%s'", list, i ? ", " : "", texts->items[i]);
    return texts->count > MOST ? arena_printf(arena, "%s and %zu more", list, texts->count - MOST)
                               : list;
}

static bool role_is_there(Catalog *catalog, const char *role, Err *err)
{
    Texts there = {0};
    Arena *arena = &catalog->arena;

    for (size_t i = 0; i < catalog->roles->named.count; i++) {
        const char *name = catalog->roles->named.items[i];

        if (strcmp(name, ACCESS_EVERYBODY) != 0 && strncmp(name, "pg_", 3) != 0)
            access_add_text(arena, &there, name);
    }
    if (texts_have(&there, role))
        return true;
    return err_set(err, EXIT_DATA, "the snapshot has no role '%s', only %s", role,
                   there.count ? list_of(arena, &there) : "the server's own");
}

static void add_notes(Catalog *catalog, const char *role, bool superuser, Texts *notes)
{
    Arena *arena = &catalog->arena;
    CatalogRoles *roles = catalog->roles;
    bool known = role_of(roles, role);
    Texts callers = {0}, members = {0};
    size_t functions = 0;

    for (size_t i = 0; i < sizeof known_roles / sizeof *known_roles; i++)
        known |= strcmp(known_roles[i].name, role) == 0;
    if (roles->unread || !known)
        access_add_text(arena, notes,
                        arena_printf(arena,
                                     "the snapshot does not say what '%s' is: it is taken for no "
                                     "superuser, without BYPASSRLS, a member of no role",
                                     role));
    if (role_inherits_nothing(roles, role) && strcmp(role, roles->database_owner) == 0)
        access_add_text(arena, notes,
                        arena_printf(arena,
                                     "the snapshot does not tell whether '%s', which owns the "
                                     "database and inherits nothing, may use the schema 'public'",
                                     role));
    if (roles->inexact_count)
        access_add_text(arena, notes,
                        arena_printf(arena,
                                     "the rights on '%s'%s are not certain: the migrations "
                                     "do not tell them exactly",
                                     roles->inexact,
                                     roles->inexact_count > 1
                                         ? arena_printf(arena, " and %zu other objects",
                                                        roles->inexact_count - 1)
                                         : ""));
    for (size_t i = 0; i < catalog->relations.count; i++) {
        const CatalogRelation *relation = (const CatalogRelation *)catalog->relations.items[i];

        if (relation->type.included && relation->type.access && relation->type.access->member &&
            relation->denied)
            access_add_text(arena, &members, relation->id);
        if (relation->type.included && relation->type.access && relation->type.access->by_caller &&
            !relation->type.access->unreached && relation->denied != RIGHTS_ALL)
            access_add_text(arena, &callers, relation->id);
    }
    for (size_t i = 0; i < catalog->functions.count; i++) {
        const CatalogFunction *function = (const CatalogFunction *)catalog->functions.items[i];

        functions += function->type.access && function->type.access->member && !function->denied;
    }
    if (functions && !superuser)
        access_add_text(arena, notes,
                        arena_printf(arena,
                                     "the rights on what extensions bring are not told: %zu "
                                     "functions are taken to be everybody's, as they are made",
                                     functions));
    if (members.count)
        access_add_text(arena, notes,
                        arena_printf(arena,
                                     "the rights on what extensions bring are not told, so these "
                                     "are left out: %s",
                                     list_of(arena, &members)));
    if (callers.count)
        access_add_text(
            arena, notes,
            arena_printf(
                arena,
                "views that read with the rights of who asks: what they need of their tables "
                "is known of the columns they show, not of others: %s",
                list_of(arena, &callers)));
}

bool role_apply(Catalog *catalog, const char *role, Texts *notes, Err *err)
{
    if (!role_is_there(catalog, role, err))
        return false;
    Holder holder = holder_of(catalog, role);
    Privileges execute = privilege_by_name("execute");

    for (size_t i = 0; i < catalog->relations.count; i++) {
        CatalogRelation *relation = (CatalogRelation *)catalog->relations.items[i];

        if (relation->type.access)
            relation_apply(catalog, &holder, relation);
    }
    for (size_t i = 0; i < catalog->functions.count; i++) {
        CatalogFunction *function = (CatalogFunction *)catalog->functions.items[i];

        /* One without is made with a range type, for everybody. */
        function->denied =
            (function->type.access && !has(&holder, &function->type.access->grants, execute)) ||
            !may_use_schema(catalog, &holder, function->type.schema);
    }
    add_notes(catalog, role, holder.superuser, notes);
    return true;
}

/* ---- what follows ---- */

static bool can_read(const CatalogRelation *relation, const Texts *columns)
{
    for (size_t i = 0; i < relation->column_count; i++) {
        if ((relation->columns[i].denied & RIGHT_SELECT) &&
            (!columns || texts_have(columns, relation->columns[i].name)))
            return false;
    }
    return !(relation->denied & RIGHT_SELECT);
}

/* Whether the column, or one further on that it comes from, is generated. */
static bool is_fixed(const CatalogOrigin *origin)
{
    while (origin && origin->relation) {
        const CatalogRelation *relation = origin->relation;

        if (!is_view(relation) || !relation->origins)
            return relation->columns[origin->column].read_only;
        origin = &relation->origins[origin->column];
    }
    return false;
}

/* What the role lacks of the column that one of a view is. */
static unsigned denied_below(const CatalogOrigin *origin)
{
    return origin->relation ? origin->relation->columns[origin->column].denied : 0;
}

/* A view that reads as who asks needs all its columns to be read, whichever are asked for. */
static void caller_trim(CatalogRelation *view)
{
    unsigned hidden = 0;

    for (size_t i = 0; view->origins && i < view->column_count; i++) {
        hidden |= denied_below(&view->origins[i]) & RIGHT_SELECT;
        if (view->triggered)
            continue;
        view->columns[i].denied |= denied_below(&view->origins[i]) & ~RIGHT_SELECT;
        if (view->origins[i].relation)
            view->denied |= view->origins[i].relation->denied & RIGHT_DELETE;
    }
    for (size_t i = 0; i < view->column_count; i++)
        view->columns[i].denied |= hidden;
    view->denied |= hidden;
}

/* A view gives on what is written: what takes no value below takes none here. */
static void write_trim(CatalogRelation *view)
{
    static const CatalogRight rights[] = {RIGHT_INSERT, RIGHT_UPDATE};

    for (size_t i = 0; i < sizeof rights / sizeof *rights; i++) {
        bool any = false;

        for (size_t k = 0; k < view->column_count; k++) {
            CatalogColumn *column = &view->columns[k];

            if (!view->triggered && view->origins && is_fixed(&view->origins[k]))
                column->denied |= rights[i];
            any |= column->updatable && !(column->denied & rights[i]);
        }
        if (!any)
            view->denied |= rights[i];
    }
}

/* Views of views may come in any order, so until nothing more is denied. */
static void views_trim(Catalog *catalog)
{
    bool more = true;

    while (more) {
        more = false;
        for (size_t i = 0; i < catalog->relations.count; i++) {
            CatalogRelation *view = (CatalogRelation *)catalog->relations.items[i];
            unsigned before = view->denied, after = 0;

            if (!is_view(view) || !view->type.access)
                continue;
            for (size_t k = 0; k < view->column_count; k++)
                before += view->columns[k].denied;
            if (view->type.access->by_caller)
                caller_trim(view);
            if (view->kind == RELATION_VIEW)
                write_trim(view);
            after = view->denied;
            for (size_t k = 0; k < view->column_count; k++)
                after += view->columns[k].denied;
            more |= after != before;
        }
    }
}

static void unreached_trim(Catalog *catalog)
{
    for (size_t i = 0; i < catalog->relations.count; i++) {
        CatalogRelation *relation = (CatalogRelation *)catalog->relations.items[i];

        if (!relation->type.access || !relation->type.access->unreached)
            continue;
        relation->denied = RIGHTS_ALL;
        for (size_t k = 0; k < relation->column_count; k++)
            relation->columns[k].denied = RIGHTS_ALL;
    }
}

void role_trim(Catalog *catalog)
{
    if (!catalog->roles)
        return;
    views_trim(catalog);
    unreached_trim(catalog);
    for (size_t i = 0; i < catalog->relations.count; i++) {
        CatalogRelation *relation = (CatalogRelation *)catalog->relations.items[i];
        size_t links = 0, fields = 0;

        for (size_t k = 0; k < relation->link_count; k++) {
            const CatalogLink *link = &relation->links[k];
            const CatalogRelation *to =
                catalog_relation(catalog, relation->type.schema, link->relation);

            if (to && can_read(to, link->references ? link->references : &(Texts){0}) &&
                can_read(relation, link->columns ? link->columns : &(Texts){0}))
                relation->links[links++] = *link;
        }
        relation->link_count = links;
        /* The whole row is the argument. */
        for (size_t k = 0; k < relation->field_count; k++) {
            if (!relation->fields[k]->denied && can_read(relation, NULL))
                relation->fields[fields++] = relation->fields[k];
        }
        relation->field_count = fields;
    }
}
