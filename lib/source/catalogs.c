#include "source/catalogs.h"

#include <string.h>

#include "base/buffer.h"
#include "base/embed.h"
#include "pg/db.h"
#include "sql_files.h"

#define OF_TEMPORARY_RELATION " = any ((select t.relations from temporary t)::oid[])"
#define IN_TEMPORARY_SCHEMA " = any ((select t.schemas from temporary t)::oid[])"
#define ROW_OR_ARRAY "(x.typtype = 'c' or x.typinput = 'pg_catalog.array_in'::regproc)"

typedef enum CatalogUse {
    CATALOG_ROWS,    /* when its rows were written */
    CATALOG_START,   /* how many rows of the bootstrap it has yet */
    CATALOG_THROUGH, /* its public view, by content: only superusers may read the catalog */
    CATALOG_APART,   /* in fingerprint.sql itself */
    CATALOG_LATER,   /* not in every version: read like one that is not listed */
    CATALOG_NOT,     /* statistics, data, dependencies that no object's text shows */
} CatalogUse;

typedef struct Catalog {
    const char *name;
    const char *only;  /* the rows that are meant, x; NULL: all */
    const char *label; /* of a part of it; NULL: the name, or the view's */
    const char *view;
    CatalogUse use;
    bool reaches_far;
} Catalog;

static const Catalog catalogs[] = {
    {.name = "pg_aggregate"},
    {.name = "pg_am", .reaches_far = true},
    {.name = "pg_amop"},
    {.name = "pg_amproc"},
    {.name = "pg_attrdef", .only = "not x.adrelid" OF_TEMPORARY_RELATION},
    {.name = "pg_attribute", .only = "x.attnum > 0 and not x.attrelid" OF_TEMPORARY_RELATION},
    {.name = "pg_auth_members"},
    {.name = "pg_authid", .use = CATALOG_THROUGH, .view = "pg_roles", .reaches_far = true},
    {.name = "pg_cast", .reaches_far = true},
    {.name = "pg_class", .only = "x.relpersistence <> 't'"},
    {.name = "pg_collation", .reaches_far = true},
    {.name = "pg_constraint", .only = "not x.connamespace" IN_TEMPORARY_SCHEMA},
    {.name = "pg_conversion"},
    {.name = "pg_database",
     .only = "x.datname = pg_catalog.current_database()",
     .reaches_far = true},
    {.name = "pg_db_role_setting"},
    {.name = "pg_default_acl"},
    {.name = "pg_depend",
     .only = "x.refclassid = 'pg_catalog.pg_extension'::regclass and x.deptype in ('e', 'x')",
     .label = "pg_depend of extensions",
     .reaches_far = true},
    {.name = "pg_description",
     .only = "not (x.classoid = 'pg_catalog.pg_class'::regclass and x.objoid" OF_TEMPORARY_RELATION
             ")"},
    {.name = "pg_description", .label = "pg_description of the start", .use = CATALOG_START},
    {.name = "pg_enum", .reaches_far = true},
    {.name = "pg_event_trigger"},
    {.name = "pg_extension", .reaches_far = true},
    {.name = "pg_foreign_data_wrapper", .reaches_far = true},
    {.name = "pg_foreign_server", .reaches_far = true},
    {.name = "pg_foreign_table"},
    {.name = "pg_index", .only = "not x.indrelid" OF_TEMPORARY_RELATION},
    {.name = "pg_inherits", .only = "not x.inhrelid" OF_TEMPORARY_RELATION},
    {.name = "pg_init_privs", .reaches_far = true},
    {.name = "pg_language", .reaches_far = true},
    {.name = "pg_largeobject", .use = CATALOG_NOT},
    {.name = "pg_largeobject_metadata", .use = CATALOG_NOT},
    {.name = "pg_namespace", .only = "x.nspname !~ '^pg_(toast_)?temp_'", .reaches_far = true},
    {.name = "pg_opclass", .reaches_far = true},
    {.name = "pg_operator", .reaches_far = true},
    {.name = "pg_opfamily", .reaches_far = true},
    {.name = "pg_parameter_acl", .use = CATALOG_LATER},
    {.name = "pg_partitioned_table", .only = "not x.partrelid" OF_TEMPORARY_RELATION},
    {.name = "pg_policy", .only = "not x.polrelid" OF_TEMPORARY_RELATION},
    {.name = "pg_proc", .only = "not x.pronamespace" IN_TEMPORARY_SCHEMA},
    {.name = "pg_publication"},
    {.name = "pg_publication_namespace", .use = CATALOG_LATER},
    {.name = "pg_publication_rel"},
    {.name = "pg_range"},
    {.name = "pg_replication_origin", .use = CATALOG_NOT},
    {.name = "pg_rewrite", .only = "not x.ev_class" OF_TEMPORARY_RELATION},
    {.name = "pg_seclabel"},
    /* Also when no more than the column changes that it is of: AlterSequence() in sequence.c. */
    {.name = "pg_sequence", .only = "not x.seqrelid" OF_TEMPORARY_RELATION},
    {.name = "pg_shdepend", .use = CATALOG_NOT},
    {.name = "pg_shdescription"},
    {.name = "pg_shdescription", .label = "pg_shdescription of the start", .use = CATALOG_START},
    {.name = "pg_shseclabel"},
    {.name = "pg_statistic", .use = CATALOG_NOT},
    {.name = "pg_statistic_ext", .only = "not x.stxrelid" OF_TEMPORARY_RELATION},
    {.name = "pg_statistic_ext_data", .use = CATALOG_NOT},
    {.name = "pg_subscription", .use = CATALOG_APART},
    {.name = "pg_subscription_rel", .use = CATALOG_NOT},
    {.name = "pg_tablespace", .reaches_far = true},
    {.name = "pg_transform"},
    {.name = "pg_trigger", .only = "not x.tgrelid" OF_TEMPORARY_RELATION},
    {.name = "pg_ts_config", .reaches_far = true},
    {.name = "pg_ts_config_map"},
    {.name = "pg_ts_dict", .reaches_far = true},
    {.name = "pg_ts_parser", .reaches_far = true},
    {.name = "pg_ts_template", .reaches_far = true},
    {.name = "pg_type",
     .only = "not x.typnamespace" IN_TEMPORARY_SCHEMA " and not " ROW_OR_ARRAY,
     .reaches_far = true},
    {.name = "pg_type",
     .only = "not x.typnamespace" IN_TEMPORARY_SCHEMA " and " ROW_OR_ARRAY,
     .label = "pg_type of rows and arrays"},
    {.name = "pg_user_mapping", .use = CATALOG_THROUGH, .view = "pg_user_mappings"},
};

enum { COUNT = sizeof catalogs / sizeof *catalogs };

static const char *label_of(const Catalog *catalog)
{
    return catalog->label ? catalog->label : catalog->view ? catalog->view : catalog->name;
}

/* Rows of the bootstrap, of transaction 1, are pinned but for comments, and when changed no more of
 * it. */
static const char *part_of(const Catalog *catalog, Arena *arena)
{
    if (catalog->use == CATALOG_THROUGH)
        return arena_printf(
            arena,
            "select '%s', pg_catalog.concat(count(*), '=', sum(pg_catalog.hashtext(x::text))) "
            "from pg_catalog.%s x",
            catalog->view, catalog->view);
    if (catalog->use == CATALOG_START)
        return arena_printf(arena,
                            "select '%s', pg_catalog.concat(count(*), '=') from pg_catalog.%s x "
                            "where x.xmin = '1'",
                            catalog->label, catalog->name);
    return arena_printf(arena,
                        "select '%s', pg_catalog.concat_ws(':', count(*), "
                        "coalesce(sum(pg_catalog.age(x.xmin)), 0), "
                        "coalesce(sum(pg_catalog.age(x.xmin)::int8 * pg_catalog.age(x.xmin)), 0)) "
                        "from pg_catalog.%s x where x.xmin <> '1'%s%s",
                        label_of(catalog), catalog->name, catalog->only ? " and " : "",
                        catalog->only ? catalog->only : "");
}

static const char *names(bool (*is_wanted)(const Catalog *), Arena *arena)
{
    const char *list[COUNT + 1] = {0};
    size_t count = 0;

    for (int i = 0; i < COUNT; i++)
        if (is_wanted(&catalogs[i]) &&
            (i == 0 || strcmp(catalogs[i - 1].name, catalogs[i].name) != 0))
            list[count++] = catalogs[i].name;
    return db_array_text(arena, list);
}

static bool is_listed(const Catalog *catalog)
{
    return catalog->use != CATALOG_LATER;
}

static bool is_counted(const Catalog *catalog)
{
    return catalog->use != CATALOG_NOT;
}

const char *catalogs_counted(Arena *arena)
{
    return names(is_counted, arena);
}

/* Up to the mark, which is left behind. */
static void upto(Buffer *out, const char **text, const char *mark)
{
    const char *end = strstr(*text, mark);

    buffer_add(out, *text, (size_t)(end - *text));
    *text = end + strlen(mark);
}

const char *catalogs_sql(Arena *arena)
{
    CLEANUP(buffer_free) Buffer sql = {0};
    const char *text = (const char *)embedded_find(sql_files, "fingerprint.sql")->bytes;

    upto(&sql, &text, "/*parts*/");
    for (int i = 0; i < COUNT; i++) {
        if (catalogs[i].use > CATALOG_THROUGH)
            continue;
        buffer_text(&sql, " union all ");
        buffer_text(&sql, part_of(&catalogs[i], arena));
    }
    upto(&sql, &text, "/*names*/");
    buffer_text(&sql, " || '");
    buffer_text(&sql, names(is_listed, arena));
    buffer_text(&sql, "'::name[]");
    buffer_text(&sql, text);
    return arena_strdup(arena, sql.bytes);
}

bool catalogs_reaches_far(const char *name, size_t length)
{
    for (int i = 0; i < COUNT; i++) {
        const char *label = label_of(&catalogs[i]);
        if (strlen(label) == length && memcmp(label, name, length) == 0)
            return catalogs[i].reaches_far;
    }
    return false;
}
