#include "sql/raw.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/memory.h"
#include "pg_query.h"

struct RawTree {
    PgQuery__ParseResult *unpacked; /* NULL: it is ... */
    PgQuery__ParseResult taken;     /* ... this, ... */
    void *memory;                   /* ... in this memory context */
};

const PgQuery__ParseResult *raw_result(const RawTree *tree)
{
    return tree->unpacked ? tree->unpacked : &tree->taken;
}

#ifdef PG_QUERY_WEAK

/* PostgreSQL's own, one for each thread (utils/palloc.h). */
extern _Thread_local void *CurrentMemoryContext;
extern _Thread_local void *TopMemoryContext;
void MemoryContextDelete(void *context);
void pg_query_exit_memory_context(void *context);

/* What is being parsed: the library's functions have no place for what is the caller's. */
static _Thread_local RawTree *taking;

/* These three stand for the library's own functions of that name, which are weak, and do what those
 * do but while something is being taken. */
size_t pg_query__parse_result__get_packed_size(const PgQuery__ParseResult *message)
{
    if (!taking)
        return protobuf_c_message_get_packed_size(&message->base);
    taking->taken = *message;
    return 0;
}

size_t pg_query__parse_result__pack(const PgQuery__ParseResult *message, uint8_t *out)
{
    return taking ? 0 : protobuf_c_message_pack(&message->base, out);
}

void pg_query_exit_memory_context(void *context)
{
    CurrentMemoryContext = TopMemoryContext;
    if (taking && taking->taken.n_stmts)
        taking->memory = context;
    else
        MemoryContextDelete(context);
}

static PgQueryProtobufParseResult parse(const char *text, RawTree *tree)
{
    taking = tree;
    PgQueryProtobufParseResult result = pg_query_parse_protobuf(text);
    taking = NULL;

    return result;
}

static void forget(RawTree *tree)
{
    if (tree->memory)
        MemoryContextDelete(tree->memory);
}

#else

static PgQueryProtobufParseResult parse(const char *text, RawTree *tree)
{
    (void)tree;
    return pg_query_parse_protobuf(text);
}

static void forget(RawTree *tree)
{
    (void)tree;
}

#endif

RawTree *raw_parse(const char *text, char **ret_error, int *ret_position)
{
    RawTree *tree = arena_realloc_or_exit(NULL, sizeof *tree);
    bool ok = false;

    *tree = (RawTree){0};
    PgQueryProtobufParseResult result = parse(text, tree);

    /* Without memory is not without sense: what comes of it must not be taken for the text's. */
    memory_check();
    if (result.error) {
        *ret_error =
            memory_strdup(result.error->message ? result.error->message : "cannot be parsed");
        *ret_position = result.error->cursorpos;
    } else if (tree->memory) {
        ok = true;
    } else {
        tree->unpacked = pg_query__parse_result__unpack(NULL, result.parse_tree.len,
                                                        (const uint8_t *)result.parse_tree.data);
        memory_check();
        ok = tree->unpacked;
        if (!ok)
            *ret_error = memory_strdup("cannot be parsed: nested too deeply");
    }
    pg_query_free_protobuf_parse_result(result);
    if (ok)
        return tree;
    raw_close(tree);
    return NULL;
}

void raw_close(RawTree *tree)
{
    if (tree->unpacked)
        pg_query__parse_result__free_unpacked(tree->unpacked, NULL);
    forget(tree);
    free(tree);
}
