#include <stdlib.h>
#include <string.h>

#include "replay/names.h"
#include "replay/parts.h"

/* What becomes of a type of token. */
typedef struct Mapping {
    const char *token;
    Vec dictionaries; /* const char *: qualified */
} Mapping;

/* What the default parser finds and the server's own configurations map. Source:
 * snowball_create.pl; words are what is not plain ASCII for Russian and Hindi, whose ASCII is
 * English. */
static const struct {
    const char *token;
    char kind; /* a ASCII word, w word, s neither */
} tokens[] = {
    {"asciihword", 'a'},    {"asciiword", 'a'},  {"email", 's'}, {"file", 's'},
    {"float", 's'},         {"host", 's'},       {"hword", 'w'}, {"hword_asciipart", 'a'},
    {"hword_numpart", 's'}, {"hword_part", 'w'}, {"int", 's'},   {"numhword", 's'},
    {"numword", 's'},       {"sfloat", 's'},     {"uint", 's'},  {"url", 's'},
    {"url_path", 's'},      {"version", 's'},    {"word", 'w'},
};

static const char *qualified_name(Replay *replay, const char *schema, const char *name)
{
    return names_qualified(replay->arena, schema, name);
}

static const char *dictionary_name(Replay *replay, Node *const *names, size_t count)
{
    const char *schema = tree_qualifier(names, count), *name = tree_last(names, count);
    const Thing *own = thing_find(replay, KIND_TEXT_SEARCH_DICTIONARY, schema, name);
    size_t length = strlen(name);

    if (own)
        return qualified_name(replay, own->schema, own->name);
    if (schema)
        return qualified_name(replay, schema, name);
    if (strcmp(name, "simple") == 0 || (length > 5 && strcmp(name + length - 5, "_stem") == 0))
        return qualified_name(replay, "pg_catalog", name);
    for (size_t i = 0; i < replay->catalog->extensions.count; i++) {
        const Extension *extension = replay->catalog->extensions.items[i];

        if (strcmp(extension->name, name) == 0)
            return qualified_name(replay, extension->schema, name);
    }
    replay_warn(replay, "text search dictionary '%s' is not known", name);
    return qualified_name(replay, catalog_creation_schema(replay->catalog), name);
}

/* ---- dictionaries ---- */

/* serialize_deflist() in tsearchcmds.c */
static const char *option_text(Replay *replay, const PgQuery__DefElem *option)
{
    const char *name = names_quote(replay->arena, option->defname),
               *text = tree_string(option->arg);
    char *quoted, *to;

    if (option->arg && option->arg->node_case == NODE(INTEGER))
        return arena_printf(replay->arena, "%s = %d", name, (int)option->arg->integer->ival);
    if (option->arg && option->arg->node_case == NODE(FLOAT))
        return arena_printf(replay->arena, "%s = %s", name, option->arg->float_->fval);
    if (option->arg && option->arg->node_case == NODE(TYPE_NAME))
        text = tree_last(option->arg->type_name->names, option->arg->type_name->n_names);
    quoted = to = arena_alloc(replay->arena, 2 * strlen(text) + 1);
    for (const char *at = text; *at; at++) {
        if (*at == '\'' || *at == '\\')
            *to++ = *at;
        *to++ = *at;
    }
    return arena_printf(replay->arena, "%s = %s'%s'", name, strchr(text, '\\') ? "E" : "", quoted);
}

static void set_dictionary(Replay *replay, Thing *thing, Node *const *options, size_t count)
{
    const char *all = NULL;

    for (size_t i = 0; i < count; i++) {
        const PgQuery__DefElem *option = options[i]->def_elem;
        const char *text = option_text(replay, option);
        size_t length = strlen(names_quote(replay->arena, option->defname)) + 3;

        if (strcmp(option->defname, "template") == 0) {
            const PgQuery__TypeName *name = option->arg && option->arg->node_case == NODE(TYPE_NAME)
                                                ? option->arg->type_name
                                                : NULL;
            const char *schema = name ? tree_qualifier(name->names, name->n_names) : NULL;

            thing_set(thing, "template",
                      qualified_name(replay, schema ? schema : "pg_catalog",
                                     name ? tree_last(name->names, name->n_names)
                                          : tree_string(option->arg)));
            continue;
        }
        for (size_t k = thing->texts.count; k > 0; k--)
            if (strncmp(thing->texts.items[k - 1], text, length) == 0)
                vec_remove(&thing->texts, thing->texts.items[k - 1]);
        if (option->arg)
            vec_add(replay->arena, &thing->texts, text);
    }
    for (size_t i = 0; i < thing->texts.count; i++)
        all = arena_printf(replay->arena, "%s%s%s", all ? all : "", all ? ", " : "",
                           (const char *)thing->texts.items[i]);
    thing_set(thing, "options", all);
}

/* ---- configurations ---- */

static Mapping *mapping_find(const Thing *thing, const char *token)
{
    for (size_t i = 0; i < thing->items.count; i++) {
        Mapping *mapping = thing->items.items[i];

        if (strcmp(mapping->token, token) == 0)
            return mapping;
    }
    return NULL;
}

static Mapping *mapping_add(Replay *replay, Thing *thing, const char *token)
{
    Mapping *mapping = mapping_find(thing, token);

    if (!mapping) {
        mapping = arena_alloc(replay->arena, sizeof *mapping);
        mapping->token = token;
        vec_add(replay->arena, &thing->items, mapping);
    }
    mapping->dictionaries = (Vec){0};
    return mapping;
}

static int compare_mapping(const void *a, const void *b)
{
    return strcmp((*(const Mapping *const *)a)->token, (*(const Mapping *const *)b)->token);
}

static void tell_mappings(Replay *replay, Thing *thing)
{
    thing->texts = (Vec){0};
    if (thing->items.count > 1)
        qsort(thing->items.items, thing->items.count, sizeof *thing->items.items, compare_mapping);
    for (size_t i = 0; i < thing->items.count; i++) {
        const Mapping *mapping = thing->items.items[i];
        const char *text = names_quote(replay->arena, mapping->token);

        for (size_t k = 0; k < mapping->dictionaries.count; k++)
            text = arena_printf(replay->arena, "%s%s%s", text, k ? ", " : " WITH ",
                                (const char *)mapping->dictionaries.items[k]);
        if (mapping->dictionaries.count)
            vec_add(replay->arena, &thing->texts, text);
    }
}

static void copy_own(Replay *replay, Thing *thing, const char *name)
{
    bool other = strcmp(name, "russian") == 0 || strcmp(name, "hindi") == 0;

    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++) {
        Mapping *mapping = mapping_add(replay, thing, tokens[i].token);
        const char *stem = tokens[i].kind == 'a' && other ? "english" : name;

        vec_add(replay->arena, &mapping->dictionaries,
                tokens[i].kind == 's' || strcmp(name, "simple") == 0
                    ? "pg_catalog.simple"
                    : arena_printf(replay->arena, "pg_catalog.%s_stem", stem));
    }
}

static void copy(Replay *replay, Thing *thing, const char *schema, const char *name)
{
    const Thing *from = thing_find(replay, KIND_TEXT_SEARCH_CONFIGURATION, schema, name);

    if (!from) {
        thing_set(thing, "parser", "pg_catalog.\"default\"");
        copy_own(replay, thing, name);
        return;
    }
    thing_set(thing, "parser", json_string_value(json_object_get(from->members, "parser")));
    for (size_t i = 0; i < from->items.count; i++) {
        const Mapping *mapping = from->items.items[i];
        Mapping *own = mapping_add(replay, thing, mapping->token);

        for (size_t k = 0; k < mapping->dictionaries.count; k++)
            vec_add(replay->arena, &own->dictionaries, mapping->dictionaries.items[k]);
    }
}

static void create_configuration(Replay *replay, const PgQuery__DefineStmt *define)
{
    Thing *thing =
        thing_add(replay, KIND_TEXT_SEARCH_CONFIGURATION, define->defnames, define->n_defnames);

    for (size_t i = 0; thing && i < define->n_definition; i++) {
        const PgQuery__DefElem *option = define->definition[i]->def_elem;
        const PgQuery__TypeName *name = option->arg && option->arg->node_case == NODE(TYPE_NAME)
                                            ? option->arg->type_name
                                            : NULL;
        const char *schema = name ? tree_qualifier(name->names, name->n_names) : NULL;
        const char *last = name ? tree_last(name->names, name->n_names) : tree_string(option->arg);

        if (strcmp(option->defname, "copy") == 0)
            copy(replay, thing, schema, last);
        else if (strcmp(option->defname, "parser") == 0)
            thing_set(thing, "parser",
                      qualified_name(replay, schema ? schema : "pg_catalog", last));
    }
    if (thing)
        tell_mappings(replay, thing);
}

static void replace_dictionary(Mapping *mapping, const char *old, const char *fresh)
{
    for (size_t i = 0; i < mapping->dictionaries.count; i++)
        if (strcmp(mapping->dictionaries.items[i], old) == 0)
            mapping->dictionaries.items[i] = (void *)(uintptr_t)fresh;
}

static void alter_configuration(Replay *replay, const PgQuery__AlterTSConfigurationStmt *alter)
{
    Thing *thing = thing_find(replay, KIND_TEXT_SEARCH_CONFIGURATION,
                              tree_qualifier(alter->cfgname, alter->n_cfgname),
                              tree_last(alter->cfgname, alter->n_cfgname));
    Vec names = {0};

    if (!thing) {
        replay_warn(replay, "text search configuration '%s' is not known",
                    tree_last(alter->cfgname, alter->n_cfgname));
        return;
    }
    for (size_t i = 0; i < alter->n_dicts; i++) {
        const PgQuery__List *name = alter->dicts[i]->list;

        vec_add(replay->arena, &names, dictionary_name(replay, name->items, name->n_items));
    }
    for (size_t i = 0; i < alter->n_tokentype; i++) {
        const char *token = replay_keep(replay, tree_string(alter->tokentype[i]));
        Mapping *mapping = mapping_find(thing, token);

        switch (alter->kind) {
        case PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_DROP_MAPPING:
            if (mapping)
                vec_remove(&thing->items, mapping);
            break;
        case PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_REPLACE_DICT_FOR_TOKEN:
            if (mapping && names.count == 2)
                replace_dictionary(mapping, names.items[0], names.items[1]);
            break;
        default:
            mapping = mapping_add(replay, thing, token);
            for (size_t k = 0; k < names.count; k++)
                vec_add(replay->arena, &mapping->dictionaries, names.items[k]);
            break;
        }
    }
    for (size_t i = 0; i < thing->items.count && !alter->n_tokentype && names.count == 2; i++)
        replace_dictionary(thing->items.items[i], names.items[0], names.items[1]);
    tell_mappings(replay, thing);
}

bool textsearch_statement(Replay *replay, const Node *node)
{
    const PgQuery__DefineStmt *define =
        node->node_case == NODE(DEFINE_STMT) ? node->define_stmt : NULL;
    Thing *thing;

    if (define && define->kind == PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY) {
        thing =
            thing_add(replay, KIND_TEXT_SEARCH_DICTIONARY, define->defnames, define->n_defnames);
        if (thing)
            set_dictionary(replay, thing, define->definition, define->n_definition);
        return true;
    }
    if (define && define->kind == PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION) {
        create_configuration(replay, define);
        return true;
    }
    if (node->node_case == NODE(ALTER_TSDICTIONARY_STMT)) {
        const PgQuery__AlterTSDictionaryStmt *alter = node->alter_tsdictionary_stmt;

        thing = thing_find(replay, KIND_TEXT_SEARCH_DICTIONARY,
                           tree_qualifier(alter->dictname, alter->n_dictname),
                           tree_last(alter->dictname, alter->n_dictname));
        if (thing)
            set_dictionary(replay, thing, alter->options, alter->n_options);
        else
            replay_warn(replay, "text search dictionary '%s' is not known",
                        tree_last(alter->dictname, alter->n_dictname));
        return true;
    }
    if (node->node_case == NODE(ALTER_TSCONFIGURATION_STMT)) {
        alter_configuration(replay, node->alter_tsconfiguration_stmt);
        return true;
    }
    return false;
}
