#include "model/text.h"

#include <string.h>

static const struct {
    const char *member;
    TextRule rule;
} texts[] = {
    {"arguments", TEXT_ARGUMENTS},    {"body", TEXT_BODY},
    {"check", TEXT_DEPARSED},         {"command", TEXT_WRITTEN},
    {"comment", TEXT_WRITTEN},        {"config", TEXT_OPTIONS},
    {"label", TEXT_WRITTEN},          {"default", TEXT_DEPARSED},
    {"definition", TEXT_DEPARSED},    {"foreign_options", TEXT_OPTIONS},
    {"options", TEXT_OPTIONS},        {"partition_bound", TEXT_DEPARSED},
    {"partition_key", TEXT_DEPARSED}, {"predicate", TEXT_DEPARSED},
    {"returns", TEXT_ARGUMENTS},      {"settings", TEXT_OPTIONS},
    {"using", TEXT_DEPARSED},         {"where", TEXT_DEPARSED},
};

static const struct {
    KindId kind;
    SecretRule rule;
} secrets[] = {
    {KIND_TABLE, SECRET_RULE_NAMED},       {KIND_COLUMN, SECRET_RULE_NAMED},
    {KIND_VIEW_COLUMN, SECRET_RULE_NAMED}, {KIND_FOREIGN_DATA_WRAPPER, SECRET_RULE_LISTED},
    {KIND_SERVER, SECRET_RULE_LISTED},     {KIND_DATABASE, SECRET_RULE_NAMED},
    {KIND_ROLE, SECRET_RULE_NAMED},        {KIND_FUNCTION, SECRET_RULE_NAMED},
};

SecretRule text_secrets(KindId kind)
{
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        if (secrets[i].kind == kind)
            return secrets[i].rule;
    return SECRET_RULE_NONE;
}

TextRule text_rule(KindId kind, const char *member)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (strcmp(texts[i].member, member) != 0)
            continue;
        if (texts[i].rule == TEXT_OPTIONS && text_secrets(kind) == SECRET_RULE_NONE)
            return TEXT_PLAIN;
        return texts[i].rule == TEXT_DEPARSED && kind == KIND_VIEW ? TEXT_QUERY : texts[i].rule;
    }
    return TEXT_PLAIN;
}

bool text_is_statement(const char *body)
{
    return strncmp(body, "BEGIN ATOMIC\n", 13) == 0 || strncmp(body, "RETURN ", 7) == 0;
}

bool text_is_name(KindId kind, const char *member)
{
    static const char *const names[] = {"columns",           "labels", "name",
                                        "reference_columns", "roles",  "schema"};
    static const char suffix[] = "_names";
    size_t length = strlen(member), size = sizeof suffix - 1;

    if (kind == KIND_PUBLICATION_TABLE && strcmp(member, "name") == 0)
        return false; /* a relation, with its schema */
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], member) == 0)
            return true;
    return length >= size && strcmp(member + length - size, suffix) == 0;
}

bool text_is_set(const char *member)
{
    size_t length = strlen(member);

    return strcmp(member, "settings") == 0 || strcmp(member, "config") == 0 ||
           (length >= 7 && strcmp(member + length - 7, "options") == 0);
}
