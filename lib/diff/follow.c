#include "diff/follow.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "json/jx.h"
#include "model/text.h"
#include "sql/lex.h"

/* Names as they are, a schema and what is in it with this between: {OLD: {NEW: true}}. */
#define IN "\x01"

static void add(json_t *names, const char *old, const char *new)
{
    json_t *others = json_object_get(names, old);

    if (!others && json_object_set_new(names, old, others = json_object()) < 0)
        return;
    json_object_set_new(others, new, json_true());
}

void follow_add(json_t *names, const json_t *old, const json_t *new)
{
    CLEANUP(arena_free) Arena arena = {0};
    const char *name = jx_string(old, "name", ""), *other = jx_string(new, "name", "");
    const char *schema = jx_string(old, "schema", NULL), *place = jx_string(new, "schema", NULL);

    if (strcmp(name, other) != 0)
        add(names, name, other);
    if (schema && place && (strcmp(name, other) != 0 || strcmp(schema, place) != 0))
        add(names, arena_printf(&arena, "%s" IN "%s", schema, name),
            arena_printf(&arena, "%s" IN "%s", place, other));
}

static bool is_known(const json_t *names, const char *old, const char *new)
{
    return json_object_get(json_object_get(names, old), new) != NULL;
}

/* ---- texts ---- */

typedef enum TokenType { TOKEN_END, TOKEN_NAME, TOKEN_STRING, TOKEN_OTHER } TokenType;

typedef struct Token {
    TokenType type;
    const char *at;
    size_t length;
    const char *name; /* of a name, without its quotes */
} Token;

/* Zero tokens stand before the first, and behind the last. */
enum { MARGIN = 4 };

typedef struct Tokens {
    Token *items; /* in the arena, the first one behind the margin */
    size_t count;
} Tokens;

static const char *unquoted(Arena *arena, const char *at, size_t length)
{
    char *name = arena_strndup(arena, at, length);
    size_t used = 0;

    if (*at != '"' || length < 2)
        return name;
    for (size_t i = 1; i + 1 < length; i++) {
        name[used++] = at[i];
        if (at[i] == '"')
            i++;
    }
    name[used] = '\0';
    return name;
}

static Token token_at(Arena *arena, const char *text, size_t length, size_t at)
{
    Token token = {.type = TOKEN_OTHER, .at = text + at, .length = 1};
    size_t end = lex_skip(text, length, at);

    if (text[at] == '"' || lex_is_word(text[at])) {
        token.type = TOKEN_NAME;
        token.length = lex_name_end(text, length, at) - at;
        token.name = unquoted(arena, token.at, token.length);
    } else if (end > at) {
        token.type = TOKEN_STRING;
        token.length = end - at;
    }
    return token;
}

static Tokens tokens_of(Arena *arena, const char *text)
{
    size_t length = strlen(text), size = (length + 2 * (size_t)MARGIN + 1) * sizeof(Token);
    Tokens ret = {memset(arena_alloc(arena, size), 0, size), 0};

    ret.items += MARGIN;
    for (size_t at = 0; at < length;) {
        if (lex_is_blank(text[at])) {
            at++;
            continue;
        }
        ret.items[ret.count] = token_at(arena, text, length, at);
        at += ret.items[ret.count++].length;
    }
    return ret;
}

static bool is(const Token *token, const char *text)
{
    return token->length == strlen(text) && memcmp(token->at, text, token->length) == 0;
}

static bool is_same(const Token *one, const Token *other)
{
    return one->type == other->type && one->length == other->length &&
           (one->length == 0 || memcmp(one->at, other->at, one->length) == 0);
}

/* The length of a name without the number that tells two of one name apart in a query: "t_1". */
static size_t length_of(const char *name)
{
    size_t length = strlen(name);

    while (length > 0 && isdigit((unsigned char)name[length - 1]))
        length--;
    return length > 1 && name[length] && name[length - 1] == '_' ? length - 1 : strlen(name);
}

static bool is_renamed(Arena *arena, const json_t *names, const char *old, const char *new)
{
    size_t length = length_of(old), other = length_of(new);

    return is_known(names, old, new) ||
           (old[length] && strcmp(old + length, new + other) == 0 &&
            is_known(names, arena_strndup(arena, old, length), arena_strndup(arena, new, other)));
}

/* Whether schema.name begins at both, and the one became the other. */
static bool is_moved(Arena *arena, const json_t *names, const Token *old, const Token *new)
{
    bool qualified = old[0].type == TOKEN_NAME && is(&old[1], ".") && old[2].type == TOKEN_NAME &&
                     new[0].type == TOKEN_NAME &&is(&new[1], ".") && new[2].type == TOKEN_NAME;

    return qualified && is_known(names, arena_printf(arena, "%s" IN "%s", old[0].name, old[2].name),
                                 arena_printf(arena, "%s" IN "%s", new[0].name, new[2].name));
}

/* Whether schema.name begins there, of an object that is called otherwise now: none other will do.
 */
static bool was_moved(Arena *arena, const json_t *names, const Token *old)
{
    return old[0].type == TOKEN_NAME && old[2].type == TOKEN_NAME &&
           json_object_get(names, arena_printf(arena, "%s" IN "%s", old[0].name, old[2].name));
}

/* A name with nothing before it that is no type and no function. */
static bool stands_alone(const Token *token)
{
    return !(is(&token[-1], ":") && is(&token[-2], ":")) && !is(&token[1], "(");
}

static bool follows(Arena *arena, const json_t *names, const char *old, const char *new, bool bare);

/* How many tokens of both follow from here on. */
static size_t both_follow(Arena *arena, const json_t *names, const Token *old, const Token *new,
                          bool bare)
{
    if (old->type == TOKEN_STRING && new->type == TOKEN_STRING) {
        /* 'public.orders_id_seq'::regclass */
        bool is_reference = is(&old[1], ":") && is(&old[2], ":") && old[3].type == TOKEN_NAME &&
                            strncmp(old[3].name, "reg", 3) == 0 && *old->at == '\'' &&
                            *new->at == '\'';
        return is_reference &&
               follows(arena, names, arena_strndup(arena, old->at + 1, old->length - 2),
                       arena_strndup(arena, new->at + 1, new->length - 2), bare);
    }
    if (old->type != TOKEN_NAME || new->type != TOKEN_NAME)
        return 0;
    bool behind = is(&old[-1], ".") && is(&new[-1], ".");
    if (!behind && is_moved(arena, names, old, new))
        return 3;
    if (behind && was_moved(arena, names, old - 2))
        return is_moved(arena, names, old - 2, new - 2);
    return (behind || (bare && stands_alone(old) && stands_alone(new))) &&
           is_renamed(arena, names, old->name, new->name);
}

/* An output column keeps its name when what it shows gets another one: "a" is "b AS a" then; and
 * is "a AS b" when it gets another one itself. The name behind AS, or NULL. */
static const char *shown_as(const Token *as)
{
    return is(&as[0], "AS") && as[1].type == TOKEN_NAME ? as[1].name : NULL;
}

/* bare: names of objects stand without a schema as well. */
static bool follows(Arena *arena, const json_t *names, const char *old, const char *new, bool bare)
{
    Tokens before = tokens_of(arena, old), after = tokens_of(arena, new);
    size_t i = 0, j = 0;

    while (i < before.count || j < after.count) {
        const Token *one = &before.items[i], *other = &after.items[j];
        size_t step = is_same(one, other) ? 1 : both_follow(arena, names, one, other, bare);
        const char *last = one[-1].name, *now = other[-1].name;
        const char *shown = bare ? shown_as(other) : NULL, *was = bare ? shown_as(one) : NULL;

        if (step > 0 && i < before.count && j < after.count) {
            i += step;
            j += step;
        } else if (shown && last && (strcmp(shown, last) == 0 || is_known(names, last, shown))) {
            j += 2;
        } else if (was && now && (strcmp(was, now) == 0 || is_known(names, was, now))) {
            i += 2;
        } else
            return false;
    }
    return true;
}

/* ---- values ---- */

typedef struct Follow {
    Arena *arena;
    const json_t *names;
    bool bare;
} Follow;

static bool value_follows(const Follow *follow, const json_t *old, const json_t *new);

/* Each of the one has its own of the other: the order of a set is that of its names. */
static bool items_follow(const Follow *follow, const json_t *old, const json_t *new)
{
    size_t count = json_array_size(old), found = 0;
    bool *taken = memset(arena_alloc(follow->arena, count + 1), 0, count + 1);

    for (size_t i = 0; i < count && found == i; i++)
        for (size_t j = 0; j < count && found == i; j++) {
            size_t at = (i + j) % count; /* mostly where it was */
            if (taken[at] ||
                !value_follows(follow, json_array_get(old, i), json_array_get(new, at)))
                continue;
            taken[at] = true;
            found++;
        }
    return found == count;
}

static bool is_ascending(const json_t *array)
{
    for (size_t i = 1; i < json_array_size(array); i++)
        if (strcmp(jx_item(json_array_get(array, i - 1)), jx_item(json_array_get(array, i))) > 0)
            return false;
    return true;
}

static bool array_follows(const Follow *follow, const json_t *old, const json_t *new)
{
    size_t count = json_array_size(old), same = 0;

    if (count != json_array_size(new))
        return false;
    while (same < count &&
           value_follows(follow, json_array_get(old, same), json_array_get(new, same)))
        same++;
    return same == count ||
           (is_ascending(old) && is_ascending(new) && items_follow(follow, old, new));
}

static bool object_follows(const Follow *follow, const json_t *old, const json_t *new)
{
    const char *key = NULL, *other = NULL;
    json_t *value = NULL, *now = NULL;
    size_t found = 0;

    json_object_foreach((json_t *)old, key, value)
    {
        json_t *same = json_object_get(new, key);
        bool ok = same && value_follows(follow, value, same);
        json_object_foreach((json_t *)new, other, now)
        {
            ok = ok || (!json_object_get(old, other) && is_known(follow->names, key, other) &&
                        value_follows(follow, value, now));
        }
        found += ok;
    }
    return found == json_object_size(old) && found == json_object_size(new);
}

static bool value_follows(const Follow *follow, const json_t *old, const json_t *new)
{
    if (json_equal((json_t *)old, (json_t *)new))
        return true;
    if (json_is_string(old) && json_is_string(new)) {
        const char *text = json_string_value(old), *other = json_string_value(new);
        return (follow->bare && is_known(follow->names, text, other)) ||
               follows(follow->arena, follow->names, text, other, follow->bare);
    }
    if (json_is_array(old) && json_is_array(new))
        return array_follows(follow, old, new);
    return json_is_object(old) && json_is_object(new) && object_follows(follow, old, new);
}

/* ---- members ---- */

/* Whose values are names of other objects, without a schema. */
static bool is_name(const char *member)
{
    static const char *const members[] = {
        "access_method",    "cluster_on", "columns",    "grants",  "language",
        "member_of",        "method",     "owned_by",   "owner",   "reference_columns",
        "replica_identity", "revokes",    "role",       "roles",   "schema",
        "schemas",          "server",     "tablespace", "wrapper",
    };

    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (strcmp(members[i], member) == 0)
            return true;
    return false;
}

/* What the server deparses is as a view is. */
static bool is_statement(const json_t *body)
{
    return json_is_string(body) && text_is_statement(json_string_value(body));
}

bool follow_is(const json_t *names, KindId kind, const char *member, const json_t *old,
               const json_t *new, bool is_kept)
{
    CLEANUP(arena_free) Arena arena = {0};
    Follow follow = {.arena = &arena, .names = names, .bare = is_name(member)};

    if (!old || !new || json_object_size(names) == 0)
        return false;
    switch (text_rule(kind, member)) {
    case TEXT_WRITTEN:
    case TEXT_OPTIONS:
        return false;
    case TEXT_BODY:
        if (!is_kept && (!is_statement(old) || !is_statement(new)))
            return false;
        follow.bare = true;
        break;
    case TEXT_DEPARSED:
    case TEXT_QUERY:
        follow.bare = true;
        break;
    case TEXT_PLAIN:
    case TEXT_ARGUMENTS:
        break;
    }
    if (!follow.bare && text_is_name(kind, member))
        return false;
    return value_follows(&follow, old, new);
}
