#include "sql/needs.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "sql/lex.h"
#include "sql/parse.h"
#include "sql/tree.h"

/* What is nested deeper in a tree than that is not looked at: no stack is without end. */
enum { PATH_MAX_NAMES = 8, WITHIN_MAX = 4, DEPTH_MAX = 4000 };

typedef struct Finder {
    NeedTake *take;
    void *context;
    Need *mentions; /* of the statement at hand */
    size_t count, room;
    const char **withs; /* names of its common table expressions: no relations */
    size_t with_count, with_room;
    const char *path[PATH_MAX_NAMES + 1];
    Arena arena;   /* of the path */
    size_t within; /* texts in texts */
    size_t depth;
} Finder;

static void find_in(Finder *finder, const char *text, size_t length);
static void visit(Finder *finder, const ProtobufCMessage *message);

/* ---- what is found ---- */

static void mention(Finder *finder, NeedKind kind, const char *schema, const char *name)
{
    if (!name || !*name)
        return;
    if (finder->count == finder->room) {
        finder->room = finder->room ? finder->room * 2 : 64;
        finder->mentions =
            arena_realloc_or_exit(finder->mentions, finder->room * sizeof *finder->mentions);
    }
    finder->mentions[finder->count++] =
        (Need){.kind = kind, .schema = schema && *schema ? schema : NULL, .name = name};
}

static void make(Finder *finder, NeedKind kind, const char *schema, const char *name)
{
    bool placed = kind == NEED_RELATION || kind == NEED_FUNCTION || kind == NEED_OTHER;
    Need need = {.makes = true, .kind = kind, .name = name, .path = finder->path};

    if (!name || !*name)
        return;
    if (placed) {
        need.schema = schema && *schema ? schema : finder->path[0] ? finder->path[0] : "public";
        if (schema && *schema)
            mention(finder, NEED_SCHEMA, NULL, schema);
    }
    finder->take(finder->context, &need);
}

static void make_names(Finder *finder, NeedKind kind, Node *const *names, size_t count)
{
    make(finder, kind, tree_qualifier(names, count), tree_last(names, count));
}

static void mention_names(Finder *finder, NeedKind kind, Node *const *names, size_t count)
{
    mention(finder, kind, tree_qualifier(names, count), tree_last(names, count));
}

static void make_relation(Finder *finder, const PgQuery__RangeVar *relation)
{
    if (relation)
        make(finder, NEED_RELATION, relation->schemaname, relation->relname);
}

/* A common table expression hides a relation of its name. */
static bool is_with(const Finder *finder, const Need *need)
{
    for (size_t i = 0; !need->schema && need->kind == NEED_RELATION && i < finder->with_count; i++)
        if (strcmp(finder->withs[i], need->name) == 0)
            return true;
    return false;
}

static void flush(Finder *finder)
{
    for (size_t i = 0; i < finder->count; i++) {
        Need *need = &finder->mentions[i];

        need->path = finder->path;
        if (is_with(finder, need))
            continue;
        finder->take(finder->context, need);
        if (need->schema)
            finder->take(finder->context,
                         &(Need){.kind = NEED_SCHEMA, .name = need->schema, .path = finder->path});
    }
    finder->count = 0;
    finder->with_count = 0;
}

/* ---- statements whose names stand in lists of strings ---- */

/* What a kind of object is, and whether the list that names one has a name of its own behind that
 * of its table. Kinds that are not listed need nothing that a file makes. */
static const struct {
    PgQuery__ObjectType type;
    NeedKind kind;
    bool within_table;
} object_kinds[] = {
    {PG_QUERY__OBJECT_TYPE__OBJECT_TABLE, NEED_RELATION, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_VIEW, NEED_RELATION, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW, NEED_RELATION, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE, NEED_RELATION, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_INDEX, NEED_RELATION, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE, NEED_RELATION, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TYPE, NEED_RELATION, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN, NEED_RELATION, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN, NEED_RELATION, true},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT, NEED_RELATION, true},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER, NEED_RELATION, true},
    {PG_QUERY__OBJECT_TYPE__OBJECT_POLICY, NEED_RELATION, true},
    {PG_QUERY__OBJECT_TYPE__OBJECT_RULE, NEED_RELATION, true},
    {PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA, NEED_SCHEMA, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_ROLE, NEED_ROLE, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION, NEED_EXTENSION, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION, NEED_OTHER, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_SERVER, NEED_OTHER, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FDW, NEED_OTHER, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_PUBLICATION, NEED_OTHER, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE, NEED_OTHER, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION, NEED_OTHER, false},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY, NEED_OTHER, false},
};

static void mention_object(Finder *finder, PgQuery__ObjectType type, const Node *object)
{
    for (size_t i = 0; object && i < sizeof object_kinds / sizeof *object_kinds; i++) {
        if (object_kinds[i].type != type)
            continue;
        if (object->node_case == NODE(STRING)) {
            mention(finder, object_kinds[i].kind, NULL, tree_string(object));
        } else if (object->node_case == NODE(LIST)) {
            size_t count = object->list->n_items;

            count -= object_kinds[i].within_table && count > 0;
            mention_names(finder, object_kinds[i].kind, object->list->items, count);
        }
    }
}

static void find_drop(Finder *finder, const PgQuery__DropStmt *drop)
{
    /* What may be missing need not be there. */
    for (size_t i = 0; !drop->missing_ok && i < drop->n_objects; i++)
        mention_object(finder, drop->remove_type, drop->objects[i]);
}

static void find_grant(Finder *finder, const PgQuery__GrantStmt *grant)
{
    for (size_t i = 0; i < grant->n_objects; i++) {
        if (grant->targtype == PG_QUERY__GRANT_TARGET_TYPE__ACL_TARGET_ALL_IN_SCHEMA) {
            mention(finder, NEED_SCHEMA, NULL, tree_string(grant->objects[i]));
            mention(finder, NEED_WHOLE_SCHEMA, NULL, tree_string(grant->objects[i]));
        } else {
            mention_object(finder, grant->objtype, grant->objects[i]);
        }
    }
}

static void find_rename(Finder *finder, const PgQuery__RenameStmt *rename)
{
    bool relation = rename->relation && (!rename->subname || !*rename->subname);

    mention_object(finder, rename->rename_type, rename->object);
    if (relation)
        make(finder, NEED_RELATION, rename->relation->schemaname, rename->newname);
}

static void find_define(Finder *finder, const PgQuery__DefineStmt *define)
{
    make_names(finder,
               define->kind == PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE ? NEED_FUNCTION
               : define->kind == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE    ? NEED_RELATION
                                                                       : NEED_OTHER,
               define->defnames, define->n_defnames);
}

/* The text that an option of a CREATE FUNCTION or a DO has; "" when it has none. */
static const char *option_text(Node *const *options, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        const PgQuery__DefElem *option =
            options[i]->node_case == NODE(DEF_ELEM) ? options[i]->def_elem : NULL;
        const Node *value = option && strcmp(option->defname, name) == 0 ? option->arg : NULL;

        if (value && value->node_case == NODE(LIST) && value->list->n_items)
            value = value->list->items[0];
        if (value)
            return tree_string(value);
    }
    return "";
}

static void find_function(Finder *finder, const PgQuery__CreateFunctionStmt *function)
{
    Node *const *options = function->options;
    const char *body = option_text(options, function->n_options, "as");

    make_names(finder, NEED_FUNCTION, function->funcname, function->n_funcname);
    if (strcasecmp(option_text(options, function->n_options, "language"), "sql") == 0)
        find_in(finder, body, strlen(body));
}

/* The statements of a block that make or change something, wherever they stand in it. */
static void find_block(Finder *finder, const char *body)
{
    static const char *const before[] = {"begin", "then", "else", "loop"};
    static const char *const first[] = {"create", "alter", "grant", "comment"};
    size_t length = strlen(body);
    bool may_start = true;

    for (size_t at = 0; (at = lex_code(body, length, at)) < length;) {
        size_t next = lex_skip(body, length, at), size = 0;
        bool starts = may_start || (at > 0 && body[at - 1] == ';');

        while (at + size < length && lex_is_word(body[at + size]))
            size++;
        may_start = false;
        for (size_t i = 0; next == at && i < 4; i++) {
            may_start |= strlen(before[i]) == size && strncasecmp(before[i], body + at, size) == 0;
            if (starts && strlen(first[i]) == size && strncasecmp(first[i], body + at, size) == 0) {
                next = lex_end(body, length, at);
                find_in(finder, body + at, next - at);
                may_start = true;
            }
        }
        if (next == at)
            next = at + (size ? size : 1);
        /* lex_code passes over semicolons. */
        for (size_t i = next; i < length && (lex_is_blank(body[i]) || body[i] == ';'); i++)
            may_start |= body[i] == ';';
        at = next;
    }
}

/* ---- any node ---- */

static void find_path(Finder *finder, const PgQuery__VariableSetStmt *set)
{
    size_t count = 0;

    if (!set->name || strcmp(set->name, "search_path") != 0)
        return;
    for (size_t i = 0; i < set->n_args && count < PATH_MAX_NAMES; i++) {
        const PgQuery__AConst *value =
            set->args[i]->node_case == NODE(A_CONST) ? set->args[i]->a_const : NULL;
        const char *name =
            value && value->val_case == PG_QUERY__A__CONST__VAL_SVAL ? value->sval->sval : "";

        if (*name && *name != '$')
            finder->path[count++] = arena_strdup(&finder->arena, name);
    }
    if (!count)
        finder->path[count++] = "public";
    finder->path[count] = NULL;
}

/* The name in a string that is cast to one: 'a.b'::regclass, nextval('a.b'). */
static void find_text_name(Finder *finder, const Node *node)
{
    const PgQuery__AConst *value = node && node->node_case == NODE(A_CONST) ? node->a_const : NULL;
    char *name, *dot;

    if (!value || value->val_case != PG_QUERY__A__CONST__VAL_SVAL || strchr(value->sval->sval, '"'))
        return;
    name = arena_strdup(&finder->arena, value->sval->sval);
    dot = strchr(name, '.');
    if (dot)
        *dot = '\0';
    mention(finder, NEED_RELATION, dot ? name : NULL, dot ? dot + 1 : name);
}

static void find_call(Finder *finder, const PgQuery__FuncCall *call)
{
    const char *name = tree_last(call->funcname, call->n_funcname);

    mention_names(finder, NEED_FUNCTION, call->funcname, call->n_funcname);
    if (call->n_args && (strcmp(name, "nextval") == 0 || strcmp(name, "setval") == 0 ||
                         strcmp(name, "currval") == 0))
        find_text_name(finder, call->args[0]);
}

static void find_type(Finder *finder, const PgQuery__TypeName *type)
{
    size_t count = type->n_names;

    /* "table.column%TYPE" */
    count -= type->pct_type && count > 0;
    mention_names(finder, NEED_RELATION, type->names, count);
}

static void find_cast(Finder *finder, const PgQuery__TypeCast *cast)
{
    const PgQuery__TypeName *type = cast->type_name;

    if (type && strcmp(tree_last(type->names, type->n_names), "regclass") == 0)
        find_text_name(finder, cast->arg);
}

static void find_with(Finder *finder, const PgQuery__CommonTableExpr *with)
{
    if (finder->with_count == finder->with_room) {
        finder->with_room = finder->with_room ? finder->with_room * 2 : 16;
        finder->withs =
            arena_realloc_or_exit(finder->withs, finder->with_room * sizeof *finder->withs);
    }
    finder->withs[finder->with_count++] = with->ctename;
}

/* What is said of a node besides what its parts say; ret_done: those are not to be looked at. */
static void find_node(Finder *finder, const Node *node, bool *ret_done)
{
    switch (node->node_case) {
    case NODE(RANGE_VAR):
        mention(finder, NEED_RELATION, node->range_var->schemaname, node->range_var->relname);
        break;
    case NODE(FUNC_CALL):
        find_call(finder, node->func_call);
        break;
    case NODE(TYPE_CAST):
        find_cast(finder, node->type_cast);
        break;
    case NODE(OBJECT_WITH_ARGS):
        mention_names(finder, NEED_FUNCTION, node->object_with_args->objname,
                      node->object_with_args->n_objname);
        break;
    case NODE(COMMON_TABLE_EXPR):
        find_with(finder, node->common_table_expr);
        break;
    case NODE(CREATE_FOREIGN_TABLE_STMT):
        mention(finder, NEED_OTHER, NULL, node->create_foreign_table_stmt->servername);
        break;
    case NODE(VIEW_STMT):
        make_relation(finder, node->view_stmt->view);
        break;
    case NODE(CREATE_SEQ_STMT):
        make_relation(finder, node->create_seq_stmt->sequence);
        break;
    case NODE(CREATE_TABLE_AS_STMT):
        make_relation(finder, node->create_table_as_stmt->into->rel);
        break;
    case NODE(INDEX_STMT):
        make(finder, NEED_RELATION, node->index_stmt->relation->schemaname,
             node->index_stmt->idxname);
        break;
    case NODE(COMPOSITE_TYPE_STMT):
        make_relation(finder, node->composite_type_stmt->typevar);
        break;
    case NODE(CREATE_ENUM_STMT):
        make_names(finder, NEED_RELATION, node->create_enum_stmt->type_name,
                   node->create_enum_stmt->n_type_name);
        break;
    case NODE(CREATE_RANGE_STMT):
        make_names(finder, NEED_RELATION, node->create_range_stmt->type_name,
                   node->create_range_stmt->n_type_name);
        break;
    case NODE(CREATE_DOMAIN_STMT):
        make_names(finder, NEED_RELATION, node->create_domain_stmt->domainname,
                   node->create_domain_stmt->n_domainname);
        break;
    case NODE(DEFINE_STMT):
        find_define(finder, node->define_stmt);
        break;
    case NODE(CREATE_FUNCTION_STMT):
        find_function(finder, node->create_function_stmt);
        break;
    case NODE(CREATE_TRIG_STMT):
        mention_names(finder, NEED_FUNCTION, node->create_trig_stmt->funcname,
                      node->create_trig_stmt->n_funcname);
        break;
    case NODE(CREATE_EVENT_TRIG_STMT):
        mention_names(finder, NEED_FUNCTION, node->create_event_trig_stmt->funcname,
                      node->create_event_trig_stmt->n_funcname);
        break;
    case NODE(CREATE_SCHEMA_STMT):
        make(finder, NEED_SCHEMA, NULL, node->create_schema_stmt->schemaname);
        break;
    case NODE(CREATE_EXTENSION_STMT):
        make(finder, NEED_EXTENSION, NULL, node->create_extension_stmt->extname);
        mention(finder, NEED_SCHEMA, NULL,
                option_text(node->create_extension_stmt->options,
                            node->create_extension_stmt->n_options, "schema"));
        break;
    case NODE(CREATE_ROLE_STMT):
        make(finder, NEED_ROLE, NULL, node->create_role_stmt->role);
        break;
    case NODE(ALTER_ROLE_STMT):
        mention(finder, NEED_ROLE, NULL,
                node->alter_role_stmt->role ? node->alter_role_stmt->role->rolename : NULL);
        break;
    case NODE(CREATE_FDW_STMT):
        make(finder, NEED_OTHER, NULL, node->create_fdw_stmt->fdwname);
        break;
    case NODE(CREATE_FOREIGN_SERVER_STMT):
        make(finder, NEED_OTHER, NULL, node->create_foreign_server_stmt->servername);
        mention(finder, NEED_OTHER, NULL, node->create_foreign_server_stmt->fdwname);
        break;
    case NODE(CREATE_USER_MAPPING_STMT):
        mention(finder, NEED_OTHER, NULL, node->create_user_mapping_stmt->servername);
        break;
    case NODE(CREATE_PLANG_STMT):
        make(finder, NEED_OTHER, NULL, node->create_plang_stmt->plname);
        break;
    case NODE(CREATE_PUBLICATION_STMT):
        make(finder, NEED_OTHER, NULL, node->create_publication_stmt->pubname);
        break;
    case NODE(ALTER_PUBLICATION_STMT):
        mention(finder, NEED_OTHER, NULL, node->alter_publication_stmt->pubname);
        break;
    case NODE(DROP_STMT):
        find_drop(finder, node->drop_stmt);
        *ret_done = node->drop_stmt->missing_ok;
        break;
    case NODE(GRANT_STMT):
        find_grant(finder, node->grant_stmt);
        break;
    case NODE(COMMENT_STMT):
        mention_object(finder, node->comment_stmt->objtype, node->comment_stmt->object);
        break;
    case NODE(ALTER_OWNER_STMT):
        mention_object(finder, node->alter_owner_stmt->object_type, node->alter_owner_stmt->object);
        break;
    case NODE(ALTER_OBJECT_SCHEMA_STMT):
        mention_object(finder, node->alter_object_schema_stmt->object_type,
                       node->alter_object_schema_stmt->object);
        mention(finder, NEED_SCHEMA, NULL, node->alter_object_schema_stmt->newschema);
        break;
    case NODE(ALTER_ENUM_STMT):
        mention_names(finder, NEED_RELATION, node->alter_enum_stmt->type_name,
                      node->alter_enum_stmt->n_type_name);
        break;
    case NODE(ALTER_DOMAIN_STMT):
        mention_names(finder, NEED_RELATION, node->alter_domain_stmt->type_name,
                      node->alter_domain_stmt->n_type_name);
        break;
    case NODE(RENAME_STMT):
        find_rename(finder, node->rename_stmt);
        break;
    case NODE(VARIABLE_SET_STMT):
        find_path(finder, node->variable_set_stmt);
        break;
    case NODE(DO_STMT):
        find_block(finder, option_text(node->do_stmt->args, node->do_stmt->n_args, "as"));
        break;
    default:
        break;
    }
}

/* Messages that a tree has in typed members, not as nodes. */
static void find_message(Finder *finder, const ProtobufCMessage *message)
{
    if (message->descriptor == &pg_query__range_var__descriptor) {
        const PgQuery__RangeVar *relation = (const PgQuery__RangeVar *)message;

        mention(finder, NEED_RELATION, relation->schemaname, relation->relname);
    } else if (message->descriptor == &pg_query__type_name__descriptor) {
        find_type(finder, (const PgQuery__TypeName *)message);
    } else if (message->descriptor == &pg_query__role_spec__descriptor) {
        mention(finder, NEED_ROLE, NULL, ((const PgQuery__RoleSpec *)message)->rolename);
    } else if (message->descriptor == &pg_query__create_stmt__descriptor) {
        make_relation(finder, ((const PgQuery__CreateStmt *)message)->relation);
    }
}

static void visit_member(Finder *finder, const ProtobufCMessage *message,
                         const ProtobufCFieldDescriptor *field)
{
    const char *base = (const char *)message;

    if (field->type != PROTOBUF_C_TYPE_MESSAGE)
        return;
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        size_t count = *(const size_t *)(const void *)(base + field->quantifier_offset);
        ProtobufCMessage *const *items =
            *(ProtobufCMessage *const *const *)(const void *)(base + field->offset);

        for (size_t i = 0; i < count; i++)
            visit(finder, items[i]);
    } else if (!(field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) ||
               *(const uint32_t *)(const void *)(base + field->quantifier_offset) == field->id) {
        visit(finder, *(ProtobufCMessage *const *)(const void *)(base + field->offset));
    }
}

static void visit(Finder *finder, const ProtobufCMessage *message)
{
    bool done = false;

    if (!message || finder->depth == DEPTH_MAX)
        return;
    finder->depth++;
    if (message->descriptor == &pg_query__node__descriptor) {
        const Node *node = (const Node *)message;

        find_node(finder, node, &done);
        /* The one member that is set: looking through all that there could be takes long. */
        if (!done && node->node_case) {
            const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field(message->descriptor, node->node_case);

            if (field)
                visit_member(finder, message, field);
        }
    } else {
        find_message(finder, message);
        for (unsigned i = 0; i < message->descriptor->n_fields; i++)
            visit_member(finder, message, &message->descriptor->fields[i]);
    }
    finder->depth--;
}

/* ---- a text ---- */

static void find_in(Finder *outer, const char *text, size_t length)
{
    Finder finder = {.take = outer->take, .context = outer->context, .within = outer->within + 1};
    SqlParse *parse;
    char *copy;

    if (finder.within > WITHIN_MAX)
        return;
    memcpy(finder.path, outer->path, sizeof finder.path);
    copy = arena_strndup(&finder.arena, text, length);
    parse = sql_parse(copy, length);
    for (size_t i = 0; i < parse->count; i++) {
        if (parse->statements[i].node)
            visit(&finder, &parse->statements[i].node->base);
        flush(&finder);
    }
    sql_parse_close(&parse);
    free(finder.mentions);
    free(finder.withs);
    arena_free(&finder.arena);
}

void needs_find(const char *text, size_t length, NeedTake *take, void *context)
{
    Finder finder = {.take = take, .context = context, .path = {"public", NULL}};

    find_in(&finder, text, length);
}
