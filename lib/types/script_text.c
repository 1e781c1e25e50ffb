#include "types/script_parser.h"

#include <string.h>

void script_put_in(Buffer *out, const ScriptType *type, bool brackets)
{
    buffer_text(out, brackets ? "(" : "");
    script_put(out, type);
    buffer_text(out, brackets ? ")" : "");
}

static void put_members(Buffer *out, const ScriptType *type, const char *between)
{
    for (const ScriptType *member = type->first; member; member = member->next) {
        if (member->key) {
            buffer_text(out, member->is_readonly ? "readonly " : "");
            buffer_text(out, member->key);
            buffer_text(out, member->is_optional ? "?: " : ": ");
        }
        script_put_in(out, member, type->kind == SCRIPT_UNION && member->kind == SCRIPT_COMPOUND);
        buffer_text(out, member->next ? between : "");
    }
}

void script_put(Buffer *out, const ScriptType *type)
{
    switch (type->kind) {
    case SCRIPT_TEXT:
    case SCRIPT_COMPOUND:
        buffer_text(out, type->text);
        break;
    case SCRIPT_OBJECT:
        buffer_text(out, type->first ? "{ " : "{");
        put_members(out, type, "; ");
        buffer_text(out, type->first ? " }" : "}");
        break;
    case SCRIPT_UNION:
        put_members(out, type, " | ");
        break;
    case SCRIPT_LIST:
        buffer_char(out, '[');
        put_members(out, type, ", ");
        buffer_char(out, ']');
        break;
    case SCRIPT_ARRAY:
        script_put_in(out, type->first,
                      type->first->kind == SCRIPT_UNION || type->first->kind == SCRIPT_COMPOUND);
        buffer_text(out, "[]");
        break;
    }
}

const char *script_text(Arena *arena, const ScriptType *type)
{
    Buffer out = {0};

    if (!type->text) { /* kept, for it is asked for again */
        script_put(&out, type);
        ((ScriptType *)type)->text = arena_strndup(arena, out.bytes ? out.bytes : "", out.length);
        buffer_free(&out);
    }
    return type->text;
}

const ScriptType *script_member(const ScriptType *object, const char *key)
{
    const ScriptType *member = object ? object->first : NULL;

    while (member && (!member->key || strcmp(member->key, key) != 0))
        member = member->next;
    return member;
}
