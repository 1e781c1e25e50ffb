#include "sql/platform.h"

#include <ctype.h>
#include <string.h>

/* What only a Supabase project's migrations mention. */
static const char *const mentions[] = {"auth.uid(",
                                       "auth.users",
                                       "auth.jwt(",
                                       "auth.role(",
                                       "realtime.broadcast_changes(",
                                       "realtime.messages",
                                       "realtime.send(",
                                       "realtime.topic(",
                                       "storage.buckets",
                                       "storage.foldername(",
                                       "storage.objects",
                                       "supabase_admin",
                                       "supabase_auth_admin",
                                       "supabase_functions.http_request(",
                                       "supabase_realtime",
                                       "supabase_storage_admin",
                                       "to authenticated",
                                       "to service_role",
                                       "vault.create_secret(",
                                       "vault.decrypted_secrets",
                                       NULL};

/* What no such project makes itself: it is there from the start. */
static const char *const makes[] = {"create role authenticated",
                                    "create role supabase_admin",
                                    "create schema auth",
                                    "create schema realtime",
                                    "create schema storage",
                                    "create schema vault",
                                    "create table auth.users",
                                    "create table if not exists auth.users",
                                    "create table if not exists storage.buckets",
                                    "create table storage.buckets",
                                    NULL};

static bool is_in_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* Whether the mark stands at the text, whatever the case of its letters and the quotes around
 * names, and no word goes on behind it. */
static bool has_mark(const char *text, const char *mark)
{
    bool is_word = is_in_word(mark[strlen(mark) - 1]);

    while (*mark && (*text == '"' || tolower((unsigned char)*text) == *mark)) {
        mark += *text != '"';
        text++;
    }
    return !*mark && !(is_word && is_in_word(*text));
}

/* Outside of comments, at the beginning of a word. */
static bool text_has_any(const char *text, const char *const *marks)
{
    for (char before = ' '; *text; before = *text++) {
        const char *end = text[0] == '/' && text[1] == '*' ? strstr(text, "*/") : NULL;
        if (text[0] == '-' && text[1] == '-')
            text += strcspn(text, "\n");
        else if (end)
            text = end + 1;
        if (!*text)
            break;
        if (is_in_word(before) || !strchr("acrstv\"ACRSTV", *text))
            continue;
        for (const char *const *mark = marks; *mark; mark++)
            if (has_mark(text, *mark))
                return true;
    }
    return false;
}

bool platform_is_mentioned(const char *text)
{
    return text_has_any(text, mentions);
}

bool platform_is_made(const char *text)
{
    return text_has_any(text, makes);
}
