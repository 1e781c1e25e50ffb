#include "sql/platform.h"

#include <ctype.h>
#include <string.h>

/* What only a Supabase project's migrations mention. */
static const char *const mentions[] = {"auth.uid(",       "auth.users",       "auth.jwt(",
                                       "auth.role(",      "storage.objects",  "storage.buckets",
                                       "to service_role", "to authenticated", NULL};

/* What no such project makes itself: it is there from the start. */
static const char *const makes[] = {
    "create table auth.users",      "create table if not exists auth.users",
    "create table storage.buckets", "create table if not exists storage.buckets",
    "create role authenticated",    NULL};

/* Whether the mark stands at the text, whatever the case of its letters and the quotes around
 * names. */
static bool has_mark(const char *text, const char *mark)
{
    while (*mark && (*text == '"' || tolower((unsigned char)*text) == *mark)) {
        mark += *text != '"';
        text++;
    }
    return !*mark;
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
        if (isalnum((unsigned char)before) || !strchr("acst\"ACST", *text))
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
