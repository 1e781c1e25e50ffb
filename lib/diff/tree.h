/* The changes of a document as people read them: in sections, breaking ones first or, of drift, by
 * the side that has the object; in a section an object once, with what is nested in it beneath. */
#ifndef DIFF_TREE_H
#define DIFF_TREE_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "model/change.h"

enum { TREE_SECTIONS = 3 };

/* A change and where it belongs; everything borrowed from the document or the tree. */
typedef struct Leaf {
    Change change;
    Op op;
    Severity severity;
    int section;
    const char *object;      /* id of the top-level object that it is, or is nested in */
    const char *object_kind; /* "table"; "relation" where the document leaves it open */
    bool is_nested;
    const char *name;     /* of a nested one, within its object; else the id */
    const char *old_name; /* of a renamed one, its id when it was in another object; else NULL */
    const char *word;     /* "added", "moved" */
    int score;            /* matched by structure, in percent; 0: was not */
} Leaf;

typedef struct Tree {
    Arena arena;
    Drift drift;
    size_t count;
    Leaf *leaves; /* by section, object, an object before what is nested in it, name */
    size_t sizes[TREE_SECTIONS];
} Tree;

/* EXIT_DATA when a change is not what it should be; to be freed all the same. */
bool tree_grow(Tree *tree, const json_t *changes, Err *err);
/* Fits CLEANUP. */
void tree_free(Tree *tree);
/* "breaking", "in the database, made by no migration". */
const char *tree_title(const Tree *tree, int section);
/* Whether the leaf is the first of its object in its section. */
bool tree_is_first(const Tree *tree, size_t index);
/* "5 changes: 3 breaking, 2 risky (4 ignored)"; "no changes". In the arena. */
const char *tree_summary(Tree *tree, const json_t *changes);
/* Whether a field is worth telling: not the id of a renamed object, which is told already, nor what
 * one side could not know, nor of a whole object what another member says as well. */
bool tree_tells(const Leaf *leaf, size_t field);
/* What is nested in an added or removed object is told by its number: "12 columns". NULL when the
 * field is a plain one. */
const char *tree_nested_count(Arena *arena, const Leaf *leaf, const json_t *field);
/* The migration file that made it: one that the transaction recorded, or the only one that
 * differs, when it was added; NULL: unknown. In the arena, folder (may be NULL) before it. */
const char *tree_file(Arena *arena, const json_t *changes, const Leaf *leaf, const char *folder);

#endif
