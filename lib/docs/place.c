#include "docs/place.h"

#include <string.h>

#include "base/digest.h"
#include "docs/sections.h"
#include "model/markdown.h"

const char *const split_names[] = {"none", "schema", "table", NULL};

static bool is_relation(const FactsObject *object)
{
    return object->kind == KIND_TABLE || object->kind == KIND_VIEW;
}

const FactsObject *place_page(const Writing *writing, const FactsObject *object)
{
    if (writing->split == SPLIT_NONE)
        return NULL;
    return writing->split == SPLIT_TABLE && is_relation(object) ? object : object->home;
}

/* Small letters, digits and _ as they are. A name that no file can have is cut and told apart by
 * its digest. */
static void put_file_part(FILE *out, const char *name)
{
    enum { PART_MAX = 80 };
    size_t room = PART_MAX;
    char digest[DIGEST_HEX_SIZE];

    for (const char *at = name; *at; at++) {
        bool plain = strchr("abcdefghijklmnopqrstuvwxyz0123456789_", *at) != NULL;

        if (room < 3) {
            digest_hex(name, strlen(name), digest);
            fprintf(out, "--%.16s", digest);
            return;
        }
        if (plain)
            fputc(*at, out);
        else
            fprintf(out, "-%02x", (unsigned char)*at);
        room -= plain ? 1 : 3;
    }
}

void place_file(FILE *out, const FactsObject *page)
{
    if (!page) {
        fputs(PLACE_INDEX, out);
        return;
    }
    fprintf(out, "%s.", page->kind == KIND_SCHEMA ? "schema" : section_of(page->kind)->anchor);
    put_file_part(out, page->schema);
    if (page->kind != KIND_SCHEMA) {
        fputc('.', out);
        put_file_part(out, page->name);
    }
    fputs(".md", out);
}

void place_anchor(FILE *out, const FactsObject *object)
{
    if (object->kind == KIND_SCHEMA)
        markdown_anchor(out, "schema", object->name);
    else
        markdown_anchor(out, section_of(object->kind)->anchor, object->id);
}

void place_target(FILE *out, const FactsObject *object)
{
    fputs("<a id=\"", out);
    place_anchor(out, object);
    fputs("\"></a>", out);
}

void place_link(const Writing *writing, FILE *out, const char *label, const FactsObject *object)
{
    const FactsObject *page = place_page(writing, object);

    fputc('[', out);
    markdown_code(out, label);
    fputs("](", out);
    if (page != writing->page)
        place_file(out, page);
    fputc('#', out);
    place_anchor(out, object);
    fputc(')', out);
}

void place_name(const Writing *writing, FILE *out, const FactsObject *object, const char *schema)
{
    place_link(writing, out, strcmp(object->schema, schema) == 0 ? place_label(object) : object->id,
               object);
}

const char *place_label(const FactsObject *object)
{
    const char *at = object->id;

    if (object->kind == KIND_PLATFORM_TABLE)
        return at;
    if (object->kind != KIND_FUNCTION)
        return object->name;
    for (bool quoted = false; *at && (quoted || *at != '.'); at++)
        quoted ^= *at == '"';
    return *at ? at + 1 : object->id;
}
