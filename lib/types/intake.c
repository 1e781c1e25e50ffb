#include "types/intake.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "json/item.h"
#include "model/snapshot.h"
#include "types/access.h"
#include "types/checks.h"
#include "types/names.h"
#include "types/shape.h"

static void list_add(Arena *arena, CatalogList *list, CatalogType *item)
{
    if (list->count == list->capacity) {
        CatalogType **old = list->items;

        list->capacity = list->capacity ? list->capacity * 2 : 16;
        list->items = arena_alloc(arena, list->capacity * sizeof(CatalogType *));
        if (old)
            memcpy(list->items, old, list->count * sizeof(CatalogType *));
    }
    list->items[list->count++] = item;
}

static Texts texts_copy(Arena *arena, const JxItem *array)
{
    Texts texts = {0};

    texts.items = arena_alloc(arena, (jx_item_count(array) + 1) * sizeof *texts.items);
    for (const JxItem *item = jx_item_first(array); item; item = jx_item_next(array, item)) {
        if (jx_item_text(item))
            texts.items[texts.count++] = arena_strdup(arena, jx_item_text(item));
    }
    return texts;
}

/* They are few: room for one more each time. */
static void text_add(Arena *arena, Texts *texts, const char *text)
{
    const char **grown = arena_alloc(arena, (texts->count + 1) * sizeof *grown);

    if (texts->count)
        memcpy(grown, texts->items, texts->count * sizeof *grown);
    grown[texts->count++] = text;
    texts->items = grown;
}

/* The types of columns: few in a schema, so what the last of them were is kept. */
enum { KNOWN_TYPES = 64 };

typedef struct KnownType {
    const char *text; /* NULL: none yet */
    TypeName type;
} KnownType;

typedef struct Reading {
    Catalog *catalog;
    const char *const *wanted;
    const char *last_schema; /* objects of one schema mostly follow each other */
    bool last_included;
    bool replayed; /* from migrations, which do not tell the members of every extension */
    struct CatalogAccess *access; /* of the object at hand */
    JxItems items;                /* of its line */
    KnownType known[KNOWN_TYPES]; /* by a number made of their texts */
} Reading;

static bool schema_add(Reading *reading, const JxItem *value, Err *err)
{
    Catalog *catalog = reading->catalog;
    ShapeObject view = {0};
    bool wanted = catalog->all;

    if (!shape_object(value, &view, err))
        return false;
    for (const char *const *name = reading->wanted; *name; name++)
        wanted |= strcmp(*name, view.name) == 0;
    if (wanted) {
        const char *name = arena_strdup(&catalog->arena, view.name);

        text_add(&catalog->arena, &catalog->schemas, name);
        if (strcmp(view.id, view.name) != 0)
            text_add(&catalog->arena, &catalog->quoted, name);
    }
    return true;
}

static bool is_one_of(const char *const *patterns, const char *id)
{
    for (; patterns && *patterns; patterns++) {
        if (text_glob(*patterns, id))
            return true;
    }
    return false;
}

static bool is_filtered(const CatalogWants *wants, const char *schema, const char *name)
{
    bool every = !wants->include || !*wants->include;
    CLEANUP(arena_free) Arena arena = {0};

    if (every && (!wants->exclude || !*wants->exclude))
        return false;
    const char *id = arena_join(&arena, schema, ".", name, NULL);

    return !(every || is_one_of(wants->include, id)) || is_one_of(wants->exclude, id);
}

static CatalogType type_of(Reading *reading, const ShapeObject *view)
{
    Arena *arena = &reading->catalog->arena;
    const CatalogWants *wants = &reading->catalog->wants;
    const char *schema = view->schema ? view->schema : "";

    if (!reading->last_schema || strcmp(reading->last_schema, schema) != 0) {
        reading->last_schema = arena_strdup(arena, schema);
        reading->last_included = texts_have(&reading->catalog->schemas, schema);
    }
    return (CatalogType){.schema = reading->last_schema,
                         .name = arena_strdup(arena, view->name),
                         .comment = wants->comments ? arena_strdup(arena, view->comment) : NULL,
                         .included =
                             reading->last_included && !is_filtered(wants, schema, view->name),
                         .access = reading->access};
}

static bool enum_add(Reading *reading, const JxItem *value, Err *err)
{
    Arena *arena = &reading->catalog->arena;
    ShapeEnum view = {0};

    if (!shape_enum(value, &view, err))
        return false;
    CatalogEnum *item = arena_alloc(arena, sizeof *item);

    item->type = type_of(reading, &view.object);
    item->labels = texts_copy(arena, view.labels);
    list_add(arena, &reading->catalog->enums, &item->type);
    return true;
}

static bool domain_add(Reading *reading, const JxItem *value, Err *err)
{
    Arena *arena = &reading->catalog->arena;
    ShapeDomain view = {0};

    if (!shape_domain(value, &view, err))
        return false;
    CatalogDomain *item = arena_alloc(arena, sizeof *item);

    item->type = type_of(reading, &view.object);
    item->base = typename_parse(arena, view.base_type);
    item->not_null = view.not_null;
    item->has_default = view.default_text != NULL;
    if (reading->catalog->wants.precise)
        checks_of_domain(arena, item, &view);
    list_add(arena, &reading->catalog->domains, &item->type);
    return true;
}

/* A line of the comment that says "@notNull" and nothing else. */
static bool is_marked_not_null(const char *comment)
{
    static const char mark[] = "@notNull", blanks[] = " \t\v\f";

    for (const char *line = comment; line; line = *line ? line + 1 : NULL) {
        line += strspn(line, blanks);
        size_t length = strcspn(line, "\r\n");

        while (length && strchr(blanks, line[length - 1]))
            length--;
        if (length == sizeof mark - 1 && strncmp(line, mark, length) == 0)
            return true;
        line += strcspn(line, "\r\n");
    }
    return false;
}

static TypeName column_type(Reading *reading, const char *text)
{
    Arena *arena = &reading->catalog->arena;
    size_t number = 0;

    for (const char *at = text; *at; at++)
        number = number * 31 + (unsigned char)*at;
    KnownType *known = &reading->known[number % KNOWN_TYPES];

    if (!known->text || strcmp(known->text, text) != 0)
        *known = (KnownType){arena_strdup(arena, text), typename_parse(arena, text)};
    return known->type;
}

static bool columns_add(Reading *reading, CatalogRelation *relation, const JxItem *columns,
                        Err *err)
{
    Arena *arena = &reading->catalog->arena;

    relation->columns = arena_alloc(arena, (jx_item_count(columns) + 1) * sizeof(CatalogColumn));
    for (const JxItem *value = jx_item_first(columns); value;
         value = jx_item_next(columns, value)) {
        CatalogColumn *column = &relation->columns[relation->column_count];
        ShapeColumn view = {0};

        if (!shape_column(value, &view, err))
            return err_in(err, "in a column of '%s'", relation->type.name);
        TypeName type = column_type(reading, view.type);
        bool always = view.identity && strcmp(view.identity, "always") == 0;

        *column = (CatalogColumn){
            .name = arena_strdup(arena, view.name),
            .declared = type,
            .type = type,
            .nullable = !view.not_null,
            .optional = view.identity || view.default_text,
            .read_only = always || view.generated,
            .proven = is_marked_not_null(view.comment),
            .comment = reading->catalog->wants.comments ? arena_strdup(arena, view.comment) : NULL,
            .updatable = view.updatable};
        if (view.comment && (strstr(view.comment, "@type") || strstr(view.comment, "@brand")))
            column->tags = arena_strdup(arena, view.comment);
        relation->column_count++;
    }
    return true;
}

static bool constraint_add(Arena *arena, CatalogRelation *relation, const JxItem *value, Err *err)
{
    ShapeConstraint view = {0};
    CatalogKey key = {0};

    if (!shape_constraint(value, &view, err))
        return err_in(err, "in a constraint of '%s'", relation->type.name);
    bool unique = strcmp(view.type, "primary key") == 0 || strcmp(view.type, "unique") == 0;
    bool foreign = strcmp(view.type, "foreign key") == 0 && view.references &&
                   typename_split_id(arena, view.references, &key.schema, &key.relation);

    if (!unique && !foreign)
        return true;
    key.name = arena_strdup(arena, view.name);
    key.columns = texts_copy(arena, view.columns);
    key.references = texts_copy(arena, view.reference_columns);
    if (unique)
        relation->uniques[relation->unique_count++] = key;
    else
        relation->keys[relation->key_count++] = key;
    return true;
}

static bool table_add(Reading *reading, const JxItem *value, Err *err)
{
    Arena *arena = &reading->catalog->arena;
    ShapeTable view = {0};

    if (!shape_table(value, &view, err))
        return false;
    CatalogRelation *item = arena_alloc(arena, sizeof *item);
    size_t most = jx_item_count(view.constraints);

    item->type = type_of(reading, &view.object);
    item->id = arena_strdup(arena, view.object.id);
    item->kind = strcmp(view.kind, "foreign table") == 0 ? RELATION_FOREIGN : RELATION_TABLE;
    item->parent = arena_strdup(arena, view.partition_of);
    if (most) {
        item->keys = arena_alloc(arena, most * sizeof(CatalogKey));
        item->uniques = arena_alloc(arena, most * sizeof(CatalogKey));
    }
    for (const JxItem *constraint = jx_item_first(view.constraints); constraint;
         constraint = jx_item_next(view.constraints, constraint)) {
        if (!constraint_add(arena, item, constraint, err))
            return false;
    }
    item->type.included &= !(item->parent && reading->catalog->wants.no_partitions);
    list_add(arena, &reading->catalog->relations, &item->type);
    if (!columns_add(reading, item, view.columns, err))
        return false;
    if (reading->catalog->wants.precise) {
        item->inherits = texts_copy(arena, view.inherits);
        checks_of_table(arena, item, &view);
    }
    return true;
}

static bool composite_add(Reading *reading, const JxItem *value, Err *err)
{
    Arena *arena = &reading->catalog->arena;
    ShapeComposite view = {0};

    if (!shape_composite(value, &view, err))
        return false;
    CatalogRelation *item = arena_alloc(arena, sizeof *item);

    item->type = type_of(reading, &view.object);
    item->id = arena_strdup(arena, view.object.id);
    item->kind = RELATION_COMPOSITE;
    list_add(arena, &reading->catalog->relations, &item->type);
    return columns_add(reading, item, view.attributes, err);
}

/* "CREATE TRIGGER name INSTEAD OF INSERT OR UPDATE ON ...", as pg_get_triggerdef() has it. */
static bool is_instead_of_change(const char *definition)
{
    static const char start[] = "CREATE TRIGGER ", instead[] = " INSTEAD OF ";
    CLEANUP(arena_free) Arena arena = {0};

    if (!definition || strncmp(definition, start, sizeof start - 1) != 0)
        return false;
    const char *events = definition + sizeof start - 1;

    if (!typename_identifier(&arena, &events) || strncmp(events, instead, sizeof instead - 1) != 0)
        return false;
    events += sizeof instead - 1;
    const char *end = strstr(events, " ON ");
    const char *insert = strstr(events, "INSERT"), *update = strstr(events, "UPDATE");

    return end && ((insert && insert < end) || (update && update < end));
}

/* A view that a trigger writes takes values for every column. */
static bool columns_are_triggered(const JxItem *triggers)
{
    for (const JxItem *each = jx_item_first(triggers); each; each = jx_item_next(triggers, each)) {
        if (is_instead_of_change(jx_item_string(each, "definition", NULL)))
            return true;
    }
    return false;
}

static bool view_add(Reading *reading, const JxItem *value, Err *err)
{
    Arena *arena = &reading->catalog->arena;
    ShapeView view = {0};

    if (!shape_view(value, &view, err))
        return false;
    CatalogRelation *item = arena_alloc(arena, sizeof *item);

    item->type = type_of(reading, &view.object);
    item->id = arena_strdup(arena, view.object.id);
    item->kind = view.materialized ? RELATION_MATERIALIZED : RELATION_VIEW;
    item->insertable = view.insertable && !view.materialized;
    item->updatable = view.updatable && !view.materialized;
    item->definition = arena_strdup(arena, view.definition);
    list_add(arena, &reading->catalog->relations, &item->type);
    if (!columns_add(reading, item, view.columns, err))
        return false;
    item->triggered = columns_are_triggered(view.triggers);

    for (size_t i = 0; i < item->column_count; i++)
        item->columns[i].updatable |= item->triggered;
    return true;
}

/* The text as a session sees it whose search_path has public: names of that schema without it. */
static char *without_public(Arena *arena, const char *text)
{
    static const char public[] = "public.";
    char *copy = arena_strdup(arena, text ? text : "");
    char *to = copy;
    char quote = '\0', before = ' ';

    for (const char *from = copy; *from; from++) {
        if (!quote && strncmp(from, public, sizeof public - 1) == 0 &&
            strchr(" ,([]=:", before) != NULL) {
            from += sizeof public - 2;
            before = '.';
            continue;
        }
        if (*from == '\'' || *from == '"')
            quote = !quote ? *from : quote == *from ? '\0' : quote;
        before = *from;
        *to++ = *from;
    }
    *to = '\0';
    return copy;
}

/* The text, and the list's next item. */
static const char *text_next(const JxItem *list, const JxItem **item, const char *otherwise)
{
    const char *text = jx_item_text(*item);

    *item = *item ? jx_item_next(list, *item) : NULL;
    return text ? text : otherwise;
}

static int by_argument_name(const void *a, const void *b)
{
    const CatalogArgument *one = *(CatalogArgument *const *)a;
    const CatalogArgument *two = *(CatalogArgument *const *)b;
    int order = names_compare(one->name, two->name);

    return order ? order : (one > two) - (one < two);
}

static void arguments_add(Arena *arena, CatalogFunction *item, const ShapeFunction *view,
                          bool precise)
{
    const JxItem *types = view->argument_types, *type = jx_item_first(types);
    const JxItem *names = view->argument_names, *name = jx_item_first(names);
    const JxItem *modes = view->argument_modes, *mode = jx_item_first(modes);
    size_t count = jx_item_count(types);
    size_t defaults = view->default_count > 0 ? (size_t)view->default_count : 0;

    item->arguments = arena_alloc(arena, (count + 1) * sizeof(CatalogArgument));
    item->inputs = arena_alloc(arena, (count + 1) * sizeof(CatalogArgument *));
    item->argument_count = count;
    for (size_t i = 0; i < count; i++) {
        const char *way = text_next(modes, &mode, "in");
        CatalogArgument *argument = &item->arguments[i];

        argument->name = arena_strdup(arena, text_next(names, &name, ""));
        argument->type = typename_parse(arena, text_next(types, &type, ""));
        argument->is_table = strcmp(way, "table") == 0;
        argument->is_input = !argument->is_table && strcmp(way, "out") != 0;
        argument->is_output = !argument->is_input || strcmp(way, "inout") == 0;
        if (argument->is_input)
            item->inputs[item->input_count++] = argument;
    }
    /* The official query lists the flags of the input arguments beside all the arguments, so that
     * an output argument in front of them takes one away. */
    for (size_t i = 0; i < item->input_count; i++) {
        CatalogArgument *argument = precise ? item->inputs[i] : &item->arguments[i];

        argument->has_default = i + defaults >= item->input_count;
    }
    qsort(item->inputs, item->input_count, sizeof(CatalogArgument *), by_argument_name);
}

/* By the estimate of how many rows there are, where there is one. */
static bool returns_many(const JxItem *rows)
{
    return !rows || (rows->kind == JX_ITEM_INTEGER && rows->value.integer > 1) ||
           (rows->kind == JX_ITEM_REAL && rows->value.real > 1);
}

static bool function_add(Reading *reading, const JxItem *value, Err *err)
{
    Arena *arena = &reading->catalog->arena;
    ShapeFunction view = {0};

    if (!shape_function(value, &view, err))
        return false;
    CatalogType type = type_of(reading, &view.object);
    const char *result = view.return_type ? view.return_type : "";

    if (!type.included || strcmp(view.kind, "function") != 0 || strcmp(result, "trigger") == 0 ||
        strcmp(result, "event_trigger") == 0)
        return true;
    CatalogFunction *item = arena_alloc(arena, sizeof *item);

    item->type = type;
    item->argument_text = without_public(arena, view.arguments);
    item->result_text = without_public(arena, view.returns);
    item->result = typename_parse(arena, result);
    item->returns_set = view.returns_set;
    item->returns_many = view.returns_set && returns_many(jx_item_get(value, "rows"));
    item->strict = view.strict;
    arguments_add(arena, item, &view, reading->catalog->wants.precise);
    list_add(arena, &reading->catalog->functions, &item->type);
    return true;
}

static bool extension_add(Reading *reading, const JxItem *value, Err *err)
{
    ShapeObject view = {0};

    if (!shape_object(value, &view, err))
        return false;
    CatalogExtension *item = arena_alloc(&reading->catalog->arena, sizeof *item);

    item->type = type_of(reading, &view);
    item->told = !reading->replayed;
    list_add(&reading->catalog->arena, &reading->catalog->extensions, &item->type);
    return true;
}

static void opaque_add(Reading *reading, const char *schema, const char *name)
{
    Arena *arena = &reading->catalog->arena;
    CatalogType *item = arena_alloc(arena, sizeof *item);

    *item = (CatalogType){.schema = schema, .name = name};
    list_add(arena, &reading->catalog->opaque, item);
}

static bool base_type_add(Reading *reading, const JxItem *value, Err *err)
{
    ShapeObject view = {0};

    if (!shape_object(value, &view, err))
        return false;
    CatalogType type = type_of(reading, &view);

    opaque_add(reading, type.schema, type.name);
    return true;
}

/* A range type comes with a multirange, whose constructors are functions; that without arguments is
 * one that PostgREST can call. Its name is left out where it is the server's own choice. */
static bool range_add(Reading *reading, const JxItem *value, Err *err)
{
    enum { NAME_BYTES = 63 };
    Arena *arena = &reading->catalog->arena;
    ShapeObject view = {0};

    if (!shape_object(value, &view, err))
        return false;
    CatalogType type = type_of(reading, &view);
    const char *given = jx_item_string(value, "multirange", NULL);
    const char *range = strstr(type.name, "range");

    opaque_add(reading, type.schema, type.name);
    if (given && !typename_split_id(arena, given, &type.schema, &type.name))
        return err_set(err, EXIT_DATA, "'%s' has no multirange type by that name", view.id);
    if (!given)
        type.name =
            range ? arena_printf(arena, "%.*smulti%s", (int)(range - type.name), type.name, range)
                  : arena_printf(arena, "%s_multirange", type.name);
    size_t length = strlen(type.name);

    if (length > NAME_BYTES) /* a whole number of characters */
        for (length = NAME_BYTES; length && (type.name[length] & 0xc0) == 0x80;)
            length--;
    type.name = arena_strndup(arena, type.name, length);
    opaque_add(reading, type.schema, type.name);
    if (!texts_have(&reading->catalog->schemas, type.schema) ||
        is_filtered(&reading->catalog->wants, type.schema, type.name))
        return true;
    CatalogFunction *item = arena_alloc(arena, sizeof *item);

    item->type = (CatalogType){.schema = type.schema, .name = type.name, .included = true};
    item->argument_text = item->result_text = "";
    item->result = (TypeName){.schema = type.schema, .name = type.name};
    list_add(arena, &reading->catalog->functions, &item->type);
    return true;
}

/* "public.mood AS json" */
static bool cast_add(Reading *reading, const JxItem *value, Err *err)
{
    static const char to_json[] = " AS json";
    Arena *arena = &reading->catalog->arena;
    const char *id = jx_item_string(value, "id", NULL);
    size_t length = id ? strlen(id) : 0, end = sizeof to_json - 1;

    (void)err;
    if (length <= end || strcmp(id + length - end, to_json) != 0 || !jx_item_get(value, "function"))
        return true;
    TypeName source = typename_parse(arena, arena_strndup(arena, id, length - end));

    if (source.array) /* JSON arrays whatever casts there are */
        return true;
    CatalogType *item = arena_alloc(arena, sizeof *item);

    *item = (CatalogType){.schema = source.schema, .name = source.name};
    list_add(arena, &reading->catalog->json_casts, item);
    return true;
}

static void extension_told(Reading *reading, const char *name)
{
    const CatalogList *list = &reading->catalog->extensions;

    for (size_t i = 0; name && i < list->count; i++)
        if (strcmp(list->items[i]->name, name) == 0)
            ((CatalogExtension *)list->items[i])->told = true;
}

/* An object by its kind, or a member of an extension by its section. */
static bool line_add(Reading *reading, const SnapshotLine *line, const char *name, Err *err)
{
    static bool (*const readers[KIND_COUNT])(Reading *, const JxItem *, Err *) = {
        [KIND_SCHEMA] = schema_add,     [KIND_ENUM] = enum_add,
        [KIND_DOMAIN] = domain_add,     [KIND_COMPOSITE] = composite_add,
        [KIND_TABLE] = table_add,       [KIND_VIEW] = view_add,
        [KIND_FUNCTION] = function_add, [KIND_EXTENSION] = extension_add,
        [KIND_RANGE] = range_add,       [KIND_BASE_TYPE] = base_type_add,
        [KIND_CAST] = cast_add,
    };
    Catalog *catalog = reading->catalog;
    bool member = line->part == SNAPSHOT_MEMBER;
    KindId kind = line->kind;

    if (!member && !readers[kind] && !(catalog->roles && kind == KIND_ROLE))
        return true;
    const JxItem *value = snapshot_line_items(line, &reading->items, name, err);
    const char *section = jx_item_string(value, "section", NULL);

    if (!value)
        return false;
    if (member && (!section || !kind_by_section(section, strlen(section), &kind) || !readers[kind]))
        return err_set(err, EXIT_DATA, "'%s':%lu: a member of no section that is known", name,
                       line->number);
    const JxItem *object = member ? jx_item_get(value, "object") : value;

    if (member)
        extension_told(reading, jx_item_string(value, "extension", NULL));
    reading->access = access_read(catalog, kind, object, member);
    return !readers[kind] || readers[kind](reading, object, err) ||
           err_in(err, "in a %s of '%s'", kind_of(kind)->name, name);
}

static bool read_lines(Reading *reading, FILE *in, const char *name, Err *err)
{
    CLEANUP(snapshot_reader_close) SnapshotReader *reader = snapshot_reader_open(in, name, err);
    Catalog *catalog = reading->catalog;
    SnapshotLine line = {0};
    int more = -1;

    if (!reader)
        return false;
    if (snapshot_reader_is_short(reader))
        return err_set(err, EXIT_DATA, "'%s' is the short form of an unchanged snapshot", name);
    access_read_meta(catalog, snapshot_reader_meta(reader));
    snapshot_reader_with_members(reader);
    reading->replayed =
        strcmp(jx_string(snapshot_reader_meta(reader), "source", ""), "migrations") == 0;
    for (const char *const *schema = reading->wanted; *schema; schema++)
        catalog->all |= strcmp(*schema, "*") == 0;
    while ((more = snapshot_reader_next(reader, &line, err)) > 0) {
        if (!line_add(reading, &line, name, err))
            return false;
    }
    return more == 0;
}

bool intake_read(Catalog *catalog, FILE *in, const char *name, const char *const *wanted, Err *err)
{
    Reading reading = {.catalog = catalog, .wanted = wanted};
    bool read = read_lines(&reading, in, name, err);

    jx_items_free(&reading.items);
    return read;
}
