#include "docs/document.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "docs/place.h"
#include "docs/sections.h"
#include "json/jx.h"

static json_t *texts(const char *const *items, size_t count)
{
    json_t *array = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(array, json_string(items[i]));
    return array;
}

static void set_if_any(json_t *object, const char *name, json_t *array)
{
    if (json_array_size(array))
        json_object_set(object, name, array);
    json_decref(array);
}

/* One link of each kind as its reader wants it. */
static json_t *link_value(const FactsLink *link)
{
    if (link->kind == LINK_REFERENCED)
        return json_pack("{s:s, s:s, s:o, s:o}", "table", link->other->id, "constraint",
                         link->key->name, "columns", texts(link->key->columns, link->key->count),
                         "references", texts(link->key->references, link->key->reference_count));
    if (link->kind == LINK_FIRED)
        return json_pack("{s:s, s:s}", "relation", link->other->id, "trigger", link->detail);
    if (link->kind == LINK_USED)
        return json_pack("{s:s, s:s, s:s*}", "kind", kind_of(link->other->kind)->name, "id",
                         link->other->id, "column", link->detail);
    return json_string(link->other->id);
}

static void set_links(const Facts *facts, const FactsObject *object, json_t *value)
{
    static const char *const members[] = {
        [LINK_REFERENCED] = "referenced_by", [LINK_READ] = "read_by",
        [LINK_PARTITION] = "partitions",     [LINK_INHERITED] = "inherited_by",
        [LINK_FIRED] = "called_by",          [LINK_USED] = "used_by",
    };

    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        size_t count = 0;
        const FactsLink *links = facts_links(facts, object, (FactsLinkKind)i, &count);
        json_t *array = json_array();

        for (size_t j = 0; j < count; j++)
            json_array_append_new(array, link_value(&links[j]));
        set_if_any(value, members[i], array);
    }
}

static void set_origins(const FactsObject *object, json_t *value)
{
    json_t *reads = json_array(), *origins = json_object();

    for (size_t i = 0; i < object->read_count; i++)
        json_array_append_new(reads, json_string(object->reads[i]->id));
    for (size_t i = 0; i < object->column_count; i++) {
        const FactsColumn *column = &object->columns[i];

        if (column->relation)
            json_object_set_new(origins, column->name,
                                json_pack("{s:s, s:s}", "relation", column->relation->id, "column",
                                          column->origin));
    }
    set_if_any(value, "reads", reads);
    if (json_object_size(origins))
        json_object_set(value, "origins", origins);
    json_decref(origins);
}

/* role to command to the policies that bear on it. */
static void set_access(const FactsObject *object, json_t *value)
{
    CLEANUP(arena_free) Arena arena = {0};
    size_t count = 0;
    const char **roles = facts_roles(&arena, object, &count);
    json_t *access = json_object();

    for (size_t i = 0; i < count; i++) {
        json_t *row = json_object();

        for (FactsCommand command = COMMAND_SELECT; command < COMMAND_COUNT; command++) {
            json_t *permissive = json_array(), *restrictive = json_array();

            for (size_t j = 0; j < object->policy_count; j++) {
                const FactsPolicy *policy = &object->policies[j];

                if (policy->commands[command] && facts_policy_is_for(policy, roles[i]))
                    json_array_append_new(policy->restrictive ? restrictive : permissive,
                                          json_string(policy->name));
            }
            json_t *cell = json_object();

            set_if_any(cell, "any_of", permissive);
            set_if_any(cell, "all_of", restrictive);
            json_object_set_new(row, facts_commands[command], cell);
        }
        json_object_set_new(access, roles[i], row);
    }
    if (count)
        json_object_set(value, "access", access);
    json_decref(access);
}

static bool put_anchor(json_t *value, const FactsObject *object, Err *err)
{
    CLEANUP(cleanup_free) char *anchor = NULL;
    size_t length = 0;
    FILE *memory = open_memstream(&anchor, &length);

    if (!memory)
        return err_errno(err, EXIT_OS, "cannot make room for a name");
    place_anchor(memory, object);
    if (fclose(memory) != 0)
        return err_errno(err, EXIT_OS, "cannot make room for a name");
    return jx_set(value, "anchor", json_string(anchor), err);
}

/* The object as the snapshot has it, what we add as one member more. */
static bool put_object(const Facts *facts, const FactsObject *object, FILE *out, Err *err)
{
    json_auto_t *value = json_object();

    if (!put_anchor(value, object, err))
        return false;
    set_links(facts, object, value);
    set_origins(object, value);
    set_access(object, value);
    CLEANUP(cleanup_free) char *text = jx_text(value);

    fprintf(out, "\n%.*s,\"links\":%s}", (int)object->length - 1, object->text, text);
    return true;
}

static int by_id(const void *a, const void *b)
{
    const FactsObject *one = *(const FactsObject *const *)a, *two = *(const FactsObject *const *)b;
    int order = (one->kind > two->kind) - (one->kind < two->kind);

    return order ? order : strcmp(one->id, two->id);
}

bool document_write(const Facts *facts, const char *title, FILE *out, Err *err)
{
    CLEANUP(arena_free) Arena arena = {0};
    const FactsObject **objects = arena_alloc(&arena, (facts->count + 1) * sizeof *objects);

    for (size_t i = 0; i < facts->count; i++)
        objects[i] = &facts->objects[i];
    if (facts->count)
        qsort(objects, facts->count, sizeof *objects, by_id);
    title = title ? title : "Database schema";
    fputs("{\"format\":\"schema-docs/1\",\n\"title\":", out);
    jx_put_string(out, title, strlen(title));
    for (size_t i = 0; i < facts->count; i++) {
        bool first = i == 0 || objects[i - 1]->kind != objects[i]->kind;

        if (first)
            fprintf(out, "%s,\n\"%s\":[", i ? "\n]" : "", kind_of(objects[i]->kind)->member);
        else
            fputc(',', out);
        if (!put_object(facts, objects[i], out, err))
            return false;
    }
    fputs(facts->count ? "\n]}\n" : "}\n", out);
    return true;
}
