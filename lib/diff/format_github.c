/* Workflow commands of GitHub Actions: an annotation for each change, breaking ones first, since
 * GitHub shows only the first ten of a level in a step. Source: docs.github.com, "Workflow commands
 * for GitHub Actions"; the escapes are those of actions/toolkit, packages/core/src/command.ts. */
#include "diff/format.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "diff/tree.h"
#include "diff/value.h"
#include "json/jx.h"

static const char *const commands[] = {
    [SEVERITY_SAFE] = "notice",
    [SEVERITY_RISKY] = "warning",
    [SEVERITY_BREAKING] = "error",
};
static_assert(sizeof commands / sizeof *commands == SEVERITY_COUNT, "a command each");

enum { FIELDS_SHOWN = 5, VALUE_SHOWN = 100 };

/* Data ends at the end of the line; a property at a comma or colon, too. */
static void put(FILE *out, const char *text, bool is_property)
{
    while (*text) {
        size_t length = strcspn(text, is_property ? "%\r\n:," : "%\r\n");
        CLEANUP(cleanup_free) char *part = strndup(text, length);

        text_print_safe(out, part ? part : "");
        text += length;
        if (*text)
            fprintf(out, "%%%02X", (unsigned)*text++);
    }
}

static const char *title_of(Arena *arena, const Leaf *leaf)
{
    const char *old = change_old_id(&leaf->change);

    return arena_printf(arena, "%s %s %s%s%s", leaf->change.kind, old ? old : leaf->change.id,
                        leaf->word, old ? " to " : "", old ? leaf->change.id : "");
}

/* Why, what it comes to, and of what changed the old and new values, a line each. */
static void put_message(Arena *arena, const Leaf *leaf, FILE *out)
{
    bool is_whole = leaf->op == OP_ADDED || leaf->op == OP_REMOVED;
    size_t index = 0;
    json_t *item = NULL;

    put(out, leaf->change.why, false);
    json_array_foreach(leaf->change.effects, index, item)
    {
        put(out, "\n", false);
        put(out, json_string_value(item) ? json_string_value(item) : "", false);
    }
    json_array_foreach(leaf->change.fields, index, item)
    {
        const char *old = value_line(arena, json_object_get(item, "old"));
        const char *new = value_line(arena, json_object_get(item, "new"));

        if (is_whole || index == FIELDS_SHOWN)
            break;
        if (tree_tells(leaf, index))
            put(out,
                arena_printf(arena, "\n%s: %s -> %s", jx_string(item, "name", ""),
                             value_cut(arena, old, new, VALUE_SHOWN),
                             value_cut(arena, new, old, VALUE_SHOWN)),
                false);
    }
}

static void put_change(Tree *tree, const json_t *changes, const char *folder, const Leaf *leaf,
                       FILE *out)
{
    const char *file = tree_file(&tree->arena, changes, leaf, folder);

    fprintf(out, "::%s ", commands[leaf->severity]);
    if (file) {
        fputs("file=", out);
        put(out, file, true);
        fputc(',', out);
    }
    fputs("title=", out);
    put(out, title_of(&tree->arena, leaf), true);
    fputs("::", out);
    put_message(&tree->arena, leaf, out);
    fputc('\n', out);
}

bool format_github(const json_t *changes, const FormatContext *context, FILE *out, Err *err)
{
    CLEANUP(tree_free) Tree tree = {0};

    if (!tree_grow(&tree, changes, err))
        return false;
    for (int severity = SEVERITY_COUNT - 1; severity >= 0; severity--)
        for (size_t i = 0; i < tree.count; i++)
            if ((int)tree.leaves[i].severity == severity)
                put_change(&tree, changes, context->folder, &tree.leaves[i], out);
    return true;
}
