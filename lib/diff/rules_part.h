/* What the files of rules share (lib/diff/rules*.c): each has those of some kinds, and the tests
 * that only these need. What rules_general says of all kinds comes before what the others say. */
#ifndef DIFF_RULES_PART_H
#define DIFF_RULES_PART_H

#include "diff/rules.h"
#include "model/typechange.h"

extern const RuleSet rules_general; /* of all kinds, and of objects renamed and replaced */
extern const RuleSet rules_table;
extern const RuleSet rules_view;   /* and sequences */
extern const RuleSet rules_code;   /* functions, types, and what else extends the language */
extern const RuleSet rules_server; /* roles, replication, foreign data, and what a platform has */

#define VERDICT(severity, class, affects, why)                                                     \
    {                                                                                              \
        SEVERITY_##severity, CLASS_##class, affects, why                                           \
    }
#define BREAKING(class, affects, why) VERDICT(BREAKING, class, affects, why)
#define RISKY(class, affects, why) VERDICT(RISKY, class, affects, why)
#define SAFE(class, affects, why) VERDICT(SAFE, class, affects, why)

#define NO_RULE_AFFECTS "readers,writers"
#define UNKNOWN_KIND "something changed of a kind that this version does not know"

/* What statements, types and other objects name: nobody does when it is new, who did fails when it
 * is gone. */
#define USED_BY_NAME(kind, affects)                                                                \
    {kind, OP_ADDED, NULL, NULL, SAFE(ADDITIVE, "", "what is new is used by nobody yet")},         \
    {                                                                                              \
        kind, OP_REMOVED, NULL, NULL, BREAKING(BREAKING_READERS, affects, "every use of it fails") \
    }

/* What is told of the planner and of the disk of a column, wherever that is. */
#define STORED(kind)                                                                               \
    {kind, OP_CHANGED, "storage", NULL,                                                            \
     SAFE(PERFORMANCE, "performance", "how long values are stored")},                              \
        {kind, OP_CHANGED, "compression", NULL,                                                    \
         SAFE(PERFORMANCE, "performance", "how new long values are compressed")},                  \
        {kind, OP_CHANGED, "statistics", NULL,                                                     \
         SAFE(PERFORMANCE, "performance", "what the planner knows")},                              \
        {kind, OP_CHANGED, "options", NULL,                                                        \
         SAFE(PERFORMANCE, "performance", "what the planner assumes")},                            \
    {                                                                                              \
        kind, OP_CHANGED, "collation", NULL,                                                       \
            RISKY(BREAKING_READERS, "readers", "its texts sort and compare otherwise")             \
    }

/* ---- tests that several need ---- */

/* Whether a row cannot do without a value for the column. */
bool rules_needs_value(const json_t *old, const json_t *new);
bool rules_loses_needed_default(const json_t *old, const json_t *new);
bool rules_gains_default(const json_t *old, const json_t *new);
bool rules_is_text(const json_t *object, const char *member, const char *text);
/* Of the types of two columns. */
TypeHold rules_hold_of(const json_t *old, const json_t *new);
bool rules_gives_room(const json_t *old, const json_t *new);
bool rules_loses_item(const json_t *old, const json_t *new, const char *member);
bool rules_is_unique(const json_t *old, const json_t *new);
/* The definition of an index names it: under another name it is another text. */
bool rules_is_same_index(const json_t *old, const json_t *new);
/* What a definition says beyond what the words at its end say, which have members of their own. */
size_t rules_bare_length(const char *definition);
bool rules_is_same_rule(const json_t *old, const json_t *new);
/* Whose names mean what its caller's search_path says, while it has its owner's rights. */
bool rules_is_unpinned_definer(const json_t *old, const json_t *new);
bool rules_becomes_silent(const json_t *old, const json_t *new);
bool rules_is_materialized(const json_t *old, const json_t *new);
bool rules_is_foreign_table(const json_t *old, const json_t *new);
/* Whether the list gives that privilege; "all" is every one, and one with the right to grant
 * it on is the privilege too. */
bool rules_gives(const json_t *privileges, const char *privilege);
/* Whether one side of that member gives what the other does not: to anybody, or only to
 * everybody. */
bool rules_gives_more(const json_t *side, const json_t *other, const char *member,
                      bool to_everybody);
bool rules_grants_to_everybody(const json_t *old, const json_t *new);

#endif
