#include "types/difference.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "types/difference_part.h"

/* ---- tables and views ---- */

static const char *relationship_name(Finding *finding, const ScriptType *item)
{
    const char *key = finding_text(finding, script_member(item, "foreignKeyName"));
    const char *to = finding_text(finding, script_member(item, "referencedRelation"));

    return arena_printf(finding->arena, "%s to %s", key, to);
}

static bool is_same_key(Finding *finding, const ScriptType *one, const ScriptType *two)
{
    static const char *const parts[] = {"foreignKeyName", "referencedRelation", "columns"};
    bool same = true;

    for (size_t i = 0; i < sizeof parts / sizeof *parts && same; i++)
        same = finding_is_same(finding, script_member(one, parts[i]), script_member(two, parts[i]));
    return same;
}

/* The item of the other list that says the same, or, unless whole, is about the same key. */
static const ScriptType *relationship_twin(Finding *finding, const ScriptType *list_of,
                                           const ScriptType *item, bool whole)
{
    const ScriptType *other = list_of ? list_of->first : NULL;

    while (other &&
           !(whole ? finding_is_same(finding, item, other) : is_same_key(finding, item, other)))
        other = other->next;
    return other;
}

static void relationships_one_way(Finding *finding, const char *place, const ScriptType *from,
                                  const ScriptType *to, Rule rule)
{
    for (const ScriptType *item = from ? from->first : NULL; item; item = item->next) {
        if (item->kind != SCRIPT_OBJECT || relationship_twin(finding, to, item, true))
            continue;
        const ScriptType *other = relationship_twin(finding, to, item, false);
        const char *where = arena_printf(finding->arena, "%s, relationship %s", place,
                                         relationship_name(finding, item));

        if (!other) {
            finding_add_rule(finding, rule, where);
        } else if (rule == RULE_REMOVED) {
            finding_add(finding, SEVERITY_BREAKING, where,
                        arena_printf(finding->arena, "another type: %s -> %s",
                                     finding_text(finding, item), finding_text(finding, other)));
        }
    }
}

static void fields_compare(Finding *finding, const char *place, const ScriptType *old,
                           const ScriptType *new)
{
    if (finding->fields[0] && finding->fields[1] && old && new &&
        !finding_is_same(finding, old, new))
        finding_add(finding, SEVERITY_RISKY,
                    arena_printf(finding->arena, "%s, computed fields", place),
                    arena_printf(finding->arena, "changed: %s -> %s", finding_text(finding, old),
                                 finding_text(finding, new)));
}

static void relation_compare(Finding *finding, const char *place, const ScriptType *old,
                             const ScriptType *new)
{
    static const Part parts[PARTS_MAX] = {{"Row", READ}, {"Insert", WRITTEN}, {"Update", WRITTEN}};
    Sides sides[PARTS_MAX] = {{0}};

    if (!old || !new) {
        finding_add_rule(finding, old ? RULE_REMOVED : RULE_ADDED, place);
        return;
    }
    for (size_t i = 0; i < PARTS_MAX; i++) {
        sides[i].old = script_member(old, parts[i].key);
        sides[i].new = script_member(new, parts[i].key);
        if (!sides[i].old != !sides[i].new)
            finding_add_rule(finding, sides[i].old ? RULE_REMOVED : RULE_ADDED,
                             arena_printf(finding->arena, "%s, %s", place, parts[i].key));
    }
    finding_members(finding, arena_printf(finding->arena, "%s, column ", place), parts, sides,
                    PARTS_MAX);
    fields_compare(finding, place, script_member(old, "ComputedFields"),
                   script_member(new, "ComputedFields"));
    const ScriptType *olds = script_member(old, "Relationships");
    const ScriptType *news = script_member(new, "Relationships");

    relationships_one_way(finding, place, olds, news, RULE_REMOVED);
    relationships_one_way(finding, place, news, olds, RULE_RELATIONSHIP_ADDED);
}

/* ---- functions ---- */

/* The object of a type that is one, or a list of one. */
static const ScriptType *object_in(const ScriptType *type)
{
    if (type && type->kind == SCRIPT_ARRAY)
        type = type->first;
    return type && type->kind == SCRIPT_OBJECT ? type : NULL;
}

static void returns_compare(Finding *finding, const char *place, const ScriptType *old,
                            const ScriptType *new)
{
    static const Part part = {"", READ};
    const char *what = arena_printf(finding->arena, "%s, result", place);
    Sides side = {.old = object_in(old), .new = object_in(new)};

    if (side.old && side.new && old->kind == new->kind) {
        finding_members(finding, arena_printf(finding->arena, "%s column ", what), &part, &side, 1);
        return;
    }
    Rule rule = finding_rule(finding, old, new);

    if (rule != RULE_NONE)
        finding_add(finding, finding_rules[rule].severity[READ], what,
                    arena_printf(finding->arena, "%s: %s -> %s", finding_rules[rule].text,
                                 finding_text(finding, old), finding_text(finding, new)));
}

static void signature_compare(Finding *finding, const char *place, const ScriptType *old,
                              const ScriptType *new)
{
    static const Part part = {"", WRITTEN};
    static const ScriptType none = {.kind = SCRIPT_OBJECT};
    const ScriptType *old_arguments = script_member(old, "Args");
    const ScriptType *new_arguments = script_member(new, "Args");
    const ScriptType *old_options = script_member(old, "SetofOptions");
    const ScriptType *new_options = script_member(new, "SetofOptions");
    Sides side = {.old = object_in(old_arguments), .new = object_in(new_arguments)};

    /* "never" and "Record<PropertyKey, never>" */
    side.old = side.old ? side.old : &none;
    side.new = side.new ? side.new : &none;
    finding_members(finding, arena_printf(finding->arena, "%s, argument ", place), &part, &side, 1);
    const ScriptType *old_returns = script_member(old, "Returns");
    const ScriptType *new_returns = script_member(new, "Returns");

    if (old_returns && new_returns)
        returns_compare(finding, place, old_returns, new_returns);
    if (!finding_is_same(finding, old_options, new_options))
        finding_add(finding, finding_rules[RULE_OTHER].severity[READ],
                    arena_printf(finding->arena, "%s, rows it returns", place),
                    arena_printf(finding->arena, "%s: %s -> %s", finding_rules[RULE_OTHER].text,
                                 old_options ? finding_text(finding, old_options) : "none",
                                 new_options ? finding_text(finding, new_options) : "none"));
}

static void signatures_one_way(Finding *finding, const char *place, const ScriptType *from,
                               const ScriptType *to, Rule rule)
{
    Values all = finding_values(finding, from), others = finding_values(finding, to);

    for (size_t i = 0; i < all.count; i++) {
        if (!bsearch(&all.items[i], others.items, others.count, sizeof *others.items,
                     finding_by_text))
            finding_add_rule(finding, rule,
                             arena_printf(finding->arena, "%s, signature %s", place, all.items[i]));
    }
}

static void function_compare(Finding *finding, const char *place, const ScriptType *old,
                             const ScriptType *new)
{
    if (!old || !new) {
        finding_add_rule(finding, old ? RULE_REMOVED : RULE_ADDED, place);
    } else if (old->kind == SCRIPT_OBJECT && new->kind == SCRIPT_OBJECT) {
        signature_compare(finding, place, old, new);
    } else {
        signatures_one_way(finding, place, old, new, RULE_REMOVED);
        signatures_one_way(finding, place, new, old, RULE_ADDED);
    }
}

/* ---- enums and composite types ---- */

static void labels_one_way(Finding *finding, const char *place, const ScriptType *from,
                           const ScriptType *to, Rule rule)
{
    Values all = finding_values(finding, from), others = finding_values(finding, to);

    for (size_t i = 0; i < all.count; i++) {
        if (bsearch(&all.items[i], others.items, others.count, sizeof *others.items,
                    finding_by_text))
            continue;
        finding->enums = true;
        finding_add_rule(finding, rule,
                         arena_printf(finding->arena, "%s, label %s", place, all.items[i]));
    }
}

static void enum_compare(Finding *finding, const char *place, const ScriptType *old,
                         const ScriptType *new)
{
    size_t before = finding->found->count;

    if (!old || !new) {
        finding->enums = true;
        finding_add_rule(finding, old ? RULE_REMOVED : RULE_ADDED, place);
        return;
    }
    labels_one_way(finding, place, old, new, RULE_REMOVED);
    labels_one_way(finding, place, new, old, RULE_LABEL_ADDED);
    if (before == finding->found->count && !finding_is_same(finding, old, new)) {
        finding->enums = true;
        finding_add_rule(finding, RULE_ORDER, place);
    }
}

static void composite_compare(Finding *finding, const char *place, const ScriptType *old,
                              const ScriptType *new)
{
    if (!old || !new) {
        finding_add_rule(finding, old ? RULE_REMOVED : RULE_ADDED, place);
        return;
    }
    Index olds = finding_index(finding, old), news = finding_index(finding, new);

    for (size_t i = 0; i < olds.count; i++) {
        const ScriptType *was = olds.items[i], *is = finding_in_index(&news, was->key);
        const char *where = arena_printf(finding->arena, "%s, attribute %s", place, was->key);
        Rule rule = is ? finding_rule(finding, was, is) : RULE_REMOVED;

        if (!is)
            finding_add_rule(finding, rule, where);
        else if (rule != RULE_NONE)
            finding_add(finding,
                        finding_worse(finding_rules[rule].severity[READ],
                                      finding_rules[rule].severity[WRITTEN]),
                        where,
                        arena_printf(finding->arena, "%s: %s -> %s", finding_rules[rule].text,
                                     finding_text(finding, was), finding_text(finding, is)));
    }
    for (size_t i = 0; i < news.count; i++)
        if (!finding_in_index(&olds, news.items[i]->key))
            finding_add_rule(
                finding, RULE_ATTRIBUTE_ADDED,
                arena_printf(finding->arena, "%s, attribute %s", place, news.items[i]->key));
}

/* ---- the whole ---- */

static const struct Section {
    const char *key;
    const char *word;
    Compare *compare;
} sections[] = {
    {"Tables", "table", relation_compare},
    {"Views", "view", relation_compare},
    {"Functions", "function", function_compare},
    {"Enums", "enum", enum_compare},
    {"CompositeTypes", "composite type", composite_compare},
};

static void other_compare(Finding *finding, const char *place, const ScriptType *old,
                          const ScriptType *new)
{
    const char *key = old ? old->key : new->key;

    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        if (strcmp(sections[i].key, key) == 0)
            return;
    if (!old || !new)
        finding_add_rule(finding, old ? RULE_REMOVED : RULE_ADDED, place);
    else if (!finding_is_same(finding, old, new))
        finding_add_rule(finding, RULE_OTHER, place);
}

static void schema_compare(Finding *finding, const char *place, const ScriptType *old,
                           const ScriptType *new)
{
    const char *key = old ? old->key : new->key;

    if (strcmp(key, "__InternalSupabase") == 0) {
        if (!finding_is_same(finding, old, new))
            finding_add(finding, SEVERITY_SAFE, "version of PostgREST",
                        arena_printf(finding->arena, "%s: %s -> %s", finding_rules[RULE_OTHER].text,
                                     old ? finding_text(finding, old) : "none",
                                     new ? finding_text(finding, new) : "none"));
        return;
    }
    if (!old || !new) {
        finding_add_rule(finding, old ? RULE_REMOVED : RULE_ADDED,
                         arena_printf(finding->arena, "schema %s", place));
        return;
    }
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        finding_each(finding, arena_printf(finding->arena, "%s %s.", sections[i].word, key),
                     script_member(old, sections[i].key), script_member(new, sections[i].key),
                     sections[i].compare);
    finding_each(finding, arena_printf(finding->arena, "schema %s, ", place), old, new,
                 other_compare);
}

/* Whether a table or view of the file says which of its fields are computed: from cli3 on. */
static bool has_fields(const ScriptType *database)
{
    for (const ScriptType *schema = database->first; schema; schema = schema->next)
        for (size_t i = 0; i < 2; i++) {
            const ScriptType *section = script_member(schema, sections[i].key);

            for (const ScriptType *item = section ? section->first : NULL; item; item = item->next)
                if (script_member(item, "ComputedFields"))
                    return true;
        }
    return false;
}

static bool has_relations(const ScriptType *database)
{
    for (const ScriptType *schema = database->first; schema; schema = schema->next)
        for (size_t i = 0; i < 2; i++) {
            const ScriptType *section = script_member(schema, sections[i].key);

            if (section && section->first && section->first->kind == SCRIPT_OBJECT)
                return true;
        }
    return false;
}

static bool has_statement(const ScriptStatement *list_of, const ScriptStatement *like)
{
    while (list_of && strcmp(list_of->text, like->text) != 0)
        list_of = list_of->next;
    return list_of != NULL;
}

static const ScriptStatement *statement_named(const ScriptStatement *list_of,
                                              const ScriptStatement *like)
{
    bool is_import = strcmp(like->name, "import") == 0 || strcmp(like->name, "export") == 0;

    while (list_of && strcmp(is_import ? list_of->text : list_of->name,
                             is_import ? like->text : like->name) != 0)
        list_of = list_of->next;
    return list_of;
}

/* Of older generators, beside the names that ours are the same as. */
static bool is_helper(const char *name)
{
    static const char *const names[] = {"type PublicSchema",
                                        "type DatabaseWithoutInternals",
                                        "type DefaultSchema",
                                        "type InSchema",
                                        "type SchemaOf",
                                        "type Part",
                                        "type Relations",
                                        "type Entry",
                                        "type NameIn",
                                        "type Tables",
                                        "type TablesInsert",
                                        "type TablesUpdate",
                                        "type Enums",
                                        "type CompositeTypes",
                                        NULL};

    for (const char *const *known = names; *known; known++)
        if (strcmp(*known, name) == 0)
            return true;
    return false;
}

/* The first line of an import tells more than the word. */
static const char *shown(const ScriptStatement *statement)
{
    return strcmp(statement->name, "import") == 0 || strcmp(statement->name, "export") == 0
               ? statement->text
               : statement->name;
}

static void statements_compare(Finding *finding, const Script *old, const Script *new)
{
    for (const ScriptStatement *was = old->statements; was; was = was->next) {
        const ScriptStatement *is = statement_named(new->statements, was);

        if (has_statement(new->statements, was))
            continue;
        if (is_helper(was->name))
            finding->found->helpers = true;
        else
            finding_add_rule(finding, is ? RULE_OTHER : RULE_REMOVED, shown(was));
    }
    for (const ScriptStatement *is = new->statements; is; is = is->next) {
        if (statement_named(old->statements, is))
            continue;
        if (is_helper(is->name))
            finding->found->helpers = true;
        else
            finding_add_rule(finding, RULE_ADDED, shown(is));
    }
}

static void sort(Arena *arena, Differences *found)
{
    Difference *sorted = arena_alloc(arena, (found->count + 1) * sizeof *sorted);
    size_t count = 0;

    for (int severity = SEVERITY_COUNT - 1; severity >= 0; severity--)
        for (size_t i = 0; i < found->count; i++)
            if (found->items[i].severity == (Severity)severity)
                sorted[count++] = found->items[i];
    found->items = sorted;
}

Differences differences_find(Arena *arena, const Script *old, const Script *new)
{
    Differences found = {0};
    Finding finding = {.arena = arena, .found = &found};

    finding.fields[0] = has_fields(old->database);
    finding.fields[1] = has_fields(new->database);
    finding_each(&finding, "", old->database, new->database, schema_compare);
    if (finding.fields[0] != finding.fields[1] && has_relations(old->database) &&
        has_relations(new->database))
        finding_add(&finding, SEVERITY_SAFE, "dialect",
                    finding.fields[0] ? "changed: ComputedFields are left out (cli2)"
                                      : "changed: ComputedFields are written (cli3)");
    if (!finding.enums && new->constants &&
        !finding_is_same(&finding, old->constants, new->constants))
        finding_add_rule(&finding, old->constants ? RULE_OTHER : RULE_ADDED, "constant Constants");
    statements_compare(&finding, old, new);
    sort(arena, &found);
    return found;
}

void differences_put(const Differences *differences, size_t most, FILE *out)
{
    if (!differences->count) {
        fputs(differences->helpers
                  ? "the types are the same; the helper types at the end of the file differ\n"
                  : "the types are the same; the layout of the file differs\n",
              out);
        return;
    }
    fprintf(out, "%zu difference%s", differences->count, differences->count == 1 ? "" : "s");
    for (int severity = SEVERITY_COUNT - 1, any = 0; severity >= 0; severity--) {
        size_t count = differences->counts[severity];

        if (count)
            fprintf(out, "%s%zu %s", any++ ? ", " : ": ", count, severity_name((Severity)severity));
    }
    fputc('\n', out);
    for (size_t i = 0; i < differences->count && i < most; i++) {
        const Difference *each_one = &differences->items[i];

        fprintf(out, "%s: ", severity_name(each_one->severity));
        text_print_safe(out, each_one->place);
        fputs(": ", out);
        text_print_safe(out, each_one->what);
        fputc('\n', out);
    }
    if (differences->count > most)
        fprintf(out, "... and %zu more\n", differences->count - most);
}
