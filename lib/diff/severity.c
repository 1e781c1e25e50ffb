#include "diff/severity.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "diff/rules.h"
#include "json/jx.h"

/* What is the user's on a table of the platform is judged as on any other. */
static KindId ruling(KindId kind)
{
    return kind == KIND_PLATFORM_POLICY    ? KIND_POLICY
           : kind == KIND_PLATFORM_TRIGGER ? KIND_TRIGGER
                                           : kind;
}

/* What is asked about. */
typedef struct Question {
    KindId kind;
    Op op;
    const char *field;
    const char *item; /* of that list; NULL: the whole field */
    size_t item_length;
    const json_t *old;
    const json_t *new;
} Question;

static bool gains_flag(const json_t *old, const json_t *new, const char *member)
{
    return !jx_bool(old, member) && jx_bool(new, member);
}

static bool is_like(const char *pattern, const char *text, size_t length)
{
    size_t size = strlen(pattern);
    bool open = size > 0 && pattern[size - 1] == '*';

    size -= open;
    return (open ? length >= size : length == size) && memcmp(pattern, text, size) == 0;
}

static bool is_setting(const char *field)
{
    return strcmp(field, "settings") == 0 || strcmp(field, "config") == 0;
}

/* Whether the item is one of that name, of which one may hold for this database alone. */
static bool is_item(const char *pattern, const Question *question)
{
    static const char begin[] = RULES_IN_DATABASE;
    size_t skip = sizeof begin - 1;

    if (!question->item)
        return false;
    if (question->item_length <= skip || memcmp(question->item, begin, skip) != 0)
        skip = 0;
    return is_like(pattern, question->item + skip, question->item_length - skip);
}

static bool is_of_field(const char *wanted, const Question *question)
{
    const char *field = question->field;

    if (!wanted)
        return true;
    if (!field)
        return false;
    if (*wanted == '$')
        return is_setting(field) && is_item(wanted + 1, question);
    size_t length = strcspn(wanted, "=");
    if (wanted[length])
        return strlen(field) == length && memcmp(field, wanted, length) == 0 &&
               is_item(wanted + length + 1, question);
    bool begins = *wanted == '+', is_flag = begins || *wanted == '-';
    if (!is_like(wanted + is_flag, field, strlen(field)))
        return false;
    return !is_flag || (begins ? gains_flag(question->old, question->new, field)
                               : gains_flag(question->new, question->old, field));
}

static bool fits(const Rule *rule, KindId ruled, const Question *question)
{
    return (rule->kind == KIND_NONE || rule->kind == (int)ruled) && rule->op == question->op &&
           is_of_field(rule->field, question) &&
           (!rule->test || rule->test(question->old, question->new));
}

static Verdict verdict_of(const Question *question)
{
    static const Verdict unknown = {SEVERITY_RISKY, CLASS_UNKNOWN, "readers,writers",
                                    "no rule says that this is harmless"};
    KindId ruled = ruling(question->kind);

    for (const RuleSet *const *set = rules_all(); *set; set++)
        for (size_t i = 0; i < (*set)->count; i++)
            if (fits(&(*set)->rules[i], ruled, question))
                return (*set)->rules[i].verdict;
    return unknown;
}

static bool has_word(const char *list, const char *word, size_t length)
{
    for (; *list; list += strcspn(list, ","), list += *list == ',')
        if (strcspn(list, ",") == length && memcmp(list, word, length) == 0)
            return true;
    return false;
}

/* The union of two comma lists; the room is that of every word there is. */
static void add_affects(char affects[64], const char *more)
{
    while (*more) {
        size_t length = strcspn(more, ","), used = strlen(affects);
        if (!has_word(affects, more, length))
            snprintf(affects + used, 64 - used, "%s%.*s", used ? "," : "", (int)length, more);
        more += length + (more[length] == ',');
    }
}

static void add(Judgement *judgement, const Question *question)
{
    Verdict verdict = verdict_of(question);
    bool speaks = !judgement->any || verdict.severity > judgement->severity ||
                  (verdict.severity == judgement->severity && verdict.class > judgement->reason);

    if (speaks) {
        judgement->severity = verdict.severity;
        judgement->reason = verdict.class;
        judgement->why = verdict.why;
    }
    if (!judgement->any || verdict.class > judgement->class)
        judgement->class = verdict.class;
    judgement->any = true;
    add_affects(judgement->affects, verdict.affects);
}

/* The names of one list whose values are other ones in the other; but once of those in both. */
static bool add_items(Judgement *judgement, Question question, const json_t *list,
                      const json_t *other, bool both)
{
    size_t index = 0;
    json_t *item = NULL;
    bool any = false;

    json_array_foreach(list, index, item)
    {
        const char *text = json_string_value(item) ? json_string_value(item) : "";
        const char *there = NULL;
        question.item = text;
        question.item_length = strcspn(text, "=");
        const char *value = text[question.item_length] ? text + question.item_length + 1 : "";
        there = rules_item_value(other, question.item, question.item_length);
        if (there ? both && strcmp(there, value) != 0 : true) {
            add(judgement, &question);
            any = true;
        }
    }
    return any;
}

static void judge_field(Judgement *judgement, Question question)
{
    const char *field = question.field;

    if (question.op == OP_CHANGED && (is_setting(field) || strcmp(field, "options") == 0)) {
        const json_t *before = json_object_get(question.old, field);
        const json_t *after = json_object_get(question.new, field);
        bool any = add_items(judgement, question, before, after, true);
        if (add_items(judgement, question, after, before, false) || any)
            return;
    }
    add(judgement, &question);
}

/* The database is in a document only where something is set: each of its members was. */
static void judge_members(Judgement *judgement, Question question)
{
    const char *member = NULL;
    json_t *value = NULL;

    question.op = OP_CHANGED;
    json_object_foreach((json_t *)(question.old ? question.old : question.new), member, value)
    {
        question.field = member;
        if (strcmp(member, "id") != 0)
            judge_field(judgement, question);
    }
}

void severity_judge(Judgement *judgement, KindId kind, Op op, const char *field, const json_t *old,
                    const json_t *new)
{
    Question question = {.kind = kind, .op = op, .field = field, .old = old, .new = new};

    assert(old || new);
    if (kind == KIND_DATABASE && (op == OP_ADDED || op == OP_REMOVED))
        judge_members(judgement, question);
    if (!judgement->any || op == OP_CHANGED)
        judge_field(judgement, question);
}
