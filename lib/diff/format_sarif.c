/* SARIF 2.1.0 (OASIS), for code scanning: a rule for each kind of object and what became of it, a
 * result for each change, known again in the next run by its partial fingerprint. */
#include "diff/format.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

#include "base/buffer.h"
#include "base/digest.h"
#include "base/text.h"
#include "diff/tree.h"
#include "json/jx.h"

static const char *const levels[] = {
    [SEVERITY_SAFE] = "note",
    [SEVERITY_RISKY] = "warning",
    [SEVERITY_BREAKING] = "error",
};
static_assert(sizeof levels / sizeof *levels == SEVERITY_COUNT, "a level each");

/* "view-column-removed" */
static const char *rule_of(Arena *arena, const Leaf *leaf)
{
    char *id = arena_printf(arena, "%s-%s", leaf->change.kind, leaf->change.op);

    for (char *at = id; *at; at++)
        *at = isalnum((unsigned char)*at) ? *at : '-';
    return id;
}

/* A message as plain text, in which braces are doubled (section 3.11.5) and what looks like a link
 * is none (3.11.6). */
static json_t *message(const char *text)
{
    CLEANUP(cleanup_free) char *safe = NULL;
    bool has_link = strstr(text, "](") != NULL;
    Buffer plain = {0};
    size_t length = 0;
    FILE *out = open_memstream(&safe, &length);

    if (!out)
        return NULL;
    text_print_safe(out, text);
    if (fclose(out) != 0)
        return NULL;
    for (const char *at = safe; *at; at++) {
        if (*at == '[' && has_link)
            buffer_char(&plain, '\\');
        buffer_char(&plain, *at);
        if (*at == '{' || *at == '}')
            buffer_char(&plain, *at);
    }
    json_t *made = json_pack("{s:s}", "text", plain.bytes ? plain.bytes : "");
    buffer_free(&plain);
    return made;
}

/* ---- rules ---- */

/* The rules that the changes need; their places by id go into indexes. */
static json_t *rules_of(Tree *tree, json_t *indexes)
{
    json_t *rules = json_array();

    for (size_t i = 0; i < tree->count; i++) {
        const Leaf *leaf = &tree->leaves[i];
        const char *id = rule_of(&tree->arena, leaf);
        const char *what = arena_printf(&tree->arena, "%s %s", leaf->change.kind, leaf->change.op);

        if (json_object_get(indexes, id))
            continue;
        json_object_set_new(indexes, id, json_integer((json_int_t)json_array_size(rules)));
        json_array_append_new(rules, json_pack("{s:s, s:o, s:o}", "id", id, "shortDescription",
                                               message(what), "fullDescription", message(what)));
    }
    return rules;
}

/* ---- results ---- */

/* A path as a URI reference. Source: RFC 3986 sections 2.3, 3.3 and 4.2. */
static const char *uri_of(Arena *arena, const char *path)
{
    static const char digits[] = "0123456789ABCDEF";
    char *uri = arena_alloc(arena, 3 * strlen(path) + 1), *end = uri;

    for (; *path; path++) {
        unsigned char byte = (unsigned char)*path;

        if (isalnum(byte) || strchr("-._~/", byte)) {
            *end++ = *path;
            continue;
        }
        *end++ = '%';
        *end++ = digits[byte >> 4];
        *end++ = digits[byte & 15];
    }
    return uri;
}

static json_t *place_of(Arena *arena, const char *file)
{
    const char *uri = uri_of(arena, file);

    return *uri == '/' ? json_pack("{s:{s:s+}}", "artifactLocation", "uri", "file://", uri)
                       : json_pack("{s:{s:s, s:s}}", "artifactLocation", "uri", uri, "uriBaseId",
                                   "%SRCROOT%");
}

static json_t *location_of(Arena *arena, const json_t *changes, const Leaf *leaf,
                           const char *folder)
{
    const char *file = tree_file(arena, changes, leaf, folder);
    json_t *location = json_pack("{s:[{s:s, s:s, s:s}]}", "logicalLocations", "fullyQualifiedName",
                                 leaf->change.id, "kind", leaf->change.kind, "name", leaf->name);

    if (file)
        json_object_set_new(location, "physicalLocation", place_of(arena, file));
    return location;
}

/* The same for the same finding in another run: what became of which object, and of which members
 * of it. */
static void fingerprint(const Leaf *leaf, char hex[DIGEST_HEX_SIZE])
{
    CLEANUP(digest_close) Digest *digest = digest_open();
    bool is_whole = leaf->op == OP_ADDED || leaf->op == OP_REMOVED;
    size_t index = 0;
    json_t *field = NULL;

    digest_add(digest, leaf->change.op, strlen(leaf->change.op) + 1);
    digest_add(digest, leaf->change.kind, strlen(leaf->change.kind) + 1);
    digest_add(digest, leaf->change.id, strlen(leaf->change.id) + 1);
    json_array_foreach(leaf->change.fields, index, field)
    {
        const char *name = jx_string(field, "name", "");

        if (!is_whole)
            digest_add(digest, name, strlen(name) + 1);
    }
    digest_end_hex(digest, hex);
}

static const char *text_of(Arena *arena, const Leaf *leaf)
{
    const char *old = change_old_id(&leaf->change);
    const char *text =
        arena_printf(arena, "%s %s %s%s%s: %s", leaf->change.kind, old ? old : leaf->change.id,
                     leaf->word, old ? " to " : "", old ? leaf->change.id : "", leaf->change.why);
    size_t index = 0;
    json_t *effect = NULL;

    json_array_foreach(leaf->change.effects, index, effect)
    {
        text = arena_join(arena, text, "; ", json_string_value(effect), NULL);
    }
    return text;
}

static json_t *result_of(Tree *tree, const json_t *changes, const Leaf *leaf, const json_t *indexes,
                         const char *folder)
{
    const char *rule = rule_of(&tree->arena, leaf);
    char hex[DIGEST_HEX_SIZE];

    fingerprint(leaf, hex);
    return json_pack("{s:s, s:I, s:s, s:o, s:[o], s:{s:s}, s:{s:s, s:s, s:O, s:s*, s:O*}}",
                     "ruleId", rule, "ruleIndex", (json_int_t)jx_int(indexes, rule, 0), "level",
                     levels[leaf->severity], "message", message(text_of(&tree->arena, leaf)),
                     "locations", location_of(&tree->arena, changes, leaf, folder),
                     "partialFingerprints", "change/v1", hex, "properties", "op", leaf->change.op,
                     "severity", leaf->change.severity, "affects", leaf->change.affects, "class",
                     leaf->change.class, "effects", leaf->change.effects);
}

bool format_sarif(const json_t *changes, const FormatContext *context, FILE *out, Err *err)
{
    CLEANUP(tree_free) Tree tree = {0};
    json_auto_t *indexes = json_object();
    json_auto_t *results = json_array();

    if (!tree_grow(&tree, changes, err))
        return false;
    json_auto_t *log =
        json_pack("{s:s, s:s, s:[{s:{s:{s:s, s:s, s:o}}, s:O, s:{s:s, s:s}}]}", "$schema",
                  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                  "sarif-schema-2.1.0.json",
                  "version", "2.1.0", "runs", "tool", "driver", "name", "schema-diff", "version",
                  VERSION, "rules", rules_of(&tree, indexes), "results", results, "properties",
                  "from", changes_from(changes), "to", changes_to(changes));

    for (int severity = SEVERITY_COUNT - 1; severity >= 0; severity--)
        for (size_t i = 0; i < tree.count; i++)
            if ((int)tree.leaves[i].severity == severity &&
                !jx_append(results,
                           result_of(&tree, changes, &tree.leaves[i], indexes, context->folder),
                           err))
                return false;
    return log ? jx_write(log, out, err)
               : err_set(err, EXIT_SOFTWARE, "the changes do not make a SARIF log");
}
