#include "source/catalogs.h"

#include <assert.h>
#include <limits.h>
#include <string.h>

#include "base/buffer.h"
#include "base/embed.h"
#include "pg/db.h"
#include "source/probe.h"
#include "sql_files.h"

#define OF_TEMPORARY_RELATION " = any ((select t.relations from temporary t)::oid[])"
#define IN_TEMPORARY_SCHEMA " = any ((select t.schemas from temporary t)::oid[])"
#define ROW_OR_ARRAY "(x.typtype = 'c' or x.typinput = 'pg_catalog.array_in'::regproc)"

typedef enum CatalogUse {
    CATALOG_ROWS,    /* when its rows were written */
    CATALOG_THROUGH, /* its public view, by content: only superusers may read the catalog */
    CATALOG_APART,   /* in fingerprint.sql itself */
    CATALOG_NOT,     /* statistics, data, dependencies that no object's text shows */
} CatalogUse;

typedef struct Catalog {
    const char *name;
    const char *only;      /* the rows that are meant, x; NULL: all; not with temporary */
    const char *temporary; /* those that are of temporary objects, found by an index; NULL: none */
    const char *relation;  /* the column that says which relation a row is of; NULL: of none */
    const char *label;     /* of a part of it; NULL: the name, or the view's */
    const char *view;
    CatalogUse use;
    int min_version; /* of the server; 0: all */
    CatalogTouch touch;
    bool is_followed; /* a row goes only when another is written, or one of pg_class or pg_type goes
                       */
    bool is_large;    /* with temporary, without label */
    bool reaches_far;
} Catalog;

/* A catalog whose rows are of relations. */
#define OF_RELATIONS(column) .temporary = "x." column OF_TEMPORARY_RELATION, .relation = column

static const Catalog catalogs[] = {
    {.name = "pg_aggregate"},
    {.name = "pg_am", .reaches_far = true},
    {.name = "pg_amop"},
    {.name = "pg_amproc"},
    {.name = "pg_attrdef", OF_RELATIONS("adrelid"), .touch = TOUCH_WRITTEN, .is_followed = true},
    {.name = "pg_attribute", OF_RELATIONS("attrelid"), .touch = TOUCH_WRITTEN, .is_followed = true},
    {.name = "pg_auth_members"},
    {.name = "pg_authid", .use = CATALOG_THROUGH, .view = "pg_roles", .reaches_far = true},
    {.name = "pg_cast", .reaches_far = true},
    {.name = "pg_class", OF_RELATIONS("oid"), .touch = TOUCH_RELATION, .is_large = true},
    {.name = "pg_collation", .reaches_far = true},
    {.name = "pg_constraint", OF_RELATIONS("conrelid"), .touch = TOUCH_REMOVED, .is_large = true},
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
     .temporary = "x.classoid = 'pg_catalog.pg_class'::regclass and x.objoid" OF_TEMPORARY_RELATION,
     .touch = TOUCH_UNTOLD},
    {.name = "pg_enum", .reaches_far = true},
    {.name = "pg_event_trigger"},
    {.name = "pg_extension", .reaches_far = true},
    {.name = "pg_foreign_data_wrapper", .reaches_far = true},
    {.name = "pg_foreign_server", .reaches_far = true},
    {.name = "pg_foreign_table",
     OF_RELATIONS("ftrelid"),
     .touch = TOUCH_WRITTEN,
     .is_followed = true},
    {.name = "pg_index", OF_RELATIONS("indrelid"), .touch = TOUCH_WRITTEN, .is_followed = true},
    {.name = "pg_inherits", OF_RELATIONS("inhrelid"), .touch = TOUCH_REMOVED},
    {.name = "pg_init_privs", .reaches_far = true},
    {.name = "pg_language", .reaches_far = true},
    {.name = "pg_largeobject", .use = CATALOG_NOT},
    {.name = "pg_largeobject_metadata", .use = CATALOG_NOT},
    {.name = "pg_namespace", .only = "x.nspname !~ '^pg_(toast_)?temp_'", .reaches_far = true},
    {.name = "pg_opclass", .reaches_far = true},
    {.name = "pg_operator", .reaches_far = true},
    {.name = "pg_opfamily", .reaches_far = true},
    {.name = "pg_parameter_acl", .min_version = 150000},
    {.name = "pg_partitioned_table",
     OF_RELATIONS("partrelid"),
     .touch = TOUCH_WRITTEN,
     .is_followed = true},
    {.name = "pg_policy", OF_RELATIONS("polrelid"), .touch = TOUCH_REMOVED},
    {.name = "pg_proc",
     .temporary = "x.oid = any ((select t.functions from temporary t)::oid[])",
     .touch = TOUCH_UNTOLD},
    {.name = "pg_publication"},
    {.name = "pg_publication_namespace", .min_version = 150000},
    {.name = "pg_publication_rel"},
    {.name = "pg_range"},
    {.name = "pg_replication_origin", .use = CATALOG_NOT},
    {.name = "pg_rewrite", OF_RELATIONS("ev_class"), .touch = TOUCH_REMOVED},
    {.name = "pg_seclabel"},
    /* Also when no more than the column changes that it is of: AlterSequence() in sequence.c. */
    {.name = "pg_sequence", OF_RELATIONS("seqrelid"), .touch = TOUCH_WRITTEN, .is_followed = true},
    {.name = "pg_shdepend", .use = CATALOG_NOT},
    {.name = "pg_shdescription"},
    {.name = "pg_shseclabel"},
    {.name = "pg_statistic", .use = CATALOG_NOT},
    {.name = "pg_statistic_ext", .only = "not x.stxrelid" OF_TEMPORARY_RELATION},
    {.name = "pg_statistic_ext_data", .use = CATALOG_NOT},
    {.name = "pg_subscription", .use = CATALOG_APART},
    {.name = "pg_subscription_rel", .use = CATALOG_NOT},
    {.name = "pg_tablespace", .reaches_far = true},
    {.name = "pg_transform"},
    {.name = "pg_trigger", OF_RELATIONS("tgrelid"), .touch = TOUCH_REMOVED, .is_large = true},
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
     .label = "pg_type of rows and arrays",
     .is_followed = true},
    {.name = "pg_user_mapping", .use = CATALOG_APART},
};

enum { COUNT = sizeof catalogs / sizeof *catalogs };

static const char *label_of(const Catalog *catalog)
{
    return catalog->label ? catalog->label : catalog->view ? catalog->view : catalog->name;
}

/* A row of half the numbers ago has a negative age. */
#define ARE_WRITTEN                                                                                \
    "where pg_catalog.age(x.xmin) <= (select s.age from since s) and pg_catalog.age(x.xmin) >= 0"

static const char *relations_of(const Catalog *catalog, Arena *arena)
{
    return catalog->relation ? arena_printf(arena, "pg_catalog.array_agg(x.%s)", catalog->relation)
                             : "null::oid[]";
}

static const char *condition_of(const Catalog *catalog, Arena *arena)
{
    assert(!catalog->temporary || !catalog->only);
    return catalog->temporary ? arena_printf(arena, "not (%s)", catalog->temporary)
           : catalog->only    ? catalog->only
                              : "true";
}

/* What a scan takes is mostly taking rows apart. So of a large catalog it looks at system columns
 * only, and what is of temporary objects is found by an index and taken off the count. */
static const char *large_part_of(const Catalog *catalog, Arena *arena)
{
    assert(catalog->temporary && !catalog->label);
    return arena_printf(
        arena,
        "select '%s', null, a.rows - (select count(*) from pg_catalog.%s x where %s), w.ages, "
        "w.relations from (select count(*) as rows, pg_catalog.array_agg(x.ctid) filter "
        "(" ARE_WRITTEN ") as written from pg_catalog.%s x) a cross join lateral "
        "(select pg_catalog.array_agg(pg_catalog.age(x.xmin)) as ages, %s as relations "
        "from pg_catalog.%s x where x.ctid = any (a.written) and %s) w",
        catalog->name, catalog->name, catalog->temporary, catalog->name,
        relations_of(catalog, arena), catalog->name, condition_of(catalog, arena));
}

static const char *followed_part_of(const Catalog *catalog, Arena *arena)
{
    return arena_printf(arena,
                        "select '%s', null, 0, pg_catalog.array_agg(pg_catalog.age(x.xmin)), %s "
                        "from pg_catalog.%s x "
                        "where x.ctid = any (array(select x.ctid from pg_catalog.%s x " ARE_WRITTEN
                        ")) and %s",
                        label_of(catalog), relations_of(catalog, arena), catalog->name,
                        catalog->name, condition_of(catalog, arena));
}

/* All rows are meant, and of no relation. */
static bool is_plain(const Catalog *catalog)
{
    return catalog->use == CATALOG_ROWS && !catalog->only && !catalog->temporary &&
           !catalog->relation && !catalog->is_followed;
}

/* A catalog that had no rows: it is left to what reads those that are not listed, which looks at
 * its size first. */
static bool was_empty(const Catalog *catalog, const char *known)
{
    ProbeItem item;

    if (!known || !*known || !is_plain(catalog))
        return false;
    while (probe_next(&known, &item))
        if (item.name_length == strlen(catalog->name) &&
            memcmp(item.text, catalog->name, item.name_length) == 0)
            return false;
    return true;
}

static const char *part_of(const Catalog *catalog, Arena *arena)
{
    if (catalog->use == CATALOG_THROUGH)
        return arena_printf(
            arena,
            "select '%s', pg_catalog.concat(count(*), '=', sum(pg_catalog.hashtext(x::text))), "
            "null::int8, null::int4[], null::oid[] from pg_catalog.%s x",
            catalog->view, catalog->view);
    if (catalog->is_followed)
        return followed_part_of(catalog, arena);
    if (catalog->is_large)
        return large_part_of(catalog, arena);
    return arena_printf(arena,
                        "select '%s', null, count(*), pg_catalog.array_agg(pg_catalog.age(x.xmin)) "
                        "filter (" ARE_WRITTEN "), %s%s from pg_catalog.%s x where %s",
                        label_of(catalog), relations_of(catalog, arena),
                        catalog->relation ? " filter (" ARE_WRITTEN ")" : "", catalog->name,
                        condition_of(catalog, arena));
}

static bool is_of(const Catalog *catalog, int version)
{
    return catalog->min_version <= version;
}

static const char *names(int version, bool with_all, const char *known, Arena *arena)
{
    const char *list[COUNT + 1] = {0};
    size_t count = 0;

    for (int i = 0; i < COUNT; i++)
        if (is_of(&catalogs[i], version) && (with_all || catalogs[i].use != CATALOG_NOT) &&
            !was_empty(&catalogs[i], known) &&
            (i == 0 || strcmp(catalogs[i - 1].name, catalogs[i].name) != 0))
            list[count++] = catalogs[i].name;
    return db_array_text(arena, list);
}

const char *catalogs_counted(Arena *arena)
{
    return names(INT_MAX, false, NULL, arena);
}

/* One part of all plain ones: a statement's cost is mostly its parts. */
static void plain_part(Buffer *sql, int version, const char *known)
{
    buffer_text(sql, " union all select x.catalog::regclass::text, null, count(*), "
                     "pg_catalog.array_agg(pg_catalog.age(x.xmin)) filter (" ARE_WRITTEN "), "
                     "null::oid[] from (select null::oid, null::xid where false");
    for (int i = 0; i < COUNT; i++)
        if (is_plain(&catalogs[i]) && is_of(&catalogs[i], version) &&
            !was_empty(&catalogs[i], known)) {
            buffer_text(sql, " union all select x.tableoid, x.xmin from pg_catalog.");
            buffer_text(sql, catalogs[i].name);
            buffer_text(sql, " x");
        }
    buffer_text(sql, ") x (catalog, xmin) group by x.catalog");
}

/* Up to the mark, which is left behind. */
static void upto(Buffer *out, const char **text, const char *mark)
{
    const char *end = strstr(*text, mark);

    buffer_add(out, *text, (size_t)(end - *text));
    *text = end + strlen(mark);
}

const char *catalogs_sql(Arena *arena, int version, const char *since, const char *known)
{
    CLEANUP(buffer_free) Buffer sql = {0};
    const char *text = (const char *)embedded_find(sql_files, "fingerprint.sql")->bytes;

    upto(&sql, &text, "/*since*/");
    buffer_text(&sql, since);
    upto(&sql, &text, "/*parts*/");
    plain_part(&sql, version, known);
    for (int i = 0; i < COUNT; i++) {
        if (catalogs[i].use > CATALOG_THROUGH || is_plain(&catalogs[i]) ||
            !is_of(&catalogs[i], version))
            continue;
        buffer_text(&sql, " union all ");
        buffer_text(&sql, part_of(&catalogs[i], arena));
    }
    upto(&sql, &text, "/*names*/");
    buffer_text(&sql, " || '");
    buffer_text(&sql, names(version, true, known, arena));
    buffer_text(&sql, "'::name[]");
    buffer_text(&sql, text);
    return arena_strdup(arena, sql.bytes);
}

static const Catalog *find(const char *name, size_t length)
{
    for (int i = 0; i < COUNT; i++) {
        const char *label = label_of(&catalogs[i]);
        if (strlen(label) == length && memcmp(label, name, length) == 0)
            return &catalogs[i];
    }
    return NULL;
}

bool catalogs_reaches_far(const char *name, size_t length)
{
    const Catalog *catalog = find(name, length);

    return catalog && catalog->reaches_far;
}

CatalogTouch catalogs_touch(const char *name, size_t length)
{
    const Catalog *catalog = find(name, length);

    return catalog ? catalog->touch : TOUCH_NONE;
}
