#include "model/secret.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/digest.h"

/* Options of foreign servers and wrappers that are no credentials: postgres_fdw, file_fdw, the
 * wrappers of Supabase. Sorted. */
static const char *const harmless[] = {
    "analyze_sampling",
    "api_url",
    "application_name",
    "async_capable",
    "batch_size",
    "bucket",
    "channel_binding",
    "client_encoding",
    "connect_timeout",
    "database",
    "dbname",
    "delimiter",
    "encoding",
    "endpoint",
    "extensions",
    "fdw_package_name",
    "fdw_package_url",
    "fdw_package_version",
    "fdw_startup_cost",
    "fdw_tuple_cost",
    "fetch_size",
    "filename",
    "force_not_null",
    "force_null",
    "format",
    "gssencmode",
    "header",
    "host",
    "hostaddr",
    "keep_connections",
    "keepalives",
    "null",
    "options",
    "parallel_abort",
    "parallel_commit",
    "port",
    "quote",
    "region",
    "schema",
    "schema_name",
    "service",
    "sslmode",
    "table",
    "table_name",
    "target_session_attrs",
    "truncatable",
    "updatable",
    "use_remote_estimate",
    "use_scram_passthrough",
    "vers",
    "wire_format",
};

/* Words in the name of an option or setting that holds a secret. */
static const char *const telling[] = {"apikey", "conninfo", "credential", "dsn",   "jwt",    "key",
                                      "pass",   "private",  "secret",     "token", "webhook"};

/* And in the name of a member of a JSON text, a header for example, whose value is one. */
static const char *const headers[] = {"api-key",       "api_key",  "apikey",
                                      "authorization", "password", "secret"};

/* Beginnings of tokens of well-known services; what follows is at least as long as that. */
static const struct {
    const char *prefix;
    size_t least;
} tokens[] = {
    {"sk_live_", 10}, {"sk_test_", 10}, {"rk_live_", 10},    {"whsec_", 10}, {"ghp_", 30},
    {"gho_", 30},     {"ghs_", 30},     {"github_pat_", 30}, {"sbp_", 30},   {"sb_secret_", 10},
    {"xoxb-", 20},    {"xoxp-", 20},    {"AKIA", 16},        {"AIza", 30},   {"SG.", 30},
    {"glpat-", 15},   {"npm_", 30},
};

/* What else a text has in which there may be a secret. */
static const char *const marks[] = {"eyJ",    "Bearer ", "bearer ", "Basic ",
                                    "basic ", "\":",     "\" ",     "://"};

/* What both begin with. */
static const bool is_start[UCHAR_MAX + 1] = {
    ['"'] = true, [':'] = true, ['A'] = true, ['B'] = true, ['S'] = true,
    ['b'] = true, ['e'] = true, ['g'] = true, ['n'] = true, ['r'] = true,
    ['s'] = true, ['w'] = true, ['x'] = true,
};

static bool is_token_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

static bool begins_with(const char *text, const char *prefix)
{
    return *text == *prefix && strncmp(text, prefix, strlen(prefix)) == 0;
}

static bool is_sign(const char *text)
{
    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++)
        if (begins_with(text, tokens[i].prefix))
            return true;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (begins_with(text, marks[i]))
            return true;
    return false;
}

/* Whether a token or mark begins where no word is under way. */
static bool has_sign(const char *text)
{
    bool is_within = false;

    for (const char *at = text; *at; at++) {
        bool is_word = is_token_character(*at);
        if (is_start[(unsigned char)*at] && !(is_word && is_within) && is_sign(at))
            return true;
        is_within = is_word;
    }
    return false;
}

static size_t token_length(const char *text)
{
    size_t length = 0;

    while (is_token_character(text[length]))
        length++;
    return length;
}

static bool has_word(const char *name, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (const char *at = name; *at; at++)
            if (strncasecmp(at, words[i], strlen(words[i])) == 0)
                return true;
    return false;
}

bool secret_is_option(SecretRule rule, const char *name)
{
    switch (rule) {
    case SECRET_RULE_NONE:
        return false;
    case SECRET_RULE_LISTED:
        for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
            if (strcmp(harmless[i], name) == 0)
                return false;
        return true;
    case SECRET_RULE_NAMED:
        return has_word(name, telling, sizeof telling / sizeof *telling);
    }
    return true;
}

/* A secret within a text: from where, and how many bytes. */
typedef struct Span {
    size_t start;
    size_t length;
} Span;

/* eyJ....eyJ....signature: header and payload are JSON objects in base64url. */
static bool find_web_token(const char *text, Span *ret)
{
    for (const char *at = text; (at = strstr(at, "eyJ")); at += 3) {
        size_t head = token_length(at), body = at[head] == '.' ? token_length(at + head + 1) : 0;
        if (head < 8 || body < 8 || (at > text && is_token_character(at[-1])))
            continue;
        size_t all = head + 1 + body;
        if (at[all] == '.')
            all += 1 + token_length(at + all + 1);
        *ret = (Span){(size_t)(at - text), all};
        return true;
    }
    return false;
}

static bool find_service_token(const char *text, Span *ret)
{
    bool is_within = false;

    for (const char *at = text; *at; is_within = is_token_character(*at++)) {
        for (size_t i = 0; !is_within && i < sizeof tokens / sizeof *tokens; i++) {
            if (!begins_with(at, tokens[i].prefix))
                continue;
            size_t prefix = strlen(tokens[i].prefix), length = token_length(at + prefix);
            if (length < tokens[i].least)
                continue;
            *ret = (Span){(size_t)(at - text), prefix + length};
            return true;
        }
    }
    return false;
}

/* Authorization: Bearer TOKEN, Basic TOKEN. */
static bool find_authorization(const char *text, Span *ret)
{
    static const char *const schemes[] = {"Bearer ", "bearer ", "Basic ", "basic "};

    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        for (const char *at = text; (at = strstr(at, schemes[i]));) {
            bool is_within = at > text && is_token_character(at[-1]);
            at += strlen(schemes[i]);
            size_t length = strcspn(at, "\"' \t\n,;)}\\");
            if (is_within || length < 8 || strncmp(at, SECRET_SHOWN, sizeof SECRET_SHOWN - 1) == 0)
                continue;
            *ret = (Span){(size_t)(at - text), length};
            return true;
        }
    }
    return false;
}

/* "apikey": "VALUE" and the like in JSON. */
static bool find_header(const char *text, Span *ret)
{
    for (const char *end = text; (end = strchr(end, '"')); end++) {
        const char *value = end + 1 + strspn(end + 1, " ");
        const char *start = end;
        char name[64] = "";

        if (*value != ':')
            continue;
        while (start > text && is_token_character(start[-1]) && end - start < 60)
            start--;
        memcpy(name, start, (size_t)(end - start));
        value += 1 + strspn(value + 1, " ");
        if (*value != '"' || !has_word(name, headers, sizeof headers / sizeof *headers))
            continue;
        size_t length = strcspn(++value, "\"");
        if (length < 4 || strncmp(value, SECRET_SHOWN, sizeof SECRET_SHOWN - 1) == 0)
            continue;
        *ret = (Span){(size_t)(value - text), length};
        return true;
    }
    return false;
}

/* scheme://user:PASSWORD@host */
static bool find_url_password(const char *text, Span *ret)
{
    for (const char *at = text; (at = strstr(at, "://"));) {
        at += 3;
        size_t authority = strcspn(at, "/?# \t\n'\"<>");
        const char *user_end = memchr(at, ':', authority);
        const char *host = NULL;
        for (size_t i = authority; i-- > 0 && !host;)
            host = at[i] == '@' ? at + i : NULL;
        if (!user_end || !host || host <= user_end + 1 ||
            strncmp(user_end + 1, SECRET_SHOWN, sizeof SECRET_SHOWN - 1) == 0)
            continue;
        *ret = (Span){(size_t)(user_end + 1 - text), (size_t)(host - user_end - 1)};
        return true;
    }
    return false;
}

const char *secret_hide(Arena *arena, const char *text)
{
    static bool (*const finders[])(const char *, Span *) = {
        find_web_token, find_service_token, find_authorization, find_header, find_url_password};
    enum { SHORTEST = 12 }; /* text with a token in it */
    Span span = {0};

    if (strnlen(text, SHORTEST) < SHORTEST || !has_sign(text))
        return text;
    for (size_t i = 0; i < sizeof finders / sizeof *finders; i++)
        while (finders[i](text, &span))
            text = arena_printf(arena, "%.*s" SECRET_SHOWN "%s", (int)span.start, text,
                                text + span.start + span.length);
    return text;
}

void secret_hash(const unsigned char key[SECRET_KEY_SIZE], const char *value, size_t length,
                 char ret[SECRET_HASH_SIZE])
{
    unsigned char digest[DIGEST_SIZE];

    digest_hmac(key, SECRET_KEY_SIZE, value, length, digest);
    for (int i = 0; i < (SECRET_HASH_SIZE - 1) / 2; i++)
        snprintf(ret + 2 * i, 3, "%02x", digest[i]);
}

void secret_key_id(const unsigned char key[SECRET_KEY_SIZE], char ret[SECRET_KEY_ID_SIZE])
{
    char hex[DIGEST_HEX_SIZE];

    digest_hex(key, SECRET_KEY_SIZE, hex);
    snprintf(ret, SECRET_KEY_ID_SIZE, "%.16s", hex);
}
