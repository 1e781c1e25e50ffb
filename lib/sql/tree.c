#include "sql/tree.h"

#include <stddef.h>

const char *tree_given(const char *text)
{
    return text && *text ? text : NULL;
}

const char *tree_string(const Node *node)
{
    return node && node->node_case == NODE(STRING) && node->string->sval ? node->string->sval : "";
}

const char *tree_last(Node *const *names, size_t count)
{
    return count ? tree_string(names[count - 1]) : "";
}

const char *tree_qualifier(Node *const *names, size_t count)
{
    return count > 1 ? tree_string(names[count - 2]) : NULL;
}

/* By the descriptions that protobuf-c keeps of its structs: fields that are messages themselves. */
static bool any_below(const ProtobufCMessage *message, TreeFn *fn, void *context)
{
    const ProtobufCMessageDescriptor *descriptor = message->descriptor;
    const char *start = (const char *)message;

    if (fn(context, message))
        return true;
    for (unsigned i = 0; i < descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &descriptor->fields[i];
        const void *place = start + field->offset;

        if (field->type != PROTOBUF_C_TYPE_MESSAGE)
            continue;
        if (field->label == PROTOBUF_C_LABEL_REPEATED) {
            size_t count = *(const size_t *)(const void *)(start + field->quantifier_offset);
            ProtobufCMessage *const *items = *(ProtobufCMessage *const *const *)place;

            for (size_t k = 0; k < count; k++)
                if (items[k] && any_below(items[k], fn, context))
                    return true;
        } else {
            const ProtobufCMessage *one = *(ProtobufCMessage *const *)place;
            bool chosen =
                !(field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) ||
                *(const uint32_t *)(const void *)(start + field->quantifier_offset) == field->id;

            if (chosen && one && any_below(one, fn, context))
                return true;
        }
    }
    return false;
}

bool tree_any(const Node *node, TreeFn *fn, void *context)
{
    return node && any_below(&node->base, fn, context);
}

static const struct {
    int kind;
    const char *name;
} statements[] = {
    {NODE(ALTER_TABLE_STMT), "ALTER TABLE"},
    {NODE(ALTER_DOMAIN_STMT), "ALTER DOMAIN"},
    {NODE(ALTER_DEFAULT_PRIVILEGES_STMT), "ALTER DEFAULT PRIVILEGES"},
    {NODE(ALTER_EXTENSION_STMT), "ALTER EXTENSION"},
    {NODE(ALTER_EXTENSION_CONTENTS_STMT), "ALTER EXTENSION"},
    {NODE(ALTER_OBJECT_SCHEMA_STMT), "ALTER ... SET SCHEMA"},
    {NODE(ALTER_OPERATOR_STMT), "ALTER OPERATOR"},
    {NODE(ALTER_TYPE_STMT), "ALTER TYPE"},
    {NODE(ALTER_OP_FAMILY_STMT), "ALTER OPERATOR FAMILY"},
    {NODE(ALTER_SUBSCRIPTION_STMT), "ALTER SUBSCRIPTION"},
    {NODE(CALL_STMT), "CALL"},
    {NODE(COMMENT_STMT), "COMMENT ON"},
    {NODE(CREATE_STMT), "CREATE TABLE"},
    {NODE(CREATE_TABLE_AS_STMT), "CREATE TABLE AS"},
    {NODE(CREATE_AM_STMT), "CREATE ACCESS METHOD"},
    {NODE(CREATE_CAST_STMT), "CREATE CAST"},
    {NODE(CREATE_CONVERSION_STMT), "CREATE CONVERSION"},
    {NODE(CREATE_EVENT_TRIG_STMT), "CREATE EVENT TRIGGER"},
    {NODE(CREATE_FOREIGN_TABLE_STMT), "CREATE FOREIGN TABLE"},
    {NODE(CREATE_FUNCTION_STMT), "CREATE FUNCTION"},
    {NODE(CREATE_OP_CLASS_STMT), "CREATE OPERATOR CLASS"},
    {NODE(CREATE_OP_FAMILY_STMT), "CREATE OPERATOR FAMILY"},
    {NODE(CREATE_POLICY_STMT), "CREATE POLICY"},
    {NODE(CREATE_RANGE_STMT), "CREATE TYPE AS RANGE"},
    {NODE(CREATE_SUBSCRIPTION_STMT), "CREATE SUBSCRIPTION"},
    {NODE(CREATE_TRANSFORM_STMT), "CREATE TRANSFORM"},
    {NODE(CREATE_TRIG_STMT), "CREATE TRIGGER"},
    {NODE(DEFINE_STMT), "CREATE"},
    {NODE(DO_STMT), "DO"},
    {NODE(DROP_OWNED_STMT), "DROP OWNED"},
    {NODE(DROP_STMT), "DROP"},
    {NODE(DROP_SUBSCRIPTION_STMT), "DROP SUBSCRIPTION"},
    {NODE(EXECUTE_STMT), "EXECUTE"},
    {NODE(IMPORT_FOREIGN_SCHEMA_STMT), "IMPORT FOREIGN SCHEMA"},
    {NODE(INDEX_STMT), "CREATE INDEX"},
    {NODE(RENAME_STMT), "ALTER ... RENAME"},
    {NODE(RULE_STMT), "CREATE RULE"},
    {NODE(SEC_LABEL_STMT), "SECURITY LABEL"},
    {NODE(SELECT_STMT), "SELECT"},
    {NODE(VIEW_STMT), "CREATE VIEW"},
};

const char *tree_statement_name(const Node *node)
{
    for (size_t i = 0; node && i < sizeof statements / sizeof *statements; i++) {
        if (statements[i].kind == (int)node->node_case)
            return statements[i].name;
    }
    return "statement";
}
