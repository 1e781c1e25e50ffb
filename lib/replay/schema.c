#include <string.h>

#include "replay/names.h"
#include "replay/parts.h"
#include "sql/parse.h"

static Schema *add_schema(Replay *replay, const char *name)
{
    Schema *schema = catalog_schema(replay->catalog, name);

    if (!schema) {
        schema = arena_alloc(replay->arena, sizeof *schema);
        schema->name = replay_keep(replay, name);
        rights_begin(replay, &schema->rights, 'n', NULL);
        vec_add(replay->arena, &replay->catalog->schemas, schema);
    }
    return schema;
}

/* transformCreateSchemaStmtElements(): in which order what is written within is done. */
static const PgQuery__Node__NodeCase element_order[] = {
    NODE(CREATE_SEQ_STMT), NODE(CREATE_STMT),      NODE(VIEW_STMT),
    NODE(INDEX_STMT),      NODE(CREATE_TRIG_STMT), NODE(GRANT_STMT),
};

void schema_create(Replay *replay, const PgQuery__CreateSchemaStmt *create)
{
    const char *name = tree_given(create->schemaname) ? create->schemaname
                       : create->authrole             ? create->authrole->rolename
                                                      : "";
    Vec path = replay->catalog->path;
    const char *role = replay->role;
    bool fresh = !catalog_schema(replay->catalog, name);

    if (!*name && create->authrole)
        name = rights_role(replay, create->authrole);
    if (catalog_schema(replay->catalog, name) && !create->if_not_exists &&
        !catalog_schema(replay->catalog, name)->known && strcmp(name, "public") != 0)
        replay_warn(replay, "schema '%s' exists already", name);
    add_schema(replay, names_cut(replay->arena, name))->known = !replay->file;
    if (create->authrole && fresh)
        rights_own(replay, &catalog_schema(replay->catalog, name)->rights,
                   rights_role(replay, create->authrole));
    replay->catalog->path = (Vec){0};
    vec_add(replay->arena, &replay->catalog->path, replay_keep(replay, name));
    for (size_t i = 0; i < path.count; i++)
        vec_add(replay->arena, &replay->catalog->path, path.items[i]);
    if (create->authrole && create->n_schema_elts)
        replay->role = rights_role(replay, create->authrole);
    for (size_t turn = 0; turn < sizeof element_order / sizeof *element_order; turn++)
        for (size_t i = 0; i < create->n_schema_elts; i++)
            if (create->schema_elts[i]->node_case == element_order[turn])
                replay_statement(replay, create->schema_elts[i]);
    replay->role = role;
    replay->catalog->path = path;
}

/* What extensions bring that other objects name: written as the SQL that would make it, @ standing
 * for the schema. */
static const struct {
    const char *name;
    const char *sql;
} known_extensions[] = {
    {"pgcrypto", "create function @.gen_random_bytes(integer) returns bytea language c as '';"
                 "create function @.gen_random_uuid() returns uuid language c as '';"
                 "create function @.digest(text, text) returns bytea language c as '';"
                 "create function @.digest(bytea, text) returns bytea language c as '';"
                 "create function @.hmac(text, text, text) returns bytea language c as '';"
                 "create function @.hmac(bytea, bytea, text) returns bytea language c as '';"
                 "create function @.crypt(text, text) returns text language c as '';"
                 "create function @.gen_salt(text) returns text language c as '';"
                 "create function @.gen_salt(text, integer) returns text language c as '';"
                 "create function @.encrypt(bytea, bytea, text) returns bytea language c as '';"
                 "create function @.decrypt(bytea, bytea, text) returns bytea language c as '';"
                 "create function @.pgp_sym_encrypt(text, text) returns bytea language c as '';"
                 "create function @.pgp_sym_decrypt(bytea, text) returns text language c as '';"},
    {"uuid-ossp",
     "create function @.uuid_nil() returns uuid language c as '';"
     "create function @.uuid_generate_v1() returns uuid language c as '';"
     "create function @.uuid_generate_v1mc() returns uuid language c as '';"
     "create function @.uuid_generate_v3(namespace uuid, name text) returns uuid language c as '';"
     "create function @.uuid_generate_v4() returns uuid language c as '';"
     "create function @.uuid_generate_v5(namespace uuid, name text) returns uuid language c as "
     "'';"},
    {"pg_trgm",
     "create function @.similarity(text, text) returns real language c as '';"
     "create function @.word_similarity(text, text) returns real language c as '';"
     "create function @.strict_word_similarity(text, text) returns real language c as '';"
     "create function @.show_trgm(text) returns text[] language c as '';"
     "create operator @.% (leftarg = text, rightarg = text, function = @.similarity, "
     "result = boolean);"
     "create operator @.<-> (leftarg = text, rightarg = text, function = @.similarity);"},
    {"unaccent", "create function @.unaccent(text) returns text language c as '';"
                 "create function @.unaccent(regdictionary, text) returns text language c as '';"},
    {"citext",
     "create type @.citext as enum ();"
     "create function @.citext_smaller(@.citext, @.citext) returns @.citext language c as '';"
     "create function @.citext_larger(@.citext, @.citext) returns @.citext language c as '';"
     "create function @.regexp_match(@.citext, @.citext) returns text[] language c as '';"
     "create function @.regexp_match(@.citext, @.citext, text) returns text[] language c as '';"
     "create function @.regexp_matches(@.citext, @.citext) returns setof text[] language c as '';"
     "create function @.regexp_matches(@.citext, @.citext, text) returns setof text[] language c "
     "as '';"
     "create function @.regexp_replace(@.citext, @.citext, text) returns text language c as '';"
     "create function @.regexp_replace(@.citext, @.citext, text, text) returns text language c as "
     "'';"
     "create function @.regexp_split_to_array(@.citext, @.citext) returns text[] language c as '';"
     "create function @.regexp_split_to_array(@.citext, @.citext, text) returns text[] language c "
     "as '';"
     "create function @.regexp_split_to_table(@.citext, @.citext) returns setof text language c as "
     "'';"
     "create function @.regexp_split_to_table(@.citext, @.citext, text) returns setof text "
     "language c as '';"
     "create function @.strpos(@.citext, @.citext) returns integer language c as '';"
     "create function @.replace(@.citext, @.citext, @.citext) returns text language c as '';"
     "create function @.split_part(@.citext, @.citext, integer) returns text language c as '';"
     "create function @.translate(@.citext, @.citext, text) returns text language c as '';"
     "create aggregate @.min(@.citext) (sfunc = @.citext_smaller, stype = @.citext);"
     "create aggregate @.max(@.citext) (sfunc = @.citext_larger, stype = @.citext);"},
    {"hstore", "create type @.hstore as enum ();"},
    {"ltree", "create type @.ltree as enum ();"},
    {"vector", "create type @.vector as enum (); create type @.halfvec as enum ();"
               "create type @.sparsevec as enum ();"
               "create function @.cosine_distance(@.vector, @.vector) returns double precision "
               "language c as '';"
               "create function @.l2_distance(@.vector, @.vector) returns double precision "
               "language c as '';"
               "create function @.inner_product(@.vector, @.vector) returns double precision "
               "language c as '';"
               "create operator @.<-> (leftarg = @.vector, rightarg = @.vector, "
               "function = @.l2_distance);"
               "create operator @.<=> (leftarg = @.vector, rightarg = @.vector, "
               "function = @.cosine_distance);"
               "create operator @.<#> (leftarg = @.vector, rightarg = @.vector, "
               "function = @.inner_product);"},
    {"moddatetime", "create function @.moddatetime() returns trigger language c as '';"},
    {"btree_gist", ""},
    {"btree_gin", ""},
    {"pg_stat_statements", ""},
    {"plpgsql", ""},
    {"pg_net", ""},
    {"pg_graphql", ""},
    {"supabase_vault", ""},
    {"fuzzystrmatch", "create function @.levenshtein(text, text) returns integer language c as '';"
                      "create function @.soundex(text) returns text language c as '';"
                      "create function @.metaphone(text, integer) returns text language c as '';"},
    {"pg_cron", ""},
};

static void settle_extension_types(Replay *replay, const char *schema)
{
    static const char *const cast_from[] = {"citext", "text"};
    Type *type = (Type *)(uintptr_t)catalog_type_named(replay->catalog, schema, cast_from[0]);
    static const struct {
        bool to_text;
        bool varchar;
        char context;
    } casts[] = {{true, false, 'i'}, {false, false, 'a'}, {true, true, 'a'}, {false, true, 'a'}};

    if (!type || type->kind != TYPE_ENUM)
        return;
    type->category = 'S';
    type->collation = 100;
    for (size_t i = 0; i < 4; i++) {
        Cast *cast = arena_alloc(replay->arena, sizeof *cast);
        Oid other = casts[i].varchar ? VARCHAROID : TEXTOID;

        cast->source = casts[i].to_text ? type->oid : other;
        cast->target = casts[i].to_text ? other : type->oid;
        cast->context = casts[i].context;
        cast->member = true;
        vec_add(replay->arena, &replay->catalog->casts, cast);
    }
    for (size_t i = 0; i < 2; i++) {
        static const char *const names[] = {"~",    "~*", "!~", "!~*", "~~", "~~*", "!~~",
                                            "!~~*", "=",  "<>", "<",   ">",  "<=",  ">="};
        enum { PATTERNS = 8 }; /* those can be text, too */

        for (size_t k = 0; k < (i ? PATTERNS : sizeof names / sizeof *names); k++) {
            Operator *operator= arena_alloc(replay->arena, sizeof *operator);

            *operator=(Operator){.schema = schema,
                                 .name = names[k],
                                 .left = type->oid,
                                 .right = i ? TEXTOID : type->oid,
                                 .result = BOOLOID,
                                 .member = true};
            vec_add(replay->arena, &replay->catalog->operators, operator);
        }
    }
}

/* What comes with PostgreSQL itself, and the comment it brings. Source: its control files. */
static const char *const shipped[][2] = {
    {"adminpack", "administrative functions for PostgreSQL"},
    {"amcheck", "functions for verifying relation integrity"},
    {"autoinc", "functions for autoincrementing fields"},
    {"bloom", "bloom access method - signature file based index"},
    {"btree_gin", "support for indexing common datatypes in GIN"},
    {"btree_gist", "support for indexing common datatypes in GiST"},
    {"citext", "data type for case-insensitive character strings"},
    {"cube", "data type for multidimensional cubes"},
    {"dblink", "connect to other PostgreSQL databases from within a database"},
    {"dict_int", "text search dictionary template for integers"},
    {"dict_xsyn", "text search dictionary template for extended synonym processing"},
    {"earthdistance", "calculate great-circle distances on the surface of the Earth"},
    {"file_fdw", "foreign-data wrapper for flat file access"},
    {"fuzzystrmatch", "determine similarities and distance between strings"},
    {"hstore", "data type for storing sets of (key, value) pairs"},
    {"insert_username", "functions for tracking who changed a table"},
    {"intagg", "integer aggregator and enumerator (obsolete)"},
    {"intarray", "functions, operators, and index support for 1-D arrays of integers"},
    {"isn", "data types for international product numbering standards"},
    {"lo", "Large Object maintenance"},
    {"ltree", "data type for hierarchical tree-like structures"},
    {"moddatetime", "functions for tracking last modification time"},
    {"old_snapshot", "utilities in support of old_snapshot_threshold"},
    {"pageinspect", "inspect the contents of database pages at a low level"},
    {"pg_buffercache", "examine the shared buffer cache"},
    {"pg_freespacemap", "examine the free space map (FSM)"},
    {"pg_prewarm", "prewarm relation data"},
    {"pg_stat_statements",
     "track planning and execution statistics of all SQL statements executed"},
    {"pg_surgery", "extension to perform surgery on a damaged relation"},
    {"pg_trgm", "text similarity measurement and index searching based on trigrams"},
    {"pg_visibility", "examine the visibility map (VM) and page-level visibility info"},
    {"pg_walinspect", "functions to inspect contents of PostgreSQL Write-Ahead Log"},
    {"pgcrypto", "cryptographic functions"},
    {"pgrowlocks", "show row-level locking information"},
    {"pgstattuple", "show tuple-level statistics"},
    {"plpgsql", "PL/pgSQL procedural language"},
    {"postgres_fdw", "foreign-data wrapper for remote PostgreSQL servers"},
    {"refint", "functions for implementing referential integrity (obsolete)"},
    {"seg", "data type for representing line segments or floating-point intervals"},
    {"sslinfo", "information about SSL certificates"},
    {"tablefunc", "functions that manipulate whole tables, including crosstab"},
    {"tcn", "Triggered change notifications"},
    {"tsm_system_rows", "TABLESAMPLE method which accepts number of rows as a limit"},
    {"tsm_system_time", "TABLESAMPLE method which accepts time in milliseconds as a limit"},
    {"unaccent", "text search dictionary that removes accents"},
    {"uuid-ossp", "generate universally unique identifiers (UUIDs)"},
    {"xml2", "XPath querying and XSLT"},
    {"bool_plperl", NULL},
    {"bool_plperlu", NULL},
    {"hstore_plperl", NULL},
    {"hstore_plperlu", NULL},
    {"hstore_plpython2u", NULL},
    {"hstore_plpython3u", NULL},
    {"hstore_plpythonu", NULL},
    {"jsonb_plperl", NULL},
    {"jsonb_plperlu", NULL},
    {"jsonb_plpython2u", NULL},
    {"jsonb_plpython3u", NULL},
    {"jsonb_plpythonu", NULL},
    {"ltree_plpython2u", NULL},
    {"ltree_plpython3u", NULL},
    {"ltree_plpythonu", NULL},
    {"pg_logicalinspect", NULL},
    {"plperl", NULL},
    {"plperlu", NULL},
    {"plpython3u", NULL},
    {"pltcl", NULL},
    {"pltclu", NULL},
};

const char *const (*schema_shipped(size_t *ret_count))[2]
{
    *ret_count = sizeof shipped / sizeof *shipped;
    return shipped;
}

static const char *const *shipped_find(const char *name)
{
    for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++)
        if (strcmp(shipped[i][0], name) == 0)
            return shipped[i];
    return NULL;
}

static bool is_shipped(const char *name)
{
    return shipped_find(name) != NULL;
}

static void add_extension(Replay *replay, const char *name, const char *schema, const char *version,
                          bool platform)
{
    Extension *extension = arena_alloc(replay->arena, sizeof *extension);
    size_t count = sizeof known_extensions / sizeof *known_extensions;
    size_t i = 0;

    extension->name = replay_keep(replay, name);
    extension->schema = replay_keep(replay, schema);
    extension->version = version ? replay_keep(replay, version) : NULL;
    extension->owner = replay->role;
    extension->platform = platform;
    /* What a release brings of its own goes without a version. */
    if (version || !is_shipped(name))
        catalog_inexact(replay->catalog, &extension->inexact, "version");
    if (rights_reach_extension(replay, schema))
        replay->unread[KIND_PRIVILEGES] = true;
    vec_add(replay->arena, &replay->catalog->extensions, extension);
    while (i < count && strcmp(known_extensions[i].name, name) != 0)
        i++;
    /* Those that bring nothing that an object names are still not all there is of them. */
    extension->complete = i < count;
    if (i == count) {
        replay_warn(replay, "what extension '%s' brings is not known", name);
    } else if (*known_extensions[i].sql) {
        const char *from = known_extensions[i].sql;
        const char *quoted = names_quote(replay->arena, schema);
        size_t marks = 0;
        char *text;
        char *to;
        const SqlParse *parse;
        bool outer = replay->extensions;
        const Extension *outer_extension = replay->extension;
        size_t first_type = replay->catalog->types.count;

        for (const char *at = from; *at; at++)
            marks += *at == '@';
        text = to = arena_alloc(replay->arena, strlen(from) + marks * strlen(quoted) + 1);
        for (; *from; from++) {
            if (*from == '@') {
                memcpy(to, quoted, strlen(quoted));
                to += strlen(quoted);
            } else {
                *to++ = *from;
            }
        }
        *to = '\0';
        replay->extensions = true;
        replay->extension = extension;
        parse = replay_parse(replay, text, strlen(text));
        for (size_t k = 0; k < parse->count; k++) {
            if (parse->statements[k].node)
                replay_statement(replay, parse->statements[k].node);
        }
        settle_extension_types(replay, extension->schema);
        for (size_t k = first_type; k < replay->catalog->types.count; k++) {
            Type *type = replay->catalog->types.items[k];

            type->extension = extension;
            /* Made as enums only to be there: they are base types. */
            if (type->kind == TYPE_ENUM) {
                type->kind = TYPE_BASE;
                type->category = type->category == 'E' ? 'U' : type->category;
            }
        }
        replay->extensions = outer;
        replay->extension = outer_extension;
    }
}

void schema_drop_extension(Replay *replay, Extension *extension)
{
    Catalog *catalog = replay->catalog;

    vec_remove(&catalog->extensions, extension);
    for (size_t i = catalog->functions.count; i > 0; i--) {
        Function *function = catalog->functions.items[i - 1];

        if (function->extension != extension)
            continue;
        catalog_function_remove(catalog, function);
        drop_users(replay, function, NULL);
        i = catalog->functions.count + 1;
    }
    for (size_t i = 0; i < catalog->types.count; i++) {
        Type *type = catalog->types.items[i];

        if (type->extension != extension || !*type->schema)
            continue;
        catalog_type_drop(catalog, type);
        drop_users(replay, NULL, type);
    }
}

/* Where an extension puts itself whatever is asked. */
static const char *fixed_schema(const char *name)
{
    static const char *const fixed[][2] = {{"pg_cron", "pg_catalog"},   {"pg_graphql", "graphql"},
                                           {"supabase_vault", "vault"}, {"pgmq", "pgmq"},
                                           {"pgsodium", "pgsodium"},    {"pg_tle", "pgtle"}};

    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        if (strcmp(fixed[i][0], name) == 0)
            return fixed[i][1];
    }
    return NULL;
}

/* What share/sql/extensions.sql leaves out. */
static bool comes_with_project(const char *name, const char *schema)
{
    static const char *const names[] = {"pg_graphql", "pg_stat_statements", "pgcrypto",
                                        "supabase_vault", "uuid-ossp"};

    if (strcmp(name, "plpgsql") == 0)
        return true;
    if (strcmp(schema, "extensions") != 0 && strcmp(schema, "graphql") != 0 &&
        strcmp(schema, "vault") != 0)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0)
            return true;
    }
    return false;
}

Extension *schema_extension(const Catalog *catalog, const char *name)
{
    for (size_t i = 0; i < catalog->extensions.count; i++) {
        Extension *extension = catalog->extensions.items[i];

        if (strcmp(extension->name, name) == 0)
            return extension;
    }
    return NULL;
}

void schema_comment_extension(Replay *replay, const char *name, const char *comment)
{
    Extension *extension = schema_extension(replay->catalog, name);
    const char *const *row = shipped_find(name);

    if (!extension) {
        replay_warn(replay, "extension '%s' is not known", name);
        return;
    }
    extension->comment = comment && row && row[1] && strcmp(row[1], comment) == 0 ? NULL : comment;
    if (extension->comment && (!row || !row[1]))
        catalog_inexact(replay->catalog, &extension->inexact, "comment");
}

void schema_alter_extension(Replay *replay, const PgQuery__AlterExtensionStmt *alter)
{
    Extension *extension = schema_extension(replay->catalog, alter->extname);

    if (!extension) {
        replay_warn(replay, "extension '%s' is not known", alter->extname);
        return;
    }
    for (size_t i = 0; i < alter->n_options; i++) {
        const PgQuery__DefElem *option = alter->options[i]->def_elem;

        if (strcmp(option->defname, "new_version") != 0)
            continue;
        extension->version = replay_keep(replay, tree_string(option->arg));
        catalog_inexact(replay->catalog, &extension->inexact, "version");
    }
}

/* ---- where new objects go ---- */

/* The schema that a statement names for what it makes; NULL when it names none. A table's own check
 * is table_create(). */
static const char *made_in(const Node *node)
{
    const PgQuery__RangeVar *range = NULL;

    switch ((int)node->node_case) {
    case NODE(CREATE_FUNCTION_STMT):
        return tree_qualifier(node->create_function_stmt->funcname,
                              node->create_function_stmt->n_funcname);
    case NODE(CREATE_ENUM_STMT):
        return tree_qualifier(node->create_enum_stmt->type_name,
                              node->create_enum_stmt->n_type_name);
    case NODE(CREATE_DOMAIN_STMT):
        return tree_qualifier(node->create_domain_stmt->domainname,
                              node->create_domain_stmt->n_domainname);
    case NODE(CREATE_RANGE_STMT):
        return tree_qualifier(node->create_range_stmt->type_name,
                              node->create_range_stmt->n_type_name);
    case NODE(DEFINE_STMT):
        return tree_qualifier(node->define_stmt->defnames, node->define_stmt->n_defnames);
    case NODE(CREATE_SEQ_STMT):
        range = node->create_seq_stmt->sequence;
        break;
    case NODE(VIEW_STMT):
        range = node->view_stmt->view;
        break;
    case NODE(COMPOSITE_TYPE_STMT):
        range = node->composite_type_stmt->typevar;
        break;
    case NODE(CREATE_TABLE_AS_STMT):
        range = node->create_table_as_stmt->into ? node->create_table_as_stmt->into->rel : NULL;
        break;
    default:
        break;
    }
    return range ? tree_given(range->schemaname) : NULL;
}

static void expect(Replay *replay, const char *schema)
{
    if (schema && !catalog_schema(replay->catalog, schema) && strcmp(schema, "pg_temp") != 0 &&
        strcmp(schema, "pg_catalog") != 0)
        replay_warn(replay, "schema '%s' is not known", schema);
}

void schema_expect(Replay *replay, const Node *node)
{
    expect(replay, made_in(node));
    if (node->node_case != NODE(ALTER_DEFAULT_PRIVILEGES_STMT))
        return;
    const PgQuery__AlterDefaultPrivilegesStmt *alter = node->alter_default_privileges_stmt;
    for (size_t i = 0; i < alter->n_options; i++) {
        const PgQuery__DefElem *option = alter->options[i]->def_elem;
        const PgQuery__List *list =
            option->arg && option->arg->node_case == NODE(LIST) ? option->arg->list : NULL;
        for (size_t k = 0; list && strcmp(option->defname, "schemas") == 0 && k < list->n_items;
             k++)
            expect(replay, tree_string(list->items[k]));
    }
}

/* ---- extensions ---- */

void schema_create_extension(Replay *replay, const PgQuery__CreateExtensionStmt *create)
{
    const char *schema = NULL;
    const char *version = NULL;

    for (size_t i = 0; i < replay->catalog->extensions.count; i++) {
        if (strcmp(((const Extension *)replay->catalog->extensions.items[i])->name,
                   create->extname) == 0) {
            if (!create->if_not_exists)
                replay_warn(replay, "extension '%s' exists already", create->extname);
            return;
        }
    }
    for (size_t i = 0; i < create->n_options; i++) {
        const PgQuery__DefElem *option = create->options[i]->def_elem;

        if (strcmp(option->defname, "schema") == 0)
            schema = tree_string(option->arg);
        if (strcmp(option->defname, "new_version") == 0)
            version = tree_string(option->arg);
    }
    if (fixed_schema(create->extname))
        schema = fixed_schema(create->extname);
    if (!schema)
        schema = catalog_creation_schema(replay->catalog);
    if (!catalog_schema(replay->catalog, schema) && strcmp(schema, "pg_catalog") != 0)
        add_schema(replay, schema);
    add_extension(replay, create->extname, schema, version,
                  comes_with_project(create->extname, schema));
}
