#include "model/mermaid.h"

#include <ctype.h>
#include <string.h>

#include "model/markdown.h"

void mermaid_put_quoted(FILE *out, const char *text)
{
    const char *shown = NULL;
    size_t length = 0;

    while (*text) {
        text += markdown_character(text, &shown, &length);
        if (length == 1 && !isalnum((unsigned char)*shown) && !strchr("_ -", *shown))
            fprintf(out, "#%d;", *shown);
        else
            fwrite(shown, 1, length, out);
    }
}

bool mermaid_put_word(FILE *out, const char *text, const char *brackets)
{
    bool same = true;

    if (isdigit((unsigned char)*text) || !*text) {
        fputc('_', out);
        same = false;
    }
    for (const char *at = text; *at; at++) {
        bool kept = isalnum((unsigned char)*at) || *at == '_' ||
                    (at > text && strchr(brackets, *at) != NULL);

        fputc(kept ? *at : '_', out);
        same &= kept;
    }
    return same;
}
