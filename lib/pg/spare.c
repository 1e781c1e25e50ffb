#include "pg/spare.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "pg/connect.h"

enum { NOW = 'n' };

struct Spare {
    const DbTarget *target;
    int after_ms;
    int words[2]; /* a pipe to the thread: NOW or CONNECT_CANCEL */
    pthread_t thread;
    bool joined;
    Db *db;
};

static void *run(void *context)
{
    Spare *spare = context;
    struct pollfd words = {spare->words[0], POLLIN, 0};
    char word = NOW;

    if (poll(&words, 1, spare->after_ms) > 0 && read(spare->words[0], &word, 1) != 1)
        return NULL;
    if (word == NOW)
        spare->db = db_open_aside(spare->target, spare->words[0]);
    return NULL;
}

Spare *spare_start(const DbTarget *target, int after_ms)
{
    Spare *spare = arena_realloc_or_exit(NULL, sizeof *spare);

    *spare = (Spare){.target = target, .after_ms = after_ms};
    if (pipe(spare->words) == 0) {
        if (pthread_create(&spare->thread, NULL, run, spare) == 0)
            return spare;
        close(spare->words[0]);
        close(spare->words[1]);
    }
    free(spare);
    return NULL;
}

static void say(const Spare *spare, char word)
{
    /* A pipe has room for more bytes than are ever written here. */
    while (write(spare->words[1], &word, 1) != 1)
        continue;
}

static void join(Spare *spare)
{
    if (!spare->joined)
        pthread_join(spare->thread, NULL);
    spare->joined = true;
}

Db *spare_take(Spare *spare)
{
    say(spare, NOW);
    join(spare);
    Db *db = spare->db;
    spare->db = NULL;
    return db;
}

void spare_cancel(Spare *spare)
{
    say(spare, CONNECT_CANCEL);
}

void spare_close(Spare **spare)
{
    if (!*spare)
        return;
    spare_cancel(*spare);
    join(*spare);
    db_close(&(*spare)->db);
    close((*spare)->words[0]);
    close((*spare)->words[1]);
    free(*spare);
    *spare = NULL;
}
