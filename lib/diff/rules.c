#include "diff/rules.h"

#include <string.h>

#include "diff/rules_part.h"
#include "json/jx.h"
#include "model/typechange.h"

bool rules_needs_value(const json_t *old, const json_t *new)
{
    (void)old;
    return jx_bool(new, "not_null") && !json_object_get(new, "default") &&
           !json_object_get(new, "identity") && !json_object_get(new, "generated");
}

bool rules_loses_needed_default(const json_t *old, const json_t *new)
{
    return json_object_get(old, "default") && rules_needs_value(old, new);
}

bool rules_gains_default(const json_t *old, const json_t *new)
{
    (void)new;
    return !json_object_get(old, "default");
}

bool rules_is_text(const json_t *object, const char *member, const char *text)
{
    return strcmp(jx_string(object, member, ""), text) == 0;
}

TypeHold rules_hold_of(const json_t *old, const json_t *new)
{
    return typechange_of(jx_string(old, "type", ""), jx_string(new, "type", "")).hold;
}

bool rules_gives_room(const json_t *old, const json_t *new)
{
    return rules_hold_of(old, new) == HOLD_ROOM;
}

static bool has_item(const json_t *array, const json_t *wanted)
{
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(array, index, item)
    {
        if (json_equal(item, wanted))
            return true;
    }
    return false;
}

bool rules_loses_item(const json_t *old, const json_t *new, const char *member)
{
    const json_t *items = json_object_get(new, member);
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(json_object_get(old, member), index, item)
    {
        if (!has_item(items, item))
            return true;
    }
    return false;
}

const char *rules_item_value(const json_t *list, const char *name, size_t length)
{
    size_t index = 0;
    json_t *item = NULL;

    json_array_foreach(list, index, item)
    {
        const char *text = json_string_value(item) ? json_string_value(item) : "";
        if (strcspn(text, "=") == length && memcmp(text, name, length) == 0)
            return text[length] ? text + length + 1 : text + length;
    }
    return NULL;
}

bool rules_is_unique(const json_t *old, const json_t *new)
{
    return jx_bool(old ? old : new, "unique");
}

/* What stands behind the name in CREATE [UNIQUE] INDEX. */
static const char *behind_index_name(const char *definition)
{
    bool quoted = false;
    const char *name = strstr(definition, "INDEX ");

    for (name = name ? name + strlen("INDEX ") : definition; *name; name++) {
        quoted ^= *name == '"';
        if (!quoted && *name == ' ')
            return name;
    }
    return definition;
}

bool rules_is_same_index(const json_t *old, const json_t *new)
{
    const char *before = jx_string(old, "definition", ""),
               *after = jx_string(new, "definition", "");

    return *before && jx_bool(old, "unique") == jx_bool(new, "unique") &&
           strcmp(behind_index_name(before), behind_index_name(after)) == 0;
}

size_t rules_bare_length(const char *definition)
{
    static const char *const words[] = {" NOT VALID", " INITIALLY DEFERRED", " DEFERRABLE"};
    size_t length = strlen(definition);

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t word = strlen(words[i]);
        if (length > word && memcmp(definition + length - word, words[i], word) == 0)
            length -= word;
    }
    return length;
}

bool rules_is_same_rule(const json_t *old, const json_t *new)
{
    const char *before = jx_string(old, "definition", ""),
               *after = jx_string(new, "definition", "");
    size_t length = rules_bare_length(before);

    return *before && length == rules_bare_length(after) && memcmp(before, after, length) == 0;
}

static bool is_pinned(const json_t *function)
{
    static const char name[] = "search_path";

    return rules_item_value(json_object_get(function, "config"), name, sizeof name - 1);
}

bool rules_is_unpinned_definer(const json_t *old, const json_t *new)
{
    (void)old;
    return jx_bool(new, "security_definer") && !is_pinned(new);
}

bool rules_becomes_silent(const json_t *old, const json_t *new)
{
    bool was = rules_is_text(old, "firing", "disabled") || rules_is_text(old, "firing", "replica");

    return !was &&
           (rules_is_text(new, "firing", "disabled") || rules_is_text(new, "firing", "replica"));
}

bool rules_is_materialized(const json_t *old, const json_t *new)
{
    (void)new;
    return jx_bool(old, "materialized");
}

bool rules_is_foreign_table(const json_t *old, const json_t *new)
{
    (void)new;
    return rules_is_text(old, "kind", "foreign table");
}

bool rules_gives(const json_t *privileges, const char *privilege)
{
    bool grantable = privilege[strlen(privilege) - 1] == '*';
    size_t length = strlen(privilege) - grantable, index = 0;
    json_t *item = NULL;

    json_array_foreach(privileges, index, item)
    {
        const char *name = json_string_value(item) ? json_string_value(item) : "";
        size_t bare = strcspn(name, "*");
        if ((!grantable || name[bare] == '*') &&
            ((bare == length && memcmp(name, privilege, length) == 0) ||
             (bare == 3 && memcmp(name, "all", 3) == 0)))
            return true;
    }
    return false;
}

/* Those whom everybody is: PUBLIC, and Supabase's role for those who did not log in. */
static bool is_everybody(const char *role)
{
    return strcmp(role, "public") == 0 || strcmp(role, "anon") == 0;
}

bool rules_gives_more(const json_t *side, const json_t *other, const char *member,
                      bool to_everybody)
{
    const json_t *others = json_object_get(other, member);
    const char *role = NULL;
    json_t *privileges = NULL, *privilege = NULL;
    size_t index = 0;

    json_object_foreach(json_object_get(side, member), role, privileges)
    {
        if (to_everybody && !is_everybody(role))
            continue;
        json_array_foreach(privileges, index, privilege)
        {
            const char *name = json_string_value(privilege);
            if (name && *name && !rules_gives(json_object_get(others, role), name))
                return true;
        }
    }
    return false;
}

bool rules_grants_to_everybody(const json_t *old, const json_t *new)
{
    return rules_gives_more(new, old, "grants", true);
}

const RuleSet *const *rules_all(void)
{
    static const RuleSet *const sets[] = {&rules_general, &rules_table,  &rules_view,
                                          &rules_code,    &rules_server, NULL};

    return sets;
}
